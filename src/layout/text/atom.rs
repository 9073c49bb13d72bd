//! Takes a text apart into words, spaces and breaks.
//!
//! In: a [`StyledText`]. Out: its [`Atom`]s in logical order, each shaped and with its
//! embedding level (UAX 9). Guaranteed: the atoms cover the text; an atom has one style
//! and one direction. Absent: lines.

use crate::layout::text::bidi::Bidi;
use crate::layout::text::shape::Shaper;
use crate::layout::text::shaped_word::ShapedWord;
use crate::layout::text::styled_text::StyledText;
use std::sync::Arc;

/// Is a word, a space or a break: what lines are made of.
pub(crate) struct Atom {
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// The span it lies in.
    pub(crate) span: usize,
    /// Its embedding level; odd: from right to left.
    pub(crate) level: u8,
    /// Says what it is.
    pub(crate) kind: AtomKind,
    /// Its glyphs.
    pub(crate) shaped: Arc<ShapedWord>,
    /// Its width in points.
    pub(crate) width: f64,
}

/// Says what an atom is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum AtomKind {
    /// Letters and signs.
    Word,
    /// A space that may be stretched.
    Space,
    /// A line break the author asked for.
    Break,
}

/// Returns the natural width of a text on one line, and that of its widest unbreakable
/// word.
pub(crate) fn measure(text: &StyledText, shaper: Shaper<'_>) -> (f64, f64) {
    let atoms = atoms(text, &Bidi::new(text, shaper.is_rtl()), shaper);
    let (mut line, mut longest, mut word, mut widest) = (0.0, 0.0_f64, 0.0, 0.0_f64);
    for atom in &atoms {
        match atom.kind {
            AtomKind::Word => {
                line += atom.width;
                word += atom.width;
            }
            AtomKind::Space => {
                line += atom.width;
                word = 0.0;
            }
            AtomKind::Break => {
                line = 0.0;
                word = 0.0;
            }
        }
        longest = longest.max(line);
        widest = widest.max(word);
    }
    (longest, widest)
}

/// Takes a text apart.
pub(crate) fn atoms(text: &StyledText, bidi: &Bidi, shaper: Shaper<'_>) -> Vec<Atom> {
    // Words of four letters and the spaces between them.
    let mut atoms = Vec::with_capacity(text.chars.len() / 3 + 2);
    let mut start = 0;
    for (number, span) in text.spans.iter().enumerate() {
        let mut push = |start: usize, end: usize, kind: AtomKind| {
            // The digits of a mark run from left to right wherever it stands.
            let level = bidi.level(start);
            let level = level + u8::from(span.note.is_some() && level % 2 == 1);
            let word = if kind == AtomKind::Space {
                " "
            } else {
                &text.chars[start..end]
            };
            let shaped = match (kind, &span.picture) {
                (AtomKind::Break, _) => Arc::default(),
                (_, Some(picture)) => Arc::new(ShapedWord::blank(
                    picture.width * 1000.0 / span.style.size,
                    picture.height / span.style.size,
                    end - start,
                )),
                _ => shaper.word_in(
                    span.language.as_deref(),
                    word,
                    span.style.font_style,
                    span.style.feature,
                    level % 2 == 1,
                ),
            };
            let width = f64::from(shaped.width) * span.style.size / 1000.0;
            atoms.push(Atom {
                start,
                end,
                span: number,
                level,
                kind,
                shaped,
                width,
            });
        };
        let mut word = start;
        for (offset, c) in text.chars[start..span.end].char_indices() {
            let at = start + offset;
            let kind = match c {
                '\n' => Some(AtomKind::Break),
                c if is_space(c) => Some(AtomKind::Space),
                _ => None,
            };
            if let Some(kind) = kind {
                if word < at {
                    push(word, at, AtomKind::Word);
                }
                push(at, at + c.len_utf8(), kind);
                word = at + c.len_utf8();
            } else if !bidi.is_plain() && word < at && bidi.level(word) != bidi.level(at) {
                push(word, at, AtomKind::Word);
                word = at;
            }
        }
        if word < span.end {
            push(word, span.end, AtomKind::Word);
        }
        start = span.end;
    }
    atoms
}

/// Returns whether a character is a space that may be stretched.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}')
}
