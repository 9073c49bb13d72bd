//! Proposes the pairs of a list again, of which few groups are other ones than before.
//!
//! In: the groups and their keys, those of the time before, and what was proposed then. Out: what
//! `candidates` proposes. Guaranteed: the same pairs as from nothing, or
//! none where that takes all blocks. Absent: the keys (those are `filed`'s).

use super::blocking_keys::BlockingKey;
use super::filed::{Candidates, Filed, packed, proposed, unpacked};
use crate::resolve::name_group::NameGroup;
use crate::source::offset;
use rustc_hash::FxHashSet;
use std::cmp::Ordering;

/// Returns where each group of an earlier time is now, and `None` for one that is gone, or that
/// is not the `same` for what is asked.
pub(crate) fn moved_groups(
    before: &[NameGroup],
    now: &[NameGroup],
    same: impl Fn(usize, usize) -> bool,
) -> Vec<Option<u32>> {
    // Rows that name nobody are groups of one hash, which nothing tells from each other.
    let is_alone = |groups: &[NameGroup], at: usize| {
        let is_other = |other: Option<&NameGroup>| other.is_none_or(|other| other.hash != groups[at].hash);
        is_other(at.checked_sub(1).and_then(|at| groups.get(at))) && is_other(groups.get(at + 1))
    };
    let mut moved = vec![None; before.len()];
    let (mut old, mut new) = (0, 0);
    while old < before.len() && new < now.len() {
        match before[old].hash.cmp(&now[new].hash) {
            Ordering::Less => old += 1,
            Ordering::Greater => new += 1,
            Ordering::Equal => {
                if is_alone(before, old) && is_alone(now, new) && same(old, new) {
                    moved[old] = Some(offset(new));
                }
                old += 1;
                new += 1;
            }
        }
    }
    moved
}

/// Returns a pair of groups as they are now, if both are still there.
pub(crate) fn moved_pair(pair: u64, moved: &[Option<u32>]) -> Option<u64> {
    let (a, b) = unpacked(pair);
    Some(packed(moved[a as usize]?, moved[b as usize]?))
}

/// Proposes pairs, with what was proposed `before` for other groups. `None` if a block is or was
/// so large that it is not paired as a whole: then a group more changes the pairs of others.
pub(super) fn candidates_again(
    (filed, groups): (&Filed, &[NameGroup]),
    (filed_before, groups_before): (&Filed, &[NameGroup]),
    before: &Candidates,
) -> Option<Candidates> {
    let moved = moved_groups(groups_before, groups, |old, new| {
        filed.pairs_same(new, filed_before, old)
    });
    let mut is_new = vec![true; groups.len()];
    moved.iter().flatten().for_each(|&at| is_new[at as usize] = false);
    let mut changed: FxHashSet<u64> = FxHashSet::default();
    for (at, _) in moved.iter().enumerate().filter(|(_, now)| now.is_none()) {
        changed.extend(filed_before.keys_of(at).iter().map(|key| key.key));
    }
    for (at, _) in is_new.iter().enumerate().filter(|(_, is_new)| **is_new) {
        changed.extend(filed.keys_of(at).iter().map(|key| key.key));
    }
    let blocks = |filed: &Filed| {
        let mut keys: Vec<BlockingKey> = filed
            .keys
            .iter()
            .filter(|key| changed.contains(&key.key))
            .copied()
            .collect();
        keys.sort_unstable_by_key(BlockingKey::order);
        let mut blocks = keys.chunk_by(|a, b| a.key == b.key);
        blocks.all(|block| block.len() <= filed.most).then_some(keys)
    };
    blocks(filed_before)?;
    let keys = blocks(filed)?;
    let mut pairs: Vec<u64> = before
        .pairs
        .iter()
        .filter_map(|&pair| moved_pair(pair, &moved))
        .collect();
    for block in keys.chunk_by(|a, b| a.key == b.key) {
        let (new, old): (Vec<&BlockingKey>, Vec<&BlockingKey>) =
            block.iter().partition(|key| is_new[key.group as usize]);
        for (at, a) in new.iter().enumerate() {
            for b in new[..at].iter().chain(&old) {
                count_steps!(1);
                pairs.extend(proposed(a, b, &filed.prefilter));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let example = match before.example {
        None => None,
        // It is of a block that did not change.
        Some((a, b)) => Some((moved[a as usize]?, moved[b as usize]?)),
    };
    Some(Candidates {
        pairs,
        skipped: before.skipped,
        example,
        filed: None,
    })
}
