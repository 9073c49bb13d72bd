//! The roll: every row of a list and what becomes of it, edited in place.
//!
//! In: a list, words to look for, facets. Out: a table; all that is known of one name.
//! Guaranteed: held rows come first, each with its question; an edit changes one row of the
//! list and no other byte; private cells are shown only with the name that was opened.
//! Absent: deciding questions (that is `questions`').

use super::row_form::{EDITED, cell_words, row_form};
use super::sentences::question_words;
use crate::desk::error::DeskError;
use crate::desk::forms::{Posted, token};
use crate::desk::list_cache::ListTable;
use crate::desk::lists::{self, ChosenList};
use crate::desk::nav;
use crate::desk::page::{Figure, Page, Visit};
use crate::desk::query::{Fields, InAddress};
use crate::desk::screens::answers::answer_words;
use crate::desk::seen::Seen;
use crate::desk::state::{Desk, Shared};
use crate::diag::counted;
use crate::engine::{
    Attribution, ChangeSet, RollEntry, RollFacet, RollOrder, RollQuery, RollSelection, RollStatus, RowId, Workspace,
};
use crate::model::signatory::{Column, Level};
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Returns the routes of the screen.
pub(in crate::desk) fn routes() -> Router<Shared> {
    Router::new()
        .route(nav::ROLL.path, get(show))
        .route("/roll/edit", post(edit))
        .route("/roll/add", post(add))
        .route("/roll/separate", post(separate))
}

/// How many entries a page has: a screenful of screenfuls, and some 60 kB.
const PAGE: usize = 200;

/// Stands in an address for a facet that has no value.
const NONE: &str = "-";

/// What the page of a list shows.
struct Shown {
    chosen: ChosenList,
    seen: Seen,
    table: Arc<ListTable>,
    answers_seen: Seen,
}

async fn show(visit: Visit, InAddress(fields): InAddress<BTreeMap<String, String>>) -> Response {
    let fields = Fields::new(fields);
    let wanted = fields.get("list").map(str::to_owned);
    let read = visit.desk.run(move |desk| read(desk, wanted.as_deref())).await;
    let page = read.map(|shown| match shown {
        None => no_list(),
        Some(shown) => Page {
            title: "Roll".to_owned(),
            beside: list_menu(nav::ROLL.path, &shown.chosen),
            nav: &nav::ROLL,
            primary: None,
            body: view(&visit.desk, &shown, &fields),
        },
    });
    visit.answer(&nav::ROLL, page).await
}

fn read(desk: &Desk, wanted: Option<&str>) -> Result<Option<Shown>, DeskError> {
    let workspace = desk.workspace()?;
    let Some(chosen) = lists::chosen(&workspace, wanted)? else {
        return Ok(None);
    };
    Ok(Some(Shown {
        seen: Seen::of(desk.content(&chosen.list.path)?.as_deref()),
        table: desk.table(&chosen.list.path)?,
        answers_seen: Seen(workspace.answers_seen()?),
        chosen,
    }))
}

fn no_list() -> Page {
    Page {
        title: "Roll".to_owned(),
        beside: Markup::default(),
        nav: &nav::ROLL,
        primary: None,
        body: html! {
            div.empty {
                p { "There is no list of signatories yet." }
                p { a href=(nav::IMPORT.path) { "Import an export, a sheet, or pasted names" } " to make one." }
            }
        },
    }
}

/// Draws the menu of lists, or the name of the only one.
pub(super) fn list_menu(path: &str, chosen: &ChosenList) -> Markup {
    html! {
        @if chosen.all.len() == 1 {
            code { (chosen.list.shown) }
        } @else {
            form.list-menu method="get" action=(path) {
                label for="list" { "List" }
                select #list name="list" data-submit {
                    @for name in &chosen.all {
                        option value=(name) selected[*name == chosen.list.name] { (name) }
                    }
                }
                button.quiet type="submit" { "Show" }
            }
        }
    }
}

/// Reads what is looked for from the fields of an address.
fn query(fields: &Fields) -> RollQuery {
    let facets = RollFacet::ALL.iter().filter_map(|facet| {
        let value = fields.get(facet.as_str())?;
        Some((*facet, if value == NONE { String::new() } else { value.to_owned() }))
    });
    let order = fields.get("sort").unwrap_or_default();
    RollQuery {
        text: fields.get("q").unwrap_or_default().to_owned(),
        facets: facets.collect(),
        order: RollOrder::ALL
            .iter()
            .copied()
            .find(|own| own.as_str() == order)
            .unwrap_or_default(),
        is_reversed: fields.get("reversed").is_some(),
    }
}

fn view(desk: &Shared, shown: &Shown, fields: &Fields) -> Markup {
    let table = &shown.table.table;
    let selection = table.select(&query(fields));
    let opened = fields.get("row").and_then(|row| row.parse().ok()).map(RowId);
    let opened = opened.and_then(|row| Some((row, table.entry_of(row)?)));
    let counts = table.rows.counts();
    html! {
        div.roll-head #roll-head data-live {
            p.figures {
                (Figure(counts.signatories, "signatory", "signatories"))
                @if counts.held > 0 { " · " span.is-open { (Figure(counts.held, "row held", "rows held")) } }
                @if counts.review > 0 { " · " span.is-open { (Figure(counts.review, "pair to decide", "pairs to decide")) } }
                @if counts.excluded > 0 { " · " (Figure(counts.excluded, "row left out", "rows left out")) }
                " · " (Figure(counts.rows, "row", "rows")) " in the list"
            }
        }
        (search(fields))
        div.roll {
            (facets(&selection, fields))
            div.roll-main {
                (held_band(shown, &selection, fields))
                (sheet(shown, &selection, fields))
                (late_signer(desk, shown))
            }
            @if let Some((row, at)) = opened { (drawer(desk, shown, &table.entries[at], row, fields)) }
        }
    }
}

fn search(fields: &Fields) -> Markup {
    html! {
        form.search method="get" action=(nav::ROLL.path) role="search" {
            @for (name, value) in fields.all().filter(|(name, _)| !["q", "row", "from"].contains(name)) {
                input type="hidden" name=(name) value=(value);
            }
            label.unseen for="q" { "Find a name, a town, or a state" }
            input #q name="q" type="search" value=[fields.get("q")] placeholder="Find a name, a town, or a state" autocomplete="off" data-search;
            button type="submit" { "Find" }
        }
    }
}

fn facets(selection: &RollSelection<'_>, fields: &Fields) -> Markup {
    let is_chosen = RollFacet::ALL.iter().any(|facet| fields.get(facet.as_str()).is_some());
    let is_shown = |facet: &RollFacet, counts: usize| counts > 1 || fields.get(facet.as_str()).is_some();
    let is_empty = !selection
        .facets
        .iter()
        .any(|(facet, counts)| is_shown(facet, counts.len()));
    html! {
        details.facets #facets data-live open hidden[is_empty] {
            summary { "Filter" }
            @for (facet, counts) in &selection.facets {
                @let chosen = fields.get(facet.as_str());
                @if counts.len() > 1 || chosen.is_some() {
                    section {
                        h2 { (facet_title(*facet)) }
                        ul {
                            @for one in counts.iter().take(FACET_VALUES) {
                                @let value = if one.value.is_empty() { NONE } else { &*one.value };
                                @let is_current = chosen == Some(value);
                                @let address = fields.with("row", "").with("from", "")
                                    .with(facet.as_str(), if is_current { "" } else { value }).address(nav::ROLL.path);
                                li {
                                    a href=(address) aria-current=[is_current.then_some("true")] {
                                        span { @if one.value.is_empty() { "none" } @else { (one.value) } }
                                        span.tally { (one.count) }
                                    }
                                }
                            }
                            @if counts.len() > FACET_VALUES { li.hint { "and " (counts.len() - FACET_VALUES) " more; find them by name" } }
                        }
                    }
                }
            }
            @if is_chosen {
                @let all = RollFacet::ALL.iter().fold(fields.with("row", ""), |fields, facet| fields.with(facet.as_str(), ""));
                p { a.button href=(all.address(nav::ROLL.path)) { "Show all" } }
            }
        }
    }
}

/// How many values of a facet are shown.
const FACET_VALUES: usize = 12;

fn facet_title(facet: RollFacet) -> &'static str {
    match facet {
        RollFacet::Status => "Status",
        RollFacet::Section => "Section",
        RollFacet::State => "State",
        RollFacet::Level => "Level",
    }
}

/// Returns the address that opens a row beside the table.
fn opened(fields: &Fields, row: RowId) -> String {
    format!(
        "{}#name",
        fields.with("row", &row.0.to_string()).address(nav::ROLL.path)
    )
}

/// Returns the row that stands for an entry.
fn first_row(shown: &Shown, entry: &RollEntry) -> RowId {
    let at = entry.rows.first().copied().unwrap_or_default();
    RowId::of(&shown.table.table.rows.records[at])
}

fn held_band(shown: &Shown, selection: &RollSelection<'_>, fields: &Fields) -> Markup {
    let list = &shown.chosen.list.name;
    html! {
        @if !selection.held.is_empty() {
            section.held #held data-live aria-labelledby="held-title" {
                h2 #held-title { (counted(selection.held.len(), "row is held", "rows are held")) ": not printed and not counted until you answer" }
                ul {
                    @for (_, entry) in selection.held.iter().take(HELD) {
                        li {
                            a href=(opened(fields, first_row(shown, entry))) { (entry.name) }
                            @if let Some(question) = &entry.question { span.why { (question_words(question)) } }
                        }
                    }
                    @if selection.held.len() > HELD { li.hint { "and " (selection.held.len() - HELD) " more" } }
                }
                p { a.button href=(Fields::default().with("list", list).address(nav::QUESTIONS.path)) { "Answer the questions" } }
            }
        }
    }
}

/// How many held rows are shown above the table.
const HELD: usize = 5;

/// The columns of the table: title, order, and the column of the list that its cells edit.
const COLUMNS: &[(&str, RollOrder, Option<Column>)] = &[
    ("Name", RollOrder::Name, Some(Column::Name)),
    ("City", RollOrder::Roll, Some(Column::City)),
    ("State", RollOrder::State, Some(Column::State)),
    ("Level", RollOrder::Level, Some(Column::Level)),
    ("Section", RollOrder::Section, Some(Column::Section)),
    ("Status", RollOrder::Status, None),
    ("Rows", RollOrder::Rows, None),
];

fn sheet(shown: &Shown, selection: &RollSelection<'_>, fields: &Fields) -> Markup {
    let from: usize = fields.get("from").and_then(|from| from.parse().ok()).unwrap_or(0);
    let entries = selection.others.iter().skip(from).take(PAGE);
    let until = (from + PAGE).min(selection.others.len());
    let list = &shown.chosen.list;
    html! {
        @if selection.others.is_empty() {
            p.empty { "No name fits. " a href=(Fields::default().with("list", &list.name).address(nav::ROLL.path)) { "Show the whole list" } }
        } @else {
            div.scroll #sheet-frame tabindex="0" role="region" aria-label="Roll" {
                table.sheet #sheet data-live data-list=(list.name) data-seen=(shown.seen) {
                    thead { tr {
                        @for (title, order, _) in COLUMNS { (header(title, *order, fields)) }
                    } }
                    tbody {
                        @for (_, entry) in entries { (line(shown, entry, fields)) }
                    }
                }
            }
            @if selection.others.len() > PAGE {
                nav.pager aria-label="Pages of the roll" {
                    @if from > 0 {
                        a.button href=(fields.with("from", &from.saturating_sub(PAGE).to_string()).address(nav::ROLL.path)) { "Previous" }
                    }
                    span { (from + 1) "–" (until) " of " (selection.others.len()) }
                    @if until < selection.others.len() {
                        a.button href=(fields.with("from", &until.to_string()).address(nav::ROLL.path)) { "Next" }
                    }
                }
            }
        }
    }
}

/// Draws the head of a column, which sorts by it.
fn header(title: &str, order: RollOrder, fields: &Fields) -> Markup {
    let is_current = query(fields).order == order && order != RollOrder::Roll;
    let is_reversed = fields.get("reversed").is_some();
    let fields = fields.with("row", "").with("from", "");
    // Up, down, and back to the order of the roll.
    let address = match (is_current, is_reversed) {
        (false, _) => fields.with("sort", order.as_str()).with("reversed", ""),
        (true, false) => fields.with("reversed", "1"),
        (true, true) => fields.with("sort", "").with("reversed", ""),
    };
    let sorted = match (is_current, is_reversed) {
        (false, _) => None,
        (true, false) => Some("ascending"),
        (true, true) => Some("descending"),
    };
    html! {
        th scope="col" aria-sort=[sorted] {
            @if order == RollOrder::Roll { (title) } @else {
                a href=(address.address(nav::ROLL.path)) {
                    (title)
                    @if let Some(sorted) = sorted { span.sign aria-hidden="true" { (if sorted == "ascending" { " ↑" } else { " ↓" }) } }
                }
            }
        }
    }
}

fn line(shown: &Shown, entry: &RollEntry, fields: &Fields) -> Markup {
    let row = first_row(shown, entry);
    let is_open = fields.get("row") == Some(&row.0.to_string());
    // A cell of several rows is edited beside the table, where each row is seen.
    let is_one = entry.rows.len() == 1;
    let editable = |column: Column| is_one.then_some(column.as_str());
    html! {
        tr #{ "row-" (row.0) } data-row=(row.0) aria-current=[is_open.then_some("true")] {
            th scope="row" data-column=[editable(Column::Name)] { a href=(opened(fields, row)) { (entry.name) } }
            td data-column=[editable(Column::City)] { (entry.city) }
            td data-column=[editable(Column::State)] { (entry.state) }
            td data-column=[editable(Column::Level)] { (entry.level.map_or("", Level::as_str)) }
            td data-column=[editable(Column::Section)] { (entry.section) }
            td {
                span class=(status_class(entry.status)) { (entry.status.as_str()) }
                @if entry.open > 0 { " " span.is-open { (counted(entry.open, "question", "questions")) } }
            }
            td.figure { (entry.rows.len()) }
        }
    }
}

fn status_class(status: RollStatus) -> &'static str {
    match status {
        RollStatus::Printed => "is-good",
        RollStatus::Held => "is-open",
        RollStatus::LeftOut(_) => "why",
    }
}

/// Draws all that is known of a name, with a form for each of its rows.
fn drawer(desk: &Shared, shown: &Shown, entry: &RollEntry, row: RowId, fields: &Fields) -> Markup {
    let detail = shown.table.table.detail(&shown.table.workspace, entry);
    let list = &shown.chosen.list;
    let closed = fields.with("row", "").address(nav::ROLL.path);
    html! {
        aside.drawer #name aria-labelledby="name-title" tabindex="-1" {
            header {
                h2 #name-title { (entry.name) }
                a.button.quiet href={ (closed) "#row-" (row.0) } data-close { "Close" }
            }
            p {
                span class=(status_class(entry.status)) { (entry.status.as_str()) } " · "
                (counted(detail.rows.len(), "row", "rows"))
            }
            @if let Some(question) = &entry.question {
                p.notice { (question_words(question)) " "
                    a href=(Fields::default().with("list", &list.name).address(nav::QUESTIONS.path)) { "Answer" } }
            }
            @if !detail.open.is_empty() {
                p.notice { "May be the same as " @for (at, name) in detail.open.iter().enumerate() { @if at > 0 { ", " } b { (name) } } ". "
                    a href=(Fields::default().with("list", &list.name).address(nav::QUESTIONS.path)) { "Decide" } }
            }
            @if detail.spellings.len() > 1 {
                section {
                    h3 { "Spellings" }
                    ul.spellings {
                        @for (name, count) in &detail.spellings {
                            li {
                                span { (name) " " span.why { (counted(*count, "row", "rows")) } }
                                form method="post" action="/roll/separate" {
                                    (token(desk)) (shown.answers_seen.field())
                                    input type="hidden" name="list" value=(list.name);
                                    input type="hidden" name="row" value=(row.0);
                                    input type="hidden" name="name" value=(name);
                                    button.quiet type="submit" { "Take out" span.unseen { ": " (name) } }
                                }
                            }
                        }
                    }
                    @for reason in &detail.reasons { p.why { (crate::desk::error::first_upper(reason)) "." } }
                }
            }
            @for one in &detail.rows {
                section.row-card {
                    h3 { "Row " (one.line) span.why { " of " code { (one.file) } } }
                    (row_form(desk, &list.name, shown.seen, one))
                }
            }
            @if !detail.answers.is_empty() {
                section {
                    h3 { "Decisions" }
                    ul.facts { @for answer in &detail.answers { li { (answer_words(answer)) } } }
                }
            }
        }
    }
}

/// Draws the form that adds a signature.
fn late_signer(desk: &Shared, shown: &Shown) -> Markup {
    let list = &shown.chosen.list;
    html! {
        details.card.late #late {
            summary { "Add a late signer" }
            form method="post" action="/roll/add" {
                (token(desk)) (shown.seen.field())
                input type="hidden" name="list" value=(list.name);
                div.fields {
                    @for column in [Column::Name, Column::City, Column::State, Column::Level, Column::Section, Column::Email] {
                        div.field {
                            label for={ "late-" (column.as_str()) } { (cell_words(column)) }
                            input #{ "late-" (column.as_str()) } name=(column.as_str()) required[column == Column::Name] autocomplete="off";
                        }
                    }
                }
                button type="submit" { "Add to " (list.name) }
            }
        }
    }
}

/// Returns the cells that a form gives, in canonical order.
fn cells(fields: &BTreeMap<String, String>) -> Vec<(Column, String)> {
    let given = EDITED.iter().filter_map(|column| {
        let value = fields.get(column.as_str())?;
        Some((*column, value.clone()))
    });
    given.collect()
}

/// A change of a list that a form asks for.
struct ListForm {
    list: String,
    seen: Seen,
    row: Option<RowId>,
    fields: BTreeMap<String, String>,
}

impl ListForm {
    fn new(fields: BTreeMap<String, String>) -> Result<Self, DeskError> {
        let bad = |what: &str| DeskError::BadForm(format!("the form does not say {what}"));
        let seen = fields.get("seen").map(|seen| seen.parse());
        let seen = seen.ok_or_else(|| bad("which state of the file it was made from"))?;
        Ok(Self {
            list: fields
                .get("list")
                .cloned()
                .ok_or_else(|| bad("which list it is about"))?,
            seen: seen.map_err(DeskError::BadForm)?,
            row: fields.get("row").and_then(|row| row.parse().ok()).map(RowId),
            fields,
        })
    }

    fn row(&self) -> Result<RowId, DeskError> {
        self.row
            .ok_or_else(|| DeskError::BadForm("the form does not say which row it is about".to_owned()))
    }

    /// Returns the page that the form was on.
    fn address(&self) -> Fields {
        Fields::default().with("list", &self.list)
    }

    /// Changes the list, if it is as the page showed it.
    fn act(
        &self,
        desk: &Desk,
        title: &str,
        make: impl FnOnce(&Workspace, &Path) -> Result<ChangeSet, DeskError>,
    ) -> Result<(), DeskError> {
        desk.act(title, |workspace| {
            let Some(chosen) = lists::chosen(workspace, Some(&self.list))? else {
                return Err(DeskError::NotFound(format!("list `{}`", self.list)));
            };
            let yours: Vec<String> = self.yours();
            let back = self.address().address(nav::ROLL.path);
            desk.expect(&chosen.list.path, self.seen, &yours.join("\n"), &back)?;
            make(workspace, &chosen.list.path)
        })
    }

    /// Returns what was typed, for the case of a clash.
    fn yours(&self) -> Vec<String> {
        let cells = cells(&self.fields).into_iter();
        cells
            .filter(|(_, value)| !value.is_empty())
            .map(|(column, value)| format!("{}: {value}", column.as_str()))
            .collect()
    }
}

async fn edit(visit: Visit, Posted(fields): Posted<BTreeMap<String, String>>) -> Response {
    let done = visit.desk.run(move |desk| {
        let form = ListForm::new(fields)?;
        let row = form.row()?;
        let is_withdrawn = form.fields.contains_key("withdraw");
        let name = form.fields.get("was").cloned().unwrap_or_default();
        let title = if is_withdrawn { "withdraw" } else { "edit" };
        form.act(desk, &format!("{title} {name} in {}", form.list), |workspace, path| {
            Ok(match is_withdrawn {
                true => workspace.withdraw(path, row, form.seen.0)?,
                false => workspace.edit_row(path, row, &cells(&form.fields), form.seen.0)?,
            })
        })?;
        let message = if is_withdrawn {
            "Withdrawn: the row stays in the list and is not printed."
        } else {
            "Saved."
        };
        // The row may begin elsewhere now if the one before it grew; its own place is the same.
        Ok(desk.say(message, &opened(&form.address(), row)))
    });
    match done.await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error) => visit.error(&nav::ROLL, &error).await,
    }
}

async fn add(visit: Visit, Posted(fields): Posted<BTreeMap<String, String>>) -> Response {
    let done = visit.desk.run(move |desk| {
        let form = ListForm::new(fields)?;
        let cells: Vec<_> = cells(&form.fields)
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let name = form.fields.get("name").cloned().unwrap_or_default();
        form.act(desk, &format!("add {name} to {}", form.list), |workspace, path| {
            Ok(workspace.add_signature(path, &cells, form.seen.0)?)
        })?;
        let found = form.address().with("q", &name).address(nav::ROLL.path);
        Ok(desk.say(format!("Added {name} at the end of {}.", form.list), &found))
    });
    match done.await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error) => visit.error(&nav::ROLL, &error).await,
    }
}

async fn separate(visit: Visit, Posted(fields): Posted<BTreeMap<String, String>>) -> Response {
    let by = visit.by.clone();
    let done = visit.desk.run(move |desk| {
        let form = ListForm::new(fields)?;
        let row = form.row()?;
        let name = form.fields.get("name").cloned().unwrap_or_default();
        desk.act(&format!("take {name} out of its group"), |workspace| {
            let Some(chosen) = lists::chosen(workspace, Some(&form.list))? else {
                return Err(DeskError::NotFound(format!("list `{}`", form.list)));
            };
            let decisions = desk.root.join(crate::engine::DECISIONS);
            desk.expect(&decisions, form.seen, "", &form.address().address(nav::ROLL.path))?;
            let table = desk.table(&chosen.list.path)?;
            let entry = table.table.entry_of(row).map(|at| &table.table.entries[at]);
            let entry = entry.ok_or_else(|| DeskError::NotFound("such row any more".to_owned()))?;
            let rows = table.table.detail(&table.workspace, entry).rows;
            let own = rows
                .iter()
                .find(|row| row.name == name)
                .map(|row| row.answer_name.clone());
            let own = own.ok_or_else(|| DeskError::NotFound(format!("spelling `{name}` any more")))?;
            let mut others: Vec<String> = rows.into_iter().map(|row| row.answer_name).collect();
            others.sort();
            others.dedup();
            Ok(workspace.separate(&own, &others, &attribution(by), form.seen.0)?)
        })?;
        let found = form.address().with("q", &name).address(nav::ROLL.path);
        Ok(desk.say(format!("{name} is a signatory of its own now."), &found))
    });
    match done.await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error) => visit.error(&nav::ROLL, &error).await,
    }
}

/// Returns who decides at the desk, and when.
pub(super) fn attribution(by: Option<String>) -> Attribution {
    Attribution {
        by,
        date: Some(jiff::Zoned::now().date()),
        why: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_is_looked_for() {
        let fields = [
            ("q", "harbor"),
            ("state", "-"),
            ("level", "state"),
            ("sort", "rows"),
            ("reversed", "1"),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let query = query(&Fields::new(fields.into()));
        assert_eq!(
            (&*query.text, query.order, query.is_reversed),
            ("harbor", RollOrder::Rows, true)
        );
        assert_eq!(query.facets.get(&RollFacet::State).map(String::as_str), Some(""));
        assert_eq!(query.facets.get(&RollFacet::Level).map(String::as_str), Some("state"));
    }
}
