//! A letter's text as flat passages whose every character has its place.
//!
//! In: a loaded letter, or the document that was composed of it. Out: [`Prose`]:
//! every text that is printed or sent, in flat passages, what stands between them,
//! links and pictures. Guaranteed: nothing is read a second time, the model's own
//! texts and origins are taken; a field is one [`FIELD`] character, a condition one
//! [`CONDITION`], code or a picture one [`CODE`]. Absent: meaning.

use super::Rows;
use crate::compose::document::{self, Document};
use crate::model::letter::Letter;
use crate::model::placed_text::{PlacedText, Relation};
use crate::model::text::{Block, Image, Inline, InlineStyle, Line, plain};
use crate::model::visit::{self, LetterPart};
use crate::source::{FileId, Origin};
use std::ops::Range;

/// Stands in a passage for a field.
pub(super) const FIELD: char = '\u{fffc}';

/// Stands in a passage for a code span or a picture.
pub(super) const CODE: char = '\u{fffb}';

/// Stands in a passage for `{% if ... %}` and its like.
const CONDITION: char = '\u{fffa}';

/// The place of a passage among the texts of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PassageRole {
    /// A value of the front matter or of undersigned.toml, by the path of its key:
    /// `title`, `to.0.name`.
    Key(String),
    /// A heading of a level.
    Heading(u8),
    /// A paragraph of the text.
    Paragraph,
    /// Text of a list's item.
    Item,
    /// Text of a block quotation.
    Quote,
    /// The line below a quotation that names its speaker.
    Speaker,
    /// A title of a box, a figure or its caption.
    Caption,
    /// A cell of a table.
    Cell,
    /// Text of a footnote.
    Note,
    /// The alternative text of a picture.
    Alternative,
    /// A signatory's name, title or affiliation.
    Signatory,
}

/// A run of a passage's bytes with one place.
#[derive(Clone, Debug)]
struct PassageRun {
    range: Range<usize>,
    origin: Origin,
    relation: Relation,
}

/// How far around a place anything is looked for, in bytes: half a page. Without a bound, a
/// paragraph of n dates would be read n times.
const CONTEXT: usize = 2_000;

/// Returns what stands before a byte of a text, as far as anything looks back.
pub(super) fn before(text: &str, at: usize) -> &str {
    let from = text.ceil_char_boundary(at.saturating_sub(CONTEXT));
    count_steps!(at - from);
    &text[from..at]
}

/// A flat text without Markdown: a paragraph, a heading, a value.
#[derive(Clone, Debug)]
pub(super) struct Passage {
    pub(super) role: PassageRole,
    pub(super) text: String,
    /// The expressions of its fields, with their places in the text.
    pub(super) fields: Vec<(usize, String)>,
    /// In the order of their ranges; what no file holds has none.
    runs: Vec<PassageRun>,
    file: FileId,
}

impl Passage {
    fn new(role: PassageRole, file: FileId) -> Self {
        Self {
            role,
            text: String::new(),
            fields: Vec::new(),
            runs: Vec::new(),
            file,
        }
    }

    fn of(role: PassageRole, file: FileId, line: &[Inline]) -> Self {
        let mut passage = Self::new(role, file);
        passage.line(line);
        passage
    }

    /// Returns lines with spaces between them as one passage.
    pub(super) fn joined(role: PassageRole, file: FileId, lines: &[&Line]) -> Self {
        let mut passage = Self::new(role, file);
        for line in lines {
            if !passage.text.is_empty() {
                passage.text.push(' ');
            }
            passage.line(line);
        }
        passage
    }

    /// Returns what stands before a byte, as far as anything looks back.
    pub(super) fn before(&self, at: usize) -> &str {
        before(&self.text, at)
    }

    /// Returns what stands after a byte, as far as anything looks ahead.
    pub(super) fn after(&self, at: usize) -> &str {
        self.stretch(at, CONTEXT)
    }

    /// Returns what stands after a byte, `most` bytes of it.
    pub(super) fn stretch(&self, at: usize, most: usize) -> &str {
        let to = self.text.floor_char_boundary(at + most);
        count_steps!(to - at);
        &self.text[at..to]
    }

    /// Whether it is the value of the front matter's `key`.
    pub(super) fn is_key(&self, key: &str) -> bool {
        matches!(&self.role, PassageRole::Key(path) if path == key)
    }

    /// Whether its path in the front matter ends in `key`.
    pub(super) fn is_ending(&self, key: &str) -> bool {
        matches!(&self.role, PassageRole::Key(path) if path.rsplit('.').next() == Some(key))
    }

    /// Whether it is text within a table or beside the letter's own text, in which a
    /// number or a date says nothing of the letter.
    pub(super) fn is_aside(&self) -> bool {
        matches!(self.role, PassageRole::Cell | PassageRole::Alternative)
    }

    /// Returns where a range of its text stands.
    pub(super) fn origin(&self, range: Range<usize>) -> Origin {
        let first = self
            .runs
            .get(self.runs.partition_point(|run| run.range.end <= range.start));
        let last = self
            .runs
            .partition_point(|run| run.range.start < range.end)
            .checked_sub(1);
        let last = last.map(|at| &self.runs[at]);
        let (Some(first), Some(last)) = (first.or(self.runs.last()), last.or(self.runs.first())) else {
            return Origin::File(self.file);
        };
        let (start, end) = match (first.origin, last.origin) {
            (Origin::Span { file, start, .. }, Origin::Span { file: other, end, .. }) if file == other => (start, end),
            (origin, _) => return origin,
        };
        let within = |run: &PassageRun, at: usize| {
            let at = at.clamp(run.range.start, run.range.end) - run.range.start;
            crate::source::offset(at)
        };
        let start = match first.relation {
            Relation::Verbatim => start + within(first, range.start),
            Relation::Rendered | Relation::Computed => start,
        };
        let end = match (last.relation, last.origin) {
            (Relation::Verbatim, Origin::Span { start, .. }) => start + within(last, range.end),
            _ => end,
        };
        Origin::Span {
            file: first.origin.file(),
            start,
            end: end.max(start),
        }
    }

    /// Returns where it stands as a whole.
    pub(super) fn whole(&self) -> Origin {
        self.origin(0..self.text.len())
    }

    fn push(&mut self, text: &PlacedText) {
        let base = self.text.len();
        self.text.push_str(text);
        for (range, origin, relation) in text.runs() {
            if let Some(origin) = origin {
                self.runs.push(PassageRun {
                    range: base + range.start..base + range.end,
                    origin,
                    relation,
                });
            }
        }
    }

    fn sign(&mut self, sign: char, origin: Option<Origin>) {
        let start = self.text.len();
        self.text.push(sign);
        self.runs.extend(origin.map(|origin| PassageRun {
            range: start..self.text.len(),
            origin,
            relation: Relation::Rendered,
        }));
    }

    fn line(&mut self, line: &[Inline]) {
        for inline in line {
            match inline {
                Inline::Text(text) => self.push(text),
                Inline::Field(field) if field.statement().is_some() => self.sign(CONDITION, Some(field.origin)),
                Inline::Field(field) => {
                    self.fields.push((self.text.len(), field.expression.clone()));
                    self.sign(FIELD, Some(field.origin));
                }
                Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Strikethrough(inner)
                | Inline::Styled(
                    InlineStyle::SmallCapitals | InlineStyle::Underline | InlineStyle::Inserted | InlineStyle::Deleted,
                    inner,
                )
                | Inline::Link { content: inner, .. }
                | Inline::Passage { content: inner, .. } => self.line(inner),
                // What is raised or lowered is no part of the number before it.
                Inline::Styled(InlineStyle::Superscript | InlineStyle::Subscript, _) | Inline::Code(_) => {
                    self.sign(CODE, None);
                }
                Inline::Image(image) => self.sign(CODE, Some(image.origin)),
                Inline::Break => self.sign(' ', None),
                Inline::FootnoteMark(_) | Inline::Html(_) => {}
            }
        }
    }
}

/// An element of the text, in its order.
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
    /// A table, literal lines, raw HTML, a box or a quotation.
    Other,
    /// The end of the body: the closing and the roll follow.
    End,
}

/// A link.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// The address as written.
    pub(super) to: String,
    /// The text that is clicked.
    pub(super) text: String,
    pub(super) origin: Origin,
}

/// A picture.
#[derive(Clone, Debug)]
pub(super) struct NamedPicture {
    pub(super) alt: String,
    pub(super) path: String,
    /// The key that names it; `None`: the text does.
    pub(super) key: Option<&'static str>,
    pub(super) origin: Origin,
}

/// Every text of a letter that is printed or sent.
#[derive(Clone, Debug)]
pub(super) struct Prose {
    pub(super) passages: Vec<Passage>,
    pub(super) elements: Vec<Element>,
    pub(super) links: Vec<Link>,
    pub(super) pictures: Vec<NamedPicture>,
    file: FileId,
}

impl Prose {
    /// Returns the passages of some roles, in their order.
    pub(super) fn of_roles(&self, is_one: impl Fn(&PassageRole) -> bool) -> impl Iterator<Item = &Passage> {
        self.passages.iter().filter(move |passage| is_one(&passage.role))
    }

    fn new(file: FileId) -> Self {
        Self {
            passages: Vec::new(),
            elements: Vec::new(),
            links: Vec::new(),
            pictures: Vec::new(),
            file,
        }
    }

    /// Takes the texts of a letter as its author wrote them.
    pub(super) fn of_letter(letter: &Letter) -> Self {
        let mut prose = Self::new(letter.file);
        for part in letter.parts() {
            match part {
                LetterPart::Key(path, line) => {
                    prose.line(PassageRole::Key(path), line);
                }
                LetterPart::Plain(path, text) => prose.add_text(PassageRole::Key(path), text),
                LetterPart::Picture(key, image) => prose.picture(image, Some(key)),
                LetterPart::Body(blocks) => {
                    prose.blocks(blocks, &PassageRole::Paragraph);
                    prose.elements.push(Element::End);
                }
                LetterPart::Appendix(blocks) => prose.blocks(blocks, &PassageRole::Paragraph),
                LetterPart::Footnote(blocks) => prose.beside(blocks, &PassageRole::Note),
                LetterPart::Boilerplate(blocks) => prose.beside(blocks, &PassageRole::Paragraph),
            }
        }
        if let Some(call) = &letter.kind_keys.call {
            prose.links.push(Link {
                to: call.link.value.clone(),
                text: String::new(),
                origin: call.link.origin,
            });
        }
        prose
    }

    /// Takes the texts of a document as its readers see them, fields filled in and
    /// conditions decided.
    pub(super) fn of_document(document: &Document, file: FileId) -> Self {
        let mut prose = Self::new(file);
        for text in document.parts.iter().flat_map(document::Part::texts) {
            match text {
                document::PartText::Line(line) => {
                    prose.line(PassageRole::Paragraph, line);
                }
                document::PartText::Blocks(blocks) => prose.blocks(blocks, &PassageRole::Paragraph),
            }
        }
        for footnote in &document.footnotes {
            prose.blocks(footnote, &PassageRole::Note);
        }
        prose
    }

    /// Takes the names, titles and affiliations of those on the roll.
    pub(super) fn of_roll(rows: &Rows<'_>) -> Vec<Passage> {
        let mut passages = Vec::new();
        for signatory in &rows.resolution.signatories {
            let Some(record) = signatory.rows.first().and_then(|row| rows.records.get(*row)) else {
                continue;
            };
            let cells = [
                Some(&signatory.name),
                signatory.title.as_ref(),
                signatory.affiliation.as_ref(),
            ];
            for cell in cells.into_iter().flatten().filter(|cell| !cell.trim().is_empty()) {
                let mut passage = Passage::new(PassageRole::Signatory, record.origin.file());
                passage.push(&PlacedText::computed(cell.as_str(), record.origin));
                passages.push(passage);
            }
        }
        passages
    }

    /// Returns the passage of a key of the front matter.
    pub(super) fn key(&self, key: &str) -> Option<&Passage> {
        self.passages.iter().find(|passage| passage.is_key(key))
    }

    fn add_text(&mut self, role: PassageRole, text: &PlacedText) {
        let mut passage = Passage::new(role, self.file);
        passage.push(text);
        if !passage.text.trim().is_empty() {
            self.passages.push(passage);
        }
    }

    fn picture(&mut self, image: &Image, key: Option<&'static str>) {
        self.pictures.push(NamedPicture {
            alt: image.alt.clone(),
            path: image.path.clone(),
            key,
            origin: image.origin,
        });
        self.add_text(
            PassageRole::Alternative,
            &PlacedText::computed(image.alt.as_str(), image.origin),
        );
    }

    /// Adds a line, its links and its pictures; returns its index if it says something.
    fn line(&mut self, role: PassageRole, line: &Line) -> Option<usize> {
        let passage = Passage::of(role, self.file, line);
        let index = (!passage.text.trim().is_empty()).then(|| {
            self.passages.push(passage);
            self.passages.len() - 1
        });
        visit::inlines_of_line(line, &mut |inline| match inline {
            Inline::Link { to, content, origin } => self.links.push(Link {
                to: to.clone(),
                text: plain(content),
                origin: *origin,
            }),
            Inline::Image(image) => self.picture(image, None),
            Inline::Text(_)
            | Inline::Field(_)
            | Inline::Emphasis(_)
            | Inline::Strong(_)
            | Inline::Strikethrough(_)
            | Inline::Styled(..)
            | Inline::Passage { .. }
            | Inline::Code(_)
            | Inline::FootnoteMark(_)
            | Inline::Break
            | Inline::Html(_) => {}
        });
        index
    }

    /// Adds a line that stands in the order of the text.
    fn element(&mut self, role: PassageRole, line: &Line) {
        let index = self.line(role, line);
        self.elements.extend(index.map(Element::Passage));
    }

    /// Adds blocks that stand beside the order of the text.
    fn beside(&mut self, blocks: &[Block], role: &PassageRole) {
        let elements = self.elements.len();
        self.blocks(blocks, role);
        self.elements.truncate(elements);
    }

    fn blocks(&mut self, blocks: &[Block], role: &PassageRole) {
        for block in blocks {
            match block {
                Block::Heading { level, content, .. } => self.element(PassageRole::Heading(*level), content),
                Block::Paragraph(line) => self.element(role.clone(), line),
                Block::List(list) => {
                    self.elements.push(Element::List {
                        items: list.items.len(),
                        ordered: list.numbering.is_some(),
                    });
                    list.items.iter().for_each(|item| self.blocks(item, &PassageRole::Item));
                }
                Block::Quote(inner) => {
                    self.elements.push(Element::Other);
                    self.blocks(inner, &PassageRole::Quote);
                }
                Block::Captioned { content, caption } => {
                    self.element(PassageRole::Caption, caption);
                    self.blocks(content, role);
                }
                Block::Quotation { content, speaker } | Block::PullQuote { content, speaker } => {
                    self.elements.push(Element::Other);
                    self.blocks(content, &PassageRole::Quote);
                    self.element(PassageRole::Speaker, speaker);
                }
                Block::Box { title, content } => {
                    self.elements.push(Element::Other);
                    self.element(PassageRole::Caption, title);
                    self.blocks(content, role);
                }
                Block::KeyFigure { figure, caption } => {
                    self.elements.push(Element::Other);
                    self.element(PassageRole::Caption, figure);
                    self.element(PassageRole::Caption, caption);
                }
                Block::Excerpt(excerpt) => {
                    self.elements.push(Element::Other);
                    for passage in &excerpt.passages {
                        self.add_text(
                            PassageRole::Quote,
                            &PlacedText::computed(passage.as_str(), excerpt.origin),
                        );
                    }
                    self.element(PassageRole::Speaker, &excerpt.speaker);
                }
                Block::Table(table) => {
                    self.elements.push(Element::Other);
                    let cells = table.head.iter().chain(table.rows.iter().flatten());
                    cells.for_each(|cell| self.element(PassageRole::Cell, cell));
                }
                Block::Passage { blocks, .. } => self.blocks(blocks, role),
                Block::Code(_) | Block::Rule | Block::PageBreak | Block::Html(_) => self.elements.push(Element::Other),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{self, Project};
    use crate::source::SourceMap;

    fn read(text: &str) -> (SourceMap, Prose) {
        let mut sources = SourceMap::default();
        let bytes = text.as_bytes().to_vec();
        let path = std::path::Path::new("a.md");
        let letter = load::letter_from_bytes(&mut sources, "a.md", path, bytes, &Project::default())
            .expect("it loads")
            .value;
        let prose = Prose::of_letter(&letter);
        (sources, prose)
    }

    #[test]
    fn every_word_has_its_place() {
        let text = "+++\nkind = \"letter\"\ntitle = \"A *great* day\"\n[[to]]\nname = 'The Honorable X'\n+++\nWe, **the\n{{ n|words }} groups**, ask &amp; \"[beg](https://a.org)\".\n\n- one\n- two\n";
        let (sources, prose) = read(text);
        let passage = |start: &str| {
            let mut passages = prose.passages.iter();
            passages
                .find(|passage| passage.text.starts_with(start))
                .expect("a passage")
        };
        let check = |start: &str, words: &str, place: &str| {
            let passage = passage(start);
            let at = passage.text.find(words).unwrap_or_else(|| panic!("{}", passage.text));
            let origin = passage.origin(at..at + words.len());
            assert_eq!(sources.place(origin).to_string(), place);
            let shown = &sources.text(origin.file())[sources_range(origin)];
            assert!(shown == words || !words.is_ascii(), "{shown} {words}");
        };
        fn sources_range(origin: Origin) -> Range<usize> {
            match origin {
                Origin::Span { start, end, .. } => start as usize..end as usize,
                _ => 0..0,
            }
        }
        check("A g", "great", "a.md:3:13");
        check("The", "Honorable", "a.md:5:13");
        check("We", "the", "a.md:7:7");
        check("We", "\u{fffc}", "a.md:8:1");
        check("We", "groups", "a.md:8:15");
        check("We", "beg", "a.md:8:37");
        check("one", "one", "a.md:10:3");
        assert_eq!(passage("We").fields, [(8, "n|words".to_owned())]);
        assert_eq!(passage("We").text, "We, the \u{fffc} groups, ask & “beg”.");
        assert_eq!(prose.links[0].text, "beg");
        assert_eq!(
            prose.elements[1],
            Element::List {
                items: 2,
                ordered: false
            }
        );
    }
}
