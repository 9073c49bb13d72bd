//! Pictures as PDF has them.
//!
//! In: the pictures of [`Pages`] and how large they stand there. Out: for each
//! one an image XObject among the pages' resources, or, of an SVG that is nothing
//! but shapes in plain colors, paths to be painted where it stands, sharp at any
//! size. Guaranteed: a JPEG's coded data goes through unchanged; no color space
//! but DeviceRGB and DeviceGray, which the output intent explains; transparency
//! of pixels is a soft mask, as PDF/A-2 allows. Absent: interpolation, which
//! PDF/A forbids.
//!
//! An SVG with gradients, patterns, opacity, clipping, masks or filters is painted
//! by resvg at [`DENSITY`].

use super::draft::PdfDraft;
use super::{PdfError, file, syntax};
use crate::bounds::{self, svg};
use crate::layout::frame::{ImageId, Item, Pages, Rect};
use crate::model::picture::{Picture, PictureFormat};
use lopdf::{Dictionary, Object, Stream, dictionary};
use std::io::Cursor;
use usvg::tiny_skia_path::{Path, PathSegment};

/// Pixels an inch at which SVGs are painted that cannot be drawn; what printers
/// ask for.
const DENSITY: f64 = 300.0;

/// Most pixels on a side of such a painting: a page's width at 600 dpi.
const MAX_SIDE: f64 = 5100.0;

/// The pictures of a document.
#[derive(Default)]
pub(super) struct EmbeddedPictures {
    drawn: Vec<EmbeddedPicture>,
}

enum EmbeddedPicture {
    /// An XObject.
    Image,
    /// Shapes to be drawn.
    Drawing(Drawing),
}

/// The name of a picture among the pages' resources.
pub(super) fn resource_name(image: ImageId) -> String {
    format!("I{}", image.0)
}

/// Adds the pictures to the document.
pub(super) fn embed(pages: &Pages, draft: &mut PdfDraft) -> Result<EmbeddedPictures, PdfError> {
    let mut pictures = EmbeddedPictures::default();
    if pages.images.is_empty() {
        return Ok(pictures);
    }
    let areas = largest(pages);
    let mut resources = Dictionary::new();
    for ((id, picture), area) in (0..).map(ImageId).zip(&pages.images).zip(areas) {
        let pixels = match picture.format {
            PictureFormat::Jpeg { gray } => Some(jpeg(picture, gray)),
            PictureFormat::Png => Some(png(picture).map_err(|error| cannot(picture, &error))?),
            PictureFormat::Svg => match drawing(picture) {
                Some(shapes) => {
                    pictures.drawn.push(EmbeddedPicture::Drawing(shapes));
                    None
                }
                None => Some(painted(picture, area)?),
            },
        };
        let Some(ImageObject { mut image, mask }) = pixels else {
            continue;
        };
        if let Some(mask) = mask {
            let mask = draft.add(mask);
            image.dict.set("SMask", Object::Reference(mask));
        }
        let image = draft.add(image);
        resources.set(resource_name(id), Object::Reference(image));
        pictures.drawn.push(EmbeddedPicture::Image);
    }
    if !resources.is_empty() {
        draft.set_in_resources("XObject", resources);
    }
    Ok(pictures)
}

impl EmbeddedPictures {
    /// Writes the operators that paint a picture into an area, given by its left
    /// and lower edge, width and height in points.
    pub(super) fn paint(&self, out: &mut Vec<u8>, image: ImageId, area: [f64; 4]) {
        out.extend_from_slice(b"q\n");
        match self.drawn.get(image.0 as usize) {
            Some(EmbeddedPicture::Image) => {
                let [left, bottom, width, height] = area;
                numbers(out, &[width, 0.0, 0.0, height, left, bottom]);
                out.extend_from_slice(b"cm\n");
                syntax::name(out, resource_name(image).as_bytes());
                out.extend_from_slice(b" Do\n");
            }
            Some(EmbeddedPicture::Drawing(shapes)) => shapes.paint(out, area),
            None => {}
        }
        out.extend_from_slice(b"Q\n");
    }
}

/// Writes numbers in hundredths.
fn numbers(out: &mut Vec<u8>, values: &[f64]) {
    for value in values {
        syntax::decimal(out, (value * 100.0).round() as i64, 2);
        out.push(b' ');
    }
}

/// The largest area of each picture.
pub(super) fn largest(pages: &Pages) -> Vec<Rect> {
    let mut areas = vec![Rect::default(); pages.images.len()];
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Image { image, area, .. } = item
            && let Some(known) = areas.get_mut(image.0 as usize)
            && area.width.0 > known.width.0
        {
            *known = *area;
        }
    }
    areas
}

/// An image XObject and its soft mask.
struct ImageObject {
    image: Stream,
    mask: Option<Stream>,
}

fn head(width: u32, height: u32, gray: bool) -> Dictionary {
    dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(width),
        "Height" => i64::from(height),
        "ColorSpace" => if gray { "DeviceGray" } else { "DeviceRGB" },
        "BitsPerComponent" => 8,
    }
}

fn jpeg(picture: &Picture, gray: bool) -> ImageObject {
    let mut head = head(picture.width as u32, picture.height as u32, gray);
    head.set("Filter", "DCTDecode");
    ImageObject {
        image: Stream::new(head, picture.data.clone()).with_compression(false),
        mask: None,
    }
}

fn png(picture: &Picture) -> Result<ImageObject, png::DecodingError> {
    let mut decoder = png::Decoder::new(Cursor::new(&picture.data));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().unwrap_or_default()];
    let info = reader.next_frame(&mut pixels)?;
    let (gray, alpha) = match info.color_type {
        png::ColorType::Grayscale => (true, false),
        png::ColorType::GrayscaleAlpha => (true, true),
        png::ColorType::Rgba => (false, true),
        // Palettes are unfolded.
        png::ColorType::Rgb | png::ColorType::Indexed => (false, false),
    };
    let (colors, mask) = match (gray, alpha) {
        (_, false) => (pixels, None),
        (true, true) => {
            let (colors, mask) = pixels.chunks_exact(2).map(|pixel| (pixel[0], pixel[1])).unzip();
            (colors, Some(mask))
        }
        (false, true) => {
            let colors = pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]);
            (
                colors.collect(),
                Some(pixels.iter().skip(3).step_by(4).copied().collect()),
            )
        }
    };
    Ok(deflated(info.width, info.height, gray, &colors, mask))
}

/// Pixels and their opacity as streams; no mask where all is opaque.
fn deflated(width: u32, height: u32, gray: bool, colors: &[u8], mask: Option<Vec<u8>>) -> ImageObject {
    let mask = mask.filter(|mask| mask.iter().any(|&opacity| opacity < 255));
    ImageObject {
        image: samples(width, height, gray, colors),
        mask: mask.map(|mask| samples(width, height, true, &mask)),
    }
}

/// Samples of eight bits as a stream: deflated as they are, as suits drawings, or as
/// differences of neighbours, as suits photographs; whichever is shorter.
fn samples(width: u32, height: u32, gray: bool, bytes: &[u8]) -> Stream {
    let mut head = head(width, height, gray);
    let (plain, differences) = rayon::join(|| file::deflate(bytes), || differences(width, height, gray, bytes));
    match differences {
        Ok(differences) if differences.len() < plain.len() => {
            head.set(
                "DecodeParms",
                dictionary! {
                    "Predictor" => 15,
                    "Colors" => if gray { 1 } else { 3 },
                    "BitsPerComponent" => 8,
                    "Columns" => i64::from(width),
                },
            );
            file::deflated_stream(head, differences)
        }
        _ => file::deflated_stream(head, plain),
    }
}

/// Samples as the data of a PNG file, which PDF reads with predictor 15 (ISO 32000-1,
/// 7.4.4.4).
fn differences(width: u32, height: u32, gray: bool, bytes: &[u8]) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_color(if gray {
        png::ColorType::Grayscale
    } else {
        png::ColorType::Rgb
    });
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(bytes)?;
    writer.finish()?;
    // Chunks of length, name, data and checksum follow the eight bytes of the signature.
    let mut data = Vec::with_capacity(file.len());
    let mut rest = file.get(8..).unwrap_or_default();
    while let Some((head, after)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, name @ ..] = *head;
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        let (Some(chunk), Some(next)) = (after.get(..length), after.get(length + 4..)) else {
            break;
        };
        if name == *b"IDAT" {
            data.extend_from_slice(chunk);
        }
        rest = next;
    }
    Ok(data)
}

/// Returns the shapes of an SVG that can be drawn in a moment.
fn drawing(picture: &Picture) -> Option<Drawing> {
    let tree = svg::tame_tree(&picture.data)?;
    bounds::catch_panic(|| Drawing::of(&tree)).flatten()
}

/// Says that a picture cannot be embedded.
fn cannot(picture: &Picture, reason: &dyn std::fmt::Display) -> PdfError {
    PdfError::Picture {
        name: picture.name.clone(),
        reason: reason.to_string(),
    }
}

/// Paints an SVG as pixels.
fn painted(picture: &Picture, area: Rect) -> Result<ImageObject, PdfError> {
    let side = |points: f64| (points * DENSITY / 72.0).clamp(1.0, MAX_SIDE).ceil() as u32;
    let (width, height) = (side(area.width.0), side(area.height.0));
    let scale = [
        width as f32 / picture.width as f32,
        height as f32 / picture.height as f32,
    ];
    let painting = svg::Painting { width, height, scale };
    let pixels = svg::paint(&picture.data, painting).map_err(|refused| cannot(picture, &refused))?;
    let colors: Vec<u8> = pixels
        .chunks_exact(4)
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect();
    let mask = pixels.iter().skip(3).step_by(4).copied().collect();
    Ok(deflated(width, height, false, &colors, Some(mask)))
}

/// An SVG that is nothing but filled outlines in plain colors.
struct Drawing {
    width: f64,
    height: f64,
    shapes: Vec<FilledPath>,
}

struct FilledPath {
    outline: Path,
    color: usvg::Color,
    even_odd: bool,
}

/// Largest number of segments that are drawn; more are a picture's detail that a
/// printer shows as well, and a reader faster, as pixels.
const MAX_SEGMENTS: usize = 50_000;

impl Drawing {
    /// The shapes of an SVG, unless it holds anything else.
    fn of(tree: &usvg::Tree) -> Option<Self> {
        let mut shapes = Vec::new();
        collect(tree.root(), &mut shapes)?;
        let segments: usize = shapes.iter().map(|shape| shape.outline.len()).sum();
        let size = tree.size();
        (segments <= MAX_SEGMENTS).then_some(Self {
            width: f64::from(size.width()),
            height: f64::from(size.height()),
            shapes,
        })
    }

    fn paint(&self, out: &mut Vec<u8>, [left, bottom, width, height]: [f64; 4]) {
        numbers(out, &[left, bottom, width, height]);
        out.extend_from_slice(b"re W n\n");
        let (across, down) = (width / self.width, height / self.height);
        let place = |x: f32, y: f32| [left + f64::from(x) * across, bottom + height - f64::from(y) * down];
        for shape in &self.shapes {
            let usvg::Color { red, green, blue } = shape.color;
            for part in [red, green, blue] {
                syntax::decimal(out, (f64::from(part) / 0.255).round() as i64, 3);
                out.push(b' ');
            }
            out.extend_from_slice(b"rg\n");
            let mut pen = [0.0, 0.0];
            for segment in shape.outline.segments() {
                match segment {
                    PathSegment::MoveTo(to) => {
                        pen = place(to.x, to.y);
                        numbers(out, &pen);
                        out.extend_from_slice(b"m\n");
                    }
                    PathSegment::LineTo(to) => {
                        pen = place(to.x, to.y);
                        numbers(out, &pen);
                        out.extend_from_slice(b"l\n");
                    }
                    PathSegment::QuadTo(over, to) => {
                        // Raised to a cubic: its handles are two thirds of the way.
                        let (over, to) = (place(over.x, over.y), place(to.x, to.y));
                        let handle = |end: [f64; 2], axis: usize| end[axis] + (over[axis] - end[axis]) * 2.0 / 3.0;
                        numbers(out, &[handle(pen, 0), handle(pen, 1), handle(to, 0), handle(to, 1)]);
                        numbers(out, &to);
                        out.extend_from_slice(b"c\n");
                        pen = to;
                    }
                    PathSegment::CubicTo(first, second, to) => {
                        pen = place(to.x, to.y);
                        numbers(out, &place(first.x, first.y));
                        numbers(out, &place(second.x, second.y));
                        numbers(out, &pen);
                        out.extend_from_slice(b"c\n");
                    }
                    PathSegment::Close => out.extend_from_slice(b"h\n"),
                }
            }
            out.extend_from_slice(if shape.even_odd { b"f*\n" } else { b"f\n" });
        }
    }
}

/// Collects the shapes of a group; `None` if it holds anything else.
fn collect(group: &usvg::Group, shapes: &mut Vec<FilledPath>) -> Option<()> {
    let is_plain = group.opacity().get() >= 1.0
        && group.blend_mode() == usvg::BlendMode::Normal
        && group.clip_path().is_none()
        && group.mask().is_none()
        && group.filters().is_empty();
    if !is_plain {
        return None;
    }
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) => collect(inner, shapes)?,
            usvg::Node::Path(path) if path.is_visible() => {
                let (fill, stroke) = (filled(path)?, stroked(path)?);
                match path.paint_order() {
                    usvg::PaintOrder::FillAndStroke => shapes.extend(fill.into_iter().chain(stroke)),
                    usvg::PaintOrder::StrokeAndFill => shapes.extend(stroke.into_iter().chain(fill)),
                }
            }
            usvg::Node::Path(_) => {}
            usvg::Node::Image(_) | usvg::Node::Text(_) => return None,
        }
    }
    Some(())
}

/// The filled shape of a path, if it has one; the outer `None`: it is not plain.
fn filled(path: &usvg::Path) -> Option<Option<FilledPath>> {
    let Some(fill) = path.fill() else { return Some(None) };
    let color = plain(fill.paint(), fill.opacity())?;
    let outline = path.data().clone().transform(path.abs_transform())?;
    Some(Some(FilledPath {
        outline,
        color,
        even_odd: fill.rule() == usvg::FillRule::EvenOdd,
    }))
}

/// The outline of a path's stroke, likewise.
fn stroked(path: &usvg::Path) -> Option<Option<FilledPath>> {
    let Some(stroke) = path.stroke() else { return Some(None) };
    let color = plain(stroke.paint(), stroke.opacity())?;
    // Fine enough for a picture blown up to a poster.
    const RESOLUTION: f32 = 16.0;
    let style = stroke.to_tiny_skia();
    let dashed = match &style.dash {
        Some(dash) => path.data().dash(dash, RESOLUTION)?,
        None => path.data().clone(),
    };
    let outline = dashed.stroke(&style, RESOLUTION)?.transform(path.abs_transform())?;
    Some(Some(FilledPath {
        outline,
        color,
        even_odd: false,
    }))
}

fn plain(paint: &usvg::Paint, opacity: usvg::Opacity) -> Option<usvg::Color> {
    match paint {
        usvg::Paint::Color(color) if opacity.get() >= 1.0 => Some(*color),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn shapes(content: &str) -> Option<Drawing> {
        let text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\">{content}</svg>");
        Drawing::of(&usvg::Tree::from_data(text.as_bytes(), &svg::options()).unwrap())
    }

    #[test]
    fn plain_shapes_are_drawn_from_the_lower_edge() {
        let shapes = shapes("<rect x='1' y='2' width='3' height='4' fill='#ff0000'/>").unwrap();
        let mut out = Vec::new();
        shapes.paint(&mut out, [100.0, 200.0, 20.0, 20.0]);
        // Twice as large; the top edge, 2 below the picture's, is at 220 - 4.
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "100 200 20 20 re W n\n1 0 0 rg\n102 216 m\n108 216 l\n108 208 l\n102 208 l\nh\nf\n"
        );
    }

    #[test]
    fn what_paths_cannot_hold_is_painted() {
        let check = |content: &str, expected: bool| assert_eq!(shapes(content).is_some(), expected, "{content}");
        check("<path d='M0 0h5v5z' stroke='blue' stroke-dasharray='1'/>", true);
        check("<g transform='rotate(9)'><circle r='3'/></g>", true);
        check("<circle r='3' opacity='.5'/>", false);
        check("<circle r='3' fill-opacity='.5'/>", false);
        check(
            "<circle r='3' visibility='hidden' fill-opacity='.5'/><path d='M0 0h1v1z'/>",
            true,
        );
        check(
            "<linearGradient id='a'><stop stop-color='red'/><stop offset='1' stop-color='blue'/></linearGradient>\
             <rect width='5' height='5' fill='url(#a)'/>",
            false,
        );
        check(
            "<clipPath id='a'><rect width='2' height='2'/></clipPath><rect width='5' height='5' clip-path='url(#a)'/>",
            false,
        );
    }

    #[test]
    fn a_painting_has_its_colors_and_its_mask() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='2' height='1'>\
                   <rect width='1' height='1' fill='#00f' opacity='.5'/></svg>";
        let picture = Picture {
            format: PictureFormat::Svg,
            width: 2.0,
            height: 1.0,
            data: svg.as_bytes().to_vec(),
            name: String::new(),
        };
        let area = Rect {
            width: crate::model::units::Pt(0.48),
            height: crate::model::units::Pt(0.24),
            ..Rect::default()
        };
        let pixels = painted(&picture, area).unwrap();
        let bytes = |stream: &Stream| stream.decompressed_content().unwrap();
        assert_eq!(bytes(&pixels.image), [0, 0, 255, 0, 0, 0]);
        assert_eq!(bytes(&pixels.mask.unwrap()), [128, 0]);
    }

    #[test]
    fn photographs_are_stored_as_differences_and_drawings_as_they_are() {
        let (width, height) = (64, 48);
        let check = |gray: bool, sample: &dyn Fn(u32, u32) -> u8, predicted: bool| {
            let colors = if gray { 1 } else { 3 };
            let rows = (0..height).flat_map(|y| (0..width * colors).map(move |x| (x / colors, y)));
            let bytes: Vec<u8> = rows.map(|(x, y)| sample(x, y)).collect();
            let stream = samples(width, height, gray, &bytes);
            assert_eq!(stream.dict.has(b"DecodeParms"), predicted);
            assert!(stream.content.len() < bytes.len());
            assert_eq!(stream.decompressed_content().unwrap(), bytes);
        };
        let slope = |x: u32, y: u32| (x * 3 + y * 2 + x * y / 40 % 3) as u8;
        check(false, &slope, true);
        check(true, &slope, true);
        check(false, &|x, _| if x % 16 < 8 { 0 } else { 255 }, false);
    }
}
