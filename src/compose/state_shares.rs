//! The signatories of each state: for a recipient who represents one, and as a table.
//!
//! In: who signed, and how the roll is printed. Out: numbers and names of one state, the roll
//! as a recipient from there is shown it, or a table of all. Guaranteed: names are those of the
//! roll, in its order; however a recipient is shown the roll, it prints each signatory once; a
//! signatory of several states is of each for a recipient, and once in the table, whose total is
//! the roll's.
//! Absent: districts, which lists of signatories don't have.

use super::count_tables::{CountRow, count_table};
use super::document::{Block, FROM_YOUR_STATE, Inline, Roll, RollEntry, RollSection};
use super::language::Language;
use super::roll;
use crate::model::labels::LabelWords;
use crate::model::letter::{FromYourState, RollSetting, RollStyle};
use crate::model::signatory::Kind;
use crate::resolve::Resolution;
use crate::resolve::states::{self, StateCell};
use crate::source::Origin;
use std::borrow::Cow;
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

    /// Returns rolls as a recipient is shown them whose state a cell names: those from there first
    /// or marked, as the setting asks for. A roll that has none from there stays as it is.
    pub(super) fn shown_to<'a>(
        &self,
        rolls: &'a [Roll],
        cell: &str,
        setting: &RollSetting,
        language: &Language,
    ) -> Cow<'a, [Roll]> {
        let StateCell::State(state) = states::read(cell) else {
            return Cow::Borrowed(rolls);
        };
        let own = |at: usize| setting.rolls.get(at).map_or(setting, |roll| &roll.setting);
        if (0..rolls.len()).all(|at| own(at).from_your_state == FromYourState::Among) {
            return Cow::Borrowed(rolls);
        }
        let is_from = |entry: &RollEntry| {
            let member = self.0.get(entry.rank);
            member.is_some_and(|member| member.states.contains(&state))
        };
        let name = states::name_of(state, language.subtag());
        let words = language.words();
        let from = words.from_state.replace("{state}", name);
        let shown = rolls.iter().enumerate().map(|(at, roll)| {
            let mut entries = roll.sections.iter().flat_map(|section| &section.entries);
            match own(at).from_your_state {
                FromYourState::First if entries.any(is_from) => {
                    first(roll, is_from, &from, &words.from_elsewhere, language)
                }
                FromYourState::Marked if entries.any(is_from) => marked(roll, is_from, &from, language),
                FromYourState::Among | FromYourState::First | FromYourState::Marked => roll.clone(),
            }
        });
        Cow::Owned(shown.collect())
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

/// Returns a roll with those first for whom `is_from` holds, under a heading. The others keep
/// their sections; where they had no heading, they get one.
fn first(roll: &Roll, is_from: impl Fn(&RollEntry) -> bool, from: &str, elsewhere: &str, language: &Language) -> Roll {
    let all = joined(roll);
    let section = |heading: Option<String>, entries: Vec<RollEntry>| RollSection {
        heading,
        sentence: match roll.style {
            RollStyle::Sentence => roll::sentence(&entries, &all, language),
            RollStyle::Columns | RollStyle::List | RollStyle::Logos => String::new(),
        },
        entries,
    };
    let entries = roll.sections.iter().flat_map(|section| &section.entries);
    let own: Vec<RollEntry> = entries.filter(|entry| is_from(entry)).cloned().collect();
    let mut sections = vec![section(Some(from.to_owned()), own)];
    for other in &roll.sections {
        let rest: Vec<RollEntry> = other.entries.iter().filter(|entry| !is_from(entry)).cloned().collect();
        if !rest.is_empty() {
            let heading = other.heading.clone().unwrap_or_else(|| elsewhere.to_owned());
            sections.push(section(Some(heading), rest));
        }
    }
    Roll {
        sections,
        ..roll.clone()
    }
}

/// Returns a roll with a mark after those for whom `is_from` holds, and a note that says what it
/// means.
fn marked(roll: &Roll, is_from: impl Fn(&RollEntry) -> bool, from: &str, language: &Language) -> Roll {
    let mut roll = roll.clone();
    for entry in roll.sections.iter_mut().flat_map(|section| &mut section.entries) {
        entry.is_marked = is_from(entry);
    }
    let all = joined(&roll);
    if roll.style == RollStyle::Sentence {
        for section in &mut roll.sections {
            section.sentence = roll::sentence(&section.entries, &all, language);
        }
    }
    let own = Inline::Text(format!("{FROM_YOUR_STATE} {from}").into());
    match &mut roll.note {
        Some(note) => note.extend([Inline::Break, own]),
        None => roll.note = Some(vec![own]),
    }
    roll
}

/// Returns all names of a roll as its sentences join them.
fn joined(roll: &Roll) -> Vec<String> {
    let entries = roll.sections.iter().flat_map(|section| &section.entries);
    entries.map(RollEntry::printed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the shares of signatories with their states, and a roll of them in two sections.
    fn shares(style: RollStyle, headings: [Option<&str>; 2]) -> (StateShares, Vec<Roll>) {
        let states: [(&str, &[&'static str]); 5] = [
            ("Alder", &["MN"]),
            ("Birch", &["MN", "WI"]),
            ("Cedar", &["NM"]),
            ("Doe", &[]),
            ("Elm", &["MN"]),
        ];
        let members = states.iter().map(|(name, states)| Member {
            name: (*name).to_owned(),
            kind: Kind::Organization,
            states: states.to_vec(),
        });
        let names: Vec<&str> = states.iter().map(|(name, _)| *name).collect();
        let mut roll = crate::testing::roll(&names);
        let mut rank = 0..;
        let entries = roll.sections[0].entries.iter_mut();
        entries.zip(&mut rank).for_each(|(entry, rank)| entry.rank = rank);
        let rest = roll.sections[0].entries.split_off(3);
        roll.sections.push(RollSection {
            entries: rest,
            ..roll.sections[0].clone()
        });
        roll.style = style;
        for (section, heading) in roll.sections.iter_mut().zip(headings) {
            section.heading = heading.map(str::to_owned);
        }
        (StateShares(members.collect()), vec![roll])
    }

    fn shown(from_your_state: FromYourState, style: RollStyle, headings: [Option<&str>; 2], cell: &str) -> Vec<String> {
        let (shares, rolls) = shares(style, headings);
        let setting = RollSetting {
            from_your_state,
            style,
            ..RollSetting::default()
        };
        let shown = shares.shown_to(&rolls, cell, &setting, &Language::lenient("en-US"));
        let mut ranks: Vec<usize> = Vec::new();
        let mut lines: Vec<String> = Vec::new();
        for section in shown.iter().flat_map(|roll| &roll.sections) {
            lines.extend(section.heading.iter().map(|heading| format!("# {heading}")));
            ranks.extend(section.entries.iter().map(|entry| entry.rank));
            match style {
                RollStyle::Sentence => lines.push(section.sentence.clone()),
                _ => lines.extend(section.entries.iter().map(RollEntry::printed)),
            }
        }
        ranks.sort_unstable();
        assert_eq!(ranks, [0, 1, 2, 3, 4], "each signatory once");
        lines.extend(shown[0].note.iter().map(|note| crate::model::text::plain(note)));
        lines
    }

    #[test]
    fn those_from_the_recipients_state_are_first() {
        let first = |headings, cell| shown(FromYourState::First, RollStyle::Columns, headings, cell);
        let own = ["# From Minnesota", "Alder", "Birch", "Elm"];
        let none = [None, None];
        let rest = ["# From elsewhere", "Cedar", "# From elsewhere", "Doe"];
        assert_eq!(first(none, "Minn."), [&own[..], &rest].concat());
        let headings = [Some("Local"), Some("National")];
        let rest = ["# Local", "Cedar", "# National", "Doe"];
        assert_eq!(first(headings, "MN"), [&own[..], &rest].concat());
        let own = ["# From Wisconsin", "Birch"];
        let rest = ["# Local", "Alder", "Cedar", "# National", "Doe", "Elm"];
        assert_eq!(first(headings, "wi"), [&own[..], &rest].concat());
        // A section that is all the state's own is not printed empty.
        let rest = ["# Local", "Alder", "Birch", "# National", "Doe", "Elm"];
        assert_eq!(
            first(headings, "NM"),
            [&["# From New Mexico", "Cedar"][..], &rest].concat()
        );
    }

    #[test]
    fn a_roll_without_anybody_from_there_stays_as_it_is() {
        let headings = [Some("Local"), Some("National")];
        let all = ["# Local", "Alder", "Birch", "Cedar", "# National", "Doe", "Elm"];
        for cell in ["TX", "", "National", "MN, WI", "Ontario?"] {
            for from in [FromYourState::First, FromYourState::Marked] {
                assert_eq!(shown(from, RollStyle::Columns, headings, cell), all, "{cell}");
            }
        }
        assert_eq!(shown(FromYourState::Among, RollStyle::Columns, headings, "MN"), all);
    }

    #[test]
    fn those_from_the_recipients_state_are_marked_and_the_mark_is_explained() {
        let headings = [Some("Local"), Some("National")];
        let lines = shown(FromYourState::Marked, RollStyle::List, headings, "MN");
        let expected = [
            "# Local",
            "Alder†",
            "Birch†",
            "Cedar",
            "# National",
            "Doe",
            "Elm†",
            "† From Minnesota",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_sentence_is_joined_anew() {
        let none = [None, None];
        let first = shown(FromYourState::First, RollStyle::Sentence, none, "MN");
        assert_eq!(first[..2], ["# From Minnesota", "Alder, Birch and Elm."]);
        let marked = shown(FromYourState::Marked, RollStyle::Sentence, none, "MN");
        assert_eq!(marked[0], "Alder†, Birch† and Cedar.");
    }
}
