//! `undersigned diff`: what changed between two states of a letter.

use super::args::{Common, DiagnosticFormat, Diff, DiffFormat};
use super::exit::Exit;
use super::report::Reporter;
use super::session::{Session, list_input};
use super::style::{BOLD, DIM, GREEN, RED, RESET, YELLOW, results};
use crate::engine::{self, report};
use crate::release::diff::{Changes, Printed};
use crate::release::paragraph::{ClauseKind, paragraph};
use crate::release::words::WordRun;
use crate::resolve::Reason;
use std::io::{self, Write};

pub(super) fn run(arguments: &Diff, common: &Common) -> anyhow::Result<Exit> {
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
    let (before, after, changes) = (&diff.before, &diff.after, &diff.changes);
    match arguments.format {
        DiffFormat::Human => human(&mut results(common), changes)?,
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

fn why(reason: Option<Reason>) -> &'static str {
    match reason {
        Some(reason) => reason.as_str(),
        None => "in the lists no more",
    }
}

/// Longest stretch of words that stand on both sides, shown around a change.
const AROUND: usize = 8;

/// Words of a text with what is gone and what is new, for reading.
pub(super) fn shown_pieces(pieces: &[WordRun]) -> String {
    let mut out: Vec<String> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        out.push(match piece {
            WordRun::Same(text) => around(text, at > 0, at + 1 < pieces.len()),
            WordRun::Gone(text) => format!("{RED}[-{text}-]{RESET}"),
            WordRun::New(text) => format!("{GREEN}{{+{text}+}}{RESET}"),
        });
    }
    out.retain(|text| !text.is_empty());
    out.join(" ")
}

/// The words next to a change.
fn around(text: &str, after_change: bool, before_change: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let (head, tail) = (AROUND * usize::from(after_change), AROUND * usize::from(before_change));
    if words.len() <= head + tail + 1 {
        return text.to_owned();
    }
    let (head, tail) = (words[..head].join(" "), words[words.len() - tail..].join(" "));
    format!("{head} … {tail}").trim().to_owned()
}

fn human(out: &mut impl Write, changes: &Changes) -> io::Result<()> {
    let mut first = true;
    let mut heading = |out: &mut dyn Write, color: &str, text: &str| {
        let gap = if first { "" } else { "\n" };
        first = false;
        writeln!(out, "{gap}{BOLD}{color}{text}{RESET}")
    };
    if !changes.joined.is_empty() {
        heading(out, GREEN, &format!("Joined ({})", changes.joined.len()))?;
        for joined in &changes.joined {
            let was = joined
                .was
                .map(|was| format!("  {DIM}was {}{RESET}", was.as_str()))
                .unwrap_or_default();
            writeln!(out, "  + {}{was}", joined.printed)?;
        }
    }
    if !changes.left.is_empty() {
        heading(out, RED, &format!("Left ({})", changes.left.len()))?;
        for left in &changes.left {
            writeln!(out, "  - {}  {DIM}{}{RESET}", left.printed, why(left.reason))?;
        }
    }
    if !changes.renamed.is_empty() {
        heading(out, "", &format!("Renamed ({})", changes.renamed.len()))?;
        for renamed in &changes.renamed {
            writeln!(out, "  {}\n    now {}", renamed.from, renamed.to)?;
        }
    }
    if !changes.regrouped.is_empty() {
        heading(
            out,
            YELLOW,
            &format!("Told apart otherwise ({})", changes.regrouped.len()),
        )?;
        for regrouped in &changes.regrouped {
            for from in &regrouped.from {
                writeln!(out, "  - {from}")?;
            }
            for to in &regrouped.to {
                writeln!(out, "  + {to}")?;
            }
        }
    }
    if !changes.moved.is_empty() {
        heading(out, "", &format!("Under another heading ({})", changes.moved.len()))?;
        for moved in &changes.moved {
            let named = |heading: &str| {
                if heading.is_empty() {
                    "none".to_owned()
                } else {
                    heading.to_owned()
                }
            };
            writeln!(
                out,
                "  {}: {} → {}",
                moved.printed,
                named(&moved.from),
                named(&moved.to)
            )?;
        }
    }
    if !changes.questions.is_empty() {
        heading(out, YELLOW, "To decide: counted as left and joined, and may be one")?;
        for question in &changes.questions {
            writeln!(
                out,
                "  - {}\n  + {}\n    {DIM}{}{RESET}",
                question.old, question.new, question.because
            )?;
        }
    }
    if !changes.text.is_empty() {
        heading(out, "", &format!("Text ({})", changes.text.len()))?;
        for change in &changes.text {
            writeln!(out, "  {}", shown_pieces(&change.pieces))?;
        }
    }
    if changes.is_empty() {
        writeln!(out, "no change: {} signatories", changes.after)?;
    } else {
        let (before, after) = (changes.before, changes.after);
        writeln!(out, "\n{before} signatories before, {after} now")?;
    }
    out.flush()
}
