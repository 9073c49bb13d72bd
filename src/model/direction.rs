//! The direction in which a language is written.
//!
//! In: a language tag (BCP 47). Out: a [`Direction`]. Guaranteed: the tag's script
//! decides where there is one, then its country, then the usual script of its
//! language; HTML, email, Word files and PDF all ask here. Absent: the direction of a
//! text from its own characters (UAX 9), which is layout's work.

use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Which way the lines of a text run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// From left to right, as in English.
    #[default]
    LeftToRight,
    /// From right to left, as in Arabic.
    RightToLeft,
}

/// The lists of data/directions.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RightToLeftCodes {
    scripts: BTreeSet<Box<str>>,
    languages: BTreeSet<Box<str>>,
    countries: BTreeSet<Box<str>>,
    exceptions: BTreeSet<Box<str>>,
}

static RIGHT_TO_LEFT: LazyLock<RightToLeftCodes> = LazyLock::new(|| word_list!("directions"));

impl Direction {
    /// Returns the direction of a language by its tag; from left to right where the
    /// tag or its language is unknown.
    pub fn of_language(tag: &str) -> Self {
        let tag = tag.to_ascii_lowercase();
        // What follows a single letter or digit is an extension, such as a calendar.
        let mut subtags = tag.split(['-', '_']).take_while(|subtag| subtag.len() != 1);
        let language = subtags.next().unwrap_or_default();
        let is_alphabetic = |subtag: &str| subtag.bytes().all(|byte| byte.is_ascii_alphabetic());
        let (mut script, mut country) = (None, None);
        for subtag in subtags {
            match subtag.len() {
                4 if script.is_none() && is_alphabetic(subtag) => script = Some(subtag),
                2 if country.is_none() && is_alphabetic(subtag) => country = Some(subtag),
                _ => {}
            }
        }
        let codes = &*RIGHT_TO_LEFT;
        let by_country = country.map(|country| format!("{language}-{country}"));
        let is_rtl = match (script, by_country.as_deref()) {
            (Some(script), _) => codes.scripts.contains(script),
            (None, Some(pair)) if codes.countries.contains(pair) => true,
            (None, Some(pair)) if codes.exceptions.contains(pair) => false,
            (None, _) => codes.languages.contains(language),
        };
        if is_rtl { Self::RightToLeft } else { Self::LeftToRight }
    }

    /// Returns whether lines run from right to left.
    pub fn is_rtl(self) -> bool {
        self == Self::RightToLeft
    }

    /// Returns the direction as HTML's `dir` names it: `ltr` or `rtl`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }

    /// Returns the side at which its lines begin, as CSS names it: `left` or `right`.
    pub fn start(self) -> &'static str {
        if self.is_rtl() { "right" } else { "left" }
    }

    /// Returns the side at which its lines end.
    pub fn end(self) -> &'static str {
        if self.is_rtl() { "left" } else { "right" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tag: &str, expected: &str) {
        assert_eq!(Direction::of_language(tag).as_str(), expected, "{tag:?}");
    }

    #[test]
    fn a_language_has_the_direction_of_its_usual_script() {
        for tag in [
            "ar", "he-IL", "iw", "fa-IR", "ur-PK", "yi", "ps", "dv", "ckb-IQ", "arz", "syr", "nqo",
        ] {
            check(tag, "rtl");
        }
        for tag in [
            "en-US",
            "es",
            "zh-Hant-TW",
            "hi",
            "tr",
            "az",
            "ku",
            "ff",
            "sw-KE",
            "",
            "und",
            "-",
        ] {
            check(tag, "ltr");
        }
    }

    #[test]
    fn a_script_outranks_language_and_country() {
        for tag in [
            "az-Arab",
            "ms-Arab-MY",
            "ff-Adlm",
            "uz-Arab-UZ",
            "PA-ARAB",
            "ur_Aran",
            "und-Hebr",
        ] {
            check(tag, "rtl");
        }
        for tag in [
            "ar-Latn",
            "ks-Deva",
            "sd-Deva-PK",
            "yi-Latn",
            "he-Latn-IL",
            "uz-Latn-AF",
            "az-Cyrl-IR",
        ] {
            check(tag, "ltr");
        }
    }

    #[test]
    fn a_country_may_say_which_script_is_usual() {
        check("az-IR", "rtl");
        check("pa-PK", "rtl");
        check("pa-IN", "ltr");
        check("uz-AF", "rtl");
        check("uz-UZ", "ltr");
        check("sd", "rtl");
        check("sd-IN", "ltr");
    }

    #[test]
    fn other_subtags_change_nothing() {
        check("ar-001", "rtl");
        check("ar-u-nu-latn", "rtl");
        check("fa-AF-u-ca-persian", "rtl");
        check("en-x-arab", "ltr");
        check("en-GB-oxendict", "ltr");
        check("sl-1994", "ltr");
    }

    #[test]
    fn codes_are_written_as_they_are_looked_up() {
        let codes = &*RIGHT_TO_LEFT;
        let lists = [&codes.scripts, &codes.languages, &codes.countries, &codes.exceptions];
        for code in lists.into_iter().flatten() {
            assert_eq!(**code, *code.to_ascii_lowercase(), "{code}");
        }
        assert!(codes.scripts.iter().all(|script| script.len() == 4));
        assert!(codes.languages.iter().all(|language| matches!(language.len(), 2 | 3)));
        for exception in &codes.exceptions {
            let language = exception.split('-').next().unwrap_or_default();
            assert!(codes.languages.contains(language), "{exception}");
        }
    }
}
