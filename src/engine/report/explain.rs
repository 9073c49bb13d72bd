//! The line of a pair of names: `explain`'s JSON Lines.

use super::{EvidenceLine, evidence_lines, line, rounded};
use crate::engine::explain::Explained;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct ExplainLine<'a> {
    r#type: &'static str,
    a: &'a str,
    b: &'a str,
    zone: &'static str,
    probability: f64,
    evidence: Vec<EvidenceLine<'a>>,
}

/// Writes the line of a pair.
///
/// # Errors
/// When `out` takes no more.
pub fn explain(pair: &Explained<'_>, out: &mut impl Write) -> io::Result<()> {
    let fields = ExplainLine {
        r#type: "pair",
        a: pair.a,
        b: pair.b,
        zone: pair.judgement.zone.as_str(),
        probability: rounded(pair.judgement.probability),
        evidence: evidence_lines(&pair.judgement.evidence),
    };
    line(out, &fields)
}
