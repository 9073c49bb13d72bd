//! Blocks set apart: boxes on a background or behind a bar, cells side by side, and the
//! entries of contents.
//!
//! In: their blocks. Out: line blocks. Guaranteed: the background and the bar are behind and
//! beside every line of a box, over a page's end, too; a cell's content is within
//! it. Absent: what the blocks mean.

use crate::layout::blocks::line_block::{
    LineBlock, PlacedLine, PlacedRule, SetBlock, StackItem, set_block, set_paragraph,
};
use crate::layout::flow::figure::{FigureBlock, PlacedFigure};
use crate::layout::flow::{FlowBlock, Label, ParagraphBlock};
use crate::layout::frame::{Artifact, Color, Mark};
use crate::layout::page_metrics::HAIRLINE;
use crate::layout::paragraph::set;
use crate::layout::text::shape::Shaper;

/// Width of the bar beside a box, in points.
const BAR: f64 = 2.5;

/// How far a background reaches under the next, so that no light shows between, in
/// points.
const LAP: f64 = 0.4;

/// A box.
#[derive(Debug)]
pub(crate) struct CalloutBlock {
    /// What is in it; its places are the page's, not the box's.
    pub(crate) blocks: Vec<FlowBlock>,
    /// Left edge.
    pub(crate) left: f64,
    /// Width.
    pub(crate) width: f64,
    /// White above the first and below the last line.
    pub(crate) pad: f64,
    /// Space before and after.
    pub(crate) gap: f64,
    /// Color of the background.
    pub(crate) background: Option<Color>,
    /// Color of the bar, and whether it stands on the right.
    pub(crate) bar: Option<(Color, bool)>,
    /// Whether no page may end within it.
    pub(crate) keep_together: bool,
}

/// Cells side by side, each with a picture or a text in its middle.
#[derive(Debug)]
pub(crate) struct LogoRowBlock {
    /// The cells, in reading order.
    pub(crate) cells: Vec<LogoCell>,
    /// Height of pictures; a text may be higher.
    pub(crate) height: f64,
    /// Space before and after.
    pub(crate) gap: f64,
}

/// What stands in a cell.
#[derive(Debug)]
pub(crate) enum LogoCell {
    /// A picture, its left edge already in the middle.
    Logo(FigureBlock),
    /// A text.
    Name(ParagraphBlock),
}

/// A heading as the contents have it, with the page it is on.
#[derive(Debug)]
pub(crate) struct ContentsRowBlock {
    /// The heading.
    pub(crate) paragraph: ParagraphBlock,
    /// The number of its page, beside the last line.
    pub(crate) page: Option<Label>,
}

/// Sets a box.
pub(crate) fn set_callout(callout: &CalloutBlock, shaper: Shaper<'_>) -> SetBlock {
    let mut line_blocks: Vec<LineBlock> = Vec::new();
    let mut missing = Vec::new();
    let (mut after, mut keep, mut closed) = (0.0, false, false);
    for block in &callout.blocks {
        let set = set_block(block, shaper);
        missing.extend(set.missing);
        for item in set.items {
            let StackItem::Lines(mut line_block) = item else {
                continue;
            };
            let space = match (line_blocks.is_empty(), closed) {
                (true, _) => callout.pad,
                (false, true) => after,
                (false, false) => line_block.before.max(after),
            };
            line_block.keep_with_previous |= !line_blocks.is_empty() && (keep || callout.keep_together);
            (after, line_block.before, line_block.after) = (line_block.after, 0.0, 0.0);
            (keep, closed) = (false, false);
            lower(&mut line_block, space);
            line_blocks.push(line_block);
        }
        (keep, closed) = (set.keep_with_next, set.exact_space_after);
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
        keep_with_next: false,
        exact_space_after: false,
        missing,
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

/// Sets cells side by side, each in the middle of the highest.
pub(crate) fn set_logo_row(cells: &LogoRowBlock, shaper: Shaper<'_>) -> SetBlock {
    let mut whole = LineBlock {
        before: cells.gap,
        after: cells.gap,
        height: cells.height,
        ..LineBlock::default()
    };
    let mut missing = Vec::new();
    let mut texts: Vec<Vec<PlacedLine>> = Vec::new();
    for cell in &cells.cells {
        let LogoCell::Name(paragraph) = cell else { continue };
        let set = set_paragraph(paragraph, shaper);
        missing.extend(set.missing);
        let mut height = 0.0;
        let mut lines = Vec::new();
        for item in set.items {
            let StackItem::Lines(line_block) = item else { continue };
            lines.extend(line_block.lines.into_iter().map(|placed| PlacedLine {
                top: placed.top + height,
                ..placed
            }));
            height += line_block.height;
        }
        whole.height = whole.height.max(height);
        texts.push(lines);
    }
    let height_of = |lines: &[PlacedLine]| lines.last().map_or(0.0, |last| last.top + last.line.height);
    for mut lines in texts {
        let space = (whole.height - height_of(&lines)) / 2.0;
        lines.iter_mut().for_each(|placed| placed.top += space);
        whole.lines.append(&mut lines);
    }
    for cell in &cells.cells {
        if let LogoCell::Logo(figure) = cell {
            whole.figures.push(PlacedFigure {
                top: (whole.height - figure.height) / 2.0,
                figure: figure.clone(),
            });
        }
    }
    SetBlock {
        items: vec![StackItem::Lines(whole)],
        keep_with_next: false,
        exact_space_after: false,
        missing,
    }
}

/// Between a leader and what it joins, in points.
const ASIDE: f64 = 6.0;

/// Shortest leader, in points.
const SHORT: f64 = 12.0;

/// Color of leaders: they are seen beside a heading, and not before it.
const FAINT: Color = Color([0xb8, 0xb3, 0xaa]);

/// The line that leads the eye from a heading to its page, whichever stands on the
/// left; both are given by their ends.
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
        for line in set(&label.text, &label.format, shaper).lines {
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
