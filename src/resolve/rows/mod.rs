//! Judges the rows of lists, each by itself, before their names are compared: which are
//! signatories, which a person must answer about, and which are none for certain.
//!
//! In: records as they were read, and what people answered. Out: records under the
//! answers: a row that raises a question has its [`Hold`], a row that is none is ruled
//! out, a row that a person split is several. Guaranteed: no row is lost, and none is
//! changed without an answer; the order stays. Absent: pairs of names, and cells whose
//! column is not understood (those are `load::lists`').
//!
//! The rules: `lines` and `nobody` for rows of a sheet or a message, `remarks` within a name,
//! `several_names` and `people` for what a name names.

mod answers;
mod fold;
mod lines;
mod memory;
mod nobody;
mod odd;
mod open;
mod people;
mod prose;
mod remarks;
mod row;
pub mod several_names;
mod speech;
#[cfg(test)]
mod tests;
mod text;
mod words;

use crate::diag::{Code, Diagnostic};
use crate::model::held::{HeldReason, Hold, RowAnswer};
use crate::model::known::Known;
use crate::model::signatory::{Column, Record, Status};
use crate::resolve::normalize::repair_encoding;
use crate::resolve::words::mix;
pub(in crate::resolve) use answers::Answers;
use memory::Judgements;
pub use memory::RowMemory;
use rayon::prelude::*;
use row::{Finding, Row, WholeList};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;
use text::Text;

/// Most rows after the end of a message that are taken for the sender's address; by eye.
const SIGNATURE_ROWS: usize = 8;

/// Judges all rows, and applies what people answered.
pub fn judge_rows(records: Vec<Record>, known: &Known) -> (Vec<Record>, Vec<Diagnostic>) {
    judge_all(records, known, judge_each)
}

/// Judges all rows as [`judge_rows`] does, with the same outcome. A row that says the same as it
/// did is not judged anew.
pub fn judge_rows_again(records: Vec<Record>, known: &Known, memory: &mut RowMemory) -> (Vec<Record>, Vec<Diagnostic>) {
    judge_all(records, known, |records, list| memory.judge(records, list, judge_each))
}

/// Judges rows by themselves.
fn judge_each(records: &[Record], list: &WholeList) -> Judgements {
    let judged = records.par_iter().map_init(Text::default, |text, record| {
        text.read(&record.name);
        (hash(text.folded()), judge(record, text, list).map(Box::new))
    });
    judged.collect()
}

fn judge_all(
    mut records: Vec<Record>,
    known: &Known,
    judge_each: impl FnOnce(&[Record], &WholeList) -> Judgements,
) -> (Vec<Record>, Vec<Diagnostic>) {
    forgive_commas(&mut records);
    // Of a row that does not count, nothing is asked; a withdrawal must be heard.
    let others = records.iter_mut().filter(|record| record.status != Status::Confirmed);
    others.for_each(|record| record.hold = None);
    let list = WholeList::new(&records, known);
    let judged = judge_each(&records, &list);
    let mut found = add_joined(&records, judged);
    add_signature_blocks(&records, &list, &mut found);
    open::hold_below_headings(&records, known, &mut found);
    open::hold_below_notes(&records, &list, &mut found);
    settle(records, found, known)
}

/// From which share of the rows on a comma at the end is the list's own form.
const COMMAS: usize = 20;

/// Takes a comma at the end for form where many rows have it: a list that was pasted from a
/// text. Where one row in a hundred has it, the name may be cut off.
fn forgive_commas(records: &mut [Record]) {
    let commas = records.iter().filter(|record| record.ends_in_comma).count();
    if commas >= 3 && commas * COMMAS > records.len() {
        records.iter_mut().for_each(|record| record.ends_in_comma = false);
    }
}

/// Asks about rows both sides of whose name stand alone as names of the list: "A and B".
/// Returns all that was found, by row.
fn add_joined(records: &[Record], judged: Judgements) -> Vec<(usize, Finding)> {
    let standing = records
        .iter()
        .zip(&judged)
        .filter(|(record, _)| record.status == Status::Confirmed);
    let mut names: Vec<u64> = standing.map(|(_, (hash, _))| *hash).collect();
    names.par_sort_unstable();
    let has = |side: &str| names.binary_search(&hash(&fold::fold(side))).is_ok();
    let rows = judged.into_par_iter().zip(records).enumerate();
    let found = rows.filter_map(|(at, ((_, finding), record))| {
        if let Some(finding) = finding {
            return Some((at, *finding));
        }
        if record.status != Status::Confirmed || !several_names::may_be_joined(&record.name) {
            return None;
        }
        // "Border Angels / Ángeles de la Frontera" is one, though each stands in the list.
        let is_one = |a, b| record.name.contains('/') && several_names::are_translations(a, b);
        let (a, b) = several_names::joined(&record.name).find(|(a, b)| has(a) && has(b) && !is_one(a, b))?;
        let hold = Hold::about(HeldReason::SeveralNames, &format!("{a}; {b}"));
        Some((at, Finding::Asked(vec![hold])))
    });
    found.collect()
}

fn hash(folded: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(folded.as_bytes());
    mix(hasher.finish())
}

/// Judges rows one after the other, with no list around them.
pub struct RowJudge<'a> {
    list: WholeList,
    answers: Answers<'a>,
    text: Text,
}

impl<'a> RowJudge<'a> {
    /// Makes a judge that knows what people answered.
    pub fn new(known: &'a Known) -> Self {
        Self {
            list: WholeList::new(&[], known),
            answers: Answers::new(known),
            text: Text::default(),
        }
    }

    /// Returns the first question of a row that nobody answered.
    pub fn question(&mut self, record: &Record) -> Option<Hold> {
        self.text.read(&record.name);
        match judge(record, &self.text, &self.list)? {
            Finding::Header => Some(Hold::new(HeldReason::HeaderAgain)),
            Finding::Asked(holds) => {
                let mut holds = holds.into_iter();
                holds.find(|hold| self.answers.find(&record.name, hold).is_none())
            }
        }
    }
}

impl RowJudge<'_> {
    /// Returns what a row of an export asks that the row of the list which is the same signature
    /// does not, and nobody answered: "withdrawn" behind its name, a comment that takes the
    /// signature back, another body in its cell.
    ///
    /// Who is meant is not asked again where a person corrected the name in the list.
    pub fn reopened(&mut self, row: &Record, standing: &Record) -> Option<Hold> {
        if row.hold.is_none() && row.name == standing.name {
            return None;
        }
        let mut raised = |record: &Record| {
            self.text.read(&record.name);
            match judge(record, &self.text, &self.list) {
                Some(Finding::Asked(holds)) => holds,
                _ => Vec::new(),
            }
        };
        let (asked, known) = (raised(row), raised(standing));
        let is_known = |hold: &Hold| {
            let mut same = known.iter().filter(|known| known.reason == hold.reason);
            same.any(|known| fold::fold(&known.about) == fold::fold(&hold.about))
        };
        let is_answered = |hold: &Hold| {
            let answer = |name: &str| self.answers.find(name, hold).is_some();
            answer(&row.name) || answer(&standing.name)
        };
        let tells = |hold: &Hold| match hold.reason {
            HeldReason::Remark | HeldReason::Struck => true,
            reason if reason.is_of_name() => known.iter().any(|known| known.reason == reason),
            // A mail does not change.
            _ => !hold.is_of_mail(),
        };
        let new = |hold: &Hold| tells(hold) && !is_known(hold) && !is_answered(hold);
        asked.into_iter().find(new)
    }
}

/// Judges a row, given its folded name.
fn judge(record: &Record, text: &Text, list: &WholeList) -> Option<Finding> {
    if record.status != Status::Confirmed || record.name.is_empty() {
        return None;
    }
    let row = Row { record, text, list };
    if lines::repeats_header(&row) {
        return Some(Finding::Header);
    }
    let mut holds: Vec<Hold> = record
        .hold
        .as_deref()
        .cloned()
        .into_iter()
        .flat_map(Hold::each)
        .collect();
    if !list.is_known(text.folded()) {
        match lines::line(&row).or_else(|| prose::prose(&row)) {
            Some(hold) => holds.push(hold),
            None => {
                holds.extend(remarks::remark(&row));
                holds.extend(several(&row).or_else(|| people::person(&row)));
            }
        }
    }
    forgive_damage(record, &mut holds);
    (!holds.is_empty()).then_some(Finding::Asked(holds))
}

/// Drops what only the characters of a damaged name raise: `å›¾ä¹¦é¦†`. `check` finds those.
fn forgive_damage(record: &Record, holds: &mut Vec<Hold>) {
    if holds.is_empty() || record.name.is_ascii() || repair_encoding(&record.name).is_none() {
        return;
    }
    holds.retain(|hold| match hold.reason {
        HeldReason::NoName => false,
        HeldReason::Remark => hold.about.contains(char::is_alphanumeric),
        _ => true,
    });
}

/// Returns what is asked about a row that may name several signatories.
fn several(row: &Row<'_>) -> Option<Hold> {
    let names = match several_names::multiple_names(row.name()) {
        Some(names) => names.join("; "),
        None => several_names::branches(row.name())
            .or_else(|| people::couple(row))?
            .join("; "),
    };
    Some(Hold::about(HeldReason::SeveralNames, &names))
}

fn is_bare(row: &Row<'_>) -> bool {
    row.is_bare()
}

/// Asks about the rows after the end of a message: the sender's name, title, telephone.
fn add_signature_blocks(records: &[Record], list: &WholeList, found: &mut Vec<(usize, Finding)>) {
    let mut text = Text::default();
    let mut row = |at: usize, is: fn(&Row<'_>) -> bool| {
        text.read(&records[at].name);
        is(&Row {
            record: &records[at],
            text: &text,
            list,
        })
    };
    let is_greeting = |finding: &Finding| matches!(finding, Finding::Asked(holds) if holds.iter().any(|hold| hold.reason == HeldReason::Greeting));
    let greetings: Vec<usize> = found
        .iter()
        .filter(|(_, finding)| is_greeting(finding))
        .map(|&(at, _)| at)
        .collect();
    let mut more = Vec::new();
    for &end in &greetings {
        // "Thanks to these groups!" above a list ends none.
        let above = |at: usize| records[at].origin.file() == records[end].origin.file();
        let is_below = (0..end)
            .rev()
            .take(SIGNATURE_ROWS)
            .take_while(|&at| above(at))
            .any(|at| greetings.binary_search(&at).is_err());
        if !row(end, lines::ends_message) || !is_below {
            continue;
        }
        let file = records[end].origin.file();
        let rest = records.iter().enumerate().skip(end + 1).take(SIGNATURE_ROWS);
        for (at, record) in rest.take_while(|(_, record)| record.origin.file() == file) {
            if greetings.binary_search(&at).is_ok() && !row(at, lines::ends_message) || !row(at, is_bare) {
                break;
            }
            if record.status == Status::Confirmed && !record.name.is_empty() {
                more.push(at);
            }
        }
    }
    more.sort_unstable();
    more.dedup();
    more.retain(|at| found.binary_search_by_key(at, |(at, _)| *at).is_err());
    found.extend(
        more.into_iter()
            .map(|at| (at, Finding::Asked(vec![Hold::new(HeldReason::Greeting)]))),
    );
    found.sort_by_key(|(at, _)| *at);
}

/// Puts what was found, and what was answered, into the records.
fn settle(records: Vec<Record>, found: Vec<(usize, Finding)>, known: &Known) -> (Vec<Record>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let answers = Answers::new(known);
    // Those are looked up when the names were compared.
    let is_later = |reason: Option<HeldReason>| reason == Some(HeldReason::OtherAnswer);
    let mut used: Vec<bool> = known.rows.iter().map(|decision| is_later(decision.reason)).collect();
    if found.is_empty() {
        report_unused(known, &used, &mut diagnostics);
        return (records, diagnostics);
    }
    let mut sections: FxHashMap<crate::source::FileId, Box<str>> = FxHashMap::default();
    let mut out = Vec::with_capacity(records.len());
    let mut found = found.into_iter().peekable();
    for (at, mut record) in records.into_iter().enumerate() {
        if let Some(section) = sections.get(&record.origin.file())
            && record.get(Column::Section).is_none()
        {
            record.set(Column::Section, section);
        }
        let Some((_, finding)) = found.next_if(|(found, _)| *found == at) else {
            out.push(record);
            continue;
        };
        let holds = match finding {
            Finding::Header => {
                let message = format!("`{}` repeats the header; the row is skipped", record.name);
                diagnostics.push(Diagnostic::note(Code::HeaderAgain, message).at(record.origin));
                record.ruled_out = true;
                out.push(record);
                continue;
            }
            Finding::Asked(holds) => holds,
        };
        record.hold = None;
        let name = record.name.clone();
        let mut rows = vec![record.clone()];
        let mut is_split = false;
        let is_settled = |row: &Record| row.ruled_out || row.status != Status::Confirmed;
        for hold in holds {
            // What an answer ruled out is not asked about again.
            if rows.iter().all(is_settled) {
                break;
            }
            let Some(decision) = answers.find(&name, &hold) else {
                record.hold.get_or_insert_with(|| Box::new(hold));
                continue;
            };
            used[decision] = true;
            let decision = &known.rows[decision];
            // What the cell says now comes before what its name said earlier.
            if is_split && hold.reason == HeldReason::SeveralNames {
                continue;
            }
            is_split |= decision.answer == RowAnswer::Split;
            if decision.answer == RowAnswer::Section {
                let heading = decision.print.as_deref().unwrap_or(&name);
                let file = rows[0].origin.file();
                sections.insert(file, heading.trim().trim_end_matches(':').into());
            }
            rows = rows
                .into_iter()
                .flat_map(|row| answers::apply(row, &hold, decision))
                .collect();
        }
        // Until all is answered, the row stays as it was read.
        if record.hold.is_some() && !rows.iter().all(is_settled) {
            out.push(record);
        } else {
            out.extend(rows);
        }
    }
    report_unused(known, &used, &mut diagnostics);
    (out, diagnostics)
}

/// Reports decisions that no row needs.
pub(in crate::resolve) fn report_unused(known: &Known, used: &[bool], diagnostics: &mut Vec<Diagnostic>) {
    for (decision, _) in known.rows.iter().zip(used).filter(|(_, used)| !**used) {
        let message = format!("this decision matches no row: `{}`", decision.name);
        diagnostics.push(
            Diagnostic::note(Code::UnusedDecision, message)
                .at(decision.origin)
                .hint("keep it for other letters, or delete it"),
        );
    }
}
