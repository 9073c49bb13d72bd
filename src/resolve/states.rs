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
    country: BTreeSet<Box<str>>,
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
                let words = folded(part);
                match alone(part).or_else(|| at_end(part)) {
                    Some(code) => add(&mut states, code),
                    // "Dallas, TX, USA" is an address.
                    None if !states.is_empty() && ANSWERS.country.contains(words.as_str()) => {}
                    None => wider = wider.or_else(|| reach(&words)),
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

/// Returns the town beside the state that a cell names: "Dallas, TX", "Portland OR 97201",
/// "TX - Dallas", "New York, NY", "Oregon, WI".
pub(super) fn town(cell: &str) -> Option<&str> {
    let cell = match cell.trim().rsplit_once(',') {
        Some((address, end)) if ANSWERS.country.contains(folded(end).as_str()) => address.trim(),
        _ => cell.trim(),
    };
    let divided = [",", "(", ";", "|", "/", " - ", " – ", " — "]
        .into_iter()
        .filter_map(|mark| cell.rfind(mark).map(|at| (&cell[..at], &cell[at + mark.len()..])))
        .max_by_key(|(before, _)| before.len());
    let (before, after) = match divided {
        Some((before, after)) => (before.trim(), after.trim_matches([' ', ')'])),
        None => {
            at_end(cell)?;
            let (before, after) = without_zip(cell).rsplit_once(char::is_whitespace)?;
            (before.trim(), after)
        }
    };
    let is_code = |text: &str| without_zip(text).chars().filter(|c| c.is_alphabetic()).count() == 2;
    let is_town = |text: &str| {
        let words = folded(text);
        matches!(read(text), StateCell::Other(_)) && !words.split(' ').all(|word| ANSWERS.beside.contains(word))
    };
    match (alone(before), alone(after)) {
        // What is nearest to the state: "12 Main St, Dallas, TX".
        (None, Some(_)) => before
            .rsplit([',', ';', '|'])
            .next()
            .map(str::trim)
            .filter(|town| is_town(town)),
        (Some(_), None) => Some(after).filter(|town| is_town(town)),
        // A town with a state's name stands before a code.
        (Some(_), Some(_)) => Some(before).filter(|_| !is_code(before) && is_code(after)),
        (None, None) => None,
    }
}

/// Returns the state that is all of a text, but for a ZIP code after it.
fn alone(text: &str) -> Option<&'static str> {
    state(&folded(text)).or_else(|| state(&folded(without_zip(text))))
}

/// A text without a ZIP code at its end.
fn without_zip(text: &str) -> &str {
    let plain = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
    match text.len() - plain.len() {
        5 | 10 => plain.trim_end(),
        _ => text,
    }
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
    if ANSWERS.nationwide.contains(words) || ANSWERS.country.contains(words) {
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
    fn a_town_stands_beside_its_state() {
        let check = |cell, expected, meaning| {
            assert_eq!(town(cell), expected, "{cell}");
            assert_eq!(read(cell), meaning, "{cell}");
        };
        let texas = || State("TX");
        for cell in [
            "Dallas, TX",
            "Dallas TX",
            "Dallas, Texas",
            "Dallas (TX)",
            "TX - Dallas",
            "Texas (Dallas)",
            "Dallas, TX 75201",
            "Dallas, Texas 75201-4321",
            "Dallas TX 75201",
            "Dallas, TX, USA",
            "12 Main St, Dallas, TX",
            "Dallas , Tex.",
            "Dallas/TX",
        ] {
            check(cell, Some("Dallas"), texas());
        }
        check("New York, NY", Some("New York"), State("NY"));
        check("New York NY", Some("New York"), State("NY"));
        check("Washington, D.C.", Some("Washington"), State("DC"));
        check("Winston-Salem, NC", Some("Winston-Salem"), State("NC"));
        check("Dallas/Fort Worth, TX", Some("Dallas/Fort Worth"), State("TX"));
        check("Kansas City, MO", Some("Kansas City"), State("MO"));
        check("St. Louis, Missouri", Some("St. Louis"), State("MO"));
        check("Oregon, WI", Some("Oregon"), Several(vec!["OR", "WI"]));
        for cell in [
            "TX",
            "Texas",
            "Statewide, TX",
            "TX (statewide)",
            "State of Texas",
            "TX 75201",
            "TX, USA",
        ] {
            check(cell, None, texas());
        }
        check("Oregon and Washington", None, Several(vec!["OR", "WA"]));
        check("OR, WA", None, Several(vec!["OR", "WA"]));
        check("Ohio, Kentucky", None, Several(vec!["OH", "KY"]));
        check("National, TX", None, Nationwide);
        check("USA", None, Nationwide);
        check("Toronto, Canada", None, Other("Toronto, Canada"));
        check("", None, Nowhere);
    }

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
