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
        return html! { @for (at, part) in address_parts(text).enumerate() { @if at > 0 { wbr; } (part) } };
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

/// Fewest bytes of an address of mail that is given places to break.
const LONG_ADDRESS: usize = 24;

/// Divides a text where a long address of mail in it may be parted: before its signs, so that
/// no narrow column cuts a word of it.
fn address_parts(text: &str) -> impl Iterator<Item = &str> {
    let mut ends = Vec::new();
    if text.contains('@') {
        let mut from = 0;
        for word in text.split(char::is_whitespace) {
            let at = text[from..].find(word).map_or(from, |at| from + at);
            from = at + word.len();
            let (name, host) = word.split_once('@').unwrap_or_default();
            if word.len() >= LONG_ADDRESS && !name.is_empty() && host.contains('.') {
                let signs = word.match_indices(['@', '.', '-', '_']);
                let inner = signs.filter(|(sign, _)| *sign > 0 && sign + 1 < word.len());
                ends.extend(inner.map(|(sign, _)| at + sign));
            }
        }
    }
    let starts = std::iter::once(0).chain(ends.clone());
    starts
        .zip(ends.into_iter().chain([text.len()]))
        .map(|(start, end)| &text[start..end])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_of_an_address_is_lost() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(address_parts(text).collect::<Vec<_>>(), expected);
            assert_eq!(address_parts(text).collect::<String>(), text);
        };
        check("", &[""]);
        check("a@b.example", &["a@b.example"]);
        check(
            "at at_office@fair-homes-coalition.example.",
            &["at at", "_office", "@fair", "-homes", "-coalition", ".example."],
        );
        check(
            "é  é@fairhomescoalition.example é",
            &["é  é", "@fairhomescoalition", ".example é"],
        );
    }
}
