//! Writes out abbreviations, codes of places and numbers.
//!
//! In: the tokens of a name that are left. Out: the words that are compared. Guaranteed:
//! depends on nothing but the tokens. Absent: setting aside what is no part of the name.

use super::tokens::Token;
use crate::resolve::words::{COMPARISON_WORDS, Class, WORD_LISTS, stem};

/// Makes one word of a tax status: "501(c)(3)", "501 c 4" and "c3".
pub(super) fn join_tax_status(tokens: &mut Vec<Token>) {
    let mut at = 0;
    while at < tokens.len() {
        let text = |at: usize| tokens.get(at).map(|token| &*token.text);
        let length = match (text(at), text(at + 1), text(at + 2)) {
            (Some("501"), Some("c"), Some("3" | "4" | "5" | "6")) => 3,
            (Some("501c"), Some("3" | "4" | "5" | "6"), _) | (Some("501"), Some("c3" | "c4" | "c5" | "c6"), _) => 2,
            (Some("501c3" | "501c4" | "501c5" | "501c6"), ..) => 1,
            _ => 0,
        };
        if length > 0 {
            let last = tokens[at + length - 1].clone();
            let status = &mut tokens[at];
            status.text = format!("c{}", &last.text[last.text.len() - 1..]);
            status.to = last.to;
            tokens.drain(at + 1..at + length);
        }
        at += 1;
    }
}

/// Writes out abbreviations and codes; "St" is a saint or a street.
pub(super) fn write_out(mut tokens: Vec<Token>, shouted: bool) -> Vec<Token> {
    drop_branch_of_union(&mut tokens);
    write_out_before_place(&mut tokens);
    for token in tokens.iter_mut().filter(|token| token.elided) {
        token.text = if token.text == "l" { "le" } else { "de" }.to_owned();
    }
    write_out_each(tokens, shouted)
}

/// Writes out the abbreviations and codes that stand for themselves, word by word.
fn write_out_each(tokens: Vec<Token>, shouted: bool) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len() + 2);
    let last = tokens.len().saturating_sub(1);
    let mut tens = false;
    let mut tokens = tokens.into_iter().enumerate().peekable();
    while let Some((at, mut token)) = tokens.next() {
        if token.text == "the" && last > 0 {
            continue;
        }
        let next = tokens.peek().map(|(_, next)| next);
        let begins_number = |next: &Token| next.text.as_bytes()[0].is_ascii_digit();
        // "Local No. 32" is Local 32.
        if matches!(&*token.text, "no" | "number" | "num") && at > 0 && next.is_some_and(begins_number) {
            continue;
        }
        // "Local Union No. 11", "Local Lodge 11" is Local 11.
        let numbered = |next: &Token| begins_number(next) || next.text == "no";
        if matches!(&*token.text, "union" | "lodge")
            && out.last().is_some_and(|before| before.text == "local")
            && next.is_some_and(numbered)
        {
            continue;
        }
        let place = PlaceInName::new(&token, next, at, shouted);
        // "1199SEIU" is SEIU 1199.
        if let Some((digits, words)) = number_and_name(&token.text) {
            out.push(Token {
                text: digits.to_owned(),
                ..token.clone()
            });
            push_words(
                &mut out,
                words,
                &Token {
                    breaks: false,
                    slash: false,
                    comma: false,
                    ..token.clone()
                },
            );
            continue;
        }
        let ordinal_text = ordinal_by_neighbors(&token, next, &out).filter(|_| !tens);
        let word = || word_by_neighbors(&token, next, &out, &place).map(str::to_owned);
        if let Some(text) = ordinal_text.or_else(word) {
            out.push(Token { text, ..token });
            continue;
        }
        // "L.A." is Los Angeles; Louisiana has no full stop between its letters.
        if token.text == "la" && token.joined && token.capitals == 2 {
            push_words(&mut out, &["los".into(), "angeles".into()], &token);
            continue;
        }
        // "LA Forward", "Sunrise Movement LA": a city or a state, and no article.
        if token.text == "la" && place.is_code {
            token.place = true;
        }
        // "DC 37" is District Council 37.
        if token.text == "dc" && next.is_some_and(begins_number) {
            let words = ["district".into(), "council".into()];
            push_words(&mut out, &words, &token);
            continue;
        }
        // "Seventy-Third" is the 73rd.
        let expansion = WORD_LISTS.expansion(&token.text);
        if std::mem::take(&mut tens)
            && let Some([unit]) = expansion
            && let (Some(before), Some(unit)) = (
                out.last_mut(),
                unit.strip_suffix(ordinal(unit)).filter(|unit| unit.len() == 1),
            )
        {
            before.text.replace_range(1.., unit);
            before.to = token.to;
            if ordinal_number(&token.text).is_some() && !next.is_some_and(is_counted) {
                before.text.push_str(ordinal_ending(&before.text));
            }
            continue;
        }
        tens = token.letters > 2
            && expansion
                .is_some_and(|words| matches!(words, [ten] if ten.len() == 2 && ten.ends_with('0') && **ten != *"10"));
        if let Some(words) = words_by_context(&token, next) {
            push_words(&mut out, words, &token);
            continue;
        }
        let code = place.is_code.then(|| {
            let upper = token.text.to_ascii_uppercase();
            WORD_LISTS.code(&upper).or_else(|| WORD_LISTS.end_code(&upper))
        });
        match code.flatten().or(expansion) {
            None => {
                token.code = place.may_be_code && is_word_and_code(&token.text.to_ascii_uppercase());
                let digits = token.text.len() - ordinal(&token.text).len();
                token.text.truncate(digits);
                strip_zeros(&mut token.text);
                repair_capital_i(&mut token.text);
                out.push(token);
            }
            Some(words) => push_words(&mut out, words, &token),
        }
    }
    out
}

/// Takes away the branch of work between the acronym of the service employees and the number of a local, which is that of
/// no other local of theirs: "SEIU Healthcare 1199NW". A number of two digits may be that of a council.
fn drop_branch_of_union(tokens: &mut Vec<Token>) {
    let long_number = |token: &Token| token.text.bytes().take_while(u8::is_ascii_digit).count() >= 3;
    let text = |at: usize| tokens.get(at).map_or("", |token| &*token.text);
    let Some(at) = (1..tokens.len()).find(|&at| matches!(text(at), "healthcare" | "health")) else {
        return;
    };
    let length = match (text(at), text(at + 1)) {
        ("healthcare", _) => 1,
        ("health", "care") => 2,
        _ => return,
    };
    let next = at + length + usize::from(text(at + length) == "local");
    let typed_out = at >= 4
        && ["service", "employees", "international", "union"]
            .iter()
            .enumerate()
            .all(|(behind, word)| text(at - 4 + behind) == *word);
    let parted = tokens[at..]
        .iter()
        .take(next + 1 - at)
        .any(|token| token.breaks || token.comma);
    if (text(at - 1) == "seiu" || typed_out) && !parted && tokens.get(next).is_some_and(long_number) {
        tokens.drain(at..at + length);
    }
}

/// Writes out the acronym of a body that has chapters, where the place of one stands behind it, or before it at the end:
/// "PSR Oregon", "NASW of Texas", "Oregon PSR".
fn write_out_before_place(tokens: &mut Vec<Token>) {
    let found = tokens.iter().enumerate().find_map(|(at, token)| {
        let length = token.text.len();
        let words = (3..=7)
            .contains(&length)
            .then(|| WORD_LISTS.placed(&token.text))
            .flatten()?;
        let little = |token: &Token| matches!(&*token.text, "of" | "in" | "the");
        let behind = tokens[at + 1..].iter().find(|token| !little(token));
        let before = at + 1 == tokens.len() && at > 0 && tokens[..at].iter().all(is_place);
        (before || behind.is_some_and(is_place)).then_some((at, words))
    });
    let Some((at, words)) = found else { return };
    let mut written = Vec::with_capacity(words.len());
    push_words(&mut written, words, &tokens[at]);
    tokens.splice(at..=at, written);
}

/// Appends the words that a token is short for.
fn push_words(out: &mut Vec<Token>, words: &[Box<str>], token: &Token) {
    for (at, word) in words.iter().enumerate() {
        out.push(Token {
            text: word.strip_suffix(ordinal(word)).unwrap_or(word).to_owned(),
            breaks: token.breaks && at == 0,
            slash: token.slash && at == 0,
            comma: token.comma && at == 0,
            ..*token
        });
    }
}

/// What the neighbors of a token tell about it.
struct PlaceInName {
    at: usize,
    /// It is the last word of the name, or of the part before a bracket or comma.
    closes: bool,
    /// It is read as the code of a place: two capitals in a name that is not all
    /// capitals; in one that is, before "Chapter" or after a comma or a dash.
    is_code: bool,
    /// It may be one: the name is all capitals, or "Chapter" follows.
    may_be_code: bool,
}

impl PlaceInName {
    fn new(token: &Token, next: Option<&Token>, at: usize, shouted: bool) -> Self {
        let closes = next.is_none_or(|next| next.breaks || next.comma);
        // "CT Students for a Dream" too, not "MA JOBS Network".
        let begins = at == 0 && token.letters == 2 && next.is_some_and(|next| !next.shouted());
        let mixed = !shouted && token.shouted() && (at > 0 || begins);
        // Only two letters can be a code.
        let two = token.letters == 2 && at > 0;
        let labeled = two
            && next
                .is_some_and(|next| !next.breaks && !next.comma && COMPARISON_WORDS.place_labels.contains(&next.text));
        // "PFLAG PA"; "SF" and "IV" are no states.
        let ends = || {
            let state = WORD_LISTS.code(&token.text.to_ascii_uppercase());
            next.is_none() && matches!(state, Some([state]) if WORD_LISTS.class(state, stem(state)).is(Class::REGION))
        };
        let in_capitals = two && shouted && token.shouted() && (labeled || token.comma || token.breaks || ends());
        Self {
            at,
            closes,
            is_code: mixed || in_capitals,
            may_be_code: two && (token.shouted() || labeled),
        }
    }
}

/// Returns whether a little word is also the code of a place.
fn is_word_and_code(upper: &str) -> bool {
    upper == "LA" || WORD_LISTS.end_code(upper).is_some()
}

/// Returns the word that a token stands for by what is beside it: "Co" is a county, a
/// company or Colorado, "St" a saint or a street, "One" a number after "Local".
fn word_by_neighbors(token: &Token, next: Option<&Token>, out: &[Token], place: &PlaceInName) -> Option<&'static str> {
    match &*token.text {
        // "Kent Co. Senior Services" is of Kent County, "Kent Dance Co." a company,
        // "Indivisible CO" of Colorado.
        "co" if place.at > 0 && !place.is_code => {
            let closes = place.closes || next.is_some_and(|next| next.text == "and");
            let company = closes || token.bracket != 0;
            Some(if company { "company" } else { "county" })
        }
        "st" => {
            let before = out.last();
            let number = before.is_some_and(|before| before.text.as_bytes()[0].is_ascii_digit());
            let named = before.is_some_and(|before| !class(before).is(Class::STOP));
            // "Main St. Alliance": a saint has a name.
            let ordinary = next.is_some_and(|next| {
                let other = Class::PLACE.or(Class::DEDICATION).or(Class::REAL);
                class(next).is(Class::KNOWN) && !class(next).is(other)
            });
            let street = number || place.at > 0 && named && (place.closes || ordinary);
            Some(if street { "street" } else { "saint" })
        }
        // "Rev. Dr. Pauli Murray", "Sr. Thea Bowman".
        "dr" | "sr" if place.at == 0 || out.last().is_some_and(|before| before.text == "reverend") => next
            .is_some()
            .then_some(if token.text == "dr" { "doctor" } else { "sister" }),
        "br" | "ch" => {
            let number = token.dotted && next.is_some_and(|next| next.text.as_bytes()[0].is_ascii_digit());
            number.then_some(if token.text == "br" { "branch" } else { "chapter" })
        }
        // "Justice 4 Migrant Women", "Workers 4 Peace"; not "Local 4 Retirees".
        "4" => {
            let people =
                |before: &Token| class(before).is(Class::PEOPLE) || COMPARISON_WORDS.before_four.contains(&before.text);
            let named = next.is_some_and(|next| next.letters > 1 && !next.breaks && !next.comma);
            (named && !token.breaks && !token.comma && out.last().is_some_and(people)).then_some("for")
        }
        "one" => {
            let label = out
                .last()
                .is_some_and(|before| COMPARISON_WORDS.unit_labels.contains(&before.text));
            label.then_some("1")
        }
        _ => None,
    }
}

/// Returns the words that a token is short for because of what stands behind it: a full stop
/// ("Mass."), or, of a union, its number ("CWA Local 7250").
fn words_by_context(token: &Token, next: Option<&Token>) -> Option<&'static [Box<str>]> {
    let dotted = token.dotted.then(|| WORD_LISTS.dotted(&token.text)).flatten();
    dotted.or_else(|| {
        let next = next.filter(|_| (3..=12).contains(&token.text.len()))?;
        let name = WORD_LISTS.numbered(&token.text)?;
        let number = next.text.as_bytes()[0].is_ascii_digit();
        let labeled =
            number || COMPARISON_WORDS.unit_labels.contains(&next.text) || matches!(&*next.text, "dc" | "dist" | "no");
        labeled.then_some(name)
    })
}

/// Returns whether a token is a place, or the code of one.
fn is_place(token: &Token) -> bool {
    let code = || {
        let upper = token.text.to_ascii_uppercase();
        token.shouted() && (WORD_LISTS.code(&upper).is_some() || is_word_and_code(&upper))
    };
    let first = WORD_LISTS.expansion(&token.text).and_then(|words| words.first());
    let text = first.map_or(&*token.text, |word| word);
    let place = Class::PLACE.or(Class::PLACE_PREFIX);
    WORD_LISTS.class(text, stem(text)).is(place) || code()
}

/// Returns the ending of an English ordinal.
fn ordinal_ending(number: &str) -> &'static str {
    let teen = number.len() > 1 && number.as_bytes()[number.len() - 2] == b'1';
    match number.as_bytes().last() {
        Some(b'1') if !teen => "st",
        Some(b'2') if !teen => "nd",
        Some(b'3') if !teen => "rd",
        _ => "th",
    }
}

/// Returns the number of an ordinal, in digits or in a word: "3rd", "Third".
fn ordinal_number(text: &str) -> Option<&str> {
    // Most words are none, and need not be looked up: "first", "2nd", "third", "fourth", "primera".
    let ends = matches!(
        text.as_bytes(),
        [b'0'..=b'9', ..] | [.., b's', b't'] | [.., b'n' | b'r', b'd'] | [.., b't', b'h'] | [.., b'e', b'r', _]
    );
    if !ends {
        return None;
    }
    let number = |text: &'_ str| text.len() - ordinal(text).len();
    let word = match WORD_LISTS.expansion(text) {
        Some([word]) => word,
        _ => text,
    };
    (number(word) < word.len()).then(|| &word[..number(word)])
}

/// Returns how an ordinal is read: as a plain number where both are written ("9th Ward", "9
/// Ward"), else as an ordinal ("Third Wave" is no "3 Wave"). "First" is a number only before a
/// noun of rank: "First Baptist Church", not "Families First".
fn ordinal_by_neighbors(token: &Token, next: Option<&Token>, out: &[Token]) -> Option<String> {
    let number = ordinal_number(&token.text)?;
    let ranked = |next: &Token| !next.comma && COMPARISON_WORDS.ranked.contains(&next.text);
    let month = out
        .last()
        .is_some_and(|before| COMPARISON_WORDS.months.contains(&before.text));
    Some(
        if next.is_some_and(is_counted) || month && !token.comma && number != "1" {
            number.to_owned()
        } else if number == "1" && !next.is_some_and(ranked) {
            "first".to_owned()
        } else {
            format!("{number}{}", ordinal_ending(number))
        },
    )
}

/// Returns whether the number before a word may be an ordinal or not, and both are the same.
fn is_counted(token: &Token) -> bool {
    !token.comma && COMPARISON_WORDS.counted.contains(&token.text)
}

fn class(token: &Token) -> Class {
    WORD_LISTS.class(&token.text, stem(&token.text))
}

/// "Local 0032" is Local 32.
fn strip_zeros(text: &mut String) {
    if text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let zeros = text.bytes().take_while(|&byte| byte == b'0').count();
        text.drain(..zeros.min(text.len() - 1));
    }
}

/// "lmmigrant", typed with a small l for a capital I.
fn repair_capital_i(text: &mut String) {
    let consonant = |byte: &u8| b"bcdfghjkmnpqrstvwxz".contains(byte);
    if text.len() < 6 || !text.starts_with('l') || !text.as_bytes().get(1).is_some_and(consonant) {
        return;
    }
    let meant = format!("i{}", &text[1..]);
    if WORD_LISTS.class(&meant, stem(&meant)).is(Class::KNOWN) {
        *text = meant;
    }
}

/// A number run together with the name of a union: "1199SEIU".
fn number_and_name(text: &str) -> Option<(&str, &'static [Box<str>])> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, name) = text.split_at(digits);
    let long = digits > 0 && name.len() > 2;
    Some((number, long.then(|| WORD_LISTS.expansion(name)).flatten()?))
}

/// The ending of an ordinal in digits: "73rd" is 73.
fn ordinal(text: &str) -> &str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match &text[digits..] {
        ending @ ("st" | "nd" | "rd" | "th" | "ra" | "ro" | "da" | "do" | "ta" | "to" | "na" | "no" | "va" | "vo")
            if digits > 0 =>
        {
            ending
        }
        _ => "",
    }
}
