//! The parts of the kinds other than a letter: release line, contacts, headline,
//! cover, call to act; quotations with their speaker, boxes, figures.
//!
//! In: their parts and blocks. Out: blocks of the flow, and their nodes.
//! Guaranteed: the headline or the cover's title is the one heading of level 1.
//! The contents are in `contents`, logos in `roll`.

use super::{Block, Builder, Label, Room, WIDE_LABEL};
use crate::compose::document::{Block as Source, Call, Image, Inline, Line, plain};
use crate::layout::atom::measure;
use crate::layout::font::Cut;
use crate::layout::frame::{NodeId, Role};
use crate::layout::image;
use crate::layout::panel::Panel;
use crate::layout::paragraph::{Align, Form, set};
use crate::layout::shape::Shaper;
use crate::layout::sheet::QUIET;
use crate::layout::text::Text;
use crate::model::letter::DocumentKind;

impl Builder<'_> {
    /// "FOR IMMEDIATE RELEASE", or the embargo, which must not be overlooked.
    pub(super) fn release(&mut self, line: &Line, embargoed: bool) {
        let style = self.sheet.style(Cut::SansBold, self.sheet.size);
        let style = if embargoed {
            style.color(self.sheet.accent())
        } else {
            style
        };
        self.simple(line, style, 1.0);
    }

    /// Whom the press may ask.
    pub(super) fn contacts(&mut self, label: &str, contacts: &[Vec<Line>]) {
        let mut label = Some(label);
        for lines in contacts {
            self.labelled(label.take().unwrap_or_default(), lines);
        }
    }

    /// "To:" and those a petition is to.
    pub(super) fn recipients(&mut self, label: &str, lines: &[Line]) {
        self.labelled(label, lines);
    }

    /// A label and lines hanging from it.
    fn labelled(&mut self, label: &str, lines: &[Line]) {
        let room = self.room();
        let sect = self.sect();
        let node = self.tags.node(sect, Role::Paragraph);
        let style = self.sheet.style(Cut::SansBold, self.sheet.size * 0.87);
        let mut text = self.tags.plain(label, style, node);
        let width = self.label_width.max(measure(&text, self.shaper).0);
        self.label_width = width;
        let indent = if width == 0.0 {
            0.0
        } else {
            width + self.sheet.size * 0.8
        };
        let beside = indent < room.width * WIDE_LABEL;
        let (inner, left) = if beside {
            self.beside(&room, indent, indent)
        } else {
            (room, room.left)
        };
        text.end_with_space();
        let mut label = (!text.is_empty()).then_some(text);
        if !beside && let Some(text) = label.take() {
            let mut paragraph = Self::paragraph(text, self.line_form(&room), &room);
            paragraph.keep_next = true;
            self.push(paragraph, sect);
        }
        for (index, line) in lines.iter().enumerate() {
            let mut text = self.tags.inlines(line, inner.style, node);
            let last = index + 1 == lines.len();
            if !last {
                text.end_with_space();
            }
            let mut paragraph = Self::paragraph(text, self.line_form(&inner), &inner);
            paragraph.before = if index == 0 { room.gap } else { 0.0 };
            paragraph.after = if last { room.gap } else { 0.0 };
            (paragraph.whole, paragraph.keep_next) = (true, !last);
            paragraph.labels.extend(label.take().map(|text| Label {
                text,
                form: self.label_form(&room, indent, Align::Start),
                left,
            }));
            self.push(paragraph, sect);
        }
    }

    /// The document's title, its sub-heading and its picture.
    pub(super) fn headline(&mut self, title: &Line, subtitle: Option<&Line>, picture: Option<&Image>) {
        let size = match self.document.kind {
            DocumentKind::PressRelease => 1.65,
            _ => 2.1,
        };
        self.title(title, subtitle, picture, size, 1.8);
    }

    /// The first page of a plan.
    pub(super) fn cover(&mut self, title: &Line, subtitle: Option<&Line>, picture: Option<&Image>, lines: &[Line]) {
        // Without a picture the title stands a third down the page.
        let space = match picture {
            Some(_) => 3.5,
            None => self.sheet.height * 0.25 / self.sheet.gap(),
        };
        self.title(title, subtitle, picture, 2.8, space);
        let first = self.blocks.len();
        self.addressee(lines);
        if let Some(Block::Paragraph(line)) = self.blocks.get_mut(first) {
            line.before = self.sheet.gap() * 5.0;
        }
        self.blocks.push(Block::NewPage);
    }

    /// A title in large type; `size` in text sizes, `space` before it in gaps.
    fn title(&mut self, title: &Line, subtitle: Option<&Line>, picture: Option<&Image>, size: f64, space: f64) {
        let room = self.room();
        let sect = self.sect();
        if let Some(picture) = picture {
            let line = vec![Inline::Image(picture.clone())];
            self.blocks(&[Source::Paragraph(line)], &room, sect, 0);
        }
        self.top_level = 2;
        let node = self.tags.node(sect, Role::Heading(1));
        let style = self
            .sheet
            .style(Cut::SansBold, self.sheet.size * size)
            .color(self.sheet.heading_color());
        let text = self.tags.inlines(title, style, node);
        if !text.is_empty() {
            let form = Form {
                rest: 0.0,
                leading: style.size * 1.18,
                ..self.line_form(&room)
            };
            let form = balanced(&text, form, self.shaper);
            let mut paragraph = Self::paragraph(text, form, &room);
            if self.rtl {
                paragraph.left += room.width - form.width;
            }
            paragraph.before = room.gap * space;
            paragraph.after = room.gap * 0.9;
            (paragraph.keep_next, paragraph.whole, paragraph.closes) = (true, true, true);
            paragraph.bookmark = Some((1, plain(title).into()));
            self.push(paragraph, sect);
        }
        if let Some(subtitle) = subtitle {
            let factor = if size > 2.5 { 1.4 } else { 1.15 };
            let style = self
                .sheet
                .style(Cut::SerifItalic, self.sheet.size * factor)
                .color(QUIET);
            let node = self.tags.node(sect, Role::Paragraph);
            let text = self.tags.inlines(subtitle, style, node);
            if !text.is_empty() {
                let form = Form {
                    rest: 0.0,
                    leading: style.size * 1.3,
                    ..self.line_form(&room)
                };
                let mut paragraph = Self::paragraph(text, form, &room);
                paragraph.after = room.gap * 1.8;
                paragraph.whole = true;
                self.push(paragraph, sect);
            }
        }
    }

    /// What readers are asked to do: text and address at the start, the code at the
    /// end of a box.
    pub(super) fn call_to_act(&mut self, call: &Call) {
        let room = self.room();
        let parent = self.sect();
        let sect = self.tags.node(parent, Role::Sect);
        let mut inner = self.within_panel(&room);
        let outer = std::mem::take(&mut self.blocks);
        if let Some(heading) = &call.heading {
            self.set_heading(1, self.top_level, heading, &inner, sect);
        }
        let mut blocks = std::mem::take(&mut self.blocks);
        let code = call.code.as_ref();
        let width = code.and_then(image::size).map_or(0.0, |(width, _)| width);
        let left = if self.rtl {
            inner.left
        } else {
            inner.left + inner.width - width
        };
        if width > 0.0 {
            let (beside, _) = self.beside(&inner, width + room.style.size * 1.2, width);
            // The code stands where reading ends.
            inner = Room {
                left: if self.rtl {
                    left + inner.width - beside.width
                } else {
                    inner.left
                },
                ..beside
            };
        }
        if let Some(text) = &call.text {
            let node = self.tags.node(sect, Role::Paragraph);
            let text = self.tags.inlines(text, inner.style, node);
            let paragraph = Self::paragraph(text, self.form(&inner), &inner);
            self.push(paragraph, sect);
        }
        self.address(call, &inner, sect);
        let text = std::mem::replace(&mut self.blocks, outer);
        let figure = code.and_then(|code| {
            let line = [Inline::Image(code.clone())];
            image::figure(&line, (left, width), sect, self.sheet, &mut self.tags)
        });
        match figure {
            Some(mut figure) => {
                figure.left = left;
                blocks.push(image::masthead(text, figure));
            }
            None => blocks.extend(text),
        }
        self.blocks.push(Block::Panel(Panel {
            blocks,
            left: room.left,
            width: room.width,
            pad: room.style.size,
            gap: room.gap * 1.8,
            ground: self.sheet.ground(),
            bar: Some((self.sheet.accent(), self.rtl)),
            whole: true,
        }));
    }

    /// The link, and for those who hold paper its address.
    fn address(&mut self, call: &Call, room: &Room, sect: NodeId) {
        let shown = call.to.split_once("://").map_or(call.to.as_str(), |(_, rest)| rest);
        let shown = shown.trim_end_matches('/');
        let link = &[Inline::Link {
            to: call.to.clone(),
            content: call.label.clone(),
            origin: call.origin,
        }];
        let node = self.tags.node(sect, Role::Paragraph);
        let style = self.sheet.style(Cut::SansBold, room.style.size * 1.1);
        let mut text = self.tags.inlines(link, style, node);
        if plain(link) != shown {
            let small = self.sheet.style(Cut::Sans, room.style.size * 0.87).color(QUIET);
            self.tags.append(&mut text, &[Inline::Break], style, node);
            self.tags
                .append(&mut text, &[Inline::Text(shown.to_owned())], small, node);
        }
        let mut form = self.line_form(room);
        form.rest = 0.0;
        let mut paragraph = Self::paragraph(text, form, room);
        paragraph.whole = true;
        self.push(paragraph, sect);
    }

    /// "###": nothing follows.
    pub(super) fn end_mark(&mut self, mark: &str) {
        let room = self.room();
        let sect = self.sect();
        let node = self.tags.node(sect, Role::Paragraph);
        let text = self.tags.plain(mark, room.style, node);
        let form = Form {
            align: Align::Center,
            ..self.line_form(&room)
        };
        let mut paragraph = Self::paragraph(text, form, &room);
        paragraph.before = room.gap * 2.0;
        self.push(paragraph, sect);
    }

    /// A quotation and who said it, kept together at its end.
    pub(super) fn quotation(&mut self, content: &[Source], speaker: &Line, room: &Room, parent: NodeId, depth: usize) {
        let node = self.tags.node(parent, Role::BlockQuote);
        let inner = self.within_quote(room);
        self.blocks(content, &inner, node, depth);
        if let Some(Block::Paragraph(last)) = self.blocks.last_mut() {
            (last.keep_next, last.closes) = (true, true);
            last.after = room.gap * 0.4;
        }
        let style = self.sheet.style(Cut::Sans, room.style.size * 0.9).color(QUIET);
        let paragraph = self.tags.node(node, Role::Paragraph);
        let mut line = vec![Inline::Text("— ".to_owned())];
        line.extend(speaker.iter().cloned());
        let text = self.tags.inlines(&line, style, paragraph);
        let form = Form {
            leading: style.size * 1.35,
            ..self.line_form(&inner)
        };
        let mut paragraph = Self::paragraph(text, form, &inner);
        paragraph.whole = true;
        paragraph.after = room.gap * 1.2;
        self.push(paragraph, node);
    }

    /// The room within a box.
    fn within_panel(&self, room: &Room) -> Room {
        let pad = room.style.size * 1.2;
        Room {
            left: room.left + pad,
            width: (room.width - 2.0 * pad).max(room.style.size),
            ..*room
        }
    }

    /// A passage set apart.
    pub(super) fn boxed(&mut self, title: &Line, content: &[Source], room: &Room, parent: NodeId, depth: usize) {
        let node = self.tags.node(parent, Role::Sect);
        let inner = self.within_panel(room);
        let outer = std::mem::take(&mut self.blocks);
        if !plain(title).trim().is_empty() {
            let style = self
                .sheet
                .style(Cut::SansBold, room.style.size)
                .color(self.sheet.accent_on_ground());
            let paragraph = self.tags.node(node, Role::Paragraph);
            let text = self.tags.inlines(title, style, paragraph);
            let mut paragraph = Self::paragraph(text, self.line_form(&inner), &inner);
            (paragraph.keep_next, paragraph.whole, paragraph.closes) = (true, true, true);
            paragraph.after = room.gap * 0.5;
            self.push(paragraph, node);
        }
        self.blocks(content, &inner, node, depth);
        let blocks = std::mem::replace(&mut self.blocks, outer);
        self.blocks.push(Block::Panel(Panel {
            blocks,
            left: room.left,
            width: room.width,
            pad: room.style.size * 0.8,
            gap: room.gap * 1.4,
            ground: self.sheet.ground(),
            bar: Some((self.sheet.accent(), self.rtl)),
            whole: false,
        }));
    }

    /// A figure pulled out of the text.
    pub(super) fn fact(&mut self, figure: &Line, caption: &Line, room: &Room, parent: NodeId) {
        let node = self.tags.node(parent, Role::Paragraph);
        let inner = self.within_panel(room);
        let outer = std::mem::take(&mut self.blocks);
        let style = self
            .sheet
            .style(Cut::SansBold, room.style.size * 2.3)
            .color(self.sheet.accent());
        let mut text = self.tags.inlines(figure, style, node);
        text.end_with_space();
        let form = Form {
            rest: 0.0,
            leading: style.size * 1.15,
            ..self.line_form(&inner)
        };
        let mut paragraph = Self::paragraph(text, form, &inner);
        (paragraph.keep_next, paragraph.whole, paragraph.closes) = (true, true, true);
        paragraph.after = 0.0;
        self.push(paragraph, parent);
        let style = self.sheet.style(Cut::Sans, room.style.size);
        let text = self.tags.inlines(caption, style, node);
        let form = Form {
            rest: 0.0,
            ..self.line_form(&inner)
        };
        self.push(Self::paragraph(text, form, &inner), parent);
        let blocks = std::mem::replace(&mut self.blocks, outer);
        self.blocks.push(Block::Panel(Panel {
            blocks,
            left: room.left,
            width: room.width,
            pad: room.style.size * 0.2,
            gap: room.gap * 1.6,
            ground: None,
            bar: Some((self.sheet.accent(), self.rtl)),
            whole: true,
        }));
    }
}

/// How often the width of a title is halved towards the narrowest; a point of the
/// width is exact enough.
const HALVINGS: u32 = 9;

/// The narrowest form in which a title has no more lines than in the one given: its
/// lines come out about as long as each other.
fn balanced(text: &Text, form: Form, shaper: Shaper<'_>) -> Form {
    let lines = |width: f64| set(text, &Form { width, ..form }, shaper).lines.len();
    let most = lines(form.width);
    let (mut narrow, mut wide) = (form.width / 2.0, form.width);
    if most < 2 || lines(narrow) <= most {
        return form;
    }
    for _ in 0..HALVINGS {
        let middle = (narrow + wide) / 2.0;
        if lines(middle) <= most {
            wide = middle;
        } else {
            narrow = middle;
        }
    }
    Form { width: wide, ..form }
}
