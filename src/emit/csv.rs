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

/// Returns the cell with an apostrophe before it where it would run as a formula.
/// White space and quotes before the trigger do not hide it.
pub fn neutralize(cell: &str) -> Cow<'_, str> {
    if runs_as_formula(cell) {
        Cow::Owned(format!("'{cell}"))
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
