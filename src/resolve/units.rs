//! Rows of one and the same name become one unit.
//!
//! In: the rows that count. Out: [`Unit`]s, ordered by the hash of what they are
//! (never by row), so that nothing later depends on the order of rows.
//! Guaranteed: each row is in exactly one unit; rows in a unit have equal
//! normalised names. Absent: likeness of any kind.

use crate::model::signatory::{Column, Kind, Record};
use crate::resolve::decisions::Graph;
use crate::resolve::normalize::Name;
use crate::resolve::words::{mix, stem};
use rayon::prelude::*;

/// Rows of one name.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// The same for the same name in any list.
    pub(crate) hash: u64,
    /// Organisation or person.
    pub(crate) kind: Kind,
    /// The name; of its rows, acronyms are gathered.
    pub(crate) name: Name,
    /// Its rows, ascending.
    pub(crate) rows: Vec<usize>,
    /// Its node among the known names.
    pub(crate) known: Option<u32>,
}

/// Whether a text could be a name: a letter or digit is in it.
pub(crate) fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

struct Row {
    hash: u64,
    row: usize,
    name: Name,
}

/// Groups rows by name.
pub(crate) fn group(records: &[Record], rows: &[usize], graph: &Graph) -> Vec<Unit> {
    let mut named: Vec<Row> = rows
        .par_iter()
        .map(|&row| {
            let record = &records[row];
            let name = Name::new(&record.name);
            let key = graph.key(&name);
            let hash = mix(stem(&key) ^ (record.kind as u64) << 63);
            Row { hash, row, name }
        })
        .collect();
    named.par_sort_unstable_by_key(|row| (row.hash, row.row));
    let mut units: Vec<Unit> = Vec::new();
    for row in named {
        let kind = records[row.row].kind;
        match units.last_mut() {
            Some(unit) if unit.hash == row.hash && unit.kind == kind && same(unit, &row, records) => {
                unit.rows.push(row.row);
                unit.name.legal |= row.name.legal;
                for acronym in row.name.acronyms {
                    if !unit.name.acronyms.contains(&acronym) {
                        unit.name.acronyms.push(acronym);
                    }
                }
            }
            _ => units.push(Unit {
                hash: row.hash,
                kind,
                known: graph.node(&row.name),
                name: row.name,
                rows: vec![row.row],
            }),
        }
    }
    units
}

fn same(unit: &Unit, row: &Row, records: &[Record]) -> bool {
    if unit.name.key() != row.name.key() {
        return false;
    }
    match unit.kind {
        Kind::Organization => true,
        Kind::Individual => unit.rows.iter().any(|&other| {
            let agree = |column| {
                let cell = |row: usize| records[row].get(column).map(|cell| Name::new(cell).key().into_owned());
                cell(row.row).is_some_and(|mine| cell(other) == Some(mine))
            };
            agree(Column::Email) || agree(Column::Affiliation)
        }),
    }
}
