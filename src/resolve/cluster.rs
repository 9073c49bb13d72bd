//! Joins name groups to clusters, without chaining.
//!
//! In: groups, judged pairs of groups, remembered answers. Out: clusters and
//! questions. Guaranteed: names that are one by an answer are in one cluster,
//! names that are two never are; two clusters are joined only if every name of
//! one would be joined with every name of the other (complete linkage: a single
//! wrong link must not drag others along); at most one question for each pair
//! of clusters. Absent: weighing.

use crate::model::signatory::Record;
use crate::resolve::comparison::Rarity;
use crate::resolve::decisions::KnownLinks;
use crate::resolve::family_questions::{self, GroupFamily};
use crate::resolve::name_group::NameGroup;
use crate::resolve::resolution::Zone;
use crate::resolve::weigh::{Edge, weigh_groups};
use rustc_hash::FxHashMap;

/// The clusters of name groups.
#[derive(Debug, Default)]
pub(crate) struct Clusters {
    /// Each cluster's groups, ascending; by first group.
    pub(crate) members: Vec<Vec<u32>>,
    /// The pairs that joined them.
    pub(crate) joins: Vec<Edge>,
    /// One question for each pair of clusters: its strongest pair.
    pub(crate) questions: Vec<Edge>,
    /// The families: for each, one of its questions is among them.
    pub(crate) families: Vec<GroupFamily>,
    /// Group by group, true if it alone would be joined with another cluster.
    pub(crate) ambiguous: Vec<bool>,
    /// The number of pairs of names compared across clusters.
    pub(crate) compared: u64,
    /// Pairs that were not joined because that would have been too many.
    pub(crate) unchecked: u64,
}

/// Most pairs of names compared to join two clusters; more are asked about.
const CROSS: u64 = 1024;

/// Most pairs of names compared to join all clusters: so many for each group, and so
/// many more for a short list. The published lists need less than one a group.
const CROSS_EACH: u64 = 8;
const CROSS_MORE: u64 = 20_000;

/// Joins groups.
pub(crate) fn join(
    (records, groups): (&[Record], &[NameGroup]),
    mut edges: Vec<Edge>,
    graph: &KnownLinks,
    rarity: &dyn Rarity,
) -> Clusters {
    let mut state = State::new((records, groups), graph, rarity);
    // Strongest first; ties in the order of the names' hashes, never of rows.
    edges.sort_unstable_by(|x, y| {
        let order = y.verdict.zone.cmp(&x.verdict.zone);
        let order = order.then(y.verdict.weight.total_cmp(&x.verdict.weight));
        order.then((x.a, x.b).cmp(&(y.a, y.b)))
    });
    let mut joins = Vec::new();
    let mut questions: FxHashMap<(u32, u32), Edge> = FxHashMap::default();
    let mut open = Vec::new();
    for edge in edges {
        if edge.verdict.zone == Zone::Merge && state.try_join(edge) {
            joins.push(edge);
        } else if state.of[edge.a as usize] != state.of[edge.b as usize] {
            open.push(edge);
        }
    }
    let mut ambiguous = vec![false; groups.len()];
    for mut edge in open {
        let (a, b) = (state.of[edge.a as usize], state.of[edge.b as usize]);
        if a == b || state.are_apart(a, b) {
            continue;
        }
        if edge.verdict.zone == Zone::Merge {
            ambiguous[edge.a as usize] = true;
            ambiguous[edge.b as usize] = true;
        }
        edge.verdict.zone = Zone::Review;
        questions.entry((a.min(b), a.max(b))).or_insert(edge);
    }
    let mut questions: Vec<Edge> = questions.into_values().collect();
    questions.sort_unstable_by_key(|edge| (edge.a, edge.b));
    let families = family_questions::one_question_each((records, groups), &mut questions);
    Clusters {
        families,
        members: state
            .members
            .into_iter()
            .filter(|members| !members.is_empty())
            .collect(),
        joins,
        questions,
        ambiguous,
        compared: state.compared,
        unchecked: state.unchecked,
    }
}

struct State<'a> {
    records: &'a [Record],
    groups: &'a [NameGroup],
    graph: &'a KnownLinks,
    rarity: &'a dyn Rarity,
    /// Group by group, its cluster: the index of the cluster's first group.
    of: Vec<u32>,
    /// By that index, the groups; empty for all others.
    members: Vec<Vec<u32>>,
    /// Group by group, the first of those that are one by an answer or by what one
    /// of them says.
    tied: Vec<u32>,
    compared: u64,
    unchecked: u64,
}

impl<'a> State<'a> {
    /// Starts with what is one by an answer.
    fn new((records, groups): (&'a [Record], &'a [NameGroup]), graph: &'a KnownLinks, rarity: &'a dyn Rarity) -> Self {
        let mut of: Vec<u32> = (0..groups.len()).map(crate::source::offset).collect();
        let mut members: Vec<Vec<u32>> = of.iter().map(|&group| vec![group]).collect();
        let mut first: FxHashMap<u32, u32> = FxHashMap::default();
        for (at, group) in groups.iter().enumerate() {
            let Some(node) = group.known else { continue };
            let at = crate::source::offset(at);
            let cluster = *first.entry(graph.component(node)).or_insert(at);
            if cluster != at {
                of[at as usize] = cluster;
                members[at as usize].clear();
                members[cluster as usize].push(at);
            }
        }
        Self {
            records,
            groups,
            graph,
            rarity,
            tied: of.clone(),
            of,
            members,
            compared: 0,
            unchecked: 0,
        }
    }

    fn try_join(&mut self, edge: Edge) -> bool {
        let (a, b) = (self.of[edge.a as usize], self.of[edge.b as usize]);
        if a == b || self.are_apart(a, b) {
            return false;
        }
        let pairs = self.members[a as usize].len() as u64 * self.members[b as usize].len() as u64;
        let most = CROSS_EACH * self.groups.len() as u64 + CROSS_MORE;
        // Two single names have been compared already.
        if pairs > CROSS || pairs > 1 && self.compared + pairs > most {
            self.unchecked += 1;
            return false;
        }
        self.compared += pairs;
        if pairs > 1 && !self.all_merge(a, b) {
            return false;
        }
        if edge.verdict.stated {
            let (one, other) = (self.tied[edge.a as usize], self.tied[edge.b as usize]);
            for &group in self.members[a as usize].iter().chain(&self.members[b as usize]) {
                let tied = &mut self.tied[group as usize];
                if *tied == other {
                    *tied = one;
                }
            }
        }
        let (into, from) = (a.min(b), a.max(b));
        let moved = std::mem::take(&mut self.members[from as usize]);
        for &group in &moved {
            self.of[group as usize] = into;
        }
        let members = &mut self.members[into as usize];
        members.extend(moved);
        members.sort_unstable();
        true
    }

    /// The known components of a cluster.
    fn components(&self, cluster: u32) -> impl Iterator<Item = u32> + '_ {
        let members = self.members[cluster as usize].iter();
        members.filter_map(|&group| self.groups[group as usize].known.map(|node| self.graph.component(node)))
    }

    fn are_apart(&self, a: u32, b: u32) -> bool {
        self.components(a)
            .any(|a| self.components(b).any(|b| self.graph.cannot_link(a, b).is_some()))
    }

    /// Returns whether every name of one cluster would be joined with every name of the
    /// other. Names that are one by an answer count as one: it is enough that
    /// one of them would.
    fn all_merge(&self, a: u32, b: u32) -> bool {
        let (a, b) = (self.answered(a), self.answered(b));
        a.iter().all(|a| {
            b.iter()
                .all(|b| a.iter().any(|&a| b.iter().any(|&b| self.merges(a, b))))
        })
    }

    /// The groups of a cluster, those that are one by an answer, or by what one of
    /// them says of itself ("d/b/a"), together.
    fn answered(&self, cluster: u32) -> Vec<Vec<u32>> {
        let mut parts: Vec<Vec<u32>> = Vec::new();
        let mut by_tie: FxHashMap<u32, usize> = FxHashMap::default();
        for &group in &self.members[cluster as usize] {
            let part = *by_tie.entry(self.tied[group as usize]).or_insert(parts.len());
            if part == parts.len() {
                parts.push(Vec::new());
            }
            parts[part].push(group);
        }
        parts
    }

    fn merges(&self, a: u32, b: u32) -> bool {
        let (a, b) = (&self.groups[a as usize], &self.groups[b as usize]);
        a.kind == b.kind && weigh_groups(a, b, (self.records, self.rarity)).zone == Zone::Merge
    }
}
