//! The document: semantic parts, ready for any output.
//!
//! In: what `compose::letter` put together. Out: what `layout` sets on pages and
//! `emit::html` writes. Guaranteed: no [`Inline::Field`] is left, every
//! [`Inline::FootnoteMark`] has its footnote, footnotes are in the order of
//! their marks, and nothing private is in it. Absent: sizes, places, looks; the
//! page setting is passed on as the author asked for it.

use crate::model::letter::{DocumentKind, PageSetting, RollStyle};
use jiff::civil::Date;

pub use crate::model::text::{Alignment, Block, Image, Inline, Line, List, Table, plain};

/// A document of semantic parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The genre.
    pub kind: DocumentKind,
    /// The title, for metadata and the browser's tab.
    pub title: String,
    /// The coalition, for metadata.
    pub author: String,
    /// What it is about, for metadata.
    pub subject: String,
    /// BCP 47 tag of the whole document: `en-US`.
    pub language: String,
    /// The document's date; all dates in metadata are this one.
    pub date: Option<Date>,
    /// How pages look.
    pub page: PageSetting,
    /// Words that output stages print themselves, in the document's language.
    pub labels: Labels,
    /// The parts, in reading order.
    pub parts: Vec<Part>,
    /// The footnotes, in the order of their marks.
    pub footnotes: Vec<Vec<Block>>,
}

/// Words that output stages print themselves, in the document's language.
#[derive(Clone, Debug, PartialEq)]
pub struct Labels {
    /// "Page {page} of {pages}".
    pub page_of: String,
    /// "Footnotes": the heading of HTML's notes.
    pub footnotes: String,
    /// "Back to the text": the accessible name of HTML's back links.
    pub back: String,
    /// "Signatories": names the roll where it has no heading.
    pub signatories: String,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// The sender's head of page 1.
    Letterhead {
        /// The coalition's name.
        name: Line,
        /// Further lines.
        lines: Vec<Line>,
        /// The logo.
        logo: Option<Image>,
    },
    /// The date, in words.
    Dateline(Line),
    /// "Via electronic mail".
    Via(Line),
    /// The block of one addressee, a line each.
    Addressee(Vec<Line>),
    /// "RE:" and what stands after it.
    Subject {
        /// "RE:", in the document's language.
        label: String,
        /// The subject.
        content: Line,
    },
    /// "Dear Secretary Mayorkas:".
    Salutation(Line),
    /// The text.
    Body(Vec<Block>),
    /// "Respectfully,".
    Closing(Line),
    /// Who signs by hand.
    Signatures(Vec<Signature>),
    /// Who signed.
    Roll(Roll),
    /// "cc:" or "Enclosures:" and a line each.
    Notes {
        /// The label, in the document's language.
        label: String,
        /// The lines.
        lines: Vec<Line>,
    },
    /// What is appended; it begins a page.
    Appendix(Vec<Block>),
}

/// One who signs by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Signature {
    /// The signature as a picture; `None`: a line to sign on.
    pub image: Option<Image>,
    /// Name, title, organisation: a line each.
    pub lines: Vec<Line>,
}

/// The printed list of signatories.
#[derive(Clone, Debug, PartialEq)]
pub struct Roll {
    /// What stands above it.
    pub heading: Option<Line>,
    /// Columns, list or sentence.
    pub style: RollStyle,
    /// 1 to 3.
    pub columns: u8,
    /// The sections, each without a heading where the roll is not divided.
    pub sections: Vec<RollSection>,
    /// A note printed once after the roll: "for identification purposes only".
    pub note: Option<Line>,
}

impl Roll {
    /// How many signatories it prints.
    pub fn len(&self) -> usize {
        self.sections.iter().map(|section| section.entries.len()).sum()
    }

    /// Whether it prints nobody.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A section of the roll.
#[derive(Clone, Debug, PartialEq)]
pub struct RollSection {
    /// Its heading.
    pub heading: Option<String>,
    /// For [`RollStyle::Sentence`]: the section's signatories as one sentence,
    /// joined as the language joins them; otherwise empty.
    pub sentence: String,
    /// The signatories, in the order of printing.
    pub entries: Vec<RollEntry>,
}

/// One signatory as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollEntry {
    /// The printed name.
    pub name: String,
    /// An individual's title and affiliation, printed after the name.
    pub detail: Option<String>,
}
