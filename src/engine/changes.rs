//! What is to be written, as values.
//!
//! In: paths and bytes. Out: a [`ChangeSet`], or files handed to whatever takes them.
//! Guaranteed: nothing is written here; a change that replaces a file states the hash of
//! the bytes it was made from, so that an edit made meanwhile is never overwritten.

use crate::files::ContentHash;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// States what must be at a path when a change is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Whatever there is, as for output.
    Anything,
    /// No file.
    Nothing,
    /// A file with these bytes.
    Content(ContentHash),
}

impl Expected {
    /// Expects what was read: a file's bytes, or no file.
    pub fn of(before: Option<&[u8]>) -> Self {
        before.map_or(Self::Nothing, |bytes| Self::Content(ContentHash::of(bytes)))
    }
}

/// Changes one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file.
    pub path: PathBuf,
    /// The state that the change was made from.
    pub old: Expected,
    /// The new bytes; `None` removes the file.
    pub new: Option<Vec<u8>>,
}

/// Changes files all at once. The order is that in which they are reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeSet {
    /// The changes.
    pub changes: Vec<Change>,
}

impl ChangeSet {
    /// Adds a file that must not exist yet.
    pub fn create(&mut self, path: PathBuf, bytes: Vec<u8>) {
        self.changes.push(Change {
            path,
            old: Expected::Nothing,
            new: Some(bytes),
        });
    }

    /// Returns a set of one change.
    pub fn one(path: PathBuf, old: Expected, new: Option<Vec<u8>>) -> Self {
        Self {
            changes: vec![Change { path, old, new }],
        }
    }
}

/// Takes the files that are made; threads may hand over files at the same time.
pub trait Outputs: Sync {
    /// A file that is written bit by bit.
    type Open: Write;

    /// Takes a whole file.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn put(&self, path: &Path, bytes: Vec<u8>) -> io::Result<()>;

    /// Begins a file.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn open(&self, path: &Path) -> io::Result<Self::Open>;

    /// Ends a file.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn close(&self, open: Self::Open) -> io::Result<()>;
}

/// Keeps files in memory.
#[derive(Debug, Default)]
pub struct MemoryOutputs(Mutex<BTreeMap<PathBuf, Vec<u8>>>);

impl MemoryOutputs {
    /// Returns the files, in the order of their paths.
    pub fn into_files(self) -> BTreeMap<PathBuf, Vec<u8>> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file that is being written into memory.
#[derive(Debug)]
pub struct OpenInMemory {
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Write for OpenInMemory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Outputs for MemoryOutputs {
    type Open = OpenInMemory;

    fn put(&self, path: &Path, bytes: Vec<u8>) -> io::Result<()> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), bytes);
        Ok(())
    }

    fn open(&self, path: &Path) -> io::Result<OpenInMemory> {
        Ok(OpenInMemory {
            path: path.to_owned(),
            bytes: Vec::new(),
        })
    }

    fn close(&self, open: OpenInMemory) -> io::Result<()> {
        self.put(&open.path, open.bytes)
    }
}
