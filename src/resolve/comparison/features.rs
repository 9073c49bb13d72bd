//! Keeps of each name what tells, without comparing, that two names cannot match.
//!
//! In: a normalized name. Out: sixteen bytes for each word that is no little word,
//! and for each acronym, in one run ([`add_features`]); of two such runs,
//! [`PairFeatures`], which the rules' tests read. Guaranteed: what is said of two
//! words here to be impossible, the comparison of words finds impossible as well.
//! Absent: deciding (that is the rules').

use super::difference::is_telling;
use super::rarity::{Rarity, is_established, is_rare};
use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::words::{Class, stem};

/// The features of a word, or of an acronym beside the name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WordFeatures {
    /// Half of the stem: words that have it in common are taken for the same.
    stem: u32,
    /// The letters that occur in it: a bit each.
    letters: u32,
    /// Its first two bytes and its last.
    ends: [u8; 3],
    /// Its bytes; more than 255 count as 255.
    length: u8,
    flags: u16,
    /// The number of names it occurs in; more than 65,535 count as that.
    names: u16,
}

/// The word says what sort of organization it is, or stands in brackets.
const GENERIC: u16 = 1;
/// The word is in a list of ordinary words.
const KNOWN: u16 = 1 << 1;
/// The word is a number.
const NUMBER: u16 = 1 << 2;
/// The word stands in brackets, or after "a project of".
const QUALIFIER: u16 = 1 << 3;
/// The word is never misspelled: a number, or a code with digits.
const FIXED: u16 = 1 << 4;
/// The word has no letter outside ASCII.
const ASCII: u16 = 1 << 5;
/// The entry is no word but an acronym that stands beside the name.
const ACRONYM: u16 = 1 << 6;
/// The word stands for another in some names: "Parish".
const INTERCHANGEABLE: u16 = 1 << 7;
/// A bracket, a slash or a dash stands before it, or before little words before it.
const BREAKS: u16 = 1 << 8;
/// The word says hardly what sort of organization it is: "Project".
const MERE: u16 = 1 << 9;
/// The word says whose name it is: few names have it.
const RARE: u16 = 1 << 10;
/// The word tells what the organization does or whose it is.
const TELLING: u16 = 1 << 11;
/// The word counts as spelled as it should be: it is listed, or many names have it.
const ESTABLISHED: u16 = 1 << 12;

/// The name has a single word, or none but little words.
const SHORT_NAME: u8 = 1;
/// The name gives other names.
const HAS_ALIASES: u8 = 1 << 1;
/// The name has a word twice. Which of the two goes with a word of another name, only the
/// comparison of words can tell.
const HAS_REPEATS: u8 = 1 << 2;
/// The name is a single word, and no little one.
const ONE_WORD: u8 = 1 << 3;

/// Appends the features of a name: its words, then its acronyms. Of a text that is no
/// name, nothing. Returns what they come to.
pub(crate) fn add_features(name: &Name, rarity: &dyn Rarity, features: &mut Vec<WordFeatures>) -> NameSummary {
    let begin = features.len();
    let words = name.words();
    let mut breaks = false;
    for &word in words {
        breaks |= word.breaks;
        if !word.class.is(Class::STOP) {
            let mut word = WordFeatures::of_word(name, word, rarity);
            word.flags |= if std::mem::take(&mut breaks) { BREAKS } else { 0 };
            features.push(word);
        }
    }
    let little = features.len() == begin;
    if little {
        features.extend(words.iter().map(|&word| WordFeatures::of_word(name, word, rarity)));
    }
    let named = &features[begin..];
    let repeats = (1..named.len()).any(|at| named[..at].iter().any(|before| before.stem == named[at].stem));
    let mut summary = NameSummary::default();
    if words.is_empty() {
        return summary;
    }
    let whole = [
        (words.len() < 2 || little, SHORT_NAME),
        (words.len() == 1 && !little, ONE_WORD),
        (!name.aliases.is_empty(), HAS_ALIASES),
        (repeats, HAS_REPEATS),
    ];
    summary.letters = half(name.letters.hash);
    summary.whole = whole.into_iter().filter(|(set, _)| *set).map(|(_, flag)| flag).sum();
    // Also of little words: "KIND" is Kids in Need of Defense.
    summary.firsts = words
        .iter()
        .fold(0, |firsts, &word| firsts | first_letter(name.word(word)));
    let acronyms = name.acronyms.iter().chain(&name.inner_acronyms);
    features.extend(acronyms.map(|text| WordFeatures::of_acronym(text)));
    features[begin..].iter().for_each(|entry| summary.add(entry));
    summary
}

impl WordFeatures {
    fn is_same(&self, other: &Self) -> bool {
        let Self {
            stem,
            letters,
            ends,
            length,
            flags,
            names: _,
        } = *self;
        stem == other.stem
            && letters == other.letters
            && ends == other.ends
            && length == other.length
            && flags == other.flags
    }

    fn of_word(name: &Name, word: NameWord, rarity: &dyn Rarity) -> Self {
        let text = name.word(word).as_bytes();
        let flag = |set: bool, flag: u16| if set { flag } else { 0 };
        let names = rarity.names_with(word.stem);
        Self {
            stem: half(word.stem),
            letters: text.iter().fold(0, |letters, byte| letters | 1 << (byte & 31)),
            ends: [text[0], text[text.len().min(2) - 1], text[text.len() - 1]],
            length: u8::try_from(text.len()).unwrap_or(u8::MAX),
            flags: flag(word.class.is(Class::GENERIC) || word.qualifier, GENERIC)
                | flag(word.class.is(Class::KNOWN), KNOWN)
                | flag(word.class.is(Class::NUMBER), NUMBER)
                | flag(word.qualifier, QUALIFIER)
                | flag(
                    word.class.is(Class::NUMBER) || text.iter().any(u8::is_ascii_digit),
                    FIXED,
                )
                | flag(text.is_ascii(), ASCII)
                | flag(word.class.is(Class::MERE), MERE)
                | flag(is_rare(word, rarity), RARE)
                | flag(is_telling(word), TELLING)
                | flag(is_established(word, names), ESTABLISHED)
                | flag(word.class.is(Class::INTERCHANGEABLE), INTERCHANGEABLE),
            names: names.map_or(0, |names| u16::try_from(names).unwrap_or(u16::MAX)),
        }
    }

    fn of_acronym(text: &str) -> Self {
        Self {
            stem: half(stem(text)),
            letters: 0,
            ends: [0; 3],
            length: 0,
            flags: ACRONYM,
            names: 0,
        }
    }

    fn is(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    /// Returns whether the word says what sort of organization it is, or stands in brackets.
    pub(super) fn is_generic(&self) -> bool {
        self.is(GENERIC)
    }

    /// Returns whether the word stands for another one, that begins otherwise: "Parish", "Church".
    pub(super) fn is_interchangeable(&self) -> bool {
        self.is(INTERCHANGEABLE)
    }

    /// Returns whether the word stands in brackets, or after "a project of".
    pub(super) fn is_bracketed(&self) -> bool {
        self.is(QUALIFIER)
    }

    /// Returns the letters that occur in it, a bit each. Some letters share one.
    pub(super) fn letters(&self) -> u32 {
        self.letters
    }

    /// Returns the bit of the stem. Some stems share one.
    pub(super) fn stem_bit(&self) -> u64 {
        1 << (self.stem & 63)
    }

    /// Returns the bit of the first letter, as [`first_letter`] does.
    pub(super) fn first(&self) -> u32 {
        1 << (self.ends[0] & 31)
    }

    /// Returns the bit of the last letter.
    fn last(&self) -> u32 {
        1 << (self.ends[2] & 31)
    }

    /// Returns whether the word may be the first letters of others: two to six letters, of four
    /// bytes at most.
    pub(super) fn may_stand_for_initials(&self) -> bool {
        let bytes = if self.is(ASCII) { 1 } else { 4 };
        (2..=6 * bytes).contains(&self.length)
    }

    /// Returns the letters that occur in it, a bit each; of a word in another script the first.
    pub(super) fn letters_or_first(&self) -> u32 {
        if self.is(ASCII) { self.letters } else { self.first() }
    }

    /// Returns whether the word may be the first letters of so many others.
    fn may_be_initials(&self, others: u32, firsts: u32) -> bool {
        let letters = if self.is(ASCII) {
            u32::from(self.length)
        } else {
            u32::from(self.length.div_ceil(4))
        };
        self.may_stand_for_initials() && letters <= others && self.letters_or_first() & !firsts == 0
    }

    /// Returns whether the word may stand for one that is otherwise unlike it: "LA" is Los
    /// Angeles, and "los" is a little word; "DC" may be Washington.
    pub(super) fn stands_for_others(&self) -> bool {
        self.length == 2 && self.ends == *b"laa" || self.length == 18 && self.ends == *b"dia"
    }

    /// Returns whether two words may be nearly the same; true of all that the comparison
    /// of words finds so (`difference.rs`), and of little else.
    fn may_be_near(&self, other: &Self) -> bool {
        if self.flags & other.flags & INTERCHANGEABLE != 0 {
            return true;
        }
        if self.ends[0] != other.ends[0] {
            return false;
        }
        if (self.flags | other.flags) & FIXED != 0 {
            return self.may_be_ordinal_of(other);
        }
        if self.flags & other.flags & ASCII == 0 {
            return true;
        }
        let (shorter, longer) = (self.length.min(other.length), self.length.max(other.length));
        if shorter < 4 || longer - shorter > 6 || !self.may_be_alike(other) {
            return false;
        }
        // Each slip, also that of a plural's s, changes two letters at most.
        let differing = (self.letters ^ other.letters).count_ones();
        let both = |flag: u16| self.flags & other.flags & flag != 0;
        let slips = match both(ESTABLISHED) {
            true => 1,
            false => 1 + u32::from(shorter >= 5) + u32::from(shorter >= 8),
        };
        let slip = !both(KNOWN) && longer - shorter <= 2 && differing <= 2 * slips + 1;
        // Forms of one word begin alike, and differ in a few letters at the end.
        let known = (self.flags | other.flags) & KNOWN != 0;
        let form = known && differing <= u32::from(shorter) / 3 + 6;
        slip || self.ends[1] == other.ends[1] && (form || self.may_begin(other))
    }

    /// Returns whether two words with one first letter, of four letters or more, may have half of
    /// the shorter one in common at their ends; see `is_alike`.
    fn may_be_alike(&self, other: &Self) -> bool {
        // An s at the end does not count there.
        let ends = self.ends[2] == other.ends[2] || self.ends[2] == b's' || other.ends[2] == b's';
        ends || self.ends[1] == other.ends[1]
    }

    /// Returns whether one of two numbers may be the ordinal of the other: "8th", "8".
    fn may_be_ordinal_of(&self, other: &Self) -> bool {
        let both = self.flags & other.flags & NUMBER != 0;
        let one = self.ends[2].is_ascii_digit() != other.ends[2].is_ascii_digit();
        both && one && self.length.abs_diff(other.length) == 2
    }

    /// Returns whether one of two words may be the other, cut off within.
    fn may_be_cut(&self, other: &Self) -> bool {
        let ascii = self.flags & other.flags & ASCII != 0;
        ascii && self.length.max(other.length) >= 5 && self.ends[0] == other.ends[0] && self.may_begin(other)
    }

    /// Returns whether two listed words may be a slip apart; see `is_slip_between_words`.
    fn may_be_mistaken(&self, other: &Self) -> bool {
        let both = self.flags & other.flags;
        let apart = self.length.abs_diff(other.length);
        both & KNOWN != 0 && both & ASCII != 0 && self.ends == other.ends && apart <= 2 && self.length >= 5
    }

    /// Returns whether the longer of two words may begin with the shorter.
    fn may_begin(&self, other: &Self) -> bool {
        let (short, long) = if self.length < other.length {
            (self, other)
        } else {
            (other, self)
        };
        short.length < long.length && short.letters & !long.letters == 0
    }

    /// Returns whether one word may be a part of the other, written without a space.
    fn may_be_joined(&self, other: &Self) -> bool {
        let (short, long) = if self.length < other.length {
            (self, other)
        } else {
            (other, self)
        };
        short.letters & !long.letters == 0 && (short.ends[0] == long.ends[0] || short.ends[2] == long.ends[2])
    }
}

/// Returns the bit of a word's first letter. Some letters share one.
fn first_letter(text: &str) -> u32 {
    text.bytes().next().map_or(0, |byte| 1 << (byte & 31))
}

/// Returns enough of a stem: two words of one half are taken for the same, and then the
/// rules tell.
fn half(stem: u64) -> u32 {
    (stem >> 32) as u32
}

/// What the features of a name come to: most tests need no more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct NameSummary {
    /// The stems of the words, a bit each. Some stems share one.
    stems: u64,
    /// The first letters of all words, also of little ones, a bit each.
    firsts: u32,
    /// The flags of all words and acronyms.
    flags: u16,
    /// The number of words; the rest are acronyms.
    words: u16,
    /// Half of the hash of the letters as typed.
    letters: u32,
    /// The flags of the whole name.
    whole: u8,
}

impl NameSummary {
    fn add(&mut self, entry: &WordFeatures) {
        self.flags |= entry.flags;
        if !entry.is(ACRONYM) {
            self.words += 1;
            self.stems |= entry.stem_bit();
            self.firsts |= entry.first();
        }
    }
}

/// The features of a name, as [`add_features`] wrote them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NameFeatures<'a> {
    words: &'a [WordFeatures],
    acronyms: &'a [WordFeatures],
    summary: NameSummary,
}

impl<'a> NameFeatures<'a> {
    /// Parts a run of features into words and acronyms.
    pub(crate) fn new(features: &'a [WordFeatures], summary: NameSummary) -> Self {
        let (words, acronyms) = features.split_at(usize::from(summary.words));
        Self {
            words,
            acronyms,
            summary,
        }
    }

    /// Returns the features of the words.
    pub(super) fn words(self) -> &'a [WordFeatures] {
        self.words
    }

    /// Returns the features of the acronyms.
    pub(super) fn acronyms(self) -> &'a [WordFeatures] {
        self.acronyms
    }

    /// Returns true if every test finds the same in both. How many names a word occurs in matters
    /// to no test but as a flag.
    pub(crate) fn is_same(self, other: NameFeatures<'_>) -> bool {
        let all = |name: NameFeatures<'a>| name.words.iter().chain(name.acronyms);
        self.summary == other.summary
            && self.words.len() == other.words.len()
            && self.acronyms.len() == other.acronyms.len()
            && all(self)
                .zip(other.words.iter().chain(other.acronyms))
                .all(|(a, b)| a.is_same(b))
    }

    /// Returns a hash of the letters as typed.
    pub(super) fn letters(self) -> u32 {
        self.summary.letters
    }

    /// Returns the first letters of all words, also of little ones, a bit each.
    pub(super) fn first_letters(self) -> u32 {
        self.summary.firsts
    }

    /// Returns whether one of its words or acronyms has a flag.
    fn is(self, flag: u16) -> bool {
        self.summary.flags & flag != 0
    }

    /// Returns whether the whole name has a flag.
    fn is_whole(self, flag: u8) -> bool {
        self.summary.whole & flag != 0
    }

    /// Returns the number of names that each word occurs in, little words left out if
    /// there are others.
    pub(crate) fn names_with_words(self) -> impl Iterator<Item = u32> + 'a {
        self.words.iter().map(|word| u32::from(word.names))
    }

    /// Returns whether the name has less than two words, or none but little words.
    pub(super) fn is_short(self) -> bool {
        self.words.is_empty() || self.is_whole(SHORT_NAME)
    }

    /// Returns whether the features of the words tell which of them another name shares.
    fn is_told_by_words(self) -> bool {
        !self.is_whole(HAS_REPEATS) && !self.has_only_little_words()
    }

    /// Returns whether the name has none but little words, or no words.
    pub(super) fn has_only_little_words(self) -> bool {
        self.is_short() && !self.is_whole(ONE_WORD)
    }

    /// Returns whether the name gives other names: "d/b/a".
    pub(super) fn has_aliases(self) -> bool {
        self.is_whole(HAS_ALIASES)
    }

    /// Returns whether the first word may be an acronym that stands beside another name.
    pub(super) fn begins_with_acronym_of(self, other: Self) -> bool {
        let Some(first) = self.words.first() else { return false };
        other.acronyms.iter().any(|acronym| acronym.stem == first.stem)
    }
}

/// The features of two names, and which words only one of them has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PairFeatures<'a> {
    pub(super) a: NameFeatures<'a>,
    pub(super) b: NameFeatures<'a>,
    /// The words that only the first name has, a bit each. A name has fewer words than
    /// a number has bits.
    only_a: u64,
    /// The same of the second name.
    only_b: u64,
}

impl<'a> PairFeatures<'a> {
    /// Puts the features of two names side by side.
    pub(crate) fn new(a: NameFeatures<'a>, b: NameFeatures<'a>) -> Self {
        let (mut only_a, mut only_b) = ((1u64 << a.words.len()) - 1, (1u64 << b.words.len()) - 1);
        if a.summary.stems & b.summary.stems == 0 {
            return Self { a, b, only_a, only_b };
        }
        for (at, word) in a.words.iter().enumerate() {
            if b.summary.stems & word.stem_bit() == 0 {
                continue;
            }
            for (to, other) in b.words.iter().enumerate() {
                if word.stem == other.stem {
                    only_a &= !(1 << at);
                    only_b &= !(1 << to);
                }
            }
        }
        Self { a, b, only_a, only_b }
    }

    /// Returns whether each name has all the words that the other has.
    pub(super) fn has_same_words(&self) -> bool {
        self.only_a | self.only_b == 0
    }

    /// Returns whether both names may be the same letters as typed.
    pub(super) fn has_same_letters(&self) -> bool {
        self.a.letters() == self.b.letters()
    }

    /// Returns whether all words of one name may stand in the brackets of the other.
    pub(super) fn may_be_bracketed(&self) -> bool {
        if !self.a.is(QUALIFIER) && !self.b.is(QUALIFIER) {
            return false;
        }
        let qualified = |name: NameFeatures<'_>, only: u64| picked(name.words, !only).any(|word| word.is(QUALIFIER));
        self.only_a == 0 && qualified(self.b, self.only_b) || self.only_b == 0 && qualified(self.a, self.only_a)
    }

    /// Returns whether both names may give one acronym: set aside, or in brackets.
    pub(super) fn may_share_acronym(&self) -> bool {
        fn given<'a>(name: NameFeatures<'a>) -> impl Iterator<Item = u32> + 'a {
            let bracketed = name.words.iter().filter(|word| word.is(QUALIFIER));
            name.acronyms.iter().chain(bracketed).map(|word| word.stem)
        }
        const GIVES: u16 = ACRONYM | QUALIFIER;
        self.a.is(GIVES) && self.b.is(GIVES) && given(self.a).any(|one| given(self.b).any(|other| one == other))
    }

    /// Returns whether one name may be a short form of the other, of a single word: its first
    /// letters, or all of its words written as one.
    pub(super) fn may_be_short_form(&self) -> bool {
        let stands_for = |short: NameFeatures<'_>, long: NameFeatures<'_>| match short.words {
            [word] if short.is_whole(ONE_WORD) => {
                word.letters_or_first() & !long.summary.firsts == 0
                    || long.words.iter().all(|part| part.letters & !word.letters == 0)
            }
            _ => short.is_short() && short.summary.firsts & long.summary.firsts != 0,
        };
        stands_for(self.a, self.b) || stands_for(self.b, self.a)
    }

    /// Returns whether the words that the names share do not make them one: each name
    /// keeps a word that the other has not, or the longer has a name of its own before
    /// what is shared.
    pub(super) fn have_words_apart(&self) -> bool {
        if !self.a.is_told_by_words() || !self.b.is_told_by_words() {
            return false;
        }
        if self.a.is_short() || self.b.is_short() {
            return self.only_a != 0 && self.only_b != 0 && !self.may_be_short_form() && !self.may_pair();
        }
        match (self.only_a, self.only_b) {
            (0, 0) => false,
            (0, added) => is_named_before(self.b.words, added),
            (added, 0) => is_named_before(self.a.words, added),
            _ => !self.may_pair(),
        }
    }

    /// Returns whether the words that each name has alone may go together.
    fn may_pair(&self) -> bool {
        let alone = self.only_a.is_power_of_two() && self.only_b.is_power_of_two();
        let of_a = || picked(self.a.words, self.only_a);
        let of_b = || picked(self.b.words, self.only_b);
        let (a, b) = (OnlyWords::new(of_a()), OnlyWords::new(of_b()));
        if a.is_la || b.is_la {
            return true;
        }
        // First letters and the words they stand for: as many words as letters.
        if of_a().any(|word| word.may_be_initials(self.only_b.count_ones(), b.firsts))
            || of_b().any(|word| word.may_be_initials(self.only_a.count_ones(), a.firsts))
        {
            return true;
        }
        let sorts = (a.are_generic && b.are_generic).then(|| self.may_be_sorts_of_one(&a, &b));
        if sorts == Some(true) {
            return true;
        }
        if alone {
            let ends = |name: NameFeatures<'_>, only: u64| only >> (name.words.len() - 1) == 1;
            return of_a().zip(of_b()).any(|(word, other)| {
                let cut = || word.may_be_cut(other) && (ends(self.a, self.only_a) || ends(self.b, self.only_b));
                word.may_be_near(other) || word.may_be_mistaken(other) || cut()
            });
        }
        // A word that is near none stays, and where both sides keep one, the names
        // are apart, unless both are sorts of one body.
        let stays = |word: &&WordFeatures, other: &OnlyWords| {
            let other_word = word.flags & other.flags & INTERCHANGEABLE != 0;
            word.first() & other.firsts == 0 && word.last() & other.lasts == 0 && !other_word
        };
        let own = |word: &WordFeatures| !word.is(GENERIC);
        let (mut stay_a, mut stay_b) = (
            of_a().filter(|word| stays(word, &b)).peekable(),
            of_b().filter(|word| stays(word, &a)).peekable(),
        );
        if stay_a.peek().is_some() && stay_b.peek().is_some() && (stay_a.any(own) || stay_b.any(own)) {
            return false;
        }
        let alike = |one: &WordFeatures, other: &WordFeatures| one.may_be_near(other) || one.may_be_joined(other);
        let near_b = |word: &WordFeatures| of_b().any(|other| alike(word, other));
        let near_a = |word: &WordFeatures| of_a().any(|other| alike(other, word));
        // Two sorts of one body: "Harwell Center", "Hartwell Network".
        let near_or_generic = || {
            of_a().all(|word| word.is(GENERIC) || near_b(word)) && of_b().all(|word| word.is(GENERIC) || near_a(word))
        };
        of_a().all(near_b) || of_b().all(near_a) || near_or_generic() && self.may_be_sorts_of_one(&a, &b)
    }

    /// Returns whether two names that keep a word each may be one, if these words only say what
    /// sort of organization it is: one of them says little, and what both names have says
    /// whose it is; or they stand in brackets.
    fn may_be_sorts_of_one(&self, a: &OnlyWords, b: &OnlyWords) -> bool {
        let flags = a.flags | b.flags;
        let shared = [(self.a.words, !self.only_a), (self.b.words, !self.only_b)];
        let tells = |(words, both): (&'a [WordFeatures], u64)| {
            picked(words, both).any(|word| word.is(RARE))
                || picked(words, both).filter(|word| word.is(TELLING)).count() >= 3
        };
        // Words that are written as one may tell, too.
        let joined = || {
            let mut of_a = picked(self.a.words, self.only_a);
            of_a.any(|word| picked(self.b.words, self.only_b).any(|other| word.may_be_joined(other)))
        };
        flags & QUALIFIER != 0 || flags & MERE != 0 && (shared.into_iter().any(tells) || joined())
    }
}

/// What the words come to that only one of two names has.
struct OnlyWords {
    /// Their first letters, a bit each.
    firsts: u32,
    /// Their last letters, a bit each.
    lasts: u32,
    /// All of them say what sort of organization it is.
    are_generic: bool,
    /// One of them may stand for words that are otherwise unlike it.
    is_la: bool,
    /// The flags of all of them.
    flags: u16,
}

impl OnlyWords {
    fn new<'a>(words: impl Iterator<Item = &'a WordFeatures>) -> Self {
        let mut out = Self {
            firsts: 0,
            lasts: 0,
            are_generic: true,
            is_la: false,
            flags: 0,
        };
        for word in words {
            out.firsts |= word.first();
            out.lasts |= word.last();
            out.are_generic &= word.is(GENERIC);
            out.is_la |= word.stands_for_others();
            out.flags |= word.flags;
        }
        out
    }
}

/// Returns the words that bits stand for.
fn picked(words: &[WordFeatures], bits: u64) -> impl Iterator<Item = &WordFeatures> {
    let mut left = bits & ((1 << words.len()) - 1);
    std::iter::from_fn(move || {
        let at = left.trailing_zeros() as usize;
        left &= left.wrapping_sub(1);
        words.get(at)
    })
}

/// Returns whether the longer name has a name of its own before what is shared:
/// "Dorothy Bennett Mercy Center".
fn is_named_before(words: &[WordFeatures], added: u64) -> bool {
    let ends = added & (1 << (words.len() - 1)) != 0;
    // "ABC - Center for All".
    let broken = picked(words, !added).any(|word| word.is(BREAKS));
    !ends
        && !broken
        && picked(words, added).any(|word| !word.is(KNOWN | INTERCHANGEABLE))
        && picked(words, added).all(|word| word.flags & (NUMBER | QUALIFIER) == 0)
}
