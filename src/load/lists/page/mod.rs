//! Lists on pages: HTML, Markdown, and text that was copied from either.
//!
//! In: a decoded text. Out: the records of the list of signatories in it.
//! Guaranteed: a table whose header names a column of names is read as a sheet;
//! otherwise the list is what `find` takes; what was taken and what was left is
//! told, line by line. Absent: pages made by scripts, names within a sentence.

mod find;
mod html;
mod markdown;
mod page_lines;
mod words;

use super::cells::{MAX_CELL, Row};
use super::header_row::{self};
use super::lines;
use super::rows;
use super::survey::Survey;
use crate::diag::{Code, Diagnostic, Severity};
use crate::load::bytes::{Text, span};
use crate::load::diagnostics::Diagnostics;
use crate::model::signatory::{Column, Record};
use crate::source::{FileId, Origin, SourceMap};
use page_lines::{PageTable, PageText, plain_lines};
use std::collections::BTreeMap;
use std::ops::Range;

/// Reads an HTML page.
pub(super) fn html(sources: &SourceMap, text: &mut Text, columns: &BTreeMap<String, String>) -> Vec<Record> {
    let source = sources.text(text.file);
    match html::take_apart(&source[text.start..], text.start) {
        Ok(page) => read(&page, text, columns),
        Err(what) => {
            text.diagnostics.push(
                Diagnostic::error(Code::TooLarge, format!("the page {what}"))
                    .at(Origin::File(text.file))
                    .hint("copy the list from the browser into a .txt file"),
            );
            Vec::new()
        }
    }
}

/// Reads a Markdown page.
pub(super) fn markdown(sources: &SourceMap, text: &mut Text, columns: &BTreeMap<String, String>) -> Vec<Record> {
    let source = sources.text(text.file);
    read(&markdown::take_apart(&source[text.start..], text.start), text, columns)
}

/// Reads text that was copied from a page, or one name a line: the former if
/// something announces a list or reads like prose.
pub(super) fn pasted(sources: &SourceMap, text: &mut Text) -> Vec<Record> {
    let source = sources.text(text.file);
    let lines = plain_lines(&source[text.start..], text.start);
    if find::is_page(&lines) {
        let page = PageText {
            lines,
            tables: Vec::new(),
        };
        read(&page, text, &BTreeMap::new())
    } else {
        lines::read(sources, text)
    }
}

fn read(page: &PageText, text: &mut Text, columns: &BTreeMap<String, String>) -> Vec<Record> {
    let (file, diagnostics) = (text.file, &mut text.diagnostics);
    let named = |table: &&PageTable| {
        let header = table.first().map_or(&[][..], Vec::as_slice);
        let (known, named) = header_row::recognised(header.iter().map(|(cell, _)| cell.as_str()), columns);
        table.len() > 1 && named && (known >= 2 || header.len() == 1)
    };
    if let Some(table) = page.tables.iter().filter(named).max_by_key(|table| table.len()) {
        return tabled(file, table, columns, diagnostics);
    }
    let found = find::signatories(&page.lines);
    let mut records = Vec::new();
    for taken in &found.taken {
        let line = &page.lines[taken.line];
        let origin = span(file, line.span.start, line.span.end);
        if line.text.len() > MAX_CELL {
            diagnostics.say(Severity::Error, Code::TooLarge, || {
                let message = format!(
                    "the line is {} bytes long; at most {MAX_CELL} are read",
                    line.text.len()
                );
                Diagnostic::error(Code::TooLarge, message).at(origin)
            });
            continue;
        }
        let mut record = Record::new(line.text.as_str(), origin);
        if let Some(section) = taken.section {
            record
                .cells
                .push((Column::Section, page.lines[section].text.trim_end_matches(':').into()));
        }
        records.push(record);
    }
    tell(page, &found, file, diagnostics);
    records
}

/// Reports what was taken and what was left, in runs of lines.
fn tell(page: &PageText, found: &find::Found, file: FileId, diagnostics: &mut Diagnostics) {
    let lines = &page.lines;
    let place = |run: &Range<usize>| span(file, lines[run.start].span.start, lines[run.end - 1].span.end);
    if found.taken.is_empty() {
        diagnostics.push(
            Diagnostic::error(Code::EmptyList, "no list of signatories was found on the page")
                .at(Origin::File(file))
                .hint("copy the names into a .txt file, one per line"),
        );
        return;
    }
    for run in runs(lines.len(), |at| found.taken.iter().any(|taken| taken.line == at)) {
        let count = run.len();
        let (first, last) = (&lines[run.start].text, &lines[run.end - 1].text);
        let message = match count {
            1 => format!("read one line as a signatory: `{}`", short(first)),
            _ => format!(
                "read {count} lines as signatories: `{}` to `{}`",
                short(first),
                short(last)
            ),
        };
        diagnostics.say(Severity::Note, Code::TakenLines, || {
            Diagnostic::note(Code::TakenLines, message).at(place(&run))
        });
    }
    let skipped = |at: usize| {
        !found
            .taken
            .iter()
            .any(|taken| taken.line == at || taken.section == Some(at))
    };
    for run in runs(lines.len(), skipped) {
        // Names may be among them: then somebody has to look.
        let doubtful = run.clone().filter(|at| found.doubtful.contains(at)).count();
        let shown: Vec<String> = lines[run.clone()]
            .iter()
            .take(4)
            .map(|line| format!("`{}`", short(&line.text)))
            .collect();
        let more = if run.len() > shown.len() { ", ..." } else { "" };
        let message = format!("skipped {} lines: {}{more}", run.len(), shown.join(", "));
        let message = message.replace("skipped 1 lines", "skipped one line");
        let severity = if doubtful > 0 {
            Severity::Warning
        } else {
            Severity::Note
        };
        diagnostics.say(severity, Code::SkippedLines, || {
            let diagnostic = Diagnostic::new(severity, Code::SkippedLines, message).at(place(&run));
            match doubtful {
                0 => diagnostic,
                _ => diagnostic.hint("some of these could be names; if they signed, add them to the list"),
            }
        });
    }
}

/// Returns the maximal runs of places below `len` for which `holds`.
fn runs(len: usize, holds: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in (0..len).filter(|&at| holds(at)) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

fn short(text: &str) -> String {
    /// As much of a line as a note shows.
    const SHOWN: usize = 50;
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    let shown: String = text.chars().take(SHOWN - 3).collect();
    format!("{}...", shown.trim_end())
}

fn tabled(
    file: FileId,
    table: &PageTable,
    columns: &BTreeMap<String, String>,
    diagnostics: &mut Diagnostics,
) -> Vec<Record> {
    let row = |cells| Cells { file, cells };
    let survey = Survey::of(table.iter().skip(1).map(|cells| row(cells)));
    let Some(header) = table
        .first()
        .and_then(|cells| header_row::read_header(&row(cells), &survey, columns, diagnostics))
    else {
        return Vec::new();
    };
    let rows = table[1..].iter().filter(|cells| !cells.is_empty());
    let records = rows
        .filter_map(|cells| rows::read_row(&header, &row(cells), diagnostics))
        .collect();
    header.finish(diagnostics);
    header.describe(diagnostics);
    records
}

/// A row of a page's table.
struct Cells<'a> {
    file: FileId,
    cells: &'a [(String, Range<usize>)],
}

impl Row for Cells<'_> {
    fn len(&self) -> usize {
        self.cells.len()
    }

    fn cell(&self, at: usize) -> Option<&str> {
        self.cells.get(at).map(|(text, _)| text.as_str())
    }

    fn place(&self, at: usize) -> Origin {
        let found = self.cells.get(at).or(self.cells.first());
        let range = found.map_or(0..0, |(_, range)| range.clone());
        span(self.file, range.start, range.end)
    }

    fn origin(&self) -> Origin {
        let start = self.cells.first().map_or(0, |(_, range)| range.start);
        let end = self.cells.iter().map(|(_, range)| range.end).max().unwrap_or(start);
        span(self.file, start, end)
    }
}
