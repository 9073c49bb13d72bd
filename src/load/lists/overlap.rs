//! Finds the rows of an export that are already in a list.
//!
//! In: the rows of the list and of the export. Out: for each row of the export, the
//! row of the list that is the same signature. Guaranteed: a row of the list answers
//! for one row of the export at most, so that somebody who signed twice stands twice;
//! a name, or a date, that a person corrected by hand does not make a new signature
//! of an old one; importing what was just imported finds every row. Absent: whether
//! two signatures are of one organisation (that is `resolve`'s).

use super::dates::{SignedAt, moment};
use super::fold::fold_all;
use crate::model::signatory::{Column, Kind, Record};
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

/// The values of a row that distinguish one signature from another. Texts are kept as
/// hashes, so that an export of a million rows fits beside its list.
#[derive(Clone, Debug)]
pub struct Traits {
    /// Half of SHA-256: no two names of this world share it.
    name: u128,
    kind: Kind,
    signed: Option<SignedAt>,
    email: Hash,
    affiliation: Hash,
}

/// A text that is only compared within one name, or one minute: 64 bits of SHA-256;
/// 0 is the empty text.
type Hash = u64;

fn hash(text: &str) -> u128 {
    let digest = Sha256::digest(text.as_bytes());
    digest
        .iter()
        .take(16)
        .fold(0, |hash, byte| hash << 8 | u128::from(*byte))
}

fn short_hash(text: &str) -> Hash {
    match text.is_empty() {
        true => 0,
        // Half of the half.
        false => (hash(text) >> 64) as Hash | 1,
    }
}

impl Traits {
    /// Returns the traits of a row.
    pub fn of(record: &Record) -> Self {
        let folded = fold_all(&record.name);
        Self {
            // Names in which folding leaves nothing, or which it cuts, stay as they are.
            name: hash(if folded.is_empty() || record.name.len() > 300 {
                &record.name
            } else {
                &folded
            }),
            kind: record.kind,
            signed: record.get(Column::SignedAt).and_then(moment),
            email: short_hash(&record.get(Column::Email).unwrap_or_default().to_lowercase()),
            affiliation: short_hash(&fold_all(record.get(Column::Affiliation).unwrap_or_default())),
        }
    }

    /// Settles the date, once it is known which of month and day its list puts first.
    pub fn settle(&mut self, day_first: Option<bool>) {
        self.signed = self.signed.map(|moment| moment.settled(day_first));
    }

    /// Returns whether nothing speaks against two rows of one name being one signature.
    fn agrees(&self, other: &Self) -> bool {
        let clash = |a: Hash, b: Hash| a != 0 && b != 0 && a != b;
        match (&self.signed, &other.signed) {
            (Some(a), Some(b)) => a.agrees(b),
            _ => {
                !clash(self.email, other.email)
                    && (self.kind == Kind::Organization || !clash(self.affiliation, other.affiliation))
            }
        }
    }

    /// Returns whether two rows came of one form, whatever name a person gave them since:
    /// filled in at the same time of day, from the same address.
    fn same_form(&self, other: &Self) -> bool {
        let (Some(a), Some(b)) = (&self.signed, &other.signed) else {
            return false;
        };
        a.time.is_some() && b.time.is_some() && a.agrees(b) && self.email == other.email
    }
}

/// Returns for each incoming row the standing row that is the same signature.
pub fn overlap(standing: &[Record], incoming: &[Record]) -> Vec<Option<usize>> {
    let traits = |rows: &[Record]| rows.iter().map(Traits::of).collect::<Vec<_>>();
    overlapping(&traits(standing), &traits(incoming))
}

/// Returns for each incoming row the standing row that is the same signature.
pub fn overlapping(old: &[Traits], new: &[Traits]) -> Vec<Option<usize>> {
    // Most names stand once: a list of places for each would take more than they do.
    let mut by_name: Vec<(u128, Kind, usize)> = old.iter().zip(0..).map(|(row, at)| (row.name, row.kind, at)).collect();
    by_name.sort_unstable();
    let named = |row: &Traits| {
        let same = (row.name, row.kind);
        let start = by_name.partition_point(|&(name, kind, _)| (name, kind) < same);
        let held = by_name[start..].iter();
        held.take_while(move |&&(name, kind, _)| (name, kind) == same)
            .map(|&(_, _, at)| at)
    };
    let mut found: Vec<Option<usize>> = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    // First the rows that agree in all they have, then those that do not disagree.
    let exact = |a: &Traits, b: &Traits| {
        a.agrees(b) && a.signed.is_some() == b.signed.is_some() && a.email == b.email && a.affiliation == b.affiliation
    };
    let rounds: [&dyn Fn(&Traits, &Traits) -> bool; 2] = [&exact, &Traits::agrees];
    for same in rounds {
        for (at, row) in new.iter().enumerate() {
            if found[at].is_some() {
                continue;
            }
            if let Some(old_at) = named(row).find(|&old_at| !taken[old_at] && same(row, &old[old_at])) {
                found[at] = Some(old_at);
                taken[old_at] = true;
            }
        }
    }
    // What is left on both sides may have been renamed by hand.
    let mut by_time: FxHashMap<(i8, i8, Hash), (Vec<usize>, Vec<usize>)> = FxHashMap::default();
    let time = |row: &Traits| {
        let signed = row.signed.as_ref()?;
        signed.time.map(|time| (time.hour(), time.minute(), row.email))
    };
    for (at, row) in old.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        if let Some(time) = time(row) {
            by_time.entry(time).or_default().0.push(at);
        }
    }
    for (at, row) in new.iter().enumerate().filter(|(at, _)| found[*at].is_none()) {
        if let Some(time) = time(row)
            && let Some(both) = by_time.get_mut(&time)
        {
            both.1.push(at);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for at in (0..new.len()).filter(|&at| found[at].is_none()) {
        let Some((old_rows, new_rows)) = time(&new[at]).and_then(|time| by_time.get(&time)) else {
            continue;
        };
        let same: Vec<usize> = old_rows
            .iter()
            .copied()
            .filter(|&old_at| new[at].same_form(&old[old_at]))
            .collect();
        let rivals = new_rows
            .iter()
            .filter(|&&other| same.iter().any(|&old_at| new[other].same_form(&old[old_at])))
            .count();
        // Two forms of one moment cannot be told apart: better a row too many, which
        // a person sees, than one too few.
        if let [only] = same[..]
            && rivals == 1
        {
            pairs.push((at, only));
        }
    }
    for (at, old_at) in pairs {
        found[at] = Some(old_at);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Origin, SourceMap};

    fn rows(rows: &[&str]) -> Vec<Record> {
        let file = SourceMap::default().add("", "");
        let row = |row: &&str| {
            let mut cells = row.split('|');
            let mut record = Record::new(cells.next().unwrap_or_default(), Origin::File(file));
            record.set(Column::SignedAt, cells.next().unwrap_or_default());
            record.set(Column::Email, cells.next().unwrap_or_default());
            record
        };
        rows.iter().map(row).collect()
    }

    fn check(standing: &[&str], incoming: &[&str], expected: &[Option<usize>]) {
        assert_eq!(
            overlap(&rows(standing), &rows(incoming)),
            expected,
            "{standing:?} {incoming:?}"
        );
    }

    #[test]
    fn signatures_are_known_again() {
        check(&["A", "B"], &["B", "A", "C"], &[Some(1), Some(0), None]);
        check(&["A"], &["A", "A"], &[Some(0), None]);
        check(&["Corazón Latino "], &["corazon  latino"], &[Some(0)]);
        check(
            &["A|2021-02-03 09:05:00|x@e.org"],
            &["A|2/3/2021 9:05:00|x@e.org"],
            &[Some(0)],
        );
        check(
            &["A|2/3/2021 9:05|x@e.org"],
            &["A|2021-02-03 09:05:17|x@e.org"],
            &[Some(0)],
        );
        check(
            &["A|2021-02-03 09:05:00|x@e.org"],
            &["A|2021-02-04 09:05:00|x@e.org"],
            &[None],
        );
        check(&["A|2021-02-03"], &["A|2021-02-04", "A|2021-02-03"], &[None, Some(0)]);
        check(&["A||x@e.org"], &["A||y@e.org"], &[None]);
        check(&["A"], &["A|2021-02-04|y@e.org"], &[Some(0)]);
    }

    #[test]
    fn names_corrected_by_hand_are_known_again() {
        check(
            &["Corrected Name|2021-02-03 09:05:00|x@e.org", "B"],
            &["Corected nmae|2021-02-03 09:05:00|x@e.org", "B"],
            &[Some(0), Some(1)],
        );
        check(
            &["Corrected|2021-02-03|x@e.org"],
            &["Other|2021-02-03|x@e.org"],
            &[None],
        );
        // Two of one moment without an address: a person sees both.
        check(
            &["Corrected|2021-02-03 09:05:00"],
            &["X|2021-02-03 09:05:00", "Y|2021-02-03 09:05:00"],
            &[None, None],
        );
    }
}
