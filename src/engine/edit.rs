//! Edits a list in its place: a cell of a row, a row at the end.
//!
//! In: a list, a row of it, and new values. Out: the [`ChangeSet`] of the list. Guaranteed:
//! every other byte stays, quotation marks, order, comments and line ends included; the
//! changed list was read once more, and its row says what was asked; a list that changed
//! since it was shown is not touched. Absent: workbooks and pages, which are imported into
//! a list first.

use super::changes::{ChangeSet, Expected, MemoryOutputs};
use super::error::{EngineError, Result};
use super::import::{ImportRequest, ImportTarget};
use super::lists::ListInput;
use super::workspace::Workspace;
use crate::emit::list::{self, CellEdit, ExistingList, TableEdit, UsedColumns};
use crate::files::ContentHash;
use crate::load::{self, delimited};
use crate::model::signatory::{Column, Kind, Level, Record, Status};
use crate::source::{FileId, Origin, SourceMap};
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml_edit::{Document, Item};

/// Names a row of a list by where it begins in the file: a byte, of a sheet the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u32);

impl RowId {
    /// Returns the row that a record was read from.
    pub fn of(record: &Record) -> Self {
        match record.origin {
            Origin::Span { start, .. } => Self(start),
            Origin::Cell { row, .. } => Self(row),
            Origin::File(_) => Self(0),
        }
    }
}

/// A list that is about to be edited.
struct EditedList {
    path: PathBuf,
    name: String,
    sources: SourceMap,
    file: FileId,
    records: Vec<Record>,
    content: ContentHash,
}

impl EditedList {
    fn text(&self) -> &str {
        self.sources.text(self.file)
    }

    fn refused<T>(&self, why: &str) -> Result<T> {
        Err(EngineError::Refused(format!("`{}` {why}", self.name)))
    }
}

impl Workspace {
    /// Gives cells of a row other values; an empty value empties the cell. `was` is the
    /// content of the list as it was shown.
    ///
    /// # Errors
    /// When the list changed since, has no such row, or cannot take the values.
    pub fn edit_row(&self, list: &Path, row: RowId, cells: &[(Column, String)], was: Expected) -> Result<ChangeSet> {
        let edited = self.list_to_edit(list, was)?;
        let Some(place) = edited.records.iter().position(|record| RowId::of(record) == row) else {
            return edited.refused("has no such row any more; look at it again");
        };
        let cells: Vec<(Column, String)> = cells
            .iter()
            .map(|(column, value)| Ok((*column, checked(*column, value)?)))
            .collect::<Result<_>>()?;
        let record = &edited.records[place];
        let changed = |(column, value): &&(Column, String)| written(record, *column) != **value;
        let cells: Vec<(Column, String)> = cells.iter().filter(changed).cloned().collect();
        if cells.is_empty() {
            return Ok(ChangeSet::default());
        }
        let text = self.edited(&edited, place, &cells)?;
        self.expect_row(&edited, place, &cells, &text)?;
        let old = Expected::Content(edited.content);
        Ok(ChangeSet::one(edited.path, old, Some(text.into_bytes())))
    }

    /// Withdraws a signature: its row stays, with the status `withdrawn`.
    ///
    /// # Errors
    /// See [`Workspace::edit_row`].
    pub fn withdraw(&self, list: &Path, row: RowId, was: Expected) -> Result<ChangeSet> {
        let status = Status::Withdrawn.as_str().to_owned();
        self.edit_row(list, row, &[(Column::Status, status)], was)
    }

    /// Deletes rows of a list, such as those of a sample. A row of somebody who signed is
    /// withdrawn instead (see [`Workspace::withdraw`]), so that the next import does not bring
    /// it back.
    ///
    /// # Errors
    /// When the list changed since it was shown, has no such row, or is no sheet of text.
    pub fn delete_rows(&self, list: &Path, rows: &[RowId], was: Expected) -> Result<ChangeSet> {
        let edited = self.list_to_edit(list, was)?;
        let ending = edited
            .path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        if !["csv", "tsv", "tab"].contains(&&*ending) {
            return edited.refused("cannot be edited here; delete the rows in the program that made it");
        }
        let is_chosen = |record: &&Record| rows.contains(&RowId::of(record));
        if edited.records.iter().filter(is_chosen).count() != rows.len() {
            return edited.refused("has no such row any more; look at it again");
        }
        let mut text = edited.text().to_owned();
        for record in edited.records.iter().rev().filter(is_chosen) {
            let Origin::Span { start, end, .. } = record.origin else {
                return edited.refused("cannot be edited here; import it into a .csv list");
            };
            let line_end = text[end as usize..]
                .find('\n')
                .map_or(text.len(), |at| end as usize + at + 1);
            text.replace_range(start as usize..line_end, "");
        }
        let columns = &self.project.columns;
        let bytes = text.as_bytes().to_vec();
        let left = load::list_from_bytes(&mut self.sources.clone(), &edited.name, Some(&ending), bytes, columns)?.value;
        let kept: Vec<&Record> = edited.records.iter().filter(|record| !is_chosen(record)).collect();
        let is_same = |(new, old): (&Record, &&Record)| new.name == old.name && new.cells == old.cells;
        if left.len() != kept.len() || !left.iter().zip(&kept).all(is_same) {
            return edited.refused("would not say the same of its other rows, so nothing was written; edit the file");
        }
        let old = Expected::Content(edited.content);
        Ok(ChangeSet::one(edited.path, old, Some(text.into_bytes())))
    }

    /// Adds a signature at the end of a list.
    ///
    /// # Errors
    /// When the list changed since it was shown, has the signature already, or cannot take it.
    pub fn add_signature(&self, list: &Path, cells: &[(Column, String)], was: Expected) -> Result<ChangeSet> {
        let origin = Origin::File(SourceMap::default().add("", ""));
        let mut record = Record::new("", origin);
        for (column, value) in cells {
            let value = checked(*column, value)?;
            match column {
                Column::Name => record.name = value.into(),
                Column::Kind if value == Kind::Individual.as_str() => record.kind = Kind::Individual,
                Column::Kind => {}
                Column::Level => record.level = Level::ALL.iter().copied().find(|level| level.as_str() == value),
                Column::Status => {
                    let status = Status::ALL.iter().copied().find(|status| status.as_str() == value);
                    record.status = status.unwrap_or_default();
                }
                column => record.set(*column, &value),
            }
        }
        if record.name.is_empty() {
            return Err(EngineError::Refused("a signature needs a name".to_owned()));
        }
        let path = self.paths.absolute(list);
        let rows = list::csv(&[record]);
        let mut plan = self.import(ImportRequest {
            input: ListInput::Bytes("the new signature".to_owned(), rows.into_bytes()),
            target: ImportTarget::List(path.clone()),
            letter: None,
            without_private: false,
        })?;
        if plan.expected() != was {
            let name = self.paths.shown(&path);
            return Err(EngineError::Changed { name });
        }
        if plan.counts.added.count == 0 {
            let name = self.paths.shown(&path);
            return Err(EngineError::Refused(format!("`{name}` has this signature already")));
        }
        plan.change_set()
    }

    /// Reads a list and holds it against what was shown.
    fn list_to_edit(&self, list: &Path, was: Expected) -> Result<EditedList> {
        let path = self.paths.absolute(list);
        let name = self.paths.shown(&path);
        let mut sources = self.sources.clone();
        let loaded = self.readings.list(&mut sources, &name, &path, &self.project.columns)?;
        let content = sources.last_read(&name, &path);
        let file = loaded.value.first().map(|record| record.origin.file());
        let (Some(content), Some(file)) = (content, file) else {
            return Err(EngineError::Refused(format!("`{name}` has no rows")));
        };
        if Expected::Content(content) != was {
            return Err(EngineError::Changed { name });
        }
        let edited = EditedList {
            path,
            name,
            sources,
            file,
            records: loaded.value,
            content,
        };
        if ContentHash::of(edited.text().as_bytes()) != content {
            return edited.refused("is not a UTF-8 text, so it cannot be edited here; import it into a .csv list");
        }
        Ok(edited)
    }

    /// Returns the text of a list with cells of a row changed.
    fn edited(&self, list: &EditedList, place: usize, cells: &[(Column, String)]) -> Result<String> {
        let ending = list
            .path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        let columns = &self.project.columns;
        let delimiter = (ending != "csv").then_some(b'\t');
        let span = match list.records[place].origin {
            Origin::Span { start, end, .. } => start as usize..end as usize,
            _ => return list.refused("cannot be edited here; import it into a .csv list"),
        };
        match ending.as_str() {
            "toml" => self.edited_toml(list, span, cells),
            "csv" | "tsv" | "tab" | "txt" => match delimited::layout(list.text(), delimiter, columns) {
                Some(layout) => Ok(edited_cells(list, layout, place, cells)),
                None if ending == "txt" => edited_line(list, span, cells),
                None => list.refused("has no single column of names, so it cannot be edited here"),
            },
            _ => list.refused("cannot be edited here; import it into a .csv list"),
        }
    }

    /// Returns a TOML list with keys of a table changed, or a name in an array.
    fn edited_toml(&self, list: &EditedList, span: Range<usize>, cells: &[(Column, String)]) -> Result<String> {
        let text = list.text();
        let failed = |error: toml_edit::TomlError| EngineError::emit(format!("`{}`", list.name), error);
        let document: Document<&str> = Document::parse(text).map_err(failed)?;
        if text[span.clone()].starts_with(['"', '\'']) {
            return match cells {
                [(Column::Name, name)] => Ok(list::rename_in_array(text, span, name)),
                _ => list.refused("has only a name here; write a [[signatory]] table for it"),
            };
        }
        let tables = document.get("signatory").and_then(Item::as_array_of_tables);
        let mut tables = tables.into_iter().flatten().enumerate();
        let found = tables.find(|(_, table)| table.span().is_some_and(|at| at.start == span.start));
        let Some((place, table)) = found else {
            return list.refused("has this row not as a [[signatory]] table, so it cannot be edited here");
        };
        let keys: Vec<&str> = table.iter().map(|(key, _)| key).collect();
        let known = load::canonical_columns(keys.iter().copied(), &self.project.columns);
        let edits = cells.iter().map(|(column, value)| {
            let own = known.iter().position(|known| *known == Some(*column));
            TableEdit {
                place,
                key: own.map_or(column.as_str(), |at| keys[at]).to_owned(),
                value: value.clone(),
            }
        });
        let edits: Vec<TableEdit> = edits.collect();
        list::extend_toml(text, &[], &edits).map_err(|error| EngineError::emit(format!("`{}`", list.name), error))
    }

    /// Makes sure that the changed list has the same rows, and the row what was asked.
    fn expect_row(&self, list: &EditedList, place: usize, cells: &[(Column, String)], text: &str) -> Result<()> {
        let mut sources = self.sources.clone();
        let bytes = text.as_bytes().to_vec();
        let columns = &self.project.columns;
        let readings = &self.readings;
        let loaded = readings.list_from_bytes(&mut sources, &list.name, &list.path, bytes, columns)?;
        let is_so = loaded.value.len() == list.records.len()
            && loaded
                .value
                .iter()
                .zip(&list.records)
                .enumerate()
                .all(|(at, (new, old))| match at == place {
                    true => cells.iter().all(|(column, value)| written(new, *column) == *value),
                    false => new.name == old.name && new.status == old.status && new.cells == old.cells,
                });
        match is_so {
            true => Ok(()),
            false => list.refused("would not say this when it is read again, so nothing was written; edit the file"),
        }
    }
}

/// Returns what a column of a row says, as a person writes it.
fn written(record: &Record, column: Column) -> String {
    match column {
        Column::Name => record.typed_name().to_owned(),
        // A row that says nothing of them is confirmed, and an organization.
        Column::Status if record.status == Status::Confirmed && record.hold.is_none() => String::new(),
        Column::Kind if record.kind == Kind::Organization => String::new(),
        column => record.value(column).into_owned(),
    }
}

/// Returns a value as it is written: on one line, and one of the words where there are few.
fn checked(column: Column, value: &str) -> Result<String> {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let words: Vec<&str> = match column {
        Column::Status => Status::ALL.iter().map(|status| status.as_str()).collect(),
        Column::Level => Level::ALL.iter().map(|level| level.as_str()).collect(),
        Column::Kind => vec![Kind::Organization.as_str(), Kind::Individual.as_str()],
        Column::Name if value.is_empty() => {
            let message = "a row needs a name; to take a signature off the roll, withdraw it";
            return Err(EngineError::Refused(message.to_owned()));
        }
        _ => return Ok(value),
    };
    let word = value.to_lowercase();
    if !word.is_empty() && !words.contains(&&*word) {
        let message = format!("`{value}` is not a valid {}; use {}", column.as_str(), words.join(", "));
        return Err(EngineError::Refused(message));
    }
    // What goes without saying is not said.
    let is_default = word == Status::Confirmed.as_str() || word == Kind::Organization.as_str();
    Ok(if is_default { String::new() } else { word })
}

fn edited_cells(list: &EditedList, layout: delimited::Layout, place: usize, cells: &[(Column, String)]) -> String {
    let records = list.records.iter().map(|record| match record.origin {
        Origin::Span { start, end, .. } => start as usize..end as usize,
        _ => 0..0,
    });
    let existing = ExistingList {
        text: list.text(),
        delimiter: layout.delimiter,
        header: layout.header,
        columns: layout.columns,
        records: records.collect(),
        cells: delimited::cells,
    };
    let edits = cells.iter().map(|(column, value)| CellEdit {
        place,
        column: *column,
        value: value.clone(),
    });
    let edits: Vec<CellEdit> = edits.collect();
    list::extend_cells(&existing, UsedColumns::default(), &edits).0
}

fn edited_line(list: &EditedList, span: Range<usize>, cells: &[(Column, String)]) -> Result<String> {
    let text = list.text();
    let line = &text[span.clone()];
    let (start, end) = (line.len() - line.trim_start().len(), line.trim_end().len());
    match cells {
        [(Column::Name, name)] if start < end && !name.starts_with('#') => Ok(format!(
            "{}{name}{}",
            &text[..span.start + start],
            &text[span.start + end..]
        )),
        _ => list.refused("has one name per line and no room for more; import it into a .csv list"),
    }
}

impl super::import::ImportPlan {
    /// Returns the change that writes the list.
    ///
    /// # Errors
    /// See [`super::import::ImportPlan::write`].
    pub fn change_set(&mut self) -> Result<ChangeSet> {
        let outputs = MemoryOutputs::default();
        self.write(&outputs)?;
        let old = self.expected();
        let files = outputs.into_files().into_iter();
        let mut set = ChangeSet::default();
        for (path, bytes) in files {
            set.changes.extend(ChangeSet::one(path, old, Some(bytes)).changes);
        }
        Ok(set)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::engine::Paths;
    use crate::files::{Files, MemoryFiles};
    use std::sync::Arc;

    fn workspace(path: &str, text: &str) -> Workspace {
        let mut files = MemoryFiles::default();
        files.insert(path, text);
        let files: Arc<dyn Files> = Arc::new(files);
        Workspace::open(&files, &Paths::new("/w"), Path::new("/w")).unwrap()
    }

    fn was(text: &str) -> Expected {
        Expected::of(Some(text.as_bytes()))
    }

    /// Edits the row of a name, and returns the list, or the reason why not.
    fn edit(ending: &str, text: &str, name: &str, cells: &[(Column, &str)]) -> std::result::Result<String, String> {
        let path = format!("/w/signatories/a.{ending}");
        let workspace = workspace(&path, text);
        let list = workspace.list_to_edit(Path::new(&path), was(text)).unwrap();
        let row = list
            .records
            .iter()
            .find(|row| &*row.name == name)
            .map(RowId::of)
            .unwrap();
        let cells: Vec<_> = cells
            .iter()
            .map(|(column, value)| (*column, (*value).to_owned()))
            .collect();
        let set = workspace.edit_row(Path::new(&path), row, &cells, was(text));
        let set = set.map_err(|error| error.to_string())?;
        let new = set.changes.first().map(|change| change.new.clone().unwrap());
        Ok(new.map_or(text.to_owned(), |new| String::from_utf8(new).unwrap()))
    }

    #[test]
    fn one_cell_changes_and_every_other_byte_stays() {
        let check = |ending: &str, text: &str, name: &str, cells: &[(Column, &str)], expected: &str| {
            assert_eq!(edit(ending, text, name, cells).as_deref(), Ok(expected), "{text}");
        };
        let quoted = "\u{feff}Organization;mine;State\r\n\"Alder Clinic\"; x ;NM\r\n\r\nBirch Fund;\"a;b\";\r\n";
        check(
            "csv",
            quoted,
            "Alder Clinic",
            &[(Column::Name, "Alder Street Clinic")],
            &quoted.replace("Alder Clinic", "Alder Street Clinic"),
        );
        check(
            "csv",
            quoted,
            "Birch Fund",
            &[(Column::State, "TX")],
            &quoted.replace("b\";", "b\";TX"),
        );
        check("csv", quoted, "Birch Fund", &[(Column::State, " ")], quoted);
        check(
            "csv",
            "name,status\nAlder Clinic,\nBirch Fund,pending\n",
            "Birch Fund",
            &[(Column::Status, "confirmed")],
            "name,status\nAlder Clinic,\nBirch Fund,\n",
        );
        let toml = "# ours\nsignatories = [\"Alder Clinic\", 'Cedar House'] # two\n\n[[signatory]] # three\n\
            organization = \"Birch Fund\" # hers\nState = \"NM\"\n# end\n";
        check(
            "toml",
            toml,
            "Birch Fund",
            &[(Column::Name, "Birch Trust"), (Column::State, "TX")],
            &toml.replace("Birch Fund", "Birch Trust").replace("NM", "TX"),
        );
        check(
            "toml",
            toml,
            "Cedar House",
            &[(Column::Name, "Cedar Home")],
            &toml.replace("'Cedar House'", "\"Cedar Home\""),
        );
        let lines = "# ours\n  Alder Clinic  \nBirch Fund";
        check(
            "txt",
            lines,
            "Alder Clinic",
            &[(Column::Name, "Alder Street Clinic")],
            "# ours\n  Alder Street Clinic  \nBirch Fund",
        );
    }

    #[test]
    fn what_a_list_cannot_say_is_refused() {
        let csv = "name,status\nAlder Clinic,\nBirch Fund,\n";
        let check = |ending: &str, text: &str, column: Column, value: &str, expected: &str| {
            let refused = edit(ending, text, "Alder Clinic", &[(column, value)]).unwrap_err();
            assert!(refused.contains(expected), "{refused}");
        };
        check("csv", csv, Column::Name, " ", "a row needs a name");
        check(
            "csv",
            csv,
            Column::Status,
            "maybe",
            "is not a valid status; use confirmed",
        );
        check("csv", csv, Column::Level, "huge", "is not a valid level");
        check(
            "txt",
            "Alder Clinic\nBirch Fund\n",
            Column::Status,
            "withdrawn",
            "no room for more",
        );
        check(
            "txt",
            "Alder Clinic\nBirch Fund\n",
            Column::Name,
            "# Alder",
            "no room for more",
        );
        check(
            "toml",
            "signatories = [\"Alder Clinic\"]",
            Column::City,
            "Taos",
            "only a name here",
        );
    }

    #[test]
    fn a_list_that_changed_meanwhile_is_not_touched() {
        let text = "name\nAlder Clinic\n";
        let workspace = workspace("/w/signatories/a.csv", text);
        let path = Path::new("/w/signatories/a.csv");
        let changed = |outcome: Result<ChangeSet>| matches!(outcome, Err(EngineError::Changed { .. }));
        assert!(changed(workspace.edit_row(
            path,
            RowId(5),
            &[(Column::City, "Taos".to_owned())],
            Expected::Nothing
        )));
        assert!(changed(workspace.withdraw(path, RowId(5), Expected::Nothing)));
        let new = [(Column::Name, "Birch Fund".to_owned())];
        assert!(changed(workspace.add_signature(path, &new, Expected::Nothing)));
        let gone = workspace.withdraw(path, RowId(77), was(text)).unwrap_err();
        assert!(gone.to_string().contains("no such row"), "{gone}");
    }

    #[test]
    fn a_signature_is_withdrawn_and_one_is_added() {
        let text = "name,state\nAlder Clinic,NM\n";
        let workspace = workspace("/w/signatories/a.csv", text);
        let path = Path::new("/w/signatories/a.csv");
        let new = |set: ChangeSet| String::from_utf8(set.changes[0].new.clone().unwrap()).unwrap();
        let set = workspace.withdraw(path, RowId(11), was(text)).unwrap();
        assert_eq!(new(set), "name,state,status\nAlder Clinic,NM,withdrawn\n");
        let cells = [
            (Column::Name, "Birch, Inc.".to_owned()),
            (Column::State, "TX".to_owned()),
        ];
        let set = workspace.add_signature(path, &cells, was(text)).unwrap();
        assert_eq!(new(set), "name,state\nAlder Clinic,NM\n\"Birch, Inc.\",TX\n");
        let again = [
            (Column::Name, "Alder Clinic".to_owned()),
            (Column::State, "NM".to_owned()),
        ];
        let refused = workspace.add_signature(path, &again, was(text)).unwrap_err();
        assert!(refused.to_string().contains("has this signature already"), "{refused}");
    }
}
