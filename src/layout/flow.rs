//! Parts of a document become a flow of blocks, and the structure tree.
//!
//! In: the document. Out: its [`Block`]s in reading order, its footnotes' blocks,
//! and the tree that says what each is. Guaranteed: headings of the tree skip no
//! level; every footnote stands in the tree right after the block its first mark
//! is in. Absent: lines and pages.

mod body;
mod contents;
mod head;
mod kinds;
mod roll;
mod signature;

use super::font::Cut;
use super::frame::{Color, NodeId, Role, Structure, Target};
use super::image::{self, Figure, Gallery, Masthead, Signers};
use super::panel::{Cells, Entry, Panel};
use super::paragraph::{Align, Form, Habit};
use super::shape::Shaper;
use super::sheet::Sheet;
use super::text::{Style, Tags, Text};
use crate::compose::document::{Document, Line, Part};
use crate::diag::Diagnostic;
use crate::source::Origin;
use std::collections::BTreeMap;

/// A part of the flow.
#[derive(Debug)]
pub(super) enum Block {
    /// Lines.
    Paragraph(Paragraph),
    /// Rows and columns.
    Table(TableBlock),
    /// Signatories.
    Roll(RollBlock),
    /// A rule across the text, or a part of it.
    Rule(RuleBlock),
    /// A picture.
    Figure(Figure),
    /// A logo and the letterhead's lines beside it.
    Masthead(Masthead),
    /// Those who sign by hand, side by side.
    Signers(Signers),
    /// A box.
    Panel(Panel),
    /// Pictures and texts side by side.
    Cells(Cells),
    /// A heading as the contents have it.
    Entry(Entry),
    /// What follows begins a page.
    NewPage,
}

/// A paragraph to set.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Paragraph {
    /// What it says.
    pub(super) text: Text,
    /// How its lines stand.
    pub(super) form: Form,
    /// Left edge of its column.
    pub(super) left: f64,
    /// Space before it; of two neighbours' spaces the larger holds.
    pub(super) before: f64,
    /// Space after it.
    pub(super) after: f64,
    /// Whether the page may not end after it.
    pub(super) keep_next: bool,
    /// Whether the space after it is all there is, whatever follows: a heading
    /// stands nearer to its text than paragraphs to each other.
    pub(super) closes: bool,
    /// Whether it may not be divided.
    pub(super) whole: bool,
    /// What stands beside its first line, innermost first.
    pub(super) labels: Vec<Label>,
    /// The bookmark that leads here.
    pub(super) bookmark: Option<(u8, Box<str>)>,
    /// Its place among the contents, if it is a heading that they name.
    pub(super) place: Option<usize>,
}

/// A bullet, number or word beside a paragraph's first line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    /// What it says.
    pub(super) text: Text,
    /// Its column.
    pub(super) form: Form,
    /// Left edge of its column.
    pub(super) left: f64,
}

/// A table to set.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TableBlock {
    /// Left edge.
    pub(super) left: f64,
    /// The room it has.
    pub(super) width: f64,
    /// How columns are aligned.
    pub(super) aligns: Vec<Align>,
    /// The rows' cells; the first row is the head.
    pub(super) rows: Vec<Vec<Text>>,
    /// From baseline to baseline.
    pub(super) leading: f64,
    /// Space before and after.
    pub(super) gap: f64,
    /// Whether lines start on the right, and the first column stands there.
    pub(super) rtl: Option<bool>,
    /// What stands beside its first line, innermost first.
    pub(super) labels: Vec<Label>,
}

/// Signatories to set in columns.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RollBlock {
    /// The signatories.
    pub(super) entries: Vec<Text>,
    /// How many columns.
    pub(super) columns: usize,
    /// How each is set.
    pub(super) form: Form,
    /// Between columns.
    pub(super) gutter: f64,
    /// Space before.
    pub(super) before: f64,
    /// Space after.
    pub(super) after: f64,
}

/// A rule to draw.
#[derive(Debug)]
pub(super) struct RuleBlock {
    /// Left edge.
    pub(super) left: f64,
    /// Width.
    pub(super) width: f64,
    /// Thickness; at zero there is only its space.
    pub(super) thickness: f64,
    /// Colour.
    pub(super) color: Color,
    /// Space before.
    pub(super) before: f64,
    /// Space after.
    pub(super) after: f64,
    /// Whether it belongs to what stands before it.
    pub(super) glued: bool,
}

/// A document as flow.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// The blocks, in reading order.
    pub(super) blocks: Vec<Block>,
    /// The footnotes' blocks.
    pub(super) notes: Vec<Vec<Block>>,
    /// The pictures.
    pub(super) gallery: Gallery,
    /// The tree.
    pub(super) structure: Structure,
    /// What there is to say.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Turns a document into flow. `pages`: the pages, from 0, on which an earlier
/// setting found the headings that the contents name; empty in the first.
pub(super) fn flow(document: &Document, sheet: &Sheet, shaper: Shaper<'_>, pages: &Places) -> Flow {
    let mut builder = Builder {
        document,
        sheet,
        shaper,
        tags: Tags {
            underlined: sheet.underlines_links(),
            ..Tags::default()
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
        gallery: builder.tags.gallery,
        structure: builder.tags.structure,
        diagnostics: builder.diagnostics,
    }
}

/// The room of a block: its left edge and width, and how its text looks.
#[derive(Clone, Copy)]
struct Room {
    left: f64,
    width: f64,
    style: Style,
    leading: f64,
    gap: f64,
    align: Align,
    /// Whether lines start on the right; `None`: as each paragraph's letters have
    /// it. Beside a label they start at the label.
    rtl: Option<bool>,
}

struct Builder<'a> {
    document: &'a Document,
    sheet: &'a Sheet,
    shaper: Shaper<'a>,
    tags: Tags,
    blocks: Vec<Block>,
    notes: Vec<Option<Vec<Block>>>,
    note_nodes: Vec<Option<NodeId>>,
    /// The author's levels of the headings that the next one lies under.
    headings: Vec<u8>,
    /// The level of the body's outermost headings.
    top_level: u8,
    rtl: bool,
    sect: Option<NodeId>,
    /// On which pages the headings stand that the contents name.
    pages: &'a Places,
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
pub(super) type Places = BTreeMap<usize, usize>;

impl Builder<'_> {
    fn room(&self) -> Room {
        Room {
            left: 0.0,
            width: self.sheet.measure,
            style: self.sheet.body(),
            leading: self.sheet.leading(),
            gap: self.sheet.gap(),
            align: if self.sheet.justify {
                Align::Justify
            } else {
                Align::Start
            },
            rtl: None,
        }
    }

    /// The room beside a label that takes `by` of a room, and the left edge of the
    /// label's column, which is `column` wide.
    fn beside(&self, room: &Room, by: f64, column: f64) -> (Room, f64) {
        let inner = Room {
            left: if self.rtl { room.left } else { room.left + by },
            width: room.width - by,
            rtl: Some(self.rtl),
            ..*room
        };
        let label = if self.rtl {
            room.left + room.width - column
        } else {
            room.left
        };
        (inner, label)
    }

    fn form(&self, room: &Room) -> Form {
        Form {
            width: room.width,
            first: 0.0,
            rest: 0.0,
            align: room.align,
            habit: Habit::Prose,
            hyphenate: self.sheet.hyphenate,
            leading: room.leading,
            rtl: room.rtl,
        }
    }

    /// The form of a label in a column of a width.
    fn label_form(&self, room: &Room, width: f64, align: Align) -> Form {
        Form {
            width: width.max(1.0),
            rest: 0.0,
            align,
            rtl: Some(self.rtl),
            ..self.line_form(room)
        }
    }

    /// Lines that are no prose: ragged, without hyphens, turned over by an em.
    fn line_form(&self, room: &Room) -> Form {
        Form {
            rest: room.style.size,
            align: Align::Start,
            habit: Habit::Display,
            hyphenate: false,
            rtl: self.rtl.then_some(true).or(room.rtl),
            ..self.form(room)
        }
    }

    fn paragraph(text: Text, form: Form, room: &Room) -> Paragraph {
        Paragraph {
            text,
            form,
            left: room.left,
            before: room.gap,
            after: room.gap,
            keep_next: false,
            closes: false,
            whole: false,
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
                    .and_then(|logo| image::logo(logo, sect, self.sheet, &mut self.tags));
                self.letterhead(name, lines, logo);
            }
            Part::Dateline(line) => self.simple(line, self.sheet.body(), 1.6),
            Part::Via(line) => self.simple(line, self.sheet.style(Cut::SerifItalic, self.sheet.size), 1.0),
            Part::Addressee(lines) => self.addressee(lines),
            Part::Subject { label, content } => self.subject(label, content),
            Part::Salutation(line) => self.simple(line, self.sheet.body(), 1.4),
            Part::Body(blocks) | Part::Boilerplate(blocks) => {
                let room = self.room();
                let sect = self.sect();
                self.blocks(blocks, &room, sect, 0);
            }
            Part::Closing(line) => {
                self.simple(line, self.sheet.body(), 1.4);
                if let Some(Block::Paragraph(closing)) = self.blocks.last_mut() {
                    closing.keep_next = true;
                    closing.after = self.sheet.gap() * 1.4;
                }
            }
            Part::Signatures(signatures) => self.signatures(signatures),
            Part::Appendix(blocks) => {
                self.blocks.push(Block::NewPage);
                self.sect = None;
                self.headings.clear();
                let room = self.room();
                let sect = self.sect();
                self.blocks(blocks, &room, sect, 0);
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
    fn simple(&mut self, line: &Line, style: Style, space: f64) {
        let room = self.room();
        let sect = self.sect();
        let node = self.tags.node(sect, Role::Paragraph);
        let text = self.tags.inlines(line, style, node);
        if text.is_empty() {
            return;
        }
        let mut paragraph = Self::paragraph(text, self.line_form(&room), &room);
        paragraph.before = room.gap * space;
        paragraph.whole = true;
        self.push(paragraph, sect);
    }

    /// Appends a paragraph and the footnotes its marks call for.
    fn push(&mut self, paragraph: Paragraph, parent: NodeId) {
        let notes: Vec<usize> = paragraph.text.notes().collect();
        self.blocks.push(Block::Paragraph(paragraph));
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
            let style = self.sheet.note();
            let number = (index + 1).to_string();
            let widest = document.footnotes.len().to_string().len() as f64;
            let indent = style.size * (0.55 + 0.45 * widest);
            let outer = Room {
                style,
                leading: self.sheet.note_leading(),
                gap: style.size * 0.3,
                ..self.room()
            };
            let (room, label_left) = self.beside(&outer, indent, indent);
            let body = std::mem::take(&mut self.blocks);
            let label = self.tags.node(node, Role::Label);
            let raised = Style {
                figures: super::shape::Figures::Superior,
                ..style
            };
            let label = Label {
                text: self.tags.plain(&number, raised, label),
                form: self.label_form(&room, indent, Align::Start),
                left: label_left,
            };
            self.blocks(blocks, &room, node, 0);
            let mut note = std::mem::replace(&mut self.blocks, body);
            Self::attach(&mut note, label, &room);
            self.notes[index] = Some(note);
        }
    }

    /// Puts a label beside the first line of an item, or before what has no lines.
    fn attach(blocks: &mut Vec<Block>, label: Label, room: &Room) {
        match blocks.first_mut() {
            Some(Block::Paragraph(first)) => return first.labels.push(label),
            Some(Block::Table(first)) => return first.labels.push(label),
            Some(Block::Figure(first)) => return first.labels.push(label),
            _ => {}
        }
        let mut alone = Self::paragraph(label.text, label.form, room);
        alone.left = label.left;
        alone.keep_next = true;
        blocks.insert(0, Block::Paragraph(alone));
    }
}

/// Largest part of the room that a label may take beside what it labels.
const WIDE_LABEL: f64 = 0.33;

/// Largest part of the room that the indent of a list or quotation may take, so
/// that deep nesting stays on the page.
const DEEP: f64 = 0.2;
