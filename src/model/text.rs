//! Text as it was written: inlines and blocks.
//!
//! In: what `load` read. Out: the same types after `compose`, which
//! guarantees that no [`Inline::Field`] and no [`Block::Excerpt`] is left. Absent:
//! looks.

use super::picture::Picture;
use super::placed_text::PlacedText;
use crate::source::Origin;
use std::sync::Arc;

/// A run of inlines: one line of an address, one heading, one paragraph.
pub type Line = Vec<Inline>;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Characters and where they were written, smart punctuation already applied, no
    /// control characters.
    Text(PlacedText),
    /// `{{ expression }}`; `compose` puts a [`Inline::Text`] in its place.
    Field(Field),
    /// Emphasised: italic.
    Emphasis(Line),
    /// Important: bold.
    Strong(Line),
    /// No longer valid: struck through.
    Strikethrough(Line),
    /// Literal characters in a monospaced look.
    Code(String),
    /// A link.
    Link {
        /// The address as written, `mailto:` included.
        to: String,
        /// What is clicked.
        content: Line,
        /// Where it was written.
        origin: Origin,
    },
    /// A picture.
    Image(Image),
    /// The mark of a footnote: its index in the letter's footnotes.
    FootnoteMark(usize),
    /// A passage in another language.
    Passage {
        /// BCP 47 tag: `es`.
        language: String,
        /// What is said in it.
        content: Line,
    },
    /// A line break the author asked for.
    Break,
    /// Raw HTML, not yet sanitised. Only the HTML output may use it.
    Html(String),
}

/// An expression or a statement in the text, evaluated by `compose`.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// What stands between the braces, trimmed: `signatories.count|words`. A
    /// statement, `{% if ... %}`, begins with a percent sign: `% if ...`.
    pub expression: String,
    /// The braces and all between them.
    pub origin: Origin,
}

impl Field {
    /// The words of a statement: `if recipient.party`; `None` for an expression.
    pub fn statement(&self) -> Option<&str> {
        self.expression.strip_prefix('%').map(str::trim)
    }
}

/// A picture and what it says to those who do not see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// The path as written, relative to the file that names it.
    pub path: String,
    /// The text alternative; empty: decoration.
    pub alt: String,
    /// Where it was named.
    pub origin: Origin,
    /// The file's content; `None`: it could not be read, and its words stand for
    /// it.
    pub picture: Option<Arc<Picture>>,
}

/// A block of the body.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading of level 1 to 6 as the author wrote it.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its text.
        content: Line,
        /// Where it was written.
        origin: Origin,
    },
    /// A paragraph.
    Paragraph(Line),
    /// A list.
    List(List),
    /// A block quotation.
    Quote(Vec<Block>),
    /// A quotation with the name of the one who said it.
    Quotation {
        /// What was said.
        content: Vec<Block>,
        /// Who: name, title, organisation; or the letter it is taken from.
        speaker: Line,
    },
    /// A passage set apart from the text: "How we won".
    Box {
        /// What stands above it; may be empty.
        title: Line,
        /// The passage.
        content: Vec<Block>,
    },
    /// A figure pulled out of the text, in large type.
    KeyFigure {
        /// The figure: "26,248".
        figure: Line,
        /// What it counts.
        caption: Line,
    },
    /// Words of another letter; `compose` puts a [`Block::Quotation`] in their place.
    Excerpt(Excerpt),
    /// A table.
    Table(Table),
    /// Blocks in another language.
    Passage {
        /// BCP 47 tag: `es`.
        language: String,
        /// What is said in it.
        blocks: Vec<Block>,
    },
    /// Literal lines in a monospaced look.
    Code(String),
    /// A thematic break.
    Rule,
    /// Raw HTML, not yet sanitised. Only the HTML output may use it.
    Html(String),
}

/// Words taken from another letter, to be held against it.
#[derive(Clone, Debug, PartialEq)]
pub struct Excerpt {
    /// The letter's path as written; empty: the one that the front matter names.
    pub letter: String,
    /// Who is said to have said it; empty: the letter itself.
    pub speaker: Line,
    /// The paragraphs, as plain words. `[...]` stands for what is left out, a
    /// paragraph `...` for all that the letter has between its neighbours.
    pub passages: Vec<String>,
    /// Where it was written.
    pub origin: Origin,
}

/// A list.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// The first number; `None`: bullets.
    pub start: Option<u64>,
    /// Whether items stand without space between them.
    pub tight: bool,
    /// The items, each a sequence of blocks.
    pub items: Vec<Vec<Block>>,
}

/// How a table's column is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// To the left (in right-to-left text: to the right).
    #[default]
    Start,
    /// Centred.
    Center,
    /// To the right, as figures are.
    End,
}

/// A table: a header row and body rows of equally many cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// One for each column.
    pub alignments: Vec<Alignment>,
    /// The header cells.
    pub head: Vec<Line>,
    /// The rows' cells, as many in each as in the head.
    pub rows: Vec<Vec<Line>>,
}

/// Returns the characters of a line, without footnote marks and looks.
pub fn plain(line: &[Inline]) -> String {
    let mut out = String::new();
    push_plain(line, &mut out);
    out
}

fn push_plain(line: &[Inline], out: &mut String) {
    for inline in line {
        match inline {
            Inline::Text(text) => out.push_str(text),
            Inline::Code(text) => out.push_str(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => push_plain(inner, out),
            Inline::Link { content, .. } | Inline::Passage { content, .. } => push_plain(content, out),
            Inline::Image(image) => out.push_str(&image.alt),
            Inline::Break => out.push(' '),
            Inline::Field(field) => {
                out.push_str("{{ ");
                out.push_str(&field.expression);
                out.push_str(" }}");
            }
            Inline::FootnoteMark(_) | Inline::Html(_) => {}
        }
    }
}
