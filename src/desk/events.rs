//! What open pages hear of.
//!
//! In: the desk's own acts, and the file system's word of edits made elsewhere. Out: a
//! number that grows with each change. Absent: what changed, and the streams (those are
//! `live`'s).

use tokio::sync::watch;

/// What open pages hear of: a number that grows with each change, and the end.
#[derive(Debug)]
pub(super) struct Events(watch::Sender<ChangeNumber>);

/// The number of changes; `None` once the desk ends.
pub(super) type ChangeNumber = Option<u64>;

impl Default for Events {
    fn default() -> Self {
        Self(watch::Sender::new(Some(0)))
    }
}

impl Events {
    /// Tells that files changed, or that new counts are there.
    pub(super) fn changed(&self) {
        self.0.send_modify(|state| *state = state.map(|number| number + 1));
    }

    /// Ends all streams.
    pub(super) fn end(&self) {
        self.0.send_replace(None);
    }

    /// Returns a receiver of changes from now on.
    pub(super) fn subscribe(&self) -> watch::Receiver<ChangeNumber> {
        self.0.subscribe()
    }
}
