//! Regular expressions that are quick to make for the texts that letters mostly have.
//!
//! In: an expression, and a text. Out: what it finds there. Guaranteed: the same as the
//! `regex` crate finds; debug builds and all tests make sure of each text. Absent: whether
//! the expression is needed at all (that is `pattern`'s).
//!
//! What makes an expression dear is what it says of letters: `\w`, `\p{L}` and `[^.]` stand
//! for a hundred thousand characters each. A text of plain English has none but those of
//! ASCII, and marks such as a dash. For such a text the expression is made of these alone:
//! each of its classes is cut down to the characters that the text can have.

use regex::{CaptureMatches, Captures, Match, Matches, Regex};
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look};
use std::sync::OnceLock;

/// The characters of a plain text beside those of ASCII, as ranges: marks, signs of money, and
/// spaces; none that is a letter, a digit, or part of a word.
const BEYOND_ASCII: [(char, char); 8] = [
    ('\u{a0}', '\u{a9}'),
    ('\u{ab}', '\u{b1}'),
    ('\u{b4}', '\u{b4}'),
    ('\u{b6}', '\u{b6}'),
    ('\u{bb}', '\u{bb}'),
    ('\u{2002}', '\u{200b}'),
    ('\u{2010}', '\u{203e}'),
    ('\u{20ac}', '\u{20ac}'),
];

/// A regular expression in two forms, each made when a text needs it.
#[derive(Debug)]
pub(super) struct Expression {
    source: String,
    hir: Hir,
    plain: OnceLock<Option<Regex>>,
    whole: OnceLock<Option<Regex>>,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// When it is none; a test finds that.
    pub(super) fn new(source: &str) -> Result<Self, Box<regex_syntax::Error>> {
        Ok(Self {
            source: source.to_owned(),
            hir: regex_syntax::parse(source)?,
            plain: OnceLock::new(),
            whole: OnceLock::new(),
        })
    }

    /// Returns the form for a text.
    pub(super) fn on(&self, text: &str) -> Option<&Regex> {
        let whole = || self.whole.get_or_init(|| Regex::new(&self.source).ok()).as_ref();
        if !is_plain(text) {
            return whole();
        }
        let make = || Regex::new(&plain(&self.hir).to_string()).ok();
        let plain = self.plain.get_or_init(make).as_ref();
        debug_assert!(
            plain.is_some_and(|plain| whole().is_some_and(|whole| find_same(plain, whole, text))),
            "{}: {text}",
            self.source
        );
        plain
    }

    /// Returns whether a text has what the expression says.
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.on(text).is_some_and(|regex| regex.is_match(text))
    }

    /// Returns the first place of a text that the expression describes.
    pub(super) fn find<'a>(&self, text: &'a str) -> Option<Match<'a>> {
        self.on(text)?.find(text)
    }

    /// Returns all places of a text that the expression describes.
    pub(super) fn find_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Match<'a>> {
        let found = |regex: &'a Regex| -> Matches<'a, 'a> { regex.find_iter(text) };
        self.on(text).map(found).into_iter().flatten()
    }

    /// Returns the groups of the first place.
    pub(super) fn captures<'a>(&self, text: &'a str) -> Option<Captures<'a>> {
        self.on(text)?.captures(text)
    }

    /// Returns the groups of all places.
    pub(super) fn captures_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Captures<'a>> {
        let found = |regex: &'a Regex| -> CaptureMatches<'a, 'a> { regex.captures_iter(text) };
        self.on(text).map(found).into_iter().flatten()
    }
}

/// Returns whether two forms find the same places in a text.
fn find_same(a: &Regex, b: &Regex, text: &str) -> bool {
    let places = |regex: &Regex| -> Vec<_> { regex.find_iter(text).map(|found| found.range()).collect() };
    places(a) == places(b)
}

/// Returns whether a text has only characters of ASCII and those beside them.
fn is_plain(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii() || BEYOND_ASCII.iter().any(|(first, last)| (*first..=*last).contains(&c));
    text.is_ascii() || text.chars().all(is_plain)
}

/// Cuts an expression down to what it says of plain texts.
fn plain(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => Hir::literal(literal.0.clone()),
        HirKind::Class(Class::Unicode(class)) => {
            let ascii = ClassUnicodeRange::new('\0', '\x7f');
            let beyond = BEYOND_ASCII.map(|(first, last)| ClassUnicodeRange::new(first, last));
            let mut class = class.clone();
            class.intersect(&ClassUnicode::new([ascii].into_iter().chain(beyond)));
            Hir::class(Class::Unicode(class))
        }
        HirKind::Class(Class::Bytes(class)) => Hir::class(Class::Bytes(class.clone())),
        HirKind::Look(look) => Hir::look(match look {
            Look::WordUnicode => Look::WordAscii,
            Look::WordStartUnicode => Look::WordStartAscii,
            Look::WordEndUnicode => Look::WordEndAscii,
            other => *other,
        }),
        HirKind::Repetition(repetition) => {
            let mut repetition = repetition.clone();
            repetition.sub = Box::new(plain(&repetition.sub));
            Hir::repetition(repetition)
        }
        HirKind::Capture(capture) => {
            let mut capture = capture.clone();
            capture.sub = Box::new(plain(&capture.sub));
            Hir::capture(capture)
        }
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(plain).collect()),
        HirKind::Alternation(ways) => Hir::alternation(ways.iter().map(plain).collect()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn no_plain_character_is_part_of_a_word() {
        let word = Regex::new(r"^[\w\p{L}\p{M}\p{N}]$").unwrap();
        for (first, last) in BEYOND_ASCII {
            for c in first..=last {
                assert!(!word.is_match(c.encode_utf8(&mut [0; 4])), "{:x}", u32::from(c));
            }
        }
    }

    #[test]
    fn both_forms_find_the_same() {
        let expressions = [
            r"(?i)\bthe (?:\p{L}+ ){1,5}?act\b",
            r"[^.;]{0,20}\bby (\d{4})\b",
            r"(?i)[“‘]k(?-i:S)[^”]*”|\s—\s",
            r"\w+['’]s\b|\$\d[\d,.]*",
            r"(?m)^\W*DRAFT\b.*$",
            r"[^\w\s]{2,}|\p{Lu}\p{Ll}+",
            r"(?<year>19|20)\d\d\B",
        ];
        let texts = [
            "We ask the Voting Rights Act — by 2026; the “KS of Kansas” — and the town’s $1,200.50.",
            "DRAFT 3\n…the end of it!! \u{a0}\u{2009}€ 20, 1999s 2026",
            "El año de la Niñez — José’s ‘kS’ ſ \u{212a} act",
            "",
        ];
        for source in expressions {
            let expression = Expression::new(source).unwrap();
            let whole = Regex::new(source).unwrap();
            for text in texts {
                let groups = |captures: &Captures<'_>| -> Vec<_> {
                    let groups = captures.iter();
                    groups.map(|group| group.map(|group| group.range())).collect()
                };
                let expected: Vec<_> = whole.captures_iter(text).map(|found| groups(&found)).collect();
                let found: Vec<_> = expression.captures_iter(text).map(|found| groups(&found)).collect();
                assert_eq!(found, expected, "{source}: {text}");
                assert_eq!(expression.is_match(text), !expected.is_empty());
                assert_eq!(
                    expression.find(text).map(|found| found.range()),
                    whole.find(text).map(|found| found.range())
                );
                assert_eq!(expression.find_iter(text).count(), expected.len());
            }
        }
    }

    #[test]
    fn a_text_with_other_letters_is_not_plain() {
        assert!(
            is_plain("“Keep it” — 5 € … §") && !is_plain("año") && !is_plain("ſ") && !is_plain("x²") && !is_plain("µ")
        );
    }
}
