//! Defines the blocks of the flow: what stands below each other on pages.
//!
//! In: nothing. Out: [`FlowBlock`] and what each kind of it holds. Guaranteed: left edges
//! and widths count from the left edge of the page's text, in points. Absent: how blocks
//! are built, and how they are set.

use crate::layout::frame::{Color, ImageId, Mark, NodeId};
use crate::layout::paragraph::format::{Align, ParagraphFormat};
use crate::layout::text::styled_text::StyledText;
use std::collections::BTreeMap;

/// Is one block of the flow.
#[derive(Debug)]
pub(crate) enum FlowBlock {
    /// Lines.
    Paragraph(ParagraphBlock),
    /// Rows and columns.
    Table(TableBlock),
    /// Signatories.
    Roll(RollBlock),
    /// A rule across the text, or a part of it.
    Rule(RuleBlock),
    /// A picture.
    Figure(FigureBlock),
    /// A logo and the letterhead's lines beside it.
    FigureText(FigureTextBlock),
    /// Those who sign by hand, side by side.
    CellRow(CellRowBlock),
    /// A box.
    Callout(CalloutBlock),
    /// Pictures and texts side by side.
    LogoRow(LogoRowBlock),
    /// A heading as the contents have it.
    ContentsRow(ContentsRowBlock),
    /// Begins a page with what follows.
    NewPage,
}

/// Holds a paragraph to set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ParagraphBlock {
    /// Holds the words.
    pub(crate) text: StyledText,
    /// Says how its lines stand.
    pub(crate) format: ParagraphFormat,
    /// Left edge of its column.
    pub(crate) left: f64,
    /// Space before it; of two neighbors' spaces the larger holds.
    pub(crate) before: f64,
    /// Space after it.
    pub(crate) after: f64,
    /// Says whether the page may not end after it.
    pub(crate) keep_with_next: bool,
    /// Says whether the space after it is all there is, whatever follows: a heading stands
    /// nearer to its text than paragraphs to each other.
    pub(crate) exact_space_after: bool,
    /// Says whether it may not be divided.
    pub(crate) keep_together: bool,
    /// Holds what stands beside its first line, innermost first.
    pub(crate) labels: Vec<Label>,
    /// The bookmark that leads here.
    pub(crate) bookmark: Option<(u8, Box<str>)>,
    /// Its place among the contents, if it is a heading that they name.
    pub(crate) contents_index: Option<usize>,
}

impl ParagraphBlock {
    /// Makes it the heading of what follows: it is not divided, stands on the page of
    /// what follows, and has no other space after it than its own.
    pub(crate) fn make_heading(&mut self) {
        (self.keep_with_next, self.keep_together) = (true, true);
        self.exact_space_after = true;
    }
}

/// Holds a bullet, number or word beside a paragraph's first line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Label {
    /// Holds the words.
    pub(crate) text: StyledText,
    /// Its column.
    pub(crate) format: ParagraphFormat,
    /// Left edge of its column.
    pub(crate) left: f64,
}

/// Holds a table to set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TableBlock {
    /// Left edge.
    pub(crate) left: f64,
    /// The room it has.
    pub(crate) width: f64,
    /// Says how columns are aligned.
    pub(crate) columns: Vec<TableColumn>,
    /// The rows' cells; the first row is the head.
    pub(crate) rows: Vec<Vec<StyledText>>,
    /// From baseline to baseline.
    pub(crate) leading: f64,
    /// Space before and after.
    pub(crate) gap: f64,
    /// Says whether lines start on the right, and the first column stands there.
    pub(crate) rtl: Option<bool>,
    /// Holds what stands beside its first line, innermost first.
    pub(crate) labels: Vec<Label>,
}

/// Says how a column of a table is aligned.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct TableColumn {
    /// Says at which side its cells stand.
    pub(crate) align: Align,
    /// For a column of numbers, by body row: the byte at which a cell's decimals begin.
    pub(crate) points: Option<Vec<Option<usize>>>,
    /// Says whether it is there to be filled in by hand.
    pub(crate) is_blank: bool,
}

/// Holds signatories to set in columns.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RollBlock {
    /// The signatories, and the headings of their sections.
    pub(crate) entries: Vec<RollItem>,
    /// Counts the columns.
    pub(crate) columns: usize,
    /// Says how each is set.
    pub(crate) format: ParagraphFormat,
    /// Between columns.
    pub(crate) gutter: f64,
    /// Space before.
    pub(crate) before: f64,
    /// Space after.
    pub(crate) after: f64,
}

/// Is a name in the columns of a roll, or the heading of names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RollItem {
    /// Holds the words.
    pub(crate) text: StyledText,
    /// Space above it, unless a column begins with it.
    pub(crate) lead: f64,
    /// Says whether no column may end after it.
    pub(crate) keep_with_next: bool,
    /// The bookmark that leads here.
    pub(crate) bookmark: Option<(u8, Box<str>)>,
}

/// Holds a rule to draw.
#[derive(Debug)]
pub(crate) struct RuleBlock {
    /// Left edge.
    pub(crate) left: f64,
    /// Width.
    pub(crate) width: f64,
    /// Thickness; at zero there is only its space.
    pub(crate) thickness: f64,
    /// Color.
    pub(crate) color: Color,
    /// Space before.
    pub(crate) before: f64,
    /// Space after.
    pub(crate) after: f64,
    /// Says whether it belongs to what stands before it.
    pub(crate) keep_with_previous: bool,
}

/// Holds a picture in the flow.
#[derive(Clone, Debug)]
pub(crate) struct FigureBlock {
    /// The picture.
    pub(crate) image: ImageId,
    /// Left edge.
    pub(crate) left: f64,
    /// Width.
    pub(crate) width: f64,
    /// Height.
    pub(crate) height: f64,
    /// Space before and after.
    pub(crate) gap: f64,
    /// Says what it means.
    pub(crate) mark: Mark,
    /// The link it is clicked for.
    pub(crate) link: Option<NodeId>,
    /// Says whether what follows stands on the same page.
    pub(crate) keep_with_next: bool,
    /// Holds what stands beside its top, innermost first.
    pub(crate) labels: Vec<Label>,
}

/// Holds a picture and the paragraphs beside it: a logo and the letterhead's lines.
#[derive(Debug)]
pub(crate) struct FigureTextBlock {
    /// The picture: a logo, or a code.
    pub(crate) figure: FigureBlock,
    /// The text.
    pub(crate) paragraphs: Vec<ParagraphBlock>,
}

/// Holds cells side by side: signatures by hand, addressees, logos.
#[derive(Debug)]
pub(crate) struct CellRowBlock {
    /// Each from the first in reading order.
    pub(crate) cells: Vec<RowCell>,
    /// Height of the room above the words: to sign in, or for pictures.
    pub(crate) space: f64,
    /// Space before and after.
    pub(crate) gap: f64,
    /// Says whether it must stand on the page of what is above it.
    pub(crate) keep_with_previous: bool,
}

/// Holds one cell of a row.
#[derive(Debug)]
pub(crate) struct RowCell {
    /// Left end of the line to sign on.
    pub(crate) left: f64,
    /// Its length.
    pub(crate) width: f64,
    /// Holds what is above the words.
    pub(crate) head: CellHead,
    /// Holds the words.
    pub(crate) paragraphs: Vec<ParagraphBlock>,
}

/// Is what stands above the words of a cell.
#[derive(Debug)]
pub(crate) enum CellHead {
    /// A picture: a scanned signature.
    Figure(FigureBlock),
    /// A line to sign on.
    Line,
    /// Nothing.
    Nothing,
}

/// Holds a box.
#[derive(Debug)]
pub(crate) struct CalloutBlock {
    /// Holds what is in it; its places are the page's, not the box's.
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
    /// Says whether no page may end within it.
    pub(crate) keep_together: bool,
}

/// Holds cells side by side, each with a logo or a name in its middle.
#[derive(Debug)]
pub(crate) struct LogoRowBlock {
    /// The cells, in reading order.
    pub(crate) cells: Vec<LogoCell>,
    /// Height of pictures; a text may be higher.
    pub(crate) height: f64,
    /// Space before and after.
    pub(crate) gap: f64,
}

/// Is what stands in a cell of a row of logos.
#[derive(Debug)]
pub(crate) enum LogoCell {
    /// A picture, its left edge already in the middle.
    Logo(FigureBlock),
    /// A text.
    Name(ParagraphBlock),
}

/// Holds a heading as the contents have it, with the page it is on.
#[derive(Debug)]
pub(crate) struct ContentsRowBlock {
    /// The heading.
    pub(crate) paragraph: ParagraphBlock,
    /// The number of its page, beside the last line.
    pub(crate) page: Option<Label>,
}

/// Maps places among the contents to pages, from 0.
pub(crate) type ContentsPages = BTreeMap<usize, usize>;

/// What the sender puts around the text of page 1: each line with its text.
#[derive(Debug, Default)]
pub(crate) struct SenderTexts {
    /// Who leads the coalition, a text for each; an empty one is a gap.
    pub(crate) board: Vec<StyledText>,
    /// The lines at the page's foot.
    pub(crate) foot: Vec<StyledText>,
}
