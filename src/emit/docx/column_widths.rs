//! The widths of a table's columns in a Word file.
//!
//! In: a table, the room and the size of its letters. Out: a width for each column.
//! Guaranteed: together they are no wider than the room. Absent: fonts; letters are taken
//! to be as wide as in the faces that come with Word.
//!
//! Columns are as wide as their longest line if all fit; otherwise each gets its longest
//! word and a share of the rest by what it would still like to have (CSS 2.2, 17.5.2.2).

use crate::compose::document::{Inline, Line, Table, plain};
use crate::model::kept_together::with_no_break_spaces;
use crate::model::visit;
use std::borrow::Cow;

/// White beside a cell's text, on both sides together, in points: Word's own.
pub(super) const PADDING: f64 = 10.8;

/// Room that a line has beside what its letters are taken to need, in points.
const SLACK: f64 = 2.0;

/// Part of its line that a head is content with where cells below it want room.
const HEAD_SHARE: f64 = 0.4;

/// How much wider bold letters are.
const BOLD: f64 = 1.1;

/// Points of a pixel: 96 to the inch.
const PIXEL: f64 = 0.75;

/// Returns the widths of a table's columns, in points; `size` is that of its letters.
pub(super) fn widths(table: &Table, room: f64, size: f64) -> Vec<f64> {
    let count = table.head.len().max(1);
    let (mut least, mut natural, mut best) = (vec![0.0_f64; count], vec![0.0_f64; count], vec![0.0_f64; count]);
    let head = std::iter::once((&table.head, BOLD, HEAD_SHARE));
    let rows = head.chain(table.rows.iter().map(|row| (row, 1.0, 1.0)));
    for (cells, scale, share) in rows {
        for (column, cell) in cells.iter().enumerate().take(count) {
            let (line, word) = measured(cell, size * scale);
            natural[column] = natural[column].max(line + PADDING);
            best[column] = best[column].max(word.max(line * share) + PADDING);
            least[column] = least[column].max(word + PADDING);
        }
    }
    let sum = |widths: &[f64]| widths.iter().sum::<f64>();
    let between = |low: &[f64], high: &[f64]| {
        let spare = (room - sum(low)) / (sum(high) - sum(low));
        let pairs = low.iter().zip(high);
        pairs.map(|(low, high)| low + (high - low) * spare).collect()
    };
    if sum(&natural) <= room {
        let blank = table.blank_columns();
        let count = blank.iter().filter(|is_blank| **is_blank).count().max(1);
        // What is filled in by hand gets what is left.
        let spare = (room - sum(&natural)) / count as f64;
        let pairs = natural.iter().zip(blank);
        pairs
            .map(|(width, is_blank)| width + if is_blank { spare } else { 0.0 })
            .collect()
    } else if sum(&best) <= room {
        between(&best, &natural)
    } else if sum(&least) < room {
        between(&least, &best)
    } else {
        let scale = room / sum(&least);
        least.iter().map(|least| least * scale).collect()
    }
}

/// Returns the widths of a cell on one line and of its widest word, in points.
fn measured(cell: &Line, size: f64) -> (f64, f64) {
    let words = plain(cell);
    let width = |text: &str| text_width(text, size);
    let line = words.lines().map(width).fold(0.0, f64::max);
    let word = words.split(char::is_whitespace).map(width).fold(0.0, f64::max);
    let mut pictures = 0.0_f64;
    visit::inlines_of_line(cell, &mut |inline| {
        if let Inline::Image(image) = inline
            && let Some(picture) = &image.picture
        {
            pictures = pictures.max(picture.width * PIXEL);
        }
    });
    // A picture is made smaller where there is no room.
    (line.max(pictures) + SLACK, word.max(pictures.min(size * 4.0)) + SLACK)
}

/// Returns a text with no-break spaces between words that stay together, if they have room on
/// one line: Word cuts a word that has none.
pub(super) fn kept_within(text: &str, room: f64, size: f64) -> Cow<'_, str> {
    let kept = with_no_break_spaces(text);
    let is_cut = |words: &str| words.contains('\u{a0}') && text_width(words, size) > room;
    if kept.split(' ').any(is_cut) {
        Cow::Borrowed(text)
    } else {
        kept
    }
}

/// Returns about how wide a text of a size is, in points.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// Returns about how wide a character is, in em.
fn em(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' | '(' | ')' | '-' | 'f' | 't' | 'r' => {
            0.38
        }
        ' ' | '\u{a0}' => 0.26,
        'm' | 'w' | 'M' | 'W' | '—' | '%' | '@' => 0.92,
        'A'..='Z' => 0.74,
        '0'..='9' => 0.62,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' => 1.0,
        '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}' => 1.0,
        'a'..='z' => 0.57,
        // Faces that stand in for others are wide.
        _ => 0.7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(head: &[&str], row: &[&str]) -> Table {
        let line = |words: &&str| vec![Inline::Text((*words).into())];
        Table {
            alignments: Vec::new(),
            head: head.iter().map(line).collect(),
            rows: vec![row.iter().map(line).collect()],
        }
    }

    #[test]
    fn words_fit_and_long_cells_get_the_rest() {
        let set = widths(
            &table(
                &["Unit", "River or brook", "Cost of designation ($)"],
                &[
                    "1a",
                    "Ashuelot River, including its North Branch and unnamed tributaries below Route 9",
                    "19,619",
                ],
            ),
            300.0,
            10.0,
        );
        assert!(set.iter().sum::<f64>() <= 300.1, "{set:?}");
        assert!(set[1] > set[0] && set[1] > set[2], "{set:?}");
        let (_, designation) = measured(&vec![Inline::Text("designation".into())], 10.0 * BOLD);
        assert!(set[2] >= designation + PADDING, "{set:?}");
    }

    #[test]
    fn words_stay_together_where_there_is_room() {
        let law = "see 42 U.S.C. § 1437f(o) now";
        assert_eq!(
            kept_within(law, 200.0, 10.0),
            "see 42\u{a0}U.S.C.\u{a0}§\u{a0}1437f(o) now"
        );
        // Word would cut the number: "§ 143" and "7f(o)".
        assert_eq!(kept_within(law, 60.0, 10.0), law);
        assert_eq!(kept_within("no number", 10.0, 10.0), "no number");
    }

    #[test]
    fn columns_to_fill_in_take_what_is_left() {
        let set = widths(&table(&["No.", "Name", "Signature"], &["1", "", ""]), 468.0, 10.0);
        assert!(
            (set.iter().sum::<f64>() - 468.0).abs() < 0.1 && set[0] < 40.0,
            "{set:?}"
        );
    }

    #[test]
    fn a_narrow_table_is_no_wider_than_its_words() {
        let set = widths(&table(&["Month", "People"], &["March", "913"]), 468.0, 10.0);
        assert!(set.iter().sum::<f64>() < 150.0, "{set:?}");
    }
}
