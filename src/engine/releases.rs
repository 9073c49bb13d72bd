//! Finding and reading the releases of a letter or a workspace.
//!
//! In: folders and manifests. Out: numbers and [`StoredRelease`]s. Guaranteed: a manifest
//! that does not hold together is never used. Absent: making releases (that is
//! `freeze`'s) and writing them (that is `store`'s).

use super::error::{EngineError, Result};
use super::paths::Paths;
use crate::files::Files;
use crate::release::manifest::{FILE, LARGEST, Manifest};
use crate::release::sha256;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of a manifest's signature, beside it.
pub const SIGNATURE: &str = "manifest.toml.minisig";

/// A release as its manifest states it.
#[derive(Clone, Debug)]
pub struct StoredRelease {
    /// The manifest.
    pub manifest: Arc<Manifest>,
    /// The manifest's bytes.
    pub bytes: Vec<u8>,
    /// The manifest's path.
    pub path: PathBuf,
}

impl StoredRelease {
    /// Reads a release by its folder, or by its manifest.
    ///
    /// # Errors
    /// When the manifest cannot be read or does not hold together.
    pub fn read(files: &dyn Files, paths: &Paths, path: &Path) -> Result<Self> {
        let path = paths.absolute(path);
        let path = match files.is_folder(&path) {
            true => path.join(FILE),
            false => path,
        };
        let name = paths.shown(&path);
        let read = files.read(&path, LARGEST as u64 + 1);
        let bytes = read.map_err(|source| EngineError::Unreadable {
            name: name.clone(),
            source,
        })?;
        let manifest = Manifest::read(&bytes).map_err(|source| EngineError::Manifest { name, source })?;
        Ok(Self {
            manifest: Arc::new(manifest),
            bytes,
            path,
        })
    }

    /// Returns the hash of the manifest's bytes, in lower-case hexadecimal.
    pub fn sha256(&self) -> String {
        sha256(&self.bytes)
    }

    /// Returns the letter, the number and the date, as people name a release.
    pub fn title(&self) -> String {
        title(&self.manifest)
    }
}

/// Returns the letter, the number and the date of a release, as people name it.
pub fn title(manifest: &Manifest) -> String {
    let date = manifest.date.map(|date| format!(" ({date})")).unwrap_or_default();
    format!("{}, release {}{date}", manifest.letter, manifest.release)
}

/// Returns true if a path means a release: its folder or its manifest.
pub(super) fn is_release(files: &dyn Files, path: &Path) -> bool {
    files.is_folder(path) || path.file_name().is_some_and(|name| name == FILE)
}

/// Returns the numbers of the folders in `folder`, ascending. A folder that does not exist
/// has none.
///
/// # Errors
/// When the folder exists and cannot be read.
pub fn release_numbers(files: &dyn Files, folder: &Path) -> io::Result<Vec<u32>> {
    let entries = match files.entries(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let number = |path: &PathBuf| {
        let name = path.file_name()?.to_str()?;
        name.parse::<u32>().ok().filter(|number| number.to_string() == name)
    };
    let mut numbers: Vec<u32> = entries.iter().filter_map(number).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// Returns the file that notes the highest number ever taken in a folder of releases, also
/// by one that was deleted since: `.releases` beside `releases`.
pub fn highest_number_file(folder: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(folder.file_name().unwrap_or_default());
    folder.with_file_name(name)
}

/// Returns the highest number ever taken in a folder of releases; 0 if none was.
///
/// # Errors
/// When the folder exists and cannot be read.
pub fn highest_number(files: &dyn Files, folder: &Path) -> io::Result<u32> {
    let there = release_numbers(files, folder)?.last().copied().unwrap_or(0);
    let noted = files.read(&highest_number_file(folder), 16).unwrap_or_default();
    let noted = String::from_utf8_lossy(&noted).trim().parse().unwrap_or(0);
    Ok(there.max(noted))
}

/// Returns the number of the next release: one above every number ever taken.
///
/// # Errors
/// When there is no number left.
pub fn next_number(highest: u32) -> Result<u32> {
    let none = || EngineError::Refused("there is no number left for a release".to_owned());
    highest.checked_add(1).ok_or_else(none)
}

/// Returns all releases below a workspace's folder, in the order of letters and numbers,
/// and the reasons why others cannot be used.
///
/// # Errors
/// When a folder of releases cannot be read.
pub(super) fn releases_below(
    files: &dyn Files,
    paths: &Paths,
    root: &Path,
) -> Result<(Vec<StoredRelease>, Vec<EngineError>)> {
    let (mut sound, mut unsound) = (Vec::new(), Vec::new());
    for letter in files.entries(&root.join("output")).unwrap_or_default() {
        let folder = letter.join("releases");
        let numbers = release_numbers(files, &folder).map_err(|source| EngineError::Unreadable {
            name: paths.shown(&folder),
            source,
        })?;
        for number in numbers {
            match StoredRelease::read(files, paths, &folder.join(number.to_string())) {
                Ok(release) => sound.push(release),
                Err(error) => unsound.push(error),
            }
        }
    }
    Ok((sound, unsound))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::files::MemoryFiles;

    #[test]
    fn only_plain_numbers_count() {
        let names = ["007", "-1", "x", "10", "9", ".staging", "4294967296"];
        let files: MemoryFiles = names.iter().map(|name| (format!("/r/{name}/a"), "")).collect();
        let numbers = release_numbers(&files, Path::new("/r")).unwrap();
        assert_eq!(numbers, [9, 10]);
        assert_eq!(release_numbers(&files, Path::new("/none")).unwrap(), [0; 0]);
        assert_eq!(next_number(0).unwrap(), 1);
        assert!(next_number(u32::MAX).is_err());
    }

    #[test]
    fn a_deleted_release_keeps_its_number() {
        let noted = [("/o/releases/2/a", ""), ("/o/.releases", "7\n")];
        let files: MemoryFiles = noted.into_iter().collect();
        assert_eq!(highest_number(&files, Path::new("/o/releases")).unwrap(), 7);
        assert_eq!(highest_number(&files, Path::new("/o/dossiers")).unwrap(), 0);
    }
}
