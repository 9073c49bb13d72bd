//! Lists that were read, so that one that did not change is not read again.
//!
//! In: a list, as [`list`](super::formats::list) takes it. Out: what that returns. Guaranteed:
//! the same rows, diagnostics and places as if the list had been read; a list whose file has
//! other bytes is read anew; what is kept is bounded. Absent: mails, folders, and single sheets
//! of a workbook, which are read each time.

use super::formats::{self, Plain};
use crate::files::ContentHash;
use crate::load::loaded::{LoadError, Loaded};
use crate::model::signatory::Record;
use crate::source::{FileId, SharedFile, SourceMap};
use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Most bytes of lists that are kept: of 40 lists of 5,000 rows. Their rows take several times
/// as much memory.
const MOST: u64 = 16 << 20;

/// Lists that were read. The default keeps none.
#[derive(Debug, Default)]
pub struct ListReadings(Option<Mutex<VecDeque<Arc<Reading>>>>);

/// A list that was read, and all that the outcome depends on.
#[derive(Debug)]
struct Reading {
    name: String,
    path: PathBuf,
    columns: BTreeMap<String, String>,
    content: ContentHash,
    /// The number of its file among the files of its map: places say it.
    first: FileId,
    files: Vec<SharedFile>,
    loaded: Loaded<Vec<Record>>,
}

impl ListReadings {
    /// Makes room for lists to keep.
    pub fn kept() -> Self {
        Self(Some(Mutex::default()))
    }

    /// Reads a list, unless it was read before and has the same bytes.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn list(
        &self,
        sources: &mut SourceMap,
        name: &str,
        path: &Path,
        columns: &BTreeMap<String, String>,
    ) -> Result<Loaded<Vec<Record>>, LoadError> {
        let plain = self.0.as_ref().and_then(|_| Plain::of(sources, path));
        let Some(plain) = plain else {
            return formats::list(sources, name, path, columns);
        };
        let bytes = plain.read(sources, name, path)?;
        match sources.last_read(name, path) {
            Some(content) => Ok(self.take(sources, (name, path, columns), content, plain, bytes)),
            None => Ok(plain.rows(sources, name, bytes, columns)),
        }
    }

    /// Reads the bytes that a list is about to have.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn list_from_bytes(
        &self,
        sources: &mut SourceMap,
        name: &str,
        path: &Path,
        bytes: Vec<u8>,
        columns: &BTreeMap<String, String>,
    ) -> Result<Loaded<Vec<Record>>, LoadError> {
        let plain = self.0.as_ref().and_then(|_| Plain::of(sources, path));
        let Some(plain) = plain else {
            let ending = path.extension().map(|ending| ending.to_string_lossy().into_owned());
            return formats::list_from_bytes(sources, name, ending.as_deref(), bytes, columns);
        };
        let content = ContentHash::of(&bytes);
        Ok(self.take(sources, (name, path, columns), content, plain, bytes))
    }

    /// Returns what a list with this content says.
    fn take(
        &self,
        sources: &mut SourceMap,
        (name, path, columns): (&str, &Path, &BTreeMap<String, String>),
        content: ContentHash,
        plain: Plain,
        bytes: Vec<u8>,
    ) -> Loaded<Vec<Record>> {
        let Some(kept) = &self.0 else {
            return plain.rows(sources, name, bytes, columns);
        };
        let first = sources.next_file();
        let is_same = |reading: &Arc<Reading>| {
            reading.content == content
                && reading.first == first
                && reading.name == name
                && reading.path == path
                && reading.columns == *columns
        };
        let lock = || kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = lock().iter().find(|reading| is_same(reading)).map(Arc::clone);
        if let Some(found) = found {
            sources.add_shared(&found.files);
            return found.loaded.clone();
        }
        let loaded = plain.rows(sources, name, bytes, columns);
        let reading = Arc::new(Reading {
            name: name.to_owned(),
            path: path.to_owned(),
            columns: columns.clone(),
            content,
            first,
            files: sources.shared_from(first),
            loaded: loaded.clone(),
        });
        let mut kept = lock();
        // An older state of the list may come back with an undo, and then is there.
        kept.push_front(reading);
        let mut room = MOST;
        kept.retain(|reading| {
            let has_room = reading.content.length <= room;
            room = room.saturating_sub(reading.content.length);
            has_room
        });
        loaded
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::files::{Files, MemoryFiles};

    /// Reads a list of these bytes into a map that has as many files before it.
    fn read(readings: &ListReadings, text: &str, before: usize) -> (SourceMap, Loaded<Vec<Record>>) {
        let files: Arc<dyn Files> = Arc::new(MemoryFiles::from_iter([("/w/a.csv", text)]));
        let mut sources = SourceMap::new(files);
        for _ in 0..before {
            sources.add("other.toml", "");
        }
        let loaded = readings.list(&mut sources, "a.csv", Path::new("/w/a.csv"), &BTreeMap::new());
        (sources, loaded.unwrap())
    }

    #[test]
    fn a_list_says_the_same_whether_it_was_read_before_or_not() {
        let readings = ListReadings::kept();
        let texts = [
            "name,state\nAlder Clinic,NM\n",
            "name,stat\nAlder Clinic,NM\nBirch Fund,TX\n",
        ];
        for (text, before) in [(0, 0), (1, 0), (0, 0), (0, 2), (1, 2), (1, 0)] {
            let text = texts[text];
            let (sources, loaded) = read(&readings, text, before);
            let (_, expected) = read(&ListReadings::default(), text, before);
            assert_eq!(loaded, expected);
            let origin = loaded.value[0].origin;
            assert_eq!(sources.place(origin).to_string(), "a.csv:2:1");
            assert_eq!(sources.text(origin.file()), text);
            // What was asked for is recorded either way.
            let read = sources.files_read();
            assert_eq!(read.len(), 1);
            assert_eq!(read[0].content, Some(ContentHash::of(text.as_bytes())));
        }
    }

    #[test]
    fn the_bytes_that_a_list_is_about_to_have_are_read_once() {
        let readings = ListReadings::kept();
        let text = "name\nAlder Clinic\n";
        let mut sources = SourceMap::default();
        let path = Path::new("/w/a.csv");
        let bytes = text.as_bytes().to_vec();
        let ahead = readings.list_from_bytes(&mut sources, "a.csv", path, bytes, &BTreeMap::new());
        let (after, loaded) = read(&readings, text, 0);
        assert_eq!(ahead.unwrap(), loaded);
        assert!(after.shares(&sources, loaded.value[0].origin.file()));
    }
}
