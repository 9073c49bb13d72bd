//! A letter to each of a list, through the binary.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Ran, Workspace};

/// A letter with these keys and this body, and a list of recipients.
fn merge(keys: &str, body: &str, recipients: &str) -> Workspace {
    let letter = format!(
        "+++\nkind = \"letter\"\ntitle = \"Keep it open\"\nsignatories = [\"../signatories/a.csv\"]\n{keys}\n+++\n{body}\n"
    );
    Workspace::new(&[
        ("letters/open.md", &letter),
        ("letters/list.csv", recipients),
        ("signatories/a.csv", "name\nAlder Street Clinic\nBirch Hill Union\n"),
    ])
}

const LIST: &str = "\
first_name,last_name,chamber,state,district,address,email
Ann,Muster,Senate,MN,,\"Washington, DC 20510\",ann@office.example
Bo,Núñez,House,NM,3,\"Washington, DC 20515\",bo@office.example
Cy,O’Hara,House,MN,5,\"Washington, DC 20515\",cy@office.example
";

const KEYS: &str = "to = \"list.csv\"\nfile_name = \"{{ recipient.state }}-{{ recipient.last_name }}\"";

const BODY: &str = "\
Vote for {% if recipient.chamber == \"Senate\" %}S. 5{% else %}H.R. 5{% endif %}, please.

{% if recipient.district %}

- We live in district {{ recipient.district }}.
- {% if recipient.state == \"MN\" %}It snows.{% endif %}

{% endif %}

Thank you.";

#[test]
fn each_recipient_gets_a_letter() {
    let workspace = merge(KEYS, BODY, LIST);
    let ran = workspace.render(&[]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let expected = [
        "MN-Muster.pdf",
        "MN-Muster.html",
        "NM-Nunez.pdf",
        "NM-Nunez.html",
        "MN-OHara.pdf",
        "MN-OHara.html",
        "letters.pdf",
    ];
    let expected: String = expected.map(|name| format!("output/open/{name}\n")).concat();
    assert_eq!(ran.out, expected);
    // Words that stay together have no-break spaces.
    let page = |name: &str| {
        workspace
            .text(&format!("output/open/{name}.html"))
            .replace('\u{a0}', " ")
    };
    let senator = page("MN-Muster");
    for part in ["Dear Senator Muster:", "Vote for S. 5, please.", "Ann Muster", "20510"] {
        assert!(senator.contains(part), "{part}");
    }
    assert!(!senator.contains("district") && !senator.contains("<li></li>") && !senator.contains("It snows"));
    let member = page("NM-Nunez");
    for part in [
        "Dear Representative Núñez:",
        "Vote for H.R. 5, please.",
        "We live in district 3.",
    ] {
        assert!(member.contains(part), "{part}");
    }
    assert!(!member.contains("It snows") && !member.contains("Muster"));
    assert!(workspace.text("output/open/MN-OHara.html").contains("It snows."));
    let left: Vec<_> = fs::read_dir(workspace.path("output/open")).expect("readable").collect();
    assert_eq!(left.len(), 8, "temporary files are left");
}

/// A PDF's bookmarks, each with its depth, its title, and whether it is open, and the
/// number of its pages. Every entry leads back to the one before it and above it.
fn bookmarks(bytes: &[u8]) -> (Vec<(usize, String, bool)>, usize) {
    fn below(
        document: &lopdf::Document,
        above: lopdf::ObjectId,
        depth: usize,
        found: &mut Vec<(usize, String, bool)>,
    ) -> i64 {
        let parent = document.get_dictionary(above).expect("an entry");
        let id = |entry: &lopdf::Dictionary, key: &[u8]| entry.get(key).and_then(lopdf::Object::as_reference).ok();
        let (mut next, mut before, mut visible) = (id(parent, b"First"), None, 0);
        while let Some(own) = next {
            let entry = document.get_dictionary(own).expect("an entry");
            assert_eq!((id(entry, b"Parent"), id(entry, b"Prev")), (Some(above), before));
            let title = lopdf::decode_text_string(entry.get(b"Title").expect("a title")).expect("text");
            let page = entry.get(b"Dest").and_then(lopdf::Object::as_array).expect("a place")[0].as_reference();
            assert!(
                document
                    .get_dictionary(page.expect("a page"))
                    .is_ok_and(|page| page.has_type(b"Page"))
            );
            let count = entry.get(b"Count").and_then(lopdf::Object::as_i64).unwrap_or_default();
            found.push((depth, title, count >= 0));
            let kids = below(document, own, depth + 1, found);
            assert_eq!(count.abs(), kids, "{found:?}");
            visible += 1 + count.max(0);
            (before, next) = (Some(own), id(entry, b"Next"));
        }
        assert_eq!(id(parent, b"Last"), before);
        visible
    }
    let document = lopdf::Document::load_mem(bytes).expect("a PDF");
    let outlines = document.catalog().expect("a catalogue").get(b"Outlines");
    let root = outlines.and_then(lopdf::Object::as_reference).expect("bookmarks");
    let mut found = Vec::new();
    let visible = below(&document, root, 0, &mut found);
    let count = document.get_dictionary(root).expect("there").get(b"Count");
    assert_eq!(count.and_then(lopdf::Object::as_i64).ok(), Some(visible));
    (found, document.get_pages().len())
}

/// The bookmarks of the letters together, indented; a closed one has a plus.
fn shown(workspace: &Workspace) -> Vec<String> {
    let (found, _) = bookmarks(&workspace.read("output/open/letters.pdf"));
    let shown = found.iter().map(|(depth, title, open)| {
        let sign = if *open { "" } else { "+" };
        format!("{}{sign}{title}", " ".repeat(*depth))
    });
    shown.collect()
}

#[test]
fn all_letters_together_have_a_bookmark_each() {
    let workspace = merge(KEYS, BODY, LIST);
    assert_eq!(workspace.render(&["--to", "pdf"]).code, Some(0));
    let (_, pages) = bookmarks(&workspace.read("output/open/letters.pdf"));
    assert_eq!(
        shown(&workspace),
        ["Senate", " Ann Muster", "House", " Bo Núñez", " Cy O’Hara"]
    );
    assert_eq!(pages, 3);
    let alone = merge(&format!("{KEYS}\ncombined = false"), BODY, LIST);
    assert_eq!(alone.render(&["--to", "pdf"]).code, Some(0));
    assert!(!alone.path("output/open/letters.pdf").exists());
    assert_eq!(
        alone.read("output/open/NM-Nunez.pdf"),
        workspace.read("output/open/NM-Nunez.pdf")
    );
}

/// Letters stand under what their list is in order of, and under nothing else.
#[test]
fn bookmarks_follow_the_order_of_the_list() {
    let check = |list: &str, body: &str, expected: &[&str]| {
        let workspace = merge("to = \"list.csv\"", body, list);
        let ran = workspace.render(&["--to", "pdf"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert_eq!(shown(&workspace), expected, "{list}");
    };
    let head = "name,last_name,chamber,state\n";
    let list = |rows: &str| format!("{head}{rows}");
    check(
        &list("A,A,sen,MN\nB,B,U.S. Senate,MN\nC,C,Senate,NM\nD,D,House,MN\nE,E,House,MN\n"),
        "Please.",
        &[
            "Senate",
            " +Minnesota",
            "  A",
            "  B",
            " +New Mexico",
            "  C",
            "House",
            " +Minnesota",
            "  D",
            "  E",
        ],
    );
    // By state, the chambers mixed.
    check(
        &list("A,A,Senate,MN\nD,D,House,MN\nC,C,Senate,NM\nE,E,House,NM\n"),
        "Please.",
        &["Minnesota", " A", " D", "New Mexico", " C", " E"],
    );
    // In no such order, or some say nothing.
    check(
        &list("A,A,Senate,MN\nD,D,House,NM\nC,C,Senate,MN\n"),
        "Please.",
        &["A", "D", "C"],
    );
    check(
        "name,salutation,state\nA,Dear A,MN\nB,Dear B,MN\nC,Dear C,\nD,Dear D,NM\n",
        "Please.",
        &["A", "B", "C", "D"],
    );
    // A letter's own headings stand under its recipient.
    check(
        &list("A,A,Senate,MN\nC,C,Senate,NM\nD,D,House,MN\n"),
        "# One\n\nPlease.\n\n## Two\n\nDo.\n\n# Three\n\nThank you.",
        &[
            "Senate", " +A", "  One", "   Two", "  Three", " +C", "  One", "   Two", "  Three", "House", " +D",
            "  One", "   Two", "  Three",
        ],
    );
}

/// Workbooks that other programs made (`tests/cli/mail_merge/generate.py`).
#[test]
fn a_sheet_of_a_workbook_is_a_list() {
    let body = "Zip {{ recipient.zip_code }}.{% if recipient.district %} District {{ recipient.district }}.{% endif %}";
    for ending in ["xlsx", "xls", "ods"] {
        let keys = format!("to = \"recipients.{ending}\"\nfile_name = \"{{{{ recipient.last_name }}}}\"");
        let workspace = merge(&keys, body, "");
        let file = format!("recipients.{ending}");
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/mail_merge");
        fs::copy(fixtures.join(&file), workspace.path("letters").join(&file)).expect("copied");
        let ran = workspace.render(&["--to", "txt,email", "--format", "short"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let says = |name: &str, part: &str| {
            let text = workspace.text(&format!("output/open/{name}.txt"));
            assert!(text.contains(part), "{ending}, {name}: {text}");
        };
        says("Nunez", "Zip 07008. District 3.");
        says("OHara", "Zip 55401. District 05.");
        says("Muster", "1 Hart Building\nWashington, DC 20510");
        assert!(workspace.text("output/open/Muster.eml").contains("ann@office.example"));
        let place = format!("letters/{file}");
        let mut expected = vec![
            format!(
                "{place}: warning[other-sheet]: the sheet `Old` also contains recipients but is not read; `Members` is read"
            ),
            format!("{place}:3:1: note[skipped-lines]: the header is in row 3; the rows above it are not read"),
        ];
        if ending == "xlsx" {
            says("Muster", "Zip 02138.");
        } else {
            says("Muster", "Zip 2138.");
            expected.push(format!(
                "{place}:4:6: warning[bad-value]: `2138` is not a ZIP code: a spreadsheet removed its leading zero"
            ));
        }
        let said: Vec<&str> = ran.err.lines().filter_map(|line| line.split(" (").next()).collect();
        for line in &expected {
            assert!(said.contains(&line.as_str()), "{line}\n{}", ran.err);
        }
        assert_eq!(said.len(), expected.len() + 1, "{}", ran.err);
        // A sheet by its name.
        let letter = workspace.text("letters/open.md");
        let keys = [(".md", "#old"), ("no.md", "#Members of 2020")];
        for (name, sheet) in keys {
            let letter = letter
                .replace(&file, &format!("{file}{sheet}"))
                .replace(body, "Please.");
            workspace.write(&format!("letters/by{name}"), &letter);
        }
        let ran = workspace.render(&["letters/by.md", "--to", "txt"]);
        assert_eq!(ran.out, "output/by/Left.txt\n", "{}", ran.err);
        assert_eq!(
            ran.err.contains("`0%`, but a letter would print `0.25`"),
            ending == "xlsx",
            "{}",
            ran.err
        );
        let ran = workspace.render(&["letters/byno.md", "--to", "txt", "--format", "short"]);
        assert_eq!(ran.code, Some(2));
        assert!(
            ran.err
                .contains("error[no-sheet]: the workbook has no sheet `Members of 2020`"),
            "{}",
            ran.err
        );
    }
}

#[test]
fn what_is_wrong_with_a_sheet_is_told_by_row_and_column() {
    let workspace = merge("to = \"broken.xlsx\"", "Please.", "");
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/mail_merge/broken.xlsx");
    fs::copy(fixture, workspace.path("letters/broken.xlsx")).expect("copied");
    let expected = [
        "letters/broken.xlsx:2:4: error[bad-value]: the cell's formula returned #N/A",
        "letters/broken.xlsx:3:5: warning[ragged-row]: the cell has no header above it and is not read",
    ];
    assert_eq!(workspace.refused(), expected);
    // A row lacks what the text needs: the cell is named.
    let workspace = merge("to = \"recipients.xlsx\"", "In district {{ recipient.district }}.", "");
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/mail_merge/recipients.xlsx");
    fs::copy(fixture, workspace.path("letters/recipients.xlsx")).expect("copied");
    let said = workspace.refused();
    let place = "letters/recipients.xlsx:4:5: error[empty-field]: `recipient.district` is empty for `Ann Muster`";
    assert!(said.iter().any(|line| line == place), "{said:?}");
}

/// A letter to somebody who left the list could be sent by mistake.
#[test]
fn files_to_nobody_are_told_and_removed_when_asked() {
    let workspace = merge(KEYS, BODY, LIST);
    workspace.write("output/open/MN-Stranger.pdf", "not ours");
    assert_eq!(
        workspace.render(&["--to", "pdf,txt", "--format", "short"]).code,
        Some(0)
    );
    let told = |ran: &Ran| -> Vec<String> {
        let about = ran.err.lines().filter(|line| line.contains("earlier-file"));
        about.map(str::to_owned).collect()
    };
    let rows: Vec<&str> = LIST.lines().collect();
    workspace.write("letters/list.csv", format!("{}\n{}\n", rows[0], rows[1]));
    let ran = workspace.render(&["--to", "txt", "--format", "short"]);
    let expected = "letters/open.md:5:6: warning[earlier-file]: 4 files of earlier runs in `output/open` are to nobody on the list: `MN-OHara.pdf`, `MN-OHara.txt`, `NM-Nunez.pdf`, `NM-Nunez.txt` (see that none is sent: delete them, or render with --prune)";
    assert_eq!(
        (ran.code, told(&ran)),
        (Some(0), vec![expected.to_owned()]),
        "{}",
        ran.err
    );
    assert!(workspace.path("output/open/NM-Nunez.pdf").exists());
    // Somebody signed one of them by hand.
    workspace.write("output/open/NM-Nunez.pdf", "signed");
    let ran = workspace.render(&["--to", "txt", "--prune", "--format", "short"]);
    let kept = told(&ran);
    assert!(
        kept.len() == 1 && kept[0].contains("not removed: `NM-Nunez.pdf`"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("removed output/open/MN-OHara.pdf\n"), "{}", ran.err);
    let mut left: Vec<String> = fs::read_dir(workspace.path("output/open"))
        .expect("readable")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .collect();
    left.sort();
    let expected = [
        ".letters.sha256",
        "MN-Muster.pdf",
        "MN-Muster.txt",
        "MN-Stranger.pdf",
        "NM-Nunez.pdf",
        "letters.pdf",
    ];
    assert_eq!(left, expected);
    // One who comes back is to somebody again; a file of all that is written no more is not.
    workspace.write("letters/list.csv", LIST);
    assert!(told(&workspace.render(&["--to", "txt"])).is_empty());
    let letter = workspace.text("letters/open.md");
    workspace.write(
        "letters/open.md",
        letter.replace("to = \"list.csv\"", "to = \"list.csv\"\ncombined = false"),
    );
    let ran = workspace.render(&["--to", "pdf", "--format", "short"]);
    assert!(
        told(&ran)[0].contains("is to nobody on the list: `letters.pdf`"),
        "{}",
        ran.err
    );
}

#[test]
fn what_a_text_needs_and_a_row_lacks_stops_all() {
    let workspace = merge(KEYS, "In district {{ recipient.district }}.", LIST);
    assert_eq!(
        workspace.refused(),
        [
            "letters/list.csv:2:22: error[empty-field]: `recipient.district` is empty for `Ann Muster`",
            "letters/open.md:8:13: note[empty-field]: the text uses it here",
        ]
    );
    let nobody = "name,state\nAnn Muster,MN\n";
    let keys = "to = \"list.csv\"";
    let said = merge(keys, "Please.", nobody).refused();
    assert_eq!(
        said[0],
        "letters/list.csv:2:1: error[empty-field]: `recipient.salutation` is empty for `Ann Muster`"
    );
    let said = merge(keys, "Dear {{ recipient.nmae }}", LIST).refused();
    assert_eq!(
        said,
        ["letters/open.md:7:6: error[unknown-field]: the list of recipients has no column for `recipient.nmae`"]
    );
}

#[test]
fn two_recipients_never_share_a_file() {
    let keys = "to = \"list.csv\"\nfile_name = \"{{ recipient.state|capitalize }}\"";
    assert_eq!(
        merge(keys, "Please.", LIST).refused(),
        [
            "letters/list.csv:4:1: error[file-name]: the files for `Ann Muster` and `Cy O’Hara` would both be called `MN`"
        ]
    );
    let keys = "to = \"list.csv\"\nfile_name = \"../Letters\"";
    let said = merge(keys, "Please.", "first_name,last_name,chamber\nA,B,House\n").refused();
    assert_eq!(
        said,
        [
            "letters/list.csv:2:1: error[file-name]: the files for `A B` would be called `Letters`, the name of the combined file"
        ]
    );
    let said = merge("to = \"list.csv\"\nfile_name = \"/..\"", "Please.", LIST).refused();
    assert_eq!(
        said[0],
        "letters/list.csv:2:1: error[file-name]: the files for `Ann Muster` would have no name"
    );
}

#[test]
fn private_columns_reach_nothing() {
    let said = merge(KEYS, "Mail {{ recipient.email }}", LIST).refused();
    assert_eq!(
        said,
        ["letters/open.md:8:6: error[bad-field]: `recipient.email` is private and may not be printed"]
    );
    let workspace = merge(KEYS, BODY, LIST);
    let ran = workspace.render(&["--to", "html,pdf", "--pdf-standard", "plain"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for entry in fs::read_dir(workspace.path("output/open")).expect("readable") {
        let path = entry.expect("readable").path();
        let bytes = fs::read(&path).expect("readable");
        let mut texts = vec![String::from_utf8_lossy(&bytes).into_owned()];
        if let Ok(mut document) = lopdf::Document::load_mem(&bytes) {
            document.decompress();
            texts.push(format!("{:?}", document.objects));
        }
        for text in texts {
            assert!(!text.contains("office.example"), "{}", path.display());
        }
    }
}

#[test]
fn an_address_stands_in_the_recipients_own_message_only() {
    let workspace = merge(KEYS, BODY, LIST);
    let ran = workspace.render(&["--to", "email,txt,md"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let to = |name: &str| -> Vec<String> {
        let message = workspace.text(&format!("output/open/{name}.eml"));
        let addresses = message.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | ','));
        addresses
            .filter(|word| word.ends_with("@office.example"))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(to("MN-Muster"), ["ann@office.example"]);
    assert_eq!(to("NM-Nunez"), ["bo@office.example"]);
    for name in ["MN-Muster.txt", "MN-Muster.md"] {
        assert!(
            !workspace
                .text(&format!("output/open/{name}"))
                .contains("office.example"),
            "{name}"
        );
    }
    let list = LIST.replace("bo@office.example", "bo at office");
    let said = merge(KEYS, BODY, &list).refused();
    assert_eq!(
        said,
        ["letters/list.csv:3:44: error[bad-value]: the email address of `Bo Núñez` is not valid"]
    );
}

#[test]
fn conditions_that_do_not_meet_are_told() {
    let check = |body: &str, expected: &str| {
        assert_eq!(merge(KEYS, body, LIST).refused()[0], expected, "{body}");
    };
    check(
        "{% if recipient.state %}a\n\nb{% endif %}",
        "letters/open.md:8:1: error[bad-field]: `{% if %}` has no `{% endif %}`",
    );
    check(
        "{% for x in y %}",
        "letters/open.md:8:1: error[bad-field]: `{% for x in y %}` is not a known statement",
    );
    check(
        "a {% if %}b{% endif %}",
        "letters/open.md:8:3: error[bad-field]: `{% if %}` has no condition",
    );
    check(
        "a {% if recipient.stat %}b{% endif %}",
        "letters/open.md:8:3: error[unknown-field]: the list of recipients has no column for `recipient.stat`",
    );
}

#[test]
fn tables_are_addressees_unless_the_letter_says_merge() {
    let tables = "[[to]]\nname = \"Ann Muster\"\nlast_name = \"Muster\"\ntitle = \"Mayor\"\n[[to]]\nname = \"Bo Beispiel\"\nlast_name = \"Beispiel\"\ntitle = \"Mayor\"\n";
    let workspace = merge(&format!("merge = true\n{tables}"), "Please.", "");
    let ran = workspace.render(&["--to", "html"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(ran.out, "output/open/Ann-Muster.html\noutput/open/Bo-Beispiel.html\n");
    assert!(
        workspace
            .text("output/open/Ann-Muster.html")
            .contains("Dear Mayor Muster:")
    );
    let tables = tables
        .replace("last_name = \"Muster\"\n", "")
        .replace("last_name = \"Beispiel\"\n", "");
    let workspace = merge(&tables, "Please.", "");
    let ran = workspace.render(&["--to", "html"]);
    assert_eq!(ran.out, "output/open/letter.html\n", "{}", ran.err);
    let html = workspace.text("output/open/letter.html");
    assert!(html.contains("Ann Muster") && html.contains("Bo Beispiel") && !html.contains("Dear"));
}

/// What layout remembers of other letters changes nothing of a page.
#[test]
fn memory_changes_no_page() {
    use undersigned::compose::mail_merge::Merge;
    use undersigned::model::recipient::MergeList;
    use undersigned::{compose, layout, load, resolve, source::SourceMap};

    let tables = "merge = true\n[[to]]\nname = \"Ann\"\nsalutation = \"Dear Ann\"\nchamber = \"House\"\naddress = [\"1 Road\", \"Town\"]\n[[to]]\nname = \"Bo\"\nsalutation = \"Dear Bo\"\nchamber = \"Senate\"";
    let body = "| A | B |\n|---|---|\n| 1 | {{ recipient.name }} |\n\nOne paragraph that all share, with a note.[^1]\n\n{% if recipient.chamber == \"House\" %}Only the House.{% endif %}\n\nAnother.\n\n[^1]: A note.\n";
    let workspace = merge(tables, body, "");
    let mut sources = SourceMap::default();
    let path = workspace.path("letters/open.md");
    let letter = load::letter(&mut sources, "open.md", &path, &load::Project::default()).expect("readable");
    assert_eq!(letter.diagnostics, []);
    let letter = letter.value;
    let setting = letter.merge.as_ref().expect("a merge");
    let MergeList::Here(recipients) = &setting.list else {
        panic!("the recipients are in the letter");
    };
    let list = workspace.path("signatories/a.csv");
    let records = load::list(&mut sources, "a.csv", &list, &letter.columns)
        .expect("readable")
        .value;
    let known = undersigned::model::known::Known::default();
    let (resolution, _) = resolve::resolve(&records, &known, &resolve::ResolveOptions::default());
    let options = compose::ComposeOptions::default();
    let merge = Merge::new(&letter, setting, recipients, &records, &resolution, &options);
    let (fonts, memory) = (layout::Fonts::new(), layout::LayoutCache::default());
    for at in [0, 1, 0, 1] {
        let (personal, said) = merge.letter(at);
        assert_eq!(said, []);
        let (alone, _) = layout::paginate(&personal.document, &fonts);
        let (alike, _) = layout::paginate_alike(&personal.document, &fonts, &memory);
        assert_eq!(format!("{alone:?}"), format!("{alike:?}"));
    }
}

/// The example of the repository, all of its 535 recipients.
#[test]
fn a_letter_to_each_member_of_congress() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let letter = root.join("examples/mail-merge/letters/congress.md");
    let rendered = |jobs: &str| {
        let out = tempfile::tempdir().expect("a temporary folder");
        let output = Command::new(env!("CARGO_BIN_EXE_undersigned"))
            .args(["render", "--to", "pdf", "--jobs", jobs, "--out"])
            .arg(out.path())
            .arg(&letter)
            .output()
            .expect("the binary runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut files: Vec<(PathBuf, Vec<u8>)> = fs::read_dir(out.path().join("congress"))
            .expect("readable")
            .map(|entry| entry.expect("readable").path())
            .map(|path| {
                (
                    path.file_name().expect("a name").into(),
                    fs::read(&path).expect("readable"),
                )
            })
            .collect();
        files.sort();
        files
    };
    let files = rendered("2");
    assert_eq!(files.len(), 537);
    let together = files
        .iter()
        .find(|(name, _)| name.as_os_str() == "letters.pdf")
        .expect("there");
    let (found, pages) = bookmarks(&together.1);
    let at = |depth: usize| found.iter().filter(|entry| entry.0 == depth).count();
    // Two chambers, fifty states in each, the members, and three headings in each letter.
    assert_eq!((at(0), at(1), at(2), at(3), pages), (2, 100, 535, 3 * 535, 1070));
    let first: Vec<&str> = found.iter().take(3).map(|entry| entry.1.as_str()).collect();
    assert_eq!(first, ["Senate", "Alabama", "Alpha Sampleton"]);
    let alone = files
        .iter()
        .find(|(name, _)| name.as_os_str() == "WY-at-large-Exampledottir.pdf");
    assert!(
        alone.is_some()
            || files
                .iter()
                .any(|(name, _)| name.to_string_lossy().starts_with("WY-at-large-"))
    );
    assert!(files == rendered("1"), "the number of jobs changes bytes");
}
