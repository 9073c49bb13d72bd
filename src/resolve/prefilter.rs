//! Each name in a few bytes, to refuse most pairs without looking at them.
//!
//! In: groups. Out: [`Features`], which say of two groups that no rule could do more
//! than part them. Guaranteed: what is refused here, the rules part as well; a
//! refusal touches two short runs of one block of memory and nothing else.
//! Absent: anything that would join.
//!
//! Nearly all candidate pairs only happen to share some words. A million names
//! make some six million pairs, and some forty thousand of them are not apart.

use crate::model::signatory::Kind;
use crate::resolve::comparison::{Rarity, is_established};
use crate::resolve::name_group::NameGroup;
use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::words::{Class, stem};
use crate::source::offset;
use rayon::prelude::*;

/// Name groups that are read in one piece of parallel work.
const CHUNK: usize = 4096;

/// A word that is no little word.
#[derive(Clone, Copy, Debug)]
struct WordFeatures {
    /// Half of the stem.
    stem: u32,
    /// Which letters it has: a bit each.
    letters: u32,
    /// Its first two bytes and its last.
    ends: [u8; 3],
    /// Bytes; more than 255 count as 255.
    length: u8,
    flags: u16,
    /// In how many names it occurs; more than 65,535 count as that.
    names: u16,
}

/// Says whose sort of body it is, or stands in brackets.
const GENERIC: u16 = 1;
/// In a list of ordinary words.
const KNOWN: u16 = 1 << 1;
const NUMBER: u16 = 1 << 2;
const QUALIFIER: u16 = 1 << 3;
/// Never misspelt: a number, a direction.
const FIXED: u16 = 1 << 4;
const ASCII: u16 = 1 << 5;
/// A bracket, a slash or a dash stands before it, or before little words before it.
const BREAKS: u16 = 1 << 9;
/// Spelled as it should be: see `comparison::is_established`.
const ESTABLISHED: u16 = 1 << 8;

/// No word: an acronym that stands beside the name.
const ACRONYM: u16 = 1 << 6;
/// On the first word, of the whole name: only the rules can judge it.
const OPEN: u16 = 1 << 7;

/// The features of a list's groups.
#[derive(Debug, Default)]
pub(crate) struct Features {
    features: Vec<WordFeatures>,
    /// Group by group, where its features begin; one more at the end.
    starts: Vec<u32>,
}

impl Features {
    /// Reads the features of all groups.
    pub(crate) fn new(groups: &[NameGroup], rarity: &dyn Rarity) -> Self {
        let parts: Vec<(Vec<WordFeatures>, Vec<u32>)> = groups
            .par_chunks(CHUNK)
            .map(|groups| {
                let (mut features, mut counts) =
                    (Vec::with_capacity(groups.len() * 6), Vec::with_capacity(groups.len()));
                for group in groups {
                    let before = features.len();
                    if group.kind == Kind::Organization {
                        name_features(&group.name, rarity, &mut features);
                    }
                    counts.push(offset(features.len() - before));
                }
                (features, counts)
            })
            .collect();
        let mut out = Self {
            features: Vec::with_capacity(parts.iter().map(|(features, _)| features.len()).sum()),
            starts: Vec::with_capacity(groups.len() + 1),
        };
        out.starts.push(0);
        let mut end = 0;
        for (features, counts) in parts {
            out.features.extend(features);
            out.starts.extend(counts.into_iter().map(|count| {
                end += count;
                end
            }));
        }
        out
    }

    fn of(&self, group: u32) -> &[WordFeatures] {
        let group = group as usize;
        &self.features[self.starts[group] as usize..self.starts[group + 1] as usize]
    }

    /// In how many names each word of a group occurs, little words left out, if
    /// there are others.
    pub(crate) fn names(&self, group: u32) -> impl Iterator<Item = u32> + '_ {
        let (words, _) = parted(self.of(group));
        words.iter().map(|word| u32::from(word.names))
    }

    /// Whether two groups differ in so much that no rule could do more than part
    /// them.
    pub(crate) fn cannot_match(&self, a: u32, b: u32) -> bool {
        cannot_match(self.of(a), self.of(b))
    }
}

/// Reads the features of a name; of one that only the rules can judge, the first word says so.
fn name_features(name: &Name, rarity: &dyn Rarity, features: &mut Vec<WordFeatures>) {
    let begin = features.len();
    let words = name.words();
    let mut breaks = false;
    for &word in words {
        breaks |= word.breaks;
        if !word.class.is(Class::STOP) {
            let mut word = word_features(name, word, rarity);
            word.flags |= if std::mem::take(&mut breaks) { BREAKS } else { 0 };
            features.push(word);
        }
    }
    // A bare acronym, other names and names of little words go by other rules.
    let open = words.len() < 2 || !name.aliases.is_empty() || features.len() == begin;
    if features.len() == begin {
        features.extend(words.iter().map(|&word| word_features(name, word, rarity)));
    }
    let Some(first) = features.get_mut(begin) else { return };
    if open {
        first.flags |= OPEN;
    }
    let acronym = |text: &str| WordFeatures {
        stem: half(stem(text)),
        letters: 0,
        ends: [0; 3],
        length: 0,
        flags: ACRONYM,
        names: 0,
    };
    let acronyms = name.acronyms.iter().chain(&name.inner_acronyms);
    features.extend(acronyms.map(|text| acronym(text)));
}

/// Enough of a stem: two words of one half are taken for the same, and then the
/// rules tell.
fn half(stem: u64) -> u32 {
    (stem >> 32) as u32
}

fn word_features(name: &Name, word: NameWord, rarity: &dyn Rarity) -> WordFeatures {
    let text = name.word(word).as_bytes();
    let flag = |set: bool, flag: u16| if set { flag } else { 0 };
    let names = rarity.names_with(word.stem);
    WordFeatures {
        stem: half(word.stem),
        letters: text.iter().fold(0, |letters, byte| letters | 1 << (byte & 31)),
        ends: [text[0], text[text.len().min(2) - 1], text[text.len() - 1]],
        length: u8::try_from(text.len()).unwrap_or(u8::MAX),
        flags: flag(word.class.is(Class::GENERIC) || word.qualifier, GENERIC)
            | flag(word.class.is(Class::KNOWN), KNOWN)
            | flag(word.class.is(Class::NUMBER), NUMBER)
            | flag(word.qualifier, QUALIFIER)
            | flag(word.class.is(Class::NUMBER.or(Class::DIRECTION)), FIXED)
            | flag(text.is_ascii(), ASCII)
            | flag(is_established(word, names), ESTABLISHED),
        names: names.map_or(0, |names| u16::try_from(names).unwrap_or(u16::MAX)),
    }
}

fn cannot_match(a: &[WordFeatures], b: &[WordFeatures]) -> bool {
    let (Some(first_a), Some(first_b)) = (a.first(), b.first()) else {
        return false;
    };
    if (first_a.flags | first_b.flags) & OPEN != 0 {
        return false;
    }
    let (a, acronyms_a) = parted(a);
    let (b, acronyms_b) = parted(b);
    // One may begin with the other's acronym.
    let begins =
        |acronyms: &[WordFeatures], first: &WordFeatures| acronyms.iter().any(|acronym| acronym.stem == first.stem);
    if begins(acronyms_a, first_b) || begins(acronyms_b, first_a) {
        return false;
    }
    let (only_a, only_b) = only(a, b);
    match (only_a, only_b) {
        (0, 0) => false,
        (0, extra) => is_named_before(b, extra),
        (extra, 0) => is_named_before(a, extra),
        _ => !may_pair((a, only_a), (b, only_b)),
    }
}

/// The words of a sketch, and the acronyms after them.
fn parted(features: &[WordFeatures]) -> (&[WordFeatures], &[WordFeatures]) {
    let words = features.iter().take_while(|word| word.flags & ACRONYM == 0).count();
    features.split_at(words)
}

/// The words that only one name has, as bits. A name has fewer words than a
/// number has bits.
fn only(a: &[WordFeatures], b: &[WordFeatures]) -> (u64, u64) {
    let (mut only_a, mut only_b) = ((1u64 << a.len()) - 1, (1u64 << b.len()) - 1);
    for (at, word) in a.iter().enumerate() {
        for (to, other) in b.iter().enumerate() {
            if word.stem == other.stem {
                only_a &= !(1 << at);
                only_b &= !(1 << to);
            }
        }
    }
    (only_a, only_b)
}

fn picked(features: &[WordFeatures], bits: u64) -> impl Iterator<Item = &WordFeatures> {
    let bit = move |at: usize| bits & (1 << at) != 0;
    features
        .iter()
        .enumerate()
        .filter(move |(at, _)| bit(*at))
        .map(|(_, word)| word)
}

/// Whether the longer name has a name of its own before what is shared:
/// "Dorothy Bennett Mercy Center".
fn is_named_before(features: &[WordFeatures], extra: u64) -> bool {
    let ends = extra & (1 << (features.len() - 1)) != 0;
    // "Action Project (MICA Project)", "ABC - Center for All".
    let bracketed = picked(features, !extra).any(|word| word.flags & (QUALIFIER | BREAKS) != 0);
    !ends
        && !bracketed
        && picked(features, extra).any(|word| word.flags & KNOWN == 0)
        && picked(features, extra).all(|word| word.flags & (NUMBER | QUALIFIER) == 0)
}

/// Whether the words that each name has alone may go together.
fn may_pair((a, only_a): (&[WordFeatures], u64), (b, only_b): (&[WordFeatures], u64)) -> bool {
    let of_a = || picked(a, only_a);
    let of_b = || picked(b, only_b);
    if of_a().chain(of_b()).all(|word| word.flags & GENERIC != 0) {
        return true;
    }
    // "LA" is Los Angeles, and "los" has no features.
    let is_la = |word: &WordFeatures| word.length == 2 && word.ends == *b"laa";
    if of_a().chain(of_b()).any(is_la) {
        return true;
    }
    // First letters and the words they stand for: as many words as letters. One of
    // them may be a word that both names have, and one of them twice.
    let (count_a, count_b) = (only_a.count_ones(), only_b.count_ones());
    if of_a().any(|word| may_be_initials(word, b)) || of_b().any(|word| may_be_initials(word, a)) {
        return true;
    }
    // A word that is near none stays, and where both sides keep one, the names
    // are apart.
    let alone = count_a == 1 && count_b == 1;
    let alike =
        |one: &WordFeatures, other: &WordFeatures| may_be_near(one, other) || !alone && may_be_joined(one, other);
    of_a().all(|word| of_b().any(|other| alike(word, other)))
        || of_b().all(|word| of_a().any(|other| alike(other, word)))
}

/// Whether a word may be the first letters of some of the others: two to six
/// letters, of four bytes at most.
fn may_be_initials(word: &WordFeatures, others: &[WordFeatures]) -> bool {
    let bytes = if word.flags & ASCII != 0 { 1 } else { 4 };
    let most = u8::try_from(others.len().min(6) * bytes).unwrap_or(u8::MAX);
    (2..=most).contains(&word.length) && others.iter().any(|other| other.ends[0] == word.ends[0])
}

/// Whether two words may be nearly the same; true of all that the comparison of
/// words finds so (`comparison/difference.rs`), and of little else.
fn may_be_near(a: &WordFeatures, b: &WordFeatures) -> bool {
    if (a.flags | b.flags) & FIXED != 0 || a.ends[0] != b.ends[0] {
        return false;
    }
    if a.flags & b.flags & ASCII == 0 {
        return true;
    }
    let (shorter, longer) = (a.length.min(b.length), a.length.max(b.length));
    if shorter < 4 || longer - shorter > 6 {
        return false;
    }
    // Each slip, also that of a plural's s, changes two letters at most.
    let differing = (a.letters ^ b.letters).count_ones();
    let slips = 1 + u32::from(shorter >= 5) + u32::from(shorter >= 8);
    let both = a.flags & b.flags & ESTABLISHED != 0;
    let slip = !both && longer - shorter <= 2 && differing <= 2 * slips + 1;
    // Forms of one word begin alike, and differ in a few letters at the end.
    let known = (a.flags | b.flags) & KNOWN != 0;
    let form = known && differing <= u32::from(shorter) / 3 + 6;
    slip || a.ends[1] == b.ends[1] && (form || begins(a, b))
}

/// Whether the longer may begin with the shorter.
fn begins(a: &WordFeatures, b: &WordFeatures) -> bool {
    let (short, long) = if a.length < b.length { (a, b) } else { (b, a) };
    short.length < long.length && short.letters & !long.letters == 0
}

/// Whether one may be a part of the other, written without a space.
fn may_be_joined(a: &WordFeatures, b: &WordFeatures) -> bool {
    let (short, long) = if a.length < b.length { (a, b) } else { (b, a) };
    short.letters & !long.letters == 0 && (short.ends[0] == long.ends[0] || short.ends[2] == long.ends[2])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::Zone;
    use crate::resolve::comparison::{Comparison, NoList};
    use crate::resolve::weigh::verdict;

    fn is_refused(a: &str, b: &str) -> bool {
        let features = |raw| {
            let mut features = Vec::new();
            name_features(&Name::new(raw), &NoList, &mut features);
            features
        };
        let (one, other) = (features(a), features(b));
        let refused = cannot_match(&one, &other);
        assert_eq!(refused, cannot_match(&other, &one), "{a} | {b}");
        refused
    }

    #[test]
    fn what_shares_some_words_only_is_refused() {
        let check = |a, b, expected| assert_eq!(is_refused(a, b), expected, "{a} | {b}");
        check("Mercy Housing Center", "Mercy Housing Clinic of Ohio", true);
        check("Dorothy Bennett Mercy Center", "Mercy Center", true);
        check("Garholden Research Center", "Garkimvel Research Center", true);
        check("Elmcor Activities", "Elmcor Services", false);
        check("Dream Yard Project", "DreamYard Project", false);
        check("NAKASEC", "Service Consortium (NAKASEC)", false);
        check("FEGS Health Services", "Federation Guidance Service (FEGS)", false);
        check("Harwell Village Council", "Hartwell Village Council", false);
    }

    #[test]
    fn nothing_is_refused_that_the_rules_would_ask_about() {
        let coalition = include_str!("../../bench/linkage/coalition.csv");
        let kinds = include_str!("../../bench/linkage/kinds.csv");
        let coalition = coalition.lines().skip(1).step_by(2);
        // Without the answer, which follows the last comma.
        let kinds = kinds
            .lines()
            .skip(1)
            .step_by(12)
            .filter_map(|line| line.rsplit_once(','));
        let kinds = kinds.map(|(name, _)| name.trim_matches('"'));
        let names: Vec<Name> = coalition.chain(kinds).map(Name::new).collect();
        let features: Vec<Vec<WordFeatures>> = names
            .iter()
            .map(|name| {
                let mut features = Vec::new();
                name_features(name, &NoList, &mut features);
                features
            })
            .collect();
        for (at, a) in names.iter().enumerate() {
            for (to, b) in names[..at].iter().enumerate() {
                if cannot_match(&features[at], &features[to]) {
                    let zone = verdict(&Comparison::new(a, b, &NoList)).zone;
                    assert_eq!(zone, Zone::Apart, "{} | {}", a.text(), b.text());
                }
            }
        }
    }
}
