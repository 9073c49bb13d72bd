//! Lines of text in a Word file: runs, links, marks of footnotes, pictures.
//!
//! In: inlines without fields. Out: runs, and what they link to and show, numbered
//! from 1. Guaranteed: each footnote is anchored once, at its first mark in the text.
//! Absent: paragraphs.

use super::clean;
use super::column_widths::kept_within;
use super::run::{LEFT_TO_RIGHT_MARK, PLAIN_RUN, RunFormat, run};
use crate::compose::document::{Document, Image, Inline, Line, PartText, plain};
use crate::model::digit_groups;
use crate::model::direction::Direction;
use crate::model::link;
use crate::model::picture::Picture;
use crate::model::placed_text::{PlacedText, Relation};
use crate::model::visit;
use maud::{Markup, html};
use std::sync::Arc;

/// What the tag of a field's content control begins with; `load` knows it, too.
const FIELD_TAG: &str = "undersigned:";

/// Longest tag that Word takes, in characters.
const LONGEST_TAG: usize = 64;

/// Writes lines, and collects what they refer to.
pub(super) struct InlineWriter<'a> {
    pub(super) document: &'a Document,
    /// The addresses of the links.
    pub(super) links: Vec<String>,
    pub(super) pictures: Vec<Arc<Picture>>,
    /// By footnote: true once its first mark was written.
    pub(super) noted: Vec<bool>,
    /// By footnote: true if it has several marks.
    repeated: Vec<bool>,
    /// The number of pictures placed so far.
    drawings: usize,
    pub(super) in_footnote: bool,
    /// The language of the blocks at hand, where that is not the document's.
    pub(super) language: Option<&'a str>,
    /// The width that the text at hand has, in points.
    pub(super) room: f64,
}

impl<'a> InlineWriter<'a> {
    /// Begins the text of a document.
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            links: Vec::new(),
            pictures: Vec::new(),
            noted: vec![false; document.footnotes.len()],
            repeated: repeated(document),
            drawings: 0,
            in_footnote: false,
            language: None,
            room: measure(document),
        }
    }

    /// Returns the runs of a line.
    pub(super) fn line(&mut self, line: &[Inline], format: RunFormat<'_>) -> Markup {
        let mut out = html! {};
        for (at, inline) in line.iter().enumerate() {
            // Two numbers side by side would be read as one.
            if at > 0 && matches!(line[at - 1..=at], [Inline::FootnoteMark(_), Inline::FootnoteMark(_)]) {
                let style = "FootnoteReference";
                out.0.push_str(&run(",", RunFormat { style, ..format }).0);
            }
            out.0.push_str(&self.inline(inline, format).0);
        }
        out
    }

    /// Returns the direction of the blocks at hand.
    pub(super) fn direction(&self) -> Direction {
        Direction::of_language(self.language.unwrap_or(&self.document.language))
    }

    /// Returns text as a run. Words that stay together have no-break spaces, and numbers of
    /// several groups keep their order among letters from right to left.
    fn words(&self, text: &str, format: RunFormat<'_>) -> Markup {
        let text = kept_within(text, self.room, self.document.page.font_size.0);
        let language = match (format.language, self.language) {
            ("", Some(language)) => language,
            (language, _) => language,
        };
        let format = RunFormat { language, ..format };
        if !(self.direction().is_rtl() || digit_groups::has_rtl_letter(&text)) {
            return run(&text, format);
        }
        let mut marked = String::with_capacity(text.len());
        let mut done = 0;
        for place in digit_groups::places(&text) {
            marked.push_str(&text[done..place.start]);
            marked.push(LEFT_TO_RIGHT_MARK);
            marked.push_str(&text[place.clone()]);
            marked.push(LEFT_TO_RIGHT_MARK);
            done = place.end;
        }
        marked.push_str(&text[done..]);
        run(&marked, format)
    }

    fn inline(&mut self, inline: &Inline, format: RunFormat<'_>) -> Markup {
        match inline {
            Inline::Text(text) => self.text(text, format),
            Inline::Emphasis(inner) => self.line(
                inner,
                RunFormat {
                    italic: !format.italic,
                    ..format
                },
            ),
            Inline::Strong(inner) => self.line(inner, RunFormat { bold: true, ..format }),
            Inline::Strikethrough(inner) => self.line(inner, RunFormat { strike: true, ..format }),
            Inline::Styled(style, inner) => self.line(inner, format.styled(*style)),
            Inline::Code(text) => run(
                text,
                RunFormat {
                    style: "CodeText",
                    ..format
                },
            ),
            Inline::Link { to, content, .. } => self.link(to, content, format),
            Inline::Image(image) => self.picture(image, f64::INFINITY),
            Inline::FootnoteMark(footnote) => self.footnote_mark(*footnote, format),
            Inline::Passage { language, content } => self.line(content, RunFormat { language, ..format }),
            Inline::Break => html! { w:r { w:br {} } },
            // Composing leaves no fields, and raw HTML is for web pages.
            Inline::Field(_) | Inline::Html(_) => html! {},
        }
    }

    /// Returns a line of an address: one that begins from left to right does so as a whole, so
    /// that a street's number stays before the street.
    fn address_line(&mut self, line: &Line) -> Markup {
        let runs = self.line(line, PLAIN_RUN);
        if !self.direction().is_rtl() || !plain(line).chars().any(char::is_alphanumeric) {
            return runs;
        }
        if plain(line)
            .chars()
            .find(|c| c.is_alphabetic())
            .is_some_and(|c| digit_groups::has_rtl_letter(c.encode_utf8(&mut [0; 4])))
        {
            return runs;
        }
        let mark = run(&LEFT_TO_RIGHT_MARK.to_string(), PLAIN_RUN);
        html! { (mark) (runs) (mark) }
    }

    /// Returns a text; the value of a field stands in a content control that keeps its
    /// expression, so that the file can be read back as the letter that it was.
    fn text(&self, text: &PlacedText, format: RunFormat<'_>) -> Markup {
        let mut out = html! {};
        for (range, origin, relation) in text.runs() {
            let value = self.words(&text[range], format);
            let expression = origin.filter(|_| relation == Relation::Computed);
            let expression = expression.and_then(|origin| self.document.fields.get(&origin));
            let tag = expression.map(|expression| format!("{FIELD_TAG}{expression}"));
            match (expression, tag.filter(|tag| tag.chars().count() <= LONGEST_TAG)) {
                (Some(expression), Some(tag)) if !value.0.is_empty() => {
                    let control = html! {
                        w:sdt {
                            w:sdtPr { w:alias w:val=(clean(expression)) {} w:tag w:val=(clean(&tag)) {} }
                            w:sdtContent { (value) }
                        }
                    };
                    out.0.push_str(&control.0);
                }
                _ => out.0.push_str(&value.0),
            }
        }
        out
    }

    /// Returns lines one below the other.
    pub(super) fn stack(&mut self, lines: &[Line]) -> Markup {
        let lines: Vec<Markup> = lines.iter().map(|line| self.address_line(line)).collect();
        html! {
            @for (at, line) in lines.iter().enumerate() {
                @if at > 0 { w:r { w:br {} } }
                (line)
            }
        }
    }

    /// Returns a link to an address outside the document, or its text alone where the
    /// address is not one to follow.
    pub(super) fn link(&mut self, to: &str, content: &[Inline], format: RunFormat<'_>) -> Markup {
        let Some(to) = link::outside(to) else {
            return self.line(content, format);
        };
        let number = match self.links.iter().position(|known| known == to) {
            Some(known) => known + 1,
            None => {
                self.links.push(to.to_owned());
                self.links.len()
            }
        };
        let runs = self.line(
            content,
            RunFormat {
                style: "Hyperlink",
                ..format
            },
        );
        html! { w:hyperlink r:id=(format!("link{number}")) w:history="1" { (runs) } }
    }

    /// Returns the mark of a footnote: its first mark is the footnote itself; later ones, and those in footnotes,
    /// refer to it. What only footnotes refer to stands after the text, and its marks are its number.
    fn footnote_mark(&mut self, footnote: usize, format: RunFormat<'_>) -> Markup {
        match self.noted.get_mut(footnote) {
            Some(noted) if !*noted && !self.in_footnote => {
                *noted = true;
                let mark = html! {
                    w:r { w:rPr { w:rStyle w:val="FootnoteReference" {} } w:footnoteReference w:id=(footnote + 1) {} }
                };
                if !self.repeated.get(footnote).copied().unwrap_or_default() {
                    return mark;
                }
                let id = FIRST_MARK + footnote;
                html! {
                    w:bookmarkStart w:id=(id) w:name=(mark_name(footnote)) {}
                    (mark)
                    w:bookmarkEnd w:id=(id) {}
                }
            }
            // The number of a note that has its mark elsewhere, by reference.
            Some(true) => html! {
                w:r { w:fldChar w:fldCharType="begin" {} }
                w:r { w:instrText xml:space="preserve" { " NOTEREF " (mark_name(footnote)) " \\f \\h " } }
                w:r { w:fldChar w:fldCharType="separate" {} }
                w:r { w:rPr { w:rStyle w:val="FootnoteReference" {} } w:t { (footnote + 1) } }
                w:r { w:fldChar w:fldCharType="end" {} }
            },
            _ => run(
                &(footnote + 1).to_string(),
                RunFormat {
                    style: "FootnoteReference",
                    ..format
                },
            ),
        }
    }

    /// Returns a picture at its own size, at most `height` points high and as wide as
    /// its room; its alternative text where there is no picture.
    pub(super) fn picture(&mut self, image: &Image, height: f64) -> Markup {
        let Some(picture) = &image.picture else {
            return run(&image.alt, PLAIN_RUN);
        };
        let number = match self.pictures.iter().position(|known| known == picture) {
            Some(known) => known + 1,
            None => {
                self.pictures.push(Arc::clone(picture));
                self.pictures.len()
            }
        };
        self.drawings += 1;
        let page = &self.document.page;
        // Pixels are 96 to the inch, points 72.
        let (wide, high) = (picture.width * 0.75, picture.height * 0.75);
        let tallest = page.paper.size().1.0 / 2.0;
        let scale = (height.min(tallest) / high).min(self.room / wide).min(1.0);
        let emu = |points: f64| (points * scale * 12_700.0).round().max(1.0) as u64;
        let (wide, high) = (emu(wide), emu(high));
        let (id, link) = (self.drawings, format!("picture{number}"));
        html! {
            w:r { w:drawing {
                wp:inline distT="0" distB="0" distL="0" distR="0" {
                    wp:extent cx=(wide) cy=(high) {}
                    wp:docPr id=(id) name=(format!("Picture {id}")) descr=(clean(&image.alt)) {}
                    a:graphic { a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture" {
                        pic:pic {
                            pic:nvPicPr { pic:cNvPr id=(id) name=(format!("Picture {id}")) descr=(clean(&image.alt)) {} pic:cNvPicPr {} }
                            pic:blipFill { a:blip r:embed=(link) {} a:stretch { a:fillRect {} } }
                            pic:spPr {
                                a:xfrm { a:off x="0" y="0" {} a:ext cx=(wide) cy=(high) {} }
                                a:prstGeom prst="rect" { a:avLst {} }
                            }
                        }
                    } }
                }
            } }
        }
    }
}

/// The id of the first footnote's bookmark; those of the contents are below it.
const FIRST_MARK: usize = 100_000;

/// Returns the name of the bookmark at a footnote's first mark. Names that begin so are hidden
/// from lists of bookmarks.
fn mark_name(footnote: usize) -> String {
    format!("_RefNote{}", footnote + 1)
}

/// Returns the width of a document's text, in points.
pub(super) fn measure(document: &Document) -> f64 {
    document.page.paper.size().0.0 - 2.0 * document.page.margin.0
}

/// Returns for each footnote whether it has several marks.
fn repeated(document: &Document) -> Vec<bool> {
    let mut counts = vec![0_usize; document.footnotes.len()];
    let mut see = |inline: &Inline| {
        if let Inline::FootnoteMark(footnote) = inline
            && let Some(count) = counts.get_mut(*footnote)
        {
            *count += 1;
        }
    };
    for part in &document.parts {
        for text in part.texts() {
            match text {
                PartText::Line(line) => visit::inlines_of_line(line, &mut see),
                PartText::Blocks(blocks) => visit::inlines(blocks, &mut see),
            }
        }
    }
    for note in &document.footnotes {
        visit::inlines(note, &mut see);
    }
    counts.into_iter().map(|count| count > 1).collect()
}
