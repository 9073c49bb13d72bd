//! Remembered answers about rows, and what becomes of a row under one.
//!
//! In: decisions and the question a row raises. Out: the decision that answers it; the
//! records that the row is under it. Guaranteed: an answer fits only what the row said
//! when it was given: its name, the reason, and what raised the question. Absent: asking.

use super::fold::fold;
use crate::model::held::{HeldReason, Hold, RowAnswer};
use crate::model::known::{Known, RowDecision};
use crate::model::signatory::{Column, Kind, Record, Status};
use rustc_hash::FxHashMap;

/// Decisions about rows, by the name in the row.
pub(in crate::resolve) struct Answers<'a> {
    decisions: &'a [RowDecision],
    by_name: FxHashMap<String, Vec<usize>>,
}

impl<'a> Answers<'a> {
    /// Sorts the decisions of a workspace.
    pub(in crate::resolve) fn new(known: &'a Known) -> Self {
        let mut by_name: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, decision) in known.rows.iter().enumerate() {
            by_name.entry(key(&decision.name)).or_default().push(at);
        }
        Self {
            decisions: &known.rows,
            by_name,
        }
    }

    /// Returns the place of the last decision that answers a question about a name.
    pub(in crate::resolve) fn find(&self, name: &str, hold: &Hold) -> Option<usize> {
        if self.by_name.is_empty() {
            return None;
        }
        let found = self.by_name.get(&key(name))?;
        found.iter().rev().copied().find(|&at| fits(&self.decisions[at], hold))
    }
}

/// Returns a name as answers are looked up by it: names of signs only as they are.
fn key(name: &str) -> String {
    let folded = fold(name);
    let marks: String = name
        .chars()
        .filter(|c| matches!(c, '?' | '*' | '~' | '†' | '‡'))
        .collect();
    folded + &marks
}

fn fits(decision: &RowDecision, hold: &Hold) -> bool {
    match decision.reason {
        Some(reason) => reason == hold.reason && fold(&decision.about) == fold(&hold.about),
        // Written by hand: it is about the name, not about what other cells say.
        None => hold.reason.is_of_name(),
    }
}

/// Returns what a row is under an answer; more than one record if it is split.
pub(super) fn apply(mut record: Record, hold: &Hold, decision: &RowDecision) -> Vec<Record> {
    record.hold = None;
    let chosen = decision.print.as_deref().or(hold.print.as_deref());
    match decision.answer {
        RowAnswer::Not | RowAnswer::Section => record.ruled_out = true,
        RowAnswer::Split if !decision.into.is_empty() => {
            let one = |name: &String| Record {
                name: name.as_str().into(),
                typed: None,
                ends_in_comma: false,
                ..record.clone()
            };
            return decision.into.iter().map(one).collect();
        }
        RowAnswer::Signatory | RowAnswer::Split => {
            if let Some(name) = chosen {
                record.rename(name);
            }
        }
        RowAnswer::Withdrawn => {
            record.status = Status::Withdrawn;
            if let Some(name) = chosen {
                record.rename(name);
            }
        }
        RowAnswer::Person => {
            record.kind = Kind::Individual;
            // "Prof. Lena Hofstadter, University of Northfield".
            if let Some(print) = &hold.print
                && hold.reason == HeldReason::Person
                && record.get(Column::Affiliation).is_none()
                && let Some(rest) = record.name.strip_prefix(&**print)
            {
                let rest = rest.trim_matches([',', ' ', '(', ')']).to_owned();
                record.set(Column::Affiliation, &rest);
            }
            if let Some(name) = chosen {
                record.rename(name);
            }
        }
    }
    vec![record]
}
