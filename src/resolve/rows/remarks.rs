//! Remarks in a name that may restrain it: "(withdrawn)", "- TBC", "[DO NOT LIST]", "?".
//!
//! In: a row. Out: the question it raises, with the name that is left. Guaranteed: a
//! remark is taken for one only where it stands apart from the name (in brackets, behind
//! a dash, at an end) and says so in words of data/rows.toml, or is a mark without words.
//! Absent: whether the name is one.

use super::row::Row;
use super::text::{Text, trimmed};
use super::words::{Marks, ROW_WORDS};
use crate::model::held::{HeldReason, Hold};
use crate::resolve::words::{Phrase, WORD_LISTS};

/// How a part of a name stands apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Apart {
    /// In brackets or between stars.
    Bracket,
    /// Behind a dash, a colon or a comma.
    Behind,
    /// Before one.
    Before,
    /// At the end, without a sign.
    End,
}

/// Returns what is asked about the remark in a row's name.
pub(super) fn remark(row: &Row<'_>) -> Option<Hold> {
    let name = row.name();
    if let Some(print) = struck(name) {
        let mut hold = Hold::new(HeldReason::Struck);
        hold.print = Some(print.into());
        return Some(hold);
    }
    let (about, print) = find(row, May::have(row.text))?;
    let mut hold = Hold::about(HeldReason::Remark, &about);
    hold.print = (!print.is_empty()).then(|| print.into());
    Some(hold)
}

/// What parts of a name may say. What words a part has, the whole has: a part begins and ends
/// where a word does.
#[derive(Clone, Copy)]
struct May {
    /// A strong word or a phrase, without which the last words are no remark.
    strong: bool,
    /// That, or a weak word.
    say: bool,
    /// A count: "(12 groups)".
    count: bool,
    /// The first word of a part that is a remark as a whole.
    aside: bool,
}

impl May {
    fn have(text: &Text) -> Self {
        let phrase = || text.phrase(&ROW_WORDS.remarks, Marks::REMARK_PHRASE).is_some();
        let strong = text.marks.is(Marks::STRONG) || phrase();
        Self {
            strong,
            say: strong || text.marks.is(Marks::WEAK),
            count: text.marks.is(Marks::COUNTED) && text.marks.is(Marks::NUMBER),
            aside: text.marks.is(Marks::ASIDE),
        }
    }
}

/// Finds a remark, and the name without it.
fn find(row: &Row<'_>, may: May) -> Option<(String, String)> {
    let name = row.name();
    None.or_else(|| (may.say || may.count || may.aside).then(|| bracketed(name)).flatten())
        .or_else(|| (may.say || may.aside).then(|| beside_sign(name)).flatten())
        .or_else(|| may.say.then(|| at_end(name, may.strong)).flatten())
        .or_else(|| last_word(row))
        .or_else(|| at_start(row))
        .or_else(|| sign(name))
        .or_else(|| mark(name))
        .or_else(|| bracketed_doubt(name))
        .or_else(|| more_of_them(row))
        .or_else(|| super::speech::spoken(row))
}

/// Returns the name of a row that is struck out by signs: `~~Name~~`, `<s>Name</s>`.
fn struck(name: &str) -> Option<String> {
    if !name.contains('~') && !name.contains('<') {
        return None;
    }
    if name.contains("~~") {
        return Some(trimmed(&name.replace("~~", "")));
    }
    if let Some(inner) = name.strip_prefix('~').and_then(|name| name.strip_suffix('~')) {
        return Some(trimmed(inner));
    }
    for tag in ["s", "del", "strike"] {
        let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
        if name.contains(&open) {
            return Some(trimmed(&name.replace(&open, "").replace(&close, "")));
        }
    }
    None
}

/// Finds a remark in brackets or between stars.
fn bracketed(name: &str) -> Option<(String, String)> {
    for (open, close) in [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('*', '*')] {
        let mut from = 0;
        while let Some(start) = name[from..].find(open).map(|at| at + from) {
            let inner = start + open.len_utf8();
            let length = name[inner..].find(close);
            let end = length.map_or(name.len(), |length| inner + length);
            let part = &name[inner..end];
            let after = length.map_or(end, |_| end + close.len_utf8());
            if says(part, Apart::Bracket) && !abbreviates(part, &name[..start]) {
                let rest = format!("{} {}", &name[..start], &name[after..]);
                return Some((name[start..after].to_owned(), trimmed(&rest)));
            }
            from = after;
        }
    }
    None
}

/// Finds a remark behind or before a dash, a colon, a comma.
fn beside_sign(name: &str) -> Option<(String, String)> {
    for (at, sign) in name.char_indices() {
        if !matches!(sign, '-' | '–' | '—' | ':' | ';' | ',' | '|' | '/' | '.' | '>' | '→') {
            continue;
        }
        let (before, after) = (&name[..at], &name[at + sign.len_utf8()..]);
        let apart = after.starts_with(' ') || before.ends_with(' ') && sign != '.';
        if !apart || before.trim().is_empty() || after.trim().is_empty() {
            continue;
        }
        if says(after, Apart::Behind) {
            return Some((after.trim_matches([' ', '-', '–', '—']).to_owned(), trimmed(before)));
        }
        // "Late, Inc." is a name with its legal form.
        if sign != '.' && !is_legal_form(after) && says(before, Apart::Before) {
            return Some((before.trim().to_owned(), trimmed(after)));
        }
    }
    None
}

/// Returns whether a part of a name is nothing but a legal form.
fn is_legal_form(part: &str) -> bool {
    let text = Text::new(part);
    let [word] = text.words() else { return false };
    let mut phrases = WORD_LISTS.phrases(text.word(*word)).iter();
    phrases.any(|(words, phrase)| words.len() == 1 && matches!(phrase, Phrase::Legal(_)))
}

/// Finds a remark in the last words, if the name may have a strong one, or a shouted one in the
/// first.
fn at_end(name: &str, strong: bool) -> Option<(String, String)> {
    let bytes = name.as_bytes();
    let mut starts = (1..bytes.len()).filter(|&at| bytes[at - 1] == b' ' && bytes[at] != b' ');
    if strong {
        // The longest remark that fits, of at most eight words.
        let mut last: Vec<usize> = starts.clone().rev().take(8).collect();
        last.reverse();
        for start in last {
            if says(&name[start..], Apart::End) {
                return Some((name[start..].to_owned(), trimmed(&name[..start])));
            }
        }
    }
    let shouts = |part: &str| part.len() > 3 && !part.chars().any(char::is_lowercase);
    if let Some(start) = starts.clone().next_back()
        && shouts(&name[start..])
        && name[start..].chars().all(char::is_alphabetic)
        && name.chars().any(char::is_lowercase)
        && says(&name[start..], Apart::Before)
    {
        return Some((name[start..].to_owned(), trimmed(&name[..start])));
    }
    let first = starts.next()?;
    let word = name[..first].trim();
    if let Some(found) = shouted_start(name) {
        return Some(found);
    }
    // Before a mere "Coalition" stands an acronym: the rest alone names nobody.
    let rest = name[first..].trim();
    let is_acronym = !rest.contains(' ') && super::several_names::has_body(rest);
    let shouted = shouts(word) && name.chars().any(char::is_lowercase) && !is_acronym;
    (shouted && says(word, Apart::Before)).then(|| (word.to_owned(), trimmed(&name[first..])))
}

/// Finds a last word that is a remark by its letters: "Oak Union copy", "Oak Union NEW".
fn last_word(row: &Row<'_>) -> Option<(String, String)> {
    let &last = row.text.words().last()?;
    if !ROW_WORDS.ends.contains(row.text.word(last)) {
        return None;
    }
    let (before, last) = row.name().rsplit_once(' ')?;
    let capital = |part: &str| part.contains(char::is_uppercase);
    let small = |part: &str| part.contains(char::is_lowercase);
    let apart = !capital(last) && capital(before) || !small(last) && small(before);
    (apart && before.contains(char::is_alphabetic)).then(|| (last.to_owned(), trimmed(before)))
}

/// Finds a remark at the start: "Copy of Oak Union", "aka Elm House", and a whole name in
/// brackets: "(formerly Elm House)".
fn at_start(row: &Row<'_>) -> Option<(String, String)> {
    let name = row.name();
    let inner = name.strip_prefix('(').and_then(|name| name.strip_suffix(')'));
    if let Some(inner) = inner.filter(|inner| !inner.contains(['(', ')'])) {
        let rest = after_start(&Text::new(inner), inner).or_else(|| inner.strip_prefix("formerly "));
        return Some((name.to_owned(), trimmed(rest.unwrap_or(inner))));
    }
    // "Formerly Incarcerated People United" is a name.
    let rest = after_start(row.text, name).or_else(|| name.strip_prefix("formerly "))?;
    Some((name[..name.len() - rest.len()].trim().to_owned(), trimmed(rest)))
}

/// Returns what follows a start that is a remark.
fn after_start<'n>(text: &Text, name: &'n str) -> Option<&'n str> {
    if !text.marks.is(Marks::START) {
        return None;
    }
    let phrase = text.begins(&ROW_WORDS.starts)?;
    // The letters of the phrase as they are typed: "A.K.A. Elm House".
    let mut left = phrase.chars().filter(|c| *c != ' ').count();
    let mut chars = name.char_indices();
    chars.find(|(_, c)| {
        left -= usize::from(c.is_alphanumeric());
        left == 0
    })?;
    let rest = chars.as_str().trim_start_matches(['.', ':', ',', ' ']);
    (!rest.is_empty()).then_some(rest)
}

/// Finds a sign of a status at either end, or an empty box at the start: "❌ Oak Union", "Oak Union 🟡", and a name that is cut
/// off: "Oak Union ...".
fn sign(name: &str) -> Option<(String, String)> {
    // "[ ] Oak Union", "[?] Oak Union": a box that is not ticked.
    let inner = name.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    if let Some((inner, rest)) = inner
        && !rest.is_empty()
        && matches!(inner.chars().count(), 0..=2)
        && !inner.contains(char::is_alphanumeric)
    {
        return Some((format!("[{inner}]"), trimmed(rest)));
    }
    let is_sign = |c: char| !c.is_ascii() && ROW_WORDS.signs.contains(&c);
    let cut = name.ends_with("...") || name.ends_with('…');
    if !cut && name.is_ascii() {
        return None;
    }
    // A selector of emoji may follow the sign.
    let end = name.trim_end_matches('\u{fe0f}');
    if cut || end.ends_with(is_sign) {
        let rest = end.trim_end_matches(|c: char| is_sign(c) || matches!(c, '.' | '…' | ' ' | '\u{fe0f}'));
        return (!rest.is_empty()).then(|| (name[rest.len()..].trim().to_owned(), trimmed(rest)));
    }
    let rest = name.trim_start_matches(|c: char| is_sign(c) || matches!(c, ' ' | '\u{fe0f}'));
    let begins = name.starts_with(is_sign) && !rest.is_empty();
    begins.then(|| (name[..name.len() - rest.len()].trim().to_owned(), trimmed(rest)))
}

/// Finds a remark in the shouted words that a name begins with: "DO NOT USE Elm House".
fn shouted_start(name: &str) -> Option<(String, String)> {
    // The word that has the first small letter is the name's.
    let small = name.find(char::is_lowercase)?;
    let end = name[..small].rfind(' ')?;
    let start = &name[..end];
    let found = start.contains(' ') && says(start, Apart::Before);
    found.then(|| (start.to_owned(), trimmed(&name[end..])))
}

/// Returns whether a part of a name is a remark.
fn says(part: &str, apart: Apart) -> bool {
    let text = Text::new(part);
    let words = text.words();
    let remark = Marks::STRONG.or(Marks::WEAK);
    let phrase = text.phrase(&ROW_WORDS.remarks, Marks::REMARK_PHRASE);
    let strong = phrase.is_some() || text.marks.is(Marks::STRONG);
    // The words of a phrase are part of the remark.
    let other = |marks: Marks| !marks.is(remark.or(Marks::LITTLE).or(Marks::NUMBER));
    let others = words.iter().filter(|word| other(word.marks));
    // At the end, only its own words: of "Monitors Network and others", two are the remark.
    let is_own = |word: &str| apart != Apart::End || other(ROW_WORDS.marks(word));
    let phrased = |phrase: &str| phrase.split(' ').filter(|word| is_own(word)).count();
    let in_phrase = phrase.map_or(0, phrased);
    // "Ana to confirm": whom one asks is part of it.
    let weak = text.marks.is(Marks::WEAK);
    let asked = usize::from(!strong && weak && words.len() > 1 && words[0].marks.is(Marks::GIVEN));
    let others = others.count().saturating_sub(in_phrase).saturating_sub(asked);
    let lower = part.trim_start().starts_with(char::is_lowercase);
    if apart != Apart::End && is_aside(&text) {
        return true;
    }
    match apart {
        Apart::Bracket => {
            let counted = text.marks.is(Marks::COUNTED)
                && text.all(Marks::COUNTED.or(Marks::NUMBER).or(Marks::BESIDE))
                && text.marks.is(Marks::NUMBER);
            strong || counted || weak && (others == 0 || lower && words.len() <= 8)
        }
        Apart::Behind => {
            strong && others <= 3 || weak && (others == 0 || lower && others <= 2 && words[0].marks.is(Marks::WEAK))
        }
        Apart::Before => others == 0 && words.len() <= 5 && (strong || weak),
        Apart::End => strong && others == 0 && (words[0].marks.is(remark) || phrase.is_some()),
    }
}

/// Returns whether a part as a whole is one of the asides of data/rows.toml, with a number or
/// little words behind it.
fn is_aside(text: &Text) -> bool {
    let Some(phrase) = text.begins(&ROW_WORDS.asides) else {
        return false;
    };
    let beside = match phrase {
        // Not "New Hope".
        "per" => Marks::NUMBER.or(Marks::LITTLE).or(Marks::GIVEN),
        _ => Marks::NUMBER.or(Marks::LITTLE),
    };
    let mut rest = text.words().iter().skip(phrase.split(' ').count());
    rest.all(|word| word.marks.is(beside))
}

/// Returns whether a word in brackets is the acronym of the name before it: "(HOLD)".
fn abbreviates(part: &str, before: &str) -> bool {
    if part.contains(' ') || part.chars().any(char::is_lowercase) {
        return false;
    }
    let mut initials = before.split([' ', '-']).filter_map(|word| word.chars().next());
    part.chars()
        .all(|letter| initials.any(|initial| initial.eq_ignore_ascii_case(&letter)))
}

/// "Oak Union (sp?)", "Oak Union (2)", "*Oak Union".
fn bracketed_doubt(name: &str) -> Option<(String, String)> {
    if let Some(rest) = name.strip_prefix('*').filter(|rest| !rest.contains('*')) {
        return Some(("*".to_owned(), trimmed(rest)));
    }
    let start = name.rfind('(')?;
    let length = name[start..].find(')')?;
    let (inner, after) = (&name[start + 1..start + length], start + length + 1);
    let number = inner.len() <= 2 && !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit());
    if start == 0 || !(inner.ends_with('?') || number && after == name.len()) {
        return None;
    }
    let rest = format!("{} {}", &name[..start], &name[after..]);
    Some((name[start..after].to_owned(), trimmed(&rest)))
}

/// "Oak Union and its 12 affiliates", "Oak Union + 3 others", "Oak Union (and 45 other groups)".
fn more_of_them(row: &Row<'_>) -> Option<(String, String)> {
    const MANY: [&str; 16] = [
        "affiliates",
        "others",
        "other",
        "more",
        "members",
        "chapters",
        "partners",
        "organizations",
        "orgs",
        "groups",
        "signatories",
        "individuals",
        "people",
        "churches",
        "locals",
        "allies",
    ];
    // The last word of what is more is the last of the whole.
    let &last = row.text.words().last()?;
    if !MANY.contains(&row.text.word(last)) {
        return None;
    }
    let name = row.name();
    let folded = row.text.folded();
    if !row.text.marks.is(Marks::NUMBER) && !folded.ends_with(" others") && !folded.contains(" and its ") {
        return None;
    }
    let at = [" and ", " & ", " + ", " plus ", " (and ", " (+", " +"]
        .iter()
        .find_map(|sign| name.rfind(sign))?;
    let text = Text::new(name[at..].trim_start_matches([' ', '(']));
    let words: Vec<&str> = text.words().iter().map(|&word| text.word(word)).collect();
    let words = words
        .strip_prefix(&["and"])
        .or_else(|| words.strip_prefix(&["plus"]))
        .unwrap_or(&words);
    let (last, before) = words.split_last()?;
    let counts = before.iter().any(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    let own = before == ["its"] && *last != "members" && *last != "people";
    let is_more = own && MANY.contains(last)
        || MANY.contains(last) && counts && before.len() <= 3
        || *last == "others" && before.is_empty();
    is_more.then(|| (name[at..].trim().to_owned(), trimmed(&name[..at])))
}

/// First words of a name that may end in a question mark.
const ASKING: [&str; 14] = [
    "what", "whats", "who", "whos", "why", "how", "where", "when", "got", "is", "are", "do", "which", "can",
];

/// Finds a mark without words: "?", "*", "†", "^1", `[1]`.
fn mark(name: &str) -> Option<(String, String)> {
    let last = name.chars().next_back()?;
    let is_mark = |c: char| matches!(c, '?' | '*' | '†' | '‡' | '¹');
    let start = if last == ']' {
        let start = name.rfind('[')?;
        let inner = &name[start + 1..name.len() - 1];
        (!inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit())).then_some(start)?
    } else if last.is_ascii_digit() {
        let start = name.rfind('^')?;
        name[start + 1..]
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then_some(start)?
    } else if name.contains('?') && name.contains("??") {
        name.find("??")?
    } else if let Some(at) = name.find("? (").filter(|_| last == ')') {
        at
    } else if name.ends_with("(?)") {
        name.len() - 3
    } else if name.ends_with("!!") {
        name.trim_end_matches('!').len()
    } else if is_mark(last) {
        name.trim_end_matches(is_mark).len()
    } else {
        return None;
    };
    let first = super::fold::fold(name.split(' ').next().unwrap_or_default());
    let is_title = name.starts_with(char::is_uppercase);
    if matches!(last, '?' | ')') && is_title && ASKING.contains(&first.as_str()) && !name.contains("??") {
        return None;
    }
    // "**" alone is no name with a mark.
    (start > 0).then(|| (name[start..].trim().to_owned(), trimmed(&name[..start])))
}

#[cfg(test)]
mod tests {
    use super::super::row::WholeList;
    use super::*;
    use crate::model::known::Known;
    use crate::model::signatory::Record;
    use crate::source::{Origin, SourceMap};

    #[test]
    fn what_a_name_may_say_rules_no_remark_out() {
        let remarks = [
            "withdrawn",
            "WITHDRAWN",
            "TBC",
            "do not list",
            "DO NOT USE",
            "test",
            "for now",
            "pending approval",
            "hold",
            "HOLD",
            "12 groups",
            "3 chapters",
            "sp?",
            "for identification only",
            "duplicate",
            "à confirmer",
            "tentative",
            "and 3 others",
            "+ 12 members",
            "not yet",
            "?",
            "(1)",
            "*",
            "Local 12",
            "New York",
            "on behalf of",
            "maybe",
        ];
        let list = WholeList::new(&[], &Known::default());
        let origin = Origin::File(SourceMap::default().add("", ""));
        let all = May {
            strong: true,
            say: true,
            count: true,
            aside: true,
        };
        let mut found = 0;
        for name in [
            "Oak Union",
            "HOPE",
            "Río Abajo, Inc.",
            "Women’s Board of Ward 12",
            "ELM-HOUSE",
            "L.A. Forward",
        ] {
            for said in remarks {
                for row in [
                    format!("{name} ({said})"),
                    format!("{name} [{said}"),
                    format!("{name} - {said}"),
                    format!("{name}, {said}"),
                    format!("{name}–{said}"),
                    format!("{name} {said}"),
                    format!("{said} {name}"),
                    format!("{said}: {name}"),
                    format!("{said} - {name}"),
                    format!("*{said}* {name}"),
                    format!("{name}’{said}"),
                ] {
                    let text = Text::new(&row);
                    let record = Record::new(row.as_str(), origin);
                    let row = Row {
                        record: &record,
                        text: &text,
                        list: &list,
                    };
                    let full = find(&row, all);
                    found += usize::from(full.is_some());
                    assert_eq!(find(&row, May::have(&text)), full, "{}", row.name());
                }
            }
        }
        assert!(found > 500, "{found}");
    }
}
