//! The record of an act: a TOML file beside the bytes it kept.
//!
//! In: bytes. Out: an [`Act`]. Guaranteed: its paths lead to no place outside the
//! workspace's folder, because a record may come with a folder that a stranger made; it
//! names no file to restore without the hash of its content.

use crate::engine::error::{EngineError, Result};
use crate::files::ContentHash;
use crate::model::hex::hex;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use std::path::{Component, Path, PathBuf};

/// The form of the record that this version reads and writes.
const FORMAT: u32 = 1;

/// Something that changed the user's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Its number; later ones are higher.
    pub number: u32,
    /// The act, as people name it: `import export.csv`.
    pub title: String,
    /// When it was, by the user's clock.
    pub at: Option<DateTime>,
    /// The files that it changed.
    pub files: Vec<ActFile>,
}

/// A file that an act changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActFile {
    /// Its path below the workspace's folder.
    pub path: PathBuf,
    /// Its content before; `None`: it did not exist.
    pub before: Option<Kept>,
    /// Its content after; `None`: it was removed.
    pub after: Option<Kept>,
    /// The file in the history that has the content from before.
    pub saved: Option<String>,
}

/// Identifies content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256, in lower-case hexadecimal.
    pub sha256: String,
}

impl Kept {
    /// Returns what identifies content.
    pub(super) fn of(content: &ContentHash) -> Self {
        Self {
            bytes: content.length,
            sha256: hex(&content.sha256),
        }
    }

    /// Returns true if it identifies this content.
    pub(super) fn is(&self, content: &ContentHash) -> bool {
        *self == Self::of(content)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    format: u32,
    title: String,
    at: Option<DateTime>,
    #[serde(default)]
    file: Vec<ActFile>,
}

/// The name of an act's record.
pub(super) fn name(number: u32) -> String {
    format!("{number}.toml")
}

/// The name under which the content of a file is kept, so that a person knows it.
pub(super) fn saved_name(number: u32, at: usize, path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!("{number}-{at}-{name}")
}

impl Act {
    /// Reads a record.
    pub(super) fn read(number: u32, bytes: &[u8]) -> std::result::Result<Self, String> {
        let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
        let stored: Stored = toml::from_str(text).map_err(|error| error.message().to_owned())?;
        if stored.format != FORMAT {
            return Err("a newer version of undersigned wrote it".to_owned());
        }
        for file in &stored.file {
            let is_below = file.path.components().all(|part| matches!(part, Component::Normal(_)));
            if !is_below || file.path.as_os_str().is_empty() || file.path.starts_with(super::OWN) {
                return Err(format!("it names `{}`", file.path.display()));
            }
            let is_named = |saved: &String| Path::new(saved).file_name().is_some_and(|name| name == &**saved);
            if file.before.is_some() != file.saved.as_ref().is_some_and(is_named) {
                return Err(format!("it does not say where `{}` is kept", file.path.display()));
            }
        }
        Ok(Self {
            number,
            title: stored.title,
            at: stored.at,
            files: stored.file,
        })
    }

    /// Returns the record's bytes.
    pub(super) fn write(&self) -> Result<Vec<u8>> {
        let stored = Stored {
            format: FORMAT,
            title: self.title.clone(),
            at: self.at,
            file: self.files.clone(),
        };
        let text = toml::to_string(&stored).map_err(|error| EngineError::emit("the history", error))?;
        Ok(text.into_bytes())
    }
}
