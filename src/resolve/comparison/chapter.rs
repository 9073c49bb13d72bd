//! Recognizes a name that is another one's with the words that make a body of its own of it:
//! "Oregon Chapter", "West Texas", "Indiana State University".
//!
//! In: two names, one of which has all words of the other. Out: why they are two. Guaranteed:
//! symmetric. Absent: places that may be the same body's ("Make the Road", "Make the Road New
//! York"): those are asked about.

use super::difference::Near;
use super::pair::Comparison;
use super::rule::{CannotMatch, Rule, RuleFinding};
use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::words::{COMPARISON_WORDS, Class};

/// What makes two of the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// "Oregon Chapter", "Houston Branch".
    Chapter,
    /// "West Texas" beside "Texas".
    Side,
    /// "Indiana State University" beside "Indiana University".
    University,
    /// "Georgetown University Law Center".
    Unit,
    /// "Harwell College Foundation" beside "Harwell College".
    Foundation,
    /// "Post 45 Auxiliary", "Harwell School PTA".
    Circle,
    /// "First Methodist Church" beside "Methodist Church".
    Congregation,
    /// "National Council of Jewish Women of Chicago".
    National,
}

fn kind(pair: &Comparison<'_>) -> Option<Kind> {
    let difference = &pair.difference;
    let spelled = difference.near.iter().all(|(_, _, near)| *near == Near::Plural);
    if !pair.one_sided() || !spelled {
        return None;
    }
    let (name, words) = pair.added();
    let short = if std::ptr::eq(name, pair.a) { pair.b } else { pair.a };
    if short.cut_off || name.cut_off {
        return None;
    }
    let all = |test: &dyn Fn(&NameWord) -> bool| words.iter().all(test);
    let place = Class::PLACE.or(Class::DIRECTION).or(Class::REACH);
    if is_labeled(name, words) {
        Some(Kind::Chapter)
    } else if all(&|&word| is_side(name, word)) {
        Some(Kind::Side)
    } else if all(&|word| word.class.is(place)) && stands_before(name, words, &["university", "college"]) {
        Some(Kind::University)
    } else if difference.at_end && is_unit(short, name, words) {
        Some(Kind::Unit)
    } else if difference.at_end && is_foundation(short, name, words) {
        Some(Kind::Foundation)
    } else if difference.at_end && is_circle(name, words) {
        Some(Kind::Circle)
    } else if is_ranked(name, words) {
        Some(Kind::Congregation)
    } else if is_national(short) && is_place_of_it(pair, name, words) {
        Some(Kind::National)
    } else {
        None
    }
}

/// Returns whether the added words name a chapter: "Oregon Chapter", not "Chapter" alone.
fn is_labeled(name: &Name, words: &[NameWord]) -> bool {
    let label = |word: &&NameWord| COMPARISON_WORDS.chapter_labels.contains(name.word(**word));
    let other = |word: &&NameWord| !label(word) && !word.class.is(Class::GENERIC);
    let division = |word: &NameWord| COMPARISON_WORDS.division_labels.contains(name.word(*word));
    let place = Class::PLACE.or(Class::DIRECTION);
    words.iter().any(|word| label(&word)) && words.iter().any(|word| other(&word))
        || words.last().is_some_and(division) && words.iter().any(|word| word.class.is(place))
}

/// Returns whether a word is a side: of the place that follows it, or of all. "Greater" and
/// "Metropolitan" only make it larger.
fn is_side(name: &Name, word: NameWord) -> bool {
    let larger = matches!(name.word(word), "greater" | "metro" | "metropolitan");
    // "Casa Puente Norte" has it at the end.
    let place = following(name, word).is_none_or(|next| next.class.is(Class::PLACE));
    word.class.is(Class::DIRECTION) && !larger && place
}

/// Returns the word that stands behind another.
fn following(name: &Name, word: NameWord) -> Option<NameWord> {
    let at = name.words().iter().position(|&other| other == word)?;
    name.words().get(at + 1).copied()
}

fn stands_before(name: &Name, words: &[NameWord], nouns: &[&str]) -> bool {
    let next = words.last().and_then(|&last| following(name, last));
    next.is_some_and(|next| nouns.contains(&name.word(next)))
}

/// Returns whether the added words are a part of a university or a school of law that signs
/// for itself.
fn is_unit(short: &Name, name: &Name, words: &[NameWord]) -> bool {
    const UNITS: [&str; 9] = [
        "clinic",
        "school",
        "institute",
        "center",
        "hospital",
        "department",
        "faculty",
        "library",
        "college",
    ];
    let school = short
        .words()
        .last()
        .is_some_and(|&last| matches!(short.word(last), "university" | "law"));
    let learned = short
        .words()
        .iter()
        .any(|&word| matches!(short.word(word), "university" | "school"));
    school && learned && words.iter().any(|&word| UNITS.contains(&name.word(word)))
}

/// Returns whether nothing but "Foundation" is added to the name of an institution.
fn is_foundation(short: &Name, name: &Name, words: &[NameWord]) -> bool {
    let [word] = words else { return false };
    let institution = |&word: &NameWord| !word.qualifier && COMPARISON_WORDS.institutions.contains(short.word(word));
    matches!(name.word(*word), "foundation" | "fundacion" | "endowment")
        && !word.qualifier
        && short.words().iter().any(institution)
}

/// Returns whether the added words name those around a body: its auxiliary, its alumni, the
/// parents of its pupils.
fn is_circle(name: &Name, words: &[NameWord]) -> bool {
    let has = |text: &str| words.iter().any(|&word| name.word(word) == text);
    ["auxiliary", "alumni", "pto", "ptsa", "ptso", "boosters"]
        .into_iter()
        .any(has)
        || has("parent") && has("teacher")
}

/// Returns whether the longer name begins with the number of a congregation, a ward and the
/// like.
fn is_ranked(name: &Name, words: &[NameWord]) -> bool {
    let begins = words.first() == name.words().first();
    let ranked = words.first().and_then(|&first| following(name, first));
    let street = |word: NameWord| matches!(name.word(word), "street" | "avenue");
    begins
        && !ranked.is_some_and(street)
        && words[0].class.is(Class::NUMBER)
        && name.word(words[0]).len() <= 2
        && words[1..]
            .iter()
            .all(|&word| COMPARISON_WORDS.ranked.contains(name.word(word)))
        && ranked
            .is_some_and(|next| COMPARISON_WORDS.ranked.contains(name.word(next)) || next.class.is(Class::DEDICATION))
}

/// Returns whether a name says that it is one of a nation, or of several: those with a
/// place added are its chapters.
pub(super) fn is_national(name: &Name) -> bool {
    let words = name.words();
    let first = words.first().map(|&word| name.word(word));
    let last = words.last().map(|&word| name.word(word));
    let before = words.iter().rev().nth(1).map(|&word| name.word(word));
    words.len() >= 3 && matches!(first, Some("national" | "nacional"))
        || words.len() >= 2 && matches!(last, Some("international" | "internacional"))
        || words.len() >= 3
            && last == Some("america")
            && !matches!(before, Some("latin" | "central" | "north" | "south"))
}

/// Returns whether the added words say a place in a nation, as a part of the name and not as an
/// address: neither in brackets nor after a comma.
fn is_place_of_it(pair: &Comparison<'_>, name: &Name, words: &[NameWord]) -> bool {
    let place = Class::PLACE.or(Class::DIRECTION).or(Class::PLACE_PREFIX);
    let plain = |word: &NameWord| word.class.is(place) && !word.qualifier && name.word(*word) != "usa";
    let parted = words.first().is_some_and(|word| word.comma);
    pair.difference.at_edge
        && !parted
        && words.iter().all(plain)
        && words.iter().any(|word| word.class.is(Class::PLACE))
}

/// Returns whether the longer name is that of a chapter, or of another body for certain.
pub(crate) fn is_chapter(pair: &Comparison<'_>) -> bool {
    kind(pair).is_some()
}

/// The longer name is that of a chapter, or of another body for certain.
pub(super) const CHAPTER: Rule = Rule {
    name: "chapter",
    cannot_match: CannotMatch::Always,
    weigh: |pair| kind(pair).and_then(|_| RuleFinding::apart(-20.0)),
    because: |pair| {
        let (name, words) = pair.added();
        let how = match kind(pair) {
            Some(Kind::Side) => "another place",
            Some(Kind::University) => "another university",
            Some(Kind::Foundation) => "the foundation of an institution, which is a legal entity of its own",
            Some(Kind::Unit | Kind::Circle) => "a unit that signs for itself",
            Some(Kind::Congregation) => "one of several congregations",
            _ => "a chapter, which signs for itself",
        };
        format!("{} makes it {how}", pair.quoted(name, words))
    },
};

#[cfg(test)]
mod tests {
    use super::super::{NoList, compare};
    use super::*;

    #[test]
    fn what_makes_a_body_of_its_own_is_recognized() {
        let check = |a: &str, b: &str, expected| {
            let (one, other) = (Name::new(a), Name::new(b));
            assert_eq!(kind(&compare(&one, &other, &NoList)), expected, "{a} | {b}");
            assert_eq!(kind(&compare(&other, &one, &NoList)), expected, "{b} | {a}");
        };
        check(
            "Tideline Mothers",
            "Tideline Mothers, Superior Chapter",
            Some(Kind::Chapter),
        );
        check(
            "Tideline Mothers",
            "Tideline Mothers - Harwell Branch",
            Some(Kind::Chapter),
        );
        check("Tideline Mothers Ohio", "Tideline Mothers Ohio Chapter", None);
        check("Diocese of Texas", "Diocese of West Texas", Some(Kind::Side));
        check("Diocese of Texas", "Diocese of Greater Texas", None);
        check("Indiana University", "Indiana State University", Some(Kind::University));
        check("Harwell University", "Harwell University Law Center", Some(Kind::Unit));
        check("Harwell University", "Harwell University Alliance", None);
        check(
            "Calvary Baptist Church",
            "First Calvary Baptist Church",
            Some(Kind::Congregation),
        );
        check("Casa Puente", "Casa Puente Norte", Some(Kind::Side));
        check("Harwell School 45", "Harwell School 45 PTA", Some(Kind::Circle));
        check("Harwell College", "Harwell College Foundation", Some(Kind::Foundation));
        check("Harwell", "Harwell Foundation", None);
        check("Young Tides", "92nd Street Young Tides", None);
        check("Friends of Oregon", "1000 Friends of Oregon", None);
        check(
            "National Tide Council",
            "National Tide Council of Ohio",
            Some(Kind::National),
        );
        check("National Tide Council", "National Tide Council, Chicago", None);
        check("Make the Road", "Make the Road New York", None);
        check("Save the Tide International", "Save the Tide International USA", None);
    }
}
