//! Finds families: a short name that many longer names contain ("Third Act", "Third Act
//! Ohio", "Third Act Texas").
//!
//! In: questions about name groups. Out: one question for each family. Guaranteed: a question
//! that is likely answered "same" is never put away. Absent: answers (those are
//! `decisions`').

use crate::model::signatory::{Record, Status};
use crate::resolve::families::{self, added_words};
use crate::resolve::name_group::NameGroup;
use crate::resolve::normalize::NameWord;
use crate::resolve::weigh::Edge;
use crate::resolve::words::Class;
use rustc_hash::FxHashMap;

/// From how many longer names on a short name is that of a family. It is then nobody's
/// short form, and one question is enough. Two are enough if one adds a place, and the other what may be one.
const MEMBERS: usize = 3;

/// Questions of this weight or more are asked by themselves, unless only a place is added.
const LIKELY: f64 = 1.5;

/// A short name, and the longer ones that were asked about with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupFamily {
    /// The group of the short name.
    pub(crate) short: u32,
    /// Those of the longer names, the one that is asked about first.
    pub(crate) longer: Vec<u32>,
}

/// Leaves one question of each family, and says which others it stands for.
pub(crate) fn one_question_each(
    (records, groups): (&[Record], &[NameGroup]),
    questions: &mut Vec<Edge>,
) -> Vec<GroupFamily> {
    // Who may have withdrawn is asked about alone.
    let withdrew = |group: u32| {
        let mut rows = groups[group as usize].rows.iter();
        rows.any(|&row| records[row].status == Status::Withdrawn)
    };
    let mut longer: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (at, edge) in questions.iter().enumerate() {
        if withdrew(edge.a) || withdrew(edge.b) {
            continue;
        }
        let likely = edge.verdict.weight >= LIKELY;
        let (a, b) = (&groups[edge.a as usize].name, &groups[edge.b as usize].name);
        // What stands in brackets is often the same body's.
        let place = Class::PLACE.or(Class::DIRECTION).or(Class::REACH).or(Class::NUMBER);
        let bodies = |added: &Vec<NameWord>| {
            let all = |test: &dyn Fn(&NameWord) -> bool| added.iter().all(test);
            !all(&|word| word.qualifier) && (!likely || all(&|word| word.class.is(place)))
        };
        if added_words(a, b).is_some_and(|added| bodies(&added)) {
            longer.entry(edge.a).or_default().push(at);
        } else if added_words(b, a).is_some_and(|added| bodies(&added)) {
            longer.entry(edge.b).or_default().push(at);
        }
    }
    let mut families = Vec::new();
    let mut put_away = vec![false; questions.len()];
    let mut longer: Vec<(u32, Vec<usize>)> = longer.into_iter().collect();
    longer.sort_unstable();
    let places = |short: u32, asked: &[usize]| {
        let added = asked.iter().filter_map(|&at| {
            let Edge { a, b, .. } = questions[at];
            let long = if a == short { b } else { a };
            added_words(&groups[short as usize].name, &groups[long as usize].name)
        });
        let added: Vec<Vec<NameWord>> = added.collect();
        let place = |one: &[NameWord], other: &[NameWord]| is_in_place(one) && families::is_place(other);
        matches!(&added[..], [one, other] if place(one, other) || place(other, one))
    };
    let is_family = |&(short, ref asked): &(u32, Vec<usize>)| asked.len() >= MEMBERS || places(short, asked);
    let families_of: Vec<(u32, Vec<usize>)> = longer.into_iter().filter(is_family).collect();
    for (short, mut asked) in families_of {
        // The likeliest stands for all; ties in the order of the groups.
        asked.sort_by(|&x, &y| {
            let weight = |at: usize| questions[at].verdict.weight;
            weight(y).total_cmp(&weight(x)).then(x.cmp(&y))
        });
        let other = |at: &usize| match questions[*at] {
            Edge { a, b, .. } if a == short => b,
            Edge { a, .. } => a,
        };
        asked[1..].iter().for_each(|&at| put_away[at] = true);
        let longer = asked.iter().map(other).collect();
        families.push(GroupFamily { short, longer });
    }
    let mut at = 0;
    questions.retain(|_| {
        at += 1;
        !put_away[at - 1]
    });
    families
}

/// Returns whether words say where a body is, by at least one place.
fn is_in_place(words: &[NameWord]) -> bool {
    let place = Class::PLACE
        .or(Class::DIRECTION)
        .or(Class::REACH)
        .or(Class::PLACE_PREFIX);
    words.iter().all(|word| word.class.is(place)) && words.iter().any(|word| word.class.is(Class::PLACE))
}
