//! The bundle for offices that get a letter each.
//!
//! In: a release. Out: a PDF and the text of an email for each letter. Guaranteed: a recipient's
//! text names no other recipient. Absent: addresses: a release has none.

use super::bundle::Bundle;
use super::making::Making;
use crate::engine::error::{EngineError, Result};

/// Makes the files but for the cover.
pub(super) fn congress(making: &Making<'_>) -> Result<Bundle> {
    let mut bundle = Bundle::default();
    let (frozen, words) = (making.frozen, making.words);
    let letters = frozen.of_format("pdf");
    if letters.is_empty() {
        return Err(EngineError::Refused(format!("{} has no PDF", frozen.title())));
    }
    for letter in letters {
        let (stem, what) = match letter.recipient.as_str() {
            "" => (making.manifest().letter.as_str(), words.letter.clone()),
            recipient => (
                letter.file.rsplit_once('.').map_or("", |(stem, _)| stem),
                words.letter_to.replace("{recipient}", recipient),
            ),
        };
        making.copy(frozen, letter, &mut bundle, ("", stem), what)?;
        let text = making.text("congress", &letter.recipient, true)?;
        bundle.add_text(stem, words.text.clone(), text);
    }
    for (name, ending, bytes) in &making.attached {
        bundle.add("", (name, ending), words.attachment.clone(), 0, bytes.clone());
    }
    Ok(bundle)
}
