//! A document or its pages become bytes.
//!
//! In: a [`Document`] where the reader breaks lines, [`Pages`] where we did. Out:
//! the bytes of one file. Guaranteed: the same input gives the same bytes.
//! [`FORMATS`] lists all there is; help and documentation follow it.

mod archive;
pub mod columns;
pub mod comments;
pub mod csv;
pub mod decisions;

pub mod docx;

pub mod email;
pub mod front_matter;
pub mod html;
mod html_marks;
pub mod list;

mod levels;

pub mod markdown;
mod page_image;
pub mod pdf;
pub mod question_sheet;

mod simple_parts;

mod raster;

pub mod svg;

pub mod text;

pub use archive::archive;
pub use page_image::page_image;

use crate::compose::document::Document;
use crate::diag::Diagnostic;
use crate::layout::frame::Pages;
use pdf::{PdfError, PdfOptions};

/// An output format.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The word after `--to`: `html`.
    pub name: &'static str,
    /// The ending of its files, without the dot.
    pub extension: &'static str,
    /// A description of a few words, for help.
    pub description: &'static str,
    /// The function that writes it.
    pub emit: EmitFn,
}

impl Format {
    /// Returns whether its files are messages, which contain the addresses of those they
    /// go to.
    pub fn is_message(&self) -> bool {
        self.extension == "eml"
    }
}

/// The function that writes a format, by what it writes from.
#[derive(Clone, Copy, Debug)]
pub enum EmitFn {
    /// From the document; the reader's program breaks its lines.
    Flowing(fn(&Document, &EmitOptions) -> Result<Written, EmitError>),
    /// From set pages. The options are for PDF; a format of another kind may
    /// pass them over.
    Paged(fn(&Pages, &PdfOptions) -> Result<Vec<u8>, PdfError>),
}

/// The settings of all formats that a caller may choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmitOptions {
    /// For PDF.
    pub pdf: PdfOptions,
    /// Columns of a line of plain text.
    pub text_width: usize,
}

impl Default for EmitOptions {
    fn default() -> Self {
        Self {
            pdf: PdfOptions::default(),
            text_width: text::WIDTH,
        }
    }
}

/// A file's bytes, and what there is to say about them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// Findings that somebody should look at.
    pub diagnostics: Vec<Diagnostic>,
}

impl From<String> for Written {
    fn from(text: String) -> Self {
        Self {
            bytes: text.into_bytes(),
            diagnostics: Vec::new(),
        }
    }
}

/// The reason why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum EmitError {
    /// A picture that was read cannot be painted.
    #[error("the picture `{name}` cannot be painted: {reason}")]
    Picture {
        /// Its path, as it was written.
        name: String,
        /// The reason.
        reason: String,
    },
    /// The user's template cannot be filled.
    #[error("the template `{name}`: {reason}")]
    Template {
        /// Its file.
        name: String,
        /// The reason.
        reason: String,
    },
    /// The files of a Word file cannot be packed.
    #[error("the Word file cannot be packed: {0}")]
    Package(String),
    /// A sheet of questions cannot be made.
    #[error("the questions cannot be written: {0}")]
    Questions(String),
    /// Files cannot be packed into an archive.
    #[error("the archive cannot be packed: {0}")]
    Archive(String),
}

/// The work on files that may run in a child process.
pub const BOUNDED_TASKS: &[&crate::bounds::Task] = &[&crate::bounds::svg::PAINT_SVG, &html::FILL_TEMPLATE];

/// Every output format, in the order of help and of writing.
pub const FORMATS: &[Format] = &[
    Format {
        name: "pdf",
        extension: "pdf",
        description: "tagged PDF, for sending and printing",
        emit: EmitFn::Paged(pdf::pdf),
    },
    Format {
        name: "html",
        extension: "html",
        description: "one self-contained page, for the web",
        emit: EmitFn::Flowing(|document, _| Ok(html::page(document)?.into())),
    },
    Format {
        name: "email",
        extension: "eml",
        description: "an email to send: HTML and text, with its pictures",
        emit: EmitFn::Flowing(email::email),
    },
    Format {
        name: "docx",
        extension: "docx",
        description: "a Word file, for editing",
        emit: EmitFn::Flowing(docx::docx),
    },
    Format {
        name: "txt",
        extension: "txt",
        description: "plain text, for web forms and older mail programs",
        emit: EmitFn::Flowing(|document, options| Ok(text::text(document, options.text_width).into())),
    },
    Format {
        name: "md",
        extension: "md",
        description: "Markdown, for web pages and repositories",
        emit: EmitFn::Flowing(|document, _| Ok(markdown::markdown(document).into())),
    },
];

#[cfg(test)]
pub(crate) mod tests;
