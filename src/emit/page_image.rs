//! A page as pixels.
//!
//! In: [`Pages`]. Out: the first page as PNG, a pixel for each point. Guaranteed: the same page
//! gives the same bytes; letters are drawn from their outlines, so that no font of the computer
//! takes part. Absent: pictures within the page.

use super::EmitError;
use super::raster::png_file;
use super::svg::outlines;
use crate::bounds::svg::{self, Painting};
use crate::layout::frame::Pages;

/// Returns the first page as PNG, on white.
///
/// # Errors
/// When it cannot be painted.
pub fn page_image(pages: &Pages) -> Result<Vec<u8>, EmitError> {
    let cannot = |reason: &dyn std::fmt::Display| EmitError::Picture {
        name: pages.metadata.title.clone(),
        reason: reason.to_string(),
    };
    let page = pages.pages.first().ok_or_else(|| cannot(&"there is no page"))?;
    let painting = Painting {
        width: page.width.0.round().max(1.0) as u32,
        height: page.height.0.round().max(1.0) as u32,
        scale: [1.0, 1.0],
    };
    let pixels = svg::paint(outlines(page, pages).as_bytes(), painting).map_err(|refused| cannot(&refused))?;
    let opaque: Vec<u8> = pixels
        .chunks_exact(4)
        .flat_map(|pixel| {
            let over_white = |channel: u8| {
                let (channel, opacity) = (u32::from(channel), u32::from(pixel[3]));
                ((channel * opacity + 255 * (255 - opacity) + 127) / 255) as u8
            };
            [over_white(pixel[0]), over_white(pixel[1]), over_white(pixel[2])]
        })
        .collect();
    png_file(painting, png::ColorType::Rgb, &opaque).map_err(|error| cannot(&error))
}
