//! Finds whether one name is another name of the other: an alias or an acronym.
//!
//! In: two names. Out: a [`Comparison`] that knows it. Guaranteed: symmetric; an
//! alias outranks an acronym. Absent: weights.

use super::acronym;
use super::difference::Near;
use super::pair::{Comparison, OtherName};
use super::rarity::{NoList, Rarity};
use super::shared_acronym;
use crate::resolve::normalize::Name;

/// Compares two names.
pub(crate) fn compare<'a>(a: &'a Name, b: &'a Name, rarity: &'a dyn Rarity) -> Comparison<'a> {
    let pair = Comparison::of_words(a, b, rarity);
    if has_same_letters(a, b) {
        return pair.with_other_name(Some(OtherName::SameLetters));
    }
    let other_name = alias(&pair).max(acronym::find(&pair)).max(shared_acronym::find(&pair));
    pair.with_other_name(other_name)
}

/// From how many letters on two names that are spaced otherwise are one for certain.
const LETTERS: u16 = 7;

/// Returns whether two names that are read as other words are the same letters as typed: "UnidosUS" and
/// "Unidos US", where "US" alone is the country.
fn has_same_letters(a: &Name, b: &Name) -> bool {
    a.letters == b.letters && a.letters.count >= LETTERS && a.slash == b.slash && a.text() != b.text()
}

/// Returns how an alias of one side is the other side, if it is.
fn alias(pair: &Comparison<'_>) -> Option<OtherName> {
    if pair.a.aliases.is_empty() && pair.b.aliases.is_empty() || pair.a.text() == pair.b.text() {
        return None;
    }
    let mut best = None;
    for (one, other) in [(pair.a, pair.b), (pair.b, pair.a)] {
        for alias in &one.aliases {
            best = best.max(like(alias, other, pair));
            // Two bodies may use one other name.
            for other in &other.aliases {
                best = best.max(like(alias, other, pair).map(|_| OtherName::NearAlias));
            }
        }
    }
    best
}

/// Returns whether two names, one of them an alias, are the same, or nearly.
pub(super) fn like(alias: &Name, other: &Name, pair: &Comparison<'_>) -> Option<OtherName> {
    // Two ordinary words may be anybody's: "Community Resources".
    let words = alias.words();
    let telling = words.len() >= 3 || words.len() == 2 && words.iter().any(|&word| pair.is_rare(word));
    let same = if telling {
        OtherName::Alias
    } else {
        OtherName::NearAlias
    };
    if alias.text() == other.text() {
        return Some(same);
    }
    let alone = compare(alias, other, &NoList);
    // "d/b/a GrowNYC", "Grow NYC".
    if alone.other_name == Some(OtherName::SameLetters) {
        return Some(same);
    }
    let difference = &alone.difference;
    if alone.other_name.is_some() || !difference.is_complete() || difference.reordered {
        return None;
    }
    let plural = difference.near.iter().all(|(_, _, near)| *near == Near::Plural);
    Some(if plural && !alone.filler_differs() {
        same
    } else {
        OtherName::NearAlias
    })
}
