//! Questions as a table of commas, in UTF-8.

use super::{choices, evidence, fitting, side};
use crate::emit::EmitError;
use crate::model::formula::neutralize;
use crate::model::question_sheet::{KEY_PREFIX, QuestionSheet, headers};

/// Returns the table. A byte order mark lets spreadsheets read the names.
pub(super) fn write(sheet: &QuestionSheet) -> Result<Vec<u8>, EmitError> {
    let failed = |source: csv::Error| EmitError::Questions(source.to_string());
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let header = [
        "No.",
        "Question",
        "First name",
        "Second name",
        "What is known",
        "Possible answers",
        headers::ANSWER,
        headers::PRINT,
        headers::BY,
        headers::COMMENT,
        headers::KEY,
    ];
    writer.write_record(header).map_err(failed)?;
    for (at, question) in sheet.questions.iter().enumerate() {
        let cells = [
            (at + 1).to_string(),
            fitting(&question.question),
            side(question, 0),
            side(question, 1),
            evidence(question),
            choices(question).join(" / "),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            format!("{KEY_PREFIX}{}", question.key),
        ];
        let cells = cells.each_ref().map(|cell| neutralize(cell));
        writer
            .write_record(cells.iter().map(|cell| cell.as_bytes()))
            .map_err(failed)?;
    }
    writer.into_inner().map_err(|error| failed(error.into_error().into()))
}
