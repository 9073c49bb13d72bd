//! Signatures that come by mail: imported, asked about, answered.

use crate::support::{LETTER, Workspace};

fn mail(id: u32, from: &str, text: &str) -> String {
    format!(
        "From {from} Mon Mar  2 10:15:00 2026\nAuthentication-Results: mx.here.example; dmarc=pass\nFrom: Ana Ruiz <{from}>\n\
         Date: Mon, 2 Mar 2026 10:{id:02}:00 -0600\nMessage-ID: <{id}@{from}>\n\n{text}\n\n"
    )
}

fn workspace() -> Workspace {
    let sign = mail(1, "ana@harwell.example", "Please add Harwell Village to the letter.");
    let remove = mail(2, "kim@oak.example", "Please remove Oak Union from the letter.");
    Workspace::new(&[
        ("letters/a.md", LETTER),
        ("signatories/list.csv", "name,status\nOak Union,\nElm Alliance,\n"),
        ("inbox.mbox", &(sign + &remove)),
    ])
}

const IMPORT: [&str; 4] = ["import", "inbox.mbox", "--into", "signatories/list.csv"];

#[test]
fn a_mail_is_asked_about_and_one_that_was_read_adds_nothing() {
    let workspace = workspace();
    let ran = workspace.run(&IMPORT);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(
        ran.out.contains("2 added, 0 updated, 0 there already\n2 held"),
        "{}",
        ran.out
    );
    let list = workspace.text("signatories/list.csv");
    assert!(
        list.contains("\nOak Union,,,,,,\nElm Alliance,,,,,,\nHarwell Village,held: mail-sign: “"),
        "{list}"
    );
    assert!(
        list.contains(",1@ana@harwell.example,mx.here.example: dmarc=pass\n"),
        "{list}"
    );
    // Again, with a new mail: only that one is added.
    let more = workspace.text("inbox.mbox") + &mail(3, "jo@fir.example", "Sign us on. Organization: Fir League");
    workspace.write("inbox.mbox", more);
    let ran = workspace.run(&IMPORT);
    assert!(ran.out.contains("1 added, 0 updated, 2 there already"), "{}", ran.out);
    let list = workspace.read("signatories/list.csv");
    assert_eq!(workspace.run(&IMPORT).code, Some(0));
    assert_eq!(workspace.read("signatories/list.csv"), list);
    assert_eq!(workspace.run(&["undo"]).code, Some(0));
    assert_eq!(workspace.run(&["undo"]).code, Some(0));
    assert_eq!(
        workspace.text("signatories/list.csv"),
        "name,status\nOak Union,\nElm Alliance,\n"
    );
}

#[test]
fn an_answer_prints_a_signature_and_takes_a_withdrawn_one_off() {
    let workspace = workspace();
    workspace.run(&IMPORT);
    let names = || {
        let ran = workspace.run(&["dedupe", "signatories/list.csv", "--format", "json"]);
        let lines = ran.out.lines().filter(|line| line.contains("\"type\":\"signatory\""));
        let name = |line: &str| {
            line.split("\"name\":\"")
                .nth(1)
                .unwrap_or_default()
                .split('"')
                .next()
                .map(str::to_owned)
        };
        lines.filter_map(name).collect::<Vec<_>>()
    };
    assert_eq!(names(), ["Elm Alliance", "Oak Union"]);
    let ran = workspace.run_with(&["review", "signatories/list.csv"], "sw");
    assert!(
        ran.out.contains("“Harwell Village”: printed") && ran.out.contains("“Oak Union”: withdrawn"),
        "{}",
        ran.out
    );
    assert_eq!(names(), ["Elm Alliance", "Harwell Village"]);
    // The same sentence in another mail is another question.
    let again = workspace.text("inbox.mbox") + &mail(9, "ana@harwell.example", "Please remove Harwell Village.");
    workspace.write("inbox.mbox", again);
    let ran = workspace.run(&IMPORT);
    assert!(
        ran.out.contains("1 added, 0 updated, 2 there already\n1 held"),
        "{}",
        ran.out
    );
}

#[test]
fn a_hostile_mail_changes_nothing() {
    let workspace = workspace();
    let bad = mail(4, "x@e.example", &"y".repeat(5 << 20));
    workspace.write("inbox.mbox", workspace.text("inbox.mbox") + &bad);
    let before = workspace.snapshot();
    let ran = workspace.run(&[
        "import",
        "inbox.mbox",
        "--into",
        "signatories/list.csv",
        "--format",
        "short",
    ]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err
            .contains("inbox.mbox:3:1: error[bad-mail]: message 3 has a line of more than 4 MB"),
        "{}",
        ran.err
    );
    assert_eq!(workspace.snapshot(), before);
}
