//! Clusters of a run: the glyphs that together stand for a part of its text.
//!
//! In: a run as layout set it. Out: its clusters, from left to right.

use crate::layout::frame::TextRun;
use std::ops::Range;

/// Glyphs of a run that together stand for a part of its text.
pub(super) struct Cluster<'a> {
    /// The range of the run's glyphs.
    pub(super) glyphs: Range<usize>,
    /// The text they stand for.
    pub(super) text: &'a str,
}

/// Returns whether a run is set from right to left: its clusters fall.
pub(super) fn is_leftwards(run: &TextRun) -> bool {
    match (run.glyphs.first(), run.glyphs.last()) {
        (Some(first), Some(last)) => first.cluster > last.cluster,
        _ => false,
    }
}

/// Returns the clusters of a run, left to right.
pub(super) fn clusters(run: &TextRun) -> impl Iterator<Item = Cluster<'_>> {
    let leftwards = is_leftwards(run);
    let mut at = 0;
    let mut right = run.text.len();
    std::iter::from_fn(move || {
        let start = run.glyphs.get(at)?.cluster as usize;
        let count = run.glyphs[at..]
            .iter()
            .take_while(|glyph| glyph.cluster as usize == start)
            .count();
        let glyphs = at..at + count;
        at = glyphs.end;
        let end = if leftwards {
            std::mem::replace(&mut right, start)
        } else {
            run.glyphs.get(at).map_or(run.text.len(), |next| next.cluster as usize)
        };
        Some(Cluster {
            glyphs,
            text: run.text.get(start..end).unwrap_or_default(),
        })
    })
}
