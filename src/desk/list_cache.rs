//! What was made of the lists, until a file changes.
//!
//! Absent: making it (that is `lists`').

use super::file_states::FilesState;
use crate::engine::{Review, RollTable, Workspace};
use crate::load::ListReadings;
use std::sync::{Arc, Mutex};

/// What was made of the lists.
#[derive(Debug)]
pub(super) struct ListCache {
    /// The lists as they were read.
    pub(super) readings: Arc<ListReadings>,
    /// The workspace with the lists of all its letters resolved.
    pub(super) ready: Mutex<Option<(FilesState, Arc<Workspace>)>>,
    /// The roll of the list that was looked at last.
    pub(super) table: Mutex<Option<(FilesState, Arc<ListTable>)>>,
    /// Its review.
    pub(super) review: Mutex<Option<(FilesState, Review)>>,
}

impl Default for ListCache {
    fn default() -> Self {
        Self {
            readings: Arc::new(ListReadings::kept()),
            ready: Mutex::default(),
            table: Mutex::default(),
            review: Mutex::default(),
        }
    }
}

/// A list's roll, with the workspace that it was read in.
#[derive(Debug)]
pub(super) struct ListTable {
    pub(super) table: RollTable,
    pub(super) workspace: Arc<Workspace>,
}
