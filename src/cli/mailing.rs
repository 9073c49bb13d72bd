//! A mail merge on its way to its files: what `render` and its like share.
//!
//! In: a letter whose front matter names recipients. Out: what is wrong with any of
//! the letters, before one is written; then their files, staged. Guaranteed: memory
//! does not grow with the number of recipients; the number of threads changes no
//! byte; nothing is printed here.

use super::output::Staging;
use super::pipeline::Prepared;
use super::workspace::shown;
use crate::compose;
use crate::compose::document::Document;
use crate::compose::mail_merge::{Merge, collisions};
use crate::diag::{Code, Diagnostic};
use crate::emit::pdf::{Ledger, PdfError, Press};
use crate::emit::{self, Format, Writer};
use crate::layout::{self, Fonts};
use crate::load;
use crate::model::letter::{DocumentKind, Letter};
use crate::model::recipient::{MergeList, MergeSetting, Recipients};
use crate::source::SourceMap;
use anyhow::Context;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Those who get a letter each.
pub(super) struct Mailing {
    /// The recipients.
    pub recipients: Recipients,
    /// For each one the name of the files and the recipient's own.
    pub names: Vec<(String, String)>,
    /// What the letters are composed with.
    pub options: compose::Options,
}

/// What the files that hold all letters are called.
const TOGETHER: &str = "letters";

/// How many recipients are named for what is wrong with their rows. A screenful or
/// two; what ails more is the list.
const NAMED: usize = 50;

/// Reads the recipients that a letter names.
pub(super) fn recipients(
    dir: &Path,
    letter: &Letter,
    setting: &MergeSetting,
    sources: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Recipients {
    if letter.kind != DocumentKind::Letter {
        diagnostics.push(
            Diagnostic::error(Code::BadValue, format!("a {} goes to no list of recipients", letter.kind.as_str()))
                .at(setting.origin)
                .hint("a mail merge is for kind = \"letter\""),
        );
    }
    match &setting.list {
        MergeList::Here(recipients) => recipients.clone(),
        MergeList::File(path) => {
            let full = dir.join(&path.value);
            match load::recipients(sources, &shown(&full), &full, &letter.columns) {
                Ok(loaded) => {
                    diagnostics.extend(loaded.diagnostics);
                    loaded.value
                }
                Err(error) => {
                    diagnostics.push(
                        Diagnostic::error(Code::Unreadable, format!("{:#}", anyhow::Error::from(error)))
                            .at(path.origin)
                            .hint("paths are relative to the letter's own folder"),
                    );
                    Recipients::default()
                }
            }
        }
    }
}

/// Composes every letter once. Returns the first, the names of all, and what is
/// wrong with any of them.
pub(super) fn survey(merge: &Merge<'_>) -> (Option<Document>, Vec<(String, String)>, Vec<Diagnostic>) {
    let surveyed: Vec<_> = (0..merge.len())
        .into_par_iter()
        .map(|at| {
            let (letter, said) = merge.letter(at);
            ((letter.file_name, letter.name), said)
        })
        .collect();
    let (names, said): (Vec<(String, String)>, Vec<Vec<Diagnostic>>) = surveyed.into_iter().unzip();
    let mut diagnostics = once(said);
    if !diagnostics.iter().any(|said| said.severity == crate::diag::Severity::Error) {
        diagnostics.extend(summed(collisions(merge, &names, &[TOGETHER.to_owned()])));
    }
    let first = (!merge.is_empty()).then(|| merge.letter(0).0.document);
    (first, names, diagnostics)
}

/// What was said of any letter, each once, in the order of the recipients.
fn once(said: impl IntoIterator<Item = Vec<Diagnostic>>) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let all = said.into_iter().flatten();
    let distinct = all.filter(|one| seen.insert((one.origin, one.code, one.message.clone())));
    summed(distinct.collect())
}

/// The first of many, and how many more there are.
fn summed(mut said: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if said.len() > NAMED {
        let more = said.split_off(NAMED);
        let worst = more.iter().map(|one| one.severity).max();
        let code = more.first().map(|one| one.code);
        if let (Some(worst), Some(code)) = (worst, code) {
            said.push(Diagnostic::new(worst, code, format!("and {} more such places", more.len())));
        }
    }
    said
}

/// Sets and stages the files of every letter, and returns their paths in the order
/// of the recipients.
pub(super) fn emit(
    prepared: &mut Prepared,
    formats: &[&Format],
    options: &emit::Options,
    fonts: &Fonts,
    staging: &Staging,
    folder: &Path,
) -> anyhow::Result<Vec<PathBuf>> {
    let (Some(mailing), Some(setting)) = (&prepared.mailing, &prepared.letter.merge) else {
        return Ok(Vec::new());
    };
    let merge = Merge::new(
        &prepared.letter,
        setting,
        &mailing.recipients,
        &prepared.records,
        &prepared.resolution,
        &mailing.options,
    );
    let press = formats
        .iter()
        .any(|format| matches!(format.writer, Writer::Paged(_)))
        .then(|| press(&merge, fonts))
        .transpose()
        .with_context(|| format!("cannot write the letters of `{}`", shown(&prepared.path)))?;
    let written: Vec<(Vec<PathBuf>, Vec<Diagnostic>)> = (0..merge.len())
        .into_par_iter()
        .map(|at| {
            let (letter, _) = merge.letter(at);
            let mut paths = Vec::new();
            let mut said = Vec::new();
            for format in formats {
                let failed = || format!("cannot write the letter to `{}` as {}", letter.name, format.name);
                let bytes = match format.writer {
                    Writer::Flowing(write) => {
                        let written = write(&letter.document, options).with_context(failed)?;
                        said.extend(written.diagnostics);
                        written.bytes
                    }
                    Writer::Paged(write) => {
                        let (pages, missing) = layout::paginate(&letter.document, fonts);
                        said.extend(missing);
                        match &press {
                            Some(press) => press.pdf(pages, &options.pdf).with_context(failed)?,
                            None => write(&pages, &options.pdf).with_context(failed)?,
                        }
                    }
                };
                let path = folder.join(format!("{}.{}", letter.file_name, format.extension));
                staging.put(&path, &bytes)?;
                paths.push(path);
            }
            Ok((paths, said))
        })
        .collect::<anyhow::Result<_>>()?;
    let (paths, said): (Vec<_>, Vec<_>) = written.into_iter().unzip();
    prepared.diagnostics.extend(once(said));
    Ok(paths.into_iter().flatten().collect())
}

/// Sets every letter once, to know the glyphs of all.
fn press(merge: &Merge<'_>, fonts: &Fonts) -> Result<Press, PdfError> {
    let ledger = (0..merge.len())
        .into_par_iter()
        .fold(Ledger::default, |mut ledger, at| {
            ledger.add(&layout::paginate(&merge.letter(at).0.document, fonts).0);
            ledger
        })
        .reduce(Ledger::default, Ledger::merge);
    Press::new(ledger)
}
