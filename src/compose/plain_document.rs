//! A document of blocks alone, for what no letter's file says: a redline.

use super::document::{Block, Document, Labels, Line, Part};
use super::language::Language;
use crate::model::letter::{DocumentKind, PageSetting};
use crate::model::text::plain;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Returns a document with a title over its blocks. It holds nothing that is not in them.
pub fn plain_document(title: Line, language: &str, date: Option<Date>, blocks: Vec<Block>) -> Document {
    let language = Language::lenient(language);
    let words = language.words();
    Document {
        kind: DocumentKind::Letter,
        title: plain(&title),
        author: String::new(),
        subject: plain(&title),
        language: language.to_string(),
        date,
        page: PageSetting::default(),
        style: Default::default(),
        envelope: Default::default(),
        labels: Labels::of(words),
        draft: None,
        running: None,
        translations: Vec::new(),
        web: None,
        parts: vec![
            Part::Headline {
                title,
                subtitle: None,
                picture: None,
            },
            Part::Body(blocks),
        ],
        footnotes: Vec::new(),
        fields: BTreeMap::new(),
    }
}
