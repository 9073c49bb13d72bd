//! Counts in how many names of a list each word occurs.
//!
//! In: groups. Out: [`WordCounts`], which says how rare words, acronyms and brackets are.
//! Guaranteed: a count is never too low; memory grows with the words of the list up to a
//! limit. Absent: what rarity means (that is `comparison`'s).

use crate::resolve::comparison::{Rarity, bracket_key};
use crate::resolve::name_group::NameGroup;
use crate::resolve::normalize::Name;
use crate::resolve::words::{Class, mix, stem};
use rayon::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

/// In how many groups each word, acronym and bracket occurs.
#[derive(Debug)]
pub(crate) struct WordCounts {
    words: CountTable,
    /// Acronyms, initials and brackets.
    claims: CountTable,
}

/// Counts in a table of fixed size: keys may share a cell, then they look more frequent
/// than they are (Cormode and Muthukrishnan, An improved data stream summary, 2005; two
/// rows).
#[derive(Debug)]
struct CountTable {
    cells: Vec<AtomicU32>,
    mask: usize,
}

impl CountTable {
    /// With room for so many keys.
    fn new(keys: usize) -> Self {
        let size = (keys * 4).next_power_of_two().clamp(1 << 10, 1 << 23);
        Self {
            cells: (0..2 * size).map(|_| AtomicU32::new(0)).collect(),
            mask: size - 1,
        }
    }

    fn count(&self, key: u64) {
        for cell in self.at(key) {
            cell.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        let same = |(a, b): (&AtomicU32, &AtomicU32)| a.load(Ordering::Relaxed) == b.load(Ordering::Relaxed);
        self.mask == other.mask && self.cells.iter().zip(&other.cells).all(same)
    }

    fn counted(&self, key: u64) -> u32 {
        let [first, second] = self.at(key);
        first.load(Ordering::Relaxed).min(second.load(Ordering::Relaxed))
    }

    fn at(&self, key: u64) -> [&AtomicU32; 2] {
        let first = key as usize & self.mask;
        let second = (key >> 32) as usize & self.mask;
        [&self.cells[first], &self.cells[self.mask + 1 + second]]
    }
}

/// From how many names on a bracket is a tag, and no part of them: "(sponsor)".
const TAG: u32 = 20;

/// Most letters of initials that are counted as an acronym.
const INITIALS: usize = 8;

impl WordCounts {
    /// Counts the words of all groups.
    pub(crate) fn new(groups: &[NameGroup]) -> Self {
        let words: usize = groups.par_iter().map(|group| group.name.words().len()).sum();
        let counts = Self {
            words: CountTable::new(words),
            claims: CountTable::new(groups.len() * 2),
        };
        groups.par_iter().for_each(|group| counts.add(&group.name));
        counts
    }

    /// Returns true if every word is as rare in both lists.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.words.is_same(&other.words) && self.claims.is_same(&other.claims)
    }

    fn add(&self, name: &Name) {
        for acronym in &name.acronyms {
            let acronym = stem(acronym);
            self.claims.count(claim(acronym));
            self.claims.count(claim_of(acronym, name));
        }
        let words = name.words();
        if (3..=INITIALS).contains(&name.initial_letters().count()) {
            let initials = stem(&name.initials());
            self.claims.count(initials_claim(initials));
            self.claims.count(claim_of(!initials, name));
        }
        for (at, word) in words.iter().enumerate() {
            if !words[..at].iter().any(|before| before.stem == word.stem) {
                self.words.count(word.stem);
            }
        }
        for bracket in words.chunk_by(|a, b| a.qualifier == b.qualifier && !b.breaks) {
            if bracket[0].qualifier {
                self.claims.count(bracket_key(bracket));
            }
        }
    }
}

impl Rarity for WordCounts {
    fn names_with(&self, stem: u64) -> Option<u32> {
        Some(self.words.counted(stem))
    }

    fn is_only_claim(&self, acronym: u64, name: &Name) -> bool {
        self.claims.counted(claim(acronym)) <= self.claims.counted(claim_of(acronym, name))
            && self.claims.counted(initials_claim(acronym)) <= self.claims.counted(claim_of(!acronym, name))
    }

    fn claims(&self, acronym: u64) -> u32 {
        self.claims.counted(claim(acronym))
    }

    fn is_tag(&self, bracket: u64) -> bool {
        self.claims.counted(bracket) >= TAG
    }
}

/// Returns the key under which the claims on an acronym are counted, apart from words.
fn claim(acronym: u64) -> u64 {
    mix(!acronym)
}

/// The same for names whose first letters spell it.
fn initials_claim(acronym: u64) -> u64 {
    mix(acronym.rotate_left(32))
}

/// Returns the key under which the claims of spellings of one name are counted: two names are taken
/// for such if they begin with the same two words.
fn claim_of(acronym: u64, name: &Name) -> u64 {
    let words = name.words().iter().filter(|word| !word.class.is(Class::STOP));
    words.take(2).fold(mix(acronym), |key, word| mix(key ^ word.stem))
}
