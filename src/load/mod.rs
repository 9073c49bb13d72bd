//! Bytes become the model, with diagnostics.
//!
//! In: paths or bytes, and the [`SourceMap`](crate::source::SourceMap) that keeps their texts. Out:
//! [`Loaded`] values: a [`Project`], a [`Letter`](crate::model::letter::Letter)
//! or the [`Record`](crate::model::signatory::Record)s of a list. Guaranteed: wrong data is a diagnostic with its
//! place, never an error and never a panic; every row of a list that holds
//! anything becomes one record. Absent: the meaning of names (that is
//! `resolve`'s) and of fields (that is `compose`'s).

mod bytes;
mod clean;
mod diagnostics;
mod drafts;
mod letters;
mod lists;
mod loaded;
mod old_encodings;
mod page_parser;
mod text_origin;
mod toml_values;
mod workspace;

pub use bytes::MAX_LETTER;
pub use drafts::{DRAFT_FORMATS, DraftError, DraftFormat, MAX_DRAFT, draft};
pub use letters::comments::comments_file;
pub use letters::front_matter::{letter, letter_from_bytes};
pub use letters::settings::Project;
pub use lists::answer_sheet::{answer_sheet, answer_sheet_from_bytes};
pub use lists::formats::{FORMATS, Format, Rows, list, list_from_bytes, open, open_bytes};
pub use lists::headers::canonical;
pub use lists::late_signatures::{Late, late};
pub use lists::private_values::looks_private;
pub use lists::readings::ListReadings;
pub use lists::recipients::recipients;
pub use lists::understood::canonical_columns;
pub use lists::{dates, delimited, holds, overlap};
pub use loaded::{ColumnReason, ListColumn, LoadError, Loaded};
pub use workspace::known;
pub use workspace::project::project;

/// The work on files that may run in a child process.
pub const BOUNDED_TASKS: &[&crate::bounds::Task] = &[&letters::pictures::READ_SVG, &letters::pictures::TRY_JPEG];
