//! Finds the parts of a letter in a draft.
//!
//! In: a [`Draft`]. Out: [`LetterParts`], and what was taken for what, with the paragraph.
//! Guaranteed: each block is in one part, or is named among what was left out; a paragraph
//! of bold words becomes a heading only if asked. Absent: writing.

use super::letter_parts::{BoldAlone, LetterParts};
use super::lines::{divided, joined, lines_of, plain_look, trimmed, without_start};
use super::roll::RollBuilder;
use super::words::{WORDS, begins, closes, greets, heads_roll};
use crate::load::dates;
use crate::model::draft::{Draft, DraftBlock, DraftRole};
use crate::model::text::{Block, Inline, Line, plain};
use crate::source::Origin;
use jiff::civil::Date;

/// Most blocks before a salutation.
const LONGEST_HEAD: usize = 60;

/// Longest paragraph that may be a name, a copy or an enclosure, in characters.
const LONGEST_NAME: usize = 200;

/// Finds the parts; `origin` is that of the draft's file.
pub(super) fn parts(draft: &mut Draft, bold: BoldAlone, origin: Origin) -> LetterParts {
    let mut parts = LetterParts::default();
    let mut blocks = std::mem::take(&mut draft.blocks);
    if !draft.head.is_empty() {
        parts.letterhead = std::mem::take(&mut draft.head);
        let words: Vec<String> = parts.letterhead.iter().map(|line| plain(line)).collect();
        parts.find(1, "the letterhead, from the head of the page", words.join("; "));
    }
    let tail = tail_start(&blocks);
    let tail = blocks.split_off(tail);
    let body = body_start(&blocks);
    let body = blocks.split_off(body);
    head(blocks, &mut parts);
    text(body, bold, origin, &mut parts);
    self::tail(tail, &mut parts);
    parts.found.sort_by_key(|found| found.paragraph);
    parts
}

/// Returns a paragraph's words; `None` for other blocks.
fn words(block: &DraftBlock) -> Option<String> {
    match &block.block {
        Block::Paragraph(line) | Block::Heading { content: line, .. } => Some(plain(line).trim().to_owned()),
        _ => None,
    }
}

fn first_line(block: &DraftBlock) -> Option<String> {
    match &block.block {
        Block::Paragraph(line) => divided(line).first().map(|line| plain(line).trim().to_owned()),
        _ => None,
    }
}

/// Returns where the text begins: after the salutation, or after what can only stand
/// before one.
fn body_start(blocks: &[DraftBlock]) -> usize {
    let salutation = blocks.iter().take(LONGEST_HEAD).position(|block| match block.role {
        Some(role) => role == DraftRole::Salutation,
        None => first_line(block).is_some_and(|line| greets(&line)),
    });
    if let Some(at) = salutation {
        return at + 1;
    }
    let is_head = |block: &DraftBlock| {
        block.role.is_some() || words(block).is_some_and(|words| date(&words).is_some() || labels_subject(&words))
    };
    blocks
        .iter()
        .take(LONGEST_HEAD)
        .rposition(is_head)
        .map_or(0, |at| at + 1)
}

fn labels_subject(words: &str) -> bool {
    begins(words, &WORDS.subjects).is_some() || begins(words, &WORDS.vias).is_some_and(|_| words.len() < 60)
}

/// Returns where the text ends: at the closing, or at what can only stand after one.
fn tail_start(blocks: &[DraftBlock]) -> usize {
    let of_role = blocks.iter().rposition(|block| block.role == Some(DraftRole::Closing));
    let of_words = || {
        blocks
            .iter()
            .rposition(|block| first_line(block).is_some_and(|line| closes(&line)))
    };
    if let Some(at) = of_role.or_else(of_words) {
        return at;
    }
    let is_tail = |at: usize| {
        let block = &blocks[at];
        let of_role = matches!(
            block.role,
            Some(DraftRole::Roll | DraftRole::RollPerson | DraftRole::Note | DraftRole::Signature)
        );
        let words = words(block).unwrap_or_default();
        of_role || (heads_roll(&words) && names_follow(&blocks[at + 1..])) || labels_copies(&words)
    };
    let Some(first) = (0..blocks.len()).find(|at| is_tail(*at)) else {
        return blocks.len();
    };
    // A heading right above the roll is the roll's.
    let has_heading = first > 0
        && matches!(blocks[first].role, Some(DraftRole::Roll | DraftRole::RollPerson))
        && matches!(blocks[first - 1].block, Block::Heading { .. });
    first - usize::from(has_heading)
}

fn labels_copies(words: &str) -> bool {
    [&WORDS.copies, &WORDS.enclosures]
        .into_iter()
        .any(|list| begins(words, list).is_some())
}

/// Returns whether all that follows is short: names, not text.
fn names_follow(blocks: &[DraftBlock]) -> bool {
    let is_short = |block: &DraftBlock| {
        lines_of(&block.block)
            .iter()
            .all(|line| plain(line).chars().count() <= LONGEST_NAME)
    };
    !blocks.is_empty() && blocks.iter().all(is_short)
}

/// Returns the date that a line is, and its other reading.
fn date(words: &str) -> Option<(Date, Option<Date>)> {
    let words = words.trim().trim_end_matches('.');
    let has_year = words
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4);
    let moment = dates::moment(words).filter(|moment| has_year && moment.time.is_none())?;
    Some((moment.date, moment.day_first))
}

/// Reads what stands before the text.
fn head(blocks: Vec<DraftBlock>, parts: &mut LetterParts) {
    let dated = blocks.iter().any(|block| {
        block.role == Some(DraftRole::Date) || lines_of(&block.block).iter().any(|line| date(&plain(line)).is_some())
    });
    let last = blocks.len().saturating_sub(1);
    let mut before_date = dated;
    for (at, block) in blocks.into_iter().enumerate() {
        let paragraph = block.paragraph;
        if let Block::Paragraph(line) = &block.block
            && at == last
            && (block.role == Some(DraftRole::Salutation) || greets(&plain(&divided(line).swap_remove(0))))
        {
            salutation(line, paragraph, parts);
            continue;
        }
        if let Block::Table(table) = &block.block
            && !before_date
        {
            let cells = table.head.iter().chain(table.rows.iter().flatten());
            let cells = cells.map(|cell| divided(cell)).filter(|lines| !lines.is_empty());
            cells.for_each(|lines| addressee(lines, paragraph, parts));
            continue;
        }
        let mut lines = lines_of(&block.block);
        let images = |line: &Line| line.iter().any(|inline| matches!(inline, Inline::Image(_)));
        // The first picture above the date is the sender's.
        if before_date && block.role.is_none() && parts.logo.is_none() && lines.iter().any(images) {
            logo(&mut lines, paragraph, parts);
        }
        if lines.iter().any(images) {
            parts.ask(
                paragraph,
                "a picture",
                "it stands before the text; name it as `logo` in [letterhead]",
            );
        }
        lines.retain(|line| !plain(line).trim().is_empty());
        match block.role {
            Some(DraftRole::Sender | DraftRole::SenderLines) => letterhead(lines, paragraph, parts),
            Some(DraftRole::Addressee) => addressee(lines, paragraph, parts),
            Some(DraftRole::Title) => title(&lines, paragraph, parts),
            _ => {
                let is_block = lines.len() > 1;
                let mut rest = Vec::new();
                for line in lines {
                    if !labeled(&line, paragraph, &mut before_date, parts) {
                        rest.push(line);
                    }
                }
                match (rest.is_empty(), before_date) {
                    (true, _) => {}
                    (false, true) => letterhead(rest, paragraph, parts),
                    (false, false) if is_block => addressee(rest, paragraph, parts),
                    (false, false) => addressee_line(rest, paragraph, parts),
                }
            }
        }
    }
}

/// Takes a line that says itself what it is.
fn labeled(line: &Line, paragraph: usize, before_date: &mut bool, parts: &mut LetterParts) -> bool {
    let words = plain(line);
    let words = words.trim();
    if let Some((found, other)) = date(words).filter(|_| parts.date.is_none()) {
        parts.date = Some(found);
        *before_date = false;
        match other {
            None => parts.find(paragraph, "the date", words),
            Some(other) => parts.ask(
                paragraph,
                "the date",
                format!("{words} is read as {found}, and may be {other}"),
            ),
        }
        return true;
    }
    if let Some(length) = begins(words, &WORDS.subjects) {
        let line = plain_look(trimmed(line.clone()));
        let subject = plain_look(without_start(&line, length));
        parts.find(paragraph, "the subject", plain(&subject));
        parts.subject = Some(subject);
        return true;
    }
    if begins(words, &WORDS.vias).is_some() && words.len() < 100 && parts.via.is_none() {
        parts.find(paragraph, "how it is sent", words);
        parts.via = Some(plain_look(trimmed(line.clone())));
        return true;
    }
    false
}

fn salutation(line: &Line, paragraph: usize, parts: &mut LetterParts) {
    let mut lines = divided(line).into_iter();
    let greeting = lines.next().unwrap_or_default();
    parts.find(paragraph, "the salutation", plain(&greeting));
    parts.salutation = Some(plain_look(greeting));
    // Words after a line break belong to the text.
    let rest: Vec<Line> = lines.collect();
    if !rest.is_empty() {
        parts.body.push(Block::Paragraph(rest.join(&Inline::Break)));
    }
}

fn letterhead(lines: Vec<Line>, paragraph: usize, parts: &mut LetterParts) {
    let words: Vec<String> = lines.iter().map(|line| plain(line)).collect();
    parts.find(paragraph, "the letterhead", words.join("; "));
    parts.letterhead.extend(lines.into_iter().map(plain_look));
}

/// Takes a picture out of the lines of a letterhead.
fn logo(lines: &mut [Line], paragraph: usize, parts: &mut LetterParts) {
    for line in lines {
        let at = line.iter().position(|inline| matches!(inline, Inline::Image(_)));
        if let Some(Inline::Image(image)) = at.map(|at| line.remove(at)) {
            let words = if image.alt.is_empty() { &image.path } else { &image.alt };
            parts.find(paragraph, "the logo", words.as_str());
            parts.logo = Some(image);
            return;
        }
    }
}

fn addressee(lines: Vec<Line>, paragraph: usize, parts: &mut LetterParts) {
    let words: Vec<String> = lines.iter().map(|line| plain(line)).collect();
    parts.find(paragraph, "an addressee", words.join("; "));
    parts.to.push(lines);
}

/// Takes a paragraph of one line: it goes on with the addressee above, unless it begins one.
fn addressee_line(lines: Vec<Line>, paragraph: usize, parts: &mut LetterParts) {
    let begins_one = lines
        .first()
        .is_some_and(|line| begins(&plain(line), &WORDS.addressees).is_some());
    match parts.to.last_mut().filter(|_| !begins_one) {
        Some(open) => {
            open.extend(lines);
            let words: Vec<String> = open.iter().map(|line| plain(line)).collect();
            if let Some(found) = parts.found.iter_mut().rev().find(|found| found.part == "an addressee") {
                found.words = words.join("; ");
            }
        }
        None => addressee(lines, paragraph, parts),
    }
}

fn title(lines: &[Line], paragraph: usize, parts: &mut LetterParts) {
    let line = lines.join(&Inline::Text(" ".into()));
    let line = plain_look(line);
    match begins(&plain(&line), &WORDS.subjects) {
        Some(length) => {
            let subject = without_start(&line, length);
            parts.find(paragraph, "the subject", plain(&subject));
            parts.subject = Some(subject);
        }
        None => {
            parts.find(paragraph, "the title", plain(&line));
            parts.title = Some(line);
        }
    }
}

/// Reads the text between the salutation and the closing.
fn text(blocks: Vec<DraftBlock>, bold: BoldAlone, origin: Origin, parts: &mut LetterParts) {
    let mut level = 0;
    for block in blocks {
        let paragraph = block.paragraph;
        let stands_out = block.is_bold
            && words(&block).is_some_and(|words| words.chars().count() <= 120 && !words.ends_with(['.', ',', ';']));
        match (block.block, bold) {
            (heading @ Block::Heading { level: own, .. }, _) => {
                level = own;
                parts.body.push(heading);
            }
            (Block::Paragraph(line), BoldAlone::Headings) if stands_out => {
                parts.find(paragraph, "a heading, bold alone", plain(&line));
                parts.body.push(Block::Heading {
                    level: (level + 1).min(6),
                    origin,
                    content: plain_look(line),
                });
            }
            (Block::Paragraph(line), BoldAlone::Ask) if stands_out => {
                parts.ask(paragraph, "bold alone", format!("is “{}” a heading?", plain(&line)));
                parts.body.push(Block::Paragraph(line));
            }
            (other, _) => parts.body.push(other),
        }
    }
}

/// What the lines after the closing belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Roll,
    Copies,
    Enclosures,
    Appendix,
}

/// Reads the closing and what stands after it.
fn tail(blocks: Vec<DraftBlock>, parts: &mut LetterParts) {
    let mut open = Open::Roll;
    let mut roll = RollBuilder::default();
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        let paragraph = block.paragraph;
        let words = words(&block).unwrap_or_default();
        let is_first = parts.closing.is_none() && roll.is_empty() && parts.appendices.is_empty();
        if let Block::Paragraph(line) = &block.block
            && is_first
            && (block.role == Some(DraftRole::Closing) || first_line(&block).is_some_and(|line| closes(&line)))
        {
            let mut lines = divided(line).into_iter();
            let closing = lines.next().unwrap_or_default();
            parts.find(paragraph, "the closing", plain(&closing));
            parts.closing = Some(plain_look(closing));
            roll.lines(lines.collect(), paragraph);
            continue;
        }
        if open == Open::Appendix {
            append(block, parts);
            continue;
        }
        match block.role {
            Some(DraftRole::Signature) => {
                let lines = lines_of(&block.block);
                let is_line = |line: &Line| plain(line).chars().all(|c| c == '_' || c.is_whitespace());
                let lines: Vec<Line> = lines.into_iter().filter(|line| !is_line(line)).collect();
                parts.find(paragraph, "one who signs by hand", joined(&lines));
                parts.signatures.push(lines);
                continue;
            }
            Some(DraftRole::Roll | DraftRole::RollPerson) => {
                roll.styled(&block);
                continue;
            }
            _ => {}
        }
        let lines = lines_of(&block.block);
        if let Some(length) = begins(&words, &WORDS.copies) {
            open = Open::Copies;
            labeled_lines(lines, length, paragraph, "those who get a copy", parts, open);
        } else if let Some(length) = begins(&words, &WORDS.enclosures) {
            open = Open::Enclosures;
            labeled_lines(lines, length, paragraph, "the enclosures", parts, open);
        } else if begins_appendix(&block, &words) {
            parts.find(paragraph, "an appendix", shortened(&words));
            open = Open::Appendix;
            parts.appendices.push(Vec::new());
            append(block, parts);
        } else if begins(&words, &WORDS.identification).is_some() {
            parts.find(paragraph, "left out, for undersigned prints it itself", words);
        } else {
            let next_role = blocks.peek().and_then(|next| next.role);
            match open {
                Open::Copies => parts.copies.extend(lines),
                Open::Enclosures => parts.enclosures.extend(lines),
                _ => roll.block(block, next_role),
            }
        }
    }
    roll.finish(parts);
}

/// Returns whether a block after the closing begins an appendix: text, not names.
fn begins_appendix(block: &DraftBlock, words: &str) -> bool {
    let is_long = words.chars().count() > LONGEST_NAME;
    is_long || (block.new_page && block.role.is_none() && !heads_roll(words))
}

fn append(block: DraftBlock, parts: &mut LetterParts) {
    let begins_one = block.new_page && parts.appendices.last().is_some_and(|open| !open.is_empty());
    if begins_one {
        parts.find(
            block.paragraph,
            "an appendix",
            shortened(&words(&block).unwrap_or_default()),
        );
        parts.appendices.push(Vec::new());
    }
    if let Some(open) = parts.appendices.last_mut() {
        open.push(block.block);
    }
}

fn labeled_lines(
    lines: Vec<Line>,
    label: usize,
    paragraph: usize,
    part: &'static str,
    parts: &mut LetterParts,
    open: Open,
) {
    let mut lines = lines.into_iter();
    let first = lines.next().map(|line| without_start(&line, label));
    let first = first.filter(|line| !plain(line).trim().is_empty());
    let lines: Vec<Line> = first.into_iter().chain(lines).collect();
    parts.find(paragraph, part, joined(&lines));
    match open {
        Open::Copies => parts.copies.extend(lines),
        _ => parts.enclosures.extend(lines),
    }
}

fn shortened(words: &str) -> String {
    match words.char_indices().nth(80) {
        Some((at, _)) => format!("{} ...", words[..at].trim_end()),
        None => words.to_owned(),
    }
}
