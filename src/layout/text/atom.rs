//! A text is taken apart into words, spaces and breaks.
//!
//! In: a [`StyledText`]. Out: its [`Atom`]s in logical order, each shaped and with its
//! embedding level (UAX 9). Guaranteed: the atoms cover the text; an atom has
//! one style and one direction. Absent: lines.

use crate::layout::text::shape::{ShapedWord, Shaper};
use crate::layout::text::styled_text::StyledText;
use std::borrow::Cow;
use std::sync::Arc;
use unicode_bidi::{BidiClass, BidiInfo, Level};

/// Natural width of a text on one line, and of its widest unbreakable word.
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

/// The directions of a text (UAX 9).
pub(crate) struct Bidi {
    /// Class and level of each byte; `None` if all is from left to right.
    info: Option<(Vec<BidiClass>, Vec<Level>)>,
    /// Whether the paragraph runs from right to left.
    pub(crate) rtl: bool,
}

impl Bidi {
    /// The paragraph runs as its document does, unless its first letter and most
    /// of its letters run the other way: a quotation, or a name.
    ///
    /// The mark of a footnote is no part of a number beside it: it counts as a sign
    /// without direction, which stands where the text around puts it.
    pub(crate) fn new(text: &StyledText, document_rtl: bool) -> Self {
        let chars = text.chars.as_str();
        // Hebrew is the first block from right to left; the marks and embeddings
        // of direction stand in General Punctuation.
        let plain = |c: char| c < '\u{590}' || matches!(c, '\u{2010}'..='\u{2027}' | '\u{1e00}'..='\u{1fff}');
        if !document_rtl && chars.chars().all(plain) {
            return Self { info: None, rtl: false };
        }
        let (mut first, mut left, mut right) = (None, 0, 0);
        for c in chars.chars() {
            let letter_rtl = match unicode_bidi::bidi_class(c) {
                BidiClass::L => false,
                BidiClass::R | BidiClass::AL => true,
                _ => continue,
            };
            first = first.or(Some(letter_rtl));
            if letter_rtl {
                right += 1;
            } else {
                left += 1;
            }
        }
        let rtl = match first {
            Some(true) if right > left => true,
            Some(false) if left > right => false,
            _ => document_rtl,
        };
        let base = if rtl { Level::rtl() } else { Level::ltr() };
        let masked = without_marks(text);
        let info = BidiInfo::new(&masked, Some(base));
        Self {
            info: Some((info.original_classes, info.levels)),
            rtl,
        }
    }

    fn level(&self, byte: usize) -> u8 {
        match &self.info {
            // An isolate's or embedding's own mark prints nothing.
            Some((classes, levels)) if classes.get(byte) != Some(&BidiClass::B) => {
                levels.get(byte).map_or(0, Level::number)
            }
            _ => 0,
        }
    }

    fn is_plain(&self) -> bool {
        self.info.is_none()
    }
}

/// The characters with each byte of a footnote's mark as a sign of no direction.
fn without_marks(text: &StyledText) -> Cow<'_, str> {
    /// Bidirectional class ON, one byte.
    const SIGN: &str = "!";
    if text.notes().next().is_none() {
        return Cow::Borrowed(&text.chars);
    }
    let mut out = String::with_capacity(text.chars.len());
    let mut start = 0;
    for span in &text.spans {
        let chars = &text.chars[start..span.end];
        match span.note {
            Some(_) => out.push_str(&SIGN.repeat(chars.len())),
            None => out.push_str(chars),
        }
        start = span.end;
    }
    Cow::Owned(out)
}

/// A word, space or break: what lines are made of.
pub(crate) struct Atom {
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// The span it lies in.
    pub(crate) span: usize,
    /// Its embedding level; odd: from right to left.
    pub(crate) level: u8,
    /// What it is.
    pub(crate) kind: AtomKind,
    /// Its glyphs.
    pub(crate) shaped: Arc<ShapedWord>,
    /// Its width in points.
    pub(crate) width: f64,
}

/// What an atom is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum AtomKind {
    /// Letters and signs.
    Word,
    /// A space that may be stretched.
    Space,
    /// A line break the author asked for.
    Break,
}

/// Whether a character is a space that may be stretched.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}')
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
                    span.style.numerals,
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
