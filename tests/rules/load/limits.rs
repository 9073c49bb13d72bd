//! Limits that the documentation states: what is just within one is read, and what is just
//! over it is refused.

use super::common::{Outcome, body, list};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use undersigned::engine::{self, BoldAlone, DraftRequest, ListInput, Paths};
use undersigned::files::{Files, MemoryFiles};
use undersigned::load::{self, LoadError};
use undersigned::model::text::{Block, Inline};
use undersigned::source::SourceMap;

/// Returns a list of so many columns and one row.
fn columns(number: usize) -> String {
    let header: Vec<String> = (2..=number).map(|at| format!("note {at}")).collect();
    format!("name,{}\nHarwell Village Association\n", header.join(","))
}

#[test]
fn a_list_has_at_most_16_384_columns() {
    assert_eq!(list("a.csv", columns(16_384)).value.len(), 1);
    list("a.csv", columns(16_385))
        .says(&["error[too-large] a.csv:1:1 the list has 16385 columns; at most 16384 are read"]);
}

#[test]
fn a_cell_has_at_most_32_767_bytes() {
    let text = |bytes: usize| format!("name,notes\nHarwell Village Association,{}\n", "x".repeat(bytes));
    assert_eq!(list("a.csv", text(32_767)).value.len(), 1);
    list("a.csv", text(32_768))
        .says(&["error[too-large] a.csv:2:29 the cell is 32768 bytes long; at most 32767 are read"]);
}

#[test]
fn a_letter_has_at_most_16_megabytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    let letter = |bytes: usize| {
        let head = "+++\nkind = \"letter\"\ntitle = \"T\"\nsignatories = []\n+++\n";
        // A comment, which is quickly read over.
        let comment = format!("<!--{}-->", "x".repeat(bytes - head.len() - "<!---->".len()));
        fs::write(&path, format!("{head}{comment}")).unwrap();
        load::letter(&mut SourceMap::default(), "a.md", &path, &load::Project::default())
    };
    assert!(letter(16 << 20).is_ok());
    assert!(matches!(letter((16 << 20) + 1), Err(LoadError::TooLarge { .. })));
}

#[test]
fn a_letter_goes_to_at_most_20_000_recipients() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("to.csv");
    let recipients = |number: usize| {
        fs::write(&path, format!("name\n{}", "Pat Example\n".repeat(number))).unwrap();
        let mut sources = SourceMap::default();
        let loaded = load::recipients(&mut sources, "to.csv", &path, &BTreeMap::new()).unwrap();
        Outcome::new(loaded, sources)
    };
    assert_eq!(recipients(20_000).value.rows.len(), 20_000);
    let said = recipients(20_001);
    assert!(
        said.said()
            .contains(&"error[too-large] to.csv:20002:1 the list has more than 20000 recipients".to_owned()),
        "{:?}",
        said.said()
    );
}

#[test]
fn a_field_has_at_most_1_000_bytes() {
    /// A field that is so many bytes long with its braces.
    fn field(bytes: usize) -> Outcome<undersigned::model::letter::Letter> {
        let inner = "signatories.count";
        body(&format!("{{{{{inner}{}}}}}\n", " ".repeat(bytes - inner.len() - 4)))
    }
    fn is_field(letter: &Outcome<undersigned::model::letter::Letter>) -> bool {
        matches!(&letter.value.body[..], [Block::Paragraph(line)] if matches!(line[..], [Inline::Field(_)]))
    }
    assert!(is_field(&field(1_000)));
    let longer = field(1_001);
    assert!(!is_field(&longer) && !longer.said().is_empty(), "{:?}", longer.said());
}

#[test]
fn a_web_page_has_at_most_16_megabytes() {
    let page = |bytes: usize| {
        let table = "<table><tr><th>name<tr><td>Harwell Village Association</table>";
        let comment = format!("<!--{}-->", "x".repeat(bytes - table.len() - "<!---->".len()));
        list("a.html", format!("{table}{comment}"))
    };
    assert_eq!(page(16 << 20).value.len(), 1);
    let longer = page((16 << 20) + 1);
    assert_eq!(longer.value.len(), 0);
    assert!(longer.said()[0].contains("is longer than 16 MB"), "{:?}", longer.said());
}

#[test]
fn a_draft_has_at_most_64_megabytes() {
    let said = |bytes: usize| {
        // A letter is no draft, which is told as soon as it is read.
        let mut text = vec![b' '; bytes];
        text[..3].copy_from_slice(b"+++");
        let files: Arc<dyn Files> = Arc::new([(PathBuf::from("/w/a.md"), text)].into_iter().collect::<MemoryFiles>());
        let request = DraftRequest {
            input: ListInput::File("/w/a.md".into()),
            out: None,
            changes: None,
            bold: BoldAlone::Ask,
        };
        let refused = engine::draft(&files, &Paths::new(Path::new("/w")), request).err();
        refused.expect("it is refused").to_string()
    };
    assert_eq!(said(64 << 20), "`a.md` is a letter already");
    assert_eq!(said((64 << 20) + 1), "`a.md` is longer than 67108864 bytes");
}
