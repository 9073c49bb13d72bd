//! The result of resolving: signatories, pairs, and the rows left out.
//!
//! In: nothing. Out: plain values that the other stages read. Guaranteed: every row is
//! in exactly one signatory, held with its question, or excluded with its reason. Absent: how they are found.

use crate::model::held::Hold;
use crate::model::signatory::{Kind, Level};
use crate::model::units::Weight;

/// The treatment of a pair of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// Two signatories.
    Apart,
    /// A person decides; until then both are printed.
    Review,
    /// One signatory, without asking.
    Merge,
}

impl Zone {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Apart => "apart",
            Self::Review => "review",
            Self::Merge => "merge",
        }
    }
}

/// One reason for or against.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The rule's name, kebab-case: `same-name`.
    pub rule: &'static str,
    /// Its match weight.
    pub weight: Weight,
    /// The reason in words: "the names are the same".
    pub because: String,
}

/// The result of judging two names.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The treatment of the pair.
    pub zone: Zone,
    /// The probability that they are one signatory, 0 to 1.
    pub probability: f64,
    /// Why, weightiest first.
    pub evidence: Vec<Evidence>,
}

/// Two rows that are one signatory, or may be. `a < b`; both are indices into
/// the records that were resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The earlier row.
    pub a: usize,
    /// The later row.
    pub b: usize,
    /// Merge or review, never apart; and why.
    pub judgement: Judgement,
}

/// A short name that several longer names contain: "Third Act", "Third Act Ohio". One
/// question stands for all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// The rows of the question, as in [`Pair`].
    pub pair: (usize, usize),
    /// A row of the short name.
    pub short: usize,
    /// A row of each longer name, the one that is asked about first.
    pub longer: Vec<usize>,
}

/// One signatory: at least one row.
#[derive(Clone, Debug, PartialEq)]
pub struct Signatory {
    /// The printed name.
    pub name: String,
    /// Organization or person.
    pub kind: Kind,
    /// The rows, ascending; indices into the records.
    pub rows: Vec<usize>,
    /// A person who speaks for an organization in public.
    pub representative: Option<String>,
    /// An individual's title, or that of the representative.
    pub title: Option<String>,
    /// An individual's affiliation.
    pub affiliation: Option<String>,
    /// The reach: local, state, national.
    pub level: Option<Level>,
    /// State or province.
    pub state: Option<String>,
    /// Electoral district, as typed.
    pub district: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// Heading under which it is printed.
    pub section: Option<String>,
    /// The name to sort by, where it is not the printed one.
    pub sort_name: Option<String>,
    /// Web page.
    pub url: Option<String>,
}

/// Why a row is in no signatory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Signed, then withdrawn.
    Withdrawn,
    /// Not yet confirmed.
    Pending,
    /// Asked, and said no.
    Declined,
    /// No name, or none that can be one.
    Invalid,
    /// A line of the list that is no signatory: for certain, or as a person answered.
    NotSignatory,
    /// A person must answer about it first. Only where two lists are compared; a resolution
    /// lists such rows by themselves, with their questions.
    Held,
}

impl Reason {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::Pending => "pending",
            Self::Declined => "declined",
            Self::Invalid => "invalid",
            Self::NotSignatory => "not-signatory",
            Self::Held => "held",
        }
    }
}

/// A row that is in no signatory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exclusion {
    /// Index into the records.
    pub row: usize,
    /// Why.
    pub reason: Reason,
}

/// A row that a person must answer about; until then it is neither printed nor counted.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldRow {
    /// Index into the records.
    pub row: usize,
    /// What is asked, and why.
    pub hold: Hold,
}

/// Every row's place: in exactly one signatory, held with a question, or excluded with its
/// reason.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolution {
    /// The signatories, by their first row.
    pub signatories: Vec<Signatory>,
    /// Every merge and every question; for a signatory of n rows at least n - 1
    /// merges that join it. Ordered by (a, b).
    pub pairs: Vec<Pair>,
    /// The families; a question stands for each.
    pub families: Vec<Family>,
    /// The rows that are in no signatory, ascending.
    pub excluded: Vec<Exclusion>,
    /// The rows that a person must answer about first, ascending.
    pub held: Vec<HeldRow>,
    /// The number of candidate pairs left out because too many rows share the
    /// same words; never among rows whose normalized names are equal.
    pub skipped: u64,
    /// The number of pairs of names that were compared word by word: the bulk of the work.
    pub compared: u64,
}

impl Resolution {
    /// Returns the number of rows that were merged into the signatory of another row, of
    /// this many rows in all.
    pub fn merged(&self, rows: usize) -> usize {
        rows.saturating_sub(self.signatories.len() + self.excluded.len() + self.held.len())
    }
}
