//! Weighs legal forms that do not go together.

use super::rule::{CannotMatch, Rule, RuleFinding};
use crate::resolve::normalize::Name;

/// The two families of corporations in data/legal_forms.toml: the first and the last.
const CORPORATIONS: u16 = 1 | 1 << 12;

/// Returns whether both sides have legal forms and no family in common. "Inc." and
/// "Corporation" are one, unless nothing but one word stands before them.
pub(crate) fn conflict(name: &Name, a: u16, b: u16) -> bool {
    let alone = name.words().len() == 1;
    let families = |legal: u16| match legal & CORPORATIONS {
        0 => legal,
        _ if alone => legal,
        _ => legal | CORPORATIONS,
    };
    a != 0 && b != 0 && families(a) & families(b) == 0
}

/// "Bank AG" and "Bank GmbH".
pub(super) const FORM: Rule = Rule {
    name: "legal-form",
    cannot_match: CannotMatch::Always,
    weigh: |pair| {
        let found = conflict(pair.a, pair.a.legal, pair.b.legal);
        found.then(|| RuleFinding::review(-16.0)).flatten()
    },
    because: |_| "the legal forms differ".to_owned(),
};
