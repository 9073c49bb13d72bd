//! The state of a workspace, and the next step.
//!
//! In: a workspace. Out: for each letter and list, its counts, questions, findings and last
//! release, as values; then the commands that come next. Guaranteed: nothing is written,
//! and every figure is one that `dedupe`, `check` or `release` would give too. A letter or
//! list that cannot be read has a line of its own and hides no other. Absent: drawing.

use super::error::Result;
use super::findings::check_each;
use super::freeze::RELEASES;
use super::lists::{resolve_rows, with_causes};
use super::prepared::{LetterInput, Prepared};
use super::releases::{StoredRelease, release_numbers};
use super::render::name_of;
use super::resolved_lists::ResolvedLists;
use super::workspace::Workspace;
use crate::diag::{Diagnostic, Severity};
use crate::load::dates;
use crate::model::signatory::{Column, Record};
use crate::model::text::plain;
use crate::resolve::{Exclusion, Reason, Resolution, Zone};
use jiff::civil::Date;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The state of a workspace.
#[derive(Clone, Debug)]
pub struct WorkspaceStatus {
    /// The name to show: the letterhead's, or the folder's.
    pub title: String,
    /// Its letters, by name.
    pub letters: Vec<LetterStatus>,
    /// Its lists, by name.
    pub lists: Vec<ListStatus>,
    /// What comes next, the most urgent first.
    pub next: Vec<NextStep>,
}

/// A letter of a workspace, with what `check` finds in it.
#[derive(Debug)]
pub struct CheckedLetter {
    /// Its file.
    pub path: PathBuf,
    /// The letter, taken as far as its document; or the reason why it cannot be read.
    pub prepared: std::result::Result<Prepared, String>,
    /// What `check` finds in it and in its lists.
    pub found: Vec<Diagnostic>,
}

/// The state of a letter.
#[derive(Clone, Debug)]
pub struct LetterStatus {
    /// Its path as the user knows it.
    pub path: String,
    /// Its name: the file's without its ending.
    pub name: String,
    /// The reason why it cannot be read; the counts are 0 then.
    pub unreadable: Option<String>,
    /// Its counts.
    pub counts: StatusCounts,
    /// Errors that `check` reports.
    pub errors: usize,
    /// Warnings that `check` reports, undecided pairs aside.
    pub warnings: usize,
    /// The state of its output.
    pub output: OutputState,
    /// The last release, and whether the letter is still as released.
    pub released: Option<LastRelease>,
}

/// The state of a list.
#[derive(Clone, Debug)]
pub struct ListStatus {
    /// Its path as the user knows it.
    pub path: String,
    /// The reason why it cannot be read; the counts are 0 then.
    pub unreadable: Option<String>,
    /// Its counts.
    pub counts: StatusCounts,
    /// The date of the latest signature that has one.
    pub last_signed: Option<Date>,
}

/// The counts of a letter's lists, or of one list. Rows are those with anything in their
/// name's place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusCounts {
    /// Rows.
    pub rows: usize,
    /// Printed signatories.
    pub signatories: usize,
    /// Pairs that a person must decide.
    pub ask: usize,
    /// Rows that are left out for good reason: withdrawn, declined or invalid.
    pub left_out: usize,
    /// Rows that wait: pending, or not to be published yet.
    pub waiting: usize,
}

/// The state of a letter's output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputState {
    /// It was never rendered.
    Never,
    /// A file that the letter is made of was saved after it was rendered.
    OlderThan(String),
    /// It is newer than everything the letter is made of.
    Current,
}

/// The last release of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastRelease {
    /// Its number.
    pub number: u32,
    /// True if the letter's text and names are still those of the release.
    pub unchanged: bool,
}

/// What comes next, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// What is to be done.
    pub act: NextAct,
    /// The path of the letter or list, as the user knows it; `None`: the workspace.
    pub subject: Option<String>,
    /// The reason.
    pub because: String,
}

/// What a person can do next, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NextAct {
    /// Begin a letter.
    New,
    /// Answer the questions of a list.
    Review,
    /// Look at the findings of a letter.
    Check,
    /// Write the output of a letter, or of all.
    Render,
    /// Release a letter.
    Release,
}

impl NextStep {
    /// Returns the command that does it.
    pub fn command(&self) -> String {
        let verb = match self.act {
            NextAct::New => "new DIR",
            NextAct::Review => "review",
            NextAct::Check => "check",
            NextAct::Render => "render",
            NextAct::Release => "release",
        };
        let subject = self.subject.iter().map(|subject| format!(" {subject}"));
        format!("undersigned {verb}{}", subject.collect::<String>())
    }
}

impl StatusCounts {
    fn of(records: &[Record], resolution: &Resolution) -> Self {
        let waits = |row: &&Exclusion| row.reason == Reason::Pending;
        let waiting = resolution.excluded.iter().filter(waits).count();
        Self {
            rows: records.len(),
            signatories: resolution.signatories.len(),
            ask: resolution
                .pairs
                .iter()
                .filter(|pair| pair.judgement.zone == Zone::Review)
                .count()
                + resolution.held.len(),
            left_out: resolution.excluded.len() - waiting,
            waiting,
        }
    }
}

impl ListStatus {
    fn of(path: String, resolved: &ResolvedLists) -> Self {
        let signed = |record: &Record| Some(dates::moment(record.get(Column::SignedAt)?)?.earliest());
        Self {
            path,
            unreadable: None,
            counts: StatusCounts::of(&resolved.records, &resolved.resolution),
            last_signed: resolved.records.iter().filter_map(signed).max(),
        }
    }
}

impl Workspace {
    /// Returns the state of every letter and list, and the next step.
    ///
    /// # Errors
    /// Never for a single letter or list; those say so themselves.
    pub fn status(&self) -> Result<WorkspaceStatus> {
        // Each list is read once, however many letters name it.
        let ahead = match self.lists.is_empty() {
            true => self.clone().with_lists(),
            false => self.clone(),
        };
        Ok(ahead.status_of(&ahead.checked_letters()))
    }

    /// Prepares and checks every letter.
    pub fn checked_letters(&self) -> Vec<CheckedLetter> {
        let letters = self.letters().unwrap_or_default();
        let prepare = |path: &PathBuf| self.prepare(LetterInput::File(path.clone()), None, &|_| {});
        let prepared: Vec<Result<Prepared>> = letters.par_iter().map(prepare).collect();
        let sound: Vec<&Prepared> = prepared.iter().flatten().collect();
        let mut found = check_each(&sound, false).into_iter();
        let letters = letters.into_iter().zip(prepared);
        letters
            .map(|(path, prepared)| CheckedLetter {
                path,
                found: prepared
                    .as_ref()
                    .map(|_| found.next().unwrap_or_default())
                    .unwrap_or_default(),
                prepared: prepared.map_err(|error| with_causes(&error)),
            })
            .collect()
    }

    /// Returns the state of letters that are prepared and checked, of every list, and the
    /// next step.
    pub fn status_of(&self, letters: &[CheckedLetter]) -> WorkspaceStatus {
        let letters: Vec<LetterStatus> = letters.par_iter().map(|letter| self.letter_status(letter)).collect();
        let lists: Vec<ListStatus> = self
            .list_files()
            .par_iter()
            .map(|path| self.list_status(path))
            .collect();
        let letterhead = self.project.letterhead.as_ref();
        let title = letterhead.map(|letterhead| plain(&letterhead.name).trim().to_owned());
        WorkspaceStatus {
            title: title
                .filter(|title| !title.is_empty())
                .unwrap_or_else(|| name_of(&self.root)),
            next: next_steps(&letters, &lists),
            letters,
            lists,
        }
    }

    fn letter_status(&self, letter: &CheckedLetter) -> LetterStatus {
        let path = &letter.path;
        let empty = LetterStatus {
            path: self.paths.shown(path),
            name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            unreadable: None,
            counts: StatusCounts::default(),
            errors: 0,
            warnings: 0,
            output: OutputState::Never,
            released: None,
        };
        match &letter.prepared {
            Err(reason) => LetterStatus {
                unreadable: Some(reason.clone()),
                ..empty
            },
            Ok(prepared) => {
                let count = |severity| {
                    let counted =
                        |one: &&Diagnostic| one.severity == severity && one.code != crate::diag::Code::Undecided;
                    letter.found.iter().filter(counted).count()
                };
                LetterStatus {
                    counts: StatusCounts::of(&prepared.records, &prepared.resolution),
                    errors: count(Severity::Error),
                    warnings: count(Severity::Warning),
                    output: self.output_state(prepared),
                    released: self.last_release(prepared),
                    ..empty
                }
            }
        }
    }

    fn list_status(&self, path: &Path) -> ListStatus {
        let shown = self.paths.shown(path);
        if let Some(resolved) = self.resolved_alone(path) {
            return ListStatus::of(shown, resolved);
        }
        let mut sources = self.sources.clone();
        match self.readings.list(&mut sources, &shown, path, &self.project.columns) {
            Err(error) => ListStatus {
                path: shown,
                unreadable: Some(with_causes(&error)),
                counts: StatusCounts::default(),
                last_signed: None,
            },
            Ok(loaded) => {
                let resolved = resolve_rows(self, loaded.value, Vec::new(), &sources, None);
                ListStatus::of(shown, &resolved)
            }
        }
    }

    /// Compares when a letter's output was written with when its files were saved.
    fn output_state(&self, prepared: &Prepared) -> OutputState {
        let modified = |path: &Path| self.files().about(path).ok().and_then(|about| about.modified);
        let folder = self.output_folder(&prepared.stem);
        let entries = self.files().entries(&folder).unwrap_or_default();
        let written: Option<SystemTime> = entries
            .iter()
            .filter(|path| self.files().is_file(path))
            .filter_map(|path| modified(path))
            .min();
        let Some(written) = written else {
            return OutputState::Never;
        };
        let read = prepared.files_read();
        let newer = read
            .iter()
            .filter_map(|file| Some((modified(&file.path)?, &file.shown)))
            .filter(|(saved, _)| *saved > written)
            .max();
        newer.map_or(OutputState::Current, |(_, shown)| OutputState::OlderThan(shown.clone()))
    }

    /// Reads the last release of a letter; one that does not hold together counts as none.
    fn last_release(&self, prepared: &Prepared) -> Option<LastRelease> {
        let folder = self.output_folder(&prepared.stem).join(RELEASES);
        let number = *release_numbers(&**self.files(), &folder).ok()?.last()?;
        let release = StoredRelease::read(&**self.files(), &self.paths, &folder.join(number.to_string())).ok()?;
        Some(LastRelease {
            number,
            unchanged: release.manifest.content == prepared.content().hash(),
        })
    }
}

/// Returns what comes next: answer, fix, render, release.
fn next_steps(letters: &[LetterStatus], lists: &[ListStatus]) -> Vec<NextStep> {
    let mut next = Vec::new();
    let mut add = |act: NextAct, subject: Option<&String>, because: String| {
        next.push(NextStep {
            act,
            subject: subject.cloned(),
            because,
        });
    };
    if letters.is_empty() {
        add(NextAct::New, None, "there is no letter in letters/".to_owned());
    }
    for list in lists.iter().filter(|list| list.counts.ask > 0) {
        add(NextAct::Review, Some(&list.path), format!("{} to ask", list.counts.ask));
    }
    for letter in letters
        .iter()
        .filter(|letter| letter.unreadable.is_some() || letter.errors > 0)
    {
        let because = match letter.errors {
            0 => "it cannot be read".to_owned(),
            errors => crate::diag::counted(errors, "error", "errors"),
        };
        add(NextAct::Check, Some(&letter.path), because);
    }
    let sound = || {
        letters
            .iter()
            .filter(|letter| letter.unreadable.is_none() && letter.errors == 0)
    };
    let unrendered: Vec<&LetterStatus> = sound().filter(|letter| letter.output != OutputState::Current).collect();
    match unrendered[..] {
        [] => {}
        [letter] => {
            let because = match &letter.output {
                OutputState::OlderThan(file) => format!("`{file}` is newer than the output"),
                OutputState::Never | OutputState::Current => "never rendered".to_owned(),
            };
            add(NextAct::Render, Some(&letter.path), because);
        }
        _ => {
            let count = unrendered.len();
            let because = format!("{count} letters are not rendered, or older than their files");
            add(NextAct::Render, None, because);
        }
    }
    for letter in sound() {
        match &letter.output {
            OutputState::Never | OutputState::OlderThan(_) => {}
            OutputState::Current => {
                let because = match letter.released {
                    Some(release) if release.unchanged => continue,
                    Some(release) => format!("changed since release {}", release.number),
                    None => "ready, not released".to_owned(),
                };
                add(NextAct::Release, Some(&letter.path), because);
            }
        }
    }
    next
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::engine::Paths;
    use crate::files::{Files, MemoryFiles};
    use std::sync::Arc;

    fn status(files: &[(&str, &str)]) -> WorkspaceStatus {
        let files: MemoryFiles = files.iter().map(|(path, text)| (format!("/w/{path}"), *text)).collect();
        let files: Arc<dyn Files> = Arc::new(files);
        let workspace = Workspace::open(&files, &Paths::new("/w"), Path::new("")).unwrap();
        workspace.status().unwrap()
    }

    const LETTER: &str = "+++\nkind = \"letter\"\ntitle = \"Fund the library\"\n\
        signatories = [\"../signatories/a.csv\"]\n+++\nWe ask you to fund the library.\n";

    #[test]
    fn counts_add_up_and_the_next_step_is_the_question() {
        let list = "name,status,signed_at\nHarwell Village Association,,2026-03-01\nUndocuBlack,,\n\
            UndocuBlack Network,,2026-03-09\nBeta Group,withdrawn,\nGamma Group,pending,\n";
        let status = status(&[("letters/a.md", LETTER), ("signatories/a.csv", list)]);
        let expected = StatusCounts {
            rows: 5,
            signatories: 3,
            ask: 1,
            left_out: 1,
            waiting: 1,
        };
        assert_eq!((status.letters[0].counts, status.lists[0].counts), (expected, expected));
        assert_eq!(status.lists[0].last_signed.unwrap().to_string(), "2026-03-09");
        assert_eq!(status.letters[0].output, OutputState::Never);
        assert_eq!(status.next[0].command(), "undersigned review signatories/a.csv");
    }

    #[test]
    fn what_cannot_be_read_hides_nothing() {
        let status = status(&[
            ("letters/a.md", LETTER),
            ("signatories/a.csv", "name\nA Group\n"),
            ("signatories/broken.xlsx", "no workbook"),
        ]);
        assert_eq!(status.lists.len(), 2);
        assert_eq!(status.letters[0].counts.signatories, 1);
    }

    #[test]
    fn an_empty_workspace_asks_for_a_letter() {
        let status = status(&[("undersigned.toml", "")]);
        assert_eq!(status.title, "w");
        assert_eq!(status.next[0].command(), "undersigned new DIR");
    }
}
