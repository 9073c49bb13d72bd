//! The result of loading, and the reasons for which a file cannot be read.

use crate::diag::Diagnostic;
use crate::source::Origin;
use std::io;

/// A value, and the diagnostics about the file it came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded<T> {
    /// As much of it as could be read.
    pub value: T,
    /// In the order of their places; many of one code are summed up.
    pub diagnostics: Vec<Diagnostic>,
}

/// Describes a column of a list, as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListColumn {
    /// The header, without outer white space.
    pub header: String,
    /// Where the header is.
    pub origin: Origin,
    /// The canonical column or the word of `[columns]` that it is read as; `None` if its
    /// cells are not used.
    pub reads_as: Option<&'static str>,
    /// True if its cells are never published.
    pub is_private: bool,
    /// True if its meaning was guessed from a phrase or from its cells.
    pub is_guess: bool,
    /// How its meaning came about.
    pub reason: ColumnReason,
    /// Its first cells that differ, at most three.
    pub samples: Vec<String>,
    /// The number of rows in which it has something.
    pub filled: usize,
}

/// How the meaning of a column came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnReason {
    /// `[columns]` says it.
    Settings,
    /// Its header is known.
    Header,
    /// A phrase in its header, its cells, or the columns beside it say it.
    Guess,
    /// It is known to be of no use.
    Ignored,
    /// It may decide whether rows are printed, and is not understood: they are held.
    Unclear,
    /// It may name the organizations that signed, and is not recognized: its rows are held.
    Organizations,
    /// It is not recognized.
    Unknown,
}

impl ColumnReason {
    /// Returns it in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Settings => "[columns] says so",
            Self::Header => "a known header",
            Self::Guess => "guessed from its header, its cells, and the other columns",
            Self::Ignored => "known not to be useful",
            Self::Unclear => "may decide who is printed; its rows are held",
            Self::Organizations => "may name the organizations that signed; its rows are held",
            Self::Unknown => "not recognized",
        }
    }
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
