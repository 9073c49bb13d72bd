//! The folder of a letter's releases: numbers, and freezing one whole or not at all.
//!
//! In: files in memory. Out: a folder `N` that nobody will write again. Guaranteed: a
//! release appears by one rename, after every byte of it is on the disk, so that a kill at
//! any moment leaves none of it or all; two runs never take one number, because one at a
//! time holds the folder's lock, which the system gives back whatever happens; what a
//! killed run left is cleared away by the next. Absent: what is in a release.

use super::workspace::shown;
use anyhow::{Context, bail};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where a release is put together before it is renamed. Only the holder of the lock
/// touches it.
const STAGING: &str = ".staging";

/// Who may read what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Whoever may read the workspace: the umask decides.
    Ordinary,
    /// The user alone.
    Private,
}

/// A folder of numbered folders, held by this run.
pub(super) struct Releases {
    folder: PathBuf,
    _lock: File,
    /// Whether a run before was killed here.
    pub cleared: bool,
}

impl Releases {
    /// Makes the folder if it is not there, and waits until no other run holds it;
    /// `waiting` is called before a wait.
    pub(super) fn hold(folder: &Path, waiting: impl FnOnce()) -> anyhow::Result<Self> {
        let failed = || format!("cannot write to `{}`", shown(folder));
        fs::create_dir_all(folder).with_context(failed)?;
        let lock = lock_file(folder).with_context(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting();
                lock.lock().with_context(failed)?;
            }
            Err(TryLockError::Error(error)) => return Err(error).with_context(failed),
        }
        let staging = folder.join(STAGING);
        let cleared = staging.exists();
        if cleared {
            fs::remove_dir_all(&staging).with_context(|| format!("cannot clear `{}`", shown(&staging)))?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            _lock: lock,
            cleared,
        })
    }

    /// Freezes files as the folder `number`; their names are relative to it.
    pub(super) fn freeze(&self, number: u32, files: &[(&str, &[u8])], reach: Reach) -> anyhow::Result<PathBuf> {
        let target = self.folder.join(number.to_string());
        if target.symlink_metadata().is_ok() {
            bail!("`{}` is there already; a release is never overwritten", shown(&target));
        }
        let staging = self.folder.join(STAGING);
        let staged = stage(&staging, files, reach).and_then(|()| fs::rename(&staging, &target));
        if let Err(error) = staged {
            // What cannot be removed now, the next run removes.
            let _ = fs::remove_dir_all(&staging);
            return Err(error).with_context(|| format!("cannot write `{}`; there is no such release", shown(&target)));
        }
        sync_folder(&self.folder).with_context(|| format!("cannot write `{}`", shown(&self.folder)))?;
        Ok(target)
    }
}

/// The numbers that are taken, ascending. A folder that is not there has none.
pub(super) fn numbers(folder: &Path) -> anyhow::Result<Vec<u32>> {
    let mut numbers = Vec::new();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(numbers),
        Err(error) => return Err(error).with_context(|| format!("cannot read `{}`", shown(folder))),
    };
    for entry in entries {
        let name = entry
            .with_context(|| format!("cannot read `{}`", shown(folder)))?
            .file_name();
        let number = name
            .to_str()
            .and_then(|name| name.parse::<u32>().ok().filter(|n| n.to_string() == name));
        numbers.extend(number);
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// What is locked: the folder itself where folders can be opened, else a file in it.
fn lock_file(folder: &Path) -> std::io::Result<File> {
    if cfg!(unix) {
        return File::open(folder);
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    options.open(folder.join(".lock"))
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

/// Makes sure that names in a folder are on the disk, where systems know how.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_whole_and_never_written_again() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("releases");
        assert!(numbers(&folder).unwrap().is_empty());
        fs::create_dir_all(folder.join(".staging/x")).unwrap();
        for name in ["007", "-1", "x", "10"] {
            fs::create_dir_all(folder.join(name)).unwrap();
        }
        let releases = Releases::hold(&folder, || ()).unwrap();
        assert!(releases.cleared);
        assert_eq!(numbers(&folder).unwrap(), [10]);
        let files: [(&str, &[u8]); 2] = [("a", b"1"), ("deep/b", b"2")];
        let path = releases.freeze(11, &files, Reach::Ordinary).unwrap();
        assert_eq!(fs::read(path.join("deep/b")).unwrap(), b"2");
        assert!(releases.freeze(11, &files, Reach::Ordinary).is_err());
        // A file that cannot be written leaves nothing.
        let bad: [(&str, &[u8]); 2] = [("a", b"1"), ("a/b", b"2")];
        assert!(releases.freeze(12, &bad, Reach::Ordinary).is_err());
        assert_eq!(numbers(&folder).unwrap(), [10, 11]);
        assert!(!folder.join(STAGING).exists());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let path = releases.freeze(13, &files, Reach::Private).unwrap();
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(&path.join("a"))), (0o700, 0o600));
        }
    }
}
