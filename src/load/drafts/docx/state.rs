//! What reading a Word file has found so far.
//!
//! In: elements, as the readers of paragraphs meet them. Out: tracked changes with their
//! decisions, footnotes, pictures and comments, in the order of their places.

use super::super::spans::Looks;
use super::super::xml::Element;
use super::styles::Styles;
use crate::bounds::package::Relation;
use crate::model::draft::{ChangeDecision, ChangeKind, DraftRemark, TrackedChange};
use crate::model::text::InlineStyle::{Subscript, Superscript};
use crate::source::FileId;
use std::collections::BTreeMap;

/// Longest words of a change or a comment's place that are kept, in characters.
const SHOWN: usize = 300;

/// The part that a note is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoteKind {
    Footnote,
    Endnote,
}

/// A mark of a note.
#[derive(Clone, Debug)]
pub(super) struct NoteMark {
    pub(super) kind: NoteKind,
    pub(super) id: String,
    pub(super) paragraph: usize,
}

/// Where a comment stands.
#[derive(Clone, Debug, Default)]
pub(super) struct CommentPlace {
    pub(super) id: String,
    pub(super) paragraph: usize,
    pub(super) about: String,
    pub(super) is_open: bool,
}

/// A field that is open.
#[derive(Clone, Debug, Default)]
pub(super) struct OpenField {
    pub(super) instruction: String,
    pub(super) in_result: bool,
    pub(super) link: Option<String>,
    /// True if its result is left out.
    pub(super) is_dropped: bool,
}

/// What was found so far.
pub(super) struct State<'a> {
    pub(super) file: FileId,
    pub(super) styles: &'a Styles<'a>,
    pub(super) decision: &'a ChangeDecision,
    /// What the part at hand refers to.
    pub(super) relations: BTreeMap<String, Relation>,
    pub(super) changes: Vec<TrackedChange>,
    pub(super) notes: Vec<NoteMark>,
    pub(super) comments: Vec<CommentPlace>,
    /// The parts of pictures.
    pub(super) pictures: Vec<String>,
    pub(super) remarks: Vec<DraftRemark>,
    /// The number of the paragraph at hand.
    pub(super) paragraph: usize,
    /// The language of most of the text.
    pub(super) language: String,
    pub(super) fields: Vec<OpenField>,
    /// How many elements are open whose words are left out.
    pub(super) hidden: usize,
}

impl State<'_> {
    /// Takes a change and returns whether it is accepted.
    pub(super) fn change(&mut self, mark: &Element, kind: ChangeKind, words: &str) -> bool {
        let number = self.changes.len();
        self.changes.push(TrackedChange {
            kind,
            author: mark.attribute("author").unwrap_or_default().to_owned(),
            date: mark.attribute("date").unwrap_or_default().to_owned(),
            paragraph: self.paragraph,
            words: words.chars().take(SHOWN).collect(),
        });
        self.decision.accepts(number)
    }

    /// Notes what a letter cannot keep; the same is said once.
    pub(super) fn remark(&mut self, text: impl Into<String>) {
        let remark = DraftRemark {
            paragraph: self.paragraph,
            text: text.into(),
        };
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    /// Returns whether words at hand are left out.
    pub(super) fn is_hidden(&self) -> bool {
        self.hidden > 0 || self.fields.iter().any(|field| field.is_dropped || !field.in_result)
    }

    /// Adds words to the places of the comments that are open.
    pub(super) fn commented(&mut self, words: &str) {
        for comment in self.comments.iter_mut().filter(|comment| comment.is_open) {
            let room = SHOWN.saturating_sub(comment.about.chars().count());
            comment.about.extend(words.chars().take(room));
        }
    }

    /// Returns the looks of words: those of the run, else those of its character style.
    pub(super) fn looks(&self, run: Option<&Element>, of_paragraph: &[&Element]) -> Looks {
        let style = run.and_then(|run| run.value("rStyle"));
        let style = style.and_then(|id| self.styles.get(Some(id)));
        let is_link = style.is_some_and(|style| style.is_link);
        let of_style: Vec<&Element> = style
            .map(|style| self.styles.properties(style).collect())
            .unwrap_or_default();
        let all: Vec<&Element> = run
            .into_iter()
            .chain(of_style)
            .chain(of_paragraph.iter().copied())
            .collect();
        let switch = |name: &str| {
            all.iter()
                .find_map(|properties| properties.switch(name))
                .unwrap_or(false)
        };
        let value = |name: &str| all.iter().find_map(|properties| properties.value(name));
        let is_rtl = switch("rtl");
        let language = all.iter().find_map(|properties| {
            let language = properties.child("lang")?;
            language.attribute(if is_rtl { "bidi" } else { "val" })
        });
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        let language = language.filter(|tag| primary(tag) != primary(&self.language) && !primary(tag).is_empty());
        Looks {
            link: None,
            language: language.map(str::to_owned),
            bold: switch(if is_rtl && !switch("b") { "bCs" } else { "b" }),
            italic: switch(if is_rtl && !switch("i") { "iCs" } else { "i" }),
            strike: switch("strike") || switch("dstrike"),
            underline: !is_link && value("u").is_some_and(|line| line != "none"),
            small_capitals: switch("smallCaps"),
            align: match value("vertAlign") {
                Some("superscript") => Some(Superscript),
                Some("subscript") => Some(Subscript),
                // LibreOffice moves the words itself.
                _ => match value("position").and_then(|steps| steps.parse::<i32>().ok()) {
                    Some(steps) if steps > 0 => Some(Superscript),
                    Some(steps) if steps < 0 => Some(Subscript),
                    _ => None,
                },
            },
            code: style.is_some_and(|style| style.is_code),
        }
    }
}

/// Returns the words within an element, deleted ones included.
pub(super) fn words_of(element: &Element) -> String {
    let mut out = String::new();
    push_words(element, &mut out);
    out
}

fn push_words(element: &Element, out: &mut String) {
    match element.name.as_str() {
        "t" | "delText" => out.push_str(&element.text()),
        "tab" | "br" | "cr" => out.push(' '),
        "Fallback" => {}
        _ => element.elements().for_each(|inner| push_words(inner, out)),
    }
}
