//! Questions as a workbook: a sheet of instructions, and one line a question with a drop-down
//! list.

use super::{choices, evidence, fitting, instructions, side};
use crate::emit::EmitError;
use crate::model::formula::runs_as_formula;
use crate::model::question_sheet::{KEY_PREFIX, QuestionSheet, SheetQuestion, headers};
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatUnderline, Workbook,
    Worksheet, XlsxError,
};

/// The columns with their widths, in characters; chosen by eye on a page of letter size, sideways.
const COLUMNS: [(&str, f64); 10] = [
    ("No.", 5.0),
    ("Question", 28.0),
    ("First name", 30.0),
    ("Second name", 30.0),
    ("What is known", 38.0),
    (headers::ANSWER, 26.0),
    (headers::PRINT, 24.0),
    (headers::BY, 16.0),
    (headers::COMMENT, 26.0),
    (headers::KEY, 20.0),
];

/// The column of answers; those of names and comments follow it.
const ANSWER: u16 = 5;

/// The column of keys.
const KEY: u16 = 9;

/// The formats of cells.
struct Formats {
    header: Format,
    text: Format,
    formula: Format,
    differs: Format,
    plain: Format,
    answer: Format,
    key: Format,
}

impl Formats {
    fn new() -> Self {
        let cell = || {
            Format::new()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x00BF_BFBF))
        };
        Self {
            header: cell()
                .set_bold()
                .set_background_color(Color::RGB(0x001F_3A5F))
                .set_font_color(Color::White),
            text: cell(),
            formula: cell().set_quote_prefix(),
            differs: Format::new().set_bold().set_underline(FormatUnderline::Single),
            plain: Format::new(),
            answer: cell().set_num_format("@").set_background_color(Color::RGB(0x00FF_F8DC)),
            key: Format::new()
                .set_align(FormatAlign::Top)
                .set_font_color(Color::RGB(0x0076_7676))
                .set_font_size(8),
        }
    }
}

/// Returns the workbook. It says no time, so that the same questions give the same bytes.
pub(super) fn write(sheet: &QuestionSheet) -> Result<Vec<u8>, EmitError> {
    workbook(sheet).map_err(|source| EmitError::Questions(source.to_string()))
}

fn workbook(sheet: &QuestionSheet) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title("Questions about signatories")
            .set_creation_datetime(&epoch),
    );
    let first = workbook.add_worksheet();
    first.set_name("Read me")?.set_column_width(0, 90)?;
    first.write_string_with_format(
        0,
        0,
        "Questions about signatories",
        &Format::new().set_bold().set_font_size(14),
    )?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let how = [
        "The questions are on the sheet “Questions”. In the yellow cells, choose an answer from the list that opens in the cell.",
        "Then save the workbook and send it back. Please leave the last column as it is: by it, your answers find their questions.",
    ];
    let lines = instructions(sheet).into_iter().chain(how.map(str::to_owned));
    for (row, line) in (2..).zip(lines) {
        let line = fitting(&line);
        first.set_row_height(row, height(lines_of(&line, 90.0) + 1))?;
        first.write_string_with_format(row, 0, line, &wrapped)?;
    }
    let second = workbook.add_worksheet();
    second.set_name("Questions")?;
    page_setup(second)?;
    for (column, (header, width)) in (0..).zip(COLUMNS) {
        second.set_column_width(column, width)?;
        second.write_string_with_format(0, column, header, &formats.header)?;
    }
    for (row, question) in (1..).zip(&sheet.questions) {
        write_question(second, row, question, &formats)?;
    }
    workbook.save_to_buffer()
}

/// Sets how the sheet scrolls and prints.
fn page_setup(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.5, 0.3, 0.3);
    sheet.set_footer("&CPage &P of &N");
    Ok(())
}

fn write_question(
    sheet: &mut Worksheet,
    row: u32,
    question: &SheetQuestion,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.write_number_with_format(row, 0, f64::from(row), &formats.text)?;
    write_text(sheet, row, 1, &fitting(&question.question), formats)?;
    for (at, column) in [(0, 2), (1, 3)] {
        write_side(sheet, row, column, question, at, formats)?;
    }
    write_text(sheet, row, 4, &evidence(question), formats)?;
    for column in ANSWER..KEY {
        sheet.write_blank(row, column, &formats.answer)?;
    }
    let texts = [
        (fitting(&question.question), 1),
        (side(question, 0), 2),
        (side(question, 1), 3),
        (evidence(question), 4),
    ];
    let lines = texts.iter().map(|(text, column)| lines_of(text, COLUMNS[*column].1));
    sheet.set_row_height(row, height(lines.max().unwrap_or(1).max(2)))?;
    let list = DataValidation::new()
        .allow_list_strings(&choices(question))?
        .set_error_title("Not an answer from the list")?
        .set_error_message("Choose an answer from the list, or leave the cell empty and write a comment.")?;
    sheet.add_data_validation(row, ANSWER, row, ANSWER, &list)?;
    let key = format!("{KEY_PREFIX}{}", question.key);
    sheet.write_string_with_format(row, KEY, key, &formats.key)?;
    Ok(())
}

/// Returns how many lines a text takes in a column, whose width is in characters. Words break
/// early, so a line holds somewhat less than its width; by eye.
fn lines_of(text: &str, width: f64) -> usize {
    /// The share of a line that words fill.
    const FILLED: f64 = 0.88;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let room = (width * FILLED) as usize;
    text.lines()
        .map(|line| line.chars().count().div_ceil(room).max(1))
        .sum()
}

/// Returns the height of lines in points. Not every program finds the height of a row by itself.
fn height(lines: usize) -> f64 {
    /// The height of a line of the usual font.
    const LINE: f64 = 15.0;
    /// The greatest height of a row.
    const HIGHEST: f64 = 409.0;
    f64::from(u32::try_from(lines).unwrap_or(u32::MAX))
        .mul_add(LINE, 2.0)
        .min(HIGHEST)
}

/// Writes a name with the words marked that the other lacks, and its rows below it.
fn write_side(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    question: &SheetQuestion,
    at: usize,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let whole = side(question, at);
    let runs = question.sides.get(at).map_or(&[][..], |side| &side.name);
    let is_plain = runs.iter().all(|run| !run.differs) || whole.ends_with('…') || runs.len() > 100;
    if is_plain || runs.iter().any(|run| run.text.is_empty()) {
        return write_text(sheet, row, column, &whole, formats);
    }
    let mut pieces: Vec<(&Format, String)> = Vec::new();
    for (nth, run) in runs.iter().enumerate() {
        if nth > 0 {
            pieces.push((&formats.plain, " ".to_owned()));
        }
        let format = if run.differs { &formats.differs } else { &formats.plain };
        pieces.push((format, run.text.clone()));
    }
    let rows = question.sides[at].rows.join("\n");
    if !rows.is_empty() {
        pieces.push((&formats.plain, format!("\n{rows}")));
    }
    let pieces: Vec<(&Format, &str)> = pieces.iter().map(|(format, text)| (*format, text.as_str())).collect();
    let format = if runs_as_formula(&whole) {
        &formats.formula
    } else {
        &formats.text
    };
    match pieces.as_slice() {
        // A rich text has two parts or more.
        [_] => write_text(sheet, row, column, &whole, formats),
        _ => sheet
            .write_rich_string_with_format(row, column, &pieces, format)
            .map(|_| ()),
    }
}

/// Writes a text as a text, whatever it begins with.
fn write_text(sheet: &mut Worksheet, row: u32, column: u16, text: &str, formats: &Formats) -> Result<(), XlsxError> {
    let format = if runs_as_formula(text) {
        &formats.formula
    } else {
        &formats.text
    };
    sheet.write_string_with_format(row, column, text, format).map(|_| ())
}
