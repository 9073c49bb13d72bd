//! Draws a letter: the text on the left, the pages on the right, the findings above.

use super::preview::{Content, LetterFinding, Preview, View};
use super::settings;
use super::text::LetterText;
use crate::desk::error::first_upper;
use crate::desk::forms::token;
use crate::desk::nav::letter_path;
use crate::desk::state::Shared;
use crate::diag::{Severity, counted};
use crate::emit::svg::SvgPages;
use maud::{Markup, PreEscaped, html};

/// Draws what stands beside the letter's name: its file, and what is saved.
pub(super) fn beside(letter: &LetterText) -> Markup {
    html! {
        code { (letter.shown) }
        span #saved role="status" {}
    }
}

/// Draws the screen.
pub(super) fn body(desk: &Shared, letter: &LetterText, preview: &Preview) -> Markup {
    html! {
        div.letter data-letter=(letter_path(&letter.name)) {
            div.write {
                div #findings { (findings(&preview.findings)) }
                (settings::form(desk, letter))
                form.editor #editor method="post" action=(letter_path(&letter.name)) {
                    (token(desk))
                    (letter.seen.field())
                    label for="text" { "Text" }
                    // The first line end of a text area is not part of its text.
                    textarea #text name="text" rows="30" spellcheck="true" { "\n" (letter.text) }
                    button.save type="submit" { "Save" }
                }
            }
            div.see {
                (views(letter, preview.view))
                (content(letter, preview))
            }
        }
    }
}

/// Draws the choice of views.
fn views(letter: &LetterText, current: View) -> Markup {
    html! {
        nav.views aria-label="Views" {
            @for (view, word, name) in View::ALL {
                @let address = format!("{}?view={word}", letter_path(&letter.name));
                a href=(address) aria-current=[(view == current).then_some("true")] { (name) }
            }
        }
    }
}

fn content(letter: &LetterText, preview: &Preview) -> Markup {
    match &preview.content {
        Content::Pages(svg) => pages(svg),
        Content::Frame => {
            let view = if preview.view == View::Email { "email" } else { "html" };
            let address = format!("{}/view/{view}", letter_path(&letter.name));
            html! { iframe.document sandbox="" title="The letter" src=(address) {} }
        }
        Content::Text(text) => html! {
            pre.plain tabindex="0" role="region" aria-label="The letter as plain text" { (text) }
        },
        Content::Nothing(reason) => html! {
            div #pages.pages {
                p.notice.is-error { (first_upper(reason)) "." }
            }
        },
    }
}

/// Draws pages; their markup is `emit`'s, which escapes what it writes.
fn pages(svg: &SvgPages) -> Markup {
    let count = svg.pages.len();
    html! {
        svg.glyphs #glyphs aria-hidden="true" width="0" height="0" {
            defs { @for glyph in &svg.glyphs { (PreEscaped(&glyph.markup)) } }
        }
        div #pages.pages tabindex="0" role="region" aria-label="The letter's pages" {
            @for (at, page) in svg.pages.iter().enumerate() {
                figure.page id={ "page-" (at + 1) } data-page=(page.id) aria-label={ "Page " (at + 1) " of " (count) } {
                    (PreEscaped(&page.markup))
                }
            }
        }
    }
}

/// Draws the findings.
pub(super) fn findings(findings: &[LetterFinding]) -> Markup {
    if findings.is_empty() {
        return html! { p.is-good { "No findings." } };
    }
    let count = |severity| {
        findings
            .iter()
            .filter(|finding| finding.said.severity == severity)
            .count()
    };
    let counts = [
        (count(Severity::Error), "error", "errors"),
        (count(Severity::Warning), "warning", "warnings"),
        (count(Severity::Note), "note", "notes"),
    ];
    let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, one, many)| counted(count, one, many)).collect();
    html! {
        details.findings open[findings.len() <= 3] {
            summary { (counts.join(", ")) }
            ul { @for finding in findings { li { (one(finding)) } } }
        }
    }
}

/// Draws a finding: what, where, and the cure.
fn one(finding: &LetterFinding) -> Markup {
    let (word, class) = match finding.said.severity {
        Severity::Error => ("Error", "is-bad"),
        Severity::Warning => ("Warning", "is-open"),
        Severity::Note => ("Note", "why"),
    };
    html! {
        p {
            b class=(class) { (word) } " " (first_upper(&finding.said.message)) "."
        }
        p.hint {
            @if let Some(line) = finding.line {
                a href="#text" data-line=(line) { "Line " (line) }
            } @else if let Some(place) = &finding.place {
                code { (place) }
            }
            @if let Some(hint) = &finding.said.hint { " " (first_upper(hint)) "." }
        }
    }
}
