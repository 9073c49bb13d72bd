//! Weighs words that only one of two names has.

use super::added_short::{is_often_left_out, is_organ};
use super::difference::Near;
use super::national_bodies::is_body_of_place;
use super::pair::Comparison;
use super::rule::{CannotMatch, Rule, RuleFinding};
use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::words::{COMPARISON_WORDS, Class};

/// The kinds of words that only one side has, weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AddedKind {
    Arm,
    Number,
    Words,
    Branch,
    Qualifier,
    Place,
    Generic,
}

fn kind(pair: &Comparison<'_>) -> Option<AddedKind> {
    if !pair.one_sided() {
        return None;
    }
    let (_, words) = pair.added();
    let any = |class| words.iter().any(|word| word.class.is(class));
    let all = |test: &dyn Fn(&NameWord) -> bool| words.iter().all(test);
    let place = Class::PLACE.or(Class::DIRECTION).or(Class::REACH);
    Some(if is_arm(pair, words) {
        AddedKind::Arm
    } else if any(Class::NUMBER) {
        AddedKind::Number
    } else if all(&|word| word.qualifier) {
        AddedKind::Qualifier
    } else if all(&|word| word.class.is(Class::GENERIC) && !word.class.is(Class::BRANCH)) {
        AddedKind::Generic
    } else if all(&|word| word.class.is(place)) {
        AddedKind::Place
    } else if all(&|word| word.class.is(Class::BRANCH.or(Class::GENERIC))) {
        AddedKind::Branch
    } else {
        AddedKind::Words
    })
}

/// Action, PAC, Votes; "Education Fund" and the like end the longer name.
fn is_arm(pair: &Comparison<'_>, words: &[NameWord]) -> bool {
    let (name, _) = pair.added();
    // "Smart Justice, a project of Tide Advocacy".
    let own = |word: &&NameWord| !(name.belongs && word.qualifier);
    if words.iter().filter(own).any(|word| word.class.is(Class::ARM)) {
        return true;
    }
    let text: Vec<&str> = words.iter().map(|&word| name.word(word)).collect();
    matches!(
        text.as_slice(),
        [.., "education" | "legal" | "defense" | "victory", "fund"] | ["fund"]
    )
}

/// "Women's Club", "Friends of the Library", "Local 32", "East River", "New
/// First Church", "Night Nurses, a project of" the other: what one side adds makes it another body.
fn is_own_body(pair: &Comparison<'_>) -> bool {
    let (name, words) = pair.added();
    if words.iter().any(|word| word.qualifier) {
        return false;
    }
    let any = |class| words.iter().any(|word: &NameWord| word.class.is(class));
    let first = name.words().first() == words.first();
    let before = first
        && words
            .iter()
            .all(|&word| name.word(word) == "new" || is_side(name, word));
    let numbered = words
        .windows(2)
        .any(|two| is_label(name.word(two[0])) && two[1].class.is(Class::NUMBER));
    any(Class::OWN) && (!pair.difference.at_end || any(Class::NUMBER))
        || numbered
        || name.belongs
        || before
            && pair
                .difference
                .near
                .iter()
                .all(|(_, _, near)| matches!(near, Near::Plural | Near::Typo))
}

/// Returns whether one side adds a number and nothing else to the end of a name, and no year:
/// "Teamsters 700" is a local, as "Teamsters Local 700" is.
fn is_bare_number(pair: &Comparison<'_>) -> bool {
    let (name, words) = pair.added();
    let [word] = words else { return false };
    let text = name.word(*word);
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let year = text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    digits && !year && pair.difference.at_end && name.words().last() == Some(word)
}

/// Returns whether what one side adds in brackets is a tag, or one word in capitals that
/// begins as the name does and takes its letters from it: "Coalition for Humane Immigrant
/// Rights (CHIRLA)", "Lawyers for Good Government (L4GG)".
fn is_mere_bracket(pair: &Comparison<'_>) -> bool {
    let (name, words) = pair.added();
    if is_tag(pair, words) || is_short_for(name, words) {
        return true;
    }
    let [word] = words else { return false };
    let initials: Vec<char> = name.initial_letters().collect();
    let letters = name.word(*word).chars().filter(|c| c.is_alphabetic());
    let mut rest = &initials[..];
    let mut found = 0;
    for letter in letters.clone() {
        if let Some(at) = rest.iter().position(|&initial| initial == letter) {
            rest = &rest[at + 1..];
            found += 1;
        }
    }
    let place = Class::PLACE.or(Class::NUMBER).or(Class::ARM).or(Class::DIRECTION);
    let telling = pair.difference.shared.len() >= 3 && pair.difference.telling >= 2 && !pair.filler_differs();
    let begins = letters.clone().next() == initials.first().copied();
    word.class.is(Class::SHOUTED)
        && !word.class.is(place)
        && telling
        && begins
        && found >= 3.min(initials.len())
        && found * 2 >= letters.count()
}

/// Returns whether words in brackets are short for the name from its first word on, each of them the next word of it or the
/// beginnings of several: "Asian Pacific Islander Legal Outreach (API Legal Outreach)",
/// "Immigrant Defenders Law Center (ImmDef)".
fn is_short_for(name: &Name, bracket: &[NameWord]) -> bool {
    const OTHER: Class = Class::PLACE.or(Class::NUMBER).or(Class::ARM).or(Class::DIRECTION);
    let words: Vec<NameWord> = name
        .words()
        .iter()
        .copied()
        .filter(|word| !word.qualifier && !word.class.is(Class::STOP))
        .collect();
    let (mut at, mut shortened) = (0, false);
    for word in bracket {
        let next = words.get(at).is_some_and(|next| next.stem == word.stem);
        if next {
            at += 1;
            continue;
        }
        let capitals = word.class.is(Class::SHOUTED) && !word.class.is(OTHER);
        let taken = if capitals {
            beginnings(name.word(*word), name, &words[at..])
        } else {
            0
        };
        if taken < 2 {
            return false;
        }
        at += taken;
        shortened = true;
    }
    shortened && bracket.len() <= 3
}

/// Returns of how many of the next words a text is made, of each a letter or more from its
/// beginning; 0: of none.
fn beginnings(text: &str, name: &Name, words: &[NameWord]) -> usize {
    let Some((first, rest)) = words.split_first().filter(|_| text.is_ascii() && text.len() <= 12) else {
        return 0;
    };
    let common = text
        .bytes()
        .zip(name.word(*first).bytes())
        .take_while(|(a, b)| a == b)
        .count();
    for length in (1..=common).rev() {
        let left = &text[length..];
        let more = if left.is_empty() {
            0
        } else {
            beginnings(left, name, rest)
        };
        if left.is_empty() || more > 0 {
            return 1 + more;
        }
    }
    0
}

/// Returns whether words that stand in brackets are a tag that many rows of the list have:
/// ordinary words, neither an acronym nor a place.
pub(super) fn is_tag(pair: &Comparison<'_>, words: &[NameWord]) -> bool {
    let other = Class::PLACE
        .or(Class::NUMBER)
        .or(Class::DIRECTION)
        .or(Class::REACH)
        .or(Class::ARM)
        .or(Class::OWN)
        .or(Class::BRANCH)
        .or(Class::SHOUTED);
    !words.is_empty() && words.iter().all(|word| word.qualifier && !word.class.is(other)) && pair.is_tag(words)
}

/// Returns whether one name is cut off, and the other one, or what is left of it, goes on where it
/// ends: "Jobs with Justice, New"; "Physicians for", "Physicians for Human Rights".
fn is_cut_off(pair: &Comparison<'_>) -> bool {
    let difference = &pair.difference;
    let ends = (pair.a.cut_off || pair.b.cut_off) && difference.at_end && difference.near.is_empty();
    ends || difference.near.iter().any(|(_, _, near)| *near == Near::Cut)
}

/// Returns whether what one side adds names no more than the sponsor of a body whose name can be no
/// other's: a rare word among three, or two.
fn is_sponsored(pair: &Comparison<'_>) -> bool {
    let difference = &pair.difference;
    let telling = difference.rare >= 2 || difference.rare >= 1 && difference.shared.len() >= 3;
    let little = |name: &Name| -> Vec<u64> {
        let words = name.words().iter();
        words
            .filter(|word| word.class.is(Class::STOP) && !word.qualifier)
            .map(|word| word.stem)
            .collect()
    };
    pair.added().0.belongs && telling && difference.near.is_empty() && little(pair.a) == little(pair.b)
}

/// Returns whether the shorter name is one of the parts of the longer one, around a dash, a slash or a
/// colon, though it shares a word with another: "Asian Justice - Asian Law Caucus".
fn is_part(pair: &Comparison<'_>) -> bool {
    let (name, _) = pair.added();
    let short = pair.shorter();
    let words = name.words();
    let stems = |words: &[NameWord]| -> Vec<u64> { words.iter().map(|word| word.stem).collect() };
    let whole = stems(short.words());
    let mut from = 0;
    let mut parts = (1..=words.len()).filter(|&at| at == words.len() || words[at].breaks);
    whole.len() >= 2
        && parts.any(|at| {
            let part = stems(&words[from..at]);
            from = at;
            part == whole
        })
}

/// Returns whether the shorter name, of three words or more, is a part of the longer one: "Legal Services NYC - Queens Legal
/// Services". Parts of two words of many names ("Legal Services") are no names.
fn is_long_part(pair: &Comparison<'_>) -> bool {
    let words = pair.shorter().words().iter();
    words.filter(|word| !word.class.is(Class::STOP)).count() >= 3 && pair.difference.near.is_empty() && is_part(pair)
}

/// Returns whether the shorter name is a single word of no list, or a number and a word in one, and what follows it after a
/// comma says what sort of body it is: "9to5, National Association of Working Women".
fn is_apposition(pair: &Comparison<'_>) -> bool {
    let (name, words) = pair.added();
    let ([short], Some(first)) = (pair.shorter().words(), words.first()) else {
        return false;
    };
    let text = pair.shorter().word(*short);
    let own = !short.class.is(Class::KNOWN)
        || text.bytes().any(|byte| byte.is_ascii_alphabetic()) && short.class.is(Class::NUMBER);
    let at = name.words().iter().position(|word| word == first).unwrap_or(0);
    let parted = name.words()[..=at].iter().any(|word| word.comma);
    let sort = words.iter().any(|word| word.class.is(Class::GENERIC.or(Class::BRANCH)));
    own && parted && sort && pair.difference.at_end && words.len() >= 3
}

/// Returns whether the shorter name, of two words or more, is all that stands before a colon or a dash:
/// "Project South: Institute for the Elimination of Poverty".
fn is_whole_part(pair: &Comparison<'_>) -> bool {
    pair.difference.after_break && pair.difference.shared.len() >= 2 && pair.difference.near.is_empty()
}

/// Returns whether a word or two before a name of ordinary words make another's name of it: "African
/// Human Rights Coalition", "Human Rights Coalition". A diocese is Catholic without the word.
fn is_other_by_first_words(pair: &Comparison<'_>) -> bool {
    let difference = &pair.difference;
    let (name, words) = pair.added();
    let plain = |word: &NameWord| {
        let text = name.word(*word);
        // "University of Ottawa Data Literacy Institute".
        let whose = COMPARISON_WORDS.agencies.contains(text) || matches!(text, "roman" | "catholic" | "united");
        !word.qualifier && word.class.is(Class::KNOWN) && !whose
    };
    difference.rare == 0
        && difference.at_edge
        && !difference.at_end
        && !difference.before_break
        && words.len() <= 2
        && words.iter().all(plain)
}

/// Returns whether units that have numbers are called so: "AFSCME Council 31".
fn is_label(text: &str) -> bool {
    COMPARISON_WORDS.unit_labels.contains(text)
}

/// Returns whether one side adds nothing but "Chapter" after a place that both have, or "Branch" after that of
/// an organization that is known to have branches.
fn is_chapter_of_place(pair: &Comparison<'_>) -> bool {
    let (name, words) = pair.added();
    let [word] = words else { return false };
    let short = pair.shorter();
    let before = name.words().iter().rev().nth(1);
    let placed = || before.is_some_and(|&before| before.class.is(Class::PLACE) || name.word(before) == "area");
    pair.difference.at_end
        && match name.word(*word) {
            "chapter" | "capitulo" => placed() || is_body_of_place(short),
            "branch" | "affiliate" => is_body_of_place(short),
            _ => false,
        }
}

/// Returns whether one side adds nothing but "Local", "Lodge", "Post" or "District" before a
/// number that both have.
fn is_label_of_number(pair: &Comparison<'_>) -> bool {
    let (name, words) = pair.added();
    let [word] = words else { return false };
    let at = name.words().iter().position(|other| other == word);
    let next = at.and_then(|at| name.words().get(at + 1));
    is_label(name.word(*word)) && next.is_some_and(|next| next.class.is(Class::NUMBER))
}

/// Returns whether the label is "Local", and the number has three digits or more.
fn is_local_of_long_number(pair: &Comparison<'_>) -> bool {
    let (name, words) = pair.added();
    let number = |word: &&NameWord| word.class.is(Class::NUMBER) && name.word(**word).len() >= 3;
    let numbers: Vec<&NameWord> = name
        .words()
        .iter()
        .filter(|word| word.class.is(Class::NUMBER))
        .collect();
    matches!(words, [word] if name.word(*word) == "local")
        && pair.difference.near.is_empty()
        && matches!(&numbers[..], [one] if number(one))
}

/// A side of a place. "Greater" and "Metropolitan" only make it larger.
fn is_side(name: &Name, word: NameWord) -> bool {
    word.class.is(Class::DIRECTION) && !matches!(name.word(word), "greater" | "metro" | "metropolitan")
}

fn weigh(pair: &Comparison<'_>, wanted: AddedKind) -> Option<RuleFinding> {
    let found = kind(pair)?;
    if found != wanted {
        return None;
    }
    let difference = &pair.difference;
    let count = pair.added().1.len() as f64;
    let rare = difference.rare > 0;
    // "SEIU Local 32BJ", "SEIU 32BJ"; a number of two digits may be that of a council.
    if is_label_of_number(pair) && is_local_of_long_number(pair) {
        return RuleFinding::weight(-1.0);
    }
    if is_label_of_number(pair) {
        return RuleFinding::review(-3.0);
    }
    // "Guild of Lawyers, Los Angeles Chapter".
    if is_chapter_of_place(pair) && pair.difference.near.is_empty() {
        return RuleFinding::weight(-1.5);
    }
    // "NASW-Texas", written out and with "Chapter".
    if is_chapter_of_place(pair) && difference.near.iter().all(|(_, _, near)| *near == Near::Initials) {
        return RuleFinding::review(-1.5);
    }
    if is_cut_off(pair) {
        return RuleFinding::review(-5.0);
    }
    if matches!(wanted, AddedKind::Words | AddedKind::Branch) && is_often_left_out(pair) {
        return RuleFinding::review(-8.0);
    }
    if wanted != AddedKind::Arm && is_own_body(pair) || wanted == AddedKind::Number && is_bare_number(pair) {
        return RuleFinding::review(-16.0);
    }
    match wanted {
        AddedKind::Generic => {
            // "Brighton Ballet Company": enough is shared to say whose it is. Not
            // "Elmhurst Art Museum Society": a society beside a museum.
            let mere = pair.added().1.iter().all(|word| word.class.is(Class::MERE));
            let enough = difference.rare >= 2 || rare && mere && difference.shared.len() >= 2;
            let whose = difference.rare >= 2 && difference.shared.len() >= 4;
            let near = difference.near.iter();
            // "Law Center Union" is of those who work there.
            let union = pair
                .added()
                .1
                .iter()
                .any(|&word| COMPARISON_WORDS.unions.contains(pair.added().0.word(word)));
            let plain = !union
                && near.clone().all(|(_, _, near)| *near == Near::Plural)
                && count < 2.0
                && !pair.filler_differs();
            if is_organ(pair) {
                RuleFinding::review(-4.0)
            } else if enough && plain && difference.at_end {
                RuleFinding::weight(-1.0)
            } else if whose && plain {
                RuleFinding::weight(-2.0)
            } else if rare && difference.at_end || difference.telling >= 2 {
                RuleFinding::review(-4.0)
            } else {
                RuleFinding::review(-6.5)
            }
        }
        AddedKind::Place if rare || difference.shared.len() >= 2 => RuleFinding::review(-7.0),
        AddedKind::Place => RuleFinding::review(-10.0),
        AddedKind::Qualifier if difference.near.is_empty() && is_mere_bracket(pair) => RuleFinding::weight(-1.0),
        // "Night Nurses Tideline, a project of Harbor Partners": the same, with its sponsor.
        AddedKind::Qualifier if is_sponsored(pair) => RuleFinding::weight(-1.0),
        AddedKind::Qualifier => RuleFinding::review(-5.0),
        AddedKind::Branch if rare => RuleFinding::review(-8.0),
        // "Project Girl Performance Collective Institute": a long name, and nothing before it.
        AddedKind::Branch if difference.at_end && difference.shared.len() >= 4 && difference.telling >= 2 => {
            RuleFinding::review(-9.0)
        }
        AddedKind::Branch => RuleFinding::review(-12.0),
        AddedKind::Number => RuleFinding::review(-9.0),
        AddedKind::Words => {
            let added_rare = pair.added().1.iter().any(|word| !word.class.is(Class::KNOWN));
            let beside = difference.after_break || difference.before_break || is_part(pair);
            let base = if is_apposition(pair) {
                -6.0
            } else if is_whole_part(pair) || beside && (rare || difference.telling > 0) || is_long_part(pair) {
                -7.5
            } else if is_other_by_first_words(pair) {
                -15.0
            } else if difference.at_end && rare {
                -8.0
            } else if !difference.at_end && added_rare {
                // "Dorothy Bennett Mercy Center": a name of its own before it.
                -15.0
            } else if difference.telling >= 2 {
                -9.0
            } else if rare {
                -10.0
            } else {
                -13.0
            };
            RuleFinding::review(base - count.min(4.0) / 2.0)
        }
        AddedKind::Arm => RuleFinding::apart(-20.0),
    }
}

fn because(pair: &Comparison<'_>, what: &str) -> String {
    let (name, words) = pair.added();
    format!("only one name has {}{what}", pair.quoted(name, words))
}

/// A generic noun.
pub(super) const GENERIC: Rule = Rule {
    name: "generic-noun",
    cannot_match: CannotMatch::Always,
    weigh: |pair| weigh(pair, AddedKind::Generic),
    because: |pair| because(pair, ", a generic word"),
};

/// A place, a direction, a reach.
pub(super) const PLACE: Rule = Rule {
    name: "place-added",
    cannot_match: CannotMatch::Always,
    weigh: |pair| weigh(pair, AddedKind::Place),
    because: |pair| because(pair, ": a chapter, or the same organization"),
};

/// A qualifier in brackets.
pub(super) const QUALIFIER: Rule = Rule {
    name: "qualifier",
    cannot_match: CannotMatch::Always,
    weigh: |pair| weigh(pair, AddedKind::Qualifier),
    because: |pair| because(pair, " in brackets or as an addition"),
};

/// Foundation, Institute, youth.
pub(super) const BRANCH: Rule = Rule {
    name: "branch",
    cannot_match: CannotMatch::Always,
    weigh: |pair| weigh(pair, AddedKind::Branch),
    because: |pair| because(pair, ", often an organization of its own"),
};

/// Action Fund, PAC, Votes.
pub(super) const ARM: Rule = Rule {
    name: "action-arm",
    cannot_match: CannotMatch::Always,
    weigh: |pair| weigh(pair, AddedKind::Arm),
    because: |pair| because(pair, ", a separate legal entity"),
};

/// A number.
pub(super) const NUMBER: Rule = Rule {
    name: "number-added",
    cannot_match: CannotMatch::Always,
    weigh: |pair| weigh(pair, AddedKind::Number),
    because: |pair| because(pair, ", with a number"),
};

/// Other words.
pub(super) const WORDS: Rule = Rule {
    name: "words-added",
    cannot_match: CannotMatch::Always,
    weigh: |pair| weigh(pair, AddedKind::Words),
    because: |pair| because(pair, ": a short form, or another organization"),
};
