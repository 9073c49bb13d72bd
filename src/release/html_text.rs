//! The words of HTML.
//!
//! In: a page, or what an author wrote as HTML. Out: its text in reading order, a block
//! for each element that is one. Guaranteed: no panic and no endless work, whatever it
//! holds. Absent: looks, scripts, and what readers do not see.

use super::blocks::Collector;
use crate::model::text::InlineStyle;
use scraper::Html;
use scraper::node::{Element, Node};

/// Elements that stand within a line, or around a whole page; all others begin a block
/// of their own.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "body", "br", "cite", "code", "data", "dfn", "em", "font", "html", "i", "img",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// Elements whose content nobody reads.
const SILENT: &[&str] = &["head", "script", "style", "template", "noscript", "svg"];

/// Adds the text of HTML to blocks. The last of them stays open.
pub(super) fn read(text: &str, blocks: &mut Collector) {
    let page = Html::parse_document(text);
    // A stack of our own: pages may be nested deeper than the machine's.
    let mut ahead = vec![(page.tree.root(), true)];
    while let Some((node, opens)) = ahead.pop() {
        match node.value() {
            Node::Element(element) if is_silent(element) => continue,
            Node::Element(element) => match element.name() {
                "br" => blocks.text(" "),
                "img" => blocks.text(element.attr("alt").unwrap_or_default()),
                name if INLINE.contains(&name) => {}
                _ => blocks.end(),
            },
            Node::Text(text) => match node.parent().and_then(|parent| shift(parent.value())) {
                Some(style) => blocks.text(&style.plain(text)),
                None => blocks.text(text),
            },
            _ => {}
        }
        if opens && node.has_children() {
            ahead.push((node, false));
            ahead.extend(node.children().rev().map(|child| (child, true)));
        }
    }
}

/// Returns how an element raises or lowers its words, if it does.
fn shift(node: &Node) -> Option<InlineStyle> {
    match node.as_element()?.name() {
        "sup" => Some(InlineStyle::Superscript),
        "sub" => Some(InlineStyle::Subscript),
        _ => None,
    }
}

/// Returns true if nobody reads an element.
fn is_silent(element: &Element) -> bool {
    SILENT.contains(&element.name()) || element.attr("role") == Some("doc-backlink")
}
