//! Printed cells that somebody filled in to mock, to mislead or to break things, or that
//! are damaged, and signatures that came in an unlikely way.
//!
//! In: the rows that count or may come to count. Out: findings at their rows;
//! nothing is changed. Guaranteed: no private value is in a message: a sender's
//! address is not repeated. Absent: invisible characters, trial rows and
//! answers about consent, which are told when a list is read.
//!
//! Source: Unicode TS 39 (confusables, mixed scripts).

use super::expression::Regex;
use super::words::WordList;
use super::{Case, Check, CheckRun, Finding, Rows, Sink};
use crate::diag::{Code, Severity};
use crate::model::letter::RollSections;
use crate::model::signatory::{Column, Kind, Record, Status};
use crate::resolve::no_values;
use crate::resolve::normalize::repair_encoding;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use unicode_security::MixedScript;

pub(super) const CHECK: Check = Check {
    name: "hostile",
    description: "Signatures are genuine: names, senders, times, and the text that was signed.",
    findings: &[
        Finding {
            code: Code::MixedScript,
            severity: Severity::Error,
            why: "Search does not find a name with look-alike characters, and duplicates of it are not merged.",
        },
        Finding {
            code: Code::NameMarkup,
            severity: Severity::Error,
            why: "An address or a link in the roll is an advertisement or private data.",
        },
        Finding {
            code: Code::DamagedText,
            severity: Severity::Error,
            why: "A name with `â€™` in it shows every reader that nobody checked the list.",
        },
        Finding {
            code: Code::JokeName,
            severity: Severity::Error,
            why: "The press will write about the one Mickey Mouse on the roll.",
        },
        Finding {
            code: Code::OneSender,
            severity: Severity::Warning,
            why: "In the past, one person forged the signatures of many organizations.",
        },
        Finding {
            code: Code::Burst,
            severity: Severity::Warning,
            why: "Many signatures within a minute come from a program, not from people.",
        },
        Finding {
            code: Code::OlderText,
            severity: Severity::Warning,
            why: "A signatory of an older text has not agreed to this one.",
        },
    ],
    run: CheckRun::RollAndLetter(roll, run),
};

/// The rows that count or may come to count.
fn counting(records: &[Record]) -> Vec<&Record> {
    let counts =
        |record: &&Record| matches!(record.status, Status::Confirmed | Status::Pending) && !record.name.is_empty();
    records.iter().filter(counts).collect()
}

fn roll(all: &Rows<'_>, sink: &mut Sink<'_>) {
    let rows = counting(all.records);
    for record in &rows {
        for (column, cell) in printed_cells(record) {
            look(record, column, cell, sink);
        }
    }
    senders(&rows, sink);
    bursts(&rows, sink);
}

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let rows = counting(case.subject.records);
    if case.subject.letter.roll.sections == RollSections::Section {
        for record in &rows {
            if let Some(cell) = record.get(Column::Section) {
                look(record, Column::Section, cell, sink);
            }
        }
    }
    damaged_text(case, sink);
    texts(case, &rows, sink);
}

/// Reports the first damaged word of each text of the letter.
fn damaged_text(case: &Case<'_>, sink: &mut Sink<'_>) {
    for passage in &case.prose.passages {
        let mut start = 0;
        for word in passage.text.split(' ') {
            let range = start..start + word.len();
            start = range.end + 1;
            if let Some(repaired) = repair_encoding(word) {
                let message = format!("`{word}` was read with the wrong character encoding");
                sink.add(
                    Code::DamagedText,
                    passage.origin(range),
                    message,
                    how_to_repair(&repaired),
                );
                break;
            }
        }
    }
}

/// Returns what to do about a damaged text; the text that was meant, unless some of it is lost.
fn how_to_repair(repaired: &str) -> String {
    match repaired.contains('\u{fffd}') {
        true => "save the file as UTF-8 and import it again; characters are lost in this one".to_owned(),
        false => format!("write `{repaired}`, or save the file as UTF-8 and import it again"),
    }
}

static MARKUP: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    [
        (
            r"(?i)\bhttps?:|\bwww\.|\b[a-z0-9-]+\.(?:com|org|net|info|ru)/",
            "a web address",
        ),
        (r"(?i)[^\s@]+@[^\s@]+\.[a-z]{2,}", "an email address"),
        (r"(?:\+?1[ .-]?)?\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b", "a phone number"),
        (r"(?i)</?[a-z][^<>]*>|&(?:[a-z]{2,8}\d{0,2}|#\d+|#x[0-9a-f]+);", "HTML"),
        (r"\]\(|\*\*|\{\{|\}\}", "markup"),
    ]
    .into_iter()
    .filter_map(|(pattern, what)| Regex::new(pattern).ok().map(|pattern| (pattern, what)))
    .collect()
});

/// Names that jokers sign with; whole names, in lower case.
static JOKES: WordList = WordList::new("jokes");

/// Titles and affiliations of rows that were trials; whole cells, in lower case.
static TRIALS: WordList = WordList::new("trials");

/// The cells of a row that every roll prints.
fn printed_cells(record: &Record) -> Vec<(Column, &str)> {
    let mut cells = vec![(Column::Name, &*record.name)];
    let mut add = |column, says_nothing: fn(&str) -> bool| {
        cells.extend(
            record
                .get(column)
                .filter(|cell| !says_nothing(cell))
                .map(|cell| (column, cell)),
        );
    };
    if record.kind == Kind::Individual {
        add(Column::Title, no_values::is_no_title);
        add(Column::Affiliation, no_values::is_no_affiliation);
    }
    cells
}

fn look(record: &Record, column: Column, cell: &str, sink: &mut Sink<'_>) {
    let name = cell;
    let what_cell = column.as_str();
    if !name.is_ascii() {
        if let Some(mended) = repair_encoding(name) {
            sink.add(
                Code::DamagedText,
                record.origin,
                format!("the {what_cell} `{name}` was read with the wrong character encoding"),
                how_to_repair(&mended),
            );
        } else if let Some(word) = name.split_whitespace().find(|word| is_mixed(word)) {
            let looks = unicode_security::skeleton(word).collect::<String>();
            sink.add(
                Code::MixedScript,
                record.origin,
                format!("`{word}` in the {what_cell} mixes characters from different alphabets; it only looks like `{looks}`"),
                format!("type the {what_cell} again"),
            );
        } else if let Some(c) = name.chars().find(|&c| is_fancy(c)) {
            sink.add(
                Code::MixedScript,
                record.origin,
                format!("`{c}` in the {what_cell} is a mathematical or full-width form of a letter"),
                format!("type the {what_cell} in plain letters"),
            );
        }
    }
    for (pattern, what) in MARKUP.iter() {
        if pattern.is_match(name) {
            sink.add(
                Code::NameMarkup,
                record.origin,
                format!("the {what_cell} contains {what}"),
                format!("put only the {what_cell} in the column `{what_cell}`"),
            );
            break;
        }
    }
    let lower = name.trim().to_lowercase();
    let is_joke = match column {
        Column::Name => JOKES.contains(lower.as_str()),
        _ => TRIALS.contains(lower.as_str()),
    };
    if is_joke || is_mash(&lower) {
        sink.add(
            Code::JokeName,
            record.origin,
            format!("`{name}` is probably not the {what_cell} of a signatory"),
            "ask the sender; until then, set the row's status to pending",
        );
    }
    if let Some(half) = said_twice(name) {
        sink.add(
            Code::DoubledWord,
            record.origin,
            format!("the {what_cell} says `{half}` twice"),
            "write it once",
        );
    }
}

/// Returns what a cell of four words or more says twice: "Elm University Elm University".
fn said_twice(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    let words: Vec<&str> = cell.split_whitespace().collect();
    let half = words.len() / 2;
    let is_twice = half >= 2 && words.len().is_multiple_of(2) && words[..half] == words[half..];
    is_twice.then(|| cell[..cell.len() / 2].trim_end())
}

/// Whether a word is of letters from scripts that are not written together.
fn is_mixed(word: &str) -> bool {
    word.split(['-', '/', '|', '(', ')', '&', '.', ','])
        .any(|piece| !piece.is_empty() && !piece.is_single_script())
}

/// Mathematical letters and full-width forms.
fn is_fancy(c: char) -> bool {
    matches!(u32::from(c), 0x1_d400..=0x1_d7ff | 0xff01..=0xff5e | 0x1_f130..=0x1_f189 | 0x24b6..=0x24e9)
}

/// Keys struck at random.
fn is_mash(name: &str) -> bool {
    const ROWS: &[&str] = &["asdf", "qwer", "zxcv", "hjkl", "sdfg", "uiop"];
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphabetic()).collect();
    let same = letters.len() >= 3 && letters.iter().all(|c| *c == letters[0]) && !matches!(name, "aaa" | "iii");
    !name.contains(' ') && ROWS.iter().any(|row| name.starts_with(row)) || same
}

/// From how many organisations on one sender is told. Coordinators sign for two or
/// three chapters; five is a guess that leaves them alone.
const MANY: usize = 5;

fn senders(rows: &[&Record], sink: &mut Sink<'_>) {
    for (column, what) in [(Column::Email, "email address"), (Column::Ip, "network address")] {
        let mut by_sender: BTreeMap<String, Vec<&Record>> = BTreeMap::new();
        for record in rows.iter().filter(|record| record.kind == Kind::Organization) {
            if let Some(sender) = record.get(column) {
                by_sender.entry(sender.trim().to_lowercase()).or_default().push(record);
            }
        }
        for sent in by_sender.values() {
            let mut names: Vec<String> = sent.iter().map(|record| record.name.to_lowercase()).collect();
            names.sort_unstable();
            names.dedup();
            if names.len() >= MANY {
                sink.add(
                    Code::OneSender,
                    sent[0].origin,
                    format!(
                        "{} organizations were signed up from the same {what}, `{}` first",
                        names.len(),
                        sent[0].name
                    ),
                    "ask each organization, at its own address, whether it signed",
                );
            }
        }
    }
}

static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\s*(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})[T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([AaPp])?")
        .ok()
});

/// How many signatures within [`WITHIN`] seconds are a burst; both are guesses: a
/// letter shared by a large account brings a few in a minute.
const BURST: usize = 15;
const WITHIN: u64 = 60;

fn bursts(rows: &[&Record], sink: &mut Sink<'_>) {
    let Some(pattern) = TIME.as_ref() else { return };
    let mut times: Vec<(u64, &Record)> = rows
        .iter()
        .filter_map(|record| {
            let found = pattern.captures(record.get(Column::SignedAt)?)?;
            let number = |at: usize| found.get(at).and_then(|group| group.as_str().parse::<u64>().ok());
            let (a, b, c) = (number(1)?, number(2)?, number(3)?);
            // Only distances count; all rows of a list are written alike.
            let day = (a * 400 + b) * 10_000 + c;
            let mut hour = number(4)?;
            if let Some(half) = found.get(7) {
                hour = hour % 12 + if half.as_str().eq_ignore_ascii_case("p") { 12 } else { 0 };
            }
            Some((
                day * 86_400 + hour * 3_600 + number(5)? * 60 + number(6).unwrap_or(0),
                *record,
            ))
        })
        .collect();
    times.sort_by_key(|(time, record)| (*time, record.origin));
    let mut start = 0;
    let mut best: Option<(usize, usize)> = None;
    for end in 0..times.len() {
        while times[end].0 - times[start].0 > WITHIN {
            start += 1;
        }
        let count = end + 1 - start;
        if count >= BURST && best.is_none_or(|(_, most)| count > most) {
            best = Some((start, count));
        }
    }
    // Times that are all one are those of a bulk import.
    if let Some((start, count)) = best
        && times.first().map(|first| first.0) != times.last().map(|last| last.0)
    {
        sink.add(
            Code::Burst,
            times[start].1.origin,
            format!("{count} signatures arrived within one minute"),
            "check these rows; a program may have sent them",
        );
    }
}

/// How many of those who signed an older text are listed one by one.
const LISTED: usize = 20;

fn texts(case: &Case<'_>, rows: &[&Record], sink: &mut Sink<'_>) {
    let Some(version) = case.subject.version else { return };
    let older: Vec<&&Record> = rows
        .iter()
        .filter(|record| {
            record
                .get(Column::SignedText)
                .is_some_and(|signed| !signed.eq_ignore_ascii_case(version))
        })
        .collect();
    for (at, record) in older.iter().take(LISTED).enumerate() {
        let more = match older.len().saturating_sub(LISTED) {
            rest if rest > 0 && at + 1 == LISTED => format!(" (and {rest} more)"),
            _ => String::new(),
        };
        sink.add(
            Code::OlderText,
            record.origin,
            format!("`{}` signed a different text{more}", record.name),
            format!("send the new text and ask again; this text is {version}"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_do_not_mix_within_a_word() {
        let check = |word: &str, expected| assert_eq!(is_mixed(word), expected, "{word}");
        check("Justice", false);
        check("Justiсe", true); // the fifth last letter is Cyrillic
        check("Справедливость", false);
        check("Corazón", false);
        check("東京センター", false);
        check("AAJC-東京", false);
    }

    #[test]
    fn a_cell_may_say_a_thing_twice() {
        assert_eq!(said_twice("Elm University Elm University"), Some("Elm University"));
        assert_eq!(said_twice("Walla Walla"), None);
        assert_eq!(said_twice("New York New Haven"), None);
    }

    #[test]
    fn mashed_keys_are_no_name() {
        for (name, expected) in [
            ("asdfgh", true),
            ("aaaa", true),
            ("asd", false),
            ("qwerty", true),
            ("casa", false),
        ] {
            assert_eq!(is_mash(name), expected, "{name}");
        }
    }
}
