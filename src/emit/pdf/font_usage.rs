//! The glyphs that pages use, and the text each stands for.
//!
//! In: pages. Out: for each font its glyphs and, by glyph, a text for the Unicode map.
//! Guaranteed: the outcome does not depend on the order in which pages are added.

use super::clusters::{clusters, is_leftwards};
use crate::layout::frame::{FontId, Glyph, Item, Page, TextRun};
use skrifa::{FontRef, MetadataProvider};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The glyphs that some pages use, by font.
#[derive(Default)]
pub(super) struct PageUsage {
    pub(super) fonts: Vec<FontUsage>,
    /// Some text of which the font lacks a letter: the first in the alphabet, so
    /// that the message does not depend on the order of the pages.
    pub(super) missing: Option<(FontId, Box<str>)>,
}

impl PageUsage {
    pub(super) fn with_page(mut self, page: &Page) -> Self {
        for item in &page.items {
            if let Item::Text(run) = item {
                self.add(run);
            }
        }
        self
    }

    fn add(&mut self, run: &TextRun) {
        let at = usize::from(run.font.0);
        if self.fonts.len() <= at {
            self.fonts.resize_with(at + 1, FontUsage::default);
        }
        let usage = &mut self.fonts[at];
        let leftwards = is_leftwards(run);
        for cluster in clusters(run) {
            let glyphs = &run.glyphs[cluster.glyphs];
            if glyphs.iter().any(|glyph| glyph.id == 0) {
                self.missing = earlier(self.missing.take(), Some((run.font, run.text.clone())));
            }
            usage.add(glyphs, cluster.text, leftwards);
        }
    }

    pub(super) fn merge(mut self, other: Self) -> Self {
        if self.fonts.len() < other.fonts.len() {
            self.fonts.resize_with(other.fonts.len(), FontUsage::default);
        }
        for (own, other) in self.fonts.iter_mut().zip(other.fonts) {
            own.merge(other);
        }
        self.missing = earlier(self.missing, other.missing);
        self
    }
}

/// Returns the lesser of two values, where there are two.
pub(super) fn earlier<T: Ord>(a: Option<T>, b: Option<T>) -> Option<T> {
    a.into_iter().chain(b).min()
}

/// The number of times each glyph of a font stands for each text.
#[derive(Default)]
pub(super) struct FontUsage {
    /// By glyph: the first character it was found to stand for alone, and how
    /// often; nearly every glyph has no other.
    singles: Vec<Option<(char, u32)>>,
    /// By glyph: whether it is used at all.
    pub(super) used: Vec<bool>,
    /// Any other text of a glyph that stands alone in its cluster.
    others: BTreeMap<(u16, Box<str>), u32>,
    /// Clusters of several glyphs, in the order of reading, and their texts.
    larger: BTreeSet<(Box<[u16]>, Box<str>)>,
}

impl FontUsage {
    pub(super) fn is_empty(&self) -> bool {
        self.used.is_empty()
    }

    fn add(&mut self, glyphs: &[Glyph], text: &str, leftwards: bool) {
        for glyph in glyphs {
            self.reach(glyph.id);
        }
        let mut characters = text.chars();
        match (glyphs, characters.next(), characters.next()) {
            ([glyph], Some(only), None) => self.count_single(glyph.id, only, 1),
            ([glyph], Some(_), Some(_)) => *self.others.entry((glyph.id, text.into())).or_default() += 1,
            ([] | [_], ..) => {}
            _ => {
                let mut ids: Box<[u16]> = glyphs.iter().map(|glyph| glyph.id).collect();
                if leftwards {
                    ids.reverse();
                }
                self.larger.insert((ids, text.into()));
            }
        }
    }

    /// Notes that a glyph is used.
    fn reach(&mut self, glyph: u16) {
        let at = usize::from(glyph);
        if self.used.len() <= at {
            self.used.resize(at + 1, false);
            self.singles.resize(at + 1, None);
        }
        self.used[at] = true;
    }

    fn count_single(&mut self, glyph: u16, character: char, times: u32) {
        match &mut self.singles[usize::from(glyph)] {
            Some((known, count)) if *known == character => *count += times,
            Some(_) => *self.others.entry((glyph, character.to_string().into())).or_default() += times,
            slot => *slot = Some((character, times)),
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (glyph, (used, single)) in (0..=u16::MAX).zip(other.used.into_iter().zip(other.singles)) {
            if used {
                self.reach(glyph);
            }
            if let Some((character, times)) = single {
                self.count_single(glyph, character, times);
            }
        }
        for (key, times) in other.others {
            *self.others.entry(key).or_default() += times;
        }
        self.larger.extend(other.larger);
    }

    /// Returns the glyphs that are used, ascending.
    pub(super) fn glyphs(&self) -> impl Iterator<Item = u16> {
        (0..=u16::MAX)
            .zip(&self.used)
            .filter_map(|(glyph, used)| used.then_some(glyph))
    }

    /// Returns the text that each used glyph mostly stands for. Where it never stands alone: its
    /// character in the font's own table, or what the other glyphs of a cluster
    /// leave of its text. Clusters that this does not spell carry their true text
    /// with them (`content`).
    pub(super) fn texts(&self, font: &FontRef<'_>) -> BTreeMap<u16, Box<str>> {
        let mut chosen = self.alone();
        let is_open = |chosen: &BTreeMap<u16, Box<str>>, glyph: u16| {
            self.used.get(usize::from(glyph)).copied().unwrap_or_default() && !chosen.contains_key(&glyph)
        };
        if self.glyphs().all(|glyph| !is_open(&chosen, glyph)) {
            return chosen;
        }
        let mut forms = BTreeMap::new();
        // Ascending by character, so that the first found is the plainest.
        for (character, glyph) in font.charmap().mappings() {
            let (Some(character), Ok(glyph)) = (char::from_u32(character), u16::try_from(glyph.to_u32())) else {
                continue;
            };
            if !is_open(&chosen, glyph) {
                continue;
            }
            if is_presentation_form(character) {
                forms.entry(glyph).or_insert(character);
            } else if let Some(text) = expressible(character.encode_utf8(&mut [0; 4])) {
                chosen.insert(glyph, text);
            }
        }
        self.infer(&mut chosen);
        for (glyph, form) in forms {
            if let Some(text) = letters_of_form(form) {
                chosen.entry(glyph).or_insert(text);
            }
        }
        self.infer(&mut chosen);
        for glyph in self.glyphs() {
            chosen.entry(glyph).or_insert_with(|| "\u{FFFD}".into());
        }
        chosen
    }

    /// Finds the texts of glyphs that alone are unknown in their clusters, until
    /// no more are found.
    fn infer(&self, chosen: &mut BTreeMap<u16, Box<str>>) {
        loop {
            let before = chosen.len();
            for (glyphs, text) in &self.larger {
                if let Some((glyph, text)) = remainder(glyphs, text, chosen) {
                    chosen.insert(glyph, text);
                }
            }
            if chosen.len() == before {
                break;
            }
        }
    }

    /// Returns the text that each glyph mostly stands for where it stands alone.
    fn alone(&self) -> BTreeMap<u16, Box<str>> {
        let mut counts: BTreeMap<u16, BTreeMap<Box<str>, u32>> = BTreeMap::new();
        for (glyph, single) in (0..=u16::MAX).zip(&self.singles) {
            if let Some((character, count)) = single {
                *counts
                    .entry(glyph)
                    .or_default()
                    .entry(character.to_string().into())
                    .or_default() += count;
            }
        }
        for ((glyph, text), count) in &self.others {
            *counts.entry(*glyph).or_default().entry(text.clone()).or_default() += count;
        }
        let most = |texts: BTreeMap<Box<str>, u32>| {
            texts
                .into_iter()
                .max_by_key(|(text, count)| (*count, Reverse(text.clone())))
                .map(|(text, _)| text)
        };
        counts
            .into_iter()
            .filter_map(|(glyph, texts)| Some((glyph, expressible(&most(texts)?)?)))
            .collect()
    }
}

/// Returns the one glyph of a cluster whose text is not known, and the part of the
/// cluster's text that the others do not stand for.
fn remainder(glyphs: &[u16], text: &str, known: &BTreeMap<u16, Box<str>>) -> Option<(u16, Box<str>)> {
    let mut left: Vec<char> = text.chars().collect();
    let mut unknown = None;
    for glyph in glyphs {
        match known.get(glyph) {
            Some(text) => {
                for character in text.chars() {
                    left.remove(left.iter().position(|left| *left == character)?);
                }
            }
            None if unknown.is_none() => unknown = Some(*glyph),
            None => return None,
        }
    }
    Some((unknown?, expressible(&left.into_iter().collect::<String>())?))
}

/// Returns whether a character stands for a letter's form in its place in a word, which
/// Unicode keeps for old encodings only.
fn is_presentation_form(character: char) -> bool {
    matches!(character, '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

/// Returns the letters whose form in a word a presentation form is; none for marks that
/// stand alone, which decompose to a space and themselves.
fn letters_of_form(form: char) -> Option<Box<str>> {
    let text = icu_normalizer::ComposingNormalizerBorrowed::new_nfkc().normalize_iter(std::iter::once(form));
    let text: String = text.collect();
    if text.starts_with(' ') {
        None
    } else {
        expressible(&text)
    }
}

/// Returns a text if a glyph may be mapped to it. U+0000, U+FEFF and U+FFFE are forbidden
/// there (ISO 14289-1, 7.21.7), and a private-use character says nothing.
fn expressible(text: &str) -> Option<Box<str>> {
    let fine = |character: char| !matches!(character, '\0' | '\u{FEFF}' | '\u{FFFE}') && !is_private(character);
    (!text.is_empty() && text.chars().all(fine)).then(|| text.into())
}

/// Returns whether a character means something in some font only.
pub(super) fn is_private(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}
