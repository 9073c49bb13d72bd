//! Finds the directions of a text (UAX 9).
//!
//! In: a text and the direction of its document. Out: the embedding level of each of its
//! bytes. Guaranteed: a paragraph runs as its document does unless most of it runs the
//! other way. Absent: the order of glyphs on a line.

use crate::layout::text::styled_text::{StyledText, TextSpan};
use crate::model::digit_groups;
use crate::model::direction::Direction;
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
    /// Returns the directions. The paragraph runs as its language does, or its document, unless its first letter and most of
    /// its letters run the other way: a quotation, or a name.
    ///
    /// The mark of a footnote is no part of a number beside it: it counts as a sign without
    /// direction, which stands where the text around puts it.
    pub(crate) fn new(text: &StyledText, document_rtl: bool) -> Self {
        let chars = text.chars.as_str();
        let document_rtl = own_direction(text).unwrap_or(document_rtl);
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
        let is_label = chars.trim_end().ends_with(':') && chars.len() <= LABEL;
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

/// Returns whether the language of a text that is all in one language other than the
/// document's runs from right to left; `None` for every other text.
fn own_direction(text: &StyledText) -> Option<bool> {
    let language = text.spans.first()?.language.as_deref()?;
    let is_same = |span: &TextSpan| span.language.as_deref() == Some(language);
    text.spans
        .iter()
        .all(is_same)
        .then(|| Direction::of_language(language).is_rtl())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::frame::{Artifact, Mark};
    use crate::layout::text::font_style::FontStyle;
    use crate::layout::text::styled_text::TextStyle;

    #[test]
    fn labels_run_as_their_document_and_passages_as_their_language() {
        let check = |chars: &str, language: Option<&str>, document_rtl: bool, rtl: bool| {
            let mut text = StyledText::default();
            let style = TextStyle::new(FontStyle::Serif, 10.0);
            text.push(chars, style, Mark::Artifact(Artifact::Layout), None, None);
            for span in &mut text.spans {
                span.language = language.map(Into::into);
            }
            assert_eq!(
                Bidi::new(&text, document_rtl).rtl,
                rtl,
                "{chars} {language:?} {document_rtl}"
            );
        };
        // A label, whatever stands after its colon.
        for label in ["RE:", "RE: ", "cc:", "cc: ", "Enclosures:", "Via: ", "To:", "Asunto: "] {
            check(label, None, true, true);
            check(label, None, false, false);
        }
        // What announces a list in a passage of its own language is no label of the document's.
        for words in ["We ask:", "We ask: ", "Pedimos:", "One.", "Two, by 313-555-0148."] {
            check(words, Some("en"), true, false);
            check(words, Some("es-US"), true, false);
        }
        for words in ["نطلب:", "إعادة الخطوط (7 و12).", "12:"] {
            check(words, Some("ar"), false, true);
            check(words, Some("az-Arab"), false, true);
        }
        check("12:", Some("en"), true, false);
        // Whole sentences of another direction keep theirs.
        check("Harbor Street Tenants Union asks:", None, true, false);
        check("نكتب إليكم", None, false, true);
        check("نكتب إليكم", Some("en"), false, true);
    }
}
