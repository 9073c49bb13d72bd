//! Weighs names that seem to be cut off: "League of Women Voters of".

use super::pair::Comparison;
use super::rule::{CannotMatch, Rule, RuleFinding};
use crate::resolve::normalize::Name;

/// The name that is cut off, if one is and the other is not the same text.
fn found<'a>(pair: &Comparison<'a>) -> Option<&'a Name> {
    if pair.a.text() == pair.b.text() {
        return None;
    }
    [pair.a, pair.b].into_iter().find(|name| name.cut_off)
}

/// One name ends where no name ends.
pub(super) const CUT_OFF: Rule = Rule {
    name: "cut-off",
    cannot_match: CannotMatch::Always,
    weigh: |pair| found(pair).and_then(|_| RuleFinding::review(-2.0)),
    because: |pair| {
        let name = found(pair).map(|name| pair.quoted_name(name)).unwrap_or_default();
        format!("{name} seems to be cut off")
    },
};
