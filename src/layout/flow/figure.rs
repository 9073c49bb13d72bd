//! Places pictures in the flow: how large, and where.
//!
//! In: images with their pictures. Out: blocks of the flow. Guaranteed: a picture is no
//! wider than its room and no higher than a page; one without alt text is an artifact.
//! Absent: pictures within a line, which are part of a text.

use crate::compose::document::{Image, Inline, lone_picture};
use crate::layout::flow::block::{FigureBlock, FigureTextBlock, FlowBlock};
use crate::layout::flow::pictures::{figure_mark, fit_into, natural_size};
use crate::layout::flow::tags::TagBuilder;
use crate::layout::frame::{Node, NodeId, Role, Target};
use crate::layout::page_metrics::PageMetrics;
use crate::model::picture::PictureFormat;

/// Highest logo, in points: three quarters of an inch, four lines of a letterhead.
const LOGO_HEIGHT: f64 = 54.0;

/// Largest part of the measure that a logo takes.
const LOGO_WIDTH: f64 = 0.5;

/// Largest part of a page's height that a picture takes, so that what announces
/// it has room above it.
const HEIGHT: f64 = 0.8;

/// Between a logo and the name beside it, as a part of the text's size.
const BESIDE: f64 = 1.2;

/// Returns a logo at the left edge, if its picture could be read. An SVG fills the room
/// it may take; pixels are not blown up.
pub(crate) fn logo(image: &Image, parent: NodeId, metrics: &PageMetrics, tags: &mut TagBuilder) -> Option<FigureBlock> {
    let picture = image.picture.as_ref()?;
    let room = (metrics.measure * LOGO_WIDTH, LOGO_HEIGHT.min(metrics.height * HEIGHT));
    let (width, height) = match picture.format {
        PictureFormat::Svg => fit_into((picture.width * room.1, picture.height * room.1), room),
        _ => fit_into(natural_size(picture), room),
    };
    Some(FigureBlock {
        image: tags.pictures.add(picture),
        left: 0.0,
        width,
        height,
        gap: 0.0,
        mark: figure_mark(image, parent, &mut tags.structure),
        link: None,
        keep_with_next: false,
        labels: Vec::new(),
    })
}

/// Returns a signature in its room, given by its left edge, width and height.
pub(crate) fn signature(
    image: &Image,
    (left, width, height): (f64, f64, f64),
    parent: NodeId,
    metrics: &PageMetrics,
    tags: &mut TagBuilder,
) -> Option<FigureBlock> {
    let picture = image.picture.as_ref()?;
    let size = fit_into(natural_size(picture), (width, height));
    Some(FigureBlock {
        image: tags.pictures.add(picture),
        left: if metrics.rtl { left + width - size.0 } else { left },
        width: size.0,
        height: size.1,
        gap: 0.0,
        mark: figure_mark(image, parent, &mut tags.structure),
        link: None,
        keep_with_next: false,
        labels: Vec::new(),
    })
}

/// Returns a logo in the middle of a cell, given by its left edge, width and height, if
/// its picture could be read.
pub(crate) fn in_cell(
    image: &Image,
    (left, width, height): (f64, f64, f64),
    parent: NodeId,
    tags: &mut TagBuilder,
) -> Option<FigureBlock> {
    let picture = image.picture.as_ref()?;
    let size = match picture.format {
        PictureFormat::Svg => (picture.width * height, picture.height * height),
        _ => natural_size(picture),
    };
    let (own, height) = fit_into(size, (width, height));
    Some(FigureBlock {
        image: tags.pictures.add(picture),
        left: left + (width - own) / 2.0,
        width: own,
        height,
        gap: 0.0,
        mark: figure_mark(image, parent, &mut tags.structure),
        link: None,
        keep_with_next: false,
        labels: Vec::new(),
    })
}

/// Returns the picture that a paragraph consists of, in its room, given by its left
/// edge and width; `None` where it is no single picture, or one that could not be read.
pub(crate) fn figure(
    line: &[Inline],
    (left, room): (f64, f64),
    parent: NodeId,
    metrics: &PageMetrics,
    tags: &mut TagBuilder,
) -> Option<FigureBlock> {
    let (image, to) = lone_picture(line)?;
    let picture = image.picture.as_ref()?;
    let (width, height) = fit_into(natural_size(picture), (room, metrics.height * HEIGHT));
    // Across the whole page in the middle; in an item or a note at its start.
    let aside = match (room < metrics.measure - metrics.aside, metrics.rtl) {
        (false, _) => (room - width) / 2.0,
        (true, true) => room - width,
        (true, false) => 0.0,
    };
    let (parent, link) = match to {
        Some(to) if !image.alt.trim().is_empty() => {
            let mut node = Node::new(Role::Link);
            node.target = Some(Target::Uri(to.into()));
            // A link without text says where it leads by the picture's words.
            node.alt = Some(image.alt.as_str().into());
            let paragraph = tags.node(parent, Role::Paragraph);
            let node = tags.structure.add(paragraph, node);
            (node, Some(node))
        }
        _ => (parent, None),
    };
    Some(FigureBlock {
        image: tags.pictures.add(picture),
        left: left + aside,
        width,
        height,
        gap: 0.0,
        mark: figure_mark(image, parent, &mut tags.structure),
        link,
        keep_with_next: false,
        labels: Vec::new(),
    })
}

/// Returns how much of the letterhead's width a logo takes with the white beside it,
/// and how much without.
pub(crate) fn beside(logo: &FigureBlock, metrics: &PageMetrics) -> (f64, f64) {
    (logo.width + metrics.size * BESIDE, logo.width)
}

/// Puts a picture beside paragraphs: a logo beside the letterhead's lines.
pub(crate) fn figure_text(blocks: Vec<FlowBlock>, figure: FigureBlock) -> FlowBlock {
    let paragraphs = blocks.into_iter().filter_map(|block| match block {
        FlowBlock::Paragraph(paragraph) => Some(paragraph),
        _ => None,
    });
    FlowBlock::FigureText(FigureTextBlock {
        figure,
        paragraphs: paragraphs.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_alone_in_its_paragraph_or_not() {
        let image = || {
            Inline::Image(Image {
                path: "a.png".into(),
                alt: "A".into(),
                origin: crate::source::Origin::File(crate::source::SourceMap::default().add("a", "")),
                picture: None,
            })
        };
        let text = |text: &str| Inline::Text(text.into());
        let check = |line: &[Inline], expected: Option<Option<&str>>| {
            assert_eq!(lone_picture(line).map(|(_, to)| to), expected);
        };
        check(&[image()], Some(None));
        check(&[text(" "), Inline::Strong(vec![image()])], Some(None));
        check(&[image(), text("seen")], None);
        check(&[image(), image()], None);
        check(&[], None);
        let link = |content| Inline::Link {
            to: "https://example.org".into(),
            content,
            origin: crate::source::Origin::File(crate::source::SourceMap::default().add("a", "")),
        };
        check(&[link(vec![image()])], Some(Some("https://example.org")));
        check(&[link(vec![text("here")])], None);
    }
}
