//! Guesses the delimiter of a list, and the format of standard input.
//!
//! In: the beginning of a text. Out: a delimiter, or the ending of a format.
//! Guaranteed: the guess depends on the text and `[columns]` alone, and looks
//! at no more than [`LOOKED_AT`] bytes. Absent: encodings (that is `bytes`').

use super::cells::MAX_COLUMNS;
use super::understood;
use csv::StringRecord;
use std::collections::BTreeMap;

/// Delimiters that are tried, likeliest first.
const DELIMITERS: &[u8] = b",;\t|";

/// Stands for "no delimiter": the unit separator, which no list holds.
const NONE: u8 = 0x1f;

/// How much of a text is looked at.
const LOOKED_AT: usize = 64 << 10;

/// How many rows are compared with the header.
const ROWS: usize = 50;

/// Returns the delimiter of a text whose first record is the header.
///
/// The one that makes most headers understood wins; then the one by which most
/// rows are as long as the header. A header of one cell has no delimiter, so
/// that "Foo, Inc." stays whole.
pub(super) fn delimiter(text: &str, said: Option<u8>, columns: &BTreeMap<String, String>) -> u8 {
    let head = head(text);
    if let Some(said) = said
        && first_record(head, said).is_some_and(|record| record.len() > 1)
    {
        return said;
    }
    let mut best = (NONE, (0, 0, 0));
    let present = |delimiter: &u8| memchr::memchr(*delimiter, head.as_bytes()).is_some();
    for &delimiter in DELIMITERS.iter().filter(|delimiter| present(delimiter)) {
        let mut records = records(head, delimiter);
        let Some(header) = records.next() else { continue };
        if header.len() < 2 {
            continue;
        }
        let (known, _) = understood::recognised(header.iter(), columns);
        let alike = records.take(ROWS).filter(|record| record.len() == header.len()).count();
        let fit = (known, alike, header.len().min(MAX_COLUMNS));
        if fit > best.1 {
            best = (delimiter, fit);
        }
    }
    let whole = first_record(head, NONE).map(|record| understood::recognised(record.iter(), columns).0);
    match whole.unwrap_or(0) {
        known if known > best.1.0 => NONE,
        0 if best.1.0 == 0 => titled(head, columns).unwrap_or(best.0),
        _ => best.0,
    }
}

/// How far down a list the header is looked for, in rows that hold anything.
const HEADER_WITHIN: usize = 20;

/// Returns how many rows that hold anything are above the header, if one is found below a
/// title and remarks.
pub(super) fn above_header(text: &str, delimiter: u8, columns: &BTreeMap<String, String>) -> Option<usize> {
    let mut rows = first_records(text, delimiter).take(HEADER_WITHIN).enumerate();
    // A title is one cell.
    let (at, header) = rows.find(|(_, row)| row.iter().filter(|cell| !cell.trim().is_empty()).count() > 1)?;
    let (known, named) = understood::recognised(header.iter(), columns);
    (named && known >= 2).then_some(at)
}

/// Returns the delimiter of a header that stands below a title and remarks, if there is one.
fn titled(head: &str, columns: &BTreeMap<String, String>) -> Option<u8> {
    let mut delimiters = DELIMITERS.iter().copied();
    delimiters.find(|&delimiter| above_header(head, delimiter, columns).is_some())
}

/// Returns what divides the lines of a text into as many cells each, as no name is written: a
/// tab, or a sign that no space follows.
pub(super) fn table(text: &str) -> Option<u8> {
    /// Fewest rows, and fewest cells of a row, by which a table is told from names that happen
    /// to have the sign.
    const ROWS_LEAST: usize = 3;
    const CELLS_LEAST: usize = 3;
    let head = head(text);
    DELIMITERS.iter().copied().find(|&delimiter| {
        let sign = char::from(delimiter);
        let spaced = |line: &str| line.contains(&format!("{sign} ")) || line.contains(&format!(" {sign}"));
        let widths: Vec<usize> = records(head, delimiter).take(ROWS).map(|record| record.len()).collect();
        let Some(&width) = widths.first() else { return false };
        let least = if sign == '\t' { 2 } else { CELLS_LEAST };
        let alike = widths.iter().filter(|&&other| other == width).count();
        let loose = head.lines().take(ROWS).filter(|line| spaced(line)).count();
        width >= least
            && widths.len() >= ROWS_LEAST
            && alike * 10 >= widths.len() * 8
            && (sign == '\t' || loose * 5 <= widths.len())
    })
}

/// Returns the delimiter that a first line `sep=;` announces, as some
/// spreadsheets write it, and the length of that line.
pub(super) fn said_delimiter(text: &str) -> Option<(u8, usize)> {
    let line = text.split('\n').next()?;
    let said = line.trim_end_matches('\r').trim_matches('"').strip_prefix("sep=")?;
    match said.as_bytes() {
        &[delimiter] if DELIMITERS.contains(&delimiter) => Some((delimiter, (line.len() + 1).min(text.len()))),
        _ => None,
    }
}

/// Returns the ending of the format that a text without a name is in.
pub(super) fn format(text: &str, columns: &BTreeMap<String, String>) -> &'static str {
    let head = head(text);
    let is_toml = |line: &str| {
        let line = line.trim();
        line == "[[signatory]]"
            || line
                .strip_prefix("signatories")
                .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    if head.lines().any(is_toml) {
        return "toml";
    }
    let start = head.trim_start().get(..15).unwrap_or_default().to_lowercase();
    let tags = [
        "<!doctype",
        "<html",
        "<body",
        "<ul",
        "<ol",
        "<p>",
        "<div",
        "<table",
        "<li",
        "<meta",
        "<h1",
        "<h2",
    ];
    if tags.iter().any(|tag| start.starts_with(tag)) {
        return "html";
    }
    if said_delimiter(head).is_some() || has_header(head, columns) {
        return "csv";
    }
    "txt"
}

/// Returns whether the first record is a header: the name's column alone, beside columns of
/// which at least one more is understood, or above a table; or whether such a header stands
/// below a title.
pub(super) fn has_header(text: &str, columns: &BTreeMap<String, String>) -> bool {
    let head = head(text);
    if titled(head, columns).is_some() {
        return true;
    }
    let delimiter = delimiter(head, None, columns);
    let Some(header) = first_record(head, delimiter) else {
        return false;
    };
    let (known, named) = understood::recognised(header.iter(), columns);
    named && (header.len() == 1 || known >= 2 || table(head) == Some(delimiter))
}

/// Returns the first records of a text that hold anything, as far as it is looked at.
pub(super) fn first_records(text: &str, delimiter: u8) -> impl Iterator<Item = StringRecord> {
    records(head(text), delimiter)
}

fn first_record(text: &str, delimiter: u8) -> Option<StringRecord> {
    records(text, delimiter).next()
}

fn records(text: &str, delimiter: u8) -> impl Iterator<Item = StringRecord> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
        .into_records()
        .map_while(Result::ok)
        .filter(|record| record.iter().any(|cell| !cell.trim().is_empty()))
}

/// Returns the beginning of a text, whole lines where there are any.
fn head(text: &str) -> &str {
    if text.len() <= LOOKED_AT {
        return text;
    }
    let end = memchr::memrchr(b'\n', &text.as_bytes()[..LOOKED_AT]).map_or(LOOKED_AT, |end| end + 1);
    let mut end = end;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_told_by_what_they_make_of_the_header() {
        let check = |text: &str, expected: u8| {
            assert_eq!(
                char::from(delimiter(text, None, &BTreeMap::new())),
                char::from(expected),
                "{text}"
            );
        };
        check("name,kind\nA,organization\n", b',');
        check("name;kind;level\nA, Inc.;organization;national\n", b';');
        check("name\tcity\nA\tB\n", b'\t');
        check("name\nA, Inc.\n", NONE);
        check("Frage 1;Frage, 2\na;b\nc;d\n", b';');
        check("Is your organization national, state or local?\nlocal\n", NONE);
        check("", NONE);
    }

    #[test]
    fn formats_are_told_by_their_beginning() {
        let check = |text: &str, expected| assert_eq!(format(text, &BTreeMap::new()), expected, "{text}");
        check("[[signatory]]\nname = \"A\"\n", "toml");
        check("signatories = [\"A\"]\n", "toml");
        check("name\nA\n", "csv");
        check("Organization,Email\nA,b\n", "csv");
        check("A, Inc.\nB\n", "txt");
        check("Group\tHealth\nB\n", "txt");
        check("", "txt");
        check("<!DOCTYPE html>\n<html>", "html");
        check("<ul>\n<li>A</li></ul>", "html");
        check("<3 of the World", "txt");
    }
}
