//! Sets cells side by side: signatures by hand, addressees.
//!
//! In: signatures, or lines to sign on, and whose they are; or words alone. Out: one line
//! block. Guaranteed: signatures stand on one line, names below it. Absent: the roll.

use crate::layout::blocks::line_block::{LineBlock, PlacedFigure, PlacedRule, SetBlock, StackItem};
use crate::layout::blocks::paragraph::set_paragraph;
use crate::layout::flow::block::{CellHead, CellRowBlock};
use crate::layout::frame::{Artifact, Mark};
use crate::layout::page_metrics::{HAIRLINE, QUIET};
use crate::layout::text::shape::Shaper;

/// Sets cells side by side: signatures on one line, words below.
pub(crate) fn set_cell_row(row: &CellRowBlock, shaper: Shaper<'_>) -> SetBlock {
    let mut whole = LineBlock {
        before: row.gap,
        after: row.gap,
        height: row.space,
        keep_with_previous: row.keep_with_previous,
        ..LineBlock::default()
    };
    let mut missing = Vec::new();
    for cell in &row.cells {
        match &cell.head {
            CellHead::Nothing => {}
            CellHead::Figure(figure) => whole.figures.push(PlacedFigure {
                top: (row.space - figure.height).max(0.0),
                figure: figure.clone(),
            }),
            CellHead::Line => whole.rules.push(PlacedRule {
                left: cell.left,
                top: row.space,
                width: cell.width,
                height: HAIRLINE,
                color: QUIET,
                mark: Mark::Artifact(Artifact::Layout),
            }),
        }
        // Names stand clear of the line.
        let clear = if row.space > 0.0 { HAIRLINE + BELOW } else { 0.0 };
        let mut height = row.space + clear;
        for paragraph in &cell.paragraphs {
            let set = set_paragraph(paragraph, shaper);
            missing.extend(set.missing);
            for item in set.items {
                let StackItem::Lines(line_block) = item else { continue };
                for mut placed in line_block.lines {
                    placed.top += height;
                    whole.lines.push(placed);
                }
                height += line_block.height;
                whole.notes.extend(line_block.notes);
            }
        }
        whole.height = whole.height.max(height);
    }
    SetBlock {
        items: vec![StackItem::Lines(whole)],
        missing,
        ..SetBlock::default()
    }
}

/// Between the line to sign on and the name below it, in points.
const BELOW: f64 = 2.0;
