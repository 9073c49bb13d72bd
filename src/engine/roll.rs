//! The roll as a table: who is printed, who is held, and who is left out, with what each
//! signature says.
//!
//! In: the rows of lists and what became of them. Out: a [`RollTable`] that is searched,
//! sorted and narrowed by facets; all that is known of one entry. Guaranteed: every row is in
//! exactly one entry; the counts of a facet follow the search and the other facets; held
//! rows come by themselves. Absent: drawing; editing (that is `edit`'s).

use super::dedupe::Deduplication;
use super::edit::RowId;
use super::error::Result;
use super::lists::ListInput;
use super::review::SavedAnswer;
use super::workspace::Workspace;
use crate::model::held::Hold;
use crate::model::signatory::{Column, Kind, Level, Record};
use crate::resolve::{self, Reason, Zone};
use icu_normalizer::DecomposingNormalizerBorrowed;
use std::collections::BTreeMap;

/// A table of all rows of lists, an entry for each signatory and for each row that is none.
#[derive(Debug)]
pub struct RollTable {
    /// The rows and what became of them.
    pub rows: Deduplication,
    /// The entries: signatories in the order of the roll, then rows held, then rows left out.
    pub entries: Vec<RollEntry>,
}

/// A signatory, or a row that is in none.
#[derive(Clone, Debug, PartialEq)]
pub struct RollEntry {
    /// The name, as it is printed or as the row has it.
    pub name: String,
    /// What becomes of it.
    pub status: RollStatus,
    /// Organization or person.
    pub kind: Kind,
    /// How far it reaches.
    pub level: Option<Level>,
    /// Town.
    pub city: String,
    /// State or province.
    pub state: String,
    /// The heading under which it is printed.
    pub section: String,
    /// When the first of its rows was signed, as the list has it.
    pub signed_at: String,
    /// Its rows, ascending; indices into the records.
    pub rows: Vec<usize>,
    /// The question that holds it, in words.
    pub question: Option<String>,
    /// How many pairs with it wait for a decision.
    pub open: usize,
    /// What a search looks at: all spellings, without case and accents.
    folded: String,
}

/// What becomes of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RollStatus {
    /// A person must answer about it first.
    Held,
    /// It is printed.
    Printed,
    /// It is left out, for a reason.
    LeftOut(Reason),
}

impl RollStatus {
    /// Returns it in a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Printed => "printed",
            Self::LeftOut(reason) => reason.as_str(),
        }
    }
}

/// What entries are narrowed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RollFacet {
    /// What becomes of them.
    Status,
    /// The heading under which they are printed.
    Section,
    /// State or province.
    State,
    /// How far they reach.
    Level,
}

impl RollFacet {
    /// Every facet.
    pub const ALL: &[Self] = &[Self::Status, Self::Section, Self::State, Self::Level];

    /// Returns its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Section => "section",
            Self::State => "state",
            Self::Level => "level",
        }
    }

    /// Returns an entry's value; empty if it has none.
    pub fn value(self, entry: &RollEntry) -> &str {
        match self {
            Self::Status => entry.status.as_str(),
            Self::Section => &entry.section,
            Self::State => &entry.state,
            Self::Level => entry.level.map_or("", Level::as_str),
        }
    }
}

/// The order of entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RollOrder {
    /// As they are printed.
    #[default]
    Roll,
    /// By name.
    Name,
    /// By state or province.
    State,
    /// By heading.
    Section,
    /// By reach.
    Level,
    /// By what becomes of them.
    Status,
    /// By the number of rows, the most first.
    Rows,
    /// By the time of signing, the last first.
    Signed,
}

impl RollOrder {
    /// Every order.
    pub const ALL: &[Self] = &[
        Self::Roll,
        Self::Name,
        Self::State,
        Self::Section,
        Self::Level,
        Self::Status,
        Self::Rows,
        Self::Signed,
    ];

    /// Returns its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Roll => "roll",
            Self::Name => "name",
            Self::State => "state",
            Self::Section => "section",
            Self::Level => "level",
            Self::Status => "status",
            Self::Rows => "rows",
            Self::Signed => "signed",
        }
    }
}

/// What is looked for in a roll.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RollQuery {
    /// Words that a name, a town or a state must contain.
    pub text: String,
    /// Values that facets must have; empty: no value.
    pub facets: BTreeMap<RollFacet, String>,
    /// The order.
    pub order: RollOrder,
    /// True to turn the order round.
    pub is_reversed: bool,
}

/// A value of a facet, and how many entries would be shown under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    /// The value; empty: none.
    pub value: String,
    /// The number of entries.
    pub count: usize,
}

/// The entries that were looked for.
#[derive(Debug)]
pub struct RollSelection<'a> {
    /// Held rows, in the order of the lists.
    pub held: Vec<(usize, &'a RollEntry)>,
    /// All others, with their places among the entries.
    pub others: Vec<(usize, &'a RollEntry)>,
    /// The values of each facet with their counts, the most frequent first.
    pub facets: Vec<(RollFacet, Vec<FacetCount>)>,
}

/// All that is known of an entry.
#[derive(Debug)]
pub struct RollDetail {
    /// Its rows.
    pub rows: Vec<RollRow>,
    /// Its spellings with the number of rows of each, in the order of the rows.
    pub spellings: Vec<(String, usize)>,
    /// The reasons for which its rows are one signatory.
    pub reasons: Vec<String>,
    /// The names that may be the same signatory, which nobody decided yet.
    pub open: Vec<String>,
    /// The saved answers about any of its names.
    pub answers: Vec<SavedAnswer>,
    /// What holds it.
    pub hold: Option<Hold>,
}

/// A row with all it says.
#[derive(Clone, Debug, PartialEq)]
pub struct RollRow {
    /// The row in its list.
    pub id: RowId,
    /// The list, as the user knows it.
    pub file: String,
    /// The line, of a sheet the row, from 1.
    pub line: u32,
    /// The name, as the list has it.
    pub name: String,
    /// The name by which answers speak of it.
    pub answer_name: String,
    /// What every other column says that says anything, private ones too.
    pub cells: Vec<(Column, String)>,
}

/// Returns a text without case and accents.
fn folded(text: &str) -> String {
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    let is_mark = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    decomposed
        .chars()
        .filter(|c| !is_mark(c))
        .flat_map(char::to_lowercase)
        .collect()
}

impl Workspace {
    /// Reads lists and returns their roll as a table.
    ///
    /// # Errors
    /// When a list cannot be read.
    pub fn roll_table(&self, lists: Vec<ListInput>) -> Result<RollTable> {
        Ok(RollTable::of(match &lists[..] {
            [ListInput::File(list)] => self.dedupe_ahead(list)?,
            _ => self.dedupe(lists, None)?,
        }))
    }
}

impl RollTable {
    /// Makes a table of rows and what became of them.
    pub fn of(rows: Deduplication) -> Self {
        let mut entries = Vec::with_capacity(rows.records.len());
        let mut open = vec![0; rows.records.len()];
        for pair in rows.pairs(Zone::Review) {
            open[pair.a] += 1;
            open[pair.b] += 1;
        }
        for signatory in rows.signatories() {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            let first = &rows.records[signatory.rows.first().copied().unwrap_or_default()];
            entries.push(RollEntry {
                name: signatory.name.clone(),
                status: RollStatus::Printed,
                kind: signatory.kind,
                level: signatory.level,
                city: text(&signatory.city),
                state: text(&signatory.state),
                section: text(&signatory.section),
                signed_at: first.get(Column::SignedAt).unwrap_or_default().to_owned(),
                rows: signatory.rows.clone(),
                question: None,
                open: signatory.rows.iter().map(|&row| open[row]).sum(),
                folded: searched(&signatory.name, signatory.rows.iter().map(|&row| &rows.records[row])),
            });
        }
        let alone = |row: usize, status: RollStatus, question: Option<String>| {
            let record = &rows.records[row];
            let cell = |column| record.get(column).unwrap_or_default().to_owned();
            RollEntry {
                name: record.typed_name().to_owned(),
                status,
                kind: record.kind,
                level: record.level,
                city: cell(Column::City),
                state: cell(Column::State),
                section: cell(Column::Section),
                signed_at: cell(Column::SignedAt),
                rows: vec![row],
                question,
                open: 0,
                folded: searched(record.typed_name(), std::iter::once(record)),
            }
        };
        let held = rows.resolution.held.iter().map(|held| {
            let question = held.hold.question(&rows.records[held.row].name);
            alone(held.row, RollStatus::Held, Some(question))
        });
        let left_out = rows.resolution.excluded.iter();
        let left_out = left_out.map(|row| alone(row.row, RollStatus::LeftOut(row.reason), None));
        entries.extend(held.chain(left_out));
        Self { rows, entries }
    }

    /// Returns the entries that a query looks for.
    pub fn select(&self, query: &RollQuery) -> RollSelection<'_> {
        let words = folded(&query.text);
        let words: Vec<&str> = words.split_whitespace().collect();
        let is_found = |entry: &RollEntry| words.iter().all(|word| entry.folded.contains(word));
        let found: Vec<(usize, &RollEntry)> = self
            .entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| is_found(entry))
            .collect();
        let fits = |entry: &RollEntry, but: Option<RollFacet>| {
            let mut asked = query.facets.iter().filter(|(facet, _)| Some(**facet) != but);
            asked.all(|(facet, value)| facet.value(entry) == value)
        };
        let facets = RollFacet::ALL.iter().map(|&facet| {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for (_, entry) in found.iter().filter(|(_, entry)| fits(entry, Some(facet))) {
                *counts.entry(facet.value(entry)).or_default() += 1;
            }
            let counts = counts.into_iter().map(|(value, count)| FacetCount {
                value: value.to_owned(),
                count,
            });
            let mut counts: Vec<FacetCount> = counts.collect();
            counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
            (facet, counts)
        });
        let facets = facets.collect();
        let found = found.into_iter().filter(|(_, entry)| fits(entry, None));
        let (held, mut others): (Vec<_>, Vec<_>) = found.partition(|(_, entry)| entry.status == RollStatus::Held);
        sort(&mut others, query);
        RollSelection { held, others, facets }
    }

    /// Returns the place of the entry that a row is in, by where the row begins in its list.
    pub fn entry_of(&self, row: RowId) -> Option<usize> {
        let is_row = |at: &usize| RowId::of(&self.rows.records[*at]) == row;
        self.entries.iter().position(|entry| entry.rows.iter().any(is_row))
    }

    /// Returns all that is known of an entry.
    pub fn detail(&self, workspace: &Workspace, entry: &RollEntry) -> RollDetail {
        let row = |&at: &usize| {
            let record = &self.rows.records[at];
            let place = self.rows.row(at);
            let value = |column: &Column| Some((*column, record.value(*column).into_owned()));
            let cells = Column::ALL.iter().filter(|column| **column != Column::Name);
            RollRow {
                id: RowId::of(record),
                file: place.file.to_owned(),
                line: place.line,
                name: record.typed_name().to_owned(),
                answer_name: resolve::answer_name(record),
                cells: cells.filter_map(value).filter(|(_, value)| !value.is_empty()).collect(),
            }
        };
        let rows: Vec<RollRow> = entry.rows.iter().map(row).collect();
        let mut spellings: Vec<(String, usize)> = Vec::new();
        for row in &rows {
            match spellings.iter_mut().find(|(name, _)| *name == row.name) {
                Some((_, count)) => *count += 1,
                None => spellings.push((row.name.clone(), 1)),
            }
        }
        let own = |row: usize| entry.rows.binary_search(&row).is_ok();
        let other = |pair: &resolve::Pair| match (own(pair.a), own(pair.b)) {
            (true, false) => Some(pair.b),
            (false, true) => Some(pair.a),
            _ => None,
        };
        let others = self.rows.pairs(Zone::Review).filter_map(other);
        let mut open: Vec<String> = others.map(|row| self.rows.records[row].name.to_string()).collect();
        open.dedup();
        let is_about = |answer: &SavedAnswer| {
            rows.iter()
                .any(|row| answer.is_about(&row.answer_name) || answer.is_about(&row.name))
        };
        let held = self.rows.resolution.held.iter().find(|held| own(held.row));
        RollDetail {
            spellings,
            reasons: self.rows.reasons(&entry.rows).into_iter().map(str::to_owned).collect(),
            open,
            answers: workspace.answers().into_iter().filter(is_about).collect(),
            hold: held.map(|held| held.hold.clone()),
            rows,
        }
    }
}

/// Returns what a search of an entry looks at.
fn searched<'a>(name: &str, rows: impl Iterator<Item = &'a Record>) -> String {
    let mut text = name.to_owned();
    for record in rows {
        let cells = [Column::City, Column::State, Column::Affiliation].map(|column| record.get(column));
        for part in cells.into_iter().flatten().chain([&*record.name]) {
            if !text.contains(part) {
                text.push('\n');
                text += part;
            }
        }
    }
    folded(&text)
}

fn sort(entries: &mut [(usize, &RollEntry)], query: &RollQuery) {
    let key = |entry: &RollEntry| match query.order {
        RollOrder::Roll | RollOrder::Rows => String::new(),
        RollOrder::Name => entry.folded.clone(),
        RollOrder::State => entry.state.clone(),
        RollOrder::Section => entry.section.clone(),
        RollOrder::Level => entry.level.map_or(String::new(), |level| format!("{}", level as u8)),
        RollOrder::Status => entry.status.as_str().to_owned(),
        RollOrder::Signed => entry.signed_at.clone(),
    };
    match query.order {
        RollOrder::Roll => {}
        RollOrder::Rows => entries.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.rows.len())),
        RollOrder::Signed => entries.sort_by_cached_key(|(_, entry)| std::cmp::Reverse(key(entry))),
        // What says nothing goes last.
        _ => entries.sort_by_cached_key(|(_, entry)| {
            let key = key(entry);
            (key.is_empty(), key)
        }),
    }
    if query.is_reversed {
        entries.reverse();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::engine::Paths;
    use crate::files::{Files, MemoryFiles};
    use std::path::Path;
    use std::sync::Arc;

    const LIST: &str = "name,state,level,section,status,email,signed_at\n\
        Harbor Readers,OR,local,Books,,ana@harbor.example,2026-03-02\n\
        HARBOR READERS,OR,,,,,2026-03-01\n\
        Río Abajo Clinic,NM,state,Health,,,\n\
        Quiet Press,OR,,Books,withdrawn,,\n\
        UndocuBlack,NY,,,,,\n\
        UndocuBlack Network,NY,,,,,\n\
        TOTAL: 12,,,,,,\n";

    fn table(decisions: &str) -> (Workspace, RollTable) {
        let mut files = MemoryFiles::default();
        files.insert("/w/signatories/a.csv", LIST);
        if !decisions.is_empty() {
            files.insert("/w/signatories/decisions.toml", decisions);
        }
        let files: Arc<dyn Files> = Arc::new(files);
        let workspace = Workspace::open(&files, &Paths::new("/w"), Path::new("/w")).unwrap();
        let lists = vec![ListInput::File("/w/signatories/a.csv".into())];
        let table = workspace.roll_table(lists).unwrap();
        (workspace, table)
    }

    fn names(selection: &RollSelection<'_>) -> Vec<String> {
        let entries = selection.held.iter().chain(&selection.others);
        entries.map(|(_, entry)| entry.name.clone()).collect()
    }

    #[test]
    fn every_row_is_in_one_entry_and_held_rows_come_first() {
        let (_, table) = table("");
        let mut rows: Vec<usize> = table.entries.iter().flat_map(|entry| entry.rows.clone()).collect();
        rows.sort_unstable();
        assert_eq!(rows, (0..7).collect::<Vec<_>>());
        let all = table.select(&RollQuery::default());
        assert_eq!(all.held.len(), 1);
        assert_eq!(
            names(&all),
            [
                "TOTAL: 12",
                "Harbor Readers",
                "Río Abajo Clinic",
                "UndocuBlack",
                "UndocuBlack Network",
                "Quiet Press"
            ]
        );
        assert!(all.held[0].1.question.as_deref().unwrap().contains("TOTAL: 12"));
    }

    #[test]
    fn counts_follow_the_search_and_the_other_facets() {
        let (_, table) = table("");
        let mut query = RollQuery {
            text: "rio ABAJO".to_owned(),
            ..RollQuery::default()
        };
        assert_eq!(names(&table.select(&query)), ["Río Abajo Clinic"]);
        query.text.clear();
        query.facets.insert(RollFacet::State, "OR".to_owned());
        let found = table.select(&query);
        assert_eq!(names(&found), ["Harbor Readers", "Quiet Press"]);
        let counts = |facet: RollFacet| {
            let (_, counts) = found.facets.iter().find(|(own, _)| *own == facet).unwrap();
            counts
                .iter()
                .map(|one| format!("{} {}", one.value, one.count))
                .collect::<Vec<_>>()
        };
        assert_eq!(counts(RollFacet::Status), ["printed 1", "withdrawn 1"]);
        assert_eq!(counts(RollFacet::State), ["NY 2", "OR 2", " 1", "NM 1"]);
        query.facets.clear();
        query.order = RollOrder::Rows;
        assert_eq!(names(&table.select(&query))[1], "Harbor Readers");
        query.order = RollOrder::Level;
        assert_eq!(
            names(&table.select(&query))[1..3],
            ["Río Abajo Clinic", "Harbor Readers"]
        );
    }

    #[test]
    fn an_entry_says_all_that_is_known_of_it() {
        let decisions =
            "[[decision]]\nanswer = \"different\"\nnames = [\"Harbor Readers\", \"Harbor Writers\"]\nby = \"Rosa\"\n";
        let (workspace, table) = table(decisions);
        let at = table.entry_of(RowId::of(&table.rows.records[1])).unwrap();
        let detail = table.detail(&workspace, &table.entries[at]);
        assert_eq!(
            detail.spellings,
            [("Harbor Readers".to_owned(), 1), ("HARBOR READERS".to_owned(), 1)]
        );
        assert_eq!((detail.rows[1].line, &*detail.rows[1].file), (3, "signatories/a.csv"));
        assert!(
            detail.rows[0]
                .cells
                .contains(&(Column::Email, "ana@harbor.example".to_owned()))
        );
        assert_eq!(detail.answers.len(), 1);
        assert!(!detail.reasons.is_empty() && detail.open.is_empty());
        let network = table
            .entries
            .iter()
            .find(|entry| entry.name == "UndocuBlack Network")
            .unwrap();
        assert_eq!(
            (network.open, table.detail(&workspace, network).open),
            (1, vec!["UndocuBlack".to_owned()])
        );
    }
}
