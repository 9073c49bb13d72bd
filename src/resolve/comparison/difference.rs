//! Finds the words that two names share, and those that only one has.
//!
//! In: two names. Out: a [`WordDifference`]: which words both have, which are nearly
//! the same, which only one has. Guaranteed: symmetric. Absent: weights.

use super::misspelling;
use super::rarity::{Rarity, is_established, is_rare};
use super::turned;
use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::words::{Class, are_interchangeable, stem};

/// The ways in which two words that are not the same are nearly so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Near {
    /// Singular and plural.
    Plural,
    /// A slip of the pen that hides no other word.
    Typo,
    /// Words of one family, or one cut short: "immigrant", "immigration".
    WordForm,
    /// One is the first letters of the others: "DCC", "Day Care Center".
    Initials,
    /// A slip of the pen, or another name: "Harwell", "Hartwell".
    Doubtful,
    /// A word that a form's field cut off within, at the end of a name: "Philharmonic Society of O".
    Cut,
    /// Words that stand for each other in such names: "Church", "Parish".
    Other,
}

/// The result of putting the words of two names side by side. Little words are set aside.
#[derive(Debug, Default)]
pub(crate) struct WordDifference {
    /// Words both have, as in the first name.
    pub(crate) shared: Vec<NameWord>,
    /// The number of them that are rare.
    pub(crate) rare: usize,
    /// The number of them that tell what it does or whose it is: no place, no number,
    /// no sort of body.
    pub(crate) telling: usize,
    /// Words that are nearly the same: of the first name, of the second.
    pub(crate) near: Vec<(NameWord, NameWord, Near)>,
    /// Words that only the first name has.
    pub(crate) only_a: Vec<NameWord>,
    /// Words that only the second name has.
    pub(crate) only_b: Vec<NameWord>,
    /// The same words stand in another order.
    pub(crate) reordered: bool,
    /// And one name is the other, turned round: "County of Dane", "Dane County".
    pub(crate) turned: bool,
    /// The little words differ.
    pub(crate) filler: bool,
    /// Written without spaces, the names are the same, and with them not.
    pub(crate) spacing: bool,
    /// True if what only one side has stands after all that is shared.
    pub(crate) at_end: bool,
    /// True if what only one side has stands before or after all that is shared.
    pub(crate) at_edge: bool,
    /// It stands at the end, after a bracket, a slash, a colon or a dash.
    pub(crate) after_break: bool,
    /// It stands at the beginning, before such a mark.
    pub(crate) before_break: bool,
}

/// From how many letters on a name may be as long as the field of a form.
const CUT_NAME: u16 = 15;

/// From how many letters on [`near`] knows a word by its beginning.
const CUT_LONG: usize = 6;

/// Marks a word that has no equal in the other name.
const UNPAIRED: usize = usize::MAX;

impl WordDifference {
    pub(crate) fn new(a: &Name, b: &Name, rarity: &dyn Rarity) -> Self {
        let mut out = Self::default();
        let content = |name: &Name| -> Vec<NameWord> {
            let mut words = Vec::with_capacity(name.words().len());
            words.extend(name.words().iter().filter(|word| !word.class.is(Class::STOP)));
            words
        };
        let (mut words_a, mut words_b) = (content(a), content(b));
        // A name of little words only: "Into the".
        if words_a.is_empty() || words_b.is_empty() {
            words_a = a.words().to_vec();
            words_b = b.words().to_vec();
        }
        out.pair_equal(a, b, &words_a, &words_b, rarity);
        let mut run_together = false;
        if !out.only_a.is_empty() || !out.only_b.is_empty() {
            // "MoveOn", "Move On".
            run_together = a.words().len().min(b.words().len()) == 1 && same_letters((a, a.words()), (b, b.words()));
            out.spacing = run_together || same_letters((a, &words_a), (b, &words_b));
            if out.spacing {
                out.only_a.clear();
                out.only_b.clear();
                out.reordered = false;
            } else {
                out.join_spaced(a, b, rarity);
                out.pair_initials(a, b);
                out.pair_cut((a, &words_a), (b, &words_b));
                out.pair_near(a, b, rarity);
            }
        }
        out.filler = out.is_complete() && !run_together && !filler_of(a).eq(filler_of(b));
        // "Madison, City of" differs from "Madison City" in a little word.
        out.turned = (out.reordered || out.filler) && out.is_complete() && turned::is_turned(a, b);
        out.add_codes(a, b);
        out.locate_added((a, &words_a), (b, &words_b));
        out.filler &= out.is_complete();
        out
    }

    /// Returns whether nothing but spelling tells the names apart.
    pub(crate) fn is_complete(&self) -> bool {
        self.only_a.is_empty() && self.only_b.is_empty()
    }

    /// Pairs words with equal stems. Of words that stand twice, the shorter name says which
    /// is which, and of two of a length the one whose text comes first: so that the order of
    /// the names says nothing.
    fn pair_equal(&mut self, a: &Name, b: &Name, words_a: &[NameWord], words_b: &[NameWord], rarity: &dyn Rarity) {
        self.shared.reserve_exact(words_a.len().min(words_b.len()));
        let turned = (words_b.len(), b.text()) < (words_a.len(), a.text());
        let (from, to) = if turned { (words_b, words_a) } else { (words_a, words_b) };
        let mut taken = 0u64; // MAX_WORDS is below 64
        let mut partners = [UNPAIRED; 64];
        let mut last = None;
        for (at, word) in from.iter().enumerate() {
            let same = |at: &usize| taken & (1 << at) == 0 && to[*at].stem == word.stem;
            // What comes next first, so that repeated words keep their order.
            let after = last.map_or(0, |last| last + 1);
            let found = (after..to.len())
                .find(same)
                .or_else(|| (0..after.min(to.len())).find(same));
            let Some(found) = found else { continue };
            taken |= 1 << found;
            self.reordered |= last.is_some_and(|last| found < last);
            last = Some(found);
            let (of_a, of_b) = if turned { (found, at) } else { (at, found) };
            partners[of_a] = of_b;
        }
        let mut used_b = 0u64;
        for (&word, &partner) in words_a.iter().zip(&partners) {
            if partner == UNPAIRED {
                self.only_a.push(word);
                continue;
            }
            used_b |= 1 << partner;
            if a.word(word) != b.word(words_b[partner]) {
                self.near.push((word, words_b[partner], Near::Plural));
            }
            self.rare += usize::from(is_rare(word, rarity));
            self.telling += usize::from(is_telling(word));
            self.shared.push(word);
        }
        let left = words_b.iter().enumerate().filter(|(at, _)| used_b & (1 << at) == 0);
        self.only_b.extend(left.map(|(_, &word)| word));
    }

    /// "Dream Yard" and "DreamYard": two neighbors of one side are a word of the
    /// other.
    fn join_spaced(&mut self, a: &Name, b: &Name, rarity: &dyn Rarity) {
        fn join(
            whole: &mut Vec<NameWord>,
            whole_of: &Name,
            parts: &mut Vec<NameWord>,
            parts_of: &Name,
        ) -> Option<NameWord> {
            for at in 0..whole.len() {
                let text = whole_of.word(whole[at]);
                let found = (1..parts.len()).find(|&end| {
                    let (first, second) = (parts_of.word(parts[end - 1]), parts_of.word(parts[end]));
                    !are_numbers(first, second)
                        && text.len() == first.len() + second.len()
                        && text.starts_with(first)
                        && text.ends_with(second)
                });
                if let Some(end) = found {
                    parts.drain(end - 1..=end);
                    return Some(whole.remove(at));
                }
            }
            None
        }
        while let Some(word) =
            join(&mut self.only_a, a, &mut self.only_b, b).or_else(|| join(&mut self.only_b, b, &mut self.only_a, a))
        {
            self.spacing = true;
            self.rare += usize::from(is_rare(word, rarity));
            self.telling += usize::from(is_telling(word));
        }
    }

    /// Takes words away whose first letters are a word of the other side.
    fn pair_initials(&mut self, a: &Name, b: &Name) {
        fn find(
            short: &[NameWord],
            short_of: &Name,
            long: &[NameWord],
            long_of: &Name,
        ) -> Option<(usize, usize, usize)> {
            for (at, &word) in short.iter().enumerate() {
                let text = short_of.word(word);
                // A letter has four bytes at most.
                if text.len() > 4 * long.len().min(6) {
                    continue;
                }
                let letters = text.chars().count();
                if !(2..=6).contains(&letters) || long.len() < letters {
                    continue;
                }
                let initials = |words: &[NameWord]| {
                    let first = words.iter().filter_map(|&word| long_of.word(word).chars().next());
                    first.eq(text.chars())
                };
                if let Some(start) = long.windows(letters).position(initials) {
                    return Some((at, start, letters));
                }
            }
            None
        }
        // "LA" is Los Angeles or Louisiana: "los" is a little word.
        let stands_for = |short: NameWord, of: &Name, whole: NameWord, other: &Name| {
            match of.word(short) {
                "la" => matches!(other.word(whole), "angeles" | "louisiana"),
                // The city, or the state.
                "districtofcolumbia" => other.word(whole) == "washington" && !whole.is_code(),
                _ => false,
            }
        };
        if let ([one], [other]) = (&self.only_a[..], &self.only_b[..])
            && (stands_for(*one, a, *other, b) || stands_for(*other, b, *one, a))
        {
            self.near.push((*one, *other, Near::Initials));
            self.only_a.clear();
            self.only_b.clear();
            return;
        }
        // "Trans Futures KC"; "UU Church of Davis", not "Ti Church".
        let enough = |&(at, start, length): &(usize, usize, usize), short: &[NameWord], long: &[NameWord]| {
            let typed = Class::PLACE.or(Class::SHOUTED);
            length > 2
                || self.shared.len() > 2
                || self.shared.len() == 2 && (long[start].class.or(short[at].class)).is(typed)
        };
        let in_a = find(&self.only_a, a, &self.only_b, b).filter(|found| enough(found, &self.only_a, &self.only_b));
        let in_b = find(&self.only_b, b, &self.only_a, a).filter(|found| enough(found, &self.only_b, &self.only_a));
        match (in_a, in_b) {
            (Some((at, start, length)), None) => {
                self.near
                    .push((self.only_a.remove(at), self.only_b[start], Near::Initials));
                self.only_b.drain(start..start + length);
            }
            (None, Some((at, start, length))) => {
                self.near
                    .push((self.only_a[start], self.only_b.remove(at), Near::Initials));
                self.only_a.drain(start..start + length);
            }
            // Each would be short for the other: chance.
            _ => {}
        }
    }

    /// Pairs the last word of a name with the one that it begins, if all before it is the same and the other name goes
    /// on. A single long word that nothing follows is left to [`near`].
    fn pair_cut(&mut self, (a, words_a): (&Name, &[NameWord]), (b, words_b): (&Name, &[NameWord])) {
        let ends = |only: &[NameWord], words: &[NameWord]| only.len() == 1 && only.last() == words.last();
        let same = |count: usize| {
            let stems = |words: &[NameWord]| words[..count].iter().map(|word| word.stem).collect::<Vec<u64>>();
            stems(words_a) == stems(words_b)
        };
        let (shared, of_a) = (
            self.shared.len(),
            words_a.len() < words_b.len() || a.letters.count < b.letters.count,
        );
        let (short, long, only, words) = if of_a {
            (a, b, &self.only_a, words_a)
        } else {
            (b, a, &self.only_b, words_b)
        };
        let other = if of_a { &self.only_b } else { &self.only_a };
        let (Some(&cut), Some(&whole)) = (only.last(), other.first()) else {
            return;
        };
        let last = short.words().last() == Some(&cut) && words.len() == shared + 1;
        let (text, full) = (short.word(cut), long.word(whole));
        if !ends(only, words)
            || !last
            || shared < 2
            || !misspelling::is_cut_within((text, cut), full)
            || text.len() >= CUT_LONG && other.len() == 1
            || short.letters.count < CUT_NAME
            || !same(shared)
            || (if of_a { words_b } else { words_a }).get(shared) != Some(&whole)
        {
            return;
        }
        self.near.push(if of_a {
            (cut, whole, Near::Cut)
        } else {
            (whole, cut, Near::Cut)
        });
        if of_a {
            self.only_a.clear();
            self.only_b.remove(0);
        } else {
            self.only_b.clear();
            self.only_a.remove(0);
        }
    }

    /// Pairs words that are nearly the same.
    fn pair_near(&mut self, a: &Name, b: &Name, rarity: &dyn Rarity) {
        // Beyond a few, the names have nothing to do with each other.
        if self.only_a.len() > 4 || self.only_b.len() > 4 {
            return;
        }
        let plurals = self.near.iter().filter(|(_, _, near)| *near == Near::Plural).count();
        let exact = self.shared.len() - plurals;
        // Nearest first; ties by the words themselves, so that sides do not matter.
        loop {
            let pairs = self.only_a.iter().enumerate().flat_map(|(at, &word)| {
                let others = self.only_b.iter().enumerate();
                others.filter_map(move |(to, &other)| Some((near((a, word), (b, other), rarity)?, at, to)))
            });
            let best = pairs.min_by_key(|&(near, at, to)| {
                let (one, other) = (a.word(self.only_a[at]), b.word(self.only_b[to]));
                (near as u8, one.min(other), one.max(other))
            });
            let Some((mut near, at, to)) = best else { break };
            if near == Near::Typo && !(exact >= 2 || exact == 1 && self.rare == 1) {
                near = Near::Doubtful;
            }
            let pair = (self.only_a.remove(at), self.only_b.remove(to), near);
            self.near.push(pair);
        }
        // "Natural Resources Defense Council", "National Resources Defense Council".
        if let ([one], [other]) = (&self.only_a[..], &self.only_b[..])
            && exact >= 3
            && self.near.len() == plurals
            && misspelling::is_slip_between_words((a, *one), (b, *other))
        {
            self.near.push((*one, *other, Near::Doubtful));
            self.only_a.clear();
            self.only_b.clear();
        }
    }

    /// "NAACP OR CONFERENCE", "NAACP TX CONFERENCE": where one side has a place, a little word
    /// that may be one is no little word.
    fn add_codes(&mut self, a: &Name, b: &Name) {
        fn codes(name: &Name, other: &Name) -> Vec<NameWord> {
            let own = |word: &&NameWord| word.code && !other.words().iter().any(|same| same.stem == word.stem);
            let words = name.words().iter().filter(own);
            words.map(|word| word.with_class(Class::PLACE)).collect()
        }
        let places = |words: &[NameWord]| words.iter().all(|word| word.class.is(Class::PLACE));
        if self.only_b.is_empty() && !self.only_a.is_empty() && places(&self.only_a) {
            self.only_b = codes(b, a);
        } else if self.only_a.is_empty() && !self.only_b.is_empty() && places(&self.only_b) {
            self.only_a = codes(a, b);
        }
    }

    fn locate_added(&mut self, (a, words_a): (&Name, &[NameWord]), (b, words_b): (&Name, &[NameWord])) {
        let (added, words, name) = match (self.only_a.is_empty(), self.only_b.is_empty()) {
            (false, true) => (&self.only_a, words_a, a),
            (true, false) => (&self.only_b, words_b, b),
            _ => return,
        };
        // The mark may stand before a little word: "Border Angels / Las Angelitas".
        let breaks = |word: &NameWord| {
            let at = name.words().iter().position(|other| other == word).unwrap_or(0);
            let little = name.words()[..at]
                .iter()
                .rev()
                .take_while(|word| word.class.is(Class::STOP));
            word.breaks || little.into_iter().any(|word| word.breaks)
        };
        self.at_end = words.ends_with(added);
        self.after_break = self.at_end && breaks(&added[0]);
        let begins = words.starts_with(added);
        self.at_edge = self.at_end || begins;
        self.before_break = begins && words.get(added.len()).is_some_and(breaks);
    }
}

pub(super) fn is_telling(word: NameWord) -> bool {
    let other = Class::GENERIC
        .or(Class::BRANCH)
        .or(Class::PLACE)
        .or(Class::PLACE_PREFIX)
        .or(Class::REACH)
        .or(Class::DIRECTION)
        .or(Class::NUMBER)
        .or(Class::STOP);
    !word.class.is(other)
}

/// Returns whether two sequences of words are the same without spaces.
fn same_letters((a, words_a): (&Name, &[NameWord]), (b, words_b): (&Name, &[NameWord])) -> bool {
    let length = |name: &Name, words: &[NameWord]| words.iter().map(|&word| name.word(word).len()).sum::<usize>();
    if length(a, words_a) != length(b, words_b) {
        return false;
    }
    fn bytes<'a>(name: &'a Name, words: &'a [NameWord]) -> impl Iterator<Item = u8> + 'a {
        words.iter().flat_map(|&word| name.word(word).bytes())
    }
    let numbers = |name: &Name, words: &[NameWord]| {
        let mut two = words.windows(2);
        two.any(|two| are_numbers(name.word(two[0]), name.word(two[1])))
    };
    bytes(a, words_a).eq(bytes(b, words_b)) && !numbers(a, words_a) && !numbers(b, words_b)
}

/// Returns whether two words that stand beside each other would be read as one number: "Local 1 12".
fn are_numbers(first: &str, second: &str) -> bool {
    let digit = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_digit());
    digit(first.bytes().next_back()) && digit(second.bytes().next())
}

/// The little words of a name; "and" and "y" are the same.
pub(crate) fn filler(name: &Name) -> Vec<u64> {
    filler_of(name).collect()
}

fn filler_of(name: &Name) -> impl Iterator<Item = u64> + '_ {
    let words = name.words().iter();
    words
        .filter(|word| word.class.is(Class::STOP))
        .map(|&word| filler_stem(name, word))
}

/// The stem of a little word, that of "and" in every language.
pub(super) fn filler_stem(name: &Name, word: NameWord) -> u64 {
    match name.word(word) {
        "y" | "e" | "et" | "und" => stem("and"),
        _ => word.stem,
    }
}

/// Returns whether two words begin with the same letter and have half of the shorter one
/// in common at their ends. Cheap, and true of all that [`near`] finds.
pub(crate) fn is_alike(a: &str, b: &str) -> bool {
    // The number of a noun does not count.
    let (a, b) = (
        a.strip_suffix('s').unwrap_or(a).as_bytes(),
        b.strip_suffix('s').unwrap_or(b).as_bytes(),
    );
    let shorter = a.len().min(b.len());
    let before = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let after = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    before > 0 && (before + after) * 2 >= shorter
}

/// Returns in how many letters two words differ, or some number above `most`.
fn distance(a: &str, b: &str, most: usize) -> usize {
    // Each slip changes two of the letters that occur in a word at most.
    let letters = |text: &str| text.bytes().fold(0u64, |letters, byte| letters | 1 << (byte & 63));
    let slips = (letters(a) ^ letters(b)).count_ones().div_ceil(2) as usize;
    if !a.is_ascii() || !b.is_ascii() {
        return strsim::osa_distance(a, b);
    }
    if slips > most {
        return slips;
    }
    // What both begin and end with changes nothing.
    let before = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[before..], &b[before..]);
    let after = a.bytes().rev().zip(b.bytes().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - after], &b[..b.len() - after]);
    if a.is_empty() || b.is_empty() || a.len() == 1 && b.len() == 1 {
        a.len().max(b.len())
    } else {
        strsim::osa_distance(a, b)
    }
}

/// Returns whether one of two words is the other with an ending in place of its e: "House", "Housing".
fn is_inflected(a: &str, b: &str) -> bool {
    let of = |short: &str, long: &str| {
        let ending = short.strip_suffix('e').and_then(|base| long.strip_prefix(base));
        matches!(ending, Some("ing" | "er" | "ers"))
    };
    of(a, b) || of(b, a)
}

/// Returns whether one of two numbers is the ordinal of the other: "8th Day", "8 Day".
fn is_ordinal_of(a: &str, b: &str) -> bool {
    let of = |long: &str, short: &str| matches!(long.strip_prefix(short), Some("st" | "nd" | "rd" | "th"));
    of(a, b) || of(b, a)
}

/// Returns whether two words stand for each other in their names, and both names say more than a place: "St. Leo
/// Parish", "St. Leo Church". "Orleans Parish" is a county.
fn is_other_word((a, word_a): (&Name, NameWord), (b, word_b): (&Name, NameWord)) -> bool {
    let behind = |name: &'_ Name, word: NameWord| {
        let at = name.words().iter().position(|&other| other == word);
        at.and_then(|at| name.words().get(at + 1)).copied()
    };
    let text = |name, word| behind(name, word).map(|next| Name::word(name, next));
    let named = |name: &Name, word: NameWord| {
        let place = Class::PLACE.or(Class::PLACE_PREFIX).or(Class::STOP).or(Class::REACH);
        let mut words = name.words().iter();
        words.any(|&other| other != word && !other.class.is(place))
    };
    are_interchangeable((a.word(word_a), text(a, word_a)), (b.word(word_b), text(b, word_b)))
        && named(a, word_a)
        && named(b, word_b)
}

/// Returns how two different words are nearly the same, if they are.
fn near((a, word_a): (&Name, NameWord), (b, word_b): (&Name, NameWord), rarity: &dyn Rarity) -> Option<Near> {
    let both = |class: Class| word_a.class.is(class) && word_b.class.is(class);
    if both(Class::INTERCHANGEABLE) && is_other_word((a, word_a), (b, word_b)) {
        return Some(Near::Other);
    }
    let number = word_a.class.is(Class::NUMBER) || word_b.class.is(Class::NUMBER);
    if word_a.class.is(Class::NUMBER) && word_b.class.is(Class::NUMBER) {
        return is_ordinal_of(a.word(word_a), b.word(word_b)).then_some(Near::Doubtful);
    }
    let side = word_a.class.is(Class::DIRECTION) || word_b.class.is(Class::DIRECTION);
    // "Niger", "Nigeria": two listed places are two. "Nothern" is no listed word.
    if number || side && both(Class::KNOWN.or(Class::REAL)) || both(Class::PLACE) {
        return None;
    }
    // A word of many names may still be a misspelled one: "Audobon Society" signed twice.
    let established = |word: NameWord| word.class.is(Class::KNOWN);
    let frequent = |word: NameWord| is_established(word, rarity.names_with(word.stem));
    let (text_a, text_b) = (a.word(word_a), b.word(word_b));
    // Nearly all words begin otherwise.
    if text_a.as_bytes().first() != text_b.as_bytes().first() {
        return None;
    }
    let (length_a, length_b) = (text_a.chars().count(), text_b.chars().count());
    let (shorter, longer) = (length_a.min(length_b), length_a.max(length_b));
    // An acronym one letter off is another acronym: "NILC", "NIJC"; "ALBA", "ALMA".
    let acronyms = longer <= 5 && both(Class::SHOUTED);
    if shorter < 4 || acronyms || longer - shorter > 6 || !is_alike(text_a, text_b) {
        return None;
    }
    // "UMR8053", "UMR8003": the number in a code is no slip.
    let digits = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    if digits(text_a) || digits(text_b) {
        return None;
    }
    let common = text_a.chars().zip(text_b.chars()).take_while(|(a, b)| a == b).count();
    if common == shorter && shorter >= 6 && longer > shorter + 1 {
        let (cut, whole) = if length_a < length_b {
            ((a, word_a), word_b)
        } else {
            ((b, word_b), word_a)
        };
        if !established(cut.1) && !side && misspelling::is_cut_short(cut, whole) {
            return Some(Near::Typo);
        }
    }
    // Two unknown words with one beginning are two names.
    let ordinary = word_a.class.is(Class::KNOWN) || word_b.class.is(Class::KNOWN);
    let word_form = ordinary && common >= 5 && common * 3 >= shorter * 2 && common + 5 >= longer
        || common >= 4 && (common == shorter || ordinary && is_inflected(text_a, text_b));
    let both = established(word_a) && established(word_b);
    let both_frequent = frequent(word_a) && frequent(word_b);
    if common == shorter && side {
        return None;
    }
    let tolerated = usize::from(shorter >= 5) + usize::from(shorter >= 8);
    if longer - shorter <= 2 && !both {
        // The number of a noun is no slip: "Sudios", "Studio".
        let plural = text_a.ends_with('s') != text_b.ends_with('s');
        let cut = |text| {
            if plural {
                misspelling::without_plural(text)
            } else {
                text
            }
        };
        let whole = distance(text_a, text_b, tolerated + 1);
        let distance = if plural {
            whole.min(distance(cut(text_a), cut(text_b), tolerated + 1))
        } else {
            whole
        };
        if distance <= tolerated && (!both_frequent || distance == 1) {
            let slip = !both_frequent && !side && misspelling::is_misspelling((a, word_a), (b, word_b));
            return Some(if slip { Near::Typo } else { Near::Doubtful });
        }
        if distance <= tolerated + 1 && shorter >= 4 && !word_form && (!both_frequent || distance == 1) {
            return Some(Near::Doubtful);
        }
    }
    (word_form && !side).then_some(Near::WordForm)
}
