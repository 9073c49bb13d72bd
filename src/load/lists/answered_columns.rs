//! Rows that were held for a column that `[columns]` explains by now.
//!
//! In: a row of a list of ours, which says in `status` which column held it and what its
//! cell was. Out: the row as if the column stood in the list. Guaranteed: what the cell does
//! not say clearly stays held. Absent: columns that stand in the list (those are `rows`').

use super::consent;
use super::header::Header;
use super::headers::{self, Meaning};
use super::understood::mapped;
use crate::model::held::{HeldReason, Hold};
use crate::model::signatory::{Column, Kind, Record};

impl Header {
    /// Applies what `[columns]` says of the columns that hold a row.
    pub(super) fn answer_hold(&self, record: &mut Record) {
        if self.settings.is_empty() {
            return;
        }
        let Some(first) = record.hold.take() else { return };
        for hold in first.each() {
            let answer = hold.column().and_then(|(header, cell)| {
                let meaning = mapped(header, &self.settings)?;
                Some((meaning, header, cell))
            });
            let held = match answer {
                Some((meaning, header, cell)) => {
                    apply(record, meaning, header, cell).map(|reason| Hold::about(reason, &hold.about))
                }
                None => Some(hold),
            };
            held.into_iter().for_each(|hold| record.hold_too(hold));
        }
    }
}

/// Gives a row what a cell says under a meaning. Returns why the row stays held, if it does.
fn apply(record: &mut Record, meaning: Meaning, header: &str, cell: &str) -> Option<HeldReason> {
    match meaning {
        Meaning::Question(question) => match consent::reply(question, header, cell) {
            Some(status) => record.status = record.status.max(status),
            None => return Some(HeldReason::ConsentUnclear),
        },
        Meaning::Column(Column::Status) => match headers::status(cell) {
            Some(status) => record.status = record.status.max(status),
            None if cell.is_empty() => {}
            None => return Some(HeldReason::StatusUnclear),
        },
        Meaning::Column(Column::Name) if !cell.is_empty() => {
            let person = std::mem::replace(&mut record.name, cell.into());
            record.kind = Kind::Organization;
            if record.get(Column::ContactName).is_none() {
                record.set(Column::ContactName, &person);
            }
            record.set(Column::SortName, "");
            if let Some(title) = record.get(Column::Title).map(str::to_owned) {
                record.set(Column::Title, "");
                record.set(Column::ContactTitle, &title);
            }
        }
        Meaning::Column(column) => {
            if column == Column::Affiliation {
                record.kind = Kind::Individual;
            }
            let is_free =
                !matches!(column, Column::Name | Column::Kind | Column::Level) && record.get(column).is_none();
            if is_free && !cell.is_empty() {
                record.set(column, cell);
            }
        }
        _ => {}
    }
    None
}
