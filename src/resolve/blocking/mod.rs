//! Units become candidate pairs, without comparing all with all.
//!
//! In: units. Out: pairs that share enough to be worth comparing, sorted, each
//! once; and how many pairs were left out because too many units share the same
//! words. Guaranteed: the same pairs for any order of rows; time and memory grow
//! with the number of words. Absent: judging.
//!
//! Every unit is filed under hashes of: its bag of words; the bag without each
//! word (finds one word added, dropped, misspelt or replaced); the letters
//! without spaces; its rarest words, alone and in pairs; its acronyms and
//! initials, in the same space as single words; its other names and its parts.
//! Deletion neighbourhoods: Bocek, Hunt and Stiller, Fast similarity search in
//! large dictionaries (2007), here over words.

mod filing;

use crate::model::signatory::Kind;
use crate::resolve::comparison::Rarity;
use crate::resolve::normalize::Name;
use crate::resolve::sketch::Sketches;
use crate::resolve::units::Unit;
use crate::resolve::words::{Class, mix, stem};
use filing::{Entry, Filed, Filer, filed_words};
use rayon::prelude::*;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// Most units that share a key and are all compared with each other. Larger
/// blocks are of words that say little; what they would find is mostly found
/// under another key. Twice as many found two more true pairs in 888.
const BLOCK: usize = 64;

/// The same in a list of more than [`LARGE`] names.
const BLOCK_LARGE: usize = 24;

/// From how many names on time is dearer than the last pairs.
const LARGE: usize = 50_000;

/// Rarest words of a name that are filed in pairs.
const RAREST: usize = 4;

/// The same in a list of more than [`LARGE`] names.
const RAREST_LARGE: usize = 3;

/// In how many units each word occurs, counted in a table of fixed size: words
/// may share a cell, then they look more frequent than they are (Cormode and
/// Muthukrishnan, An improved data stream summary, 2005; two rows).
#[derive(Debug)]
pub(crate) struct Counts {
    cells: Vec<AtomicU32>,
    mask: usize,
}

impl Counts {
    /// Counts the words of all units.
    pub(crate) fn new(units: &[Unit]) -> Self {
        let words: usize = units.par_iter().map(|unit| unit.name.words().len()).sum();
        let size = (words * 4).next_power_of_two().clamp(1 << 10, 1 << 23);
        let counts = Self {
            cells: (0..2 * size).map(|_| AtomicU32::new(0)).collect(),
            mask: size - 1,
        };
        units.par_iter().for_each(|unit| {
            for acronym in &unit.name.acronyms {
                let acronym = stem(acronym);
                for cell in [claim(acronym), claim_of(acronym, &unit.name)]
                    .map(|key| counts.at(key))
                    .concat()
                {
                    cell.fetch_add(1, Ordering::Relaxed);
                }
            }
            let words = unit.name.words();
            for (at, word) in words.iter().enumerate() {
                if !words[..at].iter().any(|before| before.stem == word.stem) {
                    for cell in counts.at(word.stem) {
                        cell.fetch_add(1, Ordering::Relaxed);
                    }
                }
            }
        });
        counts
    }

    fn at(&self, stem: u64) -> [&AtomicU32; 2] {
        let first = stem as usize & self.mask;
        let second = (stem >> 32) as usize & self.mask;
        [&self.cells[first], &self.cells[self.mask + 1 + second]]
    }
}

impl Rarity for Counts {
    fn names_with(&self, stem: u64) -> Option<u32> {
        let [first, second] = self.at(stem);
        Some(first.load(Ordering::Relaxed).min(second.load(Ordering::Relaxed)))
    }

    fn is_only_claim(&self, acronym: u64, name: &Name) -> bool {
        self.names_with(claim(acronym)) <= self.names_with(claim_of(acronym, name))
    }
}

/// Where the claims on an acronym are counted, apart from words.
fn claim(acronym: u64) -> u64 {
    mix(!acronym)
}

/// Where the claims of spellings of one name are counted: two names are taken
/// for such if they begin with the same two words.
fn claim_of(acronym: u64, name: &Name) -> u64 {
    let words = name.words().iter().filter(|word| !word.class.is(Class::STOP));
    words.take(2).fold(mix(acronym), |key, word| mix(key ^ word.stem))
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    /// Pairs of indices of units, as [`unpacked`] reads them; sorted.
    pub(crate) pairs: Vec<u64>,
    /// Pairs left out because too many units share the same words.
    pub(crate) skipped: u64,
    /// Two units of the largest such block.
    pub(crate) example: Option<(u32, u32)>,
}

/// Units that are filed in one piece of parallel work.
const CHUNK: usize = 1024;

/// Proposes pairs.
pub(crate) fn candidates(units: &[Unit], counts: &Counts) -> Candidates {
    let sketches = Sketches::new(units, counts);
    let filed = entries(units, counts, &sketches);
    let most = if units.len() > LARGE { BLOCK_LARGE } else { BLOCK };
    let done: Vec<(Vec<u64>, u64, Largest)> = (0..filed.buckets)
        .into_par_iter()
        .map(|bucket| {
            let mut entries = filed.bucket(bucket);
            entries.sort_unstable_by_key(Entry::order);
            let (mut pairs, mut skipped, mut largest) = (Vec::new(), 0u64, None);
            for block in entries.chunk_by(|a, b| a.key == b.key) {
                if block.len() < 2 {
                    continue;
                }
                let left_out = pair_up(block, most, &sketches, &mut pairs);
                skipped += left_out;
                if left_out > 0 {
                    let example = (block[0].unit, block[block.len() - 1].unit);
                    largest = largest.max(Some((left_out, block[0].key, example)));
                }
            }
            pairs.sort_unstable();
            pairs.dedup();
            (pairs, skipped, largest)
        })
        .collect();
    drop(filed);
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
    }
}

/// Of a block that was too large: how many pairs were left out, its key, and two
/// of its units.
type Largest = Option<(u64, u64, (u32, u32))>;

/// A pair of units, the smaller first, in one number.
pub(crate) fn packed(a: u32, b: u32) -> u64 {
    u64::from(a.min(b)) << 32 | u64::from(a.max(b))
}

/// The units of a pair.
pub(crate) fn unpacked(pair: u64) -> (u32, u32) {
    ((pair >> 32) as u32, pair as u32)
}

/// All entries, parted by the first bits of their keys, so that each bucket is
/// sorted and paired up alone, in memory that is near.
struct Entries {
    /// Chunk by chunk of units: its entries, bucket after bucket.
    chunks: Vec<Vec<Entry>>,
    /// Chunk by chunk, where each bucket ends.
    ends: Vec<Vec<u32>>,
    buckets: usize,
}

impl Entries {
    /// The entries of a bucket, in the order of their units.
    fn bucket(&self, bucket: usize) -> Vec<Entry> {
        let range =
            |ends: &[u32]| bucket.checked_sub(1).map_or(0, |before| ends[before] as usize)..ends[bucket] as usize;
        let size = self.ends.iter().map(|ends| range(ends).len()).sum();
        let mut entries = Vec::with_capacity(size);
        for (chunk, ends) in self.chunks.iter().zip(&self.ends) {
            entries.extend_from_slice(&chunk[range(ends)]);
        }
        entries
    }
}

/// Entries in a bucket, about: as many as are sorted in a processor's own memory.
const BUCKET: usize = 16_384;

/// Files all units; leaves out nearly all entries that are alone under their key.
fn entries(units: &[Unit], counts: &Counts, sketches: &Sketches) -> Entries {
    let seen = Seen::new(units.len());
    let rarest = if units.len() > LARGE { RAREST_LARGE } else { RAREST };
    let filed: Vec<Vec<Entry>> = units
        .par_chunks(CHUNK)
        .enumerate()
        .map(|(chunk, units)| {
            let mut filer = Filer::new(units.len() * KEYS, rarest);
            for (at, unit) in units.iter().enumerate() {
                if unit.kind == Kind::Organization {
                    let at = crate::source::offset(chunk * CHUNK + at);
                    filer.file(at, &unit.name, sketches.names(at));
                    for alias in &unit.name.aliases {
                        let words = filed_words(alias);
                        let names = words.map(|word| counts.names_with(word.stem).unwrap_or_default());
                        filer.file(at, alias, names);
                    }
                }
            }
            let entries = filer.entries;
            entries.iter().for_each(|entry: &Entry| seen.add(entry.key));
            entries
        })
        .collect();
    let buckets = (units.len() * KEYS / 2 / BUCKET).next_power_of_two();
    let (chunks, ends) = filed
        .into_par_iter()
        .map(|entries| by_bucket(&entries, buckets, &seen))
        .unzip();
    Entries { chunks, ends, buckets }
}

/// Puts the entries whose keys others have as well in the order of their buckets;
/// and where each bucket ends.
fn by_bucket(entries: &[Entry], buckets: usize, seen: &Seen) -> (Vec<Entry>, Vec<u32>) {
    let bucket = |entry: &Entry| (entry.key >> 32) as usize & (buckets - 1);
    let mut ends = vec![0u32; buckets + 1];
    let kept: Vec<&Entry> = entries.iter().filter(|entry| seen.is_shared(entry.key)).collect();
    for entry in &kept {
        ends[bucket(entry) + 1] += 1;
    }
    for at in 1..ends.len() {
        ends[at] += ends[at - 1];
    }
    let mut sorted: Vec<Entry> = kept.iter().map(|&&entry| entry).collect();
    for entry in kept {
        let end = &mut ends[bucket(entry)];
        sorted[*end as usize] = *entry;
        *end += 1;
    }
    ends.pop();
    (sorted, ends)
}

/// About how many keys a name has.
const KEYS: usize = 16;

/// Which keys occur more than once, in two bits for each cell. Two keys may share
/// a cell: then both are taken for shared, and the sorting tells.
struct Seen {
    cells: Vec<AtomicU64>,
    mask: usize,
}

impl Seen {
    fn new(units: usize) -> Self {
        // Thirty-two cells in a number; four cells for each key.
        let size = (units * KEYS * 4 / 32).next_power_of_two().clamp(1 << 6, 1 << 22);
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

/// Pairs the units of a block; returns how many pairs were left out.
fn pair_up(block: &[Entry], most: usize, sketches: &Sketches, pairs: &mut Vec<u64>) -> u64 {
    let mut propose = |a: &Entry, b: &Entry| {
        if a.unit != b.unit && worth(a, b) && !sketches.is_hopeless(a.unit, b.unit) {
            pairs.push(packed(a.unit, b.unit));
        }
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
    // its neighbours.
    let whole = || block.iter().filter(|entry| entry.kind == Filed::Whole);
    let mut before: Option<&Entry> = None;
    let first = whole().next();
    for entry in whole() {
        for other in [first, before].into_iter().flatten() {
            propose(entry, other);
        }
        before = Some(entry);
    }
    worthwhile(block)
}

/// How many pairs of a block might have been one: those of [`worth`], but for
/// names that differ in a number only, which are two.
fn worthwhile(block: &[Entry]) -> u64 {
    let two = |n: u64| n * n.saturating_sub(1) / 2;
    let (mut free, mut generic) = (0u64, 0u64);
    // By first letter: ordinary words, generic nouns, numbers.
    let mut letters = [[0u64; 3]; 256];
    for entry in block {
        let letter = &mut letters[usize::from(entry.letter)];
        match entry.kind {
            Filed::Whole | Filed::Part => free += 1,
            Filed::Without => letter[0] += 1,
            Filed::WithoutGeneric => {
                letter[1] += 1;
                generic += 1;
            }
            Filed::WithoutNumber => letter[2] += 1,
        }
    }
    let replaced = letters
        .iter()
        .map(|&[word, generic, number]| two(word) + word * generic + number * (word + generic))
        .sum::<u64>();
    two(free) + free * (block.len() as u64 - free) + two(generic) + replaced
}

/// Whether two units under one key may be one: a word in the place of another
/// must begin with the same letter, or both be generic.
fn worth(a: &Entry, b: &Entry) -> bool {
    let replaced = |entry: &Entry| !matches!(entry.kind, Filed::Whole | Filed::Part);
    if !replaced(a) || !replaced(b) {
        return true;
    }
    a.letter == b.letter || a.kind == Filed::WithoutGeneric && b.kind == Filed::WithoutGeneric
}
