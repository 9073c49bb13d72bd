//! Individuals, and what is not a signature.

use super::records;
use undersigned::diag::Code;
use undersigned::model::known::{Answer, Known};
use undersigned::model::signatory::{Column, Kind, Record, Status};
use undersigned::resolve::{Reason, ResolveOptions, Zone, resolve};

fn people(rows: &[(&str, &str, &str)]) -> Vec<Record> {
    let mut out = records(&rows.iter().map(|row| row.0).collect::<Vec<_>>());
    for (record, (_, affiliation, email)) in out.iter_mut().zip(rows) {
        record.kind = Kind::Individual;
        for (column, cell) in [(Column::Affiliation, affiliation), (Column::Email, email)] {
            if !cell.is_empty() {
                record.cells.push((column, (*cell).into()));
            }
        }
    }
    out
}

fn check(rows: &[(&str, &str, &str)], signatories: usize, questions: usize) {
    let (resolution, _) = resolve(&people(rows), &Known::default(), &ResolveOptions::default());
    assert_eq!(resolution.signatories.len(), signatories, "{rows:?}");
    let asked = resolution
        .pairs
        .iter()
        .filter(|pair| pair.judgement.zone == Zone::Review);
    assert_eq!(asked.count(), questions, "{rows:?}");
}

#[test]
fn two_people_of_one_name_stay_apart() {
    check(
        &[("Ana López", "MIT", "a@mit.edu"), ("Ana Lopez", "UCLA", "a@ucla.edu")],
        2,
        0,
    );
    check(&[("Ana López", "MIT", ""), ("Dr. Ana Lopez", "M.I.T.", "")], 1, 0);
    check(
        &[("Ana López", "", "ana@x.org"), ("Ana M. Lopez", "UCLA", "ANA@x.org")],
        1,
        0,
    );
    check(&[("Ana López", "", ""), ("Ana Lopez", "UCLA", "")], 2, 1);
}

#[test]
fn a_middle_initial_of_its_own_tells_people_apart() {
    check(&[("Jane A. Doe", "MIT", ""), ("Jane B. Doe", "MIT", "")], 2, 0);
    // Nobody can tell which of them the third is.
    check(
        &[
            ("Jane A. Doe", "MIT", ""),
            ("Jane B. Doe", "MIT", ""),
            ("Jane Doe", "MIT", ""),
        ],
        3,
        2,
    );
    check(&[("Jane A. Doe", "MIT", ""), ("Jane Doe, MD", "MIT", "")], 1, 0);
    check(&[("Jane Doe", "MIT", ""), ("Doe, Jane", "MIT", "")], 1, 0);
}

#[test]
fn people_with_names_alike_are_asked_about_and_never_joined() {
    let ask = |a, b| check(&[(a, "MIT", ""), (b, "MIT", "")], 2, 1);
    let apart = |a, b| check(&[(a, "MIT", ""), (b, "MIT", "")], 2, 0);
    ask("Bob Jones", "Robert Jones");
    ask("J. Smith", "Jane Smith");
    ask("Wei Zhang", "Zhang Wei");
    ask("Ana Lopez", "Ana Lopes");
    ask("Juan Pérez", "Juan Carlos Pérez García");
    ask("John Smith", "John Smith Jr.");
    apart("John Smith Sr.", "John Smith Jr.");
    apart("John Smith", "Jane Smith");
    apart("Jane Smith", "Jane Brown");
    // Of two affiliations, or of none that is known, only the same name is asked about.
    check(&[("Bob Jones", "MIT", ""), ("Robert Jones", "UCLA", "")], 2, 0);
    check(&[("Bob Jones", "", ""), ("Robert Jones", "", "")], 2, 0);
    check(&[("Mary Garcia", "", "m@x.org"), ("Pedro Garcia", "", "m@x.org")], 2, 1);
}

#[test]
fn an_organisation_among_people_is_noticed() {
    let mut rows = people(&[("Northern Immigrant Justice Coalition", "", "")]);
    rows.extend(records(&["Northern Immigrant Justice Coalition"]));
    let (resolution, diagnostics) = resolve(&rows, &Known::default(), &ResolveOptions::default());
    assert_eq!(resolution.signatories.len(), 2);
    assert_eq!(resolution.pairs[0].judgement.zone, Zone::Review);
    assert_eq!(diagnostics[0].code, Code::OrganizationAsPerson);
}

#[test]
fn rows_that_do_not_count_say_why() {
    let mut rows = records(&["Casa Uno", "CASA UNO", "Casa Dos", "Casa Tres", "", "???"]);
    rows[1].status = Status::Withdrawn;
    rows[2].status = Status::Pending;
    rows[3].status = Status::Declined;
    let (resolution, diagnostics) = resolve(&rows, &Known::default(), &ResolveOptions::default());
    let reasons: Vec<(usize, Reason)> = resolution.excluded.iter().map(|e| (e.row, e.reason)).collect();
    assert_eq!(
        reasons,
        [
            (0, Reason::Withdrawn),
            (1, Reason::Withdrawn),
            (2, Reason::Pending),
            (3, Reason::Declined),
            (4, Reason::Invalid),
            (5, Reason::Invalid),
        ]
    );
    assert_eq!(resolution.signatories, []);
    assert!(diagnostics.iter().any(|d| d.code == Code::WithdrawnElsewhere));
}

#[test]
fn one_group_in_several_districts_is_one_and_it_is_said() {
    let mut rows = records(&["Casa Sol y Luz", "Casa Sol y Luz"]);
    for (row, state) in rows.iter_mut().zip(["Texas", "Ohio"]) {
        row.cells.push((Column::State, state.into()));
    }
    let (resolution, _) = resolve(&rows, &Known::default(), &ResolveOptions::default());
    assert_eq!(resolution.signatories.len(), 1);
    let because = &resolution.pairs[0].judgement.evidence[0].because;
    assert!(because.ends_with("the places differ: Texas and Ohio"), "{because}");
}

/// Rows with a town and a state each; how many signatories and questions.
fn elsewhere(rows: &[(&str, &str, &str)], known: &Known) -> (usize, usize) {
    let mut list = records(&rows.iter().map(|row| row.0).collect::<Vec<_>>());
    for (record, (_, city, state)) in list.iter_mut().zip(rows) {
        for (column, cell) in [(Column::City, city), (Column::State, state)] {
            if !cell.is_empty() {
                record.cells.push((column, (*cell).into()));
            }
        }
    }
    let (resolution, _) = resolve(&list, known, &ResolveOptions::default());
    let asked = resolution
        .pairs
        .iter()
        .filter(|pair| pair.judgement.zone == Zone::Review);
    (resolution.signatories.len(), asked.count())
}

#[test]
fn a_name_of_many_bodies_in_two_places_is_asked_about() {
    let church = "First Baptist Church";
    let check = |rows: &[(&str, &str, &str)], expected| {
        assert_eq!(elsewhere(rows, &Known::default()), expected, "{rows:?}");
    };
    check(&[(church, "", "TX"), ("1st Baptist Church, Inc.", "", "Ohio")], (2, 1));
    check(&[(church, "Dallas", "TX"), (church, "Houston", "TX")], (2, 1));
    check(&[(church, "Dallas", "TX"), (church, "", "Texas")], (1, 0));
    // A town in the cell of the state counts, too.
    check(&[(church, "", "Dallas, TX"), (church, "", "Houston, TX")], (2, 1));
    check(&[(church, "", "Dallas TX"), (church, "Dallas", "Texas")], (1, 0));
    check(&[(church, "", "TX"), (church, "", "")], (1, 0));
    check(&[(church, "", "TX"), (church, "", "OH"), (church, "", "")], (3, 3));
    check(
        &[
            (church, "", "TX"),
            (church, "", "OH"),
            (church, "", "IL"),
            (church, "", "UT"),
        ],
        (4, 0),
    );
    check(&[("Casa Sol y Luz", "", "TX"), ("Casa Sol y Luz", "", "OH")], (1, 0));
    check(&[("Texas Food Bank", "", "TX"), ("Texas Food Bank", "", "DC")], (1, 0));
}

#[test]
fn an_answer_about_a_name_of_many_bodies_holds_for_its_places() {
    let rows = [("First Baptist Church", "", "TX"), ("First Baptist Church", "", "OH")];
    let names = ["First Baptist Church [in Texas]", "First Baptist Church [in OH]"];
    for (answer, signatories) in [(Answer::Same, 1), (Answer::Different, 2)] {
        let known = Known {
            directory: Vec::new(),
            decisions: vec![super::decision(answer, &names)],
            ..Known::default()
        };
        assert_eq!(elsewhere(&rows, &known), (signatories, 0));
        let more = [rows[0], rows[1], ("First Baptist Church", "", "IL")];
        assert_eq!(
            elsewhere(&more, &known).0,
            signatories + 1,
            "a church in a third place is another"
        );
    }
}
