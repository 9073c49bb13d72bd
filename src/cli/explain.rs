//! `undersigned explain`: why two names are one signatory or two.

use super::args::{Common, DiagnosticFormat, Explain, ExplainFormat};
use super::exit::Exit;
use super::report::{Reporter, printable};
use super::session::{Session, list_input};
use super::style::{BOLD, DIM, GREEN, RED, RESET, YELLOW, results};
use crate::engine::{Explained, NamePairs, report};
use crate::resolve::Zone;
use anyhow::bail;
use std::io::{self, Write};

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
    let pairs = match (&arguments.a, &arguments.b, &arguments.pairs) {
        (Some(a), Some(b), _) => NamePairs::one(a, b)?,
        (_, _, Some(file)) => workspace.name_pairs(list_input(file)?)?,
        _ => bail!("name two names, or a file with --pairs"),
    };
    let mut out = results(common);
    for pair in workspace.explain(&pairs) {
        match arguments.format {
            ExplainFormat::Human | ExplainFormat::Short => human(&mut out, &pair)?,
            ExplainFormat::Json => report::explain(&pair, &mut out)?,
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn human(out: &mut impl Write, pair: &Explained<'_>) -> io::Result<()> {
    let Explained { a, b, judgement } = pair;
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
