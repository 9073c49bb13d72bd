//! Which characters are letters, told quickly.
//!
//! In: a character. Out: what the standard library says of it. Guaranteed: the same answer
//! for every character (a test asks for each). Absent: other properties.
//!
//! The library searches its tables for each character outside ASCII, some six hundred
//! instructions; the letters of names stand in a few long runs.

/// Returns whether a character is a letter, as [`char::is_alphabetic`] does.
#[inline]
pub fn is_alphabetic(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    is_common_letter(c) || !is_common_mark(c) && c.is_alphabetic()
}

/// Returns whether a character stands in one of the long runs of letters.
fn is_common_letter(c: char) -> bool {
    matches!(c,
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ˁ' | 'Α'..='Ρ' | 'Σ'..='ω' | 'Ѐ'..='ҁ' | 'א'..='ת' | 'ا'..='غ' | 'ف'..='ي'
        | '\u{905}'..='\u{939}' | '\u{e01}'..='\u{e30}' | '\u{1100}'..='\u{11ff}' | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Returns whether a character is one of the marks and signs that names have most often: accents
/// taken apart from their letters, dashes, quotation marks.
fn is_common_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{344}' | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3003}' | '\u{3099}'..='\u{309c}' | '・')
}

/// Returns whether a character is a letter or a figure, as [`char::is_alphanumeric`] does.
#[inline]
pub fn is_alphanumeric(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    is_alphabetic(c) || !is_common_mark(c) && c.is_numeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_what_the_library_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        }
    }
}
