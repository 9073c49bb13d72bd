//! The recipients of a mail merge, and what is wrong with any of their letters.
//!
//! In: a letter whose front matter names recipients. Out: the recipients; what is wrong
//! with any of the letters, each once, before one is written. Guaranteed: nothing is
//! printed or written. Absent: making the letters' files (that is `render`'s).

use super::lists::with_causes;
use super::paths::{Paths, beside};
use crate::compose::document::Document;
use crate::compose::mail_merge::{Merge, collisions};
use crate::diag::{Code, Diagnostic, Severity};
use crate::load;
use crate::model::letter::{DocumentKind, Letter};
use crate::model::recipient::{MergeList, MergeSetting, Recipients};
use crate::source::{Origin, SourceMap};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

/// Names the files that hold all letters.
pub(super) const TOGETHER: &str = "letters";

/// How many recipients are named for what is wrong with their rows. A screenful or
/// two; what ails more is the list.
const NAMED: usize = 50;

/// Reads the recipients that a letter names.
pub(super) fn recipients(
    paths: &Paths,
    path: &Path,
    letter: &Letter,
    setting: &MergeSetting,
    sources: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Recipients {
    if letter.kind != DocumentKind::Letter {
        diagnostics.push(
            Diagnostic::error(
                Code::BadValue,
                format!("a {} cannot go to a list of recipients", letter.kind.as_str()),
            )
            .at(setting.origin)
            .hint("remove `to`, or write kind = \"letter\": only letters can go to a list"),
        );
    }
    match &setting.list {
        MergeList::Here(recipients) => recipients.clone(),
        MergeList::File(list) => {
            let full = beside(path, &list.value);
            match load::recipients(sources, &paths.shown(&full), &full, &letter.columns) {
                Ok(loaded) => {
                    diagnostics.extend(loaded.diagnostics);
                    loaded.value
                }
                Err(error) => {
                    diagnostics.push(
                        Diagnostic::error(Code::Unreadable, with_causes(&error))
                            .at(list.origin)
                            .hint("paths are relative to the letter's own folder"),
                    );
                    Recipients::default()
                }
            }
        }
    }
}

/// Composes every letter once. Returns the first, and what is wrong with any.
pub(super) fn survey(merge: &Merge<'_>) -> (Option<Document>, Vec<Diagnostic>) {
    let surveyed: Vec<_> = (0..merge.len())
        .into_par_iter()
        .map(|at| {
            let (letter, said) = merge.letter(at);
            ((letter.file_name, letter.name), said)
        })
        .collect();
    let (names, said): (Vec<(String, String)>, Vec<Vec<Diagnostic>>) = surveyed.into_iter().unzip();
    let mut diagnostics = once(said);
    if !diagnostics.iter().any(|said| said.severity == Severity::Error) {
        diagnostics.extend(summed(collisions(merge, &names, &[TOGETHER.to_owned()])));
    }
    let first = (!merge.is_empty()).then(|| merge.letter(0).0.document);
    (first, diagnostics)
}

/// What was said of any letter, each once, in the order of the recipients.
fn once(said: impl IntoIterator<Item = Vec<Diagnostic>>) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let all = said.into_iter().flatten();
    summed(all.filter(|one| seen.insert(key(one))).collect())
}

/// What tells one thing said from another.
pub(super) fn key(said: &Diagnostic) -> (Option<Origin>, Code, String) {
    (said.origin, said.code, said.message.clone())
}

/// The first of many, and how many more there are.
pub(super) fn summed(mut said: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if said.len() > NAMED {
        let more = said.split_off(NAMED);
        let worst = more.iter().map(|one| one.severity).max();
        let code = more.first().map(|one| one.code);
        if let (Some(worst), Some(code)) = (worst, code) {
            said.push(Diagnostic::new(
                worst,
                code,
                format!("and {} more such places", more.len()),
            ));
        }
    }
    said
}
