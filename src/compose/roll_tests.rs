//! What the roll must be: known orders and sections.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::model::letter::{AffiliationNote, PeopleOrder, RollSections, SeveralStates, ShownColumn};
use crate::testing::signatory;

fn person(name: &str, row: usize) -> Signatory {
    Signatory {
        kind: Kind::Individual,
        ..signatory(name, row)
    }
}

fn resolution(signatories: Vec<Signatory>) -> Resolution {
    Resolution {
        signatories,
        ..Resolution::default()
    }
}

fn organizations(names: &[&str]) -> Resolution {
    resolution(
        names
            .iter()
            .enumerate()
            .map(|(row, name)| signatory(name, row))
            .collect(),
    )
}

/// The roll as text: headings in brackets, one line a section.
fn dump(resolution: &Resolution, setting: &RollSetting, tag: &str) -> String {
    let roll = roll(resolution, setting, None, &Language::lenient(tag));
    let line = |section: &RollSection| {
        let names: Vec<&str> = section.entries.iter().map(|entry| entry.name.as_str()).collect();
        let heading = section.heading.as_ref().map(|heading| format!("[{heading}] "));
        format!("{}{}", heading.unwrap_or_default(), names.join(" / "))
    };
    roll.sections.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn check_order(setting: &RollSetting, tag: &str, sorted: &[&str]) {
    // Any order of rows gives the same roll; reversed is the hardest.
    let mut rows = sorted.to_vec();
    rows.reverse();
    let resolution = organizations(&rows);
    let printed: Vec<&str> = order(&resolution, setting, tag)
        .into_iter()
        .map(|at| rows[at])
        .collect();
    assert_eq!(printed, sorted);
}

/// Names of the sample letter whose order shows how such lists are sorted.
const SAMPLE: &[&str] = &[
    "Advocate Visitors with Immigrants in Detention",
    "Aldea - The People’s Justice Center",
    "Alianza Americas",
    "Alianza Nacional de Campesinas",
    "America’s Voice",
    "American Friends Service Committee",
    "American Immigration Council",
    "Americans for Immigrant Justice",
    "Asian American Legal Defense and Education Fund (AALDEF)",
    "Asian Americans Advancing Justice | AAJC",
    "Asian Americans Advancing Justice-Atlanta",
    "California Immigrant Policy Center",
    "CASA",
    "Center for Disability Rights",
    "Center for Gender & Refugee Studies",
    "H-CAN Immigration and Refugee group",
    "Haitian Bridge Alliance",
    "Immigrant Legal Resource Center",
    "Immigration Hub",
    "Northern Illinois Justice for Our Neighbors",
    "NYU Immigrant Rights Clinic",
    "Poder Latinx",
    "POWER Live Free Immigration Group",
    "Takoma Park Mobilization",
    "The Advocates for Human Rights",
    "UndocuBlack Network",
    "UnidosUS",
    "United Farm Workers",
    "United We Dream",
    "UnLocal",
    "Voces de la Frontera",
];

#[test]
fn alphabetical_order_is_that_of_real_lists() {
    check_order(&RollSetting::default(), "en-US", SAMPLE);
    check_order(&RollSetting::default(), "es-US", SAMPLE);
}

#[test]
fn order_knows_figures_accents_and_languages() {
    let setting = RollSetting::default();
    check_order(&setting, "en-US", &["Local 9", "Local 10", "Local 101"]);
    check_order(&setting, "en-US", &["Corazon", "Corazón", "Corazones"]);
    check_order(&setting, "en-US", &["Nunez", "Núñez", "Nuz"]);
    check_order(&setting, "en-US", &["Año Nuevo", "Anton"]);
    check_order(&setting, "es-US", &["Anton", "Año Nuevo"]); // ñ is a letter of its own
    check_order(
        &setting,
        "en-US",
        &["Women's Aid", "Women’s Refugee Commission", "Womens Union"],
    );
}

#[test]
fn articles_are_passed_over_on_request() {
    let setting = RollSetting {
        ignore_articles: true,
        ..RollSetting::default()
    };
    check_order(
        &setting,
        "en-US",
        &[
            "Action Now",
            "The Advocates for Human Rights",
            "La Alianza",
            "The Bail Project",
            "LA Voice",
            "Las",
            "Theatre Union",
        ],
    );
    let check = |name, expected| assert_eq!(without_article(name), expected);
    check("The Arc", "Arc");
    check("THE ARC", "ARC");
    check("THE Arc", "Arc");
    check("the arc", "arc");
    check("Los Jornaleros", "Jornaleros");
    check("L’Association", "Association");
    check("LA RED", "RED");
    check("LA Voice", "LA Voice");
    check("The", "The");
    check("The ", "The ");
    check("Theatre", "Theatre");
    check("El", "El");
    check("L Street", "L Street");
    check("", "");
}

#[test]
fn a_sort_name_outranks_the_printed_one() {
    let mut ministries = signatory("Justice Ministries of the United Church", 0);
    ministries.sort_name = Some("United Church, Justice Ministries".into());
    let resolution = resolution(vec![ministries, signatory("Labor Notes", 1)]);
    assert_eq!(order(&resolution, &RollSetting::default(), "en-US"), [1, 0]);
}

#[test]
fn individuals_follow_organisations_unless_listed() {
    let resolution = resolution(vec![
        person("Ana Abbot", 0),
        signatory("Zeta", 1),
        signatory("Alpha", 2),
    ]);
    let listed = RollSetting {
        order: RollOrder::Listed,
        ..RollSetting::default()
    };
    assert_eq!(
        dump(&resolution, &RollSetting::default(), "en"),
        "Alpha / Zeta / Ana Abbot"
    );
    assert_eq!(dump(&resolution, &listed, "en"), "Ana Abbot / Zeta / Alpha");
}

#[test]
fn sections_stand_in_their_order() {
    let with = |name: &str, row, change: &dyn Fn(&mut Signatory)| {
        let mut signatory = signatory(name, row);
        change(&mut signatory);
        signatory
    };
    let all = resolution(vec![
        with("Local B", 0, &|s| {
            s.level = Some(Level::Local);
            s.state = Some("ny".into());
            s.section = Some("Friends".into());
        }),
        person("Ana Abbot", 1),
        with("Lead C", 2, &|s| {
            s.level = Some(Level::Lead);
            s.state = Some("New York".into());
            s.section = Some("Allies".into());
        }),
        signatory("Nowhere D", 3),
        with("Local A", 4, &|s| {
            s.level = Some(Level::Local);
            s.state = Some("CA".into());
            s.section = Some("Friends".into());
        }),
    ]);
    let check = |sections, tag, expected: &str| {
        let setting = RollSetting {
            sections,
            ..RollSetting::default()
        };
        assert_eq!(dump(&all, &setting, tag), expected);
    };
    check(
        RollSections::None,
        "en-US",
        "Lead C / Local A / Local B / Nowhere D / Ana Abbot",
    );
    check(
        RollSections::Level,
        "en-US",
        "[Coalition leads] Lead C\n[Local organizations] Local A / Local B\n[Other organizations] Nowhere D\n\
         [Individuals] Ana Abbot",
    );
    check(
        RollSections::State,
        "es-US",
        "[Organizaciones convocantes] Lead C\n[California] Local A\n[Nueva York] Local B\n[Otras organizaciones] Nowhere D\n[Personas] Ana Abbot",
    );
    check(
        RollSections::Section,
        "en-US",
        "[Friends] Local A / Local B\n[Allies] Lead C\n[Other organizations] Nowhere D\n[Individuals] Ana Abbot",
    );
    check(
        RollSections::Kind,
        "en-US",
        "[Organizations] Lead C / Local A / Local B / Nowhere D\n[Individuals] Ana Abbot",
    );
}

#[test]
fn a_roll_with_nothing_to_divide_has_no_headings() {
    let plain = organizations(&["B", "A"]);
    for sections in [
        RollSections::Level,
        RollSections::State,
        RollSections::Section,
        RollSections::Kind,
    ] {
        let setting = RollSetting {
            sections,
            ..RollSetting::default()
        };
        assert_eq!(dump(&plain, &setting, "en-US"), "A / B");
        assert_eq!(dump(&Resolution::default(), &setting, "en-US"), "");
    }
}

#[test]
fn individuals_carry_title_and_affiliation_and_one_note() {
    let mut ana = person("Ana Abbot", 0);
    ana.title = Some("Professor".into());
    ana.affiliation = Some("State College".into());
    let mut organization = signatory("Alpha", 1);
    organization.title = Some("not printed".into());
    let setting = RollSetting {
        style: RollStyle::Sentence,
        ..RollSetting::default()
    };
    let roll = roll(
        &resolution(vec![ana, organization, person("Ben Bell", 2)]),
        &setting,
        None,
        &Language::lenient("en-US"),
    );
    let section = &roll.sections[0];
    assert_eq!(section.entries[0].detail, None);
    assert_eq!(section.entries[1].detail.as_deref(), Some("Professor, State College*"));
    assert_eq!(
        section.sentence,
        "Alpha; Ana Abbot, Professor, State College*; and Ben Bell."
    );
    assert_eq!(
        roll.note,
        Some(vec![Inline::Text(
            "* Affiliation for identification purposes only.".into()
        )])
    );
    assert_eq!(roll.len(), 3);
}

#[test]
fn who_signs_in_office_is_not_marked() {
    let of = |title: &str, affiliation: &str, section: Option<&str>| Signatory {
        title: Some(title.into()),
        affiliation: Some(affiliation.into()),
        section: section.map(str::to_owned),
        ..person("Ana Pérez", 0)
    };
    let check = |signatory: Signatory, note: AffiliationNote, expected: &str| {
        let setting = RollSetting {
            affiliation_note: note,
            ..RollSetting::default()
        };
        let roll = roll(
            &resolution(vec![signatory]),
            &setting,
            None,
            &Language::lenient("en-US"),
        );
        let detail = roll.sections[0].entries[0].detail.clone().unwrap();
        assert_eq!(detail, expected);
        assert_eq!(roll.note.is_some(), expected.ends_with('*'));
    };
    let auto = AffiliationNote::Auto;
    check(
        of("Mayor", "City of Harborville", None),
        auto,
        "Mayor, City of Harborville",
    );
    check(
        of("State Senator", "District 12", None),
        auto,
        "State Senator, District 12",
    );
    check(
        of("Chair", "District 12", Some("Elected officials")),
        auto,
        "Chair, District 12",
    );
    check(
        of("Mayoral aide", "City of Harborville", None),
        auto,
        "Mayoral aide, City of Harborville*",
    );
    check(of("Mayor's Counsel", "City", None), auto, "Mayor’s Counsel, City*");
    check(
        of("Professor", "State College", None),
        auto,
        "Professor, State College*",
    );
    check(
        of("Professor", "State College", None),
        AffiliationNote::None,
        "Professor, State College",
    );
    check(of("Mayor", "City", None), AffiliationNote::All, "Mayor, City*");
}

#[test]
fn sentences_of_one_roll_are_joined_alike() {
    let of = |name: &str, state: &str, row| Signatory {
        state: Some(state.into()),
        ..signatory(name, row)
    };
    let names = [
        ("Alpha & Sons", "Georgia"),
        ("Beta", "Georgia"),
        ("Cedar", "Georgia"),
        ("Delta", "Maine"),
        ("Elm", "Maine"),
        ("Fir", "Maine"),
    ];
    let signatories = names
        .iter()
        .enumerate()
        .map(|(row, (name, state))| of(name, state, row))
        .collect();
    let setting = RollSetting {
        style: RollStyle::Sentence,
        sections: RollSections::State,
        ..RollSetting::default()
    };
    let roll = roll(&resolution(signatories), &setting, None, &Language::lenient("en-US"));
    let sentences: Vec<&str> = roll.sections.iter().map(|section| section.sentence.as_str()).collect();
    assert_eq!(sentences, ["Alpha & Sons, Beta, and Cedar.", "Delta, Elm, and Fir."]);
}

#[test]
fn columns_are_as_many_as_names_leave_room_for() {
    let check = |length: usize, count: usize, expected: u8| {
        let names: Vec<String> = (0..count).map(|at| format!("{at:0length$}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let setting = RollSetting {
            columns: RollColumnCount::Auto,
            ..RollSetting::default()
        };
        let roll = roll(&organizations(&names), &setting, None, &Language::lenient("en-US"));
        assert_eq!(roll.columns, expected, "{length}, {count}");
    };
    check(20, 30, 3);
    check(40, 30, 2);
    check(70, 30, 1);
    check(20, 7, 2);
    check(20, 2, 1);
}

#[test]
fn what_stands_below_a_name_may_take_two_lines_of_two_columns() {
    let check = |length: usize, expected: u8| {
        let people = (0..30).map(|at| Signatory {
            affiliation: Some("x".repeat(length)),
            ..person(&format!("Person {at}"), at)
        });
        let setting = RollSetting {
            columns: RollColumnCount::Auto,
            ..RollSetting::default()
        };
        let roll = roll(
            &resolution(people.collect()),
            &setting,
            None,
            &Language::lenient("en-US"),
        );
        assert_eq!(roll.columns, expected, "{length}");
    };
    check(20, 3);
    check(40, 2);
    check(90, 2);
    check(120, 1);
}

#[test]
fn equal_names_keep_the_order_of_their_rows() {
    let resolution = resolution(vec![signatory("Same", 4), signatory("same", 5), signatory("Same", 9)]);
    // Lower case first, as CLDR has it; then by row.
    assert_eq!(order(&resolution, &RollSetting::default(), "en-US"), [1, 0, 2]);
}

#[test]
fn those_who_lead_come_first() {
    let lead = |name, row| Signatory {
        level: Some(Level::Lead),
        state: Some("NM".into()),
        ..signatory(name, row)
    };
    let state = |name, row, state: &str| Signatory {
        state: Some(state.into()),
        ..signatory(name, row)
    };
    let rows = || {
        resolution(vec![
            state("Alpha", 0, "TX"),
            person("Ana Pérez", 1),
            lead("Zeta", 2),
            state("Beta", 3, "nm"),
            lead("Eta", 4),
        ])
    };
    let by = |sections| RollSetting {
        sections,
        ..RollSetting::default()
    };
    assert_eq!(
        dump(&rows(), &by(RollSections::None), "en"),
        "Eta / Zeta / Alpha / Beta / Ana Pérez"
    );
    assert_eq!(
        dump(&rows(), &by(RollSections::Kind), "en"),
        "[Organizations] Eta / Zeta / Alpha / Beta\n[Individuals] Ana Pérez"
    );
    let english = dump(&rows(), &by(RollSections::State), "en");
    assert!(
        english.ends_with("Eta / Zeta\n[New Mexico] Beta\n[Texas] Alpha\n[Individuals] Ana Pérez"),
        "{english}"
    );
    let spanish = dump(&rows(), &by(RollSections::State), "es");
    assert!(spanish.contains("[Nuevo México] Beta\n[Texas] Alpha"), "{spanish}");
}

fn of_state(name: &str, row: usize, state: &str) -> Signatory {
    Signatory {
        state: Some(state.into()),
        ..signatory(name, row)
    }
}

#[test]
fn people_stand_under_their_own_heading() {
    let with_level = |one: Signatory, level| Signatory {
        level: Some(level),
        state: Some("OH".into()),
        ..one
    };
    let all = resolution(vec![
        with_level(signatory("Alliance", 0), Level::National),
        with_level(person("Ana Abbot", 1), Level::National),
        with_level(person("Ben Bell", 2), Level::Local),
        with_level(signatory("Warm Hands", 3), Level::Local),
        with_level(person("Cleo Lead", 4), Level::Lead),
    ]);
    let by = |sections| RollSetting {
        sections,
        ..RollSetting::default()
    };
    assert_eq!(
        dump(&all, &by(RollSections::Level), "en"),
        "[National organizations] Alliance\n[Local organizations] Warm Hands\n[Individuals] Cleo Lead / Ana Abbot / Ben Bell"
    );
    assert_eq!(
        dump(&all, &by(RollSections::State), "en"),
        "[Ohio] Alliance / Warm Hands\n[Individuals] Cleo Lead / Ana Abbot / Ben Bell"
    );
    let mut people = all;
    people.signatories.retain(|one| one.kind == Kind::Individual);
    assert_eq!(
        dump(&people, &by(RollSections::Level), "en"),
        "Cleo Lead / Ana Abbot / Ben Bell"
    );
    assert_eq!(
        dump(&people, &by(RollSections::State), "en"),
        "[Ohio] Cleo Lead / Ana Abbot / Ben Bell"
    );
}

#[test]
fn only_states_are_headings_of_a_roll_by_state() {
    let all = resolution(vec![
        of_state("Energy Project", 0, "National"),
        of_state("Hearth Alliance", 1, "Ohio, West Virginia, Kentucky"),
        of_state("Rural Union", 2, "GA/AL"),
        of_state("Warm Hands", 3, "Michigan"),
        of_state("Lake Group", 4, "Ann Arbor, MI"),
        of_state("Somewhere", 5, "Midwest"),
        of_state("Nowhere", 6, "N/A"),
        of_state("World", 7, "Global"),
    ]);
    let check = |several_states, tag, expected: &str| {
        let setting = RollSetting {
            sections: RollSections::State,
            several_states,
            ..RollSetting::default()
        };
        assert_eq!(dump(&all, &setting, tag), expected);
    };
    check(
        SeveralStates::Together,
        "en",
        "[National organizations] Energy Project\n[Michigan] Lake Group / Warm Hands\n\
         [Several states] Hearth Alliance / Rural Union\n[International organizations] World\n\
         [Other organizations] Nowhere / Somewhere",
    );
    check(
        SeveralStates::First,
        "en",
        "[National organizations] Energy Project\n[Georgia] Rural Union\n[Michigan] Lake Group / Warm Hands\n\
         [Ohio] Hearth Alliance\n[International organizations] World\n[Other organizations] Nowhere / Somewhere",
    );
    check(
        SeveralStates::Other,
        "es",
        "[Organizaciones nacionales] Energy Project\n[Michigan] Lake Group / Warm Hands\n\
         [Organizaciones internacionales] World\n\
         [Otras organizaciones] Hearth Alliance / Nowhere / Rural Union / Somewhere",
    );
    let abroad = resolution(vec![of_state("Eins", 0, "Bayern"), of_state("Zwei", 1, "Hessen")]);
    let setting = RollSetting {
        sections: RollSections::State,
        ..RollSetting::default()
    };
    assert_eq!(dump(&abroad, &setting, "de"), "[Bayern] Eins\n[Hessen] Zwei");
}

#[test]
fn people_are_sorted_by_family_name_where_the_list_has_it() {
    let named = |name: &str, row, sort_name: &str| Signatory {
        sort_name: Some(sort_name.into()),
        ..person(name, row)
    };
    let all = resolution(vec![
        signatory("Zeta", 0),
        named("Zoe Adams", 1, "Adams, Zoe"),
        named("Ana de la Cruz", 2, "de la Cruz, Ana"),
        named("Ben Zimmer", 3, "Zimmer, Ben"),
        named("Hidde de Vries", 4, "de Vries, Hidde"),
        person("Mary O'Donnell", 5),
    ]);
    let check = |people, tag, expected: &str| {
        let setting = RollSetting {
            people,
            ..RollSetting::default()
        };
        assert_eq!(dump(&all, &setting, tag), expected);
    };
    check(
        PeopleOrder::AsListed,
        "en",
        "Zeta / Zoe Adams / Ana de la Cruz / Hidde de Vries / Mary O’Donnell / Ben Zimmer",
    );
    check(
        PeopleOrder::AsListed,
        "es",
        "Zeta / Zoe Adams / Ana de la Cruz / Mary O’Donnell / Hidde de Vries / Ben Zimmer",
    );
    check(
        PeopleOrder::AsPrinted,
        "en",
        "Zeta / Ana de la Cruz / Ben Zimmer / Hidde de Vries / Mary O’Donnell / Zoe Adams",
    );
}

#[test]
fn the_place_tells_two_organizations_of_one_name_apart() {
    let church = |row, city: &str, state: &str, country: &str| Signatory {
        city: Some(city.into()),
        state: Some(state.into()),
        country: Some(country.into()),
        ..signatory("First Baptist Church", row)
    };
    let check = |signatories: Vec<Signatory>, expected: &str| {
        let roll = roll(
            &resolution(signatories),
            &RollSetting::default(),
            None,
            &Language::lenient("en"),
        );
        let details = roll.sections.iter().flat_map(|section| &section.entries);
        let details: Vec<&str> = details.map(|entry| entry.place.as_deref().unwrap_or("-")).collect();
        assert_eq!(details.join(" / "), expected);
    };
    check(
        vec![
            church(0, "Macon", "GA", ""),
            church(1, "Dallas", "TX", ""),
            signatory("Housing Voices", 2),
        ],
        "Macon, GA / Dallas, TX / -",
    );
    check(vec![church(0, "", "GA", "US"), church(1, "", "TX", "US")], "GA / TX");
    check(
        vec![church(0, "London", "", "UK"), church(1, "London", "ON", "Canada")],
        "London, UK / London, ON, Canada",
    );
    check(
        vec![church(0, "Macon", "GA", ""), church(1, "", "National", "")],
        "Macon, GA / -",
    );
    check(
        vec![church(0, "Macon", "GA", ""), church(1, "Macon", "GA", "")],
        "- / -",
    );
    check(vec![church(0, "Macon", "GA", "")], "-");
}

#[test]
fn a_cell_that_says_nothing_is_not_printed() {
    let check = |title: &str, affiliation: &str, expected: Option<&str>| {
        let one = Signatory {
            title: Some(title.into()),
            affiliation: Some(affiliation.into()),
            ..person("Ana Abbot", 0)
        };
        let roll = roll(
            &resolution(vec![one]),
            &RollSetting::default(),
            None,
            &Language::lenient("en"),
        );
        assert_eq!(roll.sections[0].entries[0].detail.as_deref(), expected);
        assert_eq!(
            roll.note.is_some(),
            expected.is_some_and(|detail| detail.ends_with('*'))
        );
    };
    check("Professor", "None", Some("Professor"));
    check("N/A", "n/a", None);
    check("-", "-", None);
    check("Ms.", "Self", None);
    check("Professor, ", "Elm University,", Some("Professor, Elm University*"));
    check("Nurse", "Retired", Some("Nurse, Retired"));
    check("", "St. Mary's School", Some("St. Mary’s School*"));
}

#[test]
fn the_roll_shows_what_it_is_asked_to() {
    let organization = Signatory {
        representative: Some("Jane Roe".into()),
        title: Some("Executive Director".into()),
        city: Some("Macon".into()),
        state: Some("GA".into()),
        country: Some("US".into()),
        ..signatory("Housing Voices", 0)
    };
    let individual = Signatory {
        title: Some("Professor".into()),
        affiliation: Some("State College".into()),
        state: Some("ME".into()),
        ..person("Ana Abbot", 1)
    };
    let check = |show: Option<&[ShownColumn]>, expected: [&str; 2]| {
        let setting = RollSetting {
            show: show.map(<[ShownColumn]>::to_vec),
            ..RollSetting::default()
        };
        let signatories = vec![organization.clone(), individual.clone()];
        let roll = roll(&resolution(signatories), &setting, None, &Language::lenient("en"));
        let printed = roll.sections[0].entries.iter().map(RollEntry::printed);
        assert_eq!(printed.collect::<Vec<_>>(), expected, "{show:?}");
    };
    use ShownColumn::{Affiliation, City, Country, Representative, State, Title};
    check(None, ["Housing Voices", "Ana Abbot, Professor, State College*"]);
    check(Some(&[]), ["Housing Voices", "Ana Abbot"]);
    check(Some(&[Title]), ["Housing Voices", "Ana Abbot, Professor"]);
    check(Some(&[State]), ["Housing Voices, GA", "Ana Abbot, ME"]);
    check(Some(&[State, City]), ["Housing Voices, Macon, GA", "Ana Abbot, ME"]);
    check(Some(&[Country]), ["Housing Voices, US", "Ana Abbot"]);
    check(Some(&[Representative]), ["Housing Voices, Jane Roe", "Ana Abbot"]);
    check(
        Some(&[Representative, Title, Affiliation, State]),
        [
            "Housing Voices, GA, Jane Roe, Executive Director",
            "Ana Abbot, ME, Professor, State College*",
        ],
    );
}

#[test]
fn a_place_is_printed_once() {
    let church = |row, city: &str| Signatory {
        city: Some(city.into()),
        state: Some("GA".into()),
        ..signatory("First Baptist Church", row)
    };
    let setting = RollSetting {
        show: Some(vec![ShownColumn::State, ShownColumn::City]),
        ..RollSetting::default()
    };
    let signatories = vec![church(0, "Macon"), church(1, "Athens")];
    let roll = roll(&resolution(signatories), &setting, None, &Language::lenient("en"));
    let printed: Vec<String> = roll.sections[0].entries.iter().map(RollEntry::printed).collect();
    assert_eq!(
        printed,
        ["First Baptist Church, Macon, GA", "First Baptist Church, Athens, GA"]
    );
}
