//! Copies that somebody sent or saved again: messages and Word files.

use super::common::{Ran, Workspace};
use std::io::{Cursor, Read, Write};

const FOLDER: &str = "output/a/releases/1";

fn verified(workspace: &Workspace, name: &str, bytes: impl AsRef<[u8]>) -> Ran {
    workspace.write(name, bytes);
    let ran = workspace.run(&["verify", name]);
    assert_eq!(ran.code, Some(1), "{}{}", ran.out, ran.err);
    ran
}

/// Writes a zip file's parts into a new one, as another program would.
fn saved_again(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in (0..from.len()).rev() {
        let mut part = from.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        to.start_file(&*name, zip::write::SimpleFileOptions::default())
            .expect("begun");
        to.write_all(change(&name, text).as_bytes()).expect("written");
    }
    to.finish().expect("whole").into_inner()
}

#[test]
fn a_word_file_is_compared_by_its_words() {
    let workspace = Workspace::library();
    workspace.release(&[]);
    assert_eq!(workspace.run(&["verify", FOLDER]).code, Some(0));
    let bytes = workspace.read(&format!("{FOLDER}/letter.docx"));
    let changed = |from: &str, to: &str| {
        let bytes = saved_again(&bytes, |name, text| match name {
            "word/document.xml" => {
                assert!(text.contains(from), "{from}");
                text.replacen(from, to, 1)
            }
            _ => text,
        });
        verified(&workspace, "copy.docx", bytes).out
    };
    let parted = "o</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:t>n Sundays";
    for (from, to) in [("on Sundays", "on Sundays"), ("on Sundays", parted)] {
        let out = changed(from, to);
        assert!(
            out.starts_with("copy.docx: same words, but not the same file as letter.docx"),
            "{out}"
        );
    }
    let out = changed("Sundays", "Mondays");
    assert!(
        out.starts_with("copy.docx: altered") && out.contains("Mondays"),
        "{out}"
    );
    let out = changed("Harbor Readers", "Evil Readers");
    assert!(out.starts_with("copy.docx: altered") && out.contains("Evil"), "{out}");
    let out = changed(
        "</w:body>",
        "<w:p><w:r><w:t>We support detention</w:t></w:r></w:p></w:body>",
    );
    assert!(out.contains("We support detention"), "{out}");

    // A clean text beside the one that Word opens.
    let out = verified(
        &workspace,
        "copy.docx",
        saved_again(&bytes, |name, text| match name {
            "_rels/.rels" => text.replace("word/document.xml", "word/other.xml"),
            _ => text,
        }),
    )
    .out;
    assert!(out.contains("cannot be read"), "{out}");
}

#[test]
fn a_word_file_that_unfolds_without_end_cannot_be_read() {
    let workspace = Workspace::library();
    workspace.release(&[]);
    let bytes = workspace.read(&format!("{FOLDER}/letter.docx"));
    for (from, to) in [
        ("</w:body>", "<w:p>".repeat(40_000_000 / 5)),
        ("</w:body>", " ".repeat(60 << 20)),
        ("<w:body>", "<w:body><w:p></w:body>".to_owned()),
    ] {
        let hostile = saved_again(&bytes, |name, text| match name {
            "word/document.xml" => text.replace(from, &to),
            _ => text,
        });
        let out = verified(&workspace, "found.docx", hostile).out;
        assert!(out.contains("cannot be read"), "{out}");
    }
    let out = verified(&workspace, "found.docx", b"PK\x03\x04\0").out;
    assert!(out.contains("cannot be read"), "{out}");
}

/// The parts of a message as another program sends them.
fn sent(header: &str, parts: &[(&str, &str)]) -> String {
    let parts = parts
        .iter()
        .map(|(kind, text)| format!("--b\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n{text}\r\n"));
    format!(
        "Received: from x\r\nFrom: Ann <ann@a.example>\r\nDate: Tue, 2 Mar 2021 08:00:00 +0100\r\n{header}\r\n\
         Content-Type: multipart/alternative; boundary=b\r\n\r\n{}--b--\r\n",
        parts.collect::<String>()
    )
}

/// The text of a quoted-printable part.
fn part(message: &str, kind: &str) -> String {
    let from = message.find(&format!("Content-Type: {kind}")).expect("the part");
    let body = message[from..].split_once("\r\n\r\n").expect("a body").1;
    let body = body
        .split("\r\n--alternative")
        .next()
        .expect("an end")
        .replace("=\r\n", "");
    let mut out = Vec::new();
    let mut bytes = body.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'=' => {
                let digits = [bytes.next().expect("a digit"), bytes.next().expect("a digit")];
                let digits = std::str::from_utf8(&digits).expect("digits");
                out.push(u8::from_str_radix(digits, 16).expect("a byte"));
            }
            byte => out.push(byte),
        }
    }
    String::from_utf8(out).expect("text")
}

#[test]
fn a_message_that_was_sent_again_is_compared_by_its_words() {
    let workspace = Workspace::library();
    workspace.release(&[]);
    let message = workspace.text(&format!("{FOLDER}/letter.eml"));
    let header = message
        .lines()
        .find(|line| line.starts_with("Subject: "))
        .expect("there");
    let (plain, page) = (part(&message, "text/plain"), part(&message, "text/html"));
    let forwarded = header.replace("Subject: ", "Subject: Fwd: ");
    let both = |plain: &str, page: &str| sent(header, &[("text/plain", plain), ("text/html", page)]);
    let quoted = plain.replace("\r\n", "\r\n> ");
    for (what, copy) in [
        ("both", both(&plain, &page)),
        ("page", sent(&forwarded, &[("text/html", &page)])),
        ("plain", sent(&forwarded, &[("text/plain", &plain)])),
        ("quoted", sent(header, &[("text/plain", &quoted)])),
        (
            "attached",
            sent(&forwarded, &[]).replace(
                "--b--",
                &format!("--b\r\nContent-Type: message/rfc822\r\n\r\n{message}\r\n--b--"),
            ),
        ),
    ] {
        let out = verified(&workspace, "copy.eml", copy).out;
        assert!(
            out.starts_with("copy.eml: same words, but not the same file as letter.eml"),
            "{what}: {out}"
        );
    }
    let wrapped = plain.replacen("stay open", "stay\r\nopen", 1);
    assert_ne!(wrapped, plain);
    let out = verified(&workspace, "copy.eml", sent(header, &[("text/plain", &wrapped)])).out;
    assert!(out.starts_with("copy.eml: same words"), "{out}");

    // What a reader is shown is compared, and the other part is not left out.
    let out = verified(
        &workspace,
        "copy.eml",
        both(&plain, &page.replace("Harbor Readers", "Evil Corp")),
    )
    .out;
    assert!(
        out.starts_with("copy.eml: altered") && out.contains("Evil Corp"),
        "{out}"
    );
    let out = verified(
        &workspace,
        "copy.eml",
        both(&plain.replace("Sundays", "Mondays"), &page),
    )
    .out;
    assert!(
        out.starts_with("copy.eml: same words, but changed beside them"),
        "{out}"
    );
    assert!(out.contains("plain-text part"), "{out}");
    let out = verified(
        &workspace,
        "copy.eml",
        sent(header, &[("text/plain", &plain.replace("Sundays", "Mondays"))]),
    )
    .out;
    assert!(out.starts_with("copy.eml: altered") && out.contains("Mondays"), "{out}");
    // Elements within elements are not read without end.
    let deep = sent(header, &[("text/html", &"<div>".repeat(12_000))]);
    let begun = std::time::Instant::now();
    verified(&workspace, "copy.eml", deep);
    assert!(begun.elapsed().as_secs() < 15, "{:?}", begun.elapsed());
    let out = verified(&workspace, "copy.eml", b"\xff\xfe\0\0".repeat(50)).out;
    assert!(out.starts_with("copy.eml: unknown"), "{out}");
}

/// A release of the first form of manifests, in which a title stands beside its name; it was
/// made before titles had a line of their own.
fn earlier() -> Workspace {
    let workspace = Workspace::new(&[]);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/release/earlier");
    for entry in std::fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        workspace.write(&format!("{FOLDER}/{name}"), std::fs::read(&path).expect("readable"));
    }
    workspace
}

#[test]
fn releases_of_earlier_versions_are_verified() {
    let workspace = earlier();
    let ran = workspace.run(&["verify", FOLDER]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    for name in ["letter.html", "letter.txt", "letter.md"] {
        let mut bytes = workspace.read(&format!("{FOLDER}/{name}"));
        bytes.push(b'\n');
        let out = verified(&workspace, &format!("copy-{name}"), bytes).out;
        assert!(out.contains("same words"), "{name}: {out}");
    }
    let page = workspace.text(&format!("{FOLDER}/letter.html"));
    let out = verified(&workspace, "copy.html", page.replace("Harbor School", "Harbor Bank")).out;
    assert!(out.contains("altered") && out.contains("Bank"), "{out}");
}
