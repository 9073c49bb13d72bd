//! Finds the rows of an export that are held, beside each other and the rows of the list.
//!
//! In: the rows of an export, those of them that are added, and the rows of the list. Out: the
//! questions about the added rows. Guaranteed: they are the rows that `dedupe` holds once the
//! import is done. Absent: rows of the list that are held.

use super::entries::ImportQuestion;
use crate::model::held::Hold;
use crate::model::known::Known;
use crate::model::signatory::{Record, Status};
use crate::resolve::{self, ResolveOptions};

/// Returns the questions about the rows of an export that are added; `None`: all are.
pub(super) fn among(
    rows: Vec<Record>,
    added: Option<&[usize]>,
    standing: Vec<Record>,
    known: &Known,
) -> Vec<ImportQuestion> {
    let Some(file) = rows.first().map(|row| row.origin.file()) else {
        return Vec::new();
    };
    let is_added = |at: usize| added.is_none_or(|added| added.binary_search(&at).is_ok());
    let rows = rows.into_iter().enumerate().filter(|(at, _)| is_added(*at));
    let mut all = standing;
    all.extend(rows.map(|(_, row)| row));
    // Decisions that no row needs are no matter of the import.
    let (all, _) = resolve::rows::judge_rows(all, known);
    let question = |record: &Record, hold: Hold| ImportQuestion {
        origin: record.origin,
        cell: record.name.clone(),
        hold,
    };
    let is_new = |record: &Record| record.origin.file() == file;
    // A withdrawal under a near name holds others; only resolving finds those.
    if all.iter().any(|record| record.status == Status::Withdrawn) {
        let (resolution, _) = resolve::resolve(&all, known, &ResolveOptions::default());
        let mut held = resolution.held;
        held.sort_by_key(|held| held.row);
        let new = held.into_iter().filter(|held| is_new(&all[held.row]));
        return new.map(|held| question(&all[held.row], held.hold)).collect();
    }
    let counts = |record: &&Record| {
        let named = record.name.contains(char::is_alphanumeric);
        is_new(record) && record.status == Status::Confirmed && !record.ruled_out && named
    };
    let held = all.iter().filter(counts);
    held.filter_map(|record| Some(question(record, record.hold.as_deref()?.clone())))
        .collect()
}
