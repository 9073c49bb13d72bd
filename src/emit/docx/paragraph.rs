//! Paragraphs, tables, footnotes and sections of a Word file.
//!
//! In: runs already written. Out: the elements around them. Guaranteed: elements stand
//! in the order that the schema asks for.

use super::package::{FIRST_FOOTER, FOOTER, HEADER};
use super::run::{REDLINE, UNNUMBERED};
use crate::compose::document::{Document, InlineStyle};
use crate::model::direction::Direction;
use maud::{Markup, html};

/// A paragraph or a table of the text.
pub(super) enum BodyItem {
    Paragraph(ParagraphItem),
    Table(Markup),
}

/// A paragraph before it is written.
#[derive(Default)]
pub(super) struct ParagraphItem {
    /// The paragraph style; empty for none.
    pub(super) style: &'static str,
    /// The list it belongs to, and how deep.
    pub(super) number: Option<(usize, usize)>,
    /// Whether it runs from right to left, where that is not as the document does.
    pub(super) rtl: Option<bool>,
    /// The indent in twentieths of a point, where that is not the style's.
    pub(super) indent: usize,
    /// How far its first line stands out of the indent, in twentieths of a point.
    pub(super) hanging: usize,
    /// True if the page may not end after it.
    pub(super) keep: bool,
    /// True if it stands beside the text, at its start.
    pub(super) framed: bool,
    /// True if it begins a page.
    pub(super) new_page: bool,
    /// The section that ends with it.
    pub(super) section: Option<Markup>,
    /// The change that the whole paragraph is: `ins` or `del`; its end is one, too.
    pub(super) change: Option<InlineStyle>,
    /// Its runs, in order.
    pub(super) runs: Option<Markup>,
}

impl BodyItem {
    /// Returns the element, its properties in the order of the schema (CT_PPr).
    pub(super) fn render(&self) -> Markup {
        match self {
            Self::Table(table) => html! { (table) },
            Self::Paragraph(paragraph) => html! {
                w:p {
                    w:pPr {
                        @if !paragraph.style.is_empty() { w:pStyle w:val=(paragraph.style) {} }
                        @if paragraph.keep { w:keepNext {} }
                        @if paragraph.new_page { w:pageBreakBefore {} }
                        @if paragraph.framed {
                            w:framePr w:w=(BOARD) w:hSpace="240" w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="inside" w:y="1" {}
                        }
                        @if let Some((list, depth)) = paragraph.number {
                            w:numPr { w:ilvl w:val=(depth) {} w:numId w:val=(list) {} }
                        }
                        @if let Some(rtl) = paragraph.rtl { w:bidi w:val=(if rtl { "true" } else { "false" }) {} }
                        @if paragraph.indent > 0 {
                            w:ind w:left=(paragraph.indent) w:hanging=[(paragraph.hanging > 0).then_some(paragraph.hanging)] {}
                        }
                        @match paragraph.change {
                            Some(InlineStyle::Inserted) => w:rPr { w:ins w:id=(UNNUMBERED) w:author=(REDLINE) {} }
                            Some(InlineStyle::Deleted) => w:rPr { w:del w:id=(UNNUMBERED) w:author=(REDLINE) {} }
                            _ => {}
                        }
                        @if let Some(section) = &paragraph.section { (section) }
                    }
                    @if let Some(runs) = &paragraph.runs { (runs) }
                }
            },
        }
    }
}

/// Width of what stands beside the text, in twentieths of a point.
const BOARD: u32 = 2100;

/// Returns a footnote; its mark stands in its first paragraph.
pub(super) fn footnote(id: usize, items: &mut Vec<BodyItem>) -> Markup {
    let mark = html! {
        w:r { w:rPr { w:rStyle w:val="FootnoteReference" {} } w:footnoteRef {} }
        w:r { w:t xml:space="preserve" { " " } }
    };
    match items.first_mut() {
        Some(BodyItem::Paragraph(first)) => {
            first.runs = Some(html! { (mark) @if let Some(runs) = &first.runs { (runs) } });
        }
        _ => items.insert(
            0,
            BodyItem::Paragraph(ParagraphItem {
                style: "FootnoteText",
                runs: Some(mark),
                ..ParagraphItem::default()
            }),
        ),
    }
    html! {
        w:footnote w:id=(id) {
            @for item in items.iter() { (item.render()) }
            @if matches!(items.last(), Some(BodyItem::Table(_))) { w:p {} }
        }
    }
}

/// Returns a section's properties: paper, margins and columns. The first one's head and foot
/// are those of all.
pub(super) fn section(document: &Document, columns: usize, is_first: bool, continuous: bool) -> Markup {
    let (width, height) = document.page.paper.size();
    let twips = |points: f64| (points * 20.0).round() as u32;
    let margin = twips(document.page.margin.0);
    html! {
        w:sectPr {
            w:headerReference w:type="default" r:id=(HEADER) {}
            w:footerReference w:type="default" r:id=(FOOTER) {}
            @if is_first { w:footerReference w:type="first" r:id=(FIRST_FOOTER) {} }
            @if continuous || !is_first { w:type w:val="continuous" {} }
            w:pgSz w:w=(twips(width.0)) w:h=(twips(height.0)) {}
            w:pgMar w:top=(margin) w:right=(margin) w:bottom=(margin) w:left=(margin) w:header=(margin / 2) w:footer=(margin / 2) w:gutter="0" {}
            @if document.draft.is_some() { w:lnNumType w:countBy="1" w:restart="newPage" {} }
            w:cols w:num=(columns) w:space="480" {}
            @if is_first { w:titlePg {} }
            @if Direction::of_language(&document.language).is_rtl() { w:bidi {} }
        }
    }
}
