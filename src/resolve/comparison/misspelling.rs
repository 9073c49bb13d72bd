//! Tells whether a word is another one, misspelled.
//!
//! In: two words a letter or two apart. Out: whether it is beyond doubt that the
//! same word was meant. Guaranteed: symmetric; never between two proper names
//! that a letter tells apart ("Harwick", "Hartwick"). Absent: how near words are.

use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::words::{Class, is_plain};

/// From how many letters on two slips in one word leave no doubt, and a slip in
/// a proper name may. Towns and families one letter apart are mostly shorter.
const LONG: usize = 9;

/// From how many letters on a word is known by its beginning.
const CUT: usize = 8;

/// Returns whether one of two words is the other, misspelt, beyond doubt: a listed word
/// beside what is no word; or a long unknown one in which a letter is doubled or
/// two are swapped.
pub(super) fn is_misspelling((a, word_a): (&Name, NameWord), (b, word_b): (&Name, NameWord)) -> bool {
    let (text_a, text_b) = (a.word(word_a), b.word(word_b));
    if !text_a.is_ascii() || !text_b.is_ascii() {
        return false;
    }
    if is_of_state((a, word_a), (b, word_b)) || is_of_state((b, word_b), (a, word_a)) {
        return true;
    }
    // "Unions of Trabajadoers": a long listed word is no place, nor is what is meant for it.
    let ordinary =
        |word: NameWord, text: &str| word.class.is(Class::KNOWN) && !word.class.is(Class::PLACE) && text.len() >= CUT;
    let ordinary = ordinary(word_a, text_a) || ordinary(word_b, text_b);
    let comma = word_a.comma || word_b.comma;
    if (!ordinary || comma) && (is_place(a, word_a) || is_place(b, word_b)) {
        return false;
    }
    let (one, other) = (without_plural(text_a), without_plural(text_b));
    if is_of_other_gender(one, other) {
        return false;
    }
    let shorter = one.len().min(other.len());
    match (word_a.class.is(Class::KNOWN), word_b.class.is(Class::KNOWN)) {
        (true, false) => !word_b.class.is(Class::REAL) && may_hide(one, other, shorter),
        (false, true) => !word_a.class.is(Class::REAL) && may_hide(other, one, shorter),
        (true, true) => false,
        (false, false) => {
            let real = word_a.class.is(Class::REAL) || word_b.class.is(Class::REAL);
            !real && shorter + 1 >= LONG && (is_doubled(one, other) || is_swapped(one, other))
        }
    }
}

/// Returns whether an unknown word is the name of a state or a country of nine letters or more, with
/// a slip in its middle: "Calfornia", "Pensylvania". Shorter ones are given names as well
/// ("Carolina", "Carolena").
fn is_of_state((a, state): (&Name, NameWord), (b, word): (&Name, NameWord)) -> bool {
    let (known, unknown) = (a.word(state), b.word(word));
    let other = Class::KNOWN.or(Class::REAL);
    state.class.is(Class::REGION)
        && !word.class.is(other)
        && known.len() >= LONG
        && known[..2] == unknown[..2.min(unknown.len())]
        && known[known.len() - 1..] == unknown[unknown.len() - 1..]
        && strsim::osa_distance(known, unknown) == 1
}

/// Returns whether the unknown word may be meant for the known one: one slip, in a long
/// word two. A name may be made of a word and an ending ("Samuel", "Samuela").
fn may_hide(known: &str, unknown: &str, shorter: usize) -> bool {
    let slips = strsim::osa_distance(known, unknown);
    let lengthened = unknown.len() > known.len() && unknown.starts_with(known) && !is_doubled(known, unknown);
    !lengthened && (slips <= 1 || slips == 2 && shorter >= LONG)
}

/// Returns whether two listed words, none of them a place, are a letter apart, or three in long
/// words that begin and end alike: "Natural", "National". Nobody can tell which one was meant.
pub(super) fn is_slip_between_words((a, word_a): (&Name, NameWord), (b, word_b): (&Name, NameWord)) -> bool {
    let fixed = Class::NUMBER.or(Class::DIRECTION).or(Class::PLACE).or(Class::ARM);
    let (one, other) = (a.word(word_a), b.word(word_b));
    let listed = word_a.class.is(Class::KNOWN) && word_b.class.is(Class::KNOWN);
    let shorter = one.len().min(other.len());
    if !listed || (word_a.class.or(word_b.class)).is(fixed) || !one.is_ascii() || !other.is_ascii() || shorter < 5 {
        return false;
    }
    let alike = |begin: usize, end: usize| {
        one[..begin] == other[..begin] && one[one.len() - end..] == other[other.len() - end..]
    };
    let slips = || strsim::osa_distance(one, other);
    alike(2, 1) && (slips() == 1 || shorter >= 7 && alike(3, 2) && slips() <= 3)
}

/// Returns whether a word that begins another one is that one cut off: a listed word, or, at the end of a name that a
/// form's field cut off, an ordinary one. Other languages make a word of several: "yliopisto" is a university,
/// "yliopistosäätiö" its foundation.
pub(super) fn is_cut_short((name, cut): (&Name, NameWord), whole: NameWord) -> bool {
    if cut.class.is(Class::REAL) || is_place(name, cut) {
        return false;
    }
    let text = name.word(cut);
    let last = name.words().last() == Some(&cut);
    whole.class.is(Class::KNOWN) && !whole.class.is(Class::PLACE)
        || last && text.is_ascii() && text.len() >= CUT && is_plain(whole.stem)
}

/// Returns whether a text that is no word begins a word of five letters or more.
pub(super) fn is_cut_within((text, word): (&str, NameWord), whole: &str) -> bool {
    let other = Class::KNOWN.or(Class::REAL);
    let letter = text.len() == 1 && word.class.is(Class::NUMBER) && !text.starts_with(|c: char| c.is_ascii_digit());
    let fragment = letter || !word.class.is(other);
    fragment && text.is_ascii() && text.len() < whole.len() && whole.len() >= 5 && whole.starts_with(text)
}

/// Returns whether a word is a place, or stands where names have their place: after a
/// comma, before "County" or "Heights", and, if it is no listed word, after "of".
fn is_place(name: &Name, word: NameWord) -> bool {
    if word.class.is(Class::PLACE) || word.comma {
        return true;
    }
    let words = name.words();
    let Some(at) = words.iter().position(|&other| other == word) else {
        return false;
    };
    let before = at.checked_sub(1).map(|before| name.word(words[before]));
    let known = word.class.is(Class::KNOWN);
    let of = !known && matches!(before, Some("of" | "at" | "in" | "de"));
    let short = !known || name.word(word).len() < CUT;
    of || short
        && words
            .get(at + 1)
            .is_some_and(|next| next.class.is(Class::REACH.or(Class::PLACE)))
}

/// Returns whether two words differ in the last letter alone, as Spanish nouns of two
/// genders do, and those of none: "hermanos", "hermanas"; "latino", "latinx".
fn is_of_other_gender(a: &str, b: &str) -> bool {
    let ending = |text: &str| text.ends_with(['a', 'e', 'o', 'x']);
    a.len() == b.len() && a[..a.len() - 1] == b[..b.len() - 1] && ending(a) && ending(b)
}

/// A word without the s of its plural.
pub(super) fn without_plural(text: &str) -> &str {
    text.strip_suffix('s').unwrap_or(text)
}

/// Returns whether one word is the other with one letter doubled.
fn is_doubled(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let (short, long) = (short.as_bytes(), long.as_bytes());
    if short.len() + 1 != long.len() {
        return false;
    }
    let at = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    at > 0 && long[at] == long[at - 1] && short[at..] == long[at + 1..]
}

/// Returns whether two neighboring letters are swapped, and nothing else.
fn is_swapped(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let differs: Vec<usize> = (0..a.len()).filter(|&at| a[at] != b[at]).collect();
    // "Farmington", "Framington": two names begin so.
    matches!(differs[..], [one, two] if one > 2 && two == one + 1 && a[one] == b[two] && a[two] == b[one])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip(a: &str, b: &str, at: usize) -> bool {
        let (a, b) = (Name::new(a), Name::new(b));
        let (one, other) = (a.words()[at], b.words()[at]);
        assert_eq!(
            is_misspelling((&a, one), (&b, other)),
            is_misspelling((&b, other), (&a, one))
        );
        is_misspelling((&a, one), (&b, other))
    }

    #[test]
    fn a_listed_word_may_be_misspelt() {
        let check = |a, b| assert!(slip(a, b, 0), "{a} {b}");
        check("Community", "Communtiy");
        check("Society", "Sociey");
        check("Studio", "Sudios");
        check("Volunteers", "Vollunteers");
    }

    #[test]
    fn a_word_is_no_misspelling() {
        let check = |a, b| assert!(!slip(a, b, 0), "{a} {b}");
        check("Parent", "Patent");
        check("Farmers", "Framers");
        check("Marches", "Matches");
        check("Hermanos", "Hermanas");
        check("Amigos", "Amigxs");
    }

    #[test]
    fn a_letter_tells_proper_names_apart() {
        let check = |a, b| assert!(!slip(a, b, 0), "{a} {b}");
        check("Harwick", "Hartwick");
        check("Samuel", "Samuela");
        check("Middleton", "Middletown");
        check("Farmington", "Framington");
        check("Tideline", "Tideland");
        check(
            "\u{627}\u{644}\u{646}\u{648}\u{631}",
            "\u{627}\u{644}\u{646}\u{648}\u{631}\u{633}",
        );
        assert!(slip("Renaissance", "Renaisance", 0), "a letter doubled in a long word");
    }

    #[test]
    fn states_are_misspelt() {
        assert!(slip("California", "Calfornia", 0));
        assert!(slip("Union of Pennsylvania", "Union of Pensylvania", 2));
        assert!(!slip("Louisiana", "Louisiano", 0));
        assert!(!slip("Indiana", "Indians", 0));
        assert!(!slip("Carolina", "Carolena", 0));
        assert!(slip("Union of Trabajadores", "Union of Trabajadoers", 2));
    }

    #[test]
    fn places_are_never_misspelt() {
        let check = |a, b, at| assert!(!slip(a, b, at), "{a} {b}");
        check("Coalition of Ellisson", "Coalition of Elisson", 2);
        check("Renaissance County", "Renaisance County", 0);
        check("Grace Church, Willissborough", "Grace Church, Wilissborough", 2);
    }
}
