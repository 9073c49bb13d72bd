//! Weighs an SVG before anybody draws it.
//!
//! In: the text of an SVG, its document, or its shapes. Out: whether it is refused, and whether
//! it is tame: drawn in a moment whatever its numbers are. Guaranteed: what a picture refers to
//! is counted as often as it would be drawn, so that a few lines cannot ask for a
//! million shapes. Absent: limits on time, which [`run`] has: all that is not tame
//! is drawn there.

use super::{Refused, Task, catch_panic, run};
use resvg::tiny_skia;
use std::collections::BTreeMap;
use usvg::roxmltree::{Document, Node, NodeId};
use usvg::tiny_skia_path::Rect;

/// Most attributes of one element; a tag's attributes are compared with each other.
const MAX_ATTRIBUTES: usize = 1000;

/// Longest value of an entity, in bytes; what editors define are addresses.
const MAX_ENTITY: usize = 4096;

/// Most shapes that are drawn, those that are drawn several times counted each time.
const MAX_DRAWN: u64 = 1_000_000;

/// Most references in a chain, each with the nesting that it leads through.
const MAX_CHAIN: usize = 200;

/// Most layers: groups that are painted apart and laid over the rest.
const MAX_LAYERS: u64 = 5_000;

/// Longest text of a tame picture, in bytes.
const TAME_LENGTH: usize = 256 << 10;

/// Most segments of the outlines of a tame picture.
const TAME_SEGMENTS: usize = 50_000;

/// Most dashes of a tame picture.
const TAME_DASHES: f64 = 20_000.0;

/// How often a picture's own size a shape of a tame picture may reach beyond it.
const TAME_REACH: f32 = 20.0;

/// Returns the settings for SVGs: no files, no other pictures, no fonts.
pub fn options() -> usvg::Options<'static> {
    usvg::Options {
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    }
}

/// How a picture is painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Painting {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Pixels for one of the picture's own, across and down.
    pub scale: [f32; 2],
}

/// Pixels on the longer side of a painting that is only tried.
const TRIAL: f32 = 1200.0;

/// Paints an SVG that was written by usvg. Returns red, green, blue, and opacity of each pixel.
///
/// # Errors
/// When it cannot be painted, or painting takes more than it may.
pub fn paint(svg: &[u8], painting: Painting) -> Result<Vec<u8>, Refused> {
    if let Some(tree) = tame_tree(svg)
        && let Some(pixels) = catch_panic(|| painted(&tree, painting))
    {
        return pixels.map_err(Refused::Reason);
    }
    let mut input = Vec::with_capacity(svg.len() + 16);
    input.extend_from_slice(&painting.width.to_le_bytes());
    input.extend_from_slice(&painting.height.to_le_bytes());
    painting
        .scale
        .iter()
        .for_each(|scale| input.extend_from_slice(&scale.to_le_bytes()));
    input.extend_from_slice(svg);
    run(&PAINT_SVG, &input).map(|pixels| pixels.to_vec())
}

/// Paints an SVG in a child process.
pub const PAINT_SVG: Task = Task {
    name: "paint-svg",
    run: |input| {
        let bad = || "it has no size".to_owned();
        let (width, rest) = input.split_first_chunk::<4>().ok_or_else(bad)?;
        let (height, rest) = rest.split_first_chunk::<4>().ok_or_else(bad)?;
        let (across, rest) = rest.split_first_chunk::<4>().ok_or_else(bad)?;
        let (down, svg) = rest.split_first_chunk::<4>().ok_or_else(bad)?;
        let painting = Painting {
            width: u32::from_le_bytes(*width),
            height: u32::from_le_bytes(*height),
            scale: [f32::from_le_bytes(*across), f32::from_le_bytes(*down)],
        };
        let tree = usvg::Tree::from_data(svg, &options()).map_err(|error| error.to_string())?;
        painted(&tree, painting)
    },
};

/// Paints shapes once, to see that they can be.
///
/// # Errors
/// When they cannot.
pub fn try_painting(svg: &[u8]) -> Result<(), String> {
    let tree = usvg::Tree::from_data(svg, &options()).map_err(|error| error.to_string())?;
    let size = tree.size();
    let scale = TRIAL / size.width().max(size.height());
    let side = |length: f32| (length * scale).ceil().clamp(1.0, TRIAL) as u32;
    let painting = Painting {
        width: side(size.width()),
        height: side(size.height()),
        scale: [scale, scale],
    };
    painted(&tree, painting).map(drop)
}

fn painted(tree: &usvg::Tree, painting: Painting) -> Result<Vec<u8>, String> {
    let map = tiny_skia::Pixmap::new(painting.width, painting.height);
    let mut map = map.ok_or_else(|| "it is too large to be painted".to_owned())?;
    let [across, down] = painting.scale;
    resvg::render(tree, tiny_skia::Transform::from_scale(across, down), &mut map.as_mut());
    let colors = map.pixels().iter().map(tiny_skia::PremultipliedColorU8::demultiply);
    Ok(colors
        .flat_map(|color| [color.red(), color.green(), color.blue(), color.alpha()])
        .collect())
}

/// Returns the shapes of a tame picture.
pub fn tame_tree(svg: &[u8]) -> Option<usvg::Tree> {
    let text = std::str::from_utf8(svg).ok().filter(|text| is_tame(text))?;
    let tree = catch_panic(|| usvg::Tree::from_str(text, &options()))?.ok()?;
    is_small(&tree).then_some(tree)
}

/// Refuses a text that the reader of XML would take long over: attributes by the thousand.
///
/// # Errors
/// The reason, when there are too many.
pub fn check_text(text: &str) -> Result<(), String> {
    let mut rest = text.as_bytes();
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = &rest[at..];
        let skipped = [(&b"<!--"[..], &b"-->"[..]), (b"<![CDATA[", b"]]>"), (b"<?", b"?>")];
        if let Some((_, end)) = skipped.iter().find(|(start, _)| rest.starts_with(start)) {
            let Some(found) = memchr::memmem::find(rest, end) else {
                return Ok(());
            };
            rest = &rest[found + end.len()..];
            continue;
        }
        let is_declaration = rest.starts_with(b"<!");
        let (mut values, mut at) = (0usize, 1);
        while let Some(found) = memchr::memchr3(b'>', b'"', b'\'', &rest[at..]) {
            at += found + 1;
            let quote = rest[at - 1];
            if quote == b'>' {
                break;
            }
            let Some(length) = memchr::memchr(quote, &rest[at..]) else {
                break;
            };
            values += 1;
            at += length + 1;
            if is_declaration && length > MAX_ENTITY {
                return Err(format!("it defines an entity of {length} bytes"));
            }
        }
        if values > MAX_ATTRIBUTES {
            return Err(format!("an element has more than {MAX_ATTRIBUTES} attributes"));
        }
        rest = rest.get(at..).unwrap_or_default();
    }
    Ok(())
}

/// Returns true for a picture of plain shapes and gradients: nothing in it refers to what is drawn
/// again, and nothing is painted in layers beyond a few.
pub fn is_tame(text: &str) -> bool {
    // What multiplies work, or is read with more than what stands here.
    const WILD: [&str; 16] = [
        "<!DOCTYPE",
        "<!ENTITY",
        "<filter",
        "<mask",
        "<clipPath",
        "<pattern",
        "<marker",
        "<use",
        "<symbol",
        "<switch",
        "<style",
        "filter",
        "mask",
        "clip-path",
        "marker",
        "<image",
    ];
    text.len() <= TAME_LENGTH
        && !WILD.iter().any(|wild| text.contains(wild))
        && text.matches("opacity").take(201).count() <= 200
        && !has_wild_numbers(text.as_bytes())
}

/// Returns true for a number of more than six digits before its point, or one with an exponent:
/// outlines of such lengths are what drawing never ends on.
fn has_wild_numbers(text: &[u8]) -> bool {
    let (mut digits, mut in_fraction, mut in_word) = (0, false, false);
    for (at, &byte) in text.iter().enumerate() {
        match byte {
            b'0'..=b'9' if in_word => {}
            b'0'..=b'9' => {
                digits += usize::from(!in_fraction);
                if digits > 6 {
                    return true;
                }
            }
            b'.' => in_fraction = true,
            b'e' | b'E' if (digits > 0 || in_fraction) && !in_word => {
                if matches!(text.get(at + 1), Some(b'0'..=b'9' | b'+' | b'-')) {
                    return true;
                }
                (digits, in_fraction) = (0, false);
            }
            // Colors and names hold digits that are no lengths; commands of outlines are one letter.
            b'#' | b'_' => in_word = true,
            b'a'..=b'z' | b'A'..=b'Z' => {
                (digits, in_fraction) = (0, false);
                in_word |= at > 0 && text[at - 1].is_ascii_alphabetic();
            }
            _ => (digits, in_fraction, in_word) = (0, false, false),
        }
    }
    false
}

/// Returns true for shapes that stand near the picture's area, few enough to be painted at once.
pub fn is_small(tree: &usvg::Tree) -> bool {
    let (width, height) = (tree.size().width(), tree.size().height());
    let reach = TAME_REACH * width.max(height);
    let mut weight = Weight::default();
    let within = |area: Rect| {
        let edges = [area.left(), area.top(), area.right(), area.bottom()];
        edges.iter().all(|edge| edge.abs() <= reach)
    };
    reach.is_finite()
        && weigh(tree.root(), &within, &mut weight)
        && weight.segments <= TAME_SEGMENTS
        && weight.dashes <= TAME_DASHES
}

#[derive(Default)]
struct Weight {
    segments: usize,
    dashes: f64,
}

fn weigh(group: &usvg::Group, within: &impl Fn(Rect) -> bool, weight: &mut Weight) -> bool {
    let is_plain = group.clip_path().is_none() && group.mask().is_none() && group.filters().is_empty();
    is_plain
        && group.children().iter().all(|node| match node {
            usvg::Node::Group(inner) => weigh(inner, within, weight),
            usvg::Node::Path(path) => {
                weight.segments += path.data().len();
                if let Some(dashes) = path.stroke().and_then(usvg::Stroke::dasharray) {
                    let bounds = path.data().bounds();
                    // A segment is at most a few times as long as the box around it is wide and high.
                    let length = f64::from(bounds.width() + bounds.height()) * 2.0 * path.data().len() as f64;
                    let period = dashes.iter().copied().map(f64::from).sum::<f64>();
                    weight.dashes += length / period * dashes.len() as f64;
                }
                let is_pattern = |paint: &usvg::Paint| matches!(paint, usvg::Paint::Pattern(_));
                let has_pattern = path.fill().is_some_and(|fill| is_pattern(fill.paint()))
                    || path.stroke().is_some_and(|stroke| is_pattern(stroke.paint()));
                !has_pattern && within(path.abs_stroke_bounding_box()) && within(path.stroke_bounding_box())
            }
            usvg::Node::Image(_) | usvg::Node::Text(_) => false,
        })
}

/// Refuses a document that would be drawn many times over, or painted in very many layers.
///
/// # Errors
/// The reason, when it is refused.
pub fn check(document: &Document<'_>) -> Result<(), String> {
    let ids = document
        .descendants()
        .filter_map(|node| Some((node.attribute("id")?, node)));
    let mut count = Count {
        ids: ids.collect(),
        known: BTreeMap::new(),
        open: Vec::new(),
    };
    let (drawn, layers) = count.of(document.root(), 0)?;
    if drawn > MAX_DRAWN {
        return Err(format!(
            "its parts refer to each other until there are more than {MAX_DRAWN} shapes"
        ));
    }
    if layers > MAX_LAYERS {
        return Err(format!("it is painted in more than {MAX_LAYERS} layers"));
    }
    document.descendants().try_for_each(check_filter)
}

/// Refuses steps of filters whose settings alone decide how long they take.
fn check_filter(node: Node<'_, '_>) -> Result<(), String> {
    let limit = match node.tag_name().name() {
        "feTurbulence" => ("numOctaves", 20.0),
        "feConvolveMatrix" => ("order", 20.0),
        "feMorphology" => ("radius", 20.0),
        _ => return Ok(()),
    };
    let (name, most) = limit;
    let numbers = node.attribute(name).unwrap_or_default().split([' ', ',']);
    match numbers
        .filter_map(|number| number.trim().parse::<f64>().ok())
        .find(|number| number.abs() > most)
    {
        None => Ok(()),
        Some(_) => Err(format!(
            "the filter `{}` has a `{name}` of more than {most}",
            node.tag_name().name()
        )),
    }
}

/// Counts what is drawn, with all that it refers to.
struct Count<'a, 'i> {
    ids: BTreeMap<&'a str, Node<'a, 'i>>,
    /// Shapes and layers by element.
    known: BTreeMap<usize, (u64, u64)>,
    /// Elements that are being counted; what refers to one of them is not drawn.
    open: Vec<NodeId>,
}

impl Count<'_, '_> {
    fn of(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(u64, u64), String> {
        if let Some(&known) = self.known.get(&node.id().get_usize()) {
            return Ok(known);
        }
        if self.open.contains(&node.id()) {
            return Ok((0, 0));
        }
        if depth > MAX_CHAIN {
            return Err(format!("its parts refer to each other more than {MAX_CHAIN} deep"));
        }
        self.open.push(node.id());
        let (mut drawn, mut layers) = (1u64, 0u64);
        for child in node.children().filter(Node::is_element) {
            let (more, above) = self.of(child, depth + 1)?;
            drawn = drawn.saturating_add(more);
            layers = layers.saturating_add(above);
        }
        for attribute in node.attributes() {
            layers += u64::from(matches!(attribute.name(), "opacity" | "mask" | "clip-path" | "filter"));
            let times = if attribute.name().starts_with("marker") || attribute.value().contains("marker") {
                vertices(node)
            } else {
                1
            };
            for id in references(attribute.name(), attribute.value()) {
                let Some(&target) = self.ids.get(id) else { continue };
                let (more, above) = self.of(target, depth + 1)?;
                drawn = drawn.saturating_add(more.saturating_mul(times));
                layers = layers.saturating_add(above.saturating_mul(times));
            }
        }
        self.open.pop();
        self.known.insert(node.id().get_usize(), (drawn, layers));
        Ok((drawn, layers))
    }
}

/// Returns the elements that an attribute refers to.
fn references<'a>(name: &str, value: &'a str) -> impl Iterator<Item = &'a str> {
    let whole = (name == "href").then(|| value.trim().strip_prefix('#')).flatten();
    let within = value.split("url(").skip(1).filter_map(|rest| {
        let id = rest.split(')').next()?.trim().trim_matches(['"', '\'']);
        id.trim().strip_prefix('#')
    });
    whole.into_iter().chain(within)
}

/// Returns about how many corners the outlines in an element have.
fn vertices(node: Node<'_, '_>) -> u64 {
    let outlines = node
        .descendants()
        .flat_map(|node| [node.attribute("d"), node.attribute("points")]);
    let numbers = outlines.flatten().map(|outline| {
        let starts = outline
            .as_bytes()
            .windows(2)
            .filter(|pair| !pair[0].is_ascii_digit() && pair[1].is_ascii_digit());
        starts.count() as u64
    });
    1 + numbers.sum::<u64>()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn svg(content: &str) -> String {
        format!("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{content}</svg>")
    }

    /// Links in a chain, each of which draws the next one twice.
    fn doubling(element: &str, attribute: &str) -> String {
        let links = (0..40).map(|n| {
            let next = format!("<g {attribute}='url(#m{})'><rect width='9' height='9'/></g>", n + 1);
            format!("<{element} id='m{n}'>{next}{next}</{element}>")
        });
        svg(&(links.collect::<String>() + &format!("<rect {attribute}='url(#m0)' width='9' height='9'/>")))
    }

    #[test]
    fn what_refers_to_much_is_counted_as_often_as_it_is_drawn() {
        let refused = |text: &str| check(&Document::parse(text).unwrap()).unwrap_err();
        for (element, attribute) in [("mask", "mask"), ("clipPath", "clip-path"), ("pattern", "fill")] {
            assert!(
                refused(&doubling(element, attribute)).contains("refer to each other"),
                "{element}"
            );
        }
        let uses = (0..40).map(|n| format!("<g id='u{n}'><use href='#u{0}'/><use href='#u{0}'/></g>", n + 1));
        assert!(refused(&svg(&uses.collect::<String>())).contains("refer to each other"));
        let marker = format!("<marker id='k'>{}</marker>", "<rect width='3'/>".repeat(2000));
        let path = format!("<path marker-mid='url(#k)' d='M0 0{}'/>", " 1 1".repeat(2000));
        assert!(refused(&svg(&(marker + &path))).contains("refer to each other"));
        let groups = "<g opacity='.9'><rect width='9'/></g>".repeat(6000);
        assert!(refused(&svg(&groups)).contains("layers"));
        assert!(refused(&svg("<filter><feTurbulence numOctaves='100000000'/></filter>")).contains("numOctaves"));
        assert!(refused(&svg("<filter><feConvolveMatrix order='3 300'/></filter>")).contains("order"));
    }

    #[test]
    fn what_people_draw_is_let_through() {
        let check = |text: &str| super::check(&Document::parse(text).unwrap()).unwrap();
        check(&svg(
            "<clipPath id='c'><rect width='5' height='5'/></clipPath><g clip-path='url(#c)'><circle r='3'/></g>",
        ));
        // A reference to what holds it is not drawn.
        check(&svg("<g id='a'><use href='#a'/></g>"));
        check(&svg(&"<circle r='1' fill-opacity='.5'/>".repeat(20_000)));
        check(&svg(
            "<filter id='f'><feGaussianBlur stdDeviation='3'/></filter><rect filter='url(#f)'/>",
        ));
    }

    #[test]
    fn attributes_are_counted_before_they_are_read() {
        let attributes = |count: usize| (0..count).map(|n| format!(" a{n}='1'")).collect::<String>();
        assert_eq!(check_text(&svg(&format!("<rect{}/>", attributes(900)))), Ok(()));
        assert!(
            check_text(&svg(&format!("<rect{}/>", attributes(1001))))
                .unwrap_err()
                .contains("attributes")
        );
        // Apostrophes of text and of comments open no value.
        assert_eq!(check_text(&svg("<!-- don't --><title>it's</title><rect/>")), Ok(()));
        let entity = format!("<!DOCTYPE svg [<!ENTITY a \"{}\">]>", attributes(2000));
        assert!(check_text(&(entity + &svg("&a;"))).unwrap_err().contains("entity"));
    }

    #[test]
    fn tame_pictures_are_plain_and_near() {
        let tame = |content: &str| {
            let text = svg(content);
            is_tame(&text) && is_small(&usvg::Tree::from_str(&text, &options()).unwrap())
        };
        assert!(tame("<path d='M0 0h5v5z' stroke='blue' stroke-dasharray='1'/>"));
        assert!(tame(
            "<linearGradient id='a'><stop stop-color='red'/></linearGradient><rect width='5' height='5' fill='url(#a)'/>"
        ));
        assert!(!tame("<path d='M0 0h999999999v5z'/>"));
        assert!(!tame("<path d='M0 0h180v5z' stroke='blue' stroke-dasharray='.00001'/>"));
        assert!(!tame("<path d='M1 2A3 1e39 0 0 1 9 9Z'/>") && !tame("<path d='M1 2A1e9 3 0 0 1 9 9Z'/>"));
        assert!(tame("<path id='path12e4' d='M1.25 2h3v4z' fill='#1e6b2f'/>"));
        assert!(!tame("<g id='a'/><use href='#a'/>"));
        assert!(!tame("<clipPath id='c'/>"));
        assert!(!tame("<rect width='5' height='5' transform='scale(1e9)'/>"));
    }
}
