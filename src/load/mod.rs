//! Bytes become the model, with diagnostics.
//!
//! In: paths or bytes, and the [`SourceMap`](crate::source::SourceMap) that keeps their texts. Out:
//! [`Loaded`] values: a [`Project`], a [`Letter`](crate::model::letter::Letter)
//! or the [`Record`]s of a list. Guaranteed: wrong data is a diagnostic with its
//! place, never an error and never a panic; every row of a list that holds
//! anything becomes one record. Absent: the meaning of names (that is
//! `resolve`'s) and of fields (that is `compose`'s).

mod bytes;
mod catch_panic;
mod clean;
mod diagnostics;
mod letters;
mod lists;
mod text_origin;
mod toml_values;
mod workspace;

use crate::diag::{Code, Diagnostic};
use crate::model::signatory::{Column, Record, Status};
use crate::source::Origin;
use jiff::civil::Date;
use std::io;

pub use letters::front_matter::{letter, letter_from_bytes, named_files};
pub use letters::settings::Project;
pub use lists::formats::{FORMATS, Format, Rows, file_of, list, list_from_bytes, open, open_bytes};
pub use lists::headers::canonical;
pub use lists::recipients::recipients;
pub use lists::{dates, delimited, holds, multiple_names, overlap};
pub use workspace::known;
pub use workspace::project::project;

/// Whether a text has the shape of something private: an e-mail address, a telephone
/// number, a street, a computer's address.
pub fn looks_private(text: &str) -> bool {
    lists::private_values::private(text).is_some()
}

/// Tells of confirmed rows that were signed after the last day to sign. They are
/// counted and printed all the same: who may still sign, a person decides.
pub fn late(records: &[Record], deadline: Option<Date>) -> Vec<Diagnostic> {
    let mut late = Late::default();
    for record in records {
        let moment = record.get(Column::SignedAt).and_then(dates::moment);
        late.see(record, moment, deadline);
    }
    late.tell(deadline)
}

/// Confirmed rows that were signed after the last day to sign.
#[derive(Clone, Debug, Default)]
pub struct Late {
    count: usize,
    first: Option<(Box<str>, Origin)>,
}

impl Late {
    /// Looks at a row; `moment` is when it was signed. Of a date that may be read in
    /// two ways, the earlier counts.
    pub fn see(&mut self, record: &Record, moment: Option<dates::SignedAt>, deadline: Option<Date>) {
        let is_late = deadline.is_some_and(|deadline| moment.is_some_and(|moment| moment.earliest() > deadline));
        if is_late && record.status == Status::Confirmed {
            self.count += 1;
            self.first.get_or_insert_with(|| (record.name.clone(), record.origin));
        }
    }

    /// Tells of them.
    pub fn tell(self, deadline: Option<Date>) -> Vec<Diagnostic> {
        let (Some((first, origin)), Some(deadline)) = (self.first, deadline) else {
            return Vec::new();
        };
        let message = match self.count {
            1 => format!("`{first}` signed after the deadline, {deadline}, and is printed"),
            count => {
                format!("{count} signed after the deadline, {deadline}, and are printed; the first is `{first}`")
            }
        };
        vec![
            Diagnostic::warning(Code::LateSignature, message)
                .at(origin)
                .hint("to leave them out, write `pending` in a column `status`; to let them in, move the deadline"),
        ]
    }
}

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
