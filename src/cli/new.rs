//! `undersigned new`: a workspace that renders at once, with a document of each kind.

use super::args::{Common, DiagnosticFormat, New};
use super::exit::Exit;
use super::output::{self, File};
use super::report::Reporter;
use super::workspace::shown;
use crate::model::letter::DocumentKind;
use anyhow::bail;
use std::io::Write;

/// A file of a new workspace: its name and what is in it.
type Template = (&'static str, &'static str);

const PROJECT: Template = ("undersigned.toml", include_str!("../../data/new/undersigned.toml"));
const LIST: Template = (
    "signatories/first-letter.csv",
    include_str!("../../data/new/first-letter.csv"),
);
const LETTER: Template = (
    "letters/first-letter.md",
    include_str!("../../data/new/first-letter.md"),
);

/// The files of a workspace of a kind, in the order in which they are told.
fn files_of(kind: DocumentKind) -> Vec<Template> {
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

pub(super) fn run(arguments: &New, common: &Common) -> anyhow::Result<Exit> {
    let files: Vec<File> = files_of(arguments.kind.into())
        .into_iter()
        .map(|(name, text)| File {
            path: arguments.dir.join(name),
            bytes: text.as_bytes().to_vec(),
        })
        .collect();
    if let Some(file) = files.iter().find(|file| file.path.exists()) {
        bail!("`{}` is there already; nothing was written", shown(&file.path));
    }
    output::write_all(&files)?;
    let mut out = std::io::stdout().lock();
    for file in &files {
        writeln!(out, "{}", shown(&file.path))?;
    }
    Reporter::new(DiagnosticFormat::Human, common)
        .say(&format!("next: cd {} && undersigned render", shown(&arguments.dir)))?;
    Ok(Exit::Done)
}
