//! Names that were normalized, for the next resolving of the same rows.
//!
//! In: records. Out: their names. Guaranteed: a name is taken as it is for the same text alone.
//! Absent: pairs (those are `memory`'s).

use crate::model::signatory::Record;
use crate::resolve::normalize::Name;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Names that were normalized, by what was typed.
#[derive(Default)]
pub(super) struct NameMemory(FxHashMap<Box<str>, Name>);

impl NameMemory {
    /// Normalizes the names of rows that are new.
    pub(super) fn learn(&mut self, records: &[Record], rows: &[usize]) {
        // A list that is edited again and again leaves names behind.
        if self.0.len() > 2 * rows.len() {
            self.0.clear();
        }
        let is_new = |row: &&usize| !self.0.contains_key(&*records[**row].compared_name());
        let new: Vec<(Box<str>, Name)> = rows
            .par_iter()
            .filter(is_new)
            .map(|&row| {
                let name = records[row].compared_name();
                (Box::from(&*name), Name::new(&name))
            })
            .collect();
        self.0.extend(new);
    }

    /// Returns a name that was normalized.
    pub(super) fn name(&self, text: &str) -> Option<&Name> {
        self.0.get(text)
    }

    /// Returns the number of names.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
