//! Takes a line of a paragraph apart by face.
//!
//! In: a paragraph's atoms, and where a line begins and ends. Out: its [`LinePart`]s, in
//! logical order, each in one face. Guaranteed: a word that is divided is shaped anew.
//! Absent: where lines end, and where parts stand.

use crate::layout::paragraph::format::ParagraphFormat;
use crate::layout::text::atom::{Atom, AtomKind};
use crate::layout::text::shape::Shaper;
use crate::layout::text::shaped_word::{ShapedPart, ShapedWord};
use crate::layout::text::styled_text::{StyledText, TextSpan};
use std::sync::Arc;

/// Says where a line ends.
#[derive(Clone, Copy)]
pub(super) struct LineEnd {
    /// The byte before which the next line begins.
    pub(super) at: usize,
    /// Says whether a hyphen is printed.
    pub(super) hyphen: bool,
}

/// Holds a paragraph while its lines are set.
pub(super) struct ParagraphLayout<'a> {
    pub(super) text: &'a StyledText,
    pub(super) format: &'a ParagraphFormat,
    pub(super) shaper: Shaper<'a>,
    pub(super) atoms: &'a [Atom],
    pub(super) base_rtl: bool,
}

/// Is a part of a line in one face.
pub(super) struct LinePart {
    pub(super) level: u8,
    pub(super) span: usize,
    pub(super) space: bool,
    pub(super) hyphen: bool,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) width: f64,
    pub(super) factor: f64,
    pub(super) index: usize,
    pub(super) shaped: Arc<ShapedWord>,
}

impl LinePart {
    /// Returns its glyphs.
    pub(super) fn part(&self) -> &ShapedPart {
        &self.shaped.parts[self.index]
    }

    /// Makes it wider by a factor.
    pub(super) fn stretch(&mut self, factor: f64) {
        self.factor = factor;
        self.width *= factor;
    }
}

impl ParagraphLayout<'_> {
    /// Returns the parts of a line, in logical order.
    pub(super) fn parts(&self, begin: usize, end: LineEnd) -> Vec<LinePart> {
        let first = self.atoms.partition_point(|atom| atom.end <= begin);
        let count = self.atoms[first..].partition_point(|atom| atom.start < end.at);
        let mut parts = Vec::with_capacity(count + 1);
        for atom in self.atoms[first..].iter().take_while(|atom| atom.start < end.at) {
            if atom.kind == AtomKind::Break {
                continue;
            }
            let (from, to) = (atom.start.max(begin), atom.end.min(end.at));
            let span = &self.text.spans[atom.span];
            let style = &span.style;
            let shaped = if (from, to) == (atom.start, atom.end) {
                Arc::clone(&atom.shaped)
            } else {
                self.shaper.word_in(
                    span.language.as_deref(),
                    &self.text.chars[from..to],
                    style.font_style,
                    style.feature,
                    atom.level % 2 == 1,
                )
            };
            for index in 0..shaped.parts.len() {
                let part = &shaped.parts[index];
                parts.push(LinePart {
                    level: atom.level,
                    span: atom.span,
                    space: atom.kind == AtomKind::Space,
                    hyphen: false,
                    start: from + part.start as usize,
                    end: from + part.end as usize,
                    width: f64::from(part.width) * style.size / 1000.0,
                    factor: 1.0,
                    index,
                    shaped: Arc::clone(&shaped),
                });
            }
        }
        if end.hyphen
            && let Some((span, level, at)) = parts.last().map(|last: &LinePart| (last.span, last.level, last.end))
        {
            let (width, shaped) = self.hyphen(&self.text.spans[span]);
            parts.push(LinePart {
                level,
                span,
                space: false,
                hyphen: true,
                start: at,
                end: at,
                width,
                factor: 1.0,
                index: 0,
                shaped,
            });
        }
        // Spaces are one byte in the cache, but may be more in the text.
        for piece in &mut parts {
            if piece.space {
                let c = self.text.chars[piece.start..].chars().next().map_or(1, char::len_utf8);
                piece.end = piece.start + c;
            }
        }
        parts
    }

    /// Returns the width and the glyph of a hyphen in a span's style.
    pub(super) fn hyphen(&self, span: &TextSpan) -> (f64, Arc<ShapedWord>) {
        let shaped = self.shaper.word("-", span.style.font_style, span.style.feature, false);
        (f64::from(shaped.width) * span.style.size / 1000.0, shaped)
    }
}
