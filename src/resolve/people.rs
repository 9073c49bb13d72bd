//! Proposes pairs of individuals that a person must decide.
//!
//! In: name groups of individuals. Out: pairs, and why each is asked about.
//! Guaranteed: a pair is asked about only where the name is the same and nobody can
//! tell, or where the names are alike (a nickname, an initial, a letter) and the email
//! address or the affiliation agrees. Absent: joining people whose names differ.

use crate::model::signatory::Kind;
use crate::model::units::Weight;
use crate::resolve::blocking::{Candidates, packed};
use crate::resolve::name_group::NameGroup;
use crate::resolve::person_name::{is_suffix, person_words};
use crate::resolve::resolution::{Evidence, Judgement, Zone};
use crate::resolve::words::{mix, stem};
use crate::source::offset;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Nicknames {
    names: Vec<Vec<String>>,
}

/// Given names that may be one person's, by the line of `data/nicknames.toml`.
static NICKNAMES: LazyLock<FxHashMap<String, Vec<usize>>> = LazyLock::new(|| {
    let file: Nicknames = word_list!("nicknames");
    let mut out: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (line, names) in file.names.into_iter().enumerate() {
        for name in names {
            out.entry(name).or_default().push(line);
        }
    }
    out
});

/// Returns whether two given names stand on one line of the list.
fn is_nickname(a: &str, b: &str) -> bool {
    let lines = |name: &str| NICKNAMES.get(name).map_or(&[][..], Vec::as_slice);
    a != b && lines(a).iter().any(|line| lines(b).contains(line))
}

/// Returns how the names of two people of one email address or affiliation are alike,
/// if they are, though they differ.
fn similar_names(a: &NameGroup, b: &NameGroup) -> Option<&'static str> {
    let ((words_a, middle_a), (words_b, middle_b)) = (person_words(&a.name), person_words(&b.name));
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
    (email && words_a.iter().any(|word| words_b.contains(word))).then_some("both write from one email address")
}

/// Most people of one name that are all compared with each other; of more, each
/// is compared with the next.
const NAMESAKES: usize = 20;

/// Returns the pairs that a person must decide: namesakes of whom nobody can tell, and people
/// who have an organization's name.
pub(crate) fn pairs_to_ask(groups: &[NameGroup]) -> Candidates {
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

/// Most people of one affiliation, or one email address, and one name or family name
/// that are all compared with each other.
const COLLEAGUES: usize = 60;

/// Returns pairs of people with names that are alike, of one email address or affiliation.
fn similar_pairs(groups: &[NameGroup], people: &[(u64, u32)]) -> Vec<u64> {
    let mut filed: Vec<(u64, u32)> = Vec::new();
    for &(_, at) in people {
        let group = &groups[at as usize];
        let email = group.identifiers.email.map(|email| mix(email ^ 1));
        for one in [email, group.identifiers.affiliation].into_iter().flatten() {
            filed.extend(
                person_words(&group.name)
                    .0
                    .iter()
                    .map(|word| (mix(one ^ stem(word)), at)),
            );
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

/// Judges such a pair: a question, with its reason.
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
            "two people of one name: neither email address nor affiliation says whether they are one",
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
