use super::*;
use crate::resolve::comparison::{NoList, compare};
use crate::resolve::normalize::Name;
use crate::resolve::resolution::Zone;
use crate::resolve::weigh::verdict;

fn features(name: &Name, rarity: &dyn Rarity) -> Vec<WordFeatures> {
    let mut features = Vec::new();
    add_features(name, rarity, &mut features);
    features
}

fn is_refused(a: &[WordFeatures], b: &[WordFeatures]) -> bool {
    let pair = PairFeatures::new(NameFeatures::new(a), NameFeatures::new(b));
    cannot_match_tests().iter().all(|test| test(&pair))
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
    let features: Vec<Vec<WordFeatures>> = names.iter().map(|name| features(name, &NoList)).collect();
    for (at, a) in names.iter().enumerate() {
        for (to, b) in names[..at].iter().enumerate() {
            if is_refused(&features[at], &features[to]) {
                let zone = verdict(&compare(a, b, &NoList)).zone;
                assert_eq!(zone, Zone::Apart, "{} | {}", a.text(), b.text());
            }
        }
    }
}
