//! Builds the roll: the signatories in columns, in a sentence, or by their logos.
//!
//! In: the roll. Out: blocks of the flow, and their nodes. Guaranteed: each signatory is
//! one text, one list item and one content of the tree. Absent: who is on it, and in
//! which order.

use crate::compose::document::{Line, Roll, RollEntry, RollSection, plain};
use crate::layout::flow::block::{FlowBlock, LogoCell, LogoRowBlock, RollBlock};
use crate::layout::flow::builder::{FlowBuilder, Region};
use crate::layout::flow::figure;
use crate::layout::frame::{Node, NodeId, Role, Structure};
use crate::layout::paragraph::format::{Align, BreakPolicy, ParagraphFormat};
use crate::layout::text::font_style::FontStyle;
use crate::layout::text::styled_text::StyledText;
use crate::model::letter::{DocumentKind, RollStyle};

impl FlowBuilder<'_> {
    /// Builds the roll: its heading, its sections and its note.
    pub(crate) fn roll(&mut self, roll: &Roll) {
        let nobody = |section: &RollSection| section.entries.is_empty() && section.sentence.is_empty();
        if roll.sections.iter().all(nobody) {
            return;
        }
        let region = self.region();
        let mut node = Node::new(Role::Sect);
        node.title = Some(match &roll.heading {
            Some(heading) => plain(heading).into(),
            None => self.document.labels.signatories.as_str().into(),
        });
        let sect = self.tags.structure.add(Structure::ROOT, node);
        self.sect = None;
        let rank = self.top_level;
        if let Some(heading) = &roll.heading {
            self.heading_of = Some(None);
            let look = match self.document.kind {
                DocumentKind::Letter | DocumentKind::PressRelease => 2,
                _ => 1,
            };
            self.set_heading(look, rank, heading, &region, sect);
        }
        let below = rank + u8::from(roll.heading.is_some());
        // Without a heading, a line's height tells the roll from the text above it.
        let mut before = if roll.heading.is_some() {
            region.gap
        } else {
            region.leading
        };
        for section in roll.sections.iter().filter(|section| !nobody(section)) {
            if let Some(heading) = &section.heading {
                self.section_heading(heading, below.min(6), sect);
            }
            if roll.style == RollStyle::Sentence && !section.sentence.is_empty() {
                let node = self.tags.node(sect, Role::Paragraph);
                let text = self.tags.plain(&section.sentence, region.style, node);
                let mut paragraph = Self::paragraph(text, self.format(&region), &region);
                paragraph.before = std::mem::replace(&mut before, region.gap);
                self.push(paragraph, sect);
                continue;
            }
            let list = self.tags.node(sect, Role::List { ordered: false });
            let columns = usize::from(roll.columns.clamp(1, 3));
            match roll.style {
                RollStyle::Logos => self.logos(&section.entries, columns + 1, list),
                RollStyle::Columns => self.names(&section.entries, columns, &mut before, list),
                _ => self.names(&section.entries, 1, &mut before, list),
            }
        }
        if let Some(note) = &roll.note {
            self.roll_note(note, sect);
        }
    }

    /// Builds the columns of a section's names, with the space `before` them, which
    /// is used up.
    fn names(&mut self, entries: &[RollEntry], columns: usize, before: &mut f64, list: NodeId) {
        let region = self.region();
        let style = self.metrics.roll();
        let entries = entries.iter().map(|entry| self.name(entry, list)).collect();
        let gutter = self.metrics.gutter();
        let width = |columns: usize| (region.width - gutter * (columns as f64 - 1.0)) / columns as f64;
        let mut columns = columns;
        while columns > 1 && width(columns) < NARROWEST * style.size {
            columns -= 1;
        }
        self.blocks.push(FlowBlock::Roll(RollBlock {
            entries,
            columns,
            format: ParagraphFormat {
                width: width(columns),
                first: 0.0,
                rest: style.size,
                align: Align::Start,
                break_policy: BreakPolicy::Display,
                hyphenate: false,
                leading: self.metrics.roll_leading(),
                rtl: Some(self.rtl),
            },
            gutter,
            before: std::mem::replace(before, region.gap),
            after: region.gap,
        }));
    }

    /// Builds the text of one signatory: the name, and in italics what follows it.
    fn name(&mut self, entry: &RollEntry, list: NodeId) -> StyledText {
        let (name, detail) = (self.metrics.roll(), self.metrics.roll_detail());
        let item = self.tags.node(list, Role::ListItem);
        let body = self.tags.node(item, Role::ListBody);
        let mut text = self.tags.plain(&entry.name, name, body);
        if let Some(words) = &entry.detail
            && let Some(span) = text.spans.first()
        {
            let mark = span.mark;
            text.push(", ", name, mark, None, None);
            text.push(words, detail, mark, None, None);
            text.trim();
        }
        text
    }

    /// Builds the note below the roll.
    fn roll_note(&mut self, note: &Line, sect: NodeId) {
        let region = self.region();
        let node = self.tags.node(sect, Role::Paragraph);
        let style = self.metrics.style(FontStyle::SerifItalic, self.metrics.size * 0.87);
        let text = self.tags.inlines(note, style, node);
        let format = ParagraphFormat {
            leading: style.size * 1.3,
            ..self.format(&region)
        };
        let mut paragraph = Self::paragraph(text, format, &region);
        paragraph.before = region.gap * 1.4;
        paragraph.keep_together = true;
        self.push(paragraph, sect);
    }

    /// Builds logos in rows, the names of those without one between them.
    fn logos(&mut self, entries: &[RollEntry], columns: usize, list: NodeId) {
        let region = self.region();
        let gutter = self.metrics.gutter();
        let width = (region.width - gutter * (columns as f64 - 1.0)) / columns as f64;
        let height = self.metrics.leading() * LOGO_LINES;
        let style = self.metrics.style(FontStyle::Sans, self.metrics.size * 0.91);
        for row in entries.chunks(columns) {
            let mut cells = Vec::new();
            for (index, entry) in row.iter().enumerate() {
                let from_start = (width + gutter) * index as f64;
                let left = if self.rtl {
                    region.width - from_start - width
                } else {
                    from_start
                };
                let item = self.tags.node(list, Role::ListItem);
                let body = self.tags.node(item, Role::ListBody);
                let place = (left, width, height);
                let logo = entry.logo.as_ref();
                let figure = logo.and_then(|logo| figure::in_cell(logo, place, body, &mut self.tags));
                cells.push(match figure {
                    Some(figure) => LogoCell::Logo(figure),
                    None => {
                        let text = self.tags.plain(&entry.name, style, body);
                        let inner = Region { left, width, ..region };
                        let format = ParagraphFormat {
                            width,
                            rest: 0.0,
                            align: Align::Center,
                            leading: style.size * 1.25,
                            ..self.line_format(&inner)
                        };
                        LogoCell::Name(Self::paragraph(text, format, &inner))
                    }
                });
            }
            self.blocks.push(FlowBlock::LogoRow(LogoRowBlock {
                cells,
                height,
                gap: region.gap * 1.2,
            }));
        }
    }

    /// Builds a section's heading in the roll: small, bold, sans.
    fn section_heading(&mut self, heading: &str, rank: u8, sect: NodeId) {
        let region = self.region();
        let node = self.tags.node(sect, Role::Heading(rank));
        let style = self.metrics.style(FontStyle::SansBold, self.metrics.size * 0.87);
        let text = self.tags.plain(heading, style, node);
        if text.is_empty() {
            return;
        }
        let format = ParagraphFormat {
            rest: 0.0,
            leading: style.size * 1.3,
            ..self.line_format(&region)
        };
        let mut paragraph = Self::paragraph(text, format, &region);
        (paragraph.before, paragraph.after) = (region.gap * 1.5, region.gap * 0.4);
        paragraph.make_heading();
        paragraph.bookmark = Some((rank, heading.into()));
        self.push(paragraph, sect);
    }
}

/// Narrowest column of names, in em: a long word and its indent. In large print
/// there are fewer columns than asked for rather than words cut in each.
const NARROWEST: f64 = 9.0;

/// Height of a logo, in lines of text: that of a letterhead's.
const LOGO_LINES: f64 = 3.2;
