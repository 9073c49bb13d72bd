//! What should not be public, and what shows where a text came from.
//!
//! In: the letter's text, its links and its title. Out: numbers of persons, passwords,
//! personal mailboxes, titles of word processors, a body in another language than the
//! letter's, perilous spellings. Guaranteed: no private number is repeated in a message.
//! Absent: rows of lists (`hostile`).

use super::prose::{Passage, PassageRole};
use super::words::WordList;
use super::{Case, Check, CheckRun, Finding, Sink, numbers};
use crate::diag::{Code, Severity};
use regex::Regex;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "text",
    description: "The text contains nothing private, is in the letter's language, and has no perilous spellings.",
    findings: &[
        Finding {
            code: Code::PrivateText,
            severity: Severity::Error,
            why: "A client's number or a meeting's password cannot be taken back once it is published.",
        },
        Finding {
            code: Code::WorkingTitle,
            severity: Severity::Error,
            why: "The title is the first thing that a browser, a reader, and a search show.",
        },
        Finding {
            code: Code::OtherLanguage,
            severity: Severity::Warning,
            why: "Screen readers pronounce a text in the language that the letter names.",
        },
        Finding {
            code: Code::Spelling,
            severity: Severity::Warning,
            why: "Some slips are words themselves, and no spell checker finds them.",
        },
        Finding {
            code: Code::Unpaired,
            severity: Severity::Warning,
            why: "A quotation that never ends puts your own words in somebody's mouth.",
        },
    ],
    run: CheckRun::Letter(run),
};

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    for passage in &case.prose.passages {
        private(passage, sink);
        if !matches!(passage.role, PassageRole::Cell | PassageRole::Alternative) {
            language(passage, case, sink);
        }
        if case.english() {
            spellings(passage, sink);
        }
        punctuation(passage, sink);
    }
    title(case, sink);
}

/// Patterns of what is private, with what each is called.
static PRIVATE: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    [
        (r"\b\d{3}-\d{2}-\d{4}\b", "a Social Security number"),
        (
            r"\bA[- #]{0,2}\d{3}[- ]?\d{3}[- ]?\d{3}\b|\bA\d{8,9}\b",
            "an alien registration number",
        ),
        (
            r"(?i)\b(?:meeting id|passcode|pass code|password|contraseña)\s?[:#]\s?\S{3,}|zoom\.us/[^\s]*pwd=",
            "the access to a meeting",
        ),
        (r"\b(?:\d{4}[ -]){3}\d{4}\b", "a card number"),
    ]
    .into_iter()
    .filter_map(|(pattern, what)| Regex::new(pattern).ok().map(|pattern| (pattern, what)))
    .collect()
});

fn private(passage: &Passage, sink: &mut Sink<'_>) {
    static PERSONAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b[a-z0-9._%+-]+@(?:gmail|yahoo|hotmail|outlook|icloud|aol|proton|protonmail|live|msn)\.[a-z.]{2,6}\b").ok()
    });
    for (pattern, what) in PRIVATE.iter() {
        if let Some(found) = pattern.find(&passage.text) {
            sink.add(
                Code::PrivateText,
                passage.origin(found.range()),
                format!("the text contains what looks like {what}"),
                "take it out",
            );
        }
    }
    // A contact's mailbox was chosen; one in the text slipped in.
    let is_key = matches!(passage.role, PassageRole::Key(_));
    if let Some(found) = PERSONAL
        .as_ref()
        .and_then(|pattern| pattern.find(&passage.text))
        .filter(|_| !is_key)
    {
        sink.add(
            Code::PrivateText,
            passage.origin(found.range()),
            "the text contains what looks like somebody's personal mailbox",
            "give an address of the organization",
        );
    }
}

fn title(case: &Case<'_>, sink: &mut Sink<'_>) {
    static WORKING: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:untitled|new document|document\d*|microsoft word\b|copy of\b|copia de\b|sin título|template|draft\b|borrador\b)|\b(?:final|draft|clean|rev|version|edits?)[ _-]*v?\d*$|\bv\d+\b|\.(?:docx?|pdf|odt|md|pages)\b|_").ok()
    });
    let Some(passage) = case.prose.key("title") else { return };
    if let Some(found) = WORKING.as_ref().and_then(|pattern| pattern.find(passage.text.trim())) {
        sink.add(
            Code::WorkingTitle,
            passage.whole(),
            format!(
                "`{}` looks like the name of a file: `{}`",
                passage.text.trim(),
                found.as_str()
            ),
            "write a title for readers",
        );
    }
}

/// The lists of data/text_words.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextWords {
    english: BTreeSet<String>,
    spanish: BTreeSet<String>,
    spellings: BTreeMap<String, String>,
}

static TEXT_WORDS: LazyLock<TextWords> = LazyLock::new(|| word_list!("text_words"));

/// A paragraph, or the closing, in the other of the two languages.
fn language(passage: &Passage, case: &Case<'_>, sink: &mut Sink<'_>) {
    static CLOSINGS: WordList = WordList::new("english_closings");
    let spanish = match case.language() {
        "es" => true,
        "en" => false,
        _ => return,
    };
    let words = numbers::words(&passage.text);
    let count = |list: &BTreeSet<String>| words.iter().filter(|word| list.contains(word.lower.as_str())).count();
    let (english, other) = (count(&TEXT_WORDS.english), count(&TEXT_WORDS.spanish));
    let (own, foreign) = if spanish { (other, english) } else { (english, other) };
    let closing = passage.is_key("closing")
        && spanish
        && CLOSINGS.contains(passage.text.trim().trim_end_matches(',').to_lowercase().as_str());
    // Titles of reports and a quotation in the other language are a part of a paragraph.
    let is_text = matches!(passage.role, PassageRole::Paragraph | PassageRole::Item) && words.len() >= 10;
    if closing || is_text && foreign >= 4 && foreign > own * 3 {
        let (is, named) = if spanish {
            ("English", "Spanish")
        } else {
            ("Spanish", "English")
        };
        let text: String = passage.text.trim().chars().take(40).collect();
        sink.add(
            Code::OtherLanguage,
            passage.whole(),
            format!("`{text}` is in {is}, and the letter's language is {named}"),
            "translate it, correct `language`, or mark the passage with <div lang=\"...\">",
        );
    }
}

fn spellings(passage: &Passage, sink: &mut Sink<'_>) {
    let words = numbers::words(&passage.text);
    for (at, word) in words.iter().enumerate() {
        // The longest slip counts: "statue of limitations".
        let found = (1..=3).rev().find_map(|length| {
            let run = words.get(at..at + length)?;
            let run: Vec<&str> = run.iter().map(|word| word.lower.as_str()).collect();
            Some((TEXT_WORDS.spellings.get(&run.join(" "))?, at + length - 1))
        });
        let Some((right, last)) = found else { continue };
        let range = word.range.start..words[last].range.end;
        sink.add(
            Code::Spelling,
            passage.origin(range.clone()),
            format!("`{}` may be meant as `{right}`", &passage.text[range]),
            format!("write `{right}`"),
        );
    }
}

/// Quotation marks that open and never close; a space before a comma.
fn punctuation(passage: &Passage, sink: &mut Sink<'_>) {
    static SPACED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\p{L}( [,;])(?:\s|$)").ok());
    if matches!(
        passage.role,
        PassageRole::Cell | PassageRole::Alternative | PassageRole::Key(_)
    ) {
        return;
    }
    if let Some(gap) = SPACED
        .as_ref()
        .and_then(|pattern| pattern.captures(&passage.text)?.get(1))
    {
        sink.add(
            Code::DoubledSpace,
            passage.origin(gap.range()),
            "there is a space before the punctuation mark",
            "delete the space",
        );
    }
    let (opened, closed) = (passage.text.matches('“').count(), passage.text.matches('”').count());
    // A quotation of several paragraphs closes in its last one.
    let goes_on = passage.text.trim_start().starts_with('“') || passage.role == PassageRole::Quote;
    if opened == closed + 1 && !goes_on {
        let at = passage.text.rfind('“').unwrap_or(0);
        sink.add(
            Code::Unpaired,
            passage.origin(at..at + '“'.len_utf8()),
            "a quotation opens here and does not close in its paragraph",
            "add the closing quotation mark",
        );
    }
}
