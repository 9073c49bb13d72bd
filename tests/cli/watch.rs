//! `render --watch`, through the binary.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::support::{LETTER, Workspace};

/// Longest wait for a round; a round takes hundredths of a second.
const LONG: Duration = Duration::from_secs(60);

#[test]
fn saves_are_rendered_until_interrupted() {
    let workspace = Workspace::new(&[
        ("letters/open.md", LETTER),
        ("signatories/a.csv", "name\nAlder Street Clinic\n"),
    ]);
    let path = |name: &str| workspace.path(name);
    let write = |name: &str, text: &str| workspace.write(name, text);
    let mut watch = Command::new(env!("CARGO_BIN_EXE_undersigned"))
        .args(["render", "--watch", "--to", "html"])
        .current_dir(workspace.root())
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
