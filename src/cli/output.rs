//! Writing files: all of them whole, or none.
//!
//! Every file is first written beside its place under another name. Only when all
//! are there are they renamed, one after the other; a run that fails before leaves
//! everything as it was.

use anyhow::Context;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::{Builder, NamedTempFile, TempPath};

/// A file to write.
pub(super) struct File {
    /// Where; missing folders are made.
    pub path: PathBuf,
    /// What.
    pub bytes: Vec<u8>,
}

/// Writes all files, or none.
pub(super) fn write_all(files: &[File]) -> anyhow::Result<()> {
    let staging = Staging::default();
    for file in files {
        staging.put(&file.path, &file.bytes)?;
    }
    staging.ready()?.commit()
}

/// Files that are written, but not yet under their names. Threads may put files at
/// the same time. What is not committed vanishes.
#[derive(Default)]
pub(super) struct Staging(Mutex<Staged>);

#[derive(Default)]
struct Staged {
    files: Vec<(TempPath, PathBuf)>,
    made: MadeFolders,
}

impl Staging {
    /// Writes a file beside its place.
    pub(super) fn put(&self, path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
        let mut file = self.open(path)?;
        file.file
            .write_all(bytes)
            .map_err(plain)
            .with_context(|| cannot(path))?;
        self.close(file)
    }

    /// Opens a file beside its place, to be written bit by bit and then closed.
    pub(super) fn open(&self, path: &Path) -> anyhow::Result<Open> {
        let dir = match path.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        if path.is_dir() {
            anyhow::bail!("{}: it is a folder", cannot(path));
        }
        self.lock().made.create(dir).with_context(|| cannot(path))?;
        let mut builder = Builder::new();
        builder.prefix(".undersigned-");
        // Temporary files are private by default; these become ordinary files, for
        // which the umask decides.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        Ok(Open {
            file: builder.tempfile_in(dir).map_err(plain).with_context(|| cannot(path))?,
            path: path.to_owned(),
        })
    }

    /// Keeps a file that is written for the commit.
    pub(super) fn close(&self, mut open: Open) -> anyhow::Result<()> {
        open.file.flush().map_err(plain).with_context(|| cannot(&open.path))?;
        // Closed, so that a thousand letters are not a thousand open files.
        let file = (open.file.into_temp_path(), open.path);
        self.lock().files.push(file);
        Ok(())
    }

    /// Makes sure that all files are whole on the disk. Only their names are wanting
    /// then, which little can prevent.
    pub(super) fn ready(self) -> anyhow::Result<Ready> {
        let mut staged = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        staged.files.sort_by(|a, b| a.1.cmp(&b.1));
        sync(&staged.files)?;
        Ok(Ready(staged))
    }

    fn lock(&self) -> MutexGuard<'_, Staged> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Files that are whole, but not yet under their names.
pub(super) struct Ready(Staged);

impl Ready {
    /// Gives all files their names, in the order of these.
    pub(super) fn commit(self) -> anyhow::Result<()> {
        let Staged { files, mut made } = self.0;
        for (temporary, path) in files {
            let named = temporary.persist(&path).map_err(|error| plain(error.error));
            named.with_context(|| cannot(&path))?;
        }
        made.keep();
        Ok(())
    }
}

/// How many files are brought to the disk at a time: file systems do several at the
/// price of one.
const AT_A_TIME: usize = 16;

/// Makes sure that files are whole on the disk.
fn sync(files: &[(TempPath, PathBuf)]) -> anyhow::Result<()> {
    let share = files.len().div_ceil(AT_A_TIME).max(1);
    let one = |(temporary, path): &(TempPath, PathBuf)| {
        let synced = fs::File::open(temporary).and_then(|file| file.sync_data());
        synced.map_err(plain).with_context(|| cannot(path))
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
            let outcome = thread
                .join()
                .unwrap_or_else(|_| Err(anyhow::anyhow!("cannot bring the files to the disk")));
            all = all.and(outcome);
        }
        all
    })
}

/// A file that is being written.
pub(super) struct Open {
    file: NamedTempFile,
    path: PathBuf,
}

impl Write for Open {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).map_err(plain)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().map_err(plain)
    }
}

fn cannot(path: &Path) -> String {
    format!("cannot write `{}`", path.display())
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
#[derive(Default)]
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
        let blocked = dir.path().join("new/blocked");
        fs::create_dir_all(dir.path().join("there")).unwrap();
        fs::write(dir.path().join("there/file"), "old").unwrap();
        let files = [
            File {
                path: dir.path().join("there/file"),
                bytes: b"new".to_vec(),
            },
            File {
                path: dir.path().join("fresh/deep/file"),
                bytes: b"new".to_vec(),
            },
            File {
                path: dir.path().join("there/file/below"),
                bytes: b"new".to_vec(),
            },
        ];
        assert!(write_all(&files).is_err());
        assert_eq!(fs::read(dir.path().join("there/file")).unwrap(), b"old");
        assert!(!dir.path().join("fresh").exists());
        assert_eq!(fs::read_dir(dir.path().join("there")).unwrap().count(), 1);
        assert!(!blocked.exists());
        write_all(&files[..2]).unwrap();
        assert_eq!(fs::read(dir.path().join("fresh/deep/file")).unwrap(), b"new");
    }
}
