//! The folder of a letter's releases: numbers, and freezing one whole or not at all.
//!
//! In: files in memory. Out: a folder `N` that nobody will write again. Guaranteed: a
//! release appears by one rename, after every byte of it is on the disk, so that a kill at
//! any moment leaves none of it or all; two runs never take one number, because one at a
//! time holds the folder's lock, which the system gives back whatever happens; what a
//! killed run left is cleared away by the next. Absent: what is in a release.

use super::lock::lock_file;
use super::{StoreError, sync_folder};
use crate::engine::{Paths, highest_number_file};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where a release is put together before it is renamed. Only the holder of the lock
/// touches it.
const STAGING: &str = ".staging";

/// Who may read what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Whoever may read the workspace: the umask decides.
    Ordinary,
    /// The user alone.
    Private,
}

/// A folder of numbered folders, held by this run.
#[derive(Debug)]
pub struct Releases {
    folder: PathBuf,
    paths: Paths,
    _lock: File,
    /// Whether a run before was killed here.
    pub cleared: bool,
}

impl Releases {
    /// Makes the folder if it is not there, and waits until no other run holds it;
    /// `waiting` is called before a wait.
    ///
    /// # Errors
    /// When the folder cannot be made, locked or cleared.
    pub fn hold(paths: &Paths, folder: &Path, waiting: impl FnOnce()) -> Result<Self, StoreError> {
        let failed = |error| StoreError::write(paths, folder, error);
        fs::create_dir_all(folder).map_err(failed)?;
        let lock = lock_file(folder, ".lock").map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting();
                lock.lock().map_err(failed)?;
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let staging = folder.join(STAGING);
        let cleared = staging.exists();
        if cleared {
            fs::remove_dir_all(&staging).map_err(|error| StoreError::write(paths, &staging, error))?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            paths: paths.clone(),
            _lock: lock,
            cleared,
        })
    }

    /// Notes that a number is taken, so that it is never given again.
    fn remember(&self, number: u32) -> Result<(), StoreError> {
        let path = highest_number_file(&self.folder);
        let failed = |error| StoreError::write(&self.paths, &path, error);
        let mut builder = tempfile::Builder::new();
        builder.prefix(".releases-");
        let mut file = builder
            .tempfile_in(path.parent().unwrap_or(Path::new("")))
            .map_err(failed)?;
        writeln!(file, "{number}").map_err(failed)?;
        file.persist(&path).map(drop).map_err(|error| failed(error.error))
    }

    /// Freezes files as the folder `number`; their names are relative to it.
    ///
    /// # Errors
    /// When the number is taken or a file cannot be written; there is no such release then.
    pub fn freeze(&self, number: u32, files: &[(&str, &[u8])], reach: Reach) -> Result<PathBuf, StoreError> {
        let target = self.folder.join(number.to_string());
        if target.symlink_metadata().is_ok() {
            let path = self.paths.shown(&target);
            return Err(StoreError::Released { path });
        }
        let staging = self.folder.join(STAGING);
        self.remember(number)?;
        let staged = stage(&staging, files, reach).and_then(|()| fs::rename(&staging, &target));
        if let Err(error) = staged {
            // What cannot be removed now, the next run removes.
            let _ = fs::remove_dir_all(&staging);
            return Err(StoreError::write(&self.paths, &target, error));
        }
        // The release is there; a system that cannot promise more says so here.
        let _ = sync_folder(&self.folder);
        Ok(target)
    }

    /// Removes a folder that this run froze, because what belongs to it could not be.
    pub fn take_back(self, number: u32) {
        // By one rename first, so that no half of it is ever seen.
        let staging = self.folder.join(STAGING);
        if fs::rename(self.folder.join(number.to_string()), &staging).is_ok() {
            // What cannot be removed now, the next run removes.
            let _ = fs::remove_dir_all(&staging);
        }
    }
}

fn stage(staging: &Path, files: &[(&str, &[u8])], reach: Reach) -> std::io::Result<()> {
    create_folder(staging, reach)?;
    let mut folders = vec![staging.to_owned()];
    for (name, bytes) in files {
        let path = staging.join(name);
        for parent in path.ancestors().skip(1).take_while(|parent| *parent != staging) {
            if !folders.iter().any(|folder| folder == parent) {
                folders.push(parent.to_owned());
            }
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if reach == Reach::Private {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        let mut file = options.open(&path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
    }
    folders.iter().try_for_each(|folder| sync_folder(folder))
}

fn create_folder(path: &Path, reach: Reach) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    if reach == Reach::Private {
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    }
    #[cfg(not(unix))]
    let _ = reach;
    builder.create(path)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_whole_and_never_written_again() {
        let dir = tempfile::tempdir().unwrap();
        let (paths, folder) = (Paths::new(dir.path()), dir.path().join("releases"));
        fs::create_dir_all(folder.join(".staging/x")).unwrap();
        let releases = Releases::hold(&paths, &folder, || ()).unwrap();
        assert!(releases.cleared);
        let files: [(&str, &[u8]); 2] = [("a", b"1"), ("deep/b", b"2")];
        let path = releases.freeze(11, &files, Reach::Ordinary).unwrap();
        assert_eq!(fs::read(path.join("deep/b")).unwrap(), b"2");
        assert!(releases.freeze(11, &files, Reach::Ordinary).is_err());
        // A file that cannot be written leaves nothing.
        let bad: [(&str, &[u8]); 2] = [("a", b"1"), ("a/b", b"2")];
        assert!(releases.freeze(12, &bad, Reach::Ordinary).is_err());
        assert!(!folder.join("12").exists());
        assert!(!folder.join(STAGING).exists());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let path = releases.freeze(13, &files, Reach::Private).unwrap();
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(&path.join("a"))), (0o700, 0o600));
        }
    }

    #[test]
    fn a_release_that_is_taken_back_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let (paths, folder) = (Paths::new(dir.path()), dir.path().join("releases"));
        let releases = Releases::hold(&paths, &folder, || ()).unwrap();
        releases.freeze(1, &[("a", b"1")], Reach::Ordinary).unwrap();
        releases.freeze(2, &[("a", b"2")], Reach::Ordinary).unwrap();
        releases.take_back(2);
        assert_eq!(fs::read(folder.join("1/a")).unwrap(), b"1");
        assert!(!folder.join("2").exists());
        assert!(!folder.join(STAGING).exists());
    }
}
