//! Opens the font files that a workspace brings.
//!
//! In: the names and bytes of font files. Out: their faces, in this order. Guaranteed: a face
//! that may not be embedded, or has no outlines, is passed over; every face of a collection
//! is opened. Absent: which characters they print (that is `fonts`').

use crate::layout::text::face::{Face, Fit, FontData};
use crate::layout::text::may_embed::may_be_embedded;
use skrifa::MetadataProvider;
use skrifa::string::StringId;
use std::sync::Arc;

/// Most faces of one file: a collection of Han has one for each region and width.
const MOST: u32 = 32;

/// A face of a file, and whether it is heavy.
pub(crate) struct NamedFace {
    pub(crate) face: Face,
    pub(crate) is_bold: bool,
}

/// Opens the faces of a file; none, if it is no font.
pub(crate) fn open(bytes: Vec<u8>) -> Vec<NamedFace> {
    let data: FontData = Arc::new(bytes);
    let faces = (0..MOST).map_while(|index| {
        let font = skrifa::FontRef::from_index((*data).as_ref(), index).ok()?;
        let heavy = font.attributes().weight.value() >= 600.0;
        let mut names = font.localized_strings(StringId::FAMILY_NAME);
        let family = names.next().map_or_else(|| "font".to_owned(), |name| name.to_string());
        Some((index, family, heavy))
    });
    let faces = faces.filter(|(index, ..)| may_be_embedded((*data).as_ref(), *index));
    faces
        .filter_map(|(index, family, is_bold)| {
            let fit = Fit::of_family(&family);
            let name = format!("{family}{}", if is_bold { " Bold" } else { "" });
            let face = Face::parse(name, Arc::clone(&data), index, fit)?;
            Some(NamedFace { face, is_bold })
        })
        .collect()
}
