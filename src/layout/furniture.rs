//! Page furniture: running heads and page numbers.
//!
//! In: finished pages. Out: the same, from the second on with the document's
//! title above the text and "Page 2 of 3" below it, both as artifacts.
//! Guaranteed: both stand within the margins; a title too long is cut at a word.

use super::atom::measure;
use super::font::Cut;
use super::frame::{Artifact, Mark, Page};
use super::page::paint;
use super::paragraph::{Align, Form, set};
use super::shape::Shaper;
use super::sheet::{QUIET, Sheet};
use super::text::{Style, Text};
use crate::compose::document::Document;

/// Size of furniture beside the text.
const SIZE: f64 = 0.74;

/// Margins narrower than this, in points, have no room for a running head.
const NARROW: f64 = 36.0;

/// Adds furniture to all pages but the first.
pub(super) fn furnish(pages: &mut [Page], document: &Document, sheet: &Sheet, shaper: Shaper<'_>) {
    let count = pages.len();
    if count < 2 {
        return;
    }
    let style = Style::new(Cut::Sans, sheet.size * SIZE).color(QUIET);
    let leading = style.size * 1.3;
    let form = |align| Form {
        width: sheet.measure,
        first: 0.0,
        rest: 0.0,
        align,
        hyphenate: false,
        leading,
        rtl: Some(sheet.rtl),
    };
    let head = head(document, style, sheet.measure, shaper);
    let head = set(&head, &form(Align::Start), shaper).lines;
    for (index, page) in pages.iter_mut().enumerate().skip(1) {
        if sheet.top >= NARROW {
            for line in head.iter().take(1) {
                paint(page, line.clone(), sheet.left, sheet.top * 0.55 - leading / 2.0);
            }
        }
        let number = document
            .labels
            .page_of
            .replace("{page}", &(index + 1).to_string())
            .replace("{pages}", &count.to_string());
        let text = Text::plain(&number, style, Mark::Artifact(Artifact::Footer));
        let margin = sheet.top.max(leading * 1.5);
        let top = sheet.paper_height - margin * 0.5 - leading / 2.0;
        for line in set(&text, &form(Align::Center), shaper).lines.into_iter().take(1) {
            paint(page, line, sheet.left, top);
        }
    }
}

/// The running head: the title, cut at a word if it is too long for a line.
fn head(document: &Document, style: Style, width: f64, shaper: Shaper<'_>) -> Text {
    let mark = Mark::Artifact(Artifact::Header);
    let title = if document.title.is_empty() {
        &document.author
    } else {
        &document.title
    };
    let text = |chars: &str| Text::plain(chars, style, mark);
    let whole = text(title);
    if measure(&whole, shaper).0 <= width {
        return whole;
    }
    let words: Vec<&str> = title.split_whitespace().collect();
    let mut cut = String::new();
    for word in words {
        let longer = if cut.is_empty() {
            word.to_owned()
        } else {
            format!("{cut} {word}")
        };
        if measure(&text(&format!("{longer} …")), shaper).0 > width {
            break;
        }
        cut = longer;
    }
    text(&format!("{cut} …"))
}
