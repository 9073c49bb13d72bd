//! `undersigned new`: a workspace that renders at once.

use super::args::{Common, DiagnosticFormat, New};
use super::exit::Exit;
use super::output::{self, File};
use super::report::Reporter;
use super::workspace::shown;
use anyhow::bail;
use std::io::Write;

/// The files of a new workspace, and what is in them.
const FILES: &[(&str, &str)] = &[
    ("undersigned.toml", include_str!("../../data/new/undersigned.toml")),
    (
        "letters/first-letter.md",
        include_str!("../../data/new/first-letter.md"),
    ),
    (
        "signatories/first-letter.csv",
        include_str!("../../data/new/first-letter.csv"),
    ),
];

pub(super) fn run(arguments: &New, common: &Common) -> anyhow::Result<Exit> {
    let files: Vec<File> = FILES
        .iter()
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
