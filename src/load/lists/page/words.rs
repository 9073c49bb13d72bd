//! The words of data/page.toml.

use crate::load::lists::fold::fold_all;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Debug, Deserialize)]
struct PageWords {
    cues: Vec<String>,
    sections: Vec<String>,
    furniture: BTreeSet<String>,
    abbreviations: Vec<String>,
    greetings: Vec<String>,
}

static WORDS: LazyLock<PageWords> = LazyLock::new(|| word_list!("page"));

/// Returns whether a line announces a list.
pub(super) fn is_cue(line: &str) -> bool {
    says(line, &WORDS.cues)
}

/// Returns whether a line greets somebody, as the first line of a message does.
pub(super) fn is_greeting(line: &str) -> bool {
    let folded = fold_all(line);
    let greets = |greeting: &String| {
        folded
            .strip_prefix(greeting.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    folded.split(' ').count() <= 6 && WORDS.greetings.iter().any(greets)
}

/// Returns whether a heading divides a list without ending it.
pub(super) fn is_section(line: &str) -> bool {
    says(line, &WORDS.sections) || is_cue(line)
}

/// Returns whether a line is a page's furniture.
pub(super) fn is_furniture(line: &str) -> bool {
    WORDS.furniture.contains(&fold_all(line))
}

/// Returns whether a line, in lower case, ends with an abbreviation.
pub(super) fn is_abbreviated(lower: &str) -> bool {
    let mut endings = WORDS.abbreviations.iter();
    endings.any(|ending| lower.ends_with(ending.as_str()))
}

fn says(line: &str, phrases: &[String]) -> bool {
    let folded = format!(" {} ", fold_all(line));
    phrases.iter().any(|phrase| folded.contains(&format!(" {phrase} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sound() {
        let words = &*WORDS;
        assert!(words.cues.len() > 20 && words.sections.len() > 20 && words.furniture.len() > 100);
        for word in words.cues.iter().chain(&words.sections).chain(&words.furniture) {
            assert_eq!(&fold_all(word), word);
        }
    }

    #[test]
    fn a_greeting_is_told_from_a_name_and_from_a_sentence() {
        for line in ["Hi Jess,", "Dear friends:", "Good morning!", "hola"] {
            assert!(is_greeting(line), "{line}");
        }
        for line in [
            "Oak Union",
            "Hillside Readers",
            "Oak Union, dear",
            "Hi all, please find the list below",
        ] {
            assert!(!is_greeting(line), "{line}");
        }
    }
}
