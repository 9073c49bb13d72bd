//! Names of federal offices, and names that are almost one of them.
//!
//! In: the letter's texts and data/government.toml. Out: names that differ from an office's
//! in one word, or in a small word. Guaranteed: the name of another body ("Ohio
//! Environmental Protection Agency") is left alone. Absent: names that are known slips
//! (`offices`).

use super::numbers::{self, Word};
use super::prose::PassageRole;
use super::{Case, Check, CheckRun, Finding, Sink, offices};
use crate::diag::{Code, Severity};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "government",
    description: "The names of federal offices and committees are spelled as they are.",
    findings: &[Finding {
        code: Code::NearOffice,
        severity: Severity::Warning,
        why: "Staff of an office see at once that its name is not right.",
    }],
    run: CheckRun::Letter(run),
};

/// The lists of data/government.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Government {
    departments: Vec<String>,
    agencies: Vec<String>,
    congress: Vec<String>,
    spanish: Vec<String>,
    kinds: BTreeSet<String>,
    unwanted: BTreeSet<String>,
}

/// The offices, and which of them have a word in their first or second place.
struct Offices {
    names: Vec<(String, Vec<String>)>,
    exact: BTreeSet<String>,
    by_word: BTreeMap<String, Vec<(usize, usize)>>,
    kinds: BTreeSet<String>,
    unwanted: BTreeSet<String>,
}

static OFFICES: LazyLock<Offices> = LazyLock::new(|| {
    let read: Government = word_list!("government");
    let all = read.departments.into_iter().chain(read.agencies);
    let all = all.chain(read.congress).chain(read.spanish);
    let names: Vec<(String, Vec<String>)> = all
        .map(|name| {
            let words = words_of(&numbers::words(&name));
            (name, words)
        })
        .collect();
    let mut by_word: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, (_, words)) in names.iter().enumerate() {
        for (place, word) in words.iter().enumerate().take(2) {
            by_word.entry(word.clone()).or_default().push((index, place));
        }
    }
    Offices {
        exact: names.iter().map(|(_, words)| words.join(" ")).collect(),
        names,
        by_word,
        kinds: read.kinds,
        unwanted: read.unwanted,
    }
});

/// Small words that are often written for each other in the name of an office.
const SMALL: &[&str] = &["of", "on", "for", "the", "and", "de", "del", "y", "e", "la", "los"];

fn words_of(words: &[Word<'_>]) -> Vec<String> {
    words.iter().map(|word| word.lower.replace('’', "'")).collect()
}

/// Returns the words of a name without "U.S." and "the" before it.
fn bare(name: &str) -> String {
    let name = name.replace('&', " and ").replace("Dept.", "Department");
    let words = words_of(&numbers::words(&name));
    let skip = |word: &&String| matches!(word.as_str(), "the" | "u" | "s" | "us");
    let rest: Vec<&String> = words.iter().skip_while(skip).collect();
    let rest: Vec<&str> = rest.iter().map(|word| word.as_str()).collect();
    rest.join(" ")
}

/// Returns whether a name is that of a federal office or committee.
pub(super) fn is_office(name: &str) -> bool {
    // Lists are long, and names of offices begin with few words.
    let begins = |word: &str| OFFICES.by_word.contains_key(&word.to_lowercase());
    let mut words = name
        .split_whitespace()
        .filter(|word| !matches!(*word, "The" | "the" | "U.S." | "US" | "United" | "States"));
    let begins = |word: &str| word == "Dept." || begins(word.trim_end_matches(','));
    if !words.next().is_some_and(begins) {
        return false;
    }
    let bare = bare(name);
    let short = bare.strip_prefix("united states ").unwrap_or(&bare);
    OFFICES.exact.contains(&bare) || OFFICES.exact.contains(short)
}

/// Returns whether a name is that of a group no coalition wants.
pub(super) fn is_unwanted(name: &str) -> bool {
    OFFICES.unwanted.contains(&bare(name))
}

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    for passage in &case.prose.passages {
        if matches!(passage.role, PassageRole::Alternative | PassageRole::Note) {
            continue;
        }
        let words = numbers::words(&passage.text);
        let lower = words_of(&words);
        let mut told = 0;
        for at in 0..words.len() {
            for &(index, place) in OFFICES.by_word.get(&lower[at]).into_iter().flatten() {
                let (name, office) = &OFFICES.names[index];
                let Some(start) = at.checked_sub(place).filter(|start| *start >= told) else {
                    continue;
                };
                let Some(length) = near(&words[start..], &lower[start..], office) else {
                    continue;
                };
                let other = start.checked_sub(1).map(|before| &words[before]);
                let range = words[start].range.start..words[start + length - 1].range.end;
                // A known slip is told already.
                let told_already = offices::names_wrongly(case, &passage.text[range.clone()]);
                if is_of_another(other, words[start].gap) || is_exact(&lower, start, length) || told_already {
                    continue;
                }
                sink.add(
                    Code::NearOffice,
                    passage.origin(range.clone()),
                    format!("`{}` is almost `{name}`", &passage.text[range]),
                    format!("write `{name}`, if that is the office you mean"),
                );
                told = start + length;
            }
        }
    }
}

/// Returns whether the word before makes a name that of another body: "Ohio".
fn is_of_another(before: Option<&Word<'_>>, gap: &str) -> bool {
    const OWN: &[&str] = &[
        "s", "us", "the", "states", "federal", "and", "y", "by", "to", "with", "if", "as", "in", "when", "el", "la",
        "al", "del", "los", "las", "at", "from", "for", "of", "our", "dear", "while", "since", "that", "both",
        "neither", "under",
    ];
    let capital = |word: &&Word<'_>| word.text.starts_with(char::is_uppercase);
    let other = before
        .filter(capital)
        .filter(|word| !OWN.contains(&word.lower.as_str()));
    other.is_some() && matches!(gap, " " | "-")
}

/// Returns whether the words from `start` are an office's name, or a part of one.
fn is_exact(lower: &[String], start: usize, length: usize) -> bool {
    let from = start.saturating_sub(3);
    let to = (start + length + 5).min(lower.len());
    (from..=start).any(|begin| (start + length..=to).any(|end| OFFICES.exact.contains(&lower[begin..end].join(" "))))
}

/// Returns how many words from the first on are almost an office's name.
fn near(words: &[Word<'_>], lower: &[String], office: &[String]) -> Option<usize> {
    let small = |word: &str| SMALL.contains(&word);
    let linked = |length: usize| {
        length <= words.len()
            && words[1..length]
                .iter()
                .all(|word| matches!(word.gap, " " | ", " | "-" | " & "))
            && words[..length]
                .iter()
                .all(|word| small(&word.lower) || word.text.starts_with(char::is_uppercase))
    };
    let length = office.len();
    if length < 2 || !linked(2) {
        return None;
    }
    if length <= lower.len() && linked(length) {
        // "Office of Budget and Management": all the words, in another order.
        let sorted = |words: &[String]| {
            let mut words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !small(word)).collect();
            words.sort_unstable();
            words.concat()
        };
        let named = office.iter().filter(|word| !small(word)).count();
        // A committee has its name on either side: "House Committee on the Judiciary".
        let is_committee = office.iter().any(|word| word == "committee");
        if named >= 3 && !is_committee && lower[..length] != *office && sorted(&lower[..length]) == sorted(office) {
            return Some(length);
        }
        let mut differing = lower[..length].iter().zip(office).filter(|(a, b)| a != b);
        if let (Some((a, b)), None) = (differing.next(), differing.next()) {
            let shared = office.iter().filter(|word| !small(word) && *word != b).count();
            let kinds = OFFICES.kinds.contains(a) && OFFICES.kinds.contains(b);
            let named = office
                .iter()
                .filter(|word| !small(word) && *word != b && !OFFICES.kinds.contains(*word));
            let swapped = kinds && named.count() >= 2 || small(a) && small(b) && shared >= 2;
            let alike = !small(a) && !small(b) && is_alike(a, b);
            let is_name = swapped
                || alike && shared >= 1
                || shared >= 4 && !small(a) && !small(b)
                || shared == 3 && length >= 5 && begins_alike(a, b);
            return is_name.then_some(length);
        }
    }
    // A small word too many or too few: "Committee on Judiciary".
    for other in [length - 1, length + 1] {
        // "&" is no word, and says "and".
        let sign = other <= words.len() && words[1..other].iter().any(|word| word.gap.contains('&'));
        if other < 3 || other > lower.len() || !linked(other) || sign {
            continue;
        }
        let content = |words: &[String]| -> Vec<String> { words.iter().filter(|word| !small(word)).cloned().collect() };
        let (a, b) = (content(&lower[..other]), content(office));
        if a == b && a.len() >= 2 && !small(&lower[other - 1]) && !small(&lower[0]) {
            return Some(other);
        }
    }
    None
}

/// Returns whether two long words begin with the same two letters: "protection", "prevention".
fn begins_alike(a: &str, b: &str) -> bool {
    a.chars().count() >= 7 && b.chars().count() >= 7 && a.chars().take(2).eq(b.chars().take(2))
}

/// Returns whether two words of a name are taken for each other: two slips of the pen at
/// most, or one stem.
fn is_alike(a: &str, b: &str) -> bool {
    let long = a.chars().count().min(b.chars().count());
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let slips = strsim::osa_distance(a, b);
    long >= 5 && (slips == 1 || slips == 2 && shared >= 3 || shared >= 5 && shared * 3 >= long * 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_near_in_one_word() {
        let check = |text: &str, name: &str, expected: bool| {
            let words = numbers::words(text);
            let office = words_of(&numbers::words(name));
            assert_eq!(near(&words, &words_of(&words), &office).is_some(), expected, "{text}");
        };
        check("Federal Housing Agency", "Federal Housing Administration", true);
        check("Department of Labour", "Department of Labor", true);
        check("Department of Justice", "Department of Labor", false);
        check(
            "Council of Environmental Quality",
            "Council on Environmental Quality",
            true,
        );
        check(
            "Senate Committee on Judiciary",
            "Senate Committee on the Judiciary",
            true,
        );
        check(
            "Department of Health and Welfare",
            "Department of Health and Human Services",
            false,
        );
        assert!(is_office("U.S. Department of Labor") && is_office("United States Senate"));
        assert!(!is_office("Ohio Department of Labor") && is_unwanted("The Ku Klux Klan"));
    }
}
