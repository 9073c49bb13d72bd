//! Other documents that one document speaks of: letters it quotes, its translations.
//!
//! In: a loaded document. Out: the letters it quotes, composed, and links to its
//! translations, with what is wrong. Guaranteed: nothing is printed or written; warnings
//! about the other documents' own texts are left to their own rendering.

use super::lists::records;
use super::paths::beside;
use super::workspace::Workspace;
use crate::compose::document::{Document, Translation};
use crate::compose::{self, excerpt};
use crate::diag::{Code, Diagnostic, Severity};
use crate::load;
use crate::model::letter::{Letter, Placed};
use crate::resolve;
use crate::source::SourceMap;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Composes the letters that a document quotes, and puts their words into it.
pub(super) fn quote(
    workspace: &Workspace,
    letter: &mut Letter,
    path: &Path,
    options: &compose::ComposeOptions,
    sources: &mut SourceMap,
) -> Vec<Diagnostic> {
    let mut said = Vec::new();
    let mut letters: BTreeMap<String, Document> = BTreeMap::new();
    for quoted in excerpt::quoted(letter) {
        let Some((other, there)) = read(workspace, &quoted, path, sources, &mut said) else {
            continue;
        };
        let (rows, mut wrong) = records(&other, &there, options.date, &workspace.paths, sources);
        let (rows, _) = resolve::rows::judge_rows(rows, &workspace.known);
        let (resolution, _) = resolve::resolve(&rows, &workspace.known, &resolve::ResolveOptions::default());
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

/// Links to the same document in other languages, and checks that they are that.
pub(super) fn translations(
    workspace: &Workspace,
    letter: &Letter,
    path: &Path,
    sources: &mut SourceMap,
) -> (Vec<Translation>, Vec<Diagnostic>) {
    let mut said = Vec::new();
    let mut translations = Vec::new();
    for named in &letter.kind_keys.translations {
        let Some((other, there)) = read(workspace, named, path, sources, &mut said) else {
            continue;
        };
        let doubts = doubts(workspace, (letter, path), named, (&other, &there));
        let is_translation = !doubts.iter().any(|doubt| doubt.severity == Severity::Error);
        said.extend(doubts);
        if is_translation {
            let stem = there.file_stem().unwrap_or_default().to_string_lossy();
            let file = format!("../{stem}/{}.html", other.kind.as_str());
            translations.push(compose::translation(&other.language.value, file));
        }
    }
    (translations, said)
}

/// Returns the reasons why `other`, which `letter` names, may not be its translation.
fn doubts(
    workspace: &Workspace,
    (letter, path): (&Letter, &Path),
    named: &Placed<String>,
    (other, there): (&Letter, &Path),
) -> Vec<Diagnostic> {
    let name = &named.value;
    let doubt = |severity, message: String, hint: &str| {
        let doubt = Diagnostic::new(severity, Code::BadTranslation, message);
        doubt.at(named.origin).hint(hint)
    };
    if other.language.value.eq_ignore_ascii_case(&letter.language.value) {
        return vec![doubt(
            Severity::Error,
            format!(
                "`{name}` is in `{}`, the language of this document",
                letter.language.value
            ),
            "set `language` in the translation",
        )];
    }
    if other.kind != letter.kind {
        let (there, here) = (other.kind.as_str(), letter.kind.as_str());
        return vec![doubt(
            Severity::Error,
            format!("`{name}` is a {there}, but this is a {here}"),
            "name the same kind of document in another language",
        )];
    }
    let mut doubts = Vec::new();
    let paths = &workspace.paths;
    let lists = |letter: &Letter, path: &Path| -> BTreeSet<PathBuf> {
        let lists = letter.signatories.iter();
        lists.map(|list| paths.absolute(&beside(path, &list.value))).collect()
    };
    if lists(other, there) != lists(letter, path) {
        doubts.push(doubt(
            Severity::Warning,
            format!("`{name}` uses other lists of signatories"),
            "name the same lists in both documents",
        ));
    }
    let mut back = other.kind_keys.translations.iter();
    if !back.any(|other| paths.absolute(&beside(there, &other.value)) == paths.absolute(path)) {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        doubts.push(doubt(
            Severity::Warning,
            format!("`{name}` does not name this as its translation"),
            &format!("write twins = [\"{file}\"] there"),
        ));
    }
    doubts
}

/// Reads another document; one that cannot be read, or has errors, is reported.
fn read(
    workspace: &Workspace,
    named: &Placed<String>,
    path: &Path,
    sources: &mut SourceMap,
    said: &mut Vec<Diagnostic>,
) -> Option<(Letter, PathBuf)> {
    let there = beside(path, &named.value);
    match load::letter(sources, &workspace.paths.shown(&there), &there, &workspace.project) {
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
    Diagnostic::error(Code::Unreadable, format!("`{}` has errors", named.value))
        .at(named.origin)
        .hint("render it by itself to see them, and fix them first")
}
