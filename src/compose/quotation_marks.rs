//! Sets quotation marks and apostrophes as a language has them.
//!
//! In: a line whose fields are filled. Out: the line, with marks in place of those that its
//! author typed straight. Guaranteed: marks that were typed as they should be printed stay.
//! Absent: quotations over several paragraphs; each paragraph of one opens anew, as it should.
//!
//! The parser has already curled straight marks as English does, by their neighbors alone.
//! Here the whole line is seen: feet and inches, decades, words that begin with an
//! apostrophe, and which quotation is open.

use crate::model::placed_text::{PlacedText, Relation};
use crate::model::text::Inline;
use crate::source::Origin;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The list of data/quotation_marks.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkList {
    marks: Vec<Marks>,
}

/// The marks of some languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Marks {
    languages: Vec<String>,
    outer: [String; 2],
    inner: [String; 2],
    #[serde(default)]
    spaced: bool,
}

/// The list of data/apostrophes.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Apostrophes {
    words: BTreeSet<Box<str>>,
}

static MARKS: LazyLock<MarkList> = LazyLock::new(|| word_list!("quotation_marks"));

static BY_LANGUAGE: LazyLock<BTreeMap<&'static str, &'static Marks>> = LazyLock::new(|| {
    let pairs = MARKS
        .marks
        .iter()
        .flat_map(|marks| marks.languages.iter().map(move |language| (language.as_str(), marks)));
    pairs.collect()
});

static APOSTROPHES: LazyLock<Apostrophes> = LazyLock::new(|| word_list!("apostrophes"));

/// What a mark that was typed straight is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MarkKind {
    Single,
    Double,
}

/// A character of a line, or what stands for one.
#[derive(Clone, Copy)]
struct LineChar {
    char: char,
    /// Whether it was typed as a straight mark.
    straight: Option<MarkKind>,
}

/// Sets the marks of a line in a language.
pub(super) fn set(line: &mut [Inline], language: &str) {
    if !has_marks(line) {
        return;
    }
    let mut chars = Vec::new();
    flatten(line, &mut chars);
    if !chars.iter().any(|c| c.straight.is_some()) {
        return;
    }
    let forms = forms(&chars);
    let mut at = 0;
    replace(line, language, &forms, &mut at);
}

/// Returns whether a line may hold marks that the parser has curled.
fn has_marks(line: &[Inline]) -> bool {
    line.iter().any(|inline| match inline {
        Inline::Text(text) => text.contains(['“', '”', '‘', '’']),
        inline => inline.content().is_some_and(|content| has_marks(content)),
    })
}

/// Returns what was typed as a straight mark, where a run of a text is one.
fn straight(text: &str, origin: Option<Origin>, relation: Relation) -> Option<MarkKind> {
    let typed_as_one = matches!(origin, Some(Origin::Span { start, end, .. }) if end - start == 1);
    match text {
        "“" | "”" if relation == Relation::Rendered && typed_as_one => Some(MarkKind::Double),
        "‘" | "’" if relation == Relation::Rendered && typed_as_one => Some(MarkKind::Single),
        _ => None,
    }
}

/// Appends the characters of a line. What is no text counts as a letter, a footnote's mark as
/// nothing.
fn flatten(line: &[Inline], out: &mut Vec<LineChar>) {
    for inline in line {
        match inline {
            Inline::Text(text) => {
                for (range, origin, relation) in text.runs() {
                    let run = &text[range];
                    let straight = straight(run, origin, relation);
                    out.extend(run.chars().map(|char| LineChar { char, straight }));
                }
            }
            Inline::Break => out.push(LineChar {
                char: ' ',
                straight: None,
            }),
            Inline::Code(_) | Inline::Image(_) => out.push(LineChar {
                char: 'x',
                straight: None,
            }),
            Inline::FootnoteMark(_) | Inline::Html(_) | Inline::Field(_) => {}
            inline => {
                if let Some(content) = inline.content() {
                    flatten(content, out);
                }
            }
        }
    }
}

/// The part that a straight mark plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MarkForm {
    OuterOpen,
    OuterClose,
    InnerOpen,
    InnerClose,
    Apostrophe,
    Feet,
    Inches,
}

/// Returns the part of each straight mark among characters, in order.
fn forms(chars: &[LineChar]) -> Vec<MarkForm> {
    let mut open: Vec<MarkKind> = Vec::new();
    let mut forms = Vec::new();
    let mut last_opened = None;
    for (at, c) in chars.iter().enumerate() {
        let Some(kind) = c.straight else { continue };
        let neighbors = Neighbors::new(chars, at, last_opened);
        let form = form(kind, &neighbors, &open);
        match form {
            MarkForm::OuterOpen | MarkForm::InnerOpen => {
                open.push(kind);
                last_opened = Some(at);
            }
            MarkForm::OuterClose | MarkForm::InnerClose => {
                if let Some(place) = open.iter().rposition(|other| *other == kind) {
                    open.truncate(place);
                }
            }
            MarkForm::Apostrophe | MarkForm::Feet | MarkForm::Inches => {}
        }
        forms.push(form);
    }
    forms
}

/// What stands around a mark.
struct Neighbors<'a> {
    chars: &'a [LineChar],
    at: usize,
    before: Option<char>,
    after: Option<char>,
    /// Whether the mark before it opens a quotation.
    is_after_opening: bool,
}

impl<'a> Neighbors<'a> {
    fn new(chars: &'a [LineChar], at: usize, last_opened: Option<usize>) -> Self {
        let char = |place: Option<usize>| place.and_then(|place| chars.get(place)).map(|c| c.char);
        Self {
            chars,
            at,
            before: char(at.checked_sub(1)),
            after: char(at.checked_add(1)),
            is_after_opening: at > 0 && last_opened == Some(at - 1),
        }
    }

    /// Returns whether a quotation may begin here.
    fn may_open(&self) -> bool {
        let begins = match self.before {
            None => true,
            Some(c) => {
                c.is_whitespace() || matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | '/' | '¿' | '¡' | '…' | '«' | '„')
            }
        };
        (begins || self.is_after_opening) && self.after.is_some_and(|c| !c.is_whitespace())
    }

    /// Returns whether a quotation may end here.
    fn may_close(&self) -> bool {
        let ends = match self.after {
            None => true,
            Some(c) => !c.is_alphanumeric(),
        };
        ends && self.before.is_some_and(|c| !c.is_whitespace()) && !self.is_after_opening
    }

    fn is_after_digit(&self) -> bool {
        self.before
            .is_some_and(|c| c.is_ascii_digit() || matches!(c, '½' | '¼' | '¾' | '⅓' | '⅔' | '⅛'))
    }

    fn is_within_word(&self) -> bool {
        self.before.is_some_and(char::is_alphanumeric) && self.after.is_some_and(char::is_alphanumeric)
    }

    /// Returns the letters and digits that follow.
    fn word(&self) -> String {
        let rest = self.chars.iter().skip(self.at + 1).map(|c| c.char);
        rest.take_while(|c| c.is_alphanumeric()).collect()
    }

    /// Returns whether a mark of a kind closes a quotation later on, before another opens.
    fn closes_later(&self, kind: MarkKind) -> bool {
        let later = (self.at + 1..self.chars.len()).filter(|place| self.chars[*place].straight == Some(kind));
        for place in later {
            let there = Neighbors::new(self.chars, place, None);
            if there.may_open() {
                return false;
            }
            // The next measure may be one, too.
            if there.may_close() && (!there.is_after_digit() || there.after.is_none()) {
                return true;
            }
        }
        false
    }
}

/// Returns the part of a straight mark.
fn form(kind: MarkKind, around: &Neighbors<'_>, open: &[MarkKind]) -> MarkForm {
    let is_open = open.contains(&kind);
    let (opens, closes) = match kind {
        MarkKind::Double => (MarkForm::OuterOpen, MarkForm::OuterClose),
        // A quotation in single marks is British, or one within another.
        MarkKind::Single => (MarkForm::InnerOpen, MarkForm::InnerClose),
    };
    if around.is_after_digit() {
        let measure = match kind {
            MarkKind::Double => MarkForm::Inches,
            MarkKind::Single => MarkForm::Feet,
        };
        let is_measure = match around.after {
            // 2"x4", 5'10"; but '90s and the 1990's are no feet.
            Some(c) if c.is_ascii_digit() => true,
            Some('x' | '×') => true,
            // 12"ish: a quotation neither opens nor closes within a word.
            Some(c) if c.is_alphabetic() => kind == MarkKind::Double && !is_open,
            _ => !is_open || around.closes_later(kind),
        };
        if is_measure {
            return measure;
        }
    }
    if kind == MarkKind::Single {
        if around.is_within_word() {
            return MarkForm::Apostrophe;
        }
        if around.may_open() {
            let word = around.word();
            let is_decade = word.starts_with(|c: char| c.is_ascii_digit())
                && word
                    .trim_start_matches(|c: char| c.is_ascii_digit())
                    .trim_start_matches('s')
                    .is_empty()
                && word.len() <= 3;
            let is_short_word = APOSTROPHES.words.contains(word.to_lowercase().as_str());
            // 'n' in "rock 'n' roll" has one at both ends.
            if is_decade || is_short_word && (word.eq_ignore_ascii_case("n") || !around.closes_later(kind)) {
                return MarkForm::Apostrophe;
            }
        }
        if !is_open && !around.may_open() {
            return MarkForm::Apostrophe;
        }
    }
    match (around.may_open(), around.may_close()) {
        (true, false) => opens,
        (false, true) => closes,
        _ if is_open => closes,
        _ => opens,
    }
}

/// Puts the marks of a language in place of straight ones; `at` counts those met.
fn replace(line: &mut [Inline], language: &str, forms: &[MarkForm], at: &mut usize) {
    for inline in line {
        match inline {
            Inline::Text(text) => {
                let mut out = PlacedText::default();
                for (range, origin, relation) in text.runs() {
                    match (straight(&text[range.clone()], origin, relation), origin) {
                        (Some(_), Some(origin)) => {
                            let form = forms.get(*at).copied().unwrap_or(MarkForm::Apostrophe);
                            *at += 1;
                            out.push(&PlacedText::written(mark(form, language), origin));
                        }
                        _ => out.push(&text.slice(range)),
                    }
                }
                *text = out;
            }
            Inline::Passage { language, content } => replace(content, &language.clone(), forms, at),
            inline => {
                if let Some(content) = inline.content_mut() {
                    replace(content, language, forms, at);
                }
            }
        }
    }
}

/// Returns a mark as a language has it.
fn mark(form: MarkForm, language: &str) -> String {
    let marks = marks(language);
    let [open, close] = match form {
        MarkForm::Apostrophe => return "’".to_owned(),
        MarkForm::Feet => return "′".to_owned(),
        MarkForm::Inches => return "″".to_owned(),
        MarkForm::OuterOpen | MarkForm::OuterClose => &marks.outer,
        MarkForm::InnerOpen | MarkForm::InnerClose => &marks.inner,
    };
    match form {
        MarkForm::OuterOpen if marks.spaced => format!("{open}\u{a0}"),
        MarkForm::OuterClose if marks.spaced => format!("\u{a0}{close}"),
        MarkForm::OuterOpen | MarkForm::InnerOpen => open.clone(),
        _ => close.clone(),
    }
}

/// Returns the marks of a language by the longest part of its tag that is listed.
fn marks(language: &str) -> &'static Marks {
    let mut tag = language;
    loop {
        if let Some(marks) = BY_LANGUAGE.get(tag) {
            return marks;
        }
        match tag.rsplit_once(['-', '_']) {
            Some((shorter, _)) => tag = shorter,
            None => return &MARKS.marks[0],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    /// The text as the parser hands it over: straight marks curled somehow, each in a run of
    /// its own.
    fn parsed(text: &str) -> Inline {
        let file = SourceMap::default().add("a.md", text);
        let mut out = PlacedText::default();
        for (at, c) in text.char_indices() {
            let (start, end) = (at as u32, (at + c.len_utf8()) as u32);
            let origin = Origin::Span { file, start, end };
            let shown = match c {
                '"' => "“".to_owned(),
                '\'' => "’".to_owned(),
                c => c.to_string(),
            };
            out.push(&PlacedText::written(shown, origin));
        }
        Inline::Text(out)
    }

    #[track_caller]
    fn check_in(language: &str, text: &str, expected: &str) {
        let mut line = vec![parsed(text)];
        set(&mut line, language);
        assert_eq!(crate::model::text::plain(&line), expected, "{text}");
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        check_in("en-US", text, expected);
    }

    #[test]
    fn quotations_open_and_close() {
        check(
            "He said \"yes and 'no' to it\" today.",
            "He said “yes and ‘no’ to it” today.",
        );
        check("(\"Paren\"). [\"Bracket\"].", "(“Paren”). [“Bracket”].");
        check("\"One.", "“One.");
        check("Two.\"", "Two.”");
        check("Said:\"No space\" and\"after\"word.", "Said:“No space” and“after”word.");
        check("\"'Nested first' end\" x.", "“‘Nested first’ end” x.");
        check("'\"Nested\" first' end.", "‘“Nested” first’ end.");
        check("word—\"quote\"—word", "word—“quote”—word");
        check("“typed” and „auch“", "“typed” and „auch“");
        check("‘Tis typed", "‘Tis typed");
    }

    #[test]
    fn apostrophes_are_no_quotations() {
        check("the coalition's members' don't", "the coalition’s members’ don’t");
        check("in the '90s and '60s", "in the ’90s and ’60s");
        check("'the '60s'", "‘the ’60s’");
        check("\"the '60s\"", "“the ’60s”");
        check("in '24", "in ’24");
        check(
            "rock 'n' roll, rock-'n'-roll, fish 'n chips",
            "rock ’n’ roll, rock-’n’-roll, fish ’n chips",
        );
        check("R'n'B", "R’n’B");
        check("'tis, 'round the corner, 'til May", "’tis, ’round the corner, ’til May");
        check("the 1990's", "the 1990’s");
        check("'quoted' words", "‘quoted’ words");
    }

    #[test]
    fn feet_and_inches_are_primes() {
        check("A 12\" record.", "A 12″ record.");
        check("He is 5'10\" tall.", "He is 5′10″ tall.");
        check("He said \"a 12\" record\".", "He said “a 12″ record”.");
        check("\"Chapter 12\" of it", "“Chapter 12” of it");
        check(
            "2\"x4\" lumber, 3/4\" pipe, 8.5\" × 11\" paper",
            "2″x4″ lumber, 3/4″ pipe, 8.5″ × 11″ paper",
        );
        check("6' tall", "6′ tall");
        check("5\"ish", "5″ish");
        check("\"in 2024\" and \"in 2025\"", "“in 2024” and “in 2025”");
    }

    #[test]
    fn languages_have_their_own_marks() {
        check_in(
            "de",
            "Sie sagte \"ja und 'nein' dazu\" heute.",
            "Sie sagte „ja und ‚nein‘ dazu“ heute.",
        );
        check_in(
            "fr",
            "Elle dit \"oui et 'non' ici\" d'accord.",
            "Elle dit «\u{a0}oui et “non” ici\u{a0}» d’accord.",
        );
        check_in("es-US", "\"Sí\"", "“Sí”");
        check_in("es-ES", "\"Sí\"", "«Sí»");
        check_in("sv", "\"Ja\"", "”Ja”");
        check_in("ja", "\"はい\"", "「はい」");
        check_in("de-AT", "\"Ja\"", "„Ja“");
        check_in("xx", "\"Ja\"", "“Ja”");
    }

    #[test]
    fn a_passage_has_the_marks_of_its_language() {
        let mut line = vec![
            parsed("He said \"yes\" or "),
            Inline::Passage {
                language: "de".to_owned(),
                content: vec![parsed("\"ja\"")],
            },
        ];
        set(&mut line, "en");
        assert_eq!(crate::model::text::plain(&line), "He said “yes” or „ja“");
    }
}
