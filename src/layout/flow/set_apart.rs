//! Builds passages set apart: quotations with a speaker, boxes, key figures, calls to
//! action.
//!
//! In: their blocks. Out: blocks of the flow, and their nodes. Guaranteed: a speaker
//! stands on the page of the quotation's end. Absent: plain quotations, which are in
//! `body`.

use crate::compose::document::{Block, Call, Inline, Line, plain};
use crate::layout::flow::block::{CalloutBlock, FlowBlock};
use crate::layout::flow::builder::{FlowBuilder, Region};
use crate::layout::flow::{figure, pictures};
use crate::layout::frame::{NodeId, Role};
use crate::layout::page_metrics::QUIET;
use crate::layout::paragraph::format::{Align, ParagraphFormat};
use crate::layout::text::font_style::FontStyle;

/// Size of a caption beside the text around it.
const CAPTION: f64 = 0.88;

/// Size of words pulled out of the text, beside the text around them.
const PULLED: f64 = 1.3;

impl FlowBuilder<'_> {
    /// Builds a quotation and who said it, kept together at its end.
    pub(crate) fn quotation(
        &mut self,
        content: &[Block],
        speaker: &Line,
        region: &Region,
        parent: NodeId,
        depth: usize,
    ) {
        let node = self.tags.node(parent, Role::BlockQuote);
        let inner = self.within_quote(region);
        self.blocks(content, &inner, node, depth);
        if let Some(FlowBlock::Paragraph(last)) = self.blocks.last_mut() {
            (last.keep_with_next, last.exact_space_after) = (true, true);
            last.after = region.gap * 0.4;
        }
        self.speaker(speaker, &inner, node);
    }

    /// Builds the line of who said a quotation.
    fn speaker(&mut self, speaker: &Line, region: &Region, parent: NodeId) {
        let style = self
            .metrics
            .style(FontStyle::Sans, region.style.size * 0.9)
            .color(QUIET);
        let paragraph = self.tags.node(parent, Role::Paragraph);
        let mut line = vec![Inline::Text("— ".into())];
        line.extend(speaker.iter().cloned());
        let text = self.tags.inlines(&line, style, paragraph);
        let format = ParagraphFormat {
            leading: style.size * 1.35,
            ..self.line_format(region)
        };
        let mut paragraph = Self::paragraph(text, format, region);
        paragraph.keep_together = true;
        paragraph.after = region.gap * 1.2;
        self.push(paragraph, parent);
    }

    /// Builds a table or a picture with its caption, kept together.
    pub(crate) fn captioned(
        &mut self,
        content: &[Block],
        caption: &Line,
        region: &Region,
        parent: NodeId,
        depth: usize,
    ) {
        if let [Block::Table(table)] = content {
            return self.table(table, Some(caption), region, parent);
        }
        let node = self.tags.node(parent, Role::Division);
        self.blocks(content, region, node, depth);
        match self.blocks.last_mut() {
            Some(FlowBlock::Figure(picture)) => picture.keep_with_next = true,
            Some(FlowBlock::Paragraph(alternative)) => alternative.keep_with_next = true,
            _ => {}
        }
        self.caption(caption, region, node);
        // A picture across the page stands in the middle, and so do the words below it.
        let is_centered = region.width >= self.metrics.measure - self.metrics.aside;
        if let Some(FlowBlock::Paragraph(below)) = self.blocks.last_mut() {
            if is_centered {
                below.format.align = Align::Center;
            }
            below.before = region.gap * 0.6;
            below.after = region.gap * 1.4;
        }
    }

    /// Builds a caption, in the letters of a table's head.
    pub(crate) fn caption(&mut self, caption: &Line, region: &Region, parent: NodeId) {
        let style = self.metrics.style(FontStyle::Sans, region.style.size * CAPTION);
        let node = self.tags.node(parent, Role::Caption);
        let text = self.tags.inlines(caption, style, node);
        let format = ParagraphFormat {
            rest: 0.0,
            leading: style.size * 1.35,
            ..self.line_format(region)
        };
        let mut paragraph = Self::paragraph(text, format, region);
        paragraph.keep_together = true;
        self.push(paragraph, node);
    }

    /// Builds words pulled out of the text, between rules and in large type.
    pub(crate) fn pull_quote(
        &mut self,
        content: &[Block],
        speaker: &Line,
        region: &Region,
        parent: NodeId,
        depth: usize,
    ) {
        let node = self.tags.node(parent, Role::BlockQuote);
        let size = region.style.size * PULLED;
        let callout = self.within_callout(region);
        let inner = Region {
            style: self.metrics.style(FontStyle::Serif, size).color(self.metrics.accent()),
            leading: size * 1.3,
            align: Align::Start,
            ..callout
        };
        let outer = std::mem::take(&mut self.blocks);
        self.blocks(content, &inner, node, depth);
        if !plain(speaker).trim().is_empty() {
            self.speaker(speaker, &callout, node);
        }
        let blocks = std::mem::replace(&mut self.blocks, outer);
        self.blocks.push(FlowBlock::Callout(CalloutBlock {
            pad: region.style.size * 0.3,
            gap: region.gap * 1.6,
            background: None,
            keep_together: true,
            ..self.callout_of(blocks, region)
        }));
    }

    /// Builds a box with its title.
    pub(crate) fn boxed(&mut self, title: &Line, content: &[Block], region: &Region, parent: NodeId, depth: usize) {
        let node = self.tags.node(parent, Role::Sect);
        let inner = self.within_callout(region);
        let outer = std::mem::take(&mut self.blocks);
        if !plain(title).trim().is_empty() {
            let style = self
                .metrics
                .style(FontStyle::SansBold, region.style.size)
                .color(self.metrics.accent_on_background());
            let paragraph = self.tags.node(node, Role::Paragraph);
            let text = self.tags.inlines(title, style, paragraph);
            let mut paragraph = Self::paragraph(text, self.line_format(&inner), &inner);
            paragraph.make_heading();
            paragraph.after = region.gap * 0.5;
            self.push(paragraph, node);
        }
        self.blocks(content, &inner, node, depth);
        let blocks = std::mem::replace(&mut self.blocks, outer);
        self.blocks.push(FlowBlock::Callout(CalloutBlock {
            pad: region.style.size * 0.8,
            gap: region.gap * 1.4,
            ..self.callout_of(blocks, region)
        }));
    }

    /// Builds a key figure and its caption, behind a bar.
    pub(crate) fn fact(&mut self, figure: &Line, caption: &Line, region: &Region, parent: NodeId) {
        let node = self.tags.node(parent, Role::Paragraph);
        let inner = self.within_callout(region);
        let outer = std::mem::take(&mut self.blocks);
        let style = self
            .metrics
            .style(FontStyle::SansBold, region.style.size * 2.3)
            .color(self.metrics.accent());
        let mut text = self.tags.inlines(figure, style, node);
        text.end_with_space();
        let format = ParagraphFormat {
            rest: 0.0,
            leading: style.size * 1.15,
            ..self.line_format(&inner)
        };
        let mut paragraph = Self::paragraph(text, format, &inner);
        paragraph.make_heading();
        paragraph.after = 0.0;
        self.push(paragraph, parent);
        let style = self.metrics.style(FontStyle::Sans, region.style.size);
        let text = self.tags.inlines(caption, style, node);
        let format = ParagraphFormat {
            rest: 0.0,
            ..self.line_format(&inner)
        };
        self.push(Self::paragraph(text, format, &inner), parent);
        let blocks = std::mem::replace(&mut self.blocks, outer);
        self.blocks.push(FlowBlock::Callout(CalloutBlock {
            pad: region.style.size * 0.2,
            gap: region.gap * 1.6,
            background: None,
            keep_together: true,
            ..self.callout_of(blocks, region)
        }));
    }

    /// Builds a call to action: text and address at the start, the code at the end of a
    /// box.
    pub(crate) fn call_to_action(&mut self, call: &Call) {
        let region = self.region();
        let parent = self.sect();
        let sect = self.tags.node(parent, Role::Sect);
        let mut inner = self.within_callout(&region);
        let outer = std::mem::take(&mut self.blocks);
        let code = call.code.as_ref();
        let width = code.and_then(pictures::natural_size_of).map_or(0.0, |(width, _)| width);
        let left = if self.rtl {
            inner.left
        } else {
            inner.left + inner.width - width
        };
        if width > 0.0 {
            let (beside, _) = self.beside(&inner, width + region.style.size * 1.2, width);
            // The code stands where reading ends.
            inner = Region {
                left: if self.rtl {
                    left + inner.width - beside.width
                } else {
                    inner.left
                },
                ..beside
            };
        }
        // Beside the code as well: below a heading across the box would be a hole.
        if let Some(heading) = &call.heading {
            self.set_heading(1, self.top_level, heading, &inner, sect);
        }
        if let Some(text) = &call.text {
            let node = self.tags.node(sect, Role::Paragraph);
            let text = self.tags.inlines(text, inner.style, node);
            let paragraph = Self::paragraph(text, self.format(&inner), &inner);
            self.push(paragraph, sect);
        }
        self.address(call, &inner, sect);
        let text = std::mem::replace(&mut self.blocks, outer);
        let figure = code.and_then(|code| {
            let line = [Inline::Image(code.clone())];
            figure::figure(&line, (left, width), sect, self.metrics, &mut self.tags)
        });
        let blocks = match figure {
            Some(mut figure) => {
                figure.left = left;
                vec![figure::figure_text(text, figure)]
            }
            None => text,
        };
        self.blocks.push(FlowBlock::Callout(CalloutBlock {
            pad: region.style.size,
            gap: region.gap * 1.8,
            keep_together: true,
            ..self.callout_of(blocks, &region)
        }));
    }

    /// Builds the link, and for those who hold paper its address.
    fn address(&mut self, call: &Call, region: &Region, sect: NodeId) {
        let shown = call.to.split_once("://").map_or(call.to.as_str(), |(_, rest)| rest);
        let shown = shown.trim_end_matches('/');
        let link = &[Inline::Link {
            to: call.to.clone(),
            content: call.label.clone(),
            origin: call.origin,
        }];
        let node = self.tags.node(sect, Role::Paragraph);
        let style = self.metrics.style(FontStyle::SansBold, region.style.size * 1.1);
        let mut text = self.tags.inlines(link, style, node);
        if plain(link) != shown {
            let small = self
                .metrics
                .style(FontStyle::Sans, region.style.size * 0.87)
                .color(QUIET);
            self.tags.append(&mut text, &[Inline::Break], style, node);
            self.tags.append(&mut text, &[Inline::Text(shown.into())], small, node);
        }
        let mut format = self.line_format(region);
        format.rest = 0.0;
        let mut paragraph = Self::paragraph(text, format, region);
        paragraph.keep_together = true;
        self.push(paragraph, sect);
    }

    /// Builds a box of blocks with the accent's bar, as wide as its region.
    fn callout_of(&self, blocks: Vec<FlowBlock>, region: &Region) -> CalloutBlock {
        CalloutBlock {
            blocks,
            left: region.left,
            width: region.width,
            pad: 0.0,
            gap: region.gap,
            background: self.metrics.background(),
            bar: Some((self.metrics.accent(), self.rtl)),
            keep_together: false,
        }
    }

    /// Returns the region within a box.
    fn within_callout(&self, region: &Region) -> Region {
        let pad = region.style.size * 1.2;
        Region {
            left: region.left + pad,
            width: (region.width - 2.0 * pad).max(region.style.size),
            ..*region
        }
    }
}
