//! Sets logos side by side.
//!
//! In: cells with a logo or a name. Out: one line block. Guaranteed: each stands in the
//! middle of the row's height, within its cell. Absent: which signatories have a logo.

use crate::layout::blocks::line_block::{LineBlock, PlacedFigure, PlacedLine, SetBlock, StackItem};
use crate::layout::blocks::paragraph::set_paragraph;
use crate::layout::flow::block::{LogoCell, LogoRowBlock};
use crate::layout::text::shape::Shaper;

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
        missing,
        ..SetBlock::default()
    }
}
