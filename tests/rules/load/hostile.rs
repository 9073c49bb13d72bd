//! Files made to break the loader, and files made at random.

use super::common::{HEAD, body, letter, list, piped, project};
use proptest::prelude::*;
use std::collections::BTreeMap;
use undersigned::load::{self, LoadError};
use undersigned::model::text::Block;
use undersigned::source::{Origin, SourceMap};

#[test]
fn files_that_cannot_be_read_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let columns = BTreeMap::new();
    let mut sources = SourceMap::default();
    let found = load::list(&mut sources, "x", folder.path(), &columns);
    assert!(matches!(found, Err(LoadError::Folder { .. })));
    let found = load::list(&mut sources, "x.csv", &folder.path().join("none.csv"), &columns);
    let error = found.unwrap_err();
    assert!(matches!(error, LoadError::Unreadable { .. }));
    assert_eq!(error.to_string(), "cannot read `x.csv`");
    assert!(std::error::Error::source(&error).is_some());
    let path = folder.path().join("long.md");
    std::fs::File::create(&path).unwrap().set_len(17 << 20).unwrap();
    let found = load::letter(&mut sources, "long.md", &path, &load::Project::default());
    assert!(matches!(found, Err(LoadError::TooLarge { .. })));
}

#[test]
fn a_million_columns_are_refused() {
    let mut text = "name".to_owned();
    text.push_str(&",x".repeat(1_000_000));
    let found = list("a.csv", &text);
    assert_eq!(
        found.said(),
        ["error[too-large] a.csv:1:1 the list has 1000001 columns; at most 16384 are read"]
    );
}

#[test]
fn a_row_of_a_million_cells_is_told() {
    let text = format!("name,city\nA,{}\nB,Y\n", "x,".repeat(1_000_000));
    let found =
        list("a.csv", &text).says(&["warning[ragged-row] a.csv:2:5 the row has 1000002 cells, but the header has 2"]);
    assert_eq!(found.value.len(), 2);
}

#[test]
fn giant_cells_are_refused() {
    let text = format!("name,city\n{},X\n", "é".repeat(1_000_000));
    list("a.csv", &text).says(&["error[too-large] a.csv:2:1 the cell is 2000000 bytes long; at most 32767 are read"]);
    let text = "x".repeat(100_000);
    list("a.txt", &text).says(&[
        "error[too-large] a.txt:1:1 the line is 100000 bytes long; at most 32767 are read",
        "warning[empty-list] a.txt the list contains no signatories",
    ]);
}

#[test]
fn nesting_is_bounded() {
    fn depth(blocks: &[Block]) -> usize {
        let inner = |block: &Block| match block {
            Block::Quote(inner) => 1 + depth(inner),
            Block::List(list) => 1 + list.items.iter().map(|item| depth(item)).max().unwrap_or(0),
            _ => 0,
        };
        blocks.iter().map(inner).max().unwrap_or(0)
    }
    let found = body(&format!("{} a\n", ">".repeat(50_000)));
    assert_eq!(
        found.said()[0],
        "warning[too-large] a.md:6:32 this is nested more than 32 levels deep; the deeper levels are joined"
    );
    assert!(depth(&found.value.body) <= 32);
    let lists: String = (0..300).map(|level| format!("{}- a\n", "  ".repeat(level))).collect();
    assert!(depth(&body(&lists).value.body) <= 32);
    body(&format!("{}a{}\n", "*_".repeat(20_000), "_*".repeat(20_000)));
    body(&"[".repeat(50_000));
    body(&"{{".repeat(500_000));
    body(&"`{{ '".repeat(100_000));
    body(&"~~~ a\n".repeat(100_000));
    header_of(&format!("x = {}", "[".repeat(100_000)));
    header_of(&format!("x{} = 1", ".a".repeat(100_000)));
}

fn header_of(keys: &str) {
    let found = letter(format!("{HEAD}{keys}\n+++\n"));
    assert!(!found.diagnostics.is_empty());
}

/// Holds what every loaded list promises, whatever the bytes were.
fn sound_list(found: &super::common::Outcome<Vec<undersigned::model::signatory::Record>>) {
    for record in &found.value {
        assert!(!record.name.chars().any(char::is_control));
        assert_eq!(record.name.trim(), &*record.name);
        assert!(record.cells.is_sorted_by(|a, b| a.0 < b.0));
        let Origin::Span { file, start, end } = record.origin else {
            panic!("no span")
        };
        assert!(found.sources.text(file).get(start as usize..end as usize).is_some());
    }
    found.said();
}

/// Texts that are nearly lists.
fn rows() -> impl Strategy<Value = String> {
    let cell = prop_oneof![
        "[a-zA-Z ,;\"\n\u{a0}é]{0,12}",
        Just("name".to_owned()),
        Just("kind".to_owned()),
        Just("\"".to_owned()),
        "\\PC{0,8}",
    ];
    let row = prop::collection::vec(cell, 0..5).prop_map(|cells| cells.join(","));
    prop::collection::vec(row, 0..8).prop_map(|rows| rows.join("\n"))
}

/// Texts that are nearly Markdown with fields.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{{ ".to_owned()),
        Just(" }}".to_owned()),
        Just("\n\n".to_owned()),
        Just("\n> ".to_owned()),
        Just("\n- ".to_owned()),
        Just("| a |\n|---|\n| ".to_owned()),
        Just("[^1]".to_owned()),
        Just("\n\n[^1]: ".to_owned()),
        Just("<b>".to_owned()),
        Just("<!--".to_owned()),
        Just("\u{f0000}".to_owned()),
        "[*_`~#\\[\\]()!\\\\\"'&<>{}|-]{1,4}",
        "\\PC{1,6}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Names in four scripts. Not any letter: some letters are fillers without a
/// shape, which are removed.
const NAME: &str = "[\\p{Latin}\\p{Greek}\\p{Cyrillic}\\p{Hebrew}][\\p{Latin}0-9 ,;\"'&()./|-]{0,20}[a-zéñ]";

/// Names without white space at their ends or controls come back as typed.
#[track_caller]
fn check_names(names: &[impl AsRef<str>]) {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["name", "city"]).unwrap();
    for name in &names {
        writer.write_record([name, "X"]).unwrap();
    }
    let found = piped(writer.into_inner().unwrap(), Some("csv"));
    let loaded: Vec<&str> = found.value.iter().map(|record| &*record.name).collect();
    assert_eq!(loaded, names);
    assert!(found.diagnostics.is_empty());
}

#[test]
fn a_name_may_begin_with_a_letter_that_is_also_a_sign() {
    check_names(&["ªa", "΄x"]);
}

mod properties {
    use super::*;
    use crate::chance;
    use crate::load::common::header;

    proptest! {
        #![proptest_config(chance::cases(256))]

        #[test]
        fn any_bytes_load_as_any_list(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            for format in load::FORMATS {
                sound_list(&piped(&bytes, Some(format.name)));
            }
            sound_list(&piped(&bytes, None));
        }

        #[test]
        fn any_rows_load(text in rows()) {
            let text = format!("name,kind,state\n{text}");
            sound_list(&piped(&text, Some("csv")));
            sound_list(&piped(&text, None));
        }

        #[test]
        fn any_bytes_load_as_a_letter(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            letter(&bytes);
            project(&bytes);
            let mut whole = HEAD.as_bytes().to_vec();
            whole.extend(&bytes);
            letter(&whole).said();
        }

        #[test]
        fn any_markdown_loads(text in markdown()) {
            body(&text).said();
            let quoted = text.replace(['\\', '\'', '\n'], " ");
            header(&format!("subject = '{quoted}'")).said();
        }

        #[test]
        fn names_survive_a_round_trip(names in prop::collection::vec(NAME, 2..6)) {
            check_names(&names);
        }
    }
}
