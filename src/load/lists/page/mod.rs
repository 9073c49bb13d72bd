//! Lists on pages: HTML, Markdown, and text that was copied from either.
//!
//! In: a decoded text. Out: the records of the lists of signatories in it.
//! Guaranteed: every table whose header names a column of names is read as a sheet, and
//! every list beside them that a line announces; without such a table, the list is what
//! `find` takes; what was taken and what was left is told; what is struck out or hidden is
//! held. Absent: pages made by scripts, names within a sentence.

mod cards;
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
use super::understood;
use crate::diag::{Code, Diagnostic, Severity, counted};
use crate::load::bytes::{Text, span};
use crate::load::clean;
use crate::load::diagnostics::Diagnostics;
use crate::model::signatory::{Column, Record};
use crate::source::{FileId, Origin, SourceMap};
use page_lines::{LineMark, PageLine, PageRow, PageTable, PageText, plain_lines};
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
    if is_message(&source[text.start..]) {
        return pasted(sources, text);
    }
    read(&markdown::take_apart(&source[text.start..], text.start), text, columns)
}

/// Returns whether a text is a message rather than a page: it greets somebody, and has no
/// heading and no table.
fn is_message(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let greets = lines.next().is_some_and(words::is_greeting);
    greets && !text.lines().any(|line| line.starts_with(['#', '|']))
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
        let header = table.rows.first().map_or(&[][..], |row| row.cells.as_slice());
        let (known, named) = understood::recognised(header.iter().map(|(cell, _)| cell.as_str()), columns);
        table.rows.len() > 1 && named && (known >= 2 || known * 2 >= header.len())
    };
    let mut tables: Vec<&PageTable> = page.tables.iter().filter(named).collect();
    if tables.is_empty() {
        let found = find::signatories(&page.lines);
        let records = listed(&page.lines, &found, file, diagnostics);
        tell(page, &found, file, diagnostics);
        return records;
    }
    tables.sort_by_key(|table| table.lines.start);
    let mut records = Vec::new();
    let mut end = 0;
    for table in &tables {
        let start = table.lines.start.max(end);
        let heading = page.lines[end.min(start)..start].iter().rev();
        let heading = heading
            .filter(|line| line.mark == LineMark::Heading)
            .map(|line| line.text.trim_end_matches(':'))
            .next();
        let section =
            heading.filter(|heading| tables.len() > 1 && words::is_section(heading) && !words::is_cue(heading));
        let mut found = tabled(file, table, section, columns, diagnostics);
        if (tables.len() > 1 || table.is_cards)
            && let (Some(first), Some(last)) = (found.first(), found.last())
        {
            let (first, last) = (short(&first.name), short(&last.name));
            let rows = match table.is_cards {
                true => counted(found.len(), "card", "cards"),
                false => format!("a table of {}", counted(found.len(), "row", "rows")),
            };
            let message = format!("read {rows}: `{first}` to `{last}`");
            diagnostics.push(Diagnostic::note(Code::TakenLines, message).at(found[0].origin));
        }
        records.append(&mut found);
        end = table.lines.end.max(end);
    }
    records.append(&mut beside(page, &tables, file, diagnostics));
    records
}

/// Reads the lists of names beside the tables, where a line announces them; others are
/// told, since a menu looks like one.
fn beside(page: &PageText, tables: &[&PageTable], file: FileId, diagnostics: &mut Diagnostics) -> Vec<Record> {
    let mut lines = Vec::new();
    for (at, line) in page.lines.iter().enumerate() {
        let within = |table: &&&PageTable| table.lines.contains(&at);
        match tables.iter().find(within) {
            None => lines.push(line.clone()),
            // What stands above a table does not announce what stands below it.
            Some(table) if table.lines.start == at => lines.push(PageLine {
                text: "-".to_owned(),
                ..line.clone()
            }),
            Some(_) => {}
        }
    }
    let found = find::announced(&lines);
    if found.taken.is_empty() {
        let others = find::signatories(&lines);
        if let (Some(first), Some(last)) = (others.taken.first(), others.taken.last()) {
            let (a, b) = (&lines[first.line], &lines[last.line]);
            let message = format!(
                "skipped a list of {} lines beside the table: `{}` to `{}`",
                others.taken.len(),
                short(&a.text),
                short(&b.text)
            );
            diagnostics.push(
                Diagnostic::warning(Code::SkippedLines, message)
                    .at(span(file, a.span.start, b.span.end.max(a.span.start)))
                    .hint("if they signed, copy them into a .txt file, and import that, too"),
            );
        }
        return Vec::new();
    }
    let records = listed(&lines, &found, file, diagnostics);
    if let (Some(first), Some(last)) = (records.first(), records.last()) {
        let (first, last) = (short(&first.name), short(&last.name));
        let message = format!(
            "read {} lines beside the table as signatories: `{first}` to `{last}`",
            records.len()
        );
        diagnostics.push(Diagnostic::note(Code::TakenLines, message).at(records[0].origin));
    }
    records
}

/// Makes records of the lines that were taken.
fn listed(lines: &[PageLine], found: &find::Found, file: FileId, diagnostics: &mut Diagnostics) -> Vec<Record> {
    let mut records = Vec::new();
    for taken in &found.taken {
        let line = &lines[taken.line];
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
                .push((Column::Section, lines[section].text.trim_end_matches(':').into()));
        }
        if let Some(reason) = line.held {
            rows::hold(&mut record, reason, "");
        }
        records.push(record);
    }
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
    section: Option<&str>,
    columns: &BTreeMap<String, String>,
    diagnostics: &mut Diagnostics,
) -> Vec<Record> {
    let row = |row: &PageRow| Cells {
        file,
        cells: row.cells.clone(),
    };
    let survey = Survey::of(table.rows.iter().skip(1).filter(|row| !row.is_heading).map(row));
    let Some(header) = table
        .rows
        .first()
        .and_then(|first| header_row::read_header(&row(first), &survey, columns, diagnostics))
    else {
        return Vec::new();
    };
    let mut section = section.map(str::to_owned);
    let mut records = Vec::new();
    for found in table.rows[1..].iter().filter(|row| !row.cells.is_empty()) {
        if found.is_heading {
            let text = clean::cell(&found.cells[0].0).text.trim_end_matches(':').to_owned();
            let message = format!("`{}` is read as a heading within the table", short(&text));
            diagnostics.say(Severity::Note, Code::TakenLines, || {
                Diagnostic::note(Code::TakenLines, message).at(row(found).origin())
            });
            section = Some(text);
            continue;
        }
        let Some(mut record) = rows::read_row(&header, &row(found), diagnostics) else {
            continue;
        };
        if let (Some(section), None) = (&section, record.get(Column::Section)) {
            record.set(Column::Section, section);
        }
        if let Some(reason) = found.held {
            rows::hold(&mut record, reason, "");
        }
        records.push(record);
    }
    header.finish(diagnostics);
    header.describe(diagnostics);
    records
}

/// A row of a page's table.
struct Cells {
    file: FileId,
    cells: Vec<(String, Range<usize>)>,
}

impl Row for Cells {
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
