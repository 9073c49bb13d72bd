//! What resolving the same rows again need not find out again.
//!
//! In: the groups of one resolving. Out: the pairs that were judged, for the next one.
//! Guaranteed: judged pairs are taken only if every record and every group is as it was, so that
//! the outcome is the same as without memory. Absent: answers, which are applied to the pairs
//! each time.

use crate::model::signatory::Record;
use crate::resolve::blocking::{Candidates, WordCounts};
use crate::resolve::name_group::NameGroup;
use crate::resolve::name_memory::NameMemory;
use crate::resolve::weigh::Edge;
use std::fmt;

/// Remembers what resolving the same rows again need not find out again.
#[derive(Default)]
pub struct ResolveMemory {
    pub(super) names: NameMemory,
    judged: Option<JudgedPairs>,
}

impl fmt::Debug for ResolveMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResolveMemory")
            .field("names", &self.names.len())
            .finish_non_exhaustive()
    }
}

/// The pairs that were judged, and for the next time the records and groups that they were
/// judged from.
pub(super) struct JudgedPairs {
    records: Vec<Record>,
    groups: Vec<NameGroup>,
    pub(super) counts: WordCounts,
    pub(super) candidates: Candidates,
    /// Pairs that are not apart, before any answer.
    pub(super) edges: Vec<Edge>,
}

impl ResolveMemory {
    /// Returns the judged pairs if they are of these records and groups; else forgets them.
    pub(super) fn take(&mut self, records: &[Record], groups: &[NameGroup]) -> Option<JudgedPairs> {
        let judged = self.judged.take()?;
        let is_same = |(a, b): (&NameGroup, &NameGroup)| a.is_same(b);
        let are_same = || judged.groups.len() == groups.len() && judged.groups.iter().zip(groups).all(is_same);
        let say_same = |(a, b): (&Record, &Record)| says_same(a, b);
        let same_records = judged.records.len() == records.len() && judged.records.iter().zip(records).all(say_same);
        (same_records && are_same()).then_some(judged)
    }

    /// Keeps judged pairs with what they were judged from.
    pub(super) fn keep(&mut self, records: &[Record], groups: Vec<NameGroup>, mut judged: JudgedPairs) {
        // Pairs that were remembered are of these records.
        if judged.records.is_empty() {
            judged.records = records.to_vec();
        }
        judged.groups = groups;
        self.judged = Some(judged);
    }
}

/// Returns true if two rows say the same, wherever they are: a list that is read again may be
/// another file to the program.
fn says_same(a: &Record, b: &Record) -> bool {
    let Record {
        name,
        typed,
        ends_in_comma,
        has_more,
        kind,
        level,
        status,
        origin: _,
        hold,
        ruled_out,
        cells,
    } = a;
    *name == b.name
        && *typed == b.typed
        && *ends_in_comma == b.ends_in_comma
        && *has_more == b.has_more
        && *kind == b.kind
        && *level == b.level
        && *status == b.status
        && *hold == b.hold
        && *ruled_out == b.ruled_out
        && *cells == b.cells
}

impl JudgedPairs {
    /// Takes in pairs that are not apart, before any answer.
    pub(super) fn new(counts: WordCounts, candidates: Candidates, edges: Vec<Edge>) -> Self {
        Self {
            records: Vec::new(),
            groups: Vec::new(),
            counts,
            candidates,
            edges,
        }
    }
}
