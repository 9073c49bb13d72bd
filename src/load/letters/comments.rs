//! Reads the comments of a draft, from the file beside its letter.
//!
//! In: `NAME.comments.toml`. Out: comments. Guaranteed: they are part of no letter's text, and
//! the file is no input of a release: who commented, and what, is nobody else's business.

use crate::diag::{Code, Diagnostic};
use crate::load::bytes::{self, span};
use crate::model::draft::DraftComment;
use crate::source::{Origin, SourceMap};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The ending of the file that holds the comments of a letter.
const ENDING: &str = "comments.toml";

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CommentsFile {
    #[serde(default)]
    comment: Vec<WrittenComment>,
}

/// A comment as it is written.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WrittenComment {
    author: String,
    date: String,
    about: String,
    text: String,
    paragraph: usize,
    done: bool,
}

/// Returns the path of the comments of a letter.
pub fn comments_file(letter: &Path) -> PathBuf {
    letter.with_extension(ENDING)
}

/// Reads the comments of a letter; none if there is no such file. `name` is the letter's.
pub(super) fn read(sources: &mut SourceMap, name: &str, letter: &Path) -> (Vec<DraftComment>, Vec<Diagnostic>) {
    let path = comments_file(letter);
    let most = bytes::MAX_LETTER as u64;
    let shown = comments_file(Path::new(name)).display().to_string();
    // Read past the record of files: it is no input of the letter.
    let Ok(content) = sources.place_of_files().read(&path, most) else {
        return (Vec::new(), Vec::new());
    };
    let text = String::from_utf8_lossy(&content).into_owned();
    let file = sources.add(shown, text.as_str());
    match toml::from_str::<CommentsFile>(&text) {
        Ok(found) => {
            let comments = found.comment.into_iter().map(|comment| DraftComment {
                author: comment.author,
                date: comment.date,
                paragraph: comment.paragraph,
                about: comment.about,
                text: comment.text,
                done: comment.done,
            });
            (comments.collect(), Vec::new())
        }
        Err(error) => {
            let origin = match error.span() {
                Some(place) => span(file, place.start, place.end),
                None => Origin::File(file),
            };
            let said = Diagnostic::error(Code::BadToml, error.message().trim().to_owned()).at(origin);
            (
                Vec::new(),
                vec![said.hint("fix the file, or remove it to forget the comments")],
            )
        }
    }
}
