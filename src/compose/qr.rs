//! An address as a QR code.
//!
//! In: a web address. Out: a picture of plain shapes, with the white around it
//! that readers need. Guaranteed: black on white whatever the look, one path.
//!
//! Source: ISO/IEC 18004; the quiet zone is its four modules, and error
//! correction is level M, which print on an office machine needs.

use crate::model::picture::{Picture, PictureFormat};
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;
use std::sync::Arc;

/// White around the code, in modules (ISO/IEC 18004, 6.3.8).
const QUIET: usize = 4;

/// CSS pixels of a module: at 96 an inch, 0.8 mm, twice what a telephone needs at
/// arm's length.
const MODULE: usize = 3;

/// Returns the code; `None` where the address is too long for one.
pub(super) fn svg(address: &str) -> Option<Arc<Picture>> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (row, modules) in colors.chunks(width).enumerate() {
        let mut column = 0;
        for run in modules.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, length) = (column + QUIET, row + QUIET, run.len());
                // Writing to a string cannot fail.
                let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
            }
            column += run.len();
        }
    }
    let modules = width + 2 * QUIET;
    let side = modules * MODULE;
    let data = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}\" height=\"{side}\" viewBox=\"0 0 {modules} {modules}\">\
         <path fill=\"#ffffff\" d=\"M0 0h{modules}v{modules}h-{modules}z\"/><path fill=\"#000000\" d=\"{path}\"/></svg>"
    );
    Some(Arc::new(Picture {
        format: PictureFormat::Svg,
        width: side as f64,
        height: side as f64,
        data: data.into_bytes(),
        name: String::new(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the path back into modules, as a renderer would fill it.
    fn modules(svg: &str, side: usize) -> Vec<Vec<bool>> {
        let path = svg.split("d=\"").nth(2).unwrap_or_default();
        let mut dark = vec![vec![false; side]; side];
        for run in path.split('M').skip(1) {
            let numbers: Vec<usize> = run
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|digits| digits.parse().ok())
                .collect();
            let [x, y, length, ..] = numbers[..] else { continue };
            dark[y][x..x + length].fill(true);
        }
        dark
    }

    #[test]
    fn the_code_has_its_three_corners_and_white_around_it() {
        let picture = svg("https://example.org/sign").expect("short enough");
        let side = picture.width as usize / MODULE;
        let dark = modules(&String::from_utf8_lossy(&picture.data), side);
        let finder = |top: usize, left: usize| {
            (0..7).all(|y| {
                (0..7).all(|x| {
                    let edge = [x, y].contains(&0) || [x, y].contains(&6);
                    let centre = (2..5).contains(&x) && (2..5).contains(&y);
                    dark[top + y][left + x] == (edge || centre)
                })
            })
        };
        let far = side - QUIET - 7;
        assert!(finder(QUIET, QUIET) && finder(QUIET, far) && finder(far, QUIET));
        assert!(dark.iter().take(QUIET).all(|row| !row.contains(&true)));
        assert!(dark.iter().all(|row| !row[..QUIET].contains(&true)));
    }

    #[test]
    fn an_address_too_long_has_no_code() {
        assert!(svg(&"x".repeat(5000)).is_none());
    }
}
