//! What judging the same rows again need not find out again.
//!
//! In: rows, and what their whole list says. Out: what is found of each. Guaranteed: a finding is
//! taken only for a row that says the same as it did, of which the list says the same; the outcome
//! is that without memory. Absent: answers, which are applied each time.

use super::row::{Finding, RowContext, WholeList};
use crate::model::signatory::Record;
use rustc_hash::FxHashSet;
use std::fmt;

/// Row by row: the hash of its folded name, and what is found of it.
pub(super) type Judgements = Vec<(u64, Option<Box<Finding>>)>;

/// Remembers what judging the same rows again need not find out again.
#[derive(Default)]
pub struct RowMemory {
    records: Vec<Record>,
    contexts: Vec<RowContext>,
    directory: FxHashSet<String>,
    found: Judgements,
}

impl fmt::Debug for RowMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("RowMemory");
        out.field("rows", &self.found.len()).finish_non_exhaustive()
    }
}

impl RowMemory {
    /// Judges rows; those before and after what changed are not judged again.
    pub(super) fn judge(
        &mut self,
        records: &[Record],
        list: &WholeList,
        judge_each: impl FnOnce(&[Record], &WholeList) -> Judgements,
    ) -> Judgements {
        if !list.has_directory(&self.directory) {
            *self = Self {
                directory: list.directory(),
                ..Self::default()
            };
        }
        let contexts: Vec<RowContext> = records.iter().map(|record| list.context(record)).collect();
        let is_same =
            |new: usize, old: usize| contexts[new] == self.contexts[old] && records[new].says_same(&self.records[old]);
        let (new, old) = (records.len(), self.records.len());
        let shorter = new.min(old);
        let before = (0..shorter).take_while(|&at| is_same(at, at)).count();
        let after = (1..=shorter - before).take_while(|&back| is_same(new - back, old - back));
        let after = after.count();
        let (fresh, stale) = (before..new - after, before..old - after);
        let judged = judge_each(&records[fresh.clone()], list);
        self.found.splice(stale.clone(), judged);
        self.records.splice(stale, records[fresh].iter().cloned());
        self.contexts = contexts;
        self.found.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::known::Known;
    use crate::model::signatory::Column;
    use crate::resolve::rows::{judge_rows, judge_rows_again};
    use crate::source::{Origin, SourceMap};

    #[test]
    fn rows_that_were_judged_before_are_judged_the_same() {
        let mut sources = SourceMap::default();
        let file = sources.add("a.csv", "");
        let record = |(at, (name, city)): (usize, &(&str, &str))| {
            let start = crate::source::offset(10 * at);
            let mut record = Record::new(
                *name,
                Origin::Span {
                    file,
                    start,
                    end: start + 9,
                },
            );
            record.set(Column::City, city);
            record
        };
        let rows = |rows: &[(&str, &str)]| rows.iter().enumerate().map(record).collect::<Vec<Record>>();
        let sum = ("TOTAL: 12", "");
        let (alder, birch) = (("Alder Clinic", "Taos"), ("Birch Fund; Cedar House", "Waco"));
        let lists = [
            rows(&[alder, birch, sum]),
            rows(&[alder, birch, sum]),
            // A row changed, one came, one went, and the whole list has another shape.
            rows(&[alder, ("Birch Fund and Cedar House", "Waco"), sum]),
            rows(&[alder, ("ASHA", ""), ("Birch Fund", "Waco"), sum]),
            rows(&[("ASHA", ""), ("Birch Fund", "Waco"), sum]),
            rows(&[("ASHA", ""), ("BIRCH FUND", ""), ("CEDAR HOUSE", ""), sum]),
            rows(&[]),
            rows(&[sum, alder]),
        ];
        let mut memory = RowMemory::default();
        let known = Known::default();
        for list in lists {
            let expected = judge_rows(list.clone(), &known);
            assert_eq!(judge_rows_again(list, &known, &mut memory), expected);
        }
    }
}
