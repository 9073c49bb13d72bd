//! The signatories of each state: for a recipient who represents one, and as a table.
//!
//! In: who signed, and how the roll is printed. Out: numbers and names of one state, or a
//! table of all. Guaranteed: names are those of the roll, in its order; a signatory of several
//! states is of each for a recipient, and once in the table, whose total is the roll's.
//! Absent: districts, which lists of signatories don't have.

use super::count_tables::{CountRow, count_table};
use super::document::Block;
use super::language::Language;
use super::roll;
use crate::model::labels::LabelWords;
use crate::model::letter::RollSetting;
use crate::model::signatory::Kind;
use crate::resolve::Resolution;
use crate::resolve::states::{self, StateCell};
use crate::source::Origin;
use std::collections::BTreeMap;

/// A signatory as far as its state counts.
#[derive(Debug)]
struct Member {
    name: String,
    kind: Kind,
    states: Vec<&'static str>,
}

/// The signatories with their states, in the order of the roll.
#[derive(Debug)]
pub(super) struct StateShares(Vec<Member>);

/// The signatories of one state.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Share {
    /// The names, in the order of the roll.
    pub(super) names: Vec<String>,
    /// The number of organizations.
    pub(super) organizations: usize,
    /// The number of individuals.
    pub(super) individuals: usize,
}

/// Returns the states that a cell names.
fn states_of(cell: &str) -> Vec<&'static str> {
    match states::read(cell) {
        StateCell::State(state) => vec![state],
        StateCell::Several(states) => states,
        _ => Vec::new(),
    }
}

impl StateShares {
    /// Reads the states of the signatories.
    pub(super) fn new(resolution: &Resolution, setting: &RollSetting, language: &Language) -> Self {
        let printed = roll::rolls(resolution, setting, language).into_iter();
        let sections = printed.flat_map(|roll| roll.sections);
        let entries = sections.flat_map(|section| section.entries);
        let order = roll::order(resolution, setting, &language.to_string());
        let members = order.into_iter().zip(entries).map(|(at, entry)| {
            let signatory = &resolution.signatories[at];
            Member {
                name: entry.name,
                kind: signatory.kind,
                states: states_of(signatory.state.as_deref().unwrap_or_default()),
            }
        });
        Self(members.collect())
    }

    /// Takes signatories as they are printed: the kind and the cell that names the state.
    pub(super) fn of_printed<'a>(members: impl Iterator<Item = (Kind, &'a str)>) -> Self {
        let members = members.map(|(kind, state)| Member {
            name: String::new(),
            kind,
            states: states_of(state),
        });
        Self(members.collect())
    }

    /// Returns the share of a recipient, by the cell that names the state; `None` if it names
    /// none.
    pub(super) fn of(&self, cell: &str) -> Option<Share> {
        let StateCell::State(state) = states::read(cell) else {
            return None;
        };
        let members: Vec<&Member> = self.0.iter().filter(|member| member.states.contains(&state)).collect();
        let of_kind = |kind: Kind| members.iter().filter(|member| member.kind == kind).count();
        Some(Share {
            organizations: of_kind(Kind::Organization),
            individuals: of_kind(Kind::Individual),
            names: members.iter().map(|member| member.name.clone()).collect(),
        })
    }

    /// Returns the rows of the table of all states, by their names; those of several states, of
    /// none, and the total follow.
    pub(super) fn counts(&self, language: &Language, words: &LabelWords) -> Vec<CountRow> {
        let mut counts: BTreeMap<String, [u64; 2]> = BTreeMap::new();
        let (mut several, mut none, mut total) = ([0; 2], [0; 2], [0; 2]);
        for member in &self.0 {
            let own = match member.states.as_slice() {
                [state] => counts
                    .entry(states::name_of(state, language.subtag()).to_owned())
                    .or_default(),
                [] => &mut none,
                _ => &mut several,
            };
            let column = usize::from(member.kind == Kind::Individual);
            own[column] += 1;
            total[column] += 1;
        }
        let rest = [
            (&words.several_states, several),
            (&words.no_state, none),
            (&words.total, total),
        ];
        let rest = rest.into_iter().filter(|(_, count)| *count != [0; 2]);
        let rows = counts
            .into_iter()
            .chain(rest.map(|(label, count)| (label.clone(), count)));
        rows.map(CountRow::new).collect()
    }

    /// Returns the heading and the table of all states.
    pub(super) fn table(&self, language: &Language, words: &LabelWords, origin: Origin) -> Vec<Block> {
        let rows = self.counts(language, words);
        count_table(&words.by_state, &words.state_name, &rows, language, origin)
    }
}
