//! Says how a paragraph is to be set.
//!
//! In: nothing. Out: [`ParagraphFormat`]. Guaranteed: lengths are in points. Absent:
//! characters and their style.

/// Says where lines stand in their column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Align {
    /// At the side where reading begins; the other is ragged.
    #[default]
    Start,
    /// At both sides.
    Justify,
    /// In the middle.
    Center,
    /// At the side where reading ends.
    End,
}

/// Says what lines are broken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BreakPolicy {
    /// Even lines, with hyphens where they help.
    Prose,
    /// Few lines of whole words: names, headings, addresses.
    Display,
    /// Narrow prose, with hyphens only where much white would be left.
    Cell,
}

/// Says how a paragraph is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ParagraphFormat {
    /// Width of the column.
    pub(crate) width: f64,
    /// Indent of the first line, and of each that begins after a break the author
    /// asked for, unless `hang_breaks`.
    pub(crate) first: f64,
    /// Indent of all other lines.
    pub(crate) rest: f64,
    /// Says whether lines after a break that the author asked for have the indent of the
    /// others, too.
    pub(crate) hang_breaks: bool,
    /// Says where lines stand.
    pub(crate) align: Align,
    /// Says what lines are broken for.
    pub(crate) break_policy: BreakPolicy,
    /// Says whether words may be hyphenated.
    pub(crate) hyphenate: bool,
    /// From baseline to baseline.
    pub(crate) leading: f64,
    /// Says whether the column's start is its right side. `None`: as the text's own first
    /// letter has it.
    pub(crate) rtl: Option<bool>,
}

impl ParagraphFormat {
    /// Returns whether the line after some text has the indent of a first line.
    pub(crate) fn is_first(&self, before: &str) -> bool {
        before.is_empty() || before.ends_with('\n') && !self.hang_breaks
    }
}
