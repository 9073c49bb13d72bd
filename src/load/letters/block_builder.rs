//! The builder of blocks: what is open, and what becomes of it where it ends.
//!
//! In: the parser's events. Out: blocks, and the footnotes' labels. Guaranteed: nesting is
//! bounded; what is left open is closed. Absent: the words of a line (`builder_text`), raw
//! HTML and passages in another language (`builder_html`).

use super::callout;
use super::fields::Masked;
use super::footnotes::FootnoteLabels;
use super::list_labels::{self, ItemLabel};
use super::passage::OpenElement;
use super::raw_text_elements;
use crate::diag::{Code, Diagnostic, Severity};
use crate::load::clean;
use crate::load::diagnostics::Diagnostics;
use crate::load::text_origin::TextOrigin;
use crate::model::link;
use crate::model::numeric_column;
use crate::model::placed_text::PlacedText;
use crate::model::text::{self, Alignment, Block, Image, Inline, Line, Table};
use crate::source::Origin;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// How deep quotes, lists and emphasis may nest. Deeper ones are flattened; no
/// letter needs half of it, and every stage recurses safely.
pub(super) const MAX_DEPTH: usize = 32;

/// Extensions to CommonMark in a letter's text.
pub(super) const BODY: Options = EXTENSIONS
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_TABLES);

/// Extensions to CommonMark in every text. Quotation marks are curled as in English.
pub(super) const EXTENSIONS: Options = Options::ENABLE_STRIKETHROUGH.union(Options::ENABLE_SMART_PUNCTUATION);

/// How deep indented lines within indented lines are read as Markdown.
const MAX_INDENTATION: usize = 4;

/// Something that is open.
pub(super) enum Frame {
    /// The body, a quotation, a list's item.
    Blocks(Holder, Vec<Block>),
    /// A footnote's definition: its index among the labels.
    Footnote(usize, Origin, Vec<Block>),
    /// A list, its items, and whether one of them has paragraphs of its own.
    List {
        ordered: bool,
        loose: bool,
        /// What each item is numbered with, where it is.
        labels: Vec<ItemLabel>,
        items: Vec<Vec<Block>>,
    },
    /// Text of a block.
    Text(Leaf, Line),
    /// A look of text.
    Look(TextLook, Line),
    /// A table: what is complete, and the row at hand.
    Table {
        table: Table,
        row: Vec<Line>,
        /// The columns that their author aligned at the start or in the middle.
        set: Vec<bool>,
    },
    /// Literal lines.
    Code(String),
    /// Lines that are set in, as typewritten paragraphs are.
    Indented(Range<usize>),
    /// Raw HTML and where it began.
    Html(String, Range<usize>),
    /// Opened elements that leave no trace, because they nest too deep.
    Through(usize),
}

/// What holds blocks.
pub(super) enum Holder {
    Root,
    /// With where its text stands among what is parsed.
    Quote(Range<usize>),
    Item,
    Passage(OpenElement),
}

/// What holds a line.
pub(super) enum Leaf {
    Paragraph,
    /// Text of a tight item, which the parser gives no paragraph.
    Tight,
    Heading(u8, Origin),
    Cell,
}

/// A look of text, or what else holds text within a line.
pub(super) enum TextLook {
    Emphasis,
    /// What stands between two asterisks that multiply, `2*3*4`, and where the second is.
    Factor(Range<usize>),
    Strong,
    Strikethrough,
    Element(OpenElement),
    Link(String, Origin),
    Image(String, Origin),
}

/// Turns events into blocks.
pub(super) struct Builder<'a> {
    pub(super) source: &'a TextOrigin,
    pub(super) masked: &'a Masked,
    /// Bytes before the text that stand in no file.
    pub(super) prefix: usize,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) stack: Vec<Frame>,
    labels: FootnoteLabels,
    /// The titles of pictures, by the pictures' origins.
    titles: BTreeMap<Origin, PlacedText>,
    /// The element of raw HTML whose text nobody is to read: `script`.
    pub(super) hushed: Option<&'static str>,
    /// How many indented paragraphs the text at hand is within.
    indentation: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        source: &'a TextOrigin,
        masked: &'a Masked,
        prefix: usize,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            source,
            masked,
            prefix,
            diagnostics,
            stack: vec![Frame::Blocks(Holder::Root, Vec::new())],
            labels: FootnoteLabels::default(),
            titles: BTreeMap::new(),
            hushed: None,
            indentation: 0,
        }
    }

    pub(super) fn finish(mut self) -> (Vec<Block>, FootnoteLabels, BTreeMap<Origin, PlacedText>) {
        while self.stack.len() > 1 {
            self.end();
        }
        match self.stack.pop() {
            Some(Frame::Blocks(_, blocks)) => (blocks, self.labels, self.titles),
            _ => (Vec::new(), self.labels, self.titles),
        }
    }

    /// Where a range of the parsed text stands.
    pub(super) fn origin(&self, range: &Range<usize>) -> Origin {
        let text = &self.masked.text[range.clone()];
        let end = range.start + text.trim_end().len();
        self.source
            .at(range.start.saturating_sub(self.prefix)..end.saturating_sub(self.prefix))
    }

    /// Returns where a range of the parsed text stands, byte for byte.
    pub(super) fn place(&self, range: &Range<usize>) -> Origin {
        self.source
            .at(range.start.saturating_sub(self.prefix)..range.end.saturating_sub(self.prefix))
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if let Some(name) = self.hushed {
            match &event {
                Event::InlineHtml(html) if raw_text_elements::closes(html, name) => self.hushed = None,
                Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell) => {
                    self.hushed = None;
                }
                Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak => return,
                _ => {}
            }
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(_) => self.end(),
            Event::Text(text) => match self.stack.last_mut() {
                Some(Frame::Code(code)) => code.push_str(&self.masked.with_labels(&text, range.start)),
                Some(Frame::Html(html, _)) => html.push_str(&self.masked.with_labels(&text, range.start)),
                Some(Frame::Indented(_)) => {}
                _ => match self.masked.with_labels(&text, range.start) {
                    Cow::Borrowed(text) => self.text(text, &range),
                    Cow::Owned(text) => self.push_text(PlacedText::written(text, self.place(&range))),
                },
            },
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                self.diagnostics.markup.code.push(self.place(&range));
                let code = self.literal(&code, &range);
                self.inline(Inline::Code(code));
            }
            Event::Html(html) => match self.stack.last_mut() {
                Some(Frame::Html(lines, _)) => lines.push_str(&self.masked.with_labels(&html, range.start)),
                _ => self.html(&html, &range),
            },
            Event::InlineHtml(html) => self.html(&html, &range),
            Event::FootnoteReference(label) => {
                let index = self.labels.index(&label);
                self.inline(Inline::FootnoteMark(index));
            }
            Event::SoftBreak if self.stands_alone(range.end) => {
                self.end();
                self.stack.push(Frame::Text(Leaf::Paragraph, Line::new()));
            }
            Event::SoftBreak if self.joins_without_space(&range) => {}
            Event::SoftBreak => self.push_text(PlacedText::written(" ", self.place(&range))),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Rule => {
                self.close_tight();
                self.block(Block::Rule);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match &tag {
            Tag::Strikethrough => self.diagnostics.markup.struck.push(self.place(&range)),
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => self.diagnostics.markup.code.push(self.place(&range)),
            _ => {}
        }
        let deep = self.stack.len() >= MAX_DEPTH;
        let is_inline = matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        );
        let frame = match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::BlockQuote(_) | Tag::List(_) if deep => {
                self.too_deep(&range);
                None
            }
            Tag::Emphasis if self.multiplies(range.start) || self.multiplies(range.end.saturating_sub(1)) => {
                self.push_text(PlacedText::written("*", self.place(&(range.start..range.start + 1))));
                Some(Frame::Look(TextLook::Factor(range.end - 1..range.end), Line::new()))
            }
            Tag::Emphasis => Some(Frame::Look(TextLook::Emphasis, Line::new())),
            Tag::Strong => Some(Frame::Look(TextLook::Strong, Line::new())),
            Tag::Strikethrough => Some(Frame::Look(TextLook::Strikethrough, Line::new())),
            Tag::Link {
                link_type, dest_url, ..
            } => {
                let to = self.address(&dest_url, &range);
                let to = if link_type == LinkType::Email {
                    format!("mailto:{to}")
                } else {
                    to
                };
                Some(Frame::Look(TextLook::Link(to, self.origin(&range)), Line::new()))
            }
            Tag::Image { dest_url, title, .. } => {
                let path = self.address(&dest_url, &range);
                if !title.trim().is_empty() {
                    let words = self.literal(&title, &range);
                    self.titles
                        .insert(self.origin(&range), PlacedText::written(words, self.place(&range)));
                }
                Some(Frame::Look(TextLook::Image(path, self.origin(&range)), Line::new()))
            }
            Tag::Paragraph => {
                self.loosen();
                Some(Frame::Text(Leaf::Paragraph, Line::new()))
            }
            Tag::Heading { level, .. } => Some(Frame::Text(
                Leaf::Heading(level as u8, self.origin(&range)),
                Line::new(),
            )),
            Tag::BlockQuote(_) => Some(Frame::Blocks(Holder::Quote(range.clone()), Vec::new())),
            Tag::List(start) => Some(Frame::List {
                ordered: start.is_some(),
                loose: false,
                labels: Vec::new(),
                items: Vec::new(),
            }),
            Tag::Item if matches!(self.stack.last(), Some(Frame::List { .. })) => {
                let label = self.label(&range);
                if let Some(Frame::List { labels, .. }) = self.stack.last_mut() {
                    labels.push(label);
                }
                Some(Frame::Blocks(Holder::Item, Vec::new()))
            }
            Tag::FootnoteDefinition(label) => {
                let index = self.labels.index(&label);
                Some(Frame::Footnote(index, self.origin(&range), Vec::new()))
            }
            Tag::Table(alignments) => Some(Frame::Table {
                set: alignments.iter().map(is_set).collect(),
                table: Table {
                    alignments: alignments.into_iter().map(alignment).collect(),
                    head: Vec::new(),
                    rows: Vec::new(),
                },
                row: Vec::new(),
            }),
            Tag::TableRow => {
                self.surplus(&range);
                None
            }
            Tag::TableCell => Some(Frame::Text(Leaf::Cell, Line::new())),
            Tag::CodeBlock(CodeBlockKind::Indented) => Some(Frame::Indented(range)),
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => Some(Frame::Code(String::new())),
            Tag::HtmlBlock => Some(Frame::Html(String::new(), range)),
            // A table's head and rows end where their cells do; see `end`.
            _ => None,
        };
        if is_inline {
            self.open_text();
        } else {
            self.close_tight();
        }
        match (frame, self.stack.last_mut()) {
            (Some(frame), _) => self.stack.push(frame),
            (None, Some(Frame::Through(count))) => *count += 1,
            (None, _) => self.stack.push(Frame::Through(1)),
        }
    }

    fn end(&mut self) {
        self.close_elements();
        self.close_tight();
        match self.stack.pop() {
            Some(Frame::Through(count)) => {
                if count > 1 {
                    self.stack.push(Frame::Through(count - 1));
                } else if let Some(Frame::Table { table, row, .. }) = self.stack.last_mut()
                    && !row.is_empty()
                {
                    let row = std::mem::take(row);
                    if table.head.is_empty() {
                        table.head = row;
                    } else {
                        table.rows.push(row);
                    }
                }
            }
            Some(Frame::Blocks(Holder::Root, blocks)) => self.stack.push(Frame::Blocks(Holder::Root, blocks)),
            Some(Frame::Blocks(Holder::Quote(range), blocks)) => self.quote(blocks, &range),
            Some(Frame::Blocks(Holder::Passage(passage), blocks)) => self.block(Block::Passage {
                language: passage.language.unwrap_or_default(),
                blocks,
            }),
            Some(Frame::Blocks(Holder::Item, blocks)) => {
                if let Some(Frame::List { items, .. }) = self.stack.last_mut() {
                    items.push(blocks);
                }
            }
            Some(Frame::Footnote(index, origin, blocks)) => self.define(index, origin, blocks),
            Some(Frame::List {
                ordered,
                loose,
                labels,
                items,
            }) => {
                for list in list_labels::lists(ordered, !loose, &labels, items) {
                    self.block(Block::List(list));
                }
            }
            Some(Frame::Indented(range)) => self.indented(&range),
            Some(Frame::Text(leaf, line)) => self.leaf(&leaf, line),
            Some(Frame::Look(look, line)) => self.look(look, line),
            Some(Frame::Table { mut table, set, .. }) => {
                let width = table.head.len();
                table.alignments.resize(width, Alignment::default());
                for row in &mut table.rows {
                    row.resize(width, Line::new());
                }
                align_numbers(&mut table, &set);
                self.block(Block::Table(table));
            }
            Some(Frame::Code(code)) => {
                let restored = self.masked.restore(&code);
                let mut code = clean::literal(&restored).text.into_owned();
                if code.ends_with('\n') {
                    code.pop();
                }
                self.block(Block::Code(code));
            }
            Some(Frame::Html(html, range)) => self.html_block(&html, &range),
            None => {}
        }
    }

    /// Whether a place of the parsed text is an asterisk between two figures, which multiplies.
    fn multiplies(&self, at: usize) -> bool {
        let bytes = self.masked.text.as_bytes();
        let is_figure = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
        bytes.get(at) == Some(&b'*') && is_figure(at.checked_sub(1)) && is_figure(at.checked_add(1))
    }

    /// Whether the line before a line end, or the one after it, is a paragraph of
    /// its own: what names a quotation's kind or its speaker. `next`: where the
    /// line after it begins.
    fn stands_alone(&self, next: usize) -> bool {
        let [
            ..,
            Frame::Blocks(Holder::Quote(_), blocks),
            Frame::Text(Leaf::Paragraph, line),
        ] = self.stack.as_slice()
        else {
            return false;
        };
        let typed = self.masked.text.get(next..).unwrap_or_default();
        let typed = typed.trim_start_matches([' ', '>', '\t']);
        (blocks.is_empty() && callout::names_kind(line)) || callout::names_speaker(typed)
    }

    /// Tells of a row that has more cells than its table has columns.
    fn surplus(&mut self, range: &Range<usize>) {
        let columns = self.stack.iter().rev().find_map(|frame| match frame {
            Frame::Table { table, .. } => Some(table.alignments.len()),
            _ => None,
        });
        let cells = cells(&self.masked.text[range.clone()]);
        if let Some(columns) = columns
            && let Some(first) = cells.get(columns)
            && cells[columns..].iter().any(|cell| !cell.trim().is_empty())
        {
            let message = format!(
                "this row has {} cells, its table {}; “{}” would not be printed",
                cells.len(),
                crate::diag::counted(columns, "column", "columns"),
                self.masked.restore(first.trim())
            );
            let origin = self.origin(range);
            self.diagnostics.push(
                Diagnostic::error(Code::LostText, message)
                    .at(origin)
                    .hint("add a column to the table's first row, or write \\| for a stroke within a cell"),
            );
        }
    }

    /// Returns what an item is numbered with: what was written there.
    fn label(&self, range: &Range<usize>) -> ItemLabel {
        let text = &self.masked.text;
        let at = range.start + text[range.clone()].len() - text[range.clone()].trim_start().len();
        let written = self.masked.labels.get(&at).copied();
        let mut label = written.unwrap_or_else(|| ItemLabel::of_markdown(&text[at..range.end.max(at)]));
        let before = text[..at].trim_end_matches([' ', '\t', '>']);
        let before = before.strip_suffix('\n').unwrap_or(before);
        label.after_blank = before.trim_end_matches([' ', '\t', '>', '\r']).ends_with('\n');
        label
    }

    /// Returns true if a line end stands between characters of a script without spaces.
    fn joins_without_space(&self, range: &Range<usize>) -> bool {
        let text = &self.masked.text;
        let before = text
            .get(..range.start)
            .and_then(|before| before.trim_end().chars().next_back());
        let after = text
            .get(range.end..)
            .and_then(|after| after.trim_start().chars().next());
        before.is_some_and(is_unspaced) && after.is_some_and(is_unspaced)
    }

    /// Reads lines that are set in by four spaces or more. Letters are no programs: they are
    /// paragraphs.
    fn indented(&mut self, range: &Range<usize>) {
        let masked = self.masked;
        let mut start = range.start;
        let mut parts: Vec<Range<usize>> = Vec::new();
        let mut goes_on = false;
        for line in masked.text[range.clone()].split_inclusive('\n') {
            let begin = start + line.len() - line.trim_start_matches([' ', '\t', '>']).len();
            let end = start + line.len();
            start = end;
            let is_quoted = line.trim_start().starts_with('>');
            match parts.last_mut() {
                _ if begin >= end || masked.text[begin..end].trim().is_empty() => goes_on = false,
                Some(last) if goes_on && !is_quoted => last.end = end,
                _ => {
                    parts.push(begin..end);
                    goes_on = true;
                }
            }
        }
        self.paragraphs(&parts);
    }

    /// Reads parts of the text as Markdown of its own.
    pub(super) fn paragraphs(&mut self, parts: &[Range<usize>]) {
        let masked = self.masked;
        self.indentation += 1;
        for part in parts {
            if self.indentation > MAX_INDENTATION {
                self.stack.push(Frame::Text(Leaf::Paragraph, Line::new()));
                self.text(masked.text[part.clone()].trim_end(), part);
                self.end();
                continue;
            }
            let events = Parser::new_ext(&masked.text[part.clone()], BODY);
            for (event, place) in events.into_offset_iter() {
                self.event(event, part.start + place.start..part.start + place.end);
            }
        }
        self.indentation -= 1;
    }

    fn quote(&mut self, blocks: Vec<Block>, range: &Range<usize>) {
        let typed = self.masked.restore(&self.masked.text[range.clone()]);
        let first = typed.lines().next().unwrap_or_default();
        let origin = self.origin(&(range.start..range.start + 1));
        let block = callout::quote(blocks, first, origin, self.diagnostics);
        self.block(block);
    }

    /// Closes the text of a tight item, if it is open.
    pub(super) fn close_tight(&mut self) {
        if matches!(self.stack.last(), Some(Frame::Look(TextLook::Element(_), _))) {
            self.close_elements();
        }
        if let Some(Frame::Text(Leaf::Tight, _)) = self.stack.last()
            && let Some(Frame::Text(leaf, line)) = self.stack.pop()
        {
            self.leaf(&leaf, line);
        }
    }

    /// Makes sure that text can be added.
    pub(super) fn open_text(&mut self) {
        let top = self
            .stack
            .iter()
            .rev()
            .find(|frame| !matches!(frame, Frame::Through(_)));
        if !matches!(top, Some(Frame::Text(..) | Frame::Look(..))) {
            self.stack.push(Frame::Text(Leaf::Tight, Line::new()));
        }
    }

    /// A paragraph begins: if it stands right in an item, the list is loose.
    fn loosen(&mut self) {
        self.close_tight();
        let passage = |frame: &Frame| matches!(frame, Frame::Blocks(Holder::Passage(_), _));
        let within = self.stack.iter().rev().take_while(|frame| passage(frame)).count();
        let around = self.stack.len() - within;
        if let [.., Frame::List { loose, .. }, Frame::Blocks(Holder::Item, _)] = &mut self.stack[..around] {
            *loose = true;
        }
    }

    /// Adds an inline where text is open.
    pub(super) fn inline(&mut self, inline: Inline) {
        self.open_text();
        for frame in self.stack.iter_mut().rev() {
            if let Frame::Text(_, line) | Frame::Look(_, line) = frame {
                line.push(inline);
                return;
            }
        }
    }

    /// Adds a block to the innermost holder of blocks.
    pub(super) fn block(&mut self, block: Block) {
        for frame in self.stack.iter_mut().rev() {
            if let Frame::Blocks(_, blocks) | Frame::Footnote(_, _, blocks) = frame {
                blocks.push(block);
                return;
            }
        }
    }

    fn leaf(&mut self, leaf: &Leaf, line: Line) {
        match leaf {
            Leaf::Paragraph | Leaf::Tight if line.is_empty() => {}
            Leaf::Paragraph | Leaf::Tight => self.block(Block::Paragraph(line)),
            &Leaf::Heading(level, origin) => self.block(Block::Heading {
                level,
                content: line,
                origin,
            }),
            Leaf::Cell => {
                let table = self.stack.iter_mut().rev().find_map(|frame| match frame {
                    Frame::Table { row, .. } => Some(row),
                    _ => None,
                });
                if let Some(row) = table {
                    row.push(line);
                }
            }
        }
    }

    pub(super) fn look(&mut self, look: TextLook, line: Line) {
        let inline = match look {
            TextLook::Factor(sign) => {
                for inline in line {
                    match inline {
                        Inline::Text(text) => self.push_text(text),
                        other => self.inline(other),
                    }
                }
                return self.push_text(PlacedText::written("*", self.place(&sign)));
            }
            TextLook::Emphasis => Inline::Emphasis(line),
            TextLook::Strong => Inline::Strong(line),
            TextLook::Strikethrough => Inline::Strikethrough(line),
            TextLook::Element(element) => element.inline(line),
            TextLook::Link(to, origin) => {
                if let Some((message, hint)) = link::dead(&to) {
                    self.diagnostics
                        .push(Diagnostic::warning(Code::BadLink, message).at(origin).hint(hint));
                }
                Inline::Link {
                    to,
                    content: line,
                    origin,
                }
            }
            TextLook::Image(path, origin) => Inline::Image(Image {
                path,
                alt: text::plain(&line),
                origin,
                picture: None,
            }),
        };
        self.inline(inline);
    }

    /// Adds clean text, joined to the text before it.
    pub(super) fn push_text(&mut self, text: PlacedText) {
        if text.is_empty() {
            return;
        }
        self.open_text();
        for frame in self.stack.iter_mut().rev() {
            if let Frame::Text(_, line) | Frame::Look(_, line) = frame {
                match line.last_mut() {
                    Some(Inline::Text(last)) => last.push(&text),
                    _ => line.push(Inline::Text(text)),
                }
                return;
            }
        }
    }

    pub(super) fn too_deep(&mut self, range: &Range<usize>) {
        let origin = self.origin(&(range.start..range.start + 1));
        self.diagnostics.say(Severity::Warning, Code::TooLarge, || {
            let message = format!("this is nested more than {MAX_DEPTH} levels deep; the deeper levels are joined");
            Diagnostic::warning(Code::TooLarge, message).at(origin)
        });
    }

    fn define(&mut self, index: usize, origin: Origin, content: Vec<Block>) {
        let definition = &mut self.labels.definitions[index];
        if definition.origin.is_none() {
            definition.origin = Some(origin);
            definition.content = content;
        } else {
            let message = format!(
                "the footnote `{}` is defined twice; this one is not used",
                definition.label
            );
            self.diagnostics
                .push(Diagnostic::warning(Code::UnusedFootnote, message).at(origin));
        }
    }
}

/// Divides a table's row at its strokes.
fn cells(row: &str) -> Vec<&str> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = Vec::new();
    let (mut begin, mut escaped) = (0, false);
    for (at, c) in row.char_indices() {
        match c {
            '|' if !escaped => {
                cells.push(&row[begin..at]);
                begin = at + 1;
                escaped = false;
            }
            _ => escaped = c == '\\' && !escaped,
        }
    }
    if begin < row.len() {
        cells.push(&row[begin..]);
    }
    cells
}

/// Returns true for characters of scripts that put no space between words: Chinese and
/// Japanese, with their punctuation.
///
/// Source: CSS Text Module Level 3, section 4.1.3, "Segment Break Transformation Rules".
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{303f}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Aligns columns of numbers as such, unless the author aligned them otherwise. A field counts
/// as a number.
fn align_numbers(table: &mut Table, set: &[bool]) {
    for column in 0..table.head.len() {
        let cells = table.rows.iter().filter_map(|row| row.get(column));
        let words: Vec<String> = cells
            .map(|cell| match cell.as_slice() {
                [Inline::Field(_)] => "0".to_owned(),
                cell => text::plain(cell),
            })
            .collect();
        let alignment = &mut table.alignments[column];
        let is_free = !set.get(column).copied().unwrap_or_default();
        let is_free = is_free && (*alignment == Alignment::End || words.len() > 1);
        if is_free && numeric_column::is_numeric(words.iter().map(String::as_str)) {
            *alignment = Alignment::Number;
        }
    }
}

/// Returns whether the author put a column at the start or in the middle.
fn is_set(alignment: &pulldown_cmark::Alignment) -> bool {
    use pulldown_cmark::Alignment::{Center, Left};
    matches!(alignment, Left | Center)
}

/// Returns the alignment of a column; the parser has none for text that begins where it
/// always does.
fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None | pulldown_cmark::Alignment::Left => Alignment::Start,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::End,
    }
}
