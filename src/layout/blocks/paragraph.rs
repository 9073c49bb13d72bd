//! Sets paragraphs as line blocks.
//!
//! In: a paragraph and its labels. Out: one line block for each line. Guaranteed: no
//! first or last line of a paragraph stands alone on a page; labels stand on the baseline
//! of the first line, and before it in reading. Absent: where lines end.

use crate::layout::blocks::line_block::{LineBlock, PlacedLine, SetBlock, StackItem};
use crate::layout::flow::block::{Label, ParagraphBlock};
use crate::layout::paragraph::set_text;
use crate::layout::text::shape::Shaper;

/// Fewest lines of a paragraph at a page's foot, and at its head.
const ORPHANS: usize = 2;

const WIDOWS: usize = 2;

/// Sets a paragraph.
pub(crate) fn set_paragraph(paragraph: &ParagraphBlock, shaper: Shaper<'_>) -> SetBlock {
    let set_text = set_text(&paragraph.text, &paragraph.format, shaper);
    let mut missing = Vec::new();
    if !set_text.missing.is_empty() {
        missing.push((set_text.missing, paragraph.text.chars.clone()));
    }
    let count = set_text.lines.len();
    let mut line_blocks: Vec<LineBlock> = Vec::with_capacity(count);
    for (number, line) in set_text.lines.into_iter().enumerate() {
        let within = number > 0;
        line_blocks.push(LineBlock {
            before: if within { 0.0 } else { paragraph.before },
            height: line.height,
            keep_with_previous: within && (paragraph.keep_together || number < ORPHANS || count - number < WIDOWS),
            notes: line.notes.clone(),
            lines: vec![PlacedLine {
                left: paragraph.left,
                top: 0.0,
                line,
            }],
            ..LineBlock::default()
        });
    }
    if let Some(first) = line_blocks.first_mut() {
        put_labels(first, &paragraph.labels, shaper, &mut missing);
        first.bookmark.clone_from(&paragraph.bookmark);
        first.contents_index = paragraph.contents_index;
    }
    if let Some(last) = line_blocks.last_mut() {
        last.after = paragraph.after;
    }
    SetBlock {
        items: line_blocks.into_iter().map(StackItem::Lines).collect(),
        keep_with_next: paragraph.keep_with_next,
        exact_space_after: paragraph.exact_space_after,
        missing,
    }
}

/// Puts labels beside a line block's first line, on its baseline and before it in reading;
/// beside the top of what has no lines.
pub(crate) fn put_labels(
    line_block: &mut LineBlock,
    labels: &[Label],
    shaper: Shaper<'_>,
    missing: &mut Vec<(String, String)>,
) {
    let baseline = line_block.lines.first().map(|placed| placed.top + placed.line.baseline);
    for label in labels {
        let set_label = set_text(&label.text, &label.format, shaper);
        if !set_label.missing.is_empty() {
            missing.push((set_label.missing, label.text.chars.clone()));
        }
        for line in set_label.lines {
            line_block.notes.extend(&line.notes);
            let placed = PlacedLine {
                left: label.left,
                top: baseline.map_or(0.0, |baseline| baseline - line.baseline),
                line,
            };
            line_block.lines.insert(0, placed);
        }
    }
}
