//! What was made of the list that was looked at last, until a file changes.
//!
//! Absent: making it (that is `lists`').

use crate::engine::{Review, RollTable, Workspace};
use crate::files::ContentHash;
use std::sync::{Arc, Mutex};

/// The content of the files that a list's resolution depends on.
pub(super) type ListState = Vec<Option<ContentHash>>;

/// What was made of the list that was looked at last.
#[derive(Debug, Default)]
pub(super) struct ListCache {
    /// Its roll.
    pub(super) table: Mutex<Option<(ListState, Arc<ListTable>)>>,
    /// Its review.
    pub(super) review: Mutex<Option<(ListState, Review)>>,
}

/// A list's roll, with the workspace that it was read in.
#[derive(Debug)]
pub(super) struct ListTable {
    pub(super) table: RollTable,
    pub(super) workspace: Workspace,
}
