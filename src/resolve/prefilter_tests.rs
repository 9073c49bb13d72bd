use super::*;
use crate::resolve::comparison::{CannotMatch, Glance, ListWords, NoList, RULES, compare};
use crate::resolve::normalize::Name;
use crate::resolve::resolution::Zone;
use crate::resolve::weigh::verdict;
use rustc_hash::FxHashMap;

/// Counts the names that each word of a few names occurs in.
#[derive(Default)]
struct Counted(FxHashMap<u64, u32>);

impl Counted {
    fn new(names: &[Name]) -> Self {
        let mut out = Self::default();
        for name in names {
            for word in name.words() {
                *out.0.entry(word.stem).or_default() += 1;
            }
        }
        out
    }
}

impl Rarity for Counted {
    fn names_with(&self, stem: u64) -> Option<u32> {
        Some(self.0.get(&stem).copied().unwrap_or_default())
    }

    fn is_only_claim(&self, _: u64, _: &Name) -> bool {
        true
    }

    fn claims(&self, _: u64) -> u32 {
        0
    }

    fn is_tag(&self, _: u64) -> bool {
        false
    }
}

type Features = (Vec<WordFeatures>, NameSummary);

fn features(name: &Name, rarity: &dyn Rarity) -> Features {
    let mut features = Vec::new();
    let summary = add_features(name, rarity, &mut features);
    (features, summary)
}

fn is_refused(a: &Features, b: &Features) -> bool {
    let [a, b] = [a, b].map(|(features, summary)| NameFeatures::new(features, *summary));
    let pair = PairFeatures::new(a, b);
    cannot_match_tests().iter().all(|test| test(&pair))
}

/// Returns whether two names of a list are refused at a glance.
fn is_refused_at_a_glance(one: (&Name, &Features), other: (&Name, &Features), list: &ListWords) -> bool {
    let [one, other] = [one, other].map(|(name, (features, summary))| {
        let words: Vec<&str> = name.words().iter().map(|&word| name.word(word)).collect();
        Glance::new(NameFeatures::new(features, *summary), list.has_joined(&words))
    });
    one.cannot_match(&other)
}

fn list_words(names: &[Name]) -> ListWords {
    let words =
        |name: &'_ Name| -> Vec<String> { name.words().iter().map(|&word| name.word(word).to_owned()).collect() };
    let words: Vec<String> = names.iter().flat_map(words).collect();
    ListWords::new(words.iter().map(String::as_str))
}

/// Holds that what is refused is apart, and that no rule that claims never to speak for
/// a match does.
fn check_pair(a: &Name, b: &Name, rarity: &dyn Rarity, list: &ListWords) {
    let (of_a, of_b) = (features(a, rarity), features(b, rarity));
    let refused = is_refused(&of_a, &of_b) || is_refused_at_a_glance((a, &of_a), (b, &of_b), list);
    let pair = compare(a, b, rarity);
    if refused {
        assert_eq!(verdict(&pair).zone, Zone::Apart, "{} | {}", a.text(), b.text());
    }
    for rule in RULES {
        if matches!(rule.cannot_match, CannotMatch::Always)
            && let Some(finding) = (rule.weigh)(&pair)
        {
            assert!(finding.weight <= 0.0, "{}: {} | {}", rule.name, a.text(), b.text());
        }
    }
}

#[test]
fn names_that_share_some_words_only_are_refused() {
    let check = |a: &str, b: &str, expected| {
        let (one, other) = (features(&Name::new(a), &NoList), features(&Name::new(b), &NoList));
        assert_eq!(is_refused(&one, &other), expected, "{a} | {b}");
        assert_eq!(is_refused(&other, &one), expected, "{b} | {a}");
    };
    check("Mercy Housing Center", "Mercy Housing Clinic of Ohio", true);
    check("Dorothy Bennett Mercy Center", "Mercy Center", true);
    check("Garholden Research Center", "Garkimvel Research Center", true);
    check("Elmcor Activities", "Elmcor Services", false);
    check("Dream Yard Project", "DreamYard Project", false);
    check("NAKASEC", "Service Consortium (NAKASEC)", false);
    check("FEGS Health Services", "Federation Guidance Service (FEGS)", false);
    check("Action Project (MICA Project)", "MICA Project", false);
    check("Harwell Village Council", "Hartwell Village Council", false);
    // Two sorts of which neither says little are two bodies.
    check("Harwell Casa Center", "Hartwell Casa Network", true);
    check("Harwell Casa Services", "Hartwell Casa Network", false);
    check("KIND", "Kids in Need of Defense", false);
    check("Food Bank of Casa Uno", "Mercy Youth Care Center", true);
    check("DCC Tenants", "Day Care Center Tenants", false);
    check("Mijente", "Casa Esperanza", true);
    check("IntoTheWoods", "Into the Woods", false);
    check("Kupferberg", "Kupferberg Center", false);
    check("Harwell Harwell", "Harwell Harwell Esperanza Harwell", false);
}

#[test]
fn words_that_many_names_have_are_refused_unless_a_letter_apart() {
    let names = |one: &str, other: &str| -> Vec<Name> {
        let of =
            |first: &str| ["Mercy Housing", "Dream Housing", "Israa Housing"].map(|rest| format!("{first} {rest}"));
        of(one)
            .into_iter()
            .chain(of(other))
            .map(|name| Name::new(&name))
            .collect()
    };
    let check = |one: &str, other: &str, expected: bool| {
        let names = names(one, other);
        let (a, b) = (&names[0], &names[3]);
        let [of_a, of_b] = [a, b].map(|name| features(name, &Counted::new(&names)));
        assert_eq!(is_refused(&of_a, &of_b), expected, "{one} | {other}");
        // Where each occurs once, both may be one word, misspelled.
        let [of_a, of_b] = [a, b].map(|name| features(name, &NoList));
        assert!(!is_refused(&of_a, &of_b), "{one} | {other}");
    };
    check("Kimtorden", "Kimtorcor", true);
    check("Garholden", "Garholder", false);
    check("Garholdens", "Garholder", false);
}

#[test]
fn nothing_is_refused_that_the_rules_would_ask_about() {
    let coalition = include_str!("../../bench/linkage/coalition.csv");
    let kinds = include_str!("../../bench/linkage/kinds.csv");
    let coalition = coalition.lines().skip(1).step_by(2);
    // Without the answer, which follows the last comma.
    let kinds = kinds.lines().skip(1).step_by(12);
    let kinds = kinds.filter_map(|line| line.rsplit_once(','));
    let kinds = kinds.map(|(name, _)| name.trim_matches('"'));
    let names: Vec<Name> = coalition.chain(kinds).map(Name::new).collect();
    let features: Vec<Features> = names.iter().map(|name| features(name, &NoList)).collect();
    let list = list_words(&names);
    let at_a_glance =
        |at: usize, to: usize| is_refused_at_a_glance((&names[at], &features[at]), (&names[to], &features[to]), &list);
    for (at, a) in names.iter().enumerate() {
        for (to, b) in names[..at].iter().enumerate() {
            if is_refused(&features[at], &features[to]) || at_a_glance(at, to) {
                let zone = verdict(&compare(a, b, &NoList)).zone;
                assert_eq!(zone, Zone::Apart, "{} | {}", a.text(), b.text());
            }
        }
    }
}

mod properties {
    use super::*;
    use crate::testing::chance;
    use proptest::prelude::*;

    /// Makes words of names, of every class that rules tell apart, some of them misspelled.
    fn word() -> impl Strategy<Value = String> {
        let words = vec![
            "Kupferberg",
            "Harwell",
            "Casa",
            "Esperanza",
            "Dream",
            "Yard",
            "DreamYard",
            "Immigrant",
            "Immigration",
            "Women's",
            "Justice",
            "Mercy",
            "Legal",
            "Health",
            "Care",
            "Network",
            "Center",
            "Project",
            "Action",
            "Fund",
            "Foundation",
            "Council",
            "Local",
            "32",
            "33",
            "North",
            "New",
            "York",
            "NY",
            "LA",
            "Los",
            "Angeles",
            "Texas",
            "National",
            "of",
            "for",
            "and",
            "de",
            "la",
            "Our",
            "A",
            "Youth",
            "Chapter",
            "Studio",
            "Élan",
            "Ñandú",
            "MoveOn",
            "Move",
            "On",
            "DCC",
            "KIC",
            "FEGS",
        ];
        (prop::sample::select(words), 0usize..40, 0usize..6).prop_map(|(word, at, change)| {
            let mut letters: Vec<char> = word.chars().collect();
            let at = at % letters.len();
            match change {
                0 if letters.len() > 4 => drop(letters.remove(at)),
                1 if letters.len() > 4 => letters.insert(at, letters[at]),
                2 if letters.len() > 4 && at > 0 => letters.swap(at - 1, at),
                3 => letters.push('s'),
                _ => {}
            }
            letters.into_iter().collect()
        })
    }

    /// Makes two names that share words: the second is the first with changes.
    fn pair() -> impl Strategy<Value = (String, String)> {
        let words = prop::collection::vec(word(), 1..6);
        let change = (0usize..12, 0usize..8, word());
        (words, prop::collection::vec(change, 0..4)).prop_map(|(words, changes)| {
            let mut other = words.clone();
            let (mut before, mut after) = (String::new(), String::new());
            for (change, at, word) in changes {
                let at = at % other.len().max(1);
                match change {
                    0 | 1 if other.len() > 1 => drop(other.remove(at)),
                    2 | 3 => other.insert(at, word),
                    4 if !other.is_empty() => other[at] = word,
                    5 if other.len() > 1 && at > 0 => {
                        let joined = other.remove(at);
                        other[at - 1].push_str(&joined.to_lowercase());
                    }
                    6 if other.len() > 1 && at > 0 => other.swap(at - 1, at),
                    7 => after = format!(" ({word})"),
                    8 => {
                        let initials = words.iter().filter_map(|word| word.chars().next());
                        let initials: String = initials.flat_map(char::to_uppercase).collect();
                        after = format!(" ({initials})");
                    }
                    9 => other = vec![words.iter().filter_map(|word| word.chars().next()).collect()],
                    10 => before = format!("{word} {word} - "),
                    11 => after = format!(" d/b/a {word} {}", words[0]),
                    _ => {}
                }
            }
            (words.join(" "), format!("{before}{}{after}", other.join(" ")))
        })
    }

    proptest! {
        #![proptest_config(chance::cases(2000))]

        #[test]
        fn no_pair_is_refused_that_is_not_apart(pairs in prop::collection::vec(pair(), 1..4)) {
            let names: Vec<Name> = pairs.iter().flat_map(|(a, b)| [a, b]).map(|name| Name::new(name)).collect();
            let (counted, list) = (Counted::new(&names), list_words(&names));
            for (at, a) in names.iter().enumerate() {
                for b in &names[..at] {
                    check_pair(a, b, &NoList, &list);
                    check_pair(a, b, &counted, &list);
                }
            }
        }
    }
}
