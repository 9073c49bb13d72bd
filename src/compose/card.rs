//! What a picture says that stands for a document in posts and messages.
//!
//! In: the title, who sends it, and how many signed. Out: a [`CardText`]. Guaranteed: the same
//! values give the same words, whether they are those of a letter or of its release. Absent:
//! the picture (that is `layout`'s and `emit`'s).

use super::document::{CardText, WebPage};
use super::language::Language;
use crate::model::letter::Letter;
use crate::resolve::Resolution;

/// Fewest signatories whose number is told: of one, the letter itself says who it is.
const FEWEST: usize = 2;

/// Returns the words of the picture.
pub fn card_text(title: &str, sender: &str, signatories: usize, language: &str) -> CardText {
    let language = Language::lenient(language);
    let number = i64::try_from(signatories).unwrap_or(i64::MAX);
    let count = match signatories < FEWEST {
        true => String::new(),
        false => language
            .words()
            .signed_number
            .replace("{number}", &language.figures(number)),
    };
    CardText {
        headline: title.to_owned(),
        sender: sender.to_owned(),
        count,
    }
}

/// Returns the document as a page on the web; `None` where it has no address, or is a letter to
/// one of a list, which is no page for all.
pub(super) fn web_page(
    letter: &Letter,
    is_to_one: bool,
    title: &str,
    author: &str,
    resolution: &Resolution,
) -> Option<WebPage> {
    let address = letter.kind_keys.address.clone().filter(|_| !is_to_one)?;
    let language = Language::of(letter).to_string();
    Some(WebPage {
        address,
        card: card_text(title, author, resolution.signatories.len(), &language),
    })
}
