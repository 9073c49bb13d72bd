//! Recognizes rows that name nobody: "Anonymous", "2 individuals".

use super::rule::{CannotMatch, Rule, RuleFinding};
use crate::resolve::normalize::Name;
use crate::resolve::words::{COMPARISON_WORDS, Class};

/// Returns whether a name names nobody: all its words are words of such rows, but for
/// little words, numbers, and places in brackets.
pub(crate) fn is_nobody(name: &Name) -> bool {
    let mut words = name
        .words()
        .iter()
        .filter(|word| !word.class.is(Class::STOP))
        .peekable();
    let aside = |class: Class, qualifier: bool| class.is(Class::NUMBER) || qualifier && class.is(Class::PLACE);
    let first = words.peek().is_some_and(|word| !word.qualifier);
    let mut found = false;
    first
        && words.all(|&word| {
            let nobody = COMPARISON_WORDS.nobody.contains(name.word(word));
            found |= nobody;
            nobody || aside(word.class, word.qualifier)
        })
        && found
}

/// One of the two names nobody.
pub(super) const NOBODY: Rule = Rule {
    name: "nobody",
    cannot_match: CannotMatch::Always,
    weigh: |pair| {
        let found = is_nobody(pair.a) || is_nobody(pair.b);
        found.then(|| RuleFinding::apart(-20.0)).flatten()
    },
    because: |pair| {
        let name = if is_nobody(pair.a) { pair.a } else { pair.b };
        format!("{} names no organization", pair.quoted_name(name))
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_name_nobody_are_recognized() {
        let check = |raw: &str, expected| assert_eq!(is_nobody(&Name::new(raw)), expected, "{raw}");
        for raw in [
            "Anonymous",
            "Two individuals",
            "A concerned citizen",
            "N/A",
            "NA",
            "Self",
            "Anonymous (NY)",
        ] {
            check(raw, true);
        }
        for raw in [
            "Concerned Citizens of Ohio",
            "Citizens Union",
            "Self Help",
            "Anonymous Was A Woman",
            "Texas",
        ] {
            check(raw, false);
        }
    }
}
