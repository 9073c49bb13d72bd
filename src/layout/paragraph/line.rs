//! Holds lines as they are set.
//!
//! In: what was placed on a line. Out: [`SetLine`] and [`SetText`]. Guaranteed: places
//! count from the column's left edge and the line's top. Absent: the page.

use crate::layout::frame::{Mark, NodeId, TextRun};
use crate::layout::text::styled_text::InlinePicture;

/// Holds a line as it is set.
#[derive(Clone, Debug, Default)]
pub(crate) struct SetLine {
    /// The glyphs, in logical order; x from the column's left edge, y from the
    /// baseline. Fonts are face numbers until the pages are done.
    pub(crate) runs: Vec<TextRun>,
    /// Holds what is clicked: node, left end, right end.
    pub(crate) links: Vec<(NodeId, f64, f64)>,
    /// Pictures: left end, which, and what it means. They stand on the baseline.
    pub(crate) figures: Vec<(f64, InlinePicture, Mark)>,
    /// Lines through or below the text: left end, right end, height above the
    /// baseline, mark.
    pub(crate) strikes: Vec<(f64, f64, f64, Mark)>,
    /// The footnotes whose marks it holds.
    pub(crate) notes: Vec<usize>,
    /// From its top to the baseline.
    pub(crate) baseline: f64,
    /// From its top to the next line's top.
    pub(crate) height: f64,
    /// Left end of what is printed.
    pub(crate) left: f64,
    /// Right end of what is printed, white space at the end not counted.
    pub(crate) right: f64,
}

impl SetLine {
    /// Adds the area of a link, or extends the last one.
    pub(super) fn link(&mut self, node: NodeId, left: f64, right: f64) {
        match self.links.last_mut() {
            Some((last, from, to)) if *last == node => {
                *from = from.min(left);
                *to = to.max(right);
            }
            _ => self.links.push((node, left, right)),
        }
    }
}

/// Holds a text as it is set.
#[derive(Clone, Debug, Default)]
pub(crate) struct SetText {
    /// The lines.
    pub(crate) lines: Vec<SetLine>,
    /// Letters that no face has, each once, in order of appearance.
    pub(crate) missing: String,
}
