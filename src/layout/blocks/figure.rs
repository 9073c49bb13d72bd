//! Sets pictures, alone or with text beside them.
//!
//! In: blocks of the flow. Out: one line block each. Guaranteed: no page divides one.
//! Absent: how large pictures are.

use crate::layout::blocks::line_block::{LineBlock, PlacedFigure, SetBlock, StackItem};
use crate::layout::blocks::paragraph::{put_labels, set_paragraph};
use crate::layout::flow::block::{FigureBlock, FigureTextBlock};
use crate::layout::text::shape::Shaper;

/// Sets a picture, with its labels beside its top.
pub(crate) fn set_figure(figure: &FigureBlock, shaper: Shaper<'_>) -> SetBlock {
    let mut line_block = LineBlock {
        before: figure.gap,
        after: figure.gap,
        height: figure.height,
        figures: vec![PlacedFigure {
            figure: figure.clone(),
            top: 0.0,
        }],
        ..LineBlock::default()
    };
    let mut missing = Vec::new();
    put_labels(&mut line_block, &figure.labels, shaper, &mut missing);
    SetBlock {
        items: vec![StackItem::Lines(line_block)],
        keep_with_next: figure.keep_with_next,
        missing,
        ..SetBlock::default()
    }
}

/// Sets a logo and what stands beside it, each in the middle of the higher one.
pub(crate) fn set_figure_text(head: &FigureTextBlock, shaper: Shaper<'_>) -> SetBlock {
    let mut whole = LineBlock::default();
    let mut missing = Vec::new();
    for paragraph in &head.paragraphs {
        let set = set_paragraph(paragraph, shaper);
        missing.extend(set.missing);
        for item in set.items {
            let StackItem::Lines(line_block) = item else { continue };
            if whole.height > 0.0 {
                whole.height += line_block.before.max(whole.after);
            }
            for mut placed in line_block.lines {
                placed.top += whole.height;
                whole.lines.push(placed);
            }
            whole.height += line_block.height;
            whole.after = line_block.after;
            whole.notes.extend(line_block.notes);
        }
    }
    let (text, logo) = (whole.height, head.figure.height);
    whole.height = text.max(logo);
    for placed in &mut whole.lines {
        placed.top += (whole.height - text) / 2.0;
    }
    whole.figures.push(PlacedFigure {
        top: (whole.height - logo) / 2.0,
        figure: head.figure.clone(),
    });
    SetBlock {
        items: vec![StackItem::Lines(whole)],
        keep_with_next: true,
        missing,
        ..SetBlock::default()
    }
}
