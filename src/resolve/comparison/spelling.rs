//! Words that are nearly the same.

use super::difference::Near;
use super::{Comparison, Finding, Rule};
use crate::resolve::normalize::Word;
use crate::resolve::words::Class;

fn count(pair: &Comparison<'_>, kind: Near) -> usize {
    pair.difference.near.iter().filter(|(_, _, near)| *near == kind).count()
}

fn because(pair: &Comparison<'_>, kinds: &[Near], how: &str) -> String {
    let near = pair.difference.near.iter().filter(|(_, _, near)| kinds.contains(near));
    let words: Vec<String> = near
        .map(|&(a, b, _)| format!("“{}” and “{}”", pair.a.word(a), pair.b.word(b)))
        .collect();
    format!("{} {how}", words.join(", "))
}

/// Whether a word that no list has differs in number, and all that is shared are
/// listed words.
fn is_whose(pair: &Comparison<'_>) -> bool {
    let own = |word: &Word| !word.class.is(Class::KNOWN);
    let differs = |(word, other, near): &(Word, Word, Near)| *near == Near::Number && own(word) && own(other);
    let near = &pair.difference.near;
    let same = |word: &&Word| !near.iter().any(|(near, ..)| near == *word);
    near.iter().any(differs) && !pair.difference.shared.iter().filter(same).any(own)
}

/// Singular and plural.
pub(super) const NUMBER: Rule = Rule {
    name: "plural",
    weigh: |pair| match count(pair, Near::Number) {
        0 => None,
        // "Plain Legal Network", "Plains Legal Network": nothing else says whose it is.
        n if is_whose(pair) => Finding::review(-4.0 * n as f64),
        n => Finding::weight(-(n as f64)),
    },
    because: |pair| because(pair, &[Near::Number], "are singular and plural"),
};

/// Spaces and hyphens.
pub(super) const SPACING: Rule = Rule {
    name: "spacing",
    weigh: |pair| pair.difference.spacing.then(|| Finding::weight(-1.0)).flatten(),
    because: |_| "only spaces or hyphens differ".to_owned(),
};

/// Typing errors.
pub(super) const TYPO: Rule = Rule {
    name: "typo",
    weigh: |pair| match (count(pair, Near::Typo), count(pair, Near::Doubtful)) {
        (0, 0) => None,
        (n, 0) => Finding::weight(-3.0 * n as f64),
        (n, m) => Finding::review(-3.0 * n as f64 - 8.0 * m as f64),
    },
    because: |pair| {
        let how = if count(pair, Near::Doubtful) == 0 {
            "look like a typing error"
        } else {
            "may be a typing error or two names"
        };
        because(pair, &[Near::Typo, Near::Doubtful], how)
    },
};

/// Words of one family.
pub(super) const KIN: Rule = Rule {
    name: "word-form",
    weigh: |pair| match count(pair, Near::Kin) {
        0 => None,
        n => Finding::review(-6.0 * n as f64),
    },
    because: |pair| because(pair, &[Near::Kin], "are forms of one word, or one is cut short"),
};

/// First letters.
pub(super) const SHORTENED: Rule = Rule {
    name: "shortened",
    weigh: |pair| match count(pair, Near::Initials) {
        0 => None,
        n => Finding::review(-6.0 * n as f64),
    },
    because: |pair| {
        because(
            pair,
            &[Near::Initials],
            "may be first letters and the words they stand for",
        )
    },
};
