//! The styles of a Word file.
//!
//! In: the document's look, colors, size and language. Out: the part of styles, those
//! of paragraphs as data/docx_styles.toml lists them. Absent: fonts themselves, since a
//! Word file brings none.

use super::package::{W, part};
use crate::compose::document::{Document, Roll};
use crate::model::direction::Direction;
use crate::model::letter::DocumentKind;
use crate::model::style::{Color, Look};
use crate::model::units::Pt;
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::LazyLock;

/// The list of data/docx_styles.toml, which says what the fields mean.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StyleList {
    style: Vec<ParagraphStyle>,
}

/// A paragraph style: lengths in twentieths of a point, sizes as parts of the text's.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ParagraphStyle {
    id: String,
    name: String,
    size: f64,
    size_by_kind: Option<SizeByKind>,
    before: u32,
    after: u32,
    indent: u32,
    hanging: u32,
    bold: bool,
    italic: bool,
    accent: Accent,
    align: Option<String>,
    keep_next: bool,
    keep_lines: bool,
    rule: Option<SideRule>,
    outline: Option<u8>,
    font: Option<String>,
    page_number_tab: bool,
    prose: bool,
    quiet: bool,
    unnumbered: bool,
    middle: bool,
}

impl Default for ParagraphStyle {
    fn default() -> Self {
        Self {
            id: String::new(),
            name: String::new(),
            size: 1.0,
            size_by_kind: None,
            before: 0,
            after: 160,
            indent: 0,
            hanging: 0,
            bold: false,
            italic: false,
            accent: Accent::Never,
            align: None,
            keep_next: false,
            keep_lines: false,
            rule: None,
            outline: None,
            font: None,
            page_number_tab: false,
            prose: false,
            quiet: false,
            unnumbered: false,
            middle: false,
        }
    }
}

/// A size for each kind of document.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SizeByKind {
    letter: f64,
    press_release: f64,
    petition: f64,
    page: f64,
    plan: f64,
}

/// When the letters have the accent color.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Accent {
    Never,
    Modern,
    /// In the modern look, and where the coalition names a color of its own.
    Own,
    Always,
}

/// A line at one side of a paragraph.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SideRule {
    side: BorderSide,
    /// In eighths of a point; 0: the rule of the letterhead, as the look has it.
    width: u32,
}

/// A side of a paragraph.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum BorderSide {
    Left,
    Bottom,
}

static STYLES: LazyLock<StyleList> = LazyLock::new(|| word_list!("docx_styles"));

/// The values of a document that its styles depend on.
struct Setting {
    look: Look,
    kind: DocumentKind,
    accent: Color,
    /// The coalition's own color.
    own: Option<Color>,
    /// The size of the text, in points.
    size: f64,
    /// The font of headings.
    headings: &'static str,
    /// The width of the text, in twentieths of a point.
    measure: u32,
    /// Whether prose is set to both margins.
    justify: bool,
}

/// Returns the part of styles.
pub(super) fn styles(document: &Document) -> String {
    let look = document.style.look;
    let (text, headings) = fonts(look);
    let size = document.page.font_size.0;
    let measure = (document.page.paper.size().0.0 - 2.0 * document.page.margin.0) * 20.0;
    let setting = Setting {
        look,
        kind: document.kind,
        accent: look.ornament(document.style.accent),
        own: document.style.accent,
        size,
        headings,
        measure: measure.round() as u32,
        justify: document.page.justify,
    };
    let is_rtl = Direction::of_language(&document.language).is_rtl();
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
                @if is_rtl || document.page.justify {
                    w:pPr {
                        @if is_rtl { w:bidi {} }
                        @if document.page.justify { w:jc w:val="both" {} }
                    }
                }
            }
            @for style in &STYLES.style { (paragraph(style, &setting)) }
            w:style w:type="character" w:styleId="FootnoteReference" {
                w:name w:val="footnote reference" {}
                w:rPr { w:vertAlign w:val="superscript" {} }
            }
            w:style w:type="character" w:styleId="Hyperlink" {
                w:name w:val="Hyperlink" {}
                w:rPr { w:color w:val=(hex(Color::LINK)) {} w:u w:val="single" {} }
            }
            w:style w:type="character" w:styleId="CodeText" {
                w:name w:val="Code text" {}
                w:rPr { w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New" {} }
            }
        }
    })
}

/// Returns the fonts of text and headings: such as come with Word.
fn fonts(look: Look) -> (&'static str, &'static str) {
    match look {
        Look::Classic => ("Georgia", "Calibri"),
        Look::Modern => ("Calibri", "Calibri"),
        Look::Plain => ("Times New Roman", "Times New Roman"),
    }
}

/// Returns a size in half points.
pub(super) fn half_points(size: f64) -> u32 {
    (size * 2.0).round() as u32
}

/// Returns a color as Word writes it: `1C4F8C`.
fn hex(color: Color) -> String {
    color.to_string().trim_start_matches('#').to_uppercase()
}

/// Returns a paragraph style, its properties in the order of the schema.
fn paragraph(style: &ParagraphStyle, setting: &Setting) -> Markup {
    let accent = hex(setting.accent);
    // Names have the size that a roll gives them.
    let size = match style.id.as_str() {
        "Roll" => Roll::usual_size(Pt(setting.size)).0,
        _ => setting.size * size(style, setting.kind),
    };
    let size = half_points(size);
    // Only prose is set to both margins: an address would be torn apart.
    let ragged = (setting.justify && !style.prose).then_some("left");
    let align = style.align.as_deref().or(ragged);
    let font = style.font.as_deref().map(|font| match font {
        "headings" => setting.headings,
        named => named,
    });
    let is_accented = match style.accent {
        Accent::Never => false,
        Accent::Modern => setting.look == Look::Modern,
        Accent::Own => setting.look.sender(setting.own) != Color::BLACK,
        Accent::Always => true,
    };
    let rule = style.rule.as_ref().and_then(|SideRule { side, width }| match width {
        0 => {
            let (points, color) = setting.look.head_rule(setting.own)?;
            Some((*side, (points * 8.0).round() as u32, hex(color)))
        }
        width => Some((*side, *width, accent.clone())),
    });
    let color = match (is_accented, style.quiet) {
        (true, _) => Some(accent),
        (false, true) => Some(hex(Color::QUIET)),
        (false, false) => None,
    };
    html! {
        w:style w:type="paragraph" w:styleId=(style.id) {
            w:name w:val=(style.name) {}
            w:basedOn w:val="Normal" {}
            w:qFormat {}
            w:pPr {
                @if style.keep_next { w:keepNext {} }
                @if style.keep_lines { w:keepLines {} }
                @if let Some((side, width, color)) = &rule {
                    w:pBdr { @match side {
                        BorderSide::Left => { w:left w:val="single" w:sz=(width) w:space="8" w:color=(color) {} }
                        BorderSide::Bottom => { w:bottom w:val="single" w:sz=(width) w:space="6" w:color=(color) {} }
                    } }
                }
                @if style.unnumbered { w:suppressLineNumbers {} }
                @if style.page_number_tab {
                    w:tabs { w:tab w:val="right" w:pos=(setting.measure) {} }
                }
                w:spacing w:before=(style.before) w:after=(style.after) {}
                @if style.indent > 0 { w:ind w:left=(style.indent) w:hanging=(style.hanging) {} }
                @if let Some(align) = align { w:jc w:val=(align) {} }
                @if style.middle { w:textAlignment w:val="center" {} }
                @if let Some(level) = style.outline { w:outlineLvl w:val=(level) {} }
            }
            w:rPr {
                @if let Some(font) = font { w:rFonts w:ascii=(font) w:hAnsi=(font) w:cs=(font) {} }
                @if style.bold { w:b {} w:bCs {} }
                @if style.italic { w:i {} w:iCs {} }
                @if let Some(color) = color { w:color w:val=(color) {} }
                w:sz w:val=(size) {}
                w:szCs w:val=(size) {}
            }
        }
    }
}

/// Returns the size of a style's letters in a kind of document.
fn size(style: &ParagraphStyle, kind: DocumentKind) -> f64 {
    match (&style.size_by_kind, kind) {
        (None, _) => style.size,
        (Some(sizes), DocumentKind::Letter) => sizes.letter,
        (Some(sizes), DocumentKind::PressRelease) => sizes.press_release,
        (Some(sizes), DocumentKind::Petition) => sizes.petition,
        (Some(sizes), DocumentKind::Page) => sizes.page,
        (Some(sizes), DocumentKind::Plan) => sizes.plan,
    }
}
