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
    /// All words of the name, the affiliation and the place, in no order: equal where a
    /// person moved a part of the name to a cell of its own.
    words: u128,
    /// Hash of the Message-ID of a row that came by mail; 0 for any other.
    message: u128,
    /// The names that the name may be split into, for each sign that may part them.
    splits: Box<[Box<[u128]>]>,
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

/// Returns a hash of the words of a row's name, affiliation and place, each once.
fn words(record: &Record, folded: &str) -> u128 {
    let columns = [Column::Affiliation, Column::City, Column::State, Column::Country];
    let mut text = folded.to_owned();
    for cell in columns.into_iter().filter_map(|column| record.get(column)) {
        text.push(' ');
        text += &fold_all(cell);
    }
    let mut words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.dedup();
    hash(&words.join(" "))
}

/// Signs and words that may stand between two names.
const DIVIDERS: [&str; 7] = ["/", ";", "|", " and ", " & ", " + ", ","];

/// Returns the names that a name may be split into, by each of the [`DIVIDERS`].
fn splits(name: &str) -> Box<[Box<[u128]>]> {
    let present = DIVIDERS.into_iter().filter(|divider| name.contains(divider));
    let parts = present.map(|divider| name.split(divider).map(|part| hash(&fold_all(part))).collect());
    parts.collect()
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
            words: words(record, &folded),
            message: record.get(Column::MessageId).map_or(0, |id| hash(id) | 1),
            splits: splits(&record.name),
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

    /// Returns whether nothing but where the words are tells two rows apart.
    fn moved(&self, other: &Self) -> bool {
        let signed = match (&self.signed, &other.signed) {
            (Some(a), Some(b)) => a.agrees(b),
            _ => true,
        };
        signed && (self.email == 0 || other.email == 0 || self.email == other.email)
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

/// Finds the rows of mails by their Message-ID. A mail is itself alone: what it asks must be
/// heard, whoever is in the list already. Of several rows of one mail, those of one name go
/// together, and then those that are left, in their order; a row too many is there already.
fn find_mails(old: &[Traits], new: &[Traits], taken: &mut [bool], found: &mut [Option<usize>]) {
    let named = |row: &Traits| (row.message, Some(row.name));
    let any = |row: &Traits| (row.message, None);
    let mut mails: FxHashMap<(u128, Option<u128>), Vec<usize>> = FxHashMap::default();
    // The last first, so that the first is at hand.
    for (at, row) in old.iter().enumerate().rev().filter(|(_, row)| row.message != 0) {
        mails.entry(named(row)).or_default().push(at);
        mails.entry(any(row)).or_default().push(at);
    }
    let keys: [fn(&Traits) -> (u128, Option<u128>); 2] = [named, any];
    for key in keys {
        for (at, row) in new.iter().enumerate().filter(|(_, row)| row.message != 0) {
            let rows = mails.get_mut(&key(row)).filter(|_| found[at].is_none());
            let Some(rows) = rows else { continue };
            while let Some(old_at) = rows.pop() {
                if !std::mem::replace(&mut taken[old_at], true) {
                    found[at] = Some(old_at);
                    break;
                }
            }
        }
    }
    let rows = old.iter().enumerate().rev().filter(|(_, row)| row.message != 0);
    let first: FxHashMap<u128, usize> = rows.map(|(at, row)| (row.message, at)).collect();
    for (at, row) in new.iter().enumerate().filter(|(_, row)| row.message != 0) {
        found[at] = found[at].or_else(|| first.get(&row.message).copied());
    }
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
    find_mails(old, new, &mut taken, &mut found);
    // First the rows that agree in all they have, then those that do not disagree.
    let exact = |a: &Traits, b: &Traits| {
        a.agrees(b) && a.signed.is_some() == b.signed.is_some() && a.email == b.email && a.affiliation == b.affiliation
    };
    let rounds: [&dyn Fn(&Traits, &Traits) -> bool; 2] = [&exact, &Traits::agrees];
    for same in rounds {
        for (at, row) in new.iter().enumerate() {
            if found[at].is_some() || row.message != 0 {
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
    let is_open = |at: usize, found: &[Option<usize>]| found[at].is_none() && new[at].message == 0;
    for (at, row) in new.iter().enumerate().filter(|(at, _)| is_open(*at, &found)) {
        if let Some(time) = time(row)
            && let Some(both) = by_time.get_mut(&time)
        {
            both.1.push(at);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for at in (0..new.len()).filter(|&at| is_open(at, &found)) {
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
        taken[old_at] = true;
    }
    find_split(old, new, &mut found);
    find_moved(old, new, &taken, &mut found);
    found
}

/// Finds the rows that a person split by hand: all their parts are in the list, or several
/// rows of the list came of the same form, and no other row of the export did.
fn find_split(old: &[Traits], new: &[Traits], found: &mut [Option<usize>]) {
    let mut by_name: FxHashMap<u128, usize> = FxHashMap::default();
    for (at, row) in old.iter().enumerate() {
        by_name.entry(row.name).or_insert(at);
    }
    let signed_by_mail = |row: &Traits| {
        let signed = row.signed.as_ref().filter(|_| row.email != 0)?;
        signed.time.map(|time| (time.hour(), time.minute(), row.email))
    };
    let mut by_form: FxHashMap<(i8, i8, Hash), (Vec<usize>, usize)> = FxHashMap::default();
    for (at, row) in old.iter().enumerate() {
        if let Some(form) = signed_by_mail(row) {
            by_form.entry(form).or_default().0.push(at);
        }
    }
    for form in new.iter().filter_map(signed_by_mail) {
        if let Some(rows) = by_form.get_mut(&form) {
            rows.1 += 1;
        }
    }
    for (at, row) in new.iter().enumerate() {
        if found[at].is_some() || row.message != 0 {
            continue;
        }
        let standing = |part: &u128| by_name.get(part).copied().filter(|&old_at| row.agrees(&old[old_at]));
        let split = row
            .splits
            .iter()
            .find(|parts| parts.iter().all(|part| standing(part).is_some()));
        let first = split.and_then(|parts| standing(&parts[0]));
        let form = signed_by_mail(row).and_then(|form| by_form.get(&form));
        let alone = form.filter(|(rows, rivals)| *rivals == 1 && rows.len() > 1);
        let of_form = alone.and_then(|(rows, _)| rows.iter().copied().find(|&old_at| row.same_form(&old[old_at])));
        found[at] = first.or(of_form);
    }
}

/// Finds the rows of which a person moved a part of the name to a cell of its own, or back.
fn find_moved(old: &[Traits], new: &[Traits], taken: &[bool], found: &mut [Option<usize>]) {
    let mut by_words: FxHashMap<u128, Vec<usize>> = FxHashMap::default();
    for (at, row) in old.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        by_words.entry(row.words).or_default().push(at);
    }
    let mut used = vec![false; old.len()];
    for (at, row) in new.iter().enumerate() {
        let rows = by_words
            .get(&row.words)
            .filter(|_| found[at].is_none() && row.message == 0);
        let rows = rows.into_iter().flatten().copied();
        let mut agreeing = rows.filter(|&old_at| !used[old_at] && row.moved(&old[old_at]));
        // Of two that could be meant, a person sees both.
        if let (Some(only), None) = (agreeing.next(), agreeing.next()) {
            found[at] = Some(only);
            used[only] = true;
        }
    }
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
            record.set(Column::MessageId, cells.next().unwrap_or_default());
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
        check(&["A||x@e.org"], &["A||x@e.org"], &[Some(0)]);
        check(&["A"], &["A|2021-02-04|y@e.org"], &[Some(0)]);
        // A row that agrees in all it has goes before one that only does not disagree.
        check(&["A||x@e.org", "A"], &["A", "A||x@e.org"], &[Some(1), Some(0)]);
    }

    #[test]
    fn a_mail_is_known_again_by_its_number_and_a_row_too_many_is_there_already() {
        check(&["A|||<1@e>"], &["B|||<1@e>"], &[Some(0)]);
        check(&["A|||<1@e>"], &["A|||<2@e>"], &[None]);
        check(&["A|||<1@e>"], &["B|||<1@e>", "A|||<1@e>", "C|||<1@e>"], &[Some(0); 3]);
        check(
            &["A|||<1@e>", "B|||<1@e>"],
            &["B|||<1@e>", "A|||<1@e>"],
            &[Some(1), Some(0)],
        );
    }

    #[test]
    fn names_corrected_by_hand_are_known_again() {
        check(
            &["Corrected Name|2021-02-03 09:05:00|x@e.org", "B"],
            &["Corected nmae|2021-02-03 09:05:00|x@e.org", "B"],
            &[Some(0), Some(1)],
        );
        // A cell that a person split.
        let split = [
            "Bayou Legal Aid|2026-05-04 10:19|l@b.org",
            "Gulf Coast Tenants Union|2026-05-04 10:19|l@b.org",
        ];
        check(
            &split,
            &["Bayou Legal Aid / Gulf Coast Tenants Union|2026-05-04 10:19|l@b.org"],
            &[Some(0)],
        );
        check(
            &["Bayou Legal Aid", "Gulf Coast Tenants Union"],
            &["Bayou Legal Aid / Gulf Coast Tenants Union"],
            &[Some(0)],
        );
        check(
            &["Bayou Legal Aid"],
            &["Bayou Legal Aid / Gulf Coast Tenants Union"],
            &[None],
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

    #[test]
    fn a_part_of_a_name_that_was_moved_is_known_again() {
        let row = |name: &str, cells: &[(Column, &str)], kind: Kind| {
            let mut record = rows(&[name]).remove(0);
            cells.iter().for_each(|(column, cell)| record.set(*column, cell));
            record.kind = kind;
            record
        };
        let place = [(Column::City, "Macon"), (Column::State, "GA")];
        let old = [
            row(
                "Prof. Lena Hofstadter",
                &[(Column::Affiliation, "University of Northfield"), (Column::State, "IL")],
                Kind::Individual,
            ),
            row("First Baptist Church (Macon)", &place, Kind::Organization),
        ];
        let new = [
            row(
                "Prof. Lena Hofstadter, University of Northfield",
                &[(Column::State, "IL")],
                Kind::Organization,
            ),
            row("First Baptist Church", &place, Kind::Organization),
            row("First Baptist Church", &[(Column::City, "Dallas")], Kind::Organization),
        ];
        assert_eq!(overlap(&old, &new), [Some(0), Some(1), None]);
    }
}
