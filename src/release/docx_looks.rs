//! What a Word file shows beyond its words.
//!
//! In: the bytes of a .docx file. Out: a hash of all that takes part in its look, and counts of
//! what hides or adds words. Guaranteed: packing the file anew, cutting runs of words otherwise,
//! and marks of spelling and editing sessions change no hash; no panic, and memory within
//! [`MAX_XML`]. Absent: pixels, the words (`docx_text`).
//!
//! Source: ECMA-376, part 1, 17 (text), 20 and 21 (drawings); part 3 (versions of content).

use super::short_sha256;
use crate::bounds::package::{Package, attribute};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

/// Longest content of all parts that are read, in bytes.
const MAX_XML: u64 = 64 << 20;

/// Elements that change nothing which is seen: marks of spelling, places, and sessions.
const UNSEEN: &[&str] = &[
    "proofErr",
    "bookmarkStart",
    "bookmarkEnd",
    "lastRenderedPageBreak",
    "rsids",
    "noProof",
    "lang",
];

/// Returns the hash of what a Word file shows; `None` if it cannot be read.
pub(super) fn hash(bytes: &[u8]) -> Option<String> {
    let mut package = Package::open(bytes, MAX_XML).ok()?;
    let mut fed = Vec::new();
    for name in package.names() {
        // Title, author, and date of saving.
        if name.starts_with("docProps/") || name.ends_with('/') {
            continue;
        }
        let part = package.bytes(&name).ok()?;
        let is_xml = name.ends_with(".xml") || name.ends_with(".rels");
        let text = std::str::from_utf8(&part).ok().filter(|_| is_xml);
        let content = text.and_then(normalized).map_or(part.clone(), String::into_bytes);
        fed.extend_from_slice(name.as_bytes());
        fed.push(0);
        fed.extend_from_slice(&(content.len() as u64).to_be_bytes());
        fed.extend_from_slice(&content);
    }
    Some(short_sha256(&fed))
}

/// Returns whether an attribute is one of an editing session.
fn is_session(name: &str) -> bool {
    name.starts_with("rsid") || matches!(name, "paraId" | "textId")
}

/// An XML part in a form that is the same however runs are cut.
#[derive(Default)]
struct Normal {
    out: String,
    /// The properties of the run that is open, and of the words that were written last.
    properties: String,
    written: Option<String>,
    /// How deep in the properties of a run.
    in_properties: usize,
}

impl Normal {
    fn push(&mut self, token: &str) {
        match self.in_properties > 0 {
            true => self.properties.push_str(token),
            false => {
                self.out.push_str(token);
                self.written = None;
            }
        }
    }

    fn words(&mut self, text: &str) {
        if self.in_properties > 0 {
            return self.properties.push_str(text);
        }
        if self.written.as_ref() != Some(&self.properties) {
            self.out.push_str("\nrun ");
            self.out.push_str(&self.properties);
            self.out.push('\n');
            self.written = Some(self.properties.clone());
        }
        self.out.push_str(text);
    }

    fn open(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().into_inner() {
            "r" => self.properties.clear(),
            "rPr" => self.in_properties += 1,
            // The words themselves say where text is.
            "t" => {}
            name => {
                let mut token = format!("\n<{name}");
                let mut attributes: Vec<(String, String)> = tag
                    .attributes()
                    .flatten()
                    .filter(|found| !is_session(found.key.local_name().into_inner()))
                    .map(|found| (found.key.0.to_owned(), found.value.into_owned()))
                    .collect();
                attributes.sort();
                for (key, value) in attributes {
                    token.push_str(&format!("\n{key}={value}"));
                }
                // What is no text looks as the run says, too.
                let properties =
                    match self.in_properties == 0 && matches!(name, "br" | "tab" | "sym" | "drawing" | "pict") {
                        true => self.properties.clone(),
                        false => String::new(),
                    };
                self.push(&(token + &properties));
            }
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "r" => self.properties.clear(),
            "rPr" => self.in_properties = self.in_properties.saturating_sub(1),
            "t" => {}
            _ => self.push("\n>"),
        }
    }
}

/// Returns a part without what changes nothing; `None` if it is no XML.
fn normalized(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    reader.config_mut().expand_empty_elements = true;
    let mut normal = Normal::default();
    let mut skipped = 0_usize;
    loop {
        match reader.read_event().ok()? {
            Event::Start(_) if skipped > 0 => skipped += 1,
            Event::Start(tag) if UNSEEN.contains(&tag.local_name().into_inner()) => skipped = 1,
            Event::Start(tag) => normal.open(&tag),
            Event::End(_) if skipped > 0 => skipped -= 1,
            Event::End(tag) => normal.close(tag.local_name().into_inner()),
            Event::Text(text) if skipped == 0 => normal.words(&text),
            Event::CData(text) if skipped == 0 => normal.words(&text),
            Event::GeneralRef(name) if skipped == 0 => normal.words(&format!("&{};", &*name)),
            Event::Eof => return Some(normal.out),
            _ => {}
        }
    }
}

/// Returns what may hide, cover, or add words, and how often each stands in a Word file.
pub(super) fn marks(bytes: &[u8]) -> BTreeMap<&'static str, usize> {
    let mut found = BTreeMap::new();
    let Ok(mut package) = Package::open(bytes, MAX_XML) else {
        return found;
    };
    for name in package.names() {
        let is_text = name.ends_with(".xml") && !name.starts_with("docProps/") && !name.contains("/theme/");
        if let Ok(part) = package.part(&name)
            && is_text
        {
            marks_in(&part, &mut found);
        }
    }
    found
}

fn marks_in(xml: &str, found: &mut BTreeMap<&'static str, usize>) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut in_fallback = 0_usize;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) => {
                if in_fallback > 0 || tag.local_name().into_inner() == "Fallback" {
                    in_fallback += 1;
                }
                if let Some(mark) = mark(&tag, in_fallback > 0) {
                    *found.entry(mark).or_default() += 1;
                }
            }
            Event::End(_) => in_fallback = in_fallback.saturating_sub(1),
            Event::Eof => return,
            _ => {}
        }
    }
}

/// Returns what an element does to the words, if it hides, covers, or adds any.
fn mark(tag: &BytesStart<'_>, in_fallback: bool) -> Option<&'static str> {
    let value = attribute(tag, "val").unwrap_or_default();
    let is_on = !matches!(value.as_str(), "0" | "false" | "off");
    let small = |most: u32| value.parse::<u32>().is_ok_and(|size| size <= most);
    Some(match tag.local_name().into_inner() {
        "vanish" | "webHidden" | "specVanish" if is_on => "words marked as hidden",
        "color" if is_white(&value) || attribute(tag, "themeColor").is_some_and(|color| is_paper(&color)) => {
            "words in the color of paper"
        }
        // Half points.
        "sz" if small(6) => "words too small to be read",
        "w" if small(10) => "words pressed to nothing",
        "trHeight" | "hRule" => return None,
        "txbxContent" => "a text box",
        "textpath" | "wordArt" => "words drawn as a picture",
        "blip" | "imagedata" => "a picture",
        "wsp" | "shape" | "rect" | "roundrect" | "oval" => "a shape",
        "framePr" => "a frame",
        "dataBinding" => "words taken from elsewhere when it is opened",
        "embedRegular" | "embedBold" | "embedItalic" | "embedBoldItalic" => "a font of its own",
        "lvlText" if value.chars().filter(|c| c.is_alphabetic()).count() > 3 => "words before the items of a list",
        "sym" => "a character drawn by number",
        "del" | "moveFrom" if attribute(tag, "author").is_some() => "deleted words that Word still shows",
        "ins" | "moveTo" if attribute(tag, "author").is_some() => "tracked insertions",
        "comment" => "a comment",
        "control" | "OLEObject" => "an embedded object",
        "t" if in_fallback => "words in another version for other programs",
        _ => return None,
    })
}

fn is_white(color: &str) -> bool {
    let part = |at: usize| {
        color
            .get(at..at + 2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())
    };
    color.len() == 6
        && [0, 2, 4]
            .into_iter()
            .all(|at| part(at).is_some_and(|part| part >= 0xF0))
}

fn is_paper(color: &str) -> bool {
    matches!(color, "background1" | "light1" | "bg1" | "lt1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_cut_otherwise_look_the_same() {
        let check = |text: &str, is_same: bool| {
            let first = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>on Sundays</w:t></w:r></w:p>";
            assert_eq!(normalized(first) == normalized(text), is_same, "{text}");
        };
        check(
            "<w:p w:rsidR='1'><w:r><w:rPr><w:b/></w:rPr><w:t>on Sun</w:t></w:r><w:proofErr/><w:r w:rsidR='9'><w:rPr><w:b/></w:rPr><w:t>days</w:t></w:r></w:p>",
            true,
        );
        check(
            "<w:p><w:r><w:rPr><w:b/><w:vanish/></w:rPr><w:t>on Sundays</w:t></w:r></w:p>",
            false,
        );
        check(
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>on Sun</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>days</w:t></w:r></w:p>",
            false,
        );
        check("<w:p><w:r><w:t>on Sundays</w:t></w:r></w:p>", false);
        check(
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>on Sundays</w:t></w:r></w:p><w:p/>",
            false,
        );
    }

    #[test]
    fn what_hides_words_is_counted() {
        let check = |xml: &str, expected: &[&str]| {
            let mut found = BTreeMap::new();
            marks_in(xml, &mut found);
            assert_eq!(found.into_keys().collect::<Vec<_>>(), expected, "{xml}");
        };
        check(
            "<w:p><w:r><w:rPr><w:vanish/><w:color w:val='FFFFFE'/></w:rPr></w:r></w:p>",
            &["words in the color of paper", "words marked as hidden"],
        );
        check(
            "<w:p><w:r><w:rPr><w:vanish w:val='0'/><w:color w:val='333333'/><w:sz w:val='24'/></w:rPr></w:r></w:p>",
            &[],
        );
        check(
            "<w:lvl><w:lvlText w:val='%1.'/><w:lvlText w:val='EVIL CORP'/></w:lvl>",
            &["words before the items of a list"],
        );
        check(
            "<a><mc:Fallback><w:t>x</w:t></mc:Fallback><w:t>y</w:t></a>",
            &["words in another version for other programs"],
        );
    }
}
