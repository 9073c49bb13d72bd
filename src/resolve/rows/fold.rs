//! Folds names for look-up.
//!
//! In: a text as typed. Out: its words in lower case, single spaces between. Guaranteed:
//! case, marks, apostrophes and punctuation make no difference. Absent: what the words
//! tell.

use crate::model::alphabetic::is_alphanumeric;
use icu_normalizer::DecomposingNormalizer;

/// Folds a text: lower case, no marks, apostrophes dropped, other punctuation a space.
pub(super) fn fold(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    fold_into(raw, &mut out);
    out
}

/// Folds a text without what stands in parentheses.
pub(super) fn fold_without_asides(raw: &str) -> String {
    if !raw.contains(['(', ')']) {
        return fold(raw);
    }
    let mut depth = 0usize;
    let kept: String = raw
        .chars()
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect();
    fold(&kept)
}

/// Returns whether a text is `folded` when it is folded.
pub(super) fn folds_to(raw: &str, folded: &str) -> bool {
    // Nearly all that differ do so in the first letter.
    let first = raw.bytes().find(u8::is_ascii_alphanumeric);
    let begins = folded.bytes().next() == first.map(|first| first.to_ascii_lowercase());
    (begins || !raw.is_ascii()) && fold(raw) == folded
}

/// Folds a text to the end of `out`, which is empty.
pub(super) fn fold_into(raw: &str, out: &mut String) {
    if raw.is_ascii() {
        fold_ascii(raw, out);
    } else {
        let decomposed = DecomposingNormalizer::new_nfkd().normalize(raw);
        decomposed.chars().for_each(|c| push(c, out));
    }
    out.truncate(out.trim_end_matches(' ').len());
}

/// What each byte of ASCII folds to, as [`push`] has it; zero: to nothing.
const FOLDED: [u8; 128] = {
    let mut folded = [b' '; 128];
    let mut byte = 0;
    while byte < 128u8 {
        folded[byte as usize] = match byte {
            b'a'..=b'z' | b'0'..=b'9' => byte,
            b'A'..=b'Z' => byte.to_ascii_lowercase(),
            b'\'' | b'`' => 0,
            _ => b' ',
        };
        byte += 1;
    }
    folded
};

/// Folds a text of ASCII, which most are, byte by byte.
fn fold_ascii(raw: &str, out: &mut String) {
    let mut folded = std::mem::take(out).into_bytes();
    folded.reserve(raw.len());
    let mut after_space = true;
    for &byte in raw.as_bytes() {
        match FOLDED[usize::from(byte & 0x7f)] {
            0 => {}
            b' ' if after_space => {}
            byte => {
                after_space = byte == b' ';
                folded.push(byte);
            }
        }
    }
    *out = String::from_utf8(folded).unwrap_or_default();
}

#[inline]
fn push(c: char, out: &mut String) {
    match c {
        'a'..='z' | '0'..='9' => out.push(c),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        '\'' | '’' | '‘' | '`' | '´' | '\u{300}'..='\u{36f}' => {}
        c if is_alphanumeric(c) => out.extend(c.to_lowercase()),
        _ if out.is_empty() || out.ends_with(' ') => {}
        _ => out.push(' '),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_ascii_folds_byte_by_byte_as_it_does_letter_by_letter() {
        for byte in 0..=127u8 {
            for around in ["", "a", " ", "Z9", ".-", "'"] {
                let raw = format!("{around}{0}{around}{0}b{0}", char::from(byte));
                let (mut quick, mut slow) = (String::new(), String::new());
                fold_ascii(&raw, &mut quick);
                raw.chars().for_each(|c| push(c, &mut slow));
                assert_eq!(quick, slow, "{raw:?}");
            }
        }
    }

    #[test]
    fn case_marks_and_punctuation_do_not_count() {
        let check = |raw: &str, expected: &str| assert_eq!(fold(raw), expected);
        check("  Don’t LIST—us!  ", "dont list us");
        check("À confirmer", "a confirmer");
        check("(…)", "");
        assert_eq!(fold_without_asides("Harbor (the old) Readers (x)"), "harbor readers");
        assert!(folds_to(" ‘À confirmer!", "a confirmer") && folds_to("(Rosa)", "rosa"));
        assert!(!folds_to("Rosa", "rose") && !folds_to("Ana", "rosa") && !folds_to("…", "rosa"));
    }
}
