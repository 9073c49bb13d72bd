//! The words of bundles: texts to send, and what the cover says.
//!
//! In: a language. Out: [`CoverWords`], and the built-in texts. Guaranteed: a cover has words in
//! any language; where there are none, they are English. Absent: filling in fields.

use super::request::Destination;
use crate::engine::wording::{Languages, WordSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static BUILT_IN: LazyLock<Languages> = LazyLock::new(|| word_list!("deliver"));

/// The words of `deliver`.
pub(super) const WORDS: WordSet = WordSet {
    command: "deliver",
    built_in: &BUILT_IN,
    fields: &[
        "letter.title",
        "letter.date",
        "letter.from",
        "recipient.name",
        "signatories.count",
        "signatories.organizations",
        "signatories.individuals",
        "release.code",
        "release.number",
        "link",
    ],
};

/// What a cover says; data/cover.toml says what each word is for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CoverWords {
    docket: String,
    congress: String,
    press: String,
    pub(super) signed: String,
    pub(super) signed_both: String,
    pub(super) file: String,
    pub(super) what: String,
    pub(super) pages: String,
    pub(super) size: String,
    pub(super) release: String,
    pub(super) letter: String,
    pub(super) letters: String,
    pub(super) letter_to: String,
    pub(super) attachment: String,
    pub(super) list: String,
    pub(super) page: String,
    pub(super) plain: String,
    pub(super) word_file: String,
    pub(super) press_release: String,
    pub(super) picture: String,
    pub(super) card: String,
    pub(super) text: String,
    pub(super) tables: String,
    pub(super) json: String,
    pub(super) cover: String,
    pub(super) subject: String,
}

static COVERS: LazyLock<BTreeMap<String, CoverWords>> = LazyLock::new(|| word_list!("cover"));

impl CoverWords {
    /// Returns the words of a language, or English ones.
    pub(super) fn of(language: &str) -> &'static Self {
        let primary = language.split('-').next().unwrap_or_default();
        COVERS.get(primary).unwrap_or_else(|| &COVERS["en"])
    }

    /// Returns what the cover says below the title; of a web site there is no cover.
    pub(super) fn subtitle(&self, to: Destination) -> Option<&str> {
        Some(match to {
            Destination::Docket => &self.docket,
            Destination::Congress => &self.congress,
            Destination::Press => &self.press,
            Destination::Web => return None,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::engine::wording::Wording;
    use crate::files::MemoryFiles;
    use std::path::Path;

    #[test]
    fn every_language_has_a_cover_and_texts_with_fields_that_exist() {
        assert_eq!(COVERS.keys().collect::<Vec<_>>(), BUILT_IN.keys().collect::<Vec<_>>());
        for (language, texts) in BUILT_IN.iter() {
            assert_eq!(
                texts.keys().collect::<Vec<_>>(),
                ["congress", "docket", "press"],
                "{language}"
            );
            for (occasion, wording) in texts {
                wording.check(WORDS.fields).unwrap();
                Wording::find(&WORDS, &MemoryFiles::default(), Path::new("/w"), occasion, language).unwrap();
            }
            for to in Destination::ALL {
                let subtitle = CoverWords::of(language).subtitle(to);
                assert_eq!(subtitle.is_some_and(|words| !words.is_empty()), to != Destination::Web);
            }
        }
        assert_eq!(CoverWords::of("xx").file, CoverWords::of("en").file);
    }
}
