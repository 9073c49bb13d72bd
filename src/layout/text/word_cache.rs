//! Keeps words already shaped.
//!
//! In: words and how they are set. Out: their glyphs, shaped once. Guaranteed: the cache
//! is bounded and shared between threads and documents; it never changes what a word
//! looks like. Absent: shaping, which its caller hands in.

use crate::layout::text::face::FaceId;
use crate::layout::text::font_style::{FontFeature, FontStyle};
use crate::layout::text::shaped_word::ShapedWord;
use harfrust::{Language, ShapePlan};
use icu_properties::props::Script;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Says what besides its characters decides how a word looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ShapeKey {
    pub(super) font_style: FontStyle,
    pub(super) feature: FontFeature,
    pub(super) rtl: bool,
}

impl ShapeKey {
    /// Counts them all.
    const COUNT: usize = FontStyle::COUNT * FontFeature::COUNT * 2;

    /// Returns its number among all.
    fn number(self) -> usize {
        (self.font_style as usize * FontFeature::COUNT + self.feature as usize) * 2 + usize::from(self.rtl)
    }
}

/// Parts of a key, each with a lock of its own. Enough for the threads of a
/// desk machine; not measured further.
const SHARDS: usize = 16;

/// Words kept in a shard. 16 shards of 4,096 hold the vocabulary of any roll
/// that was seen, in some 20 MB; further words are shaped anew.
const KEPT: usize = 4_096;

/// Is a part of the words of one key, with a lock of its own.
type Shard = Mutex<HashMap<Box<str>, Arc<ShapedWord>>>;

/// Holds the words of one language already shaped, and the plans to shape with.
pub(crate) struct LanguageWords {
    /// The language, as much of it as shaping looks at.
    language: [u8; 8],
    shards: Vec<[Shard; SHARDS]>,
    plans: RwLock<HashMap<(ShapeKey, FaceId, Script), Arc<ShapePlan>>>,
}

impl LanguageWords {
    /// Returns a word from the cache, or shapes and keeps it.
    pub(crate) fn find_or_shape(
        &self,
        text: &str,
        key: ShapeKey,
        shape: impl FnOnce() -> ShapedWord,
    ) -> Arc<ShapedWord> {
        let bytes = text.as_bytes();
        let byte = |index: usize| bytes.get(index).copied().map_or(0, usize::from);
        let mixed = bytes.len() + byte(0) + byte(bytes.len() / 2) * 7;
        let shard = &self.shards[key.number()][mixed % SHARDS];
        if let Some(found) = shard.lock().unwrap_or_else(PoisonError::into_inner).get(text) {
            return Arc::clone(found);
        }
        let shaped = Arc::new(shape());
        let mut words = shard.lock().unwrap_or_else(PoisonError::into_inner);
        if words.len() < KEPT {
            words.insert(text.into(), Arc::clone(&shaped));
        }
        shaped
    }

    /// Returns a shape plan from the cache, or makes and keeps it; `make` is given
    /// the language.
    pub(crate) fn find_or_plan(
        &self,
        key: (ShapeKey, FaceId, Script),
        make: impl FnOnce(Option<&Language>) -> ShapePlan,
    ) -> Arc<ShapePlan> {
        if let Some(plan) = self.plans.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(plan);
        }
        let used = self.language.iter().position(|&byte| byte == 0).unwrap_or(8);
        let language = Language::new(&self.language[..used]);
        let plan = Arc::new(make(language.as_ref()));
        let mut plans = self.plans.write().unwrap_or_else(PoisonError::into_inner);
        plans.insert(key, Arc::clone(&plan));
        plan
    }
}

/// Holds words already shaped, by language; shared between threads and documents.
#[derive(Default)]
pub(crate) struct WordCache(RwLock<HashMap<[u8; 8], Arc<LanguageWords>>>);

impl WordCache {
    /// Returns the words of a language.
    pub(crate) fn of_language(&self, language: &str) -> Arc<LanguageWords> {
        let language = packed(language);
        if let Some(found) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&language) {
            return Arc::clone(found);
        }
        let mut languages = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let new = || {
            Arc::new(LanguageWords {
                language,
                shards: (0..ShapeKey::COUNT).map(|_| Default::default()).collect(),
                plans: RwLock::default(),
            })
        };
        Arc::clone(languages.entry(language).or_insert_with(new))
    }
}

/// Returns the first eight bytes of a language tag; shaping uses no more of it.
fn packed(language: &str) -> [u8; 8] {
    let mut bytes = [0; 8];
    for (slot, byte) in bytes.iter_mut().zip(language.bytes()) {
        *slot = byte.to_ascii_lowercase();
    }
    bytes
}
