//! A header and its rows become records.
//!
//! In: header cells, then each row's cells, from any format that has rows and
//! columns. Out: one [`Record`] for each row that holds anything. Guaranteed: a
//! status that is not understood never counts as confirmed; a person who filled
//! in a form for an organisation is private. Absent: bytes, quotes, sheets.

use super::clean::{self, Cleaned};
use super::headers::{self, Meaning};
use super::sink::Sink;
use crate::diag::{Code, Diagnostic, Severity, closest, suggest};
use crate::model::signatory::{Column, Kind, Level, Record, Status};
use crate::source::Origin;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Most columns a list may have; the most that a spreadsheet has (XFD).
pub(super) const MAX_COLUMNS: usize = 16_384;

/// Longest cell, in bytes; about the most that a spreadsheet keeps in a cell.
pub(super) const MAX_CELL: usize = 32_767;

/// What each column of a list is for, as positions in a row.
#[derive(Debug, Default)]
pub(super) struct Header {
    width: usize,
    name: Vec<usize>,
    kind: Option<usize>,
    level: Option<usize>,
    status: Option<usize>,
    full_name: Vec<usize>,
    first_name: Option<usize>,
    last_name: Option<usize>,
    person_title: Option<usize>,
    /// The other columns, in canonical order; of one column, leftmost first.
    cells: Vec<(Column, usize)>,
}

impl Header {
    /// Whether the list has people's names in columns of their own.
    fn has_people(&self) -> bool {
        !self.full_name.is_empty() || self.first_name.is_some() || self.last_name.is_some()
    }
}

/// A row's cells, and where they stand.
pub(super) trait Row {
    /// How many cells there are.
    fn len(&self) -> usize;
    /// The cell at a position, from 0.
    fn cell(&self, at: usize) -> Option<&str>;
    /// Where a cell stands; of a cell that is not there, the row.
    fn place(&self, at: usize) -> Origin;
    /// Where the row stands.
    fn origin(&self) -> Origin;
}

/// Returns how many cells of a row would be understood as headers, and whether
/// a name is among them.
pub(super) fn recognised<'a>(
    cells: impl Iterator<Item = &'a str>,
    columns: &BTreeMap<String, String>,
) -> (usize, bool) {
    let mut known = 0;
    let mut named = false;
    for cell in cells.take(MAX_COLUMNS) {
        if let Some(meaning) = understand(clean::cell(cell).text.as_ref(), columns) {
            known += 1;
            named |= !matches!(meaning, Meaning::Unused | Meaning::PersonTitle)
                && !matches!(meaning, Meaning::Column(column) if column != Column::Name);
        }
    }
    (known, named)
}

/// Returns what a header means; what the user wrote in `[columns]` goes first.
fn understand(header: &str, columns: &BTreeMap<String, String>) -> Option<Meaning> {
    mapped(header, columns).or_else(|| headers::meaning(header))
}

/// Returns what the user says a header means: by the exact header, else by one
/// that differs in case or outer spaces only.
fn mapped(header: &str, columns: &BTreeMap<String, String>) -> Option<Meaning> {
    let word = columns.get(header).or_else(|| {
        let lower = header.to_lowercase();
        let same = |key: &str| clean::cell(key).text.to_lowercase() == lower;
        columns.iter().find(|(key, _)| same(key)).map(|(_, word)| word)
    })?;
    headers::by_canonical(word)
}

/// Reads the header row. `None`: no column holds a name, and the sink says so.
pub(super) fn read_header(row: &impl Row, columns: &BTreeMap<String, String>, sink: &mut Sink) -> Option<Header> {
    if row.len() > MAX_COLUMNS {
        sink.push(
            Diagnostic::error(
                Code::TooLarge,
                format!("the list has {} columns; at most {MAX_COLUMNS} are read", row.len()),
            )
            .at(row.origin())
            .hint("is this the right file, and its delimiter a comma, a semicolon or a tab?"),
        );
        return None;
    }
    let cells: Vec<Cleaned<'_>> = (0..row.len())
        .map(|at| clean::cell(row.cell(at).unwrap_or_default()))
        .collect();
    let meanings: Vec<Option<Meaning>> = cells.iter().map(|cell| understand(&cell.text, columns)).collect();
    // A name that may be of either kind is the organisation's, unless another
    // column holds that.
    let organisation = meanings.contains(&Some(Meaning::Column(Column::Name)));

    let mut header = Header {
        width: row.len(),
        ..Header::default()
    };
    for (at, (meaning, cell)) in meanings.iter().zip(&cells).enumerate() {
        if let Some((_, removed)) = cell.removed {
            sink.say(Severity::Note, Code::InvisibleCharacter, || {
                let message = format!("{} was removed from the header `{}`", clean::name(removed), cell.text);
                Diagnostic::note(Code::InvisibleCharacter, message).at(row.place(at))
            });
        }
        let Some(meaning) = *meaning else {
            if !cell.text.is_empty() {
                unknown(&cell.text, row.place(at), sink);
            }
            continue;
        };
        match meaning {
            Meaning::Column(Column::Name) => header.name.push(at),
            Meaning::Either if !organisation => header.name.push(at),
            Meaning::Either => {
                sink.say(Severity::Note, Code::GuessedColumn, || {
                    let message = format!(
                        "`{}` is read as the contact's name, because another column names the organization",
                        cell.text
                    );
                    Diagnostic::note(Code::GuessedColumn, message)
                        .at(row.place(at))
                        .hint(line_to_write(&cell.text, "name"))
                });
                header.full_name.push(at);
            }
            Meaning::FullName => header.full_name.push(at),
            Meaning::FirstName => first(&mut header.first_name, at),
            Meaning::LastName => first(&mut header.last_name, at),
            Meaning::PersonTitle => first(&mut header.person_title, at),
            Meaning::Column(Column::Kind) => first(&mut header.kind, at),
            Meaning::Column(Column::Level) => first(&mut header.level, at),
            Meaning::Column(Column::Status) => first(&mut header.status, at),
            Meaning::Column(column) => header.cells.push((column, at)),
            Meaning::Unused => {}
        }
    }
    header.cells.sort_by_key(|&(column, _)| column);
    if header.name.is_empty() && !header.has_people() {
        no_name(row, &cells, &meanings, sink);
        return None;
    }
    Some(header)
}

fn first(slot: &mut Option<usize>, at: usize) {
    slot.get_or_insert(at);
}

/// The line to write in `[columns]`.
fn line_to_write(header: &str, column: &str) -> String {
    format!("if not, write in [columns]: {} = \"{column}\"", quoted(header))
}

/// Quotes a header as a TOML key.
fn quoted(header: &str) -> String {
    let shortened: String = header.chars().take(100).collect();
    format!("\"{}\"", shortened.replace('\\', "\\\\").replace('"', "\\\""))
}

fn unknown(header: &str, place: Origin, sink: &mut Sink) {
    sink.say(Severity::Warning, Code::UnknownColumn, || {
        let shown: String = header.chars().take(100).collect();
        let names = Column::ALL.iter().map(|column| column.as_str());
        let hint = match closest(&shown, names) {
            Some(column) => format!(
                "did you mean `{column}`? rename it, or write in [columns]: {} = \"{column}\"",
                quoted(header)
            ),
            None => format!(
                "its cells are not used; to use them, write in [columns]: {} = \"notes\", or another canonical column",
                quoted(header)
            ),
        };
        Diagnostic::warning(Code::UnknownColumn, format!("no column `{shown}`"))
            .at(place)
            .hint(hint)
    });
}

fn no_name(row: &impl Row, cells: &[Cleaned<'_>], meanings: &[Option<Meaning>], sink: &mut Sink) {
    let free = || {
        let pairs = cells.iter().zip(meanings);
        pairs.filter(|(cell, meaning)| meaning.is_none() && !cell.text.is_empty())
    };
    // The header most like a name, else the first that means nothing else.
    let likely = free()
        .find(|(cell, _)| closest(&cell.text, ["name", "organization"]).is_some())
        .or_else(|| free().find(|(cell, _)| cell.text.to_lowercase().contains("name")))
        .or_else(|| free().next());
    let hint = match likely {
        Some((cell, _)) => format!(
            "name a column `name` in the first line, or write in [columns]: {} = \"name\"",
            quoted(&cell.text)
        ),
        None => "the first line names the columns; one of them must be `name`".to_owned(),
    };
    sink.push(
        Diagnostic::error(Code::NoNameColumn, "no column holds the signatories' names")
            .at(row.origin())
            .hint(hint),
    );
}

/// Reads one row. `None`: nothing stands in it.
pub(super) fn read_row(header: &Header, row: &impl Row, sink: &mut Sink) -> Option<Record> {
    if row.len() != header.width {
        ragged(header, row, sink);
    }
    let get = |at: usize, sink: &mut Sink| cell(row, at, sink);
    let mut record = Record::new("", row.origin());
    for &at in &header.name {
        let name = get(at, sink);
        if matches!(name, Cow::Owned(_)) {
            several_lines(row, at, sink);
        }
        record.name = boxed(name);
        if !record.name.is_empty() {
            break;
        }
    }
    let said = header.kind.and_then(|at| read_kind(row, at, sink));
    if let Some(at) = header.level {
        record.level = read_level(row, at, sink);
    }
    if let Some(at) = header.status {
        record.status = read_status(row, at, sink);
    }
    record.cells.reserve_exact(header.cells.len());
    for &(column, at) in &header.cells {
        if record.cells.last().is_some_and(|(last, _)| *last == column) {
            continue; // Another column of this meaning, further left, holds something.
        }
        let cell = get(at, sink);
        if !cell.is_empty() {
            record.cells.push((column, boxed(cell)));
        }
    }
    record.kind = said.unwrap_or_default();
    if header.has_people() || header.person_title.is_some() {
        add_person(header, row, said, &mut record, sink);
    }
    if record.name.is_empty() {
        let blank = (0..row.len()).all(|at| row.cell(at).is_none_or(|cell| clean::cell(cell).text.is_empty()));
        if blank {
            return None;
        }
        no_name_in_row(header, row, sink);
    }
    Some(record)
}

/// Tells of a name over several lines: a quotation mark may be missing, so that
/// one name swallowed the rows below it.
fn several_lines(row: &impl Row, at: usize, sink: &mut Sink) {
    let lines = row.cell(at).map_or(0, |cell| cell.trim().lines().count());
    if lines > 1 {
        sink.say(Severity::Warning, Code::BadValue, || {
            Diagnostic::warning(
                Code::BadValue,
                format!("the name runs over {lines} lines; it was read as one"),
            )
            .at(row.place(at))
            .hint("is a quotation mark missing, or are these several signatories?")
        });
    }
}

/// Returns a cell, cleaned; says what was removed or is too long.
fn cell<'a>(row: &'a impl Row, at: usize, sink: &mut Sink) -> Cow<'a, str> {
    let Some(cell) = row.cell(at) else {
        return "".into();
    };
    let Cleaned { text, removed } = clean::cell(cell);
    if let Some((_, removed)) = removed {
        sink.say(Severity::Warning, Code::InvisibleCharacter, || {
            let message = format!("{} was removed from a cell", clean::name(removed));
            Diagnostic::warning(Code::InvisibleCharacter, message).at(row.place(at))
        });
    }
    if text.len() > MAX_CELL {
        sink.say(Severity::Error, Code::TooLarge, || {
            let message = format!("a cell of {} bytes; at most {MAX_CELL} are read", text.len());
            Diagnostic::error(Code::TooLarge, message)
                .at(row.place(at))
                .hint("is a quotation mark not closed?")
        });
        let mut end = MAX_CELL;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        return text[..end].to_owned().into();
    }
    text
}

fn boxed(text: Cow<'_, str>) -> Box<str> {
    match text {
        Cow::Borrowed(text) => text.into(),
        Cow::Owned(text) => text.into(),
    }
}

/// Puts the person of a row where they belong: in the name of an individual, or
/// among the contact's private cells.
fn add_person(header: &Header, row: &impl Row, said: Option<Kind>, record: &mut Record, sink: &mut Sink) {
    let person = read_person(header, row, sink);
    let title = header
        .person_title
        .map(|at| boxed(cell(row, at, sink)))
        .unwrap_or_default();
    let individual = said.unwrap_or(if header.name.is_empty() {
        Kind::Individual
    } else {
        Kind::Organization
    }) == Kind::Individual;
    if individual && !person.is_empty() {
        let organisation = std::mem::replace(&mut record.name, person);
        add(record, Column::Affiliation, organisation);
    } else {
        add(record, Column::ContactName, person);
    }
    add(
        record,
        if individual {
            Column::Title
        } else {
            Column::ContactTitle
        },
        title,
    );
    if individual {
        record.kind = Kind::Individual;
    }
    record.cells.sort_by_key(|&(column, _)| column);
}

/// Adds a cell, unless it is empty or the column has one.
fn add(record: &mut Record, column: Column, cell: Box<str>) {
    if !cell.is_empty() && record.get(column).is_none() {
        record.cells.push((column, cell));
    }
}

fn read_person(header: &Header, row: &impl Row, sink: &mut Sink) -> Box<str> {
    for &at in &header.full_name {
        let full = cell(row, at, sink);
        if !full.is_empty() {
            return boxed(full);
        }
    }
    let first = header.first_name.map(|at| cell(row, at, sink)).unwrap_or_default();
    let last = header.last_name.map(|at| cell(row, at, sink)).unwrap_or_default();
    match (first.is_empty(), last.is_empty()) {
        (false, false) => format!("{first} {last}").into(),
        (false, true) => boxed(first),
        (true, _) => boxed(last),
    }
}

fn no_name_in_row(header: &Header, row: &impl Row, sink: &mut Sink) {
    sink.say(Severity::Warning, Code::EmptyName, || {
        let at = header.name.first().copied();
        let place = at.filter(|&at| at < row.len()).map_or(row.origin(), |at| row.place(at));
        let hint = if header.has_people() && !header.name.is_empty() {
            "the organization's cell is empty; if the person signs, write `individual` in a column `kind`"
        } else {
            "write the name, or delete the row"
        };
        Diagnostic::warning(Code::EmptyName, "the row has no name, and is not counted")
            .at(place)
            .hint(hint)
    });
}

fn ragged(header: &Header, row: &impl Row, sink: &mut Sink) {
    let message = || format!("the row has {}, the header {}", count(row.len()), header.width);
    let short = row.len() < header.width;
    if short {
        // A blank row of a sheet, or cells left out at the end.
        let blank = (0..row.len()).all(|at| row.cell(at).is_none_or(|cell| cell.trim().is_empty()));
        if !blank {
            sink.say(Severity::Note, Code::RaggedRow, || {
                Diagnostic::note(Code::RaggedRow, message())
                    .at(row.origin())
                    .hint("the cells that lack are read as empty")
            });
        }
        return;
    }
    let extra = (header.width..row.len()).find(|&at| row.cell(at).is_some_and(|cell| !cell.trim().is_empty()));
    if let Some(extra) = extra {
        sink.say(Severity::Warning, Code::RaggedRow, || {
            Diagnostic::warning(Code::RaggedRow, message())
                .at(row.place(extra))
                .hint("if a name holds the delimiter, put it in quotation marks")
        });
    }
}

fn count(cells: usize) -> String {
    if cells == 1 {
        "1 cell".to_owned()
    } else {
        format!("{cells} cells")
    }
}

fn read_kind(row: &impl Row, at: usize, sink: &mut Sink) -> Option<Kind> {
    match row.cell(at)? {
        "organization" => Some(Kind::Organization),
        "individual" => Some(Kind::Individual),
        _ => {
            let known = [Kind::Organization, Kind::Individual].map(Kind::as_str);
            word(row, at, headers::kind, &known, "it is read as organization", sink).ok()?
        }
    }
}

fn read_level(row: &impl Row, at: usize, sink: &mut Sink) -> Option<Level> {
    let cell = row.cell(at)?;
    if let Some(&level) = Level::ALL.iter().find(|level| level.as_str() == cell) {
        return Some(level);
    }
    let known: Vec<_> = Level::ALL.iter().map(|level| level.as_str()).collect();
    word(row, at, headers::level, &known, "it is left out", sink).ok()?
}

fn read_status(row: &impl Row, at: usize, sink: &mut Sink) -> Status {
    let cell = row.cell(at).unwrap_or_default();
    if let Some(&status) = Status::ALL.iter().find(|status| status.as_str() == cell) {
        return status;
    }
    let known: Vec<_> = Status::ALL.iter().map(|status| status.as_str()).collect();
    match word(row, at, headers::status, &known, "the row is counted as pending", sink) {
        Ok(status) => status.unwrap_or_default(),
        Err(()) => Status::Pending,
    }
}

/// Reads one of a few words. `Ok(None)`: the cell is empty. `Err`: it is none
/// of them, and the sink says so.
fn word<T>(
    row: &impl Row,
    at: usize,
    read: fn(&str) -> Option<T>,
    known: &[&str],
    instead: &str,
    sink: &mut Sink,
) -> Result<Option<T>, ()> {
    let cell = cell(row, at, sink);
    if cell.is_empty() {
        return Ok(None);
    }
    if let Some(value) = read(&cell) {
        return Ok(Some(value));
    }
    sink.say(Severity::Warning, Code::BadValue, || {
        let shown: String = cell.chars().take(100).collect();
        Diagnostic::warning(Code::BadValue, format!("`{shown}` is not understood; {instead}"))
            .at(row.place(at))
            .hint(suggest(&shown, known))
    });
    Err(())
}
