//! Blocks already set, for letters that are nearly alike.
//!
//! In: blocks. Out: their lines, from memory where the same block was set before.
//! Guaranteed: what comes out does not depend on what is remembered; memory is
//! bounded, whatever the number of letters. Absent: pages. Where lines stand on
//! them is decided anew for each letter, and takes little time.

use super::flow::{Block, Paragraph, RollBlock, TableBlock};
use super::shape::Shaper;
use super::slab::{SetBlock, set_block};
use rustc_hash::FxHasher;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

/// Most blocks that are remembered. A letter has some fifty; those that all share
/// are met first. At some ten thousand bytes a block this is 20 MB at most.
const MOST: usize = 2_048;

/// Blocks already set.
#[derive(Default)]
pub struct Memory(Mutex<Remembered>);

#[derive(Default)]
struct Remembered {
    blocks: HashMap<u64, Vec<(Box<str>, Key, Arc<SetBlock>)>>,
    count: usize,
}

impl std::fmt::Debug for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Memory")
    }
}

/// A block by which another is known.
enum Key {
    Paragraph(Paragraph),
    Table(TableBlock),
    Roll(RollBlock),
}

impl Key {
    fn of(block: &Block) -> Option<Self> {
        match block {
            Block::Paragraph(paragraph) => Some(Self::Paragraph(paragraph.clone())),
            Block::Table(table) => Some(Self::Table(table.clone())),
            Block::Roll(roll) => Some(Self::Roll(roll.clone())),
            _ => None,
        }
    }

    fn is(&self, block: &Block) -> bool {
        match (self, block) {
            (Self::Paragraph(known), Block::Paragraph(paragraph)) => known == paragraph,
            (Self::Table(known), Block::Table(table)) => known == table,
            (Self::Roll(known), Block::Roll(roll)) => known == roll,
            _ => false,
        }
    }
}

/// A hash of what tells most blocks apart; `None` for those that are set at once.
fn hash(block: &Block) -> Option<u64> {
    let mut hasher = FxHasher::default();
    match block {
        Block::Paragraph(paragraph) => paragraph.text.chars.hash(&mut hasher),
        Block::Table(table) => {
            for cell in table.rows.iter().flatten() {
                cell.chars.hash(&mut hasher);
            }
        }
        Block::Roll(roll) => {
            for entry in &roll.entries {
                entry.chars.hash(&mut hasher);
            }
        }
        _ => return None,
    }
    Some(hasher.finish())
}

impl Memory {
    /// Sets a block, or finds it set.
    pub(super) fn set(&self, block: &Block, shaper: Shaper<'_>) -> SetBlock {
        let Some(hash) = hash(block) else {
            return set_block(block, shaper);
        };
        let find = |remembered: &Remembered| {
            let known = remembered.blocks.get(&hash)?;
            let same = known
                .iter()
                .find(|(language, key, _)| **language == *shaper.language && key.is(block));
            same.map(|(_, _, set)| Arc::clone(set))
        };
        let found = find(&self.0.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(found) = found {
            return SetBlock::clone(&found);
        }
        let set = set_block(block, shaper);
        let Some(key) = Key::of(block) else { return set };
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.count < MOST && find(&remembered).is_none() {
            remembered.count += 1;
            let entry = (shaper.language.into(), key, Arc::new(set.clone()));
            remembered.blocks.entry(hash).or_default().push(entry);
        }
        set
    }
}
