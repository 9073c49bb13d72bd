//! Tells open pages that files changed.
//!
//! In: the desk's own acts, and the file system's word of edits made elsewhere. Out: one
//! stream of server-sent events for each open page. Guaranteed: several saves at once are
//! told once; the streams end when the desk does. Absent: what changed. A page asks for
//! itself again, and its script puts in place what differs.

use super::state::Shared;
use crate::files::is_editors_own;
use axum::Router;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use futures_util::Stream;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

/// How long it must be quiet before pages are told: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(60);

/// Returns the route of the stream.
pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/events", get(stream))
}

async fn stream(State(desk): State<Shared>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let stream = futures_util::stream::unfold(desk.events.subscribe(), |mut receiver| async move {
        receiver.changed().await.ok()?;
        sleep(QUIET).await;
        let number = (*receiver.borrow_and_update())?;
        let event = Event::default().event("changed").data(number.to_string());
        Some((Ok(event), receiver))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

/// Watches the workspace's files, where the system can; returns what must be kept.
pub(super) fn watch(desk: &Shared) -> Option<RecommendedWatcher> {
    let told = Arc::clone(desk);
    let heard = move |event: notify::Result<notify::Event>| {
        let matters = match &event {
            Ok(event) => {
                let reads = matches!(event.kind, EventKind::Access(_));
                !reads && event.paths.iter().any(|path| !is_editors_own(path))
            }
            // Events were lost: better one word too many.
            Err(_) => true,
        };
        if matters {
            told.events.changed();
        }
    };
    // Without a watcher, pages are as new as their last load.
    let mut watcher = notify::recommended_watcher(heard).ok()?;
    for folder in ["", "letters", "signatories"] {
        let _ = watcher.watch(&desk.root.join(folder), RecursiveMode::NonRecursive);
    }
    Some(watcher)
}
