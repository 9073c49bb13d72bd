//! Holds the state of a document on its way to blocks.
//!
//! In: a document and the measures of its pages. Out: the tools that all its parts are
//! built with: regions, formats, paragraphs, and footnotes after the block that calls
//! them. Guaranteed: a footnote is built once, at its first mark. Absent: the parts
//! themselves, which the other files of this folder add.

use crate::compose::document::{Document, Line};
use crate::diag::Diagnostic;
use crate::layout::flow::block::{ContentsPages, FlowBlock, Label, ParagraphBlock, SenderTexts};
use crate::layout::flow::tags::TagBuilder;
use crate::layout::frame::{NodeId, Role, Structure};
use crate::layout::page_metrics::PageMetrics;
use crate::layout::paragraph::format::{Align, BreakPolicy, ParagraphFormat};
use crate::layout::text::atom::measure;
use crate::layout::text::font_style::FontFeature;
use crate::layout::text::shape::Shaper;
use crate::layout::text::styled_text::{StyledText, TextStyle};
use crate::source::Origin;
use std::collections::BTreeMap;

/// Says where a block stands: its left edge and width, and how its text looks.
#[derive(Clone, Copy)]
pub(super) struct Region {
    pub(super) left: f64,
    pub(super) width: f64,
    pub(super) style: TextStyle,
    pub(super) leading: f64,
    pub(super) gap: f64,
    pub(super) align: Align,
    /// Says whether lines start on the right; `None`: as each paragraph's letters have it.
    /// Beside a label they start at the label.
    pub(super) rtl: Option<bool>,
}

/// Builds the flow of one document, part by part.
pub(super) struct FlowBuilder<'a> {
    pub(super) document: &'a Document,
    pub(super) metrics: &'a PageMetrics,
    pub(super) shaper: Shaper<'a>,
    pub(super) tags: TagBuilder,
    pub(super) blocks: Vec<FlowBlock>,
    pub(super) notes: Vec<Option<Vec<FlowBlock>>>,
    pub(super) note_nodes: Vec<Option<NodeId>>,
    /// The author's levels of the headings that the next one lies under.
    pub(super) headings: Vec<u8>,
    /// The level of the body's outermost headings.
    pub(super) top_level: u8,
    pub(super) rtl: bool,
    /// Says whether the part at hand is an appendix.
    pub(super) is_appendix: bool,
    /// What stands beside the text of page 1, and at its foot.
    pub(super) beside: SenderTexts,
    pub(super) sect: Option<NodeId>,
    /// On which pages the headings stand that the contents name.
    pub(super) pages: &'a ContentsPages,
    /// By a heading's origin: its place among the contents, and its node.
    pub(super) listed_headings: BTreeMap<Option<Origin>, (usize, Option<NodeId>)>,
    /// The contents' entries, and the headings they are of.
    pub(super) entries: Vec<(NodeId, Option<Origin>)>,
    /// The origin of the heading that is set next, if the contents may name it;
    /// `Some(None)`: the roll's.
    pub(super) heading_of: Option<Option<Origin>>,
    /// Width of the widest label beside lines so far.
    pub(super) label_width: f64,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl FlowBuilder<'_> {
    /// Returns the region of the page's text.
    pub(super) fn region(&self) -> Region {
        // In an appendix, nothing stands beside the text.
        let aside = if self.is_appendix { 0.0 } else { self.metrics.aside };
        Region {
            left: if self.rtl { 0.0 } else { aside },
            width: self.metrics.measure - aside,
            style: self.metrics.body(),
            leading: self.metrics.leading(),
            gap: self.metrics.gap(),
            align: if self.metrics.justify {
                Align::Justify
            } else {
                Align::Start
            },
            rtl: None,
        }
    }

    /// Returns the region beside a label that takes `by` of a region, and the left edge of
    /// the label's column, which is `column` wide.
    pub(super) fn beside(&self, region: &Region, by: f64, column: f64) -> (Region, f64) {
        let inner = Region {
            left: if self.rtl { region.left } else { region.left + by },
            width: region.width - by,
            rtl: Some(self.rtl),
            ..*region
        };
        let label = if self.rtl {
            region.left + region.width - column
        } else {
            region.left
        };
        (inner, label)
    }

    /// Returns the format of prose in a region.
    pub(super) fn format(&self, region: &Region) -> ParagraphFormat {
        ParagraphFormat {
            width: region.width,
            first: 0.0,
            rest: 0.0,
            hang_breaks: false,
            align: region.align,
            break_policy: BreakPolicy::Prose,
            hyphenate: self.metrics.hyphenate,
            leading: region.leading,
            rtl: region.rtl,
        }
    }

    /// Returns the format of a label in a column of a width.
    pub(super) fn label_format(&self, region: &Region, width: f64, align: Align) -> ParagraphFormat {
        ParagraphFormat {
            width: width.max(1.0),
            rest: 0.0,
            align,
            rtl: Some(self.rtl),
            ..self.line_format(region)
        }
    }

    /// Returns the format of lines that are no prose: ragged, without hyphens, turned over
    /// by an em.
    pub(super) fn line_format(&self, region: &Region) -> ParagraphFormat {
        ParagraphFormat {
            rest: region.style.size,
            align: Align::Start,
            break_policy: BreakPolicy::Display,
            hyphenate: false,
            rtl: self.rtl.then_some(true).or(region.rtl),
            ..self.format(region)
        }
    }

    /// Returns a paragraph with the usual space around it.
    pub(super) fn paragraph(text: StyledText, format: ParagraphFormat, region: &Region) -> ParagraphBlock {
        ParagraphBlock {
            text,
            format,
            left: region.left,
            before: region.gap,
            after: region.gap,
            keep_with_next: false,
            exact_space_after: false,
            keep_together: false,
            labels: Vec::new(),
            bookmark: None,
            contents_index: None,
        }
    }

    /// Returns the section that parts outside the roll are in; adds it if there is none.
    pub(super) fn sect(&mut self) -> NodeId {
        match self.sect {
            Some(node) => node,
            None => *self.sect.insert(self.tags.node(Structure::ROOT, Role::Sect)),
        }
    }

    /// Builds a paragraph of one line or few; `space` before it is in paragraph gaps.
    pub(super) fn simple(&mut self, line: &Line, style: TextStyle, space: f64) {
        let region = self.region();
        let sect = self.sect();
        let node = self.tags.node(sect, Role::Paragraph);
        let text = self.tags.inlines(line, style, node);
        if text.is_empty() {
            return;
        }
        let mut paragraph = Self::paragraph(text, self.line_format(&region), &region);
        paragraph.before = region.gap * space;
        paragraph.keep_together = true;
        self.push(paragraph, sect);
    }

    /// Keeps the last two lines of the text with what follows: a closing alone on a page
    /// closes nothing.
    pub(super) fn keep_end_of_text(&mut self) {
        for block in self.blocks.iter_mut().rev().take(2) {
            let FlowBlock::Paragraph(paragraph) = block else { return };
            paragraph.keep_with_next = true;
            let is_line = measure(&paragraph.text, self.shaper).0 <= paragraph.format.width;
            // Two lines at a page's end stay together; one alone takes another with it.
            if !is_line || paragraph.bookmark.is_some() {
                return;
            }
        }
    }

    /// Appends a paragraph and the footnotes its marks call for.
    pub(super) fn push(&mut self, paragraph: ParagraphBlock, parent: NodeId) {
        let notes: Vec<usize> = paragraph.text.notes().collect();
        self.blocks.push(FlowBlock::Paragraph(paragraph));
        self.footnotes(&notes, parent);
    }

    /// Builds footnotes that were not built yet.
    pub(super) fn footnotes(&mut self, notes: &[usize], parent: NodeId) {
        for &index in notes {
            let document = self.document;
            let Some(blocks) = document.footnotes.get(index) else {
                continue;
            };
            if self.note_nodes[index].is_some() {
                continue;
            }
            let node = self.tags.node(parent, Role::Note);
            self.note_nodes[index] = Some(node);
            let style = self.metrics.note();
            let number = (index + 1).to_string();
            let widest = document.footnotes.len().to_string().len() as f64;
            let indent = style.size * (0.55 + 0.45 * widest);
            let outer = Region {
                style,
                leading: self.metrics.note_leading(),
                gap: style.size * 0.3,
                ..self.region()
            };
            let (region, label_left) = self.beside(&outer, indent, indent);
            let body = std::mem::take(&mut self.blocks);
            let label = self.tags.node(node, Role::Label);
            let raised = TextStyle {
                feature: FontFeature::Superior,
                ..style
            };
            let label = Label {
                text: self.tags.plain(&number, raised, label),
                format: self.label_format(&region, indent, Align::Start),
                left: label_left,
            };
            self.blocks(blocks, &region, node, 0);
            let mut note = std::mem::replace(&mut self.blocks, body);
            Self::attach(&mut note, label, &region);
            self.notes[index] = Some(note);
        }
    }

    /// Puts a label beside the first line of an item, or before what has no lines.
    pub(super) fn attach(blocks: &mut Vec<FlowBlock>, label: Label, region: &Region) {
        match blocks.first_mut() {
            Some(FlowBlock::Paragraph(first)) => return first.labels.push(label),
            Some(FlowBlock::Table(first)) => return first.labels.push(label),
            Some(FlowBlock::Figure(first)) => return first.labels.push(label),
            _ => {}
        }
        let mut alone = Self::paragraph(label.text, label.format, region);
        alone.left = label.left;
        alone.keep_with_next = true;
        blocks.insert(0, FlowBlock::Paragraph(alone));
    }
}

/// Largest part of the room that a label may take beside what it labels.
pub(super) const WIDE_LABEL: f64 = 0.33;

/// Largest part of the room that the indent of a list or quotation may take, so
/// that deep nesting stays on the page.
pub(super) const DEEP: f64 = 0.2;
