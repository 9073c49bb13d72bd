//! Work that grows with its input, and no faster: what was quadratic once, by counted steps.
//!
//! The steps are those of loops that `count_steps!` counts; no test looks at a clock.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::testing::{MemoryDisk, grows_with_its_input};
use std::path::Path;

const HEAD: &str = "+++\nkind = \"letter\"\ntitle = \"T\"\ndate = 2026-03-02\nsignatories = [\"l.csv\"]\n+++\n";
const LIST: &str = "name\nHarbor Light Coalition\nWord Word Wood Alliance\n";

/// Checks a letter of that text.
fn check(text: &str) {
    let letter = format!("{HEAD}{text}\n");
    let disk = MemoryDisk::new(&[("/w/letters/a.md", &letter), ("/w/letters/l.csv", LIST)]);
    let workspace = Workspace::open(&disk.files(), &Paths::new("/w"), Path::new("/w")).unwrap();
    let input = LetterInput::File("/w/letters/a.md".into());
    let prepared = workspace.prepare(input, None, &|_| {}).unwrap();
    super::check(&[prepared], false);
}

#[test]
fn checking_a_text_takes_steps_in_proportion_to_its_length() {
    let shapes: &[(&str, fn(usize) -> String)] = &[
        ("capitals", |n| "Word ".repeat(n)),
        ("capitals and small words", |n| "Word of the ".repeat(n)),
        ("names joined by and", |n| "Word Coalition and ".repeat(n)),
        ("claims", |n| "over 170 organizations have signed. ".repeat(n)),
        ("claims in one sentence", |n| {
            "over 170 organizations have signed and ".repeat(n)
        }),
        ("open fields", |n| "{{ ".repeat(n)),
        ("open statements", |n| "{% ".repeat(n)),
        ("quotation marks in open fields", |n| "{{ ' ".repeat(n)),
        ("fields", |n| "{{ signatories.count }} ".repeat(n)),
        ("code spans", |n| "`code` ".repeat(n)),
        ("code that is not closed", |n| {
            (0..n).map(|at| "`".repeat(at % 40 + 1) + "e").collect()
        }),
        ("fences that are not closed", |n| {
            (0..n).map(|at| "`".repeat(at % 29 + 3) + "\n\n").collect()
        }),
        ("dates", |n| "on March 3, 2026 and ".repeat(n)),
        ("spans of days", |n| "within 30 days, by March 3, 2026, ".repeat(n)),
        ("acronyms", |n| "Word Ward Alliance (WWA) ".repeat(n)),
        ("brackets", |n| "the [number] of ".repeat(n)),
    ];
    for (name, shape) in shapes {
        grows_with_its_input(name, 250, |n| check(&shape(n)));
    }
    grows_with_its_input("points", 1_200, |n| check(&"seven asks: one, two, three ".repeat(n)));
}

#[test]
fn names_are_paired_in_proportion_to_their_number() {
    let shapes: &[(&str, fn(usize) -> String)] = &[("a word in the place of another", |at| {
        let word = |at: usize| -> String {
            [at, at / 20, at / 400]
                .into_iter()
                .map(|at| char::from(b'a' + (at % 20) as u8))
                .collect()
        };
        format!("Harbor L{}t Coalition of M{}s", word(at), word(at / 7))
    })];
    for (name, shape) in shapes {
        // Below 5,000 names, more pairs are tried, and as many are given up.
        grows_with_its_input(name, 6_000, |n| {
            let list: String = (0..n).map(|at| shape(at) + "\n").collect();
            let disk = MemoryDisk::new(&[("/w/l.csv", &format!("name\n{list}"))]);
            let workspace = Workspace::open(&disk.files(), &Paths::new("/w"), Path::new("/w")).unwrap();
            workspace
                .dedupe(vec![ListInput::File("/w/l.csv".into())], None)
                .unwrap();
        });
    }
}
