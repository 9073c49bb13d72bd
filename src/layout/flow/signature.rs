//! Those who sign by hand: a line or a scanned signature, and whose it is.
//!
//! In: the signatures of a document. Out: blocks of two side by side, each kept
//! whole, and their nodes. Guaranteed: reading order is each signer's signature,
//! name, title and organisation, then the next signer.

use super::{Block, Builder};
use crate::compose::document::Signature;
use crate::layout::frame::Role;
use crate::layout::image::{self, Signer, Signers};
use crate::layout::paragraph::Form;

/// Room to sign in, in lines of text: half an inch at the usual size, as much as
/// forms give.
const ROOM: f64 = 2.4;

/// Longest line to sign on, in points: three inches.
const LONGEST: f64 = 216.0;

/// How many stand side by side.
const ABREAST: usize = 2;

impl Builder<'_> {
    pub(super) fn signatures(&mut self, signatures: &[Signature]) {
        let sheet = self.sheet;
        let room = self.room();
        let column = (room.width - sheet.gutter()) / ABREAST as f64;
        let width = column.min(LONGEST);
        let height = sheet.leading() * ROOM;
        for row in signatures.chunks(ABREAST) {
            let sect = self.sect();
            let mut signers = Vec::new();
            let mut notes = Vec::new();
            for (index, signature) in row.iter().enumerate() {
                let from_start = (column + sheet.gutter()) * index as f64;
                let left = if self.rtl {
                    room.width - from_start - width
                } else {
                    from_start
                };
                let place = (left, width, height);
                let figure = signature
                    .image
                    .as_ref()
                    .and_then(|image| image::signature(image, place, sect, sheet, &mut self.tags));
                let node = self.tags.node(sect, Role::Paragraph);
                let inner = super::Room {
                    left: if self.rtl { left + width - column } else { left },
                    width: column,
                    ..room
                };
                let mut paragraphs = Vec::new();
                for (number, line) in signature.lines.iter().enumerate() {
                    let mut text = self.tags.inlines(line, room.style, node);
                    if text.is_empty() {
                        continue;
                    }
                    notes.extend(text.notes());
                    if number + 1 < signature.lines.len() {
                        text.end_with_space();
                    }
                    let form = Form {
                        rest: room.style.size,
                        ..self.line_form(&inner)
                    };
                    paragraphs.push(Self::paragraph(text, form, &inner));
                }
                signers.push(Signer {
                    left,
                    width,
                    figure,
                    paragraphs,
                });
            }
            self.blocks.push(Block::Signers(Signers {
                signers,
                room: height,
                gap: room.gap,
            }));
            self.call(&notes, sect);
        }
    }
}
