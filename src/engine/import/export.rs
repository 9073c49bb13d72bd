//! The rows that are imported, read once to see what is in them and again to write them.
//!
//! In: an opened list. Out: a [`ExportSurvey`], or each row put in order. Guaranteed: of a list
//! of cells, no row is held. Absent: which rows are new (that is `existing`'s).

use super::entries::{ImportCounts, ImportQuestion, RowTally};
use crate::diag::Diagnostic;
use crate::emit::list::UsedColumns;
use crate::load::dates::{Order, SignedAt};
use crate::load::overlap::Traits;
use crate::load::{self, Late, dates};
use crate::model::signatory::{Column, Record};
use crate::resolve::rows::RowJudge;
use crate::source::SourceMap;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// An export that was opened.
pub(super) struct Export {
    pub(super) rows: load::Rows,
    /// The headers that the workspace or the letter explains.
    pub(super) columns: BTreeMap<String, String>,
    /// The version of the letter's text.
    pub(super) version: Option<String>,
    pub(super) without_private: bool,
    /// Which of month and day its dates put first, where it shows.
    pub(super) day_first: Option<bool>,
}

/// Describes what was seen in an export.
#[derive(Default)]
pub(super) struct ExportSurvey {
    /// Rows with a name.
    pub(super) named: RowTally,
    /// Rows by why they are not printed yet.
    pub(super) counts: ImportCounts,
    pub(super) nameless: RowTally,
    /// The columns that hold anything.
    pub(super) filled: UsedColumns,
    pub(super) order: Order,
    /// Rows signed late, if the month comes first, if the day does, and if it is not known.
    late: [Late; 3],
    /// Rows to ask about, by their place among those with a name; only if there are more rows
    /// than are kept.
    pub(super) asked: Vec<(usize, ImportQuestion)>,
    /// The rows with a name, to judge them beside each other; `None`: there are too many.
    pub(super) kept: Option<Vec<Record>>,
    /// What tells the rows apart; only where they are added to a list.
    pub(super) traits: Vec<Traits>,
}

/// How many rows are kept to judge them beside each other: more than a coalition has, and less
/// than a petition. They need some 20 MB.
const KEPT: usize = 30_000;

/// The readings of a column's dates, as [`ExportSurvey::late`] has them.
const READINGS: [Option<bool>; 3] = [Some(false), Some(true), None];

impl ExportSurvey {
    /// Returns the rows that were signed late, once the order of month and day is known.
    pub(super) fn late(&mut self, day_first: Option<bool>) -> Late {
        let at = READINGS.iter().position(|reading| *reading == day_first);
        at.map(|at| std::mem::take(&mut self.late[at])).unwrap_or_default()
    }
}

impl ExportSurvey {
    /// Keeps a row with a name; of too many rows, only what each by itself raises.
    fn keep(&mut self, record: &Record, judge: &mut RowJudge<'_>) {
        match &mut self.kept {
            Some(rows) if rows.len() < KEPT => rows.push(record.clone()),
            Some(_) => {
                for (at, row) in self.kept.take().unwrap_or_default().iter().enumerate() {
                    self.ask(at, row, judge);
                }
                self.ask(self.named.count, record, judge);
            }
            None => self.ask(self.named.count, record, judge),
        }
    }

    fn ask(&mut self, at: usize, record: &Record, judge: &mut RowJudge<'_>) {
        let asked = ImportQuestion::of(record, judge);
        self.asked.extend(asked.map(|asked| (at, asked)));
    }
}

impl Export {
    /// Reads all rows once. `to_list` says that they are added to a list.
    pub(super) fn survey(
        &mut self,
        sources: &SourceMap,
        deadline: Option<Date>,
        judge: &mut RowJudge<'_>,
        to_list: bool,
    ) -> (ExportSurvey, Vec<Diagnostic>) {
        let mut survey = ExportSurvey {
            kept: Some(Vec::new()),
            ..ExportSurvey::default()
        };
        survey.filled.add(Column::Name);
        let said = self.each(sources, &mut |record, moment| {
            if record.name.is_empty() {
                survey.nameless.add(record.origin);
                return;
            }
            if let Some(moment) = &moment {
                survey.order.see(moment);
            }
            for (late, reading) in survey.late.iter_mut().zip(READINGS) {
                late.see(&record, moment.map(|moment| moment.settled(reading)), deadline);
            }
            survey.keep(&record, judge);
            if to_list {
                survey.traits.push(Traits::of(&record));
            }
            survey.filled.join(UsedColumns::of(&record));
            survey.counts.tally(&record);
            survey.named.add(record.origin);
        });
        (survey, said)
    }

    /// Hands every row on, with when it was signed, as typed. Rows that have a name are
    /// put in order.
    pub(super) fn each(
        &mut self,
        sources: &SourceMap,
        take: &mut dyn FnMut(Record, Option<SignedAt>),
    ) -> Vec<Diagnostic> {
        let (version, without_private, day_first) = (self.version.as_deref(), self.without_private, self.day_first);
        self.rows.each(sources, &self.columns, &mut |mut record| {
            if record.name.is_empty() {
                return take(record, None);
            }
            let moment = record.get(Column::SignedAt).and_then(dates::moment);
            put_in_order(&mut record, moment, version, without_private, day_first);
            take(record, moment);
        })
    }
}

/// Writes names and dates one way, stamps the version of the text, takes out what is private.
fn put_in_order(
    row: &mut Record,
    moment: Option<SignedAt>,
    version: Option<&str>,
    without_private: bool,
    day_first: Option<bool>,
) {
    // A name is one line of words; a form keeps every space that was typed.
    if row.name.contains("  ") {
        row.name = row.name.split_whitespace().collect::<Vec<_>>().join(" ").into();
    }
    // A date that may be read in two ways stays as it was typed, unless another
    // of the same export shows which way is meant.
    if let Some(moment) = moment
        && (moment.day_first.is_none() || day_first.is_some())
    {
        row.set(Column::SignedAt, &moment.iso(day_first.unwrap_or(false)));
    }
    if let Some(version) = version
        && row.get(Column::SignedText).is_none()
    {
        row.set(Column::SignedText, version);
    }
    if without_private {
        if let Some(hold) = &mut row.hold {
            hold.clear_abouts(load::looks_private);
        }
        row.cells
            .retain(|(column, cell)| !(column.is_private() || *column == Column::Notes && load::looks_private(cell)));
    }
}
