//! Marks of HTML that web pages and email share: the numbers of lists, words set in a way
//! of their own, columns of numbers, and what is isolated from letters of another direction.
//!
//! In: lists and words. Out: attributes and elements. Guaranteed: an item's label reads as
//! its author wrote it. Absent: what stands in items.

use crate::compose::document::{
    Alignment, Inline, InlineStyle, List, NumberKind, NumberSigns, Numbering, Table, plain,
};
use crate::model::digit_groups;
use crate::model::direction::Direction;
use crate::model::kept_together::with_no_break_spaces;
use maud::{Markup, Render, html};

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

/// Returns a line of an address, or the words of a link. Where letters of both directions may
/// meet, it is isolated: it then runs as its own first letter does, and a street's number
/// stays before the street.
pub(super) fn isolated(line: &[Inline], content: Markup, direction: Direction) -> Markup {
    let words = plain(line);
    if words.is_empty() || !(direction.is_rtl() || digit_groups::has_rtl_letter(&words)) {
        return content;
    }
    html! { bdi { (content) } }
}

/// Returns text. Words that stay together have no-break spaces. Numbers of several groups
/// among letters from right to left are isolated, so that a telephone number is not turned
/// round.
pub(super) fn words(text: &str, direction: Direction) -> Markup {
    let text = &*with_no_break_spaces(text);
    if !(direction.is_rtl() || digit_groups::has_rtl_letter(text)) {
        return text.render();
    }
    let mut done = 0;
    let places = digit_groups::places(text);
    html! {
        @for place in &places {
            (text[done..place.start])
            // Divided, its parts would change places.
            bdi dir="ltr" style="white-space:nowrap" { (text[place.clone()]) }
            @let () = done = place.end;
        }
        (text[done..])
    }
}

/// Returns for each column and row of a table the spaces that put decimals one below the
/// other.
pub(super) fn number_padding(table: &Table) -> Vec<Vec<String>> {
    (0..table.head.len())
        .map(|column| match table.alignments.get(column) {
            Some(Alignment::Number) => table.number_padding(column),
            _ => vec![String::new(); table.rows.len()],
        })
        .collect()
}

/// Returns whether a column of a table has long entries of text. It keeps the width of some words
/// where the table is wider than the page and scrolls: one word a line is hard to read.
pub(super) fn is_prose(table: &Table, column: usize) -> bool {
    /// Most characters of what is no prose.
    const SHORT: usize = 24;
    let is_text = table.alignments.get(column).copied().unwrap_or_default() == Alignment::Start;
    let mut cells = table.rows.iter().filter_map(|row| row.get(column));
    is_text && cells.any(|cell| plain(cell).chars().count() > SHORT)
}

/// Words set in a way that says something.
pub(super) fn styled(style: InlineStyle, inner: &Markup) -> Markup {
    match style {
        InlineStyle::Superscript => html! { sup { (inner) } },
        InlineStyle::Subscript => html! { sub { (inner) } },
        InlineStyle::SmallCapitals => html! { span style="font-variant-caps:small-caps" { (inner) } },
        InlineStyle::Underline => html! { u { (inner) } },
        InlineStyle::Inserted => html! { ins { (inner) } },
        InlineStyle::Deleted => html! { del { (inner) } },
    }
}
