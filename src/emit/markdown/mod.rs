//! A document becomes Markdown.
//!
//! In: a [`Document`]. Out: CommonMark with GitHub's tables, footnotes and
//! strikethrough, a paragraph a line. Guaranteed: read again, it has the same blocks
//! and the same characters, whatever a name holds; nothing in it runs or leads
//! anywhere that HTML would not lead to. Absent: raw HTML, and pictures themselves;
//! their paths stand as the author wrote them.

mod inline;

use super::levels::Levels;
use super::simple_parts::{LineRole, SimplePart, simple_parts};
use crate::compose::document::{
    Alignment, Block, Document, Image, Inline, Line, List, NumberKind, NumberSigns, Numbering, Roll, RollSection, Table,
};
use crate::model::letter::RollStyle;
use inline::{Dialect, escape, guard, lines, one_line, tag};
use std::slice::from_ref;

/// Returns the document as Markdown.
pub fn markdown(document: &Document) -> String {
    let mut out = MarkdownBlocks::default();
    for piece in simple_parts(document) {
        self::piece(&piece, &mut out);
    }
    for (number, footnote) in (1..).zip(&document.footnotes) {
        let mut inner = MarkdownBlocks::default();
        inner.blocks(footnote, &mut Levels::new(2));
        out.push(set_in(&format!("[^{number}]: "), 4, &inner.finish()));
    }
    let mut text = out.finish();
    text.push('\n');
    text
}

/// Returns a letter's text as its source: what `load` reads as the same blocks.
pub fn letter_source(body: &[Block], appendices: &[Vec<Block>], footnotes: &[Vec<Block>]) -> String {
    let source = || MarkdownBlocks {
        dialect: Dialect::Source,
        ..MarkdownBlocks::default()
    };
    let mut out = source();
    out.blocks(body, &mut Levels::new(1));
    for appendix in appendices {
        out.push("+++".to_owned());
        out.blocks(appendix, &mut Levels::new(1));
    }
    for (number, footnote) in (1..).zip(footnotes) {
        let mut inner = source();
        inner.blocks(footnote, &mut Levels::new(2));
        out.push(set_in(&format!("[^{number}]: "), 4, &inner.finish()));
    }
    let mut text = out.finish();
    text.push('\n');
    text
}

/// Returns a line of a letter's front matter as its source.
pub fn line_source(line: &[Inline]) -> String {
    one_line("", line, Dialect::Source)
}

/// Blocks, an empty line between them.
#[derive(Default)]
struct MarkdownBlocks {
    blocks: Vec<String>,
    /// The mark of the list that was last, if nothing came after it: the next list
    /// must have another, or both would be one.
    list: Option<ListMark>,
    dialect: Dialect,
}

/// The mark before the items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ListMark {
    Bullet(char),
    Number(char),
}

fn piece(piece: &SimplePart<'_>, out: &mut MarkdownBlocks) {
    match piece {
        SimplePart::Letterhead(head) => {
            head.logos.iter().for_each(|image| out.picture(image));
            if !head.name.is_empty() {
                out.push(format!("**{}**", joined(from_ref(head.name))));
            }
            if !head.lines.is_empty() {
                out.push(joined(head.lines));
            }
        }
        SimplePart::Hero(image) => out.picture(image),
        SimplePart::Addressees(blocks) => blocks.iter().for_each(|lines| out.push(joined(lines))),
        SimplePart::Lines(role, all) => {
            let text = joined(all);
            out.push(match role {
                LineRole::Release | LineRole::Subtitle => format!("**{text}**"),
                LineRole::Via => format!("*{text}*"),
                LineRole::Board
                | LineRole::SenderFoot
                | LineRole::Date
                | LineRole::Salutation
                | LineRole::Closing
                | LineRole::Imprint => text,
            });
        }
        SimplePart::Title(label, content) => {
            let label = escape(label);
            out.push(format!("# {}", one_line(&label, content, Dialect::Published)));
        }
        SimplePart::Contents(heading, entries) => {
            out.push(format!(
                "## {}",
                one_line("", &[Inline::Text((*heading).into())], Dialect::Published)
            ));
            let entries = entries.iter().map(|entry| {
                let indent = "  ".repeat(usize::from(entry.level.saturating_sub(1)));
                format!("{indent}- {}", guard(one_line("", &entry.title, Dialect::Published)))
            });
            out.push(entries.collect::<Vec<_>>().join("\n"));
        }
        SimplePart::Blocks(blocks) | SimplePart::Appendix(blocks) => out.blocks(blocks, &mut Levels::new(1)),
        SimplePart::Call(call) => {
            if let Some(heading) = &call.heading {
                out.push(format!("## {}", one_line("", heading, Dialect::Published)));
            }
            if let Some(text) = &call.text {
                out.line(text);
            }
            out.push(inline::link(&call.to, &call.label));
        }
        SimplePart::Signatures(signatures) => {
            for signature in *signatures {
                if let Some(image) = &signature.image {
                    out.line(&[Inline::Image(image.clone())]);
                }
                out.push(joined(&signature.lines));
            }
        }
        SimplePart::Roll(roll) => self::roll(roll, out),
        SimplePart::Notes(label, lines) | SimplePart::Recipients(label, lines) => {
            out.labeled(label, std::iter::once(*lines));
        }
        SimplePart::Contacts(label, blocks) => out.labeled(label, blocks.iter().map(Vec::as_slice)),
        SimplePart::Draft(mark) => out.push(format!("**{}**", escape(mark))),
        SimplePart::EndMark(mark) => out.push(guard(escape(mark))),
    }
}

/// Lines one below the other, as one paragraph.
fn joined(all: &[Line]) -> String {
    let all: Vec<String> = all.iter().map(|line| lines(line, Dialect::Published)).collect();
    all.join("\\\n")
}

fn roll(roll: &Roll, out: &mut MarkdownBlocks) {
    if let Some(heading) = &roll.heading {
        out.push(format!("## {}", one_line("", heading, Dialect::Published)));
    }
    let level = if roll.heading.is_some() { "###" } else { "##" };
    for section in &roll.sections {
        if let Some(heading) = &section.heading {
            out.push(format!(
                "{level} {}",
                one_line("", &[Inline::Text(heading.as_str().into())], Dialect::Published)
            ));
        }
        names(section, roll.style, out);
    }
    out.list = None;
    if let Some(note) = &roll.note {
        out.push(format!("*{}*", lines(note, Dialect::Published)));
    }
}

fn names(section: &RollSection, style: RollStyle, out: &mut MarkdownBlocks) {
    match style {
        RollStyle::Sentence => out.line(&[Inline::Text(section.sentence.as_str().into())]),
        RollStyle::Columns | RollStyle::List | RollStyle::Logos => {
            let items = section.entries.iter().map(|entry| {
                let mut line = vec![Inline::Text(entry.with_place().into())];
                if let Some(detail) = &entry.detail {
                    line.extend([Inline::Break, Inline::Text(detail.as_str().into())]);
                }
                vec![Block::Paragraph(line)]
            });
            let list = List {
                numbering: None,
                tight: true,
                items: items.collect(),
            };
            if !list.items.is_empty() {
                out.blocks(&[Block::List(list)], &mut Levels::new(2));
            }
        }
    }
}

impl MarkdownBlocks {
    /// Adds groups of lines, the first after their label.
    fn labeled<'a>(&mut self, label: &str, groups: impl Iterator<Item = &'a [Line]>) {
        for (at, lines) in groups.enumerate() {
            self.push(match at {
                0 => guard(format!("{} {}", escape(label), joined(lines))),
                _ => joined(lines),
            });
        }
    }

    /// Adds a picture, unless it is decoration.
    fn picture(&mut self, image: &Image) {
        if !image.alt.is_empty() {
            self.line(&[Inline::Image(image.clone())]);
        }
    }

    /// Returns a writer of blocks within others.
    fn inner(&self) -> Self {
        Self {
            dialect: self.dialect,
            ..Self::default()
        }
    }

    fn push(&mut self, block: String) {
        self.list = None;
        self.blocks.push(block);
    }

    fn line(&mut self, line: &[Inline]) {
        let text = lines(line, self.dialect);
        if !text.trim().is_empty() {
            self.push(guard(text));
        }
    }

    fn blocks(&mut self, blocks: &[Block], levels: &mut Levels) {
        for block in blocks {
            match block {
                Block::Heading { level, content, .. } => {
                    let marks = "#".repeat(usize::from(levels.place(*level)));
                    self.push(
                        format!("{marks} {}", one_line("", content, self.dialect))
                            .trim_end()
                            .to_owned(),
                    );
                }
                Block::Paragraph(line) => self.line(line),
                Block::List(list) => self.list_of(list, levels),
                Block::Quote(inner) => self.quote(None, inner, None, levels),
                Block::Quotation { content, speaker } => self.quote(None, content, Some(speaker), levels),
                Block::PullQuote { content, speaker } => {
                    let speaker = Some(speaker).filter(|speaker| !speaker.is_empty());
                    self.quote(None, content, speaker, levels);
                }
                Block::Captioned { content, caption } => self.captioned(content, caption, levels),
                Block::Box { title, content } if self.dialect == Dialect::Source => {
                    self.callout("box", title, content, levels);
                }
                Block::Box { title, content } => self.quote(Some(title), content, None, levels),
                Block::KeyFigure { figure, caption } if self.dialect == Dialect::Source => {
                    let caption = [Block::Paragraph(caption.clone())];
                    self.callout("figure", figure, &caption, levels);
                }
                Block::KeyFigure { figure, caption } => {
                    self.line(&[
                        Inline::Strong(figure.clone()),
                        Inline::Break,
                        Inline::Emphasis(caption.clone()),
                    ]);
                }
                Block::Passage { language, blocks } if self.dialect == Dialect::Source => {
                    self.push(format!("<div lang=\"{}\">", tag(language)));
                    self.blocks(blocks, levels);
                    self.push("</div>".to_owned());
                }
                Block::Passage { blocks, .. } => self.blocks(blocks, levels),
                Block::Table(table) => self.push(self::table(table, self.dialect)),
                Block::Code(code) => self.push(fenced(code)),
                // Three hyphens could make a heading of what is above.
                Block::Rule => self.push("***".to_owned()),
                Block::Html(html) if self.dialect == Dialect::Source => self.push(html.clone()),
                // Only HTML may use it; and composing leaves no excerpts.
                Block::Html(_) | Block::Excerpt(_) => {}
                // It has no pages.
                Block::PageBreak => {}
            }
        }
    }

    /// A table below its caption, or a picture and its caption in one paragraph.
    fn captioned(&mut self, content: &[Block], caption: &Line, levels: &mut Levels) {
        match content {
            [Block::Paragraph(picture)] => {
                let mut line = picture.clone();
                line.extend([Inline::Break, Inline::Emphasis(caption.clone())]);
                self.line(&line);
            }
            content => {
                self.line(&[Inline::Emphasis(caption.clone())]);
                self.blocks(content, levels);
            }
        }
    }

    /// Blocks behind signs of quotation, a title above them or a speaker below.
    fn quote(&mut self, title: Option<&Line>, content: &[Block], speaker: Option<&Line>, levels: &Levels) {
        let mut quoted = self.inner();
        if let Some(title) = title.filter(|title| !title.is_empty()) {
            quoted.line(&[Inline::Strong(title.clone())]);
        }
        quoted.blocks(content, &mut Levels::new(levels.current()));
        if let Some(speaker) = speaker {
            quoted.push(format!("— {}", lines(speaker, self.dialect)));
        }
        self.push_quoted(&quoted.finish());
    }

    /// Blocks behind signs of quotation, the first line saying what they are.
    fn callout(&mut self, word: &str, title: &Line, content: &[Block], levels: &Levels) {
        let mut quoted = self.inner();
        quoted.push(
            format!("[!{word}] {}", one_line("", title, self.dialect))
                .trim_end()
                .to_owned(),
        );
        quoted.blocks(content, &mut Levels::new(levels.current()));
        self.push_quoted(&quoted.finish());
    }

    fn push_quoted(&mut self, text: &str) {
        let lines: Vec<String> = text
            .lines()
            .map(|line| format!("> {line}").trim_end().to_owned())
            .collect();
        self.push(match lines.is_empty() {
            true => ">".to_owned(),
            false => lines.join("\n"),
        });
    }

    fn list_of(&mut self, list: &List, levels: &Levels) {
        let mark = match (&list.numbering, self.list) {
            (None, Some(ListMark::Bullet('-'))) => ListMark::Bullet('+'),
            (None, _) => ListMark::Bullet('-'),
            (Some(numbering), before) => match (numbering.signs, before) {
                (NumberSigns::Dot, Some(ListMark::Number('.'))) => ListMark::Number(')'),
                (NumberSigns::Dot, _) => ListMark::Number('.'),
                (_, Some(ListMark::Number(')'))) => ListMark::Number('.'),
                _ => ListMark::Number(')'),
            },
        };
        let items: Vec<String> = list
            .items
            .iter()
            .enumerate()
            .map(|(at, item)| {
                let mut inner = self.inner();
                inner.blocks(item, &mut Levels::new(levels.current()));
                let mark = match (mark, &list.numbering) {
                    // What no Markdown numbers, `(a)`, stands as it was written.
                    (_, Some(numbering)) if has_letters(numbering) => format!("{} ", numbering.label(at)),
                    // CommonMark takes nine digits.
                    (ListMark::Number(after), Some(numbering)) => {
                        format!("{}{after} ", numbering.number(at).min(999_999_999))
                    }
                    (ListMark::Number(after), None) => format!("{}{after} ", at + 1),
                    (ListMark::Bullet(bullet), _) => format!("{bullet} "),
                };
                let text = if list.tight { inner.close() } else { inner.finish() };
                set_in(&mark, mark.len(), &text)
            })
            .collect();
        self.push(items.join(if list.tight { "\n" } else { "\n\n" }));
        self.list = Some(mark);
    }

    fn finish(self) -> String {
        self.blocks.join("\n\n")
    }

    /// Without empty lines, which would make a tight list a loose one; where a
    /// paragraph would then run on into the next, one is needed all the same.
    fn close(self) -> String {
        let mut out = String::new();
        for block in self.blocks {
            // Only a letter's source has lists of letters, which begin where a line does.
            let is_lettered =
                self.dialect == Dialect::Source && FIRST_LABELS.iter().any(|label| block.starts_with(label));
            let starts = is_lettered
                || block.starts_with(['-', '+', '>', '#', '`', '|', '*'])
                || block.starts_with(|c: char| c.is_ascii_digit());
            if !out.is_empty() {
                out.push_str(if starts { "\n" } else { "\n\n" });
            }
            out.push_str(&block);
        }
        out
    }
}

/// The first labels of lists that no Markdown has, with the space after them.
const FIRST_LABELS: [&str; 13] = [
    "(a) ", "(A) ", "(i) ", "(I) ", "(1) ", "a. ", "A. ", "i. ", "I. ", "a) ", "A) ", "i) ", "I) ",
];

/// Returns true if no Markdown numbers a list so.
fn has_letters(numbering: &Numbering) -> bool {
    numbering.kind != NumberKind::Decimal || numbering.signs == NumberSigns::Parentheses
}

/// A text behind a mark, its other lines set in.
fn set_in(mark: &str, by: usize, text: &str) -> String {
    let indent = " ".repeat(by);
    let mut out = mark.to_owned();
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(&indent);
            }
        }
        out.push_str(line);
    }
    out.trim_end().to_owned()
}

fn fenced(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let code = code.strip_suffix('\n').unwrap_or(code);
    format!("{fence}\n{code}\n{fence}")
}

/// Escapes the bars of a cell that are not yet: those within code, where a bar divides cells,
/// too.
fn with_bars_escaped(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut is_escaped = false;
    for c in cell.chars() {
        if c == '|' && !is_escaped {
            out.push('\\');
        }
        is_escaped = c == '\\' && !is_escaped;
        out.push(c);
    }
    out
}

fn table(table: &Table, dialect: Dialect) -> String {
    let row = |cells: &[Line]| {
        // The bar divides cells even within code.
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| with_bars_escaped(&one_line("", cell, dialect)))
            .collect();
        format!("| {} |", cells.join(" | "))
    };
    let rule: Vec<&str> = (0..table.head.len())
        .map(
            |column| match table.alignments.get(column).copied().unwrap_or_default() {
                Alignment::Start => "---",
                Alignment::Center => ":-:",
                Alignment::End | Alignment::Number => "--:",
            },
        )
        .collect();
    let mut out = vec![row(&table.head), format!("| {} |", rule.join(" | "))];
    out.extend(table.rows.iter().map(|cells| row(cells)));
    out.join("\n")
}

#[cfg(test)]
mod tests;
