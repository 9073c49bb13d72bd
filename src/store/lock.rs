//! One writer at a time in a workspace.
//!
//! In: the workspace's folder. Out: a [`Lock`] that lasts until it is dropped, or until
//! the process ends, however it ends. Guaranteed: whoever reads a file, changes it and
//! writes it back under the lock loses nobody else's change; what an interrupted run left
//! is finished or cleared away first. Absent: the runs of other machines on a shared
//! folder, where its file system has no locks.

use super::{StoreError, journal, room};
use crate::engine::Paths;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a run waits for another.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long a wait may be without a word.
const SILENT: Duration = Duration::from_millis(300);

/// How often the lock is asked for.
const GLANCE: Duration = Duration::from_millis(10);

/// A workspace that this run alone writes in.
#[derive(Debug)]
pub struct Lock {
    _file: File,
    root: PathBuf,
}

impl Lock {
    /// Waits until no other run writes in the workspace; `waiting` is called if that takes
    /// more than a moment.
    ///
    /// # Errors
    /// When another run does not end in time, or what an interrupted run left cannot be
    /// finished.
    pub fn hold(paths: &Paths, root: &Path, waiting: impl FnOnce()) -> Result<Self, StoreError> {
        let root = paths.absolute(root);
        let failed = |error| StoreError::write(paths, &root, error);
        let file = lock_file(existing(&root), ".undersigned.lock").map_err(failed)?;
        let begun = Instant::now();
        let mut waiting = Some(waiting);
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(error)) => return Err(failed(error)),
                Err(TryLockError::WouldBlock) if begun.elapsed() > PATIENCE => {
                    return Err(StoreError::Busy {
                        path: paths.shown(&root),
                    });
                }
                Err(TryLockError::WouldBlock) if begun.elapsed() > SILENT => {
                    if let Some(waiting) = waiting.take() {
                        waiting();
                    }
                }
                Err(TryLockError::WouldBlock) => {}
            }
            std::thread::sleep(GLANCE);
        }
        let lock = Self { _file: file, root };
        journal::finish(paths, &lock.root)?;
        room::sweep(&lock.root);
        Ok(lock)
    }

    /// Returns the workspace's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }
}

/// Finishes what an interrupted run began to give names to, so that nobody reads half of
/// it, and clears away the rest. Without such a run, this costs a look at two names.
///
/// # Errors
/// See [`Lock::hold`].
pub fn finish_interrupted(paths: &Paths, root: &Path) -> Result<(), StoreError> {
    let root = paths.absolute(root);
    if journal::is_there(&root) {
        return Lock::hold(paths, &root, || ()).map(drop);
    }
    room::sweep(&root);
    Ok(())
}

/// Returns the nearest folder that is there; the workspace itself may yet be made.
fn existing(root: &Path) -> &Path {
    root.ancestors().find(|folder| folder.is_dir()).unwrap_or(root)
}

/// Opens what is locked: the folder itself where folders can be opened, else a file in it.
pub(super) fn lock_file(folder: &Path, name: &str) -> io::Result<File> {
    if cfg!(unix) {
        return File::open(folder);
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    options.open(folder.join(name))
}
