//! Remembered answers and the directory.

use super::{asked, decision, entry, groups, run};
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
        ..Known::default()
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
        ..Known::default()
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

#[test]
fn two_printed_names_for_one_signatory_are_said() {
    let mut known = decided(&[
        (Answer::Same, &["Casa Uno", "Casa Dos"]),
        (Answer::Same, &["Casa Dos", "Casa Uno"]),
    ]);
    known.decisions[0].print = Some("Casa Uno".to_owned());
    known.decisions[1].print = Some("Casa Dos".to_owned());
    let (resolution, diagnostics) = run(&["Casa Uno", "Casa Dos"], &known);
    assert_eq!(resolution.signatories[0].name, "Casa Dos");
    let codes: Vec<Code> = diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::ContradictoryDecisions]);
}

#[test]
fn a_name_that_is_alias_and_not_the_same_is_one_error() {
    let mut casa = entry("Casa", &["Casa Uno"], None);
    casa.not_same.push("CASA UNO".to_owned());
    let known = Known {
        directory: vec![casa],
        decisions: Vec::new(),
        ..Known::default()
    };
    let (_, diagnostics) = run(&["Casa"], &known);
    assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
    assert!(diagnostics[0].message.contains("as the same and as different"));
}

#[test]
fn an_answer_about_a_name_joins_no_two_legal_forms_of_it() {
    let known = decided(&[(Answer::Different, &["Deutsche Bank", "Sparkasse Nord"])]);
    let names = ["Deutsche Bank AG", "Deutsche Bank GmbH"];
    check(&names, &known, &[&["Deutsche Bank AG"], &["Deutsche Bank GmbH"]]);
}

#[test]
fn a_join_that_others_forbid_is_asked_about_and_says_so() {
    // One slip leads from each to the next, two from the first to the last.
    let names = [
        "Riverbend Community Society Library",
        "Riverbend Comunity Society Library",
        "Riverbend Comunity Sociey Library",
    ];
    let (resolution, _) = run(&names, &Known::default());
    assert_eq!(resolution.signatories.len(), 2);
    let questions = resolution
        .pairs
        .iter()
        .filter(|pair| pair.judgement.zone == Zone::Review);
    let rules: Vec<Vec<&str>> = questions
        .map(|pair| pair.judgement.evidence.iter().map(|evidence| evidence.rule).collect())
        .collect();
    assert_eq!(rules.len(), 1);
    assert!(rules[0].contains(&"others-differ"), "{rules:?}");
}

const CHAPTERS: [&str; 5] = [
    "Tideline Act",
    "Tideline Act Ohio",
    "Tideline Act Texas",
    "Tideline Act Sacramento",
    "Tideline Act Maine",
];

fn family(answer: Answer) -> Known {
    let mut decision = decision(answer, &["Tideline Act"]);
    decision.family = true;
    Known {
        decisions: vec![decision],
        ..Known::default()
    }
}

#[test]
fn a_family_is_one_question() {
    let (resolution, _) = run(&CHAPTERS, &Known::default());
    assert_eq!(asked(&CHAPTERS, &resolution).len(), 1);
    let [family] = &resolution.families[..] else {
        panic!("{:?}", resolution.families)
    };
    assert_eq!((family.short, family.longer.len()), (0, 4));
    // Two are enough if each adds a place.
    let check = |names: &[&str], expected| {
        let (resolution, _) = run(names, &Known::default());
        assert_eq!((asked(names, &resolution).len(), resolution.families.len()), expected);
    };
    check(&CHAPTERS[..3], (1, 1));
    check(
        &["Tideline Act", "Tideline Act Ohio", "Tideline Act Youth Choir"],
        (2, 0),
    );
    check(&["Casa for Old Tides (COTI)", "COTI Ohio", "COTI Texas"], (1, 1));
}

#[test]
fn one_answer_settles_a_family() {
    let known = family(Answer::Different);
    let (resolution, diagnostics) = run(&CHAPTERS, &known);
    assert_eq!(
        (asked(&CHAPTERS, &resolution).len(), resolution.signatories.len()),
        (0, 5)
    );
    assert_eq!(diagnostics, []);
    let judgement = judge("Tideline Act Iowa", "Tideline Act", &known);
    assert_eq!(
        (judgement.zone, judgement.evidence[0].rule),
        (Zone::Apart, "remembered")
    );

    let known = family(Answer::Same);
    let (resolution, _) = run(&CHAPTERS, &known);
    assert_eq!(
        (asked(&CHAPTERS, &resolution).len(), resolution.signatories.len()),
        (0, 1)
    );
    // As many merges as rows, but for the first.
    assert_eq!(resolution.pairs.len(), 4);
    assert_eq!(judge("Tideline Act Iowa", "Tideline Act", &known).zone, Zone::Merge);
    // A separate legal entity is no place.
    assert_eq!(
        judge("Tideline Act Action Fund", "Tideline Act", &known).zone,
        Zone::Apart
    );
}

#[test]
fn a_decision_about_a_member_outranks_that_about_its_family() {
    let mut known = family(Answer::Same);
    known
        .decisions
        .push(decision(Answer::Different, &["Tideline Act", "Tideline Act Ohio"]));
    let (resolution, _) = run(&CHAPTERS, &known);
    assert_eq!(resolution.signatories.len(), 2);
}
