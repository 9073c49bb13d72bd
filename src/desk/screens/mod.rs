//! The screens, each a file with its routes, its acts and its view.

mod accent;
mod answers;
mod check;
mod colleagues;
mod deliver;
mod differences;
mod draft;
mod import;
mod letter;
mod letter_menu;
mod output;
mod questions;
mod releases;
mod roll;
mod row_form;
mod sentences;
mod tell;
mod verdicts;
mod workspace;

use super::error::DeskError;
use super::forms::Posted;
use super::nav;
use super::page::Visit;
use super::state::Shared;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use serde::Deserialize;

/// Returns the routes of all screens.
pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/undo", post(undo))
        .merge(accent::routes())
        .merge(draft::routes())
        .merge(output::routes())
        .merge(workspace::routes())
        .merge(letter::routes())
        .merge(roll::routes())
        .merge(questions::routes())
        .merge(colleagues::routes())
        .merge(import::routes())
        .merge(check::routes())
        .merge(releases::routes())
        .merge(deliver::routes())
        .merge(tell::routes())
}

/// Answers where there is nothing.
pub(super) async fn not_found(visit: Visit) -> Response {
    let error = DeskError::NotFound("page at this address".to_owned());
    visit.error(&nav::WORKSPACE, &error).await
}

/// The act that the page showed as the last one.
#[derive(Deserialize)]
struct Undo {
    title: String,
}

/// Takes back the last act, and goes back to where it was asked for.
async fn undo(State(desk): State<Shared>, headers: HeaderMap, visit: Visit, Posted(form): Posted<Undo>) -> Response {
    let undone = desk.run(move |desk| desk.undo(&form.title)).await;
    match undone {
        Ok(title) => Redirect::to(&desk.say(format!("Undone: {title}"), &came_from(&headers))).into_response(),
        Err(error) => visit.error(&nav::WORKSPACE, &error).await,
    }
}

/// Returns the address of the page that a form was on, without the message that it showed.
fn came_from(headers: &HeaderMap) -> String {
    let referrer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let uri = referrer.and_then(|referrer| referrer.parse::<axum::http::Uri>().ok());
    let path = uri.as_ref().map_or("/", |uri| uri.path());
    // Two slashes would begin the name of a host.
    if path.starts_with("//") {
        return "/".to_owned();
    }
    let fields = uri.as_ref().and_then(|uri| uri.query()).unwrap_or_default().split('&');
    let fields: Vec<&str> = fields
        .filter(|field| !field.is_empty() && !field.starts_with("said="))
        .collect();
    match fields.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", fields.join("&")),
    }
}
