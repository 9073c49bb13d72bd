//! What a district elects to.
//!
//! In: words of a header or a cell, and data/districts.toml. Out: a [`DistrictKind`]. Absent:
//! the number and the state of a district (those are `resolve`'s).

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a district elects to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DistrictKind {
    /// The House of Representatives of the United States.
    Congressional,
    /// A state's assembly.
    Assembly,
    /// A state's house of representatives or delegates.
    House,
    /// A state's senate.
    Senate,
    /// A state's legislature, both chambers.
    Legislative,
    /// The council of a town or county.
    Council,
}

/// What data/districts.toml says of a kind.
#[derive(Debug, Deserialize)]
struct KindWords {
    short: String,
    words: Vec<String>,
    en: String,
    es: String,
    fr: String,
}

/// The part of data/districts.toml that is about kinds.
#[derive(Debug, Deserialize)]
struct Districts {
    kinds: BTreeMap<DistrictKind, KindWords>,
}

static KINDS: LazyLock<BTreeMap<DistrictKind, KindWords>> = LazyLock::new(|| {
    let districts: Districts = word_list!("districts");
    districts.kinds
});

impl DistrictKind {
    /// Returns the kind that folded words name, with how many of them: the longest phrase at
    /// their beginning.
    pub fn at_start(words: &[&str]) -> Option<(Self, usize)> {
        let phrases = KINDS
            .iter()
            .flat_map(|(kind, known)| known.words.iter().map(|phrase| (*kind, phrase)));
        let begins = phrases.filter_map(|(kind, phrase)| {
            let count = phrase.split(' ').count();
            let same = words.len() >= count && phrase.split(' ').eq(words[..count].iter().copied());
            same.then_some((kind, count))
        });
        begins.max_by_key(|&(_, count)| count)
    }

    /// Returns the kind that a folded header names: "state senate district".
    pub fn of_header(folded: &str) -> Option<Self> {
        let words: Vec<&str> = folded.split(' ').collect();
        let found = (0..words.len()).filter_map(|at| Self::at_start(&words[at..]));
        found.max_by_key(|&(_, count)| count).map(|(kind, _)| kind)
    }

    /// Returns the abbreviation that lists use: "AD".
    pub fn short(self) -> &'static str {
        KINDS.get(&self).map_or("", |known| known.short.as_str())
    }

    /// Returns how a district of this kind is printed in a language, with `{number}`.
    pub fn pattern(self, language: &str) -> &'static str {
        KINDS.get(&self).map_or("", |known| match language {
            "es" => &known.es,
            "fr" => &known.fr,
            _ => &known.en,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_says_what_a_district_elects_to() {
        let check = |header: &str, expected| assert_eq!(DistrictKind::of_header(header), expected, "{header}");
        check("congressional district", Some(DistrictKind::Congressional));
        check("us house district", Some(DistrictKind::Congressional));
        check("cd", Some(DistrictKind::Congressional));
        check("assembly district", Some(DistrictKind::Assembly));
        check("state senate district", Some(DistrictKind::Senate));
        check("state house district", Some(DistrictKind::House));
        check("legislative district", Some(DistrictKind::Legislative));
        check("city council district", Some(DistrictKind::Council));
        check("distrito", None);
        check("district", None);
    }
}
