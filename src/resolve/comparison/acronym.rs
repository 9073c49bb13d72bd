//! Acronyms.

use super::{Comparison, Finding, Rule};
use crate::resolve::normalize::Name;
use crate::resolve::words::{Class, stem};

/// The bare acronym and the name it may stand for.
fn bare<'a>(pair: &Comparison<'a>) -> Option<(&'a Name, &'a Name)> {
    let single = |name: &Name| name.words().len() == 1 && name.text().chars().count() <= 12;
    match (single(pair.a), single(pair.b)) {
        (true, false) => Some((pair.a, pair.b)),
        (false, true) => Some((pair.b, pair.a)),
        _ => None,
    }
}

fn stands_beside(pair: &Comparison<'_>) -> bool {
    bare(pair).is_some_and(|(short, long)| long.acronyms.iter().any(|acronym| **acronym == *short.text()))
}

fn initials(pair: &Comparison<'_>) -> bool {
    bare(pair).is_some_and(|(short, long)| {
        let letters = short.text().chars().count();
        letters >= 3 && (long.initials() == short.text() || all_initials(long) == short.text())
    })
}

fn inside(pair: &Comparison<'_>) -> bool {
    let begins = |short: &Name, long: &Name| {
        let first = short.words().first().filter(|_| short.words().len() > 1);
        first.is_some_and(|&word| {
            let text = short.word(word);
            text.chars().count() >= 3
                && !word.class.is(Class::KNOWN)
                && long.acronyms.iter().any(|acronym| stem(acronym) == word.stem)
        })
    };
    !pair.difference.is_complete() && (begins(pair.a, pair.b) || begins(pair.b, pair.a))
}

fn all_initials(name: &Name) -> String {
    let words = name.words().iter();
    words.filter_map(|&word| name.word(word).chars().next()).collect()
}

/// Whether one name is the other's acronym: then their words need not agree.
pub(super) fn explains(pair: &Comparison<'_>) -> bool {
    stands_beside(pair) || initials(pair) || inside(pair)
}

/// The acronym stands in the other's brackets.
pub(super) const ACRONYM: Rule = Rule {
    name: "acronym",
    weigh: |pair| {
        if !stands_beside(pair) {
            return None;
        }
        let (short, _) = bare(pair)?;
        let word = short.words()[0];
        // Three letters are shared by many, and "CASA" is a word of its own.
        let telling = short.text().chars().count() >= 4 && !word.class.is(Class::WORD_ACRONYM.or(Class::KNOWN));
        let alone = pair.names_with(word).is_none_or(|names| names <= 2);
        if telling && alone {
            Finding::weight(8.0)
        } else {
            Finding::review(3.0)
        }
    },
    because: |pair| match bare(pair) {
        Some((short, _)) => format!("“{}” stands in the other name as its acronym", short.text().to_uppercase()),
        None => String::new(),
    },
};

/// The acronym's letters are the other's initials.
pub(super) const INITIALS: Rule = Rule {
    name: "initials",
    weigh: |pair| (initials(pair) && !stands_beside(pair)).then(|| Finding::review(0.5)).flatten(),
    because: |pair| match bare(pair) {
        Some((short, _)) => format!("“{}” are the first letters of the other name", short.text().to_uppercase()),
        None => String::new(),
    },
};

/// One name begins with the other's acronym.
pub(super) const INSIDE: Rule = Rule {
    name: "acronym-inside",
    weigh: |pair| inside(pair).then(|| Finding::review(-2.0)).flatten(),
    because: |_| "one name begins with the other's acronym".to_owned(),
};
