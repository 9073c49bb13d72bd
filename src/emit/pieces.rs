//! A document's parts as few kinds of pieces, for formats without a room for each.
//!
//! In: the [`Part`]s of a document. Out: [`Piece`]s in reading order. Guaranteed:
//! nothing that is read is left out; a new kind of part does not compile until it
//! is said here what it is to plain text, Markdown, e-mail and Word. Absent: looks.

use crate::compose::document::{Block, Document, Image, Line, Part, Roll};
use std::slice::from_ref;

/// What stands in a document, as far as simple formats tell it apart.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece<'a> {
    /// The sender's logo.
    Logo(&'a Image),
    /// Lines one below the other.
    Lines(Role, &'a [Line]),
    /// The document's heading, after its label: "RE:".
    Title(&'a str, &'a Line),
    /// The text.
    Blocks(&'a [Block]),
    /// Who signed.
    Roll(&'a Roll),
    /// A label and the lines it is for: "cc:".
    Notes(&'a str, &'a [Line]),
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
            Part::Notes { label, lines } => out.push(Piece::Notes(label, lines)),
        }
    }
    out.retain(|piece| !piece.is_empty());
    out
}

impl Piece<'_> {
    /// Whether there is nothing to read or see.
    fn is_empty(&self) -> bool {
        match self {
            Self::Logo(_) | Self::Title(..) => false,
            Self::Lines(_, lines) => lines.iter().all(Vec::is_empty),
            Self::Blocks(blocks) => blocks.is_empty(),
            Self::Roll(roll) => roll.is_empty() && roll.heading.is_none(),
            Self::Notes(_, lines) => lines.is_empty(),
        }
    }
}
