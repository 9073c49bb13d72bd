//! Page furniture: running heads and page numbers.
//!
//! In: finished pages. Out: the same, from the second on with who writes and the
//! date above the text and "Page 2 of 3" below it, all as artifacts. Guaranteed:
//! they stand within the margins; a name too long is cut at a word.

use super::atom::measure;
use super::font::Cut;
use super::frame::{Artifact, Mark, Page};
use super::page::paint;
use super::paragraph::{Align, Form, set};
use super::shape::Shaper;
use super::sheet::{QUIET, Sheet};
use super::text::{Style, Text};
use crate::compose::document::{Document, Part, plain};

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
    let date = furniture(&date(document), style);
    let room = sheet.measure - measure(&date, shaper).0 - style.size * 2.0;
    let head = head(document, style, room, shaper);
    let head = [
        set(&head, &form(Align::Start), shaper).lines,
        set(&date, &form(Align::End), shaper).lines,
    ];
    for (index, page) in pages.iter_mut().enumerate().skip(1) {
        if sheet.top >= NARROW {
            for line in head.iter().filter_map(|lines| lines.first()) {
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

/// Most words of a running head. It is there to tell a lost page's letter; from eight
/// words on, checkers of accessibility take it for a sentence that is kept from those
/// who listen (Matterhorn protocol, checkpoint 01).
const HEAD_WORDS: usize = 7;

/// The running head: who writes, or, where no letterhead says so, the title; cut at a
/// word if it is too long.
fn head(document: &Document, style: Style, width: f64, shaper: Shaper<'_>) -> Text {
    let said = if document.author.is_empty() {
        &document.title
    } else {
        &document.author
    };
    let text = |chars: &str| furniture(chars, style);
    let words: Vec<&str> = said.split_whitespace().collect();
    let fits = |text: &Text| measure(text, shaper).0 <= width;
    let whole = text(&words.join(" "));
    if words.len() <= HEAD_WORDS && fits(&whole) {
        return whole;
    }
    let longest = words.len().min(HEAD_WORDS);
    let cut = (0..=longest)
        .rev()
        .map(|count| text(&format!("{} …", words[..count].join(" "))));
    cut.into_iter().find(fits).unwrap_or(whole)
}

fn furniture(chars: &str, style: Style) -> Text {
    Text::plain(chars, style, Mark::Artifact(Artifact::Header))
}

/// The dateline, as plain text.
fn date(document: &Document) -> String {
    let dateline = document.parts.iter().find_map(|part| match part {
        Part::Dateline(line) => Some(plain(line)),
        _ => None,
    });
    dateline.unwrap_or_default()
}
