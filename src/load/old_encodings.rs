//! Reads texts in the 8-bit encodings that programs wrote before UTF-8.
//!
//! In: bytes that are no UTF-8. Out: the text in the likeliest encoding, and its name.
//! Guaranteed: an encoding is chosen only if it makes words of the bytes, and of two that
//! make other words of them the better one; where none does, nothing is read. Absent:
//! encodings of more than one byte a character.
//!
//! Source: WHATWG, "Encoding".

use crate::model::code_pages::{DOS_437, DOS_850};
use encoding_rs::{Encoding, IBM866, KOI8_R, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253};

/// How the words of a text are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Of western languages.
    Western,
    /// Of the languages of central Europe.
    Central,
    /// Cyrillic or Greek: letters of their own, and these the commonest.
    Own(&'static str),
}

/// Where the characters of an encoding are.
#[derive(Clone, Copy)]
enum Table {
    Known(&'static Encoding),
    Upper(&'static str),
}

const CYRILLIC: Script = Script::Own("оаеинтсрвлкм");
const GREEK: Script = Script::Own("αοιετσνηυρπκμλςάέίόύήώ");

/// The encodings that are tried, the commonest first: it wins where two are as good.
const ENCODINGS: &[(&str, Script, Table)] = &[
    ("Windows-1252", Script::Western, Table::Known(WINDOWS_1252)),
    ("MacRoman", Script::Western, Table::Known(MACINTOSH)),
    (
        "Windows-1250 (Central European)",
        Script::Central,
        Table::Known(WINDOWS_1250),
    ),
    ("code page 850 (DOS)", Script::Western, Table::Upper(DOS_850)),
    ("code page 437 (DOS)", Script::Western, Table::Upper(DOS_437)),
    ("Windows-1251 (Cyrillic)", CYRILLIC, Table::Known(WINDOWS_1251)),
    ("code page 866 (Cyrillic, DOS)", CYRILLIC, Table::Known(IBM866)),
    ("KOI8-R (Cyrillic)", CYRILLIC, Table::Known(KOI8_R)),
    ("Windows-1253 (Greek)", GREEK, Table::Known(WINDOWS_1253)),
];

/// How many bytes are tried in every encoding, from the first that is no ASCII.
const SAMPLED: usize = 256 << 10;

/// Returns the text of bytes in the encoding that they are likely in, and its name. `None`:
/// some of them are valid UTF-8 of several bytes, or controls, or make no words in any.
pub(super) fn read(bytes: &[u8]) -> Option<(String, &'static str)> {
    let control = |byte: &u8| *byte == 0x7f || (*byte < 0x20 && !matches!(*byte, b'\t' | b'\n' | b'\r'));
    if bytes.iter().any(control) || !bytes.utf8_chunks().all(|chunk| chunk.valid().is_ascii()) {
        return None;
    }
    // Five bytes are no characters in Windows-1252.
    let holes = bytes
        .iter()
        .any(|byte| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d));
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let sample = &bytes[first.saturating_sub(64)..];
    let sample = &sample[..sample.len().min(SAMPLED)];
    let mut best: Option<(i64, usize)> = None;
    for (at, &(_, script, table)) in ENCODINGS.iter().enumerate() {
        if at == 0 && holes {
            continue;
        }
        let found = likelihood(&decode(sample, table), script);
        // The commonest is read even where it is no better than nothing, and told.
        let least = if at == 0 { i64::MIN } else { 1 };
        if found >= least && best.as_ref().is_none_or(|(known, ..)| found > *known) {
            best = Some((found, at));
        }
    }
    let (name, _, table) = ENCODINGS[best?.1];
    Some((decode(bytes, table), name))
}

fn decode(bytes: &[u8], table: Table) -> String {
    match table {
        Table::Known(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        Table::Upper(upper) => {
            let upper: Vec<char> = upper.chars().collect();
            let read = |&byte: &u8| match byte.checked_sub(0x80) {
                None => char::from(byte),
                Some(at) => upper.get(usize::from(at)).copied().unwrap_or('\u{fffd}'),
            };
            bytes.iter().map(read).collect()
        }
    }
}

/// Returns how many characters beyond ASCII stand where they can in words, less those that
/// cannot: a small letter goes beside letters, a capital before a letter and after none that
/// is small, a dash or a quotation mark at the edge of a word; an apostrophe goes between
/// letters. Latin words have plain letters; others have none.
fn likelihood(text: &str, script: Script) -> i64 {
    let mut sum = 0;
    for word in text.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()) {
        if word.is_ascii() {
            continue;
        }
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let own = word.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
        let foreign = match script {
            Script::Own(_) => own > 0 && own < letters,
            _ => word.chars().count() >= 3 && !word.contains(|c: char| c.is_ascii_alphanumeric()),
        };
        sum += of_word(word, script, foreign);
    }
    sum
}

fn of_word(word: &str, script: Script, foreign: bool) -> i64 {
    let mut before = ' ';
    let mut sum = 0;
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        if !c.is_ascii() {
            let fits = !foreign && fits(c, before, after, script);
            sum += if fits { 2 } else { -2 };
            // Of two scripts that both make words, the one with the commoner letters.
            if let Script::Own(common) = script {
                sum += i64::from(common.contains(c)) - i64::from(c == 'ς' && after.is_alphabetic()) * 3 - 1;
            }
        }
        before = c;
    }
    sum
}

fn fits(c: char, before: char, after: char, script: Script) -> bool {
    let inside = before.is_alphabetic() && after.is_alphabetic();
    match c {
        // "People’s", "don’t", "O’Brien", "l’Arche"; not "R’o".
        '’' => {
            let parts = after.is_alphabetic()
                && !matches!(after, 's' | 't' | 'l' | 'd' | 'm' | 'r' | 'v' | 'S' | 'T')
                && !matches!(before, 'o' | 'O' | 'l' | 'L' | 'd' | 'D' | 'j' | 'J' | 'n' | 'N' | 'u');
            before.is_alphabetic() && !parts
        }
        'º' | 'ª' => before.is_ascii_digit(),
        '\u{a0}' => true,
        'Ž' | 'ž' | 'Š' | 'š' if script == Script::Central => true,
        // In one encoding or the other these are common letters; as
        // themselves, no name has them.
        'ƒ' | 'Œ' | 'œ' | 'Ž' | 'ž' | 'Š' | 'š' | 'Ÿ' | 'ﬁ' | 'ﬂ' | 'ı' | 'Ω' | 'π' | 'µ' | 'ˆ' | '\u{fffd}' => {
            script == GREEK && matches!(c, 'Ω' | 'π')
        }
        c if c.is_lowercase() => before.is_alphabetic() || after.is_alphabetic(),
        c if c.is_uppercase() => after.is_alphabetic() && !before.is_lowercase() || before.is_uppercase(),
        // Lines and blocks are drawn, not written.
        '\u{2500}'..='\u{25ff}' => false,
        _ => !inside,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_encodings_are_told_apart() {
        let check = |bytes: &[u8], expected: &str, text: &str| {
            let (found, name) = read(bytes).unwrap_or_default();
            assert!(name.starts_with(expected), "{name}: {found}");
            assert_eq!(found, text);
        };
        check(b"Coraz\xf3n, Do\xf1a Ana", "Windows-1252", "Corazón, Doña Ana");
        check(
            b"People\x92s Caf\xe9 \x96 Norte",
            "Windows-1252",
            "People’s Café – Norte",
        );
        check(b"Coraz\x97n, Do\x96a Ana", "MacRoman", "Corazón, Doña Ana");
        check(b"People\xd5s Caf\x8e \xd0 Norte", "MacRoman", "People’s Café – Norte");
        check(b"\xc1rbol y R\xedo", "Windows-1252", "Árbol y Río");
        check(b"\xe7rbol y R\x92o", "MacRoman", "Árbol y Río");
        check(b"\xd2Quoted\xd3 names", "MacRoman", "“Quoted” names");
        check(b"\x93Quoted\x94 names", "Windows-1252", "“Quoted” names");
        check(
            b"Coraz\xa2n, Do\xa4a Ana, Caf\x82",
            "code page",
            "Corazón, Doña Ana, Café",
        );
        check(b"Stra\xe1e M\x81ller", "code page", "Straße Müller");
        check(
            b"Mi\xb3osz, Wa\xb3\xeasa, \xa3\xf3d\x9f",
            "Windows-1250",
            "Miłosz, Wałęsa, Łódź",
        );
        check(
            b"\xd1\xee\xfe\xe7 \xe6\xe8\xeb\xfc\xf6\xee\xe2",
            "Windows-1251",
            "Союз жильцов",
        );
        check(b"\x91\xae\xee\xa7 \xad\xae\xe0\xe2", "code page 866", "Союз норт");
        check(
            b"\xf3\xcf\xc0\xda \xd6\xc9\xcc\xd8\xc3\xcf\xd7",
            "KOI8-R",
            "Союз жильцов",
        );
        check(
            b"\xc5\xeb\xdf\xe4\xe1 \xc5\xe9\xf1\xde\xed\xe7\xf2",
            "Windows-1253",
            "Ελίδα Ειρήνης",
        );
    }
}
