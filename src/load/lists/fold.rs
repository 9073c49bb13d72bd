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

/// Folds a text and keeps what stands in parentheses.
pub(super) fn fold_all(text: &str) -> String {
    folded(text, false)
}

fn folded(header: &str, drop_asides: bool) -> String {
    let mut end = header.len().min(LONGEST);
    while !header.is_char_boundary(end) {
        end -= 1;
    }
    let mut out = String::new();
    let mut depth = 0usize;
    for c in DecomposingNormalizer::new_nfkd().normalize(&header[..end]).chars() {
        match c {
            '(' if drop_asides => depth += 1,
            ')' if drop_asides => depth = depth.saturating_sub(1),
            '\u{300}'..='\u{36f}' => {}
            _ if depth > 0 => {}
            c if c.is_alphanumeric() || c == '#' => out.extend(c.to_lowercase()),
            _ if out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    out.trim().to_owned()
}
