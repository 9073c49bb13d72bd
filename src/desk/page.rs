//! The frame around every screen: the rail, the title bar, and what was just done.
//!
//! In: what a screen shows, as a [`Page`]. Out: a whole page. Guaranteed: it works without
//! script; parts marked `data-live` are put in place by the script when files change, so a
//! part that somebody edits carries no such mark; text is escaped. Absent: inline scripts
//! and styles, which the policy of `security` forbids.

use super::assets;
use super::by;
use super::counts::status;
use super::error::{DeskError, first_upper};
use super::forms::token;
use super::nav::{self, NavEntry};
use super::state::Shared;
use super::status::Status;
use crate::engine::{NextAct, NextStep};
use axum::extract::{FromRequestParts, Query};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, Render, html};
use serde::Deserialize;
use std::sync::Arc;

/// The address of the style sheet with the coalition's color.
pub(super) const ACCENT: &str = "/accent.css";

/// What a screen shows.
#[derive(Debug)]
pub(super) struct Page {
    /// Its title: a document's name, or what the screen does.
    pub(super) title: String,
    /// A few words beside the title: a file's name, what is saved.
    pub(super) beside: Markup,
    /// Its entry of the rail.
    pub(super) nav: &'static NavEntry,
    /// The one primary button; `None`: the workspace's next step.
    pub(super) primary: Option<Markup>,
    /// What it shows.
    pub(super) body: Markup,
}

/// A request of a screen: the desk, and the message that the page is to show.
#[derive(Debug)]
pub(super) struct Visit {
    pub(super) desk: Shared,
    /// Who sits at this browser, if they said so.
    pub(super) by: Option<String>,
    message: Option<String>,
}

/// The part of an address that names a message.
#[derive(Deserialize)]
struct Said {
    said: Option<u64>,
}

impl FromRequestParts<Shared> for Visit {
    type Rejection = DeskError;

    async fn from_request_parts(parts: &mut Parts, desk: &Shared) -> Result<Self, DeskError> {
        let said = Query::<Said>::try_from_uri(&parts.uri)
            .ok()
            .and_then(|query| query.said);
        Ok(Self {
            message: said.and_then(|number| desk.said(number)),
            by: by::by(&parts.headers),
            desk: Arc::clone(desk),
        })
    }
}

impl Visit {
    /// Answers with a screen's page, or with the error's within the frame of the screen.
    pub(super) async fn answer(self, nav: &'static NavEntry, made: Result<Page, DeskError>) -> Response {
        match made {
            Ok(page) => self.page(StatusCode::OK, page).await,
            Err(error) => self.error(nav, &error).await,
        }
    }

    /// Answers with an error's page within the frame of a screen.
    pub(super) async fn error(self, nav: &'static NavEntry, error: &DeskError) -> Response {
        let page = Page {
            title: nav.title.to_owned(),
            beside: Markup::default(),
            nav,
            primary: None,
            body: error.body(),
        };
        self.page(error.status(), page).await
    }

    async fn page(self, code: StatusCode, page: Page) -> Response {
        let counts = status(&self.desk).await;
        let (status, notice) = match &counts {
            Ok(status) => (Some(status), Markup::default()),
            // A workspace that cannot be read still has a frame, with the reason in it.
            Err(error) => (
                None,
                if code.is_success() {
                    error.body()
                } else {
                    Markup::default()
                },
            ),
        };
        let whole = frame(&self.desk, &page, status, self.message.as_deref(), &notice);
        (code, Html(whole.into_string())).into_response()
    }
}

/// An error that comes before a screen: a form that cannot be read.
impl IntoResponse for DeskError {
    fn into_response(self) -> Response {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                (head("undersigned"))
                body.alone { main { (self.body()) } }
            }
        };
        (self.status(), Html(page.into_string())).into_response()
    }
}

fn head(title: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) }
            link rel="icon" href=(assets::path("mark.svg"));
            link rel="stylesheet" href=(assets::path("desk.css"));
            link rel="stylesheet" href=(ACCENT);
            script src=(assets::path("desk.js")) defer {}
            script src=(assets::path("lists.js")) defer {}
        }
    }
}

/// Draws a whole page.
fn frame(desk: &Shared, page: &Page, status: Option<&Status>, message: Option<&str>, notice: &Markup) -> Markup {
    let workspace = status.map_or("undersigned", |status| &status.survey.status.title);
    html! {
        (DOCTYPE)
        html lang="en" {
            (head(&format!("{} – {workspace}", page.title)))
            body {
                a.skip href="#main" { "Skip to the content" }
                (rail(page.nav, status, workspace))
                // What takes longer than a moment, and for how long by now.
                p.working #working role="status" {}
                div.stage {
                    header.bar {
                        div.name {
                            h1 { (page.title) }
                            div.beside { (page.beside) }
                        }
                        div.acts #acts data-live {
                            @if let Some(title) = status.and_then(|status| status.undo.as_deref()) { (undo(desk, title)) }
                            @match &page.primary {
                                Some(primary) => (primary),
                                None => @if let Some(step) = status.and_then(|status| status.survey.status.next.first()) {
                                    (next_step(desk, step))
                                },
                            }
                        }
                    }
                    main #main tabindex="-1" {
                        div #message role="status" aria-live="polite" {
                            @if let Some(message) = message { p.notice { (message) } }
                        }
                        (notice)
                        (page.body)
                    }
                }
            }
        }
    }
}

/// Draws the rail.
fn rail(current: &NavEntry, status: Option<&Status>, workspace: &str) -> Markup {
    html! {
        nav.rail aria-label="Desk" {
            p.brand title=(workspace) { (workspace) }
            ul #rail data-live {
                @for entry in nav::ENTRIES {
                    @let count = status.map_or(0, entry.count);
                    @let is_current = entry.path == current.path;
                    li {
                        a href=(entry.path) aria-current=[is_current.then_some("page")] {
                            (icon(entry.icon))
                            span.words { (entry.title) }
                            @if count > 0 {
                                span.count {
                                    (count)
                                    span.unseen { " " (if count == 1 { entry.unit.0 } else { entry.unit.1 }) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Draws a sign on a grid of 24.
fn icon(outline: &str) -> Markup {
    html! {
        svg.icon viewBox="0 0 24 24" aria-hidden="true" focusable="false" { path d=(outline) {} }
    }
}

fn undo(desk: &Shared, title: &str) -> Markup {
    html! {
        form method="post" action="/undo" {
            (token(desk))
            input type="hidden" name="title" value=(title);
            button.quiet type="submit" title={ "Take back: " (title) } {
                "Undo" span.undo-title { (title) }
            }
        }
    }
}

/// Draws the next step of the workspace as the primary button.
fn next_step(desk: &Shared, step: &NextStep) -> Markup {
    let (words, reason) = (step_words(step), first_upper(&step.because));
    match step.act {
        NextAct::Render => html! {
            form method="post" action="/write" {
                (token(desk))
                input type="hidden" name="letter" value=(step.subject.as_deref().unwrap_or_default());
                button.primary type="submit" title=(reason) { (words) }
            }
        },
        _ => html! { a.button.primary href=(step_path(step)) title=(reason) { (words) } },
    }
}

/// Returns what the button of a next step says.
pub(super) fn step_words(step: &NextStep) -> String {
    let name = step.subject.as_deref().map_or("", file_name);
    match step.act {
        NextAct::New => "Start a letter".to_owned(),
        NextAct::Review => "Answer questions".to_owned(),
        NextAct::Check => format!("Fix {name}"),
        NextAct::Render if step.subject.is_none() => "Write all letters".to_owned(),
        NextAct::Render => format!("Write {name}"),
        NextAct::Release => format!("Release {name}"),
    }
}

/// Returns where a next step is done.
pub(super) fn step_path(step: &NextStep) -> &'static str {
    match step.act {
        NextAct::New => "/#new-kind",
        NextAct::Render => nav::WORKSPACE.path,
        NextAct::Review => nav::QUESTIONS.path,
        NextAct::Check => nav::CHECK.path,
        NextAct::Release => nav::RELEASES.path,
    }
}

/// Returns the name of a file, without folder and ending.
pub(super) fn file_name(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A count with its unit: a figure that is set apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figure<'a>(pub(super) usize, pub(super) &'a str, pub(super) &'a str);

impl Render for Figure<'_> {
    fn render(&self) -> Markup {
        html! { b { (self.0) } " " (if self.0 == 1 { self.1 } else { self.2 }) }
    }
}
