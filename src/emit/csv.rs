//! The list that may be published.
//!
//! In: the values of the roll. Out: the public list as
//! a file; a cell that a spreadsheet would run stands behind an apostrophe. Guaranteed: the list has the columns of [`PublicRow`] and no others.

use crate::model::formula::neutralize;

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

/// A row of a table of counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountLine<'a> {
    /// What is counted.
    pub label: &'a str,
    /// Organizations, individuals, and both.
    pub counts: [u64; 3],
}

/// Returns a table of counts as CSV, in UTF-8, with a header. `head`: the name of the first column.
pub fn count_csv<'a>(head: &str, rows: impl IntoIterator<Item = CountLine<'a>>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([head, "organizations", "individuals", "signatories"])?;
    for row in rows {
        let [organizations, individuals, all] = row.counts.map(|count| count.to_string());
        let label = neutralize(row.label);
        writer.write_record([label.as_ref(), &organizations, &individuals, &all])?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
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
}
