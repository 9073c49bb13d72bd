//! Whether a file is what was released, and how it differs.
//!
//! In: a file's name and bytes, and manifests. Out: a [`Verification`]. Guaranteed: unaltered
//! means that every byte is the same, by SHA-256; nothing but the manifests is needed.
//! Absent: signatures (`sign`'s), finding manifests.

use super::blocks::FileText;
use super::file_text;
use super::manifest::{FORMAT, LIST, Listed, Manifest, ManifestError, Output, ReleasedBlock};
use super::sha256;
use super::words::{self, BlockChange, WordRun};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Verification<'a> {
    /// It is a file of this release, byte for byte.
    Unaltered {
        /// The release: its index among those that were asked.
        release: usize,
        /// The file.
        output: &'a Output,
    },
    /// It is like a file of this release, and is not that file.
    Altered {
        /// The release: its index among those that were asked.
        release: usize,
        /// The file that it is like; `None`: like its text, in another format.
        output: Option<&'a Output>,
        /// How it differs.
        difference: Difference,
    },
    /// It is like none.
    Unknown,
}

/// How a file differs from what was released.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// How far its words could be held against the release's.
    pub compared: Compared,
    /// Signatories that it lacks.
    pub missing: Vec<String>,
    /// Names that it has and the release has not.
    pub added: Vec<String>,
    /// Signatories that it names otherwise.
    pub changed: Vec<Vec<WordRun>>,
    /// Signatories in another place.
    pub moved: Vec<String>,
    /// Other words that differ.
    pub text: Vec<Vec<WordRun>>,
}

/// How far words could be compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compared {
    /// Word by word.
    Words,
    /// Only whether each name occurs.
    Names,
    /// Not at all.
    #[default]
    Nothing,
}

impl Difference {
    /// Whether all its words are the release's, in their order.
    pub fn is_only_bytes(&self) -> bool {
        self.compared == Compared::Words
            && self.missing.is_empty()
            && self.added.is_empty()
            && self.changed.is_empty()
            && self.moved.is_empty()
            && self.text.is_empty()
    }
}

/// Share of common blocks, 0 to 1, from which on a file counts as like another. Chosen by
/// eye: letters of one coalition share letterhead and closing, about a tenth.
const LIKENESS: f64 = 0.3;

/// What the share of blocks that occur somewhere counts as, where blocks are divided otherwise.
const REFLOWED: f64 = 0.9;

/// Whether these are the bytes of a release's file.
pub fn is(output: &Output, bytes: &[u8]) -> bool {
    output.bytes == bytes.len() as u64 && output.sha256 == sha256(bytes)
}

/// Verifies a file against releases; of equals, the latest wins.
///
/// # Errors
/// When a manifest does not hold together.
pub fn verify<'a>(name: &str, bytes: &[u8], releases: &[&'a Manifest]) -> Result<Verification<'a>, ManifestError> {
    let hash = sha256(bytes);
    for (release, manifest) in releases.iter().enumerate().rev() {
        let same = |output: &&Output| output.sha256 == hash && output.bytes == bytes.len() as u64;
        if let Some(output) = manifest.outputs.iter().find(same) {
            return Ok(match forged(output, bytes, manifest)? {
                None => Verification::Unaltered { release, output },
                Some(difference) => Verification::Altered {
                    release,
                    output: Some(output),
                    difference,
                },
            });
        }
    }
    let words = match file_text::read_bounded(name, bytes) {
        FileText::Blocks(blocks) => FileText::Blocks(shown(&blocks)),
        other => other,
    };
    let mut best: Option<(f64, Verification<'a>)> = None;
    for (release, manifest) in releases.iter().enumerate().rev() {
        for (output, said) in candidates(name, manifest)? {
            let likeness = match &words {
                // Lines that were joined or divided are no blocks of the release.
                FileText::Blocks(words) => likeness(words, &said)
                    .max(share_within(words, &said) * REFLOWED)
                    .max(excerpt(words, &said)),
                FileText::Loose(lines) => share_within(lines, &said),
                // Nothing to go by but the file's name.
                FileText::Unreadable if releases.len() == 1 && output.is_some() => 1.0,
                FileText::Unreadable => 0.0,
            };
            if likeness < LIKENESS || best.as_ref().is_some_and(|(before, _)| *before >= likeness) {
                continue;
            }
            let difference = match &words {
                FileText::Blocks(words)
                    if self::likeness(words, &said) < LIKENESS && excerpt(words, &said) < LIKENESS =>
                {
                    reflowed(words, &said, manifest)
                }
                FileText::Blocks(words) => {
                    same_unfolded(words, &said).unwrap_or_else(|| by_words(words, &said, manifest))
                }
                FileText::Loose(lines) => by_names(lines, manifest),
                FileText::Unreadable => Difference::default(),
            };
            let verdict = Verification::Altered {
                release,
                output,
                difference,
            };
            best = Some((likeness, verdict));
        }
    }
    Ok(best.map_or(Verification::Unknown, |(_, verdict)| verdict))
}

/// Returns how a file whose hash is in the manifest differs from what the manifest says that it
/// says: then the hash was put there afterwards. Another version may read words otherwise, so
/// only what this version released is looked at.
fn forged(output: &Output, bytes: &[u8], manifest: &Manifest) -> Result<Option<Difference>, ManifestError> {
    // The public list is written anew from the manifest's own, and held against its hash.
    let is_ours = manifest.program == super::PROGRAM && manifest.format == FORMAT;
    if !output.words || output.file == LIST || !is_ours {
        return Ok(None);
    }
    let said = manifest.blocks_in(output)?;
    let is_said = |words: &[String]| words.iter().eq(said.iter().map(|said| &said.text));
    Ok(match file_text::read_bounded(&output.file, bytes) {
        FileText::Blocks(words) if !is_said(&words) => Some(by_words(&words, &said, manifest)),
        FileText::Blocks(_) | FileText::Loose(_) | FileText::Unreadable => None,
    })
}

/// Returns the blocks that a reader is shown: of a message, its HTML, or else its plain part.
fn shown(blocks: &[String]) -> Vec<String> {
    match file_text::mail_parts(blocks, |block| block) {
        // The subject alone is no HTML.
        (shown, Some(plain)) if shown.len() < 2 => plain,
        (shown, _) => shown,
    }
}

type Candidate<'a> = (Option<&'a Output>, Vec<ReleasedBlock>);

/// The files of a release that a file of this name may be: those of its ending, or else
/// what the release says.
fn candidates<'a>(name: &str, manifest: &'a Manifest) -> Result<Vec<Candidate<'a>>, ManifestError> {
    let ending = |name: &str| name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let mut found = Vec::new();
    for output in manifest
        .outputs
        .iter()
        .filter(|output| ending(&output.file) == ending(name))
    {
        let said = match output.file == LIST {
            true => listed(manifest)?,
            false => manifest.blocks_in(output)?,
        };
        // A message that was sent again may have only one of its parts.
        let (shown, plain) = file_text::mail_parts(&said, |said| &said.text);
        found.push((Some(output), shown));
        found.extend(plain.map(|plain| (Some(output), plain)));
    }
    if found.is_empty() {
        found.push((None, manifest.released_blocks()?));
    }
    Ok(found)
}

/// The public list, row by row.
fn listed(manifest: &Manifest) -> Result<Vec<ReleasedBlock>, ManifestError> {
    let rows = match file_text::read(LIST, &manifest.public_list()?) {
        FileText::Blocks(rows) => rows,
        FileText::Loose(_) | FileText::Unreadable => Vec::new(),
    };
    let said = rows.into_iter().enumerate().map(|(row, text)| ReleasedBlock {
        text,
        signatory: row.checked_sub(1),
    });
    Ok(said.collect())
}

/// The share of blocks that both have.
fn likeness(words: &[String], said: &[ReleasedBlock]) -> f64 {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for said in said {
        *counts.entry(&said.text).or_default() += 1;
    }
    let mut common = 0;
    for word in words {
        if let Some(count) = counts.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    2.0 * f64::from(common) / (words.len() + said.len()).max(1) as f64
}

/// How like a part of a release is to the whole: enough if nearly all that it says is said there,
/// as of a file that lost its last page.
fn excerpt(words: &[String], said: &[ReleasedBlock]) -> f64 {
    /// Fewest letters by which a part is known, several lines.
    const FEWEST: usize = 400;
    /// The share of them that must be the release's.
    const SHARE: f64 = 0.8;
    let whole: String = said.iter().map(|said| tight(&said.text)).collect();
    let words: Vec<String> = words.iter().map(|word| tight(word)).collect();
    let all: usize = words.iter().map(String::len).sum();
    let common = words.iter().filter(|word| whole.contains(word.as_str()));
    let common: usize = common.map(String::len).sum();
    match common >= FEWEST && common as f64 >= all as f64 * SHARE {
        true => LIKENESS,
        false => 0.0,
    }
}

/// Text without any space: where lines break is not known of loose words.
fn tight(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The share of blocks that occur somewhere in loose lines.
fn share_within(lines: &[String], said: &[ReleasedBlock]) -> f64 {
    let all = tight(&lines.concat());
    let found = said.iter().filter(|said| all.contains(&tight(&said.text))).count();
    found as f64 / said.len().max(1) as f64
}

fn by_names(lines: &[String], manifest: &Manifest) -> Difference {
    let all = tight(&lines.concat());
    let missing = manifest
        .signatories
        .iter()
        .filter(|listed| !all.contains(&tight(&listed.name)));
    Difference {
        compared: Compared::Names,
        missing: missing.map(|listed| manifest.printed(listed)).collect(),
        ..Difference::default()
    }
}

/// Compares a text whose lines were joined or divided: all of it, or else its names.
fn reflowed(lines: &[String], said: &[ReleasedBlock], manifest: &Manifest) -> Difference {
    let all: Vec<String> = said.iter().map(|said| said.text.clone()).collect();
    if tight(&lines.concat()) == tight(&all.concat()) {
        return Difference {
            compared: Compared::Words,
            ..Difference::default()
        };
    }
    by_names(lines, manifest)
}

/// Returns that there is no difference, if only the ends of lines are elsewhere, and those of
/// names are not.
fn same_unfolded(lines: &[String], said: &[ReleasedBlock]) -> Option<Difference> {
    let all: Vec<&str> = said.iter().map(|said| said.text.as_str()).collect();
    let known: BTreeSet<&str> = lines.iter().map(String::as_str).collect();
    let mut names = said.iter().filter(|said| said.signatory.is_some());
    let same = lines.join(" ") == all.join(" ") && names.all(|said| known.contains(&*said.text));
    same.then(|| Difference {
        compared: Compared::Words,
        ..Difference::default()
    })
}

fn by_words(words: &[String], said: &[ReleasedBlock], manifest: &Manifest) -> Difference {
    let old: Vec<String> = said.iter().map(|said| said.text.clone()).collect();
    let names: BTreeSet<&str> = said
        .iter()
        .filter(|said| said.signatory.is_some())
        .map(|said| said.text.as_str())
        .collect();
    let signatory = |at: usize| said[at].signatory.and_then(|at| manifest.signatories.get(at));
    let mut difference = Difference {
        compared: Compared::Words,
        ..Difference::default()
    };
    let mut gone_names: Vec<(&str, String)> = Vec::new();
    for BlockChange {
        old: from,
        new: to,
        pieces,
    } in words::changes(&old, words)
    {
        match (from.and_then(signatory), to) {
            (Some(listed), None) => gone_names.push((&old[from.unwrap_or_default()], manifest.printed(listed))),
            (Some(_), Some(_)) => difference.changed.push(pieces),
            (None, Some(to)) if from.is_none() && is_name(words, to, &names) => {
                difference.added.push(words[to].clone());
            }
            (None, _) => difference.text.push(pieces),
        }
    }
    if names.is_empty() {
        // Names in a running sentence, or as pictures: no blocks of their own.
        let (all, now) = (tight(&old.concat()), tight(&words.concat()));
        let lacks = |listed: &&Listed| all.contains(&tight(&listed.name)) && !now.contains(&tight(&listed.name));
        let lacking = manifest.signatories.iter().filter(lacks);
        difference
            .missing
            .extend(lacking.map(|listed| manifest.printed(listed)));
    }
    for (block, name) in gone_names {
        match difference.added.iter().position(|added| added == block) {
            Some(at) => {
                difference.added.remove(at);
                difference.moved.push(name);
            }
            None => difference.missing.push(name),
        }
    }
    difference
}

/// Whether a new block stands among names.
fn is_name(words: &[String], at: usize, names: &BTreeSet<&str>) -> bool {
    let is = |at: Option<usize>| {
        at.and_then(|at| words.get(at))
            .is_some_and(|word| names.contains(word.as_str()))
    };
    is(Some(at)) || is(at.checked_sub(1)) || is(at.checked_add(1))
}
