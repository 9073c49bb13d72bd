//! What is read from a resolved list alone, once for all letters that name it.
//!
//! In: subjects. Out: for each its [`SharedRoll`]: names by their words, entries with their
//! faults, and what the rules say of the rows whatever the letter. Guaranteed: subjects whose
//! rows, signatories and knowledge are the same values in memory share one; any other has
//! its own. Absent: what depends on the letter, and the severities of a workspace.

use super::{CHECKS, CheckRun, Rows, Sink, Subject, counts, entries, names, repetition, roll};
use crate::diag::Diagnostic;
use crate::model::check::CheckSetting;
use crate::model::known::Known;
use crate::model::signatory::Record;
use crate::resolve::Resolution;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::{Arc, LazyLock, OnceLock};

/// What is known of a roll without its letter.
pub(super) struct SharedRoll<'a> {
    /// Signatories' names by their words.
    pub(super) names: names::SignatoryNames<'a>,
    /// Organizations, each with what is wrong with its name.
    pub(super) entries: Vec<entries::Entry<'a>>,
    /// How many signed.
    pub(super) tally: counts::RollTally,
    /// Signatories' names as they are printed.
    pub(super) printed: FxHashSet<&'a str>,
    /// Signatories' names by their words alone.
    pub(super) plain: FxHashSet<String>,
    /// What the rules say of the rows, under their own severities.
    pub(super) said: Vec<Diagnostic>,
    rows: Rows<'a>,
    folded: OnceLock<FxHashMap<String, Vec<usize>>>,
}

impl<'a> SharedRoll<'a> {
    fn new(subject: &Subject<'a>) -> Self {
        static OWN: LazyLock<CheckSetting> = LazyLock::new(CheckSetting::default);
        let rows = Rows {
            records: subject.records,
            resolution: subject.resolution,
        };
        let said = CHECKS.par_iter().flat_map_iter(|check| {
            let mut sink = Sink::new(&OWN);
            if let CheckRun::Roll(run) | CheckRun::RollAndLetter(run, _) = check.run {
                run(&rows, &mut sink);
            }
            sink.found
        });
        let signatories = &rows.resolution.signatories;
        Self {
            said: said.collect(),
            names: names::SignatoryNames::new(&rows, subject.known),
            entries: entries::entries(&rows),
            tally: counts::tally(&rows),
            printed: signatories.iter().map(|one| one.name.as_str()).collect(),
            plain: signatories.par_iter().map(|one| repetition::plain(&one.name)).collect(),
            rows,
            folded: OnceLock::new(),
        }
    }

    /// Returns the signatories whose names readers take for one, in their order.
    pub(super) fn folded(&self, name: &str) -> &[usize] {
        let by_name = self.folded.get_or_init(|| {
            let mut by_name: FxHashMap<String, Vec<usize>> = FxHashMap::default();
            for (at, signatory) in self.rows.resolution.signatories.iter().enumerate() {
                by_name.entry(roll::folded(&signatory.name)).or_default().push(at);
            }
            by_name
        });
        by_name.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}

/// What subjects must share to share a roll, as addresses.
type Identity = (*const Record, *const Resolution, *const Known);

/// Returns the roll of each subject, in their order.
pub(super) fn of_subjects<'a>(subjects: &[Subject<'a>]) -> Vec<Arc<SharedRoll<'a>>> {
    let identity = |subject: &Subject<'_>| -> Identity {
        (
            subject.records.as_ptr(),
            std::ptr::from_ref(subject.resolution),
            std::ptr::from_ref(subject.known),
        )
    };
    let mut places: FxHashMap<Identity, usize> = FxHashMap::default();
    let mut distinct: Vec<&Subject<'a>> = Vec::new();
    let mut place_of: Vec<usize> = Vec::with_capacity(subjects.len());
    for subject in subjects {
        let place = *places.entry(identity(subject)).or_insert_with(|| {
            distinct.push(subject);
            distinct.len() - 1
        });
        place_of.push(place);
    }
    let made: Vec<Arc<SharedRoll<'a>>> = distinct
        .into_par_iter()
        .map(|subject| Arc::new(SharedRoll::new(subject)))
        .collect();
    place_of.into_iter().map(|place| Arc::clone(&made[place])).collect()
}
