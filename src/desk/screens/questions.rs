//! The questions that no rule can decide, one at a time.
//!
//! In: a list, the key of a question. Out: the question as a card with all that helps to
//! answer it; the saved answers, each with its own undo. Guaranteed: an answer is saved before
//! the next question is shown; an answer to a file that changed since is a clash; names and
//! contacts are shown here and in no document. Absent: which questions there are (that is
//! the engine's).

use super::answers::{answer_words, row_answer};
use super::colleagues;
use super::differences::marked;
use super::roll::{attribution, list_menu};
use super::sentences::question_words;
use crate::desk::by;
use crate::desk::counts::status;
use crate::desk::error::{DeskError, first_upper};
use crate::desk::forms::{Posted, token};
use crate::desk::lists::{self, ChosenList};
use crate::desk::nav;
use crate::desk::page::{Figure, Page, Visit};
use crate::desk::query::{Fields, InAddress};
use crate::desk::seen::Seen;
use crate::desk::state::{Desk, Shared};
use crate::diag::counted;
use crate::engine::{
    Asked, ColumnAnswer, ColumnQuestion, DECISIONS, PROJECT, Reply, ReviewAnswer, ReviewQuestion, ReviewRow,
    ReviewSide, RowQuestion, RowReply, SavedAnswer,
};
use crate::model::held::RowAnswer;
use crate::model::known::Answer;
use crate::resolve::Evidence;
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Returns the routes of the screen.
pub(in crate::desk) fn routes() -> Router<Shared> {
    Router::new()
        .route(nav::QUESTIONS.path, get(show))
        .route("/questions/answer", post(answer))
        .route("/questions/undo", post(take_back))
        .route("/questions/undo-column", post(forget_column))
        .route("/questions/by", post(keep_by))
}

/// What the page shows.
struct Shown {
    chosen: ChosenList,
    /// The question, with the content of the file that keeps its answer.
    asked: Option<(Asked, Seen)>,
    /// The key of the question after it.
    next: Option<String>,
    /// How many are open, by kind.
    open: [usize; 4],
    signatories: usize,
    answers: Vec<SavedAnswer>,
    answers_seen: Seen,
    /// What was said of columns: header and word.
    columns: Vec<(String, String)>,
    columns_seen: Seen,
    /// Who sits at this browser.
    by: Option<String>,
    /// The place of the question among those that are open.
    place: Option<(usize, usize)>,
}

async fn show(visit: Visit, InAddress(fields): InAddress<BTreeMap<String, String>>) -> Response {
    let fields = with_list(&visit.desk, Fields::new(fields)).await;
    let by = visit.by.clone();
    let read = visit.desk.run(move |desk| read(desk, &fields, by)).await;
    let page = read.map(|shown| match shown {
        None => Page {
            title: "Questions".to_owned(),
            beside: Markup::default(),
            nav: &nav::QUESTIONS,
            primary: None,
            body: html! { div.empty { p { "There is no list yet, so there is nothing to ask." } p { a href=(nav::IMPORT.path) { "Import signatures" } } } },
        },
        Some(shown) => Page {
            title: "Questions".to_owned(),
            beside: list_menu(nav::QUESTIONS.path, &shown.chosen),
            nav: &nav::QUESTIONS,
            primary: shown.asked.is_some().then(Markup::default),
            body: view(&visit.desk, &shown),
        },
    });
    visit.answer(&nav::QUESTIONS, page).await
}

/// Adds to the fields of an address the first list that has questions, where they name none.
async fn with_list(desk: &Shared, fields: Fields) -> Fields {
    if fields.get("list").is_some() {
        return fields;
    }
    let Ok(status) = status(desk).await else { return fields };
    let asks = status.survey.status.lists.iter().find(|list| list.counts.ask > 0);
    let name = asks.and_then(|list| list.path.rsplit('/').next());
    fields.with("list", name.unwrap_or_default())
}

fn read(desk: &Desk, fields: &Fields, by: Option<String>) -> Result<Option<Shown>, DeskError> {
    let workspace = desk.workspace()?;
    let Some(chosen) = lists::chosen(&workspace, fields.get("list"))? else {
        return Ok(None);
    };
    let path = chosen.list.path.clone();
    desk.with_review(&path, |review| {
        let keys = review.keys();
        let at = fields
            .get("at")
            .and_then(|wanted| keys.iter().position(|key| key == wanted));
        let at = at.unwrap_or(0);
        let asked = match keys.get(at).and_then(|key| review.find(key)) {
            None => None,
            Some(asked) => {
                let seen = Seen(review.seen(&asked)?);
                Some((asked, seen))
            }
        };
        Ok(Some(Shown {
            next: keys.get(at + 1).or_else(|| keys.first().filter(|_| at > 0)).cloned(),
            place: (!keys.is_empty()).then_some((at + 1, keys.len())),
            asked,
            open: review.open_by_kind(),
            signatories: review.signatories(),
            answers: workspace.answers(),
            answers_seen: Seen(workspace.answers_seen()?),
            columns: workspace.project.columns.clone().into_iter().collect(),
            columns_seen: Seen::of(desk.content(&desk.root.join(PROJECT))?.as_deref()),
            by,
            chosen,
        }))
    })
}

fn view(desk: &Shared, shown: &Shown) -> Markup {
    html! {
        (progress(shown))
        div.questions {
            div.question-main #question data-live {
                @match &shown.asked {
                    None => (finished(shown)),
                    Some((asked, seen)) => (card(desk, shown, asked, *seen)),
                }
            }
            div.question-aside {
                (answered(desk, shown))
                (colleagues::forms(desk, &shown.chosen.list.name, shown.open.iter().sum()))
            }
        }
    }
}

/// Draws how far the list is, by kind.
fn progress(shown: &Shown) -> Markup {
    let kinds = ["column", "row", "pair", "family"];
    let many = ["columns", "rows", "pairs", "families"];
    let open: usize = shown.open.iter().sum();
    let all = open + shown.answers.len();
    html! {
        div.progress #progress data-live {
            p.figures {
                @if open == 0 { "Nothing is open" } @else { (Figure(open, "question", "questions")) " open: "
                    @for (at, (count, (one, many))) in shown.open.iter().zip(kinds.iter().zip(many)).filter(|(count, _)| **count > 0).enumerate() {
                        @if at > 0 { ", " } (counted(*count, one, many))
                    }
                }
                " · " (Figure(shown.answers.len(), "answer saved", "answers saved"))
                " · " (Figure(shown.signatories, "signatory", "signatories"))
            }
            progress max=(all.max(1)) value=(if all == 0 { 1 } else { shown.answers.len() }) aria-label="Questions answered" {}
        }
    }
}

fn finished(shown: &Shown) -> Markup {
    html! {
        div.card.finished {
            h2 { "Every question of " (shown.chosen.list.name) " is answered." }
            p { (Figure(shown.signatories, "signatory", "signatories")) " will be printed." }
            div.buttons {
                a.button.primary href=(Fields::default().with("list", &shown.chosen.list.name).address(nav::ROLL.path)) { "Look at the roll" }
                a.button href=(nav::CHECK.path) { "Check the letters" }
            }
        }
    }
}

/// A button of a question.
struct Choice<'a> {
    /// The value of the field `answer`.
    value: String,
    words: String,
    /// What it means, for those who hesitate.
    hint: &'a str,
    is_likely: bool,
}

fn card(desk: &Shared, shown: &Shown, asked: &Asked, seen: Seen) -> Markup {
    let (title, body, choices) = match asked {
        Asked::Column(question) => column(question),
        Asked::Row(question) => row(question),
        Asked::Pair(question) => pair(question),
    };
    let key = asked.key();
    let list = &shown.chosen.list.name;
    let next = shown.next.as_deref().unwrap_or(&key);
    let later = Fields::default()
        .with("list", list)
        .with("at", next)
        .address(nav::QUESTIONS.path);
    html! {
        article.card.question aria-labelledby="question-title" data-question=(key) {
            p.kind {
                @if let Some((at, of)) = shown.place { "Question " (at) " of " (of) " · " }
                (match asked { Asked::Column(_) => "a column", Asked::Row(_) => "a row", Asked::Pair(one) if one.family.is_some() => "a family of names", Asked::Pair(_) => "two names" })
            }
            h2 #question-title tabindex="-1" { (title) }
            (body)
            form.choices method="post" action="/questions/answer" data-swap {
                (token(desk)) (seen.field())
                input type="hidden" name="list" value=(list);
                input type="hidden" name="key" value=(key);
                @if let Asked::Row(question) = asked { (row_fields(question)) }
                @if let Asked::Pair(question) = asked { (pair_fields(question)) }
                @if asked.settles_more() > 0 { (settles(asked)) }
                div.buttons {
                    @for (at, choice) in choices.iter().enumerate() {
                        button.choice.primary[choice.is_likely] type="submit" name="answer" value=(choice.value) data-key=(at + 1) aria-keyshortcuts=(at + 1) {
                            kbd aria-hidden="true" { (at + 1) }
                            span { b { (choice.words) } @if !choice.hint.is_empty() { span.hint { (choice.hint) } } }
                        }
                    }
                    a.button.choice href=(later) data-key=(choices.len() + 1) aria-keyshortcuts=(choices.len() + 1) {
                        kbd aria-hidden="true" { (choices.len() + 1) }
                        span { b { "Later" } span.hint { "ask me again" } }
                    }
                }
            }
        }
    }
}

/// Offers to settle the questions that are alike at once.
fn settles(asked: &Asked) -> Markup {
    let more = asked.settles_more();
    html! {
        @match asked {
            Asked::Column(_) => p.settles { "Settles " (counted(more, "more row", "more rows")) " like this." },
            Asked::Row(_) => label.settles {
                input type="checkbox" name="all" value="1";
                span { "Give the same answer to " (counted(more, "more row", "more rows")) " like this" }
            },
            Asked::Pair(_) => {},
        }
    }
}

fn column(question: &ColumnQuestion) -> (Markup, Markup, Vec<Choice<'static>>) {
    let title = html! { "What does the column “" (question.header) "” mean?" };
    let body = html! {
        p { "It holds back " (counted(question.rows, "row", "rows")) ". It may decide who is printed, and undersigned does not know its header." }
        p.cells { "Its cells: " @for (at, cell) in question.cells.iter().enumerate() { @if at > 0 { ", " } (cell.shown(str::to_owned)) } @if question.has_more { ", …" } }
    };
    let words = |answer: ColumnAnswer| match answer {
        ColumnAnswer::Publish => ("It allows printing", "only rows that say yes are printed"),
        ColumnAnswer::Private => ("It asks to stay private", "rows that say yes are not printed"),
        ColumnAnswer::Status => ("It is the status", "confirmed, pending, withdrawn"),
        ColumnAnswer::Name => ("It names who signed", "the organization"),
        ColumnAnswer::Affiliation => ("It is an affiliation", "where the person works"),
        ColumnAnswer::Unused => ("It does not matter", "undersigned ignores it"),
    };
    let choices = ColumnAnswer::ALL.iter().map(|&answer| {
        let (words, hint) = words(answer);
        Choice {
            value: answer.as_str().to_owned(),
            words: words.to_owned(),
            hint,
            is_likely: false,
        }
    });
    (title, body, choices.collect())
}

fn row(question: &RowQuestion) -> (Markup, Markup, Vec<Choice<'static>>) {
    let title = html! { (question_words(&question.question)) };
    let body = html! {
        p.why { (question.hold.reason.description()) " Until you answer, it is neither printed nor counted." }
        dl.row-facts {
            div { dt { "Row " (question.row.line) } dd { code { (question.row.file) } } }
            @if !question.hold.about.is_empty() { div { dt { "Because of" } dd { (question.hold.about) } } }
            @if !question.row.cells.is_empty() { div { dt { "Says too" } dd { (question.row.cells.join(" · ")) } } }
            @if let Some(contact) = &question.contact { div { dt { "Contact" } dd { (contact) " " span.why { "private" } } } }
        }
    };
    let hint = |answer: RowAnswer| match answer {
        RowAnswer::Signatory => "print it",
        RowAnswer::Not => "leave it out",
        RowAnswer::Split => "print each name",
        RowAnswer::Person => "print as an individual",
        RowAnswer::Withdrawn => "it signed, and takes that back",
        RowAnswer::Section => "of the rows below it",
    };
    let choices = question.answers.iter().enumerate().map(|(at, &answer)| Choice {
        value: answer.as_str().to_owned(),
        words: row_answer(answer).to_owned(),
        hint: hint(answer),
        is_likely: at == 0,
    });
    (title, body, choices.collect())
}

/// Draws what an answer about a row may say beside its word.
fn row_fields(question: &RowQuestion) -> Markup {
    let splits = question.answers.contains(&RowAnswer::Split);
    let print = question.hold.print.as_deref();
    html! {
        @if splits {
            div.field {
                label for="into" { "If it is several: one name per line" }
                textarea #into name="into" rows=(question.names.len().max(2)) { "\n" (question.names.join("\n")) }
            }
        }
        details.more {
            summary { "Print it under another name" }
            div.field {
                label.unseen for="print" { "Name to print" }
                input #print name="print" autocomplete="off" placeholder=(print.unwrap_or(&question.row.name));
            }
        }
    }
}

fn pair(question: &ReviewQuestion) -> (Markup, Markup, Vec<Choice<'static>>) {
    let [a, b] = &question.sides;
    let title = match &question.family {
        Some(family) => html! { "Are the names that contain “" (family.name) "” organizations of their own?" },
        None => html! { "Are these two the same signatory?" },
    };
    let (first, second) = marked(&a.name, &b.name);
    let body = html! {
        div.sides {
            (side(a, &first, "A"))
            (side(b, &second, "B"))
        }
        p.because { (because(question)) }
        @if let Some(family) = &question.family {
            p { "One answer settles " b { (counted(family.longer.len(), "name", "names")) } ":" }
            ul.family { @for name in family.longer.iter().take(FAMILY) { li { (name) } } @if family.longer.len() > FAMILY { li.hint { "and " (family.longer.len() - FAMILY) " more" } } }
        }
        (waterfall(&question.evidence))
    };
    let choice = |value: &str, words: &str, hint: &'static str, is_likely: bool| Choice {
        value: value.to_owned(),
        words: words.to_owned(),
        hint,
        is_likely,
    };
    let mut choices = Vec::new();
    if question.family.is_some() {
        choices.push(choice(
            "family-different",
            "All are their own",
            "chapters sign for themselves",
            false,
        ));
        choices.push(choice(
            "family-same",
            "All are the same",
            "one signatory with several places",
            false,
        ));
    }
    let is_same_likely = question.common_domain.is_some() && question.family.is_none();
    let (same, different) = match question.family {
        Some(_) => ("Only these two: same", "Only these two: different"),
        None => ("Same", "Different"),
    };
    choices.push(choice("same", same, "print one name", is_same_likely));
    choices.push(choice("different", different, "print both names", false));
    (title, body, choices)
}

/// How many longer names of a family are shown.
const FAMILY: usize = 12;

/// Says why the pair is asked about: the weightiest reason, and a common domain.
fn because(question: &ReviewQuestion) -> Markup {
    let first = question.evidence.first().map(|evidence| first_upper(&evidence.because));
    html! {
        @if let Some(first) = first { (first) ". " }
        @if let Some(domain) = &question.common_domain { "Both write from " b { (domain) } ". " }
        "Both are printed until you answer."
    }
}

fn side(side: &ReviewSide, name: &Markup, letter: &str) -> Markup {
    html! {
        section.side {
            h3 { span.unseen { (letter) ": " } (name) }
            ul.rows { @for row in side.rows.iter().take(ROWS) { (row_of(row, &side.name)) } @if side.rows.len() > ROWS { li.hint { "and " (side.rows.len() - ROWS) " more rows" } } }
            @if side.before.is_some() || side.after.is_some() {
                p.hint { "On the roll "
                    @match (&side.before, &side.after) {
                        (Some(before), Some(after)) => { "between " (before) " and " (after) },
                        (Some(before), None) => { "last, after " (before) },
                        (None, Some(after)) => { "first, before " (after) },
                        (None, None) => {},
                    }
                }
            }
        }
    }
}

/// How many rows of a side are shown.
const ROWS: usize = 6;

fn row_of(row: &ReviewRow, printed: &str) -> Markup {
    html! {
        li {
            span.place { code { (row.file) } " row " (row.line) }
            @if row.name != printed { span { "“" (row.name) "”" } }
            @if !row.cells.is_empty() { span { (row.cells.join(" · ")) } }
            @if !row.contact.is_empty() { span.why { (row.contact.join(" · ")) " (private)" } }
        }
    }
}

/// Draws the evidence as a waterfall: each reason with its weight.
fn waterfall(evidence: &[Evidence]) -> Markup {
    let sum: f64 = evidence.iter().map(|one| one.weight.0).sum();
    let widest = evidence.iter().map(|one| one.weight.0.abs()).fold(1.0, f64::max);
    html! {
        details.evidence #evidence {
            summary { "Evidence" kbd aria-hidden="true" { "?" } }
            table {
                thead { tr { th scope="col" { "Reason" } th.figure scope="col" { "Weight" } th scope="col" { span.unseen { "Bar" } } } }
                tbody {
                    @for one in evidence {
                        @let bits = one.weight.0;
                        tr {
                            td { (first_upper(&one.because)) }
                            td.figure { (format!("{bits:+.1}")) }
                            td {
                                meter.for[bits >= 0.0].against[bits < 0.0] min="0" max=(format!("{widest:.2}")) value=(format!("{:.2}", bits.abs())) aria-label=(if bits < 0.0 { "against" } else { "for" }) {}
                            }
                        }
                    }
                }
                tfoot { tr { th scope="row" { "In all" } td.figure { (format!("{sum:+.1}")) } td {} } }
            }
            p.hint { "A weight above 0 speaks for one signatory, below 0 for two." }
        }
    }
}

/// Draws what an answer about a pair may say beside its word.
fn pair_fields(question: &ReviewQuestion) -> Markup {
    let spellings = question.spellings();
    html! {
        details.more {
            summary { "Choose the printed name, or take one spelling out" }
            div.field {
                label for="print" { "If they are the same, print" }
                input #print name="print" list="spellings" autocomplete="off" placeholder="the name that undersigned would choose";
                datalist #spellings { @for name in &spellings { option value=(name) {} } }
            }
            @if spellings.len() > 2 {
                fieldset {
                    legend { "One spelling is a signatory of its own" }
                    @for name in &spellings {
                        button type="submit" name="separate" value=(name) { "Take out “" (name) "”" }
                    }
                }
            }
        }
    }
}

/// Draws the saved answers, the last one first, each with its own undo.
fn answered(desk: &Shared, shown: &Shown) -> Markup {
    let undo = |fields: Markup, action: &str, key: Option<&str>| {
        html! {
            form method="post" action=(action) data-swap {
                (token(desk)) (fields)
                input type="hidden" name="list" value=(shown.chosen.list.name);
                button.quiet type="submit" data-key=[key] aria-keyshortcuts=[key] {
                    "Undo" @if let Some(key) = key { kbd aria-hidden="true" { (key) } }
                }
            }
        }
    };
    html! {
        aside.answered #answered data-live aria-labelledby="answered-title" {
            h2 #answered-title { "Answered" }
            (by_form(desk, shown))
            @if shown.answers.is_empty() && shown.columns.is_empty() {
                p.hint { "Each answer is saved at once in " code { (DECISIONS) } " and applies to every letter." }
            }
            ol {
                @for (at, answer) in shown.answers.iter().take(ANSWERS).enumerate() {
                    @let fields = html! { (shown.answers_seen.field()) input type="hidden" name="start" value=(answer.start); };
                    li { span { (answer_words(answer)) } (undo(fields, "/questions/undo", (at == 0).then_some("u"))) }
                }
                @if shown.answers.len() > ANSWERS { li.hint { "and " (shown.answers.len() - ANSWERS) " older answers in " code { (DECISIONS) } } }
            }
            @if !shown.columns.is_empty() {
                h3 { "Columns" }
                ol {
                    @for (header, word) in &shown.columns {
                        @let fields = html! { (shown.columns_seen.field()) input type="hidden" name="header" value=(header); };
                        li { span { b { "Column: " } "“" (header) "” is read as " (word) } (undo(fields, "/questions/undo-column", None)) }
                    }
                }
            }
        }
    }
}

/// Asks who answers: the name is kept in each answer, as with `review --by`.
fn by_form(desk: &Shared, shown: &Shown) -> Markup {
    html! {
        details.by {
            summary { @match &shown.by { Some(by) => { "You answer as " b { (by) } }, None => "Answer under your name" } }
            form method="post" action="/questions/by" {
                (token(desk))
                input type="hidden" name="list" value=(shown.chosen.list.name);
                div.field {
                    label for="by" { "Your name, kept in each answer" }
                    input #by name="by" value=[shown.by.as_deref()] maxlength="80" autocomplete="name";
                }
                button type="submit" { "Save" }
            }
        }
    }
}

/// How many saved answers are shown.
const ANSWERS: usize = 100;

/// What a question's form sends.
#[derive(Debug, Deserialize)]
struct Answered {
    seen: Seen,
    list: String,
    key: String,
    answer: Option<String>,
    separate: Option<String>,
    print: Option<String>,
    into: Option<String>,
    all: Option<String>,
}

impl Answered {
    /// Returns the answer to a question.
    fn reply(&self, asked: &Asked) -> Result<Reply, DeskError> {
        let word = self.answer.as_deref().unwrap_or_default();
        let bad = || DeskError::BadForm(format!("`{word}` is not an answer to this question"));
        let given = |text: &Option<String>| {
            let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty());
            text.map(str::to_owned)
        };
        Ok(match asked {
            Asked::Column(_) => {
                let mut all = ColumnAnswer::ALL.iter().copied();
                Reply::Column(all.find(|answer| answer.as_str() == word).ok_or_else(bad)?)
            }
            Asked::Row(question) => {
                let mut all = question.answers.iter().copied();
                let mut reply = RowReply::new(all.find(|answer| answer.as_str() == word).ok_or_else(bad)?);
                reply.print = given(&self.print);
                reply.all = self.all.is_some();
                if reply.answer == RowAnswer::Split {
                    let into = self.into.as_deref().unwrap_or_default().lines();
                    reply.into = into
                        .map(str::trim)
                        .filter(|name| !name.is_empty())
                        .map(str::to_owned)
                        .collect();
                }
                // Who is only the contact may be the person that signs.
                if reply.answer == RowAnswer::Person && reply.print.is_none() && question.hold.print.is_none() {
                    reply.print.clone_from(&question.contact);
                }
                Reply::Row(reply)
            }
            Asked::Pair(question) => Reply::Pair(match (word, given(&self.separate)) {
                (_, Some(name)) if question.spellings().contains(&&*name) => ReviewAnswer::Separate(name),
                ("same", None) => ReviewAnswer::Same(given(&self.print)),
                ("different", None) => ReviewAnswer::Different,
                ("family-same", None) if question.family.is_some() => ReviewAnswer::Family(Answer::Same),
                ("family-different", None) if question.family.is_some() => ReviewAnswer::Family(Answer::Different),
                _ => return Err(bad()),
            }),
        })
    }
}

/// Returns the title of an answer, for `undo`.
fn title(asked: &Asked) -> String {
    match asked {
        Asked::Column(question) => format!("answer about the column “{}”", question.header),
        Asked::Row(question) => format!("answer about the row “{}”", question.row.name),
        Asked::Pair(question) => {
            let [a, b] = question.sides.each_ref().map(|side| &*side.name);
            format!("answer about “{a}” and “{b}”")
        }
    }
}

async fn answer(visit: Visit, Posted(form): Posted<Answered>) -> Response {
    let by = visit.by.clone();
    let done = visit.desk.run(move |desk| {
        let chosen = lists::named(&desk.workspace()?, &form.list)?;
        let back = Fields::default().with("list", &form.list);
        desk.with_review(&chosen.list.path, |review| {
            let Some(asked) = review.find(&form.key) else {
                return Ok(desk.say("This question is answered already.", &back.address(nav::QUESTIONS.path)));
            };
            let reply = form.reply(&asked)?;
            let keys = review.keys();
            let next = keys
                .iter()
                .position(|key| *key == form.key)
                .and_then(|at| keys.get(at + 1))
                .cloned();
            let (before, open) = (review.signatories(), keys.len());
            let file = if matches!(asked, Asked::Column(_)) {
                PROJECT
            } else {
                DECISIONS
            };
            desk.act(&title(&asked), |_| {
                desk.expect(&desk.root.join(file), form.seen, "", &back.address(nav::QUESTIONS.path))?;
                Ok(review.reply(&asked, &reply, &attribution(by), form.seen.0)?)
            })?;
            review.committed()?;
            let message = outcome(before, review.signatories(), open, review.keys().len());
            let next = next.filter(|next| review.find(next).is_some()).unwrap_or_default();
            Ok(desk.say(message, &back.with("at", &next).address(nav::QUESTIONS.path)))
        })
    });
    match done.await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error) => visit.error(&nav::QUESTIONS, &error).await,
    }
}

/// Says what an answer changed: "102 → 101 signatories".
fn outcome(before: usize, after: usize, open_before: usize, open: usize) -> String {
    let count = match before == after {
        true => counted(after, "signatory", "signatories"),
        false => format!("{before} → {}", counted(after, "signatory", "signatories")),
    };
    let settled = open_before.saturating_sub(open);
    let more = match settled {
        0 | 1 => String::new(),
        settled => format!("; {settled} questions settled"),
    };
    format!("Saved: {count}{more}.")
}

/// Names the answer that is taken back.
#[derive(Deserialize)]
struct TakenBack {
    seen: Seen,
    list: String,
    start: u32,
}

async fn take_back(visit: Visit, Posted(form): Posted<TakenBack>) -> Response {
    let done = visit.desk.run(move |desk| {
        let back = Fields::default().with("list", &form.list);
        let path = lists::named(&desk.workspace()?, &form.list)?.list.path;
        let before = desk.with_review(&path, |review| Ok(review.signatories()))?;
        desk.act("undo of an answer", |workspace| {
            let decisions = desk.root.join(DECISIONS);
            desk.expect(&decisions, form.seen, "", &back.address(nav::QUESTIONS.path))?;
            Ok(workspace.take_back(form.start, form.seen.0)?)
        })?;
        let after = desk.with_review(&path, |review| Ok(review.signatories()))?;
        let message = outcome(before, after, 0, 0).replacen("Saved", "Taken back", 1);
        Ok(desk.say(message, &back.address(nav::QUESTIONS.path)))
    });
    match done.await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error) => visit.error(&nav::QUESTIONS, &error).await,
    }
}

/// Names the column whose meaning is forgotten.
#[derive(Deserialize)]
struct Forgotten {
    seen: Seen,
    list: String,
    header: String,
}

async fn forget_column(visit: Visit, Posted(form): Posted<Forgotten>) -> Response {
    let done = visit.desk.run(move |desk| {
        let back = Fields::default().with("list", &form.list).address(nav::QUESTIONS.path);
        let title = format!("undo of the answer about the column “{}”", form.header);
        desk.act(&title, |workspace| {
            desk.expect(&desk.root.join(PROJECT), form.seen, "", &back)?;
            Ok(workspace.forget_column(&form.header, form.seen.0)?)
        })?;
        Ok(desk.say(format!("Taken back: what the column “{}” means.", form.header), &back))
    });
    match done.await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error) => visit.error(&nav::QUESTIONS, &error).await,
    }
}

/// The name of who answers.
#[derive(Deserialize)]
struct By {
    list: String,
    #[serde(default)]
    by: String,
}

/// Keeps the name of who answers in the browser.
async fn keep_by(visit: Visit, Posted(form): Posted<By>) -> Response {
    let back = Fields::default().with("list", &form.list).address(nav::QUESTIONS.path);
    let message = "Saved: your name is kept in this browser.";
    let mut response = Redirect::to(&visit.desk.say(message, &back)).into_response();
    if let Ok(cookie) = HeaderValue::try_from(by::cookie(&form.by)) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_what_it_changed() {
        assert_eq!(outcome(102, 101, 4, 3), "Saved: 102 → 101 signatories.");
        assert_eq!(outcome(2, 2, 12, 2), "Saved: 2 signatories; 10 questions settled.");
        assert_eq!(outcome(2, 1, 1, 0), "Saved: 2 → 1 signatory.");
    }
}
