//! The words of data/consent.toml.

use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The words by which permission is asked for, given and refused.
#[derive(Debug, Deserialize)]
pub(super) struct ConsentWords {
    /// Words of a header that asks for permission.
    pub(super) permission: Permission,
    /// Words of an answer.
    pub(super) answers: Answers,
    /// Words that make a condition of the rest of an answer.
    pub(super) conditions: Conditions,
    /// Names that are not signatures.
    pub(super) names: Names,
}

/// Words of a header that asks for permission, by what it asks for.
#[derive(Debug, Deserialize)]
pub(super) struct Permission {
    /// To sign.
    pub(super) authorized: BTreeSet<String>,
    /// To publish the name.
    pub(super) publish: BTreeSet<String>,
    /// One of the two; the word does not say which.
    pub(super) unspecified: BTreeSet<String>,
}

/// Words of an answer.
#[derive(Debug, Deserialize)]
pub(super) struct Answers {
    /// Marks of a ticked box.
    pub(super) ticks: BTreeSet<String>,
    pub(super) crosses: BTreeSet<String>,
    /// Words that refuse.
    pub(super) refusals: BTreeSet<String>,
    /// First words that say yes.
    pub(super) yes: BTreeSet<String>,
    /// First words that say no.
    pub(super) no: BTreeSet<String>,
    /// First words of a statement that agrees.
    pub(super) statements: Vec<String>,
}

/// Words that make a condition of the rest of an answer.
#[derive(Debug, Deserialize)]
pub(super) struct Conditions {
    /// The day that follows is itself too early.
    pub(super) after: Vec<String>,
    /// A condition even if no day follows.
    pub(super) always: Vec<String>,
    /// A condition only if a day follows.
    pub(super) with_day: Vec<String>,
}

/// Names that are not signatures.
#[derive(Debug, Deserialize)]
pub(super) struct Names {
    /// Answers to a question, in lower case.
    pub(super) answers: Vec<String>,
    /// Marks of a row that repeats another, in lower case.
    pub(super) duplicates: Vec<String>,
}

/// The words of data/consent.toml.
pub(super) static WORDS: LazyLock<ConsentWords> = LazyLock::new(|| word_list!("consent"));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::lists::fold::fold;

    #[test]
    fn the_words_are_folded() {
        let permission = &WORDS.permission;
        let words = permission
            .authorized
            .iter()
            .chain(&permission.publish)
            .chain(&permission.unspecified);
        let first = WORDS.answers.yes.iter().chain(&WORDS.answers.no);
        for word in words
            .chain(&WORDS.answers.refusals)
            .chain(first)
            .chain(&WORDS.answers.statements)
        {
            assert_eq!(&fold(word), word);
        }
        for word in &WORDS.names.duplicates {
            assert!(
                word.contains("uplic"),
                "`{word}` is looked for only in names that contain `uplic`"
            );
        }
    }
}
