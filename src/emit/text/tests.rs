//! What plain text must be: the whole of a small letter, and what holds for all.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::compose::document::{Alignment, Part, Table};
use crate::emit::tests::{document, everything, roll, text as line};
use proptest::prelude::*;

#[test]
fn a_letter_as_it_is_read() {
    let expected = "\
We Are Home
1 Example Street
example.org

March 1, 2021

Via electronic mail

The Honorable Ana Ruiz
Secretary

RE: Two changes
===============

Dear Secretary Ruiz:

What we ask
-----------

We write today about the rule
<https://example.org/a?b=1&c=2>, which ~~stands~~
falls.[1] Bad.

 9. Close the centers.
10. End the programs:
    - one;
    - the other.

> It is time.
>
> Now.

Month  People
-----  ------
March  26,248
April     913

    let it = be;
      so

* * *

[A map]

Respectfully,

The 3 undersigned
-----------------

National
--------

Alpha & Co
Make the Road New York

Individuals
-----------

Ana Ruiz
    Professor, University of Springfield and other
    places

Affiliation for identification purposes only.

cc: Domestic Policy Council
    Office of the General Counsel

Footnotes
---------

[1] See the note <https://example.org/note>.

    And more.
";
    assert_eq!(text(&everything(), 50), expected);
}

#[test]
fn an_address_that_the_words_say_is_not_said_again() {
    let check = |to: &str, words: &str, expected: &str| {
        let mut out = String::new();
        link(to, &line(words), &mut out);
        assert_eq!(out, expected);
    };
    check("https://example.org/", "example.org", "example.org");
    check(
        "https://example.org/a",
        "https://example.org/a",
        "https://example.org/a",
    );
    check("https://example.org/a", "our page", "our page <https://example.org/a>");
    check(
        "https://example.org/a",
        "example.org",
        "example.org <https://example.org/a>",
    );
    check("mailto:press@example.org", "press@example.org", "press@example.org");
    check(
        "mailto:press@example.org",
        "write to us",
        "write to us <press@example.org>",
    );
    check("tel:+12025550100", "202-555-0100", "202-555-0100");
    check("tel:2025550100", "(202) 555-0100", "(202) 555-0100");
    check("tel:+12025550100", "call us", "call us <+12025550100>");
    check("tel:+12025550100", "555-0199", "555-0199 <+12025550100>");
}

#[test]
fn wide_tables_give_way_and_lose_nothing() {
    let table = |columns: usize, words: &str| {
        let cell = || line(words);
        let table = Table {
            alignments: vec![Alignment::Start; columns],
            head: (0..columns).map(|at| line(&format!("H{at}"))).collect(),
            rows: vec![(0..columns).map(|_| cell()).collect()],
        };
        text(&document(vec![Part::Body(vec![Block::Table(table)])], Vec::new()), 40)
    };
    assert_eq!(
        table(2, "one two three four five six"),
        "H0                   H1\n\
         -------------------  -------------------\n\
         one two three four   one two three four\n\
         five six             five six\n"
    );
    assert_eq!(
        table(4, "one two three"),
        "H0: one two three\nH1: one two three\nH2: one two three\nH3: one two three\n"
    );
}

mod properties {
    use super::*;
    use crate::testing::chance;

    proptest! {
        #![proptest_config(chance::cases(256))]

        #[test]
        fn every_name_is_there_and_lines_keep_their_width(
            names in prop::collection::vec("[\\PC]{1,60}( [\\PC]{1,30}){0,6}", 1..12),
            width in 30usize..100,
        ) {
            let names: Vec<&str> = names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
            let out = text(&document(vec![Part::Roll(roll(&names))], Vec::new()), width);
            let squash = |text: &str| text.split_whitespace().collect::<String>();
            for name in &names {
                prop_assert!(squash(&out).contains(&squash(name)), "{name:?} is not in {out:?}");
            }
            for line in out.lines() {
                let address = line.contains("://") || line.contains('@');
                prop_assert!(address || display_width(line) <= width, "{line:?}");
                prop_assert_eq!(line, line.trim_end());
            }
        }
    }
}
