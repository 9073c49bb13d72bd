//! `undersigned draft`: a draft of a word processor becomes a letter.

use super::args::{BoldArgument, ChangesArgument, Common, DraftArgs};
use super::draw;
use super::exit::Exit;
use super::report::printable;
use super::session::{Session, act, list_input, results_first, shown};
use super::style::{BOLD, DIM, MAGENTA, RESET, results};
use crate::diag::counted;
use crate::engine::{self, BoldAlone, DraftOutcome, DraftPlan, DraftRequest};
use crate::model::draft::{ChangeDecision, TrackedChange};
use crate::store;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

pub(super) fn run(arguments: &DraftArgs, common: &Common) -> anyhow::Result<Exit> {
    let session = Session::new()?;
    let request = |changes| -> anyhow::Result<DraftRequest> {
        Ok(DraftRequest {
            input: list_input(&arguments.file)?,
            out: arguments.out.clone(),
            changes,
            bold: match arguments.bold {
                None => BoldAlone::Ask,
                Some(BoldArgument::Headings) => BoldAlone::Headings,
                Some(BoldArgument::Text) => BoldAlone::Text,
            },
        })
    };
    let decided = match arguments.changes {
        Some(ChangesArgument::Accept) => Some(ChangeDecision::Accept),
        Some(ChangesArgument::Reject) => Some(ChangeDecision::Reject),
        Some(ChangesArgument::Ask) | None => None,
    };
    let plan = match engine::draft(&session.files, &session.paths, request(decided)?)? {
        DraftOutcome::Letter(plan) => plan,
        DraftOutcome::Undecided(changes) => {
            let Some(decision) = decide(&changes, arguments)? else {
                return Ok(Exit::Failed);
            };
            match engine::draft(&session.files, &session.paths, request(Some(decision))?)? {
                DraftOutcome::Letter(plan) => plan,
                DraftOutcome::Undecided(_) => return Ok(Exit::Failed),
            }
        }
    };
    if arguments.dry_run {
        let mut out = results(common);
        draw(&mut out, &plan, arguments)?;
        out.flush()?;
    } else {
        let folder = plan.letter.parent().unwrap_or(Path::new(""));
        let lock = session.hold(&session.root_of_new(folder), common.quiet)?;
        let title = act(format!("draft {}", shown(&arguments.file)));
        let set = session.history(&plan.letter).keep(&title, plan.set.clone())?;
        let ready = store::stage(&session.paths, &lock, set)?;
        if !common.quiet {
            results_first(|_| {
                let mut out = results(common);
                draw(&mut out, &plan, arguments)?;
                out.flush()
            })?;
        }
        ready.commit(&lock)?;
    }
    let asks = plan.found.iter().any(|found| found.is_question) || plan.comments.is_some();
    Ok(if asks { Exit::PersonNeeded } else { Exit::Done })
}

/// Decides tracked changes one by one at a terminal; elsewhere says what to write.
fn decide(changes: &[TrackedChange], arguments: &DraftArgs) -> anyhow::Result<Option<ChangeDecision>> {
    if io::stdin().is_terminal() && io::stderr().is_terminal() {
        return ask(changes);
    }
    let count = counted(changes.len(), "tracked change", "tracked changes");
    let file = shown(&arguments.file);
    let mut lines = vec![format!(
        "`{file}` has {count}; add --changes accept or --changes reject, or decide each at a terminal"
    )];
    lines.extend(changes.iter().take(LISTED).map(|change| format!("  {}", line(change))));
    if changes.len() > LISTED {
        lines.push(format!("  and {} more", changes.len() - LISTED));
    }
    anyhow::bail!(lines.join("\n"))
}

/// Most changes that are listed where nobody can be asked.
const LISTED: usize = 10;

/// Returns a change on a line.
fn line(change: &TrackedChange) -> String {
    let who = match change.author.as_str() {
        "" => String::new(),
        author => format!(" by {author}"),
    };
    let what = change.kind.as_str();
    format!("paragraph {}: {what}{who}: “{}”", change.paragraph, change.words.trim())
}

/// Asks about each change.
fn ask(changes: &[TrackedChange]) -> anyhow::Result<Option<ChangeDecision>> {
    let mut each = Vec::with_capacity(changes.len());
    let mut input = io::stdin().lock();
    let mut out = anstream::stderr();
    while each.len() < changes.len() {
        let change = &changes[each.len()];
        let (at, of) = (each.len() + 1, changes.len());
        writeln!(out, "{BOLD}{at} of {of}{RESET}  {}", printable(&line(change)))?;
        write!(
            out,
            "Accept it? [a]ccept [r]eject [A]ccept all left [R]eject all left [u]ndo [q]uit: "
        )?;
        out.flush()?;
        let mut answer = String::new();
        if input.read_line(&mut answer)? == 0 {
            return Ok(None);
        }
        match answer.trim() {
            "a" => each.push(true),
            "r" => each.push(false),
            "A" => each.resize(changes.len(), true),
            "R" => each.resize(changes.len(), false),
            "u" => {
                each.pop();
            }
            "q" => {
                writeln!(out, "nothing was written")?;
                return Ok(None);
            }
            _ => writeln!(out, "Type a, r, A, R, u, or q, then Enter.")?,
        }
    }
    Ok(Some(ChangeDecision::Each(each)))
}

/// Draws what was taken for what, and what is written.
fn draw(out: &mut dyn Write, plan: &DraftPlan, arguments: &DraftArgs) -> io::Result<()> {
    let note = if arguments.dry_run {
        "; a dry run, nothing is written"
    } else {
        ""
    };
    writeln!(
        out,
        "{BOLD}{} -> {}{RESET}{note}",
        printable(&shown(&arguments.file)),
        printable(&shown(&plan.letter))
    )?;
    let width = draw::width();
    for found in &plan.found {
        let ask = if found.is_question {
            format!("{MAGENTA}ask{RESET} ")
        } else {
            String::new()
        };
        let text = format!("{}: {}", found.part, found.words);
        let lead = format!("  paragraph {}: ", found.paragraph);
        let used = lead.len() + if found.is_question { 4 } else { 0 };
        writeln!(out, "{lead}{ask}{}", draw::wrapped(&printable(&text), used, 4, width))?;
    }
    for remark in &plan.remarks {
        let text = printable(&format!("paragraph {}: {}", remark.paragraph, remark.text));
        writeln!(out, "  {DIM}{}{RESET}", draw::wrapped(&text, 2, 4, width))?;
    }
    if !plan.changes.is_empty() {
        writeln!(
            out,
            "  {} decided",
            counted(plan.changes.len(), "tracked change", "tracked changes")
        )?;
    }
    let (list, rows) = &plan.list;
    writeln!(
        out,
        "  {}: {}",
        printable(&shown(list)),
        counted(*rows, "name", "names")
    )?;
    if let Some((path, count)) = &plan.comments {
        writeln!(
            out,
            "  {}: {}, which `check` shows until they are done",
            printable(&shown(path)),
            counted(*count, "comment", "comments")
        )?;
    }
    for picture in &plan.pictures {
        writeln!(out, "  {}", printable(&shown(picture)))?;
    }
    let questions = plan.found.iter().filter(|found| found.is_question).count();
    if questions > 0 {
        writeln!(
            out,
            "{MAGENTA}{questions} to ask{RESET}: look at the lines marked `ask`"
        )?;
    }
    let command = match arguments.dry_run {
        true => format!("undersigned draft {}", draw::quoted(&arguments.file)),
        false => format!("undersigned check {}", draw::quoted(Path::new(&shown(&plan.letter)))),
    };
    writeln!(out, "next: {command}")
}
