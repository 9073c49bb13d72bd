//! What is private in a list reaches no artefact.

use super::workspace::Workspace;
use flate2::read::ZlibDecoder;
use std::fs;
use std::io::Read;
use std::path::Path;

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
    let bytes = fs::read(path).unwrap();
    let mut all = bytes.clone();
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
