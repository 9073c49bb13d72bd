//! Which version of the text somebody signed.
//!
//! In: a letter. Out: a short hash of what its body says, to be kept beside a
//! signature in the column `signed_text`. Guaranteed: white space, line and
//! paragraph breaks, Markdown's escapes and its ways to write one thing, emphasis,
//! straight or curly quotation marks change nothing; a word, a figure, a mark of
//! punctuation, a link's address or the number of a demand does. Absent: the front
//! matter, so that a date, an addressee or the number of signatories may change
//! without asking anybody to sign again.

use crate::model::hex::hex;
use crate::model::letter::Letter;
use crate::model::text::{Block, Inline, plain};
use icu_normalizer::ComposingNormalizer;
use sha2::{Digest, Sha256};

/// Hexadecimal figures of a version: 48 bits. Among a thousand drafts of a letter
/// two meet by chance once in five hundred million.
const FIGURES: usize = 12;

/// Returns the version of a letter's text: twelve hexadecimal figures.
///
/// A signature whose `signed_text` holds another version was given to another text.
pub fn text_version(letter: &Letter) -> String {
    let mut text = Meaning::default();
    text.blocks(&letter.body);
    for appendix in &letter.appendices {
        text.mark("appendix");
        text.blocks(appendix);
    }
    for note in &letter.footnotes {
        text.mark("note");
        text.blocks(note);
    }
    let normal = ComposingNormalizer::new_nfc().normalize(&text.out).into_owned();
    hex(&Sha256::digest(normal.as_bytes())[..FIGURES / 2])
}

/// The text as it is hashed: words, single spaces, and marks of structure between
/// control characters that no text holds.
#[derive(Default)]
struct Meaning {
    out: String,
}

impl Meaning {
    fn mark(&mut self, mark: &str) {
        self.space();
        self.out.push('\u{1}');
        self.out.push_str(mark);
        self.out.push('\u{1}');
    }

    fn space(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with([' ', '\u{1}']) {
            self.out.push(' ');
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                c if c.is_whitespace() => self.space(),
                '\u{ad}' | '\u{200b}' => {}
                '‘' | '’' => self.out.push('\''),
                '“' | '”' => self.out.push('"'),
                c => self.out.push(c),
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.space();
            match block {
                Block::Heading { content, .. } => {
                    self.mark("heading");
                    self.line(content);
                    self.mark("end");
                }
                Block::Paragraph(content) => self.line(content),
                Block::List(list) => {
                    for (at, item) in list.items.iter().enumerate() {
                        match &list.numbering {
                            Some(numbering) => self.mark(numbering.label(at).trim_end_matches('.')),
                            None => self.mark("item"),
                        }
                        self.blocks(item);
                    }
                    self.mark("end");
                }
                Block::Quote(inner) => {
                    self.mark("quote");
                    self.blocks(inner);
                    self.mark("end");
                }
                Block::Quotation { content, speaker } => {
                    self.mark("quote");
                    self.blocks(content);
                    self.mark("speaker");
                    self.line(speaker);
                    self.mark("end");
                }
                Block::Box { title, content } => {
                    self.mark("box");
                    self.line(title);
                    self.blocks(content);
                    self.mark("end");
                }
                Block::PullQuote { content, speaker } => {
                    self.mark("pull");
                    self.blocks(content);
                    self.mark("speaker");
                    self.line(speaker);
                    self.mark("end");
                }
                Block::Captioned { content, caption } => {
                    self.mark("captioned");
                    self.blocks(content);
                    self.line(caption);
                    self.mark("end");
                }
                Block::KeyFigure { figure, caption } => {
                    self.mark("fact");
                    self.line(figure);
                    self.line(caption);
                    self.mark("end");
                }
                Block::Excerpt(excerpt) => {
                    self.mark("excerpt");
                    for passage in &excerpt.passages {
                        self.text(passage);
                        self.mark("passage");
                    }
                    self.line(&excerpt.speaker);
                    self.mark("end");
                }
                Block::Table(table) => {
                    for row in std::iter::once(&table.head).chain(&table.rows) {
                        self.mark("row");
                        for cell in row {
                            self.mark("cell");
                            self.line(cell);
                        }
                    }
                    self.mark("end");
                }
                Block::Passage { blocks, .. } => self.blocks(blocks),
                Block::Code(text) | Block::Html(text) => self.text(text),
                Block::Rule | Block::PageBreak => {}
            }
        }
    }

    fn line(&mut self, line: &[Inline]) {
        for inline in line {
            match inline {
                Inline::Text(text) => self.text(text),
                Inline::Code(text) | Inline::Html(text) => self.text(text),
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Passage { content: inner, .. } => {
                    self.line(inner);
                }
                Inline::Strikethrough(inner) => {
                    self.mark("struck");
                    self.line(inner);
                    self.mark("end");
                }
                Inline::Styled(style, inner) => self.text(&style.plain(&plain(inner))),
                Inline::Link { to, content, .. } => {
                    self.line(content);
                    self.mark(to);
                }
                Inline::Image(image) => {
                    self.mark("image");
                    self.text(&image.alt);
                }
                Inline::Field(field) => self.mark(&field.expression),
                Inline::FootnoteMark(at) => self.mark(&format!("note {at}")),
                Inline::Break => self.space(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{self, Project};
    use crate::source::SourceMap;

    fn version(body: &str) -> String {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.md");
        let text = format!("+++\nkind = \"letter\"\ntitle = \"T\"\nsignatories = []\n+++\n{body}");
        std::fs::write(&path, text).expect("a file");
        let letter = load::letter(&mut SourceMap::default(), "a.md", &path, &Project::default()).expect("it loads");
        text_version(&letter.value)
    }

    #[test]
    fn ways_of_writing_change_nothing() {
        let check = |a: &str, b: &str| assert_eq!(version(a), version(b), "{a:?} {b:?}");
        check("We ask you\nto act.", "We ask you to  act.\n\n");
        check("We ask.\n\nNow.", "We ask. Now.");
        check("We *ask* you.", "We ask you.");
        check("<i lang=\"es\">Nadie</i> es.", "Nadie es.");
        check("A \\* star", "A * star");
        check("Don’t \"wait\"", "Don't “wait”");
        check("* one\n* two", "- one\n\n- two");
        check("Corazo\u{301}n", "Corazón");
        check("§\u{a0}7", "§ 7");
        assert_eq!(version("We ask.").len(), FIGURES);
    }

    #[test]
    fn what_is_said_changes_it() {
        let check = |a: &str, b: &str| assert_ne!(version(a), version(b), "{a:?} {b:?}");
        check("We ask.", "We ask.\n\n+++\n\nThis too.");
        check("We ask you to act.", "We ask you not to act.");
        check("seven", "eight");
        check("We ask.", "We ask?");
        check("1. a\n2. b", "- a\n- b");
        check("1. a\n2. b", "2. a\n3. b");
        check("[a](https://example.org/1)", "[a](https://example.org/2)");
        check("all ~~or none~~", "all or none");
        check("a[^1]\n\n[^1]: b", "a[^1]\n\n[^1]: c");
        check("{{ signatories.count }} ask", "{{ signatories.organizations }} ask");
        check("> we ask", "we ask");
    }
}
