//! Builds a letter's text: headings, paragraphs, lists, quotations, tables, code.
//!
//! In: blocks as the author wrote them. Out: blocks of the flow, and their nodes.
//! Guaranteed: what nests stays within its room, however deep. Absent: passages set
//! apart, which are in `set_apart`.

use crate::compose::document::{Alignment, Block, Line, List, Part, Table, plain};
use crate::layout::flow::block::{FlowBlock, Label, RuleBlock, TableBlock, TableColumn};
use crate::layout::flow::builder::{DEEP, FlowBuilder, Region};
use crate::layout::flow::figure;
use crate::layout::flow::tags::CODE;
use crate::layout::frame::{Artifact, Mark, NodeId, Role};
use crate::layout::page_metrics::{HAIRLINE, QUIET};
use crate::layout::paragraph::format::{Align, ParagraphFormat};
use crate::layout::text::atom::measure;
use crate::layout::text::font_style::FontStyle;
use crate::layout::text::styled_text::{StyledText, TextStyle};
use crate::model::direction::Direction;
use crate::model::letter::DocumentKind;
use crate::model::numeric_column;
use crate::source::Origin;
use std::borrow::Cow;

impl FlowBuilder<'_> {
    /// Builds a heading of the body, at the level its surroundings give it.
    fn heading(&mut self, level: u8, content: &Line, origin: Origin, region: &Region, parent: NodeId) {
        while self.headings.last().is_some_and(|&above| above >= level) {
            self.headings.pop();
        }
        self.headings.push(level);
        let depth = u8::try_from(self.headings.len()).unwrap_or(6);
        let rank = (self.top_level + depth - 1).min(6);
        // The body's outermost headings look alike, whether a RE: line stands
        // above them or not. Plans and pages are read by their headings.
        let look = match self.document.kind {
            DocumentKind::Letter | DocumentKind::PressRelease => depth + 1,
            _ => depth,
        };
        self.heading_of = Some(Some(origin));
        self.set_heading(look, rank, content, region, parent);
    }

    /// Builds a heading with the look of one level and the rank of another.
    pub(crate) fn set_heading(&mut self, look: u8, rank: u8, content: &Line, region: &Region, parent: NodeId) {
        let node = self.tags.node(parent, Role::Heading(rank));
        let (style, before, after) = self.metrics.heading(look);
        let text = self.tags.inlines(content, style, node);
        if text.is_empty() {
            return;
        }
        let format = ParagraphFormat {
            rest: 0.0,
            leading: style.size * 1.25,
            ..self.line_format(region)
        };
        let mut paragraph = Self::paragraph(text, format, region);
        (paragraph.before, paragraph.after) = (before, after);
        paragraph.make_heading();
        paragraph.bookmark = Some((rank, plain(content).into()));
        paragraph.contents_index = self
            .heading_of
            .take()
            .and_then(|heading| self.contents_index(heading, node));
        self.push(paragraph, parent);
    }

    /// Builds blocks in a region; `depth` counts the lists around them.
    pub(crate) fn blocks(&mut self, blocks: &[Block], region: &Region, parent: NodeId, depth: usize) {
        for block in blocks {
            match block {
                Block::Heading { level, content, origin } => self.heading(*level, content, *origin, region, parent),
                Block::Paragraph(line) => {
                    let place = (region.left, region.width);
                    let figure = figure::figure(line, place, parent, self.metrics, &mut self.tags);
                    if let Some(mut figure) = figure {
                        figure.gap = region.gap;
                        self.blocks.push(FlowBlock::Figure(figure));
                        continue;
                    }
                    let node = self.tags.node(parent, Role::Paragraph);
                    let text = self.tags.inlines(line, region.style, node);
                    if !text.is_empty() {
                        let mut paragraph = Self::paragraph(text, self.format(region), region);
                        // What ends in a colon announces what follows.
                        paragraph.keep_with_next = paragraph.text.chars.ends_with(':');
                        self.push(paragraph, parent);
                    }
                }
                Block::List(list) => self.list(list, region, parent, depth),
                Block::Quote(inner) => {
                    let node = self.tags.node(parent, Role::BlockQuote);
                    self.blocks(inner, &self.within_quote(region), node, depth);
                }
                Block::Passage { language, blocks } => {
                    let node = self.tags.node(parent, Role::Division);
                    self.tags.structure.node_mut(node).language = Some(language.as_str().into());
                    let outer = self.tags.language.replace(language.as_str().into());
                    let outer_rtl = std::mem::replace(&mut self.rtl, Direction::of_language(language).is_rtl());
                    self.blocks(blocks, region, node, depth);
                    self.rtl = outer_rtl;
                    self.tags.language = outer;
                }
                Block::Quotation { content, speaker } => self.quotation(content, speaker, region, parent, depth),
                Block::Box { title, content } => self.boxed(title, content, region, parent, depth),
                Block::KeyFigure { figure, caption } => self.fact(figure, caption, region, parent),
                Block::Table(table) => self.table(table, None, region, parent),
                Block::Captioned { content, caption } => self.captioned(content, caption, region, parent, depth),
                Block::PullQuote { content, speaker } => self.pull_quote(content, speaker, region, parent, depth),
                Block::Code(lines) => self.code(lines, region, parent),
                Block::PageBreak => self.blocks.push(FlowBlock::NewPage),
                Block::Rule => self.blocks.push(FlowBlock::Rule(RuleBlock {
                    left: region.left + region.width * 0.35,
                    width: region.width * 0.3,
                    thickness: HAIRLINE,
                    color: QUIET,
                    before: region.gap * 1.6,
                    after: region.gap * 1.6,
                    keep_with_previous: false,
                })),
                // Composing leaves no excerpts.
                Block::Html(_) | Block::Excerpt(_) => {}
            }
        }
    }

    /// Returns the region of a quotation: indented on both sides.
    pub(crate) fn within_quote(&self, region: &Region) -> Region {
        let indent = (region.style.size * 1.8).min(region.width * DEEP);
        // Among numbered paragraphs, it is set in from their text, not from their numbers.
        let numbers = self.widest_number(region.style.tabular());
        let is_outermost = region.width >= self.region().width;
        let start = match numbers > 0.0 && is_outermost {
            true => label_indent(numbers, region.style.size, 0).min(region.width * DEEP),
            false => 0.0,
        };
        Region {
            left: region.left + indent + if self.rtl { 0.0 } else { start },
            width: region.width - 2.0 * indent - start,
            ..*region
        }
    }

    /// Returns how wide the widest number of the letter's paragraphs is; zero where they have
    /// none. All of them have one edge, whatever headings and quotations stand between them.
    fn widest_number(&self, style: TextStyle) -> f64 {
        if !self.document.page.numbered_paragraphs || self.is_appendix {
            return 0.0;
        }
        let blocks = self.document.parts.iter().filter_map(|part| match part {
            Part::Body(blocks) => Some(blocks),
            _ => None,
        });
        let labels = blocks.flatten().filter_map(|block| match block {
            Block::List(list) => Some(list.numbering.as_ref()?.label(list.items.len().saturating_sub(1))),
            _ => None,
        });
        let mark = Mark::Artifact(Artifact::Layout);
        labels
            .map(|label| measure(&StyledText::plain(&label, style, mark), self.shaper).0)
            .fold(0.0, f64::max)
    }

    /// Builds literal text.
    fn code(&mut self, lines: &str, region: &Region, parent: NodeId) {
        let node = self.tags.node(parent, Role::Paragraph);
        let node = self.tags.node(node, Role::Code);
        let style = TextStyle::new(FontStyle::Mono, region.style.size * CODE);
        // Spaces are kept: they mean something here.
        let kept = tabbed(lines.trim_end()).replace(' ', "\u{a0}");
        let text = self.tags.plain(&kept, style, node);
        if text.is_empty() {
            return;
        }
        let indent = region.style.size.min(region.width * DEEP);
        let region = Region {
            style,
            leading: style.size * 1.3,
            ..self.beside(region, indent, indent).0
        };
        let mut paragraph = Self::paragraph(text, self.line_format(&region), &region);
        // What is turned over stands two letters in.
        paragraph.format.rest = style.size * 1.2;
        self.push(paragraph, parent);
    }

    /// Builds a list, with labels beside its items.
    fn list(&mut self, list: &List, region: &Region, parent: NodeId, depth: usize) {
        /// Bullets by depth of nesting.
        const BULLETS: [&str; 3] = ["•", "–", "·"];
        let ordered = list.numbering.is_some();
        let node = self.tags.node(parent, Role::List { ordered });
        let style = region.style.tabular();
        let size = region.style.size;
        let labels: Vec<String> = (0..list.items.len())
            .map(|item| match &list.numbering {
                Some(numbering) => numbering.label(item),
                None => BULLETS[depth.min(BULLETS.len() - 1)].to_owned(),
            })
            .collect();
        let mark = Mark::Artifact(Artifact::Layout);
        let widest = labels
            .iter()
            .map(|label| measure(&StyledText::plain(label, style, mark), self.shaper).0)
            .fold(0.0, f64::max);
        let numbers = if depth == 0 && ordered {
            self.widest_number(style)
        } else {
            0.0
        };
        let space = size * LABEL_SPACE;
        let indent = label_indent(widest.max(numbers), size, depth).min(region.width * DEEP);
        let (inner, label_left) = self.beside(region, indent, indent - space);
        let inner = Region {
            gap: if list.tight {
                region.gap * 0.35
            } else {
                region.gap * 0.75
            },
            ..inner
        };
        let first = self.blocks.len();
        for (label, blocks) in labels.iter().zip(&list.items) {
            let item = self.tags.node(node, Role::ListItem);
            let label_node = self.tags.node(item, Role::Label);
            let text = self.tags.plain(label, style, label_node);
            let body = self.tags.node(item, Role::ListBody);
            let outer = std::mem::take(&mut self.blocks);
            self.blocks(blocks, &inner, body, depth + 1);
            let mut set = std::mem::replace(&mut self.blocks, outer);
            let label = Label {
                text,
                format: self.label_format(region, indent - space, Align::End),
                left: label_left,
            };
            Self::attach(&mut set, label, &inner);
            self.blocks.append(&mut set);
        }
        // Around the list stands the space of its surroundings.
        if let Some(FlowBlock::Paragraph(paragraph)) = self.blocks.get_mut(first) {
            paragraph.before = if depth == 0 { region.gap * 0.8 } else { inner.gap };
        }
        if depth == 0
            && self.blocks.len() > first
            && let Some(FlowBlock::Paragraph(paragraph)) = self.blocks.last_mut()
        {
            paragraph.after = region.gap;
        }
    }

    /// Builds a table with its caption.
    pub(crate) fn table(&mut self, table: &Table, caption: Option<&Line>, region: &Region, parent: NodeId) {
        let node = self.tags.node(parent, Role::Table);
        if let Some(caption) = caption {
            self.caption(caption, region, node);
            if let Some(FlowBlock::Paragraph(above)) = self.blocks.last_mut() {
                (above.keep_with_next, above.exact_space_after) = (true, true);
                above.after = region.gap * 0.5;
            }
        }
        let size = region.style.size * 0.92;
        let head = self.metrics.style(FontStyle::SansBold, size * 0.95);
        let body = self.metrics.style(FontStyle::Serif, size).tabular();
        let has_row_heads = table.has_row_heads();
        let mut rows = Vec::new();
        let mut notes = Vec::new();
        for (index, cells) in std::iter::once(&table.head).chain(&table.rows).enumerate() {
            let row = self.tags.node(node, Role::TableRow);
            let mut texts = Vec::new();
            for (column, cell) in cells.iter().enumerate() {
                let (role, style) = match (index, column) {
                    (0, _) => (Role::TableHeader, head),
                    (_, 0) if has_row_heads => (Role::RowHeader, body),
                    _ => (Role::TableCell, body),
                };
                let cell_node = self.tags.node(row, role);
                let text = self.tags.inlines(cell, style, cell_node);
                notes.extend(text.notes());
                texts.push(text);
            }
            rows.push(texts);
        }
        let columns = table_columns(table, &rows);
        self.blocks.push(FlowBlock::Table(TableBlock {
            left: region.left,
            width: region.width,
            columns,
            rows,
            leading: size * 1.3,
            gap: region.gap,
            rtl: self.rtl.then_some(true),
            labels: Vec::new(),
        }));
        self.footnotes(&notes, parent);
    }
}

/// Returns how the columns of a table stand; `rows` are its texts, the head first.
fn table_columns(table: &Table, rows: &[Vec<StyledText>]) -> Vec<TableColumn> {
    let aligned = |align: Align, points| TableColumn {
        align,
        points,
        is_blank: false,
    };
    let column = |(column, is_blank): (usize, bool)| TableColumn {
        is_blank,
        ..match table.alignments.get(column).copied().unwrap_or_default() {
            Alignment::Start => TableColumn::default(),
            Alignment::Center => aligned(Align::Center, None),
            Alignment::End => aligned(Align::End, None),
            Alignment::Number => {
                let cells = rows.iter().skip(1).filter_map(|row| row.get(column));
                let cells: Vec<Cow<'_, str>> = cells.map(|cell| cell.with_marks_as('*')).collect();
                let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
                aligned(Align::End, Some(numeric_column::points(&cells)))
            }
        }
    };
    table.blank_columns().into_iter().enumerate().map(column).collect()
}

/// Space between a label and its item, in em.
const LABEL_SPACE: f64 = 0.5;

/// Returns how far items are set in beside labels of a width.
fn label_indent(widest: f64, size: f64, depth: usize) -> f64 {
    (widest + size * LABEL_SPACE).max(size * 1.3) + if depth == 0 { size * 0.5 } else { 0.0 }
}

/// Columns between tab stops in literal text.
const TAB: usize = 4;

/// Returns literal text with spaces up to the next stop in place of each tab.
fn tabbed(lines: &str) -> String {
    let mut out = String::with_capacity(lines.len());
    let mut column = 0;
    for c in lines.chars() {
        match c {
            '\t' => {
                let spaces = TAB - column % TAB;
                out.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            }
            '\n' => {
                out.push(c);
                column = 0;
            }
            c => {
                out.push(c);
                column += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_lead_to_stops() {
        assert_eq!(tabbed("a\tb\n\tc\nabcd\te"), "a   b\n    c\nabcd    e");
    }
}
