//! Cuts a name as typed into tokens.
//!
//! In: the characters of a name. Out: its words, folded, each with how it was
//! typed and what stood before it. Guaranteed: depends on nothing but the name.
//! Absent: what the words mean.

use super::damaged::repair_encoding;
use crate::model::alphabetic::{is_alphabetic, is_alphanumeric};
use crate::resolve::words::COMPARISON_WORDS;
use icu_casemap::CaseMapper;
use icu_normalizer::DecomposingNormalizerBorrowed;
use std::borrow::Cow;

/// A form that escaped an ampersand for HTML, UTF-8 read as another encoding, and
/// "c/o" written out.
pub(super) fn unescape(raw: &str) -> Cow<'_, str> {
    // Most names have nothing of it.
    if raw.bytes().all(|byte| byte.is_ascii() && !matches!(byte, b'&' | b'/')) {
        return Cow::Borrowed(raw);
    }
    let mut text = Cow::Borrowed(raw);
    // It would be taken apart into a space and a mark.
    if raw.contains('´') {
        text = Cow::Owned(raw.replace('´', "'"));
    }
    if text.contains("&amp;") {
        text = Cow::Owned(text.replace("&amp;", "&"));
    }
    for care_of in [" c/o ", " C/O "] {
        if text.contains(care_of) {
            text = Cow::Owned(text.replace(care_of, " care of "));
        }
    }
    if let Some(repaired) = repair_encoding(&text) {
        text = Cow::Owned(repaired);
    }
    text
}

/// Folds the characters of a name: case, width, Latin marks, invisible and
/// look-alike characters. Punctuation stays; quotation marks become `'`, dashes `-`.
/// A capital is kept as such only by [`tokens`]' flag, so case is folded there.
pub(super) fn fold(raw: &str) -> Cow<'_, str> {
    if raw.is_ascii() {
        return Cow::Borrowed(raw);
    }
    let normalizer = const { DecomposingNormalizerBorrowed::new_nfkd() };
    let decomposed = normalizer.normalize(raw);
    let mut out = String::with_capacity(decomposed.len());
    for c in decomposed.chars() {
        match c {
            // Combining marks of Latin, Greek and Cyrillic. Marks of other
            // scripts are letters of theirs.
            '\u{300}'..='\u{36f}' => {}
            // Invisible: soft hyphen, zero width, bidi controls, variation selectors.
            '\u{ad}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' => {}
            '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => {}
            '‘' | '’' | '‚' | '‛' | 'ʼ' | 'ʻ' | 'ʹ' | 'ʿ' | 'ʾ' | '′' | '´' | '`' => out.push('\''),
            '‐'..='―' | '−' | '⁃' => out.push('-'),
            'ø' | 'Ø' => out.push(if c == 'ø' { 'o' } else { 'O' }),
            'ł' | 'Ł' => out.push(if c == 'ł' { 'l' } else { 'L' }),
            'đ' | 'Đ' => out.push(if c == 'đ' { 'd' } else { 'D' }),
            'ı' => out.push('i'),
            'æ' | 'Æ' => out.push_str(if c == 'æ' { "ae" } else { "AE" }),
            'œ' | 'Œ' => out.push_str(if c == 'œ' { "oe" } else { "OE" }),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The Latin letter that a Cyrillic or Greek one looks like (UTS 39, the pairs
/// that are alike in common typefaces).
fn latin_look_alike(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' => 'c',
        'е' | 'ε' => 'e',
        'н' | 'η' => 'h',
        'і' | 'ι' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' | 'μ' => 'm',
        'ո' | 'ν' => 'n',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'у' | 'υ' => 'y',
        'х' | 'χ' => 'x',
        _ => return None,
    })
}

/// A word on the way through the steps.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) text: String,
    /// Capital letters, and letters, as typed.
    pub(super) capitals: u8,
    pub(super) letters: u8,
    /// Which pair of brackets it stands in; 0: none.
    pub(super) bracket: u16,
    pub(super) breaks: bool,
    pub(super) slash: bool,
    pub(super) qualifier: bool,
    /// A comma stands before it.
    pub(super) comma: bool,
    /// A code of a place that is also a little word: "LA".
    pub(super) place: bool,
    /// Letters that stood apart or had full stops: "S.A.".
    pub(super) joined: bool,
    /// A full stop follows: "Mass."
    pub(super) dotted: bool,
    /// A little word that may be the code of a place: "IN" in capitals.
    pub(super) code: bool,
    /// It ends in an apostrophe and an s: "Alliance's".
    pub(super) owns: bool,
    /// It is the "l'" or "d'" of the word behind it.
    pub(super) elided: bool,
    /// Where it begins and ends in the folded text, in bytes.
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Token {
    /// Makes the token of a sign that is read as a word: "&" is "and".
    fn sign(text: &str, letters: u8, bracket: u16, at: usize) -> Self {
        Self {
            text: text.to_owned(),
            capitals: 0,
            letters,
            bracket,
            breaks: false,
            slash: false,
            qualifier: bracket != 0,
            comma: false,
            place: false,
            joined: false,
            dotted: false,
            code: false,
            owns: false,
            elided: false,
            from: at,
            to: at + 1,
        }
    }

    pub(super) fn shouted(&self) -> bool {
        self.letters >= 2 && self.capitals == self.letters
    }
}

/// Cuts folded text into words.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(8);
    let mut current: Option<Token> = None;
    let (mut bracket, mut brackets) = (0u16, 0u16);
    let (mut breaks, mut slash, mut comma) = (false, false, false);
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    let mut apostrophe: Option<usize> = None;
    while let Some((at, c)) = chars.next() {
        if is_alphanumeric(c) || is_mark(c) {
            let token = current.get_or_insert_with(|| Token {
                text: String::with_capacity(12),
                capitals: 0,
                letters: 0,
                bracket,
                breaks: std::mem::take(&mut breaks),
                slash: std::mem::take(&mut slash),
                qualifier: bracket != 0,
                comma: std::mem::take(&mut comma),
                place: false,
                joined: false,
                dotted: false,
                code: false,
                owns: false,
                elided: false,
                from: at,
                to: at,
            });
            token.to = at + c.len_utf8();
            if c.is_ascii() {
                token.text.push(c.to_ascii_lowercase());
                token.capitals = token.capitals.saturating_add(u8::from(c.is_ascii_uppercase()));
                token.letters = token.letters.saturating_add(u8::from(c.is_ascii_alphabetic()));
            } else {
                token.text.push(c);
                token.capitals = token.capitals.saturating_add(u8::from(c.is_uppercase()));
                token.letters = token.letters.saturating_add(u8::from(is_alphabetic(c)));
            }
            before = c;
            continue;
        }
        // Apostrophes vanish: "women's", "Qa'ida".
        if c == '\'' && current.is_some() {
            if let Some(elided) = current.take_if(|token| is_elided(token, &text[at + 1..])) {
                out.push(Token { elided: true, ..elided });
                before = 'l';
                continue;
            }
            apostrophe = current.as_ref().map(|token| token.text.len());
            continue;
        }
        if let Some(mut token) = current.take() {
            token.dotted = c == '.';
            token.owns = apostrophe.take().is_some_and(|at| &token.text[at..] == "s");
            push(&mut out, token);
        }
        // "MoveOn.org" is MoveOn.
        if c == '.' && before.is_alphanumeric() && is_domain(&text[at..]) {
            chars.nth(2);
            before = c;
            continue;
        }
        let (spaced, before_is_digit) = (before.is_whitespace(), before.is_ascii_digit());
        before = c;
        match c {
            '(' | '[' | '{' => {
                brackets = brackets.saturating_add(1);
                bracket = brackets;
                breaks = true;
            }
            ')' | ']' | '}' => {
                bracket = 0;
                breaks = true;
            }
            '/' | '|' | ';' => {
                breaks = true;
                slash = slash || c != ';';
            }
            ':' | '\u{2022}' => breaks = true,
            '-' if spaced
                || breaks
                || chars
                    .peek()
                    .is_some_and(|&(_, next)| next.is_whitespace() || next == '-') =>
            {
                breaks = true;
            }
            ',' => comma = true,
            '%' if before_is_digit => {
                push(&mut out, Token::sign("percent", 7, bracket, at));
            }
            // "LGBTQ+" ends a word; "A + B" joins two.
            '&' | '+' if c == '&' || spaced || chars.peek().is_some_and(|(_, next)| next.is_alphanumeric()) => {
                push(
                    &mut out,
                    Token {
                        breaks: std::mem::take(&mut breaks),
                        slash: std::mem::take(&mut slash),
                        comma: std::mem::take(&mut comma),
                        ..Token::sign("and", 3, bracket, at)
                    },
                );
            }
            // "C++" is not "C#", nor "A+" "A"; a longer word's mark is decoration.
            '+' | '#' if !spaced && out.last().is_some_and(|token| token.text.chars().count() <= 2) => {
                let text = if c == '+' { "+" } else { "#" };
                push(&mut out, Token::sign(text, 0, bracket, at));
            }
            _ => {}
        }
    }
    out.extend(current.map(fold_case));
    out
}

/// Returns whether a letter before an apostrophe may be an article or "de" without its vowel: "l'Association".
fn is_elided(token: &Token, rest: &str) -> bool {
    let mut rest = rest.chars();
    matches!(&*token.text, "l" | "d")
        && rest.next().is_some_and(|c| "aeiouhyAEIOUHY".contains(c))
        && rest.next().is_some_and(is_alphabetic)
}

/// Writes "l'" and "d'" as one with the word behind them, unless the name is French: "D'Angelo", "L'Arche".
pub(super) fn join_elided(tokens: &mut Vec<Token>) {
    if !tokens.iter().any(|token| token.elided) {
        return;
    }
    let french = |token: &Token| !token.elided && COMPARISON_WORDS.french.contains(&token.text);
    if tokens.iter().any(french) {
        return;
    }
    let mut before: Option<Token> = None;
    tokens.retain_mut(|token| {
        if token.elided {
            before = Some(token.clone());
            return false;
        }
        if let Some(before) = before.take() {
            token.text.insert_str(0, &before.text);
            token.capitals = token.capitals.saturating_add(before.capitals);
            token.letters = token.letters.saturating_add(before.letters);
            (token.breaks, token.slash, token.comma, token.from) =
                (before.breaks, before.slash, before.comma, before.from);
        }
        true
    });
}

/// Returns whether a text begins with the end of a web address, and a word ends there.
fn is_domain(text: &str) -> bool {
    let is = |end: &str| text.get(..4).is_some_and(|text| text.eq_ignore_ascii_case(end));
    let ends = text[1..]
        .chars()
        .nth(3)
        .is_none_or(|c| !c.is_alphanumeric() && c != '.');
    ends && [".org", ".com", ".net"].into_iter().any(is)
}

/// A mark that belongs to the letter before it, in scripts whose marks are kept.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && icu_properties::props::GeneralCategoryGroup::Mark.contains(general_category(c))
}

fn general_category(c: char) -> icu_properties::props::GeneralCategory {
    const { icu_properties::CodePointMapData::<icu_properties::props::GeneralCategory>::new() }.get(c)
}

fn push(out: &mut Vec<Token>, token: Token) {
    out.push(fold_case(token));
}

/// Folds the case of a word that is not all ASCII, and look-alikes within it.
fn fold_case(mut token: Token) -> Token {
    if !token.text.is_ascii() {
        let folded = CaseMapper::new().fold_string(&token.text).into_owned();
        token.text = if folded.bytes().any(|byte| byte.is_ascii_alphabetic()) {
            folded.chars().map(|c| latin_look_alike(c).unwrap_or(c)).collect()
        } else {
            folded
        };
    }
    token
}

/// Joins runs of two or more single letters: "f o r", "u s".
pub(super) fn join_letters(tokens: &mut Vec<Token>) {
    let single = |token: &Token| token.letters == 1 && !token.elided && token.text.chars().count() == 1;
    if tokens.iter().filter(|token| single(token)).count() < 2 {
        return;
    }
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut joining = false;
    for token in tokens.drain(..) {
        let is_single = single(&token);
        match out.last_mut() {
            Some(last)
                if joining
                    && is_single
                    && last.bracket == token.bracket
                    && !token.comma
                    && (!token.breaks || token.slash) =>
            {
                last.text.push_str(&token.text);
                last.joined = true;
                last.to = token.to;
                last.capitals = last.capitals.saturating_add(token.capitals);
                last.letters = last.letters.saturating_add(1);
            }
            _ => out.push(token),
        }
        joining = is_single;
    }
    *tokens = out;
}
