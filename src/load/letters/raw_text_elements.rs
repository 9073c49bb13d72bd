//! Raw HTML within a line whose text is no text: `<script>`.
//!
//! In: tags as written. Out: which element of those they open or close. Absent: any
//! other HTML.

/// Elements of raw HTML that hold no words of the letter.
const WORDLESS: &[&str] = &["script", "style", "template", "iframe", "object"];

/// The element that a tag opens, if its text is no text.
pub(super) fn opened(tag: &str) -> Option<&'static str> {
    WORDLESS.iter().copied().find(|name| opens(tag, name))
}

/// Whether a tag opens an element.
fn opens(tag: &str, name: &str) -> bool {
    let rest = tag.strip_prefix('<').and_then(|tag| {
        tag.get(..name.len())
            .filter(|start| start.eq_ignore_ascii_case(name))
            .map(|_| &tag[name.len()..])
    });
    rest.is_some_and(|rest| rest.starts_with(['>', ' ', '\t', '\n', '/']) && !rest.ends_with("/>"))
}

/// Whether a tag closes an element.
pub(super) fn closes(tag: &str, name: &str) -> bool {
    tag.strip_prefix("</")
        .is_some_and(|tag| tag.trim_end_matches('>').trim().eq_ignore_ascii_case(name))
}
