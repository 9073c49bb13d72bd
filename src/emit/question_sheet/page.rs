//! Questions as one page: a form that works from a file, without a network.
//!
//! Its script only makes the file of answers from what was picked. The policy in the page's head
//! lets no other script run, and nothing be asked for, whatever a name holds.

use super::{choices, fitting, instructions};
use crate::emit::EmitError;
use crate::model::question_sheet::{KEY_PREFIX, NOT_SURE, QuestionSheet, SheetQuestion, SheetSide, headers};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("../../../assets/html/questions.css");
const SCRIPT: &str = include_str!("../../../assets/html/questions.js");

/// Returns the source expression of an inline text. Source: CSP Level 3, 2.3.1.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// Returns the page.
#[allow(clippy::unnecessary_wraps)] // As the other formats are written.
pub(super) fn write(sheet: &QuestionSheet) -> Result<Vec<u8>, EmitError> {
    let policy = format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    );
    let title = format!("Questions about who signed {}", sheet.about);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { "Questions about who signed " bdi { (sheet.about) } }
                    @for line in instructions(sheet) { p { (line) } }
                    noscript { p.warn { "Scripts are off, so this page cannot save your answers. Print it, and mark them on paper." } }
                    form autocomplete="off" {
                        p.who {
                            label for="by" { "Your name" }
                            input #by type="text" required maxlength="80" autocomplete="name";
                        }
                        @for (at, question) in sheet.questions.iter().enumerate() { (block(at + 1, question)) }
                        div.save #save hidden {
                            button type="submit" { "Save my answers" }
                            p #said role="status" { "0 of " (sheet.questions.len()) " answered" }
                        }
                    }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    let mut out = page.into_string();
    out.push('\n');
    Ok(out.into_bytes())
}

fn block(number: usize, question: &SheetQuestion) -> Markup {
    html! {
        "\n"
        fieldset data-key={ (KEY_PREFIX) (question.key) } {
            legend { (number) ". " bdi { (fitting(&question.question)) } }
            div.sides { @for side in &question.sides { (side_of(side)) } }
            @if !question.evidence.is_empty() {
                ul.soft { @for line in &question.evidence { li { (fitting(line)) } } }
            }
            div.choices {
                @for choice in choices(question) {
                    label {
                        input type="radio" name={ "answer-" (number) } value=(choice);
                        span { (choice) @if choice == NOT_SURE { span.soft { " (leaves it open)" } } }
                    }
                }
            }
            div.fields {
                @if question.takes_name { (field(number, "print", headers::PRINT)) }
                (field(number, "comment", headers::COMMENT))
            }
        }
    }
}

/// Draws a field of one line.
fn field(number: usize, kind: &str, label: &str) -> Markup {
    html! {
        div {
            label for={ (kind) "-" (number) } { (label) }
            input id={ (kind) "-" (number) } type="text" maxlength="500" data-field=(kind);
        }
    }
}

fn side_of(side: &SheetSide) -> Markup {
    html! {
        div.side {
            p.name {
                bdi {
                    @for (at, run) in side.name.iter().enumerate() {
                        @if at > 0 { " " }
                        @if run.differs { mark { (fitting(&run.text)) } } @else { (fitting(&run.text)) }
                    }
                }
            }
            @for row in &side.rows { p.soft { bdi { (fitting(row)) } } }
        }
    }
}
