//! A workspace in a temporary folder, and running the binary in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

pub(crate) struct Workspace(pub(crate) TempDir);

pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A letter that is found to be clean.
pub(crate) const LETTER: &str = "\
+++
kind = \"letter\"
title = \"Keep the library open\"
date = 2021-03-01
subject = \"Opening hours\"
salutation = \"Dear Mayor Ortiz:\"
closing = \"Sincerely,\"
signatories = [\"../signatories/a.csv\"]

[roll]
heading = \"The undersigned\"
+++
All {{ signatories.count }} of us ask that the library stay open on Sundays.

Children read there when nothing else is open.
";

/// Its list, with private columns and rows that do not count.
pub(crate) const LIST: &str = "\
name,kind,title,affiliation,status,signed_at,contact_name,email,phone,notes
Harbor Readers,organization,,,,2021-02-01,Rosa Quill,rosa@harbor.example,+1 202 555 0100,called twice
Öst Library Friends,organization,,,,2021-02-02,Per Lund,per@ost.example,,
\"Acme & Sons, Booksellers\",organization,,,,2021-02-03,Al Acme,al@acme.example,,
Ana Ruiz,individual,Teacher,Hill School,,2021-02-04,,ana@hill.example,,
Quiet Press,organization,,,withdrawn,2021-02-05,Q,q@quiet.example,,told us on Monday
";

impl Workspace {
    pub(crate) fn new() -> Self {
        let workspace = Self(tempfile::tempdir().expect("a temporary folder"));
        workspace.write("letters/a.md", LETTER);
        workspace.write("signatories/a.csv", LIST);
        workspace
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

    /// The names in a folder, sorted.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).into_iter().flatten();
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

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
        let output = self.command(arguments).output().expect("the binary runs");
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
            err: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
        }
    }

    /// Releases the letter, which must succeed.
    pub(crate) fn release(&self, more: &[&str]) -> Ran {
        let ran = self.run(&[&["release", "letters/a.md"], more].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        ran
    }
}

/// Whether a folder is a whole release: its manifest holds together and names every file.
pub(crate) fn is_whole(folder: &Path) -> bool {
    use undersigned::release::{manifest::Manifest, sha256};
    let Ok(bytes) = fs::read(folder.join("manifest.toml")) else {
        return false;
    };
    let manifest = Manifest::read(&bytes).expect("a manifest that holds together");
    let sound = |name: &str, hash: &str| fs::read(folder.join(name)).is_ok_and(|bytes| sha256(&bytes) == hash);
    !manifest.outputs.is_empty()
        && manifest
            .outputs
            .iter()
            .all(|output| sound(&output.file, &output.sha256))
}
