//! Stacks items on pages.
//!
//! In: the flow's items and the footnotes' line blocks. Out: pages with everything
//! painted but running heads and page numbers, which `running_head` adds, and bookmarks.
//! Guaranteed: every item stands on one page; items kept together stand together unless
//! they are taller than a page; a footnote begins on the page of its mark, at the foot,
//! and goes on at the next page's foot only if it must; a few lines below the roll that
//! end the document, such as its note or the end mark, have names of the roll on their
//! page. Time is linear in the items. Absent: what stands on the pages.

mod footnotes;
mod paginator;
pub(super) mod paint;
pub(crate) mod running_head;
pub(crate) mod sender;

use crate::layout::blocks::line_block::{LineBlock, StackItem, Stacked, space_between};
use crate::layout::flow::block::ContentsPages;
use crate::layout::frame::{Bookmark, Page};
use crate::layout::page::paginator::{Paginator, new_page};
use crate::layout::page_metrics::PageMetrics;

/// Stacks items on pages; returns them with the bookmarks, and with the pages of the
/// headings that the contents name.
pub(crate) fn stack(
    items: Vec<Stacked>,
    notes: Vec<Vec<LineBlock>>,
    metrics: &PageMetrics,
) -> (Vec<Page>, Vec<Bookmark>, ContentsPages) {
    let mut paginator = Paginator::new(metrics, notes);
    let mut group: Vec<LineBlock> = Vec::new();
    let tail = tail(&items, metrics.height);
    // Of several rolls, only the last has the document's end below it.
    let last_roll = items
        .iter()
        .rposition(|stacked| matches!(stacked.item, StackItem::Columns(_)));
    for (index, stacked) in items.into_iter().enumerate() {
        let Stacked {
            keep_with_previous,
            item,
        } = stacked;
        if !keep_with_previous {
            paginator.group(std::mem::take(&mut group), 0.0);
        }
        match item {
            StackItem::Lines(line_block) => {
                if !line_block.keep_with_previous && !keep_with_previous {
                    paginator.group(std::mem::take(&mut group), 0.0);
                }
                group.push(line_block);
            }
            StackItem::NewPage => {
                paginator.group(std::mem::take(&mut group), 0.0);
                paginator.page_break();
            }
            StackItem::Columns(mut columns) => {
                columns.divide_tall_entries(metrics.height);
                // The space that the heading above leaves counts as well.
                let after = group.last().map_or(paginator.space_after(), |last| last.after);
                let least = space_between(after, columns.before) + columns.least_height(metrics.height);
                paginator.group(std::mem::take(&mut group), least);
                paginator.columns(columns, if last_roll == Some(index) { tail } else { 0.0 });
            }
        }
    }
    paginator.group(group, 0.0);
    paginator.into_pages()
}

/// Largest part of a page that the lines below a roll may take for names to be kept
/// with them. Where there are more, they can stand alone.
const TAIL: f64 = 0.15;

/// Returns the height of what stands below the last roll, if it is little.
fn tail(items: &[Stacked], page: f64) -> f64 {
    let mut height = 0.0;
    let mut below = 0.0;
    for stacked in items.iter().rev() {
        match &stacked.item {
            StackItem::Lines(line_block) => {
                height += line_block.height + space_between(line_block.after, below);
                below = line_block.before;
            }
            StackItem::Columns(columns) if height > 0.0 => {
                height += space_between(columns.after, below);
                return if height <= page * TAIL { height } else { 0.0 };
            }
            StackItem::Columns(_) | StackItem::NewPage => return 0.0,
        }
    }
    0.0
}
