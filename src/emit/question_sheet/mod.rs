//! Questions for colleagues become a file that they fill in.
//!
//! In: a [`QuestionSheet`]. Out: a workbook with drop-down lists, a page that works from a
//! file, or a table of commas. Guaranteed: no cell runs as a formula; the page asks for nothing
//! from outside, and text stays text whatever it holds; the same sheet gives the same bytes.
//! Absent: reading the answers (that is `load`'s).

mod csv;
mod page;
mod workbook;

use super::EmitError;
use crate::model::question_sheet::{NOT_SURE, QuestionSheet, SheetQuestion};

/// A format of questions.
#[derive(Clone, Copy, Debug)]
pub struct QuestionFormat {
    /// The ending of its files, without the dot.
    pub extension: &'static str,
    /// A description of a few words, for help.
    pub description: &'static str,
    /// The function that writes it.
    pub emit: fn(&QuestionSheet) -> Result<Vec<u8>, EmitError>,
}

/// Every format, in the order of the documentation.
pub const QUESTION_FORMATS: &[QuestionFormat] = &[
    QuestionFormat {
        extension: "xlsx",
        description: "a workbook with a drop-down list for each answer",
        emit: workbook::write,
    },
    QuestionFormat {
        extension: "html",
        description: "a page that works without a network and saves its answers as a file",
        emit: page::write,
    },
    QuestionFormat {
        extension: "csv",
        description: "a table of commas",
        emit: csv::write,
    },
];

/// Longest text of a cell, in characters: a name of a page's length is no name. Spreadsheets
/// take 32,767.
const LONGEST: usize = 2_000;

/// Returns a text that fits in a cell.
fn fitting(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Returns the answers that may be picked; "not sure" is the last.
fn choices(question: &SheetQuestion) -> Vec<&'static str> {
    question.choices.iter().copied().chain([NOT_SURE]).collect()
}

/// Returns a side of a question: its name, and its rows below it.
fn side(question: &SheetQuestion, at: usize) -> String {
    let Some(side) = question.sides.get(at) else {
        return String::new();
    };
    let lines = [side.text()].into_iter().chain(side.rows.iter().cloned());
    fitting(&lines.collect::<Vec<String>>().join("\n"))
}

/// Returns what is known, a sentence a line.
fn evidence(question: &SheetQuestion) -> String {
    fitting(&question.evidence.join("\n"))
}

/// Instructions for who fills a sheet in.
fn instructions(sheet: &QuestionSheet) -> Vec<String> {
    let mut lines = vec![
        format!(
            "Which of these organizations and people signed {}? Our list does not say; you may know.",
            sheet.about
        ),
        "Pick an answer for each question that you can answer. Leave the others empty: nothing is guessed.".to_owned(),
        "If a name should be printed in another way, write it in “Printed name”. Where a row holds several signatories, write their names there with semicolons between them.".to_owned(),
        "Write your name once. A comment is kept beside your answer, for those who ask later.".to_owned(),
    ];
    if sheet.is_private {
        lines.push("This file holds email addresses, telephone numbers, or contacts. Don’t pass it on.".to_owned());
    }
    lines
}

#[cfg(test)]
mod tests;
