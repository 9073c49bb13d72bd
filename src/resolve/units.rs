//! Rows of one and the same name become one unit.
//!
//! In: the rows that count. Out: [`Unit`]s, ordered by the hash of what they are
//! (never by row), so that nothing later depends on the order of rows.
//! Guaranteed: each row is in exactly one unit; organisations in a unit have
//! equal normalised names and no conflicting legal forms, people also an e-mail
//! address or an affiliation in common. Absent: likeness of any kind.

use crate::model::signatory::{Kind, Record};
use crate::resolve::comparison::legal_conflict;
use crate::resolve::decisions::Graph;
use crate::resolve::normalize::Name;
use crate::resolve::people::{self, Marks};
use crate::resolve::words::{mix, stem};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Rows of one name.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// The same for the same name in any list.
    pub(crate) hash: u64,
    /// Organisation or person.
    pub(crate) kind: Kind,
    /// The name; of its rows, acronyms are gathered.
    pub(crate) name: Name,
    /// A person's name, hashed; 0 for an organisation.
    pub(crate) person: u64,
    /// A person's marks.
    pub(crate) marks: Marks,
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
    let (mut names, mut order): (Vec<Name>, Vec<(u64, usize)>) = rows
        .par_iter()
        .enumerate()
        .map(|(at, &row)| {
            let record = &records[row];
            let name = Name::new(&record.name);
            let hash = match record.kind {
                Kind::Organization => mix(stem(&graph.key(&name))),
                Kind::Individual => !mix(stem(&people::key(&record.name))),
            };
            (name, (hash, at))
        })
        .unzip();
    order.par_sort_unstable();
    let mut units: Vec<Unit> = Vec::with_capacity(order.len());
    for same in order.chunk_by(|a, b| a.0 == b.0) {
        let take = |&(hash, at): &(u64, usize)| Row {
            hash,
            row: rows[at],
            name: std::mem::take(&mut names[at]),
        };
        let group: Vec<Row> = same.iter().map(take).collect();
        match &group[..] {
            [row] if records[row.row].kind == Kind::Organization => add(group, 0, graph, &mut units),
            _ => split(records, group, graph, &mut units),
        }
    }
    // Units of one hash are people without marks: any order of theirs is good.
    units.par_sort_by_key(|unit| (unit.hash, unit.rows[0]));
    units
}

/// Makes units of rows with one hash.
fn split(records: &[Record], mut rest: Vec<Row>, graph: &Graph, units: &mut Vec<Unit>) {
    // Nearly always one name.
    while let Some(first) = rest.first() {
        let kind = records[first.row].kind;
        let key = same_key(records, first);
        let (same, other): (Vec<Row>, Vec<Row>) = rest
            .into_iter()
            .partition(|row| records[row.row].kind == kind && same_key(records, row) == key);
        rest = other;
        match kind {
            Kind::Organization => organizations(same, graph, units),
            Kind::Individual => individuals(records, same, graph, units),
        }
    }
}

fn same_key(records: &[Record], row: &Row) -> String {
    match records[row.row].kind {
        Kind::Organization => row.name.key().into_owned(),
        Kind::Individual => people::key(&records[row.row].name),
    }
}

/// One unit, or one for each legal form where forms conflict: then rows without
/// a form go with the form most rows have.
fn organizations(rows: Vec<Row>, graph: &Graph, units: &mut Vec<Unit>) {
    let split = graph.is_split(&rows[0].name);
    let mut forms: Vec<(u16, usize)> = Vec::new();
    for row in &rows {
        match forms.iter_mut().find(|(legal, _)| *legal == row.name.legal) {
            Some((_, count)) => *count += 1,
            None => forms.push((row.name.legal, 1)),
        }
    }
    let conflict = forms
        .iter()
        .any(|&(a, _)| forms.iter().any(|&(b, _)| legal_conflict(a, b)));
    if !conflict || split {
        add(rows, 0, graph, units);
        return;
    }
    forms.retain(|&(legal, _)| legal != 0);
    let main = forms
        .iter()
        .max_by_key(|&&(legal, count)| (count, std::cmp::Reverse(legal)));
    let main = main.map_or(0, |&(legal, _)| legal);
    let form = |row: &Row| if row.name.legal == 0 { main } else { row.name.legal };
    let mut rest = rows;
    while let Some(first) = rest.first() {
        let legal = form(first);
        let (same, other): (Vec<Row>, Vec<Row>) = rest.into_iter().partition(|row| form(row) == legal);
        rest = other;
        add(same, u64::from(legal), graph, units);
    }
}

fn add(rows: Vec<Row>, salt: u64, graph: &Graph, units: &mut Vec<Unit>) {
    let mut rows = rows.into_iter();
    let Some(first) = rows.next() else { return };
    let mut unit = Unit {
        hash: first.hash ^ salt,
        kind: Kind::Organization,
        known: graph.node(&first.name),
        name: first.name,
        marks: Marks::default(),
        person: 0,
        rows: vec![first.row],
    };
    for row in rows {
        unit.rows.push(row.row);
        unit.name.legal |= row.name.legal;
        for acronym in row.name.acronyms {
            if !unit.name.acronyms.contains(&acronym) {
                unit.name.acronyms.push(acronym);
            }
        }
    }
    unit.name.acronyms.sort_unstable();
    units.push(unit);
}

/// One unit for each person as far as marks tell: rows that share an e-mail
/// address or an affiliation, directly or by way of others, are one.
fn individuals(records: &[Record], rows: Vec<Row>, graph: &Graph, units: &mut Vec<Unit>) {
    let marks: Vec<Marks> = rows.iter().map(|row| Marks::of(&records[row.row])).collect();
    let people = people::persons(&marks);
    let mut by_person: BTreeMap<usize, Vec<(Marks, Row)>> = BTreeMap::new();
    for ((row, marks), person) in rows.into_iter().zip(marks).zip(people) {
        by_person.entry(person).or_default().push((marks, row));
    }
    let only = by_person.len() == 1;
    for mut rows in by_person.into_values() {
        rows.sort_unstable_by_key(|(marks, row)| (*marks, row.row));
        let mut all: Vec<usize> = rows.iter().map(|(_, row)| row.row).collect();
        all.sort_unstable();
        let (marks, first) = rows.swap_remove(0);
        units.push(Unit {
            hash: first.hash ^ marks.hash(),
            kind: Kind::Individual,
            // An answer about a name cannot tell which of several people is meant.
            known: only.then(|| graph.node(&first.name)).flatten(),
            name: first.name,
            marks,
            person: first.hash,
            rows: all,
        });
    }
}
