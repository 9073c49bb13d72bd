//! Pictures that a letter or project file names.
//!
//! In: a path as written, the folder it is relative to, and the file's bytes.
//! Out: a [`Picture`]. Guaranteed: only local files are read, of at most
//! [`MAX_BYTES`], and decoded only where they hold at most [`MAX_PIXELS`]; what
//! comes out was decoded once and is sound; what says something about the maker
//! is left out, and so is whatever could load or run something. Absent: other
//! formats, and CMYK, whose colours cannot be told without its profile.
//!
//! Sources: PNG (W3C, third edition), 5; JPEG (ITU-T T.81), annex B; EXIF 2.32,
//! 4.6.

use crate::bounds::{self, Refused, Task};
use crate::diag::{Code, Diagnostic};
use crate::load::bytes;
use crate::load::diagnostics::Diagnostics;
use crate::model::picture::{Picture, PictureFormat};
use crate::model::text::{Block, Image, Inline};
use crate::model::visit::inlines_mut;
use crate::source::SourceMap;
use rustc_hash::FxHasher;
use std::collections::BTreeMap;
use std::hash::Hasher;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use usvg::roxmltree;

/// Longest file, in bytes. The letter's HTML holds it whole, and mail servers
/// take about as much.
const MAX_BYTES: usize = 20 << 20;

/// Most pixels, since a short PNG may unfold to gigabytes. A page in 600 dpi has
/// 34 million.
const MAX_PIXELS: u64 = 40_000_000;

/// Most nodes of an SVG; a detailed map has some ten thousand.
const MAX_NODES: u32 = 200_000;

/// Deepest nesting of an SVG, so that drawing may recurse.
const MAX_DEPTH: usize = 100;

/// Reads the pictures of one file's images, each file once.
pub(in crate::load) struct Pictures<'a> {
    sources: &'a SourceMap,
    dir: &'a Path,
    read: BTreeMap<String, Result<Arc<Picture>, Refusal>>,
}

/// Why there is no picture: the message and what to do.
type Refusal = (String, &'static str);

impl<'a> Pictures<'a> {
    /// Makes a reader of pictures whose paths are relative to the folder of `file`.
    pub(in crate::load) fn of(sources: &'a SourceMap, file: &'a Path) -> Self {
        Self {
            sources,
            dir: file.parent().unwrap_or(Path::new("")),
            read: BTreeMap::new(),
        }
    }

    /// Gives an image its picture, or says why it has none.
    pub(in crate::load) fn load(&mut self, image: &mut Image, diagnostics: &mut Diagnostics) {
        if !self.read.contains_key(&image.path) {
            self.read.insert(image.path.clone(), self.open(image, diagnostics));
        }
        match &self.read[&image.path] {
            Ok(picture) => image.picture = Some(Arc::clone(picture)),
            Err((message, hint)) => diagnostics.push(
                Diagnostic::error(Code::MissingImage, message.clone())
                    .at(image.origin)
                    .hint(*hint),
            ),
        }
    }

    /// Gives all images of blocks their pictures.
    pub(super) fn load_blocks(&mut self, blocks: &mut [Block], diagnostics: &mut Diagnostics) {
        inlines_mut(blocks, &mut |inline| {
            if let Inline::Image(image) = inline {
                self.load(image, diagnostics);
            }
        });
    }

    fn open(&self, image: &Image, diagnostics: &mut Diagnostics) -> Result<Arc<Picture>, Refusal> {
        let shown = &image.path;
        if shown.is_empty() {
            return Err((
                "a picture has no path".to_owned(),
                "write the path of a PNG, JPEG, or SVG file",
            ));
        }
        if shown.contains("://") || shown.starts_with("//") || shown.starts_with("data:") {
            let message = format!("`{}` is not a local file; pictures are not downloaded", short(shown));
            return Err((
                message,
                "save the picture in the folder of the letter and write its file name",
            ));
        }
        let bytes = bytes::read(self.sources, shown, &self.path(shown), MAX_BYTES)
            .map_err(|error| (error.to_string(), "write the path relative to the folder of this file"))?;
        let (mut picture, remark) = decode(&bytes).map_err(|(reason, hint)| {
            let message = format!("the picture `{}` cannot be used: {reason}", short(shown));
            (message, hint)
        })?;
        if let Some((remark, hint)) = remark {
            diagnostics.push(
                Diagnostic::warning(Code::MissingImage, format!("the picture `{}` {remark}", short(shown)))
                    .at(image.origin)
                    .hint(hint),
            );
        }
        picture.name = short(shown);
        Ok(Arc::new(picture))
    }

    /// Returns where a path leads. Markdown writes a space as `%20`.
    fn path(&self, written: &str) -> PathBuf {
        let literal = self.dir.join(written);
        if written.contains("%20") && self.sources.place_of_files().about(&literal).is_err() {
            return self.dir.join(written.replace("%20", " "));
        }
        literal
    }
}

/// Returns as much of a path as a message quotes.
fn short(path: &str) -> String {
    path.chars().take(100).collect()
}

/// What is wrong, and what to do.
type Wrong = (String, &'static str);

/// What is not shown, and what to do.
type Remark = Option<(&'static str, &'static str)>;

const SAVE_AGAIN: &str = "save it as PNG, JPEG, or plain SVG";

/// Reads a picture, told by its first bytes.
fn decode(bytes: &[u8]) -> Result<(Picture, Remark), Wrong> {
    /// Formats that people have at hand, by how their files begin.
    const OTHERS: [(&[u8], &str); 5] = [
        (b"GIF8", "GIF"),
        (b"RIFF", "WebP"),
        (b"%PDF", "PDF"),
        (b"BM", "BMP"),
        (b"\x1f\x8b", "compressed SVG"),
    ];
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.starts_with(PNG) {
        png(bytes)
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        jpeg(bytes)
    } else if text.trim_ascii_start().starts_with(b"<") {
        svg(text)
    } else {
        let other = OTHERS.iter().find(|(start, _)| bytes.starts_with(start));
        let what = other.map_or("no PNG, JPEG, or SVG".to_owned(), |(_, name)| format!("it is a {name}"));
        Err((what.replace("no PNG", "it is not a PNG"), SAVE_AGAIN))
    }
}

fn check_pixels(width: u32, height: u32) -> Result<(), Wrong> {
    if width == 0 || height == 0 {
        return Err(("it has no pixels".to_owned(), SAVE_AGAIN));
    }
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        let message = format!("it has {width} by {height} pixels, more than {MAX_PIXELS}");
        return Err((message, "make it smaller; 150 pixels per inch print well"));
    }
    Ok(())
}

/// How a PNG begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Chunks that say what the pixels are. Colour profiles are left out, so that the
/// PDF and the HTML show the same: sRGB.
const CHUNKS: [&[u8]; 5] = [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"];

/// Reads a PNG; a panic of its decoder is an error like others.
fn png(bytes: &[u8]) -> Result<(Picture, Remark), Wrong> {
    let damaged = || ("the PNG is broken".to_owned(), SAVE_AGAIN);
    bounds::catch_panic(|| decoded_png(bytes)).unwrap_or_else(|| Err(damaged()))
}

fn decoded_png(bytes: &[u8]) -> Result<(Picture, Remark), Wrong> {
    let broken = |error: png::DecodingError| (format!("the PNG is broken: {error}"), SAVE_AGAIN);
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let header = decoder.read_header_info().map_err(broken)?;
    let (width, height) = (header.width, header.height);
    check_pixels(width, height)?;
    let mut reader = decoder.read_info().map_err(broken)?;
    let mut pixels = vec![0; reader.output_buffer_size().unwrap_or_default()];
    reader.next_frame(&mut pixels).map_err(broken)?;

    let mut data = PNG.to_vec();
    let mut rest = &bytes[PNG.len()..];
    let mut turned = false;
    while let Some((length, _)) = rest.split_first_chunk::<4>() {
        let end = (u32::from_be_bytes(*length) as usize).saturating_add(12);
        let Some(chunk) = rest.get(..end) else { break };
        if CHUNKS.contains(&&chunk[4..8]) {
            data.extend_from_slice(chunk);
        }
        turned |= &chunk[4..8] == b"eXIf" && is_turned(&chunk[8..end - 4]);
        rest = &rest[end..];
    }
    let picture = Picture {
        format: PictureFormat::Png,
        width: f64::from(width),
        height: f64::from(height),
        data,
        name: String::new(),
    };
    Ok((picture, turned.then_some(TURNED)))
}

/// What is said of a picture whose file says that it is to be turned before it is shown.
const TURNED: (&str, &str) = (
    "is stored rotated or mirrored, and is printed that way",
    "rotate it in an image editor and save it again",
);

/// Goes through a JPEG's segments, copies those that make the picture, and leaves
/// out what applications wrote, but for the two that say how colours are meant.
fn jpeg(bytes: &[u8]) -> Result<(Picture, Remark), Wrong> {
    let broken = || ("the JPEG is cut short".to_owned(), SAVE_AGAIN);
    let mut data = bytes[..2].to_vec();
    let mut at = 2;
    let mut frame = None;
    let mut turned = false;
    let mut scans = 0;
    loop {
        while bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let (Some(0xff), Some(&marker)) = (bytes.get(at), bytes.get(at + 1)) else {
            return Err(broken());
        };
        if marker == 0xd9 {
            data.extend_from_slice(&bytes[at..at + 2]);
            break;
        }
        let length = bytes.get(at + 2..at + 4).ok_or_else(broken)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        let mut end = at + 2 + length;
        let segment = bytes.get(at..end).filter(|_| length >= 2).ok_or_else(broken)?;
        let content = &segment[4..];
        let kept = match marker {
            0xe0 => content.starts_with(b"JFIF\0"),
            0xe1 => {
                turned |= content.strip_prefix(b"Exif\0\0").is_some_and(is_turned);
                false
            }
            0xee => content.starts_with(b"Adobe"),
            0xe2..=0xef | 0xfe => false,
            // Start of frame; C4, C8 and CC are something else.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                frame = Some(jpeg_frame(marker, content)?);
                true
            }
            _ => true,
        };
        if marker == 0xda {
            scans += 1;
            // The coded data: up to a marker that neither stands for a byte nor
            // starts the coder anew.
            let is_end = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff);
            end += bytes[end..].windows(2).position(is_end).ok_or_else(broken)?;
        }
        if kept {
            data.extend_from_slice(&bytes[at..end]);
        }
        at = end;
    }
    let (width, height, gray) = frame.ok_or_else(broken)?;
    try_jpeg(&data, u64::from(width) * u64::from(height), scans)?;
    let picture = Picture {
        format: PictureFormat::Jpeg { gray },
        width: f64::from(width),
        height: f64::from(height),
        data,
        name: String::new(),
    };
    Ok((picture, turned.then_some(TURNED)))
}

/// Most pixels of a JPEG, times its scans, that are decoded without a child process.
const MAX_DECODED_HERE: u64 = 48_000_000;

/// Decodes a JPEG, to see that its coded data are sound. One of many pixels or scans is decoded
/// in a child process, as far as its limits go, and only once: whether its data end too early is
/// not seen.
fn try_jpeg(data: &[u8], pixels: u64, scans: u64) -> Result<(), Wrong> {
    let broken = |why: String| (format!("the JPEG is broken: {why}"), SAVE_AGAIN);
    if pixels.saturating_mul(scans) <= MAX_DECODED_HERE {
        let decoded = bounds::catch_panic(|| {
            // Where there are several scans, the decoder is strict with sound ones, too.
            decode_jpeg(data, scans == 1)?;
            ends_in_time(data)
        });
        let decoded = decoded.unwrap_or_else(|| Err("it cannot be decoded".to_owned()));
        return decoded.map_err(broken);
    }
    match bounds::run(&TRY_JPEG, data) {
        // A large photo on a busy machine is not broken; nothing of ours decodes it again.
        Ok(_) | Err(Refused::Time | Refused::Memory) => Ok(()),
        Err(refused) => Err(broken(refused.to_string())),
    }
}

/// Decodes a JPEG, and answers nothing but whether it is sound.
pub(in crate::load) const TRY_JPEG: Task = Task {
    name: "try-jpeg",
    run: |bytes| {
        decode_jpeg(bytes, false)?;
        Ok(Vec::new())
    },
};

/// Checks that the coded data of a JPEG do not end too early, which the decoder passes over.
/// What comes behind sound data changes no pixel; behind data that are cut short, it is taken
/// for some.
fn ends_in_time(bytes: &[u8]) -> Result<(), String> {
    let coded = bytes.strip_suffix(b"\xff\xd9").unwrap_or(bytes);
    let behind = |byte: u8| decode_jpeg(&[coded, &[byte; BEHIND], b"\xff\xd9"].concat(), false);
    match behind(0x00)? == behind(0x5a)? {
        true => Ok(()),
        false => Err("its data end too early".to_owned()),
    }
}

/// How many bytes are put behind coded data: more than a decoder reads ahead.
const BEHIND: usize = 64;

/// Decodes a JPEG, and returns a hash of its pixels.
fn decode_jpeg(bytes: &[u8], strict: bool) -> Result<u64, String> {
    let options = zune_jpeg::zune_core::options::DecoderOptions::default().set_strict_mode(strict);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(Cursor::new(bytes), options);
    let pixels = decoder.decode().map_err(|error| error.to_string())?;
    let mut hasher = FxHasher::default();
    hasher.write(&pixels);
    Ok(hasher.finish())
}

/// Returns the width, the height, and whether the picture is gray.
fn jpeg_frame(marker: u8, content: &[u8]) -> Result<(u32, u32, bool), Wrong> {
    let &[bits, h1, h0, w1, w0, components, ..] = content else {
        return Err(("the JPEG is cut short".to_owned(), SAVE_AGAIN));
    };
    let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
    check_pixels(u32::from(width), u32::from(height))?;
    // Baseline, extended and progressive are what PDF readers know (ISO 32000-1,
    // 7.4.8).
    if bits != 8 || !matches!(marker, 0xc0..=0xc2) {
        return Err(("few programs can read this type of JPEG".to_owned(), SAVE_AGAIN));
    }
    match components {
        1 => Ok((u32::from(width), u32::from(height), true)),
        3 => Ok((u32::from(width), u32::from(height), false)),
        _ => Err((
            "it is a CMYK JPEG, which is made for printing presses".to_owned(),
            "save it in RGB",
        )),
    }
}

/// Returns whether EXIF data says that a picture is to be turned or mirrored before it is
/// shown: tag 0x0112 of the first directory, other than 1.
fn is_turned(exif: &[u8]) -> bool {
    let big = match exif.get(..2) {
        Some(b"MM") => true,
        Some(b"II") => false,
        _ => return false,
    };
    let short = |at: usize| -> Option<usize> {
        let &[a, b] = exif.get(at..at.checked_add(2)?)? else {
            return None;
        };
        let pair = [a, b];
        Some(usize::from(if big {
            u16::from_be_bytes(pair)
        } else {
            u16::from_le_bytes(pair)
        }))
    };
    let long = |at: usize| -> Option<usize> {
        let (first, second) = (short(at)?, short(at + 2)?);
        Some(if big {
            first << 16 | second
        } else {
            second << 16 | first
        })
    };
    let orientation = || {
        let directory = long(4)?;
        let entries = short(directory)?;
        (0..entries)
            .map(|entry| directory + 2 + entry * 12)
            .find(|&entry| short(entry) == Some(0x0112))
            .and_then(|entry| short(entry + 8))
    };
    orientation().is_some_and(|value| value > 1)
}

/// Reads an SVG as plain shapes and writes these anew: editors' notes, scripts,
/// animation, and references to files are gone then. What may take long is read in a child process.
fn svg(bytes: &[u8]) -> Result<(Picture, Remark), Wrong> {
    let wrong = |reason: String| (reason, PLAIN);
    let text = std::str::from_utf8(bytes).map_err(|_| wrong("the SVG is not UTF-8".to_owned()))?;
    if bounds::svg::is_tame(text)
        && let Some(Ok((read, true))) = bounds::catch_panic(|| read_svg(text))
    {
        return Ok(read);
    }
    let answer = bounds::run(&READ_SVG, bytes).map_err(|refused| match refused {
        Refused::Reason(reason) => wrong(reason),
        other => wrong(format!("the SVG cannot be drawn: {other}")),
    })?;
    decoded(&answer).ok_or_else(|| wrong("the SVG cannot be drawn".to_owned()))
}

const PLAIN: &str = "save it as plain SVG";

/// Reads an SVG in a child process, and paints it once to see that it can be.
pub(in crate::load) const READ_SVG: Task = Task {
    name: "read-svg",
    run: |bytes| {
        let text = std::str::from_utf8(bytes).map_err(|_| "the SVG is not UTF-8".to_owned())?;
        let ((picture, remark), is_small) = read_svg(text)?;
        if !is_small {
            bounds::svg::try_painting(&picture.data)?;
        }
        let remark = remark.and_then(|remark| REMARKS.iter().position(|known| *known == remark));
        let mut answer = vec![remark.map_or(u8::MAX, |remark| remark as u8)];
        answer.extend_from_slice(&picture.width.to_le_bytes());
        answer.extend_from_slice(&picture.height.to_le_bytes());
        answer.extend_from_slice(&picture.data);
        Ok(answer)
    },
};

/// Reads what [`READ_SVG`] answers.
fn decoded(answer: &[u8]) -> Option<(Picture, Remark)> {
    let (&remark, rest) = answer.split_first()?;
    let (width, rest) = rest.split_first_chunk::<8>()?;
    let (height, data) = rest.split_first_chunk::<8>()?;
    let picture = Picture {
        format: PictureFormat::Svg,
        width: f64::from_le_bytes(*width),
        height: f64::from_le_bytes(*height),
        data: data.to_vec(),
        name: String::new(),
    };
    Some((picture, REMARKS.get(usize::from(remark)).copied()))
}

/// What an SVG may hold that is not printed, and what to do.
const REMARKS: [(&str, &str); 2] = [
    (
        "contains text, which is not printed",
        "convert the text to paths and save it again",
    ),
    (
        "contains another picture, which is not printed",
        "add that picture separately",
    ),
];

/// Reads an SVG here; also returns whether its shapes are few and near.
fn read_svg(text: &str) -> Result<((Picture, Remark), bool), String> {
    bounds::svg::check_text(text).map_err(|reason| format!("the SVG cannot be drawn: {reason}"))?;
    let options = roxmltree::ParsingOptions {
        // Illustrator's files have one; what it defines cannot grow without bounds.
        allow_dtd: true,
        nodes_limit: MAX_NODES,
        entity_resolver: None,
    };
    let document = roxmltree::Document::parse_with_options(text, options)
        .map_err(|error| format!("the SVG cannot be parsed: {error}"))?;
    if document
        .descendants()
        .any(|node| node.ancestors().nth(MAX_DEPTH).is_some())
    {
        return Err(format!("the SVG is nested more than {MAX_DEPTH} deep"));
    }
    bounds::svg::check(&document).map_err(|reason| format!("the SVG cannot be drawn: {reason}"))?;
    let has = |names: &[&str]| {
        document
            .descendants()
            .any(|node| names.contains(&node.tag_name().name()))
    };
    let remark = if has(&["text", "foreignObject"]) {
        Some(REMARKS[0])
    } else if has(&["image", "feImage"]) {
        Some(REMARKS[1])
    } else {
        None
    };
    let tree = usvg::Tree::from_xmltree(&document, &bounds::svg::options())
        .map_err(|error| format!("the SVG cannot be drawn: {error}"))?;
    let writing = usvg::WriteOptions {
        indent: usvg::Indent::None,
        ..usvg::WriteOptions::default()
    };
    let size = tree.size();
    let is_small = bounds::svg::is_small(&tree);
    let picture = Picture {
        format: PictureFormat::Svg,
        width: f64::from(size.width()),
        height: f64::from(size.height()),
        data: tree.to_string(&writing).into_bytes(),
        name: String::new(),
    };
    Ok(((picture, remark), is_small))
}
