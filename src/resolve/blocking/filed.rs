//! What comes of blocking, and what the next time needs to know of it.
//!
//! In: the keys of groups. Out: the form of [`Candidates`], with the keys by group; whether two keys
//! make a pair. Absent: making either (that is the room's own).

use super::blocking_keys::{BlockingKey, is_worth_comparing};
use crate::resolve::prefilter::Prefilter;
use crate::source::offset;

/// The candidate pairs.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    /// Pairs of indices of groups, as [`unpacked`] reads them; sorted.
    pub(crate) pairs: Vec<u64>,
    /// Pairs left out because too many groups share the same words.
    pub(crate) skipped: u64,
    /// Two groups of the largest such block.
    pub(crate) example: Option<(u32, u32)>,
    /// What the next time needs to know, if it is to come.
    pub(super) filed: Option<Filed>,
}

/// A pair of groups, the smaller first, in one number.
pub(crate) fn packed(a: u32, b: u32) -> u64 {
    u64::from(a.min(b)) << 32 | u64::from(a.max(b))
}

/// The groups of a pair.
pub(crate) fn unpacked(pair: u64) -> (u32, u32) {
    ((pair >> 32) as u32, pair as u32)
}

/// Returns the pair of two groups under one key, if it is worth comparing. The order of the two does
/// not matter, whatever the prefilter makes of it.
pub(super) fn proposed(a: &BlockingKey, b: &BlockingKey, prefilter: &Prefilter) -> Option<u64> {
    let (later, earlier) = (a.group.max(b.group), a.group.min(b.group));
    let is_worth = later != earlier && is_worth_comparing(a, b) && !prefilter.cannot_match(later, earlier);
    is_worth.then(|| packed(a.group, b.group))
}

/// The keys of a list's groups, with what tells which pairs are worth comparing.
pub(crate) struct Filed {
    /// Group after group, its keys in order.
    pub(super) keys: Vec<BlockingKey>,
    /// Group by group, where its keys begin; one more at the end.
    starts: Vec<u32>,
    pub(super) prefilter: Prefilter,
    /// Most groups of a block that are all paired.
    pub(super) most: usize,
}

impl std::fmt::Debug for Filed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = f.debug_struct("Filed");
        out.field("keys", &self.keys.len()).finish_non_exhaustive()
    }
}

impl Filed {
    /// Takes in the keys of groups, in the order of the groups.
    pub(super) fn new(chunks: &[Vec<BlockingKey>], groups: usize, prefilter: Prefilter, most: usize) -> Self {
        let mut keys: Vec<BlockingKey> = chunks.concat();
        let mut starts = vec![0u32; groups + 1];
        for key in &keys {
            starts[key.group as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        for own in keys.chunk_by_mut(|a, b| a.group == b.group) {
            own.sort_unstable_by_key(BlockingKey::order);
        }
        Self {
            keys,
            starts,
            prefilter,
            most,
        }
    }

    pub(super) fn keys_of(&self, group: usize) -> &[BlockingKey] {
        &self.keys[self.starts[group] as usize..self.starts[group + 1] as usize]
    }

    /// Returns true if a group is paired as one of another time was.
    pub(super) fn pairs_same(&self, own: usize, other: &Self, theirs: usize) -> bool {
        let same_key =
            |(a, b): (&BlockingKey, &BlockingKey)| a.key == b.key && a.kind == b.kind && a.letter == b.letter;
        let (keys, others) = (self.keys_of(own), other.keys_of(theirs));
        keys.len() == others.len()
            && keys.iter().zip(others).all(same_key)
            && self.prefilter.is_same(offset(own), &other.prefilter, offset(theirs))
    }
}
