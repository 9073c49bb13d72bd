//! Lists of those who get a letter each.
//!
//! In: a file of rows and columns, a sheet of a workbook, or `[[to]]` tables. Out: [`Recipients`].
//! Guaranteed: every row that holds anything is one recipient; every column is a
//! field, whatever it is called; cells hold no control characters but line feeds;
//! columns that are private are marked. Absent: what a letter needs of them
//! (that is `compose`'s).

use super::cells::{MAX_CELL, MAX_COLUMNS, Row};
use super::delimited;
use super::fold::fold;
use super::formats;
use super::headers::{self, Meaning};
use super::workbook::{self, Purpose, SheetRow};
use crate::diag::{Code, Diagnostic, Severity};
use crate::load::bytes::{self, Text};
use crate::load::clean;
use crate::load::diagnostics::Diagnostics;
use crate::load::loaded::{LoadError, Loaded};
use crate::load::toml_values::{TomlReader, get};
use crate::model::recipient::{Recipient, RecipientCell, RecipientColumn, Recipients};
use crate::model::signatory::Column;
use crate::source::{FileId, Origin, SourceMap};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Endings of the files that recipients are read from.
const ENDINGS: &[&str] = &["csv", "tsv", "tab", "txt", "toml", "xlsx", "xlsm", "xlsb", "xls", "ods"];

/// Most recipients of one letter. Twice the members of all legislatures of the
/// United States, and few enough that their number is told in time.
const MAX_RECIPIENTS: usize = 20_000;

/// Reads a list of recipients; `columns` is the letter's `[columns]`. A sheet of a
/// workbook is named after a `#`, as in a list of signatories.
pub fn recipients(
    sources: &mut SourceMap,
    name: &str,
    path: &Path,
    columns: &BTreeMap<String, String>,
) -> Result<Loaded<Recipients>, LoadError> {
    let divided = formats::divide(sources, path);
    let (path, sheet) = divided
        .as_ref()
        .map_or((path, None), |(path, sheet)| (path.as_path(), Some(sheet.as_str())));
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let bytes = bytes::read(sources, name, path, bytes::MAX_LETTER)?;
    if workbook::is_workbook(&bytes) {
        return Ok(sheet_of(sources, name, sheet, bytes, columns));
    }
    let mut text = bytes::decode(sources, name, bytes);
    let file = text.file;
    let mut value = Recipients::default();
    if text.readable {
        match ending.as_str() {
            "toml" => tables(sources, &mut text, &mut value),
            ending if ENDINGS.contains(&ending) => {
                if formats::is_workbook_ending(ending) {
                    text.diagnostics.push(workbook::no_workbook(file, sources.text(file)));
                }
                let said = matches!(ending, "tsv" | "tab").then_some(b'\t');
                delimited::rows(sources, &mut text, said, columns, |row, diagnostics| {
                    let is_header = value.columns.is_empty();
                    match (delimited::is_blank(row), is_header) {
                        (true, _) => true,
                        (false, true) => read_header(row, columns, &mut value, diagnostics),
                        (false, false) => read_row(row, &mut value, diagnostics),
                    }
                });
            }
            _ => {
                let known: Vec<String> = ENDINGS.iter().map(|ending| format!(".{ending}")).collect();
                text.diagnostics.push(
                    Diagnostic::error(
                        Code::UnknownFormat,
                        format!(".{ending} files are not supported for recipients"),
                    )
                    .at(Origin::File(file))
                    .hint(format!("use one of {}", known.join(", "))),
                );
            }
        }
        finish(&value, file, &mut text.diagnostics);
    }
    Ok(Loaded {
        value,
        diagnostics: text.diagnostics.finish(),
    })
}

/// Reads a sheet of a workbook.
fn sheet_of(
    sources: &mut SourceMap,
    name: &str,
    sheet: Option<&str>,
    bytes: Vec<u8>,
    columns: &BTreeMap<String, String>,
) -> Loaded<Recipients> {
    let file = sources.add(name, "");
    let mut diagnostics = Diagnostics::new(file);
    let mut value = Recipients::default();
    let purpose = Purpose {
        recognised: &|cells| recognised(cells, columns),
        whom: "recipients",
    };
    let mut told = BTreeSet::new();
    workbook::rows_of(file, sheet, bytes, &purpose, &mut diagnostics, |row, diagnostics| {
        if value.columns.is_empty() {
            return read_header(row, columns, &mut value, diagnostics);
        }
        let width = value.columns.len();
        for at in 0..row.len() {
            let place = row.place(at);
            if at >= width && row.cell(at).is_some_and(|cell| !cell.is_empty()) {
                // Nothing can have moved it here, unlike in a file of commas.
                diagnostics.push(
                    Diagnostic::warning(Code::RaggedRow, "the cell has no header above it and is not read")
                        .at(place)
                        .hint("give its column a header, or clear the cell"),
                );
            }
            let Some(column) = value.columns.get(at) else { continue };
            if let Some(error) = row.error(at) {
                let message = format!("the cell's formula returned {error}");
                diagnostics.push(
                    Diagnostic::error(Code::BadValue, message)
                        .at(place)
                        .hint("fix the formula, or write the value"),
                );
            }
            if let Some(format) = row.shown_as(at)
                && !column.private
                && told.insert(at)
            {
                let message = format!(
                    "the sheet shows this number as `{}`, but a letter would print `{}`",
                    clean::cell(format).text,
                    row.cell(at).unwrap_or_default()
                );
                diagnostics.push(
                    Diagnostic::warning(Code::BadValue, message)
                        .at(place)
                        .hint("format the column as text and write the value that letters should print"),
                );
            }
        }
        let row = Narrow { row, width };
        read_row(&row, &mut value, diagnostics)
    });
    finish(&value, file, &mut diagnostics);
    Loaded {
        value,
        diagnostics: diagnostics.finish(),
    }
}

/// A row without what stands beside the table.
struct Narrow<'a> {
    row: &'a SheetRow<'a>,
    width: usize,
}

impl Row for Narrow<'_> {
    fn len(&self) -> usize {
        self.row.len().min(self.width)
    }

    fn cell(&self, at: usize) -> Option<&str> {
        self.row.cell(at)
    }

    fn place(&self, at: usize) -> Origin {
        self.row.place(at)
    }

    fn origin(&self) -> Origin {
        self.row.origin()
    }
}

/// Returns how many of a row's cells are headers of a list of recipients, and whether one of
/// them says who it is.
fn recognised(cells: &[&str], columns: &BTreeMap<String, String>) -> (usize, bool) {
    let mut known = 0;
    let mut named = false;
    for cell in cells.iter().take(MAX_COLUMNS) {
        let cell = clean::cell(cell).text;
        let mapped = columns.get(cell.as_ref());
        let folded = fold(mapped.map_or(&cell, String::as_str));
        let found = aliases().get(folded.as_str());
        if found.is_some() || mapped.is_some() || headers::meaning(&cell).is_some() {
            known += 1;
        }
        named |= found.is_some_and(|alias| NAMING.contains(&alias.field.as_str()));
    }
    (known, named)
}

/// Fields of which one at least says who a recipient is.
const NAMING: &[&str] = &["name", "first_name", "last_name", "organization"];

/// Reports what is wrong with a list as a whole.
fn finish(value: &Recipients, file: FileId, diagnostics: &mut Diagnostics) {
    if value.rows.is_empty() && diagnostics.is_sound() {
        diagnostics.push(
            Diagnostic::error(Code::EmptyList, "the list contains no recipients")
                .at(Origin::File(file))
                .hint("add a row for each recipient below the header"),
        );
    }
    short_codes(value, diagnostics);
}

/// Reports ZIP codes that lost their leading zeros: a spreadsheet that takes them for
/// numbers drops these, and saves a .csv without them.
fn short_codes(value: &Recipients, diagnostics: &mut Diagnostics) {
    let abroad = |row: &Recipient| {
        let country = value.get(row, "country").unwrap_or("us").to_lowercase();
        !matches!(country.as_str(), "us" | "usa" | "u.s." | "u.s.a." | "united states")
    };
    for (at, column) in value.columns.iter().enumerate() {
        if column.private || !matches!(column.name.as_str(), "zip" | "zip_code" | "zipcode") {
            continue;
        }
        let short = |row: &&Recipient| {
            let text = &row.cells[at].text;
            matches!(text.len(), 3 | 4) && text.bytes().all(|byte| byte.is_ascii_digit()) && !abroad(row)
        };
        let mut rows = value.rows.iter().filter(short);
        let Some(first) = rows.next() else { continue };
        let more = match rows.count() {
            0 => String::new(),
            count => format!(" (and {count} more)"),
        };
        let message = format!(
            "`{}` is not a ZIP code: a spreadsheet removed its leading zero{more}",
            first.cells[at].text
        );
        diagnostics.push(
            Diagnostic::warning(Code::BadValue, message)
                .at(first.cells[at].origin)
                .hint("format the column as text and write five digits"),
        );
    }
}

/// Reads the header of a sheet; false ends the reading.
fn read_header(
    row: &impl Row,
    columns: &BTreeMap<String, String>,
    value: &mut Recipients,
    diagnostics: &mut Diagnostics,
) -> bool {
    if row.len() > MAX_COLUMNS {
        let message = format!("the list has {} columns; at most {MAX_COLUMNS} are read", row.len());
        diagnostics.push(Diagnostic::error(Code::TooLarge, message).at(row.origin()));
        return false;
    }
    for at in 0..row.len() {
        let header = clean::cell(row.cell(at).unwrap_or_default()).text.into_owned();
        let mapped = columns.get(&header).map(String::as_str);
        let mut column = column(mapped.unwrap_or(&header), at, row.place(at));
        column.header.clone_from(&header);
        add_column(column, value, diagnostics);
    }
    true
}

/// Adds a column. Of two that are one field the second gets another name.
fn add_column(mut column: RecipientColumn, value: &mut Recipients, diagnostics: &mut Diagnostics) {
    if let Some(first) = value.columns.iter().find(|known| known.name == column.name) {
        let message = format!(
            "the columns `{}` and `{}` have the same field name",
            first.header, column.header
        );
        let mut number = 2;
        while value.column(&format!("{}_{number}", column.name)).is_some() {
            number += 1;
        }
        column.name = format!("{}_{number}", column.name);
        diagnostics.push(
            Diagnostic::note(Code::UnknownColumn, message)
                .at(column.origin)
                .hint(format!("use `{{{{ recipient.{} }}}}` for the second", column.name)),
        );
    }
    value.columns.push(column);
}

/// Reads a row of a sheet; false ends the reading.
fn read_row(row: &impl Row, value: &mut Recipients, diagnostics: &mut Diagnostics) -> bool {
    if value.rows.len() >= MAX_RECIPIENTS {
        let message = format!("the list has more than {MAX_RECIPIENTS} recipients");
        diagnostics.push(Diagnostic::error(Code::TooLarge, message).at(row.origin()));
        return false;
    }
    if row.len() > value.columns.len() {
        diagnostics.push(
            Diagnostic::error(
                Code::RaggedRow,
                format!(
                    "the row has {} cells, but the header has {}; the meaning of each cell is uncertain",
                    row.len(),
                    value.columns.len()
                ),
            )
            .at(row.origin())
            .hint("put cells that contain a comma in quotation marks"),
        );
    }
    let mut cells = Vec::with_capacity(value.columns.len());
    for at in 0..value.columns.len() {
        let typed = row.cell(at).unwrap_or_default();
        let fits = typed.len() <= MAX_CELL;
        if !fits {
            let message = format!("the cell is {} bytes long; at most {MAX_CELL} are read", typed.len());
            diagnostics.push(
                Diagnostic::error(Code::TooLarge, message)
                    .at(row.place(at))
                    .hint("check for a missing quotation mark"),
            );
        }
        cells.push(RecipientCell {
            text: cell_text(if fits { typed } else { "" }),
            origin: row.place(at),
        });
    }
    if let Some(again) = header_again(&cells, &value.columns) {
        diagnostics.push(again.at(row.origin()));
        return true;
    }
    for (at, column) in value.columns.iter().enumerate() {
        if !column.private {
            suspicious(row.cell(at).unwrap_or_default(), row.place(at), diagnostics);
        }
    }
    value.rows.push(Recipient {
        cells,
        origin: row.origin(),
    });
    true
}

/// Reports a row that is the header once more, as where two lists were put into one
/// file.
fn header_again(cells: &[RecipientCell], columns: &[RecipientColumn]) -> Option<Diagnostic> {
    let is_header = |(cell, column): (&RecipientCell, &RecipientColumn)| *cell.text == *column.header;
    if cells.iter().zip(columns).all(is_header) {
        let said = "this row repeats the header and is skipped";
        return Some(Diagnostic::warning(Code::SkippedLines, said).hint("delete the row"));
    }
    // Two words of a header may be somebody's, such as an office that is called so;
    // a row of nothing else is another header.
    let mut filled = cells.iter().filter(|cell| !cell.text.is_empty());
    let is_word = |cell: &RecipientCell| {
        let folded = fold(&cell.text);
        columns.iter().any(|column| fold(&column.header) == folded)
    };
    let count = filled.clone().count();
    (count > 1 && filled.all(is_word)).then(|| {
        let said = "this row is a different header; the rows below it would be read with the first header";
        Diagnostic::error(Code::SkippedLines, said)
            .hint("give both lists the same columns in the same order, or write one letter for each list")
    })
}

/// Reports what is removed from a cell unseen, and of a field in one: it would be
/// printed as it stands.
fn suspicious(typed: &str, origin: Origin, diagnostics: &mut Diagnostics) {
    if ["{{", "{%"].iter().any(|mark| typed.contains(mark)) {
        diagnostics.say(Severity::Warning, Code::BadValue, || {
            Diagnostic::warning(
                Code::BadValue,
                "the cell contains a field, which would be printed as typed",
            )
            .at(origin)
            .hint("use fields only in the letter; write here the value for this recipient")
        });
    }
    if let Some((_, removed)) = typed.lines().find_map(|line| clean::cell(line).removed) {
        diagnostics.say(Severity::Warning, Code::InvisibleCharacter, || {
            let message = format!("{} was removed from a cell", clean::name(removed));
            Diagnostic::warning(Code::InvisibleCharacter, message).at(origin)
        });
    }
}

/// Returns a cell's text: line feeds stay, since an address has lines.
fn cell_text(cell: &str) -> Box<str> {
    let lines = cell.lines().map(|line| clean::cell(line).text.into_owned());
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n").into()
}

/// Reads a list in TOML: `[[recipient]]` tables.
fn tables(sources: &SourceMap, text: &mut Text, value: &mut Recipients) {
    let source = &sources.text(text.file)[text.start..];
    let mut reader = TomlReader::new(source, text.start, &mut text.diagnostics);
    let toml = reader.parse();
    reader.only(&toml.root, "a list of recipients", &["recipient"]);
    if let Some(found) = get(&toml.root, "recipient") {
        match found.get_ref() {
            DeValue::Array(items) => *value = from_tables(&mut reader, "recipient", items),
            _ => reader.wrong("recipient", found, EXPECTED),
        }
    }
}

const EXPECTED: &str = "a table for each recipient: [[recipient]]";

/// Makes recipients of tables: a key of any of them is a column of all.
pub(in crate::load) fn from_tables(
    reader: &mut TomlReader<'_>,
    name: &str,
    items: &[Spanned<DeValue<'_>>],
) -> Recipients {
    let mut value = Recipients::default();
    let mut rows: Vec<(Origin, Vec<(usize, RecipientCell)>)> = Vec::new();
    for item in items {
        let Some(table) = item.get_ref().as_table() else {
            reader.wrong(name, item, EXPECTED);
            continue;
        };
        let mut row = Vec::new();
        for (key, found) in in_order(table) {
            let Some(text) = text_of(reader, key.get_ref(), found) else {
                continue;
            };
            let column = column(key.get_ref(), value.columns.len(), reader.origin(key.span()));
            let at = value.column(&column.name).unwrap_or_else(|| {
                value.columns.push(column);
                value.columns.len() - 1
            });
            let origin = reader.origin(found.span());
            row.push((at, RecipientCell { text, origin }));
        }
        rows.push((reader.origin(item.span()), row));
    }
    for (origin, row) in rows {
        let empty = RecipientCell {
            text: "".into(),
            origin,
        };
        let mut cells = vec![empty; value.columns.len()];
        for (at, cell) in row {
            cells[at] = cell;
        }
        value.rows.push(Recipient { cells, origin });
    }
    value
}

fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t Spanned<std::borrow::Cow<'i, str>>, &'t Spanned<DeValue<'i>>)> {
    let mut pairs: Vec<_> = table.iter().collect();
    pairs.sort_by_key(|(key, _)| key.span().start);
    pairs
}

/// Returns the text of a value; an array's strings are lines.
fn text_of(reader: &mut TomlReader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Box<str>> {
    const EXPECTED: &str = "a string, or an array of strings";
    match value.get_ref() {
        DeValue::String(text) => Some(cell_text(text)),
        DeValue::Integer(number) => Some(number.to_string().into()),
        DeValue::Datetime(datetime) => Some(datetime.to_string().into()),
        DeValue::Array(items) => {
            let lines: Option<Vec<&str>> = items.iter().map(|item| item.get_ref().as_str()).collect();
            if lines.is_none() {
                reader.wrong(key, value, EXPECTED);
            }
            Some(cell_text(&lines?.join("\n")))
        }
        _ => {
            reader.wrong(key, value, EXPECTED);
            None
        }
    }
}

/// Returns the field that a header makes of its column.
fn column(header: &str, at: usize, origin: Origin) -> RecipientColumn {
    let folded = fold(header);
    let known = aliases().get(folded.as_str());
    let private_list = match headers::meaning(header) {
        // A recipient's street is where the letter goes.
        Some(Meaning::Column(Column::Address)) => false,
        Some(Meaning::Column(column)) => column.is_private() || column == Column::Notes,
        _ => false,
    };
    let name = match (known, headers::meaning(header)) {
        (Some(known), _) => known.field.clone(),
        // What lists of signatories call an e-mail address is one here, too.
        (None, Some(Meaning::Column(column))) if private_list => column.as_str().to_owned(),
        _ if folded.is_empty() => format!("column_{}", at + 1),
        _ => field_name(&folded),
    };
    RecipientColumn {
        private: private_list || known.is_some_and(|known| known.private),
        name,
        header: header.to_owned(),
        origin,
    }
}

/// Returns a folded header as a field's name: `zip_code`; one that begins with a figure
/// gets a letter before it.
fn field_name(folded: &str) -> String {
    let name: String = folded
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '_' })
        .collect();
    if name.starts_with(|c: char| c.is_numeric()) {
        format!("c_{name}")
    } else {
        name
    }
}

/// What a folded header stands for.
struct Alias {
    field: String,
    private: bool,
}

#[derive(Deserialize)]
struct Data {
    fields: BTreeMap<String, Vec<String>>,
    private: BTreeMap<String, Vec<String>>,
}

fn aliases() -> &'static BTreeMap<String, Alias> {
    static ALIASES: OnceLock<BTreeMap<String, Alias>> = OnceLock::new();
    ALIASES.get_or_init(|| {
        let data: Data = word_list!("recipients");
        let mut aliases = BTreeMap::new();
        for (table, private) in [(data.fields, false), (data.private, true)] {
            for (field, words) in table {
                let own = fold(&field);
                for word in words.into_iter().chain([own]) {
                    let field = field.clone();
                    aliases.insert(word, Alias { field, private });
                }
            }
        }
        aliases
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a list and returns its columns, private ones in brackets, its rows and
    /// what was said.
    fn read(ending: &str, text: &str) -> (Vec<String>, Vec<Vec<String>>, Vec<String>) {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join(format!("list.{ending}"));
        std::fs::write(&path, text).expect("written");
        let mut sources = SourceMap::default();
        let loaded = recipients(&mut sources, "list", &path, &BTreeMap::new()).expect("readable");
        let shown = |column: &RecipientColumn| match column.private {
            true => format!("[{}]", column.name),
            false => column.name.clone(),
        };
        let row = |row: &Recipient| row.cells.iter().map(|cell| cell.text.to_string()).collect();
        let said = loaded.diagnostics.iter().map(|diagnostic| {
            let place = diagnostic.origin.map(|origin| sources.place(origin).to_string());
            format!("{} {}", place.unwrap_or_default(), diagnostic.message)
        });
        (
            loaded.value.columns.iter().map(shown).collect(),
            loaded.value.rows.iter().map(row).collect(),
            said.collect(),
        )
    }

    #[test]
    fn every_column_is_a_field() {
        let (columns, rows, said) = read(
            "csv",
            "Full Name,Last,Type,Congressional District,Home Town,E-mail,Notes,2nd\n\"Ann Example\",Example,sen,,\"Ada, MN\",a@example.org,shy,x\n\n",
        );
        let expected = [
            "name",
            "last_name",
            "chamber",
            "district",
            "home_town",
            "[email]",
            "[notes]",
            "c_2nd",
        ];
        assert_eq!(columns, expected);
        assert_eq!(
            rows,
            [[
                "Ann Example",
                "Example",
                "sen",
                "",
                "Ada, MN",
                "a@example.org",
                "shy",
                "x"
            ]]
        );
        assert!(said.is_empty(), "{said:?}");
    }

    #[test]
    fn tables_have_columns_too() {
        let text = "[[recipient]]\nname = \"A\"\naddress = [\"1 Road\", \"Town\"]\n[[recipient]]\nname = \"B\"\ndistrict = 5\n";
        let (columns, rows, said) = read("toml", text);
        assert_eq!(columns, ["name", "address", "district"]);
        assert_eq!(rows, [["A", "1 Road\nTown", ""], ["B", "", "5"]]);
        assert!(said.is_empty(), "{said:?}");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let check =
            |ending: &str, text: &str, expected: &[&str]| assert_eq!(read(ending, text).2, expected, "{text:?}");
        check("csv", "name,party\n", &["list the list contains no recipients"]);
        check(
            "csv",
            "name,party\nA,D,x\n",
            &["list:2:1 the row has 3 cells, but the header has 2; the meaning of each cell is uncertain"],
        );
        check(
            "csv",
            "name,Name\nA,B\n",
            &["list:1:6 the columns `name` and `Name` have the same field name"],
        );
        check(
            "csv",
            "name,party\nA,D\nname,party\nB,R\n",
            &["list:3:1 this row repeats the header and is skipped"],
        );
        check(
            "csv",
            "name,party\nA,D\nParty,Name\nR,B\n",
            &["list:3:1 this row is a different header; the rows below it would be read with the first header"],
        );
        check(
            "csv",
            "name,party\nA,{{ x }}\n\u{202e}B,R\n",
            &[
                "list:2:3 the cell contains a field, which would be printed as typed",
                "list:3:1 U+202E was removed from a cell",
            ],
        );
        check(
            "csv",
            &format!("name,party\nA,{}\n", "x".repeat(40_000)),
            &["list:2:3 the cell is 40000 bytes long; at most 32767 are read"],
        );
        check(
            "csv",
            "name,zip,country\nA,2138,\nB,02138,US\nC,8001,Switzerland\nD,602,USA\n",
            &["list:2:3 `2138` is not a ZIP code: a spreadsheet removed its leading zero (and 1 more)"],
        );
        check(
            "xlsx",
            "name,party\nA,D\n",
            &["list:1:1 the file is not a workbook; it is read as text"],
        );
        check(
            "docx",
            "name\nA\n",
            &["list .docx files are not supported for recipients"],
        );
        check(
            "toml",
            "[[recipient]]\nname = true\n",
            &["list:2:8 `name` is true; expected a string, or an array of strings"],
        );
    }

    #[test]
    fn the_aliases_are_sound() {
        let data: Data = word_list!("recipients");
        let mut seen = std::collections::BTreeSet::new();
        for word in data.fields.values().chain(data.private.values()).flatten() {
            assert_eq!(&fold(word), word, "not folded");
            assert!(seen.insert(word), "{word} stands twice");
        }
    }
}
