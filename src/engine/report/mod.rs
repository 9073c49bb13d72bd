//! What programs read: JSON Lines and CSV.
//!
//! In: what the engine returns. Out: lines, written to whatever takes them. Guaranteed:
//! the fields are those of structs of their own, so that the model can change without
//! them; one object a line, with its `type`. Absent: text for people.

mod dedupe;
mod diagnostic;
mod diff;
mod explain;
mod questions;
mod sarif;
mod status;
mod undo;
mod verify;

pub use dedupe::{dedupe, dedupe_csv};
pub use diagnostic::{diagnostic, failure};
pub use diff::diff;
pub use explain::explain;
pub use questions::{answers, questions};
pub use sarif::sarif;
pub use status::status;
pub use undo::{acts, undo};
pub use verify::verify;

use crate::release::words::WordRun;
use crate::resolve::Evidence;
use serde::Serialize;
use std::io::{self, Write};

/// One reason.
#[derive(Serialize)]
struct EvidenceLine<'a> {
    rule: &'static str,
    weight: f64,
    because: &'a str,
}

/// Rounds a probability to four digits, because nobody can tell more.
fn rounded(probability: f64) -> f64 {
    (probability * 10_000.0).round() / 10_000.0
}

/// Returns the reasons as lines hold them.
fn evidence_lines(evidence: &[Evidence]) -> Vec<EvidenceLine<'_>> {
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

/// A run of words.
#[derive(Serialize)]
struct PieceLine<'a> {
    change: &'static str,
    text: &'a str,
}

/// Returns runs of words as lines hold them.
fn piece_lines(pieces: &[WordRun]) -> Vec<PieceLine<'_>> {
    pieces
        .iter()
        .map(|piece| match piece {
            WordRun::Same(text) => PieceLine { change: "same", text },
            WordRun::Gone(text) => PieceLine { change: "gone", text },
            WordRun::New(text) => PieceLine { change: "new", text },
        })
        .collect()
}
