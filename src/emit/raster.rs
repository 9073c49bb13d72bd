//! Pictures as pixels, for programs that show no SVG: mail and Word.
//!
//! In: a picture. Out: PNG or JPEG data; a PNG or JPEG as it is, an SVG painted.
//! Guaranteed: the same picture gives the same bytes.

use super::EmitError;
use crate::bounds::svg::{self, Painting};
use crate::model::picture::{Picture, PictureFormat};
use std::borrow::Cow;

/// A picture of pixels.
pub(super) struct Raster<'a> {
    /// Its file.
    pub(super) data: Cow<'a, [u8]>,
    /// The ending of its name: `png` or `jpeg`.
    pub(super) extension: &'static str,
    /// Its media type.
    pub(super) media_type: &'static str,
}

/// Most pixels on a side of a painting.
const MAX_SIDE: f64 = 2400.0;

/// Returns the picture as pixels, an SVG at `scale` pixels for one of its own.
pub(super) fn raster(picture: &Picture, scale: f64) -> Result<Raster<'_>, EmitError> {
    let (data, extension) = match picture.format {
        PictureFormat::Png => (Cow::Borrowed(picture.data.as_slice()), "png"),
        PictureFormat::Jpeg { .. } => (Cow::Borrowed(picture.data.as_slice()), "jpeg"),
        PictureFormat::Svg => (Cow::Owned(painted(picture, scale)?), "png"),
    };
    Ok(Raster {
        data,
        extension,
        media_type: match extension {
            "jpeg" => "image/jpeg",
            _ => "image/png",
        },
    })
}

fn painted(picture: &Picture, scale: f64) -> Result<Vec<u8>, EmitError> {
    let cannot = |reason: &dyn std::fmt::Display| EmitError::Picture {
        name: picture.name.clone(),
        reason: reason.to_string(),
    };
    let scale = scale.min(MAX_SIDE / picture.width.max(picture.height));
    let side = |length: f64| (length * scale).round().clamp(1.0, MAX_SIDE) as u32;
    let painting = Painting {
        width: side(picture.width),
        height: side(picture.height),
        scale: [scale as f32, scale as f32],
    };
    let pixels = svg::paint(&picture.data, painting).map_err(|refused| cannot(&refused))?;
    png_file(painting, png::ColorType::Rgba, &pixels).map_err(|error| cannot(&error))
}

/// Returns what was painted as the bytes of a PNG file, eight bits a channel.
pub(super) fn png_file(
    painting: Painting,
    color: png::ColorType,
    pixels: &[u8],
) -> Result<Vec<u8>, png::EncodingError> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, painting.width, painting.height);
    encoder.set_color(color);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(out)
}
