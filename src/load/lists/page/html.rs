//! Takes an HTML page apart into lines and tables.
//!
//! Lines end where blocks and `<br>` do. What is there to get about, to press or to
//! run (`nav`, `footer`, `script`, forms) is left out. Places are found by looking
//! for each line's longest word onward from the one before: the parser keeps none.

use super::page_lines::{LineMark, PageLine, PageTable, PageText, without_bullet};
use crate::load::clean;
use ego_tree::iter::Edge;
use html5ever::ParseOpts;
use html5ever::tendril::{StrTendril, TendrilSink};
use scraper::{Html, HtmlTreeSink, Node};
use std::ops::Range;

/// Longest page, in bytes: a browser's window holds no more text than this.
const MAX_PAGE: usize = 16 << 20;

/// Most elements that may stand within each other. The parser's time grows with the
/// square of it; pages of this world stay below a hundred, and browsers stop at 512.
const MAX_DEPTH: usize = 1_000;

/// Most nodes that a page may have. Markup can make many of a few bytes: marks left
/// open are opened again in each paragraph.
const MAX_NODES: usize = 1_000_000;

/// How much of a page is parsed between two looks at what came of it, in bytes.
const PORTION: usize = 512;

/// How many nodes lie between two whose depth is looked at.
const STRIDE: usize = 8;

/// Elements that hold no part of a text.
const LEFT_OUT: &[&str] = &[
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "select", "option", "svg",
    "iframe", "head", "object", "video", "audio", "canvas",
];

/// Elements before and after which a line ends.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "main",
    "header",
    "blockquote",
    "pre",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "caption",
    "figure",
    "figcaption",
    "address",
    "hr",
    "br",
    "body",
    "html",
    "details",
    "summary",
];

/// Takes a page apart; `offset` is where the text begins in its file. `Err` says
/// what is too much of it.
pub(super) fn take_apart(source: &str, offset: usize) -> Result<PageText, &'static str> {
    if source.len() > MAX_PAGE {
        return Err("is longer than 16 MB");
    }
    let html = parse(source)?;
    let mut taking = Taking {
        source,
        offset,
        at: 0,
        text: String::new(),
        page: PageText::default(),
        marks: Vec::new(),
        tables: Vec::new(),
        gap: 0,
    };
    let mut left_out = 0usize;
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    let name = element.name();
                    if LEFT_OUT.contains(&name) {
                        left_out += 1;
                    } else if left_out == 0 {
                        taking.open(name);
                    }
                }
                Node::Text(text) if left_out == 0 => taking.text.push_str(text),
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    let name = element.name();
                    if LEFT_OUT.contains(&name) {
                        left_out = left_out.saturating_sub(1);
                    } else if left_out == 0 {
                        taking.close(name);
                    }
                }
            }
        }
    }
    taking.end_line();
    Ok(taking.page)
}

/// Parses a page, and stops where it grows too deep or too large.
fn parse(source: &str) -> Result<Html, &'static str> {
    let sink = HtmlTreeSink::new(Html::new_document());
    let mut parser = html5ever::parse_document(sink, ParseOpts::default());
    let mut rest = source;
    let mut seen = 0;
    while !rest.is_empty() {
        let mut end = rest.len().min(PORTION);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (portion, after) = rest.split_at(end);
        parser.process(StrTendril::from(portion));
        rest = after;
        let html = parser.tokenizer.sink.sink.0.borrow();
        let nodes = html.tree.nodes();
        let count = nodes.len();
        if count > MAX_NODES {
            return Err("has too many elements");
        }
        let new = nodes.rev().take(count - seen).step_by(STRIDE);
        if new.map(|node| node.ancestors().count()).max() > Some(MAX_DEPTH) {
            return Err("is nested too deeply");
        }
        seen = count;
    }
    Ok(parser.finish())
}

struct Taking<'a> {
    source: &'a str,
    offset: usize,
    /// Up to where places were found.
    at: usize,
    text: String,
    page: PageText,
    marks: Vec<LineMark>,
    /// The tables that are open, each with its row and its cell's lines.
    tables: Vec<Open>,
    gap: usize,
}

#[derive(Default)]
struct Open {
    rows: PageTable,
    row: Vec<(String, Range<usize>)>,
    cell: Option<(String, Option<Range<usize>>)>,
}

impl Taking<'_> {
    fn open(&mut self, name: &str) {
        if BLOCKS.contains(&name) {
            self.end_line();
        }
        match name {
            "table" => self.tables.push(Open::default()),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.row = Vec::new();
                }
            }
            "td" | "th" => {
                if let Some(table) = self.tables.last_mut() {
                    table.cell = Some((String::new(), None));
                }
                self.marks.push(LineMark::Item);
            }
            "li" | "dd" | "dt" => self.marks.push(LineMark::Item),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.marks.push(LineMark::Heading);
                self.gap += 1;
            }
            "p" | "ul" | "ol" if !self.marks.contains(&LineMark::Item) => self.gap += 1,
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if BLOCKS.contains(&name) {
            self.end_line();
        }
        match name {
            "table" => {
                if let Some(table) = self.tables.pop() {
                    self.page.tables.push(table.rows);
                }
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    let row = std::mem::take(&mut table.row);
                    table.rows.push(row);
                }
            }
            "td" | "th" => {
                self.marks.pop();
                let here = self.offset + self.at;
                if let Some(table) = self.tables.last_mut()
                    && let Some((text, place)) = table.cell.take()
                {
                    table.row.push((text, place.unwrap_or(here..here)));
                }
            }
            "li" | "dd" | "dt" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.marks.pop();
            }
            _ => {}
        }
    }

    fn end_line(&mut self) {
        let text = std::mem::take(&mut self.text);
        let words: Vec<&str> = text.split_whitespace().collect();
        let joined = words.join(" ");
        let cleaned = clean::cell(&joined).text.into_owned();
        let (line, bulleted) = without_bullet(&cleaned);
        if line.is_empty() {
            return;
        }
        let span = self.place(&words);
        let first_cell = match self.tables.last_mut() {
            Some(table) if table.cell.is_some() => {
                if let Some((cell, place)) = &mut table.cell {
                    if !cell.is_empty() {
                        cell.push(' ');
                    }
                    cell.push_str(line);
                    place.get_or_insert(span.clone());
                }
                table.row.is_empty()
            }
            _ => true,
        };
        if !first_cell {
            return;
        }
        let mark = self.marks.last().copied().unwrap_or(LineMark::Text);
        let mark = if bulleted && mark == LineMark::Text {
            LineMark::Item
        } else {
            mark
        };
        self.page.lines.push(PageLine {
            text: line.to_owned(),
            span,
            mark,
            gap: std::mem::take(&mut self.gap),
        });
    }

    /// Finds a line's place by its longest word that the source writes as it reads.
    fn place(&mut self, words: &[&str]) -> Range<usize> {
        let plain = |word: &&&str| !word.contains(['&', '<', '>', '"', '\'']);
        let longest = words.iter().filter(plain).max_by_key(|word| word.len());
        if let Some(word) = longest
            && let Some(found) = memchr::memmem::find(&self.source.as_bytes()[self.at..], word.as_bytes())
        {
            let start = self.at + found;
            self.at = start + word.len();
            return self.offset + start..self.offset + self.at;
        }
        self.offset + self.at..self.offset + self.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_pages_are_bounded_by_what_comes_of_them() {
        let check = |page: String, expected: Option<&str>| {
            assert_eq!(take_apart(&page, 0).err(), expected, "{}", &page[..page.len().min(60)]);
        };
        let deep = Some("is nested too deeply");
        check("<div>".repeat(100_000), deep);
        check("<div></x>".repeat(100_000), deep);
        check("<b>".repeat(100_000), deep);
        // Elements that close each other in a page do not in a drawing.
        check(format!("<svg>{}", "<path>".repeat(100_000)), deep);
        check(format!("<svg>{}", "<td>".repeat(100_000)), deep);
        check("<ul><li>".repeat(50_000), deep);
        check("<table><tr><td>".repeat(30_000), deep);
        check("<p>".repeat(100_000), None);
        check("<br>".repeat(100_000), None);
        check("<div>x</div>".repeat(100_000), None);
        check("<div>".repeat(900) + &"</div>".repeat(900), None);
        // Each paragraph opens all marks anew.
        let marks: String = (0..900).map(|at| format!("<font size={at}>")).collect();
        let page = format!("<p>{marks}</p>{}", "<p>x</p>".repeat(100_000));
        assert!(take_apart(&page, 0).is_err());
    }
}
