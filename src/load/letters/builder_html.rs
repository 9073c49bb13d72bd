//! Raw HTML, and the passages in another language that it marks.
//!
//! In: raw HTML between and within blocks. Out: line breaks, passages, and what is left
//! as raw HTML. Guaranteed: comments are printed nowhere; a passage ends with what it
//! stands in, whether its tag is closed or not. Absent: sanitizing, which is `emit`'s.

use super::block_builder::{Builder, Frame, Holder, MAX_DEPTH, TextLook};
use super::passage::{self, OpenPassage};
use super::raw_text_elements;
use crate::diag::{Code, Diagnostic};
use crate::load::clean;
use crate::model::text::{Block, Inline, Line};
use std::ops::Range;

impl Builder<'_> {
    pub(super) fn html(&mut self, html: &str, range: &Range<usize>) {
        let tag = html.trim_matches(['<', '>', '/', ' ']).to_ascii_lowercase();
        if self.passage(html, range, false) {
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
        let html = self.masked.restore(html);
        let html = clean::literal(&html).text.trim().to_owned();
        // Tags of passages stand on lines of their own.
        let mut html = html.as_str();
        while let Some((line, rest)) = Some(html.split_once('\n').unwrap_or((html, "")))
            && !line.is_empty()
            && self.passage(line, range, true)
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

    /// Opens or closes a passage in another language; `false`: the tag does neither.
    fn passage(&mut self, html: &str, range: &Range<usize>, block: bool) -> bool {
        let Some(tag) = passage::tag(html).filter(|tag| passage::is_known(&tag.name, block)) else {
            return false;
        };
        if block {
            self.close_tight();
        }
        let open = match self.stack.last_mut() {
            Some(Frame::Blocks(Holder::Passage(open), _)) if block => Some(open),
            Some(Frame::Look(TextLook::Passage(open), _)) if !block => Some(open),
            _ => None,
        };
        let open = open.filter(|open| open.element == tag.name);
        match (tag.closes, tag.language, open) {
            (true, _, Some(open)) if open.within == 0 => {
                self.close_passage();
                true
            }
            (true, _, Some(open)) => {
                open.within -= 1;
                false
            }
            (false, None, Some(open)) => {
                open.within += 1;
                false
            }
            (false, Some(language), _) => {
                let origin = self.origin(range);
                let Some(passage) = OpenPassage::new(tag.name, &language, origin) else {
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
                    self.stack.push(Frame::Blocks(Holder::Passage(passage), Vec::new()));
                } else {
                    self.open_text();
                    self.stack.push(Frame::Look(TextLook::Passage(passage), Line::new()));
                }
                true
            }
            _ => false,
        }
    }

    /// Ends the innermost passage.
    pub(super) fn close_passage(&mut self) {
        match self.stack.pop() {
            Some(Frame::Blocks(Holder::Passage(passage), blocks)) => self.block(Block::Passage {
                language: passage.language,
                blocks,
            }),
            Some(Frame::Look(look @ TextLook::Passage(_), line)) => self.look(look, line),
            Some(other) => self.stack.push(other),
            None => {}
        }
    }

    /// Ends the passages that what they stand in leaves open.
    pub(super) fn close_passages(&mut self) {
        while let Some(Frame::Blocks(Holder::Passage(passage), _) | Frame::Look(TextLook::Passage(passage), _)) =
            self.stack.last()
        {
            let message = format!("`<{} lang>` is not closed; the passage ends here", passage.element);
            self.diagnostics.push(
                Diagnostic::warning(Code::RawHtml, message)
                    .at(passage.origin)
                    .hint(format!("write </{}> where the passage ends", passage.element)),
            );
            self.close_passage();
        }
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
