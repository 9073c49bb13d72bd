//! Maps a decoded text to its bytes in a file.
//!
//! In: a text, and where it begins. Out: the [`Origin`] of any part of it. Guaranteed:
//! a text whose bytes differ from the file's, as after an escape in TOML, has one place
//! as a whole. Absent: reading the text.

use super::bytes::span;
use super::clean;
use super::diagnostics::Diagnostics;
use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Origin};
use std::borrow::Cow;
use std::ops::Range;

/// The place of a text in its file.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextOrigin {
    /// The file.
    pub(super) file: FileId,
    /// The byte at which the text begins, if its bytes are those of the file.
    pub(super) start: Option<usize>,
    /// The place of the text as a whole.
    pub(super) whole: Origin,
}

impl TextOrigin {
    /// Returns the place of a range of the text's bytes.
    pub(super) fn at(&self, range: Range<usize>) -> Origin {
        match self.start {
            Some(start) => span(self.file, start + range.start, start + range.end),
            None => self.whole,
        }
    }

    /// Returns the place of the text without its first `skipped` bytes.
    pub(super) fn after(&self, skipped: usize) -> Self {
        Self {
            start: self.start.map(|start| start + skipped),
            ..*self
        }
    }
}

/// Removes invisible characters from a string that is not Markdown, and reports the
/// first of them.
pub(super) fn without_invisible<'a>(text: &'a str, source: &TextOrigin, diagnostics: &mut Diagnostics) -> Cow<'a, str> {
    let cleaned = clean::literal(text);
    if let Some((at, removed)) = cleaned.removed {
        diagnostics.push(invisible(removed, source.at(at..at + removed.len_utf8())));
    }
    cleaned.text
}

/// Reports an invisible character that was removed from a text.
pub(super) fn invisible(removed: char, origin: Origin) -> Diagnostic {
    let message = format!("{} was removed from the text", clean::name(removed));
    Diagnostic::warning(Code::InvisibleCharacter, message).at(origin)
}
