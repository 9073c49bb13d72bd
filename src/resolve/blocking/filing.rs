//! The keys of a name.
//!
//! In: a unit's name, and in how many names each of its words occurs. Out: an
//! [`Entry`] for each key. Guaranteed: as many keys as words, and a few more.
//! Absent: looking for entries that share a key.

use crate::resolve::normalize::{Name, Word};
use crate::resolve::words::{Class, mix, stem};

/// A word in at most this many names is a key of its own.
const KEY_WORD: u32 = 12;

/// A unit filed under a key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) key: u64,
    pub(super) unit: u32,
    /// How the key was made.
    pub(super) kind: Filed,
    /// First letter of the word that the key leaves out.
    pub(super) letter: u8,
}

impl Entry {
    /// The order within a block; one number, because millions are sorted.
    pub(super) fn order(&self) -> u128 {
        let tail = u64::from(self.unit) << 16 | (self.kind as u64) << 8 | u64::from(self.letter);
        u128::from(self.key) << 64 | u128::from(tail)
    }
}

/// How a key was made of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Filed {
    /// The whole name.
    Whole,
    /// Without an ordinary word.
    Without,
    /// Without a generic noun.
    WithoutGeneric,
    /// Without a number.
    WithoutNumber,
    /// Some of its words.
    Part,
}

/// The words a name is filed by: without little words, if it has others.
pub(super) fn filed_words(name: &Name) -> impl Iterator<Item = Word> + '_ {
    let words = name.words();
    let telling = words.iter().any(|word| !word.class.is(Class::STOP));
    words
        .iter()
        .copied()
        .filter(move |word| !telling || !word.class.is(Class::STOP))
}

/// Files names; keeps its memory from one to the next.
pub(super) struct Filer {
    pub(super) entries: Vec<Entry>,
    words: Vec<Word>,
    rarest: Vec<(u32, u64)>,
    text: String,
    most_rare: usize,
}

impl Filer {
    /// With room for so many entries; pairs up so many of a name's rarest words.
    pub(super) fn new(room: usize, most_rare: usize) -> Self {
        Self {
            entries: Vec::with_capacity(room),
            words: Vec::new(),
            rarest: Vec::new(),
            text: String::new(),
            most_rare,
        }
    }

    /// Files a name under its keys; `names`: in how many names each of
    /// [`filed_words`] occurs.
    pub(super) fn file(&mut self, unit: u32, name: &Name, names: impl Iterator<Item = u32>) {
        let Self {
            entries,
            words,
            rarest,
            text,
            most_rare,
        } = self;
        let mut add = |key: u64, kind: Filed, letter: u8| {
            entries.push(Entry {
                key: mix(key),
                unit,
                kind,
                letter,
            });
        };
        words.clear();
        words.extend(filed_words(name));
        if words.is_empty() {
            return;
        }
        let whole = bag(words);
        add(whole, Filed::Whole, 0);
        if words.len() > 1 {
            for word in words.iter() {
                let kind = if word.class.is(Class::GENERIC) {
                    Filed::WithoutGeneric
                } else if word.class.is(Class::NUMBER) {
                    Filed::WithoutNumber
                } else {
                    Filed::Without
                };
                let letter = name.word(*word).as_bytes()[0];
                add(whole.wrapping_sub(word.stem), kind, letter);
            }
        }
        squash(text, name, words);
        if words.len() > 1 || text.len() > 6 {
            add(!stem(text), Filed::Whole, 0);
        }
        // "MoveOn" and "Move On".
        if words.len() < 3 && name.words().len() > words.len() {
            squash(text, name, name.words());
            add(!stem(text), Filed::Whole, 0);
        }
        // "DreamYard" and "Dream Yard Project".
        if words.len() > 2 {
            squash(text, name, &words[..2]);
            add(!stem(text), Filed::Part, 0);
        }
        if let [word] = words[..] {
            file_letters(name.word(word), &mut add);
        }
        for acronym in name.acronyms.iter().chain(&name.inner_acronyms) {
            add(stem(acronym), Filed::Part, 0);
        }
        // "FEGS Health Services" begins with somebody's acronym.
        if words.len() > 1 && words[0].class == Class::default() && (3..=6).contains(&name.word(words[0]).len()) {
            add(words[0].stem, Filed::Part, 0);
        }
        if words.len() > 2 {
            text.clear();
            text.extend(name.initial_letters());
            add(stem(text), Filed::Part, 0);
        }
        // The parts that brackets, slashes and dashes make, where there are several.
        if words[1..].iter().any(|word| word.breaks) {
            for part in words.chunk_by(|_, next| !next.breaks) {
                add(bag(part), Filed::Part, 0);
            }
        }
        rarest.clear();
        rarest.extend(names.zip(words.iter().map(|word| word.stem)));
        rarest.sort_unstable();
        rarest.dedup();
        rarest.truncate(*most_rare);
        file_rare(rarest, &mut add);
    }
}

fn bag(words: &[Word]) -> u64 {
    words.iter().fold(0, |sum, word| word.stem.wrapping_add(sum))
}

/// The letters of words, without spaces.
fn squash(text: &mut String, name: &Name, words: &[Word]) {
    text.clear();
    for &word in words {
        text.push_str(name.word(word));
    }
}

/// A single word, whole and without each letter: finds a typing error where no
/// other word can.
fn file_letters(word: &str, add: &mut impl FnMut(u64, Filed, u8)) {
    add(!stem(word), Filed::Part, 0);
    if !(6..=24).contains(&word.len()) {
        return;
    }
    for (at, c) in word.char_indices() {
        let without = [&word[..at], &word[at + c.len_utf8()..]].concat();
        add(!stem(&without), Filed::Part, 0);
    }
}

/// The rarest words, alone and in pairs.
fn file_rare(rarest: &[(u32, u64)], add: &mut impl FnMut(u64, Filed, u8)) {
    for (at, &(names, stem)) in rarest.iter().enumerate() {
        // Alone in the list, it pairs with nothing.
        if names < 2 {
            continue;
        }
        if names <= KEY_WORD {
            add(stem, Filed::Part, 0);
        }
        for &(_, other) in &rarest[at + 1..] {
            add(mix(stem).wrapping_add(mix(other)), Filed::Part, 0);
        }
    }
}
