//! Pictures on the page: how large, and where.
//!
//! In: images with their pictures. Out: blocks of the flow, and what line blocks hold.
//! Guaranteed: a picture keeps its proportions, is no wider than its room and no
//! higher than a page, and is never divided; one without words is an artifact.
//! Absent: pictures within a line; their words stand for them there.

use crate::compose::document::{Image, Inline};
use crate::layout::blocks::line_block::{LineBlock, PlacedRule, SetBlock, StackItem, put_labels, set_paragraph};
use crate::layout::flow::{FlowBlock, Label, ParagraphBlock};
use crate::layout::frame::{Artifact, ImageId, Item, LinkArea, Mark, Node, NodeId, Page, Rect, Role, Target};
use crate::layout::page_metrics::{HAIRLINE, PageMetrics, QUIET};
use crate::layout::text::shape::Shaper;
use crate::layout::text::styled_text::TagBuilder;
use crate::model::picture::{Picture, PictureFormat};
use crate::model::units::Pt;
use std::sync::Arc;

/// Pixels an inch at which a picture has its natural size: enough for printing.
const DENSITY: f64 = 150.0;

/// CSS pixels an inch (CSS Values 4, 6.2).
const CSS: f64 = 96.0;

/// Highest logo, in points: three quarters of an inch, four lines of a letterhead.
const LOGO_HEIGHT: f64 = 54.0;

/// Largest part of the measure that a logo takes.
const LOGO_WIDTH: f64 = 0.5;

/// Largest part of a page's height that a picture takes, so that what announces
/// it has room above it.
const HEIGHT: f64 = 0.8;

/// Between a logo and the name beside it, as a part of the text's size.
const BESIDE: f64 = 1.2;

/// A picture in the flow.
#[derive(Clone, Debug)]
pub(crate) struct FigureBlock {
    image: ImageId,
    /// Left edge.
    pub(crate) left: f64,
    /// Width.
    pub(crate) width: f64,
    /// Height.
    pub(crate) height: f64,
    /// Space before and after.
    pub(crate) gap: f64,
    mark: Mark,
    link: Option<NodeId>,
    /// What stands beside its top, innermost first.
    pub(crate) labels: Vec<Label>,
}

/// A logo and the letterhead's lines beside it.
#[derive(Debug)]
pub(crate) struct FigureTextBlock {
    logo: FigureBlock,
    paragraphs: Vec<ParagraphBlock>,
}

/// Those who sign by hand, side by side.
#[derive(Debug)]
pub(crate) struct SignatureRowBlock {
    /// Each from the first in reading order.
    pub(crate) signatures: Vec<SignatureCell>,
    /// Height of the room to sign in.
    pub(crate) space: f64,
    /// Space before and after.
    pub(crate) gap: f64,
}

/// One who signs by hand.
#[derive(Debug)]
pub(crate) struct SignatureCell {
    /// Left end of the line to sign on.
    pub(crate) left: f64,
    /// Its length.
    pub(crate) width: f64,
    /// The signature; `None`: a line to sign on.
    pub(crate) figure: Option<FigureBlock>,
    /// Who it is.
    pub(crate) paragraphs: Vec<ParagraphBlock>,
}

/// A picture and where it stands in its line block.
#[derive(Clone, Debug)]
pub(crate) struct PlacedFigure {
    pub(crate) figure: FigureBlock,
    /// From the line block's top.
    pub(crate) top: f64,
}

/// The pictures of a document, each once.
#[derive(Debug, Default)]
pub(crate) struct PictureList {
    pub(crate) pictures: Vec<Arc<Picture>>,
}

impl PictureList {
    fn add(&mut self, picture: &Arc<Picture>) -> ImageId {
        let known = self.pictures.iter().position(|known| Arc::ptr_eq(known, picture));
        let index = known.unwrap_or_else(|| {
            self.pictures.push(Arc::clone(picture));
            self.pictures.len() - 1
        });
        ImageId(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// A logo at the left edge, if its picture could be read. An SVG fills the
/// room it may take; pixels are not blown up.
pub(crate) fn logo(image: &Image, parent: NodeId, metrics: &PageMetrics, tags: &mut TagBuilder) -> Option<FigureBlock> {
    let picture = image.picture.as_ref()?;
    let room = (metrics.measure * LOGO_WIDTH, LOGO_HEIGHT.min(metrics.height * HEIGHT));
    let (width, height) = match picture.format {
        PictureFormat::Svg => fit((picture.width * room.1, picture.height * room.1), room),
        _ => fit(natural(picture), room),
    };
    Some(FigureBlock {
        image: tags.pictures.add(picture),
        left: 0.0,
        width,
        height,
        gap: 0.0,
        mark: mark(image, parent, tags),
        link: None,
        labels: Vec::new(),
    })
}

/// A signature in its room, given by its left edge, width and height.
pub(crate) fn signature(
    image: &Image,
    (left, width, height): (f64, f64, f64),
    parent: NodeId,
    metrics: &PageMetrics,
    tags: &mut TagBuilder,
) -> Option<FigureBlock> {
    let picture = image.picture.as_ref()?;
    let size = fit(natural(picture), (width, height));
    Some(FigureBlock {
        image: tags.pictures.add(picture),
        left: if metrics.rtl { left + width - size.0 } else { left },
        width: size.0,
        height: size.1,
        gap: 0.0,
        mark: mark(image, parent, tags),
        link: None,
        labels: Vec::new(),
    })
}

/// A logo in the middle of a cell, given by its left edge, width and height, if
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
        _ => natural(picture),
    };
    let (own, height) = fit(size, (width, height));
    Some(FigureBlock {
        image: tags.pictures.add(picture),
        left: left + (width - own) / 2.0,
        width: own,
        height,
        gap: 0.0,
        mark: mark(image, parent, tags),
        link: None,
        labels: Vec::new(),
    })
}

/// The picture that a paragraph consists of, in its room, given by its left edge
/// and width; `None` where it is no single picture, or one that could not be read.
pub(crate) fn figure(
    line: &[Inline],
    (left, room): (f64, f64),
    parent: NodeId,
    metrics: &PageMetrics,
    tags: &mut TagBuilder,
) -> Option<FigureBlock> {
    let (image, to) = alone(line, None)?;
    let picture = image.picture.as_ref()?;
    let (width, height) = fit(natural(picture), (room, metrics.height * HEIGHT));
    // Across the whole page in the middle; in an item or a note at its start.
    let aside = match (room < metrics.measure, metrics.rtl) {
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
        mark: mark(image, parent, tags),
        link,
        labels: Vec::new(),
    })
}

/// A picture within a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct InlinePicture {
    /// The picture.
    pub(crate) image: ImageId,
    /// Width.
    pub(crate) width: f64,
    /// Height above the baseline.
    pub(crate) height: f64,
}

/// Highest picture within a line, as a part of the text's size: as high as two
/// lines.
const INLINE_HEIGHT: f64 = 2.7;

/// Widest picture within a line, in the same: a little less than the narrowest
/// column of names.
const INLINE_WIDTH: f64 = 8.0;

/// A picture within a line of text of a size.
pub(crate) fn inline(picture: &Arc<Picture>, size: f64, pictures: &mut PictureList) -> InlinePicture {
    let (width, height) = fit(natural(picture), (size * INLINE_WIDTH, size * INLINE_HEIGHT));
    InlinePicture {
        image: pictures.add(picture),
        width,
        height,
    }
}

/// Natural width and height of an image, if its picture could be read.
pub(crate) fn size(image: &Image) -> Option<(f64, f64)> {
    image.picture.as_deref().map(natural)
}

/// Width and height in points at which a picture is neither grown nor shrunk.
fn natural(picture: &Picture) -> (f64, f64) {
    let inch = match picture.format {
        PictureFormat::Svg => CSS,
        PictureFormat::Png | PictureFormat::Jpeg { .. } => DENSITY,
    };
    (picture.width * 72.0 / inch, picture.height * 72.0 / inch)
}

/// Shrinks a size into a room.
fn fit((width, height): (f64, f64), room: (f64, f64)) -> (f64, f64) {
    /// Thinnest picture: a hairline.
    const THIN: f64 = 0.5;
    let scale = (room.0 / width).min(room.1 / height).min(1.0);
    ((width * scale).max(THIN), (height * scale).max(THIN))
}

/// What a picture means: a figure with its words, or decoration.
pub(crate) fn mark(image: &Image, parent: NodeId, tags: &mut TagBuilder) -> Mark {
    if image.alt.trim().is_empty() {
        return Mark::Artifact(Artifact::Layout);
    }
    let mut node = Node::new(Role::Figure);
    node.alt = Some(image.alt.as_str().into());
    let node = tags.structure.add(parent, node);
    Mark::Content(tags.structure.content(node))
}

/// The image that a line consists of, and where it leads.
fn alone<'a>(line: &'a [Inline], to: Option<&'a str>) -> Option<(&'a Image, Option<&'a str>)> {
    let is_space = |inline: &&Inline| !matches!(inline, Inline::Text(text) if text.trim().is_empty());
    let mut rest = line.iter().filter(is_space);
    let (Some(only), None) = (rest.next(), rest.next()) else {
        return None;
    };
    match only {
        Inline::Image(image) => Some((image, to)),
        Inline::Emphasis(inner) | Inline::Strong(inner) => alone(inner, to),
        Inline::Link { to, content, .. } => alone(content, Some(to)),
        _ => None,
    }
}

/// How much of the letterhead's width a logo takes, and where it stands: the width
/// of the logo's column with the white beside it, and that without.
pub(crate) fn beside(logo: &FigureBlock, metrics: &PageMetrics) -> (f64, f64) {
    (logo.width + metrics.size * BESIDE, logo.width)
}

/// Puts a logo beside the letterhead's paragraphs.
pub(crate) fn figure_text(blocks: Vec<FlowBlock>, logo: FigureBlock) -> FlowBlock {
    let paragraphs = blocks.into_iter().filter_map(|block| match block {
        FlowBlock::Paragraph(paragraph) => Some(paragraph),
        _ => None,
    });
    FlowBlock::FigureText(FigureTextBlock {
        logo,
        paragraphs: paragraphs.collect(),
    })
}

/// Sets a picture, with its labels beside its top.
pub(crate) fn set_figure(figure: &FigureBlock, shaper: Shaper<'_>) -> SetBlock {
    let mut line_block = LineBlock {
        before: figure.gap,
        after: figure.gap,
        height: figure.height,
        figures: vec![PlacedFigure {
            figure: figure.clone(),
            top: 0.0,
        }],
        ..LineBlock::default()
    };
    let mut missing = Vec::new();
    put_labels(&mut line_block, &figure.labels, shaper, &mut missing);
    SetBlock {
        items: vec![StackItem::Lines(line_block)],
        keep_with_next: false,
        exact_space_after: false,
        missing,
    }
}

/// Sets a logo and what stands beside it, each in the middle of the higher one.
pub(crate) fn set_figure_text(head: &FigureTextBlock, shaper: Shaper<'_>) -> SetBlock {
    let mut whole = LineBlock::default();
    let mut missing = Vec::new();
    for paragraph in &head.paragraphs {
        let set = set_paragraph(paragraph, shaper);
        missing.extend(set.missing);
        for item in set.items {
            let StackItem::Lines(line_block) = item else { continue };
            if whole.height > 0.0 {
                whole.height += line_block.before.max(whole.after);
            }
            for mut placed in line_block.lines {
                placed.top += whole.height;
                whole.lines.push(placed);
            }
            whole.height += line_block.height;
            whole.after = line_block.after;
            whole.notes.extend(line_block.notes);
        }
    }
    let (text, logo) = (whole.height, head.logo.height);
    whole.height = text.max(logo);
    for placed in &mut whole.lines {
        placed.top += (whole.height - text) / 2.0;
    }
    whole.figures.push(PlacedFigure {
        top: (whole.height - logo) / 2.0,
        figure: head.logo.clone(),
    });
    SetBlock {
        items: vec![StackItem::Lines(whole)],
        keep_with_next: true,
        exact_space_after: false,
        missing,
    }
}

/// Sets those who sign side by side: signatures on one line, names below.
pub(crate) fn set_signature_row(row: &SignatureRowBlock, shaper: Shaper<'_>) -> SetBlock {
    let mut whole = LineBlock {
        before: row.gap,
        after: row.gap,
        height: row.space,
        ..LineBlock::default()
    };
    let mut missing = Vec::new();
    for signer in &row.signatures {
        match &signer.figure {
            Some(figure) => whole.figures.push(PlacedFigure {
                top: (row.space - figure.height).max(0.0),
                figure: figure.clone(),
            }),
            None => whole.rules.push(PlacedRule {
                left: signer.left,
                top: row.space,
                width: signer.width,
                height: HAIRLINE,
                color: QUIET,
                mark: Mark::Artifact(Artifact::Layout),
            }),
        }
        // Names stand clear of the line.
        let mut height = row.space + HAIRLINE + BELOW;
        for paragraph in &signer.paragraphs {
            let set = set_paragraph(paragraph, shaper);
            missing.extend(set.missing);
            for item in set.items {
                let StackItem::Lines(line_block) = item else { continue };
                for mut placed in line_block.lines {
                    placed.top += height;
                    whole.lines.push(placed);
                }
                height += line_block.height;
                whole.notes.extend(line_block.notes);
            }
        }
        whole.height = whole.height.max(height);
    }
    SetBlock {
        items: vec![StackItem::Lines(whole)],
        keep_with_next: false,
        exact_space_after: false,
        missing,
    }
}

/// Between the line to sign on and the name below it, in points.
const BELOW: f64 = 2.0;

/// Paints a line block's pictures; the line block's top left corner is at `x` and `y`.
pub(crate) fn paint(page: &mut Page, figures: &[PlacedFigure], x: f64, y: f64) {
    for PlacedFigure { figure, top } in figures {
        let area = Rect {
            x: Pt(x + figure.left),
            y: Pt(y + top),
            width: Pt(figure.width),
            height: Pt(figure.height),
        };
        page.items.push(Item::Image {
            image: figure.image,
            area,
            mark: figure.mark,
        });
        if let Some(node) = figure.link {
            page.links.push(LinkArea { area, node });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_shrink_into_their_room_and_do_not_grow() {
        let check = |size, room, expected| assert_eq!(fit(size, room), expected);
        check((100.0, 50.0), (468.0, 500.0), (100.0, 50.0));
        check((936.0, 100.0), (468.0, 500.0), (468.0, 50.0));
        check((100.0, 1000.0), (468.0, 500.0), (50.0, 500.0));
        check((100_000.0, 1.0), (468.0, 500.0), (468.0, 0.5));
    }

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
            assert_eq!(alone(line, None).map(|(_, to)| to), expected);
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
