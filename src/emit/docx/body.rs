//! The text of a Word file.
//!
//! In: a document. Out: the XML of its text and of its footnotes, with what they link
//! to and show. Guaranteed: every footnote is there: at its first mark, or after the
//! text if its only marks are in footnotes, which Word does not allow. Contents lead
//! to their headings. The numbers of their pages are fields without a result: Word
//! fills them in when it prints or is asked to (F9), LibreOffice at once. To have them
//! filled when the file is opened, Word would have to be told to, and then asks each
//! reader whether it may.

use super::clean;
use super::package::{FOOTER, HEADER, R, W, part};
use super::styles::{DEPTHS, INDENT, ListNumbering};
use crate::compose::document::{Alignment, Block, ContentsEntry, Document, Image, Inline, Line, List, Roll, Table};
use crate::emit::levels::Levels;
use crate::emit::links;
use crate::emit::simple_parts::{LineRole, SimplePart, simple_parts};
use crate::model::direction::Direction;
use crate::model::letter::RollStyle;
use crate::model::picture::Picture;
use crate::model::text::plain;
use maud::{Markup, html};
use std::sync::Arc;
use unicode_bidi::{BidiClass, bidi_class};

/// What the text is made of.
pub(super) struct DocxText {
    pub(super) document: String,
    pub(super) footnotes: String,
    /// Where the text's links lead, from number 1.
    pub(super) links: Vec<String>,
    /// The same of the footnotes'.
    pub(super) footnote_links: Vec<String>,
    /// The pictures of both, from number 1.
    pub(super) pictures: Vec<Arc<Picture>>,
    pub(super) lists: Vec<ListNumbering>,
}

/// Returns the document's text.
pub(super) fn content(document: &Document) -> DocxText {
    let mut writer = DocxWriter {
        document,
        items: Vec::new(),
        links: Vec::new(),
        pictures: Vec::new(),
        lists: Vec::new(),
        noted: vec![false; document.footnotes.len()],
        drawings: 0,
        in_footnote: false,
        places: Vec::new(),
    };
    // Contents stand on pages of their own.
    let mut apart = false;
    for piece in simple_parts(document) {
        let is_contents = matches!(piece, SimplePart::Contents(..));
        let from = writer.items.len();
        writer.piece(&piece);
        if let Some(BodyItem::Paragraph(first)) = writer.items.get_mut(from) {
            first.new_page |= is_contents || apart;
            apart = is_contents;
        }
    }
    let mut items = std::mem::take(&mut writer.items);
    let text_links = std::mem::take(&mut writer.links);

    writer.in_footnote = true;
    let noted = writer.noted.clone();
    let mut notes = Vec::new();
    let mut left = Vec::new();
    for (at, footnote) in document.footnotes.iter().enumerate() {
        writer.blocks(footnote, &mut Levels::new(2), 0);
        let written = std::mem::take(&mut writer.items);
        if noted[at] {
            notes.push((at + 1, written));
        } else {
            left.push((at, footnote));
        }
    }
    let footnote_links = std::mem::take(&mut writer.links);
    // Those that only footnotes refer to: written again, with the text's links.
    if !left.is_empty() {
        writer.links = text_links.clone();
        writer.say("Heading1", &[Inline::Text(document.labels.footnotes.as_str().into())]);
        for (at, footnote) in left {
            writer.paragraph(
                "FootnoteText",
                html! { (run(&format!("{}.", at + 1), RunFormat::default())) },
            );
            writer.blocks(footnote, &mut Levels::new(2), 0);
        }
        items.append(&mut writer.items);
    }
    let links = match writer.links.is_empty() {
        true => text_links,
        false => writer.links.clone(),
    };

    // Where nothing stands in columns, the last section is the first.
    let only = !items
        .iter()
        .any(|item| matches!(item, BodyItem::Paragraph(paragraph) if paragraph.section.is_some()));
    let last = section(document, 1, only.then_some(()), false);
    DocxText {
        document: part(html! {
            w:document xmlns:w=(W) xmlns:r=(R)
                xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
                xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
                xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
            {
                w:body {
                    @for item in &items { (item.render()) }
                    // A table may not be last.
                    @if matches!(items.last(), None | Some(BodyItem::Table(_))) { w:p {} }
                    (last)
                }
            }
        }),
        footnotes: part(html! {
            w:footnotes xmlns:w=(W) xmlns:r=(R)
                xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
                xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
                xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
            {
                w:footnote w:type="separator" w:id="-1" { w:p { w:r { w:separator {} } } }
                w:footnote w:type="continuationSeparator" w:id="0" { w:p { w:r { w:continuationSeparator {} } } }
                @for (id, items) in &mut notes { (footnote(*id, items)) }
            }
        }),
        links,
        footnote_links,
        pictures: writer.pictures,
        lists: writer.lists,
    }
}

/// What follows what on the page.
enum BodyItem {
    Paragraph(ParagraphItem),
    Table(Markup),
}

#[derive(Default)]
struct ParagraphItem {
    style: &'static str,
    /// The list it belongs to, and how deep.
    number: Option<(usize, usize)>,
    /// How far it is set in, where that is not the style's.
    indent: usize,
    align: Option<&'static str>,
    /// Whether the page may not end after it.
    keep: bool,
    new_page: bool,
    /// The section that ends with it.
    section: Option<Markup>,
    runs: Option<Markup>,
}

impl BodyItem {
    /// The properties in the order of the schema (CT_PPr).
    fn render(&self) -> Markup {
        match self {
            Self::Table(table) => html! { (table) },
            Self::Paragraph(paragraph) => html! {
                w:p {
                    w:pPr {
                        @if !paragraph.style.is_empty() { w:pStyle w:val=(paragraph.style) {} }
                        @if paragraph.keep { w:keepNext {} }
                        @if paragraph.new_page { w:pageBreakBefore {} }
                        @if let Some((list, depth)) = paragraph.number {
                            w:numPr { w:ilvl w:val=(depth) {} w:numId w:val=(list) {} }
                        }
                        @if paragraph.indent > 0 { w:ind w:left=(paragraph.indent) {} }
                        @if let Some(align) = paragraph.align { w:jc w:val=(align) {} }
                        @if let Some(section) = &paragraph.section { (section) }
                    }
                    @if let Some(runs) = &paragraph.runs { (runs) }
                }
            },
        }
    }
}

/// The mark stands in the note's first paragraph.
fn footnote(id: usize, items: &mut Vec<BodyItem>) -> Markup {
    let mark = html! {
        w:r { w:rPr { w:rStyle w:val="FootnoteReference" {} } w:footnoteRef {} }
        w:r { w:t xml:space="preserve" { " " } }
    };
    match items.first_mut() {
        Some(BodyItem::Paragraph(first)) => {
            first.runs = Some(html! { (mark) @if let Some(runs) = &first.runs { (runs) } });
        }
        _ => items.insert(
            0,
            BodyItem::Paragraph(ParagraphItem {
                style: "FootnoteText",
                runs: Some(mark),
                ..ParagraphItem::default()
            }),
        ),
    }
    html! {
        w:footnote w:id=(id) {
            @for item in items.iter() { (item.render()) }
            @if matches!(items.last(), Some(BodyItem::Table(_))) { w:p {} }
        }
    }
}

/// A section's properties: paper, margins and columns. The first one's head and foot
/// are those of all.
fn section(document: &Document, columns: usize, first: Option<()>, continuous: bool) -> Markup {
    let (width, height) = document.page.paper.size();
    let twips = |points: f64| (points * 20.0).round() as u32;
    let margin = twips(document.page.margin.0);
    html! {
        w:sectPr {
            w:headerReference w:type="default" r:id=(HEADER) {}
            w:footerReference w:type="default" r:id=(FOOTER) {}
            @if continuous || first.is_none() { w:type w:val="continuous" {} }
            w:pgSz w:w=(twips(width.0)) w:h=(twips(height.0)) {}
            w:pgMar w:top=(margin) w:right=(margin) w:bottom=(margin) w:left=(margin) w:header=(margin / 2) w:footer=(margin / 2) w:gutter="0" {}
            w:cols w:num=(columns) w:space="480" {}
            @if first.is_some() { w:titlePg {} }
            @if Direction::of_language(&document.language).is_rtl() { w:bidi {} }
        }
    }
}

/// How a run looks.
#[derive(Clone, Copy, Default)]
struct RunFormat<'a> {
    bold: bool,
    italic: bool,
    strike: bool,
    raised: bool,
    style: &'static str,
    language: &'a str,
}

struct DocxWriter<'a> {
    document: &'a Document,
    items: Vec<BodyItem>,
    links: Vec<String>,
    pictures: Vec<Arc<Picture>>,
    lists: Vec<ListNumbering>,
    /// Which footnotes have had their first mark.
    noted: Vec<bool>,
    drawings: usize,
    in_footnote: bool,
    /// What the contents name, from 1, until its heading is met.
    places: Vec<(usize, &'a ContentsEntry)>,
}

/// Heights of a logo or signature and of a picture at the head, in points.
const LOGO: f64 = 54.0;

impl<'a> DocxWriter<'a> {
    fn piece(&mut self, piece: &SimplePart<'a>) {
        match piece {
            SimplePart::Hero(image) => {
                if image.picture.is_some() {
                    let runs = self.picture(image, f64::INFINITY);
                    self.paragraph("", runs);
                }
            }
            SimplePart::Logo(image) => {
                if image.picture.is_some() {
                    let runs = self.picture(image, LOGO);
                    let center = self.document.style.look == crate::model::style::Look::Classic;
                    self.items.push(BodyItem::Paragraph(ParagraphItem {
                        align: center.then_some("center"),
                        runs: Some(runs),
                        ..ParagraphItem::default()
                    }));
                }
            }
            SimplePart::Lines(role, lines) => {
                let runs = self.stack(lines);
                self.paragraph(style(*role), runs);
            }
            SimplePart::Title(label, content) => {
                let label = if label.is_empty() {
                    String::new()
                } else {
                    format!("{label} ")
                };
                let runs = html! { (run(&label, RunFormat::default())) (self.line(content, RunFormat::default())) };
                self.paragraph("Title", runs);
            }
            SimplePart::Contents(heading, entries) => {
                self.say("Heading1", &[Inline::Text((*heading).into())]);
                for (place, entry) in (1..).zip(*entries) {
                    self.places.push((place, entry));
                    let style = if entry.level <= 1 { "TOC1" } else { "TOC2" };
                    let title = run(&plain(&entry.title), RunFormat::default());
                    self.paragraph(style, entry_of_contents(place, &title));
                }
            }
            SimplePart::Blocks(blocks) => self.blocks(blocks, &mut Levels::new(1), 0),
            SimplePart::Appendix(blocks) => {
                let from = self.items.len();
                self.blocks(blocks, &mut Levels::new(1), 0);
                if let Some(BodyItem::Paragraph(first)) = self.items.get_mut(from) {
                    first.new_page = true;
                }
            }
            SimplePart::Call(call) => {
                let from = self.items.len();
                if let Some(heading) = &call.heading {
                    self.say("Heading1", heading);
                }
                if let Some(text) = &call.text {
                    self.say("", text);
                }
                let link = self.link(&call.to, &call.label, RunFormat::default());
                self.paragraph("", link);
                if let Some(code) = &call.code {
                    let runs = self.picture(code, 2.0 * LOGO);
                    self.paragraph("", runs);
                }
                // The code alone on a page would say nothing.
                let last = self.items.len() - 1;
                for item in &mut self.items[from..last] {
                    if let BodyItem::Paragraph(paragraph) = item {
                        paragraph.keep = true;
                    }
                }
            }
            SimplePart::Signature(signature) => {
                let above = match &signature.image {
                    Some(image) => self.picture(image, LOGO),
                    None => run("____________________________", RunFormat::default()),
                };
                let runs = html! { (above) w:r { w:br {} } (self.stack(&signature.lines)) };
                self.paragraph("Signature", runs);
            }
            SimplePart::Roll(roll) => self.roll(roll),
            SimplePart::Notes(label, groups) => {
                for (at, lines) in groups.iter().enumerate() {
                    let label = if at == 0 { format!("{label} ") } else { String::new() };
                    let bold = RunFormat {
                        bold: true,
                        ..RunFormat::default()
                    };
                    let runs = html! { (run(&label, bold)) (self.stack(lines)) };
                    self.paragraph("Note", runs);
                }
            }
            SimplePart::EndMark(mark) => self.paragraph("EndMark", run(mark, RunFormat::default())),
        }
    }

    fn paragraph(&mut self, style: &'static str, runs: Markup) {
        self.items.push(BodyItem::Paragraph(ParagraphItem {
            style,
            runs: Some(runs),
            ..ParagraphItem::default()
        }));
    }

    fn say(&mut self, style: &'static str, line: &[Inline]) {
        let runs = self.line(line, RunFormat::default());
        self.paragraph(style, runs);
    }

    /// The place among the contents of the heading at hand.
    fn place(&mut self, is_it: impl Fn(&ContentsEntry) -> bool) -> Option<usize> {
        let at = self.places.iter().position(|(_, entry)| is_it(entry))?;
        Some(self.places.remove(at).0)
    }

    /// A heading, with a mark where the contents lead to it.
    fn heading(&mut self, style: &'static str, line: &[Inline], place: Option<usize>) {
        let runs = self.line(line, RunFormat::default());
        let runs = match place {
            Some(place) => html! {
                w:bookmarkStart w:id=(place) w:name=(bookmark(place)) {}
                (runs)
                w:bookmarkEnd w:id=(place) {}
            },
            None => runs,
        };
        self.paragraph(style, runs);
    }

    fn stack(&mut self, lines: &[Line]) -> Markup {
        let lines: Vec<Markup> = lines.iter().map(|line| self.line(line, RunFormat::default())).collect();
        html! {
            @for (at, line) in lines.iter().enumerate() {
                @if at > 0 { w:r { w:br {} } }
                (line)
            }
        }
    }

    fn roll(&mut self, roll: &Roll) {
        if let Some(heading) = &roll.heading {
            let place = self.place(|entry| entry.heading.is_none());
            self.heading("Heading1", heading, place);
        }
        let columns = match roll.style {
            RollStyle::Columns => usize::from(roll.columns).clamp(1, 3),
            RollStyle::List | RollStyle::Sentence | RollStyle::Logos => 1,
        };
        let in_columns = columns > 1 && !roll.is_empty();
        if in_columns {
            let opening = section(self.document, 1, Some(()), false);
            self.end_section(opening);
        }
        for section in &roll.sections {
            if let Some(heading) = &section.heading {
                let style = if roll.heading.is_some() { "Heading2" } else { "Heading1" };
                self.say(style, &[Inline::Text(heading.as_str().into())]);
            }
            if roll.style == RollStyle::Sentence {
                self.paragraph("", run(&section.sentence, RunFormat::default()));
                continue;
            }
            for entry in &section.entries {
                let detail = entry
                    .detail
                    .as_ref()
                    .map(|detail| format!(", {detail}"))
                    .unwrap_or_default();
                let italic = RunFormat {
                    italic: true,
                    ..RunFormat::default()
                };
                let runs = html! { (run(&entry.name, RunFormat::default())) (run(&detail, italic)) };
                self.paragraph("Roll", runs);
            }
        }
        if in_columns {
            let columned = section(self.document, columns, None, true);
            self.end_section(columned);
        }
        if let Some(note) = &roll.note {
            let runs = self.line(
                note,
                RunFormat {
                    italic: true,
                    ..RunFormat::default()
                },
            );
            self.paragraph("", runs);
        }
    }

    /// Ends a section with what was last, if that can carry it.
    fn end_section(&mut self, properties: Markup) {
        match self.items.last_mut() {
            Some(BodyItem::Paragraph(last)) if last.section.is_none() => last.section = Some(properties),
            _ => self.items.push(BodyItem::Paragraph(ParagraphItem {
                section: Some(properties),
                ..ParagraphItem::default()
            })),
        }
    }

    fn blocks(&mut self, blocks: &[Block], levels: &mut Levels, depth: usize) {
        for block in blocks {
            self.block(block, levels, depth, "");
        }
    }

    /// `depth`: of the list around it; `style`: what stands in for a paragraph's own.
    fn block(&mut self, block: &Block, levels: &mut Levels, depth: usize, style: &'static str) {
        let base = match (style, self.in_footnote, depth) {
            ("", true, _) => "FootnoteText",
            ("", false, 1..) => "ListParagraph",
            (style, ..) => style,
        };
        match block {
            Block::Heading { level, content, origin } => {
                let style = match levels.place(*level) {
                    ..=2 => "Heading1",
                    3 => "Heading2",
                    4 => "Heading3",
                    5 => "Heading4",
                    _ => "Heading5",
                };
                let place = self.place(|entry| entry.heading == Some(*origin));
                self.heading(style, content, place);
            }
            Block::Paragraph(line) => {
                let runs = self.line(line, RunFormat::default());
                self.items.push(BodyItem::Paragraph(ParagraphItem {
                    style: base,
                    indent: depth * INDENT,
                    runs: Some(runs),
                    ..ParagraphItem::default()
                }));
            }
            Block::List(list) => self.list(list, levels, depth),
            Block::Quote(inner) => self.within(inner, levels, depth, "Quote"),
            Block::Quotation { content, speaker } => {
                self.within(content, levels, depth, "Quote");
                let runs = html! { (run("— ", RunFormat::default())) (self.line(speaker, RunFormat::default())) };
                self.paragraph("Speaker", runs);
            }
            Block::Box { title, content } => {
                if !title.is_empty() {
                    self.say("BoxTitle", title);
                }
                self.within(content, levels, depth, "Box");
            }
            Block::Fact { figure, caption } => {
                self.say("Figure", figure);
                self.say("FigureCaption", caption);
            }
            Block::Passage { blocks, .. } => {
                for block in blocks {
                    self.block(block, levels, depth, style);
                }
            }
            Block::Table(table) => self.table(table),
            Block::Code(text) => {
                let lines: Vec<&str> = text.lines().collect();
                self.paragraph(
                    "Code",
                    html! {
                        @for (at, line) in lines.iter().enumerate() {
                            @if at > 0 { w:r { w:br {} } }
                            (run(line, RunFormat::default()))
                        }
                    },
                );
            }
            Block::Rule => self.paragraph("EndMark", run("* * *", RunFormat::default())),
            // Only HTML may use it; and composing leaves no excerpts.
            Block::Html(_) | Block::Excerpt(_) => {}
        }
    }

    fn within(&mut self, blocks: &[Block], levels: &Levels, depth: usize, style: &'static str) {
        let mut levels = Levels::new(levels.current());
        for block in blocks {
            self.block(block, &mut levels, depth, style);
        }
    }

    fn list(&mut self, list: &List, levels: &Levels, depth: usize) {
        let level = depth.min(DEPTHS - 1);
        self.lists.push(ListNumbering {
            depth: level,
            start: list.start,
        });
        let number = self.lists.len();
        for item in &list.items {
            let from = self.items.len();
            self.blocks(item, &mut Levels::new(levels.current()), depth + 1);
            match self.items.get_mut(from) {
                Some(BodyItem::Paragraph(first)) if first.number.is_none() => {
                    first.number = Some((number, level));
                    // The numbering sets it in.
                    first.indent = 0;
                }
                _ => self.items.insert(
                    from,
                    BodyItem::Paragraph(ParagraphItem {
                        style: "ListParagraph",
                        number: Some((number, level)),
                        ..ParagraphItem::default()
                    }),
                ),
            }
        }
    }

    fn table(&mut self, table: &Table) {
        let page = &self.document.page;
        let room = (page.paper.size().0.0 - 2.0 * page.margin.0) * 20.0;
        let width = (room / table.head.len().max(1) as f64) as u32;
        let align = |column: usize| match table.alignments.get(column).copied().unwrap_or_default() {
            Alignment::Start => None,
            Alignment::Center => Some("center"),
            Alignment::End => Some("right"),
        };
        let mut row = |cells: &[Line], is_head: bool| {
            let look = RunFormat {
                bold: is_head,
                ..RunFormat::default()
            };
            let cells: Vec<Markup> = cells.iter().map(|cell| self.line(cell, look)).collect();
            html! {
                w:tr {
                    w:trPr { w:cantSplit {} @if is_head { w:tblHeader {} } }
                    @for (column, runs) in cells.iter().enumerate() {
                        w:tc {
                            w:tcPr { w:tcW w:w=(width) w:type="dxa" {} }
                            w:p {
                                w:pPr {
                                    w:pStyle w:val="TableText" {}
                                    @if let Some(align) = align(column) { w:jc w:val=(align) {} }
                                }
                                (runs)
                            }
                        }
                    }
                }
            }
        };
        let rows: Vec<Markup> = std::iter::once((&table.head, true))
            .chain(table.rows.iter().map(|cells| (cells, false)))
            .map(|(cells, is_head)| row(cells, is_head))
            .collect();
        self.items.push(BodyItem::Table(html! {
            w:tbl {
                w:tblPr {
                    @if Direction::of_language(&self.document.language).is_rtl() { w:bidiVisual {} }
                    w:tblW w:w="5000" w:type="pct" {}
                    w:tblBorders {
                        w:top w:val="single" w:sz="8" w:space="0" w:color="auto" {}
                        w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto" {}
                        w:insideH w:val="single" w:sz="4" w:space="0" w:color="BFBFBF" {}
                    }
                    w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1" {}
                }
                w:tblGrid { @for _ in &table.head { w:gridCol w:w=(width) {} } }
                @for row in &rows { (row) }
            }
        }));
        // Room below; tables side by side would become one.
        self.items.push(BodyItem::Paragraph(ParagraphItem {
            style: "TableText",
            ..ParagraphItem::default()
        }));
    }

    fn line(&mut self, line: &[Inline], look: RunFormat<'_>) -> Markup {
        let mut out = html! {};
        for inline in line {
            let piece = self.inline(inline, look);
            out.0.push_str(&piece.0);
        }
        out
    }

    fn inline(&mut self, inline: &Inline, look: RunFormat<'_>) -> Markup {
        match inline {
            Inline::Text(text) => run(text, look),
            Inline::Emphasis(inner) => self.line(
                inner,
                RunFormat {
                    italic: !look.italic,
                    ..look
                },
            ),
            Inline::Strong(inner) => self.line(inner, RunFormat { bold: true, ..look }),
            Inline::Strikethrough(inner) => self.line(inner, RunFormat { strike: true, ..look }),
            Inline::Code(text) => run(
                text,
                RunFormat {
                    style: "CodeText",
                    ..look
                },
            ),
            Inline::Link { to, content, .. } => self.link(to, content, look),
            Inline::Image(image) => self.picture(image, f64::INFINITY),
            Inline::FootnoteMark(footnote) => self.mark(*footnote, look),
            Inline::Passage { language, content } => self.line(content, RunFormat { language, ..look }),
            Inline::Break => html! { w:r { w:br {} } },
            // Composing leaves no fields, and raw HTML is for web pages.
            Inline::Field(_) | Inline::Html(_) => html! {},
        }
    }

    fn link(&mut self, to: &str, content: &[Inline], look: RunFormat<'_>) -> Markup {
        let Some(to) = links::outside(to) else {
            return self.line(content, look);
        };
        let number = match self.links.iter().position(|known| known == to) {
            Some(known) => known + 1,
            None => {
                self.links.push(to.to_owned());
                self.links.len()
            }
        };
        let runs = self.line(
            content,
            RunFormat {
                style: "Hyperlink",
                ..look
            },
        );
        html! { w:hyperlink r:id=(format!("link{number}")) w:history="1" { (runs) } }
    }

    /// A footnote's first mark is the footnote; later ones, and those in footnotes,
    /// are its number.
    fn mark(&mut self, footnote: usize, look: RunFormat<'_>) -> Markup {
        match self.noted.get_mut(footnote) {
            Some(noted) if !*noted && !self.in_footnote => {
                *noted = true;
                html! {
                    w:r { w:rPr { w:rStyle w:val="FootnoteReference" {} } w:footnoteReference w:id=(footnote + 1) {} }
                }
            }
            _ => run(&(footnote + 1).to_string(), RunFormat { raised: true, ..look }),
        }
    }

    /// A picture at its own size, at most `height` points high and as wide as the
    /// text; its words where there is none.
    fn picture(&mut self, image: &Image, height: f64) -> Markup {
        let Some(picture) = &image.picture else {
            return run(&image.alt, RunFormat::default());
        };
        let number = match self.pictures.iter().position(|known| known == picture) {
            Some(known) => known + 1,
            None => {
                self.pictures.push(Arc::clone(picture));
                self.pictures.len()
            }
        };
        self.drawings += 1;
        let page = &self.document.page;
        // Pixels are 96 to the inch, points 72.
        let (wide, high) = (picture.width * 0.75, picture.height * 0.75);
        let room = page.paper.size().0.0 - 2.0 * page.margin.0;
        let tallest = page.paper.size().1.0 / 2.0;
        let scale = (height.min(tallest) / high).min(room / wide).min(1.0);
        let emu = |points: f64| (points * scale * 12_700.0).round().max(1.0) as u64;
        let (wide, high) = (emu(wide), emu(high));
        let (id, link) = (self.drawings, format!("picture{number}"));
        html! {
            w:r { w:drawing {
                wp:inline distT="0" distB="0" distL="0" distR="0" {
                    wp:extent cx=(wide) cy=(high) {}
                    wp:docPr id=(id) name=(format!("Picture {id}")) descr=(clean(&image.alt)) {}
                    a:graphic { a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture" {
                        pic:pic {
                            pic:nvPicPr { pic:cNvPr id=(id) name=(format!("Picture {id}")) descr=(clean(&image.alt)) {} pic:cNvPicPr {} }
                            pic:blipFill { a:blip r:embed=(link) {} a:stretch { a:fillRect {} } }
                            pic:spPr {
                                a:xfrm { a:off x="0" y="0" {} a:ext cx=(wide) cy=(high) {} }
                                a:prstGeom prst="rect" { a:avLst {} }
                            }
                        }
                    } }
                }
            } }
        }
    }
}

fn style(role: LineRole) -> &'static str {
    match role {
        LineRole::Sender => "Sender",
        LineRole::SenderLines => "SenderLines",
        LineRole::Date => "Date",
        LineRole::Via => "Via",
        LineRole::Addressee => "Addressee",
        LineRole::Salutation => "Salutation",
        LineRole::Closing => "Closing",
        LineRole::Release => "Release",
        LineRole::Subtitle => "Subtitle",
        LineRole::Imprint => "Imprint",
    }
}

/// Text of one look; its properties in the order of the schema (EG_RPrBase).
/// The name of the mark at a heading that the contents name. Names that begin so are
/// hidden from lists of bookmarks.
fn bookmark(place: usize) -> String {
    format!("_Toc{place}")
}

/// An entry of the contents: a link to the heading, and the field of its page.
fn entry_of_contents(place: usize, title: &Markup) -> Markup {
    let name = bookmark(place);
    html! {
        w:hyperlink w:anchor=(name) w:history="1" {
            (title)
            w:r { w:tab {} }
            w:r { w:fldChar w:fldCharType="begin" {} }
            w:r { w:instrText xml:space="preserve" { " PAGEREF " (name) " \\h " } }
            w:r { w:fldChar w:fldCharType="separate" {} }
            w:r { w:fldChar w:fldCharType="end" {} }
        }
    }
}

fn run(text: &str, look: RunFormat<'_>) -> Markup {
    let text = clean(text);
    if text.is_empty() {
        return html! {};
    }
    let rtl = text.chars().find_map(|c| match bidi_class(c) {
        BidiClass::R | BidiClass::AL => Some(true),
        BidiClass::L => Some(false),
        _ => None,
    });
    let rtl = rtl == Some(true);
    let plain = !(look.bold || look.italic || look.strike || look.raised || rtl);
    html! {
        w:r {
            @if !(plain && look.style.is_empty() && look.language.is_empty()) {
                w:rPr {
                    @if !look.style.is_empty() { w:rStyle w:val=(look.style) {} }
                    @if look.bold { w:b {} w:bCs {} }
                    @if look.italic { w:i {} w:iCs {} }
                    @if look.strike { w:strike {} }
                    @if look.raised { w:vertAlign w:val="superscript" {} }
                    @if rtl { w:rtl {} }
                    @if !look.language.is_empty() { w:lang w:val=(look.language) w:bidi=(look.language) {} }
                }
            }
            w:t xml:space="preserve" { (text) }
        }
    }
}
