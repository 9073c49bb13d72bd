//! Numbers the fonts of finished pages.
//!
//! In: pages whose runs name faces. Out: the same, naming font files by their place in a list.
//! Guaranteed: the list is in the order of first use. Absent: which face prints a letter.

use super::frame::{FontFile, FontId, Item, Page};
use super::text::face::{Face, FaceId};
use super::text::fonts::Fonts;

/// Numbers the faces by their first use on the pages, whatever the order in which
/// threads met them.
pub(super) fn number_fonts(pages: &mut [Page], fonts: &Fonts) -> Vec<FontFile> {
    let mut files = Vec::new();
    let mut numbers: Vec<Option<u16>> = Vec::new();
    for item in pages.iter_mut().flat_map(|page| &mut page.items) {
        if let Item::Text(run) = item {
            let face = usize::from(run.font.0);
            if numbers.len() <= face {
                numbers.resize(face + 1, None);
            }
            let number = *numbers[face].get_or_insert_with(|| {
                let id = FaceId(run.font.0);
                files.push(FontFile {
                    origin: fonts.origin(id),
                    ..fonts.with_face(id, Face::file)
                });
                u16::try_from(files.len() - 1).unwrap_or(u16::MAX)
            });
            run.font = FontId(number);
        }
    }
    files
}
