//! A table as aligned columns of text.
//!
//! In: a table and a width. Out: its lines, the head underlined; cells that are too
//! wide are wrapped within their column. Where that leaves too little room, each row
//! becomes lines of "head: cell". Guaranteed: no text of a cell is lost.

use super::inline;
use super::wrap::{hang, wrap};
use crate::compose::document::{Alignment, Table};
use textwrap::core::display_width;

/// Columns of text between two columns of the table.
const GAP: usize = 2;

/// Narrowest column into which cells are wrapped: about two short words.
const NARROW: usize = 12;

pub(super) fn table(table: &Table, width: usize) -> Vec<String> {
    let head: Vec<String> = table.head.iter().map(|cell| inline(cell)).collect();
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| row.iter().map(|cell| inline(cell)).collect())
        .collect();
    let rows = with_points_aligned(table, rows);
    let natural: Vec<usize> = (0..head.len())
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column)).chain([&head[column]]);
            cells
                .flat_map(|cell| cell.lines())
                .map(display_width)
                .max()
                .unwrap_or(0)
        })
        .collect();
    let room = width.saturating_sub(GAP * head.len().saturating_sub(1));
    let Some(widths) = fitted(natural, room) else {
        return stacked(&head, &rows, width);
    };
    let mut out = row(&head, &widths, &table.alignments);
    out.push(rule(&widths));
    // Where cells have several lines, only an empty one tells rows apart.
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|cells| row(cells, &widths, &table.alignments))
        .collect();
    let apart = rows.iter().any(|lines| lines.len() > 1);
    for (at, lines) in rows.into_iter().enumerate() {
        if apart && at > 0 {
            out.push(String::new());
        }
        out.extend(lines);
    }
    out
}

/// Returns rows with spaces behind the numbers of a column, so that their decimals stand one
/// below the other.
fn with_points_aligned(table: &Table, mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    for (column, alignment) in table.alignments.iter().enumerate() {
        if *alignment == Alignment::Number {
            for (row, padding) in rows.iter_mut().zip(table.number_padding(column)) {
                if let Some(cell) = row.get_mut(column) {
                    cell.extend(padding.chars().map(|_| ' '));
                }
            }
        }
    }
    rows
}

/// Narrows the widest columns until all fit; `None`: they cannot.
fn fitted(mut widths: Vec<usize>, room: usize) -> Option<Vec<usize>> {
    let mut excess = widths.iter().sum::<usize>().saturating_sub(room);
    while excess > 0 {
        let widest = widths.iter().copied().max()?;
        let next = widths
            .iter()
            .copied()
            .filter(|&width| width < widest)
            .max()
            .unwrap_or(0)
            .max(NARROW);
        if widest <= NARROW {
            return None;
        }
        let count = widths.iter().filter(|&&width| width == widest).count();
        // All of the widest come down together, to the next one or as far as needed.
        let step = (widest - next).min(excess.div_ceil(count)).max(1);
        for width in widths.iter_mut().filter(|width| **width == widest) {
            *width -= step;
            excess = excess.saturating_sub(step);
        }
    }
    Some(widths)
}

fn row(cells: &[String], widths: &[usize], alignments: &[Alignment]) -> Vec<String> {
    let cells: Vec<Vec<String>> = cells
        .iter()
        .zip(widths)
        .map(|(cell, &width)| wrapped(cell, width))
        .collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    (0..height)
        .map(|line| {
            let mut out = String::new();
            for (column, (cell, &width)) in cells.iter().zip(widths).enumerate() {
                let text = cell.get(line).map_or("", String::as_str);
                let space = width.saturating_sub(display_width(text));
                let before = match alignments.get(column).copied().unwrap_or_default() {
                    Alignment::Start => 0,
                    Alignment::Center => space / 2,
                    Alignment::End | Alignment::Number => space,
                };
                if column > 0 {
                    out.push_str(&" ".repeat(GAP));
                }
                out.push_str(&" ".repeat(before));
                out.push_str(text);
                out.push_str(&" ".repeat(space - before));
            }
            out.trim_end().to_owned()
        })
        .collect()
}

/// A cell that fits needs no wrapping, and narrow ones may be narrower than what
/// [`wrap`] takes for a line.
fn wrapped(cell: &str, width: usize) -> Vec<String> {
    if !cell.contains('\n') && display_width(cell) <= width {
        return vec![cell.to_owned()];
    }
    let lines = textwrap::wrap(
        cell,
        textwrap::Options::new(width.max(1)).word_splitter(textwrap::WordSplitter::NoHyphenation),
    );
    lines.into_iter().map(std::borrow::Cow::into_owned).collect()
}

fn rule(widths: &[usize]) -> String {
    let rules: Vec<String> = widths.iter().map(|&width| "-".repeat(width)).collect();
    rules.join(&" ".repeat(GAP))
}

fn stacked(head: &[String], rows: &[Vec<String>], width: usize) -> Vec<String> {
    let mut out = Vec::new();
    if rows.is_empty() {
        out.extend(head.iter().flat_map(|cell| wrap(cell, width)));
    }
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            out.push(String::new());
        }
        for (head, cell) in head.iter().zip(row) {
            out.extend(hang(&format!("{head}: {cell}"), width, 2));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_columns_give_way() {
        let check = |widths: &[usize], room, expected: Option<&[usize]>| {
            assert_eq!(
                fitted(widths.to_vec(), room).as_deref(),
                expected,
                "{widths:?} in {room}"
            );
        };
        check(&[5, 10], 20, Some(&[5, 10]));
        check(&[5, 40], 30, Some(&[5, 25]));
        check(&[30, 40], 40, Some(&[20, 20]));
        check(&[5, 30, 40], 45, Some(&[5, 20, 20]));
        check(&[20, 20, 20], 30, None);
        check(&[5, 100], 10, None);
        check(&[], 10, Some(&[]));
    }
}
