//! Blocks of text in a Word file.
//!
//! In: blocks without fields and excerpts. Out: paragraphs and tables, in order, with
//! styles by name; a numbering for each list. Guaranteed: headings skip no level.
//! Absent: raw HTML.

use super::inline::InlineWriter;
use super::numbering::{DEPTHS, INDENT, ListNumbering};
use super::paragraph::{BodyItem, ParagraphItem};
use super::run::{PLAIN_RUN, RunFormat, run};
use crate::compose::document::{Alignment, Block, ContentsEntry, Document, Inline, Line, List, Table};
use crate::emit::levels::Levels;
use crate::model::direction::Direction;
use maud::{Markup, html};

/// Writes blocks, one paragraph or table after the other.
pub(super) struct BlockWriter<'a> {
    pub(super) inline: InlineWriter<'a>,
    /// The paragraphs and tables written so far.
    pub(super) items: Vec<BodyItem>,
    pub(super) lists: Vec<ListNumbering>,
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
    pub(super) fn blocks(&mut self, blocks: &[Block], levels: &mut Levels, depth: usize) {
        for block in blocks {
            self.block(block, levels, depth, "");
        }
    }

    /// Adds a block; `depth` is that of the list around it, and `style` replaces that of
    /// its paragraphs unless it is empty.
    fn block(&mut self, block: &Block, levels: &mut Levels, depth: usize, style: &'static str) {
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
                let runs = self.inline.line(line, PLAIN_RUN);
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
                let runs = html! { (run("— ", PLAIN_RUN)) (self.inline.line(speaker, PLAIN_RUN)) };
                self.paragraph("Speaker", runs);
            }
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
                            (run(line, PLAIN_RUN))
                        }
                    },
                );
            }
            Block::Rule => self.paragraph("EndMark", run("* * *", PLAIN_RUN)),
            // Only HTML may use it; and composing leaves no excerpts.
            Block::Html(_) | Block::Excerpt(_) => {}
        }
    }

    /// Adds blocks that a style of their own sets apart.
    fn within(&mut self, blocks: &[Block], levels: &Levels, depth: usize, style: &'static str) {
        let mut levels = Levels::new(levels.current());
        for block in blocks {
            self.block(block, &mut levels, depth, style);
        }
    }

    /// Adds a list with a numbering of its own.
    fn list(&mut self, list: &List, levels: &Levels, depth: usize) {
        let level = depth.min(DEPTHS - 1);
        for (at, item) in list.items.iter().enumerate() {
            // Where the numbers leap, Word needs a numbering of its own.
            let numbering = list.numbering.as_ref();
            if at == 0 || numbering.is_some_and(|numbering| !numbering.follows(at)) {
                self.lists.push(ListNumbering {
                    depth: level,
                    form: numbering.map(|numbering| (numbering.kind, numbering.signs)),
                    start: numbering.map_or(1, |numbering| numbering.number(at)),
                });
            }
            let number = self.lists.len();
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

    /// Adds a table with a head row that pages repeat.
    fn table(&mut self, table: &Table) {
        let page = &self.inline.document.page;
        let room = (page.paper.size().0.0 - 2.0 * page.margin.0) * 20.0;
        let width = (room / table.head.len().max(1) as f64) as u32;
        let align = |column: usize| match table.alignments.get(column).copied().unwrap_or_default() {
            Alignment::Start => None,
            Alignment::Center => Some("center"),
            Alignment::End => Some("right"),
        };
        let mut row = |cells: &[Line], is_head: bool| {
            let format = RunFormat {
                bold: is_head,
                ..PLAIN_RUN
            };
            let cells: Vec<Markup> = cells.iter().map(|cell| self.inline.line(cell, format)).collect();
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
                    @if Direction::of_language(&self.inline.document.language).is_rtl() { w:bidiVisual {} }
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
}

/// Returns the name of the bookmark at a heading that the contents list. Names that begin so are
/// hidden from lists of bookmarks.
pub(super) fn bookmark(place: usize) -> String {
    format!("_Toc{place}")
}
