//! Acronyms and what they stand for.
//!
//! In: the letter's text. Out: acronyms whose letters are not those of the words before
//! them, that stand for two things, that are explained twice, or written with two letters
//! turned round. Guaranteed: an acronym of another language than the words is left alone.
//! Absent: acronyms that nothing explains; many need no explanation.

use super::expression::Regex;
use super::numbers::{self, Word};
use super::prose::{Passage, PassageRole};
use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "acronyms",
    description: "An acronym stands for one name, and has its letters.",
    findings: &[
        Finding {
            code: Code::Acronym,
            severity: Severity::Warning,
            why: "Readers look for a body of that acronym and find another one, or none.",
        },
        Finding {
            code: Code::AcronymAgain,
            severity: Severity::Note,
            why: "A name that is explained twice shows that passages were pasted together.",
        },
    ],
    run: CheckRun::Letter(run),
};

/// An acronym in parentheses, and the words before it.
struct Explained {
    acronym: String,
    /// The words it stands for in lower case; empty if its letters are not theirs.
    words: String,
    /// The initials of the capitalised words before it.
    initials: Vec<String>,
    range: Range<usize>,
}

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let passages: Vec<&Passage> = case
        .prose
        .of_roles(|role| matches!(role, PassageRole::Paragraph | PassageRole::Item))
        .collect();
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for passage in &passages {
        for found in explained(passage) {
            if found.words.is_empty() || is_turned(&found) || is_off_by_one(case, &found) {
                letters(case, passage, &found, sink);
                continue;
            }
            let origin = passage.origin(found.range.clone());
            match known.get(&found.acronym) {
                Some(words) if *words == found.words => sink.add(
                    Code::AcronymAgain,
                    origin,
                    format!("`{}` is explained a second time", found.acronym),
                    format!("write only `{}` here", found.acronym),
                ),
                Some(words) if !words.contains(&found.words) && !found.words.contains(words.as_str()) => sink.add(
                    Code::Acronym,
                    origin,
                    format!("`{}` stands for `{words}` elsewhere in the text", found.acronym),
                    "write one of the names in full",
                ),
                Some(_) => {}
                None => {
                    known.insert(found.acronym, found.words);
                }
            }
        }
    }
    turned(&passages, &known, sink);
}

fn explained(passage: &Passage) -> Vec<Explained> {
    static PARENTHESES: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"\((?:the )?[“"‘']?([A-Z][A-Za-z&]{1,8})[”"’']?\)"#).ok());
    let mut found = Vec::new();
    for captures in PARENTHESES
        .iter()
        .flat_map(|pattern| pattern.captures_iter(&passage.text))
    {
        let (Some(whole), Some(acronym)) = (captures.get(0), captures.get(1)) else {
            continue;
        };
        let upper = acronym.as_str().chars().filter(|c| c.is_uppercase()).count();
        if upper < 2 || upper * 2 < acronym.len() {
            continue;
        }
        let before = passage.before(whole.start());
        let words = numbers::words(before);
        let from = words.len().saturating_sub(acronym.len() * 2 + 2);
        found.push(Explained {
            words: expansion(before, &words[from..], acronym.as_str()).unwrap_or_default(),
            initials: initials(&words[from..]),
            acronym: acronym.as_str().to_owned(),
            range: acronym.range(),
        });
    }
    found
}

/// The shortest run of words before an acronym that has its letters in order, the first at
/// the beginning of a word. Source: Schwartz and Hearst, PSB 2003.
fn expansion(text: &str, words: &[Word<'_>], acronym: &str) -> Option<String> {
    let start = words.first()?.range.start;
    let chars: Vec<(usize, char)> = text[start..].char_indices().collect();
    let mut at = chars.len();
    let letters: Vec<char> = acronym
        .chars()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    for (index, letter) in letters.iter().enumerate().rev() {
        loop {
            at = at.checked_sub(1)?;
            let (_, c) = chars[at];
            let begins = at == 0 || !chars[at - 1].1.is_alphanumeric();
            if c.to_lowercase().eq(letter.to_lowercase()) && (index > 0 || begins) {
                break;
            }
        }
    }
    let begin = start + chars[at].0;
    Some(text[begin..].trim().to_lowercase())
}

/// The initials of the capitalised words at the end of a text, the last first to be added.
fn initials(words: &[Word<'_>]) -> Vec<String> {
    let mut found = Vec::new();
    for word in words.iter().rev() {
        match word.text.chars().next() {
            Some(c) if c.is_uppercase() && word.lower != "the" => found.insert(0, c.to_string()),
            _ if matches!(
                word.lower.as_str(),
                "of" | "for" | "and" | "the" | "on" | "de" | "y" | "la" | "del"
            ) => {}
            _ => break,
        }
    }
    found
}

/// Returns whether an acronym has the initials of the words before it in another order.
fn is_turned(found: &Explained) -> bool {
    let length = found.acronym.chars().count();
    if length < 3 || found.initials.len() < length {
        return false;
    }
    let words = found.initials[found.initials.len() - length..].concat();
    let sorted = |text: &str| {
        let mut chars: Vec<char> = text.chars().collect();
        chars.sort_unstable();
        chars
    };
    words != found.acronym && sorted(&words) == sorted(&found.acronym)
}

/// Returns whether an acronym has as many letters as the words before it have initials, and
/// one is another. In Spanish, the acronym may be of the English name.
fn is_off_by_one(case: &Case<'_>, found: &Explained) -> bool {
    let words = found.initials.concat();
    case.english()
        && found.acronym.len() >= 3
        && !found.acronym.contains('X')
        && strsim::hamming(&words, &found.acronym).is_ok_and(|slips| slips == 1)
}

/// Reports an acronym whose letters are those of the words, in another order or but one.
fn letters(case: &Case<'_>, passage: &Passage, found: &Explained, sink: &mut Sink<'_>) {
    let acronym = found.acronym.to_uppercase();
    let length = acronym.chars().count();
    if length < 3 || found.initials.len() < length {
        return;
    }
    let words = found.initials[found.initials.len() - length..].concat();
    if is_turned(found) || is_off_by_one(case, found) {
        sink.add(
            Code::Acronym,
            passage.origin(found.range.clone()),
            format!("`{acronym}` does not have the letters of the name before it, `{words}`"),
            "correct the acronym or the name",
        );
    }
}

/// "NHFT" in a text that explains "NHTF".
fn turned(passages: &[&Passage], known: &BTreeMap<String, String>, sink: &mut Sink<'_>) {
    for passage in passages {
        for word in numbers::words(&passage.text) {
            let is_acronym = word.text.len() >= 3 && word.text.bytes().all(|byte| byte.is_ascii_uppercase());
            if !is_acronym || known.contains_key(word.text) {
                continue;
            }
            let near = known.keys().find(|other| {
                other.len() == word.text.len()
                    && strsim::osa_distance(other, word.text) == 1
                    && strsim::hamming(other, word.text).is_ok_and(|slips| slips == 2)
            });
            if let Some(other) = near {
                sink.replace(
                    Code::Acronym,
                    passage.origin(word.range.clone()),
                    format!("`{}` is almost `{other}`, which the text explains", word.text),
                    other,
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_have_the_letters_of_words() {
        let check = |text: &str, acronym: &str, expected: Option<&str>| {
            let words = numbers::words(text);
            assert_eq!(expansion(text, &words, acronym).as_deref(), expected, "{text}");
        };
        check("at the Department of Labor", "DOL", Some("department of labor"));
        check(
            "the National Housing Trust Fund",
            "NHTF",
            Some("national housing trust fund"),
        );
        check("Refugee Office", "XY", None);
        assert_eq!(
            initials(&numbers::words("the Office of Refugee Resettlement")).concat(),
            "ORR"
        );
    }
}
