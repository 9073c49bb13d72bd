//! A letter and its resolved signatories become a [`document::Document`].
//!
//! In: a loaded letter, its records and their resolution. Out: a document of
//! semantic parts. Guaranteed: the same input gives the same document; every
//! field is a text; nothing private is in it. Absent: sizes, places, bytes. Each
//! genre has a composer of its own over the same blocks; fields, the roll,
//! labels and numbers in words are shared.

mod alphabet;

mod card;

mod composer;

mod conditions;

mod count_tables;

pub mod document;

pub mod excerpt;

mod fields;

mod footnotes;

mod kinds;

mod language;

pub mod letter;

pub mod mail_merge;

pub mod names;

mod people_order;

mod press;

mod qr;
mod quotation_marks;

mod person;
mod place_shares;
mod plain_document;
mod printed_counts;

pub mod roll;

mod roll_entry;

mod roll_sections;

mod statements;

mod version;

pub mod wording;

mod words;

/// Returns a number in words, for those who read them.
#[cfg(test)]
pub(crate) fn in_words(number: u64, language: &str) -> Option<String> {
    words::cardinal(number, language, words::Gender::default())
}

pub use card::card_text;
pub use count_tables::CountRow;
pub use letter::{ComposeOptions, compose, mark_as_draft, translation};
pub use plain_document::plain_document;
pub use printed_counts::{PrintedCounts, PrintedMember};
pub use version::text_version;
