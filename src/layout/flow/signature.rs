//! Builds signatures by hand: a line or a scanned signature, and whose it is.
//!
//! In: the signatures of a document. Out: blocks of two side by side, each kept whole,
//! and their nodes. Guaranteed: reading order is each signer's signature, name, title and
//! organization, then the next signer. Absent: the roll.

use crate::compose::document::{Line, Signature};
use crate::layout::flow::block::{CellHead, CellRowBlock, FlowBlock, ParagraphBlock, RowCell};
use crate::layout::flow::builder::{FlowBuilder, Region};
use crate::layout::flow::figure;
use crate::layout::frame::{NodeId, Role};

/// Room to sign in, in lines of text: half an inch at the usual size, as much as
/// forms give.
const ROOM: f64 = 2.4;

/// Longest line to sign on, in points: three inches.
const LONGEST: f64 = 216.0;

/// Counts those that stand on one page, however little room is left for them.
const TOGETHER: usize = 6;

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
        for (number, row) in signatures.chunks(ABREAST).enumerate() {
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
                let head = figure.map_or(CellHead::Line, CellHead::Figure);
                let inner = Region {
                    left: if self.rtl { left + width - column } else { left },
                    width: column,
                    ..region
                };
                let paragraphs = self.cell_lines(&signature.lines, &inner, sect, &mut notes);
                cells.push(RowCell {
                    left,
                    width,
                    head,
                    paragraphs,
                });
            }
            self.blocks.push(FlowBlock::CellRow(CellRowBlock {
                cells,
                space: height,
                gap: region.gap,
                keep_with_previous: number > 0 && signatures.len() <= TOGETHER,
            }));
            self.footnotes(&notes, sect);
        }
    }

    /// Builds the lines of a cell of a row, one paragraph to those who hear it.
    pub(super) fn cell_lines(
        &mut self,
        lines: &[Line],
        region: &Region,
        sect: NodeId,
        notes: &mut Vec<usize>,
    ) -> Vec<ParagraphBlock> {
        let node = self.tags.node(sect, Role::Paragraph);
        let mut paragraphs = Vec::new();
        for (number, line) in lines.iter().enumerate() {
            let mut text = self.tags.inlines(line, region.style, node);
            if text.is_empty() {
                continue;
            }
            notes.extend(text.notes());
            if number + 1 < lines.len() {
                text.end_with_space();
            }
            paragraphs.push(Self::paragraph(text, self.line_format(region), region));
        }
        paragraphs
    }

    /// Builds blocks of lines side by side, in rows of so many columns.
    pub(super) fn side_by_side(&mut self, blocks: &[Vec<Line>], columns: usize, region: &Region) {
        let gutter = self.metrics.gutter();
        let width = (region.width - gutter * (columns as f64 - 1.0)) / columns as f64;
        for row in blocks.chunks(columns) {
            let sect = self.sect();
            let mut notes = Vec::new();
            let mut cells = Vec::new();
            for (index, lines) in row.iter().enumerate() {
                let from_start = (width + gutter) * index as f64;
                let left = region.left
                    + if self.rtl {
                        region.width - from_start - width
                    } else {
                        from_start
                    };
                let inner = Region { left, width, ..*region };
                cells.push(RowCell {
                    left,
                    width,
                    head: CellHead::Nothing,
                    paragraphs: self.cell_lines(lines, &inner, sect, &mut notes),
                });
            }
            self.blocks.push(FlowBlock::CellRow(CellRowBlock {
                cells,
                space: 0.0,
                gap: region.gap,
                keep_with_previous: false,
            }));
            self.footnotes(&notes, sect);
        }
    }
}
