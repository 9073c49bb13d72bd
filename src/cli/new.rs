//! `undersigned new`: a workspace that renders at once, with a document of each kind.

use super::args::{Common, DiagnosticFormat, New};
use super::exit::Exit;
use super::report::Reporter;
use super::session::{Session, shown};
use crate::engine::ChangeSet;
use crate::model::letter::DocumentKind;
use crate::store;
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
    let mut set = ChangeSet::default();
    let files = files_of(arguments.kind.into());
    let paths: Vec<_> = files.iter().map(|(name, _)| arguments.dir.join(name)).collect();
    for (path, (_, text)) in paths.iter().zip(&files) {
        set.create(path.clone(), text.as_bytes().to_vec());
    }
    store::commit(&Session::new()?.paths, set)?;
    let mut out = std::io::stdout().lock();
    for path in &paths {
        writeln!(out, "{}", shown(path))?;
    }
    Reporter::new(DiagnosticFormat::Human, common)
        .say(&format!("next: cd {} && undersigned render", shown(&arguments.dir)))?;
    Ok(Exit::Done)
}
