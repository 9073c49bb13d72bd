//! Captions of tables and pictures.
//!
//! In: the blocks of a letter. Out: the same, a table or a picture joined with its caption.
//! Guaranteed: no word is lost; captions that ask for a number are numbered in reading
//! order, tables and pictures apart. Absent: looks.
//!
//! Three signs, as Markdown programs and their authors have them: a paragraph "Table: Costs"
//! or "Table 1. Costs" beside a table; below a picture, words in italics in the same
//! paragraph, or a paragraph "Figure: ..."; and a picture's title.

use crate::diag::{Code, Diagnostic};
use crate::load::diagnostics::Diagnostics;
use crate::model::placed_text::PlacedText;
use crate::model::text::{Block, Inline, Line, plain};
use crate::model::visit;
use crate::source::Origin;
use serde::Deserialize;
use std::collections::{BTreeMap, VecDeque};
use std::sync::LazyLock;

/// The lists of data/captions.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaptionWords {
    table: Vec<Box<str>>,
    figure: Vec<Box<str>>,
    picture: Vec<Box<str>>,
}

static WORDS: LazyLock<CaptionWords> = LazyLock::new(|| word_list!("captions"));

/// What is captioned.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Table,
    Picture,
}

/// The label that a caption begins with.
struct CaptionLabel {
    word: &'static str,
    /// The number as it was written; `None`: it asks for one, or goes without.
    number: Option<u32>,
    /// True for a word with a colon that gets a number.
    asks: bool,
    /// The byte at which the words begin.
    rest: usize,
}

/// Joins captions with what they are of, and counts them.
pub(super) struct Captions<'a> {
    /// The titles of pictures, by the pictures' origins.
    titles: BTreeMap<Origin, PlacedText>,
    tables: u32,
    pictures: u32,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Captions<'a> {
    pub(super) fn new(titles: BTreeMap<Origin, PlacedText>, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            titles,
            tables: 0,
            pictures: 0,
            diagnostics,
        }
    }

    /// Joins the captions of a sequence of blocks.
    pub(super) fn attach(&mut self, blocks: &mut Vec<Block>) {
        let mut rest: VecDeque<Block> = std::mem::take(blocks).into();
        while let Some(mut block) = rest.pop_front() {
            match &mut block {
                Block::Paragraph(line) if is_caption(line, Subject::Table) => {
                    if let Some(table) = (matches!(rest.front(), Some(Block::Table(_))))
                        .then(|| rest.pop_front())
                        .flatten()
                    {
                        let caption = self.numbered(std::mem::take(line), Subject::Table);
                        block = captioned(table, caption);
                    }
                }
                Block::Table(_) => {
                    // What stands before another table is that one's.
                    let is_below = matches!(rest.front(), Some(Block::Paragraph(line)) if is_caption(line, Subject::Table))
                        && !matches!(rest.get(1), Some(Block::Table(_)));
                    if is_below && let Some(Block::Paragraph(line)) = rest.pop_front() {
                        let caption = self.numbered(line, Subject::Table);
                        block = captioned(block, caption);
                    }
                }
                Block::Paragraph(line) => {
                    if let Some(caption) = self.of_picture(line, &mut rest) {
                        block = captioned(block, caption);
                    }
                }
                block => {
                    for part in block.parts_mut() {
                        if let visit::BlockPartMut::Blocks(inner) = part {
                            self.attach(inner);
                        }
                    }
                }
            }
            blocks.push(block);
        }
    }

    /// Takes the caption of the picture that a paragraph consists of: from the paragraph, the
    /// picture's title, or the paragraph after it.
    fn of_picture(&mut self, line: &mut Line, rest: &mut VecDeque<Block>) -> Option<Line> {
        let at = line.iter().position(|inline| !is_blank(inline))?;
        let origin = picture(&line[at])?;
        if line[at + 1..].iter().any(|inline| !is_blank(inline)) {
            let words: Line = line[at + 1..].to_vec();
            let words = trimmed(words);
            let in_italics = matches!(words.as_slice(), [Inline::Emphasis(_)]);
            if !(in_italics || is_caption(&words, Subject::Picture)) {
                return None;
            }
            line.truncate(at + 1);
            return Some(self.numbered(words, Subject::Picture));
        }
        if let Some(title) = self.titles.remove(&origin) {
            return Some(self.numbered(vec![Inline::Text(title)], Subject::Picture));
        }
        let is_below = matches!(rest.front(), Some(Block::Paragraph(line)) if is_caption(line, Subject::Picture));
        match is_below.then(|| rest.pop_front()).flatten() {
            Some(Block::Paragraph(line)) => Some(self.numbered(line, Subject::Picture)),
            _ => None,
        }
    }

    /// Returns a caption with its number, where it asks for one.
    fn numbered(&mut self, caption: Line, subject: Subject) -> Line {
        // A caption has a look of its own.
        let mut caption = match <[Inline; 1]>::try_from(trimmed(caption)) {
            Ok([Inline::Emphasis(inner) | Inline::Strong(inner)]) => inner,
            Ok([inline]) => vec![inline],
            Err(line) => line,
        };
        let count = match subject {
            Subject::Table => &mut self.tables,
            Subject::Picture => &mut self.pictures,
        };
        let Some(Inline::Text(first)) = caption.first_mut() else {
            return caption;
        };
        match label(first, subject) {
            Some(CaptionLabel {
                number: Some(number), ..
            }) => *count = number.max(*count),
            Some(CaptionLabel {
                asks: true, word, rest, ..
            }) => {
                *count += 1;
                let words = first.slice(rest..first.len());
                let mut text = PlacedText::from(format!("{word} {count}. "));
                text.push(&words);
                *first = text;
            }
            _ => {}
        }
        caption
    }

    /// Tells of titles that no caption was made of.
    pub(super) fn finish(self) {
        for (origin, title) in self.titles {
            let message = format!("the title of a picture within a line is not printed: “{title}”");
            let hint = "put the picture into a paragraph of its own, or write the words into the text";
            self.diagnostics
                .push(Diagnostic::warning(Code::LostText, message).at(origin).hint(hint));
        }
    }
}

/// Returns a block with its caption.
fn captioned(block: Block, caption: Line) -> Block {
    Block::Captioned {
        content: vec![block],
        caption,
    }
}

/// Returns the origin of the picture that an inline is.
fn picture(inline: &Inline) -> Option<Origin> {
    match inline {
        Inline::Image(image) => Some(image.origin),
        Inline::Link { content, .. } => match content.as_slice() {
            [inner] => picture(inner),
            _ => None,
        },
        _ => None,
    }
}

fn is_blank(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Break => true,
        _ => false,
    }
}

/// Returns a line without what is blank at its ends.
fn trimmed(mut line: Line) -> Line {
    while line.last().is_some_and(is_blank) {
        line.pop();
    }
    let blank = line.iter().take_while(|inline| is_blank(inline)).count();
    line.drain(..blank);
    if let Some(Inline::Text(first)) = line.first_mut() {
        let space = first.len() - first.trim_start().len();
        *first = first.slice(space..first.len());
    }
    line
}

/// Returns whether a line begins as a caption does.
fn is_caption(line: &[Inline], subject: Subject) -> bool {
    match line {
        [Inline::Emphasis(inner) | Inline::Strong(inner)] => label(&plain(inner), subject).is_some(),
        [Inline::Text(first), ..] => label(first, subject).is_some(),
        [Inline::Strong(first) | Inline::Emphasis(first), ..] => label(&plain(first), subject).is_some(),
        _ => false,
    }
}

/// Returns the label that a caption begins with.
fn label(text: &str, subject: Subject) -> Option<CaptionLabel> {
    let words = &*WORDS;
    let (asking, others): (&[Box<str>], &[Box<str>]) = match subject {
        Subject::Table => (&words.table, &[]),
        Subject::Picture => (&words.figure, &words.picture),
    };
    let (word, asks) = asking
        .iter()
        .map(|word| (word, true))
        .chain(others.iter().map(|word| (word, false)))
        .filter(|(word, _)| text.starts_with(&***word))
        .max_by_key(|(word, _)| word.len())?;
    let after = text[word.len()..].trim_start_matches([' ', '\u{a0}']);
    if let Some(rest) = after.strip_prefix([':', '：']) {
        let rest = text.len() - rest.trim_start().len();
        return Some(CaptionLabel {
            word,
            number: None,
            asks,
            rest,
        });
    }
    let number: String = after.chars().take_while(char::is_ascii_digit).collect();
    // "Table A-1" and "Table 2b" are numbers, too.
    let length = after
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .unwrap_or(after.len());
    let token = &after[..length];
    let is_number = token.bytes().any(|byte| byte.is_ascii_digit()) && token.len() <= 6;
    // "Table 1 shows ..." is a sentence.
    let behind = &after[length..];
    let ends = behind.is_empty()
        || behind.starts_with(['.', ':', '：', ')'])
        || behind.trim_start().starts_with(['—', '–', '|']);
    (is_number && ends).then(|| CaptionLabel {
        word,
        number: Some(number.parse().unwrap_or(0)),
        asks: false,
        rest: text.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_are_told_from_sentences() {
        let check = |text: &str, subject: Subject, expected: Option<(Option<u32>, bool)>| {
            let found = label(text, subject).map(|label| (label.number, label.asks));
            assert_eq!(found, expected, "{text}");
        };
        check("Table: Costs by unit", Subject::Table, Some((None, true)));
        check("Table 1. Costs", Subject::Table, Some((Some(1), false)));
        check("Table 12: Costs", Subject::Table, Some((Some(12), false)));
        check("Table A-1 — Costs", Subject::Table, Some((Some(0), false)));
        check("Tabla 2. Costos", Subject::Table, Some((Some(2), false)));
        check("Tableau : Coûts", Subject::Table, Some((None, true)));
        check("表：费用", Subject::Table, Some((None, true)));
        check("Table 1 shows the costs:", Subject::Table, None);
        check("Tables are below.", Subject::Table, None);
        check("Table of contents", Subject::Table, None);
        check("Figure 3.", Subject::Picture, Some((Some(3), false)));
        check("Figure: The road", Subject::Picture, Some((None, true)));
        check("Photo: Ana Example", Subject::Picture, Some((None, false)));
        check("Figures from the census.", Subject::Picture, None);
        check("Figure: The road", Subject::Table, None);
    }
}
