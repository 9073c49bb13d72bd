//! Folds headers, answers and names for look-up.
//!
//! In: a text as typed. Out: its words in lower case. Guaranteed: case, accents,
//! punctuation and spaces make no difference. Absent: the meaning of the words.

use icu_normalizer::DecomposingNormalizer;

/// Longest header that is looked up, in bytes; a longer one is a paragraph.
const LONGEST: usize = 400;

/// Folds a header for look-up: lower case, no marks, no parentheses and what
/// they hold, words and figures only, single spaces between.
pub(super) fn fold(header: &str) -> String {
    folded(header, true)
}

/// Returns whether a header is `folded` when it is folded.
pub(super) fn folds_to(header: &str, folded: &str) -> bool {
    // Nearly all that differ do so in the first letter.
    let first = header.bytes().next().filter(u8::is_ascii_alphanumeric);
    let differs = first.is_some_and(|first| folded.as_bytes().first() != Some(&first.to_ascii_lowercase()));
    !differs && fold(header) == folded
}

/// Folds a text and keeps what stands in parentheses.
pub(super) fn fold_all(text: &str) -> String {
    folded(text, false)
}

fn folded(header: &str, drop_asides: bool) -> String {
    let mut end = header.len().min(LONGEST);
    while !header.is_char_boundary(end) {
        end -= 1;
    }
    let header = &header[..end];
    let mut out = String::with_capacity(header.len());
    let mut depth = 0usize;
    let add = |c: char| match c {
        '(' if drop_asides => depth += 1,
        ')' if drop_asides => depth = depth.saturating_sub(1),
        _ if depth > 0 => {}
        'a'..='z' | '0'..='9' | '#' => out.push(c),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        '\u{300}'..='\u{36f}' => {}
        c if !c.is_ascii() && c.is_alphanumeric() => out.extend(c.to_lowercase()),
        _ if out.is_empty() || out.ends_with(' ') => {}
        _ => out.push(' '),
    };
    // Most are plain ASCII, which no normalization changes.
    if header.is_ascii() {
        header.chars().for_each(add);
    } else {
        let decomposed = DecomposingNormalizer::new_nfkd().normalize(header);
        decomposed.chars().for_each(add);
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_folds_to_its_words() {
        let check = |header: &str, folded: &str, expected| assert_eq!(folds_to(header, folded), expected, "{header}");
        check("May we publish (it)?", "may we publish", true);
        check("(Optional) Élan #", "elan #", true);
        check("E\u{301}lan", "elan", true);
        check("", "", true);
        check("…", "", true);
        check("May we publish?", "yes", false);
        check("Yes!", "yes i do", false);
        check("Y", "", false);
        assert_eq!(fold(" Río (abajo)  Nº\u{a0}2 "), "rio no 2");
        assert_eq!(fold_all(" Río (abajo)"), "rio abajo");
    }
}
