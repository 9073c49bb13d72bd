//! The sections of the roll: which one each signatory belongs to, and their headings.
//!
//! In: signatories and what the roll is divided by. Out: a place for each signatory, in
//! the order of the roll, and a heading for each place. Guaranteed: people are never
//! under a heading that speaks of organizations; a heading by state is a state's name.
//! Absent: the order within a section.

use super::alphabet::collation_key;
use super::language::Language;
use crate::model::labels::LabelWords;
use crate::model::letter::{RollSections, RollSetting, SeveralStates};
use crate::model::signatory::{Kind, Level};
use crate::resolve::Signatory;
use crate::resolve::districts::{self, District};
use crate::resolve::states::{self, StateCell};
use std::collections::{BTreeMap, BTreeSet};

/// The place of organizations that name no section, after all that do.
const ELSEWHERE: usize = usize::MAX - 1;

/// The place of individuals that name no section, last of all.
const INDIVIDUALS: usize = usize::MAX;

/// The place of signatories of several states, after the states.
const SEVERAL: usize = usize::MAX - 3;

/// The place of signatories of several countries, in a roll by state.
const WORLDWIDE: usize = usize::MAX - 2;

/// The section of each signatory.
pub(super) struct Sections {
    /// Each signatory's section, as its place in the roll.
    pub(super) places: Vec<usize>,
    /// The headings of the places.
    pub(super) headings: BTreeMap<usize, String>,
}

/// Divides signatories. A roll of one section that says nothing has no heading.
pub(super) fn sections(signatories: &[Signatory], setting: &RollSetting, language: &Language) -> Sections {
    let words = language.words();
    let mut divided = match setting.sections {
        RollSections::None => Sections {
            places: vec![ELSEWHERE; signatories.len()],
            headings: BTreeMap::new(),
        },
        RollSections::Kind => Sections {
            places: signatories.iter().map(elsewhere).collect(),
            headings: BTreeMap::new(),
        },
        RollSections::Level => by_level(signatories, words),
        RollSections::State => by_state(signatories, setting.several_states, language, words),
        RollSections::District => by_district(signatories, setting.several_states, language, words),
        RollSections::Section => by_section(signatories),
    };
    let named = divided.places.iter().any(|&place| place < ELSEWHERE);
    let both = divided.places.contains(&ELSEWHERE) && divided.places.contains(&INDIVIDUALS);
    if named || both {
        let rest = if named { &words.other } else { &words.organizations };
        divided.headings.insert(ELSEWHERE, rest.clone());
        divided.headings.insert(INDIVIDUALS, words.individuals.clone());
    }
    divided
}

fn elsewhere(signatory: &Signatory) -> usize {
    match signatory.kind {
        Kind::Organization => ELSEWHERE,
        Kind::Individual => INDIVIDUALS,
    }
}

/// "National organizations" are no people, whatever the level of a person's row.
fn by_level(signatories: &[Signatory], words: &LabelWords) -> Sections {
    let place = |level| Level::ALL.iter().position(|known| *known == level).unwrap_or(ELSEWHERE);
    let headings = Level::ALL
        .iter()
        .map(|&level| (place(level), level_heading(level, words)));
    let level_of = |signatory: &Signatory| signatory.level.filter(|_| signatory.kind == Kind::Organization);
    Sections {
        headings: headings.collect(),
        places: signatories
            .iter()
            .map(|signatory| level_of(signatory).map_or_else(|| elsewhere(signatory), place))
            .collect(),
    }
}

fn level_heading(level: Level, words: &LabelWords) -> String {
    match level {
        Level::Lead => &words.lead,
        Level::National => &words.national,
        Level::State => &words.state,
        Level::Local => &words.local,
        Level::International => &words.international,
    }
    .clone()
}

/// Lead organizations and national ones come before the states. A roll of people alone is
/// divided by state, too.
fn by_state(signatories: &[Signatory], several: SeveralStates, language: &Language, words: &LabelWords) -> Sections {
    const LEAD: usize = 0;
    const NATIONWIDE: usize = 1;
    const FIRST_STATE: usize = 2;
    let people_only = signatories.iter().all(|one| one.kind == Kind::Individual);
    let divides = |signatory: &Signatory| people_only || signatory.kind == Kind::Organization;
    let cell = |signatory: &'_ Signatory| {
        signatory
            .state
            .clone()
            .filter(|_| divides(signatory))
            .unwrap_or_default()
    };
    let cells: Vec<String> = signatories.iter().map(cell).collect();
    let known = states::are_known(cells.iter().map(String::as_str));
    let name = |code| states::name_of(code, language.subtag());
    let read: Vec<StateOfRoll<'_>> = cells
        .iter()
        .map(|cell| match (states::read(cell), several) {
            (StateCell::State(code), _) => StateOfRoll::Heading(name(code)),
            (StateCell::Several(codes), SeveralStates::First) => codes
                .first()
                .map_or(StateOfRoll::Place(SEVERAL), |code| StateOfRoll::Heading(name(code))),
            (StateCell::Several(_), SeveralStates::Together) => StateOfRoll::Place(SEVERAL),
            (StateCell::Nationwide, _) => StateOfRoll::Place(NATIONWIDE),
            (StateCell::Worldwide, _) => StateOfRoll::Place(WORLDWIDE),
            (StateCell::Other(cell), _) if !known => StateOfRoll::Heading(cell),
            (StateCell::Several(_) | StateCell::Other(_) | StateCell::Nowhere, _) => StateOfRoll::Elsewhere,
        })
        .collect();
    let named = read.iter().filter_map(|state| match state {
        StateOfRoll::Heading(name) => Some(*name),
        StateOfRoll::Place(_) | StateOfRoll::Elsewhere => None,
    });
    let mut found: Vec<&str> = named.collect::<BTreeSet<_>>().into_iter().collect();
    let collator = language.collator();
    found.sort_by_cached_key(|name| (collation_key(name, collator.as_ref()), *name));
    let order: BTreeMap<&str, usize> = found.iter().copied().zip(FIRST_STATE..).collect();
    let mut headings: BTreeMap<usize, String> = order.iter().map(|(name, at)| (*at, (*name).to_owned())).collect();
    headings.insert(LEAD, words.lead.clone());
    headings.insert(NATIONWIDE, words.national.clone());
    headings.insert(SEVERAL, words.several_states.clone());
    headings.insert(WORLDWIDE, words.international.clone());
    let place = |(signatory, state): (&Signatory, &StateOfRoll<'_>)| match state {
        _ if !divides(signatory) => elsewhere(signatory),
        // Those who lead come before the states, wherever they are.
        _ if signatory.level == Some(Level::Lead) && signatory.kind == Kind::Organization => LEAD,
        StateOfRoll::Heading(name) => order.get(name).copied().unwrap_or(ELSEWHERE),
        StateOfRoll::Place(place) if signatory.kind == Kind::Organization || *place == SEVERAL => *place,
        StateOfRoll::Place(_) | StateOfRoll::Elsewhere => elsewhere(signatory),
    };
    Sections {
        places: signatories.iter().zip(&read).map(place).collect(),
        headings,
    }
}

/// Lead organizations come first, then the districts by state and number. Those of several
/// districts stand where the setting puts those of several states. A roll of people alone is
/// divided by district, too.
fn by_district(signatories: &[Signatory], several: SeveralStates, language: &Language, words: &LabelWords) -> Sections {
    const LEAD: usize = 0;
    const FIRST_DISTRICT: usize = 1;
    let people_only = signatories.iter().all(|one| one.kind == Kind::Individual);
    let collator = language.collator();
    let key = |district: &District| {
        let state = district
            .state
            .map_or("", |state| states::name_of(state, language.subtag()));
        let name = district.name(language.subtag());
        (collation_key(state, collator.as_ref()), district.number, name)
    };
    let named: Vec<Vec<District>> = signatories
        .iter()
        .map(|one| districts::named(one.district.as_deref(), one.state.as_deref()))
        .collect();
    let found: BTreeSet<_> = named.iter().flatten().map(key).collect();
    let order: BTreeMap<_, usize> = found.into_iter().zip(FIRST_DISTRICT..).collect();
    let mut headings: BTreeMap<usize, String> = order.iter().map(|((.., name), at)| (*at, name.clone())).collect();
    headings.insert(LEAD, words.lead.clone());
    headings.insert(SEVERAL, words.several_districts.clone());
    let place = |(signatory, districts): (&Signatory, &Vec<District>)| {
        if !people_only && signatory.kind == Kind::Individual {
            return elsewhere(signatory);
        }
        if signatory.level == Some(Level::Lead) && signatory.kind == Kind::Organization {
            return LEAD;
        }
        match (districts.as_slice(), several) {
            ([], _) | ([_, _, ..], SeveralStates::Other) => elsewhere(signatory),
            ([_, _, ..], SeveralStates::Together) => SEVERAL,
            ([district, ..], _) => order.get(&key(district)).copied().unwrap_or(ELSEWHERE),
        }
    };
    Sections {
        places: signatories.iter().zip(&named).map(place).collect(),
        headings,
    }
}

/// The heading that a `state` cell comes to.
enum StateOfRoll<'a> {
    /// The name of a state.
    Heading(&'a str),
    /// A place of its own among the sections.
    Place(usize),
    /// None.
    Elsewhere,
}

/// A section of the list is its own heading, for organizations and for people.
fn by_section(signatories: &[Signatory]) -> Sections {
    let mut place_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut places = Vec::with_capacity(signatories.len());
    // Signatories stand by their first row, so this is first appearance.
    for signatory in signatories {
        let section = signatory.section.as_deref().map(str::trim);
        places.push(match section.filter(|section| !section.is_empty()) {
            Some(section) => {
                let next = place_of.len();
                *place_of.entry(section).or_insert(next)
            }
            None => elsewhere(signatory),
        });
    }
    Sections {
        places,
        headings: place_of
            .into_iter()
            .map(|(section, at)| (at, section.to_owned()))
            .collect(),
    }
}
