//! Markdown becomes blocks and inlines.
//!
//! In: a body, or one line of front matter. Out: [`Block`]s and footnotes, or a
//! [`Line`]. Guaranteed: fields come out as typed, with their places; no text
//! holds a control character; nesting is bounded, so that later stages may
//! recurse; footnotes are numbered by their first marks. A line of front matter
//! is never a list or a heading, whatever it begins with. Absent: sanitising of
//! raw HTML (that is `emit`'s).
//!
//! Source: CommonMark 0.31 and GitHub's tables, footnotes and strikethrough, as
//! pulldown-cmark reads them.

use super::callout;
use super::fields::{self, Masked, Segment};
use super::footnotes::{self, FootnoteLabels};
use super::link_targets;
use super::passage::{self, OpenPassage};
use super::raw_text_elements;
use crate::diag::{Code, Diagnostic, Severity, closest};
use crate::load::clean;
use crate::load::diagnostics::Diagnostics;
use crate::load::text_origin::{self, TextOrigin};
use crate::model::placed_text::PlacedText;
use crate::model::text::{self, Alignment, Block, Field, Image, Inline, Line, List, Table};
use crate::source::Origin;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// How deep quotes, lists and emphasis may nest. Deeper ones are flattened; no
/// letter needs half of it, and every stage recurses safely.
const MAX_DEPTH: usize = 32;

/// A paragraph of its own that ends the letter and begins an appendix; the same
/// as the line that ends the front matter.
const APPENDIX: &str = "+++";

/// A letter's text.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Its blocks.
    pub(super) blocks: Vec<Block>,
    /// What is appended to it: what stands after each line of [`APPENDIX`].
    pub(super) appendices: Vec<Vec<Block>>,
    /// Its footnotes, in the order of their first marks.
    pub(super) footnotes: Vec<Vec<Block>>,
}

/// Reads a letter's text.
pub(super) fn body(text: &str, source: &TextOrigin, diagnostics: &mut Diagnostics) -> Body {
    let masked = mask(text, source, diagnostics);
    let options = EXTENSIONS | Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES;
    let mut builder = Builder::new(source, &masked, 0, diagnostics);
    for (event, range) in Parser::new_ext(&masked.text, options).into_offset_iter() {
        builder.event(event, range);
    }
    let (blocks, labels) = builder.finish();
    let defined = |label: &str| labels.names.contains_key(label);
    if masked.text.contains("[^") {
        // The parser leaves the mark of an undefined footnote as text, unless it
        // is asked for the older syntax.
        let old = options | Options::ENABLE_OLD_FOOTNOTES;
        for (event, range) in Parser::new_ext(&masked.text, old).into_offset_iter() {
            if let Event::FootnoteReference(label) = event
                && !defined(&label.to_lowercase())
            {
                let label = masked.restore(&label);
                let names = labels.names.keys().map(String::as_str);
                let hint = match closest(&label, names) {
                    Some(near) => format!("did you mean `[^{near}]`?"),
                    None => format!("define it in a paragraph of its own: [^{label}]: ..."),
                };
                diagnostics.push(
                    Diagnostic::error(Code::UnknownFootnote, format!("footnote `{label}` is not defined"))
                        .at(source.at(range))
                        .hint(hint),
                );
            }
        }
    }
    let (blocks, footnotes) = footnotes::number(blocks, labels, diagnostics);
    let mut appendices = divide(blocks);
    Body {
        blocks: appendices.remove(0),
        appendices: appendices.into_iter().filter(|part| !part.is_empty()).collect(),
        footnotes,
    }
}

/// Divides blocks at each line of [`APPENDIX`]; there is at least one part.
fn divide(blocks: Vec<Block>) -> Vec<Vec<Block>> {
    let ends = |block: &Block| match block {
        Block::Paragraph(line) => matches!(line.as_slice(), [Inline::Text(text)] if text.as_str() == APPENDIX),
        _ => false,
    };
    let mut parts = vec![Vec::new()];
    for block in blocks {
        if ends(&block) {
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(block);
        }
    }
    parts
}

/// Stands before a line of front matter, so that nothing in it begins a block:
/// punctuation, which emphasis and quotation marks treat as the start of a line.
const DAGGER: &str = "\u{2020}";

/// Reads one line of front matter.
pub(super) fn line(text: &str, source: &TextOrigin, diagnostics: &mut Diagnostics) -> Line {
    let inner = text.trim_start();
    let skipped = text.len() - inner.len();
    // Line ends and tabs become as many spaces, so that offsets do not move.
    let inner = inner.replace(['\n', '\r', '\t'], " ");
    let source = source.after(skipped);
    let mut masked = mask(&inner, &source, diagnostics);
    masked.text.insert_str(0, DAGGER);
    let mut builder = Builder::new(&source, &masked, DAGGER.len(), diagnostics);
    for (event, range) in Parser::new_ext(&masked.text, EXTENSIONS).into_offset_iter() {
        builder.event(event, range);
    }
    let mut blocks = builder.finish().0.into_iter();
    let Some(Block::Paragraph(mut line)) = blocks.next() else {
        return Line::new();
    };
    if let Some(Inline::Text(first)) = line.first_mut()
        && first.starts_with(DAGGER)
    {
        *first = first.slice(DAGGER.len()..first.len());
        if first.is_empty() {
            line.remove(0);
        }
    }
    line
}

/// Extensions to CommonMark in every text. Quotation marks are curled as in English.
const EXTENSIONS: Options = Options::ENABLE_STRIKETHROUGH.union(Options::ENABLE_SMART_PUNCTUATION);

fn mask(text: &str, source: &TextOrigin, diagnostics: &mut Diagnostics) -> Masked {
    fields::mask(text, |range| {
        let (open, close) = if text[range.clone()].ends_with('%') {
            ("{%", "%}")
        } else {
            ("{{", "}}")
        };
        let message = format!("`{open}` is not closed by `{close}` in the same paragraph");
        diagnostics.push(
            Diagnostic::error(Code::UnclosedField, message)
                .at(source.at(range))
                .hint(format!("close it, or write \\{open} to print these characters")),
        );
    })
}

/// Something that is open.
enum Frame {
    /// The body, a quotation, a list's item.
    Blocks(Holder, Vec<Block>),
    /// A footnote's definition: its index among the labels.
    Footnote(usize, Origin, Vec<Block>),
    /// A list, its items, and whether one of them has paragraphs of its own.
    List {
        start: Option<u64>,
        loose: bool,
        items: Vec<Vec<Block>>,
    },
    /// Text of a block.
    Text(Leaf, Line),
    /// A look of text.
    Look(Look, Line),
    /// A table: what is complete, and the row at hand.
    Table { table: Table, row: Vec<Line> },
    /// Literal lines.
    Code(String),
    /// Raw HTML and where it began.
    Html(String, Range<usize>),
    /// Opened elements that leave no trace, because they nest too deep.
    Through(usize),
}

enum Holder {
    Root,
    /// With where its text stands among what is parsed.
    Quote(Range<usize>),
    Item,
    Passage(OpenPassage),
}

enum Leaf {
    Paragraph,
    /// Text of a tight item, which the parser gives no paragraph.
    Tight,
    Heading(u8, Origin),
    Cell,
}

enum Look {
    Emphasis,
    Strong,
    Strikethrough,
    Passage(OpenPassage),
    Link(String, Origin),
    Image(String, Origin),
}

/// Turns events into blocks.
struct Builder<'a> {
    source: &'a TextOrigin,
    masked: &'a Masked,
    /// Bytes before the text that stand in no file.
    prefix: usize,
    diagnostics: &'a mut Diagnostics,
    stack: Vec<Frame>,
    labels: FootnoteLabels,
    /// The element of raw HTML whose text nobody is to read: `script`.
    hushed: Option<&'static str>,
}

impl<'a> Builder<'a> {
    fn new(source: &'a TextOrigin, masked: &'a Masked, prefix: usize, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            source,
            masked,
            prefix,
            diagnostics,
            stack: vec![Frame::Blocks(Holder::Root, Vec::new())],
            labels: FootnoteLabels::default(),
            hushed: None,
        }
    }

    fn finish(mut self) -> (Vec<Block>, FootnoteLabels) {
        while self.stack.len() > 1 {
            self.end();
        }
        match self.stack.pop() {
            Some(Frame::Blocks(_, blocks)) => (blocks, self.labels),
            _ => (Vec::new(), self.labels),
        }
    }

    /// Where a range of the parsed text stands.
    fn origin(&self, range: &Range<usize>) -> Origin {
        let text = &self.masked.text[range.clone()];
        let end = range.start + text.trim_end().len();
        self.source
            .at(range.start.saturating_sub(self.prefix)..end.saturating_sub(self.prefix))
    }

    /// Returns where a range of the parsed text stands, byte for byte.
    fn place(&self, range: &Range<usize>) -> Origin {
        self.source
            .at(range.start.saturating_sub(self.prefix)..range.end.saturating_sub(self.prefix))
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
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
                Some(Frame::Code(code)) => code.push_str(&text),
                Some(Frame::Html(html, _)) => html.push_str(&text),
                _ => self.text(&text, &range),
            },
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                self.diagnostics.markup.code.push(self.place(&range));
                let code = self.literal(&code, &range);
                self.inline(Inline::Code(code));
            }
            Event::Html(html) => match self.stack.last_mut() {
                Some(Frame::Html(lines, _)) => lines.push_str(&html),
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
            // Between lines of scripts without spaces this should be nothing.
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
            Tag::CodeBlock(_) => self.diagnostics.markup.code.push(self.place(&range)),
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
            Tag::Emphasis => Some(Frame::Look(Look::Emphasis, Line::new())),
            Tag::Strong => Some(Frame::Look(Look::Strong, Line::new())),
            Tag::Strikethrough => Some(Frame::Look(Look::Strikethrough, Line::new())),
            Tag::Link {
                link_type, dest_url, ..
            } => {
                let to = self.address(&dest_url, &range);
                let to = if link_type == LinkType::Email {
                    format!("mailto:{to}")
                } else {
                    to
                };
                Some(Frame::Look(Look::Link(to, self.origin(&range)), Line::new()))
            }
            Tag::Image { dest_url, .. } => {
                let path = self.address(&dest_url, &range);
                Some(Frame::Look(Look::Image(path, self.origin(&range)), Line::new()))
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
                start,
                loose: false,
                items: Vec::new(),
            }),
            Tag::Item if matches!(self.stack.last(), Some(Frame::List { .. })) => {
                Some(Frame::Blocks(Holder::Item, Vec::new()))
            }
            Tag::FootnoteDefinition(label) => {
                let index = self.labels.index(&label);
                Some(Frame::Footnote(index, self.origin(&range), Vec::new()))
            }
            Tag::Table(alignments) => Some(Frame::Table {
                table: Table {
                    alignments: alignments.into_iter().map(alignment).collect(),
                    head: Vec::new(),
                    rows: Vec::new(),
                },
                row: Vec::new(),
            }),
            Tag::TableCell => Some(Frame::Text(Leaf::Cell, Line::new())),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => Some(Frame::Code(String::new())),
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
        self.close_passages();
        self.close_tight();
        match self.stack.pop() {
            Some(Frame::Through(count)) => {
                if count > 1 {
                    self.stack.push(Frame::Through(count - 1));
                } else if let Some(Frame::Table { table, row }) = self.stack.last_mut()
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
                language: passage.language,
                blocks,
            }),
            Some(Frame::Blocks(Holder::Item, blocks)) => {
                if let Some(Frame::List { items, .. }) = self.stack.last_mut() {
                    items.push(blocks);
                }
            }
            Some(Frame::Footnote(index, origin, blocks)) => self.define(index, origin, blocks),
            Some(Frame::List { start, loose, items }) => self.block(Block::List(List {
                start,
                tight: !loose,
                items,
            })),
            Some(Frame::Text(leaf, line)) => self.leaf(&leaf, line),
            Some(Frame::Look(look, line)) => self.look(look, line),
            Some(Frame::Table { mut table, .. }) => {
                let width = table.head.len();
                table.alignments.resize(width, Alignment::default());
                for row in &mut table.rows {
                    row.resize(width, Line::new());
                }
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

    fn quote(&mut self, blocks: Vec<Block>, range: &Range<usize>) {
        let typed = self.masked.restore(&self.masked.text[range.clone()]);
        let first = typed.lines().next().unwrap_or_default();
        let origin = self.origin(&(range.start..range.start + 1));
        let block = callout::quote(blocks, first, origin, self.diagnostics);
        self.block(block);
    }

    /// Closes the text of a tight item, if it is open.
    fn close_tight(&mut self) {
        if matches!(self.stack.last(), Some(Frame::Look(Look::Passage(_), _))) {
            self.close_passages();
        }
        if let Some(Frame::Text(Leaf::Tight, _)) = self.stack.last()
            && let Some(Frame::Text(leaf, line)) = self.stack.pop()
        {
            self.leaf(&leaf, line);
        }
    }

    /// Makes sure that text can be added.
    fn open_text(&mut self) {
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
    fn inline(&mut self, inline: Inline) {
        self.open_text();
        for frame in self.stack.iter_mut().rev() {
            if let Frame::Text(_, line) | Frame::Look(_, line) = frame {
                line.push(inline);
                return;
            }
        }
    }

    /// Adds a block to the innermost holder of blocks.
    fn block(&mut self, block: Block) {
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

    fn look(&mut self, look: Look, line: Line) {
        let inline = match look {
            Look::Emphasis => Inline::Emphasis(line),
            Look::Strong => Inline::Strong(line),
            Look::Strikethrough => Inline::Strikethrough(line),
            Look::Passage(passage) => passage.inline(line),
            Look::Link(to, origin) => {
                if let Some((message, hint)) = link_targets::dead(&to) {
                    self.diagnostics
                        .push(Diagnostic::warning(Code::BadLink, message).at(origin).hint(hint));
                }
                Inline::Link {
                    to,
                    content: line,
                    origin,
                }
            }
            Look::Image(path, origin) => Inline::Image(Image {
                path,
                alt: text::plain(&line),
                origin,
                picture: None,
            }),
        };
        self.inline(inline);
    }

    /// Adds text in which fields are hidden.
    fn text(&mut self, text: &str, range: &Range<usize>) {
        // Where the parser changed nothing, each character has its own place.
        let exact = self.masked.text.get(range.clone()) == Some(text);
        let mut at = range.start;
        let masked = self.masked;
        for piece in masked.pieces(text) {
            match piece {
                Segment::Hidden(hidden) => {
                    at += hidden.range.len();
                    match hidden.expression() {
                        Some(expression) => {
                            let field = Inline::Field(Field {
                                expression: one_line(&expression),
                                origin: self.source.at(hidden.range.clone()),
                            });
                            self.inline(field);
                        }
                        None => {
                            let origin = self.source.at(hidden.range.clone());
                            self.push_text(PlacedText::written(&*hidden.written, origin));
                        }
                    }
                }
                Segment::Text(text) => {
                    let cleaned = clean::text(text);
                    if let Some((place, removed)) = cleaned.removed {
                        let range = if exact {
                            at + place..at + place + removed.len_utf8()
                        } else {
                            range.clone()
                        };
                        let origin = self
                            .source
                            .at(range.start.saturating_sub(self.prefix)..range.end - self.prefix);
                        self.diagnostics.push(text_origin::invisible(removed, origin));
                    }
                    let placed = if exact {
                        self.aligned(text, &cleaned.text, at)
                    } else {
                        PlacedText::written(&*cleaned.text, self.place(range))
                    };
                    at += text.len();
                    self.push_text(placed);
                }
            }
        }
    }

    /// Returns cleaned text with the places of its characters in the parsed text, where
    /// it stands from a byte on before it was cleaned.
    fn aligned(&self, text: &str, cleaned: &str, at: usize) -> PlacedText {
        let mut placed = PlacedText::default();
        let mut kept = cleaned.chars();
        let mut next = kept.next();
        let mut push = |from: usize, to: usize| {
            // What stands before the line's own text is in no file.
            let own = (self.prefix.saturating_sub(at)).clamp(from, to);
            placed.push(&PlacedText::from(&text[from..own]));
            let place = self.place(&(at + own..at + to));
            placed.push(&PlacedText::written(&text[own..to], place));
        };
        let mut begin = 0;
        for (place, c) in text.char_indices() {
            if next == Some(c) {
                next = kept.next();
            } else {
                push(begin, place);
                begin = place + c.len_utf8();
            }
        }
        push(begin, text.len());
        if *placed == *cleaned {
            placed
        } else {
            PlacedText::written(cleaned, self.place(&(at..at + text.len())))
        }
    }

    /// Adds clean text, joined to the text before it.
    fn push_text(&mut self, text: PlacedText) {
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

    /// Returns literal text, fields as they were written.
    fn literal(&mut self, text: &str, range: &Range<usize>) -> String {
        let restored = self.masked.restore(text);
        let cleaned = clean::text(&restored);
        if let Some((_, removed)) = cleaned.removed {
            let origin = self.origin(range);
            self.diagnostics.push(text_origin::invisible(removed, origin));
        }
        cleaned.text.into_owned()
    }

    fn address(&mut self, address: &str, range: &Range<usize>) -> String {
        self.literal(address, range)
    }

    fn html(&mut self, html: &str, range: &Range<usize>) {
        let tag = html.trim_matches(['<', '>', '/', ' ']).to_ascii_lowercase();
        if self.passage(html, range, false) {
            return;
        }
        if tag == "br" {
            self.inline(Inline::Break);
        } else if html.starts_with("<!--") {
            self.comment(range);
        } else {
            self.raw_html(range);
            self.hushed = raw_text_elements::opened(html);
            let html = self.literal(html, range);
            self.inline(Inline::Html(html));
        }
    }

    fn html_block(&mut self, html: &str, range: &Range<usize>) {
        let html = self.masked.restore(html);
        let html = clean::literal(&html).text.trim().to_owned();
        // Tags of passages stand on lines of their own.
        let mut html = html.as_str();
        while let Some((line, rest)) = Some(html.split_once('\n').unwrap_or((html, "")))
            && !line.is_empty()
            && self.passage(line, range, true)
        {
            html = rest.trim_start();
        }
        let html = html.to_owned();
        if is_comment(&html) {
            self.comment(range);
        } else if !html.is_empty() {
            self.raw_html(range);
            self.block(Block::Html(html));
        }
    }

    /// Opens or closes a passage in another language; `false`: the tag does neither.
    fn passage(&mut self, html: &str, range: &Range<usize>, block: bool) -> bool {
        let Some(tag) = passage::tag(html).filter(|tag| passage::is_known(&tag.name, block)) else {
            return false;
        };
        if block {
            self.close_tight();
        }
        let open = match self.stack.last_mut() {
            Some(Frame::Blocks(Holder::Passage(open), _)) if block => Some(open),
            Some(Frame::Look(Look::Passage(open), _)) if !block => Some(open),
            _ => None,
        };
        let open = open.filter(|open| open.element == tag.name);
        match (tag.closes, tag.language, open) {
            (true, _, Some(open)) if open.within == 0 => {
                self.close_passage();
                true
            }
            (true, _, Some(open)) => {
                open.within -= 1;
                false
            }
            (false, None, Some(open)) => {
                open.within += 1;
                false
            }
            (false, Some(language), _) => {
                let origin = self.origin(range);
                let Some(passage) = OpenPassage::new(tag.name, &language, origin) else {
                    let message = format!("`{}` is not a language tag", language.escape_debug());
                    self.diagnostics.push(
                        Diagnostic::warning(Code::UnknownLanguage, message)
                            .at(origin)
                            .hint("write a language such as lang=\"es\""),
                    );
                    return false;
                };
                if self.stack.len() >= MAX_DEPTH {
                    self.too_deep(range);
                    return false;
                }
                if block {
                    self.stack.push(Frame::Blocks(Holder::Passage(passage), Vec::new()));
                } else {
                    self.open_text();
                    self.stack.push(Frame::Look(Look::Passage(passage), Line::new()));
                }
                true
            }
            _ => false,
        }
    }

    /// Ends the innermost passage.
    fn close_passage(&mut self) {
        match self.stack.pop() {
            Some(Frame::Blocks(Holder::Passage(passage), blocks)) => self.block(Block::Passage {
                language: passage.language,
                blocks,
            }),
            Some(Frame::Look(look @ Look::Passage(_), line)) => self.look(look, line),
            Some(other) => self.stack.push(other),
            None => {}
        }
    }

    /// Ends the passages that what they stand in leaves open.
    fn close_passages(&mut self) {
        while let Some(Frame::Blocks(Holder::Passage(passage), _) | Frame::Look(Look::Passage(passage), _)) =
            self.stack.last()
        {
            let message = format!("`<{} lang>` is not closed; the passage ends here", passage.element);
            self.diagnostics.push(
                Diagnostic::warning(Code::RawHtml, message)
                    .at(passage.origin)
                    .hint(format!("write </{}> where the passage ends", passage.element)),
            );
            self.close_passage();
        }
    }

    fn comment(&mut self, range: &Range<usize>) {
        let origin = self.origin(range);
        self.diagnostics.markup.comments.push(origin);
        self.diagnostics
            .push(Diagnostic::note(Code::RawHtml, "this comment does not appear in any output").at(origin));
    }

    fn raw_html(&mut self, range: &Range<usize>) {
        let origin = self.origin(range);
        self.diagnostics.push(
            Diagnostic::warning(Code::RawHtml, "raw HTML appears only in the HTML output")
                .at(origin)
                .hint("write it in Markdown, or put \\ before the < to print it"),
        );
    }

    fn too_deep(&mut self, range: &Range<usize>) {
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

/// Whether HTML is comments and nothing else.
fn is_comment(html: &str) -> bool {
    let mut rest = html.trim();
    let mut any = false;
    while let Some(inner) = rest.strip_prefix("<!--") {
        any = true;
        rest = inner.find("-->").map_or("", |end| &inner[end + 3..]).trim_start();
    }
    any && rest.is_empty()
}

/// An expression over several lines becomes one, without a quotation's marks.
fn one_line(expression: &str) -> String {
    if !expression.contains('\n') {
        return expression.to_owned();
    }
    let lines = expression
        .lines()
        .map(|line| line.trim_start_matches(['>', ' ', '\t']).trim());
    lines.collect::<Vec<_>>().join(" ")
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None | pulldown_cmark::Alignment::Left => Alignment::Start,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::End,
    }
}
