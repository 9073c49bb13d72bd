//! Freezes a letter: everything of a release but its place on the disk.
//!
//! In: a [`Prepared`] letter, and the releases before it. Out: the files of the release
//! with their manifest. Guaranteed: what the letter was made of is told by the record of
//! what was read, and is held against the files once more at the end; a letter with
//! findings goes nowhere without a reason. Absent: numbers and folders (those are
//! `store`'s), keys and passwords (those are the front end's).

use super::changes::MemoryOutputs;
use super::error::{BoxedError, EngineError, Result};
use super::prepared::{Composed, Prepared, Step};
use super::releases::{SIGNATURE, StoredRelease, highest_number, next_number, release_numbers};
use super::render::{RenderRequest, name_of};
use crate::compose::roll;
use crate::diag::{Diagnostic, Severity, counted};
use crate::emit::{self, FORMATS, Format};
use crate::files::ContentHash;
use crate::model::hex::hex;
use crate::release::content::ReleaseContent;
use crate::release::diff::{self, Changes, Side};
use crate::release::dossier;
use crate::release::freeze::{self, Facts};
use crate::release::manifest::{FILE, Input, LARGEST, LIST, Manifest, OverriddenFinding, Override, SystemFont};
use crate::release::sha256;
use crate::source::{Origin, SourceMap};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

/// Where a letter's releases are kept, below its output folder.
pub const RELEASES: &str = "releases";

/// Where the private dossiers of its releases are kept, below its output folder.
pub const DOSSIERS: &str = "dossiers";

/// A letter ready to be frozen under a number.
#[derive(Debug)]
pub struct Freezing<'a> {
    prepared: &'a Prepared,
    content: ReleaseContent,
    inputs: Vec<Input>,
    fonts: Vec<SystemFont>,
    files: Vec<(String, Vec<u8>)>,
    /// Whom files are to, in a mail merge.
    recipients: BTreeMap<String, String>,
}

/// A release with its number.
#[derive(Debug)]
pub struct FrozenRelease {
    /// What it states.
    pub manifest: Manifest,
    /// The manifest as its file.
    pub text: String,
    /// What changed since the release before.
    pub changes: Option<Changes>,
}

/// Says why a letter with findings may go out all the same.
///
/// # Errors
/// The number of findings, where there are any and no reason is given.
pub fn override_of(found: &[Diagnostic], reason: Option<&str>) -> std::result::Result<Option<Override>, usize> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in found.iter().filter(|diagnostic| diagnostic.severity > Severity::Note) {
        *counts.entry(diagnostic.code.as_str()).or_default() += 1;
    }
    if counts.is_empty() {
        return Ok(None);
    }
    let Some(reason) = reason.map(str::trim).filter(|reason| !reason.is_empty()) else {
        return Err(counts.values().sum());
    };
    let findings = counts.into_iter().map(|(code, count)| OverriddenFinding {
        code: code.to_owned(),
        count,
    });
    Ok(Some(Override {
        reason: reason.to_owned(),
        findings: findings.collect(),
    }))
}

impl Prepared {
    /// Makes every file of a release, and returns what layout and writing said beside it.
    ///
    /// # Errors
    /// When a row of its lists is held, or a file cannot be made.
    pub fn freeze(&self, step: Step<'_>) -> Result<(Freezing<'_>, Vec<Diagnostic>)> {
        let held = self.resolution.held.len();
        if held > 0 {
            let rows = counted(held, "row is", "rows are");
            let message = format!("{rows} held; answer with `undersigned review`, and release the letter then");
            return Err(EngineError::Refused(message));
        }
        // A message carries its recipient's address, which is private: in a mail merge,
        // messages are no part of a release.
        let is_merge = matches!(self.composed, Composed::Merge(_));
        let formats: Vec<&Format> = FORMATS
            .iter()
            .filter(|format| !(is_merge && format.is_message()))
            .collect();
        let outputs = MemoryOutputs::default();
        let request = RenderRequest {
            formats: &formats,
            options: &emit::EmitOptions::default(),
            fonts: &self.fonts(),
            folder: Path::new(""),
        };
        let rendered = self.render(&request, &outputs, step)?;
        let mut made = outputs.into_files();
        let mut recipients = BTreeMap::new();
        let mut files = Vec::with_capacity(rendered.files.len() + 1);
        for file in rendered.files {
            let name = name_of(&file.path);
            recipients.extend(file.to.map(|to| (name.clone(), to)));
            files.push((name, made.remove(&file.path).unwrap_or_default()));
        }
        let content = self.content();
        if !content.signatories.is_empty() {
            let list = Manifest {
                signatories: content.signatories.clone(),
                ..Manifest::default()
            };
            let list = list.public_list();
            files.push((
                LIST.to_owned(),
                list.map_err(|error| EngineError::emit("the public list", error))?,
            ));
        }
        let fonts = rendered.other_fonts.into_iter();
        let fonts = fonts.map(|(name, font)| SystemFont {
            name,
            sha256: sha256((*font.data).as_ref()),
        });
        let fonts = fonts.collect();
        let freezing = Freezing {
            prepared: self,
            content,
            inputs: self.inputs(),
            fonts,
            files,
            recipients,
        };
        Ok((freezing, rendered.diagnostics))
    }

    /// Returns the files the letter is made of, with their hashes, in the order of their
    /// paths.
    fn inputs(&self) -> Vec<Input> {
        let read = self.files_read();
        let inputs: BTreeSet<Input> = read
            .iter()
            .filter_map(|file| {
                let content = file.content?;
                Some(Input {
                    path: relative(&self.paths.absolute(&file.path), &self.root),
                    bytes: content.length,
                    sha256: hex(&content.sha256),
                })
            })
            .collect();
        inputs.into_iter().collect()
    }

    /// Returns the folder that the letter's output goes to.
    pub fn output_folder(&self) -> PathBuf {
        self.root.join("output").join(&self.stem)
    }

    /// Returns the first file whose bytes are no longer those the letter was made of.
    pub fn changed_input(&self) -> Option<PathBuf> {
        let files = self.sources.place_of_files();
        let read = self.files_read();
        let changed = read.iter().find(|file| {
            let now = files.read(&file.path, u64::MAX).ok();
            now.as_deref().map(ContentHash::of) != file.content
        });
        changed.map(|file| file.path.clone())
    }
}

impl Freezing<'_> {
    /// Gives the release its number and returns its manifest. What changed since the
    /// release before is told by what is known today.
    ///
    /// # Errors
    /// When the manifest cannot be written or would be too long to be read.
    pub fn number(
        &self,
        number: u32,
        previous: Option<&StoredRelease>,
        despite: Option<&Override>,
    ) -> Result<FrozenRelease> {
        let prepared = self.prepared;
        let changes = previous.map(|before| self.changes(&before.manifest));
        let before_hash = previous.map(StoredRelease::sha256).unwrap_or_default();
        let files = self.files();
        let facts = Facts {
            letter: &prepared.stem,
            release: number,
            document: prepared.composed.specimen(),
            records: &prepared.records,
            resolution: &prepared.resolution,
            known: &prepared.known,
            inputs: &self.inputs,
            fonts: &self.fonts,
            files: &files,
            recipients: &self.recipients,
            recipient_count: prepared.composed.recipients(),
            despite,
            previous: match (previous, &changes) {
                (Some(before), Some(changes)) => Some((&before.manifest, &before_hash, changes)),
                _ => None,
            },
        };
        let emit = |error: BoxedError| EngineError::emit("the manifest", error);
        let manifest = freeze::manifest(&self.content, &facts).map_err(|error| emit(error.into()))?;
        let text = manifest.write().map_err(|error| emit(error.into()))?;
        if text.len() > LARGEST {
            return Err(EngineError::Refused(format!(
                "the manifest of {} letters would be longer than {LARGEST} bytes, which no version reads; \
                 divide the list and release a letter to each part",
                manifest.counts.recipients
            )));
        }
        Ok(FrozenRelease {
            manifest,
            text,
            changes,
        })
    }

    /// Gives the release the number after those in the letter's output folder, and
    /// compares it with the last of them. The caller holds the folder, so that no other run
    /// takes the number. A last release that cannot be used is passed over, because a
    /// deadline does not wait for it; the reason is returned.
    ///
    /// # Errors
    /// See [`Freezing::number`]; also when the output folder cannot be read.
    pub fn next(&self, despite: Option<&Override>) -> Result<(FrozenRelease, Option<EngineError>)> {
        let prepared = self.prepared;
        let files = &**prepared.sources.place_of_files();
        let output = prepared.output_folder();
        let unreadable = |folder: &Path, source| EngineError::Unreadable {
            name: prepared.paths.shown(folder),
            source,
        };
        let highest = |folder: &Path| highest_number(files, folder).map_err(|source| unreadable(folder, source));
        let folder = output.join(RELEASES);
        let taken = release_numbers(files, &folder).map_err(|source| unreadable(&folder, source))?;
        let highest = highest(&output.join(RELEASES))?.max(highest(&output.join(DOSSIERS))?);
        let number = next_number(highest)?;
        let (mut previous, mut skipped) = (None, None);
        if let Some(last) = taken.last() {
            let folder = output.join(RELEASES).join(last.to_string());
            match StoredRelease::read(files, &prepared.paths, &folder) {
                Ok(release) => previous = Some(release),
                Err(error) => skipped = Some(error),
            }
        }
        Ok((self.number(number, previous.as_ref(), despite)?, skipped))
    }

    /// Returns all files of the release, with its manifest and the manifest's signature.
    pub fn with_manifest<'a>(
        &'a self,
        frozen: &'a FrozenRelease,
        signature: Option<&'a str>,
    ) -> Vec<(&'a str, &'a [u8])> {
        let mut all = self.files();
        all.push((FILE, frozen.text.as_bytes()));
        all.extend(signature.map(|signature| (SIGNATURE, signature.as_bytes())));
        all
    }

    /// Returns the files of the release, without the manifest.
    pub fn files(&self) -> Vec<(&str, &[u8])> {
        let files = self.files.iter();
        files.map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect()
    }

    /// Returns the files of the private dossier: how each printed name got there.
    ///
    /// # Errors
    /// When the dossier cannot be written.
    pub fn dossier(&self, manifest: &Manifest) -> Result<[(&'static str, Vec<u8>); 2]> {
        let prepared = self.prepared;
        let (resolution, letter) = (&prepared.resolution, &prepared.letter);
        let order = roll::order(resolution, &letter.roll, &letter.language.value);
        let dossier = dossier::dossier(manifest, &prepared.records, resolution, &order, &prepared.sources);
        let csv = dossier.csv().map_err(|error| EngineError::emit("the dossier", error))?;
        Ok([
            ("PRIVATE-dossier.html", dossier.html().into_bytes()),
            ("PRIVATE-dossier.csv", csv),
        ])
    }

    fn changes(&self, before: &Manifest) -> Changes {
        let origin = Origin::File(SourceMap::default().add("", ""));
        let old = Side::of_release(before, origin);
        let now = Manifest {
            text: self.content.text.clone(),
            signatories: self.content.signatories.clone(),
            ..Manifest::default()
        };
        diff::diff(&old, &Side::of_release(&now, origin), &self.prepared.known)
    }
}

/// Returns the path below the workspace, with `/`. Of a file elsewhere, only the name:
/// its folder on this machine is private.
fn relative(path: &Path, root: &Path) -> String {
    let inside = path.strip_prefix(root).ok();
    let shown = inside.or_else(|| path.file_name().map(Path::new)).unwrap_or(path);
    let parts = shown.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}
