//! The looks of a letter, for what is made beside its release.
//!
//! In: a letter as it is today, and its release. Out: [`Looks`]. Guaranteed: the letterhead is
//! that of the release, or none: its name is among the words that were released. Absent: words
//! of the text.

use crate::compose::document::{Document, Part, plain};
use crate::model::letter::PageSetting;
use crate::model::style::StyleSetting;
use crate::release::blocks::fold;
use crate::release::manifest::Manifest;

/// How a letter looks.
#[derive(Clone, Debug, Default)]
pub(super) struct Looks {
    /// The paper.
    pub(super) page: PageSetting,
    /// The look and the colors.
    pub(super) style: StyleSetting,
    /// The head of the first page.
    pub(super) letterhead: Option<Part>,
}

impl Looks {
    /// Returns the looks of a letter.
    pub(super) fn of(document: &Document, manifest: &Manifest) -> Self {
        let is_released = |name: &str| manifest.text.iter().any(|block| block.contains(name));
        let letterhead = document.parts.iter().find_map(|part| match part {
            Part::Letterhead { name, lines, logos, .. } if is_released(&fold(&plain(name))) => Some(Part::Letterhead {
                name: name.clone(),
                lines: lines.clone(),
                logos: logos.clone(),
                // Names beside the text are the letter's own.
                board: Vec::new(),
            }),
            _ => None,
        });
        Self {
            page: PageSetting {
                numbered_paragraphs: false,
                ..document.page.clone()
            },
            style: StyleSetting {
                html_template: None,
                ..document.style.clone()
            },
            letterhead,
        }
    }
}
