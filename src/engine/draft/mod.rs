//! Turns a draft of a word processor into a letter.
//!
//! In: a [`DraftRequest`]. Out: a [`DraftOutcome`]: the files as a [`ChangeSet`], and what was
//! taken for what; or the tracked changes that must be decided first. Guaranteed: tracked
//! changes are never decided silently; nothing that exists is overwritten. Absent: asking,
//! and putting the files on the disk.

mod letter_parts;
mod lines;
mod parts;
mod roll;
#[cfg(test)]
mod sample_tests;
#[cfg(test)]
mod tests;
mod words;
mod write;

pub use letter_parts::{BoldAlone, FoundPart};

use super::changes::ChangeSet;
use super::error::{EngineError, Result};
use super::lists::ListInput;
use super::paths::Paths;
use super::workspace;
use crate::files::Files;
use crate::load::{self, DRAFT_FORMATS, DraftFormat};
use crate::model::draft::{ChangeDecision, Draft, DraftRemark, TrackedChange};
use crate::source::{Origin, SourceMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Says what is turned into a letter, and how.
#[derive(Clone, Debug)]
pub struct DraftRequest {
    /// The draft.
    pub input: ListInput,
    /// The letter to write; `None`: letters/NAME.md in the workspace.
    pub out: Option<PathBuf>,
    /// What becomes of tracked changes; `None`: not decided.
    pub changes: Option<ChangeDecision>,
    /// What becomes of paragraphs that are bold and nothing else.
    pub bold: BoldAlone,
}

/// What came of a draft.
#[derive(Debug)]
pub enum DraftOutcome {
    /// Its tracked changes must be decided first.
    Undecided(Vec<TrackedChange>),
    /// The files that it becomes.
    Letter(Box<DraftPlan>),
}

/// The files that a draft becomes.
#[derive(Debug)]
pub struct DraftPlan {
    /// The files.
    pub set: ChangeSet,
    /// The letter.
    pub letter: PathBuf,
    /// The list of signatories, and the number of its rows.
    pub list: (PathBuf, usize),
    /// The comments, if there are any, and how many.
    pub comments: Option<(PathBuf, usize)>,
    /// The files of pictures.
    pub pictures: Vec<PathBuf>,
    /// What was taken for what, in the order of the draft.
    pub found: Vec<FoundPart>,
    /// What a letter cannot keep as the draft had it.
    pub remarks: Vec<DraftRemark>,
    /// The tracked changes, which were decided.
    pub changes: Vec<TrackedChange>,
}

/// Returns the format of a draft, by its name.
fn format(name: &str) -> Result<DraftFormat> {
    let ending = Path::new(name)
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let known = DRAFT_FORMATS.iter().find(|(known, _)| *known == ending);
    known.map(|(_, format)| *format).ok_or_else(|| {
        let what = match ending.as_str() {
            "doc" | "odt" | "rtf" | "pages" | "pdf" => "save it as .docx in your word processor",
            _ => "a draft is a .docx, .html, or .md file",
        };
        EngineError::Refused(format!("`{name}` cannot be read as a draft; {what}"))
    })
}

/// Returns a name of a file without spaces and signs.
fn file_stem(name: &str) -> String {
    let stem = Path::new(name)
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let words = stem
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let stem = words.collect::<Vec<_>>().join("-");
    if stem.is_empty() { "draft".to_owned() } else { stem }
}

/// Reads a draft and plans the letter that it becomes.
///
/// # Errors
/// When the draft cannot be read, or a file of the letter exists.
pub fn draft(files: &Arc<dyn Files>, paths: &Paths, request: DraftRequest) -> Result<DraftOutcome> {
    let (name, bytes) = match request.input {
        ListInput::File(path) => {
            let name = paths.shown(&path);
            let bytes = SourceMap::new(Arc::clone(files)).read(&name, &path, load::MAX_DRAFT + 1);
            (
                name.clone(),
                bytes.map_err(|source| EngineError::Unreadable { name, source })?,
            )
        }
        ListInput::Bytes(name, bytes) => (name, bytes),
    };
    if bytes.len() as u64 > load::MAX_DRAFT {
        let message = format!("`{name}` is longer than {} bytes", load::MAX_DRAFT);
        return Err(EngineError::Refused(message));
    }
    let mut sources = SourceMap::default();
    let file = sources.add(name.as_str(), "");
    let format = format(&name)?;
    if format == DraftFormat::Markdown && bytes.starts_with(b"+++") {
        return Err(EngineError::Refused(format!("`{name}` is a letter already")));
    }
    let decision = request.changes.clone().unwrap_or(ChangeDecision::Accept);
    let read = |decision: &ChangeDecision| {
        load::draft(&bytes, format, file, decision).map_err(|error| EngineError::Draft {
            name: name.clone(),
            source: error,
        })
    };
    let mut draft = read(&decision)?;
    if request.changes.is_none() && !draft.changes.is_empty() {
        return Ok(DraftOutcome::Undecided(draft.changes));
    }
    let parts = parts::parts(&mut draft, request.bold, Origin::File(file));
    let letter = match request.out {
        Some(path) => path,
        None => {
            let root = workspace::find(files, paths, Path::new(""));
            root.join("letters").join(format!("{}.md", file_stem(&name)))
        }
    };
    let plan = plan(draft, parts, letter, Origin::File(file));
    for change in &plan.set.changes {
        if files.about(&paths.absolute(&change.path)).is_ok() {
            let shown = paths.shown(&change.path);
            let message = format!("`{shown}` exists already; name another letter with --out");
            return Err(EngineError::Refused(message));
        }
    }
    Ok(DraftOutcome::Letter(Box::new(plan)))
}

/// Returns the files that a draft becomes.
fn plan(mut draft: Draft, mut parts: letter_parts::LetterParts, letter: PathBuf, origin: Origin) -> DraftPlan {
    let stem = letter.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = letter.parent().unwrap_or(Path::new("")).to_owned();
    let names: Vec<String> = draft.pictures.iter().map(|picture| picture.name.clone()).collect();
    write::name_pictures(&mut parts.body, &stem, &names);
    match &mut parts.logo {
        Some(logo) if !parts.letterhead.is_empty() && names.contains(&logo.path) => {
            logo.path = write::picture_file(&stem, &logo.path);
        }
        // Without a name, there is no letterhead that could have a picture.
        Some(_) if parts.letterhead.is_empty() => {
            parts.logo = None;
            parts.ask(
                1,
                "a picture",
                "it stands before the text; name it as `logo` in [letterhead]",
            );
        }
        Some(_) | None => {}
    }
    let others = parts.appendices.iter_mut().chain(&mut draft.footnotes);
    others.for_each(|blocks| write::name_pictures(blocks, &stem, &names));

    let in_letters = folder.file_name().is_some_and(|name| name == "letters");
    let (list, list_name) = match folder.parent().filter(|_| in_letters) {
        Some(root) => (
            root.join("signatories").join(format!("{stem}.csv")),
            format!("../signatories/{stem}.csv"),
        ),
        None => (folder.join(format!("{stem}.csv")), format!("{stem}.csv")),
    };
    let title = write::title(&parts, draft.title.as_deref(), &stem);
    let language = draft.language.as_deref().filter(|language| *language != "en-US");
    let source = write::letter(&parts, &title, language, &list_name, &draft.footnotes);
    let mut set = ChangeSet::default();
    set.create(letter.clone(), source.into_bytes());
    set.create(list.clone(), write::list(&parts, origin).into_bytes());
    let comments = (!draft.comments.is_empty()).then(|| {
        let path = load::comments_file(&letter);
        set.create(path.clone(), write::comments(&draft.comments).into_bytes());
        (path, draft.comments.len())
    });
    let mut pictures = Vec::new();
    for picture in draft.pictures {
        let path = folder.join(write::picture_file(&stem, &picture.name));
        set.create(path.clone(), picture.bytes);
        pictures.push(path);
    }
    DraftPlan {
        set,
        letter,
        list: (list, parts.roll.len()),
        comments,
        pictures,
        found: parts.found,
        remarks: draft.remarks,
        changes: draft.changes,
    }
}
