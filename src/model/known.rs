//! What people already know: the directory of organisations and the answers
//! they gave.
//!
//! In: what `load` read. Out: plain values that `resolve` obeys before
//! any rule of its own. Guaranteed: every entry has the place it was read from,
//! so that a contradiction can name both. Absent: matching names with rows
//! (that is `resolve::decisions`').

use crate::model::held::{HeldReason, RowAnswer};
use crate::model::signatory::{Kind, Level};
use crate::source::Origin;
use jiff::civil::Date;

/// Everything that outranks the rules.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// Organisations known across letters.
    pub directory: Vec<DirectoryEntry>,
    /// Remembered answers, in the order of the file.
    pub decisions: Vec<Decision>,
    /// Remembered answers about rows, in the order of the file.
    pub rows: Vec<RowDecision>,
}

/// An organisation known across letters.
#[derive(Clone, Debug, PartialEq)]
pub struct DirectoryEntry {
    /// The name as it is printed.
    pub name: String,
    /// Other names it signs under.
    pub aliases: Vec<String>,
    /// Its acronym; a bare acronym in a list is this organisation.
    pub acronym: Option<String>,
    /// The name to sort by, where it is not the printed one.
    pub sort_name: Option<String>,
    /// Organisation or person.
    pub kind: Option<Kind>,
    /// How far it reaches.
    pub level: Option<Level>,
    /// State or province.
    pub state: Option<String>,
    /// Web page.
    pub url: Option<String>,
    /// Names that look like it and are somebody else.
    pub not_same: Vec<String>,
    /// Where the entry stands.
    pub origin: Origin,
}

/// What a person answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// All names are one signatory.
    Same,
    /// Every two of the names are two signatories.
    Different,
}

impl Answer {
    /// The word in decisions.toml.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
        }
    }
}

/// A remembered answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The answer.
    pub answer: Answer,
    /// The names it is about, two or more, as they were typed; of a family, the short one.
    pub names: Vec<String>,
    /// True if it is about all names that add words to the one name: they are chapters, or
    /// they are that name with a place.
    pub family: bool,
    /// The name to print, if the person chose one.
    pub print: Option<String>,
    /// When it was answered.
    pub date: Option<Date>,
    /// Who answered.
    pub by: Option<String>,
    /// Why, in the person's words.
    pub why: Option<String>,
    /// Where the entry stands.
    pub origin: Origin,
}

/// A remembered answer about a row.
#[derive(Clone, Debug, PartialEq)]
pub struct RowDecision {
    /// The name, as the row has it.
    pub name: String,
    /// Why it was asked about; without it, the answer is about whatever the name raises.
    pub reason: Option<HeldReason>,
    /// What raised the question; empty if it is the name.
    pub about: String,
    /// The answer.
    pub answer: RowAnswer,
    /// The signatories that the row names, where it is split.
    pub into: Vec<String>,
    /// The name to print, if the person chose one.
    pub print: Option<String>,
    /// When it was answered.
    pub date: Option<Date>,
    /// Who answered.
    pub by: Option<String>,
    /// Why, in the person's words.
    pub why: Option<String>,
    /// Where the entry stands.
    pub origin: Origin,
}
