//! Reads the cells of the column `district`.
//!
//! In: a `district` cell as typed, and the `state` cell beside it. Out: a [`DistrictCell`], and a
//! district's name in a language. Guaranteed: "CA-12", "CA 12th" and "12" beside "California" are
//! one district; a cell with a word that is not understood, or a range, names none. Absent: which
//! districts there are, since they are drawn anew every ten years.

use super::states::{self, StateCell};
use crate::model::district_kind::DistrictKind;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The lists of data/districts.toml that are about cells.
#[derive(Deserialize)]
struct DistrictWords {
    beside: BTreeSet<Box<str>>,
    at_large: BTreeSet<Box<str>>,
    ordinals: BTreeMap<Box<str>, u16>,
    printed: Printed,
}

#[derive(Deserialize)]
struct Printed {
    numbered: BTreeMap<Box<str>, String>,
    at_large: BTreeMap<Box<str>, String>,
}

static WORDS: LazyLock<DistrictWords> = LazyLock::new(|| word_list!("districts"));

/// The largest number of a district: the largest chamber of a state has 400 members.
const LARGEST: u16 = 499;

/// Which of a state's districts it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DistrictNumber {
    /// The only one.
    AtLarge,
    /// One of several.
    Numbered(u16),
}

/// A district.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct District {
    /// The state's abbreviation; `None`: nothing says which.
    pub state: Option<&'static str>,
    /// What it elects to; `None`: nothing says what.
    pub kind: Option<DistrictKind>,
    /// Its number.
    pub number: DistrictNumber,
}

/// The meaning of a `district` cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DistrictCell<'a> {
    /// No district: empty, "N/A", "statewide".
    Nowhere,
    /// One or more, in the order of the cell.
    Districts(Vec<District>),
    /// Nothing that is understood, as typed.
    Other(&'a str),
}

impl District {
    /// Returns whether two are the same district. Where only one of them says what it elects to,
    /// that does not part them.
    pub fn is(&self, other: &Self) -> bool {
        let kinds_differ = matches!((self.kind, other.kind), (Some(a), Some(b)) if a != b);
        self.state == other.state && self.number == other.number && !kinds_differ
    }

    /// Returns the short form: "CA-12", "AK-AL", "CA AD-12", "12".
    pub fn code(&self) -> String {
        let number = match self.number {
            DistrictNumber::AtLarge => "AL".to_owned(),
            DistrictNumber::Numbered(number) => number.to_string(),
        };
        let kind = self.kind.filter(|kind| *kind != DistrictKind::Congressional);
        match (self.state, kind) {
            (Some(state), Some(kind)) => format!("{state} {}-{number}", kind.short()),
            (Some(state), None) => format!("{state}-{number}"),
            (None, Some(kind)) => format!("{}-{number}", kind.short()),
            (None, None) => number,
        }
    }

    /// Returns the name in a language: "California, District 12".
    pub fn name(&self, language: &str) -> String {
        let said = |words: &'static BTreeMap<Box<str>, String>| {
            let own = words.get(language).or_else(|| words.get("en"));
            own.map_or("", String::as_str)
        };
        let words = match (self.number, self.kind) {
            (DistrictNumber::AtLarge, _) => said(&WORDS.printed.at_large).to_owned(),
            (DistrictNumber::Numbered(number), kind) => {
                let pattern = kind.map_or_else(|| said(&WORDS.printed.numbered), |kind| kind.pattern(language));
                pattern.replace("{number}", &number.to_string())
            }
        };
        match self.state {
            Some(state) => format!("{}, {words}", states::name_of(state, language)),
            None => {
                let mut letters = words.chars();
                let first = letters.next().map(|first| first.to_uppercase().to_string());
                first.unwrap_or_default() + letters.as_str()
            }
        }
    }
}

/// Reads a `district` cell. `state` is the `state` cell of the same row, for a number alone;
/// `kind` is what it elects to if the cell does not say so.
pub fn read<'a>(cell: &'a str, state: Option<&str>, kind: Option<DistrictKind>) -> DistrictCell<'a> {
    let cell = cell.trim();
    let has_digit = cell.chars().any(|c| c.is_ascii_digit());
    let says_none = matches!(
        states::read(cell),
        StateCell::Nowhere | StateCell::Nationwide | StateCell::Worldwide
    );
    if !has_digit && (says_none || states::folded(cell) == "statewide") {
        return DistrictCell::Nowhere;
    }
    let Some(mut found) = Reading::of(cell, kind).filter(|found| !found.is_empty()) else {
        return DistrictCell::Other(cell);
    };
    let beside = match state.map(states::read) {
        Some(StateCell::State(state)) => Some(Some(state)),
        None | Some(StateCell::Nowhere) => Some(None),
        // One of several states, or none of those that are known.
        Some(_) => None,
    };
    for district in &mut found {
        if district.state.is_none() {
            match beside {
                Some(state) => district.state = state,
                None => return DistrictCell::Other(cell),
            }
        }
    }
    DistrictCell::Districts(found)
}

/// Returns the districts that a cell names; none if it is not understood.
pub fn named(cell: Option<&str>, state: Option<&str>) -> Vec<District> {
    match cell.map(|cell| read(cell, state, None)) {
        Some(DistrictCell::Districts(districts)) => districts,
        _ => Vec::new(),
    }
}

/// A word of a cell.
struct Word<'a> {
    folded: String,
    typed: &'a str,
    /// What stands between it and the next one.
    after: &'a str,
}

/// A cell as far as it was read.
#[derive(Default)]
struct Reading {
    found: Vec<District>,
    state: Option<&'static str>,
    kind: Option<DistrictKind>,
    /// How many of those that were found have no state yet.
    pending: usize,
}

impl Reading {
    /// Reads a cell from left to right; `None` if a word is not understood.
    fn of(cell: &str, fallback: Option<DistrictKind>) -> Option<Vec<District>> {
        // "CA-12 (Los Angeles)": what is in brackets may explain.
        if let Some(read) = Self::words(&words(cell), fallback) {
            return Some(read);
        }
        let (before, rest) = cell.split_once('(')?;
        let (_, after) = rest.split_once(')')?;
        let has_digit = |text: &str| text.chars().any(|c| c.is_ascii_digit());
        if !has_digit(before) || has_digit(rest) || !after.trim().is_empty() {
            return None;
        }
        Self::words(&words(before), fallback)
    }

    fn words(words: &[Word<'_>], fallback: Option<DistrictKind>) -> Option<Vec<District>> {
        let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        let mut reading = Self::default();
        let mut at = 0;
        while at < words.len() {
            at += reading.step(words, &folded, at)?;
        }
        let noted = words.windows(2).any(|pair| {
            let is_code = pair[0].typed.len() == 2 && state_at(&[&pair[0].folded]).is_some();
            is_code && pair[0].after == "-" && pair[1].folded.starts_with(|c: char| c.is_ascii_digit())
        });
        let kind = fallback.or(noted.then_some(DistrictKind::Congressional));
        for district in &mut reading.found {
            district.kind = district.kind.or(reading.kind).or(kind);
        }
        let mut seen = BTreeSet::new();
        reading.found.retain(|district| seen.insert(*district));
        Some(reading.found)
    }

    /// Reads what stands at a place. Returns how many words it is.
    fn step(&mut self, words: &[Word<'_>], folded: &[&str], at: usize) -> Option<usize> {
        let word = &words[at];
        if let Some(number) = number(&word.folded) {
            // "12-14" leaves out what is between.
            let is_range = matches!(word.after, "-" | "–" | "—")
                && folded.get(at + 1).is_some_and(|next| number_of_digits(next).is_some());
            if is_range {
                return None;
            }
            self.add(number);
            return Some(1);
        }
        let large = [3, 2, 1].into_iter().find(|&count| {
            let phrase = folded.get(at..at + count).map(|words| words.join(" "));
            phrase.is_some_and(|phrase| WORDS.at_large.contains(phrase.as_str()))
        });
        // "AK-AL" is at large; "AL-7" is Alabama's.
        let is_alabama = word.folded == "al" && self.state.is_none() && folded.len() > 1;
        if let Some(count) = large.filter(|_| !is_alabama) {
            if !self.found.iter().any(|one| one.number == DistrictNumber::AtLarge) {
                self.add(DistrictNumber::AtLarge);
            }
            return Some(count);
        }
        let state = (1..=4).rev().find_map(|count| {
            let state = state_at(folded.get(at..at + count)?)?;
            Some((state, count))
        });
        let is_beside = WORDS.beside.contains(word.folded.as_str());
        if let Some((state, count)) = state
            && (!is_beside || self.is_code(words, folded, at, count))
        {
            // "AL (at large)", beside a state: an abbreviation that is explained.
            let rest = folded[at + count..].join(" ");
            if word.folded == "al" && WORDS.at_large.contains(rest.as_str()) {
                return Some(count);
            }
            self.name_state(state);
            return Some(count);
        }
        if let Some((kind, count)) = DistrictKind::at_start(&folded[at..]) {
            self.kind = Some(kind);
            return Some(count);
        }
        (is_beside || matches!(word.folded.as_str(), "and" | "y" | "et")).then_some(1)
    }

    /// Returns whether a word that may be "de" or "in" is Delaware's or Indiana's code.
    fn is_code(&self, words: &[Word<'_>], folded: &[&str], at: usize, count: usize) -> bool {
        let names_next = (1..=4).any(|more| {
            let next = folded.get(at + count..at + count + more);
            next.is_some_and(|next| state_at(next).is_some())
        });
        let is_upper = words[at].typed.chars().all(char::is_uppercase);
        let is_joined = words[at].after == "-" && is_upper;
        is_joined || !names_next && (is_upper || at == 0)
    }

    fn add(&mut self, number: DistrictNumber) {
        self.pending += usize::from(self.state.is_none());
        self.found.push(District {
            state: self.state,
            kind: self.kind,
            number,
        });
    }

    /// Takes a state for the numbers before it that have none, or else for those after it.
    fn name_state(&mut self, state: &'static str) {
        if self.pending == 0 {
            self.state = Some(state);
            return;
        }
        let start = self.found.len() - self.pending;
        for district in &mut self.found[start..] {
            district.state = Some(state);
        }
        self.pending = 0;
    }
}

/// Returns the state that folded words name.
fn state_at(words: &[&str]) -> Option<&'static str> {
    states::of_words(&words.join(" "))
}

fn number_of_digits(word: &str) -> Option<u16> {
    let number: u16 = word.parse().ok()?;
    let is_written = word.len() <= if number == 0 { 2 } else { 3 };
    (number <= LARGEST && is_written).then_some(number)
}

fn number(word: &str) -> Option<DistrictNumber> {
    let number = number_of_digits(word).or_else(|| WORDS.ordinals.get(word).copied())?;
    Some(match number {
        0 => DistrictNumber::AtLarge,
        number => DistrictNumber::Numbered(number),
    })
}

/// Divides a cell into words: letters, or figures. "12.0" is a spreadsheet's 12.
fn words(cell: &str) -> Vec<Word<'_>> {
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut before = ' ';
    for (at, c) in cell.char_indices() {
        let joins = |a: char, b: char| {
            (a.is_alphabetic() || a == '.') && b.is_alphabetic() || a.is_ascii_digit() && b.is_ascii_digit()
        };
        let is_dot = c == '.' && before.is_alphabetic();
        match places.last_mut() {
            Some((_, end)) if *end == at && (joins(before, c) || is_dot) => *end = at + c.len_utf8(),
            _ if c.is_alphanumeric() => places.push((at, at + c.len_utf8())),
            _ => {}
        }
        before = c;
    }
    let ends = |at: usize| places.get(at + 1).map_or(cell.len(), |(start, _)| *start);
    let words = places.iter().enumerate().map(|(at, &(start, end))| Word {
        folded: states::without_accents(&states::folded(&cell[start..end])),
        typed: &cell[start..end],
        after: &cell[end..ends(at)],
    });
    let mut words: Vec<Word<'_>> = words.collect();
    if let [.., whole, part] = words.as_slice()
        && whole.after == "."
        && part.folded == "0"
        && number_of_digits(&whole.folded).is_some()
    {
        words.pop();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the short forms of the districts that a cell names beside a state.
    fn check(cell: &str, state: &str, expected: &[&str]) {
        let state = (!state.is_empty()).then_some(state);
        let found: Vec<String> = named(Some(cell), state).iter().map(District::code).collect();
        assert_eq!(found, expected, "{cell:?} beside {state:?}");
    }

    #[test]
    fn however_it_is_written_it_is_one_district() {
        for cell in [
            "CA-12",
            "ca-12",
            "CA 12",
            "CA12",
            "CA-012",
            "CA 12th",
            "CA-12th",
            "California 12",
            "California 12th",
            "California's 12th",
            "California, 12",
            "12th District of California",
            "12 (CA)",
            "CA-12 (Oakland)",
            "CA (12)",
            "CA CD 12",
            "CD CA-12",
            "CA-CD12",
            "Congressional District 12, California",
            "California Twelfth District",
            "distrito 12 de California",
            "DISTRITO 12 DE CALIFORNIA",
            "U.S. House CA-12",
            "Calif. 12",
            "CA #12",
            "CA - 12",
        ] {
            check(cell, "", &["CA-12"]);
            check(cell, "CA", &["CA-12"]);
        }
        for cell in [
            "12",
            "12th",
            "District 12",
            "CD 12",
            "CD-12",
            "CD12",
            "No. 12",
            "#12",
            "12.0",
            "012",
            "Twelfth",
            "Dist. 12",
        ] {
            check(cell, "CA", &["CA-12"]);
            check(cell, "Oakland, Calif.", &["CA-12"]);
            check(cell, "", &["12"]);
            check(cell, "CA, NV", &[]);
            check(cell, "National", &[]);
        }
        check("NY 14th", "", &["NY-14"]);
        check("West Virginia 2", "", &["WV-2"]);
        check("Virginia 2", "", &["VA-2"]);
        check("de-1", "", &["DE-1"]);
        check("IN-5", "", &["IN-5"]);
        check("LA 2", "", &["LA-2"]);
    }

    #[test]
    fn a_state_may_have_one_district() {
        for cell in [
            "AK-AL",
            "AK at large",
            "AK-at large",
            "Alaska At-Large",
            "AK-00",
            "AK 0",
            "Alaska (at large)",
            "At large, Alaska",
        ] {
            check(cell, "", &["AK-AL"]);
        }
        for cell in ["AL", "At Large", "at-large", "0", "00", "AL (at large)"] {
            check(cell, "AK", &["AK-AL"]);
        }
        check("AL-7", "", &["AL-7"]);
        check("AL 7", "AL", &["AL-7"]);
        check("DC at large", "", &["DC-AL"]);
        check("D.C. at large", "", &["DC-AL"]);
    }

    #[test]
    fn every_code_before_a_dash_is_a_states() {
        let codes = "AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC \
            ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR GU VI AS MP";
        for code in codes.split_whitespace() {
            for number in ["AL", "1"] {
                let cell = format!("{code}-{number}");
                check(&cell, "", &[&cell]);
                check(&cell, code, &[&cell]);
            }
        }
    }

    #[test]
    fn a_cell_may_name_several() {
        check("CA-12, CA-13", "", &["CA-12", "CA-13"]);
        check("CA-12/13", "", &["CA-12", "CA-13"]);
        check("12 and 13", "CA", &["CA-12", "CA-13"]);
        check("12; 13; 12", "CA", &["CA-12", "CA-13"]);
        check("CA-12 & NV-3", "", &["CA-12", "NV-3"]);
        check("NY 14th, NJ 8th", "CA", &["NY-14", "NJ-8"]);
        check("CD 12; AD 17", "CA", &["CA-12", "CA AD-17"]);
    }

    #[test]
    fn what_is_not_understood_names_none() {
        for cell in [
            "12-14",
            "CA-12-14",
            "Fresno Unified",
            "UAW Region 9",
            "94110",
            "CA",
            "California",
            "Bronx",
            "12A",
            "Pelosi",
            "CA-12 Pelosi",
            "all of them",
            "District",
            "1,000",
            "-12x",
        ] {
            check(cell, "CA", &[]);
            assert_eq!(read(cell, Some("CA"), None), DistrictCell::Other(cell), "{cell}");
        }
        for cell in ["", " ", "N/A", "none", "-", "statewide", "National", "unknown"] {
            assert_eq!(read(cell, Some("CA"), None), DistrictCell::Nowhere, "{cell}");
        }
    }

    #[test]
    fn a_district_of_another_chamber_is_another() {
        let one = |cell: &str, kind| match read(cell, Some("CA"), kind) {
            DistrictCell::Districts(districts) => districts[0],
            other => panic!("{cell}: {other:?}"),
        };
        let same = |a: &str, b: &str, kind| one(a, None).is(&one(b, kind));
        assert!(same("CA-12", "12", None) && same("12", "AD 12", None));
        assert!(same("CA-12", "12", Some(DistrictKind::Congressional)));
        assert!(same("AD 12", "12", Some(DistrictKind::Assembly)));
        assert!(!same("AD 12", "12", Some(DistrictKind::Congressional)));
        assert!(!same("CA-12", "SD 12", None));
        assert!(!same("CA-12", "CA-13", None) && !same("CA-12", "NY-12", None));
        assert!(same("CA-12", "CA-12", Some(DistrictKind::Congressional)));
    }

    #[test]
    fn names_are_in_the_letters_language() {
        let name = |cell: &str, state: &str, language: &str| {
            named(Some(cell), Some(state))
                .first()
                .map(|one| one.name(language))
                .unwrap_or_default()
        };
        assert_eq!(name("CA-12", "", "en"), "California, District 12");
        assert_eq!(name("NY 14th", "", "es"), "Nueva York, distrito 14");
        assert_eq!(name("AL", "AK", "en"), "Alaska, at large");
        assert_eq!(name("AD 12", "CA", "en"), "California, Assembly District 12");
        assert_eq!(name("12", "", "en"), "District 12");
        assert_eq!(name("12", "", "es"), "Distrito 12");
        assert_eq!(name("Council 5", "", "en"), "Council District 5");
    }

    #[test]
    fn a_short_form_is_read_as_the_same_district() {
        for cell in [
            "CA-12",
            "AK at large",
            "CA AD 12",
            "CA SD 3",
            "HD 9",
            "12",
            "Council 5",
            "WA LD 43",
        ] {
            let first = named(Some(cell), None);
            let codes: Vec<String> = first.iter().map(District::code).collect();
            let again = named(Some(&codes.join(", ")), None);
            assert!(
                first.len() == 1 && again.len() == 1 && first[0].is(&again[0]),
                "{cell}: {codes:?}"
            );
        }
    }
}
