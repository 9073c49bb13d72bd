//! The overview: letters, lists, what is open, and the next step.

use crate::desk::counts::status;
use crate::desk::error::{DeskError, first_upper};
use crate::desk::forms::{Posted, token};
use crate::desk::nav::{self, letter_path};
use crate::desk::page::{Figure, Page, Visit, step_path, step_words};
use crate::desk::query::Fields;
use crate::desk::state::Shared;
use crate::desk::status::Status;
use crate::diag::counted;
use crate::engine::{LetterStatus, ListStatus, NextAct, OutputState};
use crate::model::letter::DocumentKind;
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;

/// Returns the routes of the screen.
pub(in crate::desk) fn routes() -> Router<Shared> {
    Router::new()
        .route(nav::WORKSPACE.path, get(show))
        .route("/new", post(new))
}

async fn show(visit: Visit) -> Response {
    let page = page(&visit.desk).await;
    visit.answer(&nav::WORKSPACE, page).await
}

/// A document to begin.
#[derive(Deserialize)]
struct New {
    kind: String,
    name: String,
}

/// Begins a document, and goes to it.
async fn new(visit: Visit, Posted(form): Posted<New>) -> Response {
    let made = visit.desk.run(move |desk| {
        let kind = DocumentKind::ALL.iter().find(|kind| kind.as_str() == form.kind);
        let kind = *kind.ok_or_else(|| DeskError::BadForm(format!("`{}` is not a kind of document", form.kind)))?;
        let name = form.name.trim();
        desk.act(&format!("new letters/{name}.md"), |workspace| {
            Ok(workspace.new_letter(kind, name)?)
        })?;
        Ok(name.to_owned())
    });
    match made.await {
        Ok(name) => Redirect::to(&visit.desk.say("Created from the sample.", &letter_path(&name))).into_response(),
        Err(error) => visit.error(&nav::WORKSPACE, &error).await,
    }
}

async fn page(desk: &Shared) -> Result<Page, DeskError> {
    let status = status(desk).await?;
    Ok(Page {
        title: status.survey.status.title.clone(),
        beside: Markup::default(),
        nav: &nav::WORKSPACE,
        primary: None,
        body: view(desk, &status),
    })
}

fn view(desk: &Shared, status: &Status) -> Markup {
    let workspace = &status.survey.status;
    html! {
        section.next #next data-live aria-labelledby="next-title" {
            h2 #next-title { "Next" }
            @if workspace.next.is_empty() {
                p { "Nothing is open. Every letter is released as it is." }
            }
            ol {
                @for step in &workspace.next {
                    li {
                        @if step.act == NextAct::Render {
                            // The button of the title bar does it.
                            b { (step_words(step)) }
                        } @else {
                            a href=(step_path(step)) { (step_words(step)) }
                        }
                        " " span.why { (first_upper(&step.because)) "." }
                    }
                }
            }
        }
        section aria-labelledby="letters-title" {
            h2 #letters-title { "Letters" }
            div #letters data-live { (letters(&workspace.letters)) }
            (new_form(desk))
            (super::draft::drop_zone(desk))
        }
        section aria-labelledby="lists-title" {
            h2 #lists-title { "Lists" }
            div #lists data-live { (lists(&workspace.lists)) }
        }
    }
}

fn new_form(desk: &Shared) -> Markup {
    let name = |kind| match kind {
        DocumentKind::Letter => "Letter",
        DocumentKind::PressRelease => "Press release",
        DocumentKind::Petition => "Petition",
        DocumentKind::Plan => "Plan",
        DocumentKind::Page => "Campaign page",
    };
    html! {
        form.row.new method="post" action="/new" {
            (token(desk))
            p.field {
                label for="new-kind" { "Start a new" }
                select #new-kind name="kind" {
                    @for kind in DocumentKind::ALL { option value=(kind.as_str()) { (name(*kind)) } }
                }
            }
            p.field {
                label for="new-name" { "Name of its file" }
                input #new-name name="name" required maxlength="100" autocomplete="off" placeholder="budget-2027";
            }
            button type="submit" { "Create" }
        }
    }
}

/// Draws the letters as cards.
pub(super) fn letters(letters: &[LetterStatus]) -> Markup {
    html! {
        @if letters.is_empty() {
            p.empty { "There is no letter yet." }
        }
        ul.cards {
            @for letter in letters {
                li.card {
                    h3 { a href=(letter_path(&letter.name)) { (letter.name) } }
                    @if let Some(reason) = &letter.unreadable {
                        p.is-bad { "Cannot be read: " (reason) }
                    } @else {
                        p { (Figure(letter.counts.signatories, "signatory", "signatories")) }
                        ul.facts {
                            li { (findings(letter)) }
                            @if letter.counts.ask > 0 { li.is-open { (counted(letter.counts.ask, "question", "questions")) " to answer" } }
                            li { (output(&letter.output)) }
                            li { (released(letter)) }
                        }
                    }
                }
            }
        }
    }
}

fn findings(letter: &LetterStatus) -> Markup {
    let warnings = counted(letter.warnings, "warning", "warnings");
    html! {
        @match (letter.errors, letter.warnings) {
            (0, 0) => span.is-good { "No findings" },
            (0, _) => span.is-open { (warnings) },
            (errors, 0) => span.is-bad { (counted(errors, "error", "errors")) },
            (errors, _) => span.is-bad { (counted(errors, "error", "errors")) ", " (warnings) },
        }
    }
}

fn output(output: &OutputState) -> Markup {
    html! {
        @match output {
            OutputState::Never => "Not written yet",
            OutputState::OlderThan(file) => { "Output is older than " code { (file) } },
            OutputState::Current => "Output is up to date",
        }
    }
}

fn released(letter: &LetterStatus) -> String {
    match letter.released {
        None => "Not released".to_owned(),
        Some(release) if release.unchanged => format!("Release {}, unchanged", release.number),
        Some(release) => format!("Changed since release {}", release.number),
    }
}

fn lists(lists: &[ListStatus]) -> Markup {
    html! {
        @if lists.is_empty() {
            p.empty { "There is no list yet. " a href=(nav::IMPORT.path) { "Import signatures" } }
        } @else {
            div.scroll tabindex="0" role="region" aria-label="Table of lists" {
                table {
                    thead { tr {
                        th scope="col" { "List" }
                        @for head in ["Signatories", "Rows", "Questions", "Left out", "Waiting"] { th.figure scope="col" { (head) } }
                        th scope="col" { "Last signed" }
                    } }
                    tbody {
                        @for list in lists { tr { (list_cells(list)) } }
                    }
                }
            }
        }
    }
}

fn list_cells(list: &ListStatus) -> Markup {
    let counts = list.counts;
    let name = list.path.rsplit('/').next().unwrap_or_default();
    let at = |entry: &nav::NavEntry| Fields::default().with("list", name).address(entry.path);
    html! {
        th scope="row" { a href=(at(&nav::ROLL)) { code { (list.path) } } }
        @if let Some(reason) = &list.unreadable {
            td.is-bad colspan="6" { "Cannot be read: " (reason) }
        } @else {
            @for count in [counts.signatories, counts.rows] { td.figure { (count) } }
            td.figure { @if counts.ask > 0 { a href=(at(&nav::QUESTIONS)) { (counts.ask) } } @else { "0" } }
            @for count in [counts.left_out, counts.waiting] { td.figure { (count) } }
            td { @if let Some(date) = list.last_signed { (date) } @else { "–" } }
        }
    }
}
