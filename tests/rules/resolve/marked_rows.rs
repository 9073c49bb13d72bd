//! Rows that people marked, in the lists of bench/rows: those that must be printed are, and those
//! that must not be are not.
//!
//! What the program gets wrong stands here in full, so that it cannot grow unseen.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use undersigned::diag::Severity;
use undersigned::engine::{Deduplication, ListInput, Paths, Workspace};
use undersigned::files::{Files, MemoryFiles};
use undersigned::model::held::HeldReason;

/// The good rows of bench/rows/exports that are held or left out by themselves, and the bad ones
/// that are printed; each as its set, file, and line.
const WRONG: [&str; 8] = [
    "fifth good-odd.csv: +If Not Us Then Who?,National",
    "first everyaction.csv: +1001,Ohio,Ana,Lopez,a@example.org,Signed,",
    "first word-list.txt: +Dr. Ana Torres, University of Michigan",
    "first tricky-names.csv: +Kentucky,KY,confirmed",
    "first tricky-names.csv: +Red,NM,confirmed",
    "first pasted-footnotes.txt: +Americans for Immigrant Justice*",
    "fourth re-export.csv: -Quicksilver Smiths,Confirmed,2025-03-01",
    "sixth people-petition.csv: -7,Mickey,Mouse,Orlando,US,,1,lol",
];

/// The files among them that are refused as a whole.
const REFUSED: [&str; 4] = [
    "fifth jira.csv",
    "fifth ngpvan.csv",
    "fifth headings.md",
    "sixth qualtrics.csv",
];

/// Names that are left out without a question.
const NO_NAMES: [&str; 4] = ["N/A", "n/a", "None", "asdf"];

/// Resolves a list by itself; `None` where it is refused.
fn resolved(name: &str, text: &str) -> Option<Deduplication> {
    let path = Path::new("/w/signatories").join(name);
    let letter = (Path::new("/w/letters/a.md").to_owned(), "");
    let files: Arc<dyn Files> = Arc::new([letter, (path.clone(), text)].into_iter().collect::<MemoryFiles>());
    let workspace = Workspace::open(&files, &Paths::new("/w"), Path::new("letters")).expect("a workspace");
    let input = ListInput::File(path);
    let found = workspace.dedupe(vec![input], None).ok()?;
    let refused = found.diagnostics.iter().any(|said| said.severity == Severity::Error);
    (!refused).then_some(found)
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Printed,
    /// Held until an answer about a column.
    Column,
    Held(HeldReason),
    LeftOut,
}

/// Returns what became of each row, by its line.
fn fates(found: &Deduplication) -> BTreeMap<u32, Fate> {
    let line = |row: usize| found.row(row).line;
    let resolution = &found.resolution;
    let printed = resolution.signatories.iter().flat_map(|signatory| &signatory.rows);
    let held = resolution.held.iter().map(|held| match held.hold.reason {
        HeldReason::ColumnUnclear => (line(held.row), Fate::Column),
        reason => (line(held.row), Fate::Held(reason)),
    });
    let left_out = resolution.excluded.iter().map(|out| (line(out.row), Fate::LeftOut));
    printed
        .map(|&row| (line(row), Fate::Printed))
        .chain(held)
        .chain(left_out)
        .collect()
}

#[test]
fn marked_rows_of_exports_are_printed_or_not() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("bench/rows/exports");
    let mut sets: Vec<_> = fs::read_dir(folder)
        .expect("readable")
        .map(|entry| entry.expect("readable").path())
        .collect();
    sets.sort();
    let (mut wrong, mut refused) = (Vec::new(), Vec::new());
    let (mut good, mut bad) = (0, 0);
    for set in sets {
        let text = fs::read_to_string(&set).expect("readable");
        for file in text.split("=== ").skip(1) {
            let (name, lines) = file.split_once('\n').expect("a file");
            // Sheets are read by tests of their own.
            if name.ends_with(".xlsx") {
                continue;
            }
            let lines: Vec<(char, &str)> = lines
                .lines()
                .map(|line| {
                    line.chars()
                        .next()
                        .map_or((' ', ""), |mark| (mark, &line[mark.len_utf8()..]))
                })
                .collect();
            let text: String = lines.iter().flat_map(|(_, line)| [*line, "\n"]).collect();
            let set = set.file_stem().unwrap_or_default().to_string_lossy();
            let Some(found) = resolved(name, &text) else {
                refused.push(format!("{set} {name}"));
                continue;
            };
            let fates = fates(&found);
            for (number, (mark, line)) in (1..).zip(&lines) {
                let fate = fates.get(&number);
                let holds = match mark {
                    '+' => {
                        good += 1;
                        let may_ask = !name.starts_with("plain-");
                        fate == Some(&Fate::Printed) || may_ask && fate == Some(&Fate::Column)
                    }
                    '-' => {
                        bad += 1;
                        fate != Some(&Fate::Printed)
                    }
                    _ => true,
                };
                if !holds {
                    wrong.push(format!("{set} {name}: {mark}{line}"));
                }
            }
        }
    }
    assert_eq!(wrong, WRONG);
    assert_eq!(refused, REFUSED);
    assert!(good > 600 && bad > 700, "{good} good rows and {bad} bad ones were read");
}

#[test]
fn a_row_that_is_no_signatory_is_never_printed_and_says_why() {
    let text = include_str!("../../../bench/rows/not_signatories.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut wrong = Vec::new();
    // One by one: a heading or the end of a message changes what is seen of the rows below.
    for row in reader.records() {
        let row = row.expect("a row");
        let (name, reason) = (&row[0], &row[1]);
        let found = resolved("list.csv", &format!("name\n\"{}\"\n", name.replace('"', "\"\""))).expect("a list");
        let fates: Vec<Fate> = fates(&found).into_values().collect();
        let said = match &fates[..] {
            [Fate::Held(held)] => held.as_str(),
            [Fate::LeftOut] => "left out",
            _ => "printed",
        };
        let expected = match NO_NAMES.contains(&name) {
            true => "left out",
            false => reason,
        };
        if said != expected {
            wrong.push(format!("{name}: {said}, not {expected}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
