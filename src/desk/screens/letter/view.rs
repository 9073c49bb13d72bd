//! Draws a letter: the text on the left, the pages on the right, the findings above.

use super::preview::{Content, LetterFinding, Preview, Shown, View};
use super::settings;
use super::text::LetterText;
use crate::desk::error::first_upper;
use crate::desk::forms::token;
use crate::desk::nav::letter_path;
use crate::desk::screens::sentences::sentence;
use crate::desk::state::Shared;
use crate::diag::{Code, Severity, counted};
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
pub(super) fn body(desk: &Shared, letter: &LetterText, preview: &Preview, line: Option<u32>) -> Markup {
    if preview.view == View::Frame {
        return settings::form(desk, letter);
    }
    html! {
        div.letter data-letter=(letter_path(&letter.name)) data-line-wanted=[line] data-list=[preview.list.as_deref()] {
            div.write #write {
                div #findings { (findings(desk, &letter.name, &preview.findings)) }
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
            // The script shows it: without one, nothing can be dragged.
            div.splitter #splitter role="separator" aria-orientation="vertical" aria-label="Width of the text" aria-controls="write"
                aria-valuemin="20" aria-valuemax="80" aria-valuenow="45" tabindex="0" hidden {}
            div.see {
                div.see-bar {
                    (views(letter, preview.view))
                    @if let Content::Pages(svg, shown) = &preview.content {
                        (all_pages(letter, svg.pages.len(), shown))
                        (zoom())
                    }
                }
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

/// Draws the buttons for the size of the pages, which the script shows.
fn zoom() -> Markup {
    html! {
        div.zoom #zoom role="group" aria-label="Size of the pages" hidden {
            button type="button" data-zoom="-" aria-label="Smaller" title="Smaller" { "−" }
            output #zoom-now { "100%" }
            button type="button" data-zoom="+" aria-label="Larger" title="Larger" { "+" }
            button type="button" data-zoom="width" { "Width" }
            button type="button" data-zoom="page" { "Page" }
        }
    }
}

fn content(letter: &LetterText, preview: &Preview) -> Markup {
    match &preview.content {
        Content::Pages(svg, shown) => pages(svg, shown),
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

/// Draws the link to a page that has all pages in it, to look for words with the browser.
fn all_pages(letter: &LetterText, count: usize, shown: &Shown) -> Markup {
    html! {
        @if shown.pages.len() < count {
            a.all-pages href={ (letter_path(&letter.name)) "?page=all" } { "All " (count) " pages at once" }
        }
    }
}

/// Draws pages; their markup is `emit`'s, which escapes what it writes. Those that are not shown
/// at once keep their place, and have a link for a browser without script.
fn pages(svg: &SvgPages, shown: &Shown) -> Markup {
    let count = svg.pages.len();
    let sources = |at: usize| shown.sources.get(at.checked_sub(shown.pages.start)?);
    html! {
        svg.glyphs #glyphs aria-hidden="true" width="0" height="0" {
            defs { @for glyph in &svg.glyphs { (PreEscaped(&glyph.markup)) } }
        }
        div #pages.pages tabindex="0" role="region" aria-label="The letter's pages" {
            @for (at, page) in svg.pages.iter().enumerate() {
                @let number = at + 1;
                figure.page id={ "page-" (number) } data-page=(page.id) data-sources=[sources(at)] aria-label={ "Page " (number) " of " (count) }
                    data-waiting[sources(at).is_none()] {
                    @if sources(at).is_some() { (PreEscaped(&page.markup)) } @else {
                        (PreEscaped(page.blank()))
                        a.wait href={ "?page=" (number) "#page-" (number) } { "Show page " (number) }
                    }
                }
            }
        }
    }
}

/// Draws the findings.
pub(super) fn findings(desk: &Shared, name: &str, findings: &[LetterFinding]) -> Markup {
    if findings.is_empty() {
        return html! { p.is-good { "No findings." } };
    }
    let count = |severity| {
        findings
            .iter()
            .filter(|finding| finding.said.severity == severity && finding.said.code != Code::Undecided)
            .count()
    };
    let questions = findings
        .iter()
        .filter(|finding| finding.said.code == Code::Undecided)
        .count();
    let counts = [
        (count(Severity::Error), "error", "errors"),
        (count(Severity::Warning), "warning", "warnings"),
        (count(Severity::Note), "note", "notes"),
        (questions, "question", "questions"),
    ];
    let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, one, many)| counted(count, one, many)).collect();
    html! {
        details.findings open[findings.len() <= 3] {
            summary { (counts.join(", ")) }
            ul { @for finding in findings { li { (one(finding)) (done_button(desk, name, finding)) } } }
        }
    }
}

/// Draws the button that says that a comment of the draft is done.
fn done_button(desk: &Shared, name: &str, finding: &LetterFinding) -> Markup {
    html! {
        @if let Some((at, seen)) = finding.comment {
            form method="post" action={ (letter_path(name)) "/comments" } {
                (token(desk)) (seen.field())
                input type="hidden" name="at" value=(at);
                button.done type="submit" { "Done" span.unseen { ": " (finding.said.message) } }
            }
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
            b class=(class) { (word) } " " (sentence(&finding.said.message))
        }
        p.hint {
            @if let Some(line) = finding.line {
                a href={ "?line=" (line) "#text" } data-line=(line) data-severity=(word.to_lowercase()) { "Line " (line) }
            } @else if let Some(place) = &finding.place {
                code { (place) }
            }
            @if let Some(hint) = &finding.said.hint { " " (sentence(hint)) }
        }
    }
}
