//! The parts of the kinds other than a letter, each as the element that means it.
//!
//! In: parts and blocks of releases, petitions, plans and pages. Out: their
//! markup. The headline is the page's heading.

use super::file;
use super::text::{HtmlWriter, picture};
use crate::compose::document::{Block, Call, ContentsEntry, Image, Line};
use crate::model::direction::Direction;
use crate::model::link;
use crate::model::picture::PictureFormat;
use maud::{Markup, PreEscaped, html};

impl HtmlWriter<'_> {
    /// Links to the same document in other languages.
    pub(super) fn translations(&self) -> Markup {
        let translations = &self.document.translations;
        html! {
            @if !translations.is_empty() {
                nav.twins {
                    @for (at, other) in translations.iter().enumerate() {
                        @if at > 0 { " · " }
                        a href=(file(&other.path)) hreflang=(other.language) lang=(other.language) dir=(Direction::of_language(&other.language).as_str()) {
                            (other.label)
                        }
                    }
                }
                "\n"
            }
        }
    }

    /// Whom the press may ask.
    pub(super) fn contacts(&self, label: &str, contacts: &[Vec<Line>]) -> Markup {
        html! {
            div.contacts {
                p.label { (label) }
                @for lines in contacts { p { (self.stack(lines)) } }
            }
        }
    }

    /// The title, its sub-heading and its picture.
    pub(super) fn headline(&self, title: &Line, subtitle: Option<&Line>, image: Option<&Image>) -> Markup {
        html! {
            div.headline {
                @if let Some(image) = image { p.hero { (picture(image)) } }
                h1 { (self.line(title)) }
                @if let Some(subtitle) = subtitle { p.subtitle { (self.line(subtitle)) } }
            }
        }
    }

    /// The headings, each a link to its place.
    pub(super) fn contents(&self, heading: &str, entries: &[ContentsEntry]) -> Markup {
        html! {
            nav.contents aria-labelledby="contents" {
                h2 id="contents" { (heading) }
                ul role="list" {
                    @for (at, entry) in entries.iter().enumerate() {
                        li class=(format!("level-{}", entry.level)) {
                            @let place = match entry.heading {
                                Some(_) => format!("#part-{}", at + 1),
                                None => "#roll".to_owned(),
                            };
                            a href=(place) { (self.line(&entry.title)) }
                        }
                        "\n"
                    }
                }
            }
        }
    }

    /// Writes the call to action.
    pub(super) fn call(&self, call: &Call) -> Markup {
        html! {
            section.call {
                @if let Some(heading) = &call.heading { h2 { (self.line(heading)) } }
                @if let Some(text) = &call.text { p { (self.line(text)) } }
                @match link::address(&call.to) {
                    Some(to) => p { a.button href=(to) { (self.line(&call.label)) } },
                    None => p { (self.line(&call.label)) },
                }
                @if let Some(code) = &call.code { p.code { (inline(code)) } }
            }
        }
    }

    /// A quotation and who said it.
    pub(super) fn quotation(&self, content: &[Block], speaker: &Line, above: u8) -> Markup {
        html! {
            figure.quotation {
                blockquote { (self.blocks(content, above)) }
                figcaption { "— " (self.line(speaker)) }
            }
            "\n"
        }
    }

    /// A passage set apart.
    pub(super) fn boxed(&self, title: &Line, content: &[Block], above: u8) -> Markup {
        html! {
            // A passage of the text, no landmark: a page may have many.
            div.box {
                @if !title.is_empty() { p.title { (self.line(title)) } }
                (self.blocks(content, above))
            }
            "\n"
        }
    }

    /// A figure pulled out of the text.
    pub(super) fn fact(&self, figure: &Line, caption: &Line) -> Markup {
        html! {
            p.fact { strong { (self.line(figure)) } " " span { (self.line(caption)) } }
            "\n"
        }
    }
}

/// A code of our own making as shapes within the page; another picture as usual.
fn inline(image: &Image) -> Markup {
    let svg = image
        .picture
        .as_ref()
        .filter(|picture| picture.format == PictureFormat::Svg);
    match svg.and_then(|picture| std::str::from_utf8(&picture.data).ok()) {
        Some(svg) => html! { span role="img" aria-label=(image.alt) { (PreEscaped(svg)) } },
        None => picture(image),
    }
}
