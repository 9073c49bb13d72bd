//! What only shows between the letters of a workspace: spellings that differ,
//! quotations that are not what the letter says.
//!
//! In: all letters of a workspace, with who signed each. Out: findings, each with
//! the letter it belongs to. Guaranteed: a quotation is held only against letters
//! that have a sentence like it. Absent: excerpts by reference, which cannot differ.

use super::prose::{CODE, FIELD, Passage, PassageRole};
use super::shared_roll::SharedRoll;
use super::{Case, Check, CheckRun, Finding, Sink, numbers};
use crate::diag::{Code, Severity};
use crate::model::letter::DocumentKind;
use crate::model::signatory::Kind;
use crate::resolve::Zone;
use crate::source::Origin;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

pub(super) const SPELLINGS: Check = Check {
    name: "spellings",
    description: "All letters of the workspace print an organization in one spelling.",
    findings: &[Finding {
        code: Code::TwoSpellings,
        severity: Severity::Warning,
        why: "Readers who compare two letters count two organizations, or think that one is misspelled.",
    }],
    run: CheckRun::CrossLetter(spellings),
};

pub(super) const EXCERPTS: Check = Check {
    name: "excerpts",
    description: "Quotations of a letter match the letter, word for word.",
    findings: &[Finding {
        code: Code::ExcerptDiffers,
        severity: Severity::Error,
        why: "If a press release misquotes its own letter, readers ask which of the two is right.",
    }],
    run: CheckRun::CrossLetter(excerpts),
};

/// Where a printed name comes from.
struct PrintedPlace {
    case: usize,
    origin: Origin,
    file: String,
}

fn spellings(cases: &[Case<'_>], sinks: &mut [Sink<'_>]) {
    // Printed names, by a form in which other spellings of one meet.
    let mut names: BTreeMap<String, PrintedPlace> = BTreeMap::new();
    let mut rolls: BTreeSet<*const SharedRoll<'_>> = BTreeSet::new();
    for (index, case) in cases.iter().enumerate() {
        // A roll that letters share says nothing new for the second.
        if !rolls.insert(Arc::as_ptr(&case.roll)) {
            continue;
        }
        for signatory in &case.subject.resolution.signatories {
            if signatory.kind == Kind::Individual || names.contains_key(&signatory.name) {
                continue;
            }
            let Some(origin) = signatory.rows.first().and_then(|row| case.subject.records.get(*row)) else {
                continue;
            };
            let place = case.subject.sources.place(origin.origin);
            names.insert(
                signatory.name.clone(),
                PrintedPlace {
                    case: index,
                    origin: origin.origin,
                    file: place.to_string(),
                },
            );
        }
    }
    let mut by_word: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for name in names.keys() {
        for word in words_of(name) {
            by_word.entry(word).or_default().push(name);
        }
    }
    for (name, printed) in &names {
        let mut near: Vec<&String> = words_of(name)
            .iter()
            .filter_map(|word| by_word.get(word))
            // A word that many names have is no reason to compare them.
            .filter(|names| names.len() <= 12)
            .flatten()
            .copied()
            .filter(|other| *other < name)
            .collect();
        near.sort_unstable();
        near.dedup();
        for other in near {
            let Some(first) = names.get(other) else { continue };
            // Judging costs; two spellings of one share half of their words.
            let (a, b) = (words_of(name), words_of(other));
            let shared = a.iter().filter(|word| b.contains(word)).count();
            if shared * 2 < a.len().min(b.len()) {
                continue;
            }
            // Within one letter `resolve` has decided already.
            if first.case == printed.case
                || bare(name) == bare(other)
                || print_together(&cases[printed.case], name, other)
            {
                continue;
            }
            if (cases[printed.case].subject.judge)(name, other).zone == Zone::Merge {
                sinks[printed.case].add(
                    Code::TwoSpellings,
                    printed.origin,
                    format!("`{name}` is spelled `{other}` in another letter ({})", first.file),
                    "choose one name in signatories/directory.toml, and add the other as an alias",
                );
                break;
            }
        }
    }
}

/// A name without what a house style changes: "&", acronyms in parentheses, case,
/// punctuation.
fn bare(name: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(name.len());
    for word in numbers::words(name) {
        depth += word.gap.matches('(').count();
        depth = depth.saturating_sub(word.gap.matches(')').count());
        if depth == 0 && !matches!(word.lower.as_str(), "and" | "the" | "inc" | "y") {
            out += &word.lower;
            out.push(' ');
        }
    }
    out
}

/// Whether one letter prints both names: then they are two.
fn print_together(case: &Case<'_>, a: &str, b: &str) -> bool {
    case.roll.printed.contains(a) && case.roll.printed.contains(b)
}

fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = numbers::words(name)
        .into_iter()
        .map(|word| word.lower)
        .filter(|word| word.chars().count() > 3)
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Fewest words of a quotation that is held against letters.
const QUOTED: usize = 6;

/// How much of a quotation's words a sentence must have in order, in hundredths, to
/// be the one it is meant to be. Chosen by eye on releases and their letters.
const LIKE: usize = 70;

fn excerpts(cases: &[Case<'_>], sinks: &mut [Sink<'_>]) {
    let letters: Vec<(usize, Vec<Vec<String>>, Vec<String>)> = cases
        .iter()
        .enumerate()
        .filter(|(_, case)| case.subject.letter.kind == DocumentKind::Letter)
        .map(|(index, case)| {
            let sentences: Vec<Vec<String>> = case
                .composed
                .passages
                .iter()
                // What stands where code or a picture was cannot be compared.
                .filter(|passage| is_body(passage) && !passage.text.contains(CODE))
                .flat_map(sentences)
                .collect();
            let whole = sentences.concat();
            (index, sentences, whole)
        })
        .collect();
    for (index, case) in cases.iter().enumerate() {
        for passage in &case.prose.passages {
            for range in quotations(passage) {
                let text = &passage.text[range.clone()];
                if text.contains([FIELD, CODE]) || is_title(text) {
                    continue;
                }
                for (piece, place) in pieces(text) {
                    let words = plain(piece);
                    if words.len() < QUOTED {
                        continue;
                    }
                    let others = letters.iter().filter(|(letter, ..)| *letter != index);
                    if others.clone().any(|(.., whole)| holds(whole, &words)) {
                        continue;
                    }
                    let best = others
                        .flat_map(|(letter, sentences, _)| sentences.iter().map(move |sentence| (*letter, sentence)))
                        .map(|(letter, sentence)| (common(sentence, &words), letter, sentence))
                        .max_by_key(|(common, letter, _)| (*common, std::cmp::Reverse(*letter)));
                    let Some((shared, letter, sentence)) = best else {
                        continue;
                    };
                    if shared * 100 < words.len() * LIKE {
                        continue;
                    }
                    let name = cases[letter].subject.sources.name(cases[letter].subject.letter.file);
                    let start = range.start + place;
                    sinks[index].add(
                        Code::ExcerptDiffers,
                        passage.origin(start..start + piece.len()),
                        format!("the quotation does not match `{name}`: “{}”", shorten(sentence)),
                        "quote the letter word for word, and mark omitted words with an ellipsis (…)",
                    );
                }
            }
        }
    }
}

fn is_body(passage: &Passage) -> bool {
    matches!(
        passage.role,
        PassageRole::Paragraph | PassageRole::Item | PassageRole::Quote | PassageRole::Heading(_) | PassageRole::Note
    )
}

/// Returns whether a text is written like a title: "Keep Rental Assistance Whole in the Budget".
fn is_title(text: &str) -> bool {
    let long = text.split_whitespace().filter(|word| word.chars().count() >= 4);
    let (all, capital) = long.fold((0, 0), |(all, capital), word| {
        (all + 1, capital + usize::from(word.starts_with(char::is_uppercase)))
    });
    all >= 3 && capital * 10 >= all * 9
}

/// What is quoted in a passage: between quotation marks, or the whole of a block
/// quotation.
fn quotations(passage: &Passage) -> Vec<Range<usize>> {
    let text = &passage.text;
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('“' | '«', _) => open = Some(at + c.len_utf8()),
            ('"', None) => open = Some(at + 1),
            ('”' | '»' | '"', Some(start)) => {
                found.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    if found.is_empty() && passage.role == PassageRole::Quote {
        found.push(0..text.len());
    }
    found
}

/// A quotation's pieces between ellipses, each with its place.
fn pieces(text: &str) -> Vec<(&str, usize)> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let mark = ["[…]", "[...]", "…", "...", "[", "]"]
            .iter()
            .find(|mark| rest.starts_with(**mark));
        match mark {
            Some(mark) => {
                pieces.push((&text[start..at], start));
                at += mark.len();
                start = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    pieces.push((&text[start..], start));
    pieces
}

fn plain(text: &str) -> Vec<String> {
    numbers::words(text)
        .into_iter()
        .map(|word| word.lower.replace('’', "'"))
        .collect()
}

fn sentences(passage: &Passage) -> Vec<Vec<String>> {
    passage
        .text
        .split_inclusive(['.', '!', '?'])
        .map(plain)
        .filter(|words| !words.is_empty())
        .collect()
}

/// Whether `words` stand in `text` one after the other.
fn holds(text: &[String], words: &[String]) -> bool {
    text.windows(words.len()).any(|window| window == words)
}

/// Returns how many words of `b` stand in `a` in the same order: the length of their
/// longest common subsequence.
fn common(a: &[String], b: &[String]) -> usize {
    let same = |op: &DiffOp| match op {
        DiffOp::Equal { len, .. } => *len,
        DiffOp::Delete { .. } | DiffOp::Insert { .. } | DiffOp::Replace { .. } => 0,
    };
    capture_diff_slices(Algorithm::Myers, a, b).iter().map(same).sum()
}

fn shorten(words: &[String]) -> String {
    const MOST: usize = 24;
    if words.len() > MOST {
        format!("{} …", words[..MOST].join(" "))
    } else {
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_cut_at_ellipses() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = pieces(text).into_iter().map(|(piece, _)| piece.trim()).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("one … two [...] three", &["one", "two", "three"]);
        check("all of it", &["all of it"]);
    }

    #[test]
    fn common_words_stand_in_order() {
        let check = |a: &str, b: &str, expected| assert_eq!(common(&plain(a), &plain(b)), expected);
        check("we ask you to close them", "we ask you to open them", 5);
        check("a b c", "c b a", 1);
        assert!(holds(&plain("we ask you to close them"), &plain("you to close")));
    }
}
