//! Block quotes that say what they are.
//!
//! In: the blocks of a Markdown block quote. Out: the block it means: a
//! quotation with its speaker, a box, a figure, an excerpt, or the quote as it
//! is. Guaranteed: a block quote of plain CommonMark stays one. docs/KINDS.md is
//! the author's side of this.
//!
//! Two signs: a last line that begins with a dash names the speaker; a first
//! line `[!word]` names the kind of block, as in the notes of several editors.

use crate::diag::{Code, Diagnostic, suggest};
use crate::load::diagnostics::Diagnostics;
use crate::model::placed_text::PlacedText;
use crate::model::text::{Block, Excerpt, Inline, Line, plain};
use crate::source::Origin;

/// What a block quote may say it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CalloutWord {
    Box,
    Figure,
    Pull,
    Excerpt,
}

/// The words after `[!`, in the order of the documentation.
const WORDS: &[(&str, CalloutWord)] = &[
    ("box", CalloutWord::Box),
    ("figure", CalloutWord::Figure),
    ("pull", CalloutWord::Pull),
    ("excerpt", CalloutWord::Excerpt),
];

/// What begins a speaker's line, as typed.
const DASHES: &[&str] = &["— ", "– ", "--- ", "-- ", "&mdash; "];

/// Returns whether a line as typed names a speaker.
pub(super) fn names_speaker(typed: &str) -> bool {
    DASHES.iter().any(|dash| typed.starts_with(dash))
}

/// Returns whether the text so far begins with `[!word]`.
pub(super) fn names_kind(line: &[Inline]) -> bool {
    head(line).is_some()
}

/// Returns the word within `[!word]` and what stands after it in the same text.
fn head(line: &[Inline]) -> Option<(&str, PlacedText)> {
    let Some(Inline::Text(first)) = line.first() else {
        return None;
    };
    let (word, rest) = first.strip_prefix("[!")?.split_once(']')?;
    let length = rest.trim_start().len();
    Some((word, first.slice(first.len() - length..first.len())))
}

/// Returns the block that a block quote stands for. `typed` is its first line as typed, for the
/// path of an excerpt; `origin`: where it begins.
pub(super) fn quote(mut blocks: Vec<Block>, typed: &str, origin: Origin, diagnostics: &mut Diagnostics) -> Block {
    let speaker = take_speaker(&mut blocks);
    let Some((word, title)) = take_head(&mut blocks, origin, diagnostics) else {
        return match speaker {
            Some(speaker) => Block::Quotation {
                content: blocks,
                speaker,
            },
            None => Block::Quote(blocks),
        };
    };
    if word == CalloutWord::Pull {
        if !plain(&title).trim().is_empty() {
            blocks.insert(0, Block::Paragraph(title));
        }
        return Block::PullQuote {
            content: blocks,
            speaker: speaker.unwrap_or_default(),
        };
    }
    if word != CalloutWord::Excerpt
        && let Some(speaker) = speaker
    {
        // Only quotations have speakers; here the line is text like any other.
        blocks.push(Block::Paragraph(speaker));
        return with_word(word, title, blocks, origin, diagnostics);
    }
    match word {
        CalloutWord::Excerpt => Block::Excerpt(Excerpt {
            letter: typed.split_once(']').map_or("", |(_, path)| path).trim().to_owned(),
            speaker: speaker.unwrap_or_default(),
            passages: passages(blocks, origin, diagnostics),
            origin,
        }),
        word => with_word(word, title, blocks, origin, diagnostics),
    }
}

fn with_word(
    word: CalloutWord,
    title: Line,
    mut blocks: Vec<Block>,
    origin: Origin,
    diagnostics: &mut Diagnostics,
) -> Block {
    if word == CalloutWord::Figure {
        let is_picture = matches!(title.as_slice(), [Inline::Image(_)])
            || matches!(title.as_slice(), [Inline::Link { content, .. }] if matches!(content.as_slice(), [Inline::Image(_)]));
        if is_picture && let [Block::Paragraph(caption)] = blocks.as_mut_slice() {
            let caption = std::mem::take(caption);
            return Block::Captioned {
                content: vec![Block::Paragraph(title)],
                caption,
            };
        }
        let caption = match (blocks.pop(), blocks.is_empty()) {
            (Some(Block::Paragraph(caption)), true) if !plain(&title).is_empty() => caption,
            _ => {
                let message = "a figure needs one line with a number and one paragraph that says what it counts";
                let hint = "write > [!figure] 26,248 and below it > people deported in one month";
                diagnostics.push(Diagnostic::error(Code::BadBlock, message).at(origin).hint(hint));
                Line::new()
            }
        };
        return Block::KeyFigure { figure: title, caption };
    }
    Block::Box { title, content: blocks }
}

/// Takes the speaker's line from the end.
fn take_speaker(blocks: &mut Vec<Block>) -> Option<Line> {
    let Some(Block::Paragraph(line)) = blocks.last_mut() else {
        return None;
    };
    let Some(Inline::Text(first)) = line.first_mut() else {
        return None;
    };
    let name = first.strip_prefix("— ").or_else(|| first.strip_prefix("– "))?;
    let length = name.trim_start().len();
    *first = first.slice(first.len() - length..first.len());
    match blocks.pop() {
        Some(Block::Paragraph(line)) => Some(line),
        _ => None,
    }
}

/// Takes the line `[!word] title` from the beginning.
fn take_head(blocks: &mut Vec<Block>, origin: Origin, diagnostics: &mut Diagnostics) -> Option<(CalloutWord, Line)> {
    let Some(Block::Paragraph(line)) = blocks.first_mut() else {
        return None;
    };
    let (word, rest) = head(line)?;
    let Some((_, known)) = WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)) else {
        let words: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
        let shown: String = word.chars().take(40).collect();
        diagnostics.push(
            Diagnostic::warning(Code::BadBlock, format!("there is no block `[!{shown}]`"))
                .at(origin)
                .hint(suggest(&shown, &words)),
        );
        return None;
    };
    if rest.is_empty() {
        line.remove(0);
    } else {
        line[0] = Inline::Text(rest);
    }
    match blocks.remove(0) {
        Block::Paragraph(title) => Some((*known, title)),
        _ => None,
    }
}

/// Returns the words of an excerpt, paragraph by paragraph.
fn passages(blocks: Vec<Block>, origin: Origin, diagnostics: &mut Diagnostics) -> Vec<String> {
    let mut passages = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(line) => passages.push(plain(&line)),
            _ => diagnostics.push(
                Diagnostic::error(Code::BadBlock, "an excerpt can contain only paragraphs")
                    .at(origin)
                    .hint("write the text of the heading or list item as a paragraph"),
            ),
        }
    }
    if passages.is_empty() {
        diagnostics.push(
            Diagnostic::error(Code::BadBlock, "an excerpt is empty")
                .at(origin)
                .hint("write the letter's text below it, and begin each line with >"),
        );
    }
    passages
}
