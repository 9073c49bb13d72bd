//! The form of a row: each cell under its name, and what becomes of the row.
//!
//! Guaranteed: the form has every value that the row says, so that saving it unchanged
//! changes nothing. Absent: saving (that is `roll`'s).

use crate::desk::forms::token;
use crate::desk::seen::Seen;
use crate::desk::state::Shared;
use crate::engine::RollRow;
use crate::model::signatory::{Column, Kind, Level, Status};
use maud::{Markup, html};

/// The columns that can be edited here, in the order of the form.
pub(super) const EDITED: &[Column] = &[
    Column::Name,
    Column::Status,
    Column::City,
    Column::State,
    Column::District,
    Column::Country,
    Column::Level,
    Column::Section,
    Column::Kind,
    Column::Representative,
    Column::Title,
    Column::Affiliation,
    Column::SortName,
    Column::Url,
    Column::Notes,
    Column::SignedAt,
    Column::EmbargoedUntil,
    Column::ContactName,
    Column::ContactTitle,
    Column::Email,
    Column::Phone,
    Column::Address,
];

/// The columns that are shown even if the row says nothing in them.
const ALWAYS: &[Column] = &[
    Column::Name,
    Column::Status,
    Column::City,
    Column::State,
    Column::Level,
    Column::Section,
    Column::Notes,
];

/// Returns a column's name for people.
pub(super) fn cell_words(column: Column) -> &'static str {
    match column {
        Column::Name => "Name",
        Column::Kind => "Kind",
        Column::Representative => "Representative",
        Column::Title => "Title",
        Column::Affiliation => "Affiliation",
        Column::City => "City",
        Column::State => "State",
        Column::District => "District",
        Column::Country => "Country",
        Column::Level => "Level",
        Column::Section => "Section",
        Column::Status => "Status",
        Column::SignedAt => "Signed",
        Column::SignedText => "Text that was signed",
        Column::EmbargoedUntil => "On hold until",
        Column::SortName => "Sorted as",
        Column::Url => "Web page",
        Column::Notes => "Notes",
        Column::ContactName => "Contact",
        Column::ContactTitle => "Title of the contact",
        Column::Email => "Email",
        Column::Phone => "Phone",
        Column::Address => "Street address",
        Column::Ip => "Sent from",
        Column::MessageId => "Mail",
        Column::MailVerdict => "Verdict on the mail's sender",
    }
}

/// Returns the words that a column can have, if they are few.
fn choices(column: Column) -> Vec<&'static str> {
    match column {
        Column::Status => Status::ALL.iter().map(|status| status.as_str()).collect(),
        Column::Level => std::iter::once("")
            .chain(Level::ALL.iter().map(|level| level.as_str()))
            .collect(),
        Column::Kind => vec![Kind::Organization.as_str(), Kind::Individual.as_str()],
        _ => Vec::new(),
    }
}

/// Draws the form of a row.
pub(super) fn row_form(desk: &Shared, list: &str, seen: Seen, row: &RollRow) -> Markup {
    let value = |column: Column| match column {
        Column::Name => Some(&*row.name),
        column => row
            .cells
            .iter()
            .find(|(own, _)| *own == column)
            .map(|(_, value)| &**value),
    };
    let (main, more): (Vec<Column>, Vec<Column>) = EDITED
        .iter()
        .filter(|column| value(**column).is_some() || ALWAYS.contains(column))
        .partition(|column| !column.is_private());
    let field = |column: Column| {
        let id = format!("{}-{}", column.as_str(), row.id.0);
        let own = value(column).unwrap_or_default();
        let choices = choices(column);
        // A status that says why the row is held is none of the words.
        let is_word = choices.contains(&own);
        html! {
            div.field.is-wide[matches!(column, Column::Name | Column::Notes | Column::Url | Column::Address)] {
                label for=(id) { (cell_words(column)) }
                @if is_word {
                    select #(id) name=(column.as_str()) {
                        @for word in choices { option value=(word) selected[word == own] { @if word.is_empty() { "–" } @else { (word) } } }
                    }
                } @else if choices.is_empty() {
                    input #(id) name=(column.as_str()) value=(own) autocomplete="off" required[column == Column::Name];
                } @else {
                    output #(id) { (own) }
                }
            }
        }
    };
    let is_signed = !matches!(value(Column::Status), Some("withdrawn" | "declined"));
    html! {
        form method="post" action="/roll/edit" {
            (token(desk)) (seen.field())
            input type="hidden" name="list" value=(list);
            input type="hidden" name="row" value=(row.id.0);
            input type="hidden" name="was" value=(row.name);
            div.fields { @for column in main { (field(column)) } }
            @if !more.is_empty() {
                fieldset.private {
                    legend { "Private: never printed" }
                    div.fields { @for column in more { (field(column)) } }
                }
            }
            div.buttons {
                button type="submit" { "Save" span.unseen { ": " (row.name) } }
                @if is_signed {
                    button.quiet type="submit" name="withdraw" value="1" formnovalidate { "Withdraw" span.unseen { ": " (row.name) } }
                }
            }
        }
    }
}
