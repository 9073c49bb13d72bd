//! Recognizes private values by their shape.
//!
//! In: a cell. Out: the private column that its shape belongs to. Guaranteed:
//! names of organizations with digits in them ("1199SEIU", "Local 32BJ", "350.org")
//! are not taken for private values. Absent: names of people, which have no shape.

use crate::model::signatory::Column;
use regex::Regex;
use std::sync::OnceLock;

/// The shape of a private value.
struct Shape {
    column: Column,
    /// Says of nearly all cells, without a search, that they have not the shape; never of
    /// one that has it.
    may_match: fn(&str) -> bool,
    pattern: &'static str,
    regex: OnceLock<Option<Regex>>,
}

impl Shape {
    const fn new(column: Column, may_match: fn(&str) -> bool, pattern: &'static str) -> Self {
        Self {
            column,
            may_match,
            pattern,
            regex: OnceLock::new(),
        }
    }

    fn is_of(&self, cell: &str) -> bool {
        (self.may_match)(cell) && self.is_found_in(cell)
    }

    fn is_found_in(&self, cell: &str) -> bool {
        let regex = self.regex.get_or_init(|| Regex::new(self.pattern).ok());
        regex.as_ref().is_some_and(|regex| regex.is_match(cell))
    }
}

static SHAPES: [Shape; 4] = [
    // RFC 5322 allows more; nobody has it.
    Shape::new(
        Column::Email,
        |cell| cell.contains('@'),
        r"(?i)[a-z0-9._%+'-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}",
    ),
    Shape::new(
        Column::Ip,
        |cell| {
            cell.bytes()
                .all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':') || !byte.is_ascii())
        },
        r"(?i)^((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)$|^([0-9a-f]{1,4}:){3,7}[0-9a-f:]+$|^[0-9a-f:]*::[0-9a-f:]+$",
    ),
    // North America's, with or without the country's figure; or the plus sign
    // of any other country and at least seven figures.
    Shape::new(
        Column::Phone,
        |cell| {
            cell.contains('+')
                || cell
                    .bytes()
                    .filter(|byte| byte.is_ascii_digit() || !byte.is_ascii())
                    .count()
                    >= 10
        },
        r"(^|[^0-9/])(\+?1[ .-]?)?(\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}([^0-9]|$)|^\s*1?[2-9]\d{9}\s*$|\+\d[\d ().-]{6,}\d",
    ),
    Shape::new(
        Column::Address,
        may_be_street,
        r"(?i)(^|[,;(] ?)\d{1,6}[a-z]? ([nsew]\.? )?([\p{L}0-9.'’]+ ){1,4}(street|st|avenue|ave|boulevard|blvd|road|rd|drive|dr|lane|ln|court|ct|highway|hwy|parkway|pkwy|suite|apt)\b\.?|\bp\.? ?o\.? box \d|^(calle|avenida|av\.) [^,]+[ ,#]+\d+",
    ),
];

/// Returns whether a cell may hold a street: a figure where an address begins, a box, or a
/// first word of Spanish.
fn may_be_street(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    if !cell.is_ascii()
        || bytes
            .first()
            .is_some_and(|first| matches!(first, b'c' | b'C' | b'a' | b'A'))
    {
        return true;
    }
    let sign = |at: usize| matches!(bytes[at], b',' | b';' | b'(');
    let begins = |at: usize| at == 0 || sign(at - 1) || at > 1 && bytes[at - 1] == b' ' && sign(at - 2);
    let is_box = |space: usize| space >= 3 && bytes[space - 3..space].eq_ignore_ascii_case(b"box");
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'0'..=b'9' => begins(at),
        b' ' => is_box(at),
        _ => false,
    })
}

/// Returns whether a text has the shape of something private: an email address, a
/// telephone number, a street, an IP address.
pub fn looks_private(text: &str) -> bool {
    private(text).is_some()
}

/// Returns the private column whose shape a cell has, as a whole or in part.
pub(super) fn private(cell: &str) -> Option<Column> {
    // Most names have no figure and no sign of an address: nothing is searched.
    let suspicious = cell
        .bytes()
        .any(|byte| byte == b'@' || byte == b':' || byte.is_ascii_digit());
    if !suspicious {
        return None;
    }
    let cell = cell.trim();
    SHAPES.iter().find(|shape| shape.is_of(cell)).map(|shape| shape.column)
}

/// Returns the name of a private column's values in a message.
pub(super) fn called(column: Column) -> &'static str {
    match column {
        Column::Email => "an email address",
        Column::Phone => "a phone number",
        Column::Ip => "an IP address",
        _ => "a street address",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_values_have_a_shape_and_names_have_none() {
        let check = |cell: &str, expected| assert_eq!(private(cell), expected, "{cell}");
        for shape in &SHAPES {
            assert!(Regex::new(shape.pattern).is_ok(), "{}", shape.pattern);
        }
        check("ana@example.org", Some(Column::Email));
        check("Río Abajo (ana.perez+x@mail.example.co.uk)", Some(Column::Email));
        check("@rioabajo", None);
        check("203.0.113.7", Some(Column::Ip));
        check("2001:db8::1", Some(Column::Ip));
        check("(505) 555-0100", Some(Column::Phone));
        check("505-555-0100", Some(Column::Phone));
        check("+1 202 555 0100", Some(Column::Phone));
        check("5055550100", Some(Column::Phone));
        check("+52 55 1234 5678", Some(Column::Phone));
        check("Río Abajo, 505.555.0100", Some(Column::Phone));
        check("1 Main St", Some(Column::Address));
        check("1200 N. Camino Real Ave., Suite 3", Some(Column::Address));
        check("P.O. Box 12", Some(Column::Address));
        check("Calle Mayor 12", Some(Column::Address));
        for name in [
            "1199SEIU",
            "SEIU Local 32BJ",
            "350.org",
            "Local 1021",
            "9to5",
            "2021-03-01 09:05:00",
            "3/1/2021 9:05:00",
            "American Federation of Teachers Local 2121, San Francisco",
            "Drive 2020",
            "14th Street Coalition",
            "Main Street Alliance",
            "100 Black Men of America",
            "Indivisible 22-14",
            "",
        ] {
            check(name, None);
        }
    }

    mod properties {
        use super::*;
        use crate::testing::chance;
        use proptest::prelude::*;

        /// Makes cells of pieces of addresses, numbers and names.
        fn cell() -> impl Strategy<Value = String> {
            let pieces = vec![
                " ", " ", " ", ",", ", ", ";", "(", ")", ".", ":", "::", "-", "/", "+", "+1 ", "@", "1", "12", "505",
                "555", "0100", "2001", "db8", "٣", "Main", "Río", "St", "St.", "Street", "ſt", "ave", "Box", "BOX ",
                "P.O. ", "po ", "calle", "Avenida", "av.", "n.", "apt", "example", ".org", "ana", "abc", "f", "\n",
                "\u{a0}",
            ];
            let piece = prop::sample::select(pieces);
            prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
        }

        proptest! {
            #![proptest_config(chance::cases(4000))]

            #[test]
            fn what_cannot_match_does_not(cell in cell()) {
                let cell = cell.trim();
                for shape in &SHAPES {
                    if !(shape.may_match)(cell) {
                        prop_assert!(!shape.is_found_in(cell), "{}: {}", shape.column.as_str(), cell);
                    }
                }
            }
        }
    }
}
