//! What the pages of a PDF paint, as hashes.
//!
//! In: a file's bytes. Out: for each page a hash of all that takes part in its look: the
//! operators, the fonts, pictures, and forms that they use, the page's areas, and what lies on
//! it. Guaranteed: programs that only store a file in another way (compressed otherwise, objects
//! numbered or ordered anew) change no hash; no panic and no endless work on hostile files.
//! Absent: pixels: two ways to paint the same look have two hashes.
//!
//! Source: ISO 32000-1, 7.2 (tokens), 7.8 (content streams and resources).

use super::{pdf_text, sha256, short_sha256};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use std::collections::{BTreeMap, BTreeSet};

/// Most bytes that one file's streams may unfold to.
const UNFOLDED: usize = 128 << 20;

/// Deepest nesting of objects that is followed.
const DEEPEST: usize = 40;

/// Keys that have no part in what is seen: how a stream is stored, what an object belongs to,
/// and notes of programs.
const UNSEEN: &[&[u8]] = &[
    b"Length",
    b"Filter",
    b"DecodeParms",
    b"Parent",
    b"P",
    b"StructParent",
    b"StructParents",
    b"Metadata",
    b"PieceInfo",
    b"LastModified",
    b"M",
    b"NM",
];

/// Keys of a page that have a part in what is seen and are handed down from those above it.
const HANDED_DOWN: &[&[u8]] = &[b"MediaBox", b"CropBox", b"Rotate"];

/// Objects that are named and not gone into: they hold the whole file.
const WHOLE: &[&[u8]] = &[b"Page", b"Pages", b"Catalog", b"StructElem", b"StructTreeRoot"];

/// What a page paints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PageLook {
    /// The hash: 32 digits of hexadecimal.
    pub(super) hash: String,
    /// How many pieces of text, pictures and forms, and areas its operators paint.
    pub(super) counts: [usize; 3],
}

/// Returns what each page paints; empty if the file cannot be read.
pub(super) fn pages(bytes: &[u8]) -> Vec<PageLook> {
    let Some(document) = pdf_text::open(bytes) else {
        return Vec::new();
    };
    let mut reader = Reader {
        document: &document,
        budget: UNFOLDED,
        known: BTreeMap::new(),
        open: BTreeSet::new(),
        counts: [0; 3],
    };
    let layers = document.catalog().ok().and_then(|root| root.get(b"OCProperties").ok());
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let looks = pages.into_iter().map(|page| reader.page(page, layers));
    looks.collect()
}

/// Reads objects into hashes.
struct Reader<'a> {
    document: &'a Document,
    /// How many bytes may still be unfolded.
    budget: usize,
    known: BTreeMap<ObjectId, String>,
    /// Those that are being read, so that circles end.
    open: BTreeSet<ObjectId>,
    counts: [usize; 3],
}

impl<'a> Reader<'a> {
    fn page(&mut self, id: ObjectId, layers: Option<&'a Object>) -> PageLook {
        let mut fed = Vec::new();
        self.counts = [0; 3];
        if let Ok(page) = self.document.get_dictionary(id) {
            for key in HANDED_DOWN {
                if let Some(value) = self.inherited(page, key) {
                    fed.extend_from_slice(key);
                    self.object(value, 0, &mut fed);
                }
            }
            for key in [b"UserUnit".as_slice(), b"Group", b"Annots", b"AA"] {
                if let Ok(value) = page.get(key) {
                    fed.extend_from_slice(key);
                    self.object(value, 0, &mut fed);
                }
            }
            let resources = self
                .inherited(page, b"Resources")
                .and_then(|object| self.dictionary(object));
            let content = self.page_content(page);
            self.content(&content, resources, 0, &mut fed);
        }
        if let Some(layers) = layers {
            self.object(layers, 0, &mut fed);
        }
        let hash = short_sha256(&fed);
        PageLook {
            hash,
            counts: self.counts,
        }
    }

    /// Returns an object without the references that lead to it.
    fn resolved(&self, object: &'a Object) -> Option<&'a Object> {
        self.document.dereference(object).ok().map(|(_, object)| object)
    }

    fn dictionary(&self, object: &'a Object) -> Option<&'a Dictionary> {
        self.resolved(object)?.as_dict().ok()
    }

    /// Returns the value of a page's key, its own or that of a node above it.
    fn inherited(&self, page: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        let mut node = page;
        for _ in 0..DEEPEST {
            if let Ok(value) = node.get(key) {
                return Some(value);
            }
            node = self.dictionary(node.get(b"Parent").ok()?)?;
        }
        None
    }

    /// Returns the operators of a page: its streams, one after the other.
    fn page_content(&mut self, page: &'a Dictionary) -> Vec<u8> {
        let mut out = Vec::new();
        let Some(contents) = page.get(b"Contents").ok().and_then(|object| self.resolved(object)) else {
            return out;
        };
        let single = [contents.clone()];
        let streams = contents.as_array().map_or(single.as_slice(), Vec::as_slice);
        for stream in streams {
            let stream = self.document.dereference(stream).ok();
            if let Some(Object::Stream(stream)) = stream.map(|(_, stream)| stream) {
                out.extend(self.unfolded(stream).0);
                // Streams are parted as if by a line's end (7.8.2).
                out.push(b'\n');
            }
        }
        out
    }

    /// Returns a stream's bytes, and whether its filters could be undone.
    fn unfolded(&mut self, stream: &Stream) -> (Vec<u8>, bool) {
        match stream.decompressed_content_with_limit(self.budget) {
            Ok(bytes) => {
                self.budget = self.budget.saturating_sub(bytes.len());
                (bytes, true)
            }
            Err(_) => (stream.content.clone(), !stream.dict.has(b"Filter")),
        }
    }

    /// Feeds an object's value.
    fn object(&mut self, object: &'a Object, depth: usize, fed: &mut Vec<u8>) {
        if depth > DEEPEST {
            fed.push(b'~');
            return;
        }
        match object {
            Object::Null => fed.push(b'0'),
            Object::Boolean(value) => fed.extend_from_slice(if *value { b"true" } else { b"false" }),
            #[allow(clippy::cast_precision_loss)] // no page is larger than a float can tell
            Object::Integer(value) => number(*value as f64, fed),
            Object::Real(value) => number(f64::from(*value), fed),
            Object::Name(name) => tagged(b'N', name, fed),
            Object::String(bytes, _) => tagged(b'S', bytes, fed),
            Object::Array(items) => {
                fed.push(b'[');
                items.iter().for_each(|item| self.object(item, depth + 1, fed));
                fed.push(b']');
            }
            Object::Dictionary(dictionary) => self.entries(dictionary, true, depth, fed),
            Object::Stream(stream) => self.stream(stream, depth, fed),
            Object::Reference(id) => {
                let hash = self.reference(*id, depth);
                tagged(b'#', hash.as_bytes(), fed);
            }
        }
    }

    fn reference(&mut self, id: ObjectId, depth: usize) -> String {
        if let Some(hash) = self.known.get(&id) {
            return hash.clone();
        }
        let Ok(object) = self.document.get_object(id) else {
            return "null".to_owned();
        };
        let is_whole = object
            .as_dict()
            .is_ok_and(|dictionary| WHOLE.iter().any(|kind| dictionary.has_type(kind)));
        if is_whole || !self.open.insert(id) {
            return "whole".to_owned();
        }
        let mut fed = Vec::new();
        self.object(object, depth + 1, &mut fed);
        self.open.remove(&id);
        let hash = sha256(&fed);
        self.known.insert(id, hash.clone());
        hash
    }

    /// Feeds a dictionary's entries by their keys.
    fn entries(&mut self, dictionary: &'a Dictionary, is_stored_plain: bool, depth: usize, fed: &mut Vec<u8>) {
        let mut entries: Vec<(&Vec<u8>, &Object)> = dictionary.iter().collect();
        entries.sort_by_key(|(key, _)| *key);
        fed.push(b'{');
        for (key, value) in entries {
            let is_filter = matches!(key.as_slice(), b"Filter" | b"DecodeParms");
            if UNSEEN.contains(&key.as_slice()) && (is_stored_plain || !is_filter) {
                continue;
            }
            tagged(b'N', key, fed);
            self.object(value, depth + 1, fed);
        }
        fed.push(b'}');
    }

    fn stream(&mut self, stream: &'a Stream, depth: usize, fed: &mut Vec<u8>) {
        let (bytes, is_plain) = self.unfolded(stream);
        let is_form = stream.dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Form")
            || stream.dict.has(b"PatternType");
        self.entries(&stream.dict, is_plain, depth, fed);
        if is_form && is_plain {
            let resources = stream.dict.get(b"Resources").ok();
            let resources = resources.and_then(|object| self.dictionary(object));
            self.content(&bytes, resources, depth + 1, fed);
        } else {
            tagged(b'B', &bytes, fed);
        }
    }

    /// Feeds operators, and for each name the resources that it stands for.
    fn content(&mut self, bytes: &[u8], resources: Option<&'a Dictionary>, depth: usize, fed: &mut Vec<u8>) {
        let mut names: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
        for default in [b"DefaultGray".as_slice(), b"DefaultRGB", b"DefaultCMYK"] {
            fed.extend(self.resource(default, resources, depth));
        }
        let mut tokens = Tokens { bytes, at: 0 };
        while let Some(token) = tokens.next() {
            match token {
                Token::Name(name) => {
                    let value = match names.get(&name) {
                        Some(value) => value.clone(),
                        None => {
                            let value = self.resource(&name, resources, depth);
                            names.insert(name.clone(), value.clone());
                            value
                        }
                    };
                    match value.is_empty() {
                        true => tagged(b'N', &name, fed),
                        false => fed.extend(value),
                    }
                }
                Token::Number(value) => number(value, fed),
                Token::Text(bytes) => tagged(b'S', &bytes, fed),
                Token::Word(word) => {
                    let kind = match word {
                        b"Tj" | b"TJ" | b"'" | b"\"" => Some(0),
                        b"Do" | b"BI" => Some(1),
                        b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"S" | b"s" | b"sh" => Some(2),
                        _ => None,
                    };
                    if let Some(kind) = kind {
                        self.counts[kind] += 1;
                    }
                    tagged(b'W', word, fed);
                }
                Token::Picture(bytes) => tagged(b'B', bytes, fed),
            }
        }
    }

    /// Returns what is fed for the resources of a name, of whatever kind; empty: there are none.
    fn resource(&mut self, name: &[u8], resources: Option<&'a Dictionary>, depth: usize) -> Vec<u8> {
        let mut fed = Vec::new();
        for kind in [
            b"XObject".as_slice(),
            b"Font",
            b"ExtGState",
            b"ColorSpace",
            b"Pattern",
            b"Shading",
            b"Properties",
        ] {
            let group = resources.and_then(|resources| resources.get(kind).ok());
            let group = group.and_then(|group| self.dictionary(group));
            if let Some(value) = group.and_then(|group| group.get(name).ok()) {
                fed.extend_from_slice(kind);
                self.object(value, depth + 1, &mut fed);
            }
        }
        fed
    }
}

/// Feeds a number; 1, 1.0, and 1.00 are the same.
fn number(value: f64, fed: &mut Vec<u8>) {
    // Floats of 32 bits are as exact as pages are.
    #[allow(clippy::cast_possible_truncation)]
    let value = value as f32 + 0.0;
    fed.push(b'D');
    fed.extend_from_slice(&value.to_be_bytes());
}

/// Feeds bytes after their kind and number, so that none runs into the next.
fn tagged(kind: u8, bytes: &[u8], fed: &mut Vec<u8>) {
    fed.push(kind);
    fed.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
    fed.extend_from_slice(bytes);
}

/// A token of a content stream.
#[derive(Debug, PartialEq)]
enum Token<'a> {
    Name(Vec<u8>),
    Number(f64),
    Text(Vec<u8>),
    /// An operator, a bracket, or what is no token.
    Word(&'a [u8]),
    /// The bytes of a picture among the operators.
    Picture(&'a [u8]),
}

/// Cuts a content stream into tokens, to its last byte.
struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !b"()<>[]{}/%".contains(&byte)
}

impl<'a> Tokens<'a> {
    /// Returns the bytes from here on for which something holds, and goes behind them.
    fn while_is(&mut self, is: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let end = rest.iter().position(|byte| !is(*byte)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            self.while_is(is_space);
            match self.bytes.get(self.at)? {
                b'%' => self.while_is(|byte| byte != b'\n' && byte != b'\r'),
                _ => break,
            };
        }
        let start = self.at;
        match self.bytes[start] {
            b'(' => Some(Token::Text(self.literal())),
            b'<' if self.bytes.get(start + 1) != Some(&b'<') => Some(Token::Text(self.hexadecimal())),
            b'/' => {
                self.at += 1;
                Some(Token::Name(unescaped(self.while_is(is_regular))))
            }
            byte if is_regular(byte) => {
                let word = self.while_is(is_regular);
                if word == b"ID" {
                    return Some(Token::Picture(self.picture()));
                }
                let number = std::str::from_utf8(word).ok().and_then(|word| {
                    let is_number = word.bytes().all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte));
                    word.parse().ok().filter(|_| is_number)
                });
                Some(number.map_or(Token::Word(word), Token::Number))
            }
            _ => {
                self.at += 1;
                Some(Token::Word(&self.bytes[start..self.at]))
            }
        }
    }

    /// Reads a string in round brackets (7.3.4.2).
    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut out = Vec::new();
        let mut depth = 1_usize;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => {
                    self.escape(&mut out);
                    continue;
                }
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
            out.push(byte);
        }
        out
    }

    /// Reads what follows a backslash.
    fn escape(&mut self, out: &mut Vec<u8>) {
        let Some(&byte) = self.bytes.get(self.at) else { return };
        self.at += 1;
        match byte {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            // A line that goes on.
            b'\r' => self.at += usize::from(self.bytes.get(self.at) == Some(&b'\n')),
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.bytes.get(self.at) {
                        Some(digit @ b'0'..=b'7') => code = code * 8 + u32::from(digit - b'0'),
                        _ => break,
                    }
                    self.at += 1;
                }
                out.push(u8::try_from(code & 0xff).unwrap_or_default());
            }
            other => out.push(other),
        }
    }

    /// Reads a string in angle brackets (7.3.4.3).
    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let digits = self.while_is(|byte| byte != b'>');
        self.at += usize::from(self.at < self.bytes.len());
        let digits: Vec<u8> = digits.iter().copied().filter(|byte| !is_space(*byte)).collect();
        let value = |digit: u8| char::from(digit).to_digit(16).unwrap_or_default();
        let pairs = digits.chunks(2);
        pairs
            .map(|pair| {
                let low = pair.get(1).map_or(0, |digit| value(*digit));
                u8::try_from(value(pair[0]) * 16 + low).unwrap_or_default()
            })
            .collect()
    }

    /// Reads the bytes of a picture, to its end mark (8.9.7).
    fn picture(&mut self) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let is_end = |window: &[u8]| is_space(window[0]) && &window[1..3] == b"EI" && is_space(window[3]);
        let end = rest.windows(4).position(is_end).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }
}

/// Returns a name without `#` escapes (7.3.5).
fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(name.len());
    let mut at = 0;
    let value = |byte: u8| char::from(byte).to_digit(16);
    while let Some(&byte) = name.get(at) {
        let high = name.get(at + 1).and_then(|byte| value(*byte));
        let low = name.get(at + 2).and_then(|byte| value(*byte));
        match (byte, high, low) {
            (b'#', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or_default());
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}
