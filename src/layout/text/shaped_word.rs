//! Holds words as glyphs.
//!
//! In: what shaping found. Out: [`ShapedWord`], its parts by face, and the places within
//! it at which it may be divided. Guaranteed: parts stand in logical order, glyphs in
//! painting order, left to right. Absent: sizes; lengths are in thousandths of an em of
//! the text's size.

use crate::layout::frame::Glyph;
use crate::layout::text::face::FaceId;

/// Holds a word as glyphs.
#[derive(Debug, Default)]
pub(crate) struct ShapedWord {
    /// Its parts, in logical order.
    pub(crate) parts: Vec<ShapedPart>,
    /// Its width.
    pub(crate) width: f32,
}

/// Holds a part of a word in one face.
#[derive(Clone, Debug)]
pub(crate) struct ShapedPart {
    /// The face.
    pub(crate) face: FaceId,
    /// Gives what the text's size is multiplied by for this face.
    pub(crate) scale: f32,
    /// First byte of the word.
    pub(crate) start: u32,
    /// One past the last byte.
    pub(crate) end: u32,
    /// Says whether the glyphs stand in for letters that no face has.
    pub(crate) substitute: bool,
    /// The glyphs; clusters count from the word's first byte.
    pub(crate) glyphs: Vec<Glyph>,
    /// The part's width.
    pub(crate) width: f32,
    /// Says how far its ink reaches above and below the baseline, in em of the text's size.
    /// Measured only in faces of the system; those that are embedded fit the leading.
    pub(crate) ink: (f32, f32),
}

impl ShapedWord {
    /// Returns room without glyphs for a picture: its width in thousandths of an em, its
    /// height in em, and how many bytes stand for it.
    pub(crate) fn blank(width: f64, height: f64, bytes: usize) -> Self {
        let width = width as f32;
        let part = ShapedPart {
            face: FaceId(0),
            scale: 1.0,
            start: 0,
            end: bytes as u32,
            substitute: false,
            glyphs: Vec::new(),
            width,
            ink: (height as f32, 0.0),
        };
        Self {
            parts: vec![part],
            width,
        }
    }

    /// Returns where the word's clusters begin, and how wide the text before each is.
    pub(crate) fn edges(&self) -> ClusterEdges {
        let mut edges = Vec::new();
        let (mut width, mut end) = (0.0, 0);
        for part in &self.parts {
            let first = edges.len();
            let glyphs = part.glyphs.iter();
            edges.extend(glyphs.map(|glyph| (glyph.cluster, glyph.advance * part.scale)));
            // From left to right they are in order already.
            edges[first..].sort_by_key(|(cluster, _)| *cluster);
            for (_, edge) in &mut edges[first..] {
                let advance = std::mem::replace(edge, width);
                width += advance;
            }
            end = part.end;
        }
        edges.dedup_by_key(|(cluster, _)| *cluster);
        edges.push((end, width));
        ClusterEdges(edges)
    }
}

/// Holds the clusters of a word: first byte, and width of what stands before it; the
/// last is the word's end.
pub(crate) struct ClusterEdges(Vec<(u32, f32)>);

impl ClusterEdges {
    /// Returns the width of the word's text before a byte. A ligature that the byte divides
    /// counts in proportion.
    pub(crate) fn width_before(&self, byte: usize) -> f32 {
        let byte = u32::try_from(byte).unwrap_or(u32::MAX);
        let after = self.0.partition_point(|(start, _)| *start < byte);
        match (self.0.get(after.wrapping_sub(1)), self.0.get(after)) {
            (Some(&(from, before)), Some(&(to, beyond))) => {
                before + (beyond - before) * (byte - from) as f32 / (to - from) as f32
            }
            (Some(&(_, all)), None) => all,
            (None, _) => 0.0,
        }
    }
}
