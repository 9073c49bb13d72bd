//! The reference of settings says what is read: every key of every table, and every word
//! that a key takes, in both directions.
//!
//! What is read is asked of the program itself: a key and a word that mean nothing are
//! reported with all those that do.

use super::common::{letter, project};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use undersigned::diag::Diagnostic;
use undersigned::emit;
use undersigned::load;
use undersigned::load::known::{DECISION_KEYS, DIRECTORY_KEYS, ROW_KEYS};
use undersigned::model::signatory::{Column, Kind, Level, Status};

/// A key and a word that mean nothing, and are near to none that do.
const NOTHING: &str = "qqqqqqqqqq";

/// Where a table is written.
#[derive(Clone, Copy, PartialEq)]
enum In {
    Letter,
    Project,
}

/// A table: its name in messages, how it begins in a file, where it is written, and the sections
/// of the pages that list its keys.
type Table = (&'static str, &'static str, In, &'static [(&'static str, &'static str)]);

const TABLES: &[Table] = &[
    (
        "the front matter",
        "",
        In::Letter,
        &[
            ("FRONT-MATTER", "## Keys"),
            ("FRONT-MATTER", "### Tables"),
            ("KINDS", "## Press release"),
            ("KINDS", "## Petition"),
            ("KINDS", "## Plan"),
            ("KINDS", "## Campaign page"),
            ("MAIL-MERGE", "## Keys"),
        ],
    ),
    (
        "the project file",
        "",
        In::Project,
        &[("FRONT-MATTER", "## `undersigned.toml`")],
    ),
    (
        "[letterhead]",
        "[letterhead]",
        In::Letter,
        &[("FRONT-MATTER", "### `[letterhead]`")],
    ),
    (
        "[[letterhead.logos]]",
        "[[letterhead.logos]]",
        In::Letter,
        &[("FRONT-MATTER", "#### `[[letterhead.logos]]`")],
    ),
    ("[[to]]", "[[to]]", In::Letter, &[("FRONT-MATTER", "### `[[to]]`")]),
    (
        "[[signature]]",
        "[[signature]]",
        In::Letter,
        &[("FRONT-MATTER", "### `[[signature]]`")],
    ),
    ("[roll]", "[roll]", In::Letter, &[("FRONT-MATTER", "### `[roll]`")]),
    (
        "[roll.names]",
        "[roll.names]",
        In::Letter,
        &[("FRONT-MATTER", "#### `[roll.names]`")],
    ),
    (
        "[[rolls]]",
        "[[rolls]]\nof = \"organizations\"",
        In::Letter,
        &[("FRONT-MATTER", "### `[roll]`"), ("FRONT-MATTER", "#### Several rolls")],
    ),
    ("[page]", "[page]", In::Letter, &[("FRONT-MATTER", "### `[page]`")]),
    (
        "[release]",
        "[release]",
        In::Letter,
        &[("FRONT-MATTER", "### `[release]`")],
    ),
    ("[email]", "[email]", In::Letter, &[("FORMATS", "## Email")]),
    ("[[contact]]", "[[contact]]", In::Letter, &[("KINDS", "### Contacts")]),
    (
        "[[media]]",
        "[[media]]",
        In::Letter,
        &[("KINDS", "### Photos, logos, and videos")],
    ),
    (
        "[[logos]]",
        "[[logos]]",
        In::Letter,
        &[("KINDS", "## Logos of signatories")],
    ),
    ("[call]", "[call]", In::Letter, &[("KINDS", "### Call to action")]),
    ("[style]", "[style]", In::Project, &[("FORMATS", "## Styles")]),
    (
        "[check.profile]",
        "[check.profile]",
        In::Project,
        &[("CHECK", "### Profiles of receivers")],
    ),
    (
        "[check.words]",
        "[check.words]",
        In::Project,
        &[("CHECK", "### Your own words")],
    ),
    (
        "a word of [check.words]",
        "[check.words.prefer.utilize]\nuse = \"use\"",
        In::Project,
        &[("CHECK", "#### Keys of a rule")],
    ),
];

/// Tables whose keys are in a file of words, which the page links to.
const ELSEWHERE: &[(&str, &str)] = &[("[labels]", "../data/labels.toml")];

fn page(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(root.join("docs").join(name).with_extension("md")).expect("the page is there")
}

/// Returns the rows of the tables below a heading, up to the next one: the names in backticks of
/// the first cell, without brackets, with the second cell.
fn rows(name: &str, heading: &str) -> Vec<(String, String)> {
    let page = page(name);
    let below = page.lines().skip_while(|line| *line != heading).skip(1);
    let mut fenced = false;
    let prose = below.filter(|line| {
        fenced ^= line.starts_with("```");
        !fenced
    });
    let mut rows = Vec::new();
    for line in prose.take_while(|line| !line.starts_with('#')) {
        let Some(row) = line.strip_prefix("| ") else {
            continue;
        };
        let mut cells = row.split(" | ");
        let first = cells.next().unwrap_or_default();
        // The rows whose first cell begins with code, which may be a link.
        if !first.trim_start_matches('[').starts_with('`') || first.starts_with("`--") {
            continue;
        }
        let kind = cells.next().unwrap_or_default().to_owned();
        for name in first.split('`').skip(1).step_by(2) {
            // A table is a key of the one around it.
            let bare = name.trim_matches(['[', ']']);
            let key = if bare == name {
                bare
            } else {
                bare.rsplit('.').next().unwrap_or(bare)
            };
            rows.push((key.to_owned(), kind.clone()));
        }
    }
    assert!(!rows.is_empty(), "docs/{name}.md has no table below {heading}");
    rows
}

/// Returns what is said of a table with these lines.
fn said(begin: &str, place: In, lines: &str) -> Vec<Diagnostic> {
    let text = format!("{begin}\n{lines}\n");
    match place {
        In::Project => project(text).diagnostics,
        In::Letter => {
            let key = lines.split(' ').next().unwrap_or_default();
            let head: String = ["kind = \"letter\"\n", "title = \"T\"\n", "signatories = []\n"]
                .into_iter()
                .filter(|line| !begin.is_empty() || !line.starts_with(&format!("{key} = ")))
                .collect();
            letter(format!("+++\n{head}{text}+++\n")).diagnostics
        }
    }
}

fn words_of(list: &str) -> BTreeSet<String> {
    list.split(", ").map(str::to_owned).collect()
}

/// Returns the keys that mean something in a table.
fn keys((name, begin, place, _): &Table) -> BTreeSet<String> {
    let said = said(begin, *place, &format!("{NOTHING} = 1"));
    let end = format!("is not recognized in {name}");
    let about = said.iter().find(|said| said.message.ends_with(&end));
    let hint = about.and_then(|said| said.hint.as_deref()).unwrap_or_default();
    let known = hint.strip_prefix("known are ");
    words_of(known.unwrap_or_else(|| panic!("{name}: {said:?}")))
}

/// Returns the words that a key of a table takes; none if it takes others than a few.
fn words((_, begin, place, _): &Table, key: &str) -> BTreeSet<String> {
    let start = format!("`{key}` is `{NOTHING}`; expected one of ");
    let tried = [format!("{key} = \"{NOTHING}\""), format!("{key} = [\"{NOTHING}\"]")];
    let mut found = BTreeSet::new();
    // A key that the beginning has already is written in its place.
    let begin: String = begin
        .lines()
        .filter(|line| !line.starts_with(&format!("{key} = ")))
        .map(|line| format!("{line}\n"))
        .collect();
    for line in tried {
        for said in said(&begin, *place, &line) {
            found.extend(said.message.strip_prefix(&start).into_iter().flat_map(words_of));
        }
    }
    found
}

#[test]
fn every_key_is_on_its_page_and_every_key_of_a_page_is_read() {
    for table in TABLES {
        let (name, _, _, sections) = table;
        let documented: BTreeSet<String> = sections
            .iter()
            .flat_map(|(page, heading)| rows(page, heading))
            .map(|(key, _)| key)
            .collect();
        let read = keys(table);
        let missing: Vec<_> = read.difference(&documented).collect();
        let unknown: Vec<_> = documented.difference(&read).collect();
        assert!(
            missing.is_empty() && unknown.is_empty(),
            "{name}: the pages lack {missing:?}, and list {unknown:?}, which mean nothing ({sections:?})"
        );
    }
}

#[test]
fn every_word_that_a_key_takes_is_on_its_page() {
    let mut seen = 0;
    for table in TABLES {
        let (name, _, _, sections) = table;
        for (key, kind) in sections.iter().flat_map(|(page, heading)| rows(page, heading)) {
            let read = words(table, &key);
            let is_word = kind.starts_with("word: ") || kind.starts_with("array of words: ");
            let spans = kind.split('`').skip(1).step_by(2);
            let documented: BTreeSet<String> = spans.map(|word| word.trim_matches('"').to_owned()).collect();
            if is_word || !read.is_empty() {
                assert_eq!(documented, read, "`{key}` in {name}");
                seen += 1;
            }
        }
    }
    assert!(seen > 20, "only {seen} keys take words: does the reading still work?");
}

/// The sources name no table that is not looked at here.
#[test]
fn no_table_is_forgotten() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/load");
    let mut named = BTreeMap::new();
    for folder in ["letters", "workspace"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let code = fs::read_to_string(&path).unwrap();
            for call in code.split("reader.only(").skip(1) {
                let arguments = call.split(");").next().unwrap_or_default();
                let table = arguments.split(',').nth(1).unwrap_or_default().trim();
                let table = table.trim_matches('"').to_owned();
                named.insert(table, path.clone());
            }
        }
    }
    // The two rolls share a function.
    assert!(named.remove("shown").is_some());
    assert!(named.len() > 15, "{named:?}");
    let known: Vec<&str> = TABLES.iter().map(|(name, ..)| *name).collect();
    for (table, path) in named {
        let elsewhere = ELSEWHERE.iter().find(|(name, _)| *name == table);
        let is_linked = elsewhere.is_some_and(|(_, link)| page("FRONT-MATTER").contains(link));
        assert!(known.contains(&&*table) || is_linked, "{table} of {}", path.display());
    }
}

#[test]
fn the_keys_of_check_are_on_its_page() {
    let said = said("[check]", In::Project, &format!("{NOTHING} = 1"));
    let hint = said.iter().find_map(|said| said.hint.as_deref()).unwrap_or_default();
    let (_, known) = hint.split_once("one of ").unwrap_or_else(|| panic!("{said:?}"));
    let keys = rows("CHECK", "## Settings").into_iter().map(|(key, _)| key);
    let documented: BTreeSet<String> = keys.filter(|key| key != "CODE").collect();
    assert_eq!(documented, words_of(known));
}

/// The page on decisions shows every key of both files, and no other.
#[test]
fn the_keys_of_decisions_and_of_the_directory_are_on_their_page() {
    let page = page("DECISIONS");
    for (table, keys) in [
        ("[[decision]]", DECISION_KEYS),
        ("[[row]]", ROW_KEYS),
        ("[[organization]]", DIRECTORY_KEYS),
    ] {
        let mut shown = BTreeSet::new();
        for block in page.split("```toml\n").skip(1) {
            let block = block.split("```").next().unwrap_or_default();
            for entry in block.split("\n\n").filter(|entry| entry.starts_with(table)) {
                let keys = entry.lines().filter_map(|line| line.split_once(" = "));
                shown.extend(keys.map(|(key, _)| key));
            }
        }
        assert_eq!(shown, keys.iter().copied().collect(), "{table}");
    }
}

/// Returns the words in backticks of a text.
fn spans(text: &str) -> BTreeSet<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// Returns the lines of a page below one that begins so, up to an empty one.
fn paragraph<'a>(page: &'a str, begin: &str) -> &'a str {
    let at = page.find(begin).unwrap_or_else(|| panic!("{begin} is on the page"));
    page[at..].split("\n\n").next().unwrap_or_default()
}

#[test]
fn every_column_is_on_its_page_public_and_private_apart() {
    let page = page("COLUMNS");
    let public: BTreeSet<String> = rows("COLUMNS", "# Columns").into_iter().map(|(name, _)| name).collect();
    let private = spans(paragraph(&page, "Eight more columns are **private**"));
    let listed = |is_private: bool| {
        let columns = Column::ALL
            .iter()
            .filter(move |column| column.is_private() == is_private);
        columns.map(|column| column.as_str()).collect::<BTreeSet<_>>()
    };
    assert_eq!(
        public.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        listed(false)
    );
    assert_eq!(private, listed(true));
    assert_eq!(private.len(), 8, "the page says how many");
    // The right side of `[columns]` may be these, too.
    let (_, below) = page.split_once("The right side is one of:").expect("the list is there");
    let more = spans(below.split("\n\n").nth(1).unwrap_or_default());
    let extra = load::canonical()
        .into_iter()
        .filter(|word| Column::ALL.iter().all(|column| column.as_str() != *word));
    assert_eq!(more, extra.collect());
}

#[test]
fn the_words_of_a_column_are_on_its_page() {
    let page = page("COLUMNS");
    let check = |column: &str, read: Vec<&str>| {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{column}` | ")));
        let cell = row
            .unwrap_or_else(|| panic!("{column} has a row"))
            .split(" | ")
            .nth(1)
            .unwrap_or_default();
        assert_eq!(spans(cell), read.into_iter().collect(), "{column}");
    };
    check("kind", vec![Kind::Organization.as_str(), Kind::Individual.as_str()]);
    check("level", Level::ALL.iter().map(|level| level.as_str()).collect());
    check("status", Status::ALL.iter().map(|status| status.as_str()).collect());
}

#[test]
fn every_format_is_on_its_page() {
    let documented: BTreeSet<String> = rows("FORMATS", "# Formats and styles")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        documented,
        emit::FORMATS.iter().map(|format| format.name.to_owned()).collect()
    );
    let documented: BTreeSet<String> = rows("LISTS", "# List formats")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let endings = load::FORMATS.iter().flat_map(|format| format.endings);
    let read: BTreeSet<String> = endings.map(|ending| format!(".{ending}")).collect();
    let missing: Vec<_> = documented.difference(&read).collect();
    assert!(
        missing.is_empty(),
        "docs/LISTS.md lists {missing:?}, which are not read"
    );
    let missing: Vec<_> = read.difference(&documented).collect();
    assert!(missing.is_empty(), "docs/LISTS.md lacks {missing:?}");
}
