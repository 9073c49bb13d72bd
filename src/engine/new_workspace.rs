//! The files of a new workspace.
//!
//! In: a folder and a kind of document. Out: a [`ChangeSet`] of files that must not exist
//! yet. Guaranteed: the workspace renders at once. Absent: names and texts of the user's
//! own.

use super::changes::ChangeSet;
use crate::model::letter::DocumentKind;
use std::path::Path;

/// A file of a new workspace: its name and what is in it.
type TemplateFile = (&'static str, &'static str);

const PROJECT: TemplateFile = ("undersigned.toml", include_str!("../../data/new/undersigned.toml"));
const LIST: TemplateFile = (
    "signatories/first-letter.csv",
    include_str!("../../data/new/first-letter.csv"),
);
const LETTER: TemplateFile = (
    "letters/first-letter.md",
    include_str!("../../data/new/first-letter.md"),
);

/// The files of a workspace of a kind, in the order in which they are told.
fn files_of(kind: DocumentKind) -> Vec<TemplateFile> {
    let document = match kind {
        DocumentKind::Letter => return vec![PROJECT, LETTER, LIST],
        DocumentKind::PressRelease => {
            let release = (
                "letters/first-release.md",
                include_str!("../../data/new/first-release.md"),
            );
            let boilerplate = (
                "boilerplate/example-coalition.md",
                include_str!("../../data/new/boilerplate.md"),
            );
            // A release speaks of a letter and quotes it.
            return vec![PROJECT, LETTER, release, boilerplate, LIST];
        }
        DocumentKind::Petition => (
            "letters/first-petition.md",
            include_str!("../../data/new/first-petition.md"),
        ),
        DocumentKind::Plan => ("letters/first-plan.md", include_str!("../../data/new/first-plan.md")),
        DocumentKind::Page => ("letters/first-page.md", include_str!("../../data/new/first-page.md")),
    };
    vec![PROJECT, document, LIST]
}

/// Returns the files of a new workspace in `folder`, with a document of a kind.
pub fn new_workspace(folder: &Path, kind: DocumentKind) -> ChangeSet {
    let mut set = ChangeSet::default();
    for (name, text) in files_of(kind) {
        set.create(folder.join(name), text.as_bytes().to_vec());
    }
    set
}
