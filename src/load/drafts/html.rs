//! Reads a draft that is a web page, as Google Docs and LibreOffice save one.
//!
//! In: HTML. Out: a [`Draft`]. Guaranteed: depth and size are bounded; nothing is loaded or
//! run; words that were added or taken away are told as tracked changes and decided as asked.
//! Absent: styles in sheets, but for those that Google Docs names in each element.

use super::DraftError;
use super::spans::{self, Atom, Looks, Span};
use crate::load::page_parser::{MAX_PAGE, parse};
use crate::model::draft::{ChangeDecision, ChangeKind, Draft, DraftBlock, DraftPicture, DraftRemark, TrackedChange};
use crate::model::numbering::{NumberKind, NumberSigns, Numbering};
use crate::model::text::{Alignment, Block, Image, InlineStyle, Line, List, Table};
use crate::source::{FileId, Origin};
use base64::Engine;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{Html, Node};
use std::collections::{BTreeMap, BTreeSet};

/// Elements that hold no part of a text.
const LEFT_OUT: &[&str] = &[
    "script", "style", "noscript", "template", "nav", "head", "form", "button", "svg", "iframe", "object", "video",
    "audio", "canvas", "select", "title",
];

/// Elements that hold blocks.
const HOLDERS: &[&str] = &[
    "html",
    "body",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "figure",
    "center",
    "address",
    "aside",
    "dl",
    "dd",
    "dt",
    "details",
    "summary",
    "li",
    "td",
    "th",
    "blockquote",
    "ul",
    "ol",
    "table",
    "pre",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "figcaption",
];

type HtmlNode<'a> = NodeRef<'a, Node>;

/// Reads a page.
pub(super) fn read(text: &str, file: FileId, decision: &ChangeDecision) -> Result<Draft, DraftError> {
    if text.len() > MAX_PAGE {
        return Err(DraftError::Page("is longer than 16 MB"));
    }
    let html = parse(text).map_err(DraftError::Page)?;
    let mut reader = PageReader::new(&html, file, decision);
    reader.find_notes(&html);
    let blocks = reader.blocks(html.tree.root());
    let mut draft = Draft {
        language: reader.language.clone(),
        title: title(&html),
        ..Draft::default()
    };
    for (block, facts) in blocks {
        draft.blocks.push(DraftBlock {
            block,
            paragraph: facts.paragraph,
            role: None,
            is_bold: facts.is_bold,
            new_page: false,
        });
    }
    // Notes refer to no notes, but reading one may find the mark of another.
    let mut at = 0;
    while at < reader.marks.len() {
        let node = html.tree.get(reader.notes[&reader.marks[at]].block);
        reader.in_note = true;
        let note = node.map(|node| reader.note(node)).unwrap_or_default();
        draft.footnotes.push(note);
        at += 1;
    }
    draft.changes = reader.changes;
    draft.pictures = reader.pictures;
    draft.remarks = reader.remarks;
    Ok(draft)
}

fn title(html: &Html) -> Option<String> {
    let title = html.tree.nodes().find(|node| name(*node) == Some("title"))?;
    Some(spans::squeezed(&text_of(title))).filter(|title| !title.is_empty())
}

/// A footnote: the block that holds it, and the link that leads back from it.
struct NotePlace {
    block: NodeId,
}

/// What is known of a block besides its words.
#[derive(Clone, Copy, Default)]
struct BlockFacts {
    paragraph: usize,
    is_bold: bool,
}

struct PageReader<'a> {
    file: FileId,
    decision: &'a ChangeDecision,
    language: Option<String>,
    /// By the link that is its mark.
    notes: BTreeMap<NodeId, NotePlace>,
    /// The blocks of notes, which are not read where they stand.
    note_blocks: BTreeSet<NodeId>,
    /// The marks in their order.
    marks: Vec<NodeId>,
    in_note: bool,
    changes: Vec<TrackedChange>,
    pictures: Vec<DraftPicture>,
    remarks: Vec<DraftRemark>,
    paragraph: usize,
}

impl<'a> PageReader<'a> {
    fn new(html: &Html, file: FileId, decision: &'a ChangeDecision) -> Self {
        let root = html.tree.nodes().find_map(|node| match node.value() {
            Node::Element(element) if element.name() == "html" => element.attr("lang"),
            _ => None,
        });
        let language = root.map(str::trim).filter(|language| !language.is_empty());
        Self {
            file,
            decision,
            language: language.map(str::to_owned),
            notes: BTreeMap::new(),
            note_blocks: BTreeSet::new(),
            marks: Vec::new(),
            in_note: false,
            changes: Vec::new(),
            pictures: Vec::new(),
            remarks: Vec::new(),
            paragraph: 0,
        }
    }

    fn remark(&mut self, text: impl Into<String>) {
        self.remarks.push(DraftRemark {
            paragraph: self.paragraph,
            text: text.into(),
        });
    }

    /// Finds footnotes: links to a block that has a link back to them.
    fn find_notes(&mut self, html: &Html) {
        let mut named: BTreeMap<&str, NodeId> = BTreeMap::new();
        for node in html.tree.nodes() {
            if let Node::Element(element) = node.value() {
                for name in ["id", "name"] {
                    if let Some(id) = element.attr(name) {
                        named.entry(id).or_insert(node.id());
                    }
                }
            }
        }
        let target = |node: HtmlNode<'_>| {
            let Node::Element(element) = node.value() else {
                return None;
            };
            let id = element.attr("href")?.strip_prefix('#')?;
            named.get(id).copied()
        };
        for node in html.tree.nodes().filter(|node| name(*node) == Some("a")) {
            let Some(to) = target(node).and_then(|to| html.tree.get(to)) else {
                continue;
            };
            let holder = |node: &HtmlNode<'_>| matches!(name(*node), Some("li" | "div" | "p" | "aside" | "dd"));
            let block = std::iter::once(to).chain(to.ancestors()).find(holder);
            let Some(block) = block.filter(|block| block.id() != node.id()) else {
                continue;
            };
            // The link back may lead to the mark itself or to what holds it.
            let own: Vec<NodeId> = std::iter::once(node)
                .chain(node.ancestors().take(2))
                .chain(node.children())
                .map(|node| node.id())
                .collect();
            let mut inner = block.descendants().filter(|inner| name(*inner) == Some("a"));
            let leads_back = inner.any(|inner| target(inner).is_some_and(|back| own.contains(&back)));
            let is_before = node.id() < block.id();
            if leads_back && is_before && !block.descendants().any(|inner| inner.id() == node.id()) {
                self.notes.insert(node.id(), NotePlace { block: block.id() });
                self.note_blocks.insert(block.id());
            }
        }
    }

    /// Reads a footnote, without the link that leads back.
    fn note(&mut self, node: HtmlNode<'_>) -> Vec<Block> {
        let inner = self.blocks_within(node);
        inner.into_iter().map(|(block, _)| block).collect()
    }

    /// Reads the blocks of a node that may be a note's own.
    fn blocks_within(&mut self, node: HtmlNode<'_>) -> Vec<(Block, BlockFacts)> {
        match name(node) {
            Some("p") => self.leaf(node, Looks::default()),
            _ => self.children_as_blocks(node, &Looks::default()),
        }
    }

    fn blocks(&mut self, node: HtmlNode<'_>) -> Vec<(Block, BlockFacts)> {
        self.children_as_blocks(node, &Looks::default())
    }

    /// Reads what is in an element: blocks, and words between them as paragraphs.
    fn children_as_blocks(&mut self, node: HtmlNode<'_>, looks: &Looks) -> Vec<(Block, BlockFacts)> {
        let mut out = Vec::new();
        let mut loose: Vec<Span> = Vec::new();
        for child in node.children() {
            if self.note_blocks.contains(&child.id()) {
                continue;
            }
            let name = name(child);
            if name.is_some_and(|name| LEFT_OUT.contains(&name)) {
                continue;
            }
            let is_block = name.is_some_and(|name| HOLDERS.contains(&name)) || holds_blocks(child);
            if !is_block {
                self.inline(child, looks, &mut loose);
                continue;
            }
            self.flush(&mut loose, &mut out);
            self.block(child, looks, &mut out);
        }
        self.flush(&mut loose, &mut out);
        out
    }

    fn flush(&mut self, loose: &mut Vec<Span>, out: &mut Vec<(Block, BlockFacts)>) {
        if !loose.iter().all(Span::is_blank) {
            self.paragraph += usize::from(!self.in_note);
            let facts = self.facts(loose);
            out.push((Block::Paragraph(self.line(std::mem::take(loose))), facts));
        }
        loose.clear();
    }

    fn facts(&self, spans: &[Span]) -> BlockFacts {
        BlockFacts {
            paragraph: self.paragraph,
            is_bold: spans::is_bold(spans),
        }
    }

    fn line(&self, mut spans: Vec<Span>) -> Line {
        // White space is one space, however it was typed.
        let mut after_space = true;
        for span in &mut spans {
            let Atom::Text(text) = &mut span.atom else {
                after_space = span.atom == Atom::Break;
                continue;
            };
            let mut squeezed = String::with_capacity(text.len());
            for c in text.chars() {
                let is_space = matches!(c, ' ' | '\n' | '\t' | '\r');
                if !(is_space && after_space) {
                    squeezed.push(if is_space { ' ' } else { c });
                }
                after_space = is_space;
            }
            *text = squeezed;
        }
        spans.retain(|span| span.atom != Atom::Text(String::new()));
        spans::line(spans, self.file)
    }

    fn block(&mut self, node: HtmlNode<'_>, looks: &Looks, out: &mut Vec<(Block, BlockFacts)>) {
        let Node::Element(element) = node.value() else {
            return out.extend(self.children_as_blocks(node, looks));
        };
        match element.name() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = element.name().as_bytes()[1] - b'0';
                let mut own = self.spans(node, &Looks::default());
                if spans::is_bold(&own) {
                    own.iter_mut().for_each(|span| span.looks.bold = false);
                }
                if own.iter().all(Span::is_blank) {
                    return;
                }
                self.paragraph += 1;
                let facts = self.facts(&own);
                let origin = Origin::File(self.file);
                let content = self.line(own);
                out.push((Block::Heading { level, content, origin }, facts));
            }
            "p" => out.extend(self.leaf(node, looks.clone())),
            "hr" => out.push((Block::Rule, self.facts(&[]))),
            "pre" => {
                self.paragraph += 1;
                let code = text_of(node);
                out.push((Block::Code(code.trim_matches('\n').to_owned()), self.facts(&[])));
            }
            "blockquote" => {
                let first = self.paragraph + 1;
                let inner = self.children_as_blocks(node, looks);
                let inner: Vec<Block> = inner.into_iter().map(|(block, _)| block).collect();
                if !inner.is_empty() {
                    let facts = BlockFacts {
                        paragraph: first,
                        is_bold: false,
                    };
                    out.push((Block::Quote(inner), facts));
                }
            }
            "ul" | "ol" => self.list(node, element, out),
            "table" => {
                let first = self.paragraph + 1;
                if let Some(table) = self.table(node) {
                    let facts = BlockFacts {
                        paragraph: first,
                        is_bold: false,
                    };
                    out.push((Block::Table(table), facts));
                }
            }
            "ins" | "del" => {
                let kind = change_kind(element.name());
                if self.change(node, element, kind) {
                    out.extend(self.children_as_blocks(node, looks));
                }
            }
            name => {
                let looks = styled(element, name, looks, self.language.as_deref());
                out.extend(self.children_as_blocks(node, &looks));
            }
        }
    }

    /// Reads a paragraph.
    fn leaf(&mut self, node: HtmlNode<'_>, looks: Looks) -> Vec<(Block, BlockFacts)> {
        let looks = match node.value() {
            Node::Element(element) => styled(element, "p", &looks, self.language.as_deref()),
            _ => looks,
        };
        let own = self.spans(node, &looks);
        if own.iter().all(Span::is_blank) {
            return Vec::new();
        }
        self.paragraph += usize::from(!self.in_note);
        let facts = self.facts(&own);
        vec![(Block::Paragraph(self.line(own)), facts)]
    }

    fn list(&mut self, node: HtmlNode<'_>, element: &Element, out: &mut Vec<(Block, BlockFacts)>) {
        let first = self.paragraph + 1;
        let mut items: Vec<Vec<Block>> = Vec::new();
        let mut numbers = Vec::new();
        let mut number: u64 = element.attr("start").and_then(|start| start.parse().ok()).unwrap_or(1);
        for child in node.children() {
            let inner = match name(child) {
                _ if self.note_blocks.contains(&child.id()) => continue,
                Some("li") => self.children_as_blocks(child, &Looks::default()),
                // Older editors put a list beside the item that it belongs to.
                Some("ul" | "ol") => {
                    let mut nested = Vec::new();
                    self.block(child, &Looks::default(), &mut nested);
                    match items.last_mut() {
                        Some(item) => item.extend(nested.into_iter().map(|(block, _)| block)),
                        None => out.extend(nested),
                    }
                    continue;
                }
                _ => continue,
            };
            if let Node::Element(item) = child.value() {
                number = item
                    .attr("value")
                    .and_then(|value| value.parse().ok())
                    .unwrap_or(number);
            }
            numbers.push(number);
            number = number.saturating_add(1);
            items.push(inner.into_iter().map(|(block, _)| block).collect());
        }
        if items.iter().all(Vec::is_empty) {
            return;
        }
        let paragraphs = |item: &Vec<Block>| item.iter().filter(|block| matches!(block, Block::Paragraph(_))).count();
        let tight = items.iter().all(|item| paragraphs(item) <= 1);
        let style = element.attr("style").unwrap_or_default();
        let kind = match element.attr("type") {
            Some("a") => NumberKind::LowerAlpha,
            Some("A") => NumberKind::UpperAlpha,
            Some("i") => NumberKind::LowerRoman,
            Some("I") => NumberKind::UpperRoman,
            _ if style.contains("lower-alpha") || style.contains("lower-latin") => NumberKind::LowerAlpha,
            _ if style.contains("upper-alpha") || style.contains("upper-latin") => NumberKind::UpperAlpha,
            _ if style.contains("lower-roman") => NumberKind::LowerRoman,
            _ if style.contains("upper-roman") => NumberKind::UpperRoman,
            _ => NumberKind::Decimal,
        };
        let numbering = Numbering {
            kind,
            signs: NumberSigns::Dot,
            numbers,
        };
        let list = List {
            numbering: (element.name() == "ol").then_some(numbering),
            tight,
            items,
        };
        let facts = BlockFacts {
            paragraph: first,
            is_bold: false,
        };
        out.push((Block::List(list), facts));
    }

    fn table(&mut self, node: HtmlNode<'_>) -> Option<Table> {
        let rows: Vec<HtmlNode<'_>> = node.descendants().filter(|inner| name(*inner) == Some("tr")).collect();
        let of_inner = |row: &HtmlNode<'_>| {
            let table = row.ancestors().find(|above| name(*above) == Some("table"));
            table.is_some_and(|table| table.id() != node.id())
        };
        let mut lines: Vec<Vec<Line>> = Vec::new();
        let mut alignments: Vec<Alignment> = Vec::new();
        for row in rows.into_iter().filter(|row| !of_inner(row)) {
            let mut cells = Vec::new();
            for cell in row.children() {
                let (Node::Element(element), Some("td" | "th")) = (cell.value(), name(cell)) else {
                    continue;
                };
                let mut own = self.spans(cell, &Looks::default());
                if element.name() == "th" && spans::is_bold(&own) {
                    own.iter_mut().for_each(|span| span.looks.bold = false);
                }
                self.paragraph += usize::from(!own.iter().all(Span::is_blank));
                let align = alignment(element);
                match alignments.get_mut(cells.len()) {
                    Some(known) => *known = align,
                    None => alignments.push(align),
                }
                cells.push(self.line(own));
                let over = element
                    .attr("colspan")
                    .and_then(|over| over.parse::<usize>().ok())
                    .unwrap_or(1);
                cells.extend((1..over.min(64)).map(|_| Line::new()));
            }
            if cells.iter().any(|cell| !cell.is_empty()) {
                lines.push(cells);
            }
        }
        let width = lines.iter().map(Vec::len).max()?;
        lines.iter_mut().for_each(|cells| cells.resize(width, Line::new()));
        alignments.resize(width, Alignment::Start);
        let mut lines = lines.into_iter();
        Some(Table {
            alignments,
            head: lines.next()?,
            rows: lines.collect(),
        })
    }

    /// Reads the words of an element; blocks within stand one below the other.
    fn spans(&mut self, node: HtmlNode<'_>, looks: &Looks) -> Vec<Span> {
        let mut out = Vec::new();
        for child in node.children() {
            self.inline(child, looks, &mut out);
        }
        out
    }

    fn inline(&mut self, node: HtmlNode<'_>, looks: &Looks, out: &mut Vec<Span>) {
        let element = match node.value() {
            Node::Text(text) => {
                out.push(Span {
                    atom: Atom::Text(text.to_string()),
                    looks: looks.clone(),
                });
                return;
            }
            Node::Element(element) => element,
            _ => return,
        };
        let name = element.name();
        if LEFT_OUT.contains(&name) {
            return;
        }
        let mut own = styled(element, name, looks, self.language.as_deref());
        match name {
            "br" => out.push(Span {
                atom: Atom::Break,
                looks: own,
            }),
            "img" => self.image(element, out),
            "ins" | "del" => {
                if self.change(node, element, change_kind(name)) {
                    for child in node.children() {
                        self.inline(child, &own, out);
                    }
                }
            }
            "a" if self.notes.contains_key(&node.id()) => {
                let known = self.marks.iter().position(|mark| *mark == node.id());
                let number = known.unwrap_or_else(|| {
                    self.marks.push(node.id());
                    self.marks.len() - 1
                });
                out.push(Span {
                    atom: Atom::FootnoteMark(number),
                    looks: Looks::default(),
                });
            }
            // The link from a note back to its mark.
            "a" if self.in_note && element.attr("href").is_some_and(|to| to.starts_with('#')) => {}
            "a" => {
                own.link = element.attr("href").and_then(outside);
                for child in node.children() {
                    self.inline(child, &own, out);
                }
            }
            _ => {
                let is_block = HOLDERS.contains(&name);
                if is_block
                    && out
                        .last()
                        .is_some_and(|last| last.atom != Atom::Break && !last.is_blank())
                {
                    out.push(Span {
                        atom: Atom::Break,
                        looks: Looks::default(),
                    });
                }
                if name == "li" {
                    out.push(Span::plain("• "));
                }
                for child in node.children() {
                    self.inline(child, &own, out);
                }
            }
        }
    }

    /// Takes a change; returns whether its words stay.
    fn change(&mut self, node: HtmlNode<'_>, element: &Element, kind: ChangeKind) -> bool {
        let number = self.changes.len();
        self.changes.push(TrackedChange {
            kind,
            author: element.attr("cite").unwrap_or_default().to_owned(),
            date: element.attr("datetime").unwrap_or_default().to_owned(),
            paragraph: self.paragraph + 1,
            words: spans::squeezed(&text_of(node)).chars().take(300).collect(),
        });
        self.decision.accepts(number) == (kind == ChangeKind::Inserted)
    }

    fn image(&mut self, element: &Element, out: &mut Vec<Span>) {
        let alt = element.attr("alt").unwrap_or_default().trim().to_owned();
        let source = element.attr("src").unwrap_or_default();
        let path = match data(source) {
            Some((ending, bytes)) => {
                let name = format!("picture{}.{ending}", self.pictures.len() + 1);
                self.pictures.push(DraftPicture {
                    name: name.clone(),
                    bytes,
                });
                name
            }
            None => {
                self.remark(format!(
                    "the picture `{source}` is not in the file; copy it beside the letter"
                ));
                source.to_owned()
            }
        };
        if alt.is_empty() {
            self.remark("a picture has no alternative text; write one between the brackets of its `![]`");
        }
        out.push(Span {
            atom: Atom::Image(Image {
                path,
                alt,
                origin: Origin::File(self.file),
                picture: None,
            }),
            looks: Looks::default(),
        });
    }
}

/// Reads a picture that is written into the page: `data:image/png;base64,...`.
fn data(source: &str) -> Option<(&'static str, Vec<u8>)> {
    let (kind, rest) = source.strip_prefix("data:image/")?.split_once(';')?;
    let ending = match kind {
        "png" => "png",
        "jpeg" | "jpg" => "jpg",
        "gif" => "gif",
        "svg+xml" => "svg",
        _ => "bin",
    };
    let text: String = rest.strip_prefix("base64,")?.split_whitespace().collect();
    let bytes = base64::engine::general_purpose::STANDARD.decode(text).ok()?;
    Some((ending, bytes))
}

/// Returns where a link leads outside of the page. Google Docs leads through itself.
fn outside(to: &str) -> Option<String> {
    let to = to.trim();
    if to.is_empty() || to.starts_with('#') {
        return None;
    }
    let Some(rest) = to.strip_prefix("https://www.google.com/url?q=") else {
        return Some(to.to_owned());
    };
    let end = rest.find("&sa=").or_else(|| rest.find('&')).unwrap_or(rest.len());
    Some(decoded(&rest[..end]))
}

/// Undoes the encoding of an address within an address.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = |bytes: &[u8]| u8::from_str_radix(std::str::from_utf8(bytes).ok()?, 16).ok();
        match (first, after.get(..2).and_then(hex)) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn change_kind(name: &str) -> ChangeKind {
    match name {
        "ins" => ChangeKind::Inserted,
        _ => ChangeKind::Deleted,
    }
}

fn alignment(element: &Element) -> Alignment {
    let style = element.attr("style").unwrap_or_default();
    let is = |word: &str| element.attr("align") == Some(word) || style.contains(&format!("text-align:{word}"));
    match (is("right") || is("end"), is("center")) {
        (true, _) => Alignment::End,
        (_, true) => Alignment::Center,
        _ => Alignment::Start,
    }
}

/// Returns the looks of what is in an element.
fn styled(element: &Element, name: &str, looks: &Looks, language: Option<&str>) -> Looks {
    let mut own = looks.clone();
    match name {
        "b" | "strong" => own.bold = true,
        "i" | "em" | "cite" | "dfn" => own.italic = true,
        "u" => own.underline = true,
        "s" | "strike" => own.strike = true,
        "sup" => own.align = Some(InlineStyle::Superscript),
        "sub" => own.align = Some(InlineStyle::Subscript),
        "code" | "tt" | "kbd" | "samp" => own.code = true,
        _ => {}
    }
    let style: String = element.attr("style").unwrap_or_default().split_whitespace().collect();
    for one in style.to_lowercase().split(';') {
        match one {
            "font-weight:bold" | "font-weight:700" | "font-weight:800" | "font-weight:900" => own.bold = true,
            "font-weight:400" | "font-weight:normal" => own.bold = false,
            "font-style:italic" => own.italic = true,
            "font-style:normal" => own.italic = false,
            "text-decoration:underline" if name != "a" && looks.link.is_none() => own.underline = true,
            "text-decoration:line-through" => own.strike = true,
            "vertical-align:super" => own.align = Some(InlineStyle::Superscript),
            "vertical-align:sub" => own.align = Some(InlineStyle::Subscript),
            "font-variant:small-caps" => own.small_capitals = true,
            _ => {}
        }
    }
    if let Some(tag) = element.attr("lang") {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        let is_other = language.is_some_and(|language| primary(language) != primary(tag)) && !primary(tag).is_empty();
        own.language = is_other.then(|| tag.to_owned());
    }
    own
}

/// Returns the name of an element.
fn name<'a>(node: HtmlNode<'a>) -> Option<&'a str> {
    match node.value() {
        Node::Element(element) => Some(element.name()),
        _ => None,
    }
}

/// Returns whether an element that is no block holds one.
fn holds_blocks(node: HtmlNode<'_>) -> bool {
    matches!(node.value(), Node::Element(_) | Node::Document | Node::Fragment)
        && node
            .children()
            .any(|child| name(child).is_some_and(|name| HOLDERS.contains(&name)))
}

fn text_of(node: HtmlNode<'_>) -> String {
    let texts = node.descendants().filter_map(|inner| match inner.value() {
        Node::Text(text) => Some(&**text),
        _ => None,
    });
    texts.collect()
}
