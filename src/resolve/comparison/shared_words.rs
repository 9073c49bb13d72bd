//! Weighs what two names share: words, their order, the little words between them.

use super::national_bodies::is_body_of_place;
use super::pair::Comparison;
use super::rule::{CannotMatch, Rule, RuleFinding};
use super::spelled::{self, words_of_one};
use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::words::{COMPARISON_WORDS, Class, is_plain};

/// Both names, word for word.
pub(super) const NAME: Rule = Rule {
    name: "same-name",
    cannot_match: CannotMatch::If(|pair| !pair.has_same_words()),
    weigh: |pair| {
        let same = pair.a.text() == pair.b.text();
        same.then(|| RuleFinding::weight(20.0)).flatten()
    },
    because: |pair| match pair.typed() {
        Some((a, b)) => spelled::differently(a, b),
        None => "the names are the same".to_owned(),
    },
};

/// Words both names have.
pub(super) const WORDS: Rule = Rule {
    name: "shared-words",
    // The method itself is of one lifetime, and does not fit.
    #[allow(clippy::redundant_closure_for_method_calls)]
    cannot_match: CannotMatch::If(|pair| pair.have_words_apart()),
    weigh: |pair| {
        let difference = &pair.difference;
        let none = difference.shared.is_empty() && difference.near.is_empty() && !difference.spacing;
        if pair.a.text() == pair.b.text() || none {
            return None;
        }
        RuleFinding::weight(shared_weight(pair))
    },
    because: |pair| {
        let difference = &pair.difference;
        if difference.shared.is_empty() && difference.spacing {
            return "the letters are the same".to_owned();
        }
        if difference.shared.is_empty() {
            return "nearly the same letters".to_owned();
        }
        let rare = difference.shared.iter().find(|&&word| pair.is_rare(word));
        if difference.reordered && difference.is_complete() {
            return match rare {
                Some(&word) => format!(
                    "both have the same words; few names have {}",
                    pair.quoted(pair.a, &[word])
                ),
                None => "both have the same words; many names have them".to_owned(),
            };
        }
        let words = pair.quoted(pair.a, &difference.shared);
        match rare {
            Some(&word) => format!("both have {words}; few names have {}", pair.quoted(pair.a, &[word])),
            None => format!("both have {words}; many names have these words"),
        }
    },
};

/// Returns the weight of the shared words: all of them being the same is much, and
/// more where one of them is rare.
fn shared_weight(pair: &Comparison<'_>) -> f64 {
    let difference = &pair.difference;
    let rare = difference.rare.min(2) as f64;
    // "Dream Yard" and "DreamYard" are shared, too.
    let joined = usize::from(difference.spacing && !difference.is_complete());
    let words = (difference.shared.len() + joined).min(4) as f64;
    if difference.shared.is_empty() && !difference.spacing {
        // One word against one: "Globalhood".
        let shorter = |a: NameWord, b: NameWord| {
            let count = |name: &Name, word| name.word(word).chars().count();
            count(pair.a, a).min(count(pair.b, b))
        };
        let letters = difference.near.iter().map(|&(a, b, _)| shorter(a, b)).max();
        return if letters.unwrap_or(0) >= 7 { 8.0 } else { 3.0 };
    }
    if difference.is_complete() {
        return 10.0;
    }
    4.0 + words + 1.5 * rare
}

/// The same words in another order.
pub(super) const ORDER: Rule = Rule {
    name: "word-order",
    cannot_match: CannotMatch::Always,
    weigh: |pair| {
        if !pair.difference.reordered {
            return None;
        }
        if pair.difference.turned {
            RuleFinding::weight(-1.0)
        } else if is_long_and_plain(pair) {
            RuleFinding::weight(-3.0)
        } else if only_reach_added(pair) {
            RuleFinding::review(-4.5)
        } else {
            RuleFinding::review(-6.0)
        }
    },
    because: |pair| {
        let words = |name| pair.quoted_name(name);
        format!(
            "the words are in a different order: {}, {}",
            words(pair.a),
            words(pair.b)
        )
    },
};

/// Five words or more, all the same, none of them a place or a number, none in
/// brackets: "Asian American Coalition for Children and Families". Short names
/// in another order are other bodies: "Hope Foundation", "Foundation of Hope".
fn is_long_and_plain(pair: &Comparison<'_>) -> bool {
    let difference = &pair.difference;
    let place = Class::PLACE.or(Class::DIRECTION).or(Class::REACH).or(Class::NUMBER);
    let plain = |name: &Name| {
        let mut words = name.words().iter();
        words.all(|word| !word.qualifier && !word.breaks && !word.class.is(place))
    };
    difference.is_complete()
        && difference.near.is_empty()
        && difference.shared.len() >= 5
        && difference.telling >= 2
        && plain(pair.a)
        && plain(pair.b)
}

/// Returns whether one side adds nothing but "National" and the like to five words or more that both have: "NETWORK
/// Lobby for Catholic Social Justice", "NETWORK, A National Catholic Social Justice Lobby".
fn only_reach_added(pair: &Comparison<'_>) -> bool {
    let difference = &pair.difference;
    if !pair.one_sided() || difference.shared.len() < 5 || difference.telling < 3 || !difference.near.is_empty() {
        return false;
    }
    let (name, words) = pair.added();
    matches!(words, [word] if COMPARISON_WORDS.wide_reach.contains(name.word(*word)))
}

/// Returns whether a shared word is rare, and no ordinary word of English.
fn has_proper_name(pair: &Comparison<'_>) -> bool {
    let proper = |word: &&NameWord| pair.is_rare(**word) && !word.class.is(Class::REAL) && !is_plain(word.stem);
    pair.difference.rare > 0 && pair.difference.shared.iter().any(|word| proper(&word))
}

/// Little words.
pub(super) const FILLER: Rule = Rule {
    name: "little-words",
    cannot_match: CannotMatch::Always,
    weigh: |pair| {
        if !pair.difference.filler {
            return None;
        }
        if pair.difference.turned {
            return RuleFinding::weight(-0.5);
        }
        // "NAACP IN CONFERENCE", "NAACP OR CONFERENCE".
        if pair.filler_of_one().iter().flatten().any(|word| word.code) {
            return RuleFinding::review(-6.0);
        }
        // "Voices of Youth", "Voices for Youth"; "Student Action", "Students in
        // Action": in a short name of ordinary words, little words are not little.
        let difference = &pair.difference;
        // "Save the Children", "Save Our Children".
        if pair.only_one_says_our() {
            return RuleFinding::review(-6.0);
        }
        // "Vitamin A Society", "Vitamin E Society".
        if pair.letter_differs() {
            return RuleFinding::review(-6.0);
        }
        // Where a proper name stands beside them, they are; "Citizens of Clean Air" has none.
        if !has_proper_name(pair) && pair.filler_is_replaced() {
            return RuleFinding::review(-5.0);
        }
        // "Coalition of Mothers for Peace", "Coalition for Mothers of Peace".
        if difference.rare == 0 && pair.filler_differs() && pair.filler_of_one().iter().all(Vec::is_empty) {
            return RuleFinding::review(-5.0);
        }
        // "Advocate Health", "Advocates for Health"; "Just Futures", "a Just Future": two
        // differences.
        if difference.rare == 0 && !difference.near.is_empty() && pair.filler_differs_without(&["and"]) {
            return RuleFinding::review(-5.0);
        }
        // "Casa Esperanza", "Casa de la Esperanza"; "Faith Action", "Faith in Action".
        let words = difference.shared.len() + difference.near.len();
        let [little_a, little_b] = pair.filler_of_one();
        let before_arm = |name: &Name, little: &[NameWord]| {
            let mut two = name.words().windows(2);
            two.any(|two| little.contains(&two[0]) && two[1].class.is(Class::ARM))
        };
        let arm = || before_arm(pair.a, &little_a) || before_arm(pair.b, &little_b);
        // "AAUW of Vermont", "AAUW Vermont": everybody knows the one body of that place.
        let before_place = |name: &Name, little: &[NameWord]| {
            let mut words = little.iter().map(|&word| name.word(word));
            words.all(|word| matches!(word, "of" | "in" | "at" | "de" | "en"))
        };
        let of_place = before_place(pair.a, &little_a) && before_place(pair.b, &little_b);
        if of_place && is_body_of_place(pair.a) && !arm() {
            return RuleFinding::weight(-0.5);
        }
        if pair.filler_differs() && (words < 3 || arm()) {
            return RuleFinding::review(-5.0);
        }
        RuleFinding::weight(-0.5)
    },
    because: |pair| {
        let [a, b] = pair.filler_of_one();
        let words = words_of_one(pair, &a, &b);
        if words.is_empty() {
            return "small words are in different places".to_owned();
        }
        format!("small words differ: {words}")
    },
};

/// A slash before "Action": one body, or two.
pub(super) const SLASH: Rule = Rule {
    name: "slash",
    cannot_match: CannotMatch::Always,
    weigh: |pair| {
        let marked = |text: &str| text.contains('/');
        let found = marked(pair.a.text()) != marked(pair.b.text());
        found.then(|| RuleFinding::review(-6.0)).flatten()
    },
    because: |_| "a slash in one name may separate two organizations".to_owned(),
};
