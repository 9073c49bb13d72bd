//! Reading the lists of letters and resolving them: the one place that does.
//!
//! In: letters, or paths of lists. Out: their rows and what became of them. Guaranteed:
//! a list that is named twice is read once, under whatever path; of many letters, each
//! list is read once and each set of lists resolved once, with the same outcome as one
//! after the other. Absent: what a row means (that is `load`'s and `resolve`'s).

use super::error::Result;
use super::paths::{Paths, beside};
use super::resolved_lists::{ListAndColumns, ResolvedAhead, ResolvedLists, SharedMemory};
use super::workspace::Workspace;
use crate::diag::{Code, Diagnostic, counted};
use crate::files::{FileRead, Files};
use crate::load;
use crate::model::letter::{Letter, Placed};
use crate::model::signatory::{Column, Record};
use crate::resolve::{self, Resolution, ResolveOptions, Zone};
use crate::source::SourceMap;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

/// A list that is read: a file, or bytes that are in none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListInput {
    /// A file.
    File(PathBuf),
    /// Bytes such as standard input's, under the name the user knows them by.
    Bytes(String, Vec<u8>),
}

/// Reads lists that are named by themselves, not by a letter.
///
/// # Errors
/// When one cannot be read.
pub fn read_lists(
    workspace: &Workspace,
    lists: Vec<ListInput>,
    sources: &mut SourceMap,
) -> Result<(Vec<Record>, Vec<Diagnostic>)> {
    let mut records: Vec<Record> = Vec::new();
    let mut said = Vec::new();
    let mut seen = BTreeSet::new();
    for list in lists {
        let loaded = match list {
            ListInput::Bytes(name, bytes) => {
                load::list_from_bytes(sources, &name, None, bytes, &workspace.project.columns)?
            }
            ListInput::File(path) => {
                let shown = workspace.paths.shown(&path);
                if !seen.insert(workspace.files().identity(&path)) {
                    let message = format!("`{shown}` is named twice; it is read once");
                    said.push(Diagnostic::warning(Code::RepeatedList, message));
                    continue;
                }
                let columns = &workspace.project.columns;
                workspace.readings.list(sources, &shown, &path, columns)?
            }
        };
        said.extend(loaded.diagnostics);
        if records.is_empty() {
            records = loaded.value;
        } else {
            records.extend(loaded.value);
        }
    }
    Ok((records, said))
}

/// Reads the lists of a letter. Rows that may not be published on `date`, or else on the
/// letter's own date, are held back.
pub(super) fn records(
    letter: &Letter,
    path: &Path,
    date: Option<Date>,
    paths: &Paths,
    sources: &mut SourceMap,
) -> (Vec<Record>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut records: Vec<Record> = Vec::new();
    for (list, list_path) in lists_once(letter, path, &**sources.place_of_files()) {
        match load::list(sources, &paths.shown(&list_path), &list_path, &letter.columns) {
            Ok(loaded) => {
                diagnostics.extend(loaded.diagnostics);
                records.extend(loaded.value);
            }
            Err(error) => diagnostics.push(
                Diagnostic::error(Code::Unreadable, with_causes(&error))
                    .at(list.origin)
                    .hint("paths are relative to the letter's own folder"),
            ),
        }
    }
    diagnostics.extend(load::holds::hold(&mut records, date.or(letter.date)));
    (records, diagnostics)
}

/// Returns the lists that a letter names with their paths, each file once.
fn lists_once<'a>(letter: &'a Letter, path: &Path, files: &dyn Files) -> Vec<(&'a Placed<String>, PathBuf)> {
    let mut seen = BTreeSet::new();
    let all = letter.signatories.iter().map(|list| (list, beside(path, &list.value)));
    all.filter(|(_, list)| seen.insert(files.identity(list))).collect()
}

/// Returns an error's text with its causes, divided by colons.
pub(super) fn with_causes(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// Resolves rows under what is known in a workspace.
pub(super) fn resolve_rows(
    workspace: &Workspace,
    records: Vec<Record>,
    mut diagnostics: Vec<Diagnostic>,
    sources: &SourceMap,
    memory: Option<&SharedMemory>,
) -> ResolvedLists {
    let options = ResolveOptions::default();
    let known = &workspace.known;
    let (records, (resolution, said)) = match memory {
        None => {
            let (records, said) = resolve::rows::judge_rows(records, known);
            diagnostics.extend(said);
            let resolved = resolve::resolve(&records, known, &options);
            (records, resolved)
        }
        Some(memory) => {
            let mut memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
            let (records, said) = resolve::rows::judge_rows_again(records, known, &mut memory.rows);
            diagnostics.extend(said);
            let resolved = resolve::resolve_again(&records, known, &options, &mut memory);
            (records, resolved)
        }
    };
    diagnostics.extend(said);
    diagnostics.extend(held(&records, &resolution, sources));
    diagnostics.extend(undecided(&records, &resolution, sources));
    ResolvedLists {
        records: Arc::new(records),
        resolution: Arc::new(resolution),
        diagnostics,
    }
}

/// Warns once of a letter's rows that a person must answer about before they are printed.
fn held(records: &[Record], resolution: &Resolution, sources: &SourceMap) -> Option<Diagnostic> {
    let first = resolution.held.first()?;
    let record = &records[first.row];
    let rows = counted(resolution.held.len(), "row is", "rows are");
    let question = first.hold.question(&record.name);
    let first = if resolution.held.len() == 1 { "" } else { "; the first" };
    let message = format!("{rows} held and not printed until you answer{first}: {question}");
    let list = sources.name(record.origin.file());
    Some(
        Diagnostic::warning(Code::HeldRows, message)
            .at(record.origin)
            .hint(format!("answer with `undersigned review {list}`")),
    )
}

/// Warns once for a letter whose roll has names that may be one signatory.
fn undecided(records: &[Record], resolution: &Resolution, sources: &SourceMap) -> Option<Diagnostic> {
    let mut questions = resolution
        .pairs
        .iter()
        .filter(|pair| pair.judgement.zone == Zone::Review);
    let first = questions.next()?;
    let (a, b) = (&records[first.a], &records[first.b]);
    let more = match questions.count() {
        0 => String::new(),
        1 => " (and one more such pair)".to_owned(),
        more => format!(" (and {more} more such pairs)"),
    };
    let message = format!(
        "`{}` and `{}` may be one signatory; both are printed{more}",
        a.name, b.name
    );
    let list = sources.name(b.origin.file());
    Some(
        Diagnostic::warning(Code::Undecided, message)
            .at(b.origin)
            .hint(format!("decide with `undersigned review {list}`")),
    )
}

/// Warns of lists that a letter names twice, under whatever path, and of copies.
pub(super) fn repeated(letter: &Letter, path: &Path, sources: &SourceMap) -> Vec<Diagnostic> {
    let files = sources.place_of_files();
    let mut said = Vec::new();
    let mut seen: Vec<(PathBuf, u64, &str)> = Vec::new();
    for list in &letter.signatories {
        let shown = list.value.as_str();
        let file = files.identity(&beside(path, shown));
        let length = files.about(&file).map_or(0, |about| about.length);
        let mut warn = |message: String, hint: &str| {
            let warning = Diagnostic::warning(Code::RepeatedList, message);
            said.push(warning.at(list.origin).hint(hint));
        };
        if let Some((_, _, first)) = seen.iter().find(|(known, _, _)| *known == file) {
            warn(
                format!("`{shown}` is `{first}` again; it is read once"),
                "remove one of the two from `signatories`",
            );
            continue;
        }
        let content = |path: &Path| files.read(path, COMPARED).ok();
        let copy = seen
            .iter()
            .filter(|(_, other, _)| length > 0 && length <= COMPARED && *other == length)
            .find(|(other, _, _)| content(other).is_some_and(|other| content(&file) == Some(other)));
        if let Some((_, _, first)) = copy {
            warn(
                format!("`{shown}` is a byte-for-byte copy of `{first}`"),
                "each signatory is printed once, but was read twice; remove the copy from `signatories`",
            );
        }
        seen.push((file, length, shown));
    }
    said
}

/// Longest lists that are compared with each other, in bytes.
const COMPARED: u64 = 64 << 20;

/// A list that was read ahead: its rows and what was said of it, unless it cannot be read;
/// and the files that were asked for.
type ReadAhead = (Option<(Vec<Record>, Vec<Diagnostic>)>, Vec<Arc<FileRead>>);

/// The lists that were read ahead.
type ListsAhead = BTreeMap<ListAndColumns, ReadAhead>;

/// A set of lists with the date that decides on held rows, and the letters that have it.
type Wanted<'a> = BTreeMap<(Vec<ListAndColumns>, Option<Date>), Vec<&'a PathBuf>>;

impl Workspace {
    /// Returns the workspace with each list of its letters read once and resolved once, so
    /// that a letter whose text changes again and again is prepared without its lists being
    /// read. It holds as long as the lists and the shared files are as they are now.
    #[must_use]
    pub fn with_lists(mut self) -> Self {
        let letters = self.letters().unwrap_or_default();
        self.resolve_ahead(&letters.iter().collect::<Vec<_>>());
        self
    }

    /// Returns the workspace as [`Workspace::with_lists`] does. What it was `before` it changed
    /// saves work: lists that did not change are not resolved again, and of one that did only
    /// what changed is judged anew.
    #[must_use]
    pub fn with_lists_again(mut self, before: Option<&Self>) -> Self {
        let letters = self.letters().unwrap_or_default();
        let letters: Vec<&PathBuf> = letters.iter().collect();
        let knows_same = before.is_some_and(|before| before.known == self.known);
        self.resolve_each(&letters, |workspace, set, date, lists| {
            let mut ahead = before.iter().flat_map(|before| before.lists.values());
            let ahead = ahead.find(|ahead| ahead.set == set && ahead.date == date);
            let same = |before: &Self| knows_same && workspace.has_same_lists(before, &set, lists);
            match ahead {
                Some(ahead) if before.is_some_and(same) => Some(Arc::clone(ahead)),
                _ => {
                    let memory = ahead.and_then(|ahead| ahead.memory.clone()).unwrap_or_default();
                    workspace.resolve_set(set, date, lists, Some(memory)).map(Arc::new)
                }
            }
        });
        self
    }

    /// Returns true if lists are the same as they were `before`, and have the same places.
    fn has_same_lists(&self, before: &Self, set: &[ListAndColumns], lists: &ListsAhead) -> bool {
        let is_same = |row: &Record| self.sources.shares(&before.sources, row.origin.file());
        set.iter().all(|list| {
            let rows = lists.get(list).and_then(|(rows, _)| rows.as_ref());
            rows.is_some_and(|(rows, _)| !rows.is_empty() && rows.iter().all(is_same))
        })
    }

    /// Returns the files that were read for the lists that were resolved ahead.
    pub fn lists_read(&self) -> Vec<Arc<FileRead>> {
        let ahead = self.lists.values();
        ahead.flat_map(|ahead| ahead.read.iter().cloned()).collect()
    }

    /// Returns what became of a letter's lists, if they were resolved ahead and the letter
    /// still names them in the same way.
    pub(super) fn resolved_for(&self, letter: &Letter, path: &Path) -> Option<&Arc<ResolvedAhead>> {
        let ahead = self.lists.get(path)?;
        let is_same_day = !ahead.is_dated || ahead.date == letter.date;
        (is_same_day && ahead.set == self.set_of_lists(letter, path)).then_some(ahead)
    }

    /// Reads each list of some letters once and resolves each set of lists once, so that
    /// preparing the letters finds them ready. What cannot be read is passed over: preparing
    /// the letter says why.
    pub(super) fn resolve_ahead(&mut self, letters: &[&PathBuf]) {
        self.resolve_each(letters, |workspace, set, date, lists| {
            workspace.resolve_set(set, date, lists, None).map(Arc::new)
        });
    }

    /// Does as [`Workspace::resolve_ahead`]; `resolve` resolves a set of lists.
    fn resolve_each(
        &mut self,
        letters: &[&PathBuf],
        resolve: impl Fn(&Self, Vec<ListAndColumns>, Option<Date>, &ListsAhead) -> Option<Arc<ResolvedAhead>> + Sync,
    ) {
        let mut lists = ListsAhead::new();
        let mut wanted = Wanted::new();
        let mut within = self.sources.clone();
        self.keep_within(&mut within, Path::new(""));
        self.sources = within;
        for path in letters {
            // The letter is read for its lists alone; its own reading comes later.
            let mut scratch = SourceMap::new(Arc::clone(self.files()));
            self.keep_within(&mut scratch, path);
            let Ok(letter) = load::letter(&mut scratch, &self.paths.shown(path), path, &self.project) else {
                continue;
            };
            let letter = letter.value;
            let set = self.set_of_lists(&letter, path);
            for list in &set {
                if !lists.contains_key(list) {
                    let shown = self.paths.shown(&list.0);
                    let readings = Arc::clone(&self.readings);
                    let read = |sources: &mut SourceMap| readings.list(sources, &shown, &list.0, &list.1).ok();
                    let (loaded, files) = self.sources.recorded(read);
                    let rows = loaded.map(|loaded| (loaded.value, loaded.diagnostics));
                    lists.insert(list.clone(), (rows, files));
                }
            }
            // What may be published follows from the letter's date.
            let embargoed = |list: &ListAndColumns| {
                let rows = lists.get(list).and_then(|(rows, _)| rows.as_ref());
                rows.is_some_and(|(rows, _)| rows.iter().any(|row| row.get(Column::EmbargoedUntil).is_some()))
            };
            let date = letter.date.filter(|_| set.iter().any(embargoed));
            wanted.entry((set, date)).or_default().push(path);
        }
        self.sources.read_anywhere();
        let sets: Vec<_> = wanted.into_iter().collect();
        let made: Vec<(Vec<&PathBuf>, Arc<ResolvedAhead>)> = sets
            .into_par_iter()
            .filter_map(|((set, date), letters)| Some((letters, resolve(self, set, date, &lists)?)))
            .collect();
        for (letters, resolved) in made {
            for path in letters {
                self.lists.insert(path.clone(), Arc::clone(&resolved));
            }
        }
    }

    /// Resolves a set of lists; `None` where one cannot be read, which each letter that names
    /// it reports.
    fn resolve_set(
        &self,
        set: Vec<ListAndColumns>,
        date: Option<Date>,
        lists: &ListsAhead,
        memory: Option<SharedMemory>,
    ) -> Option<ResolvedAhead> {
        let (mut records, mut said, mut read) = (Vec::new(), Vec::new(), Vec::new());
        for list in &set {
            let (rows, files) = lists.get(list)?;
            let (rows, diagnostics) = rows.as_ref()?;
            records.extend(rows.iter().cloned());
            said.extend(diagnostics.iter().cloned());
            read.extend(files.iter().cloned());
        }
        let is_dated = records.iter().any(|row| row.get(Column::EmbargoedUntil).is_some());
        said.extend(load::holds::hold(&mut records, date));
        let resolved = resolve_rows(self, records, said, &self.sources, memory.as_ref());
        Some(ResolvedAhead {
            memory,
            set,
            date,
            is_dated,
            read,
            resolved,
        })
    }

    /// Returns what became of one list, if it was resolved alone and under the workspace's
    /// columns for a letter.
    pub(super) fn resolved_alone(&self, list: &Path) -> Option<&ResolvedLists> {
        let key = (self.paths.absolute(list), self.project.columns.clone());
        let mut ahead = self.lists.values();
        let found = ahead.find(|ahead| ahead.date.is_none() && ahead.set == [key.clone()]);
        found.map(|ahead| &ahead.resolved)
    }

    /// Returns the lists of a letter, each once.
    fn set_of_lists(&self, letter: &Letter, path: &Path) -> Vec<ListAndColumns> {
        let once = lists_once(letter, path, &**self.files()).into_iter();
        once.map(|(_, list)| (self.paths.absolute(&list), letter.columns.clone()))
            .collect()
    }
}
