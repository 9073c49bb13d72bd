//! A language's wording, for those who write sentences outside a document.
//!
//! In: a BCP 47 tag, and dates, numbers or names. Out: texts as the documents write
//! them, and the part that prints a verification code. Absent: the sentences
//! themselves, and making the code; it is of the text and the roll, never of the file
//! that carries it, and belongs to `release`.

use super::document::{Block, Image, Inline, Part};
use super::language::Language;
use super::qr;
use super::words::{Gender, cardinal};
use crate::model::letter::Letter;
use crate::source::Origin;
use jiff::civil::Date;

/// The language of a tag without its region: `en`.
pub fn subtag(language: &str) -> String {
    Language::lenient(language).subtag().to_owned()
}

/// A date: "March 1, 2021", or, in the year that is meant anyway, "March 1".
pub fn date(language: &str, date: Date, with_year: bool) -> String {
    let language = Language::lenient(language);
    match with_year {
        true => language.date(date),
        false => language.day(date),
    }
}

/// A number in figures, as the language groups them: "5,000".
pub fn figures(language: &str, number: usize) -> String {
    Language::lenient(language).figures(i64::try_from(number).unwrap_or(i64::MAX))
}

/// Members as a sentence joins them: "A, B and C".
pub fn join(language: &str, members: &[String]) -> String {
    Language::lenient(language).join(members)
}

/// A number in running text: one to nine in words, from 10 on in figures (AP Stylebook,
/// "numerals"; for Spanish, Fundéu agrees). It agrees with a feminine noun where the
/// language has them.
pub fn number(language: &str, number: usize) -> String {
    let language = Language::lenient(language);
    let words = match number {
        1..=9 => cardinal(number as u64, language.subtag(), Gender::Feminine),
        _ => None,
    };
    words.unwrap_or_else(|| language.figures(i64::try_from(number).unwrap_or(i64::MAX)))
}

/// The note with a verification code, in the letter's language, to stand last.
/// `origin`: where to point for the address.
pub fn verification(letter: &Letter, code: &str, origin: Origin) -> Vec<Part> {
    let language = Language::of(letter);
    let (words, setting) = (language.words(), &letter.release);
    let mut line = vec![Inline::Text(code.into())];
    let mut parts = Vec::new();
    if let Some(address) = &setting.verify_at {
        line.push(Inline::Text(" · ".into()));
        line.push(Inline::Link {
            to: address.clone(),
            content: vec![Inline::Text(address.as_str().into())],
            origin,
        });
        if let Some(picture) = qr::svg(address).filter(|_| setting.qr) {
            // Pictures are set in a body only, one in a paragraph of its own.
            parts.push(Part::Body(vec![Block::Paragraph(vec![Inline::Image(Image {
                path: String::new(),
                alt: address.clone(),
                origin,
                picture: Some(picture),
            })])]));
        }
    }
    let note = Part::Notes {
        label: words.verification.clone(),
        lines: vec![line],
    };
    parts.insert(0, note);
    parts
}
