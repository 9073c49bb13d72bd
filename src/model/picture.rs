//! A picture's bytes, known to be sound.
//!
//! In: what `load` read. Out: data that any output may pass on as it is.
//! Guaranteed: the data holds the picture and nothing about its maker (no EXIF,
//! no comments, no editor's notes); a PNG or JPEG has the size that is said here;
//! an SVG is plain shapes, without text, scripts, files or addresses. Absent:
//! decoding, which is left to the output that needs pixels.

use std::fmt;

/// A picture.
#[derive(Clone, PartialEq)]
pub struct Picture {
    /// What the data is.
    pub format: PictureFormat,
    /// Width in pixels; of an SVG in CSS pixels, which may be broken.
    pub width: f64,
    /// Height in the same.
    pub height: f64,
    /// The file.
    pub data: Vec<u8>,
    /// The path as it was written, for messages; no output has it.
    pub name: String,
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            format,
            width,
            height,
            data,
            name: _,
        } = self;
        write!(f, "Picture({format:?}, {width} x {height}, {} bytes)", data.len())
    }
}

/// What a picture's data is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// Portable Network Graphics.
    Png,
    /// JPEG with 8 bits a component.
    Jpeg {
        /// Whether it has one component, grey; otherwise it has three.
        gray: bool,
    },
    /// Scalable Vector Graphics, as text.
    Svg,
}

impl PictureFormat {
    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg { .. } => "image/jpeg",
            Self::Svg => "image/svg+xml",
        }
    }
}
