//! The names of states for the roll's headings.
//!
//! In: a `state` cell as typed. Out: the state's name in the letter's language,
//! or the cell itself where it names no state of the United States.

use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    en: String,
    es: Option<String>,
}

static STATES: LazyLock<BTreeMap<String, Names>> = LazyLock::new(|| word_list!("states"));

/// Every spelling that stands for a state, in lower case, with its abbreviation.
static SPELLINGS: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    let mut spellings = BTreeMap::new();
    for (code, names) in &*STATES {
        for spelling in [Some(code), Some(&names.en), names.es.as_ref()].into_iter().flatten() {
            spellings.insert(spelling.to_lowercase(), code.as_str());
        }
    }
    spellings
});

/// Returns the name under which a `state` cell is filed: "CA", "ca" and
/// "California" are one state.
pub(super) fn name<'a>(cell: &'a str, language: &str) -> Cow<'a, str> {
    let cell = cell.trim();
    let Some(names) = SPELLINGS.get(&cell.to_lowercase()).map(|code| &STATES[*code]) else {
        return Cow::Borrowed(cell);
    };
    let name = match language {
        "es" => names.es.as_ref().unwrap_or(&names.en),
        _ => &names.en,
    };
    Cow::Borrowed(name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_and_names_are_one_state() {
        let check = |cell, language, expected| assert_eq!(name(cell, language), expected);
        check("CA", "en", "California");
        check(" ca ", "en", "California");
        check("california", "en", "California");
        check("NY", "es", "Nueva York");
        check("Nueva York", "en", "New York");
        check("TX", "es", "Texas");
        check("Ontario", "en", "Ontario");
        check("CA, NV", "en", "CA, NV");
        assert_eq!(STATES.len(), 56); // 50 states, the district, 5 territories
    }
}
