//! Figures that cannot be right: sums, shares, ranges, and numbers said twice.
//!
//! In: the letter's tables and text. Out: totals that are not the sum, shares above a
//! hundred, "half (32 percent)", "three (4)", an amount in millions and in billions, ranges
//! that run backwards. Guaranteed: a column is added up only if all of its cells are plain
//! numbers. Absent: whether a figure is true.

use super::numbers;
use super::prose::{Passage, PassageRole};
use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};
use crate::model::text::{Block, Line, Table, plain};
use crate::model::visit::LetterPart;
use crate::source::Origin;
use regex::Regex;
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "figures",
    description: "Sums add up, shares are at most a hundred percent, and a number said twice is one number.",
    findings: &[Finding {
        code: Code::Figures,
        severity: Severity::Warning,
        why: "Opponents quote the one figure that cannot be right.",
    }],
    run: CheckRun::Letter(run),
};

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let printed = case.prose.passages.iter();
    for passage in printed.filter(|passage| !matches!(passage.role, PassageRole::Alternative | PassageRole::Signatory))
    {
        said_twice(passage, case.language(), sink);
        shares(passage, sink);
        ranges(passage, sink);
    }
    amounts(case, sink);
    for part in case.subject.letter.parts() {
        if let LetterPart::Body(blocks) | LetterPart::Appendix(blocks) = part {
            tables(blocks, case, sink);
        }
    }
}

/// "three (4)".
fn said_twice(passage: &Passage, language: &str, sink: &mut Sink<'_>) {
    let words = numbers::words(&passage.text);
    for number in numbers::numbers(&passage.text, &words, language) {
        let Some(last) = words.get(number.words.end.saturating_sub(1)) else {
            continue;
        };
        if number.words.is_empty() || last.text.chars().any(|c| c.is_ascii_digit()) {
            continue;
        }
        let after = &passage.text[last.range.end..];
        let Some(inner) = after
            .trim_start()
            .strip_prefix('(')
            .and_then(|rest| rest.split(')').next())
        else {
            continue;
        };
        let Ok(figure) = inner.replace(',', "").parse::<u64>() else {
            continue;
        };
        if figure != number.value && after.len() - after.trim_start().len() <= 1 {
            let start = words[number.words.start].range.start;
            let end = last.range.end + (after.len() - after.trim_start().len()) + inner.len() + 2;
            sink.add(
                Code::Figures,
                passage.origin(start..end),
                format!("`{}` says two numbers", &passage.text[start..end]),
                "write one number, in words or in digits",
            );
        }
    }
}

fn shares(passage: &Passage, sink: &mut Sink<'_>) {
    static HALF: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(half|a third|one third|two[- ]thirds|a quarter|one quarter|three[- ]quarters|la mitad|un tercio)\b[^.;:()]{0,40}\((\d{1,3}(?:\.\d+)?) ?(?:%|percent|por ciento)\)").ok()
    });
    for found in HALF.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let (Some(whole), Some(word), Some(share)) = (found.get(0), found.get(1), found.get(2)) else {
            continue;
        };
        let about = match word.as_str().to_lowercase().replace('-', " ").as_str() {
            "half" | "la mitad" => 50.0,
            "a third" | "one third" | "un tercio" => 33.3,
            "two thirds" => 66.7,
            "a quarter" | "one quarter" => 25.0,
            _ => 75.0,
        };
        // "More than half (62 percent)", "nearly half (46 percent)": a tenth of all is as far
        // as it stretches without a word, and with one it may be anything beyond.
        let before = passage.text[..whole.start()].to_lowercase();
        let stretched = [
            "more than",
            "over",
            "nearly",
            "almost",
            "about",
            "less than",
            "under",
            "fewer than",
            "más de",
            "menos de",
            "casi",
        ];
        let stretched = stretched.iter().any(|word| before.trim_end().ends_with(word));
        let share: f64 = share.as_str().parse().unwrap_or(about);
        let limit = if stretched { 16.0 } else { 5.0 };
        if (share - about).abs() > limit {
            sink.add(
                Code::Figures,
                passage.origin(whole.range()),
                format!("`{}` says two shares", whole.as_str()),
                "correct the words or the number",
            );
        }
    }
}

/// "from June 12 to June 3", "increased from 14 to 12 percent".
fn ranges(passage: &Passage, sink: &mut Sink<'_>) {
    static DAYS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\b(January|February|March|April|May|June|July|August|September|October|November|December) (\d{1,2})(?: to | through | until |–| – )(January|February|March|April|May|June|July|August|September|October|November|December)? ?(\d{1,2})\b").ok()
    });
    static GROWTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(increased?|rose|rises?|grew|grown|risen|climbed|jumped|up|fell|falls?|fallen|dropped|declined|decreased?|shrank|down) from \$?([\d,]+(?:\.\d+)?)(?: ?%| percent)? to \$?([\d,]+(?:\.\d+)?)( million| billion)?").ok()
    });
    let number = |text: &str| text.replace(',', "").parse::<f64>().ok();
    for found in DAYS.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let text = |at: usize| found.get(at).map_or("", |group| group.as_str());
        let same = text(3).is_empty() || text(1) == text(3);
        let (from, to) = (number(text(2)), number(text(4)));
        if same && from > to {
            backwards(passage, found.get(0).map_or(0..0, |whole| whole.range()), sink);
        }
    }
    for found in GROWTH.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let text = |at: usize| found.get(at).map_or("", |group| group.as_str());
        let (Some(from), Some(to)) = (number(text(2)), number(text(3))) else {
            continue;
        };
        let falls = ["fell", "fall", "drop", "declin", "decreas", "shrank", "down"];
        let verb = text(1).to_lowercase();
        let falls = falls.iter().any(|fall| verb.starts_with(fall));
        // "from $900 to $1 million".
        let same_unit = text(4).is_empty();
        if same_unit && (falls && from < to || !falls && from > to) {
            backwards(passage, found.get(0).map_or(0..0, |whole| whole.range()), sink);
        }
    }
}

fn backwards(passage: &Passage, range: std::ops::Range<usize>, sink: &mut Sink<'_>) {
    sink.add(
        Code::Figures,
        passage.origin(range.clone()),
        format!("`{}` runs backwards", &passage.text[range]),
        "correct the numbers or the words",
    );
}

/// One amount in millions and in billions: "$4.6 million", "$4.6 billion".
fn amounts(case: &Case<'_>, sink: &mut Sink<'_>) {
    static AMOUNT: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\$(\d+(?:\.\d+)?) (million|billion|trillion)\b").ok());
    let mut seen: Vec<(String, String)> = Vec::new();
    for passage in &case.prose.passages {
        for found in AMOUNT.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
            let (Some(whole), Some(number), Some(unit)) = (found.get(0), found.get(1), found.get(2)) else {
                continue;
            };
            let (number, unit) = (number.as_str().to_owned(), unit.as_str().to_owned());
            // Round numbers are in both by chance.
            let telling = number.contains('.') || number.len() > 2;
            let other = seen
                .iter()
                .find(|(other, other_unit)| *other == number && *other_unit != unit);
            if let Some((_, other)) = other.filter(|_| telling) {
                sink.add(
                    Code::Figures,
                    passage.origin(whole.range()),
                    format!("`{}` is `${number} {other}` elsewhere in the text", whole.as_str()),
                    "look up which is right",
                );
            }
            seen.push((number, unit));
        }
    }
}

fn tables(blocks: &[Block], case: &Case<'_>, sink: &mut Sink<'_>) {
    for block in blocks {
        match block {
            Block::Table(table) => sums(table, case, sink),
            Block::Box { content, .. } | Block::Quote(content) | Block::Passage { blocks: content, .. } => {
                tables(content, case, sink);
            }
            _ => {}
        }
    }
}

/// A plain number of a cell, and whether it is a share.
fn cell_number(cell: &Line) -> Option<(f64, bool)> {
    let text = plain(cell);
    let text = text.trim().trim_start_matches('$');
    let share = text.ends_with('%');
    let number = text.trim_end_matches('%').trim().replace(',', "");
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_number.then(|| number.parse().ok().map(|number| (number, share)))?
}

fn sums(table: &Table, case: &Case<'_>, sink: &mut Sink<'_>) {
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let totals = ["total", "sum", "all", "suma", "overall total", "grand total"];
    let last = table.rows.last();
    let has_total = last
        .and_then(|row| row.first())
        .is_some_and(|cell| totals.contains(&plain(cell).trim().to_lowercase().as_str()));
    for column in 1..width {
        let cells: Option<Vec<(f64, bool)>> = table.rows.iter().map(|row| cell_number(row.get(column)?)).collect();
        let Some(cells) = cells.filter(|cells| cells.len() >= 3) else {
            continue;
        };
        let Some((&(total, share), parts)) = cells.split_last() else {
            continue;
        };
        let sum: f64 = parts.iter().map(|(number, _)| number).sum();
        let place = last
            .and_then(|row| row.get(column))
            .and_then(place_of)
            .unwrap_or(case.head());
        if has_total && !share && (sum - total).abs() > 0.51 {
            sink.add(
                Code::Figures,
                place,
                format!("the total is {total}, and the rows above add up to {sum}"),
                "add up the column again",
            );
        }
        // Shares of one whole, rounded.
        let all: f64 = cells.iter().map(|(number, _)| number).sum();
        let shares = cells.iter().all(|(_, share)| *share);
        if shares && !has_total && all > 102.0 && all < 150.0 {
            sink.add(
                Code::Figures,
                place,
                format!("the shares in this column add up to {all} percent"),
                "correct the shares, or say that several answers were possible",
            );
        }
    }
}

/// Where the text of a cell stands.
fn place_of(cell: &Line) -> Option<Origin> {
    cell.iter().find_map(|inline| match inline {
        crate::model::text::Inline::Text(text) => text.runs().find_map(|(_, origin, _)| origin),
        _ => None,
    })
}
