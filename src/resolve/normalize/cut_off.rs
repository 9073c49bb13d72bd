//! Recognizes names that a form or a sheet cut off: "League of Women Voters of".
//!
//! In: the words of a name. Out: whether something seems to be missing at its end.
//! Absent: what it may be.

use super::tokens::Token;
use crate::resolve::words::{COMPARISON_WORDS, Class, Phrase, WORD_LISTS, stem};

/// Returns whether a name ends in a comma, or in a word that nothing ends with. "Madison,
/// City of" and "Doe Fund, The" are turned round.
pub(super) fn is_cut_off(tokens: &[Token], folded: &str) -> bool {
    let Some((last, before)) = tokens.split_last().filter(|(_, before)| !before.is_empty()) else {
        return false;
    };
    if folded.trim_end().ends_with(',') {
        // "Archdiocese of N. Y.," ends where it should.
        let legal = is_legal(last);
        let expanded = WORD_LISTS.expansion(&last.text).is_some() && last.letters <= 3;
        return !legal && !expanded && !WORD_LISTS.class(&last.text, stem(&last.text)).is(Class::PLACE);
    }
    // "Tideline Movement DE" is in Delaware.
    let is_code = || {
        let code = last.text.to_ascii_uppercase();
        last.shouted() && (WORD_LISTS.code(&code).is_some() || WORD_LISTS.end_code(&code).is_some())
    };
    if last.bracket != 0 || !COMPARISON_WORDS.never_last.contains(&last.text) || is_code() {
        return false;
    }
    // "Temple Beth El".
    if last.text == "el" && !last.comma {
        return false;
    }
    let turned = match &*last.text {
        // "Bridge to Hope, Inc The".
        "the" => last.comma || last.breaks || before.last().is_some_and(is_legal),
        "of" => !last.comma && before.iter().any(|token| token.comma),
        _ => false,
    };
    !turned
}

/// Returns whether a legal form begins with a word.
fn is_legal(token: &Token) -> bool {
    let mut phrases = WORD_LISTS.phrases(&token.text).iter();
    phrases.any(|(_, phrase)| matches!(phrase, Phrase::Legal(_)))
}
