//! Sets the blocks of the flow.
//!
//! In: a [`FlowBlock`]. Out: a [`SetBlock`]: line blocks of fixed height, or columns that
//! are fitted to the room a page has left. Guaranteed: a block is set the same whatever
//! stands around it. Absent: pages.

mod callout;
mod cell_row;
pub(crate) mod columns;
mod contents_row;
mod figure;
pub(crate) mod line_block;
mod logo_row;
mod paragraph;
mod table;

use crate::layout::blocks::callout::set_callout;
use crate::layout::blocks::cell_row::set_cell_row;
use crate::layout::blocks::columns::RollColumns;
use crate::layout::blocks::contents_row::set_contents_row;
use crate::layout::blocks::figure::{set_figure, set_figure_text};
use crate::layout::blocks::line_block::{LineBlock, PlacedRule, SetBlock, StackItem};
use crate::layout::blocks::logo_row::set_logo_row;
use crate::layout::blocks::paragraph::set_paragraph;
use crate::layout::blocks::table::set_table;
use crate::layout::flow::block::{FlowBlock, RuleBlock};
use crate::layout::frame::{Artifact, Mark};
use crate::layout::text::shape::Shaper;

/// Sets a block.
pub(crate) fn set_block(block: &FlowBlock, shaper: Shaper<'_>) -> SetBlock {
    match block {
        FlowBlock::Paragraph(paragraph) => set_paragraph(paragraph, shaper),
        FlowBlock::Table(table) => set_table(table, shaper),
        FlowBlock::Roll(roll) => {
            let (columns, missing) = RollColumns::set(roll, shaper);
            SetBlock {
                items: vec![StackItem::Columns(columns)],
                missing,
                ..SetBlock::default()
            }
        }
        FlowBlock::Figure(figure) => set_figure(figure, shaper),
        FlowBlock::FigureText(head) => set_figure_text(head, shaper),
        FlowBlock::Callout(callout) => {
            let blocks = callout.blocks.iter().map(|block| set_block(block, shaper));
            set_callout(callout, blocks)
        }
        FlowBlock::LogoRow(cells) => set_logo_row(cells, shaper),
        FlowBlock::ContentsRow(entry) => set_contents_row(entry, shaper),
        FlowBlock::CellRow(row) => set_cell_row(row, shaper),
        FlowBlock::NewPage => SetBlock {
            items: vec![StackItem::NewPage],
            ..SetBlock::default()
        },
        FlowBlock::Rule(rule) => SetBlock {
            items: vec![StackItem::Lines(set_rule(rule))],
            ..SetBlock::default()
        },
    }
}

/// Sets a rule, or only its space.
fn set_rule(block: &RuleBlock) -> LineBlock {
    let rule = PlacedRule {
        left: block.left,
        top: 0.0,
        width: block.width,
        height: block.thickness,
        color: block.color,
        mark: Mark::Artifact(Artifact::Layout),
    };
    LineBlock {
        before: block.before,
        after: block.after,
        height: block.thickness,
        keep_with_previous: block.keep_with_previous,
        rules: (block.thickness > 0.0).then_some(rule).into_iter().collect(),
        ..LineBlock::default()
    }
}
