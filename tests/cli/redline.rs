//! Redlines as Word files: with all changes accepted, the later state to the letter; with all
//! rejected, the earlier one.

use crate::support::{LETTER, Workspace};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;
use std::io::Read;
use undersigned::release::manifest::Manifest;

/// What Word makes of a file when changes are accepted or rejected, and the ids of the changes.
struct Decided {
    paragraphs: Vec<String>,
    ids: Vec<String>,
}

/// Reads a Word file as Word does: words of changes that are undone are gone; a paragraph whose
/// end is undone goes on in the next one (ISO/IEC 29500-1, 17.13.5.15 and 17.13.5.20).
fn decided(docx: &[u8], accept: bool) -> Decided {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).expect("a Word file");
    let mut xml = String::new();
    let mut part = archive.by_name("word/document.xml").expect("a text");
    part.read_to_string(&mut xml).expect("UTF-8");
    let mut reader = Reader::from_str(&xml);
    let (mut paragraphs, mut ids) = (Vec::new(), Vec::new());
    let (mut open, mut undone, mut in_properties, mut end_undone, mut in_text) =
        (String::new(), 0_usize, false, false, false);
    let gone = if accept { "w:del" } else { "w:ins" };
    let id = |start: &BytesStart<'_>| {
        let id = start.try_get_attribute("w:id").expect("attributes").expect("an id");
        id.value.to_string()
    };
    loop {
        match reader.read_event().expect("XML") {
            Event::Start(start) => match start.name().as_ref() {
                "w:pPr" => in_properties = true,
                "w:t" | "w:delText" => in_text = true,
                name @ ("w:ins" | "w:del") => {
                    ids.push(id(&start));
                    if name == gone {
                        end_undone |= in_properties;
                        undone += 1;
                    }
                }
                _ => {}
            },
            Event::End(end) => match end.name().as_ref() {
                "w:pPr" => in_properties = false,
                "w:t" | "w:delText" => in_text = false,
                name if name == gone => undone -= 1,
                "w:p" if !end_undone => paragraphs.push(std::mem::take(&mut open)),
                "w:p" => end_undone = false,
                _ => {}
            },
            Event::Text(text) if in_text && undone == 0 => open += &text,
            Event::GeneralRef(name) if in_text && undone == 0 => {
                open += match &*name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    other => panic!("&{other};"),
                };
            }
            Event::Eof => break,
            _ => {}
        }
    }
    paragraphs.push(open);
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    Decided { paragraphs, ids }
}

/// Returns the text and the names of a release; the link past the letterhead is none of them.
fn state(workspace: &Workspace, number: u32) -> (Vec<String>, Vec<String>) {
    let bytes = workspace.read(&format!("output/a/releases/{number}/manifest.toml"));
    let manifest = Manifest::read(&bytes).expect("a manifest");
    let names = manifest.signatories.iter().map(|listed| listed.name.clone()).collect();
    let text = manifest.text.into_iter().filter(|block| block != "Skip to the text");
    (text.collect(), names)
}

#[test]
fn accepted_or_rejected_a_redline_is_either_state_to_the_letter() {
    let body = "Children wait in cold rooms for days & nobody says why. We ask for seven \"changes\".\n\n\
        This paragraph goes away.\n\n- first demand\n- second demand\n\nThank you for your time.\n";
    let head = "signatories = [\"../signatories/a.csv\"]\n\n[letterhead]\nname = \"Library Friends\"\n";
    let letter = LETTER.replace("signatories = [\"../signatories/a.csv\"]\n", head);
    let workspace = Workspace::new(&[
        ("letters/a.md", &format!("{letter}\n{body}")),
        (
            "signatories/a.csv",
            "name\nAlder Street Clinic\nBirch Hill Union\nElm & Sons\n",
        ),
    ]);
    let release = || {
        let ran = workspace.run(&["release", "letters/a.md", "--despite", "a test"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    };
    release();
    let new = body
        .replace("seven \"changes\"", "eight \"changes\", and <soon>")
        .replace("This paragraph goes away.\n\n", "")
        .replace("- second demand\n", "- second demand, in writing\n- third demand\n")
        .replace(
            "Thank you for your time.",
            "We look forward to your answer.\n\nThank you.",
        );
    workspace.write("letters/a.md", format!("{letter}\n{new}"));
    workspace.write(
        "signatories/a.csv",
        "name\nAlder Street Clinic\nElm & Sons\nCedar Grove Council\n",
    );
    release();
    let ran = workspace.run(&[
        "diff",
        "output/a/releases/1",
        "output/a/releases/2",
        "--to",
        "docx,html",
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let docx = workspace.read("output/redline/redline.docx");
    for (accept, number) in [(true, 2), (false, 1)] {
        let decided = decided(&docx, accept);
        let (text, names) = state(&workspace, number);
        // The title of the redline stands first, and a heading over the names.
        assert_eq!(decided.paragraphs[1..=text.len()], text, "accept: {accept}");
        assert_eq!(decided.paragraphs[text.len() + 1], "Signatories");
        let mut found = decided.paragraphs[text.len() + 2..].to_vec();
        let mut expected = names;
        if !accept {
            // Those that left follow those that stayed.
            found.sort();
            expected.sort();
        }
        assert_eq!(found, expected, "accept: {accept}");
        let ids: BTreeSet<&String> = decided.ids.iter().collect();
        assert!(decided.ids.len() >= 12, "{:?}", decided.ids);
        assert_eq!(ids.len(), decided.ids.len(), "each change has an id of its own");
        assert!(ids.iter().all(|id| id.parse::<u32>().is_ok()), "{ids:?}");
    }
    let page = workspace.text("output/redline/redline.html");
    assert!(!page.contains("Skip to the text"));
    assert!(page.contains("We ask for <del>seven"), "{page}");
}
