//! What `check` finds in prepared letters, under the workspace's severities.
//!
//! In: [`Prepared`] letters side by side. Out: for each, what the stages said and what the
//! checks found. Guaranteed: what is said of a shared file is said once; nothing is
//! asked of the network unless it is asked for. Absent: printing and exit codes.

use super::prepared::Prepared;
use crate::check::{self, Subject};
use crate::compose;
use crate::diag::{Code, Diagnostic, Severity};
use crate::emit::pdf::{self, PdfOptions};
use crate::layout;
use crate::model::check::CheckSetting;
use crate::model::known::Known;
use crate::resolve::{Judge, Judgement};
use crate::source::Origin;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

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

/// Returns true if a diagnostic says that something could not be read at all.
pub fn is_unreadable(said: &Diagnostic) -> bool {
    said.severity == Severity::Error && UNREADABLE.contains(&said.code)
}

/// Returns everything there is to say about letters, in their order: what the stages said
/// and what the checks find. With `online`, links are asked for an answer; a
/// library built without the feature `online` asks none.
pub fn check(prepared: &[Prepared], online: bool) -> Vec<Vec<Diagnostic>> {
    let all: Vec<&Prepared> = prepared.iter().collect();
    let mut found = check_each(&all, online);
    let mut shared = BTreeSet::new();
    for (prepared, said) in prepared.iter().zip(&mut found) {
        said.retain(|diagnostic| match diagnostic.origin {
            Some(origin) if origin.file() != prepared.letter.file => {
                let place = prepared.sources.place(origin).to_string();
                shared.insert((place, diagnostic.code, diagnostic.message.clone()))
            }
            _ => true,
        });
    }
    found
}

/// Returns what [`check()`] does, with what is said of a shared file at each letter that it is
/// true of.
pub(super) fn check_each(prepared: &[&Prepared], online: bool) -> Vec<Vec<Diagnostic>> {
    let found = findings_of(prepared, online);
    let with_stages = prepared.iter().zip(found).map(|(prepared, found)| {
        let mut said = configured(&prepared.diagnostics, &prepared.setting);
        // The check names each held row; the stages only count them.
        said.retain(|diagnostic| diagnostic.code != Code::HeldRows);
        said.retain(|one| !is_told(one, &found));
        said.extend(found);
        said
    });
    with_stages.collect()
}

/// Codes of the stages, with those of the checks that say the same of one place, and say it
/// better.
const SAME_FAULT: &[(Code, Code)] = &[
    (Code::BadLink, Code::BadLink),
    (Code::RawHtml, Code::HiddenComment),
    (Code::RawHtml, Code::Placeholder),
    (Code::PrivateValue, Code::NameMarkup),
];

/// Returns whether a check has found what a stage said.
fn is_told(said: &Diagnostic, found: &[Diagnostic]) -> bool {
    let same = |one: &&Diagnostic| SAME_FAULT.contains(&(said.code, one.code));
    let mut found = found.iter().filter(same);
    found.any(|one| match (said.origin, one.origin) {
        (Some(a), Some(b)) => overlap(a, b),
        _ => false,
    })
}

/// Returns whether two places share a character, or a row of a sheet.
fn overlap(a: Origin, b: Origin) -> bool {
    match (a, b) {
        (
            Origin::Span { file, start, end },
            Origin::Span {
                file: other,
                start: from,
                end: to,
            },
        ) => file == other && start < to && from < end,
        (
            Origin::Cell { file, row, .. },
            Origin::Cell {
                file: other, row: at, ..
            },
        ) => file == other && row == at,
        _ => false,
    }
}

impl Prepared {
    /// Returns what the checks find in the letter; what the stages said is not repeated.
    pub fn findings(&self) -> Vec<Diagnostic> {
        findings_of(&[self], false).pop().unwrap_or_default()
    }
}

/// Returns what the checks find in letters side by side.
fn findings_of(prepared: &[&Prepared], ask: bool) -> Vec<Vec<Diagnostic>> {
    // Letters of one workspace share what is known, and who judges by it.
    let mut of_known: BTreeMap<*const Known, Judge<'_>> = BTreeMap::new();
    for prepared in prepared {
        let known = of_known.entry(Arc::as_ptr(&prepared.known));
        known.or_insert_with(|| Judge::new(&prepared.known));
    }
    let judges: Vec<Box<dyn Fn(&str, &str) -> Judgement + Sync + '_>> = prepared
        .iter()
        .map(|prepared| {
            let judge = &of_known[&Arc::as_ptr(&prepared.known)];
            let judge: Box<dyn Fn(&str, &str) -> Judgement + Sync + '_> =
                Box::new(move |a: &str, b: &str| judge.judge(a, b));
            judge
        })
        .collect();
    let sizes: Vec<(Option<usize>, Option<u64>)> = prepared.par_iter().map(|prepared| size(prepared)).collect();
    let versions: Vec<String> = prepared
        .par_iter()
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
            document: prepared.composed.specimen(),
            known: &prepared.known,
            setting: &prepared.setting,
            judge: &*judges[at],
            pages: sizes[at].0,
            bytes: sizes[at].1,
            version: Some(&versions[at]),
        })
        .collect();
    #[cfg_attr(not(feature = "online"), expect(unused_mut))]
    let mut found = check::across(&subjects);
    #[cfg(not(feature = "online"))]
    let _ = ask;
    #[cfg(feature = "online")]
    if ask {
        for (list, dead) in found.iter_mut().zip(check::online::links(&subjects)) {
            list.extend(dead);
        }
    }
    found
}

/// Returns the pages and bytes of a letter's PDF, where a submission profile limits them.
fn size(prepared: &Prepared) -> (Option<usize>, Option<u64>) {
    let Some(profile) = &prepared.setting.submission else {
        return (None, None);
    };
    if profile.pages.is_none() && profile.megabytes.is_none() {
        return (None, None);
    }
    let pages = layout::paginate(prepared.composed.specimen(), &prepared.fonts()).0;
    let bytes = profile.megabytes.and_then(|_| {
        let pdf = pdf::pdf(&pages, &PdfOptions::default()).ok()?;
        u64::try_from(pdf.len()).ok()
    });
    (Some(pages.pages.len()), bytes)
}

/// Returns what was said, under the workspace's severities.
pub fn configured(said: &[Diagnostic], setting: &CheckSetting) -> Vec<Diagnostic> {
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
