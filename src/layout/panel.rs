//! Blocks set apart: boxes on a ground or behind a bar, cells side by side, and the
//! entries of contents.
//!
//! In: their blocks. Out: slabs. Guaranteed: the ground and the bar are behind and
//! beside every line of a box, over a page's end, too; a cell's content is within
//! it. Absent: what the blocks mean.

use super::flow::{Block, Label, Paragraph};
use super::frame::{Artifact, Color, Mark};
use super::image::{Figure, PlacedFigure};
use super::paragraph::set;
use super::shape::Shaper;
use super::sheet::HAIRLINE;
use super::slab::{Piece, Placed, PlacedRule, SetBlock, Slab, set_block, set_paragraph};

/// Width of the bar beside a box, in points.
const BAR: f64 = 2.5;

/// How far a ground reaches under the next, so that no light shows between, in
/// points.
const LAP: f64 = 0.4;

/// A box.
#[derive(Debug)]
pub(super) struct Panel {
    /// What is in it; its places are the page's, not the box's.
    pub(super) blocks: Vec<Block>,
    /// Left edge.
    pub(super) left: f64,
    /// Width.
    pub(super) width: f64,
    /// White above the first and below the last line.
    pub(super) pad: f64,
    /// Space before and after.
    pub(super) gap: f64,
    /// Colour of the ground.
    pub(super) ground: Option<Color>,
    /// Colour of the bar, and whether it stands on the right.
    pub(super) bar: Option<(Color, bool)>,
    /// Whether no page may end within it.
    pub(super) whole: bool,
}

/// Cells side by side, each with a picture or a text in its middle.
#[derive(Debug)]
pub(super) struct Cells {
    /// The cells, in reading order.
    pub(super) cells: Vec<Cell>,
    /// Height of pictures; a text may be higher.
    pub(super) height: f64,
    /// Space before and after.
    pub(super) gap: f64,
}

/// What stands in a cell.
#[derive(Debug)]
pub(super) enum Cell {
    /// A picture, its left edge already in the middle.
    Figure(Figure),
    /// A text.
    Text(Paragraph),
}

/// A heading as the contents have it, with the page it is on.
#[derive(Debug)]
pub(super) struct Entry {
    /// The heading.
    pub(super) paragraph: Paragraph,
    /// The number of its page, beside the last line.
    pub(super) page: Option<Label>,
}

/// Sets a box.
pub(super) fn set_panel(panel: &Panel, shaper: Shaper<'_>) -> SetBlock {
    let mut slabs: Vec<Slab> = Vec::new();
    let mut missing = Vec::new();
    let (mut after, mut keep, mut closed) = (0.0, false, false);
    for block in &panel.blocks {
        let set = set_block(block, shaper);
        missing.extend(set.missing);
        for piece in set.pieces {
            let Piece::Slab(mut slab) = piece else { continue };
            let space = match (slabs.is_empty(), closed) {
                (true, _) => panel.pad,
                (false, true) => after,
                (false, false) => slab.before.max(after),
            };
            slab.glued |= !slabs.is_empty() && (keep || panel.whole);
            (after, slab.before, slab.after) = (slab.after, 0.0, 0.0);
            (keep, closed) = (false, false);
            lower(&mut slab, space);
            slabs.push(slab);
        }
        (keep, closed) = (set.keep_next, set.closes);
    }
    let count = slabs.len();
    for (number, slab) in slabs.iter_mut().enumerate() {
        let last = number + 1 == count;
        if last {
            slab.height += panel.pad;
            slab.after = panel.gap;
        }
        if number == 0 {
            slab.before = panel.gap;
        }
        let rule = |left, width, color| PlacedRule {
            left,
            top: 0.0,
            width,
            height: slab.height + if last { 0.0 } else { LAP },
            color,
            mark: Mark::Artifact(Artifact::Layout),
        };
        let ground = panel.ground.map(|color| rule(panel.left, panel.width, color));
        let bar = panel.bar.map(|(color, right)| {
            let aside = if right { panel.width - BAR } else { 0.0 };
            rule(panel.left + aside, BAR, color)
        });
        slab.grounds = ground.into_iter().chain(bar).collect();
    }
    SetBlock {
        pieces: slabs.into_iter().map(Piece::Slab).collect(),
        keep_next: false,
        closes: false,
        missing,
    }
}

/// Moves what is in a slab down within it.
fn lower(slab: &mut Slab, by: f64) {
    slab.height += by;
    slab.lines.iter_mut().for_each(|placed| placed.top += by);
    slab.rules.iter_mut().for_each(|rule| rule.top += by);
    slab.grounds.iter_mut().for_each(|ground| ground.top += by);
    slab.figures.iter_mut().for_each(|figure| figure.top += by);
}

/// Sets cells side by side, each in the middle of the highest.
pub(super) fn set_cells(cells: &Cells, shaper: Shaper<'_>) -> SetBlock {
    let mut whole = Slab {
        before: cells.gap,
        after: cells.gap,
        height: cells.height,
        ..Slab::default()
    };
    let mut missing = Vec::new();
    let mut texts: Vec<Vec<Placed>> = Vec::new();
    for cell in &cells.cells {
        let Cell::Text(paragraph) = cell else { continue };
        let set = set_paragraph(paragraph, shaper);
        missing.extend(set.missing);
        let mut height = 0.0;
        let mut lines = Vec::new();
        for piece in set.pieces {
            let Piece::Slab(slab) = piece else { continue };
            lines.extend(slab.lines.into_iter().map(|placed| Placed {
                top: placed.top + height,
                ..placed
            }));
            height += slab.height;
        }
        whole.height = whole.height.max(height);
        texts.push(lines);
    }
    let height_of = |lines: &[Placed]| lines.last().map_or(0.0, |last| last.top + last.line.height);
    for mut lines in texts {
        let space = (whole.height - height_of(&lines)) / 2.0;
        lines.iter_mut().for_each(|placed| placed.top += space);
        whole.lines.append(&mut lines);
    }
    for cell in &cells.cells {
        if let Cell::Figure(figure) = cell {
            whole.figures.push(PlacedFigure {
                top: (whole.height - figure.height) / 2.0,
                figure: figure.clone(),
            });
        }
    }
    SetBlock {
        pieces: vec![Piece::Slab(whole)],
        keep_next: false,
        closes: false,
        missing,
    }
}

/// Between a leader and what it joins, in points.
const ASIDE: f64 = 6.0;

/// Shortest leader, in points.
const SHORT: f64 = 12.0;

/// Colour of leaders: they are seen beside a heading, and not before it.
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
pub(super) fn set_entry(entry: &Entry, shaper: Shaper<'_>) -> SetBlock {
    let mut block = set_paragraph(&entry.paragraph, shaper);
    if let (Some(label), Some(Piece::Slab(last))) = (&entry.page, block.pieces.last_mut()) {
        let baseline = last
            .lines
            .last()
            .map_or(0.0, |placed| placed.top + placed.line.baseline);
        let title = last
            .lines
            .last()
            .map(|placed| (placed.left + placed.line.left, placed.left + placed.line.right));
        for line in set(&label.text, &label.form, shaper).lines {
            let number = (label.left + line.left, label.left + line.right);
            last.rules
                .extend(title.and_then(|title| leader(title, number, baseline)));
            last.lines.push(Placed {
                left: label.left,
                top: baseline - line.baseline,
                line,
            });
        }
    }
    block
}
