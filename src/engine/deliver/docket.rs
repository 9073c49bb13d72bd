//! The bundle for a docket of regulations.gov.
//!
//! In: a release, and files that go with it. Out: the files to upload, and the text of the
//! comment. Guaranteed: what is uploaded keeps to the docket's bounds, or nothing is made and all
//! that is over them is told. Absent: what agencies ask for beyond these.
//!
//! Source: regulations.gov, "Frequently asked questions", on attachments.

use super::bundle::Bundle;
use super::cover::size;
use super::making::Making;
use crate::engine::error::{EngineError, Result};

/// Most files of one comment.
const MOST_FILES: usize = 20;

/// Largest file, in bytes: 10 MB, counted in thousands to be within either reading.
const LARGEST: usize = 10_000_000;

/// Longest text in the field for the comment, in characters.
const LONGEST_COMMENT: usize = 5_000;

/// The endings that a docket takes.
const TAKEN: [&str; 16] = [
    "bmp", "docx", "gif", "jpg", "jpeg", "pdf", "png", "pptx", "rtf", "sgml", "tif", "tiff", "txt", "wpd", "xlsx",
    "xml",
];

/// The folder of what is uploaded.
pub(super) const UPLOAD: &str = "upload/";

/// Makes the files but for the cover, which is the first one to upload.
pub(super) fn docket(making: &Making<'_>) -> Result<Bundle> {
    let mut bundle = Bundle::default();
    let (frozen, words) = (making.frozen, making.words);
    let Some(letter) = frozen.whole("pdf") else {
        return Err(EngineError::Refused(format!(
            "{} has no PDF of the whole; a docket takes one",
            frozen.title()
        )));
    };
    let what = if frozen.is_merge() {
        &words.letters
    } else {
        &words.letter
    };
    let name = format!("02-{}", making.manifest().letter);
    making.copy(frozen, letter, &mut bundle, (UPLOAD, &name), what.clone())?;
    let mut wrong = Vec::new();
    for (number, (name, ending, bytes)) in (3..).zip(&making.attached) {
        let number: usize = number;
        if !TAKEN.contains(&ending.as_str()) {
            wrong.push(format!(
                "`{name}.{ending}` is of a kind that a docket does not take; known are {}",
                TAKEN.join(", ")
            ));
        }
        let stem = format!("{number:02}-{name}");
        bundle.add(UPLOAD, (&stem, ending), words.attachment.clone(), 0, bytes.clone());
    }
    for file in &bundle.files {
        if file.bytes.len() > LARGEST {
            wrong.push(format!(
                "`{}` has {}, and a docket takes at most 10 MB for each file",
                file.name,
                size(file.bytes.len())
            ));
        }
    }
    // The cover is one of them.
    let files = bundle.files.len() + 1;
    if files > MOST_FILES {
        wrong.push(format!(
            "there are {files} files with the cover, and a docket takes at most {MOST_FILES}"
        ));
    }
    let comment = making.text("docket", "", false)?;
    let length = String::from_utf8_lossy(&comment).chars().count();
    if length > LONGEST_COMMENT {
        wrong.push(format!(
            "the text of the comment has {length} characters, and its field takes {LONGEST_COMMENT}"
        ));
    }
    match wrong.is_empty() {
        true => {
            bundle.add_text("comment", words.text.clone(), comment);
            Ok(bundle)
        }
        false => Err(EngineError::Refused(format!(
            "nothing was written: {}",
            wrong.join("; ")
        ))),
    }
}

/// Returns the name of the cover, which stands first.
pub(super) const COVER: &str = "upload/01-cover.pdf";
