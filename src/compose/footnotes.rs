//! Footnotes in the order in which a reader meets their marks.
//!
//! In: parts and footnotes as the letter has them. Out: the same, the marks
//! renumbered from 0 in reading order. Guaranteed: every mark has its footnote,
//! every footnote a mark. Marks within footnotes come after those of the text.

use super::document::{Block, Inline, Line, Part};
use crate::model::visit::lines_mut;

/// Renumbers the marks of the parts and returns the footnotes in their order.
pub(super) fn renumber(parts: &mut [Part], footnotes: &[Vec<Block>]) -> Vec<Vec<Block>> {
    let mut order = MarkOrder {
        places: vec![None; footnotes.len()],
        met: Vec::new(),
    };
    for part in parts {
        order.part(part);
    }
    let mut out = Vec::new();
    // The list of those met grows while footnotes are walked.
    while let Some(&original) = order.met.get(out.len()) {
        let mut footnote = footnotes[original].clone();
        order.blocks(&mut footnote);
        out.push(footnote);
    }
    out
}

struct MarkOrder {
    /// The new number of each footnote, once its mark was met.
    places: Vec<Option<usize>>,
    /// The footnotes' old numbers, in the order of their marks.
    met: Vec<usize>,
}

impl MarkOrder {
    fn part(&mut self, part: &mut Part) {
        match part {
            Part::Letterhead { name, lines, board, .. } => {
                self.line(name);
                self.lines(lines);
                self.lines(board);
            }
            Part::SenderFoot(lines) => self.lines(lines),
            Part::Dateline(line)
            | Part::Via(line)
            | Part::Salutation(line)
            | Part::Closing(line)
            | Part::Release { line, .. }
            | Part::Subject { content: line, .. } => self.line(line),
            Part::Signatures(signatures) => {
                for signature in signatures {
                    self.lines(&mut signature.lines);
                }
            }
            Part::Notes { lines, .. } | Part::Recipients { lines, .. } => self.lines(lines),
            Part::Addressees(blocks) => blocks.iter_mut().for_each(|lines| self.lines(lines)),
            Part::Contacts { contacts, .. } => contacts.iter_mut().for_each(|lines| self.lines(lines)),
            Part::Headline { title, subtitle, .. } => {
                self.line(title);
                subtitle.iter_mut().for_each(|line| self.line(line));
            }
            Part::Cover {
                title, subtitle, lines, ..
            } => {
                self.line(title);
                subtitle.iter_mut().for_each(|line| self.line(line));
                self.lines(lines);
            }
            Part::Call(call) => {
                for line in call.heading.iter_mut().chain(&mut call.text) {
                    self.line(line);
                }
                self.line(&mut call.label);
            }
            Part::Contents { .. } | Part::EndMark(_) => {}
            Part::Body(blocks) | Part::Boilerplate(blocks) | Part::Appendix(blocks) => self.blocks(blocks),
            Part::Roll(roll) => {
                for line in roll.heading.iter_mut().chain(&mut roll.note) {
                    self.line(line);
                }
            }
        }
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        lines_mut(blocks, &mut |line| self.line(line));
    }

    fn lines(&mut self, lines: &mut [Line]) {
        lines.iter_mut().for_each(|line| self.line(line));
    }

    fn line(&mut self, line: &mut Line) {
        // A mark without a footnote was reported when the letter was read.
        line.retain(|inline| !matches!(inline, Inline::FootnoteMark(mark) if *mark >= self.places.len()));
        for inline in line {
            if let Inline::FootnoteMark(mark) = inline {
                let place = self.places[*mark].unwrap_or_else(|| {
                    self.met.push(*mark);
                    self.met.len() - 1
                });
                self.places[*mark] = Some(place);
                *mark = place;
            }
            if let Some(content) = inline.content_mut() {
                self.line(content);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(text: &str, marks: &[usize]) -> Vec<Block> {
        let mut line = vec![Inline::Text(text.into())];
        line.extend(marks.iter().map(|mark| Inline::FootnoteMark(*mark)));
        vec![Block::Paragraph(line)]
    }

    #[test]
    fn marks_count_in_reading_order() {
        let mut parts = vec![
            Part::Salutation(vec![Inline::Emphasis(vec![Inline::FootnoteMark(2)])]),
            Part::Body(note("text", &[0, 2, 7])),
        ];
        let footnotes = [
            note("zero", &[3]),
            note("one", &[]),
            note("two", &[0]),
            note("three", &[]),
        ];
        let out = renumber(&mut parts, &footnotes);
        assert_eq!(
            parts,
            [
                Part::Salutation(vec![Inline::Emphasis(vec![Inline::FootnoteMark(0)])]),
                Part::Body(note("text", &[1, 0])),
            ]
        );
        assert_eq!(out, [note("two", &[1]), note("zero", &[2]), note("three", &[])]);
    }
}
