//! Bytes become the model, with diagnostics.
//!
//! In: paths or bytes, and the [`SourceMap`](crate::source::SourceMap) that keeps their texts. Out:
//! [`Loaded`] values: a [`Project`], a [`Letter`](crate::model::letter::Letter)
//! or the [`Record`](crate::model::signatory::Record)s of a list. Guaranteed: wrong data is a diagnostic with its
//! place, never an error and never a panic; every row of a list that holds
//! anything becomes one record. Absent: the meaning of names (that is
//! `resolve`'s) and of fields (that is `compose`'s).

mod bytes;
mod callout;
mod check_table;
mod clean;
mod consent;
pub mod dates;
mod delimited;
mod extra;
mod fields;
mod footnotes;
mod front_matter;
mod headers;
pub mod known;
mod lines;
mod link;
mod list;
mod markdown;
mod passage;
mod picture;
mod project;
mod recipients;
mod row;
mod shapes;
mod sink;
mod sniff;
mod table;
mod toml_list;
mod values;
mod wordless;
mod workbook;

use crate::diag::Diagnostic;
use std::io;

pub use front_matter::{letter, letter_from_bytes, named_files};
pub use headers::canonical;
pub use list::{FORMATS, Format, list, list_from_bytes};
pub use project::{Project, project};
pub use recipients::recipients;

/// A value, and what there is to say about where it came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded<T> {
    /// As much of it as could be read.
    pub value: T,
    /// In the order of their places; many of one code are summed up.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why a file could not be read at all.
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
