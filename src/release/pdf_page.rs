//! The text of one page of a PDF, and what is painted over it.
//!
//! In: a page's operators. Out: [`PageReading`]. Guaranteed: no panic and no endless work on
//! hostile files. Absent: the order in which a screen reader reads (`pdf_text`), text within
//! forms and pictures.

use super::pdf_covered::Painter;
use super::pdf_font::Font;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;

/// The text of a page.
#[derive(Default)]
pub(super) struct PageReading {
    /// By marked-content number.
    pub(super) marked: BTreeMap<i64, String>,
    /// All but artifacts, in the order of painting, a line for each text object.
    pub(super) painted: String,
    /// What no tag holds, in the order of painting.
    pub(super) outside: String,
    /// What is marked as decoration.
    pub(super) decoration: String,
    /// The lines of what is painted that something is painted over.
    pub(super) covered: Vec<String>,
}

/// A marked-content sequence that is open.
#[derive(Clone, Default)]
struct OpenContent {
    number: Option<i64>,
    /// Its text was given in words; the glyphs are passed over.
    spoken: bool,
    artifact: bool,
}

/// Reads the text of a page; `budget` is how many bytes may still be unfolded.
pub(super) fn page_text(document: &Document, page: ObjectId, budget: &mut usize) -> PageReading {
    let mut out = PageReading::default();
    let Ok(content) = document.get_page_content_with_limit(page, *budget) else {
        return out;
    };
    *budget = budget.saturating_sub(content.len());
    let Ok(content) = Content::decode(&content) else {
        return out;
    };
    let fonts: BTreeMap<Vec<u8>, Font> = document
        .get_page_fonts(page)
        .unwrap_or_default()
        .into_iter()
        .map(|(name, font)| (name, Font::of(document, font, budget)))
        .collect();
    let none = Font::default();
    let mut font = &none;
    let mut painter = Painter::new(document, &resources(document, page));
    let mut open: Vec<OpenContent> = Vec::new();
    for operation in &content.operations {
        let operands = operation.operands.as_slice();
        painter.follow(&operation.operator, operands);
        match operation.operator.as_str() {
            "BDC" | "BMC" => {
                let mut here = open.last().cloned().unwrap_or_default();
                let tag = operands.first().and_then(|tag| tag.as_name().ok());
                here.artifact |= tag == Some(b"Artifact");
                if let Some(Object::Dictionary(properties)) = operands.get(1) {
                    if let Ok(number) = properties.get(b"MCID").and_then(Object::as_i64) {
                        here.number = Some(number);
                    }
                    if let Ok(actual) = properties.get(b"ActualText").and_then(lopdf::decode_text_string) {
                        if !here.spoken {
                            out.say(&here, &actual);
                        }
                        here.spoken = true;
                    }
                }
                open.push(here);
            }
            "EMC" => {
                open.pop();
            }
            "Tf" => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                font = name.and_then(|name| fonts.get(name)).unwrap_or(&none);
            }
            "ET" | "T*" | "Td" | "TD" => {
                out.painted.push('\n');
                out.outside.push('\n');
                out.decoration.push('\n');
            }
            "Tj" | "'" | "\"" | "TJ" => {
                let here = open.last().cloned().unwrap_or_default();
                let single = operands.last().map_or(&[][..], std::slice::from_ref);
                let pieces = match operands.last() {
                    Some(Object::Array(items)) => items.as_slice(),
                    _ => single,
                };
                for piece in pieces {
                    match piece {
                        Object::String(codes, _) => {
                            let text = font.text(codes);
                            if !here.artifact {
                                painter.show(font.glyphs(codes), &text);
                            }
                            if !here.spoken {
                                out.say(&here, &text);
                            }
                        }
                        piece => painter.adjust(piece.as_float().unwrap_or_default()),
                    }
                }
            }
            _ => {}
        }
    }
    if let Ok(page) = document.get_dictionary(page) {
        out.covered = painter.finish(document, page);
    }
    out
}

/// Returns the resources of a page, its own and those handed down to it.
fn resources(document: &Document, page: ObjectId) -> Vec<&Dictionary> {
    let Ok((own, handed_down)) = document.get_page_resources(page) else {
        return Vec::new();
    };
    let handed_down = handed_down
        .into_iter()
        .filter_map(|id| document.get_dictionary(id).ok());
    own.into_iter().chain(handed_down).collect()
}

impl PageReading {
    fn say(&mut self, at: &OpenContent, text: &str) {
        if at.artifact {
            self.decoration.push_str(text);
            return;
        }
        match at.number {
            Some(number) => self.marked.entry(number).or_default().push_str(text),
            None => self.outside.push_str(text),
        }
        self.painted.push_str(text);
    }
}
