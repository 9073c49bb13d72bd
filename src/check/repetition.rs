//! The same words twice, and numbered words with a gap.
//!
//! In: the letter's text. Out: paragraphs and sentences that are there twice, the closing
//! or salutation within the body, and "First, Second, Fourth". Guaranteed: short
//! sentences, which may be a refrain, are left alone. Absent: words (`leftovers`).

use super::numbers;
use super::prose::{Passage, PassageRole};
use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub(super) const CHECK: Check = Check {
    name: "repetition",
    description: "The text says nothing twice, and its numbering has no gaps.",
    findings: &[
        Finding {
            code: Code::RepeatedText,
            severity: Severity::Warning,
            why: "A paragraph that was pasted twice shows that nobody read the letter to its end.",
        },
        Finding {
            code: Code::NumberingGap,
            severity: Severity::Warning,
            why: "After “First, Second, Fourth”, readers look for the third point.",
        },
    ],
    run: CheckRun::Letter(run),
};

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let text = |role: &PassageRole| {
        matches!(
            role,
            PassageRole::Paragraph | PassageRole::Item | PassageRole::Heading(_)
        )
    };
    let passages: Vec<&Passage> = case.prose.of_roles(text).collect();
    repeats(&passages, sink);
    pasted(case, &passages, sink);
    gaps(&passages, sink);
}

/// Fewest words of a sentence that is no refrain. Of 457,000 words of real letters, four
/// repeated a paragraph of 12 words.
const LONG: usize = 9;

fn repeats(passages: &[&Passage], sink: &mut Sink<'_>) {
    let mut seen: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for (at, passage) in passages.iter().enumerate() {
        let whole = words(&passage.text);
        if whole.len() >= LONG && seen.contains_key(&whole) {
            tell(passage, 0..passage.text.len(), "the paragraph", sink);
            continue;
        }
        let mut sentences = BTreeSet::new();
        for range in sentences_of(&passage.text) {
            let words = words(&passage.text[range.clone()]);
            if words.len() < LONG || words == whole {
                continue;
            }
            if seen.contains_key(&words) || sentences.contains(&words) {
                tell(passage, range, "the sentence", sink);
            }
            sentences.insert(words);
        }
        for words in sentences.into_iter().chain([whole]) {
            seen.entry(words).or_insert(at);
        }
    }
}

fn tell(passage: &Passage, range: Range<usize>, what: &str, sink: &mut Sink<'_>) {
    let text: String = passage.text[range.clone()].trim().chars().take(40).collect();
    sink.add(
        Code::RepeatedText,
        passage.origin(range),
        format!("{what} `{text}…` appears twice"),
        "delete one of them",
    );
}

/// The salutation or the closing, which are printed by themselves, in the body.
fn pasted(case: &Case<'_>, passages: &[&Passage], sink: &mut Sink<'_>) {
    for key in ["salutation", "closing"] {
        let Some(printed) = case.prose.key(key) else { continue };
        let sought = words(&printed.text);
        let body = passages.iter().filter(|passage| passage.role == PassageRole::Paragraph);
        for passage in body.filter(|passage| !sought.is_empty() && words(&passage.text) == sought) {
            sink.add(
                Code::RepeatedText,
                passage.whole(),
                format!(
                    "the {key} `{}` is printed by itself, and is in the text again",
                    printed.text.trim()
                ),
                format!("delete it from the text, or leave out `{key}`"),
            );
        }
    }
}

fn words(text: &str) -> Vec<String> {
    numbers::words(text)
        .into_iter()
        .map(|word| word.lower.replace('’', "'"))
        .collect()
}

fn sentences_of(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if matches!(c, '.' | '!' | '?') && text[end..].chars().next().is_none_or(char::is_whitespace) {
            found.push(start..end);
            start = end;
        }
    }
    found.push(start..text.len());
    found
}

const ORDINALS: [&[&str]; 2] = [
    &[
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
    ],
    &[
        "primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo",
    ],
];

/// Words of order at the beginning of sentences, and "(1)" or "(a)" within them.
fn gaps(passages: &[&Passage], sink: &mut Sink<'_>) {
    for names in ORDINALS {
        let mut last: Option<usize> = None;
        for passage in passages {
            for range in sentences_of(&passage.text) {
                let text = &passage.text[range.clone()];
                let begin = range.start + (text.len() - text.trim_start().len());
                let text = text.trim_start();
                let first = text.split([' ', ',', ':']).next().unwrap_or_default();
                let is_ordinal = text[first.len()..].starts_with([',', ':']);
                let bare = first.to_lowercase();
                let bare = bare.strip_suffix("ly").filter(|bare| *bare != "first").unwrap_or(&bare);
                let bare = if bare == "firstly" { "first" } else { bare };
                let Some(at) = names.iter().position(|name| *name == bare).filter(|_| is_ordinal) else {
                    continue;
                };
                if let Some(before) = last
                    && at > before + 1
                {
                    tell_gap(passage, begin..begin + first.len(), names[before + 1], sink);
                }
                last = Some(at);
            }
        }
    }
    for passage in passages {
        inline_numbers(passage, sink);
    }
}

fn inline_numbers(passage: &Passage, sink: &mut Sink<'_>) {
    let mut last: Option<u32> = None;
    for (at, _) in passage.text.match_indices('(') {
        // Parentheses of a number close after a few digits.
        let near = &passage.text.as_bytes()[at..];
        let Some(end) = near.iter().take(24).position(|&byte| byte == b')').map(|end| at + end) else {
            continue;
        };
        let Ok(number) = passage.text[at + 1..end].parse::<u32>() else {
            continue;
        };
        let outside = passage.text[..at].chars().next_back().is_none_or(char::is_whitespace);
        if !outside || number > 20 {
            continue;
        }
        match last {
            // "three (3)" says a number again.
            None if number != 1 => return,
            Some(before) if number == before + 2 => {
                tell_gap(passage, at..end + 1, &format!("({})", before + 1), sink);
            }
            _ => {}
        }
        last = Some(number);
    }
}

fn tell_gap(passage: &Passage, range: Range<usize>, missing: &str, sink: &mut Sink<'_>) {
    sink.add(
        Code::NumberingGap,
        passage.origin(range.clone()),
        format!(
            "`{}` follows, but there is no `{missing}` before it",
            &passage.text[range]
        ),
        "number the points again, or add the missing one",
    );
}
