//! The pairs of a review, as values.
//!
//! In: rows and their resolution. Out: a [`ReviewQuestion`] for a pair, with all that helps
//! a person decide. Absent: how it is shown (that is a front end's).

use crate::model::signatory::{Column, Record};
use crate::resolve::questions::Question;
use crate::resolve::{self, Evidence, Resolution};
use crate::source::SourceMap;
use std::collections::BTreeSet;

/// Asks whether two signatories are one.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewQuestion {
    /// The two signatories, in the order of their rows.
    pub sides: [ReviewSide; 2],
    /// The reasons for and against, weightiest first.
    pub evidence: Vec<Evidence>,
    /// The probability that they are one, 0 to 1. It ranks pairs.
    pub probability: f64,
    /// The mail domain of both, if it is an organization's own. It suggests an answer and
    /// never gives one: a charity and its action fund share theirs.
    pub common_domain: Option<String>,
    /// The family that the question stands for, if it does.
    pub family: Option<ReviewFamily>,
    /// The names by which an answer speaks of the two.
    pub(super) names: [String; 2],
    /// One row of each, as indices into the records.
    pub(super) pair: [usize; 2],
}

/// Describes a short name and the longer names that one answer can settle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewFamily {
    /// The short name.
    pub name: String,
    /// The longer names.
    pub longer: Vec<String>,
}

/// Describes one of the two signatories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewSide {
    /// The name as it would be printed.
    pub name: String,
    /// Its rows.
    pub rows: Vec<ReviewRow>,
    /// The name before it on the roll; `None` at the beginning.
    pub before: Option<String>,
    /// The name after it on the roll; `None` at the end.
    pub after: Option<String>,
}

/// Describes a row as the person who made the list knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewRow {
    /// The name in the row.
    pub name: String,
    /// City, state, affiliation and web page, where there are any, and the mail domain.
    pub cells: Vec<String>,
    /// The mail domain among the cells.
    pub mail_domain: Option<String>,
    /// When it was signed and by whom, with an address; private.
    pub contact: Vec<String>,
    /// The list's name as the user knows it.
    pub file: String,
    /// The line, of a sheet the row, from 1.
    pub line: u32,
}

/// Returns the domain of a row's mail address.
fn domain(record: &Record) -> Option<String> {
    let (_, domain) = record.get(Column::Email)?.rsplit_once('@')?;
    Some(domain.trim().to_lowercase())
}

/// What questions are made of.
pub(super) struct Context<'a> {
    pub(super) sources: &'a SourceMap,
    pub(super) records: &'a [Record],
    pub(super) resolution: &'a Resolution,
    /// The signatories in the order of the roll.
    pub(super) order: &'a [usize],
    /// The place of each signatory in `order`.
    pub(super) places: &'a [usize],
}

impl Context<'_> {
    /// Returns the names by which an answer speaks of the two rows of a pair.
    pub(super) fn names(&self, question: &Question) -> [String; 2] {
        let pair = &self.resolution.pairs[question.pair];
        [pair.a, pair.b].map(|row| resolve::answer_name(&self.records[row]))
    }

    /// Returns a pair with all that helps to decide it.
    pub(super) fn question(&self, question: &Question) -> ReviewQuestion {
        let pair = &self.resolution.pairs[question.pair];
        let (a, b) = question.signatories;
        ReviewQuestion {
            sides: [self.side(a), self.side(b)],
            evidence: pair.judgement.evidence.clone(),
            probability: pair.judgement.probability,
            common_domain: self.common_domain(a, b),
            family: self.family((pair.a, pair.b)),
            names: self.names(question),
            pair: [pair.a, pair.b],
        }
    }

    fn family(&self, pair: (usize, usize)) -> Option<ReviewFamily> {
        let mut families = self.resolution.families.iter();
        let family = families.find(|family| family.pair == pair)?;
        let name = |row: usize| self.records[row].name.to_string();
        Some(ReviewFamily {
            name: name(family.short),
            longer: family.longer.iter().map(|&row| name(row)).collect(),
        })
    }

    fn side(&self, at: usize) -> ReviewSide {
        let signatory = &self.resolution.signatories[at];
        let place = self.places.get(at).copied().filter(|&place| place < self.order.len());
        let name_at = |place: Option<usize>| {
            let at = *self.order.get(place?)?;
            Some(self.resolution.signatories[at].name.clone())
        };
        ReviewSide {
            name: signatory.name.clone(),
            rows: signatory.rows.iter().map(|&row| self.row(row)).collect(),
            before: name_at(place.and_then(|place| place.checked_sub(1))),
            after: name_at(place.map(|place| place + 1)),
        }
    }

    /// Returns a row as the person who made the list knows it.
    pub(super) fn row(&self, row: usize) -> ReviewRow {
        let record = &self.records[row];
        let cells = [Column::City, Column::State, Column::Affiliation, Column::Url];
        let cells = cells.into_iter().filter_map(|column| record.get(column));
        ReviewRow {
            name: record.name.to_string(),
            cells: cells.map(str::to_owned).chain(domain(record)).collect(),
            mail_domain: domain(record),
            contact: [Column::SignedAt, Column::ContactName, Column::Email, Column::Phone]
                .into_iter()
                .filter_map(|column| record.get(column).map(str::to_owned))
                .collect(),
            file: self.sources.name(record.origin.file()).to_owned(),
            line: self.sources.line(record.origin),
        }
    }

    fn common_domain(&self, a: usize, b: usize) -> Option<String> {
        let domains = |signatory: usize| -> BTreeSet<String> {
            let rows = &self.resolution.signatories[signatory].rows;
            rows.iter().filter_map(|&row| domain(&self.records[row])).collect()
        };
        let common = domains(a).intersection(&domains(b)).next().cloned()?;
        (!resolve::is_public_mail(&common)).then_some(common)
    }
}

impl ReviewQuestion {
    /// Returns the spellings of both signatories, each once, in the order of their rows.
    pub fn spellings(&self) -> Vec<&str> {
        let mut spellings = Vec::new();
        for row in self.sides.iter().flat_map(|side| &side.rows) {
            if !spellings.contains(&row.name.as_str()) {
                spellings.push(row.name.as_str());
            }
        }
        spellings
    }
}
