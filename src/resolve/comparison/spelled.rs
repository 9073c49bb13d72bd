//! Says in what two spellings of one name differ, in the words as written.
//!
//! In: names as typed. Out: what only one of them has. Absent: judging.

use super::pair::Comparison;
use crate::resolve::normalize::NameWord;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;

/// Names the words that only one of two names has: "“of” in one, “for” in the other".
pub(super) fn words_of_one(pair: &Comparison<'_>, a: &[NameWord], b: &[NameWord]) -> String {
    match (a, b) {
        ([], []) => String::new(),
        (only, []) => format!("only one name has {}", pair.quoted(pair.a, only)),
        ([], only) => format!("only one name has {}", pair.quoted(pair.b, only)),
        (a, b) => format!("{} and {}", pair.quoted(pair.a, a), pair.quoted(pair.b, b)),
    }
}

/// Says in what two spellings of one normalized name differ.
pub(crate) fn differently(a: &str, b: &str) -> String {
    let differences = differences(a, b);
    match &differences[..] {
        [] if a == b => "the names are the same".to_owned(),
        [] => "the names are the same except for capital letters, spaces, or punctuation".to_owned(),
        _ => format!("the same name, written differently: {}", differences.join("; ")),
    }
}

/// Says in what two names differ, as far as reasons do not name it.
pub(crate) fn unnamed(a: &str, b: &str, reasons: &[&str]) -> Option<String> {
    let named: Vec<String> = reasons.iter().flat_map(|reason| lower(&words(reason))).collect();
    let is_named = |difference: &String| {
        let (quoted, _) = difference.rsplit_once('”')?;
        let (_, quoted) = quoted.split_once('“')?;
        let words = lower(&words(quoted));
        Some(words.iter().all(|word| word == "and" || named.contains(word)))
    };
    let left: Vec<String> = differences(a, b)
        .into_iter()
        .filter(|difference| is_named(difference) != Some(true))
        .collect();
    (!left.is_empty()).then(|| format!("as written, {}", left.join("; ")))
}

/// Names what only one of two names has, as written.
fn differences(a: &str, b: &str) -> Vec<String> {
    let (words_a, words_b) = (words(a), words(b));
    let (low_a, low_b) = (lower(&words_a), lower(&words_b));
    let changes: Vec<(Range<usize>, Range<usize>)> = capture_diff_slices(Algorithm::Lcs, &low_a, &low_b)
        .into_iter()
        .filter(|change| !matches!(change, DiffOp::Equal { .. }))
        .map(|change| (change.old_range(), change.new_range()))
        .collect();
    // "Smith, John" has no word that "John Smith" has not.
    let is_changed_b = |word: &str| {
        changes
            .iter()
            .any(|(_, new)| low_b[new.clone()].iter().any(|other| other == word))
    };
    let mut moved: Vec<&str> = Vec::new();
    let mut moved_as_written = Vec::new();
    for at in changes.iter().flat_map(|(old, _)| old.clone()) {
        if is_changed_b(&low_a[at]) && !moved.contains(&low_a[at].as_str()) {
            moved.push(&low_a[at]);
            moved_as_written.push(words_a[at].trim_matches(','));
        }
    }
    let rest = |range: &Range<usize>, words: &[&str], low: &[String]| -> String {
        let is_left = |at: &usize| !moved.contains(&low[*at].as_str());
        let left: Vec<&str> = range.clone().filter(is_left).map(|at| words[at]).collect();
        left.join(" ")
    };
    let mut differences = Vec::new();
    for (old, new) in &changes {
        let (old, new) = (rest(old, &words_a, &low_a), rest(new, &words_b, &low_b));
        differences.extend(match (old.is_empty(), new.is_empty()) {
            (false, false) => Some(format!("“{old}” and “{new}”")),
            (false, true) => Some(format!("only one has “{old}”")),
            (true, false) => Some(format!("only one has “{new}”")),
            (true, true) => None,
        });
    }
    if !moved_as_written.is_empty() {
        let words = moved_as_written.join("” and “");
        let verb = if moved.len() == 1 { "stands" } else { "stand" };
        differences.push(format!("“{words}” {verb} in another place"));
    }
    differences
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn lower(words: &[&str]) -> Vec<String> {
    let bare = |word: &&str| {
        let text = word.to_lowercase();
        let mark = |c: char| c.is_ascii_punctuation() && !"+#&%".contains(c) || "“”’‘".contains(c);
        let inner = text.trim_matches(mark);
        if inner.is_empty() { text } else { inner.to_owned() }
    };
    words.iter().map(bare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_reason_names_is_named() {
        let check = |a, b, reasons: &[&str], expected: Option<&str>| {
            assert_eq!(unnamed(a, b, reasons).as_deref(), expected, "{a} | {b}");
        };
        let typo = "“Comission” and “Commission” look like a typo";
        check("Peace Comission", "Peace Commission", &[typo], None);
        check(
            "Womens Comission",
            "Women's Commission, Inc.",
            &[typo],
            Some("as written, “Womens Comission” and “Women's Commission, Inc.”"),
        );
        check(
            "New Tide (now Old Tide)",
            "Old Tide",
            &["another name"],
            Some("as written, only one has “New Tide (now”"),
        );
        check("Casa Uno", "CASA UNO", &[], None);
    }

    #[test]
    fn what_differs_is_named() {
        let check = |a, b, expected: &str| assert_eq!(differently(a, b), expected);
        check(
            "Casa Uno",
            "CASA UNO",
            "the names are the same except for capital letters, spaces, or punctuation",
        );
        check(
            "Peace & Bread",
            "Peace and Bread, Inc.",
            "the same name, written differently: “&” and “and”; only one has “Inc.”",
        );
        check(
            "NAACP Ohio",
            "The NAACP Ohio",
            "the same name, written differently: only one has “The”",
        );
        check(
            "Smith, John",
            "John A. Smith",
            "the same name, written differently: only one has “A.”; “Smith” stands in another place",
        );
        check(
            "Chamber of Commerce, Troy",
            "Troy Chamber of Commerce",
            "the same name, written differently: “Troy” stands in another place",
        );
    }
}
