//! Takes an HTML page apart into lines and tables.
//!
//! Lines end where blocks and `<br>` do. What is there to get about, to press or to
//! run (`nav`, `footer`, `script`, forms) is left out. Places are found by looking
//! for each line's longest word onward from the one before: the parser keeps none.

use super::cards;
use super::page_lines::{LineMark, PageLine, PageRow, PageTable, PageText, without_bullet};
use crate::load::clean;
use crate::load::page_parser::{MAX_PAGE, parse};
use crate::model::held::HeldReason;
use ego_tree::iter::Edge;
use scraper::Node;
use scraper::node::Element;
use std::collections::BTreeMap;
use std::ops::Range;

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
        struck: 0,
        hidden: 0,
        struck_text: String::new(),
        was_hidden: false,
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
                        taking.open(element);
                    }
                }
                Node::Text(text) if left_out == 0 => taking.see(text),
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    let name = element.name();
                    if LEFT_OUT.contains(&name) {
                        left_out = left_out.saturating_sub(1);
                    } else if left_out == 0 {
                        taking.close(element);
                    }
                }
            }
        }
    }
    taking.end_line();
    let mut page = taking.page;
    if let Some(mut table) = cards::table(&html, source, offset) {
        let start = |row: Option<&PageRow>| {
            row.and_then(|row| row.cells.first())
                .map_or(0, |(_, place)| place.start)
        };
        let (first, last) = (start(table.rows.get(1)), start(table.rows.last()));
        let before = |most: usize| page.lines.partition_point(|line| line.span.start < most);
        table.lines = before(first)..before(last + 1);
        page.tables.push(table);
    }
    Ok(page)
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
    /// How many elements are open that strike their text out, and that hide it.
    struck: usize,
    hidden: usize,
    /// What of the line is struck out; the rest is `text`.
    struck_text: String,
    /// Whether any of the line is hidden.
    was_hidden: bool,
}

#[derive(Default)]
struct Open {
    table: PageTable,
    row: PageRow,
    cell: Option<(String, Option<Range<usize>>)>,
    /// How many columns and rows the open cell goes over.
    over: (usize, usize),
    /// Cells of rows above that go over this one, by column: how many rows are left.
    above: BTreeMap<usize, (usize, (String, Range<usize>))>,
}

/// Most columns or rows that a cell may go over.
const MAX_OVER: usize = 1_000;

impl Open {
    /// Puts in the cells that go over this row from above, up to the next free column.
    fn fill(&mut self) {
        while let Some((left, cell)) = self.above.get_mut(&self.row.cells.len()) {
            self.row.cells.push(cell.clone());
            *left -= 1;
            if *left == 0 {
                self.above.remove(&(self.row.cells.len() - 1));
            }
        }
    }

    fn end_cell(&mut self, here: Range<usize>) {
        let Some((text, place)) = self.cell.take() else { return };
        self.fill();
        let (columns, rows) = self.over;
        let cell = (text, place.unwrap_or_else(|| here.clone()));
        // A cell across the whole row is a heading; one beside others is not.
        self.row.is_heading = columns > 1 && self.row.cells.is_empty() && !cell.0.is_empty();
        for at in 0..columns {
            let cell = if at == 0 {
                cell.clone()
            } else {
                (String::new(), here.clone())
            };
            if rows > 1 {
                self.above.insert(self.row.cells.len(), (rows - 1, cell.clone()));
            }
            self.row.cells.push(cell);
        }
    }
}

/// Returns whether an element strikes its text out.
fn strikes(element: &Element) -> bool {
    matches!(element.name(), "s" | "del" | "strike") || styled(element, &["line-through"])
}

/// Returns whether an element is hidden.
fn hides(element: &Element) -> bool {
    element.attr("hidden").is_some() || styled(element, &["display:none", "visibility:hidden"])
}

fn styled(element: &Element, values: &[&str]) -> bool {
    element.attr("style").is_some_and(|style| {
        let style: String = style.to_lowercase().split_whitespace().collect();
        values.iter().any(|value| style.contains(value))
    })
}

impl Taking<'_> {
    /// Takes a piece of text.
    fn see(&mut self, text: &str) {
        if self.struck > 0 {
            self.struck_text.push_str(text);
        } else {
            self.text.push_str(text);
        }
        self.was_hidden |= self.hidden > 0 && !text.trim().is_empty();
    }

    fn open(&mut self, element: &Element) {
        let name = element.name();
        if BLOCKS.contains(&name) {
            self.end_line();
        }
        self.struck += usize::from(strikes(element));
        self.hidden += usize::from(hides(element));
        match name {
            "table" => self.tables.push(Open {
                table: PageTable {
                    lines: self.page.lines.len()..self.page.lines.len(),
                    ..PageTable::default()
                },
                ..Open::default()
            }),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.row = PageRow::default();
                    table.row.held = (self.hidden > 0).then_some(HeldReason::Hidden);
                }
            }
            "td" | "th" => {
                let over = |name| {
                    let number = element.attr(name).and_then(|number| number.trim().parse().ok());
                    number.unwrap_or(1).clamp(1, MAX_OVER)
                };
                if let Some(table) = self.tables.last_mut() {
                    table.cell = Some((String::new(), None));
                    table.over = (over("colspan"), over("rowspan"));
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

    fn close(&mut self, element: &Element) {
        let name = element.name();
        if BLOCKS.contains(&name) {
            self.end_line();
        }
        self.struck = self.struck.saturating_sub(usize::from(strikes(element)));
        self.hidden = self.hidden.saturating_sub(usize::from(hides(element)));
        match name {
            "table" => {
                if let Some(mut open) = self.tables.pop() {
                    open.table.lines.end = self.page.lines.len();
                    self.page.tables.push(open.table);
                }
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.fill();
                    let row = std::mem::take(&mut table.row);
                    table.table.rows.push(row);
                }
            }
            "td" | "th" => {
                self.marks.pop();
                let here = self.offset + self.at;
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell(here..here);
                }
            }
            "li" | "dd" | "dt" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.marks.pop();
            }
            _ => {}
        }
    }

    fn end_line(&mut self) {
        let mut text = std::mem::take(&mut self.text);
        let struck = std::mem::take(&mut self.struck_text);
        let mut held = std::mem::take(&mut self.was_hidden).then_some(HeldReason::Hidden);
        // What is struck out and replaced is gone; what is struck out whole is asked about.
        let remark = text.trim().starts_with(['(', '[']) || !text.chars().any(char::is_alphanumeric);
        if remark && struck.chars().any(char::is_alphanumeric) {
            text = struck + " " + &text;
            held = held.or(Some(HeldReason::Struck));
        }
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
                table.row.held = table.row.held.or(held);
                table.row.cells.is_empty()
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
            held,
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
