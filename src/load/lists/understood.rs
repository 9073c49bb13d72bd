//! Returns what a header means by itself: by what the user wrote in `[columns]`, else by
//! the tables.
//!
//! In: a header, and `[columns]`. Out: its [`Meaning`]. Guaranteed: `[columns]` goes first.
//! Absent: phrases, and what its cells say (those are `column_guess`').

use super::cells::MAX_COLUMNS;
use super::headers::{self, Meaning};
use crate::load::clean;
use crate::model::signatory::Column;
use std::collections::BTreeMap;

/// Returns how many cells of a row would be understood as headers, and whether
/// a name is among them.
pub(super) fn recognised<'a>(
    cells: impl Iterator<Item = &'a str>,
    columns: &BTreeMap<String, String>,
) -> (usize, bool) {
    let mut known = 0;
    let mut named = false;
    for cell in cells.take(MAX_COLUMNS) {
        if let Some(meaning) = understand(clean::cell(cell).text.as_ref(), columns) {
            known += 1;
            named |= !matches!(
                meaning,
                Meaning::Unused | Meaning::PersonTitle | Meaning::Question(_) | Meaning::Signed { .. }
            ) && !matches!(meaning, Meaning::Column(column) if column != Column::Name);
        }
    }
    (known, named)
}

/// Returns the canonical column of each header that has one; of a name that may be
/// anybody's, `name` where no other column is.
pub fn canonical_columns<'a>(
    cells: impl Iterator<Item = &'a str>,
    columns: &BTreeMap<String, String>,
) -> Vec<Option<Column>> {
    let meanings: Vec<Option<Meaning>> = cells.map(|cell| understand(&clean::cell(cell).text, columns)).collect();
    let named = meanings.contains(&Some(Meaning::Column(Column::Name)));
    let people = meanings
        .iter()
        .flatten()
        .any(|meaning| matches!(meaning, Meaning::FullName | Meaning::FirstName | Meaning::LastName));
    let column = |meaning| match meaning {
        Some(Meaning::Column(column)) => Some(column),
        Some(Meaning::Signed { .. }) => Some(Column::SignedAt),
        Some(Meaning::Either) if !named && !people => Some(Column::Name),
        _ => None,
    };
    meanings.into_iter().map(column).collect()
}

/// Returns what a header means; what the user wrote in `[columns]` goes first.
pub(super) fn understand(header: &str, columns: &BTreeMap<String, String>) -> Option<Meaning> {
    mapped(header, columns).or_else(|| headers::meaning(header))
}

/// Returns what the user says a header means: by the exact header, else by one
/// that differs in case or outer spaces only.
pub(super) fn mapped(header: &str, columns: &BTreeMap<String, String>) -> Option<Meaning> {
    let word = columns.get(header).or_else(|| {
        let lower = header.to_lowercase();
        let same = |key: &str| clean::cell(key).text.to_lowercase() == lower;
        columns.iter().find(|(key, _)| same(key)).map(|(_, word)| word)
    })?;
    headers::by_canonical(word)
}
