//! Lists in workbooks: .xlsx, .xlsm, .xlsb, .xls and .ods.
//!
//! In: a workbook's bytes and, if somebody said so, the name of a sheet. Out: the
//! records of one sheet, or its rows for another reader ([`rows_of`]). Guaranteed: no more is unpacked, kept or copied than the
//! limits below allow, whatever the file claims of itself; dates come out as
//! year-month-day however the sheet shows them; a sheet with names that is not
//! read is told. Absent: formulas (what they came to is read), what the columns mean (that is `header_row`'s).
//!
//! calamine reads the formats; `opened` guards it.

mod biff12;
mod biff8;
mod compound_file;
#[cfg(test)]
mod hostile_tests;
mod marks;
mod opened;
mod rich_text;
mod unfolded;

use super::cells::Row;
use super::comment::{self, Manner};
use super::header::Header;
use super::header_row;
use super::questions::{self, Second};
use super::rows;
use super::survey::Survey;
use super::understood;
use crate::diag::{Code, Diagnostic, suggest};
use crate::load::bytes::span;
use crate::load::diagnostics::Diagnostics;
use crate::load::loaded::{ListColumn, Loaded};
use crate::model::held::HeldReason;
use crate::model::signatory::{Column, Record};
use crate::source::{FileId, Origin, SourceMap};
use marks::Marks;
use opened::{Cell, ERROR, MAX_UNPACKED, Otherwise, Trouble, Workbook};
use std::collections::BTreeMap;

/// How far down a sheet the header is looked for: below a title and some remarks.
const HEADER_WITHIN: u32 = 20;

/// Most sheets among which the list is looked for.
const MAX_SHEETS: usize = 100;

/// Returns whether bytes begin as workbooks do: a zip file, or a compound file.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || compound_file::is_compound(bytes)
}

/// Reads one sheet: the one of that name, else the first that names people or
/// organisations in its header, else the first that holds anything.
pub(super) fn read(
    sources: &mut SourceMap,
    name: &str,
    sheet: Option<&str>,
    bytes: Vec<u8>,
    columns: &BTreeMap<String, String>,
) -> (Loaded<Vec<Record>>, Vec<ListColumn>) {
    let file = sources.add(name, "");
    let mut diagnostics = Diagnostics::new(file);
    let value = match Workbook::open(bytes, MAX_UNPACKED) {
        Ok(mut workbook) => records(&mut workbook, file, sheet, columns, &mut diagnostics),
        Err(trouble) => {
            diagnostics.push(trouble.diagnostic(file));
            Vec::new()
        }
    };
    let columns = diagnostics.take_columns();
    let diagnostics = diagnostics.finish();
    (Loaded { value, diagnostics }, columns)
}

/// The kind of list that is sought in a workbook.
pub(super) struct Purpose<'a> {
    /// How many of a row's cells would be understood as headers, and whether one of
    /// them names somebody.
    pub(super) recognised: &'a dyn Fn(&[&str]) -> (usize, bool),
    /// Whom it names: `signatories`.
    pub(super) whom: &'static str,
}

impl Purpose<'_> {
    /// Returns the place of the header among the rows, and whether it names a column
    /// of names: the first such row near the top, else the first row.
    fn header_row(&self, rows: &[&[Cell]]) -> (usize, bool) {
        let near = rows.iter().take_while(|row| row[0].row <= HEADER_WITHIN);
        let found = near.enumerate().find(|(_, row)| {
            let cells: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
            let (known, named) = (self.recognised)(&cells);
            named && (known >= 2 || row.len() == 1)
        });
        found.map_or((0, false), |(at, _)| (at, true))
    }
}

/// Most bytes that a workbook of few rows may unpack to.
pub(super) const MAX_SMALL: u64 = 128 << 20;

/// Hands the rows of one sheet to `each`, its header first, until it returns false;
/// numbers as the sheet shows them where it only fills them up with zeros. The sheet is
/// chosen as for a list of signatories.
pub(super) fn rows_of(
    file: FileId,
    sheet: Option<&str>,
    bytes: Vec<u8>,
    purpose: &Purpose<'_>,
    diagnostics: &mut Diagnostics,
    mut each: impl FnMut(&SheetRow<'_>, &mut Diagnostics) -> bool,
) {
    let read = |diagnostics: &mut Diagnostics| {
        let mut workbook = Workbook::open(bytes, MAX_SMALL)?;
        let Some(chosen) = choose(&mut workbook, file, sheet, purpose, diagnostics) else {
            return Ok((Vec::new(), BTreeMap::new()));
        };
        workbook.shown(&chosen)
    };
    let (cells, otherwise) = match read(diagnostics) {
        Ok(read) => read,
        Err(trouble) => {
            let trouble: Trouble = trouble;
            diagnostics.push(trouble.diagnostic(file));
            return;
        }
    };
    let rows = rows(&cells);
    let (at, _) = purpose.header_row(&rows);
    let Some(first) = rows.get(at) else { return };
    let header = SheetRow::new(file, first);
    skipped(at, &header, diagnostics);
    let width = header.len();
    if !each(&header, diagnostics) {
        return;
    }
    for row in &rows[at + 1..] {
        let row = SheetRow {
            otherwise: Some(&otherwise),
            ..SheetRow::of_width(file, row, width)
        };
        if !each(&row, diagnostics) {
            return;
        }
    }
}

/// Reports that rows above the header are not read.
fn skipped(at: usize, header: &SheetRow<'_>, diagnostics: &mut Diagnostics) {
    if at > 0 {
        let message = format!("the header is in row {}; the rows above it are not read", header.row());
        diagnostics.push(Diagnostic::note(Code::SkippedLines, message).at(header.origin()));
    }
}

fn records(
    workbook: &mut Workbook,
    file: FileId,
    asked: Option<&str>,
    columns: &BTreeMap<String, String>,
    diagnostics: &mut Diagnostics,
) -> Vec<Record> {
    let purpose = Purpose {
        recognised: &|cells| understood::recognised(cells.iter().copied(), columns),
        whom: "signatories",
    };
    let Some(chosen) = choose(workbook, file, asked, &purpose, diagnostics) else {
        return Vec::new();
    };
    match workbook.cells(&chosen, None) {
        Ok(mut cells) => {
            let marks = workbook.marks(&chosen);
            if marks.is_unread {
                let message =
                    "hidden rows, struck-out text, and notes on cells cannot be seen in a workbook of this age";
                let note = Diagnostic::note(Code::MarksNotRead, message).at(Origin::File(file));
                diagnostics.push(note.hint("if the sheet has any, save it as .xlsx, and read that"));
            }
            spread(&mut cells, &marks, file, diagnostics);
            sheet_records(file, &cells, &marks, &purpose, columns, diagnostics)
        }
        Err(trouble) => {
            diagnostics.push(trouble.diagnostic(file));
            Vec::new()
        }
    }
}

/// Returns the sheet to read: the one of that name, else the first that names anybody in its
/// header, else the first that holds anything.
fn choose(
    workbook: &mut Workbook,
    file: FileId,
    asked: Option<&str>,
    purpose: &Purpose<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let sheets = workbook.visible();
    let chosen = match asked {
        Some(asked) => match find(&workbook.all(), asked) {
            Some(found) => found,
            None => {
                let known = workbook.all();
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                diagnostics.push(
                    Diagnostic::error(Code::NoSheet, format!("the workbook has no sheet `{asked}`"))
                        .at(Origin::File(file))
                        .hint(suggest(asked, &known)),
                );
                return None;
            }
        },
        None => {
            let mut named = Vec::new();
            let mut filled = None;
            let mut unread = Vec::new();
            if sheets.len() > MAX_SHEETS {
                let message = format!(
                    "the workbook has {} sheets; the list is looked for in the first {MAX_SHEETS}",
                    sheets.len()
                );
                diagnostics.push(
                    Diagnostic::warning(Code::OtherSheet, message)
                        .at(Origin::File(file))
                        .hint("to read another one, write `#` and its name after the file name"),
                );
            }
            for sheet in sheets.iter().take(MAX_SHEETS) {
                let cells = match workbook.cells(sheet, Some(HEADER_WITHIN)) {
                    Ok(cells) => cells,
                    Err(trouble) => {
                        unread.push((sheet.clone(), trouble));
                        continue;
                    }
                };
                let rows = rows(&cells);
                if purpose.header_row(&rows).1 {
                    named.push(sheet.clone());
                } else if filled.is_none() && !rows.is_empty() {
                    filled = Some(sheet.clone());
                }
            }
            let Some(chosen) = named.first().or(filled.as_ref()).or(sheets.first()).cloned() else {
                diagnostics.push(
                    Diagnostic::warning(Code::EmptyList, "the workbook has no sheet")
                        .at(Origin::File(file))
                        .hint("open it in a spreadsheet program and save the list as a sheet"),
                );
                return None;
            };
            for other in named.iter().skip(1) {
                let whom = purpose.whom;
                let message = format!("the sheet `{other}` also contains {whom} but is not read; `{chosen}` is read");
                diagnostics.push(
                    Diagnostic::warning(Code::OtherSheet, message)
                        .at(Origin::File(file))
                        .hint(format!("to read it, write `#{other}` after the file name")),
                );
            }
            for (other, trouble) in unread.into_iter().filter(|(other, _)| *other != chosen) {
                let why = match trouble {
                    Trouble::TooLarge(why) => why.to_owned(),
                    Trouble::Broken(why) => why,
                };
                let message = format!("the sheet `{other}` cannot be read: {why}");
                diagnostics.push(
                    Diagnostic::warning(Code::OtherSheet, message)
                        .at(Origin::File(file))
                        .hint(format!(
                            "if it contains {}, open the workbook in a spreadsheet program and save it again",
                            purpose.whom
                        )),
                );
            }
            chosen
        }
    };
    Some(chosen)
}

/// Returns the sheet of that name; case counts only where two differ in nothing
/// else.
fn find(sheets: &[String], asked: &str) -> Option<String> {
    let same = |sheet: &&String| sheet.trim().to_lowercase() == asked.trim().to_lowercase();
    let exact = sheets.iter().find(|sheet| *sheet == asked);
    exact.or_else(|| sheets.iter().find(same)).cloned()
}

fn sheet_records(
    file: FileId,
    cells: &[Cell],
    marks: &Marks,
    purpose: &Purpose<'_>,
    columns: &BTreeMap<String, String>,
    diagnostics: &mut Diagnostics,
) -> Vec<Record> {
    let rows = rows(cells);
    for cell in cells {
        if let Some(error) = cell.text.strip_prefix(ERROR) {
            let place = Origin::Cell {
                file,
                row: cell.row,
                column: cell.column,
            };
            diagnostics.push(
                Diagnostic::warning(
                    Code::BadValue,
                    format!("the cell's formula returned {error}; it is read as empty"),
                )
                .at(place)
                .hint("fix the formula, or write the value"),
            );
        }
    }
    let (mut at, _) = purpose.header_row(&rows);
    // A header over two rows may be found by its second.
    let over_two = |at: usize| match (rows.get(at), rows.get(at + 1)) {
        (Some(a), Some(b)) => match questions::second(&SheetRow::new(file, a), &SheetRow::new(file, b)) {
            Second::Header(joined) => Some(joined),
            Second::Row => None,
        },
        _ => None,
    };
    let mut joined = at.checked_sub(1).and_then(over_two);
    match joined {
        Some(_) => at -= 1,
        None => joined = over_two(at),
    }
    let Some(first) = rows.get(at) else {
        diagnostics.push(
            Diagnostic::warning(Code::EmptyList, "the list contains no signatories")
                .at(Origin::File(file))
                .hint(crate::load::lists::NO_ROWS),
        );
        return Vec::new();
    };
    skipped(at, &SheetRow::new(file, first), diagnostics);
    let below = rows[at + 1 + usize::from(joined.is_some())..].iter();
    let survey = Survey::of(below.map(|row| SheetRow::new(file, row)));
    let header = match &joined {
        Some(joined) => header_row::read_header(joined, &survey, columns, diagnostics),
        None => header_row::read_header(&SheetRow::new(file, first), &survey, columns, diagnostics),
    };
    let Some(header) = header else {
        return Vec::new();
    };
    let records: Vec<Record> = rows[at + 1 + usize::from(joined.is_some())..]
        .iter()
        .map(|row| SheetRow::of_width(file, row, header.width()))
        .filter(|row| !questions::is_machinery(row))
        .filter_map(|row| {
            let mut record = rows::read_row(&header, &row, diagnostics)?;
            mark(&mut record, &row, &header, marks);
            Some(record)
        })
        .collect();
    header.finish(diagnostics);
    header.describe(diagnostics);
    if records.is_empty() {
        diagnostics.push(
            Diagnostic::warning(Code::EmptyList, "the list contains no signatories")
                .at(Origin::File(file))
                .hint(crate::load::lists::NO_ROWS),
        );
    }
    records
}

/// Gives the value of a cell that is merged over rows to each of them, and takes away what is
/// struck out of a cell where something else stands in it.
fn spread(cells: &mut Vec<Cell>, marks: &Marks, file: FileId, diagnostics: &mut Diagnostics) {
    let find =
        |cells: &[Cell], place: (u32, u32)| cells.binary_search_by_key(&place, |cell| (cell.row, cell.column)).ok();
    for (&place, rest) in &marks.struck {
        if let Some(at) = find(cells, place)
            && !rest.trim().is_empty()
        {
            cells[at].text.clone_from(rest);
        }
    }
    let mut added = Vec::new();
    for ((row, column), first) in marks.covered() {
        let filled = cells.binary_search_by_key(&row, |cell| cell.row).is_ok();
        if let (true, None, Some(at)) = (filled, find(cells, (row, column)), find(cells, first)) {
            let text = cells[at].text.clone();
            added.push(Cell { row, column, text });
        }
    }
    let Some(first) = added.first() else { return };
    let place = Origin::Cell {
        file,
        row: first.row,
        column: first.column,
    };
    let message = "a merged cell is read as the value of each of its rows";
    diagnostics.push(Diagnostic::note(Code::GuessedColumn, message).at(place));
    cells.append(&mut added);
    cells.sort_by_key(|cell| (cell.row, cell.column));
}

/// Holds a record whose row is hidden, whose name is struck, or on which a note restrains;
/// keeps any other note.
fn mark(record: &mut Record, row: &SheetRow<'_>, header: &Header, marks: &Marks) {
    let number = row.row();
    let whole = |column: &u32| {
        marks
            .struck
            .get(&(number, *column))
            .is_some_and(|rest| rest.trim().is_empty())
    };
    let mut names = header.name_columns().map(|at| crate::source::offset(at + 1));
    if names.any(|column| whole(&column)) {
        rows::hold(record, HeldReason::Struck, "");
    }
    if marks.hidden.contains(&number) {
        rows::hold(record, HeldReason::Hidden, "");
    }
    for (_, note) in marks.notes.range((number, 0)..=(number, u32::MAX)) {
        // What a thread says follows words of the program's own.
        let said = note.rsplit_once("Comment:").map_or(note.as_str(), |(_, said)| said);
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        if comment::in_comment(&said, Manner::Remarks).is_some() {
            let about: String = said.chars().take(80).collect();
            rows::hold(record, HeldReason::RestrainingComment, &about);
        }
        if record.get(Column::Notes).is_none() {
            record.set(Column::Notes, &said);
        }
    }
}

/// Divides cells, in order, into the rows they stand in.
fn rows(cells: &[Cell]) -> Vec<&[Cell]> {
    cells.chunk_by(|a, b| a.row == b.row).collect()
}

/// A row of a sheet, as `rows` reads it.
pub(super) struct SheetRow<'a> {
    file: FileId,
    cells: &'a [Cell],
    width: usize,
    otherwise: Option<&'a Otherwise>,
}

impl<'a> SheetRow<'a> {
    fn new(file: FileId, cells: &'a [Cell]) -> Self {
        Self::of_width(file, cells, 0)
    }

    /// Returns a row that is at least as wide as the header: a sheet has no short rows.
    fn of_width(file: FileId, cells: &'a [Cell], width: usize) -> Self {
        let last = cells.last().map_or(0, |cell| cell.column as usize);
        Self {
            file,
            cells,
            width: last.max(width),
            otherwise: None,
        }
    }

    /// Returns the error that a cell's formula came to.
    pub(super) fn error(&self, at: usize) -> Option<&str> {
        self.found(at)?.text.strip_prefix(ERROR)
    }

    /// Returns the format in which the sheet shows a cell's number, if it is not read so.
    pub(super) fn shown_as(&self, at: usize) -> Option<&str> {
        let place = (self.row(), crate::source::offset(at + 1));
        self.otherwise?.get(&place).map(String::as_str)
    }

    fn found(&self, at: usize) -> Option<&Cell> {
        let found = self.cells.binary_search_by_key(&(at + 1), |cell| cell.column as usize);
        found.ok().map(|found| &self.cells[found])
    }

    fn row(&self) -> u32 {
        self.cells.first().map_or(1, |cell| cell.row)
    }
}

impl Row for SheetRow<'_> {
    fn len(&self) -> usize {
        self.width
    }

    fn cell(&self, at: usize) -> Option<&str> {
        let text = self.found(at).map_or("", |cell| cell.text.as_str());
        let text = if text.starts_with(ERROR) { "" } else { text };
        (at < self.width).then_some(text)
    }

    fn place(&self, at: usize) -> Origin {
        Origin::Cell {
            file: self.file,
            row: self.row(),
            column: crate::source::offset(at + 1),
        }
    }

    fn origin(&self) -> Origin {
        self.place(0)
    }
}

/// Reports a file that is not a workbook although its name says so.
pub(super) fn no_workbook(file: FileId, text: &str) -> Diagnostic {
    let end = text.find('\n').unwrap_or(text.len()).min(80);
    let place = match text.is_char_boundary(end) {
        true => span(file, 0, end),
        false => Origin::File(file),
    };
    Diagnostic::note(Code::UnknownFormat, "the file is not a workbook; it is read as text").at(place)
}
