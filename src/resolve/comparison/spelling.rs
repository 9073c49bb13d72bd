//! Weighs words that are nearly the same: plurals, typing errors, forms of one word.

use super::difference::{self, Near};
use super::pair::{Comparison, OtherName};
use super::rule::{CannotMatch, Rule, RuleFinding};
use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::words::{COMPARISON_WORDS, Class};

fn count(pair: &Comparison<'_>, kind: Near) -> usize {
    pair.difference.near.iter().filter(|(_, _, near)| *near == kind).count()
}

fn because(pair: &Comparison<'_>, kinds: &[Near], how: &str) -> String {
    let near = pair.difference.near.iter().filter(|(_, _, near)| kinds.contains(near));
    let words: Vec<String> = near
        .map(|&(a, b, _)| format!("{} and {}", pair.quoted(pair.a, &[a]), pair.quoted(pair.b, &[b])))
        .collect();
    format!("{} {how}", words.join(", "))
}

/// Returns whether a word that no list has differs in number, and all that is shared are
/// listed words.
fn is_whose(pair: &Comparison<'_>) -> bool {
    let own = |word: &NameWord| !word.class.is(Class::KNOWN);
    let differs = |(word, other, near): &(NameWord, NameWord, Near)| *near == Near::Plural && own(word) && own(other);
    let near = &pair.difference.near;
    let same = |word: &&NameWord| !near.iter().any(|(near, ..)| near == *word);
    near.iter().any(differs) && !pair.difference.shared.iter().filter(same).any(own)
}

/// Returns whether a word that differs in number may be what tells the names apart: a word of
/// no list, or, where nothing is rare, the first word that says what the body does. The
/// number of people is often an apostrophe left out ("Workers Rights"), that of families
/// is not.
fn carries_meaning(pair: &Comparison<'_>) -> bool {
    let listed = Class::KNOWN.or(Class::PEOPLE);
    let plural = |(_, _, near): &&(NameWord, NameWord, Near)| *near == Near::Plural;
    pair.difference.near.iter().filter(plural).any(|&(a, b, _)| {
        let (text_a, text_b) = (pair.a.word(a), pair.b.word(b));
        let first = || {
            let before = pair.a.words().iter().take_while(|&&word| word != a);
            // "Community Voice" and "Communities Voice"; "Communities" is no sort of body.
            let telling = difference::is_telling(a) || a.class.is(Class::BRANCH) || text_a.starts_with("communit");
            telling && !before.into_iter().any(|&word| difference::is_telling(word))
        };
        let family = |text: &str| text.ends_with('y') && !text.ends_with("ey");
        let agent = |text: &str| text.trim_end_matches('s').ends_with("er");
        let people = (a.class.is(Class::PEOPLE) || agent(text_a)) && !family(text_a) && !family(text_b);
        !a.class.is(listed) && !b.class.is(listed) || pair.difference.rare == 0 && !people && first()
    })
}

/// Returns whether a word that differs in number is what bodies of their own are called.
fn counts_bodies(pair: &Comparison<'_>) -> bool {
    let body = |&(word, _, near): &(NameWord, NameWord, Near)| {
        let text = pair.a.word(word).trim_end_matches('s');
        near == Near::Plural && matches!(text, "foundation" | "fund" | "trust" | "hospital" | "college")
    };
    pair.difference.near.iter().any(body)
}

/// Returns the number of words that go together.
fn words(pair: &Comparison<'_>) -> usize {
    let spelled = pair.difference.near.iter().filter(|(_, _, near)| *near != Near::Plural);
    pair.difference.shared.len() + spelled.count()
}

/// Returns whether the first words differ in number.
fn begins(pair: &Comparison<'_>) -> bool {
    let near = pair.difference.near.iter();
    near.clone().any(|(a, b, near)| {
        *near == Near::Plural && pair.a.words().first() == Some(a) && pair.b.words().first() == Some(b)
    })
}

/// Returns whether a word is part of a place: one of its own, or before "County".
fn is_of_place(name: &Name, word: NameWord) -> bool {
    let words = name.words();
    let at = words.iter().position(|&other| other == word);
    let next = at.and_then(|at| words.get(at + 1)).map(|&next| name.word(next));
    word.class.is(Class::PLACE) || next.is_some_and(|next| COMPARISON_WORDS.place_nouns.contains(next))
}

/// Singular and plural.
pub(super) const NUMBER: Rule = Rule {
    name: "plural",
    cannot_match: CannotMatch::Always,
    weigh: |pair| match count(pair, Near::Plural) {
        0 => None,
        // "Harwell Foundation", "Harwell Foundations": one, or several.
        n if counts_bodies(pair) => RuleFinding::review(-4.5 * n as f64),
        // "Plain Legal Network", "Plains Legal Network": nothing else says whose it is.
        n if is_whose(pair) => RuleFinding::review(-4.0 * n as f64),
        // "Sheriff" and "Sheriff's", where nothing else differs.
        n if pair.difference.turned => RuleFinding::weight(-(n as f64)),
        // "Indivisible King", "Indivisible Kings"; "Arts Alliance", "Art Alliance"; "Security
        // Workers", "Securities Workers": the word that tells whose it is.
        n if carries_meaning(pair) => RuleFinding::review(-4.5 * n as f64),
        // "King County", "Kings County".
        n if pair
            .difference
            .near
            .iter()
            .any(|&(a, b, near)| near == Near::Plural && (is_of_place(pair.a, a) || is_of_place(pair.b, b))) =>
        {
            RuleFinding::review(-6.0 * n as f64)
        }
        // "Communities United", "Community United": two words of many names. "Family
        // Forward", "Families Forward": the first of two.
        n if pair.difference.is_complete() && words(pair) < 3 && (pair.difference.rare == 0 || begins(pair)) => {
            RuleFinding::review(-4.0 - n as f64 / 2.0)
        }
        n => RuleFinding::weight(-(n as f64)),
    },
    because: |pair| because(pair, &[Near::Plural], "differ only in singular and plural"),
};

/// Spaces and hyphens.
pub(super) const SPACING: Rule = Rule {
    name: "spacing",
    cannot_match: CannotMatch::If(|pair| !pair.has_same_letters()),
    weigh: |pair| match pair.other_name {
        Some(OtherName::SameLetters) => RuleFinding::weight(9.0),
        _ if pair.difference.spacing => RuleFinding::weight(-1.0),
        _ => None,
    },
    because: |pair| {
        let names = [pair.a, pair.b].map(|name| pair.quoted_name(name));
        format!("only spaces or hyphens differ: {}", names.join(", "))
    },
};

/// Returns whether words are not only spelled otherwise but the names also differ in something else, and have
/// one word the same at most: "America's Voice", "American Voices".
fn differs_twice(pair: &Comparison<'_>) -> bool {
    let plurals = count(pair, Near::Plural);
    let others = pair.difference.near.len() - plurals;
    let exact = pair.difference.shared.len() - plurals;
    // "University of Moncton", "Université de Moncton".
    let has = |name: &Name, texts: &[&str]| name.words().iter().any(|&word| texts.contains(&name.word(word)));
    let translated = |a, b| has(a, &["of"]) && has(b, &["de", "du", "del", "des"]);
    let twins = translated(pair.a, pair.b) || translated(pair.b, pair.a);
    let little = pair.difference.filler && pair.filler_differs() && !twins;
    // "Government of Tasmania", "Tasmanian Government".
    let place = |word: &NameWord| word.class.is(Class::PLACE);
    let places = pair.difference.near.iter().any(|(a, b, _)| place(a) || place(b));
    !places && exact <= 1 && others + plurals + usize::from(little) > 1 && count(pair, Near::Typo) == 0
}

/// Typing errors.
pub(super) const TYPO: Rule = Rule {
    name: "typo",
    cannot_match: CannotMatch::Always,
    weigh: |pair| match (count(pair, Near::Typo), count(pair, Near::Doubtful)) {
        (0, 0) => None,
        (n, 0) => RuleFinding::weight(-3.0 * n as f64),
        (_, _) if differs_twice(pair) => RuleFinding::review(-16.0),
        (n, m) => RuleFinding::review(-3.0 * n as f64 - 8.0 * m as f64),
    },
    because: |pair| {
        let how = if count(pair, Near::Doubtful) == 0 {
            "look like a typo"
        } else {
            "may be a typo or two names"
        };
        because(pair, &[Near::Typo, Near::Doubtful], how)
    },
};

/// Words of one family.
pub(super) const WORD_FORM: Rule = Rule {
    name: "word-form",
    cannot_match: CannotMatch::Always,
    weigh: |pair| match count(pair, Near::WordForm) {
        0 => None,
        _ if differs_twice(pair) => RuleFinding::review(-16.0),
        n => RuleFinding::review(-6.0 * n as f64),
    },
    because: |pair| because(pair, &[Near::WordForm], "are forms of one word, or one is shortened"),
};

/// Words that were cut off within.
pub(super) const CUT: Rule = Rule {
    name: "cut-within",
    cannot_match: CannotMatch::Always,
    weigh: |pair| match count(pair, Near::Cut) {
        0 => None,
        _ if pair.difference.is_complete() => RuleFinding::review(-6.0),
        _ => RuleFinding::review(-2.0),
    },
    because: |pair| because(pair, &[Near::Cut], "may be one word, cut off"),
};

/// First letters.
pub(super) const SHORTENED: Rule = Rule {
    name: "shortened",
    cannot_match: CannotMatch::Always,
    weigh: |pair| match count(pair, Near::Initials) {
        0 => None,
        n => RuleFinding::review(-6.0 * n as f64),
    },
    because: |pair| because(pair, &[Near::Initials], "may be initials and the words they stand for"),
};

/// Returns whether one side adds nothing but words that are often left out beside such words: "Catholic".
fn adds_other_word(pair: &Comparison<'_>) -> bool {
    let often = |(name, words): (&Name, &[NameWord])| {
        let mut texts = words.iter().map(|&word| name.word(word));
        texts.all(|text| COMPARISON_WORDS.parish.contains(text) || COMPARISON_WORDS.tribal.contains(text))
    };
    pair.one_sided() && often(pair.added())
}

/// Words that stand for each other.
pub(super) const OTHER_WORD: Rule = Rule {
    name: "other-word",
    cannot_match: CannotMatch::Always,
    weigh: |pair| match count(pair, Near::Other) {
        0 => None,
        // "St. Leo Parish Council", "St. Leo Church".
        _ if !pair.difference.is_complete() && !adds_other_word(pair) => RuleFinding::review(-12.0),
        n => RuleFinding::review(-(n as f64)),
    },
    because: |pair| because(pair, &[Near::Other], "often stand for each other"),
};
