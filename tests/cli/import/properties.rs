//! What importing promises, for any rows.

use super::workspace::Workspace;
use crate::support::chance;
use proptest::prelude::*;
use std::collections::BTreeMap;
use undersigned::emit::list;
use undersigned::load;
use undersigned::model::known::Known;
use undersigned::model::signatory::{Column, Kind, Level, Record, Status};
use undersigned::resolve;
use undersigned::source::{Origin, SourceMap};

fn read(text: &str) -> Vec<Record> {
    let mut sources = SourceMap::default();
    let bytes = text.as_bytes().to_vec();
    load::list_from_bytes(&mut sources, "a.csv", Some("csv"), bytes, &BTreeMap::new())
        .unwrap()
        .value
}

/// A cell of any letters and signs, with what spreadsheets run at its beginning.
fn cell() -> impl Strategy<Value = String> {
    let text = "[=+@'\"-]{0,2}[\\p{Latin}0-9][\\p{Latin}0-9 ,;\"'&()./|=+@-]{0,16}[a-z]";
    prop_oneof![3 => Just(String::new()), 4 => text, 1 => "[=+@'\"-]{1,3}[a-z]"]
}

fn record() -> impl Strategy<Value = Record> {
    let name = "[=+@'-]{0,2}[\\p{Latin}][\\p{Latin}0-9 ,;\"'&()./|-]{0,20}[a-z]";
    let cells = prop::collection::vec(cell(), Column::ALL.len());
    (name, any::<bool>(), 0..6usize, 0..4usize, cells).prop_map(|(name, person, level, status, cells)| {
        let file = SourceMap::default().add("", "");
        let mut record = Record::new(name.as_str(), Origin::File(file));
        record.kind = if person { Kind::Individual } else { Kind::Organization };
        record.level = Level::ALL.get(level).copied();
        record.status = Status::ALL[status];
        let special = [Column::Name, Column::Kind, Column::Level, Column::Status];
        for (column, cell) in Column::ALL.iter().zip(cells) {
            if *column == Column::EmbargoedUntil {
                // What is no day makes a row pending.
                record.set(*column, if cell.is_empty() { "" } else { "2021-03-01" });
            } else if *column == Column::Notes {
                // What may restrain holds a row.
                record.set(
                    *column,
                    if cell.is_empty() {
                        ""
                    } else {
                        "met in Taos, \"at home\""
                    },
                );
            } else if !special.contains(column) {
                record.set(*column, cell.trim());
            }
        }
        record
    })
}

fn shown(record: &Record) -> Vec<String> {
    Column::ALL
        .iter()
        .map(|column| record.value(*column).into_owned())
        .collect()
}

proptest! {
    #![proptest_config(chance::cases(256))]

    /// What is written is read back as it was, in every column. A name that has bullets or
    /// quotation marks around it loses them, once and for all.
    #[test]
    fn writing_and_reading_is_identity(records in prop::collection::vec(record(), 1..8)) {
        let text = list::csv(&records);
        let back = read(&text);
        prop_assert_eq!(back.len(), records.len());
        for (a, b) in records.iter().zip(&back) {
            if a.name == b.name {
                prop_assert_eq!(shown(a), shown(b), "{}", text);
            }
            prop_assert!(a.name.contains(&*b.name), "{} {}", a.name, b.name);
        }
        let again = read(&list::csv(&back));
        let all = |records: &[Record]| records.iter().map(shown).collect::<Vec<_>>();
        prop_assert_eq!(all(&back), all(&again), "{}", text);
        // And no cell runs in a spreadsheet.
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        for row in reader.records() {
            for cell in &row.unwrap() {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{}", cell);
            }
        }
    }

    /// All rows of an export are found again in the list it was imported into.
    #[test]
    fn importing_again_adds_nothing(records in prop::collection::vec(record(), 0..12)) {
        let found = load::overlap::overlap(&records, &records);
        prop_assert!(found.iter().all(Option::is_some));
        let distinct: std::collections::BTreeSet<_> = found.iter().collect();
        prop_assert_eq!(distinct.len(), records.len());
        let back = read(&list::csv(&records));
        prop_assert!(load::overlap::overlap(&back, &records).iter().all(Option::is_some) || records.is_empty());
    }

    /// Every row is a signatory's or is left out with a reason.
    #[test]
    fn every_row_is_accounted_for(records in prop::collection::vec(record(), 0..20)) {
        let (resolution, _) = resolve::resolve(&records, &Known::default(), &resolve::ResolveOptions::default());
        let printed: usize = resolution.signatories.iter().map(|signatory| signatory.rows.len()).sum();
        prop_assert_eq!(printed + resolution.excluded.len(), records.len());
    }
}

proptest! {
    #![proptest_config(chance::cases(12))]

    /// Through the binary: a second import changes no byte.
    #[test]
    fn a_second_import_changes_no_byte(
        first in prop::collection::vec(record(), 1..6),
        second in prop::collection::vec(record(), 0..6),
    ) {
        let workspace = Workspace::new(&[]);
        let all: Vec<Record> = first.iter().chain(&second).cloned().collect();
        workspace.write("first.csv", list::csv(&first).as_bytes());
        workspace.write("all.csv", list::csv(&all).as_bytes());
        for export in ["first.csv", "all.csv"] {
            let ran = workspace.run(&["import", export, "--into", "list.csv", "--quiet"]);
            prop_assert!(matches!(ran.code, Some(0 | 1)), "{}", ran.err);
        }
        let once = workspace.read("list.csv");
        prop_assert_eq!(read(&once).len(), all.len());
        for export in ["first.csv", "all.csv"] {
            workspace.run(&["import", export, "--into", "list.csv", "--quiet"]);
            prop_assert_eq!(&workspace.read("list.csv"), &once);
        }
    }
}
