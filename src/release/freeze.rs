//! What goes into a release, as a manifest.
//!
//! In: what a letter's document says, who signed, what people decided, and the files that
//! were written. Out: the [`Manifest`]. Guaranteed: the same facts give the same manifest.
//! Absent: numbering, writing, the clock.

use super::blocks::FileText;
use super::content::ReleaseContent;
use super::diff::Changes;
use super::manifest::{
    Decided, FORMAT, Input, LIST, Manifest, ManifestError, Output, Override, Previous, ReleaseCounts, ReleasedBlock,
    Splice, SystemFont,
};
use super::{file_text, looks, manifest, sha256};
use crate::compose::document::Document;
use crate::model::known::Known;
use crate::model::signatory::{Kind, Record};
use crate::resolve::normalize::Name;
use crate::resolve::{Resolution, Zone};
use rayon::prelude::*;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::{BTreeMap, BTreeSet};

/// All that a manifest states.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The letter's name.
    pub letter: &'a str,
    /// The release's number.
    pub release: u32,
    /// The document.
    pub document: &'a Document,
    /// The rows of the lists.
    pub records: &'a [Record],
    /// Who signed.
    pub resolution: &'a Resolution,
    /// The remembered answers.
    pub known: &'a Known,
    /// The files it was made from.
    pub inputs: &'a [Input],
    /// The fonts of the computer that its pages use.
    pub fonts: &'a [SystemFont],
    /// The files it holds: path and bytes.
    pub files: &'a [(&'a str, &'a [u8])],
    /// Whom files are to, by their paths, where each of a list gets a letter.
    pub recipients: &'a BTreeMap<String, String>,
    /// How many these are.
    pub recipient_count: usize,
    /// That it is released in spite of findings.
    pub despite: Option<&'a Override>,
    /// The release before, the hash of its manifest, and what changed since.
    pub previous: Option<(&'a Manifest, &'a str, &'a Changes)>,
}

/// Puts a manifest together.
///
/// # Errors
/// When the list cannot be written.
pub fn manifest(content: &ReleaseContent, facts: &Facts<'_>) -> Result<Manifest, ManifestError> {
    let mut manifest = Manifest {
        format: FORMAT,
        program: super::PROGRAM.to_owned(),
        letter: facts.letter.to_owned(),
        title: facts.document.title.clone(),
        kind: facts.document.kind.as_str().to_owned(),
        author: facts.document.author.clone(),
        address: facts
            .document
            .web
            .as_ref()
            .map(|web| web.address.clone())
            .unwrap_or_default(),
        language: facts.document.language.clone(),
        release: facts.release,
        date: facts.document.date,
        content: content.hash(),
        code: content.code(),
        text: content.text.clone(),
        names: content.names.clone(),
        counts: counts(content, facts),
        despite: facts.despite.cloned(),
        previous: facts.previous.map(previous),
        inputs: facts.inputs.to_vec(),
        fonts: facts.fonts.to_vec(),
        outputs: Vec::new(),
        decisions: decisions(content, facts),
        signatories: content.signatories.clone(),
    };
    let said = manifest.released_blocks()?;
    manifest.outputs = facts
        .files
        .par_iter()
        .map(|(name, bytes)| {
            let to = facts.recipients.get(*name).cloned().unwrap_or_default();
            // All letters in one file would be told apart from one letter by nothing
            // but the others.
            let together = to.is_empty() && facts.recipient_count > 0;
            output(name, bytes, (!together).then_some(&said), to)
        })
        .collect();
    Ok(manifest)
}

fn counts(content: &ReleaseContent, facts: &Facts<'_>) -> ReleaseCounts {
    let signatories = &facts.resolution.signatories;
    let individuals = signatories
        .iter()
        .filter(|signatory| signatory.kind == Kind::Individual)
        .count();
    let (rows, left_out) = (facts.records.len(), facts.resolution.excluded.len());
    let roll = match content.signatories.is_empty() {
        true => "no roll is printed",
        false => "as printed in the roll",
    };
    let review = |pair: &&crate::resolve::Pair| pair.judgement.zone == Zone::Review;
    ReleaseCounts {
        basis: format!(
            "signatories, each once, {roll}: organizations, coalition leads included, and individuals; \
             rows that are withdrawn, pending, declined or invalid are left out"
        ),
        signatories: signatories.len(),
        organizations: signatories.len() - individuals,
        individuals,
        rows,
        merged: facts.resolution.merged(rows),
        left_out,
        undecided: facts.resolution.pairs.iter().filter(review).count(),
        recipients: facts.recipient_count,
    }
}

fn previous((before, sha256, changes): (&Manifest, &str, &Changes)) -> Previous {
    Previous {
        release: before.release,
        sha256: sha256.to_owned(),
        text_changes: changes.text.len(),
        joined: changes
            .joined
            .iter()
            .map(|joined| joined.printed.name.clone())
            .collect(),
        left: changes.left.iter().map(|left| left.printed.name.clone()).collect(),
        renamed: changes
            .renamed
            .iter()
            .map(|renamed| manifest::NameChange {
                from: renamed.from.to_string(),
                to: renamed.to.to_string(),
            })
            .collect(),
    }
}

/// The answers that touch printed signatories. A name of theirs that is not printed may
/// be somebody's who withdrew, so it is counted and not told; who answered and why is
/// not told either.
fn decisions(content: &ReleaseContent, facts: &Facts<'_>) -> Vec<Decided> {
    if content.signatories.is_empty() {
        return Vec::new();
    }
    let key = |name: &str| Name::new(name).key().into_owned();
    let mut printed: BTreeSet<String> = content.signatories.iter().map(|listed| key(&listed.name)).collect();
    for signatory in &facts.resolution.signatories {
        printed.insert(key(&signatory.name));
        printed.extend(signatory.rows.iter().map(|&row| key(&facts.records[row].name)));
    }
    let decisions = facts.known.decisions.iter().filter_map(|decision| {
        let is_printed = |name: &&String| !name.contains('@') && printed.contains(&key(name));
        let names: Vec<String> = decision.names.iter().filter(is_printed).cloned().collect();
        (!names.is_empty()).then(|| Decided {
            answer: decision.answer.as_str().to_owned(),
            others: decision.names.len() - names.len(),
            names,
            date: decision.date,
        })
    });
    decisions.collect()
}

/// A file of the release. Without `said`, its words are not compared.
fn output(name: &str, bytes: &[u8], said: Option<&Vec<ReleasedBlock>>, recipient: String) -> Output {
    let mut output = Output {
        file: name.to_owned(),
        bytes: bytes.len() as u64,
        sha256: sha256(bytes),
        recipient,
        words: true,
        pages: looks::pages(name, bytes),
        differs: Vec::new(),
    };
    // The public list is written anew from the manifest's own.
    if name == LIST {
        return output;
    }
    match (said, said.map(|_| file_text::read(name, bytes))) {
        (Some(said), Some(FileText::Blocks(words))) => output.differs = splices(said, &words),
        _ => output.words = false,
    }
    output
}

/// Where an output's blocks differ from what is said.
fn splices(said: &[ReleasedBlock], words: &[String]) -> Vec<Splice> {
    let said: Vec<&str> = said.iter().map(|said| said.text.as_str()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    capture_diff_slices(Algorithm::Patience, &said, &words)
        .into_iter()
        .filter(|op| !matches!(op, DiffOp::Equal { .. }))
        .map(|op| {
            let (_, old, new) = op.as_tag_tuple();
            Splice {
                at: old.start,
                drop: old.len(),
                add: words[new].iter().map(ToString::to_string).collect(),
            }
        })
        .collect()
}
