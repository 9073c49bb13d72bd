//! Releases of letters to a list: each recipient's file is hashed and known again, and
//! nothing private of any of them is told.

use super::common::{LETTER, Workspace, is_whole};
use std::fs;
use undersigned::release::manifest::Manifest;

const RECIPIENTS: &str = "\
name,salutation,state,email,notes
Ann Muster,Dear Mayor Muster,MN,ann@office.example,shy
Bo Núñez,Dear Mayor Núñez,NM,bo@office.example,
";

fn workspace() -> Workspace {
    let workspace = Workspace::library();
    let keys = "to = \"to.csv\"\nfile_name = \"{{ recipient.name }}\"";
    workspace.write(
        "letters/a.md",
        LETTER.replace("salutation = \"Dear Mayor Ortiz:\"", keys),
    );
    workspace.write("letters/to.csv", RECIPIENTS);
    workspace
}

#[test]
fn every_recipients_file_is_frozen_and_known() {
    let workspace = workspace();
    let ran = workspace.release(&[]);
    assert!(ran.err.contains("2 letters"), "{}", ran.err);
    let folder = "output/a/releases/1";
    let names = workspace.names(folder);
    let expected = [
        "Ann-Muster.docx",
        "Ann-Muster.html",
        "Ann-Muster.md",
        "Ann-Muster.pdf",
        "Ann-Muster.txt",
        "Bo-Nunez.docx",
        "Bo-Nunez.html",
        "Bo-Nunez.md",
        "Bo-Nunez.pdf",
        "Bo-Nunez.txt",
        "letters.pdf",
        "manifest.toml",
        "signatories.csv",
    ];
    assert_eq!(names, expected);
    assert!(is_whole(&workspace.path(folder)));
    let manifest = Manifest::read(&workspace.read(&format!("{folder}/manifest.toml"))).expect("sound");
    assert_eq!(manifest.counts.recipients, 2);
    for output in &manifest.outputs {
        let expected = match output.file.chars().next() {
            Some('A') => "Ann Muster",
            Some('B') => "Bo Núñez",
            _ => "",
        };
        assert_eq!(output.recipient, expected, "{}", output.file);
    }
    assert!(manifest.inputs.iter().any(|input| input.path == "letters/to.csv"));
    for name in &names {
        let bytes = workspace.read(&format!("{folder}/{name}"));
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("office.example") && !text.contains("shy"), "{name}");
    }
    // The same bytes as those that `render` writes.
    assert_eq!(workspace.run(&["render", "--to", "pdf,html"]).code, Some(0));
    for name in ["Bo-Nunez.pdf", "Bo-Nunez.html", "letters.pdf"] {
        let rendered = workspace.read(&format!("output/a/{name}"));
        assert!(rendered == workspace.read(&format!("{folder}/{name}")), "{name}");
    }
}

#[test]
fn a_letter_found_somewhere_says_whom_it_is_to() {
    let workspace = workspace();
    workspace.release(&[]);
    let folder = "output/a/releases/1";
    fs::copy(
        workspace.path(&format!("{folder}/Bo-Nunez.pdf")),
        workspace.path("found.pdf"),
    )
    .expect("copied");
    let ran = workspace.run(&["verify", "found.pdf"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let said = "found.pdf: unaltered: Bo-Nunez.pdf, to Bo Núñez, of a, release 1 (2021-03-01), its manifest says\n";
    assert!(ran.out.starts_with(said), "{}", ran.out);
    let ran = workspace.run(&["verify", "found.pdf", "--format", "json"]);
    assert!(ran.out.contains("\"recipient\":\"Bo Núñez\""), "{}", ran.out);

    let text = workspace.text(&format!("{folder}/Bo-Nunez.html"));
    workspace.write("found.html", text.replace("Sundays", "Mondays"));
    let ran = workspace.run(&["verify", "found.html"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let said = "found.html: altered: not Bo-Nunez.html, to Bo Núñez, of a";
    assert!(ran.out.starts_with(said) && ran.out.contains("Mondays"), "{}", ran.out);
    assert_eq!(workspace.run(&["verify", folder]).code, Some(0));

    // A manifest that lost a recipient's file is no manifest.
    let path = format!("{folder}/manifest.toml");
    let manifest = workspace.text(&path);
    let output = manifest.split("[[output]]").find(|part| part.contains("Bo-Nunez.md"));
    let without = manifest.replace(&format!("[[output]]{}", output.expect("there")), "");
    workspace.write("lost.toml", without);
    let ran = workspace.run(&["verify", "found.pdf", "--manifest", "lost.toml"]);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(ran.err.contains("for each of its 2 recipients"), "{}", ran.err);
}

/// Where a recipient's row lacks what the text needs, nobody's letter is frozen.
#[test]
fn what_stops_a_letter_stops_the_release() {
    let workspace = workspace();
    let letter = workspace.text("letters/a.md");
    workspace.write("letters/a.md", format!("{letter}\nFor {{{{ recipient.party }}}}.\n"));
    let ran = workspace.run(&["release", "letters/a.md", "--despite", "we must"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert!(ran.err.contains("nothing was released"), "{}", ran.err);
    assert!(!workspace.path("output").exists());
}
