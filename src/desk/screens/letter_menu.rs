//! The letter that a page is about, and the menu of the others.

use crate::desk::error::DeskError;
use crate::desk::nav;
use crate::desk::page::Page;
use crate::engine::Workspace;
use maud::{Markup, html};
use std::path::PathBuf;

/// Returns the letter of that name, or without one the first, and the names of all.
pub(super) fn letter_of(
    workspace: &Workspace,
    wanted: Option<&str>,
) -> Result<Option<(PathBuf, Vec<String>)>, DeskError> {
    let letters = workspace.letters().unwrap_or_default();
    let stem = |path: &PathBuf| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let names: Vec<String> = letters.iter().map(stem).collect();
    let at = match wanted {
        None if letters.is_empty() => return Ok(None),
        None => 0,
        Some(wanted) => {
            let at = names.iter().position(|name| name == wanted);
            at.ok_or_else(|| DeskError::NotFound(format!("letter `{wanted}`")))?
        }
    };
    Ok(Some((letters[at].clone(), names)))
}

/// Returns a page of the releases that is about a letter; `shown` is the letter, the names of all,
/// and what the page shows.
pub(super) fn letter_page(title: &str, path: &str, none: &str, shown: Option<(&str, &[String], Markup)>) -> Page {
    let (beside, body) = match shown {
        None => (Markup::default(), html! { p.empty { (none) } }),
        Some((letter, letters, body)) => (letter_menu(path, letter, letters), body),
    };
    Page {
        title: title.to_owned(),
        beside,
        nav: &nav::RELEASES,
        primary: Some(Markup::default()),
        body,
    }
}

/// Draws the menu of letters, or the name of the only one.
pub(super) fn letter_menu(path: &str, letter: &str, letters: &[String]) -> Markup {
    html! {
        @if letters.len() == 1 { code { (letter) } } @else {
            form.list-menu method="get" action=(path) {
                label for="letter" { "Letter" }
                select #letter name="letter" data-submit {
                    @for name in letters { option value=(name) selected[*name == letter] { (name) } }
                }
                button.quiet type="submit" { "Show" }
            }
        }
    }
}
