//! Drafts to signatories: written once, private, and with what changed.

use crate::support::{LETTER, Workspace};
use std::fs;

fn workspace() -> Workspace {
    let list = "name,contact_name,email\nHarbor Readers,Rosa Diaz,rosa@harbor.example\nAlder Clinic,,\n";
    Workspace::new(&[
        ("letters/a.md", &format!("{LETTER}\nKeep the old library open.\n")),
        ("signatories/a.csv", list),
        (
            "invited.csv",
            "name,email\nHarbor Readers,x@e.example\nHarbour Reader,y@e.example\nFir League,fir@e.example\n",
        ),
    ])
}

#[test]
fn a_draft_shows_what_changed_since_the_release() {
    let workspace = workspace();
    let ran = workspace.run(&["release", "letters/a.md", "--despite", "a test"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let unchanged = workspace.run(&["tell", "letters/a.md", "--about", "changes"]);
    assert_eq!(unchanged.code, Some(2));
    assert!(
        unchanged.err.contains("the text has not changed since a, release 1"),
        "{}",
        unchanged.err
    );
    let letter = workspace.text("letters/a.md").replace("old library", "new library");
    workspace.write("letters/a.md", letter);
    let ran = workspace.run(&["tell", "letters/a.md", "--about", "changes"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.out.contains(": 1 draft\n") && ran.out.contains("No email address (1)\n  Alder Clinic"),
        "{}",
        ran.out
    );
    let draft = workspace
        .text("output/a/tell/changes/Harbor-Readers.eml")
        .replace("=\r\n", "");
    assert!(
        draft.contains("<del>old</del>") && draft.contains("<ins>new</ins>"),
        "{draft}"
    );
    let ran = workspace.run(&[
        "tell",
        "letters/a.md",
        "--about",
        "thanks",
        "--link",
        "https://example.org/a",
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let draft = workspace.text("output/a/tell/thanks/Harbor-Readers.eml");
    assert!(draft.contains("https://example.org/a"), "{draft}");
}

#[test]
fn who_may_have_signed_is_told_and_not_written_to() {
    let workspace = workspace();
    let arguments = [
        "tell",
        "letters/a.md",
        "--about",
        "reminder",
        "--invited",
        "invited.csv",
        "--out",
        "drafts",
    ];
    let ran = workspace.run(&arguments);
    assert_eq!(ran.code, Some(1), "{}{}", ran.out, ran.err);
    assert_eq!(workspace.names("drafts"), ["Fir-League.eml"]);
    assert!(
        ran.out.contains("look at these yourself (1)\n  Harbour Reader\n"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("Signed already (1)\n  Harbor Readers\n"),
        "{}",
        ran.out
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(workspace.path("drafts/Fir-League.eml"))
            .expect("a draft")
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0);
    }
    let before = workspace.snapshot();
    let again = workspace.run(&arguments);
    assert_eq!(again.code, Some(2));
    assert!(again.err.contains("has 1 draft of an earlier run"), "{}", again.err);
    assert_eq!(workspace.snapshot(), before);
}
