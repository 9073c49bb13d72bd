//! The alphabetical order of many names, at a fraction of the collator's price.
//!
//! In: a language, names. Out: keys, and the order of names by them.
//! Guaranteed: the collator's order, always. Absent: articles, sections.
//!
//! A key holds the primary weights of a name's first characters, as ranks in a
//! byte each. Where two keys differ, so do the primary weights (UTS 10: the first
//! difference on the primary level decides); where not, the collator is asked.

use super::language::Language;
use icu_collator::CollatorBorrowed;
use std::borrow::Cow;
use std::cmp::Ordering;

/// Languages in which no two letters of ASCII are sorted as one ("ch", "lj") and
/// each of them stands where CLDR's root order has it.
const PLAIN: [&str; 6] = ["en", "es", "fr", "pt", "it", "de"];

/// How many characters a key holds.
const HELD: usize = 16;

/// The order of a language.
pub(super) struct Alphabet {
    collator: Option<CollatorBorrowed<'static>>,
    /// The rank of each character of ASCII; 0: only the collator knows.
    ranks: Option<[u8; 128]>,
}

/// A name's place, or what is known of it.
pub(super) enum Key {
    /// Ranks, the first character's in the highest byte, and how many of them
    /// are sure.
    Ranks(u128, u32),
    /// All there is to know.
    Whole(Vec<u8>),
}

impl Alphabet {
    /// The alphabet of a language.
    pub(super) fn new(language: &Language) -> Self {
        let collator = language.collator();
        let ranks = collator
            .as_ref()
            .filter(|_| PLAIN.contains(&language.subtag()))
            .map(ranks);
        Self { collator, ranks }
    }

    /// The key of a name.
    pub(super) fn key(&self, name: &str) -> Key {
        let Some(ranks) = &self.ranks else {
            return Key::Whole(collation_key(name, self.collator.as_ref()));
        };
        let mut key = 0;
        let mut chars = name.chars();
        for at in 0..HELD {
            // Past the end are zeros: what ends comes first.
            let Some(c) = chars.next() else { break };
            let c = if c == '’' { '\'' } else { c };
            let rank = ranks.get(c as usize).copied().unwrap_or_default();
            if rank == 0 && is_after_latin(c) {
                // Which of two such letters comes first, only the collator knows.
                key |= u128::from(AFTER) << (8 * (HELD - 1 - at));
                return Key::Ranks(key, crate::source::offset(at + 1));
            }
            if rank == 0 {
                // A mark may make another letter of the character before it.
                let sure = if c.is_ascii() { at } else { at.saturating_sub(1) };
                return Key::Ranks(key, crate::source::offset(sure));
            }
            key |= u128::from(rank) << (8 * (HELD - 1 - at));
        }
        // So may a mark after the last character held.
        let sure = if chars.next().is_some_and(|c| !c.is_ascii()) {
            HELD - 1
        } else {
            HELD
        };
        Key::Ranks(key, crate::source::offset(sure))
    }

    /// The order of two names by their keys, where these tell.
    pub(super) fn by_keys(&self, a: &Key, b: &Key) -> Option<Ordering> {
        match (a, b) {
            (Key::Ranks(a, sure_a), Key::Ranks(b, sure_b)) => {
                let same = (a ^ b).leading_zeros() / 8;
                (same < *sure_a.min(sure_b)).then(|| a.cmp(b))
            }
            (Key::Whole(a), Key::Whole(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// The order of two names; dear.
    pub(super) fn compare(&self, a: &str, b: &str) -> Ordering {
        let (a, b) = (straight(a), straight(b));
        match &self.collator {
            Some(collator) => collator.compare(&a, &b),
            None => a.to_lowercase().cmp(&b.to_lowercase()),
        }
    }
}

/// The rank of letters that come after all of ASCII.
const AFTER: u8 = u8::MAX;

/// Returns whether a character is a letter of a script that comes after the Latin one, and
/// stands for itself: letters of Greek, Cyrillic, Hebrew, Arabic, Devanagari, Thai, kana,
/// ideographs and Hangul that no mark makes anything else of.
fn is_after_latin(c: char) -> bool {
    matches!(c,
        'Α'..='Ρ' | 'Σ'..='Ω' | 'α'..='ω' | 'А'..='я' | 'א'..='ת' | 'ا'..='غ' | 'ف'..='ي'
        | '\u{905}'..='\u{939}' | '\u{e01}'..='\u{e2e}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Ranks the printing characters of ASCII by their primary weights. Figures are
/// left out: together they are numbers.
fn ranks(collator: &CollatorBorrowed<'static>) -> [u8; 128] {
    let primary = |c: u8| {
        let mut key = collation_key(char::from(c).encode_utf8(&mut [0; 4]), Some(collator));
        // Byte 1 ends a level.
        key.truncate(key.iter().position(|&byte| byte == 1).unwrap_or(key.len()));
        key
    };
    let ranked = || (b' '..=b'~').filter(|c| !c.is_ascii_digit());
    let mut weights: Vec<Vec<u8>> = ranked().map(primary).filter(|weight| !weight.is_empty()).collect();
    weights.sort_unstable();
    weights.dedup();
    let mut ranks = [0; 128];
    for c in ranked() {
        if let Ok(at) = weights.binary_search(&primary(c)) {
            // There are fewer than 95.
            ranks[usize::from(c)] = u8::try_from(at + 1).unwrap_or_default();
        }
    }
    ranks
}

/// A straight and a curly apostrophe are typing habits, not letters.
fn straight(name: &str) -> Cow<'_, str> {
    match name.contains('’') {
        true => name.replace('’', "'").into(),
        false => name.into(),
    }
}

/// A name's key: keys in the order of their bytes are names in that of the
/// alphabet.
pub(super) fn collation_key(name: &str, collator: Option<&CollatorBorrowed<'_>>) -> Vec<u8> {
    let name = straight(name);
    let Some(collator) = collator else {
        return name.to_lowercase().into_bytes();
    };
    let mut key = Vec::with_capacity(name.len() * 2);
    let Ok(()) = collator.write_sort_key_to(&name, &mut key);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The quick order is the collator's, for every pair of names.
    #[test]
    fn the_order_is_the_collators() {
        let words = [
            "",
            "a",
            "A",
            "b",
            "B",
            "aa",
            "ab",
            "Ab",
            "á",
            "a\u{301}",
            "ñ",
            "n\u{303}",
            "n",
            "o",
            "'",
            "’",
            " ",
            "-",
            "9",
            "10",
            "local 9",
            "local 10",
            ".",
            "&",
            "_",
            "z",
            "abcdefghijklmno",
            "abcdefghijklmnop",
            "abcdefghijklmnoP",
            "abcdefghijklmnop\u{303}",
            "abcdefghijklmnoñ",
            "\u{7}",
            "日本",
            "語",
            "Ω",
            "ж",
            "и\u{306}",
            "ア",
            "한",
            "ע",
            "ي",
            "अ",
            "ก",
            "ch",
            "ll",
            "ß",
            "ss",
        ];
        for tag in ["en-US", "es", "de", "cs"] {
            let language = Language::lenient(tag);
            let alphabet = Alphabet::new(&language);
            let mut names: Vec<String> = Vec::new();
            for one in words {
                names.extend(words.iter().map(|other| format!("{one}{other}")));
                names.extend(words.iter().map(|other| format!("{one} {other}x")));
            }
            let keyed: Vec<_> = names
                .iter()
                .map(|name| {
                    (
                        name,
                        alphabet.key(name),
                        collation_key(name, alphabet.collator.as_ref()),
                    )
                })
                .collect();
            for (a, key_a, whole_a) in &keyed {
                for (b, key_b, whole_b) in keyed.iter().step_by(7) {
                    let order = alphabet.by_keys(key_a, key_b).unwrap_or_else(|| alphabet.compare(a, b));
                    assert_eq!(order, whole_a.cmp(whole_b), "{tag}: {a:?} {b:?}");
                }
            }
        }
    }
}
