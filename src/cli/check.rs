//! `check`: finds what would embarrass the coalition; writes nothing.

use super::args::{Check, CheckFormat, Common, DiagnosticFormat};
use super::batch;
use super::exit::Exit;
use super::pipeline::Prepared;
use super::report::Reporter;
use super::sarif;
use super::workspace;
use crate::check::{self, Subject, online};
use crate::compose;
use crate::diag::{Code, Diagnostic, Severity, counted};
use crate::emit::pdf::{self, PdfOptions};
use crate::layout::{self, Fonts};
use crate::model::check::CheckSetting;
use crate::resolve::{Judge, Judgement};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io::Write;

pub(super) fn run(arguments: &Check, common: &Common) -> anyhow::Result<Exit> {
    let letters = workspace::named_or_all(&arguments.letters)?;
    let prepared = batch::prepare_all(&letters)?;
    let all: Vec<&Prepared> = prepared.iter().collect();
    let found = side_by_side(&all, arguments.online);
    let mut shared = BTreeSet::new();
    let checked: Vec<(&Prepared, Vec<Diagnostic>)> = prepared
        .iter()
        .zip(found)
        .map(|(prepared, found)| {
            let mut said = configured(&prepared.diagnostics, &prepared.setting);
            said.extend(found);
            // What was said of a shared file is said once.
            said.retain(|diagnostic| match diagnostic.origin {
                Some(origin) if origin.file() != prepared.letter.file => {
                    let place = prepared.sources.place(origin).to_string();
                    shared.insert((place, diagnostic.code, diagnostic.message.clone()))
                }
                _ => true,
            });
            (prepared, said)
        })
        .collect();

    let said = || checked.iter().flat_map(|(_, found)| found);
    let worst = said().map(|found| found.severity).max();
    let invalid = said().any(|found| found.severity == Severity::Error && UNREADABLE.contains(&found.code));
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
            writeln!(out, "{}", sarif::log(found)?)?;
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

/// What `check` finds in a letter that went through the stages; what the stages
/// said themselves is not repeated.
pub(super) fn findings(prepared: &Prepared) -> Vec<Diagnostic> {
    side_by_side(&[prepared], false).pop().unwrap_or_default()
}

/// The same for letters side by side; `ask`: whether links are asked for an answer.
fn side_by_side(prepared: &[&Prepared], ask: bool) -> Vec<Vec<Diagnostic>> {
    let judges: Vec<Judge<'_>> = prepared.iter().map(|prepared| Judge::new(&prepared.known)).collect();
    let judges: Vec<Box<dyn Fn(&str, &str) -> Judgement + Sync + '_>> = judges
        .iter()
        .map(|judge| {
            let judge: Box<dyn Fn(&str, &str) -> Judgement + Sync + '_> =
                Box::new(|a: &str, b: &str| judge.judge(a, b));
            judge
        })
        .collect();
    let sizes: Vec<(Option<usize>, Option<u64>)> = prepared.par_iter().map(|prepared| size(prepared)).collect();
    let versions: Vec<String> = prepared
        .iter()
        .map(|prepared| compose::text_version(&prepared.letter))
        .collect();
    let subjects: Vec<Subject<'_>> = prepared
        .iter()
        .enumerate()
        .map(|(at, prepared)| Subject {
            sources: &prepared.sources,
            letter: &prepared.letter,
            records: &prepared.records,
            resolution: &prepared.resolution,
            document: &prepared.document,
            known: &prepared.known,
            setting: &prepared.setting,
            judge: &*judges[at],
            pages: sizes[at].0,
            bytes: sizes[at].1,
            version: Some(&versions[at]),
        })
        .collect();
    let mut found = check::across(&subjects);
    if ask {
        for (list, dead) in found.iter_mut().zip(online::links(&subjects)) {
            list.extend(dead);
        }
    }
    found
}

/// The pages and bytes of a letter's PDF, where a submission profile asks for them.
fn size(prepared: &Prepared) -> (Option<usize>, Option<u64>) {
    let Some(profile) = &prepared.setting.submission else {
        return (None, None);
    };
    if profile.pages.is_none() && profile.megabytes.is_none() {
        return (None, None);
    }
    let pages = layout::paginate(&prepared.document, &Fonts::new()).0;
    let bytes = profile.megabytes.and_then(|_| {
        let pdf = pdf::pdf(&pages, &PdfOptions::default()).ok()?;
        u64::try_from(pdf.len()).ok()
    });
    (Some(pages.pages.len()), bytes)
}

/// What the stages said, under the workspace's severities.
pub(super) fn configured(said: &[Diagnostic], setting: &CheckSetting) -> Vec<Diagnostic> {
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
