//! `check`: finds what would embarrass the coalition; writes nothing.

use super::args::{Check, CheckFormat, Common, DiagnosticFormat};
use super::exit::Exit;
use super::report::Reporter;
use super::session::Session;
use crate::check;
use crate::diag::{Code, Diagnostic, Severity, counted};
use crate::engine::{self, Prepared, report};
use std::collections::BTreeSet;

pub(super) fn run(arguments: &Check, common: &Common) -> anyhow::Result<Exit> {
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
        CheckFormat::Human => DiagnosticFormat::Human,
        CheckFormat::Short => DiagnosticFormat::Short,
        CheckFormat::Json => DiagnosticFormat::Json,
        CheckFormat::Sarif => {
            let mut out = std::io::stdout().lock();
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
    if format == DiagnosticFormat::Human {
        reporter.say(&summary(checked.len(), &said().collect::<Vec<_>>()))?;
    }
    Ok(exit)
}

/// How many of each there are, and why each kind matters.
fn summary(letters: usize, said: &[&Diagnostic]) -> String {
    let count = |severity: Severity| said.iter().filter(|found| found.severity == severity).count();
    let mut text = String::new();
    let codes: BTreeSet<Code> = said.iter().map(|found| found.code).collect();
    for finding in codes.into_iter().filter_map(check::finding) {
        text += &format!("{}: {}\n", finding.code, finding.why);
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text + &format!(
        "{} checked: {}, {}, {}",
        counted(letters, "letter", "letters"),
        counted(count(Severity::Error), "error", "errors"),
        counted(count(Severity::Warning), "warning", "warnings"),
        counted(count(Severity::Note), "note", "notes")
    )
}
