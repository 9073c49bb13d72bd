//! Characters that know where they were written.
//!
//! In: text as a reader meets it, and the origins of what it was made of. Out:
//! [`PlacedText`], a string that gives the origin of any range of its bytes.
//! Guaranteed: two texts are equal if they read the same, wherever they were
//! written. Absent: Markdown, looks.

use crate::source::{Origin, offset};
use std::fmt;
use std::ops::{Deref, Range};

/// A text and the origins of its runs.
#[derive(Clone, Default)]
pub struct PlacedText {
    text: String,
    /// In the order of `at`; each ends where the next begins.
    runs: Vec<Run>,
}

/// A run of bytes with one origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// Its first byte in the text.
    at: u32,
    /// Its place; `None`: the program's own words.
    origin: Option<Origin>,
    relation: Relation,
}

/// How a run's bytes relate to those of its origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Byte for byte, so that each byte has its own place.
    Verbatim,
    /// It stands for other characters: a curled quotation mark, an entity.
    Rendered,
    /// It is the value of a field, or words taken from elsewhere.
    Computed,
}

impl PlacedText {
    /// Returns a text that was written at an origin, byte for byte if both have the
    /// same length.
    pub fn written(text: impl Into<String>, origin: Origin) -> Self {
        let text = text.into();
        let relation = match origin {
            Origin::Span { start, end, .. } if (end - start) as usize == text.len() => Relation::Verbatim,
            _ => Relation::Rendered,
        };
        Self::new(text, Some(origin), relation)
    }

    /// Returns a text that was put in the place of what was written at an origin.
    pub fn computed(text: impl Into<String>, origin: Origin) -> Self {
        Self::new(text.into(), Some(origin), Relation::Computed)
    }

    /// Returns a text that stands between quotation marks at an origin; where it is
    /// not as long as what is between them, it is rendered.
    pub fn quoted(text: impl Into<String>, origin: Origin) -> Self {
        let text = text.into();
        match origin {
            Origin::Span { file, start, end } if (end - start) as usize == text.len() + 2 => Self::written(
                text,
                Origin::Span {
                    file,
                    start: start + 1,
                    end: end - 1,
                },
            ),
            _ => Self::new(text, Some(origin), Relation::Rendered),
        }
    }

    fn new(text: String, origin: Option<Origin>, relation: Relation) -> Self {
        let run = Run {
            at: 0,
            origin,
            relation,
        };
        let runs = if text.is_empty() || origin.is_none() {
            Vec::new()
        } else {
            vec![run]
        };
        Self { text, runs }
    }

    /// Returns the characters.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Appends another text; runs that go on are joined.
    pub fn push(&mut self, other: &Self) {
        if other.text.is_empty() {
            return;
        }
        let base = offset(self.text.len());
        if other.runs.first().is_none_or(|run| run.at > 0) && !self.runs.is_empty() {
            self.add(Run {
                at: base,
                origin: None,
                relation: Relation::Rendered,
            });
        }
        for run in &other.runs {
            self.add(Run {
                at: base + run.at,
                ..*run
            });
        }
        self.text.push_str(&other.text);
    }

    fn add(&mut self, run: Run) {
        if let Some(last) = self.runs.last()
            && last.relation == Relation::Verbatim
            && run.relation == Relation::Verbatim
            && let (
                Some(Origin::Span { file: a, start, .. }),
                Some(Origin::Span {
                    file: b, start: next, ..
                }),
            ) = (last.origin, run.origin)
            && a == b
            && start + (run.at - last.at) == next
        {
            return;
        }
        self.runs.push(run);
    }

    /// Returns the part of the text in a range of its bytes, with its places.
    pub fn slice(&self, range: Range<usize>) -> Self {
        let mut out = Self {
            text: self.text[range.clone()].to_owned(),
            runs: Vec::new(),
        };
        let (from, to) = (offset(range.start), offset(range.end));
        for (index, run) in self.runs.iter().enumerate() {
            let end = self.runs.get(index + 1).map_or(u32::MAX, |next| next.at);
            if end <= from || run.at >= to {
                continue;
            }
            let skipped = from.saturating_sub(run.at);
            let origin = match run.origin {
                Some(Origin::Span { file, start, end }) if run.relation == Relation::Verbatim => Some(Origin::Span {
                    file,
                    start: start + skipped,
                    end,
                }),
                origin => origin,
            };
            out.runs.push(Run {
                at: run.at.max(from) - from,
                origin,
                ..*run
            });
        }
        out
    }

    /// Returns the runs, each with its bytes in the text; what the program itself
    /// wrote has no origin. An origin of a verbatim run is as long as the run.
    pub fn runs(&self) -> impl Iterator<Item = (Range<usize>, Option<Origin>, Relation)> {
        let head = self.runs.first().map_or(self.text.len(), |run| run.at as usize);
        let own = (head > 0).then_some((0..head, None, Relation::Rendered));
        own.into_iter().chain(self.runs.iter().enumerate().map(|(index, run)| {
            let end = self
                .runs
                .get(index + 1)
                .map_or(self.text.len(), |next| next.at as usize);
            let range = run.at as usize..end;
            let origin = match run.origin {
                Some(Origin::Span { file, start, .. }) if run.relation == Relation::Verbatim => Some(Origin::Span {
                    file,
                    start,
                    end: start + offset(range.len()),
                }),
                origin => origin,
            };
            (range, origin, run.relation)
        }))
    }
}

impl Deref for PlacedText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl From<String> for PlacedText {
    fn from(text: String) -> Self {
        Self::new(text, None, Relation::Rendered)
    }
}

impl From<&str> for PlacedText {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl PartialEq for PlacedText {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for PlacedText {}

impl fmt::Debug for PlacedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl fmt::Display for PlacedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    #[test]
    fn runs_that_go_on_are_joined_and_keep_their_places() {
        let file = SourceMap::default().add("a.md", "It's \"so\"");
        let at = |start, end| Origin::Span { file, start, end };
        let mut text = PlacedText::written("It", at(0, 2));
        text.push(&PlacedText::written("’", at(2, 3)));
        text.push(&PlacedText::written("s", at(3, 4)));
        text.push(&PlacedText::written(" ", at(4, 5)));
        text.push(&PlacedText::from("!"));
        assert_eq!(text, PlacedText::from("It’s !"));
        let check = |text: &PlacedText, expected: &[(Range<usize>, Option<(u32, u32)>)]| {
            let found: Vec<(Range<usize>, Option<Origin>)> =
                text.runs().map(|(range, origin, _)| (range, origin)).collect();
            let expected: Vec<(Range<usize>, Option<Origin>)> = expected
                .iter()
                .map(|(range, origin)| (range.clone(), origin.map(|(start, end)| at(start, end))))
                .collect();
            assert_eq!(found, expected);
        };
        check(
            &text,
            &[
                (0..2, Some((0, 2))),
                (2..5, Some((2, 3))),
                (5..7, Some((3, 5))),
                (7..8, None),
            ],
        );
        check(
            &text.slice(1..6),
            &[(0..1, Some((1, 2))), (1..4, Some((2, 3))), (4..5, Some((3, 4)))],
        );
        check(&PlacedText::from("x"), &[(0..1, None)]);
    }
}
