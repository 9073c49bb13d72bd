//! Individuals: when two rows with one person's name are one person.
//!
//! In: the rows of individuals. Out: groups and judged pairs among them.
//! Guaranteed: two people of one name stay apart unless the e-mail address or
//! the affiliation agrees; where a row has neither, a person is asked, as about
//! names that are alike (a nickname, an initial, a letter) where one of them agrees.
//! Absent: joining people whose names differ.

use crate::model::signatory::{Column, Kind, Record};
use crate::model::units::Weight;
use crate::resolve::blocking::{Candidates, packed};
use crate::resolve::name_group::NameGroup;
use crate::resolve::normalize::{Name, NameWord};
use crate::resolve::resolution::{Evidence, Judgement, Zone};
use crate::resolve::words::{Class, mix, stem};
use crate::source::offset;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::LazyLock;

/// Titles and degrees: no part of a person's name.
const HONORIFICS: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "mx",
    "miss",
    "dr",
    "prof",
    "professor",
    "rev",
    "reverend",
    "rabbi",
    "imam",
    "father",
    "fr",
    "sr",
    "sra",
    "sister",
    "bishop",
    "pastor",
    "hon",
    "honorable",
    "judge",
    "phd",
    "md",
    "jd",
    "esq",
    "mph",
    "msw",
    "lcsw",
    "mba",
    "ma",
    "ms",
    "rn",
    "llm",
    "edd",
    "dds",
    "dmin",
    "ret",
    "lic",
    "dra",
    "np",
    "aprn",
    "lmsw",
    "licsw",
    "lmft",
    "psyd",
    "mdiv",
    "cpa",
    "attorney",
    "atty",
    "deacon",
    "chaplain",
    "cantor",
    "councilmember",
    "senator",
    "mayor",
];

/// The name of a person as it is compared: without titles, degrees and middle
/// initials; the family name last.
pub(crate) fn key(raw: &str) -> String {
    let name = Name::new(raw);
    let (kept, _) = parted(&name);
    if kept.is_empty() {
        return name.text().to_owned();
    }
    kept.join(" ")
}

/// The words of [`key`], and the first middle initial.
fn parted(name: &Name) -> (Vec<&str>, Option<char>) {
    let mut words: Vec<NameWord> = name.words().to_vec();
    // "Sr. Ana López" is a sister or a señor, "Ana López Sr." is older than another.
    if words.len() > 2 && name.word(words[0]) == "senior" {
        words.remove(0);
    }
    // "Ana López, MD, MA": degrees that are also codes of states.
    let degree = |word: NameWord| {
        word.comma
            && matches!(
                name.word(word),
                "maryland" | "massachusetts" | "pennsylvania" | "mississippi" | "maine"
            )
    };
    words.retain(|&word| !HONORIFICS.contains(&name.word(word)) && !degree(word));
    // "López, Ana".
    let mut commas = words.iter().enumerate().filter(|(at, word)| *at > 0 && word.comma);
    if let (Some((at, _)), None) = (commas.next(), commas.next())
        && at <= 2
        && !words[at..].iter().any(|&word| is_suffix(name.word(word)))
    {
        words.rotate_left(at);
    }
    let mut kept: Vec<&str> = words.iter().map(|&word| name.word(word)).collect();
    let mut middle = None;
    if kept.len() > 2 {
        let last = kept.len() - 1;
        let mut at = 0;
        kept.retain(|word| {
            at += 1;
            let keep = at == 1 || at == last + 1 || word.chars().count() > 1;
            if !keep {
                middle = middle.or_else(|| word.chars().next());
            }
            keep
        });
    }
    (kept, middle)
}

/// Junior, senior, the third.
fn is_suffix(word: &str) -> bool {
    matches!(word, "junior" | "senior") || word.bytes().all(|byte| byte.is_ascii_digit())
}

#[derive(Deserialize)]
struct Nicknames {
    names: Vec<Vec<String>>,
}

/// Given names that may be one person's, by the line of `data/nicknames.toml`.
static NICKNAMES: LazyLock<FxHashMap<String, Vec<usize>>> = LazyLock::new(|| {
    let text = include_str!("../../data/nicknames.toml");
    // The file is part of the program and parsed by a unit test.
    let file: Nicknames = toml::from_str(text).unwrap_or_else(|error| unreachable!("data/: {error}"));
    let mut out: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (line, names) in file.names.into_iter().enumerate() {
        for name in names {
            out.entry(name).or_default().push(line);
        }
    }
    out
});

fn is_nickname(a: &str, b: &str) -> bool {
    let lines = |name: &str| NICKNAMES.get(name).map_or(&[][..], Vec::as_slice);
    a != b && lines(a).iter().any(|line| lines(b).contains(line))
}

/// Whether two people of one e-mail address or affiliation may be one, though their
/// names differ, and how.
fn similar_names(a: &NameGroup, b: &NameGroup) -> Option<&'static str> {
    let ((words_a, middle_a), (words_b, middle_b)) = (parted(&a.name), parted(&b.name));
    if words_a == words_b || words_a.len() < 2 || words_b.len() < 2 {
        return None;
    }
    let suffixes = |words: &[&str]| -> Vec<String> {
        let found = words.iter().filter(|word| is_suffix(word));
        found.map(|&word| word.to_owned()).collect()
    };
    let (suffix_a, suffix_b) = (suffixes(&words_a), suffixes(&words_b));
    let initials_differ = matches!((middle_a, middle_b), (Some(a), Some(b)) if a != b);
    if initials_differ || !suffix_a.is_empty() && !suffix_b.is_empty() && suffix_a != suffix_b {
        return None;
    }
    let sorted = |words: &[&str]| {
        let mut words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        words.sort_unstable();
        words
    };
    if sorted(&words_a) == sorted(&words_b) {
        return Some("the same words in another order");
    }
    let slip = |a: &str, b: &str| a.len().min(b.len()) >= 4 && strsim::osa_distance(a, b) == 1;
    let (first_a, first_b) = (words_a[0], words_b[0]);
    let (last_a, last_b) = (words_a[words_a.len() - 1], words_b[words_b.len() - 1]);
    if last_a == last_b {
        let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
        if initial(first_a, first_b) || initial(first_b, first_a) {
            return Some("one gives only the first letter of the given name");
        }
        if is_nickname(first_a, first_b) {
            return Some("one given name is a short form of the other");
        }
        if slip(first_a, first_b) {
            return Some("the given names differ in a letter");
        }
    }
    if first_a == first_b && slip(last_a, last_b) {
        return Some("the family names differ in a letter");
    }
    let within = |short: &[&str], long: &[&str]| short.iter().all(|word| long.contains(word));
    if first_a == first_b && (within(&words_a, &words_b) || within(&words_b, &words_a)) {
        return Some("one has more names than the other");
    }
    let email = a.identifiers.email.is_some() && a.identifiers.email == b.identifiers.email;
    (email && words_a.iter().any(|word| words_b.contains(word))).then_some("both write from one e-mail address")
}

/// What tells people of one name apart: hashes of the e-mail address and of the
/// affiliation, and the middle initial, where the row has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Identifiers {
    email: Option<u64>,
    affiliation: Option<u64>,
    middle: Option<char>,
}

impl Identifiers {
    /// Reads them from a row.
    pub(crate) fn of(record: &Record) -> Self {
        let email = record.get(Column::Email).map(|cell| stem(&cell.trim().to_lowercase()));
        let affiliation = record.get(Column::Affiliation).map(|cell| stem(&Name::new(cell).key()));
        let middle = parted(&Name::new(&record.name)).1;
        Self {
            email,
            affiliation,
            middle,
        }
    }

    /// Whether two rows of one name are one person; `None`: nobody can tell.
    pub(crate) fn agree(self, other: Self) -> Option<bool> {
        let compare = |a: Option<u64>, b: Option<u64>| Some(a? == b?);
        let email = compare(self.email, other.email);
        let affiliation = compare(self.affiliation, other.affiliation);
        if matches!((self.middle, other.middle), (Some(a), Some(b)) if a != b) {
            return Some(false);
        }
        match (email, affiliation) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (None, None) => None,
            _ => Some(false),
        }
    }

    /// The same for the same identifiers in any list.
    pub(crate) fn hash(self) -> u64 {
        let middle = self.middle.map_or(0, u64::from);
        mix(self.email.unwrap_or(1)) ^ mix(self.affiliation.unwrap_or(2).rotate_left(1)) ^ mix(middle)
    }
}

/// Row by row of one person's name, which person it is: the index of the
/// person's first row.
pub(crate) fn person_of_each_row(identifiers: &[Identifiers]) -> Vec<usize> {
    fn root(of: &mut [usize], mut at: usize) -> usize {
        while of[at] != at {
            of[at] = of[of[at]];
            at = of[at];
        }
        at
    }
    let mut of: Vec<usize> = (0..identifiers.len()).collect();
    // "Jane A. Doe" and "Jane B. Doe" of one office are two, and nobody can tell which
    // of them "Jane Doe" is.
    let mut middles = identifiers.iter().filter_map(|one| one.middle);
    let one = middles.next();
    let several = middles.any(|middle| Some(middle) != one);
    let mut first: FxHashMap<(bool, u64, Option<char>), usize> = FxHashMap::default();
    for (at, one) in identifiers.iter().enumerate() {
        let middle = one.middle.filter(|_| several);
        let email = one.email.map(|email| (true, email, middle));
        let affiliation = one.affiliation.map(|affiliation| (false, affiliation, middle));
        for key in [email, affiliation].into_iter().flatten() {
            let other = *first.entry(key).or_insert(at);
            let (a, b) = (root(&mut of, at), root(&mut of, other));
            of[a.max(b)] = a.min(b);
        }
    }
    (0..identifiers.len()).map(|at| root(&mut of, at)).collect()
}

/// Most people of one name that are all compared with each other; of more, each
/// is compared with the next.
const NAMESAKES: usize = 20;

/// Pairs a person must decide: namesakes of whom nobody can tell, and people
/// who have an organization's name.
pub(crate) fn questions(groups: &[NameGroup]) -> Candidates {
    let mut out = Candidates::default();
    let is_person = |group: &NameGroup| group.kind == Kind::Individual;
    let mut people: Vec<(u64, u32)> = Vec::new();
    for (at, group) in groups.iter().enumerate().filter(|(_, group)| is_person(group)) {
        people.push((group.person, offset(at)));
    }
    if people.is_empty() {
        return out;
    }
    people.sort_unstable();
    for namesakes in people.chunk_by(|a, b| a.0 == b.0) {
        let reach = if namesakes.len() > NAMESAKES { 1 } else { NAMESAKES };
        for (at, &(_, a)) in namesakes.iter().enumerate() {
            for &(_, b) in namesakes[at + 1..].iter().take(reach) {
                let agree = groups[a as usize].identifiers.agree(groups[b as usize].identifiers);
                if agree != Some(false) {
                    out.pairs.push(packed(a, b));
                }
            }
        }
        if namesakes.len() > NAMESAKES {
            let n = namesakes.len() as u64;
            out.skipped += n * (n - 1) / 2 - (n - 1);
        }
    }
    out.pairs.extend(similar_pairs(groups, &people));
    let mut by_name: FxHashMap<u64, u32> = FxHashMap::default();
    for (at, group) in groups.iter().enumerate().filter(|(_, group)| !is_person(group)) {
        by_name.insert(stem(group.name.text()), offset(at));
    }
    for &(_, at) in &people {
        if let Some(&other) = by_name.get(&stem(groups[at as usize].name.text())) {
            out.pairs.push(packed(at, other));
        }
    }
    out.pairs.sort_unstable();
    out.pairs.dedup();
    out
}

/// Most people of one affiliation, or one e-mail address, and one name or family name
/// that are all compared with each other.
const COLLEAGUES: usize = 60;

/// Pairs of people with names that are alike, of one e-mail address or affiliation.
fn similar_pairs(groups: &[NameGroup], people: &[(u64, u32)]) -> Vec<u64> {
    let mut filed: Vec<(u64, u32)> = Vec::new();
    for &(_, at) in people {
        let group = &groups[at as usize];
        let email = group.identifiers.email.map(|email| mix(email ^ 1));
        for one in [email, group.identifiers.affiliation].into_iter().flatten() {
            filed.extend(parted(&group.name).0.iter().map(|word| (mix(one ^ stem(word)), at)));
        }
    }
    filed.sort_unstable();
    filed.dedup();
    let mut out = Vec::new();
    for same in filed.chunk_by(|a, b| a.0 == b.0) {
        let reach = if same.len() > COLLEAGUES { 1 } else { COLLEAGUES };
        for (at, &(_, a)) in same.iter().enumerate() {
            for &(_, b) in same[at + 1..].iter().take(reach) {
                if similar_names(&groups[a as usize], &groups[b as usize]).is_some() {
                    out.push(packed(a, b));
                }
            }
        }
    }
    out
}

/// Why such a pair is asked about.
pub(crate) fn judgement(a: &NameGroup, b: &NameGroup) -> Judgement {
    let people = a.kind == Kind::Individual && b.kind == Kind::Individual;
    let similar_names = people.then(|| similar_names(a, b)).flatten();
    let (rule, because) = if let Some(how) = similar_names {
        ("like-person-name", how)
    } else if people && a.identifiers.agree(b.identifiers) == Some(true) {
        (
            "middle-initial",
            "two people of one name, of whom another has a middle initial of its own",
        )
    } else if a.kind == b.kind {
        (
            "same-person-name",
            "two people of one name: neither e-mail address nor affiliation says whether they are one",
        )
    } else {
        (
            "organization-as-person",
            "one row says it is an individual, the other an organization of the same name",
        )
    };
    Judgement {
        zone: Zone::Review,
        probability: 0.5,
        evidence: vec![Evidence {
            rule,
            weight: Weight(0.0),
            because: because.to_owned(),
        }],
    }
}

/// Whether a person's name reads like an organization's.
pub(crate) fn looks_like_organization(raw: &str) -> bool {
    let name = Name::new(raw);
    let kinds = Class::GENERIC.or(Class::BRANCH);
    let words = name.words();
    let ordinary = words.iter().filter(|word| word.class.is(Class::KNOWN)).count();
    let telling = words.iter().any(|word| {
        word.class.is(kinds) && !["young", "junior", "senior", "parish", "church"].contains(&name.word(*word))
    });
    name.legal != 0 || words.len() >= 3 && telling && ordinary * 2 > words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_middle_initials_do_not_count() {
        let check = |raw, expected: &str| assert_eq!(key(raw), expected);
        check("Dr. Ana María López, PhD", "ana maria lopez");
        check("Ana M. López", "ana lopez");
        check("Rev. J. Smith", "j smith");
        check("Dr.", "dr");
        check("López, Ana", "ana lopez");
        check("Ana López, Esq.", "ana lopez");
        check("Ana López, Jr.", "ana lopez junior");
        check("Sr. Mary Ann", "mary ann");
        check("Jane Doe, MD, MPH", "jane doe");
    }

    #[test]
    fn organizations_are_noticed_among_people() {
        let check = |raw, expected| assert_eq!(looks_like_organization(raw), expected, "{raw}");
        check("Northern Immigrant Justice Coalition", true);
        check("Casa Uno, Inc.", true);
        check("Ana López", false);
        check("Whitney Young Jr.", false);
    }
}
