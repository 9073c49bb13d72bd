use super::*;
use crate::model::held::RowAnswer;
use crate::model::known::RowDecision;
use crate::model::signatory::Kind;
use crate::source::{Origin, SourceMap};

fn records(names: &[&str]) -> Vec<Record> {
    let file = SourceMap::default().add("", "");
    names
        .iter()
        .map(|name| Record::new(*name, Origin::File(file)))
        .collect()
}

fn outcome(row: &Record) -> &'static str {
    match &row.hold {
        Some(hold) => hold.reason.as_str(),
        None if row.ruled_out => "out",
        None => "",
    }
}

/// Returns the word of the reason for which each row is held; empty if it is not.
fn judged(records: Vec<Record>, known: &Known) -> Vec<&'static str> {
    let (out, _) = judge_rows(records, known);
    out.iter().map(outcome).collect()
}

/// The rows that must not print, each with its reason.
fn not_signatories() -> Vec<(String, String)> {
    let list = include_str!("../../../bench/rows/not_signatories.csv");
    let mut reader = csv::Reader::from_reader(list.as_bytes());
    let row = |row: Result<csv::StringRecord, csv::Error>| row.map(|row| (row[0].to_owned(), row[1].to_owned()));
    reader.records().map(row).collect::<Result<_, _>>().expect("a list")
}

#[test]
fn rows_that_are_no_signatories_are_asked_about() {
    let mut wrong = Vec::new();
    for (name, reason) in not_signatories() {
        let found = judged(records(&[&name]), &Known::default())[0];
        if found != reason {
            wrong.push(format!("{name}: {found:?}, not {reason}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn names_that_only_look_like_it_are_not_asked_about() {
    for name in [
        "Total Health Network",
        "Mission: St. Louis",
        "Unión = Fuerza Latinx Institute",
        "Test the Water Alliance",
        "Same Sky Collective",
        "V2 Ventures for Good",
        "Row 12 Community Garden",
        "Yes! Weekly",
        "Formerly Incarcerated People United",
        "MoveOn.org",
        "Color Of Change",
        "Legal Aid Society, Orange",
        "New Hope - New York",
        "Red Door Clinic",
        "Green Party of Taos",
        "Coalition for a Brand New Day",
        "Copy Shop Workers Union",
        "Elm House (New Mexico)",
        "Via Campesina - Red Norte",
        "Late Night Voices",
        "Ohio Organizing Collaborative",
        "No More Deaths (No Más Muertes)",
        "YES! Coalition",
        "Women and Children First",
        "100 Black Men of Taos",
        "350.org",
        "9to5",
        "5 Gyres",
        "UC Davis",
        "L.A. Forward",
        "Detention Monitors Network (for identification purposes only)",
        "Mi Familia Vota",
        "U.S. Navy",
        "Public Citizen",
        "Via Christi Health",
        "AIDA Data Hub",
        "Iowa State",
        "Mother of Mercy",
        "Holy Family",
        "Susan G. Komen for the Cure",
        "T-Mobile",
        "Y Combinator",
        "Community Change/Action",
        "Student Action",
        "Veterans for Peace",
        "826 Valencia",
        "18th Street Arts",
        "Washington Office on Latin America",
        "New Mexico Wild",
        "Chicago Votes",
        "My Brother's Keeper",
        "Just Detention International",
        "Kim's Kitchen",
        "Park Slope Together",
        "Legal Name Change Clinic",
        "Region One Homes",
        "MD Anderson Services",
        "Susan G. Komen",
        "Smith & Associates",
        "Jones Family Foundation",
        "Ruth Ellis Center",
        "Martin Luther King Jr. Coalition",
        "Dr. Martin Luther King Jr. Community Center",
        "Martha's Table",
        "Casa de María",
        "Community Partners",
        "NAACP",
        "SEIU Local 1021",
        "Got Green?",
        "What's Next?",
        "Hello Housing",
        "Hope for Justice",
        "Harbor Overnight Lodging Drive (HOLD)",
        "Center for Victims of Torture (CVT)",
        "Asian Americans Advancing Justice | AAJC",
        "National Alliance for Lineworker Safety (national)",
        "Roanoke Mutual Aid (local, VA)",
        "Harbor Readers (formerly Harbor Books)",
        "Harbor Readers (a project of Tides)",
        "Sierra Club, Ohio Chapter",
        "Best Buddies",
        "Thanks for Giving Foundation",
        "Dear Neighbor Ministries",
        "From the Heart Collective",
        "To Write Love on Her Arms",
        "Pending Futures Collective",
        "Texas Housers",
        "New York Immigration Coalition",
        "Georgia WAND",
        "Anonymous Donors Network",
        "Self-Help Credit Union",
        "Retired Teachers of Ohio",
        "Independent Living Center",
        "We Are All America",
        "I Have a Dream Foundation",
        "HARBOR LEGAL AID",
        "Sisters of Mercy",
        "Voces de la Frontera",
        "Médecins du Monde",
        "No Kid Hungry",
        "Do No Harm Coalition",
        "Not In Our Town",
        "Faith in Action",
        "Grace Church",
        "Will County Bar Association",
        "HIV/AIDS Alliance of Taos",
        "International City/County Management Association",
        "Young Women of Color HIV/AIDS Coalition",
        "Peace &amp; Action Network",
        "Alberta College of Art + Design",
        "Harbor Readers (1984)",
        "Voices of hope",
        "Staff room readers",
        "Ruth, Naomi and Esther House",
        "YEAH = Signed",
        "Open Doors (OK)",
        "Legal Aid Society (LA)",
        "studio in a school",
        "Oak Union, ten strong neighbors.",
        // A damaged name: the dagger in it is no mark of a remark.
        "å›¾ä¹¦é¦†",
    ] {
        assert_eq!(judged(records(&[name]), &Known::default()), [""], "{name}");
    }
}

#[test]
fn other_cells_are_heard() {
    let row = |name: &str, cells: &[(Column, &str)]| {
        let mut record = records(&[name]).remove(0);
        cells.iter().for_each(|(column, cell)| record.set(*column, cell));
        record
    };
    let check = |record: Record, expected: &str| {
        let name = record.name.clone();
        assert_eq!(judged(vec![record], &Known::default()), [expected], "{name}");
    };
    let contact = |name: &str, contact: &str| row(name, &[(Column::ContactName, contact)]);
    check(contact("Margaret O'Donnell", "Margaret O’Donnell"), "contact");
    check(contact("Harbor Readers", "Harbor Readers"), "");
    // Somebody else filled in the form: an organization that is named after a person.
    check(contact("Ella Wheeler", "Ana Muster"), "");
    check(contact("Jess Carter", "Jessica Carter"), "person");
    check(row("Organization Name", &[(Column::Email, "Email")]), "out");
    check(row("TOTAL", &[(Column::State, "2")]), "total");
    check(row("ALABAMA", &[(Column::Email, "a@b.example")]), "no-name");
    let mut person = records(&["Jess Carter"]);
    person[0].kind = Kind::Individual;
    assert_eq!(judged(person, &Known::default()), [""]);
}

#[test]
fn the_list_around_a_row_is_heard() {
    let known = Known::default();
    let both = records(&[
        "Mothers Out Front and Clean Air Ohio",
        "Mothers Out Front",
        "Clean Air Ohio",
    ]);
    assert_eq!(judged(both, &known), ["several-names", "", ""]);
    let mail = [
        "Hi Jess,",
        "Tidewater Fuel Cooperative",
        "Thanks so much!",
        "Priya",
        "Priya Natarajan",
        "Field Director, Virginia Interfaith Energy Table",
    ];
    let found = judged(records(&mail), &known);
    assert_eq!(found[..3], ["greeting", "", "greeting"]);
    assert!(found[3..].iter().all(|found| !found.is_empty()), "{found:?}");
}

#[test]
fn a_name_whose_half_is_another_row_is_one() {
    let list = records(&["Women and Children First", "Women", "Children First"]);
    assert_eq!(judged(list, &Known::default()), ["", "", ""]);
}

#[test]
fn rows_after_the_end_of_a_message_are_asked_about_until_one_has_more_than_a_name() {
    let mut mail = records(&[
        "Hi Jess,",
        "Tidewater Fuel Cooperative",
        "Thanks so much!",
        "Priya",
        "Harbor Readers",
        "Elm House",
    ]);
    mail[4].set(Column::Email, "office@harbor.example");
    let found = judged(mail, &Known::default());
    assert_eq!(found, ["greeting", "", "greeting", "person", "", ""]);
}

#[test]
fn bare_rows_below_a_note_under_a_table_are_asked_about_in_that_file_alone() {
    let mut sources = SourceMap::default();
    let (table, plain) = (sources.add("table.csv", ""), sources.add("plain.csv", ""));
    let row = |file, row, name: &str, email: &str| {
        let mut record = Record::new(name, Origin::Cell { file, row, column: 1 });
        record.set(Column::Email, email);
        record
    };
    let mut list = vec![
        row(table, 2, "Harbor Readers", "office@harbor.example"),
        row(table, 3, "Elm House", "office@elm.example"),
        row(table, 4, "Oak Union", "office@oak.example"),
        row(table, 5, "Total: 3", ""),
        row(table, 6, "Birch Circle", ""),
        row(table, 7, "Fern Hall", ""),
        row(plain, 2, "Bayou Legal Aid", ""),
        row(plain, 3, "Gulf Coast Tenants Union", ""),
    ];
    list[5].status = Status::Pending;
    let found = judged(list, &Known::default());
    assert_eq!(found, ["", "", "", "total", "total", "", "", ""]);
}

#[test]
fn headings_that_say_who_has_not_signed_are_told_from_names() {
    for (heading, expected) in [
        ("WAITING TO HEAR", true),
        ("Not signing", true),
        ("Not-for-profits", false),
        ("Rescue Company No 4", false),
        ("Signed", false),
        ("Groups in this state that have not signed", false),
    ] {
        assert_eq!(lines::says_open(&Text::new(heading)), expected, "{heading}");
    }
}

#[test]
fn rows_that_nobody_signs_with_are_asked_about_by_what_they_are() {
    for (name, expected) in [
        ("Oak Union: yes, minus section 2", "remark"),
        ("Oak Union, we are in.", "greeting"),
        ("ana 9:14", "greeting"),
        ("Home | About | Donate", "total"),
        ("plus whoever Dana got", "total"),
        ("yes = Signed", "total"),
        ("The 4 Dayton churches", "no-name"),
    ] {
        assert_eq!(judged(records(&[name]), &Known::default()), [expected], "{name}");
    }
}

#[test]
fn a_footer_or_a_greeting_has_nothing_but_a_name() {
    let check = |name: &str, email: &str, expected: &str| {
        let mut row = records(&[name]);
        row[0].set(Column::Email, email);
        assert_eq!(judged(row, &Known::default()), [expected], "{name} {email}");
    };
    check("Notes", "", "total");
    check("Notes", "office@notes.example", "");
    check("In solidarity", "", "greeting");
    check("In solidarity", "office@solidarity.example", "");
}

#[test]
fn a_bare_row_in_capitals_among_full_ones_is_a_heading_if_it_is_words() {
    let names = [
        "Harbor Readers",
        "Elm House",
        "WORLD PEACE",
        "KENYA",
        "WXYZZ QUORL",
        "Oak Union",
        "Fern Hall",
        "Fir Hall",
        "Fig Hall",
    ];
    let mut list = records(&names);
    for row in list.iter_mut().filter(|row| row.name.contains(char::is_lowercase)) {
        row.set(Column::Email, "office@group.example");
    }
    let mut expected = [""; 9];
    expected[2..4].fill("section-heading");
    assert_eq!(judged(list, &Known::default()), expected);
}

#[test]
fn a_bare_row_in_small_letters_among_full_ones_is_a_note_unless_it_names_a_body() {
    let check = |bare: &str, expected: &str| {
        let mut list = records(&["Harbor Readers", "Elm House", "Oak Union", "Fern Hall", bare]);
        list[..4]
            .iter_mut()
            .for_each(|row| row.set(Column::Email, "office@group.example"));
        assert_eq!(judged(list, &Known::default())[4], expected, "{bare}");
    };
    check("birch circle wonders", "total");
    check("birch tenants union", "");
    check("birchwood", "");
}

#[test]
fn headings_hold_the_rows_below_them_if_one_of_the_file_tells_of_a_status() {
    let signed = [
        ("Signed:", "section-heading"),
        ("Harbor Readers", ""),
        ("Waiting to hear:", "section-heading"),
        ("Elm House", "status-unclear"),
        ("National:", "section-heading"),
        ("Oak Union", ""),
    ];
    let parts = [
        ("Members:", "section-heading"),
        ("Harbor Readers", ""),
        ("Partners:", "section-heading"),
        ("Elm House", ""),
    ];
    for list in [&signed[..], &parts] {
        let (names, expected): (Vec<&str>, Vec<&str>) = list.iter().copied().unzip();
        assert_eq!(judged(records(&names), &Known::default()), expected);
    }
}

fn decision(name: &str, reason: HeldReason, about: &str, answer: RowAnswer) -> RowDecision {
    RowDecision {
        name: name.to_owned(),
        reason: Some(reason),
        about: about.to_owned(),
        answer,
        into: Vec::new(),
        print: None,
        date: None,
        by: None,
        why: None,
        origin: Origin::File(SourceMap::default().add("", "")),
    }
}

fn answered(records: Vec<Record>, decisions: Vec<RowDecision>) -> Vec<Record> {
    let known = Known {
        rows: decisions,
        ..Known::default()
    };
    let (out, said) = judge_rows(records, &known);
    assert!(said.iter().all(|said| said.code != Code::UnusedDecision), "{said:?}");
    out
}

#[test]
fn an_answer_settles_what_the_row_said_and_nothing_new() {
    let name = "Harbor Readers (withdrawn)";
    let withdrawn = decision(name, HeldReason::Remark, "(withdrawn)", RowAnswer::Withdrawn);
    let out = answered(records(&[name]), vec![withdrawn]);
    assert_eq!((&*out[0].name, out[0].status), ("Harbor Readers", Status::Withdrawn));
    let signed = decision(name, HeldReason::Remark, "(withdrawn)", RowAnswer::Signatory);
    let mut commented = records(&[name]);
    commented[0].hold = Some(Box::new(Hold::about(
        HeldReason::RestrainingComment,
        "please remove us",
    )));
    let out = answered(commented.clone(), vec![signed.clone()]);
    assert_eq!((&*out[0].name, outcome(&out[0])), (name, "restraining-comment"));
    let comment = decision(
        name,
        HeldReason::RestrainingComment,
        "Please remove us.",
        RowAnswer::Signatory,
    );
    let out = answered(commented, vec![signed, comment]);
    assert_eq!(outcome(&out[0]), "");
    // Another comment is another question.
    let mut other = records(&["Harbor Readers"]);
    other[0].hold = Some(Box::new(Hold::about(HeldReason::RestrainingComment, "we withdraw")));
    let comment = decision(
        "Harbor Readers",
        HeldReason::RestrainingComment,
        "wait",
        RowAnswer::Signatory,
    );
    let known = Known {
        rows: vec![comment],
        ..Known::default()
    };
    let (out, said) = judge_rows(other, &known);
    assert_eq!(outcome(&out[0]), "restraining-comment");
    assert_eq!(said.len(), 1);
}

#[test]
fn a_split_row_is_several_and_a_section_heads_the_rows_below_it() {
    let name = "Bayou Legal Aid / Gulf Coast Tenants Union";
    let about = "Bayou Legal Aid; Gulf Coast Tenants Union";
    let mut split = decision(name, HeldReason::SeveralNames, about, RowAnswer::Split);
    split.into = vec!["Bayou Legal Aid".to_owned(), "Gulf Coast Tenants Union".to_owned()];
    let out = answered(records(&[name]), vec![split]);
    let names: Vec<&str> = out.iter().map(|row| &*row.name).collect();
    assert_eq!(names, ["Bayou Legal Aid", "Gulf Coast Tenants Union"]);

    let section = decision("State and local:", HeldReason::SectionHeading, "", RowAnswer::Section);
    let out = answered(records(&["A Club", "State and local:", "B Club"]), vec![section]);
    let sections: Vec<_> = out.iter().map(|row| row.get(Column::Section)).collect();
    assert_eq!(sections, [None, None, Some("State and local")]);
    assert!(out[1].ruled_out);

    let name = "Prof. Lena Hofstadter, University of Northfield";
    let person = decision(name, HeldReason::Person, "", RowAnswer::Person);
    let out = answered(records(&[name]), vec![person]);
    assert_eq!(
        (&*out[0].name, out[0].kind, out[0].get(Column::Affiliation)),
        (
            "Prof. Lena Hofstadter",
            Kind::Individual,
            Some("University of Northfield")
        )
    );
}
