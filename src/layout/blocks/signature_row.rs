//! Sets signatures by hand, side by side.
//!
//! In: signatures, or lines to sign on, and whose they are. Out: one line block.
//! Guaranteed: signatures stand on one line, names below it. Absent: the roll.

use crate::layout::blocks::line_block::{LineBlock, PlacedFigure, PlacedRule, SetBlock, StackItem};
use crate::layout::blocks::paragraph::set_paragraph;
use crate::layout::flow::block::SignatureRowBlock;
use crate::layout::frame::{Artifact, Mark};
use crate::layout::page_metrics::{HAIRLINE, QUIET};
use crate::layout::text::shape::Shaper;

/// Sets those who sign side by side: signatures on one line, names below.
pub(crate) fn set_signature_row(row: &SignatureRowBlock, shaper: Shaper<'_>) -> SetBlock {
    let mut whole = LineBlock {
        before: row.gap,
        after: row.gap,
        height: row.space,
        ..LineBlock::default()
    };
    let mut missing = Vec::new();
    for signer in &row.signatures {
        match &signer.figure {
            Some(figure) => whole.figures.push(PlacedFigure {
                top: (row.space - figure.height).max(0.0),
                figure: figure.clone(),
            }),
            None => whole.rules.push(PlacedRule {
                left: signer.left,
                top: row.space,
                width: signer.width,
                height: HAIRLINE,
                color: QUIET,
                mark: Mark::Artifact(Artifact::Layout),
            }),
        }
        // Names stand clear of the line.
        let mut height = row.space + HAIRLINE + BELOW;
        for paragraph in &signer.paragraphs {
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
