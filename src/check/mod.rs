//! Finds what would embarrass a coalition, before anybody else does.
//!
//! In: a [`Subject`]: a letter, who signed it, the document that is to go out, and
//! what its workspace asks for. Out: diagnostics, each with its place and what to
//! do; [`CHECKS`] says why each matters. Guaranteed: nothing is changed, nothing
//! is asked of the clock or the network; the findings of a letter stand in the
//! order of their places; a severity of the workspace outranks that of
//! [`CHECKS`]. Absent: what the stages before have said themselves, printing, and
//! asking whether links answer ([`online`] does, when told to).
//!
//! [`check`] is the way in for one letter, [`across`] for what only shows between
//! the letters of a workspace. To add a check: a file with a function, its codes
//! in `diag::Code`, a line in [`CHECKS`].

mod acronyms;
mod addressed;
mod authors;
mod counts;
mod cross_letter;
mod dates;
mod draft_comments;
mod editing;
mod entries;
mod expression;
mod figures;
mod government;
mod hostile;
mod items;
mod leftovers;
mod links;
mod markdown;
mod names;
mod numbers;
mod offices;
#[cfg(feature = "online")]
pub mod online;
mod own_words;
mod pattern;
mod people;
mod private_text;
mod prose;
mod punctuation;
mod references;
mod related;
mod repetition;
mod required;
mod roll;
mod sample;
mod shared_roll;
mod speakers;
mod spelling;
mod submission;
mod tables;
mod timing;
mod words;

use crate::compose::document::Document;
use crate::diag::{Code, Diagnostic, Severity};
use crate::model::check::CheckSetting;
use crate::model::known::Known;
use crate::model::letter::Letter;
use crate::model::signatory::Record;
use crate::resolve::{Judgement, Resolution};
use crate::source::{Origin, SourceMap};
use prose::Prose;
use rayon::prelude::*;
use shared_roll::SharedRoll;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A letter, and all that is known when it is to go out.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The files that were read.
    pub sources: &'a SourceMap,
    /// The letter as its author wrote it.
    pub letter: &'a Letter,
    /// The rows of its lists.
    pub records: &'a [Record],
    /// Who signed.
    pub resolution: &'a Resolution,
    /// What is to go out.
    pub document: &'a Document,
    /// The directory and the answers.
    pub known: &'a Known,
    /// What the workspace asks for.
    pub setting: &'a CheckSetting,
    /// Judges whether two names are one signatory: `resolve::Judge::judge`.
    pub judge: &'a (dyn Fn(&str, &str) -> Judgement + Sync),
    /// How many pages it fills, if it was set.
    pub pages: Option<usize>,
    /// How many bytes its PDF has, if it was made.
    pub bytes: Option<u64>,
    /// The version of its text (`compose::text_version`), to hold against those
    /// that were signed.
    pub version: Option<&'a str>,
}

impl fmt::Debug for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subject")
            .field("file", &self.letter.file)
            .finish_non_exhaustive()
    }
}

/// A kind of finding, with how bad it is by itself.
#[derive(Clone, Copy, Debug)]
pub struct Finding {
    /// Its code.
    pub code: Code,
    /// How bad it is, unless the workspace says otherwise.
    pub severity: Severity,
    /// Why it matters, in a sentence for a coordinator.
    pub why: &'static str,
}

/// A rule, with all that it may find.
#[derive(Clone, Copy)]
pub struct Check {
    /// Its name, kebab-case.
    pub name: &'static str,
    /// What it holds, in one sentence.
    pub description: &'static str,
    /// What it may find.
    pub findings: &'static [Finding],
    run: CheckRun,
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Check")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

#[derive(Clone, Copy)]
enum CheckRun {
    /// Looks at one letter.
    Letter(fn(&Case<'_>, &mut Sink<'_>)),
    /// Looks at the rows of its lists alone: once for all letters that share them.
    Roll(fn(&Rows<'_>, &mut Sink<'_>)),
    /// Looks at the rows, and at one letter.
    RollAndLetter(fn(&Rows<'_>, &mut Sink<'_>), fn(&Case<'_>, &mut Sink<'_>)),
    /// Looks at all letters of a workspace; a sink for each.
    CrossLetter(fn(&[Case<'_>], &mut [Sink<'_>])),
}

/// Every rule, in the order of the documentation.
pub const CHECKS: &[Check] = &[
    counts::CHECK,
    items::CHECK,
    leftovers::CHECK,
    markdown::CHECK,
    editing::CHECK,
    draft_comments::CHECK,
    repetition::CHECK,
    references::CHECK,
    figures::CHECK,
    private_text::CHECK,
    punctuation::CHECK,
    acronyms::CHECK,
    people::CHECK,
    addressed::CHECK,
    speakers::CHECK,
    offices::CHECK,
    government::CHECK,
    dates::CHECK,
    timing::CHECK,
    names::CHECK,
    roll::CHECK,
    entries::CHECK,
    sample::CHECK,
    related::RELEASES,
    related::TRANSLATIONS,
    cross_letter::SPELLINGS,
    cross_letter::EXCERPTS,
    links::CHECK,
    own_words::CHECK,
    submission::CHECK,
    hostile::CHECK,
];

/// Returns the finding of a code, if it is one of `check`.
pub fn finding(code: Code) -> Option<&'static Finding> {
    CHECKS
        .iter()
        .flat_map(|check| check.findings)
        .find(|finding| finding.code == code)
}

/// Checks one letter; returns what was found in the order of its places.
///
/// An error among the findings is what no release should go out with; a warning is
/// what somebody should look at.
pub fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    across(std::slice::from_ref(subject)).pop().unwrap_or_default()
}

/// Checks letters, each by itself and all side by side; returns the findings of each
/// in the order given. Work is spread over the ambient rayon pool.
pub fn across(subjects: &[Subject<'_>]) -> Vec<Vec<Diagnostic>> {
    let (cases, mut sinks): (Vec<Case<'_>>, Vec<Sink<'_>>) = subjects
        .par_iter()
        .zip(shared_roll::of_subjects(subjects))
        .map(|(subject, roll)| {
            let case = Case::new(subject, roll);
            let mut sink = Sink::new(subject.setting);
            for check in CHECKS {
                if let CheckRun::Letter(run) | CheckRun::RollAndLetter(_, run) = check.run {
                    run(&case, &mut sink);
                }
            }
            sink.take(&case.roll.said);
            (case, sink)
        })
        .unzip();
    if cases.len() > 1 {
        for check in CHECKS {
            if let CheckRun::CrossLetter(run) = check.run {
                run(&cases, &mut sinks);
            }
        }
    }
    sinks.into_iter().map(Sink::finish).collect()
}

/// The rows of a set of lists, and who signed.
#[derive(Clone, Copy)]
struct Rows<'a> {
    /// The rows.
    records: &'a [Record],
    /// Who signed.
    resolution: &'a Resolution,
}

/// What the rules look at.
struct Case<'a> {
    subject: Subject<'a>,
    /// The letter's texts as written.
    prose: Prose,
    /// The document's texts as read.
    composed: Prose,
    /// What is known of its roll.
    roll: Arc<SharedRoll<'a>>,
}

impl<'a> Case<'a> {
    fn new(subject: &Subject<'a>, roll: Arc<SharedRoll<'a>>) -> Self {
        let file = subject.letter.file;
        Self {
            subject: *subject,
            prose: Prose::of_letter(subject.letter),
            composed: Prose::of_document(subject.document, file),
            roll,
        }
    }

    /// The language of the text, without its region.
    fn language(&self) -> &str {
        self.subject.document.language.split(['-', '_']).next().unwrap_or("en")
    }

    /// Returns where the front matter begins.
    fn head(&self) -> Origin {
        match self.subject.letter.markup.front_matter {
            Some(Origin::Span { file, start, .. }) => Origin::Span {
                file,
                start,
                end: start,
            },
            _ => Origin::File(self.subject.letter.file),
        }
    }

    fn english(&self) -> bool {
        self.language() == "en"
    }
}

/// Collects findings under the workspace's severities.
struct Sink<'a> {
    setting: &'a CheckSetting,
    found: Vec<Diagnostic>,
}

impl<'a> Sink<'a> {
    fn new(setting: &'a CheckSetting) -> Self {
        Self {
            setting,
            found: Vec::new(),
        }
    }

    /// Adds a finding: what is the matter, where, and what to do.
    fn add(&mut self, code: Code, origin: Origin, message: impl Into<String>, hint: impl Into<String>) {
        self.report(code, origin, message.into(), |found| found.hint(hint));
    }

    /// Adds a finding whose cure is another text in the same place.
    fn replace(&mut self, code: Code, origin: Origin, message: impl Into<String>, text: &str) {
        self.report(code, origin, message.into(), |found| found.replace_with(text));
    }

    fn report(&mut self, code: Code, origin: Origin, message: String, cure: impl FnOnce(Diagnostic) -> Diagnostic) {
        let own = finding(code).map(|finding| finding.severity);
        debug_assert!(own.is_some(), "no check reports `{code}`");
        if let Some(severity) = own.and_then(|own| self.severity(code, own)) {
            self.found
                .push(cure(Diagnostic::new(severity, code, message).at(origin)));
        }
    }

    /// Returns the severity that the workspace sets for a code, or else its own; `None` if it
    /// is not reported.
    fn severity(&self, code: Code, own: Severity) -> Option<Severity> {
        match self.setting.severities.get(&code) {
            Some(set) => *set,
            None => Some(own),
        }
    }

    /// Adds a finding that has a severity of its own, unless the workspace sets that of its
    /// code.
    fn add_as(
        &mut self,
        code: Code,
        own: Severity,
        origin: Origin,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        if let Some(severity) = self.severity(code, own) {
            self.found
                .push(Diagnostic::new(severity, code, message).at(origin).hint(hint));
        }
    }

    /// Adds what was found under its own severity, unless the workspace sets that of its code.
    fn take(&mut self, said: &[Diagnostic]) {
        for one in said {
            let severity = self.severity(one.code, one.severity);
            self.found.extend(severity.map(|severity| Diagnostic {
                severity,
                ..one.clone()
            }));
        }
    }

    fn finish(mut self) -> Vec<Diagnostic> {
        self.found
            .sort_by(|a, b| (a.origin, a.code, &a.message).cmp(&(b.origin, b.code, &b.message)));
        self.found.dedup();
        summed(self.found)
    }
}

/// Findings of which a letter or a list may have hundreds, all alike.
const OF_MANY: &[Code] = &[
    Code::DoubledSpace,
    Code::NameMarkup,
    Code::DamagedText,
    Code::MixedScript,
    Code::LooseMark,
    Code::HeldRows,
    Code::AcronymAgain,
    Code::FragileLink,
    Code::UnlikelySignatory,
    Code::Tracker,
];

/// How many findings of such a kind are shown.
const SHOWN: usize = 10;

/// Shows the first findings of a kind; the last of them says how many there are.
fn summed(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for diagnostic in &found {
        *counts.entry(diagnostic.code).or_default() += 1;
    }
    let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
    let keep = |mut diagnostic: Diagnostic| {
        let all = counts.get(&diagnostic.code).copied().unwrap_or_default();
        let at = seen.entry(diagnostic.code).or_default();
        *at += 1;
        if all <= SHOWN || !OF_MANY.contains(&diagnostic.code) {
            return Some(diagnostic);
        }
        if *at == SHOWN {
            diagnostic.message += &format!(" (and {} more)", all - SHOWN);
        }
        (*at <= SHOWN).then_some(diagnostic)
    };
    found.into_iter().filter_map(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_finding_belongs_to_one_check_and_says_why() {
        let mut seen = BTreeSet::new();
        for check in CHECKS {
            for finding in check.findings {
                assert!(seen.insert(finding.code), "{} is listed twice", finding.code);
                assert!(finding.why.ends_with('.'), "{}", finding.code);
            }
        }
    }
}
