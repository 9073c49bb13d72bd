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
use crate::desk::nav::{self, letter_path};
use crate::desk::page::{Figure, Page, Visit};
use crate::desk::query::Fields;
use crate::desk::seen::Seen;
use crate::desk::state::{Desk, Shared};
use crate::diag::{Code, Diagnostic, Severity, counted};
use crate::engine::{self, Cure, Prepared};
use axum::Router;
use axum::extract::Query;
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
}

/// The findings of one file.
struct FileFindings {
    /// The file, as the user knows it.
    file: String,
    /// The letter's name, if it is a letter.
    letter: Option<String>,
    seen: Seen,
    findings: Vec<OneFinding>,
}

/// A finding with its place.
struct OneFinding {
    said: Diagnostic,
    line: Option<u32>,
    column: Option<u32>,
    cure: Option<Cure>,
}

async fn show(visit: Visit, Query(fields): Query<BTreeMap<String, String>>) -> Response {
    let fields = Fields::new(fields);
    let read = visit.desk.run(read).await;
    let page = read.map(|files| Page {
        title: "Check".to_owned(),
        beside: Markup::default(),
        nav: &nav::CHECK,
        primary: None,
        body: view(&visit.desk, &files, &fields),
    });
    visit.answer(&nav::CHECK, page).await
}

fn read(desk: &Desk) -> Result<Vec<FileFindings>, DeskError> {
    let workspace = desk.workspace()?;
    let letters = match workspace.letters() {
        Ok(letters) => letters,
        // Without a letter there is nothing to check.
        Err(_) => return Ok(Vec::new()),
    };
    let prepared = engine::prepare_all(&desk.files, &desk.paths, &letters, None)?;
    let found = engine::check(&prepared, false);
    let mut files: Vec<FileFindings> = Vec::new();
    for (letter, found) in prepared.iter().zip(found) {
        // A letter without findings is told, too.
        at_file(desk, &mut files, letter, &letter.shown)?;
        for said in found {
            let place = said.origin.map(|origin| letter.sources.place(origin));
            let file = place.as_ref().map_or(&*letter.shown, |place| place.file).to_owned();
            let (line, column) = place.map_or((None, None), |place| (place.line, place.column));
            let cure = engine::cure(&letter.sources, &said);
            let own = at_file(desk, &mut files, letter, &file)?;
            own.findings.push(OneFinding {
                said,
                line,
                column,
                cure,
            });
        }
    }
    for file in &mut files {
        file.findings
            .sort_by_key(|one| (std::cmp::Reverse(one.said.severity), one.line, one.column));
    }
    Ok(files)
}

/// Returns the findings of a file, begun if there are none yet.
fn at_file<'a>(
    desk: &Desk,
    files: &'a mut Vec<FileFindings>,
    letter: &Prepared,
    file: &str,
) -> Result<&'a mut FileFindings, DeskError> {
    let at = match files.iter().position(|own| own.file == file) {
        Some(at) => at,
        None => {
            let content = desk.content(&desk.root.join(file))?;
            files.push(FileFindings {
                file: file.to_owned(),
                letter: (file == letter.shown).then(|| letter.stem.clone()),
                seen: Seen::of(content.as_deref()),
                findings: Vec::new(),
            });
            files.len() - 1
        }
    };
    Ok(&mut files[at])
}

/// Returns true if a finding is a question that is answered under Questions.
fn is_question(said: &Diagnostic) -> bool {
    matches!(said.code, Code::Undecided | Code::HeldRows)
}

fn view(desk: &Shared, files: &[FileFindings], fields: &Fields) -> Markup {
    let all = || files.iter().flat_map(|file| &file.findings);
    let count = |severity: Severity| {
        let of = |one: &&OneFinding| one.said.severity == severity && !is_question(&one.said);
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
                    @if asked > 0 { " · " a href=(nav::QUESTIONS.path) { (counted(asked, "question", "questions")) } }
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
                @if !file.findings.is_empty() {
                    ul.findings { @for one in &file.findings { (finding(desk, file, one)) } }
                }
            }
        }
    }
}

/// Returns where a finding is mended.
fn place(file: &FileFindings, one: &OneFinding) -> Option<String> {
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
            Some(Fields::default().with("list", list).address(nav::ROLL.path))
        }
    }
}

fn finding(desk: &Shared, file: &FileFindings, one: &OneFinding) -> Markup {
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
