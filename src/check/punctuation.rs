//! Marks that do not pair, marks that are doubled, and sentences that do not end.
//!
//! In: the letter's paragraphs. Out: quotations and brackets that open and do not close, two
//! marks where one belongs, spaces on the wrong side, sentences that break off. Guaranteed: a
//! quotation or a bracket may go on over several paragraphs; "a)" is a number. Absent:
//! spelling (`private_text`).

use super::expression::Regex;
use super::pattern::{Pattern, has_any};
use super::prose::{Element, Passage, PassageRole};
use super::words::WordList;
use super::{Case, Check, CheckRun, Finding, Sink, numbers};
use crate::diag::{Code, Severity};
use std::ops::Range;
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "punctuation",
    description: "Quotations and brackets close, sentences end, and no mark is doubled.",
    findings: &[
        Finding {
            code: Code::Unpaired,
            severity: Severity::Warning,
            why: "A quotation that never ends puts your own words in somebody's mouth.",
        },
        Finding {
            code: Code::Punctuation,
            severity: Severity::Warning,
            why: "A sentence that breaks off looks as if a part of the letter was lost.",
        },
    ],
    run: CheckRun::Letter(run),
};

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let passages = &case.prose.passages;
    for (at, passage) in passages.iter().enumerate() {
        if matches!(
            passage.role,
            PassageRole::Cell | PassageRole::Alternative | PassageRole::Key(_) | PassageRole::Signatory
        ) {
            if ["title", "subject", "salutation", "closing"]
                .iter()
                .any(|key| passage.is_key(key))
            {
                doubled(passage, sink);
            }
            continue;
        }
        let (before, after) = (at.checked_sub(1).map(|at| &passages[at]), passages.get(at + 1));
        spaces(passage, sink);
        doubled(passage, sink);
        damaged(passage, sink);
        brackets(passage, before, after, sink);
        if case.language() == "es" {
            questions(passage, sink);
        }
    }
    // What a straight mark is, a quotation's or a sign for inches, is known once it is composed.
    let passages = match case.language() {
        "en" | "es" | "fr" => &case.composed.passages,
        _ => passages,
    };
    for (at, passage) in passages.iter().enumerate() {
        if !matches!(
            passage.role,
            PassageRole::Cell | PassageRole::Alternative | PassageRole::Key(_) | PassageRole::Signatory
        ) {
            let (before, after) = (at.checked_sub(1).map(|at| &passages[at]), passages.get(at + 1));
            quotations(passage, before, after, sink);
        }
    }
    ends(case, sink);
}

/// Returns where the word around a place stands.
fn word_range(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind(char::is_whitespace).map_or(0, |space| {
        space + text[space..].chars().next().map_or(1, char::len_utf8)
    });
    let end = text[at..]
        .find(char::is_whitespace)
        .map_or(text.len(), |space| at + space);
    start..end
}

fn word_at(text: &str, at: usize) -> &str {
    &text[word_range(text, at)]
}

/// Returns whether a place is within a web address.
fn is_in_link(text: &str, at: usize) -> bool {
    let word = word_at(text, at);
    word.contains("://") || word.trim_start_matches('(').starts_with("www.")
}

/// Returns whether a place is within an address or a path.
fn is_in_address(text: &str, at: usize) -> bool {
    word_at(text, at).contains(['@', '/']) || is_in_link(text, at)
}

/// A space before a comma, and none after a period.
fn spaces(passage: &Passage, sink: &mut Sink<'_>) {
    static BEFORE: Pattern = Pattern::new(r"\p{L}( [,;])(?:\s|$|\p{L})|\p{Ll}{2}( [.?!])(?:$| \p{Lu})", |text| {
        has_any(text, &[" ,", " ;", " .", " ?", " !"])
    });
    static AFTER: Pattern = Pattern::new(
        r"\p{Ll}{3}([.?!]\p{Lu}\p{Ll}+)(?:\s|,)|\p{Ll}{3}(,\p{Ll}{2,}) ",
        |text| {
            let mut two = text.chars().zip(text.chars().skip(1));
            two.any(|(mark, after)| {
                matches!(mark, '.' | '?' | '!') && after.is_uppercase() || mark == ',' && after.is_lowercase()
            })
        },
    );
    static HOSTS: &[&str] = &["org", "com", "net", "gov", "edu", "us", "info", "js", "ai"];
    if let Some(gap) = BEFORE
        .for_text(&passage.text)
        .and_then(|pattern| pattern.captures(&passage.text))
        .and_then(|found| found.get(1).or(found.get(2)))
    {
        sink.add(
            Code::DoubledSpace,
            passage.origin(gap.range()),
            "there is a space before the punctuation mark",
            "delete the space",
        );
    }
    let pattern = AFTER.for_text(&passage.text).into_iter();
    for found in pattern.flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let Some(mark) = found.get(1).or(found.get(2)) else {
            continue;
        };
        let word = mark.as_str()[1..].to_lowercase();
        if HOSTS.contains(&word.as_str()) || is_in_address(&passage.text, mark.start()) {
            continue;
        }
        sink.add(
            Code::Punctuation,
            passage.origin(mark.range()),
            format!("no space after the punctuation mark in `{}`", mark.as_str()),
            "add the space",
        );
    }
}

/// "don?t" and "&amp;": a mark that a program wrote for another.
fn damaged(passage: &Passage, sink: &mut Sink<'_>) {
    static MARKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"\p{Ll}\?(?:t|s|re|ve|ll|d|m)\b|&(?:amp|nbsp|quot|lt|gt|rsquo|lsquo|ldquo|rdquo|mdash|ndash|#\d{2,5});",
        )
        .ok()
    });
    for found in MARKS.iter().flat_map(|pattern| pattern.find_iter(&passage.text)) {
        if is_in_address(&passage.text, found.start()) {
            continue;
        }
        sink.add(
            Code::Punctuation,
            passage.origin(found.range()),
            format!(
                "`{}`: a program wrote this in place of another character",
                found.as_str()
            ),
            "type the character again",
        );
    }
}

/// Two marks where one belongs: ",,", "..", "?.".
fn doubled(passage: &Passage, sink: &mut Sink<'_>) {
    static MARKS: Pattern = Pattern::new(
        r"\p{L}[\p{L}\d)”’%](,,|;;|::|: :|,;|;,|,\.|;\.|:;|,:|\?\.|\?\?|\.\.)(?:\s|$|[”’])|\b(?:\p{Ll}{4}|\p{Ll}{5,})(\.,) \p{Ll}",
        |text| {
            const DOUBLED: &[&str] = &[
                ",,", ";;", "::", ": :", ",;", ";,", ",.", ";.", ":;", ",:", "?.", "??", "..", ".,",
            ];
            has_any(text, DOUBLED)
        },
    );
    let pattern = MARKS.for_text(&passage.text).into_iter();
    for found in pattern.flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let Some(mark) = found.get(1).or(found.get(2)) else {
            continue;
        };
        const SHORTENED: &[&str] = &[
            "corp", "assoc", "dept", "prof", "supp", "misc", "approx", "govt", "natl", "incl", "cont",
        ];
        let before = &passage.text[..mark.start()];
        if mark.as_str() == ".," && SHORTENED.iter().any(|word| before.ends_with(word)) {
            continue;
        }
        sink.add(
            Code::Punctuation,
            passage.origin(mark.range()),
            format!("`{}`: two marks, where one belongs", mark.as_str()),
            "delete one of them",
        );
    }
}

/// Quotations that open and do not close, or close and did not open.
fn quotations(passage: &Passage, before: Option<&Passage>, after: Option<&Passage>, sink: &mut Sink<'_>) {
    for (open, close) in [('“', '”'), ('«', '»')] {
        let text = passage.text.trim();
        // No quotation opens right after a figure: that is a sign for inches.
        let is_opening = |at: usize| !text[..at].ends_with(|c: char| c.is_ascii_digit());
        let opened = text.match_indices(open).filter(|(at, _)| is_opening(*at)).count();
        let closed = text.matches(close).count();
        let begins = |passage: Option<&Passage>| passage.is_some_and(|other| other.text.trim_start().starts_with(open));
        let is_open = |passage: Option<&Passage>| {
            passage.is_some_and(|other| other.text.matches(open).count() > other.text.matches(close).count())
        };
        if passage.role == PassageRole::Quote {
            continue;
        }
        if opened == closed + 1 {
            // A quotation of several paragraphs opens in each, and closes in its last one.
            let places = passage.text.rmatch_indices(open).map(|(at, _)| at);
            let is_mark = |at: &usize| !passage.text[..*at].ends_with(|c: char| c.is_ascii_digit());
            let mut marks = places.filter(is_mark);
            let last = marks.next().unwrap_or(0);
            let goes_on = begins(after) || text.starts_with(open) && closed == 0 && is_open(before);
            let ends_later = after.is_some_and(|after| {
                let (open_at, close_at) = (after.text.find(open), after.text.find(close));
                close_at.is_some_and(|close| open_at.is_none_or(|open| close < open))
            });
            if !goes_on && !ends_later {
                sink.add(
                    Code::Unpaired,
                    passage.origin(last..last + open.len_utf8()),
                    "a quotation opens here and does not close in its paragraph",
                    "add the closing quotation mark",
                );
            }
        } else if closed == opened + 1 {
            let first = passage.text.find(close).unwrap_or(0);
            let measure = passage.text[..first].ends_with(|c: char| c.is_ascii_digit());
            let unopened = passage.text.find(open).is_none_or(|open| first < open);
            if unopened && !measure && !is_open(before) {
                sink.add(
                    Code::Unpaired,
                    passage.origin(first..first + close.len_utf8()),
                    "a quotation closes here and did not open in its paragraph",
                    "add the opening quotation mark",
                );
            }
        }
    }
}

/// Returns whether a bracket is a part of an address: one that stands before it is none, nor one
/// that closes what opened before it, as in "(see the report or https://a.example)".
fn is_bracket_of_link(text: &str, at: usize) -> bool {
    if !is_in_link(text, at) {
        return false;
    }
    let word = word_range(text, at);
    let start = word.start;
    let from = ["http", "www."]
        .iter()
        .filter_map(|mark| text[word.clone()].find(mark))
        .min();
    let Some(from) = from.map(|from| start + from) else {
        return true;
    };
    if at < from {
        return false;
    }
    let inside = &text[from..at];
    !text[at..].starts_with(')') || inside.matches('(').count() > inside.matches(')').count()
}

/// Brackets without the other half. "a)" and "1)" number a point.
fn brackets(passage: &Passage, before: Option<&Passage>, after: Option<&Passage>, sink: &mut Sink<'_>) {
    static POINT: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?:^|[\s(“‘])(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})\)|[:;=]-?\)").ok());
    let Some(point) = POINT.as_ref() else { return };
    let unpaired = |text: &str| -> Vec<(usize, char)> {
        if !text.contains(['(', ')']) {
            return Vec::new();
        }
        let points: Vec<Range<usize>> = point.find_iter(text).map(|found| found.range()).collect();
        let mut open: Vec<(usize, char)> = Vec::new();
        let marks = text.char_indices().filter(|(_, c)| matches!(c, '(' | ')'));
        for (at, c) in marks.filter(|(at, _)| !is_bracket_of_link(text, *at)) {
            match (c, open.last()) {
                (')', Some((_, '('))) => {
                    open.pop();
                }
                (')', _) if points.iter().any(|point| point.contains(&at)) => {}
                _ => open.push((at, c)),
            }
        }
        open
    };
    let (opened, closed) = (passage.text.matches('[').count(), passage.text.matches(']').count());
    if opened == closed + 1
        && let Some(at) = passage.text.rfind('[').filter(|at| !passage.text[*at..].contains(']'))
    {
        sink.add(
            Code::Unpaired,
            passage.origin(at..at + 1),
            "a square bracket opens here and does not close",
            "add the other bracket, or delete this one",
        );
    }
    let found = unpaired(&passage.text);
    let [(at, c)] = found.as_slice() else { return };
    let beside = match c {
        '(' => after.is_some_and(|after| unpaired(&after.text).iter().any(|(_, c)| *c == ')')),
        _ => before.is_some_and(|before| unpaired(&before.text).iter().any(|(_, c)| *c == '(')),
    };
    if beside || passage.text.matches("((").count() > 0 {
        return;
    }
    let what = if *c == '(' {
        "opens here and does not close"
    } else {
        "closes here and did not open"
    };
    sink.add(
        Code::Unpaired,
        passage.origin(*at..at + 1),
        format!("a bracket {what}"),
        "add the other bracket, or delete this one",
    );
}

/// A Spanish question or exclamation without its first mark.
fn questions(passage: &Passage, sink: &mut Sink<'_>) {
    for (open, close) in [('¿', '?'), ('¡', '!')] {
        let ends: Vec<usize> = passage.text.match_indices(close).map(|(at, _)| at).collect();
        let ends: Vec<usize> = ends
            .into_iter()
            .filter(|at| !is_in_address(&passage.text, *at))
            .collect();
        let begins = passage.text.matches(open).count();
        if ends.len() > begins
            && let Some(at) = ends.first()
        {
            sink.add(
                Code::Unpaired,
                passage.origin(*at..at + 1),
                format!("`{close}` without `{open}` before it"),
                format!("write `{open}` at the beginning of the sentence"),
            );
        } else if begins > ends.len()
            && let Some(at) = passage.text.rfind(open)
        {
            sink.add(
                Code::Unpaired,
                passage.origin(at..at + open.len_utf8()),
                format!("`{open}` without `{close}` after it"),
                format!("write `{close}` at the end of the sentence"),
            );
        }
    }
}

/// Words with which no sentence ends.
static UNFINISHED: WordList = WordList::new("unfinished");

/// Paragraphs that break off, and paragraphs whose last sentence has no period.
fn ends(case: &Case<'_>, sink: &mut Sink<'_>) {
    let elements = &case.prose.elements;
    for (at, element) in elements.iter().enumerate() {
        let Element::Passage(index) = *element else { continue };
        let passage = &case.prose.passages[index];
        let next = match elements.get(at + 1) {
            Some(Element::Passage(next)) => Some(&case.prose.passages[*next]),
            Some(Element::End) | None => None,
            // A list, a table or a quotation ends the sentence.
            Some(_) => continue,
        };
        // A paragraph that goes on below was divided by whoever pasted it.
        let goes_on = next.is_some_and(|next| {
            !matches!(next.role, PassageRole::Paragraph | PassageRole::Heading(_))
                || next.text.trim_start().starts_with(|c: char| !c.is_uppercase())
        });
        if passage.role != PassageRole::Paragraph || goes_on {
            continue;
        }
        let text = passage.text.trim_end();
        let words = numbers::words(text);
        let before = at.checked_sub(1).and_then(|before| match elements[before] {
            Element::Passage(index) => Some(&case.prose.passages[index]),
            _ => None,
        });
        begins(passage, before, words.first(), words.len(), sink);
        if is_left_at_comma(text, &words, before, next) {
            let range = text.len() - 1..text.len();
            let message = "the paragraph ends in a comma";
            sink.add(Code::Punctuation, passage.origin(range), message, "finish the sentence");
            continue;
        }
        let Some(last) = words.last().filter(|last| last.range.end == text.len()) else {
            continue;
        };
        // A heading or a caption may end so: "What we ask for".
        let loose = matches!(last.text, "to" | "of" | "for" | "with" | "from" | "that");
        let broken = words.len() >= if loose { 8 } else { 4 } && UNFINISHED.contains(last.text);
        let sentences = text.match_indices(". ").filter(|(at, _)| {
            let before = text[..*at].chars().rev().take_while(|c| c.is_lowercase()).count();
            before >= 3 && text[at + 2..].starts_with(char::is_uppercase)
        });
        let unended = words.len() >= 12
            && last.text.chars().count() > 2
            && last.text.chars().all(char::is_lowercase)
            && sentences.count() >= 1;
        if broken || unended {
            let message = if broken {
                format!("the sentence breaks off after `{}`", last.text)
            } else {
                "the last sentence of the paragraph has no period".to_owned()
            };
            let hint = if broken {
                "finish the sentence"
            } else {
                "add the period, or finish the sentence"
            };
            sink.add(Code::Punctuation, passage.origin(last.range.clone()), message, hint);
        }
    }
}

/// Returns whether a paragraph breaks off at a comma: no greeting, and no line of an address or
/// a poem, of which others end so, too.
fn is_left_at_comma(text: &str, words: &[numbers::Word<'_>], before: Option<&Passage>, next: Option<&Passage>) -> bool {
    static GREETINGS: WordList = WordList::new("greetings");
    let is_line = |passage: Option<&Passage>| passage.is_some_and(|other| other.text.trim_end().ends_with(','));
    let small = words.iter().filter(|word| word.text.starts_with(char::is_lowercase));
    let small = small.filter(|word| word.text.chars().count() >= 3).count();
    text.ends_with(',')
        && words.len() >= 5
        && small * 2 >= words.len()
        && !is_line(before)
        && !is_line(next)
        && !words
            .first()
            .is_some_and(|first| GREETINGS.contains(first.lower.as_str()))
}

/// A paragraph that begins with a small letter, after one that ended.
fn begins(
    passage: &Passage,
    before: Option<&Passage>,
    first: Option<&numbers::Word<'_>>,
    count: usize,
    sink: &mut Sink<'_>,
) {
    let ended = before.is_some_and(|before| {
        before.role == PassageRole::Paragraph && before.text.trim_end().ends_with(['.', '!', '?', '”'])
    });
    let Some(first) = first.filter(|first| ended && count >= 5 && first.range.start == 0) else {
        return;
    };
    let after = passage.text[first.range.end..].chars().next();
    let plain = first.text.chars().all(char::is_lowercase) && first.text.chars().count() > 1 && after == Some(' ');
    static STARTS: WordList = WordList::new("sentence_starts");
    if plain && STARTS.contains(first.text) && passage.text.trim_end().ends_with('.') {
        sink.add(
            Code::Punctuation,
            passage.origin(first.range.clone()),
            format!("the paragraph begins with a small letter, `{}`", first.text),
            "begin with a capital letter, or restore the words before it",
        );
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_word_within_an_address_is_told() {
        assert!(super::is_in_address("see https://a.example/x,y now", 25));
        assert!(!super::is_in_address("one, two", 3));
    }
}
