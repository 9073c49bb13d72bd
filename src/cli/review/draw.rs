//! Draws the pairs of a review: two names below one another, and what helps to decide.
//!
//! In: a [`ReviewQuestion`]. Out: lines. Guaranteed: with the progress above and the keys
//! below, a pair takes at most twelve lines that are not wrapped; what does not fit is
//! counted.

use super::keys::Keys;
use crate::cli::draw::{self, Columns, RowLine};
use crate::cli::report::printable;
use crate::cli::style::{BOLD, GREEN, RESET};
use crate::engine::{ReviewCounts, ReviewQuestion, ReviewSide};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// The keys that most pairs need; the key typed follows.
pub(super) const KEYS: &str = " s same  d different  k skip  n name to print  u undo  ? more  q quit   > ";

/// Every key.
pub(super) const ALL_KEYS: &str = " \
s  same: one signatory                 w  give a reason for the next decision
 d  different: two signatories          o  separate one spelling from the others
 k  skip; decide another time           p  show all rows, reasons, and roll places
 n  same, and choose the name to print  u  undo the last decision
 q  quit; every decision is saved       f  decide all names of a family at once
 Enter  same, if both have email at one domain";

/// How many lines the rows and reasons of a pair may take, so that with the progress, the
/// total, the domain, the keys and three blank lines there are twelve.
const BUDGET: usize = 5;

/// How wide the bar is, in characters.
const BAR: usize = 20;

/// Draws how far the review has come.
pub(super) fn progress(out: &mut impl Write, counts: &ReviewCounts) -> io::Result<()> {
    let done = counts.same + counts.different + counts.skipped;
    let all = done + counts.left;
    let filled = BAR * done / all.max(1);
    writeln!(
        out,
        " {BOLD}{} of {all}{RESET}  {}{}  {} same, {} different, {} skipped\n",
        done + 1,
        "#".repeat(filled),
        "-".repeat(BAR - filled),
        counts.same,
        counts.different,
        counts.skipped
    )
}

/// Draws a pair.
pub(super) fn question(out: &mut impl Write, question: &ReviewQuestion, with_file: bool) -> io::Result<()> {
    let mut sides = question.sides.each_ref().map(|side| lines(side, with_file));
    let needed = sides.iter().map(Vec::len).sum::<usize>();
    // The first row of each side always shows, and one reason.
    let mut room = needed.min(BUDGET - 1) - 2;
    for (lines, side) in sides.iter_mut().zip(&question.sides) {
        let shown = 1 + room.min(lines.len() - 1);
        room -= shown - 1;
        let left_out = lines.len() - shown;
        lines.truncate(shown);
        if left_out > 0
            && let Some(last) = lines.last_mut()
        {
            last.place += &format!(" and {left_out} more of {}", side.rows.len());
        }
    }
    let reasons = BUDGET - sides.iter().map(Vec::len).sum::<usize>();
    let crowded = question.family.is_some() && question.common_domain.is_some();
    let reasons = reasons - usize::from(crowded && reasons > 1);
    rows(out, question, sides)?;
    draw::evidence(out, &question.evidence, question.probability, reasons)?;
    if let Some(family) = &question.family {
        let (name, count) = (printable(&family.name), family.longer.len());
        writeln!(
            out,
            "          “{name}” is part of {count} longer names; f decides all of them"
        )?;
    }
    if let Some(domain) = &question.common_domain {
        let domain = printable(domain);
        writeln!(out, "          {GREEN}both have email at {domain}{RESET}; Enter is s")?;
    }
    writeln!(out)
}

/// Asks for the reason of the next decision.
pub(super) fn reason(out: &mut impl Write, keys: &mut Keys) -> io::Result<Option<String>> {
    write!(out, " Why? Saved with the next decision. Enter: no reason: ")?;
    out.flush()?;
    Ok(keys.line()?.filter(|why| !why.is_empty()))
}

/// Draws all rows of a pair, all reasons, and the places on the roll.
pub(super) fn everything(out: &mut impl Write, question: &ReviewQuestion) -> io::Result<()> {
    writeln!(out)?;
    rows(out, question, question.sides.each_ref().map(|side| lines(side, true)))?;
    draw::evidence(out, &question.evidence, question.probability, usize::MAX)?;
    writeln!(out)?;
    for (letter, side) in ["A", "B"].iter().zip(&question.sides) {
        let beside = |name: &Option<String>, none: &str| {
            let name = name.as_deref().map(printable);
            name.map_or(none.to_owned(), |name| format!("“{name}”"))
        };
        let before = beside(&side.before, "the beginning");
        let after = beside(&side.after, "the end");
        writeln!(out, " {letter}  on the roll between {before} and {after}")?;
    }
    writeln!(out)
}

/// Returns the rows of a signatory, that with its printed name first.
fn lines(side: &ReviewSide, with_file: bool) -> Vec<RowLine> {
    let mut rows: Vec<_> = side.rows.iter().collect();
    rows.sort_by_key(|row| row.name != side.name);
    let mut lines = Vec::new();
    if rows.first().is_none_or(|row| row.name != side.name) {
        lines.push(RowLine {
            name: printable(&side.name),
            cells: "the printed name".to_owned(),
            place: String::new(),
        });
    }
    lines.extend(rows.iter().map(|row| RowLine {
        name: printable(&row.name),
        cells: printable(&row.cells.join(", ")),
        place: match with_file {
            true => printable(&format!("{}:{}", row.file, row.line)),
            false => format!("row {}", row.line),
        },
    }));
    lines
}

/// Draws the rows of both signatories in columns, with the words underlined that only one
/// has.
fn rows(out: &mut impl Write, question: &ReviewQuestion, sides: [Vec<RowLine>; 2]) -> io::Result<()> {
    let columns = Columns::of(sides.iter().flatten());
    for (at, lines) in sides.into_iter().enumerate() {
        let other = words(&question.sides[1 - at]);
        for (nth, mut line) in lines.into_iter().enumerate() {
            let letter = match (nth, at) {
                (0, 0) => "A",
                (0, _) => "B",
                _ => " ",
            };
            line.name = draw::underlined(&line.name, &other);
            columns.draw(out, &format!(" {BOLD}{letter}{RESET}  "), &line)?;
        }
    }
    writeln!(out)
}

/// Returns the words of all names of a signatory.
fn words(side: &ReviewSide) -> BTreeSet<String> {
    draw::words(side.rows.iter().map(|row| &*row.name).chain([&*side.name]))
}
