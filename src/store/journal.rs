//! Gives names to many files as one: all get theirs, or none.
//!
//! In: files that are whole on the disk, and where each goes. Out: all of them there.
//! Guaranteed: when one cannot get its name, those before it are put back as they were;
//! when the process is killed between two names, the next run gives the others theirs,
//! because what is to be done stands in a journal first. Absent: files outside the
//! workspace in the journal: a journal that a stranger made must reach nothing else, so
//! those get their names too, but are not finished by the next run.

use super::room::{BESIDE, OWN, ROOMS};
use super::{StoreError, expect, sync_folder};
use crate::engine::{Expected, Paths};
use crate::files::{ContentHash, clean};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// The journal's name, below the workspace's folder.
const JOURNAL: &str = ".undersigned/journal.json";

/// What is wrong with a journal that this program did not make.
const OUTSIDE: &str = "it names files outside the workspace; delete it";

/// The largest journal that is read, in bytes: some 100,000 names.
const LARGEST: u64 = 64 << 20;

/// Gives a file its name, or removes one.
#[derive(Clone, Debug)]
pub(super) struct Naming {
    /// The file that gets the name; `None` removes the one that has it.
    pub(super) from: Option<PathBuf>,
    /// The name.
    pub(super) to: PathBuf,
    /// The state that the name must be in.
    pub(super) expected: Expected,
    /// Where the file that has the name is kept until all is done.
    pub(super) backup: PathBuf,
}

#[derive(Deserialize, Serialize)]
struct Journal {
    namings: Vec<JournalLine>,
}

/// A naming, with paths from the workspace's folder.
#[derive(Deserialize, Serialize)]
struct JournalLine {
    from: Option<String>,
    to: String,
    /// What has the name before; `null` if whatever has it may go.
    expected: Option<StoredContent>,
}

/// A [`ContentHash`] in the journal.
#[derive(Deserialize, Serialize)]
struct StoredContent {
    length: u64,
    sha256: [u8; 32],
}

/// Returns whether a run was interrupted here.
pub(super) fn is_there(root: &Path) -> bool {
    root.join(JOURNAL).symlink_metadata().is_ok()
}

/// Gives all files their names. `root` is the workspace's folder, which the caller holds.
pub(super) fn name_all(paths: &Paths, root: &Path, namings: &[Naming]) -> Result<(), StoreError> {
    let alone = namings.len() < 2;
    if !alone {
        keep_old(paths, namings)?;
        if let Err(error) = write(root, namings) {
            forget(root);
            return Err(StoreError::write(paths, &root.join(JOURNAL), error));
        }
    }
    for (done, naming) in namings.iter().enumerate() {
        if let Err(error) = name(naming) {
            let failed = StoreError::write(paths, &naming.to, error);
            put_back(&namings[..done]);
            forget(root);
            return Err(failed);
        }
    }
    let folders: BTreeSet<&Path> = namings.iter().filter_map(|naming| naming.to.parent()).collect();
    for folder in folders {
        // The names are given; a system that cannot promise more says so here.
        let _ = sync_folder(folder);
    }
    if !alone {
        forget(root);
    }
    Ok(())
}

/// Keeps what has the names now, so that it can be put back.
fn keep_old(paths: &Paths, namings: &[Naming]) -> Result<(), StoreError> {
    for naming in namings {
        if naming.to.symlink_metadata().is_err() {
            continue;
        }
        let kept =
            fs::hard_link(&naming.to, &naming.backup).or_else(|_| fs::copy(&naming.to, &naming.backup).map(|_| ()));
        kept.map_err(|error| StoreError::write(paths, &naming.to, error))?;
    }
    Ok(())
}

fn name(naming: &Naming) -> io::Result<()> {
    match &naming.from {
        Some(from) => fs::rename(from, &naming.to),
        None => fs::remove_file(&naming.to),
    }
}

/// Puts back what had the names before, as far as the system lets it.
fn put_back(done: &[Naming]) {
    for naming in done.iter().rev() {
        let _ = match naming.backup.symlink_metadata() {
            Ok(_) => fs::rename(&naming.backup, &naming.to),
            Err(_) => fs::remove_file(&naming.to),
        };
    }
}

/// Writes down what is to be done, whole and on the disk.
fn write(root: &Path, namings: &[Naming]) -> io::Result<()> {
    let real = fs::canonicalize(root)?;
    let relative = |path: &Path| -> Option<String> {
        let folder = fs::canonicalize(path.parent()?).ok()?;
        let path = folder.join(path.file_name()?);
        path.strip_prefix(&real).ok()?.to_str().map(str::to_owned)
    };
    let line = |naming: &Naming| {
        let from = match &naming.from {
            Some(from) => Some(relative(from)?),
            None => None,
        };
        let expected = match naming.expected {
            Expected::Content(ContentHash { length, sha256 }) => Some(StoredContent { length, sha256 }),
            Expected::Anything | Expected::Nothing => None,
        };
        Some(JournalLine {
            from,
            to: relative(&naming.to)?,
            expected,
        })
    };
    let journal = Journal {
        namings: namings.iter().filter_map(line).collect(),
    };
    if journal.namings.is_empty() {
        return Ok(());
    }
    let path = root.join(JOURNAL);
    // Beside the files that it names, so that it is swept with them.
    let room = namings.iter().find_map(|naming| naming.backup.parent());
    let mut file = tempfile::Builder::new().tempfile_in(room.unwrap_or(root))?;
    serde_json::to_writer(io::BufWriter::new(&mut file), &journal)?;
    file.as_file().sync_data()?;
    file.persist(&path).map_err(|error| error.error)?;
    sync_folder(&root.join(OWN))
}

/// Removes the journal. One that stays does no harm: all that it names is done.
fn forget(root: &Path) {
    let journal = root.join(JOURNAL);
    let _ = fs::remove_file(&journal).or_else(|_| fs::remove_file(&journal));
}

/// Finishes what an interrupted run began, if there is a journal of it.
pub(super) fn finish(paths: &Paths, root: &Path) -> Result<(), StoreError> {
    let path = root.join(JOURNAL);
    let failed = |error| StoreError::read(paths, &path, error);
    match path.symlink_metadata() {
        Err(_) => return Ok(()),
        Ok(metadata) if metadata.len() > LARGEST => return Err(failed(io::Error::other("it is too large"))),
        Ok(_) => {}
    }
    let bytes = fs::read(&path).map_err(failed)?;
    let journal: Journal = serde_json::from_slice(&bytes).map_err(|error| failed(error.into()))?;
    let real = fs::canonicalize(root).map_err(failed)?;
    let mut edited = None;
    for line in journal.namings {
        if real.join(&line.to).parent().is_none_or(|folder| !folder.exists()) {
            continue; // Somebody removed the folder since.
        }
        let to = within(&real, &line.to).ok_or_else(|| failed(io::Error::other(OUTSIDE)))?;
        match line.from {
            // A file that is gone has its name already.
            Some(from) if real.join(&from).symlink_metadata().is_err() => {}
            Some(from) => {
                let from = within(&real, &from).filter(|from| is_ours(&real, from));
                let from = from.ok_or_else(|| failed(io::Error::other(OUTSIDE)))?;
                if let Some(StoredContent { length, sha256 }) = line.expected {
                    let hash = ContentHash { length, sha256 };
                    // What was edited meanwhile is somebody's work: both texts are kept.
                    if expect(paths, &to, Expected::Content(hash)).is_err() {
                        edited = Some(set_aside(paths, &from, &to)?);
                        continue;
                    }
                }
                fs::rename(&from, &to).map_err(|error| StoreError::write(paths, &to, error))?;
            }
            None => match fs::remove_file(&to) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(StoreError::write(paths, &to, error));
                }
                _ => {}
            },
        }
    }
    forget(root);
    edited.map_or(Ok(()), Err)
}

/// Keeps what an interrupted run would have written over an edited file, beside it.
fn set_aside(paths: &Paths, from: &Path, to: &Path) -> Result<StoreError, StoreError> {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".interrupted");
    let aside = to.with_file_name(name);
    fs::rename(from, &aside).map_err(|error| StoreError::write(paths, &aside, error))?;
    Ok(StoreError::Edited {
        path: paths.shown(to),
        aside: paths.shown(&aside),
    })
}

/// Returns a path of a journal, if it leads to a place within the workspace.
fn within(root: &Path, relative: &str) -> Option<PathBuf> {
    let relative = Path::new(relative);
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let path = clean(&root.join(relative));
    let folder = fs::canonicalize(path.parent()?).ok()?;
    folder.starts_with(root).then(|| Some(folder.join(path.file_name()?)))?
}

/// Returns whether a file is one that this program made to give it a name.
fn is_ours(root: &Path, file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.starts_with(root.join(ROOMS)) || name.starts_with(BESIDE)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::store::Lock;

    /// A workspace in which a run is about to give `a` and `b` new contents.
    fn workspace() -> (tempfile::TempDir, Paths, Vec<Naming>) {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        fs::create_dir_all(root.join(ROOMS).join("1")).unwrap();
        let naming = |name: &str| {
            fs::write(root.join(name), "old").unwrap();
            let from = root.join(ROOMS).join("1").join(name);
            fs::write(&from, "new").unwrap();
            Naming {
                from: Some(from),
                to: root.join(name),
                expected: Expected::of(Some(b"old")),
                backup: root.join(ROOMS).join("1").join(format!("old-{name}")),
            }
        };
        let namings = ["a", "b"].map(naming).to_vec();
        let paths = Paths::new(root);
        (dir, paths, namings)
    }

    fn contents(root: &Path) -> [String; 2] {
        ["a", "b"].map(|name| fs::read_to_string(root.join(name)).unwrap_or_default())
    }

    #[test]
    fn a_name_that_cannot_be_given_puts_the_others_back() {
        let (dir, paths, mut namings) = workspace();
        let root = dir.path();
        fs::create_dir_all(root.join("c/full")).unwrap();
        let mut impossible = namings[1].clone();
        impossible.to = root.join("c");
        impossible.backup = root.join("c-old");
        namings.push(impossible);
        // A folder cannot be kept by a link, so nothing begins.
        assert!(name_all(&paths, root, &namings).is_err());
        assert_eq!(contents(root), ["old", "old"]);
        // A file that is gone when its turn comes stops the rest.
        let (dir, paths, namings) = workspace();
        fs::remove_file(namings[1].from.as_ref().unwrap()).unwrap();
        assert!(name_all(&paths, dir.path(), &namings).is_err());
        assert_eq!(contents(dir.path()), ["old", "old"]);
        assert!(!is_there(dir.path()));
    }

    #[test]
    fn names_that_are_all_given_leave_no_journal() {
        let (dir, paths, namings) = workspace();
        name_all(&paths, dir.path(), &namings).unwrap();
        assert_eq!(contents(dir.path()), ["new", "new"]);
        assert!(!is_there(dir.path()));
        // One name alone needs none, so nothing of its old content is kept.
        let (dir, paths, namings) = workspace();
        name_all(&paths, dir.path(), &namings[..1]).unwrap();
        assert_eq!(contents(dir.path()), ["new", "old"]);
        assert!(!is_there(dir.path()) && !namings[0].backup.exists());
    }

    #[test]
    fn a_run_killed_between_two_names_is_finished_by_the_next() {
        let (dir, paths, namings) = workspace();
        let root = dir.path();
        write(root, &namings).unwrap();
        name(&namings[0]).unwrap();
        assert_eq!(contents(root), ["new", "old"]);
        drop(Lock::hold(&paths, root, || ()).unwrap());
        assert_eq!(contents(root), ["new", "new"]);
        assert!(!root.join(OWN).exists(), "nothing is left over");
    }

    #[test]
    fn an_edit_made_after_the_kill_is_kept_beside_what_was_to_be_written() {
        let (dir, paths, namings) = workspace();
        let root = dir.path();
        write(root, &namings).unwrap();
        fs::write(root.join("b"), "mine").unwrap();
        let said = Lock::hold(&paths, root, || ()).unwrap_err().to_string();
        assert_eq!(
            said,
            "`b` was edited after a run was interrupted; what that run had written is in `b.interrupted`"
        );
        assert_eq!(contents(root), ["new", "mine"]);
        assert_eq!(fs::read_to_string(root.join("b.interrupted")).unwrap(), "new");
        drop(Lock::hold(&paths, root, || ()).unwrap());
    }

    #[test]
    fn a_strangers_journal_reaches_nothing_outside_and_nothing_else_inside() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("target"), "safe").unwrap();
        let absolute = outside.path().join("target").display().to_string();
        let lines = [
            (".undersigned/tmp/1/a", absolute.as_str()),
            (".undersigned/tmp/1/a", "../target"),
            (".undersigned/tmp/1/a", "link/target"),
            ("b", "a"),
            (".undersigned/tmp/../../b", "a"),
        ];
        for (from, to) in lines {
            let (dir, paths, _) = workspace();
            let root = dir.path();
            #[cfg(unix)]
            std::os::unix::fs::symlink(outside.path(), root.join("link")).unwrap();
            let line = JournalLine {
                from: Some(from.to_owned()),
                to: to.to_owned(),
                expected: None,
            };
            let journal = serde_json::to_vec(&Journal { namings: vec![line] }).unwrap();
            fs::write(root.join(JOURNAL), journal).unwrap();
            assert!(Lock::hold(&paths, root, || ()).is_err(), "{from} {to}");
            assert_eq!(contents(root), ["old", "old"]);
            assert_eq!(fs::read_to_string(outside.path().join("target")).unwrap(), "safe");
        }
    }

    #[test]
    fn a_removal_is_finished_by_the_next_run_and_may_be_done_already() {
        let removal = |root: &Path, name: &str| Naming {
            from: None,
            to: root.join(name),
            expected: Expected::Anything,
            backup: root.join("kept"),
        };
        let (dir, paths, _) = workspace();
        let root = dir.path();
        write(root, &["a", "b"].map(|name| removal(root, name))).unwrap();
        fs::remove_file(root.join("a")).unwrap();
        crate::store::finish_interrupted(&paths, root).unwrap();
        assert_eq!(contents(root), ["", ""]);
        assert!(!is_there(root));
        // What is no file is not removed, and the journal stays.
        let (dir, paths, _) = workspace();
        let root = dir.path();
        fs::create_dir_all(root.join("c/full")).unwrap();
        write(root, &[removal(root, "c")]).unwrap();
        assert!(crate::store::finish_interrupted(&paths, root).is_err());
        assert!(root.join("c/full").is_dir());
        assert!(is_there(root));
    }
}
