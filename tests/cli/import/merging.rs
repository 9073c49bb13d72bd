//! Importing into a list that stands.

use super::workspace::Workspace;

const LIST: &str =
    "\u{feff}Organization;mine;email\r\nRío Abajo;\"keep; this\";ana@example.org\r\n\r\nHarwell Village;x;\r\n";

#[test]
fn only_what_is_new_is_added() {
    let workspace = Workspace::new(&[
        ("list.csv", LIST),
        (
            "export.csv",
            "name,email,state\nHARWELL VILLAGE,,\nRio Abajo,ana@example.org,\n\"Taos; Friends\",x@example.org,NM\n",
        ),
    ]);
    let ran = workspace.run(&["import", "export.csv", "--into", "list.csv"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err); // "Taos; Friends" may be two
    let expected = "\u{feff}Organization;mine;email;state\r\nRío Abajo;\"keep; this\";ana@example.org;\r\n\r\nHarwell Village;x;;\r\n\"Taos; Friends\";;x@example.org;NM\r\n";
    assert_eq!(workspace.read("list.csv"), expected);
    assert!(ran.out.contains("added    Taos; Friends"), "{}", ran.out);
    assert!(ran.out.contains("1 added, 0 updated, 2 there already"), "{}", ran.out);
    assert!(
        ran.err.contains("may be two signatories: `Taos` and `Friends`"),
        "{}",
        ran.err
    );
    // Again: nothing is new, and nothing is asked again.
    let ran = workspace.run(&["import", "export.csv", "--into", "list.csv"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(workspace.read("list.csv"), expected);
    assert_eq!(workspace.files(), ["export.csv", "list.csv"]);
}

#[test]
fn withdrawals_are_written_and_outlast_the_export() {
    let workspace = Workspace::new(&[
        (
            "list.csv",
            "name,status\nA Group,\nB Group,withdrawn\nC Group,pending\n",
        ),
        (
            "export.csv",
            "name,status\nA Group,withdrawn\nB Group,confirmed\nC Group,confirmed\nD Group,declined\n",
        ),
    ]);
    let ran = workspace.run(&["import", "export.csv", "--into", "list.csv"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(
        workspace.read("list.csv"),
        "name,status\nA Group,withdrawn\nB Group,withdrawn\nC Group,pending\nD Group,declined\n"
    );
    for said in [
        "updated  A Group: withdrawn, was confirmed",
        "kept     B Group: withdrawn here, confirmed in the import",
        "kept     C Group: pending here, confirmed in the import",
        "added    D Group (declined)",
    ] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    let ran = workspace.run(&["dedupe", "list.csv", "--format", "json"]);
    assert!(
        ran.out
            .contains("\"signatories\":0,\"merged\":0,\"review\":0,\"excluded\":4"),
        "{}",
        ran.out
    );
}

#[test]
fn names_corrected_by_hand_stay() {
    let export = "Timestamp,Email Address,Organization\n2/14/2021 9:05:00,ana@example.org,rio abajo legl aid\n2/15/2021 9:05:00,bo@example.org,Harwell\n";
    let workspace = Workspace::new(&[("export.csv", export)]);
    let ran = workspace.run(&["import", "export.csv", "--into", "new/list.csv"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let list = workspace.read("new/list.csv");
    assert_eq!(
        list,
        "name,signed_at,email\nrio abajo legl aid,2021-02-14 09:05:00,ana@example.org\nHarwell,2021-02-15 09:05:00,bo@example.org\n"
    );
    let mended = list.replace("rio abajo legl aid", "Río Abajo Legal Aid");
    workspace.write("new/list.csv", mended.as_bytes());
    let ran = workspace.run(&["import", "export.csv", "--into", "new/list.csv"]);
    assert_eq!(workspace.read("new/list.csv"), mended, "{}", ran.out);
    assert!(
        ran.out
            .contains("kept     Río Abajo Legal Aid: `rio abajo legl aid` in the import"),
        "{}",
        ran.out
    );
}

#[test]
fn toml_and_text_lists_keep_their_comments() {
    let workspace = Workspace::new(&[
        (
            "list.toml",
            "# who\nsignatories = [\"A Group\"]\n\n[[signatory]] # b\nname = \"B Group\"\n",
        ),
        ("list.txt", "# who\nA Group\nB Group"),
        ("export.csv", "name\nB Group\nC Group\n"),
        ("pending.csv", "name,status\nD Group,pending\n"),
        ("left.csv", "name,status\nB Group,withdrawn\n"),
    ]);
    workspace.run(&["import", "export.csv", "--into", "list.toml"]);
    assert_eq!(
        workspace.read("list.toml"),
        "# who\nsignatories = [\"A Group\"]\n\n[[signatory]] # b\nname = \"B Group\"\n\n[[signatory]]\nname = \"C Group\"\n"
    );
    workspace.run(&["import", "left.csv", "--into", "list.toml"]);
    assert!(
        workspace
            .read("list.toml")
            .contains("[[signatory]] # b\nname = \"B Group\"\nstatus = \"withdrawn\"\n")
    );
    workspace.run(&["import", "export.csv", "--into", "list.txt"]);
    assert_eq!(workspace.read("list.txt"), "# who\nA Group\nB Group\nC Group\n");
    let ran = workspace.run(&["import", "pending.csv", "--into", "list.txt"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.contains("no room for the kind or the status of `D Group`"),
        "{}",
        ran.err
    );
    assert_eq!(workspace.read("list.txt"), "# who\nA Group\nB Group\nC Group\n");
}

#[test]
fn signatures_are_bound_to_the_text() {
    let letter = |body: &str| {
        format!("+++\nkind = \"letter\"\ntitle = \"T\"\nsignatories = []\ndeadline = 2021-02-20\n+++\n{body}\n")
    };
    let workspace = Workspace::new(&[
        ("a.md", &letter("We ask.")),
        ("one.csv", "name,signed_at\nA Group,2021-02-14\n"),
        ("two.csv", "name,signed_at\nA Group,2021-02-14\nB Group,2021-02-21\n"),
    ]);
    workspace.run(&["import", "one.csv", "--into", "list.csv", "--letter", "a.md"]);
    workspace.write("a.md", letter("We demand.").as_bytes());
    let ran = workspace.run(&["import", "two.csv", "--into", "list.csv", "--letter", "a.md"]);
    let list = workspace.read("list.csv");
    let texts: Vec<&str> = list
        .lines()
        .skip(1)
        .filter_map(|line| line.rsplit(',').next())
        .collect();
    assert_eq!(texts.len(), 2, "{list}");
    assert!(texts.iter().all(|text| text.len() == 12), "{list}");
    assert_ne!(texts[0], texts[1]);
    assert!(
        ran.err.contains("`B Group` signed after the deadline, 2021-02-20"),
        "{}",
        ran.err
    );
}

#[test]
fn dates_that_may_be_read_in_two_ways_are_told_or_settled() {
    let workspace = Workspace::new(&[
        (
            "two-ways.csv",
            "Timestamp,Organization\n3/4/2021 9:05:00,A Group\n5/6/2021 9:05:00,B Group\n",
        ),
        (
            "shown.csv",
            "Timestamp,Organization\n3/4/2021 9:05:00,A Group\n3/14/2021 9:05:00,B Group\n",
        ),
        (
            "both.csv",
            "Timestamp,Organization\n3/4/2021,A Group\n14/3/2021,B Group\n3/14/2021,C Group\n",
        ),
    ]);
    let told = "warning[bad-date]: `3/4/2021";
    let ran = workspace.run(&["import", "two-ways.csv", "--format", "short"]);
    assert_eq!(
        ran.out,
        "name,signed_at\nA Group,3/4/2021 9:05:00\nB Group,5/6/2021 9:05:00\n"
    );
    assert!(ran.err.contains(told), "{}", ran.err);
    assert!(
        ran.err
            .contains("write in [columns]: \"Timestamp\" = \"signed_at_month_first\", or \"signed_at_day_first\""),
        "{}",
        ran.err
    );
    let ran = workspace.run(&["import", "shown.csv", "--format", "short"]);
    assert_eq!(
        ran.out,
        "name,signed_at\nA Group,2021-03-04 09:05:00\nB Group,2021-03-14 09:05:00\n"
    );
    assert!(!ran.err.contains("bad-date"), "{}", ran.err);
    // Dates that contradict each other show nothing.
    let ran = workspace.run(&["import", "both.csv", "--format", "short"]);
    assert!(ran.err.contains(told), "{}", ran.err);
    assert!(ran.out.contains("A Group,3/4/2021\n"), "{}", ran.out);
    for (word, date) in [("month_first", "2021-03-04"), ("day_first", "2021-04-03")] {
        let columns = format!("[columns]\n\"Timestamp\" = \"signed_at_{word}\"\n");
        workspace.write("undersigned.toml", columns.as_bytes());
        let ran = workspace.run(&["import", "two-ways.csv", "--format", "short"]);
        assert!(ran.out.contains(&format!("A Group,{date} 09:05:00\n")), "{}", ran.out);
        assert!(!ran.err.contains("warning"), "{}", ran.err);
    }
}

#[test]
fn a_dry_run_shows_columns_and_rows_and_writes_nothing() {
    let list = "name,status\nA Group,\nBeta Group,confirmed\n";
    let export = "\
Organization,Timestamp,Phone #,Fav color,status
A Group,2021-02-14,,red,
Beta Group,2021-02-15,,,withdrawn
,2021-02-15,,,
LA RED/Faith in Action,2021-02-16,505-555-0100,,
Taos,2021-02-17,,blue,pending
";
    let workspace = Workspace::new(&[("list.csv", list), ("export.csv", export)]);
    let ran = workspace.run(&["import", "export.csv", "--into", "list.csv", "--dry-run"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert_eq!(
        ran.out,
        "\
export.csv -> list.csv; a dry run, nothing is written

Column           is read as           filled
  Organization   name                 4/5
    a known header; cells: A Group | Beta Group | LA RED/Faith in Action
    to change it, in [columns]: \"Organization\" = \"...\" (now \"name\")
  Timestamp      signed_at            5/5
    a known header; cells: 2021-02-14 | 2021-02-15 | 2021-02-16
    to change it, in [columns]: \"Timestamp\" = \"...\" (now \"signed_at\")
? Phone #        phone       private  1/5
    guessed from its header, its cells, and the other columns
    to change it, in [columns]: \"Phone #\" = \"...\" (now \"phone\")
  Fav color      not used             2/5
    not recognized; cells: red | blue
    to use it, in [columns]: \"Fav color\" = \"notes\", or another column
  status         status               2/5
    a known header; cells: withdrawn | pending
    to change it, in [columns]: \"status\" = \"...\" (now \"status\")
to save such a line, import with --column \"HEADER=MEANING\"

Rows (5)
  +    2  new
  ?    1  of these held until you answer   row 5
       1  of these not confirmed   row 6
  =    1  already in the list
  ~    1  updated   row 3
          Beta Group: withdrawn, was confirmed
  x    1  skipped: no name   row 4

Held until you answer (1)
  row 5  is `LA RED/Faith in Action` one signatory, or several: `LA RED`, `Faith in Action`?

would add 2, update 1; 1 held until you answer
next: undersigned import export.csv --into list.csv
"
    );
    assert!(!ran.out.contains("505"), "{}", ran.out);
    assert_eq!(workspace.read("list.csv"), list);
    assert_eq!(workspace.files(), ["export.csv", "list.csv"]);
}
