//! A letter: its text, as it is in the file.
//!
//! Guaranteed: what is saved is the text as typed, with the line ends of the file; a save
//! on another state of the file than the page showed is a clash and writes nothing.

use crate::desk::counts::status;
use crate::desk::error::DeskError;
use crate::desk::forms::{Posted, token};
use crate::desk::nav::{self, letter_path};
use crate::desk::page::{Page, Visit, file_name};
use crate::desk::seen::Seen;
use crate::desk::state::{Desk, Shared};
use crate::engine::{ChangeSet, Workspace};
use axum::Router;
use axum::extract::Path as UrlPath;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use std::path::PathBuf;

/// Returns the routes of the screen.
pub(in crate::desk) fn routes() -> Router<Shared> {
    Router::new()
        .route(nav::LETTERS.path, get(list))
        .route("/letters/{name}", get(show).post(save))
}

/// Lists the letters; with one alone, goes to it.
async fn list(visit: Visit) -> Response {
    let status = match status(&visit.desk).await {
        Ok(status) => status,
        Err(error) => return visit.error(&nav::LETTERS, &error).await,
    };
    if let [letter] = &status.workspace.letters[..] {
        return Redirect::to(&letter_path(&letter.name)).into_response();
    }
    let page = Page {
        title: "Letters".to_owned(),
        beside: Markup::default(),
        nav: &nav::LETTERS,
        primary: None,
        body: html! { div #letters data-live { (super::workspace::letters(&status.workspace.letters)) } },
    };
    visit.answer(&nav::LETTERS, Ok(page)).await
}

/// A letter's file and its text.
struct LetterText {
    name: String,
    shown: String,
    text: String,
    seen: Seen,
}

async fn show(visit: Visit, UrlPath(name): UrlPath<String>) -> Response {
    let read = visit.desk.run(move |desk| read(desk, &name)).await;
    let page = read.map(|letter| Page {
        title: letter.name.clone(),
        beside: html! { code { (letter.shown) } },
        nav: &nav::LETTERS,
        primary: None,
        body: editor(&visit.desk, &letter),
    });
    visit.answer(&nav::LETTERS, page).await
}

fn editor(desk: &Shared, letter: &LetterText) -> Markup {
    html! {
        form.editor #editor method="post" action=(letter_path(&letter.name)) {
            (token(desk))
            (letter.seen.field())
            label for="text" { "Text" }
            // The first line end of a text area is not part of its text.
            textarea #text name="text" rows="32" spellcheck="true" { "\n" (letter.text) }
            button type="submit" { "Save" }
        }
    }
}

/// What the editor sends.
#[derive(Deserialize)]
struct Save {
    seen: Seen,
    text: String,
}

async fn save(visit: Visit, UrlPath(name): UrlPath<String>, Posted(form): Posted<Save>) -> Response {
    let saved = visit.desk.run(move |desk| write(desk, &name, &form)).await;
    match saved {
        Ok(name) => Redirect::to(&visit.desk.say("Saved.", &letter_path(&name))).into_response(),
        Err(error) => visit.error(&nav::LETTERS, &error).await,
    }
}

/// Finds a letter of the workspace by its name.
fn path_of(workspace: &Workspace, name: &str) -> Result<PathBuf, DeskError> {
    let letters = workspace.letters()?;
    let mut named = letters
        .into_iter()
        .filter(|path| path.file_stem().is_some_and(|stem| stem == name));
    named
        .next()
        .ok_or_else(|| DeskError::NotFound(format!("letter `{name}`")))
}

fn read(desk: &Desk, name: &str) -> Result<LetterText, DeskError> {
    let path = path_of(&desk.workspace()?, name)?;
    let bytes = desk.content(&path)?.unwrap_or_default();
    let (seen, shown) = (Seen::of(Some(&bytes)), desk.paths.shown(&path));
    let text = String::from_utf8(bytes)
        .map_err(|_| DeskError::Refused(format!("`{shown}` is not UTF-8 text; save it as UTF-8 first")))?;
    Ok(LetterText {
        name: file_name(&shown).to_owned(),
        shown,
        text,
        seen,
    })
}

/// Saves a text; a clash, if the file changed since it was shown.
fn write(desk: &Desk, name: &str, form: &Save) -> Result<String, DeskError> {
    let path = path_of(&desk.workspace()?, name)?;
    let shown = desk.paths.shown(&path);
    desk.act(&format!("edit {shown}"), |_| {
        let before = desk.expect(&path, form.seen, &form.text, &letter_path(name))?;
        let after = with_line_ends(&form.text, &before).into_bytes();
        Ok(match after == before {
            true => ChangeSet::default(),
            false => ChangeSet::one(path.clone(), form.seen.0, Some(after)),
        })
    })?;
    Ok(name.to_owned())
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
