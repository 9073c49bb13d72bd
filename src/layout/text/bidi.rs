//! Finds the directions of a text (UAX 9).
//!
//! In: a text and the direction of its document. Out: the embedding level of each of its
//! bytes. Guaranteed: a paragraph runs as its document does unless most of it runs the
//! other way. Absent: the order of glyphs on a line.

use crate::layout::text::styled_text::StyledText;
use crate::model::digit_groups;
use std::borrow::Cow;
use unicode_bidi::{BidiClass, BidiInfo, Level};

/// Longest label, in bytes; what is longer and ends in a colon is a sentence.
const LABEL: usize = 24;

/// Holds the directions of a text (UAX 9).
pub(crate) struct Bidi {
    /// Class and level of each byte; `None` if all is from left to right.
    info: Option<(Vec<BidiClass>, Vec<Level>)>,
    /// Says whether the paragraph runs from right to left.
    pub(crate) rtl: bool,
}

impl Bidi {
    /// Returns the paragraph runs as its document does, unless its first letter and most of
    /// its letters run the other way: a quotation, or a name.
    ///
    /// The mark of a footnote is no part of a number beside it: it counts as a sign without
    /// direction, which stands where the text around puts it.
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
        // A label announces what follows it, in the document's direction: "RE:".
        let is_label = chars.ends_with(':') && chars.len() <= LABEL;
        let rtl = match first {
            Some(true) if right > left => true,
            Some(false) if left > right && !is_label => false,
            _ => document_rtl,
        };
        let base = if rtl { Level::rtl() } else { Level::ltr() };
        let masked = masked(text);
        let info = BidiInfo::new(&masked, Some(base));
        Self {
            info: Some((info.original_classes, info.levels)),
            rtl,
        }
    }

    /// Returns the embedding level of a byte.
    pub(super) fn level(&self, byte: usize) -> u8 {
        match &self.info {
            // An isolate's or embedding's own mark prints nothing.
            Some((classes, levels)) if classes.get(byte) != Some(&BidiClass::B) => {
                levels.get(byte).map_or(0, Level::number)
            }
            _ => 0,
        }
    }

    /// Returns whether all of the text runs from left to right.
    pub(super) fn is_plain(&self) -> bool {
        self.info.is_none()
    }
}

/// Returns the characters as their direction is found: each byte of a footnote's mark as a
/// sign of no direction, and each sign within a number of several groups as a digit, so that
/// the groups keep their order.
fn masked(text: &StyledText) -> Cow<'_, str> {
    /// Bidirectional class ON, one byte.
    const SIGN: char = '!';
    let mut out = text.with_marks_as(SIGN);
    for place in digit_groups::places(&out) {
        let digits: String = out[place.clone()]
            .chars()
            .flat_map(|c| std::iter::repeat_n(if c.is_ascii_digit() { c } else { '0' }, c.len_utf8()))
            .collect();
        out.to_mut().replace_range(place, &digits);
    }
    out
}
