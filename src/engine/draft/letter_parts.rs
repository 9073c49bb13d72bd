//! The parts of a letter that was a draft, as plain values.

use crate::model::signatory::{Column, Kind, Record};
use crate::model::text::{Block, Image, Line};
use crate::source::Origin;
use jiff::civil::Date;

/// A part that was found, with its place in the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPart {
    /// The number of its first paragraph, from 1.
    pub paragraph: usize,
    /// The part: "the date".
    pub part: &'static str,
    /// Its words, or what becomes of it.
    pub words: String,
    /// True if a person should look at it.
    pub is_question: bool,
}

/// What becomes of paragraphs that are bold and nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BoldAlone {
    /// They stay bold, and are asked about.
    #[default]
    Ask,
    /// They become headings.
    Headings,
    /// They stay bold.
    Text,
}

/// The parts of a letter.
#[derive(Debug, Default)]
pub(super) struct LetterParts {
    pub(super) letterhead: Vec<Line>,
    /// The sender's picture.
    pub(super) logo: Option<Image>,
    pub(super) date: Option<Date>,
    pub(super) via: Option<Line>,
    pub(super) to: Vec<Vec<Line>>,
    pub(super) subject: Option<Line>,
    pub(super) title: Option<Line>,
    pub(super) salutation: Option<Line>,
    pub(super) body: Vec<Block>,
    pub(super) closing: Option<Line>,
    /// Those who sign by hand: the lines below each signature.
    pub(super) signatures: Vec<Vec<Line>>,
    pub(super) roll_heading: Option<Line>,
    pub(super) roll: Vec<RollRow>,
    pub(super) copies: Vec<Line>,
    pub(super) enclosures: Vec<Line>,
    pub(super) appendices: Vec<Vec<Block>>,
    pub(super) found: Vec<FoundPart>,
}

impl LetterParts {
    pub(super) fn find(&mut self, paragraph: usize, part: &'static str, words: impl Into<String>) {
        self.found.push(FoundPart {
            paragraph,
            part,
            words: words.into(),
            is_question: false,
        });
    }

    pub(super) fn ask(&mut self, paragraph: usize, part: &'static str, words: impl Into<String>) {
        self.found.push(FoundPart {
            paragraph,
            part,
            words: words.into(),
            is_question: true,
        });
    }
}

/// A row of the roll.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RollRow {
    pub(super) name: String,
    pub(super) is_individual: bool,
    pub(super) section: Option<String>,
    /// Other cells, as the columns of a table or the style of the roll name them.
    pub(super) cells: Vec<(Column, String)>,
}

impl RollRow {
    /// Returns the row as a record.
    pub(super) fn record(&self, origin: Origin) -> Record {
        let mut record = Record::new(self.name.as_str(), origin);
        if self.is_individual {
            record.kind = Kind::Individual;
        }
        if let Some(section) = &self.section {
            record.set(Column::Section, section);
        }
        for (column, cell) in &self.cells {
            record.set(*column, cell);
        }
        record
    }
}
