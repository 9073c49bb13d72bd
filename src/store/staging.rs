//! Writing files: all of them whole, or none.
//!
//! Every file is first written beside its place under another name. Only when all
//! are there are they renamed, one after the other; a run that fails before leaves
//! everything as it was.

use super::StoreError;
use crate::engine::{Expected, Outputs, Paths};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::{Builder, NamedTempFile, TempPath};

/// Files that are written, but not yet under their names. Threads may put files at
/// the same time. What is not committed vanishes.
#[derive(Debug)]
pub struct Staging {
    paths: Paths,
    staged: Mutex<Staged>,
}

#[derive(Debug, Default)]
struct Staged {
    files: Vec<(TempPath, PathBuf)>,
    expected: Vec<(PathBuf, Expected)>,
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
        let dir = match path.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        if path.is_dir() {
            return Err(io::Error::other("it is a folder"));
        }
        self.lock().made.create(dir).map_err(plain)?;
        let mut builder = Builder::new();
        builder.prefix(".undersigned-");
        // Temporary files are private by default; these become ordinary files, for
        // which the umask decides.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        Ok(OpenFile {
            file: builder.tempfile_in(dir).map_err(plain)?,
            path: path.to_owned(),
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
    /// Begins with no file; `paths` names them in errors.
    pub fn new(paths: &Paths) -> Self {
        Self {
            paths: paths.clone(),
            staged: Mutex::default(),
        }
    }

    /// States what must be at a path when the files get their names.
    pub fn expect(&self, path: &Path, old: Expected) {
        self.lock().expected.push((path.to_owned(), old));
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
    /// Gives all files their names, in the order of these.
    ///
    /// # Errors
    /// When a path is not in the expected state; no file gets its name then. When a name
    /// cannot be given; the files before it have theirs.
    pub fn commit(self) -> Result<(), StoreError> {
        let Staged {
            files,
            expected,
            mut made,
        } = self.staged;
        for (path, old) in &expected {
            super::expect(&self.paths, path, *old)?;
        }
        for (temporary, path) in files {
            let named = temporary.persist(&path).map_err(|error| plain(error.error));
            named.map_err(|source| StoreError::write(&self.paths, &path, source))?;
        }
        made.keep();
        Ok(())
    }
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

/// A file that is being written beside its place.
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
            let staging = Staging::new(&Paths::new(dir.path()));
            for name in names {
                staging.put(&path(name), b"new".to_vec())?;
            }
            staging.ready().unwrap().commit().unwrap();
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
}
