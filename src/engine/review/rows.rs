//! The held rows of a review, as values.
//!
//! In: rows that are held. Out: a [`RowQuestion`] for each, and the decisions that an
//! answer makes. Guaranteed: an answer is kept under what the row says; one answer is
//! offered for several rows only where it cannot mean different things. Absent: pairs, and
//! writing the decisions.

use super::question::ReviewRow;
use super::{Attribution, EngineError, Result};
use crate::model::held::{HeldReason, Hold, RowAnswer};
use crate::model::known::{Answer, Decision, RowDecision};
use crate::model::signatory::{Column, Record};
use crate::resolve::{self, HeldRow};
use crate::source::Origin;

/// Asks what a row of a list is.
#[derive(Clone, Debug, PartialEq)]
pub struct RowQuestion {
    /// The row.
    pub row: ReviewRow,
    /// Why it is asked about.
    pub hold: Hold,
    /// The question in words.
    pub question: String,
    /// The answers that fit, the likeliest first.
    pub answers: &'static [RowAnswer],
    /// The signatories that the row may name; empty unless it may name several.
    pub names: Vec<String>,
    /// How many rows can be answered at once, this one included.
    pub alike: usize,
    /// The contact, who may be the person that signs.
    pub contact: Option<String>,
    /// Index into the records.
    pub(super) at: usize,
}

/// Answers what a row is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowReply {
    /// The answer.
    pub answer: RowAnswer,
    /// The name to print, if another than the row's.
    pub print: Option<String>,
    /// The signatories that the row names, if it is split.
    pub into: Vec<String>,
    /// True to answer all rows that are alike.
    pub all: bool,
}

impl RowReply {
    /// An answer about one row.
    pub fn new(answer: RowAnswer) -> Self {
        Self {
            answer,
            print: None,
            into: Vec::new(),
            all: false,
        }
    }
}

/// What an answer about rows adds to decisions.toml.
pub(super) enum RowEntry {
    Row(RowDecision),
    Pair(Decision),
}

/// Returns whether one answer can be given to two held rows.
pub(super) fn are_alike(a: &Hold, b: &Hold) -> bool {
    use HeldReason as Why;
    if a.reason != b.reason {
        return false;
    }
    match a.reason {
        Why::SeveralNames | Why::NearWithdrawal | Why::OtherAnswer => false,
        Why::MailSign | Why::MailRemove | Why::MailUnclear => false,
        Why::Total | Why::HeaderAgain | Why::NoName | Why::Greeting | Why::Contact => true,
        Why::SectionHeading | Why::Person | Why::Struck | Why::Hidden => true,
        Why::Remark | Why::RestrainingComment | Why::ConsentUnclear | Why::StatusUnclear | Why::ColumnUnclear => {
            a.about.eq_ignore_ascii_case(&b.about)
        }
    }
}

/// Returns a question, without the number of rows that are alike.
pub(super) fn question(held: &HeldRow, record: &Record, row: ReviewRow) -> RowQuestion {
    let hold = held.hold.clone();
    let names = match hold.reason {
        HeldReason::SeveralNames => hold.about.split("; ").map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    RowQuestion {
        question: hold.question(&record.name),
        answers: hold.reason.answers(),
        contact: record.get(Column::ContactName).map(str::to_owned),
        alike: 1,
        at: held.row,
        row,
        names,
        hold,
    }
}

/// Returns what an answer adds to decisions.toml for a row.
pub(super) fn entry(
    held: &HeldRow,
    record: &Record,
    reply: &RowReply,
    attribution: &Attribution,
    origin: Origin,
) -> Result<RowEntry> {
    let hold = &held.hold;
    if reply.answer == RowAnswer::Split && reply.into.len() < 2 {
        return Err(EngineError::Refused("a row is split into two names or more".to_owned()));
    }
    if hold.reason == HeldReason::NearWithdrawal {
        let same = reply.answer == RowAnswer::Withdrawn;
        return Ok(RowEntry::Pair(Decision {
            family: false,
            answer: if same { Answer::Same } else { Answer::Different },
            names: vec![resolve::answer_name(record), hold.about.to_string()],
            print: None,
            date: attribution.date,
            by: attribution.by.clone(),
            why: attribution.why.clone(),
            origin,
        }));
    }
    Ok(RowEntry::Row(RowDecision {
        name: record.name.to_string(),
        reason: Some(hold.reason),
        about: hold.about.to_string(),
        answer: reply.answer,
        into: reply.into.clone(),
        print: reply.print.clone(),
        date: attribution.date,
        by: attribution.by.clone(),
        why: attribution.why.clone(),
        origin,
    }))
}
