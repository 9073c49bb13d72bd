//! Tables that count signatories, by state or by section.
//!
//! In: signatories as they are printed. Out: rows, and tables as blocks of a document.
//! Guaranteed: each signatory is counted in one row, and the last row is the total. Absent:
//! how a state is read from a cell (that is `resolve`'s).

use super::document::{Alignment, Block, Inline, Line, Table};
use super::language::Language;
use crate::source::Origin;

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountRow {
    /// What is counted: a state, a section, the total.
    pub label: String,
    /// The number of organizations.
    pub organizations: u64,
    /// The number of individuals.
    pub individuals: u64,
}

impl CountRow {
    /// Returns a row of a label, and of organizations and individuals.
    pub(super) fn new((label, [organizations, individuals]): (String, [u64; 2])) -> Self {
        Self {
            label,
            organizations,
            individuals,
        }
    }

    /// Returns the number of signatories.
    pub fn signatories(&self) -> u64 {
        self.organizations + self.individuals
    }
}

/// Returns a heading and the table of rows below it.
pub(super) fn count_table(
    heading: &str,
    first_head: &str,
    rows: &[CountRow],
    language: &Language,
    origin: Origin,
) -> Vec<Block> {
    let words = language.words();
    let cell = |text: String| -> Line { vec![Inline::Text(text.into())] };
    let number = |number: u64| cell(language.figures(i64::try_from(number).unwrap_or(i64::MAX)));
    let has_both = rows.iter().any(|row| row.organizations > 0) && rows.iter().any(|row| row.individuals > 0);
    let mut head = vec![first_head];
    if has_both {
        head.extend([words.organizations.as_str(), words.individuals.as_str()]);
    }
    head.push(&words.signatories);
    let rows = rows.iter().map(|row| {
        let mut cells = vec![cell(row.label.clone())];
        if has_both {
            cells.extend([number(row.organizations), number(row.individuals)]);
        }
        cells.push(number(row.signatories()));
        cells
    });
    let mut alignments = vec![Alignment::End; head.len()];
    alignments[0] = Alignment::Start;
    vec![
        Block::Heading {
            level: 1,
            content: cell(heading.to_owned()),
            origin,
        },
        Block::Table(Table {
            alignments,
            rows: rows.collect(),
            head: head.into_iter().map(|word| cell(word.to_owned())).collect(),
        }),
    ]
}
