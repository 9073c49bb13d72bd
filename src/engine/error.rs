//! Why the engine could not do what was asked.

use crate::load::{DraftError, LoadError};
use crate::release::manifest::ManifestError;
use std::error::Error;
use std::io;

/// Any error below, whatever its type.
pub type BoxedError = Box<dyn Error + Send + Sync>;

/// Says why the engine could not do what was asked. Wrong data is not among these: it
/// becomes diagnostics.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// A file could not be read.
    #[error("cannot read `{name}`")]
    Unreadable {
        /// The file's name as the user knows it.
        name: String,
        /// The system's reason.
        source: io::Error,
    },
    /// A letter, list or project file could not be read at all.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A draft of a word processor could not be read at all.
    #[error("cannot read `{name}`")]
    Draft {
        /// The file's name as the user knows it.
        name: String,
        /// The reason, with the part of the file.
        source: DraftError,
    },
    /// The manifest of a release does not hold together.
    #[error("`{name}` is not a valid manifest")]
    Manifest {
        /// The file's name as the user knows it.
        name: String,
        /// The reason.
        source: ManifestError,
    },
    /// No letter was named, and the workspace has no folder of letters.
    #[error("no folder `{folder}`; name a letter, or run `undersigned new DIR`")]
    NoLettersFolder {
        /// The folder's name as the user knows it.
        folder: String,
    },
    /// No letter was named, and the folder of letters has none.
    #[error("`{folder}` has no letters (files that end in .md)")]
    NoLetters {
        /// The folder's name as the user knows it.
        folder: String,
    },
    /// A path has no file name that a folder of output could be named after.
    #[error("`{path}` does not name a file")]
    NoFileName {
        /// The path as the user knows it.
        path: String,
    },
    /// A file of the output could not be made.
    #[error("cannot write {what}")]
    Emit {
        /// The file or letter.
        what: String,
        /// The reason.
        source: BoxedError,
    },
    /// What was made could not be handed on.
    #[error("cannot write `{path}`")]
    Write {
        /// The path as the user knows it.
        path: String,
        /// The system's reason.
        source: io::Error,
    },
    /// A file is not as it was seen by whoever asked for the change.
    #[error("`{name}` changed after it was read; nothing was written")]
    Changed {
        /// The file's name as the user knows it.
        name: String,
    },
    /// The request cannot be carried out; the text says why and what to do.
    #[error("{0}")]
    Refused(String),
}

impl EngineError {
    /// Makes an error of a file that cannot be made.
    pub(super) fn emit(what: impl Into<String>, source: impl Into<BoxedError>) -> Self {
        Self::Emit {
            what: what.into(),
            source: source.into(),
        }
    }
}

/// What the engine returns where it can fail.
pub type Result<T, E = EngineError> = std::result::Result<T, E>;
