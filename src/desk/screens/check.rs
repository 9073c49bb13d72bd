//! Findings, grouped by file, each one click from its place.
//!
//! In: the letters. Out: what `check` says of each, with why it matters and what to do; for
//! some, the exact cure as a button. Guaranteed: a cure changes the words at its place and
//! nothing else, and only if the file is as the page showed it. Absent: finding (that is
//! `check`'s).

use super::sentences::sentence;
use crate::check;
use crate::desk::error::DeskError;
use crate::desk::forms::{Posted, token};
use crate::desk::letter_cache::{FileFindings, PlacedFinding};
use crate::desk::nav::{self, letter_path};
use crate::desk::page::{Figure, Page, Visit};
use crate::desk::query::{Fields, InAddress};
use crate::desk::seen::Seen;
use crate::desk::state::{Desk, Shared};
use crate::diag::{Code, Diagnostic, Severity, counted};
use crate::engine::{Cure, RowId};
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Returns the routes of the screen.
pub(in crate::desk) fn routes() -> Router<Shared> {
    Router::new()
        .route(nav::CHECK.path, get(show))
        .route("/check/cure", post(cure))
        .route("/check/samples", post(delete_samples))
}

async fn show(visit: Visit, InAddress(fields): InAddress<BTreeMap<String, String>>) -> Response {
    let fields = Fields::new(fields);
    let read = visit.desk.run(Desk::survey).await;
    let page = read.map(|survey| Page {
        title: "Check".to_owned(),
        beside: Markup::default(),
        nav: &nav::CHECK,
        primary: None,
        body: view(&visit.desk, &survey.files, &fields),
    });
    visit.answer(&nav::CHECK, page).await
}

/// Returns true if a finding is a question that is answered under Questions.
fn is_question(said: &Diagnostic) -> bool {
    matches!(said.code, Code::Undecided | Code::HeldRows)
}

fn view(desk: &Shared, files: &[FileFindings], fields: &Fields) -> Markup {
    let all = || files.iter().flat_map(|file| &file.findings);
    let count = |severity: Severity| {
        let of = |one: &&PlacedFinding| one.said.severity == severity && one.said.code != Code::Undecided;
        all().filter(of).count()
    };
    let cures = all().filter(|one| one.cure.is_some()).count();
    let asked = all().filter(|one| is_question(&one.said)).count();
    html! {
        div #check-head data-live {
            p.figures {
                @if all().next().is_none() { "No findings. Every letter is ready." } @else {
                    span.is-bad { (Figure(count(Severity::Error), "error", "errors")) }
                    " · " span.is-open { (Figure(count(Severity::Warning), "warning", "warnings")) }
                    " · " (Figure(count(Severity::Note), "note", "notes"))
                    @if asked > 0 { " · " a href=(nav::QUESTIONS.path) { (counted(asked, "is a question", "are questions")) } }
                    @if cures > 0 { " · " (Figure(cures, "has a button that fixes it", "have a button that fixes them")) }
                }
            }
        }
        div.checks #checks data-live {
            @if files.is_empty() { p.empty { "There is no letter to check yet." } }
            @for file in files { (file_view(desk, file, fields)) }
        }
    }
}

fn file_view(desk: &Shared, file: &FileFindings, fields: &Fields) -> Markup {
    let shown = fields.get("letter");
    let is_other = shown.is_some() && file.letter.is_some() && file.letter.as_deref() != shown;
    html! {
        @if !is_other {
            section.check-file {
                h2 {
                    @match &file.letter {
                        Some(name) => a href=(letter_path(name)) { (name) },
                        None => code { (file.file) },
                    }
                    @if file.findings.is_empty() { " " span.is-good { "no findings" } }
                    @else { " " span.why { (counted(file.findings.len(), "finding", "findings")) } }
                }
                (samples(desk, file))
                @if !file.findings.is_empty() {
                    ul.findings { @for one in &file.findings { (finding(desk, file, one)) } }
                }
            }
        }
    }
}

/// Returns where the rows of the sample begin that a list still has.
fn sample_rows(file: &FileFindings) -> impl Iterator<Item = u32> {
    let samples = file.findings.iter().filter(|one| one.said.code == Code::SampleRow);
    samples.filter_map(|one| one.start)
}

/// Offers to delete the rows of the sample, which are nobody's signatures.
fn samples(desk: &Shared, file: &FileFindings) -> Markup {
    let count = sample_rows(file).count();
    html! {
        @if count > 0 && file.letter.is_none() {
            form.sample-rows method="post" action="/check/samples" data-swap {
                (token(desk)) (file.seen.field())
                input type="hidden" name="file" value=(file.file);
                button type="submit" { "Delete " (counted(count, "row of the sample", "rows of the sample")) }
                span.hint { "They came with the new workspace. Your own rows stay." }
            }
        }
    }
}

/// What the button that deletes sample rows sends.
#[derive(Deserialize)]
struct SampleForm {
    seen: Seen,
    file: String,
}

async fn delete_samples(visit: Visit, Posted(form): Posted<SampleForm>) -> Response {
    let done = visit.desk.run(move |desk| {
        let path = curable(desk, &form.file)?;
        let found = desk.survey()?;
        let file = found.files.iter().find(|own| own.file == form.file);
        let rows: Vec<RowId> = file.into_iter().flat_map(sample_rows).map(RowId).collect();
        let rows_in_words = counted(rows.len(), "row of the sample", "rows of the sample");
        desk.act(&format!("delete {rows_in_words} in {}", form.file), |workspace| {
            desk.expect(&path, form.seen, "", nav::CHECK.path)?;
            Ok(workspace.delete_rows(&path, &rows, form.seen.0)?)
        })?;
        Ok(desk.say(format!("Deleted {rows_in_words} in {}.", form.file), nav::CHECK.path))
    });
    match done.await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error) => visit.error(&nav::CHECK, &error).await,
    }
}

/// Returns where a finding is mended.
fn place(file: &FileFindings, one: &PlacedFinding) -> Option<String> {
    if is_question(&one.said) {
        let list = file.file.rsplit('/').next().unwrap_or_default();
        return Some(Fields::default().with("list", list).address(nav::QUESTIONS.path));
    }
    match (&file.letter, one.line) {
        (Some(name), line) => {
            let line = line.map(|line| line.to_string()).unwrap_or_default();
            Some(Fields::default().with("line", &line).address(&letter_path(name)))
        }
        (None, _) => {
            let list = file.file.strip_prefix("signatories/")?;
            let row = one.start.map(|start| start.to_string()).unwrap_or_default();
            let address = Fields::default()
                .with("list", list)
                .with("row", &row)
                .address(nav::ROLL.path);
            Some(if row.is_empty() { address } else { address + "#name" })
        }
    }
}

fn finding(desk: &Shared, file: &FileFindings, one: &PlacedFinding) -> Markup {
    let said = &one.said;
    let (word, class) = match said.severity {
        _ if is_question(said) => ("question", "is-open"),
        Severity::Error => ("error", "is-bad"),
        Severity::Warning => ("warning", "is-open"),
        Severity::Note => ("note", "why"),
    };
    let words = match one.line {
        _ if is_question(said) => "Answer".to_owned(),
        Some(line) => format!("Line {line}"),
        None => "Open".to_owned(),
    };
    html! {
        li.finding {
            span class={ "severity " (class) } { (word) }
            div.what {
                p { (sentence(&said.message)) }
                @if let Some(hint) = said.hint.as_ref().filter(|_| !is_question(said)) { p.cure { b { "Fix: " } (sentence(hint)) } }
                @if !is_question(said) { details.more {
                    summary { "Why it matters" }
                    p { @match check::finding(said.code) { Some(finding) => (finding.why), None => (said.code.description()) } " " code { (said.code) } }
                } }
            }
            div.buttons {
                @if let Some(address) = place(file, one) { a.button href=(address) { (words) span.unseen { " of " (file.file) } } }
                @if let Some(cure) = &one.cure { (cure_button(desk, file, cure)) }
            }
        }
    }
}

fn cure_button(desk: &Shared, file: &FileFindings, cure: &Cure) -> Markup {
    html! {
        form method="post" action="/check/cure" data-swap {
            (token(desk)) (file.seen.field())
            input type="hidden" name="file" value=(file.file);
            input type="hidden" name="start" value=(cure.place.start);
            input type="hidden" name="old" value=(cure.old);
            input type="hidden" name="new" value=(cure.new);
            button type="submit" { "Write “" (cure.new) "”" span.unseen { " instead of “" (cure.old) "”" } }
        }
    }
}

/// What the button of a cure sends.
#[derive(Deserialize)]
struct CureForm {
    seen: Seen,
    file: String,
    start: usize,
    old: String,
    new: String,
}

/// Returns the file of the workspace that a cure may change.
fn curable(desk: &Desk, file: &str) -> Result<PathBuf, DeskError> {
    let workspace = desk.workspace()?;
    let files = workspace
        .letters()
        .unwrap_or_default()
        .into_iter()
        .chain(workspace.list_files());
    let mut files = files.filter(|path| desk.paths.shown(path) == file);
    files
        .next()
        .ok_or_else(|| DeskError::NotFound(format!("letter or list `{file}`")))
}

async fn cure(visit: Visit, Posted(form): Posted<CureForm>) -> Response {
    let done = visit.desk.run(move |desk| {
        let path = curable(desk, &form.file)?;
        let title = format!("write “{}” instead of “{}” in {}", form.new, form.old, form.file);
        desk.act(&title, |workspace| {
            desk.expect(&path, form.seen, &form.new, nav::CHECK.path)?;
            let cure = Cure {
                place: form.start..form.start.saturating_add(form.old.len()),
                old: form.old.clone(),
                new: form.new.clone(),
            };
            Ok(workspace.apply_cure(&path, &cure, form.seen.0)?)
        })?;
        Ok(desk.say(
            format!("Fixed in {}: “{}” is “{}” now.", form.file, form.old, form.new),
            nav::CHECK.path,
        ))
    });
    match done.await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error) => visit.error(&nav::CHECK, &error).await,
    }
}
