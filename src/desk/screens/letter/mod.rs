//! A letter: its text and its pages side by side, with what `check` finds.
//!
//! Guaranteed: what is saved is the text as typed; a save on another state of the file than
//! the page showed is a clash and writes nothing; the pages are those of the PDF.

mod preview;
mod settings;
mod stream;
mod text;
mod view;

use crate::desk::counts::status;
use crate::desk::error::DeskError;
use crate::desk::forms::Posted;
use crate::desk::nav::{self, letter_path};
use crate::desk::page::{Page, Visit};
use crate::desk::query::{InAddress, InPath};
use crate::desk::seen::Seen;
use crate::desk::state::{Desk, Shared};
use crate::load::comments_file;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use preview::{Preview, View, Wanted};
use serde::Deserialize;
use text::{LetterText, Save};

/// Returns the routes of the screen.
pub(in crate::desk) fn routes() -> Router<Shared> {
    Router::new()
        .route(nav::LETTERS.path, get(list))
        .route("/letters/{name}", get(show).post(save))
        .route("/letters/{name}/settings", post(set))
        .route("/letters/{name}/comments", post(settle))
        .route("/letters/{name}/stream", get(stream::stream))
        .route("/letters/{name}/pages", get(pages))
        .route("/letters/{name}/source", get(source))
        .route("/letters/{name}/view/{view}", get(document))
}

/// Lists the letters; with one alone, goes to it.
async fn list(visit: Visit) -> Response {
    let status = match status(&visit.desk).await {
        Ok(status) => status,
        Err(error) => return visit.error(&nav::LETTERS, &error).await,
    };
    if let [letter] = &status.survey.status.letters[..] {
        return Redirect::to(&letter_path(&letter.name)).into_response();
    }
    let page = Page {
        title: "Letters".to_owned(),
        beside: Markup::default(),
        nav: &nav::LETTERS,
        primary: None,
        body: html! { div #letters data-live { (super::workspace::letters(&status.survey.status.letters)) } },
    };
    visit.answer(&nav::LETTERS, Ok(page)).await
}

/// The part of an address that chooses a view.
#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    view: View,
    /// The line to go to.
    line: Option<u32>,
    /// The page to show, or all of them.
    page: Option<String>,
}

async fn show(visit: Visit, InPath(name): InPath<String>, InAddress(chosen): InAddress<Chosen>) -> Response {
    let wanted = Wanted::read(chosen.page.as_deref());
    let read = visit.desk.run(move |desk| {
        let letter = LetterText::read(desk, &name)?;
        Ok((letter, Preview::read(desk, &name, chosen.view, wanted)?))
    });
    let page = read.await.map(|(letter, preview)| Page {
        title: letter.name.clone(),
        beside: view::beside(&letter),
        nav: &nav::LETTERS,
        primary: None,
        body: view::body(&visit.desk, &letter, &preview, chosen.line),
    });
    visit.answer(&nav::LETTERS, page).await
}

async fn save(visit: Visit, InPath(name): InPath<String>, headers: HeaderMap, Posted(form): Posted<Save>) -> Response {
    let is_script = headers
        .get(header::ACCEPT)
        .is_some_and(|accept| accept == "application/json");
    let saved = visit
        .desk
        .run(move |desk| text::save(desk, &name, &form).map(|seen| (name, seen)));
    match saved.await {
        Ok((_, seen)) if is_script => json(&serde_json::json!({ "seen": seen.to_string() })),
        Ok((name, _)) => Redirect::to(&visit.desk.say("Saved.", &letter_path(&name))).into_response(),
        Err(error) => visit.error(&nav::LETTERS, &error).await,
    }
}

/// Saves the settings of a letter.
async fn set(visit: Visit, InPath(name): InPath<String>, Posted(fields): Posted<Vec<(String, String)>>) -> Response {
    let saved = visit
        .desk
        .run(move |desk| settings::save(desk, &name, &fields).map(|()| name));
    match saved.await {
        Ok(name) => Redirect::to(&visit.desk.say("Settings saved.", &letter_path(&name))).into_response(),
        Err(error) => visit.error(&nav::LETTERS, &error).await,
    }
}

/// Names the comment of a draft that is done.
#[derive(Deserialize)]
struct Settled {
    seen: Seen,
    at: usize,
}

/// Marks a comment of a letter's draft as done.
async fn settle(visit: Visit, InPath(name): InPath<String>, Posted(form): Posted<Settled>) -> Response {
    let done = visit.desk.run(move |desk| {
        let path = text::path_of(&desk.workspace()?, &name)?;
        let title = format!("a comment on {name} is done");
        desk.act(&title, |workspace| {
            desk.expect(&comments_file(&path), form.seen, "", &letter_path(&name))?;
            Ok(workspace.settle_comment(&path, form.at, form.seen.0)?)
        })?;
        Ok(desk.say("The comment is done.", &letter_path(&name)))
    });
    match done.await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error) => visit.error(&nav::LETTERS, &error).await,
    }
}

/// The part of an address that names pages.
#[derive(Deserialize)]
struct Ids {
    /// Their hashes, separated by commas.
    ids: String,
}

/// Answers the script with pages that somebody came near.
async fn pages(
    State(desk): State<Shared>,
    InPath(name): InPath<String>,
    InAddress(wanted): InAddress<Ids>,
) -> Result<Response, DeskError> {
    let read = move |desk: &Desk| {
        let ids: Vec<&str> = wanted.ids.split(',').collect();
        preview::pages(desk, &name, &ids)
    };
    let pages = desk.run(read).await?;
    Ok(json(&serde_json::json!({ "pages": pages })))
}

/// Answers the script with the text as it is in the file.
async fn source(State(desk): State<Shared>, InPath(name): InPath<String>) -> Result<Response, DeskError> {
    let letter = desk.run(move |desk| LetterText::read(desk, &name)).await?;
    Ok(json(
        &serde_json::json!({ "seen": letter.seen.to_string(), "text": letter.text }),
    ))
}

/// Answers with the letter as HTML or as an email, for the frame that shows it. Its styles
/// are its own; it can run nothing and ask nobody.
async fn document(
    State(desk): State<Shared>,
    InPath((name, view)): InPath<(String, String)>,
) -> Result<Response, DeskError> {
    let view = match &*view {
        "html" => View::Html,
        "email" => View::Email,
        _ => return Err(DeskError::NotFound("view of that name".to_owned())),
    };
    let page = desk.run(move |desk| preview::document(desk, &name, view)).await?;
    let mut response = Html(page).into_response();
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data: cid:; font-src data:; \
        base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";
    let policy = HeaderValue::from_static(policy);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

fn json(value: &serde_json::Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}
