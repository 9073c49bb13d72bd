//! What `verify` says of a file, in words.

use crate::desk::error::first_upper;
use crate::engine::{FileVerdict, VerdictKind, VerifyFinding, release_title};
use maud::{Markup, html};

/// Draws the verdicts on a file that was dropped.
pub(super) fn verdicts(found: &[VerifyFinding]) -> Markup {
    html! {
        section.verdicts role="status" aria-label="Verdict" {
            @for one in found {
                @match one {
                    VerifyFinding::File(file) => (verdict(file)),
                    VerifyFinding::Signature { manifest, outcome } => p.notice {
                        code { (manifest) } @match outcome { Ok(said) => { ": the signature holds (" (said) ")" }, Err(said) => { ": not signed by this key: " (said) } }
                    },
                    VerifyFinding::Note { file, text } => p.notice { @if !file.is_empty() { code { (file) } ": " } (first_upper(text)) },
                }
            }
        }
    }
}

fn verdict(file: &FileVerdict) -> Markup {
    html! {
        @match &file.kind {
            VerdictKind::Unaltered { release, output } => div.notice.is-right {
                p.what { "Yes: " code { (file.file) } " is a file of " (release_title(release)) ", unaltered." }
                p { "It is " code { (output.file) } ", byte for byte." }
            },
            VerdictKind::Altered { release, output, difference } if difference.is_only_bytes() => div.notice.is-error role="alert" {
                p.what { "Not quite: " code { (file.file) } " has the words and names of " (release_title(release)) ", but is not the file that was released." }
                @if file.noticed.is_empty() {
                    p { @match file.looks_same {
                        Some(true) => "All else that it shows is the same, too: a program saved it again.",
                        _ => "Its pictures and the look of its pages could not be compared.",
                    } }
                } @else {
                    p { "This is not in its words:" }
                    ul { @for sentence in &file.noticed { li { (first_upper(sentence)) } } }
                }
                @if let Some(output) = output { p { "Send the original instead: " code { (output.file) } "." } }
            },
            VerdictKind::Altered { release, output, .. } => div.notice.is-error role="alert" {
                p.what { "No: " code { (file.file) } " is like a file of " (release_title(release)) ", and was altered." }
                @if let Some(output) = output { p { "The file that was released is " code { (output.file) } "." } }
                @if !file.noticed.is_empty() { ul { @for sentence in &file.noticed { li { (first_upper(sentence)) } } } }
                p { "Do not quote it as yours. Send the original instead." }
            },
            VerdictKind::Unknown => div.notice.is-error role="alert" {
                p.what { "No: " code { (file.file) } " matches no file that was released here." }
            },
        }
    }
}
