//! Lists of one name a line: .txt.
//!
//! In: a decoded text. Out: a record for each line. Guaranteed: blank lines and
//! lines that begin with `#` name nobody; all else does. Absent: columns; a
//! text whose first line is a header is read by `delimited`.

use super::cells::MAX_CELL;
use super::name_form;
use super::sniff;
use crate::diag::{Code, Diagnostic, Severity};
use crate::load::bytes::{Text, span};
use crate::load::clean;
use crate::model::signatory::Record;
use crate::source::{Origin, SourceMap};
use std::borrow::Cow;

/// Returns whether a line ends with a character: besides line feeds, those that word
/// processors and browsers put between lines (UAX 14: class BK, NL).
pub(super) fn line_ends(c: char) -> bool {
    matches!(c, '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Fewest spaces that part two columns of a text copied from a page; nobody types so many in a name.
const COLUMN_GAP: usize = 3;

/// Stands between names that one line has; such a line is asked about.
pub(super) const ASKED: &str = "; ";

/// Returns the cells of a line, at least two. A tab or a wide gap always parts cells, but not a
/// bullet or a number from what it stands before.
pub(super) fn cells_apart(line: &str, divider: Option<char>) -> Option<Vec<String>> {
    let mut spaces = 0;
    let parts = line.split(|c: char| {
        spaces = if c.is_whitespace() { spaces + 1 } else { 0 };
        c == '\t' || Some(c) == divider || spaces >= COLUMN_GAP
    });
    let cells: Vec<String> = parts
        .map(|cell| clean::cell(cell).text.into_owned())
        .filter(|cell| !cell.is_empty())
        .skip_while(|cell| !cell.chars().any(char::is_alphabetic))
        .collect();
    (cells.len() > 1).then_some(cells)
}

/// Reads one name a line.
pub(super) fn read(sources: &SourceMap, text: &mut Text) -> Vec<Record> {
    let (file, source) = (text.file, sources.text(text.file));
    let diagnostics = &mut text.diagnostics;
    let mut records = Vec::new();
    let mut at = text.start;
    let mut boxes = name_form::Boxes::default();
    source[text.start..].split(line_ends).for_each(|line| boxes.see(line));
    let divider = sniff::table(&source[text.start..]).map(char::from);
    for line in source[text.start..].split_inclusive(line_ends) {
        let start = at;
        at += line.len();
        let line = line.trim_end_matches(|c| c == '\r' || line_ends(c));
        if line.trim_start().starts_with('#') {
            continue;
        }
        let origin = span(file, start, start + line.len());
        let cleaned = clean::cell(line);
        if let Some((place, removed)) = cleaned.removed {
            diagnostics.say(Severity::Warning, Code::InvisibleCharacter, || {
                let message = format!("{} was removed from the name", clean::name(removed));
                let place = start + place;
                Diagnostic::warning(Code::InvisibleCharacter, message).at(span(file, place, place + removed.len_utf8()))
            });
        }
        let mut name = cleaned.text;
        if name.is_empty() {
            continue;
        }
        if name.len() > MAX_CELL {
            diagnostics.say(Severity::Error, Code::TooLarge, || {
                let message = format!("the line is {} bytes long; at most {MAX_CELL} are read", name.len());
                Diagnostic::error(Code::TooLarge, message)
                    .at(origin)
                    .hint("write one name per line")
            });
            continue;
        }
        let mut raw = Cow::Borrowed(line);
        if let Some(cells) = cells_apart(line, divider) {
            // They are no one name, unless all but the first are its place.
            let (tabbed, spaced) = (cells.join("\t"), cells.join(" "));
            let is_place = name_form::is_mended_into(&tabbed, &spaced, &cells[0], boxes);
            name = if is_place { spaced } else { cells.join(ASKED) }.into();
            raw = if is_place { tabbed.into() } else { name.clone() };
        }
        let mut record = Record::new(&*name, origin);
        name_form::mend_record(&mut record, &raw, boxes, || origin, diagnostics);
        records.push(record);
    }
    if records.is_empty() {
        diagnostics.push(
            Diagnostic::warning(Code::EmptyList, "the list contains no signatories")
                .at(Origin::File(file))
                .hint(super::NO_ROWS),
        );
    }
    records
}
