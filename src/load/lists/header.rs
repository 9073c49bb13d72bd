//! The header of a list, as it is understood: the meaning of each column.
//!
//! In: meanings, given by `header_row`. Out: a [`Header`] by which `rows` reads the rows.
//! Guaranteed: columns that are not understood, and those that hold rows, are reported when all
//! rows were read. Absent: how a column comes to have its meaning.

use super::cells::Row;
use super::column_doubts::{Doubt, Holds};
use super::comment::Manner;
use super::dates::{self, Order};
use super::fold::fold;
use super::headers::{self, ConsentQuestion, Meaning};
use super::name_form::Boxes;
use super::private_values;
use super::questions::Choice;
use crate::diag::{Code, Diagnostic, Severity, counted};
use crate::load::diagnostics::Diagnostics;
use crate::load::loaded::ListColumn;
use crate::model::district_kind::DistrictKind;
use crate::model::signatory::Column;
use crate::source::Origin;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The meanings of the columns of a list, as positions in a row.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) width: usize,
    pub(super) name: Vec<usize>,
    pub(super) kind: Option<usize>,
    pub(super) level: Option<usize>,
    pub(super) status: Option<usize>,
    pub(super) full_name: Vec<usize>,
    pub(super) first_name: Option<usize>,
    pub(super) last_name: Option<usize>,
    pub(super) person_title: Option<usize>,
    /// Whether the column of embargoes says "after", so that the day itself is too early.
    pub(super) embargo_after: bool,
    /// What the districts of a column elect to, where its header says so.
    pub(super) district_kinds: Vec<(usize, DistrictKind)>,
    /// The questions of consent, with their headers.
    pub(super) questions: Vec<(ConsentQuestion, usize, String)>,
    /// The questions that have a column for each choice.
    pub(super) choices: Vec<Vec<Choice>>,
    /// The other columns, in canonical order; of one column, those that are known
    /// before those that were guessed, then leftmost first.
    pub(super) cells: Vec<(Column, usize)>,
    /// The columns of comments, and whether they are known to be, or are only not understood; how
    /// their cells are read.
    pub(super) comments: Vec<(usize, bool, Manner)>,
    /// Whether the names may be anybody's, and a row with an affiliation is a person's.
    pub(super) either: bool,
    /// Whether most rows have an affiliation: the names are people's then.
    pub(super) is_of_people: bool,
    /// Whether the name may be that of the person whose given and family name stand beside it.
    pub(super) repeats_person: bool,
    /// The boxes before the names.
    pub(super) boxes: Boxes,
    /// The columns that may keep rows from being printed, in a way that is not understood.
    pub(super) doubts: Vec<Doubt>,
    /// `[columns]`, if the list may say in `status` which of them held a row.
    pub(super) settings: BTreeMap<String, String>,
    /// Which of month and day the dates of signing put first, if `[columns]` says so.
    pub(super) day_first: Option<bool>,
    /// Where the headers are.
    pub(super) places: Vec<Origin>,
    pub(super) dated: RefCell<Option<Dated>>,
    pub(super) unknown: RefCell<Vec<Unknown>>,
    pub(super) columns: RefCell<Vec<ListColumn>>,
}

/// The column that says when rows were signed, and what its dates show.
#[derive(Debug)]
pub(super) struct Dated {
    at: usize,
    header: String,
    order: Order,
    /// The first date that may be read in two ways.
    doubtful: Option<(String, Origin)>,
}

/// A column that is not understood, and what its cells look like.
#[derive(Debug)]
pub(super) struct Unknown {
    pub(super) at: usize,
    pub(super) header: String,
    pub(super) place: Origin,
    /// Cells that hold something, up to [`SAMPLED`].
    pub(super) filled: usize,
    /// How many of those have the shape of a private column.
    pub(super) private: BTreeMap<Column, usize>,
}

/// How many cells of a column that is not understood are looked at. Enough to
/// tell a column of e-mail addresses from one that holds a few.
const SAMPLED: usize = 50;

impl Header {
    /// Returns whether the list has people's names in columns of their own.
    pub(super) fn has_people(&self) -> bool {
        !self.full_name.is_empty() || self.first_name.is_some() || self.last_name.is_some()
    }

    /// Returns the places of the columns from which a record's name may come.
    pub(super) fn name_columns(&self) -> impl Iterator<Item = usize> {
        let people = [self.first_name, self.last_name].into_iter().flatten();
        let names = self.name.iter().chain(&self.full_name).copied();
        names.chain(people)
    }

    /// Returns whether the days of signing stand below a header of another tool, so that what is no
    /// day may be an answer. In a list of ours, it is what somebody wrote.
    pub(super) fn has_foreign_dates(&self) -> bool {
        let dated = self.dated.borrow();
        dated
            .as_ref()
            .is_some_and(|dated| dated.header != Column::SignedAt.as_str())
    }

    /// Returns how many columns there are.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Looks at the cells of a row that no column claims, and at its date.
    pub(super) fn look(&self, row: &impl Row) {
        if self.day_first.is_none()
            && let Some(dated) = &mut *self.dated.borrow_mut()
        {
            let cell = row.cell(dated.at).unwrap_or_default();
            // Most lists put the year first, and say nothing.
            let looks = matches!(cell.as_bytes(), [_, b'/' | b'-', ..] | [_, _, b'/' | b'-', ..]);
            // The first doubtful one is told; after it, only what shows the order counts.
            let counts = || dated.doubtful.is_none() || dates::may_show_order(cell);
            if looks
                && counts()
                && let Some(moment) = dates::moment(cell)
            {
                dated.order.see(&moment);
                if moment.day_first.is_some() && dated.doubtful.is_none() {
                    dated.doubtful = Some((cell.trim().to_owned(), row.place(dated.at)));
                }
            }
        }
        for (at, column) in self.columns.borrow_mut().iter_mut().enumerate() {
            let cell = row.cell(at).unwrap_or_default();
            column.filled += usize::from(cell.bytes().any(|byte| byte > b' '));
        }
        let mut unknown = self.unknown.borrow_mut();
        for column in unknown.iter_mut().filter(|column| column.filled < SAMPLED) {
            let cell = row.cell(column.at).unwrap_or_default();
            if !cell.trim().is_empty() {
                column.filled += 1;
                if let Some(shape) = private_values::private(cell) {
                    *column.private.entry(shape).or_default() += 1;
                }
            }
        }
    }

    /// Reports the columns that were not understood, when all rows were read.
    pub(super) fn finish(&self, diagnostics: &mut Diagnostics) {
        for column in self.unknown.borrow().iter() {
            column.tell(diagnostics);
        }
        for doubt in &self.doubts {
            tell_doubt(doubt, self.places.get(doubt.at).copied(), diagnostics);
        }
        if let Some(dated) = &*self.dated.borrow()
            && dated.order.day_first().is_none()
            && let Some((cell, place)) = &dated.doubtful
        {
            let key = quoted(&dated.header);
            let message =
                format!("`{cell}` is ambiguous: no date in this column shows whether month or day comes first");
            diagnostics.push(Diagnostic::warning(Code::BadDate, message).at(*place).hint(format!(
                "write in [columns]: {key} = \"signed_at_month_first\", or \"signed_at_day_first\""
            )));
        }
    }

    /// Takes note of the columns, when all rows were read.
    pub(super) fn describe(&self, diagnostics: &mut Diagnostics) {
        diagnostics.describe(self.columns.take());
    }

    /// Gives the column at a position its meaning.
    pub(super) fn assign(&mut self, at: usize, meaning: Meaning, typed: &str) {
        match meaning {
            Meaning::Column(Column::Name) => self.name.push(at),
            Meaning::Either => {
                self.name.push(at);
                self.either = true;
            }
            Meaning::FullName => self.full_name.push(at),
            Meaning::FirstName => first(&mut self.first_name, at),
            Meaning::LastName => first(&mut self.last_name, at),
            Meaning::PersonTitle => first(&mut self.person_title, at),
            Meaning::Column(Column::Kind) => first(&mut self.kind, at),
            Meaning::Column(Column::Level) => first(&mut self.level, at),
            Meaning::Column(Column::Status) => first(&mut self.status, at),
            Meaning::Question(question) => self.questions.push((question, at, typed.to_owned())),
            Meaning::Signed { day_first } => {
                self.day_first = Some(day_first);
                self.cells.push((Column::SignedAt, at));
            }
            Meaning::Column(column) => {
                if column == Column::SignedAt {
                    self.dated.get_mut().get_or_insert_with(|| Dated {
                        at,
                        header: typed.to_owned(),
                        order: Order::default(),
                        doubtful: None,
                    });
                }
                if column == Column::EmbargoedUntil {
                    let folded = fold(typed);
                    let after = folded.split(' ').any(|word| matches!(word, "after" | "despues"));
                    self.embargo_after |= after && !folded.contains("on or after");
                }
                if column == Column::District
                    && let Some(kind) = DistrictKind::of_header(&fold(typed))
                {
                    self.district_kinds.push((at, kind));
                }
                self.cells.push((column, at));
            }
            Meaning::Unused => {}
        }
    }
}

impl Unknown {
    fn tell(&self, diagnostics: &mut Diagnostics) {
        let shown: String = self.header.chars().take(100).collect();
        let key = quoted(&self.header);
        if self.filled == 0 {
            diagnostics.say(Severity::Note, Code::UnknownColumn, || {
                Diagnostic::note(
                    Code::UnknownColumn,
                    format!("column `{shown}` is not recognized; it is empty"),
                )
                .at(self.place)
            });
            return;
        }
        let shape = self.private.iter().find(|(_, count)| **count * 2 >= self.filled);
        diagnostics.say(Severity::Warning, Code::UnknownColumn, || {
            let hint = match (shape, headers::nearest(&shown)) {
                (Some((column, _)), _) => format!(
                    "its cells look private; to keep them as private data, write in [columns]: {key} = \"{}\"",
                    column.as_str()
                ),
                (None, Some(column)) => {
                    format!("did you mean `{column}`? rename it, or write in [columns]: {key} = \"{column}\"")
                }
                (None, None) => format!(
                    "to use them, write in [columns]: {key} = \"notes\", or another canonical column; to stop this \
                     warning, write \"unused\""
                ),
            };
            Diagnostic::warning(
                Code::UnknownColumn,
                format!("column `{shown}` is not recognized; its cells are not used"),
            )
            .at(self.place)
            .hint(hint)
        });
    }
}

/// Reports a column that is doubted, and how many rows it holds.
fn tell_doubt(doubt: &Doubt, place: Option<Origin>, diagnostics: &mut Diagnostics) {
    let held = doubt.held.get();
    if held == 0 {
        return;
    }
    let shown: String = doubt.header.chars().take(100).collect();
    let key = quoted(&doubt.header);
    let rows = counted(held, "row is", "rows are");
    let values = doubt.most_values();
    let message = match doubt.holds {
        Holds::Empty => format!(
            "column `{shown}` has a status in most rows, and none in others; {rows} held until you say whether they signed"
        ),
        Holds::Organizations => format!(
            "column `{shown}` may name the organizations that signed, and is not recognized; {rows} held until you say what it is"
        ),
        _ if values.is_empty() => format!(
            "column `{shown}` may decide who is printed, and is not understood; {rows} held until you say what it is"
        ),
        _ => format!(
            "column `{shown}` may decide who is printed, and is not understood: {values}; {rows} held until you say what it is"
        ),
    };
    let hint = match doubt.holds {
        Holds::Empty => "write `confirmed` in the cells of those who signed, or run `undersigned review`".to_owned(),
        Holds::Organizations => {
            format!("write in [columns]: {key} = \"name\" if they signed, or \"affiliation\" if the people did")
        }
        _ => format!(
            "write in [columns]: {key} = \"publish\" if a yes may be printed, \"private\" if a yes may not, \"status\", or \"unused\" if it \
             does not matter"
        ),
    };
    diagnostics.say(Severity::Warning, Code::UnclearColumn, || {
        let diagnostic = Diagnostic::warning(Code::UnclearColumn, message).hint(hint);
        match place {
            Some(place) => diagnostic.at(place),
            None => diagnostic,
        }
    });
}

/// Returns the line to write in `[columns]`.
pub(super) fn line_to_write(header: &str, column: &str) -> String {
    format!("if not, write in [columns]: {} = \"{column}\"", quoted(header))
}

/// Quotes a header as a TOML key.
pub(super) fn quoted(header: &str) -> String {
    format!("\"{}\"", header.replace('\\', "\\\\").replace('"', "\\\""))
}

fn first(slot: &mut Option<usize>, at: usize) {
    slot.get_or_insert(at);
}
