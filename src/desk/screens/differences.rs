//! Marks where two names differ.
//!
//! In: two names. Out: both, the words that only one of them has underlined and bold.
//! Guaranteed: the marks are elements, so that they are heard and not only seen. Absent:
//! what the difference means.

use crate::release::words::{WordRun, pieces};
use maud::{Markup, html};

/// Returns both names with their own words marked.
pub(super) fn marked(a: &str, b: &str) -> (Markup, Markup) {
    let runs = pieces(a, b);
    let draw = |own: fn(&WordRun) -> Option<(&str, bool)>| {
        html! {
            @for (at, (text, is_own)) in runs.iter().filter_map(own).enumerate() {
                @if at > 0 { " " }
                @if is_own { mark { (text) } } @else { (text) }
            }
        }
    };
    let first = draw(|run| match run {
        WordRun::Same(text) => Some((text, false)),
        WordRun::Gone(text) => Some((text, true)),
        WordRun::New(_) => None,
    });
    let second = draw(|run| match run {
        WordRun::Same(text) => Some((text, false)),
        WordRun::New(text) => Some((text, true)),
        WordRun::Gone(_) => None,
    });
    (first, second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_one_name_alone_are_marked() {
        let (a, b) = marked("UndocuBlack", "UndocuBlack Network");
        assert_eq!(a.into_string(), "UndocuBlack");
        assert!(b.into_string().contains("<mark>"));
        let (a, _) = marked("a <b>", "a c");
        assert!(!a.into_string().contains("<b>"));
    }
}
