//! The roll as it is printed: repeats, order, sections.
//!
//! In: the document's roll, and who signed. Out: names printed twice, a listed order
//! that is alphabetical but for a few, signatories without a place in the division.
//! Absent: whether two names are one (that is `resolve`'s, told by the stages).

use super::{Case, Check, CheckRun, Finding, Sink};
use crate::compose::document::{Part, Roll};
use crate::diag::{Code, Severity};
use crate::model::known::Answer;
use crate::model::letter::{FromYourState, RollOrder, RollSections, RollSetting, ShownColumn};
use crate::model::signatory::{Kind, Level};
use crate::resolve::districts::{self, DistrictCell};
use crate::resolve::states::{self, StateCell};
use crate::resolve::{Signatory, answer_name};
use crate::source::Origin;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

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
    run: CheckRun::Letter(run),
};

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    for part in &case.subject.document.parts {
        if let Part::Roll(roll) = part {
            repeats(case, roll, sink);
            order(case, roll, sink);
        }
    }
    sections(case, sink);
    no_districts(case, sink);
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
    let mut printed: FxHashMap<(String, [String; 2]), usize> = FxHashMap::default();
    for entry in roll.sections.iter().flat_map(|section| &section.entries) {
        let key = (
            folded(&entry.name),
            // Names with different places beside them are two for a reader.
            [&entry.detail, &entry.place].map(|beside| beside.as_deref().map(folded).unwrap_or_default()),
        );
        *printed.entry(key).or_default() += 1;
    }
    for ((name, _), times) in printed.into_iter().filter(|(_, times)| *times > 1) {
        let signatories = &case.subject.resolution.signatories;
        let rows: Vec<&Signatory> = case.roll.folded(&name).iter().map(|&at| &signatories[at]).collect();
        let Some((last, origin)) = rows.last().and_then(|last| Some((last, place(case, last)?))) else {
            continue;
        };
        if answered(case, &rows) {
            continue;
        }
        sink.add(
            Code::ListedTwice,
            origin,
            format!("`{}` is printed {times} times", last.name),
            match last.kind {
                Kind::Organization => {
                    "if they are one, answer with `undersigned review`; if not, fill in `city` or `state`, which is then \
                     printed beside the name"
                }
                Kind::Individual => {
                    "if they are one, answer with `undersigned review`; if not, fill in `title` or `affiliation`"
                }
            },
        );
    }
}

/// Returns whether somebody answered that signatories of one name are different.
fn answered(case: &Case<'_>, same: &[&Signatory]) -> bool {
    let rows = same.iter().flat_map(|signatory| &signatory.rows);
    let records = rows.filter_map(|&row| case.subject.records.get(row));
    let names: BTreeSet<String> = records
        .flat_map(|record| [folded(&record.name), folded(&answer_name(record))])
        .collect();
    let decisions = case.subject.known.decisions.iter();
    decisions
        .filter(|decision| decision.answer == Answer::Different)
        .any(|decision| decision.names.iter().all(|name| names.contains(&folded(name))))
}

/// A name as readers compare it: case, accents and punctuation aside.
pub(super) fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    if name.is_ascii() {
        for byte in name.bytes() {
            if byte.is_ascii_alphanumeric() {
                out.push(char::from(byte.to_ascii_lowercase()));
            } else if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
        out.truncate(out.trim_end().len());
        return out;
    }
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
        let first = case.roll.folded(&folded(name)).first();
        let signatory = first.and_then(|&at| case.subject.resolution.signatories.get(at));
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

/// Organizations without a heading, or with a cell that is none. People have a heading of
/// their own.
fn sections(case: &Case<'_>, sink: &mut Sink<'_>) {
    let all = &case.subject.resolution.signatories;
    let organizations = || all.iter().filter(|signatory| signatory.kind == Kind::Organization);
    let divided = case.subject.letter.roll.sections;
    let (what, without): (&str, Vec<&Signatory>) = match divided {
        RollSections::Level => ("level", organizations().filter(|one| one.level.is_none()).collect()),
        RollSections::State => {
            let led = |one: &&Signatory| one.level == Some(Level::Lead);
            let without = organizations().filter(|one| !led(one) && one.state.is_none());
            ("state", without.collect())
        }
        RollSections::District => {
            let led = |one: &&Signatory| one.level == Some(Level::Lead);
            let without = organizations().filter(|one| !led(one) && one.district.is_none());
            ("district", without.collect())
        }
        // A section may be of people.
        RollSections::Section => ("section", all.iter().filter(|one| one.section.is_none()).collect()),
        RollSections::None | RollSections::Kind => return,
    };
    if let Some((first, origin)) = without.first().and_then(|first| Some((first, place(case, first)?))) {
        sink.add(
            Code::NoSection,
            origin,
            format!(
                "`{}` has no {what}, and the roll is divided by it{}",
                first.name,
                more(without.len())
            ),
            format!("fill in the column `{what}`"),
        );
    }
    if divided == RollSections::State {
        no_states(case, &organizations().collect::<Vec<_>>(), sink);
    }
}

/// Cells of the column `district` that name none, where the letter prints or counts by district.
fn no_districts(case: &Case<'_>, sink: &mut Sink<'_>) {
    let setting = &case.subject.letter.roll;
    let all = setting.rolls.iter().map(|roll| &roll.setting).chain([setting]);
    let is_used = |setting: &RollSetting| {
        setting.sections == RollSections::District
            || setting.district_table
            || setting.from_your_district != FromYourState::Among
            || setting.shows(ShownColumn::District)
    };
    if !all.into_iter().any(is_used) {
        return;
    }
    let is_none = |one: &&Signatory| {
        let read = districts::read(one.district.as_deref().unwrap_or_default(), one.state.as_deref(), None);
        matches!(read, DistrictCell::Other(_))
    };
    let without: Vec<&Signatory> = case.subject.resolution.signatories.iter().filter(is_none).collect();
    let said = |first: &Signatory| {
        format!(
            "`{}` is not understood as a district; `{}` is counted in none",
            first.district.as_deref().unwrap_or_default().trim(),
            first.name
        )
    };
    let hint = "write the number, with one state in the column `state`, or both: CA-12, or AK-AL for at large";
    tell_of_first(case, &without, said, hint, sink);
}

/// Tells of the first of some signatories whose cell puts them in no section, and how many more
/// there are.
fn tell_of_first(
    case: &Case<'_>,
    without: &[&Signatory],
    said: impl Fn(&Signatory) -> String,
    hint: &str,
    sink: &mut Sink<'_>,
) {
    let first = without.first().and_then(|first| Some((first, place(case, first)?)));
    if let Some((first, origin)) = first {
        sink.add(Code::NoSection, origin, said(first) + &more(without.len()), hint);
    }
}

/// Cells of the column `state` that name none.
fn no_states(case: &Case<'_>, organizations: &[&Signatory], sink: &mut Sink<'_>) {
    let cells = organizations.iter().filter_map(|one| one.state.as_deref());
    if !states::are_known(cells) {
        return;
    }
    let is_none = |one: &&&Signatory| {
        let read = states::read(one.state.as_deref()?);
        matches!(read, StateCell::Other(_) | StateCell::Nowhere).then_some(())
    };
    let without = organizations.iter().filter(|one| is_none(one).is_some());
    let without: Vec<&Signatory> = without.copied().collect();
    let said = |first: &Signatory| {
        format!(
            "`{}` is not the name of a state; `{}` is printed with the other organizations",
            first.state.as_deref().unwrap_or_default().trim(),
            first.name
        )
    };
    let hint = "write a state, `National`, or several states with commas; or divide the roll by `section`";
    tell_of_first(case, &without, said, hint, sink);
}

/// The rest of a list of which the first is named.
fn more(count: usize) -> String {
    match count {
        0 | 1 => String::new(),
        count => format!(" (and {} more)", count - 1),
    }
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
