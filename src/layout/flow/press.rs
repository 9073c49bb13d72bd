//! Builds what opens and closes a press release: its release line, contacts, end mark.
//!
//! In: their parts. Out: blocks of the flow, and their nodes. Guaranteed: an embargo has
//! the accent's color. Absent: the headline, which is in `title`.

use crate::compose::document::{Inline, Line};
use crate::layout::flow::block::FlowBlock;
use crate::layout::flow::builder::FlowBuilder;
use crate::layout::frame::Role;
use crate::layout::paragraph::format::{Align, ParagraphFormat};
use crate::layout::text::font_style::FontStyle;

impl FlowBuilder<'_> {
    /// Builds "FOR IMMEDIATE RELEASE", or the embargo, which must not be overlooked.
    pub(crate) fn release(&mut self, line: &Line, embargoed: bool) {
        let style = self.metrics.style(FontStyle::SansBold, self.metrics.size);
        let style = if embargoed {
            style.color(self.metrics.accent())
        } else {
            style
        };
        self.simple(line, style, 1.0);
    }

    /// Builds "DRAFT", above everything.
    pub(crate) fn draft(&mut self, mark: &str) {
        // Smaller than the text, so that it has no line number.
        let style = self.metrics.style(FontStyle::SansBold, self.metrics.size * 0.9);
        let style = style.color(self.metrics.accent());
        self.simple(&vec![Inline::Text(mark.into())], style, 1.0);
        // As the letterhead does, it begins at the margin: what stands beside the text begins
        // below both.
        if let Some(FlowBlock::Paragraph(mark)) = self.blocks.last_mut() {
            (mark.left, mark.format.width) = (0.0, self.metrics.measure);
        }
    }

    /// Builds the contacts, whom the press may ask: one beside the label, several side by side
    /// below it.
    pub(crate) fn contacts(&mut self, label: &str, contacts: &[Vec<Line>]) {
        if let [lines] = contacts {
            return self.labeled(label, lines);
        }
        let style = self.metrics.style(FontStyle::SansBold, self.metrics.size * 0.87);
        self.simple(&vec![Inline::Text(label.into())], style, 1.0);
        if let Some(FlowBlock::Paragraph(label)) = self.blocks.last_mut() {
            label.make_heading();
            label.after = 0.0;
        }
        let region = self.region();
        self.side_by_side(contacts, 2, &region);
    }

    /// Builds "###": nothing follows.
    pub(crate) fn end_mark(&mut self, mark: &str) {
        let region = self.region();
        let sect = self.sect();
        let node = self.tags.node(sect, Role::Paragraph);
        let text = self.tags.plain(mark, region.style, node);
        let format = ParagraphFormat {
            align: Align::Center,
            ..self.line_format(&region)
        };
        let mut paragraph = Self::paragraph(text, format, &region);
        paragraph.before = region.gap * 2.0;
        self.push(paragraph, sect);
    }
}
