//! Marks of HTML that web pages and email share: the numbers of lists, and words set in a
//! way of their own.
//!
//! In: lists and words. Out: attributes and elements. Guaranteed: an item's label reads as
//! its author wrote it. Absent: what stands in items.

use crate::compose::document::{InlineStyle, List, NumberKind, NumberSigns, Numbering};
use maud::{Markup, html};

/// Returns the first number of a list, if it is not 1.
pub(super) fn start(numbering: &Numbering) -> Option<u64> {
    (!numbering.follows(0)).then(|| numbering.number(0))
}

/// Returns the `type` of a list whose numbers are no digits.
pub(super) fn letters(numbering: &Numbering) -> Option<&'static str> {
    match numbering.kind {
        NumberKind::Decimal => None,
        NumberKind::LowerAlpha => Some("a"),
        NumberKind::UpperAlpha => Some("A"),
        NumberKind::LowerRoman => Some("i"),
        NumberKind::UpperRoman => Some("I"),
    }
}

/// Returns the number of an item that does not follow from the one before it.
pub(super) fn value(list: &List, item: usize) -> Option<u64> {
    let numbering = list.numbering.as_ref()?;
    (item > 0 && !numbering.follows(item)).then(|| numbering.number(item))
}

/// Returns the style that gives an item its label as it was written, where a browser would
/// write another.
pub(super) fn label_style(list: &List, item: usize) -> Option<String> {
    let numbering = list.numbering.as_ref()?;
    // A label is a number and signs, so that nothing in it ends the string.
    (numbering.signs != NumberSigns::Dot).then(|| format!("list-style-type:'{} '", numbering.label(item)))
}

/// Words set in a way that says something.
pub(super) fn styled(style: InlineStyle, inner: &Markup) -> Markup {
    match style {
        InlineStyle::Superscript => html! { sup { (inner) } },
        InlineStyle::Subscript => html! { sub { (inner) } },
        InlineStyle::SmallCapitals => html! { span style="font-variant-caps:small-caps" { (inner) } },
        InlineStyle::Underline => html! { u { (inner) } },
    }
}
