//! Recognizes names that are turned round: "County of Dane", "Dane County"; "Chamber of
//! Commerce, Encino", "Encino Chamber of Commerce".
//!
//! In: two names with the same words. Out: whether one is the other, turned round.
//! Guaranteed: symmetric. Absent: names that differ in a word.

use super::national_bodies::is_place_moved;
use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::words::{COMPARISON_WORDS, Class};

/// Returns whether one of two names with the same words is the other, turned round.
pub(super) fn is_turned(a: &Name, b: &Name) -> bool {
    is_turned_to(a, b) || is_turned_to(b, a) || is_place_moved(a, b)
}

fn is_turned_to(a: &Name, b: &Name) -> bool {
    let words = content(b.words());
    let same = |order: &[NameWord]| stems(order).eq(stems(&words));
    let plain = content(a.words());
    if is_moved(&plain, a, &words, b) {
        return true;
    }
    if is_number_moved(&plain, &words) || is_local_moved(&plain, a, &words) {
        return true;
    }
    let mut turned = [at_comma(a), at_break(a), at_of(a)].into_iter().flatten();
    turned.any(|order| same(&order) || is_moved(&order, a, &words, b))
}

fn content(words: &[NameWord]) -> Vec<NameWord> {
    words
        .iter()
        .copied()
        .filter(|word| !word.class.is(Class::STOP))
        .collect()
}

fn stems(words: &[NameWord]) -> impl Iterator<Item = u64> + '_ {
    words.iter().map(|word| word.stem)
}

/// Returns whether nothing but the only number stands elsewhere: "32BJ SEIU", "SEIU 32BJ".
fn is_number_moved(a: &[NameWord], b: &[NameWord]) -> bool {
    let numbers = |words: &[NameWord]| words.iter().filter(|word| word.class.is(Class::NUMBER)).count();
    let first = |words: &[NameWord]| words.first().is_some_and(|word| word.class.is(Class::NUMBER));
    let last = |words: &[NameWord]| words.last().is_some_and(|word| word.class.is(Class::NUMBER));
    let rest = |words: &[NameWord]| -> Vec<u64> {
        let words = words.iter().filter(|word| !word.class.is(Class::NUMBER));
        words.map(|word| word.stem).collect()
    };
    numbers(a) == 1 && numbers(b) == 1 && first(a) && last(b) && rest(a) == rest(b)
}

/// Returns whether nothing but "Local" and its number stand elsewhere: "Local 1500 UFCW", "UFCW
/// Local 1500".
fn is_local_moved(order: &[NameWord], a: &Name, words: &[NameWord]) -> bool {
    let [label, number, rest @ ..] = order else {
        return false;
    };
    let labeled = COMPARISON_WORDS.unit_labels.contains(a.word(*label)) && number.class.is(Class::NUMBER);
    labeled && !rest.is_empty() && stems(&[rest, &[*label, *number]].concat()).eq(stems(words))
}

/// The words with what follows the only comma first: a place, or "City of".
fn at_comma(name: &Name) -> Option<Vec<NameWord>> {
    let words = name.words();
    let mut commas = (1..words.len()).filter(|&at| words[at].comma);
    let (at, None) = (commas.next()?, commas.next()) else {
        return None;
    };
    let (before, after) = words.split_at(at);
    let of = after.last().is_some_and(|&last| name.word(last) == "of");
    let place = |word: &NameWord| {
        let other = Class::DEDICATION.or(Class::NUMBER);
        !word.class.is(other)
            && (word.class.is(Class::PLACE.or(Class::REACH).or(Class::DIRECTION)) || !word.class.is(Class::KNOWN))
    };
    let whole = content(before).len() > 1 && content(after).len() > 1;
    let turned = of || whole || content(after).iter().all(place);
    turned.then(|| [content(after), content(before)].concat())
}

/// The words with the place first: "Chamber of Commerce of Encino".
fn at_of(name: &Name) -> Option<Vec<NameWord>> {
    let words = name.words();
    let at = words.iter().rposition(|&word| matches!(name.word(word), "of" | "de"))?;
    let (before, after) = (content(&words[..at]), content(&words[at..]));
    let head: Vec<&str> = before.iter().map(|&word| name.word(word)).collect();
    let place = |word: &NameWord| word.class.is(Class::PLACE) || !word.class.is(Class::KNOWN);
    let turned = COMPARISON_WORDS.turned_of.contains(&head.join(" ")) && !after.is_empty() && after.iter().all(place);
    turned.then(|| [after, before].concat())
}

/// The words with the second of two parts first: "One Union/Other Union".
fn at_break(name: &Name) -> Option<Vec<NameWord>> {
    let words = name.words();
    let mut breaks = (1..words.len()).filter(|&at| words[at].breaks);
    let (at, None) = (breaks.next()?, breaks.next()) else {
        return None;
    };
    let (before, after) = (content(&words[..at]), content(&words[at..]));
    // "Justice for Our Neighbors - Nebraska".
    let place = before.len() > 1 && after.iter().all(|word| word.class.is(Class::PLACE));
    let whole = place || before.len() > 1 && after.len() > 1 && !words.iter().any(|word| word.qualifier);
    whole.then(|| [after, before].concat())
}

/// Returns whether two orders are the same but for one noun: "County of X" in the one, "X
/// County" in the other.
fn is_moved(order: &[NameWord], a: &Name, words: &[NameWord], b: &Name) -> bool {
    let without = |words: &[NameWord], at: usize| [&words[..at], &words[at + 1..]].concat();
    order.iter().enumerate().any(|(at, &noun)| {
        let office = matches!(a.word(noun), "office" | "department");
        let Some(next) = order.get(at + 1).copied() else {
            return false;
        };
        // "City of Hope" is no city, and "City of Refuge" a church.
        let county = matches!(a.word(noun), "county" | "township" | "borough" | "parish" | "pueblo");
        let own = (county || order.len() > 2) && !next.class.is(Class::KNOWN);
        let named = office && order.len() > 2 || next.class.is(Class::PLACE) || own;
        COMPARISON_WORDS.turned.contains(a.word(noun)) && is_before_of(a, noun) && named && {
            let moved = words.iter().position(|other| other.stem == noun.stem);
            moved.is_some_and(|to| {
                to > 0 && !is_before_of(b, words[to]) && stems(&without(order, at)).eq(stems(&without(words, to)))
            })
        }
    })
}

fn is_before_of(name: &Name, word: NameWord) -> bool {
    let words = name.words();
    let at = words.iter().position(|&other| other == word);
    let next = at.and_then(|at| words.get(at + 1));
    next.is_some_and(|&next| matches!(name.word(next), "of" | "de"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_turned_round_are_recognized() {
        let check = |a: &str, b: &str, expected| {
            assert_eq!(is_turned(&Name::new(a), &Name::new(b)), expected, "{a} | {b}");
        };
        check("County of Dane", "Dane County", true);
        check(
            "County of Los Angeles Board of Supervisors",
            "Los Angeles County Board of Supervisors",
            true,
        );
        check("Madison, City of", "City of Madison", true);
        check("Chamber of Commerce, Encino", "Encino Chamber of Commerce", true);
        check(
            "Office of the Sheriff, Dane County",
            "Dane County Sheriff's Office",
            true,
        );
        check("32BJ SEIU", "SEIU 32BJ", true);
        check("Local 1500 UFCW", "UFCW Local 1500", true);
        check(
            "Neighbors for Justice - Nebraska",
            "Nebraska Neighbors for Justice",
            true,
        );
        check("Pueblo of Laguna", "Laguna Pueblo", true);
        check("DSA Milwaukee", "Milwaukee DSA", true);
        check("Audubon Society of Milwaukee", "Milwaukee Audubon Society", false);
        check("City of Hope", "Hope City", false);
        check("City of Refuge", "Refuge City", false);
        check("Office of Hope", "Hope Office", false);
        check("University of Akron", "Akron University", false);
        check("State of Michigan", "Michigan State", false);
        check("Foundation of Hope", "Hope Foundation", false);
        check(
            "Harbor Workers Union/Dock Labor Council",
            "Dock Labor Council/Harbor Workers Union",
            true,
        );
    }
}
