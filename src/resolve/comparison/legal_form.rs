//! Weighs legal forms that do not go together.

use super::rule::{CannotMatch, Rule, RuleFinding};

/// Returns whether both sides have legal forms and no family in common.
pub(crate) fn conflict(a: u16, b: u16) -> bool {
    a != 0 && b != 0 && a & b == 0
}

/// "Bank AG" and "Bank GmbH".
pub(super) const FORM: Rule = Rule {
    name: "legal-form",
    cannot_match: CannotMatch::Always,
    weigh: |pair| {
        let found = conflict(pair.a.legal, pair.b.legal);
        found.then(|| RuleFinding::review(-16.0)).flatten()
    },
    because: |_| "the legal forms differ".to_owned(),
};
