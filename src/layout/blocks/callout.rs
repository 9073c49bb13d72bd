//! Sets boxes on a background or behind a bar.
//!
//! In: a box and its blocks, set. Out: line blocks. Guaranteed: the background and the
//! bar are behind and beside every line of a box, over a page's end, too. Absent: the
//! meaning of what is in it.

use crate::layout::blocks::line_block::{LineBlock, PlacedRule, SetBlock, StackItem, join_blocks, space_between};
use crate::layout::flow::block::CalloutBlock;
use crate::layout::frame::{Artifact, Mark};

/// Width of the bar beside a box, in points.
const BAR: f64 = 2.5;

/// Says how far a background reaches under the next, so that no light shows between, in
/// points.
const LAP: f64 = 0.4;

/// Sets a box, given its blocks as they are set.
pub(crate) fn set_callout(callout: &CalloutBlock, blocks: impl Iterator<Item = SetBlock>) -> SetBlock {
    let mut line_blocks: Vec<LineBlock> = Vec::new();
    let mut missing = Vec::new();
    let mut after = 0.0;
    for stacked in join_blocks(blocks, &mut missing) {
        let StackItem::Lines(mut line_block) = stacked.item else {
            continue;
        };
        let first = line_blocks.is_empty();
        let space = match first {
            true => callout.pad,
            false => space_between(after, line_block.before),
        };
        line_block.keep_with_previous |= !first && (stacked.keep_with_previous || callout.keep_together);
        (after, line_block.before, line_block.after) = (line_block.after, 0.0, 0.0);
        lower(&mut line_block, space);
        line_blocks.push(line_block);
    }
    let count = line_blocks.len();
    for (number, line_block) in line_blocks.iter_mut().enumerate() {
        let last = number + 1 == count;
        if last {
            line_block.height += callout.pad;
            line_block.after = callout.gap;
        }
        if number == 0 {
            line_block.before = callout.gap;
        }
        let rule = |left, width, color| PlacedRule {
            left,
            top: 0.0,
            width,
            height: line_block.height + if last { 0.0 } else { LAP },
            color,
            mark: Mark::Artifact(Artifact::Layout),
        };
        let background = callout.background.map(|color| rule(callout.left, callout.width, color));
        let bar = callout.bar.map(|(color, right)| {
            let aside = if right { callout.width - BAR } else { 0.0 };
            rule(callout.left + aside, BAR, color)
        });
        line_block.backgrounds = background.into_iter().chain(bar).collect();
    }
    SetBlock {
        items: line_blocks.into_iter().map(StackItem::Lines).collect(),
        missing,
        ..SetBlock::default()
    }
}

/// Moves what is in a line block down within it.
fn lower(line_block: &mut LineBlock, by: f64) {
    line_block.height += by;
    line_block.lines.iter_mut().for_each(|placed| placed.top += by);
    line_block.rules.iter_mut().for_each(|rule| rule.top += by);
    line_block
        .backgrounds
        .iter_mut()
        .for_each(|background| background.top += by);
    line_block.figures.iter_mut().for_each(|figure| figure.top += by);
}
