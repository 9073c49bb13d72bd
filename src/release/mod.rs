//! Releases: what went out, kept so that it can be proved.
//!
//! In: a letter's document and files, its resolution, and what people decided; or
//! two lists; or a file from out in the world. Out: a [`manifest::Manifest`]
//! ([`freeze`]), what changed between two states ([`diff`]), whether a file is
//! what was released and how it differs ([`verify`]), and a dossier that says of
//! every printed name how it got there ([`dossier`]). Guaranteed: a manifest holds
//! nothing but what the documents print, hashes and counts; nothing is guessed
//! about who is who; nothing here reads or writes a file. Absent: folders and
//! numbers of releases (that is `cli`'s).
//!
//! What a release says is the words of its document ([`content`]); files are read only to
//! be held against it ([`file_text`]).

pub mod beside;

pub mod blocks;

pub mod content;

pub mod diff;

mod docx_looks;

mod docx_text;

pub mod dossier;

pub mod file_text;

pub mod freeze;

mod html_text;

pub mod looks;

mod mail_text;

pub mod manifest;

pub mod paragraph;
pub mod redline;
pub mod signatories_json;

mod pdf_looks;

mod pdf_covered;
mod pdf_font;
mod pdf_page;
mod pdf_text;

#[cfg(feature = "sign")]
pub mod sign;

pub mod surroundings;

pub mod verify;

pub mod words;

use crate::bounds::Task;
use crate::model::hex::hex;
use sha2::{Digest, Sha256};

/// The program and its version, as manifests name them.
pub(crate) const PROGRAM: &str = concat!("undersigned ", env!("CARGO_PKG_VERSION"));

/// The work on files that may run in a child process.
pub const BOUNDED_TASKS: &[&Task] = &[&file_text::READ_WORDS];

/// Returns the SHA-256 of bytes, in lower-case hexadecimal (FIPS 180-4).
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Returns the first half of a SHA-256, 32 digits: nobody finds other bytes of the same.
fn short_sha256(bytes: &[u8]) -> String {
    let mut hash = sha256(bytes);
    hash.truncate(32);
    hash
}
