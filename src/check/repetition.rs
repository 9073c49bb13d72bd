//! The same words twice, and numbered words with a gap.
//!
//! In: the letter's text. Out: paragraphs and sentences that are there twice, the closing
//! or salutation within the body, and "First, Second, Fourth". Guaranteed: short
//! sentences, which may be a refrain, are left alone. Absent: words (`leftovers`).

use super::numbers;
use super::prose::{Passage, PassageRole};
use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub(super) const CHECK: Check = Check {
    name: "repetition",
    description: "The text says nothing twice, and its numbering has no gaps.",
    findings: &[
        Finding {
            code: Code::RepeatedText,
            severity: Severity::Warning,
            why: "A paragraph that was pasted twice shows that nobody read the letter to its end.",
        },
        Finding {
            code: Code::NumberingGap,
            severity: Severity::Warning,
            why: "After “First, Second, Fourth”, readers look for the third point.",
        },
    ],
    run: CheckRun::Letter(run),
};

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let text = |role: &PassageRole| {
        matches!(
            role,
            PassageRole::Paragraph | PassageRole::Item | PassageRole::Heading(_)
        )
    };
    let passages: Vec<&Passage> = case.prose.of_roles(text).collect();
    repeats(&passages, sink);
    pasted(case, &passages, sink);
    pasted_forms(case, &passages, sink);
    headings(&passages, sink);
    phrases(&passages, sink);
    if case.subject.letter.kind == crate::model::letter::DocumentKind::Letter {
        roll_in_text(case, &passages, sink);
    }
    gaps(&passages, sink);
    promised(case, &passages, sink);
}

/// Fewest words of a sentence that is no refrain. Of 457,000 words of real letters, four
/// repeated a paragraph of 12 words.
const LONG: usize = 9;

fn repeats(passages: &[&Passage], sink: &mut Sink<'_>) {
    let mut seen: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut long: Vec<Vec<String>> = Vec::new();
    let mut beginnings: FxHashMap<Vec<String>, Vec<Vec<String>>> = FxHashMap::default();
    // Versions of one paragraph begin or end alike; of many that do, the last are compared.
    let mut ends: FxHashMap<[String; 4], Vec<usize>> = FxHashMap::default();
    for (at, passage) in passages.iter().enumerate() {
        let whole = words(&passage.text);
        if whole.len() >= LONG + 3 && !seen.contains_key(&whole) {
            let own_ends = ends_of(&whole);
            let alike = own_ends.iter().filter_map(|end| ends.get(end));
            let mut last = alike.flat_map(|places| places.iter().rev().take(COMPARED));
            if last.any(|&other| is_version(&long[other], &whole)) {
                tell(passage, 0..passage.text.len(), "almost the same paragraph as", sink);
                continue;
            }
            for end in own_ends {
                ends.entry(end).or_default().push(long.len());
            }
            long.push(whole.clone());
        }
        if whole.len() >= LONG && seen.contains_key(&whole) {
            tell(passage, 0..passage.text.len(), "the paragraph", sink);
            continue;
        }
        let mut sentences = BTreeSet::new();
        let mut last: Vec<String> = Vec::new();
        for range in sentences_of(&passage.text) {
            let words = words(&passage.text[range.clone()]);
            let at_once = words.len() >= 4 && last == words;
            last.clone_from(&words);
            if at_once && words.len() < LONG {
                let text = &passage.text[range.clone()];
                let begin = range.start + (text.len() - text.trim_start().len());
                tell(passage, begin..range.end, "the sentence", sink);
                continue;
            }
            if words.len() < LONG || words == whole {
                continue;
            }
            if seen.contains_key(&words) || sentences.contains(&words) {
                tell(passage, range.clone(), "the sentence", sink);
            }
            if !sentences.contains(&words) && !seen.contains_key(&words) {
                let alike = beginnings
                    .entry(words.iter().take(BEGUN).cloned().collect())
                    .or_default();
                let begins = |other: &Vec<String>| other.starts_with(&words) || words.starts_with(other);
                if words.len() >= BEGUN && alike.iter().any(begins) {
                    tell(passage, range, "the beginning of the sentence", sink);
                } else if words.len() >= BEGUN && alike.len() < COMPARED {
                    alike.push(words.clone());
                }
            }
            sentences.insert(words);
        }
        for words in sentences.into_iter().chain([whole]) {
            seen.entry(words).or_insert(at);
        }
    }
}

/// Fewest words of a sentence that another may not begin with.
const BEGUN: usize = 13;

/// Most paragraphs with one beginning or end that another is compared with.
const COMPARED: usize = 100;

/// Returns the first and the last four words of a paragraph of [`LONG`] words or more.
fn ends_of(words: &[String]) -> [[String; 4]; 2] {
    [
        std::array::from_fn(|at| words[at].clone()),
        std::array::from_fn(|at| words[words.len() - 4 + at].clone()),
    ]
}

/// Returns whether two paragraphs are versions of one: they begin or end alike, and nine
/// words of ten are the same.
fn is_version(a: &[String], b: &[String]) -> bool {
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    let alike = a[..4] == b[..4] || a[a.len() - 4..] == b[b.len() - 4..];
    if !alike || short * 10 < long * 9 {
        return false;
    }
    let place = a.iter().zip(b).filter(|(a, b)| a == b).count();
    if place * 2 < short {
        return false;
    }
    let known: FxHashSet<&String> = a.iter().collect();
    let same = b.iter().filter(|word| known.contains(word)).count();
    same * 10 >= b.len() * 9
}

/// A heading of one level that is there twice.
fn headings(passages: &[&Passage], sink: &mut Sink<'_>) {
    let mut seen: BTreeSet<(u8, Vec<String>)> = BTreeSet::new();
    for passage in passages {
        let PassageRole::Heading(level) = passage.role else {
            continue;
        };
        let words = words(&passage.text);
        let long = words.len() >= 2;
        if !seen.insert((level, words)) && long {
            tell(passage, 0..passage.text.len(), "the heading", sink);
        }
    }
}

/// "We ask that the Department we ask that the Department act".
fn phrases(passages: &[&Passage], sink: &mut Sink<'_>) {
    for passage in passages {
        let words = numbers::words(&passage.text);
        let plain = |at: usize| words[at].gap.trim().is_empty();
        // "More and more", "day by day by day".
        let refrain = |at: usize| {
            matches!(
                words[at].lower.as_str(),
                "and" | "by" | "after" | "upon" | "very" | "in" | "y" | "por" | "tras"
            )
        };
        let found = (0..words.len()).find_map(|at| {
            (2..=8).find_map(|length| {
                let end = at + length * 2;
                let same = end <= words.len()
                    && (0..length).all(|step| words[at + step].lower == words[at + length + step].lower)
                    && (at + 1..end).all(plain)
                    && (length > 3 || (at..at + length).any(|at| words[at].lower.chars().count() > 4) || length == 2)
                    && (length > 2 || !refrain(at) && !refrain(at + 1) && words[at].lower != words[at + 1].lower);
                same.then_some((at, length))
            })
        });
        if let Some((at, length)) = found {
            let range = words[at + length].range.start..words[at + length * 2 - 1].range.end;
            tell(passage, range, "the phrase", sink);
        }
    }
}

/// Fewest names of the roll in a row that are a copy of it.
const COPIED: usize = 5;

/// The roll, pasted into the text.
fn roll_in_text(case: &Case<'_>, passages: &[&Passage], sink: &mut Sink<'_>) {
    let names = &case.roll.plain;
    if names.len() < COPIED {
        return;
    }
    let mut run: Vec<&Passage> = Vec::new();
    for passage in passages {
        if names.contains(&words(&passage.text).join(" ")) {
            run.push(passage);
            if run.len() == COPIED {
                roll_told(run[0], 0..run[0].text.len(), sink);
            }
            continue;
        }
        run.clear();
        // Names with line breaks between them.
        let words = words(&passage.text);
        let (mut at, mut found, mut of_names) = (0, 0, 0);
        while at < words.len() {
            let ends = (at + 2..=(at + 10).min(words.len())).rev();
            let end = ends.into_iter().find(|end| names.contains(&words[at..*end].join(" ")));
            match end {
                Some(end) => {
                    found += 1;
                    of_names += end - at;
                    at = end;
                }
                None => at += 1,
            }
        }
        if found >= COPIED && of_names * 10 >= words.len() * 8 {
            roll_told(passage, 0..passage.text.len(), sink);
        }
    }
}

fn roll_told(passage: &Passage, range: Range<usize>, sink: &mut Sink<'_>) {
    sink.add(
        Code::RepeatedText,
        passage.origin(range),
        "the text repeats the roll, which is printed by itself",
        "delete the names from the text",
    );
}

/// "Three reasons" before "First" and "Second"; "four things: (1), (2), (3)".
fn promised(case: &Case<'_>, passages: &[&Passage], sink: &mut Sink<'_>) {
    static COUNTED: super::words::WordList = super::words::WordList::new("counted_points");
    for (index, passage) in passages.iter().enumerate() {
        let words = numbers::words(&passage.text);
        for number in numbers::numbers(&passage.text, &words, case.language()) {
            let noun = (number.words.end..words.len())
                .take(2)
                .find(|&at| COUNTED.contains(words[at].lower.as_str()));
            let Some(noun) = noun.filter(|_| (2..9).contains(&number.value) && !number.words.is_empty()) else {
                continue;
            };
            let rest = passage.stretch(words[noun].range.end, POINTS);
            let given = match numbered_in(rest).max(named_in(rest)).max(ordered_in(rest)) {
                0 => ordinals_in(passages, index, words[noun].range.end),
                inline => inline,
            };
            if given >= 2 && given != number.value {
                let range = words[number.words.start].range.start..words[noun].range.end;
                sink.add(
                    Code::CountItems,
                    passage.origin(range.clone()),
                    format!("`{}`, but {given} follow", &passage.text[range]),
                    "correct the number or the points",
                );
            }
        }
    }
}

/// How far into a paragraph the points that a number announces are counted, in bytes: two pages.
const POINTS: usize = 8_000;

/// How many points a colon lists in one sentence: ": money, staff, and time".
fn named_in(text: &str) -> u64 {
    let Some(rest) = text.strip_prefix(':') else { return 0 };
    let sentence = rest
        .split(['.', ';', '?', '!', '(', '“', '—'])
        .next()
        .unwrap_or_default();
    let parts: Vec<&str> = sentence.split(", ").collect();
    let Some((last, others)) = parts.split_last() else {
        return 0;
    };
    let joined = |text: &str| [" and ", " y ", " or ", " e "].iter().any(|and| text.contains(and));
    if others.is_empty()
        || others.iter().any(|part| joined(part))
        || parts.iter().any(|part| part.split(' ').count() > 8)
    {
        return 0;
    }
    let begins = ["and ", "y ", "e "].iter().any(|and| last.starts_with(and));
    let rest = last.split_once(' ').map_or("", |(_, rest)| rest);
    match (begins, joined(last)) {
        // "A, B, and C and D" may be three or four.
        (true, _) if joined(rest) => 0,
        (true, _) => parts.len() as u64,
        (false, true) => parts.len() as u64 + 1,
        (false, false) => 0,
    }
}

/// How many points a colon lists in words of order: ": first, money; second, staff".
fn ordered_in(text: &str) -> u64 {
    let Some(rest) = text.strip_prefix(':') else { return 0 };
    let sentence = rest.split(". ").next().unwrap_or(rest).to_lowercase();
    let given = |names: &&[&str]| -> u64 {
        let next = names.iter().take_while(|name| sentence.contains(&format!(" {name}, ")));
        next.count() as u64
    };
    let last = [" finally, ", " lastly, ", " por último, "]
        .iter()
        .any(|word| sentence.contains(word));
    if last {
        0
    } else {
        ORDINALS.iter().map(|names| given(&&names[..])).max().unwrap_or(0)
    }
}

/// How many points are numbered "(1)" or "(a)" in a sentence.
fn numbered_in(text: &str) -> u64 {
    let sentence = text.split(". ").next().unwrap_or(text);
    let mut count = 0;
    for point in 1..=9_u8 {
        let digit = format!("({point})");
        let letter = format!("({})", char::from(b'a' + point - 1));
        if sentence.contains(&digit) || sentence.contains(&letter) {
            count = u64::from(point);
        } else {
            break;
        }
    }
    count
}

/// How many points "First", "Second" and so on begin, from a place on, without a gap.
fn ordinals_in(passages: &[&Passage], index: usize, from: usize) -> u64 {
    let mut next = 0;
    for (at, passage) in passages.iter().enumerate().skip(index) {
        if at > index && matches!(passage.role, PassageRole::Heading(_)) || at > index + 9 {
            break;
        }
        let text = passage.stretch(if at == index { from } else { 0 }, POINTS);
        for range in sentences_of(text) {
            let sentence = text[range].trim_start();
            // "Finally" may be any of them.
            if sentence.starts_with("Finally,") || sentence.starts_with("Last") || sentence.starts_with("Por último") {
                return 0;
            }
            let is_next = ordinal_of(sentence).is_some_and(|(_, at, _)| at == next);
            next += usize::from(is_next);
        }
    }
    next as u64
}

/// The language's list, the place and the length of an ordinal with which a sentence begins.
fn ordinal_of(sentence: &str) -> Option<(usize, usize, usize)> {
    let article = ["The ", "El ", "La "]
        .iter()
        .find(|article| sentence.starts_with(**article));
    let skipped = article.map_or(0, |article| article.len());
    let first = sentence[skipped..].split([' ', ',', ':']).next().unwrap_or_default();
    let mut end = skipped + first.len();
    let mut bare = first.to_lowercase();
    if bare == "en"
        && let Some(rest) = sentence.get(3..)
        && let Some(word) = rest.split(' ').next()
        && rest[word.len()..].starts_with(" lugar")
    {
        bare = word.to_lowercase();
        end = 3 + word.len() + " lugar".len();
    }
    // "The first is rent."
    let is_point = |rest: &str| [" is ", " es "].iter().any(|verb| rest.starts_with(verb));
    if article.is_some() && !is_point(&sentence[end..]) || article.is_none() && !sentence[end..].starts_with([',', ':'])
    {
        return None;
    }
    let bare = match bare.as_str() {
        "primer" | "primera" => "primero",
        "segunda" => "segundo",
        "tercer" | "tercera" => "tercero",
        "cuarta" => "cuarto",
        "quinta" => "quinto",
        "firstly" => "first",
        other => other
            .strip_suffix("ly")
            .filter(|stem| *stem != "first")
            .unwrap_or(other),
    };
    ORDINALS
        .iter()
        .enumerate()
        .find_map(|(list, names)| Some((list, names.iter().position(|name| *name == bare)?, end)))
}

fn tell(passage: &Passage, range: Range<usize>, what: &str, sink: &mut Sink<'_>) {
    let text: String = passage.text[range.clone()].trim().chars().take(40).collect();
    sink.add(
        Code::RepeatedText,
        passage.origin(range),
        format!("{what} `{text}…` appears twice"),
        "delete one of them",
    );
}

/// The salutation or the closing, which are printed by themselves, in the body.
fn pasted(case: &Case<'_>, passages: &[&Passage], sink: &mut Sink<'_>) {
    for key in ["salutation", "closing", "subject", "to.0.name"] {
        let Some(printed) = case.prose.key(key) else { continue };
        let sought = words(&printed.text);
        let long = sought.len() >= 3 && key == "salutation";
        let organization = case
            .prose
            .key("to.0.organization")
            .map(|body| body.text.trim().to_owned());
        let body = passages.iter().filter(|passage| passage.role == PassageRole::Paragraph);
        let is_copy = |passage: &&&Passage| {
            let own = words(&passage.text);
            let bare = match own.first().map(String::as_str) {
                Some("re" | "to" | "asunto" | "para" | "attn") => &own[1..],
                _ => own.as_slice(),
            };
            let is_address = key == "to.0.name"
                && own.len() > sought.len()
                && own.starts_with(&sought)
                && organization
                    .as_ref()
                    .is_some_and(|body| passage.text.contains(body.as_str()));
            bare == sought || is_address || long && own.starts_with(&sought)
        };
        for passage in body.filter(|_| !sought.is_empty()).filter(is_copy) {
            sink.add(
                Code::RepeatedText,
                passage.whole(),
                format!(
                    "`{}` is printed by itself, and is in the text again",
                    printed.text.trim()
                ),
                "delete it from the text",
            );
        }
    }
}

/// A closing word or the date of the letter as a paragraph of its own.
fn pasted_forms(case: &Case<'_>, passages: &[&Passage], sink: &mut Sink<'_>) {
    use super::words::WordList;
    static CLOSINGS: [WordList; 2] = [WordList::new("english_closings"), WordList::new("spanish_closings")];
    let letter = case.subject.letter;
    let date = case.subject.document.date.or(letter.date);
    for passage in passages.iter().filter(|passage| passage.role == PassageRole::Paragraph) {
        let text = passage.text.trim().trim_end_matches(',').to_lowercase();
        let is_closing = CLOSINGS.iter().any(|list| list.contains(text.as_str())) && letter.closing.is_some();
        let is_date = date.is_some_and(|date| {
            let written = super::dates::dates(&passage.text, case.language());
            let only = written
                .first()
                .filter(|only| only.range.len() + 1 >= passage.text.trim().len());
            only.is_some_and(|only| (only.year, only.month, only.day) == (Some(date.year()), date.month(), date.day()))
        });
        if is_closing || is_date {
            let what = if is_closing { "closing" } else { "date" };
            sink.add(
                Code::RepeatedText,
                passage.whole(),
                format!(
                    "`{}` looks like the {what}, which is printed by itself",
                    passage.text.trim()
                ),
                "delete it from the text",
            );
        }
    }
}

/// A name by its words alone.
pub(super) fn plain(name: &str) -> String {
    words(name).join(" ")
}

fn words(text: &str) -> Vec<String> {
    numbers::words(text)
        .into_iter()
        .map(|word| word.lower.replace('’', "'"))
        .collect()
}

fn sentences_of(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if matches!(c, '.' | '!' | '?') && text[end..].chars().next().is_none_or(char::is_whitespace) {
            found.push(start..end);
            start = end;
        }
    }
    found.push(start..text.len());
    found
}

const ORDINALS: [&[&str]; 2] = [
    &[
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
    ],
    &[
        "primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo",
    ],
];

/// Words of order at the beginning of sentences, and "(1)" or "(a)" within them.
fn gaps(passages: &[&Passage], sink: &mut Sink<'_>) {
    for (list, names) in ORDINALS.iter().enumerate() {
        let mut last: Option<usize> = None;
        for passage in passages {
            for range in sentences_of(&passage.text) {
                let text = &passage.text[range.clone()];
                let begin = range.start + (text.len() - text.trim_start().len());
                // "The second is" may be said of any two.
                let is_said = ["The ", "El ", "La "]
                    .iter()
                    .any(|word| text.trim_start().starts_with(word));
                let Some((_, at, end)) = ordinal_of(text.trim_start()).filter(|(of, ..)| *of == list && !is_said)
                else {
                    continue;
                };
                let place = begin..begin + end;
                match last {
                    Some(before) if at > before + 1 => tell_gap(passage, place, names[before + 1], sink),
                    // "First" may begin again; "Second" after "Second" does not.
                    Some(before) if at == before && at > 0 => {
                        sink.add(
                            Code::NumberingGap,
                            passage.origin(place.clone()),
                            format!("`{}` follows `{}`", &passage.text[place], names[before]),
                            "number the points again",
                        );
                    }
                    _ => {}
                }
                last = Some(at);
            }
        }
    }
    for passage in passages {
        inline_numbers(passage, sink);
        inline_letters(passage, sink);
        inline_romans(passage, sink);
    }
    begun_with_numbers(passages, sink);
    begun_with_labels(passages, sink);
}

/// "Request 1:", "Request 2:", "Request 2:"; "A.", "B.", "D.".
fn begun_with_labels(passages: &[&Passage], sink: &mut Sink<'_>) {
    let mut last: BTreeMap<String, u32> = BTreeMap::new();
    for passage in passages {
        if !matches!(passage.role, PassageRole::Paragraph | PassageRole::Heading(_)) {
            continue;
        }
        let text = passage.text.trim_start();
        let begin = passage.text.len() - text.len();
        let first = text.split(' ').next().unwrap_or_default();
        let second = text[first.len()..].trim_start().split(' ').next().unwrap_or_default();
        let is_letter = first.len() == 2 && first.ends_with('.') && first.starts_with(|c: char| c.is_ascii_uppercase());
        let number = second
            .strip_suffix([':', '.'])
            .and_then(|number| number.parse::<u32>().ok());
        let (label, number, end) = if is_letter {
            (String::new(), u32::from(first.as_bytes()[0] - b'A') + 1, 2)
        } else if let Some(number) =
            number.filter(|_| first.chars().count() >= 4 && first.chars().all(char::is_alphabetic))
        {
            (first.to_lowercase(), number, first.len() + 1 + second.len())
        } else {
            continue;
        };
        let (before, range) = (last.get(&label).copied(), begin..begin + end);
        let named = |number: u32| match label.is_empty() {
            true => format!(
                "{}.",
                char::from(b'A' + u8::try_from(number.clamp(1, 26) - 1).unwrap_or(0))
            ),
            false => format!("{first} {number}"),
        };
        match before {
            // A letter may be that of a name: only "A." begins a count.
            None if number != 1 => continue,
            Some(before) if number == before + 2 && before > 1 => tell_gap(passage, range, &named(number - 1), sink),
            Some(before) if number == before && before > 1 => {
                let message = format!("`{}` is there twice", &passage.text[range.clone()]);
                sink.add(
                    Code::NumberingGap,
                    passage.origin(range),
                    message,
                    "number the points again",
                );
            }
            _ => {}
        }
        last.insert(label, number);
    }
}

/// "We ask for (i) money, (ii) staff, and (iv) time".
fn inline_romans(passage: &Passage, sink: &mut Sink<'_>) {
    const ROMANS: [&str; 6] = ["(i) ", "(ii) ", "(iii) ", "(iv) ", "(v) ", "(vi) "];
    let places: Vec<Option<usize>> = ROMANS.iter().map(|roman| passage.text.find(roman)).collect();
    let (Some(first), Some(second)) = (places[0], places[1]) else {
        return;
    };
    let gap =
        (2..ROMANS.len() - 1).find(|&at| places[at].is_none() && places[at + 1].is_some_and(|next| next > second));
    if let Some((at, place)) = gap
        .and_then(|at| Some((at, places[at + 1]?)))
        .filter(|_| first < second)
    {
        let range = place..place + ROMANS[at + 1].trim_end().len();
        tell_gap(passage, range, ROMANS[at].trim_end(), sink);
    }
}

/// Headings or paragraphs that begin with "1.", "2." and "4.".
fn begun_with_numbers(passages: &[&Passage], sink: &mut Sink<'_>) {
    let mut last: BTreeMap<u8, u32> = BTreeMap::new();
    for passage in passages {
        let level = match passage.role {
            PassageRole::Heading(level) => level,
            PassageRole::Paragraph => 7,
            _ => continue,
        };
        let text = passage.text.trim_start();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let number: Option<u32> = text[..digits].parse().ok();
        let Some(number) = number.filter(|_| digits <= 2 && text[digits..].starts_with(". ")) else {
            continue;
        };
        // A heading above begins the count anew.
        last.retain(|other, _| *other <= level || level == 7);
        let before = last.insert(level, number);
        if before.is_some_and(|before| number == before + 2) {
            let begin = passage.text.len() - text.len();
            tell_gap(passage, begin..begin + digits + 1, &format!("{}.", number - 1), sink);
        }
    }
}

/// "(a) money, (b) staff, and (d) time".
fn inline_letters(passage: &Passage, sink: &mut Sink<'_>) {
    let mut last: Option<u8> = None;
    let bytes = passage.text.as_bytes();
    for (at, _) in passage.text.match_indices('(') {
        let Some(&letter) = bytes.get(at + 1).filter(|letter| letter.is_ascii_lowercase()) else {
            continue;
        };
        let outside = passage.text[..at].chars().next_back().is_none_or(char::is_whitespace);
        if bytes.get(at + 2) != Some(&b')') || !outside {
            continue;
        }
        match last {
            None if letter != b'a' => return,
            Some(before) if letter == before + 2 => {
                let missing = format!("({})", char::from(before + 1));
                tell_gap(passage, at..at + 3, &missing, sink);
            }
            _ => {}
        }
        last = Some(letter);
    }
}

fn inline_numbers(passage: &Passage, sink: &mut Sink<'_>) {
    let mut last: Option<u32> = None;
    for (at, _) in passage.text.match_indices('(') {
        // Parentheses of a number close after a few digits.
        let near = &passage.text.as_bytes()[at..];
        let Some(end) = near.iter().take(24).position(|&byte| byte == b')').map(|end| at + end) else {
            continue;
        };
        let Ok(number) = passage.text[at + 1..end].parse::<u32>() else {
            continue;
        };
        let outside = passage.text[..at].chars().next_back().is_none_or(char::is_whitespace);
        if !outside || number > 20 {
            continue;
        }
        match last {
            // "three (3)" says a number again.
            None if number != 1 => return,
            Some(before) if number == before + 2 => {
                tell_gap(passage, at..end + 1, &format!("({})", before + 1), sink);
            }
            _ => {}
        }
        last = Some(number);
    }
}

fn tell_gap(passage: &Passage, range: Range<usize>, missing: &str, sink: &mut Sink<'_>) {
    sink.add(
        Code::NumberingGap,
        passage.origin(range.clone()),
        format!(
            "`{}` follows, but there is no `{missing}` before it",
            &passage.text[range]
        ),
        "number the points again, or add the missing one",
    );
}
