//! Builds signatures by hand: a line or a scanned signature, and whose it is.
//!
//! In: the signatures of a document. Out: blocks of two side by side, each kept whole,
//! and their nodes. Guaranteed: reading order is each signer's signature, name, title and
//! organization, then the next signer. Absent: the roll.

use crate::compose::document::Signature;
use crate::layout::flow::block::{FlowBlock, SignatureCell, SignatureRowBlock};
use crate::layout::flow::builder::{FlowBuilder, Region};
use crate::layout::flow::figure;
use crate::layout::frame::Role;
use crate::layout::paragraph::format::ParagraphFormat;

/// Room to sign in, in lines of text: half an inch at the usual size, as much as
/// forms give.
const ROOM: f64 = 2.4;

/// Longest line to sign on, in points: three inches.
const LONGEST: f64 = 216.0;

/// Counts those that stand side by side.
const ABREAST: usize = 2;

impl FlowBuilder<'_> {
    /// Builds the signatures by hand, two side by side.
    pub(crate) fn signatures(&mut self, signatures: &[Signature]) {
        let metrics = self.metrics;
        let region = self.region();
        let column = (region.width - metrics.gutter()) / ABREAST as f64;
        let width = column.min(LONGEST);
        let height = metrics.leading() * ROOM;
        for row in signatures.chunks(ABREAST) {
            let sect = self.sect();
            let mut cells = Vec::new();
            let mut notes = Vec::new();
            for (index, signature) in row.iter().enumerate() {
                let from_start = (column + metrics.gutter()) * index as f64;
                let left = if self.rtl {
                    region.width - from_start - width
                } else {
                    from_start
                };
                let place = (left, width, height);
                let figure = signature
                    .image
                    .as_ref()
                    .and_then(|image| figure::signature(image, place, sect, metrics, &mut self.tags));
                let node = self.tags.node(sect, Role::Paragraph);
                let inner = Region {
                    left: if self.rtl { left + width - column } else { left },
                    width: column,
                    ..region
                };
                let mut paragraphs = Vec::new();
                for (number, line) in signature.lines.iter().enumerate() {
                    let mut text = self.tags.inlines(line, region.style, node);
                    if text.is_empty() {
                        continue;
                    }
                    notes.extend(text.notes());
                    if number + 1 < signature.lines.len() {
                        text.end_with_space();
                    }
                    let format = ParagraphFormat {
                        rest: region.style.size,
                        ..self.line_format(&inner)
                    };
                    paragraphs.push(Self::paragraph(text, format, &inner));
                }
                cells.push(SignatureCell {
                    left,
                    width,
                    figure,
                    paragraphs,
                });
            }
            self.blocks.push(FlowBlock::SignatureRow(SignatureRowBlock {
                signatures: cells,
                space: height,
                gap: region.gap,
            }));
            self.footnotes(&notes, sect);
        }
    }
}
