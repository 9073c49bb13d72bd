//! Passages in another language, as HTML marks them in Markdown.
//!
//! In: one tag. Out: whether it opens or closes a passage, and in what language.
//! Guaranteed: a language is a well-formed BCP 47 tag. Absent: what stands between
//! the tags (that is `markdown`'s). CommonMark has no syntax of its own for this:
//! `<span lang="es">...</span>` within a line, and `<div lang="es">` and `</div>`
//! on lines of their own, with blank lines around them, mark passages there.

use crate::model::text::{Inline, Line};
use crate::source::Origin;
use icu_locale_core::Locale;

/// Elements that mark a passage within a line.
const INLINE: [&str; 8] = ["span", "i", "em", "cite", "dfn", "b", "strong", "q"];

/// Elements that mark a passage of blocks.
const BLOCK: [&str; 2] = ["div", "section"];

/// A passage that is open.
#[derive(Debug)]
pub(super) struct OpenPassage {
    /// The element that marks it, in small letters.
    pub(super) element: String,
    /// BCP 47 tag, in its usual letters.
    pub(super) language: String,
    /// Where it was opened.
    pub(super) origin: Origin,
    /// How many elements of the same name are open within it.
    pub(super) within: usize,
}

impl OpenPassage {
    /// Returns a passage; `None` if the language is none.
    pub(super) fn new(element: String, language: &str, origin: Origin) -> Option<Self> {
        let language = Locale::try_from_str(language.trim()).ok()?;
        (!language.id.language.is_unknown()).then(|| Self {
            element,
            language: language.to_string(),
            origin,
            within: 0,
        })
    }

    /// Returns the passage with what it says; elements that also emphasise do so.
    pub(super) fn inline(self, content: Line) -> Inline {
        let content = match self.element.as_str() {
            "i" | "em" | "cite" | "dfn" => vec![Inline::Emphasis(content)],
            "b" | "strong" => vec![Inline::Strong(content)],
            _ => content,
        };
        Inline::Passage {
            language: self.language,
            content,
        }
    }
}

/// Returns whether an element marks passages, of blocks or within a line.
pub(super) fn is_known(element: &str, block: bool) -> bool {
    if block {
        BLOCK.contains(&element)
    } else {
        INLINE.contains(&element)
    }
}

/// A tag.
#[derive(Debug, PartialEq)]
pub(super) struct Tag {
    /// The element's name, in small letters.
    pub(super) name: String,
    /// Whether it closes the element.
    pub(super) closes: bool,
    /// Its `lang` attribute.
    pub(super) language: Option<String>,
}

/// Reads one tag.
pub(super) fn tag(html: &str) -> Option<Tag> {
    let inner = html.trim().strip_prefix('<')?.strip_suffix('>')?;
    let (closes, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    if inner.contains(['<', '>']) || inner.ends_with('/') {
        return None;
    }
    let length = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, mut rest) = inner.split_at(length);
    if name.is_empty() || !(rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_whitespace())) {
        return None;
    }
    let mut language = None;
    loop {
        rest = rest.trim_start();
        let end = rest
            .find(|c: char| c.is_ascii_whitespace() || c == '=')
            .unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        if key.is_empty() {
            break;
        }
        let after = after.trim_start();
        let Some(value) = after.strip_prefix('=') else {
            rest = after;
            continue;
        };
        let value = value.trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote)?,
            _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        if key.eq_ignore_ascii_case("lang") && language.is_none() {
            language = Some(value.to_owned());
        }
        rest = after;
    }
    Some(Tag {
        name: name.to_ascii_lowercase(),
        closes,
        language,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read() {
        let check = |html: &str, expected: Option<(&str, bool, Option<&str>)>| {
            let found = tag(html);
            let found = found
                .as_ref()
                .map(|tag| (tag.name.as_str(), tag.closes, tag.language.as_deref()));
            assert_eq!(found, expected, "{html}");
        };
        check("<span lang=\"es\">", Some(("span", false, Some("es"))));
        check("<SPAN class=x LANG='es-US'>", Some(("span", false, Some("es-US"))));
        check("<i lang=fr>", Some(("i", false, Some("fr"))));
        check("<span hidden lang = \"es\" >", Some(("span", false, Some("es"))));
        check("</span>", Some(("span", true, None)));
        check("<span>", Some(("span", false, None)));
        check("<span data-lang=\"es\">", Some(("span", false, None)));
        check("<span lang=\"es>", None);
        check("<br/>", None);
        check("<!-- -->", None);
        check("", None);
    }
}
