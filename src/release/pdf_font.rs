//! What the codes of a PDF's font say, and how wide they are.
//!
//! In: a font's dictionary. Out: text and widths of codes. Guaranteed: bounded work, whatever
//! the file. Absent: the shapes of letters.
//!
//! Source: ISO 32000-1, 9.7.4.3 (widths), 9.10.3 (`ToUnicode`).

use lopdf::{Dictionary, Document, Object};
use std::collections::BTreeMap;

/// Most codes that the Unicode maps and widths of a font may name.
const CODES: usize = 1 << 20;

/// Longest text of one code, in UTF-16 digits of hexadecimal: 32 units, three times the
/// longest ligature that Unicode has.
const LONGEST_TARGET: usize = 128;

/// Width of a glyph of a font that does not say it, in thousandths of its size.
const USUAL_WIDTH: f32 = 500.0;

/// What is read of a font.
#[derive(Default)]
pub(super) struct Font {
    /// Whether codes are two bytes wide.
    wide: bool,
    map: BTreeMap<u16, String>,
    /// In thousandths of the font's size.
    widths: BTreeMap<u16, f32>,
    /// Of other codes.
    other_width: f32,
}

impl Font {
    /// Reads a font; `budget` is how many bytes may still be unfolded.
    pub(super) fn of(document: &Document, font: &Dictionary, budget: &mut usize) -> Self {
        let mut out = Self {
            wide: font
                .get(b"Subtype")
                .and_then(Object::as_name)
                .is_ok_and(|subtype| subtype == b"Type0"),
            map: BTreeMap::new(),
            widths: BTreeMap::new(),
            other_width: USUAL_WIDTH,
        };
        out.read_widths(document, font);
        let stream = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream);
        let Ok(bytes) = stream.and_then(|stream| stream.decompressed_content_with_limit(*budget)) else {
            return out;
        };
        *budget = budget.saturating_sub(bytes.len());
        let text = String::from_utf8_lossy(&bytes);
        let mut left = CODES;
        let mut ranges = false;
        for line in text.lines() {
            let line = line.trim();
            if line.ends_with("beginbfrange") || line.ends_with("beginbfchar") {
                ranges = line.ends_with("beginbfrange");
            }
            if !line.starts_with('<') {
                continue;
            }
            let parts: Vec<&str> = line
                .split(['<', '>', ' ', '[', ']'])
                .filter(|part| !part.is_empty())
                .collect();
            match (ranges, parts.as_slice()) {
                (false, [code, target, ..]) => {
                    if let Ok(code) = u16::from_str_radix(code, 16) {
                        out.map.insert(code, utf16(target));
                    }
                }
                (true, [first, last, targets @ ..]) => out.range(first, last, targets, &mut left),
                _ => {}
            }
        }
        out
    }

    fn range(&mut self, first: &str, last: &str, targets: &[&str], left: &mut usize) {
        let (Ok(first), Ok(last)) = (u16::from_str_radix(first, 16), u16::from_str_radix(last, 16)) else {
            return;
        };
        for (at, code) in (first..=last).enumerate().take(*left) {
            *left -= 1;
            let text = match targets {
                [only] if first != last => match utf16(only).chars().next().map(u32::from) {
                    Some(start) => u32::try_from(at)
                        .ok()
                        .and_then(|at| char::from_u32(start.saturating_add(at)))
                        .map(String::from),
                    None => None,
                },
                targets => targets.get(at).map(|target| utf16(target)),
            };
            if let Some(text) = text {
                self.map.insert(code, text);
            }
        }
    }

    /// Reads how wide glyphs are (ISO 32000-1, 9.2.4 and 9.7.4.3).
    fn read_widths(&mut self, document: &Document, font: &Dictionary) {
        let number = |object: &Object| {
            document
                .dereference(object)
                .and_then(|(_, object)| object.as_float())
                .ok()
        };
        let code = |at: f32, more: usize| u16::try_from(at as i64 + i64::try_from(more).unwrap_or(i64::MAX)).ok();
        if let Ok(widths) = font.get_deref(b"Widths", document).and_then(Object::as_array) {
            let first = font.get(b"FirstChar").ok().and_then(number).unwrap_or_default();
            let widths = widths.iter().enumerate().take(CODES);
            self.widths
                .extend(widths.filter_map(|(at, width)| Some((code(first, at)?, number(width)?))));
        }
        let below = font
            .get_deref(b"DescendantFonts", document)
            .and_then(Object::as_array)
            .ok();
        let below = below.and_then(|fonts| document.dereference(fonts.first()?).ok()?.1.as_dict().ok());
        let Some(below) = below else { return };
        self.other_width = below.get(b"DW").ok().and_then(number).unwrap_or(1000.0);
        let groups = below.get_deref(b"W", document).and_then(Object::as_array).ok();
        let mut groups = groups.map_or(&[][..], Vec::as_slice);
        while let [first, second, rest @ ..] = groups {
            let (Some(first), Ok((_, second))) = (number(first), document.dereference(second)) else {
                return;
            };
            // Either the widths of this code and the next ones, or one for a range of codes.
            if let Object::Array(widths) = second {
                let widths = widths.iter().enumerate().take(CODES);
                self.widths
                    .extend(widths.filter_map(|(at, width)| Some((code(first, at)?, number(width)?))));
                groups = rest;
            } else {
                let (Ok(last), Some(width)) = (second.as_float(), rest.first().and_then(number)) else {
                    return;
                };
                if let (Some(first), Some(last)) = (code(first, 0), code(last, 0)) {
                    self.widths.extend((first..=last).map(|code| (code, width)));
                }
                groups = &rest[1..];
            }
        }
    }

    fn codes<'a>(&self, bytes: &'a [u8]) -> impl Iterator<Item = (u16, &'a [u8])> + use<'a> {
        bytes.chunks(if self.wide { 2 } else { 1 }).map(|chunk| match chunk {
            [high, low] => (u16::from_be_bytes([*high, *low]), chunk),
            [code] => (u16::from(*code), chunk),
            _ => (0, chunk),
        })
    }

    /// Returns of each glyph its width, in parts of the font's size, and whether it is the space
    /// that words are spread at.
    pub(super) fn glyphs(&self, codes: &[u8]) -> impl Iterator<Item = (f32, bool)> {
        self.codes(codes).map(|(code, chunk)| {
            let width = self.widths.get(&code).copied().unwrap_or(self.other_width);
            (width / 1000.0, chunk == b" ")
        })
    }

    /// Returns what codes say.
    pub(super) fn text(&self, codes: &[u8]) -> String {
        self.codes(codes)
            .map(|(code, chunk)| match self.map.get(&code) {
                Some(text) => text.clone(),
                // Simple fonts without a map mostly follow ASCII.
                None if !self.wide && chunk[0].is_ascii_graphic() || chunk == b" " => char::from(chunk[0]).to_string(),
                None => String::new(),
            })
            .collect()
    }
}

/// UTF-16 in hexadecimal.
fn utf16(digits: &str) -> String {
    let units: Vec<u16> = digits
        .as_bytes()
        .chunks(4)
        .take(LONGEST_TARGET / 4)
        .filter_map(|chunk| u16::from_str_radix(std::str::from_utf8(chunk).ok()?, 16).ok())
        .collect();
    String::from_utf16_lossy(&units)
}
