//! What `diff` says between two lists.

use super::common::Workspace;

/// The JSON lines between two lists, without the summary.
fn check(old: &str, new: &str, decisions: &str, expected: &[&str]) {
    let workspace = Workspace::library();
    workspace.write("signatories/old.csv", old);
    workspace.write("signatories/new.csv", new);
    workspace.write("signatories/decisions.toml", decisions);
    let ran = workspace.run(&[
        "diff",
        "signatories/old.csv",
        "signatories/new.csv",
        "--format",
        "json",
        "--quiet",
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let lines: Vec<&str> = ran
        .out
        .lines()
        .filter(|line| !line.contains("\"type\":\"summary\""))
        .collect();
    assert_eq!(lines, expected);
}

#[test]
fn who_joined_and_who_left_and_why() {
    check(
        "name,status\nAsh Fund,\nBirch Union,\nCedar House,pending\nDogwood Alliance,\n",
        "name,status\nAsh Fund,\nBirch Union,withdrawn\nCedar House,\nElm Legal Aid,\n",
        "",
        &[
            r#"{"type":"joined","name":"Cedar House","kind":"organization","detail":null,"was":"pending"}"#,
            r#"{"type":"joined","name":"Elm Legal Aid","kind":"organization","detail":null,"was":null}"#,
            r#"{"type":"left","name":"Birch Union","kind":"organization","detail":null,"reason":"withdrawn"}"#,
            r#"{"type":"left","name":"Dogwood Alliance","kind":"organization","detail":null,"reason":null}"#,
        ],
    );
}

#[test]
fn a_new_spelling_is_a_new_name_only_where_that_is_certain_or_decided() {
    check(
        "name\nMake the Road NY\n",
        "name\nMake the Road New York\n",
        "",
        &[r#"{"type":"renamed","from":"Make the Road NY","to":"Make the Road New York"}"#],
    );
    let question = "{\"type\":\"undecided\",\"left\":\"UndocuBlack\",\"joined\":\"UndocuBlack Network\",\"because\":";
    let workspace = Workspace::library();
    workspace.write("signatories/old.csv", "name\nUndocuBlack\n");
    workspace.write("signatories/new.csv", "name\nUndocuBlack Network\n");
    let ran = workspace.run(&["diff", "signatories/old.csv", "signatories/new.csv", "--format", "json"]);
    assert!(ran.out.contains(question), "{}", ran.out);
    assert!(ran.out.contains("\"joined\":1,\"left\":1"), "{}", ran.out);
    check(
        "name\nUndocuBlack\n",
        "name\nUndocuBlack Network\n",
        "[[decision]]\nanswer = \"same\"\nnames = [\"UndocuBlack\", \"UndocuBlack Network\"]\n",
        &[r#"{"type":"renamed","from":"UndocuBlack","to":"UndocuBlack Network"}"#],
    );
}

#[test]
fn what_is_told_apart_otherwise_is_regrouped_and_nobody_is_lost() {
    let same = "[[decision]]\nanswer = \"same\"\nnames = [\"Oak Fund\", \"Oak Trust\"]\nprint = \"Oak Fund\"\n";
    // Both rows stand in both lists; the lists differ in who is one only by what was
    // known, so both sides read the same decisions and nothing changed.
    check("name\nOak Fund\nOak Trust\n", "name\nOak Fund\nOak Trust\n", same, &[]);
    let workspace = Workspace::library();
    workspace.write("signatories/a.csv", "name\nOak Fund\nOak Trust\n");
    let ran = workspace.run(&["release", "letters/a.md", "--despite", "for a test"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    workspace.write("signatories/decisions.toml", same);
    let ran = workspace.run(&["diff", "letters/a.md", "--format", "json"]);
    assert!(
        ran.out
            .contains(r#"{"type":"regrouped","from":["Oak Fund","Oak Trust"],"to":["Oak Fund"]}"#),
        "{}{}",
        ran.out,
        ran.err
    );
}

#[test]
fn people_of_one_name_are_paired_line_by_line() {
    let people = "name,kind,title\nAna Ruiz,individual,Nurse\nAna Ruiz,individual,Judge\n";
    check(people, people, "", &[]);
    check(
        people,
        "name,kind,title\nAna Ruiz,individual,Nurse\n",
        "",
        &[r#"{"type":"left","name":"Ana Ruiz","kind":"individual","detail":"Judge","reason":null}"#],
    );
}

#[test]
fn another_heading_is_told() {
    check(
        "name,section\nAsh Fund,North\nBirch Union,North\n",
        "name,section\nAsh Fund,South\nBirch Union,North\n",
        "",
        &[r#"{"type":"moved","name":"Ash Fund","from":"North","to":"South"}"#],
    );
}

#[test]
fn a_list_that_cannot_be_read_is_an_error() {
    let workspace = Workspace::library();
    assert_eq!(
        workspace.run(&["diff", "signatories/a.csv", "nothing.csv"]).code,
        Some(2)
    );
    assert_eq!(workspace.run(&["diff", "signatories/a.csv"]).code, Some(2));
    assert_eq!(
        workspace.run(&["diff", "letters/a.md"]).code,
        Some(2),
        "it has no release yet"
    );
    assert_eq!(workspace.run(&["diff", "signatories/a.csv", "output"]).code, Some(2));
}
