//! The entries of the rail.
//!
//! One entry a screen, in the order of the work. A count is shown only where somebody has
//! something to do.

use super::status::Status;
use crate::model::link;

/// An entry of the rail.
#[derive(Debug)]
pub(super) struct NavEntry {
    /// Its words.
    pub(super) title: &'static str,
    /// The address of its screen.
    pub(super) path: &'static str,
    /// The outline of its sign, on a grid of 24.
    pub(super) icon: &'static str,
    /// What there is to do there, and its unit, in the singular and in the plural.
    pub(super) count: fn(&Status) -> usize,
    /// The unit of the count, for those who hear it.
    pub(super) unit: (&'static str, &'static str),
}

/// The entry of the overview.
pub(super) const WORKSPACE: NavEntry = NavEntry {
    title: "Workspace",
    path: "/",
    icon: "M4 11 12 4l8 7v9h-5v-6H9v6H4z",
    count: |_| 0,
    unit: ("", ""),
};

/// The entry of the letters.
pub(super) const LETTERS: NavEntry = NavEntry {
    title: "Letters",
    path: "/letters",
    icon: "M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7",
    count: |_| 0,
    unit: ("", ""),
};

/// The entry of the roll.
pub(super) const ROLL: NavEntry = NavEntry {
    title: "Roll",
    path: "/roll",
    icon: "M4 6h16M4 12h16M4 18h16M9 6v12",
    count: |_| 0,
    unit: ("", ""),
};

/// The entry of the questions.
pub(super) const QUESTIONS: NavEntry = NavEntry {
    title: "Questions",
    path: "/questions",
    icon: "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.5M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0",
    count: |status| status.survey.status.lists.iter().map(|list| list.counts.ask).sum(),
    unit: ("question", "questions"),
};

/// The entry of imports.
pub(super) const IMPORT: NavEntry = NavEntry {
    title: "Import",
    path: "/import",
    icon: "M12 4v11M8 11l4 4 4-4M4 19h16",
    count: |_| 0,
    unit: ("", ""),
};

/// The entry of the findings.
pub(super) const CHECK: NavEntry = NavEntry {
    title: "Check",
    path: "/check",
    icon: "M4 12l5 5L20 6",
    count: |status| status.survey.findings(),
    unit: ("finding", "findings"),
};

/// The entry of the releases.
pub(super) const RELEASES: NavEntry = NavEntry {
    title: "Releases",
    path: "/releases",
    icon: "M12 3l8 4v5c0 5-3.5 8-8 9-4.5-1-8-4-8-9V7zM9 12l2 2 4-4",
    count: |_| 0,
    unit: ("", ""),
};

/// All entries.
pub(super) const ENTRIES: &[&NavEntry] = &[&WORKSPACE, &LETTERS, &ROLL, &QUESTIONS, &IMPORT, &CHECK, &RELEASES];

/// Returns the address of a letter.
pub(super) fn letter_path(name: &str) -> String {
    format!("{}/{}", LETTERS.path, encoded(name))
}

/// Writes a name as a part of an address.
pub(super) fn encoded(name: &str) -> String {
    link::encoded(name, b"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_part_of_an_address() {
        assert_eq!(letter_path("a/../é b?"), "/letters/a%2F..%2F%C3%A9%20b%3F");
    }
}
