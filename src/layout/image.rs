//! Pictures on the page: how large, and where.
//!
//! In: images with their pictures. Out: blocks of the flow, and what slabs hold.
//! Guaranteed: a picture keeps its proportions, is no wider than its room and no
//! higher than a page, and is never divided; one without words is an artifact.
//! Absent: pictures within a line; their words stand for them there.

use super::flow::{Block, Label, Paragraph};
use super::frame::{Artifact, ImageId, Item, LinkArea, Mark, Node, NodeId, Page, Rect, Role, Target};
use super::shape::Shaper;
use super::sheet::{HAIRLINE, QUIET, Sheet};
use super::slab::{Piece, PlacedRule, SetBlock, Slab, put_labels, set_paragraph};
use super::text::Tags;
use crate::compose::document::{Image, Inline};
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
pub(super) struct Figure {
    image: ImageId,
    /// Left edge.
    pub(super) left: f64,
    /// Width.
    pub(super) width: f64,
    /// Height.
    pub(super) height: f64,
    /// Space before and after.
    pub(super) gap: f64,
    mark: Mark,
    link: Option<NodeId>,
    /// What stands beside its top, innermost first.
    pub(super) labels: Vec<Label>,
}

/// A logo and the letterhead's lines beside it.
#[derive(Debug)]
pub(super) struct Masthead {
    logo: Figure,
    paragraphs: Vec<Paragraph>,
}

/// Those who sign by hand, side by side.
#[derive(Debug)]
pub(super) struct Signers {
    /// Each from the first in reading order.
    pub(super) signers: Vec<Signer>,
    /// Height of the room to sign in.
    pub(super) room: f64,
    /// Space before and after.
    pub(super) gap: f64,
}

/// One who signs by hand.
#[derive(Debug)]
pub(super) struct Signer {
    /// Left end of the line to sign on.
    pub(super) left: f64,
    /// Its length.
    pub(super) width: f64,
    /// The signature; `None`: a line to sign on.
    pub(super) figure: Option<Figure>,
    /// Who it is.
    pub(super) paragraphs: Vec<Paragraph>,
}

/// A picture and where it stands in its slab.
#[derive(Clone, Debug)]
pub(super) struct PlacedFigure {
    pub(super) figure: Figure,
    /// From the slab's top.
    pub(super) top: f64,
}

/// The pictures of a document, each once.
#[derive(Debug, Default)]
pub(super) struct Gallery {
    pub(super) pictures: Vec<Arc<Picture>>,
}

impl Gallery {
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
pub(super) fn logo(image: &Image, parent: NodeId, sheet: &Sheet, tags: &mut Tags) -> Option<Figure> {
    let picture = image.picture.as_ref()?;
    let room = (sheet.measure * LOGO_WIDTH, LOGO_HEIGHT.min(sheet.height * HEIGHT));
    let (width, height) = match picture.format {
        PictureFormat::Svg => fit((picture.width * room.1, picture.height * room.1), room),
        _ => fit(natural(picture), room),
    };
    Some(Figure {
        image: tags.gallery.add(picture),
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
pub(super) fn signature(
    image: &Image,
    (left, width, height): (f64, f64, f64),
    parent: NodeId,
    sheet: &Sheet,
    tags: &mut Tags,
) -> Option<Figure> {
    let picture = image.picture.as_ref()?;
    let size = fit(natural(picture), (width, height));
    Some(Figure {
        image: tags.gallery.add(picture),
        left: if sheet.rtl { left + width - size.0 } else { left },
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
pub(super) fn in_cell(
    image: &Image,
    (left, width, height): (f64, f64, f64),
    parent: NodeId,
    tags: &mut Tags,
) -> Option<Figure> {
    let picture = image.picture.as_ref()?;
    let size = match picture.format {
        PictureFormat::Svg => (picture.width * height, picture.height * height),
        _ => natural(picture),
    };
    let (own, height) = fit(size, (width, height));
    Some(Figure {
        image: tags.gallery.add(picture),
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
pub(super) fn figure(
    line: &[Inline],
    (left, room): (f64, f64),
    parent: NodeId,
    sheet: &Sheet,
    tags: &mut Tags,
) -> Option<Figure> {
    let (image, to) = alone(line, None)?;
    let picture = image.picture.as_ref()?;
    let (width, height) = fit(natural(picture), (room, sheet.height * HEIGHT));
    // Across the whole page in the middle; in an item or a note at its start.
    let aside = match (room < sheet.measure, sheet.rtl) {
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
    Some(Figure {
        image: tags.gallery.add(picture),
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
pub(super) struct InlineFigure {
    /// The picture.
    pub(super) image: ImageId,
    /// Width.
    pub(super) width: f64,
    /// Height above the baseline.
    pub(super) height: f64,
}

/// Highest picture within a line, as a part of the text's size: as high as two
/// lines.
const INLINE_HEIGHT: f64 = 2.7;

/// Widest picture within a line, in the same: a little less than the narrowest
/// column of names.
const INLINE_WIDTH: f64 = 8.0;

/// A picture within a line of text of a size.
pub(super) fn inline(picture: &Arc<Picture>, size: f64, gallery: &mut Gallery) -> InlineFigure {
    let (width, height) = fit(natural(picture), (size * INLINE_WIDTH, size * INLINE_HEIGHT));
    InlineFigure {
        image: gallery.add(picture),
        width,
        height,
    }
}

/// Natural width and height of an image, if its picture could be read.
pub(super) fn size(image: &Image) -> Option<(f64, f64)> {
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
pub(super) fn mark(image: &Image, parent: NodeId, tags: &mut Tags) -> Mark {
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
pub(super) fn beside(logo: &Figure, sheet: &Sheet) -> (f64, f64) {
    (logo.width + sheet.size * BESIDE, logo.width)
}

/// Puts a logo beside the letterhead's paragraphs.
pub(super) fn masthead(blocks: Vec<Block>, logo: Figure) -> Block {
    let paragraphs = blocks.into_iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph),
        _ => None,
    });
    Block::Masthead(Masthead {
        logo,
        paragraphs: paragraphs.collect(),
    })
}

/// Sets a picture, with its labels beside its top.
pub(super) fn set_figure(figure: &Figure, shaper: Shaper<'_>) -> SetBlock {
    let mut slab = Slab {
        before: figure.gap,
        after: figure.gap,
        height: figure.height,
        figures: vec![PlacedFigure {
            figure: figure.clone(),
            top: 0.0,
        }],
        ..Slab::default()
    };
    let mut missing = Vec::new();
    put_labels(&mut slab, &figure.labels, shaper, &mut missing);
    SetBlock {
        pieces: vec![Piece::Slab(slab)],
        keep_next: false,
        closes: false,
        missing,
    }
}

/// Sets a logo and what stands beside it, each in the middle of the higher one.
pub(super) fn set_masthead(head: &Masthead, shaper: Shaper<'_>) -> SetBlock {
    let mut whole = Slab::default();
    let mut missing = Vec::new();
    for paragraph in &head.paragraphs {
        let set = set_paragraph(paragraph, shaper);
        missing.extend(set.missing);
        for piece in set.pieces {
            let Piece::Slab(slab) = piece else { continue };
            if whole.height > 0.0 {
                whole.height += slab.before.max(whole.after);
            }
            for mut placed in slab.lines {
                placed.top += whole.height;
                whole.lines.push(placed);
            }
            whole.height += slab.height;
            whole.after = slab.after;
            whole.notes.extend(slab.notes);
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
        pieces: vec![Piece::Slab(whole)],
        keep_next: true,
        closes: false,
        missing,
    }
}

/// Sets those who sign side by side: signatures on one line, names below.
pub(super) fn set_signers(signers: &Signers, shaper: Shaper<'_>) -> SetBlock {
    let mut whole = Slab {
        before: signers.gap,
        after: signers.gap,
        height: signers.room,
        ..Slab::default()
    };
    let mut missing = Vec::new();
    for signer in &signers.signers {
        match &signer.figure {
            Some(figure) => whole.figures.push(PlacedFigure {
                top: (signers.room - figure.height).max(0.0),
                figure: figure.clone(),
            }),
            None => whole.rules.push(PlacedRule {
                left: signer.left,
                top: signers.room,
                width: signer.width,
                height: HAIRLINE,
                color: QUIET,
                mark: Mark::Artifact(Artifact::Layout),
            }),
        }
        // Names stand clear of the line.
        let mut height = signers.room + HAIRLINE + BELOW;
        for paragraph in &signer.paragraphs {
            let set = set_paragraph(paragraph, shaper);
            missing.extend(set.missing);
            for piece in set.pieces {
                let Piece::Slab(slab) = piece else { continue };
                for mut placed in slab.lines {
                    placed.top += height;
                    whole.lines.push(placed);
                }
                height += slab.height;
                whole.notes.extend(slab.notes);
            }
        }
        whole.height = whole.height.max(height);
    }
    SetBlock {
        pieces: vec![Piece::Slab(whole)],
        keep_next: false,
        closes: false,
        missing,
    }
}

/// Between the line to sign on and the name below it, in points.
const BELOW: f64 = 2.0;

/// Paints a slab's pictures; the slab's top left corner is at `x` and `y`.
pub(super) fn paint(page: &mut Page, figures: &[PlacedFigure], x: f64, y: f64) {
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
