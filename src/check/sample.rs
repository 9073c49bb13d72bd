//! Rows of the sample list that `new` writes.
//!
//! In: the rows that are printed. Out: those that are the sample's. Guaranteed: a row is
//! known by its name alone, which no real signatory has: the names are those of a town
//! that is called after examples (data/new/first-letter.csv). Absent: the sample's letter.

use super::{Check, CheckRun, Finding, Rows, Sink};
use crate::diag::{Code, Severity};
use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "sample",
    description: "No row of the sample list is left on the roll.",
    findings: &[Finding {
        code: Code::SampleRow,
        severity: Severity::Error,
        why: "Made-up signatories on a real letter make readers doubt all the others.",
    }],
    run: CheckRun::Roll(run),
};

/// The names of the sample list.
static NAMES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let list = include_str!("../../data/new/first-letter.csv");
    let mut rows = csv::Reader::from_reader(list.as_bytes());
    let names = rows
        .records()
        .flatten()
        .map(|row| folded(row.get(0).unwrap_or_default()));
    names.collect()
});

fn run(all: &Rows<'_>, sink: &mut Sink<'_>) {
    let rows = all.resolution.signatories.iter().flat_map(|one| &one.rows);
    let records = rows.filter_map(|&row| all.records.get(row));
    for record in records.filter(|record| NAMES.contains(&folded(&record.name))) {
        sink.add(
            Code::SampleRow,
            record.origin,
            format!("`{}` is a made-up signatory of the sample list", record.name),
            "delete the row; to use your own list, write its path in `signatories`",
        );
    }
}

/// Letters and digits in lower case.
fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_has_names_that_nobody_has() {
        assert_eq!(NAMES.len(), 5);
        assert!(NAMES.iter().all(|name| name.contains("example")), "{:?}", *NAMES);
    }
}
