//! Repairs texts in UTF-8 that were read in an 8-bit encoding: `CamÃ©lia`, `Ni√±o`.
//!
//! In: a text. Out: the text that was meant, where it was damaged. Guaranteed: a word is
//! repaired only if all of its characters beyond ASCII are the bytes of others, and those
//! are letters or punctuation that names have; a word that a language may have as it
//! stands is left alone. Absent: bytes that are no UTF-8 (those are `load`'s).
//!
//! What a program of Windows saves and reads is mostly Windows-1252. Of that, parts of a
//! word are repaired, too, since some of its bytes are no characters and get lost.

use crate::model::code_pages::{DOS_437, DOS_850};
use encoding_rs::{IBM866, KOI8_R, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Stands for a character that was lost.
const LOST: char = '\u{fffd}';

/// An encoding of a byte a character, and the bytes of its characters.
struct CodePage {
    bytes: FxHashMap<char, u8>,
    /// Whether its letters are Latin; of the others, a Latin letter in the same word tells.
    is_latin: bool,
    /// Whether it is Windows-1252.
    is_western: bool,
}

impl CodePage {
    fn new(upper: impl Iterator<Item = char>, is_latin: bool) -> Self {
        let bytes = (0x80..=u8::MAX).zip(upper).map(|(byte, c)| (c, byte));
        Self {
            bytes: bytes.filter(|(c, _)| *c != LOST).collect(),
            is_latin,
            is_western: false,
        }
    }

    fn byte(&self, c: char) -> Option<u8> {
        self.bytes.get(&c).copied()
    }
}

/// The encodings, the commonest first.
static CODE_PAGES: LazyLock<Vec<CodePage>> = LazyLock::new(|| {
    let upper: Vec<u8> = (0x80..=u8::MAX).collect();
    let known = |encoding: &'static encoding_rs::Encoding, is_latin| {
        let text = encoding.decode_without_bom_handling(&upper).0.into_owned();
        CodePage::new(text.chars(), is_latin)
    };
    let mut western = known(WINDOWS_1252, true);
    western.is_western = true;
    // What is left of bytes that are controls in Latin-1.
    western.bytes.extend((0x80..=0x9f).map(|byte| (char::from(byte), byte)));
    vec![
        western,
        known(MACINTOSH, true),
        CodePage::new(DOS_437.chars(), true),
        CodePage::new(DOS_850.chars(), true),
        known(WINDOWS_1250, true),
        known(WINDOWS_1251, false),
        known(WINDOWS_1253, false),
        known(IBM866, false),
        known(KOI8_R, false),
    ]
});

/// Undoes the damage of a text in UTF-8 that was read in another encoding, once or more
/// often. A character that was lost is U+FFFD. `None`: there is no damage.
pub fn repair_encoding(text: &str) -> Option<String> {
    if text.is_ascii() || !may_be_damaged(text) {
        return None;
    }
    let mut repaired = repair_once(text)?;
    // A file may be saved wrongly again and again.
    for _ in 0..2 {
        match repair_once(&repaired) {
            Some(again) => repaired = again,
            None => break,
        }
    }
    Some(repaired)
}

/// Returns whether two characters beyond ASCII stand together, or an `Ã` ends a word; quick,
/// since every name is asked.
fn may_be_damaged(text: &str) -> bool {
    let mut before = false;
    text.chars().any(|c| {
        let found = before && !c.is_ascii() || c == 'Ã';
        before = !c.is_ascii();
        found
    })
}

fn repair_once(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut found = false;
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        match if word.is_ascii() { None } else { repair_word(word) } {
            Some(repaired) => {
                found = true;
                out.push_str(&repaired);
            }
            None => out.push_str(word),
        }
    }
    found.then_some(out)
}

fn repair_word(word: &str) -> Option<String> {
    let chars: Vec<char> = word.chars().collect();
    let whole = CODE_PAGES.iter().find_map(|page| Reading::new(page, &chars).whole());
    whole.or_else(|| Reading::new(&CODE_PAGES[0], &chars).parts())
}

/// What the bytes at a place of a word are.
enum Found {
    /// This character, of so many bytes.
    Char(char, usize),
    /// The first bytes of one, so many.
    Cut(usize),
    /// No beginning of a character.
    Nothing,
}

/// What a decoded character is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Decoded {
    /// A sign that texts have.
    Sign,
    /// A letter of the Latin alphabet.
    Latin,
    /// A letter of another alphabet, by a number.
    Other(u8),
}

/// A word that is read as the bytes of a code page.
struct Reading<'a> {
    page: &'a CodePage,
    word: &'a [char],
}

impl<'a> Reading<'a> {
    fn new(page: &'a CodePage, word: &'a [char]) -> Self {
        Self { page, word }
    }

    /// Returns the word that was meant, if all that is beyond ASCII is damaged.
    fn whole(&self) -> Option<String> {
        let mut out = String::new();
        let (mut good, mut lost) = (0, 0);
        let (mut others, mut joined) = (None, false);
        let mut at = 0;
        let mut before = None;
        while let Some(&c) = self.word.get(at) {
            let mut now = None;
            if c.is_ascii() {
                out.push(c);
                at += 1;
            } else if c == LOST {
                lost += 1;
                out.push(LOST);
                at += 1;
            } else {
                match self.found(at) {
                    Found::Char(decoded, length) => {
                        let kind = self.plausible(at, length, decoded)?;
                        if let Decoded::Other(script) = kind {
                            joined |= before == Some(kind);
                            if others.is_some_and(|known| known != script) {
                                return None;
                            }
                            others = Some(script);
                        }
                        now = Some(kind);
                        good += 1;
                        out.push(decoded);
                        at += length;
                    }
                    Found::Cut(length) => {
                        lost += 1;
                        out.push(LOST);
                        at += length;
                        at += usize::from(self.word.get(at) == Some(&LOST));
                    }
                    Found::Nothing => return None,
                }
            }
            before = now;
        }
        // A lone letter of another alphabet is a chance: "l’été", "CAFÉ”".
        let sure = good > 0 && lost <= good && (others.is_none() || joined);
        sure.then_some(out)
    }

    /// Returns the word with its damaged characters repaired and the others as they are.
    fn parts(&self) -> Option<String> {
        let mut out = String::new();
        let mut found = false;
        let mut at = 0;
        while let Some(&c) = self.word.get(at) {
            let begins = matches!(self.page.byte(c), Some(0xc2..=0xc5 | 0xe2));
            let decoded = match self.found(at) {
                Found::Char(decoded, length)
                    if begins
                        && matches!(
                            self.plausible(at, length, decoded),
                            Some(Decoded::Sign | Decoded::Latin)
                        ) =>
                {
                    Some((decoded, length))
                }
                // The second byte of "à" is a space.
                _ if c == 'Ã' && at + 1 == self.word.len() && self.before(at).is_lowercase() => Some(('à', 1)),
                _ => None,
            };
            let (c, length) = decoded.unwrap_or((c, 1));
            found |= decoded.is_some();
            out.push(c);
            at += length;
        }
        found.then_some(out)
    }

    /// Returns the character before a place; a space at the beginning.
    fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or(' ', |before| self.word[before])
    }

    /// Returns what the bytes from a place on are.
    fn found(&self, at: usize) -> Found {
        let Some(first) = self.page.byte(self.word[at]) else {
            return Found::Nothing;
        };
        let length = match first {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => return Found::Nothing,
        };
        let mut bytes = [first, 0, 0, 0];
        for place in 1..length {
            let byte = self.word.get(at + place).and_then(|&c| self.page.byte(c));
            match byte.filter(|byte| (0x80..=0xbf).contains(byte)) {
                Some(byte) => bytes[place] = byte,
                // The last byte of a closing quotation mark is no character.
                None if self.page.is_western && bytes == [0xe2, 0x80, 0, 0] => {
                    let lost = usize::from(self.word.get(at + 2) == Some(&LOST));
                    return Found::Char('”', 2 + lost);
                }
                None => return Found::Cut(place),
            }
        }
        let decoded = std::str::from_utf8(&bytes[..length])
            .ok()
            .and_then(|text| text.chars().next());
        decoded.map_or(Found::Nothing, |decoded| Found::Char(decoded, length))
    }

    /// Returns what a decoded character is, unless no name has it, or the characters that it
    /// was decoded from may be meant.
    fn plausible(&self, at: usize, length: usize, decoded: char) -> Option<Decoded> {
        let kind = kind(decoded)?;
        let fits = match kind {
            Decoded::Other(_) => true,
            Decoded::Latin => self.is_odd(at, length),
            // "Группа В»".
            Decoded::Sign => length > 2 || self.page.is_latin || self.has_ascii_letters(),
        };
        fits.then_some(kind)
    }

    fn has_ascii_letters(&self) -> bool {
        self.word.iter().any(char::is_ascii_alphabetic)
    }

    /// Returns whether no word has the characters from a place on: a sign within it, a capital
    /// where none can be.
    fn is_odd(&self, at: usize, length: usize) -> bool {
        let is_sign = |c: &char| !c.is_alphabetic() || matches!(c, 'ª' | 'º' | 'µ' | 'ƒ' | '\u{2b0}'..='\u{2ff}');
        let chars = &self.word[at..(at + length).min(self.word.len())];
        let (first, rest) = (chars[0], &chars[1..]);
        let before = self.before(at);
        if is_sign(&first) {
            return true;
        }
        if rest.iter().any(is_sign) {
            // "«CAFÉ»", "MAGGIÜ®".
            let closes = matches!(rest, ['»' | '”' | '’' | '®' | '™' | '›' | '…']);
            return !(closes && at + length == self.word.len() && !before.is_lowercase());
        }
        match self.page.is_latin {
            true => first.is_uppercase() && (before.is_lowercase() || rest.iter().any(|c| c.is_lowercase())),
            false => self.has_ascii_letters(),
        }
    }
}

/// Returns what a character is; `None`: no name has it.
fn kind(c: char) -> Option<Decoded> {
    Some(match c {
        '\u{a0}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '€' | '™' | '\u{fe0f}' | '\u{feff}' | LOST => Decoded::Sign,
        '\u{1f000}'..='\u{1faff}' => Decoded::Sign,
        '×' | '÷' => return None,
        '\u{c0}'..='\u{17f}' | 'Ș'..='ț' | '\u{1e00}'..='\u{1eff}' => Decoded::Latin,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Decoded::Other(0),
        '\u{400}'..='\u{52f}' => Decoded::Other(1),
        '\u{530}'..='\u{58f}' => Decoded::Other(2),
        '\u{590}'..='\u{5ff}' => Decoded::Other(3),
        '\u{600}'..='\u{77f}' => Decoded::Other(4),
        '\u{900}'..='\u{dff}' => Decoded::Other(5),
        '\u{e00}'..='\u{eff}' => Decoded::Other(6),
        '\u{10a0}'..='\u{10ff}' => Decoded::Other(7),
        '\u{1200}'..='\u{137f}' => Decoded::Other(8),
        '\u{1780}'..='\u{17ff}' => Decoded::Other(9),
        '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{ff00}'..='\u{ffef}' => Decoded::Other(10),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(page: usize, text: &str) -> Option<String> {
        let characters: FxHashMap<u8, char> = CODE_PAGES[page].bytes.iter().map(|(&c, &byte)| (byte, c)).collect();
        let read = |byte: &u8| match byte.is_ascii() {
            true => Some(char::from(*byte)),
            false => characters.get(byte).copied(),
        };
        text.as_bytes().iter().map(read).collect()
    }

    #[test]
    fn what_each_code_page_makes_of_names_is_repaired() {
        let names = [
            "Women’s Institute",
            "Solidarité",
            "Niño Unido",
            "Łódź Circle",
            "Straße Verein",
            "Dvořák Club",
            "“Lantern” House",
            "Centro – Norte",
            "Ñandú",
            "Ελπίδα",
            "Союз жильцов",
            "图书馆",
            "İzmir",
            "Ürün Kooperatifi",
            "Nguyễn Huệ",
            "עמותת הדיור",
            "جمعية السكن",
            "서울 주거",
            "Café™ Öst",
            "¿Quiénes? Unión",
        ];
        let mut tried = 0;
        for name in names {
            for page in 0..CODE_PAGES.len() {
                // Some bytes are no characters of a page.
                if let Some(damaged) = decode(page, name) {
                    tried += 1;
                    assert_eq!(repair_encoding(&damaged).as_deref(), Some(name), "{page}: {damaged}");
                }
            }
        }
        assert!(tried > 120, "{tried}");
    }

    #[test]
    fn damage_that_was_done_twice_or_lost_something_is_found() {
        let check = |damaged: &str, meant: &str| assert_eq!(repair_encoding(damaged).as_deref(), Some(meant));
        check("NiÃƒÂ±o Unido", "Niño Unido");
        check("WomenÃ¢â‚¬â„¢s Institute", "Women’s Institute");
        check("â€œLanternâ€� House", "“Lantern” House");
        check("â€œLanternâ€ House", "“Lantern” House");
        check("Å�Ã³dÅº Circle", "�ódź Circle");
        check("VoilÃ  Paris", "Voilà  Paris");
        check("Río y NiÃ±o", "Río y Niño");
    }

    #[test]
    fn real_names_are_left_alone() {
        for name in [
            "Women’s Institute of l’Été",
            "Fundación “José Martí”",
            "“CAFÉ”",
            "«SKÅ»",
            "MAGGIÜ®",
            "CoraçÃo",
            "Ângela Â",
            "SÃO PAULO",
            "Associação Mães",
            "Alþýðusamband Íslands",
            "Føroyaráðið",
            "Kılıç Işığı Derneği",
            "Çağdaş Yaşamı Destekleme Derneği",
            "Społdzielnia „Łączność”",
            "Žižkov – spolek Šťastný",
            "Összefogás Egyesület",
            "Țărănimea Română",
            "Tiếng Việt Đông Á",
            "Группа В»",
            "Союз «Её»",
            "Профспілка «Гірка»",
            "Її Дім",
            "Ένωση Πολιτών «Β»",
            "Hāpai Te Hauora",
            "ʻĀina Momona",
            "Naʻālehu",
            "Äänekosken Työväenyhdistys",
            "Årsta–Älvsjö",
            "Montréal–École",
            "ÉÈÊË",
            "中华全国总工会",
            "대한민국 노총",
            "اتحاد الشغل",
            "הסתדרות",
            "สหภาพแรงงาน",
            "O’Ñañez",
            "Œuvre d’Orient",
            "Ñuñoa “Ñ”",
            "España™",
            "AÇÃO",
        ] {
            assert_eq!(repair_encoding(name), None, "{name}");
        }
    }
}
