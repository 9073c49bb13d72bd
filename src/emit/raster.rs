//! Pictures as pixels, for programs that show no SVG: mail and Word.
//!
//! In: a picture. Out: PNG or JPEG data; a PNG or JPEG as it is, an SVG painted.
//! Guaranteed: the same picture gives the same bytes.

use super::EmitError;
use crate::model::picture::{Picture, PictureFormat};
use resvg::tiny_skia;
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
        PictureFormat::Svg => (Cow::Owned(painted(&picture.data, scale)?), "png"),
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

fn painted(svg: &[u8], scale: f64) -> Result<Vec<u8>, EmitError> {
    let failed = |what: &str| EmitError::Picture(what.to_owned());
    let options = usvg::Options {
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_data(svg, &options).map_err(|error| EmitError::Picture(error.to_string()))?;
    let (width, height) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    let scale = scale.min(MAX_SIDE / width.max(height));
    let pixels = |length: f64| (length * scale).round().clamp(1.0, MAX_SIDE) as u32;
    let mut map = tiny_skia::Pixmap::new(pixels(width), pixels(height)).ok_or_else(|| failed("it has no size"))?;
    resvg::render(
        &tree,
        tiny_skia::Transform::from_scale(scale as f32, scale as f32),
        &mut map.as_mut(),
    );
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, map.width(), map.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let pixels: Vec<u8> = map
        .pixels()
        .iter()
        .flat_map(|pixel| {
            let color = pixel.demultiply();
            [color.red(), color.green(), color.blue(), color.alpha()]
        })
        .collect();
    encoder
        .write_header()
        .and_then(|mut writer| {
            writer.write_image_data(&pixels)?;
            writer.finish()
        })
        .map_err(|error| EmitError::Picture(error.to_string()))?;
    Ok(out)
}
