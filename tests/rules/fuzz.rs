//! The doors of tests/fuzz/targets.rs, tried with their corpus and with what becomes of it
//! by accidents that are drawn from a fixed seed.
//!
//! `UNDERSIGNED_EXPLORE=N` draws N times as many, from a fresh seed. What fails is kept in
//! target/fuzz; put it into the corpus with its cure.

#[path = "../fuzz/targets.rs"]
mod targets;

use crate::chance::Chance;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// The accidents that each file of the corpus meets in an ordinary run.
const ACCIDENTS: usize = 6;

/// Pieces that mean something to one reader or another.
const PIECES: &[&[u8]] = &[
    b"+++\n",
    b"{{ signatories.names }}",
    b"{% if ",
    b"<!--",
    b"<div>",
    b"[^1]",
    b"](",
    b"\"",
    b",",
    b"\t",
    b"\r",
    b"\n\n",
    b"= [",
    b"&#x0;",
    b"&amp;",
    b"<w:del w:id=\"1\">",
    b"</",
    b"/>",
    b"99999999999999999999",
    b"-1",
    b"\0",
    b"\xff\xfe",
    b"\xe2\x80\xae",
    b"\xef\xbb\xbf",
    b"\xf0\x9f\x87\xba",
    b"\xcc\x81",
    b"TOTAL",
    b"(withdrawn)",
    b", Inc.",
    b" d/b/a ",
];

/// Returns the files of a door's corpus, in the order of their names.
fn corpus(name: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzz/corpus")
        .join(name);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{} holds a file", folder.display());
    files
}

/// Returns what is left of bytes after one to four accidents.
fn damaged(bytes: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(bytes.len() + 1);
        let end = (at + chance.below(65)).min(bytes.len());
        match chance.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            1 if at < bytes.len() => bytes[at] = chance.below(256).to_le_bytes()[0],
            2 => drop(bytes.drain(at..end)),
            3 => {
                let twice = bytes[at..end].to_vec();
                let times = 1 + chance.below(20);
                bytes.splice(at..at, twice.repeat(times));
            }
            4 => {
                let from = chance.below(other.len() + 1);
                let to = (from + 200).min(other.len());
                bytes.splice(at..end, other[from..to].iter().copied());
            }
            5 => bytes.truncate(at),
            _ => {
                let piece = PIECES[chance.below(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
        }
    }
    bytes
}

/// Tries a door with its corpus, and with accidents to it.
fn try_door(name: &str) {
    let door = targets::door(name).expect("a door");
    let files: Vec<Vec<u8>> = corpus(name)
        .iter()
        .map(|path| fs::read(path).expect("readable"))
        .collect();
    let times: Option<usize> = std::env::var("UNDERSIGNED_EXPLORE")
        .ok()
        .map(|times| times.parse().expect("a number"));
    let clock = || {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .expect("after 1970")
            .subsec_nanos()
    };
    let mut chance = Chance(times.map_or(20_210_301, |_| clock().into()));
    for file in &files {
        attempt(name, door, file);
        for _ in 0..ACCIDENTS * times.unwrap_or(1) {
            let other = &files[chance.below(files.len())];
            attempt(name, door, &damaged(file, other, &mut chance));
        }
    }
}

/// Tries a door with bytes; keeps them if it does not hold.
fn attempt(name: &str, door: fn(&[u8]), bytes: &[u8]) {
    if catch_unwind(AssertUnwindSafe(|| door(bytes))).is_err() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz");
        fs::create_dir_all(&folder).expect("a folder");
        let kept = folder.join(format!("{name}-{}", bytes.len()));
        fs::write(&kept, bytes).expect("written");
        panic!("{name} does not hold; the bytes are in {}", kept.display());
    }
}

macro_rules! doors {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            try_door(stringify!($name));
        })*

        #[test]
        fn every_door_is_tried() {
            let tried = [$(stringify!($name)),*];
            let doors: Vec<&str> = targets::TARGETS.iter().map(|(name, _)| *name).collect();
            assert_eq!(tried.as_slice(), doors);
        }
    };
}

doors! {
    letter body project csv paste web_page mail xlsx ods xls recipients picture decisions answers names manifest
    copy draft_docx draft_html draft_markdown
}
