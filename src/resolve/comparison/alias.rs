//! Weighs other names that stand in a name: "d/b/a", "formerly".

use super::other_name::like;
use super::pair::OtherName;
use super::rule::{CannotMatch, Rule, RuleFinding};

/// The one names the other as another name of its own.
pub(super) const ALIAS: Rule = Rule {
    name: "alias",
    cannot_match: CannotMatch::If(|pair| !pair.a.has_aliases() && !pair.b.has_aliases()),
    weigh: |pair| match pair.other_name? {
        OtherName::Alias => RuleFinding::weight(9.0),
        OtherName::NearAlias => RuleFinding::review(4.0),
        _ => None,
    },
    because: |_| "one name gives the other as another of its names".to_owned(),
};

/// The same name with different other names: perhaps two projects of one body.
pub(super) const ALIASES: Rule = Rule {
    name: "aliases-differ",
    cannot_match: CannotMatch::Always,
    weigh: |pair| {
        let (a, b) = (&pair.a.aliases, &pair.b.aliases);
        let disjoint = || !a.iter().any(|a| b.iter().any(|b| like(a, b, pair).is_some()));
        let differ = !a.is_empty() && !b.is_empty() && disjoint();
        differ.then(|| RuleFinding::review(-12.0)).flatten()
    },
    because: |_| "each also gives a different other name".to_owned(),
};
