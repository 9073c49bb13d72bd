//! The counts of the rail and the next step, kept until a file changes.
//!
//! In: the workspace. Out: a [`Status`] that pages share. Guaranteed: a page waits for new
//! counts no longer than a moment; if they take longer, it shows the last ones, and the
//! pages that are open hear of the new ones; the act that can be undone is always that of
//! now. Absent: counts of the desk's own: they are those of `undersigned status`.

use super::error::DeskError;
use super::letter_cache::Survey;
use super::state::Shared;
use super::status::Status;
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::time::timeout;

/// How long a page waits for new counts.
const PATIENCE: Duration = Duration::from_millis(20);

/// Returns the status; with the last counts, if new ones take longer than a moment.
pub(super) async fn status(desk: &Shared) -> Result<Status, DeskError> {
    let now = desk.run(|desk| Ok((desk.state_of_files(), desk.history().last()?)));
    let (files, undo) = now.await?;
    let undo = undo.map(|act| act.title);
    let last = desk.status.last();
    if let Some((of, survey)) = &last
        && *of == files
    {
        let survey = Arc::clone(survey);
        return Ok(Status { survey, undo });
    }
    let reader = tokio::spawn(read(Arc::clone(desk)));
    let survey = match last {
        None => reader.await.map_err(|_| DeskError::Crashed)??,
        Some((_, last)) => match timeout(PATIENCE, reader).await {
            Ok(read) => read.map_err(|_| DeskError::Crashed)??,
            Err(_) => last,
        },
    };
    Ok(Status { survey, undo })
}

/// Reads the counts anew, unless another page has done it meanwhile, and tells open pages.
async fn read(desk: Shared) -> Result<Arc<Survey>, DeskError> {
    let (files, survey) = desk.run(|desk| Ok((desk.state_of_files(), desk.survey()?))).await?;
    let mut last = desk.status.last.lock().unwrap_or_else(PoisonError::into_inner);
    let is_new = last.as_ref().is_none_or(|(of, _)| *of != files);
    *last = Some((files, Arc::clone(&survey)));
    drop(last);
    if is_new {
        desk.events.changed();
    }
    Ok(survey)
}
