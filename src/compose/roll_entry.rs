//! What the roll prints of each signatory.
//!
//! In: signatories with their names in house style. Out: their entries. Guaranteed: two
//! organizations of one name are told apart by their places, where the list has them;
//! a cell that says nothing ("N/A", "Self") is not printed. Absent: order, sections.

use super::document::RollEntry;
use super::names::typeset;
use crate::model::letter::{AffiliationNote, RollSetting, ShownColumn};
use crate::model::signatory::Kind;
use crate::resolve::districts::{self, District};
use crate::resolve::states::{self, StateCell};
use crate::resolve::{Signatory, no_values};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Stands after an affiliation and before the note that says what it is for.
pub(super) const MARK: &str = "*";

/// Returns the entry of each signatory, by its index.
pub(super) fn entries(signatories: &[Signatory], setting: &RollSetting) -> Vec<RollEntry> {
    let mut entries: Vec<RollEntry> = signatories.iter().map(|signatory| entry(signatory, setting)).collect();
    for same in of_one_name(signatories) {
        let with_country = differ(same.iter().map(|&at| signatories[at].country.as_deref()));
        let places: Vec<String> = same.iter().map(|&at| place(&signatories[at], with_country)).collect();
        let shown = same.iter().map(|&at| entries[at].place.as_deref());
        if shown.clone().all(|place| place.is_some()) && all_differ(shown)
            || !differ(places.iter().map(|place| Some(place.as_str())))
        {
            continue;
        }
        for (&at, place) in same.iter().zip(places) {
            entries[at].place = (!place.is_empty()).then(|| typeset(&place).into_owned());
        }
    }
    entries
}

fn entry(signatory: &Signatory, setting: &RollSetting) -> RollEntry {
    let said = |column, cell: &'_ Option<String>, says_nothing| {
        let cell = cell.as_deref().filter(|_| setting.shows(column));
        self::said(cell, says_nothing).map(str::to_owned)
    };
    let title = said(ShownColumn::Title, &signatory.title, no_values::is_no_title);
    let detail = match signatory.kind {
        Kind::Organization => {
            let person = said(
                ShownColumn::Representative,
                &signatory.representative,
                no_values::is_no_affiliation,
            );
            person.map(|person| {
                let pieces: Vec<String> = [person].into_iter().chain(title).collect();
                typeset(&pieces.join(", ")).into_owned()
            })
        }
        Kind::Individual => {
            let affiliation = said(
                ShownColumn::Affiliation,
                &signatory.affiliation,
                no_values::is_no_affiliation,
            );
            // "Retired" is no organization to be identified with.
            let marked = affiliation
                .as_deref()
                .is_some_and(|affiliation| !no_values::is_no_organization(affiliation));
            let marked = marked
                && match setting.affiliation_note {
                    AffiliationNote::Auto => !signs_in_office(signatory),
                    AffiliationNote::All => true,
                    AffiliationNote::None => false,
                };
            let mark = if marked { MARK } else { "" };
            let pieces: Vec<String> = title.into_iter().chain(affiliation).collect();
            (!pieces.is_empty()).then(|| format!("{}{mark}", typeset(&pieces.join(", "))))
        }
    };
    RollEntry {
        kind: signatory.kind,
        rank: 0,
        mark: "",
        name: typeset(&signatory.name).into_owned(),
        place: shown_place(signatory, setting),
        detail,
        logo: None,
    }
}

/// Returns as much of a signatory's place as the roll shows beside names.
fn shown_place(signatory: &Signatory, setting: &RollSetting) -> Option<String> {
    let cell = |column, cell: &Option<String>| cell.clone().filter(|_| setting.shows(column));
    let shown = Signatory {
        city: cell(ShownColumn::City, &signatory.city),
        state: cell(ShownColumn::State, &signatory.state),
        district: None,
        country: cell(ShownColumn::Country, &signatory.country),
        ..signatory.clone()
    };
    let mut place = place(&shown, true);
    if setting.shows(ShownColumn::District)
        && let Some(district) = shown_district(signatory)
    {
        place = match (place.as_str(), signatory.state.as_deref().map(str::trim)) {
            ("", _) => district,
            // "Oakland, CA-12": the district names the state.
            (place, Some(state)) if district.starts_with(state) && place.ends_with(state) => {
                format!("{}{district}", &place[..place.len() - state.len()])
            }
            (place, _) => format!("{place}, {district}"),
        };
    }
    (!place.is_empty()).then(|| typeset(&place).into_owned())
}

/// Returns the districts of a signatory as the roll prints them: "CA-12".
fn shown_district(signatory: &Signatory) -> Option<String> {
    let districts = districts::named(signatory.district.as_deref(), signatory.state.as_deref());
    let codes: Vec<String> = districts.iter().map(District::code).collect();
    (!codes.is_empty()).then(|| codes.join(", "))
}

/// The list of data/elected_offices.toml.
#[derive(Deserialize)]
struct ElectedOffices {
    offices: Vec<String>,
    sections: Vec<String>,
}

static ELECTED: LazyLock<ElectedOffices> = LazyLock::new(|| word_list!("elected_offices"));

/// Returns true for someone who signs in an elected office: a mayor speaks for the city, and
/// is not named with it "for identification only".
pub(super) fn signs_in_office(signatory: &Signatory) -> bool {
    let title = signatory.title.as_deref().unwrap_or_default().trim().to_lowercase();
    let begins = |office: &String| {
        let rest = title.strip_prefix(office.as_str());
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    // "Mayor's Office of Housing" is no mayor.
    let is_office = ELECTED.offices.iter().any(begins) && !title.contains("’s ") && !title.contains("'s ");
    let section = signatory.section.as_deref().unwrap_or_default().to_lowercase();
    let mut words = section.split(|c: char| !c.is_alphanumeric());
    is_office || words.any(|word| ELECTED.sections.iter().any(|known| known == word))
}

/// Returns a cell without commas around it, unless it says nothing.
fn said(cell: Option<&str>, says_nothing: fn(&str) -> bool) -> Option<&str> {
    let cell = cell?.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
    (!says_nothing(cell)).then_some(cell)
}

/// Returns the organizations that would be printed alike, two or more of each name.
fn of_one_name(signatories: &[Signatory]) -> impl Iterator<Item = Vec<usize>> {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, signatory) in signatories.iter().enumerate() {
        if signatory.kind == Kind::Organization {
            let words = signatory.name.split(|c: char| !c.is_alphanumeric());
            let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
            by_name.entry(words.join(" ").to_lowercase()).or_default().push(at);
        }
    }
    by_name.into_values().filter(|same| same.len() > 1)
}

/// Returns whether not all of some values are the same.
fn differ<'a>(mut values: impl Iterator<Item = Option<&'a str>>) -> bool {
    let first = values.next();
    values.any(|value| Some(value) != first)
}

/// Returns whether no two of some values are the same.
fn all_differ<'a>(values: impl Iterator<Item = Option<&'a str>>) -> bool {
    let mut seen = BTreeSet::new();
    values.into_iter().all(|value| seen.insert(value))
}

/// The town and state of a signatory, as far as the list has them.
fn place(signatory: &Signatory, with_country: bool) -> String {
    let cell = |cell: &Option<String>| {
        let cell = cell.as_deref().unwrap_or_default().trim().to_owned();
        Some(cell).filter(|cell| !no_values::is_no_affiliation(cell))
    };
    let city = cell(&signatory.city);
    let state = signatory.state.as_deref().unwrap_or_default().trim().to_owned();
    // "ME" is Maine, whatever it says in other columns.
    let state = Some(state).filter(|state| match states::read(state) {
        StateCell::State(_) | StateCell::Several(_) => true,
        StateCell::Other(_) => !no_values::is_no_affiliation(state),
        StateCell::Nowhere | StateCell::Nationwide | StateCell::Worldwide => false,
    });
    // "Columbus, Ohio" in the column of states says both.
    let city = city.filter(|city| !state.as_deref().unwrap_or_default().contains(city.as_str()));
    let country = cell(&signatory.country).filter(|_| with_country);
    let parts: Vec<String> = [city, state, country].into_iter().flatten().collect();
    parts.join(", ")
}
