//! "Seven changes" before a list of seven.
//!
//! In: the letter's text. Out: numbers of demands that no list of the text bears
//! out. Guaranteed: only words for what a letter asks are looked at, only where the
//! number points at the list: in a title, with "these" or "following", or in the
//! paragraph before the list. Absent: counts of those who signed (`counts`).

use super::numbers::{self, Exactness, Word};
use super::prose::{Element, PassageRole};
use super::words::WordList;
use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};

pub(super) const CHECK: Check = Check {
    name: "items",
    description: "A number of demands matches the list.",
    findings: &[Finding {
        code: Code::CountItems,
        severity: Severity::Error,
        why: "If “seven changes” come before a list of six, readers look for the missing one.",
    }],
    run: CheckRun::Letter(run),
};

/// What a letter asks for, in the plural.
static ASKS: WordList = WordList::new("asks");

/// Words that point from the number to the list.
static POINTING: WordList = WordList::new("pointing_list");

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let lists = sizes(case);
    if lists.is_empty() {
        return;
    }
    for (index, passage) in case.prose.passages.iter().enumerate() {
        if matches!(
            passage.role,
            PassageRole::Cell
                | PassageRole::Note
                | PassageRole::Quote
                | PassageRole::Speaker
                | PassageRole::Alternative
        ) {
            continue;
        }
        let words = numbers::words(&passage.text);
        for number in numbers::numbers(&passage.text, &words, case.language()) {
            if number.exactness != Exactness::Exact || !(2..100).contains(&number.value) {
                continue;
            }
            let Some(noun) = noun(&words, number.words.end) else {
                continue;
            };
            let after = list_after(case, index);
            let points = is_pointed(&words, number.words.start, noun);
            let titled = ["title", "subject", "subtitle"].iter().any(|key| passage.is_key(key));
            let holds = match after {
                Some(items) if points || passage.text.trim_end().ends_with(':') => items == number.value,
                _ if titled || points => lists.contains(&number.value),
                _ => continue,
            } || lists.contains(&number.value) && after.is_none();
            if holds {
                continue;
            }
            let range = words[number.words.start].range.start..words[noun].range.end;
            let found = match after {
                Some(items) => format!("the list below has {items}"),
                None => format!(
                    "no list in the text has that many; the longest has {}",
                    lists[lists.len() - 1]
                ),
            };
            sink.add(
                Code::CountItems,
                passage.origin(range.clone()),
                format!("`{}`, but {found}", &passage.text[range]),
                "correct the number or the list",
            );
        }
    }
}

/// The word for what is asked, within two words after the number.
pub(super) fn noun(words: &[Word<'_>], at: usize) -> Option<usize> {
    (at..words.len()).take(3).find(|&index| {
        (at..=index).all(|between| words[between].gap.trim().is_empty() || words[between].joined)
            && ASKS.contains(words[index].lower.as_str())
    })
}

fn is_pointed(words: &[Word<'_>], start: usize, noun: usize) -> bool {
    let near = words[start.saturating_sub(2)..start]
        .iter()
        .chain(&words[noun + 1..(noun + 2).min(words.len())]);
    near.chain(&words[start..noun])
        .any(|word| POINTING.contains(word.lower.as_str()))
}

/// The sizes of the text's lists and runs of headings, ascending.
pub(super) fn sizes(case: &Case<'_>) -> Vec<u64> {
    let mut sizes: Vec<u64> = Vec::new();
    let mut headings = [0_u64; 7];
    let mut end = |headings: &mut [u64], from: usize| {
        for count in &mut headings[from..] {
            if *count > 1 {
                sizes.push(*count);
            }
            *count = 0;
        }
    };
    let mut lists = Vec::new();
    let mut numbered = 0;
    for element in &case.prose.elements {
        match *element {
            Element::List { items, ordered } => {
                lists.push(items as u64);
                // A list that text interrupts goes on with its numbers.
                if ordered {
                    numbered += items as u64;
                    lists.push(numbered);
                }
            }
            Element::Passage(index) => {
                if let PassageRole::Heading(level) = case.prose.passages[index].role {
                    let level = usize::from(level).min(6);
                    end(&mut headings, level + 1);
                    headings[level] += 1;
                }
            }
            Element::Other | Element::End => {}
        }
    }
    end(&mut headings, 0);
    // Without a list, runs of headings alone prove nothing.
    if lists.is_empty() {
        return Vec::new();
    }
    sizes.extend(lists);
    sizes.sort_unstable();
    sizes.dedup();
    sizes
}

/// The items of the list that follows a passage at once.
fn list_after(case: &Case<'_>, index: usize) -> Option<u64> {
    let elements = &case.prose.elements;
    let at = elements
        .iter()
        .position(|element| *element == Element::Passage(index))?;
    match *elements.get(at + 1)? {
        Element::List { items, .. } => Some(items as u64),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_near_their_number() {
        let check = |text: &str, expected: Option<&str>| {
            let words = numbers::words(text);
            let found = noun(&words, 1).map(|at| words[at].text);
            assert_eq!(found, expected, "{text}");
        };
        check("seven changes", Some("changes"));
        check("seven urgent policy changes", Some("changes"));
        check("seven, changes", None);
        check("seven long days of changes", None);
    }
}
