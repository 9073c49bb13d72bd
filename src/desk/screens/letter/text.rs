//! The text of a letter, read from its file and saved to it.

use crate::desk::error::DeskError;
use crate::desk::nav::letter_path;
use crate::desk::page::file_name;
use crate::desk::seen::Seen;
use crate::desk::state::Desk;
use crate::engine::{ChangeSet, Workspace};
use crate::load::MAX_LETTER;
use serde::Deserialize;
use std::path::PathBuf;

/// A letter's file and its text.
pub(super) struct LetterText {
    pub(super) name: String,
    pub(super) shown: String,
    pub(super) text: String,
    pub(super) seen: Seen,
}

/// What the editor sends.
#[derive(Deserialize)]
pub(super) struct Save {
    seen: Seen,
    text: String,
}

impl LetterText {
    /// Reads a letter's text.
    pub(super) fn read(desk: &Desk, name: &str) -> Result<Self, DeskError> {
        let path = path_of(&desk.workspace()?, name)?;
        let bytes = desk.content(&path)?.unwrap_or_default();
        let shown = desk.paths.shown(&path);
        if bytes.len() > MAX_LETTER {
            let message = format!("`{shown}` is longer than 16 MB, and no letter is; edit it in another program");
            return Err(DeskError::Refused(message));
        }
        let seen = Seen::of(Some(&bytes));
        let text = String::from_utf8(bytes)
            .map_err(|_| DeskError::Refused(format!("`{shown}` is not UTF-8 text; save it as UTF-8 first")))?;
        Ok(Self {
            name: file_name(&shown).to_owned(),
            shown,
            text,
            seen,
        })
    }
}

/// Finds a letter of the workspace by its name.
pub(super) fn path_of(workspace: &Workspace, name: &str) -> Result<PathBuf, DeskError> {
    let letters = workspace.letters()?;
    let mut named = letters
        .into_iter()
        .filter(|path| path.file_stem().is_some_and(|stem| stem == name));
    named
        .next()
        .ok_or_else(|| DeskError::NotFound(format!("letter `{name}`")))
}

/// Saves a text, and returns the state of the file after it; a clash, if the file changed
/// since it was shown and does not say the same already.
pub(super) fn save(desk: &Desk, name: &str, form: &Save) -> Result<Seen, DeskError> {
    let path = path_of(&desk.workspace()?, name)?;
    let shown = desk.paths.shown(&path);
    let mut seen = form.seen;
    desk.go_on(&format!("edit {shown}"), |_| {
        let now = desk.content(&path)?.unwrap_or_default();
        let after = with_line_ends(&form.text, &now).into_bytes();
        seen = Seen::of(Some(&after));
        if after == now {
            return Ok(ChangeSet::default());
        }
        desk.expect(&path, form.seen, &form.text, &letter_path(name))?;
        Ok(ChangeSet::one(path.clone(), form.seen.0, Some(after)))
    })?;
    Ok(seen)
}

/// Returns a form's text with the line ends of the file: browsers send CR LF.
fn with_line_ends(text: &str, before: &[u8]) -> String {
    let text = text.replace("\r\n", "\n");
    let has_cr = before.windows(2).any(|pair| pair == b"\r\n");
    if has_cr { text.replace('\n', "\r\n") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_the_line_ends_of_its_file() {
        let check = |text, before: &str, expected| assert_eq!(with_line_ends(text, before.as_bytes()), expected);
        check("a\r\nb\r\n", "a\n", "a\nb\n");
        check("a\r\nb", "a\r\nc", "a\r\nb");
        check("a\nb", "a\r\nc", "a\r\nb");
        check("a\r\n", "", "a\n");
    }
}
