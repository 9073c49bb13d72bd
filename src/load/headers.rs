//! What a list's headers and values mean.
//!
//! In: a header or a cell as typed, and data/headers.toml. Out: its [`Meaning`],
//! or the canonical word. Guaranteed: case, accents, punctuation, spaces and
//! what stands in parentheses do not count. Absent: what one column means beside
//! the others (that is `table`'s).

use crate::model::signatory::{Column, Kind, Level, Status};
use icu_normalizer::DecomposingNormalizer;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;
use toml::de::{DeTable, DeValue};

/// What a header means, seen alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A canonical column.
    Column(Column),
    /// A person's whole name.
    FullName,
    /// A person's given name.
    FirstName,
    /// A person's family name.
    LastName,
    /// A name: of whom, the other columns say.
    Either,
    /// A person's title.
    PersonTitle,
    /// Nothing that is used here.
    Unused,
}

/// The words that `[columns]` may use besides the canonical columns.
const EXTRA: &[(&str, Meaning)] = &[
    ("full_name", Meaning::FullName),
    ("first_name", Meaning::FirstName),
    ("last_name", Meaning::LastName),
    ("unused", Meaning::Unused),
];

/// Returns the words that may stand on the right in `[columns]`: the canonical
/// columns and the few that describe a person's name.
pub fn canonical() -> Vec<&'static str> {
    Column::ALL
        .iter()
        .map(|column| column.as_str())
        .chain(EXTRA.iter().map(|(word, _)| *word))
        .collect()
}

/// Returns what a canonical word means; case and separators do not count.
pub(super) fn by_canonical(word: &str) -> Option<Meaning> {
    // Mostly it is written as it stands here, and folding takes time.
    canonical_where(|known| known == word).or_else(|| {
        let folded = fold(word);
        canonical_where(|known| fold(known) == folded)
    })
}

fn canonical_where(same: impl Fn(&str) -> bool) -> Option<Meaning> {
    Column::ALL
        .iter()
        .find(|column| same(column.as_str()))
        .map(|&column| Meaning::Column(column))
        .or_else(|| EXTRA.iter().find(|(known, _)| same(known)).map(|&(_, meaning)| meaning))
}

/// Returns what a header means, by its canonical name or an alias.
pub(super) fn meaning(header: &str) -> Option<Meaning> {
    tables().headers.get(&fold(header)).copied()
}

/// Returns the kind that a cell means.
pub(super) fn kind(cell: &str) -> Option<Kind> {
    tables().kinds.get(&fold(cell)).copied()
}

/// Returns the level that a cell means.
pub(super) fn level(cell: &str) -> Option<Level> {
    tables().levels.get(&fold(cell)).copied()
}

/// Returns the status that a cell means.
pub(super) fn status(cell: &str) -> Option<Status> {
    tables().statuses.get(&fold(cell)).copied()
}

/// Longest header that is looked up, in bytes; a longer one is a paragraph.
const LONGEST: usize = 400;

/// Folds a header for look-up: lower case, no marks, no parentheses and what
/// they hold, words and figures only, single spaces between.
pub(super) fn fold(header: &str) -> String {
    let mut end = header.len().min(LONGEST);
    while !header.is_char_boundary(end) {
        end -= 1;
    }
    let mut out = String::new();
    let mut depth = 0usize;
    for c in DecomposingNormalizer::new_nfkd().normalize(&header[..end]).chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '\u{300}'..='\u{36f}' => {}
            _ if depth > 0 => {}
            c if c.is_alphanumeric() || c == '#' => out.extend(c.to_lowercase()),
            _ if out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    out.trim().to_owned()
}

#[derive(Debug, Default)]
struct Tables {
    headers: FxHashMap<String, Meaning>,
    kinds: FxHashMap<String, Kind>,
    levels: FxHashMap<String, Level>,
    statuses: FxHashMap<String, Status>,
}

const DATA: &str = include_str!("../../data/headers.toml");

/// The tables of data/headers.toml. A test holds that the file is sound; here
/// an unsound entry is passed over.
fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut tables = Tables::default();
        for (path, alias) in entries(DATA) {
            let alias = fold(alias.as_str());
            let (section, word) = path.rsplit_once('.').unwrap_or(("", &path));
            match section {
                "columns" | "people" | "unused" => {
                    if let Some(meaning) = target(section, word) {
                        tables.headers.insert(alias, meaning);
                    }
                }
                "values.kind" => {
                    let kind = [Kind::Organization, Kind::Individual];
                    insert(&mut tables.kinds, alias, kind.into_iter().find(|k| k.as_str() == word));
                }
                "values.level" => {
                    let level = Level::ALL.iter().copied().find(|l| l.as_str() == word);
                    insert(&mut tables.levels, alias, level);
                }
                "values.status" => {
                    let status = Status::ALL.iter().copied().find(|s| s.as_str() == word);
                    insert(&mut tables.statuses, alias, status);
                }
                _ => {}
            }
        }
        for column in Column::ALL {
            let meaning = match column {
                Column::Name => Meaning::Either,
                &column => Meaning::Column(column),
            };
            tables.headers.insert(fold(column.as_str()), meaning);
        }
        for (word, meaning) in EXTRA {
            tables.headers.insert(fold(word), *meaning);
        }
        // Typeform numbers its rows under this header.
        tables.headers.insert("#".to_owned(), Meaning::Unused);
        for kind in [Kind::Organization, Kind::Individual] {
            tables.kinds.insert(kind.as_str().to_owned(), kind);
        }
        for &level in Level::ALL {
            tables.levels.insert(level.as_str().to_owned(), level);
        }
        for &status in Status::ALL {
            tables.statuses.insert(status.as_str().to_owned(), status);
        }
        tables
    })
}

fn insert<T>(table: &mut FxHashMap<String, T>, alias: String, value: Option<T>) {
    if let Some(value) = value {
        table.insert(alias, value);
    }
}

fn target(section: &str, word: &str) -> Option<Meaning> {
    match (section, word) {
        ("unused", _) => Some(Meaning::Unused),
        ("people", "either") => Some(Meaning::Either),
        ("people", "title") => Some(Meaning::PersonTitle),
        (_, word) => by_canonical(word),
    }
}

/// Returns every string of every array in a TOML text, with the path of the
/// array: `("columns.name", "organization")`.
fn entries(text: &str) -> Vec<(String, String)> {
    fn walk(table: &DeTable<'_>, path: &str, out: &mut Vec<(String, String)>) {
        for (key, value) in table {
            let path = if path.is_empty() {
                key.get_ref().to_string()
            } else {
                format!("{path}.{}", key.get_ref())
            };
            match value.get_ref() {
                DeValue::Table(inner) => walk(inner, &path, out),
                DeValue::Array(array) => {
                    let strings = array.iter().filter_map(|item| item.get_ref().as_str());
                    out.extend(strings.map(|alias| (path.clone(), alias.to_owned())));
                }
                _ => {}
            }
        }
    }
    let mut out = Vec::new();
    if let Ok(table) = DeTable::parse(text) {
        walk(table.get_ref(), "", &mut out);
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_of_aliases_is_sound() {
        DeTable::parse(DATA).unwrap();
        let mut seen = BTreeSet::new();
        for (path, alias) in entries(DATA) {
            let (section, word) = path.rsplit_once('.').unwrap();
            assert_eq!(fold(&alias), alias, "{path}");
            let group = if section.starts_with("values") {
                section
            } else {
                "headers"
            };
            assert!(seen.insert((group.to_owned(), alias.clone())), "{alias} stands twice");
            if !section.starts_with("values") {
                assert!(target(section, word).is_some(), "{path}");
                assert!(by_canonical(&alias).is_none(), "{alias} is canonical");
            } else {
                let known = match section {
                    "values.kind" => kind(&alias).map(Kind::as_str),
                    "values.level" => level(&alias).map(Level::as_str),
                    _ => status(&alias).map(Status::as_str),
                };
                assert_eq!(known, Some(word), "{path}");
            }
        }
        assert!(seen.len() > 200);
    }

    #[test]
    fn headers_of_exports_are_understood() {
        let check = |header, expected| assert_eq!(meaning(header), expected, "{header}");
        let column = |column| Some(Meaning::Column(column));
        check("Organization Name (as it should appear)", column(Column::Name));
        check("Affiliate or Caucus ", column(Column::Name));
        check("Nombre de la organización", column(Column::Name));
        check("\"E-mail\"", column(Column::Email));
        check("Email address", column(Column::Email));
        check("can2_state_abbreviated", column(Column::State));
        check("State(s)", column(Column::State));
        check("Is your organization national, state or local?", column(Column::Level));
        check("Submit Date (UTC)", column(Column::SignedAt));
        check("Network ID", column(Column::Ip));
        check("SIGNED_AT", column(Column::SignedAt));
        check("full_name", Some(Meaning::FullName));
        check("First Name", Some(Meaning::FirstName));
        check("Your Title", Some(Meaning::PersonTitle));
        check("#", Some(Meaning::Unused));
        check("zip_code", Some(Meaning::Unused));
        check("Column 9", None);
    }
}
