//! Resolves lists by themselves: who signed, what was merged and why, what to decide.
//!
//! In: a workspace and lists. Out: a [`Deduplication`]. Guaranteed: rows = merged +
//! signatories + excluded + held; signatories are in the order of the roll. Absent: lines for
//! programs (those are `report`'s) and drawing.

use super::error::Result;
use super::lists::{ListInput, read_lists};
use super::prepared::has_errors;
use super::workspace::Workspace;
use crate::compose::roll;
use crate::diag::Diagnostic;
use crate::model::signatory::Record;
use crate::resolve::{self, Pair, Resolution, Signatory, Zone};
use crate::source::SourceMap;
use rayon::prelude::*;
use std::path::Path;

/// The rows of lists, and what became of them.
#[derive(Debug)]
pub struct Deduplication {
    /// The files that were read.
    pub sources: SourceMap,
    /// The rows, in the order of the lists.
    pub records: Vec<Record>,
    /// The signatories, and the rows that are none.
    pub resolution: Resolution,
    /// The indices of the signatories, in the order of the roll.
    pub order: Vec<usize>,
    /// What there is to say. With an error among it, nothing was resolved.
    pub diagnostics: Vec<Diagnostic>,
    /// The line of each row in its file.
    lines: Vec<u32>,
}

/// A row of a list, as it is named to people and programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowPlace<'a> {
    /// The list, as the user knows it.
    pub file: &'a str,
    /// The line or the row of a sheet, from 1.
    pub line: u32,
    /// The name in the row.
    pub name: &'a str,
}

/// Counts what became of rows. Rows = signatories + merged + excluded + held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// All rows.
    pub rows: usize,
    /// Signatories.
    pub signatories: usize,
    /// Rows that joined the signatory of another row.
    pub merged: usize,
    /// Pairs to decide; both rows of such a pair are signatories.
    pub review: usize,
    /// Rows that are left out, with a reason.
    pub excluded: usize,
    /// Rows that a person must answer about first.
    pub held: usize,
}

impl Workspace {
    /// Reads lists and resolves their rows. `progress` hears how far it is.
    ///
    /// # Errors
    /// When a list cannot be read.
    pub fn dedupe(
        &self,
        lists: Vec<ListInput>,
        progress: Option<&(dyn Fn(resolve::Progress) + Sync)>,
    ) -> Result<Deduplication> {
        let mut sources = self.sources.clone();
        let (mut records, mut diagnostics) = read_lists(self, lists, &mut sources)?;
        let mut resolution = Resolution::default();
        if !has_errors(&diagnostics) {
            let (judged, said) = resolve::rows::judge_rows(records, &self.known);
            records = judged;
            diagnostics.extend(said);
            let (resolved, said) = resolve::resolve(&records, &self.known, &resolve::ResolveOptions { progress });
            resolution = resolved;
            diagnostics.extend(said);
        }
        Ok(self.deduplication(sources, records, resolution, diagnostics))
    }

    /// Returns what became of one list that was resolved ahead (see
    /// [`Workspace::with_lists`]); else resolves it.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn dedupe_ahead(&self, list: &Path) -> Result<Deduplication> {
        match self.resolved_alone(list) {
            None => self.dedupe(vec![ListInput::File(list.to_owned())], None),
            Some(ahead) => {
                let (records, resolution) = (ahead.records.to_vec(), Resolution::clone(&ahead.resolution));
                Ok(self.deduplication(self.sources.clone(), records, resolution, ahead.diagnostics.clone()))
            }
        }
    }

    /// Puts the signatories in the order of the roll.
    fn deduplication(
        &self,
        sources: SourceMap,
        records: Vec<Record>,
        resolution: Resolution,
        diagnostics: Vec<Diagnostic>,
    ) -> Deduplication {
        let order = roll::order(&resolution, &self.project.roll(), self.language());
        let lines = records.par_iter().map(|record| sources.line(record.origin)).collect();
        Deduplication {
            sources,
            records,
            resolution,
            order,
            diagnostics,
            lines,
        }
    }
}

impl Deduplication {
    /// Returns where a row is.
    pub fn row(&self, row: usize) -> RowPlace<'_> {
        let record = &self.records[row];
        RowPlace {
            file: self.sources.name(record.origin.file()),
            line: self.lines[row],
            name: record.typed_name(),
        }
    }

    /// Returns the counts.
    pub fn counts(&self) -> RowCounts {
        let (rows, signatories) = (self.records.len(), self.resolution.signatories.len());
        let excluded = self.resolution.excluded.len();
        RowCounts {
            rows,
            signatories,
            merged: self.resolution.merged(rows),
            review: self.pairs(Zone::Review).count(),
            excluded,
            held: self.resolution.held.len(),
        }
    }

    /// Returns the pairs of a zone, in the order of their rows.
    pub fn pairs(&self, zone: Zone) -> impl Iterator<Item = &Pair> {
        let pairs = self.resolution.pairs.iter();
        pairs.filter(move |pair| pair.judgement.zone == zone)
    }

    /// Returns the signatories, in the order of the roll.
    pub fn signatories(&self) -> impl Iterator<Item = &Signatory> {
        self.order.iter().map(|&at| &self.resolution.signatories[at])
    }

    /// Returns the reasons that join the rows of a signatory, each once, in the order of
    /// the pairs.
    pub fn reasons(&self, rows: &[usize]) -> Vec<&str> {
        let mut reasons: Vec<&str> = Vec::new();
        let first = rows.first().copied().unwrap_or_default();
        let pairs = &self.resolution.pairs;
        let begin = pairs.partition_point(|pair| pair.a < first);
        for row in rows {
            let from = begin + pairs[begin..].partition_point(|pair| pair.a < *row);
            for pair in pairs[from..].iter().take_while(|pair| pair.a == *row) {
                if pair.judgement.zone == Zone::Merge
                    && rows.binary_search(&pair.b).is_ok()
                    && let Some(evidence) = pair.judgement.evidence.first()
                    && !reasons.contains(&evidence.because.as_str())
                {
                    reasons.push(&evidence.because);
                }
            }
        }
        reasons
    }
}

/// Returns how many questions are open: pairs to decide and held rows.
pub fn questions(resolution: &Resolution) -> usize {
    let pairs = resolution.pairs.iter();
    pairs.filter(|pair| pair.judgement.zone == Zone::Review).count() + resolution.held.len()
}
