//! Parts of a document become a flow of blocks, and the structure tree.
//!
//! In: the document. Out: its [`FlowBlock`]s in reading order, its footnotes' blocks,
//! and the tree that says what each is. Guaranteed: headings of the tree skip no
//! level; every footnote stands in the tree right after the block its first mark
//! is in. Absent: lines and pages.

mod body;
mod contents;
pub(crate) mod figure;
mod head;
mod kinds;
mod roll;
mod signature;

use crate::compose::document::{Document, Line, Part};
use crate::diag::Diagnostic;
use crate::layout::blocks::callout::{CalloutBlock, ContentsRowBlock, LogoRowBlock};
use crate::layout::flow::figure::{FigureBlock, FigureTextBlock, PictureList, SignatureRowBlock};
use crate::layout::frame::{Color, NodeId, Role, Structure, Target};
use crate::layout::page_metrics::PageMetrics;
use crate::layout::paragraph::{Align, BreakPolicy, ParagraphFormat};
use crate::layout::text::fonts::FontStyle;
use crate::layout::text::shape::Shaper;
use crate::layout::text::styled_text::{StyledText, TagBuilder, TextStyle};
use crate::source::Origin;
use std::collections::BTreeMap;

/// A part of the flow.
#[derive(Debug)]
pub(crate) enum FlowBlock {
    /// Lines.
    Paragraph(ParagraphBlock),
    /// Rows and columns.
    Table(TableBlock),
    /// Signatories.
    Roll(RollBlock),
    /// A rule across the text, or a part of it.
    Rule(RuleBlock),
    /// A picture.
    Figure(FigureBlock),
    /// A logo and the letterhead's lines beside it.
    FigureText(FigureTextBlock),
    /// Those who sign by hand, side by side.
    SignatureRow(SignatureRowBlock),
    /// A box.
    Callout(CalloutBlock),
    /// Pictures and texts side by side.
    LogoRow(LogoRowBlock),
    /// A heading as the contents have it.
    ContentsRow(ContentsRowBlock),
    /// What follows begins a page.
    NewPage,
}

/// A paragraph to set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ParagraphBlock {
    /// What it says.
    pub(crate) text: StyledText,
    /// How its lines stand.
    pub(crate) format: ParagraphFormat,
    /// Left edge of its column.
    pub(crate) left: f64,
    /// Space before it; of two neighbours' spaces the larger holds.
    pub(crate) before: f64,
    /// Space after it.
    pub(crate) after: f64,
    /// Whether the page may not end after it.
    pub(crate) keep_with_next: bool,
    /// Whether the space after it is all there is, whatever follows: a heading
    /// stands nearer to its text than paragraphs to each other.
    pub(crate) exact_space_after: bool,
    /// Whether it may not be divided.
    pub(crate) keep_together: bool,
    /// What stands beside its first line, innermost first.
    pub(crate) labels: Vec<Label>,
    /// The bookmark that leads here.
    pub(crate) bookmark: Option<(u8, Box<str>)>,
    /// Its place among the contents, if it is a heading that they name.
    pub(crate) place: Option<usize>,
}

/// A bullet, number or word beside a paragraph's first line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Label {
    /// What it says.
    pub(crate) text: StyledText,
    /// Its column.
    pub(crate) format: ParagraphFormat,
    /// Left edge of its column.
    pub(crate) left: f64,
}

/// A table to set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TableBlock {
    /// Left edge.
    pub(crate) left: f64,
    /// The room it has.
    pub(crate) width: f64,
    /// How columns are aligned.
    pub(crate) aligns: Vec<Align>,
    /// The rows' cells; the first row is the head.
    pub(crate) rows: Vec<Vec<StyledText>>,
    /// From baseline to baseline.
    pub(crate) leading: f64,
    /// Space before and after.
    pub(crate) gap: f64,
    /// Whether lines start on the right, and the first column stands there.
    pub(crate) rtl: Option<bool>,
    /// What stands beside its first line, innermost first.
    pub(crate) labels: Vec<Label>,
}

/// Signatories to set in columns.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RollBlock {
    /// The signatories.
    pub(crate) entries: Vec<StyledText>,
    /// How many columns.
    pub(crate) columns: usize,
    /// How each is set.
    pub(crate) format: ParagraphFormat,
    /// Between columns.
    pub(crate) gutter: f64,
    /// Space before.
    pub(crate) before: f64,
    /// Space after.
    pub(crate) after: f64,
}

/// A rule to draw.
#[derive(Debug)]
pub(crate) struct RuleBlock {
    /// Left edge.
    pub(crate) left: f64,
    /// Width.
    pub(crate) width: f64,
    /// Thickness; at zero there is only its space.
    pub(crate) thickness: f64,
    /// Color.
    pub(crate) color: Color,
    /// Space before.
    pub(crate) before: f64,
    /// Space after.
    pub(crate) after: f64,
    /// Whether it belongs to what stands before it.
    pub(crate) keep_with_previous: bool,
}

/// A document as flow.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    /// The blocks, in reading order.
    pub(crate) blocks: Vec<FlowBlock>,
    /// The footnotes' blocks.
    pub(crate) notes: Vec<Vec<FlowBlock>>,
    /// The pictures.
    pub(crate) pictures: PictureList,
    /// The tree.
    pub(crate) structure: Structure,
    /// What there is to say.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Turns a document into flow. `pages`: the pages, from 0, on which an earlier
/// setting found the headings that the contents name; empty in the first.
pub(crate) fn flow(document: &Document, metrics: &PageMetrics, shaper: Shaper<'_>, pages: &ContentsPages) -> Flow {
    let mut builder = FlowBuilder {
        document,
        metrics,
        shaper,
        tags: TagBuilder {
            underlined: metrics.underlines_links(),
            ..TagBuilder::default()
        },
        blocks: Vec::new(),
        notes: document.footnotes.iter().map(|_| None).collect(),
        note_nodes: vec![None; document.footnotes.len()],
        headings: Vec::new(),
        top_level: 1,
        rtl: shaper.is_rtl(),
        sect: None,
        pages,
        places: BTreeMap::new(),
        entries: Vec::new(),
        heading_of: None,
        label_width: 0.0,
        diagnostics: Vec::new(),
    };
    for part in &document.parts {
        builder.part(part);
    }
    for (node, index) in std::mem::take(&mut builder.tags.references) {
        if let Some(note) = builder.note_nodes.get(index).copied().flatten() {
            builder.tags.structure.node_mut(node).target = Some(Target::Node(note));
        }
    }
    builder.point_entries();
    Flow {
        blocks: builder.blocks,
        notes: builder.notes.into_iter().map(Option::unwrap_or_default).collect(),
        pictures: builder.tags.pictures,
        structure: builder.tags.structure,
        diagnostics: builder.diagnostics,
    }
}

/// The room of a block: its left edge and width, and how its text looks.
#[derive(Clone, Copy)]
struct Region {
    left: f64,
    width: f64,
    style: TextStyle,
    leading: f64,
    gap: f64,
    align: Align,
    /// Whether lines start on the right; `None`: as each paragraph's letters have
    /// it. Beside a label they start at the label.
    rtl: Option<bool>,
}

struct FlowBuilder<'a> {
    document: &'a Document,
    metrics: &'a PageMetrics,
    shaper: Shaper<'a>,
    tags: TagBuilder,
    blocks: Vec<FlowBlock>,
    notes: Vec<Option<Vec<FlowBlock>>>,
    note_nodes: Vec<Option<NodeId>>,
    /// The author's levels of the headings that the next one lies under.
    headings: Vec<u8>,
    /// The level of the body's outermost headings.
    top_level: u8,
    rtl: bool,
    sect: Option<NodeId>,
    /// On which pages the headings stand that the contents name.
    pages: &'a ContentsPages,
    /// By a heading's origin: its place among the contents, and its node.
    places: BTreeMap<Option<Origin>, (usize, Option<NodeId>)>,
    /// The contents' entries, and the headings they are of.
    entries: Vec<(NodeId, Option<Origin>)>,
    /// The origin of the heading that is set next, if the contents may name it;
    /// `Some(None)`: the roll's.
    heading_of: Option<Option<Origin>>,
    /// Width of the widest label beside lines so far.
    label_width: f64,
    diagnostics: Vec<Diagnostic>,
}

/// Pages, from 0, by places among the contents.
pub(crate) type ContentsPages = BTreeMap<usize, usize>;

impl FlowBuilder<'_> {
    fn region(&self) -> Region {
        Region {
            left: 0.0,
            width: self.metrics.measure,
            style: self.metrics.body(),
            leading: self.metrics.leading(),
            gap: self.metrics.gap(),
            align: if self.metrics.justify {
                Align::Justify
            } else {
                Align::Start
            },
            rtl: None,
        }
    }

    /// The room beside a label that takes `by` of a room, and the left edge of the
    /// label's column, which is `column` wide.
    fn beside(&self, region: &Region, by: f64, column: f64) -> (Region, f64) {
        let inner = Region {
            left: if self.rtl { region.left } else { region.left + by },
            width: region.width - by,
            rtl: Some(self.rtl),
            ..*region
        };
        let label = if self.rtl {
            region.left + region.width - column
        } else {
            region.left
        };
        (inner, label)
    }

    fn format(&self, region: &Region) -> ParagraphFormat {
        ParagraphFormat {
            width: region.width,
            first: 0.0,
            rest: 0.0,
            align: region.align,
            break_policy: BreakPolicy::Prose,
            hyphenate: self.metrics.hyphenate,
            leading: region.leading,
            rtl: region.rtl,
        }
    }

    /// The form of a label in a column of a width.
    fn label_format(&self, region: &Region, width: f64, align: Align) -> ParagraphFormat {
        ParagraphFormat {
            width: width.max(1.0),
            rest: 0.0,
            align,
            rtl: Some(self.rtl),
            ..self.line_format(region)
        }
    }

    /// Lines that are no prose: ragged, without hyphens, turned over by an em.
    fn line_format(&self, region: &Region) -> ParagraphFormat {
        ParagraphFormat {
            rest: region.style.size,
            align: Align::Start,
            break_policy: BreakPolicy::Display,
            hyphenate: false,
            rtl: self.rtl.then_some(true).or(region.rtl),
            ..self.format(region)
        }
    }

    fn paragraph(text: StyledText, format: ParagraphFormat, region: &Region) -> ParagraphBlock {
        ParagraphBlock {
            text,
            format,
            left: region.left,
            before: region.gap,
            after: region.gap,
            keep_with_next: false,
            exact_space_after: false,
            keep_together: false,
            labels: Vec::new(),
            bookmark: None,
            place: None,
        }
    }

    /// The section that parts outside the roll are in.
    fn sect(&mut self) -> NodeId {
        match self.sect {
            Some(node) => node,
            None => *self.sect.insert(self.tags.node(Structure::ROOT, Role::Sect)),
        }
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Letterhead { name, lines, logo } => {
                let sect = self.sect();
                let logo = logo
                    .as_ref()
                    .and_then(|logo| figure::logo(logo, sect, self.metrics, &mut self.tags));
                self.letterhead(name, lines, logo);
            }
            Part::Dateline(line) => self.simple(line, self.metrics.body(), 1.6),
            Part::Via(line) => self.simple(line, self.metrics.style(FontStyle::SerifItalic, self.metrics.size), 1.0),
            Part::Addressee(lines) => self.addressee(lines),
            Part::Subject { label, content } => self.subject(label, content),
            Part::Salutation(line) => self.simple(line, self.metrics.body(), 1.4),
            Part::Body(blocks) | Part::Boilerplate(blocks) => {
                let region = self.region();
                let sect = self.sect();
                self.blocks(blocks, &region, sect, 0);
            }
            Part::Closing(line) => {
                self.simple(line, self.metrics.body(), 1.4);
                if let Some(FlowBlock::Paragraph(closing)) = self.blocks.last_mut() {
                    closing.keep_with_next = true;
                    closing.after = self.metrics.gap() * 1.4;
                }
            }
            Part::Signatures(signatures) => self.signatures(signatures),
            Part::Appendix(blocks) => {
                self.blocks.push(FlowBlock::NewPage);
                self.sect = None;
                self.headings.clear();
                let region = self.region();
                let sect = self.sect();
                self.blocks(blocks, &region, sect, 0);
            }
            Part::Release { line, embargoed } => self.release(line, *embargoed),
            Part::Contacts { label, contacts } => self.contacts(label, contacts),
            Part::Headline {
                title,
                subtitle,
                picture,
            } => self.headline(title, subtitle.as_ref(), picture.as_ref()),
            Part::Cover {
                title,
                subtitle,
                picture,
                lines,
            } => self.cover(title, subtitle.as_ref(), picture.as_ref(), lines),
            Part::Contents { heading, entries } => self.contents(heading, entries),
            Part::Recipients { label, lines } => self.recipients(label, lines),
            Part::Call(call) => self.call_to_act(call),
            Part::EndMark(mark) => self.end_mark(mark),
            Part::Roll(roll) => self.roll(roll),
            Part::Notes { label, lines } => self.notes_part(label, lines),
        }
    }

    /// A paragraph of one line or few; `space` in paragraph gaps.
    fn simple(&mut self, line: &Line, style: TextStyle, space: f64) {
        let region = self.region();
        let sect = self.sect();
        let node = self.tags.node(sect, Role::Paragraph);
        let text = self.tags.inlines(line, style, node);
        if text.is_empty() {
            return;
        }
        let mut paragraph = Self::paragraph(text, self.line_format(&region), &region);
        paragraph.before = region.gap * space;
        paragraph.keep_together = true;
        self.push(paragraph, sect);
    }

    /// Appends a paragraph and the footnotes its marks call for.
    fn push(&mut self, paragraph: ParagraphBlock, parent: NodeId) {
        let notes: Vec<usize> = paragraph.text.notes().collect();
        self.blocks.push(FlowBlock::Paragraph(paragraph));
        self.call(&notes, parent);
    }

    /// Builds footnotes that were not built yet.
    fn call(&mut self, notes: &[usize], parent: NodeId) {
        for &index in notes {
            let document = self.document;
            let Some(blocks) = document.footnotes.get(index) else {
                continue;
            };
            if self.note_nodes[index].is_some() {
                continue;
            }
            let node = self.tags.node(parent, Role::Note);
            self.note_nodes[index] = Some(node);
            let style = self.metrics.note();
            let number = (index + 1).to_string();
            let widest = document.footnotes.len().to_string().len() as f64;
            let indent = style.size * (0.55 + 0.45 * widest);
            let outer = Region {
                style,
                leading: self.metrics.note_leading(),
                gap: style.size * 0.3,
                ..self.region()
            };
            let (region, label_left) = self.beside(&outer, indent, indent);
            let body = std::mem::take(&mut self.blocks);
            let label = self.tags.node(node, Role::Label);
            let raised = TextStyle {
                numerals: crate::layout::text::shape::Numerals::Superior,
                ..style
            };
            let label = Label {
                text: self.tags.plain(&number, raised, label),
                format: self.label_format(&region, indent, Align::Start),
                left: label_left,
            };
            self.blocks(blocks, &region, node, 0);
            let mut note = std::mem::replace(&mut self.blocks, body);
            Self::attach(&mut note, label, &region);
            self.notes[index] = Some(note);
        }
    }

    /// Puts a label beside the first line of an item, or before what has no lines.
    fn attach(blocks: &mut Vec<FlowBlock>, label: Label, region: &Region) {
        match blocks.first_mut() {
            Some(FlowBlock::Paragraph(first)) => return first.labels.push(label),
            Some(FlowBlock::Table(first)) => return first.labels.push(label),
            Some(FlowBlock::Figure(first)) => return first.labels.push(label),
            _ => {}
        }
        let mut alone = Self::paragraph(label.text, label.format, region);
        alone.left = label.left;
        alone.keep_with_next = true;
        blocks.insert(0, FlowBlock::Paragraph(alone));
    }
}

/// Largest part of the room that a label may take beside what it labels.
const WIDE_LABEL: f64 = 0.33;

/// Largest part of the room that the indent of a list or quotation may take, so
/// that deep nesting stays on the page.
const DEEP: f64 = 0.2;
