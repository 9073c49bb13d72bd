//! What an import does to rows and asks about them, as values.
//!
//! Out: entries, counts and questions. Absent: how they are shown (that is a front
//! end's).

use crate::diag::{Code, Diagnostic};
use crate::model::held::{HeldReason, Hold};
use crate::model::signatory::{Column, Record, Status};
use crate::resolve::rows::RowJudge;
use crate::source::Origin;

/// A row of the export of which there is something to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportEntry {
    /// The name: of a row that is added, as in the export; of another, as in the list.
    pub name: Box<str>,
    /// The row in the export.
    pub origin: Origin,
    /// What becomes of it.
    pub outcome: RowOutcome,
}

/// What becomes of a row of the export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowOutcome {
    /// It is added, with this status.
    Added(Status),
    /// The list's row gets the status that the export has.
    Updated {
        /// The status in the list.
        old: Status,
        /// The status in the export.
        new: Status,
    },
    /// The list's row is held: the export says something new of it, which a person must answer
    /// about.
    Reopened(Hold),
    /// The list's row keeps its status.
    StatusKept {
        /// The status in the list.
        list: Status,
        /// The status in the export.
        export: Status,
    },
    /// The list's row keeps its spelling.
    NameKept {
        /// The spelling in the export.
        export: Box<str>,
    },
}

/// Counts rows and keeps the places of the first few.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowTally {
    /// The number of rows.
    pub count: usize,
    /// The first rows, at most [`RowTally::PLACES`].
    pub first: Vec<Origin>,
}

impl RowTally {
    /// How many places are kept: as many as fit on a line; chosen by eye.
    pub const PLACES: usize = 8;

    /// Counts a row.
    pub fn add(&mut self, origin: Origin) {
        self.count += 1;
        if self.first.len() < Self::PLACES {
            self.first.push(origin);
        }
    }
}

/// Counts the rows of an export by what becomes of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// Rows that are added.
    pub added: RowTally,
    /// Rows among those that are added whose status is not confirmed.
    pub unconfirmed: RowTally,
    /// Rows among those that are added that are held until a day.
    pub held: RowTally,
    /// Rows among those that are added, or held again, that a person must answer about.
    pub asked: RowTally,
    /// Rows of the list whose status changes, or which are held again.
    pub updated: RowTally,
    /// Rows that are in the list already.
    pub there: RowTally,
    /// Rows without a name, which are left out.
    pub nameless: RowTally,
}

impl ImportCounts {
    /// Counts a row that is added, where it is not printed yet.
    pub(super) fn tally(&mut self, record: &Record) {
        if record.status != Status::Confirmed {
            self.unconfirmed.add(record.origin);
        } else if record.get(Column::EmbargoedUntil).is_some() {
            self.held.add(record.origin);
        }
    }

    /// Returns the number of rows of the export.
    pub fn all(&self) -> usize {
        self.added.count + self.updated.count + self.there.count + self.nameless.count
    }
}

/// A row that a person must answer about before it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportQuestion {
    /// The row in the export.
    pub origin: Origin,
    /// Its name.
    pub cell: Box<str>,
    /// What is asked.
    pub hold: Hold,
}

impl ImportQuestion {
    /// Returns the question that a row raises.
    pub(super) fn of(row: &Record, judge: &mut RowJudge<'_>) -> Option<Self> {
        Some(Self {
            origin: row.origin,
            cell: row.name.clone(),
            hold: judge.question(row)?,
        })
    }

    /// Returns the question as a diagnostic.
    pub fn diagnostic(&self) -> Diagnostic {
        let cell = &self.cell;
        if self.hold.reason == HeldReason::SeveralNames {
            let names: Vec<&str> = self.hold.about.split("; ").collect();
            let message = match names[..] {
                [a, b] => format!("`{cell}` may be two signatories: `{a}` and `{b}`"),
                _ => format!("`{cell}` may be {} signatories: `{}`", names.len(), names.join("`, `")),
            };
            return Diagnostic::warning(Code::SeveralNames, message)
                .at(self.origin)
                .hint("if they are several, write a row for each; if one, add the name to signatories/directory.toml");
        }
        let question = self.hold.question(cell);
        let hint = "until you answer with `undersigned review`, the row is not printed";
        Diagnostic::warning(Code::HeldRows, question).at(self.origin).hint(hint)
    }
}
