//! Imports in memory.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::engine::{MemoryOutputs, Paths};
use crate::files::{ContentHash, Files, MemoryFiles};
use crate::model::signatory::Status;
use std::sync::Arc;

fn workspace(files: &[(&str, &str)]) -> Workspace {
    let mut all = MemoryFiles::default();
    for (path, text) in files {
        all.insert(Path::new("/w").join(path), text);
    }
    let files: Arc<dyn Files> = Arc::new(all);
    Workspace::open(&files, &Paths::new("/w"), Path::new("/w")).unwrap()
}

fn request(target: ImportTarget) -> ImportRequest {
    ImportRequest {
        input: ListInput::File("/w/export.csv".into()),
        target,
        letter: None,
        without_private: false,
    }
}

fn list() -> ImportTarget {
    ImportTarget::List("/w/list.csv".into())
}

fn written(plan: &mut ImportPlan) -> String {
    let mut out = Vec::new();
    plan.write_to(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn codes(plan: &ImportPlan) -> Vec<Code> {
    plan.diagnostics.iter().map(|said| said.code).collect()
}

fn outcomes(plan: &ImportPlan) -> Vec<(&str, RowOutcome)> {
    let entries = plan.entries.iter();
    entries.map(|entry| (&*entry.name, entry.outcome.clone())).collect()
}

#[test]
fn an_export_becomes_a_new_list() {
    let export = "Organization,Timestamp,Email\nRío  Abajo,2/14/2021 9:05:00,ana@example.org\n,2/15/2021,x@example.org\n\
                  LA RED/Faith in Action,,\n";
    let workspace = workspace(&[("export.csv", export)]);
    let mut plan = workspace.import(request(ImportTarget::Nowhere)).unwrap();
    let columns = plan.columns.iter();
    let columns: Vec<_> = columns
        .map(|column| (&*column.header, column.reads_as, column.is_private, column.filled))
        .collect();
    assert_eq!(
        columns,
        [
            ("Organization", Some("name"), false, 2),
            ("Timestamp", Some("signed_at"), false, 2),
            ("Email", Some("email"), true, 2),
        ]
    );
    let counts = &plan.counts;
    assert_eq!((counts.added.count, counts.nameless.count), (2, 1));
    assert_eq!(plan.sources.line(counts.nameless.first[0]), 3);
    let names: Vec<&str> = plan.questions.iter().map(|asked| &*asked.hold.about).collect();
    assert_eq!(names, ["LA RED; Faith in Action"]);
    assert_eq!(
        written(&mut plan),
        "name,signed_at,email\nRío Abajo,2021-02-14 09:05:00,ana@example.org\nLA RED/Faith in Action,,\n"
    );
    // A list that is not there yet is a new one, in the format of its name.
    let mut plan = workspace
        .import(request(ImportTarget::List("/w/new/list.txt".into())))
        .unwrap();
    assert!(!plan.adds_to_list);
    assert_eq!(plan.expected(), Expected::Nothing);
    let outputs = MemoryOutputs::default();
    plan.write(&outputs).unwrap();
    let files = outputs.into_files();
    assert_eq!(
        files[Path::new("/w/new/list.txt")],
        "Río Abajo\nLA RED/Faith in Action\n".as_bytes()
    );
}

#[test]
fn only_new_rows_are_added_and_the_list_is_expected_as_it_was_read() {
    let old = "\u{feff}Organization;mine\r\nRío Abajo;\"keep; this\"\r\n";
    let workspace = workspace(&[("list.csv", old), ("export.csv", "name,state\nRIO ABAJO,\nTaos,NM\n")]);
    let mut plan = workspace.import(request(list())).unwrap();
    assert!(plan.adds_to_list);
    assert_eq!((plan.counts.added.count, plan.counts.there.count), (1, 1));
    assert_eq!(
        outcomes(&plan),
        [
            (
                "Río Abajo",
                RowOutcome::NameKept {
                    export: "RIO ABAJO".into()
                }
            ),
            ("Taos", RowOutcome::Added(Status::Confirmed)),
        ]
    );
    assert_eq!(plan.expected(), Expected::Content(ContentHash::of(old.as_bytes())));
    let new = "\u{feff}Organization;mine;state\r\nRío Abajo;\"keep; this\";\r\nTaos;;NM\r\n";
    assert_eq!(written(&mut plan), new);
    // It can be written again, to another place.
    assert_eq!(written(&mut plan), new);
}

#[test]
fn a_withdrawal_is_recorded_and_never_undone() {
    let workspace = workspace(&[
        ("list.csv", "name,status\nA Group,\nB Group,withdrawn\n"),
        (
            "export.csv",
            "name,status\nA Group,withdrawn\nB Group,confirmed\nC Group,pending\n",
        ),
    ]);
    let mut plan = workspace.import(request(list())).unwrap();
    let expected = [
        (
            "A Group",
            RowOutcome::Updated {
                old: Status::Confirmed,
                new: Status::Withdrawn,
            },
        ),
        (
            "B Group",
            RowOutcome::StatusKept {
                list: Status::Withdrawn,
                export: Status::Confirmed,
            },
        ),
        ("C Group", RowOutcome::Added(Status::Pending)),
    ];
    assert_eq!(outcomes(&plan), expected);
    assert_eq!((plan.counts.updated.count, plan.counts.unconfirmed.count), (1, 1));
    assert_eq!(
        written(&mut plan),
        "name,status\nA Group,withdrawn\nB Group,withdrawn\nC Group,pending\n"
    );
}

#[test]
fn private_columns_can_be_left_out() {
    let workspace = workspace(&[(
        "export.csv",
        "name,email,notes\nA Group,a@example.org,call 505-555-0100\n",
    )]);
    let plan = |without_private| {
        let request = ImportRequest {
            without_private,
            ..request(ImportTarget::Nowhere)
        };
        written(&mut workspace.import(request).unwrap())
    };
    assert_eq!(plan(true), "name\nA Group\n");
    assert!(plan(false).contains("a@example.org"));
}

#[test]
fn a_date_with_two_readings_stays_unless_another_shows_which() {
    let dates = |rows: &str| {
        let export = format!("Timestamp,Organization\n{rows}");
        let workspace = workspace(&[("export.csv", &export)]);
        let mut plan = workspace.import(request(ImportTarget::Nowhere)).unwrap();
        (codes(&plan).contains(&Code::BadDate), written(&mut plan))
    };
    assert_eq!(
        dates("3/4/2021,A Group\n"),
        (true, "name,signed_at\nA Group,3/4/2021\n".to_owned())
    );
    assert_eq!(
        dates("3/4/2021,A Group\n14/3/2021,B Group\n"),
        (
            false,
            "name,signed_at\nA Group,2021-04-03\nB Group,2021-03-14\n".to_owned()
        )
    );
}

#[test]
fn an_error_leaves_no_list_and_a_target_that_cannot_take_rows_is_refused() {
    let workspace = workspace(&[
        ("export.csv", "colour\nred\n"),
        ("names.csv", "name\nA Group\n"),
        ("list.csv", "name\nB Group\n"),
    ]);
    let mut plan = workspace.import(request(list())).unwrap();
    assert_eq!(codes(&plan), [Code::NoNameColumn]);
    assert!(plan.write_to(&mut Vec::new()).is_err());
    let refused = |target: ImportTarget| {
        let request = ImportRequest {
            input: ListInput::File("/w/names.csv".into()),
            ..request(target)
        };
        workspace.import(request).unwrap_err().to_string()
    };
    assert!(refused(ImportTarget::New("/w/list.csv".into())).contains("is there already"));
    assert!(refused(ImportTarget::New("/w/new.xlsx".into())).contains("not as .xlsx"));
}
