//! Removes from a text what nobody sees and nobody should meet.
//!
//! In: a cell, a string or a run of text. Out: the same without control
//! characters, bidirectional controls and other invisible ones, and the first
//! that was removed. Guaranteed: what can be seen stays as typed; zero-width
//! joiners stay between letters of scripts that need them. Absent: look-alike
//! letters, which are visible.
//!
//! Sources: Unicode TR 36 (bidirectional text spoofing), UAX 44
//! (Default_Ignorable_Code_Point).

use std::borrow::Cow;

/// A cleaned text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cleaned<'a> {
    /// What is left.
    pub(super) text: Cow<'a, str>,
    /// The first character that was removed, and its byte in the given text.
    pub(super) removed: Option<(usize, char)>,
}

/// Cleans a cell: also trims it, and makes every white space a plain space.
pub(super) fn cell(text: &str) -> Cleaned<'_> {
    // Most cells are plain ASCII. The fold has no early exit, so that it is
    // vectorised.
    let plain = text
        .bytes()
        .fold(true, |plain, byte| plain & (0x20..0x7f).contains(&byte));
    if plain {
        return Cleaned {
            text: Cow::Borrowed(text.trim_matches(' ')),
            removed: None,
        };
    }
    let mut cleaned = scrub(text, |c, next| match (c, next) {
        ('\r', Some('\n')) => Fate::Dropped,
        ('\u{80}'..='\u{9f}', _) if c != '\u{85}' => windows_1252(c).map_or(Fate::Judged, Fate::Becomes),
        (c, _) if is_space(c) => Fate::Becomes(' '),
        _ => Fate::Judged,
    });
    cleaned.text = match cleaned.text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(' ')),
        Cow::Owned(text) => Cow::Owned(text.trim_matches(' ').to_owned()),
    };
    cleaned
}

/// Cleans text of a letter: no-break spaces stay, line ends become spaces.
pub(super) fn text(text: &str) -> Cleaned<'_> {
    scrub(text, |c, _| match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::Becomes(' '),
        _ => windows_1252(c).map_or(Fate::Judged, Fate::Becomes),
    })
}

/// Cleans literal lines: line feeds and tabs stay.
pub(super) fn literal(text: &str) -> Cleaned<'_> {
    scrub(text, |c, _| match c {
        '\r' => Fate::Dropped,
        '\n' | '\t' => Fate::Becomes(c),
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::Becomes(' '),
        _ => windows_1252(c).map_or(Fate::Judged, Fate::Becomes),
    })
}

/// Names a removed character for a person: `U+202E`.
pub(super) fn name(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// What becomes of a character; it is asked for with the character after it.
enum Fate {
    /// It is removed, and nobody need know.
    Dropped,
    /// This stands in its place.
    Becomes(char),
    /// It is removed if it is invisible.
    Judged,
}

/// Copies `text` only if something changes.
fn scrub(text: &str, fate: impl Fn(char, Option<char>) -> Fate) -> Cleaned<'_> {
    let mut removed = None;
    let mut owned: Option<String> = None;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let after = text[at + c.len_utf8()..].chars().next();
        let kept = match fate(c, after) {
            Fate::Dropped => None,
            Fate::Becomes(new) => Some(new),
            Fate::Judged if is_invisible(c) && !(is_joiner(c) && joins(before, after)) => {
                removed = removed.or(Some((at, c)));
                None
            }
            Fate::Judged => Some(c),
        };
        if kept != Some(c) && owned.is_none() {
            let mut copy = String::with_capacity(text.len());
            copy.push_str(&text[..at]);
            owned = Some(copy);
        }
        if let (Some(copy), Some(kept)) = (owned.as_mut(), kept) {
            copy.push(kept);
        }
        before = Some(c);
    }
    Cleaned {
        text: owned.map_or(Cow::Borrowed(text), Cow::Owned),
        removed,
    }
}

/// Returns what a control character from U+0080 on was before somebody read Windows-1252 as
/// Latin-1: mostly a quotation mark or a dash. Source: WHATWG, "Encoding", index windows-1252.
fn windows_1252(c: char) -> Option<char> {
    const SIGNS: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”',
        '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    let at = usize::try_from(u32::from(c).checked_sub(0x80)?).ok()?;
    SIGNS.get(at).copied().filter(|sign| *sign != '\0')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Returns whether a joiner stands between characters that it can act on. Below U+0300
/// are Latin letters and signs, which never join.
fn joins(before: Option<char>, after: Option<char>) -> bool {
    let acts = |c: Option<char>| c.is_some_and(|c| c > '\u{300}' && !is_invisible(c) && !c.is_whitespace());
    acts(before) && acts(after)
}

/// Returns whether a character has no shape of its own and does not belong in a name or
/// in running text. Variation selectors stay: emoji need them.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}'                        // soft hyphen
            | '\u{34f}'                     // combining grapheme joiner
            | '\u{61c}'                     // Arabic letter mark
            | '\u{115f}' | '\u{1160}'       // Hangul fillers
            | '\u{17b4}' | '\u{17b5}'       // Khmer inherent vowels
            | '\u{180e}'                    // Mongolian vowel separator
            | '\u{200b}'..='\u{200f}'       // zero width, direction marks
            | '\u{202a}'..='\u{202e}'       // embeddings, overrides
            | '\u{2060}'..='\u{206f}'       // word joiner, isolates, deprecated
            | '\u{3164}' | '\u{ffa0}'       // Hangul fillers
            | '\u{feff}'                    // byte order mark
            | '\u{fff9}'..='\u{fffb}'       // interlinear annotation
            | '\u{e0000}'..='\u{e007f}')    // tags
        || u32::from(c) & 0xfffe == 0xfffe // noncharacters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given: &str, expected: &str, removed: Option<(usize, char)>) {
        let cleaned = cell(given);
        assert_eq!(cleaned.text, expected);
        assert_eq!(cleaned.removed, removed, "{given:?}");
    }

    #[test]
    fn cells_are_trimmed_and_lose_what_cannot_be_seen() {
        check("  Poder  Latinx ", "Poder  Latinx", None);
        check("\u{a0}Make\u{a0}the Road\u{a0}", "Make the Road", None);
        check("Corazón\r\nde\rMéxico", "Corazón de México", None);
        check("abc\u{202e}def", "abcdef", Some((3, '\u{202e}')));
        check("a\0b\u{7f}", "ab", Some((1, '\0')));
        check("Ünï\u{200b}on", "Ünïon", Some((5, '\u{200b}')));
        check("\u{feff}name", "name", None);
        check("", "", None);
        check("Women\u{92}s \u{93}Lantern\u{94}", "Women’s “Lantern”", None);
        check("a\u{81}b", "ab", Some((1, '\u{81}')));
    }

    #[test]
    fn texts_keep_the_quotation_marks_of_windows() {
        assert_eq!(text("It\u{92}s").text, "It’s");
        assert_eq!(literal("It\u{92}s\n").text, "It’s\n");
    }

    #[test]
    fn joiners_stay_where_a_script_needs_them() {
        check("می\u{200c}خواهم", "می\u{200c}خواهم", None);
        check("👩\u{200d}🌾", "👩\u{200d}🌾", None);
        check("in\u{200d}visible", "invisible", Some((2, '\u{200d}')));
        check("می\u{200c}", "می", Some((4, '\u{200c}')));
    }

    #[test]
    fn running_text_keeps_its_no_break_spaces() {
        assert_eq!(text("§\u{a0}7\nnext").text, "§\u{a0}7 next");
        assert_eq!(literal("a\r\n\tb\u{7}").text, "a\n\tb");
    }

    #[test]
    fn what_is_clean_is_not_copied() {
        assert!(matches!(cell(" Corazón ’ ").text, Cow::Borrowed(_)));
    }
}
