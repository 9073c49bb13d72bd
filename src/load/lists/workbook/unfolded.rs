//! Counts what the parts of a workbook unfold to, before calamine makes it.
//!
//! In: the XML of an OpenDocument file, or of any part of an .xlsx file. Out: the reason why it
//! is too large, if it is. Guaranteed: memory for one tag at a time; OpenDocument is read by the
//! same parser as calamine's, which looks only for the ends it knows, and cells, spaces and rows that repeat are
//! counted as calamine makes them. Absent: other checks of the files.
//!
//! Source: OpenDocument 1.2, part 1, 6.1.3 (`text:c`), 19.675 and 19.679 (repeats); ECMA-376,
//! part 1, 18.4.8 (`si`).

use crate::source::offset;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use std::io::{self, BufRead, Read};

/// Most cells that are kept of a sheet: a million rows of eight.
pub(super) const MAX_CELLS: usize = 8_000_000;

/// Most bytes of text that are copied from a sheet. A shared string counts each
/// time it is used, since each use is a copy.
pub(super) const MAX_TEXT: usize = 384 << 20;

/// Most rows and columns that calamine makes of an OpenDocument sheet.
const MAX_ROWS: u64 = 1 << 20;
const MAX_COLUMNS: u64 = 1 << 14;

/// Most texts that the cells of a workbook may share.
pub(super) const MAX_STRINGS: usize = 4_000_000;

pub(super) const TOO_MANY_CELLS: &str = "repeats cells until there are more than 8,000,000";
const TOO_MUCH_TEXT: &str = "repeats text until there is more than 384 MB";
pub(super) const ROW_OUTSIDE: &str = "has a row after row 1,048,576";
pub(super) const TOO_MANY_STRINGS: &str = "has more than 4,000,000 texts";

/// Goes through content.xml of an OpenDocument file.
///
/// # Errors
/// When a sheet unfolds to more than is read, and when an element does not end as it began:
/// calamine looks for its end without end. What is no XML otherwise is left to calamine.
pub(super) fn check_sheets(content: impl BufRead) -> Result<(), SheetFault> {
    let mut reader = Reader::from_reader(content);
    let config = reader.config_mut();
    config.check_end_names = true;
    config.check_comments = false;
    config.expand_empty_elements = true;
    config.trim_text(false);
    let mut sheet = Sheet::default();
    let mut buffer = Vec::new();
    let mut depth = 0_u64;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => {
                depth += 1;
                sheet.start(&tag)?;
            }
            Ok(Event::End(tag)) => {
                depth -= 1;
                sheet.end(tag.name().0)?;
            }
            Ok(Event::Text(text)) => sheet.text(text.len() as u64),
            Ok(Event::GeneralRef(_)) => sheet.text(4),
            Ok(Event::Eof) if depth > 0 => return Err(SheetFault::NeverEnds),
            Err(quick_xml::Error::IllFormed(_)) => return Err(SheetFault::NeverEnds),
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

/// Says why a sheet of an OpenDocument file is not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum SheetFault {
    /// It unfolds to too much, in these words.
    TooLarge(&'static str),
    /// One of its elements does not end as it began.
    NeverEnds,
}

impl From<&'static str> for SheetFault {
    fn from(why: &'static str) -> Self {
        Self::TooLarge(why)
    }
}

/// What a sheet unfolds to, until here.
#[derive(Default)]
struct Sheet {
    /// Bytes of text, in all sheets.
    text: u64,
    rows: u64,
    /// The last row with a cell that holds something.
    filled_rows: u64,
    columns: u64,
    /// Cells, in all sheets before this.
    before: u64,
    row: Row,
    cell: Option<Cell>,
}

#[derive(Default)]
struct Row {
    repeats: u64,
    /// Cells, and empty ones that are made once another follows.
    cells: u64,
    empty: u64,
    text: u64,
}

struct Cell {
    repeats: u64,
    is_filled: bool,
    text: u64,
}

impl Sheet {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), &'static str> {
        match tag.name().0 {
            "table:table" => {
                self.before += self.filled_rows * self.columns;
                (self.rows, self.filled_rows, self.columns) = (0, 0, 0);
            }
            "table:table-row" => {
                self.row = Row {
                    repeats: number(tag, "table:number-rows-repeated").min(MAX_ROWS),
                    ..Row::default()
                };
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let mut cell = Cell {
                    repeats: number(tag, "table:number-columns-repeated").min(MAX_COLUMNS),
                    is_filled: false,
                    text: 0,
                };
                for attribute in tag.attributes().with_checks(false).flatten() {
                    if matches!(attribute.key.0, "table:formula") || attribute.key.0.starts_with("office:") {
                        cell.text += attribute.value.len() as u64;
                        cell.is_filled |= !attribute.key.0.ends_with("value-type");
                    }
                }
                self.cell = Some(cell);
            }
            "text:s" => self.text(number(tag, "text:c")),
            _ => {}
        }
        // A cell that never ends is as long as its text.
        match &self.cell {
            Some(cell) if self.text.saturating_add(cell.text) > MAX_TEXT as u64 => Err(TOO_MUCH_TEXT),
            _ => Ok(()),
        }
    }

    fn text(&mut self, length: u64) {
        if let Some(cell) = &mut self.cell {
            cell.text = cell.text.saturating_add(length);
            cell.is_filled |= length > 0;
        }
    }

    fn end(&mut self, name: &str) -> Result<(), &'static str> {
        match name {
            "table:table-cell" | "table:covered-table-cell" => self.end_cell(),
            "table:table-row" => {
                let row = std::mem::take(&mut self.row);
                self.rows = (self.rows + row.repeats).min(MAX_ROWS);
                if row.cells > 0 {
                    self.filled_rows = self.rows;
                    self.columns = self.columns.max(row.cells);
                    self.text = self.text.saturating_add(row.text.saturating_mul(row.repeats));
                }
                self.fits()
            }
            _ => Ok(()),
        }
    }

    fn end_cell(&mut self) -> Result<(), &'static str> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let row = &mut self.row;
        row.cells += std::mem::take(&mut row.empty);
        if cell.is_filled {
            row.cells += cell.repeats;
            row.text = row.text.saturating_add(cell.text.saturating_mul(cell.repeats));
        } else {
            row.empty = cell.repeats;
        }
        row.cells = row.cells.min(MAX_COLUMNS);
        match self.text.saturating_add(row.text) > MAX_TEXT as u64 {
            true => Err(TOO_MUCH_TEXT),
            false => Ok(()),
        }
    }

    fn fits(&self) -> Result<(), &'static str> {
        // A sheet is kept as a rectangle.
        if self.before + self.filled_rows * self.columns > MAX_CELLS as u64 {
            Err(TOO_MANY_CELLS)
        } else if self.text > MAX_TEXT as u64 {
            Err(TOO_MUCH_TEXT)
        } else {
            Ok(())
        }
    }
}

/// Returns the number of an attribute; 1 without one, and where it is none.
fn number(tag: &BytesStart<'_>, name: &str) -> u64 {
    let found = tag
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.0 == name);
    let Some(found) = found else { return 1 };
    let Ok(value) = unescape(&found.value) else { return 1 };
    value.trim().parse().unwrap_or(match value.trim().len() {
        // More than fits into 64 bits.
        20.. => u64::MAX,
        _ => 1,
    })
}

/// Counts the shared texts of a part while it is read to its end.
pub(super) struct CountedStrings<'a> {
    pub(super) found: &'a mut usize,
    /// The end of what was read before, in which a tag may begin.
    pub(super) rest: Vec<u8>,
}

impl CountedStrings<'_> {
    /// Counts the tags in some more bytes.
    ///
    /// # Errors
    /// When there are more than are read.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<(), &'static str> {
        /// Longest beginning of a tag that is looked at: `<`, a prefix, and its name.
        const LONGEST: usize = 40;
        self.rest.extend_from_slice(bytes);
        for at in memchr::memchr_iter(b'<', &self.rest) {
            let tag = &self.rest[at + 1..];
            if tag.len() < LONGEST && !bytes.is_empty() {
                self.rest.drain(..at);
                return self.fits();
            }
            let name = tag
                .iter()
                .take(LONGEST)
                .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-'));
            let length = name.count();
            let name = &tag[..length];
            let local = name.rsplit(|&byte| byte == b':').next().unwrap_or_default();
            *self.found += usize::from(local == b"si");
        }
        self.rest.clear();
        self.fits()
    }

    fn fits(&self) -> Result<(), &'static str> {
        if *self.found > MAX_STRINGS {
            Err(TOO_MANY_STRINGS)
        } else {
            Ok(())
        }
    }
}

/// Reads a part to its end, `most` bytes at most, and counts its shared texts.
///
/// # Errors
/// When it cannot be read; the inner error when it has too many texts.
pub(super) fn count_strings(
    part: &mut impl Read,
    most: u64,
    found: &mut usize,
) -> io::Result<Result<u64, &'static str>> {
    let mut counted = CountedStrings {
        found,
        rest: Vec::new(),
    };
    let mut buffer = vec![0; 64 << 10];
    let mut length = 0;
    let mut part = part.take(most);
    loop {
        let read = part.read(&mut buffer)?;
        length += u64::from(offset(read));
        if let Err(why) = counted.read(&buffer[..read]) {
            return Ok(Err(why));
        }
        if read == 0 {
            return Ok(Ok(length));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &str, expected: Result<(), &'static str>) {
        let content = format!("<office:spreadsheet><table:table>{rows}</table:table></office:spreadsheet>");
        let shown: String = rows.chars().take(200).collect();
        let expected = expected.map_err(SheetFault::TooLarge);
        assert_eq!(check_sheets(content.as_bytes()), expected, "{shown}");
    }

    #[test]
    fn an_element_ends_as_it_began() {
        let sound = "<office:body><table:table><table:table-row><table:table-cell><text:p>A<text:s/>B</text:p>\
            </table:table-cell></table:table-row></table:table></office:body>";
        assert_eq!(check_sheets(sound.as_bytes()), Ok(()));
        for tag in [
            "office:body",
            "table:table",
            "table:table-row",
            "table:table-cell",
            "text:p",
        ] {
            let end = format!("</{tag}>");
            for damaged in [
                sound.replace(&end, ""),
                sound.replace(&end, "</x>"),
                sound.replace(&end, &format!("<{tag}>")),
                sound[..sound.find(&end).unwrap_or_default()].to_owned(),
            ] {
                assert_eq!(
                    check_sheets(damaged.as_bytes()),
                    Err(SheetFault::NeverEnds),
                    "{damaged}"
                );
            }
        }
    }

    fn row(attributes: &str, cells: &str) -> String {
        format!("<table:table-row {attributes}>{cells}</table:table-row>")
    }

    fn cell(attributes: &str, content: &str) -> String {
        format!("<table:table-cell {attributes}>{content}</table:table-cell>")
    }

    #[test]
    fn repeats_are_counted_however_they_are_written() {
        let end = cell("", "<text:p>z</text:p>");
        for repeated in [
            "table:number-columns-repeated='16384'",
            "table:number-columns-repeated = \"16384\"",
            "table:number-columns-repeated=\"&#49;6384\"",
        ] {
            let wide = row("", &(cell(repeated, "<text:p>A Org</text:p>") + &end));
            check(&wide.repeat(400), Ok(()));
            check(&wide.repeat(600), Err(TOO_MANY_CELLS));
        }
        let rows = row(
            "table:number-rows-repeated='1048576'",
            &cell("table:number-columns-repeated='9'", "<text:p>a</text:p>"),
        );
        check(&rows, Err(TOO_MANY_CELLS));
        let spaces = cell(
            "office:value-type='string'",
            "<text:p>A<text:s text:c='2000000000'/>B</text:p>",
        );
        check(&row("", &spaces), Err(TOO_MUCH_TEXT));
        let long = cell(
            "table:number-columns-repeated='16000'",
            &format!("<text:p>{}</text:p>", "x".repeat(40_000)),
        );
        check(&row("", &long), Err(TOO_MUCH_TEXT));
    }

    #[test]
    fn what_is_never_made_is_not_counted() {
        let rest = cell("table:number-columns-repeated='16383'", "");
        let line = row("", &(cell("", "<text:p>A Org</text:p>") + &rest));
        let below = row(
            "table:number-rows-repeated='1048000'",
            &cell("table:number-columns-repeated='16384'", ""),
        );
        check(&(line.repeat(500) + &below), Ok(()));
        assert_eq!(check_sheets(&b"no XML"[..]), Ok(()));
    }

    #[test]
    fn shared_texts_are_counted_over_the_bounds_of_what_is_read() {
        let text = "<sst><si><t>a &lt;si></t></si><x:si/><side/><si/></sst>".repeat(50);
        for step in [1, 7, 64, 10_000] {
            let mut found = 0;
            let mut counted = CountedStrings {
                found: &mut found,
                rest: Vec::new(),
            };
            for bytes in text.as_bytes().chunks(step) {
                assert_eq!(counted.read(bytes), Ok(()));
            }
            assert_eq!(counted.read(b""), Ok(()));
            assert_eq!(found, 150, "{step}");
        }
    }
}
