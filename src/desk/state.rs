//! What the requests of one run of the desk share.
//!
//! In: the workspace's folder. Out: a way to read the workspace, and a way to change it:
//! under the lock, with the history for `undo`, all files or none. Guaranteed: work of the
//! library runs on a thread that may wait; a failure of it becomes an answer.

use super::error::{Clash, DeskError};
use super::events::Events;
use super::file_states::{FileStates, FilesState};
use super::letter_cache::LetterCache;
use super::list_cache::ListCache;
use super::security::Guard;
use super::seen::Seen;
use super::status::StatusCache;
use super::waiting::{DroppedFile, Waiting, WaitingAnswers, WaitingExport};
use crate::engine::{self, ActTitle, ChangeSet, History, PROJECT, Paths, Workspace};
use crate::files::{DiskFiles, Files};
use crate::layout::Fonts;
use crate::source::MAX_FILE;
use crate::store::{self, Lock};
use jiff::Span;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The desk, shared by its requests.
pub(super) type Shared = Arc<Desk>;

/// How many messages wait for the page that shows them.
const MESSAGES: usize = 64;

/// What the requests of one run of the desk share.
#[derive(Debug)]
pub(super) struct Desk {
    /// The place that files are read from.
    pub(super) files: Arc<dyn Files>,
    /// Paths, as seen from the workspace's folder.
    pub(super) paths: Paths,
    /// The workspace's folder.
    pub(super) root: PathBuf,
    /// The port.
    pub(super) port: u16,
    /// Who may come in.
    pub(super) guard: Guard,
    /// The cookie of who comes in, where the desk was opened under a name.
    pub(super) entrance: Option<String>,
    /// What open pages hear of.
    pub(super) events: Events,
    /// The fonts of pages.
    pub(super) fonts: Fonts,
    /// The counts of the rail.
    pub(super) status: StatusCache,
    /// What is known of each file.
    pub(super) states: FileStates,
    /// The lists that were looked at last.
    pub(super) lists: ListCache,
    /// The letters that were looked at last.
    pub(super) letters: LetterCache,
    /// Exports that wait to be accepted.
    pub(super) waiting: Waiting<WaitingExport>,
    /// Drafts that wait to become letters.
    pub(super) drafts: Waiting<DroppedFile>,
    /// Sheets of colleagues that wait to be accepted.
    pub(super) answers: Waiting<WaitingAnswers>,
    /// Lists of who was invited, as long as somebody writes to them.
    pub(super) invited: Waiting<DroppedFile>,
    messages: Mutex<Messages>,
}

/// What acts have to say, until the next page shows it.
#[derive(Debug, Default)]
struct Messages {
    next: u64,
    waiting: VecDeque<(u64, String)>,
}

impl Desk {
    /// Sets up the desk of the workspace around a folder; `by` is who answers there.
    pub(super) fn new(folder: &Path, port: u16, guard: Guard, by: Option<&str>) -> Self {
        let files: Arc<dyn Files> = Arc::new(DiskFiles);
        let folder = engine::workspace_root(&files, &Paths::new(folder), Path::new(""));
        // The root as the system knows it: pages name files from here.
        let root = files.identity(&folder);
        let fonts = engine::workspace_fonts(&*files, &root);
        Self {
            files,
            paths: Paths::new(&root),
            root,
            port,
            guard,
            entrance: by.and_then(super::by::entrance),
            events: Events::default(),
            fonts,
            status: StatusCache::default(),
            states: FileStates::default(),
            lists: ListCache::default(),
            letters: LetterCache::default(),
            waiting: Waiting::default(),
            drafts: Waiting::default(),
            answers: Waiting::default(),
            invited: Waiting::default(),
            messages: Mutex::default(),
        }
    }

    /// Runs work of the library on a thread that may wait.
    pub(super) async fn run<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, DeskError> + Send + 'static,
    ) -> Result<T, DeskError> {
        let desk = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || work(&desk)).await;
        done.unwrap_or(Err(DeskError::Crashed))
    }

    /// Opens the workspace as its files are now.
    pub(super) fn workspace(&self) -> Result<Workspace, DeskError> {
        store::finish_interrupted(&self.paths, &self.root)?;
        self.open()
    }

    fn open(&self) -> Result<Workspace, DeskError> {
        let workspace = Workspace::open(&self.files, &self.paths, Path::new(""))?;
        Ok(workspace.with_readings(&self.lists.readings))
    }

    /// Returns the state of all files that pages depend on.
    pub(super) fn state_of_files(&self) -> FilesState {
        let mut state = self.states.begin(&*self.files);
        state.content(&self.root.join(PROJECT));
        state.folder(&self.root.join("letters"));
        state.folder(&self.root.join("signatories"));
        state.written(&self.root, false);
        state.written(&self.root.join(".undersigned/history"), false);
        state.written(&self.root.join("output"), true);
        state.state()
    }

    /// Returns the history of the workspace.
    pub(super) fn history(&self) -> History {
        History::around(&self.files, &self.paths, &self.root)
    }

    /// Changes files: all or none, undoable, under the lock. `make` is given the workspace
    /// as it is under the lock.
    pub(super) fn act(
        &self,
        title: &str,
        make: impl FnOnce(&Workspace) -> Result<ChangeSet, DeskError>,
    ) -> Result<(), DeskError> {
        self.act_since(title, None, |workspace| Ok((make(workspace)?, Vec::new())))
    }

    /// Changes files as [`Desk::act`] does; `make` names the files that are the user's alone
    /// where they are new.
    pub(super) fn act_private(
        &self,
        title: &str,
        make: impl FnOnce(&Workspace) -> Result<(ChangeSet, Vec<PathBuf>), DeskError>,
    ) -> Result<(), DeskError> {
        self.act_since(title, None, make)
    }

    /// Changes files as [`Desk::act`] does. What has the title of the last act, and follows
    /// soon, goes on from it: both are undone at once.
    pub(super) fn go_on(
        &self,
        title: &str,
        make: impl FnOnce(&Workspace) -> Result<ChangeSet, DeskError>,
    ) -> Result<(), DeskError> {
        self.act_since(title, Some(SPELL), |workspace| Ok((make(workspace)?, Vec::new())))
    }

    fn act_since(
        &self,
        title: &str,
        spell: Option<i64>,
        make: impl FnOnce(&Workspace) -> Result<(ChangeSet, Vec<PathBuf>), DeskError>,
    ) -> Result<(), DeskError> {
        let lock = self.lock()?;
        let (set, private) = make(&self.open()?)?;
        if set.changes.is_empty() {
            return Ok(());
        }
        let title = ActTitle::new(title, jiff::Zoned::now().datetime());
        let since = title
            .at
            .zip(spell)
            .and_then(|(at, spell)| at.checked_sub(Span::new().seconds(spell)).ok());
        let set = self.history().keep_on(&title, set, since)?;
        store::commit_private(&self.paths, &lock, set, &private)?;
        self.events.changed();
        Ok(())
    }

    /// Takes back the last act, if it is the one whose title the page showed. Returns the
    /// title.
    pub(super) fn undo(&self, shown: &str) -> Result<String, DeskError> {
        let lock = self.lock()?;
        let plan = self.history().undo()?;
        let plan = plan.ok_or_else(|| DeskError::Refused("there is nothing to undo".to_owned()))?;
        if plan.act.title != shown {
            let title = plan.act.title;
            let why = format!("the last act is now `{title}`, not `{shown}`; look at it before you undo it");
            return Err(DeskError::Refused(why));
        }
        let title = plan.act.title;
        store::commit(&self.paths, &lock, plan.set)?;
        self.events.changed();
        Ok(title)
    }

    /// Waits until no other run writes in the workspace.
    pub(super) fn lock(&self) -> Result<Lock, DeskError> {
        Ok(Lock::hold(&self.paths, &self.root, || ())?)
    }

    /// Reads a file; `None` if there is none.
    pub(super) fn content(&self, path: &Path) -> Result<Option<Vec<u8>>, DeskError> {
        if self.files.about(path).is_err() {
            return Ok(None);
        }
        let read = self.files.read_whole(path, MAX_FILE as u64);
        read.map(Some).map_err(|error| {
            let shown = self.paths.shown(path);
            DeskError::Refused(format!("cannot read `{shown}`: {error}"))
        })
    }

    /// Makes sure that a file is still as the page showed it; else it is a clash with
    /// what the page wanted to write. Returns the file's bytes.
    pub(super) fn expect(&self, path: &Path, seen: Seen, yours: &str, back: &str) -> Result<Vec<u8>, DeskError> {
        let now = self.content(path)?;
        if seen.is(now.as_deref()) {
            return Ok(now.unwrap_or_default());
        }
        Err(DeskError::Clash(Box::new(Clash {
            file: self.paths.shown(path),
            yours: yours.to_owned(),
            theirs: String::from_utf8_lossy(&now.unwrap_or_default()).into_owned(),
            back: back.to_owned(),
        })))
    }

    /// Keeps a message for the next page. Returns the address that shows it.
    pub(super) fn say(&self, text: impl Into<String>, address: &str) -> String {
        let mut messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
        let number = messages.next;
        messages.next += 1;
        messages.waiting.push_back((number, text.into()));
        if messages.waiting.len() > MESSAGES {
            messages.waiting.pop_front();
        }
        let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
        let joint = if path.contains('?') { '&' } else { '?' };
        let hash = if fragment.is_empty() { "" } else { "#" };
        format!("{path}{joint}said={number}{hash}{fragment}")
    }

    /// Returns the message of that number, once.
    pub(super) fn said(&self, number: u64) -> Option<String> {
        let mut messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
        let at = messages.waiting.iter().position(|(one, _)| *one == number)?;
        messages.waiting.remove(at).map(|(_, text)| text)
    }
}

/// How long edits of one text go on from each other, in seconds.
const SPELL: i64 = 3 * 60;
