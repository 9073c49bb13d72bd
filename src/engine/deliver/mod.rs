//! Bundles of a release, for those it goes to.
//!
//! In: a letter that was released, and whom it goes to. Out: a [`DeliveryBundle`]: its files; or
//! a [`DeliveryPlan`]: the same in a folder. Guaranteed: letters go out as they were frozen, byte for byte, after the release was
//! verified; what is made beside them says nothing that the release does not say; the same
//! release gives the same bytes; a letter that was changed since its release is told. Absent:
//! sending, uploading, and writing the files (that is `store`'s).

mod bundle;
mod congress;
mod cover;
mod docket;
mod frozen;
mod looks;
mod making;
mod press;
mod request;
mod web;
mod words;

use super::changes::{Change, ChangeSet, Expected};
use super::error::{EngineError, Result};
use super::prepared::{LetterInput, has_errors};
use super::workspace::Workspace;
use crate::diag::{Code, Diagnostic, Severity, counted};
use crate::model::visit::LetterPart;
use crate::source::SourceMap;
use bundle::{Bundle, safe};
use frozen::Frozen;
use looks::Looks;
use making::Making;
pub use request::{DeliverRequest, Delivered, DeliveryBundle, DeliveryPlan, Destination};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use words::CoverWords;

/// Largest file that goes with a bundle, in bytes.
const MAX_ATTACHED: u64 = 64 << 20;

/// The letter as it is today, as far as a bundle asks for it.
struct Today {
    sources: SourceMap,
    looks: Looks,
    pictures: Vec<String>,
    said: Option<Diagnostic>,
}

impl Workspace {
    /// Plans a bundle of a release in a folder; `None`: below the letter's output. With
    /// `is_packed`, an archive of it stands beside the folder.
    ///
    /// # Errors
    /// As for [`Workspace::bundle`]; and when the folder has other files.
    pub fn deliver(&self, request: &DeliverRequest, folder: Option<&Path>, is_packed: bool) -> Result<DeliveryPlan> {
        let bundle = self.bundle(request)?;
        let stem = request.letter.file_stem().unwrap_or_default().to_string_lossy();
        let folder = match folder {
            Some(folder) => folder.to_owned(),
            None => self.output_folder(&stem).join("deliver").join(request.to.as_str()),
        };
        if request.to != Destination::Web {
            self.refuse_strangers(&folder, &bundle.files)?;
        }
        let set = changes(&folder, &bundle, is_packed)?;
        Ok(DeliveryPlan {
            sources: bundle.sources,
            diagnostics: bundle.diagnostics,
            release: bundle.release,
            address: bundle.address,
            folder,
            files: bundle.files,
            set,
        })
    }

    /// Puts together a bundle of a release.
    ///
    /// # Errors
    /// When there is no release, it does not verify, a file cannot be read or made, or what is
    /// asked for is over the bounds of those it goes to.
    pub fn bundle(&self, request: &DeliverRequest) -> Result<DeliveryBundle> {
        let shown = self.paths.shown(&request.letter);
        let stem = request
            .letter
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if request.to == Destination::Web && !request.attached.is_empty() {
            return Err(EngineError::Refused(
                "a web page gets no attachments: leave out --attach, and put the file beside the page yourself"
                    .to_owned(),
            ));
        }
        let Some(frozen) = Frozen::open(self, &stem, request.release)? else {
            let what = match request.release {
                Some(number) => format!("no release {number}"),
                None => "no release".to_owned(),
            };
            return Err(EngineError::Refused(format!(
                "`{shown}` has {what}; only what was released is delivered: run `undersigned release {shown}` first"
            )));
        };
        let today = self.today(&request.letter, &frozen);
        let words = CoverWords::of(&frozen.manifest().language);
        let fonts = self.fonts();
        let making = Making {
            workspace: self,
            frozen: &frozen,
            looks: &today.looks,
            fonts: &fonts,
            words,
            attached: self.attached(&request.attached)?,
            letter: request.letter.clone(),
            pictures: today.pictures,
        };
        let mut diagnostics: Vec<Diagnostic> = today.said.into_iter().collect();
        let bundle = match request.to {
            Destination::Docket => docket::docket(&making)?,
            Destination::Congress => congress::congress(&making)?,
            Destination::Press => press::press(&making, &mut diagnostics)?,
            Destination::Web => web::web(&making, &mut diagnostics)?,
        };
        let files = with_cover(&making, request.to, bundle)?;
        Ok(DeliveryBundle {
            sources: today.sources,
            diagnostics,
            release: frozen.title(),
            address: frozen.manifest().address.clone(),
            files,
        })
    }

    /// Reads the letter as it is today: its looks, its pictures, and whether it says what was
    /// released.
    fn today(&self, letter: &Path, frozen: &Frozen<'_>) -> Today {
        let manifest = frozen.manifest();
        let title = frozen.title();
        let changed = |message: String| {
            let hint = "to deliver the letter as it is now, release it first";
            Some(Diagnostic::warning(Code::ChangedSinceRelease, message).hint(hint))
        };
        let prepared = self.prepare(LetterInput::File(letter.to_owned()), manifest.date, &|_| {});
        let prepared = prepared.ok().filter(|prepared| !has_errors(&prepared.diagnostics));
        let Some(prepared) = prepared else {
            return Today {
                sources: self.sources.clone(),
                looks: Looks::default(),
                pictures: Vec::new(),
                said: changed(format!(
                    "the letter cannot be read as it is today; the bundle has {title}, and its cover a plain look"
                )),
            };
        };
        let is_same = prepared.content().hash() == manifest.content;
        let said = match is_same {
            true => None,
            false => changed(format!(
                "the letter has changed since its release; the bundle has {title}"
            )),
        };
        let name = |path: &str| {
            let name = Path::new(path).file_name().unwrap_or_default();
            name.to_string_lossy().into_owned()
        };
        let images = prepared.letter.images();
        let mut pictures: Vec<String> = images.into_iter().map(|image| name(&image.path)).collect();
        // A picture of a signature, or the logo of a signatory, is not for others to use.
        for part in prepared.letter.parts() {
            if let LetterPart::Picture("signature" | "logos", image) = part {
                let own = name(&image.path);
                pictures.retain(|picture| *picture != own);
            }
        }
        Today {
            looks: Looks::of(prepared.composed.specimen(), manifest),
            sources: prepared.sources,
            pictures,
            said,
        }
    }

    /// Reads the files that go with a bundle.
    fn attached(&self, paths: &[PathBuf]) -> Result<Vec<(String, String, Vec<u8>)>> {
        let read = |path: &PathBuf| {
            let bytes = self.attached_file(path, MAX_ATTACHED)?;
            let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            Ok((safe(&stem), safe(&ending), bytes))
        };
        paths.iter().map(read).collect()
    }

    /// Refuses a folder that has other files: those of an earlier bundle could go out with this
    /// one.
    fn refuse_strangers(&self, folder: &Path, files: &[Delivered]) -> Result<()> {
        let own: BTreeSet<PathBuf> = files.iter().map(|file| folder.join(&file.name)).collect();
        let mut ahead = vec![folder.to_owned()];
        let mut strangers: Vec<PathBuf> = Vec::new();
        while let Some(dir) = ahead.pop() {
            for path in self.files().entries(&dir).unwrap_or_default() {
                let is_own_folder = own.iter().any(|file| file.starts_with(&path) && *file != path);
                match self.files().is_folder(&path) {
                    true if is_own_folder => ahead.push(path),
                    _ if own.contains(&path) => {}
                    _ => strangers.push(path),
                }
            }
        }
        strangers.sort();
        match strangers.first() {
            None => Ok(()),
            Some(first) => Err(EngineError::Refused(format!(
                "`{}` has {} that this bundle does not write, such as `{}`; move or delete them, or name another \
                 folder with --out",
                self.paths.shown(folder),
                counted(strangers.len(), "file", "files"),
                self.paths.shown(first)
            ))),
        }
    }
}

/// Returns the files of a bundle with its cover.
fn with_cover(making: &Making<'_>, to: Destination, bundle: Bundle) -> Result<Vec<Delivered>> {
    let mut files = bundle.files;
    let name = match to {
        Destination::Web => return Ok(files),
        Destination::Docket => docket::COVER,
        Destination::Congress | Destination::Press => "cover.pdf",
    };
    if files.iter().any(|file| file.name.eq_ignore_ascii_case(name)) {
        return Err(EngineError::Refused(format!(
            "`{name}` is the name of the cover; give the file that has it another name"
        )));
    }
    // Readers of a docket see what was uploaded, without folders.
    let told = files.iter().filter(|file| file.is_handed_out).map(|file| Delivered {
        name: file.name.trim_start_matches(docket::UPLOAD).to_owned(),
        ..file.clone()
    });
    let told: Vec<Delivered> = told.collect();
    let cover = cover::cover(making.manifest(), to, making.looks, &told, making.fonts)?;
    files.insert(
        0,
        Delivered {
            name: name.to_owned(),
            what: making.words.cover.clone(),
            pages: 0,
            is_handed_out: true,
            bytes: cover,
        },
    );
    Ok(files)
}

/// Returns the bundle as changes; the archive stands beside the folder.
fn changes(folder: &Path, bundle: &DeliveryBundle, is_packed: bool) -> Result<ChangeSet> {
    let mut set = ChangeSet::default();
    let mut put = |path: PathBuf, bytes: Vec<u8>| {
        set.changes.push(Change {
            path,
            old: Expected::Anything,
            new: Some(bytes),
        });
    };
    for file in &bundle.files {
        put(folder.join(&file.name), file.bytes.clone());
    }
    if is_packed {
        let packed = bundle.archive()?;
        let mut name = folder.file_name().unwrap_or_default().to_os_string();
        name.push(".zip");
        put(folder.with_file_name(name), packed);
    }
    Ok(set)
}

impl DeliveryPlan {
    /// Returns true if a person has to look before it goes out.
    pub fn needs_person(&self) -> bool {
        self.diagnostics.iter().any(|said| said.severity > Severity::Note)
    }
}
