//! In place of `system_fonts`, where the program is built without them.
//!
//! In and out as there. Guaranteed: only the embedded fonts are used, so that the same
//! letter has the same pages on every machine.

use crate::layout::text::face::Face;
use crate::layout::text::font_style::FontStyle;
use icu_properties::props::Script;
use std::sync::Arc;

/// The system's fonts: none.
pub(crate) struct SystemFonts;

impl SystemFonts {
    /// Returns a system without fonts.
    pub(crate) fn new() -> Self {
        Self
    }

    /// Returns no face.
    pub(crate) fn face(&self, _number: usize) -> Option<Arc<Face>> {
        None
    }

    /// Returns that no face has the letters.
    pub(crate) fn choose(
        &self,
        _cluster: &str,
        _script: Script,
        _font_style: FontStyle,
        _language: &str,
    ) -> Option<usize> {
        None
    }
}
