//! What a sheet of an .xls workbook shows beside the text of its cells.
//!
//! In: the stream of an .xls workbook, and a sheet's name. Out: its [`Marks`], and whether its
//! sheets are small enough to be read. Guaranteed: each record is looked at once for each of
//! the two; a record that is cut short marks nothing. Absent: workbooks of Excel 95 and before,
//! whose marks are not read.
//!
//! Source: [MS-XLS] sections 2.4 and 2.5.

use super::compound_file::{CELLS, number, short};
use super::marks::Marks;
use super::rich_text::unstruck;
use super::unfolded::MAX_CELLS;
use std::collections::BTreeMap;

const END: u16 = 0x000a;
const NOTE: u16 = 0x001c;
const FONT: u16 = 0x0031;
const CONTINUE: u16 = 0x003c;
const OBJECT: u16 = 0x005d;
const SHEET: u16 = 0x0085;
const MANY_NUMBERS: u16 = 0x00bd;
const FORMAT: u16 = 0x00e0;
const MERGED: u16 = 0x00e5;
const STRINGS: u16 = 0x00fc;
const SHARED_STRING: u16 = 0x00fd;
const TEXT: u16 = 0x01b6;
const ROW: u16 = 0x0208;
const BEGIN: u16 = 0x0809;

/// The version of a stream that begins with [`BEGIN`]: Excel 97 and later.
const VERSION: u16 = 0x0600;

/// Returns the marks of a sheet. `None`: the workbook is older than this format, or has no such
/// sheet.
pub(super) fn marks(stream: &[u8], sheet: &str) -> Option<Marks> {
    let globals = Globals::read(stream, sheet)?;
    let mut marks = Marks::default();
    // Notes are texts of objects, by their numbers; a text follows its object.
    let mut texts: BTreeMap<u16, Vec<u16>> = BTreeMap::new();
    let (mut object, mut awaited) = (None, 0usize);
    let mut notes = Vec::new();
    let mut depth = 0usize;
    for (kind, body) in records(stream, globals.begins) {
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            // What a chart holds is its own.
            _ if depth > 1 => {}
            ROW => {
                let is_hidden = body.get(12).is_some_and(|flags| flags & 0x20 != 0);
                if let Some(row) = short(body, 0).filter(|_| is_hidden || short(body, 6) == Some(0)) {
                    marks.hidden.insert(u32::from(row) + 1);
                }
            }
            MERGED => marks.merged.extend(merged(body)),
            OBJECT => {
                let is_note = short(body, 4) == Some(0x19);
                object = short(body, 6).filter(|_| is_note);
            }
            TEXT => awaited = short(body, 10).map_or(0, usize::from),
            CONTINUE if awaited > 0 => {
                let text = characters(body, awaited);
                awaited -= text.len().min(awaited);
                if let Some(object) = object {
                    texts.entry(object).or_default().extend(text);
                }
            }
            NOTE => {
                if let (Some(place), Some(object)) = (place(body), short(body, 6)) {
                    notes.push((place, object));
                }
            }
            _ if CELLS.contains(&kind) => globals.mark_cell(kind, body, &mut marks),
            _ => {}
        }
    }
    let said = |(place, object)| Some((place, String::from_utf16_lossy(texts.get(&object)?)));
    marks.notes = notes.into_iter().filter_map(said).collect();
    Some(marks)
}

/// Most bytes of text that calamine copies from the sheets of a workbook: a shared string each
/// time that it is used.
const MAX_COPIED: u64 = 128 << 20;

/// Checks that calamine, which makes a full table of each sheet, will not fill the memory: it
/// keeps every cell between the first and the last, and a sheet as often as it is named.
///
/// # Errors
/// When there are too many cells, or too much text.
pub(super) fn check_size(stream: &[u8]) -> Result<(), &'static str> {
    let mut sheets: BTreeMap<usize, u64> = BTreeMap::new();
    let mut strings: Vec<&[u8]> = Vec::new();
    let mut in_strings = false;
    for (kind, body) in records(stream, 0) {
        in_strings &= kind == CONTINUE;
        match kind {
            END => break,
            SHEET => *sheets.entry(number(body, 0)? as usize).or_default() += 1,
            STRINGS => (strings, in_strings) = (vec![body], true),
            CONTINUE if in_strings => strings.push(body),
            _ => {}
        }
    }
    let mut reader = Parts { parts: &strings, at: 8 };
    let lengths: Vec<u32> = std::iter::from_fn(|| reader.string())
        .map(|(units, _)| crate::source::offset(units.len()))
        .collect();
    let (mut cells, mut text) = (0, 0);
    for (begins, times) in sheets {
        let size = SheetSize::of(stream, begins, &lengths);
        cells += size.cells() * times;
        text += size.text * times;
        if cells > crate::source::offset(MAX_CELLS).into() {
            return Err("has sheets of more than 8,000,000 cells between the first and the last");
        }
        if text > MAX_COPIED {
            return Err("has sheets of more than 128 MB of text");
        }
    }
    Ok(())
}

/// How far the cells of a sheet reach.
#[derive(Default)]
struct SheetSize {
    rows: Option<(u32, u32)>,
    columns: Option<(u32, u32)>,
    text: u64,
}

impl SheetSize {
    fn of(stream: &[u8], begins: usize, strings: &[u32]) -> Self {
        let mut size = Self::default();
        let mut depth = 0usize;
        for (kind, body) in records(stream, begins) {
            match kind {
                BEGIN => depth += 1,
                END if depth <= 1 => break,
                END => depth -= 1,
                _ if CELLS.contains(&kind) => {
                    let Some((row, column)) = place(body) else { continue };
                    let last = match kind {
                        MANY_NUMBERS => column + crate::source::offset(body.len() / 6),
                        _ => column,
                    };
                    let widened = |known: Option<(u32, u32)>, from: u32, to: u32| {
                        let (first, last) = known.unwrap_or((from, to));
                        Some((first.min(from), last.max(to)))
                    };
                    size.rows = widened(size.rows, row, row);
                    size.columns = widened(size.columns, column, last);
                    let string = number(body, 6).ok().filter(|_| kind == SHARED_STRING);
                    let length = string.and_then(|string| strings.get(string as usize));
                    size.text += u64::from(length.copied().unwrap_or_default());
                }
                _ => {}
            }
        }
        size
    }

    fn cells(&self) -> u64 {
        let count = |range: Option<(u32, u32)>| range.map_or(0, |(first, last)| u64::from(last - first) + 1);
        count(self.rows) * count(self.columns)
    }
}

/// What the sheets of a workbook share.
struct Globals {
    /// Where the sheet begins.
    begins: usize,
    /// Which fonts are struck.
    fonts: Vec<bool>,
    /// The font of each format of a cell.
    formats: Vec<u16>,
    /// The shared strings that are struck in part, with the rest of each; and what is left of
    /// those of several fonts in a cell that is struck.
    strings: BTreeMap<u32, String>,
    in_struck: BTreeMap<u32, String>,
}

impl Globals {
    fn read(stream: &[u8], sheet: &str) -> Option<Self> {
        let mut begins = None;
        let (mut fonts, mut formats) = (Vec::new(), Vec::new());
        let mut strings: Vec<&[u8]> = Vec::new();
        let mut in_strings = false;
        let mut records = records(stream, 0);
        let is_known = |(kind, body): &(u16, &[u8])| *kind == BEGIN && short(body, 0) == Some(VERSION);
        records.next().filter(is_known)?;
        for (kind, body) in records {
            in_strings &= kind == CONTINUE;
            match kind {
                END => break,
                FONT => fonts.push(short(body, 2).is_some_and(|flags| flags & 8 != 0)),
                FORMAT => formats.push(short(body, 0).unwrap_or_default()),
                SHEET if sheet_name(body).as_deref() == Some(sheet) => begins = number(body, 0).ok(),
                STRINGS => (strings, in_strings) = (vec![body], true),
                CONTINUE if in_strings => strings.push(body),
                _ => {}
            }
        }
        let mut globals = Self {
            begins: begins? as usize,
            fonts,
            formats,
            strings: BTreeMap::new(),
            in_struck: BTreeMap::new(),
        };
        if globals.fonts.contains(&true) {
            globals.read_strings(&strings);
        }
        Some(globals)
    }

    fn is_struck(&self, font: usize) -> bool {
        // There is no font of the number 4.
        let at = if font > 4 { font - 1 } else { font };
        self.fonts.get(at).copied().unwrap_or(false)
    }

    fn read_strings(&mut self, parts: &[&[u8]]) {
        let mut reader = Parts { parts, at: 8 };
        let mut at = 0;
        while let Some((units, runs)) = reader.string() {
            if !runs.is_empty() {
                let rest = |in_struck| unstruck(&units, &runs, in_struck, |font| self.is_struck(font));
                let (plain, struck) = (rest(false), rest(true));
                self.strings.extend(plain.map(|rest| (at, rest)));
                self.in_struck.extend(struck.map(|rest| (at, rest)));
            }
            at += 1;
        }
    }

    fn mark_cell(&self, kind: u16, body: &[u8], marks: &mut Marks) {
        let Some((row, column)) = place(body) else { return };
        let is_struck = |at: usize| {
            let font = short(body, at).and_then(|format| self.formats.get(usize::from(format)));
            font.is_some_and(|font| self.is_struck(usize::from(*font)))
        };
        if kind == MANY_NUMBERS {
            // A format and a number each, and the last column at the end.
            let cells = body.len().saturating_sub(6) / 6;
            let struck = (0..cells).filter(|cell| is_struck(4 + cell * 6));
            let places = struck.map(|cell| ((row, column + crate::source::offset(cell)), String::new()));
            marks.struck.extend(places);
            return;
        }
        let string = number(body, 6).ok().filter(|_| kind == SHARED_STRING);
        if is_struck(4) {
            let rest = string.and_then(|string| self.in_struck.get(&string)).cloned();
            marks.struck.insert((row, column), rest.unwrap_or_default());
        } else if let Some(rest) = string.and_then(|string| self.strings.get(&string)) {
            marks.struck.insert((row, column), rest.clone());
        }
    }
}

/// Goes through the records of a stream from a place on: kind, and body.
fn records(stream: &[u8], mut at: usize) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (kind, length) = (short(stream, at)?, short(stream, at + 2)?);
        let body = stream.get(at + 4..at + 4 + usize::from(length))?;
        at += 4 + body.len();
        Some((kind, body))
    })
}

/// Returns the row and the column of a cell, from 1.
fn place(body: &[u8]) -> Option<(u32, u32)> {
    Some((u32::from(short(body, 0)?) + 1, u32::from(short(body, 2)?) + 1))
}

/// Returns the name of a sheet.
fn sheet_name(body: &[u8]) -> Option<String> {
    let length = usize::from(*body.get(6)?);
    let units = characters(body.get(7..)?, length);
    Some(String::from_utf16_lossy(&units))
}

/// Reads characters behind the byte that says how wide they are.
fn characters(bytes: &[u8], most: usize) -> Vec<u16> {
    let Some((flags, rest)) = bytes.split_first() else {
        return Vec::new();
    };
    if flags & 1 == 0 {
        return rest.iter().take(most).map(|&byte| u16::from(byte)).collect();
    }
    let pairs = rest.chunks_exact(2).take(most);
    pairs.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect()
}

/// Returns the merged cells of a record: first and last of each.
fn merged(body: &[u8]) -> Vec<((u32, u32), (u32, u32))> {
    let ranges = body.get(2..).unwrap_or_default().chunks_exact(8);
    let range = |range: &[u8]| {
        let at = |at: usize| short(range, at).map(|value| u32::from(value) + 1);
        Some(((at(0)?, at(4)?), (at(2)?, at(6)?)))
    };
    ranges.filter_map(range).collect()
}

/// The parts of a record that goes on in others.
struct Parts<'a> {
    parts: &'a [&'a [u8]],
    at: usize,
}

/// Characters, and the runs of fonts: start, and font.
type RichText = (Vec<u16>, Vec<(usize, usize)>);

impl Parts<'_> {
    fn byte(&mut self) -> Option<u8> {
        while self.at >= self.parts.first()?.len() {
            self.parts = &self.parts[1..];
            self.at = 0;
        }
        self.at += 1;
        Some(self.parts[0][self.at - 1])
    }

    fn short(&mut self) -> Option<usize> {
        Some(usize::from(u16::from_le_bytes([self.byte()?, self.byte()?])))
    }

    fn skip(&mut self, bytes: usize) -> Option<()> {
        (0..bytes).try_for_each(|_| self.byte().map(drop))
    }

    /// Reads a string of the table of strings.
    fn string(&mut self) -> Option<RichText> {
        let length = self.short()?;
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.short()? } else { 0 };
        let extension = match flags & 4 {
            0 => 0,
            _ => self.short()? | self.short()? << 16,
        };
        let mut is_wide = flags & 1 != 0;
        let mut units = Vec::new();
        while units.len() < length {
            // Characters that go on in another part say again how wide they are.
            if self.at >= self.parts.first()?.len() {
                is_wide = self.byte()? & 1 != 0;
            }
            let low = self.byte()?;
            let high = if is_wide { self.byte()? } else { 0 };
            units.push(u16::from_le_bytes([low, high]));
        }
        let runs: Option<Vec<_>> = (0..runs).map(|_| Some((self.short()?, self.short()?))).collect();
        let runs = runs?;
        self.skip(extension)?;
        Some((units, runs))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use std::collections::BTreeSet;

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        let mut bytes = kind.to_le_bytes().to_vec();
        bytes.extend_from_slice(&u16::try_from(body.len()).unwrap().to_le_bytes());
        bytes.extend_from_slice(body);
        bytes
    }

    fn shorts(values: &[u16]) -> Vec<u8> {
        values.iter().flat_map(|value| value.to_le_bytes()).collect()
    }

    /// A workbook's stream: fonts 0 to 3 and 5, of which 5 is struck; formats of the fonts 0
    /// and 5; two strings, the second of which goes on in another record and is struck in part.
    fn stream(sheet: &[u8]) -> Vec<u8> {
        let mut globals = record(BEGIN, &shorts(&[VERSION, 5]));
        for struck in [0, 0, 0, 0, 8] {
            globals.extend(record(FONT, &shorts(&[200, struck])));
        }
        globals.extend(record(FORMAT, &shorts(&[0])));
        globals.extend(record(FORMAT, &shorts(&[5])));
        let mut strings = vec![2, 0, 0, 0, 2, 0, 0, 0];
        strings.extend(b"\x03\0\0Oak");
        strings.extend(b"\x07\0\x08\x01\0Old");
        let rest = b"\x01N\0e\0w\0!\0\0\0\x05\0";
        let mut rest = rest.to_vec();
        // The run of the struck font covers "Old"; another begins behind it.
        strings[17..19].copy_from_slice(&[2, 0]);
        rest.extend(shorts(&[3, 0]));
        let strings = [record(STRINGS, &strings), record(CONTINUE, &rest)].concat();
        let name = b"A & B";
        let length = globals.len() + strings.len() + 4 + 8 + name.len() + 4;
        let mut body = u32::try_from(length).unwrap().to_le_bytes().to_vec();
        body.extend([0, 0, 5, 0]);
        body.extend(name);
        [globals, record(SHEET, &body), strings, record(END, &[]), sheet.to_vec()].concat()
    }

    #[test]
    fn a_sheet_shows_more_than_its_text() {
        let row = |row: u16, height: u16, flags: u16| record(ROW, &shorts(&[row, 0, 2, height, 0, 0, flags, 0]));
        let label = |row: u16, column: u16, format: u16, string: u16| {
            record(SHARED_STRING, &shorts(&[row, column, format, string, 0]))
        };
        let sheet = [
            record(BEGIN, &shorts(&[VERSION, 16])),
            row(0, 300, 0),
            row(1, 300, 0x20),
            row(2, 0, 0),
            label(1, 0, 0, 0),
            label(2, 0, 1, 0),
            label(3, 1, 0, 1),
            record(MANY_NUMBERS, &shorts(&[4, 2, 0, 9, 9, 1, 9, 9, 3])),
            record(MERGED, &shorts(&[1, 1, 3, 0, 0])),
            record(OBJECT, &shorts(&[0x15, 0x12, 0x19, 7])),
            record(TEXT, &shorts(&[0, 0, 0, 0, 0, 8])),
            record(CONTINUE, b"\0with"),
            record(CONTINUE, b"\0drew"),
            record(NOTE, &shorts(&[3, 1, 0, 7])),
            record(END, &[]),
        ];
        let marks = marks(&stream(&sheet.concat()), "A & B").unwrap();
        assert_eq!(marks.hidden, BTreeSet::from([2, 3]));
        let struck = [((3, 1), ""), ((4, 2), "New!"), ((5, 4), "")];
        let struck = struck.map(|(place, rest)| (place, rest.to_owned()));
        assert_eq!(marks.struck, BTreeMap::from(struck));
        assert_eq!(marks.merged, [((2, 1), (4, 1))]);
        assert_eq!(marks.notes, BTreeMap::from([((4, 2), "withdrew".to_owned())]));
        assert!(!marks.is_unread);
    }

    #[test]
    fn sheets_are_counted_before_they_are_read() {
        let label = |row: u16, column: u16| record(SHARED_STRING, &shorts(&[row, column, 0, 0, 0]));
        let sheet = |cells: &[Vec<u8>]| {
            let sheet = [record(BEGIN, &shorts(&[VERSION, 16])), cells.concat(), record(END, &[])];
            stream(&sheet.concat())
        };
        assert_eq!(check_size(&sheet(&[label(0, 0), label(60_000, 9)])), Ok(()));
        assert!(check_size(&sheet(&[label(0, 0), label(60_000, 255)])).is_err());
        assert!(
            check_size(&sheet(&[
                label(0, 0),
                record(MANY_NUMBERS, &shorts(&[60_000, 0, 0, 0, 0, 0]))
            ]))
            .is_ok()
        );
    }

    #[test]
    fn what_is_cut_short_marks_nothing() {
        let whole = stream(&[record(BEGIN, &shorts(&[VERSION, 16])), record(ROW, &[0; 3])].concat());
        for end in 0..whole.len() {
            marks(&whole[..end], "A & B");
        }
        assert!(marks(&whole, "another").is_none());
        assert!(marks(&record(BEGIN, &shorts(&[0x0500, 5])), "A & B").is_none());
    }
}
