//! The counts of the rail and the next step, as pages share them.
//!
//! Absent: reading them (that is `counts`').

use super::file_states::FilesState;
use super::letter_cache::Survey;
use std::sync::{Arc, Mutex, PoisonError};

/// What is true of the workspace as a whole.
#[derive(Clone, Debug)]
pub(super) struct Status {
    /// Its letters, lists, findings and next steps.
    pub(super) survey: Arc<Survey>,
    /// The title of the last act that can be undone.
    pub(super) undo: Option<String>,
}

/// The last survey, and the state of the files that it was read from.
#[derive(Debug, Default)]
pub(super) struct StatusCache {
    pub(super) last: Mutex<Option<(FilesState, Arc<Survey>)>>,
    /// Held while a survey is made, so that several pages wait for one.
    pub(super) surveying: Mutex<Option<(FilesState, Arc<Survey>)>>,
}

impl StatusCache {
    /// Returns the last survey, and the state of the files that it was read from.
    pub(super) fn last(&self) -> Option<(FilesState, Arc<Survey>)> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
