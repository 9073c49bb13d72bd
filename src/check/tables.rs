//! Tables read as what they say: sums by column and by row, and rows as claims.
//!
//! In: the letter's tables and key figures. Out: totals that are not the sum, for `figures`,
//! and each row as a sentence, for `counts`: "52 organizations that signed this letter".
//! Guaranteed: a column is added up only if all of its cells are numbers of one unit.
//! Absent: whether a number is true.

use super::expression::Regex;
use super::pattern::{Pattern, has_any_case, has_figure};
use super::prose::{Passage, PassageRole};
use super::{Case, Sink};
use crate::diag::Code;
use crate::model::text::{Block, Line, Table, plain};
use crate::model::visit::LetterPart;
use crate::source::Origin;
use std::sync::LazyLock;

/// Calls a function with each block of the letter's text that is a table or a key figure.
fn visit<'a>(case: &'a Case<'_>, see: &mut impl FnMut(&'a Block)) {
    fn within<'a>(blocks: &'a [Block], see: &mut impl FnMut(&'a Block)) {
        for block in blocks {
            match block {
                Block::Table(_) | Block::KeyFigure { .. } => see(block),
                Block::Box { content, .. }
                | Block::Quote(content)
                | Block::Captioned { content, .. }
                | Block::Passage { blocks: content, .. } => {
                    within(content, see);
                }
                _ => {}
            }
        }
    }
    for part in case.subject.letter.parts() {
        if let LetterPart::Body(blocks) | LetterPart::Appendix(blocks) = part {
            within(blocks, see);
        }
    }
}

/// Reports totals that are not the sum of their column or row.
pub(super) fn sums(case: &Case<'_>, sink: &mut Sink<'_>) {
    visit(case, &mut |block| {
        if let Block::Table(table) = block {
            columns(table, case, sink);
            rows(table, case, sink);
        }
    });
}

/// Returns each row that has one number as a sentence: the number, then its label. Where a
/// table's head speaks of those who sign, so do its rows.
pub(super) fn sentences(case: &Case<'_>) -> Vec<Passage> {
    let file = case.subject.letter.file;
    let mut found = Vec::new();
    visit(case, &mut |block| match block {
        Block::KeyFigure { figure, caption } => {
            found.push(Passage::joined(PassageRole::Caption, file, &[figure, caption]));
        }
        Block::Table(table) => {
            let head = table.head.iter().find(|cell| names_signatories(&plain(cell)));
            for row in &table.rows {
                let numbers: Vec<&Line> = row.iter().filter(|cell| is_count(&plain(cell))).collect();
                let label = row.iter().find(|cell| !plain(cell).trim().is_empty());
                match (numbers.as_slice(), label) {
                    ([number], Some(label)) if !std::ptr::eq(*number, label) => {
                        let kind = head.and_then(|_| kind_of(&plain(label)));
                        let mut sentence = Passage::joined(PassageRole::Caption, file, &[number, label]);
                        if let Some(kind) = kind {
                            sentence = Passage::joined(PassageRole::Caption, file, &[number]);
                            sentence.text += kind;
                        }
                        found.push(sentence);
                    }
                    // "52 organizations | signed this letter".
                    ([], _) if row.len() > 1 => {
                        let cells: Vec<&Line> = row.iter().collect();
                        found.push(Passage::joined(PassageRole::Caption, file, &cells));
                    }
                    _ => {}
                }
            }
            // A row of numbers below a head: "Groups that signed".
            if let [row] = table.rows.as_slice() {
                for (head, cell) in table.head.iter().zip(row).filter(|(_, cell)| is_count(&plain(cell))) {
                    found.push(Passage::joined(PassageRole::Caption, file, &[cell, head]));
                }
            }
        }
        _ => {}
    });
    found
}

/// Returns whether a cell is a whole number of at least two digits or in words, perhaps with
/// "more than".
fn is_count(cell: &str) -> bool {
    static COUNT: Pattern = Pattern::new(
        r"(?i)^(?:more than|over|at least|nearly|almost|about|más de|casi|unas|unos) (?:\d{1,3}(?:,\d{3})*|\d+|\p{L}+)$|^(?:\d{1,3}(?:,\d{3})+|\d{2,})\+?$|^(?:\p{L}+-)?(?:ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)(?:-\p{L}+)?$",
        |cell| {
            const WORDS: &[&str] = &[
                "more than",
                "over ",
                "at least",
                "nearly ",
                "almost ",
                "about ",
                "más de",
                "mÁs de",
                "casi ",
                "unas ",
                "unos ",
                "ten",
                "twenty",
                "thirty",
                "forty",
                "fifty",
                "sixty",
                "seventy",
                "eighty",
                "ninety",
                "hundred",
            ];
            has_figure(cell) || has_any_case(cell, WORDS)
        },
    );
    let cell = cell.trim();
    COUNT.for_text(cell).is_some_and(|pattern| pattern.is_match(cell))
}

/// Returns whether a head speaks of those who sign.
fn names_signatories(head: &str) -> bool {
    let lower = head.to_lowercase();
    ["signator", "signers", "signed", "endorsers", "firmantes"]
        .iter()
        .any(|word| lower.contains(word))
}

/// What a row counts in a table of signatories: all of them, or one kind.
fn kind_of(label: &str) -> Option<&'static str> {
    match label.trim().trim_end_matches(':').to_lowercase().as_str() {
        "total" | "all" | "in all" | "signatories" | "signers" | "firmantes" => Some(" undersigned"),
        "organizations" | "groups" | "organizaciones" | "grupos" => Some(" undersigned organizations"),
        "individuals" | "people" | "particulares" => Some(" undersigned individuals"),
        _ => None,
    }
}

/// A number of a cell.
#[derive(Clone, Debug, PartialEq)]
struct CellNumber {
    value: f64,
    /// The unit of its last digit: 100,000 for "4.5 million".
    step: f64,
    /// What is counted, in lower case: "%", "$", "families".
    unit: String,
}

/// Returns the number that a cell is, if it is one; nothing and a dash are zero.
fn cell_number(cell: &Line) -> Option<CellNumber> {
    static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^(\$?) ?(\d[\d,]*(?:\.\d+)?) ?(%|percent|thousand|million|billion|millones|mil)? ?(\p{L}*)$")
            .ok()
    });
    let text = plain(cell);
    let text = text.trim();
    if matches!(text, "" | "-" | "–" | "—") {
        return Some(CellNumber {
            value: 0.0,
            step: 0.0,
            unit: String::new(),
        });
    }
    let found = NUMBER.as_ref()?.captures(text)?;
    let part = |at: usize| found.get(at).map_or("", |part| part.as_str());
    let digits = part(2).replace(',', "");
    let scale = match part(3).to_lowercase().as_str() {
        "thousand" | "mil" => 1e3,
        "million" | "millones" => 1e6,
        "billion" => 1e9,
        _ => 1.0,
    };
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let share = matches!(part(3), "%" | "percent");
    Some(CellNumber {
        value: digits.parse::<f64>().ok()? * scale,
        step: scale / 10_f64.powi(i32::try_from(decimals).ok()?),
        unit: match (share, part(1)) {
            (true, _) => "%".to_owned(),
            (false, "$") => "$".to_owned(),
            (false, _) => part(4).to_lowercase(),
        },
    })
}

/// Whether a row or a column is a total, and of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Part,
    Subtotal,
    Total,
}

fn label(text: &str) -> Label {
    let text = text.trim().trim_end_matches(':').to_lowercase();
    let first = text.split_whitespace().next().unwrap_or_default();
    match first.trim_end_matches([',', ':', ';']) {
        "subtotal" | "sub-total" => Label::Subtotal,
        "total" | "totals" | "sum" | "suma" | "overall" | "grand" | "all" | "todos" | "todas" => Label::Total,
        _ if text == "in all" || text.ends_with(" total") || text == "en total" => Label::Total,
        _ => Label::Part,
    }
}

/// The label of a row: that of its first cell that says something.
fn row_label(row: &[Line]) -> Label {
    let first = row.iter().map(|cell| plain(cell)).find(|text| !text.trim().is_empty());
    first.map_or(Label::Part, |text| label(&text))
}

/// Returns whether a sum is a total, as far as rounding allows.
fn adds_up(parts: &[&CellNumber], total: &CellNumber) -> bool {
    let sum: f64 = parts.iter().map(|part| part.value).sum();
    // Whole numbers are exact; a rounded one may be off by half of its last digit.
    let slack = |number: &CellNumber| {
        if (number.step - 1.0).abs() < 0.001 {
            0.0
        } else {
            number.step * 0.51
        }
    };
    let slack: f64 = parts.iter().map(|part| slack(part)).sum::<f64>() + slack(total);
    (sum - total.value).abs() <= slack.max(0.51)
}

fn columns(table: &Table, case: &Case<'_>, sink: &mut Sink<'_>) {
    let labels: Vec<Label> = table.rows.iter().map(|row| row_label(row)).collect();
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    for column in 1..width {
        let cells: Option<Vec<CellNumber>> = table.rows.iter().map(|row| cell_number(row.get(column)?)).collect();
        let Some(cells) = cells.filter(|cells| cells.len() >= 3) else {
            continue;
        };
        let mut units = cells.iter().filter(|cell| cell.step > 0.0).map(|cell| &cell.unit);
        let unit = units.next().cloned().unwrap_or_default();
        if units.any(|other| *other != unit) {
            continue;
        }
        let parts = |keep: &dyn Fn(usize) -> bool| -> Vec<&CellNumber> {
            let kept = cells.iter().enumerate().filter(|(at, _)| keep(*at));
            kept.map(|(_, cell)| cell).collect()
        };
        let place = |row: usize| table.rows[row].get(column).and_then(place_of).unwrap_or(case.head());
        if unit == "%" {
            shares(&cells, &labels, &place, sink);
            continue;
        }
        for (at, kind) in labels.iter().enumerate().filter(|(_, kind)| **kind != Label::Part) {
            let after = at == 0;
            let since = labels[..at]
                .iter()
                .rposition(|kind| *kind != Label::Part)
                .map_or(0, |at| at + 1);
            let near =
                parts(&|row| labels[row] == Label::Part && if after { row > 0 } else { (since..at).contains(&row) });
            let all = parts(&|row| labels[row] == Label::Part && if after { row > 0 } else { row < at });
            let subtotals = parts(&|row| labels[row] == Label::Subtotal && row < at);
            let last = *kind == Label::Total && (at + 1 == labels.len() || after);
            let ways = [near.as_slice(), all.as_slice(), subtotals.as_slice()];
            let enough = ways.iter().any(|parts| parts.len() >= 2);
            if (last || *kind == Label::Subtotal) && enough && !ways.iter().any(|parts| adds_up(parts, &cells[at])) {
                let shown = if *kind == Label::Subtotal { &near } else { &all };
                let sum: f64 = shown.iter().map(|part| part.value).sum();
                tell(
                    place(at),
                    &format!("the total is {}, and its column adds up to {sum}", cells[at].value),
                    sink,
                );
            }
        }
    }
}

/// Shares of one whole that add up to another.
fn shares(cells: &[CellNumber], labels: &[Label], place: &dyn Fn(usize) -> Origin, sink: &mut Sink<'_>) {
    let sum_of = |keep: &dyn Fn(Label) -> bool| -> f64 {
        let kept = cells.iter().zip(labels).filter(|(_, kind)| keep(**kind));
        kept.map(|(cell, _)| cell.value).sum()
    };
    let sum = sum_of(&|kind| kind == Label::Part);
    let total = labels.iter().position(|kind| *kind == Label::Total);
    let whole = total.is_some_and(|at| (cells[at].value - 100.0).abs() < 0.01);
    // Groups that are each a whole add up to 200 or 300.
    let wrong = match total {
        Some(_) => whole && ((102.0..150.0).contains(&sum) && sum > 102.0 || sum > 50.0 && sum < 98.0),
        None => sum > 102.0 && sum < 150.0,
    };
    if wrong {
        let at = total.unwrap_or(cells.len() - 1);
        tell(
            place(at),
            &format!("the shares in this column add up to {sum} percent"),
            sink,
        );
    }
}

/// A last column that is the total of each row.
fn rows(table: &Table, case: &Case<'_>, sink: &mut Sink<'_>) {
    let Some((last, _)) = table
        .head
        .split_last()
        .filter(|(last, _)| label(&plain(last)) == Label::Total)
    else {
        return;
    };
    let _ = last;
    for row in table.rows.iter().filter(|row| row.len() == table.head.len()) {
        let numbers: Option<Vec<CellNumber>> = row[1..].iter().map(cell_number).collect();
        let Some(numbers) = numbers else { continue };
        let Some((total, parts)) = numbers.split_last().filter(|(_, parts)| parts.len() >= 2) else {
            continue;
        };
        let one_unit = parts.iter().all(|part| part.unit == total.unit || part.step == 0.0);
        let parts: Vec<&CellNumber> = parts.iter().collect();
        if one_unit && total.unit != "%" && !adds_up(&parts, total) {
            let sum: f64 = parts.iter().map(|part| part.value).sum();
            let place = row.last().and_then(place_of).unwrap_or(case.head());
            tell(
                place,
                &format!("the total is {}, and its row adds up to {sum}", total.value),
                sink,
            );
        }
    }
}

fn tell(place: Origin, message: &str, sink: &mut Sink<'_>) {
    sink.add(Code::Figures, place, message, "add up the numbers again");
}

/// Where the text of a cell stands.
fn place_of(cell: &Line) -> Option<Origin> {
    use crate::model::text::Inline;
    cell.iter().find_map(|inline| match inline {
        Inline::Text(text) => text.runs().find_map(|(_, origin, _)| origin),
        Inline::Strong(inner) | Inline::Emphasis(inner) => place_of(inner),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_name_totals() {
        let check = |text: &str, expected: Label| assert_eq!(label(text), expected, "{text}");
        check("Total", Label::Total);
        check("Grand total:", Label::Total);
        check("Subtotal, east", Label::Subtotal);
        check("Adams", Label::Part);
        check("All counties", Label::Total);
    }

    #[test]
    fn counts_are_whole_numbers() {
        assert!(is_count("52") && is_count("more than 50") && is_count("1,200+") && is_count("Forty-five"));
        assert!(!is_count("5") && !is_count("45 families") && !is_count("$50") && !is_count("50%"));
    }
}
