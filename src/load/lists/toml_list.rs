//! Lists in TOML: `[[signatory]]` tables, or an array of names.
//!
//! In: a decoded text. Out: its records, in the order of the file. Guaranteed:
//! a table's keys are understood as headers of a sheet are; a key that means
//! nothing is told. Absent: the directory and the decisions, which are TOML too
//! (those are `workspace::known`'s).

use super::cells::Row;
use super::header_row::{self};
use super::rows;
use super::survey::Survey;
use super::understood;
use crate::diag::{Code, Diagnostic, suggest};
use crate::load::bytes::{Text, span};
use crate::load::toml_values::{TomlReader, get};
use crate::model::signatory::{Column, Record};
use crate::source::{FileId, Origin, SourceMap};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const KEYS: &[&str] = &["signatory", "signatories"];

/// Reads a TOML list.
pub(super) fn read(sources: &SourceMap, text: &mut Text, columns: &BTreeMap<String, String>) -> Vec<Record> {
    let (file, start) = (text.file, text.start);
    let source = &sources.text(file)[start..];
    let mut reader = TomlReader::new(source, start, &mut text.diagnostics);
    let toml = reader.parse();
    reader.only(&toml.root, "a list", KEYS);
    let mut records = Vec::new();
    for key in KEYS {
        let Some(value) = get(&toml.root, key) else { continue };
        let DeValue::Array(items) = value.get_ref() else {
            reader.wrong(key, value, "an array of names or of tables: [[signatory]]");
            continue;
        };
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => records.extend(signatory(&mut reader, table, item.span(), columns)),
                DeValue::String(name) => {
                    let cells = vec![(Cow::Borrowed(name.as_ref()), item.span())];
                    let row = Cells {
                        file,
                        start,
                        span: item.span(),
                        cells,
                    };
                    records.extend(one(&mut reader, &["name"], &row));
                }
                _ => reader.wrong(key, item, "a name or a table"),
            }
        }
    }
    records.sort_by_key(|record| record.origin);
    if records.is_empty() && toml.sound {
        let diagnostic = Diagnostic::warning(Code::EmptyList, "the list contains no signatories");
        text.diagnostics
            .push(diagnostic.at(Origin::File(file)).hint(super::NO_ROWS));
    }
    records
}

/// Reads one table as a sheet of a header and one row.
fn signatory(
    reader: &mut TomlReader<'_>,
    table: &DeTable<'_>,
    span: Range<usize>,
    columns: &BTreeMap<String, String>,
) -> Option<Record> {
    let mut pairs: Vec<(&Spanned<Cow<'_, str>>, &Spanned<DeValue<'_>>)> = table.iter().collect();
    pairs.sort_by_key(|(key, _)| key.span().start);
    let mut headers = Vec::new();
    let mut cells = Vec::new();
    let mut end = span.end;
    for (key, value) in pairs {
        end = end.max(value.span().end);
        let word = key.get_ref().as_ref();
        if understood::recognised([word].into_iter(), columns).0 == 0 {
            let known: Vec<&str> = Column::ALL.iter().map(|column| column.as_str()).collect();
            let diagnostic = Diagnostic::warning(
                Code::UnknownKey,
                format!("key `{word}` is not recognized in [[signatory]]"),
            )
            .at(reader.origin(key.span()))
            .hint(suggest(word, &known));
            reader.diagnostics.push(diagnostic);
            continue;
        }
        let cell = match value.get_ref() {
            DeValue::String(text) => Cow::Borrowed(text.as_ref()),
            DeValue::Integer(number) => Cow::Owned(number.to_string()),
            DeValue::Datetime(datetime) => Cow::Owned(datetime.to_string()),
            _ => {
                reader.wrong(word, value, "a string");
                continue;
            }
        };
        headers.push(word);
        cells.push((cell, value.span()));
    }
    let row = Cells {
        file: reader.diagnostics.file(),
        start: reader.base(),
        span: span.start..end,
        cells,
    };
    let named = understood::recognised(headers.iter().copied(), columns).1;
    if !named {
        // As in a sheet, a row without a name stays, and is invalid.
        let diagnostic = Diagnostic::warning(Code::EmptyName, "the signatory has no name and is not counted")
            .at(row.origin())
            .hint("write name = \"...\"");
        reader.diagnostics.push(diagnostic);
        return Some(Record::new("", row.origin()));
    }
    one_mapped(reader, &headers, &row, columns)
}

fn one(reader: &mut TomlReader<'_>, headers: &[&str], row: &Cells<'_>) -> Option<Record> {
    one_mapped(reader, headers, row, &BTreeMap::new())
}

fn one_mapped(
    reader: &mut TomlReader<'_>,
    headers: &[&str],
    row: &Cells<'_>,
    columns: &BTreeMap<String, String>,
) -> Option<Record> {
    let titles = Cells {
        file: row.file,
        start: row.start,
        span: row.span.clone(),
        cells: headers
            .iter()
            .zip(&row.cells)
            .map(|(&header, (_, span))| (Cow::Borrowed(header), span.clone()))
            .collect(),
    };
    let header = header_row::read_header(&titles, &Survey::default(), columns, reader.diagnostics)?;
    let record = rows::read_row(&header, row, reader.diagnostics);
    header.finish(reader.diagnostics);
    // An empty string is a signatory too, if an invalid one.
    record.or_else(|| {
        let diagnostic = Diagnostic::warning(Code::EmptyName, "the signatory has no name and is not counted");
        reader.diagnostics.push(diagnostic.at(row.origin()));
        Some(Record::new("", row.origin()))
    })
}

/// The values of a table, as a row.
struct Cells<'a> {
    file: FileId,
    start: usize,
    span: Range<usize>,
    cells: Vec<(Cow<'a, str>, Range<usize>)>,
}

impl Row for Cells<'_> {
    fn len(&self) -> usize {
        self.cells.len()
    }

    fn cell(&self, at: usize) -> Option<&str> {
        self.cells.get(at).map(|(cell, _)| &**cell)
    }

    fn place(&self, at: usize) -> Origin {
        let range = self.cells.get(at).map_or(&self.span, |(_, range)| range);
        span(self.file, self.start + range.start, self.start + range.end)
    }

    fn origin(&self) -> Origin {
        span(self.file, self.start + self.span.start, self.start + self.span.end)
    }
}
