//! Sets aside what is no part of a name's words: other names, legal forms, remarks,
//! acronyms.
//!
//! In: tokens. Out: fewer tokens, and a [`Name`] that holds what was taken away.
//! Guaranteed: at least one token stays. Absent: writing out abbreviations.

use super::Name;
use super::tokens::Token;
use crate::resolve::words::{COMPARISON_WORDS, Class, Phrase, WORD_LISTS, stem};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The phrase that begins at a token, if one does, and its length in tokens.
fn phrase_at(tokens: &[Token]) -> Option<(usize, &'static Phrase)> {
    let first = tokens.first()?;
    let found = WORD_LISTS.phrases(&first.text).iter().find(|(words, _)| {
        words.len() <= tokens.len()
            && words.iter().zip(tokens).all(|(word, token)| **word == *token.text)
            && tokens[..words.len()]
                .windows(2)
                .all(|two| two[0].bracket == two[1].bracket)
    });
    found.map(|(words, phrase)| (words.len(), phrase))
}

/// Moves what follows "d/b/a" aside: to the end, or to the closing bracket.
pub(super) fn split_aliases(tokens: &mut Vec<Token>, aliases: &mut Vec<Vec<Token>>) {
    let mut at = 1;
    while at < tokens.len() {
        let Some((length, Phrase::Alias)) = phrase_at(&tokens[at..]) else {
            at += 1;
            continue;
        };
        // "Old Name, now New Name"; not "Housing Now Ohio", "Previously Unhoused People".
        let parted = tokens[at].comma || tokens[at].breaks;
        if matches!(
            &*tokens[at].text,
            "now" | "ahora" | "previously" | "renamed" | "antes" | "anteriormente"
        ) && length == 1
            && !parted
        {
            at += 1;
            continue;
        }
        let bracket = tokens[at].bracket;
        let end = match bracket {
            0 => tokens.len(),
            _ => at + tokens[at..].iter().take_while(|token| token.bracket == bracket).count(),
        };
        if end <= at + length {
            at += 1;
            continue;
        }
        let mut alias: Vec<Token> = tokens.drain(at..end).skip(length).collect();
        for token in &mut alias {
            token.bracket = if token.bracket == bracket { 0 } else { token.bracket };
            token.qualifier = token.bracket != 0;
        }
        alias[0].breaks = false;
        alias[0].slash = false;
        // A second marker parts a second name: "X d/b/a Y, formerly Z".
        let mut inner = Vec::new();
        split_aliases(&mut alias, &mut inner);
        aliases.push(alias);
        aliases.append(&mut inner);
        if let Some(next) = tokens.get_mut(at) {
            next.breaks = true;
        }
    }
}

/// Moves the second of two names aside that a slash parts, if one of them is Spanish and the
/// other is not, and they have a word in common: "Border Angels / Ángeles de la Frontera".
pub(super) fn split_translation(tokens: &mut Vec<Token>, aliases: &mut Vec<Vec<Token>>) {
    let mut breaks = (1..tokens.len()).filter(|&at| tokens[at].breaks);
    let (Some(at), None) = (breaks.next(), breaks.next()) else {
        return;
    };
    let spanish = |tokens: &[Token]| {
        tokens.iter().enumerate().any(|(at, token)| {
            // "Los Angeles", "San Diego" are places.
            let place = |token: &Token| WORD_LISTS.class(&token.text, stem(&token.text)).is(Class::PLACE);
            let listed = COMPARISON_WORDS.spanish.contains(&token.text);
            listed && !place(token) && !tokens.get(at + 1).is_some_and(place)
        })
    };
    let (before, after) = tokens.split_at(at);
    let whole = before.len() > 1 && after.len() > 1 && after[0].slash && after[0].bracket == 0;
    // "Faith in Action/La Red" are two bodies; a translation keeps a word that looks alike.
    let cognate = before.iter().any(|a| {
        let common = |b: &Token| a.text.chars().zip(b.text.chars()).take_while(|(a, b)| a == b).count();
        after.iter().any(|b| common(b) >= 4)
    });
    if whole && cognate && spanish(before) != spanish(after) {
        let mut alias = tokens.split_off(at);
        alias[0].breaks = false;
        alias[0].slash = false;
        aliases.push(alias);
    }
}

/// Parts what a body owns from it: "Tideline Alliance's Immigrant Justice Center" is two names in a row.
pub(super) fn part_owner(tokens: &mut [Token]) {
    let body = |token: &Token| {
        let text = token.text.strip_suffix('s').unwrap_or(&token.text);
        COMPARISON_WORDS.owners.contains(text)
    };
    // "Women's Center": a body has a name of two words.
    let owner = (1..tokens.len().saturating_sub(2)).find(|&at| tokens[at].owns && body(&tokens[at]));
    if let Some(at) = owner {
        tokens[at + 1].breaks = true;
    }
}

/// Takes away legal forms and remarks; marks what follows "a project of" as a
/// qualifier.
pub(super) fn strip_phrases(tokens: &mut Vec<Token>, name: &mut Name) {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    let mut belonging = false;
    while at < tokens.len() {
        let inside = belonging;
        let keep = |token: &Token| Token {
            qualifier: token.qualifier || inside,
            ..token.clone()
        };
        let Some((length, phrase)) = phrase_at(&tokens[at..]) else {
            out.push(keep(&tokens[at]));
            at += 1;
            continue;
        };
        let end = at + length;
        let bracket = tokens[at].bracket;
        // The last word of the name, or of the part before a bracket or comma.
        let closes = tokens
            .get(end)
            .is_none_or(|next| next.breaks || next.comma || next.bracket != bracket);
        let whole_bracket = bracket != 0
            && (at == 0 || tokens[at - 1].bracket != bracket)
            && tokens.get(end).is_none_or(|next| next.bracket != bracket);
        let taken = match phrase {
            // "Federation of Teachers, AFL-CIO"; not "Texas AFL-CIO".
            Phrase::Umbrella(_)
                if (out.len() > 1 || tokens[at].comma && is_no_place(&out))
                    && (tokens[at].comma || tokens[at].breaks || has_name(&out) && end == tokens.len())
                    && tokens.get(end).is_none_or(|next| next.comma || next.breaks) =>
            {
                if let Some(next) = tokens.get_mut(end) {
                    next.breaks = true;
                }
                true
            }
            Phrase::Replace(replacement) | Phrase::Umbrella(replacement) => {
                for word in replacement {
                    let mut token = keep(&tokens[at]);
                    token.text = word.to_string();
                    token.to = tokens[end - 1].to;
                    out.push(token);
                }
                true
            }
            // "DUPLICATE - Name".
            Phrase::Remark if out.is_empty() => match tokens.get_mut(end) {
                Some(next) if next.breaks && next.bracket == 0 => {
                    next.breaks = false;
                    true
                }
                _ => false,
            },
            // "On behalf of Casa Uno".
            Phrase::Part if out.is_empty() => end < tokens.len(),
            // "Asociación Civil Casa"; not "Sociedad Civil" alone.
            Phrase::Legal(form) if out.is_empty() => {
                let taken = form.leads && bracket == 0 && !closes;
                name.legal |= if taken { form.family } else { 0 };
                taken
            }
            _ if out.is_empty() => false,
            // "Inc" may be followed by ", The" or another form.
            Phrase::Legal(form) => {
                let meant = !form.dotted || tokens[at].joined || tokens[at].comma;
                let taken = meant && (!form.tail_only || closes || tail_follows(&tokens[end..]));
                if taken {
                    name.legal |= form.family;
                    strip_state_of_form(&mut out);
                }
                taken
            }
            Phrase::Remark => whole_bracket || end == tokens.len(),
            // "(sponsor)", "- lead organization", "N/A"; not "Open Source".
            Phrase::Tag => {
                let parted = tokens[at].breaks && !tokens[at].slash || tokens[at].joined;
                whole_bracket || end == tokens.len() && parted
            }
            Phrase::Part => {
                if let Some(next) = tokens.get_mut(end) {
                    next.breaks = true;
                }
                end < tokens.len()
            }
            Phrase::Belonging => {
                belonging = true;
                name.belongs = true;
                if let Some(next) = tokens.get_mut(end) {
                    next.breaks = true;
                }
                true
            }
            Phrase::Alias => false,
        };
        if taken {
            at = end;
        } else {
            out.push(keep(&tokens[at]));
            at += 1;
        }
    }
    *tokens = out;
}

/// Takes "a California" away before "nonprofit corporation".
fn strip_state_of_form(out: &mut Vec<Token>) {
    let article = |token: &Token| matches!(&*token.text, "a" | "an") && (token.comma || token.breaks);
    let Some(at) = out
        .iter()
        .rposition(article)
        .filter(|&at| at > 0 && out.len() - at <= 3)
    else {
        return;
    };
    let place = |token: &Token| {
        let words = WORD_LISTS.expansion(&token.text);
        let first = words.and_then(|words| words.first()).map_or(&*token.text, |word| word);
        WORD_LISTS
            .class(first, stem(first))
            .is(Class::PLACE.or(Class::PLACE_PREFIX).or(Class::DIRECTION))
    };
    if out[at + 1..].iter().all(place) {
        out.truncate(at);
    }
}

/// Returns whether the only word before a comma is no place: "AFSCME, AFL-CIO".
fn is_no_place(tokens: &[Token]) -> bool {
    let place = |token: &Token| {
        let class = WORD_LISTS.class(&token.text, stem(&token.text));
        class.is(Class::PLACE) || WORD_LISTS.code(&token.text.to_ascii_uppercase()).is_some()
    };
    matches!(tokens, [token] if !place(token) && token.letters >= 3)
}

/// Returns whether words say more than where a body is.
fn has_name(tokens: &[Token]) -> bool {
    let place = Class::PLACE
        .or(Class::PLACE_PREFIX)
        .or(Class::DIRECTION)
        .or(Class::REACH)
        .or(Class::STOP);
    let telling = |token: &&Token| !WORD_LISTS.class(&token.text, stem(&token.text)).is(place);
    tokens.len() > 1 && tokens.iter().any(|token| telling(&token))
}

/// Returns whether nothing but legal forms and "the" follow.
fn tail_follows(tokens: &[Token]) -> bool {
    let mut rest = tokens;
    while let Some(first) = rest.first() {
        if first.text == "the" {
            rest = &rest[1..];
            continue;
        }
        let form = WORD_LISTS.phrases(&first.text).iter().find(|(words, phrase)| {
            matches!(phrase, Phrase::Legal(_))
                && words.len() <= rest.len()
                && words.iter().zip(rest).all(|(word, token)| **word == *token.text)
        });
        match form {
            Some((words, _)) => rest = &rest[words.len()..],
            None => return false,
        }
    }
    true
}

/// Takes away acronyms that stand beside the words they abbreviate: in brackets,
/// after a dash, or before either.
pub(super) fn strip_acronyms(tokens: &mut Vec<Token>, name: &mut Name) {
    let shouted = tokens.iter().filter(|token| token.shouted()).count() * 2 > tokens.len();
    // "Name (ABC)", "Name - ABC", "Name (ABC, Inc.)", "Name (ABC DE)".
    let mut at = 1;
    while at < tokens.len() {
        // "Name, ABC".
        let closes = tokens[at].comma && at + 1 == tokens.len() && tokens[at].shouted() && tokens[at].letters > 2;
        if !tokens[at].breaks && !closes {
            at += 1;
            continue;
        }
        let bracket = tokens[at].bracket;
        let part = 1 + tokens[at + 1..]
            .iter()
            .take_while(|next| !next.breaks && next.bracket == bracket)
            .count();
        let legal = |token: &Token| matches!(phrase_at(std::slice::from_ref(token)), Some((_, Phrase::Legal(_))));
        let tail = tokens[at + 1..at + part]
            .iter()
            .rev()
            .take_while(|token| legal(token))
            .count();
        let mut whole = tokens[at].clone();
        for token in &tokens[at + 1..at + part - tail] {
            whole.text.push_str(&token.text);
            whole.letters = whole.letters.saturating_add(token.letters);
            whole.capitals = whole.capitals.saturating_add(token.capitals);
        }
        let single = part - tail == 1;
        // Outside brackets, a word that merely looks like one may be a body of
        // its own: "Advancing Justice | AAJC".
        let strict = shouted || bracket == 0 || !single;
        if (single || bracket != 0 && whole.shouted()) && abbreviates(&whole, &tokens[..at], strict) {
            tokens.drain(at..at + part);
            // With more words after it, it is not the whole name's.
            if tail_follows(&tokens[at..]) {
                name.acronyms.push(whole.text.into());
            } else {
                name.inner_acronyms.push(whole.text.into());
            }
            if let Some(next) = tokens.get_mut(at) {
                next.breaks = true;
            }
        } else {
            at += part;
        }
    }
    strip_unmarked_acronym(tokens, name, shouted);
    // "ABC - (Name)": the rest is the name.
    if tokens.len() > 2 && tokens[1].breaks && abbreviates(&tokens[0], &tokens[1..], true) {
        let token = tokens.remove(0);
        name.acronyms.push(token.text.into());
        let bracket = tokens[0].bracket;
        for token in tokens.iter_mut().filter(|token| token.bracket == bracket) {
            token.bracket = 0;
            token.qualifier = false;
        }
        tokens[0].breaks = false;
    }
}

/// Takes away an acronym that stands before or behind its name with no mark between them: "BCT Brooklyn
/// Children's Theatre". All its letters must be the initials of the rest.
fn strip_unmarked_acronym(tokens: &mut Vec<Token>, name: &mut Name, shouted: bool) {
    if tokens.len() < 4 {
        return;
    }
    let last = tokens.len() - 1;
    let certain = |token: &Token, rest: &[Token]| {
        let least = if shouted { 4 } else { 3 };
        // Nearly all words begin otherwise than the name.
        let letters = usize::from(token.letters);
        if token.text.as_bytes().first() != rest[0].text.as_bytes().first() || letters > rest.len() {
            return false;
        }
        // "Bct", as a program writes it that knows no acronyms.
        let meant = Token {
            capitals: token.letters,
            ..token.clone()
        };
        token.capitals > 0 && usize::from(token.letters) >= least && abbreviates(&meant, rest, true)
    };
    if tokens[last].shouted() && !tokens[last].breaks && certain(&tokens[last], &tokens[..last]) {
        name.acronyms.extend(tokens.pop().map(|token| token.text.into()));
    } else if !tokens[1].breaks && certain(&tokens[0], &tokens[1..]) {
        name.acronyms.push(tokens.remove(0).text.into());
    }
}

/// Returns whether `token` is an acronym of `words`.
///
/// Letters are found from the last to the first, each in a word or at its
/// beginning, the first at the beginning of a word (Schwartz and Hearst, A
/// simple algorithm for identifying abbreviation definitions, PSB 2003). Where
/// capitals tell nothing (`strict`), only the initials count, and a code of a
/// place is none: "Legal Aid Society (LA)".
fn abbreviates(token: &Token, words: &[Token], strict: bool) -> bool {
    let letters: Vec<char> = token.text.chars().collect();
    if !(2..=12).contains(&letters.len()) || letters.iter().any(|c| !c.is_alphabetic()) || words.len() < 2 {
        return false;
    }
    // "(Main)": an acronym has capitals, unless nothing has.
    if token.capitals < 2 && words.iter().any(|word| word.capitals > 0) {
        return false;
    }
    // "Asian Pacific Alliance (PAC)" is an arm, whatever its letters are.
    if WORD_LISTS.class(&token.text, stem(&token.text)).is(Class::ARM) {
        return false;
    }
    let plain = || {
        words
            .iter()
            .filter(|word| !word.qualifier || word.bracket == words[0].bracket)
    };
    let little = |word: &Token| WORD_LISTS.class(&word.text, stem(&word.text)).is(Class::STOP);
    let legal = |word: &Token| {
        WORD_LISTS
            .phrases(&word.text)
            .iter()
            .any(|(words, phrase)| words.len() == 1 && matches!(phrase, Phrase::Legal(_)))
    };
    let initials = |left_out: &dyn Fn(&Token) -> bool| {
        plain()
            .filter(|word| !left_out(word))
            .filter_map(|word| word.text.chars().next())
            .eq(letters.iter().copied())
    };
    let exact = initials(&little) || initials(&|_| false) || initials(&|word| little(word) || legal(word));
    // "Center for Law and Social Policy (CLASP)": some little words count.
    let some = || {
        let mut found = vec![0];
        for word in plain() {
            let first = word.text.chars().next();
            let is_little = little(word);
            let counted = |&at: &usize| (letters.get(at).copied() == first).then_some(at + 1);
            let mut next: Vec<usize> = found.iter().filter_map(counted).collect();
            next.extend(found.iter().filter(|_| is_little));
            next.dedup();
            found = next;
        }
        found.contains(&letters.len())
    };
    let exact = exact || letters.len() >= 4 && some();
    let place = WORD_LISTS.code(&token.text.to_uppercase()).is_some()
        || WORD_LISTS.expansion(&token.text).is_some_and(|words| {
            words
                .iter()
                .any(|word| WORD_LISTS.class(word, stem(word)).is(Class::PLACE))
        });
    if letters.len() == 2 || place {
        return exact && letters.len() >= 3 || exact && !place && !strict && token.shouted();
    }
    if exact {
        return true;
    }
    if strict || token.capitals * 2 < token.letters {
        return false;
    }
    let text: Vec<(char, bool)> = plain()
        .flat_map(|word| word.text.chars().enumerate().map(|(at, c)| (c, at == 0)))
        .collect();
    let mut end = text.len();
    for (at, &letter) in letters.iter().enumerate().rev() {
        match text[..end]
            .iter()
            .rposition(|&(c, begins)| c == letter && (at > 0 || begins))
        {
            Some(found) => end = found,
            None => return false,
        }
    }
    // Capitals and small letters mixed are meant: "SoBRO".
    if token.capitals >= 2 && !token.shouted() {
        return true;
    }
    // At least half of the letters begin words, or "(Main)" would do.
    let beginnings: Vec<char> = plain().filter_map(|word| word.text.chars().next()).collect();
    common_subsequence(&letters, &beginnings) * 2 >= letters.len()
}

/// Returns the length of the longest common subsequence.
fn common_subsequence(a: &[char], b: &[char]) -> usize {
    let equal = |change: &DiffOp| match change {
        DiffOp::Equal { len, .. } => *len,
        DiffOp::Delete { .. } | DiffOp::Insert { .. } | DiffOp::Replace { .. } => 0,
    };
    capture_diff_slices(Algorithm::Lcs, a, b).iter().map(equal).sum()
}
