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

/// Most rows that stand one below the other on a page of a letter.
const MOST_ROWS: usize = 28;

/// Returns a heading and the table of rows below it, for a page of a letter: a long table stands
/// in two halves side by side and counts signatories alone, so that all states and territories fit
/// on one page.
pub(super) fn count_page(
    heading: &str,
    first_head: &str,
    rows: &[CountRow],
    language: &Language,
    origin: Origin,
) -> Vec<Block> {
    if rows.len() <= MOST_ROWS {
        return count_table(heading, first_head, rows, language, origin);
    }
    // Two halves leave room for one number each.
    let rows: Vec<CountRow> = rows
        .iter()
        .map(|row| CountRow::new((row.label.clone(), [row.signatories(), 0])))
        .collect();
    let mut blocks = count_table(heading, first_head, &rows, language, origin);
    for block in &mut blocks {
        if let Block::Table(table) = block {
            *table = in_halves(table);
        }
    }
    blocks
}

/// Returns a table with the second half of its rows beside the first. The last row, which is the
/// total, stays the last.
fn in_halves(table: &Table) -> Table {
    let (left, right) = table.rows.split_at(table.rows.len() / 2);
    let none: Vec<Line> = vec![Vec::new(); table.head.len()];
    let rows = right.iter().enumerate().map(|(at, row)| {
        let left = left.get(at).unwrap_or(&none);
        left.iter().chain(row).cloned().collect()
    });
    Table {
        alignments: table.alignments.repeat(2),
        head: [table.head.as_slice(), &table.head].concat(),
        rows: rows.collect(),
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
        match row.label == words.total {
            // It is told from the rows that it is the sum of.
            true => cells.into_iter().map(|cell| vec![Inline::Strong(cell)]).collect(),
            false => cells,
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::document::plain;

    /// Returns the rows of the table of so many states, as text.
    fn rows(count: usize) -> Vec<String> {
        let counts: Vec<CountRow> = (1..=count)
            .map(|at| CountRow::new((format!("S{at}"), [at as u64, 0])))
            .collect();
        let origin = crate::testing::origin();
        let blocks = count_page("By state", "State", &counts, &Language::lenient("en-US"), origin);
        let Some(Block::Table(table)) = blocks.get(1) else {
            panic!("no table")
        };
        assert!(table.rows.iter().all(|row| row.len() == table.head.len()));
        let shown = |row: &Vec<Line>| row.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(" ");
        table.rows.iter().map(shown).collect()
    }

    #[test]
    fn a_long_table_stands_in_two_halves() {
        assert_eq!(rows(2), ["S1 1", "S2 2"]);
        assert_eq!(rows(28).len(), 28);
        let halves = rows(60);
        assert_eq!(
            (halves.len(), &*halves[0], &*halves[29]),
            (30, "S1 1 S31 31", "S30 30 S60 60")
        );
        // Of an odd number, the last row is the last of the right half.
        let halves = rows(29);
        assert_eq!(
            (halves.len(), &*halves[0], &*halves[14]),
            (15, "S1 1 S15 15", "  S29 29")
        );
    }
}
