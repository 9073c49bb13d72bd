//! The words for numbers.
//!
//! In: data/numbers.toml. Out: the words of a language ([`number_words`]), for what
//! writes numbers and for what reads them. Guaranteed: a number has the same word on
//! both ways. Absent: how words are put together, which differs by language.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The number words of a language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberWords {
    small: Vec<String>,
    tens: Vec<String>,
    hundreds: Vec<String>,
    powers: Vec<Vec<String>>,
    others: BTreeMap<String, u64>,
    scales: BTreeMap<String, u64>,
    rounds: BTreeMap<String, u64>,
    vague: BTreeMap<String, u64>,
}

static LANGUAGES: LazyLock<BTreeMap<String, NumberWords>> = LazyLock::new(|| word_list!("numbers"));

/// Returns the number words of a language by its subtag, if they are known.
pub fn number_words(language: &str) -> Option<&'static NumberWords> {
    LANGUAGES.get(language)
}

/// Returns what a word multiplies the number before it by, in any language: "million".
pub fn scale(word: &str) -> Option<u64> {
    LANGUAGES.values().find_map(|words| words.scales.get(word).copied())
}

impl NumberWords {
    /// Returns the word of a number that has one of its own; `None` from the first ten on
    /// that is put together.
    pub fn small(&self, number: u64) -> Option<&str> {
        at(&self.small, number, 0)
    }

    /// Returns the word of ten times a number.
    pub fn ten(&self, number: u64) -> Option<&str> {
        at(&self.tens, number, self.small.len() / 10)
    }

    /// Returns the word of a hundred times a number, without the ending for a gender.
    pub fn hundred(&self, number: u64) -> Option<&str> {
        at(&self.hundreds, number, 2)
    }

    /// Returns the names of the powers of a base, the largest first, each with its name in
    /// the singular and in the plural.
    pub fn powers(&self, base: u64) -> impl Iterator<Item = (u64, &str, &str)> {
        self.powers.iter().enumerate().rev().filter_map(move |(at, names)| {
            let exponent = u32::try_from(at + 1).ok()?;
            let one = names.first()?;
            Some((base.checked_pow(exponent)?, one.as_str(), names.last()?.as_str()))
        })
    }

    /// Returns the number that a single word stands for. A hundred is known without the
    /// ending for a gender.
    pub fn value(&self, word: &str) -> Option<u64> {
        let place = |words: &[String], first: usize, step: usize| {
            let at = words.iter().position(|known| known == word)?;
            u64::try_from((at + first) * step).ok()
        };
        place(&self.small, 0, 1)
            .or_else(|| place(&self.tens, self.small.len() / 10, 10))
            .or_else(|| place(&self.hundreds, 2, 100))
            .or_else(|| self.others.get(word).copied())
    }

    /// Returns the number that a noun after "a" stands for: "una docena".
    pub fn round(&self, noun: &str) -> Option<u64> {
        self.rounds.get(noun).copied()
    }

    /// Returns the least that a word of no certain number may stand for: "dozens".
    pub fn vague(&self, word: &str) -> Option<u64> {
        self.vague.get(word).copied()
    }
}

/// Returns the word for a number, the words counting from `first` on.
fn at(words: &[String], number: u64, first: usize) -> Option<&str> {
    let place = usize::try_from(number).ok()?.checked_sub(first)?;
    words.get(place).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for (language, words) in LANGUAGES.iter() {
            for number in 0..100 {
                if let Some(word) = words.small(number) {
                    assert_eq!(words.value(word), Some(number), "{language}");
                }
                if let Some(word) = words.ten(number) {
                    assert_eq!(words.value(word), Some(number * 10), "{language}");
                }
                if let Some(word) = words.hundred(number) {
                    assert_eq!(words.value(word), Some(number * 100), "{language}");
                }
            }
            let below_hundred = |number| words.small(number).is_some() || words.ten(number / 10).is_some();
            assert!((0..100).all(below_hundred), "{language}");
        }
        assert_eq!(scale("millones"), Some(1_000_000));
        assert!(number_words("de").is_none());
    }
}
