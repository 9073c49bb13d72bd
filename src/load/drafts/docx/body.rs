//! Paragraphs of a Word file become blocks.
//!
//! In: the elements of a body, a footnote or a text box. Out: blocks in order. Guaranteed:
//! lists nest as their levels do and keep their numbers; no paragraph is lost. Absent: what
//! a part of a letter is.

use super::super::spans::{self, Atom, Span};
use super::super::xml::Element;
use super::numbering::{Label, Numberings};
use super::paragraph::{self, Paragraph};
use super::state::State;
use super::styles::ParagraphKind;
use super::table;
use crate::model::draft::{DraftBlock, DraftRole};
use crate::model::numbering::{NumberKind, NumberSigns, Numbering};
use crate::model::text::{Block, Line, List, plain};
use crate::source::{FileId, Origin};

/// A list that is open.
struct OpenList {
    level: usize,
    form: Option<(NumberKind, NumberSigns)>,
    left: i64,
    list: List,
    paragraph: usize,
}

/// A block, and the kind of its paragraph.
struct FlatBlock {
    kind: ParagraphKind,
    block: DraftBlock,
}

/// Reads the blocks of a body.
pub(super) struct BodyReader<'n> {
    numberings: &'n mut Numberings,
    flat: Vec<FlatBlock>,
    lists: Vec<OpenList>,
    /// The words of a paragraph whose end was taken away.
    carried: Vec<Span>,
    new_page: bool,
    file: FileId,
}

impl<'n> BodyReader<'n> {
    /// Begins.
    pub(super) fn new(numberings: &'n mut Numberings, file: FileId) -> Self {
        Self {
            numberings,
            flat: Vec::new(),
            lists: Vec::new(),
            carried: Vec::new(),
            new_page: false,
            file,
        }
    }

    /// Reads elements of the body's level.
    pub(super) fn elements(&mut self, parent: &Element, state: &mut State<'_>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => {
                    let paragraph = paragraph::read(element, state);
                    self.paragraph(paragraph, state);
                }
                "tbl" => {
                    let first = state.paragraph + 1;
                    if let Some(table) = table::read(element, self.numberings, state) {
                        self.close_lists(0);
                        self.push(ParagraphKind::Plain, Block::Table(table), first, None, false);
                    }
                }
                "sdt" => {
                    let gallery = element
                        .find("docPartGallery")
                        .and_then(|gallery| gallery.attribute("val"));
                    match (gallery, element.child("sdtContent")) {
                        (Some("Table of Contents"), _) => {
                            state.remark("the table of contents is left out; undersigned makes its own");
                        }
                        (_, Some(content)) => self.elements(content, state),
                        (_, None) => {}
                    }
                }
                "customXml" | "ins" | "moveTo" => self.elements(element, state),
                "AlternateContent" => {
                    let choice = element.child("Choice").or_else(|| element.child("Fallback"));
                    if let Some(choice) = choice {
                        self.elements(choice, state);
                    }
                }
                "altChunk" => state.remark("another file is embedded here; it is not read"),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, mut paragraph: Paragraph<'_>, state: &mut State<'_>) {
        let boxes = std::mem::take(&mut paragraph.boxes);
        paragraph.spans.splice(0..0, std::mem::take(&mut self.carried));
        if paragraph.goes_on {
            self.carried = std::mem::take(&mut paragraph.spans);
        } else {
            self.place(paragraph, state);
        }
        for text in boxes {
            state.remark("a text box is read after the paragraph that it hangs on");
            self.elements(text, state);
        }
    }

    fn place(&mut self, mut paragraph: Paragraph<'_>, state: &mut State<'_>) {
        if paragraph.spans.iter().all(Span::is_blank) {
            self.new_page |= paragraph.new_page;
            if paragraph.is_ruled {
                self.close_lists(0);
                self.push(ParagraphKind::Plain, Block::Rule, state.paragraph.max(1), None, false);
            }
            return;
        }
        paragraph.new_page |= std::mem::take(&mut self.new_page);
        let label = match paragraph.number.take() {
            Some((id, level)) => self.numberings.next(&id, level).map(|label| (level, label)),
            None => None,
        };
        match label {
            Some((level, label)) if paragraph.kind == ParagraphKind::Plain && !label.is_text() => {
                self.item(level, &label, paragraph, state);
            }
            Some((level, label)) => {
                if !label.text.is_empty() {
                    paragraph.spans.insert(0, Span::plain(format!("{} ", label.text)));
                }
                let within = match paragraph.kind {
                    ParagraphKind::Plain => self.lists.iter().take_while(|list| list.level < level).count(),
                    _ => 0,
                };
                self.text(within, paragraph, state);
            }
            None => {
                let within = self.continued(&paragraph);
                self.text(within, paragraph, state);
            }
        }
    }

    /// Returns how many open lists a paragraph without a number goes on in: as it is set in.
    fn continued(&self, paragraph: &Paragraph<'_>) -> usize {
        let goes_on = paragraph.kind == ParagraphKind::Plain && paragraph.role.is_none() && paragraph.left > 0;
        match goes_on {
            true => self.lists.iter().take_while(|list| list.left <= paragraph.left).count(),
            false => 0,
        }
    }

    fn item(&mut self, level: usize, label: &Label, paragraph: Paragraph<'_>, state: &mut State<'_>) {
        let deeper = self.lists.iter().take_while(|list| list.level <= level).count();
        self.close_lists(deeper);
        let goes_on = self.lists.last().is_some_and(|open| {
            let last = open
                .list
                .numbering
                .as_ref()
                .and_then(|numbering| numbering.numbers.last());
            open.level == level
                && open.form == label.form
                && last.is_none_or(|last| label.form.is_none() || label.number > *last)
        });
        if !goes_on {
            if self.lists.last().is_some_and(|open| open.level == level) {
                self.close_lists(self.lists.len() - 1);
            }
            self.lists.push(OpenList {
                level,
                form: label.form,
                left: label.left,
                paragraph: state.paragraph,
                list: List {
                    numbering: label.form.map(|(kind, signs)| Numbering {
                        kind,
                        signs,
                        numbers: Vec::new(),
                    }),
                    tight: true,
                    items: Vec::new(),
                },
            });
        }
        if let Some(open) = self.lists.last_mut() {
            if let Some(numbering) = &mut open.list.numbering {
                numbering.numbers.push(label.number);
            }
            let line = spans::line(paragraph.spans, state.file);
            open.list.items.push(vec![Block::Paragraph(line)]);
        }
    }

    /// Adds a paragraph: to the last item of the innermost of `within` open lists, or to the
    /// text.
    fn text(&mut self, within: usize, paragraph: Paragraph<'_>, state: &mut State<'_>) {
        self.close_lists(within);
        let is_bold = spans::is_bold(&paragraph.spans);
        let mut kind = paragraph.kind;
        if within == 0 && kind == ParagraphKind::Plain && paragraph.left >= SET_IN && paragraph.right >= SET_IN {
            state.remark("it is set in on both sides, and read as a quotation");
            kind = ParagraphKind::Quote;
        }
        if kind == ParagraphKind::Contents {
            return state.remark("an entry of the table of contents is left out");
        }
        let code = spans::words(&paragraph.spans);
        let lines = paragraph.spans.iter().map(|span| match &span.atom {
            Atom::Break => "\n".to_owned(),
            _ => spans::words(std::slice::from_ref(span)),
        });
        let block = match kind {
            ParagraphKind::Heading(level) => Block::Heading {
                level,
                content: spans::line(without_bold(paragraph.spans), state.file),
                origin: Origin::File(state.file),
            },
            ParagraphKind::Code => Block::Code(lines.collect()),
            ParagraphKind::Rule if !code.contains(char::is_alphanumeric) => Block::Rule,
            _ => Block::Paragraph(spans::line(paragraph.spans, state.file)),
        };
        match self.lists.last_mut() {
            Some(open) => {
                let Some(item) = open.list.items.last_mut() else { return };
                open.list.tight = false;
                item.push(block);
            }
            None => {
                self.push(kind, block, state.paragraph, paragraph.role, is_bold);
                if let Some(last) = self.flat.last_mut() {
                    last.block.new_page = paragraph.new_page;
                }
            }
        }
    }

    fn push(&mut self, kind: ParagraphKind, block: Block, paragraph: usize, role: Option<DraftRole>, is_bold: bool) {
        self.flat.push(FlatBlock {
            kind,
            block: DraftBlock {
                block,
                paragraph,
                role,
                is_bold,
                new_page: false,
            },
        });
    }

    /// Closes all but the outermost `keep` lists.
    fn close_lists(&mut self, keep: usize) {
        while self.lists.len() > keep {
            let Some(open) = self.lists.pop() else { return };
            let block = Block::List(open.list);
            match self.lists.last_mut().and_then(|outer| outer.list.items.last_mut()) {
                Some(item) => item.push(block),
                None => self.push(ParagraphKind::Plain, block, open.paragraph, None, false),
            }
        }
    }

    /// Returns the blocks.
    pub(super) fn finish(mut self) -> Vec<DraftBlock> {
        self.close_lists(0);
        if !self.carried.is_empty() {
            let line = spans::line(std::mem::take(&mut self.carried), self.file);
            let last = self.flat.last().map_or(1, |last| last.block.paragraph);
            self.push(ParagraphKind::Plain, Block::Paragraph(line), last, None, false);
        }
        folded(self.flat)
    }
}

/// Indent on both sides that makes a paragraph a quotation: a quarter of an inch.
const SET_IN: i64 = 360;

/// Headings are bold by themselves.
fn without_bold(mut spans: Vec<Span>) -> Vec<Span> {
    if spans::is_bold(&spans) {
        spans.iter_mut().for_each(|span| span.looks.bold = false);
    }
    spans
}

/// Folds neighbors that are one block: the paragraphs of a quotation, of a box, of code.
fn folded(flat: Vec<FlatBlock>) -> Vec<DraftBlock> {
    let mut out: Vec<DraftBlock> = Vec::with_capacity(flat.len());
    let mut before = ParagraphKind::Plain;
    for FlatBlock { kind, block: mut own } in flat {
        let line = |block: &Block| match block {
            Block::Paragraph(line) => line.clone(),
            _ => Line::new(),
        };
        let last = out.last_mut().map(|last| &mut last.block);
        match (kind, last) {
            (ParagraphKind::Quote, Some(Block::Quote(blocks))) if before == kind => blocks.push(own.block),
            (ParagraphKind::Quote, _) => {
                own.block = Block::Quote(vec![own.block]);
                out.push(own);
            }
            (ParagraphKind::Speaker, Some(last @ Block::Quote(_))) if before == ParagraphKind::Quote => {
                let Block::Quote(content) = std::mem::replace(last, Block::Rule) else {
                    continue;
                };
                let speaker = without_dash(line(&own.block));
                *last = Block::Quotation { content, speaker };
            }
            (ParagraphKind::BoxTitle, _) => {
                own.block = Block::Box {
                    title: line(&own.block),
                    content: Vec::new(),
                };
                out.push(own);
            }
            (ParagraphKind::Box, Some(Block::Box { content, .. }))
                if matches!(before, ParagraphKind::Box | ParagraphKind::BoxTitle) =>
            {
                content.push(own.block);
            }
            (ParagraphKind::Box, _) => {
                own.block = Block::Box {
                    title: Line::new(),
                    content: vec![own.block],
                };
                out.push(own);
            }
            (ParagraphKind::Figure, _) => {
                own.block = Block::KeyFigure {
                    figure: line(&own.block),
                    caption: Line::new(),
                };
                out.push(own);
            }
            (ParagraphKind::FigureCaption, Some(Block::KeyFigure { caption, .. })) if caption.is_empty() => {
                *caption = line(&own.block);
            }
            (ParagraphKind::Code, Some(Block::Code(code))) if before == kind => {
                if let Block::Code(more) = own.block {
                    code.push('\n');
                    code.push_str(&more);
                }
            }
            _ => out.push(own),
        }
        before = kind;
    }
    out
}

/// Returns a speaker without the dash before it.
fn without_dash(mut line: Line) -> Line {
    if let Some(crate::model::text::Inline::Text(text)) = line.first_mut() {
        let rest = text.trim_start_matches(['—', '–', '-', ' ']).to_owned();
        *text = rest.into();
    }
    debug_assert!(!plain(&line).starts_with('—'), "one dash");
    line
}
