//! Tells how rare the words of a list are.
//!
//! In: a word, and in how many names of the list it occurs. Out: whether it tells
//! whose name it is, and whether it is spelled as it should be. Absent: counting
//! (that is `blocking`'s).

use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::words::Class;

/// Counts of the words of a list.
pub(crate) trait Rarity: Sync {
    /// In how many names of the list a word occurs; `None`: there is no list.
    fn names_with(&self, stem: u64) -> Option<u32>;

    /// Returns whether no name of the list but spellings of this one gives the acronym as
    /// its own.
    fn is_only_claim(&self, acronym: u64, name: &Name) -> bool;

    /// Returns the number of names of the list that give the acronym as their own.
    fn claims(&self, acronym: u64) -> u32;

    /// Returns whether so many names of the list have a bracket that it is no part of them.
    fn is_tag(&self, bracket: u64) -> bool;
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

    fn claims(&self, _: u64) -> u32 {
        0
    }

    fn is_tag(&self, _: u64) -> bool {
        false
    }
}

/// In how many names of one list a word may occur and still be rare. A word of
/// an organization's own name comes with its spellings, chapters and projects;
/// measured on one list, not sensitive between 5 and 12.
const RARE: u32 = 8;

/// In how many names a word must occur to count as spelled as it should be.
const ESTABLISHED: u32 = 3;

pub(crate) fn is_rare(word: NameWord, rarity: &dyn Rarity) -> bool {
    !word.class.is(Class::KNOWN) && rarity.names_with(word.stem).is_none_or(|names| names <= RARE)
}

/// Returns whether a word that occurs in so many names is spelled as it should be.
pub(crate) fn is_established(word: NameWord, names: Option<u32>) -> bool {
    word.class.is(Class::KNOWN) || names.is_some_and(|names| names >= ESTABLISHED)
}
