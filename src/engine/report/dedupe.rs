//! The lines of lists that were resolved: `dedupe`'s JSON Lines and CSV.

use super::{EvidenceLine, evidence_lines, line, rounded};
use crate::engine::dedupe::{Deduplication, RowPlace};
use crate::model::formula::neutralize;
use rayon::prelude::*;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct RowFields<'a> {
    file: &'a str,
    line: u32,
    name: &'a str,
}

impl<'a> From<RowPlace<'a>> for RowFields<'a> {
    fn from(RowPlace { file, line, name }: RowPlace<'a>) -> Self {
        Self { file, line, name }
    }
}

#[derive(Serialize)]
struct SignatoryLine<'a> {
    r#type: &'static str,
    id: usize,
    name: &'a str,
    kind: &'static str,
    rows: Vec<RowFields<'a>>,
}

#[derive(Serialize)]
struct PairLine<'a> {
    r#type: &'static str,
    zone: &'static str,
    probability: f64,
    a: RowFields<'a>,
    b: RowFields<'a>,
    evidence: Vec<EvidenceLine<'a>>,
}

#[derive(Serialize)]
struct ExcludedLine<'a> {
    r#type: &'static str,
    reason: &'static str,
    #[serde(flatten)]
    row: RowFields<'a>,
}

#[derive(Serialize)]
struct HeldLine<'a> {
    r#type: &'static str,
    reason: &'static str,
    #[serde(flatten)]
    row: RowFields<'a>,
    question: String,
    answers: Vec<&'static str>,
}

#[derive(Serialize)]
struct SummaryLine {
    r#type: &'static str,
    rows: usize,
    signatories: usize,
    merged: usize,
    review: usize,
    excluded: usize,
    held: usize,
}

/// Lines that are formatted in one piece of parallel work.
const CHUNK: usize = 4096;

/// Writes a line for each signatory in the order of the roll, each pair, each row that is
/// left out or held, and a summary.
///
/// # Errors
/// When `out` takes no more.
pub fn dedupe(found: &Deduplication, out: &mut impl Write) -> io::Result<()> {
    let row = |row: &usize| RowFields::from(found.row(*row));
    let numbered: Vec<(usize, usize)> = found.order.iter().copied().enumerate().collect();
    lines(out, &numbered, |&(id, at)| {
        let signatory = &found.resolution.signatories[at];
        SignatoryLine {
            r#type: "signatory",
            id,
            name: &signatory.name,
            kind: signatory.kind.as_str(),
            rows: signatory.rows.iter().map(row).collect(),
        }
    })?;
    lines(out, &found.resolution.pairs, |pair| PairLine {
        r#type: "pair",
        zone: pair.judgement.zone.as_str(),
        probability: rounded(pair.judgement.probability),
        a: row(&pair.a),
        b: row(&pair.b),
        evidence: evidence_lines(&pair.judgement.evidence),
    })?;
    lines(out, &found.resolution.excluded, |excluded| ExcludedLine {
        r#type: "excluded",
        reason: excluded.reason.as_str(),
        row: row(&excluded.row),
    })?;
    lines(out, &found.resolution.held, |held| {
        let place = found.row(held.row);
        HeldLine {
            r#type: "held",
            reason: held.hold.reason.as_str(),
            question: held.hold.question(&found.records[held.row].name),
            answers: held
                .hold
                .reason
                .answers()
                .iter()
                .map(|answer| answer.as_str())
                .collect(),
            row: place.into(),
        }
    })?;
    let counts = found.counts();
    let summary = SummaryLine {
        r#type: "summary",
        rows: counts.rows,
        signatories: counts.signatories,
        merged: counts.merged,
        review: counts.review,
        excluded: counts.excluded,
        held: counts.held,
    };
    line(out, &summary)
}

/// Writes a table with a line for each row, and the signatory that it belongs to.
///
/// # Errors
/// When `out` takes no more.
pub fn dedupe_csv(found: &Deduplication, out: &mut impl Write) -> io::Result<()> {
    let mut cluster_of: Vec<Option<usize>> = vec![None; found.records.len()];
    for (id, &at) in found.order.iter().enumerate() {
        for &row in &found.resolution.signatories[at].rows {
            cluster_of[row] = Some(id);
        }
    }
    let mut writer = csv::Writer::from_writer(out);
    let header = writer.write_record(["cluster", "name", "kind", "file", "line", "source_name"]);
    header.map_err(plain)?;
    for (row, cluster) in cluster_of.into_iter().enumerate() {
        let place = found.row(row);
        let name = cluster.map_or("", |id| &found.resolution.signatories[found.order[id]].name);
        let record = writer.write_record([
            cluster.map(|id| id.to_string()).unwrap_or_default().as_str(),
            &neutralize(name),
            found.records[row].kind.as_str(),
            &neutralize(place.file),
            &place.line.to_string(),
            &neutralize(place.name),
        ]);
        record.map_err(plain)?;
    }
    writer.flush()
}

/// Returns the error below one of `csv`, so that a closed pipe stays one.
fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Writes one line for each item, in order, formatted over all cores.
fn lines<'i, T: Sync, L: Serialize>(
    out: &mut impl Write,
    items: &'i [T],
    line: impl Fn(&'i T) -> L + Sync,
) -> io::Result<()> {
    for batch in items.chunks(CHUNK * 16) {
        let formatted: Vec<serde_json::Result<Vec<u8>>> = batch
            .par_chunks(CHUNK)
            .map(|chunk| {
                let mut bytes = Vec::with_capacity(chunk.len() * 160);
                for item in chunk {
                    serde_json::to_writer(&mut bytes, &line(item))?;
                    bytes.push(b'\n');
                }
                Ok(bytes)
            })
            .collect();
        for bytes in formatted {
            out.write_all(&bytes?)?;
        }
    }
    Ok(())
}
