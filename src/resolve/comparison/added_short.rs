//! Recognizes words that are often left out of a name: "Church" behind a saint, "Trustees of", the second of two
//! words around "and".
//!
//! In: two names, one of which has all words of the other. Out: whether what it has more is such.
//! Guaranteed: symmetric. Absent: weights.

use super::difference::Near;
use super::pair::Comparison;
use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::words::{COMPARISON_WORDS, Class};
use rustc_hash::FxHashSet;

/// Returns whether what one side adds is often left out of such a name: then it is asked about.
pub(super) fn is_often_left_out(pair: &Comparison<'_>) -> bool {
    is_of_parish(pair)
        || is_of_tribe(pair)
        || is_governing(pair)
        || is_beside_and(pair)
        || is_middle(pair)
        || is_capitals(pair)
}

fn all_in(name: &Name, words: &[NameWord], list: &FxHashSet<String>) -> bool {
    words.iter().all(|&word| list.contains(name.word(word)))
}

/// Returns whether one side adds nothing but "Church", "Catholic" and the like to the name of a
/// parish or of what belongs to a diocese.
fn is_of_parish(pair: &Comparison<'_>) -> bool {
    let (name, words) = pair.added();
    let short = pair.shorter();
    let dedicated = short.words().iter().take(2).any(|&word| {
        word.class.is(Class::DEDICATION) || matches!(short.word(word), "saint" | "lady" | "senora" | "santa" | "san")
    });
    let placed = short.words().iter().any(|word| word.class.is(Class::PLACE));
    let see = |name: &Name, words: &[NameWord]| {
        let mut words = words.iter().map(|&word| name.word(word));
        words.any(|word| matches!(word, "diocese" | "archdiocese" | "diocesis" | "arquidiocesis"))
    };
    let shared = pair.difference.shared.len();
    let of_see = placed && (shared >= 3 && see(name, words) || shared >= 2 && see(short, short.words()));
    let plain = !words.iter().any(|word| word.qualifier) && all_in(name, words, &COMPARISON_WORDS.parish);
    plain && (dedicated && shared >= 2 || of_see)
}

/// Returns whether one side adds nothing but "Confederated Tribes and Bands of", "Indian" and the like to the name of a
/// tribe, or says again whose it is: "Makah Tribe", "Makah Indian Tribe of the Makah Indian Reservation".
fn is_of_tribe(pair: &Comparison<'_>) -> bool {
    let (name, words) = pair.added();
    let short = pair.shorter();
    let body = |&word: &NameWord| matches!(short.word(word), "tribe" | "tribes" | "nation" | "band" | "indians");
    let again = |word: NameWord| short.words().iter().any(|other| other.stem == word.stem);
    let tribal = |&word: &NameWord| COMPARISON_WORDS.tribal.contains(name.word(word)) || again(word);
    pair.difference.rare > 0
        && short.words().iter().any(body)
        && words.iter().all(|word| tribal(word) && !word.qualifier)
}

/// Returns whether one side only names those who govern the body: "Trustees of Harwell College".
fn is_governing(pair: &Comparison<'_>) -> bool {
    let (name, words) = pair.added();
    let before = name.words().first() == words.first() && pair.difference.at_edge;
    before && pair.difference.shared.len() >= 2 && all_in(name, words, &COMPARISON_WORDS.governing)
}

/// Returns whether what one side adds is one of two words around "and", and the other one of them is shared: "Council
/// on Culture and the Arts".
fn is_beside_and(pair: &Comparison<'_>) -> bool {
    let (name, added) = pair.added();
    let ([word], words) = (added, name.words()) else {
        return false;
    };
    let Some(at) = words.iter().position(|other| other == word) else {
        return false;
    };
    let and = |at: Option<usize>| {
        let word = at.and_then(|at| words.get(at));
        word.is_some_and(|&word| matches!(name.word(word), "and" | "y" | "e" | "et"))
    };
    let fixed = Class::PLACE.or(Class::NUMBER).or(Class::DIRECTION).or(Class::REACH);
    let difference = &pair.difference;
    let plural = difference.near.iter().all(|(_, _, near)| *near == Near::Plural);
    (and(at.checked_sub(1)) || and(Some(at + 1)))
        && !word.class.is(fixed)
        && (word.class.is(Class::KNOWN) || difference.at_end)
        && !word.qualifier
        && plural
        && difference.shared.len() >= 3
}

/// Returns whether one side adds words in the middle of a name that begins with a rare word and ends with a sort
/// of body: "Florence Immigrant and Refugee Rights Project", "Florence Project".
fn is_middle(pair: &Comparison<'_>) -> bool {
    let (name, words) = pair.added();
    let difference = &pair.difference;
    let ends = |name: &Name| {
        let content = |word: &&NameWord| !word.class.is(Class::STOP);
        let mut words = name.words().iter().filter(content);
        (
            words.next().map(|word| word.stem),
            words.next_back().map(|word| word.stem),
        )
    };
    let fixed = Class::PLACE
        .or(Class::NUMBER)
        .or(Class::DIRECTION)
        .or(Class::REACH)
        .or(Class::ARM);
    let plain = |word: &NameWord| word.class.is(Class::KNOWN) && !word.class.is(fixed) && !word.qualifier;
    let begins = pair.shorter().words().first().is_some_and(|&word| pair.is_rare(word));
    begins
        && difference.near.is_empty()
        && words.iter().all(plain)
        && pair
            .shorter()
            .words()
            .last()
            .is_some_and(|word| word.class.is(Class::GENERIC))
        && ends(name) == ends(pair.shorter())
}

/// Returns whether one side ends with a word in capitals that the other lacks, perhaps an acronym: "Proyecto
/// Inmigrante ICS".
fn is_capitals(pair: &Comparison<'_>) -> bool {
    let (name, words) = pair.added();
    let [word] = words else { return false };
    let unlisted = word.class.is(Class::SHOUTED) && !word.class.is(Class::KNOWN);
    unlisted && pair.difference.at_end && name.word(*word).len() >= 3 && pair.difference.shared.len() >= 2
}

/// Returns whether one side adds nothing but the council or the office of a government: "Navajo Nation Council".
pub(super) fn is_organ(pair: &Comparison<'_>) -> bool {
    let (name, words) = pair.added();
    let governed = |name: &Name| {
        let mut of = name.words().iter();
        of.any(|&word| COMPARISON_WORDS.governed.contains(name.word(word)))
    };
    all_in(name, words, &COMPARISON_WORDS.organs) && governed(pair.shorter())
}
