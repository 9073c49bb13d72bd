//! Blocks of text in a Word file.
//!
//! In: blocks without fields and excerpts. Out: paragraphs and tables, in order, with
//! styles by name; a numbering for each list. Guaranteed: headings skip no level.
//! Absent: raw HTML.

use super::column_widths;
use super::inline::{self, InlineWriter};
use super::numbering::{DEPTHS, INDENT, ListNumbering};
use super::paragraph::{BodyItem, ParagraphItem};
use super::run::{PLAIN_RUN, RunFormat, run};
use crate::compose::document::{
    Alignment, Block, ContentsEntry, Document, Inline, Line, List, Part, Table, lone_picture,
};
use crate::emit::levels::Levels;
use crate::model::direction::Direction;
use maud::{Markup, html};

/// Writes blocks, one paragraph or table after the other.
pub(super) struct BlockWriter<'a> {
    pub(super) inline: InlineWriter<'a>,
    /// The paragraphs and tables written so far.
    pub(super) items: Vec<BodyItem>,
    pub(super) lists: Vec<ListNumbering>,
    /// True if what comes next begins a page.
    pub(super) new_page: bool,
    /// The entries of the contents whose headings are still to come, numbered from 1.
    pub(super) places: Vec<(usize, &'a ContentsEntry)>,
}

impl<'a> BlockWriter<'a> {
    /// Begins the text of a document.
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            inline: InlineWriter::new(document),
            items: Vec::new(),
            lists: Vec::new(),
            new_page: false,
            places: Vec::new(),
        }
    }

    /// Adds a paragraph of a style.
    pub(super) fn paragraph(&mut self, style: &'static str, runs: Markup) {
        self.items.push(BodyItem::Paragraph(ParagraphItem {
            style,
            runs: Some(runs),
            ..ParagraphItem::default()
        }));
    }

    /// Adds a line as a paragraph of a style.
    pub(super) fn say(&mut self, style: &'static str, line: &[Inline]) {
        let runs = self.inline.line(line, PLAIN_RUN);
        self.paragraph(style, runs);
    }

    /// Takes the number of the contents' entry that the heading at hand fulfills.
    pub(super) fn place(&mut self, is_it: impl Fn(&ContentsEntry) -> bool) -> Option<usize> {
        let at = self.places.iter().position(|(_, entry)| is_it(entry))?;
        Some(self.places.remove(at).0)
    }

    /// Adds a heading, with a bookmark where the contents lead to it.
    pub(super) fn heading(&mut self, style: &'static str, line: &[Inline], place: Option<usize>) {
        let runs = self.inline.line(line, PLAIN_RUN);
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

    /// Ends a section with what was last, if that can carry it.
    pub(super) fn end_section(&mut self, properties: Markup) {
        match self.items.last_mut() {
            Some(BodyItem::Paragraph(last)) if last.section.is_none() => last.section = Some(properties),
            _ => self.items.push(BodyItem::Paragraph(ParagraphItem {
                section: Some(properties),
                ..ParagraphItem::default()
            })),
        }
    }

    /// Adds blocks; `depth` is that of the list around them.
    pub(super) fn blocks(&mut self, blocks: &'a [Block], levels: &mut Levels, depth: usize) {
        for block in blocks {
            let begins_page = std::mem::take(&mut self.new_page);
            let from = self.items.len();
            self.block(block, levels, depth, "");
            match self.items.get_mut(from) {
                Some(BodyItem::Paragraph(first)) => first.new_page |= begins_page,
                _ => self.new_page |= begins_page,
            }
        }
    }

    /// Adds a block; `depth` is that of the list around it, and `style` replaces that of
    /// its paragraphs unless it is empty.
    fn block(&mut self, block: &'a Block, levels: &mut Levels, depth: usize, style: &'static str) {
        let base = match (style, self.inline.in_footnote, depth) {
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
                self.inline.room = self.width(depth, style);
                let runs = self.inline.line(line, PLAIN_RUN);
                let is_figure = lone_picture(line).is_some() && depth == 0 && base.is_empty();
                self.items.push(BodyItem::Paragraph(ParagraphItem {
                    style: if is_figure { "Picture" } else { base },
                    indent: depth * INDENT,
                    change: match line.as_slice() {
                        [Inline::Styled(style, _)] => Some(*style),
                        _ => None,
                    },
                    runs: Some(runs),
                    ..ParagraphItem::default()
                }));
            }
            Block::List(list) => {
                let from = self.items.len();
                self.list(list, levels, depth);
                if style == "Box" {
                    self.items[from..].iter_mut().for_each(into_box);
                }
            }
            Block::Quote(inner) => self.within(inner, levels, depth, "Quote"),
            Block::Quotation { content, speaker } => {
                self.within(content, levels, depth, "Quote");
                let runs = html! { (run("— ", PLAIN_RUN)) (self.inline.line(speaker, PLAIN_RUN)) };
                self.paragraph("Speaker", runs);
            }
            Block::PullQuote { content, speaker } => {
                self.within(content, levels, depth, "PullQuote");
                if !speaker.is_empty() {
                    let runs = html! { (run("— ", PLAIN_RUN)) (self.inline.line(speaker, PLAIN_RUN)) };
                    self.paragraph("Speaker", runs);
                }
            }
            Block::Captioned { content, caption } => self.captioned(content, caption, levels, depth),
            Block::Box { title, content } => {
                if !title.is_empty() {
                    self.say("BoxTitle", title);
                }
                self.within(content, levels, depth, "Box");
            }
            Block::KeyFigure { figure, caption } => {
                self.say("Figure", figure);
                self.say("FigureCaption", caption);
            }
            Block::Passage { language, blocks } => self.passage(language, blocks, levels, depth, style),
            Block::Table(table) => self.table(table, depth),
            Block::Code(text) => {
                let lines: Vec<&str> = text.lines().collect();
                self.paragraph(
                    "Code",
                    html! {
                        @for (at, line) in lines.iter().enumerate() {
                            @if at > 0 { w:r { w:br {} } }
                            (run(line, PLAIN_RUN))
                        }
                    },
                );
            }
            Block::PageBreak => self.new_page = true,
            Block::Rule => self.paragraph("EndMark", run("* * *", PLAIN_RUN)),
            // Only HTML may use it; and composing leaves no excerpts.
            Block::Html(_) | Block::Excerpt(_) => {}
        }
    }

    /// Adds a table below its caption, or a picture above it, kept together.
    fn captioned(&mut self, content: &'a [Block], caption: &Line, levels: &mut Levels, depth: usize) {
        let is_table = matches!(content, [Block::Table(_)]);
        let from = self.items.len();
        if is_table {
            self.say("Caption", caption);
        }
        self.blocks(content, levels, depth);
        if let Some(BodyItem::Paragraph(first)) = self.items.get_mut(from) {
            first.keep = true;
        }
        if !is_table {
            self.say("PictureCaption", caption);
        }
    }

    /// Adds blocks in a language of their own, in its direction.
    fn passage(
        &mut self,
        language: &'a str,
        blocks: &'a [Block],
        levels: &mut Levels,
        depth: usize,
        style: &'static str,
    ) {
        let outer = self.inline.language.replace(language);
        let from = self.items.len();
        for block in blocks {
            self.block(block, levels, depth, style);
        }
        let rtl = self.inline.direction().is_rtl();
        self.inline.language = outer;
        if rtl != self.inline.direction().is_rtl() {
            for item in &mut self.items[from..] {
                if let BodyItem::Paragraph(paragraph) = item {
                    paragraph.rtl.get_or_insert(rtl);
                }
            }
        }
    }

    /// Adds blocks that a style of their own sets apart.
    fn within(&mut self, blocks: &'a [Block], levels: &Levels, depth: usize, style: &'static str) {
        let mut levels = Levels::new(levels.current());
        for block in blocks {
            self.block(block, &mut levels, depth, style);
        }
    }

    /// Adds a list with a numbering of its own.
    fn list(&mut self, list: &'a List, levels: &Levels, depth: usize) {
        let level = depth.min(DEPTHS - 1);
        // Lists within have numberings of their own.
        let mut number = 0;
        // The numbering sets items in, but for labels that are too wide for its indent.
        let hanging = self.label_room(list, depth);
        let (indent, hanging) = match hanging > INDENT {
            true => (level * INDENT + hanging, hanging),
            false => (0, 0),
        };
        for (at, item) in list.items.iter().enumerate() {
            // Where the numbers leap, Word needs a numbering of its own.
            let numbering = list.numbering.as_ref();
            if at == 0 || numbering.is_some_and(|numbering| !numbering.follows(at)) {
                self.lists.push(ListNumbering {
                    depth: level,
                    form: numbering.map(|numbering| (numbering.kind, numbering.signs)),
                    start: numbering.map_or(1, |numbering| numbering.number(at)),
                });
                number = self.lists.len();
            }
            let from = self.items.len();
            self.blocks(item, &mut Levels::new(levels.current()), depth + 1);
            match self.items.get_mut(from) {
                Some(BodyItem::Paragraph(first)) if first.number.is_none() => {
                    first.number = Some((number, level));
                    (first.indent, first.hanging) = (indent, hanging);
                }
                _ => self.items.insert(
                    from,
                    BodyItem::Paragraph(ParagraphItem {
                        style: "ListParagraph",
                        number: Some((number, level)),
                        indent,
                        hanging,
                        ..ParagraphItem::default()
                    }),
                ),
            }
        }
    }

    /// Returns the room that a list's labels need, in twentieths of a point. All numbered
    /// paragraphs of a letter have one edge.
    fn label_room(&self, list: &List, depth: usize) -> usize {
        let document = self.inline.document;
        let widest = |list: &List| {
            let labels = list.numbering.iter().flat_map(|numbering| {
                let last = list.items.len().saturating_sub(1);
                [0, last].map(|item| column_widths::text_width(&numbering.label(item), document.page.font_size.0))
            });
            labels.fold(0.0, f64::max)
        };
        let mut room = widest(list);
        if document.page.numbered_paragraphs && depth == 0 && list.numbering.is_some() {
            let blocks = document.parts.iter().filter_map(|part| match part {
                Part::Body(blocks) => Some(blocks),
                _ => None,
            });
            for block in blocks.flatten() {
                if let Block::List(other) = block {
                    room = room.max(widest(other));
                }
            }
        }
        ((room + LABEL_SPACE) * 20.0).ceil() as usize
    }

    /// Adds a table with a head row that pages repeat.
    fn table(&mut self, table: &Table, depth: usize) {
        let room = self.width(depth, "");
        let size = self.inline.document.page.font_size.0 * TABLE_SIZE;
        let widths = column_widths::widths(table, room, size);
        let is_rtl = self.inline.direction().is_rtl();
        let twips = |points: f64| (points * 20.0).round() as u32;
        let mut rows: Vec<Markup> = vec![self.row(table, &table.head, &widths, None)];
        let padding: Vec<Vec<String>> = (0..table.head.len())
            .map(|column| match table.alignments.get(column) {
                Some(Alignment::Number) => table.number_padding(column),
                _ => Vec::new(),
            })
            .collect();
        for (at, cells) in table.rows.iter().enumerate() {
            let pads: Vec<&str> = padding
                .iter()
                .map(|column| column.get(at).map_or("", String::as_str))
                .collect();
            rows.push(self.row(table, cells, &widths, Some(&pads)));
        }
        self.inline.room = inline::measure(self.inline.document);
        let first_column = u8::from(table.has_row_heads());
        self.items.push(BodyItem::Table(html! {
            w:tbl {
                w:tblPr {
                    @if is_rtl { w:bidiVisual {} }
                    w:tblW w:w=(twips(widths.iter().sum())) w:type="dxa" {}
                    w:tblBorders {
                        w:top w:val="single" w:sz="8" w:space="0" w:color="auto" {}
                        w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto" {}
                        w:insideH w:val="single" w:sz="4" w:space="0" w:color="BFBFBF" {}
                    }
                    w:tblLook w:val=(if first_column == 1 { "00A0" } else { "0020" }) w:firstRow="1" w:lastRow="0" w:firstColumn=(first_column) w:lastColumn="0" w:noHBand="1" w:noVBand="1" {}
                }
                w:tblGrid { @for width in &widths { w:gridCol w:w=(twips(*width)) {} } }
                @for row in &rows { (row) }
            }
        }));
        // Room below; tables side by side would become one.
        self.items.push(BodyItem::Paragraph(ParagraphItem {
            style: "TableText",
            ..ParagraphItem::default()
        }));
    }

    /// Returns a row of a table: the head where nothing follows the numbers of its cells.
    fn row(&mut self, table: &Table, cells: &[Line], widths: &[f64], padding: Option<&[&str]>) -> Markup {
        let is_head = padding.is_none();
        let is_form = table.blank_columns().contains(&true);
        let format = RunFormat {
            bold: is_head,
            ..PLAIN_RUN
        };
        let document_is_rtl = Direction::of_language(&self.inline.document.language).is_rtl();
        let is_rtl = self.inline.direction().is_rtl();
        let cells: Vec<(Markup, Option<&str>, bool)> = cells
            .iter()
            .enumerate()
            .map(|(column, cell)| {
                self.inline.room = (widths.get(column).copied().unwrap_or_default() - column_widths::PADDING).max(1.0);
                let runs = self.inline.line(cell, format);
                let pad = padding
                    .and_then(|padding| padding.get(column))
                    .copied()
                    .unwrap_or_default();
                let runs = html! { (runs) (run(pad, format)) };
                match table.alignments.get(column).copied().unwrap_or_default() {
                    Alignment::Start => (runs, None, is_rtl),
                    Alignment::Center => (runs, Some("center"), is_rtl),
                    Alignment::End => (runs, Some("right"), is_rtl),
                    // Numbers run from left to right everywhere.
                    Alignment::Number => (runs, Some("right"), is_rtl && is_head),
                }
            })
            .collect();
        html! {
            w:tr {
                w:trPr { w:cantSplit {} @if is_form && !is_head { w:trHeight w:val=(TO_FILL_IN) w:hRule="atLeast" {} } @if is_head { w:tblHeader {} } }
                @for ((runs, align, rtl), width) in cells.iter().zip(widths) {
                    w:tc {
                        w:tcPr { w:tcW w:w=((width * 20.0).round() as u32) w:type="dxa" {} }
                        w:p {
                            w:pPr {
                                w:pStyle w:val="TableText" {}
                                @if is_head { w:keepNext {} w:suppressAutoHyphens {} }
                                @if *rtl != document_is_rtl { w:bidi w:val=(if *rtl { "true" } else { "false" }) {} }
                                @if let Some(align) = align { w:jc w:val=(align) {} }
                            }
                            (runs)
                        }
                    }
                }
            }
        }
    }

    /// Returns the width of text within lists of a depth and in a style, in points.
    fn width(&self, depth: usize, style: &str) -> f64 {
        // As the styles have it.
        let indent = if matches!(style, "Quote" | "Box" | "PullQuote") {
            480
        } else {
            0
        };
        (inline::measure(self.inline.document) - (depth * INDENT + indent) as f64 / 20.0).max(1.0)
    }
}

/// The space after the label of an item, in points.
const LABEL_SPACE: f64 = 4.0;

/// The indent of a box's text, in twentieths of a point, as its style has it.
const BOX: usize = 240;

/// Puts an item of a list behind the bar of the box around it.
fn into_box(item: &mut BodyItem) {
    if let BodyItem::Paragraph(paragraph) = item
        && paragraph.style == "ListParagraph"
    {
        paragraph.style = "BoxList";
        if let (Some((_, level)), 0) = (paragraph.number, paragraph.indent) {
            (paragraph.indent, paragraph.hanging) = ((level + 1) * INDENT, INDENT);
        }
        paragraph.indent += BOX;
    }
}

/// The least height of a row that is filled in by hand, in twentieths of a point.
const TO_FILL_IN: u32 = 520;

/// The size of a table's letters beside the text's, as its style has it.
const TABLE_SIZE: f64 = 0.92;

impl BlockWriter<'_> {
    /// Adds paragraphs of a style two by two, in a table without lines. No page ends within
    /// it.
    pub(super) fn side_by_side(&mut self, style: &'static str, cells: &[Markup]) {
        let page = &self.inline.document.page;
        let room = (page.paper.size().0.0 - 2.0 * page.margin.0) * 20.0;
        let width = (room / 2.0) as u32;
        let empty = html! {};
        self.items.push(BodyItem::Table(html! {
            w:tbl {
                w:tblPr {
                    @if Direction::of_language(&self.inline.document.language).is_rtl() { w:bidiVisual {} }
                    w:tblW w:w="5000" w:type="pct" {}
                    w:tblLayout w:type="fixed" {}
                    w:tblCellMar { w:left w:w="0" w:type="dxa" {} w:right w:w="240" w:type="dxa" {} }
                    w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1" {}
                }
                w:tblGrid { w:gridCol w:w=(width) {} w:gridCol w:w=(width) {} }
                @for (at, pair) in cells.chunks(2).enumerate() {
                    @let is_last = (at + 1) * 2 >= cells.len();
                    w:tr {
                        w:trPr { w:cantSplit {} }
                        @for runs in [pair.first(), pair.get(1)].map(|runs| runs.unwrap_or(&empty)) {
                            w:tc {
                                w:tcPr { w:tcW w:w=(width) w:type="dxa" {} }
                                w:p {
                                    w:pPr {
                                        w:pStyle w:val=(style) {}
                                        @if !is_last { w:keepNext {} }
                                    }
                                    (runs)
                                }
                            }
                        }
                    }
                }
            }
        }));
        // Tables side by side would become one.
        self.paragraph("TableText", html! {});
    }
}

/// Returns the name of the bookmark at a heading that the contents list. Names that begin so are
/// hidden from lists of bookmarks.
pub(super) fn bookmark(place: usize) -> String {
    format!("_Toc{place}")
}
