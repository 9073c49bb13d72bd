//! Tables of a Word file.
//!
//! In: a `w:tbl` element. Out: a table whose rows are equally long. Guaranteed: no word of a
//! cell is lost; cells that go over several columns or rows stand in the first, and the
//! others are empty. Absent: borders and widths.

use super::super::spans::{self, Atom, Looks, Span};
use super::super::xml::Element;
use super::numbering::Numberings;
use super::paragraph;
use super::state::{State, words_of};
use crate::model::draft::ChangeKind;
use crate::model::text::{Alignment, Line, Table};

/// Most columns of a table, and most that a cell may go over.
const MAX_COLUMNS: usize = 64;

/// A cell: its words, and its alignment.
#[derive(Default)]
struct Cell {
    spans: Vec<Span>,
    align: Option<String>,
}

/// Reads a table; `None` if it has no words.
pub(super) fn read(element: &Element, numberings: &mut Numberings, state: &mut State<'_>) -> Option<Table> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    self::rows(element, numberings, state, &mut rows);
    rows.retain(|cells| cells.iter().any(|cell| !cell.spans.iter().all(Span::is_blank)));
    let width = rows.iter().map(Vec::len).max()?.min(MAX_COLUMNS);
    let alignments = (0..width).map(|column| {
        let below = rows.get(1).or(rows.first()).and_then(|cells| cells.get(column));
        match below.and_then(|cell| cell.align.as_deref()) {
            Some("center") => Alignment::Center,
            Some("right" | "end") => Alignment::End,
            _ => Alignment::Start,
        }
    });
    let alignments = alignments.collect();
    let is_bold = |cells: &[Cell]| {
        let mut words = cells.iter().filter(|cell| !cell.spans.iter().all(Span::is_blank));
        words.all(|cell| spans::is_bold(&cell.spans))
    };
    if let Some(head) = rows.first_mut().filter(|head| is_bold(head)) {
        let spans = head.iter_mut().flat_map(|cell| &mut cell.spans);
        spans.for_each(|span| span.looks.bold = false);
    }
    let mut lines = rows.into_iter().map(|cells| {
        let mut line: Vec<Line> = cells
            .into_iter()
            .map(|cell| spans::line(cell.spans, state.file))
            .collect();
        line.resize(width, Line::new());
        line
    });
    Some(Table {
        alignments,
        head: lines.next()?,
        rows: lines.collect(),
    })
}

fn rows(element: &Element, numberings: &mut Numberings, state: &mut State<'_>, out: &mut Vec<Vec<Cell>>) {
    for row in element.elements() {
        match row.name.as_str() {
            "tr" => {
                let properties = row.child("trPr");
                let mark = |name: &str| properties.and_then(|properties| properties.child(name));
                let mut is_left_out = false;
                if let Some(change) = mark("ins") {
                    is_left_out |= !state.change(change, ChangeKind::Inserted, &words_of(row));
                }
                if let Some(change) = mark("del") {
                    is_left_out |= state.change(change, ChangeKind::Deleted, &words_of(row));
                }
                let mut cells = Vec::new();
                state.hidden += usize::from(is_left_out);
                self::cells(row, numberings, state, &mut cells);
                state.hidden -= usize::from(is_left_out);
                if !is_left_out {
                    out.push(cells);
                }
            }
            "sdt" => {
                if let Some(content) = row.child("sdtContent") {
                    rows(content, numberings, state, out);
                }
            }
            "customXml" => rows(row, numberings, state, out),
            _ => {}
        }
    }
}

fn cells(row: &Element, numberings: &mut Numberings, state: &mut State<'_>, out: &mut Vec<Cell>) {
    for element in row.elements() {
        match element.name.as_str() {
            "tc" if out.len() < MAX_COLUMNS => {
                let mut cell = Cell::default();
                content(element, numberings, state, &mut cell);
                out.push(cell);
                let over = element
                    .child("tcPr")
                    .and_then(|properties| properties.value("gridSpan"));
                let over: usize = over.and_then(|over| over.parse().ok()).unwrap_or(1);
                let room = MAX_COLUMNS - out.len();
                out.extend((1..over).take(room).map(|_| Cell::default()));
            }
            "tc" => state.remark(format!(
                "the table has more than {MAX_COLUMNS} columns; the others are left out"
            )),
            "sdt" => {
                if let Some(content) = element.child("sdtContent") {
                    cells(content, numberings, state, out);
                }
            }
            "customXml" => cells(element, numberings, state, out),
            _ => {}
        }
    }
}

/// Adds the paragraphs of a cell, one below the other.
fn content(element: &Element, numberings: &mut Numberings, state: &mut State<'_>, cell: &mut Cell) {
    for inner in element.elements() {
        match inner.name.as_str() {
            "p" => {
                let mut paragraph = paragraph::read(inner, state);
                let number = paragraph.number.take();
                let label = number.and_then(|(id, level)| numberings.next(&id, level));
                if paragraph.spans.iter().all(Span::is_blank) {
                    continue;
                }
                separate(cell);
                if let Some(label) = label {
                    let text = if label.text.is_empty() { "•" } else { &label.text };
                    cell.spans.push(Span::plain(format!("{text} ")));
                }
                cell.align = cell.align.take().or(paragraph.align.take());
                cell.spans.append(&mut paragraph.spans);
                if !paragraph.boxes.is_empty() {
                    state.remark("a text box in a table is kept as words of its cell");
                }
                for text in paragraph.boxes {
                    content(text, numberings, state, cell);
                }
            }
            "tbl" => {
                state.remark("a table within a table is kept as lines of its cell");
                let mut inner_rows = Vec::new();
                rows(inner, numberings, state, &mut inner_rows);
                for row in inner_rows {
                    separate(cell);
                    for (at, inner) in row.into_iter().enumerate() {
                        if at > 0 {
                            cell.spans.push(Span::plain("; "));
                        }
                        cell.spans.extend(inner.spans);
                    }
                }
            }
            "sdt" => {
                if let Some(inner) = inner.child("sdtContent") {
                    content(inner, numberings, state, cell);
                }
            }
            "customXml" | "ins" => content(inner, numberings, state, cell),
            _ => {}
        }
    }
}

fn separate(cell: &mut Cell) {
    if !cell.spans.is_empty() {
        cell.spans.push(Span {
            atom: Atom::Break,
            looks: Looks::default(),
        });
    }
}
