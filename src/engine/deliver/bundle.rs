//! A bundle while it is put together.
//!
//! In: files. Out: the same under names that no system minds, each name once. Guaranteed: a
//! name holds letters of ASCII, digits, hyphens, underscores and dots; two names never differ by
//! case alone. Absent: what is in the files.

use super::request::Delivered;
use crate::compose::mail_merge::slug;
use std::collections::BTreeSet;

/// Files under names that are each there once.
#[derive(Debug, Default)]
pub(super) struct Bundle {
    pub(super) files: Vec<Delivered>,
    names: BTreeSet<String>,
}

impl Bundle {
    /// Adds a file. `folder` is empty or ends in `/`; the name gets a number if it is taken.
    pub(super) fn add(
        &mut self,
        folder: &str,
        (stem, ending): (&str, &str),
        what: String,
        pages: usize,
        bytes: Vec<u8>,
    ) {
        let name = self.name(folder, stem, ending);
        self.files.push(Delivered {
            name,
            what,
            pages,
            is_handed_out: true,
            bytes,
        });
    }

    /// Adds a text that the sender sends with the bundle.
    pub(super) fn add_text(&mut self, stem: &str, what: String, bytes: Vec<u8>) {
        self.add("", (stem, "txt"), what, 0, bytes);
        if let Some(file) = self.files.last_mut() {
            file.is_handed_out = false;
        }
    }

    /// Returns a name that no other file has, and takes it.
    fn name(&mut self, folder: &str, stem: &str, ending: &str) -> String {
        let stem = safe(stem);
        let mut name = format!("{folder}{stem}.{ending}");
        let mut number = 2;
        while !self.names.insert(name.to_lowercase()) {
            name = format!("{folder}{stem}-{number}.{ending}");
            number += 1;
        }
        name
    }
}

/// Returns a name in letters of ASCII, digits, hyphens, underscores and dots.
pub(super) fn safe(name: &str) -> String {
    let ascii: String = slug(name).chars().map(|c| if c.is_ascii() { c } else { '-' }).collect();
    let parts: Vec<&str> = ascii.split('-').filter(|part| !part.is_empty()).collect();
    match parts.join("-") {
        name if name.trim_matches(['.', '_']).is_empty() => "file".to_owned(),
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_each_is_there_once() {
        let check = |name: &str, expected: &str| assert_eq!(safe(name), expected, "{name}");
        check("dhs-100-days", "dhs-100-days");
        check("Rep. Ana Pérez", "Rep.-Ana-Perez");
        check("../../etc/passwd", "etc-passwd");
        check("移民", "file");
        check("CON", "_CON");
        check("a\u{202e}b\0c", "a-b-c");
        check("", "file");
        check("Großer Brief 移民 2", "Gro-er-Brief-2");
        let mut bundle = Bundle::default();
        for stem in ["Budget", "budget", "Budget!"] {
            bundle.add("", (stem, "pdf"), String::new(), 0, Vec::new());
        }
        let names: Vec<&str> = bundle.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["Budget.pdf", "budget-2.pdf", "Budget-3.pdf"]);
    }
}
