//! Sets tables.
//!
//! In: cells. Out: line blocks, one for each height of lines that stand side by side.
//! Guaranteed: no table is wider than its room; rows of a few lines are not divided; a
//! page that begins within a table repeats its head, as an artifact. Absent: what cells
//! mean.
//!
//! Columns are as wide as their longest line if all fit; otherwise each gets its longest
//! word and a share of the rest by what it would still like to have, as the automatic
//! table layout of CSS 2.2, section 17.5.2.2, has it.

use crate::layout::blocks::line_block::{LineBlock, PlacedLine, PlacedRule, SetBlock, StackItem};
use crate::layout::blocks::paragraph::put_labels;
use crate::layout::flow::block::TableBlock;
use crate::layout::frame::{Artifact, Color, Mark};
use crate::layout::page_metrics::{HAIRLINE, QUIET};
use crate::layout::paragraph::format::{Align, BreakPolicy, ParagraphFormat};
use crate::layout::paragraph::line::{SetLine, SetText};
use crate::layout::paragraph::set_text;
use crate::layout::text::atom::measure;
use crate::layout::text::shape::Shaper;
use crate::layout::text::styled_text::StyledText;
use std::sync::Arc;

/// White on each side of a cell, as a part of the leading.
const PADDING: f64 = 0.38;

/// White above and below a row, as a part of the leading.
const ROW: f64 = 0.22;

/// More white before a column of words that follows numbers, as a part of the leading: a number
/// at the end of its column is nearer to the next word than to the words of its own row.
const AFTER_NUMBERS: f64 = 0.8;

/// Height of a row to be filled in by hand, in lines.
const TO_FILL_IN: f64 = 1.7;

/// Part of its line that a head is content with where cells below it want room.
const HEAD_SHARE: f64 = 0.4;

/// Rows of more lines than this may be divided between pages.
const WHOLE: usize = 8;

/// Sets a table.
pub(crate) fn set_table(table: &TableBlock, shaper: Shaper<'_>) -> SetBlock {
    let count = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut missing = Vec::new();
    if count == 0 {
        return SetBlock {
            items: Vec::new(),
            missing,
            ..SetBlock::default()
        };
    }
    let padding = table.leading * PADDING;
    let widths = widths(table, count, padding, shaper);
    let total: f64 = widths.iter().map(|column| column.width).sum();
    let rtl = table.rtl == Some(true);
    let edge = if rtl {
        table.left + table.width - total
    } else {
        table.left
    };
    let mut line_blocks: Vec<LineBlock> = Vec::new();
    let mut head: Option<Arc<LineBlock>> = None;
    for (number, row) in table.rows.iter().enumerate() {
        let mut left = if rtl { edge + total } else { edge };
        let mut cells: Vec<(f64, Vec<SetLine>)> = Vec::with_capacity(count);
        for (column, text) in row.iter().enumerate() {
            let alignment = table.columns.get(column);
            let is_number = alignment.is_some_and(|column| column.points.is_some());
            let format = ParagraphFormat {
                width: (widths[column].width - widths[column].before - 2.0 * padding).max(1.0),
                first: 0.0,
                rest: 0.0,
                hang_breaks: false,
                align: alignment.map_or(Align::Start, |column| column.align),
                break_policy: BreakPolicy::Cell,
                // The head says what stands below it, and is read at a glance.
                hyphenate: number > 0,
                leading: table.leading,
                // Numbers stand at the right, whatever the script.
                rtl: if is_number { Some(false) } else { table.rtl },
            };
            let set_text = in_cell(text, &format, shaper);
            // What takes several lines is no number that others stand above.
            let moved = match set_text.lines.as_slice() {
                [_] => widths[column].decimals.get(number).copied().unwrap_or_default(),
                _ => 0.0,
            };
            if !set_text.missing.is_empty() {
                missing.push((set_text.missing, text.chars.clone()));
            }
            if rtl {
                left -= widths[column].width;
            }
            let before = if rtl { 0.0 } else { widths[column].before };
            cells.push((left + before + padding - moved, set_text.lines));
            if !rtl {
                left += widths[column].width;
            }
        }
        let is_head = number == 0;
        let last = number + 1 == table.rows.len();
        let least = match is_head || !table.columns.iter().any(|column| column.is_blank) {
            true => 0.0,
            false => table.leading * TO_FILL_IN,
        };
        let mut row = row_blocks(cells, table.leading, least, is_head || last, (edge, total));
        if is_head {
            if let [single] = row.as_slice() {
                head = Some(Arc::new(artifact(single)));
            }
        } else {
            // The head never stands alone at a page's foot.
            if number == 1
                && let Some(first) = row.first_mut()
            {
                first.keep_with_previous = true;
            }
            for line_block in &mut row {
                line_block.head.clone_from(&head);
            }
        }
        line_blocks.append(&mut row);
    }
    if let Some(first) = line_blocks.first_mut() {
        first.before = table.gap;
        first.rules.push(rule(edge, 0.0, total, HAIRLINE * 2.0));
        put_labels(first, &table.labels, shaper, &mut missing);
    }
    if let Some(last) = line_blocks.last_mut() {
        last.after = table.gap;
    }
    SetBlock {
        items: line_blocks.into_iter().map(StackItem::Lines).collect(),
        missing,
        ..SetBlock::default()
    }
}

/// Sets the text of a cell: words are divided only if that saves a line.
fn in_cell(text: &StyledText, format: &ParagraphFormat, shaper: Shaper<'_>) -> SetText {
    let set = set_text(text, format, shaper);
    if !format.hyphenate || set.lines.len() < 2 {
        return set;
    }
    let whole = ParagraphFormat {
        hyphenate: false,
        ..*format
    };
    let whole = set_text(text, &whole, shaper);
    if whole.lines.len() <= set.lines.len() {
        whole
    } else {
        set
    }
}

/// Returns a rule of a table.
fn rule(left: f64, top: f64, width: f64, height: f64) -> PlacedRule {
    PlacedRule {
        left,
        top,
        width,
        height,
        color: QUIET,
        mark: Mark::Artifact(Artifact::Layout),
    }
}

/// Returns the line blocks of a row: one, or one for each line if it is long; its lines are
/// `least` high together. Below it stands a rule, strong below the head and the last row.
fn row_blocks(
    cells: Vec<(f64, Vec<SetLine>)>,
    leading: f64,
    least: f64,
    strong: bool,
    (left, width): (f64, f64),
) -> Vec<LineBlock> {
    let tallest = cells.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
    let mut columns: Vec<(f64, std::vec::IntoIter<SetLine>)> = cells
        .into_iter()
        .map(|(left, lines)| (left, lines.into_iter()))
        .collect();
    let mut bands: Vec<LineBlock> = Vec::new();
    for _ in 0..tallest {
        let mut band = LineBlock::default();
        for (left, lines) in &mut columns {
            if let Some(line) = lines.next() {
                band.height = band.height.max(line.height);
                band.notes.extend(&line.notes);
                band.lines.push(PlacedLine {
                    left: *left,
                    top: 0.0,
                    line,
                });
            }
        }
        bands.push(band);
    }
    if bands.is_empty() {
        bands.push(LineBlock {
            height: leading,
            ..LineBlock::default()
        });
    }
    let mut line_blocks = if bands.len() <= WHOLE {
        let mut whole = LineBlock::default();
        for band in bands {
            for mut placed in band.lines {
                placed.top += whole.height;
                whole.lines.push(placed);
            }
            whole.notes.extend(band.notes);
            whole.height += band.height;
        }
        vec![whole]
    } else {
        bands
    };
    let white = leading * ROW;
    if let [only] = line_blocks.as_mut_slice() {
        only.height = only.height.max(least);
    }
    if let Some(first) = line_blocks.first_mut() {
        for placed in &mut first.lines {
            placed.top += white;
        }
        first.height += white;
    }
    if let Some(last) = line_blocks.last_mut() {
        let thickness = if strong { HAIRLINE } else { HAIRLINE / 2.0 };
        last.height += white;
        last.rules.push(PlacedRule {
            color: if strong { QUIET } else { FAINT },
            ..rule(left, last.height, width, thickness)
        });
        last.height += thickness;
    }
    line_blocks
}

/// Color of the rules between rows.
const FAINT: Color = Color([0xa8, 0xa8, 0xa8]);

/// Returns a line block as page furniture, for repeating.
fn artifact(line_block: &LineBlock) -> LineBlock {
    let mark = Mark::Artifact(Artifact::Layout);
    let lines = line_block
        .lines
        .iter()
        .map(|placed| {
            let mut line = placed.line.clone();
            for run in &mut line.runs {
                run.mark = mark;
            }
            for strike in &mut line.strikes {
                strike.3 = mark;
            }
            line.links.clear();
            line.notes.clear();
            PlacedLine {
                left: placed.left,
                top: placed.top,
                line,
            }
        })
        .collect();
    LineBlock {
        height: line_block.height,
        lines,
        rules: line_block.rules.clone(),
        ..LineBlock::default()
    }
}

/// Is the width of a column.
struct ColumnWidth {
    /// White included.
    width: f64,
    /// White at its start beyond the usual.
    before: f64,
    /// By row: how far a number stands from the right, so that decimals stand one below the
    /// other.
    decimals: Vec<f64>,
}

/// Returns the widths of columns, white included.
fn widths(table: &TableBlock, count: usize, padding: f64, shaper: Shaper<'_>) -> Vec<ColumnWidth> {
    let mut least = vec![0.0_f64; count];
    // What a column would like: its longest line, or where there is no room for that, a head
    // in several lines.
    let (mut natural, mut best) = (vec![0.0_f64; count], vec![0.0_f64; count]);
    let decimals: Vec<Vec<f64>> = (0..count).map(|column| decimals(table, column, shaper)).collect();
    for (number, row) in table.rows.iter().enumerate() {
        for (column, text) in row.iter().enumerate() {
            let (line, word) = measure(text, shaper);
            let moved = decimals[column].get(number).copied().unwrap_or_default();
            // A hair more than measured, so that rounding turns no line over.
            let wish = if number == 0 { word.max(line * HEAD_SHARE) } else { line };
            natural[column] = natural[column].max(line + moved + 2.0 * padding + 0.1);
            best[column] = best[column].max(wish + moved + 2.0 * padding + 0.1);
            least[column] = least[column].max(word + moved + 2.0 * padding + 0.1);
        }
    }
    let mut before = spaces_before(table, count);
    if natural.iter().sum::<f64>() + before.iter().sum::<f64>() > table.width {
        before.fill(0.0);
    }
    let room = table.width - before.iter().sum::<f64>();
    let (sum_best, sum_least): (f64, f64) = (best.iter().sum(), least.iter().sum());
    let widths = if natural.iter().sum::<f64>() <= room {
        spread(natural, table, room)
    } else if sum_best <= room {
        // Heads get what is left.
        let wanting: f64 = natural.iter().sum::<f64>() - sum_best;
        let spare = (room - sum_best) / wanting;
        let pairs = best.iter().zip(&natural);
        pairs.map(|(best, natural)| best + (natural - best) * spare).collect()
    } else if sum_least >= room {
        // Words will be broken; nobody gets less than an even share of what the
        // narrow columns leave.
        share(&least, room)
    } else {
        let spare = (room - sum_least) / (sum_best - sum_least);
        let pairs = least.iter().zip(&best);
        pairs.map(|(least, best)| least + (best - least) * spare).collect()
    };
    let widths = widths.into_iter().zip(before).zip(decimals);
    widths
        .map(|((width, before), decimals)| ColumnWidth {
            width: width + before,
            before,
            decimals,
        })
        .collect()
}

/// Returns the white before each column beyond the usual.
fn spaces_before(table: &TableBlock, count: usize) -> Vec<f64> {
    let align = |column: usize| table.columns.get(column).map_or(Align::Start, |column| column.align);
    let follows_numbers = |column: usize| {
        let before = column.checked_sub(1).map(align);
        before == Some(Align::End) && align(column) == Align::Start
    };
    let white = |column| match follows_numbers(column) {
        true => table.leading * AFTER_NUMBERS,
        false => 0.0,
    };
    (0..count).map(white).collect()
}

/// Gives columns that are filled in by hand what is left of the room: half of it in equal parts,
/// and half by the length of their heads.
fn spread(mut widths: Vec<f64>, table: &TableBlock, room: f64) -> Vec<f64> {
    let blank: Vec<usize> = (0..widths.len())
        .filter(|&column| table.columns.get(column).is_some_and(|column| column.is_blank))
        .collect();
    let spare = room - widths.iter().sum::<f64>();
    let all: f64 = blank.iter().map(|&column| widths[column]).sum();
    for &column in &blank {
        widths[column] += spare / 2.0 / blank.len() as f64 + spare / 2.0 * widths[column] / all;
    }
    widths
}

/// Returns by row how far the numbers of a column stand from the right; nothing for a column
/// of words.
fn decimals(table: &TableBlock, column: usize, shaper: Shaper<'_>) -> Vec<f64> {
    let Some(points) = table.columns.get(column).and_then(|column| column.points.as_ref()) else {
        return Vec::new();
    };
    let after = |(row, point): (&Vec<StyledText>, &Option<usize>)| {
        let (cell, at) = row.get(column).zip(*point)?;
        let (line, _) = measure(cell, shaper);
        let (before, _) = measure(&cell.before(at), shaper);
        Some(line - before)
    };
    // The head stands at the right.
    let behind: Vec<Option<f64>> = table.rows.iter().skip(1).zip(points).map(after).collect();
    let most = behind.iter().flatten().copied().fold(0.0, f64::max);
    let moved = behind.iter().map(|behind| behind.map_or(0.0, |behind| most - behind));
    std::iter::once(0.0).chain(moved).collect()
}

/// Divides `room` so that wishes below the even share are granted and the rest is
/// shared evenly.
fn share(wishes: &[f64], room: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|&a, &b| wishes[a].total_cmp(&wishes[b]));
    let mut widths = vec![0.0; wishes.len()];
    let mut left = room;
    for (done, &column) in order.iter().enumerate() {
        let even = left / (wishes.len() - done) as f64;
        widths[column] = wishes[column].min(even);
        left -= widths[column];
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_columns_get_what_they_wish() {
        assert_eq!(share(&[10.0, 200.0, 300.0], 110.0), vec![10.0, 50.0, 50.0]);
        assert_eq!(share(&[100.0, 100.0], 50.0), vec![25.0, 25.0]);
    }
}
