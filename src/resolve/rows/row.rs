//! A row that is judged, and what the whole list says about it.
//!
//! In: records. Out: a [`Row`] for each, and a [`WholeList`]. Absent: the rules.

use super::fold::fold;
use super::text::Text;
use crate::model::known::Known;
use crate::model::signatory::{Column, Record};
use crate::source::{FileId, Origin};
use rustc_hash::{FxHashMap, FxHashSet};

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
        let shape = self.list.files.get(&self.record.origin.file());
        !self.record.has_more && shape.is_some_and(|shape| shape.full * 5 >= shape.rows * 3)
    }

    /// Returns whether nearly all names of the row's file have a capital.
    pub(super) fn is_among_capitals(&self) -> bool {
        let shape = self.list.files.get(&self.record.origin.file());
        shape.is_some_and(|shape| shape.rows >= 5 && shape.small * 5 <= shape.rows)
    }

    /// Returns whether the name is one word in capitals among names that are not: "ASHA" is an
    /// acronym there, and no Asha.
    pub(super) fn is_acronym_alone(&self) -> bool {
        let mut letters = self.name().chars();
        let is_word = self.name().len() > 1 && letters.all(|c| c.is_alphabetic() && c.is_uppercase());
        let shape = self.list.files.get(&self.record.origin.file());
        is_word && shape.is_some_and(|shape| shape.shouted.saturating_sub(1) * 3 <= shape.rows.saturating_sub(1))
    }

    /// Returns whether two in five rows of the row's file have more than a name, and the names are
    /// not in capitals as a rule.
    pub(super) fn is_among_some_full_rows(&self) -> bool {
        let shape = self.list.files.get(&self.record.origin.file());
        let shape = shape.filter(|_| !self.record.has_more);
        shape.is_some_and(|shape| shape.full * 5 >= shape.rows * 2 && shape.shouted * 5 <= shape.rows * 3)
    }

    /// Returns whether the row stands below the last one that has more than a name, in a file in
    /// which nearly all above have.
    pub(super) fn is_below_table(&self) -> bool {
        self.list.is_below_table(self.record)
    }

    /// Returns whether the names of the row's file are in capitals as a rule.
    pub(super) fn is_among_shouted(&self) -> bool {
        let shape = self.list.files.get(&self.record.origin.file());
        shape.is_some_and(|shape| shape.shouted * 3 > shape.rows)
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

    /// Returns whether the directory has this folded name.
    pub(super) fn is_known(&self, folded: &str) -> bool {
        !self.directory.is_empty() && self.directory.contains(folded)
    }
}
