//! The words of a Word file.
//!
//! In: the bytes of a .docx file. Out: its paragraphs: the text, its notes, then what stands at
//! the head and foot of pages. Guaranteed: the parts that Word itself would open are read; no
//! panic, and memory within [`MAX_XML`]. Absent: deleted words, comments, the looks of words,
//! pictures.
//!
//! Source: ECMA-376, part 1, 11.3 (parts) and 17 (text); part 2, 9 (relationships).

use super::blocks::Collector;
use super::docx_looks;
use super::surroundings::Surroundings;
use crate::bounds::package::{Package, Relation, attribute};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

/// Longest XML of all parts that are read, in bytes. That of 5,000 names is about three million.
const MAX_XML: u64 = 48 << 20;

/// Most parts that are read.
const MAX_PARTS: usize = 64;

/// Reads the paragraphs; `None` if it is no Word file, is damaged, is too large, or takes words
/// from parts that are not read.
pub(super) fn read(bytes: &[u8]) -> Option<Vec<String>> {
    let mut package = Package::open(bytes, MAX_XML).ok()?;
    let main = package.main().ok()?;
    let mut blocks = Collector::default();
    words(&package.part(&main).ok()?, false, &mut blocks)?;
    let mut notes = Vec::new();
    let mut margins = Vec::new();
    for Relation { kind, target: part, .. } in package.related(&main).ok()? {
        match kind.as_str() {
            "footnotes" | "endnotes" => notes.push(part),
            "header" | "footer" => margins.push(part),
            // Whole documents in place of a paragraph.
            "aFChunk" | "subDocument" => return None,
            _ => {}
        }
    }
    if notes.len() + margins.len() > MAX_PARTS {
        return None;
    }
    notes.sort();
    margins.sort();
    for part in notes {
        words(&package.part(&part).ok()?, false, &mut blocks)?;
    }
    for part in margins {
        words(&package.part(&part).ok()?, true, &mut blocks)?;
    }
    Some(blocks.finish())
}

/// Returns where the text's links lead, and what may hide, cover, or add words.
pub(super) fn surroundings(bytes: &[u8]) -> Option<Surroundings> {
    let mut package = Package::open(bytes, MAX_XML).ok()?;
    let main = package.main().ok()?;
    let links = package.related(&main).ok()?.into_iter();
    let links = links.filter(|relation| relation.kind == "hyperlink");
    let links = links.map(|link| link.target).collect();
    let title = package.bytes("docProps/core.xml").ok().and_then(|core| {
        let core = String::from_utf8_lossy(&core).into_owned();
        let (_, rest) = core.split_once("<dc:title>")?;
        let (title, _) = rest.split_once("</dc:title>")?;
        Some(quick_xml::escape::unescape(title).ok()?.into_owned())
    });
    Some(Surroundings {
        links,
        names: title.into_iter().collect(),
        marks: docx_looks::marks(bytes),
        ..Surroundings::default()
    })
}

/// Adds the paragraphs of a part. At the margins of pages, fields are left out: page numbers.
fn words(xml: &str, at_margin: bool, blocks: &mut Collector) -> Option<()> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    // How deep within words, and within what is not shown or shown twice.
    let (mut in_text, mut in_other, mut field, mut note) = (false, 0_usize, 0_usize, 0_usize);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => match tag.local_name().into_inner() {
                _ if in_other > 0 => in_other += 1,
                "Fallback" | "del" | "moveFrom" => in_other = 1,
                "t" => in_text = true,
                "br" | "cr" | "ta" => blocks.text(" "),
                "noBreakHyphen" => blocks.text("\u{2011}"),
                "footnoteReference" | "endnoteReference" => {
                    note += 1;
                    blocks.text(&note.to_string());
                }
                "fldSimple" if at_margin => in_other = 1,
                "fldChar" if at_margin => match attribute(&tag, "fldCharType").as_deref() {
                    Some("begin") => field += 1,
                    Some("end") => field = field.saturating_sub(1),
                    _ => {}
                },
                _ => {}
            },
            Event::End(_) if in_other > 0 => in_other -= 1,
            Event::End(tag) => match tag.local_name().into_inner() {
                "t" => in_text = false,
                "p" => blocks.end(),
                _ => {}
            },
            Event::Text(text) if in_text && in_other == 0 && field == 0 => blocks.text(&text),
            Event::CData(text) if in_text && in_other == 0 && field == 0 => blocks.text(&text),
            Event::GeneralRef(name) if in_text && in_other == 0 && field == 0 => match name.resolve_char_ref().ok()? {
                Some(c) => blocks.text(c.encode_utf8(&mut [0; 4])),
                None => blocks.text(resolve_predefined_entity(&name)?),
            },
            // Word opens no file with definitions of its own.
            Event::DocType(_) => return None,
            Event::Eof => return Some(()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use std::io::{Cursor, Write};

    const ROOT: &str =
        "<Relationships><Relationship Id='a' Type='http://x/officeDocument' Target='w/d.xml'/></Relationships>";

    /// A Word file of a text and what it refers to.
    fn file(text: &str, related: &str, more: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let related = format!("<Relationships>{related}</Relationships>");
        let parts = [
            ("_rels/.rels", ROOT),
            ("w/d.xml", text),
            ("w/_rels/d.xml.rels", &related),
        ];
        for (name, part) in parts.iter().chain(more) {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(part.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn what_a_reader_sees_is_read_however_it_is_parted() {
        let text = "<w:document xmlns:w='w'><w:p><w:r><w:t>A &amp; </w:t></w:r><w:r><w:t>B&#237;</w:t><w:br/><w:t>x</w:t>\
            <w:footnoteReference w:id='7'/></w:r></w:p><w:p><w:del><w:r><w:delText>no</w:delText><w:t>no</w:t></w:r></w:del>\
            <w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p><w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p></w:document>";
        let related = "<Relationship Type='x/footnotes' Target='f.xml'/><Relationship Type='x/header' Target='/h.xml'/>\
            <Relationship Type='x/hyperlink' TargetMode='External' Target='https://a.example/?a&amp;b'/>";
        let head = "<w:hdr><w:p><w:t>Head </w:t><w:fldChar w:fldCharType='begin'/><w:t>9</w:t><w:fldChar w:fldCharType='end'/>\
            <w:fldSimple><w:t>9</w:t></w:fldSimple></w:p></w:hdr>";
        let bytes = file(
            text,
            related,
            &[("w/f.xml", "<w:p><w:t>Note</w:t></w:p>"), ("h.xml", head)],
        );
        assert_eq!(read(&bytes).unwrap(), ["A & B\u{ed} x1", "new", "Note", "Head"]);
        let links = surroundings(&bytes).unwrap().links;
        assert_eq!(links.into_iter().collect::<Vec<_>>(), ["https://a.example/?a&b"]);
    }

    #[test]
    fn hostile_files_are_not_read() {
        let unread = |text: &str, related: &str| assert_eq!(read(&file(text, related, &[])), None, "{related}");
        unread("<w:p><w:t>a</w:p>", "");
        unread("<!DOCTYPE a [<!ENTITY b 'c'>]><w:p><w:t>&b;</w:t></w:p>", "");
        unread("<w:p><w:t>&b;</w:t></w:p>", "");
        unread("<w:p/>", "<Relationship Type='x/aFChunk' Target='c.html'/>");
        unread("<w:p/>", "<Relationship Type='x/footnotes' Target='none.xml'/>");
        unread(&"x".repeat(MAX_XML as usize + 9), "");
        assert_eq!(read(b"PK\x03\x04"), None);
    }
}
