//! Writes objects as a file.
//!
//! In: lopdf's document, and blocks of objects already in PDF syntax. Out: a PDF
//! 1.7 file with object streams and a compressed cross-reference stream (ISO
//! 32000-1, 7.5.7 and 7.5.8), as PDF/A-2 and PDF/UA-1 allow. Guaranteed: the same
//! objects give the same bytes; deflating runs on all cores, in whatever order,
//! and what comes out is put together by number. Absent: encryption, updates.

use super::syntax;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, Stream, StringFormat};
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

/// Objects with consecutive numbers, already in PDF syntax.
#[derive(Default)]
pub(super) struct ObjectBlock {
    /// The number of the first.
    pub(super) first: u32,
    /// The objects, one after the other.
    pub(super) bytes: Vec<u8>,
    /// The end of each in `bytes`.
    pub(super) ends: Vec<u32>,
}

impl ObjectBlock {
    /// A block whose first object has that number.
    pub(super) fn new(first: u32) -> Self {
        Self {
            first,
            ..Self::default()
        }
    }

    /// Ends the object in the making.
    pub(super) fn end_object(&mut self) {
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }
}

/// The number of objects that share an object stream. More compress better, and cost a
/// reader more that wants a single one; 200 is what others use.
pub(super) const OBJECTS_PER_STREAM: usize = 200;

/// The level that measured best: level 9 takes three times as long for three
/// hundredths of the size, level 4 saves a tenth of the time for a tenth more.
const LEVEL: Compression = Compression::new(6);

thread_local! {
    /// A thread's encoder, kept because clearing a new one's tables takes as long
    /// as deflating a short page.
    static ENCODER: RefCell<ZlibEncoder<Vec<u8>>> = RefCell::new(ZlibEncoder::new(Vec::new(), LEVEL));
}

/// Deflates.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    ENCODER.with_borrow_mut(|encoder| {
        encoder.get_mut().reserve(bytes.len() / 4 + 64);
        // Writing to memory does not fail. A reset writes the rest out first.
        let _ = encoder.write_all(bytes);
        encoder.reset(Vec::new()).unwrap_or_default()
    })
}

/// Deflates, and remembers what it deflated: letters to many hold the same pages and
/// paragraphs over and over. What comes out does not depend on what was remembered.
#[derive(Debug, Default)]
pub(super) struct Deflater {
    /// By the hash of what went in: what went in, and what came out.
    cache: Option<Mutex<DeflateCache>>,
}

#[derive(Debug, Default)]
struct DeflateCache {
    /// By the hash of what went in: how often it was met before it was kept, and what
    /// is kept.
    known: HashMap<u64, (u8, Vec<Deflated>), FxBuildHasher>,
    /// Bytes of what went in.
    length: usize,
}

/// The bytes deflated, and the outcome.
type Deflated = (Box<[u8]>, Arc<[u8]>);

impl Deflater {
    /// Most that is remembered, in bytes of what went in. The parts that letters
    /// share are met first and are a few hundred thousand bytes.
    const MOST: usize = 16 << 20;

    /// The number of times something is met before it is kept. What is one letter's alone is met
    /// once, or twice where the letter is painted for the file of all letters, too.
    const BEFORE: u8 = 2;

    /// Most hashes that are remembered. Those of what letters share come first.
    const MOST_MET: usize = 1 << 13;

    /// One that remembers.
    pub(super) fn remembering() -> Self {
        Self {
            cache: Some(Mutex::default()),
        }
    }

    /// Deflates.
    pub(super) fn deflate(&self, bytes: &[u8]) -> Vec<u8> {
        let Some(cache) = &self.cache else {
            return deflate(bytes);
        };
        let hash = FxBuildHasher.hash_one(bytes);
        let find = |cache: &DeflateCache| {
            let (_, kept) = cache.known.get(&hash)?;
            let (_, out) = kept.iter().find(|(known, _)| **known == *bytes)?;
            Some(Arc::clone(out))
        };
        let found = find(&cache.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(found) = found {
            return found.to_vec();
        }
        let out = deflate(bytes);
        let mut cache = cache.lock().unwrap_or_else(PoisonError::into_inner);
        let room = cache.length + bytes.len() <= Self::MOST && find(&cache).is_none();
        let unmet = cache.known.len() < Self::MOST_MET;
        match cache.known.get_mut(&hash) {
            Some((met, _)) if *met < Self::BEFORE => *met += 1,
            Some((_, kept)) if room => {
                kept.push((bytes.into(), out.as_slice().into()));
                cache.length += bytes.len();
            }
            None if unmet => {
                cache.known.insert(hash, (1, Vec::new()));
            }
            _ => {}
        }
        out
    }
}

/// A stream of data already deflated.
pub(super) fn deflated_stream(mut dictionary: Dictionary, deflated: Vec<u8>) -> Stream {
    dictionary.set("Filter", "FlateDecode");
    Stream::new(dictionary, deflated).with_compression(false)
}

/// The place of an object in the file.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum ObjectPlace {
    /// Nowhere: the number is free.
    #[default]
    Free,
    /// At that byte of the file.
    At(usize),
    /// In an object stream: its number, and the place in it.
    Within(u32, usize),
}

/// Deflates the streams whose filter is not yet set, where they allow it.
pub(super) fn deflate_streams(document: &mut Document) {
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.allows_compression
            && !stream.dict.has(b"Filter")
        {
            stream.dict.set("Filter", "FlateDecode");
            stream.content = deflate(&stream.content);
        }
    }
}

/// Writes the file. Streams whose filter is not yet set are deflated where they
/// allow it.
pub(super) fn write(document: Document, blocks: &[ObjectBlock], deflater: &Deflater) -> Vec<u8> {
    let Document {
        objects,
        trailer,
        max_id,
        ..
    } = document;
    let mut streams = Vec::new();
    let mut loose = Vec::new();
    for ((number, _), object) in objects {
        match object {
            Object::Stream(stream) => streams.push((number, stream)),
            other => loose.push((number, other)),
        }
    }
    streams.par_iter_mut().for_each(|(_, stream)| {
        if stream.allows_compression && !stream.dict.has(b"Filter") {
            stream.dict.set("Filter", "FlateDecode");
            stream.content = deflater.deflate(&stream.content);
        }
    });
    let packs: Vec<ObjectStream> = loose
        .par_chunks(OBJECTS_PER_STREAM)
        .map(|objects| pack_loose(objects, deflater))
        .chain(blocks.par_iter().map(|block| pack_block(block, deflater)))
        .collect();

    let size = max_id + 2 + u32::try_from(packs.len()).unwrap_or(u32::MAX);
    let mut places = vec![ObjectPlace::Free; size as usize];
    let mut out = HEAD.to_vec();
    for (number, stream) in streams {
        places[number as usize] = ObjectPlace::At(out.len());
        put_stream(&mut out, number, stream.dict, &stream.content);
    }
    for (number, pack) in (max_id + 1..).zip(packs) {
        for (index, &object) in pack.numbers.iter().enumerate() {
            places[object as usize] = ObjectPlace::Within(number, index);
        }
        places[number as usize] = ObjectPlace::At(out.len());
        put_pack(&mut out, number, &pack);
    }
    let id = Sha256::digest(&out);
    let start = out.len();
    out.extend(cross_references(start, places, &trailer, &id));
    out
}

/// The beginning of a file. The second line marks it as binary (ISO 19005-2, 6.1.2).
pub(super) const HEAD: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";

/// Writes an object stream.
pub(super) fn put_pack(out: &mut Vec<u8>, number: u32, pack: &ObjectStream) {
    let mut dictionary = Dictionary::new();
    dictionary.set("Type", "ObjStm");
    dictionary.set("N", pack.numbers.len() as i64);
    dictionary.set("First", pack.header as i64);
    dictionary.set("Filter", "FlateDecode");
    put_stream(out, number, dictionary, &pack.deflated);
}

/// An object stream.
pub(super) struct ObjectStream {
    /// The objects in it.
    pub(super) numbers: Vec<u32>,
    /// Length of the table before the objects.
    header: usize,
    deflated: Vec<u8>,
}

pub(super) fn pack_loose(objects: &[(u32, Object)], deflater: &Deflater) -> ObjectStream {
    let mut bytes = Vec::new();
    let mut ends = Vec::with_capacity(objects.len());
    for (_, object) in objects {
        syntax::object(&mut bytes, object);
        ends.push(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
    }
    let numbers = objects.iter().map(|(number, _)| *number).collect();
    pack(numbers, &bytes, &ends, deflater)
}

pub(super) fn pack_block(block: &ObjectBlock, deflater: &Deflater) -> ObjectStream {
    pack(
        (block.first..).take(block.ends.len()).collect(),
        &block.bytes,
        &block.ends,
        deflater,
    )
}

/// Puts objects into a stream. A line end is put between them, so that a number
/// does not run into the next.
fn pack(numbers: Vec<u32>, bytes: &[u8], ends: &[u32], deflater: &Deflater) -> ObjectStream {
    let mut plain = Vec::with_capacity(bytes.len() + 16 * ends.len());
    let mut offset = 0;
    let starts = std::iter::once(0).chain(ends.iter().copied());
    for ((&number, &end), start) in numbers.iter().zip(ends).zip(starts.clone()) {
        syntax::integer(&mut plain, i64::from(number));
        plain.push(b' ');
        syntax::integer(&mut plain, offset);
        plain.push(b' ');
        offset += i64::from(end - start) + 1;
    }
    let header = plain.len();
    for (&end, start) in ends.iter().zip(starts) {
        plain.extend_from_slice(&bytes[start as usize..end as usize]);
        plain.push(b'\n');
    }
    ObjectStream {
        numbers,
        header,
        deflated: deflater.deflate(&plain),
    }
}

/// Writes a stream as an indirect object. The line end before `endstream` is two
/// bytes: where data ends in a carriage return, a reader could take a single line
/// feed for the second half of a line end and count the data one short.
pub(super) fn put_stream(out: &mut Vec<u8>, number: u32, mut dictionary: Dictionary, data: &[u8]) {
    dictionary.set("Length", data.len() as i64);
    syntax::integer(out, i64::from(number));
    out.extend_from_slice(b" 0 obj\n");
    syntax::dictionary(out, &dictionary);
    out.extend_from_slice(b"\nstream\n");
    out.extend_from_slice(data);
    out.extend_from_slice(b"\r\nendstream\nendobj\n");
}

/// The cross-reference stream, the file's last object, which names itself and holds
/// the trailer, and the file's end. It stands at `start`; the last of `places` is its
/// own. The file's id is the beginning of `hash`, that of all that stands before it.
fn cross_references(start: usize, mut places: Vec<ObjectPlace>, trailer: &Dictionary, hash: &[u8]) -> Vec<u8> {
    let number = places.len() - 1;
    places[number] = ObjectPlace::At(start);
    let width = if u32::try_from(start).is_ok() { 4 } else { 8 };
    let mut rows = Vec::with_capacity(places.len() * (width + 4));
    put_rows(&mut rows, &mut vec![0; width + 3], &places);
    put_cross_references(start, number, width, &deflate(&rows), trailer, hash)
}

/// Writes rows of a cross-reference stream. A row is a kind, a place in as many bytes
/// as the row `above` leaves for it, and an index of two; each byte is written as its
/// difference from the row above (PNG's "up"), which leaves mostly zeros.
fn put_rows(out: &mut Vec<u8>, above: &mut Vec<u8>, places: &[ObjectPlace]) {
    let width = above.len() - 3;
    let mut row = Vec::with_capacity(above.len());
    for place in places {
        let (kind, place, index) = match *place {
            ObjectPlace::Free => (0, 0, 0),
            ObjectPlace::At(offset) => (1, offset as u64, 0),
            ObjectPlace::Within(stream, index) => (2, u64::from(stream), index as u16),
        };
        row.clear();
        row.push(kind);
        row.extend_from_slice(&place.to_be_bytes()[8 - width..]);
        row.extend_from_slice(&index.to_be_bytes());
        out.push(2);
        out.extend(row.iter().zip(&*above).map(|(byte, above)| byte.wrapping_sub(*above)));
        std::mem::swap(&mut row, above);
    }
}

/// The stream itself, of rows already deflated, and the file's end.
fn put_cross_references(
    start: usize,
    number: usize,
    width: usize,
    deflated: &[u8],
    trailer: &Dictionary,
    hash: &[u8],
) -> Vec<u8> {
    let id = Object::String(hash.iter().take(16).copied().collect(), StringFormat::Hexadecimal);
    let mut dictionary = Dictionary::new();
    dictionary.set("Type", "XRef");
    dictionary.set("Size", number as i64 + 1);
    dictionary.set("W", vec![1.into(), (width as i64).into(), 2.into()]);
    for key in ["Root", "Info"] {
        if let Ok(value) = trailer.get(key.as_bytes()) {
            dictionary.set(key, value.clone());
        }
    }
    dictionary.set("ID", vec![id.clone(), id]);
    let mut parameters = Dictionary::new();
    parameters.set("Predictor", 12);
    parameters.set("Columns", (width + 3) as i64);
    dictionary.set("Filter", "FlateDecode");
    dictionary.set("DecodeParms", parameters);
    let mut out = Vec::new();
    put_stream(&mut out, number as u32, dictionary, deflated);
    out.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
    out
}

/// The cross-references of a file that is written bit by bit. Kept are the places of
/// objects that are still to be written; those of the others are rows already
/// deflated, a small part of a byte each, so that a file of millions of objects costs
/// no more memory than one of thousands.
pub(super) struct CrossReferences {
    /// Places of objects whose numbers are given out at the beginning, and which may
    /// be written at any time. The last number is nobody's: the rows that follow
    /// begin with their difference from it.
    early: Vec<ObjectPlace>,
    /// Places from `first` on, of objects in the making.
    open: Vec<ObjectPlace>,
    first: usize,
    above: Vec<u8>,
    done: ZlibEncoder<Vec<u8>>,
}

impl CrossReferences {
    /// Bytes of a place: files of up to a terabyte.
    const WIDTH: usize = 5;

    /// Begins, with numbers below `early` and one more set aside for what is written
    /// at any time. Returns the first number after them, too.
    pub(super) fn new(early: u32) -> (Self, u32) {
        let first = early as usize + 1;
        let references = Self {
            early: vec![ObjectPlace::Free; first],
            open: Vec::new(),
            first,
            above: vec![0; Self::WIDTH + 3],
            done: ZlibEncoder::new(Vec::new(), LEVEL),
        };
        (references, early + 1)
    }

    /// Says where an object stands; not of one that is settled.
    pub(super) fn set(&mut self, number: u32, place: ObjectPlace) {
        let number = number as usize;
        if let Some(early) = self.early.get_mut(number) {
            *early = place;
            return;
        }
        debug_assert!(number >= self.first, "object {number} was settled");
        let at = number - self.first;
        if self.open.len() <= at {
            self.open.resize(at + 1, ObjectPlace::Free);
        }
        self.open[at] = place;
    }

    /// Settles all objects below a number but the early ones: each is written, or is
    /// none.
    pub(super) fn settle(&mut self, next: u32) {
        self.open.resize(next as usize - self.first, ObjectPlace::Free);
        let mut rows = Vec::with_capacity(self.open.len() * (Self::WIDTH + 4));
        put_rows(&mut rows, &mut self.above, &self.open);
        // Writing to memory does not fail.
        let _ = self.done.write_all(&rows);
        self.open.clear();
        self.first = next as usize;
    }

    /// The cross-reference stream, object `number`, which stands at `start`.
    pub(super) fn finish(mut self, number: u32, start: usize, trailer: &Dictionary, hash: &[u8]) -> Vec<u8> {
        self.set(number, ObjectPlace::At(start));
        self.settle(number + 1);
        let mut rows = Vec::with_capacity(self.early.len() * (Self::WIDTH + 4));
        put_rows(&mut rows, &mut vec![0; Self::WIDTH + 3], &self.early);
        let mut all = ZlibEncoder::new(Vec::new(), LEVEL);
        let _ = all.write_all(&rows);
        let done = self.done.finish().unwrap_or_default();
        let _ = std::io::copy(&mut ZlibDecoder::new(done.as_slice()), &mut all);
        let deflated = all.finish().unwrap_or_default();
        put_cross_references(start, number as usize, Self::WIDTH, &deflated, trailer, hash)
    }
}
