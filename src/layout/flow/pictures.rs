//! Lists the pictures of a document, and decides how large they are.
//!
//! In: pictures. Out: their numbers and sizes, and what they mean. Guaranteed: a picture
//! keeps its proportions, fits its room and is not blown up; one without alt text is an
//! artifact. Absent: where pictures stand.

use crate::compose::document::Image;
use crate::layout::frame::{Artifact, ImageId, Mark, Node, NodeId, Role, Structure};
use crate::layout::text::styled_text::InlinePicture;
use crate::model::picture::{Picture, PictureFormat};
use std::sync::Arc;

/// Pixels an inch at which a picture has its natural size: enough for printing.
const DENSITY: f64 = 150.0;

/// CSS pixels an inch (CSS Values 4, 6.2).
const CSS: f64 = 96.0;

/// Lists the pictures of a document, each once.
#[derive(Debug, Default)]
pub(crate) struct PictureList {
    pub(crate) pictures: Vec<Arc<Picture>>,
}

impl PictureList {
    /// Returns the number of a picture; adds it if it is new.
    pub(crate) fn add(&mut self, picture: &Arc<Picture>) -> ImageId {
        let known = self.pictures.iter().position(|known| Arc::ptr_eq(known, picture));
        let index = known.unwrap_or_else(|| {
            self.pictures.push(Arc::clone(picture));
            self.pictures.len() - 1
        });
        ImageId(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// Highest picture within a line, as a part of the text's size: as high as two
/// lines.
const INLINE_HEIGHT: f64 = 2.7;

/// Widest picture within a line, in the same: a little less than the narrowest
/// column of names.
const INLINE_WIDTH: f64 = 8.0;

/// Returns a picture as it stands within a line of text of a size.
pub(crate) fn inline_picture(picture: &Arc<Picture>, size: f64, pictures: &mut PictureList) -> InlinePicture {
    let (width, height) = fit_into(natural_size(picture), (size * INLINE_WIDTH, size * INLINE_HEIGHT));
    InlinePicture {
        image: pictures.add(picture),
        width,
        height,
    }
}

/// Returns the natural width and height of an image, if its picture could be read.
pub(crate) fn natural_size_of(image: &Image) -> Option<(f64, f64)> {
    image.picture.as_deref().map(natural_size)
}

/// Returns the width and height in points at which a picture is neither grown nor
/// shrunk.
pub(crate) fn natural_size(picture: &Picture) -> (f64, f64) {
    let inch = match picture.format {
        PictureFormat::Svg => CSS,
        PictureFormat::Png | PictureFormat::Jpeg { .. } => DENSITY,
    };
    (picture.width * 72.0 / inch, picture.height * 72.0 / inch)
}

/// Shrinks a size into a room.
pub(crate) fn fit_into((width, height): (f64, f64), room: (f64, f64)) -> (f64, f64) {
    /// Thinnest picture: a hairline.
    const THIN: f64 = 0.5;
    let scale = (room.0 / width).min(room.1 / height).min(1.0);
    ((width * scale).max(THIN), (height * scale).max(THIN))
}

/// Returns what a picture means: a figure with its alt text, for which a node is added,
/// or decoration.
pub(crate) fn figure_mark(image: &Image, parent: NodeId, structure: &mut Structure) -> Mark {
    if image.alt.trim().is_empty() {
        return Mark::Artifact(Artifact::Layout);
    }
    let mut node = Node::new(Role::Figure);
    node.alt = Some(image.alt.as_str().into());
    let node = structure.add(parent, node);
    Mark::Content(structure.content(node))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_shrink_into_their_room_and_do_not_grow() {
        let check = |size, room, expected| assert_eq!(fit_into(size, room), expected);
        check((100.0, 50.0), (468.0, 500.0), (100.0, 50.0));
        check((936.0, 100.0), (468.0, 500.0), (468.0, 50.0));
        check((100.0, 1000.0), (468.0, 500.0), (50.0, 500.0));
        check((100_000.0, 1.0), (468.0, 500.0), (468.0, 0.5));
    }
}
