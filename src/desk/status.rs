//! The counts of the rail and the next step, as pages share them.
//!
//! Absent: reading them (that is `counts`').

use crate::engine::WorkspaceStatus;
use std::sync::{Arc, Mutex, PoisonError};

/// What is true of the workspace as a whole.
#[derive(Clone, Debug)]
pub(super) struct Status {
    /// Its letters, lists and next steps.
    pub(super) workspace: WorkspaceStatus,
    /// The title of the last act that can be undone.
    pub(super) undo: Option<String>,
}

/// The last status, and the state of the files that it was read from.
#[derive(Debug, Default)]
pub(super) struct StatusCache {
    pub(super) last: Mutex<Option<(u64, Arc<Status>)>>,
    /// Held while a status is read, so that several pages wait for one reading.
    pub(super) reading: tokio::sync::Mutex<()>,
}

impl StatusCache {
    /// Returns the last status, and the state of the files that it was read from.
    pub(super) fn last(&self) -> Option<(u64, Arc<Status>)> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
