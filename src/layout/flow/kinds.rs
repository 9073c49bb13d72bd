//! The parts of the kinds other than a letter: release line, headline, cover,
//! contents, call to act, quotations with their speaker, boxes, figures.
//!
//! In: their parts and blocks. Out: blocks of the flow, and their nodes.
//! Guaranteed: the headline is the one heading of level 1.

use super::{Builder, Room};
use crate::compose::document::{Block as Source, Call, ContentsEntry, Image, Inline, Line, plain};
use crate::layout::font::Cut;
use crate::layout::frame::{NodeId, Role};
use crate::layout::text::Style;

impl Builder<'_> {
    /// "FOR IMMEDIATE RELEASE", or the embargo.
    pub(super) fn release(&mut self, line: &Line) {
        self.simple(line, Style::new(Cut::SansBold, self.sheet.size), 1.0);
    }

    /// Whom the press may ask.
    pub(super) fn contacts(&mut self, label: &str, contacts: &[Vec<Line>]) {
        let label = vec![Inline::Text(label.to_owned())];
        self.simple(&label, Style::new(Cut::SansBold, self.sheet.size * 0.87), 1.0);
        for lines in contacts {
            self.addressee(lines);
        }
    }

    /// The document's title, its sub-heading and its picture.
    pub(super) fn headline(&mut self, title: &Line, subtitle: Option<&Line>, picture: Option<&Image>) {
        let room = self.room();
        let sect = self.sect();
        if let Some(picture) = picture {
            let line = vec![Inline::Image(picture.clone())];
            self.blocks(&[Source::Paragraph(line)], &room, sect, 0);
        }
        self.top_level = 2;
        self.set_heading(1, 1, title, &room, sect);
        if let Some(subtitle) = subtitle {
            self.simple(subtitle, Style::new(Cut::SerifItalic, self.sheet.size * 1.1), 0.5);
        }
    }

    /// The headings of the document.
    pub(super) fn contents(&mut self, heading: &str, entries: &[ContentsEntry]) {
        let room = self.room();
        let sect = self.sect();
        let line = vec![Inline::Text(heading.to_owned())];
        self.set_heading(2, self.top_level, &line, &room, sect);
        let node = self.tags.node(sect, Role::Contents);
        for entry in entries {
            let item = self.tags.node(node, Role::ContentsItem);
            let text = self.tags.inlines(&entry.title, room.style, item);
            let mut paragraph = Self::paragraph(text, self.line_form(&room), &room);
            paragraph.whole = true;
            self.push(paragraph, item);
        }
    }

    /// What readers are asked to do.
    pub(super) fn call_to_act(&mut self, call: &Call) {
        let room = self.room();
        let sect = self.sect();
        if let Some(heading) = &call.heading {
            self.set_heading(2, self.top_level, heading, &room, sect);
        }
        if let Some(text) = &call.text {
            self.simple(text, room.style, 1.0);
        }
        if let Some(code) = &call.code {
            let link = Inline::Link {
                to: call.to.clone(),
                content: call.label.clone(),
                origin: code.origin,
            };
            self.simple(&vec![link], room.style, 1.0);
            let picture = vec![Inline::Image(code.clone())];
            self.blocks(&[Source::Paragraph(picture)], &room, sect, 0);
        } else {
            self.simple(&call.label, room.style, 1.0);
        }
    }

    /// "To:" and those a petition is to.
    pub(super) fn recipients(&mut self, label: &str, lines: &[Line]) {
        let label = vec![Inline::Strong(vec![Inline::Text(label.to_owned())])];
        let lines: Vec<Line> = std::iter::once(label).chain(lines.iter().cloned()).collect();
        self.addressee(&lines);
    }

    /// "###": nothing follows.
    pub(super) fn end_mark(&mut self, mark: &str) {
        let line = vec![Inline::Text(mark.to_owned())];
        self.simple(&line, self.sheet.body(), 1.6);
    }

    /// A quotation and who said it.
    pub(super) fn quotation(&mut self, content: &[Source], speaker: &Line, room: &Room, parent: NodeId, depth: usize) {
        let node = self.tags.node(parent, Role::BlockQuote);
        let inner = self.within_quote(room);
        self.blocks(content, &inner, node, depth);
        self.blocks(&[Source::Paragraph(dashed(speaker))], &inner, node, depth);
    }

    /// A passage set apart.
    pub(super) fn boxed(&mut self, title: &Line, content: &[Source], room: &Room, parent: NodeId, depth: usize) {
        let node = self.tags.node(parent, Role::Sect);
        let inner = self.within_quote(room);
        if !plain(title).is_empty() {
            let strong = vec![Inline::Strong(title.clone())];
            self.blocks(&[Source::Paragraph(strong)], &inner, node, depth);
        }
        self.blocks(content, &inner, node, depth);
    }

    /// A figure pulled out of the text.
    pub(super) fn fact(&mut self, figure: &Line, caption: &Line, room: &Room, parent: NodeId) {
        let line = vec![
            Inline::Strong(figure.clone()),
            Inline::Text(" ".to_owned()),
            Inline::Emphasis(caption.clone()),
        ];
        self.blocks(&[Source::Paragraph(line)], room, parent, 0);
    }
}

/// A speaker's line: a dash before the name.
fn dashed(speaker: &Line) -> Line {
    let mut line = vec![Inline::Text("— ".to_owned())];
    line.extend(speaker.iter().cloned());
    line
}
