//! The answers that are saved, each of which can be taken back.
//!
//! In: a workspace. Out: its saved answers, the last one first; the [`ChangeSet`] that takes
//! one of them back. Guaranteed: every other byte of decisions.toml stays; a file that
//! changed since it was shown is not touched; the meaning of a column goes, too, and a letter
//! whose own word it replaced gets that back.

use super::Attribution;
use crate::emit::{columns, decisions};
use crate::engine::changes::{Change, ChangeSet, Expected};
use crate::engine::error::{EngineError, Result};
use crate::engine::history::History;
use crate::engine::workspace::{DECISIONS, PROJECT, Workspace};
use crate::model::known::{Answer, Decision, RowDecision};
use crate::source::Origin;
use std::path::Path;

/// An answer as it is saved.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedAnswer {
    /// Where its entry begins in decisions.toml, a byte.
    pub start: u32,
    /// Its line, from 1.
    pub line: u32,
    /// What was decided.
    pub decision: SavedDecision,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq)]
pub enum SavedDecision {
    /// About names.
    Names(Decision),
    /// About a row.
    Row(RowDecision),
}

impl SavedAnswer {
    /// Returns who answered, when and why.
    pub fn attribution(&self) -> Attribution {
        let (by, date, why) = match &self.decision {
            SavedDecision::Names(one) => (&one.by, one.date, &one.why),
            SavedDecision::Row(one) => (&one.by, one.date, &one.why),
        };
        Attribution {
            by: by.clone(),
            date,
            why: why.clone(),
        }
    }

    /// Returns true if it is about a name.
    pub fn is_about(&self, name: &str) -> bool {
        match &self.decision {
            SavedDecision::Names(one) => one.names.iter().any(|other| other == name),
            SavedDecision::Row(one) => one.name == name,
        }
    }
}

impl Workspace {
    /// Returns the saved answers, the last one first.
    pub fn answers(&self) -> Vec<SavedAnswer> {
        let names = self.known.decisions.iter().cloned().map(SavedDecision::Names);
        let rows = self.known.rows.iter().cloned().map(SavedDecision::Row);
        let mut answers: Vec<SavedAnswer> = names
            .chain(rows)
            .filter_map(|decision| {
                let (SavedDecision::Names(Decision { origin, .. }) | SavedDecision::Row(RowDecision { origin, .. })) =
                    &decision;
                let Origin::Span { start, .. } = *origin else {
                    return None;
                };
                Some(SavedAnswer {
                    start,
                    line: self.sources.line(*origin),
                    decision,
                })
            })
            .collect();
        answers.sort_by_key(|answer| std::cmp::Reverse(answer.start));
        answers
    }

    /// Returns the content of decisions.toml.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn answers_seen(&self) -> Result<Expected> {
        let text = self.read_text(DECISIONS)?;
        Ok(Expected::of(text.as_ref().map(|(_, text)| text.as_bytes())))
    }

    /// Returns the change that takes one saved answer back, by where its entry begins. `was`
    /// is the content of decisions.toml when it was shown.
    ///
    /// # Errors
    /// When the file changed since, cannot be read, or has no such entry.
    pub fn take_back(&self, start: u32, was: Expected) -> Result<ChangeSet> {
        let path = self.root.join(DECISIONS);
        let name = self.paths.shown(&path);
        let text = self.read_text(DECISIONS)?.map(|(_, text)| text).unwrap_or_default();
        if self.answers_seen()? != was {
            return Err(EngineError::Changed { name });
        }
        let new = decisions::remove(&text, start as usize)
            .map_err(|error| EngineError::Refused(format!("`{name}` cannot be changed: {error}")))?;
        Ok(ChangeSet::one(path, was, Some(new.into_bytes())))
    }

    /// Returns the change of undersigned.toml that forgets what a column means. A letter whose own
    /// `[columns]` was changed by the answer gets its word back, as far as the history has it.
    /// `was` is the content of the file when it was shown.
    ///
    /// # Errors
    /// When the file changed since, cannot be read, or says nothing of the column.
    pub fn forget_column(&self, header: &str, was: Expected) -> Result<ChangeSet> {
        let path = self.root.join(PROJECT);
        let name = self.paths.shown(&path);
        let before = self.read_text(PROJECT)?.map(|(_, text)| text).unwrap_or_default();
        if Expected::of(Some(before.as_bytes())) != was {
            return Err(EngineError::Changed { name });
        }
        let after = columns::remove(&before, header)
            .map_err(|error| EngineError::Refused(format!("`{name}` cannot be changed: {error}")))?;
        if after == before {
            let message = format!("`{name}` says nothing of the column `{header}`");
            return Err(EngineError::Refused(message));
        }
        let word = columns::meaning(&before, header);
        let mut set = ChangeSet::one(path, was, Some(after.into_bytes()));
        for letter in self.letters().unwrap_or_default() {
            let Some((_, text)) = self.read_text(&letter)? else {
                continue;
            };
            // A letter that says something else was not changed by the answer, or was since.
            if word.is_none() || columns::meaning_in_letter(&text, header) != word {
                continue;
            }
            let earlier = self.meaning_before(&letter, header, word.as_deref())?;
            if let Some(new) = earlier.and_then(|earlier| columns::reset_in_letter(&text, header, &earlier)) {
                set.changes.push(Change {
                    path: letter,
                    old: Expected::of(Some(text.as_bytes())),
                    new: Some(new.into_bytes()),
                });
            }
        }
        Ok(set)
    }

    /// Returns the word that a letter's own `[columns]` had for a header before an act gave it
    /// another, if the history has the act.
    fn meaning_before(&self, letter: &Path, header: &str, word: Option<&str>) -> Result<Option<String>> {
        let history = History::around(self.files(), &self.paths, &self.root);
        for before in history.contents_before(letter)? {
            let earlier = columns::meaning_in_letter(&String::from_utf8_lossy(&before), header);
            if earlier.is_some() && earlier.as_deref() != word {
                return Ok(earlier);
            }
        }
        Ok(None)
    }

    /// Returns the change that takes one spelling out of a signatory: it is a signatory of its
    /// own, apart from every other spelling. Answers that said otherwise of these two names
    /// go. `was` is the content of decisions.toml when it was shown.
    ///
    /// # Errors
    /// When the file changed since, or cannot be read or take the answer; or when there is no
    /// other spelling.
    pub fn separate(
        &self,
        name: &str,
        others: &[String],
        attribution: &Attribution,
        was: Expected,
    ) -> Result<ChangeSet> {
        let path = self.root.join(DECISIONS);
        let shown = self.paths.shown(&path);
        let before = self.read_text(DECISIONS)?.map(|(_, text)| text);
        if self.answers_seen()? != was {
            return Err(EngineError::Changed { name: shown });
        }
        let mut after = before.unwrap_or_default();
        let others: Vec<&String> = others.iter().filter(|other| *other != name).collect();
        if others.is_empty() {
            let message = format!("every row of this signatory says `{name}`; edit a row's name first");
            return Err(EngineError::Refused(message));
        }
        for start in self.answers_that_join(name, &others)? {
            after = decisions::remove(&after, start as usize)
                .map_err(|error| EngineError::Refused(format!("`{shown}` cannot be changed: {error}")))?;
        }
        for other in others {
            let decision = Decision {
                answer: Answer::Different,
                names: vec![name.to_owned(), other.clone()],
                family: false,
                print: None,
                date: attribution.date,
                by: attribution.by.clone(),
                why: attribution.why.clone(),
                origin: Origin::File(self.sources.clone().add("", "")),
            };
            after = decisions::append(&after, &decision).map_err(|error| {
                EngineError::Refused(format!("`{shown}` cannot take the decision; fix it first: {error}"))
            })?;
        }
        Ok(ChangeSet::one(path, was, Some(after.into_bytes())))
    }

    /// Returns where the answers begin that say that a name is one with another of these, the
    /// last one first.
    fn answers_that_join(&self, name: &str, others: &[&String]) -> Result<Vec<u32>> {
        let mut starts = Vec::new();
        for answer in self.answers() {
            let SavedDecision::Names(decision) = &answer.decision else {
                continue;
            };
            let names = &decision.names;
            let has = |sought: &str| names.iter().any(|name| name == sought);
            let joins = decision.answer == Answer::Same && !decision.family;
            if !joins || !has(name) || !others.iter().any(|other| has(other)) {
                continue;
            }
            if names.len() > 2 {
                return Err(EngineError::Refused(format!(
                    "line {} of `{}` says that `{name}` is one with several names; take that answer back first",
                    answer.line,
                    self.paths.shown(&self.root.join(DECISIONS))
                )));
            }
            starts.push(answer.start);
        }
        Ok(starts)
    }
}
