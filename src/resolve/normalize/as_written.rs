//! Finds the characters of a name that a normalized word was made of.
//!
//! In: a name as typed, and where words begin and end in its folded form. Out: the
//! characters as typed. Guaranteed: a piece of the name, or nothing. Absent: comparing.

use super::tokens::{fold, unescape};
use super::{Name, NameWord};
use crate::resolve::words::Class;

/// Returns words of a name as they stand in `raw`, which the name was made of. Words that
/// follow each other keep what stands between them.
pub(crate) fn as_written(raw: &str, name: &Name, words: &[NameWord]) -> String {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    let mut last: Option<usize> = None;
    for word in words {
        let at = name.words().iter().position(|other| other.start == word.start);
        let follows = match (last, at) {
            (Some(last), Some(at)) => last < at && is_run(&name.words()[last + 1..=at]),
            _ => false,
        };
        match runs.last_mut() {
            // One abbreviation, many words: "NAACP".
            Some(run) if (run.0, run.1) == (word.from, word.to) || word.from >= run.0 && word.to <= run.1 => {}
            Some(run) if follows && word.from >= run.1 => run.1 = word.to,
            _ => runs.push((word.from, word.to)),
        }
        last = at;
    }
    let texts: Vec<String> = runs.into_iter().filter_map(|run| typed(raw, run)).collect();
    texts.join(" ")
}

/// Returns whether nothing but little words stands before the last of some words, and no
/// mark parts them.
fn is_run(words: &[NameWord]) -> bool {
    let Some((last, before)) = words.split_last() else {
        return false;
    };
    let parted = words.iter().any(|word| word.breaks || word.comma);
    !parted && !last.breaks && before.iter().all(|word| word.class.is(Class::STOP))
}

/// Returns the characters of a name that were folded to a piece of its folded form.
fn typed(raw: &str, (from, to): (u16, u16)) -> Option<String> {
    let (from, to) = (usize::from(from), usize::from(to));
    let is_escaped = || raw.contains("&amp;") || raw.contains('/') && raw.to_ascii_lowercase().contains(" c/o ");
    if raw.is_ascii() && !is_escaped() {
        return raw.get(from..to).map(str::to_owned);
    }
    let text = unescape(raw);
    let (mut at, mut out) = (0, String::new());
    for c in text.chars() {
        let begin = at;
        at += fold(c.encode_utf8(&mut [0; 4])).len();
        // A mark that was folded away belongs to the letter before it.
        if begin >= from && at <= to && (begin < at || !out.is_empty()) {
            out.push(c);
        }
    }
    (!out.is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_shown_as_they_were_typed() {
        let check = |raw: &str, range: std::ops::Range<usize>, expected: &str| {
            let name = Name::new(raw);
            assert_eq!(as_written(raw, &name, &name.words()[range]), expected, "{raw}");
        };
        check("Voices of Peace", 0..3, "Voices of Peace");
        check("NAACP Ohio", 0..7, "NAACP");
        check("First Baptist Church", 0..1, "First");
        check("Corazón de la Costa", 0..1, "Corazón");
        check("Corazón de la Costa", 0..4, "Corazón de la Costa");
        check("Peace &amp; Bread", 2..3, "Bread");
        check("Women’s March", 0..2, "Women’s March");
        check("Casa (Main), Texas", 0..3, "Casa Main Texas");
    }
}
