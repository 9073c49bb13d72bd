//! Makes places into links that a terminal opens: OSC 8.
//!
//! In: a file and a line. Out: a text that is drawn as before and leads there.
//! Guaranteed: no links where the results do not go to a terminal that opens them.

use super::args::{ColorWhen, Common};
use crate::model::link;
use std::path::PathBuf;
use supports_hyperlinks::Stream;

/// Says whether places are links, and from which folder files are named.
pub(super) struct PlaceLinks {
    folder: Option<PathBuf>,
}

impl PlaceLinks {
    /// Makes links of files that are named from the current folder, if the terminal opens
    /// links and is not asked for plain text.
    pub(super) fn new(common: &Common) -> Self {
        let opens = common.color != ColorWhen::Never && supports_hyperlinks::on(Stream::Stdout);
        Self {
            folder: opens.then(std::env::current_dir).and_then(Result::ok),
        }
    }

    /// Returns a text that leads to a line of a file; line 0 is the file.
    pub(super) fn link(&self, text: &str, file: &str, line: u32) -> String {
        let Some(folder) = &self.folder else {
            return text.to_owned();
        };
        let path = folder.join(file);
        let mut address = format!("file://{}", link::encoded(&path.to_string_lossy(), b"/"));
        if line > 0 {
            address += &format!("#{line}");
        }
        format!("\u{1b}]8;;{address}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_leads_to_its_line() {
        let links = PlaceLinks {
            folder: Some(PathBuf::from("/w s")),
        };
        assert_eq!(
            links.link("3", "lists/é\u{1b}.csv", 3),
            "\u{1b}]8;;file:///w%20s/lists/%C3%A9%1B.csv#3\u{1b}\\3\u{1b}]8;;\u{1b}\\"
        );
        assert_eq!(PlaceLinks { folder: None }.link("3", "a.csv", 3), "3");
    }
}
