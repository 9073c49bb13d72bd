//! Limits the raw HTML of the Markdown to what a page may contain.
//!
//! In: fragments of a line or of a text, some of them raw HTML. Out: the fragments as
//! one sanitized text.
//! Guaranteed: raw HTML brings no script, style, class, id, event or picture,
//! and every tag it opens is closed; none of the author's text is lost to it.
//!
//! Only the raw fragments pass the sanitizer. The others are stood for by marks,
//! which keeps our own markup whole while tags such as `<b>` may open in one
//! fragment and close in another.

use crate::model::link::{SCHEMES, address};
use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::HashSet;

/// Elements that raw HTML may use within a line.
const PHRASING: &[&str] = &[
    "a", "abbr", "b", "bdi", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rp", "rt",
    "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// Further elements that raw HTML may use between blocks. No headings: they
/// would break the order of levels.
const FLOW: &[&str] = &[
    "aside",
    "blockquote",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// The surroundings of raw HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HtmlContext {
    /// Within a line of text.
    Line,
    /// Between blocks.
    Blocks,
}

/// A fragment of a text.
pub(super) enum Fragment<'a> {
    /// Markup of our own, whole and safe.
    Ours(String),
    /// Raw HTML as the author wrote it.
    Raw(&'a str),
}

/// Joins the fragments, the raw ones sanitized.
pub(super) fn join(fragments: Vec<Fragment<'_>>, place: HtmlContext) -> String {
    if fragments.iter().all(|fragment| matches!(fragment, Fragment::Ours(_))) {
        return fragments.into_iter().map(Fragment::into_ours).collect();
    }
    let mut skeleton = String::new();
    let mut marks = 0;
    for fragment in &fragments {
        match fragment {
            Fragment::Ours(_) => {
                skeleton.push_str(&mark(marks));
                marks += 1;
            }
            // Marks cannot be forged: their bounds are taken out first, and
            // attributes that spell one by a character reference are dropped.
            Fragment::Raw(raw) => skeleton.push_str(&unmarked(raw)),
        }
    }
    let clean = sanitize(&skeleton, place);
    let ours: Vec<String> = fragments
        .into_iter()
        .filter(|fragment| matches!(fragment, Fragment::Ours(_)))
        .map(Fragment::into_ours)
        .collect();
    // An unclosed comment, a `<script>` or the like may have swallowed text;
    // then the tags go, not the text.
    fill(&clean, &ours).unwrap_or_else(|| ours.concat())
}

impl Fragment<'_> {
    fn into_ours(self) -> String {
        match self {
            Self::Ours(markup) => markup,
            Self::Raw(_) => String::new(),
        }
    }
}

/// The bounds of a mark: two noncharacters, which no text needs.
const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// Returns raw HTML without characters that could be taken for a mark.
fn unmarked(raw: &str) -> String {
    raw.chars().filter(|c| !matches!(*c, OPEN | CLOSE)).collect()
}

/// Returns what is published of raw HTML that stands alone.
pub fn sanitized(raw: &str, place: HtmlContext) -> String {
    sanitize(&unmarked(raw), place)
}

fn mark(number: usize) -> String {
    format!("{OPEN}{number}{CLOSE}")
}

/// Puts our fragments in the place of their marks; `None` if not every mark is
/// there, once and in order.
fn fill(clean: &str, ours: &[String]) -> Option<String> {
    let mut out = String::with_capacity(clean.len());
    let mut rest = clean;
    for (number, fragment) in ours.iter().enumerate() {
        let (before, after) = rest.split_once(OPEN)?;
        let (found, after) = after.split_once(CLOSE)?;
        if found != number.to_string() {
            return None;
        }
        out.push_str(before);
        out.push_str(fragment);
        rest = after;
    }
    out.push_str(rest);
    (!rest.contains([OPEN, CLOSE])).then_some(out)
}

fn sanitize(skeleton: &str, place: HtmlContext) -> String {
    let tags: HashSet<&str> = match place {
        HtmlContext::Line => PHRASING.iter().copied().collect(),
        HtmlContext::Blocks => PHRASING.iter().chain(FLOW).copied().collect(),
    };
    let mut builder = Builder::empty();
    builder
        .tags(tags)
        .clean_content_tags(HashSet::from(["script", "style"]))
        .add_tag_attributes("a", ["href"])
        .add_tag_attributes("abbr", ["title"])
        .add_tag_attributes("dfn", ["title"])
        .add_tag_attributes("time", ["datetime"])
        .add_tag_attributes("ol", ["start", "reversed"])
        .add_tag_attributes("td", ["colspan", "rowspan"])
        .add_tag_attributes("th", ["colspan", "rowspan", "scope"])
        .add_tag_attributes("details", ["open"])
        .add_generic_attributes(["lang", "dir"])
        .url_schemes(HashSet::from(SCHEMES))
        .url_relative(UrlRelative::Deny)
        .link_rel(None)
        .attribute_filter(|_, attribute, value| {
            let kept = !value.contains([OPEN, CLOSE]) && (attribute != "href" || address(value).is_some());
            kept.then_some(Cow::Borrowed(value))
        });
    builder.clean(skeleton).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &[&str], place: HtmlContext, expected: &str) {
        let fragments = raw
            .iter()
            .map(|fragment| match fragment.strip_prefix('=') {
                Some(ours) => Fragment::Ours(ours.to_owned()),
                None => Fragment::Raw(fragment),
            })
            .collect();
        assert_eq!(join(fragments, place), expected);
    }

    #[test]
    fn tags_pair_across_fragments() {
        check(&["<u>", "=a<br>", "</u>", "=b"], HtmlContext::Line, "<u>a<br></u>b");
        check(&["<u>", "=a"], HtmlContext::Line, "<u>a</u>");
        check(&["=a", "</u>"], HtmlContext::Line, "a");
        check(
            &[
                "<details><summary>More</summary>",
                "=<p class=\"x\">a</p>",
                "</details>",
            ],
            HtmlContext::Blocks,
            "<details><summary>More</summary><p class=\"x\">a</p></details>",
        );
    }

    #[test]
    fn nothing_that_acts_gets_through() {
        check(
            &["<b onclick=\"x()\" style=\"x\" class=\"x\" id=\"x\">", "=a"],
            HtmlContext::Line,
            "<b>a</b>",
        );
        check(&["<img src=x onerror=alert(1)>", "=a"], HtmlContext::Line, "a");
        check(
            &["<a href=\"javascript:x()\">", "=a", "</a>"],
            HtmlContext::Line,
            "<a>a</a>",
        );
        check(
            &["<a href=\"https://example.org\">", "=a", "</a>"],
            HtmlContext::Line,
            "<a href=\"https://example.org\">a</a>",
        );
        check(
            &["<iframe src=\"https://example.org\"></iframe>", "=a"],
            HtmlContext::Blocks,
            "a",
        );
        check(
            &["<form><input><button>go</button></form>", "=a"],
            HtmlContext::Blocks,
            "goa",
        );
        check(&["<h1>big</h1>", "=a"], HtmlContext::Blocks, "biga");
        check(&["<div>", "=a"], HtmlContext::Line, "a");
    }

    #[test]
    fn raw_html_swallows_no_text() {
        check(&["<script>", "=a", "</script>", "=b"], HtmlContext::Line, "ab");
        check(&["<!--", "=a", "-->", "=b"], HtmlContext::Line, "ab");
        check(&["<style>", "=a"], HtmlContext::Blocks, "a");
        check(&["<b title=\"", "=a", "\">"], HtmlContext::Line, "a");
        check(&["<table>", "=a", "</table>"], HtmlContext::Blocks, "a<table></table>");
    }

    #[test]
    fn marks_cannot_be_forged() {
        check(&["\u{fdd0}0\u{fdd1}", "=a"], HtmlContext::Line, "0a");
        check(&["&#xfdd0;0&#xfdd1;", "=a"], HtmlContext::Line, "a");
        check(
            &["<abbr title=\"&#xfdd0;0&#xfdd1;\">", "=a"],
            HtmlContext::Line,
            "<abbr>a</abbr>",
        );
    }
}
