//! `undersigned diff`: what changed between two states of a letter.

use super::args::{Common, DiagnosticFormat, Diff, DiffFormat};
use super::exit::Exit;
use super::report::Reporter;
use super::session::{Session, list_inputs, shown};
use super::style::{BOLD, DIM, GREEN, RED, RESET, YELLOW, results};
use crate::engine::{self, LetterInput};
use crate::release::diff::{self, Changes, Printed, Side};
use crate::release::manifest::{FILE, LARGEST, Manifest};
use crate::release::paragraph::{About, paragraph};
use crate::release::words::Piece;
use crate::resolve::{self, Reason};
use crate::source::{Origin, SourceMap};
use crate::store;
use anyhow::{Context, bail};
use serde::Serialize;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

pub(super) fn run(arguments: &Diff, common: &Common) -> anyhow::Result<Exit> {
    let format = match arguments.format {
        DiffFormat::Json => DiagnosticFormat::Json,
        DiffFormat::Human | DiffFormat::Paragraph => DiagnosticFormat::Human,
    };
    let mut reporter = Reporter::new(format, common);
    let session = Session::new()?;
    let (old, new) = sides(&session, arguments)?;
    let workspace = session.around(&new)?;
    reporter.report(&workspace.sources, &workspace.diagnostics)?;
    let before = side(&session, &old, &mut reporter)?;
    let after = side(&session, &new, &mut reporter)?;
    let (Some(before), Some(after)) = (before, after) else {
        return Ok(Exit::Failed);
    };
    if reporter.failed() {
        return Ok(Exit::Failed);
    }
    let changes = diff::diff(&before, &after, &workspace.known);
    match arguments.format {
        DiffFormat::Human => human(&mut results(common), &changes)?,
        DiffFormat::Json => json(&mut io::stdout().lock(), &changes)?,
        DiffFormat::Paragraph => {
            let signatories: Vec<Printed> = after.entries.iter().map(|entry| entry.printed.clone()).collect();
            let language = arguments.language.as_deref();
            let language = language.or(after.language.as_deref()).or(before.language.as_deref());
            let about = About {
                language: language.unwrap_or("en-US"),
                since: arguments.since.or(before.date),
                now: after.date,
                signatories: &signatories,
            };
            writeln!(io::stdout().lock(), "{}", paragraph(&changes, &about))?;
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

/// The two sides: as given, or a letter's last release and the letter.
fn sides(session: &Session, arguments: &Diff) -> anyhow::Result<(PathBuf, PathBuf)> {
    let old = arguments.old.clone();
    if let Some(new) = &arguments.new {
        return Ok((old, new.clone()));
    }
    if !is_letter(&old) {
        bail!("name what `{}` is to be compared with", shown(&old));
    }
    let stem = old.file_stem().context("the letter has no name")?;
    let root = session.root(old.parent().unwrap_or(Path::new("")));
    let folder = root.join("output").join(stem).join("releases");
    match store::numbers(&session.paths, &folder)?.last() {
        Some(last) => Ok((folder.join(last.to_string()), old)),
        None => bail!("`{}` has no release to be compared with", shown(&old)),
    }
}

fn is_letter(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "md")
}

/// Reads one side; `None`: it could not be read as what it is, and that was reported.
fn side(session: &Session, path: &Path, reporter: &mut Reporter) -> anyhow::Result<Option<Side>> {
    if path.is_dir() || path.file_name().is_some_and(|name| name == FILE) {
        let (manifest, _) = manifest(path)?;
        let origin = Origin::File(SourceMap::default().add(shown(path), ""));
        return Ok(Some(Side::of_release(&manifest, origin)));
    }
    if is_letter(path) {
        return letter(session, path, reporter);
    }
    let workspace = session.around(path)?;
    reporter.report(&workspace.sources, &workspace.diagnostics)?;
    let mut sources = workspace.sources.clone();
    let (records, said) = engine::read_lists(&workspace, list_inputs(&[path.to_owned()])?, &mut sources)?;
    reporter.report(&sources, &said)?;
    let (resolution, _) = resolve::resolve(&records, &workspace.known, &resolve::Options::default());
    let mut side = Side::of_list(records, &resolution);
    side.language = workspace.project.language.map(|language| language.value);
    Ok(Some(side))
}

/// A letter as it stands today.
fn letter(session: &Session, path: &Path, reporter: &mut Reporter) -> anyhow::Result<Option<Side>> {
    let workspace = session.around(path)?;
    let prepared = workspace.prepare(LetterInput::File(path.to_owned()), None, &|_| {})?;
    let errors: Vec<_> = prepared
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == crate::diag::Severity::Error)
        .cloned()
        .collect();
    reporter.report(&prepared.sources, &errors)?;
    if !errors.is_empty() {
        return Ok(None);
    }
    let content = prepared.content();
    let document = prepared.composed.specimen();
    let order = crate::compose::roll::order(&prepared.resolution, &prepared.letter.roll, &document.language);
    let mut side = Side::of_list(prepared.records.clone(), &prepared.resolution);
    let printed = order.into_iter().zip(&content.signatories).map(|(at, listed)| {
        let kind = prepared.resolution.signatories[at].kind;
        let printed = Printed {
            kind,
            name: listed.name.clone(),
            detail: listed.unmarked(),
        };
        (at, printed, listed.section.clone())
    });
    side.print_as(printed);
    side.date = document.date;
    side.language = Some(document.language.clone());
    side.text = Some(content.text);
    Ok(Some(side))
}

/// Reads a manifest by its path or its folder's; its bytes go with it.
pub(super) fn manifest(path: &Path) -> anyhow::Result<(Manifest, Vec<u8>)> {
    let file = if path.is_dir() {
        path.join(FILE)
    } else {
        path.to_owned()
    };
    let bytes = read(&file, LARGEST as u64 + 1)?;
    let manifest = Manifest::read(&bytes).with_context(|| format!("`{}` is no sound manifest", shown(&file)))?;
    Ok((manifest, bytes))
}

/// Reads no more than so many bytes of a file.
pub(super) fn read(path: &Path, most: u64) -> anyhow::Result<Vec<u8>> {
    let failed = || format!("cannot read `{}`", shown(path));
    let mut bytes = Vec::new();
    let file = fs::File::open(path).with_context(failed)?;
    file.take(most).read_to_end(&mut bytes).with_context(failed)?;
    Ok(bytes)
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
pub(super) fn shown_pieces(pieces: &[Piece]) -> String {
    let mut out: Vec<String> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        out.push(match piece {
            Piece::Same(text) => around(text, at > 0, at + 1 < pieces.len()),
            Piece::Gone(text) => format!("{RED}[-{text}-]{RESET}"),
            Piece::New(text) => format!("{GREEN}{{+{text}+}}{RESET}"),
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

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Line<'a> {
    Joined {
        name: &'a str,
        kind: &'static str,
        detail: Option<&'a str>,
        was: Option<&'static str>,
    },
    Left {
        name: &'a str,
        kind: &'static str,
        detail: Option<&'a str>,
        reason: Option<&'static str>,
    },
    Renamed {
        from: String,
        to: String,
    },
    Regrouped {
        from: Vec<String>,
        to: Vec<String>,
    },
    Moved {
        name: String,
        from: &'a str,
        to: &'a str,
    },
    Undecided {
        left: String,
        joined: String,
        because: &'a str,
    },
    Text {
        old: Option<usize>,
        new: Option<usize>,
        pieces: Vec<PieceLine<'a>>,
    },
    Summary {
        before: usize,
        after: usize,
        joined: usize,
        left: usize,
        withdrawn: usize,
        renamed: usize,
        regrouped: usize,
        moved: usize,
        undecided: usize,
        text: usize,
    },
}

/// A run of words, in JSON.
#[derive(Serialize)]
pub(super) struct PieceLine<'a> {
    change: &'static str,
    text: &'a str,
}

/// Runs of words, in JSON.
pub(super) fn piece_lines(pieces: &[Piece]) -> Vec<PieceLine<'_>> {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Same(text) => PieceLine { change: "same", text },
            Piece::Gone(text) => PieceLine { change: "gone", text },
            Piece::New(text) => PieceLine { change: "new", text },
        })
        .collect()
}

fn json(out: &mut impl Write, changes: &Changes) -> anyhow::Result<()> {
    let texts = |printed: &[Printed]| printed.iter().map(ToString::to_string).collect();
    let mut lines: Vec<Line<'_>> = Vec::new();
    lines.extend(changes.joined.iter().map(|joined| Line::Joined {
        name: &joined.printed.name,
        kind: joined.printed.kind.as_str(),
        detail: joined.printed.detail.as_deref(),
        was: joined.was.map(Reason::as_str),
    }));
    lines.extend(changes.left.iter().map(|left| Line::Left {
        name: &left.printed.name,
        kind: left.printed.kind.as_str(),
        detail: left.printed.detail.as_deref(),
        reason: left.reason.map(Reason::as_str),
    }));
    lines.extend(changes.renamed.iter().map(|renamed| Line::Renamed {
        from: renamed.from.to_string(),
        to: renamed.to.to_string(),
    }));
    lines.extend(changes.regrouped.iter().map(|regrouped| Line::Regrouped {
        from: texts(&regrouped.from),
        to: texts(&regrouped.to),
    }));
    lines.extend(changes.moved.iter().map(|moved| Line::Moved {
        name: moved.printed.to_string(),
        from: &moved.from,
        to: &moved.to,
    }));
    lines.extend(changes.questions.iter().map(|question| Line::Undecided {
        left: question.old.to_string(),
        joined: question.new.to_string(),
        because: &question.because,
    }));
    lines.extend(changes.text.iter().map(|change| Line::Text {
        old: change.old,
        new: change.new,
        pieces: piece_lines(&change.pieces),
    }));
    let withdrawn = changes
        .left
        .iter()
        .filter(|left| left.reason == Some(Reason::Withdrawn));
    lines.push(Line::Summary {
        before: changes.before,
        after: changes.after,
        joined: changes.joined.len(),
        left: changes.left.len(),
        withdrawn: withdrawn.count(),
        renamed: changes.renamed.len(),
        regrouped: changes.regrouped.len(),
        moved: changes.moved.len(),
        undecided: changes.questions.len(),
        text: changes.text.len(),
    });
    for line in lines {
        writeln!(out, "{}", serde_json::to_string(&line)?)?;
    }
    Ok(())
}
