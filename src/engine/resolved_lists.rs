//! The rows of lists and what became of them, as one value.

use crate::diag::Diagnostic;
use crate::files::FileRead;
use crate::model::signatory::Record;
use crate::resolve::{Resolution, ResolveMemory};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// The rows of lists and what became of them; letters with the same lists share them.
#[derive(Clone, Debug, Default)]
pub struct ResolvedLists {
    /// The rows, in the order of the lists.
    pub records: Arc<Vec<Record>>,
    /// The signatories, and the rows that are none.
    pub resolution: Arc<Resolution>,
    /// What there is to say.
    pub diagnostics: Vec<Diagnostic>,
}

/// A list, and the columns it was read with.
pub(super) type ListAndColumns = (PathBuf, BTreeMap<String, String>);

/// A set of lists that was resolved before the letters that name it were prepared.
#[derive(Clone, Debug)]
pub(super) struct ResolvedAhead {
    /// The lists.
    pub(super) set: Vec<ListAndColumns>,
    /// The date that decides on held rows, where a list has such rows.
    pub(super) date: Option<Date>,
    /// Says whether a list has rows that a date decides on.
    pub(super) is_dated: bool,
    /// Every file that was read for it.
    pub(super) read: Vec<Arc<FileRead>>,
    /// The rows and what became of them.
    pub(super) resolved: ResolvedLists,
    /// What the next resolving of the same lists need not find out again, if it is to come.
    pub(super) memory: Option<SharedMemory>,
}

/// What is remembered of a set of lists; the workspaces that follow each other share it.
pub(super) type SharedMemory = Arc<Mutex<ResolveMemory>>;
