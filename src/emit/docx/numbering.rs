//! The numbering of a Word file's lists.
//!
//! In: the lists of the document. Out: the part of numbering, an entry for each list.

use super::package::{W, part};
use maud::html;

/// A list of the document.
pub(super) struct ListNumbering {
    /// Its depth, from 0.
    pub(super) depth: usize,
    /// Its first number; none for a list with bullets.
    pub(super) start: Option<u64>,
}

/// The number of depths that Word has for lists.
pub(super) const DEPTHS: usize = 9;

/// The indent of a list for each depth, in twentieths of a point.
pub(super) const INDENT: usize = 360;

/// Returns the part of numbering: one of two abstract ones for each list, with the
/// list's own first number.
pub(super) fn numbering(lists: &[ListNumbering]) -> String {
    let levels = |number: bool| {
        html! {
            @for depth in 0..DEPTHS {
                w:lvl w:ilvl=(depth) {
                    w:start w:val="1" {}
                    w:numFmt w:val=(if number { "decimal" } else { "bullet" }) {}
                    w:lvlText w:val=(if number { format!("%{}.", depth + 1) } else { "•".to_owned() }) {}
                    w:lvlJc w:val="left" {}
                    w:pPr { w:ind w:left=((depth + 1) * INDENT) w:hanging=(INDENT) {} }
                }
            }
        }
    };
    part(html! {
        w:numbering xmlns:w=(W) {
            w:abstractNum w:abstractNumId="0" { w:multiLevelType w:val="hybridMultilevel" {} (levels(false)) }
            w:abstractNum w:abstractNumId="1" { w:multiLevelType w:val="hybridMultilevel" {} (levels(true)) }
            @for (id, list) in (1..).zip(lists) {
                w:num w:numId=(id) {
                    w:abstractNumId w:val=(if list.start.is_some() { 1 } else { 0 }) {}
                    @if let Some(start) = list.start {
                        // Word counts to 32,767.
                        w:lvlOverride w:ilvl=(list.depth) { w:startOverride w:val=(start.min(32_767)) {} }
                    }
                }
            }
        }
    })
}
