//! Recognizes a name that is another one's with the words that make a body of its own of it:
//! "Oregon Chapter", "West Texas", "Indiana State University".
//!
//! In: two names, one of which has all words of the other. Out: why they are two. Guaranteed:
//! symmetric. Absent: places that may be the same body's ("Make the Road", "Make the Road New
//! York"): those are asked about.

use super::difference::Near;
use super::national_bodies::{NATIONAL_BODIES, key};
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
    /// "National Council of Jewish Women of Chicago"; "PFLAG Tulsa".
    National,
    /// "Kansas City" beside "Kansas".
    City,
    /// "University of Tennessee at Chattanooga".
    Campus,
    /// "California Immigrant Justice Network" beside "Immigrant Justice Network".
    Elsewhere,
}

fn kind(pair: &Comparison<'_>) -> Option<Kind> {
    let difference = &pair.difference;
    let spelled = |allowed: &[Near]| difference.near.iter().all(|(_, _, near)| allowed.contains(near));
    if !pair.one_sided() || pair.a.text() == pair.b.text() || !spelled(&[Near::Plural, Near::Typo]) {
        return None;
    }
    let (name, words) = pair.added();
    let short = pair.shorter();
    if short.cut_off || name.cut_off {
        return None;
    }
    if is_chapter_of_listed(name, words) {
        return Some(Kind::National);
    }
    if !spelled(&[Near::Plural]) {
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
    } else if is_city_of_state(name, words) {
        Some(Kind::City)
    } else if difference.at_end && is_campus(short, name, words) {
        Some(Kind::Campus)
    } else if is_elsewhere(pair, short, name, words) {
        Some(Kind::Elsewhere)
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
    // "412 East Alder Street".
    let house = || preceding(name, word).is_some_and(|before| before.class.is(Class::NUMBER));
    word.class.is(Class::DIRECTION) && !larger && (place || house())
}

/// Returns the word that stands before another.
fn preceding(name: &Name, word: NameWord) -> Option<NameWord> {
    let at = name.words().iter().position(|&other| other == word)?;
    Some(name.words()[at.checked_sub(1)?])
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
        .is_some_and(|&last| matches!(short.word(last), "university" | "law"))
        // "University of California, Davis".
        || matches!(short.words(), [first, .., last] if short.word(*first) == "university"
            && !last.class.is(Class::BRANCH.or(Class::GENERIC)));
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
        && name.word(words[0]).bytes().filter(u8::is_ascii_digit).count() <= 2
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

/// Returns whether everybody knows that an organization has chapters.
pub(super) fn has_chapters(name: &Name) -> bool {
    is_national(name) || NATIONAL_BODIES.contains(&key(name, &[]))
}

/// Returns whether the added words say which chapter of an organization it is, of which everybody
/// knows that it has some, by a place or a number: "PFLAG Tulsa", "NAACP Travis County", "32BJ
/// SEIU". In brackets, a city may be where its office is, and so may Washington or New York
/// after a comma.
fn is_chapter_of_listed(name: &Name, words: &[NameWord]) -> bool {
    const PLACE: Class = Class::PLACE
        .or(Class::DIRECTION)
        .or(Class::PLACE_PREFIX)
        .or(Class::REACH);
    // "PFLAG National" is PFLAG.
    let whole = |text: &str| COMPARISON_WORDS.wide_reach.contains(text) || matches!(text, "usa" | "america");
    let of_office = |text: &str| matches!(text, "york" | "districtofcolumbia" | "washington");
    // "Women's March 2019".
    let number = |word: &NameWord| {
        let text = name.word(*word);
        let year = text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
        word.class.is(Class::NUMBER) && !word.qualifier && !year
    };
    let label = |word: &NameWord| COMPARISON_WORDS.unit_labels.contains(name.word(*word));
    // "PFLAG Ventura": not every place is listed.
    let unlisted = |word: &NameWord| {
        let plain = !word.class.is(Class::KNOWN.or(Class::SHOUTED)) && !word.qualifier && !word.comma;
        plain && name.word(*word).len() > 2
    };
    let placed = |word: &NameWord| {
        let text = name.word(*word);
        let city = word.class.is(PLACE) && !word.class.is(Class::REGION.or(Class::PLACE_PREFIX));
        let office = word.qualifier && city || (word.qualifier || word.comma) && of_office(text);
        word.class.is(PLACE) && !office && !whole(text)
    };
    let numbered = words.iter().any(number) && words.iter().all(|word| number(word) || label(word) || placed(word));
    let in_place = words.len() <= 4 && words.iter().all(|word| placed(word) || unlisted(word));
    (numbered || in_place) && NATIONAL_BODIES.contains(&key(name, words))
}

/// Returns whether the only added word is "City" behind the name of a state: "Kansas City". The
/// city of New York is called by the state's name.
fn is_city_of_state(name: &Name, words: &[NameWord]) -> bool {
    let [word] = words else { return false };
    matches!(name.word(*word), "city" | "ciudad")
        && preceding(name, *word).is_some_and(|before| before.class.is(Class::REGION) && name.word(before) != "york")
}

/// Returns whether the added words are the place of a campus of a university of several: that of a
/// state. "In" a place may be where the only one is.
fn is_campus(short: &Name, name: &Name, words: &[NameWord]) -> bool {
    // "University of Texas Health, San Antonio, Texas".
    let state = words[0].comma && words.iter().all(|word| word.class.is(Class::REGION));
    let several = short
        .words()
        .iter()
        .any(|&word| word.class.is(Class::REGION) || short.word(word) == "state");
    let place = |word: &NameWord| word.class.is(Class::PLACE.or(Class::PLACE_PREFIX)) && !word.qualifier;
    let inside = words
        .first()
        .and_then(|&first| preceding(name, first))
        .is_some_and(|before| name.word(before) == "in");
    several
        && !inside
        && !state
        && short.words().iter().any(|&word| short.word(word) == "university")
        && words.iter().all(place)
        && words.iter().any(|word| word.class.is(Class::PLACE))
}

/// Returns whether the longer name begins with its state or country, and what follows is made of words of
/// many names: nobody leaves the place out that tells whose name it is. Agencies of a state
/// are called by both names.
fn is_elsewhere(pair: &Comparison<'_>, short: &Name, name: &Name, words: &[NameWord]) -> bool {
    let difference = &pair.difference;
    const PLACE: Class = Class::PLACE.or(Class::DIRECTION).or(Class::PLACE_PREFIX);
    let place = |word: &NameWord| {
        word.class.is(PLACE) && !word.qualifier && !matches!(name.word(*word), "usa" | "uk" | "america")
    };
    let agency = |&word: &NameWord| COMPARISON_WORDS.agencies.contains(short.word(word));
    difference.at_edge
        && !difference.at_end
        && !difference.before_break
        && difference.rare == 0
        && difference.telling > 0
        && words.first() == name.words().first()
        && words.iter().all(place)
        && words.iter().any(|word| word.class.is(Class::REGION))
        && !short.words().iter().any(agency)
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
            Some(Kind::Side | Kind::City) => "another place",
            Some(Kind::Elsewhere) => "an organization of that place",
            Some(Kind::University) => "another university",
            Some(Kind::Campus) => "one of several campuses",
            Some(Kind::National) => "a chapter, local, or affiliate, which signs for itself",
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
        check("PFLAG", "PFLAG Tulsa", Some(Kind::National));
        check("PFLAG", "PFLAG Ventura", Some(Kind::National));
        check("PFLAG", "PFLAG National", None);
        check("PFLAG", "PFLAG (Tulsa)", None);
        check("PFLAG", "PFLAG Foundation", None);
        check("SEIU", "SEIU Local 12", Some(Kind::National));
        check("Women's March", "Women's March 2019", None);
        check("Kansas Tides", "Kansas City Tides", Some(Kind::City));
        check("New York Tides", "New York City Tides", None);
        check("University of Ohio", "University of Ohio at Harwell, Toledo", None);
        check("University of Ohio", "University of Ohio at Toledo", Some(Kind::Campus));
        check("University of Ohio", "University of Ohio in Toledo", None);
        check(
            "Human Rights Center",
            "South Texas Human Rights Center",
            Some(Kind::Elsewhere),
        );
        check("Kestrel Rights Center", "Texas Kestrel Rights Center", None);
        check("Department of Health", "Texas Department of Health", None);
        check("Save the Tide International", "Save the Tide International USA", None);
    }
}
