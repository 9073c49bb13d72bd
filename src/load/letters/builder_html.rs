//! Raw HTML, and the passages in another language that it marks.
//!
//! In: raw HTML between and within blocks. Out: line breaks, passages, and what is left
//! as raw HTML. Guaranteed: comments are printed nowhere; a passage ends with what it
//! stands in, whether its tag is closed or not. Absent: sanitizing, which is `emit`'s.

use super::block_builder::{Builder, Frame, Holder, MAX_DEPTH, TextLook};
use super::passage::{self, OpenElement, Tag};
use super::raw_text_elements;
use crate::diag::{Code, Diagnostic};
use crate::load::clean;
use crate::model::text::{Block, Inline, Line};
use std::ops::Range;

impl Builder<'_> {
    pub(super) fn html(&mut self, html: &str, range: &Range<usize>) {
        let tag = html.trim_matches(['<', '>', '/', ' ']).to_ascii_lowercase();
        if self.element(html, range, false) {
            return;
        }
        if tag == "br" {
            self.inline(Inline::Break);
        } else if html.starts_with("<!--") {
            self.comment(range);
        } else {
            self.raw_html(range);
            self.hushed = raw_text_elements::opened(html);
            let html = self.literal(html, range);
            self.inline(Inline::Html(html));
        }
    }

    pub(super) fn html_block(&mut self, html: &str, range: &Range<usize>) {
        if self.is_left_open(html, range) || self.words_in_boxes(html, range) {
            return;
        }
        let html = self.masked.restore(html);
        let html = clean::literal(&html).text.trim().to_owned();
        // Tags of passages stand on lines of their own.
        let mut html = html.as_str();
        while let Some((line, rest)) = Some(html.split_once('\n').unwrap_or((html, "")))
            && !line.is_empty()
            && self.element(line, range, true)
        {
            html = rest.trim_start();
        }
        let html = html.to_owned();
        if is_comment(&html) {
            self.comment(range);
        } else if !html.is_empty() {
            self.raw_html(range);
            self.block(Block::Html(html));
        }
    }

    /// Opens or closes a passage in another language, or words set in a way of their own;
    /// `false`: the tag does neither.
    fn element(&mut self, html: &str, range: &Range<usize>, block: bool) -> bool {
        let Some(tag) = passage::tag(html).filter(|tag| tag.is_known(block)) else {
            return false;
        };
        if block {
            self.close_tight();
        }
        let open = match self.stack.last_mut() {
            Some(Frame::Blocks(Holder::Passage(open), _)) if block => Some(open),
            Some(Frame::Look(TextLook::Element(open), _)) if !block => Some(open),
            _ => None,
        };
        let open = open.filter(|open| open.element == tag.name);
        match (tag.closes, tag.says_something(block), open) {
            (true, _, Some(open)) if open.within == 0 => {
                self.close_element();
                true
            }
            (true, _, Some(open)) => {
                open.within -= 1;
                false
            }
            (false, false, Some(open)) => {
                open.within += 1;
                false
            }
            (false, true, _) => self.open_element(tag, range, block),
            _ => false,
        }
    }

    /// Opens an element; `false` if it can't be.
    fn open_element(&mut self, tag: Tag, range: &Range<usize>, block: bool) -> bool {
        let origin = self.origin(range);
        let language = tag.language.clone().unwrap_or_default();
        let Some(element) = OpenElement::new(tag, origin) else {
            let message = format!("`{}` is not a language tag", language.escape_debug());
            self.diagnostics.push(
                Diagnostic::warning(Code::UnknownLanguage, message)
                    .at(origin)
                    .hint("write a language such as lang=\"es\""),
            );
            return false;
        };
        if self.stack.len() >= MAX_DEPTH {
            self.too_deep(range);
            return false;
        }
        if block {
            self.stack.push(Frame::Blocks(Holder::Passage(element), Vec::new()));
        } else {
            self.open_text();
            self.stack.push(Frame::Look(TextLook::Element(element), Line::new()));
        }
        true
    }

    /// Ends the innermost element.
    pub(super) fn close_element(&mut self) {
        match self.stack.pop() {
            Some(Frame::Blocks(Holder::Passage(passage), blocks)) => self.block(Block::Passage {
                language: passage.language.unwrap_or_default(),
                blocks,
            }),
            Some(Frame::Look(look @ TextLook::Element(_), line)) => self.look(look, line),
            Some(other) => self.stack.push(other),
            None => {}
        }
    }

    /// Ends the elements that what they stand in leaves open.
    pub(super) fn close_elements(&mut self) {
        while let Some(Frame::Blocks(Holder::Passage(open), _) | Frame::Look(TextLook::Element(open), _)) =
            self.stack.last()
        {
            let tag = match open.language {
                Some(_) => format!("{} lang", open.element),
                None => open.element.clone(),
            };
            self.diagnostics.push(
                Diagnostic::warning(Code::RawHtml, format!("`<{tag}>` is not closed; it ends here"))
                    .at(open.origin)
                    .hint(format!("write </{}> where it ends", open.element)),
            );
            self.close_element();
        }
    }

    /// Tells of HTML that is never closed, with the words it would swallow; `false`: it is
    /// closed, or swallows none.
    fn is_left_open(&mut self, html: &str, range: &Range<usize>) -> bool {
        let start = html.trim_start();
        let raw = raw_text_elements::block(start);
        let (what, close) = match raw {
            Some(name) => (format!("`<{name}>`"), format!("</{name}")),
            None if start.starts_with("<!--") => ("this comment".to_owned(), "-->".to_owned()),
            None if start.starts_with("<?") => ("`<?`".to_owned(), "?>".to_owned()),
            None if start.starts_with("<![CDATA[") => ("`<![CDATA[`".to_owned(), "]]>".to_owned()),
            None => return false,
        };
        let is_closed = start.to_ascii_lowercase().contains(&close);
        let (_, swallowed) = start.split_once('\n').unwrap_or_default();
        let lost = self.masked.restore(swallowed).trim().to_owned();
        if is_closed || lost.is_empty() {
            return false;
        }
        let lost: String = lost.lines().next().unwrap_or_default().chars().take(SHOWN).collect();
        let origin = self.origin(&(range.start..range.start + 1));
        let message = format!("{what} is not closed; what follows it would not be printed, from “{lost}” on");
        let hint = match close.as_str() {
            close if close.starts_with("</") => format!("write {close}> where it ends"),
            close => format!("write {close} where it ends"),
        };
        self.diagnostics
            .push(Diagnostic::error(Code::LostText, message).at(origin).hint(hint));
        true
    }

    /// Reads the lines of a block whose tags only hold text together, such as `<div>`, as the
    /// letter's text; `false`: its tags say more.
    fn words_in_boxes(&mut self, html: &str, range: &Range<usize>) -> bool {
        let mut lines = Vec::new();
        let mut at = range.start;
        for line in html.split_inclusive('\n') {
            let begin = at;
            at += line.len();
            let typed = line.trim();
            match passage::tag(typed) {
                Some(tag) if passage::is_box(&tag.name) && tag.language.is_none() => {}
                Some(_) => return false,
                None if typed.starts_with('<') => return false,
                None if typed.is_empty() => {}
                None => lines.push(begin..at),
            }
        }
        // What is no copy of the text, line for line, has no places.
        if lines.is_empty() || self.masked.text.get(range.start..at) != Some(html) {
            return false;
        }
        self.diagnostics.push(
            Diagnostic::warning(
                Code::RawHtml,
                "these tags appear in no output; the lines between them are printed",
            )
            .at(self.origin(range))
            .hint("remove the tags"),
        );
        self.paragraphs(&lines);
        true
    }

    fn comment(&mut self, range: &Range<usize>) {
        let origin = self.origin(range);
        self.diagnostics.markup.comments.push(origin);
        self.diagnostics
            .push(Diagnostic::note(Code::RawHtml, "this comment does not appear in any output").at(origin));
    }

    fn raw_html(&mut self, range: &Range<usize>) {
        let origin = self.origin(range);
        self.diagnostics.push(
            Diagnostic::warning(Code::RawHtml, "raw HTML appears only in the HTML output")
                .at(origin)
                .hint("write it in Markdown, or put \\ before the < to print it"),
        );
    }
}

/// Most characters of lost text that a message shows.
const SHOWN: usize = 60;

/// Whether HTML is comments and nothing else.
fn is_comment(html: &str) -> bool {
    let mut rest = html.trim();
    let mut any = false;
    while let Some(inner) = rest.strip_prefix("<!--") {
        any = true;
        rest = inner.find("-->").map_or("", |end| &inner[end + 3..]).trim_start();
    }
    any && rest.is_empty()
}
