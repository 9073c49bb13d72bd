//! What programs read: JSON Lines and CSV.
//!
//! In: what the engine returns. Out: lines, written to whatever takes them. Guaranteed:
//! the fields are those of structs of their own, so that the model can change without
//! them; one object a line, with its `type`. Absent: text for people.

mod dedupe;

pub use dedupe::{dedupe, dedupe_csv};

use crate::resolve::Evidence;
use serde::Serialize;
use std::io::{self, Write};

/// One reason.
#[derive(Serialize)]
pub(crate) struct EvidenceLine<'a> {
    rule: &'static str,
    weight: f64,
    because: &'a str,
}

/// Rounds a probability to four digits, because nobody can tell more.
pub(crate) fn rounded(probability: f64) -> f64 {
    (probability * 10_000.0).round() / 10_000.0
}

/// Returns the reasons as lines hold them.
pub(crate) fn evidence_lines(evidence: &[Evidence]) -> Vec<EvidenceLine<'_>> {
    evidence
        .iter()
        .map(|evidence| EvidenceLine {
            rule: evidence.rule,
            weight: evidence.weight.0,
            because: &evidence.because,
        })
        .collect()
}

/// Writes one line.
fn line(out: &mut impl Write, line: &impl Serialize) -> io::Result<()> {
    writeln!(out, "{}", serde_json::to_string(line)?)
}
