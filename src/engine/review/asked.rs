//! Questions that are asked in any order, each found again by a key.
//!
//! In: a review; a key and an answer. Out: all open questions; the change of one answer.
//! Guaranteed: a key says what the question is about, so that it means the same after other
//! answers and in another process; rows that say the same are one question; an answer to a
//! file that changed since it was seen is refused. Absent: skipping, which is whoever
//! shows the questions'.

use super::columns::{self, ColumnAnswer, ColumnQuestion};
use super::rows::{self, RowReply};
use super::{Attribution, Review, ReviewAnswer, ReviewQuestion, RowQuestion};
use crate::engine::changes::{ChangeSet, Expected};
use crate::engine::error::{EngineError, Result};
use crate::engine::workspace::{DECISIONS, PROJECT};
use crate::files::ContentHash;
use crate::model::held::{HeldReason, Hold};
use crate::model::hex::hex;
use crate::resolve::HeldRow;
use std::collections::{BTreeMap, BTreeSet};

/// A question of any kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// What a column means.
    Column(ColumnQuestion),
    /// What a row is.
    Row(Box<RowQuestion>),
    /// Whether two names are one signatory.
    Pair(Box<ReviewQuestion>),
}

/// Answers a question of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// What a column means.
    Column(ColumnAnswer),
    /// What a row is.
    Row(RowReply),
    /// Whether two names are one signatory.
    Pair(ReviewAnswer),
}

/// How many characters a key has: 64 bits, of which no two questions share any in a list.
const KEY: usize = 16;

/// Returns a key that says what a question is about.
fn key(kind: &str, about: &[&str]) -> String {
    let text = about.iter().fold(kind.to_owned(), |text, part| text + "\0" + part);
    let mut key = hex(&ContentHash::of(text.as_bytes()).sha256);
    key.truncate(KEY);
    key
}

pub(super) fn row_key(name: &str, hold: &Hold) -> String {
    key("row", &[name, hold.reason.as_str(), &hold.about])
}

pub(super) fn pair_key([a, b]: &[String; 2]) -> String {
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    key("pair", &[a, b])
}

pub(super) fn column_key(header: &str) -> String {
    key("column", &[header])
}

impl Asked {
    /// Returns the key by which [`Review::find`] finds the question again.
    pub fn key(&self) -> String {
        match self {
            Self::Column(question) => column_key(&question.header),
            Self::Row(question) => row_key(&question.row.name, &question.hold),
            Self::Pair(question) => pair_key(&question.names),
        }
    }

    /// Returns how many other open questions an answer can settle too.
    pub fn settles_more(&self) -> usize {
        match self {
            Self::Column(question) => question.rows.saturating_sub(1),
            Self::Row(question) => question.alike.saturating_sub(1),
            Self::Pair(question) => question
                .family
                .as_ref()
                .map_or(0, |family| family.longer.len().saturating_sub(1)),
        }
    }
}

impl Review {
    /// Returns the keys of all open questions: columns, then rows, then pairs, most
    /// valuable first.
    pub fn keys(&self) -> Vec<String> {
        let columns = columns::questions(self.resolution.held.iter());
        let columns = columns.into_iter().map(|question| Asked::Column(question).key());
        let rows = self.rows_once();
        let rows = rows
            .iter()
            .map(|held| row_key(&self.records[held.row].name, &held.hold));
        let context = self.context();
        let pairs = self.open.iter().map(|question| pair_key(&context.names(question)));
        columns.chain(rows).chain(pairs).collect()
    }

    /// Returns the open question of a key, if it is still open.
    pub fn find(&self, sought: &str) -> Option<Asked> {
        let mut columns = columns::questions(self.resolution.held.iter())
            .into_iter()
            .map(Asked::Column);
        if let Some(found) = columns.find(|question| question.key() == sought) {
            return Some(found);
        }
        let rows = self.rows_once();
        let mut rows = rows.into_iter();
        if let Some(held) = rows.find(|held| row_key(&self.records[held.row].name, &held.hold) == sought) {
            let record = &self.records[held.row];
            let mut question = rows::question(held, record, self.context().row(held.row));
            let alike = |other: &&HeldRow| rows::are_alike(&held.hold, &other.hold);
            question.alike = self.resolution.held.iter().filter(alike).count().max(1);
            return Some(Asked::Row(Box::new(question)));
        }
        let context = self.context();
        let mut pairs = self.open.iter();
        let found = pairs.find(|question| pair_key(&context.names(question)) == sought)?;
        Some(Asked::Pair(Box::new(context.question(found))))
    }

    /// Returns the held rows that are asked about by themselves; rows that say the same once.
    /// Rows that a column holds are asked about with the column.
    fn rows_once(&self) -> Vec<&HeldRow> {
        let mut said: BTreeSet<(&str, HeldReason, &str)> = BTreeSet::new();
        let held = self.resolution.held.iter().filter(|held| held.hold.column().is_none());
        held.filter(|held| said.insert((&self.records[held.row].name, held.hold.reason, &held.hold.about)))
            .collect()
    }

    /// Returns how many questions of each kind are open: about columns, rows, pairs, and
    /// families.
    pub fn open_by_kind(&self) -> [usize; 4] {
        let families: BTreeMap<(usize, usize), ()> = self
            .resolution
            .families
            .iter()
            .map(|family| (family.pair, ()))
            .collect();
        let is_family = |question: &&super::Question| {
            let pair = &self.resolution.pairs[question.pair];
            families.contains_key(&(pair.a, pair.b))
        };
        let of_families = self.open.iter().filter(is_family).count();
        [
            columns::questions(self.resolution.held.iter()).len(),
            self.rows_once().len(),
            self.open.len() - of_families,
            of_families,
        ]
    }

    /// Returns the number of signatories under the answers as of now.
    pub fn signatories(&self) -> usize {
        self.resolution.signatories.len()
    }

    /// Returns the content of the file that keeps an answer.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn seen(&self, asked: &Asked) -> Result<Expected> {
        let text = self.text(file_of(asked))?;
        Ok(Expected::of(text.as_deref().map(str::as_bytes)))
    }

    /// Returns the change that an answer makes. `was` is the content of the answer's file
    /// when the question was shown. After it is committed, call [`Review::committed`].
    ///
    /// # Errors
    /// When the file changed since, cannot be read, or cannot take the answer; or when the
    /// answer is to a question of another kind.
    pub fn reply(
        &mut self,
        asked: &Asked,
        reply: &Reply,
        attribution: &Attribution,
        was: Expected,
    ) -> Result<ChangeSet> {
        if self.seen(asked)? != was {
            let name = self.shown(file_of(asked));
            return Err(EngineError::Changed { name });
        }
        match (asked, reply) {
            (Asked::Column(question), Reply::Column(answer)) => self.answer_column(question, *answer),
            (Asked::Row(question), Reply::Row(reply)) => self.answer_row(question, reply, attribution),
            (Asked::Pair(question), Reply::Pair(answer)) => self.answer(question, answer, attribution),
            _ => Err(EngineError::Refused("this answer is to another question".to_owned())),
        }
    }
}

fn file_of(asked: &Asked) -> &'static str {
    match asked {
        Asked::Column(_) => PROJECT,
        Asked::Row(_) | Asked::Pair(_) => DECISIONS,
    }
}
