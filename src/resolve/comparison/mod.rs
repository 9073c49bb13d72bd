//! What is the same and what differs between two names.
//!
//! In: two normalized names and how rare words are. Out: findings, one for each
//! rule of [`RULES`] that has something to say. Guaranteed: a finding depends on
//! nothing but the two names and the rarity of their words; comparing a with b
//! finds the same as b with a. Absent: adding up (that is `weigh`'s).

mod acronym;
mod added_words;
mod alias;
mod difference;
mod legal_form;
mod misspelling;
mod replaced_words;
mod shared_words;
mod spelling;

use crate::resolve::Zone;
use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::words::{Class, stem};

pub(crate) use difference::WordDifference;
pub(crate) use legal_form::conflict as legal_conflict;

/// How rare words are.
pub(crate) trait Rarity: Sync {
    /// In how many names of the list a word occurs; `None`: there is no list.
    fn names_with(&self, stem: u64) -> Option<u32>;

    /// Whether no name of the list but spellings of this one gives the acronym as
    /// its own.
    fn is_only_claim(&self, acronym: u64, name: &Name) -> bool;
}

/// There is no list: two names are judged alone.
#[derive(Debug)]
pub(crate) struct NoList;

impl Rarity for NoList {
    fn names_with(&self, _: u64) -> Option<u32> {
        None
    }

    fn is_only_claim(&self, _: u64, _: &Name) -> bool {
        true
    }
}

/// In how many names of one list a word may occur and still be rare. A word of
/// an organization's own name comes with its spellings, chapters and projects;
/// measured on one list, not sensitive between 5 and 12.
const RARE: u32 = 8;

/// In how many names a word must occur to count as spelled as it should be.
const ESTABLISHED: u32 = 3;

/// How two names go together though their words do not; strongest last.
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
    /// How their words go together.
    pub(crate) difference: WordDifference,
    /// An acronym or another name says it all: the words need not agree.
    pub(crate) other_name: Option<OtherName>,
    rarity: &'a dyn Rarity,
}

impl<'a> Comparison<'a> {
    /// Puts two names side by side.
    pub(crate) fn new(a: &'a Name, b: &'a Name, rarity: &'a dyn Rarity) -> Self {
        let difference = WordDifference::new(a, b, rarity);
        let mut out = Self {
            a,
            b,
            difference,
            other_name: None,
            rarity,
        };
        out.other_name = alias::explains(&out).max(acronym::explains(&out));
        if out.other_name.is_some() {
            out.difference = WordDifference::default();
        }
        out
    }

    /// Whether a word says whose name it is: in no list of ordinary words, and
    /// in few names of the list.
    pub(crate) fn is_rare(&self, word: NameWord) -> bool {
        is_rare(word, self.rarity)
    }

    /// In how many names of the list a word occurs.
    pub(crate) fn names_with(&self, word: NameWord) -> Option<u32> {
        self.rarity.names_with(word.stem)
    }

    /// Whether no other name of the list gives the acronym as its own.
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

    /// Whether the little words differ, "and" and articles set aside.
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

    /// Whether one side has an "our" that the other has not.
    pub(crate) fn only_one_says_our(&self) -> bool {
        let says = |name| difference::filler(name).contains(&stem("our"));
        says(self.a) != says(self.b)
    }

    /// Whether each side has a little word that the other has not.
    pub(crate) fn filler_is_replaced(&self) -> bool {
        let (a, b) = (difference::filler(self.a), difference::filler(self.b));
        a.iter().any(|stem| !b.contains(stem)) && b.iter().any(|stem| !a.contains(stem))
    }

    /// Whether a letter that may be a designation stands in one name and not in the
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

    /// Whether only one side has words of its own.
    pub(crate) fn one_sided(&self) -> bool {
        self.difference.only_a.is_empty() != self.difference.only_b.is_empty()
    }
}

pub(crate) fn is_rare(word: NameWord, rarity: &dyn Rarity) -> bool {
    !word.class.is(Class::KNOWN) && rarity.names_with(word.stem).is_none_or(|names| names <= RARE)
}

/// Whether a word that occurs in so many names is spelled as it should be.
pub(crate) fn is_established(word: NameWord, names: Option<u32>) -> bool {
    word.class.is(Class::KNOWN) || names.is_some_and(|names| names >= ESTABLISHED)
}

/// What a rule found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RuleFinding {
    /// The match weight.
    pub(crate) weight: f64,
    /// The most that may come of it, whatever else is found.
    pub(crate) at_most: Zone,
}

impl RuleFinding {
    pub(crate) fn weight(weight: f64) -> Option<Self> {
        Some(Self {
            weight,
            at_most: Zone::Merge,
        })
    }

    pub(crate) fn review(weight: f64) -> Option<Self> {
        Some(Self {
            weight,
            at_most: Zone::Review,
        })
    }

    pub(crate) fn apart(weight: f64) -> Option<Self> {
        Some(Self {
            weight,
            at_most: Zone::Apart,
        })
    }
}

/// A rule of comparison.
pub(crate) struct Rule {
    /// Kebab-case, as in JSON.
    pub(crate) name: &'static str,
    /// What it finds, or `None` where it has nothing to say.
    pub(crate) weigh: fn(&Comparison<'_>) -> Option<RuleFinding>,
    /// The finding as a coordinator reads it; called only where [`Rule::weigh`]
    /// found something.
    pub(crate) because: fn(&Comparison<'_>) -> String,
}

/// Every rule. The order is that of equal weights in an explanation.
pub(crate) const RULES: &[Rule] = &[
    // Those that part come first: nothing outweighs them.
    added_words::ARM,
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
    spelling::NUMBER,
    spelling::SPACING,
    spelling::TYPO,
    spelling::WORD_FORM,
    spelling::SHORTENED,
    added_words::GENERIC,
    added_words::PLACE,
    added_words::QUALIFIER,
    added_words::BRANCH,
    added_words::NUMBER,
    added_words::WORDS,
    legal_form::FORM,
];

/// Puts words in quotation marks, as they stand in a normalized name.
pub(crate) fn quoted(name: &Name, words: &[NameWord]) -> String {
    let text: Vec<&str> = words.iter().map(|&word| name.word(word)).collect();
    format!("“{}”", text.join(" "))
}
