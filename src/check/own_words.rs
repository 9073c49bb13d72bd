//! The coalition's own words, by `[check.words]` of undersigned.toml.
//!
//! In: every text that is printed or sent, and the workspace's rules. Out: words that are
//! never written, words for which others are preferred, and names of bills and agencies that
//! are written otherwise. Guaranteed: whole words only; the longest rule at a place counts; a
//! word within what is to be written is left alone. Absent: words the workspace has no rule
//! about.

use super::numbers::{self, Word};
use super::prose::{Passage, PassageRole};
use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};
use crate::model::check::OwnWord;
use std::collections::BTreeMap;

pub(super) const CHECK: Check = Check {
    name: "words",
    description: "The text follows the coalition's own rules about words.",
    findings: &[Finding {
        code: Code::OwnWords,
        severity: Severity::Warning,
        why: "A coalition agreed on its words for a reason, which the finding gives.",
    }],
    run: CheckRun::Letter(run),
};

/// A rule, with the words of what it looks for.
struct Rule<'a> {
    own: &'a OwnWord,
    words: Vec<String>,
}

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let mut rules: BTreeMap<String, Vec<Rule<'_>>> = BTreeMap::new();
    for own in &case.subject.setting.words {
        let words: Vec<String> = numbers::words(&own.word).iter().map(plain).collect();
        if let Some(first) = words.first() {
            rules.entry(first.clone()).or_default().push(Rule { own, words });
        }
    }
    if rules.is_empty() {
        return;
    }
    for rules in rules.values_mut() {
        rules.sort_by_key(|rule| std::cmp::Reverse((rule.words.len(), rule.own.exact)));
    }
    // What somebody else said stays as it was said.
    for passage in case
        .prose
        .of_roles(|role| !matches!(role, PassageRole::Quote | PassageRole::Signatory))
    {
        let words = numbers::words(&passage.text);
        let lower: Vec<String> = words.iter().map(plain).collect();
        let mut at = 0;
        while at < words.len() {
            let found = rules
                .get(&lower[at])
                .and_then(|rules| rules.iter().find(|rule| fits(passage, rule, &words, &lower, at)));
            at += match found {
                Some(rule) => {
                    tell(passage, rule, &words, at, sink);
                    rule.words.len()
                }
                None => 1,
            };
        }
    }
}

fn plain(word: &Word<'_>) -> String {
    word.lower.replace('’', "'")
}

/// Returns whether a rule's words stand at a place, and not within what it asks for.
fn fits(passage: &Passage, rule: &Rule<'_>, words: &[Word<'_>], lower: &[String], at: usize) -> bool {
    let end = at + rule.words.len();
    if lower.get(at..end) != Some(rule.words.as_slice()) {
        return false;
    }
    let joined = words[at + 1..end]
        .iter()
        .all(|word| word.gap.chars().count() <= 2 && !word.gap.contains(['.', ';', ':']) || word.gap == ". ");
    let text = &passage.text[words[at].range.start..words[end - 1].range.end];
    let straight = |text: &str| text.replace('’', "'");
    if !joined || rule.own.exact && straight(text) != straight(trimmed(&rule.own.word)) {
        return false;
    }
    let before = passage.before(words[at].range.start);
    let quoted = before.matches('“').count() > before.matches('”').count();
    let is_asked = rule.own.instead.iter().any(|instead| {
        let asked: Vec<String> = numbers::words(instead).iter().map(plain).collect();
        let contains = asked.len() > rule.words.len();
        let from = at.saturating_sub(asked.len());
        contains && (from..=at).any(|start| lower.get(start..start + asked.len()).is_some_and(|run| run == asked))
    });
    !quoted && !is_asked
}

/// What is looked for, without marks at its ends.
fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn tell(passage: &Passage, rule: &Rule<'_>, words: &[Word<'_>], at: usize, sink: &mut Sink<'_>) {
    let range = words[at].range.start..words[at + rule.words.len() - 1].range.end;
    let text = &passage.text[range.clone()];
    let reason = rule
        .own
        .reason
        .as_deref()
        .map(|reason| format!(": {}", reason.trim()))
        .unwrap_or_default();
    let instead: Vec<String> = rule.own.instead.iter().map(|instead| format!("`{instead}`")).collect();
    let (message, hint) = match instead.as_slice() {
        [] => (
            format!("`{text}` is a word the workspace never uses{reason}"),
            "write another word".to_owned(),
        ),
        all => (
            format!("`{text}` is not the workspace's word{reason}"),
            format!("write {}", all.join(" or ")),
        ),
    };
    sink.add_as(Code::OwnWords, rule.own.severity, passage.origin(range), message, hint);
}
