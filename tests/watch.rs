//! `render --watch`, through the binary.

#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

const LETTER: &str = "\
+++
kind = \"letter\"
title = \"Keep it open\"
signatories = [\"../signatories/a.csv\"]
+++
All {{ signatories.count }} of us ask.
";

/// Longest wait for a round; a round takes hundredths of a second.
const LONG: Duration = Duration::from_secs(60);

#[test]
fn saves_are_rendered_until_interrupted() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    let write = |name: &str, text: &str| {
        fs::create_dir_all(path(name).parent().expect("below the folder")).expect("a folder");
        fs::write(path(name), text).expect("a file");
    };
    write("letters/open.md", LETTER);
    write("signatories/a.csv", "name\nAlder Street Clinic\n");
    let mut watch = Command::new(env!("CARGO_BIN_EXE_undersigned"))
        .args(["render", "--watch", "--to", "html"])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let errors = BufReader::new(watch.stderr.take().expect("piped"));
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for line in errors.lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    let round = || loop {
        let line = receiver.recv_timeout(LONG).expect("a round");
        if line.ends_with("waiting for a save") {
            return line;
        }
    };
    let html = || fs::read_to_string(path("output/open/letter.html")).expect("written");

    assert!(round().starts_with("rendered in "));
    assert!(html().contains("All 1 of us ask."));
    // A list is part of the letter.
    write("signatories/a.csv", "name\nAlder Street Clinic\nBirch Hill Union\n");
    while !html().contains("All 2 of us ask.") {
        round();
    }
    // An error ends a round and not the watch, and leaves the files.
    write("letters/open.md", &LETTER.replace("count", "cuont"));
    while !round().starts_with("errors; nothing was written") {}
    assert!(html().contains("All 2 of us ask."));
    write("letters/open.md", &LETTER.replace("ask", "demand"));
    while !html().contains("demand") {
        round();
    }
    let told = Command::new("kill").arg("-INT").arg(watch.id().to_string()).status();
    assert!(told.expect("kill runs").success());
    assert_eq!(watch.wait().expect("it ends").code(), Some(0));
}
