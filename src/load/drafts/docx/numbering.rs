//! The numbers of a Word file's lists.
//!
//! In: the part of numbering, and paragraphs in order. Out: the label of each. Guaranteed:
//! numbers go on, begin anew and begin elsewhere as Word counts them. Absent: the looks of
//! labels.
//!
//! Source: ECMA-376, part 1, 17.9.

use super::super::xml::Element;
use crate::model::numbering::{NumberKind, NumberSigns};
use std::collections::{BTreeMap, BTreeSet};

/// The number of levels.
const LEVELS: usize = 9;

/// The label of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// What numbers it, where a letter's lists have it so; `None`: a bullet, or a label
    /// that is only text.
    pub(super) form: Option<(NumberKind, NumberSigns)>,
    /// The number.
    pub(super) number: u64,
    /// The label as it is printed; empty for a bullet.
    pub(super) text: String,
    /// The indent of the text, in twentieths of a point.
    pub(super) left: i64,
}

impl Label {
    /// Returns whether it is one that no list of a letter has, such as `1.1.`.
    pub(super) fn is_text(&self) -> bool {
        self.form.is_none() && !self.text.is_empty()
    }
}

#[derive(Clone, Debug)]
struct Level {
    format: String,
    text: String,
    start: u64,
    left: i64,
}

#[derive(Clone, Debug, Default)]
struct Instance {
    of: String,
    starts: BTreeMap<usize, u64>,
    levels: BTreeMap<usize, Level>,
}

/// The numberings of a file, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numberings {
    levels: BTreeMap<String, BTreeMap<usize, Level>>,
    instances: BTreeMap<String, Instance>,
    counts: BTreeMap<String, [Option<u64>; LEVELS]>,
    begun: BTreeSet<(String, usize)>,
}

impl Numberings {
    /// Reads the part of numbering.
    pub(super) fn read(root: &Element) -> Self {
        let mut found = Self::default();
        for element in root.elements() {
            match element.name.as_str() {
                "abstractNum" => {
                    let id = element.attribute("abstractNumId").unwrap_or_default();
                    let levels = element.elements().filter(|inner| inner.name == "lvl").filter_map(level);
                    found.levels.insert(id.to_owned(), levels.collect());
                }
                "num" => {
                    let id = element.attribute("numId").unwrap_or_default();
                    let mut instance = Instance {
                        of: element.value("abstractNumId").unwrap_or_default().to_owned(),
                        ..Instance::default()
                    };
                    for inner in element.elements().filter(|inner| inner.name == "lvlOverride") {
                        let Some(at) = level_number(inner) else { continue };
                        let start = inner.value("startOverride").and_then(|start| start.parse().ok());
                        instance.starts.extend(start.map(|start| (at, start)));
                        instance.levels.extend(inner.child("lvl").and_then(level));
                    }
                    found.instances.insert(id.to_owned(), instance);
                }
                _ => {}
            }
        }
        found
    }

    /// Counts a paragraph and returns its label; `None` if it has none.
    pub(super) fn next(&mut self, id: &str, at: usize) -> Option<Label> {
        let at = at.min(LEVELS - 1);
        let instance = self.instances.get(id)?.clone();
        let of_kind = self.levels.get(&instance.of);
        let find = |at: usize| {
            instance
                .levels
                .get(&at)
                .or_else(|| of_kind.and_then(|levels| levels.get(&at)))
        };
        let Some(own) = find(at).cloned() else {
            return Some(Label {
                form: None,
                number: 0,
                text: String::new(),
                left: 0,
            });
        };
        let counts = self.counts.entry(instance.of.clone()).or_default();
        if let Some(start) = instance.starts.get(&at)
            && self.begun.insert((id.to_owned(), at))
        {
            counts[at] = start.checked_sub(1);
        }
        let number = counts[at].map_or(own.start, |count| count.saturating_add(1));
        let number = match (counts[at], instance.starts.get(&at)) {
            (None, Some(start)) => *start,
            _ => number,
        };
        counts[at] = Some(number);
        counts[at + 1..].fill(None);
        let mut text = own.text.clone();
        for (level, count) in counts.iter().enumerate().take(at + 1) {
            let place = format!("%{}", level + 1);
            if let Some(other) = find(level).filter(|_| text.contains(&place)) {
                let count = count.unwrap_or(other.start);
                text = text.replace(&place, &written(&other.format, count));
            }
        }
        let form = signs(&own.text, at).zip(kind(&own.format));
        Some(Label {
            form: form.map(|(signs, kind)| (kind, signs)),
            number,
            text: match own.format.as_str() {
                "bullet" | "none" => String::new(),
                _ => text,
            },
            left: own.left,
        })
        .filter(|_| own.format != "none")
    }
}

fn level_number(element: &Element) -> Option<usize> {
    let at: usize = element.attribute("ilvl")?.parse().ok()?;
    (at < LEVELS).then_some(at)
}

fn level(element: &Element) -> Option<(usize, Level)> {
    let (left, _) = element.child("pPr").map_or((None, None), super::styles::indents);
    let level = Level {
        format: element.value("numFmt").unwrap_or("decimal").to_owned(),
        text: element.value("lvlText").unwrap_or_default().to_owned(),
        start: element.value("start").and_then(|start| start.parse().ok()).unwrap_or(0),
        left: left.unwrap_or(0),
    };
    Some((level_number(element)?, level))
}

/// Returns the kind of numbers that a letter's lists have, too.
fn kind(format: &str) -> Option<NumberKind> {
    match format {
        "decimal" => Some(NumberKind::Decimal),
        "lowerLetter" => Some(NumberKind::LowerAlpha),
        "upperLetter" => Some(NumberKind::UpperAlpha),
        "lowerRoman" => Some(NumberKind::LowerRoman),
        "upperRoman" => Some(NumberKind::UpperRoman),
        _ => None,
    }
}

/// Returns the signs around the number, if nothing else stands there.
fn signs(text: &str, at: usize) -> Option<NumberSigns> {
    let place = format!("%{}", at + 1);
    let (before, after) = text.split_once(&place)?;
    match (before, after) {
        ("", ".") => Some(NumberSigns::Dot),
        ("", ")") => Some(NumberSigns::Parenthesis),
        ("(", ")") => Some(NumberSigns::Parentheses),
        _ => None,
    }
}

fn written(format: &str, number: u64) -> String {
    match (format, kind(format)) {
        (_, Some(kind)) => kind.written(number),
        ("decimalZero", _) => format!("{number:02}"),
        _ => number.to_string(),
    }
}
