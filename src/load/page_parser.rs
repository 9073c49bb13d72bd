//! Parses pages of strangers within limits.
//!
//! In: HTML. Out: its tree. Guaranteed: it is neither deeper nor larger than is said here;
//! parsing stops where it would be.

use html5ever::ParseOpts;
use html5ever::tendril::{StrTendril, TendrilSink};
use scraper::{Html, HtmlTreeSink};

/// Longest page, in bytes: a browser's window holds no more text than this.
pub(super) const MAX_PAGE: usize = 16 << 20;

/// Most elements that may stand within each other. The parser's time grows with the
/// square of it; pages of this world stay below a hundred, and browsers stop at 512.
const MAX_DEPTH: usize = 1_000;

/// Most nodes that a page may have. Markup can make many of a few bytes: marks left
/// open are opened again in each paragraph.
const MAX_NODES: usize = 1_000_000;

/// How much of a page is parsed between two looks at what came of it, in bytes.
const PORTION: usize = 512;

/// How many nodes lie between two whose depth is looked at.
const STRIDE: usize = 8;

/// Parses a page, and stops where it grows too deep or too large; `Err` says what is too
/// much of it.
pub(super) fn parse(source: &str) -> Result<Html, &'static str> {
    let sink = HtmlTreeSink::new(Html::new_document());
    let mut parser = html5ever::parse_document(sink, ParseOpts::default());
    let mut rest = source;
    let mut seen = 0;
    while !rest.is_empty() {
        let mut end = rest.len().min(PORTION);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (portion, after) = rest.split_at(end);
        parser.process(StrTendril::from(portion));
        rest = after;
        let html = parser.tokenizer.sink.sink.0.borrow();
        let nodes = html.tree.nodes();
        let count = nodes.len();
        if count > MAX_NODES {
            return Err("has too many elements");
        }
        let new = nodes.rev().take(count - seen).step_by(STRIDE);
        if new.map(|node| node.ancestors().count()).max() > Some(MAX_DEPTH) {
            return Err("is nested too deeply");
        }
        seen = count;
    }
    Ok(parser.finish())
}
