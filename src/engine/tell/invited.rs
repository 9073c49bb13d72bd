//! Who was invited and has not signed.
//!
//! In: the rows of a letter's lists, and those of a list of who was invited. Out: the invited
//! who match no row, and the others with the reason. Guaranteed: who may have signed, has
//! withdrawn or declined, or is held, is never reminded; what is doubtful is told. Absent:
//! writing to them.

use super::untold::Untold;
use crate::model::known::Known;
use crate::model::signatory::{Column, Record, Status};
use crate::resolve::{self, Resolution, ResolveOptions, Zone};
use std::collections::BTreeSet;

/// Returns the places of the invited who have not signed, and the others with the reason.
pub(super) fn unsigned(
    rows: &[Record],
    resolution: &Resolution,
    invited: &[Record],
    known: &Known,
) -> (Vec<usize>, Vec<(usize, Untold)>) {
    // Whatever became of a row, it is compared as a name.
    let bare = |record: &Record| Record {
        status: Status::Confirmed,
        hold: None,
        ruled_out: false,
        ..record.clone()
    };
    let all: Vec<Record> = rows.iter().chain(invited).map(bare).collect();
    let (judged, _) = resolve::resolve(&all, known, &ResolveOptions::default());
    let mut group = vec![None; all.len()];
    for (at, signatory) in judged.signatories.iter().enumerate() {
        signatory.rows.iter().for_each(|&row| group[row] = Some(at));
    }
    let first = rows.len();
    let mut printed = vec![false; first];
    for signatory in &resolution.signatories {
        signatory.rows.iter().for_each(|&row| printed[row] = true);
    }
    let mut state = vec![None; judged.signatories.len()];
    for (group, is_printed) in group.iter().zip(&printed) {
        let Some(at) = *group else { continue };
        let is_there = if *is_printed { Untold::Signed } else { Untold::InList };
        if state[at] != Some(Untold::Signed) {
            state[at] = Some(is_there);
        }
    }
    let mut doubtful = vec![false; judged.signatories.len()];
    for pair in judged.pairs.iter().filter(|pair| pair.judgement.zone == Zone::Review) {
        for (one, other) in [(pair.a, pair.b), (pair.b, pair.a)] {
            if let (Some(at), Some(there)) = (group[one], group[other])
                && state[there].is_some()
            {
                doubtful[at] = true;
            }
        }
    }
    // Who signed under another name has the same address.
    let address = |record: &Record| record.get(Column::Email).map(str::to_lowercase);
    let known_addresses: BTreeSet<String> = rows.iter().filter_map(address).collect();
    let has_known_address = |record: &Record| address(record).is_some_and(|address| known_addresses.contains(&address));
    let mut seen = vec![false; judged.signatories.len()];
    let (mut unsigned, mut others) = (Vec::new(), Vec::new());
    for (place, record) in invited.iter().enumerate() {
        let untold = match group[first + place] {
            _ if record.status != Status::Confirmed || record.ruled_out => Untold::InList,
            _ if record.hold.is_some() => Untold::Doubtful,
            None => Untold::Doubtful,
            Some(at) if state[at].is_some() => state[at].unwrap_or(Untold::Signed),
            Some(at) if doubtful[at] || has_known_address(record) => Untold::Doubtful,
            Some(at) if seen[at] => Untold::Repeated,
            Some(at) => {
                seen[at] = true;
                unsigned.push(place);
                continue;
            }
        };
        others.push((place, untold));
    }
    (unsigned, others)
}
