//! Weighs words that stand in the place of others.

use super::added_words;
use super::pair::Comparison;
use super::rule::{CannotMatch, Rule, RuleFinding};
use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::words::Class;

#[derive(Clone, Copy, PartialEq, Eq)]
enum ReplacedKind {
    Numbers,
    Places,
    Words,
    Units,
}

/// Returns whether both sides say, in brackets, which unit of one and the same body they
/// are, by its own acronym: "(JASA - Queens)", "(JASA - Manhattan)".
fn is_own_unit(pair: &Comparison<'_>) -> bool {
    let difference = &pair.difference;
    let qualified = |words: &[NameWord]| words.iter().all(|word| word.qualifier);
    if !qualified(&difference.only_a) || !qualified(&difference.only_b) {
        return false;
    }
    let initials = pair.a.initials();
    let own = |name: &Name| {
        let inside = name
            .words()
            .iter()
            .any(|&word| word.qualifier && name.word(word) == initials);
        inside
            || name
                .acronyms
                .iter()
                .chain(&name.inner_acronyms)
                .any(|acronym| **acronym == *initials)
    };
    initials.chars().count() >= 3 && initials == pair.b.initials() && own(pair.a) && own(pair.b)
}

fn kind(pair: &Comparison<'_>) -> Option<ReplacedKind> {
    let (a, b) = (&pair.difference.only_a, &pair.difference.only_b);
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let any = |words: &[NameWord], class| words.iter().any(|word| word.class.is(class));
    let place = Class::PLACE.or(Class::DIRECTION).or(Class::REACH);
    if is_own_unit(pair) {
        return Some(ReplacedKind::Units);
    }
    Some(if any(a, Class::NUMBER) && any(b, Class::NUMBER) {
        ReplacedKind::Numbers
    } else if any(a, place) && any(b, place) {
        ReplacedKind::Places
    } else {
        ReplacedKind::Words
    })
}

fn weigh(pair: &Comparison<'_>, wanted: ReplacedKind) -> Option<RuleFinding> {
    if kind(pair)? != wanted {
        return None;
    }
    let difference = &pair.difference;
    let tags = |words: &[NameWord]| added_words::is_tag(pair, words);
    match wanted {
        // "Casa Uno (sponsor)", "Casa Uno (source)".
        ReplacedKind::Words if tags(&difference.only_a) && tags(&difference.only_b) => RuleFinding::review(-5.0),
        ReplacedKind::Numbers | ReplacedKind::Places => RuleFinding::apart(-20.0),
        ReplacedKind::Units => RuleFinding::review(-9.0),
        ReplacedKind::Words => {
            let all = |words: &[NameWord], class| words.iter().all(|word: &NameWord| word.class.is(class));
            let generic = all(&difference.only_a, Class::GENERIC) && all(&difference.only_b, Class::GENERIC);
            let arm = |words: &[NameWord]| words.iter().any(|word| word.class.is(Class::ARM));
            if arm(&difference.only_a) || arm(&difference.only_b) {
                return RuleFinding::apart(-20.0);
            }
            // "Elmcor Activities", "Elmcor Services": whose it is stands firm. "Alliance" and
            // "League" say each what it is.
            let mere = |words: &[NameWord]| words.iter().any(|word| word.class.is(Class::MERE));
            if generic
                && (mere(&difference.only_a) || mere(&difference.only_b))
                && (difference.rare > 0 || difference.telling >= 3)
            {
                return RuleFinding::review(-8.0);
            }
            RuleFinding::apart(-14.0)
        }
    }
}

fn because(pair: &Comparison<'_>, what: &str) -> String {
    let difference = &pair.difference;
    format!(
        "one has {}, the other {}{what}",
        pair.quoted(pair.a, &difference.only_a),
        pair.quoted(pair.b, &difference.only_b)
    )
}

/// Two numbers.
pub(super) const NUMBERS: Rule = Rule {
    name: "numbers-differ",
    cannot_match: CannotMatch::Always,
    weigh: |pair| weigh(pair, ReplacedKind::Numbers),
    because: |pair| because(pair, ": the numbers differ"),
};

/// Two places, directions or reaches.
pub(super) const PLACES: Rule = Rule {
    name: "places-differ",
    cannot_match: CannotMatch::Always,
    weigh: |pair| weigh(pair, ReplacedKind::Places),
    because: |pair| because(pair, ": the places differ"),
};

/// Other words.
pub(super) const WORDS: Rule = Rule {
    name: "words-differ",
    cannot_match: CannotMatch::Always,
    weigh: |pair| weigh(pair, ReplacedKind::Words),
    because: |pair| because(pair, ""),
};

/// Two units of one body.
pub(super) const UNITS: Rule = Rule {
    name: "units-differ",
    cannot_match: CannotMatch::Always,
    weigh: |pair| weigh(pair, ReplacedKind::Units),
    because: |pair| because(pair, ": two parts of one organization, in its own words"),
};
