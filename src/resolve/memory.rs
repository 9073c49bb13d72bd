//! What resolving the same rows again need not find out again.
//!
//! In: the groups of one resolving. Out: the pairs that were judged, for the next one.
//! Guaranteed: the outcome is the same as without memory. All pairs are taken if every record and
//! every group is as it was. Of other groups, the pairs of those that are as they were are not
//! looked for again, nor judged again while words are as rare as they were. Absent: answers, which
//! are applied to the pairs each time.

use crate::model::signatory::Record;
use crate::resolve::blocking::{self, Candidates, WordCounts, moved_groups, moved_pair, packed};
use crate::resolve::name_group::NameGroup;
use crate::resolve::name_memory::NameMemory;
use crate::resolve::rows::RowMemory;
use crate::resolve::weigh::{Edge, Verdict};
use rustc_hash::FxHashMap;
use std::fmt;

/// Remembers what resolving the same rows again need not find out again.
#[derive(Default)]
pub struct ResolveMemory {
    /// What was found of rows by themselves.
    pub rows: RowMemory,
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
    /// Returns the pairs that were judged last.
    pub(super) fn take(&mut self) -> Option<JudgedPairs> {
        self.judged.take()
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

    /// Returns true if these are the records and groups that the pairs were judged from.
    pub(super) fn are_of(&self, records: &[Record], groups: &[NameGroup]) -> bool {
        let is_same = |(a, b): (&NameGroup, &NameGroup)| a.is_same(b);
        let say_same = |(a, b): (&Record, &Record)| a.says_same(b);
        let same_records = self.records.len() == records.len() && self.records.iter().zip(records).all(say_same);
        same_records && self.groups.len() == groups.len() && self.groups.iter().zip(groups).all(is_same)
    }

    /// Proposes the pairs of other groups.
    pub(super) fn candidates(&self, groups: &[NameGroup], counts: &WordCounts) -> Candidates {
        blocking::candidates_again(groups, counts, Some((&self.groups, &self.candidates)))
    }

    /// Returns the verdicts on pairs of groups that are as they were, in a list in which words are
    /// as rare; `None` for a pair that is apart.
    pub(super) fn verdicts(
        &self,
        records: &[Record],
        groups: &[NameGroup],
        counts: &WordCounts,
    ) -> FxHashMap<u64, Option<Verdict>> {
        let mut verdicts = FxHashMap::default();
        if !counts.is_same(&self.counts) {
            return verdicts;
        }
        let moved = moved_groups(&self.groups, groups, |old, new| {
            self.groups[old].says_same(&self.records, &groups[new], records)
        });
        let pairs = self.candidates.pairs.iter();
        verdicts.extend(pairs.filter_map(|&pair| Some((moved_pair(pair, &moved)?, None))));
        let edges = self.edges.iter();
        verdicts.extend(edges.filter_map(|edge| {
            let pair = moved_pair(packed(edge.a, edge.b), &moved)?;
            Some((pair, Some(edge.verdict)))
        }));
        verdicts
    }
}

#[cfg(test)]
#[path = "memory_tests.rs"]
mod tests;
