//! Declares what a rule of comparison consists of.
//!
//! In: a pair. Out: what a rule finds in it, in weights and in words. Guaranteed:
//! each rule says which pairs it cannot match, so that no rule is passed over in
//! silence where pairs are left out before they are compared. Absent: the rules.

use super::features::PairFeatures;
use super::pair::Comparison;
use crate::resolve::resolution::Zone;

/// A rule of comparison.
pub(crate) struct Rule {
    /// Kebab-case, as in JSON.
    pub(crate) name: &'static str,
    /// Tells the pairs in which the rule finds nothing that speaks for a match.
    pub(crate) cannot_match: CannotMatch,
    /// Weighs a pair; `None` where the rule finds nothing.
    pub(crate) weigh: fn(&Comparison<'_>) -> Option<RuleFinding>,
    /// Puts the finding in a coordinator's words; called only where [`Rule::weigh`]
    /// found something.
    pub(crate) because: fn(&Comparison<'_>) -> String,
}

/// The pairs that a rule cannot match, told from the names' features alone. A pair
/// that no rule can match is apart without being compared.
#[derive(Clone, Copy)]
pub(crate) enum CannotMatch {
    /// All pairs: no finding of the rule has a weight above zero, and it finds nothing
    /// where no other rule speaks for a match.
    Always,
    /// The pairs for which this is true: the rule finds nothing in them, or finds it
    /// only where the pair is apart for another reason.
    If(fn(&PairFeatures<'_>) -> bool),
}

/// The finding of a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RuleFinding {
    /// The match weight.
    pub(crate) weight: f64,
    /// The most that may come of it, whatever else is found.
    pub(crate) at_most: Zone,
}

impl RuleFinding {
    pub(crate) fn weight(weight: f64) -> Option<Self> {
        Some(Self {
            weight,
            at_most: Zone::Merge,
        })
    }

    pub(crate) fn review(weight: f64) -> Option<Self> {
        Some(Self {
            weight,
            at_most: Zone::Review,
        })
    }

    pub(crate) fn apart(weight: f64) -> Option<Self> {
        Some(Self {
            weight,
            at_most: Zone::Apart,
        })
    }
}
