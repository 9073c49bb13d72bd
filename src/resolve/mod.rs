//! Records become signatories: which rows are one signatory, which are two, and
//! which a person must decide.
//!
//! In: records, in any order, and what people already know. Out: a
//! [`Resolution`] in which every row is accounted for, and diagnostics.
//! Guaranteed: the same rows in another order, or with another number of jobs,
//! give the same signatories; a remembered answer outranks every rule. Absent:
//! files, letters and printing.
//!
//! The rooms, in the order data goes through them: [`normalize`] makes words of
//! a name, `name_group` puts rows of one name together, [`decisions`] ties groups as
//! people answered, `blocking` proposes pairs, `comparison` finds what is
//! the same and what differs, `weigh` makes a judgement of it, `cluster`
//! joins without chaining, `canonical` chooses what is printed, `explain`
//! puts it in words.

mod assemble;
mod blocking;
mod canonical;
mod cluster;
mod comparison;
pub mod decisions;
mod judge;
mod name_group;
pub mod normalize;
mod people;
mod places;
mod prefilter;
mod progress;
pub mod questions;
mod resolution;
mod weigh;
pub mod words;

use crate::diag::{Code, Diagnostic};
use crate::model::known::Known;
use crate::model::signatory::{Kind, Record, Status};
pub use judge::{Judge, judge};
pub use places::answer_name;
pub use progress::{Options, Progress};
use rayon::prelude::*;
pub use resolution::{Evidence, Exclusion, Judgement, Pair, Reason, Resolution, Signatory, Zone};

/// Resolves records to signatories.
///
/// Rows without a name, and rows that are pending or declined, are excluded with
/// their reason. A withdrawal outranks: all rows of a signatory one of whose rows
/// is withdrawn are excluded as withdrawn, and a diagnostic says so for each row
/// that was not marked itself. Work is spread over the ambient rayon pool.
pub fn resolve(records: &[Record], known: &Known, options: &Options<'_>) -> (Resolution, Vec<Diagnostic>) {
    options.step(0);
    let (graph, mut diagnostics) = decisions::KnownLinks::new(known);
    let mut excluded = Vec::new();
    let mut noticed = Vec::new();
    let mut rows = Vec::with_capacity(records.len());
    let mut nameless = Vec::new();
    for (row, record) in records.iter().enumerate() {
        let reason = match record.status {
            Status::Pending => Some(Reason::Pending),
            Status::Declined => Some(Reason::Declined),
            Status::Confirmed | Status::Withdrawn if !name_group::is_name(&record.name) => Some(Reason::Invalid),
            Status::Confirmed | Status::Withdrawn => None,
        };
        match reason {
            Some(reason) => {
                if reason == Reason::Invalid && !record.name.is_empty() {
                    let message = format!("`{}` has no letter or figure; the row is left out", record.name);
                    nameless.push(Diagnostic::warning(Code::EmptyName, message).at(record.origin));
                }
                excluded.push(Exclusion { row, reason });
            }
            None => {
                if record.kind == Kind::Individual && people::looks_like_organization(&record.name) {
                    let message = format!(
                        "`{}` is marked as an individual and reads like an organization",
                        record.name
                    );
                    noticed.push(Diagnostic::warning(Code::OrganizationAsPerson, message).at(record.origin));
                }
                rows.push(row);
            }
        }
    }
    diagnostics.append(&mut nameless);
    diagnostics.append(&mut noticed);
    let groups = name_group::name_groups(records, &rows, &graph);
    graph.report_unused(known, &groups, &mut diagnostics);
    report_namesakes(records, &groups, &mut diagnostics);
    options.step(1);
    let counts = blocking::WordCounts::new(&groups);
    let candidates = blocking::candidates(&groups, &counts);
    options.step(2);
    let mut edges = compare(&groups, &candidates.pairs, &graph, &counts);
    let namesakes = people::questions(&groups);
    edges.extend(namesakes.pairs.iter().map(|&pair| {
        let (a, b) = blocking::unpacked(pair);
        let verdict = weigh::Verdict::question();
        cluster::Edge { a, b, verdict }
    }));
    let skipped = candidates.skipped + namesakes.skipped;
    options.step(3);
    let clusters = cluster::join(&groups, edges, &graph, &counts);
    if clusters.unchecked > 0 {
        let message = format!(
            "{} names were not joined with look-alikes: too many spellings belong together",
            clusters.unchecked
        );
        diagnostics.push(Diagnostic::warning(Code::Truncated, message).hint("they are asked about instead"));
    }
    let mut resolution = assemble::resolution(records, &groups, &clusters, (&graph, known), &counts);
    resolution.skipped = skipped;
    resolution.compared = candidates.pairs.len() as u64 + clusters.compared;
    if skipped > 0 {
        let message = format!("{skipped} pairs of names were not compared: too many share the same words");
        let mut warning = Diagnostic::warning(Code::Truncated, message);
        if let Some((a, b)) = candidates.example {
            let name = |group: u32| &records[groups[group as usize].rows[0]].name;
            warning = warning.hint(format!(
                "such as `{}` and `{}`; where two of these are one, list both spellings in the directory",
                name(a),
                name(b)
            ));
        }
        diagnostics.push(warning);
    }
    // A million names are many small pieces to give back.
    rayon::join(|| groups.into_par_iter().for_each(drop), || drop(clusters));
    exclude_withdrawn(records, &mut resolution, &mut excluded, &mut diagnostics);
    excluded.sort_unstable_by_key(|exclusion| exclusion.row);
    resolution.excluded = excluded;
    (resolution, diagnostics)
}

/// Judges candidate pairs; keeps those that are not apart.
fn compare(
    groups: &[name_group::NameGroup],
    pairs: &[u64],
    graph: &decisions::KnownLinks,
    counts: &blocking::WordCounts,
) -> Vec<cluster::Edge> {
    pairs
        .par_iter()
        .filter_map(|&pair| {
            let (a, b) = blocking::unpacked(pair);
            let (group_a, group_b) = (&groups[a as usize], &groups[b as usize]);
            let mut verdict = weigh::weigh_groups(group_a, group_b, counts);
            // Where somebody told spellings of one name apart, no rule joins others.
            if graph.is_split(&group_a.name) && graph.is_split(&group_b.name) {
                verdict.zone = verdict.zone.min(Zone::Review);
            }
            (verdict.zone != Zone::Apart).then_some(cluster::Edge { a, b, verdict })
        })
        .collect()
}

/// Says which names of many bodies come from more places than are asked about.
fn report_namesakes(records: &[Record], groups: &[name_group::NameGroup], diagnostics: &mut Vec<Diagnostic>) {
    let many = groups
        .iter()
        .filter(|group| group.same_name_groups > weigh::PLACES_ASKED);
    let mut names: Vec<(&str, usize, u32)> = many
        .map(|group| (group.name.text(), group.rows[0], group.same_name_groups))
        .collect();
    names.sort_unstable();
    for same in names.chunk_by(|a, b| a.0 == b.0) {
        let (_, row, places) = same[0];
        let message = format!(
            "`{}` is a name that many bodies have and comes from {places} places: each is a signatory of its own",
            records[row].name
        );
        diagnostics.push(
            Diagnostic::note(Code::NamesakesElsewhere, message)
                .at(records[row].origin)
                .hint("where two are one, say so in signatories/decisions.toml, with their places"),
        );
    }
}

/// Takes signatories with a withdrawn row out of the result.
fn exclude_withdrawn(
    records: &[Record],
    resolution: &mut Resolution,
    excluded: &mut Vec<Exclusion>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let withdrawn = |row: usize| records[row].status == Status::Withdrawn;
    if !records.iter().any(|record| record.status == Status::Withdrawn) {
        return;
    }
    let mut gone = vec![false; records.len()];
    resolution.signatories.retain(|signatory| {
        let Some(&by) = signatory.rows.iter().find(|&&row| withdrawn(row)) else {
            return true;
        };
        for &row in &signatory.rows {
            gone[row] = true;
            excluded.push(Exclusion {
                row,
                reason: Reason::Withdrawn,
            });
            if !withdrawn(row) {
                let message = format!("`{}` is left out: another row of it is withdrawn", records[row].name);
                diagnostics.push(
                    Diagnostic::warning(Code::WithdrawnElsewhere, message)
                        .at(records[row].origin)
                        .hint(format!("the withdrawn row is `{}`", records[by].name)),
                );
            }
        }
        false
    });
    resolution.pairs.retain(|pair| !gone[pair.a] && !gone[pair.b]);
}
