//! Finds where a line may end within a text.
//!
//! In: the characters of a paragraph and its language. Out: the bytes at which a line may
//! end, each with its price. Guaranteed: ascending bytes, each at the start of a
//! character, none at 0 or at the end; no break where convention keeps two words
//! together. Absent: widths.
//!
//! Sources: UAX 14 (by `icu_segmenter`); Liang's patterns (by `hypher`); what stays
//! together is in `model::kept_together`.

use crate::model::kept_together::stays_together;
use hypher::Lang;
use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use std::sync::LazyLock;
use unicode_segmentation::UnicodeSegmentation;

/// Is a byte at which a line may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BreakOpportunity {
    /// The byte before which the next line begins.
    pub(crate) at: usize,
    /// Says what kind of break it is.
    pub(crate) kind: BreakKind,
}

/// Is a kind of break; the cheapest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum BreakKind {
    /// After a space, a dash, between ideographs.
    Natural,
    /// After a hyphen or slash that the author typed within a word.
    Inside,
    /// At a syllable, with a hyphen.
    Syllable,
    /// At a syllable of a name.
    NameSyllable,
}

/// Returns the opportunities of a text, without syllables.
pub(crate) fn opportunities(text: &str) -> Vec<BreakOpportunity> {
    static SEGMENTER: LazyLock<LineSegmenterBorrowed<'static>> =
        LazyLock::new(|| LineSegmenter::new_auto(LineBreakOptions::default()));
    let addresses = addresses(text);
    let mut found: Vec<BreakOpportunity> = SEGMENTER
        .segment_str(text)
        .filter(|&at| !addresses.iter().any(|(start, end)| *start < at && at < *end))
        .filter(|&at| at > 0 && at < text.len() && !stays_together(text, at))
        .map(|at| {
            let before = text[..at].chars().next_back().unwrap_or(' ');
            let kind = match before {
                '\u{ad}' => BreakKind::Syllable,
                '-' | '/' | '\u{2010}' => BreakKind::Inside,
                _ => BreakKind::Natural,
            };
            BreakOpportunity { at, kind }
        })
        .collect();
    if !addresses.is_empty() {
        for &(start, end) in &addresses {
            found.extend(within_address(text, start, end));
        }
        found.sort_by_key(|found| found.at);
    }
    found
}

/// Returns where the addresses of web pages and of mail stand in a text.
fn addresses(text: &str) -> Vec<(usize, usize)> {
    if !text.contains(['@', '/']) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    for word in text.split(char::is_whitespace) {
        let is_web = word.contains("://") || word.split_once('/').is_some_and(|(host, _)| is_host(host));
        let is_mail = word
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if is_web || is_mail {
            found.push((at, at + word.len()));
        }
        at += word.len() + text[at + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

/// Returns whether a word is the name of a host: "U.S./Mexico" has none.
fn is_host(word: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let top = word.rsplit_once('.').map_or("", |(_, top)| top);
    word.chars().all(is_name) && top.len() >= 2 && top.chars().all(|c| c.is_ascii_lowercase())
}

/// Returns where a line may end within an address: before a sign and after two slashes, so
/// that nobody takes a full stop for the end of a sentence or a hyphen for one of the line's
/// (The Chicago Manual of Style, 17th edition, 14.18). A slash is followed by the next line.
fn within_address(text: &str, start: usize, end: usize) -> Vec<BreakOpportunity> {
    let mut found = Vec::new();
    let signs = text[start..end].char_indices();
    let pairs = signs.clone().zip(signs.skip(1));
    for ((_, before), (offset, sign)) in pairs {
        let at = start + offset;
        let is_break = match sign {
            '/' => false,
            _ if before == '/' => true,
            '@' | '.' | '-' | '_' | '?' | '#' | '%' | '~' | '&' | '=' | '+' => before.is_alphanumeric(),
            _ => false,
        };
        // Not before the stop or the bracket that follows the address.
        if is_break && text[at..end].contains(char::is_alphanumeric) {
            found.push(BreakOpportunity {
                at,
                kind: BreakKind::Inside,
            });
        }
    }
    found
}

/// Adds the syllables of the words whose language is known to a text's opportunities.
/// `languages`: where each stretch of the text ends, and in what language it is.
pub(crate) fn add_syllables(found: &mut Vec<BreakOpportunity>, text: &str, languages: &[(usize, &str)]) {
    let mut added = Vec::new();
    let mut start = 0;
    // Neighbours in one language are one stretch: a word may change its look.
    for stretch in languages.chunk_by(|(_, a), (_, b)| a == b) {
        let Some(&(end, language)) = stretch.last() else {
            continue;
        };
        if let Some(lang) = hyphenation(language) {
            let within = syllables(&text[start..end], lang).into_iter();
            added.extend(within.map(|found| BreakOpportunity {
                at: start + found.at,
                ..found
            }));
        }
        start = end;
    }
    added.retain(|opportunity| found.binary_search_by_key(&opportunity.at, |other| other.at).is_err());
    found.extend(added);
    found.sort_by_key(|opportunity| opportunity.at);
}

/// Returns the hyphenation patterns of a language.
fn hyphenation(language: &str) -> Option<Lang> {
    let primary = language.split(['-', '_']).next()?;
    let code: [u8; 2] = primary.to_ascii_lowercase().into_bytes().try_into().ok()?;
    Lang::from_iso(code)
}

/// Shortest word that is hyphenated, in letters. Five, as in most houses; TeX
/// has five with its default bounds.
const SHORTEST: usize = 5;

/// Fewest letters on either side of a hyphen. The patterns allow two before it in
/// most languages; at a letter's measure "re-" and "un-" are not worth a line.
const PART: usize = 3;

/// Longest word that is looked at, in bytes; what is longer is no word.
const LONGEST: usize = 64;

/// Returns the breaks between the syllables of a text in one language.
fn syllables(text: &str, lang: Lang) -> Vec<BreakOpportunity> {
    let mut found = Vec::new();
    for (start, word) in text.split_word_bound_indices() {
        if word.len() > LONGEST || word.chars().count() < SHORTEST || !word.chars().all(char::is_alphabetic) {
            continue;
        }
        // Compounds with a typed hyphen break there and nowhere else, and
        // addresses are no words.
        let before = text[..start].chars().next_back();
        let after = text[start + word.len()..].chars().next();
        let joins = |c: Option<char>| matches!(c, Some('-' | '\u{2010}' | '\u{2011}' | '/' | '@' | '.' | '_'));
        let ends_sentence = after == Some('.')
            && text[start + word.len() + 1..]
                .chars()
                .next()
                .is_none_or(|c| !c.is_alphanumeric());
        if joins(before) || (joins(after) && !ends_sentence) {
            continue;
        }
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        let first_is_capital = word.chars().next().is_some_and(char::is_uppercase);
        if capitals > usize::from(first_is_capital) {
            continue;
        }
        // In German every noun has a capital; elsewhere a capital is a name's,
        // or begins a sentence.
        let kind = if first_is_capital && lang != Lang::German {
            BreakKind::NameSyllable
        } else {
            BreakKind::Syllable
        };
        let mut at = start;
        let (left, right) = lang.bounds();
        let syllables = hypher::hyphenate_bounded(word, lang, left.max(PART), right.max(PART));
        let mut parts: Vec<&str> = syllables.collect();
        parts.pop();
        for part in parts {
            at += part.len();
            found.push(BreakOpportunity { at, kind });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, languages: &[(usize, &str)], hyphenate: bool) -> Vec<BreakOpportunity> {
        let mut found = opportunities(text);
        if hyphenate {
            add_syllables(&mut found, text, languages);
        }
        found
    }

    /// The text with `|` at natural breaks, `!` inside words, `-` at syllables and
    /// `=` at syllables of names.
    fn marked(text: &str, language: &str, hyphenate: bool) -> String {
        let mut out = text.to_owned();
        for opportunity in found(text, &[(text.len(), language)], hyphenate).into_iter().rev() {
            let mark = match opportunity.kind {
                BreakKind::Natural => '|',
                BreakKind::Inside => '!',
                BreakKind::Syllable => '-',
                BreakKind::NameSyllable => '=',
            };
            out.insert(opportunity.at, mark);
        }
        out
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(marked(text, "en-US", false), expected);
    }

    #[test]
    fn breaks_follow_spaces_hyphens_and_dashes() {
        check("we ask you", "we |ask |you");
        check("sign-on letter", "sign-!on |letter");
        check("he—she", "he—|she");
        check("a – b", "a – |b");
        check("移民", "移|民");
    }

    #[test]
    fn addresses_break_before_their_signs() {
        check(
            "to press.office@fair-homes.example now",
            "to |press!.office!@fair!-homes!.example |now",
        );
        check(
            "at https://fairhomes.example/letters/to-hud.pdf.",
            "at |https://!fairhomes!.example/!letters/!to!-hud!.pdf.",
        );
        check("and/or", "and/!or");
        check("he @ home", "he |@ |home");
        check("the U.S./Mexico border", "the |U.S./!Mexico |border");
    }

    #[test]
    fn scripts_without_spaces_break_between_words() {
        check("เปิดในวันอาทิตย์", "เปิด|ใน|วัน|อาทิตย์");
        check("ພາສາລາວ", "ພາສາ|ລາວ");
    }

    #[test]
    fn convention_keeps_words_together() {
        check("under § 5 of", "under |§ 5 |of");
        check("See 8 U.S.C. § 5.", "See |8 U.S.C. § 5.");
        check("a fund of $340 million, or", "a |fund |of |$340 million, |or");
        check("See 90 Fed. Reg. 14,206 (2025)", "See |90 Fed. Reg. 14,206 |(2025)");
        check("for 19 km or 19 kilómetros", "for |19 km |or |19 kilómetros");
        check("139 S. Ct. 361, 370", "139 S. Ct. 361, |370");
        check("see H.R. 1 now", "see |H.R. 1 |now");
        check("on March 1, 2021", "on |March 1, |2021");
        check("el 1 de marzo", "el |1 de marzo");
        check("den 3. März", "den |3. März");
        check("Dr. Smith said", "Dr. Smith |said");
        check("J. R. Smith", "J. R. Smith");
        check("$340 million", "$340 million"); // a sign before the figure
        check("11 million people", "11 million |people");
        check("(No. 7)", "(No. 7)");
        check("May we", "May |we");
    }

    #[test]
    fn syllables_by_language() {
        let check = |text, language, expected: &str| assert_eq!(marked(text, language, true), expected);
        check("extensive", "en-US", "exten-sive");
        check("detention.", "en", "deten-tion.");
        check("Mayorkas", "en", "May=orkas");
        check("NAKASEC", "en", "NAKASEC");
        check("Migration", "de", "Migra-tion");
        check("inmigrantes", "es-US", "inmi-gran-tes");
        check("well-established", "en", "well-!established");
        check("example.org", "en", "example.org");
        check("only", "en", "only");
        let text = "the inmigrantes of detention";
        let found = found(text, &[(4, "en"), (15, "es"), (28, "en")], true);
        let syllables = found.iter().filter(|found| found.kind == BreakKind::Syllable);
        assert_eq!(syllables.map(|found| found.at).collect::<Vec<_>>(), vec![8, 12, 24]);
    }
}
