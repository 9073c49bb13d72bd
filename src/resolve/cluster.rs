//! Units become signatories.
//!
//! In: units, judged pairs of units, remembered answers. Out: clusters.
//! Guaranteed: names that are one by an answer are in one cluster, names that
//! are two never are; no chain joins two names that would not be joined alone.
//! Absent: weighing.

use crate::model::known::Known;
use crate::model::signatory::Record;
use crate::model::units::Weight;
use crate::resolve::canonical;
use crate::resolve::decisions::{Graph, Tie};
use crate::resolve::units::Unit;
use crate::resolve::{Evidence, Judgement, Pair, Resolution, Zone};
use rustc_hash::FxHashMap;

/// Cluster by cluster, its units, ascending.
pub(crate) type Clusters = Vec<Vec<usize>>;

/// Joins units that are one by an answer.
pub(crate) fn join(units: &[Unit], graph: &Graph) -> Clusters {
    let mut clusters: Clusters = Vec::new();
    let mut by_group: FxHashMap<u32, usize> = FxHashMap::default();
    for (at, unit) in units.iter().enumerate() {
        match unit.known.map(|node| graph.group(node)) {
            Some(group) => match by_group.get(&group) {
                Some(&cluster) => clusters[cluster].push(at),
                None => {
                    by_group.insert(group, clusters.len());
                    clusters.push(vec![at]);
                }
            },
            None => clusters.push(vec![at]),
        }
    }
    clusters
}

/// Builds the resolution: signatories by first row, pairs by rows.
pub(crate) fn finish(
    records: &[Record],
    units: &[Unit],
    clusters: &Clusters,
    graph: &Graph,
    known: &Known,
) -> Resolution {
    let mut resolution = Resolution::default();
    for cluster in clusters {
        for &at in cluster {
            let rows = &units[at].rows;
            for &row in &rows[1..] {
                resolution.pairs.push(merge(rows[0], row, same_name()));
            }
        }
        for &at in &cluster[1..] {
            let (a, b) = (&units[cluster[0]], &units[at]);
            let because = match (a.known, b.known) {
                (Some(a), Some(b)) => graph.tie(a, b).map(|tie| remembered(known, tie)),
                _ => None,
            };
            let because = because.unwrap_or_else(|| "you said so".to_owned());
            let judgement = certain("remembered", because);
            resolution.pairs.push(merge(a.rows[0], b.rows[0], judgement));
        }
        resolution.signatories.push(canonical::signatory(records, units, cluster, graph, known));
    }
    resolution.signatories.sort_unstable_by_key(|signatory| signatory.rows[0]);
    resolution.pairs.sort_unstable_by_key(|pair| (pair.a, pair.b));
    resolution
}

/// What an answer says, to be read by a coordinator.
pub(crate) fn remembered(known: &Known, tie: Tie) -> String {
    match tie {
        Tie::Entry(at) => format!("the directory lists both under `{}`", known.directory[at].name),
        Tie::Decision(at) => {
            let decision = &known.decisions[at];
            let who = decision.by.as_deref().unwrap_or("somebody");
            let when = decision.date.map(|date| format!(" on {date}")).unwrap_or_default();
            let why = decision.why.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
            format!("{who} answered{when} that they are {}{why}", decision.answer.as_str())
        }
    }
}

fn merge(a: usize, b: usize, judgement: Judgement) -> Pair {
    Pair {
        a: a.min(b),
        b: a.max(b),
        judgement,
    }
}

pub(crate) fn same_name() -> Judgement {
    certain("same-name", "the names are the same".to_owned())
}

fn certain(rule: &'static str, because: String) -> Judgement {
    Judgement {
        zone: Zone::Merge,
        probability: 1.0,
        evidence: vec![Evidence {
            rule,
            weight: Weight(20.0),
            because,
        }],
    }
}
