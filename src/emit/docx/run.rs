//! Runs of a Word file: text of one format.
//!
//! In: text and its format. Out: a `w:r` element, with its properties in the order of
//! the schema. Guaranteed: text that begins from right to left is marked as such.

use super::clean;
use crate::compose::document::InlineStyle;
use maud::{Markup, html};
use unicode_bidi::{BidiClass, bidi_class};

/// The author of tracked changes: the program that compared two states. Word takes the same
/// number for each.
pub(super) const REDLINE: &str = "undersigned";

/// The id of a change until its part is whole and all changes are numbered.
pub(super) const UNNUMBERED: &str = "change";

/// The number of the first change. Bookmarks are numbered from the beginning; in some programs,
/// all annotations share their numbers.
const FIRST_CHANGE: usize = 1_000_000;

/// Numbers the changes of the parts of a file, each with a number of its own (ISO/IEC 29500-1,
/// 17.13.5: an id is unique among the annotations of a document).
pub(super) fn number_changes(parts: [String; 2]) -> [String; 2] {
    let mark = format!(" w:id=\"{UNNUMBERED}\" ");
    let mut number = FIRST_CHANGE;
    parts.map(|part| {
        let mut pieces = part.split(&mark);
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            out += &format!(" w:id=\"{number}\" {piece}");
            number += 1;
        }
        out
    })
}

/// The format of a run.
#[derive(Clone, Copy, Default)]
pub(super) struct RunFormat<'a> {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) strike: bool,
    pub(super) underline: bool,
    pub(super) small_capitals: bool,
    /// True if it was added, or taken away, since another state: tracked changes.
    pub(super) inserted: bool,
    pub(super) deleted: bool,
    /// How it stands beside the line: `superscript`, `subscript`; empty for on it.
    pub(super) align: &'static str,
    /// The character style; empty for none.
    pub(super) style: &'static str,
    /// The size in half points, where it is not the style's; else 0.
    pub(super) size: u32,
    /// The language tag, where it is not the document's; else empty.
    pub(super) language: &'a str,
}

impl RunFormat<'_> {
    /// Returns the format with a style of words added.
    pub(super) fn styled(self, style: InlineStyle) -> Self {
        match style {
            InlineStyle::Superscript => Self {
                align: "superscript",
                ..self
            },
            InlineStyle::Subscript => Self {
                align: "subscript",
                ..self
            },
            InlineStyle::SmallCapitals => Self {
                small_capitals: true,
                ..self
            },
            InlineStyle::Underline => Self {
                underline: true,
                ..self
            },
            InlineStyle::Inserted => Self { inserted: true, ..self },
            InlineStyle::Deleted => Self { deleted: true, ..self },
        }
    }
}

/// Stands around what runs from left to right among letters that do not. Word and
/// LibreOffice both heed it; the marks of isolation they do not.
pub(super) const LEFT_TO_RIGHT_MARK: char = '\u{200e}';

/// The format of the paragraph's own style.
pub(super) const PLAIN_RUN: RunFormat<'static> = RunFormat {
    bold: false,
    italic: false,
    strike: false,
    underline: false,
    small_capitals: false,
    inserted: false,
    deleted: false,
    align: "",
    style: "",
    size: 0,
    language: "",
};

/// The format of the paragraph's style in bold.
pub(super) const BOLD: RunFormat<'static> = RunFormat {
    bold: true,
    ..PLAIN_RUN
};

/// The format of the paragraph's style in italics.
pub(super) const ITALIC: RunFormat<'static> = RunFormat {
    italic: true,
    ..PLAIN_RUN
};

/// Returns text as a run of one format, its properties in the order of the schema
/// (EG_RPrBase); nothing for empty text.
pub(super) fn run(text: &str, format: RunFormat<'_>) -> Markup {
    let text = clean(text);
    if text.is_empty() {
        return html! {};
    }
    let rtl = text
        .chars()
        .filter(|c| *c != LEFT_TO_RIGHT_MARK)
        .find_map(|c| match bidi_class(c) {
            BidiClass::R | BidiClass::AL => Some(true),
            BidiClass::L => Some(false),
            _ => None,
        });
    let rtl = rtl == Some(true);
    let plain = !(format.bold || format.italic || format.strike || format.underline || format.small_capitals || rtl)
        && format.align.is_empty();
    let run = html! {
        w:r {
            @if !(plain && format.style.is_empty() && format.size == 0 && format.language.is_empty()) {
                w:rPr {
                    @if !format.style.is_empty() { w:rStyle w:val=(format.style) {} }
                    @if format.bold { w:b {} w:bCs {} }
                    @if format.italic { w:i {} w:iCs {} }
                    @if format.small_capitals { w:smallCaps {} }
                    @if format.strike { w:strike {} }
                    @if format.size > 0 { w:sz w:val=(format.size) {} w:szCs w:val=(format.size) {} }
                    @if format.underline { w:u w:val="single" {} }
                    @if !format.align.is_empty() { w:vertAlign w:val=(format.align) {} }
                    @if rtl { w:rtl {} }
                    @if !format.language.is_empty() {
                        w:lang w:val=(format.language) w:eastAsia=(format.language) w:bidi=(format.language) {}
                    }
                }
            }
            @if format.deleted {
                w:delText xml:space="preserve" { (text) }
            } @else {
                w:t xml:space="preserve" { (text) }
            }
        }
    };
    html! {
        @if format.deleted {
            w:del w:id=(UNNUMBERED) w:author=(REDLINE) { (run) }
        } @else if format.inserted {
            w:ins w:id=(UNNUMBERED) w:author=(REDLINE) { (run) }
        } @else {
            (run)
        }
    }
}
