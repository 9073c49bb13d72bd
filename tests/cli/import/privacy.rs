//! What is private in a list reaches no artefact.

use crate::support::Workspace;
use flate2::read::ZlibDecoder;
use mail_parser::MessageParser;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use zip::ZipArchive;

/// Values no two of which share a part, so that each would be seen.
const PRIVATE: [&str; 11] = [
    "Zacarias Quimby",
    "Vice Undersecretary",
    "zq-private@example.org",
    "(505) 555-0177",
    "9917 Xylophone Avenue",
    "198.51.100.77",
    "other-private@example.net",
    "212-555-0188",
    "jotted by Quetzal",
    "q7q7@mid.example",
    "mx.verdict.example",
];

const LIST: &str = "\
name,kind,title,affiliation,state,contact_name,contact_title,email,phone,address,ip,Reach at,Desk,notes,message_id,mail_verdict
Río Abajo Legal Aid,organization,,,NM,Zacarias Quimby,Vice Undersecretary,zq-private@example.org,(505) 555-0177,9917 Xylophone Avenue,198.51.100.77,other-private@example.net,212-555-0188,jotted by Quetzal,q7q7@mid.example,mx.verdict.example: spf=pass
Ana Pérez,individual,Professor,University of New Mexico,NM,Zacarias Quimby,Vice Undersecretary,zq-private@example.org,(505) 555-0177,9917 Xylophone Avenue,198.51.100.77,other-private@example.net,212-555-0188,jotted by Quetzal,q7q7@mid.example,mx.verdict.example: spf=pass
";

const LETTER: &str = "+++\nkind = \"letter\"\ntitle = \"T\"\nsignatories = [\"../signatories/list.csv\"]\n+++\n\
{{ signatories.count|words }} ask.\n";

/// A file's bytes, and what its compressed streams unpack to.
fn unpacked(path: &Path) -> Vec<u8> {
    all_of(&fs::read(path).unwrap())
}

/// Bytes, and all that is packed or encoded in them.
fn all_of(bytes: &[u8]) -> Vec<u8> {
    let mut all = bytes.to_vec();
    if bytes.starts_with(b"PK") {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).unwrap();
            all.extend_from_slice(file.name_raw());
            let mut inner = Vec::new();
            file.read_to_end(&mut inner).unwrap();
            all.extend(all_of(&inner));
        }
        return all;
    }
    if bytes
        .windows(17)
        .take(4096)
        .any(|window| window == b"MIME-Version: 1.0")
    {
        let message = MessageParser::default().parse(bytes).unwrap();
        for part in &message.parts {
            all.extend(part.contents());
        }
    }
    for (at, _) in bytes.windows(6).enumerate().filter(|(_, window)| window == b"stream") {
        let start = at + 6 + usize::from(bytes.get(at + 6) == Some(&b'\r')) + 1;
        let mut out = Vec::new();
        let _ = ZlibDecoder::new(&bytes[start.min(bytes.len())..]).read_to_end(&mut out);
        all.extend(out);
    }
    all
}

#[track_caller]
fn holds_nothing_private(what: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    // As PDF text strings are written, too: UTF-16.
    for value in PRIVATE {
        let wide: Vec<u8> = value.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let lower = text.to_lowercase();
        assert!(!text.contains(value), "{what} holds {value}");
        assert!(
            !bytes.windows(wide.len()).any(|window| window == wide),
            "{what} holds {value}"
        );
        assert!(
            !lower.contains(&hex(value.as_bytes())) && !lower.contains(&hex(&wide)),
            "{what} holds {value}"
        );
    }
}

#[test]
fn no_artefact_holds_a_private_value() {
    let workspace = Workspace::new(&[("letters/a.md", LETTER), ("signatories/list.csv", LIST)]);
    let formats: Vec<&str> = undersigned::emit::FORMATS.iter().map(|format| format.name).collect();
    for standard in ["default", "a-3a", "plain"] {
        let arguments = [
            "render",
            "--to",
            &formats.join(","),
            "--pdf-standard",
            standard,
            "--out",
            standard,
        ];
        let ran = workspace.run(&arguments);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let mut seen = 0;
        for entry in fs::read_dir(workspace.path(standard).join("a")).unwrap() {
            let path = entry.unwrap().path();
            holds_nothing_private(&path.display().to_string(), &unpacked(&path));
            seen += 1;
        }
        assert!(seen >= formats.len());
    }
    for arguments in [
        &["dedupe", "signatories/list.csv", "--format", "csv"][..],
        &["dedupe", "signatories/list.csv", "--format", "json"],
        &["dedupe", "signatories/list.csv"],
    ] {
        holds_nothing_private(&arguments.join(" "), workspace.run(arguments).out.as_bytes());
    }
    let ran = workspace.run(&["import", "signatories/list.csv", "--without-private"]);
    let shared = ran.out.replace("jotted by Quetzal", ""); // notes are the coordinator's own
    holds_nothing_private("import --without-private", shared.as_bytes());
    assert!(
        ran.out
            .contains("Ana Pérez,individual,Professor,University of New Mexico,NM"),
        "{}",
        ran.out
    );
    // Whoever wants the private columns gets them.
    assert!(
        workspace
            .run(&["import", "signatories/list.csv"])
            .out
            .contains("zq-private@example.org")
    );
}

/// Scans every file below a folder; returns how many there are.
fn scan(workspace: &Workspace, folder: &str) -> usize {
    let root = workspace.path(folder);
    let files = workspace
        .snapshot()
        .into_iter()
        .filter(|(path, _)| path.starts_with(&root) && path.is_file());
    files
        .map(|(path, bytes)| holds_nothing_private(&path.display().to_string(), &all_of(&bytes)))
        .count()
}

#[test]
fn what_is_packed_is_seen_by_the_scan() {
    use std::io::Write;
    let mut inner = zip::ZipWriter::new(Cursor::new(Vec::new()));
    inner
        .start_file("word/document.xml", zip::write::SimpleFileOptions::default())
        .unwrap();
    inner
        .write_all(&b"<w:t>zq-private@example.org</w:t>".repeat(20))
        .unwrap();
    let inner = inner.finish().unwrap().into_inner();
    let mut outer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    outer
        .start_file("a.docx", zip::write::SimpleFileOptions::default())
        .unwrap();
    outer.write_all(&inner).unwrap();
    let outer = outer.finish().unwrap().into_inner();
    let seen = |bytes: &[u8]| String::from_utf8_lossy(&all_of(bytes)).contains("zq-private@example.org");
    assert!(seen(&outer) && !String::from_utf8_lossy(&outer).contains("zq-private"));
    assert!(seen(
        b"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\nzq-private=40example=\r\n.org\r\n"
    ));
}

#[test]
fn no_bundle_and_no_redline_holds_a_private_value() {
    // The words of a colleague's comment are nobody else's, either.
    let comments =
        "[[comment]]\nauthor = \"Zacarias Quimby\"\nabout = \"ask\"\ndone = true\ntext = \"jotted by Quetzal\"\n";
    let workspace = Workspace::new(&[
        ("letters/a.md", LETTER),
        ("letters/a.comments.toml", comments),
        ("signatories/list.csv", LIST),
    ]);
    let ran = workspace.run(&["release", "letters/a.md", "--despite", "a test"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(scan(&workspace, "output") > 7);
    for to in ["docket", "congress", "press", "web"] {
        let ran = workspace.run(&["deliver", "letters/a.md", "--to", to, "--zip", "--format", "json"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        holds_nothing_private(to, format!("{}{}", ran.out, ran.err).as_bytes());
    }
    assert!(scan(&workspace, "output/a/deliver") > 20);
    workspace.write("letters/a.md", LETTER.replace("ask", "beg"));
    let list = workspace.text("signatories/list.csv");
    workspace.write("signatories/list.csv", list.replace("Ana Pérez", "Eva Ruiz"));
    let ran = workspace.run(&["diff", "letters/a.md", "--to", "docx,pdf,html"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(scan(&workspace, "output/redline"), 3);
}

#[test]
fn a_draft_to_a_signatory_holds_the_private_values_of_nobody_else() {
    let list = "name,contact_name,contact_title,email,phone,address,ip,notes\n\
        Alder Clinic,Rosa Diaz,Manager,rosa@alder.example,505-555-0100,1 Elm Street,203.0.113.9,she is kind\n\
        Río Abajo Legal Aid,Zacarias Quimby,Vice Undersecretary,zq-private@example.org,(505) 555-0177,\
        9917 Xylophone Avenue,198.51.100.77,jotted by Quetzal\n";
    let letter = format!("{LETTER}\nWe wait.\n").replace("title = \"T\"", "title = \"T\"\ndeadline = 2030-01-01");
    let workspace = Workspace::new(&[
        ("letters/a.md", &letter),
        ("signatories/list.csv", list),
        (
            "invited.csv",
            "name,email,phone,notes\nBirch Union,b@birch.example,505-555-0111,jotted by Quetzal\n",
        ),
    ]);
    let ran = workspace.run(&["release", "letters/a.md", "--despite", "a test"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    workspace.write("letters/a.md", letter.replace("wait", "have waited"));
    for about in ["listing", "changes", "thanks", "reminder"] {
        let mut arguments = vec!["tell", "letters/a.md", "--about", about, "--out", about];
        if about == "reminder" {
            arguments.extend(["--invited", "invited.csv"]);
        }
        let ran = workspace.run(&arguments);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let drafts = workspace.names(about);
        assert_eq!(
            drafts.len(),
            if about == "reminder" { 1 } else { 2 },
            "{about}: {drafts:?}"
        );
        for draft in drafts {
            let bytes = unpacked(&workspace.path(&format!("{about}/{draft}")));
            if draft.starts_with("R") {
                // Their own address and name, and no more of their own.
                let text = String::from_utf8_lossy(&bytes);
                assert!(text.contains("zq-private@example.org") && text.contains("Zacarias Quimby"));
                for value in [
                    "Vice Undersecretary",
                    "555-0177",
                    "Xylophone",
                    "198.51.100.77",
                    "Quetzal",
                    "alder.example",
                ] {
                    assert!(!text.contains(value), "{about}/{draft} holds {value}");
                }
            } else {
                holds_nothing_private(&format!("{about}/{draft}"), &bytes);
            }
        }
    }
}

#[test]
fn private_values_in_printed_cells_are_told() {
    let workspace = Workspace::new(&[(
        "list.csv",
        "name,title\nRío Abajo (ana@example.org),\nHarwell,call 505-555-0100\n",
    )]);
    let ran = workspace.run(&["import", "list.csv", "--format", "short"]);
    for said in [
        "list.csv:2:1: warning[private-value]: the `name` contains what looks like an email address, and is printed (move it to a column `email`",
        "list.csv:3:9: warning[private-value]: the `title` contains what looks like a phone number",
    ] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
}
