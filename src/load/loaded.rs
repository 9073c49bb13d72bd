//! The result of loading, and the reasons for which a file cannot be read.

use crate::diag::Diagnostic;
use std::io;

/// A value, and the diagnostics about the file it came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded<T> {
    /// As much of it as could be read.
    pub value: T,
    /// In the order of their places; many of one code are summed up.
    pub diagnostics: Vec<Diagnostic>,
}

/// A reason for which a file could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file is missing, is no file, or may not be read.
    #[error("cannot read `{name}`")]
    Unreadable {
        /// The file's name as the user knows it.
        name: String,
        /// What the system said.
        source: io::Error,
    },
    /// The file is a folder.
    #[error("cannot read `{name}`: it is a folder")]
    Folder {
        /// The folder's name as the user knows it.
        name: String,
    },
    /// The file is longer than its kind may be.
    #[error("cannot read `{name}`: it is longer than {limit} bytes")]
    TooLarge {
        /// The file's name as the user knows it.
        name: String,
        /// The most that is read, in bytes.
        limit: usize,
    },
}
