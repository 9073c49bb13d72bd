//! Weighs pairs: makes a judgement of the rules' findings.
//!
//! In: a comparison. Out: a [`Verdict`] (cheap, for millions of pairs) or a
//! [`Judgement`] with its evidence. Weights are log2 Bayes factors, so they add;
//! the probability is that of the sum, of a question tempered. Absent: remembered answers, which
//! outrank all of this.
//! Source: Fellegi and Sunter, A theory for record linkage, JASA 64 (1969).

use crate::model::signatory::Record;
use crate::model::units::Weight;
use crate::resolve::comparison::{Comparison, OtherName, RULES, Rarity, compare, is_chapter, unnamed};
use crate::resolve::name_group::{NameGroup, are_elsewhere, rows_agree};
use crate::resolve::resolution::{Evidence, Judgement, Zone};

/// Least weight to merge without asking: about 98 in 100.
const MERGE: f64 = 6.0;

/// Least weight to ask. Below it, about one question in twelve would be
/// answered "same"; a coordinator's patience is worth more.
const REVIEW: f64 = -3.5;

/// A judged pair of groups.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    /// The smaller index.
    pub(crate) a: u32,
    /// The larger index.
    pub(crate) b: u32,
    /// The result of weighing them.
    pub(crate) verdict: Verdict,
}

/// A judgement without its reasons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Verdict {
    pub(crate) zone: Zone,
    pub(crate) weight: f64,
    /// One name says that it is the other as well.
    pub(crate) stated: bool,
}

impl Verdict {
    /// A pair of which nothing is known but that it must be asked about.
    pub(crate) fn question() -> Self {
        Self {
            zone: Zone::Review,
            weight: 0.0,
            stated: false,
        }
    }
}

/// Judges a pair. Stops at the first finding that parts the names, so that the weight of a
/// pair that is apart is not the whole sum.
pub(crate) fn verdict(pair: &Comparison<'_>) -> Verdict {
    weigh(pair, false)
}

/// Most places of a common name whose rows are asked about;
/// with more, each place is taken for a body. Three places are three questions,
/// six would be fifteen.
pub(crate) const PLACES_ASKED: u32 = 3;

/// Judges two groups: their names, and the places of names that many bodies have.
pub(crate) fn weigh_groups(a: &NameGroup, b: &NameGroup, (records, rarity): (&[Record], &dyn Rarity)) -> Verdict {
    let pair = compare(&a.name, &b.name, rarity);
    let mut verdict = verdict(&pair);
    if pair.other_name == Some(OtherName::LikelyAcronym) && rows_agree(records, a, b) {
        verdict.zone = Zone::Merge;
        verdict.weight = MERGE;
    }
    if verdict.zone != Zone::Merge || !are_elsewhere(a, b) {
        return verdict;
    }
    let many = a.same_name_groups.max(b.same_name_groups) > PLACES_ASKED;
    Verdict {
        zone: if many { Zone::Apart } else { Zone::Review },
        ..Verdict::question()
    }
}

/// Adds up the rules' findings: all of them, or until one parts the names.
fn weigh(pair: &Comparison<'_>, whole: bool) -> Verdict {
    let mut weight = 0.0;
    let mut at_most = Zone::Merge;
    let mut found = false;
    let rules = RULES
        .iter()
        .filter(|rule| !whole || !is_said_by_chapter(rule.name, pair));
    for rule in rules {
        if let Some(finding) = (rule.weigh)(pair) {
            weight += finding.weight;
            at_most = at_most.min(finding.at_most);
            found = true;
            if at_most == Zone::Apart && !whole {
                break;
            }
        }
    }
    if !found {
        weight = NOTHING;
    }
    let zone = if weight >= MERGE {
        Zone::Merge
    } else if weight >= REVIEW {
        Zone::Review
    } else {
        Zone::Apart
    };
    Verdict {
        zone: zone.min(at_most),
        weight,
        stated: pair.other_name == Some(OtherName::Alias) || pair.a.text() == pair.b.text(),
    }
}

/// Returns whether a rule only finds that one name has words that the other has not, where the
/// rule of chapters says what they make of it.
fn is_said_by_chapter(rule: &str, pair: &Comparison<'_>) -> bool {
    let finds_added = matches!(
        rule,
        "generic-noun" | "place-added" | "qualifier" | "branch" | "number-added" | "words-added"
    );
    finds_added && is_chapter(pair)
}

/// The weight of two names that share nothing.
const NOTHING: f64 = -20.0;

/// Judges a pair and says why.
pub(crate) fn judgement(pair: &Comparison<'_>) -> Judgement {
    let verdict = weigh(pair, true);
    let mut evidence: Vec<Evidence> = RULES
        .iter()
        .filter(|rule| !is_said_by_chapter(rule.name, pair))
        .filter_map(|rule| {
            let finding = (rule.weigh)(pair)?;
            Some(Evidence {
                rule: rule.name,
                weight: Weight(finding.weight),
                because: (rule.because)(pair),
            })
        })
        .collect();
    if evidence.is_empty() {
        evidence.push(Evidence {
            rule: "nothing-shared",
            weight: Weight(NOTHING),
            because: "the names share no word".to_owned(),
        });
    }
    evidence.sort_by(|a, b| b.weight.0.abs().total_cmp(&a.weight.0.abs()));
    // Of two that are apart, the reasons name what parts them; of one name in two spellings, all.
    let named = verdict.zone == Zone::Apart || pair.a.text() == pair.b.text();
    let rest = pair.typed().filter(|_| !named).and_then(|(a, b)| {
        let reasons: Vec<&str> = evidence.iter().map(|evidence| &*evidence.because).collect();
        unnamed(a, b, &reasons)
    });
    if let Some(because) = rest {
        evidence.push(Evidence {
            rule: "as-written",
            weight: Weight(0.0),
            because,
        });
    }
    Judgement {
        zone: verdict.zone,
        probability: probability(verdict),
        evidence,
    }
}

/// The share of a question's weight that counts. The findings of one pair are not
/// independent, so that their sum says too much in both directions. Fitted, with
/// [`OFFSET`], by logistic regression on the questions of two labelled lists, each
/// list counting as much as the other; docs/LINKAGE.md has the reliability table.
const SLOPE: f64 = 0.36;

/// The weight that is added to it. One list of ordinary names asks for +0.9, one of look-alikes
/// for -1.6: how many questions are answered "same" is a matter of the list.
const OFFSET: f64 = -0.4;

/// The probability of a weight, kept inside its zone.
pub(crate) fn probability(verdict: Verdict) -> f64 {
    let of = |weight: f64| 1.0 / (1.0 + (-weight).exp2());
    match verdict.zone {
        Zone::Merge => of(verdict.weight.max(MERGE)),
        Zone::Review => of(OFFSET + SLOPE * verdict.weight.clamp(REVIEW, MERGE)),
        Zone::Apart => of(verdict.weight.min(REVIEW)),
    }
}
