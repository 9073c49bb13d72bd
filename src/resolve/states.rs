//! Reads the cells of the column `state`, in which people also answer with several
//! states, a town, or no place at all.
//!
//! In: a `state` cell as typed. Out: a [`StateCell`], and a state's name in a language.
//! Guaranteed: "CA", "Calif." and "California" are one state; "National" and "N/A" are
//! none; a word that is none of these is given back as typed. Absent: telling places
//! apart (that is `places`'s), headings (those are the roll's).

use serde::Deserialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StateNames {
    en: String,
    es: Option<String>,
}

static STATES: LazyLock<BTreeMap<String, StateNames>> = LazyLock::new(|| word_list!("states"));

/// The lists of data/state_answers.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StateAnswers {
    nowhere: BTreeSet<Box<str>>,
    nationwide: BTreeSet<Box<str>>,
    worldwide: BTreeSet<Box<str>>,
    several: BTreeSet<Box<str>>,
    beside: BTreeSet<Box<str>>,
    abbreviations: BTreeMap<Box<str>, Box<str>>,
}

static ANSWERS: LazyLock<StateAnswers> = LazyLock::new(|| word_list!("state_answers"));

/// Every spelling that means a state, folded, with its abbreviation.
static SPELLINGS: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    let mut spellings = BTreeMap::new();
    for (code, names) in &*STATES {
        for spelling in [Some(code), Some(&names.en), names.es.as_ref()].into_iter().flatten() {
            spellings.insert(folded(spelling), code.as_str());
            spellings.insert(without_accents(&folded(spelling)), code.as_str());
        }
    }
    for (spelling, code) in &ANSWERS.abbreviations {
        spellings.insert(spelling.to_string(), &**code);
    }
    spellings
});

/// The meaning of a `state` cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StateCell<'a> {
    /// No place: "N/A", "-".
    Nowhere,
    /// The whole country: "National".
    Nationwide,
    /// More than one country: "International".
    Worldwide,
    /// One state, by its abbreviation.
    State(&'static str),
    /// More than one state, by their abbreviations, in the order of the cell; none where
    /// it does not say which.
    Several(Vec<&'static str>),
    /// No state that is known, as typed.
    Other(&'a str),
}

/// Reads a `state` cell.
pub fn read(cell: &str) -> StateCell<'_> {
    let cell = cell.trim();
    let whole = folded(cell);
    if !whole.chars().any(char::is_alphabetic) || ANSWERS.nowhere.contains(whole.as_str()) {
        return StateCell::Nowhere;
    }
    if let Some(code) = state(&whole) {
        return StateCell::State(code);
    }
    if let Some(reach) = reach(&whole) {
        return reach;
    }
    let mut states: Vec<&'static str> = Vec::new();
    let mut wider = None;
    let words: Option<Vec<&'static str>> = cell.split_whitespace().map(|word| state(&folded(word))).collect();
    match words {
        // "NY NJ CT".
        Some(codes) => codes.into_iter().for_each(|code| add(&mut states, code)),
        None => {
            for part in parts(cell) {
                match state(&folded(part)).or_else(|| at_end(part)) {
                    Some(code) => add(&mut states, code),
                    None => wider = wider.or_else(|| reach(&folded(part))),
                }
            }
        }
    }
    match (wider, states.as_slice()) {
        (Some(wider), _) => wider,
        (None, []) => StateCell::Other(cell),
        (None, [code]) => StateCell::State(code),
        (None, _) => StateCell::Several(states),
    }
}

/// Adds a state that is not there yet; "Washington, DC" is one place.
fn add(states: &mut Vec<&'static str>, code: &'static str) {
    if code == "DC" && states.last() == Some(&"WA") {
        states.pop();
    }
    if !states.contains(&code) {
        states.push(code);
    }
}

/// Returns whether states divide a roll: at least half of the cells that name a place
/// name states that are known. Elsewhere than in North America, a cell is its own
/// heading.
pub fn are_known<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let (mut known, mut other) = (0, 0);
    for cell in cells {
        match read(cell) {
            StateCell::State(_) | StateCell::Several(_) => known += 1,
            StateCell::Other(_) => other += 1,
            StateCell::Nowhere | StateCell::Nationwide | StateCell::Worldwide => {}
        }
    }
    known >= other
}

/// Returns the name of a state, by its abbreviation, in a language.
pub fn name_of(code: &str, language: &str) -> &'static str {
    let Some(names) = STATES.get(code) else { return "" };
    match language {
        "es" => names.es.as_ref().unwrap_or(&names.en),
        _ => &names.en,
    }
}

/// Returns the name of the one state that a cell names, or the cell itself.
pub fn name<'a>(cell: &'a str, language: &str) -> Cow<'a, str> {
    let cell = cell.trim();
    Cow::Borrowed(match SPELLINGS.get(&folded(cell)) {
        Some(code) => name_of(code, language),
        None => cell,
    })
}

/// Returns the state that folded words name, with or without "state of" beside it.
fn state(words: &str) -> Option<&'static str> {
    let plain = SPELLINGS
        .get(words)
        .or_else(|| SPELLINGS.get(&without_accents(words)))
        .copied();
    plain.or_else(|| {
        let named: Vec<&str> = words
            .split(' ')
            .filter(|word| !ANSWERS.beside.contains(*word))
            .collect();
        let shorter = !named.is_empty() && named.len() < words.split(' ').count();
        shorter.then(|| SPELLINGS.get(&named.join(" ")).copied()).flatten()
    })
}

/// Returns the state whose name or abbreviation folded words are.
pub(super) fn of_words(words: &str) -> Option<&'static str> {
    SPELLINGS.get(words).copied()
}

/// Returns the state at the end of a town's line: "Portland OR", "Columbus OH 43215".
fn at_end(part: &str) -> Option<&'static str> {
    let words = part.split_whitespace();
    let last = words.rev().find(|word| word.chars().any(char::is_alphabetic))?;
    let is_code = last.len() == 2 && last.bytes().all(|byte| byte.is_ascii_uppercase());
    is_code.then(|| SPELLINGS.get(&folded(last)).copied()).flatten()
}

/// Returns what folded words say of a reach that is no one state.
fn reach(words: &str) -> Option<StateCell<'static>> {
    if ANSWERS.nationwide.contains(words) {
        Some(StateCell::Nationwide)
    } else if ANSWERS.worldwide.contains(words) {
        Some(StateCell::Worldwide)
    } else if ANSWERS.several.contains(words) {
        Some(StateCell::Several(Vec::new()))
    } else {
        None
    }
}

/// Divides a cell into the answers it holds.
fn parts(cell: &str) -> impl Iterator<Item = &str> {
    let marks = [',', ';', '/', '&', '+', '|', '\n', '(', ')', '·', '•', '-', '–', '—'];
    let pieces = cell.split(marks);
    let words = pieces.flat_map(|piece| {
        [" and ", " y ", " or ", " o "]
            .into_iter()
            .find(|word| piece.contains(word))
            .map_or_else(|| vec![piece], |word| piece.split(word).collect())
    });
    words
        .map(str::trim)
        .map(|part| part.strip_prefix("and ").or(part.strip_prefix("y ")).unwrap_or(part))
        .filter(|part| !part.is_empty())
}

/// A cell as it is compared: lower case, without full stops and apostrophes; other marks
/// are spaces.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '.' | '\'' | '’' => {}
            _ if c.is_alphanumeric() => out.push(c),
            _ if !out.ends_with(' ') && !out.is_empty() => out.push(' '),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

pub(super) fn without_accents(text: &str) -> String {
    const ACCENTED: [(char, char); 6] = [('á', 'a'), ('é', 'e'), ('í', 'i'), ('ó', 'o'), ('ú', 'u'), ('ñ', 'n')];
    let plain = |c| {
        let found = ACCENTED.iter().find(|(accented, _)| *accented == c);
        found.map_or(c, |(_, plain)| *plain)
    };
    text.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::StateCell::{Nationwide, Nowhere, Other, Several, State, Worldwide};
    use super::*;

    #[test]
    fn abbreviations_and_names_are_one_state() {
        let check = |cell, language, expected| assert_eq!(name(cell, language), expected);
        check("CA", "en", "California");
        check(" ca ", "en", "California");
        check("california", "en", "California");
        check("NY", "es", "Nueva York");
        check("Nueva York", "en", "New York");
        check("TX", "es", "Texas");
        check("Bavaria", "en", "Bavaria");
        check("CA, NV", "en", "CA, NV");
        // 50 states, the district, 5 territories; 13 provinces; 32 states of Mexico.
        assert_eq!(STATES.len(), 56 + 13 + 32);
        for code in ANSWERS.abbreviations.values() {
            assert!(STATES.contains_key(&**code), "{code}");
        }
    }

    #[test]
    fn a_cell_says_a_state_several_or_none() {
        let check = |cell, expected| assert_eq!(read(cell), expected, "{cell}");
        for cell in [
            "OH",
            "Ohio",
            "ohio",
            "State of Ohio",
            "Ohio (statewide)",
            "Columbus, Ohio",
            "Columbus OH 43215",
            "OH - Ohio",
            "Ohio, OH",
        ] {
            check(cell, State("OH"));
        }
        for cell in [
            "DC",
            "D.C.",
            "Washington, DC",
            "Washington D.C.",
            "Washington, D.C.",
            "District of Columbia",
        ] {
            check(cell, State("DC"));
        }
        check("Wash.", State("WA"));
        check("Washington", State("WA"));
        check("W. Va.", State("WV"));
        check("Calif.", State("CA"));
        check("N.Y.", State("NY"));
        check("New York, NY", State("NY"));
        check("Kansas City, MO", State("MO"));
        check("Michoacan", State("MX-MIC"));
        check("Québec", State("QC"));
        check("Washington, DC, Maryland", Several(vec!["DC", "MD"]));
        check("AL, GA", Several(vec!["AL", "GA"]));
        check("NY/NJ/CT", Several(vec!["NY", "NJ", "CT"]));
        check("NY NJ CT", Several(vec!["NY", "NJ", "CT"]));
        check("Ohio, West Virginia, Kentucky", Several(vec!["OH", "WV", "KY"]));
        check("North Carolina and South Carolina", Several(vec!["NC", "SC"]));
        check("Texas; Oklahoma, and Kansas", Several(vec!["TX", "OK", "KS"]));
        check("Multi-state", Several(Vec::new()));
        check("multiple", Several(Vec::new()));
        for cell in [
            "National",
            "nationwide",
            "USA",
            "U.S.",
            "All 50 states",
            "National (DC)",
            "Nacional",
            "US - National",
        ] {
            check(cell, Nationwide);
        }
        check("International", Worldwide);
        for cell in ["", "N/A", "n.a.", "-", "None", "?", "no aplica", "2"] {
            check(cell, Nowhere);
        }
        check("Midwest", Other("Midwest"));
        check("Bavaria", Other("Bavaria"));
    }

    #[test]
    fn states_divide_where_most_cells_are_states() {
        let check = |cells: &[&str], expected| assert_eq!(are_known(cells.iter().copied()), expected);
        check(&["OH", "National", "Midwest"], true);
        check(&["Bayern", "Hessen", "OH"], false);
        check(&[], true);
    }
}
