//! Sets the entries of a table of contents.
//!
//! In: a heading and the number of its page. Out: line blocks. Guaranteed: the number
//! stands on the baseline of the heading's last line, with a faint line between them
//! where there is room. Absent: which page it is.

use crate::layout::blocks::line_block::{PlacedLine, PlacedRule, SetBlock, StackItem};
use crate::layout::blocks::paragraph::set_paragraph;
use crate::layout::flow::block::ContentsRowBlock;
use crate::layout::frame::{Artifact, Color, Mark};
use crate::layout::page_metrics::HAIRLINE;
use crate::layout::paragraph::set_text;
use crate::layout::text::shape::Shaper;

/// Between a leader and what it joins, in points.
const ASIDE: f64 = 6.0;

/// Shortest leader, in points.
const SHORT: f64 = 12.0;

/// Color of leaders: they are seen beside a heading, and not before it.
const FAINT: Color = Color([0xb8, 0xb3, 0xaa]);

/// Returns the line that leads the eye from a heading to its page, whichever stands on
/// the left; both are given by their ends. `None` if there is no room for it.
fn leader(title: (f64, f64), number: (f64, f64), baseline: f64) -> Option<PlacedRule> {
    let (left, right) = if title.1 <= number.0 {
        (title.1, number.0)
    } else {
        (number.1, title.0)
    };
    let width = right - left - 2.0 * ASIDE;
    (width >= SHORT).then_some(PlacedRule {
        left: left + ASIDE,
        top: baseline - HAIRLINE,
        width,
        height: HAIRLINE,
        color: FAINT,
        mark: Mark::Artifact(Artifact::Layout),
    })
}

/// Sets an entry of the contents.
pub(crate) fn set_contents_row(entry: &ContentsRowBlock, shaper: Shaper<'_>) -> SetBlock {
    let mut block = set_paragraph(&entry.paragraph, shaper);
    if let (Some(label), Some(StackItem::Lines(last))) = (&entry.page, block.items.last_mut()) {
        let baseline = last
            .lines
            .last()
            .map_or(0.0, |placed| placed.top + placed.line.baseline);
        let title = last
            .lines
            .last()
            .map(|placed| (placed.left + placed.line.left, placed.left + placed.line.right));
        for line in set_text(&label.text, &label.format, shaper).lines {
            let number = (label.left + line.left, label.left + line.right);
            last.rules
                .extend(title.and_then(|title| leader(title, number, baseline)));
            last.lines.push(PlacedLine {
                left: label.left,
                top: baseline - line.baseline,
                line,
            });
        }
    }
    block
}
