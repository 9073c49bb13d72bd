//! Resolves records to signatories: decides which rows are one signatory, which are
//! two, and which a person must decide.
//!
//! In: records, in any order, and what people already know. Out: a
//! [`Resolution`] in which every row is accounted for, and diagnostics.
//! Guaranteed: the same rows in another order, or with another number of jobs,
//! give the same signatories; a remembered answer outranks every rule. Absent:
//! files, letters and printing.
//!
//! The parts, in the order data goes through them: [`normalize`] makes words of a name,
//! `name_group` puts rows of one name together, `decisions` links groups as people
//! answered, `blocking` proposes pairs and `prefilter` refuses most of them,
//! `comparison` finds what is the same and what differs, `weigh` makes a judgement of
//! it, `cluster` joins without chaining, `canonical` chooses what is printed,
//! `assemble` builds the result. `memory` keeps what the next time need not find out again.
//! `judge` judges two names alone.

mod assemble;
mod blocking;
mod canonical;
mod cluster;
mod comparison;
mod decisions;
pub mod districts;
mod families;
mod family_questions;
mod judge;
mod memory;
mod name_group;
mod name_memory;
pub mod no_values;
pub mod normalize;
mod other_answers;
mod people;
mod person_name;
mod places;
mod prefilter;
mod progress;
pub mod questions;
mod resolution;
pub mod rows;
pub mod states;
mod web_page;
mod web_pages;
mod weigh;
mod withdrawals;
pub mod words;

use crate::diag::{Code, Diagnostic};
use crate::model::held::Hold;
use crate::model::known::Known;
use crate::model::signatory::{Kind, Record, Status};
use blocking::WordCounts;
use decisions::KnownLinks;
pub use judge::{Judge, judge};
use memory::JudgedPairs;
pub use memory::ResolveMemory;
use name_group::NameGroup;
pub use places::answer_name;
pub use progress::{Progress, ResolveOptions};
use rayon::prelude::*;
pub use resolution::{Evidence, Exclusion, Family, HeldRow, Judgement, Pair, Reason, Resolution, Signatory, Zone};
use rustc_hash::{FxHashMap, FxHashSet};
pub use web_page::is_public_mail;
use weigh::{Edge, Verdict};

/// Resolves records to signatories.
///
/// Rows without a name, and rows that are pending or declined, are excluded with
/// their reason. A withdrawal outranks: all rows of a signatory one of whose rows
/// is withdrawn are excluded as withdrawn, and a diagnostic says so for each row
/// that was not marked itself. Work is spread over the ambient rayon pool.
pub fn resolve(records: &[Record], known: &Known, options: &ResolveOptions<'_>) -> (Resolution, Vec<Diagnostic>) {
    resolve_rows(records, known, options, None)
}

/// Resolves records as [`resolve`] does, with the same outcome; what `memory` has of an earlier
/// time is not found out again. After an answer about names, no pair is judged anew.
pub fn resolve_again(
    records: &[Record],
    known: &Known,
    options: &ResolveOptions<'_>,
    memory: &mut ResolveMemory,
) -> (Resolution, Vec<Diagnostic>) {
    resolve_rows(records, known, options, Some(memory))
}

fn resolve_rows(
    records: &[Record],
    known: &Known,
    options: &ResolveOptions<'_>,
    mut memory: Option<&mut ResolveMemory>,
) -> (Resolution, Vec<Diagnostic>) {
    options.step(0);
    let (graph, mut diagnostics) = KnownLinks::new(known);
    let (rows, mut excluded, held) = choose_rows(records, &mut diagnostics);
    if let Some(memory) = &mut memory {
        memory.names.learn(records, &rows);
    }
    let mut groups = name_group::name_groups(records, &rows, &graph, memory.as_deref().map(|memory| &memory.names));
    name_group::join_families(&mut groups, &graph);
    graph.report_unused(known, groups.iter().filter_map(|group| group.known), &mut diagnostics);
    report_common_names(records, &groups, &mut diagnostics);
    options.step(1);
    let mut judged = match &mut memory {
        None => judge_pairs((records, &groups), options),
        Some(memory) => judge_pairs_again((records, &groups), options, memory.take()),
    };
    let edges = match memory {
        Some(_) => judged.edges.clone(),
        None => std::mem::take(&mut judged.edges),
    };
    let mut edges = under_answers(&groups, edges, &graph);
    let (counts, candidates) = (&judged.counts, &judged.candidates);
    let people = people::pairs_to_ask(&groups);
    edges.extend(people.pairs.iter().map(|&pair| {
        let (a, b) = blocking::unpacked(pair);
        let verdict = Verdict::question();
        Edge { a, b, verdict }
    }));
    add_pages(&mut edges, web_pages::pairs(records, &groups));
    options.step(3);
    let clusters = cluster::join((records, &groups), edges, &graph, counts);
    let (pairs, families) = assemble::pairs(records, &groups, &clusters, (&graph, known), counts);
    let skipped = candidates.skipped + people.skipped;
    let compared = candidates.pairs.len() as u64 + clusters.compared;
    let example = candidates.example.map(|(a, b)| {
        let name = |group: u32| &*records[groups[group as usize].rows[0]].name;
        (name(a), name(b))
    });
    report_limits(clusters.unchecked, skipped, example, &mut diagnostics);
    let conflicts = other_answers::conflicts(records, &groups, &excluded, &graph, counts);
    // Of a million names, what was needed to compare them is given back before as much is
    // needed for the signatories.
    let judged = memory.is_some().then_some(judged);
    if judged.is_none() {
        groups.par_iter_mut().for_each(NameGroup::forget_name);
    }
    let signatories = assemble::signatories(records, &groups, &clusters, (&graph, known));
    let names = if let (Some(memory), Some(judged)) = (memory, judged) {
        memory.keep(records, groups, judged);
        Some(&memory.names)
    } else {
        // A million names are many small allocations to give back.
        rayon::join(|| groups.into_par_iter().for_each(drop), || drop(clusters));
        None
    };
    let mut resolution = Resolution {
        signatories,
        pairs,
        families,
        held,
        excluded: Vec::new(),
        skipped,
        compared,
    };
    withdrawals::exclude(records, names, &mut resolution, &mut excluded, &mut diagnostics);
    other_answers::hold(
        records,
        &conflicts,
        known,
        &mut resolution,
        &mut excluded,
        &mut diagnostics,
    );
    excluded.sort_unstable_by_key(|exclusion| exclusion.row);
    resolution.excluded = excluded;
    (resolution, diagnostics)
}

/// Finds the pairs to judge, and judges them.
fn judge_pairs((records, groups): (&[Record], &[NameGroup]), options: &ResolveOptions<'_>) -> JudgedPairs {
    let counts = WordCounts::new(groups);
    let candidates = blocking::candidates(groups, &counts);
    options.step(2);
    let edges = weigh_pairs((records, groups), &candidates.pairs, &counts, &FxHashMap::default());
    JudgedPairs::new(counts, candidates, edges)
}

/// Does as [`judge_pairs`], with the same outcome; what was judged `before` is not judged again.
fn judge_pairs_again(
    (records, groups): (&[Record], &[NameGroup]),
    options: &ResolveOptions<'_>,
    before: Option<JudgedPairs>,
) -> JudgedPairs {
    let before = match before {
        Some(before) if before.are_of(records, groups) => return before,
        before => before,
    };
    let counts = WordCounts::new(groups);
    let candidates = match &before {
        None => blocking::candidates_again(groups, &counts, None),
        Some(before) => before.candidates(groups, &counts),
    };
    options.step(2);
    let known = before.map(|before| before.verdicts(records, groups, &counts));
    let edges = weigh_pairs(
        (records, groups),
        &candidates.pairs,
        &counts,
        &known.unwrap_or_default(),
    );
    JudgedPairs::new(counts, candidates, edges)
}

/// Adds questions about pairs that have a web page in common, unless they are judged already.
fn add_pages(edges: &mut Vec<Edge>, mut pairs: Vec<(u32, u32)>) {
    if pairs.is_empty() {
        return;
    }
    let judged: FxHashSet<(u32, u32)> = edges.iter().map(|edge| (edge.a, edge.b)).collect();
    pairs.retain(|&(a, b)| !judged.contains(&(a, b)) && !judged.contains(&(b, a)));
    edges.extend(pairs.into_iter().map(|(a, b)| {
        let verdict = Verdict::question();
        Edge { a, b, verdict }
    }));
}

/// Parts the rows that count from those that are excluded or held, and warns of names that are
/// empty or of another kind than marked.
fn choose_rows(records: &[Record], diagnostics: &mut Vec<Diagnostic>) -> (Vec<usize>, Vec<Exclusion>, Vec<HeldRow>) {
    let mut rows = Vec::with_capacity(records.len());
    let mut excluded = Vec::new();
    let mut held = Vec::new();
    let mut misplaced = Vec::new();
    for (row, record) in records.iter().enumerate() {
        let reason = match record.status {
            _ if record.ruled_out => Some(Reason::NotSignatory),
            Status::Pending => Some(Reason::Pending),
            Status::Declined => Some(Reason::Declined),
            Status::Confirmed | Status::Withdrawn if !name_group::is_name(&record.name) => Some(Reason::Invalid),
            Status::Confirmed | Status::Withdrawn => None,
        };
        if let Some(reason) = reason {
            if reason == Reason::Invalid && !record.name.is_empty() {
                let message = format!("`{}` contains no letter or digit; the row is skipped", record.name);
                diagnostics.push(Diagnostic::warning(Code::EmptyName, message).at(record.origin));
            }
            excluded.push(Exclusion { row, reason });
            continue;
        }
        if let Some(hold) = &record.hold {
            let hold = Hold::clone(hold);
            held.push(HeldRow { row, hold });
            continue;
        }
        if record.kind == Kind::Individual && person_name::looks_like_organization(&record.name) {
            let message = format!(
                "`{}` is marked as an individual but looks like an organization",
                record.name
            );
            misplaced.push(
                Diagnostic::warning(Code::OrganizationAsPerson, message)
                    .at(record.origin)
                    .hint(
                        "if it is an organization, write `organization` in `kind`; move an employer to `affiliation`",
                    ),
            );
        }
        rows.push(row);
    }
    diagnostics.append(&mut misplaced);
    (rows, excluded, held)
}

/// Warns of the pairs that were left out because a list would have taken too long.
fn report_limits(unchecked: u64, skipped: u64, example: Option<(&str, &str)>, diagnostics: &mut Vec<Diagnostic>) {
    if unchecked > 0 {
        let merges = if unchecked == 1 {
            "possible merge was"
        } else {
            "possible merges were"
        };
        let message =
            format!("{unchecked} {merges} not checked because too many spellings match; you are asked instead");
        diagnostics.push(
            Diagnostic::warning(Code::Truncated, message).hint("list the spellings of one signatory in the directory"),
        );
    }
    if skipped > 0 {
        let pairs = if skipped == 1 {
            "pair of names was"
        } else {
            "pairs of names were"
        };
        let message = format!("{skipped} {pairs} not compared because too many names share the same words");
        let mut warning = Diagnostic::warning(Code::Truncated, message);
        if let Some((a, b)) = example {
            warning = warning.hint(format!(
                "if any of these are the same, list both spellings in the directory; for example: `{a}` and `{b}`"
            ));
        }
        diagnostics.push(warning);
    }
}

/// Judges candidate pairs, but for those on which there is a verdict; keeps those that are not
/// apart.
fn weigh_pairs(
    (records, groups): (&[Record], &[NameGroup]),
    pairs: &[u64],
    counts: &WordCounts,
    known: &FxHashMap<u64, Option<Verdict>>,
) -> Vec<Edge> {
    let edges = pairs.par_iter().filter_map(|&pair| {
        let (a, b) = blocking::unpacked(pair);
        let verdict = match known.get(&pair) {
            Some(verdict) => (*verdict)?,
            None => weigh::weigh_groups(&groups[a as usize], &groups[b as usize], (records, counts)),
        };
        (verdict.zone != Zone::Apart).then_some(Edge { a, b, verdict })
    });
    edges.collect()
}

/// Returns judged pairs as they are under what people answered.
fn under_answers(groups: &[NameGroup], edges: Vec<Edge>, graph: &KnownLinks) -> Vec<Edge> {
    let edges = edges.into_par_iter().filter_map(|edge| {
        let Edge { a, b, mut verdict } = edge;
        let (group_a, group_b) = (&groups[a as usize], &groups[b as usize]);
        // "Third Act" and its chapters, answered for all of them at once.
        if verdict.zone == Zone::Review && graph.is_of_other_family(&group_a.name, &group_b.name) {
            return None;
        }
        // Where somebody told spellings of one name apart, no rule joins others.
        if graph.is_split(&group_a.name) && graph.is_split(&group_b.name) {
            verdict.zone = verdict.zone.min(Zone::Review);
        }
        Some(Edge { a, b, verdict })
    });
    edges.collect()
}

/// Reports common names that come from more places than are asked about.
fn report_common_names(records: &[Record], groups: &[NameGroup], diagnostics: &mut Vec<Diagnostic>) {
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
            "`{}` is a common name found in {places} places; each place counts as a separate signatory",
            records[row].name
        );
        diagnostics.push(
            Diagnostic::note(Code::NamesakesElsewhere, message)
                .at(records[row].origin)
                .hint("if two of them are the same, add a decision with their places to signatories/decisions.toml"),
        );
    }
}
