//! `undersigned status`: documents, lists, questions, findings, and the next step.

use super::args::{Common, ResultFormat, StatusArgs};
use super::exit::Exit;
use super::report::{Reporter, printable};
use super::session::Session;
use super::style::{BOLD, DIM, GREEN, MAGENTA, RED, RESET, results};
use crate::diag::counted;
use crate::engine::{LetterStatus, ListStatus, NextStep, OutputState, StatusCounts, WorkspaceStatus, report};
use std::io::{self, Write};
use unicode_segmentation::UnicodeSegmentation;

pub(super) fn run(arguments: &StatusArgs, common: &Common) -> anyhow::Result<Exit> {
    let session = Session::new()?;
    let workspace = session.here()?;
    let mut reporter = Reporter::new(arguments.format.diagnostics(), common);
    reporter.report(&workspace.sources, &workspace.diagnostics)?;
    let status = workspace.status()?;
    let mut out = results(common);
    match arguments.format {
        ResultFormat::Human => human(&mut out, &status)?,
        ResultFormat::Json => report::status(&status, &mut out)?,
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn human(out: &mut impl Write, status: &WorkspaceStatus) -> io::Result<()> {
    let letters = counted(status.letters.len(), "letter", "letters");
    let lists = counted(status.lists.len(), "list", "lists");
    writeln!(out, "{BOLD}{}{RESET}: {letters}, {lists}", printable(&status.title))?;
    if !status.letters.is_empty() {
        let head = ["letter", "signed", "rows", "ask", "check", "rendered", "released"];
        let rows: Vec<_> = status.letters.iter().map(letter_row).collect();
        table(out, head, &rows)?;
    }
    if !status.lists.is_empty() {
        let head = ["list", "signed", "rows", "ask", "left out", "waiting", "last signed"];
        let rows: Vec<_> = status.lists.iter().map(list_row).collect();
        table(out, head, &rows)?;
    }
    let errors: usize = status.letters.iter().map(|letter| letter.errors).sum();
    let warnings: usize = status.letters.iter().map(|letter| letter.warnings).sum();
    let ask: usize = status.lists.iter().map(|list| list.counts.ask).sum();
    let (errors, warnings) = (
        counted(errors, "error", "errors"),
        counted(warnings, "warning", "warnings"),
    );
    writeln!(out, "\n{errors}, {warnings}, {ask} to ask")?;
    let commands: Vec<String> = status.next.iter().map(NextStep::command).collect();
    let width = commands.iter().map(String::len).max().unwrap_or(0);
    for (at, (step, command)) in status.next.iter().zip(commands).enumerate() {
        let label = if at == 0 { "next:" } else { "     " };
        writeln!(
            out,
            "{label} {command:width$}   {DIM}{}{RESET}",
            printable(&step.because)
        )?;
    }
    if status.next.is_empty() {
        writeln!(out, "next: nothing; every letter is released as it is")?;
    }
    Ok(())
}

/// A cell and its color.
type Cell = (String, &'static str);

fn number(count: usize) -> Cell {
    (if count == 0 { "-".to_owned() } else { count.to_string() }, "")
}

fn counts(counts: &StatusCounts) -> [Cell; 3] {
    let ask = number(counts.ask);
    let ask = if counts.ask > 0 { (ask.0, MAGENTA) } else { ask };
    [number(counts.signatories), number(counts.rows), ask]
}

fn letter_row(letter: &LetterStatus) -> [Cell; 7] {
    let [signed, rows, ask] = counts(&letter.counts);
    let check = match (&letter.unreadable, letter.errors, letter.warnings) {
        (Some(_), _, _) => ("cannot be read".to_owned(), RED),
        (None, 0, 0) => ("ok".to_owned(), GREEN),
        (None, 0, warnings) => (counted(warnings, "warning", "warnings"), ""),
        (None, errors, _) => (counted(errors, "error", "errors"), RED),
    };
    let rendered = match &letter.output {
        OutputState::Never => "never".to_owned(),
        OutputState::OlderThan(file) => format!("older than {}", file.rsplit('/').next().unwrap_or(file)),
        OutputState::Current => "up to date".to_owned(),
    };
    let released = match letter.released {
        None => "never".to_owned(),
        Some(release) if release.unchanged => format!("{}, unchanged", release.number),
        Some(release) => format!("{}, changed since", release.number),
    };
    let name = printable(&letter.name);
    [
        (name, ""),
        signed,
        rows,
        ask,
        check,
        (printable(&rendered), ""),
        (released, ""),
    ]
}

fn list_row(list: &ListStatus) -> [Cell; 7] {
    let name = list.path.rsplit('/').next().unwrap_or(&list.path);
    let [signed, rows, ask] = counts(&list.counts);
    let last = match (&list.unreadable, list.last_signed) {
        (Some(_), _) => ("cannot be read".to_owned(), RED),
        (None, Some(date)) => (date.to_string(), ""),
        (None, None) => ("-".to_owned(), ""),
    };
    let (left_out, waiting) = (number(list.counts.left_out), number(list.counts.waiting));
    [(printable(name), ""), signed, rows, ask, left_out, waiting, last]
}

/// Draws a table whose columns are as wide as their widest cell.
fn table<const N: usize>(out: &mut impl Write, head: [&str; N], rows: &[[Cell; N]]) -> io::Result<()> {
    let length = |text: &str| text.graphemes(true).count();
    let width = |at: usize| {
        let cells = rows.iter().map(|row| length(&row[at].0));
        cells.max().unwrap_or(0).max(length(head[at]))
    };
    let widths: [usize; N] = std::array::from_fn(width);
    let line = |out: &mut dyn Write, cells: [(&str, &str); N]| {
        let mut text = String::new();
        for (at, (cell, color)) in cells.into_iter().enumerate() {
            let gap = if at + 1 < N { widths[at] - length(cell) + 2 } else { 0 };
            let reset = if color.is_empty() { "" } else { RESET };
            text += &format!("{color}{cell}{reset}{}", " ".repeat(gap));
        }
        writeln!(out, "{}", text.trim_end())
    };
    writeln!(out)?;
    line(out, head.map(|cell| (cell, DIM)))?;
    for row in rows {
        line(out, std::array::from_fn(|at| (row[at].0.as_str(), row[at].1)))?;
    }
    Ok(())
}
