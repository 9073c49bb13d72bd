//! What should not be public, and what shows where a text came from.
//!
//! In: the letter's text, its links and its title. Out: numbers of persons, passwords,
//! personal mailboxes, titles of word processors, a body in another language than the
//! letter's, perilous spellings. Guaranteed: no private number is repeated in a message.
//! Absent: rows of lists (`hostile`).

use super::expression::Regex;
use super::prose::{Passage, PassageRole};
use super::words::WordList;
use super::{Case, Check, CheckRun, Finding, Sink, numbers};
use crate::diag::{Code, Severity};
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
    ],
    run: CheckRun::Letter(run),
};

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let other = is_in_other_language(case, sink);
    for passage in &case.prose.passages {
        private(passage, sink);
        if !other && !matches!(passage.role, PassageRole::Cell | PassageRole::Alternative) {
            language(passage, case, sink);
        }
        match case.language() {
            "en" => {
                spellings(passage, &TEXT_WORDS.spellings, sink);
                super::spelling::slips(passage, false, &TEXT_WORDS.spellings, sink);
            }
            "es" => {
                spellings(passage, &TEXT_WORDS.spanish_spellings, sink);
                super::spelling::slips(passage, true, &TEXT_WORDS.spanish_spellings, sink);
            }
            _ => {}
        }
        if case.english() {
            capitals(passage, sink);
            articles(passage, sink);
        }
    }
    title(case, sink);
    months(case, sink);
}

/// "December 7, 2026" in a Spanish text.
fn months(case: &Case<'_>, sink: &mut Sink<'_>) {
    static ENGLISH: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}\b").ok()
    });
    static SPANISH: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\b\d{1,2} de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre) del? \d{4}\b").ok()
    });
    let (pattern, named) = match case.language() {
        "es" => (&ENGLISH, "Spanish"),
        "en" => (&SPANISH, "English"),
        _ => return,
    };
    let passages = case
        .prose
        .of_roles(|role| matches!(role, PassageRole::Paragraph | PassageRole::Item));
    for passage in passages {
        if let Some(found) = pattern.as_ref().and_then(|pattern| pattern.find(&passage.text)) {
            sink.add(
                Code::OtherLanguage,
                passage.origin(found.range()),
                format!("`{}` is not how a date is written in {named}", found.as_str()),
                "write the date in the letter's language",
            );
        }
    }
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
            r"(?i)\b(?:meeting id|passcode|pass code|password|contraseña)\s?[:#]\s?\S{3,}|zoom\.us/[^\s]*pwd=|\bmeeting id \d{3} ?\d{3,4} ?\d{4}\b|\bpass ?code \d{4,}\b",
            "the access to a meeting",
        ),
        (r"\b(?:\d{4}[ -]){3}\d{4}\b", "a card number"),
        (
            r"(?i)\b(?:ssn|social security(?: number)?|seguro social)\b[^.\d]{0,30}\d{3}[ -]?\d{2}[ -]?\d{4}\b",
            "a Social Security number",
        ),
        (
            r"\bA ?# ?(?:is |: ?)?\d{3}[- ]?\d{3}[- ]?\d{3}\b|(?i:\b(?:alien|registration) number (?:is )?a?\d{3}[- ]?\d{3}[- ]?\d{3}\b)",
            "an alien registration number",
        ),
        (
            r"\bmeet\.google\.com/[a-z]{3}-[a-z]{4}-[a-z]{3}\b|\bteams\.microsoft\.com/l/meetup-join|(?i:\bid de (?:la )?reunión ?: ?\d[\d ]{6,})",
            "the access to a meeting",
        ),
        (
            r"(?i)\b(?:dob|date of birth|fecha de nacimiento)(?: is| was| es|:) (?:\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|\p{L}+ \d{1,2}, \d{4}|\d{1,2} de \p{L}+ de \d{4})\b",
            "a date of birth",
        ),
        (
            r"(?i)\b\d{3}[-. ]\d{4} ?\((?:personal|cell|mobile|home|private|celular)\)|\b(?:her|his|their|my) (?:personal |private |home )?(?:cell|cell ?phone|mobile|home phone|personal phone|private number)(?: number)?(?: is|:|,)? \(?\d{3}\b",
            "somebody's own phone number",
        ),
        (
            r"(?i)\b(?:account|routing|passport|pasaporte|driver['’]?s?['’]? license|license) (?:number|no\.?|#)(?: is|:)? ?[a-z]?\d{6,}\b|\bnúmero de (?:pasaporte|cuenta)(?: es|:)? ?[a-z]?\d{6,}\b",
            "the number of an account or of a document",
        ),
        (
            r"(?i)\bhome address(?: is|:) \d{1,5} \p{L}|\bdomicilio (?:es|:) (?:calle|avenida|av\.) \p{L}",
            "somebody's home address",
        ),
        (
            r"(?i)\b(?:dob|date of birth|born(?: on)?|fecha de nacimiento|nacid[oa] el)[:, ]+\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b",
            "a date of birth",
        ),
        (
            r"(?i)\b(?:password|passcode|contraseña)(?: (?:for|to|para|de) (?:\p{Ll}+ ){1,3})?(?: ?is|:| ?es) \S*\d\S*|\b(?:access code|conference code|código de acceso)\b(?: is| es)?[:# ]{1,2}\d{4,}",
            "the access to a meeting",
        ),
        (
            r"\b(?:MSC|EAC|WAC|LIN|SRC|NBC|IOE|YSC)\d{10}\b",
            "the receipt number of an immigration case",
        ),
        (
            r"(?i)\b(?:lives|lived|resides|resided|vive|reside) (?:at|en) (?:el )?\d{1,5} \p{L}",
            "somebody's home address",
        ),
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
        Regex::new(r"(?i)^(?:untitled|new document|document\d*|microsoft word\b|copy of\b|copia de\b|sin título|template|draft\b|borrador\b|documento sin título)|^(?:letter|carta|document|documento|press release|comunicado|petition|sign-?on letter)$|\b(?:final|draft|clean|rev|version|edits?)[ _-]*v?\d*$|\bv\d+\b|\(\d+\)$|\btemplate$|^presentation\d*$|^\d{8}\b|^title$|^título$|\.(?:docx?|pdf|odt|md|pages)\b|_").ok()
    });
    let Some(passage) = case.prose.key("title") else { return };
    // "The rule is final".
    let text = passage.text.trim();
    let said = ["is", "are", "was", "the", "a", "as", "not", "be", "in"];
    let says = |at: usize| {
        text[..at]
            .split_whitespace()
            .next_back()
            .is_some_and(|word| said.contains(&word))
    };
    let found = WORKING.as_ref().and_then(|pattern| pattern.find(text));
    if let Some(found) = found.filter(|found| !says(found.start())) {
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
    spanish_spellings: BTreeMap<String, String>,
    capitals: BTreeMap<String, String>,
    before_congress: BTreeSet<String>,
}

static TEXT_WORDS: LazyLock<TextWords> = LazyLock::new(|| word_list!("text_words"));

/// Reports a letter whose text as a whole is in the other of the two languages.
fn is_in_other_language(case: &Case<'_>, sink: &mut Sink<'_>) -> bool {
    let spanish = case.language() == "es";
    if !spanish && !case.english() {
        return false;
    }
    let paragraphs = case
        .prose
        .of_roles(|role| matches!(role, PassageRole::Paragraph | PassageRole::Item));
    let (mut own, mut foreign) = (0_usize, 0_usize);
    for word in paragraphs.flat_map(|passage| numbers::words(&passage.text)) {
        let (english, other) = (
            TEXT_WORDS.english.contains(&word.lower),
            TEXT_WORDS.spanish.contains(&word.lower),
        );
        own += usize::from(if spanish { other } else { english });
        foreign += usize::from(if spanish { english } else { other });
    }
    let is_other = foreign >= 12 && foreign > own * 3;
    if is_other {
        let (is, named) = if spanish {
            ("English", "Spanish")
        } else {
            ("Spanish", "English")
        };
        sink.add(
            Code::OtherLanguage,
            case.subject.letter.language.origin,
            format!("the letter's language is {named}, and its text is in {is}"),
            format!("write language = \"{}\"", if spanish { "en-US" } else { "es-US" }),
        );
    }
    is_other
}

/// A paragraph, a heading, or the closing, in the other of the two languages.
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
    static SPANISH_CLOSINGS: WordList = WordList::new("spanish_closings");
    let closings = if spanish { CLOSINGS } else { SPANISH_CLOSINGS };
    let closing = passage.is_key("closing")
        && closings.contains(passage.text.trim().trim_end_matches(',').to_lowercase().as_str());
    // Titles of reports and a quotation in the other language are a part of a paragraph.
    let is_text = matches!(passage.role, PassageRole::Paragraph | PassageRole::Item) && words.len() >= 10;
    let is_short = matches!(passage.role, PassageRole::Heading(_))
        || ["subject", "title", "subtitle", "salutation"]
            .iter()
            .any(|key| passage.is_key(key));
    let heading = passage.is_key("roll.heading") && {
        static HEADINGS: [WordList; 2] = [
            WordList::new("spanish_roll_headings"),
            WordList::new("english_roll_headings"),
        ];
        words
            .iter()
            .any(|word| HEADINGS[usize::from(spanish)].contains(word.lower.as_str()))
    };
    let greeting = passage.is_key("salutation") && {
        let first = words.first().map_or("", |word| word.lower.as_str());
        if spanish {
            first == "dear"
        } else {
            first.starts_with("estimad")
        }
    };
    if closing
        || heading
        || greeting
        || is_text && foreign >= 4 && foreign > own * 3
        || is_short && words.len() >= 4 && foreign >= 2 && own == 0
    {
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

fn spellings(passage: &Passage, slips: &BTreeMap<String, String>, sink: &mut Sink<'_>) {
    let words = numbers::words(&passage.text);
    for (at, word) in words.iter().enumerate() {
        // The longest slip counts: "statue of limitations".
        let found = (1..=3).rev().find_map(|length| {
            let run = words.get(at..at + length)?;
            let plain = run.iter().skip(1).all(|word| word.gap.trim().is_empty() || word.joined);
            let run: Vec<&str> = run.iter().filter(|_| plain).map(|word| word.lower.as_str()).collect();
            Some((slips.get(&run.join(" "))?, at + length - 1))
        });
        let Some((right, last)) = found else { continue };
        // "a.k.a the".
        if passage.text[..word.range.start].ends_with('.') {
            continue;
        }
        let range = word.range.start..words[last].range.end;
        sink.replace(
            Code::Spelling,
            passage.origin(range.clone()),
            format!("`{}` may be meant as `{right}`", &passage.text[range]),
            right,
        );
    }
}

/// "A eviction", "an court", "a hour". "An mbox" is spelled out when it is spoken.
fn articles(passage: &Passage, sink: &mut Sink<'_>) {
    static ARTICLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:^|\p{L},? )(a (?:[aei]\p{Ll}{3,}|o[^n]\p{Ll}{2,}|hour|honest|honor|heir)|an (?:[bcdfgjklpqrstvwz]\p{Ll}{3,}|[mn][aeiouy]\p{Ll}{2,}))\b").ok()
    });
    if matches!(
        passage.role,
        PassageRole::Alternative | PassageRole::Cell | PassageRole::Signatory
    ) {
        return;
    }
    for found in ARTICLE.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let Some(found) = found.get(1) else { continue };
        let word = found.as_str().split(' ').next_back().unwrap_or_default();
        // "A European", "a ewe", "a posteriori".
        let other = ["eu", "ew", "priori"].iter().any(|start| word.starts_with(start));
        if other || found.as_str().ends_with("once") || TEXT_WORDS.spanish.contains(word) {
            continue;
        }
        let right = if found.as_str().len() == word.len() + 2 {
            "an"
        } else {
            "a"
        };
        sink.add(
            Code::Spelling,
            passage.origin(found.range()),
            format!("`{}`: the article does not fit the word", found.as_str()),
            format!("write `{right} {word}`"),
        );
    }
}

/// Names in small letters: "the united states", "we ask congress".
fn capitals(passage: &Passage, sink: &mut Sink<'_>) {
    if matches!(passage.role, PassageRole::Alternative | PassageRole::Cell) {
        return;
    }
    let words = numbers::words(&passage.text);
    for (at, word) in words.iter().enumerate() {
        if at == 0 || !word.text.starts_with(char::is_lowercase) {
            continue;
        }
        let found = (1..=3).rev().find_map(|length| {
            let run = words.get(at..at + length)?;
            let run: Vec<&str> = run.iter().map(|word| word.text).collect();
            Some((TEXT_WORDS.capitals.get(&run.join(" "))?, at + length - 1))
        });
        let Some((right, last)) = found else { continue };
        let before = at.checked_sub(1).map_or("", |before| words[before].lower.as_str());
        // "A congress of delegates", "#congress", "congress.gov".
        let after = &passage.text[words[last].range.end..];
        let goes_on = after.starts_with(['.', '/', '_', '-', '‑'])
            && after[after.chars().next().map_or(0, char::len_utf8)..].starts_with(char::is_alphanumeric);
        let marked = word.joined || word.gap.ends_with(['#', '@', '/', '.', '_']) || goes_on;
        let quoted = word.gap.ends_with(['“', '‘', '"', '«']);
        if marked || quoted || last == at && TEXT_WORDS.before_congress.contains(before) {
            continue;
        }
        let range = word.range.start..words[last].range.end;
        sink.replace(
            Code::Spelling,
            passage.origin(range.clone()),
            format!("`{}` is a name", &passage.text[range]),
            right,
        );
    }
}
