//! A document becomes one self-contained HTML page.
//!
//! In: a [`Document`]. Out: a page without scripts or outside requests,
//! pictures within it, readable on a phone, in the dark and on paper. Guaranteed: text is
//! text, whatever it holds; raw HTML from the Markdown passes a sanitizer; links
//! lead to web pages, mail or telephones only; the same document gives the same
//! bytes. Absent: line breaking, which is the browser's.

mod kinds;

mod parts;

mod sanitize;

mod template;

mod text;

pub use sanitize::{HtmlContext, sanitized};
pub(super) use template::FILL_TEMPLATE;

use crate::compose::document::{CARD, CARD_SIZE, Document, Part, WebPage};
use crate::emit::EmitError;
use crate::model::direction::Direction;
use crate::model::letter::{DocumentKind, PageSetting};
use crate::model::link;
use crate::model::style::{Color, Look, StyleSetting};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::fmt::Write;

/// The look that the others go from. It asks for nothing from outside.
const STYLE: &str = concat!(
    include_str!("../../../assets/html/letter.css"),
    include_str!("../../../assets/html/kinds.css")
);

/// The style that a look adds.
fn look(look: Look) -> &'static str {
    match look {
        Look::Classic => "",
        Look::Modern => include_str!("../../../assets/html/modern.css"),
        Look::Plain => include_str!("../../../assets/html/plain.css"),
    }
}

/// The accents, in the light and in the dark.
fn colors(style: &StyleSetting) -> String {
    if style.look == Look::Classic && style.accent.is_none() && style.accent_dark.is_none() {
        return String::new(); // They stand in the style.
    }
    let light = style.accent.unwrap_or(style.look.accent());
    // What is black on white is as light as the text on a dark ground.
    let lightened = match light {
        Color::BLACK => Color::INK_DARK,
        light => light.legible_on(Color::SHEET_DARK, Color::WHITE),
    };
    let dark = style.accent_dark.unwrap_or(lightened);
    // Boxes stand on the desk, which is darker than the sheet.
    let on_desk = light.legible_on(Color::DESK, Color::BLACK);
    // The coalition's name and the rule below it have its color, as on paper.
    let mut sender = String::new();
    if style.look.sender(style.accent) != Color::BLACK {
        sender.push_str(":root{--sender:var(--accent)}");
    }
    match style.look.head_rule(style.accent) {
        None => sender.push_str("header{border-bottom:0}"),
        Some((_, color)) if color != Color::QUIET => sender.push_str(":root{--head-rule:var(--accent)}"),
        Some(_) => {}
    }
    format!(
        "{sender}@media screen{{:root{{--accent:{light};--accent-on-desk:{on_desk}}}}}\
         @media screen and (prefers-color-scheme:dark){{:root{{--accent:{dark};--accent-on-desk:{dark}}}}}"
    )
}

/// The content security policy: the page loads nothing but its own style.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// Returns the document as an HTML page of ours.
pub fn html(document: &Document) -> String {
    let body = BodyParts::new(document);
    let page = html! {
        (DOCTYPE)
        html lang=(document.language) dir=(Direction::of_language(&document.language).as_str()) {
            head { (head(document)) }
            body {
                @if !body.letterhead.0.is_empty() { a.skip href="#text" { (document.labels.skip) } "\n" }
                (body.letterhead)
                (body.main)
                @if !body.footer.0.is_empty() { "\n" (body.footer) }
            }
        }
    };
    let mut out = page.into_string();
    out.push('\n');
    out
}

/// Returns the document as an HTML page: within the user's template, if there is one.
pub fn page(document: &Document) -> Result<String, EmitError> {
    let Some(template) = &document.style.html_template else {
        return Ok(html(document));
    };
    let body = BodyParts::new(document);
    let context = template::TemplateFields {
        texts: vec![
            ("title", document.title.clone()),
            ("author", document.author.clone()),
            ("subject", document.subject.clone()),
            ("language", document.language.clone()),
            (
                "direction",
                Direction::of_language(&document.language).as_str().to_owned(),
            ),
            ("date", document.date.map(|date| date.to_string()).unwrap_or_default()),
            ("kind", document.kind.as_str().to_owned()),
        ],
        markup: vec![
            ("head", head(document).into_string()),
            ("letterhead", body.letterhead.into_string()),
            ("main", body.main.into_string()),
            ("footer", body.footer.into_string()),
        ],
    };
    template::fill(template, &context)
}

/// Returns the head: metadata for browsers, and the style.
fn head(document: &Document) -> Markup {
    let style = &document.style;
    html! {
        meta charset="utf-8";
        meta http-equiv="Content-Security-Policy" content=(POLICY);
        meta name="viewport" content="width=device-width, initial-scale=1";
        meta name="color-scheme" content="light dark";
        title { (document.title) }
        @if !document.author.is_empty() { meta name="author" content=(document.author); }
        @if !document.subject.is_empty() { meta name="description" content=(document.subject); }
        @if let Some(web) = &document.web { (post_preview(document, web)) }
        @for other in &document.translations { link rel="alternate" hreflang=(other.language) href=(file(&other.path)); }
        style {
            (PreEscaped(STYLE)) (PreEscaped(look(style.look))) (PreEscaped(colors(style)))
            (PreEscaped(paper(&document.page, &document.labels.page_of)))
        }
    }
}

/// Returns what sites read whose posts link to the page (The Open Graph protocol, ogp.me).
fn post_preview(document: &Document, web: &WebPage) -> Markup {
    let (width, height) = CARD_SIZE;
    html! {
        link rel="canonical" href=(web.address);
        meta property="og:type" content="article";
        meta property="og:title" content=(document.title);
        @if !document.running_subject().is_empty() { meta property="og:description" content=(document.running_subject()); }
        meta property="og:url" content=(web.address);
        @if !document.author.is_empty() { meta property="og:site_name" content=(document.author); }
        meta property="og:locale" content=(document.language.replace('-', "_"));
        meta property="og:image" content=(link::beside(&web.address, CARD));
        meta property="og:image:type" content="image/png";
        meta property="og:image:width" content=(width);
        meta property="og:image:height" content=(height);
        meta property="og:image:alt" content=(web.card.alt());
        meta name="twitter:card" content="summary_large_image";
    }
}

/// The three landmarks: letterhead, letter, and what stands below it.
struct BodyParts {
    letterhead: Markup,
    main: Markup,
    footer: Markup,
}

impl BodyParts {
    fn new(document: &Document) -> Self {
        let writer = text::HtmlWriter::new(document);
        let is_head = |part: &&Part| matches!(part, Part::Letterhead { .. });
        let is_foot = |part: &&Part| matches!(part, Part::Notes { .. });
        let is_last = |part: &&Part| matches!(part, Part::SenderFoot(_));
        let is_title = |part: &Part| matches!(part, Part::Subject { .. } | Part::Headline { .. } | Part::Cover { .. });
        let titled = document.parts.iter().any(is_title);
        let footed =
            !document.footnotes.is_empty() || document.parts.iter().any(|part| is_foot(&part) || is_last(&part));
        // In reading order: footnotes know the marks that were written before them.
        let letterhead = html! {
            @for part in document.parts.iter().filter(is_head) { (writer.part(part)) "\n" }
        };
        let main = html! {
            main #text class=[kind(document)] {
                (writer.translations())
                @if let Some(draft) = &document.draft { p.draft { (draft) } "\n" }
                @if !titled { h1.unseen { (document.title) } "\n" }
                @for part in document.parts.iter().filter(|part| !is_head(part) && !is_foot(part) && !is_last(part)) { (writer.part(part)) "\n" }
            }
        };
        let footer = html! {
            @if footed {
                footer {
                    @for part in document.parts.iter().filter(is_foot) { (writer.part(part)) "\n" }
                    (writer.footnotes())
                    @for part in document.parts.iter().filter(is_last) { (writer.part(part)) "\n" }
                }
            }
        };
        Self {
            letterhead,
            main,
            footer,
        }
    }
}

/// The kind, for the look; a letter needs no word of its own.
fn kind(document: &Document) -> Option<&'static str> {
    (document.kind != DocumentKind::Letter).then(|| document.kind.as_str())
}

/// The address of a file beside the page.
fn file(path: &str) -> String {
    link::encoded(path, b"/")
}

/// The style of the printed page: paper, margin and the running foot.
fn paper(page: &PageSetting, page_of: &str) -> String {
    let (width, height) = page.paper.size();
    let mut foot = String::new();
    for (at, piece) in page_of.split("{page}").enumerate() {
        if at > 0 {
            foot.push_str(" counter(page) ");
        }
        for (at, piece) in piece.split("{pages}").enumerate() {
            if at > 0 {
                foot.push_str(" counter(pages) ");
            }
            css_string(piece, &mut foot);
        }
    }
    let (width, height, margin) = (width.0, height.0, page.margin.0);
    format!(
        "@page{{size:{width}pt {height}pt;margin:{margin}pt;@bottom-center{{content:{foot};font:8.5pt sans-serif}}}}\
         @page:first{{@bottom-center{{content:none}}}}"
    )
}

/// Writes a CSS string in which every character is literal, `</style>` too.
fn css_string(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        if character.is_alphanumeric() || character == ' ' {
            out.push(character);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\{:x} ", u32::from(character));
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests;
