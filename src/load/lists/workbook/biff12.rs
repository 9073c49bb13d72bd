//! What a sheet of an .xlsb workbook shows beside the text of its cells.
//!
//! In: the parts of an .xlsb file, and a sheet's name. Out: its [`Marks`]. Guaranteed: a part
//! is read as it is unpacked, one record at a time; a part that is missing or cut short marks
//! no more than it says. Absent: the cells' text.
//!
//! Source: [MS-XLSB] sections 2.1.4, 2.4 and 2.5.

use super::marks::{Marks, Package, Place};
use super::rich_text::unstruck;
use super::unfolded::{MAX_STRINGS, ROW_OUTSIDE, TOO_MANY_STRINGS};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Read};

const ROW: u32 = 0;
const SHARED_STRING: u32 = 7;
/// Cells of all sorts that stand in columns one after the other.
const CELLS: std::ops::RangeInclusive<u32> = 1..=11;
const STRING: u32 = 19;
const FONT: u32 = 43;
const FORMAT: u32 = 47;
const RICH_CELL: u32 = 62;
const SHEET: u32 = 156;
const MERGED: u32 = 176;
const FORMATS_BEGIN: u32 = 617;
const FORMATS_END: u32 = 618;
const COMMENT: u32 = 635;
const COMMENT_TEXT: u32 = 637;

/// Longest record that is looked at, in bytes.
const LONGEST: u64 = 1 << 20;

/// Returns the marks of a sheet.
pub(super) fn marks(package: &mut Package, sheet: &str) -> Option<Marks> {
    const WORKBOOK: &str = "xl/workbook.bin";
    let relations = package.relations(WORKBOOK);
    let mut id = None;
    records(package, WORKBOOK, |kind, body| {
        if kind == SHEET
            && let Some((relation, rest)) = text(body.get(8..).unwrap_or_default())
            && text(rest).is_some_and(|(name, _)| String::from_utf16_lossy(&name) == sheet)
        {
            id = Some(String::from_utf16_lossy(&relation));
        }
    })?;
    let (_, path) = relations.get(&id?)?.clone();
    let styles = Styles::read(package);
    let strings = struck_strings(package, &styles);
    let mut marks = sheet_marks(package, &path, &styles, &strings)?;
    for (kind, target) in package.relations(&path).into_values() {
        if kind.ends_with("/comments") {
            marks.notes = comments(package, &target);
        }
    }
    Some(marks)
}

/// Which fonts are struck, and which formats have one that is.
#[derive(Default)]
struct Styles {
    fonts: Vec<bool>,
    formats: BTreeSet<u32>,
}

impl Styles {
    fn read(package: &mut Package) -> Self {
        let mut styles = Self::default();
        let (mut in_formats, mut at) = (false, 0);
        // A workbook without styles has no font that is struck.
        let _ = records(package, "xl/styles.bin", |kind, body| match kind {
            FONT => styles.fonts.push(short(body, 2).is_some_and(|flags| flags & 8 != 0)),
            FORMATS_BEGIN => in_formats = true,
            FORMATS_END => in_formats = false,
            FORMAT if in_formats => {
                if short(body, 4).is_some_and(|font| styles.is_struck(usize::from(font))) {
                    styles.formats.insert(at);
                }
                at += 1;
            }
            _ => {}
        });
        styles
    }

    fn is_struck(&self, font: usize) -> bool {
        self.fonts.get(font).copied().unwrap_or(false)
    }

    /// Returns what of a text with fonts is not struck, if any of it is.
    fn unstruck(&self, body: &[u8]) -> Option<String> {
        let (&flags, rest) = body.split_first()?;
        let (units, rest) = text(rest)?;
        if flags & 1 == 0 {
            return None;
        }
        let count = number(rest, 0)? as usize;
        let runs = rest.get(4..)?.chunks_exact(4).take(count);
        let runs: Option<Vec<_>> = runs
            .map(|run| Some((usize::from(short(run, 0)?), usize::from(short(run, 2)?))))
            .collect();
        unstruck(&units, &runs?, false, |font| self.is_struck(font))
    }
}

/// Returns the shared strings that are struck in part, with the rest of each.
fn struck_strings(package: &mut Package, styles: &Styles) -> BTreeMap<u32, String> {
    let mut found = BTreeMap::new();
    if !styles.fonts.contains(&true) {
        return found;
    }
    let mut at = 0;
    let _ = records(package, "xl/sharedStrings.bin", |kind, body| {
        if kind == STRING {
            found.extend(styles.unstruck(body).map(|rest| (at, rest)));
            at += 1;
        }
    });
    found
}

fn sheet_marks(package: &mut Package, path: &str, styles: &Styles, strings: &BTreeMap<u32, String>) -> Option<Marks> {
    let mut marks = Marks::default();
    let mut row = 0;
    records(package, path, |kind, body| match kind {
        ROW => {
            row = number(body, 0).unwrap_or_default().saturating_add(1);
            let is_hidden = body.get(11).is_some_and(|flags| flags & 0x10 != 0);
            if is_hidden || short(body, 8) == Some(0) {
                marks.hidden.insert(row);
            }
        }
        MERGED => {
            let at = |at: usize| number(body, at).map(|value| value.saturating_add(1));
            if let (Some(top), Some(bottom), Some(left), Some(right)) = (at(0), at(4), at(8), at(12)) {
                marks.merged.push(((top, left), (bottom, right)));
            }
        }
        _ if CELLS.contains(&kind) || kind == RICH_CELL => {
            let (Some(column), Some(style)) = (number(body, 0), number(body, 4)) else {
                return;
            };
            let place = (row, column.saturating_add(1));
            let rest = match kind {
                SHARED_STRING => number(body, 8).and_then(|string| strings.get(&string)).cloned(),
                RICH_CELL => styles.unstruck(body.get(8..).unwrap_or_default()),
                _ => None,
            };
            // Only 24 bits are the style.
            if styles.formats.contains(&(style & 0x00ff_ffff)) {
                marks.struck.insert(place, String::new());
            } else if let Some(rest) = rest {
                marks.struck.insert(place, rest);
            }
        }
        _ => {}
    })?;
    Some(marks)
}

fn comments(package: &mut Package, path: &str) -> BTreeMap<Place, String> {
    let mut found = BTreeMap::new();
    let mut place = None;
    let _ = records(package, path, |kind, body| match kind {
        COMMENT => {
            let at = |at: usize| number(body, at).map(|value| value.saturating_add(1));
            place = at(4).zip(at(12));
        }
        COMMENT_TEXT => {
            if let (Some(place), Some((units, _))) = (place, body.get(1..).and_then(text)) {
                found.insert(place, String::from_utf16_lossy(&units));
            }
        }
        _ => {}
    });
    found
}

/// Last row that a sheet may have, from 0 (ECMA-376). calamine stops reading without a word at
/// the first that lies beyond.
const LAST_ROW: u32 = (1 << 20) - 1;

/// Most records of a part: twice as many as a sheet may have cells.
const MAX_RECORDS: usize = 16_000_000;
const TOO_MANY_RECORDS: &str = "has a part of more than 16,000,000 records";

/// Reads a part to its end, `most` bytes at most, counts its shared texts, and looks at the
/// numbers of its rows.
///
/// # Errors
/// When it cannot be read; the inner error when it has too many texts or records, or a row that no sheet
/// has.
pub(super) fn count_records(
    part: &mut impl Read,
    most: u64,
    found: &mut usize,
) -> io::Result<Result<u64, &'static str>> {
    let mut reader = BufReader::new(part.take(most));
    let mut seen = 0;
    while let (Some(kind), Some(length)) = (header(&mut reader, 2), header(&mut reader, 4)) {
        *found += usize::from(kind == STRING);
        if *found > MAX_STRINGS {
            return Ok(Err(TOO_MANY_STRINGS));
        }
        seen += 1;
        if seen > MAX_RECORDS {
            return Ok(Err(TOO_MANY_RECORDS));
        }
        let mut body = (&mut reader).take(u64::from(length));
        let mut row = Vec::new();
        if kind == ROW {
            (&mut body).take(4).read_to_end(&mut row)?;
        }
        if number(&row, 0).is_some_and(|row| row > LAST_ROW) {
            return Ok(Err(ROW_OUTSIDE));
        }
        io::copy(&mut body, &mut io::sink())?;
    }
    io::copy(&mut reader, &mut io::sink())?;
    Ok(Ok(most - reader.into_inner().limit()))
}

/// Hands each record of a part to `each`: kind, and body; of one that is longer than
/// [`LONGEST`] its beginning. `None`: there is no such part.
fn records(package: &mut Package, part: &str, mut each: impl FnMut(u32, &[u8])) -> Option<()> {
    let mut reader = BufReader::new(package.part(part)?);
    let mut body = Vec::new();
    while let (Some(kind), Some(length)) = (header(&mut reader, 2), header(&mut reader, 4)) {
        body.clear();
        let length = u64::from(length);
        let read = (&mut reader).take(length.min(LONGEST)).read_to_end(&mut body);
        let rest = length.saturating_sub(LONGEST);
        let skipped = io::copy(&mut (&mut reader).take(rest), &mut io::sink());
        if read.is_err() || skipped.is_err() {
            break;
        }
        each(kind, &body);
    }
    Some(())
}

/// Reads a number of which each byte holds seven bits, and says whether another follows.
fn header(reader: &mut impl BufRead, most: usize) -> Option<u32> {
    let mut value = 0;
    for at in 0..most {
        let mut byte = [0];
        reader.read_exact(&mut byte).ok()?;
        value |= u32::from(byte[0] & 0x7f) << (7 * at);
        if byte[0] & 0x80 == 0 {
            break;
        }
    }
    Some(value)
}

/// Reads a text with its length before it; returns what follows, too.
fn text(bytes: &[u8]) -> Option<(Vec<u16>, &[u8])> {
    let length = number(bytes, 0)? as usize;
    let end = length.checked_mul(2)?.checked_add(4)?;
    let units = bytes.get(4..end)?.chunks_exact(2);
    let units = units.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Some((units, &bytes[end..]))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes([two[0], two[1]]))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}
