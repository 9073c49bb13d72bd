//! Blocks become slabs: what a page is stacked from.
//!
//! In: the flow's blocks. Out: [`Piece`]s, each of fixed height or, for the
//! roll's columns, fitted to the room a page has left. Guaranteed: between two
//! slabs a page may end only where `glued` is false, which leaves no first or
//! last line of a paragraph alone. Absent: pages.

use super::columns::Columns;
use super::flow::{Block, Label, Paragraph, RuleBlock};
use super::frame::{Artifact, Color, Mark};
use super::image::{PlacedFigure, set_figure, set_masthead, set_signers};
use super::panel::{set_cells, set_entry, set_panel};
use super::paragraph::{Line, set};
use super::shape::Shaper;
use super::table::set_table;

/// A part of a page's stack.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// Of fixed height.
    Slab(Slab),
    /// Signatories in columns.
    Columns(Columns),
    /// The page ends here.
    NewPage,
}

impl Piece {
    /// Leaves what stands above to say how far away this is.
    pub(super) fn no_space_before(&mut self) {
        match self {
            Self::Slab(slab) => slab.before = 0.0,
            Self::Columns(columns) => columns.before = 0.0,
            Self::NewPage => {}
        }
    }
}

/// A line and where it stands in its slab.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// Left edge of its column.
    pub(super) left: f64,
    /// From the slab's top to the line's.
    pub(super) top: f64,
    /// The line.
    pub(super) line: Line,
}

/// A rule and where it stands in its slab.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlacedRule {
    /// Left end.
    pub(super) left: f64,
    /// From the slab's top to the rule's.
    pub(super) top: f64,
    /// Length.
    pub(super) width: f64,
    /// Thickness.
    pub(super) height: f64,
    /// Colour.
    pub(super) color: Color,
    /// What it means.
    pub(super) mark: Mark,
}

/// What stands on one height and is not divided.
#[derive(Clone, Debug, Default)]
pub(super) struct Slab {
    /// Space before it; vanishes at a page's top, and of two neighbours' spaces
    /// the larger holds.
    pub(super) before: f64,
    /// Space after it.
    pub(super) after: f64,
    /// Its height.
    pub(super) height: f64,
    /// Whether it must stand on the page of the slab before it.
    pub(super) glued: bool,
    /// Its lines.
    pub(super) lines: Vec<Placed>,
    /// What is behind all of it.
    pub(super) grounds: Vec<PlacedRule>,
    /// Its rules.
    pub(super) rules: Vec<PlacedRule>,
    /// Its pictures.
    pub(super) figures: Vec<PlacedFigure>,
    /// The footnotes that its lines call for.
    pub(super) notes: Vec<usize>,
    /// The bookmark that leads here.
    pub(super) bookmark: Option<(u8, Box<str>)>,
    /// Its place among the contents.
    pub(super) place: Option<usize>,
    /// What a page that begins with this slab repeats above it: a table's head.
    pub(super) head: Option<std::sync::Arc<Slab>>,
}

/// A block's pieces, and what no face had.
#[derive(Clone)]
pub(super) struct SetBlock {
    /// The pieces.
    pub(super) pieces: Vec<Piece>,
    /// Whether what follows must stand on the page of the last piece.
    pub(super) keep_next: bool,
    /// Whether the space after the last piece is all there is before what follows.
    pub(super) closes: bool,
    /// Letters that no face has, with the text they are in.
    pub(super) missing: Vec<(String, String)>,
}

/// Fewest lines of a paragraph at a page's foot, and at its head.
const ORPHANS: usize = 2;
const WIDOWS: usize = 2;

/// Sets a block.
pub(super) fn set_block(block: &Block, shaper: Shaper<'_>) -> SetBlock {
    match block {
        Block::Paragraph(paragraph) => set_paragraph(paragraph, shaper),
        Block::Table(table) => set_table(table, shaper),
        Block::Roll(roll) => {
            let (columns, missing) = Columns::set(roll, shaper);
            SetBlock {
                pieces: vec![Piece::Columns(columns)],
                keep_next: false,
                closes: false,
                missing,
            }
        }
        Block::Figure(figure) => set_figure(figure, shaper),
        Block::Masthead(head) => set_masthead(head, shaper),
        Block::Panel(panel) => set_panel(panel, shaper),
        Block::Cells(cells) => set_cells(cells, shaper),
        Block::Entry(entry) => set_entry(entry, shaper),
        Block::Signers(signers) => set_signers(signers, shaper),
        Block::NewPage => SetBlock {
            pieces: vec![Piece::NewPage],
            keep_next: false,
            closes: false,
            missing: Vec::new(),
        },
        Block::Rule(rule) => SetBlock {
            pieces: vec![Piece::Slab(set_rule(rule))],
            keep_next: false,
            closes: false,
            missing: Vec::new(),
        },
    }
}

fn set_rule(block: &RuleBlock) -> Slab {
    let rule = PlacedRule {
        left: block.left,
        top: 0.0,
        width: block.width,
        height: block.thickness,
        color: block.color,
        mark: Mark::Artifact(Artifact::Layout),
    };
    Slab {
        before: block.before,
        after: block.after,
        height: block.thickness,
        glued: block.glued,
        rules: (block.thickness > 0.0).then_some(rule).into_iter().collect(),
        ..Slab::default()
    }
}

/// Sets a paragraph.
pub(super) fn set_paragraph(paragraph: &Paragraph, shaper: Shaper<'_>) -> SetBlock {
    let set_text = set(&paragraph.text, &paragraph.form, shaper);
    let mut missing = Vec::new();
    if !set_text.missing.is_empty() {
        missing.push((set_text.missing, paragraph.text.chars.clone()));
    }
    let count = set_text.lines.len();
    let mut slabs: Vec<Slab> = Vec::with_capacity(count);
    for (number, line) in set_text.lines.into_iter().enumerate() {
        let within = number > 0;
        slabs.push(Slab {
            before: if within { 0.0 } else { paragraph.before },
            height: line.height,
            glued: within && (paragraph.whole || number < ORPHANS || count - number < WIDOWS),
            notes: line.notes.clone(),
            lines: vec![Placed {
                left: paragraph.left,
                top: 0.0,
                line,
            }],
            ..Slab::default()
        });
    }
    if let Some(first) = slabs.first_mut() {
        put_labels(first, &paragraph.labels, shaper, &mut missing);
        first.bookmark.clone_from(&paragraph.bookmark);
        first.place = paragraph.place;
    }
    if let Some(last) = slabs.last_mut() {
        last.after = paragraph.after;
    }
    SetBlock {
        pieces: slabs.into_iter().map(Piece::Slab).collect(),
        keep_next: paragraph.keep_next,
        closes: paragraph.closes,
        missing,
    }
}

/// Puts labels beside a slab's first line, on its baseline and before it in reading;
/// beside the top of what has no lines.
pub(super) fn put_labels(slab: &mut Slab, labels: &[Label], shaper: Shaper<'_>, missing: &mut Vec<(String, String)>) {
    let baseline = slab.lines.first().map(|placed| placed.top + placed.line.baseline);
    for label in labels {
        let set_label = set(&label.text, &label.form, shaper);
        if !set_label.missing.is_empty() {
            missing.push((set_label.missing, label.text.chars.clone()));
        }
        for line in set_label.lines {
            slab.notes.extend(&line.notes);
            let placed = Placed {
                left: label.left,
                top: baseline.map_or(0.0, |baseline| baseline - line.baseline),
                line,
            };
            slab.lines.insert(0, placed);
        }
    }
}
