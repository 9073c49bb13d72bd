//! Reads two states of a letter or list and compares them.
//!
//! In: a list, a letter or a release on either side. Out: a [`StateDiff`] with what there
//! is to say about the files. Guaranteed: each workspace is read and told of once. Absent:
//! how names are compared (that is `release`'s) and drawing.

use super::changes::{Change, ChangeSet, Expected};
use super::error::{BoxedError, EngineError, Result};
use super::lists::{ListInput, read_lists};
use super::paths::Paths;
use super::prepared::{LetterInput, has_errors};
use super::releases::{StoredRelease, is_release, release_numbers};
use super::workspace::{self, Workspace};
use crate::compose::roll;
use crate::diag::{Diagnostic, Severity};
use crate::emit::{EmitFn, EmitOptions, Format};
use crate::files::Files;
use crate::layout::{self, Fonts};
use crate::model::known::Known;
use crate::release::diff::{self, Changes, Printed, Side};
use crate::release::redline::redline;
use crate::resolve;
use crate::source::{Origin, SourceMap};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Two states and what changed between them.
#[derive(Clone, Debug)]
pub struct StateDiff {
    /// Both states, as the user knows them.
    pub names: [String; 2],
    /// The earlier state.
    pub before: Side,
    /// The later state.
    pub after: Side,
    /// What changed.
    pub changes: Changes,
}

/// The formats of a redline, in the order of help.
pub const REDLINE_FORMATS: [&str; 3] = ["docx", "pdf", "html"];

impl StateDiff {
    /// Returns the files of the redline in `folder`: `redline.docx`. They replace those of an
    /// earlier one.
    ///
    /// # Errors
    /// When a file cannot be made.
    pub fn redline(&self, formats: &[&Format], fonts: &Fonts, folder: &Path) -> Result<ChangeSet> {
        let origin = Origin::File(SourceMap::default().add("", ""));
        let document = redline(&self.names, &self.before, &self.after, &self.changes, origin);
        let options = EmitOptions::default();
        let mut set = ChangeSet::default();
        for format in formats {
            let path = folder.join(format!("redline.{}", format.extension));
            let failed = |source: BoxedError| EngineError::emit(format!("`{}`", path.display()), source);
            let bytes = match format.emit {
                EmitFn::Flowing(write) => write(&document, &options).map_err(|error| failed(error.into()))?.bytes,
                EmitFn::Paged(write) => {
                    let (pages, _) = layout::paginate(&document, fonts);
                    write(&pages, &options.pdf).map_err(|error| failed(error.into()))?
                }
            };
            set.changes.push(Change {
                path,
                old: Expected::Anything,
                new: Some(bytes),
            });
        }
        Ok(set)
    }
}

/// What came of a comparison.
#[derive(Debug, Default)]
pub struct DiffOutcome {
    /// What there is to say, with the files that it speaks of.
    pub said: Vec<(SourceMap, Vec<Diagnostic>)>,
    /// The comparison; `None` if there is an error.
    pub diff: Option<StateDiff>,
}

/// Compares two states; without a new one, `old` is a letter that is compared with its
/// last release.
///
/// # Errors
/// When a file cannot be read, or there is nothing to compare with.
pub fn diff(files: &Arc<dyn Files>, paths: &Paths, old: ListInput, new: Option<ListInput>) -> Result<DiffOutcome> {
    let (old, new) = match new {
        Some(new) => (old, new),
        None => last_release(files, paths, old)?,
    };
    let mut reading = Reading {
        files,
        paths,
        workspaces: BTreeMap::new(),
        said: Vec::new(),
    };
    let known = reading.workspace(&folder_of(&new))?.known.clone();
    let before = reading.side(old)?;
    let after = reading.side(new)?;
    Ok(reading.outcome(before, after, &known))
}

/// Returns a letter's last release and the letter.
fn last_release(files: &Arc<dyn Files>, paths: &Paths, letter: ListInput) -> Result<(ListInput, ListInput)> {
    let refused = |message: String| Err(EngineError::Refused(message));
    let path = match letter {
        ListInput::File(path) if is_letter(&path) => path,
        ListInput::File(path) => return refused(format!("name what `{}` is compared with", paths.shown(&path))),
        ListInput::Bytes(name, _) => return refused(format!("name what `{name}` is compared with")),
    };
    let root = workspace::find(files, paths, path.parent().unwrap_or(Path::new("")));
    let stem = path.file_stem().unwrap_or_default();
    let folder = root.join("output").join(stem).join("releases");
    let numbers = release_numbers(&**files, &folder).map_err(|source| EngineError::Unreadable {
        name: paths.shown(&folder),
        source,
    })?;
    match numbers.last() {
        Some(last) => Ok((ListInput::File(folder.join(last.to_string())), ListInput::File(path))),
        None => refused(format!("`{}` has no release to compare with", paths.shown(&path))),
    }
}

fn is_letter(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "md")
}

fn folder_of(input: &ListInput) -> PathBuf {
    match input {
        ListInput::File(path) => path.parent().unwrap_or(Path::new("")).to_owned(),
        ListInput::Bytes(..) => PathBuf::new(),
    }
}

/// States that are being read.
struct Reading<'a> {
    files: &'a Arc<dyn Files>,
    paths: &'a Paths,
    workspaces: BTreeMap<PathBuf, Workspace>,
    said: Vec<(SourceMap, Vec<Diagnostic>)>,
}

impl Reading<'_> {
    /// Opens the workspace around a folder, once.
    fn workspace(&mut self, folder: &Path) -> Result<Workspace> {
        let root = workspace::find(self.files, self.paths, folder);
        if let Some(workspace) = self.workspaces.get(&root) {
            return Ok(workspace.clone());
        }
        let workspace = Workspace::open_root(self.files, self.paths, root.clone())?;
        self.said
            .push((workspace.sources.clone(), workspace.diagnostics.clone()));
        self.workspaces.insert(root, workspace.clone());
        Ok(workspace)
    }

    /// Reads one state and returns it with its name; `None` if it has errors.
    fn side(&mut self, input: ListInput) -> Result<Option<(String, Side)>> {
        let name = match &input {
            ListInput::File(path) => self.paths.shown(path),
            ListInput::Bytes(name, _) => name.clone(),
        };
        if let ListInput::File(path) = &input {
            let absolute = self.paths.absolute(path);
            if is_release(&**self.files, &absolute) {
                let release = StoredRelease::read(&**self.files, self.paths, path)?;
                let origin = Origin::File(SourceMap::default().add(self.paths.shown(path), ""));
                return Ok(Some((release.title(), Side::of_release(&release.manifest, origin))));
            }
            if is_letter(path) {
                return Ok(self.letter(path)?.map(|side| (name, side)));
            }
        }
        let workspace = self.workspace(&folder_of(&input))?;
        let mut sources = workspace.sources.clone();
        let (records, said) = read_lists(&workspace, vec![input], &mut sources)?;
        let failed = has_errors(&said);
        self.said.push((sources, said));
        if failed {
            return Ok(None);
        }
        let (records, _) = resolve::rows::judge_rows(records, &workspace.known);
        let (resolution, _) = resolve::resolve(&records, &workspace.known, &resolve::ResolveOptions::default());
        let mut side = Side::of_list(records, &resolution);
        side.language = workspace.project.language.map(|language| language.value);
        Ok(Some((name, side)))
    }

    /// Reads a letter as it is today.
    fn letter(&mut self, path: &Path) -> Result<Option<Side>> {
        let workspace = self.workspace(path.parent().unwrap_or(Path::new("")))?;
        let prepared = workspace.prepare(LetterInput::File(path.to_owned()), None, &|_| {})?;
        let is_new = |said: &&Diagnostic| said.severity == Severity::Error && !workspace.diagnostics.contains(said);
        let errors: Vec<Diagnostic> = prepared.diagnostics.iter().filter(is_new).cloned().collect();
        self.said.push((prepared.sources.clone(), errors));
        if has_errors(&prepared.diagnostics) {
            return Ok(None);
        }
        let content = prepared.content();
        let document = prepared.composed.specimen();
        let order = roll::order(&prepared.resolution, &prepared.letter.roll, &document.language);
        let mut side = Side::of_list(prepared.records.to_vec(), &prepared.resolution);
        let printed = order.into_iter().zip(&content.signatories).map(|(at, listed)| {
            let kind = prepared.resolution.signatories[at].kind;
            let printed = Printed {
                kind,
                name: listed.name.clone(),
                detail: listed.unmarked(),
            };
            (at, printed, listed.section.clone())
        });
        side.print_as(printed);
        side.date = document.date;
        side.language = Some(document.language.clone());
        side.text = Some(content.text);
        Ok(Some(side))
    }

    fn outcome(self, before: Option<(String, Side)>, after: Option<(String, Side)>, known: &Known) -> DiffOutcome {
        let failed = self.said.iter().any(|(_, said)| has_errors(said));
        let diff = match (before, after) {
            (Some((old, before)), Some((new, after))) if !failed => Some(StateDiff {
                names: [old, new],
                changes: diff::diff(&before, &after, known),
                before,
                after,
            }),
            _ => None,
        };
        DiffOutcome { said: self.said, diff }
    }
}
