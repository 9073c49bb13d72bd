//! The overview: letters, lists, what is open, and the next step.

use crate::desk::counts::status;
use crate::desk::error::{DeskError, first_upper};
use crate::desk::nav::{self, letter_path};
use crate::desk::page::{Figure, Page, Visit, step_path, step_words};
use crate::desk::state::Shared;
use crate::desk::status::Status;
use crate::diag::counted;
use crate::engine::{LetterStatus, ListStatus, OutputState};
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};

/// Returns the routes of the screen.
pub(in crate::desk) fn routes() -> Router<Shared> {
    Router::new().route(nav::WORKSPACE.path, get(show))
}

async fn show(visit: Visit) -> Response {
    let page = page(&visit.desk).await;
    visit.answer(&nav::WORKSPACE, page).await
}

async fn page(desk: &Shared) -> Result<Page, DeskError> {
    let status = status(desk).await?;
    Ok(Page {
        title: status.workspace.title.clone(),
        beside: Markup::default(),
        nav: &nav::WORKSPACE,
        primary: None,
        body: view(&status),
    })
}

fn view(status: &Status) -> Markup {
    let workspace = &status.workspace;
    html! {
        section.next #next data-live aria-labelledby="next-title" {
            h2 #next-title { "Next" }
            @if workspace.next.is_empty() {
                p { "Nothing is open. Every letter is released as it is." }
            }
            ol {
                @for step in &workspace.next {
                    li { a href=(step_path(step)) { (step_words(step)) } " " span.why { (first_upper(&step.because)) "." } }
                }
            }
        }
        section aria-labelledby="letters-title" {
            h2 #letters-title { "Letters" }
            div #letters data-live { (letters(&workspace.letters)) }
        }
        section aria-labelledby="lists-title" {
            h2 #lists-title { "Lists" }
            div #lists data-live { (lists(&workspace.lists)) }
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
            p.empty { "There is no list yet." }
        } @else {
            div.scroll tabindex="0" role="region" aria-label="Lists" {
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
    html! {
        th scope="row" { code { (list.path) } }
        @if let Some(reason) = &list.unreadable {
            td.is-bad colspan="6" { "Cannot be read: " (reason) }
        } @else {
            @for count in [counts.signatories, counts.rows, counts.ask, counts.left_out, counts.waiting] {
                td.figure { (count) }
            }
            td { @if let Some(date) = list.last_signed { (date) } @else { "–" } }
        }
    }
}
