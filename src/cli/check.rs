//! `check`: finds what would embarrass the coalition; writes nothing.

use super::args::{CheckArgs, CheckFormat, Common, DiagnosticFormat};
use super::draw;
use super::exit::Exit;
use super::place_links::PlaceLinks;
use super::report::{Reporter, printable};
use super::session::Session;
use super::style::{BOLD, DIM, MAGENTA, RED, RESET, results};
use crate::check;
use crate::diag::{Code, Diagnostic, Severity, counted};
use crate::engine::{self, Prepared, report};
use anyhow::bail;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

pub(super) fn run(arguments: &CheckArgs, common: &Common) -> anyhow::Result<Exit> {
    if let Some(code) = &arguments.why {
        return why(code, common);
    }
    let session = Session::new()?;
    let letters = session.named_or_all(&arguments.letters)?;
    let prepared = engine::prepare_all(&session.files, &session.paths, &letters, None)?;
    let found = engine::check(&prepared, arguments.online);
    let checked: Vec<(&Prepared, Vec<Diagnostic>)> = prepared.iter().zip(found).collect();

    let said = || checked.iter().flat_map(|(_, found)| found);
    let worst = said().map(|found| found.severity).max();
    let invalid = said().any(engine::is_unreadable);
    let exit = match worst {
        _ if invalid => Exit::Failed,
        Some(Severity::Warning | Severity::Error) => Exit::PersonNeeded,
        Some(Severity::Note) | None => Exit::Done,
    };
    let format = match arguments.format {
        CheckFormat::Full => DiagnosticFormat::Human,
        CheckFormat::Short => DiagnosticFormat::Short,
        CheckFormat::Json => DiagnosticFormat::Json,
        CheckFormat::Human => {
            let mut out = results(common);
            human(&mut out, &checked, &arguments.letters, &PlaceLinks::new(common))?;
            out.flush()?;
            return Ok(exit);
        }
        CheckFormat::Sarif => {
            let mut out = io::stdout().lock();
            let found = checked
                .iter()
                .map(|(prepared, found)| (&prepared.sources, found.as_slice()));
            report::sarif(found, &mut out)?;
            return Ok(exit);
        }
    };
    let mut reporter = Reporter::new(format, common);
    for (prepared, found) in &checked {
        reporter.report(&prepared.sources, found)?;
    }
    Ok(exit)
}

/// Prints what a finding is and why it matters.
fn why(code: &str, common: &Common) -> anyhow::Result<Exit> {
    let Some(known) = Code::ALL.iter().find(|known| known.as_str() == code) else {
        let all: Vec<&str> = Code::ALL.iter().map(|known| known.as_str()).collect();
        bail!(
            "`{code}` is not the code of a finding: {}",
            crate::diag::suggest(code, &all)
        );
    };
    let mut out = results(common);
    writeln!(out, "{BOLD}{code}{RESET}: {}", known.description())?;
    if let Some(finding) = check::finding(*known) {
        writeln!(out, "{}", draw::wrapped(finding.why, 0, 0, draw::width()))?;
        let severity = finding.severity;
        writeln!(
            out,
            "\nIt is {} `{severity}`. To change that, write in undersigned.toml:",
            article(severity)
        )?;
        writeln!(out, "[check]\n{code} = \"off\"        # or note, warning, error")?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// Returns the article of a severity's name.
fn article(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "an",
        Severity::Warning | Severity::Note => "a",
    }
}

/// A finding as it is drawn.
struct FindingLine<'a> {
    line: u32,
    column: u32,
    diagnostic: &'a Diagnostic,
}

impl FindingLine<'_> {
    /// Returns its place in its file: line and column, the line, or nothing.
    fn place(&self) -> String {
        match (self.line, self.column) {
            (0, _) => String::new(),
            (line, 0) => line.to_string(),
            (line, column) => format!("{line}:{column}"),
        }
    }

    /// Returns the word for its severity, with its color.
    fn severity(&self) -> (&'static str, &'static str) {
        match self.diagnostic.severity {
            _ if is_question(self.diagnostic) => ("ask", MAGENTA),
            Severity::Error => ("error", RED),
            Severity::Warning => ("warn", ""),
            Severity::Note => ("note", ""),
        }
    }
}

/// Returns true if a finding is a question that `review` asks.
fn is_question(found: &Diagnostic) -> bool {
    matches!(found.code, Code::Undecided | Code::HeldRows)
}

/// Draws the findings by file, the counts, and what comes next.
fn human(
    out: &mut impl Write,
    checked: &[(&Prepared, Vec<Diagnostic>)],
    letters: &[impl AsRef<Path>],
    links: &PlaceLinks,
) -> io::Result<()> {
    let mut files: Vec<(String, Vec<FindingLine<'_>>)> = Vec::new();
    for (prepared, found) in checked {
        for diagnostic in found {
            let place = diagnostic.origin.map(|origin| prepared.sources.place(origin));
            let file = place.as_ref().map_or(&*prepared.shown, |place| place.file);
            let line = FindingLine {
                line: place.as_ref().and_then(|place| place.line).unwrap_or(0),
                column: place.as_ref().and_then(|place| place.column).unwrap_or(0),
                diagnostic,
            };
            match files.iter_mut().find(|(name, _)| name == file) {
                Some((_, lines)) => lines.push(line),
                None => files.push((file.to_owned(), vec![line])),
            }
        }
    }
    for (file, lines) in &mut files {
        lines.sort_by_key(|line| (line.line, line.column));
        writeln!(out, "{BOLD}{}{RESET}", printable(file))?;
        findings(out, file, lines, links)?;
        writeln!(out)?;
    }
    let said = || checked.iter().flat_map(|(_, found)| found);
    let count = |severity: Severity| {
        let of = |found: &&Diagnostic| found.severity == severity && !is_question(found);
        said().filter(of).count()
    };
    let asked = checked
        .iter()
        .map(|(prepared, _)| engine::questions(&prepared.resolution))
        .sum::<usize>();
    let letters_checked = counted(checked.len(), "letter", "letters");
    writeln!(
        out,
        "{BOLD}{letters_checked}{RESET}: {}, {}, {}, {asked} to ask",
        counted(count(Severity::Error), "error", "errors"),
        counted(count(Severity::Warning), "warning", "warnings"),
        counted(count(Severity::Note), "note", "notes"),
    )?;
    let codes: BTreeSet<Code> = said()
        .filter(|found| check::finding(found.code).is_some())
        .map(|found| found.code)
        .collect();
    if let Some(code) = codes.first() {
        writeln!(
            out,
            "why:  undersigned check --why {code}   {DIM}with the source lines: --format full{RESET}"
        )?;
    }
    let command = match said().any(|found| found.severity > Severity::Note) {
        true => "check",
        false => "render",
    };
    let letters = match letters {
        [] => String::new(),
        letters => format!(" {}", draw::quoted_all(letters)),
    };
    let command = format!("undersigned {command}{letters}");
    match said().any(|found| found.severity > Severity::Note) {
        true => draw::next(out, &format!("fix these; then {command}")),
        false => draw::next(out, &command),
    }
}

/// Draws the findings of a file in columns: place, severity, code, message, fix.
fn findings(out: &mut impl Write, file: &str, lines: &[FindingLine<'_>], links: &PlaceLinks) -> io::Result<()> {
    let width = |length: &dyn Fn(&FindingLine<'_>) -> usize| lines.iter().map(length).max().unwrap_or(0);
    let place_width = width(&|line| line.place().len());
    let code_width = width(&|line| line.diagnostic.code.as_str().len());
    let indent = 2 + place_width + 2 + "error".len() + 2 + code_width + 2;
    let terminal = draw::width();
    for line in lines {
        let (severity, color) = line.severity();
        let message = printable(&line.diagnostic.message);
        let place = line.place();
        let gap = " ".repeat(place_width - place.len());
        writeln!(
            out,
            "  {gap}{}  {color}{severity:5}{RESET}  {:code_width$}  {}",
            links.link(&place, file, line.line),
            line.diagnostic.code.as_str(),
            draw::wrapped(&message, indent, indent, terminal)
        )?;
        if let Some(hint) = &line.diagnostic.hint {
            let gap = " ".repeat(place_width + 4);
            let fix = " ".repeat(code_width + "error".len() - 1);
            let hint = draw::wrapped(&printable(hint), indent, indent, terminal);
            writeln!(out, "{gap}{DIM}fix{RESET}{fix}{hint}")?;
        }
    }
    Ok(())
}
