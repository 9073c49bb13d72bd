//! Which rows of an export are in a list already.
//!
//! In: the rows of the list and of the export. Out: for each row of the export, the
//! row of the list that is the same signature. Guaranteed: a row of the list answers
//! for one row of the export at most, so that somebody who signed twice stands twice;
//! a name, or a date, that a person corrected by hand does not make a new signature
//! of an old one; importing what was just imported finds every row. Absent: whether
//! two signatures are of one organisation (that is `resolve`'s).

use super::dates::{Moment, moment};
use super::headers;
use crate::model::signatory::{Column, Kind, Record};
use rustc_hash::FxHashMap;

/// What of a row tells one signature from another.
struct Traits {
    name: String,
    kind: Kind,
    signed: Option<Moment>,
    email: String,
    affiliation: String,
}

impl Traits {
    fn of(record: &Record) -> Self {
        let folded = headers::fold_all(&record.name);
        Self {
            // Names in which folding leaves nothing, or which it cuts, stay as they are.
            name: if folded.is_empty() || record.name.len() > 300 {
                record.name.to_string()
            } else {
                folded
            },
            kind: record.kind,
            signed: record.get(Column::SignedAt).and_then(moment),
            email: record.get(Column::Email).unwrap_or_default().to_lowercase(),
            affiliation: headers::fold_all(record.get(Column::Affiliation).unwrap_or_default()),
        }
    }

    /// Whether nothing speaks against two rows of one name being one signature.
    fn agrees(&self, other: &Self) -> bool {
        let clash = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && a != b;
        match (&self.signed, &other.signed) {
            (Some(a), Some(b)) => a.agrees(b),
            _ => {
                !clash(&self.email, &other.email)
                    && (self.kind == Kind::Organization || !clash(&self.affiliation, &other.affiliation))
            }
        }
    }

    /// Whether two rows came of one form, whatever name a person gave them since:
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
    let old: Vec<Traits> = standing.iter().map(Traits::of).collect();
    let new: Vec<Traits> = incoming.iter().map(Traits::of).collect();
    let mut by_name: FxHashMap<(&str, Kind), Vec<usize>> = FxHashMap::default();
    for (at, row) in old.iter().enumerate() {
        by_name.entry((&row.name, row.kind)).or_default().push(at);
    }
    let mut found: Vec<Option<usize>> = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    // First the rows that agree in all they have, then those that do not disagree.
    let exact = |a: &Traits, b: &Traits| {
        a.agrees(b) && a.signed.is_some() == b.signed.is_some() && a.email == b.email && a.affiliation == b.affiliation
    };
    let rounds: [&dyn Fn(&Traits, &Traits) -> bool; 2] = [&exact, &Traits::agrees];
    for same in rounds {
        for (at, row) in new
            .iter()
            .enumerate()
            .filter(|(at, _)| found[*at].is_none())
            .collect::<Vec<_>>()
        {
            let candidates = by_name
                .get(&(row.name.as_str(), row.kind))
                .map_or(&[][..], Vec::as_slice);
            if let Some(&old_at) = candidates
                .iter()
                .find(|&&old_at| !taken[old_at] && same(row, &old[old_at]))
            {
                found[at] = Some(old_at);
                taken[old_at] = true;
            }
        }
    }
    // What is left on both sides may have been renamed by hand.
    let mut by_time: FxHashMap<String, (Vec<usize>, Vec<usize>)> = FxHashMap::default();
    let time = |row: &Traits| {
        let signed = row.signed.as_ref()?;
        signed
            .time
            .map(|time| format!("{:02}{:02} {}", time.hour(), time.minute(), row.email))
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
