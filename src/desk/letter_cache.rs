//! What was made of letters, until a file changes.
//!
//! Guaranteed: it is bounded; the letter that was not looked at for longest goes first.
//! Absent: making it (that is the screens').

use super::file_states::FilesState;
use super::seen::Seen;
use crate::diag::{Code, Diagnostic, Severity};
use crate::emit::svg::{SvgPages, svg};
use crate::engine::{self, Cure, Prepared, WorkspaceStatus};
use crate::layout::{Fonts, LayoutCache, paginate_alike};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A letter, taken as far as its document.
#[derive(Debug)]
pub(super) struct LetterLook {
    /// The letter; or the reason why it cannot be read as one.
    pub(super) prepared: Result<Prepared, String>,
    /// What `check` finds, once somebody asked.
    found: OnceLock<Vec<Diagnostic>>,
    /// Its pages, once somebody looked at them.
    pages: OnceLock<Arc<SvgPages>>,
}

/// What `check` finds in one file, with its place.
#[derive(Debug)]
pub(super) struct PlacedFinding {
    /// What is said.
    pub(super) said: Diagnostic,
    /// The line, from 1.
    pub(super) line: Option<u32>,
    /// The column, from 1.
    pub(super) column: Option<u32>,
    /// Where the row of a list begins: a byte.
    pub(super) start: Option<u32>,
    /// What would mend it.
    pub(super) cure: Option<Cure>,
}

/// What `check` finds in one file.
#[derive(Debug)]
pub(super) struct FileFindings {
    /// The file, as the user knows it.
    pub(super) file: String,
    /// The letter's name, if it is a letter.
    pub(super) letter: Option<String>,
    /// The state of the file.
    pub(super) seen: Seen,
    /// What is found.
    pub(super) findings: Vec<PlacedFinding>,
}

/// What is true of all letters and lists at one moment.
#[derive(Debug)]
pub(super) struct Survey {
    /// Their counts, and the next step.
    pub(super) status: WorkspaceStatus,
    /// What `check` finds, by file.
    pub(super) files: Vec<FileFindings>,
}

impl Survey {
    /// Returns how many errors and warnings there are; what is said of a list that letters
    /// share counts once. Pairs to decide are questions, and no findings.
    pub(super) fn findings(&self) -> usize {
        let all = self.files.iter().flat_map(|file| &file.findings);
        let counts = |one: &&PlacedFinding| one.said.severity > Severity::Note && one.said.code != Code::Undecided;
        all.filter(counts).count()
    }
}

/// What was made of letters.
#[derive(Debug, Default)]
pub(super) struct LetterCache {
    looks: Mutex<VecDeque<(FilesState, String, Arc<LetterLook>)>>,
    blocks: Mutex<(LayoutCache, usize)>,
}

/// Most letters that are kept: those of the tabs that somebody has open.
const MOST: usize = 4;

/// After how many settings of pages the kept lines are thrown away: most of them are of
/// texts that nobody typed to the end.
const SETTINGS: usize = 128;

impl LetterLook {
    /// Takes a letter in.
    pub(super) fn new(prepared: Result<Prepared, String>) -> Self {
        Self {
            prepared,
            found: OnceLock::new(),
            pages: OnceLock::new(),
        }
    }

    /// Returns what `check` finds.
    pub(super) fn found(&self) -> &[Diagnostic] {
        self.found.get_or_init(|| match &self.prepared {
            Err(_) => Vec::new(),
            Ok(prepared) => engine::check(std::slice::from_ref(prepared), false)
                .pop()
                .unwrap_or_default(),
        })
    }

    /// Returns the letter's pages, drawn once; lines that were set for an earlier state of a
    /// letter are taken as they are.
    pub(super) fn pages(&self, cache: &LetterCache, fonts: &Fonts) -> &Arc<SvgPages> {
        self.pages.get_or_init(|| match &self.prepared {
            Err(_) => Arc::default(),
            Ok(prepared) => {
                let document = prepared.composed.specimen();
                Arc::new(cache.with_blocks(|blocks| svg(&paginate_alike(document, fonts, blocks).0)))
            }
        })
    }
}

impl LetterCache {
    /// Returns a letter as it is in a state of the files, made anew if there is none, or if a
    /// file that it was made of has other content.
    pub(super) fn look<E>(
        &self,
        state: FilesState,
        name: &str,
        is_as_read: impl Fn(&LetterLook) -> bool,
        make: impl FnOnce() -> Result<LetterLook, E>,
    ) -> Result<Arc<LetterLook>, E> {
        let mut looks = self.looks.lock().unwrap_or_else(PoisonError::into_inner);
        let is_of_now =
            |(of, own, look): &(FilesState, String, Arc<LetterLook>)| *of == state && own == name && is_as_read(look);
        let at = looks.iter().position(is_of_now);
        let look = match at.and_then(|at| looks.remove(at)) {
            Some((.., look)) => look,
            None => Arc::new(make()?),
        };
        looks.retain(|(.., own, _)| own != name);
        looks.push_front((state, name.to_owned(), Arc::clone(&look)));
        looks.truncate(MOST);
        Ok(look)
    }

    fn with_blocks<T>(&self, work: impl FnOnce(&LayoutCache) -> T) -> T {
        let mut blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        if blocks.1 == SETTINGS {
            *blocks = (LayoutCache::default(), 0);
        }
        blocks.1 += 1;
        work(&blocks.0)
    }
}
