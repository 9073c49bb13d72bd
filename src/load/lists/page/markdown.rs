//! Takes a Markdown page apart into lines and tables.

use super::page_lines::{LineMark, PageLine, PageTable, PageText};
use crate::load::clean;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Takes a page apart; `offset` is where the text begins in its file.
pub(super) fn take_apart(source: &str, offset: usize) -> PageText {
    let mut page = PageText::default();
    let mut table: PageTable = Vec::new();
    let mut row = Vec::new();
    let mut items = 0usize;
    let mut heading = false;
    let mut in_table = false;
    let mut quiet = 0usize;
    let mut text = String::new();
    let mut place: Option<Range<usize>> = None;
    let mut gap = 0;
    let end_line =
        |text: &mut String, place: &mut Option<Range<usize>>, mark: LineMark, gap: &mut usize, page: &mut PageText| {
            let cleaned = clean::cell(text).text.into_owned();
            if let Some(place) = place.take()
                && !cleaned.is_empty()
            {
                page.lines.push(PageLine {
                    text: cleaned,
                    span: place,
                    mark,
                    gap: std::mem::take(gap),
                });
            }
            text.clear();
        };
    for (event, range) in Parser::new_ext(source, Options::ENABLE_TABLES).into_offset_iter() {
        let range = offset + range.start..offset + range.end;
        let mark = match (heading, items) {
            (true, _) => LineMark::Heading,
            (_, 0) => LineMark::Text,
            _ => LineMark::Item,
        };
        match event {
            Event::Start(Tag::Table(_)) => in_table = true,
            Event::End(TagEnd::Table) => {
                in_table = false;
                page.tables.push(std::mem::take(&mut table));
            }
            Event::End(TagEnd::TableCell) => {
                let place = place.take().unwrap_or(range);
                let cell = clean::cell(&text).text.into_owned();
                if row.is_empty() && !cell.is_empty() {
                    page.lines.push(PageLine {
                        text: cell.clone(),
                        span: place.clone(),
                        mark: LineMark::Item,
                        gap: 0,
                    });
                }
                row.push((cell, place));
                text.clear();
            }
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => table.push(std::mem::take(&mut row)),
            Event::Start(Tag::Item) => {
                end_line(&mut text, &mut place, mark, &mut gap, &mut page);
                items += 1;
            }
            Event::End(TagEnd::Item) => {
                end_line(&mut text, &mut place, mark, &mut gap, &mut page);
                items = items.saturating_sub(1);
            }
            Event::Start(Tag::Heading { .. }) => {
                heading = true;
                gap += 1;
            }
            Event::End(TagEnd::Heading(_)) => {
                end_line(&mut text, &mut place, LineMark::Heading, &mut gap, &mut page);
                heading = false;
            }
            Event::Start(Tag::Paragraph) if items == 0 => gap += 1,
            Event::End(TagEnd::Paragraph) | Event::SoftBreak | Event::HardBreak if !in_table => {
                // A line of an item may run over several of the file.
                if matches!(event, Event::SoftBreak) && items > 0 {
                    text.push(' ');
                } else {
                    end_line(&mut text, &mut place, mark, &mut gap, &mut page);
                }
            }
            Event::Start(Tag::CodeBlock(_) | Tag::Image { .. }) => quiet += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::Image) => quiet = quiet.saturating_sub(1),
            Event::Text(piece) | Event::Code(piece) if quiet == 0 => {
                text.push_str(&piece);
                place = Some(place.map_or(range.clone(), |known| known.start..range.end));
            }
            _ => {}
        }
    }
    end_line(&mut text, &mut place, LineMark::Text, &mut gap, &mut page);
    page
}
