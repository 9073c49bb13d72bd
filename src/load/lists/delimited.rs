//! Lists of delimited cells: .csv, .tsv, and what semicolons divide.
//!
//! In: a decoded text. Out: its records. Guaranteed: a record's origin is its
//! bytes in the file, from its first cell to before its line end; the text is
//! read once, without a copy of it. Absent: what the columns mean (that is
//! `header_row`'s).
//!
//! Source: RFC 4180, read leniently by the csv crate.

use super::cells::{MAX_COLUMNS, Row};
use super::header_row::{self};
use super::questions::{self, Joined, Second};
use super::rows;
use super::sniff;
use super::survey::Survey;
use super::understood;
use crate::diag::{Code, Diagnostic, Severity, counted};
use crate::load::bytes::{Text, span};
use crate::load::diagnostics::Diagnostics;
use crate::model::formula::{self, runs_as_formula};
use crate::model::signatory::{Column, Record};
use crate::source::{FileId, Origin, SourceMap};
use csv::StringRecord;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

/// Reads a list whose first record is the header, and hands each of its records to
/// `take`. `delimiter`: what the format says; it gives way if the header does not hold
/// it.
pub(super) fn read(
    sources: &SourceMap,
    text: &mut Text,
    delimiter: Option<u8>,
    columns: &BTreeMap<String, String>,
    take: &mut dyn Take,
) {
    let (file, length) = (text.file, sources.text(text.file).len());
    let (above, survey) = first_rows(file, &sources.text(file)[text.start..], delimiter, columns);
    let mut left = above;
    let mut header = None;
    // The first row is kept until the second shows whether it belongs to the header.
    let mut first = None;
    let mut nameless = false;
    let mut empty = true;
    rows(sources, text, delimiter, columns, |row, diagnostics| {
        if header.is_none() {
            if is_blank(row) {
                return true;
            }
            if left > 0 {
                left -= 1;
                return true;
            }
            if above > 0 && first.is_none() {
                let rows = counted(above, "row that is", "rows that are");
                let message = format!("the header is below {rows} not read");
                diagnostics.push(Diagnostic::note(Code::SkippedLines, message).at(row.origin()));
            }
            let mut read = |row: &Joined, end: usize, diagnostics: &mut Diagnostics| {
                header = header_row::read_header(row, &survey, columns, diagnostics);
                nameless = header.is_none();
                take.expect(estimate(length, end));
            };
            match &first {
                None if row.len() > MAX_COLUMNS => {
                    header_row::too_wide(row, diagnostics);
                    nameless = true;
                    return false;
                }
                None => {
                    first = Some(Joined::of(row));
                    return true;
                }
                Some(above) => match questions::second(above, row) {
                    Second::Header(joined) => {
                        read(&joined, row.span.end, diagnostics);
                        return !nameless;
                    }
                    Second::Row => read(above, row.span.start, diagnostics),
                },
            }
        }
        let Some(header) = &header else { return false };
        if !questions::is_machinery(row)
            && let Some(record) = rows::read_row(header, row, diagnostics)
        {
            empty = false;
            take.record(record);
        }
        true
    });
    if let (None, false, Some(first)) = (&header, nameless, &first) {
        header = header_row::read_header(first, &survey, columns, &mut text.diagnostics);
        nameless = header.is_none();
    }
    if let Some(header) = &header {
        header.finish(&mut text.diagnostics);
        header.describe(&mut text.diagnostics);
    }
    if !nameless && empty {
        text.diagnostics.push(
            Diagnostic::warning(Code::EmptyList, "the list contains no signatories")
                .at(Origin::File(file))
                .hint(super::NO_ROWS),
        );
    }
}

/// Finds the header below a title and remarks, and looks at the first rows below it. Returns
/// how many rows that hold anything are above it.
fn first_rows(file: FileId, text: &str, delimiter: Option<u8>, columns: &BTreeMap<String, String>) -> (usize, Survey) {
    let mut delimiter = sniff::delimiter(text, delimiter, columns);
    let mut start = 0;
    if let Some((said, length)) = sniff::said_delimiter(text) {
        (delimiter, start) = (said, length);
    }
    let text = &text[start..];
    let above = sniff::above_header(text, delimiter, columns).unwrap_or(0);
    let rows = sniff::first_records(text, delimiter).skip(above + 1);
    (above, Survey::of(rows.map(|cells| Cells { file, cells })))
}

/// Cells of which only the text matters.
struct Cells {
    file: FileId,
    cells: StringRecord,
}

impl Row for Cells {
    fn len(&self) -> usize {
        self.cells.len()
    }

    fn cell(&self, at: usize) -> Option<&str> {
        self.cells.get(at).map(restored)
    }

    fn place(&self, _: usize) -> Origin {
        self.origin()
    }

    fn origin(&self) -> Origin {
        Origin::File(self.file)
    }
}

/// A receiver of the records of a list.
pub(super) trait Take {
    /// Receives an estimate of the number of records.
    fn expect(&mut self, count: usize);
    /// Receives the next record.
    fn record(&mut self, record: Record);
}

impl Take for Vec<Record> {
    fn expect(&mut self, count: usize) {
        self.reserve(count);
    }

    fn record(&mut self, record: Record) {
        self.push(record);
    }
}

/// Hands every record of a text to `each`, blank ones included, until it returns
/// false. Quotation marks that are misplaced or left open are told.
pub(super) fn rows(
    sources: &SourceMap,
    text: &mut Text,
    delimiter: Option<u8>,
    columns: &BTreeMap<String, String>,
    mut each: impl FnMut(&Line<'_>, &mut Diagnostics) -> bool,
) {
    let (file, source) = (text.file, sources.text(text.file));
    let mut start = text.start;
    let mut delimiter = sniff::delimiter(&source[start..], delimiter, columns);
    if let Some((said, length)) = sniff::said_delimiter(&source[start..]) {
        delimiter = said;
        start += length;
    }
    let body = quotes_at_starts(&source[start..], delimiter);
    let body = body.as_ref();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(body.as_bytes());
    let diagnostics = &mut text.diagnostics;

    let mut cells = StringRecord::new();
    let mut last = 0..0;
    loop {
        match reader.read_record(&mut cells) {
            Ok(true) => {}
            Ok(false) => break,
            // The text is UTF-8, and a slice can be read: this cannot happen.
            Err(error) => {
                diagnostics.push(Diagnostic::error(Code::Unreadable, error.to_string()).at(Origin::File(file)));
                break;
            }
        }
        let end = index(reader.position().byte());
        let begin = index(cells.position().map_or(0, csv::Position::byte));
        last = trim_lines(body, begin..end);
        let row = Line {
            file,
            text: body,
            offset: start,
            span: last.clone(),
            delimiter,
            cells: &cells,
            spans: OnceCell::new(),
            restored: OnceCell::new(),
        };
        if memchr::memchr(b'"', &body.as_bytes()[last.clone()]).is_some() {
            misquoted(&row, diagnostics);
        }
        if !each(&row, diagnostics) {
            return;
        }
    }
    if let Some(at) = unclosed_quote(&body[last.clone()], delimiter) {
        let at = start + last.start + at;
        diagnostics.push(
            Diagnostic::error(
                Code::UnclosedQuote,
                "this quotation mark is not closed; everything after it was read as one cell",
            )
            .at(span(file, at, at + 1))
            .hint("close it; inside a quoted cell, double each quotation mark"),
        );
    }
}

/// Moves the spaces between a delimiter and a quoted cell into the cell's end, where they say
/// nothing: `, "Harwell, East",` is a quoted cell, too. What is quoted must end on its line, and
/// with it the cell. No byte is added, so places stay what they are.
fn quotes_at_starts(text: &str, delimiter: u8) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let finder = memchr::memmem::Finder::new(b" \"");
    if finder.find(bytes).is_none() {
        return Cow::Borrowed(text);
    }
    // The end of a quoted cell that begins at a place, after its closing mark.
    let quoted = |from: usize| {
        let mut at = from + 1;
        loop {
            at += memchr::memchr(b'"', bytes.get(at..)?)? + 1;
            match bytes.get(at) {
                Some(b'"') => at += 1,
                _ => return Some(at),
            }
        }
    };
    let ends = |at: usize| {
        bytes
            .get(at)
            .is_none_or(|byte| *byte == delimiter || matches!(byte, b'\n' | b'\r'))
    };
    let mut out: Option<Vec<u8>> = None;
    let mut at = 0;
    while at < bytes.len() {
        let spaces = bytes[at..].iter().take_while(|byte| **byte == b' ').count();
        let mark = at + spaces;
        if bytes.get(mark) == Some(&b'"')
            && let Some(end) = quoted(mark)
        {
            let behind = end + bytes[end..].iter().take_while(|byte| **byte == b' ').count();
            if spaces == 0 {
                at = end;
            } else if ends(behind) && memchr::memchr2(b'\n', b'\r', &bytes[mark..end]).is_none() {
                let cell = &mut out.get_or_insert_with(|| bytes.to_vec())[at..end];
                cell.rotate_left(spaces);
                // The closing mark goes behind the spaces.
                let last = cell.len() - 1;
                cell.swap(last - spaces, last);
                at = end;
            }
        }
        // To the next cell.
        at += bytes[at..]
            .iter()
            .position(|byte| *byte == delimiter || *byte == b'\n')
            .map_or(bytes.len() - at, |end| end + 1);
    }
    match out.map(String::from_utf8) {
        Some(Ok(moved)) => Cow::Owned(moved),
        _ => Cow::Borrowed(text),
    }
}

/// Reports a cell in which text follows the closing quotation mark: either the
/// marks were meant literally, or one is missing further up.
fn misquoted(row: &Line<'_>, diagnostics: &mut Diagnostics) {
    let mut wrong = None;
    walk(&row.text[row.span.clone()], row.delimiter, |cell, quotes| {
        if quotes == Quotes::Misplaced && wrong.is_none() {
            wrong = Some(cell);
        }
    });
    let Some(cell) = wrong else { return };
    diagnostics.say(Severity::Warning, Code::BadValue, || {
        let start = row.offset + row.span.start;
        Diagnostic::warning(
            Code::BadValue,
            "text follows a closing quotation mark; the cell was read without the marks",
        )
        .at(span(row.file, start + cell.start, start + cell.end))
        .hint("put the whole cell in quotation marks, and double the marks inside it: \"The \"\"A\"\" Team\"")
    });
}

fn index(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

/// Guesses the number of records from the length of the header, kept small so
/// that a short header of a short list reserves little.
fn estimate(bytes: usize, header: usize) -> usize {
    (bytes / (header + 1)).min(bytes / 16)
}

/// Removes line ends around a record: the reader counts those before it,
/// blank lines included, to it.
fn trim_lines(text: &str, span: Range<usize>) -> Range<usize> {
    let end = span.end.min(text.len());
    let mut start = span.start.min(end);
    let bytes = text.as_bytes();
    let is_end = |byte: u8| matches!(byte, b'\n' | b'\r');
    while start < end && is_end(bytes[start]) {
        start += 1;
    }
    let mut end = end;
    while end > start && is_end(bytes[end - 1]) {
        end -= 1;
    }
    start..end
}

/// Returns whether a record says nothing.
pub(super) fn is_blank(row: &Line<'_>) -> bool {
    row.cells.iter().all(|cell| cell.trim().is_empty())
}

/// One record of the file.
pub(super) struct Line<'a> {
    file: FileId,
    text: &'a str,
    /// Where `text` begins in the file.
    offset: usize,
    /// The record in `text`.
    span: Range<usize>,
    delimiter: u8,
    cells: &'a StringRecord,
    /// The cells' spans within the record, found when first asked for.
    spans: OnceCell<Vec<Range<usize>>>,
    /// The cells of which several parts stand behind an apostrophe, made when first asked for.
    restored: OnceCell<Vec<Option<String>>>,
}

impl Row for Line<'_> {
    fn len(&self) -> usize {
        self.cells.len()
    }

    fn cell(&self, at: usize) -> Option<&str> {
        let cell = self.cells.get(at)?;
        // Nearly all cells have no apostrophe at all.
        if memchr::memchr(b'\'', cell.as_bytes()).is_none() {
            return Some(cell);
        }
        let made = self.restored.get_or_init(|| {
            let made = |cell| match formula::plain(cell) {
                Cow::Owned(plain) if plain != cell => Some(plain),
                _ => None,
            };
            self.cells.iter().map(made).collect()
        });
        let made = made.get(at).and_then(Option::as_deref);
        Some(made.unwrap_or_else(|| restored(cell)))
    }

    fn place(&self, at: usize) -> Origin {
        let spans = self
            .spans
            .get_or_init(|| cell_spans(&self.text[self.span.clone()], self.delimiter));
        let Some(cell) = spans.get(at) else {
            return self.origin();
        };
        let start = self.offset + self.span.start;
        span(self.file, start + cell.start, start + cell.end)
    }

    fn origin(&self) -> Origin {
        span(self.file, self.offset + self.span.start, self.offset + self.span.end)
    }
}

/// Takes away the apostrophe that was put before a cell so that no spreadsheet runs
/// it: a spreadsheet hides it, too.
fn restored(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if runs_as_formula(rest) => rest,
        _ => cell,
    }
}

/// The layout of a list of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// What divides the cells.
    pub delimiter: u8,
    /// The header's bytes in the file.
    pub header: Range<usize>,
    /// What each column holds, where it is a canonical one.
    pub columns: Vec<Option<Column>>,
}

/// Returns how a list is laid out; `None`: it has no header, or not one column that
/// holds names and nothing else.
pub fn layout(text: &str, delimiter: Option<u8>, columns: &BTreeMap<String, String>) -> Option<Layout> {
    let mut start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut delimiter = sniff::delimiter(&text[start..], delimiter, columns);
    if let Some((said, length)) = sniff::said_delimiter(&text[start..]) {
        delimiter = said;
        start += length;
    }
    let body = &text[start..];
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(body.as_bytes());
    let mut cells = StringRecord::new();
    while reader.read_record(&mut cells).ok()? {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let begin = index(cells.position().map_or(0, csv::Position::byte));
        let span = trim_lines(body, begin..index(reader.position().byte()));
        let columns = understood::canonical_columns(cells.iter(), columns);
        let names = columns.iter().filter(|column| **column == Some(Column::Name)).count();
        return (names == 1).then(|| Layout {
            delimiter,
            header: start + span.start..start + span.end,
            columns,
        });
    }
    None
}

/// Returns where the cells of a record stand, as bytes of it.
pub fn cells(record: &str, delimiter: u8) -> Vec<Range<usize>> {
    cell_spans(record, delimiter)
}

/// Returns where each cell of a record stands, quotation marks included.
fn cell_spans(record: &str, delimiter: u8) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    walk(record, delimiter, |cell, _| spans.push(cell));
    spans
}

/// Returns the byte of the quotation mark that opens the last cell and is not
/// closed.
fn unclosed_quote(record: &str, delimiter: u8) -> Option<usize> {
    let mut open = None;
    walk(record, delimiter, |cell, quotes| {
        open = (quotes == Quotes::Open).then_some(cell.start);
    });
    open
}

/// The quotation marks of a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    /// Not at all, or from end to end.
    Sound,
    /// The closing mark is missing.
    Open,
    /// Text follows the closing mark.
    Misplaced,
}

/// Goes through the cells of a record as the csv crate does: a quotation mark
/// counts only where a cell begins; doubled, it stands for itself.
fn walk(record: &str, delimiter: u8, mut cell: impl FnMut(Range<usize>, Quotes)) {
    let bytes = record.as_bytes();
    let mut start = 0;
    loop {
        let mut at = start;
        let mut closed = true;
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            closed = false;
            while let Some(found) = memchr::memchr(b'"', &bytes[at..]) {
                at += found + 1;
                if bytes.get(at) == Some(&b'"') {
                    at += 1;
                } else {
                    closed = true;
                    break;
                }
            }
        }
        if !closed {
            cell(start..bytes.len(), Quotes::Open);
            return;
        }
        let found = memchr::memchr(delimiter, &bytes[at..]);
        let end = found.map_or(bytes.len(), |found| at + found);
        let sound = at == start || record[at..end].trim().is_empty();
        cell(start..end, if sound { Quotes::Sound } else { Quotes::Misplaced });
        if found.is_none() {
            return;
        }
        start = end + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_in_their_record() {
        let check = |record: &str, expected: &[&str]| {
            let found: Vec<&str> = cell_spans(record, b',').into_iter().map(|s| &record[s]).collect();
            assert_eq!(found, expected);
        };
        check("a,b,c", &["a", "b", "c"]);
        check("a,\"b,\"\"b\",c", &["a", "\"b,\"\"b\"", "c"]);
        check("\"a\" b,c", &["\"a\" b", "c"]);
        check("a \"b,c", &["a \"b", "c"]);
        check("", &[""]);
        check("a,", &["a", ""]);
        check("a,\"b,c", &["a", "\"b,c"]);
    }

    #[test]
    fn spaces_before_a_quoted_cell_are_no_part_of_it() {
        let check = |text: &str, expected: &str| assert_eq!(quotes_at_starts(text, b','), expected, "{text}");
        check("a, \"b, c\", d\n", "a,\"b, c \", d\n");
        check("a,  \"b\"\nc, \"d \"\"e\"\"\"", "a,\"b  \"\nc,\"d \"\"e\"\" \"");
        check(" \"a\" ,b\n", "\"a \" ,b\n");
        // A mark that does not end with its cell, or on its line, is text.
        check("a, \"b\" c,d\n", "a, \"b\" c,d\n");
        check("a, \"b\nc, d\",e\n", "a, \"b\nc, d\",e\n");
        check(
            "\"He said, \"\"no\"\", and left\",b\n",
            "\"He said, \"\"no\"\", and left\",b\n",
        );
        check("a, \"b", "a, \"b");
    }

    #[test]
    fn quotation_marks_that_stay_open_are_found() {
        let check = |record: &str, expected| assert_eq!(unclosed_quote(record, b','), expected, "{record}");
        check("a,\"b\"", None);
        check("a,\"b", Some(2));
        check("a,\"b\"\"", Some(2));
        check("a \"b", None);
    }
}
