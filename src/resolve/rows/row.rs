//! A row that is judged, and what the whole list says about it.
//!
//! In: records. Out: a [`Row`] for each, and a [`WholeList`]; the form of what is found of a row.
//! Absent: the rules.

use super::fold::fold;
use super::text::Text;
use crate::model::held::Hold;
use crate::model::known::Known;
use crate::model::signatory::{Column, Record};
use crate::source::{FileId, Origin};
use rustc_hash::{FxHashMap, FxHashSet};

/// What is found of a row.
#[derive(Clone)]
pub(super) enum Finding {
    /// Questions, in the order in which they are asked.
    Asked(Vec<Hold>),
    /// It is the header again, for certain.
    Header,
}

/// A row that is judged.
pub(super) struct Row<'a> {
    pub(super) record: &'a Record,
    /// Its name, folded.
    pub(super) text: &'a Text,
    pub(super) list: &'a WholeList,
}

impl Row<'_> {
    /// Returns the name as typed.
    pub(super) fn name(&self) -> &str {
        &self.record.name
    }

    /// Returns whether the row has nothing beside its name that a signatory would have: at
    /// most numbers, as the sheet's sums are.
    pub(super) fn is_bare(&self) -> bool {
        is_bare(self.record)
    }

    /// Returns whether most rows of the row's file have more than a name.
    pub(super) fn is_among_full_rows(&self) -> bool {
        !self.record.has_more && self.shape().is_some_and(FileShape::has_full_rows)
    }

    /// Returns whether nearly all names of the row's file have a capital.
    pub(super) fn is_among_capitals(&self) -> bool {
        self.shape().is_some_and(FileShape::has_capitals)
    }

    /// Returns whether the name is one word in capitals among names that are not: "ASHA" is an
    /// acronym there, and no Asha.
    pub(super) fn is_acronym_alone(&self) -> bool {
        let mut letters = self.name().chars();
        let is_word = self.name().len() > 1 && letters.all(|c| c.is_alphabetic() && c.is_uppercase());
        is_word && self.shape().is_some_and(FileShape::has_others_not_shouted)
    }

    /// Returns whether two in five rows of the row's file have more than a name, and the names are
    /// not in capitals as a rule.
    pub(super) fn is_among_some_full_rows(&self) -> bool {
        !self.record.has_more && self.shape().is_some_and(FileShape::has_some_full_rows)
    }

    /// Returns whether the row stands below the last one that has more than a name, in a file in
    /// which nearly all above have.
    pub(super) fn is_below_table(&self) -> bool {
        self.list.is_below_table(self.record)
    }

    /// Returns whether the names of the row's file are in capitals as a rule.
    pub(super) fn is_among_shouted(&self) -> bool {
        self.shape().is_some_and(FileShape::is_shouted)
    }

    fn shape(&self) -> Option<&FileShape> {
        self.list.files.get(&self.record.origin.file())
    }
}

fn is_bare(record: &Record) -> bool {
    record.level.is_none()
        && record
            .cells
            .iter()
            .all(|(column, cell)| *column == Column::Section || !cell.chars().any(char::is_alphabetic))
}

/// How many rows of a file have more than a name, and are in capitals.
#[derive(Default)]
struct FileShape {
    rows: usize,
    full: usize,
    shouted: usize,
    /// Names of several words without a capital.
    small: usize,
    /// The last row that has more than a name, and how many rows there are up to it.
    last_full: Option<(Origin, usize)>,
}

impl FileShape {
    fn has_full_rows(&self) -> bool {
        self.full * 5 >= self.rows * 3
    }

    fn has_some_full_rows(&self) -> bool {
        self.full * 5 >= self.rows * 2 && self.shouted * 5 <= self.rows * 3
    }

    fn has_others_not_shouted(&self) -> bool {
        self.shouted.saturating_sub(1) * 3 <= self.rows.saturating_sub(1)
    }

    fn is_shouted(&self) -> bool {
        self.shouted * 3 > self.rows
    }

    fn has_capitals(&self) -> bool {
        self.rows >= 5 && self.small * 5 <= self.rows
    }
}

/// All that a row's list says about it, but for the directory.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct RowContext {
    is_below_table: bool,
    /// What is asked of its file, in the order of [`FileShape`]'s methods.
    file: Option<[bool; 5]>,
}

/// What a row's list says about it.
#[derive(Default)]
pub(super) struct WholeList {
    files: FxHashMap<FileId, FileShape>,
    /// Folded names that the directory has.
    directory: FxHashSet<String>,
}

impl WholeList {
    /// Looks at all rows.
    pub(super) fn new(records: &[Record], known: &Known) -> Self {
        let mut files: FxHashMap<FileId, FileShape> = FxHashMap::default();
        for record in records {
            let shape = files.entry(record.origin.file()).or_default();
            shape.rows += 1;
            if record.has_more || !is_bare(record) {
                shape.full += 1;
                shape.last_full = Some((record.origin, shape.rows));
            }
            shape.shouted += usize::from(!record.name.chars().any(char::is_lowercase));
            let is_small = record.name.contains(' ') && !record.name.chars().any(char::is_uppercase);
            shape.small += usize::from(is_small);
        }
        let entries = known.directory.iter();
        let directory = entries.flat_map(|entry| std::iter::once(&entry.name).chain(&entry.aliases));
        Self {
            files,
            directory: directory.map(|name| fold(name)).collect(),
        }
    }

    /// Returns whether a row stands below the last one that has more than a name, in a file in
    /// which nearly all above have.
    pub(super) fn is_below_table(&self, record: &Record) -> bool {
        let shape = self.files.get(&record.origin.file());
        let last = shape.and_then(|shape| Some((shape.full, shape.last_full?)));
        last.is_some_and(|(full, (last, rows))| full > 1 && full * 5 >= rows * 4 && record.origin > last)
    }

    /// Returns all that the list says about a row, but for the directory.
    pub(super) fn context(&self, record: &Record) -> RowContext {
        let shape = self.files.get(&record.origin.file());
        RowContext {
            is_below_table: self.is_below_table(record),
            file: shape.map(|shape| {
                [
                    shape.has_full_rows(),
                    shape.has_some_full_rows(),
                    shape.has_others_not_shouted(),
                    shape.is_shouted(),
                    shape.has_capitals(),
                ]
            }),
        }
    }

    /// Returns true if both lists have the same directory.
    pub(super) fn has_directory(&self, directory: &FxHashSet<String>) -> bool {
        self.directory == *directory
    }

    /// Returns the folded names that the directory has.
    pub(super) fn directory(&self) -> FxHashSet<String> {
        self.directory.clone()
    }

    /// Returns whether the directory has this folded name.
    pub(super) fn is_known(&self, folded: &str) -> bool {
        !self.directory.is_empty() && self.directory.contains(folded)
    }
}
