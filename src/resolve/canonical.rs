//! Chooses what is printed for a cluster.
//!
//! In: a cluster's rows. Out: a [`Signatory`]. Guaranteed: the printed name is
//! the directory's, else the one a person chose, else the spelling most rows
//! agree on, else the most complete, never a shouted one where a better stands
//! in the cluster; no row's order matters. Absent: house style ("&" or "and"),
//! which changes the display and not the name.

use crate::model::known::{Answer, Known};
use crate::model::signatory::{Column, Kind, Record};
use crate::resolve::decisions::KnownLinks;
use crate::resolve::name_group::NameGroup;
use crate::resolve::normalize::repair_encoding;
use crate::resolve::resolution::Signatory;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Makes the signatory of a cluster of groups.
pub(crate) fn signatory(
    records: &[Record],
    groups: &[NameGroup],
    (cluster, ambiguous): (&[u32], &[bool]),
    (graph, known): (&KnownLinks, &Known),
) -> Signatory {
    let mut rows: Vec<usize> = cluster
        .iter()
        .flat_map(|&at| groups[at as usize].rows.iter().copied())
        .collect();
    rows.sort_unstable();
    let components: Vec<u32> = cluster
        .iter()
        .filter_map(|&at| groups[at as usize].known)
        .map(|node| graph.component(node))
        .collect();
    let entry = components
        .iter()
        .find_map(|&component| graph.entry(component))
        .map(|at| &known.directory[at]);
    let chosen = || {
        let decisions = known.decisions.iter().enumerate().rev();
        decisions
            .filter(|(at, decision)| {
                decision.answer == Answer::Same
                    && graph
                        .decided(*at)
                        .iter()
                        .any(|&node| components.contains(&graph.component(node)))
            })
            .find_map(|(_, decision)| decision.print.clone())
    };
    let kind = entry
        .and_then(|entry| entry.kind)
        .unwrap_or(groups[cluster[0] as usize].kind);
    let name = match entry {
        Some(entry) => entry.name.clone(),
        None => (!components.is_empty())
            .then(chosen)
            .flatten()
            .unwrap_or_else(|| spelling(records, groups, cluster, ambiguous)),
    };
    let cell = |column| common(rows.iter().filter_map(|&row| records[row].get(column)));
    let representative = cell(Column::Representative).filter(|_| kind == Kind::Organization);
    // Without a person, the title in an organization's row is that of whoever filled in the form.
    let is_of_person = kind == Kind::Individual || representative.is_some();
    Signatory {
        name,
        kind,
        title: cell(Column::Title).filter(|_| is_of_person),
        representative,
        affiliation: cell(Column::Affiliation).filter(|_| kind == Kind::Individual),
        level: entry
            .and_then(|entry| entry.level)
            .or_else(|| rows.iter().filter_map(|&row| records[row].level).min()),
        state: entry
            .and_then(|entry| entry.state.clone())
            .or_else(|| cell(Column::State)),
        district: cell(Column::District),
        city: cell(Column::City),
        country: cell(Column::Country),
        section: cell(Column::Section),
        sort_name: entry
            .and_then(|entry| entry.sort_name.clone())
            .or_else(|| cell(Column::SortName)),
        url: entry.and_then(|entry| entry.url.clone()).or_else(|| cell(Column::Url)),
        rows,
    }
}

/// The value most rows agree on; of those, the longest; of those, the first in
/// the alphabet.
fn common<'a>(values: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|&(value, count)| (count, value.chars().count(), Reverse(value)))
        .map(|(value, _)| value.to_owned())
}

/// The spelling to print: not damaged, not shouted, then that of most rows, then the one
/// with the most accents, which are left out more often than they are made up, then the
/// one with "for" and "of" in lower case, then the longest, then the first in the alphabet. A name that alone would be joined with another
/// signatory comes last, so that resolving what was printed changes nothing.
fn spelling(records: &[Record], groups: &[NameGroup], cluster: &[u32], ambiguous: &[bool]) -> String {
    if let [group] = cluster
        && let [row] = groups[*group as usize].rows[..]
    {
        return records[row].name.to_string();
    }
    let mut counts: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    for &group in cluster {
        for &row in &groups[group as usize].rows {
            *counts
                .entry((&records[row].name, ambiguous[group as usize]))
                .or_default() += 1;
        }
    }
    counts
        .into_iter()
        .max_by_key(|&((name, ambiguous), count)| {
            (
                !ambiguous,
                repair_encoding(name).is_none(),
                !is_shouted(name),
                count,
                accents(name),
                Reverse(capital_small_words(name)),
                name.chars().count(),
                Reverse(name),
            )
        })
        .map(|((name, _), _)| name.to_owned())
        .unwrap_or_default()
}

/// The number of Latin letters beyond the plain 26. Letters of other alphabets do not
/// count: one of them in a Latin word is a slip.
fn accents(name: &str) -> usize {
    name.chars()
        .filter(|c| matches!(c, 'À'..='ɏ' | 'Ḁ'..='ỿ') && c.is_alphabetic())
        .count()
}

/// The number of words within a name that are small in a title and begin with a capital.
fn capital_small_words(name: &str) -> usize {
    const SMALL: [&str; 14] = [
        "And", "At", "By", "For", "From", "In", "Of", "On", "The", "To", "With", "De", "Del", "Y",
    ];
    name.split_whitespace()
        .skip(1)
        .filter(|word| SMALL.contains(word))
        .count()
}

/// Returns whether a name is all capitals or has none at all.
fn is_shouted(name: &str) -> bool {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().filter(|c| c.is_uppercase()).count();
    let words = name.split_whitespace().count();
    words > 1 && (capitals == letters().count() || capitals == 0 && letters().any(char::is_lowercase))
}
