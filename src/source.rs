//! Where every value came from.
//!
//! In: the files that are read, and their names and decoded texts. Out: for any
//! [`Origin`], the file, line and column a person can go to. Guaranteed: an
//! origin stays valid as long as its map; whatever is read goes through the map, which
//! records it. Absent: decoding (that is `load`'s) and drawing excerpts (that is `cli`'s).

use crate::files::{ContentHash, DiskFiles, FileRead, FileRecord, Files, HashedReader, clean};
use std::fmt;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// One file of a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// The place a value was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Bytes `start..end` of a text file, counted from the start of the file.
    Span {
        /// The file.
        file: FileId,
        /// First byte.
        start: u32,
        /// One past the last byte.
        end: u32,
    },
    /// A cell of a sheet; row and column count from 1.
    Cell {
        /// The workbook.
        file: FileId,
        /// Row, from 1.
        row: u32,
        /// Column, from 1.
        column: u32,
    },
    /// The file as a whole.
    File(FileId),
}

impl Origin {
    /// The file this origin lies in.
    pub fn file(self) -> FileId {
        match self {
            Self::Span { file, .. } | Self::Cell { file, .. } | Self::File(file) => file,
        }
    }
}

/// A place as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The file's name as the user knows it.
    pub file: &'a str,
    /// Line (of a sheet: row), from 1; `None` for a file as a whole.
    pub line: Option<u32>,
    /// Column in characters (of a sheet: column number), from 1.
    pub column: Option<u32>,
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.file)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        Ok(())
    }
}

#[derive(Debug)]
struct SourceFile {
    name: String,
    text: String,
    line_starts: OnceLock<Vec<u32>>,
    /// How many characters begin before each [`STEP`]th byte.
    chars: OnceLock<Vec<u32>>,
}

/// A file with its text, which several maps share.
#[derive(Clone, Debug)]
pub struct SharedFile(Arc<SourceFile>);

/// Bytes between two places at which the characters before are known.
const STEP: usize = 1024;

impl SourceFile {
    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let mut starts = vec![0];
            for at in memchr::memchr_iter(b'\n', self.text.as_bytes()) {
                starts.push(offset(at + 1));
            }
            starts
        })
    }

    /// Returns how many characters begin before a byte. Counting from the beginning of a
    /// line, which may be the whole file, would take long where much is said of it.
    fn chars_before(&self, at: usize) -> u32 {
        let begins = |byte: &&u8| **byte & 0xc0 != 0x80;
        let bytes = self.text.as_bytes();
        let known = self.chars.get_or_init(|| {
            let mut sum = 0;
            let mut known = vec![0];
            for step in bytes.chunks(STEP) {
                sum += offset(step.iter().filter(begins).count());
                known.push(sum);
            }
            known
        });
        let step = at / STEP;
        known[step] + offset(bytes[step * STEP..at].iter().filter(begins).count())
    }
}

/// The files that were read, with their texts. A clone shares the texts, and the
/// ids of its files are those of the original.
///
/// The default reads from the disk.
#[derive(Clone, Debug)]
pub struct SourceMap {
    files: Vec<Arc<SourceFile>>,
    place: Arc<dyn Files>,
    record: FileRecord,
    /// Where files may be read from; `None`: anywhere.
    reach: Option<Arc<Reach>>,
}

/// Where files may be read from.
#[derive(Debug, Default)]
struct Reach {
    /// Folders, each as it was named and as it is without links.
    folders: Vec<PathBuf>,
    /// Files that somebody named beside the folders, without links.
    files: Vec<PathBuf>,
}

impl Default for SourceMap {
    fn default() -> Self {
        Self::new(Arc::new(DiskFiles))
    }
}

/// Why a file is not read that lies elsewhere, and what to do.
const OUTSIDE: &str = "it is outside the workspace; to allow it, add its folder to `read_from` in undersigned.toml";

/// How much of a streamed file is read at a time, in bytes.
const STREAMED: usize = 256 << 10;

/// Longest text a [`SourceMap`] takes, in bytes: offsets are 32 bits wide.
pub const MAX_FILE: usize = u32::MAX as usize;

/// Narrows a byte offset to the width that origins store.
///
/// Texts longer than [`MAX_FILE`] are refused when they are read, so nothing is
/// lost here.
pub fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl SourceMap {
    /// Makes a map of files that are read from `place`.
    pub fn new(place: Arc<dyn Files>) -> Self {
        Self {
            files: Vec::new(),
            place,
            record: FileRecord::default(),
            reach: None,
        }
    }

    /// From now on, reads only files below these folders, and `file`, which the user named.
    /// What a letter names is a stranger's word where the letter is a stranger's.
    pub fn keep_within<'a>(&mut self, folders: impl IntoIterator<Item = &'a Path>, file: &Path) {
        let both = |folder: &'a Path| [clean(folder), self.place.identity(folder)];
        let folders = folders.into_iter().flat_map(both).collect();
        let files = vec![clean(file), self.place.identity(file)];
        self.reach = Some(Arc::new(Reach { folders, files }));
    }

    /// From now on, reads any file again.
    pub fn read_anywhere(&mut self) {
        self.reach = None;
    }

    /// Returns true if a file may be read. A link is where it leads to.
    fn is_within_reach(&self, path: &Path) -> bool {
        let Some(reach) = &self.reach else { return true };
        let there = self.place.about(path).is_ok();
        let path = if there { self.place.identity(path) } else { clean(path) };
        // From standard input, paths are relative to the current folder.
        let below = path.is_relative() && !path.starts_with("..");
        below || reach.files.contains(&path) || reach.folders.iter().any(|folder| path.starts_with(folder))
    }

    /// Returns the place that files are read from.
    pub fn place_of_files(&self) -> &Arc<dyn Files> {
        &self.place
    }

    /// Reads the first `most` bytes of a file and records that it was asked for, under
    /// the name the user knows it by.
    ///
    /// # Errors
    /// When the file is missing or cannot be read.
    pub fn read(&self, shown: &str, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let bytes = if self.is_within_reach(path) {
            self.place.read(path, most)
        } else {
            Err(io::Error::other(OUTSIDE))
        };
        self.record.add(FileRead {
            path: path.to_owned(),
            shown: shown.to_owned(),
            content: bytes.as_deref().ok().map(ContentHash::of),
        });
        bytes
    }

    /// Hands a file to `take` to read it piece by piece, and records that it was asked for with
    /// the bytes that `take` read.
    ///
    /// # Errors
    /// When the file is missing or cannot be read.
    pub fn stream(
        &self,
        shown: &str,
        path: &Path,
        take: &mut dyn FnMut(&mut dyn BufRead) -> io::Result<()>,
    ) -> io::Result<()> {
        let opened = match self.is_within_reach(path) {
            true => self.place.open(path),
            false => Err(io::Error::other(OUTSIDE)),
        };
        let read = opened.and_then(|file| {
            let mut input = BufReader::with_capacity(STREAMED, HashedReader::new(file));
            take(&mut input)?;
            Ok(input.into_inner().finish())
        });
        self.record.add(FileRead {
            path: path.to_owned(),
            shown: shown.to_owned(),
            content: read.as_ref().ok().copied(),
        });
        read.map(|_| ())
    }

    /// Returns every file that was asked for through this map, or through the one it was
    /// cloned from before that, in order.
    pub fn files_read(&self) -> Vec<Arc<FileRead>> {
        self.record.all()
    }

    /// Reads through this map and returns, beside the outcome, the files that were asked for
    /// meanwhile. The map's own record does not get them; see [`SourceMap::adopt`].
    pub fn recorded<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> (T, Vec<Arc<FileRead>>) {
        let before = std::mem::take(&mut self.record);
        let outcome = read(self);
        let files = std::mem::replace(&mut self.record, before).all();
        (outcome, files)
    }

    /// Adds files to the record that were asked for before, on behalf of whoever has this map.
    pub fn adopt(&self, files: &[Arc<FileRead>]) {
        for file in files {
            self.record.add((**file).clone());
        }
    }

    /// Returns the content of a file as it was last read through this map.
    pub fn last_read(&self, shown: &str, path: &Path) -> Option<ContentHash> {
        self.record.last(shown, path)?.content
    }

    /// Adds a file under the name the user knows it by. For a sheet, `text` is
    /// empty.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(offset(self.files.len()));
        self.files.push(Arc::new(SourceFile {
            name: name.into(),
            text: text.into(),
            line_starts: OnceLock::new(),
            chars: OnceLock::new(),
        }));
        id
    }

    /// Returns the id that the next file gets.
    pub fn next_file(&self) -> FileId {
        FileId(offset(self.files.len()))
    }

    /// Returns the files from `first` on, for another map.
    pub fn shared_from(&self, first: FileId) -> Vec<SharedFile> {
        let files = self.files.iter().skip(first.0 as usize);
        files.map(|file| SharedFile(Arc::clone(file))).collect()
    }

    /// Adds files of another map, whose texts both share.
    pub fn add_shared(&mut self, files: &[SharedFile]) {
        self.files.extend(files.iter().map(|file| Arc::clone(&file.0)));
    }

    /// Returns true if a file is the same in both maps, so that its origins say the same.
    pub fn shares(&self, other: &Self, file: FileId) -> bool {
        let at = file.0 as usize;
        match (self.files.get(at), other.files.get(at)) {
            (Some(own), Some(other)) => Arc::ptr_eq(own, other),
            _ => false,
        }
    }

    /// Every file, in the order in which they were added.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        (0..offset(self.files.len())).map(FileId)
    }

    /// The file's name as the user knows it.
    pub fn name(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].name
    }

    /// The file's decoded text.
    pub fn text(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].text
    }

    /// The 1-based line (of a sheet: row) on which `origin` begins.
    pub fn line(&self, origin: Origin) -> u32 {
        match origin {
            Origin::Span { file, start, .. } => {
                let starts = self.files[file.0 as usize].line_starts();
                offset(starts.partition_point(|&line| line <= start))
            }
            Origin::Cell { row, .. } => row,
            Origin::File(_) => 1,
        }
    }

    /// The place of `origin` as a person reads it.
    pub fn place(&self, origin: Origin) -> Place<'_> {
        let file = self.name(origin.file());
        match origin {
            Origin::Span { file: id, start, .. } => {
                let source = &self.files[id.0 as usize];
                let line = self.line(origin);
                let begin = source.line_starts()[line as usize - 1] as usize;
                // A byte order mark has bytes, but no column.
                let has_mark = begin == 0 && source.text.starts_with('\u{feff}');
                let begin = if has_mark { 3 } else { begin };
                let start = (start as usize).min(source.text.len());
                let before = source.chars_before(start).saturating_sub(source.chars_before(begin));
                Place {
                    file,
                    line: Some(line),
                    column: Some(before + 1),
                }
            }
            Origin::Cell { row, column, .. } => Place {
                file,
                line: Some(row),
                column: Some(column),
            },
            Origin::File(_) => Place {
                file,
                line: None,
                column: None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let mut map = SourceMap::default();
        let file = map.add("a.csv", "name\nPoder Latín,x\n");
        let check = |start, expected: &str| {
            let origin = Origin::Span {
                file,
                start,
                end: start,
            };
            assert_eq!(map.place(origin).to_string(), expected);
        };
        check(0, "a.csv:1:1");
        check(4, "a.csv:1:5");
        check(5, "a.csv:2:1");
        check(17, "a.csv:2:12"); // the í is two bytes, one character
        assert_eq!(map.place(Origin::File(file)).to_string(), "a.csv");
        let file = map.add("b.csv", "\u{feff}name,x\n");
        let origin = Origin::Span { file, start: 8, end: 9 };
        assert_eq!(map.place(origin).to_string(), "b.csv:1:6");
    }
}
