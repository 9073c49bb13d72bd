//! The words that documents print by themselves, by language.
//!
//! In: a language subtag. Out: its table of data/labels.toml. Guaranteed: a
//! language has every word or is not supported at all.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The words of one language; data/labels.toml says what each is for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LabelWords {
    pub(super) page_of: String,
    pub(super) footnotes: String,
    pub(super) back: String,
    pub(super) skip: String,
    pub(super) signatories: String,
    pub(super) subject: String,
    pub(super) cc: String,
    pub(super) enclosure: String,
    pub(super) enclosures: String,
    pub(super) more_than: String,
    pub(super) identification: String,
    pub(super) verification: String,
    pub(super) lead: String,
    pub(super) national: String,
    pub(super) state: String,
    pub(super) local: String,
    pub(super) international: String,
    pub(super) organizations: String,
    pub(super) several_states: String,
    pub(super) individuals: String,
    pub(super) other: String,
    pub(super) immediate: String,
    pub(super) embargo: String,
    pub(super) contact: String,
    pub(super) contacts: String,
    pub(super) more: String,
    pub(super) excerpt: String,
    pub(super) excerpt_dated: String,
    pub(super) recipients: String,
    pub(super) code: String,
    pub(super) contents: String,
    pub(super) twin: String,
}

static TABLES: LazyLock<BTreeMap<String, LabelWords>> = LazyLock::new(|| word_list!("labels"));

/// The language whose words stand in where there are no others.
pub(super) const FALLBACK: &str = "en";

/// Returns the words of a language, if it is supported.
pub(super) fn find(language: &str) -> Option<&'static LabelWords> {
    TABLES.get(language)
}

/// Returns the words of a language, or English ones.
pub(super) fn words(language: &str) -> &'static LabelWords {
    find(language).unwrap_or_else(|| &TABLES[FALLBACK])
}

/// The supported languages, in alphabetical order.
pub(super) fn supported() -> impl Iterator<Item = &'static str> {
    TABLES.keys().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word_and_its_places() {
        assert_eq!(supported().collect::<Vec<_>>(), ["en", "es"]);
        for words in supported().map(words) {
            assert!(words.page_of.contains("{page}") && words.page_of.contains("{pages}"));
            assert!(words.more_than.contains("{number}"));
            let embargo = ["{time}", "{zone}", "{date}"];
            assert!(embargo.iter().all(|place| words.embargo.contains(place)));
            assert!(words.excerpt_dated.contains("{date}") && words.code.contains("{link}"));
        }
        assert!(find("xx").is_none());
        assert_eq!(words("xx").subject, "RE:");
    }
}
