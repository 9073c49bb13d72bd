//! Questions for colleagues who have no undersigned, and their answers.
//!
//! In: nothing. Out: plain values: a sheet of questions, which `emit` writes as a workbook, a
//! page or a table, and the lines of a sheet that somebody filled in, as `load` reads them.
//! Guaranteed: both sides share the words of the columns and of "not sure". Absent: which
//! questions there are, and what an answer changes (that is `engine`'s).

use crate::source::Origin;

/// Stands before a question's key, so that no spreadsheet takes one of digits for a number.
pub const KEY_PREFIX: &str = "q-";

/// The answer of somebody who does not know; it counts as none.
pub const NOT_SURE: &str = "not sure";

/// The columns that are read again.
pub mod headers {
    /// What somebody answered.
    pub const ANSWER: &str = "Answer";
    /// The name to print.
    pub const PRINT: &str = "Printed name (if it differs)";
    /// Who answered.
    pub const BY: &str = "Your name";
    /// Why, in the person's words.
    pub const COMMENT: &str = "Comment";
    /// The key of the question.
    pub const KEY: &str = "Key (please leave)";
}

/// The word by which the saved answers of a page say what they are.
pub const SAVED_ANSWERS: &str = "answers";

/// Open questions, in the order in which they are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuestionSheet {
    /// What the questions are about: the name of the letter or of the lists.
    pub about: String,
    /// The questions.
    pub questions: Vec<SheetQuestion>,
    /// True if private values are among the words.
    pub is_private: bool,
}

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SheetSubject {
    /// A row.
    Row,
    /// Two names.
    Pair,
    /// A short name and the longer names that contain it.
    Family,
    /// A column.
    Column,
}

impl SheetSubject {
    /// Returns the word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::Pair => "pair",
            Self::Family => "family",
            Self::Column => "column",
        }
    }
}

/// A question in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetQuestion {
    /// Says what it is about; the same in every run. See [`KEY_PREFIX`].
    pub key: String,
    /// What it is about.
    pub subject: SheetSubject,
    /// The question, a whole sentence.
    pub question: String,
    /// The two names, or the one name; of a column, its header.
    pub sides: Vec<SheetSide>,
    /// What is known: whole sentences.
    pub evidence: Vec<String>,
    /// The answers that fit, in words, without commas and short enough for a drop-down list.
    pub choices: Vec<&'static str>,
    /// True if an answer may name what is printed.
    pub takes_name: bool,
}

/// A name of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetSide {
    /// The name, in runs of words.
    pub name: Vec<NameRun>,
    /// Where it is from: a line for each row, and for each other spelling.
    pub rows: Vec<String>,
}

impl SheetSide {
    /// Returns the name as one text.
    pub fn text(&self) -> String {
        let runs: Vec<&str> = self.name.iter().map(|run| run.text.as_str()).collect();
        runs.join(" ")
    }
}

/// Words of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameRun {
    /// The words.
    pub text: String,
    /// True if the other name lacks them.
    pub differs: bool,
}

/// A line of a sheet that somebody filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetAnswer {
    /// The key of the question, without [`KEY_PREFIX`], in small letters.
    pub key: String,
    /// The answer, as typed; empty if there is none.
    pub answer: String,
    /// The name to print, as typed.
    pub print: String,
    /// Who answered, as typed.
    pub by: String,
    /// Why, as typed.
    pub comment: String,
    /// Where the answer is.
    pub origin: Origin,
}
