//! The files that a workspace is read from.
//!
//! In: paths. Out: bytes, and one [`FileRecord`] of all that was asked for. Guaranteed:
//! this is the only room that opens files for reading; what was asked for is recorded
//! whether it was there or not, with the hash of the bytes that were handed out. Absent:
//! writing (that is `store`'s) and the meaning of bytes (that is `load`'s).

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// A place that files are read from: the disk, memory, or one laid over another.
pub trait Files: Debug + Send + Sync {
    /// Tells a file from a folder and returns its length.
    ///
    /// # Errors
    /// When there is nothing at `path`, or it may not be looked at.
    fn about(&self, path: &Path) -> io::Result<About>;

    /// Reads the first `most` bytes of a file, or all of it if it is shorter.
    ///
    /// # Errors
    /// When the file is missing or cannot be read.
    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>>;

    /// Reads a whole file of at most so many bytes.
    ///
    /// # Errors
    /// When the file is longer, missing, or cannot be read.
    fn read_whole(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let read = self.read(path, most.saturating_add(1))?;
        if read.len() as u64 > most {
            let bytes = if most == 1 { "byte" } else { "bytes" };
            let message = format!("it is longer than {most} {bytes}");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        Ok(read)
    }

    /// Opens a file to read it piece by piece.
    ///
    /// # Errors
    /// When the file is missing or cannot be read.
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        Ok(Box::new(io::Cursor::new(self.read(path, u64::MAX)?)))
    }

    /// Lists what a folder holds, in the order of the names.
    ///
    /// # Errors
    /// When the folder is missing or cannot be read.
    fn entries(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;

    /// Returns one path for all paths that lead to the same file.
    fn identity(&self, path: &Path) -> PathBuf;

    /// Returns true if there is a file at `path`.
    fn is_file(&self, path: &Path) -> bool {
        self.about(path).is_ok_and(|about| !about.is_folder)
    }

    /// Returns true if there is a folder at `path`.
    fn is_folder(&self, path: &Path) -> bool {
        self.about(path).is_ok_and(|about| about.is_folder)
    }
}

/// Describes what is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// True for a folder.
    pub is_folder: bool,
    /// Length in bytes; 0 for a folder, a pipe or a device.
    pub length: u64,
    /// Time of the last change, where the place knows it.
    pub modified: Option<SystemTime>,
}

/// Reads files from the disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiskFiles;

impl Files for DiskFiles {
    fn about(&self, path: &Path) -> io::Result<About> {
        let metadata = fs::metadata(path)?;
        Ok(About {
            is_folder: metadata.is_dir(),
            length: if metadata.is_dir() { 0 } else { metadata.len() },
            modified: metadata.modified().ok(),
        })
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        Ok(Box::new(open_plain(path)?))
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let file = open_plain(path)?;
        let length = file.metadata()?.len().min(most);
        let mut bytes = Vec::new();
        bytes
            .try_reserve_exact(usize::try_from(length).unwrap_or(usize::MAX))
            .map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?;
        // A device or a pipe does not know its length, so the limit applies here too.
        file.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut paths = fs::read_dir(folder)?
            .map(|entry| Ok(entry?.path()))
            .collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        Ok(paths)
    }

    fn identity(&self, path: &Path) -> PathBuf {
        fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
    }
}

/// Returns true for a hidden file and an editor's own: a change of it is no change of a
/// letter or list.
pub fn is_editors_own(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name.ends_with('~') || name.ends_with(".swp") || name.ends_with(".tmp")
}

/// Opens a file that has an end.
fn open_plain(path: &Path) -> io::Result<fs::File> {
    // Opening a pipe waits for somebody to write into it, and a device has no end.
    if !is_handed_over(path) && !is_plain(path)? {
        return Err(io::Error::other("it is a pipe or a device, not a file"));
    }
    fs::File::open(path)
}

/// Returns true for a file or a folder; opening a folder says by itself what is wrong.
fn is_plain(path: &Path) -> io::Result<bool> {
    let kind = fs::metadata(path)?.file_type();
    Ok(kind.is_file() || kind.is_dir())
}

/// Returns true for what the shell has opened already, as `<(command)` does.
fn is_handed_over(path: &Path) -> bool {
    ["/dev/fd", "/dev/stdin", "/proc/self/fd"]
        .iter()
        .any(|given| path.starts_with(given))
}

/// Holds files in memory, by their paths without `.` and `..`.
#[derive(Clone, Debug, Default)]
pub struct MemoryFiles(BTreeMap<PathBuf, Arc<[u8]>>);

impl MemoryFiles {
    /// Adds a file, or replaces it.
    pub fn insert(&mut self, path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        self.0.insert(clean(path.as_ref()), bytes.as_ref().into());
    }

    /// Removes a file.
    pub fn remove(&mut self, path: &Path) {
        self.0.remove(&clean(path));
    }

    /// Returns the bytes of a file.
    pub fn get(&self, path: &Path) -> Option<&[u8]> {
        self.0.get(&clean(path)).map(|bytes| &**bytes)
    }

    fn below<'a>(&'a self, folder: &'a Path) -> impl Iterator<Item = &'a Path> {
        let paths = self.0.keys().filter_map(move |path| path.strip_prefix(folder).ok());
        paths.filter(|rest| !rest.as_os_str().is_empty())
    }
}

impl<P: AsRef<Path>, B: AsRef<[u8]>> FromIterator<(P, B)> for MemoryFiles {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        let mut all = Self::default();
        for (path, bytes) in files {
            all.insert(path, bytes);
        }
        all
    }
}

impl Files for MemoryFiles {
    fn about(&self, path: &Path) -> io::Result<About> {
        let path = clean(path);
        let length = self.0.get(&path).map(|bytes| bytes.len() as u64);
        if length.is_none() && self.below(&path).next().is_none() {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(About {
            is_folder: length.is_none(),
            length: length.unwrap_or(0),
            modified: None,
        })
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let bytes = self.get(path).ok_or(io::ErrorKind::NotFound)?;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Ok(bytes[..bytes.len().min(most)].to_vec())
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        if !self.is_folder(folder) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let cleaned = clean(folder);
        let names = self.below(&cleaned).filter_map(|rest| rest.components().next());
        let mut paths: Vec<PathBuf> = names.map(|name| folder.join(name)).collect();
        paths.dedup();
        Ok(paths)
    }

    fn identity(&self, path: &Path) -> PathBuf {
        clean(path)
    }
}

/// Lays texts that are not saved yet over other files.
#[derive(Clone, Debug)]
pub struct OverlayFiles {
    /// The files that lie on top.
    pub unsaved: MemoryFiles,
    /// The files below.
    pub saved: Arc<dyn Files>,
}

impl OverlayFiles {
    /// Returns the path under which an unsaved file is known, if it is one.
    fn unsaved(&self, path: &Path) -> Option<&MemoryFiles> {
        self.unsaved.is_file(path).then_some(&self.unsaved)
    }
}

impl Files for OverlayFiles {
    fn about(&self, path: &Path) -> io::Result<About> {
        match self.unsaved(path) {
            Some(unsaved) => unsaved.about(path),
            None => self
                .saved
                .about(path)
                .or_else(|error| self.unsaved.about(path).map_err(|_| error)),
        }
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        match self.unsaved(path) {
            Some(unsaved) => unsaved.read(path, most),
            None => self.saved.read(path, most),
        }
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        match self.unsaved(path) {
            Some(unsaved) => unsaved.open(path),
            None => self.saved.open(path),
        }
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let (saved, unsaved) = (self.saved.entries(folder), self.unsaved.entries(folder));
        let mut paths = match (saved, unsaved) {
            (Err(error), Err(_)) => return Err(error),
            (saved, unsaved) => [saved.unwrap_or_default(), unsaved.unwrap_or_default()].concat(),
        };
        paths.sort();
        paths.dedup();
        Ok(paths)
    }

    fn identity(&self, path: &Path) -> PathBuf {
        match self.unsaved(path) {
            Some(unsaved) => unsaved.identity(path),
            None => self.saved.identity(path),
        }
    }
}

/// Returns the path without `.` and, where it is safe, without `..`.
pub fn clean(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(clean.components().next_back(), Some(Component::Normal(_))) => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}

/// Records one file that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// The path it was asked for by.
    pub path: PathBuf,
    /// Its name as the user knows it.
    pub shown: String,
    /// The bytes that were handed out; `None` where it could not be read.
    pub content: Option<ContentHash>,
}

/// Identifies the bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentHash {
    /// Length in bytes.
    pub length: u64,
    /// SHA-256 (FIPS 180-4).
    pub sha256: [u8; 32],
}

impl ContentHash {
    /// Hashes bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            length: bytes.len() as u64,
            sha256: Sha256::digest(bytes).into(),
        }
    }
}

/// Hashes bytes on their way to a writer.
#[derive(Debug)]
pub struct HashedWriter<W> {
    inner: W,
    length: u64,
    hasher: Sha256,
}

impl<W: Write> HashedWriter<W> {
    /// Begins with no byte.
    pub fn new(inner: W) -> Self {
        Self {
            inner,
            length: 0,
            hasher: Sha256::new(),
        }
    }

    /// Returns the writer, and what identifies the bytes that it took.
    pub fn finish(self) -> (W, ContentHash) {
        let content = ContentHash {
            length: self.length,
            sha256: self.hasher.finalize().into(),
        };
        (self.inner, content)
    }
}

impl<W: Write> Write for HashedWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..taken]);
        self.length += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Hashes bytes on their way from a reader.
pub struct HashedReader<R> {
    inner: R,
    length: u64,
    hasher: Sha256,
}

impl<R: Read> HashedReader<R> {
    /// Begins with no byte.
    pub fn new(inner: R) -> Self {
        Self {
            inner,
            length: 0,
            hasher: Sha256::new(),
        }
    }

    /// Returns what identifies the bytes that were read.
    pub fn finish(self) -> ContentHash {
        ContentHash {
            length: self.length,
            sha256: self.hasher.finalize().into(),
        }
    }
}

impl<R: Read> Read for HashedReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        self.length += read as u64;
        Ok(read)
    }
}

/// Lists every file that was asked for, in order. A clone goes on by itself.
#[derive(Debug, Default)]
pub struct FileRecord(Mutex<Vec<Arc<FileRead>>>);

impl FileRecord {
    /// Adds a file, unless its content is what was last read of it.
    pub fn add(&self, read: FileRead) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if last(&all, &read.shown, &read.path).is_none_or(|known| **known != read) {
            all.push(Arc::new(read));
        }
    }

    /// Returns what was last read of a file.
    pub fn last(&self, shown: &str, path: &Path) -> Option<Arc<FileRead>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last(&all, shown, path).cloned()
    }

    /// Returns all files.
    pub fn all(&self) -> Vec<Arc<FileRead>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn last<'a>(all: &'a [Arc<FileRead>], shown: &str, path: &Path) -> Option<&'a Arc<FileRead>> {
    all.iter()
        .rev()
        .find(|known| known.shown == shown && known.path == path)
}

impl Clone for FileRecord {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.all()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn names(paths: &[PathBuf]) -> Vec<String> {
        paths.iter().map(|path| path.display().to_string()).collect()
    }

    #[test]
    fn memory_holds_files_and_folders() {
        let files = MemoryFiles::from_iter([("/w/letters/a.md", "A"), ("/w/letters/b.md", "BB"), ("/w/x.toml", "")]);
        assert_eq!(files.read(Path::new("/w/letters/../letters/./b.md"), 9).unwrap(), b"BB");
        assert_eq!(files.read(Path::new("/w/letters/b.md"), 1).unwrap(), b"B");
        assert_eq!(files.read_whole(Path::new("/w/letters/b.md"), 2).unwrap(), b"BB");
        let cut = files.read_whole(Path::new("/w/letters/b.md"), 1).unwrap_err();
        assert_eq!(cut.to_string(), "it is longer than 1 byte");
        assert!(files.is_folder(Path::new("/w/letters")) && files.is_file(Path::new("/w/x.toml")));
        assert!(files.about(Path::new("/w/y")).is_err());
        assert_eq!(
            names(&files.entries(Path::new("/w")).unwrap()),
            ["/w/letters", "/w/x.toml"]
        );
        assert!(files.entries(Path::new("/nowhere")).is_err());
    }

    #[test]
    fn unsaved_text_hides_what_is_saved() {
        let saved = MemoryFiles::from_iter([("/w/a.md", "old"), ("/w/b.md", "kept")]);
        let unsaved = MemoryFiles::from_iter([("/w/a.md", "new"), ("/w/c.md", "fresh")]);
        let files = OverlayFiles {
            unsaved,
            saved: Arc::new(saved),
        };
        let read = |path: &str| String::from_utf8(files.read(Path::new(path), 99).unwrap()).unwrap();
        assert_eq!(
            [read("/w/a.md"), read("/w/b.md"), read("/w/c.md")],
            ["new", "kept", "fresh"]
        );
        assert_eq!(
            names(&files.entries(Path::new("/w")).unwrap()),
            ["/w/a.md", "/w/b.md", "/w/c.md"]
        );
    }

    #[test]
    fn the_disk_and_memory_answer_alike() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("letters")).unwrap();
        fs::write(dir.path().join("letters/a.md"), "A").unwrap();
        let memory = MemoryFiles::from_iter([(dir.path().join("letters/a.md"), "A")]);
        for path in ["", "letters", "letters/a.md", "letters/./a.md", "none"] {
            let path = dir.path().join(path);
            let about = |files: &dyn Files| files.about(&path).ok().map(|about| (about.is_folder, about.length));
            assert_eq!(about(&DiskFiles), about(&memory), "{}", path.display());
            assert_eq!(
                DiskFiles.entries(&path).ok(),
                memory.entries(&path).ok(),
                "{}",
                path.display()
            );
            assert_eq!(
                DiskFiles.read(&path, 9).ok(),
                memory.read(&path, 9).ok(),
                "{}",
                path.display()
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_read() {
        let error = DiskFiles.read(Path::new("/dev/zero"), 9).unwrap_err();
        assert_eq!(error.to_string(), "it is a pipe or a device, not a file");
    }

    #[test]
    fn what_is_written_is_hashed() {
        let mut writer = HashedWriter::new(Vec::new());
        writer.write_all(b"name\n").unwrap();
        writer.write_all(b"A\n").unwrap();
        let (bytes, content) = writer.finish();
        assert_eq!((&*bytes, content), (&b"name\nA\n"[..], ContentHash::of(b"name\nA\n")));
    }

    #[test]
    fn every_version_of_a_file_is_recorded_once() {
        let record = FileRecord::default();
        let read = |content: Option<&str>| FileRead {
            path: "a.csv".into(),
            shown: "a.csv".to_owned(),
            content: content.map(|text| ContentHash::of(text.as_bytes())),
        };
        for content in [Some("A"), Some("A"), None, Some("B")] {
            record.add(read(content));
        }
        assert_eq!(record.all().len(), 3);
        let last = record.last("a.csv", Path::new("a.csv")).unwrap();
        assert_eq!(last.content, Some(ContentHash::of(b"B")));
        let clone = record.clone();
        clone.add(read(Some("C")));
        assert_eq!((record.all().len(), clone.all().len()), (3, 4));
    }
}
