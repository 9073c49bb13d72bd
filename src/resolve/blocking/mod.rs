//! Proposes candidate pairs of name groups, without comparing all with all.
//!
//! In: groups. Out: pairs that share enough to be worth comparing, sorted, each
//! once; and how many pairs were left out because too many groups share the same
//! words. Guaranteed: the same pairs for any order of rows; time and memory grow
//! with the number of words. Absent: judging.
//!
//! Each group gets keys, which are hashes of: its bag of words; the bag without each
//! word (finds one word added, dropped, misspelt or replaced); the letters
//! without spaces; its rarest words, alone and in pairs; its acronyms and
//! initials, in the same space as single words; its other names and its parts.
//! Deletion neighborhoods: Bocek, Hunt and Stiller, Fast similarity search in
//! large dictionaries (2007), here over words.

mod again;
mod blocking_keys;
mod filed;
mod word_counts;

use crate::model::signatory::Kind;
use crate::resolve::comparison::Rarity;
use crate::resolve::name_group::NameGroup;
use crate::resolve::prefilter::Prefilter;
pub(crate) use again::{moved_groups, moved_pair};
use blocking_keys::{BlockingKey, KeyBuilder, KeyKind, key_words};
pub(crate) use filed::{Candidates, packed, unpacked};
use filed::{Filed, proposed};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::atomic::{AtomicU64, Ordering};
pub(crate) use word_counts::WordCounts;

/// Most groups that share a key and are all compared with each other. Larger
/// blocks are of words that say little; what they would find is mostly found
/// under another key. Twice as many found two more true pairs in 888.
const BLOCK: usize = 64;

/// The same in a list of more than [`LARGE`] names.
const BLOCK_LARGE: usize = 24;

/// Up to how many names larger blocks are tried first.
const MEDIUM: usize = 5_000;

/// Most groups of a block there: so many that no list of real names has a larger one.
const BLOCK_MEDIUM: usize = 512;

/// Most pairs of a list of up to [`MEDIUM`] names: so many for each, and so many more. A list
/// that was made to be slow has more of them, and is treated as a large one.
const PAIRS_EACH: usize = 60;
const PAIRS_MORE: usize = 10_000;

/// From how many names on time is dearer than the last pairs.
const LARGE: usize = 50_000;

/// Rarest words of a name that are filed in pairs.
const RAREST: usize = 4;

/// The same in a list of more than [`LARGE`] names.
const RAREST_LARGE: usize = 3;

/// Name groups whose keys are made in one piece of parallel work.
const CHUNK: usize = 1024;

/// Up to how many names all are paired with all: no pair that the rules would ask about is
/// passed over.
const SMALL: usize = 1_000;

/// Proposes all pairs that the prefilter lets through.
fn all_pairs(groups: &[NameGroup], prefilter: &Prefilter) -> Candidates {
    let is_organization = |at: &usize| groups[*at].kind == Kind::Organization;
    let organizations: Vec<u32> = (0..groups.len())
        .filter(is_organization)
        .map(crate::source::offset)
        .collect();
    let glances = prefilter.glances(groups, &organizations);
    let pairs = organizations.par_iter().enumerate().flat_map_iter(|(at, &a)| {
        let glance = &glances[at];
        let later = organizations[at + 1..].iter().zip(&glances[at + 1..]);
        later
            .filter(|(_, other)| !glance.cannot_match(other))
            .filter(move |&(&b, _)| !prefilter.cannot_match(a, b))
            .map(move |(&b, _)| packed(a, b))
    });
    let mut pairs: Vec<u64> = pairs.collect();
    pairs.par_sort_unstable();
    Candidates {
        pairs,
        ..Candidates::default()
    }
}

/// Proposes pairs.
pub(crate) fn candidates(groups: &[NameGroup], counts: &WordCounts) -> Candidates {
    let prefilter = Prefilter::new(groups, counts);
    if groups.len() <= SMALL {
        let all = all_pairs(groups, &prefilter);
        if is_affordable(&all, groups) {
            return all;
        }
    }
    let seen = SharedKeys::new(groups.len());
    let keys = build_keys(groups, counts, &prefilter, &seen);
    pairs_of(groups, &KeyBuckets::new(keys, groups.len(), &seen), &prefilter).0
}

/// Proposes pairs as [`candidates`] does; of groups that were there `before`, the pairs are not
/// looked for again.
pub(crate) fn candidates_again(
    groups: &[NameGroup],
    counts: &WordCounts,
    before: Option<(&[NameGroup], &Candidates)>,
) -> Candidates {
    // Of few names all pairs are looked at soon; of many the keys take much memory.
    if groups.len() <= SMALL || groups.len() > LARGE {
        return candidates(groups, counts);
    }
    let prefilter = Prefilter::new(groups, counts);
    let seen = SharedKeys::new(groups.len());
    let keys = build_keys(groups, counts, &prefilter, &seen);
    let is_medium = groups.len() <= MEDIUM;
    let most = if is_medium { BLOCK_MEDIUM } else { BLOCK };
    let mut filed = Filed::new(&keys, groups.len(), prefilter, most);
    let known = before.and_then(|(groups_before, before)| {
        let filed_before = before.filed.as_ref().filter(|filed_before| filed_before.most == most)?;
        let found = again::candidates_again((&filed, groups), (filed_before, groups_before), before)?;
        (!is_medium || is_affordable(&found, groups)).then_some(found)
    });
    let (found, most) = match known {
        Some(found) => (found, most),
        None => pairs_of(groups, &KeyBuckets::new(keys, groups.len(), &seen), &filed.prefilter),
    };
    filed.most = most;
    Candidates {
        filed: Some(filed),
        ..found
    }
}

fn is_affordable(found: &Candidates, groups: &[NameGroup]) -> bool {
    found.pairs.len() <= PAIRS_EACH * groups.len() + PAIRS_MORE
}

/// Pairs up blocks; returns how many groups of one are all paired, too.
fn pairs_of(groups: &[NameGroup], filed: &KeyBuckets, prefilter: &Prefilter) -> (Candidates, usize) {
    if groups.len() <= MEDIUM {
        let more = block_pairs(filed, prefilter, BLOCK_MEDIUM);
        if is_affordable(&more, groups) {
            return (more, BLOCK_MEDIUM);
        }
    }
    let most = if groups.len() > LARGE { BLOCK_LARGE } else { BLOCK };
    (block_pairs(filed, prefilter, most), most)
}

/// Proposes pairs of a group and one of `others`, which are mostly few: those that share a key, and
/// people of one name. Sorted, each once.
pub(crate) fn pairs_with(groups: &[NameGroup], others: &[NameGroup], counts: &WordCounts) -> Vec<(u32, u32)> {
    let keys = |at: usize, group: &NameGroup| {
        let mut builder = KeyBuilder::new(KEYS_EACH, RAREST);
        for name in std::iter::once(&group.name).chain(&group.name.aliases) {
            // A word that the groups have once may stand in one of the others.
            let names = key_words(name).map(|word| counts.names_with(word.stem).unwrap_or_default().max(2));
            builder.add_name(crate::source::offset(at), name, names);
        }
        builder.keys
    };
    let mut filed: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    let mut people: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    let mut words: FxHashSet<u64> = FxHashSet::default();
    // An acronym shares no word with what it stands for.
    let mut has_short = false;
    for (at, other) in others.iter().enumerate() {
        let index = crate::source::offset(at);
        if other.kind == Kind::Individual {
            people.entry(other.person).or_default().push(index);
            continue;
        }
        for key in keys(at, other) {
            let block = filed.entry(key.key).or_default();
            if block.len() < BLOCK && block.last() != Some(&index) {
                block.push(index);
            }
        }
        has_short |= other.name.words().len() == 1;
        words.extend(other.name.words().iter().map(|word| word.stem));
    }
    let of_group = |(at, group): (usize, &NameGroup)| -> Vec<(u32, u32)> {
        let index = crate::source::offset(at);
        if group.kind == Kind::Individual {
            let same = people.get(&group.person).into_iter().flatten();
            return same.map(|&other| (index, other)).collect();
        }
        // Keys take time to make, and of three words one is mostly shared where two names are near.
        let is_far = !has_short
            && group.name.words().len() > 2
            && group.name.aliases.is_empty()
            && group.name.acronyms.is_empty()
            && !group.name.words().iter().any(|word| words.contains(&word.stem));
        if filed.is_empty() || is_far {
            return Vec::new();
        }
        let keys = keys(at, group);
        let found = keys.iter().filter_map(|key| filed.get(&key.key)).flatten();
        found.map(|&other| (index, other)).collect()
    };
    let mut pairs: Vec<(u32, u32)> = groups.par_iter().enumerate().flat_map_iter(of_group).collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// Pairs up all blocks; in larger ones than `most`, only whole names.
fn block_pairs(filed: &KeyBuckets, prefilter: &Prefilter, most: usize) -> Candidates {
    let done: Vec<(Vec<u64>, u64, Largest)> = (0..filed.buckets)
        .into_par_iter()
        .map(|bucket| {
            let mut keys = filed.bucket(bucket);
            keys.sort_unstable_by_key(BlockingKey::order);
            let (mut pairs, mut skipped, mut largest) = (Vec::new(), 0u64, None);
            for block in keys.chunk_by(|a, b| a.key == b.key) {
                if block.len() < 2 {
                    continue;
                }
                let left_out = pair_up(block, most, prefilter, &mut pairs);
                skipped += left_out;
                if left_out > 0 {
                    let example = (block[0].group, block[block.len() - 1].group);
                    largest = largest.max(Some((left_out, block[0].key, example)));
                }
            }
            pairs.sort_unstable();
            pairs.dedup();
            (pairs, skipped, largest)
        })
        .collect();
    let mut pairs: Vec<u64> = Vec::with_capacity(done.iter().map(|(pairs, ..)| pairs.len()).sum());
    let (mut skipped, mut largest) = (0, None);
    for (more, left_out, example) in done {
        pairs.extend(more);
        skipped += left_out;
        largest = largest.max(example);
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    Candidates {
        pairs,
        skipped,
        example: largest.map(|(.., example)| example),
        filed: None,
    }
}

/// Of a block that was too large: how many pairs were left out, its key, and two
/// of its groups.
type Largest = Option<(u64, u64, (u32, u32))>;

/// All keys, parted by the first bits of their keys, so that each bucket is
/// sorted and paired up alone, in memory that is near.
struct KeyBuckets {
    /// Chunk by chunk of groups: its keys, bucket after bucket.
    chunks: Vec<Vec<BlockingKey>>,
    /// Chunk by chunk, where each bucket ends.
    ends: Vec<Vec<u32>>,
    buckets: usize,
}

impl KeyBuckets {
    /// Parts the keys of groups; leaves out nearly all that only one group has.
    fn new(keys: Vec<Vec<BlockingKey>>, groups: usize, seen: &SharedKeys) -> Self {
        let buckets = (groups * KEYS_EACH / 2 / BUCKET).next_power_of_two();
        let parted = keys.into_par_iter().map(|keys| by_bucket(&keys, buckets, seen));
        let (chunks, ends) = parted.unzip();
        Self { chunks, ends, buckets }
    }

    /// The keys of a bucket, in the order of their groups.
    fn bucket(&self, bucket: usize) -> Vec<BlockingKey> {
        let range =
            |ends: &[u32]| bucket.checked_sub(1).map_or(0, |before| ends[before] as usize)..ends[bucket] as usize;
        let size = self.ends.iter().map(|ends| range(ends).len()).sum();
        let mut keys = Vec::with_capacity(size);
        for (chunk, ends) in self.chunks.iter().zip(&self.ends) {
            keys.extend_from_slice(&chunk[range(ends)]);
        }
        keys
    }
}

/// Keys in a bucket, about: as many as are sorted in a processor's own memory.
const BUCKET: usize = 16_384;

/// Makes the keys of all groups, chunk by chunk.
fn build_keys(
    groups: &[NameGroup],
    counts: &WordCounts,
    prefilter: &Prefilter,
    seen: &SharedKeys,
) -> Vec<Vec<BlockingKey>> {
    let rarest = if groups.len() > LARGE { RAREST_LARGE } else { RAREST };
    let filed = groups.par_chunks(CHUNK).enumerate().map(|(chunk, groups)| {
        let mut builder = KeyBuilder::new(groups.len() * KEYS_EACH, rarest);
        for (at, group) in groups.iter().enumerate() {
            if group.kind == Kind::Organization {
                let at = crate::source::offset(chunk * CHUNK + at);
                builder.add_name(at, &group.name, prefilter.names_with_words(at));
                for alias in &group.name.aliases {
                    let words = key_words(alias);
                    let names = words.map(|word| counts.names_with(word.stem).unwrap_or_default());
                    builder.add_name(at, alias, names);
                }
            }
        }
        let mut keys = builder.keys;
        keys.shrink_to_fit();
        keys.iter().for_each(|key: &BlockingKey| seen.add(key.key));
        keys
    });
    filed.collect()
}

/// Puts the keys that others have as well in the order of their buckets;
/// and where each bucket ends.
fn by_bucket(keys: &[BlockingKey], buckets: usize, seen: &SharedKeys) -> (Vec<BlockingKey>, Vec<u32>) {
    let bucket = |key: &BlockingKey| (key.key >> 32) as usize & (buckets - 1);
    let mut ends = vec![0u32; buckets + 1];
    let kept: Vec<&BlockingKey> = keys.iter().filter(|entry| seen.is_shared(entry.key)).collect();
    for entry in &kept {
        ends[bucket(entry) + 1] += 1;
    }
    for at in 1..ends.len() {
        ends[at] += ends[at - 1];
    }
    let mut sorted: Vec<BlockingKey> = kept.iter().map(|&&entry| entry).collect();
    for entry in kept {
        let end = &mut ends[bucket(entry)];
        sorted[*end as usize] = *entry;
        *end += 1;
    }
    ends.pop();
    (sorted, ends)
}

/// About how many keys a name has.
const KEYS_EACH: usize = 16;

/// Which keys occur more than once, in two bits for each cell. Two keys may share
/// a cell: then both are taken for shared, and the sorting tells.
struct SharedKeys {
    cells: Vec<AtomicU64>,
    mask: usize,
}

impl SharedKeys {
    fn new(groups: usize) -> Self {
        // Thirty-two cells in a number; four cells for each key.
        let size = (groups * KEYS_EACH * 4 / 32).next_power_of_two().clamp(1 << 6, 1 << 22);
        Self {
            cells: (0..size).map(|_| AtomicU64::new(0)).collect(),
            mask: size - 1,
        }
    }

    fn cell(&self, key: u64) -> (&AtomicU64, u64) {
        (&self.cells[key as usize & self.mask], 1 << (2 * (key >> 59)))
    }

    fn add(&self, key: u64) {
        let (cell, once) = self.cell(key);
        if cell.fetch_or(once, Ordering::Relaxed) & once != 0 {
            cell.fetch_or(once << 1, Ordering::Relaxed);
        }
    }

    fn is_shared(&self, key: u64) -> bool {
        let (cell, once) = self.cell(key);
        cell.load(Ordering::Relaxed) & (once << 1) != 0
    }
}

/// Pairs the groups of a block; returns how many pairs were left out.
fn pair_up(block: &[BlockingKey], most: usize, prefilter: &Prefilter, pairs: &mut Vec<u64>) -> u64 {
    let mut propose = |a: &BlockingKey, b: &BlockingKey| {
        count_steps!(1);
        pairs.extend(proposed(a, b, prefilter));
    };
    if block.len() <= most {
        for (at, a) in block.iter().enumerate() {
            for b in &block[..at] {
                propose(a, b);
            }
        }
        return 0;
    }
    // Whole names are never left out: each is compared with the first, and with
    // its neighbors.
    let whole = || block.iter().filter(|entry| entry.kind == KeyKind::Whole);
    let mut before: Option<&BlockingKey> = None;
    let first = whole().next();
    for entry in whole() {
        for other in [first, before].into_iter().flatten() {
            propose(entry, other);
        }
        before = Some(entry);
    }
    count_worth_comparing(block)
}

/// Returns the number of pairs of a block that might have been one: those of
/// [`blocking_keys::is_worth_comparing`], but for names that differ in a number only, which are two.
fn count_worth_comparing(block: &[BlockingKey]) -> u64 {
    let two = |n: u64| n * n.saturating_sub(1) / 2;
    let (mut free, mut generic) = (0u64, 0u64);
    // By first letter: ordinary words, generic nouns, numbers.
    let mut letters = [[0u64; 3]; 256];
    for entry in block {
        let letter = &mut letters[usize::from(entry.letter)];
        match entry.kind {
            KeyKind::Whole | KeyKind::Part => free += 1,
            KeyKind::Without => letter[0] += 1,
            KeyKind::WithoutGeneric => {
                letter[1] += 1;
                generic += 1;
            }
            KeyKind::WithoutNumber => letter[2] += 1,
        }
    }
    let replaced = letters
        .iter()
        .map(|&[word, generic, number]| two(word) + word * generic + number * (word + generic))
        .sum::<u64>();
    two(free) + free * (block.len() as u64 - free) + two(generic) + replaced
}
