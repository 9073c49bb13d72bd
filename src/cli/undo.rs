//! `undersigned undo`: takes back the last act that changed files.

use super::args::{Common, ResultFormat, UndoArgs};
use super::draw;
use super::exit::Exit;
use super::report::printable;
use super::session::Session;
use super::style::{BOLD, DIM, RESET, results};
use crate::diag::counted;
use crate::engine::{Act, History, UndoFile, UndoOutcome, UndoPlan, report};
use crate::store;
use anyhow::Context;
use std::io::{self, Write};
use std::path::Path;

pub(super) fn run(arguments: &UndoArgs, common: &Common) -> anyhow::Result<Exit> {
    let session = Session::new()?;
    let root = session.root(Path::new(""));
    let mut out = results(common);
    if arguments.list {
        let acts = session.history(&root).acts()?;
        let name = match session.paths.shown(&root) {
            here if here == "." => "this workspace".to_owned(),
            root => root,
        };
        match arguments.format {
            ResultFormat::Human => list(&mut out, &name, &acts)?,
            ResultFormat::Json => report::acts(&mut out, &acts)?,
        }
        out.flush()?;
        return Ok(Exit::Done);
    }
    // Held from before the history is read, so that no act of others is passed over.
    let lock = match arguments.dry_run {
        true => None,
        false => Some(session.hold(&root, common.quiet)?),
    };
    let history: History = session.history(&root);
    let plan = history.undo()?;
    let mut tell = || {
        match (arguments.format, &plan) {
            (ResultFormat::Json, plan) => report::undo(&mut out, plan.as_ref(), !arguments.dry_run)?,
            (ResultFormat::Human, Some(plan)) => draw(&mut out, plan, arguments.dry_run)?,
            (ResultFormat::Human, None) => writeln!(out, "nothing to undo")?,
        }
        out.flush()
    };
    let (Some(plan), Some(lock)) = (&plan, lock) else {
        tell()?;
        return Ok(Exit::Done);
    };
    let ready = store::stage(&session.paths, &lock, plan.set.clone())?;
    // Told before it is done, so that a run that cannot tell changes nothing.
    match tell() {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        told => told.context("cannot write to standard output; nothing was undone")?,
    }
    ready.commit(&lock)?;
    Ok(Exit::Done)
}

/// Draws what is undone, and what would be next.
fn draw(out: &mut impl Write, plan: &UndoPlan, is_dry_run: bool) -> io::Result<()> {
    let title = printable(&plan.act.title);
    let dry_run = if is_dry_run {
        "; a dry run, nothing is written"
    } else {
        ""
    };
    writeln!(out, "{BOLD}{title}{RESET}{dry_run}")?;
    if let Some(at) = when(&plan.act) {
        writeln!(out, "{DIM}of {at}{RESET}")?;
    }
    for file in &plan.files {
        writeln!(out, "  {}  {}", printable(&file.shown), outcome(file))?;
    }
    let files = counted(plan.files.len(), "file", "files");
    let left = counted(plan.left, "act", "acts");
    let verb = if is_dry_run { "would be undone" } else { "undone" };
    writeln!(out, "\n{BOLD}{verb}{RESET}: {files}; {left} left to undo")?;
    match (&plan.next, is_dry_run) {
        (_, true) => draw::next(out, "undersigned undo"),
        (Some(next), false) => draw::next(out, &format!("undersigned undo, which takes back: {}", next.title)),
        (None, false) => draw::next(out, "undersigned status"),
    }
}

/// Returns what becomes of a file.
fn outcome(file: &UndoFile) -> String {
    let lines = |count: usize| counted(count, "line", "lines");
    match file.outcome {
        UndoOutcome::Restored if file.lines_now == file.lines_then => {
            format!("as before, {}", lines(file.lines_then))
        }
        UndoOutcome::Restored => format!("as before, {} instead of {}", lines(file.lines_then), file.lines_now),
        UndoOutcome::Removed => format!("removed, {}; it did not exist before", lines(file.lines_now)),
        UndoOutcome::Unchanged => "is as before already".to_owned(),
    }
}

/// Draws the acts, the last one first.
fn list(out: &mut impl Write, root: &str, acts: &[Act]) -> io::Result<()> {
    let count = counted(acts.len(), "act", "acts");
    writeln!(
        out,
        "{BOLD}{}{RESET}: {count} to undo, the last one first",
        printable(root)
    )?;
    for act in acts {
        let at = when(act).unwrap_or_default();
        writeln!(out, "  {DIM}{at:16}{RESET}  {}", printable(&act.title))?;
        for file in &act.files {
            writeln!(
                out,
                "  {:16}    {DIM}{}{RESET}",
                "",
                printable(&file.path.display().to_string())
            )?;
        }
    }
    match acts.is_empty() {
        true => Ok(()),
        false => draw::next(out, "undersigned undo --dry-run"),
    }
}

/// Returns when an act was, to the minute.
fn when(act: &Act) -> Option<String> {
    act.at.map(|at| at.strftime("%Y-%m-%d %H:%M").to_string())
}
