//! The words of data/rows.toml, data/remarks.toml and data/given_names.toml.
//!
//! In: the lists, compiled in. Out: of any folded word, what it tells about a row; of a
//! whole row, what it is. Absent: the rules that use them.

use super::fold::fold;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a word tells about the row that it stands in. A set of marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks(u64);

impl Marks {
    pub(super) const TOTAL: Self = Self(1);
    pub(super) const COUNTED: Self = Self(1 << 1);
    pub(super) const BESIDE: Self = Self(1 << 2);
    pub(super) const FOOTER: Self = Self(1 << 3);
    pub(super) const HEADING: Self = Self(1 << 4);
    pub(super) const HEADING_WORD: Self = Self(1 << 5);
    pub(super) const STRONG: Self = Self(1 << 6);
    pub(super) const WEAK: Self = Self(1 << 7);
    pub(super) const LITTLE: Self = Self(1 << 8);
    pub(super) const GIVEN: Self = Self(1 << 9);
    pub(super) const HONORIFIC: Self = Self(1 << 10);
    pub(super) const DEGREE: Self = Self(1 << 11);
    pub(super) const PARTICLE: Self = Self(1 << 12);
    pub(super) const GREETING: Self = Self(1 << 13);
    pub(super) const GREETED: Self = Self(1 << 14);
    pub(super) const VERB: Self = Self(1 << 15);
    /// A word of organizations that data/words.toml does not have.
    pub(super) const BODY: Self = Self(1 << 21);
    /// A noun of a heading that comes first.
    pub(super) const HEADING_FIRST: Self = Self(1 << 22);
    pub(super) const NUMBER: Self = Self(1 << 16);
    /// The first word of a phrase of a remark, a sentence, or of the end of a message.
    pub(super) const REMARK_PHRASE: Self = Self(1 << 17);
    pub(super) const SENTENCE_PHRASE: Self = Self(1 << 18);
    pub(super) const ENDING_PHRASE: Self = Self(1 << 20);
    pub(super) const NOBODY_PHRASE: Self = Self(1 << 19);
    pub(super) const CONTACT_PHRASE: Self = Self(1 << 23);
    /// A family name, or one that comes first.
    pub(super) const FAMILY: Self = Self(1 << 24);
    pub(super) const FAMILY_FIRST: Self = Self(1 << 25);
    /// What people are, and the words beside it.
    pub(super) const ROLE: Self = Self(1 << 26);
    pub(super) const ROLE_WORD: Self = Self(1 << 27);
    /// The last word of the first line of an address, and a word before a number in one.
    pub(super) const STREET: Self = Self(1 << 28);
    pub(super) const ROOM: Self = Self(1 << 29);
    pub(super) const HEADER_WORD: Self = Self(1 << 30);
    pub(super) const HEADER_NOUN: Self = Self(1 << 31);
    /// The first word of a part that is a remark as a whole, and of a start that is one.
    pub(super) const ASIDE: Self = Self(1 << 32);
    pub(super) const START: Self = Self(1 << 33);
    pub(super) const GREETING_PHRASE: Self = Self(1 << 34);
    /// "My", "our", and what stands behind it where nobody has a name.
    pub(super) const OWNER: Self = Self(1 << 35);
    pub(super) const OWNED: Self = Self(1 << 36);
    /// Words of somebody who tells of a name: anywhere, or apart from it.
    pub(super) const TELLS: Self = Self(1 << 37);
    pub(super) const SPEECH: Self = Self(1 << 38);

    /// Returns whether any mark of `other` is set.
    pub(super) fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns both sets together.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What a whole row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WholeRow {
    Footer,
    Header,
    Heading,
    State,
    Nobody,
    Place,
    Greeting,
    Ending,
    Eponym,
    /// A name that nobody has.
    Joke,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct RowsFile {
    lines: Lines,
    message: Message,
    remarks: Remarks,
    people: People,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Lines {
    totals: Vec<&'static str>,
    counted: Vec<&'static str>,
    part_totals: FxHashSet<&'static str>,
    beside: Vec<&'static str>,
    footers: Vec<&'static str>,
    footer_rows: Vec<&'static str>,
    menu: FxHashSet<&'static str>,
    labels: FxHashSet<&'static str>,
    headers: Vec<&'static str>,
    other_headers: FxHashSet<&'static str>,
    headings: Vec<&'static str>,
    heading_firsts: Vec<&'static str>,
    heading_words: Vec<&'static str>,
    heading_rows: Vec<&'static str>,
    small_headings: FxHashSet<&'static str>,
    owners: Vec<&'static str>,
    owned: Vec<&'static str>,
    numbered: FxHashSet<&'static str>,
    open_headings: FxHashSet<&'static str>,
    signed_headings: FxHashSet<&'static str>,
    lights: FxHashSet<&'static str>,
    some_of: FxHashSet<&'static str>,
    joins: FxHashSet<&'static str>,
    nobody: Vec<&'static str>,
    header_words: Vec<&'static str>,
    header_nouns: Vec<&'static str>,
    places: Vec<&'static str>,
    nobody_phrases: Vec<&'static str>,
    roles: Vec<&'static str>,
    role_words: Vec<&'static str>,
    streets: Vec<&'static str>,
    rooms: Vec<&'static str>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Message {
    greetings: Vec<&'static str>,
    greeted: Vec<&'static str>,
    greeting_rows: Vec<&'static str>,
    endings: Vec<&'static str>,
    headers: FxHashSet<&'static str>,
    contacts: Vec<&'static str>,
    sentences: Vec<&'static str>,
    verbs: Vec<&'static str>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Remarks {
    strong: Vec<&'static str>,
    weak: Vec<&'static str>,
    little: Vec<&'static str>,
    asides: Vec<&'static str>,
    ends: FxHashSet<&'static str>,
    starts: Vec<&'static str>,
    tells: Vec<&'static str>,
    speech: Vec<&'static str>,
    in_brackets: FxHashSet<&'static str>,
    connectors: FxHashSet<&'static str>,
    sentence_starts: FxHashSet<&'static str>,
    determiners: FxHashSet<&'static str>,
    signs: Vec<char>,
}

/// The names of data/check.toml that nobody has.
#[derive(Deserialize)]
struct Jokes {
    jokes: Vec<String>,
}

/// The phrases of data/remarks.toml that restrain a name.
#[derive(Deserialize)]
struct RemarkPhrases {
    both: Vec<String>,
    in_names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct People {
    eponyms: Vec<&'static str>,
    bodies: Vec<&'static str>,
    body_ends: Vec<&'static str>,
    honorifics: Vec<&'static str>,
    degrees: Vec<&'static str>,
    households: FxHashSet<&'static str>,
    particles: Vec<&'static str>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct PersonNames {
    names: Vec<&'static str>,
    others: Vec<&'static str>,
    family: Vec<&'static str>,
    family_first: Vec<&'static str>,
}

/// Phrases by their first words.
#[derive(Debug, Default)]
pub(super) struct Phrases(FxHashMap<Cow<'static, str>, Vec<Cow<'static, str>>>);

impl Phrases {
    /// Returns the phrase that `rest`, which begins with the word `first`, begins with.
    pub(super) fn at(&self, first: &str, rest: &str) -> Option<&str> {
        let phrases = self.0.get(first)?;
        let fits = |phrase: &&str| {
            rest.strip_prefix(phrase)
                .is_some_and(|after| after.is_empty() || after.starts_with(' '))
        };
        phrases.iter().map(|phrase| &**phrase).find(fits)
    }
}

/// The lists, ready to be asked.
#[derive(Debug)]
pub(super) struct RowWords {
    marks: FxHashMap<Cow<'static, str>, Marks>,
    whole: FxHashMap<Cow<'static, str>, WholeRow>,
    longest_whole: usize,
    /// Words of a heading before a number or a letter.
    pub(super) small_headings: FxHashSet<&'static str>,
    pub(super) numbered: FxHashSet<&'static str>,
    pub(super) open_headings: FxHashSet<&'static str>,
    pub(super) signed_headings: FxHashSet<&'static str>,
    pub(super) lights: FxHashSet<&'static str>,
    pub(super) some_of: FxHashSet<&'static str>,
    pub(super) joins: FxHashSet<&'static str>,
    /// First words of the total of a part.
    pub(super) part_totals: FxHashSet<&'static str>,
    /// Parts of the menu of a page.
    pub(super) menu: FxHashSet<&'static str>,
    /// First words of a part in brackets that a name may have.
    pub(super) in_brackets: FxHashSet<&'static str>,
    /// First words of a row that goes on with another.
    pub(super) connectors: FxHashSet<&'static str>,
    /// First words of a sentence.
    pub(super) sentence_starts: FxHashSet<&'static str>,
    /// First words of a row that says of whom there are several.
    pub(super) determiners: FxHashSet<&'static str>,
    /// Labels of a footer.
    pub(super) labels: FxHashSet<&'static str>,
    /// Ends of words of organizations.
    pub(super) body_ends: Vec<&'static str>,
    /// Last words of a household.
    pub(super) households: FxHashSet<&'static str>,
    /// Postal codes of states.
    pub(super) state_codes: FxHashSet<String>,
    /// First words of the header of a message.
    pub(super) message_headers: FxHashSet<&'static str>,
    /// Headers of columns beside the names.
    pub(super) other_headers: FxHashSet<&'static str>,
    pub(super) remarks: Phrases,
    /// Parts of a name that are a remark as a whole.
    pub(super) asides: Phrases,
    /// Last words in small letters that are a remark.
    pub(super) ends: FxHashSet<&'static str>,
    /// First words that are a remark.
    pub(super) starts: Phrases,
    /// Signs of a status that is no yes.
    pub(super) signs: Vec<char>,
    pub(super) sentences: Phrases,
    pub(super) endings: Phrases,
    pub(super) greeting_rows: Phrases,
    pub(super) nobody: Phrases,
    pub(super) contacts: Phrases,
}

impl RowWords {
    /// Returns what a folded word tells.
    pub(super) fn marks(&self, word: &str) -> Marks {
        if word.as_bytes().iter().all(u8::is_ascii_digit) {
            return Marks::NUMBER;
        }
        self.marks.get(word).copied().unwrap_or_default()
    }

    /// Returns what a whole folded row is, if it is one of the lists.
    pub(super) fn whole(&self, folded: &str) -> Option<WholeRow> {
        if folded.len() > self.longest_whole {
            return None;
        }
        self.whole.get(folded).copied()
    }

    fn mark(&mut self, words: &[&'static str], mark: Marks) {
        self.marks.reserve(words.len());
        for &word in words {
            self.mark_word(Cow::Borrowed(word), mark);
        }
    }

    fn mark_word(&mut self, word: Cow<'static, str>, mark: Marks) {
        let entry = self.marks.entry(word).or_default();
        *entry = entry.or(mark);
    }

    fn add_whole(&mut self, rows: impl IntoIterator<Item = Cow<'static, str>>, whole: WholeRow) {
        for row in rows {
            self.longest_whole = self.longest_whole.max(row.len());
            self.whole.entry(row).or_insert(whole);
        }
    }

    fn phrases(&mut self, phrases: impl IntoIterator<Item = Cow<'static, str>>, mark: Marks) -> Phrases {
        let mut map: FxHashMap<Cow<'static, str>, Vec<Cow<'static, str>>> = FxHashMap::default();
        for phrase in phrases {
            let first_of = |phrase: &str| phrase.find(' ').unwrap_or(phrase.len());
            let first = match phrase {
                Cow::Borrowed(phrase) => Cow::Borrowed(&phrase[..first_of(phrase)]),
                Cow::Owned(ref phrase) => Cow::Owned(phrase[..first_of(phrase)].to_owned()),
            };
            self.mark_word(first.clone(), mark);
            map.entry(first).or_default().push(phrase);
        }
        Phrases(map)
    }
}

fn borrowed(words: &[&'static str]) -> impl Iterator<Item = Cow<'static, str>> {
    words.iter().copied().map(Cow::Borrowed)
}

/// The lists.
pub(super) static ROW_WORDS: LazyLock<RowWords> = LazyLock::new(|| {
    let file: RowsFile = word_list!("rows");
    let given: PersonNames = word_list!("given_names");
    let states: BTreeMap<&str, BTreeMap<&str, &str>> = word_list!("states");
    let mut words = RowWords {
        marks: FxHashMap::default(),
        whole: FxHashMap::default(),
        longest_whole: 0,
        small_headings: file.lines.small_headings,
        numbered: file.lines.numbered,
        open_headings: file.lines.open_headings,
        signed_headings: file.lines.signed_headings,
        lights: file.lines.lights,
        some_of: file.lines.some_of,
        joins: file.lines.joins,
        labels: file.lines.labels,
        part_totals: file.lines.part_totals,
        menu: file.lines.menu,
        in_brackets: file.remarks.in_brackets,
        connectors: file.remarks.connectors,
        sentence_starts: file.remarks.sentence_starts,
        determiners: file.remarks.determiners,
        body_ends: file.people.body_ends,
        households: file.people.households,
        state_codes: states.keys().map(|code| code.to_lowercase()).collect(),
        message_headers: file.message.headers,
        other_headers: file.lines.other_headers,
        remarks: Phrases::default(),
        asides: Phrases::default(),
        ends: file.remarks.ends,
        starts: Phrases::default(),
        signs: file.remarks.signs,
        sentences: Phrases::default(),
        greeting_rows: Phrases::default(),
        endings: Phrases::default(),
        nobody: Phrases::default(),
        contacts: Phrases::default(),
    };
    for (list, mark) in [
        (&file.lines.totals, Marks::TOTAL),
        (&file.lines.counted, Marks::COUNTED),
        (&file.lines.beside, Marks::BESIDE),
        (&file.lines.footers, Marks::FOOTER),
        (&file.lines.headings, Marks::HEADING),
        (&file.lines.heading_firsts, Marks::HEADING_FIRST),
        (&file.lines.heading_words, Marks::HEADING_WORD),
        (&file.message.greetings, Marks::GREETING),
        (&file.message.greeted, Marks::GREETED),
        (&file.message.verbs, Marks::VERB),
        (&file.remarks.strong, Marks::STRONG),
        (&file.remarks.weak, Marks::WEAK),
        (&file.remarks.little, Marks::LITTLE),
        (&file.remarks.tells, Marks::TELLS),
        (&file.remarks.speech, Marks::SPEECH),
        (&given.names, Marks::GIVEN),
        (&given.others, Marks::GIVEN),
        (&given.family, Marks::FAMILY),
        (&given.family_first, Marks::FAMILY_FIRST),
        (&file.lines.owners, Marks::OWNER),
        (&file.lines.owned, Marks::OWNED),
        (&file.lines.roles, Marks::ROLE),
        (&file.lines.role_words, Marks::ROLE_WORD),
        (&file.lines.streets, Marks::STREET),
        (&file.lines.rooms, Marks::ROOM),
        (&file.lines.header_words, Marks::HEADER_WORD),
        (&file.lines.header_nouns, Marks::HEADER_NOUN),
        (&file.people.bodies, Marks::BODY),
        (&file.people.honorifics, Marks::HONORIFIC),
        (&file.people.degrees, Marks::DEGREE),
        (&file.people.particles, Marks::PARTICLE),
    ] {
        words.mark(list, mark);
    }
    let remarks: RemarkPhrases = word_list!("remarks");
    let remarks = remarks.both.iter().chain(&remarks.in_names);
    words.remarks = words.phrases(remarks.map(|phrase| Cow::Owned(fold(phrase))), Marks::REMARK_PHRASE);
    words.asides = words.phrases(borrowed(&file.remarks.asides), Marks::ASIDE);
    words.starts = words.phrases(borrowed(&file.remarks.starts), Marks::START);
    words.sentences = words.phrases(borrowed(&file.message.sentences), Marks::SENTENCE_PHRASE);
    words.nobody = words.phrases(borrowed(&file.lines.nobody_phrases), Marks::NOBODY_PHRASE);
    words.greeting_rows = words.phrases(borrowed(&file.message.greeting_rows), Marks::GREETING_PHRASE);
    words.contacts = words.phrases(borrowed(&file.message.contacts), Marks::CONTACT_PHRASE);
    let states = states.values().flat_map(|names| names.values());
    words.add_whole(borrowed(&file.people.eponyms), WholeRow::Eponym);
    words.add_whole(states.map(|name| Cow::Owned(fold(name))), WholeRow::State);
    for (list, whole) in [
        (&file.lines.footer_rows, WholeRow::Footer),
        (&file.lines.headers, WholeRow::Header),
        (&file.lines.heading_rows, WholeRow::Heading),
        (&file.lines.nobody, WholeRow::Nobody),
        (&file.lines.places, WholeRow::Place),
        (&file.message.greeting_rows, WholeRow::Greeting),
        (&file.message.endings, WholeRow::Ending),
    ] {
        words.add_whole(borrowed(list), whole);
    }
    let jokes: Jokes = word_list!("check");
    words.add_whole(jokes.jokes.iter().map(|name| Cow::Owned(fold(name))), WholeRow::Joke);
    words.endings = words.phrases(borrowed(&file.message.endings), Marks::ENDING_PHRASE);
    words
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_whole_row_is_known_the_longest_too() {
        assert!(ROW_WORDS.whole.len() > 100);
        let mut unknown = ROW_WORDS
            .whole
            .iter()
            .filter(|(row, whole)| ROW_WORDS.whole(row) != Some(**whole));
        assert_eq!(unknown.next().map(|(row, _)| row), None);
    }

    #[test]
    fn the_words_are_folded() {
        let words = &*ROW_WORDS;
        let phrases = [
            &words.remarks,
            &words.asides,
            &words.starts,
            &words.sentences,
            &words.endings,
            &words.nobody,
            &words.contacts,
        ];
        let phrases = phrases.into_iter().flat_map(|phrases| phrases.0.values().flatten());
        for word in words.marks.keys().chain(words.whole.keys()).chain(phrases) {
            assert_eq!(fold(word), **word);
        }
    }
}
