//! What files were before the last acts, for `undo`.
//!
//! In: the changes of an act (an import, an answer), or the wish to take the last one
//! back. Out: a [`ChangeSet`] that keeps the bytes from before in `.undersigned/history`
//! beside the act's own changes; or one that puts them back. Guaranteed: only files below
//! the workspace's folder are kept or put back; a file that was edited since the act is
//! never overwritten; the history is bounded, and git ignores it. Absent: writing (that is
//! `store`'s, which keeps these files private) and the clock.

mod record;
#[cfg(test)]
mod tests;

pub use record::{Act, ActFile, Kept};

use super::changes::{Change, ChangeSet, Expected};
use super::error::{EngineError, Result};
use super::paths::Paths;
use super::workspace;
use crate::files::{ContentHash, Files};
use jiff::civil::DateTime;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The program's own folder in a workspace.
const OWN: &str = ".undersigned";

/// The folder of the acts, below the workspace's.
const FOLDER: &str = ".undersigned/history";

/// How many acts are kept. A long review is some two hundred answers.
const MOST_ACTS: usize = 300;

/// How many bytes are kept, beside those of the last act. A list of 10,000 rows has one
/// or two million.
const MOST_BYTES: u64 = 64 << 20;

/// The acts of one workspace.
#[derive(Clone, Debug)]
pub struct History {
    files: Arc<dyn Files>,
    paths: Paths,
    root: PathBuf,
}

/// Says what an act was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActTitle {
    /// The act, as people name it: `import export.csv`.
    pub text: String,
    /// When it was, by the user's clock.
    pub at: Option<DateTime>,
}

impl ActTitle {
    /// Makes the title of an act that happens at a time, to the second.
    pub fn new(text: impl Into<String>, at: DateTime) -> Self {
        Self {
            text: text.into(),
            at: at.with().subsec_nanosecond(0).build().ok(),
        }
    }
}

/// Takes the last act back.
#[derive(Clone, Debug)]
pub struct UndoPlan {
    /// The act.
    pub act: Act,
    /// What becomes of its files.
    pub files: Vec<UndoFile>,
    /// How many acts are left to take back after it.
    pub left: usize,
    /// The act that would be taken back next.
    pub next: Option<Act>,
    /// The changes.
    pub set: ChangeSet,
}

/// Says what an undo does with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoFile {
    /// The file, as the user knows it.
    pub shown: String,
    /// What becomes of it.
    pub outcome: UndoOutcome,
    /// Its lines now; 0 if it does not exist.
    pub lines_now: usize,
    /// Its lines afterward; 0 if it is removed.
    pub lines_then: usize,
}

/// Says what becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndoOutcome {
    /// It gets back the content from before.
    Restored,
    /// It is removed, because the act made it.
    Removed,
    /// It is as it was before already.
    Unchanged,
}

/// A file of an act that is about to be kept.
struct Replaced {
    path: PathBuf,
    before: Option<Vec<u8>>,
    after: Option<ContentHash>,
}

impl History {
    /// Returns the history of the workspace around a file or folder within it.
    pub fn around(files: &Arc<dyn Files>, paths: &Paths, path: &Path) -> Self {
        let path = paths.absolute(path);
        let start = match files.is_folder(&path) {
            true => &*path,
            false => path.parent().unwrap_or(&path),
        };
        Self {
            files: Arc::clone(files),
            paths: paths.clone(),
            root: workspace::find(files, paths, start),
        }
    }

    /// Adds to the changes of an act those that keep what they replace. If the changes
    /// take back the last act, its record goes instead. In a folder that is no workspace,
    /// nothing is kept.
    ///
    /// # Errors
    /// When a file that is replaced cannot be read.
    pub fn keep(&self, title: &ActTitle, set: ChangeSet) -> Result<ChangeSet> {
        self.keep_on(title, set, None)
    }

    /// Does as [`History::keep`]; but if the last act has the same title, changed the same
    /// files to what they are now, and happened at `since` or later, the changes become part
    /// of it. So a letter that is saved with each pause of its author is undone in few steps.
    ///
    /// # Errors
    /// See [`History::keep`].
    pub fn keep_on(&self, title: &ActTitle, mut set: ChangeSet, since: Option<DateTime>) -> Result<ChangeSet> {
        let replaced = self.replaced(&set)?;
        set.changes.extend(self.record(title, replaced, since)?.changes);
        Ok(set)
    }

    /// Returns a set with the changes that keep an act of this set and of one file more, whose new
    /// content is written elsewhere.
    ///
    /// # Errors
    /// As for [`History::keep`].
    pub fn keep_with(
        &self,
        title: &ActTitle,
        mut set: ChangeSet,
        path: &Path,
        after: ContentHash,
    ) -> Result<ChangeSet> {
        let mut replaced = self.replaced(&set)?;
        let path = self.paths.absolute(path);
        replaced.push(Replaced {
            before: self.content(&path)?,
            after: Some(after),
            path,
        });
        set.changes.extend(self.record(title, replaced, None)?.changes);
        Ok(set)
    }

    /// Returns what the changes of a set replace.
    fn replaced(&self, set: &ChangeSet) -> Result<Vec<Replaced>> {
        let mut replaced = Vec::new();
        for change in &set.changes {
            let path = self.paths.absolute(&change.path);
            replaced.push(Replaced {
                before: self.content(&path)?,
                after: change.new.as_deref().map(ContentHash::of),
                path,
            });
        }
        Ok(replaced)
    }

    /// Returns the acts that can be taken back, the last one first.
    ///
    /// # Errors
    /// When a record cannot be read or does not hold together.
    pub fn acts(&self) -> Result<Vec<Act>> {
        let numbers = self.stored()?.into_iter().rev();
        let numbers = numbers.filter(|(_, files)| files.iter().any(|(path, _)| is_record(path)));
        numbers.map(|(number, _)| self.act(number)).collect()
    }

    /// Returns what a file was before each act that changed it and went along with another
    /// file, the last act first.
    ///
    /// # Errors
    /// When a record, or what it kept, cannot be read or does not hold together.
    pub fn contents_before(&self, path: &Path) -> Result<Vec<Vec<u8>>> {
        let below = self.paths.absolute(path);
        let below = below.strip_prefix(&self.root).unwrap_or(&below).to_owned();
        let mut contents = Vec::new();
        for act in self.acts()? {
            for file in act
                .files
                .iter()
                .filter(|file| file.path == below && act.files.len() > 1)
            {
                if let (Some(kept), Some(saved)) = (&file.before, &file.saved) {
                    contents.push(self.saved(&self.folder().join(saved), kept)?);
                }
            }
        }
        Ok(contents)
    }

    /// Returns the act that would be taken back next, if there is one.
    ///
    /// # Errors
    /// When its record cannot be read or does not hold together.
    pub fn last(&self) -> Result<Option<Act>> {
        let numbers = self.stored()?.into_iter().rev();
        let mut numbers = numbers.filter(|(_, files)| files.iter().any(|(path, _)| is_record(path)));
        numbers.next().map(|(number, _)| self.act(number)).transpose()
    }

    /// Plans to take the last act back; `None` if there is none.
    ///
    /// # Errors
    /// When a file was edited since the act, or cannot be read.
    pub fn undo(&self) -> Result<Option<UndoPlan>> {
        let mut acts = self.acts()?.into_iter();
        let Some(act) = acts.next() else {
            return Ok(None);
        };
        let mut set = ChangeSet::default();
        let mut files = Vec::new();
        for file in &act.files {
            let (undone, change) = self.undo_file(&act, file)?;
            files.push(undone);
            set.changes.extend(change);
        }
        set.changes.extend(self.forget(act.number)?);
        Ok(Some(UndoPlan {
            act,
            files,
            left: acts.len(),
            next: acts.next(),
            set,
        }))
    }

    /// Plans what becomes of one file.
    fn undo_file(&self, act: &Act, file: &ActFile) -> Result<(UndoFile, Option<Change>)> {
        let path = self.root.join(&file.path);
        let shown = self.paths.shown(&path);
        let now = self.content(&path)?;
        let is = |kept: &Option<Kept>| match (&now, kept) {
            (None, None) => true,
            (Some(now), Some(kept)) => kept.is(&ContentHash::of(now)),
            _ => false,
        };
        let saved = file.saved.as_ref().map(|name| self.folder().join(name));
        if !is(&file.before) && !is(&file.after) {
            let kept = saved.map(|path| format!("; its content before is in `{}`", self.paths.shown(&path)));
            return Err(EngineError::Refused(format!(
                "`{shown}` was edited after `{}`, so nothing was undone{}",
                act.title,
                kept.unwrap_or_default()
            )));
        }
        let then = match (&file.before, saved) {
            (Some(kept), Some(saved)) => Some(self.saved(&saved, kept)?),
            _ => None,
        };
        let lines = |bytes: &Option<Vec<u8>>| bytes.as_ref().map_or(0, |bytes| line_count(bytes));
        let outcome = match &then {
            _ if is(&file.before) => UndoOutcome::Unchanged,
            None => UndoOutcome::Removed,
            Some(_) => UndoOutcome::Restored,
        };
        let undone = UndoFile {
            shown,
            outcome,
            lines_now: lines(&now),
            lines_then: lines(&then),
        };
        let change = (outcome != UndoOutcome::Unchanged).then(|| Change {
            path,
            old: Expected::of(now.as_deref()),
            new: then,
        });
        Ok((undone, change))
    }

    /// Reads the bytes that an act kept.
    fn saved(&self, path: &Path, kept: &Kept) -> Result<Vec<u8>> {
        let bytes = self.content(path)?;
        let bytes = bytes.filter(|bytes| kept.is(&ContentHash::of(bytes)));
        bytes.ok_or_else(|| {
            let name = self.paths.shown(path);
            EngineError::Refused(format!("`{name}` is missing or was changed, so nothing can be undone"))
        })
    }

    fn folder(&self) -> PathBuf {
        self.root.join(FOLDER)
    }

    /// Reads a file; `None` if there is none.
    fn content(&self, path: &Path) -> Result<Option<Vec<u8>>> {
        if self.files.about(path).is_err() {
            return Ok(None);
        }
        let read = self.files.read(path, u64::MAX);
        read.map(Some).map_err(|source| EngineError::Unreadable {
            name: self.paths.shown(path),
            source,
        })
    }

    /// Returns the files of each act with their lengths, by its number. Files without a
    /// number are nobody's.
    fn stored(&self) -> Result<BTreeMap<u32, Vec<(PathBuf, u64)>>> {
        let folder = self.folder();
        let mut stored: BTreeMap<u32, Vec<(PathBuf, u64)>> = BTreeMap::new();
        if self.files.about(&folder).is_err() {
            return Ok(stored);
        }
        let entries = self.files.entries(&folder).map_err(|source| EngineError::Unreadable {
            name: self.paths.shown(&folder),
            source,
        })?;
        for path in entries {
            let length = self.files.about(&path).map_or(0, |about| about.length);
            if let Some(number) = number_of(&path) {
                stored.entry(number).or_default().push((path, length));
            }
        }
        Ok(stored)
    }

    fn act(&self, number: u32) -> Result<Act> {
        let path = self.folder().join(record::name(number));
        let bytes = self.content(&path)?.unwrap_or_default();
        Act::read(number, &bytes).map_err(|reason| {
            let name = self.paths.shown(&path);
            EngineError::Refused(format!("`{name}` cannot be used: {reason}"))
        })
    }

    /// Returns the changes that remove an act's record.
    fn forget(&self, number: u32) -> Result<Vec<Change>> {
        let files = self.stored()?.remove(&number).unwrap_or_default();
        Ok(files.into_iter().map(|(path, _)| removal(path)).collect())
    }

    /// Returns the changes that keep an act, and drop the oldest ones beyond the bounds.
    /// Those of an act that goes on from the last one change its record.
    fn record(&self, title: &ActTitle, mut replaced: Vec<Replaced>, since: Option<DateTime>) -> Result<ChangeSet> {
        replaced.retain(|file| file.before.as_deref().map(ContentHash::of) != file.after && self.is_kept(&file.path));
        let mut set = ChangeSet::default();
        if replaced.is_empty() || !self.is_workspace(&replaced) {
            return Ok(set);
        }
        let stored = self.stored()?;
        let last = stored.last_key_value().map_or(0, |(number, _)| *number);
        if let Ok(mut act) = self.act(last) {
            if self.takes_back(&act, &replaced) {
                set.changes = self.forget(last)?;
                return Ok(set);
            }
            let is_recent = since.is_some_and(|since| act.at.is_some_and(|at| at >= since));
            if is_recent && act.title == title.text && self.continues(&act, &replaced) {
                for (file, now) in act.files.iter_mut().zip(&replaced) {
                    file.after = now.after.as_ref().map(Kept::of);
                }
                set.changes.push(Change {
                    path: self.folder().join(record::name(last)),
                    old: Expected::Anything,
                    new: Some(act.write()?),
                });
                return Ok(set);
            }
        }
        let Some(number) = last.checked_add(1) else {
            return Ok(set);
        };
        let ignore = self.root.join(OWN).join(".gitignore");
        if self.files.about(&ignore).is_err() {
            set.changes.push(Change {
                path: ignore,
                old: Expected::Anything,
                new: Some(b"*\n".to_vec()),
            });
        }
        let mut act = Act {
            number,
            title: title.text.clone(),
            at: title.at,
            files: Vec::new(),
        };
        let mut bytes = 0;
        for (at, file) in replaced.into_iter().enumerate() {
            let path = file.path.strip_prefix(&self.root).unwrap_or(&file.path);
            let saved = file.before.as_ref().map(|_| record::saved_name(number, at + 1, path));
            act.files.push(ActFile {
                path: path.to_owned(),
                before: file.before.as_deref().map(|bytes| Kept::of(&ContentHash::of(bytes))),
                after: file.after.as_ref().map(Kept::of),
                saved: saved.clone(),
            });
            if let (Some(name), Some(before)) = (saved, file.before) {
                bytes += before.len() as u64;
                set.create(self.folder().join(name), before);
            }
        }
        set.create(self.folder().join(record::name(number)), act.write()?);
        set.changes.extend(beyond(stored, bytes).map(removal));
        Ok(set)
    }

    /// Returns true if a file's content is kept: a file of the user's in the workspace.
    fn is_kept(&self, path: &Path) -> bool {
        let below = path.strip_prefix(&self.root).ok();
        below.is_some_and(|path| !path.starts_with("output") && !path.starts_with(OWN))
    }

    /// Returns true if the folder is a workspace, or becomes one by the changes.
    fn is_workspace(&self, replaced: &[Replaced]) -> bool {
        let folders = ["letters", "signatories"].map(|folder| self.root.join(folder));
        self.files.is_file(&self.root.join("undersigned.toml"))
            || folders.iter().any(|folder| self.files.is_folder(folder))
            || replaced
                .iter()
                .any(|file| folders.iter().any(|folder| file.path.starts_with(folder)))
    }

    /// Returns true if changes put every file of an act back, and no other.
    fn takes_back(&self, act: &Act, replaced: &[Replaced]) -> bool {
        let puts_back = |(file, now): (&ActFile, &Replaced)| is_kept(file.before.as_ref(), now.after);
        self.continues(act, replaced) && act.files.iter().zip(replaced).all(puts_back)
    }

    /// Returns true if changes begin where an act ended, in all of its files and no other.
    fn continues(&self, act: &Act, replaced: &[Replaced]) -> bool {
        act.files.len() == replaced.len()
            && act.files.iter().zip(replaced).all(|(file, now)| {
                let before = now.before.as_deref().map(ContentHash::of);
                self.root.join(&file.path) == now.path && is_kept(file.after.as_ref(), before)
            })
    }
}

/// Returns true if content is the one that was kept, or both are none.
fn is_kept(kept: Option<&Kept>, content: Option<ContentHash>) -> bool {
    match (kept, content) {
        (None, None) => true,
        (Some(kept), Some(content)) => kept.is(&content),
        _ => false,
    }
}

/// Returns the files of the oldest acts that exceed the bounds beside a new act.
fn beyond(stored: BTreeMap<u32, Vec<(PathBuf, u64)>>, new: u64) -> impl Iterator<Item = PathBuf> {
    let mut acts = stored.len() + 1;
    let mut bytes: u64 = new + stored.values().flatten().map(|(_, length)| length).sum::<u64>();
    let too_many = stored.into_values().take_while(move |files| {
        let goes = acts > MOST_ACTS || bytes > MOST_BYTES;
        acts -= 1;
        bytes -= files.iter().map(|(_, length)| length).sum::<u64>();
        goes
    });
    too_many.flatten().map(|(path, _)| path)
}

fn removal(path: PathBuf) -> Change {
    Change {
        path,
        old: Expected::Anything,
        new: None,
    }
}

fn line_count(bytes: &[u8]) -> usize {
    let open = usize::from(bytes.last().is_some_and(|last| *last != b'\n'));
    memchr::memchr_iter(b'\n', bytes).count() + open
}

fn is_record(path: &Path) -> bool {
    let number = number_of(path).map(record::name);
    number.is_some_and(|name| path.file_name().is_some_and(|own| own == &*name))
}

/// Returns the number that a file's name begins with.
fn number_of(path: &Path) -> Option<u32> {
    let name = path.file_name()?.to_str()?;
    name.split(['.', '-']).next()?.parse().ok()
}
