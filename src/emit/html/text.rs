//! Lines and blocks of text.
//!
//! In: inlines and blocks without fields. Out: markup; headings in unbroken
//! order beneath the page's own, marks of footnotes with their targets. Raw HTML
//! passes [`super::sanitize`].

use super::sanitize::{self, Fragment, HtmlContext};
use crate::compose::document::{Alignment, Block, Document, Image, Inline, Line, List, Part, Table, lone_picture};
use crate::emit::html_marks::{is_prose, isolated, label_style, letters, number_padding, start, styled, value, words};
use crate::emit::levels::Levels;
use crate::model::direction::Direction;
use crate::model::link;
use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use maud::{Markup, PreEscaped, Render, html};
use std::cell::RefCell;

/// Writes a document's text, and counts what needs numbers.
pub(super) struct HtmlWriter<'a> {
    pub(super) document: &'a Document,
    /// The direction of the document.
    pub(super) direction: Direction,
    /// By footnote: the number of its marks written so far.
    marks: RefCell<Vec<usize>>,
    /// The number of sections of the roll written so far.
    pub(super) sections: RefCell<usize>,
    /// The number of rolls written so far.
    pub(super) rolls: RefCell<usize>,
}

impl<'a> HtmlWriter<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            direction: Direction::of_language(&document.language),
            marks: RefCell::new(vec![0; document.footnotes.len()]),
            sections: RefCell::new(0),
            rolls: RefCell::new(0),
        }
    }

    /// A line of text.
    pub(super) fn line(&self, line: &[Inline]) -> Markup {
        let fragments = (0..line.len())
            .map(|at| match &line[at] {
                Inline::Html(raw) => Fragment::Raw(raw),
                // Two numbers side by side would be read as one.
                Inline::FootnoteMark(_) if at > 0 && matches!(line[at - 1], Inline::FootnoteMark(_)) => {
                    Fragment::Ours(html! { sup { "," } (self.inline(&line[at])) }.into_string())
                }
                inline => Fragment::Ours(self.inline(inline).into_string()),
            })
            .collect();
        PreEscaped(sanitize::join(fragments, HtmlContext::Line))
    }

    fn inline(&self, inline: &Inline) -> Markup {
        match inline {
            Inline::Text(text) => words(text, self.direction),
            Inline::Emphasis(inner) => html! { em { (self.line(inner)) } },
            Inline::Strong(inner) => html! { strong { (self.line(inner)) } },
            Inline::Strikethrough(inner) => html! { s { (self.line(inner)) } },
            Inline::Styled(style, inner) => styled(*style, &self.line(inner)),
            Inline::Passage { language, content } => html! {
                span lang=(language) dir=(Direction::of_language(language).as_str()) { (self.line(content)) }
            },
            Inline::Code(text) => html! { code { (text) } },
            Inline::Link { to, content, .. } => match link::address(to) {
                Some(to) => html! { a href=(to) { (isolated(content, self.line(content), self.direction)) } },
                None => self.line(content),
            },
            Inline::Image(image) => picture(image),
            Inline::FootnoteMark(footnote) => self.mark(*footnote),
            Inline::Break => html! { br; },
            // Composing leaves no fields, and raw HTML is taken above.
            Inline::Field(_) | Inline::Html(_) => html! {},
        }
    }

    fn mark(&self, footnote: usize) -> Markup {
        let mut marks = self.marks.borrow_mut();
        let Some(count) = marks.get_mut(footnote) else {
            return html! {};
        };
        *count += 1;
        html! {
            sup { a id=(mark_id(footnote, *count)) href=(format!("#fn-{}", footnote + 1)) role="doc-noteref" { (footnote + 1) } }
        }
    }

    /// A sequence of blocks; `above` is the level of the heading over them.
    pub(super) fn blocks(&self, blocks: &[Block], above: u8) -> Markup {
        let mut levels = Levels::new(above);
        let fragments = blocks
            .iter()
            .map(|block| match block {
                Block::Html(raw) => Fragment::Raw(raw),
                block => Fragment::Ours(self.block(block, &mut levels).into_string()),
            })
            .collect();
        PreEscaped(sanitize::join(fragments, HtmlContext::Blocks))
    }

    fn block(&self, block: &Block, levels: &mut Levels) -> Markup {
        match block {
            Block::Heading { level, content, .. } => {
                heading(levels.place(*level), self.anchor(block), &self.line(content))
            }
            Block::Paragraph(line) => html! {
                p class=[lone_picture(line).map(|_| "figure")] { (self.line(line)) } "\n"
            },
            Block::List(list) => self.list(list, levels.current()),
            Block::Quotation { content, speaker } => self.quotation(content, speaker, levels.current()),
            Block::Box { title, content } => self.boxed(title, content, levels.current()),
            Block::KeyFigure { figure, caption } => self.fact(figure, caption),
            Block::Quote(blocks) => html! { blockquote { (self.blocks(blocks, levels.current())) } "\n" },
            Block::Passage { language, blocks } => html! {
                div lang=(language) dir=(Direction::of_language(language).as_str()) { (self.blocks(blocks, levels.current())) } "\n"
            },
            Block::Captioned { content, caption } => match content.as_slice() {
                [Block::Table(table)] => self.table(table, Some(caption)),
                content => html! {
                    figure.picture {
                        (self.blocks(content, levels.current()))
                        figcaption { (self.line(caption)) }
                    }
                    "\n"
                },
            },
            Block::PullQuote { content, speaker } => html! {
                figure.pull {
                    blockquote { (self.blocks(content, levels.current())) }
                    @if !speaker.is_empty() { figcaption { "— " (self.line(speaker)) } }
                }
                "\n"
            },
            Block::Table(table) => self.table(table, None),
            Block::Code(text) => html! { pre tabindex="0" { code { (text) } } "\n" },
            Block::Rule => html! { hr; "\n" },
            Block::PageBreak => html! { div.page-break {} "\n" },
            // Composing leaves no excerpts.
            Block::Html(_) | Block::Excerpt(_) => html! {},
        }
    }

    /// The name of a heading, if the contents lead to it.
    fn anchor(&self, heading: &Block) -> Option<String> {
        let Block::Heading { origin, .. } = heading else {
            return None;
        };
        let entries = self.document.parts.iter().find_map(|part| match part {
            Part::Contents { entries, .. } => Some(entries),
            _ => None,
        })?;
        let place = entries.iter().position(|entry| entry.heading == Some(*origin))?;
        Some(format!("part-{}", place + 1))
    }

    fn list(&self, list: &List, above: u8) -> Markup {
        let items = html! {
            @for (at, item) in list.items.iter().enumerate() {
                li value=[value(list, at)] style=[label_style(list, at)] {
                    @match item.as_slice() {
                        [Block::Paragraph(line)] if list.tight => (self.line(line)),
                        [Block::Paragraph(line), rest @ ..] if list.tight => {
                            (self.line(line)) "\n" (self.blocks(rest, above))
                        }
                        blocks => (self.blocks(blocks, above)),
                    }
                }
                "\n"
            }
        };
        match &list.numbering {
            None => html! { ul { (items) } "\n" },
            Some(numbering) => html! { ol start=[start(numbering)] type=[letters(numbering)] { (items) } "\n" },
        }
    }

    fn table(&self, table: &Table, caption: Option<&Line>) -> Markup {
        let class = |column: usize| match table.alignments.get(column).copied().unwrap_or_default() {
            Alignment::Start => is_prose(table, column).then_some("prose"),
            Alignment::Center => Some("center"),
            Alignment::End => Some("end"),
            Alignment::Number => Some("number"),
        };
        let padding = number_padding(table);
        let has_row_heads = table.has_row_heads();
        let look = match table.blank_columns().contains(&true) {
            true => Some("blanks"),
            false => (table.head.len() >= MANY_COLUMNS).then_some("many"),
        };
        html! {
            // Wide tables scroll by themselves, by keyboard too.
            div.table tabindex="0" {
                table class=[look] {
                    @if let Some(caption) = caption { caption { span { (self.line(caption)) } } }
                    thead { tr {
                        @for (column, cell) in table.head.iter().enumerate() {
                            // The corner of a table with heads on both sides names nothing.
                            @if is_empty(cell) { td class=[class(column)] {} }
                            @else { th scope="col" class=[class(column)] { (self.line(cell)) } }
                        }
                    } }
                    "\n"
                    tbody {
                        @for (at, row) in table.rows.iter().enumerate() {
                            tr {
                                @for (column, cell) in row.iter().enumerate() {
                                    @if column == 0 && has_row_heads {
                                        th scope="row" class=[class(column)] { (self.line(cell)) (padding[column][at]) }
                                    } @else {
                                        td class=[class(column)] { (self.line(cell)) (padding[column][at]) }
                                    }
                                }
                            }
                            "\n"
                        }
                    }
                }
            }
            "\n"
        }
    }

    /// The footnotes, each with a way back to every one of its marks.
    pub(super) fn footnotes(&self) -> Markup {
        let footnotes = &self.document.footnotes;
        if footnotes.is_empty() {
            return html! {};
        }
        // Marks within footnotes count as well, so all are written first.
        let bodies: Vec<Markup> = footnotes.iter().map(|footnote| self.footnote(footnote)).collect();
        let marks = self.marks.borrow();
        html! {
            section.footnotes aria-labelledby="footnotes" {
                h2 id="footnotes" { (self.document.labels.footnotes) }
                ol {
                    @for (at, body) in bodies.iter().enumerate() {
                        li id=(format!("fn-{}", at + 1)) {
                            div role="doc-footnote" {
                                (body)
                                @for count in 1..=marks[at] { " " (self.back(at, count)) }
                            }
                        }
                        "\n"
                    }
                }
            }
        }
    }

    /// A footnote of one paragraph needs no paragraph.
    fn footnote(&self, blocks: &[Block]) -> Markup {
        match blocks {
            [Block::Paragraph(line)] => self.line(line),
            blocks => self.blocks(blocks, 2),
        }
    }

    fn back(&self, footnote: usize, count: usize) -> Markup {
        let label = match count {
            1 => format!("{} ({})", self.document.labels.back, footnote + 1),
            _ => format!("{} ({}.{count})", self.document.labels.back, footnote + 1),
        };
        html! {
            a.back href=(format!("#{}", mark_id(footnote, count))) role="doc-backlink" aria-label=(label) { "↩\u{fe0e}" }
        }
    }
}

/// Returns whether a cell has neither words nor a picture.
fn is_empty(cell: &[Inline]) -> bool {
    cell.iter().all(|inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        _ => false,
    })
}

/// From so many columns on, those of a table are set closer, so that a screen shows all.
const MANY_COLUMNS: usize = 6;

/// A picture, within the page; its words where there is none. Pictures run no
/// scripts and load nothing.
pub(super) fn picture(image: &Image) -> Markup {
    let Some(picture) = &image.picture else {
        return image.alt.render();
    };
    let source = format!(
        "data:{};base64,{}",
        picture.format.media_type(),
        BASE64.encode(&picture.data)
    );
    let pixels = |length: f64| length.round().max(1.0) as u32;
    html! {
        img src=(source) alt=(image.alt) width=(pixels(picture.width)) height=(pixels(picture.height));
    }
}

fn mark_id(footnote: usize, count: usize) -> String {
    match count {
        1 => format!("fnref-{}", footnote + 1),
        _ => format!("fnref-{}-{count}", footnote + 1),
    }
}

/// A heading of level 2 to 6; `id`: what the contents lead to.
fn heading(level: u8, id: Option<String>, content: &Markup) -> Markup {
    html! {
        @match level {
            ..=2 => h2 id=[id] { (content) },
            3 => h3 id=[id] { (content) },
            4 => h4 id=[id] { (content) },
            5 => h5 id=[id] { (content) },
            _ => h6 id=[id] { (content) },
        }
        "\n"
    }
}
