//! Writes lists of signatories: new files, or rows added to an existing file.
//!
//! In: records, and for an existing list its text and the places of its records. Out:
//! the text of the file. Guaranteed: what was in the file stays byte for byte,
//! comments, order of columns, line ends and quotation marks included, but for the
//! cells that are said to change and columns that are added at the right; no cell
//! runs in a spreadsheet. Absent: which records are new (that is `load::overlap`'s).

use crate::model::signatory::{Column, Kind, Record, Status, runs_as_formula};
use std::borrow::Cow;
use std::ops::Range;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, TomlError, value};

/// A set of columns: those that records have values in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UsedColumns(u32);

// A bit for each column.
const _: () = assert!(Column::ALL.len() <= u32::BITS as usize);

impl UsedColumns {
    /// The columns of one record. `name` is always among them, `kind` where somebody
    /// is an individual or has an affiliation, `status` where a row does not count.
    pub fn of(record: &Record) -> Self {
        let mut used = Self::default();
        used.add(Column::Name);
        if record.kind == Kind::Individual {
            used.add(Column::Kind);
        }
        if record.status != Status::Confirmed || record.hold.is_some() {
            used.add(Column::Status);
        }
        if record.level.is_some() {
            used.add(Column::Level);
        }
        for (column, _) in &record.cells {
            used.add(*column);
        }
        // Without a kind, whoever has an affiliation is an individual.
        if record.get(Column::Affiliation).is_some() {
            used.add(Column::Kind);
        }
        used
    }

    /// Adds a column.
    pub fn add(&mut self, column: Column) {
        self.0 |= 1 << column as u32;
    }

    /// Adds all columns of another.
    pub fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// The columns, in canonical order.
    pub fn columns(self) -> Vec<Column> {
        let held = |column: &Column| self.0 & (1 << *column as u32) != 0;
        Column::ALL.iter().copied().filter(held).collect()
    }
}

/// The columns that hold anything in records, and `name`.
fn used_columns(records: &[Record]) -> UsedColumns {
    let mut all = UsedColumns::default();
    all.add(Column::Name);
    for record in records {
        all.join(UsedColumns::of(record));
    }
    all
}

/// The format in which rows of cells are written.
#[derive(Clone, Debug)]
pub struct RowFormat {
    /// The meaning of each column, where it is known; the others stay empty.
    columns: Vec<Option<Column>>,
    delimiter: u8,
    line_end: &'static str,
}

impl RowFormat {
    /// A format of the canonical columns that are used.
    pub fn new(used: UsedColumns, delimiter: u8) -> Self {
        Self {
            columns: used.columns().into_iter().map(Some).collect(),
            delimiter,
            line_end: "\n",
        }
    }

    /// Adds the header to a text.
    pub fn header(&self, out: &mut String) {
        let name = |column: &Option<Column>| column.map_or("", Column::as_str);
        let header: Vec<&str> = self.columns.iter().map(name).collect();
        push_row(out, &header, self.delimiter, self.line_end);
    }

    /// Adds a record to a text.
    pub fn row(&self, out: &mut String, record: &Record) {
        let mut seen = UsedColumns::default();
        let cells: Vec<Cow<'_, str>> = self
            .columns
            .iter()
            .map(|column| {
                let before = seen;
                column.iter().for_each(|column| seen.add(*column));
                match column {
                    // Of two columns that mean the same, the left one holds the value.
                    Some(column) if seen != before => record.value(*column),
                    _ => "".into(),
                }
            })
            .collect();
        push_row(out, &cells, self.delimiter, self.line_end);
    }
}

/// Returns records as CSV with canonical columns, in UTF-8.
pub fn csv(records: &[Record]) -> String {
    let format = RowFormat::new(used_columns(records), b',');
    let mut out = String::new();
    format.header(&mut out);
    for record in records {
        format.row(&mut out, record);
    }
    out
}

/// An existing list of cells.
#[derive(Clone, Debug)]
pub struct ExistingList<'a> {
    /// The whole file.
    pub text: &'a str,
    /// The byte that separates the cells.
    pub delimiter: u8,
    /// The header's bytes.
    pub header: Range<usize>,
    /// The meaning of each column, where it is known.
    pub columns: Vec<Option<Column>>,
    /// The records' bytes, ascending.
    pub records: Vec<Range<usize>>,
    /// Finds the cells of a record, as bytes of it.
    pub cells: fn(&str, u8) -> Vec<Range<usize>>,
}

/// Makes room in a list of cells for records that fill these columns, and gives
/// records of it, by their place, another status; the places ascend. Returns the text
/// of the list, and how rows are added to it.
pub fn extend_cells(
    existing: &ExistingList<'_>,
    mut added: UsedColumns,
    statuses: &[(usize, Status)],
) -> (String, RowFormat) {
    let ExistingList { text, delimiter, .. } = *existing;
    let adds = added != UsedColumns::default();
    if !statuses.is_empty() {
        added.add(Column::Status);
    }
    let known = |column: &Column| existing.columns.contains(&Some(*column));
    let missing: Vec<Column> = added.columns().into_iter().filter(|column| !known(column)).collect();
    let line_end = line_end(text);
    let width = existing.columns.len();

    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..existing.header.end]);
    for column in &missing {
        out.push(char::from(delimiter));
        out.push_str(column.as_str());
    }
    let mut at = existing.header.end;
    for (place, span) in existing.records.iter().enumerate() {
        let status = statuses.binary_search_by_key(&place, |(changed, _)| *changed);
        let status = status.ok().map(|found| statuses[found].1);
        if missing.is_empty() && status.is_none() {
            continue;
        }
        out.push_str(&text[at..span.start]);
        let record = &text[span.clone()];
        let cells = (existing.cells)(record, delimiter);
        let own = existing
            .columns
            .iter()
            .position(|column| *column == Some(Column::Status));
        let mut kept = 0;
        let mut held = cells.len();
        if let (Some(status), Some(own)) = (status, own) {
            match cells.get(own) {
                Some(cell) => {
                    out.push_str(&record[..cell.start]);
                    out.push_str(status.as_str());
                    kept = cell.end;
                }
                None => {
                    out.push_str(record);
                    kept = record.len();
                    pad(&mut out, held, own, delimiter);
                    out.push_str(status.as_str());
                    held = own + 1;
                }
            }
        }
        out.push_str(&record[kept..]);
        if !missing.is_empty() {
            pad(&mut out, held, width.max(1) - 1, delimiter);
            for column in &missing {
                out.push(char::from(delimiter));
                if *column == Column::Status
                    && let Some(status) = status
                {
                    out.push_str(status.as_str());
                }
            }
        }
        at = span.end;
    }
    out.push_str(&text[at..]);
    if adds && !out.ends_with('\n') {
        out.push_str(line_end);
    }
    let columns = existing.columns.iter().copied().chain(missing.into_iter().map(Some));
    let format = RowFormat {
        columns: columns.collect(),
        delimiter,
        line_end,
    };
    (out, format)
}

/// Adds empty cells until the next is at place `until`.
fn pad(out: &mut String, held: usize, until: usize, delimiter: u8) {
    for _ in held.max(1)..=until {
        out.push(char::from(delimiter));
    }
}

fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

fn push_row<T: AsRef<str>>(out: &mut String, cells: &[T], delimiter: u8, line_end: &str) {
    for (at, cell) in cells.iter().map(AsRef::as_ref).enumerate() {
        if at > 0 {
            out.push(char::from(delimiter));
        }
        let formula = runs_as_formula(cell);
        let special = |c: char| matches!(c, '"' | '\n' | '\r' | ',' | ';' | '\t' | '|') || c == char::from(delimiter);
        // A row of one empty cell would be an empty line.
        let quoted = formula || cell.contains(special) || (cells.len() == 1 && cell.is_empty());
        if quoted {
            out.push('"');
        }
        if formula {
            out.push('\'');
        }
        match quoted {
            true => out.push_str(&cell.replace('"', "\"\"")),
            false => out.push_str(cell),
        }
        if quoted {
            out.push('"');
        }
    }
    out.push_str(line_end);
}

/// Adds `[[signatory]]` tables to a TOML list, and gives tables of it, by their
/// place among them, another status.
///
/// # Errors
/// When the text is not valid TOML, or `signatory` in it is not a list of tables.
pub fn extend_toml(text: &str, added: &[Record], statuses: &[(usize, Status)]) -> Result<String, ExtendError> {
    let mut document: DocumentMut = text.parse()?;
    let mut out = text.to_owned();
    if !statuses.is_empty() {
        let tables = document.get_mut("signatory").and_then(Item::as_array_of_tables_mut);
        let tables = tables.ok_or(ExtendError::NotTables)?;
        for (place, status) in statuses {
            let table = tables.get_mut(*place).ok_or(ExtendError::NotTables)?;
            table.insert("status", value(status.as_str()));
        }
        out = document.to_string();
    } else if document.get("signatory").is_some_and(|item| !item.is_array_of_tables()) {
        return Err(ExtendError::NotTables);
    }
    for record in added {
        let mut table = Table::new();
        for column in UsedColumns::of(record).columns() {
            table.insert(column.as_str(), value(&*record.value(column)));
        }
        let mut entries = ArrayOfTables::new();
        entries.push(table);
        let mut entry = DocumentMut::new();
        entry.insert("signatory", Item::ArrayOfTables(entries));
        if !out.is_empty() {
            out.push_str(if out.ends_with('\n') { "\n" } else { "\n\n" });
        }
        // A comment at the end belongs to nothing in TOML's eyes: the entry is joined
        // to it as text.
        out.push_str(&entry.to_string());
    }
    Ok(match line_end(text) {
        "\r\n" => out.replace("\r\n", "\n").replace('\n', "\r\n"),
        _ => out,
    })
}

/// Adds names to a list of one name a line.
///
/// # Errors
/// When a record is more than the name of an organization that signed: such a list
/// has no room for it.
pub fn extend_lines(text: &str, added: &[Record]) -> Result<String, ExtendError> {
    let mut out = text.to_owned();
    for record in added {
        let plain = record.kind == Kind::Organization && record.status == Status::Confirmed && record.hold.is_none();
        if !plain || record.name.starts_with('#') {
            return Err(ExtendError::NoRoom(record.name.to_string()));
        }
        if !out.is_empty() && !out.ends_with('\n') {
            out.push_str(line_end(text));
        }
        out.push_str(&record.name);
        out.push_str(line_end(text));
    }
    Ok(out)
}

/// The reason why records could not be added to a list.
#[derive(Debug, thiserror::Error)]
pub enum ExtendError {
    /// The text is not valid TOML.
    #[error("the file is not valid TOML: {0}")]
    Toml(#[from] TomlError),
    /// `signatory` exists and is not a list of tables.
    #[error("`signatory` is not a list of tables; write `[[signatory]]`")]
    NotTables,
    /// A row has more to it than a name.
    #[error("a list with one name per line has no room for the kind or the status of `{0}`; import into a .csv file")]
    NoRoom(String),
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::source::{Origin, SourceMap};

    fn record(name: &str, cells: &[(Column, &str)]) -> Record {
        let mut record = Record::new(name, Origin::File(SourceMap::default().add("", "")));
        for (column, cell) in cells {
            record.set(*column, cell);
        }
        record
    }

    fn existing<'a>(text: &'a str, columns: &[Option<Column>]) -> ExistingList<'a> {
        let header = text.find(['\r', '\n']).unwrap();
        let mut records = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let held = line.trim_end();
            if at > 0 && !held.is_empty() {
                records.push(at..at + held.len());
            }
            at += line.len();
        }
        ExistingList {
            text,
            delimiter: b',',
            header: 0..header,
            columns: columns.to_vec(),
            records,
            cells: |record, delimiter| {
                let mut start = 0;
                let cell = |cell: &str| {
                    start += cell.len() + 1;
                    start - 1 - cell.len()..start - 1
                };
                record.split(char::from(delimiter)).map(cell).collect()
            },
        }
    }

    fn extended(existing: &ExistingList<'_>, added: &[Record], statuses: &[(usize, Status)]) -> String {
        let mut needed = UsedColumns::default();
        added.iter().for_each(|record| needed.join(UsedColumns::of(record)));
        let (mut out, format) = extend_cells(existing, needed, statuses);
        added.iter().for_each(|record| format.row(&mut out, record));
        out
    }

    #[test]
    fn lists_have_the_columns_they_need() {
        let mut person = record("=Ana \"Nita\" Ruiz", &[(Column::State, "NM")]);
        person.kind = Kind::Individual;
        let rows = [record("Río Abajo, Inc.", &[]), person];
        assert_eq!(
            csv(&rows),
            "name,kind,state\n\"Río Abajo, Inc.\",organization,\n\"'=Ana \"\"Nita\"\" Ruiz\",individual,NM\n"
        );
        assert_eq!(csv(&[record("", &[])]), "name\n\"\"\n");
    }

    #[test]
    fn what_stands_stays() {
        let text = "\u{feff}Organization,mine,State\r\nA,\"x\" ,NM\r\n\r\nB";
        let existing = existing(text, &[Some(Column::Name), None, Some(Column::State)]);
        let new = record("C", &[(Column::State, "TX")]);
        assert_eq!(extended(&existing, &[new], &[]), format!("{text}\r\nC,,TX\r\n"));
        let new = record("C", &[(Column::City, "Taos")]);
        assert_eq!(
            extended(&existing, &[new], &[]),
            "\u{feff}Organization,mine,State,city\r\nA,\"x\" ,NM,\r\n\r\nB,,,\r\nC,,,Taos\r\n"
        );
        assert_eq!(
            extended(&existing, &[], &[(1, Status::Withdrawn)]),
            "\u{feff}Organization,mine,State,status\r\nA,\"x\" ,NM,\r\n\r\nB,,,withdrawn"
        );
    }

    #[test]
    fn a_status_changes_in_its_cell() {
        let text = "name,status,city\nA,confirmed,X\nB,,Y\nC\n";
        let existing = existing(text, &[Some(Column::Name), Some(Column::Status), Some(Column::City)]);
        let changed = [(0, Status::Withdrawn), (1, Status::Declined), (2, Status::Withdrawn)];
        assert_eq!(
            extended(&existing, &[], &changed),
            "name,status,city\nA,withdrawn,X\nB,declined,Y\nC,withdrawn\n"
        );
    }

    #[test]
    fn toml_and_lines_keep_their_comments() {
        let old = "# mine\nsignatories = [\"A\"] # first\n\n[[signatory]]\nname = \"B\" # hers\n# end";
        let new = extend_toml(old, &[record("C", &[(Column::State, "NM")])], &[]).unwrap();
        assert_eq!(new, format!("{old}\n\n[[signatory]]\nname = \"C\"\nstate = \"NM\"\n"));
        let new = extend_toml(old, &[], &[(0, Status::Withdrawn)]).unwrap();
        assert_eq!(
            new,
            "# mine\nsignatories = [\"A\"] # first\n\n[[signatory]]\nname = \"B\" # hers\nstatus = \"withdrawn\"\n# end"
        );
        assert_eq!(
            extend_lines("# mine\nA", &[record("B", &[])]).unwrap(),
            "# mine\nA\nB\n"
        );
        let mut pending = record("B", &[]);
        pending.status = Status::Pending;
        assert!(extend_lines("A\n", &[pending]).is_err());
    }
}
