//! Parts of a document become a flow of blocks, and the structure tree.
//!
//! In: the document. Out: its [`Block`]s in reading order, its footnotes' blocks,
//! and the tree that says what each is. Guaranteed: headings of the tree skip no
//! level; every footnote stands in the tree right after the block its first mark
//! is in. Absent: lines and pages.

mod roll;

use super::atom::measure;
use super::font::Cut;
use super::frame::{Mark, NodeId, Role, Structure, Target};
use super::image::{self, Figure, Gallery, Masthead};
use super::paragraph::{Align, Form, Habit};
use super::shape::Shaper;
use super::sheet::{HAIRLINE, QUIET, Sheet};
use super::text::{Style, Tags, Text};
use crate::compose::document::{Block as Source, Document, Inline, Line, List, Part, Table, plain};
use crate::diag::{Code, Diagnostic};
use crate::source::Origin;

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
}

/// A paragraph to set.
#[derive(Debug)]
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
    /// Whether it may not be divided.
    pub(super) whole: bool,
    /// What stands beside its first line.
    pub(super) label: Option<Label>,
    /// The bookmark that leads here.
    pub(super) bookmark: Option<(u8, Box<str>)>,
}

/// A bullet, number or word beside a paragraph's first line.
#[derive(Debug)]
pub(super) struct Label {
    /// What it says.
    pub(super) text: Text,
    /// Its column.
    pub(super) form: Form,
    /// Left edge of its column.
    pub(super) left: f64,
}

/// A table to set.
#[derive(Debug)]
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
    /// Whether lines start on the right.
    pub(super) rtl: Option<bool>,
}

/// Signatories to set in columns.
#[derive(Debug)]
pub(super) struct RollBlock {
    /// The signatories.
    pub(super) entries: Vec<Text>,
    /// How many columns.
    pub(super) columns: usize,
    /// How each is set.
    pub(super) form: Form,
    /// Between columns.
    pub(super) gutter: f64,
    /// Space before and after.
    pub(super) around: f64,
}

/// A rule to draw.
#[derive(Debug)]
pub(super) struct RuleBlock {
    /// Left edge.
    pub(super) left: f64,
    /// Width.
    pub(super) width: f64,
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

/// Turns a document into flow.
pub(super) fn flow(document: &Document, sheet: &Sheet, shaper: Shaper<'_>) -> Flow {
    let mut builder = Builder {
        document,
        sheet,
        shaper,
        tags: Tags::default(),
        gallery: Gallery::default(),
        blocks: Vec::new(),
        notes: document.footnotes.iter().map(|_| None).collect(),
        note_nodes: vec![None; document.footnotes.len()],
        headings: Vec::new(),
        top_level: 1,
        rtl: shaper.is_rtl(),
        sect: None,
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
    Flow {
        blocks: builder.blocks,
        notes: builder.notes.into_iter().map(Option::unwrap_or_default).collect(),
        gallery: builder.gallery,
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
}

struct Builder<'a> {
    document: &'a Document,
    sheet: &'a Sheet,
    shaper: Shaper<'a>,
    tags: Tags,
    gallery: Gallery,
    blocks: Vec<Block>,
    notes: Vec<Option<Vec<Block>>>,
    note_nodes: Vec<Option<NodeId>>,
    /// The author's levels of the headings that the next one lies under.
    headings: Vec<u8>,
    /// The level of the body's outermost headings.
    top_level: u8,
    rtl: bool,
    sect: Option<NodeId>,
    diagnostics: Vec<Diagnostic>,
}

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
        }
    }

    /// The room beside a label that takes `by` of a room, and the left edge of the
    /// label's column, which is `column` wide.
    fn beside(&self, room: &Room, by: f64, column: f64) -> (Room, f64) {
        let inner = Room {
            left: if self.rtl { room.left } else { room.left + by },
            width: room.width - by,
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
            rtl: None,
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
            rtl: self.rtl.then_some(true),
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
            whole: false,
            label: None,
            bookmark: None,
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
                    .and_then(|logo| self.gallery.logo(logo, sect, self.sheet, &mut self.tags));
                self.letterhead(name, lines, logo);
            }
            Part::Dateline(line) => self.simple(line, self.sheet.body(), 1.6),
            Part::Via(line) => self.simple(line, Style::new(Cut::SerifItalic, self.sheet.size), 1.0),
            Part::Addressee(lines) => self.addressee(lines),
            Part::Subject { label, content } => self.subject(label, content),
            Part::Salutation(line) => self.simple(line, self.sheet.body(), 1.4),
            Part::Body(blocks) => {
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
            Part::Roll(roll) => self.roll(roll),
            Part::Notes { label, lines } => self.notes_part(label, lines),
        }
    }

    fn no_picture(&mut self, path: &str, origin: Origin) {
        let message = format!("the picture `{path}` stands within a line; in the PDF its words stand for it");
        self.diagnostics.push(
            Diagnostic::note(Code::NotThereYet, message)
                .at(origin)
                .hint("give the picture a paragraph of its own"),
        );
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

    /// Puts a label beside the first paragraph of an item, or before what is no
    /// paragraph.
    fn attach(blocks: &mut Vec<Block>, label: Label, room: &Room) {
        if let Some(Block::Paragraph(first)) = blocks.first_mut()
            && first.label.is_none()
        {
            first.label = Some(label);
            return;
        }
        let mut alone = Self::paragraph(label.text, label.form, room);
        alone.left = label.left;
        alone.keep_next = true;
        blocks.insert(0, Block::Paragraph(alone));
    }

    fn letterhead(&mut self, name: &Line, lines: &[Line], logo: Option<Figure>) {
        if name.is_empty() && lines.is_empty() && logo.is_none() {
            return;
        }
        let first = self.blocks.len();
        let mut room = self.room();
        let logo = logo.map(|mut logo| {
            let (indent, column) = image::beside(&logo, self.sheet);
            (room, logo.left) = self.beside(&room, indent, column);
            logo
        });
        let sect = self.sect();
        let size = self.sheet.size;
        let node = self.tags.node(sect, Role::Paragraph);
        let style = Style::new(Cut::SansBold, size * 1.55);
        let text = self.tags.inlines(name, style, node);
        if !text.is_empty() {
            let form = Form {
                leading: style.size * 1.15,
                ..self.line_form(&room)
            };
            let mut paragraph = Self::paragraph(text, form, &room);
            (paragraph.before, paragraph.after) = (0.0, size * 0.1);
            (paragraph.keep_next, paragraph.whole) = (true, true);
            self.push(paragraph, sect);
        }
        if !lines.is_empty() {
            let node = self.tags.node(sect, Role::Paragraph);
            let style = Style::new(Cut::Sans, size * 0.78).color(QUIET);
            let mut text = Text::default();
            for (index, line) in lines.iter().enumerate() {
                if index > 0 {
                    self.tags
                        .append(&mut text, &[Inline::Text(" · ".to_owned())], style, node);
                }
                self.tags.append(&mut text, line, style, node);
            }
            text.trim();
            let form = Form {
                rest: 0.0,
                leading: style.size * 1.35,
                ..self.line_form(&room)
            };
            let mut paragraph = Self::paragraph(text, form, &room);
            (paragraph.before, paragraph.after) = (0.0, 0.0);
            (paragraph.keep_next, paragraph.whole) = (true, true);
            self.push(paragraph, sect);
        }
        if let Some(logo) = logo {
            let beside = self.blocks.split_off(first);
            self.blocks.push(image::masthead(beside, logo));
        }
        self.blocks.push(Block::Rule(RuleBlock {
            left: 0.0,
            width: self.sheet.measure,
            before: size * 0.45,
            after: room.gap * 1.5,
            glued: true,
        }));
    }

    fn addressee(&mut self, lines: &[Line]) {
        let room = self.room();
        let sect = self.sect();
        let node = self.tags.node(sect, Role::Paragraph);
        for (index, line) in lines.iter().enumerate() {
            let mut text = self.tags.inlines(line, room.style, node);
            if text.is_empty() {
                continue;
            }
            if index + 1 < lines.len() {
                text.end_with_space();
            }
            let mut paragraph = Self::paragraph(text, self.line_form(&room), &room);
            paragraph.before = if index == 0 { room.gap * 1.4 } else { 0.0 };
            paragraph.whole = true;
            let last = index + 1 == lines.len();
            paragraph.keep_next = !last;
            paragraph.after = if last { room.gap } else { 0.0 };
            self.push(paragraph, sect);
        }
    }

    /// "RE:" in bold, and the subject hanging from it: the letter's heading.
    fn subject(&mut self, label: &str, content: &Line) {
        let room = self.room();
        let sect = self.sect();
        let node = self.tags.node(sect, Role::Heading(1));
        self.top_level = 2;
        let style = Style::new(Cut::SerifBold, self.sheet.size);
        let mut label = self.tags.plain(label, style, node);
        let indent = measure(&label, self.shaper).0 + self.sheet.size * 0.5;
        label.end_with_space();
        let mut paragraph = if indent < room.width * WIDE_LABEL {
            let text = self.tags.inlines(content, style, node);
            let (inner, left) = self.beside(&room, indent, indent);
            let form = Form {
                rest: 0.0,
                ..self.line_form(&inner)
            };
            let mut paragraph = Self::paragraph(text, form, &inner);
            paragraph.label = Some(Label {
                text: label,
                form: self.label_form(&room, indent, Align::Start),
                left,
            });
            paragraph
        } else {
            self.tags.append(&mut label, content, style, node);
            label.trim();
            Self::paragraph(label, self.line_form(&room), &room)
        };
        paragraph.before = room.gap * 1.6;
        (paragraph.keep_next, paragraph.whole) = (true, true);
        paragraph.bookmark = Some((1, plain(content).into()));
        self.push(paragraph, sect);
    }

    fn heading(&mut self, level: u8, content: &Line, parent: NodeId) {
        while self.headings.last().is_some_and(|&above| above >= level) {
            self.headings.pop();
        }
        self.headings.push(level);
        let depth = u8::try_from(self.headings.len()).unwrap_or(6);
        let rank = (self.top_level + depth - 1).min(6);
        // The body's outermost headings look alike, whether a RE: line stands
        // above them or not.
        self.set_heading(depth + 1, rank, content, parent);
    }

    fn set_heading(&mut self, look: u8, rank: u8, content: &Line, parent: NodeId) {
        let room = self.room();
        let node = self.tags.node(parent, Role::Heading(rank));
        let (style, before, after) = self.sheet.heading(look);
        let text = self.tags.inlines(content, style, node);
        if text.is_empty() {
            return;
        }
        let form = Form {
            rest: 0.0,
            leading: style.size * 1.25,
            ..self.line_form(&room)
        };
        let mut paragraph = Self::paragraph(text, form, &room);
        (paragraph.before, paragraph.after) = (before, after);
        (paragraph.keep_next, paragraph.whole) = (true, true);
        paragraph.bookmark = Some((rank, plain(content).into()));
        self.push(paragraph, parent);
    }

    fn blocks(&mut self, blocks: &[Source], room: &Room, parent: NodeId, depth: usize) {
        for block in blocks {
            match block {
                Source::Heading { level, content, .. } => self.heading(*level, content, parent),
                Source::Paragraph(line) => {
                    let place = (room.left, room.width);
                    let figure = self.gallery.figure(line, place, parent, self.sheet, &mut self.tags);
                    if let Some(mut figure) = figure {
                        figure.gap = room.gap;
                        self.blocks.push(Block::Figure(figure));
                        continue;
                    }
                    self.pictures(line);
                    let node = self.tags.node(parent, Role::Paragraph);
                    let text = self.tags.inlines(line, room.style, node);
                    if !text.is_empty() {
                        let mut paragraph = Self::paragraph(text, self.form(room), room);
                        // What ends in a colon announces what follows.
                        paragraph.keep_next = paragraph.text.chars.ends_with(':');
                        self.push(paragraph, parent);
                    }
                }
                Source::List(list) => self.list(list, room, parent, depth),
                Source::Quote(inner) => {
                    let node = self.tags.node(parent, Role::BlockQuote);
                    let indent = (room.style.size * 1.8).min(room.width * DEEP);
                    let room = Room {
                        left: room.left + indent,
                        width: room.width - 2.0 * indent,
                        ..*room
                    };
                    self.blocks(inner, &room, node, depth);
                }
                Source::Table(table) => self.table(table, room, parent),
                Source::Code(lines) => self.code(lines, room, parent),
                Source::Rule => self.blocks.push(Block::Rule(RuleBlock {
                    left: room.left + room.width * 0.35,
                    width: room.width * 0.3,
                    before: room.gap * 1.6,
                    after: room.gap * 1.6,
                    glued: false,
                })),
                Source::Html(_) => {}
            }
        }
    }

    fn pictures(&mut self, line: &Line) {
        for inline in line {
            match inline {
                Inline::Image(image) => self.no_picture(&image.path, image.origin),
                Inline::Link { content: inner, .. } | Inline::Emphasis(inner) | Inline::Strong(inner) => {
                    self.pictures(inner);
                }
                _ => {}
            }
        }
    }

    fn code(&mut self, lines: &str, room: &Room, parent: NodeId) {
        let node = self.tags.node(parent, Role::Paragraph);
        let node = self.tags.node(node, Role::Code);
        let style = Style::new(Cut::Sans, room.style.size * 0.9).tabular();
        // Spaces are kept: they mean something here.
        let kept = lines.trim_end().replace('\t', "    ").replace(' ', "\u{a0}");
        let text = self.tags.plain(&kept, style, node);
        if text.is_empty() {
            return;
        }
        let indent = room.style.size.min(room.width * DEEP);
        let room = Room {
            style,
            leading: style.size * 1.3,
            ..self.beside(room, indent, indent).0
        };
        let mut paragraph = Self::paragraph(text, self.line_form(&room), &room);
        paragraph.form.rest = 0.0;
        self.push(paragraph, parent);
    }

    fn list(&mut self, list: &List, room: &Room, parent: NodeId, depth: usize) {
        /// Bullets by depth of nesting.
        const BULLETS: [&str; 3] = ["•", "–", "·"];
        let ordered = list.start.is_some();
        let node = self.tags.node(parent, Role::List { ordered });
        let style = room.style.tabular();
        let size = room.style.size;
        let labels: Vec<String> = (0..list.items.len() as u64)
            .map(|index| match list.start {
                Some(start) => format!("{}.", start.saturating_add(index)),
                None => BULLETS[depth.min(BULLETS.len() - 1)].to_owned(),
            })
            .collect();
        let mark = Mark::Artifact(super::frame::Artifact::Layout);
        let widest = labels
            .iter()
            .map(|label| measure(&Text::plain(label, style, mark), self.shaper).0)
            .fold(0.0, f64::max);
        let space = size * 0.5;
        let indent = (widest + space).max(size * 1.3) + if depth == 0 { size * 0.5 } else { 0.0 };
        let indent = indent.min(room.width * DEEP);
        let (inner, label_left) = self.beside(room, indent, indent - space);
        let inner = Room {
            gap: if list.tight { room.gap * 0.35 } else { room.gap * 0.75 },
            ..inner
        };
        let first = self.blocks.len();
        for (label, blocks) in labels.iter().zip(&list.items) {
            let item = self.tags.node(node, Role::ListItem);
            let label_node = self.tags.node(item, Role::Label);
            let text = self.tags.plain(label, style, label_node);
            let body = self.tags.node(item, Role::ListBody);
            let outer = std::mem::take(&mut self.blocks);
            self.blocks(blocks, &inner, body, depth + 1);
            let mut set = std::mem::replace(&mut self.blocks, outer);
            let label = Label {
                text,
                form: self.label_form(room, indent - space, Align::End),
                left: label_left,
            };
            Self::attach(&mut set, label, &inner);
            self.blocks.append(&mut set);
        }
        // Around the list stands the space of its surroundings.
        if let Some(Block::Paragraph(paragraph)) = self.blocks.get_mut(first) {
            paragraph.before = if depth == 0 { room.gap * 0.8 } else { inner.gap };
        }
        if depth == 0
            && self.blocks.len() > first
            && let Some(Block::Paragraph(paragraph)) = self.blocks.last_mut()
        {
            paragraph.after = room.gap;
        }
    }

    fn table(&mut self, table: &Table, room: &Room, parent: NodeId) {
        use crate::compose::document::Alignment;
        let node = self.tags.node(parent, Role::Table);
        let size = room.style.size * 0.92;
        let head = Style::new(Cut::SansBold, size * 0.95);
        let body = Style::new(Cut::Serif, size).tabular();
        let mut rows = Vec::new();
        let mut notes = Vec::new();
        for (index, cells) in std::iter::once(&table.head).chain(&table.rows).enumerate() {
            let row = self.tags.node(node, Role::TableRow);
            let (role, style) = if index == 0 {
                (Role::TableHeader, head)
            } else {
                (Role::TableCell, body)
            };
            let mut texts = Vec::new();
            for cell in cells {
                let cell_node = self.tags.node(row, role);
                let text = self.tags.inlines(cell, style, cell_node);
                notes.extend(text.notes());
                texts.push(text);
            }
            rows.push(texts);
        }
        let aligns = table
            .alignments
            .iter()
            .map(|alignment| match alignment {
                Alignment::Start => Align::Start,
                Alignment::Center => Align::Center,
                Alignment::End => Align::End,
            })
            .collect();
        self.blocks.push(Block::Table(TableBlock {
            left: room.left,
            width: room.width,
            aligns,
            rows,
            leading: size * 1.3,
            gap: room.gap,
            rtl: self.rtl.then_some(true),
        }));
        self.call(&notes, parent);
    }
}

/// Largest part of the room that a label may take beside what it labels.
const WIDE_LABEL: f64 = 0.33;

/// Largest part of the room that the indent of a list or quotation may take, so
/// that deep nesting stays on the page.
const DEEP: f64 = 0.2;

/// The thickness of a flow's rules.
pub(super) const RULE: f64 = HAIRLINE;
