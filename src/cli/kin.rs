//! Other documents that one document speaks of: letters it quotes, its twins in
//! other languages.
//!
//! In: a loaded document. Out: the letters it quotes, composed, and links to its
//! twins, with what is wrong. Guaranteed: nothing is printed or written; what the
//! other documents' own texts would be warned of stays for their own rendering.

use super::pipeline::records;
use super::workspace::{resolved, shown};
use crate::compose::document::{Document, Twin};
use crate::compose::{self, excerpt};
use crate::diag::{Code, Diagnostic, Severity};
use crate::load::{self, Project};
use crate::model::known::Known;
use crate::model::letter::{Letter, Placed};
use crate::resolve;
use crate::source::SourceMap;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What all documents of a workspace share.
#[derive(Clone, Copy)]
pub(super) struct Shared<'a> {
    pub project: &'a Project,
    pub known: &'a Known,
}

/// Composes the letters that a document quotes, and puts their words into it.
pub(super) fn quote(
    letter: &mut Letter,
    path: &Path,
    shared: Shared<'_>,
    options: &compose::Options,
    sources: &mut SourceMap,
) -> Vec<Diagnostic> {
    let mut said = Vec::new();
    let mut letters: BTreeMap<String, Document> = BTreeMap::new();
    for quoted in excerpt::quoted(letter) {
        let Some((other, there)) = read(&quoted, path, shared, sources, &mut said) else {
            continue;
        };
        let (rows, mut wrong) = records(&other, &there, options.date, sources);
        let (resolution, _) = resolve::resolve(&rows, shared.known, &resolve::Options::default());
        let (document, found) = compose::compose(&other, &rows, &resolution, options);
        wrong.extend(found);
        if wrong.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            said.push(broken(&quoted));
        } else {
            letters.insert(quoted.value, document);
        }
    }
    said.extend(excerpt::fill(letter, &letters));
    said
}

/// Links to the same document in other languages, and whether they are that.
pub(super) fn twins(
    letter: &Letter,
    path: &Path,
    shared: Shared<'_>,
    sources: &mut SourceMap,
) -> anyhow::Result<(Vec<Twin>, Vec<Diagnostic>)> {
    let mut said = Vec::new();
    let mut twins = Vec::new();
    for named in &letter.extra.twins {
        let Some((other, there)) = read(named, path, shared, sources, &mut said) else {
            continue;
        };
        let mut doubt = |severity, message: String, hint: &str| {
            said.push(
                Diagnostic::new(severity, Code::BadTwin, message)
                    .at(named.origin)
                    .hint(hint),
            );
        };
        let name = &named.value;
        if other.language.value.eq_ignore_ascii_case(&letter.language.value) {
            let message = format!("`{name}` is in `{}` as this is", letter.language.value);
            doubt(
                Severity::Error,
                message,
                "a twin is the same text in another language; say which with `language`",
            );
            continue;
        }
        if other.kind != letter.kind {
            let message = format!(
                "`{name}` is a {}, and this is a {}",
                other.kind.as_str(),
                letter.kind.as_str()
            );
            doubt(
                Severity::Error,
                message,
                "a twin is the same document in another language",
            );
            continue;
        }
        if lists(&other, &there)? != lists(letter, path)? {
            let message = format!("`{name}` names other lists than this");
            doubt(
                Severity::Warning,
                message,
                "one letter in two languages has one list: name the same files in both",
            );
        }
        let mut back = Vec::new();
        for twin in &other.extra.twins {
            back.push(resolved(&beside(&there, &twin.value))?);
        }
        if !back.contains(&resolved(path)?) {
            let message = format!("`{name}` does not name this as its twin");
            let hint = format!("write twins = [\"{}\"] there", file_name(path));
            doubt(Severity::Warning, message, &hint);
        }
        let stem = there.file_stem().unwrap_or_default().to_string_lossy();
        let file = format!("../{stem}/{}.html", other.kind.as_str());
        twins.push(compose::twin(&other.language.value, file));
    }
    Ok((twins, said))
}

/// Reads another document; one that cannot be read, or has errors, is told.
fn read(
    named: &Placed<String>,
    path: &Path,
    shared: Shared<'_>,
    sources: &mut SourceMap,
    said: &mut Vec<Diagnostic>,
) -> Option<(Letter, PathBuf)> {
    let there = beside(path, &named.value);
    match load::letter(sources, &shown(&there), &there, shared.project) {
        Ok(loaded) => {
            let errors = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
            if loaded.diagnostics.iter().any(errors) {
                said.push(broken(named));
                return None;
            }
            Some((loaded.value, there))
        }
        Err(error) => {
            said.push(
                Diagnostic::error(Code::Unreadable, error.to_string())
                    .at(named.origin)
                    .hint("paths are relative to the folder of this file"),
            );
            None
        }
    }
}

fn broken(named: &Placed<String>) -> Diagnostic {
    Diagnostic::error(Code::Unreadable, format!("`{}` has errors of its own", named.value))
        .at(named.origin)
        .hint("render it by itself to see them, and mend them first")
}

fn lists(letter: &Letter, path: &Path) -> anyhow::Result<BTreeSet<PathBuf>> {
    let lists = letter.signatories.iter();
    lists.map(|list| resolved(&beside(path, &list.value))).collect()
}

/// A path as one file names it.
fn beside(path: &Path, named: &str) -> PathBuf {
    path.parent().unwrap_or(Path::new("")).join(named)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
