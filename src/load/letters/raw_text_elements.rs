//! Recognizes raw text elements of HTML within a line, such as `<script>`, whose content
//! is not text of the letter.
//!
//! In: tags as written. Out: which element of those they open or close. Absent: any
//! other HTML.

/// Elements whose content is not text of the letter.
const ELEMENTS: &[&str] = &["script", "style", "template", "iframe", "object"];

/// Returns the element that a tag opens, if it is a raw text element.
pub(super) fn opened(tag: &str) -> Option<&'static str> {
    ELEMENTS.iter().copied().find(|name| opens(tag, name))
}

/// Elements that end a block of HTML only where they are closed (CommonMark 0.31, section
/// 4.6, the first kind of blocks).
const BLOCKS: &[&str] = &["script", "style", "pre", "textarea"];

/// Returns the element that begins a block of HTML, if only its closing tag ends it.
pub(super) fn block(html: &str) -> Option<&'static str> {
    let (tag, _) = html.split_at(html.find('>').map_or(html.len(), |end| end + 1));
    BLOCKS.iter().copied().find(|name| opens(tag, name))
}

/// Returns whether a tag opens an element.
fn opens(tag: &str, name: &str) -> bool {
    let rest = tag.strip_prefix('<').and_then(|tag| {
        tag.get(..name.len())
            .filter(|start| start.eq_ignore_ascii_case(name))
            .map(|_| &tag[name.len()..])
    });
    rest.is_some_and(|rest| rest.starts_with(['>', ' ', '\t', '\n', '/']) && !rest.ends_with("/>"))
}

/// Returns whether a tag closes an element.
pub(super) fn closes(tag: &str, name: &str) -> bool {
    tag.strip_prefix("</")
        .is_some_and(|tag| tag.trim_end_matches('>').trim().eq_ignore_ascii_case(name))
}
