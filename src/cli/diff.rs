//! `undersigned diff`: what changed between two states of a letter.

use super::args::{Common, DiagnosticFormat, DiffArgs, DiffFormat};
use super::draw;
use super::exit::Exit;
use super::report::{Reporter, printable};
use super::session::{Session, list_input, results_first, shown};
use super::style::{BOLD, DIM, GREEN, MAGENTA, RED, RESET, results};
use crate::diag::counted;
use crate::emit::FORMATS;
use crate::engine::{self, StateDiff, report, workspace_fonts};
use crate::files::DiskFiles;
use crate::release::diff::{Changes, Printed};
use crate::release::paragraph::{ClauseKind, paragraph};
use crate::resolve::Reason;
use crate::store;
use std::io::{self, Write};
use std::path::Path;

pub(super) fn run(arguments: &DiffArgs, common: &Common) -> anyhow::Result<Exit> {
    let format = match arguments.format {
        DiffFormat::Json => DiagnosticFormat::Json,
        DiffFormat::Human | DiffFormat::Paragraph => DiagnosticFormat::Human,
    };
    let mut reporter = Reporter::new(format, common);
    let session = Session::new()?;
    let new = arguments.new.as_deref().map(list_input).transpose()?;
    let outcome = engine::diff(&session.files, &session.paths, list_input(&arguments.old)?, new)?;
    for (sources, said) in &outcome.said {
        reporter.report(sources, said)?;
    }
    let Some(diff) = outcome.diff.filter(|_| !reporter.failed()) else {
        return Ok(Exit::Failed);
    };
    if !arguments.to.is_empty() {
        return write_redline(&session, &diff, arguments, common);
    }
    let (before, after, changes) = (&diff.before, &diff.after, &diff.changes);
    match arguments.format {
        DiffFormat::Human => human(&mut results(common), &diff, arguments)?,
        DiffFormat::Json => report::diff(changes, &mut io::stdout().lock())?,
        DiffFormat::Paragraph => {
            let signatories: Vec<Printed> = after.entries.iter().map(|entry| entry.printed.clone()).collect();
            let language = arguments.language.as_deref();
            let language = language.or(after.language.as_deref()).or(before.language.as_deref());
            let about = ClauseKind {
                language: language.unwrap_or("en-US"),
                since: arguments.since.or(before.date),
                now: after.date,
                signatories: &signatories,
            };
            writeln!(io::stdout().lock(), "{}", paragraph(changes, &about))?;
            if !changes.questions.is_empty() || !changes.regrouped.is_empty() {
                reporter.say(&format!(
                    "look before you paste: {} of those that left and joined may be one, {} are grouped otherwise; \
                     see `undersigned diff` without --format",
                    changes.questions.len(),
                    changes.regrouped.len()
                ))?;
            }
        }
    }
    Ok(Exit::Done)
}

/// Writes the redline, and tells its files.
fn write_redline(session: &Session, diff: &StateDiff, arguments: &DiffArgs, common: &Common) -> anyhow::Result<Exit> {
    let root = session.root(Path::new(""));
    let folder = arguments.out.clone();
    let folder = folder.unwrap_or_else(|| root.join("output").join("redline"));
    let formats = FORMATS
        .iter()
        .filter(|format| arguments.to.iter().any(|name| name == format.name));
    let formats: Vec<_> = formats.collect();
    let set = diff.redline(&formats, &workspace_fonts(&DiskFiles, &root), &folder)?;
    let paths: Vec<String> = set
        .changes
        .iter()
        .map(|change| printable(&shown(&change.path)))
        .collect();
    let lock = session.hold(&session.root_of_new(&folder), common.quiet)?;
    let ready = store::stage(&session.paths, &lock, set)?;
    if !common.quiet {
        results_first(|out| paths.iter().try_for_each(|path| writeln!(out, "{path}")))?;
    }
    ready.commit(&lock)?;
    Ok(Exit::Done)
}

fn why(reason: Option<Reason>) -> &'static str {
    match reason {
        Some(reason) => reason.as_str(),
        None => "no longer in the lists",
    }
}

fn human(out: &mut impl Write, diff: &StateDiff, arguments: &DiffArgs) -> io::Result<()> {
    let changes = &diff.changes;
    let [before, after] = diff.names.each_ref().map(|name| printable(name));
    writeln!(out, "{BOLD}{before} -> {after}{RESET}")?;
    let width = draw::width();
    let text = |printed: &Printed| draw::wrapped(&printable(&printed.to_string()), 4, 6, width);
    if !changes.joined.is_empty() {
        draw::heading(out, "", "Joined", changes.joined.len(), "")?;
    }
    for joined in &changes.joined {
        let was = joined.was.map(|was| format!("  {DIM}was {}{RESET}", was.as_str()));
        writeln!(
            out,
            "  {GREEN}+{RESET} {}{}",
            text(&joined.printed),
            was.unwrap_or_default()
        )?;
    }
    if !changes.left.is_empty() {
        draw::heading(out, "", "Left", changes.left.len(), "")?;
    }
    for left in &changes.left {
        writeln!(
            out,
            "  {RED}-{RESET} {}  {DIM}{}{RESET}",
            text(&left.printed),
            why(left.reason)
        )?;
    }
    if !changes.renamed.is_empty() {
        draw::heading(out, "", "Renamed", changes.renamed.len(), "")?;
    }
    for renamed in &changes.renamed {
        writeln!(
            out,
            "  {RED}-{RESET} {}\n  {GREEN}+{RESET} {}",
            text(&renamed.from),
            text(&renamed.to)
        )?;
    }
    if !changes.regrouped.is_empty() {
        draw::heading(out, "", "Merged or split", changes.regrouped.len(), "")?;
    }
    for regrouped in &changes.regrouped {
        for from in &regrouped.from {
            writeln!(out, "  {RED}-{RESET} {}", text(from))?;
        }
        for to in &regrouped.to {
            writeln!(out, "  {GREEN}+{RESET} {}", text(to))?;
        }
    }
    if !changes.moved.is_empty() {
        draw::heading(out, "", "Under another heading", changes.moved.len(), "")?;
    }
    for moved in &changes.moved {
        let [from, to] = [&moved.from, &moved.to].map(|heading| match &**heading {
            "" => "no heading".to_owned(),
            heading => printable(heading),
        });
        writeln!(out, "    {}  {DIM}{from} -> {to}{RESET}", text(&moved.printed))?;
    }
    if !changes.questions.is_empty() {
        let remark = "counted as left and joined until you answer";
        draw::heading(out, MAGENTA, "Ask", changes.questions.len(), remark)?;
    }
    for question in &changes.questions {
        let because = draw::wrapped(&printable(&question.because), 6, 6, width);
        writeln!(out, "  - {}\n  + {}", text(&question.old), text(&question.new))?;
        writeln!(out, "      {DIM}{because}{RESET}")?;
    }
    if !changes.text.is_empty() {
        draw::heading(out, "", "Text", changes.text.len(), "")?;
    }
    for change in &changes.text {
        writeln!(out, "  {}", draw::wrapped(&draw::pieces(&change.pieces), 2, 4, width))?;
    }
    counts(out, changes)?;
    draw::next(out, &next_step(changes, arguments))?;
    out.flush()
}

/// Draws how many there were and are, and how many of each change.
fn counts(out: &mut impl Write, changes: &Changes) -> io::Result<()> {
    let now = counted(changes.after, "signatory", "signatories");
    if changes.is_empty() {
        return writeln!(out, "\n{BOLD}no change{RESET}: {now}");
    }
    let counts = [
        (changes.joined.len(), "joined"),
        (changes.left.len(), "left"),
        (changes.renamed.len(), "renamed"),
        (changes.regrouped.len(), "merged or split"),
        (changes.moved.len(), "under another heading"),
        (changes.questions.len(), "to ask"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let mut parts: Vec<String> = counts.map(|(count, what)| format!("{count} {what}")).collect();
    if !changes.text.is_empty() {
        parts.push(format!(
            "{} to the text",
            counted(changes.text.len(), "change", "changes")
        ));
    }
    writeln!(
        out,
        "\n{BOLD}{now}, {} before{RESET}: {}",
        changes.before,
        parts.join(", ")
    )
}

/// Returns the command that comes next: answer, or announce.
fn next_step(changes: &Changes, arguments: &DiffArgs) -> String {
    if changes.is_empty() {
        return "nothing; both are the same".to_owned();
    }
    let sides: Vec<&Path> = [Some(&*arguments.old), arguments.new.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    if changes.questions.is_empty() {
        return format!("undersigned diff {} --format paragraph", draw::quoted_all(&sides));
    }
    let is_list =
        |path: &&Path| path.is_file() && path.extension().is_none_or(|ending| ending != "md" && ending != "toml");
    let lists: Vec<&Path> = sides.into_iter().filter(is_list).collect();
    match lists[..] {
        [] => "undersigned review LIST, with the letter's lists".to_owned(),
        _ => format!("undersigned review {}", draw::quoted_all(&lists)),
    }
}
