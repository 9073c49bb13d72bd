//! Cells that cannot run in a spreadsheet.
//!
//! In: text that came from users. Out: the same text, or the text behind an
//! apostrophe where a spreadsheet would take it for a formula.

use std::borrow::Cow;

/// Characters that, first in a cell, make a spreadsheet calculate; the full-width
/// forms count for some of them too. Source: OWASP, "CSV Injection".
const TRIGGERS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Returns the cell with an apostrophe before it where it would run as a formula.
/// White space and quotes before the trigger do not hide it.
pub fn neutralize(cell: &str) -> Cow<'_, str> {
    let first = cell.trim_start_matches([' ', '\u{a0}', '"', '\'', '\n']).chars().next();
    if cell.starts_with(['\t', '\r']) || first.is_some_and(|c| TRIGGERS.contains(&c)) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralized_and_names_left_alone() {
        let check = |cell: &str, expected: &str| assert_eq!(neutralize(cell), expected);
        check("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")");
        check("+1 202 555 0100", "'+1 202 555 0100");
        check("-2+3", "'-2+3");
        check("@SUM(A1)", "'@SUM(A1)");
        check("\t=1", "'\t=1");
        check(" =1", "' =1");
        check("\n=1", "'\n=1");
        check("＝1", "'＝1");
        check(
            "Aldea - The People’s Justice Center",
            "Aldea - The People’s Justice Center",
        );
        check("", "");
    }
}
