//! Takes withdrawn signatories out of the result, and asks about those whose name is near.
//!
//! In: a resolution of all rows. Out: the same without the signatories that withdrew; a
//! signatory that may be one of them is held. Guaranteed: no row is lost: each is in a
//! signatory, excluded or held. Absent: judging pairs, and rows that declined (those are
//! `other_answers`').

use crate::diag::{Code, Diagnostic};
use crate::model::held::{HeldReason, Hold};
use crate::model::signatory::{Record, Status};
use crate::resolve::name_memory::NameMemory;
use crate::resolve::normalize::Name;
use crate::resolve::places::answer_name;
use crate::resolve::resolution::{Exclusion, HeldRow, Reason, Resolution, Signatory, Zone};
use crate::resolve::words::Class;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// Most withdrawals for which the nearest name is looked up; more are a list of those who
/// withdrew.
const MOST_LOOKED_UP: usize = 500;

/// Takes signatories with a withdrawn row out of the result; holds those whose pair with
/// one of them is undecided. Names that are remembered are not normalized again.
pub(crate) fn exclude(
    records: &[Record],
    memory: Option<&NameMemory>,
    resolution: &mut Resolution,
    excluded: &mut Vec<Exclusion>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let withdrawn = |row: usize| records[row].status == Status::Withdrawn;
    if !records.iter().any(|record| record.status == Status::Withdrawn) {
        return;
    }
    let mut gone = vec![false; records.len()];
    let mut alone = Vec::new();
    resolution.signatories.retain(|signatory| {
        let Some(&by) = signatory.rows.iter().find(|&&row| withdrawn(row)) else {
            return true;
        };
        if signatory.rows.iter().all(|&row| withdrawn(row)) {
            alone.push(by);
        }
        for &row in &signatory.rows {
            gone[row] = true;
            excluded.push(Exclusion {
                row,
                reason: Reason::Withdrawn,
            });
            if !withdrawn(row) {
                let message = format!(
                    "`{}` is left out because another row of the same signatory is withdrawn",
                    records[row].name
                );
                diagnostics.push(
                    Diagnostic::warning(Code::WithdrawnElsewhere, message)
                        .at(records[row].origin)
                        .hint(format!("the withdrawn row is `{}`", records[by].name)),
                );
            }
        }
        false
    });
    let asked = hold_near(records, resolution, &gone);
    alone.retain(|row| !asked.contains(row));
    if alone.len() <= MOST_LOOKED_UP {
        tell_nearest(records, memory, resolution, &alone, diagnostics);
    }
    let held: FxHashSet<usize> = resolution.held.iter().map(|held| held.row).collect();
    let stays = |row: usize| !gone[row] && !held.contains(&row);
    resolution.pairs.retain(|pair| stays(pair.a) && stays(pair.b));
    resolution
        .families
        .retain(|family| stays(family.pair.0) && stays(family.pair.1));
}

/// Holds the signatories that may be one that withdrew. Returns the withdrawn rows that are
/// asked about.
fn hold_near(records: &[Record], resolution: &mut Resolution, gone: &[bool]) -> FxHashSet<usize> {
    let mut asked = FxHashSet::default();
    let mut near: FxHashMap<usize, usize> = FxHashMap::default();
    for pair in &resolution.pairs {
        if pair.judgement.zone == Zone::Review && gone[pair.a] != gone[pair.b] {
            let (standing, by) = if gone[pair.a] {
                (pair.b, pair.a)
            } else {
                (pair.a, pair.b)
            };
            near.entry(standing).or_insert(by);
            asked.insert(by);
        }
    }
    if near.is_empty() {
        return asked;
    }
    let held = &mut resolution.held;
    resolution.signatories.retain(|signatory| {
        let Some(by) = signatory.rows.iter().find_map(|row| near.get(row)) else {
            return true;
        };
        for &row in &signatory.rows {
            let hold = Hold::about(HeldReason::NearWithdrawal, &answer_name(&records[*by]));
            held.push(HeldRow { row, hold });
        }
        false
    });
    held.sort_unstable_by_key(|held| held.row);
    asked
}

/// Tells the nearest printed name of each withdrawal that hit nobody.
fn tell_nearest(
    records: &[Record],
    memory: Option<&NameMemory>,
    resolution: &Resolution,
    alone: &[usize],
    diagnostics: &mut Vec<Diagnostic>,
) {
    if alone.is_empty() {
        return;
    }
    let normalized = |signatory: &Signatory| {
        let known = memory.and_then(|memory| memory.name(&signatory.name));
        known.map_or_else(|| Cow::Owned(Name::new(&signatory.name)), Cow::Borrowed)
    };
    let names: Vec<Cow<'_, Name>> = resolution.signatories.par_iter().map(normalized).collect();
    for &row in alone {
        let name = Name::new(&records[row].name);
        let own = stems(&name);
        let scored = names
            .par_iter()
            .enumerate()
            .map(|(at, other)| (likeness((&name, &own), other), std::cmp::Reverse(at)));
        let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let Some((_, std::cmp::Reverse(at))) = best.filter(|(likeness, _)| *likeness >= NEAR) else {
            continue;
        };
        let message = format!("`{}` withdrew, but no row with this name is printed", records[row].name);
        let nearest = &resolution.signatories[at].name;
        diagnostics.push(
            Diagnostic::warning(Code::UnmatchedWithdrawal, message)
                .at(records[row].origin)
                .hint(format!(
                    "the nearest printed name is `{nearest}`; if it withdrew, write so in its row"
                )),
        );
    }
}

/// The share of words that two names must have in common for one to be told as the
/// nearest. By eye.
const NEAR: f64 = 0.5;

/// Returns the stems of a name's words, little words left out, each once.
fn stems(name: &Name) -> Vec<u64> {
    let mut stems: Vec<u64> = Vec::new();
    for word in name.words().iter().filter(|word| !word.class.is(Class::STOP)) {
        if !stems.contains(&word.stem) {
            stems.push(word.stem);
        }
    }
    stems
}

/// Returns the share of the words of two names that both have, 0 to 1; 1 where one is the
/// acronym of the other.
fn likeness((a, a_stems): (&Name, &[u64]), b: &Name) -> f64 {
    let b_stems = stems(b);
    let common = b_stems.iter().filter(|stem| a_stems.contains(stem)).count();
    let all = a_stems.len() + b_stems.len() - common;
    if common == 0 {
        let (short, long) = if a.words().len() == 1 { (a, b) } else { (b, a) };
        let initials: String = long
            .words()
            .iter()
            .filter(|word| !word.class.is(Class::STOP))
            .filter_map(|&word| long.word(word).chars().next())
            .collect();
        return if short.words().len() == 1 && initials.len() > 2 && short.text() == initials {
            1.0
        } else {
            0.0
        };
    }
    common as f64 / all.max(1) as f64
}
