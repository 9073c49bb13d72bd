//! Makes the files of a prepared letter, whatever it is composed to.
//!
//! In: a [`Prepared`] letter and the formats that are asked for. Out: its files, handed to
//! [`Outputs`]; of a mail merge, those of every letter. Guaranteed: no more letters are
//! held than a window of them; the number of threads changes no byte; nothing is printed.
//! Absent: putting files on the disk (that is `store`'s).

use super::changes::Outputs;
use super::error::{BoxedError, EngineError, Result};
use super::merge_list::{TOGETHER, key, summed};
use super::prepared::{Composed, MailMerge, Prepared, Step};
use super::previous_output::{self, OutputRegister};
use crate::compose::document::Document;
use crate::compose::mail_merge::Merge;
use crate::compose::roll;
use crate::diag::Diagnostic;
use crate::emit::csv::{PublicRow, public_list};
use crate::emit::pdf::{
    Attachment, CombinedPdf, GlyphUsage, MergeFonts, PdfError, PdfStandard, PreparedLetter, SharedImages,
};
use crate::emit::{self, EmitFn, Format};
use crate::layout::frame::{FontFile, FontOrigin, Pages};
use crate::layout::{self, Fonts, LayoutCache};
use crate::release::sha256;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

/// What is made of a letter.
#[derive(Clone, Copy, Debug)]
pub struct RenderRequest<'a> {
    /// The formats.
    pub formats: &'a [&'a Format],
    /// How files are written.
    pub options: &'a emit::EmitOptions,
    /// The fonts of pages.
    pub fonts: &'a Fonts,
    /// The folder that the files are for.
    pub folder: &'a Path,
}

/// The files that were made of a letter.
#[derive(Debug, Default)]
pub struct Rendered {
    /// The files, those of a mail merge in the order of the recipients.
    pub files: Vec<RenderedFile>,
    /// What layout and writing said.
    pub diagnostics: Vec<Diagnostic>,
    /// The fonts that the pages use and the program does not bring, by their names.
    pub other_fonts: BTreeMap<String, FontFile>,
}

/// Returns the fonts that pages use and the program does not bring, by their names.
fn other_fonts(pages: &Pages) -> impl Iterator<Item = (String, FontFile)> {
    let fonts = pages.fonts.iter().filter(|font| font.origin != FontOrigin::Embedded);
    fonts.map(|font| (font.name.clone(), font.clone()))
}

/// A file that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedFile {
    /// Its path below the folder that was asked for.
    pub path: PathBuf,
    /// The hash of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Its addressee in a mail merge; `None` for a file that is to nobody in particular.
    pub to: Option<String>,
}

impl Prepared {
    /// Makes the letter's files and hands them to `outputs`.
    ///
    /// # Errors
    /// When a file cannot be made or handed on. Some may have been handed on then.
    pub fn render<O: Outputs>(&self, request: &RenderRequest<'_>, outputs: &O, step: Step<'_>) -> Result<Rendered> {
        match &self.composed {
            Composed::One(composition) => self.render_one(&composition.document, request, outputs, step),
            Composed::Merge(merge) => self.render_merge(merge, request, outputs),
        }
    }

    /// Returns the standard PDF/A-3, whose file carries the list of signatories as printed.
    ///
    /// # Errors
    /// When the list cannot be written.
    pub fn with_public_list(&self) -> Result<PdfStandard> {
        let (resolution, letter) = (&self.resolution, &self.letter);
        let order = roll::order(resolution, &letter.roll, &letter.language.value);
        let rows = order.iter().map(|&at| {
            let signatory = &resolution.signatories[at];
            PublicRow {
                name: &signatory.name,
                kind: signatory.kind.as_str(),
                title: signatory.title.as_deref().unwrap_or_default(),
                affiliation: signatory.affiliation.as_deref().unwrap_or_default(),
                state: signatory.state.as_deref().unwrap_or_default(),
            }
        });
        let data = public_list(rows).map_err(|error| EngineError::emit("the public list", error))?;
        Ok(PdfStandard::A3a(Some(Attachment {
            name: "signatories.csv".to_owned(),
            media_type: "text/csv".to_owned(),
            description: "The signatories as printed".to_owned(),
            data,
        })))
    }

    /// Sets and writes one document in each format; pages are set once.
    fn render_one<O: Outputs>(
        &self,
        document: &Document,
        request: &RenderRequest<'_>,
        outputs: &O,
        step: Step<'_>,
    ) -> Result<Rendered> {
        let mut rendered = Rendered::default();
        let mut pages = None;
        for format in request.formats {
            step(format.name);
            let failed = |error: BoxedError| EngineError::emit(format!("`{}` as {}", self.shown, format.name), error);
            let bytes = match format.emit {
                EmitFn::Flowing(write) => {
                    let written = write(document, request.options).map_err(|error| failed(error.into()))?;
                    rendered.diagnostics.extend(written.diagnostics);
                    written.bytes
                }
                EmitFn::Paged(write) => {
                    if pages.is_none() {
                        step("setting pages");
                        let (set, said) = layout::paginate(document, request.fonts);
                        rendered.diagnostics.extend(said);
                        rendered.other_fonts.extend(other_fonts(&set));
                        pages = Some(set);
                    }
                    let pages = pages.get_or_insert_default();
                    write(pages, &request.options.pdf).map_err(|error| failed(error.into()))?
                }
            };
            let name = format!("{}.{}", self.letter.kind.as_str(), format.extension);
            let path = request.folder.join(name);
            rendered.files.push(self.hand_on(path, bytes, None, outputs)?);
        }
        Ok(rendered)
    }

    /// Hands a file on.
    fn hand_on<O: Outputs>(
        &self,
        path: PathBuf,
        bytes: Vec<u8>,
        to: Option<String>,
        outputs: &O,
    ) -> Result<RenderedFile> {
        let sha256 = sha256(&bytes);
        outputs
            .put(&path, bytes)
            .map_err(|error| self.not_written(&path, error))?;
        Ok(RenderedFile { path, sha256, to })
    }

    fn not_written(&self, path: &Path, source: io::Error) -> EngineError {
        EngineError::Write {
            path: self.paths.shown(path),
            source,
        }
    }

    /// Sets and writes the files of every letter of a mail merge.
    fn render_merge<O: Outputs>(
        &self,
        mail_merge: &MailMerge,
        request: &RenderRequest<'_>,
        outputs: &O,
    ) -> Result<Rendered> {
        let merge = Merge::new(
            &self.letter,
            &mail_merge.setting,
            &mail_merge.recipients,
            &self.records,
            &self.resolution,
            &mail_merge.options,
        );
        let cache = LayoutCache::default();
        let fonts = is_paged(request.formats).then(|| merge_fonts(&merge, request.fonts, &cache));
        let fonts = fonts.transpose();
        let fonts = fonts.map_err(|error| EngineError::emit(format!("the letters of `{}`", self.shown), error))?;
        let job = Job {
            prepared: self,
            merge: &merge,
            request,
            cache: &cache,
            fonts: fonts.as_ref(),
            outputs,
        };
        let together = request.folder.join(format!("{TOGETHER}.pdf"));
        let cannot_bind = |error: BoxedError| EngineError::emit(format!("`{}`", self.paths.shown(&together)), error);
        let mut bound = match &fonts {
            Some(fonts) if mail_merge.setting.combined => {
                let open = outputs
                    .open(&together)
                    .map_err(|error| self.not_written(&together, error))?;
                let images = SharedImages::of(fonts).map_err(|error| cannot_bind(error.into()))?;
                let combined = CombinedPdf::new(fonts, &request.options.pdf, merge.len(), BufWriter::new(open));
                Some((images, combined.map_err(|error| cannot_bind(error.into()))?))
            }
            _ => None,
        };
        let mut rendered = Rendered::default();
        let mut seen = BTreeSet::new();
        let mut at = 0;
        while at < merge.len() {
            // A few at a time, so that memory stays the same however many there are.
            let end = merge.len().min(at + WINDOW);
            let images = bound.as_ref().map(|(images, _)| images);
            let made: Vec<Made> = (at..end)
                .into_par_iter()
                .map(|at| job.letter(at, images))
                .collect::<Result<_>>()?;
            for (at, made) in (at..end).zip(made) {
                rendered.files.extend(made.files);
                rendered.other_fonts.extend(made.other_fonts);
                let new = made.said.into_iter().filter(|one| seen.insert(key(one)));
                rendered.diagnostics.extend(new);
                if let (Some((_, combined)), Some(prepared_letter)) = (&mut bound, made.prepared_letter) {
                    let added = combined.add(prepared_letter, &merge.headings(at));
                    added.map_err(|error| cannot_bind(error.into()))?;
                }
            }
            at = end;
        }
        if let Some((_, combined)) = bound {
            let (file, sha256) = combined.finish().map_err(|error| cannot_bind(error.into()))?;
            let open = file.into_inner().map_err(io::IntoInnerError::into_error);
            let closed = open.and_then(|open| outputs.close(open));
            closed.map_err(|error| self.not_written(&together, error))?;
            rendered.files.push(RenderedFile {
                path: together,
                sha256,
                to: None,
            });
        }
        rendered.diagnostics = summed(rendered.diagnostics);
        Ok(rendered)
    }

    /// Finds the files of earlier runs of a mail merge whose recipient is no longer on the
    /// list, and hands on the register that knows of this run's. With `prune`, those that
    /// nobody edited are to be removed; without, they are reported.
    ///
    /// # Errors
    /// When the register cannot be handed on.
    pub fn register<O: Outputs>(
        &self,
        rendered: &mut Rendered,
        request: &RenderRequest<'_>,
        prune: bool,
        outputs: &O,
    ) -> Result<Vec<PathBuf>> {
        let Composed::Merge(merge) = &self.composed else {
            return Ok(Vec::new());
        };
        let (files, folder, origin) = (self.sources.place_of_files(), request.folder, merge.setting.origin);
        let mut register = OutputRegister::read(&**files, folder);
        let stems = rendered.files.iter().map(|file| stem_of(&file.path).to_lowercase());
        let mut current: BTreeSet<String> = stems.collect();
        // Where no PDF was asked for, the one of all letters is as old as the others.
        if !is_paged(request.formats) {
            current.insert(TOGETHER.to_owned());
        }
        for file in &rendered.files {
            register.add(name_of(&file.path), file.sha256.clone());
        }
        let stale = register.stale(&**files, folder, &current);
        let shown = self.paths.shown(folder);
        let mut removed = Vec::new();
        if prune {
            removed = register.untouched(&**files, folder, &stale);
            rendered
                .diagnostics
                .extend(previous_output::kept(&stale, &removed, folder, origin));
        } else {
            rendered
                .diagnostics
                .extend(previous_output::tell(&stale, &shown, origin));
        }
        let written = rendered.files.iter().map(|file| name_of(&file.path)).collect();
        let bytes = register.write(&**files, folder, &written, &removed);
        let path = folder.join(previous_output::REGISTER);
        outputs
            .put(&path, bytes)
            .map_err(|error| self.not_written(&path, error))?;
        Ok(removed)
    }
}

/// Returns true if one of the formats is made of pages.
fn is_paged(formats: &[&Format]) -> bool {
    formats.iter().any(|format| matches!(format.emit, EmitFn::Paged(_)))
}

/// Returns a file's name without its folder.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Returns a file's name without folder and ending.
fn stem_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// How many letters are made ready at a time. Enough that no core waits long for the
/// last of them; the letters of a window are some 10 MB.
const WINDOW: usize = 64;

/// What letters are made with.
struct Job<'a, O> {
    prepared: &'a Prepared,
    merge: &'a Merge<'a>,
    request: &'a RenderRequest<'a>,
    cache: &'a LayoutCache,
    fonts: Option<&'a MergeFonts>,
    outputs: &'a O,
}

/// What one letter leaves.
struct Made {
    files: Vec<RenderedFile>,
    said: Vec<Diagnostic>,
    other_fonts: BTreeMap<String, FontFile>,
    prepared_letter: Option<PreparedLetter>,
}

impl<O: Outputs> Job<'_, O> {
    /// Makes the files of one letter; with shared pictures, prepares it to be combined.
    fn letter(&self, at: usize, images: Option<&SharedImages>) -> Result<Made> {
        let (letter, _) = self.merge.letter(at);
        let options = self.request.options;
        let mut made = Made {
            files: Vec::new(),
            said: Vec::new(),
            other_fonts: BTreeMap::new(),
            prepared_letter: None,
        };
        for format in self.request.formats {
            let what = || format!("the letter to `{}` as {}", letter.name, format.name);
            let failed = |error: BoxedError| EngineError::emit(what(), error);
            let bytes = match format.emit {
                EmitFn::Flowing(write) => {
                    let written = write(&letter.document, options).map_err(|error| failed(error.into()))?;
                    made.said.extend(written.diagnostics);
                    written.bytes
                }
                EmitFn::Paged(write) => {
                    let (pages, missing) = layout::paginate_alike(&letter.document, self.request.fonts, self.cache);
                    made.said.extend(missing);
                    made.other_fonts.extend(other_fonts(&pages));
                    let pdf = match (self.fonts, images) {
                        (Some(fonts), Some(images)) => fonts
                            .pdf_and_prepared(pages, &letter.name, &options.pdf, images)
                            .map(|(bytes, prepared_letter)| {
                                made.prepared_letter = Some(prepared_letter);
                                bytes
                            }),
                        (Some(fonts), None) => fonts.pdf(pages, &options.pdf),
                        (None, _) => write(&pages, &options.pdf),
                    };
                    pdf.map_err(|error| failed(error.into()))?
                }
            };
            let path = self
                .request
                .folder
                .join(format!("{}.{}", letter.file_name, format.extension));
            let to = Some(letter.name.clone());
            made.files.push(self.prepared.hand_on(path, bytes, to, self.outputs)?);
        }
        Ok(made)
    }
}

/// Sets every letter once, to know the glyphs of all.
fn merge_fonts(merge: &Merge<'_>, fonts: &Fonts, cache: &LayoutCache) -> Result<MergeFonts, PdfError> {
    let usage = (0..merge.len())
        .into_par_iter()
        .fold(GlyphUsage::default, |mut usage, at| {
            usage.add(&layout::paginate_alike(&merge.letter(at).0.document, fonts, cache).0);
            usage
        })
        .reduce(GlyphUsage::default, GlyphUsage::merge);
    MergeFonts::new(usage)
}
