//! Sheets of questions in all formats.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::model::question_sheet::{NameRun, SheetSide, SheetSubject};

/// Names that somebody might put into a form to do harm, and others that are only odd.
const HOSTILE: &[&str] = &[
    "=HYPERLINK(\"http://x\",\"y\")",
    "@SUM(A1)",
    "+1",
    "-1",
    "</script><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</style><style>*{display:none}",
    "a\u{202e}b\u{2066}c",
    "]]>&amp;&#x0;",
    "{{ x }} {% y %}",
    "q-0123456789abcdef",
    "'",
    "\u{1}\u{b}\u{fffe}",
    "javascript:alert(1)",
    "a\nb\r\nc",
    "",
];

fn sheet(names: &[&str]) -> QuestionSheet {
    let side = |name: &str| SheetSide {
        name: vec![
            NameRun {
                text: name.to_owned(),
                differs: true,
            },
            NameRun {
                text: "rest".to_owned(),
                differs: false,
            },
        ],
        rows: vec![name.to_owned()],
    };
    let questions = names.iter().enumerate().map(|(at, name)| SheetQuestion {
        key: format!("{at:016x}"),
        subject: SheetSubject::Pair,
        question: format!("Is “{name}” one?"),
        sides: vec![side(name), side("other")],
        evidence: vec![(*name).to_owned()],
        choices: vec!["one and the same", "two different signatories"],
        takes_name: true,
    });
    QuestionSheet {
        about: names.join(" "),
        questions: questions.collect(),
        is_private: false,
    }
}

#[test]
fn hostile_names_stay_text() {
    let sheet = sheet(HOSTILE);
    let page = String::from_utf8(page::write(&sheet).unwrap()).unwrap();
    assert_eq!(page.matches("<script>").count(), 1);
    assert_eq!(page.matches("<style>").count(), 1);
    assert!(!page.contains("<img") && !page.contains("onerror=alert(1)>"));
    for tag in page.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        for asks in [" src=", " href=", " srcset=", " action=", " onerror="] {
            assert!(!tag.contains(asks), "{tag}");
        }
    }
    assert!(!page.contains("url(") && !page.contains("@import"));
    let table = String::from_utf8(csv::write(&sheet).unwrap()).unwrap();
    let mut reader = ::csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    for record in reader.records() {
        let record = record.unwrap();
        assert_eq!(record.len(), 11);
        for cell in &record {
            assert!(
                !crate::model::formula::runs_as_formula(cell) || cell.starts_with('\''),
                "{cell:?}"
            );
        }
    }
    assert!(workbook::write(&sheet).unwrap().starts_with(b"PK"));
}

#[test]
fn every_format_takes_long_names_and_many_questions() {
    let long = "Ω ".repeat(40_000);
    let names: Vec<&str> = std::iter::once(long.as_str())
        .chain(std::iter::repeat_n("a", 1500))
        .collect();
    let sheet = sheet(&names);
    for format in QUESTION_FORMATS {
        let bytes = (format.emit)(&sheet).unwrap();
        assert!(bytes.len() < 4 << 20, "{}: {}", format.extension, bytes.len());
    }
}

#[test]
fn the_page_says_by_itself_what_may_run() {
    let page = String::from_utf8(page::write(&sheet(&["a"])).unwrap()).unwrap();
    for part in [
        "default-src 'none'",
        "script-src 'sha256-",
        "style-src 'sha256-",
        "form-action 'none'",
    ] {
        assert!(
            page.contains(part) || page.contains(&part.replace('\'', "&#39;")),
            "{part}"
        );
    }
    // The key, the three answers with "not sure", and a label for each field.
    assert!(page.contains("data-key=\"q-0000000000000000\""));
    assert_eq!(page.matches("type=\"radio\" name=").count(), 3);
    assert_eq!(page.matches("<label").count(), 3 + 3);
    assert!(page.contains("<legend>"));
}

#[test]
fn without_a_question_there_is_still_a_file() {
    for format in QUESTION_FORMATS {
        assert!(!(format.emit)(&QuestionSheet::default()).unwrap().is_empty());
    }
}
