//! Writing files: all of them whole, or none.
//!
//! Every file is first written under another name, readable by the user alone. Only when
//! all are whole on the disk do they get their names; a run that fails before leaves
//! everything as it was.

use super::journal::{self, Naming};
use super::lock::Lock;
use super::room::OWN;
use super::room::{self, Room};
use super::{StoreError, expect};
use crate::engine::{ChangeSet, Expected, Outputs, Paths};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::{NamedTempFile, TempPath};

/// Files that are written, but not yet under their names. Threads may put files at
/// the same time. What is not committed vanishes.
#[derive(Debug)]
pub struct Staging {
    paths: Paths,
    root: PathBuf,
    staged: Mutex<Staged>,
}

#[derive(Debug, Default)]
struct Staged {
    files: Vec<(TempPath, PathBuf)>,
    removed: Vec<PathBuf>,
    expected: BTreeMap<PathBuf, Expected>,
    /// Files that only the user may read, where they are new.
    private: BTreeSet<PathBuf>,
    // Dropped in this order: files, the run's folder, the folders made for both.
    room: Option<Room>,
    made: MadeFolders,
}

impl Outputs for Staging {
    type Open = OpenFile;

    fn put(&self, path: &Path, bytes: Vec<u8>) -> io::Result<()> {
        let mut file = self.open(path)?;
        file.write_all(&bytes)?;
        self.close(file)
    }

    fn open(&self, path: &Path) -> io::Result<OpenFile> {
        let path = self.paths.absolute(path);
        if path.is_dir() {
            return Err(io::Error::other("it is a folder"));
        }
        let parent = path.parent().unwrap_or(Path::new("/"));
        let mut staged = self.lock();
        staged.made.create(parent).map_err(plain)?;
        if !parent.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        if staged.room.is_none() {
            staged.made.create(&self.root).map_err(plain)?;
            staged.room = Some(Room::new(&self.root, parent).map_err(plain)?);
        }
        let room = staged.room.as_ref().ok_or(io::ErrorKind::NotFound)?;
        Ok(OpenFile {
            file: room.file(&path).map_err(plain)?,
            path,
        })
    }

    fn close(&self, mut open: OpenFile) -> io::Result<()> {
        open.file.flush().map_err(plain)?;
        // Closed, so that a thousand letters are not a thousand open files.
        let file = (open.file.into_temp_path(), open.path);
        self.lock().files.push(file);
        Ok(())
    }
}

impl Staging {
    /// Begins with no file, for a workspace in the folder `root`; `paths` names files in
    /// errors.
    pub fn new(paths: &Paths, root: &Path) -> Self {
        Self {
            paths: paths.clone(),
            root: paths.absolute(root),
            staged: Mutex::default(),
        }
    }

    /// States what must be at a path when the files get their names.
    pub fn expect(&self, path: &Path, old: Expected) {
        let path = self.paths.absolute(path);
        self.lock().expected.insert(path, old);
    }

    /// Keeps a file to the user alone, if it is new.
    pub fn keep_private(&self, path: &Path) {
        let path = self.paths.absolute(path);
        self.lock().private.insert(path);
    }

    /// Removes a file when the others get their names.
    pub fn remove(&self, path: &Path) {
        let path = self.paths.absolute(path);
        self.lock().removed.push(path);
    }

    /// Adds the changes of a set. The program's own files are the user's alone.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn add(&self, set: ChangeSet) -> Result<(), StoreError> {
        for change in set.changes {
            self.expect(&change.path, change.old);
            if change.path.components().any(|part| part.as_os_str() == OWN) {
                self.keep_private(&change.path);
            }
            match change.new {
                Some(bytes) => {
                    let put = self.put(&change.path, bytes);
                    put.map_err(|error| StoreError::write(&self.paths, &change.path, error))?;
                }
                None => self.remove(&change.path),
            }
        }
        Ok(())
    }

    /// Makes sure that all files are whole on the disk. Only their names are wanting
    /// then, which little can prevent.
    ///
    /// # Errors
    /// When a file cannot be brought to the disk; all of them vanish then.
    pub fn ready(self) -> Result<Ready, StoreError> {
        let mut staged = self.staged.into_inner().unwrap_or_else(PoisonError::into_inner);
        staged.files.sort_by(|a, b| a.1.cmp(&b.1));
        sync(&self.paths, &staged.files)?;
        if let (None, Some(removed)) = (&staged.room, staged.removed.first()) {
            let parent = removed.parent().unwrap_or(Path::new("/"));
            let room = Room::new(&self.root, parent);
            staged.room = Some(room.map_err(|error| StoreError::write(&self.paths, removed, plain(error)))?);
        }
        Ok(Ready {
            paths: self.paths,
            staged,
        })
    }

    fn lock(&self) -> MutexGuard<'_, Staged> {
        self.staged.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Files that are whole, but not yet under their names.
#[derive(Debug)]
pub struct Ready {
    paths: Paths,
    staged: Staged,
}

impl Ready {
    /// Gives all files their names, and removes those that go; all, or none.
    ///
    /// # Errors
    /// When a path is not in the expected state, or a name cannot be given; everything is
    /// as it was then.
    pub fn commit(self, lock: &Lock) -> Result<(), StoreError> {
        let _naming = room::naming();
        let paths = self.paths;
        let mut staged = self.staged;
        for (path, old) in &staged.expected {
            expect(&paths, path, *old)?;
        }
        let Some(room) = &staged.room else {
            return Ok(());
        };
        let failed = |path: &Path, error| StoreError::write(&paths, path, plain(error));
        let root = fs::canonicalize(lock.root()).map_err(|error| failed(lock.root(), error))?;
        let ordinary = room.ordinary().map_err(|error| failed(lock.root(), error))?;
        let mut namings = Vec::with_capacity(staged.files.len() + staged.removed.len());
        let files = staged.files.iter().map(|(from, to)| (Some(from.to_path_buf()), to));
        let removed = staged.removed.iter().map(|to| (None, to));
        for (at, (from, path)) in files.chain(removed).enumerate() {
            // What goes is the name itself, also where it is a link.
            let mut to = path.clone();
            if let Some(from) = &from {
                to = target(&paths, &root, path)?;
                let private = staged.private.contains(path);
                let adopted = adopt(from, &to, (!private).then_some(&ordinary));
                adopted.map_err(|error| failed(path, error))?;
            }
            namings.push(Naming {
                from,
                expected: staged.expected.get(path).copied().unwrap_or(Expected::Anything),
                backup: room.free(at),
                to,
            });
        }
        journal::name_all(&paths, lock.root(), &namings)?;
        for (file, _) in &mut staged.files {
            file.disable_cleanup(true);
        }
        staged.made.keep();
        Ok(())
    }
}

/// Returns the file that gets the bytes: where `path` is a link, what it leads to.
fn target(paths: &Paths, root: &Path, path: &Path) -> Result<PathBuf, StoreError> {
    let is_link = path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
    if !is_link {
        return Ok(path.to_owned());
    }
    match fs::canonicalize(path) {
        Ok(target) if target.starts_with(root) => Ok(target),
        _ => Err(StoreError::Link {
            path: paths.shown(path),
        }),
    }
}

/// Gives a file the mode and owner of the one it replaces, or else the `ordinary` mode;
/// without one, it stays the user's alone.
fn adopt(file: &Path, replaced: &Path, ordinary: Option<&fs::Permissions>) -> io::Result<()> {
    let Ok(old) = fs::metadata(replaced) else {
        return ordinary.map_or(Ok(()), |ordinary| fs::set_permissions(file, ordinary.clone()));
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        let new = fs::metadata(file)?;
        if (old.uid(), old.gid()) != (new.uid(), new.gid()) {
            // Only an administrator may give files away; everybody else's stay theirs.
            let _ = chown(file, Some(old.uid()), Some(old.gid()));
        }
    }
    fs::set_permissions(file, old.permissions())
}

/// How many files are brought to the disk at a time: file systems do several at the
/// price of one.
const AT_A_TIME: usize = 16;

/// Makes sure that files are whole on the disk.
fn sync(paths: &Paths, files: &[(TempPath, PathBuf)]) -> Result<(), StoreError> {
    let share = files.len().div_ceil(AT_A_TIME).max(1);
    let one = |(temporary, path): &(TempPath, PathBuf)| {
        let synced = fs::File::open(temporary).and_then(|file| file.sync_data());
        synced.map_err(|error| StoreError::write(paths, path, plain(error)))
    };
    if let [file] = files {
        return one(file);
    }
    std::thread::scope(|scope| {
        let threads: Vec<_> = files
            .chunks(share)
            .map(|files| scope.spawn(move || files.iter().try_for_each(one)))
            .collect();
        let mut all = Ok(());
        for thread in threads {
            let outcome = thread.join().unwrap_or_else(|_| {
                Err(StoreError::write(
                    paths,
                    Path::new(""),
                    io::Error::other("a thread ended early"),
                ))
            });
            all = all.and(outcome);
        }
        all
    })
}

/// A file that is being written under another name.
#[derive(Debug)]
pub struct OpenFile {
    file: NamedTempFile,
    path: PathBuf,
}

impl Write for OpenFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).map_err(plain)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().map_err(plain)
    }
}

/// The error without the temporary file's name, which would tell nobody anything.
#[allow(clippy::needless_pass_by_value)] // `map_err` hands it over
fn plain(error: io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => error.kind().into(),
    }
}

/// Folders made in this run; removed again unless kept.
#[derive(Debug, Default)]
struct MadeFolders(Vec<PathBuf>);

impl MadeFolders {
    fn create(&mut self, dir: &Path) -> std::io::Result<()> {
        let missing: Vec<&Path> = dir
            .ancestors()
            .take_while(|dir| !dir.as_os_str().is_empty() && !dir.exists())
            .collect();
        for dir in missing.into_iter().rev() {
            fs::create_dir(dir)?;
            self.0.push(dir.to_owned());
        }
        Ok(())
    }

    fn keep(&mut self) {
        self.0.clear();
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for dir in self.0.iter().rev() {
            // A folder that somebody else has put something in stays.
            let _ = fs::remove_dir(dir);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn one_that_cannot_be_written_stops_all() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        fs::create_dir_all(path("there")).unwrap();
        fs::write(path("there/file"), "old").unwrap();
        let write = |names: &[&str]| -> io::Result<()> {
            let paths = Paths::new(dir.path());
            let staging = Staging::new(&paths, dir.path());
            for name in names {
                staging.put(&path(name), b"new".to_vec())?;
            }
            let lock = Lock::hold(&paths, dir.path(), || ()).unwrap();
            staging.ready().unwrap().commit(&lock).unwrap();
            Ok(())
        };
        let files = ["there/file", "fresh/deep/file"];
        assert!(write(&[&files[..], &["there/file/below"]].concat()).is_err());
        assert_eq!(fs::read(path("there/file")).unwrap(), b"old");
        assert!(!path("fresh").exists());
        assert_eq!(fs::read_dir(path("there")).unwrap().count(), 1);
        write(&files).unwrap();
        assert_eq!(fs::read(path("fresh/deep/file")).unwrap(), b"new");
    }

    #[test]
    fn an_edit_between_staging_and_naming_stops_all() {
        let dir = tempfile::tempdir().unwrap();
        let (paths, path) = (Paths::new(dir.path()), dir.path().join("list.csv"));
        fs::write(&path, "old").unwrap();
        let staging = Staging::new(&paths, dir.path());
        staging.expect(&path, Expected::of(Some(b"old")));
        staging.put(&path, b"new".to_vec()).unwrap();
        let ready = staging.ready().unwrap();
        fs::write(&path, "mine").unwrap();
        let lock = Lock::hold(&paths, dir.path(), || ()).unwrap();
        let refused = ready.commit(&lock).unwrap_err().to_string();
        assert_eq!(refused, "`list.csv` changed after it was read; nothing was written");
        assert_eq!(fs::read(&path).unwrap(), b"mine");
    }

    #[cfg(unix)]
    #[test]
    fn files_get_the_mode_of_those_they_replace_and_private_ones_are_the_users_alone() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::new(dir.path());
        let mode = |name: &str| fs::metadata(dir.path().join(name)).unwrap().permissions().mode() & 0o777;
        fs::write(dir.path().join("ordinary"), "").unwrap();
        fs::write(dir.path().join("replaced"), "old").unwrap();
        fs::set_permissions(dir.path().join("replaced"), fs::Permissions::from_mode(0o640)).unwrap();
        let own = format!("{OWN}/history/1");
        let mut set = ChangeSet::default();
        for name in ["new", &own] {
            set.create(dir.path().join(name), b"new".to_vec());
        }
        let staging = Staging::new(&paths, dir.path());
        staging.add(set).unwrap();
        staging.keep_private(&dir.path().join("private"));
        for name in ["replaced", "private"] {
            staging.put(&dir.path().join(name), b"new".to_vec()).unwrap();
        }
        let lock = Lock::hold(&paths, dir.path(), || ()).unwrap();
        staging.ready().unwrap().commit(&lock).unwrap();
        assert_eq!(mode("new"), mode("ordinary"));
        assert_eq!([mode("replaced"), mode("private"), mode(&own)], [0o640, 0o600, 0o600]);
    }
}
