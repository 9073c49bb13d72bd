//! Puts two names side by side.
//!
//! In: two normalized names, and how rare their words are. Out: a [`Comparison`],
//! which the rules read. Guaranteed: symmetric. Absent: weights.

use super::difference::{self, WordDifference};
use super::rarity::{Rarity, is_rare};
use crate::resolve::normalize::{Name, NameWord, as_written};
use crate::resolve::words::{Class, mix, stem};

/// The ways in which one name is another name of the other, though their words do not
/// agree; strongest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum OtherName {
    /// A bare acronym is the other's initials.
    Initials,
    /// One begins with the other's acronym.
    Inside,
    /// Both give the same acronym, and their words differ.
    SharedAcronym,
    /// One is a word that stands in the other's brackets.
    Bracketed,
    /// One is nearly what the other gives as another name of its own.
    NearAlias,
    /// A bare acronym stands beside the other, and may be a word or another's.
    WeakAcronym,
    /// The same, of three to five letters that nobody else claims: one body if the state or
    /// the mail domain agrees as well.
    LikelyAcronym,
    /// A bare acronym stands beside the other.
    Acronym,
    /// One is what the other gives as another name of its own.
    Alias,
    /// As typed, they are the same letters: "ActionNC", "Action NC".
    SameLetters,
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
    /// The two names as typed, where the reasons are asked for.
    typed: Option<(&'a str, &'a str)>,
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
            typed: None,
            rarity,
        }
    }

    /// Adds the two names as typed, so that reasons show words as they were written.
    pub(crate) fn with_typed(mut self, a: &'a str, b: &'a str) -> Self {
        self.typed = Some((a, b));
        self
    }

    /// Returns words of one of the two names in quotation marks: as they were written, if that
    /// is known.
    pub(crate) fn quoted(&self, name: &Name, words: &[NameWord]) -> String {
        let raw = match self.typed {
            Some((a, _)) if std::ptr::eq(name, self.a) => Some(a),
            Some((_, b)) if std::ptr::eq(name, self.b) => Some(b),
            _ => None,
        };
        let written = raw
            .map(|raw| as_written(raw, name, words))
            .filter(|text| !text.is_empty());
        let text = written.unwrap_or_else(|| {
            let text: Vec<&str> = words.iter().map(|&word| name.word(word)).collect();
            text.join(" ")
        });
        format!("“{text}”")
    }

    /// Returns a whole name in quotation marks, as [`Comparison::quoted`] does.
    pub(crate) fn quoted_name(&self, name: &Name) -> String {
        match self.typed {
            Some((a, _)) if std::ptr::eq(name, self.a) => format!("“{a}”"),
            Some((_, b)) if std::ptr::eq(name, self.b) => format!("“{b}”"),
            _ => format!("“{}”", name.text()),
        }
    }

    /// The two names as typed, if they are known and differ.
    pub(crate) fn typed(&self) -> Option<(&'a str, &'a str)> {
        self.typed.filter(|(a, b)| a != b)
    }

    /// Returns whether twenty names of the list or more have a bracket of these words.
    pub(crate) fn is_tag(&self, words: &[NameWord]) -> bool {
        self.rarity.is_tag(bracket_key(words))
    }

    /// Returns whether at most two names of the list give the acronym as theirs, or have it
    /// as a word.
    pub(crate) fn is_of_two(&self, acronym: u64) -> bool {
        self.rarity.names_with(acronym).is_none_or(|names| names <= 2) && self.rarity.claims(acronym) <= 2
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

    /// Returns whether a name of the list gives the acronym as its own.
    pub(crate) fn is_claimed(&self, acronym: NameWord) -> bool {
        self.rarity.claims(acronym.stem) > 0
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

    /// Returns the name of the side that has no more than the other.
    pub(super) fn shorter(&self) -> &'a Name {
        if self.difference.only_b.is_empty() {
            self.b
        } else {
            self.a
        }
    }

    /// Returns whether the little words differ, "and" and articles set aside.
    pub(crate) fn filler_differs(&self) -> bool {
        self.filler_differs_without(&["and", "a", "an"])
    }

    /// Returns whether the little words differ, some of them set aside.
    pub(crate) fn filler_differs_without(&self, aside: &[&str]) -> bool {
        let little = |name| -> Vec<u64> {
            let aside: Vec<u64> = aside.iter().map(|word| stem(word)).collect();
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

    /// The little words of each side that the other has not, or has fewer of.
    pub(crate) fn filler_of_one(&self) -> [Vec<NameWord>; 2] {
        let little = |name: &Name| -> Vec<NameWord> {
            let words = name.words().iter().copied();
            words.filter(|word| word.class.is(Class::STOP)).collect()
        };
        let (mut only_a, mut only_b) = (Vec::new(), little(self.b));
        for word in little(self.a) {
            let stem = difference::filler_stem(self.a, word);
            let same = |&other: &NameWord| difference::filler_stem(self.b, other) == stem;
            match only_b.iter().position(same) {
                Some(at) => {
                    only_b.remove(at);
                }
                None => only_a.push(word),
            }
        }
        [only_a, only_b]
    }

    /// Returns whether a little word of one side stands in the place of another's, and what
    /// stands before it is no sort of body: "Voices for Peace", "Voices of Peace"; not
    /// "Council for Seniors", "Council of Seniors".
    pub(crate) fn filler_is_replaced(&self) -> bool {
        let [a, b] = self.filler_of_one();
        let telling = |name: &Name, little: &NameWord| {
            let words = name.words();
            let at = words.iter().position(|word| word == little).unwrap_or(0);
            let before = words[..at].iter().rev().find(|word| !word.class.is(Class::STOP));
            let after = words[at..].iter().find(|word| !word.class.is(Class::STOP));
            // "Coalición de Derechos", "Coalición por los Derechos": not so often the same.
            matches!(name.word(*little), "por" | "para" | "en")
                || !before.is_some_and(|&word| {
                    let house = matches!(
                        name.word(word),
                        "church" | "temple" | "congregation" | "synagogue" | "iglesia"
                    );
                    // "Diabetes Foundation in Israel".
                    let placed = after.is_some_and(|after| after.class.is(Class::PLACE));
                    let body = word.class.is(Class::BRANCH) && !word.class.is(Class::PEOPLE.or(Class::OWN));
                    word.class.is(Class::GENERIC) || house || placed && body
                })
                || after.is_some_and(|word| word.class.is(Class::PEOPLE))
        };
        let any = |name, little: &[NameWord]| little.iter().any(|word| telling(name, word));
        !a.is_empty() && !b.is_empty() && (any(self.a, &a) || any(self.b, &b))
    }

    /// Returns whether a letter that may be a designation stands in one name and not in the
    /// other: "Hepatitis A", "Hepatitis E". An article follows a little word or
    /// begins the name: "Alliance for a Just Society", "A Better Bronx".
    pub(crate) fn letter_differs(&self) -> bool {
        let letters = |name: &Name, initials: bool| -> Vec<u64> {
            let words = name.words();
            let behind = |at: usize| at > 0 && !words[at - 1].class.is(Class::STOP);
            let letter = |at: usize| matches!(name.word(words[at]), "a" | "e" | "o");
            // "Jacob A. Riis": between two names, an initial.
            let own = |at: usize| words.get(at).is_some_and(|word| !word.class.is(Class::KNOWN));
            (0..words.len())
                .filter(|&at| letter(at) && behind(at) && initials == (own(at - 1) && own(at + 1)))
                .map(|at| words[at].stem)
                .collect()
        };
        let first = |name: &Name| {
            let first = name.words().first().copied();
            first.filter(|&word| name.word(word).len() == 1).map(|word| word.stem)
        };
        // "A Group", "E Group": where both begin with a letter, it is no article.
        let begun = matches!((first(self.a), first(self.b)), (Some(a), Some(b)) if a != b);
        // An initial may be left out, but "Jacob E. Riis" is somebody else.
        let (a, b) = (letters(self.a, true), letters(self.b, true));
        let other_initial = !a.is_empty() && !b.is_empty() && a != b;
        begun || other_initial || letters(self.a, false) != letters(self.b, false)
    }

    /// Returns whether only one side has words of its own.
    pub(crate) fn one_sided(&self) -> bool {
        self.difference.only_a.is_empty() != self.difference.only_b.is_empty()
    }
}

/// Returns the key under which a bracket of these words is counted.
pub(crate) fn bracket_key(words: &[NameWord]) -> u64 {
    words.iter().fold(BRACKET, |key, word| mix(key ^ word.stem))
}

/// Tells the keys of brackets from those of words.
const BRACKET: u64 = 0x6272_6163_6b65_7473;
