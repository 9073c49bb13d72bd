//! What is in a release, when there is one, and that it is never written again.

use super::common::{LETTER, LIST, Workspace, is_whole};
use undersigned::emit::FORMATS;
use undersigned::release::manifest::Manifest;

fn manifest(workspace: &Workspace, number: u32) -> Manifest {
    Manifest::read(&workspace.read(&format!("output/a/releases/{number}/manifest.toml"))).expect("sound")
}

#[test]
fn a_release_holds_every_format_the_list_and_the_manifest() {
    let workspace = Workspace::library();
    let ran = workspace.release(&[]);
    let names = workspace.names("output/a/releases/1");
    for format in FORMATS {
        let name = format!("letter.{}", format.extension);
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    let expected = "\
name,kind,title,affiliation,state
\"Acme & Sons, Booksellers\",organization,,,
Harbor Readers,organization,,,
Öst Library Friends,organization,,,
Ana Ruiz,individual,Teacher,Hill School,
";
    assert_eq!(workspace.text("output/a/releases/1/signatories.csv"), expected);
    assert!(is_whole(&workspace.path("output/a/releases/1")));
    assert!(ran.out.contains("output/a/releases/1/manifest.toml\n"), "{}", ran.out);

    let manifest = manifest(&workspace, 1);
    assert_eq!(manifest.date, Some(jiff::civil::date(2021, 3, 1)));
    assert_eq!(
        (
            manifest.counts.signatories,
            manifest.counts.organizations,
            manifest.counts.individuals
        ),
        (4, 3, 1)
    );
    assert_eq!(
        (manifest.counts.rows, manifest.counts.merged, manifest.counts.left_out),
        (5, 0, 1)
    );
    let inputs: Vec<&str> = manifest.inputs.iter().map(|input| input.path.as_str()).collect();
    assert_eq!(inputs, ["letters/a.md", "signatories/a.csv"]);
    let printed: Vec<String> = manifest
        .signatories
        .iter()
        .map(|listed| manifest.printed(listed))
        .collect();
    assert_eq!(
        printed,
        [
            "Acme & Sons, Booksellers",
            "Harbor Readers",
            "Öst Library Friends",
            "Ana Ruiz Teacher, Hill School*"
        ]
    );
    assert!(
        manifest
            .text
            .contains(&"All 4 of us ask that the library stay open on Sundays.".to_owned())
    );
}

#[test]
fn nothing_private_is_in_a_release() {
    let workspace = Workspace::library();
    workspace.write(
        "signatories/decisions.toml",
        "[[decision]]\nanswer = \"different\"\nnames = [\"Harbor Readers\", \"Quiet Press\"]\nby = \"Secret Sam\"\nwhy = \"hush\"\n",
    );
    workspace.release(&["--dossier"]);
    let folder = workspace.root().to_string_lossy().into_owned();
    let user = std::env::var("USER").unwrap_or_else(|_| "harbor.example".to_owned());
    for name in workspace.names("output/a/releases/1") {
        let bytes = workspace.read(&format!("output/a/releases/1/{name}"));
        let text = String::from_utf8_lossy(&bytes);
        for private in [
            "harbor.example",
            "Rosa",
            "555 0100",
            "called twice",
            "told us",
            "Quiet Press",
            "Secret Sam",
            "hush",
            folder.as_str(),
        ] {
            assert!(!text.contains(private), "{private} in {name}");
        }
        assert!(
            user.len() < 4 || name != "manifest.toml" || !text.contains(&user),
            "{user} in {name}"
        );
    }
    let manifest = manifest(&workspace, 1);
    assert_eq!(manifest.decisions.len(), 1);
    assert_eq!(manifest.decisions[0].names, ["Harbor Readers"]);
    assert_eq!(manifest.decisions[0].others, 1);
}

/// Whatever a letter is made from is an input: a page of one's own, a workbook by its
/// sheet.
#[test]
fn a_template_and_a_sheet_are_inputs() {
    let workspace = Workspace::library();
    workspace.write("undersigned.toml", "[style]\nhtml_template = \"own/page.html\"\n");
    let page = "<!DOCTYPE html><html lang=\"{{ language }}\"><head>{{ head }}</head><body>{{ main }}{{ footer }}</body></html>";
    workspace.write("own/page.html", page);
    let list = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/mail_merge/recipients.xlsx");
    workspace.write("signatories/people.xlsx", std::fs::read(list).expect("there"));
    let letter = LETTER.replace("../signatories/a.csv", "../signatories/people.xlsx#Old");
    workspace.write("letters/a.md", letter);
    workspace.release(&["--despite", "the list is a sample"]);
    let inputs = manifest(&workspace, 1).inputs;
    let inputs: Vec<&str> = inputs.iter().map(|input| input.path.as_str()).collect();
    let expected = [
        "letters/a.md",
        "own/page.html",
        "signatories/people.xlsx",
        "undersigned.toml",
    ];
    assert_eq!(inputs, expected);
}

#[test]
fn the_same_input_gives_the_same_bytes_anywhere() {
    let (one, two) = (Workspace::library(), Workspace::library());
    one.release(&[]);
    two.release(&["--jobs", "1"]);
    let names = one.names("output/a/releases/1");
    assert_eq!(names, two.names("output/a/releases/1"));
    for name in &names {
        let path = format!("output/a/releases/1/{name}");
        assert!(one.read(&path) == two.read(&path), "{name} differs");
    }
    // Rendering again from the release's inputs gives its bytes.
    let formats: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    let ran = one.run(&["render", "letters/a.md", "--to", &formats.join(",")]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for name in names
        .iter()
        .filter(|name| !name.contains("signatories") && !name.contains("manifest"))
    {
        let rendered = one.read(&format!("output/a/{name}"));
        assert!(
            rendered == one.read(&format!("output/a/releases/1/{name}")),
            "{name} differs"
        );
    }
}

#[test]
fn the_next_release_says_what_changed_and_leaves_the_last_alone() {
    let workspace = Workspace::library();
    workspace.release(&[]);
    let before = workspace.read("output/a/releases/1/manifest.toml");
    let list = LIST.replace("Quiet Press,organization,,,withdrawn", "Quiet Press,organization,,,");
    workspace.write(
        "signatories/a.csv",
        list.replace(
            "Öst Library Friends,organization,,,",
            "Öst Library Friends,organization,,,withdrawn",
        ),
    );
    workspace.write("letters/a.md", LETTER.replace("on Sundays", "on Mondays"));
    let ran = workspace.release(&["--date", "2021-04-01"]);
    assert!(ran.err.contains("since release 1: 1 joined, 1 left"), "{}", ran.err);
    assert_eq!(workspace.read("output/a/releases/1/manifest.toml"), before);
    assert_eq!(workspace.names("output/a/releases"), ["1", "2"]);
    let previous = manifest(&workspace, 2).previous.expect("the release before");
    assert_eq!(previous.release, 1);
    assert_eq!(previous.sha256, undersigned::release::sha256(&before));
    assert_eq!(previous.joined, ["Quiet Press"]);
    assert_eq!(previous.left, ["Öst Library Friends"]);
    assert_eq!(previous.text_changes, 2); // the date and the weekday

    let ran = workspace.run(&[
        "diff",
        "output/a/releases/1",
        "output/a/releases/2",
        "--format",
        "paragraph",
    ]);
    assert_eq!(
        ran.out,
        "Since March 1, one organization has joined and one is no longer listed. \
         The signatories are now three organizations and one individual. The new signatory is Quiet Press.\n"
    );
    // The letter of today knows why.
    let ran = workspace.run(&[
        "diff",
        "output/a/releases/1",
        "letters/a.md",
        "--format",
        "paragraph",
        "--language",
        "es",
    ]);
    assert!(
        ran.out
            .starts_with("Desde el 1 de marzo, se ha sumado una organización y una se ha retirado."),
        "{}",
        ran.out
    );
}

#[test]
fn findings_stop_a_release_unless_somebody_says_why() {
    let workspace = Workspace::library();
    workspace.write(
        "signatories/a.csv",
        format!("{LIST}UndocuBlack,,,,,,,,,\nUndocuBlack Network,,,,,,,,,\n"),
    );
    let ran = workspace.run(&["release", "letters/a.md"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert!(
        ran.err.contains("undecided") && ran.err.contains("--despite"),
        "{}",
        ran.err
    );
    assert!(!workspace.path("output").exists());
    let ran = workspace.run(&["release", "letters/a.md", "--despite", "  "]);
    assert_eq!(ran.code, Some(2), "a reason says something: {}", ran.err);
    workspace.release(&["--despite", "they answer on Monday"]);
    let despite = manifest(&workspace, 1).despite.expect("recorded");
    assert_eq!(despite.reason, "they answer on Monday");
    assert_eq!(
        (despite.findings[0].code.as_str(), despite.findings[0].count),
        ("undecided", 1)
    );

    // What cannot be composed goes out under no circumstances.
    workspace.write("letters/a.md", LETTER.replace("signatories.count", "signatories.cuont"));
    let ran = workspace.run(&["release", "letters/a.md", "--despite", "we must"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert_eq!(workspace.names("output/a/releases"), ["1"]);
}

#[test]
fn the_note_at_the_foot_bears_the_code_of_the_manifest() {
    let workspace = Workspace::library();
    workspace.release(&[]);
    let code = manifest(&workspace, 1).code;
    workspace.write(
        "undersigned.toml",
        "[release]\nverification_note = true\nverify_at = \"https://library.example/letters\"\n",
    );
    workspace.release(&[]);
    let html = workspace.text("output/a/releases/2/letter.html");
    assert!(html.contains("Verification code:") && html.contains(&code), "{code}");
    assert!(html.contains("https://library.example/letters"));
    assert_eq!(manifest(&workspace, 2).code, code, "the note does not change the code");
    let ran = workspace.run(&["render", "letters/a.md", "--to", "html"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(workspace.text("output/a/letter.html"), html);
    // The front matter outranks the project, and a wrong address is told.
    workspace.write(
        "letters/a.md",
        LETTER.replace(
            "[roll]",
            "[release]\nverification_note = false\nverify_at = \"here\"\n\n[roll]",
        ),
    );
    let ran = workspace.run(&["render", "letters/a.md", "--to", "html"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("a web address"), "{}", ran.err);
}

#[test]
fn the_dossier_is_private_and_says_how_each_name_got_there() {
    let workspace = Workspace::library();
    workspace.write(
        "signatories/a.csv",
        format!("{LIST}\"=Harbor Readers, Inc.\",,,,,,,,,\n"),
    );
    workspace.release(&["--dossier"]);
    let html = workspace.text("output/a/dossiers/1/PRIVATE-dossier.html");
    for told in [
        "PRIVATE",
        "rosa@harbor.example",
        "signatories/a.csv:2",
        "2021-02-01",
        "Quiet Press",
        "withdrawn",
    ] {
        assert!(html.contains(told), "{told}");
    }
    let csv = workspace.text("output/a/dossiers/1/PRIVATE-dossier.csv");
    assert!(csv.starts_with("\"PRIVATE: "), "{csv}");
    assert!(
        csv.contains("Rosa Quill, rosa@harbor.example, +1 202 555 0100"),
        "{csv}"
    );
    assert!(!csv.contains(",=") && !csv.contains("\"="), "{csv}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for name in workspace.names("output/a/dossiers/1") {
            let path = workspace.path("output/a/dossiers/1").join(name);
            assert_eq!(
                std::fs::metadata(path).expect("there").permissions().mode() & 0o777,
                0o600
            );
        }
    }
    assert!(
        !workspace
            .names("output/a/releases/1")
            .iter()
            .any(|name| name.contains("PRIVATE"))
    );
}
