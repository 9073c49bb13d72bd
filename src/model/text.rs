//! Text as it was written: inlines and blocks.
//!
//! In: what `load` read. Out: the same types after `compose`, which
//! guarantees that no [`Inline::Field`] and no [`Block::Excerpt`] is left. Absent:
//! looks.

use super::numbering::Numbering;
use super::numeric_column;
use super::picture::Picture;
use super::placed_text::PlacedText;
use crate::source::Origin;
use std::collections::BTreeSet;
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
    /// Set in a way that says something: raised, lowered, in small capitals.
    Styled(InlineStyle, Line),
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

/// A way of setting words that Markdown has no sign for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InlineStyle {
    /// Raised and small: 10⁶.
    Superscript,
    /// Lowered and small: CO₂.
    Subscript,
    /// Small letters as small capitals.
    SmallCapitals,
    /// Underlined.
    Underline,
    /// Added since another state, in a redline.
    Inserted,
    /// Taken away since then.
    Deleted,
}

impl InlineStyle {
    /// Returns words as they are written where nothing can be raised or lowered. A
    /// superscript of digits keeps its value: 10⁶, not 106.
    pub fn plain(self, words: &str) -> String {
        let (signs, mark) = match self {
            Self::Superscript => (SUPERSCRIPTS, '^'),
            Self::Subscript => (SUBSCRIPTS, '_'),
            Self::SmallCapitals | Self::Underline => return words.to_owned(),
            Self::Inserted => return format!("{{+{words}+}}"),
            Self::Deleted => return format!("[-{words}-]"),
        };
        let sign = |c: char| signs.iter().find(|(plain, _)| *plain == c).map(|(_, sign)| *sign);
        match words.chars().map(sign).collect::<Option<String>>() {
            Some(signs) => signs,
            // The letters of 1st and of a variable's index read well on the line.
            None if words.chars().all(char::is_alphabetic) => words.to_owned(),
            None => format!("{mark}({words})"),
        }
    }
}

/// The raised signs of Unicode, with what they raise.
const SUPERSCRIPTS: &[(char, char)] = &[
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('−', '⁻'),
    ('=', '⁼'),
    ('(', '⁽'),
    (')', '⁾'),
];

/// The lowered signs of Unicode, with what they lower.
const SUBSCRIPTS: &[(char, char)] = &[
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('-', '₋'),
    ('−', '₋'),
    ('=', '₌'),
    ('(', '₍'),
    (')', '₎'),
];

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
    /// A table or a picture, and what it shows in words.
    Captioned {
        /// The table, or the paragraph that the picture is: one block.
        content: Vec<Block>,
        /// The caption, with its number where it has one.
        caption: Line,
    },
    /// Words of the text, pulled out of it and set in large type.
    PullQuote {
        /// The words.
        content: Vec<Block>,
        /// Who says them; may be empty.
        speaker: Line,
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
    /// The end of a page.
    PageBreak,
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
    /// How its items are numbered; `None`: bullets.
    pub numbering: Option<Numbering>,
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
    /// To the right (in right-to-left text: to the left).
    End,
    /// As numbers are: to the right whatever the direction, their decimals one below the
    /// other.
    Number,
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

impl Table {
    /// Returns whether the first column names its rows: it has a head, no cell of it is
    /// empty, and no two are alike. A table with more heads than cells needs none: it is
    /// read across without them.
    pub fn has_row_heads(&self) -> bool {
        let heads = self.head.len() + self.rows.len();
        if self.head.len().saturating_sub(1) * self.rows.len() < heads {
            return false;
        }
        let names: Vec<String> = self
            .rows
            .iter()
            .map(|row| {
                row.first()
                    .map(|cell| plain(cell).trim().to_owned())
                    .unwrap_or_default()
            })
            .collect();
        let is_named = names.iter().all(|name| !name.is_empty());
        let distinct: BTreeSet<&String> = names.iter().collect();
        let has_head = self.head.first().is_some_and(|head| !plain(head).trim().is_empty());
        is_named && has_head && distinct.len() == names.len()
    }

    /// Returns whether a column is there to be filled in by hand: it has a head, and no cell
    /// of it has anything.
    pub fn is_blank_column(&self, column: usize) -> bool {
        let is_blank = |cell: Option<&Line>| {
            cell.is_none_or(|cell| {
                let is_picture = |inline: &Inline| matches!(inline, Inline::Image(_));
                !cell.iter().any(is_picture) && plain(cell).trim().is_empty()
            })
        };
        !self.rows.is_empty()
            && !is_blank(self.head.get(column))
            && self.rows.iter().all(|row| is_blank(row.get(column)))
    }

    /// Returns by column whether it is there to be filled in by hand.
    pub fn blank_columns(&self) -> Vec<bool> {
        (0..self.head.len())
            .map(|column| self.is_blank_column(column))
            .collect()
    }

    /// Returns for each row the spaces that follow the number in a column.
    pub fn number_padding(&self, column: usize) -> Vec<String> {
        let cells: Vec<String> = self
            .rows
            .iter()
            .map(|row| row.get(column).map(|cell| plain(cell)).unwrap_or_default())
            .collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        numeric_column::padding(&cells)
    }
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
            Inline::Styled(style, inner) => out.push_str(&style.plain(&plain(inner))),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_superscript_keeps_its_value_in_plain_words() {
        let check = |style: InlineStyle, words: &str, expected: &str| assert_eq!(style.plain(words), expected);
        check(InlineStyle::Superscript, "6", "⁶");
        check(InlineStyle::Superscript, "-12", "⁻¹²");
        check(InlineStyle::Superscript, "st", "st");
        check(InlineStyle::Superscript, "1/2", "^(1/2)");
        check(InlineStyle::Subscript, "2", "₂");
        check(InlineStyle::Subscript, "x+1", "_(x+1)");
        check(InlineStyle::SmallCapitals, "NASA 5", "NASA 5");
    }
}
