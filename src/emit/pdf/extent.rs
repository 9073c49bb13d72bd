//! The area that an item covers on its page.

use crate::layout::frame::{Item, Mark, Rect};
use crate::model::units::Pt;

/// Returns the area of an item and its mark; that of a run roughly, from an em above
/// the baseline to a quarter below.
pub(super) fn extent(item: &Item) -> (Rect, Mark) {
    match item {
        Item::Text(run) => {
            let width: f64 = run.glyphs.iter().map(|glyph| f64::from(glyph.advance)).sum();
            let area = Rect {
                x: run.x,
                y: run.y - run.size,
                width: Pt(width * run.size.0 / 1000.0),
                height: run.size * 1.25,
            };
            (area, run.mark)
        }
        Item::Rule { area, mark, .. } | Item::Image { area, mark, .. } => (*area, *mark),
    }
}
