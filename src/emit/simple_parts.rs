//! A document's parts as a few kinds of simple parts, for formats that treat several kinds alike.
//!
//! In: the [`Part`]s of a document. Out: [`SimplePart`]s in reading order. Guaranteed:
//! nothing that is read is left out; a new kind of part does not compile until it
//! is said here what it is to plain text, Markdown, email and Word. Absent: looks.

use crate::compose::document::{Block, Call, ContentsEntry, Document, Image, Line, Part, Roll, Signature};
use std::slice::from_ref;

/// A part of a document, as far as simple formats distinguish them.
#[derive(Clone, Debug)]
pub(super) enum SimplePart<'a> {
    /// The mark of a draft.
    Draft(&'a str),
    /// Who sends it.
    Letterhead(Letterhead<'a>),
    /// The picture above the title, across the page.
    Hero(&'a Image),
    /// Lines one below the other.
    Lines(LineRole, &'a [Line]),
    /// The document's heading, after its label: "RE:".
    Title(&'a str, &'a Line),
    /// The headings that follow, beneath one of their own.
    Contents(&'a str, &'a [ContentsEntry]),
    /// The text.
    Blocks(&'a [Block]),
    /// Text that begins a page.
    Appendix(&'a [Block]),
    /// The call to action.
    Call(&'a Call),
    /// The addressees, a block of lines each.
    Addressees(&'a [Vec<Line>]),
    /// Those who sign by hand.
    Signatures(&'a [Signature]),
    /// Who signed.
    Roll(&'a Roll),
    /// A label and the lines it is for: "cc:".
    Notes(&'a str, &'a [Line]),
    /// A label and those whom a petition is to: "To:".
    Recipients(&'a str, &'a [Line]),
    /// A label and whom the press may ask, a block of lines each.
    Contacts(&'a str, &'a [Vec<Line>]),
    /// Nothing follows.
    EndMark(&'a str),
}

/// The head of a letter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letterhead<'a> {
    /// The coalition's name; may be empty.
    pub(super) name: &'a Line,
    /// The lines below it.
    pub(super) lines: &'a [Line],
    /// The logos: one stands beside the name, several above it.
    pub(super) logos: &'a [Image],
}

impl<'a> Letterhead<'a> {
    /// Returns the logos that can be seen.
    pub(super) fn pictures(&self) -> Vec<&'a Image> {
        self.logos.iter().filter(|logo| logo.picture.is_some()).collect()
    }
}

/// The role of lines in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LineRole {
    /// Who leads the coalition.
    Board,
    /// What stands at the foot of page 1.
    SenderFoot,
    /// The date.
    Date,
    /// The way it is sent: "Via email".
    Via,
    /// "Dear Secretary Mayorkas:".
    Salutation,
    /// "Respectfully,".
    Closing,
    /// "FOR IMMEDIATE RELEASE".
    Release,
    /// The line below a headline.
    Subtitle,
    /// Who publishes it and when.
    Imprint,
}

/// Returns a document's parts, in reading order.
pub(super) fn simple_parts(document: &Document) -> Vec<SimplePart<'_>> {
    let mut out = Vec::new();
    out.extend(document.draft.as_deref().map(SimplePart::Draft));
    for part in &document.parts {
        match part {
            Part::Letterhead {
                name,
                lines,
                logos,
                board,
            } => {
                out.push(SimplePart::Letterhead(Letterhead { name, lines, logos }));
                out.push(SimplePart::Lines(LineRole::Board, board));
            }
            Part::SenderFoot(lines) => out.push(SimplePart::Lines(LineRole::SenderFoot, lines)),
            Part::Dateline(line) => out.push(SimplePart::Lines(LineRole::Date, from_ref(line))),
            Part::Via(line) => out.push(SimplePart::Lines(LineRole::Via, from_ref(line))),
            Part::Addressees(blocks) => out.push(SimplePart::Addressees(blocks)),
            Part::Subject { label, content } => out.push(SimplePart::Title(label, content)),
            Part::Salutation(line) => out.push(SimplePart::Lines(LineRole::Salutation, from_ref(line))),
            Part::Body(blocks) => out.push(SimplePart::Blocks(blocks)),
            Part::Closing(line) => out.push(SimplePart::Lines(LineRole::Closing, from_ref(line))),
            Part::Roll(roll) => out.push(SimplePart::Roll(roll)),
            Part::Notes { label, lines } => out.push(SimplePart::Notes(label, lines)),
            Part::Recipients { label, lines } => out.push(SimplePart::Recipients(label, lines)),
            Part::Signatures(signatures) => out.push(SimplePart::Signatures(signatures)),
            Part::Release { line, .. } => out.push(SimplePart::Lines(LineRole::Release, from_ref(line))),
            Part::Contacts { label, contacts } => out.push(SimplePart::Contacts(label, contacts)),
            Part::Headline {
                title,
                subtitle,
                picture,
            }
            | Part::Cover {
                title,
                subtitle,
                picture,
                ..
            } => {
                out.extend(picture.as_ref().map(SimplePart::Hero));
                out.push(SimplePart::Title("", title));
                out.extend(
                    subtitle
                        .as_ref()
                        .map(|line| SimplePart::Lines(LineRole::Subtitle, from_ref(line))),
                );
                if let Part::Cover { lines, .. } = part {
                    out.push(SimplePart::Lines(LineRole::Imprint, lines));
                }
            }
            Part::Contents { heading, entries } => out.push(SimplePart::Contents(heading, entries)),
            Part::Call(call) => out.push(SimplePart::Call(call)),
            Part::Boilerplate(blocks) => out.push(SimplePart::Blocks(blocks)),
            Part::Appendix(blocks) => out.push(SimplePart::Appendix(blocks)),
            Part::EndMark(mark) => out.push(SimplePart::EndMark(mark)),
        }
    }
    out.retain(|part| !part.is_empty());
    out
}

impl SimplePart<'_> {
    /// Returns whether there is nothing to read or see.
    fn is_empty(&self) -> bool {
        match self {
            Self::Hero(_) | Self::Title(..) | Self::Call(_) | Self::EndMark(_) | Self::Draft(_) => false,
            Self::Letterhead(head) => {
                head.name.is_empty() && head.logos.is_empty() && head.lines.iter().all(Vec::is_empty)
            }
            Self::Addressees(blocks) | Self::Contacts(_, blocks) => blocks.is_empty(),
            Self::Signatures(signatures) => signatures.is_empty(),
            Self::Lines(_, lines) => lines.iter().all(Vec::is_empty),
            Self::Contents(_, entries) => entries.is_empty(),
            Self::Blocks(blocks) | Self::Appendix(blocks) => blocks.is_empty(),
            Self::Roll(roll) => roll.is_empty() && roll.heading.is_none(),
            Self::Notes(_, lines) | Self::Recipients(_, lines) => lines.is_empty(),
        }
    }
}
