//! A document's parts as few kinds of pieces, for formats without a room for each.
//!
//! In: the [`Part`]s of a document. Out: [`Piece`]s in reading order. Guaranteed:
//! nothing that is read is left out; a new kind of part does not compile until it
//! is said here what it is to plain text, Markdown, e-mail and Word. Absent: looks.

use crate::compose::document::{Block, Call, ContentsEntry, Document, Image, Line, Part, Roll, Signature};
use std::slice::from_ref;

/// What stands in a document, as far as simple formats tell it apart.
#[derive(Clone, Debug)]
pub(super) enum Piece<'a> {
    /// The sender's logo.
    Logo(&'a Image),
    /// The picture above the title, across the page.
    Hero(&'a Image),
    /// Lines one below the other.
    Lines(Role, &'a [Line]),
    /// The document's heading, after its label: "RE:".
    Title(&'a str, &'a Line),
    /// The headings that follow, beneath one of their own.
    Contents(&'a str, &'a [ContentsEntry]),
    /// The text.
    Blocks(&'a [Block]),
    /// Text that begins a page.
    Appendix(&'a [Block]),
    /// What readers are asked to do.
    Call(&'a Call),
    /// One who signs by hand.
    Signature(&'a Signature),
    /// Who signed.
    Roll(&'a Roll),
    /// A label and the lines it is for, in groups: "cc:".
    Notes(&'a str, Vec<&'a [Line]>),
    /// Nothing follows.
    EndMark(&'a str),
}

/// What lines are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// The coalition's name.
    Sender,
    /// What stands below it.
    SenderLines,
    /// The date.
    Date,
    /// How it is sent.
    Via,
    /// The block of one addressee.
    Addressee,
    /// "Dear Secretary Mayorkas:".
    Salutation,
    /// "Respectfully,".
    Closing,
    /// "FOR IMMEDIATE RELEASE".
    Release,
    /// What stands below a headline.
    Subtitle,
    /// Who publishes it and when.
    Imprint,
}

/// Returns a document's pieces, in reading order.
pub(super) fn pieces(document: &Document) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    for part in &document.parts {
        match part {
            Part::Letterhead { name, lines, logo } => {
                out.extend(logo.as_ref().map(Piece::Logo));
                out.push(Piece::Lines(Role::Sender, from_ref(name)));
                out.push(Piece::Lines(Role::SenderLines, lines));
            }
            Part::Dateline(line) => out.push(Piece::Lines(Role::Date, from_ref(line))),
            Part::Via(line) => out.push(Piece::Lines(Role::Via, from_ref(line))),
            Part::Addressee(lines) => out.push(Piece::Lines(Role::Addressee, lines)),
            Part::Subject { label, content } => out.push(Piece::Title(label, content)),
            Part::Salutation(line) => out.push(Piece::Lines(Role::Salutation, from_ref(line))),
            Part::Body(blocks) => out.push(Piece::Blocks(blocks)),
            Part::Closing(line) => out.push(Piece::Lines(Role::Closing, from_ref(line))),
            Part::Roll(roll) => out.push(Piece::Roll(roll)),
            Part::Notes { label, lines } | Part::Recipients { label, lines } => {
                out.push(Piece::Notes(label, vec![lines]));
            }
            Part::Signatures(signatures) => out.extend(signatures.iter().map(Piece::Signature)),
            Part::Release { line, .. } => out.push(Piece::Lines(Role::Release, from_ref(line))),
            Part::Contacts { label, contacts } => {
                out.push(Piece::Notes(label, contacts.iter().map(Vec::as_slice).collect()));
            }
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
                out.extend(picture.as_ref().map(Piece::Hero));
                out.push(Piece::Title("", title));
                out.extend(
                    subtitle
                        .as_ref()
                        .map(|line| Piece::Lines(Role::Subtitle, from_ref(line))),
                );
                if let Part::Cover { lines, .. } = part {
                    out.push(Piece::Lines(Role::Imprint, lines));
                }
            }
            Part::Contents { heading, entries } => out.push(Piece::Contents(heading, entries)),
            Part::Call(call) => out.push(Piece::Call(call)),
            Part::Boilerplate(blocks) => out.push(Piece::Blocks(blocks)),
            Part::Appendix(blocks) => out.push(Piece::Appendix(blocks)),
            Part::EndMark(mark) => out.push(Piece::EndMark(mark)),
        }
    }
    out.retain(|piece| !piece.is_empty());
    out
}

impl Piece<'_> {
    /// Whether there is nothing to read or see.
    fn is_empty(&self) -> bool {
        match self {
            Self::Logo(_) | Self::Hero(_) => false,
            Self::Title(..) | Self::Call(_) | Self::Signature(_) | Self::EndMark(_) => false,
            Self::Lines(_, lines) => lines.iter().all(Vec::is_empty),
            Self::Contents(_, entries) => entries.is_empty(),
            Self::Blocks(blocks) | Self::Appendix(blocks) => blocks.is_empty(),
            Self::Roll(roll) => roll.is_empty() && roll.heading.is_none(),
            Self::Notes(_, groups) => groups.iter().all(|lines| lines.is_empty()),
        }
    }
}
