//! Builds what stands above a letter's text: letterhead, addressees, subject.
//!
//! In: their parts. Out: blocks of the flow, and their nodes. Guaranteed: the
//! letterhead's lines are divided by dots, none of them at a line's end. Absent: the
//! dateline and the salutation, which are plain lines.

use crate::compose::document::{Image, Inline, Line, abreast, plain};
use crate::layout::flow::block::{FigureBlock, FlowBlock, Label, LogoCell, LogoRowBlock, RuleBlock};
use crate::layout::flow::builder::{FlowBuilder, Region, WIDE_LABEL};
use crate::layout::flow::figure;
use crate::layout::flow::tags::TagBuilder;
use crate::layout::frame::{NodeId, Role, Structure};
use crate::layout::page_metrics::QUIET;
use crate::layout::paragraph::format::{Align, ParagraphFormat};
use crate::layout::text::atom::measure;
use crate::layout::text::font_style::FontStyle;
use crate::layout::text::styled_text::{StyledText, TextStyle};

/// Most lines of addressees that stand in two columns; more stand in three, and smaller, so
/// that page 1 has room for the letter.
const TWO_COLUMNS: usize = 44;

/// Size of addressees in three columns, beside the text.
const SMALL: f64 = 0.85;

/// Size of the lines beside and below the text, beside the text's.
const BOARD: f64 = 0.74;

impl FlowBuilder<'_> {
    /// Builds the letterhead: the sender's name, its lines, its logo beside them, and the
    /// rule below.
    pub(crate) fn letterhead(&mut self, name: &Line, lines: &[Line], logos: &[Image]) {
        let logo = match logos {
            [logo] => {
                let sect = self.sect();
                figure::logo(logo, sect, self.metrics, &mut self.tags)
            }
            logos => {
                self.logos_of_head(logos);
                None
            }
        };
        if name.is_empty() && lines.is_empty() && logo.is_none() && logos.is_empty() {
            return;
        }
        let first = self.blocks.len();
        let mut region = self.whole_region();
        let logo = logo.map(|mut logo| {
            let (indent, column) = figure::beside(&logo, self.metrics);
            (region, logo.left) = self.beside(&region, indent, column);
            logo
        });
        let sect = self.sect();
        let size = self.metrics.size;
        let node = self.tags.node(sect, Role::Paragraph);
        let style = self
            .metrics
            .style(FontStyle::SansBold, size * 1.55)
            .color(self.metrics.sender());
        let text = self.tags.inlines(name, style, node);
        if !text.is_empty() {
            let format = ParagraphFormat {
                rest: 0.0,
                leading: style.size * 1.15,
                ..self.line_format(&region)
            };
            let mut paragraph = Self::paragraph(text, format, &region);
            (paragraph.before, paragraph.after) = (0.0, size * 0.1);
            (paragraph.keep_with_next, paragraph.keep_together) = (true, true);
            self.push(paragraph, sect);
        }
        if !lines.is_empty() {
            let node = self.tags.node(sect, Role::Paragraph);
            let style = self.metrics.style(FontStyle::Sans, size * 0.78).color(QUIET);
            let text = self.dotted(lines, style, region.width, node);
            let format = ParagraphFormat {
                rest: 0.0,
                leading: style.size * 1.35,
                ..self.line_format(&region)
            };
            let mut paragraph = Self::paragraph(text, format, &region);
            (paragraph.before, paragraph.after) = (0.0, 0.0);
            (paragraph.keep_with_next, paragraph.keep_together) = (true, true);
            self.push(paragraph, sect);
        }
        if let Some(logo) = logo {
            let beside = self.blocks.split_off(first);
            self.blocks.push(figure::figure_text(beside, logo));
        }
        let (thickness, color) = self.metrics.head_rule().unwrap_or((0.0, QUIET));
        self.blocks.push(FlowBlock::Rule(RuleBlock {
            left: 0.0,
            width: self.metrics.measure,
            thickness,
            color,
            before: size * 0.45,
            after: region.gap * 1.5,
            keep_with_previous: true,
        }));
    }

    /// Returns the region of the page's text as if nothing stood beside it.
    fn whole_region(&self) -> Region {
        Region {
            left: 0.0,
            width: self.metrics.measure,
            ..self.region()
        }
    }

    /// Builds who leads the coalition: a list beside the text of page 1.
    pub(crate) fn board(&mut self, lines: &[Line]) {
        if lines.is_empty() {
            return;
        }
        let sect = self.sect();
        let list = self.tags.node(sect, Role::List { ordered: false });
        let style = self
            .metrics
            .style(FontStyle::Sans, self.metrics.size * BOARD)
            .color(QUIET);
        for line in lines {
            let text = if line.is_empty() {
                StyledText::default()
            } else {
                let item = self.tags.node(list, Role::ListItem);
                let body = self.tags.node(item, Role::ListBody);
                self.tags.inlines(line, style, body)
            };
            self.beside.board.push(text);
        }
    }

    /// Builds what stands at the foot of page 1.
    pub(crate) fn sender_foot(&mut self, lines: &[Line]) {
        let sect = self.sect();
        let node = self.tags.node(sect, Role::Paragraph);
        let style = self
            .metrics
            .style(FontStyle::Sans, self.metrics.size * BOARD)
            .color(QUIET);
        for (at, line) in lines.iter().enumerate() {
            let mut text = self.tags.inlines(line, style, node);
            if at + 1 < lines.len() {
                text.end_with_space();
            }
            self.beside.foot.push(text);
        }
    }

    /// Builds several logos, in rows above the sender's name: each as high as one alone, and
    /// all as far apart as the row has room for.
    fn logos_of_head(&mut self, logos: &[Image]) {
        let sect = self.sect();
        let region = self.whole_region();
        let gap = self.metrics.gutter();
        let figures: Vec<FigureBlock> = logos
            .iter()
            .filter_map(|logo| figure::logo(logo, sect, self.metrics, &mut self.tags))
            .collect();
        let mut rows: Vec<Vec<FigureBlock>> = Vec::new();
        let mut used = 0.0;
        for figure in figures {
            match rows.last_mut() {
                Some(row) if used + gap + figure.width <= region.width => {
                    used += gap + figure.width;
                    row.push(figure);
                }
                _ => {
                    used = figure.width;
                    rows.push(vec![figure]);
                }
            }
        }
        for row in rows {
            let widths: f64 = row.iter().map(|figure| figure.width).sum();
            let height = row.iter().map(|figure| figure.height).fold(0.0, f64::max);
            let space = match row.len() {
                1 => 0.0,
                count => (region.width - widths) / (count as f64 - 1.0),
            };
            let mut from_start = 0.0;
            let mut cells = Vec::new();
            for mut figure in row {
                figure.left = match self.rtl {
                    true => region.width - from_start - figure.width,
                    false => from_start,
                };
                from_start += figure.width + space;
                cells.push(LogoCell::Logo(figure));
            }
            self.blocks.push(FlowBlock::LogoRow(LogoRowBlock {
                cells,
                height,
                gap: region.gap,
            }));
        }
    }

    /// Joins short lines, several on one, with dots between them; where a line ends there
    /// is no dot.
    fn dotted(&mut self, lines: &[Line], style: TextStyle, region: f64, node: NodeId) -> StyledText {
        const DOT: &str = " · ";
        let words = |chars: &str| vec![Inline::Text(chars.into())];
        let dot = self.natural(&words(&format!("a{DOT}a")), style) - 2.0 * self.natural(&words("a"), style);
        let mut text = StyledText::default();
        let mut used = 0.0;
        for line in lines {
            let width = self.natural(line, style);
            if text.is_empty() {
                used = width;
            } else if used + dot + width <= region {
                used += dot + width;
                self.tags.append(&mut text, &words(DOT), style, node);
            } else {
                used = width;
                self.tags.append(&mut text, &[Inline::Break], style, node);
            }
            self.tags.append(&mut text, line, style, node);
        }
        text.trim();
        text
    }

    /// Returns how wide a line of inlines is if it stands alone.
    fn natural(&self, line: &[Inline], style: TextStyle) -> f64 {
        let text = TagBuilder::default().inlines(line, style, Structure::ROOT);
        measure(&text, self.shaper).0
    }

    /// Builds the addressees: one below the other, or side by side where they would fill
    /// the page.
    pub(crate) fn addressees(&mut self, blocks: &[Vec<Line>]) {
        if !abreast(blocks) {
            blocks.iter().for_each(|lines| self.addressee(lines));
            return;
        }
        let region = self.region();
        let lines: usize = blocks.iter().map(|lines| lines.len() + 1).sum();
        if lines <= TWO_COLUMNS {
            self.side_by_side(blocks, 2, &region);
        } else {
            let style = self.metrics.style(FontStyle::Serif, self.metrics.size * SMALL);
            let small = Region {
                style,
                leading: style.size * 1.28,
                ..region
            };
            self.side_by_side(blocks, 3, &small);
        }
    }

    /// Builds the lines of the addressee, or of a cover.
    pub(crate) fn addressee(&mut self, lines: &[Line]) {
        let region = self.region();
        let sect = self.sect();
        let node = self.tags.node(sect, Role::Paragraph);
        for (index, line) in lines.iter().enumerate() {
            let mut text = self.tags.inlines(line, region.style, node);
            if text.is_empty() {
                continue;
            }
            if index + 1 < lines.len() {
                text.end_with_space();
            }
            let mut paragraph = Self::paragraph(text, self.line_format(&region), &region);
            paragraph.before = if index == 0 { region.gap * 1.4 } else { 0.0 };
            paragraph.keep_together = true;
            let last = index + 1 == lines.len();
            paragraph.keep_with_next = !last;
            paragraph.after = if last { region.gap } else { 0.0 };
            self.push(paragraph, sect);
        }
    }

    /// Builds "RE:" in bold, and the subject hanging from it: the letter's heading.
    pub(crate) fn subject(&mut self, label: &str, content: &Line) {
        let region = self.region();
        let sect = self.sect();
        let node = self.tags.node(sect, Role::Heading(1));
        self.top_level = 2;
        let style = self.metrics.style(FontStyle::SerifBold, self.metrics.size);
        let mut label = self.tags.plain(label, style, node);
        let indent = measure(&label, self.shaper).0 + self.metrics.size * 0.5;
        label.end_with_space();
        let mut paragraph = if indent < region.width * WIDE_LABEL {
            let text = self.tags.inlines(content, style, node);
            let (inner, left) = self.beside(&region, indent, indent);
            let format = ParagraphFormat {
                rest: 0.0,
                ..self.line_format(&inner)
            };
            let mut paragraph = Self::paragraph(text, format, &inner);
            paragraph.labels.push(Label {
                text: label,
                format: self.label_format(&region, indent, Align::Start),
                left,
            });
            paragraph
        } else {
            self.tags.append(&mut label, content, style, node);
            label.trim();
            Self::paragraph(label, self.line_format(&region), &region)
        };
        paragraph.before = region.gap * 1.6;
        (paragraph.keep_with_next, paragraph.keep_together) = (true, true);
        paragraph.bookmark = Some((1, plain(content).into()));
        self.push(paragraph, sect);
    }
}
