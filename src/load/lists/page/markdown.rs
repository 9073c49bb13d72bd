//! Takes a Markdown page apart into lines and tables.

use super::page_lines::{LineMark, PageLine, PageRow, PageTable, PageText};
use crate::load::clean;
use crate::model::held::HeldReason;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Takes a page apart; `offset` is where the text begins in its file.
pub(super) fn take_apart(source: &str, offset: usize) -> PageText {
    let mut page = PageText::default();
    let mut table = PageTable::default();
    let mut struck = 0usize;
    let mut row_held = None;
    let mut row = Vec::new();
    let mut items = 0usize;
    let mut heading = false;
    let mut in_table = false;
    let mut quiet = 0usize;
    let mut line = OpenLine::default();
    for (event, range) in
        Parser::new_ext(source, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).into_offset_iter()
    {
        let range = offset + range.start..offset + range.end;
        let mark = match (heading, items) {
            (true, _) => LineMark::Heading,
            (_, 0) => LineMark::Text,
            _ => LineMark::Item,
        };
        match event {
            Event::Start(Tag::Table(_)) => {
                in_table = true;
                table.lines = page.lines.len()..page.lines.len();
            }
            Event::Start(Tag::Strikethrough) => struck += 1,
            Event::End(TagEnd::Strikethrough) => struck = struck.saturating_sub(1),
            Event::End(TagEnd::Table) => {
                in_table = false;
                table.lines.end = page.lines.len();
                page.tables.push(std::mem::take(&mut table));
            }
            Event::End(TagEnd::TableCell) => {
                let place = line.place.take().unwrap_or(range);
                let held = restore(&mut line.text, &mut line.struck);
                row_held = row_held.or(held);
                let cell = clean::cell(&line.text).text.into_owned();
                if row.is_empty() && !cell.is_empty() {
                    page.lines.push(PageLine {
                        text: cell.clone(),
                        span: place.clone(),
                        mark: LineMark::Item,
                        gap: 0,
                        held,
                    });
                }
                row.push((cell, place));
                line.text.clear();
            }
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                table.rows.push(PageRow {
                    cells: std::mem::take(&mut row),
                    is_heading: false,
                    held: row_held.take(),
                });
            }
            Event::Start(Tag::Item) => {
                line.end(mark, &mut page);
                items += 1;
            }
            Event::End(TagEnd::Item) => {
                line.end(mark, &mut page);
                items = items.saturating_sub(1);
            }
            Event::Start(Tag::Heading { .. }) => {
                heading = true;
                line.gap += 1;
            }
            Event::End(TagEnd::Heading(_)) => {
                line.end(LineMark::Heading, &mut page);
                heading = false;
            }
            Event::Start(Tag::Paragraph) if items == 0 => line.gap += 1,
            Event::End(TagEnd::Paragraph) | Event::SoftBreak | Event::HardBreak if !in_table => {
                // A line of an item may run over several of the file.
                if matches!(event, Event::SoftBreak) && items > 0 {
                    line.text.push(' ');
                } else {
                    line.end(mark, &mut page);
                }
            }
            Event::Start(Tag::CodeBlock(_) | Tag::Image { .. }) => quiet += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::Image) => quiet = quiet.saturating_sub(1),
            Event::Text(piece) | Event::Code(piece) if quiet == 0 => {
                if struck > 0 {
                    line.struck.push_str(&piece);
                } else {
                    line.text.push_str(&piece);
                }
                line.place = Some(line.place.map_or(range.clone(), |known| known.start..range.end));
            }
            _ => {}
        }
    }
    line.end(LineMark::Text, &mut page);
    page
}

/// The line at hand.
#[derive(Default)]
struct OpenLine {
    text: String,
    /// What of it is struck out.
    struck: String,
    place: Option<Range<usize>>,
    gap: usize,
}

impl OpenLine {
    /// Adds the line to the page, if it holds anything.
    fn end(&mut self, mark: LineMark, page: &mut PageText) {
        let held = restore(&mut self.text, &mut self.struck);
        let text = clean::cell(&self.text).text.into_owned();
        if let Some(span) = self.place.take()
            && !text.is_empty()
        {
            page.lines.push(PageLine {
                text,
                span,
                mark,
                gap: std::mem::take(&mut self.gap),
                held,
            });
        }
        self.text.clear();
    }
}

/// Puts back what is struck out of a line in which nothing else stands; what was replaced is
/// gone. Returns why the line is asked about.
fn restore(text: &mut String, struck: &mut String) -> Option<HeldReason> {
    let struck = std::mem::take(struck);
    let remark = text.trim().starts_with(['(', '[']) || !text.chars().any(char::is_alphanumeric);
    if !remark || !struck.chars().any(char::is_alphanumeric) {
        return None;
    }
    *text = struck + " " + text;
    Some(HeldReason::Struck)
}
