//! Asks about signatories of whom another row says that they declined, or have not decided.
//!
//! In: the groups of the rows that count, the rows that were left out as declined or pending,
//! and what people answered. Out: a resolution in which such signatories are held, or ruled out
//! by an answer. Guaranteed: a yes that is plainly later than the no stands without a question;
//! rows that are left out never join two signatories; no row is lost. Absent: withdrawals (those
//! are `withdrawals`').

use crate::diag::Diagnostic;
use crate::model::held::{HeldReason, Hold, RowAnswer};
use crate::model::known::Known;
use crate::model::signatory::{Column, Kind, Record, Status};
use crate::resolve::blocking::{self, WordCounts};
use crate::resolve::decisions::KnownLinks;
use crate::resolve::name_group::{NameGroup, are_elsewhere, name_groups};
use crate::resolve::resolution::{Exclusion, HeldRow, Reason, Resolution, Zone};
use crate::resolve::rows::{Answers, report_unused};
use crate::resolve::weigh;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Two rows of what is or may be one signatory, of which one confirms and the other does not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conflict {
    /// A row of the signatory.
    confirmed: usize,
    /// The row that was left out.
    other: usize,
}

/// Finds the groups of which a row that was left out says something else. A name that is only
/// near is one of those if its row declined.
pub(crate) fn conflicts(
    records: &[Record],
    groups: &[NameGroup],
    excluded: &[Exclusion],
    graph: &KnownLinks,
    counts: &WordCounts,
) -> Vec<Conflict> {
    let counts_against = |exclusion: &&Exclusion| {
        let is_other = matches!(exclusion.reason, Reason::Declined | Reason::Pending);
        // A row that somebody marked as a duplicate of another says nothing against that one.
        is_other && !records[exclusion.row].name.to_lowercase().contains("duplica")
    };
    let rows: Vec<usize> = excluded
        .iter()
        .filter(counts_against)
        .map(|exclusion| exclusion.row)
        .collect();
    if rows.is_empty() || groups.is_empty() {
        return Vec::new();
    }
    let others = name_groups(records, &rows, graph, None);
    let declined = |other: &NameGroup| other.rows.iter().any(|&row| records[row].status == Status::Declined);
    let pairs = blocking::pairs_with(groups, &others, counts)
        .into_par_iter()
        .filter(|&(a, b)| {
            let (group, other) = (&groups[a as usize], &others[b as usize]);
            if let (Some(a), Some(b)) = (group.known, other.known) {
                if graph.component(a) == graph.component(b) {
                    return true;
                }
                if graph.cannot_link(a, b).is_some() {
                    return false;
                }
            }
            if group.kind != other.kind
                || are_elsewhere(group, other)
                || graph.is_of_other_family(&group.name, &other.name)
            {
                return false;
            }
            if group.kind == Kind::Individual {
                return group.identifiers.agree(other.identifiers) != Some(false);
            }
            match weigh::weigh_groups(group, other, (records, counts)).zone {
                Zone::Merge => true,
                Zone::Review => declined(other),
                Zone::Apart => false,
            }
        });
    let pairs: Vec<(u32, u32)> = pairs.collect();
    let rows = pairs.into_iter().flat_map(|(a, b)| {
        let confirmed = groups[a as usize].rows[0];
        let others = others[b as usize].rows.iter();
        others.map(move |&other| Conflict { confirmed, other })
    });
    rows.collect()
}

/// Holds the signatories of which another row says something else, unless somebody answered, or
/// the dates do.
pub(crate) fn hold(
    records: &[Record],
    conflicts: &[Conflict],
    known: &Known,
    resolution: &mut Resolution,
    excluded: &mut Vec<Exclusion>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let is_ours = |reason: Option<HeldReason>| reason == Some(HeldReason::OtherAnswer);
    let mut used: Vec<bool> = known.rows.iter().map(|decision| !is_ours(decision.reason)).collect();
    if !conflicts.is_empty() {
        let mut by_row: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for conflict in conflicts {
            by_row.entry(conflict.confirmed).or_default().push(conflict.other);
        }
        let answers = Answers::new(known);
        let (mut held, mut gone) = (Vec::new(), FxHashSet::default());
        resolution.signatories.retain(|signatory| {
            let others = signatory
                .rows
                .iter()
                .filter_map(|row| by_row.get(row))
                .flatten()
                .copied();
            let standing = others.filter(|&other| !is_answered_later(records, &signatory.rows, other));
            let weight = |&other: &usize| (day(&records[other]), records[other].status, other);
            let Some(other) = standing.max_by_key(weight) else {
                return true;
            };
            let hold = Hold::about(HeldReason::OtherAnswer, &about(&records[other]));
            let names = signatory.rows.iter().map(|&row| &*records[row].name);
            let decision = names.filter_map(|name| answers.find(name, &hold)).max();
            let answer = decision.map(|at| {
                used[at] = true;
                known.rows[at].answer
            });
            let reason = match answer {
                Some(RowAnswer::Not) => Some(Reason::NotSignatory),
                Some(RowAnswer::Withdrawn) => Some(Reason::Withdrawn),
                Some(_) => return true,
                None => None,
            };
            for &row in &signatory.rows {
                gone.insert(row);
                match reason {
                    Some(reason) => excluded.push(Exclusion { row, reason }),
                    None => held.push(HeldRow {
                        row,
                        hold: hold.clone(),
                    }),
                }
            }
            false
        });
        resolution.held.extend(held);
        resolution.held.sort_unstable_by_key(|held| held.row);
        let stays = |row: usize| !gone.contains(&row);
        resolution.pairs.retain(|pair| stays(pair.a) && stays(pair.b));
        let stays = |family: &crate::resolve::resolution::Family| stays(family.pair.0) && stays(family.pair.1);
        resolution.families.retain(stays);
    }
    report_unused(known, &used, diagnostics);
}

/// Returns what the question shows of a row that says something else; the same for the same
/// answer of the same day.
fn about(record: &Record) -> String {
    let said = format!("{}: {}", record.status.as_str(), record.name);
    match record.get(Column::SignedAt) {
        Some(when) => format!("{said}, {}", when.chars().take(10).collect::<String>().trim()),
        None => said,
    }
}

/// Returns whether a row that confirms was plainly written after one that does not.
fn is_answered_later(records: &[Record], rows: &[usize], other: usize) -> bool {
    let no = readings(&records[other]);
    rows.iter().any(|&row| {
        let yes = readings(&records[row]);
        !no.is_empty() && yes.len() == no.len() && yes.iter().zip(&no).all(|(yes, no)| yes > no)
    })
}

/// Returns the day of a row for sorting, or nothing.
fn day(record: &Record) -> Option<(u16, u16, u16)> {
    readings(record).first().copied()
}

/// Returns the days that a row's date may be, as year, month, and day: one if the year comes
/// first, two if it may be either the month or the day.
fn readings(record: &Record) -> Vec<(u16, u16, u16)> {
    let when = record.get(Column::SignedAt).unwrap_or_default();
    let date = when.split([' ', 'T']).next().unwrap_or_default();
    let numbers: Vec<u16> = date
        .split(['-', '/', '.'])
        .map_while(|part| part.parse().ok())
        .collect();
    match numbers[..] {
        [year, month, day] if year > 1900 => vec![(year, month, day)],
        [a, b, year] if year > 1900 => vec![(year, a, b), (year, b, a)],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::known::RowDecision;
    use crate::resolve::{ResolveOptions, resolve};
    use crate::source::{Origin, SourceMap};

    fn origin() -> Origin {
        Origin::File(SourceMap::default().add("", ""))
    }

    fn record(name: &str, status: Status, when: &str) -> Record {
        let mut record = Record::new(name, origin());
        record.status = status;
        record.set(Column::SignedAt, when);
        record
    }

    /// Returns the names that are printed, and what is asked, of rows of a name, a status, and a
    /// date.
    fn outcome(rows: &[(&str, Status, &str)], known: &Known) -> (Vec<String>, Vec<String>) {
        let records: Vec<Record> = rows
            .iter()
            .map(|&(name, status, when)| record(name, status, when))
            .collect();
        let (resolution, _) = resolve(&records, known, &ResolveOptions::default());
        let rows: usize = resolution
            .signatories
            .iter()
            .map(|signatory| signatory.rows.len())
            .sum();
        assert_eq!(rows + resolution.held.len() + resolution.excluded.len(), records.len());
        let printed = resolution.signatories.into_iter().map(|signatory| signatory.name);
        let held = resolution.held.into_iter().map(|held| held.hold.about.to_string());
        (printed.collect(), held.collect())
    }

    #[test]
    fn a_yes_beside_a_no_is_asked_about() {
        use Status::{Confirmed, Declined, Pending};
        let check = |rows: &[(&str, Status, &str)], printed: usize, held: usize| {
            let (names, asked) = outcome(rows, &Known::default());
            assert_eq!(
                (names.len(), asked.len()),
                (printed, held),
                "{rows:?}: {names:?} {asked:?}"
            );
        };
        check(&[("Oak Guild", Confirmed, ""), ("OAK GUILD", Declined, "")], 0, 1);
        check(&[("Oak Guild", Confirmed, ""), ("Oak Guild", Pending, "")], 0, 1);
        check(&[("Oak Guild", Confirmed, ""), ("Oak Guild Inc.", Declined, "")], 0, 1);
        check(
            &[
                ("Pinwheel Daycare Inc.", Confirmed, ""),
                ("Pinwheel Day Care", Declined, ""),
            ],
            0,
            1,
        );
        check(
            &[
                ("Ragweed Theatre", Declined, ""),
                ("The Ragweed Theater", Confirmed, ""),
            ],
            0,
            1,
        );
        // Two rows of one signatory, and one that says no.
        check(
            &[
                ("Oak Guild", Confirmed, ""),
                ("Oak Guild", Confirmed, ""),
                ("Oak Guild", Declined, ""),
            ],
            0,
            2,
        );
        // The dates say which holds.
        let (early, late) = ("2025-03-01", "2025-03-04");
        check(&[("Oak Guild", Confirmed, late), ("Oak Guild", Declined, early)], 1, 0);
        check(&[("Oak Guild", Confirmed, early), ("Oak Guild", Declined, late)], 0, 1);
        check(&[("Oak Guild", Confirmed, early), ("Oak Guild", Declined, early)], 0, 1);
        check(
            &[
                ("Oak Guild", Confirmed, "3/4/2025 10:00"),
                ("Oak Guild", Declined, "3/1/2025 9:00"),
            ],
            1,
            0,
        );
        check(
            &[
                ("Oak Guild", Confirmed, "3/4/2025"),
                ("Oak Guild", Declined, "4/3/2025"),
            ],
            0,
            1,
        );
        // Other names, and a name that is no more than near to one that has not decided.
        check(&[("Oak Guild", Confirmed, ""), ("Elm Trust", Declined, "")], 1, 0);
        check(
            &[
                ("Elm Trust of Ohio", Confirmed, ""),
                ("Birch Trust of Ohio", Declined, ""),
            ],
            1,
            0,
        );
        check(
            &[("Oak Guild", Confirmed, ""), ("DUPLICATE - Oak Guild", Pending, "")],
            1,
            0,
        );
    }

    #[test]
    fn an_answer_stands_until_the_other_row_says_something_new() {
        use Status::{Confirmed, Declined};
        let known = |answer| Known {
            rows: vec![RowDecision {
                name: "Oak Guild".to_owned(),
                reason: Some(HeldReason::OtherAnswer),
                about: "declined: OAK GUILD, 2025-03-04".to_owned(),
                answer,
                into: Vec::new(),
                print: None,
                date: None,
                by: None,
                why: None,
                origin: origin(),
            }],
            ..Known::default()
        };
        let rows = |day| [("Oak Guild", Confirmed, ""), ("OAK GUILD", Declined, day)];
        let (names, asked) = outcome(&rows("2025-03-04"), &known(RowAnswer::Signatory));
        assert_eq!((names.len(), asked.len()), (1, 0));
        let (names, asked) = outcome(&rows("2025-03-04"), &known(RowAnswer::Not));
        assert_eq!((names.len(), asked.len()), (0, 0));
        let (names, asked) = outcome(&rows("2025-03-09"), &known(RowAnswer::Signatory));
        assert_eq!((names.len(), asked.len()), (0, 1));
    }
}
