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
    let common = matches!(c,
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ˁ' | 'Α'..='Ρ' | 'Σ'..='ω' | 'А'..='я' | 'א'..='ת' | 'ا'..='غ' | 'ف'..='ي'
        | '\u{905}'..='\u{939}' | '\u{e01}'..='\u{e30}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    common || c.is_alphabetic()
}

/// Returns whether a character is a letter or a figure, as [`char::is_alphanumeric`] does.
#[inline]
pub fn is_alphanumeric(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    is_alphabetic(c) || c.is_numeric()
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
