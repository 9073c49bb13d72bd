//! Compares two names: finds what is the same and what differs.
//!
//! In: two normalized names and how rare words are. Out: findings, one for each
//! rule of [`RULES`] that has something to say. Guaranteed: a finding depends on
//! nothing but the two names and the rarity of their words; comparing a with b
//! finds the same as b with a. Absent: adding up (that is `weigh`'s).

mod acronym;
mod added_short;
mod added_words;
mod alias;
mod chapter;
mod cut_off;
mod difference;
mod features;
mod glance;
mod legal_form;
mod misspelling;
mod national_bodies;
mod nobody;
mod other_name;
mod pair;
mod rarity;
mod replaced_words;
mod rule;
mod shared_acronym;
mod shared_words;
mod spelled;
mod spelling;
mod turned;

pub(crate) use chapter::is_chapter;
pub(crate) use features::{NameFeatures, NameSummary, PairFeatures, WordFeatures, add_features};
pub(crate) use glance::{Glance, ListWords};
pub(crate) use legal_form::conflict as legal_conflict;
pub(crate) use nobody::is_nobody;
pub(crate) use other_name::compare;
pub(crate) use pair::{Comparison, OtherName, bracket_key};
pub(crate) use rarity::{NoList, Rarity};
pub(crate) use rule::{CannotMatch, Rule};
pub(crate) use spelled::{differently, unnamed};

/// Every rule. The order is that of equal weights in an explanation.
pub(crate) const RULES: &[Rule] = &[
    // Those that part come first: nothing outweighs them.
    nobody::NOBODY,
    added_words::ARM,
    chapter::CHAPTER,
    replaced_words::NUMBERS,
    replaced_words::PLACES,
    replaced_words::WORDS,
    replaced_words::UNITS,
    shared_words::NAME,
    shared_words::WORDS,
    shared_words::ORDER,
    shared_words::FILLER,
    shared_words::SLASH,
    alias::ALIAS,
    alias::ALIASES,
    acronym::ACRONYM,
    acronym::INITIALS,
    acronym::INSIDE,
    acronym::BRACKETED,
    shared_acronym::SHARED,
    cut_off::CUT_OFF,
    spelling::NUMBER,
    spelling::SPACING,
    spelling::TYPO,
    spelling::WORD_FORM,
    spelling::CUT,
    spelling::SHORTENED,
    spelling::OTHER_WORD,
    added_words::GENERIC,
    added_words::PLACE,
    added_words::QUALIFIER,
    added_words::BRANCH,
    added_words::NUMBER,
    added_words::WORDS,
    legal_form::FORM,
];

/// Returns the tests of all rules that can match a pair; a pair for which all of them
/// are true is apart.
pub(crate) fn cannot_match_tests() -> Vec<fn(&PairFeatures<'_>) -> bool> {
    let tests = RULES.iter().filter_map(|rule| match rule.cannot_match {
        CannotMatch::Always => None,
        CannotMatch::If(test) => Some(test),
    });
    tests.collect()
}
