//! Builds titles: a headline and a cover.
//!
//! In: their parts. Out: blocks of the flow, and their nodes. Guaranteed: the title is
//! the one heading of level 1; its lines come out about as long as each other. Absent:
//! the letter's subject.

use crate::compose::document::{Block, Image, Inline, Line, plain};
use crate::layout::flow::block::FlowBlock;
use crate::layout::flow::builder::FlowBuilder;
use crate::layout::frame::Role;
use crate::layout::page_metrics::QUIET;
use crate::layout::paragraph::format::ParagraphFormat;
use crate::layout::paragraph::set_text;
use crate::layout::text::font_style::FontStyle;
use crate::layout::text::shape::Shaper;
use crate::layout::text::styled_text::StyledText;
use crate::model::letter::DocumentKind;

impl FlowBuilder<'_> {
    /// Builds the document's title, its subtitle and its picture.
    pub(crate) fn headline(&mut self, title: &Line, subtitle: Option<&Line>, picture: Option<&Image>) {
        let size = match self.document.kind {
            DocumentKind::PressRelease => 1.65,
            _ => 2.1,
        };
        self.title(title, subtitle, picture, size, 1.8);
    }

    /// Builds the first page of a plan.
    pub(crate) fn cover(&mut self, title: &Line, subtitle: Option<&Line>, picture: Option<&Image>, lines: &[Line]) {
        // Without a picture the title stands a third down the page.
        let space = match picture {
            Some(_) => 3.5,
            None => self.metrics.height * 0.25 / self.metrics.gap(),
        };
        self.title(title, subtitle, picture, 2.8, space);
        let first = self.blocks.len();
        self.addressee(lines);
        if let Some(FlowBlock::Paragraph(line)) = self.blocks.get_mut(first) {
            line.before = self.metrics.gap() * 5.0;
        }
        self.blocks.push(FlowBlock::NewPage);
    }

    /// Builds a title in large type; `size` is in text sizes, `space` before it in gaps.
    fn title(&mut self, title: &Line, subtitle: Option<&Line>, picture: Option<&Image>, size: f64, space: f64) {
        let region = self.region();
        let sect = self.sect();
        if let Some(picture) = picture {
            let line = vec![Inline::Image(picture.clone())];
            self.blocks(&[Block::Paragraph(line)], &region, sect, 0);
        }
        self.top_level = 2;
        let node = self.tags.node(sect, Role::Heading(1));
        let style = self
            .metrics
            .style(FontStyle::SansBold, self.metrics.size * size)
            .color(self.metrics.heading_color());
        let text = self.tags.inlines(title, style, node);
        if !text.is_empty() {
            let format = ParagraphFormat {
                rest: 0.0,
                leading: style.size * 1.18,
                ..self.line_format(&region)
            };
            let format = balanced(&text, format, self.shaper);
            let mut paragraph = Self::paragraph(text, format, &region);
            if self.rtl {
                paragraph.left += region.width - format.width;
            }
            paragraph.before = region.gap * space;
            paragraph.after = region.gap * 0.9;
            paragraph.make_heading();
            paragraph.bookmark = Some((1, plain(title).into()));
            self.push(paragraph, sect);
        }
        if let Some(subtitle) = subtitle {
            let factor = if size > 2.5 { 1.4 } else { 1.15 };
            let style = self
                .metrics
                .style(FontStyle::SerifItalic, self.metrics.size * factor)
                .color(QUIET);
            let node = self.tags.node(sect, Role::Paragraph);
            let text = self.tags.inlines(subtitle, style, node);
            if !text.is_empty() {
                let format = ParagraphFormat {
                    rest: 0.0,
                    leading: style.size * 1.3,
                    ..self.line_format(&region)
                };
                let mut paragraph = Self::paragraph(text, format, &region);
                paragraph.after = region.gap * 1.8;
                paragraph.keep_together = true;
                self.push(paragraph, sect);
            }
        }
    }
}

/// Says how often the width of a title is halved towards the narrowest; a point of the
/// width is exact enough.
const HALVINGS: u32 = 9;

/// Returns the narrowest format in which a title has no more lines than in the one
/// given: its lines come out about as long as each other.
fn balanced(text: &StyledText, format: ParagraphFormat, shaper: Shaper<'_>) -> ParagraphFormat {
    let lines = |width: f64| set_text(text, &ParagraphFormat { width, ..format }, shaper).lines.len();
    let most = lines(format.width);
    let (mut narrow, mut wide) = (format.width / 2.0, format.width);
    if most < 2 || lines(narrow) <= most {
        return format;
    }
    for _ in 0..HALVINGS {
        let middle = (narrow + wide) / 2.0;
        if lines(middle) <= most {
            wide = middle;
        } else {
            narrow = middle;
        }
    }
    ParagraphFormat { width: wide, ..format }
}
