//! Decides what no rule can decide, one after the other, by a person's answers: columns that
//! hold rows, rows that may be no signatories, then pairs that may be one.
//!
//! In: a workspace and lists; answers. Out: held rows as [`RowQuestion`]s in the order of
//! the list; the open pairs as [`ReviewQuestion`]s, most valuable first; each answer as a [`ChangeSet`] of
//! signatories/decisions.toml; for a column, of undersigned.toml, and of letters of these lists
//! whose own line would win.
//! Guaranteed: an answer is added to the file as it is at that moment, so that an edit
//! made meanwhile stays; once it is committed, all rows are resolved again, so that it
//! settles what follows from it; an undo is refused if the file changed since. Absent:
//! asking, and putting changes on the disk (that is `store`'s).

mod answers;
mod asked;
mod columns;
mod question;
mod rows;
mod sheet;
mod sheet_answers;
#[cfg(test)]
mod sheet_tests;
mod sheet_words;
#[cfg(test)]
mod tests;

pub use answers::{SavedAnswer, SavedDecision};
pub use asked::{Asked, Reply};
pub use columns::{ColumnAnswer, ColumnQuestion};
pub use question::{ReviewFamily, ReviewQuestion, ReviewRow, ReviewSide};
pub use rows::{RowQuestion, RowReply};
pub use sheet_answers::{AnswerFile, AnswerOutcome, AnswersPlan, AnswersRequest, ReadAnswer};

use super::changes::{Change, ChangeSet, Expected};
use super::error::{EngineError, Result};
use super::lists::{ListInput, read_lists};
use super::paths::beside;
use super::prepared::has_errors;
use super::workspace::{DECISIONS, PROJECT, Workspace};
use crate::compose::roll;
use crate::diag::Diagnostic;
use crate::emit::decisions;
use crate::load;
use crate::model::held::Hold;
use crate::model::known::{Answer, Decision, RowDecision};
use crate::model::signatory::Record;
use crate::resolve::questions::{Question, questions};
use crate::resolve::{self, HeldRow, Resolution, ResolveMemory, ResolveOptions};
use crate::source::{Origin, SourceMap};
use jiff::civil::Date;
use question::Context;
use rows::RowEntry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A review that goes on: the open pairs, and what was decided so far.
#[derive(Debug)]
pub struct Review {
    workspace: Workspace,
    /// The lists, to read them again when a column is explained.
    lists: Vec<ListInput>,
    sources: SourceMap,
    diagnostics: Vec<Diagnostic>,
    /// The rows as they were read.
    read: Vec<Record>,
    /// The rows under the answers as of now.
    records: Vec<Record>,
    resolution: Resolution,
    order: Vec<usize>,
    places: Vec<usize>,
    open: Vec<Question>,
    /// The pairs that were skipped, by their names.
    skipped: Vec<[String; 2]>,
    /// The held rows that were skipped, by what they say.
    skipped_rows: Vec<(Box<str>, Hold)>,
    /// The headers of columns that were skipped.
    skipped_columns: Vec<String>,
    /// The answers that were committed, oldest first.
    history: Vec<Given>,
    pending: Option<Pending>,
    /// What the next answer need not find out again.
    memory: ResolveMemory,
    /// Where answers that are not read from a file yet come from.
    place: Origin,
}

/// Answers a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewAnswer {
    /// Both are one signatory; with a name, it is printed under that.
    Same(Option<String>),
    /// They are two.
    Different,
    /// This spelling is a signatory of its own, apart from every other spelling of both.
    Separate(String),
    /// The same answer for all longer names of the question's family.
    Family(Answer),
}

/// Says who decided, when and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The person.
    pub by: Option<String>,
    /// The day.
    pub date: Option<Date>,
    /// The reason.
    pub why: Option<String>,
}

/// Counts the decisions and the open pairs of a review.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReviewCounts {
    /// Decisions that two names are one signatory.
    pub same: usize,
    /// Decisions that names are different signatories.
    pub different: usize,
    /// Answers about rows.
    pub rows: usize,
    /// Answers about columns.
    pub columns: usize,
    /// Held rows that were not skipped.
    pub held: usize,
    /// Open pairs and held rows that were skipped.
    pub skipped: usize,
    /// Open pairs that were not skipped.
    pub left: usize,
}

/// What an answer was about.
#[derive(Clone, Debug, PartialEq)]
enum Subject {
    /// A pair.
    Pair(Answer),
    /// Rows.
    Rows,
    /// A column; what `[columns]` said before.
    Column(BTreeMap<String, String>),
}

impl Subject {
    /// Returns the file that keeps the answer, below the workspace's folder.
    fn file(&self) -> &'static str {
        match self {
            Self::Pair(_) | Self::Rows => DECISIONS,
            Self::Column(_) => PROJECT,
        }
    }
}

/// An answer, with the text of its file before and after it.
#[derive(Clone, Debug)]
struct Given {
    subject: Subject,
    before: Option<String>,
    after: String,
    /// Letters that changed with it: each with its text before and after.
    letters: Vec<(PathBuf, String, String)>,
}

/// A change that was handed out and is not committed yet.
#[derive(Clone, Debug)]
enum Pending {
    Answer(Given),
    Undo,
}

impl Review {
    /// Reads lists and finds the pairs to decide. With an error among the diagnostics,
    /// there are none.
    ///
    /// # Errors
    /// When a list cannot be read.
    pub fn open(workspace: &Workspace, lists: Vec<ListInput>) -> Result<Self> {
        Self::open_again(workspace, lists, None)
    }

    /// Opens a review as [`Review::open`] does. What one `before` it compared is not compared
    /// again, if the rows say the same.
    ///
    /// # Errors
    /// When a list cannot be read.
    pub fn open_again(workspace: &Workspace, lists: Vec<ListInput>, before: Option<Self>) -> Result<Self> {
        let mut sources = workspace.sources.clone();
        let (read, said) = read_lists(workspace, lists.clone(), &mut sources)?;
        let place = Origin::File(sources.add("", ""));
        let mut review = Self {
            workspace: workspace.clone(),
            lists,
            sources,
            diagnostics: [workspace.diagnostics.clone(), said].concat(),
            read,
            records: Vec::new(),
            resolution: Resolution::default(),
            order: Vec::new(),
            places: Vec::new(),
            open: Vec::new(),
            skipped: Vec::new(),
            skipped_rows: Vec::new(),
            skipped_columns: Vec::new(),
            history: Vec::new(),
            pending: None,
            memory: before.map(|before| before.memory).unwrap_or_default(),
            place,
        };
        if !has_errors(&review.diagnostics) {
            review.resolve();
        }
        Ok(review)
    }

    /// Returns the files that were read.
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// Returns what there is to say about the workspace and the lists.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Returns the open pairs, most valuable first, skipped ones included.
    pub fn questions(&self) -> impl Iterator<Item = ReviewQuestion> + '_ {
        let context = self.context();
        self.open.iter().map(move |question| context.question(question))
    }

    /// Returns the first open pair that was not skipped.
    pub fn next_question(&self) -> Option<ReviewQuestion> {
        let context = self.context();
        let mut left = self.open.iter();
        let next = left.find(|question| !self.skipped.contains(&context.names(question)))?;
        Some(context.question(next))
    }

    /// Returns the counts as of now.
    pub fn counts(&self) -> ReviewCounts {
        let context = self.context();
        let is_skipped = |question: &&Question| self.skipped.contains(&context.names(question));
        let skipped = self.open.iter().filter(is_skipped).count();
        let given = |is: fn(&Subject) -> bool| self.history.iter().filter(|given| is(&given.subject)).count();
        let held = self.held_rows().count();
        ReviewCounts {
            same: given(|subject| *subject == Subject::Pair(Answer::Same)),
            different: given(|subject| *subject == Subject::Pair(Answer::Different)),
            rows: given(|subject| *subject == Subject::Rows),
            columns: given(|subject| matches!(subject, Subject::Column(_))),
            held,
            skipped: skipped + self.resolution.held.len() - held,
            left: self.open.len() - skipped,
        }
    }

    /// Returns the name under which the first of the two is printed as of now.
    pub fn printed_name(&self, question: &ReviewQuestion) -> Option<&str> {
        let row = question.pair[0];
        let mut signatories = self.resolution.signatories.iter();
        let signatory = signatories.find(|signatory| signatory.rows.contains(&row))?;
        Some(&signatory.name)
    }

    /// Leaves a pair for another review.
    pub fn skip(&mut self, question: &ReviewQuestion) {
        self.skipped.push(question.names.clone());
    }

    /// Returns the change of decisions.toml that an answer makes. After it is committed,
    /// call [`Review::committed`].
    ///
    /// # Errors
    /// When decisions.toml cannot be read or cannot take the answer.
    pub fn answer(
        &mut self,
        question: &ReviewQuestion,
        answer: &ReviewAnswer,
        attribution: &Attribution,
    ) -> Result<ChangeSet> {
        let before = self.text(DECISIONS)?;
        let mut after = before.clone().unwrap_or_default();
        for decision in self.decisions_of(question, answer, attribution) {
            after = decisions::append(&after, &decision).map_err(|error| self.refused(&error))?;
        }
        let kind = match answer {
            ReviewAnswer::Same(_) | ReviewAnswer::Family(Answer::Same) => Answer::Same,
            ReviewAnswer::Different | ReviewAnswer::Separate(_) | ReviewAnswer::Family(Answer::Different) => {
                Answer::Different
            }
        };
        Ok(self.given(Subject::Pair(kind), before, after))
    }

    /// Returns what an answer decides.
    fn decisions_of(
        &self,
        question: &ReviewQuestion,
        answer: &ReviewAnswer,
        attribution: &Attribution,
    ) -> Vec<Decision> {
        let (kind, print) = match answer {
            ReviewAnswer::Same(print) => (Answer::Same, print.clone()),
            ReviewAnswer::Different | ReviewAnswer::Separate(_) => (Answer::Different, None),
            ReviewAnswer::Family(answer) => (*answer, None),
        };
        let family = match (answer, &question.family) {
            (ReviewAnswer::Family(_), Some(family)) => Some(family),
            _ => None,
        };
        let batch: Vec<Vec<String>> = match answer {
            ReviewAnswer::Family(_) if family.is_some() => {
                family.map(|family| vec![family.name.clone()]).into_iter().collect()
            }
            ReviewAnswer::Same(_) | ReviewAnswer::Different | ReviewAnswer::Family(_) => vec![question.names.to_vec()],
            ReviewAnswer::Separate(name) => {
                let spellings = question.spellings().into_iter();
                let others = spellings.filter(|other| other != name);
                others.map(|other| vec![name.clone(), other.to_owned()]).collect()
            }
        };
        let decisions = batch.into_iter().map(|names| Decision {
            answer: kind,
            names,
            family: family.is_some(),
            print: print.clone(),
            date: attribution.date,
            by: attribution.by.clone(),
            why: attribution.why.clone(),
            origin: self.place,
        });
        decisions.collect()
    }

    /// Returns the first column that holds rows and was not skipped.
    pub fn next_column(&self) -> Option<ColumnQuestion> {
        let mut questions = columns::questions(self.held_rows()).into_iter();
        questions.find(|question| !self.skipped_columns.contains(&question.header))
    }

    /// Leaves a column for another review.
    pub fn skip_column(&mut self, question: &ColumnQuestion) {
        self.skipped_columns.push(question.header.clone());
    }

    /// Returns the change of undersigned.toml that an answer about a column makes. After it
    /// is committed, call [`Review::committed`].
    ///
    /// # Errors
    /// When undersigned.toml cannot be read or cannot take the answer.
    pub fn answer_column(&mut self, question: &ColumnQuestion, answer: ColumnAnswer) -> Result<ChangeSet> {
        let before = self.text(PROJECT)?;
        let subject = Subject::Column(self.workspace.project.columns.clone());
        let set = self.workspace.set_columns(
            &[(question.header.clone(), answer.as_str().to_owned())],
            &self.letters(),
        )?;
        let mut letters = Vec::new();
        for change in &set.changes[1..] {
            let before = self.workspace.read_text(&change.path)?.map(|(_, text)| text);
            let after = change
                .new
                .as_deref()
                .map(|new| String::from_utf8_lossy(new).into_owned());
            letters.push((
                change.path.clone(),
                before.unwrap_or_default(),
                after.unwrap_or_default(),
            ));
        }
        // A column that still holds rows after its answer is not asked about again.
        self.skipped_columns.push(question.header.clone());
        let new = set.changes.first().and_then(|change| change.new.as_deref());
        let after = new
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
            .unwrap_or_default();
        self.pending = Some(Pending::Answer(Given {
            subject,
            before,
            after,
            letters,
        }));
        Ok(set)
    }

    /// Returns the letters that name any of the lists.
    fn letters(&self) -> Vec<PathBuf> {
        let workspace = &self.workspace;
        let file_of = |path: &Path| {
            let path = workspace.paths.absolute(path);
            // `list.xlsx#Sheet` is the file before the sheet.
            let shown = path.to_string_lossy();
            PathBuf::from(shown.split('#').next().unwrap_or_default())
        };
        let lists: BTreeSet<PathBuf> = self
            .lists
            .iter()
            .filter_map(|list| match list {
                ListInput::File(path) => Some(file_of(path)),
                ListInput::Bytes(..) => None,
            })
            .collect();
        let mut letters = workspace.letters().unwrap_or_default();
        letters.retain(|path| {
            let shown = workspace.paths.shown(path);
            let read = load::letter(&mut self.sources.clone(), &shown, path, &workspace.project);
            read.is_ok_and(|read| {
                let mut named = read.value.signatories.iter();
                named.any(|list| lists.contains(&file_of(&beside(path, &list.value))))
            })
        });
        letters
    }

    /// Takes note of an answer, and returns its change.
    fn given(&mut self, subject: Subject, before: Option<String>, after: String) -> ChangeSet {
        let set = self.change(subject.file(), before.as_deref(), Some(&after));
        self.pending = Some(Pending::Answer(Given {
            subject,
            before,
            after,
            letters: Vec::new(),
        }));
        set
    }

    /// Returns the held rows that were not skipped.
    fn held_rows(&self) -> impl Iterator<Item = &HeldRow> {
        self.resolution.held.iter().filter(|held| {
            let name = &self.records[held.row].name;
            let mut skipped = self.skipped_rows.iter();
            !skipped.any(|(skipped, hold)| skipped == name && *hold == held.hold)
        })
    }

    /// Returns the first held row that was not skipped.
    pub fn next_row(&self) -> Option<RowQuestion> {
        let held = self.held_rows().next()?;
        let mut question = rows::question(held, &self.records[held.row], self.context().row(held.row));
        question.alike = self
            .held_rows()
            .filter(|other| rows::are_alike(&held.hold, &other.hold))
            .count()
            .max(1);
        Some(question)
    }

    /// Leaves a row for another review.
    pub fn skip_row(&mut self, question: &RowQuestion) {
        let name = self.records[question.at].name.clone();
        self.skipped_rows.push((name, question.hold.clone()));
    }

    /// Returns the change of decisions.toml that an answer about a row makes. After it is
    /// committed, call [`Review::committed`].
    ///
    /// # Errors
    /// When decisions.toml cannot be read or cannot take the answer.
    pub fn answer_row(
        &mut self,
        question: &RowQuestion,
        reply: &RowReply,
        attribution: &Attribution,
    ) -> Result<ChangeSet> {
        let before = self.text(DECISIONS)?;
        let mut after = before.clone().unwrap_or_default();
        let mut seen = BTreeSet::new();
        for held in self.held_rows() {
            let name = &self.records[held.row].name;
            let alike = reply.all && rows::are_alike(&question.hold, &held.hold);
            // Rows that say the same are one decision.
            if held.row != question.at && !alike || !seen.insert((name, &held.hold.about)) {
                continue;
            }
            let entry = rows::entry(held, &self.records[held.row], reply, attribution, self.place)?;
            let joined = match &entry {
                RowEntry::Row(decision) => decisions::append_row(&after, decision),
                RowEntry::Pair(decision) => decisions::append(&after, decision),
            };
            after = joined.map_err(|error| self.refused(&error))?;
        }
        Ok(self.given(Subject::Rows, before, after))
    }

    /// Returns the error of a file that cannot take a decision.
    fn refused(&self, error: &decisions::AppendError) -> EngineError {
        let name = self.shown(DECISIONS);
        EngineError::Refused(format!("`{name}` cannot take the decision; fix it first: {error}"))
    }

    /// Returns the change that takes the last answer back; `None` if there is none. After
    /// it is committed, call [`Review::committed`].
    ///
    /// # Errors
    /// When the file of the answer cannot be read, or changed after it.
    pub fn undo(&mut self) -> Result<Option<ChangeSet>> {
        let Some(given) = self.history.last() else {
            return Ok(None);
        };
        let file = given.subject.file();
        if self.text(file)?.as_deref() != Some(&*given.after) {
            let name = self.shown(file);
            let message = format!("`{name}` changed after your last decision; nothing was undone");
            return Err(EngineError::Refused(message));
        }
        let mut set = self.change(file, Some(&given.after), given.before.as_deref());
        for (path, before, after) in &given.letters {
            set.changes.push(Change {
                path: path.clone(),
                old: Expected::of(Some(after.as_bytes())),
                new: Some(before.as_bytes().to_vec()),
            });
        }
        self.pending = Some(Pending::Undo);
        Ok(Some(set))
    }

    /// Takes note that the last change was committed, and resolves all rows again.
    ///
    /// # Errors
    /// When a column was explained and a list cannot be read again.
    pub fn committed(&mut self) -> Result<()> {
        let (subject, text) = match self.pending.take() {
            Some(Pending::Answer(given)) => {
                let done = (given.subject.clone(), given.after.clone());
                self.history.push(given);
                done
            }
            Some(Pending::Undo) => {
                let Some(given) = self.history.pop() else { return Ok(()) };
                if let Subject::Column(columns) = &given.subject {
                    self.workspace.project.columns.clone_from(columns);
                    self.skipped_columns.clear();
                }
                (given.subject, given.before.unwrap_or_default())
            }
            None => return Ok(()),
        };
        if let Subject::Column(_) = subject {
            (self.read, _) = read_lists(&self.workspace, self.lists.clone(), &mut self.sources)?;
        } else {
            let name = self.shown(DECISIONS);
            let (answers, _) = load::known::answers(&mut self.sources, &name, &text);
            let known = Arc::make_mut(&mut self.workspace.known);
            let is_about_rows = !have_same_rows(&known.rows, &answers.rows);
            (known.decisions, known.rows) = (answers.pairs, answers.rows);
            if !is_about_rows {
                self.resolve_records();
                return Ok(());
            }
        }
        self.resolve();
        Ok(())
    }

    fn context(&self) -> Context<'_> {
        Context {
            sources: &self.sources,
            records: &self.records,
            resolution: &self.resolution,
            order: &self.order,
            places: &self.places,
        }
    }

    /// Resolves all rows under the decisions as of now.
    fn resolve(&mut self) {
        let (read, known) = (self.read.clone(), &self.workspace.known);
        (self.records, _) = resolve::rows::judge_rows_again(read, known, &mut self.memory.rows);
        self.resolve_records();
    }

    /// Resolves all rows under the decisions about names as of now: what a row is depends on
    /// those about rows alone.
    fn resolve_records(&mut self) {
        let workspace = &self.workspace;
        let options = ResolveOptions::default();
        let (resolution, _) = resolve::resolve_again(&self.records, &workspace.known, &options, &mut self.memory);
        self.open = questions(&resolution);
        self.order = roll::order(&resolution, &workspace.project.roll(), workspace.language());
        self.places = vec![usize::MAX; resolution.signatories.len()];
        for (place, &at) in self.order.iter().enumerate() {
            self.places[at] = place;
        }
        self.resolution = resolution;
    }

    /// Returns the text of a file of the workspace as it is now.
    fn text(&self, file: &str) -> Result<Option<String>> {
        Ok(self.workspace.read_text(file)?.map(|(_, text)| text))
    }

    fn shown(&self, file: &str) -> String {
        self.workspace.paths.shown(&self.workspace.root.join(file))
    }

    /// Returns the change of a file of the workspace from one text to another.
    fn change(&self, file: &str, before: Option<&str>, after: Option<&str>) -> ChangeSet {
        let old = Expected::of(before.map(str::as_bytes));
        let new = after.map(|text| text.as_bytes().to_vec());
        ChangeSet::one(self.workspace.root.join(file), old, new)
    }
}

/// Returns true if decisions about rows say the same, wherever they are in the file.
fn have_same_rows(old: &[RowDecision], new: &[RowDecision]) -> bool {
    let is_same = |(old, new): (&RowDecision, &RowDecision)| {
        *new == RowDecision {
            origin: new.origin,
            ..old.clone()
        }
    };
    old.len() == new.len() && old.iter().zip(new).all(is_same)
}
