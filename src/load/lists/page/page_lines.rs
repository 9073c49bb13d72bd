//! A page taken apart into lines and tables, and the same of plain text.

use crate::load::clean;
use crate::load::lists::lines::{ASKED, cells_apart, line_ends};
use crate::model::held::HeldReason;
use std::ops::Range;

/// The kind of a line of a page, by its markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineMark {
    /// A heading.
    Heading,
    /// An item of a list or a cell of a table.
    Item,
    /// Anything else.
    Text,
}

/// A line of a page that holds something.
#[derive(Clone, Debug)]
pub(super) struct PageLine {
    /// Cleaned, and without a bullet.
    pub(super) text: String,
    /// Where it stands, in bytes of the file.
    pub(super) span: Range<usize>,
    pub(super) mark: LineMark,
    /// How many empty lines stand before it.
    pub(super) gap: usize,
    /// Why nobody should print it without asking: it is struck out, or hidden.
    pub(super) held: Option<HeldReason>,
}

/// A row of a page's table.
#[derive(Debug, Default)]
pub(super) struct PageRow {
    /// The cells, each with its place.
    pub(super) cells: Vec<(String, Range<usize>)>,
    /// Whether it is one cell across the whole table: a heading within it.
    pub(super) is_heading: bool,
    /// Why nobody should print it without asking.
    pub(super) held: Option<HeldReason>,
}

/// A table of a page.
#[derive(Debug, Default)]
pub(super) struct PageTable {
    pub(super) rows: Vec<PageRow>,
    /// Whether its rows are cards of the page.
    pub(super) is_cards: bool,
    /// Which of the page's lines are its.
    pub(super) lines: Range<usize>,
}

/// A page taken apart.
#[derive(Debug, Default)]
pub(super) struct PageText {
    pub(super) lines: Vec<PageLine>,
    pub(super) tables: Vec<PageTable>,
}

/// Divides text into lines that hold something. A bullet or a number before a line
/// makes an item of it and is left out.
pub(super) fn plain_lines(text: &str, offset: usize) -> Vec<PageLine> {
    let mut lines = Vec::new();
    let mut at = offset;
    let mut gap = 0;
    for raw in text.split_inclusive(line_ends) {
        let start = at;
        at += raw.len();
        let line = raw.trim_end_matches(|c| c == '\r' || line_ends(c));
        let cleaned = clean::cell(line);
        let (text, bulleted) = without_bullet(&cleaned.text);
        let apart = cells_apart(line, None).map(|cells| cells.join(ASKED));
        if text.is_empty() {
            gap += 1;
            continue;
        }
        let heading = text.starts_with('#') && text.trim_start_matches('#').starts_with(' ');
        let mark = match (heading, bulleted) {
            (true, _) => LineMark::Heading,
            (_, true) => LineMark::Item,
            _ => LineMark::Text,
        };
        let text = if heading {
            text.trim_start_matches(['#', ' '])
        } else {
            apart.as_deref().unwrap_or(text)
        };
        lines.push(PageLine {
            text: text.to_owned(),
            span: start..start + raw.trim_end().len(),
            mark,
            gap: std::mem::take(&mut gap),
            held: None,
        });
    }
    lines
}

/// Returns a line without its bullet, and whether it had one.
pub(super) fn without_bullet(line: &str) -> (&str, bool) {
    let line = line.trim();
    let rest = line.trim_start_matches(['•', '·', '▪', '●', '◦', '‣', '○', '■', '➢', '✓']);
    // A tick alone is an answer.
    if rest.len() < line.len() && !rest.trim().is_empty() {
        return (rest.trim(), true);
    }
    for bullet in ["- ", "* ", "– ", "— ", "+ "] {
        if let Some(rest) = line.strip_prefix(bullet) {
            return (rest.trim(), true);
        }
    }
    let figures = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=4).contains(&figures)
        && let Some(rest) = line[figures..].strip_prefix(['.', ')'])
        && rest.starts_with([' ', '\t'])
    {
        return (rest.trim(), true);
    }
    (line, false)
}
