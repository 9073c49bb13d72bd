//! Paths as a person writes and reads them.
//!
//! In: the folder that relative paths start from, as a front end knows it. Out: absolute
//! paths, and the names that messages show. Absent: the process's own current folder.

use crate::files::clean;
use std::path::{Path, PathBuf};

/// The folder that relative paths start from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    current: PathBuf,
}

impl Paths {
    /// Starts relative paths from `current`, an absolute path.
    pub fn new(current: impl Into<PathBuf>) -> Self {
        Self {
            current: current.into(),
        }
    }

    /// Returns the one absolute path of a place, however it was spelled.
    pub fn absolute(&self, path: &Path) -> PathBuf {
        clean(&self.current.join(path))
    }

    /// Returns the path as people see it: relative to the current folder where it lies
    /// below it, without `.` and `..` in its middle, and without what steers a terminal.
    pub fn shown(&self, path: &Path) -> String {
        let clean = clean(path);
        let shown = clean.strip_prefix(&self.current).unwrap_or(&clean);
        if shown.as_os_str().is_empty() {
            ".".to_owned()
        } else {
            printable(&shown.display().to_string())
        }
    }
}

/// Removes what could steer a terminal, or turn text round, from the name of a file.
fn printable(name: &str) -> String {
    let steers = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    name.replace(steers, "\u{fffd}")
}

/// Returns a path that one file names, from that file's folder.
pub(super) fn beside(file: &Path, named: &str) -> PathBuf {
    file.parent().unwrap_or(Path::new("")).join(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_as_people_write_them() {
        let paths = Paths::new("/w");
        let check = |path: &str, expected: &str| assert_eq!(paths.shown(Path::new(path)), expected);
        check("letters/../signatories/a.csv", "signatories/a.csv");
        check("./a.csv", "a.csv");
        check("../a.csv", "../a.csv");
        check("../../a/../b", "../../b");
        check("/elsewhere/x", "/elsewhere/x");
        check("/w/a.csv", "a.csv");
        check(".", ".");
        check("/w", ".");
        check("a\u{1b}[8m\u{7}.md", "a\u{fffd}[8m\u{fffd}.md");
        check("a\u{202e}dm.exe", "a\u{fffd}dm.exe");
        assert_eq!(paths.absolute(Path::new("a/../../b")), Path::new("/b"));
    }
}
