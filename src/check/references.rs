//! Parts of the letter that its text points to, and bills by their numbers.
//!
//! In: the letter's text, its enclosures and appendices. Out: enclosures, appendices,
//! sections and tables that are not there; bills whose numbers are almost another's.
//! Guaranteed: "Section 4 of the Act" and "Appendix B of the report" are another text's.
//! Absent: footnotes (`links`), lists (`items`).

use super::prose::{Passage, PassageRole};
use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "references",
    description: "What the text points to exists, and a bill has one number.",
    findings: &[
        Finding {
            code: Code::MissingPart,
            severity: Severity::Warning,
            why: "Staff look for the attachment that was never attached.",
        },
        Finding {
            code: Code::BillNumber,
            severity: Severity::Warning,
            why: "Two numbers for one bill send every reader to a wrong one.",
        },
    ],
    run: CheckRun::Letter(run),
};

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let passages = case.prose.of_roles(|role| {
        matches!(
            role,
            PassageRole::Paragraph | PassageRole::Item | PassageRole::Note | PassageRole::Caption
        )
    });
    let headings: Vec<String> = case
        .prose
        .of_roles(|role| matches!(role, PassageRole::Heading(_) | PassageRole::Caption))
        .map(|passage| passage.text.trim().to_lowercase())
        .collect();
    let numbers: BTreeSet<u32> = headings.iter().filter_map(|heading| section_number(heading)).collect();
    // The headings of parts that a text may point to.
    let parts = headings
        .into_iter()
        .filter(|heading| APPENDIX_WORDS.iter().any(|word| heading.starts_with(word)));
    let parts: BTreeSet<String> = parts.collect();
    for passage in passages {
        attachments(case, passage, sink);
        appendices(passage, &parts, sink);
        sections(passage, &numbers, sink);
    }
    if case.english() {
        bills(case, sink);
    }
}

fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

fn attachments(case: &Case<'_>, passage: &Passage, sink: &mut Sink<'_>) {
    static ATTACHED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:the|an?|our|please find|find|see) (?:attached|enclosed)\b(?: [\p{L}-]+)?|\b(?:attached|enclosed) (?:to|with) this letter\b|\b(?:copy|copies|chart|list|report|brief|summary|table|memo|map) (?:is|are) (?:attached|enclosed)\b|\b(?:adjunto|adjunta|adjuntamos)\b",
        )
    });
    let letter = case.subject.letter;
    let is_there = !letter.enclosures.is_empty()
        || letter
            .parts()
            .iter()
            .any(|part| matches!(part, crate::model::visit::LetterPart::Appendix(_)));
    if is_there {
        return;
    }
    let found = ATTACHED.as_ref().and_then(|pattern| pattern.find(&passage.text));
    if let Some(found) = found {
        sink.add(
            Code::MissingPart,
            passage.origin(found.range()),
            format!(
                "`{}` speaks of an attachment, and the letter lists no enclosures",
                found.as_str()
            ),
            "name it in `enclosures`, or add it as an appendix",
        );
    }
}

/// Whether a reference goes on with the name of another text: "Appendix B of the report".
fn is_of_other(after: &str) -> bool {
    let after = after.trim_start();
    let joined = [
        "of ", "to the ", "in the ", "de ", "del ", "(", "U.S.C", "U. S. C", "C.F.R",
    ];
    joined.iter().any(|word| after.starts_with(word))
}

/// With what a heading begins that [`appendices`] looks for.
const APPENDIX_WORDS: [&str; 6] = ["appendix", "annex", "exhibit", "attachment", "apéndice", "anexo"];

fn appendices(passage: &Passage, headings: &BTreeSet<String>, sink: &mut Sink<'_>) {
    static APPENDIX: LazyLock<Option<Regex>> =
        LazyLock::new(|| pattern(r"\b(?:Appendix|Annex|Exhibit|Attachment|Apéndice|Anexo) (?:[A-H]|\d{1,2})\b"));
    for found in APPENDIX.iter().flat_map(|pattern| pattern.find_iter(&passage.text)) {
        let lower = found.as_str().to_lowercase();
        let first = headings.range(lower.clone()..).next();
        if first.is_some_and(|heading| heading.starts_with(&lower)) || is_of_other(&passage.text[found.end()..]) {
            continue;
        }
        sink.add(
            Code::MissingPart,
            passage.origin(found.range()),
            format!("the text points to `{}`, and there is no such part", found.as_str()),
            "add it with a heading of that name, or correct the reference",
        );
    }
}

/// Returns the number of a heading, in lower case: "section 4", "4. how we got here".
fn section_number(heading: &str) -> Option<u32> {
    let heading = heading.trim_start_matches(['s', 'e', 'c', 't', 'i', 'o', 'n', ' ']);
    let digits: String = heading.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// "Section 4 below", in a letter whose headings are numbered; "the table below".
fn sections(passage: &Passage, numbers: &BTreeSet<u32>, sink: &mut Sink<'_>) {
    static SECTION: LazyLock<Option<Regex>> =
        LazyLock::new(|| pattern(r"\b(?:Section|Part|Sección|Parte) (\d{1,2})\b"));
    if numbers.len() < 2 {
        return;
    }
    for found in SECTION.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let (Some(whole), Some(number)) = (found.get(0), found.get(1)) else {
            continue;
        };
        let after = &passage.text[whole.end()..];
        let known = number.as_str().parse().is_ok_and(|number| numbers.contains(&number));
        if known || is_of_other(after) || after.starts_with(['.', '(']) && after[1..].starts_with(char::is_alphanumeric)
        {
            continue;
        }
        sink.add(
            Code::MissingPart,
            passage.origin(whole.range()),
            format!(
                "the text points to `{}`, and no heading has that number",
                whole.as_str()
            ),
            "correct the number",
        );
    }
}

/// Numbers of bills that are one digit, or two digits turned round, from another's.
fn bills(case: &Case<'_>, sink: &mut Sink<'_>) {
    static BILL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(r"\b(H\. ?R\.|HR|H\.R|S\.)\s?(\d{2,5})\b|\b(?:[Hh]ouse|[Ss]enate) [Bb]ill (\d{2,5})\b")
    });
    let mut seen: BTreeMap<(bool, String), String> = BTreeMap::new();
    for passage in &case.prose.passages {
        for found in BILL.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
            let Some(whole) = found.get(0) else { continue };
            let number = found.get(2).or(found.get(3)).map_or("", |number| number.as_str());
            let of_house = whole.as_str().starts_with(['H', 'h']);
            let key = (of_house, number.to_owned());
            let near = seen
                .iter()
                .find(|((house, other), _)| *house == of_house && is_slip(other, number));
            if let Some((_, other)) = near.filter(|_| !seen.contains_key(&key)) {
                sink.add(
                    Code::BillNumber,
                    passage.origin(whole.range()),
                    format!("`{}` is almost `{other}`, which the text names, too", whole.as_str()),
                    "look up which number is right",
                );
            }
            seen.entry(key).or_insert_with(|| whole.as_str().to_owned());
        }
    }
}

/// Whether two numbers of three digits or more differ in one digit, or in the order of two.
fn is_slip(a: &str, b: &str) -> bool {
    if a.len() != b.len() || a.len() < 3 {
        return false;
    }
    let differing: Vec<usize> = (0..a.len())
        .filter(|&at| a.as_bytes()[at] != b.as_bytes()[at])
        .collect();
    match differing.as_slice() {
        [first, second] => {
            let (a, b) = (a.as_bytes(), b.as_bytes());
            second - first == 1 && a[*first] == b[*second] && a[*second] == b[*first]
        }
        // Of two bills in a row, the last digit says which; a longer number is a slip.
        [at] => a.len() > 3 && *at + 1 < a.len(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_may_be_slips_of_each_other() {
        assert!(is_slip("1234", "1243") && is_slip("1234", "1334"));
        assert!(!is_slip("1234", "1235") && !is_slip("12", "21") && !is_slip("1234", "4321"));
    }
}
