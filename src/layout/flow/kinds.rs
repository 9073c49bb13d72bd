//! The parts of the kinds other than a letter: release line, contacts, headline,
//! cover, call to act; quotations with their speaker, boxes, figures.
//!
//! In: their parts and blocks. Out: blocks of the flow, and their nodes.
//! Guaranteed: the headline or the cover's title is the one heading of level 1.
//! The contents are in `contents`, logos in `roll`.

use super::{FlowBlock, FlowBuilder, Label, Region, WIDE_LABEL};
use crate::compose::document::{Block, Call, Image, Inline, Line, plain};
use crate::layout::blocks::callout::CalloutBlock;
use crate::layout::flow::figure;
use crate::layout::frame::{NodeId, Role};
use crate::layout::page_metrics::QUIET;
use crate::layout::paragraph::{Align, ParagraphFormat, set};
use crate::layout::text::atom::measure;
use crate::layout::text::fonts::FontStyle;
use crate::layout::text::shape::Shaper;
use crate::layout::text::styled_text::StyledText;
use crate::model::letter::DocumentKind;

impl FlowBuilder<'_> {
    /// "FOR IMMEDIATE RELEASE", or the embargo, which must not be overlooked.
    pub(crate) fn release(&mut self, line: &Line, embargoed: bool) {
        let style = self.metrics.style(FontStyle::SansBold, self.metrics.size);
        let style = if embargoed {
            style.color(self.metrics.accent())
        } else {
            style
        };
        self.simple(line, style, 1.0);
    }

    /// Whom the press may ask.
    pub(crate) fn contacts(&mut self, label: &str, contacts: &[Vec<Line>]) {
        let mut label = Some(label);
        for lines in contacts {
            self.labelled(label.take().unwrap_or_default(), lines);
        }
    }

    /// "To:" and those a petition is to.
    pub(crate) fn recipients(&mut self, label: &str, lines: &[Line]) {
        self.labelled(label, lines);
    }

    /// A label and lines hanging from it.
    fn labelled(&mut self, label: &str, lines: &[Line]) {
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

    /// The document's title, its sub-heading and its picture.
    pub(crate) fn headline(&mut self, title: &Line, subtitle: Option<&Line>, picture: Option<&Image>) {
        let size = match self.document.kind {
            DocumentKind::PressRelease => 1.65,
            _ => 2.1,
        };
        self.title(title, subtitle, picture, size, 1.8);
    }

    /// The first page of a plan.
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

    /// A title in large type; `size` in text sizes, `space` before it in gaps.
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
            (
                paragraph.keep_with_next,
                paragraph.keep_together,
                paragraph.exact_space_after,
            ) = (true, true, true);
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

    /// What readers are asked to do: text and address at the start, the code at the
    /// end of a box.
    pub(crate) fn call_to_act(&mut self, call: &Call) {
        let region = self.region();
        let parent = self.sect();
        let sect = self.tags.node(parent, Role::Sect);
        let mut inner = self.within_callout(&region);
        let outer = std::mem::take(&mut self.blocks);
        if let Some(heading) = &call.heading {
            self.set_heading(1, self.top_level, heading, &inner, sect);
        }
        let mut blocks = std::mem::take(&mut self.blocks);
        let code = call.code.as_ref();
        let width = code.and_then(figure::size).map_or(0.0, |(width, _)| width);
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
        match figure {
            Some(mut figure) => {
                figure.left = left;
                blocks.push(figure::figure_text(text, figure));
            }
            None => blocks.extend(text),
        }
        self.blocks.push(FlowBlock::Callout(CalloutBlock {
            blocks,
            left: region.left,
            width: region.width,
            pad: region.style.size,
            gap: region.gap * 1.8,
            background: self.metrics.background(),
            bar: Some((self.metrics.accent(), self.rtl)),
            keep_together: true,
        }));
    }

    /// The link, and for those who hold paper its address.
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
            self.tags
                .append(&mut text, &[Inline::Text(shown.to_owned())], small, node);
        }
        let mut format = self.line_format(region);
        format.rest = 0.0;
        let mut paragraph = Self::paragraph(text, format, region);
        paragraph.keep_together = true;
        self.push(paragraph, sect);
    }

    /// "###": nothing follows.
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

    /// A quotation and who said it, kept together at its end.
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
        let style = self
            .metrics
            .style(FontStyle::Sans, region.style.size * 0.9)
            .color(QUIET);
        let paragraph = self.tags.node(node, Role::Paragraph);
        let mut line = vec![Inline::Text("— ".to_owned())];
        line.extend(speaker.iter().cloned());
        let text = self.tags.inlines(&line, style, paragraph);
        let format = ParagraphFormat {
            leading: style.size * 1.35,
            ..self.line_format(&inner)
        };
        let mut paragraph = Self::paragraph(text, format, &inner);
        paragraph.keep_together = true;
        paragraph.after = region.gap * 1.2;
        self.push(paragraph, node);
    }

    /// The room within a box.
    fn within_callout(&self, region: &Region) -> Region {
        let pad = region.style.size * 1.2;
        Region {
            left: region.left + pad,
            width: (region.width - 2.0 * pad).max(region.style.size),
            ..*region
        }
    }

    /// A passage set apart.
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
            (
                paragraph.keep_with_next,
                paragraph.keep_together,
                paragraph.exact_space_after,
            ) = (true, true, true);
            paragraph.after = region.gap * 0.5;
            self.push(paragraph, node);
        }
        self.blocks(content, &inner, node, depth);
        let blocks = std::mem::replace(&mut self.blocks, outer);
        self.blocks.push(FlowBlock::Callout(CalloutBlock {
            blocks,
            left: region.left,
            width: region.width,
            pad: region.style.size * 0.8,
            gap: region.gap * 1.4,
            background: self.metrics.background(),
            bar: Some((self.metrics.accent(), self.rtl)),
            keep_together: false,
        }));
    }

    /// A figure pulled out of the text.
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
        (
            paragraph.keep_with_next,
            paragraph.keep_together,
            paragraph.exact_space_after,
        ) = (true, true, true);
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
            blocks,
            left: region.left,
            width: region.width,
            pad: region.style.size * 0.2,
            gap: region.gap * 1.6,
            background: None,
            bar: Some((self.metrics.accent(), self.rtl)),
            keep_together: true,
        }));
    }
}

/// How often the width of a title is halved towards the narrowest; a point of the
/// width is exact enough.
const HALVINGS: u32 = 9;

/// The narrowest form in which a title has no more lines than in the one given: its
/// lines come out about as long as each other.
fn balanced(text: &StyledText, format: ParagraphFormat, shaper: Shaper<'_>) -> ParagraphFormat {
    let lines = |width: f64| set(text, &ParagraphFormat { width, ..format }, shaper).lines.len();
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
