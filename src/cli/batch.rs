//! Taking many letters of a workspace through the stages: each list is read once,
//! each set of lists resolved once, and letters are composed side by side.
//!
//! In: paths of letters. Out: each letter as [`pipeline::prepare`] would give it,
//! in the order given. Guaranteed: the same as one after the other. Absent: output.

use super::pipeline::{self, Desk, Prepared, Signed, prepare_at};
use super::workspace::{Workspace, resolved, shown};
use crate::diag::Diagnostic;
use crate::load;
use crate::model::signatory::{Column, Record};
use crate::source::SourceMap;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A list, and the columns it was read with.
type List = (PathBuf, BTreeMap<String, String>);

/// Prepares all letters.
pub(super) fn prepare_all(letters: &[PathBuf]) -> anyhow::Result<Vec<Prepared>> {
    let mut desks: BTreeMap<PathBuf, Desk> = BTreeMap::new();
    for path in letters {
        let root = Workspace::find(path.parent().unwrap_or(Path::new("")))?.root;
        if let std::collections::btree_map::Entry::Vacant(e) = desks.entry(root) {
            e.insert(Desk::of(path)?);
        }
    }
    for (root, desk) in &mut desks {
        let own: Vec<&PathBuf> = letters
            .iter()
            .filter(|path| {
                Workspace::find(path.parent().unwrap_or(Path::new(""))).is_ok_and(|found| found.root == *root)
            })
            .collect();
        if own.len() > 1 {
            resolve_lists(desk, &own)?;
        }
    }
    letters
        .par_iter()
        .map(|path| {
            let root = Workspace::find(path.parent().unwrap_or(Path::new("")))?.root;
            match desks.get(&root) {
                Some(desk) => prepare_at(desk, path, None, &|_| {}),
                None => pipeline::prepare(path, None, &|_| {}),
            }
        })
        .collect()
}

/// Reads each list once and resolves each set of lists once.
fn resolve_lists(desk: &mut Desk, letters: &[&PathBuf]) -> anyhow::Result<()> {
    let mut lists: BTreeMap<List, Option<(Vec<Record>, Vec<Diagnostic>)>> = BTreeMap::new();
    let mut wanted: BTreeMap<(Vec<List>, Option<Date>), Vec<&PathBuf>> = BTreeMap::new();
    for path in letters {
        // The letter is read for its lists alone; its own reading comes later.
        let mut scratch = SourceMap::default();
        let letter = load::letter(&mut scratch, &shown(path), path, desk.project())?.value;
        let dir = path.parent().unwrap_or(Path::new(""));
        let mut set: Vec<List> = Vec::with_capacity(letter.signatories.len());
        let mut seen = BTreeSet::new();
        for list in &letter.signatories {
            let list = dir.join(&list.value);
            if seen.insert(pipeline::same_file(&list)) {
                set.push((resolved(&list)?, letter.columns.clone()));
            }
        }
        for list in &set {
            if !lists.contains_key(list) {
                let loaded = load::list(&mut desk.sources, &shown(&list.0), &list.0, &list.1).ok();
                lists.insert(list.clone(), loaded.map(|loaded| (loaded.value, loaded.diagnostics)));
            }
        }
        // What may be published follows from the letter's date.
        let embargoed = |list: &List| {
            let rows = lists.get(list).and_then(Option::as_ref);
            rows.is_some_and(|(rows, _)| rows.iter().any(|row| row.get(Column::EmbargoedUntil).is_some()))
        };
        let date = letter.date.filter(|_| set.iter().any(embargoed));
        wanted.entry((set, date)).or_default().push(path);
    }
    let sets: Vec<((Vec<List>, Option<Date>), Vec<&PathBuf>)> = wanted.into_iter().collect();
    let made: Vec<(Vec<&PathBuf>, Arc<Signed>)> = sets
        .into_par_iter()
        .filter_map(|((set, date), letters)| {
            let mut records = Vec::new();
            let mut said = Vec::new();
            for list in &set {
                // A list that cannot be read is told by each letter that names it.
                let (rows, diagnostics) = lists.get(list)?.as_ref()?;
                records.extend(rows.iter().cloned());
                said.extend(diagnostics.iter().cloned());
            }
            said.extend(load::holds::hold(&mut records, date));
            Some((letters, Arc::new(desk.resolve(records, said, &desk.sources))))
        })
        .collect();
    for (letters, signed) in made {
        for path in letters {
            desk.signed.insert(path.clone(), Arc::clone(&signed));
        }
    }
    Ok(())
}
