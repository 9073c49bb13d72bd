//! The answers of a sheet that colleagues filled in.
//!
//! In: reviews, and the lines of sheets. Out: an [`AnswersPlan`]: what became of each line, and
//! one [`ChangeSet`] that saves what is certain. Guaranteed: an answer finds its question by what
//! the question is about, never by its place; answers that contradict one another, or a saved
//! answer, by themselves or through what follows from them, are told and not saved; a saved
//! answer is never replaced. Absent: reading files (that is `load`'s).

use super::asked::{column_key, pair_key, row_key};
use super::rows::{RowEntry, RowReply};
use super::sheet_words::{Choice, is_blank, meant, meant_anywhere};
use super::{Asked, Attribution, Reply, Review, ReviewAnswer};
use crate::diag::Diagnostic;
use crate::emit::decisions;
use crate::engine::changes::{ChangeSet, Expected};
use crate::engine::error::{EngineError, Result};
use crate::engine::workspace::{DECISIONS, Workspace};
use crate::load;
use crate::model::held::{HeldReason, Hold, RowAnswer};
use crate::model::known::{Answer, Known};
use crate::model::question_sheet::SheetAnswer;
use crate::resolve;
use crate::source::{Origin, SourceMap};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// Most names of a saved answer whose pairs are looked up, since each is one with each; answers to
/// questions about more are told as not open.
const MOST_NAMES: usize = 200;

/// Longest name of who answered, in characters.
const LONGEST_BY: usize = 80;

/// A sheet that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerFile {
    /// A file.
    File(PathBuf),
    /// Bytes that are in none, under a name.
    Bytes(String, Vec<u8>),
}

/// Asks for answers to be read.
#[derive(Clone, Debug, Default)]
pub struct AnswersRequest {
    /// The sheets.
    pub files: Vec<AnswerFile>,
    /// Who answered where a sheet does not say.
    pub by: Option<String>,
    /// The day that is saved with the answers.
    pub date: Option<Date>,
}

/// What reading answers would change.
#[derive(Debug)]
pub struct AnswersPlan {
    /// The files that were read.
    pub sources: SourceMap,
    /// What there is to say about them.
    pub diagnostics: Vec<Diagnostic>,
    /// The answers, in the order of the files; lines without one are only counted.
    pub answers: Vec<ReadAnswer>,
    /// The number of lines that were left empty.
    pub blank: usize,
    /// The questions that remain open.
    pub open: usize,
    /// The change.
    pub set: ChangeSet,
}

impl AnswersPlan {
    /// Returns the number of answers with an outcome.
    pub fn count(&self, outcome: AnswerOutcome) -> usize {
        self.answers.iter().filter(|answer| answer.outcome == outcome).count()
    }

    /// Returns true if somebody must look: an answer is not saved for a reason that a person can
    /// cure, or questions remain.
    pub fn needs_person(&self) -> bool {
        let stuck = [AnswerOutcome::Contradiction, AnswerOutcome::Unreadable];
        self.open > 0 || stuck.iter().any(|&outcome| self.count(outcome) > 0)
    }
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnswerOutcome {
    /// It is saved.
    Saved,
    /// It says what is saved already.
    Repeated,
    /// It contradicts another one.
    Contradiction,
    /// It cannot be understood.
    Unreadable,
    /// Its question is not open.
    Closed,
}

impl AnswerOutcome {
    /// Every outcome, in the order in which they are told.
    pub const ALL: &[Self] = &[
        Self::Contradiction,
        Self::Unreadable,
        Self::Closed,
        Self::Repeated,
        Self::Saved,
    ];

    /// Returns the word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Repeated => "repeated",
            Self::Contradiction => "contradiction",
            Self::Unreadable => "unreadable",
            Self::Closed => "closed",
        }
    }
}

/// An answer of a sheet, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadAnswer {
    /// The file's name as the user knows it.
    pub file: String,
    /// The line, of a sheet the row, from 1; of saved answers of a page, none.
    pub line: Option<u32>,
    /// The key of the question.
    pub key: String,
    /// The names that the question is about; empty if it is not known.
    pub about: Vec<String>,
    /// The answer, as typed.
    pub answer: String,
    /// The name to print.
    pub print: Option<String>,
    /// Who answered.
    pub by: Option<String>,
    /// What became of it.
    pub outcome: AnswerOutcome,
    /// Why it is not saved; empty if it is.
    pub because: String,
}

/// A line of a sheet, as far as it is understood.
struct Line {
    typed: SheetAnswer,
    by: Option<String>,
    asked: Option<(usize, Asked)>,
    /// The names of a question that is settled.
    about: Vec<String>,
    reply: Option<Reply>,
    outcome: AnswerOutcome,
    because: String,
}

/// The saved answers by the keys of their questions, with the names that these are about.
type SavedReplies = BTreeMap<String, (Vec<String>, Vec<Reply>)>;

/// A change, and what it says of columns: each a header and a word.
struct Draft {
    set: ChangeSet,
    columns: Vec<(String, String)>,
}

impl Workspace {
    /// Reads answers that colleagues gave to the questions of some reviews.
    ///
    /// # Errors
    /// When a file cannot be read, or decisions.toml or undersigned.toml cannot take an answer.
    pub fn read_answers(&self, reviews: &[Review], request: AnswersRequest) -> Result<AnswersPlan> {
        let mut sources = self.sources.clone();
        let mut diagnostics = Vec::new();
        let mut lines: Vec<Line> = Vec::new();
        let mut blank = 0;
        for file in request.files {
            let loaded = match file {
                AnswerFile::File(path) => load::answer_sheet(&mut sources, &self.paths.shown(&path), &path)?,
                AnswerFile::Bytes(name, bytes) => load::answer_sheet_from_bytes(&mut sources, &name, bytes),
            };
            diagnostics.extend(loaded.diagnostics);
            let (given, empty): (Vec<_>, Vec<_>) = loaded.value.into_iter().partition(is_given);
            blank += empty.len();
            let said: BTreeSet<String> = given.iter().chain(&empty).filter_map(|one| person(&one.by)).collect();
            let only = said.first().filter(|_| said.len() == 1).cloned();
            let only = only.or_else(|| request.by.clone().filter(|_| said.is_empty()));
            lines.extend(given.into_iter().map(|typed| Line {
                by: person(&typed.by).or_else(|| only.clone()),
                typed,
                asked: None,
                about: Vec::new(),
                reply: None,
                outcome: AnswerOutcome::Saved,
                because: String::new(),
            }));
        }
        let saved = self.saved_by_key(reviews);
        for line in &mut lines {
            understand(line, reviews, &saved);
        }
        contradictions_of_one_question(&mut lines);
        let draft = self.consistent(reviews, &mut lines, request.date)?;
        let open = self.left_open(reviews, &draft)?;
        let answers = lines.into_iter().map(|line| line.told(&sources)).collect();
        Ok(AnswersPlan {
            sources,
            diagnostics,
            answers,
            blank,
            open,
            set: draft.set,
        })
    }

    /// Returns the saved answers by the keys of the questions that they answer.
    fn saved_by_key(&self, reviews: &[Review]) -> SavedReplies {
        let mut saved = SavedReplies::new();
        let mut add = |key: String, about: &[&str], reply: Reply| {
            let about = about.iter().map(|name| (*name).to_owned()).collect();
            let (_, replies) = saved.entry(key).or_insert_with(|| (about, Vec::new()));
            replies.push(reply);
        };
        for decision in &self.known.decisions {
            let reply = Reply::Pair(match (decision.family, decision.answer) {
                (true, answer) => ReviewAnswer::Family(answer),
                (false, Answer::Same) => ReviewAnswer::Same(decision.print.clone()),
                (false, Answer::Different) => ReviewAnswer::Different,
            });
            if decision.family {
                let short = &decision.names[0];
                let names = reviews.iter().flat_map(|review| &review.records);
                for name in names.map(resolve::answer_name).collect::<BTreeSet<String>>() {
                    let names = [short.clone(), name];
                    add(pair_key(&names), &names.each_ref().map(String::as_str), reply.clone());
                }
                continue;
            }
            if decision.names.len() > MOST_NAMES {
                continue;
            }
            for (at, a) in decision.names.iter().enumerate() {
                for b in &decision.names[at + 1..] {
                    add(pair_key(&[a.clone(), b.clone()]), &[a, b], reply.clone());
                    // What is asked about a row that nearly withdrew is saved as a pair.
                    let answer = match decision.answer {
                        Answer::Same => RowAnswer::Withdrawn,
                        Answer::Different => RowAnswer::Signatory,
                    };
                    for (name, about) in [(a, b), (b, a)] {
                        let hold = Hold::about(HeldReason::NearWithdrawal, about);
                        add(row_key(name, &hold), &[name], Reply::Row(RowReply::new(answer)));
                    }
                }
            }
        }
        for row in &self.known.rows {
            let Some(reason) = row.reason else { continue };
            let reply = RowReply {
                print: row.print.clone(),
                into: row.into.clone(),
                ..RowReply::new(row.answer)
            };
            let key = row_key(&row.name, &Hold::about(reason, &row.about));
            add(key, &[&row.name], Reply::Row(reply));
        }
        for (header, word) in &self.project.columns {
            let mut answers = super::ColumnAnswer::ALL.iter();
            if let Some(answer) = answers.find(|answer| answer.as_str() == word) {
                add(column_key(header), &[header], Reply::Column(*answer));
            }
        }
        saved
    }

    /// Returns the change that saves the lines that are still to be saved. Lines that would
    /// contradict one another or what is saved are taken out first, with all that hangs together
    /// with them.
    fn consistent(&self, reviews: &[Review], lines: &mut [Line], date: Option<Date>) -> Result<Draft> {
        let all: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].is_to_save()).collect();
        let draft = self.draft_of(reviews, lines, &all, date)?;
        if self.conflicts(reviews, lines, &all, &draft)?.is_empty() {
            return Ok(draft);
        }
        let mut kept: Vec<usize> = Vec::new();
        for part in connected(lines, &all) {
            let draft = self.draft_of(reviews, lines, &part, date)?;
            match self.conflicts(reviews, lines, &part, &draft)?.into_iter().next() {
                None => kept.extend(part),
                Some(why) => part.iter().for_each(|&at| lines[at].contradicts(&why)),
            }
        }
        kept.sort_unstable();
        let draft = self.draft_of(reviews, lines, &kept, date)?;
        if let Some(why) = self.conflicts(reviews, lines, &kept, &draft)?.into_iter().next() {
            // Parts that only contradict one another together; nothing is guessed.
            kept.iter().for_each(|&at| lines[at].contradicts(&why));
            kept.clear();
        }
        self.draft_of(reviews, lines, &kept, date)
    }

    /// Returns the change that saves some lines, each question once.
    fn draft_of(&self, reviews: &[Review], lines: &[Line], chosen: &[usize], date: Option<Date>) -> Result<Draft> {
        let before = self.read_text(DECISIONS)?.map(|(_, text)| text);
        let mut after = before.clone().unwrap_or_default();
        let mut columns: Vec<(String, String)> = Vec::new();
        let mut letters: BTreeSet<PathBuf> = BTreeSet::new();
        let mut done = BTreeSet::new();
        for &at in chosen {
            let (Some((review, asked)), Some(_)) = (&lines[at].asked, &lines[at].reply) else {
                continue;
            };
            if !done.insert(&lines[at].typed.key) {
                continue;
            }
            let alike: Vec<&Line> = chosen
                .iter()
                .map(|&other| &lines[other])
                .filter(|other| other.typed.key == lines[at].typed.key)
                .collect();
            let Some(reply) = joined_reply(&alike) else { continue };
            let attribution = attribution(&alike, date);
            let review = &reviews[*review];
            match (asked, &reply) {
                (Asked::Column(question), Reply::Column(answer)) => {
                    columns.push((question.header.clone(), answer.as_str().to_owned()));
                    letters.extend(review.letters());
                }
                _ => {
                    for entry in review.entries(asked, &reply, &attribution)? {
                        after = match &entry {
                            RowEntry::Row(decision) => decisions::append_row(&after, decision),
                            RowEntry::Pair(decision) => decisions::append(&after, decision),
                        }
                        .map_err(|error| review.refused(&error))?;
                    }
                }
            }
        }
        let mut set = ChangeSet::default();
        if before.as_deref().unwrap_or_default() != after {
            let old = Expected::of(before.as_deref().map(str::as_bytes));
            set = ChangeSet::one(self.root.join(DECISIONS), old, Some(after.into_bytes()));
        }
        if !columns.is_empty() {
            let letters: Vec<PathBuf> = letters.into_iter().collect();
            set.changes
                .extend(self.clone().set_columns(&columns, &letters)?.changes);
        }
        Ok(Draft { set, columns })
    }

    /// Returns the reasons for which some lines cannot all be saved: answers that contradict each
    /// other under the rules of names, and questions that would still be open.
    fn conflicts(
        &self,
        reviews: &[Review],
        lines: &[Line],
        chosen: &[usize],
        draft: &Draft,
    ) -> Result<BTreeSet<String>> {
        let after = self.under(draft);
        let told = |known: &Known| -> BTreeSet<String> {
            let (_, said) = resolve::resolve(&[], known, &resolve::ResolveOptions::default());
            let said = said.into_iter();
            said.filter(|said| said.code == crate::diag::Code::ContradictoryDecisions)
                .map(|said| said.message)
                .collect()
        };
        let mut conflicts: BTreeSet<String> = told(&after.known).difference(&told(&self.known)).cloned().collect();
        let reopened = reopened(&after, reviews)?;
        for &at in chosen {
            let Some((_, Asked::Pair(question))) = &lines[at].asked else {
                continue;
            };
            let is_open = reopened
                .iter()
                .any(|review| review.find(&lines[at].typed.key).is_some());
            if is_open {
                let [a, b] = question.sides.each_ref().map(|side| &*side.name);
                conflicts.insert(format!("the answer does not settle whether `{a}` and `{b}` are one"));
            }
        }
        Ok(conflicts)
    }

    /// Returns the number of questions that remain open after a change.
    fn left_open(&self, reviews: &[Review], draft: &Draft) -> Result<usize> {
        let reopened = reopened(&self.under(draft), reviews)?;
        let keys: BTreeSet<String> = reopened.iter().flat_map(Review::keys).collect();
        Ok(keys.len())
    }

    /// Returns the workspace as it is after a change of answers.
    fn under(&self, draft: &Draft) -> Self {
        let mut workspace = self.clone();
        for change in &draft.set.changes {
            let text = String::from_utf8_lossy(change.new.as_deref().unwrap_or_default());
            if change.path == self.root.join(DECISIONS) {
                let (answers, _) = load::known::answers(&mut workspace.sources, DECISIONS, &text);
                let known = Arc::make_mut(&mut workspace.known);
                (known.decisions, known.rows) = (answers.pairs, answers.rows);
            }
        }
        workspace.project.columns.extend(draft.columns.iter().cloned());
        workspace
    }
}

/// Opens the lists of reviews again in a workspace of other answers.
fn reopened(workspace: &Workspace, reviews: &[Review]) -> Result<Vec<Review>> {
    let lists = reviews.iter().map(|review| review.lists.clone());
    lists.map(|lists| Review::open(workspace, lists)).collect()
}

/// Returns whether a line says anything: an answer, or a name to print.
fn is_given(typed: &SheetAnswer) -> bool {
    !is_blank(&typed.answer) || !typed.print.is_empty()
}

/// Returns who answered, as far as a cell says it.
fn person(typed: &str) -> Option<String> {
    let name: String = typed.trim().chars().take(LONGEST_BY).collect();
    (!name.is_empty()).then_some(name)
}

impl Line {
    fn is_to_save(&self) -> bool {
        self.outcome == AnswerOutcome::Saved && self.reply.is_some()
    }

    fn is_not_saved(&mut self, outcome: AnswerOutcome, because: impl Into<String>) {
        self.outcome = outcome;
        self.because = because.into();
    }

    fn contradicts(&mut self, why: &str) {
        let because = format!("it cannot be saved together with other answers: {why}");
        self.is_not_saved(AnswerOutcome::Contradiction, because);
    }

    fn told(self, sources: &SourceMap) -> ReadAnswer {
        let origin = self.typed.origin;
        let about = match &self.asked {
            Some((_, Asked::Column(question))) => vec![question.header.clone()],
            Some((_, Asked::Row(question))) => vec![question.row.name.clone()],
            Some((_, Asked::Pair(question))) => question.sides.iter().map(|side| side.name.clone()).collect(),
            None => self.about,
        };
        ReadAnswer {
            file: sources.name(origin.file()).to_owned(),
            line: (!matches!(origin, Origin::File(_))).then(|| sources.line(origin)),
            key: self.typed.key,
            about,
            answer: self.typed.answer,
            print: Some(self.typed.print).filter(|print| !print.is_empty()),
            by: self.by,
            outcome: self.outcome,
            because: self.because,
        }
    }
}

/// Finds the question of a line, and what its words mean.
fn understand(line: &mut Line, reviews: &[Review], saved: &SavedReplies) {
    let mut found = reviews.iter().enumerate();
    line.asked = found.find_map(|(at, review)| Some((at, review.find(&line.typed.key)?)));
    let Some((_, asked)) = &line.asked else {
        return understand_closed(line, saved.get(&line.typed.key));
    };
    match reply(&line.typed, meant(&line.typed.answer, asked), asked) {
        Ok(reply) => line.reply = Some(reply),
        Err(why) => line.is_not_saved(AnswerOutcome::Unreadable, why),
    }
}

/// Judges an answer to a question that is not open: by what was saved of it, if anything was.
fn understand_closed(line: &mut Line, saved: Option<&(Vec<String>, Vec<Reply>)>) {
    let closed = "its question is not open: it is settled, or its rows are no longer in the lists";
    let Some((about, saved)) = saved else {
        return line.is_not_saved(AnswerOutcome::Closed, closed);
    };
    line.about.clone_from(about);
    let print = Some(line.typed.print.as_str()).filter(|print| !print.is_empty());
    let is_same = |reply: &Reply, choice: Choice| match (reply, choice) {
        (Reply::Pair(ReviewAnswer::Same(name)), Choice::Pair(Answer::Same)) => {
            Some(print.is_none() || name.as_deref() == print)
        }
        (Reply::Pair(ReviewAnswer::Same(_)), Choice::Pair(Answer::Different)) => Some(false),
        (Reply::Pair(ReviewAnswer::Different), Choice::Pair(answer)) => Some(answer == Answer::Different),
        (Reply::Pair(ReviewAnswer::Family(a)), Choice::Pair(b) | Choice::Family(b)) => Some(*a == b),
        (Reply::Row(reply), Choice::Row(answer)) => {
            let names = print.map(split_names).unwrap_or_default();
            let prints = match answer {
                RowAnswer::Split => names.is_empty() || reply.into == names,
                _ => print.is_none() || reply.print.as_deref() == print,
            };
            Some(reply.answer == answer && prints)
        }
        (Reply::Column(a), Choice::Column(b)) => Some(*a == b),
        _ => None,
    };
    let judged = meant_anywhere(&line.typed.answer).map(|(choice, _)| {
        let judged = saved.iter().filter_map(|reply| is_same(reply, choice));
        judged.collect::<Vec<bool>>()
    });
    match judged.as_deref() {
        None => line.is_not_saved(AnswerOutcome::Unreadable, unknown_words(&line.typed.answer, None)),
        Some([]) => line.is_not_saved(AnswerOutcome::Closed, closed),
        Some(judged) if judged.iter().all(|same| *same) => line.outcome = AnswerOutcome::Repeated,
        Some(_) => {
            let why = "another answer is saved already; take that back first if it is wrong";
            line.is_not_saved(AnswerOutcome::Contradiction, why);
        }
    }
}

/// Says that words are none of the answers.
fn unknown_words(typed: &str, asked: Option<&Asked>) -> String {
    if is_blank(typed) {
        return "it names what to print, but gives no answer".to_owned();
    }
    let known = asked.map(|asked| {
        let in_family = super::sheet_words::is_of_family(asked);
        let choices = super::sheet_words::choices(asked).into_iter();
        let words: Vec<String> = choices.map(|choice| format!("`{}`", choice.words(in_family))).collect();
        format!("; its answers are {}", words.join(", "))
    });
    format!("`{typed}` is not one of the answers{}", known.unwrap_or_default())
}

/// Returns what a line answers, or why it cannot be said.
fn reply(typed: &SheetAnswer, choice: Option<Choice>, asked: &Asked) -> Result<Reply, String> {
    let Some(choice) = choice else {
        return Err(unknown_words(&typed.answer, Some(asked)));
    };
    let print = Some(typed.print.clone()).filter(|print| !print.is_empty());
    if let Some(print) = &print {
        if !choice.takes_name() {
            return Err(format!("`{}` prints no name, but it names `{print}`", typed.answer));
        }
        if load::looks_private(print) {
            return Err("the name to print looks like a private value".to_owned());
        }
    }
    Ok(match choice {
        Choice::Column(answer) => Reply::Column(answer),
        Choice::Family(answer) => Reply::Pair(ReviewAnswer::Family(answer)),
        Choice::Pair(Answer::Same) => Reply::Pair(ReviewAnswer::Same(print)),
        Choice::Pair(Answer::Different) => Reply::Pair(ReviewAnswer::Different),
        Choice::Row(RowAnswer::Split) => {
            let offered = match asked {
                Asked::Row(question) => question.names.clone(),
                Asked::Column(_) | Asked::Pair(_) => Vec::new(),
            };
            let into = print.as_deref().map_or(offered, split_names);
            if into.len() < 2 {
                return Err(
                    "a row is split into two names or more; write them with semicolons between them".to_owned(),
                );
            }
            Reply::Row(RowReply {
                into,
                ..RowReply::new(RowAnswer::Split)
            })
        }
        Choice::Row(answer) => Reply::Row(RowReply {
            print,
            ..RowReply::new(answer)
        }),
    })
}

/// Returns the names of a cell, which semicolons divide.
fn split_names(cell: &str) -> Vec<String> {
    let names = cell.split(';').map(str::trim).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

/// Takes out lines that answer one question in different ways.
fn contradictions_of_one_question(lines: &mut [Line]) {
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.is_to_save()) {
        by_key.entry(line.typed.key.clone()).or_default().push(at);
    }
    for same in by_key.into_values() {
        let alike: Vec<&Line> = same.iter().map(|&at| &lines[at]).collect();
        if joined_reply(&alike).is_none() {
            let people: BTreeSet<&str> = alike.iter().filter_map(|line| line.by.as_deref()).collect();
            let people = people.into_iter().collect::<Vec<_>>().join(" and ");
            let why = match people.is_empty() {
                true => "two answers to this question differ".to_owned(),
                false => format!("answers to this question differ: {people}"),
            };
            for at in same {
                lines[at].is_not_saved(AnswerOutcome::Contradiction, why.clone());
            }
        }
    }
}

/// Returns the one answer that lines of a question give; `None` if they differ. A line without a
/// name to print agrees with one that has one.
fn joined_reply(lines: &[&Line]) -> Option<Reply> {
    let mut joined: Option<Reply> = None;
    for reply in lines.iter().filter_map(|line| line.reply.as_ref()) {
        joined = match (joined, reply) {
            (None, reply) => Some(reply.clone()),
            (Some(known), reply) if known == *reply => Some(known),
            (Some(Reply::Pair(ReviewAnswer::Same(a))), Reply::Pair(ReviewAnswer::Same(b)))
                if a.is_none() || b.is_none() =>
            {
                Some(Reply::Pair(ReviewAnswer::Same(a.or_else(|| b.clone()))))
            }
            (Some(Reply::Row(a)), Reply::Row(b))
                if a.answer == b.answer && a.into == b.into && (a.print.is_none() || b.print.is_none()) =>
            {
                let print = a.print.clone().or_else(|| b.print.clone());
                Some(Reply::Row(RowReply { print, ..a }))
            }
            _ => return None,
        };
    }
    joined
}

/// Returns who gave an answer, when and why.
fn attribution(lines: &[&Line], date: Option<Date>) -> Attribution {
    let mut people: Vec<&str> = Vec::new();
    let mut reasons: Vec<&str> = Vec::new();
    for line in lines {
        if let Some(by) = line.by.as_deref().filter(|by| !people.contains(by)) {
            people.push(by);
        }
        let comment = line.typed.comment.as_str();
        if !comment.is_empty() && !reasons.contains(&comment) {
            reasons.push(comment);
        }
    }
    Attribution {
        by: (!people.is_empty()).then(|| people.join(" and ")),
        date,
        why: (!reasons.is_empty()).then(|| reasons.join("; ")),
    }
}

/// Returns lines in parts that share no name, each in the order of the lines. Lines about columns
/// share nothing.
fn connected(lines: &[Line], chosen: &[usize]) -> Vec<Vec<usize>> {
    let mut parts: Vec<(BTreeSet<String>, Vec<usize>)> = Vec::new();
    for &at in chosen {
        let mut names: BTreeSet<String> = match &lines[at].asked {
            Some((_, Asked::Pair(question))) => {
                let sides = question.sides.iter();
                let rows = sides.flat_map(|side| side.rows.iter().map(|row| &row.name).chain([&side.name]));
                rows.chain(&question.names).cloned().collect()
            }
            Some((_, Asked::Row(question))) => [question.row.name.clone()].into(),
            Some((_, Asked::Column(_))) | None => BTreeSet::new(),
        };
        let mut members = vec![at];
        for (other, theirs) in std::mem::take(&mut parts) {
            if other.is_disjoint(&names) {
                parts.push((other, theirs));
            } else {
                names.extend(other);
                members.extend(theirs);
            }
        }
        members.sort_unstable();
        parts.push((names, members));
    }
    parts.into_iter().map(|(_, members)| members).collect()
}

impl Review {
    /// Returns what an answer about a row or a pair adds to decisions.toml.
    fn entries(&self, asked: &Asked, reply: &Reply, attribution: &Attribution) -> Result<Vec<RowEntry>> {
        match (asked, reply) {
            (Asked::Pair(question), Reply::Pair(answer)) => {
                let decisions = self.decisions_of(question, answer, attribution);
                Ok(decisions.into_iter().map(RowEntry::Pair).collect())
            }
            (Asked::Row(question), Reply::Row(reply)) => {
                let held = self.resolution.held.iter();
                let held = held.filter(|held| held.row == question.at && held.hold == question.hold);
                held.map(|held| super::rows::entry(held, &self.records[held.row], reply, attribution, self.place))
                    .collect()
            }
            _ => Err(EngineError::Refused("this answer is to another question".to_owned())),
        }
    }
}
