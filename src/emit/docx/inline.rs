//! Lines of text in a Word file: runs, links, marks of footnotes, pictures.
//!
//! In: inlines without fields. Out: runs, and what they link to and show, numbered
//! from 1. Guaranteed: each footnote is anchored once, at its first mark in the text.
//! Absent: paragraphs.

use super::clean;
use super::run::{PLAIN_RUN, RunFormat, run};
use crate::compose::document::{Document, Image, Inline, Line};
use crate::model::link;
use crate::model::picture::Picture;
use maud::{Markup, html};
use std::sync::Arc;

/// Writes lines, and collects what they refer to.
pub(super) struct InlineWriter<'a> {
    pub(super) document: &'a Document,
    /// The addresses of the links.
    pub(super) links: Vec<String>,
    pub(super) pictures: Vec<Arc<Picture>>,
    /// By footnote: true once its first mark was written.
    pub(super) noted: Vec<bool>,
    /// The number of pictures placed so far.
    drawings: usize,
    pub(super) in_footnote: bool,
}

impl<'a> InlineWriter<'a> {
    /// Begins the text of a document.
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            links: Vec::new(),
            pictures: Vec::new(),
            noted: vec![false; document.footnotes.len()],
            drawings: 0,
            in_footnote: false,
        }
    }

    /// Returns the runs of a line.
    pub(super) fn line(&mut self, line: &[Inline], format: RunFormat<'_>) -> Markup {
        let mut out = html! {};
        for inline in line {
            out.0.push_str(&self.inline(inline, format).0);
        }
        out
    }

    fn inline(&mut self, inline: &Inline, format: RunFormat<'_>) -> Markup {
        match inline {
            Inline::Text(text) => run(text, format),
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

    /// Returns lines one below the other.
    pub(super) fn stack(&mut self, lines: &[Line]) -> Markup {
        let lines: Vec<Markup> = lines.iter().map(|line| self.line(line, PLAIN_RUN)).collect();
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
    /// are its number.
    fn footnote_mark(&mut self, footnote: usize, format: RunFormat<'_>) -> Markup {
        match self.noted.get_mut(footnote) {
            Some(noted) if !*noted && !self.in_footnote => {
                *noted = true;
                html! {
                    w:r { w:rPr { w:rStyle w:val="FootnoteReference" {} } w:footnoteReference w:id=(footnote + 1) {} }
                }
            }
            _ => run(
                &(footnote + 1).to_string(),
                RunFormat {
                    align: "superscript",
                    ..format
                },
            ),
        }
    }

    /// Returns a picture at its own size, at most `height` points high and as wide as
    /// the text; its alternative text where there is no picture.
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
        let room = page.paper.size().0.0 - 2.0 * page.margin.0;
        let tallest = page.paper.size().1.0 / 2.0;
        let scale = (height.min(tallest) / high).min(room / wide).min(1.0);
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
