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
    /// Makes sure.
    is_found: fn(&str) -> bool,
}

static SHAPES: [Shape; 4] = [
    Shape {
        column: Column::Email,
        may_match: |cell| cell.contains('@'),
        is_found: has_address,
    },
    Shape {
        column: Column::Ip,
        may_match: |cell| {
            let part = |c: char| c.is_ascii_hexdigit() || matches!(c, '.' | ':') || c.is_numeric();
            cell.chars().all(part)
        },
        is_found: |cell| IP.is_match(cell),
    },
    Shape {
        column: Column::Phone,
        may_match: |cell| cell.contains('+') || cell.chars().filter(|c| c.is_numeric()).count() >= 10,
        is_found: |cell| PHONE.is_match(cell),
    },
    Shape {
        column: Column::Address,
        may_match: may_be_street,
        is_found: |cell| STREET.is_match(cell),
    },
];

/// A pattern that is made when it is first needed.
struct Pattern(&'static str, OnceLock<Option<Regex>>);

impl Pattern {
    const fn new(pattern: &'static str) -> Self {
        Self(pattern, OnceLock::new())
    }

    fn is_match(&self, cell: &str) -> bool {
        let regex = self.1.get_or_init(|| Regex::new(self.0).ok());
        regex.as_ref().is_some_and(|regex| regex.is_match(cell))
    }
}

static IP: Pattern = Pattern::new(
    r"(?i)^((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)$|^([0-9a-f]{1,4}:){3,7}[0-9a-f:]+$|^[0-9a-f:]*::[0-9a-f:]+$",
);

/// North America's, with or without the country's figure; or the plus sign of any other
/// country and at least seven figures.
static PHONE: Pattern = Pattern::new(
    r"(^|[^0-9/])(\+?1[ .-]?)?(\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}([^0-9]|$)|^\s*1?[2-9]\d{9}\s*$|\+\d[\d ().-]{6,}\d",
);

static STREET: Pattern = Pattern::new(
    r"(?i)(^|[,;(] ?)\d{1,6}[a-z]? ([nsew]\.? )?([\p{L}0-9.'’]+ ){1,4}(street|st|avenue|ave|boulevard|blvd|road|rd|drive|dr|lane|ln|court|ct|highway|hwy|parkway|pkwy|suite|apt)\b\.?|\bp\.? ?o\.? box \d|^(calle|avenida|av\.) [^,]+[ ,#]+\d+",
);

/// Returns whether a text has an email address: RFC 5322 allows more; nobody has it.
fn has_address(text: &str) -> bool {
    // The last two are one letter with k and s where case does not matter.
    let letter = |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{212a}' | '\u{17f}');
    let local = |c: char| letter(c) || c.is_ascii_digit() || "._%+'-".contains(c);
    let labels = |c: char| letter(c) || c.is_ascii_digit() || c == '-' || c == '.';
    text.match_indices('@').any(|(at, _)| {
        let rest = &text[at + 1..];
        let domain = &rest[..rest.find(|c| !labels(c)).unwrap_or(rest.len())];
        text[..at].ends_with(local)
            && domain.match_indices('.').any(|(stop, _)| {
                let before = &domain[..stop];
                let ends = domain[stop + 1..].chars().take(2).filter(|&c| letter(c)).count() == 2;
                ends && before.split('.').all(|label| !label.is_empty())
            })
    })
}

/// Returns whether a cell may hold a street: a figure where an address begins, a box, or a
/// first word of Spanish with a figure.
fn may_be_street(cell: &str) -> bool {
    let begins = |start: &str| {
        cell.get(..start.len())
            .is_some_and(|first| first.eq_ignore_ascii_case(start))
    };
    if ["calle ", "avenida ", "av. "].into_iter().any(begins) {
        return true;
    }
    let sign = |c: char| matches!(c, ',' | ';' | '(');
    // What stands before a character; a text begins as a part of it does.
    let (mut before, mut last) = (',', ',');
    for (at, c) in cell.char_indices() {
        let figure = c.is_numeric() && (sign(last) || last == ' ' && sign(before));
        let space = c == ' ' && at >= 3 && cell.as_bytes()[at - 3..at].eq_ignore_ascii_case(b"box");
        if figure || space {
            return true;
        }
        (before, last) = (last, c);
    }
    false
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
    let mut shapes = SHAPES.iter();
    let found = shapes.find(|shape| (shape.may_match)(cell) && (shape.is_found)(cell));
    found.map(|shape| shape.column)
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
        for Pattern(pattern, _) in [&IP, &PHONE, &STREET] {
            assert!(Regex::new(pattern).is_ok(), "{pattern}");
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
                        prop_assert!(!(shape.is_found)(cell), "{}: {}", shape.column.as_str(), cell);
                    }
                }
            }

            #[test]
            fn an_address_is_found_as_the_pattern_finds_it(cell in cell()) {
                let pattern = r"(?i)[a-z0-9._%+'-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}";
                let pattern = Regex::new(pattern).expect("a pattern");
                prop_assert_eq!(has_address(&cell), pattern.is_match(&cell), "{}", cell);
            }
        }
    }
}
