//! Tells that two names cannot match from a few numbers of each, without a look at their words.
//!
//! In: the features of a name. Out: a [`Glance`]; of two of them, that no rule can match the
//! names. Guaranteed: names that are told apart at a glance, the rules' tests tell apart as
//! well. Absent: names of one word or with other names, which the tests look at.
//!
//! Where names are one, the words of one of them go with words of the other, save for words
//! that only say what sort of body it is. Words that go together begin with one letter, but
//! for initials and for words that are written as one.

use super::features::{NameFeatures, WordFeatures};
use rustc_hash::FxHashSet;

/// What a name comes to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Glance {
    /// The stems of the words, a bit each.
    stems: u64,
    /// The stems of its acronyms and of the words in brackets, a bit each.
    given: u64,
    /// The first letters of the words, a bit each.
    firsts: u32,
    /// The same of words that stand for no other.
    fixed_firsts: u32,
    /// The same of words that say more than a sort of body.
    own_firsts: u32,
    /// The same of all words, also of little ones.
    all_firsts: u32,
    /// The letters of all words, a bit each.
    letters: u32,
    /// A hash of the letters as typed.
    typed: u32,
    /// The letters of words that may be initials, from the left; the others are [`NO_INITIALS`].
    initials: [u32; INITIALS],
    short: bool,
    /// The words must be looked at.
    unclear: bool,
}

/// Most words of a name that may be initials; with more, its words are looked at.
const INITIALS: usize = 4;

/// Letters that no name's words begin with.
const NO_INITIALS: u32 = u32::MAX;

/// The words of a list, so that words written as one are told from those of one beginning.
pub(crate) struct ListWords(FxHashSet<u64>);

impl ListWords {
    /// Keeps the words of some texts.
    pub(crate) fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        Self(words.map(|word| joined_hash(word, "")).collect())
    }

    /// Returns whether two of a name's words, written as one, are a word of the list.
    pub(crate) fn has_joined(&self, words: &[&str]) -> bool {
        (1..words.len()).any(|to| {
            words[..to]
                .iter()
                .any(|from| self.0.contains(&joined_hash(from, words[to])))
        })
    }
}

/// Returns a hash of two words written as one (FNV-1a).
fn joined_hash(first: &str, second: &str) -> u64 {
    let bytes = first.bytes().chain(second.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

impl Glance {
    /// Reads a name; `joins`: two of its words, written as one, are a word of the list.
    pub(crate) fn new(name: NameFeatures<'_>, joins: bool) -> Self {
        let short = name.is_short();
        let mut out = Self {
            all_firsts: name.first_letters(),
            initials: [NO_INITIALS; INITIALS],
            typed: name.letters(),
            short,
            unclear: joins || name.has_aliases() || name.has_only_little_words(),
            ..Self::default()
        };
        let mut initials = 0;
        for word in name.words() {
            out.stems |= word.stem_bit();
            out.firsts |= word.first();
            out.letters |= word.letters();
            if !word.is_interchangeable() {
                out.fixed_firsts |= word.first();
                if !word.is_generic() {
                    out.own_firsts |= word.first();
                }
            }
            if word.is_bracketed() {
                out.given |= word.stem_bit();
            }
            out.unclear |= word.stands_for_others();
            if short || word.may_stand_for_initials() {
                match out.initials.get_mut(initials) {
                    Some(letters) => *letters = word.letters_or_first(),
                    None => out.unclear = true,
                }
                initials += 1;
            }
        }
        out.given |= name
            .acronyms()
            .iter()
            .map(WordFeatures::stem_bit)
            .fold(0, |given, bit| given | bit);
        out
    }

    /// Returns whether no rule can match two names.
    pub(crate) fn cannot_match(&self, other: &Self) -> bool {
        let begins = |a: u32, b: u32| a & !b == 0;
        // The words of one go with words of the other, or those of both that say more.
        if begins(self.fixed_firsts, other.firsts)
            || begins(other.fixed_firsts, self.firsts)
            || begins(self.own_firsts, other.firsts) && begins(other.own_firsts, self.firsts)
        {
            return false;
        }
        let given = self.given & (other.stems | other.given) | other.given & self.stems;
        if given != 0 || self.unclear || other.unclear || self.letters == other.letters || self.typed == other.typed {
            return false;
        }
        // A bare acronym may stand for little words, too, and a word for several that it is made of.
        let shortened = |a: &Self, b: &Self| {
            let firsts = if a.short { b.all_firsts } else { b.firsts };
            let initials = a.initials.iter().any(|&letters| begins(letters, firsts));
            initials || a.short && begins(b.letters, a.letters)
        };
        !shortened(self, other) && !shortened(other, self)
    }
}
