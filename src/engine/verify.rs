//! Holds files against releases: is a file what was released, and how does it differ?
//!
//! In: a file, a manifest or the folder of a release. Out: [`VerifyFinding`]s in the
//! order in which they are told. Guaranteed: nothing but the files and manifests is
//! needed; a missing or unknown file in a release is a finding. Absent: printing.

use super::error::{EngineError, Result};
use super::paths::Paths;
use super::releases::{SIGNATURE, StoredRelease, is_release, releases_below};
use super::workspace;
use crate::files::Files;
use crate::release::beside;
use crate::release::blocks::FileText;
use crate::release::file_text;
use crate::release::looks;
use crate::release::manifest::{FILE, Manifest, Output};
use crate::release::verify::{self, Difference, Verification};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Longest file that is verified, in bytes; a release's files are far smaller.
const LARGEST: u64 = 1 << 30;

/// Says what is verified, and against what.
#[derive(Clone, Debug)]
pub struct VerifyRequest {
    /// A copy, or a manifest or the folder of a release, of which every file is verified.
    pub file: PathBuf,
    /// The manifest to hold the copy against; `None`: those of the workspace around it, or
    /// else of the current folder.
    pub manifest: Option<PathBuf>,
    /// The text of the public key that must have signed the manifest.
    pub public_key: Option<String>,
}

/// Tells one thing that was found.
#[derive(Clone, Debug, PartialEq)]
pub enum VerifyFinding {
    /// What a file is.
    File(Box<FileVerdict>),
    /// Whether a manifest is signed by the key.
    Signature {
        /// The manifest, as the user knows it.
        manifest: String,
        /// The signature's comment, or why it does not hold.
        outcome: Result<String, String>,
    },
    /// A file that is missing or belongs to no release, or a manifest that cannot be used.
    Note {
        /// The file, as the user knows it; empty if the text names it.
        file: String,
        /// The remark.
        text: String,
    },
}

impl VerifyFinding {
    /// Returns true if nothing is wrong with it.
    pub fn is_sound(&self) -> bool {
        match self {
            Self::File(file) => matches!(file.kind, VerdictKind::Unaltered { .. }),
            Self::Signature { outcome, .. } => outcome.is_ok(),
            Self::Note { .. } => false,
        }
    }
}

/// Says what a file is.
#[derive(Clone, Debug, PartialEq)]
pub struct FileVerdict {
    /// The file, as the user knows it.
    pub file: String,
    /// What it is.
    pub kind: VerdictKind,
    /// The file as it was released, as the user knows it, if it is at hand.
    pub original: Option<String>,
    /// What an altered file shows beside its words, a sentence each.
    pub noticed: Vec<String>,
    /// Whether all that it shows beyond its words, such as how pages are painted, is what was
    /// released; `None`: this could not be compared.
    pub looks_same: Option<bool>,
    /// Whether a checked signature proves what the manifest says about itself: the names of letter
    /// and file, number, date, recipient, and that it was released despite findings.
    pub is_proved: bool,
}

/// Says what a file is. See [`Verification`], which borrows what this holds.
#[derive(Clone, Debug, PartialEq)]
pub enum VerdictKind {
    /// It is a file of this release, byte for byte.
    Unaltered {
        /// The release.
        release: Arc<Manifest>,
        /// The file.
        output: Output,
    },
    /// It is like a file of this release, and is not that file.
    Altered {
        /// The release.
        release: Arc<Manifest>,
        /// The file that it is like; `None`: like its text, in another format.
        output: Option<Output>,
        /// How it differs.
        difference: Difference,
    },
    /// It is like none.
    Unknown,
}

impl VerdictKind {
    fn of(verdict: Verification<'_>, releases: &[StoredRelease]) -> Self {
        let manifest = |at: usize| Arc::clone(&releases[at].manifest);
        match verdict {
            Verification::Unaltered { release, output } => Self::Unaltered {
                release: manifest(release),
                output: output.clone(),
            },
            Verification::Altered {
                release,
                output,
                difference,
            } => Self::Altered {
                release: manifest(release),
                output: output.cloned(),
                difference,
            },
            Verification::Unknown => Self::Unknown,
        }
    }
}

/// Reads a public key: a file's text, or the key itself.
///
/// # Errors
/// When there is such a file and it cannot be read as text.
pub fn public_key(files: &dyn Files, paths: &Paths, given: &str) -> Result<String> {
    let path = paths.absolute(Path::new(given));
    if !files.is_file(&path) {
        return Ok(given.to_owned());
    }
    text(files, paths, &path)
}

/// Verifies a file against the releases it may be of, or every file of a release.
///
/// # Errors
/// When something cannot be read, or there is no release to hold the file against.
pub fn verify(files: &Arc<dyn Files>, paths: &Paths, request: &VerifyRequest) -> Result<Vec<VerifyFinding>> {
    let path = paths.absolute(&request.file);
    let mut verifying = Verifying {
        files: &**files,
        paths,
        key: request.public_key.as_deref(),
        is_proved: false,
        found: Vec::new(),
    };
    if request.manifest.is_none() && is_release(&**files, &path) {
        verifying.whole(&StoredRelease::read(&**files, paths, &path)?)?;
        return Ok(verifying.found);
    }
    let releases = match &request.manifest {
        Some(manifest) => vec![StoredRelease::read(&**files, paths, manifest)?],
        None => {
            let (releases, unsound) = releases_around(files, paths, &path)?;
            for error in unsound {
                verifying.note("", &super::lists::with_causes(&error));
            }
            releases
        }
    };
    verifying.one(&path, &releases)?;
    Ok(verifying.found)
}

/// Returns the releases of the workspace that a file is in, or else of the current one.
fn releases_around(
    files: &Arc<dyn Files>,
    paths: &Paths,
    file: &Path,
) -> Result<(Vec<StoredRelease>, Vec<EngineError>)> {
    let mut unsound = Vec::new();
    for start in [file.parent().unwrap_or(Path::new("")), Path::new("")] {
        let root = workspace::find(files, paths, start);
        let (releases, errors) = releases_below(&**files, paths, &root)?;
        unsound.extend(errors);
        if !releases.is_empty() {
            return Ok((releases, unsound));
        }
    }
    let shown = paths.shown(file);
    let message = format!("there is no release to compare `{shown}` with; name its manifest with --manifest");
    match unsound.into_iter().next() {
        Some(error) => Err(error),
        None => Err(EngineError::Refused(message)),
    }
}

/// Reads a small file as text.
fn text(files: &dyn Files, paths: &Paths, path: &Path) -> Result<String> {
    let unreadable = |source| EngineError::Unreadable {
        name: paths.shown(path),
        source,
    };
    let bytes = files.read_whole(path, LARGEST).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|error| unreadable(io::Error::new(io::ErrorKind::InvalidData, error)))
}

/// Files that are being verified.
struct Verifying<'a> {
    files: &'a dyn Files,
    paths: &'a Paths,
    key: Option<&'a str>,
    /// Whether the manifest's signature holds.
    is_proved: bool,
    found: Vec<VerifyFinding>,
}

impl Verifying<'_> {
    fn note(&mut self, file: &str, text: &str) {
        self.found.push(VerifyFinding::Note {
            file: file.to_owned(),
            text: text.to_owned(),
        });
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>> {
        let read = self.files.read(path, LARGEST + 1);
        let bytes = read.map_err(|source| EngineError::Unreadable {
            name: self.paths.shown(path),
            source,
        })?;
        if bytes.len() as u64 > LARGEST {
            let shown = self.paths.shown(path);
            return Err(EngineError::Refused(format!(
                "`{shown}` is longer than {LARGEST} bytes"
            )));
        }
        Ok(bytes)
    }

    /// Holds a manifest's signature against the key, if there is one.
    fn signature(&mut self, release: &StoredRelease) -> Result<()> {
        let Some(key) = self.key else {
            return Ok(());
        };
        let path = release.path.with_file_name(SIGNATURE);
        let outcome = match self.files.is_file(&path) {
            false => Err(format!("`{}` does not exist", self.paths.shown(&path))),
            true => holds(&release.bytes, &text(self.files, self.paths, &path)?, key),
        };
        self.is_proved = outcome.is_ok();
        self.found.push(VerifyFinding::Signature {
            manifest: self.paths.shown(&release.path),
            outcome,
        });
        Ok(())
    }

    /// Verifies one file.
    fn one(&mut self, path: &Path, releases: &[StoredRelease]) -> Result<()> {
        let bytes = self.read(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let manifests: Vec<&Manifest> = releases.iter().map(|release| &*release.manifest).collect();
        let verdict = judge(&name, &bytes, &manifests)?;
        if let Verification::Unaltered { release, .. } | Verification::Altered { release, .. } = &verdict {
            self.signature(&releases[*release])?;
        }
        self.file(path, verdict, releases);
        Ok(())
    }

    fn file(&mut self, path: &Path, verdict: Verification<'_>, releases: &[StoredRelease]) {
        let original = match &verdict {
            Verification::Altered {
                release,
                output: Some(output),
                ..
            } => Some(releases[*release].path.with_file_name(&output.file)),
            _ => None,
        };
        let original = original.filter(|original| original != path && self.files.is_file(original));
        let (noticed, looks_same) = self.noticed(path, &verdict, original.as_deref(), releases);
        self.found.push(VerifyFinding::File(Box::new(FileVerdict {
            file: self.paths.shown(path),
            kind: VerdictKind::of(verdict, releases),
            original: original.map(|original| self.paths.shown(&original)),
            noticed,
            looks_same,
            is_proved: self.is_proved,
        })));
    }

    /// Returns what an altered file shows beside its words, and whether it looks as it was
    /// released: against the manifest, and against the original if that is at hand and is
    /// itself unaltered.
    fn noticed(
        &self,
        path: &Path,
        verdict: &Verification<'_>,
        original: Option<&Path>,
        releases: &[StoredRelease],
    ) -> (Vec<String>, Option<bool>) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // A file whose words cannot be read within limits is not read in another way either.
        let is_readable = |bytes: &Vec<u8>| file_text::read_bounded(&name, bytes) != FileText::Unreadable;
        let (release, output) = match verdict {
            Verification::Altered { release, output, .. } => (release, output),
            Verification::Unaltered { .. } => return (Vec::new(), Some(true)),
            Verification::Unknown => {
                let unread = self.read(path).is_ok_and(|bytes| !is_readable(&bytes));
                let notice = "its words cannot be read, so they cannot be compared with a release";
                return (unread.then(|| notice.to_owned()).into_iter().collect(), None);
            }
        };
        let Some(bytes) = self.read(path).ok().filter(is_readable) else {
            return (Vec::new(), None);
        };
        let first = original.and_then(|original| self.read(original).ok());
        let first = first.filter(|bytes| output.is_some_and(|output| verify::is(output, bytes)));
        let now = looks::pages(&name, &bytes);
        let then = match (output, &first) {
            (Some(output), _) if !output.pages.is_empty() => output.pages.clone(),
            (_, Some(first)) => looks::pages(&name, first),
            _ => Vec::new(),
        };
        let looks_same = (!now.is_empty() && !then.is_empty()).then(|| now == then);
        let Some(mut found) = beside::read(&name, &bytes) else {
            return (Vec::new(), looks_same);
        };
        let manifest = &releases[*release].manifest;
        // A message may carry the other files of its release.
        let is_released = |sum: &String| manifest.outputs.iter().any(|output| output.sha256 == *sum);
        found.attached.retain(|sum, _| !is_released(sum));
        let blocks = match output {
            Some(output) => manifest.blocks_in(output),
            None => manifest.released_blocks(),
        };
        let blocks = blocks.unwrap_or_default().into_iter().map(|block| block.text);
        let said: Vec<String> = blocks.chain([manifest.title.clone(), manifest.code.clone()]).collect();
        // What looks as it was released has the original's links and styles.
        let first_found = first.as_deref().and_then(|first| beside::read(&name, first));
        let first_found = first_found.or_else(|| (looks_same == Some(true)).then(|| found.of_same_look()));
        let mut noticed = beside::notices(&found, first_found.as_ref(), &said);
        if looks_same == Some(false) {
            noticed.extend(looks::differences(&name, &now, &then, &bytes, first.as_deref()));
        }
        (noticed, looks_same)
    }

    /// Verifies every file of a release, and finds files that are none of it.
    fn whole(&mut self, release: &StoredRelease) -> Result<()> {
        self.signature(release)?;
        let folder = release.path.parent().unwrap_or(Path::new(""));
        for output in &release.manifest.outputs {
            let path = folder.join(&output.file);
            if !self.files.is_file(&path) {
                self.note(&self.paths.shown(&path), "missing");
                continue;
            }
            let bytes = self.read(&path)?;
            let alone = Manifest {
                outputs: vec![output.clone()],
                ..(*release.manifest).clone()
            };
            let verdict = judge(&output.file, &bytes, &[&alone])?;
            self.file(&path, verdict, std::slice::from_ref(release));
        }
        for path in self.strangers(release, folder)? {
            self.note(&self.paths.shown(&path), "not a file of this release");
        }
        Ok(())
    }

    /// Returns the files in a release's folder that its manifest does not name, by name.
    fn strangers(&self, release: &StoredRelease, folder: &Path) -> Result<Vec<PathBuf>> {
        let outputs = release.manifest.outputs.iter();
        let known: BTreeSet<&str> = outputs
            .map(|output| output.file.as_str())
            .chain([FILE, SIGNATURE])
            .collect();
        let mut ahead = vec![folder.to_owned()];
        let mut strangers = Vec::new();
        // Links may lead round in a circle, or out of the release.
        let mut seen = BTreeSet::new();
        while let Some(dir) = ahead.pop() {
            let entries = self.files.entries(&dir).map_err(|source| EngineError::Unreadable {
                name: self.paths.shown(&dir),
                source,
            })?;
            for path in entries {
                let relative = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy();
                if self.files.is_folder(&path) {
                    let real = self.files.identity(&path);
                    if real.starts_with(self.files.identity(folder)) && seen.insert(real) {
                        ahead.push(path);
                    }
                } else if !known.contains(&*relative.replace('\\', "/")) {
                    strangers.push(path);
                }
            }
        }
        strangers.sort();
        Ok(strangers)
    }
}

/// Verifies bytes against manifests.
fn judge<'a>(name: &str, bytes: &[u8], manifests: &[&'a Manifest]) -> Result<Verification<'a>> {
    verify::verify(name, bytes, manifests).map_err(|source| EngineError::Manifest {
        name: name.to_owned(),
        source,
    })
}

#[cfg(feature = "sign")]
fn holds(bytes: &[u8], signature: &str, key: &str) -> Result<String, String> {
    crate::release::sign::verify(bytes, signature, key).map_err(|error| error.to_string())
}

#[cfg(not(feature = "sign"))]
fn holds(_: &[u8], _: &str, _: &str) -> Result<String, String> {
    Err("this build cannot verify signatures".to_owned())
}
