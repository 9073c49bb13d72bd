//! The roll as it is printed: repeats, order, sections.
//!
//! In: the document's roll, and who signed. Out: names printed twice, a listed order
//! that is alphabetical but for a few, signatories without a place in the division.
//! Absent: whether two names are one (that is `resolve`'s, told by the stages).

use super::{Case, Check, Finding, Run, Sink};
use crate::compose::document::{Part, Roll};
use crate::diag::{Code, Severity};
use crate::model::letter::{RollOrder, RollSections};
use crate::resolve::Signatory;
use crate::source::Origin;
use std::collections::BTreeMap;

pub(super) const CHECK: Check = Check {
    name: "roll",
    description: "The roll prints each signatory once, in order, and in the correct section.",
    findings: &[
        Finding {
            code: Code::HeldRows,
            severity: Severity::Error,
            why: "A row that nobody decided about is missing from the roll, or does not belong on it.",
        },
        Finding {
            code: Code::ListedTwice,
            severity: Severity::Error,
            why: "A name that appears twice casts doubt on the other names and the count.",
        },
        Finding {
            code: Code::OutOfOrder,
            severity: Severity::Warning,
            why: "Readers notice a late signature at the end, and a misplaced one at the front.",
        },
        Finding {
            code: Code::NoSection,
            severity: Severity::Warning,
            why: "A signatory without a heading, or under the wrong one, will complain.",
        },
    ],
    run: Run::Letter(run),
};

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    for part in &case.subject.document.parts {
        if let Part::Roll(roll) = part {
            repeats(case, roll, sink);
            order(case, roll, sink);
        }
    }
    sections(case, sink);
    held(case, sink);
}

/// Rows that a person must answer about before the roll is true.
fn held(case: &Case<'_>, sink: &mut Sink<'_>) {
    for held in &case.subject.resolution.held {
        let record = &case.subject.records[held.row];
        let question = held.hold.question(&record.name);
        let list = case.subject.sources.name(record.origin.file());
        sink.add(
            Code::HeldRows,
            record.origin,
            format!("the row is held, and not printed: {question}"),
            format!("answer with `undersigned review {list}`"),
        );
    }
}

/// Where a signatory's last row stands: a repeat is the later one.
fn place(case: &Case<'_>, signatory: &Signatory) -> Option<Origin> {
    let row = signatory.rows.last()?;
    case.subject.records.get(*row).map(|record| record.origin)
}

fn repeats(case: &Case<'_>, roll: &Roll, sink: &mut Sink<'_>) {
    let mut printed: BTreeMap<(String, String), usize> = BTreeMap::new();
    for entry in roll.sections.iter().flat_map(|section| &section.entries) {
        let key = (
            folded(&entry.name),
            entry.detail.as_deref().map(folded).unwrap_or_default(),
        );
        *printed.entry(key).or_default() += 1;
    }
    for ((name, _), times) in printed.into_iter().filter(|(_, times)| *times > 1) {
        let rows: Vec<&Signatory> = case
            .subject
            .resolution
            .signatories
            .iter()
            .filter(|signatory| folded(&signatory.name) == name)
            .collect();
        let Some((last, origin)) = rows.last().and_then(|last| Some((last, place(case, last)?))) else {
            continue;
        };
        sink.add(
            Code::ListedTwice,
            origin,
            format!("`{}` is printed {times} times", last.name),
            "if they are one, say so with `undersigned review`; if two, print what tells them apart",
        );
    }
}

/// A name as readers compare it: case, accents and punctuation aside.
fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.trim_end().to_owned()
}

/// Fewest names in which an order can be seen.
const SEEN: usize = 6;

fn order(case: &Case<'_>, roll: &Roll, sink: &mut Sink<'_>) {
    if case.subject.letter.roll.order != RollOrder::Listed {
        return;
    }
    for section in &roll.sections {
        let keys: Vec<String> = section
            .entries
            .iter()
            .map(|entry| {
                let name = folded(&entry.name);
                name.strip_prefix("the ").map(str::to_owned).unwrap_or(name)
            })
            .collect();
        if keys.len() < SEEN {
            continue;
        }
        let strays = strays(&keys);
        // One in eight out of place is a slip; more is an order of its own.
        if strays.is_empty() || strays.len() * 8 > keys.len().max(8) {
            continue;
        }
        let name = &section.entries[strays[0]].name;
        let signatory = case
            .subject
            .resolution
            .signatories
            .iter()
            .find(|signatory| signatory.name == *name);
        let Some(origin) = signatory.and_then(|signatory| place(case, signatory)) else {
            continue;
        };
        sink.add(
            Code::OutOfOrder,
            origin,
            format!("the list is alphabetical but for `{name}`"),
            "move the row, or write order = \"alphabetical\"",
        );
    }
}

/// The places of what is not in the longest ascending run.
fn strays(keys: &[String]) -> Vec<usize> {
    // Patience sorting: the last place of the best run of each length.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; keys.len()];
    for at in 0..keys.len() {
        let length = tails.partition_point(|&tail| keys[tail] <= keys[at]);
        before[at] = length.checked_sub(1).map(|length| tails[length]);
        if length == tails.len() {
            tails.push(at);
        } else {
            tails[length] = at;
        }
    }
    let mut kept = vec![false; keys.len()];
    let mut at = tails.last().copied();
    while let Some(place) = at {
        kept[place] = true;
        at = before[place];
    }
    (0..keys.len()).filter(|&at| !kept[at]).collect()
}

fn sections(case: &Case<'_>, sink: &mut Sink<'_>) {
    let lacks: fn(&Signatory) -> bool = match case.subject.letter.roll.sections {
        RollSections::Level => |signatory| signatory.level.is_none(),
        RollSections::State => |signatory| signatory.state.is_none(),
        RollSections::Section => |signatory| signatory.section.is_none(),
        _ => return,
    };
    let all = &case.subject.resolution.signatories;
    let without: Vec<&Signatory> = all.iter().filter(|signatory| lacks(signatory)).collect();
    let Some((first, origin)) = without.first().and_then(|first| Some((first, place(case, first)?))) else {
        return;
    };
    let what = match case.subject.letter.roll.sections {
        RollSections::Level => "level",
        RollSections::State => "state",
        _ => "section",
    };
    let more = match without.len() {
        1 => String::new(),
        count => format!(" (and {} more)", count - 1),
    };
    sink.add(
        Code::NoSection,
        origin,
        format!("`{}` has no {what}, and the roll is divided by it{more}", first.name),
        format!("fill in the column `{what}`"),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strays_are_few() {
        let check = |names: &[&str], expected: &[usize]| {
            let keys: Vec<String> = names.iter().map(ToString::to_string).collect();
            assert_eq!(strays(&keys), expected);
        };
        check(&["a", "b", "c"], &[]);
        check(&["a", "z", "b", "c"], &[1]);
        check(&["b", "c", "d", "a"], &[3]);
        check(&[], &[]);
    }
}
