//! `undersigned explain`: why two names are one signatory or two.

use super::args::{Common, DiagnosticFormat, Explain, ExplainFormat};
use super::exit::Exit;
use super::report::{Reporter, printable};
use super::session::{Session, shown, standard_input};
use super::style::{BOLD, DIM, GREEN, RED, RESET, YELLOW, results};
use crate::engine::report::{EvidenceLine, evidence_lines, rounded};
use crate::resolve::{Judge, Judgement, Zone};
use anyhow::{Context, bail};
use rayon::prelude::*;
use serde::Serialize;
use std::io::{self, Write};
use std::path::Path;

pub(super) fn run(arguments: &Explain, common: &Common) -> anyhow::Result<Exit> {
    let format = match arguments.format {
        ExplainFormat::Json => DiagnosticFormat::Json,
        ExplainFormat::Short => DiagnosticFormat::Short,
        ExplainFormat::Human => DiagnosticFormat::Human,
    };
    let mut reporter = Reporter::new(format, common);
    let workspace = Session::new()?.here()?;
    reporter.report(&workspace.sources, &workspace.diagnostics)?;
    if reporter.failed() {
        return Ok(Exit::Failed);
    }
    let text;
    let pairs: Vec<(&str, &str)> = match (&arguments.a, &arguments.b, &arguments.pairs) {
        (Some(a), Some(b), _) => {
            if let Some(empty) = [a, b].into_iter().find(|name| !name.chars().any(char::is_alphanumeric)) {
                bail!("`{empty}` is no name: it has no letter or figure");
            }
            vec![(a, b)]
        }
        (_, _, Some(file)) => {
            text = read(file)?;
            parse(&shown(file), &text)?
        }
        _ => bail!("name two names, or a file with --pairs"),
    };
    let judge = Judge::new(&workspace.known);
    let mut out = results(common);
    for batch in pairs.chunks(BATCH) {
        let judged: Vec<Judgement> = batch.par_iter().map(|&(a, b)| judge.judge(a, b)).collect();
        for (&(a, b), judgement) in batch.iter().zip(&judged) {
            match arguments.format {
                ExplainFormat::Human | ExplainFormat::Short => human(&mut out, a, b, judgement)?,
                ExplainFormat::Json => json(&mut out, a, b, judgement)?,
            }
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// Pairs that are judged before the first of them is printed; bounds the memory
/// that a long file takes.
const BATCH: usize = 16_384;

fn read(file: &Path) -> anyhow::Result<String> {
    let bytes = match file == Path::new("-") {
        true => standard_input()?,
        false => std::fs::read(file).with_context(|| format!("cannot read `{}`", shown(file)))?,
    };
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid].iter().filter(|&&byte| byte == b'\n').count() + 1;
        anyhow::anyhow!(
            "`{}`, line {line}: the bytes are no UTF-8; save the file as UTF-8",
            shown(file)
        )
    })
}

/// Splits each line into its first two tab-separated columns.
fn parse<'t>(name: &str, text: &'t str) -> anyhow::Result<Vec<(&'t str, &'t str)>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.lines()
        .enumerate()
        .map(|(at, line)| {
            let mut columns = line.split('\t');
            match (columns.next(), columns.next()) {
                (Some(a), Some(b)) => Ok((a.trim(), b.trim())),
                _ => bail!("`{name}`, line {}: expected two names, separated by a tab", at + 1),
            }
        })
        .collect()
}

#[derive(Serialize)]
struct Line<'a> {
    r#type: &'static str,
    a: &'a str,
    b: &'a str,
    zone: &'static str,
    probability: f64,
    evidence: Vec<EvidenceLine<'a>>,
}

fn json(out: &mut impl Write, a: &str, b: &str, judgement: &Judgement) -> anyhow::Result<()> {
    let line = Line {
        r#type: "pair",
        a,
        b,
        zone: judgement.zone.as_str(),
        probability: rounded(judgement.probability),
        evidence: evidence_lines(&judgement.evidence),
    };
    writeln!(out, "{}", serde_json::to_string(&line)?)?;
    Ok(())
}

fn human(out: &mut impl Write, a: &str, b: &str, judgement: &Judgement) -> io::Result<()> {
    let (color, zone, meaning) = match judgement.zone {
        Zone::Merge => (GREEN, "merge", "one signatory, without asking"),
        Zone::Review => (YELLOW, "review", "a person decides; until then both are printed"),
        Zone::Apart => (RED, "apart", "two signatories"),
    };
    writeln!(out, "{BOLD}{}{RESET}", printable(a))?;
    writeln!(out, "{BOLD}{}{RESET}\n", printable(b))?;
    writeln!(out, "  {BOLD}{color}{zone}{RESET}: {meaning}\n")?;
    writeln!(out, "  {DIM}weight  because{RESET}")?;
    for evidence in &judgement.evidence {
        writeln!(out, "  {:+6.1}  {}", evidence.weight.0, printable(&evidence.because))?;
    }
    let sum: f64 = judgement.evidence.iter().map(|evidence| evidence.weight.0).sum();
    writeln!(
        out,
        "  {sum:+6.1}  {DIM}in all; the probability that they are one is {:.3}{RESET}",
        judgement.probability
    )?;
    if judgement.zone == Zone::Review {
        writeln!(
            out,
            "  {DIM}a person's answer is remembered in signatories/decisions.toml: undersigned review LIST{RESET}"
        )?;
    }
    Ok(())
}
