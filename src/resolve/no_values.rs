//! Recognizes what people write into a field that they would rather leave empty.
//!
//! In: a cell of a title or an affiliation. Out: whether it says nothing, or names no
//! organization. Guaranteed: only whole cells count: "Independent Living Center" is an
//! organization. Absent: names of signatories, states (`states`).

use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The lists of data/no_values.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoValues {
    nothing: BTreeSet<Box<str>>,
    oneself: BTreeSet<Box<str>>,
    no_organization: BTreeSet<Box<str>>,
    forms_of_address: BTreeSet<Box<str>>,
}

static NO_VALUES: LazyLock<NoValues> = LazyLock::new(|| word_list!("no_values"));

/// Returns whether a title says nothing: "N/A", "-", or a form of address.
pub fn is_no_title(cell: &str) -> bool {
    let folded = folded(cell);
    folded.is_empty() || NO_VALUES.nothing.contains(&*folded) || NO_VALUES.forms_of_address.contains(&*folded)
}

/// Returns whether an affiliation says that there is none: "N/A", "-", "Self".
pub fn is_no_affiliation(cell: &str) -> bool {
    let folded = folded(cell);
    folded.is_empty() || NO_VALUES.nothing.contains(&*folded) || NO_VALUES.oneself.contains(&*folded)
}

/// Returns whether an affiliation names no organization: there is none, or it is a state
/// of life that many people share: "Retired", "Student".
pub fn is_no_organization(cell: &str) -> bool {
    is_no_affiliation(cell) || NO_VALUES.no_organization.contains(&*folded(cell))
}

/// Letters and digits in lower case; words with one space between them.
fn folded(cell: &str) -> String {
    let lower = cell.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_cells_say_nothing() {
        for cell in [
            "None",
            "n/a",
            "N.A.",
            "-",
            ".",
            "",
            "nan",
            "NULL",
            "Self",
            "(self)",
            "Individual",
            "Private citizen",
            "A título personal",
        ] {
            assert!(is_no_affiliation(cell), "{cell}");
        }
        for cell in ["Retired", "independent", "Student", "self-employed", "Self"] {
            assert!(is_no_organization(cell), "{cell}");
        }
        for cell in [
            "Independent Living Center",
            "Student Union",
            "None Such Records",
            "Elm University",
            "Retired Teachers of Ohio",
        ] {
            assert!(!is_no_organization(cell), "{cell}");
        }
        assert!(is_no_title("Ms.") && is_no_title("N/A") && !is_no_title("Dr.") && !is_no_title("Student"));
    }
}
