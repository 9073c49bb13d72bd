//! Reads HTML entities that a form left in its cells.
//!
//! In: a cell. Out: the cell with the characters that its entities stand for. Guaranteed:
//! only whole entities are read ("&amp;", "&#39;", "&iacute;"); an ampersand alone stays.
//! Absent: tags, which stay as typed.

use regex::{Captures, Regex};
use scraper::Html;
use std::sync::LazyLock;

/// Returns a cell with its entities read; `None`: it has none.
pub(super) fn read(cell: &str) -> Option<String> {
    static ENTITY: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"&(#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});").ok());
    // Most cells have neither sign.
    if !(cell.contains('&') && cell.contains(';')) {
        return None;
    }
    let read = ENTITY.as_ref()?.replace_all(cell, |found: &Captures<'_>| {
        let text: String = Html::parse_fragment(&found[0]).root_element().text().collect();
        text.trim_matches(char::is_control).to_owned()
    });
    (read != cell).then(|| read.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_read_and_ampersands_stay() {
        let check = |cell: &str, expected: Option<&str>| assert_eq!(read(cell).as_deref(), expected, "{cell}");
        check("Women&#39;s Institute", Some("Women's Institute"));
        check("Smith &amp; Daughters", Some("Smith & Daughters"));
        check("R&iacute;o Verde", Some("Río Verde"));
        check("The &quot;Lantern&quot; House", Some("The \"Lantern\" House"));
        check("&lt;b&gt;", Some("<b>"));
        check("A & B; C", None);
        check("AT&T;", None);
        check("R&D", None);
    }
}
