//! A letter to each of a list, through the binary.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

struct Workspace(TempDir);

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Workspace {
    /// A letter with these keys and this body, and a list of recipients.
    fn new(keys: &str, body: &str, recipients: &str) -> Self {
        let workspace = Self(tempfile::tempdir().expect("a temporary folder"));
        let letter = format!(
            "+++\nkind = \"letter\"\ntitle = \"Keep it open\"\nsignatories = [\"../signatories/a.csv\"]\n{keys}\n+++\n{body}\n"
        );
        workspace.write("letters/open.md", &letter);
        workspace.write("letters/list.csv", recipients);
        workspace.write("signatories/a.csv", "name\nAlder Street Clinic\nBirch Hill Union\n");
        workspace
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).expect("UTF-8")
    }

    fn render(&self, arguments: &[&str]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_undersigned"))
            .arg("render")
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .expect("the binary runs");
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Renders what must be refused; returns what was said, one line each.
    fn refused(&self) -> Vec<String> {
        let ran = self.render(&["--format", "short"]);
        assert_eq!(ran.code, Some(2), "{}", ran.err);
        assert_eq!(ran.out, "");
        assert!(!self.path("output").exists(), "something was written");
        // What to do stands in parentheses.
        let said = ran.err.lines().filter(|line| *line != "nothing was written");
        said.map(|line| line.split(" (").next().unwrap_or_default().to_owned())
            .collect()
    }
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
    let workspace = Workspace::new(KEYS, BODY, LIST);
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
    let senator = workspace.text("output/open/MN-Muster.html");
    for part in ["Dear Senator Muster:", "Vote for S. 5, please.", "Ann Muster", "20510"] {
        assert!(senator.contains(part), "{part}");
    }
    assert!(!senator.contains("district") && !senator.contains("<li></li>") && !senator.contains("It snows"));
    let member = workspace.text("output/open/NM-Nunez.html");
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
    assert_eq!(left.len(), 7, "temporary files are left");
}

/// The titles of a PDF's bookmarks and the number of its pages.
fn bookmarks(bytes: &[u8]) -> (Vec<String>, usize) {
    let document = lopdf::Document::load_mem(bytes).expect("a PDF");
    let get = |dictionary: &lopdf::Dictionary, key: &[u8]| {
        dictionary
            .get_deref(key, &document)
            .ok()
            .and_then(|found| found.as_dict().ok())
            .cloned()
    };
    let mut titles = Vec::new();
    let mut next = get(document.catalog().expect("a catalogue"), b"Outlines").and_then(|root| get(&root, b"First"));
    while let Some(entry) = next {
        titles.push(lopdf::decode_text_string(entry.get(b"Title").expect("a title")).expect("text"));
        next = get(&entry, b"Next");
    }
    (titles, document.get_pages().len())
}

#[test]
fn all_letters_together_have_a_bookmark_each() {
    let workspace = Workspace::new(KEYS, BODY, LIST);
    assert_eq!(workspace.render(&["--to", "pdf"]).code, Some(0));
    let (titles, pages) = bookmarks(&workspace.read("output/open/letters.pdf"));
    assert_eq!(titles, ["Ann Muster", "Bo Núñez", "Cy O’Hara"]);
    assert_eq!(pages, 3);
    let alone = Workspace::new(&format!("{KEYS}\ncombined = false"), BODY, LIST);
    assert_eq!(alone.render(&["--to", "pdf"]).code, Some(0));
    assert!(!alone.path("output/open/letters.pdf").exists());
    assert_eq!(
        alone.read("output/open/NM-Nunez.pdf"),
        workspace.read("output/open/NM-Nunez.pdf")
    );
}

#[test]
fn what_a_text_needs_and_a_row_lacks_stops_all() {
    let workspace = Workspace::new(KEYS, "In district {{ recipient.district }}.", LIST);
    assert_eq!(
        workspace.refused(),
        [
            "letters/list.csv:2:22: error[empty-field]: `recipient.district` says nothing for `Ann Muster`",
            "letters/open.md:8:13: note[empty-field]: the text uses it here",
        ]
    );
    let nobody = "name,state\nAnn Muster,MN\n";
    let keys = "to = \"list.csv\"";
    let said = Workspace::new(keys, "Please.", nobody).refused();
    assert_eq!(
        said[0],
        "letters/list.csv:2:1: error[empty-field]: `recipient.salutation` says nothing for `Ann Muster`"
    );
    let said = Workspace::new(keys, "Dear {{ recipient.nmae }}", LIST).refused();
    assert_eq!(
        said,
        ["letters/open.md:7:6: error[unknown-field]: the list of recipients has no column for `recipient.nmae`"]
    );
}

#[test]
fn two_recipients_never_share_a_file() {
    let keys = "to = \"list.csv\"\nfile_name = \"{{ recipient.state|capitalize }}\"";
    assert_eq!(
        Workspace::new(keys, "Please.", LIST).refused(),
        [
            "letters/list.csv:4:1: error[file-name]: the files for `Ann Muster` and `Cy O’Hara` would both be called `MN`"
        ]
    );
    let keys = "to = \"list.csv\"\nfile_name = \"../Letters\"";
    let said = Workspace::new(keys, "Please.", "first_name,last_name,chamber\nA,B,House\n").refused();
    assert_eq!(
        said,
        [
            "letters/list.csv:2:1: error[file-name]: the files for `A B` would be called `Letters`, as the letters together are"
        ]
    );
    let said = Workspace::new("to = \"list.csv\"\nfile_name = \"/..\"", "Please.", LIST).refused();
    assert_eq!(
        said[0],
        "letters/list.csv:2:1: error[file-name]: the files for `Ann Muster` would have no name"
    );
}

#[test]
fn private_columns_reach_nothing() {
    let said = Workspace::new(KEYS, "Mail {{ recipient.email }}", LIST).refused();
    assert_eq!(
        said,
        ["letters/open.md:8:6: error[bad-field]: `recipient.email` is private and may not be printed"]
    );
    let workspace = Workspace::new(KEYS, BODY, LIST);
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
    let workspace = Workspace::new(KEYS, BODY, LIST);
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
    let said = Workspace::new(KEYS, BODY, &list).refused();
    assert_eq!(
        said,
        ["letters/list.csv:3:44: error[bad-value]: the e-mail address of `Bo Núñez` is none"]
    );
}

#[test]
fn conditions_that_do_not_meet_are_told() {
    let check = |body: &str, expected: &str| {
        assert_eq!(Workspace::new(KEYS, body, LIST).refused()[0], expected, "{body}");
    };
    check(
        "{% if recipient.state %}a\n\nb{% endif %}",
        "letters/open.md:8:1: error[bad-field]: `{% if %}` has no `{% endif %}`",
    );
    check(
        "{% for x in y %}",
        "letters/open.md:8:1: error[bad-field]: no statement `{% for x in y %}`",
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
    let workspace = Workspace::new(&format!("merge = true\n{tables}"), "Please.", "");
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
    let workspace = Workspace::new(&tables, "Please.", "");
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
    let workspace = Workspace::new(tables, body, "");
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
    let (resolution, _) = resolve::resolve(&records, &known, &resolve::Options::default());
    let options = compose::Options::default();
    let merge = Merge::new(&letter, setting, recipients, &records, &resolution, &options);
    let (fonts, memory) = (layout::Fonts::new(), layout::Memory::default());
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
    assert_eq!(files.len(), 536);
    let together = files
        .iter()
        .find(|(name, _)| name.as_os_str() == "letters.pdf")
        .expect("there");
    let (titles, pages) = bookmarks(&together.1);
    assert_eq!((titles.len(), pages), (535, 1070));
    assert_eq!(titles[0], "Alpha Sampleton");
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
