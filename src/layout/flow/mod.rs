//! Turns the parts of a document into a flow of blocks and the structure tree.
//!
//! In: the document. Out: its [`FlowBlock`]s in reading order, its footnotes' blocks, and
//! the tree that says what each is. Guaranteed: headings of the tree skip no level; every
//! footnote stands in the tree right after the block its first mark is in. Absent: lines
//! and pages.
//!
//! `block` has the types, `builder` the state and the tools, `tags` the texts; each other
//! file builds some of the parts.

pub(crate) mod block;
mod body;
mod builder;
mod contents;
mod figure;
mod labeled_lines;
mod letterhead;
pub(crate) mod pictures;
mod press;
mod roll;
mod set_apart;
mod signature;
mod tags;
mod title;

use crate::compose::document::{Document, Part};
use crate::diag::Diagnostic;
use crate::layout::flow::block::{ContentsPages, FlowBlock, SenderTexts};
use crate::layout::flow::builder::FlowBuilder;
use crate::layout::flow::pictures::PictureList;
use crate::layout::flow::tags::TagBuilder;
use crate::layout::frame::{Role, Structure, Target, TextSource};
use crate::layout::page_metrics::PageMetrics;
use crate::layout::text::font_style::FontStyle;
use crate::layout::text::shape::Shaper;
use std::collections::BTreeMap;

/// Holds a document as flow.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    /// The blocks, in reading order.
    pub(crate) blocks: Vec<FlowBlock>,
    /// The footnotes' blocks.
    pub(crate) notes: Vec<Vec<FlowBlock>>,
    /// The pictures.
    pub(crate) pictures: PictureList,
    /// What the sender puts around the text of page 1.
    pub(crate) beside: SenderTexts,
    /// The tree.
    pub(crate) structure: Structure,
    /// Holds the diagnostics.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Turns a document into flow. `pages` holds the pages, from 0, on which an earlier
/// setting found the headings that the contents name; it is empty in the first.
pub(crate) fn flow(document: &Document, metrics: &PageMetrics, shaper: Shaper<'_>, pages: &ContentsPages) -> Flow {
    let mut builder = FlowBuilder {
        document,
        metrics,
        shaper,
        tags: TagBuilder {
            underlined: metrics.underlines_links(),
            ..TagBuilder::default()
        },
        blocks: Vec::new(),
        notes: document.footnotes.iter().map(|_| None).collect(),
        note_nodes: vec![None; document.footnotes.len()],
        headings: Vec::new(),
        top_level: 1,
        rtl: shaper.is_rtl(),
        is_appendix: false,
        beside: SenderTexts::default(),
        sect: None,
        pages,
        listed_headings: BTreeMap::new(),
        entries: Vec::new(),
        heading_of: None,
        label_width: 0.0,
        diagnostics: Vec::new(),
    };
    if let Some(draft) = &document.draft {
        builder.draft(draft);
    }
    for part in &document.parts {
        let before = builder.tags.structure.nodes.len();
        builder.part(part);
        if let Some(key) = key_of(part) {
            let new = builder.tags.structure.nodes.iter_mut().skip(before);
            // A section holds the parts that follow, too.
            for node in new.filter(|node| node.role != Role::Sect && node.source.is_none()) {
                node.source = Some(TextSource::Setting(key));
            }
        }
    }
    for (node, index) in std::mem::take(&mut builder.tags.references) {
        if let Some(note) = builder.note_nodes.get(index).copied().flatten() {
            builder.tags.structure.node_mut(node).target = Some(Target::Node(note));
        }
    }
    builder.point_entries();
    Flow {
        blocks: builder.blocks,
        notes: builder.notes.into_iter().map(Option::unwrap_or_default).collect(),
        pictures: builder.tags.pictures,
        beside: builder.beside,
        structure: builder.tags.structure,
        diagnostics: builder.diagnostics,
    }
}

/// Returns the key of the front matter that a part is made of, where it is one.
fn key_of(part: &Part) -> Option<&'static str> {
    Some(match part {
        Part::Dateline(_) => "date",
        Part::Via(_) => "via",
        Part::Addressees(_) | Part::Recipients { .. } => "to",
        Part::Subject { .. } => "subject",
        Part::Salutation(_) => "salutation",
        Part::Closing(_) => "closing",
        Part::Release { .. } => "embargo",
        Part::Signatures(_) => "signature",
        Part::Headline { .. } | Part::Cover { .. } => "title",
        Part::Call(_) => "call",
        Part::Letterhead { .. }
        | Part::SenderFoot(_)
        | Part::Body(_)
        | Part::Contacts { .. }
        | Part::Contents { .. }
        | Part::Boilerplate(_)
        | Part::EndMark(_)
        | Part::Roll(_)
        | Part::Notes { .. }
        | Part::Appendix(_) => return None,
    })
}

impl FlowBuilder<'_> {
    /// Builds one part of the document.
    fn part(&mut self, part: &Part) {
        match part {
            Part::Letterhead {
                name,
                lines,
                logos,
                board,
            } => {
                self.letterhead(name, lines, logos);
                self.board(board);
            }
            Part::SenderFoot(lines) => self.sender_foot(lines),
            Part::Dateline(line) => self.simple(line, self.metrics.body(), 1.6),
            Part::Via(line) => self.simple(line, self.metrics.style(FontStyle::SerifItalic, self.metrics.size), 1.0),
            Part::Addressees(blocks) => self.addressees(blocks),
            Part::Subject { label, content } => self.subject(label, content),
            Part::Salutation(line) => self.simple(line, self.metrics.body(), 1.4),
            Part::Body(blocks) | Part::Boilerplate(blocks) => {
                let region = self.region();
                let sect = self.sect();
                self.blocks(blocks, &region, sect, 0);
            }
            Part::Closing(line) => {
                self.keep_end_of_text();
                self.simple(line, self.metrics.body(), 1.4);
                if let Some(FlowBlock::Paragraph(closing)) = self.blocks.last_mut() {
                    closing.keep_with_next = true;
                    closing.after = self.metrics.gap() * 1.4;
                }
            }
            Part::Signatures(signatures) => self.signatures(signatures),
            Part::Appendix(blocks) => {
                self.blocks.push(FlowBlock::NewPage);
                self.is_appendix = true;
                self.sect = None;
                self.headings.clear();
                let region = self.region();
                let sect = self.sect();
                self.blocks(blocks, &region, sect, 0);
            }
            Part::Release { line, embargoed } => self.release(line, *embargoed),
            Part::Contacts { label, contacts } => self.contacts(label, contacts),
            Part::Headline {
                title,
                subtitle,
                picture,
            } => self.headline(title, subtitle.as_ref(), picture.as_ref()),
            Part::Cover {
                title,
                subtitle,
                picture,
                lines,
            } => self.cover(title, subtitle.as_ref(), picture.as_ref(), lines),
            Part::Contents { heading, entries } => self.contents(heading, entries),
            Part::Recipients { label, lines } => self.recipients(label, lines),
            Part::Call(call) => self.call_to_action(call),
            Part::EndMark(mark) => self.end_mark(mark),
            Part::Roll(roll) => self.roll(roll),
            Part::Notes { label, lines } => self.notes_part(label, lines),
        }
    }
}
