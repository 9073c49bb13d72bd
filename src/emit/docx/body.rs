//! Writes the text of a Word file.
//!
//! In: a document. Out: the XML of its text and of its footnotes, with what they link
//! to and show. Guaranteed: every footnote is there: at its first mark, or after the
//! text if its only marks are in footnotes, which Word does not allow. Contents lead
//! to their headings. The numbers of their pages are fields without a result: Word
//! fills them in when it prints or is asked to (F9), LibreOffice at once. To have them
//! filled when the file is opened, Word would have to be told to, and then asks each
//! reader whether it may.

use super::blocks::BlockWriter;
use super::numbering::ListNumbering;
use super::package::{R, W, part as xml_part};
use super::paragraph::{BodyItem, footnote, section};
use super::run::{PLAIN_RUN, number_changes, run};
use crate::compose::document::{Document, Inline};
use crate::emit::levels::Levels;
use crate::emit::simple_parts::{SimplePart, simple_parts};
use crate::model::picture::Picture;
use maud::html;
use std::sync::Arc;

/// The text of a Word file and what it refers to.
pub(super) struct DocxText {
    /// The part of the text.
    pub(super) document: String,
    /// The part of the footnotes.
    pub(super) footnotes: String,
    /// The addresses of the text's links, from number 1.
    pub(super) links: Vec<String>,
    /// The addresses of the footnotes' links, from number 1.
    pub(super) footnote_links: Vec<String>,
    /// The pictures of both, from number 1.
    pub(super) pictures: Vec<Arc<Picture>>,
    /// The lists, from number 1.
    pub(super) lists: Vec<ListNumbering>,
}

/// Returns the document's text.
pub(super) fn content(document: &Document) -> DocxText {
    let mut writer = BlockWriter::new(document);
    // Contents stand on pages of their own.
    let mut apart = false;
    for part in simple_parts(document) {
        let is_contents = matches!(part, SimplePart::Contents(..));
        let from = writer.items.len();
        writer.part(&part);
        if let Some(BodyItem::Paragraph(first)) = writer.items.get_mut(from) {
            first.new_page |= is_contents || apart;
            apart = is_contents;
        }
    }
    let mut items = std::mem::take(&mut writer.items);
    let text_links = std::mem::take(&mut writer.inline.links);

    let mut notes = footnotes(&mut writer, text_links);
    items.append(&mut notes.after_text);

    // Where nothing stands in columns, the last section is the first.
    let only = !items
        .iter()
        .any(|item| matches!(item, BodyItem::Paragraph(paragraph) if paragraph.section.is_some()));
    let last = section(document, 1, only, false);
    let text = xml_part(html! {
        w:document xmlns:w=(W) xmlns:r=(R)
            xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
            xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
            xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
        {
            w:body {
                @for item in &items { (item.render()) }
                // A table may not be last.
                @if matches!(items.last(), None | Some(BodyItem::Table(_))) { w:p {} }
                (last)
            }
        }
    });
    let footnotes = xml_part(html! {
        w:footnotes xmlns:w=(W) xmlns:r=(R)
            xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
            xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
            xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
        {
            w:footnote w:type="separator" w:id="-1" { w:p { w:r { w:separator {} } } }
            w:footnote w:type="continuationSeparator" w:id="0" { w:p { w:r { w:continuationSeparator {} } } }
            @for (id, items) in &mut notes.anchored { (footnote(*id, items)) }
        }
    });
    // Text has no quotation marks that are not escaped, so that none is taken for an id.
    let [document, footnotes] = number_changes([text, footnotes]);
    DocxText {
        document,
        footnotes,
        links: notes.text_links,
        footnote_links: notes.links,
        pictures: writer.inline.pictures,
        lists: writer.lists,
    }
}

/// The footnotes of a document.
struct NoteNumbers {
    /// Those with a mark in the text: number and content.
    anchored: Vec<(usize, Vec<BodyItem>)>,
    /// The others, under a heading after the text.
    after_text: Vec<BodyItem>,
    /// The addresses of the links of the text, those of `after_text` included.
    text_links: Vec<String>,
    /// The addresses of the links of anchored footnotes.
    links: Vec<String>,
}

/// Writes the footnotes, once the text and its links are written.
fn footnotes(writer: &mut BlockWriter<'_>, text_links: Vec<String>) -> NoteNumbers {
    let document = writer.inline.document;
    writer.inline.in_footnote = true;
    let noted = writer.inline.noted.clone();
    let mut anchored = Vec::new();
    let mut left = Vec::new();
    for (at, footnote) in document.footnotes.iter().enumerate() {
        writer.blocks(footnote, &mut Levels::new(2), 0);
        let written = std::mem::take(&mut writer.items);
        if noted[at] {
            anchored.push((at + 1, written));
        } else {
            left.push((at, footnote));
        }
    }
    let links = std::mem::replace(&mut writer.inline.links, text_links);
    // Those that only footnotes refer to: written again, with the text's links.
    if !left.is_empty() {
        writer.say("Heading1", &[Inline::Text(document.labels.footnotes.as_str().into())]);
        for (at, footnote) in left {
            writer.paragraph("FootnoteText", run(&format!("{}.", at + 1), PLAIN_RUN));
            writer.blocks(footnote, &mut Levels::new(2), 0);
        }
    }
    NoteNumbers {
        anchored,
        after_text: std::mem::take(&mut writer.items),
        text_links: std::mem::take(&mut writer.inline.links),
        links,
    }
}
