//! The files of a new workspace.
//!
//! In: a folder and a kind of document. Out: a [`ChangeSet`] of files that must not exist
//! yet. Guaranteed: the workspace renders at once. Absent: names and texts of the user's
//! own.

use super::changes::ChangeSet;
use super::error::{EngineError, Result};
use super::workspace::Workspace;
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

/// A draft and the export of a form, with what such files usually have wrong.
const EXAMPLE: [TemplateFile; 2] = [
    (
        "example/library.html",
        include_str!("../../examples/drafts/library.html"),
    ),
    (
        "example/responses.csv",
        include_str!("../../examples/drafts/responses.csv"),
    ),
];

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

/// Returns the files of a new workspace in `folder`, with a document of a kind; and with
/// what the tutorials begin with, if `with_example`.
pub fn new_workspace(folder: &Path, kind: DocumentKind, with_example: bool) -> ChangeSet {
    let mut set = ChangeSet::default();
    let example = EXAMPLE.into_iter().filter(|_| with_example);
    for (name, text) in files_of(kind).into_iter().chain(example) {
        set.create(folder.join(name), text.as_bytes().to_vec());
    }
    set
}

impl Workspace {
    /// Returns the files of a new document of a kind, letters/NAME.md, in this workspace; with
    /// what the sample names and the workspace lacks.
    ///
    /// # Errors
    /// When the name cannot be a file's, or is taken.
    pub fn new_letter(&self, kind: DocumentKind, name: &str) -> Result<ChangeSet> {
        let name = name.trim();
        let is_plain = |c: char| c.is_alphanumeric() || "-_ ".contains(c);
        if name.is_empty() || name.len() > MAX_NAME || !name.chars().all(is_plain) {
            return Err(EngineError::Refused(format!(
                "`{name}` cannot be the name of a letter; use letters, digits, hyphens, and spaces"
            )));
        }
        let path = self.root.join("letters").join(format!("{name}.md"));
        let shown = self.paths.shown(&path);
        if self.files().about(&path).is_ok() {
            return Err(EngineError::Refused(format!(
                "`{shown}` already exists; choose another name"
            )));
        }
        let mut set = ChangeSet::default();
        let files = files_of(kind);
        let own = files.iter().rposition(|(file, _)| file.starts_with("letters/"));
        for (at, (file, text)) in files.iter().enumerate() {
            let beside = self.root.join(file);
            if Some(at) == own {
                set.create(path.clone(), text.as_bytes().to_vec());
            } else if self.files().about(&beside).is_err() {
                set.create(beside, text.as_bytes().to_vec());
            }
        }
        Ok(set)
    }
}

/// Longest name of a letter, in bytes: output has folders of that name.
const MAX_NAME: usize = 100;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::engine::Paths;
    use crate::files::{Files, MemoryFiles};
    use std::sync::Arc;

    #[test]
    fn a_new_letter_brings_what_the_workspace_lacks() {
        let files: Arc<dyn Files> = Arc::new(MemoryFiles::from_iter([
            ("/w/undersigned.toml", ""),
            ("/w/letters/first-letter.md", ""),
        ]));
        let workspace = Workspace::open(&files, &Paths::new("/w"), Path::new("")).unwrap();
        let check = |kind, name, expected: &[&str]| {
            let set = workspace.new_letter(kind, name).unwrap();
            let paths: Vec<_> = set
                .changes
                .iter()
                .map(|change| workspace.paths.shown(&change.path))
                .collect();
            assert_eq!(paths, expected);
        };
        check(
            DocumentKind::Letter,
            " Budget 2027 ",
            &["letters/Budget 2027.md", "signatories/first-letter.csv"],
        );
        let release = [
            "letters/press.md",
            "boilerplate/example-coalition.md",
            "signatories/first-letter.csv",
        ];
        check(DocumentKind::PressRelease, "press", &release);
        for bad in ["", "  ", "a/b", "..", "first-letter", "a\\b", "nul\0", &"a".repeat(101)] {
            assert!(workspace.new_letter(DocumentKind::Letter, bad).is_err(), "{bad}");
        }
    }
}
