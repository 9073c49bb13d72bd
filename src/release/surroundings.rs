//! What a file has beside its words, as plain values.
//!
//! In: what the readers of formats found. Out: [`Surroundings`]. Absent: reading and comparing
//! (`beside`).

use std::collections::{BTreeMap, BTreeSet};

/// What a file has beside its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Painted text that no tag holds, line by line.
    pub outside: Vec<String>,
    /// Painted text that is marked as decoration, line by line.
    pub decoration: Vec<String>,
    /// What comments, stamps and form fields say.
    pub comments: Vec<String>,
    /// Where links lead.
    pub links: BTreeSet<String>,
    /// Lines that an area, a picture, or a comment is painted over.
    pub covered: Vec<String>,
    /// Whether a page shows only a part of itself.
    pub cropped: bool,
    /// What can run or load, by its name.
    pub active: BTreeSet<String>,
    /// The words of a message's plain part, if it has HTML, too.
    pub plain: String,
    /// What may hide, cover, or add words, and how often it stands in the file.
    pub marks: BTreeMap<&'static str, usize>,
    /// The styles of a page.
    pub styles: String,
    /// Names that viewers show beside the pages: the title, bookmarks, labels of pages.
    pub names: Vec<String>,
    /// What lies in the file beside its pages, and has no part in their hashes: scripts, actions,
    /// forms of another program, words for screen readers alone.
    pub carried: BTreeSet<String>,
    /// Attached files by their SHA-256, with their names.
    pub attached: BTreeMap<String, String>,
}

impl Surroundings {
    /// Returns what a file has that looks the same as this one: all that takes part in the hashes
    /// of its look, and nothing else.
    pub fn of_same_look(&self) -> Self {
        Self {
            names: Vec::new(),
            carried: BTreeSet::new(),
            attached: BTreeMap::new(),
            ..self.clone()
        }
    }
}
