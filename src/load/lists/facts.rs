//! Cells that are clearly no status and no answer: numbers, addresses, web pages, states, given
//! names, initials; and cells in prose.
//!
//! In: a cell, cleaned. Out: whether it is one. Guaranteed: a word of a status is none. Absent:
//! what follows for the column (that is `column_doubts`').

use super::fold::fold;
use super::{consent, private_values, restraint};
use rustc_hash::FxHashSet;
use serde::Deserialize;
use serde_json::Value;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct GivenNames {
    names: FxHashSet<&'static str>,
}

static GIVEN: LazyLock<GivenNames> = LazyLock::new(|| word_list!("given_names"));

/// The names of states and their codes, folded.
static STATES: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let states: Value = word_list!("states");
    let mut names = FxHashSet::default();
    for (code, state) in states.as_object().into_iter().flatten() {
        names.insert(fold(code));
        let texts = state.as_object().into_iter().flatten();
        names.extend(texts.filter_map(|(_, name)| name.as_str()).map(fold));
    }
    names
});

/// Returns whether a cell is clearly something else than a status or an answer.
pub(super) fn is_fact(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    // "0" and "1" are answers, too.
    let is_number = digits > 0 && letters == 0 && !matches!(cell, "0" | "1");
    let is_code = digits > 0 && letters > 0 && digits >= letters && !cell.contains(' ');
    if is_number || is_code || private_values::private(cell).is_some() || cell.contains("://") {
        return true;
    }
    let folded = fold(cell);
    // "ON" is Ontario and "IN" Indiana; "OK" is mostly an answer.
    if cell.len() == 2 && cell != "OK" && !cell.contains(char::is_lowercase) && STATES.contains(&folded) {
        return true;
    }
    if consent::plain_answer(cell).is_some() || restraint::is_restraining(&folded) {
        return false;
    }
    let first = folded.split(' ').next().unwrap_or_default();
    let words = cell.split_whitespace().count();
    let is_given = words <= 3
        && GIVEN.names.contains(first)
        && cell.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    // "JB", "M.K.": initials of the staff.
    let is_initials = words == 1 && (2..=3).contains(&letters) && !cell.contains(char::is_lowercase) && digits == 0;
    is_given || is_initials || folded.len() > 2 && STATES.contains(&folded)
}

/// Returns whether a cell is in prose: it has a word in small letters that joins no name.
pub(super) fn is_prose(cell: &str) -> bool {
    let mut words = cell.split_whitespace();
    let Some(first) = words.next() else { return false };
    let small = |word: &str| word.starts_with(char::is_lowercase) && !restraint::joins_a_name(word);
    let rest: Vec<&str> = words.collect();
    !rest.is_empty() && (rest.iter().any(|word| small(word)) || small(first) && rest.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_no_status() {
        let check = |cell: &str, expected: bool| assert_eq!(is_fact(cell), expected, "{cell}");
        for cell in [
            "12",
            "NM",
            "Ohio",
            "Priya",
            "Ana",
            "Lee Ann Park",
            "JB",
            "SC-06",
            "ON",
            "501",
            "(505) 555-0100",
            "a@e.org",
            "https://x.example",
        ] {
            check(cell, true);
        }
        for cell in [
            "Landed",
            "yes",
            "no",
            "x",
            "1",
            "Asked twice",
            "waiting",
            "In",
            "Hope to join",
        ] {
            check(cell, false);
        }
    }

    #[test]
    fn prose_has_small_words() {
        let check = |cell: &str, expected: bool| assert_eq!(is_prose(cell), expected, "{cell}");
        check("they want to sleep on it", true);
        check("Send draft", true);
        check("Director of Policy", false);
        check("University of New Mexico", false);
        check("Gold", false);
        check("waiting", false);
    }
}
