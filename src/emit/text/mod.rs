//! A document becomes plain text.
//!
//! In: a [`Document`] and a width in columns. Out: lines of at most that width,
//! ended by line feeds; notes at the end, marked `[1]`; tables as aligned columns;
//! links as their words and `<address>`; the roll one name a line. Guaranteed: only
//! an address or literal text makes a line longer; every name is there, broken only
//! between words unless it is longer than a line. Absent: looks, raw HTML and
//! pictures, for which their words stand.

mod table;

mod wrap;

use super::levels::Levels;
use super::simple_parts::{LineRole, SimplePart, simple_parts};
use crate::compose::document::{Block, Document, Inline, Line, List, Roll, RollSection, Signature, plain};
use crate::model::letter::RollStyle;
use crate::model::link;
use std::slice::from_ref;
use textwrap::core::display_width;
use wrap::{hang, wrap};

/// Columns of a line, where nobody says otherwise: what mail and terminals show
/// unbroken even after being quoted once or twice (RFC 3676, section 4.2).
pub const WIDTH: usize = 72;

/// The indent of literal text and of lines that continue a name, in columns.
const INDENT: usize = 4;

/// Returns the document as plain text, in lines of at most `width` columns.
pub fn text(document: &Document, width: usize) -> String {
    let mut groups: Vec<Vec<String>> = Vec::new();
    groups.extend(simple_parts(document).iter().map(|piece| self::piece(piece, width)));
    if !document.footnotes.is_empty() {
        groups.push(underlined(wrap(&document.labels.footnotes, width), '-'));
        groups.extend((1..).zip(&document.footnotes).map(|(number, footnote)| {
            let mark = format!("[{number}] ");
            let lines = blocks(footnote, width.saturating_sub(mark.len()), &mut Levels::new(2));
            prefixed(lines, &mark)
        }));
    }
    let mut out = joined(groups).join("\n");
    out.push('\n');
    out
}

fn piece(piece: &SimplePart<'_>, width: usize) -> Vec<String> {
    match piece {
        // The sender's name is all that a logo says, and the title that follows what a picture does.
        SimplePart::Letterhead(head) => {
            let lines = from_ref(head.name).iter().chain(head.lines);
            lines.flat_map(|line| wrap(&inline(line), width)).collect()
        }
        SimplePart::Hero(_) => Vec::new(),
        SimplePart::Addressees(blocks) => {
            let block = |lines: &Vec<Line>| lines.iter().flat_map(|line| wrap(&inline(line), width)).collect();
            joined(blocks.iter().map(block).collect())
        }
        SimplePart::Lines(LineRole::Board, lines) => {
            let lines: Vec<String> = lines
                .iter()
                .map(|line| inline(line))
                .filter(|line| !line.is_empty())
                .collect();
            wrap(&lines.join(" · "), width)
        }
        SimplePart::Lines(_, lines) => lines.iter().flat_map(|line| wrap(&inline(line), width)).collect(),
        SimplePart::Title(label, content) => {
            let text = [*label, &inline(content)].join(" ");
            underlined(wrap(text.trim_start(), width), '=')
        }
        SimplePart::Contents(heading, entries) => {
            let entries = entries.iter().flat_map(|entry| {
                let indent = "  ".repeat(usize::from(entry.level.saturating_sub(1)));
                let room = width.saturating_sub(indent.len());
                prefixed(hang(&inline(&entry.title), room, 2), &indent)
            });
            let heading = underlined(wrap(heading, width), '-');
            joined(vec![heading, entries.collect()])
        }
        SimplePart::Blocks(blocks) | SimplePart::Appendix(blocks) => self::blocks(blocks, width, &mut Levels::new(1)),
        SimplePart::Call(call) => {
            let heading = call
                .heading
                .as_ref()
                .map(|line| underlined(wrap(&inline(line), width), '-'));
            let text = call.text.as_ref().map(|line| wrap(&inline(line), width));
            let mut address = String::new();
            link(&call.to, &call.label, &mut address);
            let groups = [heading, text, Some(wrap(&address, width))];
            joined(groups.into_iter().flatten().collect())
        }
        SimplePart::Signatures(signatures) => {
            let block = |signature: &Signature| {
                let line = signature.image.is_none().then(|| "_".repeat(SIGNATURE));
                let lines = signature.lines.iter().flat_map(|line| wrap(&inline(line), width));
                line.into_iter().chain(lines).collect()
            };
            joined(signatures.iter().map(block).collect())
        }
        SimplePart::Roll(roll) => self::roll(roll, width),
        SimplePart::Notes(label, lines) | SimplePart::Recipients(label, lines) => {
            labeled(label, std::iter::once(*lines), width)
        }
        SimplePart::Contacts(label, blocks) => labeled(label, blocks.iter().map(Vec::as_slice), width),
        SimplePart::Draft(mark) | SimplePart::EndMark(mark) => vec![(*mark).to_owned()],
    }
}

/// Groups of lines beside their label.
fn labeled<'a>(label: &str, groups: impl Iterator<Item = &'a [Line]>, width: usize) -> Vec<String> {
    let room = width.saturating_sub(display_width(label) + 1);
    let groups = groups.map(|lines| lines.iter().flat_map(|line| hang(&inline(line), room, 2)).collect());
    prefixed(joined(groups.collect()), &format!("{label} "))
}

/// Columns of a line to sign on.
const SIGNATURE: usize = 28;

fn roll(roll: &Roll, width: usize) -> Vec<String> {
    let mut groups = Vec::new();
    if let Some(heading) = &roll.heading {
        groups.push(underlined(wrap(&inline(heading), width), '-'));
    }
    for section in &roll.sections {
        groups.extend(
            section
                .heading
                .as_ref()
                .map(|heading| underlined(wrap(heading, width), '-')),
        );
        groups.push(names(section, roll.style, width));
    }
    groups.extend(roll.note.as_ref().map(|note| wrap(&inline(note), width)));
    joined(groups)
}

fn names(section: &RollSection, style: RollStyle, width: usize) -> Vec<String> {
    match style {
        RollStyle::Sentence => wrap(&section.sentence, width),
        RollStyle::Columns | RollStyle::List | RollStyle::Logos => {
            let entries = section.entries.iter();
            let room = width.saturating_sub(INDENT);
            let below = |detail: &String| prefixed(wrap(detail, room), &" ".repeat(INDENT));
            entries
                .flat_map(|entry| {
                    let name = hang(&entry.with_place(), width, INDENT);
                    name.into_iter().chain(entry.detail.iter().flat_map(below))
                })
                .collect()
        }
    }
}

fn blocks(blocks: &[Block], width: usize, levels: &mut Levels) -> Vec<String> {
    joined(blocks.iter().map(|block| self::block(block, width, levels)).collect())
}

fn block(block: &Block, width: usize, levels: &mut Levels) -> Vec<String> {
    match block {
        Block::Heading { level, content, .. } => {
            let lines = wrap(&inline(content), width);
            match levels.place(*level) {
                ..=2 => underlined(lines, '-'),
                _ => lines,
            }
        }
        Block::Paragraph(line) => wrap(&inline(line), width),
        Block::List(list) => self::list(list, width, levels),
        Block::Quote(inner) => {
            let inner = blocks(inner, width.saturating_sub(2), &mut Levels::new(levels.current()));
            beside(&inner, "> ")
        }
        Block::Quotation { content, speaker } => {
            let inner = blocks(content, width.saturating_sub(2), &mut Levels::new(levels.current()));
            let speaker = hang(&format!("— {}", inline(speaker)), width.saturating_sub(2), 2);
            beside(&joined(vec![inner, speaker]), "> ")
        }
        Block::Box { title, content } => {
            let title = wrap(&inline(title), width.saturating_sub(2));
            let inner = blocks(content, width.saturating_sub(2), &mut Levels::new(levels.current()));
            beside(&joined(vec![title, inner]), "| ")
        }
        Block::PullQuote { content, speaker } => {
            let inner = blocks(content, width.saturating_sub(2), &mut Levels::new(levels.current()));
            let speaker = match speaker.is_empty() {
                true => Vec::new(),
                false => hang(&format!("— {}", inline(speaker)), width.saturating_sub(2), 2),
            };
            beside(&joined(vec![inner, speaker]), "> ")
        }
        Block::Captioned { content, caption } => {
            let caption = wrap(&inline(caption), width);
            let mut content: Vec<_> = content.iter().map(|block| self::block(block, width, levels)).collect();
            let place = usize::from(
                !matches!(block, Block::Captioned { content, .. } if matches!(content.as_slice(), [Block::Table(_)])),
            );
            content.insert(place.min(content.len()), caption);
            match place {
                // A table's head is underlined; its caption stands apart.
                0 => joined(content),
                _ => content.concat(),
            }
        }
        Block::KeyFigure { figure, caption } => [figure, caption]
            .into_iter()
            .flat_map(|line| wrap(&inline(line), width))
            .collect(),
        Block::Passage { blocks, .. } => self::blocks(blocks, width, levels),
        Block::Table(table) => table::table(table, width),
        Block::Code(code) => {
            let indent = " ".repeat(INDENT);
            code.lines()
                .map(|line| format!("{indent}{line}").trim_end().to_owned())
                .collect()
        }
        Block::Rule => vec!["* * *".to_owned()],
        // Only HTML may use it; and composing leaves no excerpts.
        Block::Html(_) | Block::Excerpt(_) | Block::PageBreak => Vec::new(),
    }
}

fn list(list: &List, width: usize, levels: &Levels) -> Vec<String> {
    let label = |item: usize| list.numbering.as_ref().map(|numbering| numbering.label(item));
    let widest = (0..list.items.len()).filter_map(label).map(|label| label.len()).max();
    let widest = widest.unwrap_or_default();
    let items = list.items.iter().enumerate().map(|(at, item)| {
        let mark = match label(at) {
            Some(label) => format!("{label:>widest$} "),
            None => "- ".to_owned(),
        };
        let room = width.saturating_sub(mark.len());
        let mut levels = Levels::new(levels.current());
        let lines: Vec<_> = item.iter().map(|block| self::block(block, room, &mut levels)).collect();
        let lines = match list.tight {
            true => lines.concat(),
            false => joined(lines),
        };
        prefixed(lines, &mark)
    });
    match list.tight {
        true => items.flatten().collect(),
        false => joined(items.collect()),
    }
}

/// The characters of a line; line breaks as line feeds.
fn inline(line: &[Inline]) -> String {
    let mut out = String::new();
    push(line, &mut out);
    out
}

fn push(line: &[Inline], out: &mut String) {
    for inline in line {
        match inline {
            // A line feed within a text would end its line.
            Inline::Text(text) => out.push_str(&text.replace(['\n', '\r', '\t'], " ")),
            Inline::Code(text) => out.push_str(&text.replace(['\n', '\r', '\t'], " ")),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Passage { content: inner, .. } => {
                push(inner, out);
            }
            Inline::Strikethrough(inner) => {
                // What no longer holds may not read as if it did.
                out.push_str("~~");
                push(inner, out);
                out.push_str("~~");
            }
            Inline::Styled(style, inner) => out.push_str(&style.plain(&self::inline(inner))),
            Inline::Link { to, content, .. } => link(to, content, out),
            Inline::Image(image) if image.alt.is_empty() => {}
            Inline::Image(image) => out.push_str(&format!("[{}]", image.alt)),
            Inline::FootnoteMark(footnote) => out.push_str(&format!("[{}]", footnote + 1)),
            Inline::Break => out.push('\n'),
            // Composing leaves no fields, and only HTML may use raw HTML.
            Inline::Field(_) | Inline::Html(_) => {}
        }
    }
}

fn link(to: &str, content: &Line, out: &mut String) {
    push(content, out);
    let Some(to) = link::outside(to) else {
        return;
    };
    let words = plain(content);
    let words = words.trim();
    let shown = to.strip_prefix("mailto:").unwrap_or(to);
    let (_, bare) = shown.split_once("://").unwrap_or(("", shown));
    let is_said = match to.strip_prefix("tel:") {
        // "202-555-0100" says +1 202 555 0100.
        Some(number) => {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            digits(number).ends_with(&digits(words)) && words.contains(|c: char| c.is_ascii_digit())
        }
        None => [to, shown, bare, bare.trim_end_matches('/')].contains(&words),
    };
    if !is_said {
        let shown = shown.strip_prefix("tel:").unwrap_or(shown);
        out.push_str(&format!(" <{shown}>"));
    }
}

/// Groups of lines, one below the other with an empty line between.
fn joined(groups: Vec<Vec<String>>) -> Vec<String> {
    let groups: Vec<_> = groups.into_iter().filter(|lines| !lines.is_empty()).collect();
    groups.join(&String::new())
}

/// The lines behind a sign that stands before each.
fn beside(lines: &[String], sign: &str) -> Vec<String> {
    lines
        .iter()
        .map(|line| format!("{sign}{line}").trim_end().to_owned())
        .collect()
}

/// The lines behind a mark, those after the first set in by its width.
fn prefixed(lines: Vec<String>, mark: &str) -> Vec<String> {
    let indent = " ".repeat(display_width(mark));
    if lines.is_empty() {
        return vec![mark.trim_end().to_owned()];
    }
    let marks = std::iter::once(mark).chain(std::iter::repeat(indent.as_str()));
    marks
        .zip(lines)
        .map(|(mark, line)| format!("{mark}{line}").trim_end().to_owned())
        .collect()
}

fn underlined(mut lines: Vec<String>, with: char) -> Vec<String> {
    let width = lines.iter().map(|line| display_width(line)).max().unwrap_or(0);
    lines.push(with.to_string().repeat(width));
    lines
}

#[cfg(test)]
mod tests;
