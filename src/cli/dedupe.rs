//! `undersigned dedupe`: who signed, what was merged and why, what to decide.

use super::args::{Common, Dedupe, DedupeFormat, DiagnosticFormat};
use super::exit::Exit;
use super::progress::RunProgress;
use super::report::Reporter;
use super::session::{Session, list_inputs};
use super::style::{BOLD, DIM, GREEN, RESET, YELLOW, results};
use crate::diag::counted;
use crate::engine::{Deduplication, RowPlace, Workspace, report};
use crate::resolve::{self, Zone};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub(super) fn run(arguments: &Dedupe, common: &Common) -> anyhow::Result<Exit> {
    let format = match arguments.format {
        DedupeFormat::Json => DiagnosticFormat::Json,
        DedupeFormat::Short => DiagnosticFormat::Short,
        DedupeFormat::Human | DedupeFormat::Csv => DiagnosticFormat::Human,
    };
    let mut reporter = Reporter::new(format, common);
    let progress = RunProgress::new(common.quiet);
    let workspace = of_lists(&Session::new()?, &arguments.lists)?;
    reporter.report(&workspace.sources, &workspace.diagnostics)?;
    let report_progress = |at: resolve::Progress| progress.at(at.step, u64::from(at.at), u64::from(at.of));
    let found = workspace.dedupe(list_inputs(&arguments.lists)?, Some(&report_progress))?;
    drop(progress);
    reporter.report(&found.sources, &found.diagnostics)?;
    if reporter.failed() {
        return Ok(Exit::Failed);
    }
    let mut plain = io::BufWriter::with_capacity(1 << 20, io::stdout());
    match arguments.format {
        DedupeFormat::Human | DedupeFormat::Short => human(&mut results(common), &found)?,
        DedupeFormat::Json => report::dedupe(&found, &mut plain)?,
        DedupeFormat::Csv => report::dedupe_csv(&found, &mut plain)?,
    }
    plain.flush()?;
    let exit = match found.counts().review + found.counts().held {
        0 => Exit::Done,
        _ => Exit::PersonNeeded,
    };
    // The process ends now: giving back millions of small pieces is wasted.
    std::mem::forget(found);
    Ok(exit)
}

/// Opens the workspace of lists: that of the first one's folder.
pub(super) fn of_lists(session: &Session, lists: &[PathBuf]) -> anyhow::Result<Workspace> {
    session.around(lists.first().map_or(Path::new(""), PathBuf::as_path))
}

fn human(out: &mut impl Write, found: &Deduplication) -> io::Result<()> {
    let counts = found.counts();
    writeln!(
        out,
        "{BOLD}{}, {}{RESET}",
        counted(counts.rows, "row", "rows"),
        counted(counts.signatories, "signatory", "signatories")
    )?;
    if counts.merged > 0 {
        writeln!(out, "\n{BOLD}{GREEN}Merged{RESET}")?;
    }
    for signatory in found.signatories().filter(|signatory| signatory.rows.len() > 1) {
        writeln!(out, "\n  {BOLD}{}{RESET}", signatory.name)?;
        for &row in &signatory.rows {
            human_row(out, &found.row(row))?;
        }
        for reason in found.reasons(&signatory.rows) {
            writeln!(out, "      because {reason}")?;
        }
    }
    if counts.review > 0 {
        writeln!(out, "\n{BOLD}{YELLOW}To decide{RESET} (until then all are printed)")?;
        for pair in found.pairs(Zone::Review) {
            writeln!(out)?;
            human_row(out, &found.row(pair.a))?;
            human_row(out, &found.row(pair.b))?;
            for evidence in &pair.judgement.evidence {
                writeln!(out, "      {}", evidence.because)?;
            }
        }
    }
    if counts.held > 0 {
        writeln!(out, "\n{BOLD}{YELLOW}Held{RESET} (not printed until you answer)\n")?;
        for held in &found.resolution.held {
            let place = found.row(held.row);
            human_row(out, &place)?;
            writeln!(out, "      {}", held.hold.question(place.name))?;
        }
    }
    if counts.excluded > 0 {
        writeln!(out, "\n{BOLD}Left out{RESET}\n")?;
        for excluded in &found.resolution.excluded {
            human_row(out, &found.row(excluded.row))?;
            writeln!(out, "      {}", excluded.reason.as_str())?;
        }
    }
    let held = match counts.held {
        0 => String::new(),
        held => format!("{held} held, "),
    };
    writeln!(
        out,
        "\n{} merged, {} to decide, {held}{} left out",
        counts.merged, counts.review, counts.excluded
    )
}

fn human_row(out: &mut impl Write, row: &RowPlace<'_>) -> io::Result<()> {
    writeln!(out, "    {}  {DIM}{}:{}{RESET}", row.name, row.file, row.line)
}
