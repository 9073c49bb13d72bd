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
        "All 2 of us <del>ask.</del><ins>beg.</ins>",
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

/// A mail merge to Minnesota and New Mexico, whose roll has `from_your_state`.
fn merge_from_your_state(word: &str) -> Workspace {
    let letter = format!(
        "+++\nkind = \"letter\"\ntitle = \"Keep it open\"\ndate = 2026-03-02\nlanguage = \"en-US\"\nclosing = \"Sincerely,\"\n\
        signatories = [\"../signatories/a.csv\"]\nto = \"list.csv\"\n[roll]\nfrom_your_state = \"{word}\"\n+++\n\
        The {{{{ signatories.count|words }}}} undersigned ask you; {{{{ recipient.signatories.count }}}} are from your state.\n"
    );
    Workspace::new(&[
        ("letters/open.md", &letter),
        (
            "letters/list.csv",
            "name,salutation,state,email\nAnn,Dear Ann:,MN,ann@office.example\nBo,Dear Bo:,NM,bo@office.example\n\
            Cy,Dear Cy:,TX,cy@office.example\n",
        ),
        (
            "signatories/a.csv",
            "name,state\nAlder Clinic,NM\nBirch Union,MN\nCedar Council,National\nDoe Group,Minnesota\n",
        ),
    ])
}

#[test]
fn each_recipient_reads_those_from_their_state_first_or_marked() {
    let formats = ["txt", "md", "html", "eml", "docx", "pdf"];
    for word in ["first", "marked"] {
        let workspace = merge_from_your_state(word);
        let ran = workspace.run(&["render", "letters/open.md", "--to", "txt,md,html,email,docx,pdf"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        for name in ["Ann", "Bo", "Cy"] {
            for format in formats {
                assert!(workspace.read(&format!("output/open/{name}.{format}")).len() > 100);
            }
        }
        let names = ["Alder Clinic", "Birch Union", "Cedar Council", "Doe Group"];
        // Text formats: the names in the order of printing, each once.
        for format in ["txt", "md", "html"] {
            let order = |to: &str| {
                let text = workspace.text(&format!("output/open/{to}.{format}"));
                let mut found: Vec<(usize, &str)> = Vec::new();
                for name in names {
                    assert_eq!(text.matches(name).count(), 1, "{format} to {to}: {name}");
                    found.push((text.find(name).unwrap_or_default(), name));
                }
                found.sort_unstable();
                let found: Vec<&str> = found.into_iter().map(|(_, name)| &name[..1]).collect();
                (found.concat(), text)
            };
            let (ann, text) = order("Ann");
            assert_eq!(ann, if word == "first" { "BDAC" } else { "ABCD" }, "{format}");
            assert!(text.contains("From Minnesota"), "{format}");
            assert_eq!(text.contains("From elsewhere"), word == "first");
            assert_eq!(
                text.matches('†').count(),
                if word == "first" { 0 } else { 3 },
                "{format}: {text}"
            );
            let (bo, text) = order("Bo");
            assert_eq!(bo, "ABCD", "{format}");
            assert!(
                text.contains("From New Mexico") && !text.contains("Minnesota"),
                "{format}"
            );
            let (cy, text) = order("Cy");
            assert_eq!(cy, "ABCD", "{format}");
            assert!(!text.contains("From ") && !text.contains('†'), "{format}: {text}");
        }
    }
}

#[test]
fn a_release_of_rolls_in_other_orders_knows_each_signatory() {
    let workspace = merge_from_your_state("first");
    let ran = workspace.run(&["release", "letters/open.md", "--despite", "a test"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    let manifest = workspace.text("output/open/releases/1/manifest.toml");
    for (name, state) in [
        ("Alder Clinic", "NM"),
        ("Birch Union", "MN"),
        ("Cedar Council", "National"),
        ("Doe Group", "Minnesota"),
    ] {
        let mut entries = manifest.split("[[signatory]]").skip(1);
        let entry = entries.find(|entry| entry.contains(name));
        let entry = entry.unwrap_or_default();
        assert!(entry.contains(&format!("state = \"{state}\"")), "{name}: {manifest}");
    }
    for to in ["Ann", "Bo", "Cy"] {
        for format in ["txt", "html", "pdf", "docx"] {
            let file = format!("output/open/releases/1/{to}.{format}");
            let ran = workspace.run(&["verify", &file]);
            assert_eq!(ran.code, Some(0), "{file}: {}{}", ran.out, ran.err);
        }
    }
}

#[test]
fn a_copy_with_marks_that_was_saved_anew_or_altered_is_told_by_its_names() {
    for word in ["marked", "first"] {
        let workspace = merge_from_your_state(word);
        let ran = workspace.run(&["release", "letters/open.md", "--despite", "a test"]);
        assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
        let text = workspace.text("output/open/releases/1/Ann.txt");
        let told = |name: &str, text: &str| {
            workspace.write(name, text);
            let ran = workspace.run(&["verify", name]);
            assert_eq!(ran.code, Some(1), "{}{}", ran.out, ran.err);
            format!("{}{}", ran.out, ran.err)
        };
        let same = told("Ann.txt", &text.replace('\n', "\r\n"));
        assert!(
            same.contains("same words, but not the same file as Ann.txt, to Ann"),
            "{word}: {same}"
        );
        // Whoever is marked, or stands first, is missed as a signatory.
        let birch = text.lines().find(|line| line.contains("Birch Union"));
        let without = text.replace(&format!("{}\n", birch.unwrap_or_default()), "");
        let gone = told("Ann.txt", &without);
        assert!(gone.contains("- Birch Union  missing"), "{word}: {gone}");
        let added = told("Ann.txt", &text.replace("Birch Union", "Birch Union\nZebra Fund"));
        assert!(added.contains("Zebra Fund"), "{word}: {added}");
    }
}
