//! Cells that may name two signatories.
//!
//! In: a name. Out: the names that it may contain. Guaranteed: no name is split, here
//! or by the callers, which only ask. Absent: the answer, which a person gives.

use super::fold::fold_without_asides as fold;
use crate::resolve::words::{Class, WORD_LISTS, stem};
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct NameWords {
    /// Words that organizations call themselves.
    bodies: FxHashSet<&'static str>,
    /// Last words of the name of an organization's arm.
    arms: FxHashSet<&'static str>,
    /// First words of an organization's name in Spanish.
    spanish: FxHashSet<&'static str>,
}

static WORDS: LazyLock<NameWords> = LazyLock::new(|| word_list!("bodies"));

/// Signs that stand between two names rather than within one.
const DIVIDERS: [&str; 3] = [" / ", "; ", " // "];

/// Words and signs that stand between two names or within one; which, the names on
/// both sides say.
const JOINERS: [&str; 6] = [" and ", " & ", " | ", " AND ", " with ", " + "];

/// Returns whether a name has any of the signs and words that may stand between two names;
/// quick, and never wrong in saying no.
pub(super) fn may_be_joined(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b',' | b';' | b'/' | b'&' | b'|' | b'+' => true,
        b' ' => match bytes.get(at + 1) {
            Some(b'a' | b'A' | b'w' | b'y' | b'e') => {
                let rest = &bytes[at + 1..];
                [&b"and "[..], b"AND ", b"with ", b"y ", b"et "]
                    .into_iter()
                    .any(|word| rest.starts_with(word))
            }
            Some(b'2') => bytes.get(at + 2).is_some_and(|sign| matches!(sign, b')' | b'.')),
            // Bullets and their like.
            Some(0xc2 | 0xe2) => true,
            _ => false,
        },
        _ => false,
    })
}

/// The same, in every language, where both sides are names of the list.
const BETWEEN: [&str; 9] = [" and ", " & ", " + ", " y ", " et ", " AND ", ", ", "/", " with "];

/// Returns whether a name has a sign or word, which begins with a space or an ASCII sign;
/// quicker than a search where it has not.
fn has(name: &str, joiner: &str) -> bool {
    let bytes = name.as_bytes();
    let first = joiner.as_bytes().first().copied().unwrap_or_default();
    memchr::memchr_iter(first, bytes).any(|at| bytes[at..].starts_with(joiner.as_bytes()))
}

/// Returns the signatories that a name may stand for, two or more.
pub fn multiple_names(name: &str) -> Option<Vec<&str>> {
    if !may_be_joined(name) {
        return None;
    }
    let name = name.trim();
    let name = name.strip_prefix("/ ").unwrap_or(name);
    if let Some(names) = linked(name) {
        return Some(names);
    }
    if let Some(names) = enumerated(name) {
        return Some(names);
    }
    let Some((a, b)) = two(name) else { return many(name) };
    if name.contains('/') && are_translations(a, b) {
        return None;
    }
    // "Oak Union / Elm House / Ash Choir".
    let divided = DIVIDERS.iter().any(|divider| has(name, divider));
    let rest = divided.then(|| multiple_names(b)).flatten().unwrap_or_else(|| vec![b]);
    Some(std::iter::once(a).chain(rest).collect())
}

/// Returns whether one of two names says in Spanish or French what the other says in English:
/// "Causa Justa/Just Cause". Half of the words of the shorter have a word of the same origin on
/// the other side, and it is always the same side whose words end as those languages' do.
pub(super) fn are_translations(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    fn content(name: &str) -> Vec<&str> {
        let words = name
            .split(' ')
            .filter(|word| word.len() > 3 || word.len() == 3 && !word.ends_with('s'));
        words
            .filter(|word| !WORD_LISTS.class(word, stem(word)).is(Class::STOP))
            .collect()
    }
    let (a, b) = (content(&a), content(&b));
    let singular = |word: &str| word.trim_end_matches('s').to_owned();
    let ends = |word: &str| {
        let word = singular(word);
        u8::from(word.ends_with(['a', 'o', 'e'])) + u8::from(word.ends_with(['a', 'o']))
    };
    let (mut same, mut from_a, mut from_b) = (0, 0, 0);
    for word in &a {
        let is_same = |other: &&&str| singular(other) == singular(word);
        let akin = |other: &&&str| {
            let prefix = word.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
            prefix >= 3 && ends(other) != ends(word)
        };
        if b.iter().any(|other| is_same(&other)) {
            same += 1;
        } else if let Some(other) = b.iter().find(|other| akin(other)) {
            if ends(word) > ends(other) {
                from_a += 1;
            } else {
                from_b += 1;
            }
        }
    }
    let akin = from_a + from_b;
    akin > 0 && from_a.min(from_b) == 0 && (same + akin) * 2 >= a.len().min(b.len())
}

/// Takes apart what has three names or more, or numbers before them: "Oak Union, Elm House, Ash
/// Choir", "1) Oak Union 2) Elm House".
fn many(name: &str) -> Option<Vec<&str>> {
    // The number before the first is form, and is gone.
    if has(name, " 2) ")
        && let Some((first, second)) = name.split_once(" 2) ")
    {
        return Some(vec![first.trim(), second.trim()]);
    }
    let words = |part: &str| part.split(' ').count();
    let signs = [(", ", 3), (" & ", 3), (" • ", 2), (" · ", 2), (" | ", 2)];
    for (sign, least) in signs.into_iter().filter(|(sign, _)| has(name, sign)) {
        let parts: Vec<&str> = name.split(sign).map(str::trim).collect();
        let is_name = |part: &&str| {
            let first = fold(part);
            let first = first.split(' ').next().unwrap_or_default();
            (2..=6).contains(&words(part))
                && part.starts_with(char::is_uppercase)
                && !belongs(part)
                && !is_arm(part)
                && !matches!(first, "the" | "and" | "inc" | "of" | "for")
        };
        if parts.len() >= least && parts.iter().all(is_name) {
            return Some(parts);
        }
    }
    None
}

/// Takes linked records apart, as Airtable writes them: `"A, Inc.",B`.
fn linked(name: &str) -> Option<Vec<&str>> {
    let quoted = || name.contains(",\"") || name.starts_with('"') && name.contains("\",");
    if !name.contains('"') || !quoted() {
        return None;
    }
    let mut parts = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let (part, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => rest.split_at(rest.find(',').unwrap_or(rest.len())),
        };
        parts.push(part.trim());
        rest = after.trim_start().strip_prefix(',').unwrap_or(after).trim_start();
    }
    (parts.len() > 1 && parts.iter().all(|part| !part.is_empty())).then_some(parts)
}

/// Takes "A Coalition, B Alliance, and C Union" apart. Most commas stand within a
/// name: "Sierra Club, Ohio Chapter", "Lawyers, Judges and Clerks United", "X, Inc.";
/// so of two parts both have to end in what bodies call themselves, neither as an arm
/// of the other; of more, half of them, and the rest have to hold such a word.
fn enumerated(name: &str) -> Option<Vec<&str>> {
    if !name.contains([',', ';']) {
        return None;
    }
    let mut parts = Vec::new();
    for part in name.split([',', ';']) {
        let part = part.trim();
        parts.push(
            ["and ", "& ", "y "]
                .iter()
                .find_map(|word| part.strip_prefix(word))
                .unwrap_or(part),
        );
    }
    // "A, B and C": the last comma may lack.
    if parts.len() > 1
        && let Some(last) = parts.pop()
    {
        let joined = [" and ", " & ", " y "].iter().find_map(|word| last.split_once(word));
        match joined.filter(|(a, b)| is_body(a, true) && is_body(b, false)) {
            Some((a, b)) => parts.extend([a.trim(), b.trim()]),
            None => parts.push(last),
        }
    }
    let whole = parts.iter().filter(|part| is_whole(part)).count();
    let all = match parts.len() {
        0 | 1 => false,
        2 => whole == 2,
        // Of three and more, some may say of whom or what: "A Coalition for Homes".
        count => whole * 2 >= count && parts.iter().all(|part| is_body(part, false)),
    };
    all.then_some(parts)
}

/// Returns whether a part of an enumeration is a body's whole name.
fn is_whole(part: &str) -> bool {
    let folded = fold(part);
    let last = folded.rsplit(' ').next().unwrap_or_default();
    let begins = folded.split(' ').next().unwrap_or_default();
    is_body(part, true) && !WORDS.arms.contains(last) || is_body(part, false) && WORDS.spanish.contains(begins)
}

/// Returns the branches of one body that a name counts up: "NAACP Dayton, NAACP Toledo and NAACP
/// Akron", "SEIU Locals 1 and 32".
pub(super) fn branches(name: &str) -> Option<Vec<String>> {
    if !may_be_joined(name) {
        return None;
    }
    let parts = || {
        name.split([',', ';', '&'])
            .flat_map(|part| part.split(" and "))
            .map(|part| part.trim().trim_start_matches("and "))
    };
    let first = name
        .split(' ')
        .next()
        .filter(|first| first.len() >= 3 && first.chars().all(char::is_uppercase))?;
    let branch = |part: &str| part.strip_prefix(first).is_some_and(|rest| rest.starts_with(' '));
    if parts().count() > 1 && parts().all(branch) {
        return Some(parts().map(str::to_owned).collect());
    }
    let locals = [" Locals ", " locals "].into_iter().find(|word| has(name, word))?;
    let (body, numbers) = name.split_once(locals)?;
    let numbers = numbers
        .split([',', ';', '&', ' '])
        .filter(|word| !word.is_empty() && *word != "and");
    let numbers: Vec<&str> = numbers.collect();
    let numbered = numbers.len() > 1
        && numbers
            .iter()
            .all(|number| number.starts_with(|c: char| c.is_ascii_digit()));
    numbered.then(|| numbers.iter().map(|number| format!("{body} Local {number}")).collect())
}

/// Longest side of a sign that is looked for among the names of the list, in bytes. The longest
/// real name seen has 31 words; a cell of a thousand commas has a thousand sides.
const LONGEST_SIDE: usize = 400;

/// Returns the two sides of each sign and word that may stand between two names.
pub(super) fn joined<'n>(name: &'n str) -> impl Iterator<Item = (&'n str, &'n str)> {
    let between = BETWEEN.iter().filter(move |joiner| has(name, joiner));
    between.flat_map(move |joiner| {
        let sides = move |(at, found): (usize, &'n str)| (name[..at].trim(), name[at + found.len()..].trim());
        let short = |(a, b): &(&str, &str)| a.len().max(b.len()) <= LONGEST_SIDE;
        let places = name.match_indices(joiner).map(sides).filter(short);
        let places = places.inspect(|(a, b)| {
            let _ = (a, b);
            count_steps!(a.len() + b.len());
        });
        // "Women and Children First" is one, though "Women" may be another.
        let two_words = |side: &str| side.contains(' ');
        places.filter(move |(a, b)| two_words(a) && two_words(b) && (*joiner != ", " || !belongs(a) && !belongs(b)))
    })
}

/// Returns whether a part beside a comma may say where the other is: "Center for Law,
/// University of Taos".
fn belongs(part: &str) -> bool {
    const HOSTS: [&str; 12] = [
        "universi",
        "academ",
        "minist",
        "government",
        "administration",
        "survey",
        "institut",
        "laborator",
        "college",
        "hospital",
        "depart",
        "school",
    ];
    let folded = fold(part);
    folded
        .split(' ')
        .any(|word| HOSTS.iter().any(|host| word.starts_with(host)) || WORDS.arms.contains(word))
}

fn two(name: &str) -> Option<(&str, &str)> {
    for divider in DIVIDERS.into_iter().filter(|divider| has(name, divider)) {
        if let Some((a, b)) = name.split_once(divider)
            && is_something(a)
            && is_something(b)
            && !is_arm(b)
            && !ends_entity(a, divider)
        {
            return Some((a.trim(), b.trim()));
        }
    }
    // "LA RED/Faith in Action", but neither "HIV/AIDS Alliance" nor "Change/Action".
    if let Some((a, b)) = name.split_once('/')
        && [a, b]
            .into_iter()
            .all(|side| side.split_whitespace().count() >= 2 && !side.contains('('))
        && !is_letter(a.split_whitespace().next_back())
        && !is_letter(b.split_whitespace().next())
        && has_body(a) == has_body(b)
        && !is_arm(b)
    {
        return Some((a.trim(), b.trim()));
    }
    for joiner in JOINERS.into_iter().filter(|joiner| has(name, joiner)) {
        for (at, found) in name.match_indices(joiner) {
            let (a, b) = (&name[..at], &name[at + found.len()..]);
            if is_body(a, true) && is_body(b, false) && !is_generic(b) {
                return Some((a.trim(), b.trim()));
            }
        }
    }
    // In Spanish the body comes first: "Alianza Norte y Red de Mujeres".
    let (a, b) = has(name, " y ").then(|| name.split_once(" y ")).flatten()?;
    let begins =
        |side: &str| side.contains(' ') && WORDS.bodies.contains(fold(side).split(' ').next().unwrap_or_default());
    (begins(a) && begins(b)).then_some((a.trim(), b.trim()))
}

/// Returns whether a side has what organizations call themselves. "City/County Association"
/// is one: only one side has.
pub(super) fn has_body(side: &str) -> bool {
    // "LA RED" is a name, and no net.
    fold(side)
        .split(' ')
        .any(|word| word != "red" && WORDS.bodies.contains(word))
}

/// Returns whether a side is a part of the other: "Legal Aid Society / Civil Division".
fn is_arm(side: &str) -> bool {
    const PARTS: [&str; 9] = [
        "division",
        "office",
        "department",
        "section",
        "branch",
        "chapter",
        "unit",
        "program",
        "inc",
    ];
    let folded = fold(side);
    folded.split(' ').take(3).any(|word| PARTS.contains(&word))
}

/// Returns whether the semicolon after a side ends an entity of HTML: "Peace &amp; Action".
fn ends_entity(side: &str, divider: &str) -> bool {
    let last = side.rsplit(' ').next().unwrap_or_default();
    divider == "; " && last.starts_with('&')
}

fn is_something(side: &str) -> bool {
    let letters = side.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && !matches!(fold(side).as_str(), "the" | "inc" | "llc" | "ltd")
}

/// Returns whether a side is only what sort of body the other is: "Cancer Center and
/// Research Institute".
fn is_generic(side: &str) -> bool {
    let folded = fold(side);
    let mut words = folded.split(' ').filter(|word| *word != "the");
    let known = |word: &str| WORD_LISTS.class(word, stem(word)).is(Class::KNOWN.or(Class::REAL));
    words.clone().count() <= 2 && words.all(known)
}

/// Returns whether a word is one letter, as those of "d/b/a" and "c/o".
fn is_letter(word: Option<&str>) -> bool {
    word.is_some_and(|word| word.chars().filter(|c| c.is_alphanumeric()).count() == 1)
}

/// Returns whether a side is a whole name of a body: at least two words, and what it is
/// called among them; on the left, as the last of them.
fn is_body(side: &str, left: bool) -> bool {
    let folded = fold(side);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    if words.len() < 2
        || !side
            .trim_start()
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    {
        return false;
    }
    let body = |word: &&str| WORDS.bodies.contains(*word);
    if left {
        words.last().is_some_and(&body)
    } else {
        words.iter().any(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_a_thousand_signs_is_not_looked_at_a_thousand_times() {
        for sign in [", Inc.", " and Oak Union", "/Elm House", " y Ash Choir"] {
            for number in [20, 200, 2_000] {
                let name = "Oak Union".to_owned() + &sign.repeat(number);
                let steps = crate::testing::steps(|| drop(joined(&name).collect::<Vec<_>>()));
                assert!(steps <= 200 * name.len(), "{steps} steps for {} bytes", name.len());
            }
        }
    }

    #[test]
    fn two_in_a_cell_are_asked_about_and_one_is_not() {
        let two = |name: &str, a: &str, b: &str| assert_eq!(multiple_names(name), Some(vec![a, b]), "{name}");
        two("LA RED/Faith in Action", "LA RED", "Faith in Action");
        two("Casa Puente / Bridge House", "Casa Puente", "Bridge House");
        two(
            "Ohio Justice Alliance / Ohio Housing Coalition",
            "Ohio Justice Alliance",
            "Ohio Housing Coalition",
        );
        for one in [
            "Causa Justa/Just Cause",
            "Comunidades Unidas/Communities United",
            "Workers' Defense Project / Proyecto Defensa Laboral",
            "Migrant Justice / Justicia Migrante",
            "Border Angels / Ángeles de la Frontera",
        ] {
            assert_eq!(multiple_names(one), None, "{one}");
        }
        two("SEIU / United Farm Workers", "SEIU", "United Farm Workers");
        two(" / Río Abajo / Taos Legal Aid", "Río Abajo", "Taos Legal Aid");
        two("Río Abajo; Taos Legal Aid", "Río Abajo", "Taos Legal Aid");
        two(
            "Harwell Immigrant Center and Hinderwell Workers Alliance",
            "Harwell Immigrant Center",
            "Hinderwell Workers Alliance",
        );
        two(
            "Harwell Action Fund & Harwell Action Network",
            "Harwell Action Fund",
            "Harwell Action Network",
        );
        two("Alianza Norte y Red de Mujeres", "Alianza Norte", "Red de Mujeres");
        two(
            "Harwell Workers Union, Taos Tenants Alliance",
            "Harwell Workers Union",
            "Taos Tenants Alliance",
        );
        assert_eq!(
            multiple_names("Harwell Coalition for Homes, Norte Alliance, and Sur Union"),
            Some(vec!["Harwell Coalition for Homes", "Norte Alliance", "Sur Union"])
        );
        for list in [
            "Harwell Coalition, Norte Alliance, and Sur Union",
            "Harwell Coalition, Norte Alliance and Sur Union",
            "Harwell Coalition; Norte Alliance; Sur Union",
        ] {
            assert_eq!(
                multiple_names(list),
                Some(vec!["Harwell Coalition", "Norte Alliance", "Sur Union"]),
                "{list}"
            );
        }
        for name in [
            "Sierra Club, Ohio Chapter",
            "Harwell Education Association, Ohio Council",
            "Harwell Coalition, Inc.",
            "Lawyers, Judges and Clerks United",
            "American Federation of State, County and Municipal Employees",
            "Advancement Project, National Office",
            "United Church of Christ, Justice and Local Church Ministries",
            "Harwell Network, Legal Defense Fund",
            "Harwell University, Center for Law and Policy",
            "International Union, United Automobile Workers",
            "Harwell Research Center, Norte University",
            "Harwell Foundation, Inc. d/b/a Harwell Academy",
            "Church of Harwell c/o Norte Chapel",
            "Harwell School Association, Inc.; The",
            "Asian American Legal Defense and Education Fund (AALDEF)",
            "Asian Americans Advancing Justice | AAJC",
            "Center for Gender & Refugee Studies",
            "Florence Immigrant & Refugee Rights Project",
            "National Korean American Service & Education Consortium (NAKASEC)",
            "Community Change/Action",
            "HIV/AIDS Alliance of Taos",
            "Illinois Coalition for Immigrant and Refugee Rights",
            "Legal Aid and Defender Association",
            "Aldea - The People’s Justice Center",
            "Church World Service",
            "24/7 Care Alliance",
            "Centro de los Derechos y Servicios",
        ] {
            assert_eq!(multiple_names(name), None, "{name}");
        }
    }

    #[test]
    fn every_sign_between_names_is_looked_for_first() {
        let signs = DIVIDERS.iter().chain(&JOINERS).chain(&BETWEEN);
        for sign in signs.chain(&[",\"", "\",", ", and ", " y ", "/", ",", ";"]) {
            let (joined, whole) = (format!("A{sign}B"), "Andover Wyeth et. al. with-it");
            assert!(may_be_joined(&joined) && !may_be_joined(whole), "{sign}");
        }
    }

    #[test]
    fn of_the_published_list_one_is_asked_about_at_most() {
        let list = include_str!("../../../signatories/dhs-100-days.csv");
        let asked: Vec<&str> = list.lines().filter(|line| multiple_names(line).is_some()).collect();
        assert!(asked.len() <= 1, "{asked:?}");
    }
}
