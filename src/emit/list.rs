//! Writes lists of signatories: new files, or rows added to an existing file.
//!
//! In: records, and for an existing list its text and the places of its records. Out:
//! the text of the file. Guaranteed: what was in the file stays byte for byte,
//! comments, order of columns, line ends and quotation marks included, but for the
//! cells that are said to change and columns that are added at the right; no cell
//! runs in a spreadsheet. Absent: which records are new (that is `load::overlap`'s).

use super::columns;
use crate::model::formula::neutralize;
use crate::model::signatory::{Column, Kind, Record, Status};
use std::borrow::Cow;
use std::ops::Range;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, TomlError, Value, value};

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

/// Gives a cell of a row another value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellEdit {
    /// The row, by its place among the records of the list.
    pub place: usize,
    /// The column.
    pub column: Column,
    /// The new value; empty for none.
    pub value: String,
}

/// Makes room in a list of cells for records that fill these columns, and gives cells
/// of its records other values; the places of the edits ascend. Returns the text of the
/// list, and how rows are added to it.
pub fn extend_cells(existing: &ExistingList<'_>, mut added: UsedColumns, edits: &[CellEdit]) -> (String, RowFormat) {
    let ExistingList { text, delimiter, .. } = *existing;
    let adds = added != UsedColumns::default();
    edits.iter().for_each(|edit| added.add(edit.column));
    let known = |column: &Column| existing.columns.contains(&Some(*column));
    let missing: Vec<Column> = added.columns().into_iter().filter(|column| !known(column)).collect();
    // A list of one column has no delimiter (a control character stands for none).
    if !missing.is_empty() && delimiter.is_ascii_control() && delimiter != b'\t' {
        let (text, header, records) = with_commas(existing);
        let divided = ExistingList {
            text: &text,
            delimiter: b',',
            header,
            records,
            columns: existing.columns.clone(),
            cells: existing.cells,
        };
        return extend_cells(&divided, added, edits);
    }
    let line_end = line_end(text);

    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..existing.header.end]);
    for column in &missing {
        out.push(char::from(delimiter));
        out.push_str(column.as_str());
    }
    let mut at = existing.header.end;
    for (place, span) in existing.records.iter().enumerate() {
        let first = edits.partition_point(|edit| edit.place < place);
        let own = edits[first..].iter().take_while(|edit| edit.place == place);
        let own: Vec<&CellEdit> = own.collect();
        if missing.is_empty() && own.is_empty() {
            continue;
        }
        out.push_str(&text[at..span.start]);
        edit_record(&mut out, &text[span.clone()], existing, &missing, &own);
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

/// Returns the text of a list of one column as one with commas, with the places of its header
/// and its records: what holds a comma gets quotation marks.
fn with_commas(existing: &ExistingList<'_>) -> (String, Range<usize>, Vec<Range<usize>>) {
    let mut out = String::with_capacity(existing.text.len());
    let mut at = 0;
    let mut places = Vec::with_capacity(existing.records.len() + 1);
    for span in std::iter::once(&existing.header).chain(&existing.records) {
        out.push_str(&existing.text[at..span.start]);
        let start = out.len();
        let cell = &existing.text[span.clone()];
        match cell.contains([',', '"']) && !cell.trim_start().starts_with('"') {
            true => push_quoted(&mut out, cell),
            false => out.push_str(cell),
        }
        places.push(start..out.len());
        at = span.end;
    }
    out.push_str(&existing.text[at..]);
    let header = places.remove(0);
    (out, header, places)
}

/// Adds a record to a text with some of its cells changed, and with the columns that its
/// list lacks at the right.
fn edit_record(out: &mut String, record: &str, existing: &ExistingList<'_>, missing: &[Column], edits: &[&CellEdit]) {
    let delimiter = existing.delimiter;
    let cells = (existing.cells)(record, delimiter);
    let value = |column: Column| edits.iter().find(|edit| edit.column == column).map(|edit| &*edit.value);
    let mut seen = UsedColumns::default();
    let mut kept = 0;
    let mut held = cells.len();
    for (at, column) in existing.columns.iter().enumerate() {
        let before = seen;
        column.iter().for_each(|column| seen.add(*column));
        // Of two columns that mean the same, the left one holds the value.
        let Some(value) = column.filter(|_| seen != before).and_then(value) else {
            continue;
        };
        match cells.get(at) {
            Some(cell) => {
                out.push_str(&record[kept..cell.start]);
                push_cell(out, value, delimiter, record[cell.clone()].starts_with('"'));
                kept = cell.end;
            }
            None => {
                out.push_str(&record[kept..]);
                kept = record.len();
                pad(out, held, at, delimiter);
                push_cell(out, value, delimiter, false);
                held = at + 1;
            }
        }
    }
    out.push_str(&record[kept..]);
    if missing.is_empty() {
        return;
    }
    pad(out, held, existing.columns.len().max(1) - 1, delimiter);
    for column in missing {
        out.push(char::from(delimiter));
        push_cell(out, value(*column).unwrap_or_default(), delimiter, false);
    }
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
        // A row of one empty cell would be an empty line.
        push_cell(out, cell, delimiter, cells.len() == 1 && cell.is_empty());
    }
    out.push_str(line_end);
}

/// Adds a cell, in quotation marks where it needs them or `is_quoted` asks for them.
fn push_cell(out: &mut String, cell: &str, delimiter: u8, is_quoted: bool) {
    let safe = neutralize(cell);
    let special = |c: char| matches!(c, '"' | '\n' | '\r' | ',' | ';' | '\t' | '|') || c == char::from(delimiter);
    if !is_quoted && *safe == *cell && !cell.contains(special) {
        out.push_str(cell);
        return;
    }
    push_quoted(out, &safe);
}

/// Adds a text in quotation marks.
fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

/// Gives a key of a `[[signatory]]` table another value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableEdit {
    /// The table, by its place among them.
    pub place: usize,
    /// The key.
    pub key: String,
    /// The new value; empty to remove the key.
    pub value: String,
}

/// Adds `[[signatory]]` tables to a TOML list, and gives keys of its tables other values.
///
/// # Errors
/// When the text is not valid TOML, or `signatory` in it is not a list of tables.
pub fn extend_toml(text: &str, added: &[Record], edits: &[TableEdit]) -> Result<String, ExtendError> {
    let mut document: DocumentMut = text.parse()?;
    let mut out = text.to_owned();
    if !edits.is_empty() {
        let tables = document.get_mut("signatory").and_then(Item::as_array_of_tables_mut);
        let tables = tables.ok_or(ExtendError::NotTables)?;
        for edit in edits {
            let table = tables.get_mut(edit.place).ok_or(ExtendError::NotTables)?;
            match &*edit.value {
                "" => drop(table.remove(&edit.key)),
                word => columns::set_word(table, &edit.key, word),
            }
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

/// Returns a TOML list with the name that stands at `place` replaced, quotation marks included.
pub fn rename_in_array(text: &str, place: Range<usize>, name: &str) -> String {
    let word = Value::from(name);
    format!("{}{word}{}", &text[..place.start], &text[place.end..])
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

    fn edit(place: usize, column: Column, value: &str) -> CellEdit {
        CellEdit {
            place,
            column,
            value: value.to_owned(),
        }
    }

    fn extended(existing: &ExistingList<'_>, added: &[Record], edits: &[CellEdit]) -> String {
        let mut needed = UsedColumns::default();
        added.iter().for_each(|record| needed.join(UsedColumns::of(record)));
        let (mut out, format) = extend_cells(existing, needed, edits);
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
            extended(&existing, &[], &[edit(1, Column::Status, "withdrawn")]),
            "\u{feff}Organization,mine,State,status\r\nA,\"x\" ,NM,\r\n\r\nB,,,withdrawn"
        );
    }

    #[test]
    fn a_status_changes_in_its_cell() {
        let text = "name,status,city\nA,confirmed,X\nB,,Y\nC\n";
        let existing = existing(text, &[Some(Column::Name), Some(Column::Status), Some(Column::City)]);
        let changed = ["withdrawn", "declined", "withdrawn"];
        let changed = [0, 1, 2].map(|place| edit(place, Column::Status, changed[place]));
        assert_eq!(
            extended(&existing, &[], &changed),
            "name,status,city\nA,withdrawn,X\nB,declined,Y\nC,withdrawn\n"
        );
    }

    #[test]
    fn a_cell_changes_and_no_other_byte() {
        let columns = [Some(Column::Name), None, Some(Column::State), Some(Column::Name)];
        let check = |text: &str, edits: &[CellEdit], expected: &str| {
            assert_eq!(extended(&existing(text, &columns), &[], edits), expected, "{text:?}");
        };
        let name = |value: &str| [edit(0, Column::Name, value)];
        check("n,x,s,m\r\nA, y ,NM,Z\r\n", &name("B"), "n,x,s,m\r\nB, y ,NM,Z\r\n");
        check("n,x,s,m\n\"A\",y,NM", &name("B"), "n,x,s,m\n\"B\",y,NM");
        check("n,x,s,m\nA,y", &name("B, Inc."), "n,x,s,m\n\"B, Inc.\",y");
        check("n,x,s,m\nA", &name("the \"B\""), "n,x,s,m\n\"the \"\"B\"\"\"");
        check("n,x,s,m\nA,y,NM", &name("=1+1"), "n,x,s,m\n\"'=1+1\",y,NM");
        check("n,x,s,m\nA", &[edit(0, Column::State, "TX")], "n,x,s,m\nA,,TX");
        check("n,x,s,m\nA,y,NM\nB", &[edit(0, Column::State, "")], "n,x,s,m\nA,y,\nB");
        let two = [edit(0, Column::City, "Taos"), edit(0, Column::State, "TX")];
        check("n,x,s,m\nA,y,NM\nB\n", &two, "n,x,s,m,city\nA,y,TX,,Taos\nB,,,,\n");
    }

    #[test]
    fn toml_and_lines_keep_their_comments() {
        let old = "# mine\nsignatories = [\"A\"] # first\n\n[[signatory]]\nname = \"B\" # hers\n# end";
        let new = extend_toml(old, &[record("C", &[(Column::State, "NM")])], &[]).unwrap();
        assert_eq!(new, format!("{old}\n\n[[signatory]]\nname = \"C\"\nstate = \"NM\"\n"));
        let edit = |key: &str, value: &str| TableEdit {
            place: 0,
            key: key.to_owned(),
            value: value.to_owned(),
        };
        let new = extend_toml(old, &[], &[edit("status", "withdrawn")]).unwrap();
        assert_eq!(
            new,
            "# mine\nsignatories = [\"A\"] # first\n\n[[signatory]]\nname = \"B\" # hers\nstatus = \"withdrawn\"\n# end"
        );
        let new = extend_toml(old, &[], &[edit("name", "B \"2\"")]).unwrap();
        assert_eq!(new, old.replace("name = \"B\"", "name = 'B \"2\"'"));
        let at = old.find("\"A\"").unwrap();
        assert_eq!(
            rename_in_array(old, at..at + 3, "C, Inc."),
            old.replace("\"A\"", "\"C, Inc.\"")
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
