//! A draft of a word processor that becomes a letter.
//!
//! In: a file that is dropped. Out: what is taken for what, and the tracked changes to
//! decide; then the letter. Guaranteed: tracked changes are never decided silently; nothing
//! is written before it is accepted, and nothing that exists is overwritten. Absent: reading
//! a draft (that is the engine's).

use super::sentences::question_words;
use crate::desk::error::DeskError;
use crate::desk::forms::{Posted, token};
use crate::desk::nav::{self, letter_path};
use crate::desk::page::{Page, Visit};
use crate::desk::query::InAddress;
use crate::desk::state::{Desk, Shared};
use crate::desk::upload::Uploaded;
use crate::desk::waiting::DroppedFile;
use crate::diag::counted;
use crate::engine::{self, BoldAlone, DraftOutcome, DraftPlan, DraftRequest, ListInput};
use crate::model::draft::{ChangeDecision, TrackedChange};
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use std::path::Path;

/// The address of the screen.
const PATH: &str = "/draft";

/// Returns the routes of the screen.
pub(in crate::desk) fn routes() -> Router<Shared> {
    Router::new()
        .route(PATH, get(show).post(take_in))
        .route("/draft/create", post(create))
}

/// Draws the place where a draft is dropped.
pub(super) fn drop_zone(desk: &Shared) -> Markup {
    html! {
        details.card.draft #draft {
            summary { "Start from a Word draft" }
            form method="post" action=(PATH) enctype="multipart/form-data" {
                (token(desk))
                label.drop for="draft-file" data-drop {
                    b { "Drop a draft here, or choose one" }
                    span.hint { "A .docx file from Word, Google Docs, or LibreOffice; or .html or .md. You see what becomes of it before anything is written." }
                    input #draft-file type="file" name="file" accept=".docx,.html,.htm,.md" required;
                }
                div.buttons { button type="submit" { "Look at the draft" } }
            }
        }
    }
}

async fn take_in(visit: Visit, uploaded: Result<Uploaded, DeskError>) -> Response {
    let file = uploaded.and_then(|uploaded| uploaded.first_file("there is no draft to look at; choose one"));
    match file {
        Err(error) => visit.error(&nav::LETTERS, &error).await,
        Ok(file) => {
            let number = visit.desk.drafts.keep(file);
            Redirect::to(&format!("{PATH}?at={number}")).into_response()
        }
    }
}

/// What a form says of a draft.
struct Choices {
    at: u64,
    changes: Option<ChangeDecision>,
    bold: BoldAlone,
    name: Option<String>,
}

/// The fields of a form, where one may come several times.
type FieldList = Vec<(String, String)>;

impl Choices {
    fn new(fields: &FieldList) -> Self {
        let field = |name: &str| fields.iter().find(|(own, _)| own == name).map(|(_, value)| &**value);
        let changes = match field("changes") {
            Some("accept") => Some(ChangeDecision::Accept),
            Some("reject") => Some(ChangeDecision::Reject),
            Some("each") => {
                let count = field("count").and_then(|count| count.parse().ok()).unwrap_or(0);
                let mut each = vec![false; usize::min(count, CHANGES)];
                let accepted = fields.iter().filter(|(name, _)| name == "accept");
                for at in accepted.filter_map(|(_, at)| at.parse::<usize>().ok()) {
                    if let Some(change) = each.get_mut(at) {
                        *change = true;
                    }
                }
                Some(ChangeDecision::Each(each))
            }
            _ => None,
        };
        Self {
            at: field("at").and_then(|at| at.parse().ok()).unwrap_or(0),
            changes,
            bold: match field("bold") {
                Some("headings") => BoldAlone::Headings,
                Some("text") => BoldAlone::Text,
                _ => BoldAlone::Ask,
            },
            name: field("name")
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(str::to_owned),
        }
    }

    /// Reads the draft.
    fn outcome(&self, desk: &Desk, file: DroppedFile) -> Result<DraftOutcome, DeskError> {
        let out = match &self.name {
            None => None,
            Some(name) if name.contains(['/', '\\']) || name.starts_with('.') => {
                return Err(DeskError::Refused(format!(
                    "`{name}` is not a name of a letter; leave out the folders"
                )));
            }
            Some(name) => Some(
                desk.root
                    .join("letters")
                    .join(format!("{}.md", name.trim_end_matches(".md"))),
            ),
        };
        let request = DraftRequest {
            input: ListInput::Bytes(file.name, file.bytes),
            out,
            changes: self.changes.clone(),
            bold: self.bold,
        };
        Ok(engine::draft(&desk.files, &desk.paths, request)?)
    }
}

/// Most tracked changes that are decided one by one.
const CHANGES: usize = 10_000;

async fn show(visit: Visit, InAddress(fields): InAddress<FieldList>) -> Response {
    let read = visit.desk.run(move |desk| {
        let choices = Choices::new(&fields);
        let file = desk.drafts.get(choices.at)?;
        let name = file.name.clone();
        let outcome = choices.outcome(desk, file)?;
        Ok((name, outcome, choices, fields))
    });
    let page = read.await.map(|(name, outcome, choices, fields)| Page {
        title: "A draft".to_owned(),
        beside: html! { code { (name) } },
        nav: &nav::LETTERS,
        primary: Some(Markup::default()),
        body: match outcome {
            DraftOutcome::Undecided(changes) => undecided(&changes, choices.at),
            DraftOutcome::Letter(plan) => planned(&visit.desk, &plan, &choices, &fields),
        },
    });
    visit.answer(&nav::LETTERS, page).await
}

/// Draws the tracked changes, each to accept or to reject.
fn undecided(changes: &[TrackedChange], at: u64) -> Markup {
    html! {
        form.card.draft-changes data-still method="get" action=(PATH) {
            input type="hidden" name="at" value=(at);
            input type="hidden" name="count" value=(changes.len());
            h2 { (counted(changes.len(), "tracked change", "tracked changes")) " to decide" }
            p { "Tick those that you accept. The others are rejected." }
            ul.changes {
                @for (number, change) in changes.iter().enumerate() {
                    li {
                        input type="checkbox" name="accept" value=(number) id={ "change-" (number) };
                        label for={ "change-" (number) } {
                            (change.kind.as_str()) ": “" (change.words.trim()) "”"
                            span.why { " · paragraph " (change.paragraph) @if !change.author.is_empty() { " · " (change.author) } }
                        }
                    }
                }
            }
            div.buttons {
                button type="submit" name="changes" value="accept" { "Accept all" }
                button type="submit" name="changes" value="reject" { "Reject all" }
                button.primary type="submit" name="changes" value="each" { "Go on with my choices" }
            }
        }
    }
}

/// Draws what becomes of a draft.
fn planned(desk: &Shared, plan: &DraftPlan, choices: &Choices, fields: &FieldList) -> Markup {
    let stem = plan
        .letter
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let has_bold = choices.bold != BoldAlone::Ask || plan.found.iter().any(|found| found.part.contains("bold"));
    html! {
        div.draft-plan data-still {
            section.card aria-labelledby="found-title" {
                h2 #found-title { "What it becomes" }
                table {
                    thead { tr { th scope="col" { "Paragraph" } th scope="col" { "Is" } th scope="col" { "Words" } } }
                    tbody {
                        @for found in &plan.found {
                            tr.is-guess[found.is_question] {
                                td.figure { (found.paragraph) }
                                th scope="row" { (found.part) @if found.is_question { " " span.is-open { "look at it" } } }
                                td.why { (found.words) }
                            }
                        }
                    }
                }
                @if !plan.remarks.is_empty() {
                    h3 { "What a letter cannot keep" }
                    ul.facts { @for remark in &plan.remarks { li { "Paragraph " (remark.paragraph) ": " (question_words(&remark.text)) } } }
                }
            }
            section.card aria-labelledby="create-title" {
                h2 #create-title { "Create the letter" }
                ul.facts {
                    li { "The letter, with " (counted(plan.list.1, "name", "names")) " in its list" }
                    @if let Some((_, count)) = &plan.comments { li { (counted(*count, "comment", "comments")) ", shown at their words until they are done" } }
                    @if !plan.pictures.is_empty() { li { (counted(plan.pictures.len(), "picture", "pictures")) } }
                    @if !plan.changes.is_empty() { li { (counted(plan.changes.len(), "tracked change", "tracked changes")) " decided" } }
                }
                form method="post" action="/draft/create" {
                    (token(desk))
                    @for (name, value) in fields.iter().filter(|(name, _)| !["name", "bold", "token", "said"].contains(&&**name)) {
                        input type="hidden" name=(name) value=(value);
                    }
                    div.field {
                        label for="name" { "Name of its file" }
                        input #name name="name" value=(stem) required maxlength="100" autocomplete="off";
                    }
                    @if has_bold {
                        div.field {
                            label for="bold" { "Paragraphs that are all bold" }
                            select #bold name="bold" {
                                option value="ask" { "stay bold; ask me" }
                                option value="headings" selected[choices.bold == BoldAlone::Headings] { "are headings" }
                                option value="text" selected[choices.bold == BoldAlone::Text] { "are bold text" }
                            }
                        }
                    }
                    div.buttons { button.primary type="submit" { "Create the letter" } a.button href=(nav::WORKSPACE.path) { "Leave it" } }
                }
            }
        }
    }
}

async fn create(visit: Visit, Posted(fields): Posted<FieldList>) -> Response {
    let done = visit.desk.run(move |desk| {
        let choices = Choices::new(&fields);
        let file = desk.drafts.get(choices.at)?;
        let title = format!("draft {}", file.name);
        let DraftOutcome::Letter(plan) = choices.outcome(desk, file)? else {
            return Err(DeskError::Refused("decide on the tracked changes first".to_owned()));
        };
        desk.act(&title, |_| Ok(plan.set.clone()))?;
        desk.drafts.forget(choices.at);
        let name = plan
            .letter
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let shown = desk.paths.shown(Path::new(&plan.letter));
        Ok(desk.say(format!("Created {shown} from the draft."), &letter_path(&name)))
    });
    match done.await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error) => visit.error(&nav::LETTERS, &error).await,
    }
}
