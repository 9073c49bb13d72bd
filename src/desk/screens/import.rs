//! Imports an export, a sheet, or pasted names into a list, in three steps on one page.
//!
//! In: a file that is dropped, or a text. Out: its columns as they are understood, each
//! with a menu to change it; its rows by what becomes of them; on acceptance, the list.
//! Guaranteed: nothing is written before it is accepted; then the list and the meanings of
//! its columns are written together, so that one undo takes both back. Absent: deciding
//! what is held (that is `questions`').

use super::row_form::cell_words;
use super::sentences::{question_words, sentence};
use crate::desk::error::{DeskError, first_upper};
use crate::desk::forms::{Posted, token};
use crate::desk::lists;
use crate::desk::nav;
use crate::desk::page::{Page, Visit};
use crate::desk::query::Fields;
use crate::desk::query::InPath;
use crate::desk::seen::Seen;
use crate::desk::state::{Desk, Shared};
use crate::desk::upload::{Uploaded, with_dropped};
use crate::desk::waiting::WaitingExport;
use crate::diag::{Code, Diagnostic, counted};
use crate::engine::{
    ChangeSet, ImportEntry, ImportPlan, ImportRequest, ImportTarget, ListInput, RowOutcome, RowTally, Workspace,
    has_errors,
};
use crate::load::{self, ListColumn};
use crate::model::signatory::{Column, Status};
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Returns the routes of the screen.
pub(in crate::desk) fn routes() -> Router<Shared> {
    Router::new()
        .route(nav::IMPORT.path, get(begin).post(take))
        .route("/import/{number}", get(show))
        .route("/import/{number}/columns", post(columns))
        .route("/import/{number}/accept", post(accept))
}

/// The name of a pasted text.
const PASTED: &str = "pasted text";

fn page(body: Markup) -> Page {
    Page {
        title: "Import".to_owned(),
        beside: Markup::default(),
        nav: &nav::IMPORT,
        primary: Some(Markup::default()),
        body,
    }
}

async fn begin(visit: Visit) -> Response {
    let read = visit.desk.run(|desk| Ok(lists::lists(&desk.workspace()?))).await;
    let page = read.map(|lists| {
        let names: Vec<String> = lists.into_iter().map(|list| list.name).collect();
        page(first_step(&visit.desk, &names))
    });
    visit.answer(&nav::IMPORT, page).await
}

/// Draws the first step: the file or the text, and where its rows go.
fn first_step(desk: &Shared, lists: &[String]) -> Markup {
    html! {
        form.import #import method="post" action=(nav::IMPORT.path) enctype="multipart/form-data" {
            (token(desk))
            section.card.step {
                h2 { span.number { "1" } "The signatures" }
                div.ways {
                    label.drop for="file" data-drop {
                        b { "Drop a file here, or choose one" }
                        span.hint { "An export of a form, a workbook (.xlsx, .ods), .csv, .tsv, .toml, .txt, or a saved web page" }
                        input #file type="file" name="file";
                    }
                    div.field {
                        label for="pasted" { "Or paste rows, names, or an email" }
                        textarea #pasted name="pasted" rows="8" spellcheck="false" placeholder="One name per line, or rows from a sheet with their header" {}
                    }
                }
                div.fields {
                    div.field {
                        label for="into" { "Add them to" }
                        select #into name="into" {
                            @for name in lists { option value=(name) { (name) } }
                            option value="" { "a new list" }
                        }
                    }
                    div.field.is-new {
                        label for="new" { "Name of the new list" }
                        input #new name="new" placeholder="signatories.csv" autocomplete="off";
                    }
                }
                div.buttons { button.primary type="submit" { "Look at the rows" } span.hint { "Nothing is written yet." } }
            }
        }
    }
}

async fn take(visit: Visit, uploaded: Result<Uploaded, DeskError>) -> Response {
    let kept = uploaded.and_then(|uploaded| keep(&visit.desk, uploaded));
    match kept {
        Ok(number) => Redirect::to(&format!("{}/{number}", nav::IMPORT.path)).into_response(),
        Err(error) => visit.error(&nav::IMPORT, &error).await,
    }
}

/// Keeps what was dropped or pasted until it is accepted.
fn keep(desk: &Desk, mut uploaded: Uploaded) -> Result<u64, DeskError> {
    let pasted = uploaded.fields.remove("pasted").filter(|text| !text.trim().is_empty());
    let (name, bytes) = match (uploaded.files.pop(), pasted) {
        (Some((_, file)), _) => (file.name, file.bytes),
        (None, Some(text)) => (PASTED.to_owned(), text.into_bytes()),
        (None, None) => {
            let what = "there is nothing to import; choose a file, or paste rows";
            return Err(DeskError::Refused(what.to_owned()));
        }
    };
    let field = |name: &str| {
        uploaded
            .fields
            .get(name)
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
    };
    let into = match field("into").or_else(|| field("new")) {
        Some(name) => list_name(name)?,
        None => "signatories.csv".to_owned(),
    };
    Ok(desk.waiting.keep(WaitingExport {
        name,
        bytes,
        into,
        meanings: Vec::new(),
    }))
}

/// Returns the file name of a list; one that would lead elsewhere is refused.
fn list_name(name: &str) -> Result<String, DeskError> {
    let has_ending = name.rsplit_once('.').is_some_and(|(stem, _)| !stem.is_empty());
    let name = if has_ending {
        name.to_owned()
    } else {
        format!("{name}.csv")
    };
    let is_plain =
        !name.contains(['/', '\\', ':', '#']) && !name.starts_with('.') && !name.chars().any(char::is_control);
    let is_shared = ["directory.toml", "decisions.toml"].contains(&&*name);
    match is_plain && !is_shared {
        true => Ok(name),
        false => Err(DeskError::Refused(format!(
            "`{name}` cannot be the name of a list; choose a plain file name"
        ))),
    }
}

/// An import as it stands.
struct Shown {
    number: u64,
    waiting: WaitingExport,
    plan: ImportPlan,
    target_shown: String,
    target_seen: Seen,
    settings_seen: Seen,
}

/// Opens the workspace with an export among its files, and returns the export's path: the
/// ending of its name says its format.
fn with_export(desk: &Desk, waiting: &WaitingExport) -> Result<(Workspace, PathBuf), DeskError> {
    let ending = if waiting.name == PASTED && has_cells(&waiting.bytes) {
        ".csv"
    } else {
        ""
    };
    let name = format!("{}{ending}", waiting.name);
    let (workspace, mut paths) = with_dropped(desk, &[(&name, &waiting.bytes)])?;
    Ok((workspace, paths.remove(0)))
}

/// How many rows of a pasted text are looked at.
const LOOKED_AT: usize = 8;

/// Returns true if a pasted text is rows of a sheet: its first rows have as many cells as
/// its first, three or more.
fn has_cells(bytes: &[u8]) -> bool {
    let widths = |delimiter: u8| -> Vec<usize> {
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(bytes);
        let records = reader.byte_records().map_while(Result::ok);
        records.take(LOOKED_AT).map(|record| record.len()).collect()
    };
    let is_table = |widths: Vec<usize>| match widths[..] {
        [first, ref others @ ..] => first >= 3 && !others.is_empty() && others.iter().all(|width| *width == first),
        [] => false,
    };
    [b'\t', b',', b';']
        .into_iter()
        .any(|delimiter| is_table(widths(delimiter)))
}

/// Plans the import under what the user said of the columns.
fn plan(desk: &Desk, waiting: &WaitingExport) -> Result<(ImportPlan, PathBuf, ChangeSet), DeskError> {
    let (mut workspace, export) = with_export(desk, waiting)?;
    let target = workspace.root.join("signatories").join(&waiting.into);
    let settings = match waiting.meanings.is_empty() {
        true => ChangeSet::default(),
        false => workspace.set_columns(&waiting.meanings, &[])?,
    };
    let plan = workspace.import(ImportRequest {
        input: ListInput::File(export),
        target: ImportTarget::List(target.clone()),
        letter: None,
        without_private: false,
    })?;
    Ok((plan, target, settings))
}

async fn show(visit: Visit, InPath(number): InPath<u64>) -> Response {
    let read = visit.desk.run(move |desk| {
        let waiting = desk.waiting.get(number)?;
        let (plan, target, _) = plan(desk, &waiting)?;
        Ok(Shown {
            number,
            target_shown: desk.paths.shown(&target),
            target_seen: Seen::of(desk.content(&target)?.as_deref()),
            settings_seen: Seen::of(desk.content(&desk.root.join(crate::engine::PROJECT))?.as_deref()),
            waiting,
            plan,
        })
    });
    let page = read.await.map(|shown| page(steps(&visit.desk, &shown)));
    visit.answer(&nav::IMPORT, page).await
}

fn steps(desk: &Shared, shown: &Shown) -> Markup {
    let failed = has_errors(&shown.plan.diagnostics);
    html! {
        div.import {
            section.card.step.is-done {
                h2 { span.number { "1" } "The signatures" }
                p { b { (shown.waiting.name) } " → " code { (shown.target_shown) }
                    @if !shown.plan.adds_to_list { " " span.why { "a new list" } } " · " a href=(nav::IMPORT.path) { "Choose another" } }
            }
            (second_step(desk, shown))
            @if failed { (messages(&shown.plan)) } @else { (third_step(desk, shown)) }
        }
    }
}

/// What the table of columns shows by itself.
const SAID_BY_COLUMNS: &[Code] = &[Code::GuessedColumn, Code::UnknownColumn, Code::UnclearColumn];

/// Draws what there is to say about the file beside its columns.
fn messages(plan: &ImportPlan) -> Markup {
    let said = plan
        .diagnostics
        .iter()
        .filter(|said| !SAID_BY_COLUMNS.contains(&said.code));
    let said: Vec<&Diagnostic> = said.collect();
    let place = |said: &Diagnostic| said.origin.map(|origin| plan.sources.line(origin));
    html! {
        @if !said.is_empty() {
            section.messages {
                h3 { (counted(said.len(), "remark", "remarks")) " about the file" }
                ul.facts {
                    @for said in said.iter().take(MESSAGES) {
                        li {
                            @if let Some(line) = place(said) { span.place { "Row " (line) } " " }
                            (sentence(&said.message))
                            @if let Some(hint) = &said.hint { " " (sentence(hint)) }
                        }
                    }
                    @if said.len() > MESSAGES { li { "and " (said.len() - MESSAGES) " more" } }
                }
            }
        }
    }
}

/// How many remarks about the file are shown.
const MESSAGES: usize = 12;

/// Draws the second step: what each column is.
fn second_step(desk: &Shared, shown: &Shown) -> Markup {
    let plan = &shown.plan;
    html! {
        @if !plan.columns.is_empty() {
            section.card.step {
                h2 { span.number { "2" } "The columns" }
                form method="post" action={ (nav::IMPORT.path) "/" (shown.number) "/columns" } {
                    (token(desk))
                    div.scroll tabindex="0" role="region" aria-label="Columns" {
                        table.columns {
                            thead { tr {
                                th scope="col" { "Header" } th scope="col" { "Is read as" } th scope="col" { "First cells" } th scope="col" { "Why" } th.figure scope="col" { "Filled" }
                            } }
                            tbody { @for (at, column) in plan.columns.iter().enumerate() { (column_row(at, column)) } }
                        }
                    }
                    div.buttons { button type="submit" { "Apply" } span.hint { "What you change is remembered for the next export with these headers." } }
                }
            }
        }
    }
}

fn column_row(at: usize, column: &ListColumn) -> Markup {
    let own = column.reads_as.unwrap_or("unused");
    let words = load::canonical();
    html! {
        tr.is-guess[column.is_guess] {
            th scope="row" { @if column.header.is_empty() { span.why { "no header" } } @else { (column.header) } }
            td {
                @if column.header.is_empty() { (own) } @else {
                    input type="hidden" name={ "header-" (at) } value=(column.header);
                    input type="hidden" name={ "was-" (at) } value=(own);
                    select name={ "word-" (at) } aria-label={ "What “" (column.header) "” is read as" } {
                        @if !words.contains(&own) { option value=(own) selected { (own) } }
                        @for word in &words { option value=(word) selected[*word == own] { (meaning_words(word)) } }
                    }
                    @if column.is_private { " " span.tag { "private" } }
                    @if column.is_guess { " " span.tag.is-open { "guess" } }
                }
            }
            td.samples { @for (at, cell) in column.samples.iter().enumerate() { @if at > 0 { " · " } (cell) } }
            td.why { (first_upper(column.reason.as_str())) }
            td.figure { (column.filled) }
        }
    }
}

/// Returns the meaning of a column for people; a question of consent by what a yes means.
fn meaning_words(word: &str) -> &str {
    let column = Column::ALL.iter().find(|column| column.as_str() == word);
    match (column, word) {
        (Some(column), _) => cell_words(*column),
        (None, "full_name") => "Full name of a person",
        (None, "first_name") => "First name",
        (None, "last_name") => "Last name",
        (None, "authorized") => "Yes: may sign for the organization",
        (None, "unauthorized") => "Yes: may not sign for the organization",
        (None, "publish") => "Yes: may be printed",
        (None, "private") => "Yes: may not be printed",
        (None, "signed") => "Yes: signs",
        (None, "withdrawn") => "Yes: withdrew",
        (None, "declined") => "Yes: declined",
        (None, "signed_at_day_first") => "Signed, day first",
        (None, "signed_at_month_first") => "Signed, month first",
        (None, "unused") => "Not used",
        (None, word) => word,
    }
}

/// A group of rows: its title, what becomes of it, its rows.
fn group(plan: &ImportPlan, class: &str, title: &str, what: &str, tally: &RowTally, rows: &Markup) -> Markup {
    let places: Vec<String> = tally
        .first
        .iter()
        .map(|row| plan.sources.line(*row).to_string())
        .collect();
    html! {
        details class={ "group " (class) } {
            summary {
                span.big { (tally.count) }
                b { (title) }
                span.hint { (what) }
            }
            (rows)
            @if !places.is_empty() {
                p.hint { "Rows " (places.join(", ")) @if tally.count > places.len() { ", …" } " of the file" }
            }
        }
    }
}

/// How many rows of a group are named.
const NAMED: usize = 60;

/// Draws the third step: the rows by what becomes of them, and the act.
fn third_step(desk: &Shared, shown: &Shown) -> Markup {
    let (plan, counts) = (&shown.plan, &shown.plan.counts);
    let entries = |is: fn(&RowOutcome) -> bool| {
        let found: Vec<&ImportEntry> = plan.entries.iter().filter(|entry| is(&entry.outcome)).collect();
        html! {
            @if !found.is_empty() {
                ul.names { @for entry in found.iter().take(NAMED) { li { (entry_words(entry)) } } @if found.len() > NAMED { li.hint { "and " (found.len() - NAMED) " more" } } }
            }
        }
    };
    let held = html! {
        ul.names {
            @for question in plan.questions.iter().take(NAMED) {
                li { span.place { "row " (plan.sources.line(question.origin)) } " " (question_words(&question.hold.question(&question.cell))) }
            }
            @if plan.questions.len() > NAMED { li.hint { "and " (plan.questions.len() - NAMED) " more" } }
        }
    };
    let is_kept = |outcome: &RowOutcome| matches!(outcome, RowOutcome::StatusKept { .. } | RowOutcome::NameKept { .. });
    let changes = counts.added.count + counts.updated.count;
    html! {
        section.card.step {
            h2 { span.number { (if plan.columns.is_empty() { "2" } else { "3" }) } "The rows" }
            div.groups {
                (group(plan, "is-added", "Added", "new signatures", &counts.added, &entries(|outcome| matches!(outcome, RowOutcome::Added(_)))))
                (group(plan, "is-updated", "Updated", "withdrawn or declined since, or held again", &counts.updated, &entries(|outcome| matches!(outcome, RowOutcome::Updated { .. } | RowOutcome::Reopened(_)))))
                (group(plan, "is-held", "Held", "of those added; not printed until you answer", &counts.asked, &held))
                (group(plan, "is-left", "Left out", "rows without a name", &counts.nameless, &Markup::default()))
            }
            @if counts.there.count > 0 {
                details.group.is-there {
                    summary { b { (counted(counts.there.count, "row is in the list already", "rows are in the list already")) } span.hint { "they stay as they are in your list" } }
                    (entries(is_kept))
                }
            }
            (messages(plan))
            form method="post" action={ (nav::IMPORT.path) "/" (shown.number) "/accept" } {
                (token(desk)) (shown.target_seen.field())
                input type="hidden" name="settings" value=(shown.settings_seen);
                ul.will {
                    @if changes > 0 {
                        li { code { (shown.target_shown) } @if plan.adds_to_list { " gets " } @else { " is made with " }
                            (counted(counts.added.count, "row", "rows")) @if plan.adds_to_list { " at its end" }
                            @if counts.updated.count > 0 { "; the status of " (counted(counts.updated.count, "row", "rows")) " changes" }
                            ". Every other byte stays." }
                    }
                    @if !shown.waiting.meanings.is_empty() {
                        li { code { "undersigned.toml" } " remembers " (counted(shown.waiting.meanings.len(), "column", "columns")) "." }
                    }
                    @if changes == 0 && shown.waiting.meanings.is_empty() { li { "Nothing: the list has every row already." } }
                }
                div.buttons {
                    button.primary type="submit" disabled[changes == 0 && shown.waiting.meanings.is_empty()] { "Accept" }
                    span.hint { "You can undo it." }
                }
            }
        }
    }
}

fn entry_words(entry: &ImportEntry) -> Markup {
    html! {
        (entry.name)
        @match &entry.outcome {
            RowOutcome::Added(Status::Confirmed) => {},
            RowOutcome::Added(status) => { " " span.why { (status.as_str()) } },
            RowOutcome::Updated { old, new } => { " " span.why { (new.as_str()) ", was " (old.as_str()) } },
            RowOutcome::Reopened(hold) => { " " span.why { (hold.question(&entry.name)) } },
            RowOutcome::StatusKept { list, export } => { " " span.why { (list.as_str()) " in your list, " (export.as_str()) " in the file" } },
            RowOutcome::NameKept { export } => { " " span.why { "“" (export) "” in the file" } },
        }
    }
}

async fn columns(
    visit: Visit,
    InPath(number): InPath<u64>,
    Posted(fields): Posted<BTreeMap<String, String>>,
) -> Response {
    let meanings = fields.iter().filter_map(|(name, header)| {
        let at = name.strip_prefix("header-")?;
        let word = fields.get(&format!("word-{at}"))?;
        let was = fields.get(&format!("was-{at}"))?;
        (word != was).then(|| (header.clone(), word.clone()))
    });
    let meanings: Vec<(String, String)> = meanings.collect();
    let known = load::canonical();
    if let Some((_, word)) = meanings.iter().find(|(_, word)| !known.contains(&&**word)) {
        let error = DeskError::BadForm(format!("`{word}` is not the meaning of a column"));
        return visit.error(&nav::IMPORT, &error).await;
    }
    visit.desk.waiting.change(number, |waiting| {
        for (header, word) in meanings {
            waiting.meanings.retain(|(own, _)| *own != header);
            waiting.meanings.push((header, word));
        }
    });
    Redirect::to(&format!("{}/{number}", nav::IMPORT.path)).into_response()
}

async fn accept(
    visit: Visit,
    InPath(number): InPath<u64>,
    Posted(fields): Posted<BTreeMap<String, String>>,
) -> Response {
    let done = visit.desk.run(move |desk| {
        let seen = |name: &str| -> Result<Seen, DeskError> {
            let field = fields.get(name).map_or("", String::as_str);
            field.parse().map_err(DeskError::BadForm)
        };
        let (target_seen, settings_seen) = (seen("seen")?, seen("settings")?);
        let waiting = desk.waiting.get(number)?;
        let mut message = String::new();
        let mut asked = 0;
        desk.act_private(&format!("import {}", waiting.name), |_| {
            let back = format!("{}/{number}", nav::IMPORT.path);
            let (mut plan, target, settings) = plan(desk, &waiting)?;
            desk.expect(&target, target_seen, "", &back)?;
            if !settings.changes.is_empty() {
                desk.expect(&desk.root.join(crate::engine::PROJECT), settings_seen, "", &back)?;
            }
            let counts = &plan.counts;
            asked = counts.asked.count;
            message = format!(
                "Imported into {}: {} added, {} updated, {} held, {} left out.",
                waiting.into, counts.added.count, counts.updated.count, asked, counts.nameless.count
            );
            let changes = counts.added.count + counts.updated.count;
            let mut set = settings;
            if changes > 0 {
                set.changes.extend(plan.change_set()?.changes);
            }
            let private = if plan.is_private() { vec![target] } else { Vec::new() };
            Ok((set, private))
        })?;
        desk.waiting.forget(number);
        let there = if asked > 0 { nav::QUESTIONS.path } else { nav::ROLL.path };
        Ok(desk.say(message, &Fields::default().with("list", &waiting.into).address(there)))
    });
    match done.await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error) => visit.error(&nav::IMPORT, &error).await,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn pasted_rows_are_told_from_pasted_names() {
        for text in ["a,b,c\n1,2,3\n", "a\tb\tc\n1\t2\t\n", "When;Who?;Mail\n1;\"a;b\";c\n"] {
            assert!(has_cells(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "a,b,c",
            "Oak Union\nElm House\n",
            "Oak, Inc.\nElm, Ash and Fir, LLC\n",
            "a,b\nc,d\n",
        ] {
            assert!(!has_cells(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_list_has_a_plain_file_name() {
        for (name, expected) in [
            ("spring", "spring.csv"),
            ("spring.toml", "spring.toml"),
            ("é 2.csv", "é 2.csv"),
        ] {
            assert_eq!(list_name(name).unwrap(), expected);
        }
        for name in [
            "../a.csv",
            "a/b",
            "C:\\a",
            ".hidden",
            "decisions.toml",
            "directory.toml",
            "a\nb",
            "a.xlsx#b",
        ] {
            assert!(list_name(name).is_err(), "{name}");
        }
    }
}
