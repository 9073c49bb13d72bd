//! Adding rows to a list that exists.
//!
//! In: the list as read, and an export that was surveyed. Out: the list's text with room
//! for the new rows, how they are written, and what becomes of each row. Guaranteed: of
//! the list, only the status of rows changes that withdrew or declined, or of which the
//! export says something new that a person must answer about. Absent: reading the list, and
//! writing it.

use super::entries::{ImportCounts, ImportEntry, ImportQuestion, RowOutcome};
use super::export::{Export, ExportSurvey};
use crate::emit::list::{self, CellEdit, ExistingList, RowFormat, TableEdit, UsedColumns};
use crate::engine::error::{EngineError, Result};
use crate::load::delimited;
use crate::load::overlap::{Traits, overlapping};
use crate::model::held::Hold;
use crate::model::signatory::{Column, Record, Status};
use crate::resolve::rows::RowJudge;
use crate::source::{FileId, Origin, SourceMap};
use std::collections::BTreeMap;
use std::path::Path;

/// How rows are written after the head of a list.
pub(super) enum Body {
    /// As cells.
    Cells(RowFormat),
    /// As `[[signatory]]` tables.
    Toml,
    /// One name a line.
    Lines,
}

/// The text of a list before its new rows, and how these are written.
pub(super) struct Draft {
    pub(super) head: String,
    pub(super) body: Body,
    /// The rows that are written, as places among those with a name, ascending; `None`: all.
    pub(super) added: Option<Vec<usize>>,
}

/// A list as it was read.
pub(super) struct Existing<'a> {
    /// The list's path.
    pub(super) path: &'a Path,
    /// Its name as the user knows it.
    pub(super) name: &'a str,
    /// Its rows.
    pub(super) records: &'a [Record],
    /// Its text.
    pub(super) file: FileId,
}

/// Returns the head of a new list, and how its rows are written, in the format that the
/// ending of its name says; without a name, as CSV.
pub(super) fn new_list(path: Option<&Path>, filled: UsedColumns) -> Result<Draft> {
    let ending = path.map(ending).unwrap_or_default();
    let delimiter = match ending.as_str() {
        "toml" => return Ok(draft(String::new(), Body::Toml)),
        "txt" => return Ok(draft(String::new(), Body::Lines)),
        "" | "csv" => b',',
        "tsv" | "tab" => b'\t',
        _ => {
            return Err(EngineError::Refused(format!(
                "lists are written as .csv, .tsv, .toml or .txt, not as .{ending}"
            )));
        }
    };
    let format = RowFormat::new(filled, delimiter);
    let mut head = String::new();
    format.header(&mut head);
    Ok(draft(head, Body::Cells(format)))
}

fn draft(head: String, body: Body) -> Draft {
    Draft {
        head,
        body,
        added: None,
    }
}

fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

/// What becomes of the rows of an export beside those of a list.
#[derive(Default)]
struct RowComparison {
    entries: Vec<ImportEntry>,
    counts: ImportCounts,
    /// The list's rows whose status changes, by their places, and the word of the new one.
    statuses: Vec<(usize, String)>,
    /// The questions about rows of the list that are held again.
    reopened: Vec<ImportQuestion>,
    /// The rows that are new, as places among those with a name.
    added: Vec<usize>,
    /// The columns that the new rows fill.
    filled: UsedColumns,
}

/// A list that gets the rows of an export.
pub(super) struct Extended {
    pub(super) draft: Draft,
    pub(super) entries: Vec<ImportEntry>,
    pub(super) counts: ImportCounts,
    /// The questions about rows of the list that are held again.
    pub(super) reopened: Vec<ImportQuestion>,
}

/// Finds which rows of the export are new and makes room for them in the list. Questions
/// about rows that are there already are dropped from the survey.
pub(super) fn extend(
    existing: &Existing<'_>,
    export: &mut Export,
    survey: &mut ExportSurvey,
    (sources, judge): (&SourceMap, &mut RowJudge<'_>),
) -> Result<Extended> {
    let compared = compare(existing.records, export, survey, (sources, judge));
    survey
        .asked
        .retain(|(row, _)| compared.added.binary_search(row).is_ok());
    let (head, body) = make_room(existing, &compared, sources.text(existing.file), &export.columns)?;
    let draft = Draft {
        head,
        body,
        added: Some(compared.added),
    };
    Ok(Extended {
        draft,
        entries: compared.entries,
        counts: compared.counts,
        reopened: compared.reopened,
    })
}

/// Compares the rows of an export with those of a list.
fn compare(
    records: &[Record],
    export: &mut Export,
    survey: &mut ExportSurvey,
    (sources, judge): (&SourceMap, &mut RowJudge<'_>),
) -> RowComparison {
    let mut incoming = std::mem::take(&mut survey.traits);
    incoming.iter_mut().for_each(|row| row.settle(export.day_first));
    let old: Vec<Traits> = records.iter().map(Traits::of).collect();
    let found = overlapping(&old, &incoming);
    drop((old, incoming));
    let mut compared = RowComparison::default();
    let mut at = 0;
    export.each(sources, &mut |row, _| {
        if row.name.is_empty() {
            return;
        }
        let old = found[at].map(|old_at| (old_at, &records[old_at]));
        at += 1;
        let hold = old.filter(|(_, old)| old.status == Status::Confirmed && row.status == Status::Confirmed);
        let hold = hold.and_then(|(_, old)| judge.reopened(&row, old));
        compared.see(row, at - 1, old, hold);
    });
    compared.statuses.sort_unstable_by_key(|&(at, _)| at);
    compared.counts.nameless = survey.nameless.clone();
    compared
}

impl RowComparison {
    /// Settles what becomes of a row, the `at`th with a name; `old` is the list's row that
    /// is the same signature, and its place; `hold` is what is new and must be asked about.
    fn see(&mut self, row: Record, at: usize, old: Option<(usize, &Record)>, hold: Option<Hold>) {
        let origin = row.origin;
        let Some((old_at, old)) = old else {
            self.counts.added.add(origin);
            self.counts.tally(&row);
            self.filled.join(UsedColumns::of(&row));
            self.added.push(at);
            self.entries.push(ImportEntry {
                outcome: RowOutcome::Added(row.status),
                name: row.name,
                origin,
            });
            return;
        };
        let outcome = if row.status > old.status && row.status >= Status::Withdrawn {
            self.statuses.push((old_at, row.status.as_str().to_owned()));
            self.counts.updated.add(origin);
            RowOutcome::Updated {
                old: old.status,
                new: row.status,
            }
        } else if let Some(hold) = hold {
            // A row that is held already is held for both.
            let mut holds = old.hold.as_deref().cloned().unwrap_or_else(|| hold.clone());
            holds.add(hold.clone());
            self.statuses.push((old_at, holds.status_word()));
            self.counts.updated.add(origin);
            self.reopened.push(ImportQuestion {
                origin,
                cell: old.name.clone(),
                hold: hold.clone(),
            });
            RowOutcome::Reopened(hold)
        } else {
            self.counts.there.add(origin);
            if row.status != old.status {
                RowOutcome::StatusKept {
                    list: old.status,
                    export: row.status,
                }
            } else if old.name != row.name {
                RowOutcome::NameKept { export: row.name }
            } else {
                return;
            }
        };
        self.entries.push(ImportEntry {
            name: old.name.clone(),
            origin,
            outcome,
        });
    }
}

/// Returns the list's text with its changed cells and room for new rows, and how these are
/// written.
fn make_room(
    existing: &Existing<'_>,
    compared: &RowComparison,
    text: &str,
    columns: &BTreeMap<String, String>,
) -> Result<(String, Body)> {
    let (name, statuses) = (existing.name, &compared.statuses);
    let ending = ending(existing.path);
    let (extended, body) = match ending.as_str() {
        "toml" => {
            let places = toml_places(text, existing.records, statuses)?;
            let status = |(place, status): &(usize, String)| TableEdit {
                place: *place,
                key: Column::Status.as_str().to_owned(),
                value: status.clone(),
            };
            let edits: Vec<TableEdit> = places.iter().map(status).collect();
            let extended = list::extend_toml(text, &[], &edits);
            let extended = extended.map_err(|error| EngineError::emit(format!("`{name}`"), error))?;
            (extended, Body::Toml)
        }
        "txt" if delimited::layout(text, None, columns).is_none() => {
            if !statuses.is_empty() {
                return Err(EngineError::Refused(format!(
                    "`{name}` has one name a line and no room for a status; import into a .csv file"
                )));
            }
            (text.to_owned(), Body::Lines)
        }
        "csv" | "tsv" | "tab" | "txt" => {
            if text.trim().is_empty() {
                let new = new_list(None, compared.filled)?;
                (new.head, new.body)
            } else {
                let delimiter = (ending != "csv").then_some(b'\t');
                let cells = cells_of(text, name, existing.records, delimiter, columns)?;
                let status = |(place, status): &(usize, String)| CellEdit {
                    place: *place,
                    column: Column::Status,
                    value: status.clone(),
                };
                let edits: Vec<CellEdit> = statuses.iter().map(status).collect();
                let (text, format) = list::extend_cells(&cells, compared.filled, &edits);
                (text, Body::Cells(format))
            }
        }
        _ => {
            return Err(EngineError::Refused(format!(
                "cannot add to `{name}`; lists are written as .csv, .tsv, .toml or .txt: import it into one first"
            )));
        }
    };
    let changes = !compared.added.is_empty() || !statuses.is_empty();
    Ok((if changes { extended } else { text.to_owned() }, body))
}

/// Returns the places of rows among the `[[signatory]]` tables of a TOML list.
fn toml_places(text: &str, records: &[Record], statuses: &[(usize, String)]) -> Result<Vec<(usize, String)>> {
    let table = |record: &&Record| match record.origin {
        Origin::Span { start, .. } => text[start as usize..].starts_with("[["),
        _ => false,
    };
    statuses
        .iter()
        .map(|(at, status)| {
            let at = *at;
            if !table(&&records[at]) {
                return Err(EngineError::Refused(format!(
                    "`{}` is only a name in an array; write a [[signatory]] table for it, with status = \"{}\"",
                    records[at].name, status
                )));
            }
            Ok((records[..at].iter().filter(table).count(), status.clone()))
        })
        .collect()
}

/// Returns where the cells of a list are in its text.
fn cells_of<'a>(
    text: &'a str,
    name: &str,
    records: &[Record],
    delimiter: Option<u8>,
    columns: &BTreeMap<String, String>,
) -> Result<ExistingList<'a>> {
    let layout = delimited::layout(text, delimiter, columns).ok_or_else(|| {
        EngineError::Refused(format!(
            "cannot add to `{name}`: not one column of it holds the names; import it into a new list first"
        ))
    })?;
    let records = records.iter().map(|record| match record.origin {
        Origin::Span { start, end, .. } => start as usize..end as usize,
        _ => 0..0,
    });
    Ok(ExistingList {
        text,
        delimiter: layout.delimiter,
        header: layout.header.clone(),
        records: records.collect(),
        columns: layout.columns,
        cells: delimited::cells,
    })
}
