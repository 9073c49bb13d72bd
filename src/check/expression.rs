//! Regular expressions that are quick to make for the texts that letters mostly have.
//!
//! In: an expression, and a text. Out: what it finds there. Guaranteed: the same as the
//! `regex` crate finds; debug builds and all tests make sure of each text. Absent: tests that
//! are written by hand (those are `pattern`'s).
//!
//! What makes an expression dear is what it says of letters: `\w`, `\p{L}` and `[^.]` stand
//! for a hundred thousand characters each, and are written out for each time they may occur.
//! Letters in English and Spanish have few of them. For such a text the expression is made of
//! those alone: each of its classes is cut down to the characters that the text can have. One
//! form serves all texts of a letter, those with an accent as well, so that the second is
//! hardly ever made. And none is made before a text has a string that it needs (`required`).

use super::required::Required;
use regex::{CaptureMatches, Captures, Match, Matches};
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind};
use std::sync::OnceLock;

/// The characters of western texts, as ranges: Latin-1; dashes, quotation marks and spaces; the
/// euro sign; what stands for a field, for code and for a condition (`prose`). [`is_western`]
/// knows them by their bytes.
const WESTERN: [(char, char); 4] = [
    ('\0', '\u{ff}'),
    ('\u{2000}', '\u{203f}'),
    ('\u{20ac}', '\u{20ac}'),
    ('\u{fffa}', '\u{fffc}'),
];

/// A regular expression in two forms, each made when a text needs it; used like the `regex`
/// crate's own.
#[derive(Debug)]
pub(super) struct Regex {
    source: String,
    /// What it says of western texts.
    hir: Hir,
    required: Required,
    western: OnceLock<Option<regex::Regex>>,
    whole: OnceLock<Option<regex::Regex>>,
}

impl Regex {
    /// Reads an expression.
    ///
    /// # Errors
    /// When it is none; a test finds that.
    pub(super) fn new(source: &str) -> Result<Self, Box<regex_syntax::Error>> {
        let hir = western(&regex_syntax::parse(&spelled_out(source))?);
        Ok(Self {
            source: source.to_owned(),
            required: Required::new(&hir),
            hir,
            western: OnceLock::new(),
            whole: OnceLock::new(),
        })
    }

    /// Returns the form for a text, unless nothing is found in it for certain.
    pub(super) fn on(&self, text: &str) -> Option<&regex::Regex> {
        let whole = || self.whole.get_or_init(|| regex::Regex::new(&self.source).ok()).as_ref();
        if !is_western(text) {
            return whole();
        }
        if !self.required.is_in(text) {
            debug_assert!(
                whole().is_some_and(|whole| !whole.is_match(text)),
                "{}: {text}",
                self.source
            );
            return None;
        }
        let make = || regex::Regex::new(&self.hir.to_string()).ok();
        let western = self.western.get_or_init(make).as_ref();
        debug_assert!(
            western.is_some_and(|western| whole().is_some_and(|whole| find_same(western, whole, text))),
            "{}: {text}",
            self.source
        );
        western
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
        let found = |regex: &'a regex::Regex| -> Matches<'a, 'a> { regex.find_iter(text) };
        self.on(text).map(found).into_iter().flatten()
    }

    /// Returns the groups of the first place.
    pub(super) fn captures<'a>(&self, text: &'a str) -> Option<Captures<'a>> {
        self.on(text)?.captures(text)
    }

    /// Returns the groups of all places.
    pub(super) fn captures_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Captures<'a>> {
        let found = |regex: &'a regex::Regex| -> CaptureMatches<'a, 'a> { regex.captures_iter(text) };
        self.on(text).map(found).into_iter().flatten()
    }
}

/// Returns whether two forms find the same places in a text.
fn find_same(a: &regex::Regex, b: &regex::Regex, text: &str) -> bool {
    let places = |regex: &regex::Regex| -> Vec<_> { regex.find_iter(text).map(|found| found.range()).collect() };
    places(a) == places(b)
}

/// Returns whether a text has only characters of [`WESTERN`].
fn is_western(text: &str) -> bool {
    let bytes = text.as_bytes();
    // No branch, so that many bytes are looked at together.
    let begins = |all: bool, byte: &u8| all & (*byte < 0xc4 || *byte == 0xe2 || *byte == 0xef);
    bytes.iter().fold(true, begins)
        && memchr::memchr2_iter(0xe2, 0xef, bytes).all(|at| {
            matches!(
                bytes[at..],
                [0xe2, 0x80, ..] | [0xe2, 0x82, 0xac, ..] | [0xef, 0xbf, 0xba..=0xbc, ..]
            )
        })
}

/// Writes an expression with the western characters of its largest classes, which are dear to
/// read, too.
fn spelled_out(source: &str) -> String {
    let mut out = String::with_capacity(source.len() * 2);
    let mut rest = source;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let class = CLASSES.iter().find(|(class, _)| rest.starts_with(class));
        let (length, spelled) = match class {
            Some((class, spelled)) => (class.len(), *spelled),
            // A backslash and what stands after it.
            None => {
                let length = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                (length, &rest[..length])
            }
        };
        out.push_str(spelled);
        rest = &rest[length..];
    }
    out + rest
}

/// Classes, and their western characters; those below U+0080 first.
const CLASSES: [(&str, &str); 3] = [
    (r"\p{L}", "[A-Za-zªµºÀ-ÖØ-öø-ÿ]"),
    (r"\w", r"[0-9A-Z_a-zªµºÀ-ÖØ-öø-ÿ\u{200c}\u{200d}\u{203f}]"),
    (r"\d", "[0-9]"),
];

/// Cuts an expression down to what it says of western texts.
fn western(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Class(Class::Unicode(class)) => {
            let range = |(first, last)| ClassUnicodeRange::new(first, last);
            let mut class = class.clone();
            class.intersect(&ClassUnicode::new(WESTERN.map(range)));
            Hir::class(Class::Unicode(class))
        }
        HirKind::Repetition(repetition) => {
            let mut repetition = repetition.clone();
            repetition.sub = Box::new(western(&repetition.sub));
            Hir::repetition(repetition)
        }
        HirKind::Capture(capture) => {
            let mut capture = capture.clone();
            capture.sub = Box::new(western(&capture.sub));
            Hir::capture(capture)
        }
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(western).collect()),
        HirKind::Alternation(ways) => Hir::alternation(ways.iter().map(western).collect()),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => hir.clone(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn western_characters_are_known_by_their_bytes() {
        for c in '\0'..=char::MAX {
            let listed = WESTERN.iter().any(|(first, last)| (*first..=*last).contains(&c));
            let text = format!("a{c}“b”");
            assert_eq!(is_western(&text), listed, "{:x}", u32::from(c));
        }
        assert!(is_western("“Keep it” — 5 € … §; la Niñez de José, x²") && is_western(""));
    }

    #[test]
    fn classes_are_spelled_out_as_they_are() {
        let cut = |source: &str| western(&regex_syntax::parse(source).unwrap());
        for (class, _) in CLASSES {
            for source in [
                class.to_owned(),
                format!("(?i){class}"),
                format!("[^{class}.-]"),
                format!("(?i)[{class}-]{{2}}"),
            ] {
                assert_ne!(spelled_out(&source), source);
                assert_eq!(cut(&spelled_out(&source)), cut(&source), "{source}");
            }
        }
        assert_eq!(spelled_out(r"\\w\b\u{e9}\"), r"\\w\b\u{e9}\");
    }

    #[test]
    fn the_western_form_is_small() {
        // Counted in characters of what is written out, so that no clock is needed.
        for source in [r"(?i)(?:\p{L}+ ){1,7}act", r"[^.;]{0,120}\w", r"\p{Lu}[\p{L}’'-]+"] {
            let form = Regex::new(source).unwrap().hir.to_string();
            assert!(form.len() < 200, "{source}: {form}");
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
            "El año de la Niñez — José’s act; ‘kS’ ªº ÿ\u{200d} Ünión the façade act",
            "the Łódź act, the Māori act",
            "We, the \u{fffc} town’s act; by \u{fffb}1999s",
            "",
        ];
        for source in expressions {
            let expression = Regex::new(source).unwrap();
            let whole = regex::Regex::new(source).unwrap();
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
}
