//! Writes letters as PDF and HTML, as `render` does.

use crate::desk::error::{DeskError, first_upper};
use crate::desk::forms::Posted;
use crate::desk::nav;
use crate::desk::page::Visit;
use crate::desk::state::{Desk, Shared};
use crate::diag::{Severity, counted};
use crate::emit::{EmitOptions, FORMATS, Format};
use crate::engine::{LetterInput, RenderRequest, has_errors};
use crate::store::Staging;
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use serde::Deserialize;

/// The formats that are written.
const WRITTEN: [&str; 2] = ["pdf", "html"];

/// Returns the route of the act.
pub(in crate::desk) fn routes() -> Router<Shared> {
    Router::new().route("/write", post(write))
}

/// What is to be written: the path of a letter as the user knows it; empty: all letters
/// without errors.
#[derive(Deserialize)]
struct Write {
    #[serde(default)]
    letter: String,
}

async fn write(visit: Visit, Posted(form): Posted<Write>) -> Response {
    match visit.desk.run(move |desk| written(desk, &form.letter)).await {
        Ok(files) => {
            let files = counted(files, "file", "files");
            Redirect::to(
                &visit
                    .desk
                    .say(format!("{files} written to output/."), nav::WORKSPACE.path),
            )
            .into_response()
        }
        Err(error) => visit.error(&nav::WORKSPACE, &error).await,
    }
}

/// Writes a letter, or all that have no errors; returns how many files there are.
fn written(desk: &Desk, asked: &str) -> Result<usize, DeskError> {
    let workspace = desk.ready()?;
    let mut letters = workspace.letters()?;
    if !asked.is_empty() {
        letters.retain(|path| desk.paths.shown(path) == asked);
    }
    if letters.is_empty() {
        return Err(DeskError::NotFound(format!("letter `{asked}`")));
    }
    let formats: Vec<&Format> = FORMATS.iter().filter(|format| WRITTEN.contains(&format.name)).collect();
    let options = EmitOptions::default();
    let staging = Staging::new(&desk.paths, &desk.root);
    let mut files = 0;
    for path in letters {
        let prepared = workspace.prepare(LetterInput::File(path), None, &|_| {})?;
        if has_errors(&prepared.diagnostics) {
            let first = prepared
                .diagnostics
                .iter()
                .find(|said| said.severity == Severity::Error);
            match first {
                Some(said) if !asked.is_empty() => return Err(DeskError::Refused(first_upper(&said.message))),
                _ => continue,
            }
        }
        let folder = workspace.output_folder(&prepared.stem);
        let request = RenderRequest {
            formats: &formats,
            options: &options,
            fonts: &desk.fonts,
            folder: &folder,
        };
        let mut rendered = prepared.render(&request, &staging, &|_| {})?;
        prepared.register(&mut rendered, &request, false, &staging)?;
        files += rendered.files.len();
    }
    let ready = staging.ready()?;
    ready.commit(&desk.lock()?)?;
    desk.events.changed();
    Ok(files)
}
