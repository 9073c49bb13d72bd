//! Takes a letter through all stages up to its document.
//!
//! In: a workspace and a letter of it. Out: a [`Prepared`] letter: every value on the way
//! to the document, with all that the stages said. Guaranteed: nothing is printed or
//! written; letters prepared side by side come out as one after the other.

use super::error::{EngineError, Result};
use super::lists;
use super::merge_list;
use super::paths::Paths;
use super::related_documents;
use super::resolved_lists::ResolvedLists;
use super::workspace::{self, Workspace};
use crate::compose::document::Document;
use crate::compose::mail_merge::Merge;
use crate::compose::{self, wording};
use crate::diag::{Code, Diagnostic, Severity};
use crate::files::{FileRead, Files};
use crate::load;
use crate::model::check::CheckSetting;
use crate::model::known::Known;
use crate::model::letter::Letter;
use crate::model::recipient::{MergeSetting, Recipients};
use crate::model::signatory::Record;
use crate::release::content::{self, ReleaseContent};
use crate::resolve::Resolution;
use crate::source::{Origin, SourceMap};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Hears which stage a letter is at.
pub type Step<'a> = &'a dyn Fn(&'static str);

/// A letter to prepare: a file, or a text that is in none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetterInput {
    /// A file.
    File(PathBuf),
    /// A text such as standard input's, under the name the user knows it by; paths in it
    /// start from the current folder.
    Text(String, Vec<u8>),
}

impl LetterInput {
    /// Returns the path that other paths are relative to.
    fn path(&self) -> &Path {
        match self {
            Self::File(path) => path,
            Self::Text(..) => Path::new("-"),
        }
    }
}

/// A letter on the way to its files: every stage's value up to the document.
#[derive(Debug)]
pub struct Prepared {
    /// The letter's file; `-` for a text that is in none.
    pub path: PathBuf,
    /// The letter's name as the user knows it.
    pub shown: String,
    /// The folder name of its output: the file's name without its ending, or the kind.
    pub stem: String,
    /// The workspace's folder.
    pub root: PathBuf,
    /// How paths are read and shown.
    pub paths: Paths,
    /// Every file read, for the places of diagnostics.
    pub sources: SourceMap,
    /// The letter as its author wrote it.
    pub letter: Letter,
    /// The rows of its lists; letters that were prepared together share them.
    pub records: Arc<Vec<Record>>,
    /// Its signatories.
    pub resolution: Arc<Resolution>,
    /// The directory and the answers.
    pub known: Arc<Known>,
    /// What the workspace asks of `check`.
    pub setting: CheckSetting,
    /// What is to be printed.
    pub composed: Composed,
    /// What the stages said, in their order.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a letter is composed to.
#[derive(Debug)]
pub enum Composed {
    /// One document.
    One(Composition),
    /// A letter to each of a list.
    Merge(MailMerge),
}

/// One document.
#[derive(Debug)]
pub struct Composition {
    /// The document, with its verification note.
    pub document: Document,
    /// How many of the document's last parts are the verification note.
    note: usize,
}

/// A letter to each recipient of a list.
#[derive(Debug)]
pub struct MailMerge {
    /// Those who get a letter each.
    pub recipients: Recipients,
    /// How the front matter sets the merge.
    pub setting: MergeSetting,
    /// What the letters are composed with.
    pub options: compose::ComposeOptions,
    /// The letter to the first recipient, or with no recipient in it where there is none:
    /// what all letters have in common is read from it. It is never written.
    pub specimen: Document,
}

impl Composed {
    /// Returns the document, or of a mail merge the one that stands for all letters.
    pub fn specimen(&self) -> &Document {
        match self {
            Self::One(composition) => &composition.document,
            Self::Merge(merge) => &merge.specimen,
        }
    }

    /// Returns how many recipients get a letter each; 0 where there is one document.
    pub fn recipients(&self) -> usize {
        match self {
            Self::One(_) => 0,
            Self::Merge(merge) => merge.recipients.rows.len(),
        }
    }
}

impl Prepared {
    /// Returns the text and the names of the document, without its verification note.
    pub fn content(&self) -> ReleaseContent {
        let content = |document: &Document| content::content(document, &self.resolution, &self.letter.roll);
        match &self.composed {
            Composed::One(Composition { document, note: 0 }) => content(document),
            Composed::One(Composition { document, note }) => {
                let mut document = document.clone();
                document.parts.truncate(document.parts.len().saturating_sub(*note));
                content(&document)
            }
            Composed::Merge(merge) => content(&merge.specimen),
        }
    }

    /// Returns the letter marked as a draft, to circulate. A draft is rendered and never
    /// released.
    #[must_use]
    pub fn into_draft(mut self) -> Self {
        match &mut self.composed {
            Composed::One(composition) => compose::mark_as_draft(&mut composition.document, &self.letter),
            Composed::Merge(merge) => merge.options.draft = true,
        }
        self
    }

    /// Returns every file that the letter is made of, whether it was there or not.
    pub fn files_read(&self) -> Vec<Arc<FileRead>> {
        self.sources.files_read()
    }
}

/// Returns true if there is an error among diagnostics.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|said| said.severity == Severity::Error)
}

impl Workspace {
    /// Loads, resolves and composes one letter. `date` stands in place of the letter's
    /// own; `step` hears each stage.
    ///
    /// # Errors
    /// When the letter cannot be read at all.
    pub fn prepare(&self, input: LetterInput, date: Option<Date>, step: Step<'_>) -> Result<Prepared> {
        let mut sources = self.sources.clone();
        let mut diagnostics = self.diagnostics.clone();
        let path = input.path().to_owned();
        self.keep_within(&mut sources, &path);

        step("reading");
        let (shown, stem, loaded) = self.read(input, &mut sources)?;
        diagnostics.extend(loaded.diagnostics);
        let mut letter = loaded.value;
        let ResolvedLists {
            records,
            resolution,
            diagnostics: said,
        } = match self.resolved_for(&letter, &path).filter(|_| date.is_none()) {
            Some(ahead) => {
                sources.adopt(&ahead.read);
                ahead.resolved.clone()
            }
            None => {
                let (records, said) = lists::records(&letter, &path, date, &self.paths, &mut sources);
                step("resolving");
                lists::resolve_rows(self, records, said, &sources, None)
            }
        };
        diagnostics.extend(said);
        diagnostics.extend(lists::repeated(&letter, &path, &sources));
        diagnostics.extend(load::late(&records, letter.deadline));

        step("composing");
        let options = compose::ComposeOptions { date, draft: false };
        diagnostics.extend(related_documents::quote(
            self,
            &mut letter,
            &path,
            &options,
            &mut sources,
        ));
        let composed = match letter.merge.clone() {
            None => {
                let (document, said) = compose::compose(&letter, &records, &resolution, &options);
                diagnostics.extend(said);
                Composed::One(Composition { document, note: 0 })
            }
            Some(setting) => {
                let recipients =
                    merge_list::recipients(&self.paths, &path, &letter, &setting, &mut sources, &mut diagnostics);
                let merge = Merge::new(&letter, &setting, &recipients, &records, &resolution, &options);
                let (specimen, said) = merge_list::survey(&merge);
                diagnostics.extend(said);
                let specimen = specimen.unwrap_or_else(|| compose::compose(&letter, &records, &resolution, &options).0);
                Composed::Merge(MailMerge {
                    recipients,
                    setting,
                    options,
                    specimen,
                })
            }
        };
        let (translations, said) = related_documents::translations(self, &letter, &path, &mut sources);
        diagnostics.extend(said);
        let composed = finished(composed, &letter, translations, &resolution, &mut diagnostics);

        Ok(Prepared {
            path,
            shown,
            stem,
            root: self.root.clone(),
            paths: self.paths.clone(),
            sources,
            letter,
            records,
            resolution,
            known: Arc::clone(&self.known),
            setting: self.project.check.clone(),
            composed,
            diagnostics,
        })
    }

    /// Reads a letter, and returns its name, its stem and what it says.
    fn read(&self, input: LetterInput, sources: &mut SourceMap) -> Result<(String, String, load::Loaded<Letter>)> {
        match input {
            LetterInput::File(path) => {
                let shown = self.paths.shown(&path);
                let no_name = || EngineError::NoFileName { path: shown.clone() };
                let stem = path.file_stem().and_then(|stem| stem.to_str()).ok_or_else(no_name)?;
                let loaded = load::letter(sources, &shown, &path, &self.project)?;
                Ok((shown, stem.to_owned(), loaded))
            }
            LetterInput::Text(shown, bytes) => {
                let loaded = load::letter_from_bytes(sources, &shown, Path::new("-"), bytes, &self.project)?;
                let stem = loaded.value.kind.as_str().to_owned();
                Ok((shown, stem, loaded))
            }
        }
    }
}

/// Adds the links to translations, and the verification note where one is asked for.
fn finished(
    mut composed: Composed,
    letter: &Letter,
    translations: Vec<compose::document::Translation>,
    resolution: &Resolution,
    diagnostics: &mut Vec<Diagnostic>,
) -> Composed {
    match &mut composed {
        Composed::One(Composition { document, note }) => {
            document.translations = translations;
            if letter.release.verification_note {
                let parts = verification_note(document, letter, resolution);
                *note = parts.len();
                document.parts.extend(parts);
            }
        }
        Composed::Merge(merge) => {
            merge.specimen.translations = translations;
            if letter.release.verification_note {
                diagnostics.push(
                    Diagnostic::warning(
                        Code::NotThereYet,
                        "letters to a list of recipients carry no verification note",
                    )
                    .at(merge.setting.origin)
                    .hint("remove the key: `undersigned verify` knows each of them once they are released"),
                );
            }
        }
    }
    composed
}

/// Returns the note that carries the code of a document.
fn verification_note(document: &Document, letter: &Letter, resolution: &Resolution) -> Vec<compose::document::Part> {
    let code = content::content(document, resolution, &letter.roll).code();
    wording::verification(letter, &code, Origin::File(letter.file))
}

/// Prepares letters, of one workspace or several, side by side; each list is read once
/// and each set of lists resolved once.
///
/// # Errors
/// When a letter or a shared file cannot be read.
pub fn prepare_all(
    files: &Arc<dyn Files>,
    paths: &Paths,
    letters: &[PathBuf],
    date: Option<Date>,
) -> Result<Vec<Prepared>> {
    let root_of = |path: &PathBuf| workspace::find(files, paths, path.parent().unwrap_or(Path::new("")));
    let mut of_root: BTreeMap<PathBuf, Vec<&PathBuf>> = BTreeMap::new();
    for path in letters {
        of_root.entry(root_of(path)).or_default().push(path);
    }
    let mut workspaces: BTreeMap<&PathBuf, Workspace> = BTreeMap::new();
    for (root, own) in &of_root {
        let mut workspace = Workspace::open_root(files, paths, root.clone())?;
        if own.len() > 1 && date.is_none() {
            workspace.resolve_ahead(own);
        }
        workspaces.insert(root, workspace);
    }
    let mut prepared: Vec<Prepared> = letters
        .par_iter()
        .map(|path| workspaces[&root_of(path)].prepare(LetterInput::File(path.clone()), date, &|_| {}))
        .collect::<Result<_>>()?;
    leave_out_used_decisions(&mut prepared);
    Ok(prepared)
}

/// Leaves out what is said of a decision that another letter of its workspace uses.
fn leave_out_used_decisions(prepared: &mut [Prepared]) {
    let place = |prepared: &Prepared, said: &Diagnostic| {
        let origin = said.origin.filter(|_| said.code == Code::UnusedDecision)?;
        Some((prepared.root.clone(), prepared.sources.place(origin).to_string()))
    };
    let (mut letters, mut unused) = (BTreeMap::<PathBuf, usize>::new(), BTreeMap::new());
    for one in &*prepared {
        *letters.entry(one.root.clone()).or_default() += 1;
        for found in one.diagnostics.iter().filter_map(|said| place(one, said)) {
            *unused.entry(found).or_insert(0) += 1;
        }
    }
    for one in prepared {
        let mut diagnostics = std::mem::take(&mut one.diagnostics);
        diagnostics.retain(|said| place(one, said).is_none_or(|found| unused.get(&found) == letters.get(&found.0)));
        one.diagnostics = diagnostics;
    }
}
