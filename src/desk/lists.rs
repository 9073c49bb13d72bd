//! The lists that screens show, resolved once and kept until a file changes.
//!
//! In: the name of a list. Out: its roll as a table, or its review. Guaranteed: what is
//! kept is used only while the list and the shared files have the bytes that it was made
//! from; a page never shows an older state of the files. Absent: what a row means (that is
//! the engine's).

use super::error::DeskError;
use super::file_states::FilesState;
use super::list_cache::ListTable;
use super::state::Desk;
use crate::diag::Diagnostic;
use crate::engine::{self, DECISIONS, DIRECTORY, ListInput, PROJECT, Review, Workspace};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

/// A list of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListFile {
    /// Its file name, by which addresses name it.
    pub(super) name: String,
    /// Its path, as the user knows it.
    pub(super) shown: String,
    /// Its path.
    pub(super) path: PathBuf,
}

/// The list that a page is about, and the others.
#[derive(Clone, Debug)]
pub(super) struct ChosenList {
    /// The list.
    pub(super) list: ListFile,
    /// The names of all lists, this one included.
    pub(super) all: Vec<String>,
}

/// Returns the lists of a workspace.
pub(super) fn lists(workspace: &Workspace) -> Vec<ListFile> {
    let files = workspace.list_files().into_iter();
    files
        .map(|path| ListFile {
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            shown: workspace.paths.shown(&path),
            path,
        })
        .collect()
}

/// Returns the list of that name, or without one the first; `None`: there is no list.
pub(super) fn chosen(workspace: &Workspace, wanted: Option<&str>) -> Result<Option<ChosenList>, DeskError> {
    let mut lists = lists(workspace);
    let all: Vec<String> = lists.iter().map(|list| list.name.clone()).collect();
    let at = match wanted {
        None if lists.is_empty() => return Ok(None),
        None => 0,
        Some(wanted) => {
            let at = lists.iter().position(|list| list.name == wanted);
            at.ok_or_else(|| DeskError::NotFound(format!("list `{wanted}`")))?
        }
    };
    Ok(Some(ChosenList {
        list: lists.swap_remove(at),
        all,
    }))
}

/// Returns the list of that name.
pub(super) fn named(workspace: &Workspace, name: &str) -> Result<ChosenList, DeskError> {
    let missing = || DeskError::NotFound(format!("list `{name}`"));
    chosen(workspace, Some(name))?.ok_or_else(missing)
}

impl Desk {
    /// Returns the workspace with the lists of its letters resolved, made anew if the shared
    /// files, a list, or the settings of a letter changed.
    pub(super) fn ready(&self) -> Result<Arc<Workspace>, DeskError> {
        let mut kept = self.lists.ready.lock().unwrap_or_else(PoisonError::into_inner);
        let workspace = self.workspace()?;
        let state = self.state_of_lists(&workspace);
        if let Some((of, ready)) = &*kept
            && *of == state
            && self.states.are_as_read(&*self.files, &ready.lists_read())
        {
            return Ok(Arc::clone(ready));
        }
        let before = kept.take();
        let ready = Arc::new(workspace.with_lists_again(before.as_ref().map(|(_, ready)| &**ready)));
        *kept = Some((state, Arc::clone(&ready)));
        Ok(ready)
    }

    /// Returns the roll of a list, made anew if a file changed.
    pub(super) fn table(&self, list: &Path) -> Result<Arc<ListTable>, DeskError> {
        let state = self.state_of(list);
        let mut kept = self.lists.table.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, table)) = &*kept
            && *of == state
        {
            return Ok(Arc::clone(table));
        }
        let workspace = self.ready()?;
        let table = workspace.roll_table(vec![ListInput::File(list.to_owned())])?;
        refuse_errors(&table.rows.sources, &table.rows.diagnostics)?;
        let table = Arc::new(ListTable { table, workspace });
        *kept = Some((state, Arc::clone(&table)));
        Ok(table)
    }

    /// Works with the review of a list, opened anew if a file changed.
    pub(super) fn with_review<T>(
        &self,
        list: &Path,
        work: impl FnOnce(&mut Review) -> Result<T, DeskError>,
    ) -> Result<T, DeskError> {
        let mut kept = self.lists.review.lock().unwrap_or_else(PoisonError::into_inner);
        let state = self.state_of(list);
        let mut review = match kept.take() {
            Some((of, review)) if of == state => review,
            before => {
                let lists = vec![ListInput::File(list.to_owned())];
                let before = before.map(|(_, review)| review);
                let review = Review::open_again(&self.workspace()?, lists, before)?;
                refuse_errors(review.sources(), review.diagnostics())?;
                review
            }
        };
        let done = work(&mut review)?;
        // The work may have changed a file, and the review with it.
        *kept = Some((self.state_of(list), review));
        Ok(done)
    }

    /// Returns the state of the files that a list's resolution depends on.
    fn state_of(&self, list: &Path) -> FilesState {
        let mut state = self.states.begin(&*self.files);
        SHARED.iter().for_each(|file| state.content(&self.root.join(file)));
        state.content(list);
        state.state()
    }

    /// Returns the state of the files that the resolutions of all letters' lists depend on.
    fn state_of_lists(&self, workspace: &Workspace) -> FilesState {
        let mut state = self.states.begin(&*self.files);
        SHARED.iter().for_each(|file| state.content(&self.root.join(file)));
        state.folder(&self.root.join("signatories"));
        for letter in workspace.letters().unwrap_or_default() {
            state.bytes(letter.as_os_str().as_encoded_bytes());
            let text = self.files.read(&letter, u64::MAX).unwrap_or_default();
            state.bytes(front_matter(&text));
        }
        state.state()
    }
}

/// The files that every list depends on.
const SHARED: [&str; 3] = [PROJECT, DIRECTORY, DECISIONS];

/// Returns a letter's text as far as the second line of `+++`.
fn front_matter(text: &[u8]) -> &[u8] {
    let mut fences = memchr::memmem::find_iter(text, b"\n+++").chain([text.len()]);
    // The first line may be one, or empty lines come before it.
    let begin = if text.starts_with(b"+++") {
        0
    } else {
        fences.next().unwrap_or_default()
    };
    let end = fences.find(|end| *end > begin).unwrap_or(text.len());
    &text[..end]
}

/// Makes an answer of the first error that keeps a list from being read.
fn refuse_errors(sources: &crate::source::SourceMap, said: &[Diagnostic]) -> Result<(), DeskError> {
    let mut errors = said.iter().filter(|one| engine::has_errors(std::slice::from_ref(*one)));
    let Some(error) = errors.next() else { return Ok(()) };
    let place = error.origin.map(|origin| format!("{}: ", sources.place(origin)));
    let hint = error.hint.as_ref().map(|hint| format!("; {hint}"));
    let text = [place, Some(error.message.clone()), hint].into_iter().flatten();
    Err(DeskError::Refused(text.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_ends_at_the_second_fence() {
        let check = |text: &str, expected: &str| assert_eq!(front_matter(text.as_bytes()), expected.as_bytes());
        check("+++\na = 1\n+++\nBody\n+++\n", "+++\na = 1");
        check("\n+++\na = 1\n+++\nBody\n", "\n+++\na = 1");
        check("\u{feff}+++\na = 1\n+++\nBody\n", "\u{feff}+++\na = 1\n+++\nBody\n");
        check("Body", "Body");
        check("", "");
    }
}
