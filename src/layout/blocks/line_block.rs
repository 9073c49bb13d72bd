//! Defines what a page is stacked from.
//!
//! In: nothing. Out: [`StackItem`]s, each of fixed height or, for the roll's columns,
//! fitted to the room a page has left. Guaranteed: between two line blocks a page may end
//! only where `keep_with_previous` is false. Absent: pages.

use crate::layout::blocks::columns::RollColumns;
use crate::layout::flow::block::FigureBlock;
use crate::layout::frame::{Color, Mark};
use crate::layout::paragraph::line::SetLine;

/// Is one item of the stack that pages are filled from.
#[derive(Clone, Debug)]
pub(crate) enum StackItem {
    /// Of fixed height.
    Lines(LineBlock),
    /// Signatories in columns.
    Columns(RollColumns),
    /// The page ends here.
    NewPage,
}

impl StackItem {
    /// Removes the space before it: what stands above decides how far away it is.
    fn no_space_before(&mut self) {
        match self {
            Self::Lines(line_block) => line_block.before = 0.0,
            Self::Columns(columns) => columns.before = 0.0,
            Self::NewPage => {}
        }
    }
}

/// Places a line in its line block.
#[derive(Clone, Debug)]
pub(crate) struct PlacedLine {
    /// Left edge of its column.
    pub(crate) left: f64,
    /// From the line block's top to the line's.
    pub(crate) top: f64,
    /// The line.
    pub(crate) line: SetLine,
}

/// Places a rule in its line block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlacedRule {
    /// Left end.
    pub(crate) left: f64,
    /// From the line block's top to the rule's.
    pub(crate) top: f64,
    /// Length.
    pub(crate) width: f64,
    /// Thickness.
    pub(crate) height: f64,
    /// Color.
    pub(crate) color: Color,
    /// Says what it means.
    pub(crate) mark: Mark,
}

/// Places a picture in its line block.
#[derive(Clone, Debug)]
pub(crate) struct PlacedFigure {
    pub(crate) figure: FigureBlock,
    /// From the line block's top.
    pub(crate) top: f64,
}

/// Holds what stands at one height and is not divided: a line, a row of a table, a
/// picture.
#[derive(Clone, Debug, Default)]
pub(crate) struct LineBlock {
    /// Space before it; vanishes at a page's top, and of two neighbors' spaces
    /// the larger holds.
    pub(crate) before: f64,
    /// Space after it.
    pub(crate) after: f64,
    /// Its height.
    pub(crate) height: f64,
    /// Says whether it must stand on the page of the line block before it.
    pub(crate) keep_with_previous: bool,
    /// Its lines.
    pub(crate) lines: Vec<PlacedLine>,
    /// Holds what is behind all of it.
    pub(crate) backgrounds: Vec<PlacedRule>,
    /// Its rules.
    pub(crate) rules: Vec<PlacedRule>,
    /// Its pictures.
    pub(crate) figures: Vec<PlacedFigure>,
    /// The footnotes that its lines call for.
    pub(crate) notes: Vec<usize>,
    /// The bookmark that leads here.
    pub(crate) bookmark: Option<(u8, Box<str>)>,
    /// Its place among the contents.
    pub(crate) contents_index: Option<usize>,
    /// Holds what a page that begins with this line block repeats above it: a table's head.
    pub(crate) head: Option<std::sync::Arc<LineBlock>>,
}

/// Holds what a block of the flow came to.
#[derive(Clone, Default)]
pub(crate) struct SetBlock {
    /// The items.
    pub(crate) items: Vec<StackItem>,
    /// Says whether what follows must stand on the page of the last item.
    pub(crate) keep_with_next: bool,
    /// Says whether the space after the last item is all there is before what follows.
    pub(crate) exact_space_after: bool,
    /// Letters that no face has, with the text they are in.
    pub(crate) missing: Vec<(String, String)>,
}

/// Holds an item, and whether it must stand on the page of the one before.
pub(crate) struct Stacked {
    /// Says whether no page may end before it.
    pub(crate) keep_with_previous: bool,
    /// The item.
    pub(crate) item: StackItem,
}

/// Returns the space between two neighbors: the larger of what the upper one wants after
/// it and the lower one before it.
pub(crate) fn space_between(after: f64, before: f64) -> f64 {
    after.max(before)
}

/// Joins what blocks came to, in order, and collects the letters that no face has.
pub(crate) fn join_blocks(
    set_blocks: impl IntoIterator<Item = SetBlock>,
    missing: &mut Vec<(String, String)>,
) -> Vec<Stacked> {
    let mut items = Vec::new();
    let (mut keep, mut exact) = (false, false);
    for block in set_blocks {
        missing.extend(block.missing);
        for mut item in block.items {
            if exact {
                item.no_space_before();
            }
            let kept = matches!(&item, StackItem::Lines(line_block) if line_block.keep_with_previous);
            items.push(Stacked {
                keep_with_previous: keep || kept,
                item,
            });
            (keep, exact) = (false, false);
        }
        (keep, exact) = (block.keep_with_next, block.exact_space_after);
    }
    items
}
