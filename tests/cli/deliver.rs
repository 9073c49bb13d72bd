//! Bundles of a release: what a docket, Congress, the press and a web site get.

use crate::support::{Ran, Workspace};
use serde_json::Value;
use std::io::Read;

const LETTER: &str = "+++\nkind = \"letter\"\ntitle = \"Keep the library open\"\ndate = 2026-03-02\n\
    url = \"https://example.org/library/\"\nsubject = \"The library\"\nclosing = \"Respectfully,\"\n\
    signatories = [\"../signatories/a.csv\"]\n\n[letterhead]\nname = \"Library Friends\"\n\n\
    [roll]\nsections = \"section\"\nshow = [\"city\", \"state\", \"title\", \"affiliation\"]\n+++\n\
    Please keep the old library open.\n";

const LIST: &str = "name,kind,title,affiliation,city,state,section\n\
    Harbor Readers,,,,Duluth,MN,Readers\nAlder Clinic,,,,Taos,NM,Health\n\
    Ana Ruiz,individual,Nurse,Alder Clinic,Taos,NM,Health\n";

fn workspace(more: &[(&str, &str)]) -> Workspace {
    let all = [("letters/library.md", LETTER), ("signatories/a.csv", LIST)];
    let files: Vec<(&str, &str)> = all.iter().chain(more).copied().collect();
    Workspace::new(&files)
}

fn released(more: &[(&str, &str)]) -> Workspace {
    let workspace = workspace(more);
    let ran = workspace.run(&["release", "letters/library.md", "--despite", "a test"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    workspace
}

fn deliver(workspace: &Workspace, arguments: &[&str]) -> Ran {
    workspace.run(&[&["deliver", "letters/library.md"], arguments].concat())
}

/// Returns the text of a PDF that we wrote, block by block.
fn words(workspace: &Workspace, name: &str) -> String {
    use undersigned::release::blocks::FileText;
    match undersigned::release::file_text::read(name, &workspace.read(name)) {
        FileText::Blocks(blocks) => blocks.join("\n"),
        other => panic!("{name} is read as {other:?}"),
    }
}

#[test]
fn a_docket_gets_files_within_its_bounds_with_a_cover_that_names_them() {
    let workspace = released(&[("Data (2026) é.PDF", "%PDF-1.4 not read"), ("table.xlsx", "x")]);
    let arguments = [
        "--to",
        "docket",
        "--attach",
        "Data (2026) é.PDF",
        "--attach",
        "table.xlsx",
        "--zip",
    ];
    let ran = deliver(&workspace, &arguments);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let folder = "output/library/deliver/docket";
    let upload = ["01-cover.pdf", "02-library.pdf", "03-Data-2026-e.pdf", "04-table.xlsx"];
    assert_eq!(workspace.names(&format!("{folder}/upload")), upload);
    let told: Vec<&str> = ran.out.lines().collect();
    assert_eq!(told.len(), 6, "{told:?}");
    assert_eq!(told[5], "output/library/deliver/docket.zip");
    // The letter is the released one.
    let released = workspace.read("output/library/releases/1/letter.pdf");
    assert_eq!(workspace.read(&format!("{folder}/upload/02-library.pdf")), released);
    let cover = words(&workspace, &format!("{folder}/upload/01-cover.pdf"));
    for said in [
        "Library Friends",
        "March 2, 2026",
        "Keep the library open",
        "Public comment",
        "Signatories: 3",
    ] {
        assert!(cover.contains(said), "{said}: {cover}");
    }
    for name in &upload[1..] {
        assert_eq!(cover.matches(name).count(), 1, "{cover}");
    }
    let comment = workspace.text(&format!("{folder}/comment.txt"));
    assert!(
        comment.contains("“Keep the library open”") && comment.contains("3 signatories"),
        "{comment}"
    );
    // The archive holds the same files, and is the same again.
    let packed = workspace.read("output/library/deliver/docket.zip");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(packed.clone())).expect("an archive");
    assert_eq!(archive.len(), 5);
    let mut bytes = Vec::new();
    archive
        .by_name("upload/02-library.pdf")
        .expect("the letter")
        .read_to_end(&mut bytes)
        .expect("bytes");
    assert_eq!(bytes, released);
    let before = workspace.snapshot();
    let again = deliver(&workspace, &arguments);
    assert_eq!((again.code, &again.out), (Some(0), &ran.out));
    assert_eq!(workspace.snapshot(), before);
}

#[test]
fn what_a_docket_does_not_take_is_told_and_nothing_is_written() {
    let workspace = released(&[("notes.exe", "x")]);
    workspace.write("large.pdf", vec![0; 10_000_001]);
    workspace.write("full.pdf", vec![0; 10_000_000]);
    let mut arguments = vec!["--to", "docket", "--attach", "notes.exe", "--attach", "large.pdf"];
    let before = workspace.snapshot();
    let ran = deliver(&workspace, &arguments);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    for said in [
        "`notes.exe` is of a kind that a docket does not take",
        "`upload/04-large.pdf` has 10.1 MB, and a docket takes at most 10 MB",
    ] {
        assert!(ran.err.contains(said), "{}", ran.err);
    }
    arguments.truncate(2);
    for _ in 0..18 {
        arguments.extend(["--attach", "full.pdf"]);
    }
    arguments.extend(["--attach", "full.pdf", "--format", "json"]);
    let ran = deliver(&workspace, &arguments);
    assert_eq!(ran.code, Some(2));
    let said: Value = serde_json::from_str(ran.err.trim()).expect("JSON");
    assert_eq!(
        (&said["type"], &said["severity"]),
        (&"diagnostic".into(), &"error".into())
    );
    let message = said["message"].as_str().expect("a text");
    assert!(
        message.contains("there are 21 files with the cover, and a docket takes at most 20"),
        "{message}"
    );
    assert_eq!(workspace.snapshot(), before);
    // Exactly 20 files, each as large as may be.
    arguments.truncate(arguments.len() - 4);
    let ran = deliver(&workspace, &arguments);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(workspace.names("output/library/deliver/docket/upload").len(), 20);
}

#[test]
fn only_a_release_that_verifies_is_delivered() {
    let workspace = workspace(&[]);
    for to in ["docket", "congress", "press", "web"] {
        let ran = deliver(&workspace, &["--to", to]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.contains("`letters/library.md` has no release"), "{}", ran.err);
    }
    assert!(!workspace.path("output").exists());
    let workspace = released(&[]);
    let ran = deliver(&workspace, &["--to", "web", "--release", "2"]);
    assert!(
        ran.code == Some(2) && ran.err.contains("has no release 2"),
        "{}",
        ran.err
    );
    // A changed letter is told, and the bundle has what was released.
    workspace.write("letters/library.md", LETTER.replace("old library", "new library"));
    let ran = deliver(&workspace, &["--to", "press", "--out", "kit"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.err.contains("warning[changed-since-release]"), "{}", ran.err);
    assert!(workspace.text("kit/library.txt").contains("old library"));
    let strict = deliver(&workspace, &["--to", "press", "--out", "other", "--strict"]);
    assert_eq!(strict.code, Some(2));
    assert!(!workspace.path("other").exists());
    // Neither a letter that is gone nor one with errors keeps a release in.
    workspace.write("letters/library.md", "+++\n=\n+++\n");
    assert_eq!(deliver(&workspace, &["--to", "press", "--out", "kit"]).code, Some(1));
    workspace.write("letters/library.md", LETTER);
    let html = "output/library/releases/1/letter.html";
    let text = workspace.text(html);
    workspace.write(html, text.replace("Alder Clinic", "Older Clinic"));
    let ran = deliver(&workspace, &["--to", "docket"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.contains("library, release 1 (2026-03-02) does not verify")
            && ran.err.contains("letter.html` was altered"),
        "{}",
        ran.err
    );
    workspace.write("output/library/releases/1/stray.pdf", "x");
    workspace.write(html, text);
    let ran = deliver(&workspace, &["--to", "docket"]);
    assert!(
        ran.code == Some(2) && ran.err.contains("stray.pdf` is not a file of this release"),
        "{}",
        ran.err
    );
    std::fs::remove_file(workspace.path("output/library/releases/1/stray.pdf")).expect("removed");
}

#[test]
fn each_recipient_gets_a_letter_and_a_text_that_names_nobody_else() {
    let keys = "to = \"../offices.csv\"\nsalutation = \"Dear {{ recipient.name }}:\"\nclosing";
    let workspace = released(&[
        (
            "letters/library.md",
            &LETTER
                .replace("closing", keys)
                .replace("url = \"https://example.org/library/\"\n", ""),
        ),
        (
            "offices.csv",
            "name,email\nAnn Muster,ann@office.example\nJosé Díaz,jose@office.example\n",
        ),
    ]);
    let ran = deliver(&workspace, &["--to", "congress"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let folder = "output/library/deliver/congress";
    let names = workspace.names(folder);
    assert_eq!(names.len(), 5, "{names:?}");
    let texts: Vec<&String> = names.iter().filter(|name| name.ends_with(".txt")).collect();
    for (name, own, other) in [
        (texts[0], "Ann Muster", "José Díaz"),
        (texts[1], "José Díaz", "Ann Muster"),
    ] {
        let text = workspace.text(&format!("{folder}/{name}"));
        assert!(text.starts_with("Subject: Keep the library open\n\n"), "{text}");
        assert!(
            text.contains(own) && !text.contains(other) && !text.contains('@'),
            "{text}"
        );
        assert!(names.contains(&name.replace(".txt", ".pdf")));
    }
    let cover = words(&workspace, &format!("{folder}/cover.pdf"));
    assert!(
        cover.contains("Letter to Ann Muster") && cover.contains("Letter to José Díaz"),
        "{cover}"
    );
    assert!(!cover.contains(".txt"), "{cover}");
    // What an earlier bundle left could go out with this one.
    workspace.write(&format!("{folder}/Old-Office.pdf"), "x");
    let ran = deliver(&workspace, &["--to", "congress"]);
    assert!(
        ran.code == Some(2) && ran.err.contains("has 1 file that this bundle does not write"),
        "{}",
        ran.err
    );
    let ran = deliver(&workspace, &["--to", "web"]);
    assert!(
        ran.code == Some(2) && ran.err.contains("no page for all"),
        "{}",
        ran.err
    );
}

#[test]
fn the_press_gets_the_letter_its_release_and_its_pictures_but_no_signature() {
    let press = "+++\nkind = \"press-release\"\ntitle = \"Readers ask\"\ndate = 2026-03-02\nletter = \"library.md\"\n\
        signatories = []\n[letterhead]\nname = \"Library Friends\"\n+++\nReaders ask.\n";
    let square =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"><rect width=\"10\" height=\"10\"/></svg>";
    let letter = LETTER.replace(
        "name = \"Library Friends\"",
        "name = \"Library Friends\"\nlogo = \"logo.svg\"",
    );
    let letter = letter.replace(
        "[roll]",
        "[[signature]]\nname = \"Rosa Diaz\"\nimage = \"hand.svg\"\nimage_alt = \"Rosa Diaz\"\n\n[roll]",
    );
    let workspace = released(&[
        ("letters/library.md", &letter),
        ("letters/news.md", press),
        ("letters/logo.svg", square),
        ("letters/hand.svg", &square.replace("10", "11")),
    ]);
    let ran = deliver(&workspace, &["--to", "press"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(
        ran.err.contains("warning[not-released]: `letters/news.md`"),
        "{}",
        ran.err
    );
    let ran = workspace.run(&["release", "letters/news.md", "--despite", "a test"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let ran = deliver(&workspace, &["--to", "press"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let folder = "output/library/deliver/press";
    assert_eq!(
        workspace.names(folder),
        [
            "cover.pdf",
            "email.txt",
            "library.docx",
            "library.html",
            "library.pdf",
            "library.txt",
            "news.docx",
            "news.html",
            "news.pdf",
            "news.txt",
            "pictures",
            "signatories.csv"
        ]
    );
    assert_eq!(workspace.names(&format!("{folder}/pictures")), ["card.png", "logo.svg"]);
}

#[test]
fn a_page_has_its_picture_its_list_for_programs_and_its_tables() {
    let workspace = released(&[]);
    let ran = deliver(&workspace, &["--to", "web", "--out", "public"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.err
            .contains("put the files in public at https://example.org/library/"),
        "{}",
        ran.err
    );
    assert_eq!(
        workspace.names("public"),
        [
            "card.png",
            "letter.html",
            "sections.csv",
            "signatories.csv",
            "signatories.json",
            "states.csv",
            "tables.html"
        ]
    );
    let page = workspace.text("public/letter.html");
    assert_eq!(page, workspace.text("output/library/releases/1/letter.html"));
    for meta in [
        "<meta property=\"og:image\" content=\"https://example.org/library/card.png\">",
        "<meta property=\"og:image:alt\" content=\"Keep the library open. Library Friends. 3 signatories\">",
        "<link rel=\"canonical\" href=\"https://example.org/library/\">",
    ] {
        assert!(page.contains(meta), "{meta}");
    }
    let picture = workspace.read("public/card.png");
    let reader = png::Decoder::new(std::io::Cursor::new(&picture))
        .read_info()
        .expect("a picture");
    assert_eq!((reader.info().width, reader.info().height), (1200, 630));
    let json: Value = serde_json::from_str(&workspace.text("public/signatories.json")).expect("JSON");
    assert_eq!(json["counts"]["signatories"], 3);
    assert_eq!(json["letter"]["url"], "https://example.org/library/");
    let people = json["signatories"].as_array().expect("a list");
    let ana = people
        .iter()
        .find(|one| one["name"] == "Ana Ruiz")
        .expect("she is there");
    assert_eq!((&ana["city"], &ana["state"]), (&"Taos".into(), &"NM".into()));
    assert_eq!((&ana["title"], &ana["section"]), (&"Nurse".into(), &"Health".into()));
    assert_eq!(
        workspace.text("public/states.csv"),
        "state,organizations,individuals,signatories\nMinnesota,1,0,1\nNew Mexico,1,1,2\nTotal,2,1,3\n"
    );
    assert!(workspace.text("public/sections.csv").contains("Health,1,1,2\n"));
    let tables = workspace.text("public/tables.html");
    assert!(
        tables.contains("Signatories by state") && tables.contains("Signatories by section"),
        "{tables}"
    );
    // What would be left out is refused.
    workspace.write("extra.pdf", "%PDF-");
    let ran = deliver(&workspace, &["--to", "web", "--attach", "extra.pdf"]);
    assert!(
        ran.code == Some(2) && ran.err.contains("a web page gets no attachments"),
        "{}",
        ran.err
    );
    // A page that names no address is told, and is no reason to stop.
    workspace.write(
        "letters/library.md",
        LETTER.replace("url = \"https://example.org/library/\"\n", ""),
    );
    let ran = workspace.run(&["release", "letters/library.md", "--despite", "a test"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let ran = deliver(&workspace, &["--to", "web", "--out", "public"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("note[no-url]"), "{}", ran.err);
    assert!(!workspace.text("public/letter.html").contains("og:"));
    workspace.write(
        "letters/library.md",
        LETTER.replace("https://example.org/library/", "javascript:alert(1)"),
    );
    let ran = workspace.run(&["render", "letters/library.md", "--format", "short"]);
    assert!(
        ran.code == Some(2) && ran.err.contains("letters/library.md:5:7: error[bad-value]"),
        "{}",
        ran.err
    );
}

#[test]
fn a_bundle_speaks_the_letters_language() {
    let languages = [
        ("es-US", "Para la prensa", "También adjuntamos la lista."),
        ("fr-CA", "Pour la presse", "La liste est jointe également."),
    ];
    for (language, cover, text) in languages {
        let workspace = workspace(&[]);
        let letter = LETTER.replace("title =", &format!("language = \"{language}\"\ntitle ="));
        workspace.write("letters/library.md", letter);
        let ran = workspace.run(&["release", "letters/library.md", "--despite", "a test"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let ran = deliver(&workspace, &["--to", "press", "--out", "press"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let names = workspace.names("press");
        let pdf = names.iter().find(|name| name.contains("cover")).expect("a cover");
        assert!(words(&workspace, &format!("press/{pdf}")).contains(cover), "{language}");
        let email = names
            .iter()
            .find(|name| name.ends_with(".txt") && workspace.text(&format!("press/{name}")).contains(text));
        assert!(email.is_some(), "{language}: {names:?}");
    }
}
