//! Cells that a spreadsheet would run.
//!
//! In: text that came from users. Out: the same text, or the text with an apostrophe before
//! each part of it that a spreadsheet would take for a formula; and the text that this was
//! made of. Guaranteed: what is read again is what was written. Absent: quotation marks around
//! cells.

use std::borrow::Cow;

/// Characters that, first in a cell, make a spreadsheet calculate; the full-width
/// forms count for some of them too. Source: OWASP, "CSV Injection".
const FORMULA_STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet would run a cell as a formula. White space and quotes before
/// the first character do not hide it. Such a cell is written behind an apostrophe,
/// and that apostrophe is taken away when it is read.
pub fn runs_as_formula(cell: &str) -> bool {
    let first = cell.trim_start_matches([' ', '\u{a0}', '"', '\'', '\n']).chars().next();
    cell.starts_with(['\t', '\r']) || first.is_some_and(|c| FORMULA_STARTS.contains(&c))
}

/// What may end a cell where a spreadsheet divides at another character than the comma: most of
/// Europe and Latin America write `;`, and quotation marks in the middle of a cell are none there.
const SEPARATORS: [char; 4] = [';', '\t', '\n', '\r'];

/// Returns the cell with an apostrophe before each part of it that would run as a formula.
/// White space and quotes before the trigger do not hide it.
pub fn neutralize(cell: &str) -> Cow<'_, str> {
    if !runs_as_formula(cell) && !cell.contains(SEPARATORS) {
        return Cow::Borrowed(cell);
    }
    let mut out = String::with_capacity(cell.len() + 2);
    let mut rest = cell;
    loop {
        if runs_as_formula(rest) {
            out.push('\'');
        }
        let Some(at) = rest.find(SEPARATORS) else { break };
        let end = at + 1;
        out.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Returns the cell of which [`neutralize`] made this one.
pub fn plain(cell: &str) -> Cow<'_, str> {
    if !cell.contains('\'') {
        return Cow::Borrowed(cell);
    }
    let mut out = String::with_capacity(cell.len());
    for part in cell.split_inclusive(SEPARATORS) {
        let bare = part.strip_prefix('\'').filter(|bare| runs_as_formula(bare));
        out.push_str(bare.unwrap_or(part));
    }
    if neutralize(&out) == cell {
        Cow::Owned(out)
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neutralized_cell_is_known_again() {
        for cell in [
            "=1",
            ";=1",
            "A; =1+1;B\n@C",
            "d'Or",
            "'=1",
            "'",
            "a;'=1",
            ";;=1",
            "\t\t=1",
        ] {
            assert_eq!(plain(&neutralize(cell)), cell);
        }
    }

    #[test]
    fn formulas_are_neutralized_and_names_left_alone() {
        let check = |cell: &str, expected: &str| assert_eq!(neutralize(cell), expected);
        check("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")");
        check("+1 202 555 0100", "'+1 202 555 0100");
        check("-2+3", "'-2+3");
        check("@SUM(A1)", "'@SUM(A1)");
        check("\t=1", "'\t'=1");
        check(" =1", "' =1");
        check("\n=1", "'\n'=1");
        check("＝1", "'＝1");
        check(";=HYPERLINK(\"http://x\")", ";'=HYPERLINK(\"http://x\")");
        check("A; =1+1;B\n@C", "A;' =1+1;B\n'@C");
        check("a; b", "a; b");
        check(
            "Aldea - The People’s Justice Center",
            "Aldea - The People’s Justice Center",
        );
        check("", "");
    }
}
