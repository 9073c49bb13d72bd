//! Looks up the meaning of a list's headers and values.
//!
//! In: a header or a cell as typed, and data/headers.toml. Out: its [`Meaning`],
//! or the canonical word. Guaranteed: case, accents, punctuation, spaces and
//! what stands in parentheses do not count. Absent: what one column means beside
//! the others (that is `column_guess`').

use super::consent_words::WORDS;
use super::fold::{fold, fold_all};
use crate::diag::closest;
use crate::model::signatory::{Column, Kind, Level, Status};
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The meaning of a header, without the others of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::load) enum Meaning {
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
    /// A question whose answer says whether the row counts.
    Question(ConsentQuestion),
    /// When it was signed, the day before the month or after it.
    Signed {
        /// Whether the day comes first.
        day_first: bool,
    },
    /// Nothing that is used here.
    Unused,
}

/// A question whose answer says whether a row counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::load) enum ConsentQuestion {
    /// May this person sign for the organisation?
    Authorized,
    /// May the name be published?
    Publish,
    /// Do they sign?
    Signed,
    /// Shall the name be kept private?
    Private,
    /// Is this person not, or not yet, allowed to sign?
    Unauthorized,
    /// Did they withdraw?
    Withdrawn,
    /// Did they decline?
    Declined,
}

/// The words that `[columns]` may use besides the canonical columns.
const EXTRA: &[(&str, Meaning)] = &[
    ("full_name", Meaning::FullName),
    ("first_name", Meaning::FirstName),
    ("last_name", Meaning::LastName),
    ("authorized", Meaning::Question(ConsentQuestion::Authorized)),
    ("publish", Meaning::Question(ConsentQuestion::Publish)),
    ("signed", Meaning::Question(ConsentQuestion::Signed)),
    ("private", Meaning::Question(ConsentQuestion::Private)),
    ("unauthorized", Meaning::Question(ConsentQuestion::Unauthorized)),
    ("withdrawn", Meaning::Question(ConsentQuestion::Withdrawn)),
    ("declined", Meaning::Question(ConsentQuestion::Declined)),
    ("signed_at_day_first", Meaning::Signed { day_first: true }),
    ("signed_at_month_first", Meaning::Signed { day_first: false }),
    ("unused", Meaning::Unused),
];

/// Returns the words that may stand on the right in `[columns]`: the canonical
/// columns, the few that describe a person's name, and the questions of consent.
pub fn canonical() -> Vec<&'static str> {
    Column::ALL
        .iter()
        .map(|column| column.as_str())
        .chain(EXTRA.iter().map(|(word, _)| *word))
        .collect()
}

/// Returns the word that stands for a meaning in `[columns]`; `None` for a column that is
/// not used.
pub(super) fn word(meaning: Meaning) -> Option<&'static str> {
    match meaning {
        Meaning::Column(column) => Some(column.as_str()),
        Meaning::Either => Some(Column::Name.as_str()),
        Meaning::PersonTitle => Some(Column::Title.as_str()),
        Meaning::Unused => None,
        other => EXTRA
            .iter()
            .find(|(_, meaning)| *meaning == other)
            .map(|(word, _)| *word),
    }
}

/// Returns what a canonical word means; case and separators do not count.
pub(in crate::load) fn by_canonical(word: &str) -> Option<Meaning> {
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
    let known = |folded: String| tables().headers.get(&folded).copied();
    // "Name (First)" says more than a name does.
    let aside = || header.contains('(').then(|| known(fold_all(header))).flatten();
    aside().or_else(|| known(fold(header))).or_else(|| either_way(header))
}

/// Returns what a header of two words for one thing means: "Organization / Company",
/// "State or Province", "Title/Role".
fn either_way(header: &str) -> Option<Meaning> {
    if header.len() > 100 {
        return None;
    }
    let pieces = header.split('/').flat_map(|piece| piece.split(" or "));
    let mut meanings = pieces.map(|piece| match tables().headers.get(&fold(piece)).copied() {
        Some(Meaning::Column(Column::Title)) => Some(Meaning::PersonTitle),
        meaning => meaning,
    });
    let first = meanings.next()??;
    let rest: Vec<Option<Meaning>> = meanings.collect();
    let is_name = |meaning: &Meaning| matches!(meaning, Meaning::Either | Meaning::Column(Column::Name));
    if rest.is_empty() {
        return None;
    }
    if rest.iter().all(|meaning| *meaning == Some(first)) {
        return Some(first);
    }
    // "Name / Organization" is anybody's.
    let names = is_name(&first) && rest.iter().all(|meaning| meaning.as_ref().is_some_and(is_name));
    names.then_some(Meaning::Either)
}

/// Returns what a header means by a phrase in it, as the questions of a form have
/// it: "What is the full legal name of your organization?". A private column goes
/// before a public one, then the longer phrase before the shorter.
pub(super) fn guess(header: &str) -> Option<Meaning> {
    let folded = format!(" {} ", fold(header));
    let said = |phrase: &str| folded.contains(&format!(" {phrase} "));
    let found = tables().phrases.iter().filter(|(phrase, _)| said(phrase));
    let rank = |meaning: &Meaning| match meaning {
        Meaning::Column(Column::ContactName | Column::ContactTitle) => 2,
        Meaning::Column(column) if column.is_private() => 3,
        Meaning::Question(_) => 1,
        _ => 0,
    };
    // What asks for leave holds an answer, whatever it speaks of: "I authorize the use
    // of my organization's name".
    let asks = asks_leave(&folded);
    found
        .filter(|(_, meaning)| {
            asks.is_none() || rank(meaning) > 0 || *meaning == Meaning::Column(Column::EmbargoedUntil)
        })
        .max_by_key(|(phrase, meaning)| (rank(meaning), phrase.len()))
        .map(|&(_, meaning)| meaning)
        .or(asks.flatten())
}

/// Returns whether a folded header asks for leave, and for which, as far as one word tells.
fn asks_leave(folded: &str) -> Option<Option<Meaning>> {
    let mut asks = None;
    for word in folded.split(' ') {
        let permission = &WORDS.permission;
        let asked = if permission.authorized.contains(word) {
            Some(ConsentQuestion::Authorized)
        } else if permission.publish.contains(word) {
            Some(ConsentQuestion::Publish)
        } else if permission.unspecified.contains(word) {
            None
        } else {
            continue;
        };
        asks = Some(asked.map(Meaning::Question).or(asks.flatten()));
    }
    asks
}

/// Returns the canonical word whose name or alias is nearest to a header.
pub(super) fn nearest(header: &str) -> Option<&'static str> {
    let folded = fold(header);
    if folded.chars().count() > 60 {
        return None;
    }
    let canonical = canonical();
    if let Some(word) = closest(&folded, canonical.iter().copied()) {
        return canonical.into_iter().find(|known| *known == word);
    }
    let tables = tables();
    // Two letters are near to any two: "CC" is no slip of "CD".
    let aliases = tables
        .aliases
        .iter()
        .map(String::as_str)
        .filter(|alias| alias.chars().count() > 2);
    let alias = closest(&folded, aliases)?;
    let meaning = tables.headers.get(alias)?;

    match meaning {
        Meaning::Column(column) => Some(column.as_str()),
        Meaning::Either => Some(Column::Name.as_str()),
        Meaning::PersonTitle => Some(Column::Title.as_str()),
        other => EXTRA.iter().find(|(_, known)| known == other).map(|(word, _)| *word),
    }
}

/// Returns whether a folded answer is a yes or a no, if it is one of the known.
pub(super) fn answer(folded: &str) -> Option<bool> {
    tables().answers.get(folded).copied()
}

/// Returns whether a name begins as one does that people type to try a form; quick, and
/// never wrong in saying no.
pub(super) fn may_be_test(name: &str) -> bool {
    /// Longest such name as typed, in bytes, with signs and a number.
    const LONGEST: usize = 60;
    let mut letters = name.chars().filter(|c| c.is_alphanumeric());
    match (letters.next(), letters.next()) {
        (Some(a), Some(b)) if name.len() <= LONGEST => {
            let start = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
            tables().test_starts.contains(&start)
        }
        _ => false,
    }
}

/// Returns whether a folded name is one that people type to try a form.
pub(super) fn is_test(folded: &str) -> bool {
    let without_number = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    tables().tests.contains(folded) || tables().tests.contains(without_number)
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
    let cell = unranked(cell);
    status_of_folded(&fold(cell)).or_else(|| {
        // "Done - signed": two words for one status.
        let (first, second) = cell.split_once(" - ")?;
        let first = status_of_folded(&fold(first))?;
        (status_of_folded(&fold(second)) == Some(first)).then_some(first)
    })
}

/// Returns a cell without the number that ranks it: "4 - Signed", "2) Considering".
pub(super) fn unranked(cell: &str) -> &str {
    let cell = cell.trim();
    let rest = cell.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == cell.len() || cell.len() - rest.len() > 2 {
        return cell;
    }
    let kept = rest
        .trim_start()
        .trim_start_matches(['-', '–', '—', '.', ')', ':'])
        .trim_start();
    let is_ranked = kept.len() < rest.trim_start().len() && kept.starts_with(char::is_alphabetic);
    if is_ranked { kept } else { cell }
}

/// Returns the status that a folded cell means.
pub(super) fn status_of_folded(folded: &str) -> Option<Status> {
    tables().statuses.get(folded).copied()
}

#[derive(Debug, Default)]
struct Tables {
    headers: FxHashMap<String, Meaning>,
    /// The aliases in the order of the file.
    aliases: Vec<String>,
    phrases: Vec<(String, Meaning)>,
    answers: FxHashMap<String, bool>,
    tests: BTreeSet<String>,
    /// The first two letters or figures of those.
    test_starts: BTreeSet<(char, char)>,
    kinds: FxHashMap<String, Kind>,
    levels: FxHashMap<String, Level>,
    statuses: FxHashMap<String, Status>,
}

/// Returns the tables of data/headers.toml. A test holds that the file is sound; here
/// an unsound entry is passed over.
fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut tables = Tables::default();
        for (path, alias) in entries() {
            let alias = fold(alias.as_str());
            let (section, word) = path.rsplit_once('.').unwrap_or(("", &path));
            match section {
                "columns" | "people" | "questions" | "unused" => {
                    if let Some(meaning) = target(section, word) {
                        if meaning != Meaning::Unused {
                            tables.aliases.push(alias.clone());
                        }
                        tables.headers.insert(alias, meaning);
                    }
                }
                "phrases" => {
                    if let Some(meaning) = target(section, word) {
                        tables.phrases.push((alias, meaning));
                    }
                }
                "values.answer" => {
                    tables.answers.insert(alias, word == "yes");
                }
                "values.test" => {
                    let mut letters = alias.chars().filter(|c| c.is_alphanumeric());
                    if let (Some(a), Some(b)) = (letters.next(), letters.next()) {
                        tables.test_starts.insert((a, b));
                    }
                    tables.tests.insert(alias);
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
        ("people" | "phrases", "person_title") => Some(Meaning::PersonTitle),
        (_, word) => by_canonical(word),
    }
}

/// Returns every string of every array of data/headers.toml, with the path of the
/// array: `("columns.name", "organization")`.
fn entries() -> Vec<(String, String)> {
    fn walk(value: &Value, path: &str, out: &mut Vec<(String, String)>) {
        match value {
            Value::Object(table) => {
                for (key, value) in table {
                    match path {
                        "" => walk(value, key, out),
                        path => walk(value, &format!("{path}.{key}"), out),
                    }
                }
            }
            Value::Array(array) => {
                let strings = array.iter().filter_map(Value::as_str);
                out.extend(strings.map(|alias| (path.to_owned(), alias.to_owned())));
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    walk(&word_list!("headers"), "", &mut out);
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_of_aliases_is_sound() {
        let mut seen = BTreeSet::new();
        for (path, alias) in entries() {
            let (section, word) = path.rsplit_once('.').unwrap();
            assert_eq!(fold(&alias), alias, "{path}");
            let group = match section {
                "columns" | "people" | "questions" | "unused" => "headers",
                other => other,
            };
            assert!(seen.insert((group.to_owned(), alias.clone())), "{alias} stands twice");
            if !section.starts_with("values") {
                assert!(target(section, word).is_some(), "{path}");
                assert!(
                    section == "phrases" || by_canonical(&alias).is_none(),
                    "{alias} is canonical"
                );
            } else if section == "values.answer" {
                assert_eq!(answer(&alias), Some(word == "yes"), "{path}");
            } else if section == "values.test" {
                assert!(is_test(&alias), "{alias}");
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
        check("Organization / Company", column(Column::Name));
        check("Position/Title", Some(Meaning::PersonTitle));
        check("State or Province", column(Column::State));
        check("Name (First)", Some(Meaning::FirstName));
        check("Address (City)", column(Column::City));
        check("Contact_Name_Last", Some(Meaning::LastName));
        check("Signed?", Some(Meaning::Question(ConsentQuestion::Signed)));
        check("Signer Name", Some(Meaning::Either));
        check("City/State", None);
        check("Column 9", None);
        check(
            "I am authorized to sign on behalf of my organization",
            Some(Meaning::Question(ConsentQuestion::Authorized)),
        );
    }

    #[test]
    fn questions_are_understood_by_a_phrase() {
        let check = |header: &str, expected| {
            assert_eq!(meaning(header), None, "{header}");
            assert_eq!(guess(header), expected, "{header}");
        };
        let column = |column| Some(Meaning::Column(column));
        check(
            "What is the full legal name of your organization?",
            column(Column::Name),
        );
        check(
            "Please write your organization's name as it should appear on the letter",
            column(Column::Name),
        );
        check(
            "Best email address for questions about your organization",
            column(Column::Email),
        );
        check("¿Cuál es el nombre de su organización?", column(Column::Name));
        check("In which state(s) do you work?", column(Column::State));
        check(
            "By checking this box I confirm that I am authorized to sign for the organization named above",
            Some(Meaning::Question(ConsentQuestion::Authorized)),
        );
        check(
            "May we publish your organization's name on our website?",
            Some(Meaning::Question(ConsentQuestion::Publish)),
        );
        check("How did you hear about us?", None);
        check(
            "I authorize the use of my organization's name",
            Some(Meaning::Question(ConsentQuestion::Publish)),
        );
        check(
            "¿Autoriza publicar el nombre de su organización?",
            Some(Meaning::Question(ConsentQuestion::Publish)),
        );
        check(
            "¿Está autorizado/a para firmar en nombre de la organización?",
            Some(Meaning::Question(ConsentQuestion::Authorized)),
        );
        check("I confirm that this is the name of my organization", None);
        check(
            "Please do not publish my name",
            Some(Meaning::Question(ConsentQuestion::Private)),
        );
        check("Contact person's email", column(Column::Email));
    }

    #[test]
    fn the_nearest_known_header_is_offered() {
        assert_eq!(nearest("Organisaton"), Some("name"));
        assert_eq!(nearest("e-mial"), Some("email"));
        assert_eq!(nearest("Favorite color"), None);
    }
}
