//! Builds the roll: the signatories in columns, in a sentence, or by their logos.
//!
//! In: the roll. Out: blocks of the flow, and their nodes. Guaranteed: each signatory is
//! one text, one list item and one content of the tree. Absent: who is on it, and in
//! which order.

use crate::compose::document::{Line, Roll, RollEntry, RollSection, plain};
use crate::layout::flow::block::{FlowBlock, LogoCell, LogoRowBlock, RollBlock, RollItem};
use crate::layout::flow::builder::{FlowBuilder, Region};
use crate::layout::flow::figure;
use crate::layout::frame::{Node, NodeId, Role, Structure, TextSource};
use crate::layout::paragraph::format::{Align, BreakPolicy, ParagraphFormat};
use crate::layout::text::font_style::{FontFeature, FontStyle};
use crate::layout::text::styled_text::{StyledText, TextStyle};
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
        let sections: Vec<&RollSection> = roll.sections.iter().filter(|section| !nobody(section)).collect();
        if roll.style == RollStyle::Columns {
            self.in_columns(roll, &sections, below.min(6), before, sect);
        } else {
            for section in sections {
                if let Some(heading) = &section.heading {
                    self.section_heading(heading, below.min(6), sect);
                }
                match roll.style {
                    RollStyle::Sentence => {
                        let node = self.tags.node(sect, Role::Paragraph);
                        let text = self.tags.plain(&section.sentence, region.style, node);
                        let mut paragraph = Self::paragraph(text, self.format(&region), &region);
                        paragraph.before = std::mem::replace(&mut before, region.gap);
                        self.push(paragraph, sect);
                    }
                    RollStyle::Logos => {
                        let list = self.tags.node(sect, Role::List { ordered: false });
                        self.logos(&section.entries, usize::from(roll.columns.clamp(1, 3)) + 1, list);
                    }
                    RollStyle::List | RollStyle::Columns => {
                        let list = self.tags.node(sect, Role::List { ordered: false });
                        let style = self.metrics.roll(roll);
                        let items = self.names(&section.entries, style, list);
                        self.columns(items, 1, style, std::mem::replace(&mut before, region.gap));
                    }
                }
            }
        }
        if let Some(note) = &roll.note {
            self.roll_note(note, sect);
        }
    }

    /// Builds the names of all sections as one flow of columns, with the headings among them.
    fn in_columns(&mut self, roll: &Roll, sections: &[&RollSection], rank: u8, before: f64, sect: NodeId) {
        let style = self.metrics.roll(roll);
        let mut items = Vec::new();
        for section in sections {
            let heading = section.heading.as_ref().filter(|heading| !heading.trim().is_empty());
            if let Some(heading) = heading {
                items.extend(self.heading_among_names(heading, style, rank, items.is_empty(), sect));
            }
            let list = self.tags.node(sect, Role::List { ordered: false });
            let mut names = self.names(&section.entries, style, list);
            // A heading stands above two names, where there are two.
            if heading.is_some() && names.len() > 1 {
                names[0].keep_with_next = true;
            }
            items.extend(names);
        }
        self.columns(items, usize::from(roll.columns.clamp(1, 3)), style, before);
    }

    /// Builds a section's heading as it stands in a column: small capitals, bold, sans.
    fn heading_among_names(
        &mut self,
        heading: &str,
        style: TextStyle,
        rank: u8,
        is_first: bool,
        sect: NodeId,
    ) -> Option<RollItem> {
        let node = self.tags.node(sect, Role::Heading(rank));
        let style = TextStyle {
            feature: FontFeature::SmallCapitals,
            ..self.metrics.style(FontStyle::SansBold, style.size)
        };
        let text = self.tags.plain(heading, style, node);
        (!text.is_empty()).then(|| RollItem {
            text,
            lead: if is_first { 0.0 } else { style.size * HEADING_LEAD },
            keep_with_next: true,
            bookmark: Some((rank, heading.into())),
        })
    }

    /// Puts items in columns, with the space `before` them.
    fn columns(&mut self, entries: Vec<RollItem>, columns: usize, style: TextStyle, before: f64) {
        let region = self.region();
        let gutter = style.size * GUTTER;
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
                hang_breaks: true,
                align: Align::Start,
                break_policy: BreakPolicy::Display,
                hyphenate: false,
                leading: style.size * LEADING,
                rtl: Some(self.rtl),
            },
            gutter,
            before,
            after: region.gap,
        }));
    }

    /// Builds the texts of signatories.
    fn names(&mut self, entries: &[RollEntry], style: TextStyle, list: NodeId) -> Vec<RollItem> {
        let item = |entry: &RollEntry| RollItem {
            text: self.name(entry, style, list),
            lead: 0.0,
            keep_with_next: false,
            bookmark: None,
        };
        entries.iter().map(item).collect()
    }

    /// Builds the text of one signatory: the name, and in italics below it who that is.
    fn name(&mut self, entry: &RollEntry, name: TextStyle, list: NodeId) -> StyledText {
        let detail = TextStyle {
            font_style: name.font_style.emphasized(),
            ..name
        };
        let mut item = Node::new(Role::ListItem);
        item.source = Some(TextSource::Signatory(entry.name.as_str().into()));
        let item = self.tags.structure.add(list, item);
        let body = self.tags.node(item, Role::ListBody);
        let mut text = self.tags.plain(&entry.name, name, body);
        if let Some(span) = text.spans.first() {
            let mark = span.mark;
            if let Some(place) = &entry.place {
                text.push(&format!(", {place}"), name, mark, None, None);
            }
            if !entry.mark.is_empty() {
                text.push(entry.mark, name, mark, None, None);
            }
            if let Some(words) = &entry.detail {
                text.push(" \n", name, mark, None, None);
                text.push(words, detail, mark, None, None);
            }
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
                    region.left + from_start
                };
                let item = self.tags.node(list, Role::ListItem);
                let body = self.tags.node(item, Role::ListBody);
                let place = (left, width, height);
                let logo = entry.logo.as_ref();
                let figure = logo.and_then(|logo| figure::in_cell(logo, place, body, &mut self.tags));
                cells.push(match figure {
                    Some(figure) => LogoCell::Logo(figure),
                    None => {
                        let text = self.logo_name(entry, style, body);
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

    /// Builds what stands in place of a logo: the name, and smaller below it who that is.
    fn logo_name(&mut self, entry: &RollEntry, style: TextStyle, body: NodeId) -> StyledText {
        let mut text = self.tags.plain(&entry.with_place(), style, body);
        if let (Some(detail), Some(mark)) = (&entry.detail, text.spans.first().map(|span| span.mark)) {
            let small = TextStyle {
                size: style.size * 0.9,
                ..style
            };
            text.push(" \n", style, mark, None, None);
            text.push(detail, small, mark, None, None);
            text.trim();
        }
        text
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

/// From baseline to baseline in the roll, in em. There is no other space between signatories,
/// so that lines stand level across columns; turned-over lines are told by their indent.
const LEADING: f64 = 1.2;

/// Space between columns of names, in em: wider than a turned-over line's indent.
const GUTTER: f64 = 1.8;

/// Space above a heading among names, in em: half a line.
const HEADING_LEAD: f64 = 0.65;

/// Narrowest column of names, in em: a long word and its indent. In large print
/// there are fewer columns than asked for rather than words cut in each.
const NARROWEST: f64 = 9.0;

/// Height of a logo, in lines of text: that of a letterhead's.
const LOGO_LINES: f64 = 3.2;
