//! Keeps blocks already set, for letters that are nearly alike.
//!
//! In: blocks. Out: their lines, from the cache where the same block was set before.
//! Guaranteed: what comes out does not depend on what is in the cache; it is bounded,
//! whatever the number of letters. Absent: pages. Where lines stand on them is decided
//! anew for each letter, and takes little time.

use crate::layout::blocks::line_block::SetBlock;
use crate::layout::blocks::set_block;
use crate::layout::flow::block::{FlowBlock, ParagraphBlock, RollBlock, TableBlock};
use crate::layout::text::shape::Shaper;
use rustc_hash::FxHasher;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

/// Most blocks that are kept. A letter has some fifty; those that all share
/// are met first. At some ten thousand bytes a block this is 20 MB at most.
const MOST: usize = 2_048;

/// Keeps blocks already set, for documents that are nearly alike.
#[derive(Default)]
pub struct LayoutCache(Mutex<CachedBlocks>);

/// Holds the blocks by the hash of their text; blocks of one hash are told apart by
/// themselves.
#[derive(Default)]
struct CachedBlocks {
    blocks: HashMap<u64, Vec<(Box<str>, CachedBlock, Arc<SetBlock>)>>,
    count: usize,
}

impl std::fmt::Debug for LayoutCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LayoutCache")
    }
}

/// Holds a block, so that another can be compared with it.
enum CachedBlock {
    Paragraph(ParagraphBlock),
    Table(TableBlock),
    Roll(RollBlock),
}

impl CachedBlock {
    /// Returns a copy of a block, if blocks of its kind are kept.
    fn of(block: &FlowBlock) -> Option<Self> {
        match block {
            FlowBlock::Paragraph(paragraph) => Some(Self::Paragraph(paragraph.clone())),
            FlowBlock::Table(table) => Some(Self::Table(table.clone())),
            FlowBlock::Roll(roll) => Some(Self::Roll(roll.clone())),
            _ => None,
        }
    }

    /// Returns whether another block is the same.
    fn is(&self, block: &FlowBlock) -> bool {
        match (self, block) {
            (Self::Paragraph(known), FlowBlock::Paragraph(paragraph)) => known == paragraph,
            (Self::Table(known), FlowBlock::Table(table)) => known == table,
            (Self::Roll(known), FlowBlock::Roll(roll)) => known == roll,
            _ => false,
        }
    }
}

/// Returns a hash of what tells most blocks apart; `None` for those that are not kept.
fn hash(block: &FlowBlock) -> Option<u64> {
    let mut hasher = FxHasher::default();
    match block {
        FlowBlock::Paragraph(paragraph) => paragraph.text.chars.hash(&mut hasher),
        FlowBlock::Table(table) => {
            for cell in table.rows.iter().flatten() {
                cell.chars.hash(&mut hasher);
            }
        }
        FlowBlock::Roll(roll) => {
            for entry in &roll.entries {
                entry.text.chars.hash(&mut hasher);
            }
        }
        _ => return None,
    }
    Some(hasher.finish())
}

impl LayoutCache {
    /// Sets a block, or finds it set.
    pub(crate) fn set(&self, block: &FlowBlock, shaper: Shaper<'_>) -> SetBlock {
        let Some(hash) = hash(block) else {
            return set_block(block, shaper);
        };
        let find = |cached: &CachedBlocks| {
            let known = cached.blocks.get(&hash)?;
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
        let Some(key) = CachedBlock::of(block) else { return set };
        let mut cached = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if cached.count < MOST && find(&cached).is_none() {
            cached.count += 1;
            let entry = (shaper.language.into(), key, Arc::new(set.clone()));
            cached.blocks.entry(hash).or_default().push(entry);
        }
        set
    }
}
