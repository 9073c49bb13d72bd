//! The counts of the rail and the next step, kept until a file changes.
//!
//! In: the workspace. Out: a [`Status`] that pages share. Guaranteed: a page waits for new
//! counts no longer than a moment; if they take longer, it shows the last ones, and the
//! pages that are open hear of the new ones. Absent: counts of the desk's own: they are
//! those of `undersigned status`.

use super::error::DeskError;
use super::state::Shared;
use super::status::Status;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::time::timeout;

/// How long a page waits for new counts.
const PATIENCE: Duration = Duration::from_millis(120);

/// Returns the status; the last one, if the new one takes longer than a moment.
pub(super) async fn status(desk: &Shared) -> Result<Arc<Status>, DeskError> {
    let files = desk.run(|desk| Ok(state_of_files(&desk.root))).await?;
    let last = desk.status.last();
    if let Some((of, status)) = &last
        && *of == files
    {
        return Ok(Arc::clone(status));
    }
    let reader = tokio::spawn(read(Arc::clone(desk), files));
    match last {
        None => reader.await.map_err(|_| DeskError::Crashed)?,
        Some((_, last)) => match timeout(PATIENCE, reader).await {
            Ok(read) => read.map_err(|_| DeskError::Crashed)?,
            Err(_) => Ok(last),
        },
    }
}

/// Reads the status anew, unless another page has done it meanwhile.
async fn read(desk: Shared, files: u64) -> Result<Arc<Status>, DeskError> {
    let _reading = desk.status.reading.lock().await;
    if let Some((of, status)) = desk.status.last()
        && of == files
    {
        return Ok(status);
    }
    let status = desk
        .run(|desk| {
            let undo = desk.history().last()?;
            Ok(Status {
                workspace: desk.workspace()?.status()?,
                undo: undo.map(|act| act.title),
            })
        })
        .await?;
    let status = Arc::new(status);
    let mut last = desk.status.last.lock().unwrap_or_else(PoisonError::into_inner);
    let is_new = last.as_ref().is_none_or(|(of, _)| *of != files);
    *last = Some((files, Arc::clone(&status)));
    drop(last);
    if is_new {
        desk.events.changed();
    }
    Ok(status)
}

/// Returns a number that differs once a file of the workspace differs in length or time.
/// Reading them all to know would take as long as the status.
pub(super) fn state_of_files(root: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    for folder in ["", "letters", "signatories", ".undersigned/history", "output"] {
        state_of_folder(&root.join(folder), folder == "output", &mut hasher);
    }
    hasher.finish()
}

fn state_of_folder(folder: &Path, deep: bool, hasher: &mut DefaultHasher) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let Ok(about) = entry.metadata() else { continue };
        let modified = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        (entry.file_name(), about.len(), modified).hash(hasher);
        if deep && about.is_dir() {
            state_of_folder(&entry.path(), entry.file_name() != "releases" && deep, hasher);
        }
    }
}
