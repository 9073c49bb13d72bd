//! What the written file holds, read back.

#![allow(clippy::unwrap_used)]

pub(crate) mod sample;

use super::*;
use sample::letter;

#[test]
fn a_letter_is_written() {
    let bytes = pdf(&letter().pages, &PdfOptions::default()).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
}
