//! Comments in another cell that may restrain a row.
//!
//! In: a row. Out: the question that its notes raise. Guaranteed: a comment that only
//! praises or explains raises none. Absent: the name.

use super::row::Row;
use super::text::Text;
use super::words::{Marks, ROW_WORDS};
use crate::model::held::{HeldReason, Hold};
use crate::model::signatory::Column;

/// Longest part of a comment that a question quotes, in characters.
const QUOTED: usize = 160;

/// Returns what is asked about the comment of a row.
pub(super) fn comment(row: &Row<'_>) -> Option<Hold> {
    // Where the cells were read, the comment was heard already.
    let heard = |hold: &Hold| matches!(hold.reason, HeldReason::RestrainingComment | HeldReason::Person);
    if row.record.hold.as_deref().is_some_and(heard) {
        return None;
    }
    let notes = row.record.get(Column::Notes)?;
    let text = Text::new(notes);
    text.phrase(&ROW_WORDS.comments, Marks::COMMENT_PHRASE)?;
    let quoted: String = notes.chars().take(QUOTED).collect();
    Some(Hold::about(HeldReason::RestrainingComment, &quoted))
}
