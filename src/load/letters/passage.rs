//! Passages in another language and words set in a way of their own, as HTML marks them in
//! Markdown.
//!
//! In: one tag. Out: whether it opens or closes a passage, and in what language.
//! Guaranteed: a language is a well-formed BCP 47 tag. Absent: what stands between
//! the tags (that is `markdown`'s). CommonMark has no syntax of its own for this:
//! `<span lang="es">...</span>` within a line, and `<div lang="es">` and `</div>`
//! on lines of their own, with blank lines around them, mark passages there; `<sup>`,
//! `<sub>`, `<u>`, `<span class="smallcaps">` and the elements of HTML that emphasize and
//! strike mark words.

use crate::model::text::{Inline, InlineStyle, Line};
use crate::source::Origin;
use icu_locale_core::Locale;

/// Elements that mark a passage within a line.
const INLINE: [&str; 8] = ["span", "i", "em", "cite", "dfn", "b", "strong", "q"];

/// Elements that mark a passage of blocks.
const BLOCK: [&str; 2] = ["div", "section"];

/// Elements of blocks that only hold text together.
const BOXES: [&str; 8] = ["div", "section", "article", "main", "center", "header", "footer", "p"];

/// Elements that set what they hold in a way of their own, within a line.
const STYLED: [&str; 11] = ["sup", "sub", "u", "ins", "b", "strong", "i", "em", "s", "del", "strike"];

/// The class of a `span` whose small letters are small capitals, as other Markdown programs
/// have it.
const SMALL_CAPITALS: &str = "smallcaps";

/// An element that is open: a passage in another language, or words set in their own way.
#[derive(Debug)]
pub(super) struct OpenElement {
    /// The element that marks it, in small letters.
    pub(super) element: String,
    /// Whether small letters are small capitals.
    small_capitals: bool,
    /// BCP 47 tag, in its usual letters, of a passage in another language.
    pub(super) language: Option<String>,
    /// Where it was opened.
    pub(super) origin: Origin,
    /// How many elements of the same name are open within it.
    pub(super) within: usize,
}

impl OpenElement {
    /// Opens an element; `None` if its language is none.
    pub(super) fn new(tag: Tag, origin: Origin) -> Option<Self> {
        let language = match &tag.language {
            None => None,
            Some(language) => {
                let language = Locale::try_from_str(language.trim()).ok()?;
                Some(language.to_string()).filter(|_| !language.id.language.is_unknown())
            }
        };
        (language.is_some() == tag.language.is_some()).then_some(Self {
            element: tag.name,
            small_capitals: tag.small_capitals,
            language,
            origin,
            within: 0,
        })
    }

    /// Returns the element with what it says.
    pub(super) fn inline(self, content: Line) -> Inline {
        let styled = match self.element.as_str() {
            "i" | "em" | "cite" | "dfn" => Inline::Emphasis(content),
            "b" | "strong" => Inline::Strong(content),
            "s" | "del" | "strike" => Inline::Strikethrough(content),
            "sup" => Inline::Styled(InlineStyle::Superscript, content),
            "sub" => Inline::Styled(InlineStyle::Subscript, content),
            "u" | "ins" => Inline::Styled(InlineStyle::Underline, content),
            _ if self.small_capitals => Inline::Styled(InlineStyle::SmallCapitals, content),
            _ => {
                return Inline::Passage {
                    language: self.language.unwrap_or_default(),
                    content,
                };
            }
        };
        match self.language {
            Some(language) => Inline::Passage {
                language,
                content: vec![styled],
            },
            None => styled,
        }
    }
}

/// Returns whether an element only holds text together.
pub(super) fn is_box(element: &str) -> bool {
    BOXES.contains(&element)
}

impl Tag {
    /// Returns whether the element can mean something to a letter, as a block or within a line.
    pub(super) fn is_known(&self, block: bool) -> bool {
        let name = self.name.as_str();
        match block {
            true => BLOCK.contains(&name),
            false => INLINE.contains(&name) || STYLED.contains(&name),
        }
    }

    /// Returns whether the element means something to a letter as it stands.
    pub(super) fn says_something(&self, block: bool) -> bool {
        let is_styled = STYLED.contains(&self.name.as_str()) || (self.name == "span" && self.small_capitals);
        self.language.is_some() || (is_styled && !block)
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
    /// Whether its class is that of small capitals.
    pub(super) small_capitals: bool,
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
    let (mut language, mut small_capitals) = (None, false);
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
        if key.eq_ignore_ascii_case("class") {
            small_capitals |= value.split_ascii_whitespace().any(|class| class == SMALL_CAPITALS);
        }
        rest = after;
    }
    Some(Tag {
        name: name.to_ascii_lowercase(),
        closes,
        language,
        small_capitals,
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
