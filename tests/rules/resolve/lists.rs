//! What a list as a whole makes of its rows: names that others have a claim to, the name that
//! is printed, and rows that are left out.

use super::{asked, decision, groups, records, run};
use undersigned::diag::{Code, Diagnostic};
use undersigned::model::known::{Answer, Known};
use undersigned::model::signatory::{Column, Kind, Record, Status};
use undersigned::resolve::{Resolution, ResolveOptions, resolve};

fn resolved(records: &[Record], known: &Known) -> (Resolution, Vec<Diagnostic>) {
    resolve(records, known, &ResolveOptions::default())
}

fn told(diagnostics: &[Diagnostic], code: Code) -> usize {
    diagnostics.iter().filter(|diagnostic| diagnostic.code == code).count()
}

#[test]
fn an_acronym_that_several_names_give_merges_nothing_and_is_asked_about() {
    let names = [
        "CHIRLA",
        "Coalition for Humane Immigrant Rights of Los Angeles (CHIRLA)",
        "Chicago House of Relief and Learning Aid (CHIRLA)",
        "Oak Union",
    ];
    let (resolution, _) = run(&names, &Known::default());
    assert_eq!(groups(&names, &resolution).len(), 4);
    assert_eq!(asked(&names, &resolution).len(), 3, "each of the three with each");
    // Nobody else gives it.
    let (resolution, _) = run(&names[..2], &Known::default());
    assert_eq!(resolution.signatories.len(), 1);
}

#[test]
fn a_name_in_capitals_is_printed_only_where_there_is_no_other() {
    for names in [
        ["HARBOR LEGAL AID", "Harbor Legal Aid", "harbor legal aid"],
        ["harbor legal aid", "HARBOR LEGAL AID", "Harbor Legal Aid"],
    ] {
        let (resolution, _) = run(&names, &Known::default());
        let printed: Vec<&str> = resolution.signatories.iter().map(|one| &*one.name).collect();
        assert_eq!(printed, ["Harbor Legal Aid"]);
    }
}

#[test]
fn a_row_without_a_letter_is_told_of_unless_it_is_empty_or_waits() {
    let mut rows = records(&["!!!", "", "???", "Harbor Readers"]);
    rows[2].status = Status::Pending;
    let (resolution, diagnostics) = resolved(&rows, &Known::default());
    assert_eq!((resolution.signatories.len(), resolution.excluded.len()), (1, 3));
    assert_eq!(told(&diagnostics, Code::EmptyName), 1);
}

#[test]
fn an_organization_has_a_representative_and_a_person_has_none() {
    let mut rows = records(&["Harbor Readers", "Elm House", "Ana Ruiz"]);
    rows[0].set(Column::Representative, "Lena Park");
    rows[2].set(Column::Representative, "Lena Park");
    rows[2].kind = Kind::Individual;
    rows.iter_mut().for_each(|row| row.set(Column::Title, "Director"));
    let (resolution, _) = resolved(&rows, &Known::default());
    let found: Vec<(&str, Option<&str>, Option<&str>)> = resolution
        .signatories
        .iter()
        .map(|one| (&*one.name, one.representative.as_deref(), one.title.as_deref()))
        .collect();
    let expected = [
        ("Ana Ruiz", None, Some("Director")),
        ("Elm House", None, None),
        ("Harbor Readers", Some("Lena Park"), Some("Director")),
    ];
    assert_eq!(found.len(), 3);
    assert!(expected.iter().all(|one| found.contains(one)), "{found:?}");
}

#[test]
fn a_person_that_looks_like_an_organization_is_told_of() {
    let mut rows = records(&[
        "Oak Tenants Legal Services Association, Inc.",
        "Elm House, Inc.",
        "Ana Ruiz",
    ]);
    rows[0].kind = Kind::Individual;
    rows[2].kind = Kind::Individual;
    let (_, diagnostics) = resolved(&rows, &Known::default());
    assert_eq!(told(&diagnostics, Code::OrganizationAsPerson), 1);
}

#[test]
fn two_people_of_one_page_are_asked_about() {
    let mut rows = records(&["Ana Ruiz", "Lena Park", "Tom Reed"]);
    for (row, page) in rows.iter_mut().zip(["staff/ana", "staff/ana", "staff/tom"]) {
        row.kind = Kind::Individual;
        row.set(Column::Url, &format!("https://harbor.example/{page}"));
    }
    let (resolution, _) = resolved(&rows, &Known::default());
    let pairs: Vec<(usize, usize)> = resolution.pairs.iter().map(|pair| (pair.a, pair.b)).collect();
    assert_eq!(pairs, [(0, 1)]);
}

#[test]
fn the_nearest_name_to_a_withdrawal_has_its_words_and_not_its_little_ones() {
    let mut rows = records(&[
        "The Museum of the Moon",
        "Harbor Light Readers Chorus",
        "The Harbor Light Readers of the Coast",
    ]);
    rows[2].status = Status::Withdrawn;
    let (_, diagnostics) = resolved(&rows, &Known::default());
    let hints: Vec<&str> = diagnostics.iter().filter_map(|found| found.hint.as_deref()).collect();
    assert_eq!(
        hints,
        ["the nearest printed name is `Harbor Light Readers Chorus`; if it withdrew, write so in its row"]
    );
}

#[test]
fn a_refusal_of_another_signatory_is_nothing_to_a_name_like_it() {
    let names = ["UndocuBlack", "UndocuBlack Network"];
    let mut rows = records(&names);
    rows[1].status = Status::Declined;
    let held = |known: &Known| resolved(&rows, known).0.held.len();
    assert_eq!(held(&Known::default()), 1, "one with a name like it declined");
    let known = Known {
        decisions: vec![decision(Answer::Different, &names)],
        ..Known::default()
    };
    assert_eq!(held(&known), 0);
}
