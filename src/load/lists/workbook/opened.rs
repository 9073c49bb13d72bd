//! A workbook opened, its sheets as cells.
//!
//! In: a workbook's bytes. Out: the names of its sheets, and the cells of each as
//! text. Guaranteed: no more is unpacked or kept than the limits allow; where calamine,
//! which reads the formats, panics on a damaged file, that is an error like others.
//! Absent: which sheet is read, and what its cells mean.

use super::marks::{self, Marks};
use super::unfolded::{self, MAX_CELLS, MAX_TEXT, SheetFault};
use super::{biff8, biff12, compound_file};
use crate::bounds::catch_panic;
use crate::diag::{Code, Diagnostic};
use crate::load::lists::cells::MAX_COLUMNS;
use crate::source::{FileId, Origin};
use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Sheets};
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;

/// Most bytes that a workbook may unpack to. A sheet of a million rows and ten
/// columns unpacks to about half of this.
pub(super) const MAX_UNPACKED: u64 = 1 << 30;

/// Rows of a sheet in today's formats (ECMA-376).
const MAX_ROWS: u32 = 1 << 20;

/// Most cells of a sheet that are looked at for its header: twenty rows of a hundred.
const MAX_STEPS: usize = 2_000;

type Bytes = Cursor<Arc<[u8]>>;

/// What a cell that holds an error begins with; no cell's text can.
pub(super) const ERROR: &str = "\u{0}error ";

/// A cell that holds something.
pub(super) struct Cell {
    /// From 1.
    pub(super) row: u32,
    /// From 1.
    pub(super) column: u32,
    pub(super) text: String,
}

/// The numbers that a sheet shows in a way of its own that is not read: by row and
/// column, the number's format.
pub(super) type Otherwise = BTreeMap<(u32, u32), String>;

/// A reason for which a workbook, or a sheet of it, cannot be read.
pub(super) enum Trouble {
    /// It unpacks to more than [`MAX_UNPACKED`], or a sheet holds more than
    /// [`MAX_CELLS`] or [`MAX_TEXT`].
    TooLarge(&'static str),
    /// It is damaged, protected, or something else.
    Broken(String),
}

impl Trouble {
    pub(super) fn diagnostic(self, file: FileId) -> Diagnostic {
        match self {
            Self::TooLarge(what) => Diagnostic::error(Code::TooLarge, format!("the workbook {what}"))
                .hint("save the sheet that lists the signatories as .csv, and use that file"),
            Self::Broken(why) => Diagnostic::error(
                Code::BrokenWorkbook,
                format!("the workbook cannot be read: {}", plain(&why)),
            )
            .hint("open it in a spreadsheet program and save it again without a password, or save the sheet as .csv"),
        }
        .at(Origin::File(file))
    }
}

/// Returns the reason in words for people: a library's speaks of its own state.
fn plain(why: &str) -> &str {
    if why.contains("panicked") {
        "what is compressed in it is damaged"
    } else {
        why
    }
}

/// An opened workbook. What calamine panics at is damaged.
pub(super) struct Workbook {
    /// The names of its sheets, and whether each is one of cells that is shown.
    pub(super) names: Vec<(String, bool)>,
    /// What reads it; gone once it has panicked.
    opened: Option<Opened>,
    bytes: Arc<[u8]>,
}

fn damaged() -> Trouble {
    Trouble::Broken("it is damaged".to_owned())
}

impl Workbook {
    pub(super) fn open(bytes: Vec<u8>, most: u64) -> Result<Self, Trouble> {
        let bytes: Arc<[u8]> = bytes.into();
        let open = || {
            let opened = Opened::open(Arc::clone(&bytes), most)?;
            let shown = |sheet: &calamine::Sheet| {
                let cells = !matches!(
                    sheet.typ,
                    SheetType::ChartSheet | SheetType::Vba | SheetType::MacroSheet
                );
                sheet.visible == SheetVisible::Visible && cells
            };
            let names = opened.0.sheets_metadata().iter();
            let names = names.map(|sheet| (sheet.name.clone(), shown(sheet))).collect();
            Ok(Self {
                names,
                opened: Some(opened),
                bytes: Arc::clone(&bytes),
            })
        };
        catch_panic(open).unwrap_or_else(|| Err(damaged()))
    }

    /// Returns what a sheet shows beside the text of its cells.
    pub(super) fn marks(&self, sheet: &str) -> Marks {
        let found = if compound_file::is_compound(&self.bytes) {
            let stream = compound_file::workbook_stream(&self.bytes).ok();
            stream.and_then(|stream| biff8::marks(&stream, sheet))
        } else {
            let package = marks::Package::open(&self.bytes);
            package.and_then(|mut package| biff12::marks(&mut package, sheet))
        };
        found.unwrap_or_else(|| Marks::of(&self.bytes, sheet))
    }

    pub(super) fn all(&self) -> Vec<String> {
        self.names.iter().map(|(name, _)| name.clone()).collect()
    }

    pub(super) fn visible(&self) -> Vec<String> {
        let shown = self.names.iter().filter(|(_, shown)| *shown);
        shown.map(|(name, _)| name.clone()).collect()
    }

    /// Returns the cells of a sheet that hold anything, by row and column; of the first
    /// rows only where asked.
    pub(super) fn cells(&mut self, sheet: &str, within: Option<u32>) -> Result<Vec<Cell>, Trouble> {
        self.work(|opened| opened.kept(sheet, within, &mut None))?
    }

    /// Returns all cells of a sheet with numbers as it shows them, and those that it shows in
    /// another way.
    pub(super) fn shown(&mut self, sheet: &str) -> Result<(Vec<Cell>, Otherwise), Trouble> {
        self.work(|opened| {
            let mut numbers = Some(Vec::new());
            let mut cells = opened.kept(sheet, None, &mut numbers)?;
            let otherwise = opened.as_shown(sheet, &mut cells, &numbers.unwrap_or_default());
            Ok((cells, otherwise))
        })?
    }

    /// Does some work on the opened workbook, unless it panicked before.
    fn work<T>(&mut self, work: impl FnOnce(&mut Opened) -> T) -> Result<T, Trouble> {
        let mut opened = self.opened.take().ok_or_else(damaged)?;
        let (opened, done) = catch_panic(|| {
            let done = work(&mut opened);
            (opened, done)
        })
        .ok_or_else(damaged)?;
        self.opened = Some(opened);
        Ok(done)
    }
}

/// A workbook as calamine reads it.
struct Opened(Sheets<Bytes>);

impl Opened {
    fn open(bytes: Arc<[u8]>, most: u64) -> Result<Self, Trouble> {
        if compound_file::is_compound(&bytes) {
            let stream = compound_file::checked(&bytes).map_err(|why| Trouble::Broken(why.to_owned()))?;
            biff8::check_size(&stream).map_err(Trouble::TooLarge)?;
            drop(stream);
            let broken = |error: calamine::XlsError| Trouble::Broken(error.to_string());
            return calamine::Xls::new(Cursor::new(bytes))
                .map(Sheets::Xls)
                .map(Self)
                .map_err(broken);
        }
        let kind = unpackable(&bytes, most)?;
        let bytes = Cursor::new(bytes);
        let broken = |error: &dyn std::fmt::Display| Trouble::Broken(error.to_string());
        match kind {
            Package::Xlsx => calamine::Xlsx::new(bytes)
                .map(Sheets::Xlsx)
                .map_err(|error| broken(&error)),
            Package::Xlsb => calamine::Xlsb::new(bytes)
                .map(Sheets::Xlsb)
                .map_err(|error| broken(&error)),
            Package::Ods => calamine::Ods::new(bytes)
                .map(Sheets::Ods)
                .map_err(|error| broken(&error)),
        }
        .map(Self)
    }

    /// Returns the cells of a sheet that hold anything, and where numbers stand, if it is asked.
    fn kept(
        &mut self,
        sheet: &str,
        within: Option<u32>,
        numbers: &mut Option<Vec<(u32, u32)>>,
    ) -> Result<Vec<Cell>, Trouble> {
        let mut kept = Kept::default();
        let mut steps = 0;
        let mut number = |row: u32, column: u32| {
            if let Some(numbers) = numbers {
                numbers.push((row, column));
            }
        };
        let below = |row: u32| within.is_some_and(|within| row >= within);
        let broken = |error: &dyn std::fmt::Display| Trouble::Broken(error.to_string());
        match &mut self.0 {
            // Cell by cell: a sheet of two cells in opposite corners is no table
            // of seventeen milliards.
            Sheets::Xlsx(workbook) => {
                let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|error| broken(&error))?;
                while let Some(cell) = cells.next_cell().map_err(|error| broken(&error))? {
                    let (row, column) = cell.get_position();
                    steps += 1;
                    if below(row) || within.is_some() && steps > MAX_STEPS {
                        break;
                    }
                    if let DataRef::Int(_) | DataRef::Float(_) = cell.get_value() {
                        number(row, column);
                    }
                    kept.keep(row, column, value_ref(cell.get_value()))?;
                }
            }
            Sheets::Xlsb(workbook) => {
                let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|error| broken(&error))?;
                while let Some(cell) = cells.next_cell().map_err(|error| broken(&error))? {
                    let (row, column) = cell.get_position();
                    steps += 1;
                    if below(row) || within.is_some() && steps > MAX_STEPS {
                        break;
                    }
                    kept.keep(row, column, value_ref(cell.get_value()))?;
                }
            }
            other => {
                let range = other.worksheet_range(sheet).map_err(|error| broken(&error))?;
                let (top, left) = range.start().unwrap_or_default();
                for (row, column, cell) in range.used_cells() {
                    let row = top + crate::source::offset(row);
                    if below(row) {
                        break;
                    }
                    kept.keep(row, left + crate::source::offset(column), value(cell))?;
                }
            }
        }
        Ok(kept.finish())
    }

    /// Fills numbers up with zeros where the sheet shows them so, as it does a postal
    /// code; returns those that it shows in another way. Known of .xlsx only; places
    /// count from 0.
    fn as_shown(&mut self, sheet: &str, cells: &mut [Cell], numbers: &[(u32, u32)]) -> Otherwise {
        let Sheets::Xlsx(workbook) = &mut self.0 else {
            return Otherwise::new();
        };
        // A sheet whose styles cannot be read shows its numbers as they are.
        let styles = workbook.worksheet_style(sheet).unwrap_or_default();
        let mut otherwise = Otherwise::new();
        for &(row, column) in numbers {
            let format = styles.get((row, column)).and_then(|style| style.number_format.as_ref());
            let Some(code) = format.map(|format| format.format_code.as_str()) else {
                continue;
            };
            let place = (row + 1, column + 1);
            let found = cells.binary_search_by_key(&place, |cell| (cell.row, cell.column));
            let Ok(found) = found else { continue };
            match shown(&cells[found].text, code) {
                Some(text) => cells[found].text = text,
                None => {
                    otherwise.insert(place, code.to_owned());
                }
            }
        }
        otherwise
    }
}

/// Writes a number under a format that shows it as it is, or fills it up with zeros: `00000`,
/// `00000-0000`. `None`: under any other (ECMA-376, 18.8.31).
fn shown(number: &str, code: &str) -> Option<String> {
    let whole = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let code = code.split(';').next().unwrap_or_default();
    if matches!(code, "" | "@") || code.eq_ignore_ascii_case("general") || (whole && matches!(code, "0" | "#")) {
        return Some(number.to_owned());
    }
    let mut digits = number.chars().rev();
    let mut left = code.matches('0').count();
    let mut out = Vec::new();
    for c in code.chars().rev() {
        match c {
            '0' => {
                out.push(digits.next().unwrap_or('0'));
                left -= 1;
                if left == 0 {
                    out.extend(digits.by_ref());
                }
            }
            '-' | ' ' => out.push(c),
            '\\' => {}
            _ => return None,
        }
    }
    whole.then(|| out.into_iter().rev().collect())
}

/// Cells as they are copied, within the limits.
#[derive(Default)]
struct Kept {
    cells: Vec<Cell>,
    text: usize,
}

impl Kept {
    /// Keeps a cell that holds something; `row` and `column` from 0.
    fn keep(&mut self, row: u32, column: u32, text: String) -> Result<(), Trouble> {
        if text.trim().is_empty() {
            return Ok(());
        }
        if row >= MAX_ROWS || column as usize >= MAX_COLUMNS {
            return Err(Trouble::Broken("a cell is outside its sheet".to_owned()));
        }
        self.text += text.len();
        if self.text > MAX_TEXT {
            return Err(Trouble::TooLarge("has a sheet of more than 384 MB of text"));
        }
        if self.cells.len() == MAX_CELLS {
            return Err(Trouble::TooLarge("has a sheet of more than 8,000,000 filled cells"));
        }
        let (row, column) = (row + 1, column + 1);
        self.cells.push(Cell { row, column, text });
        Ok(())
    }

    fn finish(mut self) -> Vec<Cell> {
        // A file may have its rows in any order, and a cell twice: the last counts.
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        self.cells.reverse();
        self.cells.dedup_by_key(|cell| (cell.row, cell.column));
        self.cells.reverse();
        self.cells
    }
}

fn value_ref(data: &DataRef<'_>) -> String {
    match data {
        DataRef::SharedString(text) => (*text).to_owned(),
        other => value(&Data::from(other.clone())),
    }
}

/// Returns the value of a cell, without the format in which the sheet shows it.
fn value(data: &Data) -> String {
    match data {
        Data::String(text) | Data::DurationIso(text) => text.clone(),
        Data::DateTimeIso(text) => text.replacen('T', " ", 1),
        Data::Int(number) => number.to_string(),
        // A telephone number or a postal code is a number to a sheet.
        Data::Float(number) => format!("{number}"),
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        Data::DateTime(date) => date_text(date),
        Data::Error(error) => format!("{ERROR}{error}"),
        Data::Empty => String::new(),
    }
}

/// Writes a date as year-month-day, with its time where it has one.
fn date_text(date: &ExcelDateTime) -> String {
    if !date.is_datetime() {
        return format!("{}", date.as_f64());
    }
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    // Sheets keep times as fractions of a day, a hair off.
    let rounded = if milli >= 500 && second < 59 {
        second + 1
    } else {
        second
    };
    let day = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, rounded) {
        (0, 0, 0) => day,
        _ => format!("{day} {hour:02}:{minute:02}:{rounded:02}"),
    }
}

/// What kind of zip file a workbook is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Package {
    Xlsx,
    Xlsb,
    Ods,
}

/// Unpacks every part once without keeping it, so that a file that would fill the
/// memory is refused before anything reads it, and says what the file is.
fn unpackable(bytes: &[u8], most: u64) -> Result<Package, Trouble> {
    let broken = |error: zip::result::ZipError| Trouble::Broken(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut left = most;
    let mut kind = None;
    let mut strings = 0;
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(broken)?;
        let name = part.name().map_err(broken)?.to_lowercase();
        let found = match name.as_str() {
            "xl/workbook.xml" => Some(Package::Xlsx),
            "xl/workbook.bin" => Some(Package::Xlsb),
            "content.xml" => Some(Package::Ods),
            _ => None,
        };
        kind = kind.or(found);
        let too_large = |why: &'static str| Trouble::TooLarge(why);
        let broken = |error: io::Error| Trouble::Broken(error.to_string());
        let read = if found == Some(Package::Ods) {
            let mut counted = Counted(BufReader::new((&mut part).take(left + 1)), 0);
            unfolded::check_sheets(&mut counted).map_err(|fault| match fault {
                SheetFault::TooLarge(why) => Trouble::TooLarge(why),
                SheetFault::NeverEnds => Trouble::Broken("a part of a sheet has no end".to_owned()),
            })?;
            io::copy(&mut counted, &mut io::sink()).map_err(broken)?;
            counted.1
        } else if name == "xl/sharedstrings.bin" || name.starts_with("xl/worksheets/sheet") && name.ends_with(".bin") {
            let read = biff12::count_records(&mut part, left + 1, &mut strings);
            read.map_err(broken)?.map_err(too_large)?
        } else {
            let read = unfolded::count_strings(&mut part, left + 1, &mut strings);
            read.map_err(broken)?.map_err(too_large)?
        };
        left = left.checked_sub(read).ok_or(Trouble::TooLarge(match most {
            MAX_UNPACKED => "unpacks to more than 1 GB",
            _ => "unpacks to more than 128 MB",
        }))?;
    }
    kind.ok_or_else(|| Trouble::Broken("this zip file does not contain a workbook".to_owned()))
}

/// Counts the bytes that are read.
struct Counted<R>(R, u64);

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(buffer)?;
        self.1 += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.1 += amount as u64;
        self.0.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_has_at_most_8_000_000_filled_cells_and_384_megabytes_of_text() {
        let empty = || Cell {
            row: 1,
            column: 1,
            text: String::new(),
        };
        let mut kept = Kept {
            cells: std::iter::repeat_with(empty).take(7_999_999).collect(),
            text: 0,
        };
        assert!(kept.keep(1, 0, "the last one".to_owned()).is_ok());
        assert!(
            kept.keep(1, 1, " ".to_owned()).is_ok(),
            "an empty cell counts for nothing"
        );
        let refused = kept.keep(1, 2, "one more".to_owned());
        assert!(matches!(refused, Err(Trouble::TooLarge(why)) if why.contains("8,000,000")));
        let mut kept = Kept {
            cells: Vec::new(),
            text: (384 << 20) - 2,
        };
        assert!(kept.keep(0, 0, "ab".to_owned()).is_ok());
        let refused = kept.keep(0, 1, "c".to_owned());
        assert!(matches!(refused, Err(Trouble::TooLarge(why)) if why.contains("384 MB")));
    }

    #[test]
    fn a_sheet_has_at_most_1_048_576_rows_and_16_384_columns() {
        let keep = |row: u32, column: u32| Kept::default().keep(row, column, "A Org".to_owned()).is_ok();
        assert!(keep((1 << 20) - 1, (1 << 14) - 1));
        assert!(!keep(1 << 20, 0));
        assert!(!keep(0, 1 << 14));
    }

    #[test]
    fn numbers_are_filled_up_as_the_sheet_does() {
        let check = |number: &str, code: &str, expected: Option<&str>| {
            assert_eq!(shown(number, code).as_deref(), expected, "{number} as {code}");
        };
        check("2138", "00000", Some("02138"));
        check("123456", "00000", Some("123456"));
        check("21381234", "00000\\-0000", Some("02138-1234"));
        check("3", "General", Some("3"));
        check("3.5", "general", Some("3.5"));
        check("3", "0", Some("3"));
        check("3.5", "0", None);
        check("-5", "00", None);
        check("0.25", "0%", None);
        check("1234", "#,##0", None);
        check("1234", "\"No. \"0", None);
        check("5", "@", Some("5"));
        check("5", "00;[Red]-00", Some("05"));
    }
}
