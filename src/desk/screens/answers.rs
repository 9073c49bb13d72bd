//! Saved answers in words.

use crate::engine::{SavedAnswer, SavedDecision};
use crate::model::held::RowAnswer;
use crate::model::known::Answer;
use maud::{Markup, html};

/// Draws what was answered, by whom and when.
pub(super) fn answer_words(answer: &SavedAnswer) -> Markup {
    let attribution = answer.attribution();
    html! {
        (words(&answer.decision))
        @if attribution.by.is_some() || attribution.date.is_some() {
            span.why {
                @if let Some(by) = &attribution.by { " · " (by) }
                @if let Some(date) = attribution.date { " · " (date) }
            }
        }
        @if let Some(why) = &attribution.why { span.why { " · " (why) } }
    }
}

fn words(decision: &SavedDecision) -> Markup {
    let quoted = |names: &[String]| {
        let names: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
        names.join(" and ")
    };
    match decision {
        SavedDecision::Names(one) => {
            let names = quoted(&one.names);
            match (one.answer, one.family) {
                (Answer::Same, false) => html! {
                    b { "Same: " } (names)
                    @if let Some(print) = &one.print { ", printed as “" (print) "”" }
                },
                (Answer::Different, false) => html! { b { "Different: " } (names) },
                (Answer::Same, true) => html! { b { "Same: " } "all names that contain " (names) },
                (Answer::Different, true) => html! { b { "Different: " } "all names that contain " (names) },
            }
        }
        SavedDecision::Row(one) => html! {
            b { (row_answer(one.answer)) ": " } "“" (one.name) "”"
            @if let Some(print) = &one.print { ", printed as “" (print) "”" }
            @if !one.into.is_empty() { ": " (quoted(&one.into)) }
        },
    }
}

/// Returns what a row was answered to be.
pub(super) fn row_answer(answer: RowAnswer) -> &'static str {
    match answer {
        RowAnswer::Signatory => "Signatory",
        RowAnswer::Not => "Not a signatory",
        RowAnswer::Split => "Several signatories",
        RowAnswer::Person => "Person",
        RowAnswer::Withdrawn => "Withdrawn",
        RowAnswer::Section => "Heading",
    }
}
