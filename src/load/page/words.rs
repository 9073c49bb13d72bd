//! The words of data/page.toml.

use crate::load::headers;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use toml::de::{DeTable, DeValue};

const DATA: &str = include_str!("../../../data/page.toml");

#[derive(Debug, Default)]
struct Words {
    cues: Vec<String>,
    sections: Vec<String>,
    furniture: BTreeSet<String>,
}

/// A test holds that the file is sound; here an unsound entry is passed over.
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    let Ok(table) = DeTable::parse(DATA) else { return words };
    let list = |key: &str| -> Vec<String> {
        match table.get_ref().get(key).map(toml::Spanned::get_ref) {
            Some(DeValue::Array(items)) => items
                .iter()
                .filter_map(|item| Some(item.get_ref().as_str()?.to_owned()))
                .collect(),
            _ => Vec::new(),
        }
    };
    words.cues = list("cues");
    words.sections = list("sections");
    words.furniture = list("furniture").into_iter().collect();
    words
});

/// Whether a line announces a list.
pub(super) fn is_cue(line: &str) -> bool {
    says(line, &WORDS.cues)
}

/// Whether a heading divides a list without ending it.
pub(super) fn is_section(line: &str) -> bool {
    says(line, &WORDS.sections) || is_cue(line)
}

/// Whether a line is a page's furniture.
pub(super) fn is_furniture(line: &str) -> bool {
    WORDS.furniture.contains(&headers::fold_all(line))
}

fn says(line: &str, phrases: &[String]) -> bool {
    let folded = format!(" {} ", headers::fold_all(line));
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
            assert_eq!(&headers::fold_all(word), word);
        }
    }
}
