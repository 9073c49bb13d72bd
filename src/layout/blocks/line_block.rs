//! Blocks become line blocks: what a page is stacked from.
//!
//! In: the flow's blocks. Out: [`StackItem`]s, each of fixed height or, for the
//! roll's columns, fitted to the room a page has left. Guaranteed: between two
//! line blocks a page may end only where `keep_with_previous` is false, which leaves no first or
//! last line of a paragraph alone. Absent: pages.

use crate::layout::blocks::callout::{set_callout, set_contents_row, set_logo_row};
use crate::layout::blocks::columns::RollColumns;
use crate::layout::blocks::table::set_table;
use crate::layout::flow::figure::{PlacedFigure, set_figure, set_figure_text, set_signature_row};
use crate::layout::flow::{FlowBlock, Label, ParagraphBlock, RuleBlock};
use crate::layout::frame::{Artifact, Color, Mark};
use crate::layout::paragraph::{SetLine, set};
use crate::layout::text::shape::Shaper;

/// A part of a page's stack.
#[derive(Clone, Debug)]
pub(crate) enum StackItem {
    /// Of fixed height.
    Lines(LineBlock),
    /// Signatories in columns.
    Columns(RollColumns),
    /// The page ends here.
    NewPage,
}

impl StackItem {
    /// Leaves what stands above to say how far away this is.
    pub(crate) fn no_space_before(&mut self) {
        match self {
            Self::Lines(line_block) => line_block.before = 0.0,
            Self::Columns(columns) => columns.before = 0.0,
            Self::NewPage => {}
        }
    }
}

/// A line and where it stands in its line block.
#[derive(Clone, Debug)]
pub(crate) struct PlacedLine {
    /// Left edge of its column.
    pub(crate) left: f64,
    /// From the line block's top to the line's.
    pub(crate) top: f64,
    /// The line.
    pub(crate) line: SetLine,
}

/// A rule and where it stands in its line block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlacedRule {
    /// Left end.
    pub(crate) left: f64,
    /// From the line block's top to the rule's.
    pub(crate) top: f64,
    /// Length.
    pub(crate) width: f64,
    /// Thickness.
    pub(crate) height: f64,
    /// Color.
    pub(crate) color: Color,
    /// What it means.
    pub(crate) mark: Mark,
}

/// What stands on one height and is not divided.
#[derive(Clone, Debug, Default)]
pub(crate) struct LineBlock {
    /// Space before it; vanishes at a page's top, and of two neighbours' spaces
    /// the larger holds.
    pub(crate) before: f64,
    /// Space after it.
    pub(crate) after: f64,
    /// Its height.
    pub(crate) height: f64,
    /// Whether it must stand on the page of the line block before it.
    pub(crate) keep_with_previous: bool,
    /// Its lines.
    pub(crate) lines: Vec<PlacedLine>,
    /// What is behind all of it.
    pub(crate) backgrounds: Vec<PlacedRule>,
    /// Its rules.
    pub(crate) rules: Vec<PlacedRule>,
    /// Its pictures.
    pub(crate) figures: Vec<PlacedFigure>,
    /// The footnotes that its lines call for.
    pub(crate) notes: Vec<usize>,
    /// The bookmark that leads here.
    pub(crate) bookmark: Option<(u8, Box<str>)>,
    /// Its place among the contents.
    pub(crate) place: Option<usize>,
    /// What a page that begins with this line block repeats above it: a table's head.
    pub(crate) head: Option<std::sync::Arc<LineBlock>>,
}

/// A block's items, and what no face had.
#[derive(Clone)]
pub(crate) struct SetBlock {
    /// The items.
    pub(crate) items: Vec<StackItem>,
    /// Whether what follows must stand on the page of the last item.
    pub(crate) keep_with_next: bool,
    /// Whether the space after the last item is all there is before what follows.
    pub(crate) exact_space_after: bool,
    /// Letters that no face has, with the text they are in.
    pub(crate) missing: Vec<(String, String)>,
}

/// Fewest lines of a paragraph at a page's foot, and at its head.
const ORPHANS: usize = 2;
const WIDOWS: usize = 2;

/// Sets a block.
pub(crate) fn set_block(block: &FlowBlock, shaper: Shaper<'_>) -> SetBlock {
    match block {
        FlowBlock::Paragraph(paragraph) => set_paragraph(paragraph, shaper),
        FlowBlock::Table(table) => set_table(table, shaper),
        FlowBlock::Roll(roll) => {
            let (columns, missing) = RollColumns::set(roll, shaper);
            SetBlock {
                items: vec![StackItem::Columns(columns)],
                keep_with_next: false,
                exact_space_after: false,
                missing,
            }
        }
        FlowBlock::Figure(figure) => set_figure(figure, shaper),
        FlowBlock::FigureText(head) => set_figure_text(head, shaper),
        FlowBlock::Callout(callout) => set_callout(callout, shaper),
        FlowBlock::LogoRow(cells) => set_logo_row(cells, shaper),
        FlowBlock::ContentsRow(entry) => set_contents_row(entry, shaper),
        FlowBlock::SignatureRow(row) => set_signature_row(row, shaper),
        FlowBlock::NewPage => SetBlock {
            items: vec![StackItem::NewPage],
            keep_with_next: false,
            exact_space_after: false,
            missing: Vec::new(),
        },
        FlowBlock::Rule(rule) => SetBlock {
            items: vec![StackItem::Lines(set_rule(rule))],
            keep_with_next: false,
            exact_space_after: false,
            missing: Vec::new(),
        },
    }
}

fn set_rule(block: &RuleBlock) -> LineBlock {
    let rule = PlacedRule {
        left: block.left,
        top: 0.0,
        width: block.width,
        height: block.thickness,
        color: block.color,
        mark: Mark::Artifact(Artifact::Layout),
    };
    LineBlock {
        before: block.before,
        after: block.after,
        height: block.thickness,
        keep_with_previous: block.keep_with_previous,
        rules: (block.thickness > 0.0).then_some(rule).into_iter().collect(),
        ..LineBlock::default()
    }
}

/// Sets a paragraph.
pub(crate) fn set_paragraph(paragraph: &ParagraphBlock, shaper: Shaper<'_>) -> SetBlock {
    let set_text = set(&paragraph.text, &paragraph.format, shaper);
    let mut missing = Vec::new();
    if !set_text.missing.is_empty() {
        missing.push((set_text.missing, paragraph.text.chars.clone()));
    }
    let count = set_text.lines.len();
    let mut line_blocks: Vec<LineBlock> = Vec::with_capacity(count);
    for (number, line) in set_text.lines.into_iter().enumerate() {
        let within = number > 0;
        line_blocks.push(LineBlock {
            before: if within { 0.0 } else { paragraph.before },
            height: line.height,
            keep_with_previous: within && (paragraph.keep_together || number < ORPHANS || count - number < WIDOWS),
            notes: line.notes.clone(),
            lines: vec![PlacedLine {
                left: paragraph.left,
                top: 0.0,
                line,
            }],
            ..LineBlock::default()
        });
    }
    if let Some(first) = line_blocks.first_mut() {
        put_labels(first, &paragraph.labels, shaper, &mut missing);
        first.bookmark.clone_from(&paragraph.bookmark);
        first.place = paragraph.place;
    }
    if let Some(last) = line_blocks.last_mut() {
        last.after = paragraph.after;
    }
    SetBlock {
        items: line_blocks.into_iter().map(StackItem::Lines).collect(),
        keep_with_next: paragraph.keep_with_next,
        exact_space_after: paragraph.exact_space_after,
        missing,
    }
}

/// Puts labels beside a line block's first line, on its baseline and before it in reading;
/// beside the top of what has no lines.
pub(crate) fn put_labels(
    line_block: &mut LineBlock,
    labels: &[Label],
    shaper: Shaper<'_>,
    missing: &mut Vec<(String, String)>,
) {
    let baseline = line_block.lines.first().map(|placed| placed.top + placed.line.baseline);
    for label in labels {
        let set_label = set(&label.text, &label.format, shaper);
        if !set_label.missing.is_empty() {
            missing.push((set_label.missing, label.text.chars.clone()));
        }
        for line in set_label.lines {
            line_block.notes.extend(&line.notes);
            let placed = PlacedLine {
                left: label.left,
                top: baseline.map_or(0.0, |baseline| baseline - line.baseline),
                line,
            };
            line_block.lines.insert(0, placed);
        }
    }
}
