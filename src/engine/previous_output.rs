//! What earlier runs of a mail merge left in a folder.
//!
//! In: the folder, and what a run writes there. Out: the files of earlier runs whose
//! recipient is on the list no more, and the register by which the next run knows them.
//! Guaranteed: only what an earlier run wrote is spoken of, and nothing is removed but
//! by its bytes: a file that somebody changed since stays. Absent: deciding to remove.
//!
//! The register is in the form of the program `sha256sum`, which can check it.

use crate::diag::{Code, Diagnostic};
use crate::files::Files;
use crate::release::sha256;
use crate::source::Origin;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The register's name in the folder.
pub(super) const REGISTER: &str = ".letters.sha256";

/// Longest register that is read, in bytes: 100,000 files with long names.
const LARGEST: u64 = 32 << 20;

/// How many files are named.
const NAMED: usize = 5;

/// The files that runs wrote: their hashes by their names.
#[derive(Debug, Default)]
pub(super) struct OutputRegister(BTreeMap<String, String>);

impl OutputRegister {
    /// Reads the register of a folder. None, or one that is damaged, knows of nothing.
    pub(super) fn read(files: &dyn Files, folder: &Path) -> Self {
        let path = folder.join(REGISTER);
        let bytes = files.about(&path).ok().filter(|about| about.length <= LARGEST);
        let bytes = bytes.and_then(|_| files.read(&path, LARGEST).ok()).unwrap_or_default();
        let text = String::from_utf8(bytes).unwrap_or_default();
        let lines = text.lines();
        let entries = lines.filter_map(|line| line.split_once("  "));
        let known = entries.filter(|(hash, name)| hash.len() == 64 && is_own(name));
        Self(known.map(|(hash, name)| (name.to_owned(), hash.to_owned())).collect())
    }

    /// Adds a file that this run writes.
    pub(super) fn add(&mut self, name: String, hash: String) {
        self.0.insert(name, hash);
    }

    /// Files of earlier runs that are still there and are to nobody: not to a recipient
    /// whose files are called so.
    pub(super) fn stale(&self, files: &dyn Files, folder: &Path, current: &BTreeSet<String>) -> Vec<String> {
        let is_current = |name: &str| {
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            current.contains(&stem.to_lowercase())
        };
        let there = |name: &&String| !is_current(name) && files.is_file(&folder.join(name));
        self.0.keys().filter(there).cloned().collect()
    }

    /// Of some files, those that are as they were written.
    pub(super) fn untouched(&self, files: &dyn Files, folder: &Path, names: &[String]) -> Vec<PathBuf> {
        let untouched = |name: &&String| {
            let bytes = files.read(&folder.join(name), u64::MAX);
            bytes.is_ok_and(|bytes| self.0.get(*name).is_some_and(|known| *known == sha256(&bytes)))
        };
        names.iter().filter(untouched).map(|name| folder.join(name)).collect()
    }

    /// The register as a file, without what is gone, whatever removed it.
    pub(super) fn write(
        mut self,
        files: &dyn Files,
        folder: &Path,
        written: &BTreeSet<String>,
        removed: &[PathBuf],
    ) -> Vec<u8> {
        self.0.retain(|name, _| {
            let path = folder.join(name);
            written.contains(name) || (files.is_file(&path) && !removed.contains(&path))
        });
        let lines = self.0.iter().map(|(name, hash)| format!("{hash}  {name}\n"));
        lines.collect::<String>().into_bytes()
    }
}

/// Whether a name can be that of a letter's file: it leads nowhere else.
fn is_own(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0', ':'])
}

/// Tells of files that are to nobody on the list.
pub(super) fn tell(stale: &[String], folder: &str, origin: Origin) -> Option<Diagnostic> {
    let (count, named) = (stale.len(), named(stale)?);
    let message = match count {
        1 => format!("a file of an earlier run in `{folder}` is to nobody on the list: {named}"),
        _ => format!("{count} files of earlier runs in `{folder}` are to nobody on the list: {named}"),
    };
    Some(
        Diagnostic::warning(Code::EarlierFile, message)
            .at(origin)
            .hint("see that none is sent: delete them, or render with --prune"),
    )
}

/// Tells of files that somebody changed since they were written, and which stay.
pub(super) fn kept(stale: &[String], removed: &[PathBuf], folder: &Path, origin: Origin) -> Option<Diagnostic> {
    let is_kept = |name: &&String| !removed.contains(&folder.join(name));
    let kept: Vec<String> = stale.iter().filter(is_kept).cloned().collect();
    let message = format!(
        "to nobody on the list, but changed since they were written, and so not removed: {}",
        named(&kept)?
    );
    Some(
        Diagnostic::warning(Code::EarlierFile, message)
            .at(origin)
            .hint("delete them yourself if nobody needs them"),
    )
}

/// The first of some names, and how many more there are.
fn named(names: &[String]) -> Option<String> {
    if names.is_empty() {
        return None;
    }
    let first: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    Some(match names.len().saturating_sub(NAMED) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::files::DiskFiles;
    use std::fs;

    #[test]
    fn only_what_a_run_wrote_is_spoken_of() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path();
        for name in ["A.pdf", "B.x.pdf", "theirs.pdf", "C.pdf"] {
            fs::write(folder.join(name), name).unwrap();
        }
        let mut register = OutputRegister::default();
        for name in ["A.pdf", "B.x.pdf", "C.pdf", "gone.pdf"] {
            register.add(name.to_owned(), sha256(name.as_bytes()));
        }
        let written = BTreeSet::from(["A.pdf".to_owned()]);
        fs::write(folder.join(REGISTER), register.write(&DiskFiles, folder, &written, &[])).unwrap();
        let register = OutputRegister::read(&DiskFiles, folder);
        assert!(!register.0.contains_key("gone.pdf"));
        let stale = register.stale(&DiskFiles, folder, &BTreeSet::from(["a".to_owned()]));
        assert_eq!(stale, ["B.x.pdf", "C.pdf"]);
        fs::write(folder.join("C.pdf"), "signed by hand").unwrap();
        assert_eq!(register.untouched(&DiskFiles, folder, &stale), [folder.join("B.x.pdf")]);
    }

    #[test]
    fn a_register_leads_nowhere_else() {
        let dir = tempfile::tempdir().unwrap();
        let hash = "0".repeat(64);
        let lines = ["../a.pdf", "/etc/passwd", ".hidden", "C:x", "a\\b", "", "fine.pdf"];
        let text: String = lines.iter().map(|name| format!("{hash}  {name}\n")).collect();
        fs::write(dir.path().join(REGISTER), text + "no line\n").unwrap();
        let names: Vec<String> = OutputRegister::read(&DiskFiles, dir.path()).0.into_keys().collect();
        assert_eq!(names, ["fine.pdf"]);
    }
}
