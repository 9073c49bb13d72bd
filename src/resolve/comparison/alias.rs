//! Other names that stand in a name: "d/b/a", "formerly".

use super::difference::Near;
use super::{Comparison, NoList, OtherName, Rule, RuleFinding};
use crate::resolve::normalize::Name;

/// How an alias of one side is the other side, if it is.
pub(super) fn explains(pair: &Comparison<'_>) -> Option<OtherName> {
    if pair.a.aliases.is_empty() && pair.b.aliases.is_empty() || pair.a.text() == pair.b.text() {
        return None;
    }
    let mut best = None;
    for (one, other) in [(pair.a, pair.b), (pair.b, pair.a)] {
        for alias in &one.aliases {
            best = best.max(like(alias, other, pair));
            // Two bodies may use one other name.
            for other in &other.aliases {
                best = best.max(like(alias, other, pair).map(|_| OtherName::NearAlias));
            }
        }
    }
    best
}

/// Whether two names, one of them an alias, are the same, or nearly.
fn like(alias: &Name, other: &Name, pair: &Comparison<'_>) -> Option<OtherName> {
    // Two ordinary words may be anybody's: "Community Resources".
    let words = alias.words();
    let telling = words.len() >= 3 || words.len() == 2 && words.iter().any(|&word| pair.is_rare(word));
    let same = if telling {
        OtherName::Alias
    } else {
        OtherName::NearAlias
    };
    if alias.text() == other.text() {
        return Some(same);
    }
    let alone = Comparison::new(alias, other, &NoList);
    let difference = &alone.difference;
    if alone.other_name.is_some() || !difference.is_complete() || difference.reordered {
        return None;
    }
    let plural = difference.near.iter().all(|(_, _, near)| *near == Near::Plural);
    Some(if plural && !alone.filler_differs() {
        same
    } else {
        OtherName::NearAlias
    })
}

/// The one names the other as another name of its own.
pub(super) const ALIAS: Rule = Rule {
    name: "alias",
    weigh: |pair| match pair.other_name? {
        OtherName::Alias => RuleFinding::weight(9.0),
        OtherName::NearAlias => RuleFinding::review(4.0),
        _ => None,
    },
    because: |_| "one gives the other as another name of its own".to_owned(),
};

/// The same name with different other names: perhaps two projects of one body.
pub(super) const ALIASES: Rule = Rule {
    name: "aliases-differ",
    weigh: |pair| {
        let (a, b) = (&pair.a.aliases, &pair.b.aliases);
        let disjoint = || !a.iter().any(|a| b.iter().any(|b| like(a, b, pair).is_some()));
        let differ = !a.is_empty() && !b.is_empty() && disjoint();
        differ.then(|| RuleFinding::review(-12.0)).flatten()
    },
    because: |_| "each gives another name as its own as well".to_owned(),
};
