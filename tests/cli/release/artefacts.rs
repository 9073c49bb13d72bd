//! Files out in the world: altered ones are found, and how they differ is told.

use super::common::Workspace;
use undersigned::release::manifest::Manifest;
use undersigned::release::verify::{Compared, Difference, Verification, verify};
use undersigned::release::words::WordRun;

/// A released letter, its manifest, and one of its files.
fn released() -> (Workspace, Manifest) {
    let workspace = Workspace::library();
    workspace.release(&[]);
    let manifest = Manifest::read(&workspace.read("output/a/releases/1/manifest.toml")).expect("sound");
    (workspace, manifest)
}

#[test]
fn a_flipped_bit_anywhere_is_found() {
    /// Positions tried in each file.
    const POSITIONS: usize = 150;
    let (workspace, manifest) = released();
    for output in &manifest.outputs {
        let mut bytes = workspace.read(&format!("output/a/releases/1/{}", output.file));
        assert!(matches!(
            verify(&output.file, &bytes, &[&manifest]),
            Ok(Verification::Unaltered { .. })
        ));
        for at in 0..POSITIONS {
            let place = at * (bytes.len() - 1) / (POSITIONS - 1);
            let bit = 1 << (at % 8);
            bytes[place] ^= bit;
            let verdict = verify(&output.file, &bytes, &[&manifest]).expect("a sound manifest");
            assert!(
                !matches!(verdict, Verification::Unaltered { .. }),
                "{} at byte {place}",
                output.file
            );
            bytes[place] ^= bit;
        }
        for (what, changed) in [
            ("shorter", bytes[..bytes.len() - 1].to_vec()),
            ("longer", [bytes.as_slice(), b"\n"].concat()),
            ("empty", Vec::new()),
        ] {
            let verdict = verify(&output.file, &changed, &[&manifest]).expect("a sound manifest");
            assert!(
                !matches!(verdict, Verification::Unaltered { .. }),
                "{what} {}",
                output.file
            );
        }
    }
}

/// How a changed text file differs.
fn difference(name: &str, change: impl FnOnce(String) -> String) -> Difference {
    let (workspace, manifest) = released();
    let text = change(workspace.text(&format!("output/a/releases/1/{name}")));
    match verify(name, text.as_bytes(), &[&manifest]).expect("a sound manifest") {
        Verification::Altered { difference, .. } => difference,
        other => panic!("{other:?}"),
    }
}

#[test]
fn names_that_are_missing_added_or_changed_are_told() {
    let found = difference("letter.html", |html| {
        html.replace("<li><bdi>Harbor Readers</bdi></li>", "")
    });
    assert_eq!(found.missing, ["Harbor Readers"]);
    assert!(found.text.is_empty() && found.added.is_empty(), "{found:?}");

    let found = difference("letter.html", |html| {
        html.replace(
            "<li><bdi>Harbor Readers</bdi></li>",
            "<li>Harbor Readers</li><li>Forged Friends</li>",
        )
    });
    assert_eq!(found.added, ["Forged Friends"]);
    assert!(found.missing.is_empty() && found.text.is_empty(), "{found:?}");

    let found = difference("signatories.csv", |csv| csv.replace("Harbor Readers", "Harbor Writers"));
    let expected = [
        WordRun::Same("Harbor".to_owned()),
        WordRun::Gone("Readers".to_owned()),
        WordRun::New("Writers".to_owned()),
    ];
    assert_eq!(found.changed.len(), 1);
    assert_eq!(found.changed[0][..3], expected);

    let found = difference("letter.html", |html| html.replace("on Sundays", "on Mondays"));
    assert_eq!(found.text.len(), 1);
    assert!(
        found.text[0].contains(&WordRun::New("Mondays.".to_owned())),
        "{found:?}"
    );
}

#[test]
fn names_in_a_running_sentence_are_missed_too() {
    let workspace = Workspace::library();
    let letter = super::common::LETTER.replace("[roll]", "[roll]\nstyle = \"sentence\"");
    workspace.write("letters/a.md", letter);
    workspace.release(&[]);
    let manifest = Manifest::read(&workspace.read("output/a/releases/1/manifest.toml")).expect("sound");
    let html = workspace
        .text("output/a/releases/1/letter.html")
        .replace("Harbor Readers", "Harbour Reeders");
    match verify("letter.html", html.as_bytes(), &[&manifest]) {
        Ok(Verification::Altered { difference, .. }) => assert_eq!(difference.missing, ["Harbor Readers"]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn bytes_that_change_no_word_are_told_apart() {
    for (name, from, to) in [
        ("letter.html", "<body>", "<body class=\"x\">"),
        ("signatories.csv", "\n", "\r\n"),
        ("letter.html", "Harbor Readers", "Harbor\u{200b} Readers"),
    ] {
        let found = difference(name, |text| text.replace(from, to));
        assert!(found.is_only_bytes(), "{name}: {found:?}");
    }
}

#[test]
fn an_altered_pdf_is_read_by_its_structure() {
    let (workspace, manifest) = released();
    let bytes = workspace.read("output/a/releases/1/letter.pdf");
    let longer = [bytes.as_slice(), b"\n% saved again\n"].concat();
    match verify("copy.pdf", &longer, &[&manifest]) {
        Ok(Verification::Altered { difference, output, .. }) => {
            assert_eq!(output.map(|output| output.file.as_str()), Some("letter.pdf"));
            assert!(difference.is_only_bytes(), "{difference:?}");
        }
        other => panic!("{other:?}"),
    }
    // Another letter's PDF, held against this manifest: its words are told.
    workspace.write(
        "letters/a.md",
        super::common::LETTER.replace("on Sundays", "on Mondays"),
    );
    workspace.write(
        "signatories/a.csv",
        super::common::LIST.replace(
            "Harbor Readers,organization,,,",
            "Harbor Readers,organization,,,withdrawn",
        ),
    );
    workspace.release(&[]);
    let forged = workspace.read("output/a/releases/2/letter.pdf");
    match verify("letter.pdf", &forged, &[&manifest]) {
        Ok(Verification::Altered { difference, .. }) => {
            assert_eq!(difference.compared, Compared::Words);
            assert_eq!(difference.missing, ["Harbor Readers"]);
            assert_eq!(difference.text.len(), 1, "{difference:?}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_manifest_alone_is_enough() {
    let (workspace, _) = released();
    let away = tempfile::tempdir().expect("a folder");
    for name in ["letter.html", "manifest.toml"] {
        std::fs::copy(workspace.path("output/a/releases/1").join(name), away.path().join(name)).expect("copied");
    }
    let run = |arguments: &[&str]| {
        let mut command = workspace.command(arguments);
        let output = command.current_dir(away.path()).output().expect("it runs");
        (
            output.status.code(),
            String::from_utf8(output.stdout).expect("UTF-8"),
            String::from_utf8(output.stderr).expect("UTF-8"),
        )
    };
    let (code, out, _) = run(&["verify", "letter.html", "--manifest", "manifest.toml"]);
    assert_eq!(code, Some(0));
    assert!(
        out.starts_with("letter.html: unaltered: letter.html of a, release 1 (2021-03-01), its manifest says\n"),
        "{out}"
    );
    let (code, _, err) = run(&["verify", "letter.html"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("--manifest"), "{err}");
    let (code, _, _) = run(&["verify", "nothing.html", "--manifest", "manifest.toml"]);
    assert_eq!(code, Some(2));
    std::fs::write(away.path().join("other.html"), "<p>Something else</p>").expect("written");
    let (code, out, _) = run(&[
        "verify",
        "other.html",
        "--manifest",
        "manifest.toml",
        "--format",
        "json",
    ]);
    assert_eq!(code, Some(1));
    assert!(out.contains("\"verdict\":\"unknown\""), "{out}");
}

#[test]
fn a_file_finds_its_release_among_those_of_the_workspace() {
    let (workspace, _) = released();
    workspace.write(
        "letters/a.md",
        super::common::LETTER.replace("on Sundays", "on Mondays"),
    );
    workspace.release(&[]);
    for number in ["1", "2"] {
        let ran = workspace.run(&["verify", &format!("output/a/releases/{number}/letter.pdf")]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(ran.out.contains(&format!("a, release {number} (")), "{}", ran.out);
        let ran = workspace.run(&["verify", &format!("output/a/releases/{number}")]);
        assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    }
    // A release's folder with a file too many, one too few, and one changed.
    workspace.write("output/a/releases/2/extra.txt", "x");
    std::fs::remove_file(workspace.path("output/a/releases/2/letter.pdf")).expect("removed");
    workspace.write("output/a/releases/2/letter.html", "<p>x");
    let ran = workspace.run(&["verify", "output/a/releases/2"]);
    assert_eq!(ran.code, Some(1));
    for told in [
        "letter.pdf: missing",
        "extra.txt: not a file of this release",
        "letter.html: ",
    ] {
        assert!(ran.out.contains(told), "{told}: {}", ran.out);
    }
}

#[test]
fn hostile_manifests_give_clear_errors() {
    let (workspace, _) = released();
    let sound = workspace.text("output/a/releases/1/manifest.toml");
    let deep = format!("x = {}", "[".repeat(200_000));
    let check = |text: &[u8], expected: &str| {
        workspace.write("m.toml", text);
        let ran = workspace.run(&["verify", "letters/a.md", "--manifest", "m.toml"]);
        assert_eq!(ran.code, Some(2), "{expected}: {}", ran.err);
        assert!(ran.err.contains(expected), "{expected}: {}", ran.err);
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
    };
    check(
        sound
            .replace("file = \"letter.html\"", "file = \"../../../letters/a.md\"")
            .as_bytes(),
        "below its own folder",
    );
    check(
        sound
            .replace("file = \"letter.html\"", "file = \"/etc/passwd\"")
            .as_bytes(),
        "below its own folder",
    );
    check(sound.replace("release = 1", "release = -1").as_bytes(), "line ");
    check(sound.replace("release = 1", "release = \"one\"").as_bytes(), "line ");
    check(sound.replace("format = 2", "format = 99").as_bytes(), "newer");
    check(
        sound.replace("Harbor Readers", "Forged Friends").as_bytes(),
        "was changed",
    );
    check(sound.replace("on Sundays", "on Mondays").as_bytes(), "was changed");
    check(
        sound.replace("count = 4", "count = 4000000000").as_bytes(),
        "points outside",
    );
    check(
        sound.replace("count = 4", "count = 99999999999999999999").as_bytes(),
        "line ",
    );
    check(
        sound.replace("title = \"Keep", "title = \"\\u001b[2JKeep").as_bytes(),
        "control",
    );
    check(b"\xff\xfe", "UTF-8");
    check(b"", "missing");
    check(deep.as_bytes(), "valid manifest");
    check(&vec![b'#'; (64 << 20) + 1], "longer than");
}
