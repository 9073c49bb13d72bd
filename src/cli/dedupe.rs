//! `undersigned dedupe`: who signed, what was merged and why, what to decide.

use super::args::{Common, Dedupe, DedupeFormat, DiagnosticFormat};
use super::exit::Exit;
use super::progress::Progress;
use super::report::Reporter;
use super::session::{Session, list_inputs};
use super::style::{BOLD, DIM, GREEN, RESET, YELLOW, results};
use crate::compose::roll;
use crate::diag::counted;
use crate::emit::csv::neutralize;
use crate::engine::{self, Workspace};
use crate::model::signatory::Record;
use crate::resolve::{self, Evidence, Pair, Resolution, Zone};
use crate::source::SourceMap;
use rayon::prelude::*;
use serde::Serialize;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub(super) fn run(arguments: &Dedupe, common: &Common) -> anyhow::Result<Exit> {
    let format = match arguments.format {
        DedupeFormat::Json => DiagnosticFormat::Json,
        DedupeFormat::Short => DiagnosticFormat::Short,
        DedupeFormat::Human | DedupeFormat::Csv => DiagnosticFormat::Human,
    };
    let mut reporter = Reporter::new(format, common);
    let progress = Progress::new(common.quiet);
    let workspace = of_lists(&Session::new()?, &arguments.lists)?;
    reporter.report(&workspace.sources, &workspace.diagnostics)?;
    let mut sources = workspace.sources.clone();
    let (records, said) = engine::read_lists(&workspace, list_inputs(&arguments.lists)?, &mut sources)?;
    reporter.report(&sources, &said)?;
    if reporter.failed() {
        return Ok(Exit::Failed);
    }

    let report_progress = |at: resolve::Progress| progress.at(at.step, u64::from(at.at), u64::from(at.of));
    let options = resolve::Options {
        progress: Some(&report_progress),
    };
    let (resolution, diagnostics) = resolve::resolve(&records, &workspace.known, &options);
    reporter.report(&sources, &diagnostics)?;
    if reporter.failed() {
        return Ok(Exit::Failed);
    }
    let order = roll::order(&resolution, &workspace.project.roll(), workspace.language());
    drop(progress);

    let lines = records.par_iter().map(|record| sources.line(record.origin)).collect();
    let result = Result {
        sources: &sources,
        lines,
        records: &records,
        resolution: &resolution,
        order: &order,
    };
    let mut plain = io::BufWriter::with_capacity(1 << 20, io::stdout());
    match arguments.format {
        DedupeFormat::Human | DedupeFormat::Short => result.human(&mut results(common))?,
        DedupeFormat::Json => result.json(&mut plain)?,
        DedupeFormat::Csv => result.csv(&mut plain)?,
    }
    plain.flush()?;
    let exit = match result.questions() {
        0 => Exit::Done,
        _ => Exit::PersonNeeded,
    };
    // The process ends now: giving back millions of small pieces is wasted.
    std::mem::forget((resolution, records, order));
    Ok(exit)
}

/// Opens the workspace of lists: that of the first one's folder.
pub(super) fn of_lists(session: &Session, lists: &[PathBuf]) -> anyhow::Result<Workspace> {
    session.around(lists.first().map_or(Path::new(""), PathBuf::as_path))
}

/// What is printed, whatever the format.
struct Result<'a> {
    sources: &'a SourceMap,
    /// Row by row, its line in its file.
    lines: Vec<u32>,
    records: &'a [Record],
    resolution: &'a Resolution,
    order: &'a [usize],
}

#[derive(Serialize)]
struct RowLine<'a> {
    file: &'a str,
    line: u32,
    name: &'a str,
}

#[derive(Serialize)]
struct SignatoryLine<'a> {
    r#type: &'static str,
    id: usize,
    name: &'a str,
    kind: &'static str,
    rows: Vec<RowLine<'a>>,
}

#[derive(Serialize)]
struct PairLine<'a> {
    r#type: &'static str,
    zone: &'static str,
    probability: f64,
    a: RowLine<'a>,
    b: RowLine<'a>,
    evidence: Vec<EvidenceLine<'a>>,
}

/// One reason, in JSON.
#[derive(Serialize)]
pub(super) struct EvidenceLine<'a> {
    rule: &'static str,
    weight: f64,
    because: &'a str,
}

/// A probability as it is printed: nobody can tell more than four digits.
pub(super) fn rounded(probability: f64) -> f64 {
    (probability * 10_000.0).round() / 10_000.0
}

/// The reasons, in JSON.
pub(super) fn evidence_lines(evidence: &[Evidence]) -> Vec<EvidenceLine<'_>> {
    evidence
        .iter()
        .map(|evidence| EvidenceLine {
            rule: evidence.rule,
            weight: evidence.weight.0,
            because: &evidence.because,
        })
        .collect()
}

#[derive(Serialize)]
struct ExcludedLine<'a> {
    r#type: &'static str,
    reason: &'static str,
    #[serde(flatten)]
    row: RowLine<'a>,
}

#[derive(Serialize)]
struct SummaryLine {
    r#type: &'static str,
    rows: usize,
    signatories: usize,
    merged: usize,
    review: usize,
    excluded: usize,
}

/// Lines that are formatted in one piece of parallel work.
const CHUNK: usize = 4096;

impl<'a> Result<'a> {
    fn row(&self, row: usize) -> RowLine<'a> {
        let record = &self.records[row];
        RowLine {
            file: self.sources.name(record.origin.file()),
            line: self.lines[row],
            name: &record.name,
        }
    }

    fn questions(&self) -> usize {
        self.pairs(Zone::Review).count()
    }

    fn pairs(&self, zone: Zone) -> impl Iterator<Item = &'a Pair> {
        self.resolution
            .pairs
            .iter()
            .filter(move |pair| pair.judgement.zone == zone)
    }

    fn merged(&self) -> usize {
        self.records.len() - self.resolution.signatories.len() - self.resolution.excluded.len()
    }

    fn json(&self, out: &mut impl Write) -> anyhow::Result<()> {
        let numbered: Vec<(usize, usize)> = self.order.iter().copied().enumerate().collect();
        lines(out, &numbered, |&(id, at)| {
            let signatory = &self.resolution.signatories[at];
            SignatoryLine {
                r#type: "signatory",
                id,
                name: &signatory.name,
                kind: signatory.kind.as_str(),
                rows: signatory.rows.iter().map(|&row| self.row(row)).collect(),
            }
        })?;
        lines(out, &self.resolution.pairs, |pair| PairLine {
            r#type: "pair",
            zone: pair.judgement.zone.as_str(),
            probability: rounded(pair.judgement.probability),
            a: self.row(pair.a),
            b: self.row(pair.b),
            evidence: evidence_lines(&pair.judgement.evidence),
        })?;
        lines(out, &self.resolution.excluded, |excluded| ExcludedLine {
            r#type: "excluded",
            reason: excluded.reason.as_str(),
            row: self.row(excluded.row),
        })?;
        let summary = SummaryLine {
            r#type: "summary",
            rows: self.records.len(),
            signatories: self.resolution.signatories.len(),
            merged: self.merged(),
            review: self.questions(),
            excluded: self.resolution.excluded.len(),
        };
        writeln!(out, "{}", serde_json::to_string(&summary)?)?;
        Ok(())
    }

    fn csv(&self, out: &mut impl Write) -> anyhow::Result<()> {
        let mut cluster_of: Vec<Option<usize>> = vec![None; self.records.len()];
        for (id, &at) in self.order.iter().enumerate() {
            for &row in &self.resolution.signatories[at].rows {
                cluster_of[row] = Some(id);
            }
        }
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(["cluster", "name", "kind", "file", "line", "source_name"])?;
        for (row, cluster) in cluster_of.into_iter().enumerate() {
            let line = self.row(row);
            let name = cluster.map_or("", |id| &self.resolution.signatories[self.order[id]].name);
            writer.write_record([
                cluster.map(|id| id.to_string()).unwrap_or_default().as_str(),
                &neutralize(name),
                self.records[row].kind.as_str(),
                &neutralize(line.file),
                &line.line.to_string(),
                &neutralize(line.name),
            ])?;
        }
        writer.flush()?;
        Ok(())
    }

    fn human(&self, out: &mut impl Write) -> anyhow::Result<()> {
        let (rows, signatories) = (self.records.len(), self.resolution.signatories.len());
        writeln!(
            out,
            "{BOLD}{}, {}{RESET}",
            counted(rows, "row", "rows"),
            counted(signatories, "signatory", "signatories")
        )?;
        if self.merged() > 0 {
            writeln!(out, "\n{BOLD}{GREEN}Merged{RESET}")?;
        }
        for &at in self.order {
            let signatory = &self.resolution.signatories[at];
            if signatory.rows.len() > 1 {
                writeln!(out, "\n  {BOLD}{}{RESET}", signatory.name)?;
                for &row in &signatory.rows {
                    self.human_row(out, row)?;
                }
                for reason in self.reasons(&signatory.rows) {
                    writeln!(out, "      because {reason}")?;
                }
            }
        }
        if self.questions() > 0 {
            writeln!(out, "\n{BOLD}{YELLOW}To decide{RESET} (until then all are printed)")?;
            for pair in self.pairs(Zone::Review) {
                writeln!(out)?;
                self.human_row(out, pair.a)?;
                self.human_row(out, pair.b)?;
                for evidence in &pair.judgement.evidence {
                    writeln!(out, "      {}", evidence.because)?;
                }
            }
        }
        if !self.resolution.excluded.is_empty() {
            writeln!(out, "\n{BOLD}Left out{RESET}\n")?;
            for excluded in &self.resolution.excluded {
                self.human_row(out, excluded.row)?;
                writeln!(out, "      {}", excluded.reason.as_str())?;
            }
        }
        writeln!(
            out,
            "\n{} merged, {} to decide, {} left out",
            self.merged(),
            self.questions(),
            self.resolution.excluded.len()
        )?;
        Ok(())
    }

    fn human_row(&self, out: &mut impl Write, row: usize) -> io::Result<()> {
        let RowLine { file, line, name } = self.row(row);
        writeln!(out, "    {name}  {DIM}{file}:{line}{RESET}")
    }

    /// The reasons that join these rows, each once, in the order of the pairs.
    fn reasons(&self, rows: &[usize]) -> Vec<&'a str> {
        let mut reasons: Vec<&str> = Vec::new();
        let first = rows.first().copied().unwrap_or_default();
        let pairs = &self.resolution.pairs;
        let begin = pairs.partition_point(|pair| pair.a < first);
        for row in rows {
            let from = begin + pairs[begin..].partition_point(|pair| pair.a < *row);
            for pair in pairs[from..].iter().take_while(|pair| pair.a == *row) {
                if pair.judgement.zone == Zone::Merge
                    && rows.binary_search(&pair.b).is_ok()
                    && let Some(evidence) = pair.judgement.evidence.first()
                    && !reasons.contains(&evidence.because.as_str())
                {
                    reasons.push(&evidence.because);
                }
            }
        }
        reasons
    }
}

/// Writes one JSON line for each item, in order, formatted over all cores.
fn lines<'i, T: Sync, L: Serialize>(
    out: &mut impl Write,
    items: &'i [T],
    line: impl Fn(&'i T) -> L + Sync,
) -> anyhow::Result<()> {
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
