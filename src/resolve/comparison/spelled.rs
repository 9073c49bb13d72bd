//! Says in what two spellings of one name differ, in the words as written.
//!
//! In: names as typed. Out: what only one of them has. Absent: judging.

use super::pair::Comparison;
use crate::resolve::normalize::NameWord;
use similar::{Algorithm, DiffOp, capture_diff_slices};

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
    let mut differences = Vec::new();
    for change in capture_diff_slices(Algorithm::Lcs, &low_a, &low_b) {
        if let DiffOp::Equal { .. } = change {
            continue;
        }
        let (old, new) = (change.old_range(), change.new_range());
        let (old, new) = (words_a[old].join(" "), words_b[new].join(" "));
        differences.push(match (old.is_empty(), new.is_empty()) {
            (false, false) => format!("“{old}” and “{new}”"),
            (false, true) => format!("only one has “{old}”"),
            _ => format!("only one has “{new}”"),
        });
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
    }
}
