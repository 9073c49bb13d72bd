//! Drafts that become letters, redlines, and each recipient's own signatories, through the
//! binary.

use crate::support::{LETTER, Workspace};

const DRAFT: &str = include_str!("../../examples/drafts/library.html");

#[test]
fn a_draft_becomes_a_letter_only_once_its_changes_are_decided() {
    let workspace = Workspace::new(&[("undersigned.toml", ""), ("v7.html", DRAFT)]);
    let before = workspace.snapshot();
    let ran = workspace.run(&["draft", "v7.html"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    for words in ["2 tracked changes", "deleted by Ben: “at three”", "--changes accept"] {
        assert!(ran.err.contains(words), "{words}: {}", ran.err);
    }
    assert_eq!(workspace.snapshot(), before);

    let ran = workspace.run(&["draft", "v7.html", "--changes", "reject", "--bold", "headings"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.out.contains("paragraph 4: the salutation: Dear Mayor Ruiz:"),
        "{}",
        ran.out
    );
    let letter = workspace.text("letters/v7.md");
    assert!(
        letter.contains("\n### Why now\n\nSchools close at three on Fridays.\n"),
        "{letter}"
    );
    let again = workspace.run(&["draft", "v7.html", "--changes", "accept"]);
    assert_eq!(again.code, Some(2), "{}", again.err);
    assert!(again.err.contains("`letters/v7.md` exists already"), "{}", again.err);
    assert_eq!(workspace.run(&["check", "letters/v7.md"]).code, Some(0));
    assert_eq!(workspace.run(&["undo"]).code, Some(0));
    assert!(!workspace.path("letters/v7.md").exists());
}

#[test]
fn a_redline_marks_words_and_names() {
    let new = LETTER.replace(
        "All {{ signatories.count }} of us ask.",
        "All {{ signatories.count }} of us beg.",
    );
    let new = new.replace("a.csv", "b.csv");
    let workspace = Workspace::new(&[
        ("letters/old.md", LETTER),
        ("letters/new.md", &new),
        ("signatories/a.csv", "name\nAlder Street Clinic\nBirch Hill Union\n"),
        ("signatories/b.csv", "name\nAlder Street Clinic\nCedar Grove Council\n"),
    ]);
    let ran = workspace.run(&["diff", "letters/old.md", "letters/new.md", "--to", "docx,pdf,html"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let page = workspace.text("output/redline/redline.html");
    for words in [
        "All 2 of us <del>ask.</del> <ins>beg.</ins>",
        "<del>Birch Hill Union</del>",
        "<ins>Cedar Grove Council</ins>",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(!page.contains("<ins>Alder") && !page.contains("<del>Alder"));
    for name in ["redline.docx", "redline.pdf"] {
        assert!(workspace.read(&format!("output/redline/{name}")).len() > 1_000);
    }
    // Word's own changes, read back as such.
    let ran = workspace.run(&["draft", "output/redline/redline.docx"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    for words in [
        "deleted by undersigned: “ask.”",
        "inserted by undersigned: “Cedar Grove Council”",
    ] {
        assert!(ran.err.contains(words), "{words}: {}", ran.err);
    }
}

#[test]
fn each_recipient_reads_who_signed_from_their_state() {
    let letter = "+++\nkind = \"letter\"\ntitle = \"Keep it open\"\nsignatories = [\"../signatories/a.csv\"]\n\
        to = \"list.csv\"\n[roll]\nstate_table = true\n+++\n\
        {% if recipient.signatories.count %}{{ recipient.signatories.count|words|capitalize }} from \
        {{ recipient.state_name }}: {{ recipient.signatories.names }}; {{ recipient.signatories.individuals }} \
        person.{% endif %}\n\nThank you.\n";
    let workspace = Workspace::new(&[
        ("letters/open.md", letter),
        (
            "letters/list.csv",
            "name,salutation,state,email\nAnn,Dear Ann:,MN,ann@office.example\nBo,Dear Bo:,NM,bo@office.example\n",
        ),
        (
            "signatories/a.csv",
            "name,kind,state,email\nAlder Clinic,organization,MN,a@x.example\nBirch Union,organization,\"MN, WI\",b@x.example\n\
            Cy Ray,individual,Minnesota,c@x.example\nDoe Group,organization,National,d@x.example\n",
        ),
    ]);
    let ran = workspace.run(&["render", "letters/open.md", "--to", "txt"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let ann = workspace.text("output/open/Ann.txt");
    let words: Vec<&str> = ann.split_whitespace().collect();
    let words = words.join(" ");
    assert!(
        words.contains("Three from Minnesota: Alder Clinic, Birch Union and Cy Ray; 1 person."),
        "{ann}"
    );
    let bo = workspace.text("output/open/Bo.txt");
    assert!(!bo.contains("New Mexico:") && bo.contains("Thank you."), "{bo}");
    for text in [&ann, &bo] {
        assert!(
            text.contains("Signatories by state") && !text.contains("x.example"),
            "{text}"
        );
    }
}
