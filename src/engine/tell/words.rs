//! The words of drafts to signatories.
//!
//! In: nothing. Out: the built-in words and their fields. Absent: filling them in.

use crate::engine::wording::{Languages, WordSet};
use std::sync::LazyLock;

static BUILT_IN: LazyLock<Languages> = LazyLock::new(|| word_list!("tell"));

/// The words of `tell`.
pub(super) const WORDS: WordSet = WordSet {
    command: "tell",
    built_in: &BUILT_IN,
    fields: &[
        "greeting",
        "signatory.name",
        "signatory.listed",
        "letter.title",
        "letter.deadline",
        "letter.from",
        "signatories.count",
        "release.number",
        "link",
    ],
};

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::engine::wording::Wording;
    use crate::files::MemoryFiles;
    use std::path::Path;

    #[test]
    fn built_in_words_have_only_fields_that_exist() {
        for (language, occasions) in BUILT_IN.iter() {
            assert_eq!(
                occasions.keys().collect::<Vec<_>>(),
                ["changes", "listing", "reminder", "thanks"],
                "{language}"
            );
            for wording in occasions.values() {
                wording.check(WORDS.fields).unwrap();
                assert!(wording.text().contains("{{ greeting }}"));
            }
            for occasion in occasions.keys() {
                Wording::find(&WORDS, &MemoryFiles::default(), Path::new("/w"), occasion, language).unwrap();
            }
        }
    }
}
