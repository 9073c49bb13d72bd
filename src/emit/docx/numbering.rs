//! The numbering of a Word file's lists.
//!
//! In: the lists of the document. Out: the part of numbering, an entry for each list.

use super::package::{W, part};
use crate::compose::document::{NumberKind, NumberSigns};
use maud::html;

/// A list of the document.
pub(super) struct ListNumbering {
    /// Its depth, from 0.
    pub(super) depth: usize,
    /// What its items are numbered with; none for bullets.
    pub(super) form: Option<(NumberKind, NumberSigns)>,
    /// Its first number.
    pub(super) start: u64,
}

/// The number of depths that Word has for lists.
pub(super) const DEPTHS: usize = 9;

/// The indent of a list for each depth, in twentieths of a point.
pub(super) const INDENT: usize = 360;

/// Returns the part of numbering: an abstract one for bullets and for each way of
/// numbering, and for each list its own first number.
pub(super) fn numbering(lists: &[ListNumbering]) -> String {
    let mut forms = vec![None, Some((NumberKind::Decimal, NumberSigns::Dot))];
    for list in lists {
        if !forms.contains(&list.form) {
            forms.push(list.form);
        }
    }
    let abstract_number = |form| forms.iter().position(|known| *known == form).unwrap_or_default();
    let levels = |form: Option<(NumberKind, NumberSigns)>| {
        html! {
            @for depth in 0..DEPTHS {
                w:lvl w:ilvl=(depth) {
                    w:start w:val="1" {}
                    w:numFmt w:val=(form.map_or("bullet", |(kind, _)| number_format(kind))) {}
                    w:lvlText w:val=(form.map_or("•".to_owned(), |(_, signs)| level_text(signs, depth + 1))) {}
                    w:lvlJc w:val="left" {}
                    w:pPr { w:ind w:left=((depth + 1) * INDENT) w:hanging=(INDENT) {} }
                }
            }
        }
    };
    part(html! {
        w:numbering xmlns:w=(W) {
            @for (id, form) in forms.iter().enumerate() {
                w:abstractNum w:abstractNumId=(id) { w:multiLevelType w:val="hybridMultilevel" {} (levels(*form)) }
            }
            @for (id, list) in (1..).zip(lists) {
                w:num w:numId=(id) {
                    w:abstractNumId w:val=(abstract_number(list.form)) {}
                    @if list.form.is_some() {
                        // Word counts to 32,767.
                        w:lvlOverride w:ilvl=(list.depth) { w:startOverride w:val=(list.start.min(32_767)) {} }
                    }
                }
            }
        }
    })
}

/// Returns Word's name for a kind of numbers (ST_NumberFormat).
fn number_format(kind: NumberKind) -> &'static str {
    match kind {
        NumberKind::Decimal => "decimal",
        NumberKind::LowerAlpha => "lowerLetter",
        NumberKind::UpperAlpha => "upperLetter",
        NumberKind::LowerRoman => "lowerRoman",
        NumberKind::UpperRoman => "upperRoman",
    }
}

/// Returns the text around the number of a level.
fn level_text(signs: NumberSigns, level: usize) -> String {
    match signs {
        NumberSigns::Dot => format!("%{level}."),
        NumberSigns::Parenthesis => format!("%{level})"),
        NumberSigns::Parentheses => format!("(%{level})"),
    }
}
