//! Reads the word lists of `data/`, once.
//!
//! In: the lists of `data/`, compiled in. Out: for any word, what it does
//! to sameness ([`Class`]) and what it is short for. Guaranteed: the lists parse
//! and name only known classes (a unit test holds it). Absent: the order in
//! which they are applied (that is `normalize`'s).

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The classes of a word: what it tells about the name it stands in. A set of marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Class(u32);

impl Class {
    /// Little words: of, and, de.
    pub const STOP: Self = Self(1);
    /// The sort of body it is: Network, Project.
    pub const GENERIC: Self = Self(1 << 1);
    /// Often a body of its own beside the other: Foundation, Youth.
    pub const BRANCH: Self = Self(1 << 2);
    /// A separate legal entity: Action, PAC.
    pub const ARM: Self = Self(1 << 3);
    /// North, Greater.
    pub const DIRECTION: Self = Self(1 << 4);
    /// National, County.
    pub const REACH: Self = Self(1 << 5);
    /// A place.
    pub const PLACE: Self = Self(1 << 6);
    /// Digits, ordinals.
    pub const NUMBER: Self = Self(1 << 7);
    /// A word of many names.
    pub const COMMON: Self = Self(1 << 8);
    /// A name that is also an acronym: a word that acronyms like to be.
    pub const WORD_ACRONYM: Self = Self(1 << 9);
    /// A state, a country or a large city: more than part of a place's name.
    pub const REGION: Self = Self(1 << 10);
    /// Part of the place that follows: New, San.
    pub const PLACE_PREFIX: Self = Self(1 << 11);
    /// Says no more than that it is a body: Organization, Company.
    pub const MERE: Self = Self(1 << 12);
    /// A word of the language near one of the lists: no misspelling.
    pub const REAL: Self = Self(1 << 13);
    /// Founds a body of its own: Women's, Friends of, Local.
    pub const OWN: Self = Self(1 << 14);
    /// A dedication of many houses of worship and schools: Mary, Trinity.
    pub const DEDICATION: Self = Self(1 << 15);
    /// Who belongs to a body or is served by it: women, workers.
    pub const PEOPLE: Self = Self(1 << 16);
    /// Typed in capitals, in a name that is not: an acronym or a code.
    pub const SHOUTED: Self = Self(1 << 17);
    /// Stands for another word in some names ("Church", "Parish"), or is left out of the name of a tribe.
    pub const INTERCHANGEABLE: Self = Self(1 << 18);
    /// Every word that an ordinary dictionary of names knows.
    pub const KNOWN: Self = Self(
        Self::STOP.0
            | Self::GENERIC.0
            | Self::BRANCH.0
            | Self::ARM.0
            | Self::DIRECTION.0
            | Self::REACH.0
            | Self::PLACE.0
            | Self::NUMBER.0
            | Self::COMMON.0,
    );

    /// Returns whether any mark of `other` is set.
    pub fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns both sets together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[derive(Deserialize)]
struct LegalFile {
    family: Vec<FamilyEntry>,
}

#[derive(Deserialize)]
struct FamilyEntry {
    #[expect(dead_code, reason = "for readers of the file")]
    name: String,
    #[serde(default)]
    anywhere: Vec<String>,
    #[serde(default)]
    tail: Vec<String>,
    #[serde(default)]
    dotted: Vec<String>,
    #[serde(default)]
    leading: Vec<String>,
}

#[derive(Deserialize)]
struct Abbreviations {
    always: BTreeMap<String, String>,
    codes: BTreeMap<String, String>,
    ends: BTreeMap<String, String>,
    dotted: BTreeMap<String, String>,
    numbered: BTreeMap<String, String>,
    placed: BTreeMap<String, String>,
    phrases: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct PhraseLists {
    aliases: Vec<String>,
    remarks: Vec<String>,
    tags: Vec<String>,
    parts: Vec<String>,
    belonging: Vec<String>,
    umbrellas: BTreeMap<String, String>,
}

/// A legal form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegalForm {
    /// Its family, as one bit.
    pub family: u16,
    /// True if it is dropped only at the end.
    pub tail_only: bool,
    /// True if it is dropped only with full stops, or after a comma.
    pub dotted: bool,
    /// True if it is dropped at the beginning as well.
    pub leads: bool,
}

/// The meaning of a phrase of the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phrase {
    /// A legal form.
    Legal(LegalForm),
    /// Another name follows.
    Alias,
    /// A remark, no part of the name.
    Remark,
    /// The same, as a whole bracket or after a dash.
    Tag,
    /// Parts two names: "on behalf of".
    Part,
    /// The body it belongs to follows.
    Belonging,
    /// Read as these words.
    Replace(Vec<Box<str>>),
    /// The body it belongs to, as far as a comma parts it off; else read as these
    /// words.
    Umbrella(Vec<Box<str>>),
}

/// A phrase's words, and its meaning.
type PhraseEntry = (Vec<Box<str>>, Phrase);

/// The lists, ready to be asked.
#[derive(Debug)]
pub struct WordLists {
    /// By the hash of the stem.
    classes: FxHashMap<u64, Class>,
    always: FxHashMap<Box<str>, Vec<Box<str>>>,
    codes: FxHashMap<Box<str>, Vec<Box<str>>>,
    ends: FxHashMap<Box<str>, Vec<Box<str>>>,
    dotted: FxHashMap<Box<str>, Vec<Box<str>>>,
    numbered: FxHashMap<Box<str>, Vec<Box<str>>>,
    placed: FxHashMap<Box<str>, Vec<Box<str>>>,
    /// By first word: the whole phrase, longest first.
    phrases: FxHashMap<Box<str>, Vec<PhraseEntry>>,
}

impl WordLists {
    /// Returns the classes of a normalized word, by its [`stem`]. Plurals count as
    /// their singular; digits as numbers.
    pub fn class(&self, word: &str, stem: u64) -> Class {
        if word.as_bytes().first().is_some_and(u8::is_ascii_digit) || is_tax_status(word) {
            return Class::NUMBER;
        }
        self.classes.get(&stem).copied().unwrap_or_default()
    }

    /// Returns the words that a word is short for wherever it stands.
    pub fn expansion(&self, word: &str) -> Option<&[Box<str>]> {
        self.always.get(word).map(Vec::as_slice)
    }

    /// Returns the words that a code in capitals is short for.
    pub fn code(&self, raw: &str) -> Option<&[Box<str>]> {
        self.codes.get(raw).map(Vec::as_slice)
    }

    /// Returns the words that a code in capitals is short for where it ends the name as a
    /// part of its own.
    pub fn end_code(&self, raw: &str) -> Option<&[Box<str>]> {
        self.ends.get(raw).map(Vec::as_slice)
    }

    /// Returns the words that a word is short for if a full stop follows it: "Mass."
    pub fn dotted(&self, word: &str) -> Option<&[Box<str>]> {
        self.dotted.get(word).map(Vec::as_slice)
    }

    /// Returns the name of the union that an acronym stands for before "Local" or a number.
    pub fn numbered(&self, word: &str) -> Option<&[Box<str>]> {
        self.numbered.get(word).map(Vec::as_slice)
    }

    /// Returns the name of the body that an acronym stands for before a place.
    pub fn placed(&self, word: &str) -> Option<&[Box<str>]> {
        self.placed.get(word).map(Vec::as_slice)
    }

    /// Returns the phrases that begin with `word`, longest first.
    pub(crate) fn phrases(&self, word: &str) -> &[PhraseEntry] {
        self.phrases.get(word).map_or(&[], Vec::as_slice)
    }
}

/// Returns whether a word is a tax status, as [`normalize`](crate::resolve::normalize)
/// writes it: "c3" and "c4" are two bodies.
fn is_tax_status(word: &str) -> bool {
    matches!(word, "c3" | "c4" | "c5" | "c6")
}

/// Returns the stem of a word: equal for the singular and the plural of an
/// English or Spanish noun. A 64-bit hash (FNV-1a, finished as in `mix`).
pub fn stem(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let (kept, y) = singular(bytes);
    let mut hash = bytes[..kept].iter().fold(FNV_OFFSET, |hash, &byte| fnv(hash, byte));
    if y {
        hash = fnv(hash, b'y');
    }
    mix(hash)
}

/// Spreads the bits of a hash (the finalizer of `SplitMix64`: Steele, Lea and
/// Flood, OOPSLA 2014).
pub fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// Returns the number of bytes of a word that its singular keeps, and whether a `y` follows.
/// Rough: what matters is that both numbers give the same.
fn singular(bytes: &[u8]) -> (usize, bool) {
    let length = bytes.len();
    if length < 4 || bytes[length - 1] != b's' {
        return (length, false);
    }
    if bytes.ends_with(b"ies") {
        return (length - 3, true);
    }
    let ends = |list: &[&[u8]]| list.iter().any(|end| bytes.ends_with(end));
    if ends(&[b"sses", b"shes", b"ches", b"xes"]) {
        return (length - 2, false);
    }
    if ends(&[b"ss", b"us", b"is"]) {
        return (length, false);
    }
    (length - 1, false)
}

fn split(text: &str) -> Vec<Box<str>> {
    text.split_whitespace().map(Box::from).collect()
}

/// The lists of `data/`.
pub static WORD_LISTS: LazyLock<WordLists> = LazyLock::new(|| {
    let abbreviations: Abbreviations = word_list!("abbreviations");
    let phrases = phrases(&abbreviations);
    let table = |entries: BTreeMap<String, String>| -> FxHashMap<Box<str>, Vec<Box<str>>> {
        let entries = entries.into_iter();
        entries.map(|(key, words)| (key.into(), split(&words))).collect()
    };
    WordLists {
        classes: classes(),
        always: table(abbreviations.always),
        codes: table(abbreviations.codes),
        ends: table(abbreviations.ends),
        dotted: table(abbreviations.dotted),
        numbered: table(abbreviations.numbered),
        placed: table(abbreviations.placed),
        phrases,
    }
});

/// The stems of ordinary words of English that are in no other list: no proper names. Not in the
/// classes, since hardly a pair of names asks for it.
static PLAIN_WORDS: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
    let mut list: BTreeMap<&str, Vec<&str>> = word_list!("plain_words");
    let words = list.remove("plain").unwrap_or_default();
    words.into_iter().map(stem).collect()
});

/// Returns whether a word, by its [`stem`], is an ordinary one of English that no other list has.
pub(crate) fn is_plain(stem: u64) -> bool {
    PLAIN_WORDS.contains(&stem)
}

/// Reads the classes of words.
fn classes() -> FxHashMap<u64, Class> {
    let mut classes: FxHashMap<u64, Class> = FxHashMap::default();
    let lists: [BTreeMap<&str, Vec<&str>>; 3] = [word_list!("words"), word_list!("places"), word_list!("real_words")];
    for (list, words) in lists.into_iter().flatten() {
        let class = match list {
            "stop" => Class::STOP,
            "generic" => Class::GENERIC,
            "mere" => Class::MERE,
            "branch" => Class::BRANCH,
            "arm" => Class::ARM,
            "direction" => Class::DIRECTION,
            "reach" => Class::REACH,
            "common" => Class::COMMON,
            "word_acronyms" => Class::WORD_ACRONYM,
            "states" | "countries" => Class::PLACE.or(Class::REGION),
            "cities" => Class::PLACE,
            "prefixes" => Class::PLACE_PREFIX,
            "own" => Class::OWN,
            "real" | "names" => Class::REAL,
            "dedication" => Class::DEDICATION,
            "people" => Class::PEOPLE,
            other => unreachable!("data/: no list is called {other}"),
        };
        for word in words {
            let entry = classes.entry(stem(word)).or_default();
            *entry = entry.or(class);
        }
    }
    let other = COMPARISON_WORDS.interchangeable.iter().flat_map(|group| &group.words);
    for word in other.chain(&COMPARISON_WORDS.tribal) {
        let entry = classes.entry(stem(word)).or_default();
        *entry = entry.or(Class::INTERCHANGEABLE);
    }
    classes
}

/// Reads the phrases, by their first words, longest first.
fn phrases(abbreviations: &Abbreviations) -> FxHashMap<Box<str>, Vec<PhraseEntry>> {
    let mut phrases: FxHashMap<Box<str>, Vec<PhraseEntry>> = FxHashMap::default();
    let mut add = |text: &str, phrase: Phrase| {
        let words = split(text);
        if let Some(first) = words.first() {
            phrases.entry(first.clone()).or_default().push((words, phrase));
        }
    };
    for (key, words) in &abbreviations.phrases {
        add(key, Phrase::Replace(split(words)));
    }
    let legal: LegalFile = word_list!("legal_forms");
    for (at, family) in legal.family.iter().enumerate() {
        for (forms, tail_only, dotted) in [
            (&family.anywhere, false, false),
            (&family.tail, true, false),
            (&family.dotted, true, true),
        ] {
            for text in forms {
                let form = LegalForm {
                    family: 1 << at,
                    tail_only,
                    dotted,
                    leads: family.leading.contains(text),
                };
                add(text, Phrase::Legal(form));
            }
        }
    }
    let file: PhraseLists = word_list!("phrases");
    for (texts, phrase) in [
        (&file.aliases, Phrase::Alias),
        (&file.remarks, Phrase::Remark),
        (&file.tags, Phrase::Tag),
        (&file.parts, Phrase::Part),
        (&file.belonging, Phrase::Belonging),
    ] {
        texts.iter().for_each(|text| add(text, phrase.clone()));
    }
    for (key, words) in &file.umbrellas {
        add(key, Phrase::Umbrella(split(words)));
    }
    #[expect(clippy::iter_over_hash_type, reason = "each list is sorted alone")]
    for list in phrases.values_mut() {
        list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    phrases
}

/// Words that stand for each other.
#[derive(Debug, Deserialize)]
pub(crate) struct Interchangeable {
    words: Vec<String>,
    /// Only before this word.
    before: Option<String>,
}

/// Returns whether two words, each with the word behind it, stand for each other in names: "Parish", "Church".
pub(crate) fn are_interchangeable((a, after_a): (&str, Option<&str>), (b, after_b): (&str, Option<&str>)) -> bool {
    let in_group = |group: &Interchangeable| {
        let behind = |after: Option<&str>| group.before.is_none() || group.before.as_deref() == after;
        let has = |text: &str| group.words.iter().any(|word| word == text);
        has(a) && has(b) && behind(after_a) && behind(after_b)
    };
    COMPARISON_WORDS.interchangeable.iter().any(in_group)
}

/// The lists of `data/comparison.toml`, which single rules need.
#[derive(Debug, Deserialize)]
pub(crate) struct ComparisonWords {
    /// The names of numbered units: Local, Lodge.
    pub(crate) unit_labels: FxHashSet<String>,
    /// The nouns that follow the name of a place: County, Heights.
    pub(crate) place_nouns: FxHashSet<String>,
    /// The bodies that those who work somewhere found: Union.
    pub(crate) unions: FxHashSet<String>,
    /// What is added to the name of a parish: Church, Catholic.
    pub(crate) parish: FxHashSet<String>,
    /// The bodies whose projects sign with their name before it: Alliance's.
    pub(crate) owners: FxHashSet<String>,
    /// What is added to the name of a tribe: Confederated.
    pub(crate) tribal: FxHashSet<String>,
    /// Those who govern a body: Trustees.
    pub(crate) governing: FxHashSet<String>,
    /// What has a council of its own: City, Nation.
    pub(crate) governed: FxHashSet<String>,
    /// The organs of a government: Council.
    pub(crate) organs: FxHashSet<String>,
    /// The words that chapters are called: Chapter, Branch.
    pub(crate) chapter_labels: FxHashSet<String>,
    /// What chapters are called behind a place: Division.
    pub(crate) division_labels: FxHashSet<String>,
    /// The bodies that have a foundation of their own: College.
    pub(crate) institutions: FxHashSet<String>,
    /// The words that say a name reaches far: National.
    pub(crate) wide_reach: FxHashSet<String>,
    /// The words that follow the code of a place: Chapter.
    pub(crate) place_labels: FxHashSet<String>,
    /// The words that "First" is a number before: Baptist, Ward.
    pub(crate) ranked: FxHashSet<String>,
    /// The words before which an ordinal and a plain number are the same: Ward, Street.
    pub(crate) counted: FxHashSet<String>,
    /// The months, after which they are as well.
    pub(crate) months: FxHashSet<String>,
    /// The words that no name ends with.
    pub(crate) never_last: FxHashSet<String>,
    /// The nouns that stand on either side of a place: County of X, X County.
    pub(crate) turned: FxHashSet<String>,
    /// The words before "of" that stand behind the place as well: Chamber of Commerce.
    pub(crate) turned_of: FxHashSet<String>,
    /// Organizations that everybody knows to have chapters, locals or affiliates: PFLAG.
    pub(crate) national_bodies: Vec<String>,
    /// The words that agencies of a government are called: Department.
    pub(crate) agencies: FxHashSet<String>,
    /// Words that no English name has.
    pub(crate) spanish: FxHashSet<String>,
    /// The words of rows that name nobody: Anonymous.
    pub(crate) nobody: FxHashSet<String>,
    /// The words that say a name is French, but for those of other languages.
    pub(crate) french: FxHashSet<String>,
    /// The words after which "4" is "for", besides those of people.
    pub(crate) before_four: FxHashSet<String>,
    /// Words that stand for each other: Church, Parish.
    pub(crate) interchangeable: Vec<Interchangeable>,
}

/// The lists of `data/comparison.toml`.
pub(crate) static COMPARISON_WORDS: LazyLock<ComparisonWords> = LazyLock::new(|| word_list!("comparison"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_classes() {
        let check = |word, class: Class| assert!(WORD_LISTS.class(word, stem(word)).is(class), "{word}");
        check("of", Class::STOP);
        check("networks", Class::GENERIC);
        check("agencies", Class::GENERIC);
        check("52nd", Class::NUMBER);
        check("texas", Class::PLACE);
        check("foundations", Class::BRANCH);
        assert_eq!(WORD_LISTS.class("kupferberg", stem("kupferberg")), Class::default());
    }

    #[test]
    fn both_numbers_of_a_noun_have_one_stem() {
        let check = |a, b, expected| assert_eq!(stem(a) == stem(b), expected, "{a} {b}");
        check("agencies", "agency", true);
        check("churches", "church", true);
        check("services", "service", true);
        check("campus", "campu", false);
        check("us", "u", false);
        check("jovenes", "jovene", true);
    }
}
