//! The alphabetical order of people, by their family names.
//!
//! In: individuals as they are printed, and the letter's language. Out: what each is
//! sorted by. Guaranteed: a sort name that is not simply the name turned round is taken
//! as it is. Absent: comparing (that is `alphabet`'s), organizations.

use super::language::Language;
use crate::model::letter::PeopleOrder;
use crate::model::signatory::Kind;
use crate::resolve::Signatory;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The lists of data/family_names.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FamilyNames {
    particles: BTreeMap<String, BTreeSet<String>>,
    guess: Guess,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Guess {
    with: BTreeSet<String>,
    without: BTreeSet<String>,
}

static FAMILY_NAMES: LazyLock<FamilyNames> = LazyLock::new(|| word_list!("family_names"));

/// How the people of a roll are sorted.
pub(super) struct PeopleSorting {
    by_family_name: bool,
    /// The words before a family name that the language passes over.
    particles: Option<&'static BTreeSet<String>>,
}

impl PeopleSorting {
    /// Chooses it. Unless the letter says so, people are sorted by family name where the
    /// list has it for at least half of them.
    pub(super) fn new(signatories: &[Signatory], setting: PeopleOrder, language: &Language) -> Self {
        let people = || signatories.iter().filter(|one| one.kind == Kind::Individual);
        let by_family_name = match setting {
            PeopleOrder::FamilyName => true,
            PeopleOrder::AsPrinted => false,
            PeopleOrder::AsListed => {
                let named = people().filter(|one| turned_round(one).is_some()).count();
                named > 0 && named * 2 >= people().count()
            }
        };
        Self {
            by_family_name,
            particles: FAMILY_NAMES.particles.get(language.subtag()),
        }
    }

    /// Returns what an individual is sorted by.
    pub(super) fn key<'a>(&self, person: &'a Signatory) -> Cow<'a, str> {
        let (family, given) = match (turned_round(person), &person.sort_name) {
            (None, Some(sort_name)) => return Cow::Borrowed(sort_name),
            _ if !self.by_family_name => return Cow::Borrowed(&person.name),
            (Some(parts), _) => parts,
            (None, None) => guessed(&person.name),
        };
        let (passed, name) = self.without_particles(family);
        Cow::Owned(match (given, passed) {
            ("", "") => name.to_owned(),
            (given, "") => format!("{name}, {given}"),
            (given, passed) => format!("{name}, {given} {passed}"),
        })
    }

    /// Divides a family name into the particles the language passes over and the rest.
    fn without_particles<'a>(&self, family: &'a str) -> (&'a str, &'a str) {
        let Some(particles) = self.particles else {
            return ("", family);
        };
        let mut rest = family;
        while let Some(end) = rest.find([' ', '\'', '’', '\u{a0}']) {
            let mark = rest[end..].chars().next().map_or(1, char::len_utf8);
            let after = rest[end + mark..].trim_start();
            if after.is_empty() || !particles.contains(&rest[..end].to_lowercase()) {
                break;
            }
            rest = after;
        }
        let passed = family[..family.len() - rest.len()].trim_end();
        (passed, rest)
    }
}

/// Returns the family name and the rest of a sort name that is the printed name turned
/// round: "de la Cruz, Ana".
fn turned_round(person: &Signatory) -> Option<(&str, &str)> {
    let (family, given) = person.sort_name.as_deref()?.split_once(',')?;
    let (family, given) = (family.trim(), given.trim());
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let printed: Vec<String> = person.name.split_whitespace().map(bare).collect();
    let mut words = family.split_whitespace().chain(given.split_whitespace()).map(bare);
    let is_whole = !family.is_empty() && !given.is_empty() && words.all(|word| printed.contains(&word));
    is_whole.then_some((family, given))
}

/// Guesses the family name of a printed name, and returns it with what is before it.
fn guessed(name: &str) -> (&str, &str) {
    let bare = |word: &str| -> String {
        word.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
            .to_lowercase()
    };
    // Degrees follow a comma.
    let mut end = name.find(',').unwrap_or(name.len());
    let starts = |end: usize| name[..end].trim_end().rfind(char::is_whitespace).map(|at| at + 1);
    while let Some(start) = starts(end) {
        // "Yo-Yo Ma" has no degree.
        let is_left = name[..start].split_whitespace().nth(1).is_some();
        if !is_left || !FAMILY_NAMES.guess.without.contains(&bare(&name[start..end])) {
            break;
        }
        end = start;
    }
    let Some(mut start) = starts(end) else {
        return (name, "");
    };
    while let Some(before) = starts(start) {
        let word = name[before..start].trim();
        let is_particle = word.chars().next().is_some_and(char::is_lowercase);
        if !is_particle || !FAMILY_NAMES.guess.with.contains(word) {
            break;
        }
        start = before;
    }
    (name[start..end].trim(), name[..start].trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::signatory;

    fn person(name: &str, sort_name: &str) -> Signatory {
        Signatory {
            kind: Kind::Individual,
            sort_name: (!sort_name.is_empty()).then(|| sort_name.to_owned()),
            ..signatory(name, 0)
        }
    }

    #[test]
    fn a_language_passes_over_its_particles() {
        let check = |tag, name: &str, sort_name, expected: &str| {
            let person = person(name, sort_name);
            let sorting = PeopleSorting::new(
                std::slice::from_ref(&person),
                PeopleOrder::AsListed,
                &Language::lenient(tag),
            );
            assert_eq!(sorting.key(&person), expected, "{tag} {name}");
        };
        check("en-US", "Ana de la Cruz", "de la Cruz, Ana", "de la Cruz, Ana");
        check("es-US", "Ana de la Cruz", "de la Cruz, Ana", "Cruz, Ana de la");
        check("es", "Ana De La Cruz", "De La Cruz, Ana", "Cruz, Ana De La");
        check("nl", "Hidde de Vries", "de Vries, Hidde", "Vries, Hidde de");
        check("fr", "Jean d’Ormesson", "d’Ormesson, Jean", "Ormesson, Jean d’");
        check(
            "fr",
            "Jean de La Fontaine",
            "de La Fontaine, Jean",
            "La Fontaine, Jean de",
        );
        check(
            "de",
            "Alexander von Humboldt",
            "von Humboldt, Alexander",
            "Humboldt, Alexander von",
        );
        check("es", "Ana de", "de, Ana", "de, Ana");
        // A sort name that says something else is taken as it is.
        check("es", "Ana de la Cruz", "de la Cruz", "de la Cruz");
        check("es", "Ana Cruz", "de la Cruz, Ana", "de la Cruz, Ana");
    }

    #[test]
    fn family_names_are_used_where_the_list_has_them() {
        let with = person("Zoe Adams", "Adams, Zoe");
        let without = person("Ana van der Berg, PhD", "");
        let language = Language::lenient("en");
        let check = |people: &[&Signatory], setting, expected: &str| {
            let people: Vec<Signatory> = people.iter().map(|&one| one.clone()).collect();
            assert_eq!(PeopleSorting::new(&people, setting, &language).key(&without), expected);
        };
        check(&[&with, &without], PeopleOrder::AsListed, "van der Berg, Ana");
        check(
            &[&with, &without, &without],
            PeopleOrder::AsListed,
            "Ana van der Berg, PhD",
        );
        check(&[&without], PeopleOrder::AsListed, "Ana van der Berg, PhD");
        check(&[&without], PeopleOrder::FamilyName, "van der Berg, Ana");
        check(&[&with, &without], PeopleOrder::AsPrinted, "Ana van der Berg, PhD");
        let sorting = PeopleSorting::new(&[], PeopleOrder::FamilyName, &language);
        let check = |name: &str, expected: &str| assert_eq!(sorting.key(&person(name, "")), expected);
        check("Martin Luther King Jr.", "King, Martin Luther");
        check("Ana López", "López, Ana");
        check("Cher", "Cher");
        check("Jane Q. Public, MD, MPH", "Public, Jane Q.");
        check("Yo-Yo Ma", "Ma, Yo-Yo");
    }
}
