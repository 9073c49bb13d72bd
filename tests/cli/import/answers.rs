//! Answers about rows and columns, over exports that follow each other.

use super::workspace::Workspace;

const LIST: &str = "signatories/list.csv";

/// The form's first export: a column that decides, and rows of which each raises a question.
const FIRST: &str = "\
Timestamp,Email Address,Organization,Board vote,City,Comments
2026/05/01 10:00:00,a@elm.example,Elm House / Oak Tenants,Yes,Taos,
2026/05/01 10:01:00,b@har.example,Harwell Villag (sp?),Yes,Taos,
2026/05/01 10:02:00,c@jess.example,Jess Carter,Yes,Gallup,
2026/05/01 10:03:00,d@ash.example,Ash Choir (withdrawn),Yes,Gallup,
2026/05/01 10:04:00,e@pine.example,Pine Clinic - they want edits first,Yes,Deming,
2026/05/01 10:05:00,f@casa.example,Casa Puente / Bridge House,Yes,Deming,
2026/05/01 10:06:00,g@river.example,River Valley Tenants,Yes,Aztec,
2026/05/01 10:07:00,h@cedar.example,Cedar League,No,Aztec,
2026/05/01 10:08:00,i@birch.example,Birch Club,Yes,Aztec,please wait for my OK
";

/// What is printed once all is answered.
const PRINTED: [&str; 7] = [
    "Casa Puente / Bridge House",
    "Elm House",
    "Harwell Village",
    "Jess Carter",
    "Oak Tenants",
    "Pine Clinic",
    "River Valley Tenants",
];

/// Returns the names that are printed, in order, and how many rows are held.
fn printed(workspace: &Workspace) -> (Vec<String>, String) {
    let ran = workspace.run(&["dedupe", LIST, "--format", "json"]);
    let value = |line: &str, key: &str| {
        let (_, rest) = line.split_once(&format!("\"{key}\":")).unwrap_or_default();
        let end = if rest.starts_with('"') { "\"" } else { "}" };
        let rest = rest.trim_start_matches('"');
        rest.split(end).next().unwrap_or_default().to_owned()
    };
    let signatories = ran.out.lines().filter(|line| line.contains(r#""type":"signatory""#));
    let mut names: Vec<String> = signatories.map(|line| value(line, "name")).collect();
    names.sort();
    (names, value(ran.out.lines().last().unwrap_or_default(), "held"))
}

/// A workspace in which everything of the first export was answered.
fn answered() -> Workspace {
    let workspace = Workspace::new(&[("first.csv", FIRST), ("undersigned.toml", "")]);
    assert_eq!(workspace.run(&["import", "first.csv", "--into", LIST]).code, Some(1));
    // The column; then the split, the corrected name, the person, the withdrawal, two
    // signatories, and a row that is none.
    let ran = workspace.run_with(&["review", LIST], b"yv\nnHarwell Village\npwssx");
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert_eq!(
        printed(&workspace),
        (PRINTED.map(str::to_owned).to_vec(), "0".to_owned())
    );
    workspace
}

#[test]
fn an_export_in_another_order_and_spelling_brings_no_question_twice() {
    let workspace = answered();
    // Other columns first, the rows turned round, capitals and dashes changed, one row gone, one
    // new.
    let again = "\
Timestamp,Organization,Email Address,City,Board vote,Comments
2026/05/01 10:08:00,BIRCH CLUB,i@birch.example,Aztec,Yes,Please wait for my OK.
2026/05/01 10:07:00,Cedar League,h@cedar.example,Aztec,No,
2026/05/01 10:05:00,Casa Puente/Bridge House,f@casa.example,Deming,Yes,
2026/05/01 10:04:00,Pine Clinic – they want edits first,e@pine.example,Deming,Yes,
2026/05/01 10:03:00,ash choir (Withdrawn),d@ash.example,Gallup,Yes,
2026/05/01 10:02:00,JESS CARTER,c@jess.example,Gallup,Yes,
2026/05/01 10:01:00,Harwell Villag (sp?) ,b@har.example,Taos,Yes,
2026/05/01 10:00:00,\"Elm House / Oak Tenants\",a@elm.example,Taos,Yes,
2026/05/02 09:00:00,Juniper Society,k@jun.example,Taos,Yes,
";
    workspace.write("again.csv", again.as_bytes());
    let ran = workspace.run(&["import", "again.csv", "--into", LIST]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("1 added, 0 updated, 8 there already"), "{}", ran.out);
    let mut expected: Vec<String> = PRINTED.map(str::to_owned).to_vec();
    expected.insert(4, "Juniper Society".to_owned());
    assert_eq!(printed(&workspace), (expected, "0".to_owned()));
    // The export alone, into another list, is answered as well.
    let ran = workspace.run(&["import", "again.csv", "--out", "other.csv"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
}

#[test]
fn a_row_that_says_something_new_is_held_again() {
    let workspace = answered();
    let before = workspace.read(LIST);
    let third = "\
Timestamp,Email Address,Organization,Board vote,City,Comments
2026/05/01 10:00:00,a@elm.example,Elm House / Oak Tenants / Fir League,Yes,Taos,
2026/05/01 10:04:00,e@pine.example,Pine Clinic - withdrawn,Yes,Deming,
2026/05/01 10:05:00,f@casa.example,Casa Puente / Bridge House,Yes,Deming,
2026/05/01 10:06:00,g@river.example,River Valley Tenants,Yes,Aztec,please take us off
2026/05/01 10:07:00,h@cedar.example,Cedar League,No,Aztec,
";
    workspace.write("third.csv", third.as_bytes());
    let ran = workspace.run(&["import", "third.csv", "--into", LIST]);
    assert_eq!(ran.code, Some(1), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("0 added, 3 updated, 2 there already"), "{}", ran.out);
    assert!(ran.out.contains("held     River Valley Tenants: "), "{}", ran.out);
    let expected = ["Casa Puente / Bridge House", "Harwell Village", "Jess Carter"];
    assert_eq!(
        printed(&workspace),
        (expected.map(str::to_owned).to_vec(), "3".to_owned())
    );
    // What was answered stands; the new questions are asked, once.
    let ran = workspace.run_with(&["review", LIST], b"v\nwx");
    assert_eq!(ran.code, Some(0), "{}", ran.out);
    let expected = [
        "Casa Puente / Bridge House",
        "Elm House",
        "Fir League",
        "Harwell Village",
        "Jess Carter",
        "Oak Tenants",
    ];
    let after = (expected.map(str::to_owned).to_vec(), "0".to_owned());
    assert_eq!(printed(&workspace), after, "{}", ran.out);
    let ran = workspace.run(&["import", "third.csv", "--into", LIST]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("0 added, 0 updated, 5 there already"), "{}", ran.out);
    assert_eq!(printed(&workspace), after);
    // Back: three answers, and the import.
    for _ in 0..4 {
        assert_eq!(workspace.run(&["undo"]).code, Some(0));
    }
    assert_eq!(workspace.read(LIST), before);
    assert_eq!(
        printed(&workspace),
        (PRINTED.map(str::to_owned).to_vec(), "0".to_owned())
    );
}

#[test]
fn what_was_corrected_in_the_list_is_not_asked_again() {
    let list = "name,signed_at,email\nElm House,2026-05-01 10:00:00,a@elm.example\nOak Tenants,2026-05-01 10:00:00,a@elm.example\n\
                Juniper Society,2026-05-01 10:01:00,b@jun.example\nOak Tenants Taos,2026-05-01 10:02:00,c@oak.example\n";
    let export = "Timestamp,Email Address,Organization\n2026/05/01 10:00:00,a@elm.example,Elm House / Oak Tenants\n\
                  2026/05/01 10:01:00,b@jun.example,Jess Carter\n2026/05/01 10:02:00,c@oak.example,OAK TENANTS TAOS\n";
    let workspace = Workspace::new(&[(LIST, list), ("export.csv", export), ("undersigned.toml", "")]);
    for _ in 0..2 {
        let ran = workspace.run(&["import", "export.csv", "--into", LIST]);
        assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
        assert!(ran.out.contains("0 added, 0 updated, 3 there already"), "{}", ran.out);
        assert_eq!(workspace.read(LIST), list);
    }
}

#[test]
fn a_section_stays_over_its_rows() {
    let sheet = "Organization,City\nState groups:,\nElm House,Taos\nOak Tenants,Taos\nAsh Choir,Aztec\n";
    let workspace = Workspace::new(&[("sheet.csv", sheet), ("undersigned.toml", "")]);
    assert_eq!(workspace.run(&["import", "sheet.csv", "--into", LIST]).code, Some(1));
    assert_eq!(workspace.run_with(&["review", LIST], b"h").code, Some(0));
    let expected = ["Ash Choir", "Elm House", "Oak Tenants"].map(str::to_owned).to_vec();
    assert_eq!(printed(&workspace), (expected.clone(), "0".to_owned()));
    let ran = workspace.run(&["import", "sheet.csv", "--into", LIST]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("0 added, 0 updated, 4 there already"), "{}", ran.out);
    assert_eq!(printed(&workspace), (expected, "0".to_owned()));
}

#[test]
fn two_names_with_a_stroke_between_are_asked_about_unless_somebody_knows() {
    let list = "name\nCasa Puente / Bridge House\nElm House\n";
    let workspace = Workspace::new(&[(LIST, list), ("undersigned.toml", "")]);
    assert_eq!(printed(&workspace), (vec!["Elm House".to_owned()], "1".to_owned()));
    let directory = "[[organization]]\nname = \"Casa Puente / Bridge House\"\n";
    workspace.write("signatories/directory.toml", directory.as_bytes());
    let expected = ["Casa Puente / Bridge House", "Elm House"].map(str::to_owned).to_vec();
    assert_eq!(printed(&workspace), (expected, "0".to_owned()));
}
