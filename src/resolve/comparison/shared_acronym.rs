//! Weighs an acronym that two names give, whose words differ: one body's names in two
//! languages, or chance.

use super::difference::Near;
use super::pair::{Comparison, OtherName};
use super::rule::{CannotMatch, Rule, RuleFinding};
use crate::resolve::normalize::Name;
use crate::resolve::words::{Class, stem};

/// The acronyms that a name gives: set aside, or a word that stands alone in brackets.
fn acronyms(name: &Name) -> impl Iterator<Item = &str> {
    let parts = name.words().chunk_by(|a, b| a.qualifier == b.qualifier && !b.breaks);
    let bracketed = parts.filter_map(|part| match part {
        [word] if word.qualifier && !word.class.is(Class::KNOWN.or(Class::REGION)) => Some(name.word(*word)),
        _ => None,
    });
    let aside = name.acronyms.iter().chain(&name.inner_acronyms);
    aside.map(|text| &**text).chain(bracketed)
}

/// Returns the acronym that both names give.
pub(super) fn shared<'a>(a: &'a Name, b: &Name) -> Option<&'a str> {
    let mut found = acronyms(a).filter(|acronym| acronym.chars().count() >= 3);
    found.find(|acronym| self::acronyms(b).any(|other| other == *acronym))
}

/// Returns whether two names give one acronym, and nothing in their words parts them.
pub(super) fn find(pair: &Comparison<'_>) -> Option<OtherName> {
    let (a, b) = (&pair.difference.only_a, &pair.difference.only_b);
    // "Red de Jornaleros (NDLON)": the acronym of the one is the other's words.
    let initials = pair.difference.near.iter().any(|(_, _, near)| *near == Near::Initials);
    if !initials && (a.is_empty() || b.is_empty()) {
        return None;
    }
    let acronym = shared(pair.a, pair.b)?;
    let any = |class: Class| [a, b].map(|words| words.iter().any(|word| word.class.is(class)));
    let translated = is_foreign(pair.a) != is_foreign(pair.b);
    // "Mujeres del Sur", "Southern Women".
    let place = if translated {
        Class::REGION
    } else {
        Class::PLACE.or(Class::DIRECTION).or(Class::REACH)
    };
    let parted = any(Class::NUMBER).contains(&true) || any(Class::ARM).contains(&true) || any(place) == [true, true];
    // Three letters are shared by many, unless one name is the other in another language.
    let telling = acronym.chars().count() >= 4 || translated;
    let set_aside = |name: &Name| name.acronyms.iter().any(|other| **other == *acronym);
    let own = set_aside(pair.a) || set_aside(pair.b) || pair.is_of_two(stem(acronym));
    (!parted && telling && own && pair.is_of_two(stem(acronym))).then_some(OtherName::SharedAcronym)
}

/// Returns whether a name has a little word that English has not.
fn is_foreign(name: &Name) -> bool {
    const FOREIGN: [&str; 20] = [
        "de", "del", "la", "las", "el", "los", "para", "por", "con", "y", "en", "des", "du", "le", "les", "et", "und",
        "der", "die", "da",
    ];
    name.words().iter().any(|&word| FOREIGN.contains(&name.word(word)))
}

/// Both names give the same acronym.
pub(super) const SHARED: Rule = Rule {
    name: "shared-acronym",
    cannot_match: CannotMatch::If(|pair| !pair.may_share_acronym()),
    weigh: |pair| {
        (pair.other_name? == OtherName::SharedAcronym)
            .then(|| RuleFinding::review(-1.0))
            .flatten()
    },
    because: |pair| {
        let acronym = shared(pair.a, pair.b).unwrap_or_default().to_uppercase();
        format!("both give “{acronym}” as their acronym; their other words differ")
    },
};
