//! Why the desk could not do what was asked, in the terminal's words.
//!
//! In: the errors of `engine` and `store`, and the desk's own. Out: a page that says what
//! is wrong and what to do. Guaranteed: a clash of two edits shows both texts, and nothing
//! was written. Absent: the frame around the page where the error comes before a screen.

use super::assets;
use crate::engine::EngineError;
use crate::store::StoreError;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};
use std::error::Error;

/// Says why the desk could not do what was asked.
#[derive(Debug)]
pub(super) enum DeskError {
    /// There is nothing at that address.
    NotFound(String),
    /// What was sent is not a form of this desk, or misses a field; the text says why.
    BadForm(String),
    /// The part of an address behind the question mark says nothing to the desk; why.
    BadAddress(String),
    /// What was asked cannot be done; the text says why, and what to do.
    Refused(String),
    /// The file was edited since the page was made.
    Clash(Box<Clash>),
    /// A thread of the desk failed; its message is in the terminal.
    Crashed,
}

/// Two edits of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clash {
    /// The file, as the user knows it.
    pub(super) file: String,
    /// What the page wanted to write; empty where that was not a whole text.
    pub(super) yours: String,
    /// What the file says now.
    pub(super) theirs: String,
    /// Where to look at the file as it is now.
    pub(super) back: String,
}

impl From<EngineError> for DeskError {
    fn from(error: EngineError) -> Self {
        Self::Refused(with_causes(&error))
    }
}

impl From<StoreError> for DeskError {
    fn from(error: StoreError) -> Self {
        Self::Refused(with_causes(&error))
    }
}

/// Returns an error with its causes in one line.
pub(super) fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text += &format!(": {inner}");
        cause = inner.source();
    }
    text
}

impl DeskError {
    /// Returns the status of the answer.
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::BadForm(_) | Self::BadAddress(_) => StatusCode::BAD_REQUEST,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Clash(_) => StatusCode::CONFLICT,
            Self::Crashed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Returns what is shown beside the choices that led to it.
    pub(super) fn note(&self) -> Markup {
        match self {
            Self::Refused(why) => html! { div.notice.is-error role="alert" { p.what { (first_upper(why)) "." } } },
            _ => self.body(),
        }
    }

    /// Returns what is shown within the frame.
    pub(super) fn body(&self) -> Markup {
        match self {
            Self::NotFound(what) => told(&format!("there is no {what}"), "it may have been renamed or removed"),
            Self::BadForm(why) => told(why, "go back, load the page again, and repeat the act"),
            Self::BadAddress(why) => told(
                &format!("the desk has no page at this address: {why}"),
                "open the page from the links above",
            ),
            Self::Refused(why) => told(why, "nothing was written"),
            Self::Crashed => told(
                "undersigned failed here; this is a fault of the program",
                "nothing was written; the terminal has the details",
            ),
            Self::Clash(clash) => clash.body(),
        }
    }
}

impl Clash {
    /// Shows both texts.
    fn body(&self) -> Markup {
        html! {
            div.notice.is-error role="alert" {
                p.what { code { (self.file) } " was changed elsewhere while you edited it" }
                p { "Nothing was written. Both texts are below: copy what you need from yours into the file as it is now." }
                p { a.button href=(self.back) { "Open the file as it is now" } }
            }
            div.two-texts {
                section {
                    h2 #yours { "Your text, not saved" }
                    textarea readonly aria-labelledby="yours" rows="24" spellcheck="false" { (self.yours) }
                }
                section {
                    h2 #theirs { "The file as it is now" }
                    textarea readonly aria-labelledby="theirs" rows="24" spellcheck="false" { (self.theirs) }
                }
            }
        }
    }
}

/// Draws what is wrong, and what to do.
fn told(what: &str, cure: &str) -> Markup {
    html! {
        div.notice.is-error role="alert" {
            p.what { (first_upper(what)) "." }
            p { (first_upper(cure)) "." }
            p { a.button href="/" { "Back to the workspace" } }
        }
    }
}

/// Returns a message of the terminal as a sentence: with a capital.
pub(super) fn first_upper(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

/// Returns a page without the frame, for whoever has not come in.
pub(super) fn refused(status: StatusCode, what: &str, cure: &str) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { "undersigned" }
                link rel="stylesheet" href=(assets::path("desk.css"));
            }
            body.alone {
                main {
                    h1 { "undersigned" }
                    p { (first_upper(what)) "." }
                    p { (first_upper(cure)) "." }
                }
            }
        }
    };
    (status, Html(page.into_string())).into_response()
}
