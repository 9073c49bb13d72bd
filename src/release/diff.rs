//! What changed between two states of a letter.
//!
//! In: two [`Side`]s: a list, a release, or a letter as it stands today. Out: the
//! [`Changes`]: who joined, left, was renamed, regrouped or moved to another section, and
//! which words of the text are others. Guaranteed: two names are one signatory only where
//! they are printed alike, where `resolve` is certain, or where a person decided; what may
//! be one is counted as two and told apart as a question; every signatory of both sides is
//! in exactly one of the results. Absent: sentences about it (`paragraph`'s).

use super::manifest::Manifest;
use super::words::{self, BlockChange};
use crate::compose::names::typeset;
use crate::model::known::Known;
use crate::model::signatory::{Column, Kind, Record, Status};
use crate::resolve::{self, Reason, Resolution, Zone};
use crate::source::Origin;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;

/// One state of a letter, or a list alone.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// The date it is of.
    pub date: Option<Date>,
    /// BCP 47 tag of its language.
    pub language: Option<String>,
    /// The rows; of a release, one for each printed name.
    pub records: Vec<Record>,
    /// Who is printed.
    pub entries: Vec<Entry>,
    /// Rows that are not, and why.
    pub excluded: Vec<(usize, Reason)>,
    /// The text, a block each; `None` for a list.
    pub text: Option<Vec<String>>,
}

/// A printed signatory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// As printed.
    pub printed: Printed,
    /// The heading it stands under.
    pub section: String,
    /// Its rows.
    pub rows: Vec<usize>,
}

/// A signatory as printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Printed {
    /// Organisation or person.
    pub kind: Kind,
    /// The name.
    pub name: String,
    /// What stands after it.
    pub detail: Option<String>,
}

impl Printed {
    /// Returns whether it is printed like another, straight apostrophes and hyphens aside:
    /// a list has what was typed, a document what is printed.
    fn is_like(&self, other: &Self) -> bool {
        let same = |a: &str, b: &str| a == b || typeset(a) == typeset(b);
        let detail = |printed: &'_ Self| printed.detail.clone().unwrap_or_default();
        self.kind == other.kind && same(&self.name, &other.name) && same(&detail(self), &detail(other))
    }
}

impl fmt::Display for Printed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        match &self.detail {
            Some(detail) => write!(f, ", {detail}"),
            None => Ok(()),
        }
    }
}

impl Side {
    /// A release. `origin`: its manifest.
    pub fn of_release(manifest: &Manifest, origin: Origin) -> Self {
        let mut side = Self {
            date: manifest.date,
            language: Some(manifest.language.clone()),
            text: Some(manifest.text.clone()),
            ..Self::default()
        };
        for listed in &manifest.signatories {
            let kind = match listed.kind.as_str() {
                "individual" => Kind::Individual,
                _ => Kind::Organization,
            };
            let cells = [
                (Column::Title, &listed.title),
                (Column::Affiliation, &listed.affiliation),
                (Column::State, &listed.state),
                (Column::District, &listed.district),
            ];
            let cells = cells.into_iter().filter(|(_, cell)| !cell.is_empty());
            let mut record = Record::new(listed.name.as_str(), origin);
            record.kind = kind;
            record.cells = cells.map(|(column, cell)| (column, cell.as_str().into())).collect();
            side.entries.push(Entry {
                printed: Printed {
                    kind,
                    name: listed.name.clone(),
                    detail: listed.unmarked(),
                },
                section: listed.section.clone(),
                rows: vec![side.records.len()],
            });
            side.records.push(record);
        }
        side
    }

    /// A list: its rows, and whom they come to.
    pub fn of_list(records: Vec<Record>, resolution: &Resolution) -> Self {
        let entries = resolution.signatories.iter().map(|signatory| Entry {
            printed: Printed {
                kind: signatory.kind,
                name: signatory.name.clone(),
                detail: detail(signatory),
            },
            section: signatory.section.clone().unwrap_or_default(),
            rows: signatory.rows.clone(),
        });
        let excluded = resolution.excluded.iter().map(|gone| (gone.row, gone.reason));
        let held = resolution.held.iter().map(|held| (held.row, Reason::Held));
        Self {
            entries: entries.collect(),
            excluded: excluded.chain(held).collect(),
            records,
            ..Self::default()
        }
    }

    /// Gives each signatory the name, the detail and the heading it is printed with, by
    /// its index in the resolution.
    pub fn print_as(&mut self, printed: impl IntoIterator<Item = (usize, Printed, String)>) {
        for (at, printed, section) in printed {
            if let Some(entry) = self.entries.get_mut(at) {
                entry.printed = printed;
                entry.section = section;
            }
        }
    }
}

/// What is printed after an individual's name.
fn detail(signatory: &resolve::Signatory) -> Option<String> {
    let pieces = [&signatory.title, &signatory.affiliation].into_iter().flatten();
    let pieces: Vec<&str> = pieces
        .map(|piece| piece.trim())
        .filter(|piece| !piece.is_empty())
        .collect();
    (signatory.kind == Kind::Individual && !pieces.is_empty()).then(|| pieces.join(", "))
}

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// How many were printed before.
    pub before: usize,
    /// How many are printed now.
    pub after: usize,
    /// New ones.
    pub joined: Vec<Joined>,
    /// Those that are gone.
    pub left: Vec<Left>,
    /// One signatory under another name.
    pub renamed: Vec<Renamed>,
    /// Several that became one, one that became several.
    pub regrouped: Vec<Regrouped>,
    /// Those under another heading.
    pub moved: Vec<Moved>,
    /// Those that left and those that joined that may be one: a person decides.
    pub questions: Vec<PossibleRename>,
    /// The text's changes; empty where a side has none.
    pub text: Vec<BlockChange>,
}

/// A new signatory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// As printed.
    pub printed: Printed,
    /// Why it was not printed before, if it was in the lists.
    pub was: Option<Reason>,
}

/// A signatory that is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// As it was printed.
    pub printed: Printed,
    /// Why; `None`: it is in the lists no more.
    pub reason: Option<Reason>,
}

/// One signatory under another name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// As it was printed.
    pub from: Printed,
    /// As it is.
    pub to: Printed,
}

/// Signatories that are told apart otherwise than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regrouped {
    /// As they were.
    pub from: Vec<Printed>,
    /// As they are.
    pub to: Vec<Printed>,
}

/// A signatory under another heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// As it is printed.
    pub printed: Printed,
    /// The heading it stood under; empty: none.
    pub from: String,
    /// The heading it stands under; empty: none.
    pub to: String,
}

/// Two that may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PossibleRename {
    /// The one that left.
    pub old: Printed,
    /// The one that joined.
    pub new: Printed,
    /// Why they may be one.
    pub because: String,
}

impl Changes {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.names_stand() && self.renamed.is_empty() && self.moved.is_empty()
    }

    /// Whether the same signatories are printed, under whatever name.
    fn names_stand(&self) -> bool {
        self.joined.is_empty() && self.left.is_empty() && self.regrouped.is_empty()
    }
}

/// Compares two states.
pub fn diff(old: &Side, new: &Side, known: &Known) -> Changes {
    let mut changes = Changes {
        before: old.entries.len(),
        after: new.entries.len(),
        ..Changes::default()
    };
    if let (Some(old), Some(new)) = (&old.text, &new.text) {
        changes.text = words::changes(old, new);
    }

    let joint = Joint::new(old, new, known);
    for group in joint.groups() {
        let olds: Vec<&Entry> = group.old.iter().map(|&at| &old.entries[at]).collect();
        let news: Vec<&Entry> = group.new.iter().map(|&at| &new.entries[at]).collect();
        match (olds.as_slice(), news.as_slice()) {
            ([], []) => {}
            ([], news) => changes.joined.extend(news.iter().map(|entry| Joined {
                printed: entry.printed.clone(),
                was: group.gone_before,
            })),
            (olds, []) => changes.left.extend(olds.iter().map(|entry| Left {
                printed: entry.printed.clone(),
                reason: group.gone_now,
            })),
            ([from], [to]) => {
                if !from.printed.is_like(&to.printed) {
                    changes.renamed.push(Renamed {
                        from: from.printed.clone(),
                        to: to.printed.clone(),
                    });
                }
                moved(from, to, &mut changes);
            }
            (olds, news) => {
                let printed = |entries: &[&Entry]| {
                    let mut printed: Vec<Printed> = entries.iter().map(|entry| entry.printed.clone()).collect();
                    printed.sort();
                    printed
                };
                let (from, to) = (printed(olds), printed(news));
                if from == to {
                    for to in news {
                        if let Some(from) = olds.iter().find(|from| from.printed == to.printed) {
                            moved(from, to, &mut changes);
                        }
                    }
                } else {
                    changes.regrouped.push(Regrouped { from, to });
                }
            }
        }
    }
    changes.questions = joint.questions(old, new, &changes);
    changes
}

fn moved(from: &Entry, to: &Entry, changes: &mut Changes) {
    if from.section != to.section {
        changes.moved.push(Moved {
            printed: to.printed.clone(),
            from: from.section.clone(),
            to: to.section.clone(),
        });
    }
}

/// Both sides' rows, resolved together.
struct Joint {
    resolution: Resolution,
    /// How many rows are the old side's.
    olds: usize,
    /// Row by row, its cluster; `None`: it has no name.
    clusters: Vec<Option<usize>>,
    /// Cluster by cluster, the group it belongs to.
    groups: Vec<Group>,
}

/// Entries that go together.
#[derive(Clone, Debug, Default)]
struct Group {
    old: Vec<usize>,
    new: Vec<usize>,
    /// Why rows of it were not printed before.
    gone_before: Option<Reason>,
    /// Why rows of it are not printed now.
    gone_now: Option<Reason>,
}

impl Joint {
    fn new(old: &Side, new: &Side, known: &Known) -> Self {
        let mut records: Vec<Record> = old.records.iter().chain(&new.records).cloned().collect();
        // Who is who does not depend on whether a signature counts.
        for record in &mut records {
            record.status = Status::Confirmed;
            record.hold = None;
            record.ruled_out = false;
        }
        let (resolution, _) = resolve::resolve(&records, known, &resolve::ResolveOptions::default());
        let mut clusters = vec![None; records.len()];
        for (at, signatory) in resolution.signatories.iter().enumerate() {
            for &row in &signatory.rows {
                clusters[row] = Some(at);
            }
        }
        let mut joint = Self {
            olds: old.records.len(),
            clusters,
            groups: Vec::new(),
            resolution,
        };
        joint.group(old, new);
        joint
    }

    fn group(&mut self, old: &Side, new: &Side) {
        // Nodes: the clusters, then the entries of both sides.
        let count = self.resolution.signatories.len();
        let (at_old, at_new) = (count, count + old.entries.len());
        let mut sets = Sets::new(at_new + new.entries.len());
        let sides = [(old, at_old, 0), (new, at_new, self.olds)];
        for (side, base, first) in sides {
            for (at, entry) in side.entries.iter().enumerate() {
                for &row in &entry.rows {
                    if let Some(cluster) = self.clusters[first + row] {
                        sets.join(base + at, cluster);
                    }
                }
            }
        }
        // Printed alike on both sides: one, whatever else is known of them. Where a line
        // is printed several times, they are paired in their order.
        let mut alike: BTreeMap<&Printed, Vec<usize>> = BTreeMap::new();
        for (at, entry) in old.entries.iter().enumerate().rev() {
            alike.entry(&entry.printed).or_default().push(at);
        }
        for (at, entry) in new.entries.iter().enumerate() {
            if let Some(before) = alike.get_mut(&entry.printed).and_then(Vec::pop) {
                sets.join(at_old + before, at_new + at);
            }
        }

        // New entries first, in their order, then what is gone.
        let mut places: BTreeMap<usize, usize> = BTreeMap::new();
        let mut groups: Vec<Group> = Vec::new();
        let mut place = |node: usize, groups: &mut Vec<Group>| {
            *places.entry(node).or_insert_with(|| {
                groups.push(Group::default());
                groups.len() - 1
            })
        };
        for at in 0..new.entries.len() {
            let group = place(sets.find(at_new + at), &mut groups);
            groups[group].new.push(at);
        }
        for at in 0..old.entries.len() {
            let group = place(sets.find(at_old + at), &mut groups);
            groups[group].old.push(at);
        }
        for (side, first, is_old) in [(old, 0, true), (new, self.olds, false)] {
            for &(row, reason) in &side.excluded {
                let Some(cluster) = self.clusters[first + row] else {
                    continue;
                };
                let group = place(sets.find(cluster), &mut groups);
                let slot = match is_old {
                    true => &mut groups[group].gone_before,
                    false => &mut groups[group].gone_now,
                };
                // Withdrawn outranks the other reasons, as in resolving.
                *slot = Some(slot.map_or(reason, |known| known.min(reason)));
            }
        }
        self.groups = groups;
    }

    fn groups(&self) -> impl Iterator<Item = &Group> {
        self.groups.iter()
    }

    /// Pairs that a person should decide about, of one that left and one that joined.
    fn questions(&self, old: &Side, new: &Side, changes: &Changes) -> Vec<PossibleRename> {
        let entries = |side: &Side| {
            let mut entry_of = vec![None; side.records.len()];
            for (at, entry) in side.entries.iter().enumerate() {
                entry.rows.iter().for_each(|&row| entry_of[row] = Some(at));
            }
            entry_of
        };
        let (of_old, of_new) = (entries(old), entries(new));
        let mut questions: Vec<PossibleRename> = Vec::new();
        for pair in self
            .resolution
            .pairs
            .iter()
            .filter(|pair| pair.judgement.zone == Zone::Review)
        {
            if pair.a >= self.olds || pair.b < self.olds {
                continue;
            }
            let (Some(from), Some(to)) = (of_old[pair.a], of_new[pair.b - self.olds]) else {
                continue;
            };
            let (from, to) = (&old.entries[from].printed, &new.entries[to].printed);
            let left = changes.left.iter().any(|left| left.printed == *from);
            let joined = changes.joined.iter().any(|joined| joined.printed == *to);
            if left && joined && !questions.iter().any(|known| known.old == *from && known.new == *to) {
                let because = pair.judgement.evidence.first().map(|evidence| evidence.because.clone());
                questions.push(PossibleRename {
                    old: from.clone(),
                    new: to.clone(),
                    because: because.unwrap_or_default(),
                });
            }
        }
        questions
    }
}

/// Disjoint sets (Tarjan, JACM 22, 1975), by halving paths.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn find(&mut self, mut node: usize) -> usize {
        while self.0[node] != node {
            self.0[node] = self.0[self.0[node]];
            node = self.0[node];
        }
        node
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b)] = a.min(b);
    }
}
