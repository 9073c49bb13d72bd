//! The state of the workspace's files: the one key of all that is kept until a file changes.
//!
//! In: paths. Out: a [`FilesState`], which differs once the content of a file differs.
//! Guaranteed: a file that has other bytes has another state, though its length and its time
//! be the same; a file that did not change is not read again. Absent: what is kept.

use crate::files::{ContentHash, FileRead, Files};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// The state of some files: a hash of their names and contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FilesState([u8; 32]);

/// What is known of each file: its length, its time, and the hash of its content.
#[derive(Debug, Default)]
pub(super) struct FileStates(Mutex<BTreeMap<PathBuf, KnownFile>>);

/// A file that was read, and how it was then.
#[derive(Clone, Copy, Debug)]
struct KnownFile {
    length: u64,
    modified: SystemTime,
    hash: ContentHash,
}

/// How long after its time a file may still get other bytes under the same time: clocks of
/// some file systems have steps of two seconds.
const STEP: Duration = Duration::from_secs(2);

/// Most files of which something is known.
const MOST: usize = 4096;

/// Collects the state of files.
pub(super) struct StateBuilder<'a> {
    states: &'a FileStates,
    files: &'a dyn Files,
    hasher: Sha256,
}

impl FileStates {
    /// Begins a state.
    pub(super) fn begin<'a>(&'a self, files: &'a dyn Files) -> StateBuilder<'a> {
        StateBuilder {
            states: self,
            files,
            hasher: Sha256::new(),
        }
    }

    /// Returns true if each file still has the content that was read of it.
    pub(super) fn are_as_read(&self, files: &dyn Files, read: &[Arc<FileRead>]) -> bool {
        read.iter().all(|file| self.content(files, &file.path) == file.content)
    }

    /// Returns the hash of a file's content; `None`: it cannot be read.
    fn content(&self, files: &dyn Files, path: &Path) -> Option<ContentHash> {
        let about = files.about(path).ok().filter(|about| !about.is_folder)?;
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(path).copied();
        if let Some(known) = known
            && about.modified == Some(known.modified)
            && about.length == known.length
        {
            return Some(known.hash);
        }
        let hash = ContentHash::of(&files.read(path, u64::MAX).ok()?);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // What was saved a moment ago may be saved again under the same time.
        let is_settled = |modified: &SystemTime| modified.elapsed().is_ok_and(|age| age > STEP);
        match about.modified.filter(is_settled) {
            Some(modified) if all.len() < MOST && about.length == hash.length => {
                let length = about.length;
                all.insert(path.to_owned(), KnownFile { length, modified, hash });
            }
            _ => {
                all.remove(path);
            }
        }
        Some(hash)
    }
}

impl StateBuilder<'_> {
    /// Adds a file by its content.
    pub(super) fn content(&mut self, path: &Path) {
        let hash = self.states.content(self.files, path);
        self.name(path);
        self.hasher.update([u8::from(hash.is_some())]);
        if let Some(hash) = hash {
            self.hasher.update(hash.length.to_le_bytes());
            self.hasher.update(hash.sha256);
        }
    }

    /// Adds the files of a folder by their content.
    pub(super) fn folder(&mut self, folder: &Path) {
        for path in self.files.entries(folder).unwrap_or_default() {
            self.content(&path);
        }
    }

    /// Adds the files of a folder, and with `deep` of its folders, by their length and time:
    /// the program's own, which are many and never edited.
    pub(super) fn written(&mut self, folder: &Path, deep: bool) {
        for path in self.files.entries(folder).unwrap_or_default() {
            let Ok(about) = self.files.about(&path) else { continue };
            let since = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).ok();
            let time = about.modified.and_then(since).unwrap_or_default();
            self.name(&path);
            self.hasher.update(about.length.to_le_bytes());
            self.hasher.update(time.as_nanos().to_le_bytes());
            if deep && about.is_folder {
                // A release is never changed; its folder's time tells of new ones.
                self.written(&path, path.file_name().is_none_or(|name| name != "releases"));
            }
        }
    }

    /// Adds a part of a file.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.hasher.update((bytes.len() as u64).to_le_bytes());
        self.hasher.update(bytes);
    }

    /// Returns the state.
    pub(super) fn state(self) -> FilesState {
        FilesState(self.hasher.finalize().into())
    }

    fn name(&mut self, path: &Path) {
        self.bytes(path.as_os_str().as_encoded_bytes());
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::files::DiskFiles;

    #[test]
    fn other_bytes_are_another_state_though_length_and_time_are_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let states = FileStates::default();
        let state = || {
            let mut builder = states.begin(&DiskFiles);
            builder.folder(folder.path());
            builder.state()
        };
        let old = SystemTime::now() - Duration::from_secs(60);
        let now = SystemTime::now();
        let write = |text: &str, time: SystemTime| {
            std::fs::write(&path, text).unwrap();
            std::fs::File::options()
                .write(true)
                .open(&path)
                .unwrap()
                .set_modified(time)
                .unwrap();
        };
        let empty = state();
        write("one", now);
        let one = state();
        write("two", now);
        assert!(empty != one && one != state());
        write("one", now);
        assert_eq!(one, state());
        // A file that is older than a moment is told by its length and its time.
        write("one", old);
        assert_eq!(one, state());
        write("three", old);
        assert_ne!(one, state());
    }
}
