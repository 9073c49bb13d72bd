//! Where a command works: the disk, and the folder one stands in.

use crate::engine::{self, LetterInput, ListInput, Paths, Workspace};
use crate::files::{DiskFiles, Files};
use anyhow::Context;
use std::env;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The path that stands for standard input.
pub(super) const STANDARD_INPUT: &str = "-";

/// The disk, and the folder one stands in.
pub(super) struct Session {
    pub files: Arc<dyn Files>,
    pub paths: Paths,
}

impl Session {
    /// Begins in the current folder.
    pub(super) fn new() -> anyhow::Result<Self> {
        Ok(Self {
            files: Arc::new(DiskFiles),
            paths: Paths::new(env::current_dir().context("cannot find out the current folder")?),
        })
    }

    /// Opens the workspace around a file, which need not be there.
    pub(super) fn around(&self, file: &Path) -> anyhow::Result<Workspace> {
        Ok(Workspace::around(&self.files, &self.paths, file)?)
    }

    /// Returns the folder of the workspace around a folder.
    pub(super) fn root(&self, folder: &Path) -> PathBuf {
        engine::workspace_root(&self.files, &self.paths, folder)
    }

    /// Opens the workspace one stands in.
    pub(super) fn here(&self) -> anyhow::Result<Workspace> {
        Ok(Workspace::open(&self.files, &self.paths, Path::new(""))?)
    }

    /// Returns the letters named or, where none is, all of the workspace one stands in.
    pub(super) fn named_or_all(&self, named: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
        if !named.is_empty() {
            return Ok(named.to_vec());
        }
        Ok(self.here()?.letters()?)
    }
}

/// Returns the letter that a path on the command line means.
pub(super) fn letter_input(path: &Path) -> anyhow::Result<LetterInput> {
    Ok(match path == Path::new(STANDARD_INPUT) {
        true => LetterInput::Text("standard input".to_owned(), standard_input()?),
        false => LetterInput::File(path.to_owned()),
    })
}

/// Returns the lists that paths on the command line mean.
pub(super) fn list_inputs(paths: &[PathBuf]) -> anyhow::Result<Vec<ListInput>> {
    paths.iter().map(|path| list_input(path)).collect()
}

/// Returns the file that a path on the command line means.
pub(super) fn list_input(path: &Path) -> anyhow::Result<ListInput> {
    Ok(match path == Path::new(STANDARD_INPUT) {
        true => ListInput::Bytes(STANDARD_INPUT.to_owned(), standard_input()?),
        false => ListInput::File(path.to_owned()),
    })
}

/// Reads standard input to its end.
pub(super) fn standard_input() -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .context("cannot read standard input")?;
    Ok(bytes)
}

/// Returns a path as people see it from the current folder.
pub(super) fn shown(path: &Path) -> String {
    Paths::new(env::current_dir().unwrap_or_default()).shown(path)
}
