//! A document becomes one self-contained HTML page.
//!
//! In: a [`Document`]. Out: a page without scripts or outside requests,
//! pictures within it, readable on a phone, in the dark and on paper. Guaranteed: text is
//! text, whatever it holds; raw HTML from the Markdown passes a sanitiser; links
//! lead to web pages, mail or telephones only; the same document gives the same
//! bytes. Absent: line breaking, which is the browser's.

mod kinds;

mod parts;

mod safe;

mod text;

use crate::compose::document::{Document, Part};
use crate::model::letter::{DocumentKind, PageSetting};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::fmt::Write;

/// The look. It asks for nothing from outside.
const STYLE: &str = concat!(
    include_str!("../../../assets/html/letter.css"),
    include_str!("../../../assets/html/kinds.css")
);

/// What the page may load: nothing but its own style.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// Returns the document as an HTML page.
pub fn html(document: &Document) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(document.language) dir=(direction(&document.language)) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (document.title) }
                @if !document.author.is_empty() { meta name="author" content=(document.author); }
                @if !document.subject.is_empty() { meta name="description" content=(document.subject); }
                @for twin in &document.twins { link rel="alternate" hreflang=(twin.language) href=(file(&twin.path)); }
                style { (PreEscaped(STYLE)) (PreEscaped(paper(&document.page, &document.labels.page_of))) }
            }
            body { (body(document)) }
        }
    };
    let mut out = page.into_string();
    out.push('\n');
    out
}

/// The three landmarks: letterhead, letter, and what stands below it.
fn body(document: &Document) -> Markup {
    let writer = text::Writer::new(document);
    let is_head = |part: &&Part| matches!(part, Part::Letterhead { .. });
    let is_foot = |part: &&Part| matches!(part, Part::Notes { .. });
    let is_title = |part: &Part| matches!(part, Part::Subject { .. } | Part::Headline { .. } | Part::Cover { .. });
    let titled = document.parts.iter().any(is_title);
    let footed = !document.footnotes.is_empty() || document.parts.iter().any(|part| is_foot(&part));
    html! {
        @for part in document.parts.iter().filter(is_head) { (writer.part(part)) "\n" }
        main class=[kind(document)] {
            (writer.twins())
            @if !titled { h1.unseen { (document.title) } "\n" }
            @for part in document.parts.iter().filter(|part| !is_head(part) && !is_foot(part)) { (writer.part(part)) "\n" }
        }
        @if footed {
            "\n"
            footer {
                @for part in document.parts.iter().filter(is_foot) { (writer.part(part)) "\n" }
                (writer.footnotes())
            }
        }
    }
}

/// The kind, for the look; a letter needs no word of its own.
fn kind(document: &Document) -> Option<&'static str> {
    (document.kind != DocumentKind::Letter).then(|| document.kind.as_str())
}

/// The address of a file beside the page: what is no letter, figure or one of a few
/// signs is percent-encoded (RFC 3986).
fn file(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(byte.into()),
            // Writing to a string cannot fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

/// The direction of a language's usual script.
pub(super) fn direction(tag: &str) -> &'static str {
    /// Languages written from right to left, and the scripts that do so
    /// wherever a tag names one (Unicode's `Bidi_Class` R and AL).
    const RIGHT_TO_LEFT: [&str; 17] = [
        "ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi", "Arab", "Hebr", "Syrc", "Thaa", "Nkoo",
        "Adlm",
    ];
    let mut subtags = tag.split('-');
    let language = subtags.next().unwrap_or_default();
    let script = subtags.next().filter(|subtag| subtag.len() == 4);
    match RIGHT_TO_LEFT.contains(&script.unwrap_or(language)) {
        true => "rtl",
        false => "ltr",
    }
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
