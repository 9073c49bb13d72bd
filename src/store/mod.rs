//! The one room that writes files.
//!
//! In: a [`ChangeSet`], or the files of a run one by one; or the files of a release. Out:
//! all of them on the disk, or none, whenever the process is killed. Guaranteed: one run at
//! a time writes in a workspace; a file is written under another name, whole, before it
//! gets its own; a file that changed since it was read is not overwritten; a file keeps
//! its mode, and a link stays one; a release appears by one rename. Absent: what is written
//! (that is `engine`'s).

mod journal;
mod lock;
mod releases;
mod room;
mod staging;

pub use lock::{Lock, finish_interrupted};
pub use releases::{Reach, Releases};
pub use room::clear_up;
pub use staging::{OpenFile, Ready, Staging};

use crate::engine::{ChangeSet, Expected, Paths};
use crate::files::ContentHash;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Says why files could not be written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file or folder could not be written.
    #[error("cannot write `{path}`")]
    Write {
        /// The path as the user knows it.
        path: String,
        /// The system's reason.
        source: io::Error,
    },
    /// A folder could not be read.
    #[error("cannot read `{path}`")]
    Read {
        /// The path as the user knows it.
        path: String,
        /// The system's reason.
        source: io::Error,
    },
    /// A file that must not exist yet is there.
    #[error("`{path}` already exists; nothing was written")]
    Exists {
        /// The path as the user knows it.
        path: String,
    },
    /// A file was edited since it was read.
    #[error("`{path}` changed after it was read; nothing was written")]
    Changed {
        /// The path as the user knows it.
        path: String,
    },
    /// Another run writes in the workspace, and does not end.
    #[error("another undersigned is writing in `{path}`; try again when it has finished")]
    Busy {
        /// The path as the user knows it.
        path: String,
    },
    /// A link leads out of the workspace, or nowhere.
    #[error("`{path}` is a link to a file outside the workspace; name that file instead; nothing was written")]
    Link {
        /// The path as the user knows it.
        path: String,
    },
    /// A file was edited after a run was interrupted that had changed it.
    #[error("`{path}` was edited after a run was interrupted; what that run had written is in `{aside}`")]
    Edited {
        /// The path as the user knows it.
        path: String,
        /// The file with what the run had written.
        aside: String,
    },
    /// A release of that number is there.
    #[error("`{path}` already exists; a release is never overwritten")]
    Released {
        /// The path as the user knows it.
        path: String,
    },
}

impl StoreError {
    fn write(paths: &Paths, path: &Path, source: io::Error) -> Self {
        Self::Write {
            path: paths.shown(path),
            source,
        }
    }

    fn read(paths: &Paths, path: &Path, source: io::Error) -> Self {
        Self::Read {
            path: paths.shown(path),
            source,
        }
    }
}

/// Makes all changes of a set, or none. Who read what the set changes holds the lock since
/// then.
///
/// # Errors
/// When a file is not as the change expects it, or cannot be written.
pub fn commit(paths: &Paths, lock: &Lock, set: ChangeSet) -> Result<(), StoreError> {
    stage(paths, lock, set)?.commit(lock)
}

/// Makes all changes of a set, or none; those of its files that are new and in `private` are
/// the user's alone.
///
/// # Errors
/// See [`commit`].
pub fn commit_private(paths: &Paths, lock: &Lock, set: ChangeSet, private: &[PathBuf]) -> Result<(), StoreError> {
    stage_private(paths, lock, set, private)?.commit(lock)
}

/// Brings a set to the disk, but for the names; what stops it is found here.
///
/// # Errors
/// See [`commit`].
pub fn stage(paths: &Paths, lock: &Lock, set: ChangeSet) -> Result<Ready, StoreError> {
    stage_private(paths, lock, set, &[])
}

fn stage_private(paths: &Paths, lock: &Lock, set: ChangeSet, private: &[PathBuf]) -> Result<Ready, StoreError> {
    for change in &set.changes {
        expect(paths, &change.path, change.old)?;
    }
    let staging = Staging::new(paths, lock.root());
    staging.add(set)?;
    private.iter().for_each(|path| staging.keep_private(path));
    staging.ready()
}

/// Makes sure that names in a folder are on the disk, where systems know how.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Holds a file against what a change expects.
fn expect(paths: &Paths, path: &Path, old: Expected) -> Result<(), StoreError> {
    let shown = || paths.shown(path);
    match old {
        Expected::Anything => Ok(()),
        Expected::Nothing if path.symlink_metadata().is_ok() => Err(StoreError::Exists { path: shown() }),
        Expected::Nothing => Ok(()),
        Expected::Content(hash) => match fs::read(path) {
            Ok(bytes) if ContentHash::of(&bytes) == hash => Ok(()),
            Ok(_) => Err(StoreError::Changed { path: shown() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(StoreError::Changed { path: shown() }),
            Err(error) => Err(StoreError::read(paths, path, error)),
        },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::engine::Change;

    #[test]
    fn a_folder_in_which_a_run_made_nothing_is_cleared_away() {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::new(dir.path());
        let own = dir.path().join(room::OWN);
        fs::create_dir_all(dir.path().join(room::ROOMS)).unwrap();
        finish_interrupted(&paths, dir.path()).unwrap();
        assert!(!own.exists());
        // What else is in it stays, and so does the folder of a run that goes on.
        fs::create_dir_all(own.join("history")).unwrap();
        let working = room::Room::new(dir.path(), dir.path()).unwrap();
        finish_interrupted(&paths, dir.path()).unwrap();
        assert!(own.join("history").is_dir());
        assert!(working.ordinary().is_ok());
        // On one device, a file is not seen before it has its name.
        let file = working.file(&dir.path().join("list.csv")).unwrap();
        assert!(file.path().starts_with(dir.path().join(room::ROOMS)));
    }

    #[test]
    fn a_set_is_written_whole_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::new(dir.path());
        let (a, b) = (dir.path().join("deep/a"), dir.path().join("b"));
        let mut set = ChangeSet::default();
        set.create(a.clone(), b"A".to_vec());
        set.create(b.clone(), b"B".to_vec());
        let lock = Lock::hold(&paths, dir.path(), || ()).unwrap();
        commit(&paths, &lock, set.clone()).unwrap();
        assert_eq!(
            (fs::read(&a).unwrap(), fs::read(&b).unwrap()),
            (b"A".to_vec(), b"B".to_vec())
        );
        assert_eq!(
            commit(&paths, &lock, set).unwrap_err().to_string(),
            "`deep/a` already exists; nothing was written"
        );
        let change = |path: &Path, old: &[u8], new: Option<&[u8]>| Change {
            path: path.to_owned(),
            old: Expected::of(Some(old)),
            new: new.map(<[u8]>::to_vec),
        };
        // An edit made meanwhile stops the whole set.
        let changes = vec![change(&a, b"A", Some(b"new")), change(&b, b"other", Some(b"new"))];
        let refused = commit(&paths, &lock, ChangeSet { changes }).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "`b` changed after it was read; nothing was written"
        );
        assert_eq!(fs::read(&a).unwrap(), b"A");
        // So does a file that is gone.
        let gone = vec![change(&dir.path().join("c"), b"C", Some(b"new"))];
        let refused = commit(&paths, &lock, ChangeSet { changes: gone }).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "`c` changed after it was read; nothing was written"
        );
        commit(
            &paths,
            &lock,
            ChangeSet {
                changes: vec![change(&a, b"A", None)],
            },
        )
        .unwrap();
        assert!(!a.exists());
        assert!(!dir.path().join(room::OWN).exists(), "nothing is left over");
    }

    #[cfg(unix)]
    #[test]
    fn what_a_link_leads_to_is_replaced_within_the_workspace_only() {
        let (dir, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let paths = Paths::new(dir.path());
        let write = |target: &Path| {
            fs::write(target, "old").unwrap();
            let link = dir.path().join("link");
            let _ = fs::remove_file(&link);
            std::os::unix::fs::symlink(target, &link).unwrap();
            let change = Change {
                path: link.clone(),
                old: Expected::Anything,
                new: Some(b"new".to_vec()),
            };
            let lock = Lock::hold(&paths, dir.path(), || ()).unwrap();
            let written = commit(&paths, &lock, ChangeSet { changes: vec![change] }).is_ok();
            assert!(link.is_symlink());
            (written, fs::read_to_string(target).unwrap())
        };
        assert_eq!(write(&dir.path().join("list.csv")), (true, "new".to_owned()));
        assert_eq!(write(&outside.path().join("list.csv")), (false, "old".to_owned()));
    }
}
