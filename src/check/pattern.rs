//! Patterns of checks, made only when a text may have them.
//!
//! In: a regular expression, and a test that nearly all texts fail without it. Out: the
//! expression, for the texts that pass. Guaranteed: what is passed over does not match; debug
//! builds and all tests make sure of each text. Absent: what is found means.
//!
//! To make an expression takes a thousand times as long as to search a paragraph with it, and
//! most letters need few of them.

use super::expression::Regex;
use std::sync::OnceLock;

/// A regular expression, and what a text must have for it.
pub(super) struct Pattern {
    source: &'static str,
    may_match: fn(&str) -> bool,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// Names an expression; `may_match` is true of each text in which it finds something.
    pub(super) const fn new(source: &'static str, may_match: fn(&str) -> bool) -> Self {
        Self {
            source,
            may_match,
            regex: OnceLock::new(),
        }
    }

    /// Returns the expression, unless it finds nothing in a text for certain.
    pub(super) fn for_text(&self, text: &str) -> Option<&Regex> {
        let may_match = (self.may_match)(text);
        if !may_match && !cfg!(debug_assertions) {
            return None;
        }
        let regex = self.regex.get_or_init(|| Regex::new(self.source).ok()).as_ref();
        debug_assert!(regex.is_some(), "{}", self.source);
        debug_assert!(
            may_match || !regex.is_some_and(|regex| regex.is_match(text)),
            "{}: {text}",
            self.source
        );
        regex.filter(|_| may_match)
    }
}

/// Returns whether a text has one of these words.
pub(super) fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Returns whether a text has one of these words, in any case of the letters of ASCII.
pub(super) fn has_any_case(text: &str, words: &[&str]) -> bool {
    let has = |word: &&str| {
        let length = word.len();
        let mut places = text.as_bytes().windows(length);
        places.any(|place| place.eq_ignore_ascii_case(word.as_bytes()))
    };
    words.iter().any(has) || has_other_case(text)
}

/// Returns whether a text begins with one of these words, in any case of the letters of ASCII.
pub(super) fn begins_any_case(text: &str, words: &[&str]) -> bool {
    let begins = |word: &&str| {
        let start = text.as_bytes().get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
    };
    words.iter().any(begins) || has_other_case(text)
}

/// Returns whether a text has a figure.
pub(super) fn has_figure(text: &str) -> bool {
    text.contains(char::is_numeric)
}

/// The long s and the sign of the kelvin are letters of ASCII, where case does not matter.
fn has_other_case(text: &str) -> bool {
    !text.is_ascii() && text.contains(['\u{17f}', '\u{212a}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        assert!(has_any_case("The LETTER of March", &["carta", "letter"]));
        assert!(!has_any_case("lette", &["letter"]) && has_any_case("a\u{17f}k", &["letter"]));
        assert!(begins_any_case("Please sign", &["please"]) && !begins_any_case("So please", &["please"]));
        assert!(has_figure("in ٣ days") && !has_figure("in days"));
    }

    #[test]
    fn a_pattern_is_made_for_the_texts_that_may_have_it() {
        static ACT: Pattern = Pattern::new(r"\bAct of \d{4}\b", |text| text.contains("Act of "));
        assert!(ACT.for_text("the act").is_none());
        assert!(
            ACT.for_text("the Act of 1965")
                .is_some_and(|act| act.is_match("the Act of 1965"))
        );
    }
}
