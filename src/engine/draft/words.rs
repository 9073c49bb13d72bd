//! The words by which the parts of a letter are known: data/drafts.toml.

use serde::Deserialize;
use std::sync::LazyLock;

/// The lists of data/drafts.toml.
#[derive(Deserialize)]
pub(super) struct DraftWords {
    pub(super) greetings: Vec<String>,
    pub(super) closings: Vec<String>,
    pub(super) subjects: Vec<String>,
    pub(super) vias: Vec<String>,
    pub(super) copies: Vec<String>,
    pub(super) enclosures: Vec<String>,
    pub(super) rolls: Vec<String>,
    pub(super) addressees: Vec<String>,
    pub(super) identification: Vec<String>,
}

pub(super) static WORDS: LazyLock<DraftWords> = LazyLock::new(|| word_list!("drafts"));

/// Returns the length of the word of a list that a text begins with.
pub(super) fn begins(text: &str, words: &[String]) -> Option<usize> {
    let lower = text.to_lowercase();
    // Lower case may be longer in bytes; what is cut off is the text's own.
    let found = words.iter().find(|word| lower.starts_with(word.as_str()))?;
    let length: usize = text.chars().take(found.chars().count()).map(char::len_utf8).sum();
    Some(length)
}

/// Longest salutation, and longest closing, in characters.
const LONGEST_GREETING: usize = 200;
const LONGEST_CLOSING: usize = 60;

/// Returns whether a line greets.
pub(super) fn greets(text: &str) -> bool {
    let ends = text.ends_with([':', ',', ';', '!']) || text.to_lowercase().starts_with("dear ");
    begins(text, &WORDS.greetings).is_some() && ends && text.chars().count() <= LONGEST_GREETING
}

/// Returns whether a line closes a letter.
pub(super) fn closes(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let is_fit = text.ends_with([',', '.', ':', '!']) || words <= 3;
    begins(text, &WORDS.closings).is_some() && is_fit && text.chars().count() <= LONGEST_CLOSING
}

/// Returns whether a line stands over names.
pub(super) fn heads_roll(text: &str) -> bool {
    let text = text.trim_end_matches(':').trim();
    let Some(length) = begins(text, &WORDS.rolls) else {
        return false;
    };
    text.chars().count() <= LONGEST_CLOSING && !text[length..].starts_with(char::is_alphanumeric)
}
