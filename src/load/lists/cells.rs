//! The cells of a list, as every format hands them to `header_row` and `rows`.

use crate::source::Origin;

/// Most columns a list may have; the most that a spreadsheet has (XFD).
pub(super) const MAX_COLUMNS: usize = 16_384;

/// Longest cell, in bytes; about the most that a spreadsheet keeps in a cell.
pub(super) const MAX_CELL: usize = 32_767;

/// A row's cells, and where they stand.
pub(super) trait Row {
    /// Returns how many cells there are.
    fn len(&self) -> usize;
    /// Returns the cell at a position, from 0.
    fn cell(&self, at: usize) -> Option<&str>;
    /// Returns where a cell stands; of a cell that is not there, the row.
    fn place(&self, at: usize) -> Origin;
    /// Returns where the row stands.
    fn origin(&self) -> Origin;
}
