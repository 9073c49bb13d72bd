//! What a longer name adds to a short one ("Third Act", "Third Act Ohio").
//!
//! In: two names. Out: the words that one adds to the other, and whether they say only a
//! place. Absent: questions (those are `family_questions`'), and answers (those are
//! `decisions`').

use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::words::Class;

/// Returns the words that `long` adds to `short`, little words set aside; `None` if it has
/// neither all of its words nor begins with its acronym ("NASW Texas"), or adds nothing.
pub(crate) fn added_words(short: &Name, long: &Name) -> Option<Vec<NameWord>> {
    let content = |name: &Name| -> Vec<NameWord> {
        let words = name.words().iter().copied();
        words.filter(|word| !word.class.is(Class::STOP)).collect()
    };
    let (words, mut rest) = (content(short), content(long));
    if words.is_empty() || short.cut_off || long.cut_off {
        return None;
    }
    let acronym = rest.first().is_some_and(|&first| {
        let first = long.word(first);
        first.chars().count() >= 3 && short.acronyms.iter().any(|acronym| **acronym == *first)
    });
    if acronym {
        rest.remove(0);
        return (!rest.is_empty()).then_some(rest);
    }
    for word in words {
        let at = rest.iter().position(|other| other.stem == word.stem)?;
        rest.remove(at);
    }
    (!rest.is_empty()).then_some(rest)
}

/// Returns whether words say only where a body is, or that it is a part of another.
pub(crate) fn is_place(words: &[NameWord]) -> bool {
    let place = Class::PLACE
        .or(Class::PLACE_PREFIX)
        .or(Class::DIRECTION)
        .or(Class::REACH)
        .or(Class::NUMBER)
        .or(Class::BRANCH)
        .or(Class::GENERIC);
    let own = Class::ARM.or(Class::OWN);
    words
        .iter()
        .all(|word| !word.class.is(own) && (word.class.is(place) || !word.class.is(Class::KNOWN)))
}
