//! Tells from a few bits of a text that an expression finds nothing in it.
//!
//! In: an expression's syntax, and texts. Out: whether a text has the strings without which
//! the expression finds nothing. Guaranteed: a text in which it finds something has them;
//! `expression` makes sure of it in debug builds and all tests. Absent: searching.
//!
//! Most expressions look for something that hardly any letter has, such as "lorem ipsum". Of
//! each text its bytes, and all runs of two and of three, are kept as a bit each, of some
//! thousands (Bloom, Space/time trade-offs in hash coding, 1970); of an expression the strings
//! it needs. To look up a string takes a nanosecond or two; to make an expression, a hundred
//! thousand.

use regex_syntax::hir::{Class, Hir, HirKind};
use std::cell::RefCell;

/// What a text must have for an expression to find something in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Required {
    /// Nothing that could be told.
    Nothing,
    /// A string: the bits of its runs.
    String(Vec<u16>),
    /// All of these.
    All(Vec<Required>),
    /// One of these.
    Any(Vec<Required>),
}

/// Most bytes of a text whose runs are kept. Of a longer one nearly all bits would be set.
const LONGEST: usize = 4096;

/// Bits for runs of two and three bytes; behind them there is one for each byte.
const RUNS: usize = 4096;

impl Required {
    /// Reads what an expression needs.
    pub(super) fn new(hir: &Hir) -> Self {
        if let Some(string) = only_string(hir) {
            return Self::string(&string);
        }
        match hir.kind() {
            HirKind::Class(class) => letters_of(class).map_or(Self::Nothing, |letters| {
                Self::any(letters.iter().map(|letter| Self::string(&[*letter])))
            }),
            HirKind::Capture(capture) => Self::new(&capture.sub),
            HirKind::Repetition(repetition) if repetition.min > 0 => match only_string(&repetition.sub) {
                Some(string) => Self::string(&string.repeat(repetition.min.min(4) as usize)),
                None => Self::new(&repetition.sub),
            },
            HirKind::Alternation(ways) => Self::any(ways.iter().map(Self::new)),
            HirKind::Concat(parts) => Self::all(parts),
            HirKind::Empty | HirKind::Literal(_) | HirKind::Look(_) | HirKind::Repetition(_) => Self::Nothing,
        }
    }

    fn string(string: &[u8]) -> Self {
        if string.is_empty() {
            Self::Nothing
        } else {
            Self::String(bits(string))
        }
    }

    fn any(ways: impl Iterator<Item = Self>) -> Self {
        let ways: Vec<Self> = ways.collect();
        if ways.contains(&Self::Nothing) {
            Self::Nothing
        } else {
            Self::Any(ways)
        }
    }

    /// Reads what stands one after the other; strings that touch are one.
    fn all(parts: &[Hir]) -> Self {
        let mut all = Vec::new();
        let mut run = Vec::new();
        for part in parts {
            if let Some(string) = only_string(part) {
                run.extend(string);
                continue;
            }
            all.extend([Self::string(&std::mem::take(&mut run)), Self::new(part)]);
        }
        all.push(Self::string(&run));
        all.retain(|part| *part != Self::Nothing);
        // The longest string first: it is the rarest, and the rest need not be looked up.
        all.sort_by_key(|part| match part {
            Self::String(bits) => usize::MAX - bits.len(),
            _ => usize::MAX,
        });
        match all.len() {
            0 => Self::Nothing,
            _ => Self::All(all),
        }
    }

    /// Returns whether a text may have what the expression says.
    pub(super) fn is_in(&self, text: &str) -> bool {
        *self == Self::Nothing || text.len() > LONGEST || with_runs(text, |runs| self.is_among(runs))
    }

    fn is_among(&self, runs: &Runs) -> bool {
        match self {
            Self::Nothing => true,
            Self::String(bits) => runs.have(bits),
            Self::All(parts) => parts.iter().all(|part| part.is_among(runs)),
            Self::Any(ways) => ways.iter().any(|way| way.is_among(runs)),
        }
    }
}

/// The bytes of a text and their runs, a bit each; letters of ASCII in lower case.
#[derive(Clone, Debug)]
struct Runs([u64; (RUNS + 256) / 64]);

impl Runs {
    fn new(text: &str) -> Self {
        let mut runs = Self([0; (RUNS + 256) / 64]);
        let (mut before, mut last) = (0, 0);
        for (at, byte) in text.bytes().enumerate() {
            let byte = u32::from(byte.to_ascii_lowercase());
            runs.set(of_byte(byte));
            if at > 0 {
                runs.set(of_two(last, byte));
            }
            if at > 1 {
                runs.set(of_three(before, last, byte));
            }
            (before, last) = (last, byte);
        }
        runs
    }

    fn set(&mut self, bit: u16) {
        self.0[usize::from(bit / 64)] |= 1 << (bit % 64);
    }

    fn have(&self, bits: &[u16]) -> bool {
        bits.iter()
            .all(|bit| self.0[usize::from(bit / 64)] & 1 << (bit % 64) != 0)
    }
}

fn of_byte(byte: u32) -> u16 {
    (RUNS as u32 + byte) as u16
}

fn of_two(first: u32, second: u32) -> u16 {
    hash(first << 8 | second, 0x9e37_79b1)
}

fn of_three(first: u32, second: u32, third: u32) -> u16 {
    hash(first << 16 | second << 8 | third, 0x85eb_ca6b)
}

/// Multiplicative hashing to the number of a bit (Knuth, Sorting and Searching, 6.4).
fn hash(run: u32, factor: u32) -> u16 {
    (run.wrapping_mul(factor) >> (u32::BITS - RUNS.ilog2())) as u16
}

/// Returns the bits that a text with this string has; of the longest runs only.
fn bits(string: &[u8]) -> Vec<u16> {
    let byte = |at: usize| u32::from(string[at]);
    match string.len() {
        0 => Vec::new(),
        1 => vec![of_byte(byte(0))],
        2 => vec![of_two(byte(0), byte(1))],
        length => (2..length)
            .map(|at| of_three(byte(at - 2), byte(at - 1), byte(at)))
            .collect(),
    }
}

/// Texts whose runs are kept; each check goes through the same texts of a letter.
const KEPT: usize = 256;

thread_local! {
    static TEXTS: RefCell<Vec<(String, Runs)>> = const { RefCell::new(Vec::new()) };
}

/// Calls a function with the runs of a text, which are read once while the text is kept.
fn with_runs<T>(text: &str, look: impl FnOnce(&Runs) -> T) -> T {
    TEXTS.with_borrow_mut(|texts| {
        texts.resize_with(KEPT, || (String::new(), Runs::new("")));
        // Where the text lies says only where to look for it first.
        let place = (text.as_ptr() as usize >> 4) ^ text.len();
        let (kept, runs) = &mut texts[place % KEPT];
        if kept != text {
            text.clone_into(kept);
            *runs = Runs::new(text);
        }
        look(runs)
    })
}

/// Returns the only string that an expression describes, in lower case, if there is one.
fn only_string(hir: &Hir) -> Option<Vec<u8>> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(Vec::new()),
        HirKind::Literal(literal) => Some(literal.0.to_ascii_lowercase()),
        HirKind::Class(class) => letters_of(class).filter(|letters| letters.len() == 1),
        HirKind::Capture(capture) => only_string(&capture.sub),
        HirKind::Concat(parts) => parts.iter().try_fold(Vec::new(), |mut all, part| {
            all.extend(only_string(part)?);
            Some(all)
        }),
        HirKind::Repetition(_) | HirKind::Alternation(_) => None,
    }
}

/// Returns the characters of a class, in lower case, if they are some few of ASCII.
fn letters_of(class: &Class) -> Option<Vec<u8>> {
    const MOST: u32 = 24;
    let Class::Unicode(class) = class else { return None };
    let mut letters: Vec<u8> = Vec::new();
    for range in class.iter() {
        let (first, last) = (u32::from(range.start()), u32::from(range.end()));
        if last > 0x7f || last - first > MOST {
            return None;
        }
        letters.extend((first..=last).map(|letter| (letter as u8).to_ascii_lowercase()));
    }
    letters.sort_unstable();
    letters.dedup();
    (!letters.is_empty()).then_some(letters)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(source: &str) -> Required {
        Required::new(&regex_syntax::parse(source).unwrap())
    }

    #[test]
    fn a_text_without_the_strings_is_passed_over() {
        for (source, with, without) in [
            (r"(?-i:\bLorem) ipsum\b", "LOREM IPSUM", "lorem, ipsum"),
            (r"[0-9] (?:dog|cats) [\p{L}]", "cats 1 ", "cat 1 "),
            (r"[0-9] (?:dog|cats) [\p{L}]", "cats 1 ", "cats and dogs "),
            (r"\bX{3,}\b", "xxx", "xx xx"),
            (r"\p{L}+ \p{L}+", " ", "-"),
            (r"[-–] ?ab(?:c|de)", "cab", "ac"),
            (r"(?:one)?two", "two", "one"),
            (r"(\[)[^\]]*", "[", "]"),
            (r"[Yy]our (Committee|Agency)", "your agency", "your department"),
            (r"(?:foo [0-9]|\(bar)!", "(bar!", "foo !"),
        ] {
            assert!(read(source).is_in(with) && !read(source).is_in(without), "{source}");
        }
        for source in [r"a*b?", "foo|.", r"\b", "", r"[^a]"] {
            assert!(read(source).is_in(""), "{source}");
        }
    }

    #[test]
    fn a_text_has_what_it_has() {
        let text = "We ask the Voting Rights Act — of 1965; «Ñandú» [x]";
        for end in (0..=text.len()).filter(|&end| text.is_char_boundary(end)) {
            for start in (0..end).filter(|&start| text.is_char_boundary(start)) {
                let string = text[start..end].to_ascii_lowercase();
                assert!(Runs::new(text).have(&bits(string.as_bytes())), "{string}");
            }
        }
        assert!(
            read("lorem").is_in(&"-".repeat(LONGEST + 1)),
            "nothing is said of long texts"
        );
    }

    #[test]
    fn a_text_in_the_place_of_another_is_read_anew() {
        let required = read("needle");
        let mut text = String::from("a needle");
        assert!(required.is_in(&text));
        text.replace_range(.., "a beetle");
        assert!(!required.is_in(&text));
    }
}
