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
use crate::emit::pdf::{Binder, Leaf, Ledger, PdfError, Press, Shelf};
use crate::emit::{self, Format, Writer};
use crate::layout::{self, Fonts, Memory};
use crate::load;
use crate::model::letter::{DocumentKind, Letter};
use crate::model::recipient::{MergeList, MergeSetting, Recipients};
use crate::source::SourceMap;
use anyhow::Context;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// Those who get a letter each.
pub(super) struct Mailing {
    /// The recipients.
    pub recipients: Recipients,
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
            Diagnostic::error(
                Code::BadValue,
                format!("a {} goes to no list of recipients", letter.kind.as_str()),
            )
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
    if !diagnostics
        .iter()
        .any(|said| said.severity == crate::diag::Severity::Error)
    {
        diagnostics.extend(summed(collisions(merge, &names, &[TOGETHER.to_owned()])));
    }
    let first = (!merge.is_empty()).then(|| merge.letter(0).0.document);
    (first, diagnostics)
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
            said.push(Diagnostic::new(
                worst,
                code,
                format!("and {} more such places", more.len()),
            ));
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
    let memory = Memory::default();
    let press = formats
        .iter()
        .any(|format| matches!(format.writer, Writer::Paged(_)))
        .then(|| press(&merge, fonts, &memory))
        .transpose()
        .with_context(|| format!("cannot write the letters of `{}`", shown(&prepared.path)))?;
    let job = Job {
        merge: &merge,
        formats,
        options,
        fonts,
        memory: &memory,
        press: press.as_ref(),
        staging,
        folder,
    };
    let together = folder.join(format!("{TOGETHER}.pdf"));
    let mut bound = match &press {
        Some(press) if setting.combined => {
            let shelf = Shelf::of(press)?;
            let binder = Binder::new(press, &options.pdf, BufWriter::new(staging.open(&together)?))?;
            Some((shelf, binder))
        }
        _ => None,
    };
    let mut paths = Vec::new();
    let mut said = Vec::new();
    let mut at = 0;
    while at < merge.len() {
        // A few at a time, so that memory stays the same however many there are.
        let end = merge.len().min(at + WINDOW);
        let shelf = bound.as_ref().map(|(shelf, _)| shelf);
        let made: Vec<Made> = (at..end)
            .into_par_iter()
            .map(|at| job.letter(at, shelf))
            .collect::<anyhow::Result<_>>()?;
        for made in made {
            paths.extend(made.paths);
            said.push(made.said);
            if let (Some((_, binder)), Some(leaf)) = (&mut bound, made.leaf) {
                binder.add(leaf).with_context(|| cannot_bind(&together))?;
            }
        }
        at = end;
    }
    if let Some((_, binder)) = bound {
        let out = binder.finish().with_context(|| cannot_bind(&together))?;
        let open = out.into_inner().map_err(std::io::IntoInnerError::into_error);
        staging.close(open.with_context(|| cannot_bind(&together))?)?;
        paths.push(together);
    }
    prepared.diagnostics.extend(once(said));
    Ok(paths)
}

/// How many letters are made ready at a time. Enough that no core waits long for the
/// last of them; the letters of a window are some 10 MB.
const WINDOW: usize = 64;

fn cannot_bind(path: &Path) -> String {
    format!("cannot write `{}`", shown(path))
}

/// What letters are made with.
struct Job<'a> {
    merge: &'a Merge<'a>,
    formats: &'a [&'a Format],
    options: &'a emit::Options,
    fonts: &'a Fonts,
    memory: &'a Memory,
    press: Option<&'a Press>,
    staging: &'a Staging,
    folder: &'a Path,
}

/// What one letter leaves.
struct Made {
    paths: Vec<PathBuf>,
    said: Vec<Diagnostic>,
    leaf: Option<Leaf>,
}

impl Job<'_> {
    /// Sets and stages one letter; with a shelf, makes it ready to be bound.
    fn letter(&self, at: usize, shelf: Option<&Shelf>) -> anyhow::Result<Made> {
        let (letter, _) = self.merge.letter(at);
        let mut made = Made {
            paths: Vec::new(),
            said: Vec::new(),
            leaf: None,
        };
        for format in self.formats {
            let failed = || format!("cannot write the letter to `{}` as {}", letter.name, format.name);
            let bytes = match format.writer {
                Writer::Flowing(write) => {
                    let written = write(&letter.document, self.options).with_context(failed)?;
                    made.said.extend(written.diagnostics);
                    written.bytes
                }
                Writer::Paged(write) => {
                    let (pages, missing) = layout::paginate_alike(&letter.document, self.fonts, self.memory);
                    made.said.extend(missing);
                    match (self.press, shelf) {
                        (Some(press), Some(shelf)) => {
                            let both = press.pdf_and_leaf(pages, &letter.name, &self.options.pdf, shelf);
                            let (bytes, leaf) = both.with_context(failed)?;
                            made.leaf = Some(leaf);
                            bytes
                        }
                        (Some(press), None) => press.pdf(pages, &self.options.pdf).with_context(failed)?,
                        (None, _) => write(&pages, &self.options.pdf).with_context(failed)?,
                    }
                }
            };
            let path = self.folder.join(format!("{}.{}", letter.file_name, format.extension));
            self.staging.put(&path, &bytes)?;
            made.paths.push(path);
        }
        Ok(made)
    }
}

/// Sets every letter once, to know the glyphs of all.
fn press(merge: &Merge<'_>, fonts: &Fonts, memory: &Memory) -> Result<Press, PdfError> {
    let ledger = (0..merge.len())
        .into_par_iter()
        .fold(Ledger::default, |mut ledger, at| {
            ledger.add(&layout::paginate_alike(&merge.letter(at).0.document, fonts, memory).0);
            ledger
        })
        .reduce(Ledger::default, Ledger::merge);
    Press::new(ledger)
}
