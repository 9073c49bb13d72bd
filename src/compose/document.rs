//! The document: semantic parts, ready for any output.
//!
//! In: what the kinds' composers put together. Out: what `layout` sets on pages and
//! `emit::html` writes. Guaranteed: no [`Inline::Field`] and no [`Block::Excerpt`] is left, every
//! [`Inline::FootnoteMark`] has its footnote, footnotes are in the order of
//! their marks, and nothing private is in it. Absent: sizes, places, looks; the
//! page setting is passed on as the author asked for it.

use crate::model::labels::LabelWords;
use crate::model::letter::{DocumentKind, Envelope, PageSetting, RollStyle};
use crate::model::signatory::Kind;
use crate::model::style::StyleSetting;
use crate::model::units::Pt;
use crate::model::visit;
use crate::source::Origin;
use jiff::civil::Date;
use std::collections::BTreeMap;

pub use crate::model::numbering::{NumberKind, NumberSigns, Numbering};
pub use crate::model::text::{Alignment, Block, Image, Inline, InlineStyle, Line, List, Table, plain};

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
    /// Look and colours.
    pub style: StyleSetting,
    /// The head of the e-mail; no other output may use it.
    pub envelope: Envelope,
    /// Words that output stages print themselves, in the document's language.
    pub labels: Labels,
    /// The mark of a draft, in the document's language, if it may only circulate.
    pub draft: Option<String>,
    /// What pages repeat, where that is not the author and the date.
    pub running: Option<Running>,
    /// The same document in other languages.
    pub translations: Vec<Translation>,
    /// Where its page is on the web, and the picture that stands for it there.
    pub web: Option<WebPage>,
    /// The parts, in reading order.
    pub parts: Vec<Part>,
    /// The footnotes, in the order of their marks.
    pub footnotes: Vec<Vec<Block>>,
    /// The expressions of the fields that were filled in, by the places that their values
    /// have, for formats that people edit.
    pub fields: BTreeMap<Origin, String>,
}

impl Document {
    /// Returns what the document is about, where that says more than who sends it.
    pub fn running_subject(&self) -> &str {
        match self.subject.to_lowercase() == self.author.to_lowercase() {
            true => "",
            false => &self.subject,
        }
    }

    /// Returns what the pages after the first say of the document: who sends it, and what it is.
    pub fn running_title(&self) -> String {
        let pieces = [self.author.as_str(), self.running_subject()];
        let pieces: Vec<&str> = pieces.into_iter().filter(|piece| !piece.is_empty()).collect();
        pieces.join(" · ")
    }

    /// Returns the date as it is printed, without marks; `None` if there is none.
    pub fn dateline(&self) -> Option<String> {
        self.parts.iter().find_map(|part| match part {
            Part::Dateline(line) => Some(plain(line)),
            _ => None,
        })
    }

    /// Returns the place of a field or an excerpt that composing has left, if there is one.
    ///
    /// Documents and letters share one type of text, and with it one visitor, so that this
    /// is no matter of types: composing asks in debug builds, with every test.
    pub(super) fn unfilled(&self) -> Option<Origin> {
        let mut found = None;
        let mut see_line = |line: &Line| {
            visit::inlines_of_line(line, &mut |inline| {
                if let Inline::Field(field) = inline {
                    found.get_or_insert(field.origin);
                }
            });
        };
        let texts: Vec<PartText<'_>> = self.parts.iter().flat_map(Part::texts).collect();
        let notes = self.footnotes.iter().map(|note| PartText::Blocks(note));
        let mut excerpt = None;
        for text in texts.into_iter().chain(notes) {
            match text {
                PartText::Line(line) => see_line(line),
                PartText::Blocks(blocks) => {
                    visit::lines(blocks, &mut see_line);
                    visit::blocks(blocks, &mut |block| {
                        if let Block::Excerpt(left) = block {
                            excerpt.get_or_insert(left.origin);
                        }
                    });
                }
            }
        }
        found.or(excerpt)
    }
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
    /// "Skip to the text": the first link of HTML.
    pub skip: String,
    /// "Signatories": names the roll where it has no heading.
    pub signatories: String,
}

impl Labels {
    /// Returns the words of a language.
    pub fn of(words: &LabelWords) -> Self {
        Self {
            page_of: words.page_of.clone(),
            footnotes: words.footnotes.clone(),
            back: words.back.clone(),
            skip: words.skip.clone(),
            signatories: words.signatories.clone(),
        }
    }
}

/// What the pages of a release repeat.
#[derive(Clone, Debug, PartialEq)]
pub struct Running {
    /// The slug, at the head of every page but the first, beside the page's number.
    pub slug: String,
    /// "-more-", at the foot of every page but the last.
    pub more: String,
}

/// The same document in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// BCP 47 tag: `es-US`.
    pub language: String,
    /// Its HTML file, relative to this one's folder, with `/` between folders.
    pub path: String,
    /// What the link says, in the other language: "Leer en español".
    pub label: String,
}

/// A document as a page on the web.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebPage {
    /// Its address.
    pub address: String,
    /// What the picture beside it says.
    pub card: CardText,
}

/// The name of the picture beside a page, [`CardText`] as pixels.
pub const CARD: &str = "card.png";

/// Width and height of that picture, in pixels: what sites ask for whose posts link to a page.
pub const CARD_SIZE: (u32, u32) = (1200, 630);

/// What a picture says that stands for a document in posts and messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardText {
    /// The title.
    pub headline: String,
    /// Who sends it.
    pub sender: String,
    /// "102 signatories"; empty: nothing is said of them.
    pub count: String,
}

impl CardText {
    /// Returns the words for those who do not see the picture.
    pub fn alt(&self) -> String {
        let pieces = [&self.headline, &self.sender, &self.count];
        let pieces: Vec<&str> = pieces
            .into_iter()
            .map(|piece| piece.trim().trim_end_matches('.'))
            .filter(|piece| !piece.is_empty())
            .collect();
        pieces.join(". ")
    }
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
        /// The logos, side by side.
        logos: Vec<Image>,
        /// Who leads the coalition, beside the text of page 1.
        board: Vec<Line>,
    },
    /// What stands at the foot of page 1, such as the sender's address.
    SenderFoot(Vec<Line>),
    /// The date, in words.
    Dateline(Line),
    /// "Via electronic mail".
    Via(Line),
    /// The addressees: a block of lines for each address.
    Addressees(Vec<Vec<Line>>),
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
    /// When a release may be published: "FOR IMMEDIATE RELEASE".
    Release {
        /// The line, with its date, time and zone under an embargo.
        line: Line,
        /// Whether there is an embargo.
        embargoed: bool,
    },
    /// Whom the press may ask.
    Contacts {
        /// "Media contact:", in the document's language.
        label: String,
        /// A block of lines each: name, title, telephone, e-mail.
        contacts: Vec<Vec<Line>>,
    },
    /// The title as readers see it: a headline, a petition's demand, a page's hero.
    Headline {
        /// The title.
        title: Line,
        /// The sub-heading.
        subtitle: Option<Line>,
        /// The picture above it.
        picture: Option<Image>,
    },
    /// The first page of a plan, which stands alone.
    Cover {
        /// The title.
        title: Line,
        /// The sub-heading.
        subtitle: Option<Line>,
        /// The picture.
        picture: Option<Image>,
        /// Who publishes it and when, a line each.
        lines: Vec<Line>,
    },
    /// The headings of the document, with the pages they are on.
    Contents {
        /// "Contents", in the document's language.
        heading: String,
        /// The headings, in reading order.
        entries: Vec<ContentsEntry>,
    },
    /// "To:" and those a petition is to, a line each.
    Recipients {
        /// "To:", in the document's language.
        label: String,
        /// The lines.
        lines: Vec<Line>,
    },
    /// What readers are asked to do.
    Call(Call),
    /// What every release of the sender says about it.
    Boilerplate(Vec<Block>),
    /// "###" or "-30-": nothing follows.
    EndMark(String),
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

/// A text of a part.
#[derive(Clone, Copy, Debug)]
pub enum PartText<'a> {
    /// A line.
    Line(&'a Line),
    /// Blocks.
    Blocks(&'a [Block]),
}

impl Part {
    /// Returns the texts of a part that the letter's author wrote, in reading order.
    pub fn texts(&self) -> Vec<PartText<'_>> {
        let mut lines: Vec<&Line> = Vec::new();
        match self {
            Self::Letterhead {
                name,
                lines: more,
                board,
                ..
            } => {
                lines.push(name);
                lines.extend(more);
                lines.extend(board);
            }
            Self::SenderFoot(more) => lines.extend(more),
            Self::Dateline(line)
            | Self::Via(line)
            | Self::Salutation(line)
            | Self::Closing(line)
            | Self::Release { line, .. }
            | Self::Subject { content: line, .. } => lines.push(line),
            Self::Notes { lines: more, .. } | Self::Recipients { lines: more, .. } => lines.extend(more),
            Self::Addressees(blocks) => lines.extend(blocks.iter().flatten()),
            Self::Signatures(signatures) => lines.extend(signatures.iter().flat_map(|one| &one.lines)),
            Self::Contacts { contacts, .. } => lines.extend(contacts.iter().flatten()),
            Self::Headline { title, subtitle, .. } => {
                lines.push(title);
                lines.extend(subtitle);
            }
            Self::Cover {
                title,
                subtitle,
                lines: more,
                ..
            } => {
                lines.push(title);
                lines.extend(subtitle);
                lines.extend(more);
            }
            Self::Call(call) => {
                lines.extend(&call.heading);
                lines.extend(&call.text);
                lines.push(&call.label);
            }
            Self::Roll(roll) => {
                lines.extend(&roll.heading);
                lines.extend(&roll.note);
            }
            Self::Body(blocks) | Self::Boilerplate(blocks) | Self::Appendix(blocks) => {
                return vec![PartText::Blocks(blocks)];
            }
            // The contents repeat headings; the mark is the program's own.
            Self::Contents { .. } | Self::EndMark(_) => {}
        }
        lines.into_iter().map(PartText::Line).collect()
    }
}

/// Returns true if the blocks of addressees stand side by side: where, one below the other,
/// they would push the letter itself off its first page.
pub fn abreast(blocks: &[Vec<Line>]) -> bool {
    /// Most lines that stand one below the other, an empty line between blocks counted.
    const STACKED: usize = 15;
    let lines: usize = blocks.iter().map(|lines| lines.len() + 1).sum();
    blocks.len() > 1 && lines > STACKED + 1
}

/// Returns the picture that a line consists of, and where it leads: it is a figure.
pub fn lone_picture(line: &[Inline]) -> Option<(&Image, Option<&str>)> {
    fn within<'a>(line: &'a [Inline], to: Option<&'a str>) -> Option<(&'a Image, Option<&'a str>)> {
        let is_space = |inline: &&Inline| !matches!(inline, Inline::Text(text) if text.trim().is_empty());
        let mut rest = line.iter().filter(is_space);
        let (Some(only), None) = (rest.next(), rest.next()) else {
            return None;
        };
        match only {
            Inline::Image(image) => Some((image, to)),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Styled(_, inner) => within(inner, to),
            Inline::Link { to, content, .. } => within(content, Some(to)),
            _ => None,
        }
    }
    within(line, None)
}

/// One who signs by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Signature {
    /// The signature as a picture; `None`: a line to sign on.
    pub image: Option<Image>,
    /// Name, title, organisation: a line each.
    pub lines: Vec<Line>,
}

/// A heading as the contents have it.
#[derive(Clone, Debug, PartialEq)]
pub struct ContentsEntry {
    /// 1: outermost.
    pub level: u8,
    /// What the heading says, without footnote marks.
    pub title: Line,
    /// The origin of the [`Block::Heading`] it is; `None`: the roll.
    pub heading: Option<Origin>,
}

/// A call to act.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// What stands above it.
    pub heading: Option<Line>,
    /// Why and how.
    pub text: Option<Line>,
    /// Where to: a web address.
    pub to: String,
    /// What the link says.
    pub label: Line,
    /// Where the address was written.
    pub origin: Origin,
    /// The address as a QR code, an SVG, with its words.
    pub code: Option<Image>,
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
    /// The size of the names; `None`: a share of the text's.
    pub font_size: Option<Pt>,
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

    /// Returns the size of its names beside a text of some size: small, for a name is read
    /// alone, but never hard to read.
    pub fn name_size(&self, text: Pt) -> Pt {
        self.font_size.unwrap_or(Self::usual_size(text))
    }

    /// Returns the size of names where no setting asks for another.
    pub fn usual_size(text: Pt) -> Pt {
        /// Size of names beside the text.
        const SHARE: f64 = 0.82;
        /// Smallest size of names, in points, under a text that is no smaller.
        const LEAST: f64 = 8.0;
        Pt((text.0 * SHARE).max(LEAST.min(text.0)))
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
#[derive(Clone, Debug, PartialEq)]
pub struct RollEntry {
    /// The printed name.
    pub name: String,
    /// Its place among all signatories in the order of the roll, from 0, wherever a mail merge
    /// prints it.
    pub rank: usize,
    /// The mark after the name and its place, one of [`FROM_YOURS`]; empty if there is none.
    pub mark: &'static str,
    /// Organization or individual.
    pub kind: Kind,
    /// The place, printed after the name on the same line.
    pub place: Option<String>,
    /// An individual's title and affiliation, or an organization's representative: in a list,
    /// on a line of its own.
    pub detail: Option<String>,
    /// For [`RollStyle::Logos`]: the signatory's logo, whose words are its name.
    pub logo: Option<Image>,
}

/// The marks after the names of signatories from where the recipient is.
pub const FROM_YOURS: [&str; 2] = ["†", "‡"];

impl RollEntry {
    /// Returns the whole entry as running text: the name, the place, the detail.
    pub fn printed(&self) -> String {
        match &self.detail {
            Some(detail) => format!("{}, {detail}", self.with_place()),
            None => self.with_place(),
        }
    }

    /// Returns the name with its place.
    pub fn with_place(&self) -> String {
        let mark = self.mark;
        match &self.place {
            Some(place) => format!("{}, {place}{mark}", self.name),
            None => format!("{}{mark}", self.name),
        }
    }
}
