//! What stands above a letter's text: letterhead, addressees, subject.
//!
//! In: their parts. Out: blocks of the flow, and their nodes. Guaranteed: the
//! letterhead's lines are divided by dots, none of them at a line's end.

use super::{Block, Builder, Label, RuleBlock, WIDE_LABEL};
use crate::compose::document::{Inline, Line, plain};
use crate::layout::atom::measure;
use crate::layout::font::Cut;
use crate::layout::frame::{NodeId, Role, Structure};
use crate::layout::image::{self, Figure};
use crate::layout::paragraph::{Align, Form};
use crate::layout::sheet::QUIET;
use crate::layout::text::{Style, Tags, Text};

impl Builder<'_> {
    pub(super) fn letterhead(&mut self, name: &Line, lines: &[Line], logo: Option<Figure>) {
        if name.is_empty() && lines.is_empty() && logo.is_none() {
            return;
        }
        let first = self.blocks.len();
        let mut room = self.room();
        let logo = logo.map(|mut logo| {
            let (indent, column) = image::beside(&logo, self.sheet);
            (room, logo.left) = self.beside(&room, indent, column);
            logo
        });
        let sect = self.sect();
        let size = self.sheet.size;
        let node = self.tags.node(sect, Role::Paragraph);
        let style = self.sheet.style(Cut::SansBold, size * 1.55).color(self.sheet.sender());
        let text = self.tags.inlines(name, style, node);
        if !text.is_empty() {
            let form = Form {
                rest: 0.0,
                leading: style.size * 1.15,
                ..self.line_form(&room)
            };
            let mut paragraph = Self::paragraph(text, form, &room);
            (paragraph.before, paragraph.after) = (0.0, size * 0.1);
            (paragraph.keep_next, paragraph.whole) = (true, true);
            self.push(paragraph, sect);
        }
        if !lines.is_empty() {
            let node = self.tags.node(sect, Role::Paragraph);
            let style = self.sheet.style(Cut::Sans, size * 0.78).color(QUIET);
            let text = self.dotted(lines, style, room.width, node);
            let form = Form {
                rest: 0.0,
                leading: style.size * 1.35,
                ..self.line_form(&room)
            };
            let mut paragraph = Self::paragraph(text, form, &room);
            (paragraph.before, paragraph.after) = (0.0, 0.0);
            (paragraph.keep_next, paragraph.whole) = (true, true);
            self.push(paragraph, sect);
        }
        if let Some(logo) = logo {
            let beside = self.blocks.split_off(first);
            self.blocks.push(image::masthead(beside, logo));
        }
        let (thickness, color) = self.sheet.head_rule().unwrap_or((0.0, QUIET));
        self.blocks.push(Block::Rule(RuleBlock {
            left: 0.0,
            width: self.sheet.measure,
            thickness,
            color,
            before: size * 0.45,
            after: room.gap * 1.5,
            glued: true,
        }));
    }

    /// Short lines, several on one, with dots between them; where a line ends there
    /// is no dot.
    fn dotted(&mut self, lines: &[Line], style: Style, room: f64, node: NodeId) -> Text {
        const DOT: &str = " · ";
        let words = |chars: &str| vec![Inline::Text(chars.to_owned())];
        let dot = self.natural(&words(&format!("a{DOT}a")), style) - 2.0 * self.natural(&words("a"), style);
        let mut text = Text::default();
        let mut used = 0.0;
        for line in lines {
            let width = self.natural(line, style);
            if text.is_empty() {
                used = width;
            } else if used + dot + width <= room {
                used += dot + width;
                self.tags.append(&mut text, &words(DOT), style, node);
            } else {
                used = width;
                self.tags.append(&mut text, &[Inline::Break], style, node);
            }
            self.tags.append(&mut text, line, style, node);
        }
        text.trim();
        text
    }

    /// How wide a line of inlines is if it stands alone.
    fn natural(&self, line: &[Inline], style: Style) -> f64 {
        let text = Tags::default().inlines(line, style, Structure::ROOT);
        measure(&text, self.shaper).0
    }

    pub(super) fn addressee(&mut self, lines: &[Line]) {
        let room = self.room();
        let sect = self.sect();
        let node = self.tags.node(sect, Role::Paragraph);
        for (index, line) in lines.iter().enumerate() {
            let mut text = self.tags.inlines(line, room.style, node);
            if text.is_empty() {
                continue;
            }
            if index + 1 < lines.len() {
                text.end_with_space();
            }
            let mut paragraph = Self::paragraph(text, self.line_form(&room), &room);
            paragraph.before = if index == 0 { room.gap * 1.4 } else { 0.0 };
            paragraph.whole = true;
            let last = index + 1 == lines.len();
            paragraph.keep_next = !last;
            paragraph.after = if last { room.gap } else { 0.0 };
            self.push(paragraph, sect);
        }
    }

    /// "RE:" in bold, and the subject hanging from it: the letter's heading.
    pub(super) fn subject(&mut self, label: &str, content: &Line) {
        let room = self.room();
        let sect = self.sect();
        let node = self.tags.node(sect, Role::Heading(1));
        self.top_level = 2;
        let style = self.sheet.style(Cut::SerifBold, self.sheet.size);
        let mut label = self.tags.plain(label, style, node);
        let indent = measure(&label, self.shaper).0 + self.sheet.size * 0.5;
        label.end_with_space();
        let mut paragraph = if indent < room.width * WIDE_LABEL {
            let text = self.tags.inlines(content, style, node);
            let (inner, left) = self.beside(&room, indent, indent);
            let form = Form {
                rest: 0.0,
                ..self.line_form(&inner)
            };
            let mut paragraph = Self::paragraph(text, form, &inner);
            paragraph.labels.push(Label {
                text: label,
                form: self.label_form(&room, indent, Align::Start),
                left,
            });
            paragraph
        } else {
            self.tags.append(&mut label, content, style, node);
            label.trim();
            Self::paragraph(label, self.line_form(&room), &room)
        };
        paragraph.before = room.gap * 1.6;
        (paragraph.keep_next, paragraph.whole) = (true, true);
        paragraph.bookmark = Some((1, plain(content).into()));
        self.push(paragraph, sect);
    }
}
