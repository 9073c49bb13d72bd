//! A workspace with a letter that can be released.

pub(crate) use crate::support::{Ran, Workspace};
use std::fs;
use std::path::Path;

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
    /// The letter and its list.
    pub(crate) fn library() -> Self {
        Self::new(&[("letters/a.md", LETTER), ("signatories/a.csv", LIST)])
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
