//! Says why two names are one signatory or two.
//!
//! In: a workspace, whose directory and decisions count, and pairs of names. Out: an
//! [`Explained`] for each pair, in order. Guaranteed: a file of any length is judged in
//! parts, so that memory is bounded. Absent: reading lists.

use super::error::{EngineError, Result};
use super::lists::ListInput;
use super::workspace::Workspace;
use crate::resolve::{Judge, Judgement};
use rayon::prelude::*;
use std::ops::Range;

/// Pairs that are judged before the first of them is handed out; bounds the memory
/// that a long file takes.
const BATCH: usize = 16_384;

/// Pairs of names, from a file or not.
#[derive(Clone, Debug, Default)]
pub struct NamePairs {
    text: String,
    pairs: Vec<[Range<usize>; 2]>,
}

/// A pair of names and what is thought of it.
#[derive(Clone, Debug)]
pub struct Explained<'a> {
    /// The first name.
    pub a: &'a str,
    /// The second name.
    pub b: &'a str,
    /// The zone, the probability and the evidence.
    pub judgement: Judgement,
}

impl NamePairs {
    /// Takes one pair.
    ///
    /// # Errors
    /// When one of the two has no letter or digit.
    pub fn one(a: &str, b: &str) -> Result<Self> {
        if let Some(empty) = [a, b].into_iter().find(|name| !name.chars().any(char::is_alphanumeric)) {
            let message = format!("`{empty}` is not a name: it has no letter or digit");
            return Err(EngineError::Refused(message));
        }
        Ok(Self {
            text: format!("{a}{b}"),
            pairs: vec![[0..a.len(), a.len()..a.len() + b.len()]],
        })
    }

    /// Reads a pair from the first two tab-separated columns of each line. `name` is the
    /// file's, as the user knows it.
    ///
    /// # Errors
    /// When the text is not UTF-8, or a line has only one column.
    pub fn read(name: &str, bytes: Vec<u8>) -> Result<Self> {
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..valid].iter().filter(|&&byte| byte == b'\n').count() + 1;
            EngineError::Refused(format!("`{name}`, line {line}: not UTF-8; save the file as UTF-8"))
        })?;
        let mut pairs = Vec::new();
        let whole = text.as_ptr() as usize;
        let range = |part: &str| {
            let part = part.trim();
            let start = part.as_ptr() as usize - whole;
            start..start + part.len()
        };
        for (at, line) in text.strip_prefix('\u{feff}').unwrap_or(&text).lines().enumerate() {
            let mut columns = line.split('\t');
            let (Some(a), Some(b)) = (columns.next(), columns.next()) else {
                let line = at + 1;
                let message = format!("`{name}`, line {line}: expected two names, separated by a tab");
                return Err(EngineError::Refused(message));
            };
            pairs.push([range(a), range(b)]);
        }
        Ok(Self { text, pairs })
    }

    fn names(&self, pair: &[Range<usize>; 2]) -> (&str, &str) {
        (&self.text[pair[0].clone()], &self.text[pair[1].clone()])
    }
}

/// Longest file of pairs, in bytes.
const MAX_PAIRS: u64 = 1 << 30;

impl Workspace {
    /// Reads a file of pairs.
    ///
    /// # Errors
    /// When it cannot be read; see [`NamePairs::read`].
    pub fn name_pairs(&self, input: ListInput) -> Result<NamePairs> {
        let (name, bytes) = match input {
            ListInput::Bytes(name, bytes) => (name, bytes),
            ListInput::File(path) => {
                let name = self.paths.shown(&path);
                let read = self.files().read(&self.paths.absolute(&path), MAX_PAIRS + 1);
                let read = read.and_then(|bytes| match bytes.len() as u64 {
                    0..=MAX_PAIRS => Ok(bytes),
                    _ => Err(std::io::Error::other("it is longer than 1 GB")),
                });
                let bytes = read.map_err(|source| EngineError::Unreadable {
                    name: name.clone(),
                    source,
                })?;
                (name, bytes)
            }
        };
        NamePairs::read(&name, bytes)
    }

    /// Judges pairs, in order, part by part.
    pub fn explain<'a>(&'a self, pairs: &'a NamePairs) -> impl Iterator<Item = Explained<'a>> {
        let judge = Judge::new(&self.known);
        pairs.pairs.chunks(BATCH).flat_map(move |batch| {
            let judged = batch.par_iter().map(|pair| {
                let (a, b) = pairs.names(pair);
                let judgement = judge.judge(a, b);
                Explained { a, b, judgement }
            });
            judged.collect::<Vec<_>>()
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::engine::Paths;
    use crate::files::{Files, MemoryFiles};
    use crate::resolve::Zone;
    use std::path::Path;
    use std::sync::Arc;

    #[test]
    fn a_file_of_pairs_is_judged_in_order_under_the_decisions() {
        let decisions = "[[decision]]\nanswer = \"different\"\nnames = [\"Alpha Group\", \"Alpha Group Inc.\"]\n";
        let files = MemoryFiles::from_iter([
            ("/w/signatories/decisions.toml", decisions),
            (
                "/w/pairs.tsv",
                "\u{feff}Sierra Club \tSIERRA CLUB\tignored\nAlpha Group\tAlpha Group Inc.\n",
            ),
        ]);
        let files: Arc<dyn Files> = Arc::new(files);
        let workspace = Workspace::open(&files, &Paths::new("/w"), Path::new("/w")).unwrap();
        let pairs = workspace.name_pairs(ListInput::File("pairs.tsv".into())).unwrap();
        let zones: Vec<_> = workspace
            .explain(&pairs)
            .map(|pair| (pair.a, pair.b, pair.judgement.zone))
            .collect();
        assert_eq!(
            zones,
            [
                ("Sierra Club", "SIERRA CLUB", Zone::Merge),
                ("Alpha Group", "Alpha Group Inc.", Zone::Apart)
            ]
        );
    }

    #[test]
    fn what_is_no_pair_is_refused_with_its_line() {
        let check = |bytes: &[u8], expected: &str| {
            let error = NamePairs::read("p.tsv", bytes.to_vec()).unwrap_err();
            assert_eq!(error.to_string(), expected);
        };
        check(
            b"A\tB\nA B\n",
            "`p.tsv`, line 2: expected two names, separated by a tab",
        );
        check(b"A\tB\nC\t\xff\n", "`p.tsv`, line 2: not UTF-8; save the file as UTF-8");
        assert_eq!(
            NamePairs::one("A", "...").unwrap_err().to_string(),
            "`...` is not a name: it has no letter or digit"
        );
    }
}
