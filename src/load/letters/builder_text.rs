//! The words of a line: text, fields and literal characters, with their places.
//!
//! In: text as the parser hands it over, fields hidden in it. Out: inlines of the
//! builder's open line. Guaranteed: each character has the place where it was typed, as
//! far as the parser left it as it was; no text holds a control character.

use super::block_builder::{Builder, Frame, TextLook};
use super::fields::Segment;
use crate::load::clean;
use crate::load::text_origin;
use crate::model::placed_text::PlacedText;
use crate::model::text::{Field, Inline};
use std::ops::Range;

impl Builder<'_> {
    /// Adds text in which fields are hidden.
    pub(super) fn text(&mut self, text: &str, range: &Range<usize>) {
        // Where the parser changed nothing, each character has its own place.
        let exact = self.masked.text.get(range.clone()) == Some(text);
        let mut at = range.start;
        let masked = self.masked;
        for piece in masked.pieces(text) {
            match piece {
                Segment::Hidden(hidden) => {
                    at += hidden.range.len();
                    match hidden.expression() {
                        Some(expression) => {
                            let field = Inline::Field(Field {
                                expression: one_line(&expression),
                                origin: self.source.at(hidden.range.clone()),
                            });
                            self.inline(field);
                        }
                        None => {
                            let origin = self.source.at(hidden.range.clone());
                            let words = PlacedText::written(&*hidden.written, origin);
                            match hidden.link().filter(|_| !self.is_in_link()) {
                                Some(to) => self.inline(Inline::Link {
                                    to,
                                    content: vec![Inline::Text(words)],
                                    origin,
                                }),
                                None => self.push_text(words),
                            }
                        }
                    }
                }
                Segment::Text(text) => {
                    let cleaned = clean::text(text);
                    if let Some((place, removed)) = cleaned.removed {
                        let range = if exact {
                            at + place..at + place + removed.len_utf8()
                        } else {
                            range.clone()
                        };
                        let origin = self
                            .source
                            .at(range.start.saturating_sub(self.prefix)..range.end - self.prefix);
                        self.diagnostics.push(text_origin::invisible(removed, origin));
                    }
                    let placed = if exact {
                        self.aligned(text, &cleaned.text, at)
                    } else {
                        PlacedText::written(&*cleaned.text, self.place(range))
                    };
                    at += text.len();
                    self.push_text(placed);
                }
            }
        }
    }

    /// Returns true if the text at hand is a link's, or a picture's.
    fn is_in_link(&self) -> bool {
        let look = |frame: &Frame| matches!(frame, Frame::Look(TextLook::Link(..) | TextLook::Image(..), _));
        self.stack.iter().any(look)
    }

    /// Returns cleaned text with the places of its characters in the parsed text, where
    /// it stands from a byte on before it was cleaned.
    fn aligned(&self, text: &str, cleaned: &str, at: usize) -> PlacedText {
        let mut placed = PlacedText::default();
        let mut kept = cleaned.chars();
        let mut next = kept.next();
        let mut push = |from: usize, to: usize| {
            // What stands before the line's own text is in no file.
            let own = (self.prefix.saturating_sub(at)).clamp(from, to);
            placed.push(&PlacedText::from(&text[from..own]));
            let place = self.place(&(at + own..at + to));
            placed.push(&PlacedText::written(&text[own..to], place));
        };
        let mut begin = 0;
        for (place, c) in text.char_indices() {
            if next == Some(c) {
                next = kept.next();
            } else {
                push(begin, place);
                begin = place + c.len_utf8();
            }
        }
        push(begin, text.len());
        if *placed == *cleaned {
            placed
        } else {
            PlacedText::written(cleaned, self.place(&(at..at + text.len())))
        }
    }

    /// Returns literal text, fields as they were written.
    pub(super) fn literal(&mut self, text: &str, range: &Range<usize>) -> String {
        let restored = self.masked.restore(text);
        let cleaned = clean::text(&restored);
        if let Some((_, removed)) = cleaned.removed {
            let origin = self.origin(range);
            self.diagnostics.push(text_origin::invisible(removed, origin));
        }
        cleaned.text.into_owned()
    }

    pub(super) fn address(&mut self, address: &str, range: &Range<usize>) -> String {
        self.literal(address, range)
    }
}

/// An expression over several lines becomes one, without a quotation's marks.
fn one_line(expression: &str) -> String {
    if !expression.contains('\n') {
        return expression.to_owned();
    }
    let lines = expression
        .lines()
        .map(|line| line.trim_start_matches(['>', ' ', '\t']).trim());
    lines.collect::<Vec<_>>().join(" ")
}
