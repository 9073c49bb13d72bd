//! Cells that cannot run in a spreadsheet, and the list that may be published.
//!
//! In: text that came from users. Out: the same text, or the text behind an
//! apostrophe where a spreadsheet would take it for a formula; the public list as
//! a file. Guaranteed: the list has the columns of [`PublicRow`] and no others.

use crate::model::signatory::runs_as_formula;
use std::borrow::Cow;

/// A row of the public list: the values that the printed roll shows, and no others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PublicRow<'a> {
    /// The printed name.
    pub name: &'a str,
    /// `organization` or `individual`.
    pub kind: &'a str,
    /// An individual's title.
    pub title: &'a str,
    /// An individual's affiliation.
    pub affiliation: &'a str,
    /// State or province.
    pub state: &'a str,
}

/// Returns the public list as CSV, in UTF-8, with a header.
pub fn public_list<'a>(rows: impl IntoIterator<Item = PublicRow<'a>>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["name", "kind", "title", "affiliation", "state"])?;
    for row in rows {
        let cells = [row.name, row.kind, row.title, row.affiliation, row.state];
        writer.write_record(
            cells
                .map(neutralize)
                .iter()
                .map(AsRef::<str>::as_ref)
                .map(str::as_bytes),
        )?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
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
    fn the_public_list_is_quoted_and_neutralized() {
        let row = PublicRow {
            name: "=Ana, \"Nita\" Ruiz",
            kind: "individual",
            title: "Director",
            state: "NM",
            ..PublicRow::default()
        };
        let list = public_list([row]).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        assert_eq!(
            list.ok().as_deref(),
            Some("name,kind,title,affiliation,state\n\"'=Ana, \"\"Nita\"\" Ruiz\",individual,Director,,NM\n")
        );
    }

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
