//! The folder in which a run keeps files that have no name yet.
//!
//! In: the workspace's folder. Out: private files in `.undersigned/tmp`, one folder a run.
//! Guaranteed: nobody else can read them; they are gone when the run ends, when a signal
//! ends it and [`clear_up`] is called, or else when the next run begins. Absent: giving
//! names (that is `staging`'s).

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::{Builder, NamedTempFile};

/// The program's own folder in a workspace.
pub(super) const OWN: &str = ".undersigned";

/// The folder of the runs' folders, below the workspace's.
pub(super) const ROOMS: &str = ".undersigned/tmp";

/// The prefix of a file that is kept beside its place, where that is another device.
pub(super) const BESIDE: &str = ".undersigned-";

/// How often a run tries to make its folder while others end.
const TRIES: usize = 8;

/// The folders and files of this process that nobody cleared away yet.
static OPEN: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Held while files get their names, which a signal does not cut short.
static NAMING: Mutex<()> = Mutex::new(());

/// Waits until files that are getting their names have them, and removes what has none.
/// From then on nothing is written: whoever tries waits for the end of the process. To be
/// called when a signal ends it.
pub fn clear_up() {
    let naming = naming();
    let mut open = open();
    for path in std::mem::take(&mut *open) {
        // What cannot be removed now, the next run removes.
        let _ = fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path));
        tidy(&path);
    }
    std::mem::forget((naming, open));
}

/// Keeps [`clear_up`] waiting until it is dropped.
pub(super) fn naming() -> MutexGuard<'static, ()> {
    NAMING.lock().unwrap_or_else(PoisonError::into_inner)
}

fn open() -> MutexGuard<'static, Vec<PathBuf>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A run's own folder.
#[derive(Debug)]
pub(super) struct Room {
    folder: PathBuf,
    /// Locked as long as the run lives, so that others leave the folder alone.
    _lock: Option<File>,
}

impl Room {
    /// Makes a folder in a workspace, or in `instead` where the workspace takes none.
    pub(super) fn new(root: &Path, instead: &Path) -> io::Result<Self> {
        Self::within(root).or_else(|_| Self::within(instead))
    }

    fn within(root: &Path) -> io::Result<Self> {
        let rooms = root.join(ROOMS);
        let mut builder = Builder::new();
        builder.prefix("");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        for _ in 0..TRIES {
            let mut open = open();
            fs::create_dir_all(&rooms)?;
            let folder = match builder.tempdir_in(&rooms) {
                // Another run that ended took the empty folder away.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                made => made.inspect_err(|_| tidy(&rooms.join("it")))?.keep(),
            };
            open.push(folder.clone());
            drop(open);
            let lock = File::open(&folder).ok();
            if let Some(lock) = &lock {
                // Where there are no locks, the folder may be swept; the run fails then.
                let _ = lock.lock();
            }
            let room = Self { folder, _lock: lock };
            // Another run may have swept it before it was locked.
            if room.folder.is_dir() {
                return Ok(room);
            }
        }
        Err(io::ErrorKind::NotFound.into())
    }

    /// Begins a file that is to get the name `path`.
    pub(super) fn file(&self, path: &Path) -> io::Result<NamedTempFile> {
        let parent = path.parent().unwrap_or(Path::new(""));
        let mut open = open();
        if same_device(&self.folder, parent) {
            return Builder::new().prefix("").tempfile_in(&self.folder);
        }
        let file = Builder::new().prefix(BESIDE).tempfile_in(parent)?;
        open.push(file.path().to_owned());
        Ok(file)
    }

    /// Returns a path in the folder that nothing has.
    pub(super) fn free(&self, number: usize) -> PathBuf {
        self.folder.join(format!("old-{number}"))
    }

    /// Returns the permissions that an ordinary new file gets here.
    pub(super) fn ordinary(&self) -> io::Result<fs::Permissions> {
        let probe = self.folder.join("new");
        let file = File::create(&probe)?;
        let permissions = file.metadata()?.permissions();
        fs::remove_file(&probe)?;
        Ok(permissions)
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
        tidy(&self.folder);
        open().retain(|path| *path != self.folder);
    }
}

/// Removes the folders above a run's own folder, if nothing else is in them.
fn tidy(folder: &Path) {
    for parent in folder.ancestors().skip(1).take(2) {
        if parent.ends_with(ROOMS) || parent.ends_with(OWN) {
            let _ = fs::remove_dir(parent);
        }
    }
}

/// Removes what runs left that are no more.
pub(super) fn sweep(root: &Path) {
    let rooms = root.join(ROOMS);
    let Ok(entries) = fs::read_dir(&rooms) else {
        return;
    };
    for folder in entries.flatten().map(|entry| entry.path()) {
        let lock = File::open(&folder);
        let alive = lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)));
        if !alive {
            let _ = fs::remove_dir_all(&folder).or_else(|_| fs::remove_file(&folder));
        }
    }
    // A run may have ended before it made its own folder in it.
    tidy(&rooms.join("it"));
}

#[cfg(unix)]
fn same_device(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).map(|metadata| metadata.dev()).ok();
    device(a) == device(b)
}

#[cfg(not(unix))]
fn same_device(a: &Path, b: &Path) -> bool {
    // Drives and shares are told by the beginning of a whole path.
    let device = |path: &Path| {
        fs::canonicalize(path)
            .ok()
            .and_then(|path| path.components().next().map(|first| first.as_os_str().to_owned()))
    };
    device(a) == device(b)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_known_to_be_open_until_its_run_ends_whatever_other_runs_do() {
        let dir = tempfile::tempdir().unwrap();
        let room = || Room::new(dir.path(), dir.path()).unwrap();
        let (one, other) = (room(), room());
        let folders = [one.folder.clone(), other.folder.clone()];
        let known = || folders.each_ref().map(|folder| open().contains(folder));
        assert_eq!(known(), [true, true]);
        drop(one);
        assert_eq!(known(), [false, true], "a signal now would clear up the other's folder");
        drop(other);
        assert_eq!(known(), [false, false]);
        assert!(!dir.path().join(OWN).exists(), "nothing is left over");
    }
}
