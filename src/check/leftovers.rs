//! What was to be replaced or taken out before the letter went out.
//!
//! In: the letter's text. Out: placeholders, marks of changes, comments, a subject
//! that begins with "Re:", colons with no list after them, doubled words and
//! spaces, empty sections. Absent: rows that were trials (`rows`).

use super::expression::Regex;
use super::prose::{Element, Passage, PassageRole, Prose};
use super::words::WordList;
use super::{Case, Check, CheckRun, Finding, Rows, Sink};
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::{Origin, offset};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "leftovers",
    description: "No placeholders, comments, or traces of editing are left in the text.",
    findings: &[
        Finding {
            code: Code::Placeholder,
            severity: Severity::Error,
            why: "“Dear XXX” shows that nobody read the letter before it was sent.",
        },
        Finding {
            code: Code::TrackedChange,
            severity: Severity::Error,
            why: "Tracked changes show a draft, and the words that were deleted.",
        },
        Finding {
            code: Code::HiddenComment,
            severity: Severity::Warning,
            why: "A comment for the authors is part of the source, and may be published with it.",
        },
        Finding {
            code: Code::RepeatedPrefix,
            severity: Severity::Error,
            why: "“RE: Re:” would be printed at the top of the letter.",
        },
        Finding {
            code: Code::MissingList,
            severity: Severity::Warning,
            why: "A colon announces a list; without one, the demands seem to be missing.",
        },
        Finding {
            code: Code::DoubledWord,
            severity: Severity::Warning,
            why: "Readers notice a doubled word, and authors overlook it.",
        },
        Finding {
            code: Code::DoubledSpace,
            severity: Severity::Note,
            why: "Two spaces show where text was cut and pasted.",
        },
        Finding {
            code: Code::EmptySection,
            severity: Severity::Warning,
            why: "A heading without text looks as if a section is missing.",
        },
    ],
    run: CheckRun::RollAndLetter(roll, run),
};

/// Placeholders on the roll.
fn roll(rows: &Rows<'_>, sink: &mut Sink<'_>) {
    for passage in Prose::of_roll(rows) {
        placeholders(&passage, sink);
    }
}

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    for passage in &case.prose.passages {
        placeholders(passage, sink);
        doubled_words(passage, sink);
        doubled_spaces(passage, sink);
        repeated_prefix(passage, sink);
    }
    // A field or a condition may bring together what is apart in the source.
    for passage in &case.composed.passages {
        doubled_words(passage, sink);
        doubled_spaces(passage, sink);
    }
    changes(case, sink);
    comments(case, sink);
    order(case, sink);
}

/// What stands for something that was to come. Each is as narrow as its false
/// alarms made it; docs/CHECK.md lists those that are left.
static PLACEHOLDERS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    compile(&[
        r"\b(?:TODO|FIXME|TBD|TKTK|PLACEHOLDER)\b",
        r"(?i)\bdear (?:xx+|name|title|recipient|first name|\[|_)",
        r"\bX{3,}\b",
        r"\bXX (?:organizations|organisations|groups|signatories|members|percent|people|organizaciones)\b",
        r"\$(?:X+|N{2,})\b|\bX+%|\b(?:FY ?)?20XX\b|\bFY ?XX\b|\b20__|\bN{1,3}(?:,NNN)+\b|\((?:number|amount|percentage)\) \p{Ll}",
        r"(?i)\[(?:insert|add|fill in|replace|your|enter|tbd|tk|todo|placeholder|xx+|to come|citation needed|cite|link here|insertar|agregar|añadir|nombre de|fecha)\b[^\]]{0,80}\]",
        r"\[(?:NAME|DATE|TITLE|ORG|ORGANIZATION|NUMBER|CITY|STATE|LINK|URL|QUOTE|ADDRESS|RECIPIENT|PHONE|EMAIL|FECHA|NOMBRE|N|X|#)\]",
        r"(?i)\[(?:name|organization name|recipient|first name|last name|number|date|contact name)\]",
        r"(?i)\blorem ipsum\b",
        r"_{3,}",
        r"\|[A-Z_:]{2,}\||%[A-Z_]{4,}%|\$\{[A-Za-z_.]+\}|<<[A-Za-z_ ]+>>|«[A-Za-z]+_[A-Za-z_]+»|\[\[[A-Za-z_ ]+\]\]",
        r"\{\{|\}\}|\{(?i:first_?name|last_?name|name|title|organization|date)\}",
        r"\b(?:MM/DD/(?:YY)?YY|DD/MM/(?:YY)?YY|YYYY-MM-DD|00/00/0000)\b",
        r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) (?:XX?|DD|_+|#+|0+)(?:\b|,|$)",
        r"(?i)\bmonth day, year\b|\b(?:XX?|DD) de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b",
        r"(?i)\[(?:signature|sign here|firma)[^\]]{0,20}\]",
        r"\bTK\b(?:,TK\b)*|\bTBA\b|\btbd\b|\bINSERT\b[^.)\]]{0,30}|\$x{2,}\b|\bx{3,}\b",
        r"%%[A-Za-z_ ]{2,30}%%|«(?i:first name|last name|name|title|nombre|organization)»|\{(?i:insert)[^}]{0,30}\}",
        r"\b(?:S|H\. ?R|H\.R|HR)\.? ?(?:#+|X{2,}\b|_{2,})|\?{3,}|…{3,}|\.{6,}|●{2,}|\[●\]",
        r"«\p{Lu}\p{Ll}+\p{Lu}\p{L}+»|_{2,} ?%|\b555[-. ]555[-. ]\d{4}\b|\bMonth (?:XX|DD)\b|\bXX \p{Ll}{3,}|\$(?:NAME|FIRST|LAST|DATE|TITLE|ORG|CITY|STATE)[A-Z_]*\b|…{2,}\.?",
        r"\[?\b(?:ORG(?:ANIZATION)?|COALITION|FIRST|LAST|FULL|BILL|AGENCY) (?:NAME|NUMBER)\b\]?|\bXYZ (?:Organization|Coalition|Group|Agency|Company|Corp)|\bINSERTAR\b[^.)\]]{0,30}|(?i)^\W*por (?:definir|confirmar|determinar)\W*$|\b(?:quote|photo|link|number|language|stat)s? (?:from [^.]{2,30} )?to come\b",
        r"(?:\. ){4,}\.|@{3,}|\p{L} (#{2,}) \p{L}|\b(?:NN|YY)(?: percent\b| ?%)|\b20YY\b|\b(?:NAME|TITLE|ORGANIZATION|ADDRESS|CITY|STATE|DATE|PHONE|EMAIL)(?:, (?:NAME|TITLE|ORGANIZATION|ADDRESS|CITY|STATE|DATE|PHONE|EMAIL))+\b",
        r"(?i)\b(?:(?:your)?name|e?mail|user|someone|address)@(?:domain|e?mail|your\w*|company|organization)\.(?:com|org)\b|\bwww\.(?:your)?(?:website|domain|site)\.(?:com|org)\b",
        r"\bADD (?:STORY|QUOTE|LINK|NAME|DATE|NUMBERS?|DATA|LOGO|TEXT|STATS?|STATISTICS?|SOURCE)\b[^.)\]]{0,20}|^(?i:story|quote|text|photo|logo|chart|graph|map|link|example|paragraph) (?i:goes here)",
        r"(?i)\b(?:está|están|queda|quedan) por confirmar\b|«(?:correo|fecha|cargo|apellido|teléfono|dirección|organización|ciudad)»|^\W*pendiente de (?:confirmar|revisi[oó]n|revisar|aprobar)\b|\(falta (?:la |el |una |un )?(?:cita|fuente|dato|fecha|nombre|enlace)\)",
        r"\b(?:xx|XX) ?(?:%|(?:percent|million|billion|por ciento|millones)\b)|(?i)\((?:agregar|añadir|insertar|poner|incluir) (?:el |la |un |una )?(?:enlace|cita|fuente|datos?|nombre|fecha|número|foto|ejemplo|logo)\)",
        r"(?i)\b(?:quote|story|photo|link|number|data|chart|text|logo|source|citation|statistic|figure|name|bio)s?(?: from [\p{L} ]{2,30})? (?:is |are )?(?:to be (?:added|inserted|supplied)\b(?:[.)\]]|$| (?:by|later|here|from|when)\b)|to follow from \p{L}+)",
        r"\bCity, (?:State|ST)(?: ZIP| Zip|,? 00000)?\b|\b(?i:your (?:coalition|organization|logo|name) here)\b|\b(?i:your name here|name here|insert name)\b",
    ])
});

fn compile(patterns: &[&str]) -> Vec<Regex> {
    patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
}

/// The words after which a Roman thirty is a number.
static NUMBERED: WordList = WordList::new("numbered");

/// Returns whether a text is one of the blanks that are told by their form.
pub(super) fn is_placeholder(text: &str) -> bool {
    any(&PLACEHOLDERS, text)
}

/// Returns whether a word in lower case is one after which a Roman thirty is a number.
pub(super) fn is_after_numbered(word: &str) -> bool {
    NUMBERED.contains(word)
}

fn placeholders(passage: &Passage, sink: &mut Sink<'_>) {
    // Ends by beginnings; no two overlap.
    let mut told: BTreeMap<usize, usize> = BTreeMap::new();
    for pattern in PLACEHOLDERS.iter() {
        for found in pattern.find_iter(&passage.text) {
            let range = found.range();
            let before = told.range(..range.end).next_back();
            if before.is_some_and(|(_, end)| range.start < *end) {
                continue;
            }
            // The word before, which is short where it is one of those.
            let from = passage.text.ceil_char_boundary(range.start.saturating_sub(100));
            let mut before = passage.text[from..range.start].split_whitespace();
            let before = before.next_back().unwrap_or_default();
            if found.as_str().starts_with("XX") && NUMBERED.contains(before.to_lowercase().as_str()) {
                continue;
            }
            sink.add(
                Code::Placeholder,
                passage.origin(range.clone()),
                format!("`{}` is a placeholder", found.as_str()),
                "replace it, or remove it",
            );
            told.insert(range.start, range.end);
        }
    }
}

/// CriticMarkup, comments of word processors, and marks of a merge.
static CHANGES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    compile(&[
        r"\{\+\+[^{}]*\+\+\}|\{--[^{}]*--\}|\{~~[^{}]*~~\}|\{==[^{}]*==\}|\{>>[^{}]*<<\}",
        r"(?m)^(?:<{7} .*|={7}|>{7} .*)$",
        r"\[?Commented? \[[A-Z]{1,4}\d+\]:?|\b(?:Deleted|Formatted|Inserted): Font\b",
        r"</?(?:ins|del)\b[^>]*>",
    ])
});

/// Comments of CriticMarkup are comments; all else is a change.
fn changes(case: &Case<'_>, sink: &mut Sink<'_>) {
    let letter = case.subject.letter;
    let source = case.subject.sources.text(letter.file);
    let codes = letter.markup.code.iter().filter_map(|code| match code {
        Origin::Span { start, end, .. } => Some((*start, *end)),
        Origin::Cell { .. } | Origin::File(_) => None,
    });
    let codes: BTreeMap<u32, u32> = codes.collect();
    for pattern in CHANGES.iter() {
        for found in pattern.find_iter(source) {
            let (from, to) = (offset(found.start()), offset(found.end()));
            let code = codes.range(..=from).next_back();
            if code.is_some_and(|(_, end)| to <= *end) {
                continue;
            }
            // Without the marks of two versions, a line of seven signs makes a heading.
            if found.as_str().starts_with('=') && !source.contains("<<<<<<< ") && !source.contains(">>>>>>> ") {
                continue;
            }
            let origin = Origin::Span {
                file: letter.file,
                start: from,
                end: to,
            };
            if found.as_str().starts_with("{>>") {
                sink.add(
                    Code::HiddenComment,
                    origin,
                    "a comment to the authors is left in the text",
                    "take it out",
                );
            } else {
                sink.add(
                    Code::TrackedChange,
                    origin,
                    format!("`{}` marks a tracked change", shortened(found.as_str())),
                    "accept or reject the change, and remove the mark",
                );
            }
        }
    }
    for &origin in &letter.markup.struck {
        // `{~~old~>new~~}` is told already, by its mark.
        let Origin::Span { start, .. } = origin else { continue };
        if source[..start as usize].ends_with('{') {
            continue;
        }
        sink.add(
            Code::TrackedChange,
            origin,
            "text is struck through",
            "remove the text; a letter that you send shows no deletions",
        );
    }
}

fn comments(case: &Case<'_>, sink: &mut Sink<'_>) {
    for &origin in &case.subject.letter.markup.comments {
        sink.add(
            Code::HiddenComment,
            origin,
            "a comment is left in the text",
            "remove it, or keep it in a separate file",
        );
    }
}

static PREFIX: LazyLock<Vec<Regex>> =
    LazyLock::new(|| compile(&[r"(?i)^\s*(?:re|asunto|subject|fwd?|ref)\s*:", r"(?i)\bre:\s*re:"]));

fn repeated_prefix(passage: &Passage, sink: &mut Sink<'_>) {
    let [first, twice] = PREFIX.as_slice() else { return };
    let found = if passage.is_key("subject") || passage.is_key("email.subject") {
        first.find(&passage.text)
    } else {
        twice.find(&passage.text)
    };
    if let Some(found) = found {
        sink.add(
            Code::RepeatedPrefix,
            passage.origin(found.range()),
            format!("`{}` would be printed twice", found.as_str().trim()),
            "remove the label; it is printed automatically",
        );
    }
}

/// Words that may stand twice.
static TWICE: WordList = WordList::new("twice");

fn doubled_words(passage: &Passage, sink: &mut Sink<'_>) {
    let mut before: Option<Range<usize>> = None;
    for word in words(&passage.text) {
        if let Some(first) = before.replace(word.clone()) {
            let (a, b) = (&passage.text[first.clone()], &passage.text[word.clone()]);
            let gap = &passage.text[first.end..word.start];
            let proper = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
            let same = a.to_lowercase() == b.to_lowercase();
            if same
                && !gap.is_empty()
                && gap.trim().is_empty()
                && a.chars().all(char::is_alphabetic)
                && (a.chars().count() > 1 || a.eq_ignore_ascii_case("a"))
                && !(proper(a) && proper(b))
                // "at AT&T".
                && is_acronym(a) == is_acronym(b)
                && !TWICE.contains(a.to_lowercase().as_str())
            {
                sink.report(
                    Code::DoubledWord,
                    passage.origin(first.start..word.end),
                    format!("`{a} {b}`: the word appears twice"),
                    |found| Diagnostic {
                        replacement: Some(a.to_owned()),
                        ..found.hint("take one out")
                    },
                );
            }
        }
    }
}

/// Returns whether a word is two capitals or more.
fn is_acronym(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

/// The words of a text: letters, figures, apostrophes.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '_');
        let start = at + text[at..].find(inside)?;
        let end = text[start..].find(|c| !inside(c)).map_or(text.len(), |end| start + end);
        at = end;
        Some(start..end)
    })
}

static SPACES: LazyLock<Vec<Regex>> = LazyLock::new(|| compile(&[r"[^\s.!?:|]([ \u{a0}]{2,})[^\s|]"]));

fn doubled_spaces(passage: &Passage, sink: &mut Sink<'_>) {
    if passage.role == PassageRole::Cell {
        return;
    }
    for found in SPACES.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        if let Some(gap) = found.get(1) {
            sink.add(
                Code::DoubledSpace,
                passage.origin(gap.range()),
                "more than one space",
                "leave one",
            );
        }
    }
}

/// Returns whether a text has what one of some expressions says.
fn any(patterns: &[Regex], text: &str) -> bool {
    patterns.iter().any(|pattern| pattern.is_match(text))
}

/// Words that promise a list.
static PROMISE: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    compile(&[r"(?i)\b(?:following|follows|these|below|to:|siguientes?|estas|estos|a continuación)\b[^.]*:$"])
});

/// How an item begins that was numbered by hand.
static BY_HAND: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    compile(&[
        r#"^\s*(?:\(?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})[.)]|[•·–—*-]|["“«‘'¿])"#,
        // "Q1: ...", "Jordan Vale, Director: ...".
        r"^\s*\p{Lu}[^.!?:]{0,90}:(?:\s|$)",
        r"\?\s*$",
    ])
});

/// Colons without lists and headings without text.
fn order(case: &Case<'_>, sink: &mut Sink<'_>) {
    let elements = &case.prose.elements;
    let headings_follow = headings_follow(case);
    for (at, element) in elements.iter().enumerate() {
        let Element::Passage(index) = *element else {
            continue;
        };
        let passage = &case.prose.passages[index];
        let next = elements.get(at + 1).filter(|next| **next != Element::End);
        let next_passage = match next {
            Some(Element::Passage(next)) => Some(&case.prose.passages[*next]),
            _ => None,
        };
        match passage.role {
            PassageRole::Heading(_) if is_signature(&passage.text, next.is_none()) => {}
            PassageRole::Heading(level) => {
                let empty = match (next, next_passage) {
                    (None, _) => true,
                    // A title and its subtitle.
                    (Some(_), Some(_)) if at == 0 => false,
                    (Some(_), Some(next)) => matches!(next.role, PassageRole::Heading(other) if other <= level),
                    (Some(_), None) => false,
                };
                if empty {
                    sink.add(
                        Code::EmptySection,
                        passage.whole(),
                        format!("nothing stands below the heading `{}`", shortened(passage.text.trim())),
                        "write the section, or take its heading out",
                    );
                }
            }
            PassageRole::Paragraph | PassageRole::Item => {
                let text = passage.text.trim_end();
                let promised = is_part(text) || headings_follow[at + 1];
                let headings = next_passage.is_some_and(|next| matches!(next.role, PassageRole::Heading(_)));
                if !text.ends_with(':')
                    || headings && promised
                    || followed(next, next_passage, text, next.is_none())
                    || !headings && next.is_some() && is_part(text)
                {
                    continue;
                }
                let end = text.len();
                sink.add(
                    Code::MissingList,
                    passage.origin(end - 1..end),
                    "no list follows this colon",
                    "add the list, or end the sentence with a period",
                );
            }
            _ => {}
        }
    }
}

/// Returns whether a heading with nothing below it is a mark of the end, or a signature as
/// the last line.
fn is_signature(text: &str, last: bool) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let is_name = (2..=5).contains(&words.len()) && words.iter().all(capital) && !text.contains([':', '.', '?']);
    !text.chars().any(char::is_alphanumeric) || last && (is_name || is_end_mark(text))
}

/// Returns whether a text marks the end of a release.
fn is_end_mark(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    matches!(bare.to_uppercase().as_str(), "30" | "END" | "ENDS" | "FIN")
}

/// Returns whether a text promises what paragraphs or headings may be, such as statements.
fn is_part(text: &str) -> bool {
    static PARTS: WordList = WordList::new("promised_parts");
    let lower = text.trim_end_matches(':').to_lowercase();
    lower
        .split_whitespace()
        .next_back()
        .is_some_and(|word| PARTS.contains(word))
}

/// Returns for each element, and the end, whether the next two headings from there on are of one
/// level.
fn headings_follow(case: &Case<'_>) -> Vec<bool> {
    let elements = &case.prose.elements;
    let mut follow = vec![false; elements.len() + 1];
    let (mut next, mut after) = (None, None);
    for (at, element) in elements.iter().enumerate().rev() {
        if let Element::Passage(index) = *element
            && let PassageRole::Heading(level) = case.prose.passages[index].role
        {
            (next, after) = (Some(level), next);
        }
        follow[at] = next.is_some() && next == after;
    }
    follow
}

/// Whether what a colon promises is there, or nothing was promised.
fn followed(next: Option<&Element>, passage: Option<&Passage>, text: &str, last: bool) -> bool {
    // The roll follows the text.
    if last {
        let lower = text.to_lowercase();
        return ["sign", "undersigned", "firma", "on behalf", "en nombre"]
            .iter()
            .any(|word| lower.contains(word));
    }
    match (next, passage) {
        (Some(_), None) => true,
        (_, Some(next)) if matches!(next.role, PassageRole::Heading(_)) => false,
        (_, Some(next)) => any(&BY_HAND, &next.text) || !any(&PROMISE, text),
        (None, None) => false,
    }
}

/// A text short enough for a message.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
