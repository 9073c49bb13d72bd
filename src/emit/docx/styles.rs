//! The styles and the numbering of a Word file.
//!
//! In: the document's look, colours, size and language; its lists. Out: styles by the
//! names that Word knows, so that a reader may change them; a numbering for each list.

use super::package::{W, part};
use crate::compose::document::Document;
use crate::model::direction::Direction;
use crate::model::letter::DocumentKind;
use crate::model::style::{Color, Look};
use maud::{Markup, html};

/// A list of the document: how deep it stands, and its first number.
pub(super) struct ListNumbering {
    pub(super) depth: usize,
    pub(super) start: Option<u64>,
}

/// Depths of lists that Word has.
pub(super) const DEPTHS: usize = 9;

/// How far a list is set in for each depth, in twentieths of a point.
pub(super) const INDENT: usize = 360;

/// A paragraph style: everything in twentieths of a point, sizes as parts of the
/// text's.
struct ParagraphStyle {
    id: &'static str,
    name: &'static str,
    based: &'static str,
    size: f64,
    before: u32,
    after: u32,
    bold: bool,
    italic: bool,
    accent: bool,
    keep: bool,
    align: &'static str,
    indent: (usize, usize),
    outline: Option<u8>,
    line: Option<(&'static str, u32)>,
    heading_face: bool,
}

const PLAIN: ParagraphStyle = ParagraphStyle {
    id: "",
    name: "",
    based: "Normal",
    size: 1.0,
    before: 0,
    after: 160,
    bold: false,
    italic: false,
    accent: false,
    keep: false,
    align: "",
    indent: (0, 0),
    outline: None,
    line: None,
    heading_face: false,
};

/// Returns the part of styles.
pub(super) fn styles(document: &Document) -> String {
    let look = document.style.look;
    let accent = document.style.accent.unwrap_or(look.accent());
    let middle = if look == Look::Classic { "center" } else { "" };
    let head = ParagraphStyle {
        bold: true,
        keep: true,
        heading_face: true,
        accent: look == Look::Modern,
        ..PLAIN
    };
    let title = match document.kind {
        DocumentKind::Letter => 1.15,
        DocumentKind::PressRelease => 1.6,
        DocumentKind::Petition | DocumentKind::Page => 2.0,
        DocumentKind::Plan => 2.4,
    };
    let all = [
        ParagraphStyle {
            id: "Sender",
            name: "Sender",
            size: 1.6,
            after: 40,
            accent: true,
            align: middle,
            ..head
        },
        ParagraphStyle {
            id: "SenderLines",
            name: "Sender lines",
            size: 0.8,
            after: 320,
            align: middle,
            line: Some(("bottom", 8)),
            ..PLAIN
        },
        ParagraphStyle {
            id: "Date",
            name: "Date",
            ..PLAIN
        },
        ParagraphStyle {
            id: "Via",
            name: "Via",
            italic: true,
            ..PLAIN
        },
        ParagraphStyle {
            id: "Addressee",
            name: "Addressee",
            after: 240,
            ..PLAIN
        },
        ParagraphStyle {
            id: "Title",
            name: "Title",
            size: title,
            before: 240,
            after: 240,
            outline: Some(0),
            ..head
        },
        ParagraphStyle {
            id: "Subtitle",
            name: "Subtitle",
            size: 1.1,
            after: 240,
            ..PLAIN
        },
        ParagraphStyle {
            id: "Imprint",
            name: "Imprint",
            after: 240,
            ..PLAIN
        },
        ParagraphStyle {
            id: "Release",
            name: "Release",
            bold: true,
            accent: true,
            ..PLAIN
        },
        ParagraphStyle {
            id: "Salutation",
            name: "Salutation",
            ..PLAIN
        },
        ParagraphStyle {
            id: "Closing",
            name: "Closing",
            before: 320,
            after: 320,
            keep: true,
            ..PLAIN
        },
        ParagraphStyle {
            id: "Signature",
            name: "Signature",
            before: 320,
            ..PLAIN
        },
        ParagraphStyle {
            id: "Heading1",
            name: "heading 1",
            size: 1.12,
            before: 280,
            after: 100,
            outline: Some(1),
            ..head
        },
        ParagraphStyle {
            id: "Heading2",
            name: "heading 2",
            size: 1.04,
            before: 240,
            after: 80,
            outline: Some(2),
            ..head
        },
        ParagraphStyle {
            id: "Heading3",
            name: "heading 3",
            before: 200,
            after: 80,
            italic: true,
            outline: Some(3),
            ..head
        },
        ParagraphStyle {
            id: "Heading4",
            name: "heading 4",
            before: 200,
            after: 60,
            bold: false,
            italic: true,
            outline: Some(4),
            ..head
        },
        ParagraphStyle {
            id: "Heading5",
            name: "heading 5",
            before: 160,
            after: 60,
            bold: false,
            italic: true,
            outline: Some(5),
            ..head
        },
        ParagraphStyle {
            id: "ListParagraph",
            name: "List Paragraph",
            after: 80,
            ..PLAIN
        },
        ParagraphStyle {
            id: "Quote",
            name: "Quote",
            italic: true,
            indent: (480, 0),
            ..PLAIN
        },
        ParagraphStyle {
            id: "Speaker",
            name: "Speaker",
            indent: (480, 0),
            ..PLAIN
        },
        ParagraphStyle {
            id: "Box",
            name: "Box",
            indent: (240, 0),
            line: Some(("left", 12)),
            ..PLAIN
        },
        ParagraphStyle {
            id: "BoxTitle",
            name: "Box title",
            indent: (240, 0),
            line: Some(("left", 12)),
            ..head
        },
        ParagraphStyle {
            id: "Figure",
            name: "Figure",
            size: 2.2,
            before: 200,
            after: 0,
            accent: true,
            ..head
        },
        ParagraphStyle {
            id: "FigureCaption",
            name: "Figure caption",
            after: 240,
            ..PLAIN
        },
        ParagraphStyle {
            id: "Code",
            name: "Code",
            size: 0.85,
            ..PLAIN
        },
        ParagraphStyle {
            id: "TableText",
            name: "Table text",
            size: 0.92,
            before: 40,
            after: 40,
            ..PLAIN
        },
        ParagraphStyle {
            id: "Roll",
            name: "Roll",
            size: 0.91,
            after: 40,
            indent: (240, 240),
            ..PLAIN
        },
        ParagraphStyle {
            id: "Note",
            name: "Note",
            before: 200,
            ..PLAIN
        },
        ParagraphStyle {
            id: "EndMark",
            name: "End mark",
            before: 320,
            align: "center",
            ..PLAIN
        },
        ParagraphStyle {
            id: "TOC1",
            name: "toc 1",
            after: 60,
            ..PLAIN
        },
        ParagraphStyle {
            id: "TOC2",
            name: "toc 2",
            after: 60,
            indent: (360, 0),
            ..PLAIN
        },
        ParagraphStyle {
            id: "FootnoteText",
            name: "footnote text",
            size: 0.82,
            after: 40,
            ..PLAIN
        },
        ParagraphStyle {
            id: "Header",
            name: "header",
            size: 0.76,
            align: "right",
            after: 0,
            ..PLAIN
        },
        ParagraphStyle {
            id: "Footer",
            name: "footer",
            size: 0.76,
            align: "center",
            after: 0,
            ..PLAIN
        },
    ];
    let (text, headings) = faces(look);
    let size = document.page.font_size.0;
    // Where numbers of pages end in the contents.
    let measure = (document.page.paper.size().0.0 - 2.0 * document.page.margin.0) * 20.0;
    let measure = measure.round() as u32;
    part(html! {
        w:styles xmlns:w=(W) {
            w:docDefaults {
                w:rPrDefault { w:rPr {
                    w:rFonts w:ascii=(text) w:hAnsi=(text) w:cs=(text) {}
                    w:sz w:val=(half_points(size)) {}
                    w:szCs w:val=(half_points(size)) {}
                    w:lang w:val=(document.language) w:eastAsia=(document.language) w:bidi=(document.language) {}
                } }
                w:pPrDefault { w:pPr { w:spacing w:after="160" w:line="276" w:lineRule="auto" {} } }
            }
            w:style w:type="paragraph" w:default="1" w:styleId="Normal" {
                w:name w:val="Normal" {}
                w:qFormat {}
                @if Direction::of_language(&document.language).is_rtl() || document.page.justify {
                    w:pPr {
                        @if Direction::of_language(&document.language).is_rtl() { w:bidi {} }
                        @if document.page.justify { w:jc w:val="both" {} }
                    }
                }
            }
            @for style in &all { (paragraph(style, size, headings, accent, measure)) }
            w:style w:type="character" w:styleId="FootnoteReference" {
                w:name w:val="footnote reference" {}
                w:rPr { w:vertAlign w:val="superscript" {} }
            }
            w:style w:type="character" w:styleId="Hyperlink" {
                w:name w:val="Hyperlink" {}
                w:rPr { w:color w:val="1C4F8C" {} w:u w:val="single" {} }
            }
            w:style w:type="character" w:styleId="CodeText" {
                w:name w:val="Code text" {}
                w:rPr { w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New" {} }
            }
        }
    })
}

/// The faces of text and headings: such as come with Word, since a Word file brings
/// none.
fn faces(look: Look) -> (&'static str, &'static str) {
    match look {
        Look::Classic => ("Georgia", "Georgia"),
        Look::Modern => ("Calibri", "Calibri"),
        Look::Plain => ("Times New Roman", "Times New Roman"),
    }
}

fn half_points(size: f64) -> u32 {
    (size * 2.0).round() as u32
}

fn hex(color: Color) -> String {
    color.to_string().trim_start_matches('#').to_uppercase()
}

fn paragraph(style: &ParagraphStyle, size: f64, headings: &str, accent: Color, measure: u32) -> Markup {
    let (left, hanging) = style.indent;
    let rtl_safe = if style.align.is_empty() {
        None
    } else {
        Some(style.align)
    };
    html! {
        w:style w:type="paragraph" w:styleId=(style.id) {
            w:name w:val=(style.name) {}
            w:basedOn w:val=(style.based) {}
            w:qFormat {}
            w:pPr {
                @if style.keep { w:keepNext {} w:keepLines {} }
                @if style.id == "Roll" { w:keepLines {} }
                @if let Some((side, width)) = style.line {
                    w:pBdr { @match side {
                        "left" => { w:left w:val="single" w:sz=(width) w:space="8" w:color=(hex(accent)) {} }
                        _ => { w:bottom w:val="single" w:sz=(width) w:space="6" w:color=(hex(accent)) {} }
                    } }
                }
                @if style.id.starts_with("TOC") {
                    w:tabs { w:tab w:val="right" w:pos=(measure) {} }
                }
                w:spacing w:before=(style.before) w:after=(style.after) {}
                @if left > 0 { w:ind w:left=(left) w:hanging=(hanging) {} }
                @if let Some(align) = rtl_safe { w:jc w:val=(align) {} }
                @if let Some(level) = style.outline { w:outlineLvl w:val=(level) {} }
            }
            w:rPr {
                @if style.heading_face { w:rFonts w:ascii=(headings) w:hAnsi=(headings) w:cs=(headings) {} }
                @if style.id == "Code" { w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New" {} }
                @if style.bold { w:b {} w:bCs {} }
                @if style.italic { w:i {} w:iCs {} }
                @if style.accent { w:color w:val=(hex(accent)) {} }
                w:sz w:val=(half_points(size * style.size)) {}
                w:szCs w:val=(half_points(size * style.size)) {}
            }
        }
    }
}

/// Returns the part of numbering: one of two abstract ones for each list, with the
/// list's own first number.
pub(super) fn numbering(lists: &[ListNumbering]) -> String {
    let levels = |number: bool| {
        html! {
            @for depth in 0..DEPTHS {
                w:lvl w:ilvl=(depth) {
                    w:start w:val="1" {}
                    w:numFmt w:val=(if number { "decimal" } else { "bullet" }) {}
                    w:lvlText w:val=(if number { format!("%{}.", depth + 1) } else { "•".to_owned() }) {}
                    w:lvlJc w:val="left" {}
                    w:pPr { w:ind w:left=((depth + 1) * INDENT) w:hanging=(INDENT) {} }
                }
            }
        }
    };
    part(html! {
        w:numbering xmlns:w=(W) {
            w:abstractNum w:abstractNumId="0" { w:multiLevelType w:val="hybridMultilevel" {} (levels(false)) }
            w:abstractNum w:abstractNumId="1" { w:multiLevelType w:val="hybridMultilevel" {} (levels(true)) }
            @for (id, list) in (1..).zip(lists) {
                w:num w:numId=(id) {
                    w:abstractNumId w:val=(if list.start.is_some() { 1 } else { 0 }) {}
                    @if let Some(start) = list.start {
                        // Word counts to 32,767.
                        w:lvlOverride w:ilvl=(list.depth) { w:startOverride w:val=(start.min(32_767)) {} }
                    }
                }
            }
        }
    })
}
