//! The words by which checks read a text.
//!
//! In: data/check.toml. Out: word lists by their keys. Guaranteed: a list that is
//! named here is in the file (a test asks for each). Absent: what they mean to a
//! check.

use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static LISTS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| word_list!("check"));

/// The same, to look words up in.
static SETS: LazyLock<FxHashMap<&'static str, FxHashSet<&'static str>>> = LazyLock::new(|| {
    let lists = LISTS.iter();
    lists
        .map(|(key, words)| (key.as_str(), words.iter().map(String::as_str).collect()))
        .collect()
});

/// A list of data/check.toml.
#[derive(Clone, Copy, Debug)]
pub(super) struct WordList(&'static str);

impl WordList {
    /// Names a list by its key.
    pub(super) const fn new(key: &'static str) -> Self {
        Self(key)
    }

    fn words(&self) -> &'static [String] {
        LISTS.get(self.0).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns whether a word, in lower case, is in the list.
    pub(super) fn contains(&self, word: &str) -> bool {
        SETS.get(self.0).is_some_and(|words| words.contains(word))
    }

    /// Returns the words in the order of the file.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.words().iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_there_and_in_lower_case() {
        assert_eq!(LISTS.len(), 56);
        for (key, words) in LISTS.iter() {
            assert!(!words.is_empty(), "{key}");
            assert!(words.iter().all(|word| *word == word.to_lowercase()), "{key}");
        }
        assert!(WordList::new("asks").contains("demands"));
    }
}
