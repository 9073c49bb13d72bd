//! Individuals: when two rows with one person's name are one person.
//!
//! In: the rows of individuals. Out: units and judged pairs among them.
//! Guaranteed: two people of one name stay apart unless the e-mail address or
//! the affiliation agrees; where a row has neither, a person is asked. Absent:
//! nicknames.

use crate::model::signatory::{Column, Kind, Record};
use crate::model::units::Weight;
use crate::resolve::blocking::{Candidates, packed};
use crate::resolve::normalize::Name;
use crate::resolve::units::Unit;
use crate::resolve::words::{Class, mix, stem};
use crate::resolve::{Evidence, Judgement, Zone};
use crate::source::offset;
use rustc_hash::FxHashMap;

/// Titles and degrees: no part of a person's name.
const HONORIFICS: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "mx",
    "miss",
    "dr",
    "prof",
    "professor",
    "rev",
    "reverend",
    "rabbi",
    "imam",
    "father",
    "fr",
    "sr",
    "sra",
    "sister",
    "bishop",
    "pastor",
    "hon",
    "honorable",
    "judge",
    "phd",
    "md",
    "jd",
    "esq",
    "mph",
    "msw",
    "lcsw",
    "mba",
    "ma",
    "ms",
    "rn",
    "llm",
    "edd",
    "dds",
    "dmin",
    "ret",
    "lic",
    "dra",
];

/// The name of a person as it is compared: without titles, degrees and middle
/// initials.
pub(crate) fn key(raw: &str) -> String {
    let name = Name::new(raw);
    let words: Vec<&str> = name.words().iter().map(|&word| name.word(word)).collect();
    let plain = |word: &&str| !HONORIFICS.contains(word);
    let mut kept: Vec<&str> = words.iter().copied().filter(plain).collect();
    if kept.len() > 2 {
        let last = kept.len() - 1;
        let mut at = 0;
        kept.retain(|word| {
            at += 1;
            at == 1 || at == last + 1 || word.chars().count() > 1
        });
    }
    if kept.is_empty() {
        return name.text().to_owned();
    }
    kept.join(" ")
}

/// What tells people of one name apart: hashes of the e-mail address and of the
/// affiliation, where the row has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Marks {
    email: Option<u64>,
    affiliation: Option<u64>,
}

impl Marks {
    /// Reads them from a row.
    pub(crate) fn of(record: &Record) -> Self {
        let email = record.get(Column::Email).map(|cell| stem(&cell.trim().to_lowercase()));
        let affiliation = record.get(Column::Affiliation).map(|cell| stem(&Name::new(cell).key()));
        Self { email, affiliation }
    }

    /// Whether two rows of one name are one person; `None`: nobody can tell.
    pub(crate) fn agree(self, other: Self) -> Option<bool> {
        let compare = |a: Option<u64>, b: Option<u64>| Some(a? == b?);
        let email = compare(self.email, other.email);
        let affiliation = compare(self.affiliation, other.affiliation);
        match (email, affiliation) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (None, None) => None,
            _ => Some(false),
        }
    }

    /// The same for the same marks in any list.
    pub(crate) fn hash(self) -> u64 {
        mix(self.email.unwrap_or(1)) ^ mix(self.affiliation.unwrap_or(2).rotate_left(1))
    }
}

/// Row by row of one person's name, which person it is: the index of the
/// person's first row.
pub(crate) fn persons(marks: &[Marks]) -> Vec<usize> {
    fn root(of: &mut [usize], mut at: usize) -> usize {
        while of[at] != at {
            of[at] = of[of[at]];
            at = of[at];
        }
        at
    }
    let mut of: Vec<usize> = (0..marks.len()).collect();
    let mut first: FxHashMap<(bool, u64), usize> = FxHashMap::default();
    for (at, mark) in marks.iter().enumerate() {
        let email = mark.email.map(|email| (true, email));
        let affiliation = mark.affiliation.map(|affiliation| (false, affiliation));
        for key in [email, affiliation].into_iter().flatten() {
            let other = *first.entry(key).or_insert(at);
            let (a, b) = (root(&mut of, at), root(&mut of, other));
            of[a.max(b)] = a.min(b);
        }
    }
    (0..marks.len()).map(|at| root(&mut of, at)).collect()
}

/// Most people of one name that are all compared with each other; of more, each
/// is compared with the next.
const NAMESAKES: usize = 20;

/// Pairs a person must decide: namesakes of whom nobody can tell, and people
/// who have an organisation's name.
pub(crate) fn questions(units: &[Unit]) -> Candidates {
    let mut out = Candidates::default();
    let is_person = |unit: &Unit| unit.kind == Kind::Individual;
    let mut people: Vec<(u64, u32)> = Vec::new();
    for (at, unit) in units.iter().enumerate().filter(|(_, unit)| is_person(unit)) {
        people.push((unit.person, offset(at)));
    }
    if people.is_empty() {
        return out;
    }
    people.sort_unstable();
    for namesakes in people.chunk_by(|a, b| a.0 == b.0) {
        let reach = if namesakes.len() > NAMESAKES { 1 } else { NAMESAKES };
        for (at, &(_, a)) in namesakes.iter().enumerate() {
            for &(_, b) in namesakes[at + 1..].iter().take(reach) {
                let agree = units[a as usize].marks.agree(units[b as usize].marks);
                if agree.is_none() {
                    out.pairs.push(packed(a, b));
                }
            }
        }
        if namesakes.len() > NAMESAKES {
            let n = namesakes.len() as u64;
            out.skipped += n * (n - 1) / 2 - (n - 1);
        }
    }
    let mut by_name: FxHashMap<u64, u32> = FxHashMap::default();
    for (at, unit) in units.iter().enumerate().filter(|(_, unit)| !is_person(unit)) {
        by_name.insert(stem(unit.name.text()), offset(at));
    }
    for &(_, at) in &people {
        if let Some(&other) = by_name.get(&stem(units[at as usize].name.text())) {
            out.pairs.push(packed(at, other));
        }
    }
    out.pairs.sort_unstable();
    out.pairs.dedup();
    out
}

/// Why such a pair is asked about.
pub(crate) fn judgement(a: &Unit, b: &Unit) -> Judgement {
    let (rule, because) = if a.kind == b.kind {
        (
            "same-person-name",
            "two people of one name: neither e-mail address nor affiliation says whether they are one",
        )
    } else {
        (
            "organization-as-person",
            "one row says it is an individual, the other an organization of the same name",
        )
    };
    Judgement {
        zone: Zone::Review,
        probability: 0.5,
        evidence: vec![Evidence {
            rule,
            weight: Weight(0.0),
            because: because.to_owned(),
        }],
    }
}

/// Whether a person's name reads like an organisation's.
pub(crate) fn looks_like_organization(raw: &str) -> bool {
    let name = Name::new(raw);
    let kinds = Class::GENERIC.or(Class::BRANCH);
    let words = name.words();
    let ordinary = words.iter().filter(|word| word.class.is(Class::KNOWN)).count();
    let telling = words.iter().any(|word| {
        word.class.is(kinds) && !["young", "junior", "senior", "parish", "church"].contains(&name.word(*word))
    });
    name.legal != 0 || words.len() >= 3 && telling && ordinary * 2 > words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_middle_initials_do_not_count() {
        let check = |raw, expected: &str| assert_eq!(key(raw), expected);
        check("Dr. Ana María López, PhD", "ana maria lopez");
        check("Ana M. López", "ana lopez");
        check("Rev. J. Smith", "j smith");
        check("Dr.", "dr");
    }

    #[test]
    fn organisations_are_noticed_among_people() {
        let check = |raw, expected| assert_eq!(looks_like_organization(raw), expected, "{raw}");
        check("Northern Immigrant Justice Coalition", true);
        check("Casa Uno, Inc.", true);
        check("Ana López", false);
        check("Whitney Young Jr.", false);
    }
}
