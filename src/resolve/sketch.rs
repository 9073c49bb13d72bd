//! Each name in a few bytes, to refuse most pairs without looking at them.
//!
//! In: units. Out: [`Sketches`], which say of two units that no rule could do more
//! than part them. Guaranteed: what is refused here, the rules part as well; a
//! refusal touches two short runs of one block of memory and nothing else.
//! Absent: anything that would join.
//!
//! Nearly all candidate pairs only happen to share some words. A million names
//! make some six million pairs, and some forty thousand of them are not apart.

use crate::model::signatory::Kind;
use crate::resolve::comparison::{Rarity, is_established};
use crate::resolve::normalize::{Name, Word};
use crate::resolve::units::Unit;
use crate::resolve::words::{Class, stem};
use crate::source::offset;
use rayon::prelude::*;

/// Units that are sketched in one piece of parallel work.
const CHUNK: usize = 4096;

/// A word that is no little word.
#[derive(Clone, Copy, Debug)]
struct Mark {
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
/// On the first mark, of the whole name: only the rules can judge it.
const OPEN: u16 = 1 << 7;

/// The sketches of a list's units.
#[derive(Debug, Default)]
pub(crate) struct Sketches {
    marks: Vec<Mark>,
    /// Unit by unit, where its marks begin; one more at the end.
    starts: Vec<u32>,
}

impl Sketches {
    /// Sketches all units.
    pub(crate) fn new(units: &[Unit], rarity: &dyn Rarity) -> Self {
        let parts: Vec<(Vec<Mark>, Vec<u32>)> = units
            .par_chunks(CHUNK)
            .map(|units| {
                let (mut marks, mut counts) = (Vec::with_capacity(units.len() * 6), Vec::with_capacity(units.len()));
                for unit in units {
                    let before = marks.len();
                    if unit.kind == Kind::Organization {
                        sketch(&unit.name, rarity, &mut marks);
                    }
                    counts.push(offset(marks.len() - before));
                }
                (marks, counts)
            })
            .collect();
        let mut out = Self {
            marks: Vec::with_capacity(parts.iter().map(|(marks, _)| marks.len()).sum()),
            starts: Vec::with_capacity(units.len() + 1),
        };
        out.starts.push(0);
        let mut end = 0;
        for (marks, counts) in parts {
            out.marks.extend(marks);
            out.starts.extend(counts.into_iter().map(|count| {
                end += count;
                end
            }));
        }
        out
    }

    fn of(&self, unit: u32) -> &[Mark] {
        let unit = unit as usize;
        &self.marks[self.starts[unit] as usize..self.starts[unit + 1] as usize]
    }

    /// In how many names each word of a unit occurs, little words left out, if
    /// there are others.
    pub(crate) fn names(&self, unit: u32) -> impl Iterator<Item = u32> + '_ {
        let (words, _) = parted(self.of(unit));
        words.iter().map(|mark| u32::from(mark.names))
    }

    /// Whether two units differ in so much that no rule could do more than part
    /// them.
    pub(crate) fn is_hopeless(&self, a: u32, b: u32) -> bool {
        is_hopeless(self.of(a), self.of(b))
    }
}

/// Sketches a name; of one that only the rules can judge, the first mark says so.
fn sketch(name: &Name, rarity: &dyn Rarity, marks: &mut Vec<Mark>) {
    let begin = marks.len();
    let words = name.words();
    let mut breaks = false;
    for &word in words {
        breaks |= word.breaks;
        if !word.class.is(Class::STOP) {
            let mut mark = mark(name, word, rarity);
            mark.flags |= if std::mem::take(&mut breaks) { BREAKS } else { 0 };
            marks.push(mark);
        }
    }
    // A bare acronym, other names and names of little words go by other rules.
    let open = words.len() < 2 || !name.aliases.is_empty() || marks.len() == begin;
    if marks.len() == begin {
        marks.extend(words.iter().map(|&word| mark(name, word, rarity)));
    }
    let Some(first) = marks.get_mut(begin) else { return };
    if open {
        first.flags |= OPEN;
    }
    let acronym = |text: &str| Mark {
        stem: half(stem(text)),
        letters: 0,
        ends: [0; 3],
        length: 0,
        flags: ACRONYM,
        names: 0,
    };
    let acronyms = name.acronyms.iter().chain(&name.inner_acronyms);
    marks.extend(acronyms.map(|text| acronym(text)));
}

/// Enough of a stem: two words of one half are taken for the same, and then the
/// rules tell.
fn half(stem: u64) -> u32 {
    (stem >> 32) as u32
}

fn mark(name: &Name, word: Word, rarity: &dyn Rarity) -> Mark {
    let text = name.word(word).as_bytes();
    let flag = |set: bool, flag: u16| if set { flag } else { 0 };
    let names = rarity.names_with(word.stem);
    Mark {
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

fn is_hopeless(a: &[Mark], b: &[Mark]) -> bool {
    let (Some(first_a), Some(first_b)) = (a.first(), b.first()) else {
        return false;
    };
    if (first_a.flags | first_b.flags) & OPEN != 0 {
        return false;
    }
    let (a, acronyms_a) = parted(a);
    let (b, acronyms_b) = parted(b);
    // One may begin with the other's acronym.
    let begins = |acronyms: &[Mark], first: &Mark| acronyms.iter().any(|acronym| acronym.stem == first.stem);
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
fn parted(marks: &[Mark]) -> (&[Mark], &[Mark]) {
    let words = marks.iter().take_while(|mark| mark.flags & ACRONYM == 0).count();
    marks.split_at(words)
}

/// The words that only one name has, as bits. A name has fewer words than a
/// number has bits.
fn only(a: &[Mark], b: &[Mark]) -> (u64, u64) {
    let (mut only_a, mut only_b) = ((1u64 << a.len()) - 1, (1u64 << b.len()) - 1);
    for (at, mark) in a.iter().enumerate() {
        for (to, other) in b.iter().enumerate() {
            if mark.stem == other.stem {
                only_a &= !(1 << at);
                only_b &= !(1 << to);
            }
        }
    }
    (only_a, only_b)
}

fn picked(marks: &[Mark], bits: u64) -> impl Iterator<Item = &Mark> {
    let bit = move |at: usize| bits & (1 << at) != 0;
    marks
        .iter()
        .enumerate()
        .filter(move |(at, _)| bit(*at))
        .map(|(_, mark)| mark)
}

/// Whether the longer name has a name of its own before what is shared:
/// "Dorothy Bennett Mercy Center".
fn is_named_before(marks: &[Mark], extra: u64) -> bool {
    let ends = extra & (1 << (marks.len() - 1)) != 0;
    // "Action Project (MICA Project)", "ABC - Center for All".
    let bracketed = picked(marks, !extra).any(|mark| mark.flags & (QUALIFIER | BREAKS) != 0);
    !ends
        && !bracketed
        && picked(marks, extra).any(|mark| mark.flags & KNOWN == 0)
        && picked(marks, extra).all(|mark| mark.flags & (NUMBER | QUALIFIER) == 0)
}

/// Whether the words that each name has alone may go together.
fn may_pair((a, only_a): (&[Mark], u64), (b, only_b): (&[Mark], u64)) -> bool {
    let of_a = || picked(a, only_a);
    let of_b = || picked(b, only_b);
    if of_a().chain(of_b()).all(|mark| mark.flags & GENERIC != 0) {
        return true;
    }
    // "LA" is Los Angeles, and "los" is no mark.
    let is_la = |mark: &Mark| mark.length == 2 && mark.ends == *b"laa";
    if of_a().chain(of_b()).any(is_la) {
        return true;
    }
    // First letters and the words they stand for: as many words as letters. One of
    // them may be a word that both names have, and one of them twice.
    let (count_a, count_b) = (only_a.count_ones(), only_b.count_ones());
    if of_a().any(|mark| may_be_initials(mark, b)) || of_b().any(|mark| may_be_initials(mark, a)) {
        return true;
    }
    // A word that is near none stays, and where both sides keep one, the names
    // are apart.
    let alone = count_a == 1 && count_b == 1;
    let alike = |one: &Mark, other: &Mark| may_be_near(one, other) || !alone && may_be_joined(one, other);
    of_a().all(|mark| of_b().any(|other| alike(mark, other)))
        || of_b().all(|mark| of_a().any(|other| alike(other, mark)))
}

/// Whether a word may be the first letters of some of the others: two to six
/// letters, of four bytes at most.
fn may_be_initials(mark: &Mark, others: &[Mark]) -> bool {
    let bytes = if mark.flags & ASCII != 0 { 1 } else { 4 };
    let most = u8::try_from(others.len().min(6) * bytes).unwrap_or(u8::MAX);
    (2..=most).contains(&mark.length) && others.iter().any(|other| other.ends[0] == mark.ends[0])
}

/// Whether two words may be nearly the same; true of all that the comparison of
/// words finds so (`comparison/difference.rs`), and of little else.
fn may_be_near(a: &Mark, b: &Mark) -> bool {
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
fn begins(a: &Mark, b: &Mark) -> bool {
    let (short, long) = if a.length < b.length { (a, b) } else { (b, a) };
    short.length < long.length && short.letters & !long.letters == 0
}

/// Whether one may be a part of the other, written without a space.
fn may_be_joined(a: &Mark, b: &Mark) -> bool {
    let (short, long) = if a.length < b.length { (a, b) } else { (b, a) };
    short.letters & !long.letters == 0 && (short.ends[0] == long.ends[0] || short.ends[2] == long.ends[2])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::Zone;
    use crate::resolve::comparison::{Comparison, NoList};
    use crate::resolve::weigh::verdict;

    fn refused(a: &str, b: &str) -> bool {
        let marks = |raw| {
            let mut marks = Vec::new();
            sketch(&Name::new(raw), &NoList, &mut marks);
            marks
        };
        let (one, other) = (marks(a), marks(b));
        let refused = is_hopeless(&one, &other);
        assert_eq!(refused, is_hopeless(&other, &one), "{a} | {b}");
        refused
    }

    #[test]
    fn what_shares_some_words_only_is_refused() {
        let check = |a, b, expected| assert_eq!(refused(a, b), expected, "{a} | {b}");
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
        let marks: Vec<Vec<Mark>> = names
            .iter()
            .map(|name| {
                let mut marks = Vec::new();
                sketch(name, &NoList, &mut marks);
                marks
            })
            .collect();
        for (at, a) in names.iter().enumerate() {
            for (to, b) in names[..at].iter().enumerate() {
                if is_hopeless(&marks[at], &marks[to]) {
                    let zone = verdict(&Comparison::new(a, b, &NoList)).zone;
                    assert_eq!(zone, Zone::Apart, "{} | {}", a.text(), b.text());
                }
            }
        }
    }
}
