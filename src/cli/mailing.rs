//! A mail merge on its way to its files: what `render` and its like share.
//!
//! In: a letter whose front matter names recipients. Out: what is wrong with any of
//! the letters, before one is written; then their files, staged or in memory.
//! Guaranteed: no more letters are held than a window of them, but where they are kept
//! in memory; the number of threads changes no byte; nothing is printed here.

use super::earlier::{self, Register};
use super::output::{self, Staging};
use super::pipeline::{Emitted, Prepared};
use super::workspace::shown;
use crate::compose;
use crate::compose::document::Document;
use crate::compose::mail_merge::{Merge, collisions};
use crate::diag::{Code, Diagnostic};
use crate::emit::pdf::{CombinedPdf, GlyphUsage, MergeFonts, PdfError, PreparedLetter, SharedImages};
use crate::emit::{self, EmitFn, Format};
use crate::layout::{self, Fonts, LayoutCache};
use crate::load;
use crate::model::letter::{DocumentKind, Letter};
use crate::model::recipient::{MergeList, MergeSetting, Recipients};
use crate::release::sha256;
use crate::source::{Origin, SourceMap};
use anyhow::Context;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

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
            .hint("take `to` out, or write kind = \"letter\": only letters go to each of a list"),
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
    summed(all.filter(|one| seen.insert(key(one))).collect())
}

/// What tells one thing said from another.
fn key(said: &Diagnostic) -> (Option<Origin>, Code, String) {
    (said.origin, said.code, said.message.clone())
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

/// Where letters are written to; threads may write at the same time.
trait Out: Sync {
    /// A file that is written bit by bit.
    type Open: Write;
    /// Writes a file.
    fn put(&self, path: &Path, bytes: Vec<u8>) -> anyhow::Result<()>;
    /// Begins a file.
    fn open(&self, path: &Path) -> anyhow::Result<Self::Open>;
    /// Ends a file.
    fn close(&self, open: Self::Open) -> anyhow::Result<()>;
}

impl Out for Staging {
    type Open = output::Open;

    fn put(&self, path: &Path, bytes: Vec<u8>) -> anyhow::Result<()> {
        Self::put(self, path, &bytes)
    }

    fn open(&self, path: &Path) -> anyhow::Result<output::Open> {
        Self::open(self, path)
    }

    fn close(&self, open: output::Open) -> anyhow::Result<()> {
        Self::close(self, open)
    }
}

/// Files kept in memory.
#[derive(Default)]
struct Kept(Mutex<BTreeMap<PathBuf, Vec<u8>>>);

impl Out for Kept {
    type Open = KeptFile;

    fn put(&self, path: &Path, bytes: Vec<u8>) -> anyhow::Result<()> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(path.to_owned(), bytes);
        Ok(())
    }

    fn open(&self, path: &Path) -> anyhow::Result<Self::Open> {
        Ok(KeptFile {
            path: path.to_owned(),
            bytes: Vec::new(),
        })
    }

    fn close(&self, open: KeptFile) -> anyhow::Result<()> {
        self.put(&open.path, open.bytes)
    }
}

/// A file that is written into memory.
struct KeptFile {
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Write for KeptFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a mail merge wrote, and what it may remove.
#[derive(Default)]
pub(super) struct Mailed {
    /// The staged files, in the order of the recipients.
    pub paths: Vec<PathBuf>,
    /// Files of earlier runs that are to nobody on the list, if they are to go.
    pub stale: Vec<PathBuf>,
}

/// Sets and stages the files of every letter. With `prune`, files of earlier runs whose
/// recipient is on the list no more are to be removed; without, they are told.
pub(super) fn emit(
    prepared: &mut Prepared,
    formats: &[&Format],
    options: &emit::Options,
    fonts: &Fonts,
    staging: &Staging,
    folder: &Path,
    prune: bool,
) -> anyhow::Result<Mailed> {
    let Some(setting) = &prepared.letter.merge else {
        return Ok(Mailed::default());
    };
    let Written { files, mut said } = write(prepared, formats, options, fonts, staging, folder)?;
    let paged = formats.iter().any(|format| matches!(format.emit, EmitFn::Paged(_)));
    let mut register = Register::read(folder);
    let mut current: BTreeSet<String> = files.iter().map(|file| stem_of(&file.path).to_lowercase()).collect();
    // Where no PDF was asked for, the one of all letters is as old as the others.
    if !paged {
        current.insert(TOGETHER.to_owned());
    }
    for file in &files {
        register.add(name_of(&file.path), file.sha256.clone());
    }
    let stale = register.stale(folder, &current);
    let mut mailed = Mailed {
        paths: files.into_iter().map(|file| file.path).collect(),
        stale: Vec::new(),
    };
    if prune {
        mailed.stale = register.untouched(folder, &stale);
        said.extend(earlier::kept(&stale, &mailed.stale, folder, setting.origin));
    } else {
        said.extend(earlier::tell(&stale, folder, setting.origin));
    }
    let written = mailed.paths.iter().map(|path| name_of(path)).collect();
    let register = register.write(folder, &written, &mailed.stale);
    staging.put(&folder.join(earlier::REGISTER), &register)?;
    prepared.diagnostics.extend(said);
    Ok(mailed)
}

/// Sets every letter, and returns its files in the order of the recipients, with whom
/// each is to; the file of all letters is to nobody.
pub(super) fn in_memory(
    prepared: &mut Prepared,
    formats: &[&Format],
    options: &emit::Options,
    fonts: &Fonts,
) -> anyhow::Result<Vec<(Emitted, Option<String>)>> {
    let kept = Kept::default();
    let Written { files, said } = write(prepared, formats, options, fonts, &kept, Path::new(""))?;
    prepared.diagnostics.extend(said);
    let mut kept = kept.0.into_inner().unwrap_or_else(PoisonError::into_inner);
    let emitted = files.into_iter().map(|file| {
        let bytes = kept.remove(&file.path).unwrap_or_default();
        let name = name_of(&file.path);
        (Emitted { name, bytes }, file.to)
    });
    Ok(emitted.collect())
}

/// What was written.
struct Written {
    files: Vec<LetterFile>,
    said: Vec<Diagnostic>,
}

/// A letter's file.
struct LetterFile {
    path: PathBuf,
    sha256: String,
    /// Whom it is to; `None`: all of them.
    to: Option<String>,
}

/// Sets and writes the files of every letter.
fn write<O: Out>(
    prepared: &Prepared,
    formats: &[&Format],
    options: &emit::Options,
    fonts: &Fonts,
    out: &O,
    folder: &Path,
) -> anyhow::Result<Written> {
    let mut written = Written {
        files: Vec::new(),
        said: Vec::new(),
    };
    let (Some(mailing), Some(setting)) = (&prepared.mailing, &prepared.letter.merge) else {
        return Ok(written);
    };
    let merge = Merge::new(
        &prepared.letter,
        setting,
        &mailing.recipients,
        &prepared.records,
        &prepared.resolution,
        &mailing.options,
    );
    let memory = LayoutCache::default();
    let merge_fonts = formats
        .iter()
        .any(|format| matches!(format.emit, EmitFn::Paged(_)))
        .then(|| merge_fonts(&merge, fonts, &memory))
        .transpose()
        .with_context(|| format!("cannot write the letters of `{}`", shown(&prepared.path)))?;
    let job = Job {
        merge: &merge,
        formats,
        options,
        fonts,
        memory: &memory,
        merge_fonts: merge_fonts.as_ref(),
        out,
        folder,
    };
    let together = folder.join(format!("{TOGETHER}.pdf"));
    let mut bound = match &merge_fonts {
        Some(merge_fonts) if setting.combined => {
            let images = SharedImages::of(merge_fonts)?;
            let file = BufWriter::new(out.open(&together)?);
            let combined = CombinedPdf::new(merge_fonts, &options.pdf, merge.len(), file)?;
            Some((images, combined))
        }
        _ => None,
    };
    let mut seen = BTreeSet::new();
    let mut at = 0;
    while at < merge.len() {
        // A few at a time, so that memory stays the same however many there are.
        let end = merge.len().min(at + WINDOW);
        let images = bound.as_ref().map(|(images, _)| images);
        let made: Vec<Made> = (at..end)
            .into_par_iter()
            .map(|at| job.letter(at, images))
            .collect::<anyhow::Result<_>>()?;
        for (at, made) in (at..end).zip(made) {
            written.files.extend(made.files);
            let new = made.said.into_iter().filter(|one| seen.insert(key(one)));
            written.said.extend(new);
            if let (Some((_, combined)), Some(prepared)) = (&mut bound, made.prepared) {
                let headings = merge.headings(at);
                combined
                    .add(prepared, &headings)
                    .with_context(|| cannot_bind(&together))?;
            }
        }
        at = end;
    }
    if let Some((_, combined)) = bound {
        let (file, sha256) = combined.finish().with_context(|| cannot_bind(&together))?;
        let open = file.into_inner().map_err(io::IntoInnerError::into_error);
        out.close(open.with_context(|| cannot_bind(&together))?)?;
        written.files.push(LetterFile {
            path: together,
            sha256,
            to: None,
        });
    }
    written.said = summed(written.said);
    Ok(written)
}

/// A file's name without its folder.
fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A file's name without folder and ending.
fn stem_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// How many letters are made ready at a time. Enough that no core waits long for the
/// last of them; the letters of a window are some 10 MB.
const WINDOW: usize = 64;

fn cannot_bind(path: &Path) -> String {
    format!("cannot write `{}`", shown(path))
}

/// What letters are made with.
struct Job<'a, O> {
    merge: &'a Merge<'a>,
    formats: &'a [&'a Format],
    options: &'a emit::Options,
    fonts: &'a Fonts,
    memory: &'a LayoutCache,
    merge_fonts: Option<&'a MergeFonts>,
    out: &'a O,
    folder: &'a Path,
}

/// What one letter leaves.
struct Made {
    files: Vec<LetterFile>,
    said: Vec<Diagnostic>,
    prepared: Option<PreparedLetter>,
}

impl<O: Out> Job<'_, O> {
    /// Sets and stages one letter; with images, makes it ready to be bound.
    fn letter(&self, at: usize, images: Option<&SharedImages>) -> anyhow::Result<Made> {
        let (letter, _) = self.merge.letter(at);
        let mut made = Made {
            files: Vec::new(),
            said: Vec::new(),
            prepared: None,
        };
        for format in self.formats {
            let failed = || format!("cannot write the letter to `{}` as {}", letter.name, format.name);
            let bytes = match format.emit {
                EmitFn::Flowing(write) => {
                    let written = write(&letter.document, self.options).with_context(failed)?;
                    made.said.extend(written.diagnostics);
                    written.bytes
                }
                EmitFn::Paged(write) => {
                    let (pages, missing) = layout::paginate_alike(&letter.document, self.fonts, self.memory);
                    made.said.extend(missing);
                    match (self.merge_fonts, images) {
                        (Some(merge_fonts), Some(images)) => {
                            let both = merge_fonts.pdf_and_prepared(pages, &letter.name, &self.options.pdf, images);
                            let (bytes, prepared) = both.with_context(failed)?;
                            made.prepared = Some(prepared);
                            bytes
                        }
                        (Some(merge_fonts), None) => merge_fonts.pdf(pages, &self.options.pdf).with_context(failed)?,
                        (None, _) => write(&pages, &self.options.pdf).with_context(failed)?,
                    }
                }
            };
            let path = self.folder.join(format!("{}.{}", letter.file_name, format.extension));
            made.files.push(LetterFile {
                path: path.clone(),
                sha256: sha256(&bytes),
                to: Some(letter.name.clone()),
            });
            self.out.put(&path, bytes)?;
        }
        Ok(made)
    }
}

/// Sets every letter once, to know the glyphs of all.
fn merge_fonts(merge: &Merge<'_>, fonts: &Fonts, memory: &LayoutCache) -> Result<MergeFonts, PdfError> {
    let usage = (0..merge.len())
        .into_par_iter()
        .fold(GlyphUsage::default, |mut usage, at| {
            usage.add(&layout::paginate_alike(&merge.letter(at).0.document, fonts, memory).0);
            usage
        })
        .reduce(GlyphUsage::default, GlyphUsage::merge);
    MergeFonts::new(usage)
}
