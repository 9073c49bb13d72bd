//! Footnotes of a letter's text: their labels, definitions and numbers.
//!
//! In: blocks whose marks name definitions in the order in which labels were met.
//! Out: the same with the marks numbered in reading order, and the footnotes in
//! that order. Guaranteed: a footnote that no mark names is told. Absent: parsing.

use crate::diag::{Code, Diagnostic};
use crate::load::diagnostics::Diagnostics;
use crate::model::text::{Block, Inline};
use crate::model::visit::inlines_mut;
use crate::source::Origin;
use std::collections::BTreeMap;

/// Footnotes by their labels.
#[derive(Debug, Default)]
pub(super) struct FootnoteLabels {
    /// Places in `definitions` by label, in lower case.
    pub(super) names: BTreeMap<String, usize>,
    /// What the labels stand for, in the order in which they were met.
    pub(super) definitions: Vec<Definition>,
}

/// The definition of a footnote label.
#[derive(Debug)]
pub(super) struct Definition {
    /// The label as written.
    pub(super) label: String,
    /// What it says.
    pub(super) content: Vec<Block>,
    /// Where it was defined, once it was.
    pub(super) origin: Option<Origin>,
}

impl FootnoteLabels {
    /// Returns the place of a label, which is made for a new one.
    pub(super) fn index(&mut self, label: &str) -> usize {
        let next = self.definitions.len();
        let index = *self.names.entry(label.to_lowercase()).or_insert(next);
        if index == next {
            self.definitions.push(Definition {
                label: label.to_owned(),
                content: Vec::new(),
                origin: None,
            });
        }
        index
    }
}

/// Numbers the footnotes by their first marks: those in the body, then those in
/// footnotes.
pub(super) fn number(
    mut blocks: Vec<Block>,
    mut labels: FootnoteLabels,
    diagnostics: &mut Diagnostics,
) -> (Vec<Block>, Vec<Vec<Block>>) {
    let mut numbers: Vec<Option<usize>> = vec![None; labels.definitions.len()];
    let mut order: Vec<usize> = Vec::new();
    let mut number = |mark: &mut usize, order: &mut Vec<usize>| {
        *mark = *numbers[*mark].get_or_insert_with(|| {
            order.push(*mark);
            order.len() - 1
        });
    };
    marks(&mut blocks, &mut |mark| number(mark, &mut order));
    let mut footnotes = Vec::new();
    while let Some(&label) = order.get(footnotes.len()) {
        let mut content = std::mem::take(&mut labels.definitions[label].content);
        marks(&mut content, &mut |mark| number(mark, &mut order));
        footnotes.push(content);
    }
    for (definition, number) in labels.definitions.iter().zip(&numbers) {
        if let (None, Some(origin)) = (number, definition.origin) {
            let message = format!("the footnote `{}` is never referred to", definition.label);
            diagnostics.push(
                Diagnostic::warning(Code::UnusedFootnote, message)
                    .at(origin)
                    .hint(format!(
                        "write [^{}] where it belongs, or delete the footnote",
                        definition.label
                    )),
            );
        }
    }
    (blocks, footnotes)
}

/// Renumbers the marks of a text whose footnotes come after `before` others.
pub(super) fn shift(blocks: &mut [Block], before: usize) {
    marks(blocks, &mut |mark: &mut usize| *mark += before);
}

/// Visits the footnote marks of blocks in reading order.
fn marks(blocks: &mut [Block], visit: &mut impl FnMut(&mut usize)) {
    inlines_mut(blocks, &mut |inline| {
        if let Inline::FootnoteMark(mark) = inline {
            visit(mark);
        }
    });
}
