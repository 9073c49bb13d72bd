//! Assembles the parts of the resolution from clusters.
//!
//! In: clusters of groups. Out: signatories by first row, and pairs of rows with
//! their evidence. Guaranteed: for a signatory of n rows, n - 1 merges join it.
//! Absent: deciding anything.

use crate::model::known::{Answer, Known};
use crate::model::signatory::{Column, Kind, Record};
use crate::model::units::Weight;
use crate::resolve::cluster::Clusters;
use crate::resolve::comparison::{Rarity, compare, differently};
use crate::resolve::decisions::{CannotLink, KnownLinks, LinkSource};
use crate::resolve::name_group::{NameGroup, are_elsewhere};
use crate::resolve::normalize::Name;
use crate::resolve::places::Locality;
use crate::resolve::resolution::{Evidence, Family, Judgement, Pair, Signatory, Zone};
use crate::resolve::weigh::Edge;
use crate::resolve::{canonical, people, web_pages, weigh};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Makes the pairs of rows that were joined or are asked about, in the order of their rows, and the
/// families.
pub(crate) fn pairs(
    records: &[Record],
    groups: &[NameGroup],
    clusters: &Clusters,
    (graph, known): (&KnownLinks, &Known),
    rarity: &dyn Rarity,
) -> (Vec<Pair>, Vec<Family>) {
    let mut pairs: Vec<Pair> = Vec::new();
    for group in groups {
        for &row in &group.rows[1..] {
            pairs.push(pair(group.rows[0], row, same_name(records, group.rows[0], row)));
        }
    }
    let judged = clusters.joins.par_iter().chain(&clusters.questions).map(|edge| {
        let (a, b) = (&groups[edge.a as usize], &groups[edge.b as usize]);
        pair(a.rows[0], b.rows[0], judgement(records, (a, b), edge, rarity))
    });
    pairs.par_extend(judged);
    pairs.extend(answered(groups, clusters, graph, known));
    let families = families(records, groups, clusters, &mut pairs);
    pairs.par_sort_unstable_by_key(|pair| (pair.a, pair.b));
    (pairs, families)
}

/// Makes the signatories, in the order of their first rows. The names of the groups are not
/// needed.
pub(crate) fn signatories(
    records: &[Record],
    groups: &[NameGroup],
    clusters: &Clusters,
    (graph, known): (&KnownLinks, &Known),
) -> Vec<Signatory> {
    let mut signatories: Vec<_> = clusters
        .members
        .par_iter()
        .map(|members| canonical::signatory(records, groups, (members, &clusters.ambiguous), (graph, known)))
        .collect();
    signatories.par_sort_unstable_by_key(|signatory| signatory.rows[0]);
    signatories
}

fn judgement(records: &[Record], (a, b): (&NameGroup, &NameGroup), edge: &Edge, rarity: &dyn Rarity) -> Judgement {
    if a.kind == Kind::Individual || b.kind == Kind::Individual {
        // "Dmitri Fruhtenberg" and "Dmitri Fruhtenbreg", with one page.
        let page = (a.person != b.person)
            .then(|| web_pages::judgement(records, a, b))
            .flatten();
        return page.unwrap_or_else(|| people::judgement(a, b));
    }
    let typed = |group: &NameGroup| &*records[group.rows[0]].name;
    let mut judgement = weigh::judgement(&compare(&a.name, &b.name, rarity).with_typed(typed(a), typed(b)));
    if judgement.zone == Zone::Merge && are_elsewhere(a, b) {
        ask_for_places(&mut judgement);
    }
    if judgement.zone == Zone::Apart
        && edge.verdict.zone == Zone::Review
        && let Some(page) = web_pages::judgement(records, a, b)
    {
        return page;
    }
    // "CAIR" of a row with the state or domain of the council that gives it.
    if judgement.zone == Zone::Review && edge.verdict.zone == Zone::Merge {
        judgement.evidence.push(Evidence {
            rule: "rows-agree",
            weight: Weight(3.0),
            because: "the state or the email domain is the same".to_owned(),
        });
        judgement.zone = Zone::Merge;
        judgement.probability = weigh::probability(edge.verdict);
    }
    // A merge that would have dragged other names along is asked about.
    if judgement.zone != edge.verdict.zone {
        judgement.evidence.push(Evidence {
            rule: "others-differ",
            weight: Weight(0.0),
            because: "by themselves they would be merged, but one matches other names that the other does not"
                .to_owned(),
        });
        judgement.zone = edge.verdict.zone;
        judgement.probability = weigh::probability(edge.verdict);
    }
    judgement
}

/// Returns the families, and says in the question of each how many it stands for.
fn families(records: &[Record], groups: &[NameGroup], clusters: &Clusters, pairs: &mut [Pair]) -> Vec<Family> {
    let mut families: FxHashMap<(usize, usize), Family> = FxHashMap::default();
    for family in &clusters.families {
        let row = |group: u32| groups[group as usize].rows[0];
        let longer: Vec<usize> = family.longer.iter().map(|&group| row(group)).collect();
        let (short, first) = (row(family.short), longer[0]);
        let pair = (short.min(first), short.max(first));
        families.insert(pair, Family { pair, short, longer });
    }
    for pair in pairs {
        if let Some(family) = families.get(&(pair.a, pair.b)) {
            let (name, count) = (&records[family.short].name, family.longer.len());
            pair.judgement.evidence.push(Evidence {
                rule: "family",
                weight: Weight(0.0),
                because: format!("“{name}” is part of {count} longer names; one decision can answer all of them"),
            });
        }
    }
    let mut families: Vec<Family> = families.into_values().collect();
    families.sort_unstable_by_key(|family| family.pair);
    families
}

/// Makes a question of two rows of a name that many bodies have.
pub(crate) fn ask_for_places(judgement: &mut Judgement) {
    judgement.evidence.push(Evidence {
        rule: "same-name-elsewhere",
        weight: Weight(-20.0),
        because: "this is a common name, and the places differ".to_owned(),
    });
    judgement.zone = Zone::Review;
    judgement.probability = weigh::probability(weigh::Verdict::question());
}

/// The pairs that remembered answers joined.
fn answered(groups: &[NameGroup], clusters: &Clusters, graph: &KnownLinks, known: &Known) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for members in clusters.members.iter().filter(|members| members.len() > 1) {
        let mut first: FxHashMap<u32, u32> = FxHashMap::default();
        for &at in members {
            let group = &groups[at as usize];
            let Some(node) = group.known else { continue };
            let before = *first.entry(graph.component(node)).or_insert(at);
            let other = &groups[before as usize];
            if let (true, Some(from)) = (before != at, other.known)
                && let Some(tie) = graph.tie(from, node)
            {
                let judgement = certain("remembered", remembered(known, tie));
                pairs.push(pair(other.rows[0], group.rows[0], judgement));
            }
        }
    }
    pairs
}

/// The judgement of two known names, if people have given one.
pub(crate) fn answer(known: &Known, graph: &KnownLinks, a: u32, b: u32) -> Option<Judgement> {
    if graph.component(a) == graph.component(b) {
        return (a != b)
            .then(|| graph.tie(a, b))
            .flatten()
            .map(|tie| certain("remembered", remembered(known, tie)));
    }
    let because = match graph.cannot_link(graph.component(a), graph.component(b))? {
        CannotLink::Answered(LinkSource::Entry(at)) => {
            format!(
                "the directory says that `{}` is not the other",
                known.directory[at].name
            )
        }
        CannotLink::Answered(tie) => remembered(known, tie),
        CannotLink::TwoEntries(a, b) => format!(
            "the directory lists `{}` and `{}` as two",
            known.directory[a].name, known.directory[b].name
        ),
    };
    Some(apart(because))
}

/// The judgement of two names by a decision about the family of one of them.
pub(crate) fn family_answer(known: &Known, graph: &KnownLinks, a: &Name, b: &Name) -> Option<Judgement> {
    let (answer, link) = graph.family(a, b)?;
    let because = remembered(known, link);
    Some(match answer {
        Answer::Same => certain("remembered", because),
        Answer::Different => apart(because),
    })
}

/// Returns what an answer says, to be read by a coordinator.
pub(crate) fn remembered(known: &Known, tie: LinkSource) -> String {
    match tie {
        LinkSource::Entry(at) => format!("the directory lists both under `{}`", known.directory[at].name),
        LinkSource::Decision(at) => {
            let decision = &known.decisions[at];
            let who = decision.by.as_deref().unwrap_or("someone");
            let when = decision.date.map(|date| format!(" on {date}")).unwrap_or_default();
            let why = decision.why.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
            match (decision.family, decision.answer, &decision.names[0]) {
                (false, answer, _) => format!("{who} answered{when}: {}{why}", answer.as_str()),
                (true, Answer::Same, name) => {
                    format!("{who} answered{when}: “{name}” is one signatory, whatever place is added{why}")
                }
                (true, Answer::Different, name) => {
                    format!("{who} answered{when}: names that add words to “{name}” are different signatories{why}")
                }
            }
        }
    }
}

fn pair(a: usize, b: usize, judgement: Judgement) -> Pair {
    Pair {
        a: a.min(b),
        b: a.max(b),
        judgement,
    }
}

/// Two rows of one normalized name.
fn same_name(records: &[Record], a: usize, b: usize) -> Judgement {
    let because = differently(&records[a].name, &records[b].name);
    // One group, several districts: one organization, and it is said.
    let place = |row: usize| {
        let cells = [Column::City, Column::State, Column::Country].map(|column| records[row].get(column));
        let cells: Vec<&str> = cells.into_iter().flatten().collect();
        cells.join(", ")
    };
    let (at_a, at_b) = (place(a), place(b));
    let locality = |row: usize| Locality::of(&records[row], &Name::new(&records[row].name));
    // "TX" and "Texas" are one place, and "Dallas, TX" is in it.
    let differ = || locality(a).zip(locality(b)).is_some_and(|(a, b)| a.conflicts(&b));
    if at_a.is_empty() || at_b.is_empty() || at_a == at_b || !differ() {
        return certain("same-name", because);
    }
    certain("same-name", format!("{because}; the places differ: {at_a} and {at_b}"))
}

/// The judgement of two names that are remembered as two.
fn apart(because: String) -> Judgement {
    Judgement {
        zone: Zone::Apart,
        probability: 0.0,
        evidence: vec![Evidence {
            rule: "remembered",
            weight: Weight(-20.0),
            because,
        }],
    }
}

pub(crate) fn certain(rule: &'static str, because: String) -> Judgement {
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
