//! A workspace: where it is, and what all its letters share, read once.
//!
//! In: a place that files are read from and a path within the workspace. Out: the
//! project file, the directory and the decisions, with their diagnostics; the letters.
//! Guaranteed: nothing is printed or written; nothing but the [`Files`] handed in is read.

use super::changes::{Change, ChangeSet, Expected};
use super::error::{EngineError, Result};
use super::paths::Paths;
use super::resolved_lists::ResolvedAhead;
use crate::diag::Diagnostic;
use crate::emit::{columns, comments};
use crate::files::Files;
use crate::load::{self, ListReadings, Project};
use crate::model::known::Known;
use crate::model::letter::Letter;
use crate::source::SourceMap;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the directory of known organizations is kept, below the workspace's folder.
pub const DIRECTORY: &str = "signatories/directory.toml";

/// Where answers are kept, below the workspace's folder.
pub const DECISIONS: &str = "signatories/decisions.toml";

/// Where the settings of all letters are kept, below the workspace's folder.
pub const PROJECT: &str = "undersigned.toml";

/// What the letters of one workspace share.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// Its folder; where none was found, the folder it was sought from.
    pub root: PathBuf,
    /// How paths are read and shown.
    pub paths: Paths,
    /// The shared files; each letter goes on from a clone.
    pub sources: SourceMap,
    /// What its letters inherit.
    pub project: Project,
    /// The directory and the decisions.
    pub known: Arc<Known>,
    /// What there is to say about the shared files.
    pub diagnostics: Vec<Diagnostic>,
    /// Lists and their resolutions that were made ahead, by their letters.
    pub(super) lists: BTreeMap<PathBuf, Arc<ResolvedAhead>>,
    /// What was answered about columns and is not read from a file yet.
    answered: BTreeMap<String, String>,
    /// Lists that were read.
    pub(super) readings: Arc<ListReadings>,
}

impl Workspace {
    /// Reads a file that goes with what is sent.
    ///
    /// # Errors
    /// When it cannot be read, or is larger than `most` bytes.
    pub(super) fn attached_file(&self, path: &Path, most: u64) -> Result<Vec<u8>> {
        let shown = self.paths.shown(path);
        match self.files().read(path, most + 1) {
            Ok(bytes) if bytes.len() as u64 > most => Err(EngineError::Refused(format!(
                "`{shown}` is larger than {} MB, the most that can be attached",
                most >> 20
            ))),
            Ok(bytes) => Ok(bytes),
            Err(source) => Err(EngineError::Unreadable { name: shown, source }),
        }
    }

    /// Opens the workspace around `path`, a folder or a path within one: the nearest
    /// folder above that has undersigned.toml, letters/ or signatories/.
    ///
    /// # Errors
    /// When a shared file is there and cannot be read.
    pub fn open(files: &Arc<dyn Files>, paths: &Paths, path: &Path) -> Result<Self> {
        Self::open_root(files, paths, find(files, paths, path))
    }

    /// Opens the workspace around a file, which need not be there.
    ///
    /// # Errors
    /// See [`Workspace::open`].
    pub fn around(files: &Arc<dyn Files>, paths: &Paths, file: &Path) -> Result<Self> {
        Self::open(files, paths, file.parent().unwrap_or(Path::new("")))
    }

    /// Opens the workspace whose folder is known.
    pub(super) fn open_root(files: &Arc<dyn Files>, paths: &Paths, root: PathBuf) -> Result<Self> {
        let mut workspace = Self {
            root,
            paths: paths.clone(),
            sources: SourceMap::new(Arc::clone(files)),
            project: Project::default(),
            known: Arc::default(),
            diagnostics: Vec::new(),
            lists: BTreeMap::new(),
            answered: BTreeMap::new(),
            readings: Arc::default(),
        };
        workspace.read_project()?;
        workspace.read_directory()?;
        workspace.read_decisions()?;
        Ok(workspace)
    }

    /// Returns the workspace with lists that were read before; those that did not change are not
    /// read again.
    #[must_use]
    pub fn with_readings(mut self, readings: &Arc<ListReadings>) -> Self {
        self.readings = Arc::clone(readings);
        self
    }

    /// Returns the place that files are read from.
    pub fn files(&self) -> &Arc<dyn Files> {
        self.sources.place_of_files()
    }

    /// Returns the letters in letters/, by name.
    ///
    /// # Errors
    /// When there is no such folder, or it has no letters.
    pub fn letters(&self) -> Result<Vec<PathBuf>> {
        let folder = self.root.join("letters");
        let shown = self.paths.shown(&folder);
        let entries = self.files().entries(&folder);
        let entries = entries.map_err(|_| EngineError::NoLettersFolder { folder: shown.clone() })?;
        let is_letter = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "md");
        let letters: Vec<PathBuf> = entries.into_iter().filter(is_letter).collect();
        if letters.is_empty() {
            return Err(EngineError::NoLetters { folder: shown });
        }
        Ok(letters)
    }

    /// Returns the lists in signatories/, by name; not the directory or the decisions.
    pub fn list_files(&self) -> Vec<PathBuf> {
        let entries = self.files().entries(&self.root.join("signatories")).unwrap_or_default();
        let shared = [self.root.join(DIRECTORY), self.root.join(DECISIONS)];
        let known = |path: &PathBuf| {
            let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
            load::FORMATS
                .iter()
                .any(|format| format.endings.contains(&ending.as_str()))
        };
        entries
            .into_iter()
            .filter(|path| !shared.contains(path) && known(path))
            .collect()
    }

    /// Returns the folder that a letter's output goes to.
    pub fn output_folder(&self, stem: &str) -> PathBuf {
        self.root.join("output").join(stem)
    }

    /// Returns the language of what is shown of the workspace's lists.
    pub fn language(&self) -> &str {
        self.project
            .language
            .as_ref()
            .map_or("en-US", |language| &language.value)
    }

    /// Has a map of files read only what a letter of this workspace may name: files below the
    /// workspace's folder and those that `read_from` adds, and the letter itself.
    pub(super) fn keep_within(&self, sources: &mut SourceMap, letter: &Path) {
        let added = self.project.read_from.iter().map(PathBuf::as_path);
        sources.keep_within(added.chain([self.root.as_path()]), letter);
    }

    /// Reads undersigned.toml; without one, the defaults stay.
    fn read_project(&mut self) -> Result<()> {
        let path = self.root.join(PROJECT);
        if self.files().about(&path).is_err() {
            return Ok(());
        }
        self.sources.keep_within([self.root.as_path()], &path);
        let loaded = load::project(&mut self.sources, &self.paths.shown(&path), &path);
        self.sources.read_anywhere();
        let loaded = loaded?;
        self.diagnostics.extend(loaded.diagnostics);
        self.project = loaded.value;
        Ok(())
    }

    fn read_directory(&mut self) -> Result<()> {
        if let Some((name, text)) = self.read_text(DIRECTORY)? {
            let (directory, said) = load::known::directory(&mut self.sources, &name, &text);
            Arc::make_mut(&mut self.known).directory = directory;
            self.diagnostics.extend(said);
        }
        Ok(())
    }

    fn read_decisions(&mut self) -> Result<()> {
        if let Some((name, text)) = self.read_text(DECISIONS)? {
            let (answers, said) = load::known::answers(&mut self.sources, &name, &text);
            let known = Arc::make_mut(&mut self.known);
            (known.decisions, known.rows) = (answers.pairs, answers.rows);
            self.diagnostics.extend(said);
        }
        Ok(())
    }

    /// Says what columns mean, each a header and a word, for what is read from now on. Returns
    /// the change of undersigned.toml that keeps it, and of those of `letters` that say
    /// something else in `[columns]` of their own, which would win.
    ///
    /// # Errors
    /// When a file cannot be read or cannot take the lines.
    pub fn set_columns(&mut self, meanings: &[(String, String)], letters: &[PathBuf]) -> Result<ChangeSet> {
        let path = self.root.join(PROJECT);
        let before = self.read_text(PROJECT)?.map(|(_, text)| text);
        let mut after = before.clone().unwrap_or_default();
        for (header, word) in meanings {
            after = columns::set(&after, header, word).map_err(|error| {
                let name = self.paths.shown(&path);
                EngineError::Refused(format!("`{name}` cannot take the answer; fix it first: {error}"))
            })?;
            self.project.columns.insert(header.clone(), word.clone());
            self.answered.insert(header.clone(), word.clone());
        }
        let old = Expected::of(before.as_deref().map(str::as_bytes));
        let mut set = ChangeSet::one(path, old, Some(after.into_bytes()));
        for path in letters.iter().map(|path| self.paths.absolute(path)) {
            let Some((_, before)) = self.read_text(&path)? else {
                continue;
            };
            let mut after = before.clone();
            for (header, word) in meanings {
                after = columns::reset_in_letter(&after, header, word).unwrap_or(after);
            }
            if after != before {
                set.changes.push(Change {
                    path,
                    old: Expected::of(Some(before.as_bytes())),
                    new: Some(after.into_bytes()),
                });
            }
        }
        Ok(set)
    }

    /// Returns the change that marks a comment of a letter's draft as done, by its number from
    /// 0. `was` is the content of the file of comments when it was shown.
    ///
    /// # Errors
    /// When the file changed since, cannot be read, or has no such comment.
    pub fn settle_comment(&self, letter: &Path, at: usize, was: Expected) -> Result<ChangeSet> {
        let path = load::comments_file(letter);
        let name = self.paths.shown(&path);
        let before = self.read_text(&path)?.map(|(_, text)| text).unwrap_or_default();
        if Expected::of(Some(before.as_bytes())) != was {
            return Err(EngineError::Changed { name });
        }
        let after = comments::settle(&before, at)
            .map_err(|error| EngineError::Refused(format!("`{name}` cannot be changed: {error}")))?
            .ok_or_else(|| EngineError::Refused(format!("`{name}` has no such comment any more")))?;
        Ok(ChangeSet::one(path, was, Some(after.into_bytes())))
    }

    /// Returns what a letter says of columns, under the answers that were given since.
    pub(super) fn columns_of(&self, letter: &Letter) -> BTreeMap<String, String> {
        let is_answered = |header: &String| {
            let mut answered = self.answered.keys();
            answered.any(|answered| answered.trim().to_lowercase() == header.trim().to_lowercase())
        };
        let mut columns = letter.columns.clone();
        columns.retain(|header, _| !is_answered(header));
        columns.extend(self.answered.clone());
        columns
    }

    /// Returns the name and text of a file of the workspace, if it is there.
    pub(super) fn read_text(&self, relative: impl AsRef<Path>) -> Result<Option<(String, String)>> {
        let path = self.root.join(relative);
        let name = self.paths.shown(&path);
        let unreadable = |source| EngineError::Unreadable {
            name: name.clone(),
            source,
        };
        if self.files().about(&path).is_err() {
            return Ok(None);
        }
        let bytes = self.sources.read(&name, &path, MAX_KNOWN + 1).map_err(unreadable)?;
        if bytes.len() as u64 > MAX_KNOWN {
            return Err(unreadable(std::io::Error::other("it is longer than 64 MB")));
        }
        let text = String::from_utf8(bytes)
            .map_err(|_| unreadable(std::io::Error::other("stream did not contain valid UTF-8")))?;
        Ok(Some((name, text)))
    }
}

/// Longest `directory.toml` or `decisions.toml`, in bytes: half a million decisions.
const MAX_KNOWN: u64 = 64 << 20;

/// Walks up from `start` to the first folder that is a workspace.
pub fn find(files: &Arc<dyn Files>, paths: &Paths, start: &Path) -> PathBuf {
    let start = paths.absolute(start);
    let is_workspace = |folder: &&Path| {
        files.is_file(&folder.join(PROJECT))
            || files.is_folder(&folder.join("letters"))
            || files.is_folder(&folder.join("signatories"))
    };
    start.ancestors().find(is_workspace).unwrap_or(&start).to_owned()
}
