//! Makes the blocking keys of a name.
//!
//! In: a group's name, and in how many names each of its words occurs. Out: a
//! [`BlockingKey`] for each. Guaranteed: as many keys as words, and a few more.
//! Absent: looking for groups that share a key.

use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::words::{Class, mix, stem};

/// A word in at most this many names is a key of its own.
const KEY_WORD: u32 = 12;

/// A key of a group.
#[derive(Clone, Copy, Debug)]
pub(super) struct BlockingKey {
    pub(super) key: u64,
    pub(super) group: u32,
    /// The part of the name that the key was made of.
    pub(super) kind: KeyKind,
    /// First letter of the word that the key leaves out.
    pub(super) letter: u8,
}

impl BlockingKey {
    /// The order within a block; one number, because millions are sorted.
    pub(super) fn order(&self) -> u128 {
        let tail = u64::from(self.group) << 16 | (self.kind as u64) << 8 | u64::from(self.letter);
        u128::from(self.key) << 64 | u128::from(tail)
    }
}

/// The part of a name that a key is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum KeyKind {
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

/// Returns whether two groups under one key may be one: a word in the place of another
/// must begin with the same letter, or both be generic.
pub(super) fn is_worth_comparing(a: &BlockingKey, b: &BlockingKey) -> bool {
    let replaced = |key: &BlockingKey| !matches!(key.kind, KeyKind::Whole | KeyKind::Part);
    if !replaced(a) || !replaced(b) {
        return true;
    }
    a.letter == b.letter || a.kind == KeyKind::WithoutGeneric && b.kind == KeyKind::WithoutGeneric
}

/// The words a name is filed by: without little words, if it has others.
pub(super) fn key_words(name: &Name) -> impl Iterator<Item = NameWord> + '_ {
    let words = name.words();
    let telling = words.iter().any(|word| !word.class.is(Class::STOP));
    words
        .iter()
        .copied()
        .filter(move |word| !telling || !word.class.is(Class::STOP))
}

/// Files names; keeps its memory from one to the next.
pub(super) struct KeyBuilder {
    pub(super) keys: Vec<BlockingKey>,
    words: Vec<NameWord>,
    rarest: Vec<(u32, u64)>,
    text: String,
    most_rare: usize,
}

impl KeyBuilder {
    /// With room for so many keys; pairs up so many of a name's rarest words.
    pub(super) fn new(room: usize, most_rare: usize) -> Self {
        Self {
            keys: Vec::with_capacity(room),
            words: Vec::new(),
            rarest: Vec::new(),
            text: String::new(),
            most_rare,
        }
    }

    /// Files a name under its keys; `names`: in how many names each of
    /// [`key_words`] occurs.
    pub(super) fn add_name(&mut self, group: u32, name: &Name, names: impl Iterator<Item = u32>) {
        let Self {
            keys,
            words,
            rarest,
            text,
            most_rare,
        } = self;
        let mut add = |key: u64, kind: KeyKind, letter: u8| {
            keys.push(BlockingKey {
                key: mix(key),
                group,
                kind,
                letter,
            });
        };
        words.clear();
        words.extend(key_words(name));
        if words.is_empty() {
            return;
        }
        let whole = bag(words);
        add(whole, KeyKind::Whole, 0);
        if words.len() > 1 {
            for word in words.iter() {
                let kind = if word.class.is(Class::GENERIC) {
                    KeyKind::WithoutGeneric
                } else if word.class.is(Class::NUMBER) {
                    KeyKind::WithoutNumber
                } else {
                    KeyKind::Without
                };
                // "Parish" and "Church" stand for each other.
                let other = word.class.is(Class::INTERCHANGEABLE);
                let letter = if other { 0 } else { name.word(*word).as_bytes()[0] };
                add(whole.wrapping_sub(word.stem), kind, letter);
            }
        }
        join_letters(text, name, words);
        if words.len() > 1 || text.len() > 6 {
            add(!stem(text), KeyKind::Whole, 0);
        }
        // "MoveOn" and "Move On".
        if words.len() < 3 && name.words().len() > words.len() {
            join_letters(text, name, name.words());
            add(!stem(text), KeyKind::Whole, 0);
        }
        // "UnidosUS" and "Unidos US", which is read as a country's.
        if name.letters.count > 0 && name.letters.hash != stem(text) {
            add(!name.letters.hash, KeyKind::Whole, 0);
        }
        // "DreamYard" and "Dream Yard Project".
        if words.len() > 2 {
            join_letters(text, name, &words[..2]);
            add(!stem(text), KeyKind::Part, 0);
        }
        if let [word] = words[..] {
            add_letter_keys(name.word(word), &mut add);
        }
        for acronym in name.acronyms.iter().chain(&name.inner_acronyms) {
            add(stem(acronym), KeyKind::Part, 0);
        }
        // "FEGS Health Services" begins with somebody's acronym.
        if words.len() > 1
            && !words[0].class.is(Class::KNOWN.or(Class::REAL).or(Class::PEOPLE))
            && (3..=6).contains(&name.word(words[0]).len())
        {
            add(words[0].stem, KeyKind::Part, 0);
            // "CRLA Foundation": written out, its initials are these.
            text.clear();
            text.push_str(name.word(words[0]));
            text.extend(words[1..].iter().filter_map(|&word| name.word(word).chars().next()));
            add(stem(text), KeyKind::Part, 0);
        }
        if words.len() > 2 {
            text.clear();
            text.extend(name.initial_letters());
            add(stem(text), KeyKind::Part, 0);
        }
        // The parts that brackets, slashes and dashes make, where there are several.
        if words[1..].iter().any(|word| word.breaks) {
            for part in words.chunk_by(|_, next| !next.breaks) {
                add(bag(part), KeyKind::Part, 0);
            }
        }
        rarest.clear();
        rarest.extend(names.zip(words.iter().map(|word| word.stem)));
        rarest.sort_unstable();
        rarest.dedup();
        rarest.truncate(*most_rare);
        add_rare_word_keys(rarest, &mut add);
    }
}

fn bag(words: &[NameWord]) -> u64 {
    words.iter().fold(0, |sum, word| word.stem.wrapping_add(sum))
}

/// The letters of words, without spaces.
fn join_letters(text: &mut String, name: &Name, words: &[NameWord]) {
    text.clear();
    for &word in words {
        text.push_str(name.word(word));
    }
}

/// A single word, whole and without each letter: finds a typing error where no
/// other word can.
fn add_letter_keys(word: &str, add: &mut impl FnMut(u64, KeyKind, u8)) {
    add(!stem(word), KeyKind::Part, 0);
    if !(6..=24).contains(&word.len()) {
        return;
    }
    for (at, c) in word.char_indices() {
        let without = [&word[..at], &word[at + c.len_utf8()..]].concat();
        add(!stem(&without), KeyKind::Part, 0);
    }
}

/// The rarest words, alone and in pairs.
fn add_rare_word_keys(rarest: &[(u32, u64)], add: &mut impl FnMut(u64, KeyKind, u8)) {
    for (at, &(names, stem)) in rarest.iter().enumerate() {
        // Alone in the list, it pairs with nothing.
        if names < 2 {
            continue;
        }
        if names <= KEY_WORD {
            add(stem, KeyKind::Part, 0);
        }
        for &(_, other) in &rarest[at + 1..] {
            add(mix(stem).wrapping_add(mix(other)), KeyKind::Part, 0);
        }
    }
}
