//! Lists of signatories and of recipients, in every format.
//!
//! `formats` is the top for signatories: it chooses the reader of a file (`delimited`,
//! `toml_list`, `lines`, `page`, `workbook`), which gives its first row to `header_row`
//! and the others to `rows`. `headers` knows the meaning of a header's words, `questions`
//! and `consent` that of a form's answers. `readings` keeps lists that were read. `recipients` is the top for the lists of a
//! mail merge.

pub(super) mod answer_sheet;
mod answered_columns;
mod body_words;
mod cells;
mod column_doubts;
mod column_guess;
mod comment;
mod consent;
mod consent_words;
pub mod dates;
pub mod delimited;
mod entities;
mod facts;
mod fold;
pub(super) mod formats;
mod header;
mod header_row;
pub(super) mod headers;
pub mod holds;
pub(super) mod late_signatures;
mod lines;
mod mail;
mod name_form;
pub mod overlap;
mod page;
pub(super) mod private_values;
mod questions;
pub(super) mod readings;
pub(super) mod recipients;
mod restraint;
mod rows;
mod sniff;
mod survey;
mod toml_list;
pub(super) mod understood;
mod workbook;

/// What to do about a list without a row.
const NO_ROWS: &str = "add a row for each signatory below the header, or take the list out of `signatories`";
