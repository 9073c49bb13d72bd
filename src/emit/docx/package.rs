//! The parts of a Word file around its text.
//!
//! In: the document, its links and the names of its pictures. Out: one XML part each.

use super::column_widths::text_width;
use super::inline::measure;
use super::{DECLARATION, clean};
use crate::compose::document::{Document, Part, plain};
use crate::model::digit_groups;
use crate::model::direction::Direction;
use maud::{Markup, html};

pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(super) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The id of the link to the part of the running head, and of that of the foot.
pub(super) const HEADER: &str = "head";
pub(super) const FOOTER: &str = "foot";

/// The id of the link to the part of the first page's foot.
pub(super) const FIRST_FOOTER: &str = "firstFoot";

pub(super) fn part(markup: Markup) -> String {
    format!("{DECLARATION}{}", markup.into_string())
}

pub(super) fn content_types() -> String {
    let word = |name: &str| format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml");
    part(html! {
        Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types" {
            Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" {}
            Default Extension="xml" ContentType="application/xml" {}
            Default Extension="png" ContentType="image/png" {}
            Default Extension="jpeg" ContentType="image/jpeg" {}
            Override PartName="/word/document.xml" ContentType=(word("document.main")) {}
            @for name in ["styles", "numbering", "settings", "footnotes"] {
                Override PartName=(format!("/word/{name}.xml")) ContentType=(word(name)) {}
            }
            Override PartName="/word/header1.xml" ContentType=(word("header")) {}
            @for name in ["footer1", "footer2"] {
                Override PartName=(format!("/word/{name}.xml")) ContentType=(word("footer")) {}
            }
            Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml" {}
        }
    })
}

/// Links from one part to others: id, kind, target, and whether it is outside.
fn relationships(all: &[(String, String, String, bool)]) -> String {
    part(html! {
        Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships" {
            @for (id, kind, target, outside) in all {
                Relationship Id=(id) Type=(kind) Target=(target) TargetMode=[outside.then_some("External")] {}
            }
        }
    })
}

pub(super) fn package_links() -> String {
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    relationships(&[
        (
            "document".into(),
            format!("{R}/officeDocument"),
            "word/document.xml".into(),
            false,
        ),
        ("core".into(), core.into(), "docProps/core.xml".into(), false),
    ])
}

pub(super) fn document_links(links: &[String], pictures: &[String]) -> String {
    let parts = [
        ("styles", "styles", "styles.xml"),
        ("numbering", "numbering", "numbering.xml"),
        ("settings", "settings", "settings.xml"),
        ("footnotes", "footnotes", "footnotes.xml"),
        (HEADER, "header", "header1.xml"),
        (FOOTER, "footer", "footer1.xml"),
        (FIRST_FOOTER, "footer", "footer2.xml"),
    ];
    let mut all: Vec<_> = parts
        .into_iter()
        .map(|(id, kind, target)| (id.to_owned(), format!("{R}/{kind}"), target.to_owned(), false))
        .collect();
    all.extend(outside(links, pictures));
    relationships(&all)
}

pub(super) fn links(links: &[String], pictures: &[String]) -> String {
    relationships(&outside(links, pictures))
}

fn outside(links: &[String], pictures: &[String]) -> Vec<(String, String, String, bool)> {
    let links = (1..)
        .zip(links)
        .map(|(number, to)| (format!("link{number}"), format!("{R}/hyperlink"), clean(to), true));
    let pictures = (1..).zip(pictures).map(|(number, name)| {
        (
            format!("picture{number}"),
            format!("{R}/image"),
            format!("media/{name}"),
            false,
        )
    });
    links.chain(pictures).collect()
}

/// Title, author, subject, language, and the document's date as that of its making.
pub(super) fn properties(document: &Document) -> String {
    let stamp = document.date.map(|date| format!("{date}T12:00:00Z"));
    part(html! {
        cp:coreProperties
            xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
            xmlns:dc="http://purl.org/dc/elements/1.1/"
            xmlns:dcterms="http://purl.org/dc/terms/"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        {
            dc:title { (clean(&document.title)) }
            dc:subject { (clean(&document.subject)) }
            dc:creator { (clean(&document.author)) }
            dc:language { (clean(&document.language)) }
            @if let Some(stamp) = &stamp {
                dcterms:created xsi:type="dcterms:W3CDTF" { (stamp) }
                dcterms:modified xsi:type="dcterms:W3CDTF" { (stamp) }
            }
        }
    })
}

pub(super) fn settings(document: &Document) -> String {
    part(html! {
        w:settings xmlns:w=(W) {
            w:zoom w:percent="100" {}
            w:defaultTabStop w:val="720" {}
            w:autoHyphenation w:val=(if document.page.hyphenate { "true" } else { "false" }) {}
            w:characterSpacingControl w:val="doNotCompress" {}
            w:footnotePr { w:footnote w:id="-1" {} w:footnote w:id="0" {} }
            w:compat {
                // A line that its author ends is not stretched.
                w:doNotExpandShiftReturn {}
                w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15" {}
            }
            w:themeFontLang w:val=(document.language) {}
        }
    })
}

/// Returns the running head of the pages after the first.
pub(super) fn header(document: &Document) -> String {
    let (text, date) = match &document.running {
        Some(running) => (running.slug.clone(), None),
        None => (document.running_title(), document.dateline()),
    };
    let pieces = [document.draft.as_deref().unwrap_or_default(), &text];
    let pieces: Vec<&str> = pieces.into_iter().filter(|piece| !piece.is_empty()).collect();
    let text = on_one_line(&pieces.join(" · "), date.as_deref().unwrap_or_default(), document);
    part(html! {
        w:hdr xmlns:w=(W) xmlns:r=(R) {
            w:p {
                w:pPr { w:pStyle w:val="Header" {} }
                (run(&text))
                @if let Some(date) = &date { w:r { w:tab {} } (run(date)) }
            }
        }
    })
}

/// The size of the running head beside the text's, as its style has it.
const HEADER_SIZE: f64 = 0.76;

/// Part of the usual width that letters of a running head take: they are narrow.
const NARROW: f64 = 0.85;

/// Returns as many words of the running head as stand on one line with the date.
fn on_one_line(title: &str, date: &str, document: &Document) -> String {
    let size = document.page.font_size.0 * HEADER_SIZE;
    let width = |text: &str| text_width(text, size * NARROW);
    // Two em between them.
    let room = measure(document) - width(date) - 2.0 * size;
    if width(title) <= room {
        return title.to_owned();
    }
    let is_small = |word: &str| word.chars().all(char::is_lowercase) && word.chars().count() < 7;
    let mut words = title;
    while let Some((before, _)) = words.rsplit_once(' ') {
        words = before.trim_end_matches([',', ';', ':', '·', '–', '—', ' ']);
        let cut = format!("{words} …");
        if width(&cut) <= room && !words.rsplit(' ').next().is_some_and(is_small) {
            return cut;
        }
    }
    title.to_owned()
}

/// The foot of the first page: the sender's address, if it stands there.
pub(super) fn first_footer(document: &Document) -> String {
    let lines = document.parts.iter().find_map(|part| match part {
        Part::SenderFoot(lines) => Some(lines.as_slice()),
        _ => None,
    });
    let lines = lines.unwrap_or_default();
    part(html! {
        w:ftr xmlns:w=(W) xmlns:r=(R) {
            @for line in lines { w:p { w:pPr { w:pStyle w:val="Footer" {} } (run(&plain(line))) } }
            @if lines.is_empty() { w:p { w:pPr { w:pStyle w:val="Footer" {} } } }
        }
    })
}

/// "Page 2 of 3", as the document's language says it.
pub(super) fn footer(document: &Document) -> String {
    let mut pieces = html! {};
    let mut rest = document.labels.page_of.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let (field, after) = after.split_once('}').unwrap_or((after, ""));
        let instruction = match field {
            "page" => "PAGE",
            _ => "NUMPAGES",
        };
        pieces = html! { (pieces) (run(before)) (self::field(instruction)) };
        rest = after;
    }
    // A label in another script runs as its own letters do.
    let is_turned =
        Direction::of_language(&document.language).is_rtl() && !digit_groups::has_rtl_letter(&document.labels.page_of);
    part(html! {
        w:ftr xmlns:w=(W) xmlns:r=(R) { w:p { w:pPr { w:pStyle w:val="Footer" {} @if is_turned { w:bidi w:val="false" {} } } (pieces) (run(rest)) } }
    })
}

fn run(text: &str) -> Markup {
    html! { @if !text.is_empty() { w:r { w:t xml:space="preserve" { (clean(text)) } } } }
}

fn field(instruction: &str) -> Markup {
    html! {
        w:r { w:fldChar w:fldCharType="begin" {} }
        w:r { w:instrText xml:space="preserve" { " " (instruction) " " } }
        w:r { w:fldChar w:fldCharType="separate" {} }
        w:r { w:t { "1" } }
        w:r { w:fldChar w:fldCharType="end" {} }
    }
}
