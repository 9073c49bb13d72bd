//! Remembered answers and the directory.

use crate::{asked, decision, entry, groups, run};
use undersigned::diag::Code;
use undersigned::model::known::{Answer, Known};
use undersigned::resolve::{Zone, judge};

fn decided(decisions: &[(Answer, &[&str])]) -> Known {
    Known {
        directory: Vec::new(),
        decisions: decisions
            .iter()
            .map(|&(answer, names)| decision(answer, names))
            .collect(),
    }
}

fn check(names: &[&str], known: &Known, expected: &[&[&str]]) {
    let (resolution, _) = run(names, known);
    assert_eq!(groups(names, &resolution), expected);
}

#[test]
fn same_joins_what_no_rule_would_and_survives_respelling() {
    let known = decided(&[(Answer::Same, &["Dancing Classrooms", "American Ballroom Theater"])]);
    let names = ["DANCING CLASSROOMS, INC.", "American Ballroom Theatre", "Casa Uno"];
    check(
        &names,
        &known,
        &[
            &["American Ballroom Theatre", "DANCING CLASSROOMS, INC."],
            &["Casa Uno"],
        ],
    );
}

#[test]
fn different_parts_what_a_rule_would_join() {
    let names = ["Deutsche Bank AG", "Deutsche Bank GmbH"];
    let known = decided(&[(Answer::Different, &names)]);
    check(&names, &known, &[&["Deutsche Bank AG"], &["Deutsche Bank GmbH"]]);
    let (resolution, _) = run(&names, &known);
    assert_eq!(asked(&names, &resolution), []);
}

#[test]
fn same_and_different_is_different() {
    let names = ["UndocuBlack", "UndocuBlack Network", "UndocuBlack Network Project"];
    let known = decided(&[
        (Answer::Same, &["UndocuBlack", "UndocuBlack Network"]),
        (Answer::Different, &["UndocuBlack", "UndocuBlack Network Project"]),
    ]);
    let (resolution, _) = run(&names, &known);
    assert_eq!(asked(&names, &resolution), []);
    assert_eq!(
        judge("UndocuBlack Network", "UndocuBlack Network Project", &known).zone,
        Zone::Apart
    );
}

#[test]
fn contradictions_name_both_entries() {
    let known = decided(&[
        (Answer::Same, &["Casa Uno", "Casa Dos"]),
        (Answer::Same, &["Casa Dos", "Casa Tres"]),
        (Answer::Different, &["Casa Uno", "Casa Tres"]),
    ]);
    let (_, diagnostics) = run(&["Casa Uno"], &known);
    let found: Vec<&str> = diagnostics
        .iter()
        .filter(|d| d.code == Code::ContradictoryDecisions)
        .map(|d| d.message.as_str())
        .collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|message| message.contains("`Casa Tres`")), "{found:?}");
}

#[test]
fn a_decision_without_rows_is_reported() {
    let known = decided(&[(Answer::Same, &["Nobody", "Nowhere"])]);
    let (_, diagnostics) = run(&["Casa Uno"], &known);
    assert_eq!(
        diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(),
        [Code::UnusedDecision]
    );
}

#[test]
fn the_directory_joins_aliases_and_prints_its_name() {
    let mut first = entry(
        "Coalition for Humane Immigrant Rights",
        &["Angelica Humana"],
        Some("CHIRLA"),
    );
    first.not_same.push("Chirla Action".to_owned());
    let known = Known {
        directory: vec![first, entry("Casa", &[], None)],
        decisions: Vec::new(),
    };
    let names = ["CHIRLA", "angelica humana", "Casa", "Chirla Action"];
    let (resolution, _) = run(&names, &known);
    assert_eq!(
        groups(&names, &resolution),
        vec![
            vec!["CHIRLA".to_owned(), "angelica humana".to_owned()],
            vec!["Casa".to_owned()],
            vec!["Chirla Action".to_owned()],
        ]
    );
    assert_eq!(resolution.signatories[0].name, "Coalition for Humane Immigrant Rights");
    assert_eq!(asked(&names, &resolution), []);
}
