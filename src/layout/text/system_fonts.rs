//! Finds fonts installed on this machine.
//!
//! In: a cluster that no embedded face has, and its script. Out: the number of a face
//! that has it. Guaranteed: families are tried in a fixed order, serif before sans, then
//! in alphabetical order; faces without outlines and faces that may not be embedded are
//! passed over. Absent: variable fonts' axes; such a font is used as it stands.

use crate::layout::text::face::{Face, Fit};
use crate::layout::text::font_style::FontStyle;
use crate::layout::text::may_embed::may_be_embedded;
use fontique::{
    Attributes, Collection, CollectionOptions, FallbackKey, FamilyInfo, FontWeight, FontWidth, SourceCache,
    SourceCacheOptions,
};
use icu_properties::props::Script;
use icu_properties::{PropertyNamesLong, PropertyNamesShort};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Holds the system's fonts, opened as they are needed.
pub(crate) struct SystemFonts {
    faces: RwLock<Vec<Arc<Face>>>,
    state: Mutex<SystemState>,
}

/// Is what a face is asked for: script, weight, and the language where it matters.
type FaceRequest = (Script, bool, &'static str);

/// Holds what was asked and found so far.
struct SystemState {
    collection: Collection,
    sources: SourceCache,
    /// Faces opened, by family and weight; `None`: unusable.
    opened: FxHashMap<(String, bool), Option<usize>>,
    /// Faces to try for a request, best first.
    preferred: FxHashMap<FaceRequest, Vec<usize>>,
    /// Answers for clusters that no preferred face has.
    searched: FxHashMap<(Box<str>, bool), Option<usize>>,
    /// Every family's name, sorted; empty until needed.
    families: Vec<String>,
}

impl SystemFonts {
    /// Asks the system what it has.
    pub(crate) fn new() -> Self {
        let collection = Collection::new(CollectionOptions {
            shared: false,
            system_fonts: true,
        });
        Self {
            faces: RwLock::default(),
            state: Mutex::new(SystemState {
                collection,
                sources: SourceCache::new(SourceCacheOptions::default()),
                opened: FxHashMap::default(),
                preferred: FxHashMap::default(),
                searched: FxHashMap::default(),
                families: Vec::new(),
            }),
        }
    }

    /// Returns the face of a number that [`SystemFonts::choose`] returned.
    pub(crate) fn face(&self, number: usize) -> Option<Arc<Face>> {
        let faces = self.faces.read().unwrap_or_else(PoisonError::into_inner);
        faces.get(number).map(Arc::clone)
    }

    /// Returns the number of a face that has all letters of the cluster.
    pub(crate) fn choose(&self, cluster: &str, script: Script, font_style: FontStyle, language: &str) -> Option<usize> {
        let bold = font_style.is_bold();
        let request = (script, bold, han_variant(script, language));
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let preferred = match state.preferred.get(&request) {
            Some(numbers) => numbers.clone(),
            None => {
                let numbers = self.prefer(&mut state, request);
                state.preferred.insert(request, numbers.clone());
                numbers
            }
        };
        let has = |number: &usize| self.face(*number).is_some_and(|face| face.covers(cluster));
        if let Some(number) = preferred.into_iter().find(has) {
            return Some(number);
        }
        let key = (Box::from(cluster), bold);
        if let Some(&answer) = state.searched.get(&key) {
            return answer;
        }
        if state.families.is_empty() {
            let mut families: Vec<String> = state.collection.family_names().map(str::to_owned).collect();
            families.sort_unstable();
            state.families = families;
        }
        let mut answer = None;
        for index in 0..state.families.len() {
            let family = state.families[index].clone();
            answer = self.open(&mut state, &family, bold).filter(has);
            if answer.is_some() {
                break;
            }
        }
        state.searched.insert(key, answer);
        answer
    }

    /// Returns faces for a script, best first: those named for it, then the system's own
    /// choice.
    fn prefer(&self, state: &mut SystemState, (script, bold, variant): FaceRequest) -> Vec<usize> {
        let mut names: Vec<String> = named_families(script, variant);
        if let Some(tag) = PropertyNamesShort::<Script>::new().get(script)
            && let Ok(script) = fontique::Script::parse(tag)
        {
            let ids: Vec<_> = state
                .collection
                .fallback_families(FallbackKey::new(script, None))
                .collect();
            for id in ids {
                if let Some(name) = state.collection.family_name(id) {
                    names.push(name.to_owned());
                }
            }
        }
        names.iter().filter_map(|name| self.open(state, name, bold)).collect()
    }

    /// Opens the face of a family, once.
    fn open(&self, state: &mut SystemState, family: &str, bold: bool) -> Option<usize> {
        let key = (family.to_owned(), bold);
        if let Some(&number) = state.opened.get(&key) {
            return number;
        }
        let number = state.collection.family_by_name(family).and_then(|info| {
            let face = load(&info, bold, &mut state.sources)?;
            let mut faces = self.faces.write().unwrap_or_else(PoisonError::into_inner);
            faces.push(Arc::new(face));
            Some(faces.len() - 1)
        });
        state.opened.insert(key, number);
        number
    }
}

/// Opens the upright face of a family, if it can be embedded.
fn load(family: &FamilyInfo, bold: bool, sources: &mut SourceCache) -> Option<Face> {
    let weight = if bold { FontWeight::BOLD } else { FontWeight::NORMAL };
    let wanted = Attributes::new(FontWidth::NORMAL, fontique::FontStyle::Normal, weight);
    let font = family.match_font(wanted.width, wanted.style, wanted.weight, false)?;
    let (data, _) = font.load(Some(sources))?.into_raw_parts();
    if !may_be_embedded((*data).as_ref(), font.index()) {
        return None;
    }
    let heavy = font.weight().value() >= FontWeight::SEMI_BOLD.value();
    let name = format!("{}{}", family.name(), if heavy { " Bold" } else { "" });
    Face::parse(name, data, font.index(), Fit::of_family(family.name()))
}

/// Returns which of the national forms of Han characters a language wants.
fn han_variant(script: Script, language: &str) -> &'static str {
    match script {
        Script::Hiragana | Script::Katakana => "JP",
        Script::Hangul => "KR",
        Script::Bopomofo => "TC",
        Script::Han => {
            let language = language.to_ascii_lowercase();
            if language.starts_with("ja") {
                "JP"
            } else if language.starts_with("ko") {
                "KR"
            } else if language.contains("hant") || language.ends_with("-tw") {
                "TC"
            } else if language.ends_with("-hk") || language.ends_with("-mo") {
                "HK"
            } else {
                "SC"
            }
        }
        _ => "",
    }
}

/// Returns families whose names say that they are for a script, serif before sans.
fn named_families(script: Script, variant: &str) -> Vec<String> {
    let fixed: &[&str] = match script {
        Script::Arabic => &["Noto Naskh Arabic", "Amiri", "Geeza Pro", "Arabic Typesetting"],
        Script::Hebrew => &["Noto Serif Hebrew", "SBL Hebrew", "David"],
        Script::Common | Script::Inherited => &[
            "Noto Serif",
            "Noto Sans",
            "Noto Sans Symbols",
            "Noto Sans Symbols 2",
            "Noto Sans Symbols2",
            "Noto Sans Math",
            "DejaVu Sans",
        ],
        _ => &[],
    };
    let mut names: Vec<String> = fixed.iter().map(|&name| name.to_owned()).collect();
    if !variant.is_empty() {
        names.extend(["Noto Serif CJK", "Source Han Serif", "Noto Sans CJK"].map(|name| format!("{name} {variant}")));
        names.extend(["Noto Serif", "Noto Sans"].map(|name| format!("{name} {variant}")));
    }
    if let Some(long) = PropertyNamesLong::<Script>::new().get(script) {
        let long = long.replace('_', " ");
        names.extend(["Noto Serif", "Noto Sans"].map(|name| format!("{name} {long}")));
    }
    if matches!(script, Script::Common) {
        names.extend(["Noto Serif CJK SC", "Noto Sans CJK SC"].map(str::to_owned));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_follows_the_language() {
        let check = |language, expected| assert_eq!(han_variant(Script::Han, language), expected, "{language}");
        check("en-US", "SC");
        check("ja", "JP");
        check("ko-KR", "KR");
        check("zh-Hant-TW", "TC");
        check("zh-HK", "HK");
    }
}
