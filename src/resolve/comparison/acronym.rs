//! Finds and weighs acronyms: "CHIRLA" beside the name it abbreviates.

use super::chapter;
use super::features::NameFeatures;
use super::pair::{Comparison, OtherName};
use super::rule::{CannotMatch, Rule, RuleFinding};
use crate::resolve::normalize::{Name, NameWord};
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
        short.capitals && letters >= 3 && is_of_initials(short.text(), long)
    })
}

/// The short name that stands alone in the other's brackets, though its letters are
/// not the other's: "CHIRLA", "MICA Project".
fn bracketed<'a>(pair: &Comparison<'a>) -> Option<&'a Name> {
    let stands = |short: &Name, long: &Name| {
        let words = short.words();
        let own = words.iter().any(|word| !word.class.is(Class::KNOWN));
        let same = |part: &[NameWord]| {
            let stems = part.iter().map(|word| word.stem);
            part.iter().all(|word| word.qualifier) && stems.eq(words.iter().map(|word| word.stem))
        };
        let mut parts = long.words().chunk_by(|a, b| a.qualifier == b.qualifier && !b.breaks);
        own && !long.belongs && long.words().len() > words.len() && parts.any(same)
    };
    if stands(pair.a, pair.b) {
        Some(pair.a)
    } else {
        stands(pair.b, pair.a).then_some(pair.b)
    }
}

/// Returns whether what follows the other's acronym makes it another body: "SPLC Action
/// Fund", "AFSCME Council 31".
fn is_other_body(pair: &Comparison<'_>) -> bool {
    let own = |short: &Name, long: &Name| {
        let begins = short.words().first().is_some_and(|&word| {
            let text = short.word(word);
            long.acronyms.iter().any(|acronym| stem(acronym) == stem(text))
        });
        let other = |word: &NameWord| !long.words().iter().any(|same| same.stem == word.stem);
        let rest = &short.words()[1..];
        begins
            && rest
                .iter()
                .any(|word| word.class.is(Class::ARM.or(Class::NUMBER)) && other(word))
    };
    own(pair.a, pair.b) || own(pair.b, pair.a) || is_chapter(pair)
}

/// Returns whether one name adds a place to the acronym of a national body: "NASW Texas".
fn is_chapter(pair: &Comparison<'_>) -> bool {
    let of = |short: &Name, long: &Name| {
        let rest = short.words().get(1..).unwrap_or_default();
        let own = |word: &NameWord| !long.words().iter().any(|same| same.stem == word.stem);
        let begins = || {
            let first = short.words().first();
            first.is_some_and(|&word| long.acronyms.iter().any(|acronym| **acronym == *short.word(word)))
        };
        chapter::has_chapters(long)
            && rest
                .iter()
                .any(|word| word.class.is(Class::PLACE) && !word.qualifier && own(word))
            && begins()
    };
    of(pair.a, pair.b) || of(pair.b, pair.a)
}

/// Returns whether each name says another place: "CHIRLA Fresno", and the coalition of Los
/// Angeles that CHIRLA is.
fn is_elsewhere(pair: &Comparison<'_>) -> bool {
    let other = |a: &Name, b: &Name| {
        let in_b = |word: &NameWord| b.words().iter().any(|same| same.stem == word.stem);
        a.words().iter().any(|word| word.class.is(Class::PLACE) && !in_b(word))
    };
    other(pair.a, pair.b) && other(pair.b, pair.a)
}

fn inside(pair: &Comparison<'_>) -> bool {
    let begins = |short: &Name, long: &Name| {
        let first = short.words().first().filter(|_| short.words().len() > 1);
        first.is_some_and(|&word| {
            let text = short.word(word);
            let gives = |acronyms: &[Box<str>]| acronyms.iter().any(|acronym| stem(acronym) == word.stem);
            // "Capital Area Immigrants' Rights (CAIR) Coalition" is no "CAIR Georgia".
            let in_long = |word: &NameWord| long.words().iter().any(|same| same.stem == word.stem);
            let rest = || short.words()[1..].iter().all(in_long);
            text.chars().count() >= 3
                && (word.class.is(Class::SHOUTED) || short.shouted)
                && !word.class.is(Class::KNOWN)
                && (gives(&long.acronyms) || gives(&long.inner_acronyms) && rest())
        })
    };
    !pair.difference.is_complete() && !is_elsewhere(pair) && (begins(pair.a, pair.b) || begins(pair.b, pair.a))
}

/// Returns whether an acronym is the first letters of a name, with all, some or none of its
/// little words: "KIND", "Kids in Need of Defense".
fn is_of_initials(acronym: &str, name: &Name) -> bool {
    let letters: Vec<char> = acronym.chars().collect();
    // What may be left to match after each word: a little word takes a letter or none.
    let mut rest: Vec<usize> = vec![0];
    for &word in name.words() {
        let first = name.word(word).chars().next();
        let little = word.class.is(Class::STOP);
        if word.qualifier && name.words().iter().any(|word| !word.qualifier) {
            continue;
        }
        let mut next: Vec<usize> = rest
            .iter()
            .filter(|&&at| letters.get(at).copied() == first)
            .map(|at| at + 1)
            .collect();
        if little {
            next.extend(&rest);
        }
        next.sort_unstable();
        next.dedup();
        rest = next;
    }
    rest.contains(&letters.len())
}

/// Returns how one name is the other's acronym, if it is.
pub(super) fn find(pair: &Comparison<'_>) -> Option<OtherName> {
    if pair.a.text() == pair.b.text() {
        return None;
    }
    if stands_beside(pair) {
        let (short, long) = bare(pair)?;
        let word = short.words()[0];
        // Three letters are shared by many, and "CASA" is a word of its own.
        let letters = short.text().chars().count();
        let telling = letters >= 4 && !word.class.is(Class::WORD_ACRONYM.or(Class::KNOWN));
        // "Robert", "Stop": no acronym without capitals, unless it is no word at all.
        if !short.capitals {
            let none = !telling || letters < 5 || word.class.is(Class::REAL);
            return (!none).then_some(OtherName::WeakAcronym);
        }
        // Five letters are nobody else's; fewer need another fact in common: a legal form, or
        // what the rows say.
        let long_enough = letters >= 5 && !word.class.is(Class::REAL);
        let alone = pair.is_only_claim(word, long) && pair.names_with(word).is_none_or(|names| names <= 2);
        return Some(if telling && alone && (long_enough || short.legal & long.legal != 0) {
            OtherName::Acronym
        } else if telling && alone {
            OtherName::LikelyAcronym
        } else {
            OtherName::WeakAcronym
        });
    }
    if inside(pair) {
        return Some(OtherName::Inside);
    }
    if bracketed(pair).is_some() {
        return Some(OtherName::Bracketed);
    }
    initials(pair).then_some(OtherName::Initials)
}

fn acronym(pair: &Comparison<'_>) -> String {
    bare(pair).map(|(short, _)| pair.quoted_name(short)).unwrap_or_default()
}

/// Returns whether a name is short and may be an acronym of the other.
fn is_beside(short: NameFeatures<'_>, long: NameFeatures<'_>) -> bool {
    short.is_short() && short.begins_with_acronym_of(long)
}

/// The acronym stands in the other's brackets.
pub(super) const ACRONYM: Rule = Rule {
    name: "acronym",
    cannot_match: CannotMatch::If(|pair| !is_beside(pair.a, pair.b) && !is_beside(pair.b, pair.a)),
    weigh: |pair| match pair.other_name? {
        OtherName::Acronym => RuleFinding::weight(8.0),
        OtherName::LikelyAcronym => RuleFinding::review(5.0),
        OtherName::WeakAcronym => RuleFinding::review(3.0),
        _ => None,
    },
    because: |pair| format!("the other name gives {} as its acronym", acronym(pair)),
};

/// The acronym's letters are the other's initials.
pub(super) const INITIALS: Rule = Rule {
    name: "initials",
    cannot_match: CannotMatch::If(|pair| !pair.may_be_short_form()),
    weigh: |pair| {
        (pair.other_name? == OtherName::Initials)
            .then(|| match bare(pair) {
                // Another name of the list says that the acronym is its own.
                Some((short, _)) if pair.is_claimed(short.words()[0]) => RuleFinding::apart(-9.0),
                _ => RuleFinding::review(0.5),
            })
            .flatten()
    },
    because: |pair| format!("{} has the first letters of the other name", acronym(pair)),
};

/// One name begins with the other's acronym.
pub(super) const INSIDE: Rule = Rule {
    name: "acronym-inside",
    cannot_match: CannotMatch::If(|pair| {
        !pair.a.begins_with_acronym_of(pair.b) && !pair.b.begins_with_acronym_of(pair.a)
    }),
    weigh: |pair| {
        (pair.other_name? == OtherName::Inside)
            .then(|| {
                if is_other_body(pair) {
                    RuleFinding::apart(-20.0)
                } else {
                    RuleFinding::review(-1.0)
                }
            })
            .flatten()
    },
    because: |pair| {
        let plain = "one name begins with the other's acronym";
        if is_other_body(pair) {
            format!("{plain}, and names an organization of its own")
        } else {
            plain.to_owned()
        }
    },
};

/// One name stands in the other's brackets.
pub(super) const BRACKETED: Rule = Rule {
    name: "in-brackets",
    cannot_match: CannotMatch::If(|pair| !pair.may_be_bracketed()),
    weigh: |pair| {
        (pair.other_name? == OtherName::Bracketed)
            .then(|| RuleFinding::review(1.0))
            .flatten()
    },
    because: |pair| {
        let name = bracketed(pair).map(|name| pair.quoted_name(name)).unwrap_or_default();
        format!("{name} is in parentheses in the other name")
    },
};
