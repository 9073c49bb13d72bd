//! A letter's text as passages whose every character has its place in the file.
//!
//! In: the file as it was read. Out: [`Prose`]: the texts of the front matter and
//! the body without Markdown, what stands between them, links, pictures and
//! comments. Guaranteed: offsets count from the start of the file; a field is one
//! [`FIELD`] character; code is one [`CODE`] character. Absent: meaning.
//!
//! It reads the file again because the model's texts keep no places; the front
//! matter is read by its grammar alone, so that the texts of any kind of document
//! are looked at, whatever their keys.

use crate::source::{FileId, Origin, offset};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Stands in a passage for a field.
pub(super) const FIELD: char = '\u{fffc}';

/// Stands in a passage for a code span.
pub(super) const CODE: char = '\u{fffb}';

/// Keys whose values are no text that a reader sees.
const NO_TEXT: &[&str] = &[
    "kind",
    "date",
    "language",
    "deadline",
    "signatories",
    "logo",
    "columns",
    "style",
    "order",
    "sections",
    "page",
    "names",
    "url",
    "email",
    "phone",
];

/// What a passage is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A value of the front matter, by its path: `title`, `to.0.name`.
    Key(String),
    /// A heading of a level.
    Heading(u8),
    /// A paragraph of the text.
    Paragraph,
    /// Text of a list's item.
    Item,
    /// Text of a block quotation.
    Quote,
    /// A cell of a table.
    Cell,
    /// Text of a footnote.
    Note,
}

/// A piece of a passage that stands in the file.
#[derive(Clone, Copy, Debug)]
struct Piece {
    text: usize,
    source: usize,
    /// Bytes in the passage.
    len: usize,
    /// Bytes in the file; another number: places within are not known.
    source_len: usize,
}

/// A run of text without Markdown: a paragraph, a heading, a value.
#[derive(Clone, Debug)]
pub(super) struct Passage {
    pub(super) role: Role,
    pub(super) text: String,
    /// The expressions of its fields, with their places in the text.
    pub(super) fields: Vec<(usize, String)>,
    file: FileId,
    pieces: Vec<Piece>,
}

impl Passage {
    fn new(role: Role, file: FileId) -> Self {
        Self {
            role,
            text: String::new(),
            fields: Vec::new(),
            file,
            pieces: Vec::new(),
        }
    }

    /// Whether it is the value of the front matter's `key`.
    pub(super) fn is_key(&self, key: &str) -> bool {
        matches!(&self.role, Role::Key(path) if path == key)
    }

    /// Whether its path in the front matter ends in `key`.
    pub(super) fn is_ending(&self, key: &str) -> bool {
        matches!(&self.role, Role::Key(path) if path.rsplit('.').next() == Some(key))
    }

    /// Where a range of its text stands.
    pub(super) fn origin(&self, range: Range<usize>) -> Origin {
        let start = self.source(range.start, false);
        let end = self.source(range.end, true).max(start);
        Origin::Span {
            file: self.file,
            start: offset(start),
            end: offset(end),
        }
    }

    /// Where it stands as a whole.
    pub(super) fn whole(&self) -> Origin {
        self.origin(0..self.text.len())
    }

    fn source(&self, at: usize, is_end: bool) -> usize {
        let holds = |piece: &&Piece| at < piece.text + piece.len || is_end && at == piece.text + piece.len;
        let Some(piece) = self.pieces.iter().find(holds).or(self.pieces.last()) else {
            return 0;
        };
        let within = at.saturating_sub(piece.text);
        if piece.len == piece.source_len {
            piece.source + within.min(piece.len)
        } else if is_end {
            piece.source + piece.source_len
        } else {
            piece.source
        }
    }

    fn push(&mut self, text: &str, source: Range<usize>) {
        self.pieces.push(Piece {
            text: self.text.len(),
            source: source.start,
            len: text.len(),
            source_len: source.len(),
        });
        self.text.push_str(text);
    }
}

/// What stands in a text, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// A passage, by its index.
    Passage(usize),
    /// The beginning of a list.
    List {
        /// How many items it has.
        items: usize,
        /// Whether it is numbered.
        ordered: bool,
    },
    /// A table, literal lines, raw HTML, a picture or a quotation.
    Other,
}

/// A link as written.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) to: String,
    pub(super) text: String,
    pub(super) origin: Origin,
}

/// A picture as written.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    pub(super) alt: String,
    pub(super) path: String,
    pub(super) origin: Origin,
}

/// A letter's text.
#[derive(Clone, Debug, Default)]
pub(super) struct Prose {
    pub(super) passages: Vec<Passage>,
    pub(super) elements: Vec<Element>,
    pub(super) links: Vec<Link>,
    pub(super) pictures: Vec<Picture>,
    /// Raw HTML, as written.
    pub(super) html: Vec<(String, Origin)>,
    /// Text that is struck through.
    pub(super) struck: Vec<Origin>,
    /// Bytes of the file that are code.
    pub(super) code: Vec<Range<usize>>,
    /// Where the front matter and the body stand in the file.
    pub(super) header: Range<usize>,
    pub(super) body: Range<usize>,
}

impl Prose {
    /// Reads a letter's file.
    pub(super) fn read(source: &str, file: FileId) -> Self {
        let (header, body) = divide(source);
        let mut prose = Self {
            header: header.clone(),
            body: body.clone(),
            ..Self::default()
        };
        let (table, _) = DeTable::parse_recoverable(&source[header.clone()]);
        for (key, value) in table.get_ref() {
            prose.value(source, file, header.start, key.get_ref(), value);
        }
        prose.markdown(&source[body.clone()], body.start, file);
        prose
    }

    /// The passages that a reader meets as running text or title.
    pub(super) fn key(&self, key: &str) -> Option<&Passage> {
        self.passages.iter().find(|passage| passage.is_key(key))
    }

    fn value(&mut self, source: &str, file: FileId, base: usize, path: &str, value: &Spanned<DeValue<'_>>) {
        let last = path.rsplit('.').next().unwrap_or(path);
        // `to = "recipients.csv"` names a file.
        if NO_TEXT.contains(&last) || path == "to" && value.get_ref().is_str() {
            return;
        }
        match value.get_ref() {
            DeValue::String(text) => {
                let span = base + value.span().start..base + value.span().end;
                let raw = &source[span.clone()];
                let exact = raw.find(&**text).filter(|_| !text.is_empty());
                let mut passage = Passage::new(Role::Key(path.to_owned()), file);
                match exact {
                    Some(at) => self.inline(text, Some(span.start + at), &span, &mut passage),
                    None => self.inline(text, None, &span, &mut passage),
                }
                self.passages.push(passage);
            }
            DeValue::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(source, file, base, &format!("{path}.{index}"), item);
                }
            }
            DeValue::Table(table) => {
                for (key, value) in table {
                    self.value(source, file, base, &format!("{path}.{}", key.get_ref()), value);
                }
            }
            _ => {}
        }
    }

    /// Reads a value of the front matter: one line, never a block.
    fn inline(&mut self, text: &str, start: Option<usize>, whole: &Range<usize>, passage: &mut Passage) {
        // A dagger before the text keeps its beginning from being a block.
        const DAGGER: &str = "\u{2020}";
        let (masked, fields) = mask(&text.replace(['\n', '\r', '\t'], " "));
        let masked = format!("{DAGGER}{masked}");
        let place = |range: Range<usize>| match start {
            Some(start) => {
                let at = |offset: usize| start + offset.saturating_sub(DAGGER.len());
                at(range.start)..at(range.end)
            }
            None => whole.clone(),
        };
        for (event, range) in Parser::new_ext(&masked, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
            match event {
                Event::Text(piece) => {
                    let (piece, range) = match piece.strip_prefix(DAGGER) {
                        Some(rest) if range.start == 0 => (rest.to_owned(), DAGGER.len()..range.end),
                        _ => (piece.to_string(), range),
                    };
                    push_text(passage, &piece, &range, DAGGER.len(), &fields, &place);
                }
                Event::Code(_) => passage.push("\u{fffb}", place(range)),
                Event::SoftBreak | Event::HardBreak => passage.push(" ", place(range)),
                Event::InlineHtml(html) => {
                    let place = place(range);
                    self.html.push((html.to_string(), span(passage.file, &place)));
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let place = place(range);
                    self.links.push(Link {
                        to: dest_url.to_string(),
                        text: String::new(),
                        origin: span(passage.file, &place),
                    });
                }
                _ => {}
            }
        }
    }

    fn markdown(&mut self, body: &str, base: usize, file: FileId) {
        let (masked, fields) = mask(body);
        let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES;
        let place = |range: Range<usize>| base + range.start..base + range.end;
        let mut open: Option<Passage> = None;
        let mut stack: Vec<Role> = Vec::new();
        let mut lists: Vec<usize> = Vec::new();
        let mut picture: Option<Picture> = None;
        let mut links: Vec<(usize, usize)> = Vec::new();
        for (event, range) in Parser::new_ext(&masked, options).into_offset_iter() {
            match event {
                Event::Start(tag) => match tag {
                    Tag::Paragraph => {
                        self.close(&mut open);
                        open = Some(Passage::new(stack.last().cloned().unwrap_or(Role::Paragraph), file));
                    }
                    Tag::Heading { level, .. } => {
                        self.close(&mut open);
                        open = Some(Passage::new(Role::Heading(level as u8), file));
                    }
                    Tag::TableCell => open = Some(Passage::new(Role::Cell, file)),
                    Tag::List(start) => {
                        self.close(&mut open);
                        lists.push(self.elements.len());
                        self.elements.push(Element::List {
                            items: 0,
                            ordered: start.is_some(),
                        });
                        stack.push(Role::Item);
                    }
                    Tag::Item => {
                        if let Some(Element::List { items, .. }) = lists.last().map(|&list| &mut self.elements[list]) {
                            *items += 1;
                        }
                    }
                    Tag::BlockQuote(_) => {
                        self.close(&mut open);
                        self.elements.push(Element::Other);
                        stack.push(Role::Quote);
                    }
                    Tag::FootnoteDefinition(_) => {
                        self.close(&mut open);
                        stack.push(Role::Note);
                    }
                    Tag::Strikethrough => self.struck.push(span(file, &place(range))),
                    Tag::Table(_) | Tag::CodeBlock(_) | Tag::HtmlBlock => {
                        self.close(&mut open);
                        // A comment is no content; what else HTML holds is not known.
                        if !is_comment(&masked[range.clone()]) {
                            self.elements.push(Element::Other);
                        }
                        if matches!(tag, Tag::CodeBlock(_)) {
                            self.code.push(place(range));
                        }
                        stack.push(Role::Cell);
                    }
                    Tag::Link { dest_url, .. } => {
                        let at = open.as_ref().map_or(0, |passage| passage.text.len());
                        links.push((self.links.len(), at));
                        self.links.push(Link {
                            to: restore(&dest_url, &fields),
                            text: String::new(),
                            origin: span(file, &place(range)),
                        });
                    }
                    Tag::Image { dest_url, .. } => {
                        picture = Some(Picture {
                            alt: String::new(),
                            path: dest_url.to_string(),
                            origin: span(file, &place(range)),
                        });
                    }
                    _ => {}
                },
                Event::End(tag) => match tag {
                    TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::Item => {
                        self.close(&mut open);
                    }
                    TagEnd::List(_) => {
                        self.close(&mut open);
                        lists.pop();
                        stack.pop();
                    }
                    TagEnd::BlockQuote(_)
                    | TagEnd::FootnoteDefinition
                    | TagEnd::Table
                    | TagEnd::CodeBlock
                    | TagEnd::HtmlBlock => {
                        self.close(&mut open);
                        stack.pop();
                    }
                    TagEnd::Link => {
                        if let Some((link, at)) = links.pop() {
                            let text = open.as_ref().and_then(|passage| passage.text.get(at..));
                            self.links[link].text = text.unwrap_or_default().to_owned();
                        }
                    }
                    TagEnd::Image => {
                        if let Some(picture) = picture.take() {
                            if let Some(passage) = &mut open {
                                passage.push("\u{fffb}", 0..0);
                            }
                            self.pictures.push(picture);
                        }
                    }
                    _ => {}
                },
                Event::Text(text) => {
                    let literal = matches!(stack.last(), Some(Role::Cell)) && open.is_none();
                    if let Some(picture) = &mut picture {
                        picture.alt.push_str(&text);
                    } else if !literal {
                        let role = stack.last().cloned().unwrap_or(Role::Paragraph);
                        let passage = open.get_or_insert_with(|| Passage::new(role, file));
                        push_text(passage, &text, &range, 0, &fields, &place);
                    }
                }
                Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                    self.code.push(place(range.clone()));
                    let role = stack.last().cloned().unwrap_or(Role::Paragraph);
                    let passage = open.get_or_insert_with(|| Passage::new(role, file));
                    passage.push("\u{fffb}", place(range));
                }
                Event::SoftBreak | Event::HardBreak => {
                    if let Some(passage) = &mut open {
                        passage.push(" ", place(range));
                    }
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    self.html.push((html.to_string(), span(file, &place(range))));
                }
                Event::Rule => {
                    self.close(&mut open);
                    self.elements.push(Element::Other);
                }
                Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
            }
        }
        self.close(&mut open);
    }

    fn close(&mut self, open: &mut Option<Passage>) {
        if let Some(passage) = open.take() {
            let is_note = passage.role == Role::Note;
            if !passage.text.trim().is_empty() {
                if !is_note {
                    self.elements.push(Element::Passage(self.passages.len()));
                }
                self.passages.push(passage);
            }
        }
    }
}

fn span(file: FileId, place: &Range<usize>) -> Origin {
    Origin::Span {
        file,
        start: offset(place.start),
        end: offset(place.end),
    }
}

fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.ends_with("-->")
}

/// Adds text that the parser gave; fields in it become [`FIELD`].
fn push_text(
    passage: &mut Passage,
    text: &str,
    range: &Range<usize>,
    prefix: usize,
    fields: &[(Range<usize>, String)],
    place: &dyn Fn(Range<usize>) -> Range<usize>,
) {
    if text.len() != range.len() {
        passage.push(text, place(range.clone()));
        return;
    }
    let mut done = 0;
    while let Some(at) = text[done..].find(MASK).map(|at| done + at) {
        let source = range.start + at - prefix;
        let Some((field, expression)) = fields.iter().find(|(field, _)| field.start == source) else {
            break;
        };
        let end = (at + field.len()).min(text.len());
        if at > done {
            passage.push(&text[done..at], place(range.start + done..range.start + at));
        }
        passage.fields.push((passage.text.len(), expression.clone()));
        passage.push("\u{fffc}", place(range.start + at..range.start + end));
        done = end;
    }
    if done < text.len() {
        passage.push(&text[done..], place(range.start + done..range.end));
    }
}

/// Stands in the parsed text for a field: a private-use character, which is no
/// punctuation to the parser, filled up with letters.
const MASK: char = '\u{e000}';

/// Hides fields in a text of the same length.
fn mask(text: &str) -> (String, Vec<(Range<usize>, String)>) {
    let mut out = String::with_capacity(text.len());
    let mut fields = Vec::new();
    let mut done = 0;
    while let Some(open) = text[done..].find("{{").map(|at| done + at) {
        let rest = &text[open + 2..];
        let close = rest.find("}}").filter(|&at| !rest[..at].contains("\n\n"));
        let Some(close) = close else { break };
        let end = open + 2 + close + 2;
        if text[..open].ends_with('\\') {
            out.push_str(&text[done..end]);
        } else {
            out.push_str(&text[done..open]);
            out.push(MASK);
            out.extend(std::iter::repeat_n('x', end - open - MASK.len_utf8()));
            fields.push((open..end, text[open + 2..end - 2].trim().to_owned()));
        }
        done = end;
    }
    out.push_str(&text[done..]);
    (out, fields)
}

/// Puts fields back into a link's address.
fn restore(text: &str, fields: &[(Range<usize>, String)]) -> String {
    if text.contains(MASK) && !fields.is_empty() {
        format!("{{{{ {} }}}}", fields[0].1)
    } else {
        text.to_owned()
    }
}

/// The front matter's TOML and the body.
fn divide(source: &str) -> (Range<usize>, Range<usize>) {
    let mut at = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let mut header = None;
    for line in source[at..].split_inclusive('\n') {
        let next = at + line.len();
        let bare = line.trim_end();
        match header {
            None if bare.is_empty() => {}
            None if bare == "+++" => header = Some(next),
            None => break,
            Some(start) if bare == "+++" => return (start..at, next..source.len()),
            Some(_) => {}
        }
        at = next;
    }
    (0..0, 0..0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    fn read(text: &str) -> (SourceMap, Prose) {
        let mut sources = SourceMap::default();
        let file = sources.add("a.md", text);
        let prose = Prose::read(text, file);
        (sources, prose)
    }

    #[test]
    fn every_word_has_its_place() {
        let text = "+++\ntitle = \"A *great* day\"\n[[to]]\nname = 'The Honorable X'\n+++\nWe, **the\n{{ n|words }} groups**, ask &amp; [beg](https://a.org).\n\n- one\n- two\n";
        let (sources, prose) = read(text);
        let check = |passage: usize, words: &str, place: &str| {
            let passage = &prose.passages[passage];
            let at = passage.text.find(words).unwrap_or_else(|| panic!("{}", passage.text));
            let origin = passage.origin(at..at + words.len());
            assert_eq!(sources.place(origin).to_string(), place);
        };
        check(0, "great", "a.md:2:13");
        check(1, "Honorable", "a.md:4:13");
        check(2, "the", "a.md:6:7");
        check(2, "\u{fffc}", "a.md:7:1");
        check(2, "groups", "a.md:7:15");
        check(2, "beg", "a.md:7:36");
        check(3, "one", "a.md:9:3");
        assert_eq!(prose.passages[2].fields, [(8, "n|words".to_owned())]);
        assert_eq!(prose.passages[2].text, "We, the \u{fffc} groups, ask & beg.");
        assert_eq!(prose.links[0].text, "beg");
        assert!(matches!(
            prose.elements[1],
            Element::List {
                items: 2,
                ordered: false
            }
        ));
    }

    #[test]
    fn a_file_without_front_matter_has_no_text() {
        let (_, prose) = read("Hello\n");
        assert!(prose.passages.is_empty());
    }
}
