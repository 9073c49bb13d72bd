//! Folds the text of a cell for look-up, with what each of its words tells.
//!
//! In: a name as typed. Out: a [`Text`]: its words in lower case without
//! marks, and their classes. Guaranteed: case, marks, apostrophes and punctuation make no
//! difference. Absent: the meaning of the words (that is `words`').

use super::fold::fold_into;
use super::words::{Marks, Phrases, ROW_WORDS};

/// A word of a folded text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    start: u32,
    end: u32,
    /// What it tells.
    pub(super) marks: Marks,
}

/// A folded text.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    folded: String,
    words: Vec<Word>,
    /// Whether it begins with a capital and a full stop.
    initialed: bool,
    /// Whether its first word is in capitals, and another is not.
    begins_shouted: bool,
    /// What any of the words tells.
    pub(super) marks: Marks,
    /// The ASCII characters that it has as typed, a bit each.
    signs: u128,
}

impl Text {
    /// Folds a text.
    pub(super) fn new(raw: &str) -> Self {
        let mut text = Self::default();
        text.read(raw);
        text
    }

    /// Folds another text in the place of this one.
    pub(super) fn read(&mut self, raw: &str) {
        self.folded.clear();
        self.words.clear();
        self.marks = Marks::default();
        fold_into(raw, &mut self.folded);
        let mut chars = raw.chars();
        self.initialed = chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.');
        self.begins_shouted = begins_shouted(raw);
        let ascii = raw.bytes().filter(u8::is_ascii);
        self.signs = ascii.fold(0, |signs, byte| signs | 1 << byte);
        let lists = &*ROW_WORDS;
        let bytes = self.folded.as_bytes();
        let mut start = 0;
        while start < bytes.len() {
            let length = bytes[start..].iter().position(|&byte| byte == b' ');
            let end = length.map_or(bytes.len(), |length| start + length);
            if start < end {
                let marks = lists.marks(&self.folded[start..end]);
                self.marks = self.marks.or(marks);
                let (start, end) = (crate::source::offset(start), crate::source::offset(end));
                self.words.push(Word { start, end, marks });
            }
            start = end + 1;
        }
    }

    /// Returns the folded text: words with single spaces between.
    pub(super) fn folded(&self) -> &str {
        &self.folded
    }

    /// Returns whether it begins with a capital and a full stop: "J. Smith".
    pub(super) fn is_initialed(&self) -> bool {
        self.initialed
    }

    /// Returns whether its first word is in capitals, and another is not: "AIDA Data Hub".
    pub(super) fn begins_shouted(&self) -> bool {
        self.begins_shouted
    }

    /// Returns whether it has one of these ASCII characters as typed. Most names have no sign, and
    /// need not be searched for each.
    pub(super) fn has_sign(&self, signs: &[u8]) -> bool {
        signs.iter().any(|&sign| self.signs & 1 << (sign & 127) != 0)
    }

    /// Returns the words in order.
    pub(super) fn words(&self) -> &[Word] {
        &self.words
    }

    /// Returns the characters of a word.
    pub(super) fn word(&self, word: Word) -> &str {
        &self.folded[word.start as usize..word.end as usize]
    }

    /// Returns the first phrase of a list that the text has; its first words are marked.
    pub(super) fn phrase<'p>(&self, phrases: &'p Phrases, first: Marks) -> Option<&'p str> {
        if !self.marks.is(first) {
            return None;
        }
        let mut words = self.words.iter().filter(|word| word.marks.is(first));
        words.find_map(|&word| phrases.at(self.word(word), &self.folded[word.start as usize..]))
    }

    /// Returns the phrase of a list that the text begins with.
    pub(super) fn begins<'p>(&self, phrases: &'p Phrases) -> Option<&'p str> {
        let &first = self.words.first()?;
        phrases.at(self.word(first), &self.folded)
    }

    /// Returns the words behind the phrase of a list that the text begins with.
    pub(super) fn after(&self, phrases: &Phrases) -> Option<&[Word]> {
        let phrase = self.begins(phrases)?;
        self.words.get(phrase.split(' ').count()..)
    }

    /// Returns whether each word has one of these marks.
    pub(super) fn all(&self, marks: Marks) -> bool {
        self.words.iter().all(|word| word.marks.is(marks))
    }
}

/// Returns whether a text's first word is in capitals, and another is not.
fn begins_shouted(raw: &str) -> bool {
    // A small second letter, which most names have, says enough.
    if raw.as_bytes().get(1).is_some_and(u8::is_ascii_lowercase) {
        return false;
    }
    let first = raw.split([' ', '-']).next().unwrap_or_default();
    first.len() >= 2 && !first.contains(|c: char| !c.is_uppercase()) && raw.contains(char::is_lowercase)
}

/// Returns what is left of a name, without the signs that parted the remark from it.
pub(super) fn trimmed(rest: &str) -> String {
    let words: Vec<&str> = rest.split_whitespace().collect();
    let rest = words.join(" ");
    rest.trim_matches([' ', '-', '–', '—', ':', ';', ',', '|', '/', '=', '>', '→'])
        .to_owned()
}
