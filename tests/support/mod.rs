//! A workspace in a temporary folder, and the binary run in it.

// Each test file uses what it needs.
#![allow(dead_code)]

pub(crate) mod chance;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A letter of two who signed `signatories/a.csv`.
pub(crate) const LETTER: &str = "\
+++
kind = \"letter\"
title = \"Keep it open\"
signatories = [\"../signatories/a.csv\"]
+++
All {{ signatories.count }} of us ask.
";

/// A workspace in a temporary folder.
pub(crate) struct Workspace(TempDir);

impl Workspace {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let workspace = Self(tempfile::tempdir().expect("a temporary folder"));
        for (name, text) in files {
            workspace.write(name, text);
        }
        workspace
    }

    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).expect("UTF-8")
    }

    /// Every file below the folder, with its bytes.
    pub(crate) fn snapshot(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn walk(dir: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
            for entry in fs::read_dir(dir).expect("readable") {
                let path = entry.expect("readable").path();
                if path.is_dir() {
                    files.push((path.clone(), Vec::new()));
                    walk(&path, files);
                } else {
                    files.push((path.clone(), fs::read(&path).expect("readable")));
                }
            }
        }
        let mut files = Vec::new();
        walk(self.0.path(), &mut files);
        files.sort();
        files
    }

    /// The names in a folder, sorted.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).into_iter().flatten();
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// The binary, to be run in the workspace.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_undersigned"));
        command
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "")
    }

    pub(crate) fn run_with(&self, arguments: &[&str], input: &str) -> Ran {
        let output = assert_cmd::Command::from_std(self.command(arguments))
            .write_stdin(input)
            .output()
            .expect("the binary runs");
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
            err: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
        }
    }

    pub(crate) fn render(&self, arguments: &[&str]) -> Ran {
        self.run(&[&["render"], arguments].concat())
    }

    /// Renders what must be refused; returns what was said, one line each.
    pub(crate) fn refused(&self) -> Vec<String> {
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

/// What a run left.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}
