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
mod name_group;
pub mod normalize;
mod people;
mod places;
mod prefilter;
pub mod questions;
mod weigh;
pub mod words;

use crate::diag::{Code, Diagnostic};
use crate::model::known::Known;
use crate::model::signatory::{Kind, Level, Record, Status};
use crate::model::units::Weight;
pub use places::answer_name;
use rayon::prelude::*;
use std::fmt;

/// What is to be done with a pair of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// Two signatories.
    Apart,
    /// A person decides; until then both are printed.
    Review,
    /// One signatory, without asking.
    Merge,
}

impl Zone {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Apart => "apart",
            Self::Review => "review",
            Self::Merge => "merge",
        }
    }
}

/// One reason for or against.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The rule's name, kebab-case: `same-name`.
    pub rule: &'static str,
    /// Its match weight.
    pub weight: Weight,
    /// What a coordinator reads: "the names are the same".
    pub because: String,
}

/// What was found about two names.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// What to do.
    pub zone: Zone,
    /// The probability that they are one signatory, 0 to 1.
    pub probability: f64,
    /// Why, weightiest first.
    pub evidence: Vec<Evidence>,
}

/// Two rows that are one signatory, or may be. `a < b`; both are indices into
/// the records that were resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The earlier row.
    pub a: usize,
    /// The later row.
    pub b: usize,
    /// Merge or review, never apart; and why.
    pub judgement: Judgement,
}

/// One signatory: at least one row.
#[derive(Clone, Debug, PartialEq)]
pub struct Signatory {
    /// The printed name.
    pub name: String,
    /// Organization or person.
    pub kind: Kind,
    /// The rows, ascending; indices into the records.
    pub rows: Vec<usize>,
    /// An individual's title.
    pub title: Option<String>,
    /// An individual's affiliation.
    pub affiliation: Option<String>,
    /// How far it reaches.
    pub level: Option<Level>,
    /// State or province.
    pub state: Option<String>,
    /// Heading under which it is printed.
    pub section: Option<String>,
    /// The name to sort by, where it is not the printed one.
    pub sort_name: Option<String>,
    /// Web page.
    pub url: Option<String>,
}

/// Why a row is in no signatory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Signed, then withdrawn.
    Withdrawn,
    /// Not yet confirmed.
    Pending,
    /// Asked, and said no.
    Declined,
    /// No name, or none that can be one.
    Invalid,
}

impl Reason {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::Pending => "pending",
            Self::Declined => "declined",
            Self::Invalid => "invalid",
        }
    }
}

/// A row that is in no signatory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exclusion {
    /// Index into the records.
    pub row: usize,
    /// Why.
    pub reason: Reason,
}

/// Every row's place: in exactly one signatory, or excluded with its reason.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolution {
    /// The signatories, by their first row.
    pub signatories: Vec<Signatory>,
    /// Every merge and every question; for a signatory of n rows at least n - 1
    /// merges that join it. Ordered by (a, b).
    pub pairs: Vec<Pair>,
    /// The rows that are in no signatory, ascending.
    pub excluded: Vec<Exclusion>,
    /// How many candidate pairs were left out because too many rows share the
    /// same words; never among rows whose normalized names are equal.
    pub skipped: u64,
    /// How many pairs of names were compared word by word: the bulk of the work.
    pub compared: u64,
}

/// What `resolve` may be told. Nothing of it changes the result.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// Is told how far the work is; may be called from any thread.
    pub progress: Option<&'a (dyn Fn(Progress) + Sync)>,
}

impl fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").finish_non_exhaustive()
    }
}

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done: "reading names".
    pub step: &'static str,
    /// Steps begun, from 1.
    pub at: u32,
    /// Steps in all.
    pub of: u32,
}

/// Steps that [`Progress`] counts.
const STEPS: [&str; 4] = ["reading names", "looking for likely pairs", "comparing", "joining"];

impl Options<'_> {
    fn step(&self, at: usize) {
        if let Some(progress) = self.progress {
            progress(Progress {
                step: STEPS[at],
                at: crate::source::offset(at + 1),
                of: crate::source::offset(STEPS.len()),
            });
        }
    }
}

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

/// Judges two names alone, as if no other row existed.
///
/// Remembered answers and the directory outrank the rules here too. Ties the
/// known names anew on each call; for many pairs, use a [`Judge`].
pub fn judge(a: &str, b: &str, known: &Known) -> Judgement {
    Judge::new(known).judge(a, b)
}

/// Judges pairs of names, with what is known tied once.
#[derive(Debug)]
pub struct Judge<'a> {
    known: &'a Known,
    graph: decisions::KnownLinks,
}

impl<'a> Judge<'a> {
    /// Ties what is known; contradictions in it are reported by [`resolve`].
    pub fn new(known: &'a Known) -> Self {
        let (graph, _) = decisions::KnownLinks::new(known);
        Self { known, graph }
    }

    /// Judges two names.
    pub fn judge(&self, a: &str, b: &str) -> Judgement {
        let ((a, place_a), (b, place_b)) = (places::split_place(a), places::split_place(b));
        let node = |name, place: &Option<String>| {
            let at = place.as_ref().and_then(|place| self.graph.node_at(name, place));
            at.or_else(|| self.graph.node(name))
        };
        if let (Some(a), Some(b)) = (node(&a, &place_a), node(&b, &place_b))
            && let Some(judgement) = assemble::answer(self.known, &self.graph, a, b)
        {
            return judgement;
        }
        let mut judgement = weigh::judgement(&comparison::Comparison::new(&a, &b, &comparison::NoList));
        if self.graph.is_split(&a) && self.graph.is_split(&b) && a != b && judgement.zone == Zone::Merge {
            judgement.zone = Zone::Review;
        }
        if judgement.zone == Zone::Merge && place_a.is_some() && place_b.is_some() && place_a != place_b {
            assemble::ask_for_places(&mut judgement);
        }
        judgement
    }
}
