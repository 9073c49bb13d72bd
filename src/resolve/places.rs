//! Recognizes common names, which many organizations have, and the places that tell
//! those organizations apart.
//!
//! In: rows. Out: whether a name is one that many bodies have ("First Baptist
//! Church", "Saint Mary School"), where a row of it comes from, and how an answer
//! names such a row. Guaranteed: a name with a word of its own, a state's or a
//! country's in it is none of these, so that one group in several districts stays
//! one. Absent: judging; rows without a place are not told apart.

use crate::model::signatory::{Column, Record};
use crate::resolve::normalize::Name;
use crate::resolve::states::{self, StateCell};
use crate::resolve::words::{COMPARISON_WORDS, Class, WORD_LISTS};

/// Returns whether many bodies have this name: all its words are words of many names, and
/// none says how far it reaches or in which state or country it is.
pub(crate) fn is_common_name(name: &Name) -> bool {
    const MANY: Class = Class::KNOWN.or(Class::DEDICATION);
    let words = name.words();
    !words.is_empty()
        && name.aliases.is_empty()
        && words.iter().any(|word| !word.class.is(Class::STOP))
        && words.iter().all(|&word| {
            word.class.is(MANY)
                && !word.class.is(Class::REGION)
                && !COMPARISON_WORDS.wide_reach.contains(name.word(word))
        })
}

/// The cells of a row that say where it comes from; a town that stands in the cell of the
/// state, or a state in that of the town, counts as if it had a cell of its own.
struct Cells<'a> {
    city: Option<&'a str>,
    state: Option<&'a str>,
    country: Option<&'a str>,
}

impl<'a> Cells<'a> {
    fn of(record: &'a Record) -> Self {
        let cell = |column| record.get(column).filter(|cell| !normalized(cell).is_empty());
        let (city, state) = (cell(Column::City), cell(Column::State));
        let town = city.and_then(states::town);
        Self {
            city: town.or(city).or_else(|| states::town(state?)),
            state: state.or(city.filter(|_| town.is_some())),
            country: cell(Column::Country),
        }
    }
}

/// Stands between the states of a cell that names several.
const BETWEEN: &str = ", ";

/// The place that a row comes from, as far as its cells say; words as after normalizing.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Locality {
    country: Box<str>,
    /// Several states with [`BETWEEN`] them.
    state: Box<str>,
    city: Box<str>,
}

impl Locality {
    /// Reads it from a row; `None` where no cell says anything. A name that has a
    /// town in it comes from no other town, only from another state.
    pub(crate) fn of(record: &Record, name: &Name) -> Option<Self> {
        let cells = Cells::of(record);
        let has_town = name.words().iter().any(|word| word.class.is(Class::PLACE));
        let place = Self {
            country: cells.country.map(normalized).unwrap_or_default(),
            state: cells.state.map(normalized_state).unwrap_or_default(),
            city: match cells.city {
                Some(city) if !has_town => normalized(city),
                _ => Box::default(),
            },
        };
        (place != Self::default()).then_some(place)
    }

    /// Returns whether two places cannot be one. A body of several states is in each.
    pub(crate) fn conflicts(&self, other: &Self) -> bool {
        let differ = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && a != b;
        let states = [&self.state, &other.state].map(|states| states.split(BETWEEN));
        let [mut some, others] = states;
        let elsewhere = differ(&self.state, &other.state) && !some.any(|state| others.clone().any(|one| one == state));
        differ(&self.country, &other.country) || elsewhere || differ(&self.city, &other.city)
    }

    /// Returns whether no two of some places conflict.
    pub(crate) fn agree<'a>(places: &(impl Iterator<Item = &'a Self> + Clone)) -> bool {
        let one = |cell: fn(&Self) -> &str| {
            let mut said = places.clone().map(cell).filter(|cell| !cell.is_empty());
            said.next().is_none_or(|first| said.all(|other| other == first))
        };
        let mut states = places
            .clone()
            .map(|place| &*place.state)
            .filter(|cell| !cell.is_empty());
        let mut shared: Vec<&str> = states
            .next()
            .map(|first| first.split(BETWEEN).collect())
            .unwrap_or_default();
        let share = states.all(|cell| {
            shared.retain(|state| cell.split(BETWEEN).any(|one| one == *state));
            !shared.is_empty()
        });
        one(|place| &place.country) && share && one(|place| &place.city)
    }

    /// All that places which agree say.
    pub(crate) fn together(places: &mut [Self]) -> Option<Self> {
        let (first, rest) = places.split_first_mut()?;
        for place in rest {
            for (cell, other) in [
                (&mut first.country, &mut place.country),
                (&mut first.state, &mut place.state),
                (&mut first.city, &mut place.city),
            ] {
                if cell.is_empty() {
                    std::mem::swap(cell, other);
                }
            }
        }
        Some(first.clone())
    }

    /// As an answer names it.
    pub(crate) fn key(&self) -> String {
        let parts = [&*self.city, &*self.state, &*self.country];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }
}

/// A cell of a place: "TX" is Texas, also where it stands alone.
fn normalized(cell: &str) -> Box<str> {
    let mut code: String = cell.chars().filter(|c| c.is_alphanumeric()).collect();
    code.make_ascii_uppercase();
    if let Some(words) = WORD_LISTS.code(&code).or_else(|| WORD_LISTS.end_code(&code)) {
        return words.join(" ").into();
    }
    Name::new(cell).text().into()
}

/// A `state` cell: "National" and "N/A" are no place, and of "Columbus, Ohio" the state
/// counts.
fn normalized_state(cell: &str) -> Box<str> {
    let name = |code: &str| normalized(states::name_of(code, "en"));
    match states::read(cell) {
        StateCell::Nowhere | StateCell::Nationwide | StateCell::Worldwide => Box::default(),
        StateCell::State(code) => name(code),
        StateCell::Several(codes) => {
            let names: Vec<Box<str>> = codes.into_iter().map(name).collect();
            names.join(BETWEEN).into()
        }
        StateCell::Other(cell) => normalized(cell),
    }
}

/// The state a row comes from, as after normalizing, with its country.
pub(crate) fn state(record: &Record) -> Option<String> {
    let state = record
        .get(Column::State)
        .map(normalized_state)
        .filter(|state| !state.is_empty())?;
    let country = record.get(Column::Country).map(normalized).unwrap_or_default();
    Some(format!("{state}, {country}"))
}

/// Returns the name by which an answer speaks of a row: with the place it comes from,
/// where many bodies have the name: "First Baptist Church [in Dallas, Texas]".
pub fn answer_name(record: &Record) -> String {
    let compared = record.compared_name();
    let name = Name::new(&compared);
    let cells = Cells::of(record);
    let state = cells.state.map(|cell| match states::read(cell) {
        // As the key of a place has them.
        StateCell::Several(codes) => codes.into_iter().map(|code| states::name_of(code, "en")).collect(),
        StateCell::State(code) if states::town(cell).is_some() || cell.contains([',', '(', '/']) => {
            vec![states::name_of(code, "en")]
        }
        StateCell::Nowhere | StateCell::Nationwide | StateCell::Worldwide => Vec::new(),
        StateCell::State(_) | StateCell::Other(_) => vec![cell.trim()],
    });
    let has_place = is_common_name(&name) && Locality::of(record, &name).is_some();
    let typed = |cell: Option<&str>| cell.map(|cell| cell.trim().to_owned());
    let place: Vec<String> = typed(cells.city)
        .into_iter()
        .chain(state.into_iter().flatten().map(str::to_owned))
        .chain(typed(cells.country))
        .collect();
    if has_place {
        format!("{} [in {}]", record.name, place.join(", "))
    } else {
        compared.into_owned()
    }
}

/// Parts such a name into the name and the key of its place.
pub(crate) fn split_place(text: &str) -> (Name, Option<String>) {
    let plain = || (Name::new(text), None);
    let Some((before, place)) = text
        .trim_end()
        .strip_suffix(']')
        .and_then(|text| text.rsplit_once(" [in "))
    else {
        return plain();
    };
    let name = Name::new(before);
    if !is_common_name(&name) {
        return plain();
    }
    let has_town = name.words().iter().any(|word| word.class.is(Class::PLACE));
    let parts: Vec<Box<str>> = place
        .split(',')
        .map(normalized)
        .filter(|part| !part.is_empty())
        .collect();
    // Of a name with a town in it, the town of the row does not count.
    let from = usize::from(has_town && parts.len() > 1);
    (name, Some(parts[from..].join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Origin, SourceMap};

    fn record(name: &str, city: &str, state: &str) -> Record {
        let mut record = Record::new(name, Origin::File(SourceMap::default().add("", "")));
        for (column, cell) in [(Column::City, city), (Column::State, state)] {
            if !cell.is_empty() {
                record.cells.push((column, cell.into()));
            }
        }
        record
    }

    #[test]
    fn names_of_many_words_are_shared_and_names_of_their_own_are_not() {
        let check = |name, expected| assert_eq!(is_common_name(&Name::new(name)), expected, "{name}");
        check("First Baptist Church", true);
        check("St. Mary's Church", true);
        check("Trinity Lutheran Church", true);
        check("Food Bank", true);
        check("Casa Sol y Luz", false);
        check("Texas Food Bank", false);
        check("National Food Bank", false);
        check("UndocuBlack Network", false);
    }

    #[test]
    fn an_answer_names_the_place_and_finds_it_again() {
        let check = |city, state, expected: &str| {
            let record = record("First Baptist Church", city, state);
            let text = answer_name(&record);
            assert_eq!(text, expected);
            let (name, key) = split_place(&text);
            assert_eq!(name.text(), "1st baptist church");
            assert_eq!(key, Locality::of(&record, &name).map(|place| place.key()));
        };
        check("Dallas", "TX", "First Baptist Church [in Dallas, TX]");
        check("", "CA", "First Baptist Church [in CA]");
        check("", "Dallas, TX", "First Baptist Church [in Dallas, Texas]");
        check("", "Dallas TX", "First Baptist Church [in Dallas, Texas]");
        check("Dallas, TX", "", "First Baptist Church [in Dallas, Texas]");
        check("Dallas, TX", "TX", "First Baptist Church [in Dallas, TX]");
        check("", "New York, NY", "First Baptist Church [in New York, New York]");
        check("", "AL/GA", "First Baptist Church [in Alabama, Georgia]");
        check("Columbus", "Columbus, Ohio", "First Baptist Church [in Columbus, Ohio]");
        check("Dallas", "National", "First Baptist Church [in Dallas]");
        check("", "", "First Baptist Church");
        assert_eq!(split_place("Casa Uno [in Texas]").1, None, "a name of its own");
    }

    #[test]
    fn places_conflict_where_both_say_something_else() {
        let place = |city, state| Locality::of(&record("Hope Church", city, state), &Name::new("Hope Church"));
        let check = |a: Option<Locality>, b: Option<Locality>, expected| {
            assert_eq!(a.zip(b).is_some_and(|(a, b)| a.conflicts(&b)), expected);
        };
        check(place("Dallas", "TX"), place("", "Texas"), false);
        check(place("Dallas", "TX"), place("Houston", "TX"), true);
        check(place("", "TX"), place("", "OH"), true);
        check(place("", "Dallas, TX"), place("", "Houston, TX"), true);
        check(place("", "Dallas, TX"), place("Houston", "TX"), true);
        check(place("", "Dallas TX"), place("Dallas", "Texas"), false);
        check(place("", "Dallas, TX"), place("", "TX"), false);
        check(place("Dallas, TX", ""), place("Dallas", "TX"), false);
        check(place("Dallas, TX", ""), place("", "OH"), true);
        check(place("", "New York, NY"), place("", "Buffalo, NY"), true);
        check(place("", "Washington, DC"), place("", "DC"), false);
        check(place("", "D.C."), place("", "District of Columbia"), false);
        check(place("", "IN"), place("", "Indiana"), false);
        check(place("", ""), place("", "OH"), false);
        check(place("", "National"), place("", "OH"), false);
        check(place("", "N/A"), place("", "OH"), false);
        check(place("", "Ohio, Kentucky"), place("", "OH"), false);
        check(place("", "Ohio, Kentucky"), place("", "TX"), true);
        check(place("", "Columbus, Ohio"), place("", "OH"), false);
        let all = |states: [&'static str; 3]| states.map(|state| place("", state).expect("a place"));
        assert!(Locality::agree(&all(["OH, KY", "Ohio", "KY, OH"]).iter()));
        assert!(!Locality::agree(&all(["OH, KY", "Ohio", "KY"]).iter()));
    }
}
