//! Puts two names side by side.
//!
//! In: two normalized names, and how rare their words are. Out: a [`Comparison`],
//! which the rules read. Guaranteed: symmetric. Absent: weights.

use super::difference::{self, WordDifference};
use super::rarity::{Rarity, is_rare};
use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::words::{Class, stem};

/// The ways in which one name is another name of the other, though their words do not
/// agree; strongest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum OtherName {
    /// A bare acronym is the other's initials.
    Initials,
    /// One begins with the other's acronym.
    Inside,
    /// One is a word that stands in the other's brackets.
    Bracketed,
    /// One is nearly what the other gives as another name of its own.
    NearAlias,
    /// A bare acronym stands beside the other, and may be a word or another's.
    WeakAcronym,
    /// A bare acronym stands beside the other.
    Acronym,
    /// One is what the other gives as another name of its own.
    Alias,
}

/// Two names side by side.
pub(crate) struct Comparison<'a> {
    /// One name.
    pub(crate) a: &'a Name,
    /// The other.
    pub(crate) b: &'a Name,
    /// The words that both have, and those that only one has.
    pub(crate) difference: WordDifference,
    /// An acronym or another name says it all: the words need not agree.
    pub(crate) other_name: Option<OtherName>,
    rarity: &'a dyn Rarity,
}

impl<'a> Comparison<'a> {
    /// Puts the words of two names side by side; `compare` looks for acronyms and
    /// other names as well.
    pub(super) fn of_words(a: &'a Name, b: &'a Name, rarity: &'a dyn Rarity) -> Self {
        Self {
            a,
            b,
            difference: WordDifference::new(a, b, rarity),
            other_name: None,
            rarity,
        }
    }

    /// Adds how one name is another name of the other; then the words need not agree.
    pub(super) fn with_other_name(mut self, other_name: Option<OtherName>) -> Self {
        self.other_name = other_name;
        if other_name.is_some() {
            self.difference = WordDifference::default();
        }
        self
    }

    /// Returns whether a word says whose name it is: in no list of ordinary words, and
    /// in few names of the list.
    pub(crate) fn is_rare(&self, word: NameWord) -> bool {
        is_rare(word, self.rarity)
    }

    /// In how many names of the list a word occurs.
    pub(crate) fn names_with(&self, word: NameWord) -> Option<u32> {
        self.rarity.names_with(word.stem)
    }

    /// Returns whether no other name of the list gives the acronym as its own.
    pub(crate) fn is_only_claim(&self, acronym: NameWord, name: &Name) -> bool {
        self.rarity.is_only_claim(acronym.stem, name)
    }

    /// The words of the side that has more, and the name they are of.
    pub(crate) fn added(&self) -> (&'a Name, &[NameWord]) {
        let (only_a, only_b) = (&self.difference.only_a, &self.difference.only_b);
        if only_b.is_empty() {
            (self.a, only_a)
        } else {
            (self.b, only_b)
        }
    }

    /// Returns whether the little words differ, "and" and articles set aside.
    pub(crate) fn filler_differs(&self) -> bool {
        let little = |name| -> Vec<u64> {
            let aside = ["and", "a", "an"].map(stem);
            difference::filler(name)
                .into_iter()
                .filter(|stem| !aside.contains(stem))
                .collect()
        };
        little(self.a) != little(self.b)
    }

    /// Returns whether one side has an "our" that the other has not.
    pub(crate) fn only_one_says_our(&self) -> bool {
        let says = |name| difference::filler(name).contains(&stem("our"));
        says(self.a) != says(self.b)
    }

    /// Returns whether each side has a little word that the other has not.
    pub(crate) fn filler_is_replaced(&self) -> bool {
        let (a, b) = (difference::filler(self.a), difference::filler(self.b));
        a.iter().any(|stem| !b.contains(stem)) && b.iter().any(|stem| !a.contains(stem))
    }

    /// Returns whether a letter that may be a designation stands in one name and not in the
    /// other: "Hepatitis A", "Hepatitis E". An article follows a little word or
    /// begins the name: "Alliance for a Just Society", "A Better Bronx".
    pub(crate) fn letter_differs(&self) -> bool {
        let letters = |name: &Name| -> Vec<u64> {
            let words = name.words();
            let behind = |at: usize| at > 0 && !words[at - 1].class.is(Class::STOP);
            let letter = |at: usize| matches!(name.word(words[at]), "a" | "e" | "o");
            (0..words.len())
                .filter(|&at| letter(at) && behind(at))
                .map(|at| words[at].stem)
                .collect()
        };
        let first = |name: &Name| {
            let first = name.words().first().copied();
            first.filter(|&word| name.word(word).len() == 1).map(|word| word.stem)
        };
        // "A Group", "E Group": where both begin with a letter, it is no article.
        let begun = matches!((first(self.a), first(self.b)), (Some(a), Some(b)) if a != b);
        begun || letters(self.a) != letters(self.b)
    }

    /// Returns whether only one side has words of its own.
    pub(crate) fn one_sided(&self) -> bool {
        self.difference.only_a.is_empty() != self.difference.only_b.is_empty()
    }
}

/// Puts words in quotation marks, as they stand in a normalized name.
pub(crate) fn quoted(name: &Name, words: &[NameWord]) -> String {
    let text: Vec<&str> = words.iter().map(|&word| name.word(word)).collect();
    format!("“{}”", text.join(" "))
}
