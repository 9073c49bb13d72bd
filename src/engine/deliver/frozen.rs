//! A release that is delivered: its files as they were frozen.
//!
//! In: a letter's name and a number. Out: a [`Frozen`] release. Guaranteed: every file of it was
//! verified, and is held against its hash once more when it is read; a release that no longer
//! verifies is refused. Absent: making releases.

use crate::engine::error::{EngineError, Result};
use crate::engine::freeze::RELEASES;
use crate::engine::releases::{StoredRelease, release_numbers};
use crate::engine::verify::{VerdictKind, VerifyFinding, VerifyRequest, verify};
use crate::engine::workspace::Workspace;
use crate::release::manifest::{Manifest, Output};
use crate::release::sha256;
use std::path::PathBuf;

/// A release whose files are what its manifest says.
#[derive(Debug)]
pub(super) struct Frozen<'a> {
    workspace: &'a Workspace,
    release: StoredRelease,
    folder: PathBuf,
}

/// Most findings that are named where a release is refused.
const NAMED: usize = 3;

impl<'a> Frozen<'a> {
    /// Opens and verifies a release of a letter, by its number or the last one; `None`: there is
    /// none.
    ///
    /// # Errors
    /// When the release cannot be read, or does not verify.
    pub(super) fn open(workspace: &'a Workspace, stem: &str, number: Option<u32>) -> Result<Option<Self>> {
        let (files, paths) = (workspace.files(), &workspace.paths);
        let all = workspace.output_folder(stem).join(RELEASES);
        let numbers = release_numbers(&**files, &all).map_err(|source| EngineError::Unreadable {
            name: paths.shown(&all),
            source,
        })?;
        let number = match number {
            None => numbers.last().copied(),
            Some(number) => numbers.contains(&number).then_some(number),
        };
        let Some(number) = number else {
            return Ok(None);
        };
        let folder = all.join(number.to_string());
        let release = StoredRelease::read(&**files, paths, &folder)?;
        let request = VerifyRequest {
            file: folder.clone(),
            manifest: None,
            public_key: None,
        };
        let found = verify(files, paths, &request)?;
        let unsound: Vec<String> = found.iter().filter(|finding| !finding.is_sound()).map(said).collect();
        if !unsound.is_empty() {
            let more = match unsound.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!("; and {more} more"),
            };
            return Err(EngineError::Refused(format!(
                "{} does not verify, so nothing is delivered: {}{more}; restore its files, or release the letter again",
                release.title(),
                unsound[..unsound.len().min(NAMED)].join("; ")
            )));
        }
        Ok(Some(Self {
            workspace,
            release,
            folder,
        }))
    }

    /// Returns what the release states.
    pub(super) fn manifest(&self) -> &Manifest {
        &self.release.manifest
    }

    /// Returns the release as people name it.
    pub(super) fn title(&self) -> String {
        self.release.title()
    }

    /// Returns true if each of a list got a letter.
    pub(super) fn is_merge(&self) -> bool {
        self.manifest().counts.recipients > 0
    }

    /// Returns the files of a format, by the ending of their names: of a mail merge those of the
    /// recipients, in their order.
    pub(super) fn of_format(&self, ending: &str) -> Vec<&Output> {
        let is_merge = self.is_merge();
        let outputs = self.manifest().outputs.iter();
        outputs
            .filter(|output| output.recipient.is_empty() != is_merge && has_ending(output, ending))
            .collect()
    }

    /// Returns the file of a format that is one for all: the letter, or all letters together.
    pub(super) fn whole(&self, ending: &str) -> Option<&Output> {
        let mut outputs = self.manifest().outputs.iter();
        outputs.find(|output| output.recipient.is_empty() && has_ending(output, ending))
    }

    /// Reads a file of the release.
    ///
    /// # Errors
    /// When it cannot be read, or is no longer what was verified.
    pub(super) fn read(&self, output: &Output) -> Result<Vec<u8>> {
        let path = self.folder.join(&output.file);
        let name = self.workspace.paths.shown(&path);
        let bytes = self.workspace.files().read(&path, output.bytes.saturating_add(1));
        let bytes = bytes.map_err(|source| EngineError::Unreadable {
            name: name.clone(),
            source,
        })?;
        match sha256(&bytes) == output.sha256 {
            true => Ok(bytes),
            false => Err(EngineError::Changed { name }),
        }
    }
}

fn has_ending(output: &Output, ending: &str) -> bool {
    output.file.rsplit_once('.').is_some_and(|(_, own)| own == ending)
}

/// Returns a finding as part of a sentence.
fn said(finding: &VerifyFinding) -> String {
    match finding {
        VerifyFinding::File(file) => match file.kind {
            VerdictKind::Unknown => format!("`{}` is not a file of it", file.file),
            _ => format!("`{}` was altered", file.file),
        },
        VerifyFinding::Signature { manifest, .. } => format!("the signature of `{manifest}` does not hold"),
        VerifyFinding::Note { file, text } if file.is_empty() => text.clone(),
        VerifyFinding::Note { file, text } => format!("`{file}` is {text}"),
    }
}
