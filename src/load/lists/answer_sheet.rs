//! Sheets of questions that colleagues filled in.
//!
//! In: a workbook, a table of commas, or the saved answers of a page. Out: a [`SheetAnswer`]
//! for each line that has a key, in the order of the file. Guaranteed: columns are known by
//! their headers, wherever they are; a damaged or foreign file is an error that says what was
//! expected; cells hold no control characters. Absent: the meaning of an answer (that is
//! `engine`'s).

use super::cells::{MAX_CELL, MAX_COLUMNS, Row};
use super::delimited;
use super::fold::fold;
use super::workbook::{self, Purpose};
use crate::diag::{Code, Diagnostic};
use crate::load::bytes;
use crate::load::clean;
use crate::load::diagnostics::Diagnostics;
use crate::load::loaded::{LoadError, Loaded};
use crate::model::formula;
use crate::model::question_sheet::{KEY_PREFIX, SAVED_ANSWERS, SheetAnswer, headers};
use crate::source::{FileId, Origin, SourceMap};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Most answers of a file: far more than a person gives, and few enough to be told in time.
const MAX_ANSWERS: usize = 20_000;

/// The columns, in the order of [`SheetAnswer`].
const COLUMNS: [&str; 5] = [
    headers::KEY,
    headers::ANSWER,
    headers::PRINT,
    headers::BY,
    headers::COMMENT,
];

/// Reads a sheet of answers.
///
/// # Errors
/// When the file cannot be read at all.
pub fn answer_sheet(sources: &mut SourceMap, name: &str, path: &Path) -> Result<Loaded<Vec<SheetAnswer>>, LoadError> {
    let bytes = bytes::read(sources, name, path, bytes::MAX_LETTER)?;
    Ok(answer_sheet_from_bytes(sources, name, bytes))
}

/// Reads a sheet of answers that was sent without a path.
pub fn answer_sheet_from_bytes(sources: &mut SourceMap, name: &str, bytes: Vec<u8>) -> Loaded<Vec<SheetAnswer>> {
    let mut sheet = Sheet::default();
    if workbook::is_workbook(&bytes) {
        let file = sources.add(name, "");
        let mut diagnostics = Diagnostics::new(file);
        let purpose = Purpose {
            recognised: &recognised,
            whom: "questions",
        };
        workbook::rows_of(file, None, bytes, &purpose, &mut diagnostics, |row, diagnostics| {
            sheet.take(row, diagnostics)
        });
        return sheet.finish(file, diagnostics);
    }
    let mut text = bytes::decode(sources, name, bytes);
    let file = text.file;
    if !text.readable {
        return sheet.finish(file, text.diagnostics);
    }
    let body = sources.text(file)[text.start..].trim_start();
    if body.starts_with('{') {
        let saved = saved_answers(file, body);
        return match saved {
            Ok(value) => Loaded {
                value,
                diagnostics: text.diagnostics.finish(),
            },
            Err(error) => {
                text.diagnostics.push(error);
                sheet.finish(file, text.diagnostics)
            }
        };
    }
    if body.starts_with('<') {
        text.diagnostics.push(
            Diagnostic::error(
                Code::UnknownFormat,
                "this is the page of questions, which keeps no answers",
            )
            .at(Origin::File(file))
            .hint("open it in a browser, choose “Save my answers”, and use the file that this makes"),
        );
        return sheet.finish(file, text.diagnostics);
    }
    delimited::rows(sources, &mut text, None, &BTreeMap::new(), |row, diagnostics| {
        delimited::is_blank(row) || sheet.take(row, diagnostics)
    });
    sheet.finish(file, text.diagnostics)
}

/// Returns how many cells of a row are headers of a sheet of answers, and whether the two that
/// it needs are among them.
fn recognised(cells: &[&str]) -> (usize, bool) {
    let found = places(cells.iter().copied());
    let known = found.iter().flatten().count();
    (known, found[0].is_some() && found[1].is_some())
}

/// Returns the place of each of [`COLUMNS`] in a header.
fn places<'a>(cells: impl Iterator<Item = &'a str>) -> [Option<usize>; COLUMNS.len()] {
    let folded: Vec<String> = cells.take(MAX_COLUMNS).map(fold).collect();
    COLUMNS.map(|header| folded.iter().position(|cell| *cell == fold(header)))
}

/// A sheet that is being read.
#[derive(Default)]
struct Sheet {
    /// The places of the columns, once the header was seen.
    columns: Option<[Option<usize>; COLUMNS.len()]>,
    answers: Vec<SheetAnswer>,
}

impl Sheet {
    /// Takes a row, of which the first that has the headers is the header; false ends the
    /// reading.
    fn take(&mut self, row: &impl Row, diagnostics: &mut Diagnostics) -> bool {
        let Some(columns) = self.columns else {
            let cells = (0..row.len()).map(|at| row.cell(at).unwrap_or_default());
            let found = places(cells);
            if found[0].is_some() && found[1].is_some() {
                self.columns = Some(found);
            }
            return true;
        };
        let cell = |column: usize| {
            let typed = columns[column].and_then(|at| row.cell(at)).unwrap_or_default();
            let typed = if typed.len() <= MAX_CELL { typed } else { "" };
            // A sheet that was saved as text has our own apostrophes before formulas.
            clean::cell(&formula::plain(typed)).text.into_owned()
        };
        let [key, answer, print, by, comment] = [0, 1, 2, 3, 4].map(cell);
        if key.is_empty() {
            let said = [&answer, &print, &comment].into_iter().any(|cell| !cell.is_empty());
            if said {
                let message = "this row has an answer, but its key is gone; the answer is not read";
                diagnostics.push(
                    Diagnostic::warning(Code::SkippedLines, message)
                        .at(row.origin())
                        .hint("copy the key of the question from the sheet that you sent"),
                );
            }
            return true;
        }
        if self.answers.len() >= MAX_ANSWERS {
            let message = format!("the sheet has more than {MAX_ANSWERS} answers");
            diagnostics.push(Diagnostic::error(Code::TooLarge, message).at(row.origin()));
            return false;
        }
        self.answers.push(SheetAnswer {
            key: bare(&key),
            answer,
            print,
            by,
            comment,
            origin: columns[1].map_or(row.origin(), |at| row.place(at)),
        });
        true
    }

    fn finish(self, file: FileId, mut diagnostics: Diagnostics) -> Loaded<Vec<SheetAnswer>> {
        if self.columns.is_none() && diagnostics.is_sound() {
            let message = "this is not a sheet of questions: no row has the columns `Answer` and `Key`";
            diagnostics.push(
                Diagnostic::error(Code::UnknownFormat, message)
                    .at(Origin::File(file))
                    .hint("use a file that `undersigned questions --out` wrote and that was filled in, or the saved answers of its page"),
            );
        }
        Loaded {
            value: self.answers,
            diagnostics: diagnostics.finish(),
        }
    }
}

/// Returns a key without what stands before it.
fn bare(key: &str) -> String {
    let key = key.trim().to_lowercase();
    key.strip_prefix(KEY_PREFIX).unwrap_or(&key).to_owned()
}

/// The saved answers of a page.
#[derive(Deserialize)]
struct SavedAnswers {
    undersigned: String,
    #[serde(default)]
    by: String,
    answers: Vec<SavedSheetAnswer>,
}

/// One of them.
#[derive(Deserialize)]
struct SavedSheetAnswer {
    key: String,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    print: String,
    #[serde(default)]
    comment: String,
}

/// Reads the answers that a page saved.
fn saved_answers(file: FileId, body: &str) -> Result<Vec<SheetAnswer>, Diagnostic> {
    let hint = "save the answers of the page again, and use that file as it is";
    let wrong = |message: String| {
        Diagnostic::error(Code::UnknownFormat, message)
            .at(Origin::File(file))
            .hint(hint)
    };
    let saved: SavedAnswers = serde_json::from_str(body).map_err(|error| {
        wrong(format!(
            "these are not the saved answers of a page of questions: {error}"
        ))
    })?;
    if saved.undersigned != SAVED_ANSWERS {
        return Err(wrong(
            "these are not the saved answers of a page of questions".to_owned(),
        ));
    }
    if saved.answers.len() > MAX_ANSWERS {
        return Err(wrong(format!("the file has more than {MAX_ANSWERS} answers")));
    }
    let clean = |text: &str| clean::cell(text).text.chars().take(MAX_CELL).collect::<String>();
    let answers = saved.answers.iter().map(|one| SheetAnswer {
        key: bare(&one.key),
        answer: clean(&one.answer),
        print: clean(&one.print),
        by: clean(&saved.by),
        comment: clean(&one.comment),
        origin: Origin::File(file),
    });
    Ok(answers.filter(|answer| !answer.key.is_empty()).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<[String; 5]>, Vec<String>) {
        let mut sources = SourceMap::default();
        let loaded = answer_sheet_from_bytes(&mut sources, "a", text.as_bytes().to_vec());
        let rows = loaded
            .value
            .into_iter()
            .map(|one| [one.key, one.answer, one.print, one.by, one.comment]);
        let said = loaded.diagnostics.iter().map(|said| said.message.clone());
        (rows.collect(), said.collect())
    }

    #[test]
    fn columns_are_known_by_their_headers() {
        let (rows, said) = read(
            "Remarks of the board,,\nComment,KEY,Extra,Answer\nas they said,Q-0a,x,one and the same\n,,,\nno,q-0b,,'=1\n",
        );
        assert!(said.is_empty(), "{said:?}");
        let row = |cells: [&str; 5]| cells.map(str::to_owned);
        assert_eq!(
            rows,
            [
                row(["0a", "one and the same", "", "", "as they said"]),
                row(["0b", "=1", "", "", "no"]),
            ]
        );
    }

    #[test]
    fn an_answer_without_its_key_is_told() {
        let (rows, said) = read("Key,Answer\n,one and the same\nq-1,\n");
        assert_eq!(rows.len(), 1);
        assert!(said[0].contains("its key is gone"), "{said:?}");
    }

    #[test]
    fn saved_answers_are_read() {
        let (rows, said) = read(
            r#"{"undersigned":"answers","by":"Ana","answers":[{"key":"q-1f","answer":"leave it out","comment":"a\u0007b"}]}"#,
        );
        assert!(said.is_empty(), "{said:?}");
        assert_eq!(rows, [["1f", "leave it out", "", "Ana", "ab"].map(str::to_owned)]);
    }

    #[test]
    fn foreign_files_are_errors() {
        for text in [
            "",
            "name,city\nA,B\n",
            "{}",
            "{\"undersigned\":\"verse\",\"answers\":[]}",
            "{\"undersigned\":\"answers\",\"answers\":[{\"key\":7}]}",
            "<!doctype html><title>x</title>",
            "PK\u{3}\u{4}",
            "\0\0\0",
        ] {
            let (rows, said) = read(text);
            assert!(rows.is_empty() && said.len() == 1, "{text:?}: {rows:?} {said:?}");
        }
    }
}
