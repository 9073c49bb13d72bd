//! Finds the scripts of grapheme clusters.
//!
//! In: a grapheme cluster. Out: the script of its letters (UAX 24). Guaranteed: an answer
//! for any cluster. Absent: the faces that print a script.

use icu_properties::CodePointMapData;
use icu_properties::props::Script;

/// Returns the script of a grapheme cluster: that of its first letter that has one.
pub(crate) fn script_of(cluster: &str) -> Script {
    let scripts = CodePointMapData::<Script>::new();
    cluster
        .chars()
        .map(|c| scripts.get(c))
        .find(|&script| script != Script::Common && script != Script::Inherited)
        .unwrap_or(Script::Common)
}

/// Returns the script whose faces a cluster's letters ask for: `None` for punctuation
/// and marks, which follow the letters around them.
pub(crate) fn own_script(cluster: &str) -> Option<Script> {
    let script = script_of(cluster);
    (script != Script::Common).then_some(script)
}
