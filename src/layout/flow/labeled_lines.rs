//! Builds lines that hang from a label: recipients, contacts, copies, enclosures.
//!
//! In: the label and its lines. Out: blocks of the flow, and their nodes. Guaranteed:
//! lists of one kind start at one edge; a label too wide stands above its lines. Absent:
//! the letter's subject, which is a heading.

use crate::compose::document::{Line, Part};
use crate::layout::flow::block::Label;
use crate::layout::flow::builder::{FlowBuilder, Region, WIDE_LABEL};
use crate::layout::frame::{Artifact, Mark, Role, Structure};
use crate::layout::paragraph::format::Align;
use crate::layout::text::atom::measure;
use crate::layout::text::font_style::FontStyle;
use crate::layout::text::styled_text::StyledText;

impl FlowBuilder<'_> {
    /// Builds "To:" and those a petition is to.
    pub(crate) fn recipients(&mut self, label: &str, lines: &[Line]) {
        self.labeled(label, lines);
    }

    /// Builds a label and lines hanging from it.
    pub(super) fn labeled(&mut self, label: &str, lines: &[Line]) {
        let region = self.region();
        let sect = self.sect();
        let node = self.tags.node(sect, Role::Paragraph);
        let style = self.metrics.style(FontStyle::SansBold, self.metrics.size * 0.87);
        let mut text = self.tags.plain(label, style, node);
        let width = self.label_width.max(measure(&text, self.shaper).0);
        self.label_width = width;
        let indent = if width == 0.0 {
            0.0
        } else {
            width + self.metrics.size * 0.8
        };
        let beside = indent < region.width * WIDE_LABEL;
        let (inner, left) = if beside {
            self.beside(&region, indent, indent)
        } else {
            (region, region.left)
        };
        text.end_with_space();
        let mut label = (!text.is_empty()).then_some(text);
        if !beside && let Some(text) = label.take() {
            let mut paragraph = Self::paragraph(text, self.line_format(&region), &region);
            paragraph.keep_with_next = true;
            self.push(paragraph, sect);
        }
        for (index, line) in lines.iter().enumerate() {
            let mut text = self.tags.inlines(line, inner.style, node);
            let last = index + 1 == lines.len();
            if !last {
                text.end_with_space();
            }
            let mut paragraph = Self::paragraph(text, self.line_format(&inner), &inner);
            paragraph.before = if index == 0 { region.gap } else { 0.0 };
            paragraph.after = if last { region.gap } else { 0.0 };
            (paragraph.keep_together, paragraph.keep_with_next) = (true, !last);
            paragraph.labels.extend(label.take().map(|text| Label {
                text,
                format: self.label_format(&region, indent, Align::Start),
                left,
            }));
            self.push(paragraph, sect);
        }
    }

    /// Builds "cc:" and its lines, hanging from it.
    pub(crate) fn notes_part(&mut self, label: &str, lines: &[Line]) {
        let region = self.region();
        let sect = self.tags.node(Structure::ROOT, Role::Sect);
        self.sect = None;
        let style = self.metrics.style(FontStyle::Serif, self.metrics.size * 0.91);
        let leading = style.size * 1.28;
        let label_node = self.tags.node(sect, Role::Paragraph);
        let label = self.tags.plain(label, style, label_node);
        // All such lists of a letter start at one edge, that of the widest label
        // which leaves room beside it.
        let space = style.size * 0.7;
        let fits = |width: f64| width + space < region.width * WIDE_LABEL;
        let beside = fits(measure(&label, self.shaper).0);
        let mark = Mark::Artifact(Artifact::Layout);
        let widest = self
            .document
            .parts
            .iter()
            .filter_map(|part| match part {
                Part::Notes { label, .. } => Some(measure(&StyledText::plain(label, style, mark), self.shaper).0),
                _ => None,
            })
            .filter(|&width| fits(width))
            .fold(0.0, f64::max);
        let indent = if widest > 0.0 { widest + space } else { style.size * 1.5 };
        let list = self.tags.node(sect, Role::List { ordered: false });
        let outer = Region {
            style,
            leading,
            gap: 0.0,
            align: Align::Start,
            ..region
        };
        let (inner, label_left) = self.beside(&outer, indent, indent);
        let format = self.line_format(&inner);
        let mut label = Some(label);
        if !beside && let Some(text) = label.take() {
            let mut paragraph = Self::paragraph(text, self.line_format(&outer), &outer);
            paragraph.before = region.gap * 1.8;
            paragraph.keep_with_next = true;
            self.push(paragraph, sect);
        }
        for (index, line) in lines.iter().enumerate() {
            let item = self.tags.node(list, Role::ListItem);
            let body = self.tags.node(item, Role::ListBody);
            let text = self.tags.inlines(line, style, body);
            let mut paragraph = Self::paragraph(text, format, &inner);
            paragraph.keep_together = true;
            // A short list stays whole; of a long one, no line stands alone on a page.
            paragraph.keep_with_next = lines.len() <= SHORT || index == 0 || index + 2 == lines.len();
            paragraph.keep_with_next &= index + 1 < lines.len();
            if index == 0 {
                paragraph.before = if beside { region.gap * 1.8 } else { 0.0 };
                paragraph.labels.extend(label.take().map(|text| Label {
                    text,
                    format: self.label_format(&outer, indent, Align::Start),
                    left: label_left,
                }));
            }
            self.push(paragraph, body);
        }
    }
}

/// Longest list of copies or enclosures, in lines, that no page divides; a little
/// more than most letters have.
const SHORT: usize = 6;
