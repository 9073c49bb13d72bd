//! `check`: finds what would embarrass the coalition; writes nothing.

use super::args::{Check, CheckFormat, Common, DiagnosticFormat};
use super::exit::Exit;
use super::pipeline::{self, Prepared};
use super::report::Reporter;
use super::sarif;
use super::workspace::{Workspace, shown};
use crate::check::{self, Subject};
use crate::diag::{Code, Diagnostic, Severity};
use crate::layout::{self, Fonts};
use crate::model::check::CheckSetting;
use crate::resolve::Judge;
use anyhow::bail;
use std::io::Write;
use std::path::Path;

pub(super) fn run(arguments: &Check, common: &Common) -> anyhow::Result<Exit> {
    let letters = match arguments.letters.as_slice() {
        [] => {
            let workspace = Workspace::find(Path::new("."))?;
            let letters = workspace.letters()?;
            if letters.is_empty() {
                bail!(
                    "`{}` holds no letter: files that end in .md",
                    shown(&workspace.root.join("letters"))
                );
            }
            letters
        }
        named => named.to_vec(),
    };
    let mut checked = Vec::with_capacity(letters.len());
    for path in &letters {
        let prepared = pipeline::prepare(path, None, &|_| {})?;
        let mut diagnostics = configured(&prepared.diagnostics, &prepared.setting);
        diagnostics.extend(findings(&prepared));
        checked.push((prepared, diagnostics));
    }
    let worst = checked
        .iter()
        .flat_map(|(_, found)| found)
        .map(|found| found.severity)
        .max();
    let invalid = checked
        .iter()
        .flat_map(|(_, found)| found)
        .any(|found| found.severity == Severity::Error && UNREADABLE.contains(&found.code));
    let format = match arguments.format {
        CheckFormat::Human => DiagnosticFormat::Human,
        CheckFormat::Short => DiagnosticFormat::Short,
        CheckFormat::Json => DiagnosticFormat::Json,
        CheckFormat::Sarif => {
            let mut out = std::io::stdout().lock();
            let runs = checked
                .iter()
                .map(|(prepared, found)| (&prepared.sources, found.as_slice()));
            writeln!(out, "{}", sarif::log(runs)?)?;
            return Ok(exit(worst, invalid));
        }
    };
    let mut reporter = Reporter::new(format, common);
    for (prepared, found) in &checked {
        reporter.report(&prepared.sources, found)?;
    }
    Ok(exit(worst, invalid))
}

/// Codes that say that a letter or list could not be read as one: there was nothing
/// to check.
const UNREADABLE: &[Code] = &[
    Code::Unreadable,
    Code::NotUtf8,
    Code::UnknownFormat,
    Code::TooLarge,
    Code::NoFrontMatter,
    Code::BadToml,
];

fn exit(worst: Option<Severity>, invalid: bool) -> Exit {
    match worst {
        _ if invalid => Exit::Failed,
        Some(Severity::Warning | Severity::Error) => Exit::PersonNeeded,
        Some(Severity::Note) | None => Exit::Done,
    }
}

/// What `check` finds in a letter that went through the stages; what the stages
/// said themselves is not repeated.
pub(super) fn findings(prepared: &Prepared) -> Vec<Diagnostic> {
    let judge = Judge::new(&prepared.known);
    let judge = |a: &str, b: &str| judge.judge(a, b);
    let pages = prepared
        .setting
        .submission
        .is_some()
        .then(|| layout::paginate(&prepared.document, &Fonts::new()).0.pages.len());
    check::check(&Subject {
        sources: &prepared.sources,
        letter: &prepared.letter,
        records: &prepared.records,
        resolution: &prepared.resolution,
        document: &prepared.document,
        known: &prepared.known,
        setting: &prepared.setting,
        judge: &judge,
        pages,
    })
}

/// What the stages said, under the workspace's severities.
fn configured(said: &[Diagnostic], setting: &CheckSetting) -> Vec<Diagnostic> {
    let keep = |diagnostic: &Diagnostic| match setting.severities.get(&diagnostic.code) {
        Some(None) => None,
        Some(Some(severity)) => Some(Diagnostic {
            severity: *severity,
            ..diagnostic.clone()
        }),
        None => Some(diagnostic.clone()),
    };
    said.iter().filter_map(keep).collect()
}
