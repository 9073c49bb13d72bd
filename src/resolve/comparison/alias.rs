//! Other names that stand in a name: "d/b/a", "formerly".

use super::{Comparison, Finding, NoList, Rule};
use crate::resolve::normalize::Name;

/// How an alias of one side is the other side, if it is.
fn found(pair: &Comparison<'_>) -> Option<Found> {
    if pair.a.aliases.is_empty() && pair.b.aliases.is_empty() {
        return None;
    }
    if pair.a.text() == pair.b.text() {
        return None;
    }
    let mut best = None;
    for (one, other) in [(pair.a, pair.b), (pair.b, pair.a)] {
        for alias in &one.aliases {
            let others = std::iter::once(other).chain(&other.aliases);
            for other in others {
                best = best.max(like(alias, other));
            }
        }
    }
    best
}

/// Whether an alias says it all: then the words need not agree.
pub(super) fn explains(pair: &Comparison<'_>) -> bool {
    found(pair).is_some()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    /// One word, or nearly the same.
    Nearly,
    /// The same, of several words.
    Same,
}

fn like(alias: &Name, other: &Name) -> Option<Found> {
    if alias.text() == other.text() {
        return Some(if alias.words().len() > 1 { Found::Same } else { Found::Nearly });
    }
    let pair = Comparison::new(alias, other, &NoList);
    let difference = &pair.difference;
    (difference.is_complete() && !difference.reordered).then_some(Found::Nearly)
}

/// The one names the other as another name of its own.
pub(super) const ALIAS: Rule = Rule {
    name: "alias",
    weigh: |pair| match found(pair)? {
        Found::Same => Finding::weight(9.0),
        Found::Nearly => Finding::review(4.0),
    },
    because: |_| "one gives the other as another name of its own".to_owned(),
};

/// The same name with different other names: perhaps two projects of one body.
pub(super) const ALIASES: Rule = Rule {
    name: "aliases-differ",
    weigh: |pair| {
        let (a, b) = (&pair.a.aliases, &pair.b.aliases);
        let disjoint = || !a.iter().any(|a| b.iter().any(|b| like(a, b).is_some()));
        let differ = !a.is_empty() && !b.is_empty() && disjoint();
        differ.then(|| Finding::review(-12.0)).flatten()
    },
    because: |_| "each gives another name as its own as well".to_owned(),
};
