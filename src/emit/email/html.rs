//! Writes the HTML of an email.
//!
//! In: a document. Out: a page of tables and inline styles, and the pictures it shows
//! by content id. Guaranteed: text is text; links lead to web pages, mail or
//! telephones. Absent: raw HTML, style sheets, classes.

use crate::compose::document::{
    Alignment, Block, Document, Image, Inline, Line, List, Roll, RollSection, Table, lone_picture,
};
use crate::emit::html_marks::{is_prose, isolated, label_style, letters, number_padding, styled, value, words};
use crate::emit::levels::Levels;
use crate::emit::simple_parts::{Letterhead, LineRole, SimplePart, simple_parts};
use crate::model::direction::Direction;
use crate::model::letter::RollStyle;
use crate::model::link;
use crate::model::picture::Picture;
use crate::model::style::{Color, Look};
use crate::model::text::plain;
use maud::{DOCTYPE, Markup, Render, html};
use std::cell::{Cell, RefCell};
use std::slice::from_ref;
use std::sync::Arc;

/// A page and its pictures, in the order of their numbers from 1.
pub(super) struct EmailPage {
    pub(super) html: String,
    pub(super) pictures: Vec<Arc<Picture>>,
}

/// Pixels painted for one of an SVG's: screens have two.
pub(super) const DENSITY: f64 = 2.0;

/// Width of the letter, in pixels: what every mail program shows unscaled.
const WIDTH: u32 = 600;

/// Height of a logo, in pixels.
const LOGO: f64 = 64.0;

/// Greatest height of the picture above the title, in pixels.
const HERO: f64 = 400.0;

/// Returns the id of a picture within its message. No two messages share one (RFC 2392, 2),
/// so that `message` is made of all that tells a message from others.
pub(super) fn content_id(number: usize, message: &str) -> String {
    format!("picture-{number}.{message}@undersigned.invalid")
}

/// Hides what only lists of messages show.
const HIDDEN: &str = "display:none;max-height:0;overflow:hidden;mso-hide:all";

/// Most characters of a preview: lists of messages show between 35 and 140.
const PREVIEW: usize = 140;

/// Returns the words that lists of messages show beside the subject: those that the text
/// begins with. Without them, they would show the words of the logo and the addresses.
fn preview(document: &Document) -> Option<String> {
    let mut first = None;
    for part in simple_parts(document) {
        if let SimplePart::Blocks(blocks) = part {
            first = blocks.iter().find_map(|block| match block {
                Block::Paragraph(line) => Some(plain(line)).filter(|words| !words.trim().is_empty()),
                _ => None,
            });
            break;
        }
    }
    let words = first?;
    let Some((end, _)) = words.char_indices().nth(PREVIEW) else {
        return Some(words);
    };
    let cut = words[..end].rfind(' ').unwrap_or(end);
    Some(format!("{}…", words[..cut].trim_end_matches([',', ' ', '—', '–'])))
}

/// Returns the page; `message` tells its message from others.
pub(super) fn page(document: &Document, message: &str) -> EmailPage {
    let (look, own) = (document.style.look, document.style.accent);
    let accent = look.ornament(own);
    let writer = EmailWriter {
        text: match document.style.look {
            Look::Classic => "Georgia,'Times New Roman',serif",
            Look::Modern => "'Segoe UI',Helvetica,Arial,sans-serif",
            Look::Plain => "'Times New Roman',Times,serif",
        },
        headings_face: match look {
            Look::Classic => ";font-family:'Segoe UI',Helvetica,Arial,sans-serif",
            Look::Modern | Look::Plain => "",
        },
        // The plain look has no colors: its links are underlined, as all are.
        link: if look == Look::Plain { accent } else { Color::LINK },
        headings: match look {
            Look::Modern => Some(accent),
            Look::Classic | Look::Plain => None,
        },
        direction: Direction::of_language(&document.language),
        message: message.to_owned(),
        accent,
        look,
        own,
        titled: simple_parts(document)
            .iter()
            .any(|part| matches!(part, SimplePart::Title(..))),
        pictures: RefCell::default(),
        at_hand: Cell::new(Direction::of_language(&document.language)),
    };
    let direction = writer.direction.as_str();
    let page = html! {
        (DOCTYPE)
        html lang=(document.language) dir=(direction) {
            head {
                meta http-equiv="Content-Type" content="text/html; charset=utf-8";
                meta name="viewport" content="width=device-width";
                title { (document.subject) }
            }
            body style="margin:0;padding:0;background:#ffffff" {
                @if let Some(preview) = preview(document) { div style=(HIDDEN) aria-hidden="true" { (preview) } }
                // The layout is fixed, so that a wide table within it scrolls and widens nothing.
                table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="table-layout:fixed" { tr { td align="center" style="padding:24px 12px" {
                    table role="presentation" width=(WIDTH) cellpadding="0" cellspacing="0" border="0" style=(format!("table-layout:fixed;width:100%;max-width:{WIDTH}px")) { tr {
                        td align=(writer.direction.start()) lang=(document.language) style=(format!("font:16px/1.5 {};color:#1a1a1a;word-break:break-word;overflow-wrap:anywhere", writer.text)) {
                            @for piece in simple_parts(document) { (writer.piece(&piece)) "\n" }
                            (writer.footnotes(document))
                        }
                    } }
                } } }
            }
        }
    };
    let mut html = page.into_string();
    html.push('\n');
    EmailPage {
        html,
        pictures: writer.pictures.into_inner(),
    }
}

struct EmailWriter {
    /// The faces of text.
    text: &'static str,
    direction: Direction,
    /// What the ids of pictures end with.
    message: String,
    accent: Color,
    /// The look, and the coalition's own color.
    look: Look,
    own: Option<Color>,
    /// The color of links.
    link: Color,
    /// Whether a part of it is its title; where none is, the sender's name is the first heading.
    titled: bool,
    /// The faces of headings as the end of a style; empty where they are the text's.
    headings_face: &'static str,
    /// The color of headings, where it is not the text's.
    headings: Option<Color>,
    pictures: RefCell<Vec<Arc<Picture>>>,
    /// The direction of the passage at hand.
    at_hand: Cell<Direction>,
}

const PARAGRAPH: &str = "margin:0 0 16px";

impl EmailWriter {
    fn piece(&self, piece: &SimplePart<'_>) -> Markup {
        match piece {
            SimplePart::Letterhead(head) => self.letterhead(head),
            SimplePart::Hero(image) => html! {
                @if image.picture.is_some() { p style="margin:16px 0" { (self.picture(image, HERO)) } }
            },
            SimplePart::Addressees(blocks) => html! {
                @for lines in *blocks { p style=(PARAGRAPH) { (self.stack(lines)) } }
            },
            SimplePart::Lines(LineRole::Board, lines) => html! {
                p style=(self.role(LineRole::Board)) {
                    @for (at, line) in lines.iter().filter(|line| !line.is_empty()).enumerate() {
                        @if at > 0 { " · " }
                        (isolated(line, self.line(line), self.direction))
                    }
                }
            },
            SimplePart::Lines(role, lines) => html! { p style=(self.role(*role)) { (self.stack(lines)) } },
            SimplePart::Title(label, content) => html! {
                // A headline is larger than a subject after its label.
                h1 style=(match label.is_empty() {
                    true => format!("margin:24px 0 16px;font-size:26px;line-height:1.2;text-wrap:balance{}", self.heading_look()),
                    false => "margin:24px 0;font-size:19px;line-height:1.3;text-wrap:balance".to_owned(),
                }) {
                    @if !label.is_empty() { (label) " " }
                    (self.line(content))
                }
            },
            SimplePart::Contents(heading, entries) => html! {
                h2 style=(self.heading_style(2)) { (heading) }
                p style=(PARAGRAPH) {
                    @for (at, entry) in entries.iter().enumerate() {
                        @if at > 0 { br; }
                        @for _ in 1..entry.level { "\u{2003}" }
                        (self.line(&entry.title))
                    }
                }
            },
            SimplePart::Blocks(blocks) | SimplePart::Appendix(blocks) => self.blocks(blocks, &mut Levels::new(1)),
            SimplePart::Call(call) => html! {
                @if let Some(heading) = &call.heading { h2 style=(self.heading_style(2)) { (self.line(heading)) } }
                @if let Some(text) = &call.text { p style=(PARAGRAPH) { (self.line(text)) } }
                @if let Some(to) = link::outside(&call.to) {
                    table role="presentation" cellpadding="0" cellspacing="0" border="0" style=(PARAGRAPH) { tr {
                        td style=(format!("padding:12px 20px;background:{}", self.accent)) {
                            a href=(to) style="color:#ffffff;font-weight:bold;text-decoration:none" { (self.line(&call.label)) }
                        }
                    } }
                }
            },
            SimplePart::Signatures(signatures) => html! {
                @for signature in *signatures {
                    p style=(PARAGRAPH) {
                        @match &signature.image {
                            Some(image) => { (self.picture(image, LOGO)) br; }
                            None => { br; "____________________________" br; }
                        }
                        (self.stack(&signature.lines))
                    }
                }
            },
            SimplePart::Roll(roll) => self.roll(roll),
            SimplePart::Contacts(label, blocks) => html! {
                @for (at, lines) in blocks.iter().enumerate() {
                    p style=(PARAGRAPH) { @if at == 0 { b { (label) } br; } (self.stack(lines)) }
                }
            },
            SimplePart::Notes(label, lines) => html! { p style=(PARAGRAPH) { (label) " " (self.stack(lines)) } },
            SimplePart::Recipients(label, lines) => html! {
                p style=(PARAGRAPH) { b { (label) } " " (self.stack(lines)) }
            },
            SimplePart::Draft(mark) => html! { p style=(self.role(LineRole::Release)) { (mark) } },
            SimplePart::EndMark(mark) => html! { p style="margin:24px 0;text-align:center" { (mark) } },
        }
    }

    /// Who sends it: one logo beside the name, several above it, and a rule below, as on paper.
    fn letterhead(&self, head: &Letterhead<'_>) -> Markup {
        let logos = head.pictures();
        let rule = match self.look.head_rule(self.own) {
            // A point is a third more than a pixel.
            Some((points, color)) => {
                format!(";border-bottom:{}px solid {color}", (points / 0.75).round().max(1.0))
            }
            None => String::new(),
        };
        let name = format!(
            "margin:0 0 4px;font-size:24px;line-height:1.2;font-weight:bold;color:{}{}",
            self.look.sender(self.own),
            self.headings_face
        );
        html! {
            @if logos.len() > 1 {
                p style=(PARAGRAPH) { @for logo in &logos { (self.picture(logo, LOGO)) " " } }
            }
            table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 24px" { tr {
                @if let [logo] = logos.as_slice() {
                    // A cell without a width would let its picture shrink to nothing.
                    td width=[logo.picture.as_ref().map(|picture| size(picture, LOGO).0)] valign="middle" style=(format!("padding:0 0 12px{rule}")) { (self.picture(logo, LOGO)) }
                    td width="16" style=(format!("padding:0 0 12px{rule}")) { "\u{a0}" }
                }
                td valign="middle" style=(format!("padding:0 0 12px{rule}")) {
                    @if !head.name.is_empty() {
                        @if self.titled { p style=(name) { (self.stack(from_ref(head.name))) } }
                        @else { h1 style=(name) { (self.stack(from_ref(head.name))) } }
                    }
                    @if !head.lines.is_empty() {
                        p style=(format!("margin:0;font-size:13px;color:{}{}", Color::QUIET, self.headings_face)) { (self.stack(head.lines)) }
                    }
                }
            } }
        }
    }

    fn role(&self, role: LineRole) -> String {
        match role {
            LineRole::Board => format!(
                "margin:-12px 0 24px;font-size:13px;color:{}{}",
                Color::QUIET,
                self.headings_face
            ),
            LineRole::SenderFoot => format!(
                "margin:32px 0 0;padding:12px 0 0;border-top:1px solid #cccccc;font-size:13px;text-align:center;\
                 color:{}{}",
                Color::QUIET,
                self.headings_face
            ),
            LineRole::Via => "margin:0 0 16px;font-style:italic".to_owned(),
            LineRole::Release => {
                format!(
                    "margin:0 0 16px;font-weight:bold;color:{}{}",
                    self.accent, self.headings_face
                )
            }
            LineRole::Subtitle => format!(
                "margin:0 0 20px;font-size:17px;font-style:italic;color:{}",
                Color::QUIET
            ),
            LineRole::Date | LineRole::Salutation | LineRole::Closing | LineRole::Imprint => PARAGRAPH.to_owned(),
        }
    }

    fn stack(&self, lines: &[Line]) -> Markup {
        html! {
            @for (at, line) in lines.iter().enumerate() {
                @if at > 0 { br; }
                (isolated(line, self.line(line), self.direction))
            }
        }
    }

    fn roll(&self, roll: &Roll) -> Markup {
        let level = if roll.heading.is_some() { 3 } else { 2 };
        html! {
            @if let Some(heading) = &roll.heading { h2 style=(self.heading_style(2)) { (self.line(heading)) } }
            @for section in &roll.sections {
                @if let Some(heading) = &section.heading { (self.heading(level, &heading.render())) }
                (self.names(section, roll))
            }
            @if let Some(note) = &roll.note { p style="margin:0 0 16px;font-size:13px;font-style:italic" { (self.line(note)) } }
        }
    }

    /// Names are lines of one or two cells: a cell for each would double the page.
    fn names(&self, section: &RollSection, roll: &Roll) -> Markup {
        let columns = match roll.style {
            RollStyle::Sentence => return html! { p style=(PARAGRAPH) { (section.sentence) } },
            RollStyle::List => 1,
            RollStyle::Columns | RollStyle::Logos => usize::from(roll.columns).clamp(1, 2),
        };
        let height = section.entries.len().div_ceil(columns).max(1);
        // Turned-over lines are set in: each name inherits where its first line begins.
        let (start, end) = (self.direction.start(), self.direction.end());
        let cell = format!(
            "padding:0;padding-{start}:14px;padding-{end}:12px;text-indent:-14px;font-size:14px;line-height:1.5"
        );
        html! {
            table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style=(PARAGRAPH) { tr {
                @for column in section.entries.chunks(height) {
                    td valign="top" width=(format!("{}%", 100 / columns)) style=(cell) {
                        @for entry in column {
                            div {
                                bdi { (entry.name) }
                                @if let Some(place) = &entry.place { ", " bdi { (place) } }
                                (entry.mark)
                                @if let Some(detail) = &entry.detail { br; i { bdi { (detail) } } }
                            }
                            "\n"
                        }
                    }
                }
            } }
        }
    }

    fn footnotes(&self, document: &Document) -> Markup {
        html! {
            @if !document.footnotes.is_empty() {
                h2 style=(self.heading_style(3)) { (document.labels.footnotes) }
                table role="presentation" cellpadding="0" cellspacing="0" border="0" style="font-size:13px" {
                    @for (number, footnote) in (1..).zip(&document.footnotes) {
                        tr {
                            td valign="top" style=(format!("padding:0;padding-{}:8px;white-space:nowrap", self.direction.end())) { (number) "." }
                            td { (self.blocks(footnote, &mut Levels::new(2))) }
                        }
                    }
                }
            }
        }
    }

    fn blocks(&self, blocks: &[Block], levels: &mut Levels) -> Markup {
        html! { @for block in blocks { (self.block(block, levels)) "\n" } }
    }

    fn block(&self, block: &Block, levels: &mut Levels) -> Markup {
        match block {
            Block::Heading { level, content, .. } => self.heading(levels.place(*level), &self.line(content)),
            Block::Paragraph(line) => html! {
                @let align = if lone_picture(line).is_some() { ";text-align:center" } else { "" };
                p style=(format!("{PARAGRAPH}{align}")) { (self.line(line)) }
            },
            Block::List(list) => self.list(list, levels),
            Block::Quote(inner) => self.quote(None, inner, None, levels),
            Block::Quotation { content, speaker } => self.quote(None, content, Some(speaker), levels),
            Block::PullQuote { content, speaker } => html! {
                div style=(format!("margin:24px 0;font-size:20px;line-height:1.4;color:{}", self.accent)) {
                    (self.blocks(content, levels))
                    @if !speaker.is_empty() { p style=(self.speaker()) { "— " (self.line(speaker)) } }
                }
            },
            Block::Captioned { content, caption } => {
                let is_table = matches!(content.as_slice(), [Block::Table(_)]);
                let words = |align: &str| {
                    html! {
                        p style=(format!("margin:0 0 16px;font-size:14px{align}{}", self.headings_face)) { (self.line(caption)) }
                    }
                };
                html! {
                    @if is_table { (words("")) (self.blocks(content, levels)) }
                    @else { (self.blocks(content, levels)) (words(";text-align:center")) }
                }
            }
            Block::Box { title, content } => self.quote(Some(title), content, None, levels),
            Block::KeyFigure { figure, caption } => html! {
                p style=(PARAGRAPH) {
                    b style=(format!("font-size:32px;line-height:1.2;color:{}", self.accent)) { (self.line(figure)) }
                    br; (self.line(caption))
                }
            },
            Block::Passage { language, blocks } => {
                let direction = Direction::of_language(language);
                let outer = self.at_hand.replace(direction);
                // Mail programs keep the side that a cell around it names.
                let side = (outer != direction).then(|| format!("text-align:{}", direction.start()));
                let content = html! { div lang=(language) dir=(direction.as_str()) style=[side] { (self.blocks(blocks, levels)) } };
                self.at_hand.set(outer);
                content
            }
            Block::Table(table) => self.table(table),
            Block::Code(text) => {
                html! { pre style="margin:0 0 16px;font:13px/1.4 monospace;white-space:pre-wrap" { (text) } }
            }
            Block::Rule => html! { hr style="border:0;border-top:1px solid #cccccc;margin:24px 0"; },
            // Only HTML may use it; and composing leaves no excerpts.
            Block::Html(_) | Block::Excerpt(_) | Block::PageBreak => html! {},
        }
    }

    fn quote(&self, title: Option<&Line>, content: &[Block], speaker: Option<&Line>, levels: &Levels) -> Markup {
        // The bar ends where the text does, and the speaker stands close to the words.
        let (content, last) = match content {
            [rest @ .., Block::Paragraph(last)] => (rest, Some(last)),
            content => (content, None),
        };
        let below = if speaker.is_some() {
            "margin:0 0 6px"
        } else {
            "margin:0"
        };
        html! {
            table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style=(PARAGRAPH) { tr {
                @let side = self.at_hand.get().start();
                td style=(format!("padding:0;padding-{side}:16px;border-{side}:3px solid {}", self.accent)) {
                    blockquote style="margin:0" {
                        @if let Some(title) = title { p style="margin:0 0 8px;font-weight:bold" { (self.line(title)) } }
                        (self.blocks(content, &mut Levels::new(levels.current())))
                        @if let Some(last) = last { p style=(below) { (self.line(last)) } }
                        @if let Some(speaker) = speaker {
                            p style=(self.speaker()) { "— " (self.line(speaker)) }
                        }
                    }
                }
            } }
        }
    }

    fn list(&self, list: &List, levels: &Levels) -> Markup {
        let items = html! {
            @for (at, item) in list.items.iter().enumerate() {
                li value=[value(list, at)] style=(match label_style(list, at) {
                    Some(label) => format!("margin:0 0 8px;{label}"),
                    None => "margin:0 0 8px".to_owned(),
                }) {
                    @match item.as_slice() {
                        [Block::Paragraph(line), rest @ ..] if list.tight => {
                            (self.line(line)) (self.blocks(rest, &mut Levels::new(levels.current())))
                        }
                        blocks => (self.blocks(blocks, &mut Levels::new(levels.current()))),
                    }
                }
            }
        };
        let style = format!("margin:0 0 16px;padding:0;padding-{}:28px", self.at_hand.get().start());
        match &list.numbering {
            None => html! { ul style=(style) { (items) } },
            Some(numbering) => html! {
                ol start=(numbering.number(0)) type=[letters(numbering)] style=(style) { (items) }
            },
        }
    }

    fn table(&self, table: &Table) -> Markup {
        let direction = self.at_hand.get();
        let end = direction.end();
        let align = |column: usize| match table.alignments.get(column).copied().unwrap_or_default() {
            Alignment::Start if is_prose(table, column) => ";min-width:150px",
            Alignment::Start => "",
            Alignment::Center => ";text-align:center",
            Alignment::End if end == "left" => ";text-align:left",
            Alignment::End => ";text-align:right",
            // Numbers run from left to right everywhere.
            Alignment::Number => ";text-align:right;direction:ltr",
        };
        // A word of a cell is whole; the table scrolls.
        let cell = "word-break:normal;overflow-wrap:normal;padding:6px 12px 6px 0;border-bottom:1px solid #cccccc;font-size:14px;vertical-align:top";
        let start = direction.start();
        let padding = number_padding(table);
        let has_row_heads = table.has_row_heads();
        // To be filled in by hand, once it is printed.
        let is_form = table.blank_columns().contains(&true);
        html! {
            div tabindex="0" style="margin:0 0 16px;overflow-x:auto" { table width=[is_form.then_some("100%")] cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse;font-variant-numeric:tabular-nums" {
                thead { tr { @for (column, line) in table.head.iter().enumerate() {
                    th scope="col" align=(start) style=(format!("{cell}{}", align(column))) { (self.line(line)) }
                } } }
                tbody { @for (at, row) in table.rows.iter().enumerate() { tr height=[is_form.then_some("38")] { @for (column, line) in row.iter().enumerate() {
                    @if column == 0 && has_row_heads {
                        th scope="row" align=(start) style=(format!("{cell};font-weight:normal{}", align(column))) { (self.line(line)) (padding[column][at]) }
                    } @else {
                        td style=(format!("{cell}{}", align(column))) { (self.line(line)) (padding[column][at]) }
                    }
                } } } }
            } }
        }
    }

    fn line(&self, line: &[Inline]) -> Markup {
        html! {
            @for (at, inline) in line.iter().enumerate() {
                // Two numbers side by side would be read as one.
                @if let (Inline::FootnoteMark(_), Some(Inline::FootnoteMark(_))) = (inline, at.checked_sub(1).map(|before| &line[before])) {
                    sup { "," }
                }
                (self.inline(inline))
            }
        }
    }

    fn inline(&self, inline: &Inline) -> Markup {
        match inline {
            Inline::Text(text) => words(text, self.direction),
            Inline::Emphasis(inner) => html! { em { (self.line(inner)) } },
            Inline::Strong(inner) => html! { strong { (self.line(inner)) } },
            Inline::Strikethrough(inner) => html! { s { (self.line(inner)) } },
            Inline::Styled(style, inner) => styled(*style, &self.line(inner)),
            Inline::Code(text) => html! { code { (text) } },
            Inline::Link { to, content, .. } => match link::outside(to) {
                Some(to) => {
                    html! { a href=(to) style=(format!("color:{}", self.link)) { (isolated(content, self.line(content), self.direction)) } }
                }
                None => self.line(content),
            },
            Inline::Image(image) => self.picture(image, f64::from(WIDTH)),
            // Mail programs have no places within a message.
            Inline::FootnoteMark(footnote) => html! { sup { (footnote + 1) } },
            Inline::Passage { language, content } => html! {
                span lang=(language) dir=(Direction::of_language(language).as_str()) { (self.line(content)) }
            },
            Inline::Break => html! { br; },
            // Composing leaves no fields, and raw HTML is for web pages.
            Inline::Field(_) | Inline::Html(_) => html! {},
        }
    }

    /// A picture at its own size, as far as it is no higher and no wider than there is
    /// room; its words where there is none.
    fn picture(&self, image: &Image, height: f64) -> Markup {
        let Some(picture) = &image.picture else {
            return image.alt.render();
        };
        let mut pictures = self.pictures.borrow_mut();
        let number = match pictures.iter().position(|known| known == picture) {
            Some(known) => known + 1,
            None => {
                pictures.push(Arc::clone(picture));
                pictures.len()
            }
        };
        let (width, height) = size(picture, height);
        html! {
            img src=(format!("cid:{}", content_id(number, &self.message))) alt=(image.alt) width=(width) height=(height) style="border:0;max-width:100%;height:auto";
        }
    }

    fn heading_style(&self, level: u8) -> String {
        let style = match level {
            ..=2 => "margin:24px 0 10px;font-size:18px;line-height:1.3",
            3 => "margin:20px 0 8px;font-size:16px;line-height:1.3",
            _ => "margin:16px 0 6px;font-size:15px;line-height:1.3",
        };
        format!("{style}{}", self.heading_look())
    }

    /// The face and the color of headings, where they are not the text's.
    fn heading_look(&self) -> String {
        let color = self
            .headings
            .map_or_else(String::new, |color| format!(";color:{color}"));
        format!("{}{color}", self.headings_face)
    }

    /// How the speaker of a quotation is set.
    fn speaker(&self) -> String {
        format!("margin:0;font-size:14px;color:{}{}", Color::QUIET, self.headings_face)
    }

    fn heading(&self, level: u8, content: &Markup) -> Markup {
        let style = self.heading_style(level);
        match level {
            ..=2 => html! { h2 style=(style) { (content) } },
            3 => html! { h3 style=(style) { (content) } },
            4 => html! { h4 style=(style) { (content) } },
            5 => html! { h5 style=(style) { (content) } },
            _ => html! { h6 style=(style) { (content) } },
        }
    }
}

/// Returns width and height in pixels of a picture: its own, as far as it is no higher than
/// `height` and no wider than the letter.
fn size(picture: &Picture, height: f64) -> (u32, u32) {
    let scale = (height / picture.height).min(f64::from(WIDTH) / picture.width).min(1.0);
    let pixels = |length: f64| (length * scale).round().max(1.0) as u32;
    (pixels(picture.width), pixels(picture.height))
}
