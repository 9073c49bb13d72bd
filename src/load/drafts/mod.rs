//! Drafts of letters, as word processors write them.
//!
//! In: the bytes of a .docx, .html or .md file. Out: a [`Draft`]. Guaranteed: tracked changes
//! are decided as asked, never silently; comments stay out of the text; files of strangers
//! are read within limits, and a file that cannot be read is an error that names its part.
//! Absent: which paragraph is the date, and writing a letter; that is `engine`'s.

mod docx;
mod html;
mod markdown;
mod spans;
mod xml;

use crate::bounds::package::PackageError;
use crate::model::draft::{ChangeDecision, Draft};
use crate::source::FileId;

/// A format of drafts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftFormat {
    /// A Word file, as Google Docs and LibreOffice write it, too.
    Word,
    /// A web page.
    Html,
    /// Markdown.
    Markdown,
}

/// The endings of drafts' files, with their formats.
pub const DRAFT_FORMATS: &[(&str, DraftFormat)] = &[
    ("docx", DraftFormat::Word),
    ("docm", DraftFormat::Word),
    ("html", DraftFormat::Html),
    ("htm", DraftFormat::Html),
    ("md", DraftFormat::Markdown),
    ("markdown", DraftFormat::Markdown),
    ("txt", DraftFormat::Markdown),
];

/// Longest file, in bytes: a Word file with pictures.
pub const MAX_DRAFT: u64 = 64 << 20;

/// A reason for which a draft cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// A part of the file cannot be read.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// The text is not UTF-8.
    #[error("it is not UTF-8 text, from byte {0} on")]
    NotUtf8(usize),
    /// The page is too long, or nested too deeply.
    #[error("the page {0}")]
    Page(&'static str),
}

/// Reads a draft; the origins of its blocks are the whole of `file`.
///
/// # Errors
/// When the file is damaged, too large or nested too deeply.
pub fn draft(bytes: &[u8], format: DraftFormat, file: FileId, decision: &ChangeDecision) -> Result<Draft, DraftError> {
    let text = || std::str::from_utf8(bytes).map_err(|error| DraftError::NotUtf8(error.valid_up_to()));
    match format {
        DraftFormat::Word => Ok(docx::read(bytes, file, decision)?),
        DraftFormat::Html => html::read(text()?, file, decision),
        DraftFormat::Markdown => Ok(markdown::read(text()?, file)),
    }
}
