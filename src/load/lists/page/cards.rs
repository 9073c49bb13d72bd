//! Finds cards on an HTML page: elements that each hold one signatory.
//!
//! In: a parsed page. Out: its cards as a table, a column for each part. Guaranteed: the
//! parts are told by the words of their classes ("sig_name", "signature-institution"); only
//! elements of which there are several alike, each with one name, are cards. Absent: cards
//! whose parts have no class that speaks.

use super::page_lines::{PageRow, PageTable};
use scraper::node::Element;
use scraper::{ElementRef, Html};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Fewest cards that make a list; chosen by eye.
const FEWEST: usize = 3;

/// The parts of a card, the name first: the header of its column, and the words of a class
/// that tell it.
const PARTS: &[(&str, &[&str])] = &[
    ("Name", &["name", "signatory", "signer", "nombre"]),
    (
        "Affiliation",
        &[
            "institution",
            "affiliation",
            "organization",
            "organisation",
            "org",
            "company",
            "employer",
            "university",
        ],
    ),
    ("Title", &["title", "role", "position", "occupation", "job"]),
    ("City", &["city", "town"]),
    ("State", &["state", "province"]),
    ("Country", &["country"]),
    ("Timestamp", &["timestamp", "date", "time"]),
    ("Comments", &["comment", "message", "note"]),
];

/// Words of a class of which the name is not a signatory's.
const OTHER_NAMES: &[&str] = &[
    "user", "username", "file", "field", "form", "site", "brand", "host", "first", "last", "group", "tag",
];

/// Returns the cards of a page as a table, with a header. `offset` is where the source
/// begins in its file.
pub(super) fn table(html: &Html, source: &str, offset: usize) -> Option<PageTable> {
    let cards = cards(html)?;
    let mut rows: Vec<BTreeMap<usize, String>> = Vec::new();
    let mut used = BTreeSet::from([0]);
    let mut more = false;
    for card in cards {
        let mut parts: BTreeMap<usize, String> = BTreeMap::new();
        for element in card.descendants().filter_map(ElementRef::wrap) {
            if let Some(part) = part(element.value()) {
                parts.entry(part).or_insert_with(|| text_of(element));
            }
        }
        more |= ElementRef::wrap(card).is_some_and(|card| Some(&text_of(card)) != parts.get(&0));
        used.extend(parts.keys().copied());
        rows.push(parts);
    }
    // Names alone are a list like any other.
    if !more {
        return None;
    }
    let mut at = 0;
    let mut table = PageTable::default();
    let header = used.iter().map(|&part| (PARTS[part].0.to_owned(), offset..offset));
    table.rows.push(PageRow {
        cells: header.collect(),
        ..PageRow::default()
    });
    for mut parts in rows {
        let name = parts.get(&0).cloned().unwrap_or_default();
        let place = place(source, &mut at, &name, offset);
        let mut cell = |part: &usize| {
            let text = parts.remove(part).unwrap_or_default();
            // "Signed @ 2022-09-29".
            let date = PARTS[*part].0 == "Timestamp";
            let start = if date {
                text.find(|c: char| c.is_ascii_digit()).unwrap_or(0)
            } else {
                0
            };
            (text[start..].to_owned(), place.clone())
        };
        table.rows.push(PageRow {
            cells: used.iter().map(&mut cell).collect(),
            ..PageRow::default()
        });
    }
    table.is_cards = true;
    Some(table)
}

/// Returns the elements that hold one name each, of the kind of which there are most.
fn cards(html: &Html) -> Option<Vec<ego_tree::NodeRef<'_, scraper::Node>>> {
    let mut kinds: BTreeMap<&str, Vec<ego_tree::NodeRef<'_, scraper::Node>>> = BTreeMap::new();
    for node in html.tree.nodes() {
        if let Some(element) = node.value().as_element()
            && part(element) == Some(0)
            && let Some(parent) = node.parent()
        {
            kinds
                .entry(element.attr("class").unwrap_or_default())
                .or_default()
                .push(parent);
        }
    }
    let cards = kinds.into_values().max_by_key(Vec::len)?;
    let distinct: BTreeSet<_> = cards.iter().map(ego_tree::NodeRef::id).collect();
    let elements = cards.iter().all(|card| card.value().is_element());
    (cards.len() >= FEWEST && distinct.len() == cards.len() && elements).then_some(cards)
}

/// Returns the part of a card that an element is, by the words of its class.
fn part(element: &Element) -> Option<usize> {
    // A cell of a table is read as one.
    if matches!(
        element.name(),
        "td" | "th" | "table" | "tr" | "body" | "html" | "input" | "label"
    ) {
        return None;
    }
    let class = element.attr("class")?;
    let mut words = BTreeSet::new();
    let mut word = String::new();
    for c in class.chars() {
        if !c.is_ascii_alphanumeric() || c.is_ascii_uppercase() {
            words.insert(std::mem::take(&mut word));
        }
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        }
    }
    words.insert(word);
    if OTHER_NAMES.iter().any(|other| words.contains(*other)) {
        return None;
    }
    let mut parts = PARTS.iter();
    parts.position(|(_, known)| known.iter().any(|word| words.contains(*word)))
}

fn text_of(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Finds a name's place by its longest word, onward from the one before.
fn place(source: &str, at: &mut usize, name: &str, offset: usize) -> Range<usize> {
    let longest = name.split(' ').max_by_key(|word| word.len()).unwrap_or_default();
    if !longest.is_empty()
        && let Some(found) = memchr::memmem::find(&source.as_bytes()[*at..], longest.as_bytes())
    {
        let start = *at + found;
        *at = start + longest.len();
        return offset + start..offset + *at;
    }
    offset + *at..offset + *at
}
