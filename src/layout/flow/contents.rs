//! Builds the contents of a plan: its headings, with the pages they are on.
//!
//! In: the entries, and on which pages an earlier setting found their headings. Out:
//! blocks of the flow, their nodes, and what the headings are numbered by. Guaranteed:
//! the room of a page's number does not depend on the number, so that the second setting
//! has the pages of the first. Absent: finding those pages, which needs the setting.

use crate::compose::document::{ContentsEntry, Inline};
use crate::layout::flow::block::{ContentsRowBlock, FlowBlock, Label};
use crate::layout::flow::builder::FlowBuilder;
use crate::layout::frame::{NodeId, Role, Target};
use crate::layout::paragraph::format::Align;
use crate::layout::text::font_style::FontStyle;
use crate::source::Origin;

impl FlowBuilder<'_> {
    /// Builds the table of contents, on pages of its own.
    pub(crate) fn contents(&mut self, heading: &str, entries: &[ContentsEntry]) {
        let region = self.region();
        let sect = self.sect();
        let line = vec![Inline::Text(heading.into())];
        self.set_heading(1, self.top_level, &line, &region, sect);
        let list = self.tags.node(sect, Role::Contents);
        let column = self.metrics.size * 3.0;
        for (place, entry) in entries.iter().enumerate() {
            let item = self.tags.node(list, Role::ContentsItem);
            let link = self.tags.node(item, Role::Reference);
            self.listed_headings.entry(entry.heading).or_insert((place, None));
            self.entries.push((link, entry.heading));
            let outer = entry.level == 1;
            let style = match outer {
                true => region.style.tabular(),
                false => self.metrics.style(FontStyle::Serif, self.metrics.size * 0.91).tabular(),
            };
            let indent = if outer { 0.0 } else { self.metrics.size * 1.6 };
            let (mut inner, _) = self.beside(&region, indent, indent);
            inner.width -= column;
            if self.rtl {
                inner.left += column;
            }
            let mut text = self.tags.inlines(&entry.title, style, link);
            text.end_with_space();
            let page = self.pages.get(&place).map(|page| {
                let mut text = self.tags.plain(&(page + 1).to_string(), style, link);
                text.spans.iter_mut().for_each(|span| span.link = Some(link));
                Label {
                    text,
                    format: self.label_format(&region, column, Align::End),
                    left: if self.rtl {
                        region.left
                    } else {
                        region.left + region.width - column
                    },
                }
            });
            text.spans.iter_mut().for_each(|span| span.link = Some(link));
            let mut paragraph = Self::paragraph(text, self.line_format(&inner), &inner);
            paragraph.keep_together = true;
            paragraph.before = if outer { region.gap * 0.9 } else { region.gap * 0.25 };
            paragraph.after = 0.0;
            self.blocks
                .push(FlowBlock::ContentsRow(ContentsRowBlock { paragraph, page }));
        }
        self.blocks.push(FlowBlock::NewPage);
    }

    /// Remembers the node of a heading that the contents name; returns its place
    /// among them.
    pub(crate) fn contents_index(&mut self, heading: Option<Origin>, node: NodeId) -> Option<usize> {
        let (place, known) = self.listed_headings.get_mut(&heading)?;
        known.get_or_insert(node);
        Some(*place)
    }

    /// Points the entries at their headings.
    pub(crate) fn point_entries(&mut self) {
        for (link, heading) in std::mem::take(&mut self.entries) {
            if let Some((_, Some(node))) = self.listed_headings.get(&heading) {
                self.tags.structure.node_mut(link).target = Some(Target::Node(*node));
            }
        }
    }
}
