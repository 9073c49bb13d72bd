//! Questions that travel: a sheet for colleagues, and their answers back.
//!
//! In: a list; the sheets that came back. Out: the open questions as a workbook or a page; what
//! would be answered, and what is not, with the reason; on acceptance, the saved answers.
//! Guaranteed: nothing is written before it is accepted; then all answers are one act, so that
//! one undo takes them back; what contradicts is told and never saved. Absent: reading a sheet
//! (that is the engine's).

use super::sentences::question_words;
use crate::desk::download::attached;
use crate::desk::error::DeskError;
use crate::desk::forms::{Posted, token};
use crate::desk::lists;
use crate::desk::nav;
use crate::desk::page::{Page, Visit};
use crate::desk::query::{Fields, InAddress, InPath};
use crate::desk::seen::Seen;
use crate::desk::state::{Desk, Shared};
use crate::desk::upload::Uploaded;
use crate::desk::waiting::WaitingAnswers;
use crate::diag::{Diagnostic, counted};
use crate::emit::question_sheet::QUESTION_FORMATS;
use crate::engine::{
    AnswerFile, AnswerOutcome, AnswersPlan, AnswersRequest, DECISIONS, PROJECT, ReadAnswer, Workspace, has_errors,
};
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeSet;

/// Returns the routes of the screen.
pub(in crate::desk) fn routes() -> Router<Shared> {
    Router::new()
        .route("/questions/sheet", get(sheet))
        .route("/questions/answers", post(take))
        .route("/questions/answers/{number}", get(show))
        .route("/questions/answers/{number}/accept", post(accept))
}

/// Draws the two forms on the screen of questions: the sheet that is handed out, and the place
/// where it comes back.
pub(super) fn forms(desk: &Shared, list: &str, open: usize) -> Markup {
    html! {
        details.colleagues #colleagues data-live {
            summary { "Ask a colleague" }
            @if open > 0 {
                form method="get" action="/questions/sheet" {
                    input type="hidden" name="list" value=(list);
                    p { "Hand out the " (counted(open, "open question", "open questions")) " as a file. Your colleague doesn't need undersigned." }
                    label.settles {
                        input type="checkbox" name="private" value="1";
                        span { "With contacts and email addresses" }
                    }
                    div.buttons {
                        button type="submit" name="format" value="xlsx" { "Workbook (.xlsx)" }
                        button type="submit" name="format" value="html" { "Page (.html)" }
                    }
                }
            }
            form method="post" action="/questions/answers" enctype="multipart/form-data" {
                (token(desk))
                input type="hidden" name="list" value=(list);
                label.drop for="answers-file" data-drop {
                    b { "Drop the answers here, or choose the files" }
                    span.hint { "You see what would be saved before anything is written." }
                    input #answers-file type="file" name="file" accept=".xlsx,.ods,.csv,.json,.html" multiple required;
                }
                div.field {
                    label for="answers-by" { "Who answered, where a file does not say" }
                    input #answers-by name="by" maxlength="80" autocomplete="off";
                }
                div.buttons { button type="submit" { "Look at the answers" } }
            }
        }
    }
}

/// Says which sheet is handed out.
#[derive(Deserialize)]
struct Sheet {
    list: String,
    format: String,
    private: Option<String>,
}

async fn sheet(visit: Visit, InAddress(wanted): InAddress<Sheet>) -> Response {
    let made = visit.desk.run(move |desk| {
        let missing = || DeskError::NotFound(format!("format of questions `{}`", wanted.format));
        let mut formats = QUESTION_FORMATS.iter();
        let format = formats
            .find(|format| format.extension == wanted.format)
            .ok_or_else(missing)?;
        let workspace = desk.workspace()?;
        let path = lists::named(&workspace, &wanted.list)?.list.path;
        let sheet = desk.with_review(&path, |review| {
            let is_private = wanted.private.is_some();
            Ok(workspace.question_sheet(std::slice::from_ref(review), is_private)?)
        })?;
        if sheet.questions.is_empty() {
            return Err(DeskError::Refused(
                "no question is open, so there is nothing to ask".to_owned(),
            ));
        }
        let bytes = (format.emit)(&sheet);
        let bytes = bytes.map_err(|error| DeskError::Refused(format!("the sheet cannot be made: {error}")))?;
        Ok((bytes, format!("questions.{}", format.extension)))
    });
    match made.await {
        Err(error) => visit.error(&nav::QUESTIONS, &error).await,
        Ok((bytes, name)) => attached(bytes, &name),
    }
}

/// Returns the address of a list's questions.
fn back(list: &str) -> String {
    Fields::default().with("list", list).address(nav::QUESTIONS.path)
}

/// Keeps the sheets that came back until they are accepted.
async fn take(visit: Visit, uploaded: Result<Uploaded, DeskError>) -> Response {
    let kept = uploaded.and_then(|uploaded| {
        if uploaded.files.is_empty() {
            let message = "there are no answers to look at; choose the file that came back";
            return Err(DeskError::Refused(message.to_owned()));
        }
        let list = uploaded.text("list").unwrap_or_default().to_owned();
        let by = uploaded.text("by").map(str::to_owned);
        let files = uploaded.files.into_iter().map(|(_, file)| file).collect();
        let number = visit.desk.answers.keep(WaitingAnswers { files, by });
        let page = format!("/questions/answers/{number}");
        Ok(Fields::default().with("list", &list).address(&page))
    });
    match kept {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error) => visit.error(&nav::QUESTIONS, &error).await,
    }
}

/// Says which list the answers are of.
#[derive(Deserialize)]
struct OfList {
    #[serde(default)]
    list: String,
}

/// What the page shows.
struct Shown {
    list: String,
    names: Vec<String>,
    plan: AnswersPlan,
    answers_seen: Seen,
    settings_seen: Seen,
}

/// Plans what becomes of the answers.
fn plan(desk: &Desk, workspace: &Workspace, list: &str, waiting: WaitingAnswers) -> Result<AnswersPlan, DeskError> {
    let path = lists::named(workspace, list)?.list.path;
    desk.with_review(&path, |review| {
        let files = waiting.files.into_iter();
        let request = AnswersRequest {
            files: files.map(|file| AnswerFile::Bytes(file.name, file.bytes)).collect(),
            by: waiting.by,
            date: Some(jiff::Zoned::now().date()),
        };
        let plan = workspace.read_answers(std::slice::from_ref(review), request)?;
        let is_error = |said: &&Diagnostic| has_errors(std::slice::from_ref(*said));
        match plan.diagnostics.iter().find(is_error) {
            None => Ok(plan),
            Some(error) => {
                let hint = error.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
                Err(DeskError::Refused(format!("{}{hint}", error.message)))
            }
        }
    })
}

async fn show(visit: Visit, InPath(number): InPath<u64>, InAddress(of): InAddress<OfList>) -> Response {
    let read = visit.desk.run(move |desk| {
        let waiting = desk.answers.get(number)?;
        let workspace = desk.workspace()?;
        Ok(Shown {
            names: waiting.files.iter().map(|file| file.name.clone()).collect(),
            plan: plan(desk, &workspace, &of.list, waiting)?,
            answers_seen: Seen(workspace.answers_seen()?),
            settings_seen: Seen::of(desk.content(&desk.root.join(PROJECT))?.as_deref()),
            list: of.list,
        })
    });
    let page = read.await.map(|shown| Page {
        title: "Answers of colleagues".to_owned(),
        beside: html! { code { (shown.names.join(", ")) } },
        nav: &nav::QUESTIONS,
        primary: Some(Markup::default()),
        body: view(&visit.desk, number, &shown),
    });
    visit.answer(&nav::QUESTIONS, page).await
}

/// Returns an outcome as a heading, and whether somebody must look at it.
fn heading(outcome: AnswerOutcome) -> (&'static str, bool) {
    match outcome {
        AnswerOutcome::Contradiction => ("Contradict each other; will not be saved", true),
        AnswerOutcome::Unreadable => ("Not understood; will not be saved", true),
        AnswerOutcome::Closed => ("To questions that are not open; will not be saved", false),
        AnswerOutcome::Repeated => ("Saved before", false),
        AnswerOutcome::Saved => ("Will be saved", false),
    }
}

/// How many answers of one outcome are shown.
const ANSWERS: usize = 200;

fn view(desk: &Shared, number: u64, shown: &Shown) -> Markup {
    let plan = &shown.plan;
    let saved = plan.count(AnswerOutcome::Saved);
    html! {
        div.send data-still {
            p.figures { b { (plan.answers.len()) } " " (if plan.answers.len() == 1 { "answer" } else { "answers" }) " · " (plan.blank) " left empty · " (counted(plan.open, "question", "questions")) " will stay open" }
            @for &outcome in AnswerOutcome::ALL {
                @let count = plan.count(outcome);
                @if count > 0 { (group(plan, outcome, count)) }
            }
            form.card method="post" action={ "/questions/answers/" (number) "/accept" } {
                (token(desk))
                input type="hidden" name="list" value=(shown.list);
                input type="hidden" name="answers" value=(shown.answers_seen);
                input type="hidden" name="settings" value=(shown.settings_seen);
                @if saved == 0 {
                    p { "There is no answer to save." }
                } @else {
                    p { (counted(saved, "answer", "answers")) " will be added to " code { (DECISIONS) } ". One undo takes all of them back." }
                }
                div.buttons {
                    @if saved > 0 { button.primary type="submit" { "Save " (counted(saved, "answer", "answers")) } }
                    a.button href=(back(&shown.list)) { @if saved > 0 { "Leave it" } @else { "Back to the questions" } }
                }
            }
        }
    }
}

/// Draws the answers of one outcome.
fn group(plan: &AnswersPlan, outcome: AnswerOutcome, count: usize) -> Markup {
    let (words, is_open) = heading(outcome);
    let answers = plan.answers.iter().filter(|answer| answer.outcome == outcome);
    html! {
        section.card {
            h2 { span.is-open[is_open].is-good[outcome == AnswerOutcome::Saved] { (words) } " " span.why { (count) } }
            ul.read-answers { @for answer in answers.take(ANSWERS) { li { (answer_line(answer)) } } }
            @if count > ANSWERS { p.hint { "and " (count - ANSWERS) " more" } }
        }
    }
}

/// Draws an answer: what it is about, what it says, who gave it, and where.
fn answer_line(answer: &ReadAnswer) -> Markup {
    html! {
        p {
            @if answer.about.is_empty() { "Key " code { (answer.key) } }
            @for (at, name) in answer.about.iter().enumerate() { @if at > 0 { " / " } b { "“" (name) "”" } }
            ": " @if answer.answer.is_empty() { "no answer" } @else { (answer.answer) }
            @if let Some(print) = &answer.print { ", printed as “" (print) "”" }
        }
        p.why {
            @if let Some(by) = &answer.by { (by) " · " }
            (answer.file) @if let Some(line) = answer.line { ", row " (line) }
        }
        @if !answer.because.is_empty() { p.because { (question_words(&answer.because)) } }
    }
}

/// What the form of acceptance sends.
#[derive(Deserialize)]
struct Accepted {
    list: String,
    answers: Seen,
    settings: Seen,
}

async fn accept(visit: Visit, InPath(number): InPath<u64>, Posted(form): Posted<Accepted>) -> Response {
    let done = visit.desk.run(move |desk| {
        let waiting = desk.answers.get(number)?;
        let there = back(&form.list);
        // The review is of the files as they are before the act.
        let plan = plan(desk, &desk.workspace()?, &form.list, waiting)?;
        let message = title(&plan);
        desk.act(&message, |_| {
            for (file, seen) in [(DECISIONS, form.answers), (PROJECT, form.settings)] {
                desk.expect(&desk.root.join(file), seen, "", &there)?;
            }
            Ok(plan.set.clone())
        })?;
        desk.answers.forget(number);
        let open = match plan.open {
            0 => "every question is answered".to_owned(),
            open => format!("{} open", counted(open, "question", "questions")),
        };
        Ok(desk.say(format!("Saved: {message}; {open}."), &there))
    });
    match done.await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error) => visit.error(&nav::QUESTIONS, &error).await,
    }
}

/// Returns the title of the act, for `undo`.
fn title(plan: &AnswersPlan) -> String {
    let saved = plan.answers.iter().filter(|one| one.outcome == AnswerOutcome::Saved);
    let people: BTreeSet<&str> = saved.filter_map(|one| one.by.as_deref()).collect();
    let answers = counted(plan.count(AnswerOutcome::Saved), "answer", "answers");
    match people.is_empty() {
        true => answers,
        false => format!("{answers} by {}", people.into_iter().collect::<Vec<_>>().join(", ")),
    }
}
