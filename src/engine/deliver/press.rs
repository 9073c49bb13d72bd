//! The bundle for the press.
//!
//! In: a release of the letter, and those of press releases about it. Out: the letter as PDF, web
//! page, text and Word file, the list, the press releases, the pictures, and the text of an
//! email. Guaranteed: a press release goes in as it was released, or not at all, and that is
//! told; a signature as a picture is never handed out by itself. Absent: writing press releases.

use super::bundle::Bundle;
use super::frozen::Frozen;
use super::making::Making;
use crate::compose::document::CARD;
use crate::diag::{Code, Diagnostic};
use crate::engine::error::Result;
use crate::engine::paths::beside;
use crate::engine::workspace::Workspace;
use crate::load;
use crate::model::letter::DocumentKind;
use crate::release::manifest::LIST;
use crate::release::sha256;
use crate::source::SourceMap;
use std::path::{Path, PathBuf};

/// The formats of a letter and a press release, each with what it is.
const FORMATS: [&str; 4] = ["pdf", "html", "txt", "docx"];

/// The folder of the pictures.
const PICTURES: &str = "pictures/";

/// Largest picture, in bytes.
const LARGEST: u64 = 64 << 20;

/// Makes the files but for the cover.
pub(super) fn press(making: &Making<'_>, diagnostics: &mut Vec<Diagnostic>) -> Result<Bundle> {
    let mut bundle = Bundle::default();
    let (frozen, words) = (making.frozen, making.words);
    let manifest = making.manifest();
    for format in FORMATS {
        // Of a mail merge there is one file for all, and it is a PDF.
        let Some(letter) = frozen.whole(format) else { continue };
        let what = match format {
            _ if frozen.is_merge() => &words.letters,
            "html" => &words.page,
            "txt" => &words.plain,
            "docx" => &words.word_file,
            _ => &words.letter,
        };
        making.copy(frozen, letter, &mut bundle, ("", &manifest.letter), what.clone())?;
    }
    if let Some(list) = manifest.outputs.iter().find(|output| output.file == LIST) {
        making.copy(frozen, list, &mut bundle, ("", "signatories"), words.list.clone())?;
    }
    for release in press_releases(making.workspace, &making.letter) {
        let stem = release.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let Some(about) = Frozen::open(making.workspace, &stem, None)? else {
            let shown = making.workspace.paths.shown(&release);
            let message = format!("`{shown}` is about this letter, and has no release; the bundle goes without it");
            let hint = format!("run `undersigned release {shown}` first, and deliver again");
            diagnostics.push(Diagnostic::warning(Code::NotReleased, message).hint(hint));
            continue;
        };
        for format in FORMATS {
            if let Some(output) = about.whole(format) {
                making.copy(&about, output, &mut bundle, ("", &stem), words.press_release.clone())?;
            }
        }
    }
    pictures(making, &mut bundle);
    let card = CARD.trim_end_matches(".png");
    bundle.add(PICTURES, (card, "png"), words.card.clone(), 0, making.card()?);
    for (name, ending, bytes) in &making.attached {
        bundle.add("", (name, ending), words.attachment.clone(), 0, bytes.clone());
    }
    let text = making.text("press", "", true)?;
    bundle.add_text("email", words.text.clone(), text);
    Ok(bundle)
}

/// Adds the letter's pictures, as far as they are those that it was released with.
fn pictures(making: &Making<'_>, bundle: &mut Bundle) {
    let workspace = making.workspace;
    for input in &making.manifest().inputs {
        let path = Path::new(&input.path);
        let (Some(name), Some(ending)) = (path.file_name(), path.extension()) else {
            continue;
        };
        let is_shown = making.pictures.iter().any(|shown| name == shown.as_str());
        if !is_shown {
            continue;
        }
        let bytes = workspace.files().read(&workspace.root.join(path), LARGEST);
        let Some(bytes) = bytes.ok().filter(|bytes| sha256(bytes) == input.sha256) else {
            continue;
        };
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let ending = ending.to_string_lossy().to_lowercase();
        bundle.add(PICTURES, (&stem, &ending), making.words.picture.clone(), 0, bytes);
    }
}

/// Returns the press releases of a workspace that name a letter.
fn press_releases(workspace: &Workspace, letter: &Path) -> Vec<PathBuf> {
    let paths = &workspace.paths;
    let letter = paths.absolute(letter);
    let names = |path: &PathBuf| {
        let mut scratch = SourceMap::new(workspace.files().clone());
        let loaded = load::letter(&mut scratch, &paths.shown(path), path, &workspace.project);
        loaded.is_ok_and(|loaded| {
            let named = loaded.value.kind_keys.letter.as_ref();
            let is_about = named.is_some_and(|named| paths.absolute(&beside(path, &named.value)) == letter);
            loaded.value.kind == DocumentKind::PressRelease && is_about
        })
    };
    let letters = workspace.letters().unwrap_or_default();
    letters.into_iter().filter(names).collect()
}
