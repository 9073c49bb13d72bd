//! Holds styled characters that know what they mean.
//!
//! In: characters with their style and their place in the structure tree. Out: a
//! [`StyledText`]: its characters and the spans that say how each is set and which
//! content of the tree it is. Guaranteed: every span has a mark; no control characters
//! but line feeds, which are breaks the author asked for; no two spaces in a row. Absent:
//! glyphs.

use crate::layout::frame::{Color, ImageId, Mark, NodeId};
use crate::layout::text::font_style::{FontFeature, FontStyle};
use std::borrow::Cow;
use std::sync::Arc;

/// Says how characters are set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TextStyle {
    /// The font style.
    pub(crate) font_style: FontStyle,
    /// The figures.
    pub(crate) feature: FontFeature,
    /// Points per em.
    pub(crate) size: f64,
    /// Height above the baseline, in points; below it, negative.
    pub(crate) rise: f64,
    /// The color.
    pub(crate) color: Color,
    /// Says whether a line is drawn through.
    pub(crate) strike: bool,
    /// Says whether a line is drawn below.
    pub(crate) underline: bool,
}

impl TextStyle {
    /// Returns black letters of a font style and size.
    pub(crate) fn new(font_style: FontStyle, size: f64) -> Self {
        Self {
            font_style,
            feature: FontFeature::Default,
            size,
            rise: 0.0,
            color: Color::BLACK,
            strike: false,
            underline: false,
        }
    }

    /// Returns the same style in another color.
    pub(crate) fn color(self, color: Color) -> Self {
        Self { color, ..self }
    }

    /// Returns the same style with digits of one width.
    pub(crate) fn tabular(self) -> Self {
        Self {
            feature: FontFeature::Tabular,
            ..self
        }
    }
}

/// Says how characters of one style and meaning are set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TextSpan {
    /// One past the last byte; a span begins where the one before ends.
    pub(crate) end: usize,
    /// Says how it is set.
    pub(crate) style: TextStyle,
    /// Says what it means.
    pub(crate) mark: Mark,
    /// The link or reference it is clicked for.
    pub(crate) link: Option<NodeId>,
    /// The footnote it is the mark of.
    pub(crate) note: Option<usize>,
    /// Its language, where that is not the document's.
    pub(crate) language: Option<Arc<str>>,
    /// The picture that stands in its place.
    pub(crate) picture: Option<InlinePicture>,
}

/// Stands among characters where a picture is (Unicode: object replacement
/// character). A line may end on either side of it.
const PICTURE: char = '\u{fffc}';

/// Is a picture within a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct InlinePicture {
    /// The picture.
    pub(crate) image: ImageId,
    /// Width.
    pub(crate) width: f64,
    /// Height above the baseline.
    pub(crate) height: f64,
}

/// Holds styled characters.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct StyledText {
    /// The characters, in logical order.
    pub(crate) chars: String,
    /// The spans, covering all characters.
    pub(crate) spans: Vec<TextSpan>,
}

impl StyledText {
    /// Returns characters of one style and mark.
    pub(crate) fn plain(chars: &str, style: TextStyle, mark: Mark) -> Self {
        let mut text = Self::default();
        text.push(chars, style, mark, None, None);
        text.trim();
        text
    }

    /// Appends characters.
    pub(crate) fn push(
        &mut self,
        chars: &str,
        style: TextStyle,
        mark: Mark,
        link: Option<NodeId>,
        note: Option<usize>,
    ) {
        let before = self.chars.len();
        self.chars.reserve(chars.len());
        for c in chars.chars() {
            match c {
                '\n' => self.chars.push('\n'),
                ' ' | '\t' if self.chars.is_empty() || self.chars.ends_with([' ', '\n']) => {}
                '\t' => self.chars.push(' '),
                c if c.is_control() => {}
                '\u{2028}' | '\u{2029}' => {}
                c => self.chars.push(c),
            }
        }
        if self.chars.len() == before {
            return;
        }
        let end = self.chars.len();
        match self.spans.last_mut() {
            Some(last)
                if last.picture.is_none()
                    && last.style == style
                    && last.mark == mark
                    && last.link == link
                    && last.note == note =>
            {
                last.end = end;
            }
            _ => self.spans.push(TextSpan {
                end,
                style,
                mark,
                link,
                note,
                language: None,
                picture: None,
            }),
        }
    }

    /// Appends a picture.
    pub(crate) fn picture(&mut self, picture: InlinePicture, style: TextStyle, mark: Mark, link: Option<NodeId>) {
        self.chars.push(PICTURE);
        self.spans.push(TextSpan {
            end: self.chars.len(),
            style,
            mark,
            link,
            note: None,
            language: None,
            picture: Some(picture),
        });
    }

    /// Removes white space from the end.
    pub(crate) fn trim(&mut self) {
        let end = self.chars.trim_end_matches([' ', '\n']).len();
        self.chars.truncate(end);
        while self.spans.last().is_some_and(|_| {
            let before = self.spans.len().checked_sub(2).map_or(0, |index| self.spans[index].end);
            before >= end
        }) {
            self.spans.pop();
        }
        if let Some(last) = self.spans.last_mut() {
            last.end = end;
        }
    }

    /// Adds a space at the end, so that its last word and the first of what follows
    /// in the same structure element are read apart.
    pub(crate) fn end_with_space(&mut self) {
        if let Some(last) = self.spans.last_mut() {
            self.chars.push(' ');
            last.end = self.chars.len();
        }
    }

    /// Returns the text before a byte.
    pub(crate) fn before(&self, byte: usize) -> Self {
        let chars = self.chars[..byte].to_owned();
        let begun = self
            .spans
            .iter()
            .scan(0, |start, span| Some((std::mem::replace(start, span.end), span)));
        let spans = begun.take_while(|(start, _)| *start < byte).map(|(_, span)| TextSpan {
            end: span.end.min(byte),
            ..span.clone()
        });
        Self {
            spans: spans.collect(),
            chars,
        }
    }

    /// Returns the characters, with as many of another in place of the mark of a footnote.
    pub(crate) fn with_marks_as(&self, sign: char) -> Cow<'_, str> {
        debug_assert!(sign.is_ascii());
        if self.notes().next().is_none() {
            return Cow::Borrowed(&self.chars);
        }
        let mut out = String::with_capacity(self.chars.len());
        let mut start = 0;
        for span in &self.spans {
            let chars = &self.chars[start..span.end];
            match span.note {
                Some(_) => out.extend(std::iter::repeat_n(sign, chars.len())),
                None => out.push_str(chars),
            }
            start = span.end;
        }
        Cow::Owned(out)
    }

    /// Returns whether there is nothing to set.
    pub(crate) fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// Returns the footnotes whose marks are in it, in order.
    pub(crate) fn notes(&self) -> impl Iterator<Item = usize> + '_ {
        self.spans.iter().filter_map(|span| span.note)
    }
}
