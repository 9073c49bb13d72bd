//! Rows that other rows speak for: those below a heading that says they have not signed, and those
//! below the first note under a table.
//!
//! In: the rows, and what was found of each by itself. Out: more questions. Guaranteed: what
//! was found of a row stays; a heading that somebody answered to be a signatory holds nothing.
//! Absent: finding headings and notes (that is `lines`').

use super::Finding;
use super::answers::Answers;
use super::lines;
use super::row::WholeList;
use super::text::Text;
use crate::model::held::{HeldReason, Hold, RowAnswer};
use crate::model::known::Known;
use crate::model::signatory::{Column, Record, Status};
use crate::source::FileId;
use rustc_hash::{FxHashMap, FxHashSet};

/// Most rows below a heading that it holds. A heading with more is none rather: a name that reads
/// like one would hold all the rest of a long list. By eye.
const BELOW: usize = 100;

/// Holds the rows below a heading, or in a section, that says that they have not signed: "Said
/// no", "Waiting to hear".
pub(super) fn hold_below_headings(records: &[Record], known: &Known, found: &mut Vec<(usize, Finding)>) {
    let mut headings: FxHashMap<FileId, Option<(String, Vec<usize>)>> = FxHashMap::default();
    let mut says_open: FxHashMap<String, bool> = FxHashMap::default();
    let answers = Answers::new(known);
    let by_status = files_by_status(records, found);
    let mut more: Vec<(usize, Hold)> = Vec::new();
    let mut at_found = found.iter().peekable();
    for (at, record) in records.iter().enumerate() {
        let finding = at_found.next_if(|(row, _)| *row == at).map(|(_, finding)| finding);
        let file = record.origin.file();
        if let Some(heading) = finding.and_then(heading) {
            let is_name = answers
                .find(&record.name, heading)
                .is_some_and(|decision| known.rows[decision].answer == RowAnswer::Signatory);
            let text = record.name.trim().trim_end_matches(':');
            let read = Text::new(text);
            let undecided = by_status.contains(&file) && !lines::says_signed(&read) && !lines::says_neutral(&read);
            let open = !is_name && (lines::says_open(&read) || lines::tells_of_open(&record.name, &read) || undecided);
            let before = headings.insert(file, open.then(|| (text.to_owned(), Vec::new())));
            more.extend(before.flatten().into_iter().flat_map(held_below));
            continue;
        }
        if record.status != Status::Confirmed || record.name.is_empty() {
            continue;
        }
        let section = record.get(Column::Section).filter(|section| {
            let known = says_open.get(*section).copied();
            known.unwrap_or_else(|| {
                let open = is_open_section(section);
                says_open.insert((*section).to_owned(), open);
                open
            })
        });
        if let Some(section) = section {
            more.push((at, below(section)));
        } else if !headings.is_empty()
            && let Some(Some((_, rows))) = headings.get_mut(&file)
        {
            rows.push(at);
        }
    }
    let last = headings.into_values().flatten();
    more.extend(last.flat_map(held_below));
    more.sort_by_key(|(at, _)| *at);
    add(more, found);
}

/// Returns the files whose headings speak of a status: two or more do, and one says that those
/// below it signed, or did not.
fn files_by_status(records: &[Record], found: &[(usize, Finding)]) -> FxHashSet<FileId> {
    let mut headings: FxHashMap<FileId, (usize, usize)> = FxHashMap::default();
    for (at, finding) in found {
        if heading(finding).is_some() {
            let record = &records[*at];
            let text = Text::new(record.name.trim().trim_end_matches(':'));
            let counts = headings.entry(record.origin.file()).or_default();
            counts.0 += 1;
            counts.1 += usize::from(lines::says_open(&text) || lines::says_signed(&text));
        }
    }
    let by_status = headings.into_iter().filter(|(_, (all, told))| *all > 1 && *told > 0);
    by_status.map(|(file, _)| file).collect()
}

/// Returns the question of a row below a heading.
fn below(heading: &str) -> Hold {
    Hold::about(HeldReason::StatusUnclear, &format!("heading: {heading}"))
}

/// Returns the questions of the rows below a heading, unless they are too many for one.
fn held_below((heading, rows): (String, Vec<usize>)) -> Vec<(usize, Hold)> {
    if rows.len() > BELOW {
        return Vec::new();
    }
    rows.into_iter().map(|at| (at, below(&heading))).collect()
}

/// Returns the question of a row that is a heading.
fn heading(finding: &Finding) -> Option<&Hold> {
    match finding {
        Finding::Asked(holds) => holds.iter().find(|hold| hold.reason == HeldReason::SectionHeading),
        Finding::Header => None,
    }
}

/// Returns whether a section's name is one of those that have not signed; its own words alone, as
/// "Organizations that did not sign", and no more than a few.
fn is_open_section(section: &str) -> bool {
    section.split(' ').count() <= 6 && lines::says_open(&Text::new(section))
}

/// Holds the rows without more than a name that stand below the first note under a table.
pub(super) fn hold_below_notes(records: &[Record], list: &WholeList, found: &mut Vec<(usize, Finding)>) {
    let is_line = |finding: &Finding| match finding {
        Finding::Asked(holds) => holds.iter().any(|hold| {
            use HeldReason as Why;
            matches!(
                hold.reason,
                Why::Total | Why::Greeting | Why::NoName | Why::SectionHeading
            )
        }),
        Finding::Header => false,
    };
    let mut noted: FxHashMap<FileId, usize> = FxHashMap::default();
    for (at, finding) in found.iter() {
        let record = &records[*at];
        if is_line(finding) && list.is_below_table(record) {
            noted.entry(record.origin.file()).or_insert(*at);
        }
    }
    if noted.is_empty() {
        return;
    }
    let first = noted.values().copied().min().unwrap_or_default();
    let below = records.iter().enumerate().skip(first).filter(|(at, record)| {
        let note = noted.get(&record.origin.file());
        note.is_some_and(|note| at > note) && record.status == Status::Confirmed && !record.name.is_empty()
    });
    let has = |at: usize| found.binary_search_by_key(&at, |(found, _)| *found).is_ok();
    let more = below
        .filter(|(at, _)| !has(*at))
        .map(|(at, _)| (at, Hold::new(HeldReason::Total)));
    let more: Vec<(usize, Hold)> = more.collect();
    add(more, found);
}

/// Adds questions to what was found, in the order of the rows.
fn add(more: Vec<(usize, Hold)>, found: &mut Vec<(usize, Finding)>) {
    if more.is_empty() {
        return;
    }
    let known = found.len();
    for (at, hold) in more {
        match found[..known].binary_search_by_key(&at, |(found, _)| *found) {
            Ok(place) => {
                if let Finding::Asked(holds) = &mut found[place].1 {
                    holds.push(hold);
                }
            }
            Err(_) => found.push((at, Finding::Asked(vec![hold]))),
        }
    }
    found.sort_by_key(|(at, _)| *at);
}
