//! Draws what an import would do.
//!
//! In: an [`ImportPlan`]. Out: the columns as understood, the rows by what becomes of
//! them, and the next step. Guaranteed: no cell of a private column is shown. Absent: the
//! questions and messages, which go to standard error as always.

use super::JUDGED_ALONE;
use crate::cli::args::ImportArgs;
use crate::cli::report::printable;
use crate::cli::session::shown;
use crate::cli::style::{BOLD, DIM, RESET};
use crate::engine::{ImportPlan, ImportTarget, RowOutcome, RowTally};
use crate::load::{self, ColumnReason, ListColumn};
use console::measure_text_width;
use std::io::{self, Write};

/// Longest header that is shown whole, in characters.
const LONGEST_HEADER: usize = 40;

/// Draws a plan.
pub(super) fn draw(out: &mut impl Write, plan: &ImportPlan, arguments: &ImportArgs) -> io::Result<()> {
    let target = match &plan.target {
        ImportTarget::Nowhere => "standard output".to_owned(),
        ImportTarget::New(path) | ImportTarget::List(path) => shown(path),
    };
    let (file, target) = (printable(&shown(&arguments.file)), printable(&target));
    writeln!(out, "{BOLD}{file} -> {target}{RESET}; a dry run, nothing is written\n")?;
    columns(out, plan)?;
    rows(out, plan)?;
    let counts = &plan.counts;
    writeln!(
        out,
        "would add {}, update {}; {} held until you answer",
        counts.added.count,
        counts.updated.count,
        plan.questions.len()
    )?;
    if plan.judged_alone {
        writeln!(out, "{JUDGED_ALONE}")?;
    }
    writeln!(out, "next: {}", printable(&command(arguments)))
}

/// Returns the command that does what the dry run shows.
fn command(arguments: &ImportArgs) -> String {
    let quoted = |path: &std::path::Path| match path.display().to_string() {
        path if path.contains(' ') => format!("\"{path}\""),
        path => path,
    };
    let mut command = format!("undersigned import {}", quoted(&arguments.file));
    let paths = [
        ("into", &arguments.into),
        ("out", &arguments.out),
        ("letter", &arguments.letter),
    ];
    for (flag, path) in paths {
        if let Some(path) = path {
            command += &format!(" --{flag} {}", quoted(path));
        }
    }
    for (header, word) in &arguments.columns {
        command += &format!(" --column \"{header}={word}\"");
    }
    if arguments.without_private {
        command += " --without-private";
    }
    command
}

/// Draws the columns; `?` marks a guess.
fn columns(out: &mut impl Write, plan: &ImportPlan) -> io::Result<()> {
    if plan.columns.is_empty() {
        return Ok(());
    }
    let header = |header: &str| match header.is_empty() {
        true => "(no header)".to_owned(),
        false => cut(header),
    };
    let headers: Vec<String> = plan.columns.iter().map(|column| header(&column.header)).collect();
    let width = headers
        .iter()
        .map(|header| measure_text_width(header))
        .max()
        .unwrap_or(0);
    let width = width.max("Column".len());
    let words = plan
        .columns
        .iter()
        .map(|column| column.reads_as.unwrap_or("not used").len());
    let words_width = words.max().unwrap_or(0).max("is read as".len());
    let all = plan.counts.all();
    let line = format!(
        "Column{}   {:words_width$}           filled",
        " ".repeat(width + 2 - "Column".len()),
        "is read as"
    );
    writeln!(out, "{BOLD}{line}{RESET}")?;
    for (column, header) in plan.columns.iter().zip(&headers) {
        let mark = if column.is_guess { "?" } else { " " };
        let private = if column.is_private { "private" } else { "" };
        let pad = " ".repeat(width - measure_text_width(header));
        let word = column.reads_as.unwrap_or("not used");
        writeln!(
            out,
            "{mark} {header}{pad}   {word:words_width$}  {DIM}{private:7}{RESET}  {}/{all}",
            column.filled
        )?;
        let cells = samples(column);
        writeln!(out, "    {DIM}{}{cells}{RESET}", column.reason.as_str())?;
        if let Some(line) = line_to_write(column) {
            writeln!(out, "    {DIM}{line}{RESET}")?;
        }
    }
    writeln!(
        out,
        "{DIM}to save such a line, import with --column \"HEADER=MEANING\"{RESET}\n"
    )
}

/// Returns the first cells of a column; none of what is private or looks so.
fn samples(column: &ListColumn) -> String {
    let shown = column
        .samples
        .iter()
        .filter(|cell| !column.is_private && !load::looks_private(cell));
    let shown: Vec<String> = shown.map(|cell| cut(cell)).collect();
    match shown.is_empty() {
        true => String::new(),
        false => format!("; cells: {}", shown.join(" | ")),
    }
}

/// Returns the line of `[columns]` that would change how a column is read, with the words
/// that are likely.
fn line_to_write(column: &ListColumn) -> Option<String> {
    let (act, words) = match (column.reason, column.reads_as) {
        _ if column.header.is_empty() => return None,
        (ColumnReason::Settings, _) => return None,
        (ColumnReason::Unclear, _) => (
            "answer",
            "\"publish\", \"private\", \"status\", \"name\", or \"unused\"".to_owned(),
        ),
        (ColumnReason::Organizations, _) => (
            "answer",
            "\"name\" if they signed, \"affiliation\" if the people did, or \"unused\"".to_owned(),
        ),
        (_, None) => ("use it", "\"notes\", or another column".to_owned()),
        (_, Some(word)) => ("change it", format!("\"...\" (now \"{word}\")")),
    };
    let key = column.header.replace('\\', "\\\\").replace('"', "\\\"");
    Some(format!("to {act}, in [columns]: \"{}\" = {words}", printable(&key)))
}

/// Returns a text that fits into a line.
fn cut(text: &str) -> String {
    match text.chars().count() > LONGEST_HEADER {
        true => {
            let cut: String = text.chars().take(LONGEST_HEADER - 3).collect();
            format!("{}...", printable(cut.trim_end()))
        }
        false => printable(text),
    }
}

/// Draws the rows by what becomes of them.
fn rows(out: &mut impl Write, plan: &ImportPlan) -> io::Result<()> {
    let counts = &plan.counts;
    writeln!(out, "{BOLD}Rows{RESET} ({})", counts.all())?;
    let line = |out: &mut dyn Write, sign: &str, tally: &RowTally, what: &str, with_rows: bool| match tally.count {
        0 => Ok(()),
        count => {
            let places = if with_rows { places(plan, tally) } else { String::new() };
            writeln!(out, "  {sign} {count:4}  {what}{places}")
        }
    };
    line(out, "+", &counts.added, "new", false)?;
    line(out, "?", &counts.asked, "of these held until you answer", true)?;
    line(out, " ", &counts.held, "of these held until a day", true)?;
    line(out, " ", &counts.unconfirmed, "of these not confirmed", true)?;
    line(out, "=", &counts.there, "already in the list", false)?;
    line(out, "~", &counts.updated, "updated", true)?;
    for entry in &plan.entries {
        if let RowOutcome::Updated { old, new } = entry.outcome {
            let name = printable(&entry.name);
            writeln!(out, "          {name}: {}, was {}", new.as_str(), old.as_str())?;
        }
    }
    line(out, "x", &counts.nameless, "skipped: no name", true)?;
    if !plan.questions.is_empty() {
        writeln!(out, "\n{BOLD}Held until you answer{RESET} ({})", plan.questions.len())?;
    }
    for question in &plan.questions {
        let row = plan.sources.line(question.origin);
        let asked = printable(&question.hold.question(&question.cell));
        writeln!(out, "  {DIM}row {row}{RESET}  {asked}")?;
    }
    writeln!(out)
}

/// Returns the first rows of a tally, as they are named in a line.
fn places(plan: &ImportPlan, tally: &RowTally) -> String {
    let rows: Vec<String> = tally
        .first
        .iter()
        .map(|row| plan.sources.line(*row).to_string())
        .collect();
    let more = if tally.count > rows.len() { ", ..." } else { "" };
    let noun = if tally.count == 1 { "row" } else { "rows" };
    format!("   {DIM}{noun} {}{more}{RESET}", rows.join(", "))
}
