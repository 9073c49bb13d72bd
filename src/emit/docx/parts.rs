//! Parts of a document in a Word file.
//!
//! In: the parts of a document as simple formats tell them apart. Out: paragraphs in
//! the styles made for them. Guaranteed: contents lead to their headings.

use super::blocks::{BlockWriter, bookmark};
use super::paragraph::{BodyItem, ParagraphItem, section};
use super::run::{BOLD, ITALIC, PLAIN_RUN, RunFormat, run};
use super::styles::half_points;
use crate::compose::document::{Call, Inline, Line, Roll, Signature, abreast};
use crate::emit::levels::Levels;
use crate::emit::simple_parts::{Letterhead, LineRole, SimplePart};
use crate::model::letter::RollStyle;
use crate::model::signatory::Kind;
use crate::model::text::plain;
use maud::{Markup, html};
use std::slice::from_ref;

/// Height of a logo or a signature, in points.
const LOGO: f64 = 54.0;

impl<'a> BlockWriter<'a> {
    /// Adds a part of the document.
    pub(super) fn part(&mut self, part: &SimplePart<'a>) {
        match part {
            SimplePart::Hero(image) => {
                if image.picture.is_some() {
                    let runs = self.inline.picture(image, f64::INFINITY);
                    self.paragraph("", runs);
                }
            }
            SimplePart::Letterhead(head) => self.letterhead(head),
            // It stands at the foot of the first page.
            SimplePart::Lines(LineRole::SenderFoot, _) => {}
            SimplePart::Lines(LineRole::Board, lines) => {
                let runs = self.inline.stack(lines);
                self.items.push(BodyItem::Paragraph(ParagraphItem {
                    style: "Board",
                    framed: true,
                    runs: Some(runs),
                    ..ParagraphItem::default()
                }));
            }
            SimplePart::Lines(role, lines) => {
                // The closing never begins a page.
                if let (LineRole::Closing, Some(BodyItem::Paragraph(last))) = (role, self.items.last_mut()) {
                    last.keep = true;
                }
                let runs = self.inline.stack(lines);
                self.paragraph(style(*role), runs);
            }
            SimplePart::Title(label, content) => {
                let label = if label.is_empty() {
                    String::new()
                } else {
                    format!("{label} ")
                };
                let runs = html! { (run(&label, PLAIN_RUN)) (self.inline.line(content, PLAIN_RUN)) };
                self.paragraph("Title", runs);
            }
            SimplePart::Contents(heading, entries) => {
                self.say("Heading1", &[Inline::Text((*heading).into())]);
                for (place, entry) in (1..).zip(*entries) {
                    self.places.push((place, entry));
                    let style = if entry.level <= 1 { "TOC1" } else { "TOC2" };
                    let title = run(&plain(&entry.title), PLAIN_RUN);
                    self.paragraph(style, entry_of_contents(place, &title));
                }
            }
            SimplePart::Blocks(blocks) => self.blocks(blocks, &mut Levels::new(1), 0),
            SimplePart::Appendix(blocks) => {
                let from = self.items.len();
                self.blocks(blocks, &mut Levels::new(1), 0);
                if let Some(BodyItem::Paragraph(first)) = self.items.get_mut(from) {
                    first.new_page = true;
                }
            }
            SimplePart::Call(call) => self.call(call),
            SimplePart::Addressees(blocks) => {
                let cells: Vec<Markup> = blocks.iter().map(|lines| self.inline.stack(lines)).collect();
                match abreast(blocks) {
                    true => self.side_by_side("Addressee", &cells),
                    false => cells.into_iter().for_each(|runs| self.paragraph("Addressee", runs)),
                }
            }
            SimplePart::Signatures(signatures) => {
                let mut cell = |signature: &Signature| {
                    let above = match &signature.image {
                        Some(image) => self.inline.picture(image, LOGO),
                        None => run("____________________________", PLAIN_RUN),
                    };
                    html! { (above) w:r { w:br {} } (self.inline.stack(&signature.lines)) }
                };
                let mut cells: Vec<Markup> = signatures.iter().map(&mut cell).collect();
                match cells.len() {
                    1 => self.paragraph("Signature", cells.remove(0)),
                    _ => self.side_by_side("Signature", &cells),
                }
            }
            SimplePart::Roll(roll) => self.roll(roll),
            SimplePart::Contacts(label, blocks) => self.contacts(label, blocks),
            SimplePart::Notes(label, lines) => {
                let runs = html! { (run(&format!("{label} "), PLAIN_RUN)) (self.inline.stack(lines)) };
                self.paragraph("Note", runs);
            }
            SimplePart::Recipients(label, lines) => {
                let runs = html! { (run(&format!("{label} "), BOLD)) (self.inline.stack(lines)) };
                self.paragraph("Note", runs);
            }
            SimplePart::Draft(mark) => self.paragraph("DraftMark", run(mark, PLAIN_RUN)),
            SimplePart::EndMark(mark) => self.paragraph("EndMark", run(mark, PLAIN_RUN)),
        }
    }

    /// Adds who sends it: one logo beside the name, several above it, and a rule below.
    fn letterhead(&mut self, head: &Letterhead<'a>) {
        let logos: Vec<Markup> = head
            .pictures()
            .into_iter()
            .map(|image| self.inline.picture(image, LOGO))
            .collect();
        let name = self.inline.stack(from_ref(head.name));
        match logos.as_slice() {
            [] => self.paragraph("Sender", name),
            [logo] => self.paragraph("Sender", html! { (logo) (run("\u{2002}", PLAIN_RUN)) (name) }),
            logos => {
                let runs = html! {
                    @for (at, logo) in logos.iter().enumerate() {
                        @if at > 0 { (run("\u{2003}", PLAIN_RUN)) }
                        (logo)
                    }
                };
                self.paragraph("", runs);
                self.paragraph("Sender", name);
            }
        }
        // Without lines, it is the rule alone.
        let lines = self.inline.stack(head.lines);
        self.paragraph("SenderLines", lines);
    }

    /// Adds whom the press may ask: one after the label, several side by side below it.
    fn contacts(&mut self, label: &str, blocks: &'a [Vec<Line>]) {
        let runs = run(label, BOLD);
        let cells: Vec<Markup> = blocks.iter().map(|lines| self.inline.stack(lines)).collect();
        match &cells[..] {
            [only] => self.paragraph("Note", html! { (run(&format!("{label} "), BOLD)) (only) }),
            _ => {
                self.items.push(BodyItem::Paragraph(ParagraphItem {
                    style: "Note",
                    keep: true,
                    runs: Some(runs),
                    ..ParagraphItem::default()
                }));
                self.side_by_side("Note", &cells);
            }
        }
    }

    /// Adds a call to action; its paragraphs stay together.
    fn call(&mut self, call: &Call) {
        let from = self.items.len();
        if let Some(heading) = &call.heading {
            self.say("Heading1", heading);
        }
        if let Some(text) = &call.text {
            self.say("", text);
        }
        let link = self.inline.link(&call.to, &call.label, PLAIN_RUN);
        self.paragraph("", link);
        if let Some(code) = &call.code {
            let runs = self.inline.picture(code, 2.0 * LOGO);
            self.paragraph("", runs);
        }
        // The code alone on a page would say nothing.
        let last = self.items.len() - 1;
        for item in &mut self.items[from..last] {
            if let BodyItem::Paragraph(paragraph) = item {
                paragraph.keep = true;
            }
        }
    }

    /// Adds the roll, in a section of its own where it stands in columns.
    fn roll(&mut self, roll: &Roll) {
        if let Some(heading) = &roll.heading {
            let place = self.place(|entry| entry.heading.is_none());
            self.heading("Heading1", heading, place);
        }
        let size = roll.font_size.map_or(0, |size| half_points(size.0));
        let (name, detail) = (RunFormat { size, ..PLAIN_RUN }, RunFormat { size, ..ITALIC });
        let columns = match roll.style {
            RollStyle::Columns => usize::from(roll.columns).clamp(1, 3),
            RollStyle::List | RollStyle::Sentence | RollStyle::Logos => 1,
        };
        let in_columns = columns > 1 && !roll.is_empty();
        if in_columns {
            // Of several rolls, only the first ends the section with the first page.
            let has_ended = |item: &BodyItem| matches!(item, BodyItem::Paragraph(last) if last.section.is_some());
            let is_first = !self.items.iter().any(has_ended);
            let opening = section(self.inline.document, 1, is_first, false);
            self.end_section(opening);
        }
        let section_heading = RunFormat {
            size: half_points(roll.name_size(self.inline.document.page.font_size).0),
            small_capitals: true,
            ..PLAIN_RUN
        };
        for section in &roll.sections {
            if let Some(heading) = &section.heading {
                let style = if roll.heading.is_some() { "Heading2" } else { "Heading1" };
                if in_columns {
                    // Among names a heading has their size, in small capitals, as on the page.
                    self.paragraph(style, run(heading, section_heading));
                } else {
                    self.say(style, &[Inline::Text(heading.as_str().into())]);
                }
            }
            if roll.style == RollStyle::Sentence {
                self.paragraph("", run(&section.sentence, PLAIN_RUN));
                continue;
            }
            for entry in &section.entries {
                let runs = html! {
                    (run(&entry.with_place(), name))
                    @if let Some(words) = &entry.detail {
                        w:r { w:br {} } (run(words, detail))
                    }
                };
                self.paragraph(roll_style(entry.kind), runs);
            }
        }
        if in_columns {
            let columned = section(self.inline.document, columns, false, true);
            self.end_section(columned);
        }
        if let Some(note) = &roll.note {
            let runs = self.inline.line(note, ITALIC);
            self.paragraph("", runs);
        }
    }
}

/// Returns the style of a name of the roll.
fn roll_style(kind: Kind) -> &'static str {
    match kind {
        Kind::Organization => "Roll",
        Kind::Individual => "RollPerson",
    }
}

/// Returns the style of lines of a role.
fn style(role: LineRole) -> &'static str {
    match role {
        LineRole::Board => "Board",
        LineRole::SenderFoot => "Footer",
        LineRole::Date => "Date",
        LineRole::Via => "Via",
        LineRole::Salutation => "Salutation",
        LineRole::Closing => "Closing",
        LineRole::Release => "Release",
        LineRole::Subtitle => "Subtitle",
        LineRole::Imprint => "Imprint",
    }
}

/// Returns an entry of the contents: a link to the heading, and the field of its page.
fn entry_of_contents(place: usize, title: &Markup) -> Markup {
    let name = bookmark(place);
    html! {
        w:hyperlink w:anchor=(name) w:history="1" {
            (title)
            w:r { w:tab {} }
            w:r { w:fldChar w:fldCharType="begin" {} }
            w:r { w:instrText xml:space="preserve" { " PAGEREF " (name) " \\h " } }
            w:r { w:fldChar w:fldCharType="separate" {} }
            w:r { w:fldChar w:fldCharType="end" {} }
        }
    }
}
