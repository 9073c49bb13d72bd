//! Cells that may name two signatories.
//!
//! In: a name. Out: the two names it may be. Guaranteed: it is only a question;
//! nothing is ever split here or by who asks. Absent: whether they are two (a person
//! knows), and names joined by a comma, of which most are one.

use super::headers;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Data {
    bodies: BTreeSet<String>,
}

static BODIES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let Data { bodies } = word_list!("bodies");
    bodies
});

/// Signs that stand between two names rather than within one.
const DIVIDERS: [&str; 4] = [" / ", "; ", " + ", " // "];

/// Words and signs that stand between two names or within one; which, the names on
/// both sides say.
const JOINERS: [&str; 5] = [" and ", " & ", " | ", " AND ", " with "];

/// Returns the two signatories that a name may stand for.
pub fn several(name: &str) -> Option<(&str, &str)> {
    let name = name.trim();
    let name = name.strip_prefix("/ ").unwrap_or(name);
    for divider in DIVIDERS {
        if let Some((a, b)) = name.split_once(divider)
            && is_something(a)
            && is_something(b)
        {
            return Some((a.trim(), b.trim()));
        }
    }
    // "LA RED/Faith in Action", but neither "HIV/AIDS Alliance" nor "Change/Action".
    if let Some((a, b)) = name.split_once('/')
        && [a, b]
            .into_iter()
            .all(|side| side.split_whitespace().count() >= 2 && !side.contains('('))
    {
        return Some((a.trim(), b.trim()));
    }
    for joiner in JOINERS {
        for (at, found) in name.match_indices(joiner) {
            let (a, b) = (&name[..at], &name[at + found.len()..]);
            if is_body(a, true) && is_body(b, false) {
                return Some((a.trim(), b.trim()));
            }
        }
    }
    // In Spanish the body comes first: "Alianza Norte y Red de Mujeres".
    let (a, b) = name.split_once(" y ")?;
    let begins =
        |side: &str| side.contains(' ') && BODIES.contains(headers::fold(side).split(' ').next().unwrap_or_default());
    (begins(a) && begins(b)).then_some((a.trim(), b.trim()))
}

fn is_something(side: &str) -> bool {
    side.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

/// Whether a side is a whole name of a body: at least two words, and what it is
/// called among them; on the left, as the last of them.
fn is_body(side: &str, left: bool) -> bool {
    let folded = headers::fold(side);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    if words.len() < 2
        || !side
            .trim_start()
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    {
        return false;
    }
    let body = |word: &&str| BODIES.contains(*word);
    if left {
        words.last().is_some_and(&body)
    } else {
        words.iter().any(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_in_a_cell_are_asked_about_and_one_is_not() {
        let two = |name: &str, a: &str, b: &str| assert_eq!(several(name), Some((a, b)), "{name}");
        two("LA RED/Faith in Action", "LA RED", "Faith in Action");
        two("SEIU / United Farm Workers", "SEIU", "United Farm Workers");
        two(" / Río Abajo / Taos Legal Aid", "Río Abajo", "Taos Legal Aid");
        two("Río Abajo; Taos Legal Aid", "Río Abajo", "Taos Legal Aid");
        two(
            "Harwell Immigrant Center and Hinderwell Workers Alliance",
            "Harwell Immigrant Center",
            "Hinderwell Workers Alliance",
        );
        two(
            "Harwell Action Fund & Harwell Action Network",
            "Harwell Action Fund",
            "Harwell Action Network",
        );
        two("Alianza Norte y Red de Mujeres", "Alianza Norte", "Red de Mujeres");
        for name in [
            "Asian American Legal Defense and Education Fund (AALDEF)",
            "Asian Americans Advancing Justice | AAJC",
            "Center for Gender & Refugee Studies",
            "Florence Immigrant & Refugee Rights Project",
            "National Korean American Service & Education Consortium (NAKASEC)",
            "Community Change/Action",
            "HIV/AIDS Alliance of Taos",
            "Illinois Coalition for Immigrant and Refugee Rights",
            "Legal Aid and Defender Association",
            "Aldea - The People’s Justice Center",
            "Church World Service",
            "24/7 Care Alliance",
            "Centro de los Derechos y Servicios",
        ] {
            assert_eq!(several(name), None, "{name}");
        }
    }

    #[test]
    fn of_the_published_list_one_is_asked_about_at_most() {
        let list = include_str!("../../signatories/dhs-100-days.csv");
        let asked: Vec<&str> = list.lines().filter(|line| several(line).is_some()).collect();
        assert!(asked.len() <= 1, "{asked:?}");
    }
}
