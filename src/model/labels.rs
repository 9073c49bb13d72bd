//! The words that documents print by themselves, by language.
//!
//! In: a language subtag. Out: its table of data/labels.toml. Guaranteed: a
//! language has every word or is not supported at all. An author may replace each word,
//! in any language, with one that has the same places (`{page}`).

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

macro_rules! label_words {
    ($($key:ident $doc:literal)*) => {
        /// The words of one language; data/labels.toml says what each is for.
        #[derive(Clone, Debug, Deserialize, PartialEq)]
        #[serde(deny_unknown_fields)]
        pub struct LabelWords { $(#[doc = $doc] pub $key: String,)* }

        impl LabelWords {
            /// The keys of all words.
            pub const KEYS: &[&str] = &[$(stringify!($key),)*];

            /// Returns the word of a key.
            pub fn get(&self, key: &str) -> Option<&str> {
                match key {
                    $(stringify!($key) => Some(&self.$key),)*
                    _ => None,
                }
            }

            /// Puts an author's own words in place of those of the language.
            #[must_use]
            pub fn with(mut self, own: &BTreeMap<String, String>) -> Self {
                for (key, word) in own {
                    match key.as_str() {
                        $(stringify!($key) => self.$key.clone_from(word),)*
                        _ => {}
                    }
                }
                self
            }
        }
    };
}

label_words! {
    draft "\"DRAFT\"."
    page_of "\"Page {page} of {pages}\"."
    footnotes "The heading over the notes of an HTML page."
    back "The name of the link from a footnote to its mark."
    skip "The first link of an HTML page."
    signatories "Names the roll where it has no heading."
    subject "\"RE:\"."
    cc "\"cc:\"."
    enclosure "\"Enclosure:\"."
    enclosures "\"Enclosures:\"."
    more_than "\"more than {number}\"."
    identification "The note on affiliations."
    verification "Stands before the verification code."
    lead "The heading of coalition leads."
    national "The heading of national organizations."
    state "The heading of a state's organizations."
    local "The heading of local organizations."
    international "The heading of international organizations."
    organizations "The heading of organizations beside individuals."
    several_states "The heading of signatories of several states."
    individuals "The heading of individuals."
    other "The heading of organizations that name no section."
    from_state "The heading of signatories from {state}, where a recipient is from there."
    from_district "The heading of signatories from {district}, where a recipient is from there."
    from_elsewhere "The heading of those from elsewhere."
    by_state "The heading of the table by state."
    state_name "The head of its first column."
    no_state "Its row of signatories that name no state."
    by_district "The heading of the table by district."
    district_name "The head of its first column."
    several_districts "Its row of signatories of several districts."
    no_district "Its row of signatories that name no district."
    total "The last row of a table."
    immediate "\"FOR IMMEDIATE RELEASE\"."
    embargo "\"Embargoed until {time} {zone}, {date}\"."
    quotation "Quotation marks around {quotation}."
    said "\"“{quotation},” said {speaker}.\""
    contact "\"Media contact:\"."
    contacts "\"Media contacts:\"."
    photo "\"Photo:\"."
    logo "\"Logo:\"."
    video "\"Video:\"."
    credit "\"Credit: {name}\"."
    more "\"-more-\"."
    excerpt "Says whose words an excerpt is."
    excerpt_dated "The same with {date}."
    recipients "\"To:\", in a petition."
    code "\"QR code of {link}\"."
    contents "The heading of a plan's contents."
    twin "The link to the document from its translation."
    by_section "The heading of the table by section."
    section_name "The head of its first column."
    signed_number "\"{number} signatories\"."
}

static TABLES: LazyLock<BTreeMap<String, LabelWords>> = LazyLock::new(|| word_list!("labels"));

/// The language whose words stand in where there are no others.
const FALLBACK: &str = "en";

/// Returns the words of a language, if it is supported.
pub fn find(language: &str) -> Option<&'static LabelWords> {
    TABLES.get(language)
}

/// Returns the words of a language, or English ones.
pub fn words(language: &str) -> &'static LabelWords {
    find(language).unwrap_or_else(|| &TABLES[FALLBACK])
}

/// The supported languages, in alphabetical order.
pub fn supported() -> impl Iterator<Item = &'static str> {
    TABLES.keys().map(String::as_str)
}

/// Returns the places in a label that a document fills in: `{page}`.
pub fn places(key: &str) -> Vec<String> {
    let label = TABLES[FALLBACK].get(key).unwrap_or_default();
    let pieces = label.split('{').skip(1);
    pieces
        .filter_map(|piece| piece.split_once('}'))
        .map(|(name, _)| format!("{{{name}}}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word_and_its_places() {
        assert_eq!(supported().collect::<Vec<_>>(), ["en", "es", "fr"]);
        for words in supported().map(words) {
            for &key in LabelWords::KEYS {
                let word = words.get(key).unwrap_or_default();
                assert!(
                    !word.is_empty() && places(key).iter().all(|place| word.contains(place)),
                    "{key}"
                );
            }
        }
        assert!(find("xx").is_none());
        assert_eq!(words("xx").subject, "RE:");
        assert_eq!(places("page_of"), ["{page}", "{pages}"]);
        assert_eq!(places("embargo"), ["{time}", "{zone}", "{date}"]);
        let own = BTreeMap::from([("subject".to_owned(), "Betreff:".to_owned())]);
        let words = words("xx").clone().with(&own);
        assert_eq!((words.subject.as_str(), words.cc.as_str()), ("Betreff:", "cc:"));
    }
}
