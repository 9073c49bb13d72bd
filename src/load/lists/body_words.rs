//! Words that organizations call themselves, in a name or in a header.
//!
//! In: a name or a header. Out: whether it has such a word. Absent: cells that may name
//! several (those are `resolve::rows`').

use super::fold::fold;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct BodyWords {
    /// Words that organizations call themselves.
    bodies: FxHashSet<&'static str>,
    /// Words of a header that may ask for an organization.
    headers: FxHashSet<&'static str>,
    /// Words of a header that asks for a name.
    names: FxHashSet<&'static str>,
    /// Words of a header that may ask for one, or for where a person works.
    employers: FxHashSet<&'static str>,
}

static WORDS: LazyLock<BodyWords> = LazyLock::new(|| word_list!("bodies"));

/// Returns whether a folded text has a word that organizations call themselves.
pub(super) fn has_body_word(folded: &str) -> bool {
    folded.split(' ').any(|word| WORDS.bodies.contains(word))
}

/// Returns whether a header may ask for the organization that signs: "Agency", "Union local".
pub(super) fn names_a_body(header: &str) -> bool {
    let folded = fold(header);
    let mut words = folded.split(' ');
    words.any(|word| WORDS.headers.contains(word) || WORDS.employers.contains(word))
}

/// Returns whether a header has a word for an organization, or for a name, beside others:
/// "Signatory organization", "Card Name".
pub(super) fn asks_for_a_name(header: &str) -> bool {
    fold(header).split(' ').any(|word| WORDS.names.contains(word))
}

/// Returns whether a header may ask for the organization that signs as well as for where a
/// person works.
pub(super) fn is_employer(header: &str) -> bool {
    fold(header).split(' ').any(|word| WORDS.employers.contains(word))
}
