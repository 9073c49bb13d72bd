//! Recognizes organizations that everybody knows to have chapters, and the places of these.
//!
//! In: names. Out: whether one is such an organization, alone or with a place: "PFLAG Tulsa". Absent: what
//! follows from it.

use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::words::{COMPARISON_WORDS, Class, mix};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// The keys of the organizations that have chapters, locals or affiliates of their names.
pub(super) static NATIONAL_BODIES: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
    let names = COMPARISON_WORDS.national_bodies.iter();
    names.map(|name| key(&Name::new(name), &[])).collect()
});

/// Returns the key of a name's words, without some of them, little words and what stands in brackets.
pub(super) fn key(name: &Name, without: &[NameWord]) -> u64 {
    let words = name.words().iter();
    let content = words.filter(|word| !word.class.is(Class::STOP) && !word.qualifier && !without.contains(word));
    content.fold(0, |key, word| mix(key ^ word.stem))
}

/// Returns whether a name is that of an organization that everybody knows to have chapters, and of the place
/// of one, before or behind it: "PFLAG Tulsa", "Tulsa PFLAG".
pub(super) fn is_body_of_place(name: &Name) -> bool {
    body_and_place(name).is_some()
}

/// Returns whether two names with the same words are one body and one place, and only the place stands elsewhere.
pub(super) fn is_place_moved(a: &Name, b: &Name) -> bool {
    let first = |name: &Name| name.words().first().map(|word| word.stem);
    first(a) != first(b) && body_and_place(a).is_some_and(|found| body_and_place(b) == Some(found))
}

/// Returns the keys of the body and of the place, if a name is made of them.
fn body_and_place(name: &Name) -> Option<(u64, u64)> {
    const PLACE: Class = Class::PLACE.or(Class::DIRECTION).or(Class::PLACE_PREFIX);
    let words: Vec<NameWord> = name
        .words()
        .iter()
        .copied()
        .filter(|word| !word.class.is(Class::STOP))
        .collect();
    // Not every place is listed.
    let placed = |word: &NameWord| {
        let unlisted = !word.class.is(Class::KNOWN.or(Class::SHOUTED)) && name.word(*word).len() > 2;
        !word.qualifier && (word.class.is(PLACE) || unlisted || name.word(*word) == "county")
    };
    let before = words.iter().take_while(|word| placed(word)).count();
    let behind = words.iter().rev().take_while(|word| placed(word)).count();
    let found = |place: &[NameWord], body: &[NameWord]| {
        let key = |words: &[NameWord]| words.iter().fold(0, |key, word| mix(key ^ word.stem));
        let whole = !place.is_empty() && place.len() <= 3 && !body.is_empty();
        let listed = whole && NATIONAL_BODIES.contains(&key(body));
        listed.then(|| (key(body), key(place)))
    };
    let at_end = (1..=behind).find_map(|count| {
        let (body, place) = words.split_at(words.len() - count);
        found(place, body)
    });
    at_end.or_else(|| {
        (1..=before).find_map(|count| {
            let (place, body) = words.split_at(count);
            found(place, body)
        })
    })
}
