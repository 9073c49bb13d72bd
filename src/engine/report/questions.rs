//! The lines of questions that travel and of the answers that came back: JSON Lines.

use super::line;
use crate::engine::{AnswerOutcome, AnswersPlan};
use crate::model::question_sheet::{KEY_PREFIX, QuestionSheet, SheetSide};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum QuestionsLine<'a> {
    Question {
        key: String,
        subject: &'static str,
        question: &'a str,
        names: Vec<String>,
        answers: &'a [&'static str],
    },
    Answer {
        outcome: &'static str,
        key: String,
        file: &'a str,
        line: Option<u32>,
        names: &'a [String],
        answer: &'a str,
        print: Option<&'a str>,
        by: Option<&'a str>,
        because: &'a str,
    },
}

#[derive(Serialize)]
#[serde(tag = "type", rename = "summary")]
struct SentLine<'a> {
    file: &'a str,
    questions: usize,
    private: bool,
}

#[derive(Serialize)]
#[serde(tag = "type", rename = "summary")]
struct ReadLine {
    saved: usize,
    repeated: usize,
    contradiction: usize,
    unreadable: usize,
    closed: usize,
    blank: usize,
    open: usize,
    written: bool,
}

/// Writes a line for each question of a sheet, and a summary. `file` is where it is written.
///
/// # Errors
/// When `out` takes no more.
pub fn questions(out: &mut impl Write, sheet: &QuestionSheet, file: &str) -> io::Result<()> {
    for question in &sheet.questions {
        let asked = QuestionsLine::Question {
            key: format!("{KEY_PREFIX}{}", question.key),
            subject: question.subject.as_str(),
            question: &question.question,
            names: question.sides.iter().map(SheetSide::text).collect(),
            answers: &question.choices,
        };
        line(out, &asked)?;
    }
    let summary = SentLine {
        file,
        questions: sheet.questions.len(),
        private: sheet.is_private,
    };
    line(out, &summary)
}

/// Writes a line for each answer that was read, and a summary; `is_written` says whether the
/// answers are saved or only shown.
///
/// # Errors
/// When `out` takes no more.
pub fn answers(out: &mut impl Write, plan: &AnswersPlan, is_written: bool) -> io::Result<()> {
    for answer in &plan.answers {
        let read = QuestionsLine::Answer {
            outcome: answer.outcome.as_str(),
            key: format!("{KEY_PREFIX}{}", answer.key),
            file: &answer.file,
            line: answer.line,
            names: &answer.about,
            answer: &answer.answer,
            print: answer.print.as_deref(),
            by: answer.by.as_deref(),
            because: &answer.because,
        };
        line(out, &read)?;
    }
    let summary = ReadLine {
        saved: plan.count(AnswerOutcome::Saved),
        repeated: plan.count(AnswerOutcome::Repeated),
        contradiction: plan.count(AnswerOutcome::Contradiction),
        unreadable: plan.count(AnswerOutcome::Unreadable),
        closed: plan.count(AnswerOutcome::Closed),
        blank: plan.blank,
        open: plan.open,
        written: is_written,
    };
    line(out, &summary)
}
