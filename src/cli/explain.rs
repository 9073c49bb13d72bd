//! `undersigned explain`: why two names are one signatory or two.

use super::args::{Common, DiagnosticFormat, ExplainArgs, ExplainFormat};
use super::draw;
use super::exit::Exit;
use super::report::{Reporter, printable};
use super::session::{Session, list_input};
use super::style::{BOLD, GREEN, MAGENTA, RESET, results};
use crate::engine::{Explained, NamePairs, report};
use crate::resolve::Zone;
use anyhow::bail;
use std::io::{self, Write};

pub(super) fn run(arguments: &ExplainArgs, common: &Common) -> anyhow::Result<Exit> {
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

/// Draws a pair: the names with what differs underlined, the evidence, the outcome, and the
/// next step where a person must decide.
fn human(out: &mut impl Write, pair: &Explained<'_>) -> io::Result<()> {
    let Explained { a, b, judgement } = pair;
    let (color, zone, meaning) = match judgement.zone {
        Zone::Merge => (GREEN, "merge", "one signatory, without asking"),
        Zone::Review => (MAGENTA, "review", "you decide; until then both are printed"),
        Zone::Apart => ("", "apart", "two signatories"),
    };
    for (letter, name, other) in [("A", a, b), ("B", b, a)] {
        let name = draw::underlined(&printable(name), &draw::words([*other]));
        writeln!(out, " {BOLD}{letter}{RESET}  {name}")?;
    }
    writeln!(out)?;
    draw::evidence(out, &judgement.evidence, judgement.probability, usize::MAX)?;
    writeln!(out, "\n{BOLD}{color}{zone}{RESET}: {meaning}")?;
    match judgement.zone {
        Zone::Review => draw::next(out, "undersigned review LIST"),
        Zone::Merge | Zone::Apart => Ok(()),
    }
}
