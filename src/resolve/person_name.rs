//! Reads the names of individuals, and what tells people of one name apart.
//!
//! In: rows of individuals. Out: the name as it is compared, [`Identifiers`], and which
//! rows of one name are one person. Guaranteed: two people of one name stay apart
//! unless the email address or the affiliation agrees. Absent: names that differ.

use crate::model::signatory::{Column, Record};
use crate::resolve::no_values;
use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::words::{Class, mix, stem};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::LazyLock;

/// The lists of `data/person_names.toml`.
#[derive(Deserialize)]
struct PersonWords {
    titles: FxHashSet<String>,
    degrees: FxHashSet<String>,
    degrees_after_commas: FxHashSet<String>,
    degree_states: FxHashSet<String>,
    family_names: FxHashSet<String>,
}

static PERSON_WORDS: LazyLock<PersonWords> = LazyLock::new(|| word_list!("person_names"));

/// Returns the name of a person as it is compared: without titles, degrees and middle
/// initials; the family name last.
pub(crate) fn person_key(raw: &str) -> String {
    let name = Name::new(raw);
    let (kept, _) = person_words(&name);
    if kept.is_empty() {
        return name.text().to_owned();
    }
    kept.join(" ")
}

/// Returns the words of [`person_key`], and the first middle initial.
pub(crate) fn person_words(name: &Name) -> (Vec<&str>, Option<char>) {
    let mut words: Vec<NameWord> = name.words().to_vec();
    // "Sr. Ana López" is a sister or a señor, "Ana López Sr." is older than another.
    if words.len() > 2 && name.word(words[0]) == "senior" {
        words.remove(0);
    }
    words = without_titles(name, &words);
    // "López, Ana".
    let mut commas = words.iter().enumerate().filter(|(at, word)| *at > 0 && word.comma);
    if let (Some((at, _)), None) = (commas.next(), commas.next())
        && at <= 2
        && !words[at..].iter().any(|&word| is_suffix(name.word(word)))
    {
        words.rotate_left(at);
    }
    let mut kept: Vec<&str> = words.iter().map(|&word| name.word(word)).collect();
    let mut middle = None;
    if kept.len() > 2 {
        let last = kept.len() - 1;
        let mut at = 0;
        kept.retain(|word| {
            at += 1;
            let keep = at == 1 || at == last + 1 || word.chars().count() > 1;
            if !keep {
                middle = middle.or_else(|| word.chars().next());
            }
            keep
        });
    }
    (kept, middle)
}

/// Returns the words of a person's name without titles and degrees; all of them, where only one
/// would be left: "Rabbi Katz" and "Dr. Katz" need not be one.
fn without_titles(name: &Name, words: &[NameWord]) -> Vec<NameWord> {
    let mut kept: Vec<NameWord> = Vec::new();
    // Titles stand where the name begins, or goes on after a comma: "López, Dr. Ana".
    let mut in_titles = true;
    let mut after_comma = false;
    for &word in words {
        let text = name.word(word);
        after_comma |= word.comma;
        in_titles |= word.comma;
        if in_titles && PERSON_WORDS.titles.contains(text) {
            continue;
        }
        in_titles = false;
        // "Ana López, MD, MA": degrees that are also codes of states.
        let is_degree = (kept.len() >= 2 || word.comma) && PERSON_WORDS.degrees.contains(text)
            || word.comma
                && (PERSON_WORDS.degrees_after_commas.contains(text) || PERSON_WORDS.degree_states.contains(text));
        if !is_degree {
            let mut word = word;
            word.comma = std::mem::take(&mut after_comma);
            kept.push(word);
        }
    }
    if kept.len() == 1 { words.to_vec() } else { kept }
}

/// Returns whether a word tells generations apart: junior, senior, the third.
pub(crate) fn is_suffix(word: &str) -> bool {
    matches!(word, "junior" | "senior") || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The identifiers that tell people of one name apart: hashes of the email address and of the
/// affiliation, and the middle initial, where the row has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Identifiers {
    pub(crate) email: Option<u64>,
    pub(crate) affiliation: Option<u64>,
    middle: Option<char>,
}

impl Identifiers {
    /// Reads them from a row.
    pub(crate) fn of(record: &Record) -> Self {
        let email = record.get(Column::Email).map(|cell| stem(&cell.trim().to_lowercase()));
        // "Retired" and "Self" are true of many.
        let affiliation = record
            .get(Column::Affiliation)
            .filter(|cell| !no_values::is_no_organization(cell));
        let affiliation = affiliation.map(|cell| stem(&Name::new(cell).key()));
        let middle = person_words(&Name::new(&record.name)).1;
        Self {
            email,
            affiliation,
            middle,
        }
    }

    /// Returns whether two rows of one name are one person; `None`: nobody can tell.
    pub(crate) fn agree(self, other: Self) -> Option<bool> {
        let compare = |a: Option<u64>, b: Option<u64>| Some(a? == b?);
        let email = compare(self.email, other.email);
        let affiliation = compare(self.affiliation, other.affiliation);
        if matches!((self.middle, other.middle), (Some(a), Some(b)) if a != b) {
            return Some(false);
        }
        match (email, affiliation) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (None, None) => None,
            _ => Some(false),
        }
    }

    /// Returns a hash: the same for the same identifiers in any list.
    pub(crate) fn hash(self) -> u64 {
        let middle = self.middle.map_or(0, u64::from);
        mix(self.email.unwrap_or(1)) ^ mix(self.affiliation.unwrap_or(2).rotate_left(1)) ^ mix(middle)
    }
}

/// Returns, row by row of one person's name, the index of the person's first row.
pub(crate) fn person_of_each_row(identifiers: &[Identifiers]) -> Vec<usize> {
    fn root(of: &mut [usize], mut at: usize) -> usize {
        while of[at] != at {
            of[at] = of[of[at]];
            at = of[at];
        }
        at
    }
    let mut of: Vec<usize> = (0..identifiers.len()).collect();
    // "Jane A. Doe" and "Jane B. Doe" of one office are two, and nobody can tell which
    // of them "Jane Doe" is.
    let mut middles = identifiers.iter().filter_map(|one| one.middle);
    let one = middles.next();
    let several = middles.any(|middle| Some(middle) != one);
    let mut first: FxHashMap<(bool, u64, Option<char>), usize> = FxHashMap::default();
    for (at, one) in identifiers.iter().enumerate() {
        let middle = one.middle.filter(|_| several);
        let email = one.email.map(|email| (true, email, middle));
        let affiliation = one.affiliation.map(|affiliation| (false, affiliation, middle));
        for key in [email, affiliation].into_iter().flatten() {
            let other = *first.entry(key).or_insert(at);
            let (a, b) = (root(&mut of, at), root(&mut of, other));
            of[a.max(b)] = a.min(b);
        }
    }
    (0..identifiers.len()).map(|at| root(&mut of, at)).collect()
}

/// Returns whether a person's name reads like an organization's.
pub(crate) fn looks_like_organization(raw: &str) -> bool {
    let name = Name::new(raw);
    let kinds = Class::GENERIC.or(Class::BRANCH);
    let words = name.words();
    let ordinary = words.iter().filter(|word| word.class.is(Class::KNOWN)).count();
    let telling = words
        .iter()
        .any(|word| word.class.is(kinds) && !PERSON_WORDS.family_names.contains(name.word(*word)));
    name.legal != 0 || words.len() >= 3 && telling && ordinary * 2 > words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_middle_initials_do_not_count() {
        let check = |raw, expected: &str| assert_eq!(person_key(raw), expected);
        check("Dr. Ana María López, PhD", "ana maria lopez");
        check("Ana M. López", "ana lopez");
        check("Rev. J. Smith", "j smith");
        check("Dr.", "dr");
        check("López, Ana", "ana lopez");
        check("López Obrador, Ana", "ana lopez obrador");
        check("Ana López, Esq.", "ana lopez");
        check("Ana López, Jr.", "ana lopez junior");
        check("Sr. Mary Ann", "mary ann");
        check("Jane Doe, MD, MPH", "jane doe");
        check("López, Dr. Ana", "ana lopez");
        check("Hon. Ana Ruiz", "ana ruiz");
        check("State Rep. Ana Ruiz", "ana ruiz");
        check("Council Member Joe Park", "joe park");
        check("Lt. Gov. Kim Roe", "kim roe");
        check("Lt. Col. Ron Ash (ret.)", "ron ash");
        check("Ana Ruiz, Mayor", "ana ruiz");
        check("Vice Mayor Sue Day", "sue day");
        check("Former State Senator Tom Reed", "tom reed");
        check("Attorney General Kris Bell", "kris bell");
    }

    #[test]
    fn family_names_that_are_titles_are_kept() {
        let check = |raw, expected: &str| assert_eq!(person_key(raw), expected);
        check("Paul Bishop", "paul bishop");
        check("Paul Pastor", "paul pastor");
        check("John Paul Judge", "john paul judge");
        check("Yo-Yo Ma", "yo yo ma");
        check("Justice Smith", "justice smith");
        check("Rabbi Katz", "rabbi katz");
        check("Dr. Katz", "doctor katz");
    }

    #[test]
    fn organizations_are_noticed_among_people() {
        let check = |raw, expected| assert_eq!(looks_like_organization(raw), expected, "{raw}");
        check("Northern Immigrant Justice Coalition", true);
        check("Casa Uno, Inc.", true);
        check("Ana López", false);
        check("Whitney Young Jr.", false);
    }
}
