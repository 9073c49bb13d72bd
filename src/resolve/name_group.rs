//! Groups the rows of one and the same name.
//!
//! In: the rows that count. Out: [`NameGroup`]s, ordered by the hash of what they are
//! (never by row), so that nothing later depends on the order of rows.
//! Guaranteed: each row is in exactly one group; organizations in a group have
//! equal normalized names and no conflicting legal forms, people also an email
//! address or an affiliation in common. Absent: likeness of any kind.

use crate::model::signatory::{Column, Kind, Record};
use crate::resolve::comparison::{is_nobody, legal_conflict};
use crate::resolve::decisions::KnownLinks;
use crate::resolve::name_memory::NameMemory;
use crate::resolve::normalize::Name;
use crate::resolve::person_name::{Identifiers, person_key, person_of_each_row};
use crate::resolve::places::{self, Locality, is_common_name};
use crate::resolve::web_page::{WebPage, is_public_mail};
use crate::resolve::words::{mix, stem};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Rows of one name.
#[derive(Clone, Debug)]
pub(crate) struct NameGroup {
    /// The same for the same name in any list.
    pub(crate) hash: u64,
    /// Organization or person.
    pub(crate) kind: Kind,
    /// The name; of its rows, acronyms are gathered.
    pub(crate) name: Name,
    /// A person's name, hashed; 0 for an organization.
    pub(crate) person: u64,
    /// A person's identifiers.
    pub(crate) identifiers: Identifiers,
    /// Its rows, ascending.
    pub(crate) rows: Vec<usize>,
    /// Its node among the known names.
    pub(crate) known: Option<u32>,
    /// Of a name that many bodies have, where its rows come from.
    pub(crate) place: Option<Box<Locality>>,
    /// The number of groups that have this name, told apart by their places; else 1.
    pub(crate) same_name_groups: u32,
}

/// Returns whether the places of two groups forbid to take them for one without asking:
/// the name is one that many bodies have.
pub(crate) fn are_elsewhere(a: &NameGroup, b: &NameGroup) -> bool {
    let conflict = match (&a.place, &b.place) {
        (Some(a), Some(b)) => a.conflicts(b),
        _ => false,
    };
    conflict || a.same_name_groups > 1 && b.same_name_groups > 1 && a.name.text() == b.name.text()
}

/// Returns whether the rows of two groups have a fact in common that few rows share, and
/// none that differs: the mail or web domain, or else the state.
pub(crate) fn rows_agree(records: &[Record], a: &NameGroup, b: &NameGroup) -> bool {
    let facts = |group: &NameGroup, read: fn(&Record) -> Option<String>| -> BTreeSet<String> {
        group.rows.iter().filter_map(|&row| read(&records[row])).collect()
    };
    let compare = |read| {
        let (of_a, of_b) = (facts(a, read), facts(b, read));
        (!of_a.is_empty() && !of_b.is_empty()).then(|| !of_a.is_disjoint(&of_b))
    };
    match (compare(places::state), compare(own_domain)) {
        (Some(false), _) => false,
        (_, Some(domain)) => domain,
        (state, None) => state == Some(true),
    }
}

/// The domain of a row's mail address or web page, if it is an organization's own.
fn own_domain(record: &Record) -> Option<String> {
    let mail = record.get(Column::Email).and_then(|cell| cell.trim().rsplit_once('@'));
    let web = || Some(WebPage::read(record.get(Column::Url)?)?.owner().to_owned());
    let domain = mail.map(|(_, domain)| domain.to_lowercase()).or_else(web)?;
    let domain = domain.strip_prefix("www.").unwrap_or(&domain);
    let own = domain.contains('.') && !is_public_mail(domain);
    own.then(|| domain.to_owned())
}

/// Returns whether a text could be a name: a letter or digit is in it. What reads like a
/// test or like "N/A" was marked when the list was read.
pub(crate) fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

struct Row {
    hash: u64,
    row: usize,
    name: Name,
}

impl NameGroup {
    /// Returns whether another group of the same records is this one, whatever is known of its
    /// name.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.rows == other.rows && self.has_same_name(other)
    }

    /// Returns whether a group of these records is one of other records, and its rows say the same.
    pub(crate) fn says_same(&self, records: &[Record], other: &Self, others: &[Record]) -> bool {
        let mut rows = self.rows.iter().zip(&other.rows);
        self.rows.len() == other.rows.len()
            && self.has_same_name(other)
            && rows.all(|(&own, &other)| records[own].says_same(&others[other]))
    }

    /// Gives back the name, which is not compared again.
    pub(crate) fn forget_name(&mut self) {
        self.name = Name::default();
    }

    fn has_same_name(&self, other: &Self) -> bool {
        let Self {
            hash,
            kind,
            name,
            person,
            identifiers,
            rows: _,
            known: _,
            place,
            same_name_groups,
        } = self;
        *hash == other.hash
            && *kind == other.kind
            && *person == other.person
            && *identifiers == other.identifiers
            && *same_name_groups == other.same_name_groups
            && *place == other.place
            && *name == other.name
    }
}

/// Groups rows by name; names that are remembered are not normalized again.
pub(crate) fn name_groups(
    records: &[Record],
    rows: &[usize],
    graph: &KnownLinks,
    memory: Option<&NameMemory>,
) -> Vec<NameGroup> {
    let (mut names, mut order): (Vec<Name>, Vec<(u64, usize)>) = rows
        .par_iter()
        .enumerate()
        .map(|(at, &row)| {
            let record = &records[row];
            let text = record.compared_name();
            let remembered = memory.and_then(|memory| memory.name(&text)).cloned();
            let name = remembered.unwrap_or_else(|| Name::new(&text));
            let hash = match record.kind {
                Kind::Organization => mix(stem(&graph.key(&name))),
                Kind::Individual => !mix(stem(&person_key(&record.name))),
            };
            (name, (hash, at))
        })
        .unzip();
    order.par_sort_unstable();
    let mut groups: Vec<NameGroup> = Vec::with_capacity(order.len());
    for same in order.chunk_by(|a, b| a.0 == b.0) {
        let take = |&(hash, at): &(u64, usize)| Row {
            hash,
            row: rows[at],
            name: std::mem::take(&mut names[at]),
        };
        let same_name: Vec<Row> = same.iter().map(take).collect();
        match &same_name[..] {
            [row] if records[row.row].kind == Kind::Organization => {
                organizations(records, same_name, graph, &mut groups);
            }
            _ => split(records, same_name, graph, &mut groups),
        }
    }
    // Nearly in this order already; no two have the same first row.
    groups.par_sort_unstable_by_key(|group| (group.hash, group.rows[0]));
    groups
}

/// Joins the groups of a family that is one signatory, but for those that another decision
/// is about.
pub(crate) fn join_families(groups: &mut [NameGroup], graph: &KnownLinks) {
    if !graph.has_families() {
        return;
    }
    for group in groups {
        if group.known.is_none() && group.kind == Kind::Organization {
            group.known = graph.family_of(&group.name);
        }
    }
}

/// Makes groups of rows with one hash.
fn split(records: &[Record], mut rest: Vec<Row>, graph: &KnownLinks, groups: &mut Vec<NameGroup>) {
    // Nearly always one name.
    while let Some(first) = rest.first() {
        let kind = records[first.row].kind;
        let key = same_key(records, first);
        let (same, other): (Vec<Row>, Vec<Row>) = rest
            .into_iter()
            .partition(|row| records[row.row].kind == kind && same_key(records, row) == key);
        rest = other;
        match kind {
            Kind::Organization => organizations(records, same, graph, groups),
            Kind::Individual => individuals(records, same, graph, groups),
        }
    }
}

fn same_key(records: &[Record], row: &Row) -> String {
    match records[row.row].kind {
        Kind::Organization => row.name.key().into_owned(),
        Kind::Individual => person_key(&records[row.row].name),
    }
}

/// One group; or one for each place, where many bodies have the name; or one for
/// each legal form where forms conflict: then rows without a form go with the form
/// most rows have.
fn organizations(records: &[Record], rows: Vec<Row>, graph: &KnownLinks, groups: &mut Vec<NameGroup>) {
    let nobody = rows.len() > 1 && is_nobody(&rows[0].name);
    if !nobody && is_common_name(&rows[0].name) {
        return group_by_place(records, rows, graph, groups);
    }
    if rows.len() == 1 {
        return add(rows, 0, graph, groups);
    }
    // Two rows that name nobody are not one signatory.
    if nobody {
        rows.into_iter().for_each(|row| add(vec![row], 0, graph, groups));
        return;
    }
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
        .any(|&(a, _)| forms.iter().any(|&(b, _)| legal_conflict(&rows[0].name, a, b)));
    if !conflict || split {
        add(rows, 0, graph, groups);
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
        // An answer about the name does not say which form is meant, unless it has it.
        let known = same.iter().filter_map(|row| graph.node_of_spelling(&row.name)).min();
        add(same, u64::from(legal), graph, groups);
        if let Some(group) = groups.last_mut() {
            group.known = known;
        }
    }
}

/// One group where the places agree; else one for each place, and one for the rows
/// that give none.
fn group_by_place(records: &[Record], rows: Vec<Row>, graph: &KnownLinks, groups: &mut Vec<NameGroup>) {
    let mut by_place: BTreeMap<Option<Locality>, Vec<Row>> = BTreeMap::new();
    for row in rows {
        let place = Locality::of(&records[row.row], &row.name);
        by_place.entry(place).or_default().push(row);
    }
    let places: BTreeSet<&Locality> = by_place.keys().flatten().collect();
    if Locality::agree(&places.iter().copied()) {
        let mut places = places.into_iter().cloned().collect::<Vec<_>>();
        let mut rows: Vec<Row> = by_place.into_values().flatten().collect();
        rows.sort_unstable_by_key(|row| row.row);
        let name = rows[0].name.clone();
        add(rows, 0, graph, groups);
        let Some(group) = groups.last_mut() else { return };
        let at = places.iter().find_map(|place| graph.node_at(&name, &place.key()));
        group.known = at.or(group.known);
        group.place = Locality::together(&mut places).map(Box::new);
        return;
    }
    let same_name_groups = crate::source::offset(by_place.len());
    for (place, rows) in by_place {
        let key = place.as_ref().map(Locality::key);
        let known = match &key {
            Some(key) => graph.node_at(&rows[0].name, key),
            None => graph.node(&rows[0].name),
        };
        add(rows, key.as_deref().map_or(1, stem), graph, groups);
        if let Some(group) = groups.last_mut() {
            group.known = known;
            group.place = place.map(Box::new);
            group.same_name_groups = same_name_groups;
        }
    }
}

fn add(rows: Vec<Row>, salt: u64, graph: &KnownLinks, groups: &mut Vec<NameGroup>) {
    let mut rows = rows.into_iter();
    let Some(first) = rows.next() else { return };
    let mut group = NameGroup {
        hash: first.hash ^ salt,
        kind: Kind::Organization,
        known: graph.node(&first.name),
        name: first.name,
        identifiers: Identifiers::default(),
        person: 0,
        rows: vec![first.row],
        place: None,
        same_name_groups: 1,
    };
    for row in rows {
        group.rows.push(row.row);
        group.name.legal |= row.name.legal;
        for acronym in row.name.inner_acronyms {
            if !group.name.inner_acronyms.contains(&acronym) {
                group.name.inner_acronyms.push(acronym);
            }
        }
        for acronym in row.name.acronyms {
            if !group.name.acronyms.contains(&acronym) {
                group.name.acronyms.push(acronym);
            }
        }
    }
    group.name.acronyms.sort_unstable();
    group.name.inner_acronyms.sort_unstable();
    groups.push(group);
}

/// One group for each person as far as identifiers tell: rows that share an email
/// address or an affiliation, directly or by way of others, are one.
fn individuals(records: &[Record], rows: Vec<Row>, graph: &KnownLinks, groups: &mut Vec<NameGroup>) {
    let identifiers: Vec<Identifiers> = rows.iter().map(|row| Identifiers::of(&records[row.row])).collect();
    let people = person_of_each_row(&identifiers);
    let mut by_person: BTreeMap<usize, Vec<(Identifiers, Row)>> = BTreeMap::new();
    for ((row, identifiers), person) in rows.into_iter().zip(identifiers).zip(people) {
        by_person.entry(person).or_default().push((identifiers, row));
    }
    let only = by_person.len() == 1;
    for mut rows in by_person.into_values() {
        rows.sort_unstable_by_key(|(identifiers, row)| (*identifiers, row.row));
        let mut all: Vec<usize> = rows.iter().map(|(_, row)| row.row).collect();
        all.sort_unstable();
        let (identifiers, first) = rows.swap_remove(0);
        groups.push(NameGroup {
            hash: first.hash ^ identifiers.hash(),
            kind: Kind::Individual,
            // An answer about a name cannot tell which of several people is meant.
            known: only.then(|| graph.node(&first.name)).flatten(),
            name: first.name,
            identifiers,
            person: first.hash,
            rows: all,
            place: None,
            same_name_groups: 1,
        });
    }
}
