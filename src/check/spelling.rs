//! Words that are a letter away from a word which letters often use.
//!
//! In: a passage and its language. Out: words such as "adminstration", each with what was
//! meant. Guaranteed: names, acronyms, addresses, and words that are right themselves are left
//! alone. Absent: all other spelling; this is no dictionary.

use super::Sink;
use super::numbers;
use super::prose::Passage;
use crate::diag::Code;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The lists of data/often.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OftenList {
    english: Vec<String>,
    english_right: Vec<String>,
    spanish: Vec<String>,
    spanish_right: Vec<String>,
}

/// Words that are used often, and those of which one letter is gone.
struct Often {
    /// Those words, and others that are right.
    words: FxHashSet<&'static str>,
    is_spanish: bool,
    /// The words, by what is left of them without one letter: two words a letter apart share one.
    shortened: FxHashMap<String, Vec<&'static str>>,
}

static OFTEN: LazyLock<OftenList> = LazyLock::new(|| word_list!("often"));
static ENGLISH: LazyLock<Often> = LazyLock::new(|| Often::of(&OFTEN.english, &OFTEN.english_right, false));
static SPANISH: LazyLock<Often> = LazyLock::new(|| Often::of(&OFTEN.spanish, &OFTEN.spanish_right, true));

/// Fewest letters of a word that is compared: shorter ones are a letter away from many, and
/// Spanish ones from forms of a verb.
const fn fewest(is_spanish: bool) -> usize {
    if is_spanish { 10 } else { 8 }
}

impl Often {
    fn of(list: &'static [String], right: &'static [String], is_spanish: bool) -> Self {
        let mut shortened: FxHashMap<String, Vec<&'static str>> = FxHashMap::default();
        let long = |word: &&'static String| word.chars().count() >= fewest(is_spanish);
        for word in list.iter().filter(long) {
            shortened.entry(word.clone()).or_default().push(word);
            for less in without_one(word) {
                let words = shortened.entry(less).or_default();
                if !words.contains(&word.as_str()) {
                    words.push(word);
                }
            }
        }
        Self {
            words: list.iter().chain(right).map(String::as_str).collect(),
            is_spanish,
            shortened,
        }
    }

    /// Returns the word that was meant, if this one is a slip.
    fn meant(&self, word: &str) -> Option<&'static str> {
        let singular = word.strip_suffix('s').unwrap_or(word);
        if self.words.contains(word) || self.words.contains(singular) {
            return None;
        }
        let same = [word.to_owned()].into_iter().chain(without_one(word));
        let mut near = same.filter_map(|less| self.shortened.get(&less)).flatten();
        near.find(|known| is_slip(word, known, self.is_spanish)).copied()
    }
}

/// Returns a word without each of its letters but the first, one at a time.
fn without_one(word: &str) -> impl Iterator<Item = String> {
    let places: Vec<(usize, char)> = word.char_indices().skip(1).collect();
    places
        .into_iter()
        .map(move |(at, c)| [&word[..at], &word[at + c.len_utf8()..]].concat())
}

/// Returns whether a word is another with one letter wrong, missing, doubled, or two turned
/// round, and not the other in another form or in British spelling. Forms of Spanish verbs differ
/// in one letter, so there a wrong letter is a slip only if an accent is wrong.
fn is_slip(word: &str, known: &str, is_spanish: bool) -> bool {
    let british = |text: &str| {
        text.replace("isation", "ization")
            .replace("ising", "izing")
            .replace("our", "or")
    };
    let form = |text: &str| {
        let text = text.trim_end_matches(['s', 'd', 'e', 'r', 'l', 'y', 'n', 'a', 'o']);
        text.to_owned()
    };
    let accents = |text: &str| -> String {
        let plain = |c| match c {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' => 'u',
            c => c,
        };
        text.chars().map(plain).collect()
    };
    let is_wrong_letter = word.chars().count() == known.chars().count()
        && strsim::hamming(word, known).is_ok_and(|wrong| wrong == 1)
        && accents(word) != accents(known);
    word.chars().next() == known.chars().next()
        && strsim::osa_distance(word, known) == 1
        && !(is_spanish && is_wrong_letter)
        && british(word) != british(known)
        && form(word) != form(known)
        // "statements" and "statement's" are no slips, nor is a compound.
        && !word.starts_with(known)
}

/// Reports slips of words that are used often; those in `known` are told already.
pub(super) fn slips(passage: &Passage, spanish: bool, known: &BTreeMap<String, String>, sink: &mut Sink<'_>) {
    let often = if spanish { &*SPANISH } else { &*ENGLISH };
    for word in numbers::words(&passage.text) {
        let is_plain = word.text.chars().all(char::is_alphabetic) && word.lower.chars().count() + 1 >= fewest(spanish);
        // A name may be spelled as it likes, and an address is no word.
        let is_capital = word.text.starts_with(char::is_uppercase) && !word.gap.ends_with(". ") && word.range.start > 0;
        let after = &passage.text[word.range.end..];
        let in_address = after.starts_with(['@', '/', '_'])
            || after.starts_with('.') && after[1..].starts_with(char::is_alphanumeric);
        let before = &passage.text[..word.range.start];
        if !is_plain
            || is_capital
            || in_address
            || known.contains_key(&word.lower)
            || before.ends_with(['@', '/', '.', '#', '_', '-'])
        {
            continue;
        }
        let Some(meant) = often.meant(&word.lower) else {
            continue;
        };
        let meant = match word.text.starts_with(char::is_uppercase) {
            true => meant
                .chars()
                .take(1)
                .flat_map(char::to_uppercase)
                .chain(meant.chars().skip(1))
                .collect(),
            false => meant.to_owned(),
        };
        sink.replace(
            Code::Spelling,
            passage.origin(word.range.clone()),
            format!("`{}` may be meant as `{meant}`", word.text),
            &meant,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_wrong_is_a_slip_and_another_form_is_none() {
        let check =
            |often: &Often, word: &str, expected: Option<&str>| assert_eq!(often.meant(word), expected, "{word}");
        check(&ENGLISH, "adminstration", Some("administration"));
        check(&ENGLISH, "organzation", Some("organization"));
        check(&ENGLISH, "assistence", Some("assistance"));
        check(&ENGLISH, "goverment", Some("government"));
        check(&ENGLISH, "immigarnt", Some("immigrant"));
        check(&ENGLISH, "signatoires", Some("signatories"));
        check(&SPANISH, "adminstración", Some("administración"));
        for word in [
            "administration",
            "organisation",
            "organizations",
            "neighbourhood",
            "statements",
            "residents",
            "projections",
            "medication",
            "communal",
            "detection",
            "patents",
            "precision",
            "internet",
            "prioritizes",
            "community",
            "effectively",
            "financially",
            "proposed",
            "proposes",
            "advocated",
            "increases",
            "workplaces",
        ] {
            check(&ENGLISH, word, None);
        }
    }
}
